//! Users.

use super::common::{
    Page, caller, change, conflict, exists, invalid, key, needed, note, path, seconds, some_tags, under, unique_id,
    user, user_or_caller,
};
use super::{attachments, defaults, limits, tags};
use crate::base::error::Result;
use crate::services::{Request, s3};
use crate::world::World;
use crate::world::identity::{Holder, User};
use stratus_model::{Operation, Structure, Value, field};

/// A user as lists have it; [`full`] tells more.
pub(super) fn describe(world: &World, user: &User) -> Structure {
    Structure::new()
        .with(field::PATH, user.path.clone())
        .with(field::USER_NAME, user.name.clone())
        .with(field::USER_ID, user.id.clone())
        .with(field::ARN, user.arn(world.options.account))
        .with(field::CREATE_DATE, seconds(user.created))
}

/// A user as GetUser has it.
fn full(world: &World, user: &User) -> Structure {
    describe(world, user)
        .with_some(
            field::PERMISSIONS_BOUNDARY,
            attachments::boundary(user.permissions.boundary.as_deref()),
        )
        .with_some(field::TAGS, some_tags(&user.tags))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::USER_NAME);
    if world.iam.users.contains(&key(name)) {
        return Err(exists(format!("User with name {name} already exists.")).at("UserName"));
    }
    limits::within("UsersPerAccount", world.iam.users.len(), limits::USERS)?;
    let tags = tags::given(request.params)?;
    let boundary = attachments::boundary_given(request, world)?;
    let id = unique_id(world, "AIDA");
    let mut row = defaults::new_user(name, &path(request), id, world.now);
    row.tags = tags;
    let answer = row.clone();
    world.iam.users.insert(key(name), row);
    attachments::set_boundary(world, Holder::User, name, boundary.clone());
    note(world, format!("user {name}: created"));
    let answer = describe(world, &answer)
        .with_some(field::PERMISSIONS_BOUNDARY, attachments::boundary(boundary.as_deref()))
        .with_some(field::TAGS, some_tags(&answer.tags));
    Ok(Structure::new().with(field::USER, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html>
/// Without a name: the caller, who may be the root of the account.
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let root = format!("arn:aws:iam::{}:root", world.account());
    if !request.params.contains(field::USER_NAME) && request.principal.arn == root {
        let row = Structure::new()
            .with(field::USER_ID, world.account())
            .with(field::ARN, root)
            .with(field::CREATE_DATE, seconds(world.options.start));
        return Ok(Structure::new().with(field::USER, row));
    }
    let user = user_or_caller(request, world)?;
    Ok(Structure::new().with(field::USER, full(world, user)))
}

/// Whether an answer tells of the account's root: AWS gives it no name and no path, which its own model wants.
pub(crate) fn is_root(operation: &Operation, answer: &Structure) -> bool {
    let user = answer.structure(field::USER).filter(|_| operation.name == "GetUser");
    user.and_then(|user| user.text(field::ARN))
        .is_some_and(|arn| arn.ends_with(":root"))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let page = Page::of(request.params)?;
    let rows: Vec<&User> = world
        .iam
        .users
        .rows()
        .filter(|user| under(request.params, &user.path))
        .collect();
    let show = |user: &User| Value::from(describe(world, user));
    Ok(page.answer(field::USERS, rows, |user| key(&user.name), show))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html>
/// What knows the user by its name follows it: groups, keys, policies.
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let old = needed(request, field::USER_NAME);
    let mut row = user(world, old)?.clone();
    let (old, name) = (key(old), request.params.text(field::NEW_USER_NAME));
    if let Some(path) = request.params.text(field::NEW_PATH) {
        row.path = path.to_owned();
    }
    let Some(name) = name else {
        world.iam.users.insert(old, row);
        return Ok(Structure::new());
    };
    let new = key(name);
    if new != old && world.iam.users.contains(&new) {
        return Err(exists(format!("User with name {name} already exists.")).at("NewUserName"));
    }
    row.name = name.to_owned();
    for id in &row.access_keys {
        if let Some(access_key) = world.iam.access_keys.get_mut(id) {
            access_key.user.clone_from(&new);
        }
    }
    for group in &row.groups {
        change(&mut world.iam.groups, group, |group| {
            group.users.retain(|user| *user != old);
            group.users.push(new.clone());
            stratus_model::sort::sort(&mut group.users);
        });
    }
    for (serial, since) in &row.mfa {
        if let Some(device) = world.iam.mfa_devices.get_mut(serial) {
            device.user = Some((new.clone(), *since));
        }
    }
    attachments::rename(world, Holder::User, &row.permissions, &old, &new);
    world.iam.users.remove(&old);
    world.iam.users.insert(new, row);
    note(world, format!("user {old}: renamed {name}"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::USER_NAME);
    let user = user(world, name)?;
    let first = [
        (!user.access_keys.is_empty(), "must delete access keys first."),
        (user.login.is_some(), "must delete login profile first."),
        (!user.certificates.is_empty(), "must delete signing certificates first."),
        (!user.ssh_keys.is_empty(), "must delete SSH public keys first."),
        (
            !user.service_credentials.is_empty(),
            "must delete service specific credentials first.",
        ),
        (!user.mfa.is_empty(), "must delete MFA device first."),
        (!user.permissions.attached.is_empty(), "must detach all policies first."),
        (!user.permissions.inline.is_empty(), "must delete policies first."),
        (!user.groups.is_empty(), "must remove users from group first."),
    ];
    if let Some((_, what)) = first.into_iter().find(|(there, _)| *there) {
        return Err(conflict(format!("Cannot delete entity, {what}")).at("UserName"));
    }
    let (arn, id) = (user.arn(world.options.account), user.id.clone());
    attachments::set_boundary(world, Holder::User, name, None);
    world.iam.users.remove(&key(name));
    s3::forget(world, &arn, &id);
    note(world, format!("user {name}: deleted"));
    Ok(Structure::new())
}

/// The user that makes the call and must be one.
pub(super) fn calling<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w User> {
    caller(request, world).ok_or_else(|| {
        let why = "Only IAM Users can change their own password";
        let mut error = invalid(field::USER_NAME, why);
        error.code = "InvalidUserType";
        error
    })
}

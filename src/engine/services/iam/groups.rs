//! Groups, and who is in them.

use super::common::{
    Page, change, conflict, ended, exists, group, key, needed, note, path, seconds, under, unique_id, user,
};
use super::{attachments, limits, users};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{Group, Holder, Permissions, User};
use stratus_model::{Structure, Value, field, sort};

/// A group as answers have it.
pub(super) fn describe(world: &World, group: &Group) -> Structure {
    Structure::new()
        .with(field::PATH, group.path.clone())
        .with(field::GROUP_NAME, group.name.clone())
        .with(field::GROUP_ID, group.id.clone())
        .with(field::ARN, group.arn(world.options.account))
        .with(field::CREATE_DATE, seconds(group.created))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::GROUP_NAME);
    if world.iam.groups.contains(&key(name)) {
        return Err(exists(format!("Group with name {name} already exists.")).at("GroupName"));
    }
    limits::within("GroupsPerAccount", world.iam.groups.len(), limits::GROUPS)?;
    let row = Group {
        name: name.to_owned(),
        path: path(request),
        id: unique_id(world, "AGPA"),
        created: world.now,
        permissions: Permissions::default(),
        users: Vec::new(),
    };
    let answer = describe(world, &row);
    world.iam.groups.insert(key(name), row);
    note(world, format!("group {name}: created"));
    Ok(Structure::new().with(field::GROUP, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let group = group(world, needed(request, field::GROUP_NAME))?;
    let members: Vec<&User> = group
        .users
        .iter()
        .filter_map(|name| world.iam.users.get(name))
        .collect();
    let (page, last) = Page::of(request.params)?.cut(members, |user| key(&user.name));
    let page: Vec<Value> = page
        .into_iter()
        .map(|user| users::describe(world, user).into())
        .collect();
    let answer = Structure::new().with(field::GROUP, describe(world, group));
    Ok(ended(answer.with(field::USERS, page), last))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let rows: Vec<&Group> = world
        .iam
        .groups
        .rows()
        .filter(|group| under(request.params, &group.path))
        .collect();
    let show = |group: &Group| Value::from(describe(world, group));
    Ok(Page::of(request.params)?.answer(field::GROUPS, rows, |group| key(&group.name), show))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html>
pub(super) fn of_user(request: &Request<'_>, world: &World) -> Result<Structure> {
    let user = user(world, needed(request, field::USER_NAME))?;
    let rows: Vec<&Group> = user
        .groups
        .iter()
        .filter_map(|name| world.iam.groups.get(name))
        .collect();
    let show = |group: &Group| Value::from(describe(world, group));
    Ok(Page::of(request.params)?.answer(field::GROUPS, rows, |group| key(&group.name), show))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let old = needed(request, field::GROUP_NAME);
    let mut row = group(world, old)?.clone();
    let old = key(old);
    if let Some(path) = request.params.text(field::NEW_PATH) {
        row.path = path.to_owned();
    }
    let Some(name) = request.params.text(field::NEW_GROUP_NAME) else {
        world.iam.groups.insert(old, row);
        return Ok(Structure::new());
    };
    let new = key(name);
    if new != old && world.iam.groups.contains(&new) {
        return Err(exists(format!("Group with name {name} already exists.")).at("NewGroupName"));
    }
    row.name = name.to_owned();
    for user in &row.users {
        change(&mut world.iam.users, user, |user| {
            user.groups.retain(|group| *group != old);
            user.groups.push(new.clone());
            sort::sort(&mut user.groups);
        });
    }
    attachments::rename(world, Holder::Group, &row.permissions, &old, &new);
    world.iam.groups.remove(&old);
    world.iam.groups.insert(new, row);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::GROUP_NAME);
    let group = group(world, name)?;
    let first = [
        (!group.users.is_empty(), "must remove users from group first."),
        (
            !group.permissions.attached.is_empty(),
            "must detach all policies first.",
        ),
        (!group.permissions.inline.is_empty(), "must delete policies first."),
    ];
    if let Some((_, what)) = first.into_iter().find(|(there, _)| *there) {
        return Err(conflict(format!("Cannot delete entity, {what}")).at("GroupName"));
    }
    world.iam.groups.remove(&key(name));
    note(world, format!("group {name}: deleted"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html>
/// One that is in it already stays in it.
pub(super) fn add_user(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let group_key = key(&group(world, needed(request, field::GROUP_NAME))?.name);
    let user = user(world, needed(request, field::USER_NAME))?;
    let user_key = key(&user.name);
    if user.groups.contains(&group_key) {
        return Ok(Structure::new());
    }
    limits::within("GroupsPerUser", user.groups.len(), limits::GROUPS_OF_USER)?;
    change(&mut world.iam.users, &user_key, |user| {
        user.groups.push(group_key.clone());
        sort::sort(&mut user.groups);
    });
    change(&mut world.iam.groups, &group_key, |group| {
        group.users.push(user_key.clone());
        sort::sort(&mut group.users);
    });
    note(world, format!("user {user_key}: joined group {group_key}"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html>
pub(super) fn remove_user(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let group_key = key(&group(world, needed(request, field::GROUP_NAME))?.name);
    let user_key = key(&user(world, needed(request, field::USER_NAME))?.name);
    change(&mut world.iam.users, &user_key, |user| {
        user.groups.retain(|group| *group != group_key)
    });
    change(&mut world.iam.groups, &group_key, |group| {
        group.users.retain(|user| *user != user_key)
    });
    Ok(Structure::new())
}

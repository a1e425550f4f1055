//! Roles.

use super::common::{
    Page, beyond, change, conflict, encoded, exists, key, needed, note, own_role, path, role, seconds, some_tags,
    under, unique_id,
};
use super::documents::{self, Use};
use super::{attachments, limits, policies, tags};
use crate::base::error::Result;
use crate::services::{Request, s3};
use crate::world::World;
use crate::world::identity::{Holder, Permissions, Role, Tags};
use stratus_model::{Structure, Value, field};

/// Seconds that a session of a role may last where nothing else is said (AWS).
pub(super) const SESSION: i64 = 3_600;

/// A role as the others have it: in profiles, and as the answer to its making.
pub(super) fn describe(world: &World, role: &Role) -> Structure {
    Structure::new()
        .with(field::PATH, role.path.clone())
        .with(field::ROLE_NAME, role.name.clone())
        .with(field::ROLE_ID, role.id.clone())
        .with(field::ARN, role.arn(world.options.account))
        .with(field::CREATE_DATE, seconds(role.created))
        .with(field::ASSUME_ROLE_POLICY_DOCUMENT, encoded(&role.trust))
}

/// A role as lists have it.
fn listed(world: &World, role: &Role) -> Structure {
    describe(world, role)
        .with_some(field::DESCRIPTION, role.description.clone())
        .with(field::MAX_SESSION_DURATION, role.max_session)
}

/// A role as GetRole has it.
pub(super) fn full(world: &World, role: &Role) -> Structure {
    listed(world, role)
        .with_some(
            field::PERMISSIONS_BOUNDARY,
            attachments::boundary(role.permissions.boundary.as_deref()),
        )
        .with_some(field::TAGS, some_tags(&role.tags))
        .with(field::ROLE_LAST_USED, last_used(role))
}

/// When a role was last assumed; empty for never.
pub(super) fn last_used(role: &Role) -> Structure {
    match role.last_used {
        None => Structure::new(),
        Some((at, region)) => Structure::new()
            .with(field::LAST_USED_DATE, seconds(at))
            .with(field::REGION, region.name()),
    }
}

/// A role that has nothing yet.
pub(super) fn new_role(name: &str, path: &str, id: String, world: &World, trust: &str) -> Role {
    Role {
        name: name.to_owned(),
        path: path.to_owned(),
        id,
        created: world.now,
        trust: trust.to_owned(),
        description: None,
        max_session: SESSION,
        tags: Tags::new(),
        permissions: Permissions::default(),
        service: None,
        last_used: None,
    }
}

/// The trust policy of a call.
fn trust<'a>(world: &World, document: &'a str) -> Result<&'a str> {
    documents::check(world, document, Use::Trust)?;
    if documents::size(document) > limits::TRUST_POLICY {
        return Err(beyond("ACLSizePerRole", limits::TRUST_POLICY));
    }
    Ok(document)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::ROLE_NAME);
    let document = trust(world, needed(request, field::ASSUME_ROLE_POLICY_DOCUMENT))?;
    if world.iam.roles.contains(&key(name)) {
        return Err(exists(format!("Role with name {name} already exists.")).at("RoleName"));
    }
    limits::within("RolesPerAccount", world.iam.roles.len(), limits::ROLES)?;
    let tags = tags::given(request.params)?;
    let boundary = attachments::boundary_given(request, world)?;
    let id = unique_id(world, "AROA");
    let max_session = request.params.integer(field::MAX_SESSION_DURATION);
    let row = Role {
        description: request.params.text(field::DESCRIPTION).map(str::to_owned),
        max_session: max_session.unwrap_or(SESSION),
        tags,
        ..new_role(name, &path(request), id, world, document)
    };
    let answer = describe(world, &row)
        .with_some(field::DESCRIPTION, row.description.clone())
        .with_some(field::MAX_SESSION_DURATION, max_session)
        .with_some(field::PERMISSIONS_BOUNDARY, attachments::boundary(boundary.as_deref()))
        .with_some(field::TAGS, some_tags(&row.tags));
    world.iam.roles.insert(key(name), row);
    attachments::set_boundary(world, Holder::Role, name, boundary);
    note(world, format!("role {name}: created"));
    Ok(Structure::new().with(field::ROLE, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let role = role(world, needed(request, field::ROLE_NAME))?;
    Ok(Structure::new().with(field::ROLE, full(world, role)))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let rows: Vec<&Role> = world
        .iam
        .roles
        .rows()
        .filter(|role| under(request.params, &role.path))
        .collect();
    let show = |role: &Role| Value::from(listed(world, role));
    Ok(Page::of(request.params)?.answer(field::ROLES, rows, |role| key(&role.name), show))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>
/// What is not given goes back to the default, as AWS has it for the duration; the description stays.
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = own_role(world, needed(request, field::ROLE_NAME))?.name.clone();
    let params = request.params;
    change(&mut world.iam.roles, &name, |role| {
        if let Some(description) = params.text(field::DESCRIPTION) {
            role.description = Some(description.to_owned());
        }
        role.max_session = params.integer(field::MAX_SESSION_DURATION).unwrap_or(SESSION);
    });
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html>
pub(super) fn update_description(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    // The one thing that may be changed of a role that is linked to a service.
    let mut row = role(world, needed(request, field::ROLE_NAME))?.clone();
    row.description = request.params.text(field::DESCRIPTION).map(str::to_owned);
    let answer = listed(world, &row);
    world.iam.roles.insert(key(&row.name), row);
    Ok(Structure::new().with(field::ROLE, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html>
pub(super) fn update_trust(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = own_role(world, needed(request, field::ROLE_NAME))?.name.clone();
    let document = trust(world, needed(request, field::POLICY_DOCUMENT))?;
    change(&mut world.iam.roles, &name, |role| role.trust = document.to_owned());
    note(world, format!("role {name}: other trust policy"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let role = own_role(world, needed(request, field::ROLE_NAME))?;
    let name = key(&role.name);
    let in_profile = world
        .iam
        .instance_profiles
        .rows()
        .any(|profile| profile.role.as_ref() == Some(&name));
    let first = [
        (!role.permissions.attached.is_empty(), "must detach all policies first."),
        (!role.permissions.inline.is_empty(), "must delete policies first."),
        (in_profile, "must remove roles from instance profile first."),
    ];
    if let Some((_, what)) = first.into_iter().find(|(there, _)| *there) {
        return Err(conflict(format!("Cannot delete entity, {what}")).at("RoleName"));
    }
    let (arn, id) = (role.arn(world.options.account), role.id.clone());
    attachments::set_boundary(world, Holder::Role, &name, None);
    world.iam.roles.remove(&name);
    s3::forget(world, &arn, &id);
    note(world, format!("role {name}: deleted"));
    Ok(Structure::new())
}

/// The documents that say what a role may do, with their names: its inline policies, then the managed ones as they are in force.
pub(crate) fn documents(world: &World, name: &str) -> Vec<(String, String)> {
    let Ok(role) = role(world, name) else {
        return Vec::new();
    };
    let inline = role.permissions.inline.iter();
    let inline = inline.map(|(name, document)| (name.clone(), document.clone()));
    let attached = role.permissions.attached.iter().filter_map(|arn| managed(world, arn));
    inline.chain(attached).collect()
}

/// The name and the document of a role's permissions boundary; `None` where it has none.
pub(crate) fn boundary(world: &World, name: &str) -> Option<(String, String)> {
    managed(world, role(world, name).ok()?.permissions.boundary.as_deref()?)
}

/// The name and the document of a managed policy, as its default version has it.
fn managed(world: &World, arn: &str) -> Option<(String, String)> {
    let policy = policies::find(world, arn)?;
    let version = policy.default_version();
    let found = policy.versions().into_iter().find(|(number, ..)| *number == version);
    Some((policy.name().to_owned(), found?.2))
}

//! Managed policies attached to users, groups and roles, and permissions boundaries: both with an index by policy.

use super::common::{Page, change, ended, group, key, needed, no_such, note, own_role, role, under, user};
use super::limits;
use super::policies::{self, Managed};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{Holder, Permissions};
use stratus_model::{Structure, Value, field};

/// Who an operation is about, by the parameter that names it.
pub(super) struct Subject<'w> {
    /// What it is.
    pub(super) holder: Holder,
    /// Its name as its table has it.
    pub(super) key: String,
    /// Its name as it is shown.
    pub(super) name: &'w str,
    /// Its policies.
    pub(super) permissions: &'w Permissions,
}

/// The user, group or role that a call is about; with `change`, a role has to be one that the account may change.
pub(super) fn subject<'w>(request: &Request<'_>, world: &'w World, change: bool) -> Result<Subject<'w>> {
    let params = request.params;
    let (holder, name, permissions) = if params.contains(field::GROUP_NAME) {
        let row = group(world, needed(request, field::GROUP_NAME))?;
        (Holder::Group, &row.name, &row.permissions)
    } else if params.contains(field::ROLE_NAME) {
        let name = needed(request, field::ROLE_NAME);
        let row = if change {
            own_role(world, name)?
        } else {
            role(world, name)?
        };
        (Holder::Role, &row.name, &row.permissions)
    } else {
        let row = user(world, needed(request, field::USER_NAME))?;
        (Holder::User, &row.name, &row.permissions)
    };
    Ok(Subject {
        holder,
        key: key(name),
        name,
        permissions,
    })
}

/// Changes somebody's policies.
pub(super) fn permissions(world: &mut World, holder: Holder, name: &str, what: impl FnOnce(&mut Permissions)) {
    match holder {
        Holder::User => change(&mut world.iam.users, name, |row| what(&mut row.permissions)),
        Holder::Group => change(&mut world.iam.groups, name, |row| what(&mut row.permissions)),
        Holder::Role => change(&mut world.iam.roles, name, |row| what(&mut row.permissions)),
    }
}

/// Attaches a policy, known to exist, to somebody known to exist.
pub(super) fn link(world: &mut World, holder: Holder, name: &str, arn: &str) {
    permissions(world, holder, name, |permissions| {
        permissions.attached.push(arn.to_owned())
    });
    world
        .iam
        .attachments
        .insert((arn.to_owned(), holder.number(), key(name)), ());
}

/// Takes the indexes along when somebody gets another name.
pub(super) fn rename(world: &mut World, holder: Holder, permissions: &Permissions, old: &str, new: &str) {
    let (old, new) = (old.to_owned(), new.to_owned());
    for arn in &permissions.attached {
        world
            .iam
            .attachments
            .remove(&(arn.clone(), holder.number(), old.clone()));
        world
            .iam
            .attachments
            .insert((arn.clone(), holder.number(), new.clone()), ());
    }
    if let Some(arn) = &permissions.boundary {
        world.iam.boundaries.remove(&(arn.clone(), holder.number(), old));
        world.iam.boundaries.insert((arn.clone(), holder.number(), new), ());
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html>, and of groups and roles.
/// One that is attached already stays so.
pub(super) fn attach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let subject = subject(request, world, true)?;
    let arn = needed(request, field::POLICY_ARN);
    policies::attachable(world, arn)?;
    if subject.permissions.attached.iter().any(|known| known == arn) {
        return Ok(Structure::new());
    }
    let quota = match subject.holder {
        Holder::User => "PoliciesPerUser",
        Holder::Group => "PoliciesPerGroup",
        Holder::Role => "PoliciesPerRole",
    };
    limits::within(quota, subject.permissions.attached.len(), limits::ATTACHED)?;
    let (holder, key) = (subject.holder, subject.key);
    link(world, holder, &key, arn);
    note(world, format!("{key}: policy {arn} attached"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html>, and of groups and roles.
pub(super) fn detach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let subject = subject(request, world, true)?;
    let arn = needed(request, field::POLICY_ARN).to_owned();
    if !subject.permissions.attached.contains(&arn) {
        return Err(no_such(format!("Policy {arn} was not found.")).at("PolicyArn"));
    }
    let (holder, key) = (subject.holder, subject.key);
    permissions(world, holder, &key, |permissions| {
        permissions.attached.retain(|known| *known != arn)
    });
    note(world, format!("{key}: policy {arn} detached"));
    world.iam.attachments.remove(&(arn, holder.number(), key));
    Ok(Structure::new())
}

/// An attached policy as lists have it.
pub(super) fn attached(world: &World, arn: &str) -> Structure {
    let name = policies::find(world, arn).map_or_else(|| arn.to_owned(), |policy| policy.name().to_owned());
    Structure::new()
        .with(field::POLICY_NAME, name)
        .with(field::POLICY_ARN, arn)
}

/// All policies attached to somebody, by name.
pub(super) fn sorted(world: &World, permissions: &Permissions) -> Vec<(String, String)> {
    let named = permissions.attached.iter().filter_map(|arn| {
        let policy = policies::find(world, arn)?;
        Some((key(policy.name()), arn.clone()))
    });
    let mut rows: Vec<(String, String)> = named.collect();
    stratus_model::sort::sort(&mut rows);
    rows
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html>, and of groups and roles.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let subject = subject(request, world, false)?;
    let rows = sorted(world, subject.permissions);
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, arn)| policies::find(world, arn).is_some_and(|policy| under(request.params, policy.path())))
        .collect();
    let show = |(_, arn): (String, String)| Value::from(attached(world, &arn));
    Ok(Page::of(request.params)?.answer(
        field::ATTACHED_POLICIES,
        rows,
        |(name, arn)| format!("{name} {arn}"),
        show,
    ))
}

/// The boundary as answers have it.
pub(super) fn boundary(arn: Option<&str>) -> Option<Structure> {
    arn.map(|arn| {
        Structure::new()
            .with(field::PERMISSIONS_BOUNDARY_TYPE, "PermissionsBoundaryPolicy")
            .with(field::PERMISSIONS_BOUNDARY_ARN, arn)
    })
}

/// The boundary that a call gives, which has to exist.
pub(super) fn boundary_given(request: &Request<'_>, world: &World) -> Result<Option<String>> {
    let Some(arn) = request.params.text(field::PERMISSIONS_BOUNDARY) else {
        return Ok(None);
    };
    match policies::find(world, arn) {
        Some(_) => Ok(Some(arn.to_owned())),
        None => {
            let why = format!("Scope ARN: {arn} does not exist or is not attachable.");
            Err(no_such(why).at("PermissionsBoundary"))
        }
    }
}

/// Sets somebody's boundary, or takes it away.
pub(super) fn set_boundary(world: &mut World, holder: Holder, name: &str, arn: Option<String>) {
    let mut before = None;
    permissions(world, holder, name, |permissions| {
        before = std::mem::replace(&mut permissions.boundary, arn.clone());
    });
    if let Some(before) = before {
        world.iam.boundaries.remove(&(before, holder.number(), key(name)));
    }
    if let Some(arn) = arn {
        world.iam.boundaries.insert((arn, holder.number(), key(name)), ());
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html>, and of roles.
pub(super) fn put_boundary(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let subject = subject(request, world, true)?;
    let (holder, key) = (subject.holder, subject.key);
    let arn = boundary_given(request, world)?;
    set_boundary(world, holder, &key, arn);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html>, and of roles.
pub(super) fn delete_boundary(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let subject = subject(request, world, true)?;
    if subject.permissions.boundary.is_none() {
        let kind = if subject.holder == Holder::Role { "role" } else { "user" };
        let why = format!(
            "The {kind} with name {} does not have a permissions boundary.",
            subject.name
        );
        return Err(no_such(why));
    }
    let (holder, key) = (subject.holder, subject.key);
    set_boundary(world, holder, &key, None);
    Ok(Structure::new())
}

/// Who has a policy attached, or has it as its boundary: (kind, name in lower case).
fn holders(world: &World, arn: &str, boundary: bool) -> Vec<(u8, String)> {
    let index = if boundary {
        &world.iam.boundaries
    } else {
        &world.iam.attachments
    };
    let from = (arn.to_owned(), 0, String::new());
    let to = (arn.to_owned(), u8::MAX, String::new());
    index
        .range(from..to)
        .map(|((_, kind, name), ())| (*kind, name.clone()))
        .collect()
}

/// How many have a policy attached.
pub(super) fn count(world: &World, arn: &str) -> usize {
    holders(world, arn, false).len()
}

/// How many have a policy as their boundary.
pub(super) fn boundary_count(world: &World, arn: &str) -> usize {
    holders(world, arn, true).len()
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>
/// Users, then groups, then roles, by name.
pub(super) fn entities(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let arn = needed(request, field::POLICY_ARN);
    policies::known(world, arn)?;
    let mut rows = Vec::new();
    let usage = params.text(field::POLICY_USAGE_FILTER);
    for (boundary, word) in [(false, "PermissionsPolicy"), (true, "PermissionsBoundary")] {
        if usage.is_none_or(|usage| usage == word) {
            rows.extend(holders(world, arn, boundary));
        }
    }
    stratus_model::sort::sort(&mut rows);
    rows.dedup();
    let shown = |(kind, name): &(u8, String)| -> Option<(&'static str, String, Structure)> {
        let of = |path: &str| under(params, path);
        if *kind == Holder::User.number() {
            let row = world.iam.users.get(name)?;
            let shown = Structure::new().with(field::USER_NAME, row.name.clone());
            of(&row.path).then(|| ("User", name.clone(), shown.with(field::USER_ID, row.id.clone())))
        } else if *kind == Holder::Group.number() {
            let row = world.iam.groups.get(name)?;
            let shown = Structure::new().with(field::GROUP_NAME, row.name.clone());
            of(&row.path).then(|| ("Group", name.clone(), shown.with(field::GROUP_ID, row.id.clone())))
        } else {
            let row = world.iam.roles.get(name)?;
            let shown = Structure::new().with(field::ROLE_NAME, row.name.clone());
            of(&row.path).then(|| ("Role", name.clone(), shown.with(field::ROLE_ID, row.id.clone())))
        }
    };
    let wanted = params.text(field::ENTITY_FILTER);
    let rows: Vec<(&str, String, Structure)> = rows
        .iter()
        .filter_map(shown)
        .filter(|(kind, _, _)| wanted.is_none_or(|wanted| wanted == *kind))
        .collect();
    // The order of the kinds in the index, as a letter that sorts so.
    let place = |kind: &str| match kind {
        "User" => 'a',
        "Group" => 'b',
        _ => 'c',
    };
    let (page, last) = Page::of(params)?.cut(rows, |(kind, name, _)| format!("{}{name}", place(kind)));
    let of = |wanted: &str| -> Vec<Value> {
        let found = page.iter().filter(|(kind, _, _)| *kind == wanted);
        found.map(|(_, _, shown)| shown.clone().into()).collect()
    };
    let answer = Structure::new()
        .with(field::POLICY_GROUPS, of("Group"))
        .with(field::POLICY_USERS, of("User"))
        .with(field::POLICY_ROLES, of("Role"));
    Ok(ended(answer, last))
}

/// How many a managed policy is attached to, and how many it bounds, as answers have it.
pub(super) fn usage(world: &World, policy: &Managed<'_>, answer: Structure) -> Structure {
    let arn = policy.arn(world);
    answer.with(field::ATTACHMENT_COUNT, count(world, &arn) as i64).with(
        field::PERMISSIONS_BOUNDARY_USAGE_COUNT,
        boundary_count(world, &arn) as i64,
    )
}

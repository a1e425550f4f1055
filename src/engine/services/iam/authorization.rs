//! GetAccountAuthorizationDetails: everybody and everything, with all policies, in one list of pages.

use super::common::{Page, encoded, ended, key, seconds, some_tags};
use super::policies::{self, Managed};
use super::{attachments, inline, instance_profiles, roles};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{Group, Permissions, Role, User};
use stratus_model::{Name, Structure, Value, field};

fn attached(world: &World, permissions: &Permissions) -> Vec<Value> {
    let rows = attachments::sorted(world, permissions);
    rows.iter()
        .map(|(_, arn)| attachments::attached(world, arn).into())
        .collect()
}

fn boundary(permissions: &Permissions) -> Option<Structure> {
    attachments::boundary(permissions.boundary.as_deref())
}

fn user(world: &World, row: &User) -> Structure {
    let groups = row.groups.iter().filter_map(|name| world.iam.groups.get(name));
    let groups: Vec<Value> = groups.map(|group| Value::String(group.name.clone())).collect();
    let own = inline::details(&row.permissions);
    Structure::new()
        .with(field::PATH, row.path.clone())
        .with(field::USER_NAME, row.name.clone())
        .with(field::USER_ID, row.id.clone())
        .with(field::ARN, row.arn(world.options.account))
        .with(field::CREATE_DATE, seconds(row.created))
        .with_some(field::USER_POLICY_LIST, (!own.is_empty()).then_some(own))
        .with(field::GROUP_LIST, groups)
        .with(field::ATTACHED_MANAGED_POLICIES, attached(world, &row.permissions))
        .with_some(field::PERMISSIONS_BOUNDARY, boundary(&row.permissions))
        .with_some(field::TAGS, some_tags(&row.tags))
}

fn group(world: &World, row: &Group) -> Structure {
    Structure::new()
        .with(field::PATH, row.path.clone())
        .with(field::GROUP_NAME, row.name.clone())
        .with(field::GROUP_ID, row.id.clone())
        .with(field::ARN, row.arn(world.options.account))
        .with(field::CREATE_DATE, seconds(row.created))
        .with(field::GROUP_POLICY_LIST, inline::details(&row.permissions))
        .with(field::ATTACHED_MANAGED_POLICIES, attached(world, &row.permissions))
}

fn role(world: &World, row: &Role) -> Structure {
    let name = key(&row.name);
    let profiles = world.iam.instance_profiles.rows();
    let profiles = profiles.filter(|profile| profile.role.as_ref() == Some(&name));
    let profiles: Vec<Value> = profiles
        .map(|profile| instance_profiles::describe(world, profile).into())
        .collect();
    Structure::new()
        .with(field::PATH, row.path.clone())
        .with(field::ROLE_NAME, row.name.clone())
        .with(field::ROLE_ID, row.id.clone())
        .with(field::ARN, row.arn(world.options.account))
        .with(field::CREATE_DATE, seconds(row.created))
        .with(field::ASSUME_ROLE_POLICY_DOCUMENT, encoded(&row.trust))
        .with(field::INSTANCE_PROFILE_LIST, profiles)
        .with(field::ROLE_POLICY_LIST, inline::details(&row.permissions))
        .with(field::ATTACHED_MANAGED_POLICIES, attached(world, &row.permissions))
        .with_some(field::PERMISSIONS_BOUNDARY, boundary(&row.permissions))
        .with_some(field::TAGS, some_tags(&row.tags))
        .with(field::ROLE_LAST_USED, roles::last_used(row))
}

fn policy(world: &World, row: &Managed<'_>) -> Structure {
    row.describe(world)
        .with_some(field::DESCRIPTION, row.description())
        .with(field::POLICY_VERSION_LIST, policies::versions(row, true))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
/// Users, groups, roles, policies; of AWS's policies those that are in use.
pub(super) fn details(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let filter: Vec<&str> = params.texts(field::FILTER).collect();
    let wanted = |kind: &str| filter.is_empty() || filter.contains(&kind);
    let mut rows: Vec<(String, Name, Structure)> = Vec::new();
    if wanted("User") {
        let all = world.iam.users.iter();
        rows.extend(all.map(|(key, row)| (format!("a{key}"), field::USER_DETAIL_LIST, user(world, row))));
    }
    if wanted("Group") {
        let all = world.iam.groups.iter();
        rows.extend(all.map(|(key, row)| (format!("b{key}"), field::GROUP_DETAIL_LIST, group(world, row))));
    }
    if wanted("Role") {
        let all = world.iam.roles.iter();
        rows.extend(all.map(|(key, row)| (format!("c{key}"), field::ROLE_DETAIL_LIST, role(world, row))));
    }
    let used = |row: &Managed<'_>| {
        let arn = row.arn(world);
        attachments::count(world, &arn) + attachments::boundary_count(world, &arn) > 0
    };
    for row in policies::all(world, "All") {
        let is_wanted = match row {
            Managed::Own(_) => wanted("LocalManagedPolicy"),
            Managed::Aws(_) => wanted("AWSManagedPolicy") && used(&row),
        };
        if is_wanted {
            rows.push((
                format!("d{}", policies::place(&row)),
                field::POLICIES,
                policy(world, &row),
            ));
        }
    }
    let (page, last) = Page::of(params)?.cut(rows, |(place, _, _)| place.clone());
    let lists = [
        field::USER_DETAIL_LIST,
        field::GROUP_DETAIL_LIST,
        field::ROLE_DETAIL_LIST,
        field::POLICIES,
    ];
    let mut answer = Structure::new();
    for name in lists {
        let found = page.iter().filter(|(_, list, _)| *list == name);
        let found: Vec<Value> = found.map(|(_, _, row)| row.clone().into()).collect();
        answer.set(name, found);
    }
    Ok(ended(answer, last))
}

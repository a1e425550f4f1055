//! Instance profiles: what an instance is given, with at most one role in it.

use super::common::{
    Page, beyond, change, conflict, exists, key, needed, no_such, note, own_role, path, profile, role, seconds,
    tag_list, under, unique_id,
};
use super::{limits, roles, tags};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::identity::{InstanceProfile, Tags};
use stratus_model::{Structure, Value, field};

/// An instance profile as lists have it.
pub(super) fn describe(world: &World, profile: &InstanceProfile) -> Structure {
    let role = profile.role.as_ref().and_then(|name| world.iam.roles.get(name));
    let held: Vec<Value> = role
        .into_iter()
        .map(|role| roles::describe(world, role).into())
        .collect();
    Structure::new()
        .with(field::PATH, profile.path.clone())
        .with(field::INSTANCE_PROFILE_NAME, profile.name.clone())
        .with(field::INSTANCE_PROFILE_ID, profile.id.clone())
        .with(field::ARN, profile.arn(world.options.account))
        .with(field::CREATE_DATE, seconds(profile.created))
        .with(field::ROLES, held)
}

/// The instance profile of this name or ARN, as EC2 asks for it.
pub fn find<'w>(world: &'w World, name_or_arn: &str) -> Option<&'w InstanceProfile> {
    let name = name_or_arn.rsplit('/').next()?;
    let found = world.iam.instance_profiles.get(&key(name))?;
    let is_arn = name_or_arn.starts_with("arn:");
    (!is_arn || found.arn(world.options.account) == name_or_arn).then_some(found)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = needed(request, field::INSTANCE_PROFILE_NAME);
    if world.iam.instance_profiles.contains(&key(name)) {
        let why = format!("Instance Profile {name} already exists.");
        return Err(exists(why).at("InstanceProfileName"));
    }
    let have = world.iam.instance_profiles.len();
    limits::within("InstanceProfilesPerAccount", have, limits::INSTANCE_PROFILES)?;
    let tags: Tags = tags::given(request.params)?;
    let row = InstanceProfile {
        name: name.to_owned(),
        path: path(request),
        id: unique_id(world, "AIPA"),
        created: world.now,
        role: None,
        tags,
    };
    let answer = describe(world, &row).with(field::TAGS, tag_list(&row.tags));
    world.iam.instance_profiles.insert(key(name), row);
    note(world, format!("instance profile {name}: created"));
    Ok(Structure::new().with(field::INSTANCE_PROFILE, answer))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let profile = profile(world, needed(request, field::INSTANCE_PROFILE_NAME))?;
    let answer = describe(world, profile).with(field::TAGS, tag_list(&profile.tags));
    Ok(Structure::new().with(field::INSTANCE_PROFILE, answer))
}

fn page(request: &Request<'_>, world: &World, rows: Vec<&InstanceProfile>) -> Result<Structure> {
    let show = |profile: &InstanceProfile| Value::from(describe(world, profile));
    let page = Page::of(request.params)?;
    Ok(page.answer(field::INSTANCE_PROFILES, rows, |profile| key(&profile.name), show))
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let rows = world.iam.instance_profiles.rows();
    let rows = rows.filter(|profile| under(request.params, &profile.path)).collect();
    page(request, world, rows)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html>
pub(super) fn list_for_role(request: &Request<'_>, world: &World) -> Result<Structure> {
    let role = key(&role(world, needed(request, field::ROLE_NAME))?.name);
    let rows = world.iam.instance_profiles.rows();
    let rows = rows.filter(|profile| profile.role.as_ref() == Some(&role)).collect();
    page(request, world, rows)
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html>
/// An instance that has it keeps its ARN, as at AWS.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let profile = profile(world, needed(request, field::INSTANCE_PROFILE_NAME))?;
    if profile.role.is_some() {
        let why = "Cannot delete entity, must remove roles from instance profile first.";
        return Err(conflict(why).at("InstanceProfileName"));
    }
    let name = key(&profile.name);
    world.iam.instance_profiles.remove(&name);
    note(world, format!("instance profile {name}: deleted"));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>
pub(super) fn add_role(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let profile = profile(world, needed(request, field::INSTANCE_PROFILE_NAME))?;
    let role = own_role(world, needed(request, field::ROLE_NAME))?;
    if profile.role.is_some() {
        return Err(beyond("InstanceSessionsPerInstanceProfile", 1));
    }
    let (profile, role) = (profile.name.clone(), key(&role.name));
    note(world, format!("instance profile {profile}: has role {role}"));
    change(&mut world.iam.instance_profiles, &profile, |profile| {
        profile.role = Some(role)
    });
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html>
pub(super) fn remove_role(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let profile = profile(world, needed(request, field::INSTANCE_PROFILE_NAME))?;
    let role = own_role(world, needed(request, field::ROLE_NAME))?;
    if profile.role.as_ref() != Some(&key(&role.name)) {
        let why = format!(
            "Role {} in instance profile {} cannot be found.",
            role.name, profile.name
        );
        return Err(no_such(why).at("RoleName"));
    }
    let profile = profile.name.clone();
    change(&mut world.iam.instance_profiles, &profile, |profile| {
        profile.role = None
    });
    note(world, format!("instance profile {profile}: has no role"));
    Ok(Structure::new())
}

//! Launch templates: which one a call names, which version, and what of it a launch takes.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html>

pub(super) mod calls;
pub(super) mod data;
pub(super) mod versions;

use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind, LaunchTemplateId};
use crate::catalog::Region;
use crate::services::ec2::common::find;
use crate::world::World;
use crate::world::launching::{LaunchTemplate, TemplateVersion};
use stratus_model::{Structure, Value, field};

/// The template that a call names, by id or by name.
///
/// # Errors
/// `InvalidLaunchTemplateId.NotFound`, `InvalidLaunchTemplateId.Malformed`,
/// `InvalidLaunchTemplateName.NotFoundException`, `MissingParameter`, `InvalidParameterCombination`.
pub(super) fn named<'w>(world: &'w World, region: Region, params: &Structure) -> Result<&'w LaunchTemplate> {
    let text = |name| params.text(name).filter(|text: &&str| !text.is_empty());
    match (text(field::LAUNCH_TEMPLATE_ID), text(field::LAUNCH_TEMPLATE_NAME)) {
        (Some(_), Some(_)) => Err(Error::combination(
            "Either a launch template ID or a launch template name must be specified in the request, but not both.",
        )
        .at("LaunchTemplateName")),
        (Some(id), None) => find(world, region, Kind::LaunchTemplate, id).map_err(|error| error.at("LaunchTemplateId")),
        (None, Some(name)) => by_name(world, region, name).ok_or_else(|| {
            let text = format!("The specified launch template, with template name {name}, does not exist.");
            Error::new("InvalidLaunchTemplateName.NotFoundException", text).at("LaunchTemplateName")
        }),
        (None, None) => Err(Error::new(
            "MissingParameter",
            "Either a launch template ID or a launch template name must be specified in the request.",
        )
        .at("LaunchTemplateId")),
    }
}

fn by_name<'w>(world: &'w World, region: Region, name: &str) -> Option<&'w LaunchTemplate> {
    let mut rows = world.ec2(region)?.launch_templates.rows();
    rows.find(|row| row.name == name)
}

/// The number of a version: a number, `$Latest` or `$Default`; none = the default one.
///
/// # Errors
/// `InvalidParameterValue`, `InvalidLaunchTemplateId.VersionNotFound`.
fn version<'w>(row: &'w LaunchTemplate, text: Option<&str>) -> Result<(i64, &'w TemplateVersion)> {
    let number = number(row, text.filter(|text| !text.is_empty()).unwrap_or("$Default"))?;
    let found = row.versions.get(&number).map(|version| (number, version));
    found.ok_or_else(|| missing(row, number))
}

fn missing(row: &LaunchTemplate, number: i64) -> Error {
    let text = format!(
        "Could not find the specified version {number} for the launch template with ID {}.",
        row.id
    );
    Error::new("InvalidLaunchTemplateId.VersionNotFound", text).at("Version")
}

fn number(row: &LaunchTemplate, text: &str) -> Result<i64> {
    match text {
        "$Latest" => Ok(row.latest()),
        "$Default" => Ok(row.default_version),
        other => other.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
            let why = format!("Invalid launch template version: either '$Default', '$Latest', or a numeric version are allowed. Got '{other}'");
            Error::new("InvalidParameterValue", why).at("Version")
        }),
    }
}

/// A launch with what its template says where the call says nothing. Tags of both are put on.
///
/// # Errors
/// Those of [`named`]; the version's; `InvalidParameterCombination` for a template that names no type but requirements.
pub(super) fn resolve(
    world: &World,
    region: Region,
    params: &Structure,
) -> Result<(Structure, Option<(LaunchTemplateId, i64)>)> {
    match params.structure(field::LAUNCH_TEMPLATE) {
        Some(asked) => filled(world, region, params, asked),
        None => Ok((params.clone(), None)),
    }
}

/// The same for the template that is asked for.
#[inline(never)]
fn filled(
    world: &World,
    region: Region,
    params: &Structure,
    asked: &Structure,
) -> Result<(Structure, Option<(LaunchTemplateId, i64)>)> {
    let row = named(world, region, asked)?;
    let (number, version) = version(row, asked.text(field::VERSION))?;
    let mut merged = (*version.data.0).clone();
    if merged.contains(field::INSTANCE_REQUIREMENTS) && !params.contains(field::INSTANCE_TYPE) {
        let text = "The launch template specifies InstanceRequirements, which RunInstances does not support.";
        return Err(Error::combination(text)
            .at("LaunchTemplate")
            .remedy("Name an InstanceType, or launch through a fleet or an Auto Scaling group."));
    }
    merged.remove(field::INSTANCE_REQUIREMENTS);
    for (theirs, ours) in [
        (field::RAM_DISK_ID, field::RAMDISK_ID),
        (field::ELASTIC_GPU_SPECIFICATIONS, field::ELASTIC_GPU_SPECIFICATION),
    ] {
        if let Some(value) = merged.remove(theirs) {
            merged.set(ours, value);
        }
    }
    let tags = merged.remove(field::TAG_SPECIFICATIONS);
    let merged = over(merged, params, tags);
    Ok((merged, Some((row.id, number))))
}

/// The template's parameters with the call's over them.
fn over(mut merged: Structure, params: &Structure, tags: Option<Value>) -> Structure {
    let empty = |value: &Value| value.as_list().is_some_and(<[_]>::is_empty);
    for (name, value) in params.iter().filter(|(_, value)| !empty(value)) {
        if name != field::LAUNCH_TEMPLATE {
            merged.set(name, value.clone());
        }
    }
    let own: Vec<Structure> = params.structures(field::TAG_SPECIFICATIONS).cloned().collect();
    let of_template = tags.as_ref().and_then(Value::as_list).unwrap_or_default();
    let mut all: Vec<Structure> = Vec::new();
    for given in of_template.iter().filter_map(Value::as_structure).chain(&own) {
        let kind = given.text(field::RESOURCE_TYPE);
        match all.iter_mut().find(|has| has.text(field::RESOURCE_TYPE) == kind) {
            Some(has) => join_tags(has, given),
            None => all.push(given.clone()),
        }
    }
    if all.is_empty() {
        merged.remove(field::TAG_SPECIFICATIONS);
        return merged;
    }
    merged.with(field::TAG_SPECIFICATIONS, all)
}

fn join_tags(has: &mut Structure, given: &Structure) {
    let key = |tag: &Structure| tag.text(field::KEY).unwrap_or_default().to_owned();
    let new: Vec<Structure> = given.structures(field::TAGS).cloned().collect();
    let kept = has
        .structures(field::TAGS)
        .filter(|tag| !new.iter().any(|other| key(other) == key(tag)))
        .cloned();
    let tags: Vec<Structure> = kept.chain(new.iter().cloned()).collect();
    has.set(field::TAGS, tags);
}

/// Marks instances with the template that they were launched from, as AWS does.
pub(super) fn mark(world: &mut World, region: Region, made: &[InstanceId], id: LaunchTemplateId, version: i64) {
    let Some(ec2) = world.regions.get_mut(&region) else {
        return;
    };
    for instance in made {
        let instance = (*instance).into();
        let mut tags = ec2.tags.get(&instance).cloned().unwrap_or_default();
        tags.insert("aws:ec2launchtemplate:id".to_owned(), id.to_string());
        tags.insert("aws:ec2launchtemplate:version".to_owned(), version.to_string());
        ec2.tags.insert(instance, tags);
    }
}

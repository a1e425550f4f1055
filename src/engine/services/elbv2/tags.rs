//! Tags of load balancers, target groups, listeners and rules: AddTags, RemoveTags, DescribeTags, and `Tags` of every call that
//! makes something. They lie in the table in which all resources' tags lie.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTags.html>

use super::common::{named_by, validation};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::world::World;
use std::collections::BTreeMap;
use stratus_model::{Structure, Value, field};

/// Tags of a resource (AWS).
const TAGS: usize = 50;

/// `Tags` of a call.
///
/// # Errors
/// `DuplicateTagKeys`, `ValidationError` for keys that AWS keeps.
pub(in crate::services) fn read(params: &Structure) -> Result<BTreeMap<String, String>> {
    let mut tags = BTreeMap::new();
    for tag in params.structures(field::TAGS) {
        let key = tag.text(field::KEY).unwrap_or_default();
        if key.to_ascii_lowercase().starts_with("aws:") {
            let why = "Tag keys starting with 'aws:' are reserved for system use";
            return Err(validation(field::TAGS, why));
        }
        let value = tag.text(field::VALUE).unwrap_or_default();
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            let why = format!("Tag key '{key}' was specified more than once");
            return Err(Error::new("DuplicateTagKeys", why).at("Tags"));
        }
    }
    Ok(tags)
}

/// Gives tags to a resource, which keeps those that it has under other keys.
///
/// # Errors
/// `TooManyTags`.
pub(in crate::services) fn put(
    world: &mut World,
    region: Region,
    id: impl Into<ResourceId>,
    tags: &BTreeMap<String, String>,
) -> Result<()> {
    let id = id.into();
    if tags.is_empty() {
        return Ok(());
    }
    let mut all = world.tags(region, id).cloned().unwrap_or_default();
    all.extend(tags.iter().map(|(key, value)| (key.clone(), value.clone())));
    if all.len() > TAGS {
        let why = format!("A resource can have at most {TAGS} tags");
        return Err(Error::new("TooManyTags", why).at("Tags"));
    }
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.tags.insert(id, all);
    }
    Ok(())
}

/// Takes tags away by their keys.
pub(in crate::services) fn take<'a>(
    world: &mut World,
    region: Region,
    id: ResourceId,
    keys: impl Iterator<Item = &'a str>,
) {
    let Some(mut all) = world.tags(region, id).cloned() else {
        return;
    };
    keys.for_each(|key| {
        all.remove(key);
    });
    if let Some(ec2) = world.regions.get_mut(&region) {
        if all.is_empty() {
            ec2.tags.remove(&id);
        } else {
            ec2.tags.insert(id, all);
        }
    }
}

/// Tags as answers have them, by key.
pub(in crate::services) fn list(world: &World, region: Region, id: ResourceId) -> Vec<Value> {
    crate::services::ec2::common::tag_list(world, region, id)
}

/// What the ARNs of a call name.
///
/// # Errors
/// `LoadBalancerNotFound` and its likes, `ValidationError` for what is no ARN of such a resource.
fn named(request: &Request<'_>, world: &World) -> Result<Vec<(String, ResourceId)>> {
    let arns = request.params.texts(field::RESOURCE_ARNS);
    let find = |arn: &str| match named_by(world, request.region, arn) {
        Some(id) => Ok((arn.to_owned(), id)),
        None => Err(missing(arn)),
    };
    arns.map(find).collect()
}

fn missing(arn: &str) -> Error {
    let kinds = [
        (":loadbalancer/", "LoadBalancerNotFound", "Load balancer"),
        (":targetgroup/", "TargetGroupNotFound", "Target group"),
        (":listener/", "ListenerNotFound", "Listener"),
        (":listener-rule/", "RuleNotFound", "Rule"),
        (":truststore/", "TrustStoreNotFound", "Trust store"),
    ];
    let found = kinds
        .iter()
        .find(|(part, ..)| arn.starts_with("arn:") && arn.contains(part));
    match found {
        Some((_, code, what)) => Error::new(code, format!("{what} '{arn}' not found")).at("ResourceArns"),
        None => validation(field::RESOURCE_ARNS, format!("'{arn}' is not a valid ARN")),
    }
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTags.html>
pub(super) fn add(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let tags = read(request.params)?;
    for (_, id) in named(request, world)? {
        put(world, request.region, id, &tags)?;
        note(world, request.region, id, "tags added");
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveTags.html>
pub(super) fn remove(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    for (_, id) in named(request, world)? {
        take(world, request.region, id, request.params.texts(field::TAG_KEYS));
        note(world, request.region, id, "tags removed");
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let all = named(request, world)?;
    if all.len() > 20 {
        let why = "The number of resource ARNs cannot exceed '20'";
        return Err(validation(field::RESOURCE_ARNS, why));
    }
    let told = all.into_iter().filter(|(_, id)| id.kind() != Kind::ClassicBalancer);
    let told = told.map(|(arn, id)| {
        Structure::new()
            .with(field::RESOURCE_ARN, arn)
            .with(field::TAGS, list(world, request.region, id))
    });
    Ok(Structure::new().with(field::TAG_DESCRIPTIONS, told.collect::<Vec<_>>()))
}

//! The tags of what a policy makes: those of what it is made of, those that the schedule adds, and AWS's own.
//! Source: <https://docs.aws.amazon.com/dlm/latest/APIReference/API_Schedule.html>

use super::invalid;
use crate::base::error::Result;
use crate::base::ids::{InstanceId, LifecyclePolicyId, ResourceId};
use crate::catalog::Region;
use crate::world::World;
use crate::world::keeping::Policy;
use std::collections::BTreeMap;
use stratus_model::{Structure, field};

/// What a variable tag can stand for.
const INSTANCE: &str = "$(instance-id)";
const MOMENT: &str = "$(timestamp)";

/// Whether a schedule's variable tags can be filled; only a policy that targets instances can have any.
///
/// # Errors
/// `InvalidRequestException`.
pub(super) fn check(schedule: &Structure, instances: bool) -> Result<()> {
    for tag in schedule.structures(field::VARIABLE_TAGS) {
        if !instances {
            return Err(invalid("VariableTags are for policies that target instances."));
        }
        let value = tag.text(field::VALUE).unwrap_or_default();
        if ![INSTANCE, MOMENT].contains(&value) {
            let why = format!("The value of a variable tag must be {INSTANCE} or {MOMENT}: '{value}' is neither.");
            return Err(invalid(why));
        }
    }
    Ok(())
}

/// The tags that the account has given something; AWS's own stay behind.
fn given(world: &World, region: Region, id: ResourceId) -> BTreeMap<String, String> {
    let all = world.tags(region, id).into_iter().flatten();
    let given = all.filter(|(key, _)| !key.starts_with("aws:"));
    given.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The tags of what a schedule makes of this, for this instance if it targets instances. The form of `$(timestamp)` is ours.
pub(super) fn of_made(
    world: &World,
    region: Region,
    policy: &Policy,
    schedule: &Structure,
    (source, instance): (ResourceId, Option<InstanceId>),
) -> BTreeMap<String, String> {
    let mut tags = match schedule.boolean(field::COPY_TAGS) {
        Some(true) => given(world, region, source),
        _ => BTreeMap::new(),
    };
    let text = |tag: &Structure, name| tag.text(name).unwrap_or_default().to_owned();
    for tag in schedule.structures(field::TAGS_TO_ADD) {
        tags.insert(text(tag, field::KEY), text(tag, field::VALUE));
    }
    for tag in schedule.structures(field::VARIABLE_TAGS) {
        let value = match (tag.text(field::VALUE), instance) {
            (Some(MOMENT), _) => world.now.iso8601(),
            (_, Some(instance)) => instance.to_string(),
            _ => continue,
        };
        tags.insert(text(tag, field::KEY), value);
    }
    let name = schedule.text(field::NAME).unwrap_or_default();
    tags.insert("aws:dlm:lifecycle-policy-id".to_owned(), policy.id.to_string());
    tags.insert("aws:dlm:lifecycle-schedule-name".to_owned(), name.to_owned());
    tags.insert("dlm:managed".to_owned(), "true".to_owned());
    tags
}

/// Tags a copy in another Region as its rule says.
pub(super) fn put_on_copy(
    world: &mut World,
    id: LifecyclePolicyId,
    rule: &Structure,
    (region, source): (Region, ResourceId),
    (to, copy): (Region, ResourceId),
) {
    let mut tags = match rule.boolean(field::COPY_TAGS) {
        Some(true) => given(world, region, source),
        _ => BTreeMap::new(),
    };
    tags.insert("aws:dlm:lifecycle-policy-id".to_owned(), id.to_string());
    if let Some(ec2) = world.regions.get_mut(&to) {
        ec2.tags.insert(copy, tags);
    }
}

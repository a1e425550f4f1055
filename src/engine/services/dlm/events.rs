//! Policies for events: what another account shares with this one is copied to other Regions, as soon as it is shared.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/event-policy.html>

use super::{after, invalid, rules};
use crate::base::error::Result;
use crate::base::ids::{LifecyclePolicyId, SnapshotId};
use crate::catalog::Region;
use crate::world::World;
use crate::world::others::OtherSnapshot;
use stratus_model::{Structure, field, pattern, sort};

/// The policy's type.
pub(super) const KIND: &str = "EVENT_BASED_POLICY";

/// Whether the details are those of such a policy.
pub(super) fn check(details: &Structure, region: Region) -> Result<()> {
    if !details.list(field::SCHEDULES).is_empty() || !details.list(field::TARGET_TAGS).is_empty() {
        return Err(invalid("A policy for events has neither Schedules nor TargetTags."));
    }
    let source = details.structure(field::EVENT_SOURCE);
    if source.and_then(|source| source.structure(field::PARAMETERS)).is_none() {
        return Err(invalid("PolicyDetails.EventSource with its Parameters is required."));
    }
    let mut actions = details.structures(field::ACTIONS).peekable();
    if actions.peek().is_none() {
        return Err(invalid("PolicyDetails.Actions is required."));
    }
    for rule in actions.flat_map(|action| action.structures(field::CROSS_REGION_COPY)) {
        rules::check_target(rule, region)?;
    }
    Ok(())
}

/// The rules of such a policy, by which it copies.
pub(super) fn rules(details: &Structure) -> Vec<Structure> {
    let actions = details.structures(field::ACTIONS);
    let rules = actions.flat_map(|action| action.structures(field::CROSS_REGION_COPY));
    rules.cloned().collect()
}

/// Whether a policy is for this snapshot: shared by one of its accounts, with a description that it wants.
fn wants(details: &Structure, other: &OtherSnapshot) -> bool {
    let source = details.structure(field::EVENT_SOURCE);
    let Some(wanted) = source.and_then(|source| source.structure(field::PARAMETERS)) else {
        return false;
    };
    let regex = wanted.text(field::DESCRIPTION_REGEX).unwrap_or(".*");
    wanted.texts(field::SNAPSHOT_OWNER).any(|owner| owner == other.owner)
        && pattern::matches(regex, &other.row.description)
}

/// Another account has shared a snapshot with this one: the event that policies wait for.
pub(crate) fn shared(world: &mut World, region: Region, id: SnapshotId) {
    let Some(ec2) = world.ec2(region) else { return };
    let Some(other) = ec2.estate.others.as_ref().and_then(|others| others.snapshot(id)) else {
        return;
    };
    let rows = ec2.keeping.policies.rows();
    let mut due: Vec<(u64, LifecyclePolicyId, Vec<Structure>)> = rows
        .filter(|policy| policy.enabled && super::policies::kind(&policy.details.0) == KIND)
        .filter(|policy| wants(&policy.details.0, other))
        .map(|policy| (policy.born, policy.id, rules(&policy.details.0)))
        .collect();
    sort::by_key(&mut due, |(born, ..)| *born);
    for (_, policy, rules) in due {
        after::copy_by(world, region, policy, (0, id), &rules);
    }
}

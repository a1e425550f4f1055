//! The default policies: every volume of the Region that has no recent snapshot gets one, or every instance that has no recent image,
//! but for what is excluded and what is not a day old. Each amounts to one daily schedule. With ExtendDeletion they go on deleting
//! what they have made after they were disabled or deleted.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html>

use super::{images, invalid, rules};
use crate::base::error::{Error, Result};
use crate::base::ids::VolumeId;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::ec2::storage::bin;
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::keeping::Policy;
use crate::world::objects::Document;
use crate::world::storage::{Snapshot, Volume, VolumeState};
use std::collections::BTreeSet;
use stratus_model::{Structure, field, sort};

/// What a call may say of a default policy, and change.
const SAID: [stratus_model::Name; 6] = [
    field::CREATE_INTERVAL,
    field::RETAIN_INTERVAL,
    field::COPY_TAGS,
    field::EXTEND_DELETION,
    field::CROSS_REGION_COPY_TARGETS,
    field::EXCLUSIONS,
];

/// Whether these are the details of a default policy.
pub(super) fn is_default(details: &Structure) -> bool {
    details.text(field::POLICY_LANGUAGE) == Some("SIMPLIFIED")
}

/// The details that a call for a default policy amounts to.
pub(super) fn details(params: &Structure, kind: &str) -> Result<Structure> {
    if params.contains(field::POLICY_DETAILS)
        && params
            .structure(field::POLICY_DETAILS)
            .is_some_and(|said| !is_default(said))
    {
        return Err(invalid("A default policy takes no PolicyDetails of a custom one."));
    }
    let base = params.structure(field::POLICY_DETAILS).cloned().unwrap_or_default();
    let makes = match kind {
        "INSTANCE" => images::KIND,
        _ => "EBS_SNAPSHOT_MANAGEMENT",
    };
    let mut details = base
        .with(field::POLICY_LANGUAGE, "SIMPLIFIED")
        .with(field::POLICY_TYPE, makes)
        .with(field::RESOURCE_TYPE, kind);
    for name in SAID {
        if let Some(value) = params.get(name) {
            details = details.with(name, value.clone());
        }
    }
    Ok(details)
}

/// Takes over what an update says of a default policy.
pub(super) fn change(policy: &mut Policy, params: &Structure, region: Region) -> Result<()> {
    let said = SAID.into_iter().any(|name| params.contains(name));
    match (said, is_default(&policy.details.0)) {
        (false, _) => Ok(()),
        (true, false) => Err(invalid("These parameters are for default policies.")),
        (true, true) => {
            let mut details = policy.details.0.clone();
            for name in SAID {
                if let Some(value) = params.get(name) {
                    details = details.with(name, value.clone());
                }
            }
            check(&details, region)?;
            policy.details = Document(details);
            Ok(())
        }
    }
}

/// Whether a default policy is one that is simulated, and within its bounds.
pub(super) fn check(details: &Structure, region: Region) -> Result<()> {
    let instances = details.text(field::RESOURCE_TYPE) == Some("INSTANCE");
    let out = details.structure(field::EXCLUSIONS);
    let of_volumes = |out: &Structure| {
        out.contains(field::EXCLUDE_BOOT_VOLUMES) || !out.list(field::EXCLUDE_VOLUME_TYPES).is_empty()
    };
    if instances && out.is_some_and(of_volumes) {
        return Err(invalid(
            "A default policy for instances can exclude by ExcludeTags only.",
        ));
    }
    if !(1..=7).contains(&created_every(details)) {
        return Err(invalid("CreateInterval must be from 1 to 7 days."));
    }
    if !(2..=14).contains(&kept(details)) {
        return Err(invalid("RetainInterval must be from 2 to 14 days."));
    }
    // AWS asks it of both; of the one for volumes it was not asked before, and what was made then is to be made again.
    if instances && kept(details) < created_every(details) {
        return Err(invalid("RetainInterval must be at least CreateInterval."));
    }
    let mut targets = details.structures(field::CROSS_REGION_COPY_TARGETS);
    targets.try_for_each(|target| rules::check_target(target, region))
}

/// A Region has one default policy for volumes, and one for instances.
pub(super) fn check_single(world: &World, region: Region, details: &Structure) -> Result<()> {
    let kind = details.text(field::RESOURCE_TYPE);
    let mut rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.keeping.policies.rows());
    match rows.any(|row| is_default(&row.details.0) && row.details.0.text(field::RESOURCE_TYPE) == kind) {
        true => {
            let what = if kind == Some("INSTANCE") {
                "instances"
            } else {
                "volumes"
            };
            let why = format!("There is a default policy for {what} in this Region already.");
            Err(Error::new("ResourceAlreadyExistsException", why).with_status(409))
        }
        false => Ok(()),
    }
}

fn created_every(details: &Structure) -> i64 {
    details.integer(field::CREATE_INTERVAL).unwrap_or(1)
}

fn kept(details: &Structure) -> i64 {
    details.integer(field::RETAIN_INTERVAL).unwrap_or(7)
}

/// The schedule that it amounts to: daily, and copies are kept as long as what they are of.
pub(super) fn schedule(details: &Structure) -> Structure {
    let keep = Structure::new()
        .with(field::INTERVAL, kept(details))
        .with(field::INTERVAL_UNIT, "DAYS");
    let copies: Vec<Structure> = details
        .structures(field::CROSS_REGION_COPY_TARGETS)
        .map(|target| target.clone().with(field::RETAIN_RULE, keep.clone()))
        .collect();
    let create = Structure::new()
        .with(field::INTERVAL, 24)
        .with(field::INTERVAL_UNIT, "HOURS");
    Structure::new()
        .with(field::NAME, "Default")
        .with_some(field::COPY_TAGS, details.boolean(field::COPY_TAGS))
        .with(field::CREATE_RULE, create)
        .with(field::RETAIN_RULE, keep)
        .with(field::CROSS_REGION_COPY_RULES, copies)
}

/// Whether a policy goes on deleting, the last ones too, when it does nothing else any more.
/// Source: <https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html#dlm-CreateLifecyclePolicy-request-ExtendDeletion>
pub(super) fn extends(details: &Structure) -> bool {
    details.boolean(field::EXTEND_DELETION) == Some(true)
}

/// Whether something that was made then is old enough: "default policies will only start targeting resources that are at least 24 hours
/// old".
fn is_of_age(world: &World, created: Time) -> bool {
    created.0 <= world.now.0 - Span::minutes(24 * 60).0
}

/// The volumes that need a snapshot: a day old at least, without a recent one, and not excluded.
pub(super) fn targets(world: &World, region: Region, details: &Structure) -> Vec<VolumeId> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let since = world.now.0 - Span::minutes(created_every(details) * 24 * 60).0;
    let young = ec2.snapshots.rows().filter(|row: &&Snapshot| row.started.0 > since);
    let recent: BTreeSet<VolumeId> = young.filter_map(|row| row.volume).collect();
    let mut rows: Vec<&Volume> = ec2
        .volumes
        .rows()
        .filter(|row| matches!(row.state, VolumeState::Available | VolumeState::InUse))
        .filter(|row| is_of_age(world, row.created))
        .filter(|row| !bin::holds(world, region, row.id.into()) && !is_excluded(world, region, row, details))
        .filter(|row| !recent.contains(&row.id))
        .collect();
    sort::by_key(&mut rows, |row| row.born);
    rows.into_iter().map(|row| row.id).collect()
}

/// Whether an instance needs an image: it is a day old at least, has no recent one, and is not excluded.
pub(super) fn wants(world: &World, region: Region, row: &Instance, details: &Structure) -> bool {
    let since = |days: i64| world.now.0 - Span::minutes(days * 24 * 60).0;
    let mut made = world.ec2(region).into_iter().flat_map(|ec2| ec2.images.rows());
    let recent = made.any(|image| {
        let young = image.source_instance == Some(row.id) && image.created.0 > since(created_every(details));
        young && images::is_sound(world, region, image)
    });
    let out = details.structure(field::EXCLUSIONS).into_iter();
    let mut out = out.flat_map(|out| out.structures(field::EXCLUDE_TAGS));
    is_of_age(world, row.created) && !recent && !out.any(|tag| rules::has_tag(world, region, row.id.into(), tag))
}

fn is_excluded(world: &World, region: Region, volume: &Volume, details: &Structure) -> bool {
    let Some(out) = details.structure(field::EXCLUSIONS) else {
        return false;
    };
    let boots = || {
        volume.attachments.iter().any(|line| {
            let instance = world.row::<Instance>(region, line.instance);
            instance.is_some_and(|row| row.machine.root_device_name == line.device)
        })
    };
    let tagged = |tag: &Structure| rules::has_tag(world, region, volume.id.into(), tag);
    (out.boolean(field::EXCLUDE_BOOT_VOLUMES) == Some(true) && boots())
        || out
            .texts(field::EXCLUDE_VOLUME_TYPES)
            .any(|kind| kind == volume.volume_type)
        || out.structures(field::EXCLUDE_TAGS).any(tagged)
}

//! ModifyVolume: a volume grows, changes its type or its performance while it is in use.
//!
//! modifying → (the new figures are in effect) optimizing → completed. A volume only grows; at most four modifications
//! in a rolling 24 hours, each after the one before has completed.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html>

use super::types::{self, Wish};
use super::{incorrect_state, meter, within_quota};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, VolumeId};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, page, yes_no};
use crate::services::ec2::storage::{no_page_with_ids, note_clock, times};
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::storage::{Modification, ModificationState, Volume, VolumeAttachment, VolumeShape, VolumeState};
use stratus_model::{Structure, field, sort};

/// Modifications that may start within [`DAY`].
const MODIFICATIONS: usize = 4;
/// The rolling span that they are counted in.
const DAY: Span = Span::minutes(24 * 60);
/// Where the rules are written.
const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html>
pub(in super::super) fn modify_volume(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let volume = find::<Volume>(
        world,
        region,
        Kind::Volume,
        params.text(field::VOLUME_ID).unwrap_or_default(),
    )?;
    let id = volume.id;
    let original = volume.shape();
    let target = target(&original, params)?;
    if !matches!(volume.state, VolumeState::Available | VolumeState::InUse) {
        return Err(incorrect_state(id, volume.state));
    }
    multi_attach_allows(volume, &original, &target)?;
    types::fits_zone(volume.zone, &target.volume_type)?;
    root_allows(world, region, volume, &target)?;
    within_rate(world.now, volume)?;
    within_quota(world, region, &target, Some(&original))?;
    let now = world.now;
    let timings = world.timings.clone();
    let modifying = timings.draw(&mut world.random, "volume.modifying");
    let a_gib = timings.draw(&mut world.random, "volume.optimizing-per-gib");
    // Optimising takes AWS minutes to a day, by size; never more than that.
    let optimizing = Span(a_gib.0.saturating_mul(target.size_gib).min(DAY.0));
    let modification = Modification {
        state: ModificationState::Modifying,
        state_since: now,
        started: now,
        ends: now + modifying + optimizing,
        original,
        target: target.clone(),
    };
    let answer = describe(now, id, &modification);
    world.update(region, id, |row: &mut Volume| {
        row.modified.retain(|start| now - *start < DAY);
        row.modified.push(now);
        row.modification = Some(modification);
    });
    // The new figures are billed from the start of the modification.
    meter(world, region, id, &target);
    clock::schedule(world, modifying, region, id, Step::Modify);
    note(world, region, id, format!("modifying to {}", words(&target)));
    Ok(Structure::new().with(field::VOLUME_MODIFICATION, answer))
}

/// What the volume is to become.
fn target(original: &VolumeShape, params: &Structure) -> Result<VolumeShape> {
    let names = [
        field::SIZE,
        field::VOLUME_TYPE,
        field::IOPS,
        field::THROUGHPUT,
        field::MULTI_ATTACH_ENABLED,
    ];
    if !names.iter().any(|name| params.contains(*name)) {
        return Err(Error::combination("No attributes specified.")
            .remedy("Give a Size, VolumeType, Iops, Throughput or MultiAttachEnabled."));
    }
    let size_gib = params.integer(field::SIZE).unwrap_or(original.size_gib);
    if size_gib < original.size_gib {
        return Err(
            Error::new("InvalidParameterValue", "New size cannot be smaller than existing size")
                .at("Size")
                .remedy("A volume only grows. For less, make a smaller volume and copy the files."),
        );
    }
    let volume_type = params.text(field::VOLUME_TYPE).unwrap_or(&original.volume_type);
    let same = volume_type == original.volume_type;
    // What is kept with the type; io1, io2 and gp3 begin at 3,000 IOPS, gp3 at 125 MiB/s, when the type is new.
    let settable = matches!(volume_type, "io1" | "io2" | "gp3");
    let kept_iops = if same { original.iops } else { Some(3_000) };
    let iops = params.integer(field::IOPS).or(kept_iops.filter(|_| settable));
    let throughput = params
        .integer(field::THROUGHPUT)
        .or(original.throughput.filter(|_| same));
    types::settle(&Wish {
        size_gib,
        volume_type,
        iops,
        throughput,
        multi_attach: params
            .boolean(field::MULTI_ATTACH_ENABLED)
            .unwrap_or(original.multi_attach),
    })
}

/// What Multi-Attach lets be changed: of io2 the size and the IOPS, and Multi-Attach itself while it is attached to nothing; of
/// io1 nothing, attached or not: the page's table of modifications after creation. The errors' words are ours.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html>
fn multi_attach_allows(volume: &Volume, original: &VolumeShape, target: &VolumeShape) -> Result<()> {
    let refuse = |text: &str, at: &'static str| Err(Error::new("InvalidParameterValue", text).at(at));
    let switched = original.multi_attach != target.multi_attach;
    if original.multi_attach && original.volume_type == "io1" {
        return refuse("A Multi-Attach enabled io1 volume cannot be modified.", "VolumeId");
    }
    if original.multi_attach && original.volume_type != target.volume_type {
        return refuse(
            "The type of a Multi-Attach enabled volume cannot be modified.",
            "VolumeType",
        );
    }
    if switched && target.volume_type == "io1" {
        let text = "Multi-Attach can be enabled for io1 volumes only when they are created.";
        return refuse(text, "MultiAttachEnabled");
    }
    if switched && !volume.attachments.is_empty() {
        let text = "Multi-Attach cannot be enabled or disabled while the volume is attached to an instance.";
        return refuse(text, "MultiAttachEnabled");
    }
    Ok(())
}

/// Whether a volume may become one of this type: what a machine boots from stays something that it can boot from.
pub fn may_become(world: &World, region: Region, volume: &Volume, volume_type: &str) -> bool {
    let root_of = |at: &VolumeAttachment| {
        let row = world.row::<Instance>(region, at.instance);
        row.is_some_and(|row| row.machine.root_device_name == at.device)
    };
    types::fits_zone(volume.zone, volume_type).is_ok()
        && (types::boots(volume_type) || !volume.attachments.iter().any(root_of))
}

/// [`may_become`], or an error whose words are ours.
fn root_allows(world: &World, region: Region, volume: &Volume, target: &VolumeShape) -> Result<()> {
    if may_become(world, region, volume, &target.volume_type) {
        return Ok(());
    }
    let text = format!(
        "The volume '{}' is a root volume, and {} volumes cannot be used as boot volumes.",
        volume.id, target.volume_type
    );
    Err(Error::new("InvalidParameterValue", text)
        .at("VolumeType")
        .remedy(types::BOOTABLE))
}

/// One after the other, and not too many a day.
fn within_rate(now: Time, volume: &Volume) -> Result<()> {
    if let Some(under_way) = volume
        .modification
        .as_ref()
        .filter(|m| m.state != ModificationState::Completed)
    {
        let (id, state) = (volume.id, under_way.state.name().to_ascii_uppercase());
        let text = format!("Volume {id} cannot be modified in modification state {state}");
        return Err(Error::new("IncorrectModificationState", text).remedy("Wait until the modification is completed."));
    }
    let within: Vec<&Time> = volume.modified.iter().filter(|start| now - **start < DAY).collect();
    match within.first() {
        Some(first) if within.len() >= MODIFICATIONS => Err(Error::new(
            "VolumeModificationRateExceeded",
            format!(
                "You've reached the maximum modification rate per volume limit: {MODIFICATIONS} modifications in a rolling 24 hours."
            ),
        )
        .remedy(format!("The next one is possible from {} on.", (**first + DAY).iso8601()))),
        _ => Ok(()),
    }
}

/// The next state of a modification.
pub(in super::super) fn settle(world: &mut World, pending: &Pending, id: VolumeId) {
    let (region, now) = (pending.region, world.now);
    let Some(volume) = world.row::<Volume>(region, id) else {
        return;
    };
    let Some(modification) = volume.modification.clone().filter(|m| m.state_since == pending.asked) else {
        return;
    };
    match modification.state {
        ModificationState::Modifying => {
            let left = modification.ends - now;
            let target = modification.target;
            let text = format!("modifying → optimizing: {}", words(&target));
            world.update(region, id, |row: &mut Volume| {
                row.size_gib = target.size_gib;
                row.volume_type = target.volume_type;
                row.iops = target.iops;
                row.throughput = target.throughput;
                row.multi_attach = target.multi_attach;
                advance(row, ModificationState::Optimizing, now);
            });
            clock::schedule(world, Span(left.0.max(0)), region, id, Step::Modify);
            note_clock(
                world,
                region,
                id,
                text,
                "The new size and performance are in effect while optimizing.",
                SOURCE,
            );
        }
        ModificationState::Optimizing => {
            world.update(region, id, |row: &mut Volume| {
                advance(row, ModificationState::Completed, now)
            });
            note_clock(
                world,
                region,
                id,
                "optimizing → completed",
                "How long optimizing takes follows the size.",
                "ours",
            );
        }
        ModificationState::Completed => {}
    }
}

fn advance(row: &mut Volume, state: ModificationState, now: Time) {
    if let Some(modification) = &mut row.modification {
        modification.state = state;
        modification.state_since = now;
    }
}

fn words(shape: &VolumeShape) -> String {
    let mut text = format!("{} GiB {}", shape.size_gib, shape.volume_type);
    if let Some(iops) = shape.iops {
        text.push_str(&format!(", {iops} IOPS"));
    }
    if let Some(throughput) = shape.throughput {
        text.push_str(&format!(", {throughput} MiB/s"));
    }
    text
}

/// Percent done.
fn progress(now: Time, modification: &Modification) -> i64 {
    match modification.state {
        ModificationState::Modifying => 0,
        ModificationState::Completed => 100,
        ModificationState::Optimizing => {
            let whole = (modification.ends - modification.state_since).0.max(1);
            ((now - modification.state_since).0 * 100 / whole).clamp(0, 99)
        }
    }
}

fn describe(now: Time, id: VolumeId, modification: &Modification) -> Structure {
    let (before, after) = (&modification.original, &modification.target);
    let ended = modification.state == ModificationState::Completed;
    Structure::new()
        .with(field::VOLUME_ID, id)
        .with(field::MODIFICATION_STATE, modification.state.name())
        .with(field::ORIGINAL_SIZE, before.size_gib)
        .with(field::ORIGINAL_VOLUME_TYPE, before.volume_type.as_str())
        .with_some(field::ORIGINAL_IOPS, before.iops)
        .with_some(field::ORIGINAL_THROUGHPUT, before.throughput)
        .with(field::ORIGINAL_MULTI_ATTACH_ENABLED, before.multi_attach)
        .with(field::TARGET_SIZE, after.size_gib)
        .with(field::TARGET_VOLUME_TYPE, after.volume_type.as_str())
        .with_some(field::TARGET_IOPS, after.iops)
        .with_some(field::TARGET_THROUGHPUT, after.throughput)
        .with(field::TARGET_MULTI_ATTACH_ENABLED, after.multi_attach)
        .with(field::PROGRESS, progress(now, modification))
        .with(field::START_TIME, modification.started)
        .with_some(field::END_TIME, ended.then_some(modification.state_since))
}

const FILTERS: &[&str] = &[
    "modification-state",
    "original-iops",
    "original-size",
    "original-volume-type",
    "originalMultiAttachEnabled",
    "start-time",
    "target-iops",
    "target-size",
    "target-volume-type",
    "targetMultiAttachEnabled",
    "volume-id",
];

fn filter_values(row: &Volume, modification: &Modification, name: &str) -> Vec<String> {
    let (before, after) = (&modification.original, &modification.target);
    match name {
        "modification-state" => vec![modification.state.name().to_owned()],
        "original-iops" => before.iops.iter().map(ToString::to_string).collect(),
        "original-size" => vec![before.size_gib.to_string()],
        "original-volume-type" => vec![before.volume_type.clone()],
        "originalMultiAttachEnabled" => yes_no(before.multi_attach),
        "start-time" => times(modification.started),
        "target-iops" => after.iops.iter().map(ToString::to_string).collect(),
        "target-size" => vec![after.size_gib.to_string()],
        "target-volume-type" => vec![after.volume_type.clone()],
        "targetMultiAttachEnabled" => yes_no(after.multi_attach),
        "volume-id" => vec![row.id.to_string()],
        _ => Vec::new(),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumesModifications.html>
pub(in super::super) fn describe_volumes_modifications(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    no_page_with_ids(params, field::VOLUME_IDS, "volumeIds")?;
    let filters = Filters::read(params)?;
    filters.check_names(|name| FILTERS.contains(&name))?;
    let mut rows = asked_for(params, region, world)?;
    sort::by_key(&mut rows, |row| row.born);
    rows.dedup_by_key(|row| row.id);
    let mut chosen = Vec::new();
    for row in rows {
        let Some(modification) = &row.modification else {
            continue;
        };
        if filters.pass(world, region, row.id, |name| {
            Some(filter_values(row, modification, name))
        })? {
            chosen.push(describe(world.now, row.id, modification));
        }
    }
    let (items, next) = page(chosen, params, 1)?;
    Ok(Structure::new()
        .with(field::VOLUMES_MODIFICATIONS, items)
        .with_some(field::NEXT_TOKEN, next))
}

fn asked_for<'w>(params: &Structure, region: Region, world: &'w World) -> Result<Vec<&'w Volume>> {
    if params.list(field::VOLUME_IDS).is_empty() {
        return Ok(world
            .ec2(region)
            .map(|ec2| ec2.volumes.rows().collect())
            .unwrap_or_default());
    }
    let named = params.texts(field::VOLUME_IDS).map(|text| {
        let row = find::<Volume>(world, region, Kind::Volume, text)?;
        match row.modification {
            Some(_) => Ok(row),
            None => Err(Error::new(
                "InvalidVolumeModification.NotFound",
                format!("Modification for volume '{text}' does not exist."),
            )),
        }
    });
    named.collect()
}

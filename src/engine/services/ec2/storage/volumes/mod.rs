//! Volumes as other parts of EC2 use them: made, attached at launch, released at termination, written to; and the one
//! transition function of a volume's states.

pub(crate) mod calls;
pub(super) mod copy;
pub(crate) mod describe;
pub(crate) mod lazy;
pub(crate) mod modify;
pub(super) mod status;
pub(crate) mod types;

use super::{contents, keys, note_clock, settings, snapshots};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind, SnapshotId, VolumeId};
use crate::base::random::Stream;
use crate::base::time::Time;
use crate::catalog::{Region, Zone};
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::{note, unknown};
use crate::world::World;
use crate::world::compute::{AttachedVolume, Instance};
use crate::world::storage::{AttachState, BLOCK_BYTES, Extents, Volume, VolumeAttachment, VolumeShape, VolumeState};
use crate::world::usage::{Measure, Meter, Subject};
use types::Wish;

/// What holds a volume that is to leave a guest, and where AWS says so.
const BUSY: &str = "A volume that a running guest has mounted is busy until it is unmounted or detached by force, or until the instance reboots or stops.";
const DETACHING: &str = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachVolume.html";

/// A volume to be made.
#[derive(Clone, Debug)]
pub(crate) struct NewVolume {
    /// Where.
    pub zone: Zone,
    /// Size; the snapshot's when not said.
    pub size_gib: Option<i64>,
    /// `gp2` when not said.
    pub volume_type: Option<String>,
    /// IOPS.
    pub iops: Option<i64>,
    /// MiB/s.
    pub throughput: Option<i64>,
    /// Whether it must be encrypted; a volume of an encrypted snapshot always is.
    pub encrypted: bool,
    /// What to make it of.
    pub snapshot: Option<SnapshotId>,
    /// With which key, as the call names it; AWS's own for EBS when not said.
    pub kms_key: Option<String>,
    /// Multi-Attach.
    pub multi_attach: bool,
    /// MiB/s at which the snapshot's blocks are to be fetched.
    pub initialization_rate: Option<i64>,
    /// Whether a launch makes it: some errors have other codes then.
    pub at_launch: bool,
}

impl NewVolume {
    /// A volume of which nothing is said but its zone.
    pub(crate) fn new(zone: Zone) -> NewVolume {
        NewVolume {
            zone,
            size_gib: None,
            volume_type: None,
            iops: None,
            throughput: None,
            encrypted: false,
            snapshot: None,
            kms_key: None,
            multi_attach: false,
            initialization_rate: None,
            at_launch: false,
        }
    }
}

/// The size of a new volume: its own, or that of its snapshot, which it cannot be below.
fn size_of(new: &NewVolume, least: Option<i64>) -> Result<i64> {
    let Some(size_gib) = new.size_gib.or(least) else {
        return Err(Error::missing("size")
            .at("Size")
            .remedy("Give a Size in GiB, a SnapshotId, or both."));
    };
    if let (Some(least), Some(id)) = (least, new.snapshot)
        && size_gib < least
    {
        let code = if new.at_launch {
            "InvalidBlockDeviceMapping"
        } else {
            "InvalidParameterValue"
        };
        let text = format!("Volume of size {size_gib}GB is smaller than snapshot '{id}', expect size >= {least}GB");
        return Err(Error::new(code, text).at("Size"));
    }
    Ok(size_gib)
}

/// Makes a volume: `creating` now, `available` after a while.
///
/// # Errors
/// `InvalidParameterValue`, `InvalidParameterCombination`, `MissingParameter`, `UnknownVolumeType` for a size, type or
/// performance that does not exist; `InvalidSnapshot.NotFound`, `IncorrectState`; `InvalidBlockDeviceMapping` for a size
/// below the snapshot's at launch; `VolumeLimitExceeded`, `MaxIOPSLimitExceeded`.
pub(crate) fn create(world: &mut World, region: Region, new: NewVolume) -> Result<VolumeId> {
    let source = new
        .snapshot
        .map(|id| snapshots::source_for(world, region, id, new.at_launch))
        .transpose()?;
    let foreign_key = source
        .as_ref()
        .is_some_and(|source| !source.own && source.kms_key.is_some());
    if new.at_launch && source.as_ref().is_some_and(|source| source.key_refused) {
        return Err(super::others::no_key());
    }
    let size_gib = size_of(&new, source.as_ref().map(|source| source.size_gib))?;
    let shape = types::settle(&Wish {
        size_gib,
        volume_type: new.volume_type.as_deref().unwrap_or(types::DEFAULT),
        iops: new.iops,
        throughput: new.throughput,
        multi_attach: new.multi_attach,
    })?;
    types::shared_in(region, &shape)?;
    types::fits_zone(new.zone, &shape.volume_type)?;
    within_quota(world, region, &shape, None)?;
    let kms_key = match (&new.kms_key, source.as_ref().and_then(|source| source.kms_key.clone())) {
        (Some(named), _) => Some(keys::resolve(world, region, named)?),
        // What another account has encrypted is encrypted anew, with the key that this one uses.
        (None, Some(_)) if foreign_key => Some(settings::key(world, region)),
        (None, Some(key)) => Some(key),
        (None, None) => {
            let encrypted = new.encrypted || settings::encrypts(world, region);
            encrypted.then(|| settings::key(world, region))
        }
    };
    // A chain goes on only with the same key and the account's own snapshot.
    let chain = source
        .as_ref()
        .filter(|s| s.own && s.kms_key == kms_key)
        .and(new.snapshot);
    let id = VolumeId(world.random.next_u64(Stream::Ids(Kind::Volume)));
    let volume = Volume {
        id,
        born: world.birth(),
        zone: new.zone,
        size_gib: shape.size_gib,
        volume_type: shape.volume_type.clone(),
        iops: shape.iops,
        throughput: shape.throughput,
        kms_key,
        snapshot: new.snapshot,
        created: world.now,
        state: VolumeState::Creating,
        state_since: world.now,
        attachments: Vec::new(),
        multi_attach: shape.multi_attach,
        auto_enable_io: false,
        contents: source.map(|source| source.contents).unwrap_or_default(),
        chain,
        chain_adopted: false,
        modification: None,
        modified: Vec::new(),
        initialization_rate: new.initialization_rate,
        fetched: Vec::new(),
        fast_restored: new
            .snapshot
            .is_some_and(|id| snapshots::fast::is_on(world, region, id, new.zone)),
    };
    world.put(region, volume);
    meter(world, region, id, &shape);
    let span = world.timings.clone().draw(&mut world.random, "volume.creating");
    clock::schedule(world, span, region, id, Step::Settle);
    note(world, region, id, "creating");
    Ok(id)
}

/// Whether the Region's quotas hold a volume of this shape, in the place of the one that it is to replace.
pub(super) fn within_quota(
    world: &World,
    region: Region,
    shape: &VolumeShape,
    instead: Option<&VolumeShape>,
) -> Result<()> {
    let kind = types::find(&shape.volume_type)?;
    let (gib, iops) = world
        .ec2(region)
        .and_then(|ec2| ec2.volume_totals.get(&shape.volume_type))
        .copied()
        .unwrap_or_default();
    let same = instead.filter(|old| old.volume_type == shape.volume_type);
    let gib = gib - same.map_or(0, |old| old.size_gib) + shape.size_gib;
    let iops = iops - same.and_then(|old| old.iops).unwrap_or(0) + shape.iops.unwrap_or(0);
    if gib > kind.quota_tib * 1_024 {
        return Err(Error::new(
            "VolumeLimitExceeded",
            format!(
                "You have exceeded your maximum {} storage limit of {} TiB in this region.",
                kind.name, kind.quota_tib
            ),
        )
        .remedy("Delete volumes, or ask AWS for a higher quota (which Stratus has not)."));
    }
    match kind.quota_iops {
        Some(most) if iops > most => Err(Error::new(
            "MaxIOPSLimitExceeded",
            format!(
                "You have exceeded your maximum {} IOPS limit of {most} in this region.",
                kind.name
            ),
        )),
        _ => Ok(()),
    }
}

/// Starts (or restarts, after a change) the meters of a volume.
pub(super) fn meter(world: &mut World, region: Region, id: VolumeId, shape: &VolumeShape) {
    let now = world.now;
    // gp3 includes its least performance, gp2's comes with the size; the price knows how much of it is free.
    let more = |value: Option<i64>, included: i64| value.filter(|value| *value > included).unwrap_or(0);
    let iops = match shape.volume_type.as_str() {
        "gp3" => more(shape.iops, 3_000),
        "io1" | "io2" => more(shape.iops, 0),
        _ => 0,
    };
    let throughput = more(shape.throughput, 125);
    for (measure, quantity) in [
        (Measure::VolumeStorage, shape.size_gib),
        (Measure::VolumeIops, iops),
        (Measure::VolumeThroughput, throughput),
    ] {
        let subject = Subject::Resource(id.into());
        let rate = shape.volume_type.clone();
        world.usage.change(Meter {
            subject,
            region,
            measure,
            rate,
            quantity,
            from: now,
            to: None,
        });
    }
}

/// Attaches a volume to an instance that is being launched. Changes both rows where they exist: the volume becomes
/// `in-use`, and the instance's block devices get a line, so the instance must have been put before.
pub(crate) fn attach_at_launch(
    world: &mut World,
    region: Region,
    volume: VolumeId,
    instance: InstanceId,
    device: &str,
    delete_on_termination: bool,
) {
    join(world, region, volume, instance, device, delete_on_termination);
}

/// Makes the attachment in both rows; `attached` follows at the volume's next settling.
pub(super) fn join(
    world: &mut World,
    region: Region,
    volume: VolumeId,
    instance: InstanceId,
    device: &str,
    delete_on_termination: bool,
) {
    let now = world.now;
    let attachment = VolumeAttachment {
        instance,
        device: device.to_owned(),
        attached: now,
        state: AttachState::Attaching,
        state_since: now,
        delete_on_termination,
    };
    world.update(region, volume, |row: &mut Volume| {
        row.attachments.push(attachment);
        row.state = VolumeState::InUse;
        row.state_since = now;
    });
    world.update(region, instance, |row: &mut Instance| {
        row.block_devices.push(AttachedVolume {
            device: device.to_owned(),
            volume,
            attached: now,
            delete_on_termination,
        });
    });
    let span = world.timings.clone().draw(&mut world.random, "volume.attaching");
    clock::schedule(world, span, region, volume, Step::Settle);
    let words = ["attaching to ", &String::from(instance), " as ", device];
    note(world, region, volume, words.concat());
}

/// Lets go of all volumes of an instance that has ended: those with DeleteOnTermination go with it, the others become
/// `available`. Also empties the instance's block devices.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html>
pub(crate) fn release(world: &mut World, region: Region, instance: InstanceId) {
    let held: Vec<AttachedVolume> = world
        .update(region, instance, |row: &mut Instance| {
            std::mem::take(&mut row.block_devices)
        })
        .unwrap_or_default();
    for device in held {
        part(world, region, device.volume, instance);
        let free = world
            .row::<Volume>(region, device.volume)
            .is_some_and(|row| row.attachments.is_empty());
        if device.delete_on_termination && free {
            begin_deletion(world, region, device.volume);
            note_clock(
                world,
                region,
                device.volume,
                format!("deleting: {instance} was terminated"),
                "A volume whose DeleteOnTermination is true goes with its instance.",
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html",
            );
        } else {
            note_clock(
                world,
                region,
                device.volume,
                format!("detached: {instance} was terminated"),
                "A volume whose DeleteOnTermination is false outlives its instance.",
                "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html",
            );
        }
    }
}

/// Sets DeleteOnTermination of an attached volume, in both rows. False if nothing is attached there.
pub(crate) fn set_delete_on_termination(
    world: &mut World,
    region: Region,
    instance: InstanceId,
    device: &str,
    value: bool,
) -> bool {
    let volume = world.update(region, instance, |row: &mut Instance| {
        let line = row.block_devices.iter_mut().find(|line| line.device == device)?;
        line.delete_on_termination = value;
        Some(line.volume)
    });
    let Some(volume) = volume.flatten() else { return false };
    world.update(region, volume, |row: &mut Volume| {
        for attachment in row.attachments.iter_mut().filter(|a| a.instance == instance) {
            attachment.delete_on_termination = value;
        }
    });
    true
}

/// Takes an attachment out of the volume's row.
pub(super) fn part(world: &mut World, region: Region, volume: VolumeId, instance: InstanceId) {
    let now = world.now;
    world.update(region, volume, |row: &mut Volume| {
        row.attachments.retain(|attachment| attachment.instance != instance);
        if row.attachments.is_empty() && row.state == VolumeState::InUse {
            row.state = VolumeState::Available;
            row.state_since = now;
        }
    });
}

/// Begins to take an attachment away; what comes of it is seen at the volume's next settling.
fn begin_detaching(
    world: &mut World,
    region: Region,
    volume: VolumeId,
    instance: InstanceId,
) -> Option<VolumeAttachment> {
    let now = world.now;
    let left = world.update(region, volume, |row: &mut Volume| {
        let line = row.attachments.iter_mut().find(|a| a.instance == instance)?;
        line.state = AttachState::Detaching;
        line.state_since = now;
        Some(line.clone())
    });
    let span = world.timings.clone().draw(&mut world.random, "volume.detaching");
    clock::schedule(world, span, region, volume, Step::Settle);
    left.flatten()
}

/// A guest has unmounted something, or is down: busy volumes that it no longer holds leave now.
#[inline(never)]
pub(crate) fn let_go(world: &mut World, region: Region, instance: InstanceId) {
    let Some(row) = world.row::<Instance>(region, instance) else {
        return;
    };
    let busy = |volume: &VolumeId| {
        let row = world.row::<Volume>(region, *volume);
        let mut lines = row.iter().flat_map(|row| &row.attachments);
        lines.any(|at| at.instance == instance && at.state == AttachState::Busy)
    };
    let free: Vec<VolumeId> = row
        .block_devices
        .iter()
        .map(|line| line.volume)
        .filter(|volume| super::files::disks::mounted_at(row, *volume).is_none() && busy(volume))
        .collect();
    for volume in free {
        begin_detaching(world, region, volume, instance);
        note_clock(
            world,
            region,
            volume,
            format!("busy → detaching from {instance}"),
            BUSY,
            DETACHING,
        );
    }
}

/// Begins the end of a volume that is attached to nothing.
pub(super) fn begin_deletion(world: &mut World, region: Region, volume: VolumeId) {
    let now = world.now;
    world.update(region, volume, |row: &mut Volume| {
        row.state = VolumeState::Deleting;
        row.state_since = now;
    });
    world.usage.stop_all(&Subject::Resource(volume.into()), now);
    let span = world.timings.clone().draw(&mut world.random, "volume.deleting");
    clock::schedule(world, span, region, volume, Step::Settle);
}

/// The row of a volume that takes a write of so many bytes from an offset on.
fn writable(world: &World, region: Region, id: VolumeId, offset: i64, length: i64) -> Result<&Volume> {
    let Some(volume) = world.row::<Volume>(region, id) else {
        return Err(unknown(Kind::Volume, &id.to_string()));
    };
    if !matches!(volume.state, VolumeState::Available | VolumeState::InUse) {
        return Err(incorrect_state(id, volume.state));
    }
    let bytes = volume.size_gib.saturating_mul(1 << 30);
    let end = offset.checked_add(length).filter(|end| *end <= bytes);
    if end.is_none() || offset < 0 || length < 0 {
        return Err(Error::invalid(
            "Length",
            format!("it ends beyond the volume's {} GiB", volume.size_gib),
        ));
    }
    Ok(volume)
}

/// Writes these bytes to a volume.
///
/// # Errors
/// As [`fn@write`]; `LimitExceeded` where the world holds as many bytes as it may.
pub(crate) fn write_bytes(world: &mut World, region: Region, id: VolumeId, offset: i64, data: &[u8]) -> Result<()> {
    let old = writable(world, region, id, offset, data.len() as i64)?.contents.clone();
    let mut new = old.clone();
    super::files::put_bytes(world, &mut new, offset, data)?;
    world.update(region, id, |row: &mut Volume| row.contents = new.clone());
    super::held::replaced(world, &old, &new);
    Ok(())
}

/// Writes to a volume: every block that the bytes touch gets a new stamp. Where the clock stands plays no part.
///
/// # Errors
/// `IncorrectState` for a volume that is not there yet or going; `InvalidParameterValue` beyond its end.
pub(crate) fn write(world: &mut World, region: Region, id: VolumeId, offset: i64, length: i64) -> Result<()> {
    writable(world, region, id, offset, length)?;
    let end = offset + length;
    if length > 0 {
        let stamp = world.birth();
        let first = offset / BLOCK_BYTES;
        let count = (end - 1) / BLOCK_BYTES + 1 - first;
        let before = world.update(region, id, |row: &mut Volume| {
            let before = contents::runs_within(&row.contents, first, first + count);
            contents::write(&mut row.contents, first, count, stamp);
            before
        });
        super::held::gone(world, before.unwrap_or_default());
    }
    Ok(())
}

/// `IncorrectState` of a volume.
pub(super) fn incorrect_state(id: VolumeId, state: VolumeState) -> Error {
    Error::new(
        "IncorrectState",
        format!("Volume '{id}' is in the '{}' state.", state.name()),
    )
}

/// The one transition of a volume: the end of creating, attaching, detaching, deleting.
pub(super) fn settle(world: &mut World, pending: &Pending, id: VolumeId) {
    let region = pending.region;
    let asked = pending.asked;
    let Some(volume) = world.row::<Volume>(region, id) else {
        return;
    };
    let began = volume.state_since == asked;
    match volume.state {
        VolumeState::Creating
            if began && super::others::any(world, region) && super::others::lacks_key(world, region, volume) =>
        {
            super::others::unmake(world, region, id);
        }
        VolumeState::Creating if began => {
            let now = world.now;
            world.update(region, id, |row: &mut Volume| {
                row.state = VolumeState::Available;
                row.state_since = now;
            });
            note_clock(
                world,
                region,
                id,
                "creating → available",
                "Making a volume takes a few seconds.",
                "ours",
            );
        }
        VolumeState::Deleting if began => {
            if let Some(gone) = world.take::<Volume>(region, id) {
                super::held::replaced(world, &gone.contents, &Extents::default());
            }
            note_clock(
                world,
                region,
                id,
                "deleted",
                "Deleting a volume takes a few seconds.",
                "ours",
            );
        }
        VolumeState::InUse => settle_attachments(world, region, id, asked),
        _ => {}
    }
}

fn settle_attachments(world: &mut World, region: Region, id: VolumeId, asked: Time) {
    let Some(volume) = world.row::<Volume>(region, id) else {
        return;
    };
    let due: Vec<VolumeAttachment> = volume
        .attachments
        .iter()
        .filter(|a| a.state_since == asked)
        .cloned()
        .collect();
    for attachment in due {
        let instance = attachment.instance;
        match attachment.state {
            AttachState::Attaching => {
                world.update(region, id, |row: &mut Volume| {
                    for line in row.attachments.iter_mut().filter(|a| a.instance == instance) {
                        line.state = AttachState::Attached;
                    }
                });
                let text = ["attaching → attached to ", &String::from(instance)].concat();
                note_clock(world, region, id, text, "Attaching takes a few seconds.", "ours");
            }
            AttachState::Detaching if held(world, region, id, instance) => {}
            AttachState::Detaching => {
                world.update(region, instance, |row: &mut Instance| {
                    row.block_devices.retain(|line| line.volume != id)
                });
                part(world, region, id, instance);
                super::files::detached(world, region, instance, id);
                let text = format!("detached from {instance}");
                note_clock(world, region, id, text, "Detaching takes a few seconds.", "ours");
            }
            AttachState::Attached | AttachState::Busy => {}
        }
    }
}

/// Whether a guest holds a volume that is to leave it; then the attachment is `busy` from now on.
#[inline(never)]
fn held(world: &mut World, region: Region, id: VolumeId, instance: InstanceId) -> bool {
    let row = world.row::<Instance>(region, instance);
    let Some(at) = row.and_then(|row| super::files::disks::mounted_at(row, id)) else {
        return false;
    };
    let (now, text) = (world.now, format!("busy: mounted at {at} in {instance}"));
    world.update(region, id, |row: &mut Volume| {
        for line in row.attachments.iter_mut().filter(|a| a.instance == instance) {
            (line.state, line.state_since) = (AttachState::Busy, now);
        }
    });
    note_clock(world, region, id, text, BUSY, DETACHING);
    true
}

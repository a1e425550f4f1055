//! The recycle bin: what a retention rule keeps when it is deleted, and what comes back out of it. Rules are the service
//! `rbin`'s; here stands what they do to snapshots, images and volumes. What lies in the bin costs what it did before.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html>

use super::{images, snapshots, volumes};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind, ResourceId, SnapshotId, VolumeId};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{done, note, note_clock, page, read_id, unknown};
use crate::world::World;
use crate::world::compute::Image;
use crate::world::references::Row;
use crate::world::storage::{Snapshot, Volume};
use stratus_model::{Name, Structure, field, sort};

const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html";

/// Whether something lies in the bin, and so is not there.
pub(crate) fn holds(world: &World, region: Region, id: ResourceId) -> bool {
    world.ec2(region).is_some_and(|ec2| ec2.keeping.bin.contains(&id))
}

/// What rbin calls a kind.
fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Snapshot => "EBS_SNAPSHOT",
        Kind::Image => "EC2_IMAGE",
        _ => "EBS_VOLUME",
    }
}

/// The days that the rules keep something: the longest of those that fit. `None` = no rule does.
fn days(world: &World, region: Region, id: ResourceId) -> Option<i64> {
    let ec2 = world.ec2(region)?;
    let none = Default::default();
    let tags = ec2.tags.get(&id).unwrap_or(&none);
    let has = |(key, value): &(String, Option<String>)| {
        tags.get(key)
            .is_some_and(|found| value.as_ref().is_none_or(|value| value == found))
    };
    let kept = ec2.keeping.rules.rows().filter(|rule| {
        let wanted = rule.only.is_empty() || rule.only.iter().any(has);
        rule.kind == kind_name(id.kind()) && wanted && !rule.never.iter().any(has)
    });
    kept.map(|rule| rule.days).max()
}

/// Puts something into the bin if a rule keeps it; `false` = none does, and it is to be deleted.
pub(crate) fn take_in(world: &mut World, region: Region, id: ResourceId) -> bool {
    let Some(days) = days(world, region, id) else {
        return false;
    };
    let span = Span::minutes(days * 24 * 60);
    let (now, exit) = (world.now, world.now + span);
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.bin.insert(id, (now, exit));
    }
    clock::schedule(world, span, region, id, Step::Expire);
    note(world, region, id, format!("in the recycle bin for {days} days"));
    true
}

/// The time of something in the bin is over.
pub(super) fn expire(world: &mut World, pending: &Pending) {
    let (region, id, now) = (pending.region, pending.resource, world.now);
    let Some(ec2) = world.regions.get_mut(&region) else {
        return;
    };
    if ec2.keeping.bin.get(&id).is_none_or(|(_, exit)| *exit != now) {
        return;
    }
    ec2.keeping.bin.remove(&id);
    let rule = "What lies in the recycle bin is deleted for good when the retention period is over.";
    note_clock(world, region, id, "deleted for good", rule, SOURCE);
    match id {
        ResourceId::Snapshot(id) => snapshots::forget(world, region, id),
        ResourceId::Image(id) => {
            world.take::<Image>(region, id);
        }
        ResourceId::Volume(id) => volumes::begin_deletion(world, region, id),
        _ => {}
    }
}

/// When something came into the bin, and when it goes.
fn times(world: &World, region: Region, id: ResourceId) -> Option<(Time, Time)> {
    world.ec2(region)?.keeping.bin.get(&id).copied()
}

/// A page of what lies in the bin of one kind.
fn list<R: Row>(
    request: &Request<'_>,
    world: &World,
    (kind, ids, answer): (Kind, Name, Name),
    show: impl Fn(&R) -> Structure,
) -> Result<Structure>
where
    R::Id: TryFrom<ResourceId>,
{
    let (params, region) = (request.params, request.region);
    let mut wanted = Vec::new();
    for text in params.texts(ids) {
        let id: R::Id = ResourceId::parse(text)
            .and_then(|id| R::Id::try_from(id).ok())
            .ok_or_else(|| unknown(kind, text))?;
        if !holds(world, region, id.into()) {
            return Err(unknown(kind, text).remedy("It is not in the recycle bin."));
        }
        wanted.push(id.into());
    }
    let rows = world.ec2(region).into_iter().flat_map(|ec2| R::table(ec2).rows());
    let mut found: Vec<(Time, ResourceId, Structure)> = rows
        .filter_map(|row| {
            let id: ResourceId = row.id().into();
            let (enter, exit) = times(world, region, id)?;
            let shown = show(row)
                .with(field::RECYCLE_BIN_ENTER_TIME, enter)
                .with(field::RECYCLE_BIN_EXIT_TIME, exit);
            (wanted.is_empty() || wanted.contains(&id)).then_some((enter, id, shown))
        })
        .collect();
    sort::by_key(&mut found, |(enter, id, _)| (*enter, *id));
    let (items, next) = page(found, params, 5)?;
    let shown: Vec<Structure> = items.into_iter().map(|(_, _, shown)| shown).collect();
    Ok(Structure::new().with(answer, shown).with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ListSnapshotsInRecycleBin.html>
pub(super) fn list_snapshots(request: &Request<'_>, world: &World) -> Result<Structure> {
    list::<Snapshot>(
        request,
        world,
        (Kind::Snapshot, field::SNAPSHOT_IDS, field::SNAPSHOTS),
        |row| {
            let volume = row
                .volume
                .map_or_else(|| "vol-ffffffff".to_owned(), |id| id.to_string());
            Structure::new()
                .with(field::SNAPSHOT_ID, row.id)
                .with(field::DESCRIPTION, row.description.as_str())
                .with(field::VOLUME_ID, volume)
        },
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ListImagesInRecycleBin.html>
pub(super) fn list_images(request: &Request<'_>, world: &World) -> Result<Structure> {
    list::<Image>(request, world, (Kind::Image, field::IMAGE_IDS, field::IMAGES), |row| {
        Structure::new()
            .with(field::IMAGE_ID, row.id)
            .with(field::NAME, row.name.as_str())
            .with(field::DESCRIPTION, row.description.as_str())
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ListVolumesInRecycleBin.html>
pub(super) fn list_volumes(request: &Request<'_>, world: &World) -> Result<Structure> {
    list::<Volume>(
        request,
        world,
        (Kind::Volume, field::VOLUME_IDS, field::VOLUMES),
        |row| {
            Structure::new()
                .with(field::VOLUME_ID, row.id)
                .with(field::VOLUME_TYPE, row.volume_type.as_str())
                .with(field::STATE, row.state.name())
                .with(field::SIZE, row.size_gib)
                .with_some(field::IOPS, row.iops)
                .with_some(field::THROUGHPUT, row.throughput)
                .with(field::AVAILABILITY_ZONE, row.zone.name())
                .with(field::AVAILABILITY_ZONE_ID, row.zone.id())
                .with_some(field::SNAPSHOT_ID, row.snapshot)
                .with(field::CREATE_TIME, row.created)
        },
    )
}

/// Takes something out of the bin.
fn restore(world: &mut World, region: Region, id: ResourceId) -> Result<()> {
    if !holds(world, region, id) {
        return Err(unknown(id.kind(), &id.to_string()).remedy("It is not in the recycle bin."));
    }
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.bin.remove(&id);
    }
    note(world, region, id, "restored from the recycle bin");
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RestoreSnapshotFromRecycleBin.html>
pub(super) fn restore_snapshot(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let text = request.params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let id = read_id::<SnapshotId>(Kind::Snapshot, text)?;
    restore(world, request.region, id.into())?;
    let row = world
        .row::<Snapshot>(request.region, id)
        .ok_or_else(|| unknown(Kind::Snapshot, text))?;
    Ok(Structure::new()
        .with(field::SNAPSHOT_ID, id)
        .with(field::DESCRIPTION, row.description.as_str())
        .with(field::ENCRYPTED, row.kms_key.is_some())
        .with(field::OWNER_ID, world.account())
        .with(field::PROGRESS, "100%")
        .with(field::START_TIME, row.started)
        .with(field::STATE, "completed")
        .with(
            field::VOLUME_ID,
            row.volume
                .map_or_else(|| "vol-ffffffff".to_owned(), |id| id.to_string()),
        )
        .with(field::VOLUME_SIZE, row.size_gib))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RestoreImageFromRecycleBin.html>: its snapshots must be there.
pub(super) fn restore_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, text) = (request.region, request.params.text(field::IMAGE_ID).unwrap_or_default());
    let id = read_id::<ImageId>(Kind::Image, text)?;
    let behind = world
        .row::<Image>(region, id)
        .map(images::snapshots_behind)
        .unwrap_or_default();
    let lost = world
        .row::<Image>(region, id)
        .is_some_and(|row| row.mappings.iter().any(images::lost_its_snapshot));
    if let Some(gone) = behind.iter().find(|id| holds(world, region, (**id).into())) {
        let why = format!("The snapshot {gone} of {id} is in the Recycle Bin.");
        return Err(Error::new("InvalidAMIID.Unavailable", why).remedy(format!("Restore {gone} first.")));
    }
    if lost {
        let why = format!("A snapshot of {id} does not exist any more.");
        return Err(Error::new("InvalidAMIID.Unavailable", why));
    }
    restore(world, region, id.into())?;
    Ok(Structure::new().with(field::RETURN, true))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RestoreVolumeFromRecycleBin.html>
pub(super) fn restore_volume(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let text = request.params.text(field::VOLUME_ID).unwrap_or_default();
    let id = read_id::<VolumeId>(Kind::Volume, text)?;
    restore(world, request.region, id.into())?;
    let done: Structure = done()?;
    Ok(done.with(field::RETURN, true))
}

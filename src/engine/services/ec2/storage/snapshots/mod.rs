//! Snapshots: what they hold is fixed at the moment of the call; `pending` until the changed blocks are copied, then
//! `completed`. This file begins, completes and removes them; `chain` knows who holds which blocks.
//!
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html>

pub mod block_map;
pub(super) mod calls;
pub mod chain;
pub(super) mod copy;
pub(crate) mod describe;
pub(crate) mod direct;
pub(crate) mod fast;
pub(super) mod locks;
pub(super) mod several;
pub(super) mod sharing;
pub(crate) mod tiers;
pub(super) mod timed;

use super::contents::GIB_BLOCKS;
use super::note_clock;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, SnapshotId, VolumeId};
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::images::{CatalogImage, DeviceSource, Platform};
use crate::catalog::{self, Region};
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::{note, unknown};
use crate::world::World;
use crate::world::compute::Image;
use crate::world::storage::{Extents, Snapshot, Volume, VolumeState};

/// What a volume can be made of: a snapshot of the account's own, one that another account shares, or the one behind an image of
/// the catalogue.
pub(crate) struct Source {
    /// Size of the volume that it was taken of.
    pub size_gib: i64,
    /// The key that encrypts it.
    pub kms_key: Option<String>,
    /// Its bytes.
    pub contents: Extents,
    /// Whether it is the account's own, so that a volume of it continues its chain.
    pub own: bool,
    /// The volume that its bytes go back to.
    pub origin: Option<(Region, VolumeId)>,
    /// Whether another account's key encrypts it, and this one may not use that.
    pub key_refused: bool,
}

/// The bytes of a snapshot that is complete.
///
/// # Errors
/// `InvalidSnapshot.NotFound`, for what another account does not share, too; `IncorrectState` while it is pending.
pub(crate) fn source(world: &World, region: Region, id: SnapshotId) -> Result<Source> {
    source_for(world, region, id, false)
}

/// [`source`]; who may launch an image needs no permission for the snapshots `behind_image`.
pub(crate) fn source_for(world: &World, region: Region, id: SnapshotId, behind_image: bool) -> Result<Source> {
    let in_bin = super::bin::holds(world, region, id.into());
    if let Some(own) = world.row::<Snapshot>(region, id).filter(|_| !in_bin) {
        if !own.completed {
            return Err(
                Error::new("IncorrectState", format!("Snapshot '{id}' is not 'completed'."))
                    .remedy("Wait until its state is completed."),
            );
        }
        if own.tiering.as_ref().is_some_and(|tiering| !tiering.step.is_readable()) {
            return Err(Error::new("IncorrectState", format!("Snapshot '{id}' is archived."))
                .remedy("Restore it with RestoreSnapshotTier first."));
        }
        return Ok(Source {
            size_gib: own.size_gib,
            kms_key: own.kms_key.clone(),
            contents: own.contents.clone(),
            own: true,
            origin: own.origin,
            key_refused: false,
        });
    }
    if super::others::any(world, region)
        && let Some(other) = super::others::source(world, region, id, behind_image)
    {
        return Ok(other);
    }
    let public =
        catalog::images::find_by_snapshot(region, id.0).ok_or_else(|| unknown(Kind::Snapshot, &id.to_string()))?;
    let size_gib = catalogue_size(public);
    Ok(Source {
        size_gib,
        kms_key: None,
        contents: catalogue_contents(public, id, size_gib),
        own: false,
        origin: None,
        key_refused: false,
    })
}

/// Size of the volume behind an image of the catalogue.
fn catalogue_size(public: &CatalogImage) -> i64 {
    let size = public.devices.iter().find_map(|device| match device.source {
        DeviceSource::Snapshot { size_gib, .. } => Some(i64::from(size_gib)),
        DeviceSource::Ephemeral(_) => None,
    });
    size.unwrap_or(1)
}

/// How much of an image's root is written is ours: 17 GiB of Windows, one and a half of Linux, three fifths of what is
/// smaller.
fn catalogue_contents(public: &CatalogImage, id: SnapshotId, size_gib: i64) -> Extents {
    let written = match public.platform {
        Platform::Windows => 17 * GIB_BLOCKS,
        _ => (3 * GIB_BLOCKS / 2).min(size_gib * GIB_BLOCKS * 3 / 5),
    };
    let mut contents = Extents::default();
    // The upper half of all stamps is the catalogue's; what is written in a world has small ones.
    contents.insert(0, (written.min(size_gib * GIB_BLOCKS), id.0 | 1 << 63));
    contents
}

/// Most pending snapshots of one volume.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-creating-snapshot.html>
fn concurrent(volume_type: &str) -> usize {
    match volume_type {
        "st1" | "sc1" => 1,
        _ => 5,
    }
}

/// The volume, if a snapshot of it can be begun now.
///
/// # Errors
/// `InvalidVolume.NotFound`; `IncorrectState` for a volume that is being made or deleted;
/// `ConcurrentSnapshotLimitExceeded`.
pub(super) fn check(world: &World, region: Region, volume: VolumeId) -> Result<&Volume> {
    let row = world
        .row::<Volume>(region, volume)
        .ok_or_else(|| unknown(Kind::Volume, &volume.to_string()))?;
    if !matches!(row.state, VolumeState::Available | VolumeState::InUse) {
        return Err(super::volumes::incorrect_state(volume, row.state));
    }
    let ec2 = world.ec2(region);
    // A deleted pending one still has to complete, and counts.
    let pending = ec2.map_or(0, |ec2| {
        let of_volume = ec2
            .snapshots_of_volume
            .range((volume, SnapshotId(0))..=(volume, SnapshotId(u64::MAX)));
        of_volume
            .filter(|((_, id), ())| ec2.snapshots.get(id).is_some_and(|row| !row.completed))
            .count()
    });
    if pending >= concurrent(&row.volume_type) {
        let text = "Maximum allowed in-progress snapshots for a single volume exceeded.";
        return Err(Error::new("ConcurrentSnapshotLimitExceeded", text).remedy(format!(
            "{volume} has {pending} pending snapshots, as many as a {} volume may have: wait for one to complete.",
            row.volume_type
        )));
    }
    Ok(row)
}

/// Takes a snapshot of a volume as it is now, for the call under way.
///
/// # Errors
/// Those of [`check`].
pub(crate) fn begin(world: &mut World, region: Region, volume: VolumeId, description: &str) -> Result<SnapshotId> {
    let id = take(world, region, volume, description)?;
    note(world, region, id, said(volume));
    Ok(id)
}

/// What the journal says of a snapshot that was begun.
pub(super) fn said(volume: VolumeId) -> String {
    format!("pending: a snapshot of {volume}")
}

/// Takes a snapshot of a volume as it is now; who does it notes why.
///
/// # Errors
/// Those of [`check`].
pub(super) fn take(world: &mut World, region: Region, volume: VolumeId, description: &str) -> Result<SnapshotId> {
    let row = check(world, region, volume)?;
    let draft = Draft {
        volume: Some(volume),
        parent: row.chain,
        adopted: row.chain_adopted,
        size_gib: row.size_gib,
        description: description.to_owned(),
        kms_key: row.kms_key.clone(),
        contents: row.contents.clone(),
        source: None,
        origin: Some((region, volume)),
    };
    let id = put(world, region, draft);
    world.update(region, volume, |row: &mut Volume| {
        row.chain = Some(id);
        row.chain_adopted = false;
    });
    Ok(id)
}

/// What a new snapshot is made from.
pub(super) struct Draft {
    /// The volume that it is of.
    pub volume: Option<VolumeId>,
    /// The one before it in its chain.
    pub parent: Option<SnapshotId>,
    /// Whether that one adopted it.
    pub adopted: bool,
    /// Size of its volume.
    pub size_gib: i64,
    /// What it says of itself.
    pub description: String,
    /// The key that encrypts it.
    pub kms_key: Option<String>,
    /// What it holds.
    pub contents: Extents,
    /// Where it is copied from.
    pub source: Option<(Region, SnapshotId)>,
    /// The volume that its bytes go back to.
    pub origin: Option<(Region, VolumeId)>,
}

/// The row of a draft, which is to be put.
pub(super) fn row(world: &mut World, draft: Draft) -> Snapshot {
    Snapshot {
        id: SnapshotId(world.random.next_u64(Stream::Ids(Kind::Snapshot))),
        born: world.birth(),
        volume: draft.volume,
        parent: draft.parent,
        adopted: draft.adopted,
        size_gib: draft.size_gib,
        description: draft.description,
        started: world.now,
        completes: world.now,
        completed: false,
        doomed: false,
        kms_key: draft.kms_key,
        contents: draft.contents,
        changed_blocks: 0,
        source: draft.source,
        origin: draft.origin,
        shared_with: Vec::new(),
        tiering: None,
        lock: None,
        writing: None,
        fault: None,
        timed: None,
    }
}

/// Puts the row and starts its meter, with nothing on its way.
fn put_row(world: &mut World, region: Region, draft: Draft) -> SnapshotId {
    let row = row(world, draft);
    let id = row.id;
    world.put(region, row);
    chain::meter(world, region, id, 0);
    id
}

/// Puts the row, starts its meter and its way to completion, which takes as long as there are blocks to copy.
fn put(world: &mut World, region: Region, draft: Draft) -> SnapshotId {
    let mut row = row(world, draft);
    let id = row.id;
    row.changed_blocks = chain::own_blocks(world, region, &row);
    let timings = world.timings.clone();
    let base = timings.draw(&mut world.random, "snapshot.base");
    let a_gib = timings.draw(&mut world.random, "snapshot.per-changed-gib");
    let copying = a_gib.0.saturating_mul(row.changed_blocks) / GIB_BLOCKS;
    let span = Span(base.0.saturating_add(copying));
    row.completes = world.now + span;
    let blocks = row.changed_blocks;
    world.put(region, row);
    chain::meter(world, region, id, blocks);
    clock::schedule(world, span, region, id, Step::Settle);
    id
}

/// The one transition of a snapshot: all blocks are copied.
pub(super) fn settle(world: &mut World, pending: &Pending, id: SnapshotId) {
    let region = pending.region;
    let Some(row) = world.row::<Snapshot>(region, id) else {
        return;
    };
    // A time-based copy keeps to its own moment.
    if row.completed
        || row.completes > world.now
        || !(row.started == pending.asked && row.writing.is_none() || direct::sealed_at(row, pending.asked))
    {
        return;
    }
    let doomed = row.doomed;
    if row.fault.is_some() {
        return super::others::strike(world, region, id);
    }
    world.update(region, id, |row: &mut Snapshot| row.completed = true);
    note_clock(
        world,
        region,
        id,
        "pending → completed",
        "Copying takes a while, the longer the more blocks have changed.",
        "ours",
    );
    if doomed {
        chain::remove(world, region, id);
        let rule = "A snapshot that is deleted while pending completes first.";
        let source = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-snapshot.html";
        note_clock(world, region, id, "deleted", rule, source);
    }
}

/// The error for a snapshot that is not the account's own: only what it may see is said to be there.
#[inline(never)]
fn not_own(world: &World, region: Region, id: SnapshotId) -> Error {
    let seen =
        super::others::shared(world, region, id).is_some() || catalog::images::find_by_snapshot(region, id.0).is_some();
    if seen {
        Error::new("AuthFailure", format!("Not authorized for snapshot:{id}")).remedy("It is not yours.")
    } else {
        unknown(Kind::Snapshot, &id.to_string())
    }
}

/// Deletes a snapshot of the account's own; a pending one goes when it is complete.
///
/// # Errors
/// `InvalidSnapshot.NotFound`; `InvalidSnapshot.InUse` behind a registered AMI; `SnapshotLocked`.
pub(crate) fn delete(world: &mut World, region: Region, id: SnapshotId) -> Result<()> {
    let in_bin = super::bin::holds(world, region, id.into());
    let Some(row) = world.row::<Snapshot>(region, id).filter(|_| !in_bin) else {
        return Err(not_own(world, region, id));
    };
    locks::check_deletion(world, row)?;
    // What is still being written has nothing on its way that it would have to wait for.
    let unsealed = row.writing.as_ref().is_some_and(|writing| writing.sealed.is_none())
        || row.fault.as_ref().is_some_and(|fault| fault.struck);
    let completed = row.completed || unsealed;
    let images: Vec<String> = world
        .referrers(region, id.into())
        .into_iter()
        .filter(|by| matches!(by, ResourceId::Image(_)) && !super::bin::holds(world, region, *by))
        .map(|by| by.to_string())
        .collect();
    if let Some(image) = images.first() {
        return Err(Error::new(
            "InvalidSnapshot.InUse",
            format!("The snapshot {id} is currently in use by {image}"),
        )
        .remedy(format!("Deregister {} first.", images.join(", "))));
    }
    if completed {
        if unsealed || !super::bin::take_in(world, region, id.into()) {
            note(world, region, id, "deleted");
            forget(world, region, id);
        }
    } else {
        world.update(region, id, |row: &mut Snapshot| row.doomed = true);
        note(world, region, id, "will be deleted when it is complete");
    }
    Ok(())
}

/// Copies a snapshot to another Region, as CopySnapshot does.
///
/// # Errors
/// As CopySnapshot.
pub(crate) fn copy_to(
    world: &mut World,
    (from, source): (Region, SnapshotId),
    to: Region,
    encrypted: bool,
    kms_key: Option<&str>,
) -> Result<SnapshotId> {
    let asked = copy::NewCopy {
        from,
        source,
        description: None,
        minutes: None,
        encrypted: (encrypted || kms_key.is_some()).then_some(true),
        kms_key: kms_key.map(str::to_owned),
    };
    copy::make(world, to, asked)
}

/// The end of a snapshot. An image in the recycle bin that was made of it can then not come back.
pub(super) fn forget(world: &mut World, region: Region, id: SnapshotId) {
    for by in world.referrers(region, id.into()) {
        if let ResourceId::Image(image) = by {
            world.update(region, image, |row: &mut Image| {
                for ebs in row.mappings.iter_mut().filter_map(|line| line.ebs.as_mut()) {
                    ebs.snapshot = ebs.snapshot.filter(|snapshot| *snapshot != id);
                }
            });
        }
    }
    chain::remove(world, region, id);
}

/// A snapshot of these contents, which were no volume's: restored of an object, or imported; under the key that is given, else as the
/// Region's settings have it.
pub(super) fn of_contents(
    world: &mut World,
    region: Region,
    contents: Extents,
    size_gib: i64,
    description: String,
    kms_key: Option<String>,
) -> SnapshotId {
    let encrypts = super::settings::encrypts(world, region);
    let kms_key = kms_key.or_else(|| encrypts.then(|| super::settings::key(world, region)));
    put(
        world,
        region,
        Draft {
            volume: None,
            parent: None,
            adopted: false,
            size_gib,
            description,
            kms_key,
            contents,
            source: None,
            origin: None,
        },
    )
}

//! What other accounts own, and what of it this account may use: snapshots that they share, images that they let it launch.
//!
//! One account is simulated. What another one does (it offers, withdraws, takes what this one shares) are calls of our own service
//! (`offers`, `takes`); everything that this account does with it are AWS's own operations. Keys are names only here, so whoever makes
//! a call for the other account says whether a key's owner lets the other side use it. The owner pays for the original, who copies it
//! for the copy: no meter runs for what stands here, but for the fast restores that this account switches on (`snapshots::fast`).
//! <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html>

pub(super) mod offers;
pub(super) mod takes;

pub(crate) use offers::{offer_image, offer_snapshot};
pub(crate) use takes::{take_image, take_snapshot};

use super::images::snapshots_behind;
use super::note_clock;
use super::snapshots::Source;
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, SnapshotId, VolumeId};
use crate::catalog::Region;
use crate::services::ec2::common::note;
use crate::world::World;
use crate::world::compute::Image;
use crate::world::others::{OtherSnapshot, Others};
use crate::world::storage::{Extents, Snapshot, SnapshotFault, Volume};
use crate::world::usage::Subject;
use std::rc::Rc;
use stratus_model::sort;

const KEYS: &str =
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html#creating-encrypted-snapshots";
/// What a copy says of itself that could not be made for want of a key.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html>
const NO_KEY: &str = "Given key ID is not accessible";

/// Whether another account has ever offered anything here, or taken anything of this one.
pub(crate) fn any(world: &World, region: Region) -> bool {
    world.ec2(region).is_some_and(|ec2| ec2.estate.others.is_some())
}

fn all(world: &World, region: Region) -> Option<&Others> {
    world.ec2(region)?.estate.others.as_deref()
}

/// Their tables, to be changed.
fn change<T>(world: &mut World, region: Region, change: impl FnOnce(&mut Others) -> T) -> Option<T> {
    let ec2 = world.regions.get_mut(&region)?;
    let others = ec2.estate.others.get_or_insert_with(Default::default);
    Some(change(Rc::make_mut(others)))
}

fn is_for(with: &[String], account: &str) -> bool {
    with.iter().any(|name| name == account || name == "all")
}

/// A snapshot that another account shares with this one, or with everybody.
#[inline(never)]
pub(crate) fn shared(world: &World, region: Region, id: SnapshotId) -> Option<&OtherSnapshot> {
    let other = all(world, region)?.snapshot(id)?;
    is_for(&other.row.shared_with, &world.account()).then_some(other)
}

/// All of them, eldest first.
#[inline(never)]
pub(super) fn all_shared(world: &World, region: Region) -> Vec<&OtherSnapshot> {
    let account = world.account();
    let rows = all(world, region)
        .into_iter()
        .flat_map(|others| others.snapshots.rows());
    let mut rows: Vec<&OtherSnapshot> = rows.filter(|other| is_for(&other.row.shared_with, &account)).collect();
    sort::by_key(&mut rows, |other| other.row.born);
    rows
}

/// What a volume can be made of: a snapshot that is shared, or that stands behind an image that this account may launch.
#[inline(never)]
pub(super) fn source(world: &World, region: Region, id: SnapshotId, behind_image: bool) -> Option<Source> {
    let other = match behind_image {
        true => all(world, region)?.snapshot(id)?,
        false => shared(world, region, id)?,
    };
    Some(Source {
        size_gib: other.row.size_gib,
        kms_key: other.row.kms_key.clone(),
        contents: other.row.contents.clone(),
        own: false,
        origin: other.row.origin,
        key_refused: is_closed(other),
    })
}

/// Whether its key is out of this account's reach.
pub(crate) fn is_closed(other: &OtherSnapshot) -> bool {
    other.row.kms_key.is_some() && !other.key_granted
}

/// An image of another account, whether it may be launched or not.
#[inline(never)]
pub(crate) fn image(world: &World, region: Region, id: ImageId) -> Option<&Image> {
    all(world, region)?.image(id)
}

fn may_launch(world: &World, image: &Image) -> bool {
    image.public || is_for(&image.shared_with, &world.account())
}

/// The image, where this account may launch it.
///
/// # Errors
/// `AuthFailure`.
#[inline(never)]
pub(super) fn launchable(world: &World, image: &Image) -> Result<Image> {
    if may_launch(world, image) {
        return Ok(image.clone());
    }
    Err(not_for(image.id, "Its owner must give your account launch permission."))
}

/// `AuthFailure` of an image that its owner does not let the other account launch.
fn not_for(id: ImageId, remedy: &str) -> Error {
    Error::new("AuthFailure", format!("Not authorized for images: [{id}]"))
        .at("ImageId")
        .remedy(remedy)
}

/// The images of other accounts that this one may launch, eldest first.
#[inline(never)]
pub(super) fn launchable_images(world: &World, region: Region) -> Vec<Image> {
    let rows = all(world, region).into_iter().flat_map(|others| others.images.rows());
    let mut rows: Vec<&Image> = rows.filter(|row| may_launch(world, row)).collect();
    sort::by_key(&mut rows, |row| row.born);
    rows.into_iter().cloned().collect()
}

/// Whoever copies an image of another account must be able to read the snapshots behind it: launch permission is not enough.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html#copy-ami-across-accounts>
///
/// # Errors
/// `InvalidRequest`.
pub(super) fn check_storage(world: &World, region: Region, image: &Image) -> Result<()> {
    let hidden = |id: &SnapshotId| {
        let there = all(world, region).and_then(|others| others.snapshot(*id)).is_some();
        there && shared(world, region, *id).is_none()
    };
    match snapshots_behind(image).iter().any(hidden) {
        true => Err(no_storage()),
        false => Ok(()),
    }
}

fn no_storage() -> Error {
    let why = "You do not have permission to access the storage of this ami";
    Error::new("InvalidRequest", why)
        .remedy("Its owner must share the snapshots behind it, too: ModifySnapshotAttribute.")
}

/// The error of a launch whose volume would need another account's key.
#[inline(never)]
pub(super) fn no_key() -> Error {
    Error::new("InvalidParameterValue", NO_KEY)
        .at("KmsKeyId")
        .remedy("The owner of the key must let your account use it.")
}

/// Whether a volume that is being made lacks the key of its snapshot.
#[inline(never)]
pub(super) fn lacks_key(world: &World, region: Region, volume: &Volume) -> bool {
    let of = volume.snapshot.and_then(|id| all(world, region)?.snapshot(id));
    of.is_some_and(is_closed)
}

/// A volume that cannot be made: the call had been accepted, and nothing comes of it.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-cloud-watch-events.html#volume-events>
#[inline(never)]
pub(super) fn unmake(world: &mut World, region: Region, id: VolumeId) {
    let now = world.now;
    let Some(gone) = world.take::<Volume>(region, id) else {
        return;
    };
    world.usage.stop_all(&Subject::Resource(id.into()), now);
    super::held::replaced(world, &gone.contents, &Extents::default());
    let rule = "A volume of another account's encrypted snapshot needs its key.";
    note_clock(world, region, id, format!("creating → gone: {NO_KEY}"), rule, KEYS);
}

/// A copy that has just begun will come to nothing.
pub(super) fn doom(world: &mut World, region: Region, id: SnapshotId) {
    world.update(region, id, |row: &mut Snapshot| {
        row.fault = Some(SnapshotFault {
            message: NO_KEY.to_owned(),
            struck: false,
        });
    });
}

/// It has come to nothing.
pub(super) fn strike(world: &mut World, region: Region, id: SnapshotId) {
    let doomed = world.update(region, id, |row: &mut Snapshot| {
        if let Some(fault) = &mut row.fault {
            fault.struck = true;
        }
        row.doomed
    });
    let rule = "A copy of another account's encrypted snapshot needs its key; without it the copy fails silently.";
    note_clock(world, region, id, format!("pending → error: {NO_KEY}"), rule, KEYS);
    if doomed == Some(true) {
        let rule = "Who deletes a snapshot that is still being copied deletes it at the end of that.";
        note_clock(world, region, id, "deleted", rule, "ours");
        super::snapshots::forget(world, region, id);
    }
}

/// Whether a copy of an image has failed with one of its snapshots; it is `failed` then.
pub(super) fn broke(world: &mut World, region: Region, id: ImageId) -> bool {
    let behind = world.row::<Image>(region, id).map(snapshots_behind).unwrap_or_default();
    let mut rows = behind.into_iter().filter_map(|id| world.row::<Snapshot>(region, id));
    if !rows.any(|row| row.fault.is_some()) {
        return false;
    }
    world.update(region, id, |row: &mut Image| row.state = "failed".to_owned());
    let rule = "An image whose snapshot cannot be copied fails.";
    note_clock(world, region, id, "pending → failed", rule, "ours");
    true
}

/// Takes this account off an image that is shared with it by name; false where it is not.
pub(super) fn give_up(world: &mut World, region: Region, id: ImageId) -> bool {
    let account = world.account();
    let named = image(world, region, id).is_some_and(|row| row.shared_with.contains(&account));
    if named {
        change(world, region, |others| {
            if let Some(row) = others.images.get_mut(&id) {
                row.shared_with.retain(|with| *with != account);
            }
        });
        note(world, region, id, "no longer shared with this account");
    }
    named
}

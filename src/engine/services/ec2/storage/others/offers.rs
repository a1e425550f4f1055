//! What another account offers to this one: OfferSnapshot and OfferImage of our own service. Each makes something that belongs to the
//! other account and shares it, or changes with whom it is shared. The rules are those that AWS holds the other account to.

use super::{all, change};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind, SnapshotId, VolumeId};
use crate::base::limits::OTHERS;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{need, note, read_id, unknown};
use crate::services::ec2::defaults;
use crate::services::ec2::storage::contents::{GIB_BLOCKS, blocks, write};
use crate::services::ec2::storage::{accounts, files, images, keys, snapshots};
use crate::world::World;
use crate::world::compute::Image;
use crate::world::others::OtherSnapshot;
use crate::world::storage::{BLOCK_BYTES, Extents, Snapshot};
use stratus_model::{Structure, field};

/// GiB of a snapshot of which nothing is said.
const SIZE: i64 = 8;

/// The other account that a call is made for.
pub(super) fn who(params: &Structure, world: &World) -> Result<String> {
    let named = accounts(std::iter::once(need(params, field::ACCOUNT_ID)?))?;
    match named.into_iter().next() {
        Some(who) if who != world.account() => Ok(who),
        _ => Err(Error::invalid("AccountId", "another account than this one")),
    }
}

/// With whom something is shared, as a call changes it: with this account, or with everybody, or not any more.
fn share(with: &mut Vec<String>, params: &Structure, account: String) {
    let name = if params.boolean(field::PUBLIC) == Some(true) {
        "all".to_owned()
    } else {
        account
    };
    with.retain(|known| *known != name);
    if params.text(field::OPERATION_TYPE) != Some("remove") {
        with.push(name);
    }
}

/// Whether there is room for another one beside so many.
///
/// # Errors
/// `LimitExceeded`.
pub(super) fn check_room(count: usize) -> Result<()> {
    if count >= OTHERS {
        let why = format!("{OTHERS} of them are known here already");
        return Err(Error::new("LimitExceeded", why));
    }
    Ok(())
}

/// A snapshot of another account, as it is put.
pub(super) struct NewSnapshot {
    /// Whose.
    pub owner: String,
    /// Size of its volume.
    pub size_gib: i64,
    /// What it says of itself.
    pub description: String,
    /// What it holds.
    pub contents: Extents,
    /// The key that encrypts it.
    pub kms_key: Option<String>,
    /// Where it was copied from.
    pub source: Option<(Region, SnapshotId)>,
    /// The volume that its bytes go back to; one of the other account's when not said.
    pub origin: Option<(Region, VolumeId)>,
}

/// The row of it, which is in no table yet. It is complete: what another account waits for is not simulated.
///
/// # Errors
/// `LimitExceeded`.
pub(super) fn fresh(world: &mut World, region: Region, new: NewSnapshot) -> Result<OtherSnapshot> {
    check_room(all(world, region).map_or(0, |others| others.snapshots.len()))?;
    let volume = VolumeId(world.random.next_u64(Stream::Ids(Kind::Volume)));
    let changed_blocks = blocks(&new.contents);
    let draft = snapshots::Draft {
        volume: new.source.is_none().then_some(volume),
        parent: None,
        adopted: false,
        size_gib: new.size_gib,
        description: new.description,
        kms_key: new.kms_key,
        contents: new.contents,
        source: new.source,
        origin: new.origin.or(Some((region, volume))),
    };
    let row = Snapshot {
        completed: true,
        changed_blocks,
        ..snapshots::row(world, draft)
    };
    Ok(OtherSnapshot {
        owner: new.owner,
        row,
        key_granted: false,
    })
}

/// Puts the row.
pub(super) fn put(world: &mut World, region: Region, other: OtherSnapshot) {
    change(world, region, |others| others.snapshots.insert(other.row.id, other));
}

/// What a new one holds: the bytes that the call gives, or so many written ones, at an offset.
fn contents(params: &Structure, world: &mut World, size_gib: i64) -> Result<Extents> {
    let offset = params.integer(field::OFFSET).unwrap_or(0);
    let data = params.blob(field::DATA);
    let length = match data {
        Some(data) => data.len() as i64,
        None => params.integer(field::LENGTH).unwrap_or(1 << 30),
    };
    let end = offset.checked_add(length).filter(|end| *end <= size_gib << 30);
    let Some(end) = end.filter(|_| offset >= 0 && length > 0) else {
        return Err(Error::invalid(
            "Length",
            format!("it ends beyond the snapshot's {size_gib} GiB"),
        ));
    };
    let mut held = Extents::default();
    match data {
        Some(data) => files::put_bytes(world, &mut held, offset, data)?,
        None => {
            let first = offset / BLOCK_BYTES;
            write(&mut held, first, (end - 1) / BLOCK_BYTES + 1 - first, world.birth());
        }
    }
    Ok(held)
}

/// What cannot be shared: under the default key with nobody, encrypted not with everybody.
fn check_key(world: &World, region: Region, other: &OtherSnapshot) -> Result<()> {
    let Some(key) = &other.row.kms_key else { return Ok(()) };
    if *key == keys::default_of_other(world, region, &other.owner) {
        let why = "Snapshots encrypted with the AWS managed key for EBS cannot be shared.";
        return Err(Error::new("InvalidParameterValue", why)
            .at("KmsKeyId")
            .remedy("Its owner must copy it under a key of their own, and share the copy."));
    }
    if other.row.shared_with.iter().any(|with| with == "all") {
        let why = "Encrypted snapshots cannot be made public.";
        return Err(Error::new("InvalidParameterValue", why).at("Public"));
    }
    Ok(())
}

/// Another account shares a snapshot with this one or with everybody, or ends that. Ours.
pub(crate) fn offer_snapshot(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let owner = who(params, world)?;
    defaults::ensure(world, region);
    let mut other = match params.text(field::SNAPSHOT_ID) {
        Some(text) => known_snapshot(world, region, &owner, text)?,
        None => {
            let size_gib = params.integer(field::VOLUME_SIZE).unwrap_or(SIZE);
            let named = params.text(field::KMS_KEY_ID);
            let kms_key = named
                .map(|text| keys::resolve_of_other(world, region, &owner, text))
                .transpose()?;
            let new = NewSnapshot {
                size_gib,
                description: params.text(field::DESCRIPTION).unwrap_or_default().to_owned(),
                contents: contents(params, world, size_gib)?,
                kms_key,
                source: None,
                origin: None,
                owner: owner.clone(),
            };
            fresh(world, region, new)?
        }
    };
    if let Some(granted) = params.boolean(field::KEY_GRANTED) {
        other.key_granted = granted;
    }
    let account = world.account();
    let before = other.row.shared_with.contains(&account);
    share(&mut other.row.shared_with, params, account.clone());
    check_key(world, region, &other)?;
    let id = other.row.id;
    let said = match other.row.shared_with.is_empty() {
        true => format!("the account {owner} shares it no more"),
        false => format!("the account {owner} shares it"),
    };
    let new = other.row.shared_with.contains(&account) && !before;
    put(world, region, other);
    note(world, region, id, said);
    if super::shared(world, region, id).is_none() {
        snapshots::fast::forget(world, region, id);
    }
    if new {
        crate::services::dlm::shared(world, region, id);
    }
    Ok(Structure::new().with(field::SNAPSHOT_ID, id))
}

/// A snapshot of this account's, shared or not.
fn known_snapshot(world: &World, region: Region, owner: &str, text: &str) -> Result<OtherSnapshot> {
    let id = read_id::<SnapshotId>(Kind::Snapshot, text)?;
    let other = all(world, region).and_then(|others| others.snapshot(id));
    let other = other.filter(|other| other.owner == owner).cloned();
    other.ok_or_else(|| unknown(Kind::Snapshot, text))
}

/// Another account lets this one, or everybody, launch an image, or ends that. The snapshot behind it is shared with nobody until
/// OfferSnapshot does so. Ours.
pub(crate) fn offer_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let owner = who(params, world)?;
    defaults::ensure(world, region);
    let mut image = match params.text(field::IMAGE_ID) {
        Some(text) => known_image(world, region, &owner, text)?,
        None => new_image(params, world, region, &owner)?,
    };
    let mut with = std::mem::take(&mut image.shared_with);
    with.extend(image.public.then(|| "all".to_owned()));
    let account = world.account();
    share(&mut with, params, account);
    image.public = with.iter().any(|name| name == "all");
    with.retain(|name| name != "all");
    image.shared_with = with;
    let encrypted = image
        .mappings
        .iter()
        .filter_map(|line| line.ebs.as_ref())
        .any(|ebs| ebs.encrypted);
    if image.public && encrypted {
        let why = "An image with encrypted snapshots cannot be made public.";
        return Err(Error::new("InvalidParameterValue", why).at("Public"));
    }
    let id = image.id;
    let behind = images::snapshots_behind(&image).into_iter().next();
    let said = match image.public || !image.shared_with.is_empty() {
        true => format!("the account {owner} lets this one launch it"),
        false => format!("the account {owner} lets this one launch it no more"),
    };
    change(world, region, |others| others.images.insert(id, image));
    note(world, region, id, said);
    Ok(Structure::new()
        .with(field::IMAGE_ID, id)
        .with_some(field::SNAPSHOT_ID, behind))
}

fn known_image(world: &World, region: Region, owner: &str, text: &str) -> Result<Image> {
    let id = read_id::<ImageId>(Kind::Image, text)?;
    let image = super::image(world, region, id).filter(|image| image.owner == owner);
    image.cloned().ok_or_else(|| unknown(Kind::Image, text))
}

/// An image of a snapshot of theirs: the one that the call names, or a new one with a Linux of a GiB and a half.
fn new_image(params: &Structure, world: &mut World, region: Region, owner: &str) -> Result<Image> {
    check_room(all(world, region).map_or(0, |others| others.images.len()))?;
    let behind = match params.text(field::SNAPSHOT_ID) {
        Some(text) => known_snapshot(world, region, owner, text)?,
        None => {
            let mut contents = Extents::default();
            write(&mut contents, 0, 3 * GIB_BLOCKS / 2, world.birth());
            let new = NewSnapshot {
                owner: owner.to_owned(),
                size_gib: SIZE,
                description: String::new(),
                contents,
                kms_key: None,
                source: None,
                origin: None,
            };
            fresh(world, region, new)?
        }
    };
    let name = params.text(field::NAME).unwrap_or("shared-image");
    let described = params.text(field::DESCRIPTION).unwrap_or_default();
    let mut image = images::of_disks(world, region, name, described, ("x86_64", false), &[behind.row.id]);
    image.location = format!("{owner}/{name}");
    image.owner = owner.to_owned();
    image.services = images::linux_services();
    image.product_codes = params
        .text(field::PRODUCT_CODE)
        .map(str::to_owned)
        .into_iter()
        .collect();
    for ebs in image.mappings.iter_mut().filter_map(|line| line.ebs.as_mut()) {
        ebs.size_gib = behind.row.size_gib;
        ebs.encrypted = behind.row.kms_key.is_some();
    }
    put(world, region, behind);
    Ok(image)
}

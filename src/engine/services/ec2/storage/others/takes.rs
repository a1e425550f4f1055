//! What another account takes of what this one shares: TakeSnapshot and TakeImage of our own service. They copy it, and the copy is
//! theirs: it costs this account nothing, and stays when the original goes.

use super::offers::{NewSnapshot, check_room, fresh, put, who};
use super::{NO_KEY, all, change, is_for, no_storage, not_for};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind, SnapshotId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{find, need, note, unknown};
use crate::services::ec2::storage::{images, keys, settings, snapshots};
use crate::world::World;
use crate::world::compute::Image;
use crate::world::others::OtherSnapshot;
use crate::world::storage::{Sharing, Snapshot};
use stratus_model::{Structure, field};

/// Whether an own snapshot may be used by another account. Block public access hides what is public.
fn is_shared(world: &World, region: Region, row: &Snapshot, with: &str) -> bool {
    let blocked = settings::sharing(world, region) == Sharing::BlockAll;
    match blocked {
        true => row.shared_with.iter().any(|name| name == with),
        false => is_for(&row.shared_with, with),
    }
}

/// What the other account's copy would be, or that it comes to nothing for want of a key.
fn copied(
    world: &mut World,
    region: Region,
    id: SnapshotId,
    to: &str,
    params: &Structure,
) -> Result<Option<OtherSnapshot>> {
    let source = snapshots::source(world, region, id)?;
    let named = params.text(field::KMS_KEY_ID);
    let kms_key = match (named, source.kms_key.is_some()) {
        (Some(text), _) => Some(keys::resolve_of_other(world, region, to, text)?),
        (None, true) => Some(keys::default_of_other(world, region, to)),
        (None, false) => None,
    };
    if source.kms_key.is_some() && params.boolean(field::KEY_GRANTED) != Some(true) {
        return Ok(None);
    }
    let new = NewSnapshot {
        owner: to.to_owned(),
        size_gib: source.size_gib,
        description: format!("[Copied {id} from {}]", region.name()),
        contents: source.contents,
        kms_key,
        source: Some((region, id)),
        origin: source.origin,
    };
    fresh(world, region, new).map(Some)
}

fn failed() -> Structure {
    Structure::new()
        .with(field::STATE, "error")
        .with(field::STATE_MESSAGE, NO_KEY)
}

/// Another account copies a snapshot that this one shares. Its copy of an encrypted one fails, as silently as at AWS, unless this
/// account's key lets it. Ours.
///
/// # Errors
/// `InvalidSnapshot.NotFound` for what is not shared with it; `IncorrectState`.
pub(crate) fn take_snapshot(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let to = who(params, world)?;
    let text = need(params, field::SNAPSHOT_ID)?;
    let row = find::<Snapshot>(world, region, Kind::Snapshot, text)?;
    let id = row.id;
    if !is_shared(world, region, row, &to) {
        return Err(unknown(Kind::Snapshot, text)
            .at("SnapshotId")
            .remedy(format!("Share it with the account {to}: ModifySnapshotAttribute.")));
    }
    let Some(copy) = copied(world, region, id, &to, params)? else {
        note(
            world,
            region,
            id,
            format!("the account {to} could not copy it: {NO_KEY}"),
        );
        return Ok(failed());
    };
    let theirs = copy.row.id;
    put(world, region, copy);
    note(world, region, id, format!("copied by the account {to}, as {theirs}"));
    Ok(Structure::new()
        .with(field::SNAPSHOT_ID, theirs)
        .with(field::STATE, "completed"))
}

/// Another account copies an image that this one lets it launch. It needs the snapshots behind the image as well. Ours.
///
/// # Errors
/// `AuthFailure` for what it may not launch; `InvalidRequest` where it may not read the snapshots, or the image carries a product code;
/// `InvalidAMIID.Unavailable`; `LimitExceeded`.
pub(crate) fn take_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let to = who(params, world)?;
    let image = find::<Image>(world, region, Kind::Image, need(params, field::IMAGE_ID)?)?.clone();
    if !image.public && !image.shared_with.contains(&to) {
        return Err(not_for(
            image.id,
            "Give that account launch permission: ModifyImageAttribute.",
        ));
    }
    if image.state != "available" {
        let why = format!("The image {} is not available.", image.id);
        return Err(Error::new("InvalidAMIID.Unavailable", why).at("ImageId"));
    }
    if !image.product_codes.is_empty() {
        return Err(images::copy::marketplace(image.id));
    }
    let behind = images::snapshots_behind(&image);
    let hidden = |id: &SnapshotId| {
        let row = world.row::<Snapshot>(region, *id);
        row.is_none_or(|row| !is_shared(world, region, row, &to))
    };
    if behind.iter().any(hidden) {
        return Err(no_storage());
    }
    let (images, snapshots) = all(world, region).map_or((0, 0), |others| (others.images.len(), others.snapshots.len()));
    check_room(images)?;
    check_room(snapshots + behind.len().saturating_sub(1))?;
    let mut copy = Image {
        id: ImageId(world.random.next_u64(Stream::Ids(Kind::Image))),
        born: world.birth(),
        created: world.now,
        location: format!("{to}/{}", image.name),
        owner: to.clone(),
        public: false,
        shared_with: Vec::new(),
        source: Some((region.name().to_owned(), image.id.to_string())),
        source_instance: None,
        ..image.clone()
    };
    let mut made = Vec::new();
    for ebs in copy.mappings.iter_mut().filter_map(|line| line.ebs.as_mut()) {
        let Some(id) = ebs.snapshot else { continue };
        let Some(theirs) = copied(world, region, id, &to, params)? else {
            note(
                world,
                region,
                image.id,
                format!("the account {to} could not copy it: {NO_KEY}"),
            );
            return Ok(failed());
        };
        ebs.snapshot = Some(theirs.row.id);
        made.push(theirs);
    }
    let (id, first) = (copy.id, made.first().map(|theirs| theirs.row.id));
    for theirs in made {
        put(world, region, theirs);
    }
    change(world, region, |others| others.images.insert(id, copy));
    note(world, region, image.id, format!("copied by the account {to}, as {id}"));
    Ok(Structure::new()
        .with(field::IMAGE_ID, id)
        .with_some(field::SNAPSHOT_ID, first)
        .with(field::STATE, "available"))
}

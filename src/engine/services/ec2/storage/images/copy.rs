//! CopyImage: an image with copies of its snapshots, in this Region.

use super::{By, blank, by_id, check_name, put_pending, snapshots_behind};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, ResourceId, SnapshotId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::note;
use crate::services::ec2::storage::snapshots::copy::{self, NewCopy, source_region};
use crate::services::ec2::storage::snapshots::timed;
use crate::services::ec2::tags;
use crate::services::ec2::{storage::others, storage::unsupported, tokens};
use crate::world::World;
use crate::world::compute::{Image, ImageMapping};
use std::collections::BTreeMap;
use stratus_model::{Structure, field};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html>
pub(in super::super) fn copy_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)? {
        return Ok(Structure::new().with(field::IMAGE_ID, made.to_string()));
    }
    unsupported(
        params,
        &[
            field::DESTINATION_OUTPOST_ARN,
            field::DESTINATION_AVAILABILITY_ZONE,
            field::DESTINATION_AVAILABILITY_ZONE_ID,
        ],
    )?;
    let from = source_region(params)?;
    let source = by_id(world, from, params.text(field::SOURCE_IMAGE_ID).unwrap_or_default())?;
    let wish = Wish {
        name: params.text(field::NAME).unwrap_or_default(),
        description: params.text(field::DESCRIPTION),
        minutes: timed::asked(params, field::SNAPSHOT_COPY_COMPLETION_DURATION_MINUTES)?,
        encrypted: params.boolean(field::ENCRYPTED),
        kms_key: params.text(field::KMS_KEY_ID),
    };
    let image = make(world, region, from, &source, &wish, By::Call)?;
    let id = image.id;
    let behind: Vec<ResourceId> = snapshots_behind(&image).into_iter().map(ResourceId::from).collect();
    put_pending(world, region, image);
    if params.boolean(field::COPY_IMAGE_TAGS) == Some(true) {
        copy_tags(world, from, &source, region, id);
    }
    tags::apply_specifications(world, region, params, &[("image", &[id.into()]), ("snapshot", &behind)])?;
    tokens::remember(request, world, id);
    note(
        world,
        region,
        id,
        format!("pending: a copy of {} in {}", source.id, from.name()),
    );
    Ok(Structure::new().with(field::IMAGE_ID, id))
}

/// What a copy is to be.
struct Wish<'a> {
    name: &'a str,
    description: Option<&'a str>,
    minutes: Option<i64>,
    encrypted: Option<bool>,
    kms_key: Option<&'a str>,
}

/// Copies an image to another Region for a lifecycle policy, under its own name, and its snapshots with it. Who does it writes the journal.
///
/// # Errors
/// Those of CopyImage.
pub(crate) fn to_region(
    world: &mut World,
    (from, source): (Region, ImageId),
    to: Region,
    encrypted: bool,
    kms_key: Option<&str>,
) -> Result<ImageId> {
    let source = by_id(world, from, &source.to_string())?;
    let wish = Wish {
        name: &source.name,
        description: None,
        minutes: None,
        encrypted: (encrypted || kms_key.is_some()).then_some(true),
        kms_key,
    };
    let image = make(world, to, from, &source, &wish, By::Policy)?;
    let id = image.id;
    put_pending(world, to, image);
    Ok(id)
}

/// The copy of an image, which is in no table yet, with copies of its snapshots on their way. By the clock nothing is undone where it
/// fails: all that a policy's copy can fail by is asked before the first snapshot is copied.
fn make(world: &mut World, region: Region, from: Region, source: &Image, wish: &Wish<'_>, by: By) -> Result<Image> {
    if source.state != "available" {
        let text = format!("The image {} is not available.", source.id);
        return Err(Error::new("InvalidAMIID.Unavailable", text)
            .at("SourceImageId")
            .remedy("Wait until it is."));
    }
    if source.owner != world.account() && !source.product_codes.is_empty() {
        return Err(marketplace(source.id));
    }
    others::check_storage(world, from, source)?;
    check_name(world, region, wish.name)?;
    let mut ahead = 0;
    for (_, snapshot) in behind(&source.mappings) {
        ahead += copy::check(world, region, &of_one(from, snapshot, wish, None), ahead)?.counts();
    }
    let description = wish.description.unwrap_or(&source.description);
    let mut image = blank(world, wish.name, description, source.machine.clone());
    image.mappings = source.mappings.clone();
    let description = format!("Copied for DestinationAmi {} from SourceAmi {}", image.id, source.id);
    for (place, snapshot) in behind(&source.mappings) {
        let wanted = of_one(from, snapshot, wish, Some(description.clone()));
        let copied = copy::make(world, region, wanted)?;
        let rule = "A copy of an image has copies of its snapshots.";
        by.note(world, region, copied, copy::said(from, snapshot), rule);
        if let Some(volume) = image.mappings.get_mut(place).and_then(|line| line.ebs.as_mut()) {
            volume.snapshot = Some(copied);
            volume.encrypted |= wish.encrypted == Some(true);
        }
    }
    image.imds_v2 = source.imds_v2;
    image.services = source.services.clone();
    image.kernel = source.kernel.clone();
    image.sriov = source.sriov;
    image.tpm = source.tpm;
    image.more.watermarks.clone_from(&source.more.watermarks);
    image.source = Some((from.name().to_owned(), source.id.to_string()));
    Ok(image)
}

/// What an account cannot copy of another one.
pub(in super::super) fn marketplace(id: ImageId) -> Error {
    let text = format!("You do not have permission to copy {id}: it carries a product code of the Marketplace.");
    Error::new("InvalidRequest", text)
}

/// The lines of a mapping that have a snapshot: the place of each, and which.
fn behind(mappings: &[ImageMapping]) -> impl Iterator<Item = (usize, SnapshotId)> {
    let lines = mappings.iter().enumerate();
    lines.filter_map(|(place, line)| Some((place, line.ebs.as_ref()?.snapshot?)))
}

/// The copy of one snapshot that the copy of an image needs.
fn of_one(from: Region, source: SnapshotId, wish: &Wish<'_>, description: Option<String>) -> NewCopy {
    NewCopy {
        from,
        source,
        description,
        minutes: wish.minutes,
        encrypted: wish.encrypted,
        kms_key: wish.kms_key.map(str::to_owned),
    }
}

/// Copies the tags that the account has given the source; AWS's own stay behind.
fn copy_tags(world: &mut World, from: Region, source: &Image, region: Region, id: ImageId) {
    let theirs = world.tags(from, source.id.into()).cloned().unwrap_or_default();
    let kept: BTreeMap<String, String> = theirs.into_iter().filter(|(key, _)| !key.starts_with("aws:")).collect();
    if let Some(ec2) = world.regions.get_mut(&region).filter(|_| !kept.is_empty()) {
        ec2.tags.insert(id.into(), kept);
    }
}

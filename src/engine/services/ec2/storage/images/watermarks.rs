//! Watermarks of images: names of the account's that an image hands on to every image made of it, so that one can tell where it
//! comes from. Only what is not public can be marked, and only by its owner.
//! Sources: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachImageWatermark.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachImageWatermark.html>

use super::{allowed, switches};
use crate::base::error::{Error, Result};
use crate::base::time::Time;
use crate::services::Request;
use crate::services::ec2::common::{note, wildcard};
use crate::services::ec2::storage::times;
use crate::world::World;
use crate::world::compute::Image;
use crate::world::launching::Watermark;
use stratus_model::{Structure, field};

/// Watermarks of an image (ours).
const MOST: usize = 50;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachImageWatermark.html>: one that is there stays as it is.
pub(in super::super) fn attach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = switches::named(request, world)?;
    let name = params.text(field::WATERMARK_NAME).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || "()[] ./-'@_".contains(c);
    if !(3..=128).contains(&name.chars().count()) || !name.chars().all(fits) {
        let why = format!("Value ({name}) for parameter watermarkName is invalid.");
        return Err(Error::new("InvalidParameterValue", why)
            .at("WatermarkName")
            .remedy("3 to 128 letters, digits, blanks, and ()[]./-'@_."));
    }
    if row.public {
        let why = format!("Watermarks cannot be added to the public image '{}'.", row.id);
        return Err(Error::new("OperationNotPermitted", why).at("ImageId"));
    }
    let key = format!("{}:{name}", world.account());
    let (id, there) = (row.id, row.more.watermarks.iter().any(|mark| mark.key == key));
    if !there && row.more.watermarks.len() >= MOST {
        let why = format!("The image '{id}' has {MOST} watermarks, and can have no more.");
        return Err(Error::new("ResourceLimitExceeded", why).remedy("Detach one first."));
    }
    if !there {
        let mark = Watermark {
            key: key.clone(),
            region: region.name().to_owned(),
            image: id.to_string(),
            image_created: row.created,
            created: world.now,
        };
        world.update(region, id, |row: &mut Image| row.more.watermarks.push(mark));
        note(world, region, id, format!("marked as {key}"));
    }
    Ok(Structure::new().with(field::WATERMARK_KEY, key))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachImageWatermark.html>: images that were made of it keep it.
pub(in super::super) fn detach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = switches::named(request, world)?;
    let key = params.text(field::WATERMARK_KEY).unwrap_or_default();
    let id = row.id;
    if !row.more.watermarks.iter().any(|mark| mark.key == key) {
        let why = format!("The image '{id}' has no watermark '{key}'.");
        return Err(Error::new("InvalidParameterValue", why)
            .at("WatermarkKey")
            .remedy("A key is ACCOUNT:NAME; DescribeImages shows those of an image."));
    }
    world.update(region, id, |row: &mut Image| {
        row.more.watermarks.retain(|mark| mark.key != key);
    });
    note(world, region, id, format!("marked as {key} no more"));
    Ok(Structure::new().with(field::RETURN, true))
}

/// `ImageWatermarks`; `None` for an image without.
pub(crate) fn shown(row: &Image) -> Option<Vec<Structure>> {
    let show = |mark: &Watermark| {
        Structure::new()
            .with(field::WATERMARK_KEY, mark.key.as_str())
            .with(field::SOURCE_IMAGE_REGION, mark.region.as_str())
            .with(field::SOURCE_IMAGE_ID, mark.image.as_str())
            .with(field::SOURCE_IMAGE_CREATION_TIME, mark.image_created)
            .with(field::WATERMARK_CREATION_TIME, mark.created)
    };
    let marks = &row.more.watermarks;
    (!marks.is_empty()).then(|| marks.iter().map(show).collect())
}

/// The values of a filter on watermarks.
pub(super) fn filter_values(row: &Image, name: &str) -> Vec<String> {
    let marks = row.more.watermarks.iter();
    match name {
        "image-watermark.source-image-creation-time" => marks.flat_map(|mark| times(mark.image_created)).collect(),
        "image-watermark.source-image-id" => marks.map(|mark| mark.image.clone()).collect(),
        "image-watermark.source-image-region" => marks.map(|mark| mark.region.clone()).collect(),
        "image-watermark.watermark-creation-time" => marks.flat_map(|mark| times(mark.created)).collect(),
        _ => marks.map(|mark| mark.key.clone()).collect(),
    }
}

/// Whether an image has a watermark that one of these criteria of Allowed AMIs wants; without criteria it needs none.
pub(super) fn fits(criterion: &Structure, image: &Image, now: Time) -> bool {
    let mut wanted = criterion.structures(field::IMAGE_WATERMARKS).peekable();
    let within = |days: Option<i64>, since: Time| days.is_none_or(|days| allowed::is_within(days, since, now));
    let meets = |one: &Structure, mark: &Watermark| {
        one.text(field::WATERMARK_KEY)
            .is_none_or(|key| wildcard(key, &mark.key))
            && one
                .text(field::SOURCE_IMAGE_REGION)
                .is_none_or(|region| region == mark.region)
            && within(
                one.integer(field::MAXIMUM_DAYS_SINCE_SOURCE_IMAGE_CREATED),
                mark.image_created,
            )
            && within(one.integer(field::MAXIMUM_DAYS_SINCE_WATERMARK_CREATED), mark.created)
    };
    wanted.peek().is_none() || wanted.any(|one| image.more.watermarks.iter().any(|mark| meets(one, mark)))
}

/// A watermark as a line of a stored image.
pub(super) fn line(mark: &Watermark) -> String {
    format!(
        "watermark {} {} {} {} {}",
        mark.image_created.0, mark.created.0, mark.region, mark.image, mark.key
    )
}

/// What stands behind `watermark ` in such a line.
pub(super) fn read(value: &str) -> Option<Watermark> {
    let words: Vec<&str> = value.splitn(5, ' ').collect();
    let [image_created, created, region, image, key] = words.as_slice() else {
        return None;
    };
    Some(Watermark {
        key: (*key).to_owned(),
        region: (*region).to_owned(),
        image: (*image).to_owned(),
        image_created: Time(image_created.parse().ok()?),
        created: Time(created.parse().ok()?),
    })
}

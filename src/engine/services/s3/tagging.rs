//! Tags of buckets.

use super::{bucket, note};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::storage::Bucket;
use std::collections::BTreeMap;
use stratus_model::{Name, Structure, field};

/// Tags of a bucket.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html>
const TAGS: usize = 50;

/// Reads a list of tags.
///
/// # Errors
/// `InvalidTag`, `BadRequest`.
pub(super) fn read(from: &Structure, name: Name) -> Result<Vec<(String, String)>> {
    let mut tags: BTreeMap<String, String> = BTreeMap::new();
    let refuse = |text: &str| Err(Error::new("InvalidTag", text.to_owned()).at("Tagging"));
    for tag in from.structures(name) {
        let (key, value) = (
            tag.text(field::KEY).unwrap_or_default(),
            tag.text(field::VALUE).unwrap_or_default(),
        );
        if key.is_empty() || key.chars().count() > 128 {
            return refuse("The TagKey you have provided is invalid");
        }
        if value.chars().count() > 256 {
            return refuse("The TagValue you have provided is invalid");
        }
        if key.to_ascii_lowercase().starts_with("aws:") {
            return refuse("System tags cannot be added/updated by requester");
        }
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            return refuse("Cannot provide multiple Tags with the same key");
        }
    }
    if tags.len() > TAGS {
        return Err(Error::new("BadRequest", format!("Bucket tag count cannot be greater than {TAGS}")).at("Tagging"));
    }
    Ok(tags.into_iter().collect())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html>
pub(super) fn put_bucket_tagging(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    let tags = request
        .params
        .structure(field::TAGGING)
        .map(|tagging| read(tagging, field::TAG_SET))
        .transpose()?;
    set(world, &name, tags.unwrap_or_default());
    Ok(Structure::new())
}

fn set(world: &mut World, name: &str, tags: Vec<(String, String)>) {
    let region = world.s3.buckets.get_mut(&name.to_owned()).map(|row: &mut Bucket| {
        row.tags = tags;
        row.region
    });
    if let Some(region) = region {
        note(world, region, format!("tags of s3://{name} changed"));
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html>
pub(super) fn get_bucket_tagging(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    if row.tags.is_empty() {
        return Err(Error::new("NoSuchTagSet", "The TagSet does not exist").with_status(404));
    }
    let tags: Vec<Structure> = row
        .tags
        .iter()
        .map(|(key, value)| Structure::new().with(field::KEY, key).with(field::VALUE, value))
        .collect();
    Ok(Structure::new().with(field::TAG_SET, tags))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html>
pub(super) fn delete_bucket_tagging(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    set(world, &name, Vec::new());
    Ok(Structure::new())
}

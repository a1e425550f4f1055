//! Tags of buckets and objects.

use super::errors::not_set;
use super::{bucket, note, put, shelf};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::Bucket;
use std::collections::BTreeMap;
use stratus_model::{Name, Structure, field};

/// Tags of a bucket.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html>
const TAGS: usize = 50;
/// Tags of an object.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html>
const OBJECT_TAGS: usize = 10;

/// `InvalidTag`.
fn invalid(text: &str, key: &str) -> Error {
    Error::new("InvalidTag", text).at("Tagging").detail("TagKey", key)
}

/// Whether a tag may be called so.
///
/// # Errors
/// `InvalidTag`.
pub(super) fn check(key: &str, value: &str) -> Result<()> {
    let text = if key.is_empty() || key.chars().count() > 128 {
        "The TagKey you have provided is invalid"
    } else if value.chars().count() > 256 {
        "The TagValue you have provided is invalid"
    } else if key.to_ascii_lowercase().starts_with("aws:") {
        "System tags cannot be added/updated by requester"
    } else {
        return Ok(());
    };
    Err(invalid(text, key))
}

/// Reads a list of tags.
///
/// # Errors
/// `InvalidTag`, `BadRequest`.
pub(super) fn read(from: &Structure, name: Name) -> Result<Vec<(String, String)>> {
    let mut tags: BTreeMap<String, String> = BTreeMap::new();
    for tag in from.structures(name) {
        let (key, value) = (
            tag.text(field::KEY).unwrap_or_default(),
            tag.text(field::VALUE).unwrap_or_default(),
        );
        check(key, value)?;
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(invalid("Cannot provide multiple Tags with the same key", key));
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
        return Err(not_set("NoSuchTagSet", "The TagSet does not exist", &row.name));
    }
    let tags = row.tags.iter().map(|(key, value)| (key, value));
    Ok(Structure::new().with(field::TAG_SET, shown(tags)))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html>
pub(super) fn delete_bucket_tagging(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    set(world, &name, Vec::new());
    Ok(Structure::new())
}

/// `BadRequest` for more tags than an object may have.
pub(super) fn few_enough(tags: usize) -> Result<()> {
    if tags > OBJECT_TAGS {
        let text = format!("Object tags cannot be greater than {OBJECT_TAGS}");
        return Err(Error::new("BadRequest", text).at("Tagging"));
    }
    Ok(())
}

/// Gives an object other tags: the version of the answer.
fn retag(request: &Request<'_>, world: &mut World, method: &str, tags: BTreeMap<String, String>) -> Result<Structure> {
    let params = request.params;
    let (key, version) = (put::key(params)?, params.text(field::VERSION_ID));
    let row = bucket(request, world)?;
    let name = row.name.clone();
    let shown = shelf::version_of(row, shelf::object(row, key, version, method)?);
    shelf::amend(world, &name, key, version, |object| object.tags = tags);
    let event = if method == "PUT" {
        "ObjectTagging:Put"
    } else {
        "ObjectTagging:Delete"
    };
    super::happened(request, world, event, (&name, key, version));
    Ok(Structure::new().with_some(field::VERSION_ID, shown))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html>
pub(super) fn put_object_tagging(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let given = request.params.structure(field::TAGGING);
    let tags = given.map(|tagging| read(tagging, field::TAG_SET)).transpose()?;
    let tags: BTreeMap<String, String> = tags.unwrap_or_default().into_iter().collect();
    few_enough(tags.len())?;
    retag(request, world, "PUT", tags)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html>
pub(super) fn delete_object_tagging(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    retag(request, world, "DELETE", BTreeMap::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html>
pub(super) fn get_object_tagging(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let object = shelf::object(row, put::key(params)?, params.text(field::VERSION_ID), "GET")?;
    Ok(Structure::new()
        .with(field::TAG_SET, shown(object.tags.iter()))
        .with_some(field::VERSION_ID, shelf::version_of(row, object)))
}

/// Tags as answers show them.
fn shown<'t>(tags: impl Iterator<Item = (&'t String, &'t String)>) -> Vec<Structure> {
    tags.map(|(key, value)| Structure::new().with(field::KEY, key).with(field::VALUE, value))
        .collect()
}

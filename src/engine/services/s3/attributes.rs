//! GetObjectAttributes: what an object is, without its bytes, as far as one asks.

use super::errors::invalid_argument;
use super::{bucket, checksums, customer_keys, put, shelf};
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::Object;
use stratus_model::{Structure, field};

/// Most parts of one page.
const PAGE: i64 = 1_000;

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let object = shelf::object(row, put::key(params)?, params.text(field::VERSION_ID), "GET")?;
    customer_keys::admit(params, customer_keys::OWN, &object.encryption)?;
    let asked: Vec<&str> = params.texts(field::OBJECT_ATTRIBUTES).collect();
    if asked.is_empty() {
        let text = "Invalid attribute name specified.";
        return Err(invalid_argument(text, "x-amz-object-attributes", ""));
    }
    let wants = |name: &str| asked.contains(&name);
    let parts = if wants("ObjectParts") && !object.parts.is_empty() {
        Some(parts(params, object)?)
    } else {
        None
    };
    Ok(Structure::new()
        .with(field::LAST_MODIFIED, object.modified)
        .with_some(field::VERSION_ID, shelf::version_of(row, object))
        .with_some(field::E_TAG, wants("ETag").then_some(object.etag.as_str()))
        .with_some(
            field::CHECKSUM,
            wants("Checksum").then(|| checksums::show(Structure::new(), &object.checksum)),
        )
        .with_some(field::OBJECT_PARTS, parts)
        .with_some(
            field::STORAGE_CLASS,
            wants("StorageClass").then_some(object.storage_class.as_str()),
        )
        .with_some(field::OBJECT_SIZE, wants("ObjectSize").then(|| object.size())))
}

/// The parts: only of an upload that asked for checksums is more known than how many they are.
fn parts(params: &Structure, object: &Object) -> Result<Structure> {
    let total = Structure::new().with(field::TOTAL_PARTS_COUNT, object.parts.len() as i64);
    if object.parts.iter().any(|part| part.checksum.is_none()) {
        return Ok(total);
    }
    let most = params.integer(field::MAX_PARTS).unwrap_or(PAGE).min(PAGE);
    if most < 0 {
        let text = "Argument max-parts must be an integer between 0 and 2147483647";
        return Err(invalid_argument(text, "max-parts", most));
    }
    let marker = params.integer(field::PART_NUMBER_MARKER).unwrap_or(0);
    let rest: Vec<_> = object.parts.iter().filter(|part| part.number > marker).collect();
    let page: Vec<_> = rest.iter().take(usize::try_from(most).unwrap_or(0)).collect();
    let shown: Vec<Structure> = page
        .iter()
        .map(|part| {
            let one = Structure::new()
                .with(field::PART_NUMBER, part.number)
                .with(field::SIZE, part.size as i64);
            match &part.checksum {
                Some(checksum) => checksums::show_value(one, checksum),
                None => one,
            }
        })
        .collect();
    Ok(total
        .with(field::PART_NUMBER_MARKER, marker)
        .with(
            field::NEXT_PART_NUMBER_MARKER,
            page.last().map_or(0, |part| part.number),
        )
        .with(field::MAX_PARTS, most)
        .with(field::IS_TRUNCATED, page.len() < rest.len())
        .with_some(field::PARTS, (!shown.is_empty()).then_some(shown)))
}

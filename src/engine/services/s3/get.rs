//! Objects: read, whole or in part, and looked at.

use super::conditions::READ_CONDITIONS;
use super::errors::{archived, headless, invalid_request};
use super::lifecycle::rules;
use super::{bucket, checksums, customer_keys, encryption, lock, put, restore, shelf};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, Object};
use std::collections::BTreeMap;
use stratus_model::{Name, Structure, Value, field};

/// What a call reads of an object: first byte, and the one after the last.
type Span = Option<(usize, usize)>;

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
pub(super) fn get_object(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (row, object) = find(request, world, "GET")?;
    if restore::is_archived(object, world.now) {
        return Err(archived(object));
    }
    let part = part(request.params, object)?;
    let (first, after) = part.unwrap_or((0, object.body.len()));
    let bytes = object.body.copy(first, after);
    Ok(shown(request.params, world, (row, object), part).with(field::BODY, Value::Blob(bytes)))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
pub(super) fn head_object(request: &Request<'_>, world: &World) -> Result<Structure> {
    let look = || {
        let (row, object) = find(request, world, "HEAD")?;
        let part = part(request.params, object)?;
        Ok(shown(request.params, world, (row, object), part))
    };
    look().map_err(headless)
}

fn find<'w>(request: &Request<'_>, world: &'w World, method: &str) -> Result<(&'w Bucket, &'w Object)> {
    let params = request.params;
    let row = bucket(request, world)?;
    let object = shelf::object(row, put::key(params)?, params.text(field::VERSION_ID), method)?;
    customer_keys::admit(params, customer_keys::OWN, &object.encryption)?;
    READ_CONDITIONS.check(params, object)?;
    Ok((row, object))
}

/// The bytes that Range or PartNumber asks for. A Range that is not understood is passed over, as HTTP wants it.
///
/// # Errors
/// `InvalidRange` (416), `InvalidPartNumber` (416), `InvalidRequest`.
fn part(params: &Structure, object: &Object) -> Result<Span> {
    let size = object.body.len();
    if let Some(number) = params.integer(field::PART_NUMBER) {
        if params.contains(field::RANGE) {
            let text = "Cannot specify both Range header and partNumber query parameter";
            return Err(invalid_request(text));
        }
        return numbered(object, number);
    }
    let asked = params
        .text(field::RANGE)
        .and_then(|text| text.trim().strip_prefix("bytes="));
    let Some((from, to)) = asked.and_then(|text| text.split_once('-')) else {
        return Ok(None);
    };
    let number = |text: &str| text.parse::<usize>().ok();
    let (first, after) = match (number(from.trim()), number(to.trim())) {
        (Some(first), Some(last)) if first <= last => (first, last.saturating_add(1).min(size)),
        (Some(first), None) if to.trim().is_empty() => (first, size),
        // The last so many bytes.
        (None, Some(count)) if from.trim().is_empty() => {
            (if count == 0 { size } else { size.saturating_sub(count) }, size)
        }
        _ => return Ok(None),
    };
    if first >= size {
        let text = "The requested range is not satisfiable";
        return Err(Error::new("InvalidRange", text)
            .with_status(416)
            .at("Range")
            .detail("RangeRequested", params.text(field::RANGE).unwrap_or_default())
            .detail("ActualObjectSize", size));
    }
    Ok(Some((first, after)))
}

/// The bytes of a part; what was put in one piece has one.
fn numbered(object: &Object, number: i64) -> Result<Span> {
    let size = object.body.len();
    let wanted = usize::try_from(number).unwrap_or(0);
    if object.parts.is_empty() && wanted == 1 {
        return Ok((size > 0).then_some((0, size)));
    }
    let mut first = 0;
    for (place, part) in (1..).zip(&object.parts) {
        if place == wanted {
            return Ok(Some((first, first + part.size)));
        }
        first += part.size;
    }
    let text = "The requested partnumber is not satisfiable";
    Err(Error::new("InvalidPartNumber", text)
        .with_status(416)
        .at("PartNumber")
        .detail("ActualPartCount", object.parts.len().max(1))
        .detail("PartNumberRequested", number))
}

/// Everything of an object but its bytes.
fn shown(params: &Structure, world: &World, (row, object): (&Bucket, &Object), part: Span) -> Structure {
    let size = object.body.len();
    let length = part.map_or(size, |(first, after)| after - first);
    let metadata: BTreeMap<String, Value> = object
        .metadata
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value)))
        .collect();
    let counted = params.contains(field::PART_NUMBER) && !object.parts.is_empty();
    let answer = Structure::new()
        .with(field::ACCEPT_RANGES, "bytes")
        .with(field::LAST_MODIFIED, object.modified)
        .with(field::CONTENT_LENGTH, length as i64)
        .with(field::E_TAG, format!("\"{}\"", object.etag))
        .with(field::CONTENT_TYPE, object.content_type.as_str())
        .with(field::METADATA, metadata)
        .with_some(
            field::CONTENT_RANGE,
            part.map(|(first, after)| format!("bytes {first}-{}/{size}", after.saturating_sub(1))),
        )
        .with_some(
            field::STORAGE_CLASS,
            Some(object.storage_class.as_str()).filter(|class| *class != "STANDARD"),
        )
        .with_some(
            field::TAG_COUNT,
            Some(object.tags.len() as i64).filter(|count| *count > 0),
        )
        .with_some(field::PARTS_COUNT, counted.then_some(object.parts.len() as i64))
        .with_some(field::VERSION_ID, shelf::version_of(row, object))
        .with_some(field::RESTORE, restore::shown(object, world.now))
        .with_some(field::ARCHIVE_STATUS, object.access_tier().archive())
        .with_some(field::REPLICATION_STATUS, object.replication.map(|state| state.name()))
        .with_some(field::EXPIRATION, expiration(params, row, object));
    let answer = lock::show(encryption::show(answer, &object.encryption), &object.lock);
    let answer = object
        .headers
        .iter()
        .fold(answer, |answer, (name, value)| match Name::find(name) {
            Some(name) if name == field::EXPIRES => answer.with_some(name, value.parse().ok().map(Value::Timestamp)),
            Some(name) => answer.with(name, value),
            None => answer,
        });
    let whole = part.is_none_or(|span| span == (0, size)) && !params.contains(field::RANGE);
    let answer = if whole && params.text(field::CHECKSUM_MODE) == Some("ENABLED") {
        checksums::show(answer, &object.checksum)
    } else {
        answer
    };
    overridden(params, answer)
}

/// When the object expires, where it is the current one.
fn expiration(params: &Structure, row: &Bucket, object: &Object) -> Option<String> {
    let key = params.text(field::KEY).unwrap_or_default();
    let current = row
        .objects
        .get(&key.to_owned())
        .is_some_and(|o| o.order == object.order);
    current.then(|| rules::expiry(row, key, object)).flatten()
}

/// The call may ask for other headers than those that are kept.
fn overridden(params: &Structure, answer: Structure) -> Structure {
    let texts = [
        (field::RESPONSE_CACHE_CONTROL, field::CACHE_CONTROL),
        (field::RESPONSE_CONTENT_DISPOSITION, field::CONTENT_DISPOSITION),
        (field::RESPONSE_CONTENT_ENCODING, field::CONTENT_ENCODING),
        (field::RESPONSE_CONTENT_LANGUAGE, field::CONTENT_LANGUAGE),
        (field::RESPONSE_CONTENT_TYPE, field::CONTENT_TYPE),
    ];
    let answer = texts.into_iter().fold(answer, |answer, (asked, name)| {
        answer.with_some(name, params.text(asked))
    });
    answer.with_some(
        field::EXPIRES,
        params.timestamp(field::RESPONSE_EXPIRES).map(Value::Timestamp),
    )
}

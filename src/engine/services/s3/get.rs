//! Objects: read, whole or in part, and looked at.

use super::buckets::headless;
use super::conditions::Conditions;
use super::{bucket, checksums, no_such_key, not_implemented, only_version};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::storage::Object;
use std::collections::BTreeMap;
use stratus_model::{Name, Structure, Value, field};

const CONDITIONS: Conditions = Conditions {
    if_match: field::IF_MATCH,
    if_none_match: field::IF_NONE_MATCH,
    if_modified_since: field::IF_MODIFIED_SINCE,
    if_unmodified_since: field::IF_UNMODIFIED_SINCE,
};

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
pub(super) fn get_object(request: &Request<'_>, world: &World) -> Result<Structure> {
    let object = find(request, world)?;
    if matches!(object.storage_class.as_str(), "GLACIER" | "DEEP_ARCHIVE") {
        let text = "The operation is not valid for the object's storage class";
        return Err(Error::new("InvalidObjectState", text)
            .with_status(403)
            .remedy("It would have to be restored first."));
    }
    let part = part(request.params, object.body.len())?;
    let (first, after) = part.unwrap_or((0, object.body.len()));
    let bytes = object.body.get(first..after).unwrap_or_default().to_vec();
    Ok(shown(request.params, object, part).with(field::BODY, Value::Blob(bytes)))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
pub(super) fn head_object(request: &Request<'_>, world: &World) -> Result<Structure> {
    let look = || {
        let object = find(request, world)?;
        let part = part(request.params, object.body.len())?;
        Ok(shown(request.params, object, part))
    };
    look().map_err(headless)
}

fn find<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Object> {
    let params = request.params;
    let row = bucket(request, world)?;
    not_implemented(params, &[field::SSE_CUSTOMER_ALGORITHM, field::SSE_CUSTOMER_KEY])?;
    only_version(params)?;
    let key = params.text(field::KEY).unwrap_or_default().to_owned();
    let object = row.objects.get(&key).ok_or_else(no_such_key)?;
    CONDITIONS.check(params, object)?;
    Ok(object)
}

/// The part that Range or PartNumber asks for: first byte, and the one after the last. A Range that is not understood is
/// passed over, as HTTP wants it.
///
/// # Errors
/// `InvalidRange` (416), `InvalidPartNumber` (416).
fn part(params: &Structure, size: usize) -> Result<Option<(usize, usize)>> {
    match params.integer(field::PART_NUMBER) {
        Some(1) if params.contains(field::RANGE) => {
            return Err(Error::new(
                "InvalidRequest",
                "Cannot specify both Range header and partNumber query parameter",
            ));
        }
        None | Some(1) => {}
        Some(_) => {
            let text = "The requested partnumber is not satisfiable";
            return Err(Error::new("InvalidPartNumber", text).with_status(416).at("PartNumber"));
        }
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
        return Err(Error::new("InvalidRange", text).with_status(416).at("Range"));
    }
    Ok(Some((first, after)))
}

/// Everything of an object but its bytes.
fn shown(params: &Structure, object: &Object, part: Option<(usize, usize)>) -> Structure {
    let size = object.body.len();
    let length = part.map_or(size, |(first, after)| after - first);
    let metadata: BTreeMap<String, Value> = object
        .metadata
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value)))
        .collect();
    let answer = Structure::new()
        .with(field::ACCEPT_RANGES, "bytes")
        .with(field::LAST_MODIFIED, object.modified)
        .with(field::CONTENT_LENGTH, length as i64)
        .with(field::E_TAG, format!("\"{}\"", object.etag))
        .with(field::CONTENT_TYPE, object.content_type.as_str())
        .with(field::SERVER_SIDE_ENCRYPTION, "AES256")
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
        );
    let answer = object
        .headers
        .iter()
        .fold(answer, |answer, (name, value)| match Name::find(name) {
            Some(name) if name == field::EXPIRES => answer.with_some(name, value.parse().ok().map(Value::Timestamp)),
            Some(name) => answer.with(name, value),
            None => answer,
        });
    let whole = part.is_none() && params.text(field::CHECKSUM_MODE) == Some("ENABLED");
    let answer = if whole {
        checksums::show(answer, &object.checksum)
    } else {
        answer
    };
    overridden(params, answer)
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

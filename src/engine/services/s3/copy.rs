//! CopyObject.

use super::conditions::{Conditions, failed};
use super::put::{headers, key, metadata, object_tags, refuse_unsimulated, seconds, storage_class};
use super::{bucket, buckets, checksums, count_put, named_bucket, no_such_key, not_implemented, store};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::storage::Object;
use stratus_model::{Structure, field};

const CONDITIONS: Conditions = Conditions {
    if_match: field::COPY_SOURCE_IF_MATCH,
    if_none_match: field::COPY_SOURCE_IF_NONE_MATCH,
    if_modified_since: field::COPY_SOURCE_IF_MODIFIED_SINCE,
    if_unmodified_since: field::COPY_SOURCE_IF_UNMODIFIED_SINCE,
};

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>
pub(super) fn copy_object(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    let key = key(params)?;
    refuse_unsimulated(params)?;
    not_implemented(
        params,
        &[
            field::COPY_SOURCE_SSE_CUSTOMER_ALGORITHM,
            field::COPY_SOURCE_SSE_CUSTOMER_KEY,
        ],
    )?;
    buckets::expected_owner(world, params.text(field::EXPECTED_SOURCE_BUCKET_OWNER))?;
    let (from, source_key) = source(params)?;
    let source = named_bucket(world, &from)?
        .objects
        .get(&source_key)
        .ok_or_else(no_such_key)?;
    // Where reading would say "not modified", copying fails.
    CONDITIONS.check(params, source).map_err(|error| {
        if error.status == 304 {
            failed("CopySource")
        } else {
            error
        }
    })?;
    if params.text(field::IF_NONE_MATCH) == Some("*") && row.objects.contains(&key.to_owned()) {
        return Err(failed("If-None-Match"));
    }
    let replace = params.text(field::METADATA_DIRECTIVE) == Some("REPLACE");
    let class = storage_class(params)?;
    let changes = replace || class != source.storage_class || params.contains(field::WEBSITE_REDIRECT_LOCATION);
    if from == name && source_key == key && !changes {
        let text = "This copy request is illegal because it is trying to copy an object to itself without changing the \
                    object's metadata, storage class, website redirect location or encryption attributes.";
        return Err(Error::new("InvalidRequest", text).at("CopySource"));
    }
    let mut object = Object {
        modified: seconds(world.now),
        storage_class: class,
        ..source.clone()
    };
    if replace {
        object.content_type = params
            .text(field::CONTENT_TYPE)
            .unwrap_or("binary/octet-stream")
            .to_owned();
        object.headers = headers(params);
        object.metadata = metadata(params)?;
    }
    if params.text(field::TAGGING_DIRECTIVE) == Some("REPLACE") {
        object.tags = object_tags(params)?;
    }
    if params.contains(field::CHECKSUM_ALGORITHM) {
        object.checksum = checksums::choose(params, &object.body)?;
    }
    let result = Structure::new()
        .with(field::E_TAG, format!("\"{}\"", object.etag))
        .with(field::LAST_MODIFIED, object.modified);
    let result = checksums::show(result, &object.checksum);
    store(world, &name, key, object);
    count_put(world, &name, region);
    Ok(Structure::new()
        .with(field::COPY_OBJECT_RESULT, result)
        .with(field::SERVER_SIDE_ENCRYPTION, "AES256"))
}

/// Bucket and key of `/bucket/key`, percent-encoded.
fn source(params: &Structure) -> Result<(String, String)> {
    let text = params.text(field::COPY_SOURCE).unwrap_or_default();
    let invalid = || {
        Error::new(
            "InvalidArgument",
            "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
        )
        .at("CopySource")
    };
    let (path, version) = match text.split_once("?versionId=") {
        Some((path, version)) => (path, Some(version)),
        None => (text, None),
    };
    if version.is_some_and(|version| version != "null") {
        return Err(Error::new("NoSuchVersion", "The specified version does not exist.")
            .with_status(404)
            .at("CopySource"));
    }
    let path = decode(path).ok_or_else(invalid)?;
    let path = path.strip_prefix('/').unwrap_or(&path);
    let (bucket, key) = path
        .split_once('/')
        .filter(|(bucket, key)| !bucket.is_empty() && !key.is_empty())
        .ok_or_else(invalid)?;
    Ok((bucket.to_owned(), key.to_owned()))
}

/// Text without percent-encoding; `None` for what is not UTF-8 or cut short.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let (high, low) = (
                    char::from(bytes.next()?).to_digit(16)?,
                    char::from(bytes.next()?).to_digit(16)?,
                );
                out.push(u8::try_from(high * 16 + low).ok()?);
            }
            b'+' => out.push(b' '),
            other => out.push(other),
        }
    }
    String::from_utf8(out).ok()
}

//! Objects: put, and what every call that makes one shares.

use super::conditions::{failed, same_tag};
use super::errors::{header_not_implemented, no_such_bucket, no_such_key, not_implemented};
use super::lifecycle::rules;
use super::{acl, bucket, checksums, encryption, fees, happened, lock, notify, replication, shelf};
use crate::base::error::{Error, Result};
use crate::base::limits::PUT_BYTES;
use crate::base::time::Time;
use crate::services::Request;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::objects::{Body, Bucket, Object};
use std::collections::BTreeMap;
use stratus_model::{Name, Structure, field};

/// Bytes of a key. Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>
const KEY_BYTES: usize = 1_024;
/// Bytes of all metadata of an object. Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>
const METADATA_BYTES: usize = 2 * 1_024;

/// Headers that are kept with an object and come back with it.
pub(super) const HEADERS: [Name; 5] = [
    field::CACHE_CONTROL,
    field::CONTENT_DISPOSITION,
    field::CONTENT_ENCODING,
    field::CONTENT_LANGUAGE,
    field::WEBSITE_REDIRECT_LOCATION,
];

/// What S3 knows of times: whole seconds.
pub(super) fn seconds(time: Time) -> Time {
    Time(time.0 - time.0.rem_euclid(1_000))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
pub(super) fn put_object(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    let key = key(params)?;
    not_implemented(params, &[field::WRITE_OFFSET_BYTES])?;
    let template = template(params, row, world)?;
    let bytes = params.blob(field::BODY).unwrap_or_default();
    check_length(params, bytes)?;
    checksums::check_md5(params, bytes)?;
    let body = Body::from(bytes);
    let checksum = checksums::choose(params, &body)?;
    may_overwrite(params, row.objects.get(&key.to_owned()), key)?;
    let object = Object {
        etag: encryption::etag(&template.encryption, checksums::md5(bytes)),
        body,
        checksum,
        ..template
    };
    let answer = Structure::new().with(field::E_TAG, format!("\"{}\"", object.etag));
    let answer = checksums::show(
        encryption::show_written(answer, &object.encryption, params),
        &object.checksum,
    )
    .with_some(field::EXPIRATION, rules::expiry(row, key, &object));
    let class = object.storage_class.clone();
    let version = shelf::store(world, &name, key, object);
    happened(request, world, "ObjectCreated:Put", (&name, key, None));
    fees::put(world, &name, region, &class);
    Ok(answer.with_some(field::VERSION_ID, version))
}

/// Puts what a service of AWS writes for the account, at a moment of the clock and not of a call.
///
/// # Errors
/// `NoSuchBucket`, `KeyTooLongError`, `EntityTooLarge`.
pub(super) fn deliver(world: &mut World, name: &str, key_of: &str, bytes: &[u8], cause: Cause) -> Result<()> {
    let params = Structure::new()
        .with(field::KEY, key_of)
        .with(field::CONTENT_TYPE, "application/octet-stream");
    let row = world
        .s3
        .buckets
        .get(&name.to_owned())
        .ok_or_else(|| no_such_bucket(name))?;
    let (key, region) = (key(&params)?, row.region);
    let template = template(&params, row, world)?;
    check_length(&params, bytes)?;
    let body = Body::from(bytes);
    let checksum = checksums::choose(&params, &body)?;
    let object = Object {
        etag: encryption::etag(&template.encryption, checksums::md5(bytes)),
        body,
        checksum,
        ..template
    };
    shelf::store_for(world, name, key, object, cause.clone());
    let happening = notify::Happening {
        name: "ObjectCreated:Put",
        bucket: name,
        key,
        version: None,
        who: None,
    };
    notify::tell(world, cause, &happening);
    replication::run::after(world, "ObjectCreated:Put", name, key, None);
    fees::put(world, name, region, "STANDARD");
    Ok(())
}

/// Whether the body is as long as the call says, and as an object can be.
///
/// # Errors
/// `IncompleteBody`, `EntityTooLarge`.
pub(super) fn check_length(params: &Structure, body: &[u8]) -> Result<()> {
    let said = params.integer(field::CONTENT_LENGTH);
    if said.is_some_and(|length| length != body.len() as i64) {
        let text = "You did not provide the number of bytes specified by the Content-Length HTTP header";
        return Err(Error::new("IncompleteBody", text).at("ContentLength"));
    }
    if body.len() > PUT_BYTES {
        return Err(too_large(body.len(), PUT_BYTES));
    }
    Ok(())
}

/// `EntityTooLarge`.
pub(super) fn too_large(size: usize, most: usize) -> Error {
    let text = "Your proposed upload exceeds the maximum allowed size";
    Error::new("EntityTooLarge", text)
        .at("Body")
        .remedy("A call of this world carries up to 8 MiB, and an object that is put in parts holds up to 64 MiB.")
        .detail("ProposedSize", size)
        .detail("MaxSizeAllowed", most)
}

/// An object as a call describes it, without bytes: what PutObject, CreateMultipartUpload and CopyObject share.
pub(super) fn template(params: &Structure, bucket: &Bucket, world: &World) -> Result<Object> {
    let redirect = params.text(field::WEBSITE_REDIRECT_LOCATION).unwrap_or("/");
    if !["/", "http://", "https://"]
        .iter()
        .any(|start| redirect.starts_with(start))
    {
        let text = "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.";
        return Err(Error::new("InvalidRedirectLocation", text).at("WebsiteRedirectLocation"));
    }
    Ok(Object {
        body: Body::default(),
        etag: String::new(),
        modified: seconds(world.now),
        content_type: params
            .text(field::CONTENT_TYPE)
            .unwrap_or("binary/octet-stream")
            .to_owned(),
        acl: acl::chosen(params, bucket, world)?,
        headers: headers(params),
        metadata: metadata(params)?,
        tags: object_tags(params)?,
        checksum: (String::new(), String::new()),
        storage_class: storage_class(params)?,
        version: None,
        order: 0,
        parts: Vec::new(),
        encryption: encryption::chosen(params, bucket, world)?,
        moved: None,
        restore: None,
        lock: lock::chosen(params, bucket, world.now)?,
        annotations: BTreeMap::new(),
        replication: None,
        tiering: None,
    })
}

/// The key that a call names.
///
/// # Errors
/// `KeyTooLongError`.
pub(super) fn key(params: &Structure) -> Result<&str> {
    let key = params.text(field::KEY).unwrap_or_default();
    if key.len() > KEY_BYTES {
        return Err(Error::new("KeyTooLongError", "Your key is too long")
            .at("Key")
            .detail("Size", key.len())
            .detail("MaxSizeAllowed", KEY_BYTES));
    }
    Ok(key)
}

/// If-None-Match: `*` puts only what is not there yet; If-Match overwrites only what is known.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html>
pub(super) fn may_overwrite(params: &Structure, there: Option<&Object>, key: &str) -> Result<()> {
    match params.text(field::IF_NONE_MATCH) {
        Some("*") if there.is_some() => return Err(failed("If-None-Match")),
        Some("*") | None => {}
        Some(_) => {
            let why = "We don't accept the provided value of If-None-Match header for this API";
            return Err(header_not_implemented()
                .at("IfNoneMatch")
                .remedy("Only * can be said of what is put: that nothing is there yet.")
                .detail("Header", "If-None-Match")
                .detail("additionalMessage", why));
        }
    }
    match (params.text(field::IF_MATCH), there) {
        (Some(_), None) => Err(no_such_key(key)),
        (Some(tag), Some(object)) if !same_tag(tag, &object.etag) => Err(failed("If-Match")),
        _ => Ok(()),
    }
}

/// The headers that are kept.
pub(super) fn headers(params: &Structure) -> BTreeMap<String, String> {
    let texts = HEADERS
        .iter()
        .filter_map(|name| Some((name.text().to_owned(), params.text(*name)?.to_owned())));
    let expires = params
        .timestamp(field::EXPIRES)
        .map(|time| (field::EXPIRES.text().to_owned(), time.to_string()));
    texts.chain(expires).collect()
}

/// The metadata of a call, names in lower case as headers are.
pub(super) fn metadata(params: &Structure) -> Result<BTreeMap<String, String>> {
    let given = params.map(field::METADATA).into_iter().flatten();
    let kept: BTreeMap<String, String> = given
        .filter_map(|(name, value)| Some((name.to_ascii_lowercase(), value.as_text()?.to_owned())))
        .collect();
    let bytes: usize = kept.iter().map(|(name, value)| name.len() + value.len()).sum();
    if bytes > METADATA_BYTES {
        let text = "Your metadata headers exceed the maximum allowed metadata size";
        return Err(Error::new("MetadataTooLarge", text)
            .at("Metadata")
            .detail("Size", bytes)
            .detail("MaxSizeAllowed", METADATA_BYTES));
    }
    Ok(kept)
}

/// The tags of a call, in the form of a query: `a=1&b=2`.
pub(super) fn object_tags(params: &Structure) -> Result<BTreeMap<String, String>> {
    let given = params.text(field::TAGGING).unwrap_or_default();
    let invalid = || {
        let text = "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name \
                    duplicates.";
        Error::new("InvalidArgument", text)
            .at("Tagging")
            .detail("ArgumentName", "x-amz-tagging")
            .detail("ArgumentValue", given)
    };
    let mut tags = BTreeMap::new();
    for pair in given.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (Some(key), Some(value)) = (super::copy::decode(key), super::copy::decode(value)) else {
            return Err(invalid());
        };
        super::tagging::check(&key, &value)?;
        if tags.insert(key, value).is_some() {
            return Err(invalid());
        }
    }
    super::tagging::few_enough(tags.len())?;
    Ok(tags)
}

/// The storage class of a call.
pub(super) fn storage_class(params: &Structure) -> Result<String> {
    let class = params.text(field::STORAGE_CLASS).unwrap_or("STANDARD");
    let known = [
        "STANDARD",
        "REDUCED_REDUNDANCY",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "GLACIER",
        "DEEP_ARCHIVE",
        "GLACIER_IR",
    ];
    if known.contains(&class) {
        return Ok(class.to_owned());
    }
    let text = "The storage class you specified is not valid";
    Err(Error::new("InvalidStorageClass", text)
        .at("StorageClass")
        .detail("StorageClassRequested", class))
}

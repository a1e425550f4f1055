//! Objects: put and deleted.

use super::conditions::{failed, same_tag};
use super::{bucket, checksums, count_put, discard, no_such_key, not_implemented, only_version, store};
use crate::base::error::{Error, Result};
use crate::base::limits::OBJECT_BYTES;
use crate::base::time::Time;
use crate::services::Request;
use crate::world::World;
use crate::world::storage::{Bucket, Object};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_model::{Name, Structure, Value, field};

/// Bytes of a key. Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>
const KEY_BYTES: usize = 1_024;
/// Bytes of all metadata of an object. Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>
const METADATA_BYTES: usize = 2 * 1_024;
/// Objects of one DeleteObjects.
const DELETIONS: usize = 1_000;
/// Tags of an object.
const OBJECT_TAGS: usize = 10;

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
    refuse_unsimulated(params)?;
    let body = params.blob(field::BODY).unwrap_or_default();
    if params
        .integer(field::CONTENT_LENGTH)
        .is_some_and(|length| length != body.len() as i64)
    {
        let text = "You did not provide the number of bytes specified by the Content-Length HTTP header";
        return Err(Error::new("IncompleteBody", text).at("ContentLength"));
    }
    if body.len() > OBJECT_BYTES {
        return Err(Error::new(
            "EntityTooLarge",
            "Your proposed upload exceeds the maximum allowed size",
        )
        .at("Body")
        .remedy("An object of this world holds up to 5 MiB (AWS: 5 GiB in one PUT)."));
    }
    checksums::check_md5(params, body)?;
    let checksum = checksums::choose(params, body)?;
    may_overwrite(params, row.objects.get(&key.to_owned()))?;
    let object = Object {
        body: Rc::from(body),
        etag: checksums::md5(body),
        modified: seconds(world.now),
        content_type: params
            .text(field::CONTENT_TYPE)
            .unwrap_or("binary/octet-stream")
            .to_owned(),
        headers: headers(params),
        metadata: metadata(params)?,
        tags: object_tags(params)?,
        checksum,
        storage_class: storage_class(params)?,
    };
    let answer = Structure::new()
        .with(field::E_TAG, format!("\"{}\"", object.etag))
        .with(field::SERVER_SIDE_ENCRYPTION, "AES256");
    let answer = checksums::show(answer, &object.checksum);
    store(world, &name, key, object);
    count_put(world, &name, region);
    Ok(answer)
}

/// The key that a call names.
pub(super) fn key(params: &Structure) -> Result<&str> {
    let key = params.text(field::KEY).unwrap_or_default();
    if key.len() > KEY_BYTES {
        return Err(Error::new("KeyTooLongError", "Your key is too long").at("Key"));
    }
    Ok(key)
}

/// What of encryption, locks and ACLs is not simulated. ACLs are off in every bucket; all is encrypted with S3's keys.
pub(super) fn refuse_unsimulated(params: &Structure) -> Result<()> {
    not_implemented(
        params,
        &[
            field::SSE_CUSTOMER_ALGORITHM,
            field::SSE_CUSTOMER_KEY,
            field::SSEKMS_KEY_ID,
            field::OBJECT_LOCK_MODE,
            field::OBJECT_LOCK_RETAIN_UNTIL_DATE,
            field::OBJECT_LOCK_LEGAL_HOLD_STATUS,
            field::WRITE_OFFSET_BYTES,
        ],
    )?;
    if params
        .text(field::SERVER_SIDE_ENCRYPTION)
        .is_some_and(|kind| kind != "AES256")
    {
        not_implemented(params, &[field::SERVER_SIDE_ENCRYPTION])?;
    }
    let acl = params
        .text(field::ACL)
        .is_some_and(|acl| acl != "bucket-owner-full-control");
    let grants = [
        field::GRANT_FULL_CONTROL,
        field::GRANT_READ,
        field::GRANT_READ_ACP,
        field::GRANT_WRITE_ACP,
    ];
    if acl || grants.iter().any(|name| params.contains(*name)) {
        return Err(Error::new("AccessControlListNotSupported", "The bucket does not allow ACLs").at("ACL"));
    }
    Ok(())
}

/// If-None-Match: `*` puts only what is not there yet; If-Match overwrites only what is known.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html>
fn may_overwrite(params: &Structure, there: Option<&Object>) -> Result<()> {
    match params.text(field::IF_NONE_MATCH) {
        Some("*") if there.is_some() => return Err(failed("If-None-Match")),
        Some("*") | None => {}
        Some(_) => not_implemented(params, &[field::IF_NONE_MATCH])?,
    }
    match (params.text(field::IF_MATCH), there) {
        (Some(_), None) => Err(no_such_key()),
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
        return Err(Error::new("MetadataTooLarge", text).at("Metadata"));
    }
    Ok(kept)
}

/// The tags of a call, in the form of a query: `a=1&b=2`.
pub(super) fn object_tags(params: &Structure) -> Result<BTreeMap<String, String>> {
    let invalid = |text: &str| Error::new("InvalidArgument", text.to_owned()).at("Tagging");
    let mut tags = BTreeMap::new();
    for pair in params
        .text(field::TAGGING)
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
    {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (Some(key), Some(value)) = (super::copy::decode(key), super::copy::decode(value)) else {
            return Err(invalid(
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded",
            ));
        };
        if tags.insert(key, value).is_some() {
            return Err(invalid("The header 'x-amz-tagging' has a key twice"));
        }
    }
    if tags.len() > OBJECT_TAGS {
        return Err(Error::new(
            "BadRequest",
            format!("Object tags cannot be greater than {OBJECT_TAGS}"),
        )
        .at("Tagging"));
    }
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
    Err(Error::new("InvalidStorageClass", text).at("StorageClass"))
}

/// Deleting what is not there succeeds.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html>
pub(super) fn delete_object(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let name = row.name.clone();
    only_version(params)?;
    not_implemented(
        params,
        &[field::MFA, field::IF_MATCH_LAST_MODIFIED_TIME, field::IF_MATCH_SIZE],
    )?;
    let key = key(params)?;
    may_delete(row, key, params.text(field::IF_MATCH))?;
    discard(world, &name, key);
    Ok(Structure::new())
}

fn may_delete(row: &Bucket, key: &str, tag: Option<&str>) -> Result<()> {
    match (tag, row.objects.get(&key.to_owned())) {
        (Some(_), None) => Err(no_such_key()),
        (Some(tag), Some(object)) if !same_tag(tag, &object.etag) => Err(failed("If-Match")),
        _ => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>
pub(super) fn delete_objects(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let name = bucket(request, world)?.name.clone();
    not_implemented(params, &[field::MFA])?;
    let empty = Structure::new();
    let delete = params.structure(field::DELETE).unwrap_or(&empty);
    let asked: Vec<&Structure> = delete.structures(field::OBJECTS).collect();
    if asked.is_empty() || asked.len() > DELETIONS {
        let text = "The XML you provided was not well-formed or did not validate against our published schema";
        return Err(Error::new("MalformedXML", text)
            .at("Delete.Objects")
            .remedy(format!("List from 1 to {DELETIONS} objects.")));
    }
    let (mut deleted, mut errors) = (Vec::new(), Vec::new());
    for object in asked {
        let text = object.text(field::KEY).unwrap_or_default();
        let outcome = only_version(object).and_then(|()| {
            let row = super::named_bucket(world, &name)?;
            may_delete(row, text, object.text(field::E_TAG))
        });
        match outcome {
            Ok(()) => {
                discard(world, &name, text);
                deleted.push(Structure::new().with(field::KEY, text));
            }
            Err(error) => errors.push(
                Structure::new()
                    .with(field::KEY, text)
                    .with(field::CODE, error.code)
                    .with(field::MESSAGE, error.message),
            ),
        }
    }
    let loud = delete.boolean(field::QUIET) != Some(true);
    let some = |list: Vec<Structure>| (!list.is_empty()).then(|| Value::from(list));
    Ok(Structure::new()
        .with_some(field::DELETED, some(deleted).filter(|_| loud))
        .with_some(field::ERRORS, some(errors)))
}

//! CopyObject, and finding what a call copies.

use super::conditions::COPY_CONDITIONS;
use super::errors::{invalid_argument, invalid_request};
use super::lifecycle::rules;
use super::put::{key, may_overwrite, seconds, template};
use super::{
    annotations, bucket, buckets, checksums, customer_keys, encryption, fees, happened, named_bucket, restore, shelf,
    tiers,
};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::Object;
use stratus_model::{Structure, field};

/// What is copied.
pub(super) struct Source {
    bucket: String,
    key: String,
    version: Option<String>,
}

impl Source {
    /// The name of the bucket that it lies in.
    pub(super) fn bucket(&self) -> &str {
        &self.bucket
    }

    /// It, as the parameters of a call that reads it.
    pub(super) fn params(&self) -> Structure {
        Structure::new()
            .with(field::BUCKET, self.bucket.as_str())
            .with(field::KEY, self.key.as_str())
            .with_some(field::VERSION_ID, self.version.as_deref())
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>
pub(super) fn copy_object(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = bucket(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    let key = key(params)?;
    let from = source(params)?;
    let (source, source_version) = source_object(params, &from, world)?;
    COPY_CONDITIONS.check_copy(params, source)?;
    may_overwrite(params, row.objects.get(&key.to_owned()), key)?;
    let replace = params.text(field::METADATA_DIRECTIVE) == Some("REPLACE");
    let mut object = template(params, row, world)?;
    let changes = replace
        || from.version.is_some()
        || object.storage_class != source.storage_class
        || object.encryption != source.encryption
        || params.contains(field::SERVER_SIDE_ENCRYPTION)
        || params.contains(field::WEBSITE_REDIRECT_LOCATION);
    if from.bucket == name && from.key == key && !changes {
        let text = "This copy request is illegal because it is trying to copy an object to itself without changing the \
                    object's metadata, storage class, website redirect location or encryption attributes.";
        return Err(invalid_request(text).at("CopySource"));
    }
    if !replace {
        object.content_type = source.content_type.clone();
        object.metadata = source.metadata.clone();
        let redirect = field::WEBSITE_REDIRECT_LOCATION.text();
        let own = object.headers.remove(redirect);
        object.headers = source.headers.clone();
        object.headers.remove(redirect);
        object.headers.extend(own.map(|place| (redirect.to_owned(), place)));
    }
    if params.text(field::TAGGING_DIRECTIVE) != Some("REPLACE") {
        object.tags = source.tags.clone();
    }
    if params.text(field::ANNOTATION_DIRECTIVE) == Some("COPY") {
        object.annotations = source.annotations.clone();
        annotations::may_have(&object)?;
    }
    fill(params, &mut object, source)?;
    object.modified = seconds(world.now);
    let result = Structure::new()
        .with(field::E_TAG, format!("\"{}\"", object.etag))
        .with(field::LAST_MODIFIED, object.modified);
    let result = checksums::show(result, &object.checksum);
    let answer = Structure::new()
        .with(field::COPY_OBJECT_RESULT, result)
        .with_some(field::COPY_SOURCE_VERSION_ID, source_version)
        .with_some(field::EXPIRATION, rules::expiry(row, key, &object));
    let answer = encryption::show_written(answer, &object.encryption, params);
    let (class, bytes) = (source.storage_class.clone(), source.body.len());
    let written = object.storage_class.clone();
    let version = shelf::store(world, &name, key, object);
    happened(request, world, "ObjectCreated:Copy", (&name, key, None));
    fees::put(world, &name, region, &written);
    fees::copied(world, &from.bucket, &class, bytes, region);
    // Onto its own key, an older version is read, unless the copy has taken its place.
    let placed = shelf::shown_id(version.as_ref());
    let older = from.version.as_ref().is_some_and(|read| *read != placed);
    if from.bucket != name || from.key != key || older {
        was_read(world, &from, bytes);
    }
    Ok(answer.with_some(field::VERSION_ID, version))
}

/// A copy reads so many bytes of its source.
pub(super) fn was_read(world: &mut World, from: &Source, bytes: usize) {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    tiers::was_read(world, &from.bucket, &from.key, from.version.as_deref(), bytes);
}

/// The bytes, the ETag and the checksum of a copy: in one piece, whatever the source was put in.
fn fill(params: &Structure, object: &mut Object, source: &Object) -> Result<()> {
    object.body = source.body.clone();
    let composite = source.checksum.1.contains('-');
    object.checksum = match params.text(field::CHECKSUM_ALGORITHM) {
        Some(wanted) => (wanted.to_owned(), checksums::of(wanted, &object.body)?),
        None if composite => {
            let algorithm = source.checksum.0.clone();
            let sum = checksums::of(&algorithm, &object.body)?;
            (algorithm, sum)
        }
        None => source.checksum.clone(),
    };
    let plain = source.parts.is_empty() && source.encryption.key.is_none() && object.encryption.key.is_none();
    object.etag = if plain {
        source.etag.clone()
    } else {
        encryption::etag(&object.encryption, checksums::md5_of(&object.body))
    };
    Ok(())
}

/// The object that is copied, and its version where its bucket keeps versions.
///
/// # Errors
/// `NoSuchBucket`, `NoSuchKey`, `NoSuchVersion`, `InvalidRequest` for a delete marker, `InvalidObjectState`,
/// `AccessDenied`.
pub(super) fn source_object<'w>(
    params: &Structure,
    from: &Source,
    world: &'w World,
) -> Result<(&'w Object, Option<String>)> {
    buckets::expected_owner(world, params.text(field::EXPECTED_SOURCE_BUCKET_OWNER))?;
    let bucket = named_bucket(world, &from.bucket)?;
    let object = match shelf::find(bucket, &from.key, from.version.as_deref())? {
        shelf::Found::Object(object) => object,
        shelf::Found::Marker(_) => {
            let text = "The source of a copy request may not specifically refer to a delete marker by version id.";
            return Err(invalid_request(text).at("CopySource"));
        }
    };
    customer_keys::admit(params, customer_keys::SOURCE, &object.encryption)?;
    if restore::is_archived(object, world.now) {
        let text = "Operation is not valid for the source object's storage class";
        return Err(Error::new("InvalidObjectState", text)
            .with_status(403)
            .at("CopySource")
            .detail("StorageClass", &object.storage_class));
    }
    Ok((object, shelf::version_of(bucket, object)))
}

/// Reads `/bucket/key?versionId=id`, percent-encoded.
///
/// # Errors
/// `InvalidArgument`.
pub(super) fn source(params: &Structure) -> Result<Source> {
    let text = params.text(field::COPY_SOURCE).unwrap_or_default();
    let invalid = || {
        let said = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey";
        invalid_argument(said, "x-amz-copy-source", text).at("CopySource")
    };
    let (path, version) = match text.rsplit_once("?versionId=") {
        Some((path, version)) => (path, Some(version)),
        None => (text, None),
    };
    let path = decode(path).ok_or_else(invalid)?;
    let path = path.strip_prefix('/').unwrap_or(&path);
    let (bucket, key) = path
        .split_once('/')
        .filter(|(bucket, key)| !bucket.is_empty() && !key.is_empty())
        .ok_or_else(invalid)?;
    Ok(Source {
        bucket: bucket.to_owned(),
        key: key.to_owned(),
        version: version.map(str::to_owned),
    })
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

//! Annotations: named texts of up to 1 MiB that hang on a version of an object and can change without it. They are not billed
//! here (ours), and a copy of the object begins without them (ours) unless the call says `AnnotationDirective=COPY`.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/annotations-overview.html>

use super::conditions::{failed, same_tag};
use super::errors::{invalid_argument, invalid_request};
use super::{bucket, checksums, encryption, put, shelf};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Algorithm, Annotation, Body, Object};
use stratus_model::{Structure, Value, field};

/// Annotations of a version.
const MOST: usize = 1_000;
/// Bytes of a name.
const NAME: usize = 512;
/// Bytes of a payload.
const PAYLOAD: usize = 1 << 20;
/// Annotations of one page.
const PAGE: i64 = 1_000;

/// The object that a call means, and the name that it says.
fn asked<'w>(request: &'w Request<'_>, world: &'w World, method: &str) -> Result<(&'w Object, &'w str)> {
    let params = request.params;
    let (key, version) = (put::key(params)?, params.text(field::VERSION_ID));
    let object = shelf::object(bucket(request, world)?, key, version, method)?;
    if let Some(tag) = params.text(field::OBJECT_IF_MATCH)
        && !same_tag(tag, &object.etag)
    {
        return Err(failed("x-amz-object-if-match"));
    }
    Ok((object, params.text(field::ANNOTATION_NAME).unwrap_or_default()))
}

/// `NoSuchAnnotation`.
fn absent(name: &str) -> Error {
    Error::new("NoSuchAnnotation", "The specified annotation does not exist.")
        .with_status(404)
        .at("AnnotationName")
        .detail("AnnotationName", name)
}

/// Of an object that can have none.
fn unfit() -> Error {
    invalid_request("Objects encrypted with SSE-C cannot have annotations.")
}

/// Whether an object can have the annotations that it has been given.
///
/// # Errors
/// `InvalidRequest`.
pub(super) fn may_have(object: &Object) -> Result<()> {
    let fits = object.annotations.is_empty() || object.encryption.algorithm != Algorithm::Customer;
    if fits { Ok(()) } else { Err(unfit()) }
}

/// The version that answers speak of: none in a bucket that never kept versions.
fn version(request: &Request<'_>, world: &World, object: &Object) -> Result<Option<String>> {
    Ok(shelf::version_of(bucket(request, world)?, object))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAnnotation.html>
pub(super) fn put(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (object, name) = asked(request, world, "PUT")?;
    if object.encryption.algorithm == Algorithm::Customer {
        return Err(unfit());
    }
    if name.len() > NAME {
        let text = "The annotation name exceeds 512 bytes.";
        return Err(Error::new("AnnotationNameTooLong", text).at("AnnotationName"));
    }
    if name.is_empty() || name.chars().any(char::is_control) {
        let text = "The annotation name you provided is invalid.";
        return Err(Error::new("InvalidAnnotationName", text).at("AnnotationName"));
    }
    let bytes = params.blob(field::ANNOTATION_PAYLOAD).unwrap_or_default();
    if bytes.is_empty() || bytes.len() > PAYLOAD {
        let text = "An annotation's payload has from 1 byte to 1 MiB.";
        return Err(invalid_request(text).at("AnnotationPayload"));
    }
    if std::str::from_utf8(bytes).is_err() {
        let text = "The annotation payload must be UTF-8 text.";
        return Err(Error::new("UnsupportedMediaType", text)
            .with_status(415)
            .at("AnnotationPayload"));
    }
    if object.annotations.len() >= MOST && !object.annotations.contains_key(name) {
        let text = "The request would exceed the maximum number of annotations allowed per object.";
        return Err(Error::new("AnnotationLimitExceeded", text));
    }
    checksums::check_md5(params, bytes)?;
    let body = Body::from(bytes);
    let annotation = Annotation {
        checksum: checksums::choose(params, &body)?,
        etag: checksums::md5(bytes),
        modified: put::seconds(world.now),
        body,
    };
    let answer = Structure::new()
        .with(field::KEY, put::key(params)?)
        .with(field::ANNOTATION_NAME, name)
        .with_some(field::OBJECT_VERSION_ID, version(request, world, object)?)
        .with(field::E_TAG, format!("\"{}\"", annotation.etag))
        .with(field::SERVER_SIDE_ENCRYPTION, object.encryption.algorithm.name());
    let answer = checksums::show(answer, &annotation.checksum);
    let (home, key, name) = (bucket(request, world)?.name.clone(), put::key(params)?, name.to_owned());
    shelf::amend(world, &home, key, params.text(field::VERSION_ID), |object| {
        object.annotations.insert(name, annotation);
    });
    Ok(answer)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAnnotation.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (object, name) = asked(request, world, "GET")?;
    let found = object.annotations.get(name).ok_or_else(|| absent(name))?;
    let answer = Structure::new()
        .with(
            field::ANNOTATION_PAYLOAD,
            Value::Blob(found.body.copy(0, found.body.len())),
        )
        .with_some(field::OBJECT_VERSION_ID, version(request, world, object)?)
        .with(field::LAST_MODIFIED, found.modified)
        .with(field::CONTENT_LENGTH, found.body.len() as i64)
        .with(field::E_TAG, format!("\"{}\"", found.etag))
        .with(field::SERVER_SIDE_ENCRYPTION, object.encryption.algorithm.name());
    let shows = request.params.text(field::CHECKSUM_MODE) == Some("ENABLED");
    Ok(if shows {
        checksums::show(answer, &found.checksum)
    } else {
        answer
    })
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectAnnotations.html>: by name; a page's token is the last name
/// of the page before.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let (object, _) = asked(request, world, "GET")?;
    let most = params.integer(field::MAX_ANNOTATION_RESULTS).unwrap_or(PAGE);
    if !(1..=PAGE).contains(&most) {
        let text = "max-annotation-results must be between 1 and 1000";
        return Err(invalid_argument(text, "max-annotation-results", most));
    }
    let (prefix, after) = (
        params.text(field::ANNOTATION_PREFIX).unwrap_or_default(),
        params.text(field::CONTINUATION_TOKEN).unwrap_or_default(),
    );
    let mut found = object
        .annotations
        .iter()
        .filter(|(name, _)| name.starts_with(prefix) && name.as_str() > after);
    let page: Vec<_> = found.by_ref().take(usize::try_from(most).unwrap_or(0)).collect();
    let more = found.next().is_some();
    let shown: Vec<Structure> = page
        .iter()
        .map(|(name, one)| {
            Structure::new()
                .with(field::ANNOTATION_NAME, name.as_str())
                .with(field::LAST_MODIFIED, one.modified)
                .with(field::E_TAG, format!("\"{}\"", one.etag))
                .with(field::CHECKSUM_ALGORITHM, vec![one.checksum.0.clone()])
                .with(field::SIZE, one.body.len() as i64)
        })
        .collect();
    let next = page.last().filter(|_| more).map(|(name, _)| name.as_str());
    Ok(Structure::new()
        .with(field::ANNOTATION_COUNT, shown.len() as i64)
        .with(field::ANNOTATIONS, shown)
        .with(field::BUCKET, bucket(request, world)?.name.as_str())
        .with(field::KEY, put::key(params)?)
        .with_some(field::OBJECT_VERSION_ID, version(request, world, object)?)
        .with_some(field::ANNOTATION_PREFIX, params.text(field::ANNOTATION_PREFIX))
        .with(field::MAX_ANNOTATION_RESULTS, most)
        .with_some(field::CONTINUATION_TOKEN, params.text(field::CONTINUATION_TOKEN))
        .with_some(field::NEXT_CONTINUATION_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectAnnotation.html>: one that is not there is gone as well.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (object, name) = asked(request, world, "DELETE")?;
    let answer = Structure::new().with_some(field::OBJECT_VERSION_ID, version(request, world, object)?);
    let (home, key, name) = (bucket(request, world)?.name.clone(), put::key(params)?, name.to_owned());
    shelf::amend(world, &home, key, params.text(field::VERSION_ID), |object| {
        object.annotations.remove(&name);
    });
    Ok(answer)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html>: another key of KMS's, without a copy. The
/// ETag stays what it is.
pub(super) fn update_encryption(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (key, wanted) = (put::key(params)?, params.text(field::VERSION_ID));
    let row = bucket(request, world)?;
    let object = shelf::object(row, key, wanted, "PUT")?;
    if matches!(object.encryption.algorithm, Algorithm::Customer | Algorithm::Dual) {
        let text = "The encryption of objects that are encrypted with SSE-C or DSSE-KMS cannot be updated.";
        return Err(invalid_request(text).at("ObjectEncryption"));
    }
    let given = params
        .structure(field::OBJECT_ENCRYPTION)
        .and_then(|given| given.structure(field::SSEKMS));
    let given = given.ok_or_else(|| super::errors::malformed_xml("ObjectEncryption.SSEKMS"))?;
    let arn = given.text(field::KMS_KEY_ARN_).unwrap_or_default();
    if !arn.starts_with("arn:aws:kms:") || !arn.contains(":key/") {
        return Err(invalid_argument("Invalid KMS key ARN", "KMSKeyArn", arn));
    }
    let new = encryption::by_key(arn, given.boolean(field::BUCKET_KEY_ENABLED) == Some(true));
    let home = row.name.clone();
    shelf::amend(world, &home, key, wanted, |object| object.encryption = new);
    Ok(Structure::new())
}

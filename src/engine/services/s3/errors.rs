//! S3's errors that more than one operation answers, with what their XML says besides code and text.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use crate::base::error::{Error, Result};
use crate::world::objects::Object;
use stratus_model::{Name, Structure};

/// `AccessDenied`.
pub(super) fn access_denied() -> Error {
    Error::new("AccessDenied", "Access Denied").with_status(403)
}

/// `MethodNotAllowed`. `kind`: what the method is not for, `BUCKET` or `OBJECT`.
pub fn not_allowed(method: &str, kind: &str) -> Error {
    let text = "The specified method is not allowed against this resource.";
    let error = Error::new("MethodNotAllowed", text).with_status(405);
    error.detail("Method", method).detail("ResourceType", kind)
}

/// `NoSuchBucket`.
pub(super) fn no_such_bucket(name: &str) -> Error {
    Error::new("NoSuchBucket", "The specified bucket does not exist")
        .with_status(404)
        .at("Bucket")
        .detail("BucketName", name)
}

/// `NoSuchKey`.
pub(super) fn no_such_key(key: &str) -> Error {
    Error::new("NoSuchKey", "The specified key does not exist.")
        .with_status(404)
        .at("Key")
        .detail("Key", key)
}

/// `NoSuchVersion`.
pub(super) fn no_such_version(key: &str, version: &str) -> Error {
    Error::new("NoSuchVersion", "The specified version does not exist.")
        .with_status(404)
        .at("VersionId")
        .detail("Key", key)
        .detail("VersionId", version)
}

/// `NoSuchUpload`.
pub(super) fn no_such_upload(id: &str) -> Error {
    let text = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted \
                or completed.";
    Error::new("NoSuchUpload", text)
        .with_status(404)
        .at("UploadId")
        .detail("UploadId", id)
}

/// `InvalidArgument`.
pub(super) fn invalid_argument(text: impl Into<String>, name: &str, value: impl std::fmt::Display) -> Error {
    Error::new("InvalidArgument", text)
        .at(name)
        .detail("ArgumentName", name)
        .detail("ArgumentValue", value)
}

/// `InvalidRequest`.
pub(super) fn invalid_request(text: impl Into<String>) -> Error {
    Error::new("InvalidRequest", text)
}

/// `MalformedXML`.
pub(super) fn malformed_xml(at: &str) -> Error {
    let text = "The XML you provided was not well-formed or did not validate against our published schema";
    Error::new("MalformedXML", text).at(at)
}

/// `InvalidObjectState` of an object in an archive.
pub(super) fn archived(object: &Object) -> Error {
    let text = match object.access_tier().archive() {
        Some(_) => "The operation is not valid for the object's access tier",
        None => "The operation is not valid for the object's storage class",
    };
    let error = Error::new("InvalidObjectState", text)
        .with_status(403)
        .remedy("Restore it first: RestoreObject.")
        .detail("StorageClass", &object.storage_class);
    match object.access_tier().archive() {
        Some(tier) => error.detail("AccessTier", tier),
        None => error,
    }
}

/// What a bucket has not been given: 404 with its own code.
pub(super) fn not_set(code: &'static str, text: &'static str, bucket: &str) -> Error {
    Error::new(code, text).with_status(404).detail("BucketName", bucket)
}

/// `NotImplemented`.
pub(crate) fn header_not_implemented() -> Error {
    let text = "A header you provided implies functionality that is not implemented";
    Error::new("NotImplemented", text).with_status(501)
}

/// `IllegalLocationConstraintException`. `which`: the Region, or `unspecified`.
pub(super) fn illegal_location(which: &str) -> Error {
    let text = format!(
        "The {which} location constraint is incompatible for the region specific endpoint this request was sent to."
    );
    Error::new("IllegalLocationConstraintException", text)
}

/// `NotImplemented`: what is asked for is not simulated.
pub(super) fn not_implemented(params: &Structure, names: &[Name]) -> Result<()> {
    match names.iter().find(|name| params.contains(**name)) {
        Some(name) => Err(header_not_implemented()
            .at(name.text())
            .remedy(format!("{} is not simulated: leave it out.", name.text()))
            .detail("Header", name.text())),
        None => Ok(()),
    }
}

/// An error as a HEAD request shows it: without a body, so the status stands for the code.
pub(super) fn headless(error: Error) -> Error {
    let (code, text) = match error.status {
        304 => ("304", "Not Modified"),
        403 => ("403", "Forbidden"),
        404 => ("404", "Not Found"),
        405 => ("405", "Method Not Allowed"),
        412 => ("412", "Precondition Failed"),
        416 => ("416", "Requested Range Not Satisfiable"),
        501 => ("501", "Not Implemented"),
        _ => ("400", "Bad Request"),
    };
    let why = if error.remedy.is_empty() {
        error.message
    } else {
        format!("{} {}", error.message, error.remedy)
    };
    Error {
        code,
        message: text.to_owned(),
        remedy: why,
        ..error
    }
}

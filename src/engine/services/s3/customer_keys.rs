//! Encryption with keys that the customer brings along and S3 does not keep (SSE-C): only the MD5 of the key stays, and whoever
//! reads must bring the same key. Bytes are never really encrypted in this world.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html>

use super::errors::{access_denied, invalid_argument, invalid_request};
use crate::base::error::{Error, Result};
use crate::world::objects::{Algorithm, Encryption};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use md5::{Digest, Md5};
use stratus_model::{Name, Structure, field};

/// Bytes of a key of AES-256.
const KEY_BYTES: usize = 32;

/// The members that bring a key: algorithm, key, the key's MD5.
type Names = (Name, Name, Name);

/// Those of the object that a call is about.
pub(super) const OWN: Names = (
    field::SSE_CUSTOMER_ALGORITHM,
    field::SSE_CUSTOMER_KEY,
    field::SSE_CUSTOMER_KEY_MD5,
);

/// Those of the object that is copied.
pub(super) const SOURCE: Names = (
    field::COPY_SOURCE_SSE_CUSTOMER_ALGORITHM,
    field::COPY_SOURCE_SSE_CUSTOMER_KEY,
    field::COPY_SOURCE_SSE_CUSTOMER_KEY_MD5,
);

/// The MD5 of the key that a call brings, in base64; `None` where it brings none.
///
/// # Errors
/// `InvalidArgument`, `InvalidEncryptionAlgorithmError`.
pub(super) fn given(params: &Structure, names: Names) -> Result<Option<String>> {
    let header = "x-amz-server-side-encryption";
    let (algorithm, key) = (params.text(names.0), params.text(names.1));
    let key = match (algorithm, key) {
        (None, None) => return Ok(None),
        (None, Some(_)) => {
            let text = "Requests specifying Server Side Encryption with Customer provided keys must provide a valid \
                        encryption algorithm.";
            return Err(invalid_argument(text, header, "null"));
        }
        (Some("AES256"), Some(key)) => key,
        (Some("AES256"), None) => {
            let text = "Requests specifying Server Side Encryption with Customer provided keys must provide an \
                        appropriate secret key.";
            return Err(invalid_argument(text, header, "null"));
        }
        (Some(_), _) => {
            let text = "The encryption request you specified is not valid. The valid value is AES256.";
            return Err(Error::new("InvalidEncryptionAlgorithmError", text).at(names.0.text()));
        }
    };
    let Some(bytes) = BASE64.decode(key).ok().filter(|bytes| bytes.len() == KEY_BYTES) else {
        let text = "The secret key was invalid for the specified algorithm.";
        return Err(invalid_argument(text, header, "null"));
    };
    let sum = BASE64.encode(Md5::digest(bytes));
    if params.text(names.2).is_some_and(|said| said != sum) {
        let text = "The calculated MD5 hash of the key did not match the hash that was provided.";
        return Err(invalid_argument(text, header, "null"));
    }
    Ok(Some(sum))
}

/// How an object is encrypted by the key that a call brings, if it brings one.
///
/// # Errors
/// As [`given`]; `InvalidArgument` beside another kind of encryption.
pub(super) fn chosen(params: &Structure) -> Result<Option<Encryption>> {
    let Some(sum) = given(params, OWN)? else {
        return Ok(None);
    };
    if let Some(other) = params.text(field::SERVER_SIDE_ENCRYPTION) {
        let text = "Server Side Encryption with Customer provided key is incompatible with the encryption method \
                    specified";
        return Err(invalid_argument(text, "x-amz-server-side-encryption", other));
    }
    Ok(Some(Encryption {
        algorithm: Algorithm::Customer,
        key: Some(sum),
        bucket_key: false,
    }))
}

/// Whether a call brings the key that an object or an upload needs, and none where it needs none.
///
/// # Errors
/// `InvalidRequest`; `AccessDenied` for another key; as [`given`].
pub(super) fn admit(params: &Structure, names: Names, encryption: &Encryption) -> Result<()> {
    let needed = encryption
        .key
        .as_ref()
        .filter(|_| encryption.algorithm == Algorithm::Customer);
    match (needed, given(params, names)?) {
        (None, None) => Ok(()),
        (Some(needed), Some(given)) if *needed == given => Ok(()),
        (Some(_), Some(_)) => Err(access_denied().remedy("It was encrypted with another key.")),
        (Some(_), None) => Err(invalid_request(
            "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to \
             retrieve the object.",
        )),
        (None, Some(_)) => Err(invalid_request(
            "The encryption parameters are not applicable to this object.",
        )),
    }
}

//! How objects are encrypted: what a bucket does by itself, and what a call asks for. Every object is encrypted at rest;
//! keys that customers bring along are in [`customer_keys`].
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html>

use super::errors::{invalid_argument, malformed_xml};
use super::{bucket, customer_keys, settings};
use crate::base::error::{Error, Result};
use crate::base::uuid;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Algorithm, Bucket, Encryption};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use stratus_model::{Structure, field};

/// How an object that a call puts will be encrypted: as the call says, else as the bucket does.
///
/// # Errors
/// `InvalidArgument`, `NotImplemented`.
pub(super) fn chosen(params: &Structure, bucket: &Bucket, world: &World) -> Result<Encryption> {
    let context = params.text(field::SSEKMS_ENCRYPTION_CONTEXT);
    if let Some(own) = customer_keys::chosen(params)? {
        return context.map_or(Ok(own), |text| Err(no_context(text)));
    }
    let key = params.text(field::SSEKMS_KEY_ID);
    let default = &bucket.settings.encryption;
    let algorithm = match params.text(field::SERVER_SIDE_ENCRYPTION) {
        None if key.is_some() => {
            let text = "Server Side Encryption with AWS KMS managed key requires HTTP header \
                        x-amz-server-side-encryption : aws:kms or aws:kms:dsse";
            return Err(invalid_argument(text, "x-amz-server-side-encryption", "null"));
        }
        None => default.algorithm,
        Some("AES256") if key.is_some() => {
            let text = "Server Side Encryption with AWS KMS managed key requires HTTP header \
                        x-amz-server-side-encryption : aws:kms or aws:kms:dsse";
            return Err(invalid_argument(text, "x-amz-server-side-encryption", "AES256"));
        }
        Some("AES256") => Algorithm::S3,
        Some("aws:kms") => Algorithm::Kms,
        Some("aws:kms:dsse") => Algorithm::Dual,
        Some(other) => {
            let text = "The encryption method specified is not supported";
            return Err(invalid_argument(text, "x-amz-server-side-encryption", other));
        }
    };
    if algorithm == Algorithm::S3 {
        return context.map_or(Ok(Encryption::default()), |text| Err(no_context(text)));
    }
    if let Some(text) = context.filter(|text| !is_context(text)) {
        let why = "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a \
                   string-string map";
        return Err(invalid_argument(why, CONTEXT, text).at("SSEKMSEncryptionContext"));
    }
    let own = default.key.as_deref().filter(|_| default.algorithm == algorithm);
    Ok(Encryption {
        algorithm,
        key: Some(key_arn(world, bucket, key.or(own))),
        bucket_key: params.boolean(field::BUCKET_KEY_ENABLED).unwrap_or(default.bucket_key)
            && algorithm == Algorithm::Kms,
    })
}

/// Names the header of an encryption context.
const CONTEXT: &str = "x-amz-server-side-encryption-context";

/// An encryption context where no key of KMS's encrypts.
fn no_context(text: &str) -> Error {
    let why = "The header 'x-amz-server-side-encryption-context' is only supported with server-side encryption with AWS KMS keys";
    invalid_argument(why, CONTEXT, text).at("SSEKMSEncryptionContext")
}

/// Whether a text is an encryption context: a map of texts as JSON, in base64.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context>
fn is_context(text: &str) -> bool {
    let bytes = BASE64_STANDARD.decode(text).unwrap_or_default();
    serde_json::from_slice::<BTreeMap<String, String>>(&bytes).is_ok()
}

/// [`show`], with the encryption context of a call that writes. It goes into KMS's own log, which is not simulated, and S3 tells it
/// to nobody who reads.
pub(super) fn show_written(answer: Structure, encryption: &Encryption, params: &Structure) -> Structure {
    let context = params.text(field::SSEKMS_ENCRYPTION_CONTEXT);
    show(answer, encryption).with_some(field::SSEKMS_ENCRYPTION_CONTEXT, context)
}

/// The ARN of a key: as given, or of this account and Region; without one AWS's own key for S3, whose id follows from both
/// (ours).
fn key_arn(world: &World, bucket: &Bucket, key: Option<&str>) -> String {
    let arn = |resource: &str| format!("arn:aws:kms:{}:{}:{resource}", bucket.region.name(), world.account());
    match key {
        Some(key) if key.starts_with("arn:") => key.to_owned(),
        Some(key) if key.starts_with("alias/") || key.starts_with("key/") => arn(key),
        Some(key) => arn(&format!("key/{key}")),
        None => {
            let digest = Sha256::digest(format!("aws/s3:{}:{}", world.account(), bucket.region.name()));
            let id = uuid::text(uuid::of_hash(&digest));
            arn(&format!("key/{id}"))
        }
    }
}

/// Encryption with a key of KMS's, by its ARN.
pub(super) fn by_key(arn: &str, bucket_key: bool) -> Encryption {
    Encryption {
        algorithm: Algorithm::Kms,
        key: Some(arn.to_owned()),
        bucket_key,
    }
}

/// Puts what an answer says of encryption into it.
pub(super) fn show(answer: Structure, encryption: &Encryption) -> Structure {
    if encryption.algorithm == Algorithm::Customer {
        return answer
            .with(field::SSE_CUSTOMER_ALGORITHM, encryption.algorithm.name())
            .with_some(field::SSE_CUSTOMER_KEY_MD5, encryption.key.as_deref());
    }
    answer
        .with(field::SERVER_SIDE_ENCRYPTION, encryption.algorithm.name())
        .with_some(field::SSEKMS_KEY_ID, encryption.key.as_deref())
        .with_some(field::BUCKET_KEY_ENABLED, Some(true).filter(|_| encryption.bucket_key))
}

/// The ETag of an object: the MD5 of its bytes, but with keys of KMS's something else (ours: the key's name goes in).
pub(super) fn etag(encryption: &Encryption, md5: String) -> String {
    match &encryption.key {
        Some(key) => super::checksums::md5(format!("{key}:{md5}").as_bytes()),
        None => md5,
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html>
pub(super) fn put(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    let rules: Vec<&Structure> = request
        .params
        .structure(field::SERVER_SIDE_ENCRYPTION_CONFIGURATION)
        .into_iter()
        .flat_map(|given| given.structures(field::RULES))
        .collect();
    let [rule] = rules[..] else {
        return Err(malformed_xml("ServerSideEncryptionConfiguration.Rules"));
    };
    let by_default = rule.structure(field::APPLY_SERVER_SIDE_ENCRYPTION_BY_DEFAULT);
    let key = by_default.and_then(|rule| rule.text(field::KMS_MASTER_KEY_ID));
    let algorithm = match by_default.and_then(|rule| rule.text(field::SSE_ALGORITHM)) {
        Some("aws:kms") => Algorithm::Kms,
        Some("aws:kms:dsse") => Algorithm::Dual,
        Some("AES256") | None if key.is_none() => Algorithm::S3,
        Some("AES256") | None => {
            let text = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
            return Err(invalid_argument(text, "KMSMasterKeyID", key.unwrap_or_default()));
        }
        Some(_) => return Err(malformed_xml("ServerSideEncryptionConfiguration.Rules")),
    };
    let encryption = Encryption {
        algorithm,
        key: key.map(str::to_owned),
        bucket_key: rule.boolean(field::BUCKET_KEY_ENABLED) == Some(true),
    };
    settings(world, &name, "encryption", |settings| settings.encryption = encryption);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let kept = &bucket(request, world)?.settings.encryption;
    let by_default = Structure::new()
        .with(field::SSE_ALGORITHM, kept.algorithm.name())
        .with_some(field::KMS_MASTER_KEY_ID, kept.key.as_deref());
    let rule = Structure::new()
        .with(field::APPLY_SERVER_SIDE_ENCRYPTION_BY_DEFAULT, by_default)
        .with(field::BUCKET_KEY_ENABLED, kept.bucket_key);
    let rules = Structure::new().with(field::RULES, vec![rule]);
    Ok(Structure::new().with(field::SERVER_SIDE_ENCRYPTION_CONFIGURATION, rules))
}

/// Back to S3's keys: no bucket is without encryption.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let name = bucket(request, world)?.name.clone();
    settings(world, &name, "encryption", |settings| {
        settings.encryption = Encryption::default()
    });
    Ok(Structure::new())
}

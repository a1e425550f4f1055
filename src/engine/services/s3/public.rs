//! What everybody may do with a bucket: by its policy or by an access control list, unless Block Public Access is in the way.
//! Decides the calls that nobody signed, and no others.
//!
//! Conditions of a policy are asked of what the request says of itself ([`Visit`]) and of what it is about.
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html> (who may not list hears 403 of a key that is not there).

use super::request_keys::Question;
pub use super::request_keys::{Signer, Through, Visit};
use super::{acl, documents, encryption, meaning, named_bucket, shelf};
use crate::services::iam::statements::{decide, items};
use crate::world::World;
use crate::world::objects::{Algorithm, Bucket, Ownership};
use serde_json::Value;
use stratus_model::{Structure, field};

/// Calls that nobody can make without keys, whatever a bucket says.
const SIGNED_ONLY: [&str; 12] = [
    "AbortMultipartUpload",
    "CompleteMultipartUpload",
    "CopyObject",
    "CreateBucket",
    "CreateMultipartUpload",
    "DeleteBucket",
    "DeleteObjects",
    "ListBuckets",
    "PutBucketAcl",
    "PutObjectAcl",
    "UploadPart",
    "UploadPartCopy",
];

/// Whether somebody without keys gets the same answer to a call as the owner. So he does for a bucket that there is not.
pub fn may_call(world: &World, operation: &str, params: &Structure, visit: &Visit) -> bool {
    if SIGNED_ONLY.contains(&operation) {
        return false;
    }
    let Ok(bucket) = named_bucket(world, params.text(field::BUCKET).unwrap_or_default()) else {
        return true;
    };
    if documents::requester_pays(bucket) {
        return false;
    }
    let may = |operation: &str| match by_policy(world, bucket, operation, params, visit) {
        Some(allowed) => allowed,
        None => by_list(bucket, operation, params),
    };
    let open = may(operation);
    let key = params.text(field::KEY).unwrap_or_default();
    let hidden = || {
        let absent = !key.is_empty() && shelf::object(bucket, key, params.text(field::VERSION_ID), "GET").is_err();
        absent && !may("ListObjectsV2")
    };
    open && (operation == "PutObject" || operation == "DeleteObject" || !hidden())
}

/// Whether a call is about an object that a KMS key encrypts, which only those that sign with Signature Version 4 may make.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>
pub fn wants_version_4(world: &World, operation: &str, params: &Structure) -> bool {
    let Ok(bucket) = named_bucket(world, params.text(field::BUCKET).unwrap_or_default()) else {
        return false;
    };
    let key = params.text(field::KEY).unwrap_or_default();
    let encryption = match operation {
        "GetObject" | "HeadObject" => shelf::object(bucket, key, params.text(field::VERSION_ID), "GET")
            .ok()
            .map(|object| object.encryption.clone()),
        "PutObject" | "CreateMultipartUpload" => encryption::chosen(params, bucket, world).ok(),
        _ => None,
    };
    encryption.is_some_and(|encryption| matches!(encryption.algorithm, Algorithm::Kms | Algorithm::Dual))
}

/// What the bucket's policy says; `None` = nothing.
fn by_policy(world: &World, bucket: &Bucket, operation: &str, params: &Structure, visit: &Visit) -> Option<bool> {
    let text = bucket.settings.policy.as_deref()?;
    let policy = serde_json::from_str(text).ok()?;
    let allowed = says(world, bucket, &policy, operation, params, visit)?;
    let restricted = bucket.settings.public_access.is_some_and(|access| access.restrict);
    Some(allowed && !(restricted && meaning::is_public(&policy)))
}

/// What a policy says to everybody of a call, whatever else the bucket has; `None` = nothing.
pub(super) fn says(
    world: &World,
    bucket: &Bucket,
    policy: &Value,
    operation: &str,
    params: &Structure,
    visit: &Visit,
) -> Option<bool> {
    let question = Question::to(world, bucket, operation, params, visit);
    decide(policy, &question.asked(), &is_everybody)
}

/// Whether a `Principal` means somebody without keys: `"*"`, `{"AWS": "*"}`, or a list with it.
pub(super) fn is_everybody(principal: &Value) -> bool {
    let star = |value: &Value| value.as_str() == Some("*");
    star(principal) || items(principal.get("AWS")).iter().any(star)
}

/// What the access control lists say.
fn by_list(bucket: &Bucket, operation: &str, params: &Structure) -> bool {
    let off = bucket.settings.ownership == Some(Ownership::BucketOwnerEnforced)
        || bucket.settings.public_access.is_some_and(|access| access.ignore_acls);
    if off {
        return false;
    }
    let key = params.text(field::KEY).unwrap_or_default();
    let of_object = || shelf::object(bucket, key, params.text(field::VERSION_ID), "GET").ok();
    let (list, permission) = match operation {
        "GetObject" | "HeadObject" => (of_object().map(|object| &object.acl), "READ"),
        "GetObjectAcl" => (of_object().map(|object| &object.acl), "READ_ACP"),
        "HeadBucket" | "ListObjects" | "ListObjectsV2" | "ListObjectVersions" => (Some(&bucket.settings.acl), "READ"),
        "GetBucketAcl" => (Some(&bucket.settings.acl), "READ_ACP"),
        "PutObject" | "DeleteObject" => (Some(&bucket.settings.acl), "WRITE"),
        _ => (None, ""),
    };
    list.is_some_and(|list| acl::grants_everybody(list, permission, false))
}

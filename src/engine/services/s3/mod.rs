//! S3: buckets and objects. This file routes, and holds what its calls share: finding buckets, errors, meters.
//!
//! A call is carried out in whatever Region it is made: the redirect that S3 answers it with in a wrong one, and that SDKs
//! and the command line follow, is the endpoint's ([`requests::redirect`]). S3 is strongly consistent. Reads are not billed: they change nothing (`fees`).

mod access;
mod acl;
mod actions;
pub mod analytics;
mod annotations;
mod appointments;
mod attributes;
mod bound;
mod buckets;
mod checksums;
mod conditions;
mod copy;
pub mod cors;
mod customer_keys;
pub(crate) mod dates;
pub mod decide;
mod delete;
mod documents;
mod elder;
mod encryption;
mod endpoint_policy;
mod errors;
mod fees;
mod get;
pub mod inventory;
pub mod lifecycle;
mod list;
mod lock;
mod meaning;
mod mfa_delete;
mod multipart;
pub mod named;
mod names;
pub mod notify;
mod policy;
pub mod presigned;
pub mod public;
mod put;
mod refused;
mod replication;
pub mod reports;
mod request_keys;
pub mod requests;
pub mod restore;
mod role_policies;
mod shelf;
mod tagging;
pub mod tiers;
mod versions;
pub mod website;

use super::{Handler, Request};
use crate::base::error::Result;
use crate::catalog::Region;
use crate::clock::{Pending, Step};
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::objects::{Bucket, Settings};
pub(crate) use bound::admit;
pub(crate) use errors::header_not_implemented;
pub use errors::not_allowed;
use errors::{access_denied, no_such_bucket};
use sha2::{Digest, Sha256};
use std::rc::Rc;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateBucket" => Write(buckets::create_bucket),
        "DeleteBucket" => Write(buckets::delete_bucket),
        "HeadBucket" => Read(buckets::head_bucket),
        "ListBuckets" => Read(buckets::list_buckets),
        "GetBucketLocation" => Read(buckets::get_bucket_location),
        "PutBucketTagging" => Write(tagging::put_bucket_tagging),
        "GetBucketTagging" => Read(tagging::get_bucket_tagging),
        "DeleteBucketTagging" => Write(tagging::delete_bucket_tagging),
        "PutObject" => Write(put::put_object),
        "DeleteObject" => Write(delete::delete_object),
        "DeleteObjects" => Write(delete::delete_objects),
        "CopyObject" => Write(copy::copy_object),
        "GetObject" => Read(get::get_object),
        "HeadObject" => Read(get::head_object),
        "ListObjects" => Read(list::list_objects),
        "ListObjectsV2" => Read(list::list_objects_v2),
        other => return rarer(other),
    })
}

/// Those that a first look at S3 does not need.
fn rarer(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "PutBucketVersioning" => Write(versions::put),
        "GetBucketVersioning" => Read(versions::get),
        "ListObjectVersions" => Read(versions::list),
        "GetObjectAttributes" => Read(attributes::get),
        "CreateMultipartUpload" => Write(multipart::create),
        "UploadPart" => Write(multipart::parts::upload),
        "UploadPartCopy" => Write(multipart::parts::copy),
        "CompleteMultipartUpload" => Write(multipart::complete::complete),
        "AbortMultipartUpload" => Write(multipart::abort),
        "ListMultipartUploads" => Read(multipart::list::uploads),
        "ListParts" => Read(multipart::list::parts),
        "PutObjectTagging" => Write(tagging::put_object_tagging),
        "GetObjectTagging" => Read(tagging::get_object_tagging),
        "DeleteObjectTagging" => Write(tagging::delete_object_tagging),
        "PutBucketAcl" => Write(acl::put_bucket),
        "GetBucketAcl" => Read(acl::get_bucket),
        "PutObjectAcl" => Write(acl::put_object),
        "GetObjectAcl" => Read(acl::get_object),
        "PutBucketOwnershipControls" => Write(access::put_ownership),
        "GetBucketOwnershipControls" => Read(access::get_ownership),
        "DeleteBucketOwnershipControls" => Write(access::delete_ownership),
        "PutPublicAccessBlock" => Write(access::put_block),
        "GetPublicAccessBlock" => Read(access::get_block),
        "DeletePublicAccessBlock" => Write(access::delete_block),
        "PutBucketPolicy" => Write(access::put_policy),
        "GetBucketPolicy" => Read(access::get_policy),
        "DeleteBucketPolicy" => Write(access::delete_policy),
        "GetBucketPolicyStatus" => Read(access::policy_status),
        "PutBucketEncryption" => Write(encryption::put),
        "GetBucketEncryption" => Read(encryption::get),
        "DeleteBucketEncryption" => Write(encryption::delete),
        "PutBucketLifecycleConfiguration" => Write(lifecycle::put),
        "GetBucketLifecycleConfiguration" => Read(lifecycle::get),
        "DeleteBucketLifecycle" => Write(lifecycle::delete),
        "PutBucketCors" => Write(documents::put_cors),
        "GetBucketCors" => Read(documents::get_cors),
        "DeleteBucketCors" => Write(documents::delete_cors),
        "PutBucketWebsite" => Write(documents::put_website),
        "GetBucketWebsite" => Read(documents::get_website),
        "DeleteBucketWebsite" => Write(documents::delete_website),
        "PutBucketLogging" => Write(documents::put_logging),
        "GetBucketLogging" => Read(documents::get_logging),
        "PutBucketNotificationConfiguration" => Write(documents::put_notification),
        "GetBucketNotificationConfiguration" => Read(documents::get_notification),
        "PutBucketAccelerateConfiguration" => Write(documents::put_accelerate),
        "GetBucketAccelerateConfiguration" => Read(documents::get_accelerate),
        "PutBucketRequestPayment" => Write(documents::put_request_payment),
        "GetBucketRequestPayment" => Read(documents::get_request_payment),
        "RestoreObject" => Write(restore::restore_object),
        "PutObjectLockConfiguration" => Write(lock::put_configuration),
        "GetObjectLockConfiguration" => Read(lock::get_configuration),
        "PutObjectRetention" => Write(lock::put_retention),
        "GetObjectRetention" => Read(lock::get_retention),
        "PutObjectLegalHold" => Write(lock::put_legal_hold),
        "GetObjectLegalHold" => Read(lock::get_legal_hold),
        other => return rarest(other).or_else(|| named::handler(other)),
    })
}

/// Those that few programs make: elder forms, annotations, attributes of late.
fn rarest(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "PutBucketLifecycle" => Write(elder::put_lifecycle),
        "GetBucketLifecycle" => Read(elder::get_lifecycle),
        "PutBucketNotification" => Write(elder::put_notification),
        "GetBucketNotification" => Read(elder::get_notification),
        "PutObjectAnnotation" => Write(annotations::put),
        "GetObjectAnnotation" => Read(annotations::get),
        "ListObjectAnnotations" => Read(annotations::list),
        "DeleteObjectAnnotation" => Write(annotations::delete),
        "UpdateObjectEncryption" => Write(annotations::update_encryption),
        "PutBucketAbac" => Write(documents::put_abac),
        "GetBucketAbac" => Read(documents::get_abac),
        "ListDirectoryBuckets" => Read(buckets::list_directory_buckets),
        "SelectObjectContent" => Read(refused::select),
        "GetObjectTorrent" => Read(refused::torrent),
        "RenameObject" => Read(refused::rename),
        "CreateSession" => Read(refused::session),
        _ => return None,
    })
}

/// A bucket's pending work: its lifecycle rules, replication, reports about it, or a restoration.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    match pending.step {
        Step::Reap => lifecycle::run::act(world, pending),
        Step::Modify => replication::run::act(world, pending),
        Step::Progress => reports::act(world, pending),
        Step::Tier => tiers::act(world, pending),
        _ => restore::ready(world, pending),
    }
}

/// Whether the copy of the archived object that a RestoreObject names is still to come.
pub fn is_being_restored(world: &World, params: &Structure) -> bool {
    let name = params.text(field::BUCKET).unwrap_or_default();
    let (key, version) = (
        params.text(field::KEY).unwrap_or_default(),
        params.text(field::VERSION_ID),
    );
    let object = named_bucket(world, name).and_then(|row| shelf::object(row, key, version, "POST"));
    object.is_ok_and(|object| restore::is_archived(object, world.now))
}

/// The account's canonical id, which follows from its number (ours).
fn canonical_id(world: &World) -> String {
    let digest = Sha256::digest(format!("canonical:{}", world.account()));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A member of the answer that names the owner.
fn owner(world: &World) -> Structure {
    Structure::new().with(field::ID_, canonical_id(world))
}

/// The bucket that a call names.
///
/// # Errors
/// `InvalidBucketName`, `NoSuchBucket`; `AccessDenied` for somebody else's, and where ExpectedBucketOwner is another.
fn bucket<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Bucket> {
    let name = request.params.text(field::BUCKET).unwrap_or_default();
    buckets::expected_owner(world, request.params.text(field::EXPECTED_BUCKET_OWNER))?;
    named_bucket(world, name)
}

/// The bucket of this name.
fn named_bucket<'w>(world: &'w World, name: &str) -> Result<&'w Bucket> {
    if let Some(bucket) = world.s3.buckets.get(&name.to_owned()) {
        return Ok(bucket);
    }
    if !names::is_valid(name) {
        return Err(names::invalid(name));
    }
    if names::is_taken(name) {
        return Err(access_denied().remedy("The bucket belongs to somebody else."));
    }
    Err(no_such_bucket(name))
}

/// Changes what a bucket is set to, and notes it.
fn settings(world: &mut World, name: &str, what: &str, change: impl FnOnce(&mut Settings)) {
    let region = world.s3.buckets.get_mut(&name.to_owned()).map(|row| {
        change(Rc::make_mut(&mut row.settings));
        row.region
    });
    if let Some(region) = region {
        note(world, region, format!("{what} of s3://{name} changed"));
    }
}

/// Notes in the journal what a call did to a bucket or an object, which have names instead of ids.
fn note(world: &mut World, region: Region, text: String) {
    let event = Event {
        at: world.now,
        region: Some(region),
        resource: None,
        text: text.into(),
        cause: Cause::Call(world.calls),
    };
    world.journal.note(event);
}

/// Tells whom a bucket's notifications name what a call did to an object, and replication: bucket, key, and the version where it is named.
fn happened(request: &Request<'_>, world: &mut World, name: &str, (bucket, key, version): (&str, &str, Option<&str>)) {
    let happening = notify::Happening {
        name,
        bucket,
        key,
        version,
        who: Some(request.principal.user_id.as_str()),
    };
    notify::tell(world, Cause::Call(world.calls), &happening);
    replication::run::after(world, name, bucket, key, version);
}

/// Text of a URL without its percent escapes; `None`: they mean no text.
pub(crate) fn unescaped(text: &str) -> Option<String> {
    copy::decode(text)
}

/// A bucket's policy with these statements besides; `None`: what is there has no list of statements to add to. `id`: of a new policy.
pub(crate) fn extended_policy(there: Option<&str>, id: &str, own: Vec<serde_json::Value>) -> Option<String> {
    policy::extended(there, id, own)
}

/// Writes the unique id of somebody who is gone in the place of their ARN into the policies of buckets, so that these mean nobody.
#[inline(never)]
pub(crate) fn forget(world: &mut World, arn: &str, id: &str) {
    let rows = world.s3.buckets.rows();
    let named: Vec<(String, String)> = rows
        .filter_map(|row| {
            let text = policy::without(row.settings.policy.as_deref()?, arn, id)?;
            Some((row.name.clone(), text))
        })
        .collect();
    for (name, text) in named {
        settings(world, &name, "a principal of the policy", |settings| {
            settings.policy = Some(text)
        });
    }
}

/// Puts what a service of AWS writes for the account into a bucket.
///
/// # Errors
/// `NoSuchBucket`, `KeyTooLongError`, `EntityTooLarge`.
pub(crate) fn deliver(world: &mut World, bucket: &str, key: &str, bytes: &[u8], cause: Cause) -> Result<()> {
    put::deliver(world, bucket, key, bytes, cause)
}

/// The bytes of an object, the current one or a version of it; `None`: there is none.
pub(crate) fn stored(world: &World, bucket: &str, key: &str, version: Option<&str>) -> Option<Vec<u8>> {
    let row = world.s3.buckets.get(&bucket.to_owned())?;
    let object = shelf::object(row, key, version, "GET").ok()?;
    Some(object.body.copy(0, object.body.len()))
}

/// The CRC-32 of bytes, as gzip and S3 have it.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    checksums::crc32(bytes)
}

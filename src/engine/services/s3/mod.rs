//! S3: buckets and objects. This file routes, and holds what its calls share: finding buckets, errors, meters.
//!
//! Every Region's endpoint serves every bucket here: real S3 answers a call to the wrong Region with a redirect, which
//! the SDKs and the command line follow. S3 is strongly consistent. Reads are not billed: they change nothing (ours).

mod buckets;
mod checksums;
mod conditions;
mod copy;
mod get;
mod list;
mod names;
mod put;
mod tagging;

use super::{Handler, Request};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::storage::{Bucket, Object};
use crate::world::usage::{Measure, Meter, Subject};
use sha2::{Digest, Sha256};
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
        "DeleteObject" => Write(put::delete_object),
        "DeleteObjects" => Write(put::delete_objects),
        "CopyObject" => Write(copy::copy_object),
        "GetObject" => Read(get::get_object),
        "HeadObject" => Read(get::head_object),
        "ListObjects" => Read(list::list_objects),
        "ListObjectsV2" => Read(list::list_objects_v2),
        _ => return None,
    })
}

/// A member of the answer that names the owner: the account's canonical id, which follows from its number (ours).
fn owner(world: &World) -> Structure {
    let digest = Sha256::digest(format!("canonical:{}", world.account()));
    let id: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Structure::new().with(field::ID_, id)
}

/// The bucket that a call names.
///
/// # Errors
/// `InvalidBucketName`, `NoSuchBucket`; `AccessDenied` for somebody else's, and where ExpectedBucketOwner is another.
fn bucket<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Bucket> {
    let name = request.params.text(field::BUCKET).unwrap_or_default();
    if request
        .params
        .text(field::EXPECTED_BUCKET_OWNER)
        .is_some_and(|owner| owner != world.account())
    {
        return Err(access_denied());
    }
    named_bucket(world, name)
}

/// The bucket of this name.
fn named_bucket<'w>(world: &'w World, name: &str) -> Result<&'w Bucket> {
    if let Some(bucket) = world.s3.buckets.get(&name.to_owned()) {
        return Ok(bucket);
    }
    if !names::is_valid(name) {
        return Err(names::invalid());
    }
    if names::is_taken(name) {
        return Err(access_denied());
    }
    let text = "The specified bucket does not exist";
    Err(Error::new("NoSuchBucket", text).with_status(404).at("Bucket"))
}

/// `AccessDenied`.
fn access_denied() -> Error {
    Error::new("AccessDenied", "Access Denied")
        .with_status(403)
        .remedy("The bucket belongs to somebody else.")
}

/// `NoSuchKey`.
fn no_such_key() -> Error {
    Error::new("NoSuchKey", "The specified key does not exist.")
        .with_status(404)
        .at("Key")
}

/// `NotImplemented`: what is asked for is not simulated.
fn not_implemented(params: &Structure, names: &[stratus_model::Name]) -> Result<()> {
    match names.iter().find(|name| params.contains(**name)) {
        Some(name) => {
            let text = "A header you provided implies functionality that is not implemented";
            Err(Error::new("NotImplemented", text)
                .with_status(501)
                .at(name.text())
                .remedy(format!("{} is not simulated: leave it out.", name.text())))
        }
        None => Ok(()),
    }
}

/// The only version of an object that is not versioned.
///
/// # Errors
/// `NoSuchVersion`, `InvalidArgument`.
fn only_version(params: &Structure) -> Result<()> {
    match params.text(field::VERSION_ID) {
        None | Some("null") => Ok(()),
        Some(text) if text.len() >= 16 => Err(Error::new("NoSuchVersion", "The specified version does not exist.")
            .with_status(404)
            .at("VersionId")),
        Some(_) => Err(Error::new("InvalidArgument", "Invalid version id specified").at("VersionId")),
    }
}

/// Puts an object in its place and keeps the sums and the meters of the bucket true.
fn store(world: &mut World, bucket: &str, key: &str, object: Object) {
    let text = format!("s3://{bucket}/{key} put: {} bytes", object.body.len());
    change(world, bucket, |bucket| {
        let size = object.body.len() as i64;
        *bucket.stored.entry(object.storage_class.clone()).or_default() += size;
        if let Some(before) = bucket.objects.get(&key.to_owned()) {
            *bucket.stored.entry(before.storage_class.clone()).or_default() -= before.body.len() as i64;
        }
        bucket.objects.insert(key.to_owned(), object);
    });
    note_in(world, bucket, text);
}

/// Takes an object away, if there is one.
fn discard(world: &mut World, bucket: &str, key: &str) {
    let mut found = false;
    change(world, bucket, |bucket| {
        if let Some(before) = bucket.objects.get(&key.to_owned()).cloned() {
            *bucket.stored.entry(before.storage_class).or_default() -= before.body.len() as i64;
            found = bucket.objects.remove(&key.to_owned());
        }
    });
    if found {
        note_in(world, bucket, format!("s3://{bucket}/{key} deleted"));
    }
}

fn note_in(world: &mut World, bucket: &str, text: String) {
    if let Some(region) = world.s3.buckets.get(&bucket.to_owned()).map(|row| row.region) {
        note(world, region, text);
    }
}

fn change(world: &mut World, name: &str, change: impl FnOnce(&mut Bucket)) {
    let now = world.now;
    let Some(bucket) = world.s3.buckets.get_mut(&name.to_owned()) else {
        return;
    };
    change(bucket);
    let region = bucket.region;
    let sums: Vec<(String, i64)> = bucket
        .stored
        .iter()
        .map(|(class, bytes)| (class.clone(), *bytes))
        .collect();
    bucket.stored.retain(|_, bytes| *bytes != 0);
    for (class, quantity) in sums {
        let (subject, measure) = (stored_subject(name, &class), Measure::ObjectStorage);
        world.usage.change(Meter {
            subject,
            region,
            measure,
            rate: class,
            quantity,
            from: now,
            to: None,
        });
    }
}

/// Whose meter the bytes of a storage class are.
fn stored_subject(bucket: &str, class: &str) -> Subject {
    Subject::Named(match class {
        "STANDARD" => format!("s3://{bucket}"),
        other => format!("s3://{bucket} ({other})"),
    })
}

/// Notes in the journal what a call did to a bucket or an object, which have names instead of ids.
fn note(world: &mut World, region: Region, text: String) {
    let event = Event {
        at: world.now,
        region: Some(region),
        resource: None,
        text,
        cause: Cause::Call(world.calls),
    };
    world.journal.note(event);
}

/// Counts a request of the dearer kind: PUT, COPY, POST, LIST.
fn count_put(world: &mut World, bucket: &str, region: Region) {
    let now = world.now;
    world
        .usage
        .count(Subject::Named(format!("s3://{bucket}")), region, "PUT", 1, now);
}

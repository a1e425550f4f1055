//! What calls to S3 cost besides the bytes that lie in a bucket: requests by the class that they write to, bytes that are
//! retrieved out of a class, bytes that leave a Region, and what is left of the least time of a class that an object leaves early.
//! Requests that only read are never counted here: they change nothing, so no meter could remember them (ours). That
//! goes for the data that they carry, too, and for the storage of the copy that a restoration makes for some days (ours).
//!
//! Whoever else asks is no account of this world: what others would be billed for in a bucket whose requesters pay stands on nobody's
//! bill here, and the account pays for its own requests to its buckets either way.
//! Source: <https://aws.amazon.com/s3/pricing/>, <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html>

use crate::base::time::Time;
use crate::catalog::{Region, prices};
use crate::world::World;
use crate::world::objects::Object;
use crate::world::usage::{ANALYSIS, Measure, Meter, Subject, second};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Storage that is charged although it will not be used: classes, and bytes × seconds.
pub(super) type Early = Vec<(String, i64)>;

/// Whose the costs of a bucket are.
fn bucket_subject(bucket: &str) -> Subject {
    Subject::Named(format!("s3://{bucket}"))
}

/// Counts a request of the dearer kind, PUT, COPY, POST or LIST, which writes to a storage class.
pub(super) fn put(world: &mut World, bucket: &str, region: Region, class: &str) {
    // Classes that cost what Standard does need no line of their own; the others have a least time, too.
    let rate = match prices::least_days(class) > 0 {
        true => format!("PUT/{class}"),
        false => "PUT".to_owned(),
    };
    let now = world.now;
    world.usage.count(bucket_subject(bucket), region, &rate, 1, now);
}

/// Tells how many objects of a bucket Intelligent-Tiering watches from now on.
pub(super) fn watched(world: &mut World, bucket: &str, region: Region, count: i64) {
    monitored(world, bucket_subject(bucket), region, "", count);
}

/// Tells how many objects an analysis of a bucket watches from now on. They are counted once a day (ours).
pub(super) fn analysed(world: &mut World, (bucket, region): (&str, Region), id: &str, count: i64) {
    let subject = Subject::Named(format!("s3://{bucket} (analysis {id})"));
    monitored(world, subject, region, ANALYSIS, count);
}

fn monitored(world: &mut World, subject: Subject, region: Region, rate: &str, quantity: i64) {
    let now = world.now;
    world.usage.change(Meter {
        subject,
        region,
        measure: Measure::ObjectMonitoring,
        rate: rate.to_owned(),
        quantity,
        from: now,
        to: None,
    });
}

/// Counts the request by which a lifecycle rule moves an object.
pub(super) fn transition(world: &mut World, bucket: &str, class: &str) {
    let Some(region) = region_of(world, bucket) else { return };
    let now = world.now;
    let rate = format!("TRANSITION/{class}");
    world.usage.count(bucket_subject(bucket), region, &rate, 1, now);
}

/// Counts a RestoreObject, and the bytes that it brings; a copy that is there already brings none.
pub(super) fn restored(world: &mut World, (bucket, region): (&str, Region), object: (&str, usize), tier: &str) {
    let (class, bytes) = object;
    let (now, rate) = (world.now, format!("{class}/{tier}"));
    let request = format!("RESTORE/{rate}");
    world.usage.count(bucket_subject(bucket), region, &request, 1, now);
    tally(world, (bucket, region), Measure::Retrieval, &rate, bytes);
}

/// Counts what a copy takes out of a bucket: a retrieval where its class has a price for that, and data to another Region.
pub(super) fn copied(world: &mut World, from: &str, class: &str, bytes: usize, to: Region) {
    let Some(region) = region_of(world, from) else { return };
    if prices::retrieval(class).is_some() {
        tally(world, (from, region), Measure::Retrieval, class, bytes);
    }
    if region != to {
        tally(world, (from, region), Measure::Data, "regions", bytes);
    }
}

fn tally(world: &mut World, (bucket, region): (&str, Region), measure: Measure, rate: &str, bytes: usize) {
    let (now, bytes) = (world.now, i64::try_from(bytes).unwrap_or(i64::MAX));
    if bytes > 0 {
        let subject = bucket_subject(bucket);
        world.usage.tally(subject, region, measure, rate, bytes, now);
    }
}

fn region_of(world: &World, bucket: &str) -> Option<Region> {
    world.s3.buckets.get(&bucket.to_owned()).map(|row| row.region)
}

/// Since when an object is in its class.
pub(super) fn since(object: &Object) -> Time {
    object.moved.unwrap_or(object.modified)
}

/// Notes that so many bytes leave their class, by a deletion, by another object in the place or by a move: what is missing to
/// the least time of the class, in bytes × seconds.
pub(super) fn leaves((class, size): (&str, i64), since: Time, now: Time, early: &mut Early) {
    let least = prices::least_days(class).saturating_mul(DAY);
    let missing = least - (second(now) - second(since)).max(0);
    if missing > 0 {
        let billed = prices::billed_bytes(class, size);
        early.push((class.to_owned(), billed.saturating_mul(missing)));
    }
}

/// Counts what [`leaves`] has noted.
pub(super) fn left_early(world: &mut World, bucket: &str, early: Early) {
    if early.is_empty() {
        return;
    }
    let Some(region) = region_of(world, bucket) else { return };
    let now = world.now;
    for (class, usage) in early {
        let rate = format!("{class} early");
        let (subject, measure) = (bucket_subject(bucket), Measure::EarlyDeletion);
        world.usage.tally(subject, region, measure, &rate, usage, now);
    }
}

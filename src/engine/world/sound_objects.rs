//! The part of the integrity check that walks S3: sums, versions, ids. Reads only.

use super::World;
use super::objects::{Bucket, Object, newest_first};
use super::tiers::LISTED;
use super::usage::{Measure, Subject};
use std::collections::BTreeMap;

/// Every fault of S3's rows, in words.
pub(super) fn check(world: &World, faults: &mut Vec<String>) {
    for (id, name) in world.s3.by_id.iter() {
        if world.s3.buckets.get(name).is_none_or(|bucket| bucket.id != Some(*id)) {
            faults.push(format!("{id} is not the id of s3://{name}"));
        }
    }
    for bucket in world.s3.buckets.rows() {
        check_sums(world, bucket, faults);
        check_versions(bucket, faults);
        if bucket.id.is_some_and(|id| !world.s3.by_id.contains(&id)) {
            faults.push(format!("the id of s3://{} is not indexed", bucket.name));
        }
        if bucket.planned.is_some_and(|planned| planned < world.now) {
            faults.push(format!("the lifecycle of s3://{} is overdue", bucket.name));
        }
    }
}

/// What is stored is what the sums say, and what the meters count.
fn check_sums(world: &World, bucket: &Bucket, faults: &mut Vec<String>) {
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    let mut watched = 0;
    let older = bucket.versions.rows().filter_map(|version| version.object.as_ref());
    for object in bucket.objects.rows().chain(older) {
        let weight = object.weight();
        *found.entry(weight.class).or_default() += weight.bytes;
        *found.entry(LISTED.to_owned()).or_default() += weight.listed;
        watched += weight.watched;
    }
    if watched != bucket.watched {
        let counted = bucket.watched;
        faults.push(format!(
            "s3://{} has {watched} watched objects, counted {counted}",
            bucket.name
        ));
    }
    for upload in bucket.uploads.rows() {
        let bytes: usize = upload.parts.rows().map(|part| part.body.len()).sum();
        *found.entry(upload.class().to_owned()).or_default() += bytes as i64;
    }
    found.retain(|_, bytes| *bytes != 0);
    if found != bucket.stored {
        faults.push(format!(
            "s3://{} stores {found:?}, counted {:?}",
            bucket.name, bucket.stored
        ));
    }
    let key = (Subject::Named(format!("s3://{}", bucket.name)), Measure::ObjectStorage);
    let running = world.usage.running.get(&key);
    let metered = running
        .and_then(|number| world.usage.meters.get(number))
        .map_or(0, |meter| meter.quantity);
    let standard = bucket.stored.get(LISTED).copied().unwrap_or(0);
    if metered != standard {
        faults.push(format!(
            "s3://{} stores {standard} bytes, metered {metered}",
            bucket.name
        ));
    }
}

/// The newest version is the current object or a delete marker, and each other one was superseded.
fn check_versions(bucket: &Bucket, faults: &mut Vec<String>) {
    let mut last = None;
    for ((key, place), version) in bucket.versions.iter() {
        let newest = last != Some(key) && !bucket.objects.contains(key);
        let name = format!("s3://{}/{key}", bucket.name);
        if newest != version.superseded.is_none() {
            faults.push(format!("{name}: a version is the newest ({newest}) and says otherwise"));
        }
        if newest && version.object.is_some() {
            faults.push(format!("{name}: the newest version is an object that no GET finds"));
        }
        let is_later = |object: &Object| newest_first(object.order) < *place;
        if !bucket.objects.get(key).is_none_or(is_later) {
            faults.push(format!("{name}: an older version is newer than the current one"));
        }
        last = Some(key);
    }
    if bucket.versioning.is_off() && !bucket.versions.is_empty() {
        faults.push(format!("s3://{} never kept versions, and has some", bucket.name));
    }
}

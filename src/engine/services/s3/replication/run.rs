//! Replication over time: what a call has put, tagged or marked as deleted goes to the other bucket a while later. Existing objects are
//! not replicated, nor what lies in an archive, nor replicas, nor deletions of versions, nor what lifecycle rules do.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html>

use super::super::appointments::{bucket_of, identify};
use super::super::{fees, notify, shelf};
use super::goals;
use crate::base::time::{Span, Time};
use crate::clock::{self, Pending, Step};
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::objects::{Algorithm, DocumentKind, Object, Versioning};
use crate::world::replicas::{Replica, Replicated, Replicating};

/// How long a replication takes (ours; AWS: most objects within 15 minutes).
const TAKES: Span = Span::seconds(15);
const SOURCE: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html";
/// Classes out of which nothing is replicated.
const ARCHIVES: [&str; 2] = ["GLACIER", "DEEP_ARCHIVE"];

fn cause() -> Cause {
    Cause::Clock {
        rule: "What is put into a bucket with a replication rule is copied to the other bucket a while later.".into(),
        source: SOURCE.into(),
    }
}

/// A call has changed an object: what has to be replicated of that is put into line. `event`: as notifications name it.
pub(in super::super) fn after(world: &mut World, event: &str, bucket: &str, key: &str, version: Option<&str>) {
    let row = world.s3.buckets.get(&bucket.to_owned());
    if row.is_none_or(|row| !row.settings.documents.contains_key(&DocumentKind::Replication)) {
        return;
    }
    if event.starts_with("ObjectCreated:") {
        created(world, bucket, key);
    } else if event == "ObjectRemoved:DeleteMarkerCreated" {
        marked(world, bucket, key);
    } else if event.starts_with("ObjectTagging:") {
        tagged(world, bucket, key, version);
    }
}

fn created(world: &mut World, bucket: &str, key: &str) {
    let Some(row) = world.s3.buckets.get(&bucket.to_owned()) else {
        return;
    };
    let Some(object) = row.objects.get(&key.to_owned()) else {
        return;
    };
    if ARCHIVES.contains(&object.storage_class.as_str()) {
        return;
    }
    let (goals, version) = (goals(row, key, Some(object)), object.version.clone());
    let Some(version) = version.filter(|_| !goals.is_empty()) else {
        return;
    };
    show(world, bucket, key, &version, Replicated::Pending);
    for goal in goals {
        let what = Replica::Object {
            class: goal.class,
            key: goal.key,
        };
        line_up(world, bucket, (key, &version), goal.bucket, what);
    }
}

fn marked(world: &mut World, bucket: &str, key: &str) {
    let Some(row) = world.s3.buckets.get(&bucket.to_owned()) else {
        return;
    };
    let marker = shelf::older(row, key)
        .next()
        .and_then(|(_, version)| version.id.clone());
    let Some(version) = marker else { return };
    for goal in goals(row, key, None) {
        line_up(world, bucket, (key, &version), goal.bucket, Replica::Marker);
    }
}

/// Tags go to the replicas that are there.
fn tagged(world: &mut World, bucket: &str, key: &str, version: Option<&str>) {
    let Some(row) = world.s3.buckets.get(&bucket.to_owned()) else {
        return;
    };
    let Ok(object) = shelf::object(row, key, version, "GET") else {
        return;
    };
    let replicated = matches!(object.replication, Some(Replicated::Completed | Replicated::Pending));
    let Some(version) = object.version.clone().filter(|_| replicated) else {
        return;
    };
    for goal in goals(row, key, Some(object)) {
        line_up(world, bucket, (key, &version), goal.bucket, Replica::Tags);
    }
}

/// Puts what is to go to a bucket in line.
fn line_up(world: &mut World, bucket: &str, (key, version): (&str, &str), to: String, what: Replica) {
    let id = identify(world, bucket);
    let due = world.now + TAKES;
    let item = Replicating {
        key: key.to_owned(),
        version: version.to_owned(),
        what,
        to,
        due,
    };
    let Some(row) = world.s3.buckets.get_mut(&bucket.to_owned()) else {
        return;
    };
    let last = row.replicating.iter().next_back().map(|(key, _)| *key);
    let sequence = last.map_or(0, |(_, sequence)| sequence + 1);
    let region = row.region;
    row.replicating.insert((due, sequence), item);
    // One moment of the clock does all that is due then.
    if last.is_none_or(|(at, _)| at != due) {
        clock::schedule(world, due - world.now, region, id, Step::Modify);
    }
}

/// Sets what a version's answers say of its replication.
fn show(world: &mut World, bucket: &str, key: &str, version: &str, state: Replicated) {
    shelf::amend(world, bucket, key, Some(version), |object| {
        object.replication = Some(state)
    });
}

/// The moment has come for what stands first in a bucket's line: all of it that is due.
pub(in super::super) fn act(world: &mut World, pending: &Pending) {
    let Some(name) = bucket_of(world, pending) else {
        return;
    };
    let now = world.now;
    let Some(row) = world.s3.buckets.get_mut(&name) else {
        return;
    };
    let line = row.replicating.range(..=(now, u64::MAX));
    let (keys, due): (Vec<(Time, u64)>, Vec<Replicating>) = line.map(|(key, item)| (*key, item.clone())).unzip();
    for key in &keys {
        row.replicating.remove(key);
    }
    for (place, item) in due.iter().enumerate() {
        let Some(object) = source(world, &name, item) else {
            continue;
        };
        let fault = carry_out(world, &name, item, object);
        if matches!(item.what, Replica::Object { .. }) {
            // The destinations of a version stand side by side: one call has put them into line.
            let waits = due.get(place + 1).is_some_and(|other| other.is_same_version(item));
            finish(world, &name, item, fault.is_some(), waits);
        }
        if let Some(why) = fault {
            failed(world, &name, item, &why);
        }
    }
}

/// What is to be replicated, if it is still there: the object, or nothing of a delete marker.
fn source(world: &World, bucket: &str, item: &Replicating) -> Option<Option<Object>> {
    let row = world.s3.buckets.get(&bucket.to_owned())?;
    match (shelf::find(row, &item.key, Some(&item.version)).ok()?, &item.what) {
        (shelf::Found::Object(object), Replica::Object { .. } | Replica::Tags) => Some(Some(object.clone())),
        (shelf::Found::Marker(_), Replica::Marker) => Some(None),
        _ => None,
    }
}

/// Why an object cannot be replicated to a bucket.
fn obstacle(world: &World, item: &Replicating, object: Option<&Object>) -> Option<String> {
    let Some(to) = world.s3.buckets.get(&item.to) else {
        return Some(format!("the bucket {} is gone", item.to));
    };
    if to.versioning != Versioning::Enabled {
        return Some(format!("the bucket {} does not keep versions", item.to));
    }
    let locked = object.is_some_and(|object| object.lock.retention.is_some() || object.lock.legal_hold == Some(true));
    if locked && to.settings.lock.is_none() {
        return Some(format!("the bucket {} has no Object Lock", item.to));
    }
    None
}

/// Does one thing; why it could not be done.
fn carry_out(world: &mut World, from: &str, item: &Replicating, object: Option<Object>) -> Option<String> {
    if let Some(why) = obstacle(world, item, object.as_ref()) {
        return Some(why);
    }
    let there = |world: &World| {
        let row = world.s3.buckets.get(&item.to);
        row.is_some_and(|row| shelf::find(row, &item.key, Some(&item.version)).is_ok())
    };
    match (&item.what, object) {
        (Replica::Tags, Some(object)) if there(world) => {
            shelf::amend(world, &item.to, &item.key, Some(&item.version), |copy| {
                copy.tags = object.tags
            });
        }
        (Replica::Marker, _) if !there(world) => {
            shelf::mark(world, &item.to, &item.key, Some(item.version.clone()), cause());
        }
        (Replica::Object { class, key }, Some(object)) if !there(world) => {
            let bytes = object.body.len();
            let read = object.storage_class.clone();
            let mut copy = Object {
                replication: Some(Replicated::Replica),
                moved: None,
                restore: None,
                ..object
            };
            copy.storage_class = class.clone().unwrap_or(copy.storage_class);
            if matches!(copy.encryption.algorithm, Algorithm::Kms | Algorithm::Dual) {
                copy.encryption.key = key.clone().or(copy.encryption.key);
            }
            store(world, from, item, copy, (&read, bytes));
        }
        _ => {}
    }
    None
}

fn store(world: &mut World, from: &str, item: &Replicating, copy: Object, (read, bytes): (&str, usize)) {
    let class = copy.storage_class.clone();
    shelf::store_as(world, &item.to, &item.key, copy, Some(item.version.clone()), cause());
    if let Some(region) = world.s3.buckets.get(&item.to).map(|row| row.region) {
        fees::put(world, &item.to, region, &class);
        fees::copied(world, from, read, bytes, region);
    }
    let happening = notify::Happening {
        name: "ObjectCreated:Put",
        bucket: &item.to,
        key: &item.key,
        version: None,
        who: None,
    };
    notify::tell(world, cause(), &happening);
}

/// What the source says of itself then: failed where one destination failed, completed when all have it.
fn finish(world: &mut World, bucket: &str, item: &Replicating, failed: bool, waits: bool) {
    if failed {
        return show(world, bucket, &item.key, &item.version, Replicated::Failed);
    }
    let row = world.s3.buckets.get(&bucket.to_owned());
    let pending = row
        .and_then(|row| shelf::object(row, &item.key, Some(&item.version), "GET").ok())
        .is_some_and(|object| object.replication == Some(Replicated::Pending));
    if pending && !waits {
        show(world, bucket, &item.key, &item.version, Replicated::Completed);
    }
}

fn failed(world: &mut World, bucket: &str, item: &Replicating, why: &str) {
    let said = format!("s3://{bucket}/{} not replicated: {why}", item.key);
    shelf::note_for(world, bucket, said, cause());
    let happening = notify::Happening {
        name: "Replication:OperationFailedReplication",
        bucket,
        key: &item.key,
        version: Some(&item.version),
        who: None,
    };
    notify::tell(world, cause(), &happening);
}

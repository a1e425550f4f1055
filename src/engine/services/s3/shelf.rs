//! The only functions that put objects into a bucket or take them out: versions, delete markers, the sums of what is stored
//! and the meters of the bill stay true here and nowhere else.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html>

use super::errors::{access_denied, invalid_argument, no_such_key, no_such_version};
use super::{analytics, fees, lifecycle, tiers};
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::base::time::Time;
use crate::world::World;
use crate::world::analyses::Analysis;
use crate::world::journal::{Cause, Event};
use crate::world::objects::{Bucket, Object, Version, Versioning, newest_first};
use crate::world::table::Table;
use crate::world::tiers::LISTED;
use crate::world::usage::{Measure, Meter, Subject};
use rand_chacha::rand_core::RngCore;
use std::collections::BTreeMap;

/// Characters of version ids (as seen in AWS's).
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

/// Characters of a version id (as seen in AWS's).
const VERSION_LENGTH: usize = 32;

/// What a version is.
pub(super) enum Found<'w> {
    /// An object.
    Object(&'w Object),
    /// A delete marker.
    Marker(&'w Version),
}

/// What a deletion did.
#[derive(Default)]
pub(super) struct Deleted {
    /// Whether a delete marker was made, or the version that went was one.
    pub marker: bool,
    /// The marker's version, or that which went.
    pub version: Option<String>,
}

/// A random name of so many characters.
pub(super) fn random_name(world: &mut World, stream: Stream, length: usize) -> String {
    let mut bytes = vec![0; length];
    world.random.next(stream).fill_bytes(&mut bytes);
    let letter = |byte: &u8| {
        let letter = ALPHABET.get(usize::from(byte & 63)).copied().unwrap_or(b'_');
        char::from(letter)
    };
    bytes.iter().map(letter).collect()
}

/// A version's id as answers show it.
pub(super) fn shown_id(id: Option<&String>) -> String {
    id.cloned().unwrap_or_else(|| "null".to_owned())
}

/// The version id that answers about an object show: none in a bucket that never kept versions.
pub(super) fn version_of(bucket: &Bucket, object: &Object) -> Option<String> {
    (!bucket.versioning.is_off()).then(|| shown_id(object.version.as_ref()))
}

/// The versions of a key that are not the current object, the newest first.
pub(super) fn older<'w>(bucket: &'w Bucket, key: &str) -> impl DoubleEndedIterator<Item = (u64, &'w Version)> {
    let range = (key.to_owned(), 0)..=(key.to_owned(), u64::MAX);
    bucket
        .versions
        .range(range)
        .map(|((_, place), version)| (*place, version))
}

/// The place of the newest of them that fits.
fn place_of(bucket: &Bucket, key: &str, fits: impl Fn(&Version) -> bool) -> Option<u64> {
    older(bucket, key)
        .find(|(_, version)| fits(version))
        .map(|(place, _)| place)
}

/// What lies under a key: the version that is named, else the newest.
///
/// # Errors
/// `NoSuchKey`, `NoSuchVersion`, `InvalidArgument`.
pub(super) fn find<'w>(bucket: &'w Bucket, key: &str, version: Option<&str>) -> Result<Found<'w>> {
    let Some(wanted) = version else {
        if let Some(object) = bucket.objects.get(&key.to_owned()) {
            return Ok(Found::Object(object));
        }
        let newest = older(bucket, key).next().map(|(_, version)| version);
        return Err(match newest {
            Some(marker) => no_such_key(key)
                .detail("x-amz-delete-marker", true)
                .detail("x-amz-version-id", shown_id(marker.id.as_ref())),
            None => no_such_key(key),
        });
    };
    let is_it = |id: Option<&String>| id.map_or("null", String::as_str) == wanted;
    if let Some(object) = bucket
        .objects
        .get(&key.to_owned())
        .filter(|o| is_it(o.version.as_ref()))
    {
        return Ok(Found::Object(object));
    }
    match older(bucket, key).find(|(_, version)| is_it(version.id.as_ref())) {
        Some((_, version)) => Ok(version.object.as_ref().map_or(Found::Marker(version), Found::Object)),
        None if wanted == "null" || wanted.len() >= 16 => Err(no_such_version(key, wanted)),
        None => Err(invalid_argument("Invalid version id specified", "versionId", wanted)),
    }
}

/// The object that a call about one means.
///
/// # Errors
/// As [`find`]; `MethodNotAllowed` for a delete marker.
pub(super) fn object<'w>(bucket: &'w Bucket, key: &str, version: Option<&str>, method: &str) -> Result<&'w Object> {
    match find(bucket, key, version)? {
        Found::Object(object) => Ok(object),
        Found::Marker(marker) => {
            let text = "The specified method is not allowed against this resource.";
            Err(Error::new("MethodNotAllowed", text)
                .with_status(405)
                .remedy("This version is a delete marker: it can only be deleted.")
                .detail("Method", method)
                .detail("ResourceType", "DeleteMarker")
                .detail("x-amz-delete-marker", true)
                .detail("x-amz-version-id", shown_id(marker.id.as_ref()))
                .detail("allow", "DELETE"))
        }
    }
}

/// Changes an object in place, its tags, its ACL, its class: the version that is named, else the current one.
pub(super) fn amend(world: &mut World, name: &str, key: &str, version: Option<&str>, edit: impl FnOnce(&mut Object)) {
    let now = world.now;
    alter(world, name, |bucket, early| {
        let is_it = |id: Option<&String>| version.is_none_or(|wanted| id.map_or("null", String::as_str) == wanted);
        let current = bucket
            .objects
            .get(&key.to_owned())
            .filter(|o| is_it(o.version.as_ref()));
        let is_current = current.is_some();
        let place = place_of(bucket, key, |row| {
            version.is_some() && row.object.is_some() && is_it(row.id.as_ref())
        });
        let Parts {
            objects,
            versions,
            mut scales,
        } = apart(bucket);
        let row = if is_current {
            objects.get_mut(&key.to_owned())
        } else {
            place
                .and_then(|place| versions.get_mut(&(key.to_owned(), place)))
                .and_then(|version| version.object.as_mut())
        };
        let Some(object) = row else { return };
        scales.weigh(key, object, -1);
        let (class, size, since) = (object.storage_class.clone(), object.size(), fees::since(object));
        edit(object);
        if object.storage_class != class {
            fees::leaves((&class, size), since, now, early);
            object.moved = Some(now);
            object.tiering = None;
        }
        scales.weigh(key, object, 1);
    });
    lifecycle::run::touch(world, name, key);
    tiers::touch(world, name, key);
}

/// Puts an object in its place. The version that it is, where the bucket keeps versions.
pub(super) fn store(world: &mut World, name: &str, key: &str, object: Object) -> Option<String> {
    let cause = Cause::Call(world.calls);
    store_for(world, name, key, object, cause)
}

/// [`store`] for another cause than the call under way.
pub(super) fn store_for(world: &mut World, name: &str, key: &str, object: Object, cause: Cause) -> Option<String> {
    store_as(world, name, key, object, None, cause)
}

/// [`store_for`] of a replica, which has the version of what it is a replica of.
pub(super) fn store_as(
    world: &mut World,
    name: &str,
    key: &str,
    mut object: Object,
    version: Option<String>,
    cause: Cause,
) -> Option<String> {
    let text = format!("s3://{name}/{key} put: {} bytes", object.body.len());
    let now = world.now;
    let fresh = match version {
        Some(version) => Some(version),
        None => fresh_version(world, name),
    };
    object.version = fresh.clone();
    object.tiering = None;
    alter(world, name, |bucket, early| {
        make_room(bucket, key, now, early);
        if bucket.versioning.is_off() {
            forget(bucket, key, now, early);
        } else {
            bucket.sequence += 1;
            object.order = bucket.sequence;
        }
        apart(bucket).scales.weigh(key, &object, 1);
        bucket.objects.insert(key.to_owned(), object);
    });
    note_for(world, name, text, cause);
    lifecycle::run::touch(world, name, key);
    tiers::touch(world, name, key);
    analytics::uploaded(world, name, key);
    crate::services::ec2::uploaded(world);
    fresh
}

fn fresh_version(world: &mut World, name: &str) -> Option<String> {
    let versioning = world.s3.buckets.get(&name.to_owned())?.versioning;
    (versioning == Versioning::Enabled).then(|| random_name(world, Stream::Versions, VERSION_LENGTH))
}

/// In a bucket that keeps versions: what is there becomes noncurrent, but for a `null` that a new `null` replaces.
fn make_room(bucket: &mut Bucket, key: &str, now: Time, early: &mut fees::Early) {
    if bucket.versioning.is_off() {
        return;
    }
    if bucket.versioning == Versioning::Suspended {
        if bucket.objects.get(&key.to_owned()).is_some_and(|o| o.version.is_none()) {
            forget(bucket, key, now, early);
        }
        if let Some(place) = place_of(bucket, key, |version| version.id.is_none()) {
            drop_version(bucket, key, place, now, early);
        }
    }
    if let Some(object) = bucket.objects.get(&key.to_owned()).cloned() {
        bucket.objects.remove(&key.to_owned());
        let version = Version {
            id: object.version.clone(),
            modified: object.modified,
            superseded: Some(now),
            object: Some(object),
        };
        let order = version.object.as_ref().map_or(0, |object| object.order);
        bucket.versions.insert((key.to_owned(), newest_first(order)), version);
    } else if let Some(place) = place_of(bucket, key, |_| true)
        && let Some(marker) = bucket.versions.get_mut(&(key.to_owned(), place))
    {
        marker.superseded = Some(now);
    }
}

/// Takes the current object away without a trace.
fn forget(bucket: &mut Bucket, key: &str, now: Time, early: &mut fees::Early) -> bool {
    let Parts {
        objects, mut scales, ..
    } = apart(bucket);
    let Some(object) = objects.get(&key.to_owned()) else {
        return false;
    };
    fees::leaves((&object.storage_class, object.size()), fees::since(object), now, early);
    scales.weigh(key, object, -1);
    objects.remove(&key.to_owned());
    true
}

fn drop_version(bucket: &mut Bucket, key: &str, place: u64, now: Time, early: &mut fees::Early) {
    let row = (key.to_owned(), place);
    let Parts {
        versions, mut scales, ..
    } = apart(bucket);
    let object = versions.get(&row).and_then(|version| version.object.as_ref());
    if let Some(object) = object {
        fees::leaves((&object.storage_class, object.size()), fees::since(object), now, early);
        scales.weigh(key, object, -1);
    }
    versions.remove(&row);
}

/// After the newest version went: the next one is what a GET finds.
fn promote(bucket: &mut Bucket, key: &str) {
    if bucket.objects.contains(&key.to_owned()) {
        return;
    }
    let Some((place, object)) = older(bucket, key)
        .next()
        .map(|(place, version)| (place, version.object.clone()))
    else {
        return;
    };
    let row = (key.to_owned(), place);
    match object {
        Some(object) => {
            bucket.versions.remove(&row);
            bucket.objects.insert(key.to_owned(), object);
        }
        None => {
            if let Some(marker) = bucket.versions.get_mut(&row) {
                marker.superseded = None;
            }
        }
    }
}

/// Deletes: without a version the current object, which leaves a delete marker where versions are kept; with one that
/// version for good. What is not there is no error.
///
/// # Errors
/// `AccessDenied` for a version that is locked, `InvalidArgument` for what is no version id.
pub(super) fn delete(world: &mut World, name: &str, key: &str, version: Option<&str>, bypass: bool) -> Result<Deleted> {
    let Some(bucket) = world.s3.buckets.get(&name.to_owned()) else {
        return Ok(Deleted::default());
    };
    let Some(wanted) = version else {
        return Ok(delete_current(world, name, key));
    };
    let marker = match find(bucket, key, version) {
        Ok(Found::Marker(_)) => true,
        Ok(Found::Object(object)) => {
            let held = object.lock.legal_hold == Some(true);
            let retained = object
                .lock
                .retention
                .as_ref()
                .is_some_and(|(mode, until)| *until > world.now && !(bypass && mode == "GOVERNANCE"));
            if held || retained {
                let text = "Access Denied because object protected by object lock.";
                return Err(Error {
                    message: text.to_owned(),
                    ..access_denied()
                });
            }
            false
        }
        // One that was deleted already.
        Err(error) if error.code == "NoSuchVersion" && (wanted.len() == VERSION_LENGTH || wanted == "null") => {
            return Ok(Deleted {
                marker: false,
                version: Some(wanted.to_owned()).filter(|_| !bucket.versioning.is_off()),
            });
        }
        Err(error) => return Err(error),
    };
    let versioned = !bucket.versioning.is_off();
    let is_it = |id: Option<&String>| id.map_or("null", String::as_str) == wanted;
    let now = world.now;
    alter(world, name, |bucket, early| {
        if bucket
            .objects
            .get(&key.to_owned())
            .is_some_and(|o| is_it(o.version.as_ref()))
        {
            forget(bucket, key, now, early);
        } else if let Some(place) = place_of(bucket, key, |version| is_it(version.id.as_ref())) {
            drop_version(bucket, key, place, now, early);
        }
        promote(bucket, key);
    });
    note_in(world, name, format!("s3://{name}/{key} version {wanted} deleted"));
    lifecycle::run::touch(world, name, key);
    Ok(Deleted {
        marker,
        version: Some(wanted.to_owned()).filter(|_| versioned),
    })
}

fn delete_current(world: &mut World, name: &str, key: &str) -> Deleted {
    let now = world.now;
    let versioning = world.s3.buckets.get(&name.to_owned()).map(|bucket| bucket.versioning);
    if versioning.is_none_or(|versioning| versioning.is_off()) {
        let mut found = false;
        alter(world, name, |bucket, early| found = forget(bucket, key, now, early));
        if found {
            note_in(world, name, format!("s3://{name}/{key} deleted"));
        }
        return Deleted::default();
    }
    let id = fresh_version(world, name);
    let cause = Cause::Call(world.calls);
    mark(world, name, key, id.clone(), cause);
    Deleted {
        marker: true,
        version: Some(shown_id(id.as_ref())),
    }
}

/// Puts a delete marker with this version over a key.
pub(super) fn mark(world: &mut World, name: &str, key: &str, id: Option<String>, cause: Cause) {
    let now = world.now;
    let marker = Version {
        object: None,
        id,
        modified: super::put::seconds(now),
        superseded: None,
    };
    alter(world, name, |bucket, early| {
        make_room(bucket, key, now, early);
        bucket.sequence += 1;
        let place = newest_first(bucket.sequence);
        bucket.versions.insert((key.to_owned(), place), marker);
    });
    note_for(world, name, format!("s3://{name}/{key} got a delete marker"), cause);
    lifecycle::run::touch(world, name, key);
}

/// The sums of a bucket.
struct Scales<'b> {
    stored: &'b mut BTreeMap<String, i64>,
    watched: &'b mut i64,
    analyses: &'b mut Table<String, Analysis>,
}

impl Scales<'_> {
    /// Counts an object in (`sign` 1), or out (-1).
    fn weigh(&mut self, key: &str, object: &Object, sign: i64) {
        let weight = object.weight();
        count(self.stored, &weight.class, sign * weight.bytes);
        if weight.listed > 0 {
            count(self.stored, LISTED, sign * weight.listed);
        }
        *self.watched += sign * weight.watched;
        analytics::weigh(self.analyses, key, object, sign);
    }
}

/// A bucket's objects apart from its sums, so that an object need not be copied to be counted.
struct Parts<'b> {
    objects: &'b mut Table<String, Object>,
    versions: &'b mut Table<(String, u64), Version>,
    scales: Scales<'b>,
}

fn apart(bucket: &mut Bucket) -> Parts<'_> {
    Parts {
        objects: &mut bucket.objects,
        versions: &mut bucket.versions,
        scales: Scales {
            stored: &mut bucket.stored,
            watched: &mut bucket.watched,
            analyses: &mut bucket.analyses,
        },
    }
}

/// Counts bytes of a class into what a bucket stores.
pub(super) fn count(stored: &mut BTreeMap<String, i64>, class: &str, bytes: i64) {
    *stored.entry(class.to_owned()).or_default() += bytes;
}

fn note_in(world: &mut World, bucket: &str, text: String) {
    let cause = Cause::Call(world.calls);
    note_for(world, bucket, text, cause);
}

/// Notes what became of something in a bucket, if that is there.
pub(super) fn note_for(world: &mut World, bucket: &str, text: String, cause: Cause) {
    let region = world.s3.buckets.get(&bucket.to_owned()).map(|row| row.region);
    if region.is_some() {
        world.journal.note(Event {
            at: world.now,
            region,
            resource: None,
            text: text.into(),
            cause,
        });
    }
}

/// Changes a bucket, and tells the meters what it stores then, and what has left its class before the least time was over.
pub(super) fn alter(world: &mut World, name: &str, change: impl FnOnce(&mut Bucket, &mut fees::Early)) {
    let now = world.now;
    let Some(bucket) = world.s3.buckets.get_mut(&name.to_owned()) else {
        return;
    };
    let mut early = fees::Early::new();
    let before = bucket.watched;
    change(bucket, &mut early);
    let (region, watched) = (bucket.region, bucket.watched);
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
    if watched != before {
        fees::watched(world, name, region, watched);
    }
    fees::left_early(world, name, early);
}

/// Whose meter the bytes of a storage class are.
fn stored_subject(bucket: &str, class: &str) -> Subject {
    Subject::Named(match class {
        "STANDARD" => format!("s3://{bucket}"),
        other => format!("s3://{bucket} ({other})"),
    })
}

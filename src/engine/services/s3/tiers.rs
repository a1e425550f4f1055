//! Intelligent-Tiering over time: what nobody reads for 30 days moves to Infrequent Access, after 90 to Archive Instant Access, and where a
//! configuration of the bucket says so to the archives, from which it has to be restored. Whatever reads it moves it back.
//!
//! Reads leave no trace in a world. So what moves an object back is what writes: a copy made of it, a restoration, and `AccessObject`
//! of our own service, which stands for somebody's GetObject. Moves happen at the midnight (UTC) after the days have passed (ours).
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html>

use super::appointments::{self, bucket_of};
use super::errors::archived;
use super::lifecycle::rules::{DAY, Rule, midnight};
use super::{analytics, bucket, named, note, notify, put, restore, shelf};
use crate::base::error::Result;
use crate::base::time::Time;
use crate::clock::{Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::objects::{Bucket, NamedKind, Object};
use crate::world::tiers::{AccessTier, CLASS, Tiering};
use std::cmp::Reverse;
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html";
/// The tiers that every watched object goes through, and after how many days.
const ALWAYS: [(i64, AccessTier); 2] = [(30, AccessTier::Infrequent), (90, AccessTier::ArchiveInstant)];

/// The archives that the bucket's configurations send an object to, and after how many days. They say what they are about as the rules
/// of lifecycles do.
fn archives(row: &Bucket, key: &str, object: &Object) -> Vec<(i64, AccessTier)> {
    named::of_kind(row, NamedKind::Tiering)
        .filter(|(_, one)| Rule::read(one).covers(key, object))
        .flat_map(|(_, one)| one.structures(field::TIERINGS))
        .filter_map(|one| {
            let tier = match one.text(field::ACCESS_TIER)? {
                "DEEP_ARCHIVE_ACCESS" => AccessTier::DeepArchive,
                _ => AccessTier::Archive,
            };
            Some((one.integer(field::DAYS)?, tier))
        })
        .collect()
}

/// When an object moves next unless somebody reads it, and where to. An archive after 90 days goes before Archive Instant Access.
pub fn next(row: &Bucket, key: &str, object: &Object) -> Option<(Time, AccessTier)> {
    if !object.is_watched() || object.restore.is_some() {
        return None;
    }
    let (tier, accessed) = (object.access_tier(), object.accessed());
    let ways = ALWAYS.into_iter().chain(archives(row, key, object));
    let further = ways.filter(|(_, to)| *to > tier);
    let (days, to) = further.min_by_key(|(days, to)| (*days, Reverse(*to)))?;
    Some((midnight(Time(accessed.0.saturating_add(days.saturating_mul(DAY)))), to))
}

/// Everything in a bucket that will move: when, where to, the key, and the version of what is noncurrent.
fn moves(row: &Bucket) -> Vec<(Time, AccessTier, String, Option<String>)> {
    let current = row.objects.iter().map(|(key, object)| (key, object, None));
    let older = row.versions.iter().filter_map(|((key, _), version)| {
        let id = shelf::shown_id(version.id.as_ref());
        Some((key, version.object.as_ref()?, Some(id)))
    });
    let all = current.chain(older);
    all.filter_map(|(key, object, id)| {
        let (at, to) = next(row, key, object)?;
        Some((at, to, key.clone(), id))
    })
    .collect()
}

/// A bucket in which anything can move: most have nothing that is watched, and are not looked through at each write.
fn watching<'w>(world: &'w World, name: &str) -> Option<&'w Bucket> {
    let row = world.s3.buckets.get(&name.to_owned())?;
    (row.watched > 0).then_some(row)
}

/// Looks at the whole bucket anew: after its configurations have changed, or what was due has moved.
pub(super) fn plan(world: &mut World, name: &str) {
    let Some(row) = watching(world, name) else { return };
    let first = moves(row).into_iter().map(|(at, ..)| at).min();
    appoint(world, name, first);
}

/// Looks at one key: after one of its versions has come or changed.
pub(super) fn touch(world: &mut World, name: &str, key: &str) {
    let Some(row) = watching(world, name) else { return };
    let current = row.objects.get(&key.to_owned()).into_iter();
    let older = shelf::older(row, key).filter_map(|(_, version)| version.object.as_ref());
    let moves = current.chain(older).filter_map(|object| next(row, key, object));
    let first = moves.map(|(at, _)| at).min();
    appoint(world, name, first);
}

fn appoint(world: &mut World, name: &str, first: Option<Time>) {
    if let Some(first) = first {
        let at = first.max(midnight(Time(world.now.0 + 1)));
        appointments::appoint(world, name, at, |bucket| &mut bucket.tiering, Step::Tier);
    }
}

/// The midnight has come.
pub(super) fn act(world: &mut World, pending: &Pending) {
    let Some(name) = bucket_of(world, pending) else {
        return;
    };
    let now = world.now;
    let Some(row) = world.s3.buckets.get_mut(&name).filter(|row| row.tiering == Some(now)) else {
        return;
    };
    row.tiering = None;
    let mut due = moves(row);
    due.retain(|(at, ..)| *at <= now);
    let cause = Cause::Clock {
        rule: "Intelligent-Tiering moves what nobody has read for 30 days, and for 90, to cheaper access tiers.".into(),
        source: SOURCE.into(),
    };
    for (_, to, key, version) in due {
        shelf::amend(world, &name, &key, version.as_deref(), |object| {
            let accessed = object.accessed();
            object.tiering = Some(Tiering { tier: to, accessed });
        });
        world.journal.note(Event {
            at: now,
            region: Some(pending.region),
            resource: Some(pending.resource),
            text: format!("s3://{name}/{key} moved to {}", to.words()).into(),
            cause: cause.clone(),
        });
        if to.archive().is_some() {
            let happening = notify::Happening {
                name: "IntelligentTiering",
                bucket: &name,
                key: &key,
                version: version.as_deref(),
                who: None,
            };
            notify::tell(world, cause.clone(), &happening);
        }
    }
    plan(world, &name);
}

/// It is in Frequent Access from now on, and its days begin anew.
fn read(world: &mut World, name: &str, key: &str, version: Option<&str>) {
    let row = world.s3.buckets.get(&name.to_owned());
    let object = row.and_then(|row| shelf::object(row, key, version, "GET").ok());
    if object.is_some_and(Object::is_watched) {
        let accessed = world.now;
        shelf::amend(world, name, key, version, |object| {
            object.tiering = Some(Tiering {
                tier: AccessTier::Frequent,
                accessed,
            });
        });
    }
}

/// Somebody has read so many bytes of an object, of whatever class: its access tier and the analyses of its bucket are told.
pub(super) fn was_read(world: &mut World, name: &str, key: &str, version: Option<&str>, bytes: i64) {
    analytics::read(world, name, key, version, bytes);
    read(world, name, key, version);
}

/// `stratus AccessObject`, of our own service: somebody has read an object with GetObject, which itself leaves no trace.
///
/// # Errors
/// Those of GetObject; so `InvalidObjectState` for what lies in an archive.
pub(crate) fn access_object(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (key, version) = (put::key(params)?, params.text(field::VERSION_ID));
    let row = bucket(request, world)?;
    let (name, region) = (row.name.clone(), row.region);
    let object = shelf::object(row, key, version, "GET")?;
    if restore::is_archived(object, world.now) {
        return Err(archived(object));
    }
    let bytes = object.size();
    let back = object.storage_class == CLASS && object.access_tier() != AccessTier::Frequent;
    was_read(world, &name, key, version, bytes);
    let then = if back { ", and is in Frequent Access again" } else { "" };
    note(world, region, format!("s3://{name}/{key} was read{then}"));
    Ok(Structure::new())
}

//! What lifecycle rules do when their midnight has come. The next such midnight stands in the queue of pending events, as
//! far as anything will happen then; nothing here may act before its time or twice.

use super::super::appointments::{self, bucket_of};
use super::super::{fees, notify, shelf};
use super::rules::{self, Rule, When, due};
use crate::base::time::Time;
use crate::clock::{Pending, Step};
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::objects::{Bucket, DocumentKind, Object, Version};

const SOURCE: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html";

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    /// The current object expires.
    Expire(String),
    /// A version goes for good: noncurrent, or a delete marker that stands alone.
    Remove(String, String),
    /// A version, the current one for `None`, moves to a storage class.
    Move(String, Option<String>, String),
    /// An upload is given up.
    Abort(String, u64),
}

/// Deeds with their moments.
pub(super) type Plan = Vec<(Time, Deed)>;

/// Looks at the whole bucket anew: after its rules have changed, or have acted.
pub(crate) fn plan(world: &mut World, name: &str) {
    let Some(bucket) = world.s3.buckets.get(&name.to_owned()) else {
        return;
    };
    let next = next_of(all(bucket), world.now);
    appoint(world, name, next);
}

/// Looks at one key: after it has changed.
pub(crate) fn touch(world: &mut World, name: &str, key: &str) {
    let Some(bucket) = world.s3.buckets.get(&name.to_owned()) else {
        return;
    };
    if !bucket.settings.documents.contains_key(&DocumentKind::Lifecycle) {
        return;
    }
    let (rules, by_class) = rules::of(bucket);
    let mut plan = Vec::new();
    of_key(bucket, key, &rules, by_class, &mut plan);
    of_uploads(bucket, Some(key), &rules, &mut plan);
    let next = next_of(plan, world.now);
    appoint(world, name, next);
}

/// What is due by now is done at the next midnight.
fn next_of(plan: Plan, now: Time) -> Option<Time> {
    let midnight = rules::midnight(Time(now.0 + 1));
    plan.into_iter().map(|(time, _)| time.max(midnight)).min()
}

fn appoint(world: &mut World, name: &str, next: Option<Time>) {
    if let Some(next) = next {
        appointments::appoint(world, name, next, |bucket| &mut bucket.planned, Step::Reap);
    }
}

/// The midnight has come.
pub(crate) fn act(world: &mut World, pending: &Pending) {
    let Some(name) = bucket_of(world, pending) else {
        return;
    };
    let Some(bucket) = world
        .s3
        .buckets
        .get(&name)
        .filter(|bucket| bucket.planned == Some(world.now))
    else {
        return;
    };
    let now = world.now;
    let mut plan = all(bucket);
    plan.retain(|(time, _)| *time <= now);
    if let Some(bucket) = world.s3.buckets.get_mut(&name) {
        bucket.planned = None;
    }
    let cause = Cause::Clock {
        rule: "Lifecycle rules act at the midnight after their days have passed (UTC).".into(),
        source: SOURCE.into(),
    };
    let mut count = 0;
    for (_, deed) in plan {
        if carry_out(world, &name, &deed) {
            tell(world, &name, &deed, cause.clone());
            count += 1;
        }
    }
    if count > 0 {
        let event = Event {
            at: now,
            region: Some(pending.region),
            resource: Some(pending.resource),
            text: format!("lifecycle rules of s3://{name} acted {count} times").into(),
            cause,
        };
        world.journal.note(event);
    }
    self::plan(world, &name);
}

/// Tells whom the bucket's notifications name. An abortion is told to nobody.
fn tell(world: &mut World, bucket: &str, deed: &Deed, cause: Cause) {
    let kept = world.s3.buckets.get(&bucket.to_owned());
    let marks = kept.is_some_and(|bucket| !bucket.versioning.is_off());
    let (name, key, version) = match deed {
        Deed::Expire(key) if marks => ("LifecycleExpiration:DeleteMarkerCreated", key, None),
        Deed::Expire(key) => ("LifecycleExpiration:Delete", key, None),
        Deed::Remove(key, version) => ("LifecycleExpiration:Delete", key, Some(version.as_str())),
        Deed::Move(key, version, _) => ("LifecycleTransition", key, version.as_deref()),
        Deed::Abort(..) => return,
    };
    let happening = notify::Happening {
        name,
        bucket,
        key,
        version,
        who: None,
    };
    notify::tell(world, cause, &happening);
}

/// Does one thing. Whether it was done: another rule may have taken the object away before, and what is locked stays.
fn carry_out(world: &mut World, name: &str, deed: &Deed) -> bool {
    match deed {
        Deed::Expire(key) => shelf::delete(world, name, key, None, false).is_ok(),
        Deed::Remove(key, version) => shelf::delete(world, name, key, Some(version), false).is_ok(),
        Deed::Move(key, version, class) => {
            let mut done = false;
            shelf::amend(world, name, key, version.as_deref(), |object| {
                object.storage_class.clone_from(class);
                object.restore = None;
                done = true;
            });
            if done {
                fees::transition(world, name, class);
            }
            done
        }
        Deed::Abort(key, order) => {
            super::super::multipart::discard(world, name, key, *order);
            true
        }
    }
}

/// Everything that the rules will do to what is there now.
pub(super) fn all(bucket: &Bucket) -> Plan {
    let (rules, by_class) = rules::of(bucket);
    all_by(bucket, &rules, by_class)
}

/// Everything that these rules will do to it.
pub(super) fn all_by(bucket: &Bucket, rules: &[Rule], by_class: bool) -> Plan {
    let mut plan = Vec::new();
    if rules.is_empty() {
        return plan;
    }
    let mut last = None;
    let keys = bucket.objects.iter().map(|(key, _)| key);
    let others = bucket.versions.iter().map(|((key, _), _)| key);
    for key in keys {
        of_key(bucket, key, rules, by_class, &mut plan);
    }
    for key in others {
        // Keys that have a current object were looked at already.
        if last != Some(key) && !bucket.objects.contains(key) {
            of_key(bucket, key, rules, by_class, &mut plan);
        }
        last = Some(key);
    }
    of_uploads(bucket, None, rules, &mut plan);
    plan
}

fn of_key(bucket: &Bucket, key: &str, rules: &[Rule], by_class: bool, plan: &mut Plan) {
    let current = bucket.objects.get(&key.to_owned());
    if let Some(object) = current {
        of_object(key, object, rules, by_class, plan);
    }
    let older: Vec<&Version> = shelf::older(bucket, key).map(|(_, version)| version).collect();
    if let ([marker], None) = (&older[..], current)
        && marker.object.is_none()
    {
        let ends = rules
            .iter()
            .filter(|rule| rule.covers_key(key))
            .filter_map(|rule| match rule.expire {
                _ if rule.markers => Some(rules::midnight(marker.modified)),
                Some(when @ When::Days(_)) if rule.tags.is_empty() => Some(due(when, marker.modified)),
                _ => None,
            });
        let id = shelf::shown_id(marker.id.as_ref());
        plan.extend(ends.min().map(|time| (time, Deed::Remove(key.to_owned(), id))));
    }
    // How many noncurrent versions are newer.
    let mut newer = 0;
    for version in older {
        let Some(since) = version.superseded else { continue };
        of_noncurrent(key, version, since, newer, (rules, by_class), plan);
        newer += 1;
    }
}

fn of_object(key: &str, object: &Object, rules: &[Rule], by_class: bool, plan: &mut Plan) {
    let covering = || rules.iter().filter(|rule| rule.covers(key, object));
    let expiry = covering()
        .filter_map(|rule| rule.expire)
        .map(|when| due(when, object.modified))
        .min();
    if let Some(time) = expiry {
        plan.push((time, Deed::Expire(key.to_owned())));
    }
    let moves = covering().flat_map(|rule| {
        let fits = rule
            .transitions
            .iter()
            .filter(|(_, class)| rule.moves(object, class, by_class));
        fits.map(|(when, class)| (due(*when, object.modified), class))
    });
    for (time, class) in onward(moves.collect(), object) {
        plan.push((time, Deed::Move(key.to_owned(), None, class.clone())));
    }
}

fn of_noncurrent(
    key: &str,
    version: &Version,
    since: Time,
    newer: i64,
    (rules, by_class): (&[Rule], bool),
    plan: &mut Plan,
) {
    let covers = |rule: &&Rule| match &version.object {
        Some(object) => rule.covers(key, object),
        None => rule.covers_key(key) && rule.tags.is_empty(),
    };
    let id = shelf::shown_id(version.id.as_ref());
    let ends = rules.iter().filter(covers).filter_map(|rule| {
        let (days, keep) = rule.later_expire?;
        (newer >= keep).then(|| due(When::Days(days), since))
    });
    if let Some(time) = ends.min() {
        plan.push((time, Deed::Remove(key.to_owned(), id.clone())));
    }
    let Some(object) = &version.object else { return };
    let moves = rules.iter().filter(covers).flat_map(|rule| {
        let fits = rule
            .later_transitions
            .iter()
            .filter(|(_, class, keep)| newer >= *keep && rule.moves(object, class, by_class));
        fits.map(|(days, class, _)| (due(When::Days(*days), since), class))
    });
    for (time, class) in onward(moves.collect(), object) {
        plan.push((time, Deed::Move(key.to_owned(), Some(id.clone()), class.clone())));
    }
}

/// The moves that lead down the stairs of storage classes, in the order of their moments: none leads up again.
fn onward<'r>(mut moves: Vec<(Time, &'r String)>, object: &Object) -> Vec<(Time, &'r String)> {
    moves.sort();
    moves.retain(|(_, class)| stair(class) > stair(&object.storage_class));
    moves
}

/// How far down a class is: an object only ever moves further.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
fn stair(class: &str) -> u8 {
    match class {
        "STANDARD" | "REDUCED_REDUNDANCY" => 0,
        "STANDARD_IA" => 1,
        "INTELLIGENT_TIERING" => 2,
        "ONEZONE_IA" => 3,
        "GLACIER_IR" => 4,
        "GLACIER" => 5,
        _ => 6,
    }
}

fn of_uploads(bucket: &Bucket, only: Option<&str>, rules: &[Rule], plan: &mut Plan) {
    for ((key, order), upload) in bucket
        .uploads
        .iter()
        .filter(|((key, _), _)| only.is_none_or(|only| only == key))
    {
        let covering = rules.iter().filter(|rule| rule.covers_key(key));
        let ends = covering.filter_map(|rule| Some(due(When::Days(rule.abort?), upload.initiated)));
        plan.extend(ends.min().map(|time| (time, Deed::Abort(key.clone(), *order))));
    }
}

//! What the lifecycle rules of a bucket will do to what is in it now, when, and by which rule: the preview on the page. Looks
//! one deed ahead for each thing; changes nothing.

use super::super::shelf;
use super::rules::{self, Rule};
use super::run::{self, Deed};
use crate::base::time::Time;
use crate::world::World;
use crate::world::objects::Bucket;
use std::collections::BTreeSet;

/// One thing that will happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// At which midnight (UTC).
    pub at: Time,
    /// To which key.
    pub key: String,
    /// To which version of it; empty = what is current.
    pub version: String,
    /// In words.
    pub what: String,
    /// The rule's id.
    pub rule: String,
}

/// All of it, soonest first; nothing where the bucket has no rules.
pub fn foresee(world: &World, bucket: &str) -> Vec<Foreseen> {
    let Some(bucket) = world.s3.buckets.get(&bucket.to_owned()) else {
        return Vec::new();
    };
    let (rules, by_class) = rules::of(bucket);
    let soonest = rules::midnight(Time(world.now.0 + 1));
    let all = run::all_by(bucket, &rules, by_class);
    let alone: Vec<(String, BTreeSet<(Time, Deed)>)> = rules
        .into_iter()
        .map(|rule| {
            let own = run::all_by(bucket, std::slice::from_ref(&rule), by_class);
            (rule.id, own.into_iter().collect())
        })
        .collect();
    let mut out: Vec<Foreseen> = all
        .into_iter()
        .map(|one| {
            let rule = alone.iter().find(|(_, plan)| plan.contains(&one));
            let rule = rule.map(|(id, _)| id.clone()).unwrap_or_default();
            let (at, deed) = one;
            told(bucket, at.max(soonest), &deed, rule)
        })
        .collect();
    out.sort_by(|a, b| (a.at, &a.key, &a.version).cmp(&(b.at, &b.key, &b.version)));
    out
}

fn told(bucket: &Bucket, at: Time, deed: &Deed, rule: String) -> Foreseen {
    let foreseen = |key: &str, version: &str, what: String| Foreseen {
        at,
        key: key.to_owned(),
        version: version.to_owned(),
        what,
        rule,
    };
    match deed {
        Deed::Expire(key) => {
            let what = if bucket.versioning.is_off() {
                "is deleted for good"
            } else {
                "gets a delete marker; its bytes stay, as a noncurrent version"
            };
            foreseen(key, "", what.to_owned())
        }
        Deed::Remove(key, version) => {
            let found = shelf::find(bucket, key, Some(version));
            let what = match found {
                Ok(shelf::Found::Marker(_)) => "the delete marker goes: nothing stands behind it",
                _ => "the noncurrent version is deleted for good",
            };
            foreseen(key, version, what.to_owned())
        }
        Deed::Move(key, version, class) => {
            foreseen(key, version.as_deref().unwrap_or_default(), format!("moves to {class}"))
        }
        Deed::Abort(key, _) => foreseen(key, "", "the upload in parts is aborted, its parts are gone".to_owned()),
    }
}

/// Whether some rule of the bucket is on.
pub fn has_rules(bucket: &Bucket) -> bool {
    rules::of(bucket).0.iter().any(|rule: &Rule| rule.enabled)
}

//! What a lifecycle rule says, read from its document, and which objects it is about. Changes nothing.

use super::super::documents::document;
use crate::base::limits::SMALL_OBJECT;
use crate::base::time::Time;
use crate::world::objects::{Bucket, DocumentKind, Object};
use stratus_model::{Structure, field};

/// A day in milliseconds.
pub(crate) const DAY: i64 = 86_400_000;

/// When a rule acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum When {
    /// So many days after.
    Days(i64),
    /// From a midnight on.
    Date(Time),
}

/// A rule.
#[derive(Debug)]
pub(in super::super) struct Rule {
    pub id: String,
    pub enabled: bool,
    pub prefix: String,
    pub tags: Vec<(String, String)>,
    larger: Option<i64>,
    smaller: Option<i64>,
    /// Expiration of what is current.
    pub expire: Option<When>,
    /// Whether delete markers go that stand alone.
    pub markers: bool,
    /// Moves of what is current, to a storage class.
    pub transitions: Vec<(When, String)>,
    /// Expiration of noncurrent versions: days, and how many newer ones stay.
    pub later_expire: Option<(i64, i64)>,
    /// Moves of noncurrent versions: days, storage class, how many newer ones stay.
    pub later_transitions: Vec<(i64, String, i64)>,
    /// Days after which an upload that was not completed is aborted.
    pub abort: Option<i64>,
}

fn when(from: &Structure) -> Option<When> {
    let date = from.timestamp(field::DATE).map(|date| When::Date(Time(date)));
    date.or(from.integer(field::DAYS).map(When::Days))
}

impl Rule {
    /// Reads a rule that the model has checked.
    pub fn read(from: &Structure) -> Rule {
        let filter = from.structure(field::FILTER);
        let and = filter.and_then(|filter| filter.structure(field::AND));
        let scope: Vec<&Structure> = [Some(from), filter, and].into_iter().flatten().collect();
        let tag = |tag: &Structure| {
            let (key, value) = (tag.text(field::KEY), tag.text(field::VALUE));
            (key.unwrap_or_default().to_owned(), value.unwrap_or_default().to_owned())
        };
        let tags = filter
            .and_then(|filter| filter.structure(field::TAG))
            .into_iter()
            .chain(and.into_iter().flat_map(|and| and.structures(field::TAGS)));
        let size = |name| scope.iter().find_map(|part| part.integer(name));
        let expiration = from.structure(field::EXPIRATION);
        let keep = |from: &Structure| from.integer(field::NEWER_NONCURRENT_VERSIONS).unwrap_or(0);
        let days = |from: &Structure| from.integer(field::NONCURRENT_DAYS).unwrap_or(0);
        let class = |from: &Structure| from.text(field::STORAGE_CLASS).unwrap_or_default().to_owned();
        Rule {
            id: from.text(field::ID_).unwrap_or_default().to_owned(),
            enabled: from.text(field::STATUS) == Some("Enabled"),
            prefix: scope
                .iter()
                .find_map(|part| part.text(field::PREFIX))
                .unwrap_or_default()
                .to_owned(),
            tags: tags.map(tag).collect(),
            larger: size(field::OBJECT_SIZE_GREATER_THAN),
            smaller: size(field::OBJECT_SIZE_LESS_THAN),
            expire: expiration.and_then(when),
            markers: expiration.and_then(|e| e.boolean(field::EXPIRED_OBJECT_DELETE_MARKER)) == Some(true),
            transitions: from
                .structures(field::TRANSITIONS)
                .filter_map(|one| Some((when(one)?, class(one))))
                .collect(),
            later_expire: from
                .structure(field::NONCURRENT_VERSION_EXPIRATION)
                .map(|one| (days(one), keep(one))),
            later_transitions: from
                .structures(field::NONCURRENT_VERSION_TRANSITIONS)
                .map(|one| (days(one), class(one), keep(one)))
                .collect(),
            abort: from
                .structure(field::ABORT_INCOMPLETE_MULTIPART_UPLOAD)
                .and_then(|one| one.integer(field::DAYS_AFTER_INITIATION)),
        }
    }

    /// Whether it is about keys like this.
    pub fn covers_key(&self, key: &str) -> bool {
        self.enabled && key.starts_with(&self.prefix)
    }

    /// Whether it is about this object.
    pub fn covers(&self, key: &str, object: &Object) -> bool {
        let size = object.size();
        self.covers_key(key)
            && self
                .tags
                .iter()
                .all(|(name, value)| object.tags.get(name) == Some(value))
            && self.larger.is_none_or(|least| size > least)
            && self.smaller.is_none_or(|most| size < most)
    }

    /// Whether an object is large enough to be moved to a class.
    pub fn moves(&self, object: &Object, class: &str, by_class: bool) -> bool {
        let spoken = self.larger.is_some() || self.smaller.is_some();
        let archive = by_class && matches!(class, "GLACIER" | "DEEP_ARCHIVE");
        object.storage_class != class && (spoken || archive || object.size() >= SMALL_OBJECT)
    }
}

/// The rules of a bucket, and whether the smallest size depends on the storage class.
pub(super) fn of(bucket: &Bucket) -> (Vec<Rule>, bool) {
    let Some(kept) = document(bucket, DocumentKind::Lifecycle) else {
        return (Vec::new(), false);
    };
    let by_class = kept.text(field::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE) == Some("varies_by_storage_class");
    (kept.structures(field::RULES).map(Rule::read).collect(), by_class)
}

/// The midnight at which something is due: the days are added, then it waits for the next midnight (UTC).
pub(super) fn due(when: When, from: Time) -> Time {
    match when {
        When::Date(date) => date,
        When::Days(days) => midnight(Time(from.0.saturating_add(days.saturating_mul(DAY)))),
    }
}

/// The first midnight that is not before a moment.
pub(crate) fn midnight(time: Time) -> Time {
    Time(time.0.saturating_add(DAY - 1).div_euclid(DAY).saturating_mul(DAY))
}

/// When an object will expire, and by which rule: what `x-amz-expiration` tells.
pub(crate) fn expiry(bucket: &Bucket, key: &str, object: &Object) -> Option<String> {
    let (rules, _) = of(bucket);
    let covering = rules.iter().filter(|rule| rule.covers(key, object));
    let dues = covering.filter_map(|rule| Some((due(rule.expire?, object.modified), &rule.id)));
    let (date, rule) = dues.min()?;
    let date = super::super::dates::http(date);
    Some(format!(
        "expiry-date=\"{date}\", rule-id=\"{}\"",
        super::super::list::url(rule)
    ))
}

/// When an upload will be aborted, and by which rule.
pub(crate) fn abortion(bucket: &Bucket, key: &str, initiated: Time) -> Option<(Time, String)> {
    let (rules, _) = of(bucket);
    let covering = rules.into_iter().filter(|rule| rule.covers_key(key));
    let dues = covering.filter_map(|rule| Some((due(When::Days(rule.abort?), initiated), rule.id)));
    dues.min()
}

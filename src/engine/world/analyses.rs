//! What storage class analyses have seen of a bucket: day by day, how much lay there at which age, and how much of it was read.
//! Rows only; what is counted, and what follows from it, stands with S3 (`services::s3::analytics`).
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/analytics-storage-class.html>

use super::objects::Object;
use super::table::Table;
use crate::base::time::Time;
use serde::Serialize;
use std::collections::BTreeMap;

/// The age groups: the first day of each, and its name. Exports write them with three digits, so that they sort (ours).
pub const AGES: [(i64, &str); 12] = [
    (0, "000-014"),
    (15, "015-029"),
    (30, "030-044"),
    (45, "045-059"),
    (60, "060-074"),
    (75, "075-089"),
    (90, "090-119"),
    (120, "120-149"),
    (150, "150-179"),
    (180, "180-364"),
    (365, "365-729"),
    (730, "730+"),
];
/// The place behind the age groups: objects of all ages, the small ones too.
pub const ALL: usize = AGES.len();

/// One analysis, of the configuration that it has the name of.
#[derive(Clone, Debug, Serialize)]
pub struct Analysis {
    /// What it is about, as its configuration says.
    pub scope: Scope,
    /// From which midnight on it observes whole days.
    pub begins: Time,
    /// What lies there now, by storage class and the day since 1970 on which it was put.
    pub lies: Table<(String, i64), Lying>,
    /// Days since 1970, each with what was seen in it.
    pub days: Table<i64, Day>,
}

impl Analysis {
    /// The days that are over, the newest first.
    pub fn over(&self) -> impl Iterator<Item = &Day> {
        self.days.iter().rev().map(|(_, day)| day).filter(|day| day.over)
    }
}

/// Which objects an analysis is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// What their keys begin with; empty: any.
    pub prefix: String,
    /// Tags that they have, all of them.
    pub tags: Vec<(String, String)>,
}

impl Scope {
    /// Whether it is about this object.
    pub fn covers(&self, key: &str, object: &Object) -> bool {
        let has = |(name, value): &(String, String)| object.tags.get(name) == Some(value);
        key.starts_with(&self.prefix) && self.tags.iter().all(has)
    }
}

/// What lies there of a storage class, and was put on the same day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lying {
    /// Objects and their versions.
    pub objects: i64,
    /// Their bytes.
    pub bytes: i64,
    /// Those of them that are large enough to be in an age group.
    pub aged_objects: i64,
    /// The bytes of those.
    pub aged_bytes: i64,
}

/// A day: one that is over, or the one under way, of which only the requests are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Day {
    /// By storage class, and place in [`AGES`] or [`ALL`].
    pub seen: BTreeMap<(String, usize), Seen>,
    /// Whether it is over, and what lay there is counted.
    pub over: bool,
    /// From which age in days on objects were read so rarely that Standard-IA would have cost less.
    pub observed: Option<i64>,
    /// The same, once it is stable.
    pub recommended: Option<i64>,
}

/// What was seen of a storage class and an age group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// Objects at the end of the day.
    pub objects: i64,
    /// Their bytes.
    pub stored: i64,
    /// Bytes that were put in the day.
    pub uploaded: i64,
    /// Bytes that were read in it.
    pub retrieved: i64,
    /// GET requests.
    pub reads: i64,
    /// Bytes that were read in up to 30 days over those that lay there on average, of this age and older, in millionths;
    /// `None`: nothing lay there.
    pub ratio: Option<i64>,
}

/// The place in [`AGES`] of an age in days.
pub fn group(age: i64) -> usize {
    AGES.iter().rposition(|(first, _)| *first <= age).unwrap_or(0)
}

//! Zone files in BIND's format (RFC 1035 §5, RFC 2308 for `$TTL`), read as people write them and written so that BIND reads them.
//!
//! text → [`mod@read`] → [`File`] → [`change`] → a change batch; a zone → [`mod@write`] → text. Nothing here changes a world, and no
//! text makes it panic.

mod read;
mod scan;
mod write;

pub use read::{Fault, File, Record, read};
pub use write::{change, of_value, presented, write};

use crate::dns::name;
use crate::world::names::HostedZone;

/// Most bytes of a file, and most records.
pub(super) const RECORDS: usize = 20_000;

/// The records of one name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// In normal form.
    pub owner: String,
    /// `A`, …
    pub record_type: String,
    /// Seconds.
    pub ttl: i64,
    /// As Route 53 has them.
    pub values: Vec<String>,
    /// The line of the first.
    pub line: usize,
}

impl File {
    /// The records by name and type, in the order of their first lines. The TTL is that of the first (RFC 2181 §5.2: a set has
    /// one).
    pub fn sets(&self) -> Vec<Set> {
        let mut sets: Vec<Set> = Vec::new();
        let mut places = std::collections::BTreeMap::new();
        for record in &self.records {
            let key = (name::reversed(&record.owner), record.record_type.clone());
            let place = *places.entry(key).or_insert(sets.len());
            match sets.get_mut(place) {
                Some(set) => {
                    if !set.values.contains(&record.value) {
                        set.values.push(record.value.clone());
                    }
                }
                None => sets.push(Set {
                    owner: record.owner.clone(),
                    record_type: record.record_type.clone(),
                    ttl: record.ttl,
                    values: vec![record.value.clone()],
                    line: record.line,
                }),
            }
        }
        sets
    }
}

/// What an import does with a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing: the zone keeps its own SOA and NS records.
    Kept,
    /// It meets a set of its name and type: refused, or put in its place.
    Meets,
    /// It is made.
    Made,
}

/// What an import into a zone does with a set. As in Route 53's console the file's SOA and the NS records of the zone itself are
/// left out.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-creating-import.html>
pub fn fate(zone: &HostedZone, set: &Set) -> Fate {
    if set.owner == zone.name && matches!(set.record_type.as_str(), "SOA" | "NS") {
        return Fate::Kept;
    }
    let first = (name::reversed(&set.owner), set.record_type.clone(), String::new());
    match zone.records.range(first..).next() {
        Some((_, row)) if row.name == set.owner && row.record_type == set.record_type => Fate::Meets,
        _ => Fate::Made,
    }
}

//! What the name servers of a hosted zone answer: from the served records alone, without a cache and without following
//! anything. TestDNSAnswer and the resolver ask here.
//!
//! The rules are the DNS's own (RFC 1034 §4.3.2, RFC 4592 for wildcards, RFC 2308 for negative answers).

use super::routing::{self, Asking, Choice};
use super::routing_words::{self, Considered};
use super::{name, ownership};
use crate::world::names::{HostedZone, RecordKey, RecordSet};
use crate::world::{World, table::Table};

/// What comes back for a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Records of the type that was asked for.
    Records {
        /// Seconds.
        ttl: i64,
        /// Their values.
        values: Vec<String>,
    },
    /// Another name to ask for instead.
    Alias {
        /// Seconds.
        ttl: i64,
        /// That name, in normal form.
        target: String,
    },
    /// The name exists, but not with this type (NOERROR without an answer).
    NoData,
    /// The name does not exist.
    NoName,
    /// Others know better: the zone cut, their names, and for how many seconds that holds.
    Referral {
        /// The name from which on they are responsible.
        cut: String,
        /// Their names, in normal form.
        servers: Vec<String>,
        /// Seconds.
        ttl: i64,
    },
}

/// The key of a simple record set.
pub fn key(name: &str, record_type: &str) -> RecordKey {
    (name::reversed(name), record_type.to_owned(), String::new())
}

/// What a zone answers, with all that led there.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The answer.
    pub found: Found,
    /// Why, in a sentence.
    pub why: String,
    /// The records that were considered; empty where there was nothing to choose.
    pub considered: Vec<Considered>,
}

/// Where the records came from that answer.
enum Source {
    /// Delegated away.
    Cut,
    /// The very name.
    Own,
    /// A wildcard, by its name.
    Wildcard(String),
    /// Nowhere.
    Nothing,
}

/// What the zone answers, and why. The name must lie in the zone.
pub fn answer(world: &World, zone: &HostedZone, name: &str, record_type: &str, asking: &Asking) -> Answered {
    let mut trail = Vec::new();
    let (found, source) = search(world, zone, name, record_type, asking, &mut trail);
    let how = routing_words::sentence(&trail, record_type);
    let said = name::said(name);
    let why = match (&found, source) {
        (Found::Referral { cut, .. }, _) => format!(
            "The zone has NS records for {}: that part is delegated.",
            name::said(cut)
        ),
        (_, Source::Wildcard(wildcard)) => of_wildcard(&found, &name::said(&wildcard), record_type, how),
        (Found::NoName, _) => format!("The zone has no record for {said}."),
        (_, _) if how.is_some() => how.unwrap_or_default(),
        (Found::Alias { target, .. }, _) => format!(
            "The zone has a CNAME for {said}: ask for {} instead.",
            name::said(target)
        ),
        (Found::NoData, _) => format!("{said} exists, but has no {record_type} record."),
        _ => format!("The zone has {record_type} records for {said}."),
    };
    Answered {
        considered: routing_words::considered(world, &trail),
        found,
        why,
    }
}

fn of_wildcard(found: &Found, shown: &str, record_type: &str, how: Option<String>) -> String {
    match (found, how) {
        (_, Some(how)) => format!("No record has that very name, so the wildcard {shown} stands for it. {how}"),
        (Found::NoData, None) => format!("The wildcard {shown} stands for it, but has no {record_type} record."),
        _ => format!("No record has that very name, so the wildcard {shown} stands for it."),
    }
}

/// What the zone answers, without a word about it: the quick way. The name must lie in the zone.
pub fn find(world: &World, zone: &HostedZone, name: &str, record_type: &str, asking: &Asking) -> Found {
    search(world, zone, name, record_type, asking, &mut Vec::new()).0
}

fn search<'w>(
    world: &'w World,
    zone: &'w HostedZone,
    name: &str,
    record_type: &str,
    asking: &Asking,
    trail: &mut Vec<Choice<'w>>,
) -> (Found, Source) {
    if let Some(cut) = delegation(zone, name, record_type) {
        let servers = cut.values.iter().filter_map(|server| name::normal(server).ok());
        let found = Found::Referral {
            cut: cut.name.clone(),
            servers: servers.collect(),
            ttl: cut.ttl.unwrap_or(0),
        };
        return (found, Source::Cut);
    }
    if let Some(found) = at(world, &zone.served, name, record_type, asking, trail) {
        return (found, Source::Own);
    }
    let wildcard = wildcard_for(zone, name);
    match at(world, &zone.served, &wildcard, record_type, asking, trail) {
        Some(found) => (found, Source::Wildcard(wildcard)),
        None => (Found::NoName, Source::Nothing),
    }
}

/// The name of the only wildcard that may answer for a name that does not exist: right below the closest name that does
/// (RFC 4592).
fn wildcard_for(zone: &HostedZone, name: &str) -> String {
    let encloser = name::ancestry(name)
        .skip(1)
        .find(|above| *above == zone.name || exists(&zone.served, above))
        .unwrap_or(&zone.name);
    name::wildcard(encloser)
}

/// The name whose records answer for a name: itself, or the wildcard that stands for it; `None` where it is delegated away.
pub(super) fn owner(zone: &HostedZone, name: &str, record_type: &str) -> Option<String> {
    if delegation(zone, name, record_type).is_some() {
        return None;
    }
    Some(match exists(&zone.served, name) {
        true => name.to_owned(),
        false => wildcard_for(zone, name),
    })
}

/// The NS record set that delegates a question away, if one does.
fn delegation<'a>(zone: &'a HostedZone, name: &str, record_type: &str) -> Option<&'a RecordSet> {
    if zone.private.is_some() {
        return None;
    }
    // RFC 4035: what the parent says of a signed child, the parent answers.
    cut(zone, name).filter(|cut| !(record_type == "DS" && cut.name == name))
}

/// The NS record set between the apex and the name that delegates the name away; the one nearest to the apex counts.
fn cut<'a>(zone: &'a HostedZone, name: &str) -> Option<&'a RecordSet> {
    if zone.cuts.is_empty() {
        return None;
    }
    name::ancestry(name)
        .take_while(|above| *above != zone.name)
        .filter_map(|above| zone.served.get(&key(above, "NS")))
        .last()
}

/// What stands at one name; `None` if the name does not exist.
fn at<'w>(
    world: &'w World,
    records: &'w Table<RecordKey, RecordSet>,
    name: &str,
    record_type: &str,
    asking: &Asking,
    trail: &mut Vec<Choice<'w>>,
) -> Option<Found> {
    if let Some(found) = routing::records(world, records, name, record_type, asking, trail) {
        return Some(found);
    }
    match routing::records(world, records, name, "CNAME", asking, trail) {
        Some(Found::Records { ttl, values }) => {
            let target = values.first().and_then(|value| name::normal(value).ok())?;
            Some(Found::Alias { ttl, target })
        }
        Some(other) => Some(other),
        None => exists(records, name).then_some(Found::NoData),
    }
}

/// All record sets of a name, for ANY: one answer a type, each as a question for that type would have it.
pub fn all(world: &World, zone: &HostedZone, name: &str, asking: &Asking) -> Vec<(String, Found)> {
    let reversed = name::reversed(name);
    let mut types: Vec<String> = zone
        .served
        .range((reversed.clone(), String::new(), String::new())..)
        .take_while(|((first, ..), _)| *first == reversed)
        .map(|((_, record_type, _), _)| record_type.clone())
        .collect();
    types.dedup();
    let found = |record_type: String| {
        let found = routing::records(world, &zone.served, name, &record_type, asking, &mut Vec::new());
        found.map(|found| (record_type, found))
    };
    types.into_iter().filter_map(found).collect()
}

/// A value as it goes over the wire: names in it are complete, with their final dot.
pub(super) fn complete(record_type: &str, value: &str) -> String {
    match record_type {
        "CNAME" | "NS" | "PTR" => name::normal(value).unwrap_or_else(|_| value.to_owned()),
        "MX" | "SRV" if !value.ends_with('.') => format!("{value}."),
        _ => value.to_owned(),
    }
}

/// Whether a name has records, or something below it has.
fn exists(records: &Table<RecordKey, RecordSet>, name: &str) -> bool {
    let reversed = name::reversed(name);
    records
        .range((reversed.clone(), String::new(), String::new())..)
        .next()
        .is_some_and(|((first, ..), _)| first.starts_with(&reversed))
}

/// For how many seconds resolvers may keep a negative answer of the zone: the lesser of its SOA's TTL and minimum.
pub fn negative_ttl(zone: &HostedZone) -> i64 {
    let soa = zone.served.get(&key(&zone.name, "SOA"));
    let minimum = soa
        .and_then(|set| set.values.first()?.split_ascii_whitespace().nth(6)?.parse().ok())
        .unwrap_or(0);
    soa.and_then(|set| set.ttl).unwrap_or(0).min(minimum)
}

/// Whether the zone's name servers know it: its making is in sync.
pub fn answers(zone: &HostedZone) -> bool {
    !zone.served.is_empty()
}

/// The public zone of exactly this name that the parent delegates to: of several, the one made first, unless the parent has been
/// told otherwise (`stratus:PutDelegation`).
pub fn delegated<'w>(world: &'w World, name: &str) -> Option<&'w HostedZone> {
    if ownership::told(world, name).is_some() {
        return None;
    }
    let route53 = &world.route53;
    route53
        .by_name
        .range((name.to_owned(), 0)..=(name.to_owned(), u64::MAX))
        .filter_map(|(_, id)| route53.zones.get(id))
        .find(|zone| zone.private.is_none() && answers(zone))
}

/// Whether a public zone lies at or below a name, so that the name exists.
pub fn any_below(world: &World, name: &str) -> bool {
    world
        .route53
        .zones
        .rows()
        .any(|zone| zone.private.is_none() && answers(zone) && name::within(&zone.name, name))
}

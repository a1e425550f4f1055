//! What the name servers of a hosted zone answer: from the served records alone, without a cache and without following
//! anything. TestDNSAnswer and the resolver ask here.
//!
//! The rules are the DNS's own (RFC 1034 §4.3.2, RFC 4592 for wildcards, RFC 2308 for negative answers).

use super::{name, routing};
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

/// What the zone answers, and why in a sentence. The name must lie in the zone.
pub fn answer(world: &World, zone: &HostedZone, name: &str, record_type: &str) -> (Found, String) {
    if zone.private.is_none()
        && let Some(cut) = cut(zone, name)
    {
        let servers = cut
            .values
            .iter()
            .filter_map(|server| name::normal(server).ok())
            .collect();
        let why = format!(
            "The zone has NS records for {}: that part is delegated.",
            name::said(&cut.name)
        );
        let found = Found::Referral {
            cut: cut.name.clone(),
            servers,
            ttl: cut.ttl.unwrap_or(0),
        };
        return (found, why);
    }
    let said = name::said(name);
    if let Some((found, how)) = at(world, &zone.served, name, record_type) {
        let why = match &found {
            _ if how.is_some() => how.unwrap_or_default(),
            Found::Alias { target, .. } => format!(
                "The zone has a CNAME for {said}: ask for {} instead.",
                name::said(target)
            ),
            Found::NoData => format!("{said} exists, but has no {record_type} record."),
            _ => format!("The zone has {record_type} records for {said}."),
        };
        return (found, why);
    }
    // RFC 4592: only the wildcard right below the closest name that exists may answer.
    let encloser = name::ancestry(name)
        .skip(1)
        .find(|above| *above == zone.name || exists(&zone.served, above))
        .unwrap_or(&zone.name);
    let wildcard = name::wildcard(encloser);
    match at(world, &zone.served, &wildcard, record_type) {
        Some((found, how)) => {
            let shown = name::said(&wildcard);
            let why = match &found {
                _ if how.is_some() => format!(
                    "No record has that very name, so the wildcard {shown} stands for it. {}",
                    how.unwrap_or_default()
                ),
                Found::NoData => format!("The wildcard {shown} stands for it, but has no {record_type} record."),
                _ => format!("No record has that very name, so the wildcard {shown} stands for it."),
            };
            (found, why)
        }
        None => (Found::NoName, format!("The zone has no record for {said}.")),
    }
}

/// The NS record set between the apex and the name that delegates the name away; the one nearest to the apex counts.
fn cut<'a>(zone: &'a HostedZone, name: &str) -> Option<&'a RecordSet> {
    name::ancestry(name)
        .take_while(|above| *above != zone.name)
        .filter_map(|above| zone.served.get(&key(above, "NS")))
        .last()
}

/// What stands at one name, and how it was chosen if it is not a simple record; `None` if the name does not exist.
fn at(
    world: &World,
    records: &Table<RecordKey, RecordSet>,
    name: &str,
    record_type: &str,
) -> Option<(Found, Option<String>)> {
    if let Some(found) = routing::records(world, records, name, record_type) {
        return Some(found);
    }
    if let Some((found, how)) = routing::records(world, records, name, "CNAME") {
        return Some(match found {
            Found::Records { ttl, values } => {
                let target = values.first().and_then(|value| name::normal(value).ok())?;
                (Found::Alias { ttl, target }, how)
            }
            other => (other, how),
        });
    }
    exists(records, name).then_some((Found::NoData, None))
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

/// The public zone of exactly this name that the parent delegates to: of several, the one made first.
pub fn delegated<'w>(world: &'w World, name: &str) -> Option<&'w HostedZone> {
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

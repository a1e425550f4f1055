//! Which of several record sets of one name and type answers, and what an alias stands for.
//!
//! Nothing is checked yet and nobody is located yet, and each policy does what AWS documents for that: a record without a
//! failed health check is healthy, and an asker whose place is unknown gets the default record, or none. Where AWS has no
//! such rule (latency, geoproximity), or draws lots (weighted), one record is taken by a stated rule of ours. Every `why`
//! says which.

use super::authority::{self, Found};
use super::{internet, name};
use crate::base::limits::DNS_ALIASES;
use crate::world::World;
use crate::world::names::{Alias, Policy, RecordKey, RecordSet};
use crate::world::table::Table;

/// TTL of an answer for an alias of an AWS service (as AWS has it for load balancers).
const ALIAS_TTL: i64 = 60;
/// Most values of a multivalue answer.
const MULTIVALUE: usize = 8;

/// What the record sets of a name and type answer, and how that came if they are not one simple set; `None`: there is none.
pub(super) fn records(
    world: &World,
    records: &Table<RecordKey, RecordSet>,
    name: &str,
    record_type: &str,
) -> Option<(Found, Option<String>)> {
    resolve(world, records, name, record_type, 0)
}

fn resolve(
    world: &World,
    records: &Table<RecordKey, RecordSet>,
    name: &str,
    record_type: &str,
    depth: usize,
) -> Option<(Found, Option<String>)> {
    let first = (name::reversed(name), record_type.to_owned(), String::new());
    let (reversed, kind) = (first.0.clone(), first.1.clone());
    let group: Vec<&RecordSet> = records
        .range(first..)
        .take_while(|((name, record_type, _), _)| *name == reversed && *record_type == kind)
        .map(|(_, set)| set)
        .collect();
    let (chosen, how) = choose(&group)?;
    let Some(chosen) = chosen else {
        return Some((Found::NoData, how));
    };
    if let Some(alias) = &chosen.alias {
        let (found, why) = follow(world, records, alias, record_type, depth);
        let how = how.map_or_else(|| why.clone(), |how| format!("{how} {why}"));
        return Some((found, Some(how)));
    }
    let values = if chosen.policy == Some(Policy::Multivalue) {
        group.iter().take(MULTIVALUE).flat_map(|set| &set.values).collect()
    } else {
        chosen.values.iter().collect::<Vec<_>>()
    };
    let found = Found::Records {
        ttl: chosen.ttl.unwrap_or(0),
        values: values
            .into_iter()
            .map(|value| authority::complete(record_type, value))
            .collect(),
    };
    Some((found, how))
}

/// The set that answers and how it was chosen; no set where the policy has none for this asker.
fn choose<'a>(group: &[&'a RecordSet]) -> Option<(Option<&'a RecordSet>, Option<String>)> {
    let first = *group.first()?;
    let Some(policy) = &first.policy else {
        return Some((Some(first), None));
    };
    let is = |wanted: fn(&Policy) -> bool| move |set: &&&'a RecordSet| set.policy.as_ref().is_some_and(wanted);
    let (chosen, how) = match policy {
        Policy::Weighted(_) => heaviest(first, group),
        Policy::Failover(_) => {
            let primary = group
                .iter()
                .find(is(|policy| *policy == Policy::Failover(true)))
                .copied();
            let set = primary.unwrap_or(first);
            let role = if primary.is_some() { "primary" } else { "secondary" };
            let how = format!(
                "Failover: the {role} record '{}' answers, as it counts as healthy: nothing is checked yet (ours).",
                identifier(set)
            );
            (Some(set), how)
        }
        Policy::Multivalue => {
            let how = format!(
                "Multivalue answer: {} of {} records, all healthy as nothing is checked yet (ours), and at most {MULTIVALUE}.",
                group.len().min(MULTIVALUE),
                group.len()
            );
            (Some(first), how)
        }
        Policy::Geolocation(_) => {
            let default = group.iter().find(is(
                |policy| matches!(policy, Policy::Geolocation(place) if place.country == "*"),
            ));
            by_default(default.copied(), "Geolocation")
        }
        Policy::Cidr(..) => {
            let default = group.iter().find(is(
                |policy| matches!(policy, Policy::Cidr(_, location) if location == "*"),
            ));
            by_default(default.copied(), "IP-based")
        }
        Policy::Latency(_) | Policy::Geoproximity(_) => {
            let what = if matches!(policy, Policy::Latency(_)) {
                "Latency"
            } else {
                "Geoproximity"
            };
            let how = format!(
                "{what}: where the asker is does not count yet, so the first record by identifier answers, '{}' (ours).",
                identifier(first)
            );
            (Some(first), how)
        }
    };
    Some((chosen, Some(how)))
}

fn identifier(set: &RecordSet) -> &str {
    set.identifier.as_deref().unwrap_or_default()
}

/// The lowest identifier of the greatest weight: a fixed choice, so that reading a world draws no lots.
fn heaviest<'a>(first: &'a RecordSet, group: &[&'a RecordSet]) -> (Option<&'a RecordSet>, String) {
    let weight = |set: &RecordSet| match set.policy {
        Some(Policy::Weighted(weight)) => weight,
        _ => 0,
    };
    let total: i64 = group.iter().map(|set| weight(set)).sum();
    let heaviest = group.iter().rev().max_by_key(|set| weight(set)).copied();
    let set = heaviest.unwrap_or(first);
    let how = format!(
        "Weighted: '{}' has {} of the weights' sum of {total}. Route 53 draws lots by weight; here the heaviest record \
         answers for now (ours).",
        identifier(set),
        weight(set)
    );
    (Some(set), how)
}

/// The record for askers whose place is unknown: documented for geolocation and IP-based routing.
fn by_default<'a>(default: Option<&'a RecordSet>, what: &str) -> (Option<&'a RecordSet>, String) {
    let how = match default.and_then(|set| set.identifier.as_ref()) {
        Some(identifier) => {
            format!(
                "{what}: where the asker is is not known yet (ours), so the default record answers, '{identifier}'."
            )
        }
        None => format!(
            "{what}: where the asker is is not known yet (ours), and no record is the default: there is no answer."
        ),
    };
    (default, how)
}

/// What an alias stands for: records of the same zone, or what AWS's own servers answer for the target.
fn follow(
    world: &World,
    records: &Table<RecordKey, RecordSet>,
    alias: &Alias,
    record_type: &str,
    depth: usize,
) -> (Found, String) {
    let target = name::said(&alias.target);
    if depth >= DNS_ALIASES {
        return (Found::NoData, "The aliases lead in a circle.".into());
    }
    if let Some((found, how)) = resolve(world, records, &alias.target, record_type, depth + 1) {
        let mut why = format!("An alias: the {record_type} records of {target} in the zone answer in its place.");
        if let Some(how) = how {
            why = format!("{why} {how}");
        }
        return (found, why);
    }
    if let Some(domain) = name::ancestry(&alias.target).find_map(internet::Domain::find) {
        let (found, why) = domain.answer(world, &alias.target, record_type);
        if let Found::Records { values, .. } = found {
            let why = format!("An alias of {target}: the zone's servers answer what AWS has for it. {why}");
            return (Found::Records { ttl: ALIAS_TTL, values }, why);
        }
    }
    let why = format!("An alias of {target}, which has no {record_type} records in this world: there is no answer.");
    (Found::NoData, why)
}

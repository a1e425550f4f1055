//! What is said of a choice among record sets: the sentence, and every record that was considered with what counted.

use super::name;
use super::routing::{Area, Choice, How, MULTIVALUE, Pool, Target};
use crate::services::elbv2::standing;
use crate::services::route53::checking;
use crate::world::World;
use crate::world::names::{Nearness, Policy, RecordSet};
use serde::Serialize;

/// A record that was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Considered {
    /// Its set identifier, else its name.
    pub record: String,
    /// What routing goes by: `weight 10`, `primary`, `DE`, `eu-west-1`, …
    pub rule: String,
    /// Its values, or what it is an alias of.
    pub values: Vec<String>,
    /// Whether it counts as healthy.
    pub healthy: bool,
    /// Why, where a health check or the load balancer behind an alias says so; else empty.
    pub health: String,
    /// Whether it answered.
    pub chosen: bool,
}

/// Everything that was considered, in its order.
pub(super) fn considered(world: &World, trail: &[Choice<'_>]) -> Vec<Considered> {
    let of = |choice: &Choice<'_>| {
        let chosen = choice.chosen.clone();
        let said = choice.group.iter().map(|(set, healthy)| Considered {
            record: set.identifier.clone().unwrap_or_else(|| name::shown(&set.name)),
            rule: rule(set),
            values: match &set.alias {
                Some(alias) => vec![format!("alias of {}", name::shown(&alias.target))],
                None => set.values.clone(),
            },
            healthy: *healthy,
            health: health(world, set),
            chosen: chosen.iter().any(|one| std::ptr::eq(*one, *set)),
        });
        said.collect::<Vec<_>>()
    };
    trail.iter().flat_map(of).collect()
}

/// What is known of a set's health: its check, and the load balancer that it is an alias of, where that is evaluated.
fn health(world: &World, set: &RecordSet) -> String {
    let checked = set.health_check.as_ref().map(|id| checking::words(world, id));
    let alias = set.alias.as_ref().filter(|alias| alias.evaluate_health);
    let balancer = alias.and_then(|alias| standing::of_name(world, &alias.target));
    let balancer = balancer.map(|found| {
        let state = if found.healthy { "healthy" } else { "unhealthy" };
        format!("{state}: {}", found.why)
    });
    let said: Vec<String> = checked.into_iter().chain(balancer).collect();
    said.join(" ")
}

/// What routing goes by, in a word or two.
pub(super) fn rule(set: &RecordSet) -> String {
    match &set.policy {
        None => "simple".into(),
        Some(Policy::Weighted(weight)) => format!("weight {weight}"),
        Some(Policy::Latency(region)) => region.clone(),
        Some(Policy::Failover(primary)) => if *primary { "primary" } else { "secondary" }.into(),
        Some(Policy::Multivalue) => "multivalue".into(),
        Some(Policy::Geolocation(place)) => {
            let codes = [&place.continent, &place.country, &place.subdivision];
            let said: Vec<&str> = codes
                .into_iter()
                .map(String::as_str)
                .filter(|code| !code.is_empty())
                .collect();
            said.join("-")
        }
        Some(Policy::Geoproximity(near)) => nearness(near),
        Some(Policy::Cidr(_, location)) => format!("location {location}"),
    }
}

fn nearness(near: &Nearness) -> String {
    let place = match &near.coordinates {
        Some((latitude, longitude)) => format!("{latitude}, {longitude}"),
        None if near.region.is_empty() => near.local_zone_group.clone(),
        None => near.region.clone(),
    };
    match near.bias {
        Some(bias) if bias != 0 => format!("{place}, bias {bias:+}"),
        _ => place,
    }
}

/// How it came that these records answer; `None` for one simple record.
pub(super) fn sentence(trail: &[Choice<'_>], record_type: &str) -> Option<String> {
    let mut said = Vec::new();
    for choice in trail {
        said.extend(rule_of(choice));
        if let Some((alias, target)) = &choice.alias {
            said.push(of_alias(&name::said(&alias.target), *target, record_type));
        }
    }
    (!said.is_empty()).then(|| said.join(" "))
}

fn of_alias(target: &str, led: Target, record_type: &str) -> String {
    match led {
        Target::Records => {
            format!("An alias: the {record_type} records of {target} in the zone answer in its place.")
        }
        Target::Service => format!("An alias of {target}: the zone's servers answer what AWS has for it."),
        Target::Nothing => {
            format!("An alias of {target}, which has no {record_type} records in this world: there is no answer.")
        }
        Target::Circle => "The aliases lead in a circle.".into(),
    }
}

/// Said where a nearer record is unhealthy, or all are.
fn with_health(mut text: String, passed: bool, all_down: bool) -> String {
    if passed {
        text.push_str(" What would come before it is unhealthy.");
    }
    if all_down {
        text.push_str(" All are unhealthy, and so all count as healthy.");
    }
    text
}

fn rule_of(choice: &Choice<'_>) -> Option<String> {
    let first = choice.group.first().map(|(set, _)| *set)?;
    let chosen = choice.chosen.first().copied();
    let identifier = chosen.and_then(|set| set.identifier.as_deref()).unwrap_or_default();
    Some(match choice.how {
        How::Simple => return None,
        How::Weighted { weight, total, pool } => weighted(identifier, weight, total, pool),
        How::Failover { primary, both_down } => failover(identifier, primary, both_down),
        How::Multivalue { all_down } => {
            let text = format!(
                "Multivalue answer: {} of {} records by lot, healthy ones, and at most {MULTIVALUE}.",
                choice.chosen.len(),
                choice.group.len()
            );
            with_health(text, false, all_down)
        }
        How::Geolocation { area, passed, all_down } => geolocation(identifier, area, passed, all_down),
        How::Unplaced => unplaced(first, chosen.map(|_| identifier)),
        How::NoMatch => format!(
            "{}: no record is for this asker, and no record is the default: there is no answer.",
            policy(first)
        ),
        How::Latency {
            millis,
            passed,
            all_down,
        } => with_health(
            format!(
                "Latency: '{identifier}' is in the Region nearest to the asker, {millis} ms away (ours, by distance)."
            ),
            passed,
            all_down,
        ),
        How::Geoproximity {
            kilometres,
            counted,
            passed,
            all_down,
        } => {
            let bias = if kilometres == counted {
                String::new()
            } else {
                format!(" that count as {counted} km with its bias")
            };
            let text = format!("Geoproximity: '{identifier}' is nearest to the asker, {kilometres} km away{bias}.");
            with_health(text, passed, all_down)
        }
        How::Cidr { block, passed } => {
            let text = match block {
                Some(block) => format!("IP-based: the question comes from {block}, which is '{identifier}'."),
                None => format!(
                    "IP-based: the question's address is in no block of the collection, so the default record answers, \
                     '{identifier}'."
                ),
            };
            with_health(text, passed, false)
        }
    })
}

fn policy(set: &RecordSet) -> &'static str {
    match set.policy {
        Some(Policy::Geolocation(_)) => "Geolocation",
        Some(Policy::Cidr(..)) => "IP-based",
        Some(Policy::Latency(_)) => "Latency",
        Some(Policy::Geoproximity(_)) => "Geoproximity",
        _ => "Routing",
    }
}

fn unplaced(first: &RecordSet, identifier: Option<&str>) -> String {
    let policy = policy(first);
    match (identifier, &first.policy) {
        (None, _) => {
            format!("{policy}: where the asker is is not known, and no record is the default: there is no answer.")
        }
        (Some(identifier), Some(Policy::Geolocation(_))) => {
            format!("{policy}: where the asker is is not known, so the default record answers, '{identifier}'.")
        }
        (Some(identifier), _) => format!(
            "{policy}: where the asker is is not known, so the first healthy record by identifier answers, '{identifier}' (ours)."
        ),
    }
}

fn weighted(identifier: &str, weight: i64, total: i64, pool: Pool) -> String {
    match pool {
        Pool::Weights => {
            format!("Weighted: the lot fell on '{identifier}', which has {weight} of the weights' sum of {total}.")
        }
        Pool::AllZero => {
            format!("Weighted: all weights are 0, so all have the same chance; the lot fell on '{identifier}'.")
        }
        Pool::Zeroes => format!(
            "Weighted: every record with a weight is unhealthy, so those of weight 0 answer; the lot fell on '{identifier}'."
        ),
        Pool::AllDown => format!(
            "Weighted: all are unhealthy, and so all count as healthy; the lot fell on '{identifier}', which has {weight} of the \
             weights' sum of {total}."
        ),
    }
}

fn failover(identifier: &str, primary: bool, both_down: bool) -> String {
    match (primary, both_down) {
        (true, false) => format!("Failover: the primary record '{identifier}' answers, as it counts as healthy."),
        (true, true) => format!("Failover: both records are unhealthy, so the primary '{identifier}' answers."),
        (false, _) => {
            format!("Failover: the primary record is unhealthy or missing, so the secondary '{identifier}' answers.")
        }
    }
}

fn geolocation(identifier: &str, area: Area, passed: bool, all_down: bool) -> String {
    let what = match area {
        Area::Subdivision => "the asker's state",
        Area::Country => "the asker's country",
        Area::Continent => "the asker's continent",
        Area::Default => "all places that no other record is for",
    };
    let text = format!("Geolocation: '{identifier}' is for {what}.");
    let text = with_health(text, passed, false);
    match all_down {
        true => format!("{text} All that fit are unhealthy; the smallest area answers."),
        false => text,
    }
}

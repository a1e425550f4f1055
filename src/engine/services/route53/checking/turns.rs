//! When a health check changes its mind: known beforehand, as long as nobody touches what its checkers see. The clock stops
//! there, so that the journal has the moment with its reason.
//!
//! The moments stand in an index of Route 53 (`turns`) and follow from the checkers as they were counted last; whatever changes
//! those writes the index anew. What may never happen here: a status that is another because somebody looked ahead.

use super::{config, interval, is_good, next_probe, settled, streak, votes};
use crate::base::ids::ResourceId;
use crate::base::time::{Span, Time};
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::names::{HealthCheck, Post};
use stratus_model::sort;

/// What an event of the journal begins with that tells of a change of mind.
const WORDS: &str = "health check ";
/// What stands between its id and how it stands, and before the records that go by it.
const NOW: &str = " is now ";
const DECIDES: &str = " It decides about ";
/// Where the rule is written.
const SOURCE: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html";

/// Whether an event of the journal tells that a health check has changed its mind.
pub fn is_turn(event: &Event) -> bool {
    event.text.starts_with(WORDS)
}

/// What an event of the journal tells of a health check's change of mind: `unhealthy: 2 of 16 checkers say healthy, …`; `None` for
/// an event of anything else.
pub fn told<'e>(event: &'e Event, id: &str) -> Option<&'e str> {
    let rest = event.text.strip_prefix(WORDS)?.strip_prefix(short(id))?;
    let rest = rest.strip_prefix(NOW)?;
    Some(rest.split(DECIDES).next().unwrap_or(rest))
}

/// Lets the health check that is due change its mind. On its own, so that `cargo tasks split` can move it.
#[inline(never)]
pub(crate) fn due(world: &mut World) {
    let Some(key) = world.route53.turns.first().map(|(key, ())| key.clone()) else {
        return;
    };
    world.route53.turns.remove(&key);
    world.now = world.now.max(key.0);
    let rule = "A checker changes its vote after so many results in a row; more than 18 % of them decide.";
    let cause = Cause::Clock {
        rule: rule.into(),
        source: SOURCE.into(),
    };
    follow(world, &key.1, &cause);
}

/// Notes how a health check stands now and what that does to those that are calculated from it, and looks ahead again.
pub(super) fn follow(world: &mut World, id: &str, cause: &Cause) {
    let mut open = vec![id.to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(id) = open.pop() {
        if seen.contains(&id) {
            continue;
        }
        if compare(world, &id, cause) {
            let rows = world.route53.health_checks.rows();
            let parents = rows.filter(|row| row.config.children.contains(&id));
            open.extend(parents.map(|row| row.id.clone()));
        }
        plan(world, &id);
        seen.push(id);
    }
}

/// What is known of a new health check: how it stands, and when that changes.
pub(in super::super) fn begin(world: &mut World, id: &str) {
    let healthy = votes::is_healthy(world, id);
    if let Some(row) = world.route53.health_checks.get_mut(&id.to_owned()) {
        row.watch.told = healthy;
    }
    plan(world, id);
}

/// After a call has changed its settings.
pub(in super::super) fn changed(world: &mut World, id: &str) {
    let cause = Cause::Call(world.calls);
    follow(world, id, &cause);
}

/// Forgets a health check that goes.
pub(in super::super) fn forget(world: &mut World, id: &str) {
    let turn = world
        .route53
        .health_checks
        .get(&id.to_owned())
        .and_then(|row| row.watch.turn);
    if let Some(at) = turn {
        world.route53.turns.remove(&(at, id.to_owned()));
    }
}

/// Whether a health check stands otherwise than was told last; the journal hears of it.
fn compare(world: &mut World, id: &str, cause: &Cause) -> bool {
    let healthy = votes::is_healthy(world, id);
    let Some(row) = world.route53.health_checks.get_mut(&id.to_owned()) else {
        return false;
    };
    if row.watch.told == healthy {
        return false;
    }
    row.watch.told = healthy;
    let text = format!("{WORDS}{}{NOW}{}", short(id), votes::words(world, id));
    let (resource, whose) = whose(world, id);
    world.journal.note(Event {
        at: world.now,
        region: None,
        resource,
        text: format!("{text}{whose}").into(),
        cause: cause.clone(),
    });
    true
}

/// A UUID short enough for a sentence.
fn short(id: &str) -> &str {
    id.split('-').next().unwrap_or(id)
}

/// The zone of the first record that goes by it, and which records those are.
fn whose(world: &World, id: &str) -> (Option<ResourceId>, String) {
    let (mut zone, mut names) = (None, Vec::new());
    for row in world.route53.zones.rows() {
        for set in row.records.rows().filter(|set| set.health_check.as_deref() == Some(id)) {
            zone.get_or_insert(ResourceId::from(row.id));
            let name = crate::dns::name::said(&set.name);
            names.push(match &set.identifier {
                Some(identifier) => format!("{identifier} of {name}"),
                None => name,
            });
        }
    }
    match names.is_empty() {
        true => (zone, String::new()),
        false => (zone, format!("{DECIDES}{}.", names.join(", "))),
    }
}

/// Writes the moment of a health check's next change of mind into the index.
pub(super) fn plan(world: &mut World, id: &str) {
    forget(world, id);
    let healthy = votes::is_healthy(world, id);
    let row = world.route53.health_checks.get(&id.to_owned());
    let turn = row.and_then(|row| match row.watch.told == healthy {
        true => turn(row, world.now),
        // It has done so with this very moment, and the journal does not know yet.
        false => Some(world.now),
    });
    if let Some(row) = world.route53.health_checks.get_mut(&id.to_owned()) {
        row.watch.turn = turn;
    }
    if let Some(at) = turn {
        world.route53.turns.insert((at, id.to_owned()), ());
    }
}

/// When the vote comes to something else, as long as every checker sees what it sees; `None`: never.
fn turn(row: &HealthCheck, now: Time) -> Option<Time> {
    if row.config.disabled || !config::has_endpoint(&row.config.kind) {
        return None;
    }
    let (watch, all) = (&row.watch, row.watch.posts.len());
    let (mut good, mut turns) = (0, Vec::new());
    for (place, post) in watch.posts.iter().enumerate() {
        let post = settled(watch, place, post, &row.config, now);
        good += usize::from(post.healthy);
        if post.healthy != is_good(post.sees) {
            turns.push((changes(row, place, &post, now), is_good(post.sees)));
        }
    }
    sort::by_key(&mut turns, |(at, _)| *at);
    let is_healthy = |good: usize| good * 100 > all * votes::LINE;
    let before = is_healthy(good);
    for (at, up) in turns {
        good = if up { good + 1 } else { good.saturating_sub(1) };
        if is_healthy(good) != before {
            return Some(at);
        }
    }
    None
}

/// When a checker that has been counted up to now changes its vote: with the last of the results in a row that it still needs.
fn changes(row: &HealthCheck, place: usize, post: &Post, now: Time) -> Time {
    let needed = (row.config.threshold.unwrap_or(super::THRESHOLD) - streak(post)).max(1);
    let first = next_probe(&row.watch, place, &row.config, now);
    first + Span((needed - 1) * interval(&row.config))
}

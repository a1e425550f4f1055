//! Whether a health check is healthy: the votes of its checkers, its children, or its alarm.
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html>

use super::super::health_config as config;
use super::settled;
use crate::world::World;
use crate::world::names::{AlarmState, HealthCheck, HealthCheckConfig};

/// An endpoint is healthy if more than so many of a hundred checkers say so.
pub const LINE: usize = 18;

/// How a health check stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What it comes to, inversion included.
    pub healthy: bool,
    /// Checkers or children that say healthy.
    pub good: usize,
    /// All of them.
    pub all: usize,
    /// Why, in a sentence.
    pub why: String,
}

/// Whether a health check is healthy now. One that is gone counts as healthy (ours).
pub fn is_healthy(world: &World, id: &str) -> bool {
    match world.route53.health_checks.get(&id.to_owned()) {
        Some(row) => count(world, row).0,
        None => true,
    }
}

/// How a health check stands; `None` for one that does not exist.
pub fn standing(world: &World, id: &str) -> Option<Standing> {
    let row = world.route53.health_checks.get(&id.to_owned())?;
    let (healthy, good, all) = count(world, row);
    let why = sentence(world, row, good, all);
    let why = match row.config.inverted {
        true => format!("{why} It is inverted."),
        false => why,
    };
    Some(Standing {
        healthy,
        good,
        all,
        why,
    })
}

/// What stands beside a record: `healthy: 16 of 16 checkers …`.
pub fn words(world: &World, id: &str) -> String {
    match standing(world, id) {
        Some(found) => {
            let state = if found.healthy { "healthy" } else { "unhealthy" };
            format!("{state}: {}", found.why)
        }
        None => format!("the health check {id} is gone, so the record counts as healthy"),
    }
}

fn count(world: &World, row: &HealthCheck) -> (bool, usize, usize) {
    let (healthy, good, all) = plainly(world, row);
    (healthy != row.config.inverted, good, all)
}

/// Before inversion.
fn plainly(world: &World, row: &HealthCheck) -> (bool, usize, usize) {
    let settings = &row.config;
    let (good, all) = match settings.kind.as_str() {
        "CALCULATED" => {
            let good = settings.children.iter().filter(|id| is_healthy(world, id)).count();
            (good, settings.children.len())
        }
        kind if config::has_endpoint(kind) => {
            let watch = &row.watch;
            let posts = watch.posts.iter().enumerate();
            let votes = posts.map(|(place, post)| settled(watch, place, post, settings, world.now).healthy);
            (votes.filter(|healthy| *healthy).count(), watch.posts.len())
        }
        _ => (0, 0),
    };
    if settings.disabled {
        return (true, good, all);
    }
    let healthy = match settings.kind.as_str() {
        "CALCULATED" => {
            let wanted = usize::try_from(settings.health_threshold.unwrap_or(0)).unwrap_or(0);
            good >= wanted
        }
        "CLOUDWATCH_METRIC" => by_alarm(world, row),
        // A routing control is off until it is switched on, and nothing here can (documented of new ones).
        "RECOVERY_CONTROL" => false,
        _ => good * 100 > all * LINE,
    };
    (healthy, good, all)
}

/// What the data of a check's alarm come to.
fn alarm(world: &World, config: &HealthCheckConfig) -> AlarmState {
    let found = config.alarm.as_ref().and_then(|key| world.route53.alarms.get(key));
    found.copied().unwrap_or_default()
}

/// Whether a check's alarm is in order; `None`: it has too little data, or the check has no alarm.
pub(super) fn known(world: &World, config: &HealthCheckConfig) -> Option<bool> {
    match alarm(world, config) {
        AlarmState::Ok => Some(true),
        AlarmState::Alarm => Some(false),
        AlarmState::Insufficient => None,
    }
}

/// With too little data the settings decide; without a last known state a check is healthy (documented).
fn by_alarm(world: &World, row: &HealthCheck) -> bool {
    let otherwise = || match row.config.insufficient.as_deref() {
        Some("Healthy") => true,
        Some("Unhealthy") => false,
        _ => row.watch.known.unwrap_or(true),
    };
    known(world, &row.config).unwrap_or_else(otherwise)
}

fn of_alarm(world: &World, settings: &HealthCheckConfig) -> String {
    let (region, name) = settings.alarm.clone().unwrap_or_default();
    match alarm(world, settings) {
        AlarmState::Ok => format!("The alarm {name} in {region} is OK."),
        AlarmState::Alarm => format!("The alarm {name} in {region} is in ALARM."),
        AlarmState::Insufficient => format!(
            "The alarm has too little data, which counts as {}.",
            settings.insufficient.as_deref().unwrap_or("LastKnownStatus")
        ),
    }
}

fn sentence(world: &World, row: &HealthCheck, good: usize, all: usize) -> String {
    let settings = &row.config;
    if settings.disabled {
        return "It is disabled, and so counts as healthy.".into();
    }
    match settings.kind.as_str() {
        "CALCULATED" => format!(
            "{good} of {all} children are healthy, and {} must be.",
            settings.health_threshold.unwrap_or(0)
        ),
        "CLOUDWATCH_METRIC" => of_alarm(world, settings),
        "RECOVERY_CONTROL" => "The routing control is off.".into(),
        _ => format!("{good} of {all} checkers say healthy, and more than {LINE} % must."),
    }
}

//! Retention rules, and their locks.

use super::{invalid, not_found};
use crate::base::error::{Error, Result};
use crate::base::time::{Span, Time};
use crate::services::Request;
use crate::services::ec2::common::page;
use crate::services::ec2::defaults;
use crate::world::World;
use crate::world::keeping::BinRule;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use stratus_model::{Name, Structure, field, sort};

/// Rules of a Region.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin-quotas.html>
const RULES: usize = 250;
/// Days that volumes are kept at most.
const VOLUME_DAYS: i64 = 7;
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The ARN of a rule.
pub(super) fn arn(world: &World, request: &Request<'_>, id: &str) -> String {
    format!("arn:aws:rbin:{}:{}:rule/{id}", request.region.name(), world.account())
}

/// The rule of this identifier.
pub(super) fn find<'w>(world: &'w World, request: &Request<'_>, id: &str) -> Result<&'w BinRule> {
    let ec2 = world.ec2(request.region);
    ec2.and_then(|ec2| ec2.keeping.rules.get(&id.to_owned()))
        .ok_or_else(|| not_found(id))
}

fn named<'w>(world: &'w World, request: &Request<'_>) -> Result<&'w BinRule> {
    find(
        world,
        request,
        request.params.text(field::IDENTIFIER).unwrap_or_default(),
    )
}

/// Puts a rule in its place.
pub(super) fn put(world: &mut World, request: &Request<'_>, rule: BinRule) {
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        ec2.keeping.rules.insert(rule.id.clone(), rule);
    }
}

fn read_tags(params: &Structure, name: Name) -> Vec<(String, Option<String>)> {
    let one = |tag: &Structure| {
        let value = tag.text(field::RESOURCE_TAG_VALUE).map(str::to_owned);
        Some((tag.text(field::RESOURCE_TAG_KEY)?.to_owned(), value))
    };
    params.structures(name).filter_map(one).collect()
}

fn show_tags(tags: &[(String, Option<String>)]) -> Vec<Structure> {
    let one = |(key, value): &(String, Option<String>)| {
        Structure::new()
            .with(field::RESOURCE_TAG_KEY, key.as_str())
            .with_some(field::RESOURCE_TAG_VALUE, value.as_deref())
    };
    tags.iter().map(one).collect()
}

fn days(params: &Structure) -> Option<i64> {
    params
        .structure(field::RETENTION_PERIOD)?
        .integer(field::RETENTION_PERIOD_VALUE)
}

fn period(days: i64) -> Structure {
    Structure::new()
        .with(field::RETENTION_PERIOD_VALUE, days)
        .with(field::RETENTION_PERIOD_UNIT, "DAYS")
}

fn delay(params: &Structure) -> Option<i64> {
    let lock = params.structure(field::LOCK_CONFIGURATION)?;
    lock.structure(field::UNLOCK_DELAY)?.integer(field::UNLOCK_DELAY_VALUE)
}

/// `locked`, `pending_unlock`, `unlocked`.
fn state(rule: &BinRule, now: Time) -> &'static str {
    match (rule.delay, rule.unlocks) {
        (None, _) => "unlocked",
        (Some(_), None) => "locked",
        (Some(_), Some(at)) if at > now => "pending_unlock",
        _ => "unlocked",
    }
}

/// A rule as all calls but the list show it; `tags`: whether it shows its own.
fn shown(world: &World, request: &Request<'_>, rule: &BinRule) -> Structure {
    let state = state(rule, world.now);
    let lock = rule.delay.filter(|_| state != "unlocked").map(|days| {
        let delay = Structure::new()
            .with(field::UNLOCK_DELAY_VALUE, days)
            .with(field::UNLOCK_DELAY_UNIT, "DAYS");
        Structure::new().with(field::UNLOCK_DELAY, delay)
    });
    let shown = Structure::new()
        .with(field::IDENTIFIER, rule.id.as_str())
        .with(field::DESCRIPTION, rule.description.as_str())
        .with(field::RESOURCE_TYPE, rule.kind.as_str())
        .with(field::RETENTION_PERIOD, period(rule.days))
        .with(field::STATUS, "available")
        .with(field::LOCK_STATE, state)
        .with(field::RULE_ARN, arn(world, request, &rule.id))
        .with(field::RESOURCE_TAGS, show_tags(&rule.only))
        .with(field::EXCLUDE_RESOURCE_TAGS, show_tags(&rule.never));
    let shape = request.operation.name;
    let shown = if matches!(shape, "UpdateRule") {
        shown
    } else {
        shown.with_some(field::LOCK_CONFIGURATION, lock)
    };
    let has_end = matches!(shape, "GetRule" | "UnlockRule" | "UpdateRule");
    shown.with_some(
        field::LOCK_END_TIME,
        rule.unlocks.filter(|_| has_end && state == "pending_unlock"),
    )
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_CreateRule.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    defaults::ensure(world, request.region);
    let (only, never) = (
        read_tags(params, field::RESOURCE_TAGS),
        read_tags(params, field::EXCLUDE_RESOURCE_TAGS),
    );
    if !only.is_empty() && !never.is_empty() {
        return Err(invalid("A rule has either ResourceTags or ExcludeResourceTags."));
    }
    if delay(params).is_some() && !only.is_empty() {
        return Err(invalid("Only Region-level rules can be locked."));
    }
    let kind = params.text(field::RESOURCE_TYPE).unwrap_or_default();
    let days = days(params).unwrap_or(1);
    check_days(kind, days)?;
    if world
        .ec2(request.region)
        .is_some_and(|ec2| ec2.keeping.rules.len() >= RULES)
    {
        let why = format!("There are {RULES} rules already.");
        return Err(Error::new("ServiceQuotaExceededException", why)
            .with_status(402)
            .detail("Reason", "SERVICE_QUOTA_EXCEEDED"));
    }
    let born = world.birth();
    let digest = Sha256::digest(format!("rbin {} {born}", world.options.seed));
    let letter = |byte: &u8| {
        ALPHABET
            .get(usize::from(*byte) % ALPHABET.len())
            .map(|letter| char::from(*letter))
    };
    let id: String = digest.iter().take(11).filter_map(letter).collect();
    let tag = |tag: &Structure| {
        Some((
            tag.text(field::KEY)?.to_owned(),
            tag.text(field::VALUE).unwrap_or_default().to_owned(),
        ))
    };
    let tags: BTreeMap<String, String> = params.structures(field::TAGS).filter_map(tag).collect();
    let rule = BinRule {
        id: id.clone(),
        born,
        description: params.text(field::DESCRIPTION).unwrap_or_default().to_owned(),
        kind: kind.to_owned(),
        days,
        only,
        never,
        delay: delay(params),
        unlocks: None,
        tags,
    };
    put(world, request, rule);
    let rule = find(world, request, &id)?;
    let tags: Vec<Structure> = rule
        .tags
        .iter()
        .map(|(key, value)| {
            Structure::new()
                .with(field::KEY, key.as_str())
                .with(field::VALUE, value.as_str())
        })
        .collect();
    Ok(shown(world, request, rule).with(field::TAGS, tags))
}

/// Snapshots and images are kept for up to ten years, volumes for a week.
fn check_days(kind: &str, days: i64) -> Result<()> {
    if kind == "EBS_VOLUME" && days > VOLUME_DAYS {
        return Err(invalid(format!("Volumes are kept for 1 to {VOLUME_DAYS} days.")));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_GetRule.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let rule = named(world, request)?;
    Ok(shown(world, request, rule))
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_ListRules.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let kind = params.text(field::RESOURCE_TYPE).unwrap_or_default();
    let (only, never) = (
        read_tags(params, field::RESOURCE_TAGS),
        read_tags(params, field::EXCLUDE_RESOURCE_TAGS),
    );
    let wanted = params.text(field::LOCK_STATE);
    let rules = world
        .ec2(request.region)
        .into_iter()
        .flat_map(|ec2| ec2.keeping.rules.rows());
    let mut found: Vec<&BinRule> = rules
        .filter(|rule| rule.kind == kind)
        .filter(|rule| only.iter().all(|tag| rule.only.contains(tag)))
        .filter(|rule| never.iter().all(|tag| rule.never.contains(tag)))
        .filter(|rule| wanted.is_none_or(|wanted| wanted == state(rule, world.now)))
        .collect();
    sort::by_key(&mut found, |rule| rule.born);
    let (items, next) = page(found, params, 1)?;
    let shown: Vec<Structure> = items
        .into_iter()
        .map(|rule| {
            Structure::new()
                .with(field::IDENTIFIER, rule.id.as_str())
                .with(field::DESCRIPTION, rule.description.as_str())
                .with(field::RETENTION_PERIOD, period(rule.days))
                .with(field::LOCK_STATE, state(rule, world.now))
                .with(field::RULE_ARN, arn(world, request, &rule.id))
        })
        .collect();
    Ok(Structure::new()
        .with(field::RULES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// Locked rules cannot be changed.
fn unlocked(rule: &BinRule, now: Time) -> Result<()> {
    if state(rule, now) == "unlocked" {
        return Ok(());
    }
    let why = format!("Rule {} is locked, or its unlock delay is not over.", rule.id);
    Err(conflict(why))
}

fn conflict(why: impl Into<String>) -> Error {
    Error::new("ConflictException", why)
        .with_status(409)
        .detail("Reason", "INVALID_RULE_STATE")
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_UpdateRule.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let mut rule = named(world, request)?.clone();
    unlocked(&rule, world.now)?;
    if params.text(field::RESOURCE_TYPE).is_some_and(|kind| kind != rule.kind) {
        return Err(invalid("The resource type of a rule cannot be changed."));
    }
    if let Some(text) = params.text(field::DESCRIPTION) {
        rule.description = text.to_owned();
    }
    if let Some(days) = days(params) {
        check_days(&rule.kind, days)?;
        rule.days = days;
    }
    if params.contains(field::RESOURCE_TAGS) {
        rule.only = read_tags(params, field::RESOURCE_TAGS);
    }
    if params.contains(field::EXCLUDE_RESOURCE_TAGS) {
        rule.never = read_tags(params, field::EXCLUDE_RESOURCE_TAGS);
    }
    if !rule.only.is_empty() && !rule.never.is_empty() {
        return Err(invalid("A rule has either ResourceTags or ExcludeResourceTags."));
    }
    put(world, request, rule.clone());
    Ok(shown(world, request, &rule))
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_DeleteRule.html>: what lies in the bin stays for its time.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let rule = named(world, request)?.clone();
    unlocked(&rule, world.now)?;
    if let Some(ec2) = world.regions.get_mut(&request.region) {
        ec2.keeping.rules.remove(&rule.id);
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_LockRule.html>
pub(super) fn lock(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut rule = named(world, request)?.clone();
    if state(&rule, world.now) == "locked" {
        return Err(conflict(format!("Rule {} is locked already.", rule.id)));
    }
    if !rule.only.is_empty() {
        return Err(invalid("Only Region-level rules can be locked."));
    }
    rule.delay = delay(request.params);
    rule.unlocks = None;
    put(world, request, rule.clone());
    Ok(shown(world, request, &rule))
}

/// <https://docs.aws.amazon.com/recyclebin/latest/APIReference/API_UnlockRule.html>: it takes the delay that it was locked with.
pub(super) fn unlock(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut rule = named(world, request)?.clone();
    let Some(days) = rule.delay.filter(|_| state(&rule, world.now) == "locked") else {
        return Err(conflict(format!("Rule {} is not locked.", rule.id)));
    };
    rule.unlocks = Some(world.now + Span::minutes(days * 24 * 60));
    put(world, request, rule.clone());
    Ok(shown(world, request, &rule))
}

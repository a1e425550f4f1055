//! The rules of a schedule besides when and how long: copies to other Regions, the archive, fast restores, sharing. Checked here, and
//! read for `after`. Source: <https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html>

use super::{cron, invalid, marks, scripts};
use crate::base::error::Result;
use crate::base::ids::ResourceId;
use crate::base::time::{Span, Time};
use crate::catalog::{Region, Zone};
use crate::world::World;
use stratus_model::{Name, Structure, field};

const DAY: i64 = 24 * 60;
/// Days that a schedule with an archive rule leaves between two snapshots, at least.
const APART: i64 = 28;
/// Days that the archive keeps a snapshot, at least.
const IN_ARCHIVE: i64 = 90;
/// Moments of a schedule that are looked at for its least interval (ours).
const AHEAD: usize = 14;

/// How long a rule with `Interval` and `IntervalUnit` lasts.
pub(super) fn span(rule: &Structure) -> Option<Span> {
    lasting(rule, field::INTERVAL, field::INTERVAL_UNIT)
}

/// How long sharing lasts, where it ends.
pub(super) fn sharing(rule: &Structure) -> Option<Span> {
    lasting(rule, field::UNSHARE_INTERVAL, field::UNSHARE_INTERVAL_UNIT)
}

fn lasting(rule: &Structure, interval: Name, unit: Name) -> Option<Span> {
    let days = match rule.text(unit)? {
        "DAYS" => 1,
        "WEEKS" => 7,
        "MONTHS" => 30,
        _ => 365,
    };
    Some(Span::minutes(rule.integer(interval)?.saturating_mul(days * DAY)))
}

/// Whether something has a tag with this key and value.
pub(super) fn has_tag(world: &World, region: Region, id: ResourceId, tag: &Structure) -> bool {
    let value = tag.text(field::KEY).and_then(|key| world.tags(region, id)?.get(key));
    value.is_some_and(|value| value == tag.text(field::VALUE).unwrap_or_default())
}

/// The Region that a rule copies to.
pub(super) fn target(rule: &Structure) -> Option<Region> {
    Region::find(rule.text(field::TARGET_REGION).or(rule.text(field::TARGET))?)
}

/// Whether a rule copies to a Region that is there, and another one.
pub(super) fn check_target(rule: &Structure, region: Region) -> Result<()> {
    match target(rule) {
        Some(to) if to != region => Ok(()),
        Some(_) => Err(invalid(
            "The target Region of a copy must be another than the policy's.",
        )),
        None => Err(invalid("A copy needs the Region that it goes to.")),
    }
}

/// The zones of a fast restore rule.
pub(super) fn zones(rule: &Structure) -> Vec<Zone> {
    let names = rule.texts(field::AVAILABILITY_ZONES);
    names
        .chain(rule.texts(field::AVAILABILITY_ZONE_IDS))
        .filter_map(Zone::find)
        .collect()
}

/// The archive's part of a schedule's archive rule.
pub(super) fn archive(schedule: &Structure) -> Option<&Structure> {
    let rule = schedule.structure(field::ARCHIVE_RULE)?;
    rule.structure(field::RETAIN_RULE)?
        .structure(field::RETENTION_ARCHIVE_TIER)
}

/// Whether the schedules' rules can be kept.
///
/// # Errors
/// `InvalidRequestException`.
pub(super) fn check(details: &Structure, region: Region) -> Result<()> {
    let schedules = || details.structures(field::SCHEDULES);
    if schedules()
        .filter(|schedule| schedule.contains(field::ARCHIVE_RULE))
        .count()
        > 1
    {
        return Err(invalid("Only one schedule of a policy can have an archive rule."));
    }
    let of_volumes = details.texts(field::RESOURCE_TYPES).eq(["VOLUME"]);
    for schedule in schedules() {
        if schedule.contains(field::DEPRECATE_RULE) {
            return Err(invalid("DeprecateRule is for policies that make images."));
        }
        check_common(schedule, region, !of_volumes)?;
        scripts::check(schedule, !of_volumes)?;
        for rule in schedule.structures(field::CROSS_REGION_COPY_RULES) {
            if rule.contains(field::DEPRECATE_RULE) {
                return Err(invalid("DeprecateRule is for policies that make images."));
            }
        }
        if let Some(rule) = schedule.structure(field::FAST_RESTORE_RULE) {
            check_fast(rule, region)?;
        }
        if schedule.contains(field::ARCHIVE_RULE) {
            if !of_volumes {
                return Err(invalid("Only a policy that targets volumes can have an archive rule."));
            }
            check_archive(schedule)?;
        }
    }
    Ok(())
}

/// What holds for schedules of snapshots and of images alike.
///
/// # Errors
/// `InvalidRequestException`.
pub(super) fn check_common(schedule: &Structure, region: Region, instances: bool) -> Result<()> {
    marks::check(schedule, instances)?;
    let mut copies = schedule.structures(field::CROSS_REGION_COPY_RULES);
    copies.try_for_each(|rule| check_target(rule, region))
}

fn check_fast(rule: &Structure, region: Region) -> Result<()> {
    let named = rule.list(field::AVAILABILITY_ZONES).len() + rule.list(field::AVAILABILITY_ZONE_IDS).len();
    let zones = zones(rule);
    if zones.is_empty() || zones.len() != named || zones.iter().any(|zone| zone.region != region) {
        return Err(invalid(
            "A FastRestoreRule needs Availability Zones of the policy's Region.",
        ));
    }
    match (rule.integer(field::COUNT), span(rule)) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
        _ => Err(invalid(
            "A FastRestoreRule needs either Count, or Interval with IntervalUnit.",
        )),
    }
}

/// The least number of days between two moments of a cron expression; none where it has at most one.
fn apart(schedule: &Structure) -> Option<i64> {
    let text = schedule.structure(field::CREATE_RULE)?.text(field::CRON_EXPRESSION)?;
    let moments = cron::read(text)?;
    let (mut least, mut at) = (i64::MAX, moments.next(Time::START)?);
    for _ in 0..AHEAD {
        let Some(after) = moments.next(at) else { break };
        least = least.min((after - at).0 / (DAY * 60_000));
        at = after;
    }
    Some(least)
}

fn check_archive(schedule: &Structure) -> Result<()> {
    let Some(apart) = apart(schedule).filter(|days| *days >= APART) else {
        let why = format!(
            "A schedule with an archive rule needs a cron expression with a frequency of at least {APART} days."
        );
        return Err(invalid(why));
    };
    let keeps = schedule.structure(field::RETAIN_RULE);
    let by_count = keeps.is_some_and(|rule| rule.contains(field::COUNT));
    let days = match archive(schedule) {
        Some(rule) if by_count => rule.integer(field::COUNT).map(|count| count.saturating_mul(apart)),
        Some(rule) => span(rule).map(|span| span.0 / (DAY * 60_000)),
        None => None,
    };
    match days {
        None => Err(invalid(
            "The archive's retention must be given as the standard tier's: by Count, or by Interval and IntervalUnit.",
        )),
        // Three months are ninety days, whatever their lengths.
        Some(days) if days < IN_ARCHIVE => {
            let why = format!("The archive must keep snapshots for at least {IN_ARCHIVE} days.");
            Err(invalid(why))
        }
        Some(_) => Ok(()),
    }
}

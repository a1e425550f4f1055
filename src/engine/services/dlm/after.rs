//! What a policy does with a snapshot once it has it: shares it, copies it to other Regions and switches fast restores on when it is
//! complete, sends it to the archive; and undoes each of these when its time is over.

use super::runs::{ends, newer, remind, row, schedules, update};
use super::{events, marks, policies, rules};
use crate::base::ids::{LifecyclePolicyId, SnapshotId, VolumeId};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::ec2::common::note_clock;
use crate::services::ec2::defaults;
use crate::services::ec2::storage::{keys, snapshots};
use crate::world::World;
use crate::world::storage::Snapshot;
use std::collections::BTreeSet;
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html";
/// After how long a copy is tried again that the limit of copies at a time has refused (ours).
pub(super) const AGAIN: Span = Span::minutes(5);
/// The error of that limit.
pub(super) const FULL: &str = "ResourceLimitExceeded";

fn tell(world: &mut World, region: Region, id: SnapshotId, text: String, rule: &'static str) {
    note_clock(world, region, id, text, rule, SOURCE);
}

/// A snapshot has just been taken: what has to wait for its end is remembered, and when that is.
pub(super) fn wait(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    place: usize,
    schedule: &Structure,
    (volume, snapshot): (VolumeId, SnapshotId),
) -> Option<Time> {
    let copied = !schedule.list(field::CROSS_REGION_COPY_RULES).is_empty();
    let waits = copied || schedule.contains(field::FAST_RESTORE_RULE) || schedule.contains(field::ARCHIVE_RULE);
    let ready = world.row::<Snapshot>(region, snapshot).filter(|_| waits)?.completes;
    update(world, region, id, |policy| {
        policy.more.waiting.push((place, snapshot, volume))
    });
    Some(ready)
}

/// Shares a new snapshot as its schedule says; until when, if that ends. What AWS's own key encrypts cannot be shared.
pub(super) fn share(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    schedule: &Structure,
    snapshot: SnapshotId,
) -> Option<Time> {
    let rule = schedule.structures(field::SHARE_RULES).next()?;
    let with: Vec<String> = rule.texts(field::TARGET_ACCOUNTS).map(str::to_owned).collect();
    let key = world
        .row::<Snapshot>(region, snapshot)
        .and_then(|row| row.kms_key.clone());
    if key.is_some_and(|key| key == keys::default(world, region)) {
        let rule = "A snapshot that the AWS managed key encrypts cannot be shared.";
        tell(world, region, snapshot, "not shared".to_owned(), rule);
        return None;
    }
    world.update(region, snapshot, |row: &mut Snapshot| row.shared_with = with);
    let until = world.now + rules::sharing(rule)?;
    update(world, region, id, |policy| policy.more.shared.push((snapshot, until)));
    Some(until)
}

/// Does what has waited for a snapshot's completion, and tries again what the limit has put off.
pub(super) fn act(world: &mut World, region: Region, id: LifecyclePolicyId) {
    retry(world, region, id);
    let waiting = row(world, region, id).map(|policy| policy.more.waiting.clone());
    let waiting = waiting.unwrap_or_default();
    if waiting.is_empty() {
        return;
    }
    let all = row(world, region, id).map(schedules).unwrap_or_default();
    let mut moments = Vec::new();
    let mut left = Vec::new();
    for (place, snapshot, volume) in waiting {
        let state = world.row::<Snapshot>(region, snapshot).map(|row| row.completed);
        match (state, all.get(place)) {
            (Some(false), Some(_)) => left.push((place, snapshot, volume)),
            (Some(true), Some(schedule)) => {
                let rules: Vec<Structure> = schedule.structures(field::CROSS_REGION_COPY_RULES).cloned().collect();
                copy_by(world, region, id, (place, snapshot), &rules);
                if let Some(rule) = schedule.structure(field::FAST_RESTORE_RULE) {
                    moments.extend(speed(world, region, id, (place, snapshot, volume), rule));
                }
            }
            _ => {}
        }
    }
    update(world, region, id, |policy| policy.more.waiting = left);
    remind(world, region, id, moments);
}

/// The rules by which a schedule copies; those of a policy for events stand in the place of its first.
fn copy_rules(world: &World, region: Region, id: LifecyclePolicyId) -> Vec<Vec<Structure>> {
    let Some(policy) = row(world, region, id) else {
        return Vec::new();
    };
    if policies::kind(&policy.details.0) == events::KIND {
        return vec![events::rules(&policy.details.0)];
    }
    let of = |schedule: &Structure| {
        let rules = schedule.structures(field::CROSS_REGION_COPY_RULES);
        rules.cloned().collect()
    };
    schedules(policy).iter().map(of).collect()
}

/// Copies a snapshot by each of some rules. What the limit refuses waits for its next turn.
pub(super) fn copy_by(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    (place, snapshot): (usize, SnapshotId),
    rules: &[Structure],
) {
    let mut moments = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        match copy(world, region, id, snapshot, rule) {
            Copied::Until(until) => moments.extend(until),
            Copied::Full(to) => {
                let why = "A copy that the limit of copies at a time refuses is tried again every five minutes.";
                let text = format!("not copied to {} yet: too many copies are under way", to.name());
                tell(world, region, snapshot, text, why);
                update(world, region, id, |policy| {
                    policy.more.again.push((place, number, snapshot))
                });
                moments.push(world.now + AGAIN);
            }
        }
    }
    remind(world, region, id, moments);
}

/// Tries again what the limit has refused, each rule for itself. Once a Region is full, no further copy is tried there.
fn retry(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let waiting = row(world, region, id).map(|policy| policy.more.again.clone());
    let waiting = waiting.unwrap_or_default();
    if waiting.is_empty() {
        return;
    }
    let rules = copy_rules(world, region, id);
    let (mut left, mut moments, mut full) = (Vec::new(), Vec::new(), Vec::new());
    for (place, number, snapshot) in waiting {
        let Some(rule) = rules.get(place).and_then(|rules| rules.get(number)) else {
            continue;
        };
        if rules::target(rule).is_some_and(|to| full.contains(&to)) {
            left.push((place, number, snapshot));
            continue;
        }
        match copy(world, region, id, snapshot, rule) {
            Copied::Until(until) => moments.extend(until),
            Copied::Full(to) => {
                full.push(to);
                left.push((place, number, snapshot));
            }
        }
    }
    if !left.is_empty() {
        moments.push(world.now + AGAIN);
    }
    update(world, region, id, |policy| policy.more.again = left);
    remind(world, region, id, moments);
}

/// What came of a copy.
pub(super) enum Copied {
    /// It is on its way, or refused for good; when it goes again, if ever.
    Until(Option<Time>),
    /// So many are on their way to that Region that it has to wait.
    Full(Region),
}

/// Copies a snapshot to another Region, where it stays as long as the rule says.
fn copy(world: &mut World, region: Region, id: LifecyclePolicyId, snapshot: SnapshotId, rule: &Structure) -> Copied {
    let Some(to) = rules::target(rule) else {
        return Copied::Until(None);
    };
    defaults::ensure(world, to);
    let within = rule.structure(field::ENCRYPTION_CONFIGURATION).unwrap_or(rule);
    let encrypted = within.boolean(field::ENCRYPTED) == Some(true);
    let made = snapshots::copy_to(world, (region, snapshot), to, encrypted, within.text(field::CMK_ARN));
    let copied = match made {
        Ok(copied) => copied,
        Err(error) if error.code == FULL => return Copied::Full(to),
        Err(error) => {
            let rule = "A copy that is refused is not tried again.";
            let text = format!("not copied to {}: {}", to.name(), error.message);
            tell(world, region, snapshot, text, rule);
            return Copied::Until(None);
        }
    };
    marks::put_on_copy(world, id, rule, (region, snapshot.into()), (to, copied.into()));
    let span = rule.structure(field::RETAIN_RULE).and_then(rules::span);
    let until = span.map(|span| world.now + span);
    update(world, region, id, |policy| policy.more.copies.push((to, copied, until)));
    let rule = "A cross-Region copy rule copies each snapshot when it is complete.";
    tell(
        world,
        to,
        copied,
        format!("pending: a copy of {snapshot} in {}, by {id}", region.name()),
        rule,
    );
    Copied::Until(until)
}

/// Switches fast restores on in the rule's zones; when they go off by their age, if so.
fn speed(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    (place, snapshot, volume): (usize, SnapshotId, VolumeId),
    rule: &Structure,
) -> Option<Time> {
    let size = match snapshots::fast::can_have(world, region, &snapshot.to_string()) {
        Ok((_, size)) => size,
        Err(error) => {
            let why = "Fast restores need a complete snapshot of the standard tier, of at most 16 TiB.";
            let text = format!("fast snapshot restores not switched on: {}", error.message);
            tell(world, region, snapshot, text, why);
            return None;
        }
    };
    for zone in rules::zones(rule) {
        snapshots::fast::switch_on(world, region, snapshot, size, zone);
    }
    let now = world.now;
    update(world, region, id, |policy| {
        policy.more.fast.push((place, snapshot, now, volume))
    });
    let until = rules::span(rule).map(|span| now + span);
    let rule = "A fast restore rule switches them on for each snapshot when it is complete.";
    tell(
        world,
        region,
        snapshot,
        format!("fast snapshot restores on, by {id}"),
        rule,
    );
    until
}

fn slow(world: &mut World, region: Region, snapshot: SnapshotId) {
    for zone in region.zones() {
        snapshots::fast::switch_off(world, region, snapshot, zone);
    }
}

/// Sends a snapshot to the archive, once it is complete: fast restores and sharing end with that. When the archive lets it go by its
/// age, if so.
pub(super) fn archive(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    (place, snapshot, volume): (usize, SnapshotId, VolumeId),
) -> Option<Time> {
    let completed = world.row::<Snapshot>(region, snapshot).map(|row| row.completed);
    if completed == Some(false) {
        return None;
    }
    update(world, region, id, |policy| {
        policy.made.retain(|(_, made, ..)| *made != snapshot);
        policy.until.remove(&snapshot);
    });
    completed?;
    slow(world, region, snapshot);
    let sent = snapshots::tiers::begin_archiving(world, region, snapshot);
    let now = world.now;
    update(world, region, id, |policy| {
        policy.more.fast.retain(|(_, made, ..)| *made != snapshot);
        if sent.is_ok() {
            policy.more.archived.push((place, snapshot, now, volume));
        }
    });
    // One that is in use or archived already is the user's from then on.
    sent.ok()?;
    world.update(region, snapshot, |row: &mut Snapshot| row.shared_with.clear());
    let rule = row(world, region, id).map(schedules).unwrap_or_default();
    let span = rule.get(place).and_then(rules::archive).and_then(rules::span);
    let rule = "A schedule with an archive rule archives what the standard tier need keep no longer.";
    tell(world, region, snapshot, format!("sent to the archive by {id}"), rule);
    span.map(|span| now + span)
}

/// Whether a rule's time is over for what has so many newer ones after it: by count, or by age.
fn is_over(rule: &Structure, newer: usize, end: impl FnOnce(Span) -> Time, now: Time) -> bool {
    match rule.integer(field::COUNT) {
        Some(count) => usize::try_from(count).is_ok_and(|count| newer >= count),
        None => rules::span(rule).is_some_and(|span| end(span) <= now),
    }
}

/// Ends what has lasted as long as it should: copies, what lies in the archive, fast restores, sharing.
pub(super) fn expire(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let now = world.now;
    let state = row(world, region, id)
        .map(|policy| policy.more.clone())
        .unwrap_or_default();
    if state.is_empty() {
        return;
    }
    let all = row(world, region, id).map(schedules).unwrap_or_default();
    let mut kept = state.clone();
    let ended = |until: &Option<Time>| until.is_some_and(|until| until <= now);
    for (to, snapshot, _) in state.copies.iter().filter(|(.., until)| ended(until)) {
        let rule = "A cross-Region copy goes when its retention period is over.";
        drop_one(world, *to, *snapshot, id, rule);
    }
    kept.copies.retain(|(.., until)| !ended(until));
    let mut gone: BTreeSet<SnapshotId> = BTreeSet::new();
    for ((place, snapshot, at, _), newer) in state.archived.iter().zip(newer(&state.archived)) {
        let end = |span| row(world, region, id).map_or(*at + span, |policy| ends(policy, *snapshot, *at, span));
        let rule = all.get(*place).and_then(rules::archive);
        if rule.is_some_and(|rule| is_over(rule, newer, end, now)) {
            let rule = "What the archive has kept for its retention period is deleted.";
            drop_one(world, region, *snapshot, id, rule);
            gone.insert(*snapshot);
        }
    }
    kept.archived.retain(|(_, made, ..)| !gone.contains(made));
    let mut slowed: BTreeSet<SnapshotId> = BTreeSet::new();
    for ((place, snapshot, at, _), newer) in state.fast.iter().zip(newer(&state.fast)) {
        let rule = all
            .get(*place)
            .and_then(|schedule| schedule.structure(field::FAST_RESTORE_RULE));
        if rule.is_none_or(|rule| is_over(rule, newer, |span| *at + span, now)) {
            slow(world, region, *snapshot);
            slowed.insert(*snapshot);
            if world.row::<Snapshot>(region, *snapshot).is_some() {
                let rule = "A fast restore rule switches them off again.";
                tell(
                    world,
                    region,
                    *snapshot,
                    format!("fast snapshot restores off, by {id}"),
                    rule,
                );
            }
        }
    }
    kept.fast.retain(|(_, made, ..)| !slowed.contains(made));
    kept.shared.retain(|(_, until)| *until > now);
    for (snapshot, _) in state.shared.iter().filter(|(_, until)| *until <= now) {
        if world
            .update(region, *snapshot, |row: &mut Snapshot| row.shared_with.clear())
            .is_some()
        {
            let rule = "A share rule can end by itself.";
            tell(world, region, *snapshot, format!("no longer shared, by {id}"), rule);
        }
    }
    update(world, region, id, |policy| {
        policy.more = kept;
        policy.until.retain(|snapshot, _| !gone.contains(snapshot));
    });
}

/// Deletes a snapshot; what is locked or in use stays, and is the user's from then on.
fn drop_one(world: &mut World, region: Region, snapshot: SnapshotId, id: LifecyclePolicyId, rule: &'static str) {
    if world.row::<Snapshot>(region, snapshot).is_some() {
        tell(
            world,
            region,
            snapshot,
            format!("expired: {id} keeps it no longer"),
            rule,
        );
    }
    let _ = snapshots::delete(world, region, snapshot);
}

//! What a policy does with a snapshot once it has it: shares it, copies it to other Regions and switches fast restores on when it is
//! complete, sends it to the archive; and undoes each of these when its time is over.

use super::rules;
use super::runs::{row, schedules, update};
use crate::base::ids::{LifecyclePolicyId, SnapshotId, VolumeId};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::clock::{self, Step};
use crate::services::ec2::common::note_clock;
use crate::services::ec2::defaults;
use crate::services::ec2::storage::{keys, snapshots};
use crate::world::World;
use crate::world::keeping::PolicyMore;
use crate::world::storage::Snapshot;
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html";
/// One snapshot of a policy: schedule, snapshot, when, volume.
type Made = (usize, SnapshotId, Time, VolumeId);

fn tell(world: &mut World, region: Region, id: SnapshotId, text: String, rule: &'static str) {
    note_clock(world, region, id, text, rule, SOURCE);
}

fn more(world: &World, region: Region, id: LifecyclePolicyId) -> PolicyMore {
    row(world, region, id)
        .map(|policy| policy.more.clone())
        .unwrap_or_default()
}

/// A snapshot has just been taken: what has to wait for its end is remembered.
pub(super) fn wait(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    place: usize,
    schedule: &Structure,
    (volume, snapshot): (VolumeId, SnapshotId),
) {
    let copied = !schedule.list(field::CROSS_REGION_COPY_RULES).is_empty();
    let waits = copied || schedule.contains(field::FAST_RESTORE_RULE) || schedule.contains(field::ARCHIVE_RULE);
    let Some(ready) = world
        .row::<Snapshot>(region, snapshot)
        .filter(|_| waits)
        .map(|row| row.completes)
    else {
        return;
    };
    update(world, region, id, |policy| {
        policy.more.waiting.push((place, snapshot, volume))
    });
    clock::schedule(world, ready - world.now, region, id, Step::Reap);
}

/// Shares a new snapshot as its schedule says. What AWS's own key encrypts cannot be shared.
pub(super) fn share(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    schedule: &Structure,
    snapshot: SnapshotId,
) {
    let Some(rule) = schedule.structures(field::SHARE_RULES).next() else {
        return;
    };
    let with: Vec<String> = rule.texts(field::TARGET_ACCOUNTS).map(str::to_owned).collect();
    let key = world
        .row::<Snapshot>(region, snapshot)
        .and_then(|row| row.kms_key.clone());
    if key.is_some_and(|key| key == keys::default(world, region)) {
        let rule = "A snapshot that the AWS managed key encrypts cannot be shared.";
        return tell(world, region, snapshot, "not shared".to_owned(), rule);
    }
    world.update(region, snapshot, |row: &mut Snapshot| row.shared_with = with);
    if let Some(span) = rules::sharing(rule) {
        let until = world.now + span;
        update(world, region, id, |policy| policy.more.shared.push((snapshot, until)));
        clock::schedule(world, span, region, id, Step::Reap);
    }
}

/// Does what has waited for a snapshot's completion.
pub(super) fn act(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let waiting = more(world, region, id).waiting;
    if waiting.is_empty() {
        return;
    }
    let all = row(world, region, id).map(schedules).unwrap_or_default();
    let mut left = Vec::new();
    for (place, snapshot, volume) in waiting {
        let state = world.row::<Snapshot>(region, snapshot).map(|row| row.completed);
        match (state, all.get(place)) {
            (Some(false), Some(_)) => left.push((place, snapshot, volume)),
            (Some(true), Some(schedule)) => {
                for rule in schedule.structures(field::CROSS_REGION_COPY_RULES) {
                    copy(world, region, id, snapshot, rule);
                }
                if let Some(rule) = schedule.structure(field::FAST_RESTORE_RULE) {
                    speed(world, region, id, (place, snapshot, volume), rule);
                }
            }
            _ => {}
        }
    }
    update(world, region, id, |policy| policy.more.waiting = left);
}

/// Copies a snapshot to another Region, where it stays as long as the rule says.
pub(super) fn copy(world: &mut World, region: Region, id: LifecyclePolicyId, snapshot: SnapshotId, rule: &Structure) {
    let Some(to) = rules::target(rule) else { return };
    defaults::ensure(world, to);
    let within = rule.structure(field::ENCRYPTION_CONFIGURATION).unwrap_or(rule);
    let encrypted = within.boolean(field::ENCRYPTED) == Some(true);
    let made = snapshots::copy_to(world, (region, snapshot), to, encrypted, within.text(field::CMK_ARN));
    let copied = match made {
        Ok(copied) => copied,
        Err(error) => {
            let rule = "A copy that is refused is not tried again.";
            let text = format!("not copied to {}: {}", to.name(), error.message);
            return tell(world, region, snapshot, text, rule);
        }
    };
    let mut tags = match rule.boolean(field::COPY_TAGS) {
        Some(true) => world.tags(region, snapshot.into()).cloned().unwrap_or_default(),
        _ => Default::default(),
    };
    tags.retain(|key, _| !key.starts_with("aws:"));
    tags.insert("aws:dlm:lifecycle-policy-id".to_owned(), id.to_string());
    if let Some(ec2) = world.regions.get_mut(&to) {
        ec2.tags.insert(copied.into(), tags);
    }
    let span = rule.structure(field::RETAIN_RULE).and_then(rules::span);
    let until = span.map(|span| world.now + span);
    update(world, region, id, |policy| policy.more.copies.push((to, copied, until)));
    if let Some(span) = span {
        clock::schedule(world, span, region, id, Step::Reap);
    }
    let rule = "A cross-Region copy rule copies each snapshot when it is complete.";
    tell(
        world,
        to,
        copied,
        format!("copied out of {} by {id}", region.name()),
        rule,
    );
}

/// Switches fast restores on in the rule's zones.
fn speed(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    (place, snapshot, volume): (usize, SnapshotId, VolumeId),
    rule: &Structure,
) {
    let size = world.row::<Snapshot>(region, snapshot).map_or(1, |row| row.size_gib);
    for zone in rules::zones(rule) {
        snapshots::fast::switch_on(world, region, snapshot, size, zone);
    }
    let now = world.now;
    update(world, region, id, |policy| {
        policy.more.fast.push((place, snapshot, now, volume))
    });
    if let Some(span) = rules::span(rule) {
        clock::schedule(world, span, region, id, Step::Reap);
    }
    let rule = "A fast restore rule switches them on for each snapshot when it is complete.";
    tell(
        world,
        region,
        snapshot,
        format!("fast snapshot restores on, by {id}"),
        rule,
    );
}

fn slow(world: &mut World, region: Region, snapshot: SnapshotId) {
    for zone in region.zones() {
        snapshots::fast::switch_off(world, region, snapshot, zone);
    }
}

/// Sends a snapshot to the archive, once it is complete: fast restores and sharing end with that.
pub(super) fn archive(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    (place, snapshot, volume): (usize, SnapshotId, VolumeId),
) {
    let Some(completed) = world.row::<Snapshot>(region, snapshot).map(|row| row.completed) else {
        return update(world, region, id, |policy| {
            policy.made.retain(|(_, made, ..)| *made != snapshot)
        });
    };
    if !completed {
        return;
    }
    slow(world, region, snapshot);
    let sent = snapshots::tiers::begin_archiving(world, region, snapshot);
    let now = world.now;
    update(world, region, id, |policy| {
        policy.made.retain(|(_, made, ..)| *made != snapshot);
        policy.more.fast.retain(|(_, made, ..)| *made != snapshot);
        if sent.is_ok() {
            policy.more.archived.push((place, snapshot, now, volume));
        }
    });
    // One that is in use or archived already is the user's from then on.
    if sent.is_err() {
        return;
    }
    world.update(region, snapshot, |row: &mut Snapshot| row.shared_with.clear());
    let rule = row(world, region, id).map(schedules).unwrap_or_default();
    let span = rule.get(place).and_then(rules::archive).and_then(rules::span);
    if let Some(span) = span {
        clock::schedule(world, span, region, id, Step::Reap);
    }
    let rule = "A schedule with an archive rule archives what the standard tier need keep no longer.";
    tell(world, region, snapshot, format!("sent to the archive by {id}"), rule);
}

/// Whether a rule's time is over for one of these: by count, or by age.
fn is_over(rule: &Structure, all: &[Made], position: usize, now: Time) -> bool {
    let Some((place, _, at, volume)) = all.get(position) else {
        return false;
    };
    if let Some(count) = rule.integer(field::COUNT) {
        let later = all
            .iter()
            .skip(position + 1)
            .filter(|(of, _, _, other)| of == place && other == volume);
        return usize::try_from(count).is_ok_and(|count| later.count() >= count);
    }
    rules::span(rule).is_some_and(|span| *at + span <= now)
}

/// Ends what has lasted as long as it should: copies, what lies in the archive, fast restores, sharing.
pub(super) fn expire(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let now = world.now;
    let state = more(world, region, id);
    if state.is_empty() {
        return;
    }
    let all = row(world, region, id).map(schedules).unwrap_or_default();
    let mut kept = state.clone();
    for (to, snapshot, _) in state
        .copies
        .iter()
        .filter(|(.., until)| until.is_some_and(|until| until <= now))
    {
        let rule = "A cross-Region copy goes when its retention period is over.";
        drop_one(world, *to, *snapshot, id, rule);
        kept.copies.retain(|(_, copy, _)| copy != snapshot);
    }
    for (position, (place, snapshot, ..)) in state.archived.iter().enumerate() {
        let rule = all.get(*place).and_then(rules::archive);
        if rule.is_some_and(|rule| is_over(rule, &state.archived, position, now)) {
            let rule = "What the archive has kept for its retention period is deleted.";
            drop_one(world, region, *snapshot, id, rule);
            kept.archived.retain(|(_, made, ..)| made != snapshot);
        }
    }
    for (position, (place, snapshot, ..)) in state.fast.iter().enumerate() {
        let rule = all
            .get(*place)
            .and_then(|schedule| schedule.structure(field::FAST_RESTORE_RULE));
        if rule.is_none_or(|rule| is_over(rule, &state.fast, position, now)) {
            slow(world, region, *snapshot);
            kept.fast.retain(|(_, made, ..)| made != snapshot);
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
    for (snapshot, _) in state.shared.iter().filter(|(_, until)| *until <= now) {
        kept.shared.retain(|(shared, _)| shared != snapshot);
        if world
            .update(region, *snapshot, |row: &mut Snapshot| row.shared_with.clear())
            .is_some()
        {
            let rule = "A share rule can end by itself.";
            tell(world, region, *snapshot, format!("no longer shared, by {id}"), rule);
        }
    }
    update(world, region, id, |policy| policy.more = kept);
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

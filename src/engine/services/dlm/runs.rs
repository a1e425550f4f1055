//! What policies do as time passes: at each moment of a schedule they take snapshots of what has their tags, and delete what
//! they need keep no longer, or send it to the archive. What else becomes of a snapshot is in `after`; images are in `images`.

use super::{after, cron, defaults, images, marks, rules, scripts};
use crate::base::ids::{InstanceId, LifecyclePolicyId, ResourceId, SnapshotId, VolumeId};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::note_clock;
use crate::services::ec2::storage::{bin, snapshots};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::keeping::Policy;
use crate::world::storage::{Snapshot, Volume};
use std::collections::{BTreeMap, BTreeSet};
use stratus_model::{Structure, field, sort};

const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html";
/// The time of the day at which a schedule begins that says none (AWS chooses one; this is ours).
const MORNING: i64 = 9 * 60;
/// One snapshot of a policy: schedule, snapshot, when, volume.
pub(super) type Made = (usize, SnapshotId, Time, VolumeId);

/// The schedules of a policy; of a default one, what it amounts to.
pub(super) fn schedules(policy: &Policy) -> Vec<Structure> {
    if defaults::is_default(&policy.details.0) {
        return vec![defaults::schedule(&policy.details.0)];
    }
    policy.details.0.structures(field::SCHEDULES).cloned().collect()
}

/// When a schedule acts after `now`.
fn next(schedule: &Structure, now: Time) -> Option<Time> {
    let rule = schedule.structure(field::CREATE_RULE)?;
    if let Some(text) = rule.text(field::CRON_EXPRESSION) {
        return cron::read(text)?.next(now);
    }
    let at = rule
        .texts(field::TIMES)
        .next()
        .and_then(cron::minute)
        .unwrap_or(MORNING);
    Some(cron::every(now, rule.integer(field::INTERVAL)?, at))
}

pub(super) fn update(world: &mut World, region: Region, id: LifecyclePolicyId, edit: impl FnOnce(&mut Policy)) {
    let Some(keeping) = world.regions.get_mut(&region).map(|ec2| &mut ec2.keeping) else {
        return;
    };
    let policy = match keeping.policies.contains(&id) {
        true => keeping.policies.get_mut(&id),
        false => keeping.ended.get_mut(&id),
    };
    if let Some(policy) = policy {
        edit(policy);
    }
}

pub(super) fn row(world: &World, region: Region, id: LifecyclePolicyId) -> Option<&Policy> {
    let keeping = &world.ec2(region)?.keeping;
    keeping.policies.get(&id).or_else(|| keeping.ended.get(&id))
}

/// Foresees when the schedules of a policy act next.
pub(super) fn plan(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let now = world.now;
    let Some(policy) = row(world, region, id) else { return };
    let all: Vec<Option<Time>> = schedules(policy)
        .iter()
        .map(|schedule| next(schedule, now).filter(|_| policy.enabled))
        .collect();
    for at in all.iter().flatten() {
        clock::schedule(world, *at - now, region, id, Step::Progress);
    }
    update(world, region, id, |policy| policy.next = all);
}

/// Has the clock come back to a policy at each of these moments, once.
pub(super) fn remind(
    world: &mut World,
    region: Region,
    id: LifecyclePolicyId,
    moments: impl IntoIterator<Item = Time>,
) {
    let moments: BTreeSet<Time> = moments.into_iter().collect();
    for at in moments {
        clock::schedule(world, at - world.now, region, id, Step::Reap);
    }
}

/// A moment of a policy has come. One that is disabled or deleted does nothing, unless it goes on deleting.
pub(crate) fn due(world: &mut World, pending: &Pending, id: LifecyclePolicyId) {
    let (region, now) = (pending.region, world.now);
    let Some(policy) = row(world, region, id).cloned() else {
        return;
    };
    if is_over(world, region, &policy) {
        if defaults::extends(&policy.details.0) {
            let_go(world, region, id);
        }
        return;
    }
    if pending.step == Step::Progress {
        for (place, schedule) in schedules(&policy).iter().enumerate() {
            if policy.next.get(place).copied().flatten() != Some(now) {
                continue;
            }
            match images::makes(&policy) {
                true => images::take(world, region, &policy, place, schedule),
                false => take(world, region, &policy, place, schedule),
            }
            let after = next(schedule, now);
            update(world, region, id, |policy| {
                if let Some(slot) = policy.next.get_mut(place) {
                    *slot = after;
                }
            });
            if let Some(at) = after {
                clock::schedule(world, at - now, region, id, Step::Progress);
            }
        }
    }
    after::act(world, region, id);
    images::act(world, region, id);
    let_go(world, region, id);
}

/// Whether a policy is disabled or deleted.
pub(super) fn is_over(world: &World, region: Region, policy: &Policy) -> bool {
    let deleted = world
        .ec2(region)
        .is_some_and(|ec2| ec2.keeping.ended.contains(&policy.id));
    deleted || !policy.enabled
}

/// Whether nothing is left that a policy has made and would delete.
pub(super) fn has_nothing(policy: &Policy) -> bool {
    policy.made.is_empty() && policy.more.is_empty()
}

/// Deletes what a policy need keep no longer, and forgets one that was deleted when nothing of it is left.
fn let_go(world: &mut World, region: Region, id: LifecyclePolicyId) {
    expire(world, region, id);
    after::expire(world, region, id);
    images::expire(world, region, id);
    if let Some(ec2) = world.regions.get_mut(&region)
        && ec2.keeping.ended.get(&id).is_some_and(has_nothing)
    {
        ec2.keeping.ended.remove(&id);
    }
}

/// Whether something has one of the policy's tags.
pub(super) fn is_target(world: &World, region: Region, policy: &Policy, id: ResourceId) -> bool {
    let mut wanted = policy.details.0.structures(field::TARGET_TAGS);
    wanted.any(|tag| rules::has_tag(world, region, id, tag))
}

/// The volumes that a policy backs up, by their making; those of an instance together.
fn targets(world: &World, region: Region, policy: &Policy) -> Vec<VolumeId> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let details = &policy.details.0;
    if defaults::is_default(details) {
        return defaults::targets(world, region, details);
    }
    if details.texts(field::RESOURCE_TYPES).next() == Some("VOLUME") {
        let mut rows: Vec<&Volume> = ec2
            .volumes
            .rows()
            .filter(|row| is_target(world, region, policy, row.id.into()) && !bin::holds(world, region, row.id.into()))
            .collect();
        sort::by_key(&mut rows, |row| row.born);
        return rows.into_iter().map(|row| row.id).collect();
    }
    let parameters = details.structure(field::PARAMETERS);
    let no_boot = parameters.is_some_and(|said| said.boolean(field::EXCLUDE_BOOT_VOLUME) == Some(true));
    let left_out = |volume: VolumeId| {
        let mut tags = parameters
            .into_iter()
            .flat_map(|said| said.structures(field::EXCLUDE_DATA_VOLUME_TAGS));
        tags.any(|tag| rules::has_tag(world, region, volume.into(), tag))
    };
    let alive = |row: &&Instance| matches!(row.state, InstanceState::Running | InstanceState::Stopped);
    let mut rows: Vec<&Instance> = ec2
        .instances
        .rows()
        .filter(alive)
        .filter(|row| is_target(world, region, policy, InstanceId(row.id.0).into()))
        .collect();
    sort::by_key(&mut rows, |row| row.born);
    rows.into_iter()
        .flat_map(|row| {
            let root = &row.machine.root_device_name;
            let lines = row.block_devices.iter().filter(|line| match line.device == *root {
                true => !no_boot,
                false => !left_out(line.volume),
            });
            lines.map(|line| line.volume).collect::<Vec<_>>()
        })
        .collect()
}

/// Takes the snapshots of one moment of a schedule.
fn take(world: &mut World, region: Region, policy: &Policy, place: usize, schedule: &Structure) {
    let now = world.now;
    let name = schedule.text(field::NAME).unwrap_or("Default Schedule").to_owned();
    let mut moments: BTreeSet<Time> = BTreeSet::new();
    let volumes = targets(world, region, policy);
    let scripts::Then::Snapshots(failed) = scripts::run(world, region, schedule, &volumes) else {
        return;
    };
    for volume in volumes {
        let described = format!("Created for policy: {} schedule: {name}", policy.id);
        let Ok(snapshot) = snapshots::begin(world, region, volume, &described) else {
            continue;
        };
        moments.extend(tag(world, region, policy, schedule, (volume, snapshot), failed));
        update(world, region, policy.id, |policy| {
            policy.made.push((place, snapshot, now, volume))
        });
        if let Some(Keeps::For(span)) = keeps(schedule) {
            moments.insert(now + span);
        }
        moments.extend(after::wait(
            world,
            region,
            policy.id,
            place,
            schedule,
            (volume, snapshot),
        ));
        let rule = "A lifecycle policy takes snapshots of what has its tags at the moments of its schedule.";
        note_clock(
            world,
            region,
            snapshot,
            format!("taken of {volume} by {}", policy.id),
            rule,
            SOURCE,
        );
    }
    remind(world, region, policy.id, moments);
}

/// The instance that a volume is attached to.
pub(super) fn holder(world: &World, region: Region, volume: VolumeId) -> Option<InstanceId> {
    let row = world.row::<Volume>(region, volume)?;
    row.attachments.first().map(|line| line.instance)
}

/// The tags of a snapshot that a policy takes, one of them for a script that failed, and whom it is shared with; when that ends,
/// if it does.
fn tag(
    world: &mut World,
    region: Region,
    policy: &Policy,
    schedule: &Structure,
    (volume, snapshot): (VolumeId, SnapshotId),
    failed: Option<&str>,
) -> Option<Time> {
    let instance = holder(world, region, volume);
    let mut tags = marks::of_made(world, region, policy, schedule, (volume.into(), instance));
    tags.extend(failed.map(|key| (key.to_owned(), "FAILED".to_owned())));
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.tags.insert(snapshot.into(), tags);
    }
    after::share(world, region, policy.id, schedule, snapshot)
}

/// How long a schedule keeps its snapshots.
#[derive(Clone, Copy)]
pub(super) enum Keeps {
    /// So many of each volume.
    Latest(usize),
    /// For so long.
    For(Span),
}

pub(super) fn keeps(schedule: &Structure) -> Option<Keeps> {
    let rule = schedule.structure(field::RETAIN_RULE)?;
    if let Some(count) = rule.integer(field::COUNT) {
        return Some(Keeps::Latest(usize::try_from(count).ok()?));
    }
    rules::span(rule).map(Keeps::For)
}

/// Whether the last snapshot of a volume may expire: while the volume is there, or where a default policy says so.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html#considerations>
fn may_lose_all(world: &World, region: Region, policy: &Policy, volume: VolumeId) -> bool {
    world.row::<Volume>(region, volume).is_some() || defaults::extends(&policy.details.0)
}

/// When a snapshot that was made at a moment has been kept for its time.
pub(super) fn ends(policy: &Policy, snapshot: SnapshotId, made: Time, span: Span) -> Time {
    policy.until.get(&snapshot).copied().unwrap_or(made + span)
}

/// How many of the same schedule and volume each of these has after it.
pub(super) fn newer(all: &[Made]) -> Vec<usize> {
    later(all.iter().map(|(place, _, _, volume)| ((*place, *volume), true)))
}

/// How many equal ones each of these has after it, of those that count.
pub(super) fn later<K: Ord>(keys: impl DoubleEndedIterator<Item = (K, bool)>) -> Vec<usize> {
    let mut seen: BTreeMap<K, usize> = BTreeMap::new();
    let count = |(key, counts)| {
        let count = seen.entry(key).or_default();
        let after = *count;
        *count += usize::from(counts);
        after
    };
    let mut counts: Vec<usize> = keys.rev().map(count).collect();
    counts.reverse();
    counts
}

/// Deletes what the schedules of a policy need keep no longer, or archives it.
fn expire(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let now = world.now;
    let Some(policy) = row(world, region, id).cloned() else {
        return;
    };
    let all = schedules(&policy);
    let (mut gone, mut moments) = (BTreeSet::new(), BTreeSet::new());
    for ((place, snapshot, at, volume), newer) in policy.made.iter().zip(newer(&policy.made)) {
        let Some(schedule) = all.get(*place) else { continue };
        let over = match keeps(schedule) {
            Some(Keeps::Latest(count)) => newer >= count,
            // The last one of a volume that is gone stays, until somebody deletes it.
            Some(Keeps::For(span)) => {
                ends(&policy, *snapshot, *at, span) <= now
                    && (newer > 0 || may_lose_all(world, region, &policy, *volume))
            }
            None => false,
        };
        match over {
            true if schedule.contains(field::ARCHIVE_RULE) => {
                moments.extend(after::archive(world, region, id, (*place, *snapshot, *volume)));
            }
            true => {
                gone.insert(*snapshot);
            }
            false => {}
        }
    }
    remind(world, region, id, moments);
    for (_, snapshot, ..) in policy.made.iter().filter(|(_, made, ..)| gone.contains(made)) {
        let snapshot = *snapshot;
        let rule = "A lifecycle policy deletes what its schedule need keep no longer.";
        let there = world.row::<Snapshot>(region, snapshot).is_some();
        if there {
            note_clock(
                world,
                region,
                snapshot,
                format!("expired: {id} keeps it no longer"),
                rule,
                SOURCE,
            );
        }
        // One that is locked, or behind an image, stays, and is the user's from then on.
        let _ = snapshots::delete(world, region, snapshot);
    }
    if !gone.is_empty() {
        update(world, region, id, |policy| {
            policy.made.retain(|(_, made, ..)| !gone.contains(made));
            policy.until.retain(|made, _| !gone.contains(made));
        });
    }
}

//! What policies do as time passes: at each moment of a schedule they take snapshots of what has their tags, and delete what
//! they need keep no longer.

use super::cron;
use crate::base::ids::{InstanceId, LifecyclePolicyId, SnapshotId, VolumeId};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::note_clock;
use crate::services::ec2::storage::{bin, snapshots};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::keeping::Policy;
use crate::world::storage::{Snapshot, Volume};
use stratus_model::{Structure, field, sort};

const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html";
/// The time of the day at which a schedule begins that says none (AWS chooses one; this is ours).
const MORNING: i64 = 9 * 60;
const DAY: i64 = 24 * 60;

fn schedules(policy: &Policy) -> Vec<Structure> {
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

fn update(world: &mut World, region: Region, id: LifecyclePolicyId, edit: impl FnOnce(&mut Policy)) {
    if let Some(policy) = world
        .regions
        .get_mut(&region)
        .and_then(|ec2| ec2.keeping.policies.get_mut(&id))
    {
        edit(policy);
    }
}

fn row(world: &World, region: Region, id: LifecyclePolicyId) -> Option<&Policy> {
    world.ec2(region)?.keeping.policies.get(&id)
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

/// A moment of a policy has come.
pub(crate) fn due(world: &mut World, pending: &Pending, id: LifecyclePolicyId) {
    let (region, now) = (pending.region, world.now);
    let Some(policy) = row(world, region, id).cloned() else {
        return;
    };
    if pending.step == Step::Progress && policy.enabled {
        for (place, schedule) in schedules(&policy).iter().enumerate() {
            if policy.next.get(place).copied().flatten() != Some(now) {
                continue;
            }
            take(world, region, &policy, place, schedule);
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
    expire(world, region, id);
}

/// Whether something has one of the policy's tags.
fn is_target(world: &World, region: Region, policy: &Policy, id: crate::base::ids::ResourceId) -> bool {
    let Some(tags) = world.tags(region, id) else {
        return false;
    };
    let mut wanted = policy.details.0.structures(field::TARGET_TAGS);
    wanted.any(|tag| {
        let value = tag.text(field::KEY).and_then(|key| tags.get(key));
        value.is_some_and(|value| Some(value.as_str()) == tag.text(field::VALUE))
    })
}

/// The volumes that a policy backs up, by their making; those of an instance together.
fn targets(world: &World, region: Region, policy: &Policy) -> Vec<VolumeId> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let details = &policy.details.0;
    if details.texts(field::RESOURCE_TYPES).next() == Some("VOLUME") {
        let mut rows: Vec<&Volume> = ec2
            .volumes
            .rows()
            .filter(|row| is_target(world, region, policy, row.id.into()) && !bin::holds(world, region, row.id.into()))
            .collect();
        sort::by_key(&mut rows, |row| row.born);
        return rows.into_iter().map(|row| row.id).collect();
    }
    let no_boot = details
        .structure(field::PARAMETERS)
        .is_some_and(|parameters| parameters.boolean(field::EXCLUDE_BOOT_VOLUME) == Some(true));
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
            let lines = row
                .block_devices
                .iter()
                .filter(move |line| !(no_boot && line.device == row.machine.root_device_name));
            lines.map(|line| line.volume)
        })
        .collect()
}

/// Takes the snapshots of one moment of a schedule.
fn take(world: &mut World, region: Region, policy: &Policy, place: usize, schedule: &Structure) {
    let now = world.now;
    let name = schedule.text(field::NAME).unwrap_or("Default Schedule").to_owned();
    let keep = keeps(schedule);
    for volume in targets(world, region, policy) {
        let described = format!("Created for policy: {} schedule: {name}", policy.id);
        let Ok(snapshot) = snapshots::begin(world, region, volume, &described) else {
            continue;
        };
        tag(world, region, policy, schedule, (volume, snapshot));
        update(world, region, policy.id, |policy| {
            policy.made.push((place, snapshot, now, volume))
        });
        if let Some(Keeps::For(span)) = keep {
            clock::schedule(world, span, region, policy.id, Step::Reap);
        }
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
}

/// The tags of a snapshot that a policy takes, and whom it is shared with.
fn tag(
    world: &mut World,
    region: Region,
    policy: &Policy,
    schedule: &Structure,
    (volume, snapshot): (VolumeId, SnapshotId),
) {
    let mut tags = match schedule.boolean(field::COPY_TAGS) {
        Some(true) => world.tags(region, volume.into()).cloned().unwrap_or_default(),
        _ => Default::default(),
    };
    tags.retain(|key, _| !key.starts_with("aws:"));
    for tag in schedule.structures(field::TAGS_TO_ADD) {
        let text = |name| tag.text(name).unwrap_or_default().to_owned();
        tags.insert(text(field::KEY), text(field::VALUE));
    }
    tags.insert("aws:dlm:lifecycle-policy-id".to_owned(), policy.id.to_string());
    let name = schedule.text(field::NAME).unwrap_or_default();
    tags.insert("aws:dlm:lifecycle-schedule-name".to_owned(), name.to_owned());
    tags.insert("dlm:managed".to_owned(), "true".to_owned());
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.tags.insert(snapshot.into(), tags);
    }
    let shared: Vec<String> = schedule
        .structures(field::SHARE_RULES)
        .flat_map(|rule| rule.texts(field::TARGET_ACCOUNTS))
        .map(str::to_owned)
        .collect();
    if !shared.is_empty() {
        world.update(region, snapshot, |row: &mut Snapshot| row.shared_with = shared);
    }
}

/// How long a schedule keeps its snapshots.
#[derive(Clone, Copy)]
enum Keeps {
    /// So many of each volume.
    Latest(usize),
    /// For so long.
    For(Span),
}

fn keeps(schedule: &Structure) -> Option<Keeps> {
    let rule = schedule.structure(field::RETAIN_RULE)?;
    if let Some(count) = rule.integer(field::COUNT) {
        return Some(Keeps::Latest(usize::try_from(count).ok()?));
    }
    let days = match rule.text(field::INTERVAL_UNIT)? {
        "DAYS" => 1,
        "WEEKS" => 7,
        "MONTHS" => 30,
        _ => 365,
    };
    Some(Keeps::For(Span::minutes(
        rule.integer(field::INTERVAL)?.saturating_mul(days * DAY),
    )))
}

/// Deletes what the schedules of a policy need keep no longer.
fn expire(world: &mut World, region: Region, id: LifecyclePolicyId) {
    let now = world.now;
    let Some(policy) = row(world, region, id).cloned() else {
        return;
    };
    let mut over: Vec<SnapshotId> = Vec::new();
    for (place, schedule) in schedules(&policy).iter().enumerate() {
        let made: Vec<&(usize, SnapshotId, Time, VolumeId)> =
            policy.made.iter().filter(|(of, ..)| *of == place).collect();
        for (position, (_, snapshot, at, volume)) in made.iter().enumerate() {
            let newer = made.iter().skip(position + 1).filter(|(.., of)| of == volume).count();
            let gone = match keeps(schedule) {
                Some(Keeps::Latest(count)) => newer >= count,
                Some(Keeps::For(span)) => *at + span <= now,
                None => false,
            };
            if gone {
                over.push(*snapshot);
            }
        }
    }
    for snapshot in over {
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
        update(world, region, id, |policy| {
            policy.made.retain(|(_, made, ..)| *made != snapshot)
        });
    }
}

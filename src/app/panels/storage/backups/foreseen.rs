//! What a lifecycle policy will do, found by letting the clock of a copy of the world go on: what it will take and when, and
//! when each snapshot that it has made or will make expires. Nothing is foretold by rule; the world itself is asked.

use super::AHEAD;
use std::collections::BTreeMap;
use stratus_engine::base::ids::{LifecyclePolicyId, ResourceId, SnapshotId, VolumeId};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::world::keeping::Policy;
use stratus_engine::{World, clock};

/// Moments of the policy that are followed.
const MOMENTS: usize = 8;

/// A snapshot of a policy, from its making to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// Of which volume.
    pub volume: VolumeId,
    /// When it was or will be taken.
    pub taken: Time,
    /// Whether it is there already.
    pub there: Option<SnapshotId>,
    /// When the policy deletes it, as far as one can look.
    pub expires: Option<Time>,
}

/// A moment at which a policy acts.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// When.
    pub at: Time,
    /// Volumes that it takes snapshots of.
    pub takes: Vec<VolumeId>,
    /// When those were taken that it lets expire, with their volumes.
    pub expires: Vec<(Time, VolumeId)>,
    /// How many it keeps then.
    pub kept: usize,
}

/// What was foreseen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foreseen {
    /// What it does, in order.
    pub moments: Vec<Moment>,
    /// Every snapshot of it, eldest first.
    pub lives: Vec<Life>,
    /// How far was looked.
    pub until: Option<Time>,
}

fn row(world: &World, region: Region, id: LifecyclePolicyId) -> Option<&Policy> {
    world.ec2(region)?.keeping.policies.get(&id)
}

/// When something of the policy is due next.
fn next(world: &World, region: Region, id: LifecyclePolicyId) -> Option<Time> {
    let mine = |resource: ResourceId| resource == id.into();
    let mut due = world.queue.iter();
    let found = due.find(|(_, pending)| pending.region == region && mine(pending.resource));
    found.map(|((at, _), _)| *at)
}

/// Snapshots that a policy keeps, by id.
fn made(policy: &Policy) -> BTreeMap<SnapshotId, (Time, VolumeId)> {
    let entry = |(_, id, at, volume): &(usize, SnapshotId, Time, VolumeId)| (*id, (*at, *volume));
    policy.made.iter().map(entry).collect()
}

/// Looks ahead.
pub fn foresee(world: &World, region: Region, id: LifecyclePolicyId) -> Foreseen {
    let mut world = world.clone();
    let Some(first) = row(&world, region, id).map(made) else {
        return Foreseen::default();
    };
    let mut out = Foreseen::default();
    let mut lives: BTreeMap<SnapshotId, Life> = BTreeMap::new();
    for (snapshot, (taken, volume)) in &first {
        let life = Life {
            volume: *volume,
            taken: *taken,
            there: Some(*snapshot),
            expires: None,
        };
        lives.insert(*snapshot, life);
    }
    let (mut before, mut budget) = (first, AHEAD);
    while out.moments.len() < MOMENTS
        && let Some(at) = next(&world, region, id)
    {
        let progress = clock::advance(&mut world, at, budget);
        budget = budget.saturating_sub(progress.events);
        let Some(after) = row(&world, region, id).map(made).filter(|_| progress.done) else {
            break;
        };
        out.until = Some(at);
        let new = after.iter().filter(|(snapshot, _)| !before.contains_key(*snapshot));
        let mut moment = Moment {
            at,
            takes: Vec::new(),
            expires: Vec::new(),
            kept: after.len(),
        };
        for (snapshot, (taken, volume)) in new {
            moment.takes.push(*volume);
            let life = Life {
                volume: *volume,
                taken: *taken,
                there: None,
                expires: None,
            };
            lives.insert(*snapshot, life);
        }
        for (snapshot, gone) in before.iter().filter(|(snapshot, _)| !after.contains_key(*snapshot)) {
            moment.expires.push(*gone);
            if let Some(life) = lives.get_mut(snapshot) {
                life.expires = Some(at);
            }
        }
        if !moment.takes.is_empty() || !moment.expires.is_empty() || out.moments.is_empty() {
            out.moments.push(moment);
        } else {
            // A moment without any effect, as one that has nothing to save: it counts, so that the look ends.
            budget = budget.saturating_sub(AHEAD / MOMENTS);
        }
        before = after;
    }
    out.lives = lives.into_values().collect();
    stratus_model::sort::by_key(&mut out.lives, |life| (life.taken, life.volume));
    out
}

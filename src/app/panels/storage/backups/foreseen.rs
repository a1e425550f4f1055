//! What a lifecycle policy will do, found by letting the clock of a copy of the world go on: what it will take and when, and
//! when each snapshot or image that it has made or will make expires. Nothing is foretold by rule; the world itself is asked.

use super::AHEAD;
use std::collections::BTreeMap;
use stratus_engine::base::ids::{LifecyclePolicyId, ResourceId};
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::clock::Step;
use stratus_engine::world::keeping::Policy;
use stratus_engine::world::storage::{Snapshot, TieringStep};
use stratus_engine::{World, clock};

/// Moments of the policy that are followed.
const MOMENTS: usize = 8;
/// Further ones that are followed though they change nothing of what it keeps: a snapshot is complete, a copy goes.
const QUIET: usize = 64;

/// A snapshot or an image of a policy, from its making to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// Of which volume or instance.
    pub of: ResourceId,
    /// When it was or will be taken.
    pub taken: Time,
    /// Whether it is there already.
    pub there: Option<ResourceId>,
    /// When the policy deletes it or sends it to the archive, as far as one can look.
    pub expires: Option<Time>,
}

/// A moment at which a policy acts.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// When.
    pub at: Time,
    /// Volumes that it takes snapshots of, or instances that it makes images of.
    pub takes: Vec<ResourceId>,
    /// When those were taken that it lets expire, and of what.
    pub expires: Vec<(Time, ResourceId)>,
    /// And those that it sends to the archive.
    pub archives: Vec<(Time, ResourceId)>,
    /// How many it keeps then.
    pub kept: usize,
}

/// What was foreseen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foreseen {
    /// What it does, in order.
    pub moments: Vec<Moment>,
    /// Everything that it has made or will make, eldest first.
    pub lives: Vec<Life>,
    /// How far was looked.
    pub until: Option<Time>,
}

fn row(world: &World, region: Region, id: LifecyclePolicyId) -> Option<&Policy> {
    world.ec2(region)?.keeping.policies.get(&id)
}

/// When something of the policy is due next, and whether that is a moment of a schedule.
fn next(world: &World, region: Region, id: LifecyclePolicyId) -> Option<(Time, bool)> {
    let mine = ResourceId::from(id);
    let due = world.queue.iter();
    let mut due = due
        .filter(|(_, pending)| pending.region == region && pending.resource == mine)
        .map(|((at, _), pending)| (*at, pending.step == Step::Progress));
    let (first, acts) = due.next()?;
    let acts = acts || due.take_while(|(at, _)| *at == first).any(|(_, acts)| acts);
    Some((first, acts))
}

/// Whether a snapshot lies in the archive, or is on its way there.
fn is_archived(world: &World, region: Region, id: ResourceId) -> bool {
    let ResourceId::Snapshot(id) = id else { return false };
    let row = world.row::<Snapshot>(region, id);
    let step = row.and_then(|row| row.tiering.as_ref()).map(|tiering| tiering.step);
    step.is_some_and(|step| step == TieringStep::Archiving || step.in_archive())
}

/// What a policy keeps, by id: when each was taken, and of what.
type Made = BTreeMap<ResourceId, (Time, ResourceId)>;

fn made(policy: &Policy) -> Made {
    let snapshots = policy.made.iter();
    let snapshots = snapshots.map(|(_, id, at, volume)| ((*id).into(), (*at, (*volume).into())));
    let images = policy.more.images.iter();
    let images = images.map(|one| (one.image.into(), (one.made, one.instance.into())));
    snapshots.chain(images).collect()
}

/// What has happened at the moment of the world, which is told by what the policy kept before it and keeps after it.
fn happened(
    world: &World,
    region: Region,
    (before, after): (&Made, &Made),
    lives: &mut BTreeMap<ResourceId, Life>,
) -> Moment {
    let mut moment = Moment {
        at: world.now,
        takes: Vec::new(),
        expires: Vec::new(),
        archives: Vec::new(),
        kept: after.len(),
    };
    for (id, (taken, of)) in after.iter().filter(|(id, _)| !before.contains_key(*id)) {
        moment.takes.push(*of);
        let life = Life {
            of: *of,
            taken: *taken,
            there: None,
            expires: None,
        };
        lives.insert(*id, life);
    }
    for (id, gone) in before.iter().filter(|(id, _)| !after.contains_key(*id)) {
        let of = match is_archived(world, region, *id) {
            true => &mut moment.archives,
            false => &mut moment.expires,
        };
        of.push(*gone);
        if let Some(life) = lives.get_mut(id) {
            life.expires = Some(moment.at);
        }
    }
    moment
}

/// Looks ahead.
pub fn foresee(world: &World, region: Region, id: LifecyclePolicyId) -> Foreseen {
    let mut world = world.clone();
    let Some(policy) = row(&world, region, id) else {
        return Foreseen::default();
    };
    let (first, enabled) = (made(policy), policy.enabled);
    let mut out = Foreseen::default();
    let mut lives: BTreeMap<ResourceId, Life> = BTreeMap::new();
    for (id, (taken, of)) in &first {
        let life = Life {
            of: *of,
            taken: *taken,
            there: Some(*id),
            expires: None,
        };
        lives.insert(*id, life);
    }
    let (mut before, mut budget) = (first, AHEAD);
    let (mut acted, mut quiet) = (0, 0);
    while enabled
        && acted < MOMENTS
        && quiet < QUIET
        && let Some((at, acts)) = next(&world, region, id)
    {
        let progress = clock::advance(&mut world, at, budget);
        budget = budget.saturating_sub(progress.events);
        let Some(after) = row(&world, region, id).map(made).filter(|_| progress.done) else {
            break;
        };
        out.until = Some(at);
        let moment = happened(&world, region, (&before, &after), &mut lives);
        let changes = !(moment.takes.is_empty() && moment.expires.is_empty() && moment.archives.is_empty());
        // A schedule that has nothing to save says so once; that it goes on so counts, so that the look ends.
        if changes || (acts && out.moments.is_empty()) {
            out.moments.push(moment);
        }
        match changes || acts {
            true => acted += 1,
            false => quiet += 1,
        }
        before = after;
    }
    out.lives = lives.into_values().collect();
    stratus_model::sort::by_key(&mut out.lives, |life| (life.taken, life.of));
    out
}

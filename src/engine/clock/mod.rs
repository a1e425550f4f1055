//! Virtual time: one ordered queue of pending work, and the only function that moves `now`.
//!
//! `advance(a)` then `advance(b)` is `advance(a + b)`: work happens at its own moment, in the order (moment, order of
//! asking), however the way there is cut into slices. Nothing here may read a clock.

pub mod timings;

pub use timings::Timings;

use crate::base::ids::ResourceId;
use crate::base::limits::LATEST_TIME;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::{self, route53::checking};
use crate::world::World;
use serde::Serialize;

/// One piece of pending work: something about a resource that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// Where.
    pub region: Region,
    /// Whose.
    pub resource: ResourceId,
    /// What.
    pub step: Step,
    /// When it was asked for: a transition checks that the state it would end began then, so that an event that a
    /// later request has overtaken does nothing.
    pub asked: Time,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Step {
    /// The end of a passing state: pending, stopping, creating, attaching, …
    Settle,
    /// The end of `initializing` of the status checks.
    Checks,
    /// The disappearance of what was kept visible for a while.
    Reap,
    /// The next state of a volume's modification.
    Modify,
    /// The next percent of a progress.
    Progress,
    /// The end of a guest's boot, user data included.
    Boot,
    /// The moment when a guest's kernel writes what waits in memory to its disks.
    Flush,
    /// The end of what is kept for a while after its deletion.
    Expire,
    /// The moment when what nobody reads moves to a cheaper tier.
    Tier,
    /// The moment of an event that AWS has scheduled for an instance, or of the end of one.
    Event,
}

impl Step {
    /// Whether who looks on waits for it: not for what is only kept visible for a while, nor for what AWS has scheduled for
    /// a day to come.
    pub fn is_awaited(self) -> bool {
        !matches!(self, Step::Reap | Step::Event)
    }
}

/// How far an advance came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Whether it is there.
    pub done: bool,
    /// How many events happened.
    pub events: usize,
}

/// Puts work into the queue. Work due beyond the end of time is not kept.
pub fn schedule(world: &mut World, after: Span, region: Region, resource: impl Into<ResourceId>, step: Step) {
    let due = world.now + after;
    if due.0 > LATEST_TIME || world.queue.len() >= crate::base::limits::PENDING_EVENTS {
        return;
    }
    let order = world.next_event;
    world.next_event += 1;
    let pending = Pending {
        region,
        resource: resource.into(),
        step,
        asked: world.now,
    };
    world.queue.insert((due, order), pending);
}

/// When the next pending work is due, or the next health check changes its mind.
pub fn next_due(world: &World) -> Option<Time> {
    let queued = world.queue.first().map(|((due, _), _)| *due);
    let turn = world.route53.turns.first().map(|((at, _), ())| *at);
    match (queued, turn) {
        (Some(queued), Some(turn)) => Some(queued.min(turn)),
        (queued, turn) => queued.or(turn),
    }
}

/// Moves the world to `until`, about `budget` events far. Call again while it is not `done`. It stops between moments, never
/// within one: a call that is made there finds all done that was due by then, as it will when the log is replayed.
pub fn advance(world: &mut World, until: Time, budget: usize) -> Progress {
    let until = Time(until.0.min(LATEST_TIME));
    let mut events = 0;
    while let Some(due) = next_due(world) {
        if due > until {
            break;
        }
        if events >= budget && due > world.now {
            return Progress { done: false, events };
        }
        events += 1;
        // Of what is due at one moment, what health checks make of it comes last.
        let queued = world.queue.first().filter(|((at, _), _)| *at == due);
        let Some((key, pending)) = queued.map(|(key, pending)| (*key, pending.clone())) else {
            checking::due(world);
            continue;
        };
        world.queue.remove(&key);
        world.now = world.now.max(key.0);
        let before = (!world.route53.health_checks.is_empty()).then(|| checking::Before::of(world));
        services::due(world, &pending);
        services::elbv2::health::wake_after(world, &pending);
        if let Some(before) = before {
            checking::watch(&before, world);
        }
    }
    world.now = world.now.max(until);
    Progress { done: true, events }
}

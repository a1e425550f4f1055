//! What a world can be made from again: itself a few calls ago, and the calls since. Where no past worlds are kept, a call may
//! then change the world itself, and copies neither rows nor the ways to them; one that fails has the world made again, as a
//! replay of the log would.
//!
//! That costs as much as the calls since, so operations that failed lately go by copies for a while. Only programs that keep
//! the log alone have it: the endpoint, which is native.

use crate::base::time::Time;
use crate::clock;
use crate::engine::{Caller, run};
use crate::history::Call;
use crate::principal::Principal;
use crate::services::ec2::common::is_dry_run;
use crate::world::World;
use std::rc::Rc;
use stratus_model::Operation;

/// Calls after which the world itself is kept anew, first after the beginning or a failure (ours: the copying is shared among
/// so many, and a failure costs half of them on average). Twice as many each time that none fails, so that a failure never
/// costs more than the successes before it.
const FEWEST_CALLS: usize = 64;
/// The most (ours: a fiftieth of a second).
const MOST_CALLS: usize = 512;
/// How often an operation has to succeed on copies after it failed (ours).
const WARY: u32 = 16;

/// See above.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    /// The world as it was.
    world: World,
    /// What was called since, and when.
    since: Vec<(Time, Rc<Call>)>,
    /// How many those may be.
    calls: usize,
    /// Operations that are not trusted, and for how many successes yet.
    wary: Vec<(&'static Operation, u32)>,
}

impl Ground {
    /// From this world on.
    pub fn new(world: &World) -> Ground {
        Ground {
            world: world.clone(),
            since: Vec::with_capacity(FEWEST_CALLS),
            calls: FEWEST_CALLS,
            wary: Vec::new(),
        }
    }

    /// Whether a call is likely to succeed.
    pub fn trusts(&self, call: &Call) -> bool {
        let is_doubtful = || self.wary.iter().any(|(known, _)| std::ptr::eq(*known, call.operation));
        !call.operation.read_only && !is_dry_run(call.service, &call.params) && !is_doubtful()
    }

    /// Takes note of a call that has failed.
    pub fn distrust(&mut self, call: &Call) {
        self.wary.push((call.operation, WARY));
    }

    /// Takes note of a call that has made this world.
    pub fn note(&mut self, time: Time, call: &Rc<Call>, world: &World) {
        for (known, left) in &mut self.wary {
            *left -= u32::from(std::ptr::eq(*known, call.operation));
        }
        self.wary.retain(|(_, left)| *left > 0);
        if self.since.len() < self.calls {
            return self.since.push((time, call.clone()));
        }
        self.calls = MOST_CALLS.min(self.calls * 2);
        self.keep(world);
    }

    fn keep(&mut self, world: &World) {
        self.since.clear();
        self.world = world.clone();
    }

    /// The world after the last call that was noted, at a time from then on: where the next ones begin, as one failure
    /// seldom comes alone.
    pub fn world_at(&mut self, time: Time, lenient: bool) -> World {
        let mut world = self.world.clone();
        for (then, call) in &self.since {
            clock::advance(&mut world, *then, usize::MAX);
            let principal = Principal::named(&world, &call.principal, &call.access_key);
            let caller = Caller {
                principal: &principal,
                lenient,
            };
            let made = run(caller, &world, call.region, call.service, call.operation, &call.params).1;
            world = made.unwrap_or(world);
        }
        clock::advance(&mut world, time, usize::MAX);
        self.calls = FEWEST_CALLS;
        self.keep(&world);
        world
    }
}

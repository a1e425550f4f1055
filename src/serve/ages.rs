//! How old a presigned link is, or the policy of a form. Its time runs on the world's clock, while the tools that sign it go by the machine's.
//!
//! The rule: as much of a link's time is over as has passed in the world since it was signed. So
//! - under `real` it ends as anywhere, and sooner by what was advanced;
//! - under `xN` it ends as many times sooner;
//! - under `manual` it ends when the clock is advanced, and not by waiting;
//! - under `instant`, whose clock only moves with what is pending, it ends by waiting too, as it does under `real` while the
//!   world is ahead of the machine.
//!
//! When a link was signed in the world is found by where the two clocks met. A link says the second in which it was signed: one of
//! the second of an advance counts as signed after it, unless it was opened before; one of Signature Version 2 says nothing, and
//! counts as signed when it is first opened. A policy ends at a time of the machine's clock, and so as much after it was signed.
//! Requests with a signature in their header go by the machine's clock alone.

use crate::pace::{self, Meeting, Pace};
use std::collections::VecDeque;
use stratus_engine::base::limits::LINK_SECONDS;
use stratus_engine::base::time::Time;
use stratus_wire::sigv4::Clock;

/// Meetings that are remembered; the oldest go first, and links from before count from the oldest that is left. Ours.
const MEETINGS: usize = 4_096;
/// Links that are known again; the oldest go first. Ours.
const LINKS: usize = 1_024;
/// What a link says of when it was signed is exact to a second. In milliseconds.
const SECOND: i64 = 1_000;
/// The most that a link can lie back, in milliseconds.
const LONGEST: i64 = LINK_SECONDS * SECOND;

/// Where the clocks met, and which links came when.
#[derive(Debug)]
pub struct Ages {
    pace: Pace,
    /// In the order of the machine's clock; at least the first.
    met: VecDeque<Meeting>,
    /// Signatures, and where the clocks stood when each came first.
    came: VecDeque<(String, Meeting)>,
}

impl Ages {
    /// From the beginning of a world.
    pub fn new(pace: Pace, first: Meeting) -> Ages {
        Ages {
            pace,
            met: [first].into_iter().collect(),
            came: VecDeque::new(),
        }
    }

    /// Notes where the clocks stand, if it does not follow from the meeting before.
    pub fn note(&mut self, now: Meeting) {
        if self.world_at(now.wall) == now.world {
            return;
        }
        while self.met.len() >= MEETINGS || self.met.get(1).is_some_and(|next| next.wall < now.wall - LONGEST) {
            self.met.pop_front();
        }
        self.met.push_back(now);
    }

    /// The time in the world at a moment of the machine's clock.
    fn world_at(&self, wall: i64) -> Time {
        let place = self.met.partition_point(|met| met.wall <= wall);
        let before = self.met.get(place.saturating_sub(1));
        let Some(before) = before else { return Time(wall) };
        let reached = pace::reached(before.world, self.pace, *before, wall);
        // Between two meetings it cannot be later than at the second.
        self.met.get(place).map_or(reached, |next| reached.min(next.world))
    }

    /// The time in the world at which something was signed in this second: after whatever the clock leapt in it.
    fn begun(&self, made: i64) -> Time {
        let mut begun = self.world_at(made);
        // The first of all leaps from nowhere.
        let place = self.met.partition_point(|met| met.wall <= made).max(1);
        let leaps = self.met.iter().skip(place - 1).zip(self.met.iter().skip(place));
        for (before, met) in leaps.take_while(|(_, met)| met.wall < made.saturating_add(SECOND)) {
            let run = pace::reached(before.world, self.pace, *before, met.wall);
            begun = Time(begun.0.saturating_add(met.world.0.saturating_sub(run.0).max(0)));
        }
        begun
    }

    /// The clock by which a request is judged that comes now.
    pub fn at(&mut self, now: Meeting) -> Now<'_> {
        Now { ages: self, now }
    }
}

/// Both clocks, at a moment.
#[derive(Debug)]
pub struct Now<'a> {
    ages: &'a mut Ages,
    now: Meeting,
}

impl Clock for Now<'_> {
    fn now(&self) -> i64 {
        self.now.wall
    }

    fn opened(&mut self, signature: &str, made: Option<i64>) -> i64 {
        let Now { ages, now } = self;
        let known = ages.came.iter().find(|(of, _)| of == signature).map(|(_, met)| *met);
        if known.is_none() {
            if ages.came.len() >= LINKS {
                ages.came.pop_front();
            }
            ages.came.push_back((signature.to_owned(), *now));
        }
        let first = known.unwrap_or(*now);
        // Its beginning, by both clocks.
        let (wall, world) = match made {
            None => (first.wall, first.world),
            Some(made) => (made, ages.begun(made).min(first.world)),
        };
        let age = now.world.0.saturating_sub(world.0).max(0);
        let waited = now.wall.saturating_sub(wall);
        wall.saturating_add(match ages.pace {
            Pace::Manual => age,
            Pace::Real | Pace::Times(_) | Pace::Instant => age.max(waited),
        })
    }
}

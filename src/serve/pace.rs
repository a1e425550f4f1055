//! How virtual time passes while the endpoint answers. Pure: the machine's clock comes in as a number.

use stratus_engine::base::ids::InstanceId;
use stratus_engine::base::time::{Span, Time};
use stratus_engine::catalog::Region;
use stratus_engine::clock;
use stratus_engine::{Engine, World};

/// How far ahead `instant` looks for pending work. What is due later (a lifecycle rule next week) is no change that a caller
/// waits for. Ours.
const HORIZON: Span = Span::minutes(60);

/// `--time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Every pending change is done before the next call.
    Instant,
    /// The machine's clock.
    Real,
    /// So many virtual seconds a second.
    Times(u32),
    /// It stands still.
    Manual,
}

impl Pace {
    /// Reads the option.
    ///
    /// # Errors
    /// Says what it may be.
    pub fn parse(text: &str) -> Result<Pace, String> {
        let times = || text.strip_prefix('x')?.parse().ok().filter(|times| *times > 0);
        match text {
            "instant" => Ok(Pace::Instant),
            "real" => Ok(Pace::Real),
            "manual" => Ok(Pace::Manual),
            _ => times()
                .map(Pace::Times)
                .ok_or_else(|| format!("time is instant, real, manual, or x and a number such as x60; not '{text}'")),
        }
    }
}

/// Where virtual and real time met last.
#[derive(Clone, Copy, Debug)]
pub struct Meeting {
    /// Milliseconds since 1970 by the machine's clock.
    pub wall: i64,
    /// By the world's.
    pub world: Time,
}

/// Lets the time pass that has passed by the machine's clock, or that pending work takes.
pub fn pass(engine: &mut Engine, pace: Pace, met: Meeting, wall: i64) {
    match pace {
        Pace::Manual => {}
        Pace::Instant => settle(engine),
        Pace::Real | Pace::Times(_) => {
            let now = reached(engine.world().now, pace, met, wall);
            reach(engine, now);
        }
    }
}

/// The world's time once what has passed by the machine's clock has passed in it. `now`: what it is as yet.
pub fn reached(now: Time, pace: Pace, met: Meeting, wall: i64) -> Time {
    now.max(match pace {
        Pace::Manual | Pace::Instant => now,
        Pace::Real => Time(wall),
        Pace::Times(times) => {
            let passed = wall.saturating_sub(met.wall).max(0).saturating_mul(times.into());
            Time(met.world.0.saturating_add(passed))
        }
    })
}

/// Under `instant`, what GetPasswordData waits for comes too: when a Windows machine's password can be read stands in no queue,
/// and without this its waiter would ask for ever.
pub fn await_password(engine: &mut Engine, pace: Pace, region: Region, instance: &str) {
    let ready = (pace == Pace::Instant)
        .then(|| InstanceId::parse(instance))
        .flatten()
        .and_then(|id| engine.world().ec2(region)?.instances.get(&id)?.password.as_ref())
        .map(|(time, _)| *time);
    let soon = engine.world().now + HORIZON;
    if let Some(ready) = ready.filter(|ready| *ready <= soon) {
        reach(engine, ready);
    }
}

fn reach(engine: &mut Engine, until: Time) {
    while !engine.tick(until, usize::MAX).done {}
}

/// Does what is pending and worth waiting for, as long as that leads to more of it.
fn settle(engine: &mut Engine) {
    let horizon = engine.world().now + HORIZON;
    while let Some(due) = next(engine.world()).filter(|due| *due <= horizon) {
        reach(engine, due);
    }
}

/// When the next change is due; what is only kept visible for a while is none.
fn next(world: &World) -> Option<Time> {
    clock::next_due(world)?;
    let mut pending = world.queue.iter();
    let found = pending.find(|(_, pending)| pending.step.is_awaited());
    found.map(|((due, _), _)| *due)
}

//! How fast virtual time passes on screen. The engine knows none of this: it is told how far to go.

use stratus_engine::World;

/// The setting of the clock bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// 60× while something is pending, else at rest.
    #[default]
    Auto,
    /// At rest.
    Paused,
    /// So many virtual seconds a second.
    Times(u32),
}

impl Speed {
    /// From the URL's `?clock=` or preferences.
    pub fn parse(text: &str) -> Option<Speed> {
        match text {
            "auto" => Some(Speed::Auto),
            "paused" => Some(Speed::Paused),
            "1" => Some(Speed::Times(1)),
            "60" => Some(Speed::Times(60)),
            "3600" => Some(Speed::Times(3600)),
            _ => None,
        }
    }
    /// As `?clock=` has it.
    pub fn name(self) -> String {
        match self {
            Speed::Auto => "auto".into(),
            Speed::Paused => "paused".into(),
            Speed::Times(times) => times.to_string(),
        }
    }
    /// Virtual milliseconds a real one, now.
    pub fn factor(self, world: &World) -> u32 {
        match self {
            Speed::Paused => 0,
            Speed::Times(times) => times,
            Speed::Auto => {
                if worth_waiting_for(world) {
                    60
                } else {
                    0
                }
            }
        }
    }
}

/// Whether something is pending that a learner waits for, a health check's change of mind too. What is only kept visible for a while does not count.
pub fn worth_waiting_for(world: &World) -> bool {
    !world.route53.turns.is_empty() || world.queue.rows().any(|pending| pending.step.is_awaited())
}

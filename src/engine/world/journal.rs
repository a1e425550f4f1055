//! What happened and why: the answer to every "why?" on the page that is about time. Oldest entries go first.

use super::table::Table;
use crate::base::ids::ResourceId;
use crate::base::limits::JOURNAL_EVENTS;
use crate::base::time::Time;
use crate::catalog::Region;
use serde::Serialize;
use std::borrow::Cow;

/// The last events, by number.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Journal {
    next: u64,
    events: Table<u64, Event>,
}

/// One effect. Most of its texts are the program's own: a launch and its settling note nine, and none of those is copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When.
    pub at: Time,
    /// Where; `None` for global services.
    pub region: Option<Region>,
    /// What it happened to.
    pub resource: Option<ResourceId>,
    /// What happened, in a short sentence without the resource's name: `pending → running`.
    pub text: Cow<'static, str>,
    /// Why.
    pub cause: Cause,
}

/// Why something happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Cause {
    /// A call, by its number in the log (1 = the first).
    Call(u64),
    /// Time passed: the rule in words, and its source (a page of AWS's documentation, or "ours").
    Clock {
        /// The rule.
        rule: Cow<'static, str>,
        /// Where it is written; "ours" when AWS publishes nothing.
        source: Cow<'static, str>,
    },
}

impl Journal {
    /// Notes an event.
    pub fn note(&mut self, event: Event) {
        self.events.insert(self.next, event);
        self.next += 1;
        if self.events.len() > JOURNAL_EVENTS
            && let Some(oldest) = self.events.first().map(|(number, _)| *number)
        {
            self.events.remove(&oldest);
        }
    }
    /// Events by number, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &Event)> + '_ {
        self.events.iter().map(|(number, event)| (*number, event))
    }
    /// The number that the next event will have.
    pub fn next_number(&self) -> u64 {
        self.next
    }
    /// Events from a number on.
    pub fn since(&self, number: u64) -> impl Iterator<Item = &Event> + '_ {
        self.events.range(number..).map(|(_, event)| event)
    }
}

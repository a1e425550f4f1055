//! What happened and why: the answer to every "why?" on the page that is about time. Oldest entries go first.

use super::table::Table;
use crate::base::ids::ResourceId;
use crate::base::limits::JOURNAL_EVENTS;
use crate::base::time::Time;
use crate::catalog::Region;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use std::borrow::Cow;
use std::rc::Rc;

/// Events that stand together: as a row each, a launch's nine cost more than its instance.
const TOGETHER: usize = 16;

/// The last events, by number.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The number of the next.
    next: u64,
    /// The number of the oldest that is kept.
    oldest: u64,
    /// So many at a time, by the number of their first.
    full: Table<u64, Rc<Vec<Event>>>,
    /// Those since.
    open: Rc<Vec<Event>>,
}

/// One effect. Most of its texts are the program's own: a launch and its settling note nine, and none of those is copied.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
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
        let open = Rc::make_mut(&mut self.open);
        open.reserve_exact(TOGETHER - open.len());
        open.push(event);
        self.next += 1;
        if open.len() == TOGETHER {
            self.full
                .insert(self.next - TOGETHER as u64, std::mem::take(&mut self.open));
        }
        if self.len() > JOURNAL_EVENTS {
            self.oldest += 1;
            let over = self.full.first().map(|(first, _)| *first);
            if let Some(first) = over.filter(|first| first + TOGETHER as u64 <= self.oldest) {
                self.full.remove(&first);
            }
        }
    }
    /// Events by number, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &Event)> + '_ {
        self.numbered(self.oldest)
    }
    /// The number that the next event will have.
    pub fn next_number(&self) -> u64 {
        self.next
    }
    /// Events from a number on.
    pub fn since(&self, number: u64) -> impl Iterator<Item = &Event> + '_ {
        self.numbered(number).map(|(_, event)| event)
    }

    fn len(&self) -> usize {
        (self.next - self.oldest) as usize
    }

    fn numbered(&self, from: u64) -> impl Iterator<Item = (u64, &Event)> + '_ {
        let from = from.max(self.oldest);
        let full = self.full.range(from.saturating_sub(TOGETHER as u64 - 1)..);
        let full = full.flat_map(|(first, events)| (*first..).zip(events.iter()));
        let open = (self.next - self.open.len() as u64..).zip(self.open.iter());
        full.chain(open).filter(move |(number, _)| *number >= from)
    }
}

/// The events as a map by number, however they stand.
struct Numbered<'a>(&'a Journal);

impl Serialize for Numbered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (number, event) in self.0.iter() {
            map.serialize_entry(&number, event)?;
        }
        map.end()
    }
}

impl Serialize for Journal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut journal = serializer.serialize_struct("Journal", 2)?;
        journal.serialize_field("next", &self.next)?;
        journal.serialize_field("events", &Numbered(self))?;
        journal.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Time;

    #[test]
    fn it_keeps_the_last_events_by_their_numbers() {
        let mut journal = Journal::default();
        let event = |number: u64| Event {
            at: Time(number as i64),
            region: None,
            resource: None,
            text: "it happened".into(),
            cause: Cause::Call(number),
        };
        let many = JOURNAL_EVENTS as u64 + 40;
        for number in 0..many {
            assert_eq!(journal.next_number(), number);
            journal.note(event(number));
            let earlier = journal.clone();
            assert!(earlier.since(number).eq([&event(number)]));
        }
        let expected = (40..many).map(|number| (number, event(number)));
        assert!(
            journal
                .iter()
                .map(|(number, event)| (number, event.clone()))
                .eq(expected)
        );
        assert_eq!(journal.since(many - 21).count(), 21);
        assert_eq!(journal.since(0).count(), JOURNAL_EVENTS);
        assert!(journal.full.len() <= JOURNAL_EVENTS / TOGETHER + 1);
    }
}

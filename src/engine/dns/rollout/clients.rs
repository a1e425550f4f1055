//! Those who ask: each a resolver, or a program with a cache of its own, with all who sit behind it. What tells them apart is
//! how long they hold on to an answer.

use super::{Hurt, Time};
use crate::base::time::Span;
use crate::dns::routing::mixed;

/// How a client treats answers. Append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It forgets when the TTL is over.
    Honest,
    /// It holds on twice as long.
    Twice,
    /// It asks once and never again until it is started afresh, as Java programs with a security manager do
    /// (`networkaddress.cache.ttl` = −1).
    /// <https://docs.oracle.com/en/java/javase/17/core/java-networking.html>
    Forever,
}

/// All clients together (ours).
pub const SUM: u32 = 60;

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 3] = [Kind::Honest, Kind::Twice, Kind::Forever];

    /// How many clients are of it (ours: six in ten are honest).
    pub fn count(self) -> u32 {
        match self {
            Kind::Honest => 36,
            Kind::Twice | Kind::Forever => 12,
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Honest => "forget when the TTL is over",
            Kind::Twice => "hold on twice as long",
            Kind::Forever => "ask once, until they restart",
        }
    }
}

/// What a client goes by.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// The record, by its place; `None`: it has no answer.
    pub record: Option<usize>,
    /// The value that it took of it; `None` where that is no address.
    pub value: Option<String>,
}

/// A client.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pub kind: Kind,
    number: u64,
    restart: Option<Span>,
    held: Held,
    until: Option<Time>,
    /// How many questions it has put.
    asked: u64,
    /// Since when its requests have failed.
    failing: Option<Time>,
    longest: Span,
    /// The last request that failed.
    last: Option<Time>,
}

/// Everybody.
pub(super) fn all(restart: Option<Span>) -> Vec<Client> {
    let kinds = Kind::ALL
        .into_iter()
        .flat_map(|kind| std::iter::repeat_n(kind, kind.count() as usize));
    kinds
        .zip(0..)
        .map(|(kind, number)| Client {
            kind,
            number,
            restart,
            held: Held::default(),
            until: None,
            asked: 0,
            failing: None,
            longest: Span(0),
            last: None,
        })
        .collect()
}

impl Client {
    /// What it goes by.
    pub fn held(&self) -> Held {
        self.held.clone()
    }

    /// Whether its answer is forgotten.
    pub fn must_ask(&self, at: Time) -> bool {
        self.until.is_none_or(|until| at >= until)
    }

    /// The lot of its next question.
    pub fn lot(&self) -> u64 {
        mixed(self.number << 32 | self.asked)
    }

    /// Takes an answer: record, value, seconds. The `first` of all is one that it has had for a while already.
    pub fn hear(&mut self, answer: Option<(usize, Option<String>, i64)>, at: Time, first: bool) {
        self.asked += 1;
        let (held, ttl) = match answer {
            Some((record, value, ttl)) => (
                Held {
                    record: Some(record),
                    value,
                },
                ttl,
            ),
            None => (Held::default(), 0),
        };
        self.held = held;
        let whole = Span::seconds(match self.kind {
            Kind::Honest => ttl,
            Kind::Twice | Kind::Forever => ttl * 2,
        });
        let left = match first {
            true => Span(share(self.number, whole.0.max(1))),
            false => whole,
        };
        self.until = match (self.kind, self.held.record) {
            // Without an answer everybody asks again with the next request.
            (_, None) => None,
            (Kind::Forever, _) => Some(self.restart_after(at)),
            _ => Some(at + left),
        };
    }

    /// When it is started afresh next: at its own moment of each period.
    fn restart_after(&self, at: Time) -> Time {
        match self.restart {
            Some(every) if every.0 > 0 => {
                let own = share(self.number, every.0);
                let past = (at.0 - own).rem_euclid(every.0);
                Time(at.0 + every.0 - past)
            }
            _ => Time(i64::MAX / 2),
        }
    }

    /// Notes how its request went.
    pub fn note(&mut self, fails: bool, at: Time) {
        if !fails {
            self.failing = None;
            return;
        }
        let since = *self.failing.get_or_insert(at);
        self.longest = self.longest.max(Span(at.0 - since.0 + super::EVERY.0));
        self.last = Some(at);
    }
}

/// A part of a span, another for each client.
fn share(number: u64, of: i64) -> i64 {
    let of = u64::try_from(of).unwrap_or(1).max(1);
    i64::try_from(mixed(number ^ 0x5eed) % of).unwrap_or(0)
}

/// Whom failures hurt among those of a kind. `end`: the last moment that is known.
pub(super) fn hurt(clients: &[Client], kind: Kind, end: Time) -> Option<Hurt> {
    let failed: Vec<&Client> = clients
        .iter()
        .filter(|one| one.kind == kind && one.last.is_some())
        .collect();
    let last = failed.iter().filter_map(|one| one.last).max()?;
    Some(Hurt {
        clients: u32::try_from(failed.len()).unwrap_or(0),
        longest: failed.iter().map(|one| one.longest).max().unwrap_or(Span(0)),
        over: (last < end).then_some(last + super::EVERY),
    })
}

//! Virtual time: milliseconds since 1970 in UTC. Nothing here ever asks a machine what time it is.

use super::key::Key;
use serde::{Deserialize, Serialize};
use std::ops::{Add, Sub};

/// A moment of virtual time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time(pub i64);

/// A span of virtual time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span(pub i64);

impl Time {
    /// When a world starts unless its options say otherwise: 2025-03-03T09:00:00Z (ours).
    pub const START: Time = Time(1_740_992_400_000);

    /// The whole second that it lies in.
    pub fn whole_second(self) -> Time {
        Time(self.0 - self.0.rem_euclid(1_000))
    }

    /// ISO 8601, as the API's answers carry it.
    pub fn iso8601(self) -> String {
        stratus_model::time::iso8601(self.0)
    }
}

impl Span {
    /// Whole seconds.
    pub const fn seconds(seconds: i64) -> Span {
        Span(seconds * 1000)
    }
    /// Whole minutes.
    pub const fn minutes(minutes: i64) -> Span {
        Span(minutes * 60_000)
    }
}

impl Key for Time {
    const BITS: Option<u32> = Some(64);
    fn place(&self) -> u128 {
        self.0.place()
    }
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl Sub<Time> for Time {
    type Output = Span;
    fn sub(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl From<Time> for stratus_model::Value {
    fn from(time: Time) -> stratus_model::Value {
        stratus_model::Value::Timestamp(time.0)
    }
}

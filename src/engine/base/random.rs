//! The world's randomness: one independent stream a purpose, so that a new draw elsewhere changes no other.
//!
//! A draw is a function of (seed, stream, counter), computed by ChaCha8, whose output is fixed by specification;
//! nothing here may ever read entropy.

use super::key::Key;
use crate::world::table::Table;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde::Serialize;

/// What a stream is for. Append only: the number is the stream's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Stream {
    /// Ids of one kind.
    Ids(crate::base::ids::Kind),
    /// How long things take.
    Timing,
    /// Which physical host an instance lands on.
    Placement,
    /// Public IPv4 addresses.
    PublicAddress,
    /// Private addresses that AWS chooses.
    PrivateAddress,
    /// Interfaces' MAC addresses.
    Mac,
    /// Private keys and passwords.
    Keys,
    /// Route 53's ids and name servers.
    Names,
    /// Order of DNS answers.
    Answers,
    /// Request ids.
    Requests,
    /// Unique ids of IAM's users, groups, roles, policies, profiles and certificates.
    Identities,
    /// Access keys of users, with their secrets.
    AccessKeys,
    /// Temporary credentials.
    Sessions,
    /// Passwords and seeds that IAM makes.
    Secrets,
    /// Versions of S3's objects.
    Versions,
    /// S3's uploads in parts, and names of lifecycle rules that were given none.
    Uploads,
}

impl Stream {
    fn number(self) -> u64 {
        match self {
            Stream::Ids(kind) => 1_000 + kind as u64,
            Stream::Timing => 1,
            Stream::Placement => 2,
            Stream::PublicAddress => 3,
            Stream::PrivateAddress => 4,
            Stream::Mac => 5,
            Stream::Keys => 6,
            Stream::Names => 7,
            Stream::Answers => 8,
            Stream::Requests => 9,
            Stream::Identities => 100,
            Stream::AccessKeys => 101,
            Stream::Sessions => 102,
            Stream::Secrets => 103,
            Stream::Versions => 110,
            Stream::Uploads => 111,
        }
    }
}

impl Key for Stream {
    const BITS: Option<u32> = Some(64);
    fn place(&self) -> u128 {
        match self {
            // The first variant sorts first; the others' numbers are in their order.
            Stream::Ids(kind) => *kind as u64,
            other => u64::from(u32::MAX) + other.number(),
        }
        .place()
    }
}

/// The seed and how many draws each stream has made.
#[derive(Clone, Debug, Serialize)]
pub struct Random {
    seed: u64,
    drawn: Table<Stream, u64>,
}

impl Random {
    /// Streams that all follow from one seed.
    pub fn new(seed: u64) -> Random {
        Random {
            seed,
            drawn: Table::default(),
        }
    }

    /// The seed they follow from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// How many draws a stream has made.
    pub fn drawn(&self, stream: Stream) -> u64 {
        self.drawn.get(&stream).copied().unwrap_or(0)
    }

    /// A generator for the next draw of a stream; each call is a new, independent block of its own.
    pub fn next(&mut self, stream: Stream) -> ChaCha8Rng {
        let count = self.drawn(stream);
        self.drawn.insert(stream, count + 1);
        fixed(self.seed, stream.number(), count)
    }

    /// The next 64 bits of a stream.
    pub fn next_u64(&mut self, stream: Stream) -> u64 {
        self.next(stream).next_u64()
    }

    /// A number of `low..=high`, evenly.
    pub fn between(&mut self, stream: Stream, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).max(0) as u64 + 1;
        // The high half of a 128-bit product: even to within 2^-64 for the widths that occur here.
        low + ((u128::from(self.next_u64(stream)) * u128::from(width)) >> 64) as i64
    }
}

/// The generator of one fixed place: for what must not depend on the order of calls (a Region's default VPC).
pub fn fixed(seed: u64, stream: u64, count: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ count);
    rng
}

//! The world's randomness: one independent stream a purpose, so that a new draw elsewhere changes no other.
//!
//! A draw is a function of (seed, stream, counter), computed by ChaCha8, whose output is fixed by specification;
//! nothing here may ever read entropy.

use super::key::Key;
use crate::world::table::Table;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde::Serialize;

/// A number that looks as if it were drawn, from another: the finaliser of SplitMix64, whose arithmetic is the same everywhere.
pub(crate) fn finalised(number: u64) -> u64 {
    let one = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let two = (one ^ (one >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    two ^ (two >> 31)
}

/// What SplitMix64 counts by: the golden ratio's share of 64 bits.
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

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
    /// The cipher's key, which follows from the seed.
    #[serde(skip)]
    key: [u32; 8],
    drawn: Table<Stream, u64>,
}

impl Random {
    /// Streams that all follow from one seed.
    pub fn new(seed: u64) -> Random {
        Random {
            seed,
            key: key(seed),
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
        let count = self.count(stream);
        fixed(self.seed, stream.number(), count)
    }

    /// The next 64 bits of a stream: the first of the generator that [`Random::next`] would have given.
    pub fn next_u64(&mut self, stream: Stream) -> u64 {
        let count = self.count(stream);
        first_u64(self.key, place(stream.number(), count))
    }

    /// The number of a stream's next draw, which is made with it.
    fn count(&mut self, stream: Stream) -> u64 {
        match self.drawn.get_mut(&stream) {
            Some(drawn) => {
                *drawn += 1;
                *drawn - 1
            }
            None => {
                self.drawn.insert(stream, 1);
                0
            }
        }
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
    rng.set_stream(place(stream, count));
    rng
}

/// ChaCha's stream for one draw of a stream of ours.
fn place(stream: u64, count: u64) -> u64 {
    stream.wrapping_mul(GOLDEN) ^ count
}

/// The first 64 bits of `ChaCha8Rng::seed_from_u64` with this [`key`] on a stream of ChaCha's. One block of the cipher, where the generator
/// makes four before it gives the first bits: a launch draws some twenty numbers, and they were a twentieth of its cost.
fn first_u64(key: [u32; 8], stream: u64) -> u64 {
    let (low, high) = (stream as u32, (stream >> 32) as u32);
    let [a, b, c, d] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574_u32];
    let [k0, k1, k2, k3, k4, k5, k6, k7] = key;
    // Four rows of four: constants, key, and counter with stream.
    let mut rows = [[a, b, c, d], [k0, k1, k2, k3], [k4, k5, k6, k7], [0, 0, low, high]];
    for _ in 0..4 {
        mix(&mut rows);
        // The diagonals become columns, and go back.
        rows = turned(rows);
        mix(&mut rows);
        rows = turned(turned(turned(rows)));
    }
    let [[first, second, ..], ..] = rows;
    u64::from(first.wrapping_add(a)) | u64::from(second.wrapping_add(b)) << 32
}

/// Quarter rounds down the four columns.
#[inline(always)]
fn mix(rows: &mut [[u32; 4]; 4]) {
    let [a, b, c, d] = rows;
    for (((a, b), c), d) in a.iter_mut().zip(b).zip(c).zip(d) {
        *a = a.wrapping_add(*b);
        *d = (*d ^ *a).rotate_left(16);
        *c = c.wrapping_add(*d);
        *b = (*b ^ *c).rotate_left(12);
        *a = a.wrapping_add(*b);
        *d = (*d ^ *a).rotate_left(8);
        *c = c.wrapping_add(*d);
        *b = (*b ^ *c).rotate_left(7);
    }
}

/// The rows, the second turned by one place, the third by two, the fourth by three. (Names, not `rotate_left`, which moves
/// memory about.)
#[inline(always)]
fn turned([first, second, third, fourth]: [[u32; 4]; 4]) -> [[u32; 4]; 4] {
    let [b0, b1, b2, b3] = second;
    let [c0, c1, c2, c3] = third;
    let [d0, d1, d2, d3] = fourth;
    [first, [b1, b2, b3, b0], [c2, c3, c0, c1], [d3, d0, d1, d2]]
}

/// The key that `seed_from_u64` makes of a seed: eight numbers of a PCG generator.
/// <https://docs.rs/rand_core/0.6.4/rand_core/trait.SeedableRng.html#method.seed_from_u64>
fn key(seed: u64) -> [u32; 8] {
    let mut state = seed;
    std::array::from_fn(|_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(11_634_580_027_462_260_723);
        let mixed = (((state >> 18) ^ state) >> 27) as u32;
        mixed.rotate_right((state >> 59) as u32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::RngCore;

    #[test]
    fn the_short_way_draws_what_the_generator_draws() {
        for seed in [0, 1, 7, 123_456_789, u64::MAX] {
            for (stream, count) in [(0, 0), (1, 1), (5, 40_000), (1_000, 3), (1_059, u64::MAX)] {
                let long = fixed(seed, stream, count).next_u64();
                assert_eq!(
                    first_u64(key(seed), place(stream, count)),
                    long,
                    "{seed} {stream} {count}"
                );
            }
        }
    }
}

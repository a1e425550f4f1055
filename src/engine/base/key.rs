//! What a table can be sorted by: every key tells where it sorts by a number, so that one tree serves rows of all kinds.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A key of a [`Table`](crate::world::table::Table).
pub trait Key: Ord + Clone + 'static {
    /// How many bits, from the highest on, hold the whole key: different keys then differ in them. `None` where no number
    /// of bits is enough, as for a text.
    const BITS: Option<u32>;

    /// Where it sorts: a key that is not greater than another has no greater place. The bits beyond [`Key::BITS`] are zero.
    fn place(&self) -> u128;
}

/// Whether a place alone tells the keys of this type apart.
pub(crate) const fn is_exact<K: Key>() -> bool {
    matches!(K::BITS, Some(bits) if bits <= 128)
}

/// The bits of a pair: those of its parts, one after the other.
const fn sum(first: Option<u32>, second: Option<u32>) -> Option<u32> {
    match (first, second) {
        (Some(first), Some(second)) => Some(first + second),
        _ => None,
    }
}

/// The place of a pair: its first part's, then as much of the second's as there is room for.
pub(crate) fn join<A: Key>(first: &A, second: u128) -> u128 {
    match A::BITS {
        Some(bits) => first.place() | second.checked_shr(bits).unwrap_or(0),
        None => first.place(),
    }
}

/// The place of a text: its first bytes.
pub(crate) fn text(text: &str) -> u128 {
    let mut first = [0; 16];
    for (place, byte) in first.iter_mut().zip(text.bytes()) {
        *place = byte;
    }
    u128::from_be_bytes(first)
}

impl Key for u64 {
    const BITS: Option<u32> = Some(64);
    fn place(&self) -> u128 {
        u128::from(*self) << 64
    }
}

impl Key for i64 {
    const BITS: Option<u32> = Some(64);
    fn place(&self) -> u128 {
        // The smallest is the first.
        (self.wrapping_sub(i64::MIN) as u64).place()
    }
}

impl Key for u8 {
    const BITS: Option<u32> = Some(8);
    fn place(&self) -> u128 {
        u128::from(*self) << 120
    }
}

impl Key for Ipv4Addr {
    const BITS: Option<u32> = Some(32);
    fn place(&self) -> u128 {
        u128::from(self.to_bits()) << 96
    }
}

impl Key for Ipv6Addr {
    const BITS: Option<u32> = Some(128);
    fn place(&self) -> u128 {
        self.to_bits()
    }
}

impl Key for String {
    const BITS: Option<u32> = None;
    fn place(&self) -> u128 {
        text(self)
    }
}

impl<A: Key, B: Key> Key for (A, B) {
    const BITS: Option<u32> = sum(A::BITS, B::BITS);
    fn place(&self) -> u128 {
        join(&self.0, self.1.place())
    }
}

impl<A: Key, B: Key, C: Key> Key for (A, B, C) {
    const BITS: Option<u32> = sum(A::BITS, sum(B::BITS, C::BITS));
    fn place(&self) -> u128 {
        join(&self.0, join(&self.1, self.2.place()))
    }
}

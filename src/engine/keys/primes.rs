//! The pool of primes that RSA keys are made from.
//!
//! Finding a prime of 1024 bits takes a browser most of a second, so they were found beforehand. A prime here is a number
//! spun from its index by SHA-256 plus a small offset, and only the offsets are stored
//! (`data/rsa_primes.txt`, which `UPDATE_EXPECT=1 cargo test -p stratus-engine --test keys pool_is_current` writes): 512
//! primes in 1 KB of the page. **Everybody can list them, so keys
//! made from them are unfit for any real use.**
//!
//! The order and the offsets may never change: the keys of existing worlds follow from them.

use crypto_bigint::{
    Encoding, Integer, Limb, NonZero, U1024,
    modular::runtime_mod::{DynResidue, DynResidueParams},
};
use sha2::{Digest, Sha256};
use std::num::NonZeroU32;

/// How many primes the pool has.
pub const COUNT: usize = 512;

const OFFSETS: &str = include_str!("../data/rsa_primes.txt");

/// The odd number of 1024 bits, the first two of them set, that the search for a prime starts from.
pub fn candidate(index: usize) -> U1024 {
    let mut bytes = [0; 128];
    for (block, part) in bytes.chunks_mut(32).enumerate() {
        let hash = Sha256::new()
            .chain_update(b"stratus prime")
            .chain_update((index as u32).to_be_bytes());
        part.copy_from_slice(&hash.chain_update([block as u8]).finalize());
    }
    // Two set bits, so that a product of two has exactly 2048 bits.
    bytes[0] |= 0xc0;
    bytes[127] |= 1;
    U1024::from_be_bytes(bytes)
}

/// The prime of this index, below [`COUNT`].
pub fn prime(index: usize) -> U1024 {
    let offset = OFFSETS
        .split_ascii_whitespace()
        .nth(index)
        .and_then(|offset| offset.parse::<u32>().ok());
    candidate(index).wrapping_add(&U1024::from_u32(offset.unwrap_or_default()))
}

/// Whether a number will do: prime as far as 24 rounds of Miller and Rabin can tell, and not 1 modulo 65537, so that it
/// fits that public exponent. For the generator and its test; the odd number must be far above 65537.
pub fn will_do(number: &U1024) -> bool {
    let remainder = |divisor: u32| {
        let divisor = NonZeroU32::MIN.saturating_add(divisor - 1);
        number.div_rem_limb(NonZero::<Limb>::from_u32(divisor)).1
    };
    let divided = (3..5_000).step_by(2).any(|divisor| remainder(divisor) == Limb::ZERO);
    !divided && remainder(65_537) != Limb::ONE && WITNESSES.iter().all(|witness| passes(number, *witness))
}

/// The first 24 primes.
const WITNESSES: [u32; 24] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89,
];

/// One round of Miller and Rabin: odd numbers that fail are composite.
pub fn passes(number: &U1024, witness: u32) -> bool {
    if !bool::from(number.is_odd()) {
        return false;
    }
    let one = U1024::ONE;
    let minus_one = number.wrapping_sub(&one);
    let twos = minus_one.trailing_zeros();
    let mut power = DynResidue::new(&U1024::from_u32(witness), DynResidueParams::new(number)).pow(&(minus_one >> twos));
    if power.retrieve() == one {
        return true;
    }
    for _ in 0..twos {
        if power.retrieve() == minus_one {
            return true;
        }
        power = power.square();
    }
    false
}

//! Key pairs open with ordinary tools, and are the same in every run.
#![allow(clippy::unwrap_used)]

mod created;
mod imported;
mod password;
mod primes;

use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use stratus_engine::keys::{KeyMaterial, KeyType, create};

fn random(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn key(key_type: KeyType, seed: u64) -> KeyMaterial {
    create(key_type, &mut random(seed))
}

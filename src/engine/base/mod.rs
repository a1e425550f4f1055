//! The small words everything else is said in: ids, time, randomness, names, limits, errors.

pub mod error;
pub mod ids;
pub mod key;
pub mod limits;
pub mod random;
pub mod sigv4;
pub mod sorted;
pub mod text;
pub mod time;
pub mod uuid;

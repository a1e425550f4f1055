//! The bill: what the meters of `world::usage` cost, with the derivation of every line.

use crate::catalog::Money;
use crate::world::World;

/// What everything has cost so far.
pub fn total(_world: &World) -> Money {
    Money::from_units(0)
}

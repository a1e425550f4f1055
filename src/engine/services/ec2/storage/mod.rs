//! EC2's storage: this file only routes.

use crate::clock::Pending;
use crate::services::Handler;
use crate::world::World;

/// The handler of an operation.
pub(super) fn handler(_operation: &str) -> Option<Handler> {
    None
}

/// Pending work of these resources.
pub(super) fn due(_world: &mut World, _pending: &Pending) {}

//! SSM: the Parameter Store. This file only routes.

use super::Handler;

/// The handler of an operation.
pub(super) fn handler(_operation: &str) -> Option<Handler> {
    None
}

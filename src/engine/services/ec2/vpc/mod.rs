//! EC2's vpc: this file only routes.

use crate::services::Handler;

/// The handler of an operation.
pub(super) fn handler(_operation: &str) -> Option<Handler> {
    None
}

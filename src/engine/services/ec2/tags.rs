//! CreateTags, DeleteTags, DescribeTags, and the TagSpecifications of every call that makes something.

use crate::services::Handler;

/// The handler of an operation.
pub(super) fn handler(_operation: &str) -> Option<Handler> {
    None
}

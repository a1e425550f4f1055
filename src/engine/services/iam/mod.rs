//! IAM: users, groups, roles, policies and what belongs to them. This file only routes.
//!
//! Texts of errors in AWS's own form where it is known. What IAM decides about calls is no business of this folder.

mod defaults;

pub(crate) use defaults::{concerns, ensure, used};

use super::Handler;

/// The handler of an operation.
pub(super) fn handler(_operation: &str) -> Option<Handler> {
    None
}

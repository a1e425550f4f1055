//! EC2's network: VPCs, subnets, routes, gateways, ACLs, groups, prefix lists, interfaces, addresses. This file only routes.

#![expect(dead_code, reason = "the operations that use it follow")]

pub(crate) mod building;
pub mod groups;
pub mod interfaces;
pub mod pools;

use crate::services::Handler;

/// The handler of an operation.
pub(super) fn handler(_operation: &str) -> Option<Handler> {
    None
}

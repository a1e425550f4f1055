//! EC2's network: VPCs, subnets, routes, gateways, ACLs, groups, prefix lists, interfaces, addresses. This file only routes.

#![expect(dead_code, reason = "the operations that use it follow")]

mod acl_entries;
mod acls;
pub(crate) mod building;
pub mod gateways;
pub mod groups;
pub mod interfaces;
pub mod pools;
pub(crate) mod protocols;
mod route_tables;
pub mod routes;
mod subnets;
mod vpc_blocks;
pub mod vpcs;

use crate::services::Handler;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    vpcs::handler(operation)
        .or_else(|| vpc_blocks::handler(operation))
        .or_else(|| subnets::handler(operation))
        .or_else(|| route_tables::handler(operation))
        .or_else(|| routes::handler(operation))
        .or_else(|| gateways::handler(operation))
        .or_else(|| acls::handler(operation))
        .or_else(|| acl_entries::handler(operation))
}

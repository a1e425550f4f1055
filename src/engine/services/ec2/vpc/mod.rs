//! EC2's network: VPCs, subnets, routes, gateways, ACLs, groups, prefix lists, interfaces, addresses. This file only routes.

mod acl_entries;
mod acls;
mod addresses;
pub(crate) mod building;
pub mod gateways;
pub mod groups;
pub mod interface_calls;
mod interface_describe;
pub mod interface_view;
pub mod interfaces;
pub mod pools;
mod prefix_lists;
pub(crate) mod protocols;
mod route_tables;
pub mod routes;
mod rule_calls;
mod rules;
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
        .or_else(|| groups::handler(operation))
        .or_else(|| rule_calls::handler(operation))
        .or_else(|| prefix_lists::handler(operation))
        .or_else(|| interface_calls::handler(operation))
        .or_else(|| interface_describe::handler(operation))
        .or_else(|| addresses::handler(operation))
}

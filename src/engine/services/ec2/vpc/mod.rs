//! EC2's network: VPCs, subnets, routes, gateways, ACLs, groups, prefix lists, interfaces, addresses. This file only routes.

mod acl_entries;
mod acls;
mod address_attributes;
pub(in crate::services::ec2) mod addresses;
pub(crate) mod building;
mod dhcp;
pub mod gateways;
mod group_vpcs;
pub mod groups;
pub mod interface_attributes;
pub mod interface_calls;
mod interface_describe;
mod interface_permissions;
pub mod interface_view;
pub mod interfaces;
mod ipv6;
mod managed_interfaces;
mod new_interface;
pub mod pools;
pub(super) mod prefix_lists;
pub(crate) mod prefixes;
pub(crate) mod protocols;
pub(crate) mod public_names;
mod reserved;
mod route_tables;
pub mod routes;
mod rule_calls;
pub(crate) mod rules;
mod subnet_attributes;
mod subnet_blocks;
mod subnets;
pub(in crate::services) mod transfers;
mod vpc_blocks;
pub mod vpcs;

use crate::clock::{Pending, Step};
use crate::services::Handler;
use crate::world::World;

/// The handler of an operation on security groups: the first scenario calls them.
pub(super) fn first(operation: &str) -> Option<Handler> {
    groups::handler(operation).or_else(|| rule_calls::handler(operation))
}

/// The handler of another operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    vpcs::handler(operation)
        .or_else(|| vpc_blocks::handler(operation))
        .or_else(|| subnets::handler(operation))
        .or_else(|| route_tables::handler(operation))
        .or_else(|| routes::handler(operation))
        .or_else(|| gateways::handler(operation))
        .or_else(|| acls::handler(operation))
        .or_else(|| acl_entries::handler(operation))
        .or_else(|| prefix_lists::handler(operation))
        .or_else(|| interface_calls::handler(operation))
        .or_else(|| interface_describe::handler(operation))
        .or_else(|| addresses::handler(operation))
}

/// The handler of an operation that a first visit does not call.
pub(super) fn rarer(operation: &str) -> Option<Handler> {
    address_attributes::handler(operation)
        .or_else(|| dhcp::handler(operation))
        .or_else(|| group_vpcs::handler(operation))
        .or_else(|| interface_attributes::handler(operation))
        .or_else(|| interface_permissions::handler(operation))
        .or_else(|| ipv6::handler(operation))
        .or_else(|| public_names::handler(operation))
        .or_else(|| subnet_attributes::handler(operation))
        .or_else(|| subnet_blocks::handler(operation))
        .or_else(|| transfers::handler(operation))
}

/// Pending work of the network's resources.
pub(super) fn due(world: &mut World, pending: &Pending) {
    if pending.step == Step::Reap {
        transfers::due(world, pending);
    } else {
        address_attributes::settle(world, pending);
    }
}

//! The gateways of a VPC besides its internet gateway: NAT, egress-only and carrier gateways, and the parts of a VPN. This file
//! only routes; a first visit calls nothing here.

mod egress_only;
mod nat;
mod nat_addresses;
mod nat_life;
pub(super) mod targets;

use crate::base::ids::ResourceId;
use crate::clock::{Pending, Step};
use crate::services::Handler;
use crate::world::World;

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateNatGateway" => Write(nat::create),
        "DeleteNatGateway" => Write(nat::delete),
        "DescribeNatGateways" => Read(nat::describe_all),
        "AssignPrivateNatGatewayAddress" => Write(nat_addresses::assign),
        "UnassignPrivateNatGatewayAddress" => Write(nat_addresses::unassign),
        "AssociateNatGatewayAddress" => Write(nat_addresses::associate),
        "DisassociateNatGatewayAddress" => Write(nat_addresses::disassociate),
        "CreateEgressOnlyInternetGateway" => Write(egress_only::create),
        "DeleteEgressOnlyInternetGateway" => Write(egress_only::delete),
        "DescribeEgressOnlyInternetGateways" => Read(egress_only::describe_all),
        _ => return None,
    })
}

/// Pending work of these resources.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    match (pending.resource, pending.step) {
        (ResourceId::NatGateway(id), Step::Reap) => nat_life::reap(world, pending.region, id),
        (ResourceId::NatGateway(id), _) => nat_life::settle(world, pending, id),
        _ => {}
    }
}

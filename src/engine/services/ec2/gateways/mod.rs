//! The gateways of a VPC besides its internet gateway: NAT, egress-only and carrier gateways, and the parts of a VPN. This file
//! only routes; a first visit calls nothing here.

mod carrier;
mod concentrators;
mod connection_changes;
mod connections;
mod customer;
mod devices;
mod egress_only;
pub(super) mod life;
mod nat;
mod nat_addresses;
mod nat_life;
pub(super) mod nat_regional;
pub(super) mod targets;
pub(crate) mod tunnel_life;
mod tunnels;
mod vpn_gateways;

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
        "CreateCarrierGateway" => Write(carrier::create),
        "DeleteCarrierGateway" => Write(carrier::delete),
        "DescribeCarrierGateways" => Read(carrier::describe_all),
        "CreateCustomerGateway" => Write(customer::create),
        "DeleteCustomerGateway" => Write(customer::delete),
        "DescribeCustomerGateways" => Read(customer::describe_all),
        "CreateVpnGateway" => Write(vpn_gateways::create),
        "DeleteVpnGateway" => Write(vpn_gateways::delete),
        "AttachVpnGateway" => Write(vpn_gateways::attach),
        "DetachVpnGateway" => Write(vpn_gateways::detach),
        "DescribeVpnGateways" => Read(vpn_gateways::describe_all),
        "EnableVgwRoutePropagation" => Write(vpn_gateways::propagate),
        "DisableVgwRoutePropagation" => Write(vpn_gateways::propagate_no_more),
        "CreateVpnConnection" => Write(connections::create),
        "DeleteVpnConnection" => Write(connections::delete),
        "DescribeVpnConnections" => Read(connections::describe_all),
        "CreateVpnConnectionRoute" => Write(connections::create_route),
        "DeleteVpnConnectionRoute" => Write(connections::delete_route),
        "ModifyVpnConnection" => Write(connection_changes::modify),
        "ModifyVpnConnectionOptions" => Write(connection_changes::modify_options),
        "ModifyVpnTunnelOptions" => Write(connection_changes::modify_tunnel),
        "ModifyVpnTunnelCertificate" => Write(connection_changes::modify_certificate),
        "ReplaceVpnTunnel" => Write(tunnel_life::replace),
        "GetVpnTunnelReplacementStatus" => Read(tunnel_life::replacement_status),
        "GetActiveVpnTunnelStatus" => Read(connection_changes::active_status),
        "CreateVpnConcentrator" => Write(concentrators::create),
        "DeleteVpnConcentrator" => Write(concentrators::delete),
        "DescribeVpnConcentrators" => Read(concentrators::describe_all),
        "GetVpnConnectionDeviceTypes" => Read(devices::types),
        "GetVpnConnectionDeviceSampleConfiguration" => Read(devices::sample),
        _ => return None,
    })
}

/// Pending work of these resources.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    match (pending.resource, pending.step) {
        (_, Step::Reap) => life::reap(world, pending),
        (ResourceId::NatGateway(id), Step::Progress) => nat_regional::expand(world, pending, id),
        (ResourceId::NatGateway(id), _) => nat_life::settle(world, pending, id),
        (ResourceId::CarrierGateway(id), _) => carrier::settle(world, pending, id),
        (ResourceId::VpnGateway(id), _) => vpn_gateways::settle(world, pending, id),
        (ResourceId::VpnConnection(id), Step::Progress) => tunnel_life::replaced(world, pending, id),
        (ResourceId::VpnConnection(id), Step::Expire) => tunnel_life::maintain(world, pending, id),
        (ResourceId::VpnConnection(id), _) => connections::settle(world, pending, id),
        _ => {}
    }
}

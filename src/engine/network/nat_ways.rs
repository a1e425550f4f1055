//! What might mend a way by a NAT gateway, and by opening what an egress-only gateway keeps closed. The rest of `ways`.

use super::addresses::{is_private, is_shared};
use super::filters;
use super::remedies::{Candidate, Draft, call, candidate, wait};
use super::routes::{self, Target};
use super::step::{Blocker, Routed};
use super::ways;
use super::words::Teller;
use crate::base::ids::*;
use crate::world::Ec2;
use crate::world::gateways::{GatewayState, NatGateway};
use crate::world::vpc::*;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// A route of a subnet whose sender has no public address to a NAT gateway: to one that is there, or to a new one in a
/// public subnet. `number`: the route that it replaces.
pub(super) fn nat_route(
    teller: &Teller<'_>,
    id: RouteTableId,
    number: Option<u16>,
    blocker: &Blocker,
) -> Option<Candidate> {
    let (ec2, packet) = (&teller.ec2, &blocker.step.before);
    let destination = packet.destination_address;
    if blocker.back || destination.is_ipv6() || is_private(destination) || is_shared(destination) {
        return None;
    }
    let table = ec2.route_tables.get(&id)?;
    let sender = filters::holder(ec2, table.vpc, packet.source_address)?;
    if sender.addresses.iter().any(|own| own.public.is_some()) || sender.attachment.is_none() {
        return None;
    }
    let (operation, block) = match number {
        None => ("CreateRoute", "0.0.0.0/0".to_owned()),
        Some(number) => match table.routes.get(usize::from(number))?.destination {
            RouteDestination::Cidr(block) => ("ReplaceRoute", block.to_string()),
            RouteDestination::PrefixList(_) => return None,
        },
    };
    let route = |gateway: String| {
        let params = ways::route_params(id, &block, false).with(field::NAT_GATEWAY_ID, gateway);
        call(operation, params)
    };
    let name = teller.name(id);
    if let Some(gateway) = usable(teller, table.vpc) {
        let why = format!("Route {block} of {name} to {}.", teller.name(gateway.id));
        return Some(candidate(2, why, vec![route(gateway.id.to_string())]));
    }
    let subnet = public_subnet(teller, table.vpc, destination)?;
    let mut calls = Vec::new();
    let allocation = allocation(ec2, &mut calls);
    let at = calls.len();
    let params = Structure::new()
        .with(field::SUBNET_ID, subnet)
        .with(field::ALLOCATION_ID, allocation);
    calls.push(call("CreateNatGateway", params));
    calls.push(wait());
    calls.push(route(format!("$({at}.NatGateway.NatGatewayId)")));
    let why = format!(
        "Make a NAT gateway in the public subnet {} and route {block} of {name} to it: what is inside reaches out, nobody comes in. It costs by the hour.",
        teller.subnet_name(subnet)
    );
    Some(candidate(4, why, calls))
}

/// The Elastic IP address that a gateway gets: an idle one, or a new one, for which this adds the candidate's first call.
pub(super) fn allocation(ec2: &Ec2, calls: &mut Vec<Draft>) -> String {
    let is_free = |address: &&ElasticAddress| address.association.is_none() && address.carrier.is_none();
    if let Some(idle) = ec2.addresses.rows().find(is_free) {
        return idle.id.to_string();
    }
    calls.push(call("AllocateAddress", Structure::new().with(field::DOMAIN, "vpc")));
    "$(0.AllocationId)".to_owned()
}

/// A public NAT gateway of the VPC that is available, the first that was made.
fn usable<'t>(teller: &'t Teller<'_>, vpc: VpcId) -> Option<&'t NatGateway> {
    let rows = teller.ec2.gateways.nat.rows();
    rows.filter(|row| row.vpc == vpc && row.public && row.state == GatewayState::Available)
        .min_by_key(|row| row.born)
}

/// A subnet whose routes lead to the VPC's internet gateway, the first that was made.
fn public_subnet(teller: &Teller<'_>, vpc: VpcId, destination: IpAddr) -> Option<SubnetId> {
    let ec2 = &teller.ec2;
    let row = ec2.vpcs.get(&vpc)?;
    let is_public = |subnet: &&Subnet| {
        let table = routes::table_of(ec2, row, subnet.id);
        table.is_some_and(|table| {
            let Routed::Route(number) = routes::choose(ec2, row, table, destination) else {
                return false;
            };
            let route = table.routes.get(usize::from(number));
            route.is_some_and(|route| matches!(routes::target(ec2, vpc, route), Target::Gateway(_)))
        })
    };
    let subnets = ec2.subnets.rows().filter(|subnet| subnet.vpc == vpc);
    subnets
        .filter(is_public)
        .min_by_key(|subnet| subnet.born)
        .map(|subnet| subnet.id)
}

/// The internet gateway in the place of an egress-only one: whoever the groups let in comes in.
pub(super) fn open_ipv6(teller: &Teller<'_>, id: RouteTableId, number: u16) -> Vec<Candidate> {
    let table = teller.ec2.route_tables.get(&id);
    let route = table.and_then(|table| table.routes.get(usize::from(number)));
    match (table, route.map(|route| route.destination)) {
        (Some(table), Some(RouteDestination::Cidr(block))) => {
            vec![ways::default_route(
                teller,
                table,
                "ReplaceRoute",
                &block.to_string(),
                true,
            )]
        }
        _ => Vec::new(),
    }
}

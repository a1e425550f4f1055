//! What might mend a way that leads elsewhere than to who is asked: routes to what would lead there, and a new peering connection
//! where nothing does. The rest of `ways`.

use super::addresses::{host_block, is_private, is_shared};
use super::remedies::{Candidate, Draft, call, candidate, own_call};
use super::routes::{self, Target};
use super::step::*;
use super::words::Teller;
use super::{Packet, filters, link_words, links, nat_ways, transit_ways, vpn, ways};
use crate::base::ids::*;
use crate::services::ec2::links::peerings;
use crate::world::Ec2;
use crate::world::vpc::*;
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// Route tables whose routes a way is mended by, at most: the sender's, and that of what translates for it.
const TABLES: usize = 2;

/// How a table gets a route by which an address leads elsewhere: one more for this block, or, where the route that the address
/// takes is as narrow, another target for that. `None`: it stays in the VPC, or a prefix list leads it.
pub(super) fn place(ec2: &Ec2, table: &RouteTable, address: IpAddr, block: IpNet) -> Option<(&'static str, IpNet)> {
    let vpc = ec2.vpcs.get(&table.vpc)?;
    let number = match routes::choose(ec2, vpc, table, address) {
        Routed::Route(number) => number,
        Routed::Local(_) => return None,
        _ => return Some(("CreateRoute", block)),
    };
    match table.routes.get(usize::from(number))?.destination {
        RouteDestination::Cidr(taken) if taken.prefix_len() >= block.prefix_len() => Some(("ReplaceRoute", taken)),
        _ => Some(("CreateRoute", block)),
    }
}

/// The customer's device takes a tunnel of a gateway up again that it let go of; or a way [`around`] it.
pub(super) fn tunnel_up(teller: &Teller<'_>, gateway: VpnGatewayId, blocker: &Blocker, way: &[Step]) -> Vec<Candidate> {
    let address = blocker.step.before.destination_address;
    let mut list = Vec::new();
    if let Some((row, tunnel)) = vpn::let_go(&teller.ec2, gateway, address) {
        let params = Structure::new()
            .with(field::VPN_CONNECTION_ID, row.id)
            .with(field::OUTSIDE_IP_ADDRESS, tunnel.outside.to_string())
            .with(field::STATUS, "UP");
        let (name, outside) = (teller.name(row.id), tunnel.outside);
        let why = format!("Have the customer's device take up the tunnel to {outside} of {name} again.");
        list.push(candidate(0, why, vec![own_call("SetVpnTunnel", params)]));
    }
    list.extend(around(teller, blocker, way));
    list
}

/// Routes that lead around what does not carry the packet, in the tables that have sent it there: to what links VPCs for a private
/// address, to the internet gateway for another.
pub(super) fn around(teller: &Teller<'_>, blocker: &Blocker, way: &[Step]) -> Vec<Candidate> {
    let (ec2, packet) = (&teller.ec2, &blocker.step.before);
    let taken = way.iter().filter(|step| step.region == blocker.step.region);
    let taken = taken.filter_map(|step| match step.what {
        What::Route(table, Routed::Route(number)) => Some((ec2.route_tables.get(&table)?, number)),
        What::Route(table, Routed::Propagated(..)) => Some((ec2.route_tables.get(&table)?, u16::MAX)),
        _ => None,
    });
    let mut list = Vec::new();
    for (table, number) in taken.take(TABLES) {
        if ways::is_inner(teller, table, packet) {
            list.extend(linking(teller, table, packet));
        } else {
            list.extend(outwards(teller, table, number, blocker));
        }
    }
    list
}

/// Whether no internet gateway leads to an address.
pub(super) fn is_inner(address: IpAddr) -> bool {
    is_private(address) || is_shared(address)
}

/// A route of a table to what links its VPC with the one that has an address, or a peering connection between the two.
pub(super) fn linking(teller: &Teller<'_>, table: &RouteTable, packet: &Packet) -> Vec<Candidate> {
    let address = packet.destination_address;
    let routed = link_words::peering_route(teller, table, address);
    let mut list: Vec<Candidate> = routed.into_iter().collect();
    list.extend(transit_ways::vpc_route(teller, table, address));
    if list.is_empty() {
        list.extend(connect(teller, table.vpc, packet));
    }
    list
}

/// The internet gateway in the place of what a table sends to: for an answer to its one asker alone, or for all.
fn outwards(teller: &Teller<'_>, table: &RouteTable, number: u16, blocker: &Blocker) -> Vec<Candidate> {
    let ec2 = &teller.ec2;
    let address = blocker.step.before.destination_address;
    let Some(route) = table.routes.get(usize::from(number)) else {
        return Vec::new();
    };
    let RouteDestination::Cidr(block) = route.destination else {
        return Vec::new();
    };
    let (ipv6, mut list) = (address.is_ipv6(), Vec::new());
    let keeps = blocker.back && matches!(routes::target(ec2, table.vpc, route), Target::Nat(_));
    if keeps {
        let mut own = ways::default_route(teller, table, "CreateRoute", &host_block(address), ipv6);
        own.why.push_str(" All others keep their way by the NAT gateway.");
        own.opens = 4;
        list.push(own);
    }
    list.extend(nat_ways::nat_route(teller, table.id, Some(number), blocker));
    let mut all = ways::way_out(teller, table, "ReplaceRoute", &block.to_string(), &blocker.step.before);
    if keeps {
        all.why
            .push_str(" What has no public address there then has no way out to the Internet.");
    }
    list.push(all);
    list
}

/// The routes of an end's subnet to the other VPC, by the call that makes the connection first.
fn route_to(teller: &Teller<'_>, end: &NetworkInterface, address: IpAddr, block: IpNet) -> Option<(Draft, String)> {
    let ec2 = &teller.ec2;
    let table = routes::table_of(ec2, ec2.vpcs.get(&end.vpc)?, end.subnet)?;
    let (operation, block) = place(ec2, table, address, block)?;
    let connection = "$(0.VpcPeeringConnection.VpcPeeringConnectionId)";
    let params = link_words::table_params(table.id, block).with(field::VPC_PEERING_CONNECTION_ID, connection);
    Some((call(operation, params), teller.name(table.id)))
}

/// A peering connection of the VPC that sends with the one that has the address, with the routes of both ends; less than that
/// where no answer comes back, or by another way. `None`: they are linked already, their blocks overlap, or nobody has the
/// address.
/// Source: <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>
pub(super) fn connect(teller: &Teller<'_>, from: VpcId, packet: &Packet) -> Option<Candidate> {
    let ec2 = &teller.ec2;
    let (source, destination) = (packet.source_address, packet.destination_address);
    let sender = filters::holder(ec2, from, source)?;
    let own = ec2.vpcs.get(&from)?;
    let others = ec2.vpcs.rows().filter(|other| other.id != from);
    let blocks = |vpc: VpcId| peerings::blocks(teller.world, teller.region, vpc);
    let own_blocks = blocks(from);
    let fitting = others
        .filter(|other| !peerings::overlap(&own_blocks, &blocks(other.id)) && !links::are_peers(ec2, from, other.id));
    let (other, receiver) = fitting
        .filter_map(|other| Some((other, filters::holder(ec2, other.id, destination)?)))
        .next()?;
    let ends = (
        routes::local_block(own, source)?,
        routes::local_block(other, destination)?,
    );
    let (there, one) = route_to(teller, sender, destination, ends.1)?;
    let (back, two) = route_to(teller, receiver, source, ends.0)?;
    let create = Structure::new()
        .with(field::VPC_ID, from)
        .with(field::PEER_VPC_ID, other.id);
    let accept = Structure::new().with(
        field::VPC_PEERING_CONNECTION_ID,
        "$(0.VpcPeeringConnection.VpcPeeringConnectionId)",
    );
    let why = |routes: &str| {
        let (own, other) = (teller.name(from), teller.name(other.id));
        format!("Connect {own} and {other} by a peering connection, with a route in {routes}.")
    };
    let mut calls = vec![
        call("CreateVpcPeeringConnection", create),
        call("AcceptVpcPeeringConnection", accept),
        there,
    ];
    let less = candidate(9, why(&one), calls.clone());
    calls.push(back);
    let whole = candidate(10, why(&format!("{one} and one in {two}")), calls);
    Some(Candidate {
        less: Some(Box::new(less)),
        ..whole
    })
}

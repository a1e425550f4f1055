//! Route tables: which route a packet takes. Longest prefix first; of equal ones a static route
//! before a prefix list's, and that before a propagated one.
//! Source: <https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html>

use super::step::{Door, Routed, Spare, Unused};
use super::vpn;
use crate::base::ids::*;
use crate::catalog::Zone;
use crate::world::Ec2;
use crate::world::classic::RANGE;
use crate::world::compute::InstanceState;
use crate::world::gateways::NatGateway;
use crate::world::leading::{attachment, led_to};
use crate::world::links::*;
use crate::world::vpc::*;
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_model::sort;

/// The table that a subnet uses: its own, or the VPC's main one.
pub(super) fn table_of<'w>(ec2: &'w Ec2, vpc: &Vpc, subnet: SubnetId) -> Option<&'w RouteTable> {
    let id = ec2.table_of_subnet.get(&subnet).unwrap_or(&vpc.main_route_table);
    ec2.route_tables.get(id)
}

/// The internet gateway that is attached to a VPC.
pub(super) fn gateway_of(ec2: &Ec2, vpc: VpcId) -> Option<InternetGatewayId> {
    let key = |gateway| (ResourceId::from(vpc), ResourceId::from(gateway));
    let range = key(InternetGatewayId(0))..=key(InternetGatewayId(u64::MAX));
    let ((_, gateway), ()) = ec2.referrers.range(range).next()?;
    InternetGatewayId::try_from(*gateway).ok()
}

/// The carrier gateway of a VPC: there, or in the making.
pub(super) fn carrier_of(ec2: &Ec2, vpc: VpcId) -> Option<CarrierGatewayId> {
    let key = |gateway| (ResourceId::from(vpc), ResourceId::from(gateway));
    let range = key(CarrierGatewayId(0))..=key(CarrierGatewayId(u64::MAX));
    let mut of = ec2
        .referrers
        .range(range)
        .filter_map(|((_, gateway), ())| CarrierGatewayId::try_from(*gateway).ok());
    let there =
        |id: &CarrierGatewayId| led_to(ec2, vpc, RouteTarget::CarrierGateway(*id)).is_some_and(|(_, there)| there);
    of.find(there)
}

/// The door of a VPC for what is in a zone.
pub(super) fn door_of(ec2: &Ec2, vpc: VpcId, zone: Zone) -> Door {
    match zone.is_wavelength() {
        true => Door::Carrier(carrier_of(ec2, vpc)),
        false => Door::Internet(gateway_of(ec2, vpc)),
    }
}

/// The route table that is associated with a gateway (ingress routing).
/// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>
pub(super) fn table_of_gateway(ec2: &Ec2, gateway: InternetGatewayId) -> Option<&RouteTable> {
    let key = |table| (ResourceId::from(gateway), ResourceId::from(table));
    let range = key(RouteTableId(0))..=key(RouteTableId(u64::MAX));
    let ((_, table), ()) = ec2.referrers.range(range).next()?;
    ec2.route_tables.get(&RouteTableId::try_from(*table).ok()?)
}

/// The VPC's block, of either family, that holds an address: what `local` covers.
pub(super) fn local_block(vpc: &Vpc, address: IpAddr) -> Option<IpNet> {
    match address {
        IpAddr::V4(address) => vpc
            .cidrs
            .iter()
            .find(|(_, block)| block.contains(&address))
            .map(|(_, block)| IpNet::V4(*block)),
        IpAddr::V6(address) => vpc
            .ipv6_cidrs
            .iter()
            .find(|(_, block)| block.contains(&address))
            .map(|(_, block)| IpNet::V6(*block)),
    }
}

/// What ClassicLink makes local besides: all of EC2-Classic's addresses.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/vpc-classiclink.html#classiclink-routing>
fn linked_block(ec2: &Ec2, vpc: &Vpc, address: IpAddr) -> Option<IpNet> {
    let range = IpNet::V4(RANGE);
    (range.contains(&address) && ec2.routes_to_links(vpc)).then_some(range)
}

/// How long a prefix of a route's destination covers an address, and how it ranks among equals.
fn length(ec2: &Ec2, route: &Route, address: IpAddr) -> Option<(u8, u8)> {
    match route.destination {
        RouteDestination::Cidr(block) => block.contains(&address).then(|| (block.prefix_len(), 3)),
        RouteDestination::PrefixList(list) => {
            let blocks = ec2.prefix_lists.get(&list)?.entries.iter();
            let covering = blocks.filter(|(block, _)| block.contains(&address));
            covering.map(|(block, _)| (block.prefix_len(), 1)).max()
        }
    }
}

/// The route that an address takes; liveness of its target is not judged here.
pub(super) fn choose(ec2: &Ec2, vpc: &Vpc, table: &RouteTable, address: IpAddr) -> Routed {
    // A route for the whole of a VPC's block overrides `local`, hence its rank between the two kinds.
    let local = local_block(vpc, address).or_else(|| linked_block(ec2, vpc, address));
    let mut best = local.map(|block| ((block.prefix_len(), 2), Routed::Local(block)));
    for (place, route) in (0u16..).zip(&table.routes) {
        if let Some(rank) = length(ec2, route, address)
            && best.is_none_or(|(so_far, _)| rank > so_far)
        {
            let chosen = match (route.target, local) {
                (RouteTarget::Local, Some(block)) => Routed::Local(block),
                _ => Routed::Route(place),
            };
            best = Some((rank, chosen));
        }
    }
    // Of equal prefixes, what is propagated comes last.
    let nets = propagated(ec2, table);
    for (block, gateway) in nets.into_iter().filter(|(block, _)| block.contains(&address)) {
        let rank = (block.prefix_len(), 0);
        if best.is_none_or(|(so_far, _)| rank > so_far) {
            best = Some((rank, Routed::Propagated(gateway, block.prefix_len())));
        }
    }
    best.map_or(Routed::Nothing, |(_, routed)| routed)
}

/// Where a route of an interface's subnet sends an address; `None`: no route does, or the local one, or one that is propagated.
pub(super) fn target_from(ec2: &Ec2, from: &NetworkInterface, address: IpAddr) -> Option<RouteTarget> {
    let vpc = ec2.vpcs.get(&from.vpc)?;
    let table = table_of(ec2, vpc, from.subnet)?;
    match choose(ec2, vpc, table, address) {
        Routed::Route(number) => Some(table.routes.get(usize::from(number))?.target),
        _ => None,
    }
}

/// The block of this many bits that an address lies in.
pub(super) fn block_of(address: IpAddr, bits: u8) -> IpNet {
    IpNet::new(address, bits).map_or_else(|_| IpNet::from(address), |block| block.trunc())
}

/// What virtual private gateways propagate into a table.
fn propagated(ec2: &Ec2, table: &RouteTable) -> Vec<(IpNet, VpnGatewayId)> {
    match ec2.gateways.vpn.is_empty() {
        true => Vec::new(),
        false => vpn::propagated(ec2, table),
    }
}

/// A route of a table as a packet sees it.
pub(super) struct Ranked<'w> {
    /// The route; `None` = the local one, or a propagated one.
    pub route: Option<&'w Route>,
    /// The virtual private gateway that propagates it.
    pub propagated: Option<VpnGatewayId>,
    /// Its block (a prefix list's first).
    pub block: IpNet,
    /// Whether it covers the address.
    pub covers: bool,
    /// Length of the prefix, then kind.
    rank: (u8, u8),
}

impl Ranked<'_> {
    /// Length of the prefix that covers the address.
    pub fn length(&self) -> u8 {
        self.rank.0
    }
}

/// Every route of a table, in the order in which it would win for an address.
pub(super) fn ranked<'w>(ec2: &Ec2, vpc: &Vpc, table: &'w RouteTable, address: IpAddr) -> Vec<Ranked<'w>> {
    let blocks = vpc.cidrs.iter().map(|(_, block)| IpNet::V4(*block));
    let blocks = blocks.chain(vpc.ipv6_cidrs.iter().map(|(_, block)| IpNet::V6(*block)));
    let blocks = blocks.chain(ec2.routes_to_links(vpc).then_some(IpNet::V4(RANGE)));
    let local = |block: IpNet| Ranked {
        route: None,
        propagated: None,
        block,
        covers: block.contains(&address),
        rank: (block.prefix_len(), 2),
    };
    // A route for the whole of a block stands in the place of the local one.
    let replaced = |block: &IpNet| {
        table
            .routes
            .iter()
            .any(|route| route.destination == RouteDestination::Cidr(*block))
    };
    let mut all: Vec<Ranked<'w>> = blocks.filter(|block| !replaced(block)).map(local).collect();
    for route in &table.routes {
        let length = length(ec2, route, address);
        let block = match route.destination {
            RouteDestination::Cidr(block) => block,
            RouteDestination::PrefixList(list) => {
                let first = ec2.prefix_lists.get(&list).and_then(|list| list.entries.first());
                first.map(|(block, _)| *block).unwrap_or_default()
            }
        };
        let rank = length.unwrap_or((block.prefix_len(), 3));
        all.push(Ranked {
            route: Some(route),
            propagated: None,
            block,
            covers: length.is_some(),
            rank,
        });
    }
    all.extend(propagated(ec2, table).into_iter().map(|(block, gateway)| Ranked {
        route: None,
        propagated: Some(gateway),
        block,
        covers: block.contains(&address),
        rank: (block.prefix_len(), 0),
    }));
    sort::by_key(&mut all, |ranked| std::cmp::Reverse(ranked.rank));
    all
}

/// The route that an address would take if this one, which leads nowhere, were not there: the first of the others that
/// leads somewhere, and why it does not get its turn.
pub(super) fn next_best(
    ec2: &Ec2,
    vpc: &Vpc,
    table: &RouteTable,
    address: IpAddr,
    taken: u16,
) -> Option<(Spare, Unused)> {
    let first = length(ec2, table.routes.get(usize::from(taken))?, address)?;
    let after = ranked(ec2, vpc, table, address)
        .into_iter()
        .filter(|other| other.covers && other.rank < first);
    after
        .filter_map(|other| {
            let spare = match (other.route, other.propagated) {
                (Some(route), _) if route.target == RouteTarget::Local => Spare::Local(other.block),
                (Some(route), _) => {
                    let place = (0u16..).zip(&table.routes).find(|(_, own)| *own == route)?.0;
                    let dead = matches!(target(ec2, vpc.id, route), Target::BlackHole(_));
                    (!dead).then_some(Spare::Route(place))?
                }
                (None, Some(gateway)) => Spare::Propagated(gateway, other.block.prefix_len()),
                (None, None) => Spare::Local(other.block),
            };
            let same = other.rank.0 == first.0;
            Some((spare, if same { Unused::Lower } else { Unused::Shorter }))
        })
        .next()
}

/// Where a route leads now.
#[derive(Clone, Copy)]
pub(super) enum Target<'w> {
    /// To an internet gateway that is attached to this VPC.
    Gateway(InternetGatewayId),
    /// To an interface of a running instance.
    Interface(&'w NetworkInterface),
    /// To a NAT gateway, there or in the making.
    Nat(&'w NatGateway),
    /// To an egress-only internet gateway of this VPC.
    EgressOnly(EgressOnlyGatewayId),
    /// To a carrier gateway.
    Carrier(CarrierGatewayId),
    /// To a virtual private gateway that is attached to this VPC.
    Vpn(VpnGatewayId),
    /// Across an active peering connection of this VPC.
    Peering(&'w VpcPeering),
    /// To an endpoint that is available.
    Endpoint(&'w VpcEndpoint),
    /// To the VPC's attachment to a transit gateway.
    Transit(&'w TransitAttachment),
    /// Nowhere: gone, detached, or stopped. The interface, if it is still there.
    BlackHole(Option<&'w NetworkInterface>),
}

/// Where a route of a VPC leads now.
pub(super) fn target<'w>(ec2: &'w Ec2, vpc: VpcId, route: &Route) -> Target<'w> {
    match route.target {
        RouteTarget::Interface(id, _) => {
            let interface = ec2.interfaces.get(&id);
            let instance = interface
                .and_then(|interface| interface.attachment.as_ref())
                .and_then(|attachment| ec2.instances.get(&attachment.instance));
            match (interface, instance) {
                (Some(interface), Some(instance)) if instance.state == InstanceState::Running => {
                    Target::Interface(interface)
                }
                _ => Target::BlackHole(interface),
            }
        }
        // `choose` has turned a route to `local` within the VPC's blocks into the local route; any other is none.
        RouteTarget::Local => Target::BlackHole(None),
        other => beyond(ec2, vpc, other).unwrap_or(Target::BlackHole(None)),
    }
}

/// The gateway or link that a route names, if the route leads there.
fn beyond<'w>(ec2: &'w Ec2, vpc: VpcId, target: RouteTarget) -> Option<Target<'w>> {
    led_to(ec2, vpc, target).filter(|(_, there)| *there)?;
    Some(match target {
        RouteTarget::InternetGateway(id) => Target::Gateway(id),
        RouteTarget::NatGateway(id) => Target::Nat(ec2.gateways.nat.get(&id)?),
        RouteTarget::EgressOnlyGateway(id) => Target::EgressOnly(id),
        RouteTarget::CarrierGateway(id) => Target::Carrier(id),
        RouteTarget::VpnGateway(id) => Target::Vpn(id),
        RouteTarget::Peering(id) => Target::Peering(ec2.links.peerings.get(&id)?),
        RouteTarget::Endpoint(id) => Target::Endpoint(ec2.links.endpoints.get(&id)?),
        RouteTarget::Transit(id) => Target::Transit(attachment(ec2, vpc, id)?),
        RouteTarget::Local | RouteTarget::Interface(..) => return None,
    })
}

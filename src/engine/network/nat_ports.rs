//! Ports of NAT gateways: each address of a gateway has 55,000 for one destination (an address, a port and a protocol), and a
//! connection has one of them until it ends or is forgotten. What is open is counted from all connections, so that
//! only a packet on its way meets this limit: who asks about the configuration is not told what is open now. A connection's row
//! lies in its sender's Region, wherever its gateways are. To an automatic regional gateway AWS adds addresses when its ports run
//! short; it has no limit here, and keeps the addresses that it has (ours).
//! Sources: <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>,
//! <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html> (`AutoScalingIps`)

use super::addresses::{TCP, UDP};
use super::connections::is_forgotten;
use super::remedies::{Candidate, call, candidate, wait};
use super::step::{Blocker, Judgement, Nat, Place, What};
use super::walk::Walk;
use super::words::Teller;
use super::{Packet, codes};
use crate::base::ids::NatGatewayId;
use crate::base::text::thousands;
use crate::catalog::Region;
use crate::world::connections::Connection;
use crate::world::gateways::{AddressStatus, NatAddress, NatGateway};
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};
use std::net::{IpAddr, Ipv4Addr};
use stratus_model::{Structure, field};

/// Connections that an address of a gateway has at once to one destination (AWS).
pub const PORTS: u64 = 55_000;

/// What a connection has at the NAT gateways on its way: at each one address, under which it goes on.
pub(super) type Held = Vec<(NatGatewayId, IpAddr)>;

/// What a packet's way says of that.
pub(super) fn held_after(judgement: &Judgement) -> Held {
    let steps = judgement.forward.iter();
    let passed = steps.filter_map(|step| match step.what {
        What::Nat(id, Nat::Translates) => Some((id, step.after.source_address)),
        _ => None,
    });
    passed.collect()
}

/// The address of a gateway that a connection has a port of. What a row does not say follows from its gateway.
fn address_of(gateway: &NatGateway, row: &Connection) -> Option<IpAddr> {
    if row.ports.is_empty() {
        let first = gateway.addresses.first()?.private?;
        return (row.nat == Some(gateway.id)).then(|| first.into());
    }
    let mut own = row.ports.iter().filter(|(id, _)| *id == gateway.id);
    own.next().map(|(_, address)| *address)
}

/// What a row has to say of it: nothing, where it is the first address of its only gateway.
pub(super) fn written(ec2: &Ec2, held: Held) -> Held {
    let is_first = |(id, address): &(NatGatewayId, IpAddr)| {
        let first = ec2.gateways.nat.get(id).and_then(|gateway| gateway.addresses.first());
        first.and_then(|first| first.private).map(IpAddr::V4) == Some(*address)
    };
    match held.as_slice() {
        [one] if is_first(one) => Vec::new(),
        _ => held,
    }
}

/// The connections that are open, of all Regions.
fn all_open(world: &World) -> impl Iterator<Item = &Connection> {
    let rows = world.regions.iter().flat_map(|(_, ec2)| ec2.connections.rows());
    rows.filter(|row| row.ended.is_none() && !is_forgotten(row, world.now))
}

/// Whether AWS gives a gateway as many addresses as its connections need.
pub fn is_elastic(gateway: &NatGateway) -> bool {
    gateway.regional.is_some_and(|regional| regional.automatic)
}

/// How many connections an address of a gateway has open to where a packet goes.
fn open_at(world: &World, gateway: &NatGateway, address: IpAddr, packet: &Packet) -> u64 {
    let destination = (packet.destination_address, packet.destination_port);
    all_open(world)
        .filter(|row| row.destination == destination && row.protocol == packet.protocol)
        .filter(|row| address_of(gateway, row) == Some(address))
        .map(|row| row.count)
        .sum()
}

/// Where a gateway has the most connections open to, over all of its addresses, and how many.
pub fn busiest(world: &World, region: Region, id: NatGatewayId) -> Option<(u64, Packet)> {
    let gateway = world.row::<NatGateway>(region, id)?;
    let mut counts: Vec<(u64, Packet)> = Vec::new();
    for row in all_open(world) {
        if address_of(gateway, row).is_none() {
            continue;
        }
        let same = |packet: &Packet| {
            (packet.destination_address, packet.destination_port) == row.destination && packet.protocol == row.protocol
        };
        match counts.iter_mut().find(|(_, packet)| same(packet)) {
            Some((count, _)) => *count += row.count,
            None => counts.push((
                row.count,
                Packet {
                    protocol: row.protocol,
                    source_address: row.source.0,
                    source_port: row.source.1,
                    destination_address: row.destination.0,
                    destination_port: row.destination.1,
                },
            )),
        }
    }
    counts.into_iter().max_by_key(|(count, _)| *count)
}

/// For how many connections at once the gateways on a way have ports left; no limit without one.
pub(super) fn room(world: &World, region: Region, judgement: &Judgement) -> u64 {
    let steps = judgement.forward.iter();
    let left = steps.filter_map(|step| match step.what {
        What::Nat(id, Nat::Translates) => {
            let gateway = world.row::<NatGateway>(step.region.unwrap_or(region), id)?;
            let gateway = Some(gateway).filter(|gateway| !is_elastic(gateway))?;
            let open = open_at(world, gateway, step.after.source_address, &step.after);
            Some(PORTS.saturating_sub(open))
        }
        _ => None,
    });
    left.min().unwrap_or(u64::MAX)
}

/// The gateway that a blocker is about, which stopped a packet for want of a port.
fn full(blocker: &Blocker) -> Option<NatGatewayId> {
    match blocker.step.what {
        What::Nat(id, Nat::Full(..)) => Some(id),
        _ => None,
    }
}

/// The gateway that stopped a packet for want of a port.
pub(super) fn exhausted(judgement: &Judgement) -> Option<NatGatewayId> {
    judgement.blockers.iter().find_map(full)
}

/// What would come of a packet if no gateway wanted for ports.
pub(super) fn with_ports(judgement: &Judgement) -> Judgement {
    let mut spared = judgement.clone();
    spared.blockers.retain(|blocker| full(blocker).is_none());
    spared
}

/// The addresses of a gateway that take new connections from a zone, the first first.
fn choices(gateway: &NatGateway, from: &NetworkInterface) -> Vec<IpAddr> {
    let regional = gateway.regional.is_some();
    let usable = |address: &&NatAddress| {
        address.status == AddressStatus::Succeeded && (!regional || address.zone == Some(from.zone))
    };
    let own = |address: &NatAddress| match regional {
        true => address.elastic.map(|(_, public, _)| public),
        false => address.private,
    };
    let usable = gateway.addresses.iter().filter(usable);
    usable.filter_map(own).map(IpAddr::V4).collect()
}

impl Walk<'_> {
    /// The address of a gateway under which a packet goes on: that of its connection, or for a new one the first that has a port
    /// left (ours: AWS does not say which). Without any the packet is dropped, and the walk goes on as if it had one of `first`.
    pub(super) fn nat_address(&mut self, gateway: &NatGateway, from: &NetworkInterface, first: IpAddr) -> IpAddr {
        if let Some(held) = &self.held {
            let mut own = held.iter().filter(|(id, _)| *id == gateway.id);
            let own = own.next().map(|(_, address)| *address);
            let is = |other: Option<Ipv4Addr>| own.is_some() && own == other.map(IpAddr::V4);
            let keeps = |address: &NatAddress| is(address.private) || is(address.elastic.map(|(_, public, _)| public));
            let there = gateway.addresses.iter().any(keeps);
            return own.filter(|_| there).unwrap_or(first);
        }
        let Some((world, _)) = self.abroad else {
            return first;
        };
        if world.regions.iter().all(|(_, ec2)| ec2.connections.is_empty()) {
            return first;
        }
        let mut addresses = choices(gateway, from);
        if addresses.is_empty() {
            addresses.push(first);
        }
        let packet = self.packet;
        let open = |address: &IpAddr| open_at(world, gateway, *address, &packet);
        if let Some(free) = addresses.iter().find(|address| open(address) < PORTS) {
            return *free;
        }
        if is_elastic(gateway) {
            return first;
        }
        let all: u64 = addresses.iter().map(open).sum();
        let says = Nat::Full(
            u32::try_from(all).unwrap_or(u32::MAX),
            u8::try_from(addresses.len()).unwrap_or(u8::MAX),
        );
        self.deny(
            What::Nat(gateway.id, says),
            Place::Between,
            codes::STRATUS_NAT_PORT_ALLOCATION,
        );
        first
    }
}

/// Where a packet goes: `TCP port 443 of 203.0.113.25`.
pub fn destination_text(packet: &Packet) -> String {
    let address = packet.destination_address;
    match packet.protocol {
        TCP => format!("TCP port {} of {address}", packet.destination_port),
        UDP => format!("UDP port {} of {address}", packet.destination_port),
        _ => address.to_string(),
    }
}

/// Why a gateway drops a packet. `open`: connections to its destination; `addresses`: how many share them.
#[inline(never)]
pub(super) fn full_text(name: &str, open: u32, addresses: u8, packet: &Packet) -> String {
    let (open, to) = (thousands(open.into()), destination_text(packet));
    let ports = thousands(PORTS);
    let shared = match addresses {
        1 => format!("all that its one address can have to one destination ({ports})"),
        more => format!("all that its {more} addresses can have to one destination ({ports} each)"),
    };
    format!(
        "{name} has {open} connections to {to} open, {shared}: it drops this one. CloudWatch, which is not simulated, would count it as ErrorPortAllocation. Give the gateway another address, or share the work among several gateways."
    )
}

/// Another address for the gateway.
#[inline(never)]
pub(super) fn another_address(teller: &Teller<'_>, id: NatGatewayId, from: IpAddr) -> Vec<Candidate> {
    let Some(gateway) = teller.ec2.gateways.nat.get(&id) else {
        return Vec::new();
    };
    let why = format!("Give {} another address.", teller.name(id));
    let of = Structure::new().with(field::NAT_GATEWAY_ID, id);
    if !gateway.public {
        let params = of.with(field::PRIVATE_IP_ADDRESS_COUNT, 1i64);
        let calls = vec![call("AssignPrivateNatGatewayAddress", params), wait()];
        return vec![candidate(1, why, calls)];
    }
    let mut calls = Vec::new();
    let allocation = super::nat_ways::allocation(&teller.ec2, &mut calls);
    let sender = super::filters::holder(&teller.ec2, gateway.vpc, from);
    let zone = sender
        .filter(|_| gateway.regional.is_some())
        .map(|sender| sender.zone.name());
    let params = of
        .with(field::ALLOCATION_IDS, vec![allocation])
        .with_some(field::AVAILABILITY_ZONE, zone);
    calls.push(call("AssociateNatGatewayAddress", params));
    calls.push(wait());
    vec![candidate(1, why, calls)]
}

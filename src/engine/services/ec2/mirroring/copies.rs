//! What sessions copy of what goes by, and whether the copies come to their target. A copy is a VXLAN packet (UDP 4789) from the
//! source's interface: routes, network ACLs and the target's security groups judge it, the source's own groups do not.
//! <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-network-limits.html>,
//! <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-considerations.html>

use super::{rules, sessions};
use crate::base::ids::*;
use crate::base::limits::TARGET_COPIES;
use crate::catalog::Region;
use crate::network::exchange::{Burst, Exchange};
use crate::network::sightings::Sighting;
use crate::network::{self, Packet};
use crate::world::World;
use crate::world::links::{EndpointState, VpcEndpoint};
use crate::world::mirroring::*;
use crate::world::vpc::NetworkInterface;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr};

/// Copies what an exchange shows.
pub(crate) fn observe(world: &mut World, region: Region, exchange: &Exchange) {
    let watched = world.ec2(region).is_some_and(|ec2| !ec2.mirroring.sessions.is_empty());
    if !watched {
        return;
    }
    for (passage, burst) in [(&exchange.there, &exchange.sent), (&exchange.back, &exchange.answered)] {
        for sighting in &passage.interfaces {
            // What groups or ACLs stop is not copied.
            if sighting.accepted && burst.packets() > 0 {
                copy(world, region, sighting, burst);
            }
        }
    }
}

fn copy(world: &mut World, region: Region, sighting: &Sighting, burst: &Burst) {
    let sessions = sessions::of_source(world, region, sighting.interface);
    let taken = sessions
        .into_iter()
        .find(|session| takes(world, region, session, sighting));
    let Some(session) = taken.cloned() else { return };
    let Some(target) = world.row::<MirrorTarget>(region, session.target) else {
        return;
    };
    let (outer, lost) = way(world, region, session.interface, target.end);
    let most = session.length.and_then(|length| u32::try_from(length).ok());
    let packet = &sighting.packet;
    let at = world.now;
    let Some(ec2) = world.regions.get_mut(&region) else {
        return;
    };
    let rows = &mut ec2.mirroring;
    rows.copied += 1;
    let number = rows.copied;
    let row = MirrorCopy {
        number,
        at,
        session: session.id,
        interface: session.interface,
        vni: session.vni,
        egress: sighting.egress,
        protocol: packet.protocol,
        from: (packet.source_address, packet.source_port),
        to: (packet.destination_address, packet.destination_port),
        outer,
        packets: burst.packets(),
        bytes: burst.bytes(u32::MAX),
        copied: burst.bytes(most.unwrap_or(u32::MAX)),
        lost,
    };
    rows.copies.insert((session.target, number), row);
    let own = (session.target, 0)..=(session.target, u64::MAX);
    if rows.copies.count(own.clone()) > TARGET_COPIES {
        let oldest = rows.copies.range(own).next().map(|(key, _)| *key);
        if let Some(oldest) = oldest {
            rows.copies.remove(&oldest);
        }
    }
}

/// Whether a session copies a packet: its filter's first rule that matches says so. Packets to and from the Amazon DNS server
/// count only where the filter covers that service, and of others of AWS's services none does.
fn takes(world: &World, region: Region, session: &MirrorSession, sighting: &Sighting) -> bool {
    let Some(filter) = world.row::<MirrorFilter>(region, session.filter) else {
        return false;
    };
    let packet = &sighting.packet;
    if sighting.of_service && !(filter.dns && (packet.source_port == 53 || packet.destination_port == 53)) {
        return false;
    }
    let rules = rules::of_filter(world, region, filter.id);
    let mut matching = rules
        .into_iter()
        .filter(|rule| rule.egress == sighting.egress && matches(rule, packet));
    matching.next().is_some_and(|rule| rule.accept)
}

fn matches(rule: &MirrorRule, packet: &Packet) -> bool {
    let block = |block: &IpNet, address: IpAddr| block.contains(&address);
    let within = |ports: Option<(u16, u16)>, port: u16| ports.is_none_or(|(from, to)| (from..=to).contains(&port));
    rule.protocol.is_none_or(|protocol| protocol == packet.protocol)
        && block(&rule.source, packet.source_address)
        && block(&rule.destination, packet.destination_address)
        && within(rule.source_ports, packet.source_port)
        && within(rule.destination_ports, packet.destination_port)
}

/// The addresses of the copies, and why they do not come to the target (empty: they do).
fn way(world: &World, region: Region, source: NetworkInterfaceId, end: MirrorEnd) -> ((IpAddr, IpAddr), String) {
    let address = |id: NetworkInterfaceId| {
        let row = world.row::<NetworkInterface>(region, id);
        let own = row
            .and_then(NetworkInterface::primary)
            .map(|own| IpAddr::V4(own.private));
        own.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    };
    match end {
        MirrorEnd::Interface(target) => {
            let outer = (address(source), address(target));
            let lost = match world.row::<NetworkInterface>(region, target) {
                None => format!("The target's interface {target} is gone."),
                Some(_) => network::exchange::mirrored(world, region, source, target).unwrap_or_default(),
            };
            (outer, lost)
        }
        MirrorEnd::Endpoint(id) => {
            let row = world.row::<VpcEndpoint>(region, id);
            let interface = row.and_then(|row| row.subnets.first()).map(|(_, interface)| *interface);
            let outer = (
                address(source),
                interface.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), address),
            );
            let lost = match row.map(|row| row.state) {
                Some(EndpointState::Available) => String::new(),
                Some(state) => format!("The endpoint {id} is {}.", state.name()),
                None => format!("The endpoint {id} is gone."),
            };
            (outer, lost)
        }
    }
}

/// A target goes, and what was copied to it.
pub(super) fn forget(world: &mut World, region: Region, target: TrafficMirrorTargetId) {
    let Some(ec2) = world.regions.get_mut(&region) else {
        return;
    };
    let rows = &mut ec2.mirroring.copies;
    let numbers: Vec<u64> = rows
        .range((target, 0)..=(target, u64::MAX))
        .map(|((_, number), _)| *number)
        .collect();
    for number in numbers {
        rows.remove(&(target, number));
    }
}

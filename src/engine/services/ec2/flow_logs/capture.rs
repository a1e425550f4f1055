//! What went by → sums of flows, by flow log, capture window and interface. Windows begin at whole minutes or ten minutes of
//! Unix time, and are delivered together for every five minutes (AWS publishes neither: ours).
//! <https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>

use crate::base::ids::*;
use crate::base::limits::WINDOW_FLOWS;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::catalog::instance_types::Hypervisor;
use crate::clock::{self, Step};
use crate::network::Packet;
use crate::network::exchange::{Burst, Exchange};
use crate::network::sightings::{Passage, Sighting, TransitSighting};
use crate::world::flow_logs::*;
use crate::world::links::TransitAttachment;
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};
use std::net::IpAddr;

/// What one delivery holds.
pub(super) const SLOT: i64 = 300;

/// Writes down who saw an exchange.
pub(crate) fn observe(world: &mut World, region: Region, exchange: &Exchange) {
    let Some(ec2) = world.ec2(region).filter(|ec2| !ec2.flow_logs.logs.is_empty()) else {
        return;
    };
    let mut seen: Vec<(FlowLogId, Seen)> = Vec::new();
    for (passage, burst) in [(&exchange.there, &exchange.sent), (&exchange.back, &exchange.answered)] {
        if burst.packets() > 0 {
            collect(ec2, passage, burst, &mut seen);
        }
    }
    for (log, seen) in seen {
        add(world, region, log, seen);
    }
}

/// Packets of one flow at one place.
struct Seen {
    subject: ResourceId,
    place: LogPlace,
    nitro: bool,
    key: FlowKey,
    flags: u8,
    packets: u64,
    bytes: u64,
}

fn collect(ec2: &Ec2, passage: &Passage, burst: &Burst, seen: &mut Vec<(FlowLogId, Seen)>) {
    let mut add = |log: &FlowLog, subject: ResourceId, place: LogPlace, nitro: bool, key: FlowKey| {
        let seen_here = Seen {
            subject,
            place,
            nitro,
            key,
            flags: burst.flags,
            packets: burst.packets(),
            bytes: burst.bytes(u32::MAX),
        };
        seen.push((log.id, seen_here));
    };
    for sighting in passage.interfaces.iter().filter(|sighting| !sighting.of_service) {
        let Some(row) = ec2.interfaces.get(&sighting.interface) else {
            continue;
        };
        for log in ec2.flow_logs.logs.rows().filter(|log| covers(log, row)) {
            if log.traffic.is_some_and(|traffic| traffic.takes(sighting.accepted)) {
                let (place, nitro) = place(ec2, row);
                add(log, row.id.into(), place, nitro, key(row, sighting));
            }
        }
    }
    for sighting in &passage.transits {
        for log in ec2.flow_logs.logs.rows().filter(|log| log.traffic.is_none()) {
            for (attachment, egress) in [(Some(sighting.from), false), (sighting.to, true)] {
                let Some(attachment) = attachment.and_then(|id| ec2.links.attachments.get(&id)) else {
                    continue;
                };
                if log.resource == attachment.id.into() || log.resource == sighting.gateway.into() {
                    let place = LogPlace::Attachment(sighting.gateway);
                    let key = transit_key(attachment, sighting, egress);
                    add(log, attachment.id.into(), place, true, key);
                }
            }
        }
    }
}

/// Whether a flow log is of an interface, its subnet or its VPC.
pub(super) fn covers(log: &FlowLog, row: &NetworkInterface) -> bool {
    log.resource == row.id.into() || log.resource == row.subnet.into() || log.resource == row.vpc.into()
}

/// Where an interface is, and whether it is on the Nitro system.
pub(super) fn place(ec2: &Ec2, row: &NetworkInterface) -> (LogPlace, bool) {
    let instance = row.attachment.as_ref().map(|attachment| attachment.instance);
    let kind = instance
        .and_then(|id| ec2.instances.get(&id))
        .map(|row| row.instance_type);
    let nitro = kind.is_some_and(|kind| kind.hypervisor() == Hypervisor::Nitro);
    let place = LogPlace::Interface {
        vpc: row.vpc,
        subnet: row.subnet,
        instance,
        zone: row.zone.id(),
        of_service: row.interface_type.ends_with("endpoint"),
    };
    (place, nitro)
}

/// The length of a capture window: on the Nitro system always one minute.
pub(super) fn window(log: &FlowLog, nitro: bool) -> i64 {
    if nitro { 60 } else { log.interval }
}

/// The records show the interface's own primary address where the packet has another one of its side: they tell the packet's
/// in fields of their own. <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html>
fn key(row: &NetworkInterface, sighting: &Sighting) -> FlowKey {
    let packet = &sighting.packet;
    let own = |address: IpAddr| match (address, row.primary()) {
        (IpAddr::V4(_), Some(primary)) => IpAddr::V4(primary.private),
        (IpAddr::V6(other), _) if !row.ipv6.contains(&other) => {
            row.ipv6.first().map_or(address, |first| IpAddr::V6(*first))
        }
        _ => address,
    };
    let (source, destination) = match sighting.egress {
        true => (own(packet.source_address), packet.destination_address),
        false => (packet.source_address, own(packet.destination_address)),
    };
    let (from, to) = ports(packet);
    FlowKey {
        source: (source, from),
        destination: (destination, to),
        packet_source: packet.source_address,
        packet_destination: packet.destination_address,
        protocol: packet.protocol,
        egress: sighting.egress,
        accepted: sighting.accepted,
        public_blocked: sighting.public_blocked,
        path: sighting.path,
        transit: None,
    }
}

fn transit_key(own: &TransitAttachment, sighting: &TransitSighting, egress: bool) -> FlowKey {
    let packet = &sighting.packet;
    let (from, to) = ports(packet);
    let pair = if egress { Some(sighting.from) } else { sighting.to };
    FlowKey {
        source: (packet.source_address, from),
        destination: (packet.destination_address, to),
        packet_source: packet.source_address,
        packet_destination: packet.destination_address,
        protocol: packet.protocol,
        egress,
        accepted: true,
        public_blocked: false,
        path: None,
        transit: Some(TransitWay {
            pair: pair.filter(|pair| *pair != own.id),
            source: sighting.near,
            destination: sighting.far,
            loss: sighting.loss,
        }),
    }
}

/// What has no ports has zeroes.
fn ports(packet: &Packet) -> (u16, u16) {
    match packet.protocol {
        6 | 17 => (packet.source_port, packet.destination_port),
        _ => (0, 0),
    }
}

/// The end of the stretch of so many seconds that a moment lies in.
fn end_of(now: Time, seconds: i64) -> Time {
    let length = seconds * 1_000;
    Time(now.0.div_euclid(length) * length + length)
}

/// The end of the five minutes in which a window ends.
pub(super) fn slot_of(window_end: Time) -> Time {
    let length = SLOT * 1_000;
    Time((window_end.0 + length - 1).div_euclid(length) * length)
}

fn add(world: &mut World, region: Region, id: FlowLogId, seen: Seen) {
    let now = world.now;
    let Some(log) = world.row::<FlowLog>(region, id) else {
        return;
    };
    let length = window(log, seen.nitro);
    let end = end_of(now, length);
    let slot = slot_of(end);
    if !log.due.iter().any(|(_, known)| *known == slot) {
        plan(world, region, id, slot);
    }
    let Some(ec2) = world.regions.get_mut(&region) else {
        return;
    };
    let place = (id, end, seen.subject);
    let mut row = ec2.flow_logs.windows.get(&place).cloned().unwrap_or_else(|| Window {
        start: Time(end.0 - length * 1_000),
        place: seen.place,
        flows: Vec::new(),
        skipped: false,
    });
    let full = row.flows.len() >= WINDOW_FLOWS;
    match row.flows.iter_mut().find(|flow| flow.key == seen.key) {
        Some(flow) => {
            flow.flags |= seen.flags;
            flow.packets += seen.packets;
            flow.bytes += seen.bytes;
            flow.last = now;
        }
        None if full => row.skipped = true,
        None => row.flows.push(FlowSum {
            key: seen.key,
            flags: seen.flags,
            packets: seen.packets,
            bytes: seen.bytes,
            first: now,
            last: now,
        }),
    }
    ec2.flow_logs.windows.insert(place, row);
}

/// Plans the delivery of five minutes.
fn plan(world: &mut World, region: Region, id: FlowLogId, slot: Time) {
    let to_bucket = world
        .row::<FlowLog>(region, id)
        .is_some_and(|log| matches!(log.destination, LogDestination::Bucket { .. }));
    let name = if to_bucket {
        "flow-log.to-s3"
    } else {
        "flow-log.to-cloud-watch"
    };
    let later = world.timings.clone().draw(&mut world.random, name);
    let due = slot + later;
    world.update::<FlowLog, _>(region, id, |log| log.due.push((due, slot)));
    let span = Span((due - world.now).0.max(0));
    clock::schedule(world, span, region, id, Step::Settle);
}

//! Opening, using and closing connections: calls of our own. What becomes of a packet is the network's to say; here it is only
//! written down.

use super::traffic::{self, witness};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, NetworkInterfaceId};
use crate::base::limits::CONNECTIONS;
use crate::catalog::Region;
use crate::network::exchange::Load;
use crate::network::{self, ConnectionState, Endpoint, Flow, Handshake, protocol_text};
use crate::services::Request;
use crate::services::ec2::common::{done, need, note};
use crate::world::connections::{Connection, Socket};
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};
use std::net::IpAddr;
use stratus_model::{Name, Structure, Value, field};

/// Opens a connection, or `Count` alike at once: what came of it, packet by packet. One that does not come about is no error and
/// leaves nothing. Many are one row for each address of a NAT gateway that they share; the answer names the first. Of many it says
/// how many are open, and what came of the last.
pub(super) fn open(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let flow = flow(request.params)?;
    let region = request.region;
    let asked = request.params.integer(field::COUNT);
    let wanted = asked.and_then(|count| u64::try_from(count).ok()).unwrap_or(1);
    let (mut opened, mut first) = (0, None);
    let attempt = loop {
        let room = match world.ec2(region).map_or(Ok(None), room) {
            Err(error) if opened == 0 => return Err(error),
            // There is no row for the others.
            Err(_) => break None,
            Ok(room) => room,
        };
        let mut attempt = network::open(world, region, &flow, wanted - opened);
        let row = attempt.connection.take();
        let count = row.as_ref().map_or(0, |row| row.count);
        if let Some(id) = attempt.exhausted {
            traffic::exhausted(world, region, id, &flow);
        }
        if let Some(row) = row {
            opened += row.count;
            first = first.or(Some(row.number));
            put(world, region, row, room);
        }
        witness(world, region, attempt.exchange.take(), count.max(1));
        if count == 0 || opened >= wanted {
            break Some(attempt);
        }
    };
    let (state, reason, packets) = match &attempt {
        Some(attempt) => {
            let packets: Vec<Value> = attempt.packets.iter().map(packet).collect();
            (attempt.opening.name(), attempt.reason.clone(), packets)
        }
        None => (
            "timed-out",
            format!("{CONNECTIONS} connections are open already."),
            Vec::new(),
        ),
    };
    Ok(Structure::new()
        .with(field::STATE, state)
        .with(field::REASON, reason)
        .with(field::PACKETS, packets)
        .with_some(field::CONNECTION_ID, first.map(name))
        .with_some(field::COUNT, asked.and(i64::try_from(opened).ok())))
}

/// Writes a connection down, in the place of one that has ended where there is no other.
fn put(world: &mut World, region: Region, row: Connection, ended: Option<u64>) {
    let (number, end) = (row.number, row.target_interface.or(row.source_interface));
    let many = match row.count {
        1 => String::new(),
        more => format!("{more} × "),
    };
    let text = format!("{} opened from {}: {many}{}", name(number), row.source.0, what(&row));
    let Some(ec2) = world.regions.get_mut(&region) else {
        return;
    };
    ec2.connections_opened = number;
    if let Some(ended) = ended {
        ec2.connections.remove(&ended);
    }
    ec2.connections.insert(number, row);
    if let Some(end) = end {
        note(world, region, end, text);
    }
}

/// The connection that goes when another is opened, where there are as many as a Region remembers: of those that have ended the
/// one that ended first.
///
/// # Errors
/// None of them has ended.
fn room(ec2: &Ec2) -> Result<Option<u64>> {
    if ec2.connections.len() < CONNECTIONS {
        return Ok(None);
    }
    let rows = || ec2.connections.rows();
    let ended = rows().filter_map(|row| Some((row.ended.as_ref()?.0, row.number)));
    if let Some((_, number)) = ended.min() {
        return Ok(Some(number));
    }
    let idle = rows().map(|row| (row.last, row.number)).min();
    let idle = idle.map(|(_, number)| name(number)).unwrap_or_default();
    let text = format!("{CONNECTIONS} connections are open already");
    let remedy = format!("Close connections that nobody needs: {idle} has been idle for the longest time.");
    Err(Error::new("LimitExceeded", text).remedy(remedy))
}

/// Sends a packet on a connection and waits for its answer, which starts its idle timeouts anew.
pub(super) fn send(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let number = number(request)?;
    let region = request.region;
    let Some(sending) = network::send(world, region, number, load(request.params)) else {
        return Err(unknown(number));
    };
    let row = sending.connection;
    let times = row.count;
    let answer = world.ec2(region).map(|ec2| view(ec2, &row, sending.state));
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.connections.insert(number, row);
    }
    witness(world, region, sending.exchange, times);
    Ok(answer.unwrap_or_default())
}

/// Both ends close a connection; nobody remembers it.
pub(super) fn close(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let number = number(request)?;
    let exchange = network::close(world, request.region, number);
    let row = world.ec2(request.region).and_then(|ec2| ec2.connections.get(&number));
    let times = row.map_or(1, |row| row.count);
    let ec2 = world.regions.get_mut(&request.region);
    if ec2.is_some_and(|ec2| ec2.connections.remove(&number)) {
        witness(world, request.region, exchange, times);
        return done();
    }
    Err(unknown(number))
}

/// Connections as they are now, by number: all of the Region, or one.
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let states = if request.params.contains(field::CONNECTION_ID) {
        let number = number(request)?;
        vec![network::connection(world, region, number).ok_or_else(|| unknown(number))?]
    } else {
        network::connections(world, region)
    };
    let mut found: Vec<Value> = Vec::new();
    if let Some(ec2) = world.ec2(region) {
        for state in states {
            if let Some(row) = ec2.connections.get(&state.number) {
                found.push(view(ec2, row, state).into());
            }
        }
    }
    Ok(Structure::new().with(field::CONNECTIONS, found))
}

/// The guest of an instance goes down: it knows nothing of its connections any more.
pub(crate) fn guest_down(world: &mut World, region: Region, id: InstanceId) {
    let now = world.now;
    let Some(ec2) = world.regions.get_mut(&region).filter(|ec2| !ec2.connections.is_empty()) else {
        return;
    };
    let here = |interface: Option<NetworkInterfaceId>| {
        let row = interface.and_then(|interface| ec2.interface(interface));
        row.and_then(|row: &NetworkInterface| row.attachment.as_ref())
            .is_some_and(|attachment| attachment.instance == id)
    };
    let open = ec2.connections.rows().filter(|row| row.ended.is_none());
    let lost: Vec<u64> = open
        .filter(|row| here(row.source_interface) || here(row.target_interface))
        .map(|row| row.number)
        .collect();
    for number in lost {
        if let Some(row) = ec2.connections.get_mut(&number) {
            row.ended = Some((
                now,
                format!("The guest of {id} went down, and with it all of its connections."),
            ));
        }
    }
}

/// A flow as parameters tell it.
pub(super) fn flow(params: &Structure) -> Result<Flow> {
    let (protocol, port) = match params.text(field::PROTOCOL) {
        Some("icmp") => (1, 8),
        other => {
            let port = params.integer(field::PORT).and_then(|port| u16::try_from(port).ok());
            let port = port.filter(|port| *port > 0);
            let port = port.ok_or_else(|| Error::invalid("Port", "a number from 1 to 65535"))?;
            (if other == Some("udp") { 17 } else { 6 }, port)
        }
    };
    Ok(Flow {
        source: end(params, field::SOURCE, "Source")?,
        destination: end(params, field::DESTINATION, "Destination")?,
        protocol,
        port,
    })
}

/// How much is sent, and how much comes back.
fn load(params: &Structure) -> Load {
    let bytes = |name: Name, default: u32| {
        let given = params.integer(name).and_then(|bytes| u32::try_from(bytes).ok());
        given.unwrap_or(default)
    };
    let usual = Load::default();
    Load {
        request: bytes(field::BYTES, usual.request),
        answer: bytes(field::ANSWER_BYTES, usual.answer),
    }
}

fn end(params: &Structure, name: Name, parameter: &str) -> Result<Endpoint> {
    let text = need(params, name)?.trim();
    let parsed = match text {
        "internet" => Some(Endpoint::Internet),
        _ => InstanceId::parse(text)
            .map(Endpoint::Instance)
            .or_else(|| NetworkInterfaceId::parse(text).map(Endpoint::Interface))
            .or_else(|| text.parse::<IpAddr>().ok().map(Endpoint::Address)),
    };
    let why = "'internet', an instance's id, an interface's id or an address";
    parsed.ok_or_else(|| Error::invalid(parameter, why))
}

fn name(number: u64) -> String {
    format!("conn-{number}")
}

fn number(request: &Request<'_>) -> Result<u64> {
    let text = need(request.params, field::CONNECTION_ID)?;
    let number = text.strip_prefix("conn-").and_then(|number| number.parse().ok());
    number.ok_or_else(|| Error::invalid("ConnectionId", "conn- and a number"))
}

fn unknown(number: u64) -> Error {
    let text = format!("The connection '{}' does not exist", name(number));
    Error::new("InvalidConnectionID.NotFound", text).at("ConnectionId")
}

fn what(row: &Connection) -> String {
    let (address, port) = row.destination;
    match row.protocol {
        6 | 17 => format!("{} to {address} port {port}", protocol_text(row.protocol)),
        other => format!("{} to {address}", protocol_text(other)),
    }
}

fn sockets(answer: Structure, source: Socket, destination: Socket) -> Structure {
    answer
        .with(field::SOURCE_ADDRESS, source.0.to_string())
        .with(field::SOURCE_PORT, i64::from(source.1))
        .with(field::DESTINATION_ADDRESS, destination.0.to_string())
        .with(field::DESTINATION_PORT, i64::from(destination.1))
}

fn packet(packet: &Handshake) -> Value {
    let flags = Structure::new().with(field::FLAGS, packet.flags);
    sockets(flags, packet.source, packet.destination).into()
}

fn view(ec2: &Ec2, row: &Connection, state: ConnectionState) -> Structure {
    let protocol = match row.protocol {
        6 => "tcp",
        17 => "udp",
        _ => "icmp",
    };
    let interface = |id: NetworkInterfaceId, tracked: bool| {
        Structure::new()
            .with(field::NETWORK_INTERFACE_ID, id.to_string())
            .with(field::TRACKED, tracked)
            .with_some(field::IDLE_TIMEOUT, tracked.then(|| network::idle_limit(ec2, id, row)))
    };
    let mut seen: Vec<NetworkInterfaceId> = Vec::new();
    let mut interfaces: Vec<Value> = Vec::new();
    let tracked = row.tracked.iter().map(|entry| (entry.interface, true));
    for (id, tracked) in tracked.chain(row.untracked.iter().map(|id| (*id, false))) {
        if !seen.contains(&id) {
            seen.push(id);
            interfaces.push(interface(id, tracked).into());
        }
    }
    let answer = Structure::new()
        .with(field::CONNECTION_ID, name(row.number))
        .with(field::STATE, state.fate.name())
        .with(field::REASON, state.reason)
        .with(field::PROTOCOL, protocol)
        .with(field::CREATION_TIME, row.opened)
        .with(field::LAST_PACKET_TIME, row.last)
        .with_some(field::EXPIRATION_TIME, state.expires)
        .with(field::NETWORK_INTERFACES, interfaces)
        .with_some(field::COUNT, i64::try_from(row.count).ok().filter(|count| *count > 1));
    sockets(answer, row.source, row.destination)
}

//! The connections of a Region as plain data, read off the world: their ends as the map knows them, what has become of each,
//! and when that may change by time alone. No markup here; nothing here decides anything about a packet.

use crate::map::picture::name_of;
use crate::ui::Same;
use std::net::IpAddr;
use stratus_engine::World;
use stratus_engine::base::ids::{InstanceId, NetworkInterfaceId, SubnetId, VpcId};
use stratus_engine::base::time::{Span, Time};
use stratus_engine::catalog::Region;
use stratus_engine::network::{self, ConnectionFate, ConnectionState, Packet};
use stratus_engine::world::Ec2;
use stratus_engine::world::connections::{Connection, Socket};
use stratus_model::sort;

/// All of a Region's connections.
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// What needs attention first: those that were cut, those that live on, the open ones, those that are over; then by
    /// number, the newest first.
    pub rows: Vec<Same<Row>>,
    /// How many there are of each.
    pub tally: Tally,
    /// The first moment at which one may be forgotten, if nothing is sent until then.
    pub next: Option<Time>,
}

/// One connection.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is remembered of it.
    pub connection: Connection,
    /// What would become of its next packet, and why.
    pub state: ConnectionState,
    /// What that means for who looks.
    pub stage: Stage,
    /// Who opened it.
    pub from: End,
    /// To whom.
    pub to: End,
    /// Interfaces that track it, and for how many idle seconds each does.
    pub limits: Vec<(NetworkInterfaceId, i64)>,
}

/// What a connection is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Its next packet would not pass, and nobody has noticed yet.
    Cut,
    /// It passes only because it is tracked.
    LivesOn,
    /// It passes, and a new one would.
    Open,
    /// It ended for good.
    Over,
}

impl Stage {
    /// For the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Stage::Cut => "cut",
            Stage::LivesOn => "lives-on",
            Stage::Open => "open",
            Stage::Over => "over",
        }
    }
}

/// How many connections there are in each stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// See [`Stage::Open`].
    pub open: u64,
    /// See [`Stage::LivesOn`].
    pub lives_on: u64,
    /// See [`Stage::Cut`].
    pub cut: u64,
    /// See [`Stage::Over`].
    pub over: u64,
}

impl Tally {
    /// Counts: a row for many connections counts as many.
    pub fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Tally {
        let mut tally = Tally::default();
        for row in rows {
            *match row.stage {
                Stage::Open => &mut tally.open,
                Stage::LivesOn => &mut tally.lives_on,
                Stage::Cut => &mut tally.cut,
                Stage::Over => &mut tally.over,
            } += row.state.count;
        }
        tally
    }

    /// All of them.
    pub fn all(&self) -> u64 {
        self.open + self.lives_on + self.cut + self.over
    }
}

/// One end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// How it is called.
    pub name: String,
    /// Address and port, as written on the first packet.
    pub socket: String,
    /// Where it stands on the map; `None`: it is gone.
    pub place: Option<Place>,
    /// The instance there.
    pub instance: Option<InstanceId>,
}

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// An instance.
    Instance(InstanceId),
    /// A subnet: an interface in it that no instance has, or all that is in it.
    Subnet(SubnetId),
    /// The edge of a VPC, beyond which the other end is.
    Edge(VpcId),
}

/// How interfaces remember a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tracking {
    /// All that it passes do.
    Tracked,
    /// Some do, some do not.
    Partly,
    /// None does.
    Untracked,
}

impl Row {
    /// Whether it is tracked.
    pub fn tracking(&self) -> Tracking {
        match (self.limits.is_empty(), self.connection.untracked.is_empty()) {
            (_, true) => Tracking::Tracked,
            (false, false) => Tracking::Partly,
            (true, false) => Tracking::Untracked,
        }
    }
}

/// Reads all of a Region's connections.
pub fn read(world: &World, region: Region) -> Live {
    let Some(ec2) = world.ec2(region).filter(|ec2| !ec2.connections.is_empty()) else {
        return Live::default();
    };
    let states = network::connections(world, region);
    let rows = states.into_iter().filter_map(|state| {
        let connection = ec2.connections.get(&state.number)?.clone();
        Some(Same::new(row(world, region, ec2, connection, state)))
    });
    let mut rows: Vec<Same<Row>> = rows.collect();
    sort::by_key(&mut rows, |row| (row.stage, u64::MAX - row.connection.number));
    let tally = Tally::of(rows.iter().map(|row| &**row));
    let next = rows
        .iter()
        .flat_map(|row| deadlines(row))
        .filter(|at| *at > world.now)
        .min();
    Live { rows, tally, next }
}

/// One connection.
pub fn one(world: &World, region: Region, number: u64) -> Option<Row> {
    let ec2 = world.ec2(region)?;
    let connection = ec2.connections.get(&number)?.clone();
    let state = network::connection(world, region, number)?;
    Some(row(world, region, ec2, connection, state))
}

/// Moments at which something forgets a connection that is not over.
fn deadlines(row: &Row) -> impl Iterator<Item = Time> {
    let limits = row
        .limits
        .iter()
        .map(|(_, limit)| row.connection.last + Span::seconds(*limit));
    let alive = row.connection.ended.is_none();
    limits.chain(row.state.expires).filter(move |_| alive)
}

fn row(world: &World, region: Region, ec2: &Ec2, connection: Connection, state: ConnectionState) -> Row {
    let stage = match state.fate {
        ConnectionFate::Allowed => Stage::Open,
        ConnectionFate::Tracked => Stage::LivesOn,
        ConnectionFate::Dropped if connection.ended.is_some() => Stage::Over,
        ConnectionFate::Dropped => Stage::Cut,
    };
    let mut limits: Vec<(NetworkInterfaceId, i64)> = Vec::new();
    for entry in &connection.tracked {
        if limits.iter().all(|(interface, _)| *interface != entry.interface) {
            limits.push((entry.interface, network::idle_limit(ec2, entry.interface, &connection)));
        }
    }
    let (source, target) = (connection.source_interface, connection.target_interface);
    let packet = Packet {
        protocol: connection.protocol,
        source_address: connection.source.0,
        source_port: connection.source.1,
        destination_address: connection.destination.0,
        destination_port: connection.destination.1,
    };
    let end = |own, other, socket: Socket, text| end(world, region, ec2, (own, other), socket.0, text);
    Row {
        from: end(source, target, connection.source, packet.source_text()),
        to: end(target, source, connection.destination, packet.destination_text()),
        connection,
        state,
        stage,
        limits,
    }
}

fn end(
    world: &World,
    region: Region,
    ec2: &Ec2,
    (own, other): (Option<NetworkInterfaceId>, Option<NetworkInterfaceId>),
    address: IpAddr,
    socket: String,
) -> End {
    let Some(id) = own else {
        let vpc = other.and_then(|id| ec2.interface(id)).map(|interface| interface.vpc);
        return End {
            name: outside(address),
            socket,
            place: vpc.map(Place::Edge),
            instance: None,
        };
    };
    let Some(interface) = ec2.interface(id) else {
        return End {
            name: format!("{} (gone)", name_of(world, region, id)),
            socket,
            place: None,
            instance: None,
        };
    };
    let instance = interface.attachment.as_ref().map(|attachment| attachment.instance);
    End {
        name: behind(world, region, ec2, id),
        socket,
        place: Some(instance.map_or(Place::Subnet(interface.subnet), Place::Instance)),
        instance,
    }
}

/// What an interface is called: as its instance, in EC2-Classic too, where it has one.
pub fn behind(world: &World, region: Region, ec2: &Ec2, id: NetworkInterfaceId) -> String {
    let attached = ec2.interface(id).and_then(|interface| interface.attachment.as_ref());
    attached.map_or_else(|| name_of(world, region, id), |at| name_of(world, region, at.instance))
}

/// What an end beyond the VPC is called.
fn outside(address: IpAddr) -> String {
    if address == IpAddr::V4(network::INTERNET) || address == IpAddr::V6(network::INTERNET_IPV6) {
        "The Internet".to_owned()
    } else {
        address.to_string()
    }
}

//! Connections over virtual time: how one is opened, what is tracked of it, and what has become of it.
//!
//! A connection is judged by the walk that every trace takes, with what the interfaces' connection tracking remembers of it;
//! so a rule's removal, an ACL's deny, a lost route and time itself need no work when they happen: whoever asks is told
//! what would become of a packet now. Nothing here changes a world.
//! Sources: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html>,
//! <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>

use super::addresses::{TCP, UDP};
use super::ends::{self, Question};
use super::exchange::{self, Exchange, Load};
use super::nat_ports;
use super::step::{Groups, Judgement, Nat, Step, What};
use super::walk::{self, Tracked, Walked};
use super::words::Teller;
use super::{Disposition, Endpoint, Flow, Packet, balancing};
use crate::base::ids::*;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::world::connections::{Connection, Socket, TrackedFlow};
use crate::world::{Ec2, World};

/// A NAT gateway forgets what has been idle for so many seconds.
const NAT_IDLE: i64 = 350;
/// Defaults of connection tracking, seconds. (Nitro v6 types track TCP for 350 s; the catalogue has none of them.)
const TCP_ESTABLISHED: i64 = 432_000;
const UDP_STREAM: i64 = 180;
const UDP_SINGLE: i64 = 30;
/// AWS publishes no number for ICMP: Linux's default (ours).
const ICMP_IDLE: i64 = 30;

/// What came of opening a connection.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// How it ended.
    pub opening: Opening,
    /// Why, in one sentence.
    pub reason: String,
    /// The packets that were sent, in their order, as their senders wrote them.
    pub packets: Vec<Handshake>,
    /// What to remember; `None` when there is no connection.
    pub connection: Option<Connection>,
    /// Who saw those packets; `None` where the question is about nothing that there is.
    pub exchange: Option<Exchange>,
    /// The NAT gateway that had no port left for it.
    pub exhausted: Option<NatGatewayId>,
    /// How it would have ended if that one had had one.
    pub with_ports: Opening,
}

/// What came of using a connection.
#[derive(Clone, Debug)]
pub struct Sending {
    /// How it stands.
    pub state: ConnectionState,
    /// The row as it is after that.
    pub connection: Connection,
    /// Who saw the packets; `None` when nothing was sent.
    pub exchange: Option<Exchange>,
}

/// How the opening of a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It is open.
    Established,
    /// The other end said no: nothing listens there.
    Refused,
    /// No answer came.
    TimedOut,
}

impl Opening {
    /// As text.
    pub fn name(self) -> &'static str {
        match self {
            Opening::Established => "established",
            Opening::Refused => "refused",
            Opening::TimedOut => "timed-out",
        }
    }
}

/// One packet of an opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// `SYN`, `SYN-ACK`, `ACK`, `RST-ACK`; for other protocols what it is.
    pub flags: &'static str,
    /// From.
    pub source: Socket,
    /// To.
    pub destination: Socket,
}

/// What becomes of a packet of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionFate {
    /// It passes, and would as a new connection.
    Allowed,
    /// It passes only because the connection is tracked.
    Tracked,
    /// It does not pass, or nobody knows the connection any more.
    Dropped,
}

impl ConnectionFate {
    /// As text.
    pub fn name(self) -> &'static str {
        match self {
            ConnectionFate::Allowed => "allowed",
            ConnectionFate::Tracked => "tracked",
            ConnectionFate::Dropped => "dropped",
        }
    }
}

/// A connection now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionState {
    /// Its number.
    pub number: u64,
    /// How many alike it stands for.
    pub count: u64,
    /// What has become of it.
    pub fate: ConnectionFate,
    /// Why, in one sentence.
    pub reason: String,
    /// When the first that remembers it forgets it if nothing is sent; `None` = nobody has to remember it, or it is gone.
    pub expires: Option<Time>,
}

/// All connections of a Region as they are now, by number.
pub fn connections(world: &World, region: Region) -> Vec<ConnectionState> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let rows = ec2.connections.rows();
    rows.map(|row| judge(world, region, ec2, row).0).collect()
}

/// One connection as it is now.
pub fn connection(world: &World, region: Region, number: u64) -> Option<ConnectionState> {
    let ec2 = world.ec2(region)?;
    Some(judge(world, region, ec2, ec2.connections.get(&number)?).0)
}

/// Tries to open a connection, or so many alike at once. Their first packets fare as [`super::trace`] says; what comes about is as
/// many of them as one address of each NAT gateway on their way has ports for.
pub fn open(world: &World, region: Region, flow: &Flow, count: u64) -> Attempt {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    let Ok(question) = ends::resolve(world, ec2, flow) else {
        let judgement = walk::judge(world, region, flow);
        return Attempt {
            opening: Opening::TimedOut,
            reason: blocked(world, region, &judgement),
            packets: Vec::new(),
            connection: None,
            exchange: None,
            exhausted: None,
            with_ports: Opening::TimedOut,
        };
    };
    let (judgement, tracked) = walk::follow(ec2, Some((world, region)), &question, Vec::new(), Vec::new(), None);
    let opening = ending(&judgement);
    let exhausted = nat_ports::exhausted(&judgement);
    let with_ports = match exhausted {
        Some(_) => ending(&nat_ports::with_ports(&judgement)),
        None => opening,
    };
    let packets = packets(question.packet, opening, judgement.disposition());
    let connection = (opening == Opening::Established).then(|| Connection {
        count: count.min(nat_ports::room(world, region, &judgement)),
        ..row(world, ec2, &question, &judgement, &tracked)
    });
    let reason = match opening {
        Opening::Established => "The first packet and its answer arrived.".to_owned(),
        _ => blocked(world, region, &judgement),
    };
    let exchange = exchange::of_opening(world, region, &question, &judgement, opening, packets.len() > 1);
    Attempt {
        opening,
        reason,
        packets,
        connection,
        exchange: Some(exchange),
        exhausted,
        with_ports,
    }
}

/// How the opening of a connection ends whose packets fare so.
fn ending(judgement: &Judgement) -> Opening {
    match judgement.disposition() {
        Disposition::Delivered => Opening::Established,
        Disposition::NotListening if !judgement.blockers.iter().any(|blocker| blocker.back) => Opening::Refused,
        _ => Opening::TimedOut,
    }
}

/// Sends something on a connection and waits for the answer. `None` for no such connection.
pub fn send(world: &World, region: Region, number: u64, load: Load) -> Option<Sending> {
    let row = world.ec2(region)?.connections.get(&number)?;
    send_on(world, region, row.clone(), load)
}

/// [`send`] on a connection that need not be written down.
pub(crate) fn send_on(world: &World, region: Region, mut row: Connection, load: Load) -> Option<Sending> {
    let ec2 = world.ec2(region)?;
    let (mut state, walked) = judge(world, region, ec2, &row);
    let exchange = walked.as_ref().map(|(judgement, _)| {
        let dropped = state.fate == ConnectionFate::Dropped;
        exchange::of_sending(world, region, &row, judgement, load, dropped, world.now)
    });
    match walked {
        Some((judgement, tracked)) if state.fate != ConnectionFate::Dropped => {
            row.last = world.now;
            row.exchanges = row.exchanges.saturating_add(1);
            row.tracked = entries(&tracked);
            row.untracked = untracked(&judgement);
            state.expires = expires(ec2, &row);
        }
        // Who sends and gets no answer gives up (ours: the guest's patience has no length here).
        _ if row.ended.is_none() => row.ended = Some((world.now, state.reason.clone())),
        _ => {}
    }
    Some(Sending {
        state,
        connection: row,
        exchange,
    })
}

/// Says goodbye on a connection, where its protocol has that: who sees it. `None` when nothing is sent.
pub fn close(world: &World, region: Region, number: u64) -> Option<Exchange> {
    close_of(world, region, world.ec2(region)?.connections.get(&number)?)
}

/// [`close`] of a connection that need not be written down.
pub(crate) fn close_of(world: &World, region: Region, row: &Connection) -> Option<Exchange> {
    if row.protocol != TCP {
        return None;
    }
    let (state, walked) = judge(world, region, world.ec2(region)?, row);
    let dropped = state.fate == ConnectionFate::Dropped;
    let (judgement, _) = walked?;
    Some(exchange::of_closing(world, region, row, &judgement, dropped, world.now))
}

/// Whether the NAT gateway that translates a connection has forgotten it.
pub(super) fn is_forgotten(row: &Connection, now: Time) -> bool {
    row.nat.is_some() && (now - row.last).0 >= Span::seconds(NAT_IDLE).0
}

/// For how many seconds an interface tracks a connection that is idle.
pub fn idle_limit(ec2: &Ec2, interface: NetworkInterfaceId, row: &Connection) -> i64 {
    let set = ec2.interface(interface).and_then(|interface| interface.tracking);
    let set = set.unwrap_or_default();
    match row.protocol {
        TCP => set.tcp_established.unwrap_or(TCP_ESTABLISHED),
        UDP if row.exchanges > 1 => set.udp_stream.unwrap_or(UDP_STREAM),
        UDP => set.udp.unwrap_or(UDP_SINGLE),
        _ => ICMP_IDLE,
    }
}

/// What was sent while a connection was opened.
fn packets(first: Packet, opening: Opening, disposition: Disposition) -> Vec<Handshake> {
    let says = |flags, packet: Packet| Handshake {
        flags,
        source: (packet.source_address, packet.source_port),
        destination: (packet.destination_address, packet.destination_port),
    };
    let (request, answer, refusal) = match first.protocol {
        TCP => ("SYN", "SYN-ACK", "RST-ACK"),
        UDP => ("datagram", "datagram", "ICMP port unreachable"),
        _ => ("echo request", "echo reply", "ICMP unreachable"),
    };
    let mut packets = vec![says(request, first)];
    let Some(back) = first.answer() else { return packets };
    match opening {
        Opening::Refused => packets.push(says(refusal, back)),
        Opening::Established => {
            packets.push(says(answer, back));
            if first.protocol == TCP {
                packets.push(says("ACK", first));
            }
        }
        Opening::TimedOut if disposition == Disposition::ReplyLost => packets.push(says(answer, back)),
        Opening::TimedOut => {}
    }
    packets
}

/// What to remember of a connection whose first packet and answer have passed.
fn row(world: &World, ec2: &Ec2, question: &Question<'_>, judgement: &Judgement, tracked: &[Tracked]) -> Connection {
    let first = question.packet;
    let seen = arrived(judgement).unwrap_or(first);
    Connection {
        number: ec2.connections_opened + 1,
        protocol: first.protocol,
        source: (first.source_address, first.source_port),
        destination: (first.destination_address, first.destination_port),
        source_interface: match question.start {
            ends::Start::Inside(source) => Some(source.id),
            ends::Start::Outside => None,
        },
        target_interface: question.target.map(|target| target.id),
        seen_source: (seen.source_address, seen.source_port),
        seen_destination: (seen.destination_address, seen.destination_port),
        tracked: entries(tracked),
        untracked: untracked(judgement),
        nat: judgement.forward.iter().find_map(|step| match step.what {
            What::Nat(id, Nat::Translates) => Some(id),
            _ => None,
        }),
        opened: world.now,
        last: world.now,
        exchanges: 1,
        ended: None,
        count: 1,
        ports: nat_ports::written(ec2, nat_ports::held_after(judgement)),
    }
}

fn entries(tracked: &[Tracked]) -> Vec<TrackedFlow> {
    let mut entries = Vec::with_capacity(tracked.len());
    for (interface, packet) in tracked {
        let entry = TrackedFlow {
            interface: *interface,
            source: (packet.source_address, packet.source_port),
            destination: (packet.destination_address, packet.destination_port),
        };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

fn untracked(judgement: &Judgement) -> Vec<NetworkInterfaceId> {
    let mut found = Vec::new();
    for step in &judgement.forward {
        if let What::Groups(id, _, Groups::Rule { untracked: true, .. }) = step.what
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

/// The request as it came to its end.
fn arrived(judgement: &Judgement) -> Option<Packet> {
    judgement.forward.last().map(|step: &Step| step.after)
}

/// What stops a packet first, in one sentence.
fn blocked(world: &World, region: Region, judgement: &Judgement) -> String {
    let first = judgement.blockers.first();
    first.map_or_else(String::new, |blocker| {
        let region = blocker.step.region.unwrap_or(region);
        Teller::of(world, region).explanation(blocker).detail
    })
}

/// What has become of a connection, and the walk of its next packet where one was taken.
fn judge(world: &World, region: Region, ec2: &Ec2, row: &Connection) -> (ConnectionState, Option<Walked>) {
    let is = |fate, reason, walked| {
        let expires = match fate {
            ConnectionFate::Dropped => None,
            _ => expires(ec2, row),
        };
        let state = ConnectionState {
            number: row.number,
            count: row.count,
            fate,
            reason,
            expires,
        };
        (state, walked)
    };
    if let Some((_, why)) = &row.ended {
        return is(ConnectionFate::Dropped, why.clone(), None);
    }
    let idle = (world.now - row.last).0;
    let forgets = row.nat.filter(|_| is_forgotten(row, world.now));
    let question = match again(ec2, row) {
        Ok(question) => question,
        Err(why) => {
            let why = forgets.map_or(why, |nat| forgotten(nat, row.protocol));
            return is(ConnectionFate::Dropped, why, None);
        }
    };
    let alive = alive(ec2, row, idle);
    let kept: Vec<Tracked> = alive
        .iter()
        .filter(|entry| balancing::is_node(ec2, entry.0))
        .copied()
        .collect();
    let held = || Some(row.ports.clone());
    let fresh = walk::follow(ec2, Some((world, region)), &question, Vec::new(), kept.clone(), held());
    if let Some(nat) = forgets {
        return is(ConnectionFate::Dropped, forgotten(nat, row.protocol), Some(fresh));
    }
    if fresh.0.blockers.is_empty() {
        return match moved(row, &fresh.0) {
            Some(why) => is(ConnectionFate::Dropped, why, Some(fresh)),
            None => is(ConnectionFate::Allowed, allowed(row), Some(fresh)),
        };
    }
    let why = blocked(world, region, &fresh.0);
    if alive.is_empty() {
        let why = match row.tracked.first() {
            Some(entry) => format!(
                "{}, and the connection is not tracked any more: it was idle for {} s or longer.",
                why.trim_end_matches('.'),
                idle_limit(ec2, entry.interface, row)
            ),
            None => why,
        };
        return is(ConnectionFate::Dropped, why, Some(fresh));
    }
    let followed = walk::follow(ec2, Some((world, region)), &question, alive, kept, held());
    if !followed.0.blockers.is_empty() {
        let why = blocked(world, region, &followed.0);
        return is(ConnectionFate::Dropped, why, Some(followed));
    }
    match moved(row, &followed.0) {
        Some(why) => is(ConnectionFate::Dropped, why, Some(followed)),
        None => is(ConnectionFate::Tracked, outlives(&why), Some(followed)),
    }
}

/// The question that a connection's next packet is; `Err`: why its end cannot send it any more.
fn again<'w>(ec2: &'w Ec2, row: &Connection) -> Result<Question<'w>, String> {
    let gone = |id| format!("The interface {id}, at which the connection ended, is gone.");
    let find = |id: Option<NetworkInterfaceId>| match id {
        Some(id) => ec2.interface(id).map(Some).ok_or_else(|| gone(id)),
        None => Ok(None),
    };
    let (source, target) = (find(row.source_interface)?, find(row.target_interface)?);
    let flow = Flow {
        source: Endpoint::Address(row.source.0),
        destination: Endpoint::Address(row.destination.0),
        protocol: row.protocol,
        port: row.destination.1,
    };
    let lost = || {
        format!(
            "The end that sent from {} does not have that address any more.",
            row.source.0
        )
    };
    let question = ends::question(ec2, &flow, source, target).map_err(|_| lost())?;
    if question.packet.source_address != row.source.0 {
        return Err(lost());
    }
    Ok(question)
}

/// Why the other end does not take the packet as one of its connection: it comes from or to another address than before.
fn moved(row: &Connection, judgement: &Judgement) -> Option<String> {
    let packet = arrived(judgement)?;
    let (source, destination) = (
        (packet.source_address, packet.source_port),
        (packet.destination_address, packet.destination_port),
    );
    if source != row.seen_source {
        return Some(format!(
            "It would arrive from {} now, and the other end knows a connection from {}.",
            source.0, row.seen_source.0
        ));
    }
    (destination != row.seen_destination).then(|| {
        format!(
            "{} leads to {} now, and the connection was with {}.",
            row.destination.0, destination.0, row.seen_destination.0
        )
    })
}

/// The entries that connection tracking has not forgotten yet.
fn alive(ec2: &Ec2, row: &Connection, idle: i64) -> Vec<Tracked> {
    let fresh = |entry: &&TrackedFlow| idle < Span::seconds(idle_limit(ec2, entry.interface, row)).0;
    let entries = row.tracked.iter().filter(fresh);
    entries
        .map(|entry| {
            let packet = Packet {
                protocol: row.protocol,
                source_address: entry.source.0,
                source_port: entry.source.1,
                destination_address: entry.destination.0,
                destination_port: entry.destination.1,
            };
            (entry.interface, packet)
        })
        .collect()
}

fn expires(ec2: &Ec2, row: &Connection) -> Option<Time> {
    let limits = row.tracked.iter().map(|entry| idle_limit(ec2, entry.interface, row));
    let limits = limits.chain(row.nat.map(|_| NAT_IDLE));
    limits.min().map(|limit| row.last + Span::seconds(limit))
}

fn forgotten(nat: NatGatewayId, protocol: u8) -> String {
    let then = if protocol == TCP {
        ", and answers whoever goes on behind it with RST"
    } else {
        ""
    };
    format!("The NAT gateway {nat} forgot the connection after {NAT_IDLE} seconds without a packet{then}.")
}

fn allowed(row: &Connection) -> String {
    match row.untracked.first() {
        None => "The rules would let a new connection pass as well.".to_owned(),
        Some(id) => {
            format!("The rules let it pass; {id} does not track it, so that it drops as soon as they do not.")
        }
    }
}

fn outlives(why: &str) -> String {
    format!(
        "{}, which would stop a new connection; this one is tracked and goes on until it is idle for too long.",
        why.trim_end_matches('.')
    )
}

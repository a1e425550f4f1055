//! What two ends send each other, in packets and bytes, and who sees it go by. Sizes are those that Linux sends over Ethernet of
//! ordinary size (ours: AWS logs what there is). Nothing here changes a world.

use super::addresses::{TCP, UDP};
use super::connections::{Opening, is_forgotten};
use super::ends::{self, Question};
use super::sightings::{self, Passage};
use super::step::*;
use super::words::Teller;
use super::{Endpoint, Flow, walk};
use crate::base::ids::NetworkInterfaceId;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::world::World;
use crate::world::connections::Connection;

/// The port of VXLAN.
const VXLAN: u16 = 4_789;

/// TCP's flags as flow logs number them.
pub const FIN: u8 = 1;
/// See [`FIN`].
pub const SYN: u8 = 2;
/// See [`FIN`].
pub const RST: u8 = 4;
/// See [`FIN`]: only told together with SYN.
pub const ACK: u8 = 16;

/// Headers of a TCP segment of a connection: IP 20, TCP 20, time stamps 12.
const SEGMENT: u32 = 52;
/// A SYN: more options.
const OPENING: u32 = 60;
/// A RST: none.
const RESET: u32 = 40;
/// Bytes of data in a full segment.
const FULL: u32 = 1_448;
/// Headers of a datagram.
const DATAGRAM: u32 = 28;
/// Bytes of data in a full datagram.
const FULL_DATAGRAM: u32 = 1_472;
/// What `ping` sends: 56 bytes of data and 28 of headers.
const ECHO: u32 = 84;
/// ICMP's own header of an echo request.
const ECHO_HEADER: u32 = 8;
/// A router's or a host's word about a packet: its header and eight bytes more.
const REFUSAL: u32 = 56;
/// An IPv6 header is so much longer.
const LONGER: u32 = 20;
/// The data of a datagram that opens a flow.
const GREETING: u32 = 32;

/// What is sent on a connection, and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Bytes of data of the request.
    pub request: u32,
    /// Bytes of data of the answer.
    pub answer: u32,
}

impl Default for Load {
    /// Ours.
    fn default() -> Load {
        Load {
            request: 100,
            answer: 100,
        }
    }
}

/// Packets that one end sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Burst {
    /// TCP flags, joined.
    pub flags: u8,
    /// How many packets of how many bytes each, IP header included.
    pub runs: Vec<(u32, u32)>,
}

impl Burst {
    /// Packets.
    pub fn packets(&self) -> u64 {
        self.runs.iter().map(|(count, _)| u64::from(*count)).sum()
    }

    /// Bytes, of each packet at most so many.
    pub fn bytes(&self, most: u32) -> u64 {
        let run = |(count, size): &(u32, u32)| u64::from(*count) * u64::from((*size).min(most));
        self.runs.iter().map(run).sum()
    }

    fn of(flags: u8, runs: &[(u32, u32)], ipv6: bool) -> Burst {
        let longer = if ipv6 { LONGER } else { 0 };
        let runs = runs.iter().filter(|(count, _)| *count > 0);
        Burst {
            flags,
            runs: runs.map(|(count, size)| (*count, size + longer)).collect(),
        }
    }
}

/// What two ends sent each other at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// Who saw what the opener sent.
    pub there: Passage,
    /// What it sent.
    pub sent: Burst,
    /// Who saw what came back.
    pub back: Passage,
    /// What came back.
    pub answered: Burst,
}

impl Exchange {
    /// The exchange as each Region saw it, the one where it was asked for first.
    pub fn by_region(&self, here: Region) -> Vec<(Region, Exchange)> {
        let mut regions = vec![here];
        for (far, _) in self.there.beyond.iter().chain(&self.back.beyond) {
            if !regions.contains(far) {
                regions.push(*far);
            }
        }
        let seen = |passage: &Passage, region: Region| match region == here {
            true => passage.clone(),
            false => {
                let there = passage.beyond.iter().find(|(far, _)| *far == region);
                there.map(|(_, there)| there.clone()).unwrap_or_default()
            }
        };
        let exchange = |region| Exchange {
            there: seen(&self.there, region),
            back: seen(&self.back, region),
            sent: self.sent.clone(),
            answered: self.answered.clone(),
        };
        regions.into_iter().map(|region| (region, exchange(region))).collect()
    }

    /// The exchange of one echo request as that of several, each with so many bytes of data. The sender's link carries packets of
    /// at most `most` bytes: what is longer leaves in fragments (ours: routers take nothing further apart).
    pub fn of_echoes(mut self, count: u32, data: u32, most: u32) -> Exchange {
        let seen = self.there.interfaces.first();
        let ipv6 = seen.is_some_and(|sighting| sighting.packet.source_address.is_ipv6());
        let runs = echoes(count, data, most, ipv6);
        for burst in [&mut self.sent, &mut self.answered] {
            if burst.packets() > 0 {
                burst.runs.clone_from(&runs);
            }
        }
        self
    }

    /// The exchange of packets that a router on their way drops, for their size or their time: they are seen where they leave the
    /// sender, and nothing comes back but the router's word, which nobody counts (ours).
    pub fn lost_on_the_way(mut self) -> Exchange {
        self.there.interfaces.truncate(1);
        Exchange {
            there: Passage {
                interfaces: self.there.interfaces,
                ..Passage::default()
            },
            sent: self.sent,
            ..Exchange::default()
        }
    }
}

/// How many packets of how many bytes so many echo requests are.
fn echoes(count: u32, data: u32, most: u32, ipv6: bool) -> Vec<(u32, u32)> {
    let (header, fragment) = if ipv6 { (40, 48) } else { (20, 20) };
    let whole = data.saturating_add(ECHO_HEADER);
    if whole + header <= most {
        return vec![(count, whole + header)];
    }
    // All fragments but the last hold a multiple of eight bytes.
    let full = (most.saturating_sub(fragment) / 8 * 8).max(8);
    let runs = [
        (count * (whole / full), full + fragment),
        (
            if whole.is_multiple_of(full) { 0 } else { count },
            whole % full + fragment,
        ),
    ];
    runs.into_iter().filter(|(count, _)| *count > 0).collect()
}

/// The opening of a connection. `answered`: anything was sent back, whether it arrived or not.
pub(super) fn of_opening(
    world: &World,
    region: Region,
    question: &Question<'_>,
    judgement: &Judgement,
    opening: Opening,
    answered: bool,
) -> Exchange {
    let protocol = question.packet.protocol;
    let ipv6 = question.packet.source_address.is_ipv6();
    let refused = opening == Opening::Refused;
    let refusal;
    let back = if refused {
        refusal = match world.ec2(region) {
            Some(ec2) => walk::follow_configuration(ec2, question, Vec::new()).back,
            None => Vec::new(),
        };
        &refusal
    } else {
        &judgement.back
    };
    let open = opening == Opening::Established;
    let (there, answer) = match protocol {
        TCP => {
            let answer = match refused {
                true => (RST, vec![(1, RESET)]),
                false => (SYN | ACK, vec![(1, OPENING)]),
            };
            ((SYN, vec![(1, OPENING), (u32::from(open), SEGMENT)]), answer)
        }
        UDP if refused => ((0, vec![(1, DATAGRAM + GREETING)]), (0, vec![(1, REFUSAL)])),
        UDP => ((0, vec![(1, DATAGRAM + GREETING)]), (0, vec![(1, DATAGRAM + GREETING)])),
        _ => ((0, vec![(1, ECHO)]), (0, vec![(1, ECHO)])),
    };
    let mut exchange = Exchange {
        there: sightings::read(world, region, &judgement.forward),
        sent: Burst::of(there.0, &there.1, ipv6),
        ..Exchange::default()
    };
    if answered {
        exchange.back = sightings::read(world, region, back);
        exchange.answered = Burst::of(answer.0, &answer.1, ipv6);
        if refused && protocol == UDP {
            says_unreachable(&mut exchange.back);
        }
    }
    exchange
}

/// What refuses a datagram is no datagram but ICMP's word about it.
fn says_unreachable(back: &mut Passage) {
    back.beyond.iter_mut().for_each(|(_, there)| says_unreachable(there));
    let at_interfaces = back.interfaces.iter_mut().map(|sighting| &mut sighting.packet);
    let at_gateways = back.transits.iter_mut().map(|sighting| &mut sighting.packet);
    for packet in at_interfaces.chain(at_gateways) {
        packet.protocol = if packet.source_address.is_ipv6() { 58 } else { 1 };
        // Type 3, destination unreachable; in IPv6 type 1.
        let kind = if packet.protocol == 58 { 1 } else { 3 };
        (packet.source_port, packet.destination_port) = (0, kind);
    }
}

/// A request on a connection, and its answer. `dropped`: nobody takes it as one of the connection's.
pub(super) fn of_sending(
    world: &World,
    region: Region,
    row: &Connection,
    judgement: &Judgement,
    load: Load,
    dropped: bool,
    now: Time,
) -> Exchange {
    let pieces = |bytes: u32, full: u32, header: u32| {
        [
            (bytes / full, full + header),
            (u32::from(!bytes.is_multiple_of(full)), bytes % full + header),
        ]
    };
    let (mut sent, answered) = match row.protocol {
        TCP => (
            pieces(load.request.max(1), FULL, SEGMENT).to_vec(),
            pieces(load.answer.max(1), FULL, SEGMENT).to_vec(),
        ),
        UDP => (
            pieces(load.request.max(1), FULL_DATAGRAM, DATAGRAM).to_vec(),
            pieces(load.answer.max(1), FULL_DATAGRAM, DATAGRAM).to_vec(),
        ),
        _ => (vec![(1, ECHO)], vec![(1, ECHO)]),
    };
    // Whoever has the answer says so.
    if row.protocol == TCP && !dropped {
        sent.push((1, SEGMENT));
    }
    finish(world, region, row, judgement, (0, &sent, &answered), dropped, now)
}

/// A TCP connection is closed by both of its ends; by one, where it is `dropped`.
pub(super) fn of_closing(
    world: &World,
    region: Region,
    row: &Connection,
    judgement: &Judgement,
    dropped: bool,
    now: Time,
) -> Exchange {
    let sent = [(if dropped { 1 } else { 2 }, SEGMENT)];
    let answered = [(1, SEGMENT)];
    finish(world, region, row, judgement, (FIN, &sent, &answered), dropped, now)
}

/// How many packets of how many bytes each, group by group.
type Groups<'a> = &'a [(u32, u32)];

/// `said`: the flags of both sides, what is sent, and what would be answered.
fn finish(
    world: &World,
    region: Region,
    row: &Connection,
    judgement: &Judgement,
    said: (u8, Groups<'_>, Groups<'_>),
    dropped: bool,
    now: Time,
) -> Exchange {
    let ipv6 = row.source.0.is_ipv6();
    let read = |steps: &[Step]| sightings::read(world, region, steps);
    let (flags, sent, answered) = said;
    let sent = Burst::of(flags, sent, ipv6);
    if is_forgotten(row, now) {
        return forgotten(judgement, row, sent, &read);
    }
    let mut exchange = Exchange {
        there: read(&judgement.forward),
        sent,
        ..Exchange::default()
    };
    // Where something on the way back is what drops it, an answer was sent. Where nothing is, the other end has not taken the
    // packet for one of the connection's, and nobody answers.
    let taken = !dropped || !judgement.blockers.is_empty();
    if taken && !judgement.back.is_empty() {
        exchange.back = read(&judgement.back);
        exchange.answered = Burst::of(flags, answered, ipv6);
    }
    exchange
}

/// A NAT gateway that has forgotten a connection keeps what comes on it, and answers TCP with a reset of its own.
fn forgotten(judgement: &Judgement, row: &Connection, sent: Burst, read: &dyn Fn(&[Step]) -> Passage) -> Exchange {
    let is_nat = |step: &Step| matches!(step.what, What::Nat(..));
    let before = judgement.forward.iter().position(is_nat);
    let mut exchange = Exchange {
        there: read(
            judgement
                .forward
                .get(..before.map_or(0, |place| place + 1))
                .unwrap_or_default(),
        ),
        sent,
        ..Exchange::default()
    };
    // The last that the gateway's interface sees is what it would have sent on.
    exchange.there.interfaces.pop();
    let after = judgement.back.iter().position(is_nat);
    if let (TCP, Some(place)) = (row.protocol, after) {
        exchange.back = read(judgement.back.get(place..).unwrap_or_default());
        if !exchange.back.interfaces.is_empty() {
            exchange.back.interfaces.remove(0);
        }
        exchange.answered = Burst::of(RST, &[(1, RESET)], false);
    }
    exchange
}

/// Why a copy of a packet does not get from its source to the interface that is to have it; `None`: it does. Nobody has to
/// listen there, nothing is answered, and the source's own security groups do not look at it.
/// Source: <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-considerations.html>
pub fn mirrored(
    world: &World,
    region: Region,
    source: NetworkInterfaceId,
    target: NetworkInterfaceId,
) -> Option<String> {
    let flow = Flow {
        source: Endpoint::Interface(source),
        destination: Endpoint::Interface(target),
        protocol: UDP,
        port: VXLAN,
    };
    let ec2 = world.ec2(region)?;
    let judgement = match ends::resolve(world, ec2, &flow) {
        Ok(question) => {
            let unseen = vec![(source, question.packet)];
            walk::follow_configuration(ec2, &question, unseen)
        }
        Err(_) => walk::judge(world, region, &flow),
    };
    let first = judgement.blockers.iter().find(|blocker| !blocker.back)?;
    Some(Teller::of(world, region).explanation(first).detail)
}

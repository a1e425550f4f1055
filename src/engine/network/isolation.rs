//! Forged packets, and traffic of others: what a guest that wants to deceive or to overhear comes upon. The same walk as for
//! any packet: the source/destination check looks first, the host's firewall behind it, and the hypervisor hands no guest
//! what is not for it. Nothing here changes a world.
//!
//! AWS's *Overview of Security Processes* says that the host-based firewall lets no instance send with a source IP or MAC
//! address other than its own, and that an instance in promiscuous mode receives nothing that is meant for another, not even
//! for one of the same customer on the same host: <https://d1.awsstatic.com/whitepapers/Security/AWS_Security_Whitepaper.pdf>

use super::ends::{self, Start};
use super::step::*;
use super::walk;
use super::words::{self, Teller};
use super::{Endpoint, Flow, INTERNET, INTERNET_PORT, Packet, Trace, Verdict, codes};
use crate::base::ids::{HostId, InstanceId};
use crate::catalog::Region;
use crate::world::compute::{Instance, PhysicalHost};
use crate::world::vpc::{NetworkInterface, RouteTarget};
use crate::world::{Ec2, World};
use std::net::{IpAddr, Ipv4Addr};

/// Stands for the guests of anonymous customers on a listener's own host: an address of documentation, as nobody is told
/// theirs (ours).
pub const STRANGER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 10);

/// What a guest writes on a packet although it is not so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgery {
    /// A source address; `None` = its own.
    pub source_address: Option<IpAddr>,
    /// Whether the frame has a MAC address that is not the interface's.
    pub frame: bool,
}

/// Would this packet arrive, with what its sender has forged on it, and its answer come back?
pub fn forge(world: &World, region: Region, flow: &Flow, forgery: Forgery) -> Trace {
    words::tell(world, region, &walk::judge_forged(world, region, flow, forgery))
}

/// What an instance that listens in promiscuous mode gets of a flow: the flow itself where it is one of its ends or passes it
/// on, else where its way to the listener ends. [`STRANGER`] as its destination: of a packet for another customer's guest.
pub fn listen_in(world: &World, region: Region, listener: InstanceId, flow: &Flow) -> Trace {
    if flow.destination == Endpoint::Address(STRANGER.into()) {
        return words::tell(world, region, &listen_to_stranger(world, region, listener, flow));
    }
    let judgement = walk::judge(world, region, flow);
    let Some(ec2) = world.ec2(region) else {
        return words::tell(world, region, &judgement);
    };
    let mut steps = judgement.forward.iter().chain(&judgement.back);
    let concerns = |step: &Step| matches!(step.what, What::Guest(id, _) if id == listener);
    let unanswerable = judgement.forward.is_empty() && judgement.back.is_empty();
    if unanswerable || is_end(world, ec2, listener, flow) || steps.any(concerns) {
        return words::tell(world, region, &judgement);
    }
    words::tell(world, region, &overheard(ec2, listener, &judgement))
}

/// What an instance that listens in promiscuous mode gets of a packet for the guest of another customer on its host. Where
/// it shares its host with nobody, no such packet comes near it.
fn listen_to_stranger(world: &World, region: Region, listener: InstanceId, flow: &Flow) -> Judgement {
    let packet = Packet {
        protocol: flow.protocol,
        source_address: INTERNET.into(),
        source_port: INTERNET_PORT,
        destination_address: STRANGER.into(),
        destination_port: flow.port,
    };
    let step = |what, verdict| Step {
        what,
        region: None,
        place: Place::Destination,
        verdict,
        before: packet,
        after: packet,
    };
    let row = world.row::<Instance>(region, listener);
    let host = row.and_then(|row| world.row::<PhysicalHost>(region, row.host?));
    let mut forward = Vec::new();
    let (what, code) = match host {
        Some(host) if host.neighbours > 0 && !host.failed => {
            forward.push(step(What::Wire(listener, false), Verdict::Forward));
            // For no guest of ours: the listener stands for the stranger.
            (What::Overheard(listener, listener), codes::STRATUS_NOT_FOR_THIS_GUEST)
        }
        _ => (What::OutOfEarshot(listener), codes::STRATUS_NOT_ON_THIS_HOST),
    };
    let denied = step(what, Verdict::Deny);
    forward.push(denied);
    let blocker = Blocker {
        step: denied,
        code,
        back: false,
    };
    Judgement {
        forward,
        back: Vec::new(),
        blockers: vec![blocker],
        whole: false,
    }
}

/// What is said where a guest that listens gets nothing.
#[inline(never)]
pub(super) fn text(teller: &Teller<'_>, what: What) -> String {
    match what {
        What::Overheard(id, other) => {
            let whose = match id == other {
                true => "another customer's guest".to_owned(),
                false => teller.name(other),
            };
            format!(
                "The frame is for {whose}: the hypervisor hands it to that guest alone, and promiscuous mode shows {} its own traffic only.",
                teller.name(id)
            )
        }
        What::OutOfEarshot(id) => format!(
            "The network brings a packet to the host that it is for and to no other: nothing of this comes near {}.",
            teller.name(id)
        ),
        _ => String::new(),
    }
}

/// Whether an instance is one of a flow's two ends, however far the packet comes.
fn is_end(world: &World, ec2: &Ec2, listener: InstanceId, flow: &Flow) -> bool {
    let Ok(question) = ends::resolve(world, ec2, flow) else {
        return false;
    };
    let source = match question.start {
        Start::Inside(source) => Some(source),
        Start::Outside => None,
    };
    let mut both = source.into_iter().chain(question.target);
    both.any(|end| ends::instance_of(ec2, end).is_some_and(|row| row.id == listener))
}

/// Whether the primary interface of an instance, from which it sends, has this MAC address.
pub fn holds(world: &World, region: Region, instance: InstanceId, mac: [u8; 6]) -> bool {
    let interface = world.ec2(region).and_then(|ec2| ends::primary(ec2, instance));
    interface.is_some_and(|interface| interface.mac == mac)
}

/// Where the way of somebody else's traffic to a listener ends.
fn overheard(ec2: &Ec2, listener: InstanceId, judgement: &Judgement) -> Judgement {
    let host = |id: InstanceId| ec2.instances.get(&id).and_then(|row| row.host);
    let own: Option<HostId> = host(listener);
    let steps = judgement.forward.iter().chain(&judgement.back);
    let near = steps.filter_map(|step| match step.what {
        What::Wire(id, false) => Some((id, *step)),
        _ => None,
    });
    let near = near.into_iter().find(|(id, _)| own.is_some() && host(*id) == own);
    let mut forward = Vec::new();
    let (what, code, seen) = match near {
        Some((id, step)) => {
            let what = What::Wire(listener, false);
            let wire = Step {
                what,
                place: Place::Destination,
                ..step
            };
            forward.push(wire);
            (
                What::Overheard(listener, id),
                codes::STRATUS_NOT_FOR_THIS_GUEST,
                Some(step),
            )
        }
        None => {
            let first = judgement.forward.first().or(judgement.back.first()).copied();
            (What::OutOfEarshot(listener), codes::STRATUS_NOT_ON_THIS_HOST, first)
        }
    };
    let blockers = seen.map(|seen| Blocker {
        step: Step {
            what,
            place: Place::Destination,
            verdict: Verdict::Deny,
            before: seen.after,
            after: seen.after,
            region: None,
        },
        code,
        back: false,
    });
    forward.extend(blockers.iter().map(|blocker| blocker.step));
    Judgement {
        forward,
        back: Vec::new(),
        blockers: blockers.into_iter().collect(),
        whole: false,
    }
}

/// Whether any route of the interface's VPC leads to it: then its instance passes packets on, as a NAT instance or a
/// firewall does, and may send for others while its source/destination check is off (ours).
pub(super) fn passes_on(ec2: &Ec2, interface: &NetworkInterface) -> bool {
    let here = |target: &RouteTarget| matches!(target, RouteTarget::Interface(id, _) if *id == interface.id);
    let mut tables = ec2.route_tables.rows().filter(|table| table.vpc == interface.vpc);
    tables.any(|table| table.routes.iter().any(|route| here(&route.target)))
}

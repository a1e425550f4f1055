//! What a probe comes to behind a load balancer: the status and the body are those of a rule that answers by itself, or of the target
//! that the packet goes to, and what a load balancer says where it gets no answer.
//! Sources: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html>,
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html>

use super::probe::{Talk, guest, judged};
use crate::catalog::Region;
use crate::network::{self, Disposition, Flow, Hop, Relay, Trace, Verdict};
use crate::web;
use crate::world::balancing::{ClassicBalancer, Listener, RuleAction};
use crate::world::names::{HealthCheckConfig, Seen};
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};

/// A load balancer's word where there is no target.
const UNAVAILABLE: u16 = 503;

/// Whether an interface is a load balancer's.
pub(super) fn is_node(ec2: &Ec2, interface: &NetworkInterface) -> bool {
    ec2.balancing.by_interface.contains(&interface.id)
}

/// What a probe sees whose packet goes to a load balancer.
pub(super) fn probe(world: &World, config: &HealthCheckConfig, region: Region, flow: &Flow) -> Seen {
    let trace = network::trace(world, region, flow);
    let mut talk = Talk::of(config);
    for hop in &trace.forward {
        if hop.verdict == Verdict::Deny {
            return stopped(&trace, &talk, hop);
        }
        let Some(ec2) = world.ec2(hop.region().unwrap_or(region)) else {
            continue;
        };
        if let Some(seen) = relayed(ec2, config, &mut talk, hop) {
            return seen;
        }
    }
    if let Some(seen) = unanswered(&trace, &talk) {
        return seen;
    }
    match web::machine(world, region, &trace) {
        Some((_, instance, port)) => guest(instance, config, port, &talk),
        None => talk.unspoken(),
    }
}

/// What comes of it where a load balancer takes the packet or sends it on; `None`: it goes on.
fn relayed(ec2: &Ec2, config: &HealthCheckConfig, talk: &mut Talk, hop: &Hop) -> Option<Seen> {
    match hop.relay()? {
        Relay::Takes(id, rule) => {
            let listener: &Listener = ec2.balancing.listeners.get(&id)?;
            let taken = meets(talk, config, &listener.protocol);
            taken.or_else(|| by_itself(config, &ec2.balancing.rules.get(&rule)?.action))
        }
        Relay::Sends(group) => {
            goes_on(talk, &ec2.balancing.groups.get(&group)?.protocol);
            None
        }
        Relay::Classic(id, port) => {
            let row: &ClassicBalancer = ec2.balancing.classic.get(&id)?;
            let listener = row.listeners.iter().find(|listener| listener.port == port)?;
            let taken = meets(talk, config, &listener.protocol);
            goes_on(talk, &listener.instance_protocol);
            taken
        }
        Relay::Nobody | Relay::Returns => None,
    }
}

/// A request comes to a listener of this protocol. One that speaks HTTP takes the connection itself, and so does one of TLS.
fn meets(talk: &mut Talk, config: &HealthCheckConfig, protocol: &str) -> Option<Seen> {
    let (http, tls) = (
        matches!(protocol, "HTTP" | "HTTPS"),
        matches!(protocol, "HTTPS" | "TLS" | "SSL"),
    );
    if http && config.kind == "TCP" {
        return Some(Seen::Connected);
    }
    if (http || tls) && talk.tls != tls && config.kind != "TCP" {
        return Some(talk.unspoken());
    }
    talk.tls &= !tls;
    talk.relayed |= http;
    None
}

/// It goes on to targets that are spoken to so.
fn goes_on(talk: &mut Talk, protocol: &str) {
    match protocol {
        "HTTP" => talk.tls = false,
        "HTTPS" | "TLS" | "SSL" => talk.tls = true,
        _ => {}
    }
}

/// What a rule answers that asks no target.
fn by_itself(config: &HealthCheckConfig, action: &RuleAction) -> Option<Seen> {
    let (status, body) = match action {
        RuleAction::Forward { .. } => return None,
        RuleAction::Fixed { status, body, .. } => (status.as_str(), body.as_deref().unwrap_or_default()),
        RuleAction::Redirect { status, .. } => (status.trim_start_matches("HTTP_"), ""),
    };
    Some(judged(config, status.parse().unwrap_or(0), body))
}

/// The packet goes no further. Behind a load balancer that has the checker's connection, that is its to tell: at once where it has no
/// target, and else only when it has given up, ten seconds later, for which no checker waits.
fn stopped(trace: &Trace, talk: &Talk, hop: &Hop) -> Seen {
    let refused = trace.disposition == Disposition::NotListening;
    match (talk.relayed, hop.relay()) {
        (false, _) if refused => Seen::Refused,
        (true, _) if refused => talk.unspoken(),
        (false, _) => Seen::TimedOut,
        (true, Some(Relay::Nobody)) => Seen::BadStatus(UNAVAILABLE),
        (true, _) => Seen::NoStatus,
    }
}

/// What it is where no answer comes back of what arrived.
fn unanswered(trace: &Trace, talk: &Talk) -> Option<Seen> {
    if trace.reachable {
        return None;
    }
    // A target's answer that is lost on its way to the load balancer is one that this waits for; beyond, the checker waits.
    let mut back = trace.back.iter();
    let lost = back.find(|hop| hop.verdict == Verdict::Deny || hop.relay() == Some(Relay::Returns));
    let at_target = talk.relayed && lost.is_some_and(|hop| hop.verdict == Verdict::Deny);
    Some(if at_target { Seen::NoStatus } else { Seen::TimedOut })
}

//! What a load balancer did, in words, and in the Reachability Analyzer's shapes.

use super::insights::{Viewer, port_range};
use super::step::*;
use super::words::{Teller, rule};
use super::{Packet, Rule, protocol_text};
use crate::base::ids::*;
use crate::world::balancing::*;
use stratus_model::{Structure, field};

/// A target's place and port: `web-1:80`.
fn target(teller: &Teller<'_>, targets: &[Target], place: u16, port: u16) -> String {
    let Some(target) = targets.get(usize::from(place)) else {
        return "a target".into();
    };
    let name = match target.point {
        TargetPoint::Instance(id) => teller.name(id),
        TargetPoint::Ip(address) => address.to_string(),
        TargetPoint::Alb(id) => teller.name(id),
    };
    let port = if target.port == 0 { port } else { target.port };
    match port {
        0 => name,
        port => format!("{name}:{port}"),
    }
}

fn asked(packet: &Packet) -> String {
    format!("{} {}", protocol_text(packet.protocol), packet.destination_port)
}

impl Teller<'_> {
    fn targets_of(&self, id: ResourceId) -> &[Target] {
        let balancing = &self.ec2.balancing;
        match id {
            ResourceId::TargetGroup(id) => balancing.groups.get(&id).map(|row| row.targets.as_slice()),
            ResourceId::ClassicBalancer(id) => balancing.classic.get(&id).map(|row| row.targets.as_slice()),
            _ => None,
        }
        .unwrap_or_default()
    }

    /// The rule or the target that decided.
    pub(super) fn balancing_rule(&self, what: &What) -> Option<Rule> {
        let balancing = &self.ec2.balancing;
        match *what {
            What::Listener(id, Listen::Takes(by)) => {
                let row = balancing.listeners.get(&id)?;
                let priority = balancing.rules.get(&by).and_then(|row| row.priority);
                let which = priority.map_or_else(|| "default rule".to_owned(), |priority| format!("rule {priority}"));
                let shown = format!("{}:{}", row.protocol, row.port);
                Some(rule(&shown, &format!("listener {shown}, {which}")))
            }
            What::Targets(id, Aim::Sends(place, _)) => {
                let shown = target(self, self.targets_of(id.into()), place, 0);
                Some(rule(&shown, &format!("target {shown}")))
            }
            What::Balancer(_, Balance::Takes(port)) => {
                let shown = port.to_string();
                Some(rule(&shown, &format!("listener at port {shown}")))
            }
            What::Balancer(id, Balance::Sends(place, _)) => {
                let shown = target(self, self.targets_of(id), place, 0);
                Some(rule(&shown, &format!("instance {shown}")))
            }
            _ => None,
        }
    }

    #[inline(never)]
    pub(super) fn balancer_text(&self, id: ResourceId, says: Balance, packet: &Packet) -> String {
        let name = self.name(id);
        let open = |failing| match failing {
            true => " None passes its health checks, so all get traffic.",
            false => "",
        };
        match says {
            Balance::Takes(port) => format!("{name} listens on port {port} and takes the connection."),
            Balance::Sends(place, failing) => format!(
                "{name} opens a connection of its own to {}.{}",
                target(self, self.targets_of(id), place, packet.destination_port),
                open(failing)
            ),
            Balance::Answers(status) => {
                format!("A rule of {name} answers by itself, with {status}: no target is asked.")
            }
            Balance::Returns => format!("{name} hands the answer on to its client."),
            Balance::Checks => format!("A node of {name} checks the health of {}.", packet.destination_address),
            Balance::Hears => format!("The node of {name} has its answer: the check has passed."),
            Balance::NotActive => format!("{name} is being provisioned: it takes nothing yet."),
            Balance::NoListener => format!("{name} has no listener for {}.", asked(packet)),
            Balance::Port(port) => format!("{name} listens on port {port}, not on {}.", packet.destination_port),
            Balance::NoInstances => format!("No instance is registered with {name}."),
            Balance::ZoneOff => {
                format!("{name} is in no zone in which it has a target, and sends to its own zones only.")
            }
            Balance::NoneHere => format!("The node of {name} that was asked has no target in its zone."),
            Balance::NotCrossZone => {
                format!("Cross-zone load balancing of {name} is off: a node does not send to targets of other zones.")
            }
            Balance::KeepsSource => {
                format!("{name} keeps the client's address, and the client is the target: it would answer itself.")
            }
            Balance::NoAddress(place) => {
                format!("{} has no address.", target(self, self.targets_of(id), place, 0))
            }
            Balance::GatewayProtocol => {
                format!(
                    "{name} is a Gateway Load Balancer: it takes GENEVE, which is UDP, not {}.",
                    asked(packet)
                )
            }
            Balance::GatewayPort => {
                format!(
                    "{name} is a Gateway Load Balancer: it takes GENEVE on port 6081, not {}.",
                    asked(packet)
                )
            }
            Balance::NotByEndpoint => {
                format!("{name} takes what its endpoints bring, and nothing that is sent to its own address.")
            }
        }
    }

    #[inline(never)]
    pub(super) fn listener_text(&self, id: ListenerId, says: Listen, packet: &Packet) -> String {
        let row = self.ec2.balancing.listeners.get(&id);
        let balancer = row.map(|row| self.name(row.balancer)).unwrap_or_default();
        let shown = row
            .map(|row| format!("{}:{}", row.protocol, row.port))
            .unwrap_or_default();
        match says {
            Listen::Takes(by) => {
                let priority = self.ec2.balancing.rules.get(&by).and_then(|row| row.priority);
                let which = match priority {
                    Some(priority) => format!("its rule {priority} decides"),
                    None => "its default rule decides".to_owned(),
                };
                format!("The listener {shown} of {balancer} takes the connection; {which}.")
            }
            Listen::Elsewhere => format!("{balancer} listens for {shown}, not for {}.", asked(packet)),
            Listen::NoGroup => {
                format!("The listener {shown} of {balancer} forwards to no target group: all weights are 0.")
            }
            Listen::NoTargets => {
                format!("The target group behind the listener {shown} of {balancer} has no registered target.")
            }
        }
    }

    #[inline(never)]
    pub(super) fn targets_text(&self, id: TargetGroupId, says: Aim) -> String {
        let name = self.name(id);
        let shown = |place| target(self, self.targets_of(id.into()), place, 0);
        match says {
            Aim::Sends(place, false) => format!("{name} has the target {}, which is healthy.", shown(place)),
            Aim::Sends(place, true) => format!(
                "No target of {name} is healthy, so all of them get traffic: {} too.",
                shown(place)
            ),
            Aim::NoAddress(place) => format!("Nobody has the address of the target {} of {name}.", shown(place)),
            Aim::NoPort(place) => format!("{} has no listener at the port of {name}.", shown(place)),
        }
    }
}

/// `Explanation`.
pub(super) fn reason(viewer: &Viewer<'_>, base: Structure, step: &Step) -> Structure {
    let packet = &step.before;
    let of_balancer = |base: Structure, id: ResourceId| {
        let arn = crate::services::elbv2::arn_of(viewer.world, viewer.region, id);
        base.with(field::COMPONENT, viewer.component(id))
            .with_some(field::LOAD_BALANCER_ARN, arn)
    };
    match step.what {
        What::Balancer(id, says) => {
            let base = of_balancer(base, id);
            let classic = |port: u16| Structure::new().with(field::LOAD_BALANCER_PORT, i64::from(port));
            match says {
                Balance::Port(port) => base.with(field::CLASSIC_LOAD_BALANCER_LISTENER, classic(port)),
                Balance::NoListener => base.with(field::PORT, i64::from(packet.destination_port)),
                Balance::GatewayPort => base.with(field::PORT_RANGES, vec![port_range(6_081, 6_081)]),
                Balance::GatewayProtocol => base.with(field::PROTOCOLS, vec!["udp".to_owned()]),
                Balance::KeepsSource => base.with(field::ADDRESS, packet.source_address.to_string()),
                Balance::NotActive => base.with(field::STATE, "provisioning"),
                _ => base,
            }
        }
        What::Listener(id, _) => {
            let row = viewer.ec2.balancing.listeners.get(&id);
            let base = match row {
                Some(row) => of_balancer(base, row.balancer.into()),
                None => base,
            };
            base.with(field::ELASTIC_LOAD_BALANCER_LISTENER, viewer.component(id))
                .with_some(field::LOAD_BALANCER_LISTENER_PORT, row.map(|row| i64::from(row.port)))
        }
        What::Targets(id, says) => {
            let (Aim::Sends(place, _) | Aim::NoAddress(place) | Aim::NoPort(place)) = says;
            let row = viewer.ec2.balancing.groups.get(&id);
            let target = row.and_then(|row| row.targets.get(usize::from(place)));
            base.with(field::COMPONENT, viewer.component(id))
                .with(field::LOAD_BALANCER_TARGET_GROUP, viewer.component(id))
                .with_some(
                    field::LOAD_BALANCER_TARGET_PORT,
                    target.map(|target| i64::from(target.port)),
                )
        }
        _ => base,
    }
}

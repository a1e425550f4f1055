//! Load balancers on a packet's way. One takes the packet where a listener is, and sends a new one to a target: under its node's
//! own address, or under the client's where a Network Load Balancer keeps that.
//! Sources: <https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html>,
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation>
//!
//! Of several targets a packet goes to the first healthy one, of the node's own zone if there is one (AWS: one after the other); if
//! none is healthy, to the first of all. Rules are asked for `GET /` of the load balancer's own name (ours).

use super::addresses::{TCP, UDP, is_private, is_shared};
use super::ends::{self, Question, instance_of};
use super::step::*;
use super::walk::{Landing, Walk};
use super::{Packet, codes, filters, host, private_link, routes};
use crate::base::ids::*;
use crate::services::elbv2::{self, names};
use crate::world::Ec2;
use crate::world::balancing::*;
use crate::world::compute::Instance;
use crate::world::vpc::*;
use std::net::IpAddr;

/// From which port a node opens its connections (ours).
pub(super) const NODE_PORT: u16 = 21_504;
/// Load balancers, one behind the other, before it is called a circle.
const MOST: usize = 4;
/// Where appliances take GENEVE.
pub(super) const GENEVE: u16 = 6_081;

/// Where a target is.
pub(crate) struct Whereabouts {
    /// Its address.
    pub address: IpAddr,
}

/// Whether an address lies in a VPC.
pub(crate) fn holds(vpc: &Vpc, address: IpAddr) -> bool {
    routes::local_block(vpc, address).is_some()
}

/// Whether an address may be a target although it lies outside of the VPC.
pub(crate) fn is_usable(address: IpAddr) -> bool {
    is_private(address) || is_shared(address)
}

/// Where a load balancer is in a zone.
pub(crate) fn place_in<'w>(ec2: &Ec2, places: &'w [BalancerPlace], zone: &str) -> Option<&'w BalancerPlace> {
    places.iter().find(|place| {
        let subnet = ec2.subnets.get(&place.subnet);
        subnet.is_some_and(|subnet| subnet.zone.name() == zone)
    })
}

/// The address of a target. `zone`: which node of a load balancer that is a target.
pub(crate) fn whereabouts(ec2: &Ec2, point: TargetPoint, ipv6: bool, zone: Option<&str>) -> Option<Whereabouts> {
    let of = |interface: &NetworkInterface| match ipv6 {
        true => interface.ipv6.first().map(|address| IpAddr::V6(*address)),
        false => interface.primary().map(|own| IpAddr::V4(own.private)),
    };
    let address = match point {
        TargetPoint::Instance(id) => of(ends::primary(ec2, id)?)?,
        TargetPoint::Ip(address) => address,
        TargetPoint::Alb(id) => {
            let row = ec2.balancing.balancers.get(&id)?;
            let near = zone.and_then(|zone| place_in(ec2, &row.places, zone));
            let place = near.or_else(|| row.places.first())?;
            of(ec2.interfaces.get(&place.interface)?)?
        }
    };
    Some(Whereabouts { address })
}

/// The instance that a target is, or whose address it is.
pub(super) fn instance(ec2: &Ec2, point: TargetPoint) -> Option<&Instance> {
    match point {
        TargetPoint::Instance(id) => ec2.instances.get(&id),
        TargetPoint::Ip(IpAddr::V4(address)) => {
            let mut holders = ec2.vpcs.iter().filter_map(|(vpc, _)| ec2.ipv4_holder(*vpc, address));
            instance_of(ec2, ec2.interface(holders.next()?)?)
        }
        TargetPoint::Ip(address) => instance_of(ec2, ec2.interface(ec2.public_holder(address)?)?),
        TargetPoint::Alb(_) => None,
    }
}

/// The program that takes what comes to a target's port.
pub(crate) fn program(ec2: &Ec2, point: TargetPoint, port: u16) -> Option<&str> {
    let mut listeners = host::listeners(instance(ec2, point)?).iter();
    let found = listeners.find(|listener| (listener.protocol, listener.port) == (TCP, port));
    found.map(|listener| listener.program.as_str())
}

/// Whether an interface is a node of a load balancer.
pub(super) fn is_node(ec2: &Ec2, interface: NetworkInterfaceId) -> bool {
    ec2.balancing.by_interface.contains(&interface)
}

/// The listeners of a load balancer.
pub(crate) fn listeners(ec2: &Ec2, id: LoadBalancerId) -> impl Iterator<Item = &Listener> {
    let key = move |listener| (ResourceId::from(id), ResourceId::from(listener));
    let range = key(ListenerId(0))..=key(ListenerId(u64::MAX));
    let ids = ec2
        .referrers
        .range(range)
        .filter_map(|((_, by), ())| ListenerId::try_from(*by).ok());
    ids.filter_map(|id| ec2.balancing.listeners.get(&id))
}

/// The rules of a listener.
pub(crate) fn rules(ec2: &Ec2, id: ListenerId) -> impl Iterator<Item = &ListenerRule> {
    let key = move |rule| (ResourceId::from(id), ResourceId::from(rule));
    let range = key(ListenerRuleId(0))..=key(ListenerRuleId(u64::MAX));
    let ids = ec2
        .referrers
        .range(range)
        .filter_map(|((_, by), ())| ListenerRuleId::try_from(*by).ok());
    ids.filter_map(|id| ec2.balancing.rules.get(&id))
}

/// The rule of a listener that a request comes under.
pub(crate) fn rule<'w>(ec2: &'w Ec2, listener: &Listener, host: &str, source: IpAddr) -> Option<&'w ListenerRule> {
    let rows = rules(ec2, listener.id);
    let fits = |row: &&ListenerRule| row.priority.is_none() || elbv2::hold(&row.conditions, host, source);
    rows.filter(fits)
        .min_by_key(|row| row.priority.map_or(u32::MAX, u32::from))
}

/// Whether a listener of this protocol takes packets of another.
pub(super) fn takes(protocol: &str, packet: u8) -> bool {
    match packet {
        TCP => !matches!(protocol, "UDP" | ""),
        UDP => matches!(protocol, "UDP" | "TCP_UDP"),
        _ => false,
    }
}

/// What comes of a load balancer.
enum Balanced<'w> {
    /// The packet goes on.
    On(Landing<'w>),
    /// This node answers it.
    Answers(&'w NetworkInterface),
    /// It goes no further.
    Stopped,
}

/// Whereto a load balancer sends a packet.
enum Onwards<'w> {
    To(Landing<'w>),
    /// Nowhere: it answers by itself.
    Answers,
}

/// A target that was chosen.
pub(super) struct Chosen {
    pub place: u16,
    pub address: IpAddr,
    pub port: u16,
    pub failing: bool,
}

/// A target that a walk goes to wherever a load balancer may send there: as if it were that one's turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// The rule that the request comes under; `None`: the one that it does come under.
    pub rule: Option<ListenerRuleId>,
    /// Its target group, or its Classic Load Balancer.
    pub group: ResourceId,
    /// Its place there.
    pub place: u16,
    /// Whether the walk went to it.
    pub taken: bool,
}

/// What to choose a target from.
pub(super) struct Choice<'w> {
    pub id: ResourceId,
    /// The target group, or the Classic Load Balancer.
    pub group: ResourceId,
    pub places: &'w [BalancerPlace],
    pub targets: &'w [Target],
    /// Where targets take traffic that have no port of their own.
    pub port: u16,
    pub ipv6: bool,
    pub cross_zone: bool,
    /// Of version 2.
    pub listener: Option<ListenerId>,
}

/// The listener of a Gateway Load Balancer, and the target group that it passes everything to.
pub(super) fn gateway_group(ec2: &Ec2, id: LoadBalancerId) -> Option<(ListenerId, &TargetGroup)> {
    let listener = listeners(ec2, id).next()?;
    // Its listener has the default rule alone.
    let (group, _) = rules(ec2, listener.id).next()?.action.groups().first()?;
    Some((listener.id, ec2.balancing.groups.get(group)?))
}

impl<'w> Walk<'w> {
    /// Past the load balancers that a packet comes to; `None`: one stops it, or answers by itself.
    pub(super) fn past_balancers(&mut self, landing: Landing<'w>, question: &Question<'w>) -> Option<Landing<'w>> {
        if self.ec2.balancing.by_interface.is_empty() && self.ec2.links.services.is_empty() {
            return Some(landing);
        }
        match self.through_balancers(landing) {
            Balanced::On(landing) => Some(landing),
            Balanced::Answers(node) => {
                self.answer_at(node, question);
                None
            }
            Balanced::Stopped => None,
        }
    }

    /// Through the load balancers that a packet comes to, one behind the other.
    fn through_balancers(&mut self, landing: Landing<'w>) -> Balanced<'w> {
        let mut landing = landing;
        let mut passed = 0;
        while passed < MOST {
            let Landing::Interface(node) = landing else {
                return Balanced::On(landing);
            };
            let Some(id) = self.ec2.balancing.by_interface.get(&node.id) else {
                let Some(endpoint) = private_link::endpoint_at(self.ec2, node) else {
                    return Balanced::On(landing);
                };
                match self.through_endpoint(node, endpoint) {
                    Some(next) if !self.is_decided() => landing = next,
                    _ => return Balanced::Stopped,
                }
                continue;
            };
            passed += 1;
            let next = match *id {
                ResourceId::LoadBalancer(id) => self.through_balancer(node, id),
                ResourceId::ClassicBalancer(id) => self.through_classic(node, id),
                _ => None,
            };
            match next {
                None => return Balanced::Stopped,
                Some(Onwards::Answers) => return Balanced::Answers(node),
                Some(_) if self.is_decided() => return Balanced::Stopped,
                Some(Onwards::To(next)) => landing = next,
            }
        }
        if let Landing::Interface(node) = landing {
            self.deny(What::Circle(node.vpc), Place::Between, codes::STRATUS_ROUTING_LOOP);
        }
        Balanced::Stopped
    }

    /// The groups of a node, where it has any.
    fn node_groups(&mut self, node: &'w NetworkInterface, egress: bool, place: Place) {
        if !node.groups.is_empty() {
            self.groups(node, egress, place, true);
        }
    }

    /// Through one of version 2.
    fn through_balancer(&mut self, node: &'w NetworkInterface, id: LoadBalancerId) -> Option<Onwards<'w>> {
        let ec2 = self.ec2;
        let row = ec2.balancing.balancers.get(&id)?;
        let place = Place::Via(node.id);
        let what = |says| What::Balancer(id.into(), says);
        if row.kind == BalancerKind::Gateway {
            self.knock_at_gateway(what, place);
            return None;
        }
        if row.kind == BalancerKind::Network {
            self.track_all();
        }
        match self.by_endpoint && row.private_link_free {
            // Its groups do not judge what comes by an endpoint, and the answer belongs to that.
            true => self.tracked.push((node.id, self.packet)),
            false => self.node_groups(node, false, place),
        }
        if !row.active {
            self.deny(what(Balance::NotActive), place, codes::BAD_STATE);
        }
        let packet = self.packet;
        let fits = |listener: &&Listener| {
            listener.port == packet.destination_port && takes(&listener.protocol, packet.protocol)
        };
        let Some(listener) = listeners(ec2, id).find(fits) else {
            self.deny(what(Balance::NoListener), place, codes::ELBV2_LISTENERS_MISMATCH);
            for listener in listeners(ec2, id).filter(|_| packet.has_ports()) {
                let what = What::Listener(listener.id, Listen::Elsewhere);
                self.deny(what, place, codes::ELBV2_LISTENER_PORT_RESTRICTION);
            }
            return None;
        };
        let zone = ec2.subnets.get(&node.subnet).map(|subnet| subnet.zone.region);
        let host = zone.and_then(|region| names::of(region, row)).unwrap_or_default();
        let rule = match self.wanted.and_then(|wanted| ec2.balancing.rules.get(&wanted.rule?)) {
            Some(rule)
                if rule.listener == listener.id && elbv2::let_come(&rule.conditions, Some(packet.source_address)) =>
            {
                rule
            }
            _ => rule(ec2, listener, &host, packet.source_address)?,
        };
        self.allow(What::Listener(listener.id, Listen::Takes(rule.id)), place);
        let status = match &rule.action {
            RuleAction::Forward { groups, .. } => {
                let heaviest = groups.iter().filter(|(_, weight)| *weight > 0);
                let wanted = |id: TargetGroupId| self.wanted.is_some_and(|wanted| wanted.group == id.into());
                let heaviest = heaviest.rev().max_by_key(|(id, weight)| (wanted(*id), *weight));
                let Some(group) = heaviest.and_then(|(id, _)| ec2.balancing.groups.get(id)) else {
                    let what = What::Listener(listener.id, Listen::NoGroup);
                    self.deny(what, place, codes::ELBV2_LISTENER_HAS_NO_TG);
                    return None;
                };
                return self.forward(node, row, listener, group).map(Onwards::To);
            }
            RuleAction::Redirect { status, .. } => status.trim_start_matches("HTTP_"),
            RuleAction::Fixed { status, .. } => status.as_str(),
        };
        self.allow(what(Balance::Answers(status.parse().unwrap_or(0))), place);
        Some(Onwards::Answers)
    }

    /// A Gateway Load Balancer takes GENEVE of its endpoints, and nothing that is sent to its interfaces.
    fn knock_at_gateway(&mut self, what: impl Fn(Balance) -> What, place: Place) {
        let (says, code) = match (self.packet.protocol, self.packet.destination_port) {
            (UDP, GENEVE) => (Balance::NotByEndpoint, codes::STRATUS_NOT_LISTENING),
            (UDP, _) => (Balance::GatewayPort, codes::GWLB_DESTINATION_PORT_RESTRICTION),
            _ => (Balance::GatewayProtocol, codes::GWLB_PROTOCOL_RESTRICTION),
        };
        self.deny(what(says), place, code);
    }

    /// To a target of a group.
    fn forward(
        &mut self,
        node: &'w NetworkInterface,
        row: &'w LoadBalancer,
        listener: &Listener,
        group: &'w TargetGroup,
    ) -> Option<Landing<'w>> {
        let choice = Choice {
            id: row.id.into(),
            group: group.id.into(),
            places: &row.places,
            targets: &group.targets,
            port: group.port,
            ipv6: group.ipv6,
            cross_zone: elbv2::is_cross_zone(row, group),
            listener: Some(listener.id),
        };
        let chosen = self.choose(node, &choice, |place| What::Targets(group.id, Aim::NoAddress(place)))?;
        let target = group.targets.get(usize::from(chosen.place))?;
        let what = |says| What::Targets(group.id, says);
        if let TargetPoint::Alb(id) = target.point
            && !listeners(self.ec2, id).any(|listener| listener.port == chosen.port)
        {
            self.deny(
                what(Aim::NoPort(chosen.place)),
                Place::Between,
                codes::TARGET_PORT_RESTRICTION,
            );
            return None;
        }
        let before = self.packet;
        let same_family = before.source_address.is_ipv4() == chosen.address.is_ipv4();
        // By an endpoint, targets see the load balancer, whatever it keeps of others.
        let linked = std::mem::take(&mut self.by_endpoint);
        let kept = row.kind == BalancerKind::Network && same_family && !linked && elbv2::preserves_client(group);
        if kept && before.source_address == chosen.address {
            let what = What::Balancer(row.id.into(), Balance::KeepsSource);
            self.deny(what, Place::Between, codes::ELBV2_SOURCE_ADDRESS_PRESERVATION);
        }
        self.fronted = kept.then_some(node.groups.as_slice());
        let aim = Aim::Sends(chosen.place, chosen.failing);
        self.send_on(node, what(aim), (chosen.address, chosen.port), kept)?;
        self.travel(node, Place::Via(node.id))
    }

    /// A new packet out of a node.
    fn send_on(&mut self, node: &'w NetworkInterface, what: What, to: (IpAddr, u16), kept: bool) -> Option<()> {
        let before = self.packet;
        let mut after = Packet {
            destination_address: to.0,
            destination_port: to.1,
            ..before
        };
        if !kept {
            after.source_port = NODE_PORT;
            after.source_address = match to.0 {
                IpAddr::V4(_) => node.primary()?.private.into(),
                IpAddr::V6(_) => (*node.ipv6.first()?).into(),
            };
        }
        self.translated.push((node.id, before, after));
        self.change(what, Place::Via(node.id), after);
        // Whoever is behind it does not know through what its client came.
        (self.legs, self.by_hub) = (0, false);
        self.node_groups(node, true, Place::Via(node.id));
        // A connection stays with its target.
        let flow = (node.id, after);
        if !self.tracked.contains(&flow) {
            self.tracked.push(flow);
        }
        Some(())
    }

    /// The target that a node sends to. What stands in the way of all is said, and the choice goes on as if it did not.
    pub(super) fn choose(
        &mut self,
        node: &NetworkInterface,
        choice: &Choice<'w>,
        no_address: impl Fn(u16) -> What,
    ) -> Option<Chosen> {
        let ec2 = self.ec2;
        let place = Place::Via(node.id);
        let zone = ec2.subnets.get(&node.subnet).map(|subnet| subnet.zone.name());
        let what = |says| What::Balancer(choice.id, says);
        let live: Vec<(u16, &Target)> = (0u16..)
            .zip(choice.targets)
            .filter(|(_, target)| target.state != TargetState::Draining || self.keeps(node, choice, target))
            .collect();
        if live.is_empty() {
            match choice.listener {
                Some(id) => {
                    let what = What::Listener(id, Listen::NoTargets);
                    self.deny(what, place, codes::ELBV2_LISTENER_REQUIRES_TG_ACCEPT);
                }
                None => self.deny(what(Balance::NoInstances), place, codes::STRATUS_NO_INSTANCES),
            }
            return None;
        }
        let enabled = |target: &Target| {
            let zone = target.zone.as_deref();
            zone.is_none_or(|zone| place_in(ec2, choice.places, zone).is_some())
        };
        let mut fit: Vec<(u16, &Target)> = live.iter().filter(|(_, target)| enabled(target)).copied().collect();
        if fit.is_empty() {
            self.deny(what(Balance::ZoneOff), place, codes::ELB_INSTALLED_AZ_RESTRICTION);
            fit = live;
        }
        let near = |target: &Target| target.zone.is_none() || target.zone == zone;
        if !choice.cross_zone {
            let here: Vec<(u16, &Target)> = fit.iter().filter(|(_, target)| near(target)).copied().collect();
            if here.is_empty() {
                if choice.listener.is_some() {
                    self.deny(what(Balance::NoneHere), place, codes::ELBV2_NO_TARGETS_IN_AZ);
                }
                self.deny(what(Balance::NotCrossZone), place, codes::ELB_NOT_CROSSZONE);
            } else {
                fit = here;
            }
        }
        let rank = |target: &Target| {
            let healthy = target.state == TargetState::Healthy;
            (!self.keeps(node, choice, target), !healthy)
        };
        let wanted = self.wanted.filter(|wanted| wanted.group == choice.group);
        let other = |number: u16| wanted.is_none_or(|wanted| wanted.place != number);
        let first = |(number, target): &(u16, &Target)| (rank(target), other(*number), !near(target), *number);
        let (number, target) = fit.into_iter().min_by_key(first)?;
        if let (Some(wanted), false) = (&mut self.wanted, other(number)) {
            wanted.taken = true;
        }
        let found = whereabouts(ec2, target.point, choice.ipv6, zone.as_deref());
        let vpc = ec2.vpcs.get(&node.vpc)?;
        let nobody = |address: IpAddr| holds(vpc, address) && filters::holder(ec2, vpc.id, address).is_none();
        let Some(address) = found.map(|found| found.address).filter(|address| !nobody(*address)) else {
            self.deny(no_address(number), place, codes::TARGET_ADDRESS_RESTRICTION);
            return None;
        };
        Some(Chosen {
            place: number,
            address,
            port: if target.port == 0 { choice.port } else { target.port },
            failing: target.state != TargetState::Healthy,
        })
    }

    /// Whether a connection that is there already goes to this target.
    fn keeps(&self, node: &NetworkInterface, choice: &Choice<'_>, target: &Target) -> bool {
        if self.kept.is_empty() {
            return false;
        }
        let found = whereabouts(self.ec2, target.point, choice.ipv6, None);
        let port = if target.port == 0 { choice.port } else { target.port };
        self.kept.iter().any(|(id, packet)| {
            *id == node.id
                && packet.destination_port == port
                && found
                    .as_ref()
                    .is_some_and(|found| found.address == packet.destination_address)
        })
    }

    /// Through a Classic Load Balancer.
    fn through_classic(&mut self, node: &'w NetworkInterface, id: ClassicBalancerId) -> Option<Onwards<'w>> {
        let row = self.ec2.balancing.classic.get(&id)?;
        let place = Place::Via(node.id);
        let what = |says| What::Balancer(id.into(), says);
        self.node_groups(node, false, place);
        let packet = self.packet;
        let fits = |own: &&ClassicListener| packet.protocol == TCP && own.port == packet.destination_port;
        let Some(listener) = row.listeners.iter().find(fits) else {
            self.deny(what(Balance::NoListener), place, codes::ELB_LISTENERS_MISMATCH);
            for own in &row.listeners {
                self.deny(
                    what(Balance::Port(own.port)),
                    place,
                    codes::ELB_LISTENER_PORT_RESTRICTION,
                );
            }
            return None;
        };
        self.allow(what(Balance::Takes(listener.port)), place);
        let choice = Choice {
            id: id.into(),
            group: id.into(),
            places: &row.places,
            targets: &row.targets,
            port: listener.instance_port,
            ipv6: false,
            cross_zone: row.cross_zone,
            listener: None,
        };
        let chosen = self.choose(node, &choice, |place| {
            What::Balancer(id.into(), Balance::NoAddress(place))
        })?;
        let sends = Balance::Sends(chosen.place, chosen.failing);
        self.send_on(node, what(sends), (chosen.address, chosen.port), false)?;
        self.acl_within(node);
        self.travel(node, place).map(Onwards::To)
    }

    /// A Classic Load Balancer's subnet judges what leaves a node even for the same subnet.
    fn acl_within(&mut self, node: &NetworkInterface) {
        let ec2 = self.ec2;
        let Some(subnet) = ec2.subnets.get(&node.subnet) else {
            return;
        };
        let inside = matches!(self.packet.destination_address, IpAddr::V4(address) if subnet.cidr.contains(&address));
        let Some(acl) = ec2.network_acls.get(&subnet.acl.1).filter(|_| inside) else {
            return;
        };
        let verdict = filters::acl(acl, true, &self.packet);
        let what = What::Acl(acl.id, subnet.id, true, verdict.map(|(entry, _)| entry));
        match verdict {
            Some((_, true)) => self.allow(what, Place::Via(node.id)),
            _ => self.deny(what, Place::Via(node.id), codes::ELB_ACL_RESTRICTION),
        }
    }

    /// A node itself asks: a health check.
    pub(super) fn set_out_from_node(&mut self, node: &'w NetworkInterface) -> Option<Landing<'w>> {
        if let Some(id) = self.ec2.balancing.by_interface.get(&node.id) {
            self.hand(What::Balancer(*id, Balance::Checks), Place::Via(node.id));
        }
        self.node_groups(node, true, Place::Source);
        self.travel(node, Place::Source)
    }

    /// A node gets the answer that it waited for.
    pub(super) fn answered_at_node(&mut self, node: &'w NetworkInterface) {
        self.node_groups(node, false, Place::Source);
        if let Some(id) = self.ec2.balancing.by_interface.get(&node.id) {
            self.hand(What::Balancer(*id, Balance::Hears), Place::Via(node.id));
        }
    }

    /// A load balancer answers by itself.
    fn answer_at(&mut self, node: &'w NetworkInterface, question: &Question<'w>) {
        let Some(answer) = self.packet.answer() else { return };
        self.turn(answer);
        let landing = self.leave_node(node);
        self.come_back(landing, question, question.packet.answer());
    }

    /// The answer of a node that answers by itself.
    fn leave_node(&mut self, node: &'w NetworkInterface) -> Option<Landing<'w>> {
        self.node_groups(node, true, Place::Via(node.id));
        self.onwards(node, Place::Via(node.id))
    }

    /// An answer that a node waits for, on its way to the client.
    pub(super) fn back_through(&mut self, node: &'w NetworkInterface, answer: Packet) -> Option<Landing<'w>> {
        let place = Place::Via(node.id);
        let id = *self.ec2.balancing.by_interface.get(&node.id)?;
        self.node_groups(node, false, place);
        self.change(What::Balancer(id, Balance::Returns), place, answer);
        self.node_groups(node, true, place);
        self.door_back().or_else(|| self.onwards(node, place))
    }
}

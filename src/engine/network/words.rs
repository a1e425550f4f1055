//! Reads a walk aloud: every step as one plain sentence with the names that the learner gave, the rule that decided and
//! the rules that were looked at. Decides nothing: what is not in the walk is not said.

use super::classic;
use super::guest_ways;
use super::hop::{Hop, Scene};
use super::rules;
use super::step::*;
use super::{Component, Considered, Disposition, Explanation, Layer, Packet, Rule, Trace};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::classic::NO_VPC;
use crate::world::compute::Instance;
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use std::borrow::Cow;
use std::rc::Rc;

/// The whole of it.
pub(super) fn tell(world: &World, region: Region, judgement: &Judgement) -> Trace {
    let disposition = judgement.disposition();
    let scene = Rc::new(Scene {
        world: world.clone(),
        region,
    });
    let hops = |steps: &[Step]| steps.iter().map(|step| Hop::new(&scene, *step)).collect();
    Trace {
        reachable: disposition == Disposition::Delivered,
        disposition,
        forward: hops(&judgement.forward),
        back: hops(&judgement.back),
        explanations: judgement
            .blockers
            .iter()
            .map(|blocker| Teller::of(world, blocker.step.region.unwrap_or(region)).explanation(blocker))
            .collect(),
        whole: judgement.whole,
        fixes: Vec::new(),
    }
}

/// The layer that speaks.
pub(super) fn layer(what: &What) -> Layer {
    match what {
        What::Guest(..) => Layer::CustomerInstance,
        What::Hypervisor(_) | What::Metadata(..) | What::Overheard(..) => Layer::Hypervisor,
        What::Interface(..) | What::Unanswerable(Unanswerable::Unattached(_)) => Layer::VirtualInterface,
        What::Groups(..) => Layer::SecurityGroup,
        What::HostFirewall(..) | What::Acl(..) => Layer::Firewall,
        What::Wire(..) => Layer::PhysicalInterface,
        _ => Layer::Network,
    }
}

/// One who knows the names of things.
pub(super) struct Teller<'w> {
    /// All Regions.
    pub world: &'w World,
    pub region: Region,
    /// The Region's rows; an empty one for a Region that has not been used.
    pub ec2: Cow<'w, Ec2>,
}

impl<'w> Teller<'w> {
    pub fn of(world: &'w World, region: Region) -> Teller<'w> {
        let ec2 = world
            .ec2(region)
            .map_or_else(|| Cow::Owned(Ec2::default()), Cow::Borrowed);
        Teller { world, region, ec2 }
    }

    pub fn explanation(&self, blocker: &Blocker) -> Explanation {
        Explanation {
            code: blocker.code,
            component: self.component(&blocker.step),
            direction: if blocker.back { "return" } else { "forward" },
            detail: self.text(&blocker.step),
        }
    }

    // Names.

    /// The `Name` tag, or the id.
    pub fn name(&self, id: impl Into<ResourceId>) -> String {
        self.world.label(self.region, id.into())
    }

    /// The Region that a thing is in.
    pub fn region_of(&self, id: ResourceId) -> Option<Region> {
        self.world.region_of(id)
    }

    /// [`Teller::name`] of a thing in another Region.
    pub fn name_in(&self, region: Region, id: ResourceId) -> String {
        self.world.label(region, id)
    }

    /// A group's name, or its id if it is gone.
    pub fn group_name(&self, id: SecurityGroupId) -> String {
        self.ec2
            .security_groups
            .get(&id)
            .map_or_else(|| id.to_string(), |group| group.name.clone())
    }

    /// Whether an interface is in a Wavelength Zone.
    pub fn is_edge(&self, id: NetworkInterfaceId) -> bool {
        let row = self.ec2.interfaces.get(&id);
        row.is_some_and(|row| row.zone.is_wavelength())
    }

    /// The instance behind an interface by its name, or the interface.
    pub fn behind(&self, id: NetworkInterfaceId) -> String {
        let attachment = self
            .ec2
            .interface(id)
            .and_then(|interface| interface.attachment.as_ref());
        let nat = || self.ec2.gateways.nat_by_interface.get(&id);
        match attachment {
            Some(attachment) => self.name(attachment.instance),
            None => nat().map_or_else(|| self.name(id), |nat| self.name(*nat)),
        }
    }

    /// The instance that an interface is, in EC2-Classic: there interfaces have no ids.
    fn seated(&self, id: NetworkInterfaceId) -> Option<InstanceId> {
        let classic = self.ec2.interface(id).is_some_and(NetworkInterface::is_classic);
        classic.then_some(InstanceId(id.0))
    }

    pub fn subnet_name(&self, id: SubnetId) -> String {
        let block = self.ec2.subnets.get(&id).map(|subnet| subnet.cidr.to_string());
        format!("{} ({})", self.name(id), block.unwrap_or_default())
    }

    pub fn instance(&self, id: InstanceId) -> Option<&Instance> {
        self.ec2.instances.get(&id)
    }

    /// The groups that rule a packet at an interface.
    pub fn groups_of(&self, id: NetworkInterfaceId, egress: bool, packet: &Packet) -> &[SecurityGroupId] {
        let interface = self.ec2.interface(id);
        let rulers = interface.map(|interface| classic::rulers(&self.ec2, interface, packet, egress));
        rulers.map(|rulers| rulers.groups).unwrap_or_default()
    }

    // What spoke.

    pub fn component(&self, step: &Step) -> Component {
        fn of(id: impl Into<ResourceId>) -> Component {
            let id = id.into();
            Component {
                kind: id.kind().type_name(),
                id: id.to_string(),
            }
        }
        match step.what {
            What::Guest(id, _) | What::Metadata(id, _) | What::Misfit(id, _) => of(id),
            What::Hypervisor(id)
            | What::HostFirewall(id, _)
            | What::Wire(id, _)
            | What::Overheard(id, _)
            | What::OutOfEarshot(id) => match self.instance(id).and_then(|instance| instance.host) {
                Some(host) => of(host),
                None => of(id),
            },
            What::Interface(id, _) => self.seated(id).map_or_else(|| of(id), of),
            What::Groups(id, egress, groups) => {
                let all = self.groups_of(id, egress, &step.before);
                let place = if let Groups::Rule { group, .. } = groups {
                    usize::from(group)
                } else {
                    0
                };
                let nobody = || self.seated(id).map_or_else(|| of(id), of);
                all.get(place).map_or_else(nobody, |group| of(*group))
            }
            What::SameSubnet(id) => of(id),
            What::Route(id, _) | What::Spare(id, ..) => of(id),
            What::Classic(_) | What::Service(NO_VPC, ..) => classic::component(),
            What::ClassicLink(id, ..) => of(id),
            What::LocalDelivery(id) | What::Service(id, ..) | What::Disconnected(id, _) | What::Circle(id) => of(id),
            What::Acl(id, ..) => of(id),
            What::Peering(id, ..) => of(id),
            What::Endpoint(id, _) => of(id),
            What::Transit(id, says) => of(self.transit_component(id, says)),
            What::Gateway(vpc, door, ..) => of(door.id().unwrap_or(vpc.into())),
            What::Nat(id, _) => of(id),
            What::EgressOnly(id, _) => of(id),
            What::Vpn(id, _) => of(id),
            What::Apart(_, id) => of(id),
            What::Balancer(id, _) => of(id),
            What::Listener(id, _) => of(id),
            What::Targets(id, _) => of(id),
            What::Nobody(vpc, None) => of(vpc),
            What::Nobody(_, Some(subnet)) => of(subnet),
            What::Unanswerable(why) => match why {
                Unanswerable::NoInstance(id) | Unanswerable::Gone(id) | Unanswerable::NoSeat(id) => of(id),
                Unanswerable::NoInterface(id)
                | Unanswerable::Unattached(id)
                | Unanswerable::Family(id)
                | Unanswerable::OfEndpoint(id) => of(id),
                Unanswerable::NobodyInside(id, _) => of(id),
                // It is an interface that is missing, and the address is all that is known of it.
                Unanswerable::NoAddress(address)
                | Unanswerable::Outside(address)
                | Unanswerable::Elsewhere(address, _) => Component {
                    kind: Kind::NetworkInterface.type_name(),
                    id: address.to_string(),
                },
            },
        }
    }

    // Why.

    pub fn decision(&self, step: &Step) -> (Option<Rule>, Vec<Considered>) {
        let packet = &step.before;
        match step.what {
            What::Groups(id, egress, groups) => self.group_decision(id, egress, groups, packet),
            What::Acl(id, _, egress, decided) => match self.ec2.network_acls.get(&id) {
                Some(acl) => {
                    let entry = decided.and_then(|place| acl.entries.get(usize::from(place)));
                    (
                        Some(rules::acl_entry(entry, egress)),
                        rules::acl(acl, egress, packet, decided),
                    )
                }
                None => (None, Vec::new()),
            },
            What::Route(id, routed) => match self.ec2.route_tables.get(&id) {
                Some(table) => self.routing(table, routed, packet),
                None => (None, Vec::new()),
            },
            What::LocalDelivery(id) => {
                let vpc = self.ec2.vpcs.get(&id);
                let block = vpc.and_then(|vpc| super::routes::local_block(vpc, packet.destination_address));
                (block.map(rules::local), Vec::new())
            }
            What::Guest(id, does @ (Guest::Takes(_) | Guest::Drops(_) | Guest::NotListening)) => {
                match self.instance(id) {
                    Some(instance) => self.guest_decision(instance, does, packet),
                    None => (None, Vec::new()),
                }
            }
            What::Guest(id, does @ (Guest::Sends | Guest::Holds(_))) => match self.instance(id) {
                Some(instance) if !instance.guest.firewall_out.is_empty() => (
                    self.guest_way_rule(id, does),
                    guest_ways::guest_egress(instance, packet),
                ),
                _ => (None, Vec::new()),
            },
            What::Guest(id, does @ (Guest::Chooses(..) | Guest::Discards(_))) => {
                (self.guest_way_rule(id, does), Vec::new())
            }
            What::Interface(id, _) if self.seated(id).is_some() => (None, Vec::new()),
            What::Interface(_, check) => {
                let state = if check == Check::Off { "off" } else { "on" };
                (Some(rule("source/destination check", state)), Vec::new())
            }
            What::Nat(_, says) => (remembered(says, step), Vec::new()),
            What::Balancer(..) | What::Listener(..) | What::Targets(..) => {
                (self.balancing_rule(&step.what), Vec::new())
            }
            What::Gateway(_, _, _, Gateway::Translates) => {
                let (private, public) = match step.before.source_address == step.after.source_address {
                    true => (step.after.destination_address, step.before.destination_address),
                    false => (step.before.source_address, step.after.source_address),
                };
                (
                    Some(Rule {
                        id: public.to_string(),
                        text: format!("{public} ⇄ {private}, one to one"),
                    }),
                    Vec::new(),
                )
            }
            _ => (None, Vec::new()),
        }
    }

    fn group_decision(
        &self,
        id: NetworkInterfaceId,
        egress: bool,
        groups: Groups,
        packet: &Packet,
    ) -> (Option<Rule>, Vec<Considered>) {
        match (groups, self.ec2.interface(id)) {
            (Groups::Tracked, _) => (
                Some(rule("tracked", "the answer of a connection that was let pass")),
                Vec::new(),
            ),
            (Groups::Unfiltered | Groups::Free, _) | (_, None) => (None, Vec::new()),
            (_, Some(interface)) => {
                let decided = match groups {
                    Groups::Rule { group, rule, .. } => self
                        .groups_of(id, egress, packet)
                        .get(usize::from(group))
                        .and_then(|group| self.ec2.security_groups.get(group))
                        .and_then(|group| group.rules.get(usize::from(rule)))
                        .map(rules::group_rule),
                    _ => None,
                };
                (decided, rules::groups(&self.ec2, interface, egress, packet, groups))
            }
        }
    }

    fn routing(&self, table: &RouteTable, routed: Routed, packet: &Packet) -> (Option<Rule>, Vec<Considered>) {
        let decided = match routed {
            Routed::Local(block) => Some(rules::local(block)),
            Routed::Route(number) | Routed::BlackHole(number) | Routed::NoPublicAddress(number) => {
                table.routes.get(usize::from(number)).map(rules::route)
            }
            Routed::Propagated(gateway, bits) => {
                let block = super::routes::block_of(packet.destination_address, bits);
                Some(rules::propagated(block, gateway))
            }
            Routed::Nothing => None,
        };
        let considered = match self.ec2.vpcs.get(&table.vpc) {
            Some(vpc) => rules::routes(&self.ec2, vpc, table, packet, routed),
            None => Vec::new(),
        };
        (decided, considered)
    }

    fn guest_decision(&self, instance: &Instance, does: Guest, packet: &Packet) -> (Option<Rule>, Vec<Considered>) {
        let wanted = (packet.protocol, packet.destination_port);
        let listener = instance
            .guest
            .listeners
            .iter()
            .find(|listener| (listener.protocol, listener.port) == wanted);
        let decided = match does {
            Guest::Drops(place) => {
                let rule = instance.guest.firewall.get(usize::from(place));
                rule.map(|rule| rules::guest_rule(place, rule, false))
            }
            Guest::Takes(_) => listener.map(|found| rules::listener(&found.program, found.protocol, found.port)),
            _ => None,
        };
        (decided, rules::guest(instance, packet, does))
    }
}

/// What spoke at these steps, by name, each once, in their order.
pub(super) fn component_names(teller: &Teller<'_>, hops: &[&Hop]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for hop in hops {
        let id = &hop.component().id;
        let name = ResourceId::parse(id).map_or_else(|| id.clone(), |known| teller.name(known));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What a NAT gateway remembers of a connection: who asked, and as whom it asks.
fn remembered(says: Nat, step: &Step) -> Option<Rule> {
    let (before, after) = (&step.before, &step.after);
    let (inside, outside) = match says {
        Nat::Translates => (before.source_text(), after.source_text()),
        // An answer goes to who asked.
        Nat::Returns => (after.destination_text(), before.destination_text()),
        _ => return None,
    };
    Some(rule(&outside, &format!("{inside} ⇄ {outside}")))
}

pub(super) fn rule(id: &str, text: &str) -> Rule {
    Rule {
        id: id.into(),
        text: text.into(),
    }
}

//! Reads a walk aloud: every step as one plain sentence with the names that the learner gave, the rule that decided and
//! the rules that were looked at. Decides nothing: what is not in the walk is not said.

use super::addresses::Service;
use super::rules::{self, socket};
use super::sources;
use super::step::*;
use super::{Component, Considered, Disposition, Explanation, Hop, Layer, Packet, Rule, Trace, Verdict, protocol_text};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::catalog::instance_types::Hypervisor;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use std::net::IpAddr;

/// The whole of it.
pub(super) fn tell(world: &World, region: Region, judgement: &Judgement) -> Trace {
    let unused = Ec2::default();
    let teller = Teller {
        world,
        region,
        ec2: world.ec2(region).unwrap_or(&unused),
    };
    let disposition = judgement.disposition();
    Trace {
        reachable: disposition == Disposition::Delivered,
        disposition,
        forward: judgement.forward.iter().map(|step| teller.hop(step)).collect(),
        back: judgement.back.iter().map(|step| teller.hop(step)).collect(),
        explanations: judgement
            .blockers
            .iter()
            .map(|blocker| teller.explanation(blocker))
            .collect(),
        fixes: Vec::new(),
    }
}

/// The layer that speaks.
pub(super) fn layer(what: &What) -> Layer {
    match what {
        What::Guest(..) => Layer::CustomerInstance,
        What::Hypervisor(_) | What::Metadata(..) => Layer::Hypervisor,
        What::Interface(..) | What::Unanswerable(Unanswerable::Unattached(_)) => Layer::VirtualInterface,
        What::Groups(..) => Layer::SecurityGroup,
        What::HostFirewall(..) | What::Acl(..) => Layer::Firewall,
        What::Wire(..) => Layer::PhysicalInterface,
        _ => Layer::Network,
    }
}

/// One who knows the names of things.
pub(super) struct Teller<'w> {
    pub world: &'w World,
    pub region: Region,
    pub ec2: &'w Ec2,
}

impl Teller<'_> {
    fn hop(&self, step: &Step) -> Hop {
        let (rule, considered) = self.decision(step);
        Hop {
            layer: layer(&step.what),
            at_source: step.place == Place::Source && layer(&step.what) != Layer::Network,
            via: match step.place {
                Place::Via(interface) => Some(interface),
                _ => None,
            },
            component: self.component(step),
            verdict: step.verdict,
            rule,
            considered,
            before: step.before,
            after: step.after,
            text: self.text(step),
            source: sources::of(&step.what),
        }
    }

    fn explanation(&self, blocker: &Blocker) -> Explanation {
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

    /// A group's name, or its id if it is gone.
    pub fn group_name(&self, id: SecurityGroupId) -> String {
        self.ec2
            .security_groups
            .get(&id)
            .map_or_else(|| id.to_string(), |group| group.name.clone())
    }

    /// The instance behind an interface by its name, or the interface.
    pub fn behind(&self, id: NetworkInterfaceId) -> String {
        let attachment = self
            .ec2
            .interfaces
            .get(&id)
            .and_then(|interface| interface.attachment.as_ref());
        attachment.map_or_else(|| self.name(id), |attachment| self.name(attachment.instance))
    }

    pub fn subnet_name(&self, id: SubnetId) -> String {
        let block = self.ec2.subnets.get(&id).map(|subnet| subnet.cidr.to_string());
        format!("{} ({})", self.name(id), block.unwrap_or_default())
    }

    fn instance(&self, id: InstanceId) -> Option<&Instance> {
        self.ec2.instances.get(&id)
    }

    fn groups_of(&self, id: NetworkInterfaceId) -> &[SecurityGroupId] {
        self.ec2
            .interfaces
            .get(&id)
            .map(|interface| interface.groups.as_slice())
            .unwrap_or_default()
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
            What::Hypervisor(id) | What::HostFirewall(id, _) | What::Wire(id, _) => {
                match self.instance(id).and_then(|instance| instance.host) {
                    Some(host) => of(host),
                    None => of(id),
                }
            }
            What::Interface(id, _) => of(id),
            What::Groups(id, _, groups) => {
                let all = self.groups_of(id);
                let place = if let Groups::Rule { group, .. } = groups {
                    usize::from(group)
                } else {
                    0
                };
                all.get(place).map_or_else(|| of(id), |group| of(*group))
            }
            What::SameSubnet(id) => of(id),
            What::Route(id, _) => of(id),
            What::LocalDelivery(id) | What::Service(id, ..) | What::Disconnected(id, _) | What::Circle(id) => of(id),
            What::Acl(id, ..) => of(id),
            What::Gateway(_, Some(id), ..) => of(id),
            What::Gateway(vpc, None, ..) => of(vpc),
            What::Nobody(vpc, None) => of(vpc),
            What::Nobody(_, Some(subnet)) => of(subnet),
            What::Unanswerable(why) => match why {
                Unanswerable::NoInstance(id) | Unanswerable::Gone(id) => of(id),
                Unanswerable::NoInterface(id) | Unanswerable::Unattached(id) | Unanswerable::Family(id) => of(id),
                Unanswerable::NoAddress(address) | Unanswerable::Outside(address) => Component {
                    kind: "Address",
                    id: address.to_string(),
                },
            },
        }
    }

    // Why.

    fn decision(&self, step: &Step) -> (Option<Rule>, Vec<Considered>) {
        let packet = &step.before;
        match step.what {
            What::Groups(id, egress, groups) => match (groups, self.ec2.interfaces.get(&id)) {
                (Groups::Tracked, _) => (
                    Some(rule("tracked", "the answer of a connection that was let pass")),
                    Vec::new(),
                ),
                (Groups::Unfiltered, _) | (_, None) => (None, Vec::new()),
                (_, Some(interface)) => {
                    let decided = match groups {
                        Groups::Rule { group, rule, .. } => interface
                            .groups
                            .get(usize::from(group))
                            .and_then(|group| self.ec2.security_groups.get(group))
                            .and_then(|group| group.rules.get(usize::from(rule)))
                            .map(rules::group_rule),
                        _ => None,
                    };
                    (decided, rules::groups(self.ec2, interface, egress, packet, groups))
                }
            },
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
            What::Interface(_, check) => {
                let state = if check == Check::Off { "off" } else { "on" };
                (Some(rule("source/destination check", state)), Vec::new())
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

    fn routing(&self, table: &RouteTable, routed: Routed, packet: &Packet) -> (Option<Rule>, Vec<Considered>) {
        let decided = match routed {
            Routed::Local(block) => Some(rules::local(block)),
            Routed::Route(number) | Routed::BlackHole(number) | Routed::NoPublicAddress(number) => {
                table.routes.get(usize::from(number)).map(rules::route)
            }
            Routed::Nothing => None,
        };
        let considered = match self.ec2.vpcs.get(&table.vpc) {
            Some(vpc) => rules::routes(self.ec2, vpc, table, packet, routed),
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
                rule.map(|rule| rules::guest_rule(place, rule))
            }
            Guest::Takes(_) => listener.map(|found| rules::listener(&found.program, found.protocol, found.port)),
            _ => None,
        };
        (decided, rules::guest(instance, packet, does))
    }

    // In words.

    /// One sentence.
    pub fn text(&self, step: &Step) -> String {
        let packet = &step.before;
        match step.what {
            What::Guest(id, does) => self.guest_text(id, does, packet),
            What::Hypervisor(id) => {
                let kind = self.instance(id).map(|instance| instance.instance_type.hypervisor());
                let kind = if kind == Some(Hypervisor::Xen) { "Xen" } else { "Nitro" };
                format!(
                    "{kind} keeps {} apart from the other guests of this host.",
                    self.name(id)
                )
            }
            What::Metadata(id, says) => self.metadata_text(id, says, packet),
            What::Interface(id, check) => self.check_text(id, check, step),
            What::Groups(id, egress, groups) => self.groups_text(id, egress, groups, packet),
            What::HostFirewall(_, genuine) => match genuine {
                Genuine::Own => format!(
                    "{} is the sender's own address: nothing is forged.",
                    packet.source_address
                ),
                Genuine::Excused => format!(
                    "{} is not the sender's own address, which is allowed while its source/destination check is off.",
                    packet.source_address
                ),
                Genuine::Impossible => format!("No machine can send from {}.", packet.source_address),
                Genuine::ForGuest => "The packet is for a guest of this host.".into(),
            },
            What::Wire(id, failed) => self.wire_text(id, failed),
            What::SameSubnet(id) => format!(
                "Both ends lie in {}: within a subnet no route table decides and no network ACL looks.",
                self.subnet_name(id)
            ),
            What::Route(id, routed) => self.route_text(id, routed, packet),
            What::LocalDelivery(id) => format!(
                "The gateway has no route table of its own, so {} delivers {} itself.",
                self.name(id),
                packet.destination_address
            ),
            What::Acl(id, subnet, egress, entry) => self.acl_text(id, subnet, egress, entry, step),
            What::Gateway(vpc, gateway, egress, says) => self.gateway_text(vpc, gateway, egress, says, step),
            What::Nobody(vpc, subnet) => {
                let place = subnet.map_or_else(|| self.name(vpc), |subnet| self.subnet_name(subnet));
                format!("Nobody in {place} has the address {}.", packet.destination_address)
            }
            What::Service(vpc, service, answers) => self.service_text(vpc, service, answers, packet),
            What::Disconnected(_, other) => format!(
                "{} lies in another VPC and has no public address: nothing connects the two VPCs.",
                self.behind(other)
            ),
            What::Misfit(_, expected) => format!(
                "The answer comes from {}, but {expected} was asked: whoever asked throws it away.",
                packet.source_address
            ),
            What::Circle(vpc) => format!(
                "Routes of {} send the packet in a circle until it expires.",
                self.name(vpc)
            ),
            What::Unanswerable(why) => self.unanswerable_text(why),
        }
    }

    fn unanswerable_text(&self, why: Unanswerable) -> String {
        match why {
            Unanswerable::NoInstance(id) => format!("There is no instance {id} in {}.", self.region.name()),
            Unanswerable::NoInterface(id) => format!("There is no interface {id} in {}.", self.region.name()),
            Unanswerable::NoAddress(address) => {
                format!("No interface has the address {address}, so nothing sends from it.")
            }
            Unanswerable::Gone(id) => format!("{} is terminated: it has no interface any more.", self.name(id)),
            Unanswerable::Unattached(id) => {
                format!("{} is not attached to an instance: nobody is behind it.", self.name(id))
            }
            Unanswerable::Outside(address) => {
                format!("Neither end is yours: {address} and whoever asks meet without passing your network.")
            }
            Unanswerable::Family(id) => {
                format!(
                    "{} has no address of the kind (IPv4, IPv6) that the other end has.",
                    self.behind(id)
                )
            }
        }
    }

    fn guest_text(&self, id: InstanceId, does: Guest, packet: &Packet) -> String {
        let name = self.name(id);
        match does {
            Guest::Sends => format!("{name} sends {}.", flow(packet)),
            Guest::Loops => format!("{name} sends to itself: the packet never leaves the guest."),
            Guest::Takes(_) if packet.is_icmp() => format!("{name} takes {}.", wanted(packet)),
            Guest::Takes(_) => format!("{name} listens on {} and takes the packet.", wanted(packet)),
            Guest::Answers => format!("{name} answers with {}.", flow(packet)),
            Guest::Answered => format!("{name} has its answer."),
            Guest::Forwards => format!("{name} passes the packet on unchanged."),
            Guest::Translates => format!("{name} passes the packet on under another address, as a NAT instance does."),
            Guest::Drops(place) => {
                format!(
                    "Rule {} of {name}'s own firewall drops {} without an answer.",
                    place + 1,
                    wanted(packet)
                )
            }
            Guest::NotListening if packet.protocol == 17 => {
                format!(
                    "Nothing on {name} listens on {}: it answers that the port is unreachable.",
                    wanted(packet)
                )
            }
            Guest::NotListening if packet.has_ports() => {
                format!(
                    "Nothing on {name} listens on {}: it answers with a reset.",
                    wanted(packet)
                )
            }
            Guest::NotListening => format!("{name} takes nothing of protocol {}.", wanted(packet)),
            Guest::State(InstanceState::Pending) => format!("{name} is pending: its guest has not started yet."),
            Guest::State(InstanceState::Stopped) => format!("{name} is stopped: it is on no host."),
            Guest::State(state) => format!("{name} is {}.", state.name()),
            Guest::Boots => format!("{name} is booting: its guest does not answer yet."),
            Guest::Impaired => format!("{name} runs but does not answer: its instance status check fails."),
        }
    }

    fn metadata_text(&self, id: InstanceId, says: Metadata, packet: &Packet) -> String {
        let name = self.name(id);
        match says {
            Metadata::Answers => {
                let tokens = self
                    .instance(id)
                    .is_some_and(|instance| instance.metadata.tokens_required);
                let how = if tokens {
                    "asks for a session token (IMDSv2)"
                } else {
                    "answers with or without a token"
                };
                format!("The instance metadata service, on the host itself, {how}; no security group filters it.")
            }
            Metadata::Disabled => format!("The metadata options of {name} turn the instance metadata service off."),
            Metadata::NotListening => format!(
                "The instance metadata service answers TCP 80 only, not {}.",
                wanted(packet)
            ),
        }
    }

    fn check_text(&self, id: NetworkInterfaceId, check: Check, step: &Step) -> String {
        let name = self.behind(id);
        let interface = self.ec2.interfaces.get(&id);
        let own = |address: IpAddr| match address {
            IpAddr::V4(address) => interface.is_some_and(|i| i.addresses.iter().any(|own| own.private == address)),
            IpAddr::V6(address) => interface.is_some_and(|i| i.ipv6.contains(&address)),
        };
        let Packet {
            source_address: source,
            destination_address: destination,
            ..
        } = step.before;
        match check {
            Check::Own if own(source) => format!("{source} is an address of {name}'s interface."),
            Check::Own => format!("{destination} is an address of {name}'s interface."),
            Check::Off => {
                format!("Neither {source} nor {destination} is {name}'s, and its source/destination check is off.")
            }
            Check::Foreign => format!(
                "Neither {source} nor {destination} is {name}'s: its interface drops the packet while its source/destination check is on."
            ),
        }
    }

    fn groups_text(&self, id: NetworkInterfaceId, egress: bool, groups: Groups, packet: &Packet) -> String {
        let all = self.groups_of(id);
        let names = || {
            all.iter()
                .map(|group| self.group_name(*group))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (verb, way, other) = match egress {
            true => ("leave", "to", packet.destination_address),
            false => ("enter", "from", packet.source_address),
        };
        let kind = if egress { "outbound" } else { "inbound" };
        match groups {
            Groups::Rule { group, untracked, .. } => {
                let name = all
                    .get(usize::from(group))
                    .map(|group| self.group_name(*group))
                    .unwrap_or_default();
                let rest = if untracked {
                    "; open to all both ways, the flow is not tracked"
                } else {
                    ""
                };
                format!("{name} lets {} {way} {other} {verb}{rest}.", wanted(packet))
            }
            Groups::Tracked => format!("{} remember the connection: its answer passes without a rule.", names()),
            Groups::Unfiltered => "Security groups do not filter this service of AWS.".into(),
            Groups::Mismatch => format!("No {kind} rule of {} allows {} {way} {other}.", names(), wanted(packet)),
            Groups::Empty => format!("{} has no rules, so nothing may {verb}.", names()),
            Groups::NotPreserved => format!(
                "A rule of {} allows members of a group, but the packet came through another instance, which hides that {other} is one.",
                names()
            ),
        }
    }

    fn wire_text(&self, id: InstanceId, failed: bool) -> String {
        if failed {
            return format!(
                "The physical host of {} has failed: nothing gets in or out.",
                self.name(id)
            );
        }
        let host = self
            .instance(id)
            .and_then(|instance| instance.host)
            .and_then(|host| self.ec2.hosts.get(&host));
        match host {
            Some(host) if host.dedicated => "The host's wire, of a machine that serves this account alone.".into(),
            Some(host) if host.neighbours > 0 => {
                format!(
                    "The host's wire, shared with {} other customers' machines.",
                    host.neighbours
                )
            }
            _ => "The host's wire, shared by all its guests.".into(),
        }
    }

    fn route_text(&self, id: RouteTableId, routed: Routed, packet: &Packet) -> String {
        let name = self.name(id);
        let destination = packet.destination_address;
        let route = |number: u16| {
            let table = self.ec2.route_tables.get(&id);
            let route = table.and_then(|table| table.routes.get(usize::from(number)));
            route
                .map(|route| (rules::route(route).id, rules::target(route)))
                .unwrap_or_default()
        };
        match routed {
            Routed::Local(block) => format!("{name} sends {block} within the VPC (local)."),
            Routed::Route(number) => {
                let (block, target) = route(number);
                format!("{name} sends {block}, the most specific route for {destination}, to {target}.")
            }
            Routed::BlackHole(number) => {
                let (block, target) = route(number);
                format!("{name} sends {block} to {target}, which is gone, detached or stopped: a black hole.")
            }
            Routed::NoPublicAddress(number) => {
                let (block, target) = route(number);
                format!(
                    "{name} sends {block} to {target}, which has no public address and so gets nothing from outside."
                )
            }
            Routed::Nothing => format!("{name} has no route for {destination}."),
        }
    }

    fn acl_text(&self, id: NetworkAclId, subnet: SubnetId, egress: bool, entry: Option<u16>, step: &Step) -> String {
        let name = self.name(id);
        let place = self.subnet_name(subnet);
        let way = if egress { "out of" } else { "into" };
        let acl = self.ec2.network_acls.get(&id);
        let entry = acl.and_then(|acl| acl.entries.get(usize::from(entry?)));
        let packet = wanted(&step.before);
        match (entry, step.verdict) {
            (Some(entry), Verdict::Deny) => format!("Rule {} of {name} denies {packet} {way} {place}.", entry.number),
            (None, _) => format!("No rule of {name} allows {packet} {way} {place}, so its last one, *, denies."),
            (Some(entry), _) => format!("Rule {} of {name} allows {packet} {way} {place}.", entry.number),
        }
    }

    fn gateway_text(
        &self,
        vpc: VpcId,
        gateway: Option<InternetGatewayId>,
        egress: bool,
        says: Gateway,
        step: &Step,
    ) -> String {
        let name = gateway.map_or_else(|| "The internet gateway".to_owned(), |gateway| self.name(gateway));
        let Packet {
            source_address: source,
            destination_address: destination,
            ..
        } = step.before;
        match says {
            Gateway::Translates if egress => {
                format!("{name} turns {source} into the public {}.", step.after.source_address)
            }
            Gateway::Translates => format!(
                "{name} turns {destination} into the private {}.",
                step.after.destination_address
            ),
            Gateway::Passes => format!("{name} passes IPv6 unchanged: its addresses are public by themselves."),
            Gateway::NoPublicAddress(interface) => {
                let who = interface.map_or_else(|| source.to_string(), |interface| self.behind(interface));
                if egress {
                    format!("{who} has no public IPv4 address, so {name} cannot send {source} to the Internet.")
                } else {
                    format!(
                        "{who} has no public IPv4 address in use, so nothing from the Internet can be addressed to it."
                    )
                }
            }
            Gateway::Missing => format!(
                "{} has no internet gateway: nothing from the Internet gets in.",
                self.name(vpc)
            ),
            Gateway::Private | Gateway::Shared if egress => {
                format!("{destination} is not an address of the Internet: {name} refuses it.")
            }
            Gateway::Private | Gateway::Shared => {
                format!("{source} is not an address of the Internet: {name} refuses it.")
            }
            Gateway::Spoofed => format!(
                "{source} is no address of {}: {name} refuses it as forged.",
                self.name(vpc)
            ),
            Gateway::Bypassed => format!(
                "{name} brings traffic for {source} in through an appliance, so the way out may not pass the appliance by."
            ),
        }
    }

    fn service_text(&self, vpc: VpcId, service: Service, answers: bool, packet: &Packet) -> String {
        let who = service.words();
        let mut capital = who.to_owned();
        if let Some(first) = capital.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        match (answers, service) {
            (true, _) => format!(
                "{capital} answers {}; neither security groups nor network ACLs filter it.",
                wanted(packet)
            ),
            (false, Service::Resolver) if service.takes(packet) => {
                format!(
                    "DNS support of {} is off: its resolver does not answer.",
                    self.name(vpc)
                )
            }
            (false, _) => format!("{capital} does not answer {}.", wanted(packet)),
        }
    }
}

fn rule(id: &str, text: &str) -> Rule {
    Rule {
        id: id.into(),
        text: text.into(),
    }
}

/// `TCP 443`: what is asked for.
pub(super) fn wanted(packet: &Packet) -> String {
    let name = match packet.protocol {
        1 => "ICMP".to_owned(),
        6 => "TCP".to_owned(),
        17 => "UDP".to_owned(),
        58 => "ICMPv6".to_owned(),
        other => protocol_text(other),
    };
    match (packet.is_icmp(), packet.destination_port) {
        (true, 8 | 128) => format!("{name} echo request"),
        (true, 0 | 129) => format!("{name} echo reply"),
        (true, kind) => format!("{name} type {kind}"),
        (false, port) if packet.has_ports() => format!("{name} {port}"),
        (false, _) => name,
    }
}

/// `TCP 10.0.1.20:40514 → 203.0.113.25:443`.
fn flow(packet: &Packet) -> String {
    let ports = packet.has_ports();
    let from = socket(packet.source_address, packet.source_port, ports);
    let to = socket(packet.destination_address, packet.destination_port, ports);
    match packet.protocol {
        6 => format!("TCP {from} → {to}"),
        17 => format!("UDP {from} → {to}"),
        _ => format!("{} {from} → {to}", wanted(packet)),
    }
}

//! What happened at a step, as one plain sentence.

use super::addresses::Service;
use super::isolation;
use super::rules;
use super::step::*;
use super::words::Teller;
use super::{Packet, Verdict, protocol_text};
use crate::base::ids::*;
use crate::catalog::instance_types::Hypervisor;
use crate::world::compute::InstanceState;
use std::net::IpAddr;

impl Teller<'_> {
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
            What::HostFirewall(_, genuine) => host_firewall_text(genuine, packet),
            What::Overheard(..) | What::OutOfEarshot(_) => isolation::text(self, step.what),
            What::Wire(id, failed) => self.wire_text(id, failed),
            What::SameSubnet(id) => format!(
                "Both ends lie in {}: within a subnet no route table decides and no network ACL looks.",
                self.subnet_name(id)
            ),
            What::Route(id, routed) => self.route_text(id, routed, packet),
            What::Spare(id, spare, unused) => self.spare_text(id, spare, unused, packet),
            What::LocalDelivery(id) => format!(
                "The gateway has no route table of its own, so {} delivers {} itself.",
                self.name(id),
                packet.destination_address
            ),
            What::Acl(id, subnet, egress, entry) => self.acl_text(id, subnet, egress, entry, step),
            What::Gateway(vpc, gateway, egress, says) => self.gateway_text(vpc, gateway, egress, says, step),
            What::Nat(id, says) => self.nat_text(id, says, step),
            What::EgressOnly(id, says) => self.egress_only_text(id, says, packet),
            What::Vpn(id, says) => self.vpn_text(id, says, packet),
            What::Apart(one, other) => format!(
                "{} and {} lie in different Wavelength Zones: a VPC delivers nothing between them.",
                self.subnet_name(one),
                self.subnet_name(other)
            ),
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
            What::Peering(id, from, says) => self.peering_text(id, from, says, packet),
            What::Transit(id, says) => self.transit_text(id, says, packet.destination_address),
            What::Endpoint(id, says) => self.endpoint_text(id, says, packet),
            What::Classic(says) => self.flat_text(says, packet, &step.after),
            What::ClassicLink(vpc, id, says) => self.classic_link_text(vpc, id, says, packet),
            What::Balancer(id, says) => self.balancer_text(id, says, packet),
            What::Listener(id, says) => self.listener_text(id, says, packet),
            What::Targets(id, says) => self.targets_text(id, says),
            What::Unanswerable(why) => self.unanswerable_text(why),
        }
    }

    #[inline(never)]
    fn unanswerable_text(&self, why: Unanswerable) -> String {
        match why {
            Unanswerable::NoInstance(id) => self.missing_text("instance", id.into()),
            Unanswerable::NoInterface(id) => self.missing_text("interface", id.into()),
            Unanswerable::NoAddress(address) => {
                format!("No interface has the address {address}, so nothing sends from it.")
            }
            Unanswerable::Gone(id) => format!("{} is terminated: it has no interface any more.", self.name(id)),
            Unanswerable::NoSeat(id) => self.no_seat_text(id),
            Unanswerable::Unattached(id) => {
                format!("{} is not attached to an instance: nobody is behind it.", self.name(id))
            }
            Unanswerable::OfEndpoint(id) => format!(
                "{} is an endpoint's interface: it answers, and asks nothing of its own VPC.",
                self.name(id)
            ),
            Unanswerable::NobodyInside(id, address) => format!(
                "{} brings packets to interfaces of its VPC only, and none has the address {address}.",
                self.name(id)
            ),
            Unanswerable::Outside(address) => {
                format!("Neither end is yours: {address} and whoever asks meet without passing your network.")
            }
            Unanswerable::Elsewhere(address, region) => format!(
                "{address} is in use in {}: a path is followed within one Region (ours).",
                region.name()
            ),
            Unanswerable::Family(id) => {
                format!(
                    "{} has no address of the kind (IPv4, IPv6) that the other end has.",
                    self.behind(id)
                )
            }
        }
    }

    fn missing_text(&self, what: &str, id: ResourceId) -> String {
        let here = self.region.name();
        match self.region_of(id) {
            Some(region) => format!(
                "{} is in {}, not in {here}: a path is followed within one Region (ours).",
                self.name_in(region, id),
                region.name()
            ),
            None => format!("There is no {what} {id} in {here}."),
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
            Guest::Holds(_) | Guest::Chooses(..) | Guest::Discards(_) => self.guest_way_text(id, does, packet),
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

    #[inline(never)]
    fn metadata_text(&self, id: InstanceId, says: Metadata, packet: &Packet) -> String {
        let name = self.name(id);
        match says {
            Metadata::Answers => {
                let options = self.instance(id).map(|instance| &instance.metadata);
                let how = if options.is_some_and(|own| own.tokens_required) {
                    "asks for a session token (IMDSv2)"
                } else {
                    "answers with or without a token"
                };
                let hops = match options.map_or(1, |own| own.hop_limit) {
                    1 => "one hop, so not into a container behind a bridge".to_owned(),
                    hops => format!("{hops} hops"),
                };
                format!(
                    "The instance metadata service, on the host itself, {how}; no security group filters it. A token goes {hops}."
                )
            }
            Metadata::Forbids => format!(
                "The metadata options of {name} turn the instance metadata service off: it answers every request with 403 Forbidden."
            ),
            Metadata::Disabled if packet.destination_address.is_ipv6() => {
                format!("The metadata options of {name} turn the instance metadata service off for IPv6.")
            }
            Metadata::Disabled => format!(
                "The metadata options of {name} turn the instance metadata service off: all it says is 403 Forbidden, on TCP 80."
            ),
            Metadata::NotListening => format!(
                "The instance metadata service answers TCP 80 only, not {}.",
                wanted(packet)
            ),
        }
    }

    fn check_text(&self, id: NetworkInterfaceId, check: Check, step: &Step) -> String {
        let name = self.behind(id);
        let interface = self.ec2.interface(id);
        let own = |address: IpAddr| interface.is_some_and(|interface| interface.holds(address));
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
        let all = self.groups_of(id, egress, packet);
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
            Groups::Tracked => format!(
                "The connection is remembered at {}: its answer passes without a rule.",
                names()
            ),
            Groups::Free => format!(
                "Groups of EC2-Classic have inbound rules only: whatever {} sends may leave.",
                self.behind(id)
            ),
            Groups::Unfiltered => "Security groups do not filter this service of AWS.".into(),
            Groups::Mismatch => format!("No {kind} rule of {} allows {} {way} {other}.", names(), wanted(packet)),
            Groups::Empty => format!("{} has no rules, so nothing may {verb}.", names()),
            Groups::Unsupported => format!(
                "A rule of {} allows members of a group of {other}'s VPC, and the transit gateway or an attachment has security group referencing off.",
                names()
            ),
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
            Some(host) if host.neighbours == 1 => "The host's wire, shared with another customer's machine.".into(),
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
                format!("{name} sends {block} to {target}, {}", self.black_hole_text(id, number))
            }
            Routed::NoPublicAddress(number) => {
                let (block, target) = route(number);
                format!(
                    "{name} sends {block} to {target}, which has no public address and so gets nothing from outside."
                )
            }
            Routed::Propagated(gateway, bits) => format!(
                "{name} sends {}, which {} has propagated, to that gateway.",
                super::routes::block_of(destination, bits),
                self.name(gateway)
            ),
            Routed::Nothing => format!("{name} has no route for {destination}."),
        }
    }

    /// A route that would lead there, and why it does not get its turn.
    #[inline(never)]
    fn spare_text(&self, id: RouteTableId, spare: Spare, unused: Unused, packet: &Packet) -> String {
        let name = self.name(id);
        let destination = packet.destination_address;
        let table = self.ec2.route_tables.get(&id);
        let (block, target) = match spare {
            Spare::Local(block) => (block.to_string(), "local".to_owned()),
            Spare::Route(number) => table
                .and_then(|table| table.routes.get(usize::from(number)))
                .map(|route| (rules::route(route).id, rules::target(route)))
                .unwrap_or_default(),
            Spare::Propagated(gateway, bits) => (
                super::routes::block_of(destination, bits).to_string(),
                gateway.to_string(),
            ),
        };
        let why = unused.why(destination);
        format!("{name} also sends {block} to {target}, but {why}.")
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

    fn gateway_text(&self, vpc: VpcId, door: Door, egress: bool, says: Gateway, step: &Step) -> String {
        let kind = if door.is_carrier() { "carrier" } else { "internet" };
        // At a sentence's beginning, and within one.
        let [name, inner] = ["The", "the"].map(|the| {
            let nameless = || format!("{the} {kind} gateway");
            door.id().map_or_else(nameless, |gateway| self.name(gateway))
        });
        if let Some(text) = super::carrier_words::text(self, (vpc, door), (&name, &inner), egress, says, step) {
            return text;
        }
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
                let row = interface.and_then(|interface| self.ec2.interfaces.get(&interface));
                let public = row.and_then(|row| row.addresses.iter().find_map(|own| own.public));
                match (egress, public) {
                    (true, _) => {
                        format!("{who} has no public IPv4 address, so {inner} cannot send {source} to the Internet.")
                    }
                    (false, Some(public)) => format!(
                        "{destination} is a private address of {who}: from the Internet only {} leads there.",
                        public.address
                    ),
                    (false, None) => {
                        format!(
                            "{who} has no public IPv4 address in use, so nothing from the Internet can be addressed to it."
                        )
                    }
                }
            }
            Gateway::Missing => format!(
                "{} has no internet gateway: nothing from the Internet gets in.",
                self.name(vpc)
            ),
            Gateway::Private | Gateway::Shared if egress => {
                format!("{destination} is not an address of the Internet: {inner} refuses it.")
            }
            Gateway::Private | Gateway::Shared => {
                format!("{source} is not an address of the Internet: {inner} refuses it.")
            }
            Gateway::Spoofed => format!(
                "{source} is no address of {}: {inner} refuses it as forged.",
                self.name(vpc)
            ),
            Gateway::Bypassed => format!(
                "{name} brings traffic for {source} in through an appliance, so the way out may not pass the appliance by."
            ),
            Gateway::PublicBlocked(subnet, _) => super::public_block::text(self, &inner, subnet),
            // `carrier_words` says all of a carrier gateway that differs.
            Gateway::Zone(_) | Gateway::Protocol | Gateway::Unasked => format!("{name} refuses it."),
        }
    }

    #[inline(never)]
    fn nat_text(&self, id: NatGatewayId, says: Nat, step: &Step) -> String {
        let name = self.name(id);
        let (before, after) = (&step.before, &step.after);
        match says {
            Nat::Translates => format!(
                "{name} sends it on as {} and remembers that {} asked.",
                after.source_text(),
                before.source_text()
            ),
            Nat::Returns => format!(
                "{name} knows the connection and gives the answer back to {}.",
                after.destination_text()
            ),
            Nat::Full(open, addresses) => super::nat_ports::full_text(&name, open, addresses, before),
            Nat::Pending => format!("{name} is not available yet: it translates nothing so far."),
            Nat::Protocol => format!(
                "{name} translates TCP, UDP and ICMP of IPv4 only, not {}.",
                wanted(before)
            ),
            Nat::Stranger => format!(
                "The question did not come through {name}, so the answer would leave under another address than {}.",
                before.source_address
            ),
            Nat::Unasked => format!(
                "{} is {name} itself: connections through it start from inside only.",
                before.destination_address
            ),
        }
    }

    #[inline(never)]
    fn egress_only_text(&self, id: EgressOnlyGatewayId, says: EgressOnly, packet: &Packet) -> String {
        let name = self.name(id);
        match says {
            EgressOnly::Passes => format!("{name} passes IPv6 outwards unchanged."),
            EgressOnly::Answers => format!("{name} lets the answer in: the connection began inside."),
            EgressOnly::Unasked(..) => format!(
                "{} is reached through {name} only, which lets in answers and no new connections.",
                packet.destination_address
            ),
            EgressOnly::PublicBlocked(subnet) => super::public_block::text(self, &name, subnet),
            EgressOnly::Private => format!(
                "{} is not an address of the Internet: {name} refuses it.",
                packet.destination_address
            ),
        }
    }

    #[inline(never)]
    fn vpn_text(&self, id: VpnGatewayId, says: Vpn, packet: &Packet) -> String {
        let name = self.name(id);
        match says {
            Vpn::Leaves => format!(
                "{name} sends it through a VPN tunnel to the network of {}.",
                packet.destination_address
            ),
            Vpn::Enters => format!("{name} brings it out of a VPN tunnel from {}.", packet.source_address),
            Vpn::Foreign => format!(
                "{} is no interface of the VPC of {name}, which takes nothing that came from further away.",
                packet.source_address
            ),
            Vpn::Down => {
                let down = super::vpn::let_go(&self.ec2, id, packet.destination_address);
                let tunnels = down.map_or_else(String::new, |(row, _)| {
                    format!(" Both tunnels of {} are down: IPSEC IS DOWN.", self.name(row.id))
                });
                format!(
                    "No VPN connection of {name} that is up leads to {}.{tunnels}",
                    packet.destination_address
                )
            }
        }
    }

    #[inline(never)]
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

/// What the host's own firewall says of a packet.
fn host_firewall_text(genuine: Genuine, packet: &Packet) -> String {
    match genuine {
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
        Genuine::Forged => format!(
            "{} is not the sender's own address, and no route leads through the sender, so it has nothing to pass on for \
             others: the address is forged.",
            packet.source_address
        ),
        Genuine::ForeignFrame => {
            "The frame has a MAC address that is not the interface's: no guest can send as another, \
             whatever its source/destination check says."
                .into()
        }
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
    let (from, to) = (packet.source_text(), packet.destination_text());
    match packet.protocol {
        6 => format!("TCP {from} → {to}"),
        17 => format!("UDP {from} → {to}"),
        _ => format!("{} {from} → {to}", wanted(packet)),
    }
}

//! What might block a packet at one step of its way: candidate calls, in several styles. Nothing here is believed before
//! `close` has tried it on a copy of the world. The opposite of `remedies`.

use super::addresses::{everybody, host_block};
use super::remedies::{Candidate, acl_entry, call, candidate, firewall_of, firewall_rule, free_number, put_firewall};
use super::sentences::wanted;
use super::step::*;
use super::words::Teller;
use super::{Packet, protocol_text, rules};
use crate::base::ids::*;
use crate::catalog::quotas::RULES_PER_SECURITY_GROUP;
use crate::world::vpc::*;
use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// Members of a group that a rule is written out for, one by one, before that is no simple change any more (ours).
const NAMED_MEMBERS: usize = 8;
/// Blocks of a VPC that an ACL's entries are written out for.
const OWN_BLOCKS: usize = 3;
/// The private networks, which remain when the Internet is shut out (RFC 1918).
const PRIVATE: [([u8; 4], u8); 3] = [([10, 0, 0, 0], 8), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16)];

/// How a step may be made to block. In the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The group's rule goes.
    Revoke,
    /// The group's rule goes, and others keep its other ports for whoever it lets pass.
    Ports,
    /// The group's rule goes, and others keep all of it for everybody else.
    Others,
    /// The group leaves the interface.
    Leave,
    /// The ACL denies before it allows.
    Acl,
    /// The same, and goes on to allow the VPC's own addresses.
    AclAround,
    /// The guest's own firewall drops.
    Firewall,
    /// The route goes.
    Route,
    /// The transit gateway's table drops.
    Hole,
    /// The metadata service is turned off.
    Metadata,
}

/// Whether an end of the flow stands for all of the Internet.
#[derive(Clone, Copy)]
pub(super) struct World {
    pub source: bool,
    pub destination: bool,
}

/// The styles that a step knows.
pub(super) fn styles(what: &What) -> &'static [Style] {
    match what {
        What::Groups(_, _, Groups::Rule { .. }) => &[Style::Revoke, Style::Ports, Style::Others, Style::Leave],
        What::Acl(..) => &[Style::Acl, Style::AclAround],
        What::Guest(_, Guest::Takes(_)) => &[Style::Firewall],
        What::Route(_, Routed::Route(_)) => &[Style::Route],
        What::Transit(_, Hub::Carries(..)) => &[Style::Hole],
        What::Metadata(_, Metadata::Answers) => &[Style::Metadata],
        _ => &[],
    }
}

/// Whether two steps are of one place, so that what remains open there can be blocked in the same style.
pub(super) fn same_place(one: &What, other: &What) -> bool {
    match (one, other) {
        (What::Groups(a, x, _), What::Groups(b, y, _)) => (a, x) == (b, y),
        (What::Acl(a, s, x, _), What::Acl(b, t, y, _)) => (a, s, x) == (b, t, y),
        (What::Guest(a, Guest::Takes(_)), What::Guest(b, Guest::Takes(_))) => a == b,
        (What::Route(a, _), What::Route(b, _)) => a == b,
        (What::Transit(a, _), What::Transit(b, _)) => a == b,
        (What::Metadata(a, _), What::Metadata(b, _)) => a == b,
        _ => false,
    }
}

/// What would block at a step.
pub(super) fn at(teller: &Teller<'_>, world: World, step: &Step, style: Style) -> Option<Candidate> {
    let packet = &step.before;
    match step.what {
        What::Groups(id, egress, Groups::Rule { group, rule, .. }) => {
            let rulers = teller.groups_of(id, egress, packet);
            let group = teller.ec2.security_groups.get(rulers.get(usize::from(group))?)?;
            if style == Style::Leave {
                // In EC2-Classic an instance keeps its groups.
                return leave(teller, teller.ec2.interfaces.get(&id)?, group);
            }
            let shut = Shut {
                teller,
                group,
                rule: group.rules.get(usize::from(rule))?,
                packet,
                side: side(world, egress, packet),
            };
            match style {
                Style::Revoke => Some(shut.revoke(Vec::new(), String::new())),
                Style::Ports => shut.ports(),
                _ => shut.others(),
            }
        }
        What::Acl(id, subnet, egress, Some(entry)) => {
            let edge = (id, subnet, egress, entry);
            deny(teller, edge, packet, side(world, egress, packet), style)
        }
        What::Guest(id, Guest::Takes(_)) => firewall(teller, id, packet, side(world, false, packet)),
        What::Route(id, Routed::Route(number)) => no_route(teller, id, number),
        What::Transit(_, Hub::Carries(table, _)) => hole(teller, table, packet.destination_address),
        // By IPv4 it would still answer that it is forbidden.
        What::Metadata(id, Metadata::Answers) if packet.destination_address.is_ipv6() => {
            let params = Structure::new()
                .with(field::INSTANCE_ID, id)
                .with(field::HTTP_ENDPOINT, "disabled");
            let why = format!("Turn off the instance metadata service of {}.", teller.name(id));
            Some(candidate(0, why, vec![call("ModifyInstanceMetadataOptions", params)]))
        }
        _ => None,
    }
}

/// Who is shut out.
#[derive(Clone, Copy)]
enum Side {
    /// This address.
    One(IpAddr),
    /// All of the Internet, by this family of addresses.
    Internet(IpAddr),
}

/// The other side of a packet: all of the Internet where the flow's end stands for that, and the packet comes from there.
fn side(world: World, egress: bool, packet: &Packet) -> Side {
    let address = packet.other_side(egress);
    let all = if egress { world.destination } else { world.source };
    match all && !super::addresses::is_private(address) {
        true => Side::Internet(address),
        false => Side::One(address),
    }
}

impl Side {
    fn address(self) -> IpAddr {
        match self {
            Side::One(address) | Side::Internet(address) => address,
        }
    }

    /// As a block.
    fn block(self) -> String {
        match self {
            Side::One(address) => host_block(address),
            Side::Internet(address) => everybody(address).to_owned(),
        }
    }

    fn words(self) -> String {
        match self {
            Side::One(address) => address.to_string(),
            Side::Internet(_) => "the Internet".to_owned(),
        }
    }
}

// Security groups.

/// One rule that is to let a packet pass no longer.
struct Shut<'a> {
    teller: &'a Teller<'a>,
    group: &'a SecurityGroup,
    rule: &'a GroupRule,
    packet: &'a Packet,
    side: Side,
}

/// Protocol and ports, as a rule has them.
type Span = (Option<u8>, (i32, i32));

impl Shut<'_> {
    /// The rule goes; `instead`, what takes its place, comes first, so that nobody is shut out in between.
    fn revoke(&self, instead: Vec<Structure>, rest: String) -> Candidate {
        let (authorize, revoke) = match self.rule.egress {
            true => ("AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress"),
            false => ("AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"),
        };
        let mut calls = Vec::new();
        if !instead.is_empty() {
            let params = Structure::new()
                .with(field::GROUP_ID, self.group.id)
                .with(field::IP_PERMISSIONS, instead);
            calls.push(call(authorize, params));
        }
        let params = Structure::new()
            .with(field::GROUP_ID, self.group.id)
            .with(field::SECURITY_GROUP_RULE_IDS, vec![self.rule.id]);
        calls.push(call(revoke, params));
        let name = self.teller.group_name(self.group.id);
        let text = self.words();
        candidate(0, format!("Revoke the rule {text} of {name}{rest}."), calls)
    }

    /// The rule in words, groups by their names.
    fn words(&self) -> String {
        let text = rules::group_rule(self.rule).text;
        match self.rule.peer.group() {
            Some(id) => text.replace(&id.to_string(), &self.teller.group_name(id)),
            None => text,
        }
    }

    /// For the same other side, what of the rule is not this packet.
    fn ports(&self) -> Option<Candidate> {
        let spans = without_port(self.rule, self.packet);
        let instead = self.permissions(&spans, &[self.rule.peer]);
        let rest = format!(", and keep its traffic other than {}", wanted(self.packet));
        (!instead.is_empty()).then(|| self.revoke(instead, rest))
    }

    /// For all others the rule as it is, and for this side what is not this packet.
    fn others(&self) -> Option<Candidate> {
        let others: Vec<IpNet> = match (self.rule.peer, self.side) {
            (Peer::Cidr(block), Side::One(address)) => around(block, address),
            (Peer::Cidr(block), Side::Internet(address)) => inside(self.teller, self.group.vpc, address)
                .filter(|part| block.contains(part))
                .collect(),
            (Peer::Group(group), Side::One(address)) => self.members(group, address)?,
            _ => return None,
        };
        if others.is_empty() || others.len() > RULES_PER_SECURITY_GROUP {
            return None;
        }
        let peers: Vec<Peer> = others.into_iter().map(Peer::Cidr).collect();
        let mut instead = self.permissions(&[(self.rule.protocol, self.rule.ports)], &peers);
        let own = match (self.rule.peer, self.side) {
            (Peer::Cidr(_), Side::Internet(_)) => self.rule.peer,
            (_, side) => Peer::Cidr(IpNet::from(side.address())),
        };
        instead.extend(self.permissions(&without_port(self.rule, self.packet), &[own]));
        let who = match self.side {
            Side::One(address) => format!("all others than {address}"),
            Side::Internet(_) => "private networks".to_owned(),
        };
        Some(self.revoke(instead, format!(", and keep it for {who}")))
    }

    /// The other members of a group, one by one; `None` where they are too many to name, or none.
    fn members(&self, group: SecurityGroupId, address: IpAddr) -> Option<Vec<IpNet>> {
        let ec2 = &self.teller.ec2;
        if super::remedies::members(ec2, group) > NAMED_MEMBERS + 1 {
            return None;
        }
        let members = ec2.interfaces.rows().filter(|row| row.groups.contains(&group));
        let addresses = members
            .flat_map(|row| &row.addresses)
            .map(|own| IpAddr::V4(own.private));
        let others: Vec<IpNet> = addresses.filter(|own| *own != address).map(IpNet::from).collect();
        (!others.is_empty()).then_some(others)
    }

    /// Permissions for spans of traffic and other sides, without those that the group has already.
    fn permissions(&self, spans: &[Span], peers: &[Peer]) -> Vec<Structure> {
        let mut list = Vec::new();
        for (protocol, ports) in spans {
            let has = |peer: &Peer| {
                let same = |own: &GroupRule| {
                    (own.egress, own.protocol, own.ports, own.peer) == (self.rule.egress, *protocol, *ports, *peer)
                };
                self.group.rules.iter().any(same)
            };
            let fresh: Vec<&Peer> = peers.iter().filter(|peer| !has(peer)).collect();
            if !fresh.is_empty() {
                list.push(permission(*protocol, *ports, &fresh));
            }
        }
        list
    }
}

/// A permission as the API has it.
fn permission(protocol: Option<u8>, ports: (i32, i32), peers: &[&Peer]) -> Structure {
    let name = protocol.map_or_else(|| "-1".to_owned(), protocol_text);
    let mut rule = Structure::new().with(field::IP_PROTOCOL, name);
    if matches!(protocol, Some(1 | 6 | 17 | 58)) {
        rule = rule.with(field::FROM_PORT, ports.0).with(field::TO_PORT, ports.1);
    }
    let (mut ipv4, mut ipv6, mut lists, mut groups) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for peer in peers {
        match peer {
            Peer::Cidr(block @ IpNet::V4(_)) => ipv4.push(Structure::new().with(field::CIDR_IP, block.to_string())),
            Peer::Cidr(block @ IpNet::V6(_)) => ipv6.push(Structure::new().with(field::CIDR_IPV6, block.to_string())),
            Peer::PrefixList(id) => lists.push(Structure::new().with(field::PREFIX_LIST_ID, *id)),
            Peer::Group(id) | Peer::HubGroup(id, ..) => groups.push(Structure::new().with(field::GROUP_ID, *id)),
            Peer::PeerGroup(id, _, peering) => {
                let pair = Structure::new().with(field::GROUP_ID, *id);
                groups.push(pair.with(field::VPC_PEERING_CONNECTION_ID, *peering));
            }
        }
    }
    for (name, ranges) in [
        (field::IP_RANGES, ipv4),
        (field::IPV6_RANGES, ipv6),
        (field::PREFIX_LIST_IDS, lists),
        (field::USER_ID_GROUP_PAIRS, groups),
    ] {
        if !ranges.is_empty() {
            rule = rule.with(name, ranges);
        }
    }
    rule
}

/// What a rule lets pass besides the protocol and port of a packet. Of all protocols those remain that have names; of ICMP
/// the other types do not.
fn without_port(rule: &GroupRule, packet: &Packet) -> Vec<Span> {
    let (own, port) = (packet.protocol, i32::from(packet.destination_port));
    let cut = |low: i32, high: i32| {
        let parts = [(low, port - 1), (port + 1, high)];
        let parts = parts.into_iter().filter(|(low, high)| low <= high);
        parts.map(|part| (Some(own), part)).collect::<Vec<Span>>()
    };
    let named = [(6, (0, 65_535)), (17, (0, 65_535)), (1, (-1, -1)), (58, (-1, -1))];
    match (rule.protocol, rule.ports) {
        (Some(6 | 17), (-1, _)) => cut(0, 65_535),
        (Some(6 | 17), (low, high)) => cut(low, high),
        (Some(_), _) => Vec::new(),
        (None, _) => {
            let icmp = |number: u8| matches!(number, 1 | 58);
            let others = named
                .into_iter()
                .filter(|(number, _)| *number != own && !(icmp(own) && icmp(*number)));
            let others = others.map(|(number, ports)| (Some(number), ports));
            others
                .chain(if packet.has_ports() { cut(0, 65_535) } else { Vec::new() })
                .collect()
        }
    }
}

/// The blocks that together are a block without one address: one a bit.
fn around(block: IpNet, address: IpAddr) -> Vec<IpNet> {
    let Ok(lengths) = (block.prefix_len() + 1..=block.max_prefix_len())
        .map(|length| IpNet::new(address, length))
        .collect::<Result<Vec<IpNet>, _>>()
    else {
        return Vec::new();
    };
    let other_half = |own: &IpNet| {
        let parent = own.trunc().supernet()?;
        let mut halves = parent.subnets(own.prefix_len()).ok()?;
        halves.find(|half| !half.contains(&address))
    };
    lengths.iter().filter_map(other_half).collect()
}

fn leave(teller: &Teller<'_>, interface: &NetworkInterface, group: &SecurityGroup) -> Option<Candidate> {
    let others: Vec<SecurityGroupId> = interface.groups.iter().copied().filter(|id| *id != group.id).collect();
    if others.is_empty() {
        return None;
    }
    let params = Structure::new()
        .with(field::NETWORK_INTERFACE_ID, interface.id)
        .with(field::GROUPS, others);
    let (name, who) = (teller.group_name(group.id), teller.behind(interface.id));
    let why = format!("Take {name} off the interface of {who}.");
    Some(candidate(0, why, vec![call("ModifyNetworkInterfaceAttribute", params)]))
}

// Subnets' edges.

/// Which ACL, at which subnet's edge, outgoing?, the entry that allows.
type Edge = (NetworkAclId, SubnetId, bool, u16);

fn deny(
    teller: &Teller<'_>,
    (id, subnet, egress, entry): Edge,
    packet: &Packet,
    side: Side,
    style: Style,
) -> Option<Candidate> {
    let acl = teller.ec2.network_acls.get(&id)?;
    let allowing = acl.entries.get(usize::from(entry))?.number;
    let number = free_number(acl, egress, Some(allowing))?;
    let ports = packet
        .has_ports()
        .then_some((packet.destination_port, packet.destination_port));
    let create = |number: u16, allow: bool, block: &str| acl_entry(id, (number, egress, allow), packet, ports, block);
    let (way, verb) = if egress { ("out of", "to") } else { ("into", "from") };
    let mut why = format!(
        "Deny {} {verb} {} {way} {}, as rule {number} of {}",
        wanted(packet),
        side.words(),
        teller.subnet_name(subnet),
        teller.name(id)
    );
    let mut calls = Vec::new();
    if style == Style::AclAround {
        let Side::Internet(address) = side else { return None };
        let vpc = teller.ec2.vpcs.get(&acl.vpc)?;
        let ipv4 = vpc.cidrs.iter().map(|(_, block)| IpNet::V4(*block));
        let ipv6 = vpc.ipv6_cidrs.iter().map(|(_, block)| IpNet::V6(*block));
        let own = ipv4
            .chain(ipv6)
            .filter(|block| block.addr().is_ipv4() == address.is_ipv4());
        let mut below = number;
        for block in own.take(OWN_BLOCKS) {
            below = free_number(acl, egress, Some(below))?;
            calls.push(create(below, true, &block.to_string()));
        }
        why.push_str(", after allowing the VPC's own addresses");
    }
    why.push('.');
    calls.push(create(number, false, &side.block()));
    Some(candidate(0, why, calls))
}

fn no_route(teller: &Teller<'_>, id: RouteTableId, number: u16) -> Option<Candidate> {
    let table = teller.ec2.route_tables.get(&id)?;
    let route = table.routes.get(usize::from(number))?;
    let RouteDestination::Cidr(block) = route.destination else {
        return None;
    };
    if route.target == RouteTarget::Local {
        return None;
    }
    let params = super::ways::route_params(id, &block.to_string(), block.addr().is_ipv6());
    let why = format!("Delete the route {block} of {}.", teller.name(id));
    Some(candidate(0, why, vec![call("DeleteRoute", params)]))
}

fn hole(teller: &Teller<'_>, table: TransitTableId, address: IpAddr) -> Option<Candidate> {
    let block = host_block(address);
    let params = Structure::new()
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, table)
        .with(field::DESTINATION_CIDR_BLOCK, block.as_str())
        .with(field::BLACKHOLE, true);
    let why = format!("Let {} drop what is for {block}.", teller.name(table));
    Some(candidate(0, why, vec![call("CreateTransitGatewayRoute", params)]))
}

// The guest.

fn firewall(teller: &Teller<'_>, id: InstanceId, packet: &Packet, side: Side) -> Option<Candidate> {
    let instance = teller.ec2.instances.get(&id)?;
    if !packet.has_ports() && !packet.is_icmp() {
        return None;
    }
    let ports = packet
        .has_ports()
        .then_some((packet.destination_port, packet.destination_port));
    let rule = |allow: bool, source: String| firewall_rule(allow, false, Some(packet.protocol), ports, source);
    let old = firewall_of(instance, false);
    let mut list = Vec::new();
    // Where the guest drops something already, letting private networks in first could let in what it drops.
    if let (Side::Internet(address), true) = (side, old.is_empty()) {
        list.extend(inside(teller, instance.vpc, address).map(|block| rule(true, block.to_string())));
    }
    list.push(rule(false, side.block()));
    list.extend(old);
    let why = format!(
        "Drop {} from {} in {}'s own firewall.",
        wanted(packet),
        side.words(),
        teller.name(id)
    );
    Some(candidate(0, why, vec![put_firewall(id, false, list)]))
}

/// What is not the Internet: private networks, or a VPC's own blocks of IPv6.
fn inside(teller: &Teller<'_>, vpc: VpcId, family: IpAddr) -> impl Iterator<Item = IpNet> {
    let ipv4 = family.is_ipv4();
    let private = PRIVATE
        .iter()
        .map(|(first, length)| IpNet::V4(Ipv4Net::new_assert((*first).into(), *length)));
    let vpc = teller.ec2.vpcs.get(&vpc);
    let own: Vec<IpNet> = match vpc {
        Some(vpc) if !ipv4 => vpc.ipv6_cidrs.iter().map(|(_, own)| IpNet::V6(*own)).collect(),
        _ => Vec::new(),
    };
    private.filter(move |_| ipv4).chain(own)
}

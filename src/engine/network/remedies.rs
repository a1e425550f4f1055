//! What might mend one blocker: candidate calls, first what seems to open the least. Nothing here is believed before `fixes` has
//! tried it on a copy of the world.

use super::addresses::{ephemeral, everybody, host_block};
use super::sentences::wanted;
use super::step::*;
use super::words::Teller;
use super::{Packet, link_ways, protocol_text, ways};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::Ec2;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::*;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// Seconds that a machine may need to leave a passing state (ours, as the ranges in `clock::timings` are).
const A_WHILE: i64 = 120;

/// One call that is not made yet. A string `$(0.Path)` in its parameters stands for a part of the answer to the
/// candidate's own first call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    /// Where it is made, if that is not the Region in which the path was asked.
    pub region: Option<Region>,
    pub service: &'static str,
    pub operation: &'static str,
    pub params: Structure,
}

/// Calls that may mend one blocker together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    pub calls: Vec<Draft>,
    /// What it does, as one sentence.
    pub why: String,
    /// How much it is thought to open: 0 nothing to anybody new, up to 40 to the whole world (ours; only the order counts,
    /// in which candidates are tried).
    pub opens: u32,
    /// Fewer of its calls, which are enough in some worlds.
    pub less: Option<Box<Candidate>>,
}

pub(super) fn call(operation: &'static str, params: Structure) -> Draft {
    Draft {
        region: None,
        service: "ec2",
        operation,
        params,
    }
}

pub(super) fn own_call(operation: &'static str, params: Structure) -> Draft {
    Draft {
        region: None,
        service: "stratus",
        operation,
        params,
    }
}

pub(super) fn candidate(opens: u32, why: String, calls: Vec<Draft>) -> Candidate {
    Candidate {
        calls,
        why,
        opens,
        less: None,
    }
}

/// Candidates for a blocker, made in its Region. `teller`: that Region's; `way`: the steps that led to the blocker.
pub(super) fn of(teller: &Teller<'_>, blocker: &Blocker, way: &[Step]) -> Vec<Candidate> {
    let mut candidates = in_its_region(teller, blocker, way);
    if let Some(region) = blocker.step.region {
        candidates.iter_mut().for_each(|candidate| abroad(candidate, region));
    }
    candidates
}

/// What mends another Region is made there, and says so. (Time passes everywhere.)
#[inline(never)]
fn abroad(candidate: &mut Candidate, region: Region) {
    candidate.why = format!("In {}: {}", region.name(), candidate.why);
    for call in &mut candidate.calls {
        call.region.get_or_insert(region);
    }
}

fn in_its_region(teller: &Teller<'_>, blocker: &Blocker, way: &[Step]) -> Vec<Candidate> {
    match blocker.step.what {
        What::Groups(id, false, Groups::Unsupported) => {
            let mut list = super::link_words::referencing(teller, id, &blocker.step.before);
            let rules = group_rules(teller, id, false, &blocker.step.before);
            list.extend(rules.into_iter().flat_map(|(_, rules)| rules));
            list
        }
        What::Groups(id, egress, _) => {
            let packet = &blocker.step.before;
            let Some((group, mut list)) = group_rules(teller, id, egress, packet) else {
                return Vec::new();
            };
            if super::filters::is_full(&teller.ec2, group, egress, packet) {
                list.extend(super::full_groups::another(teller, id, egress, packet));
            }
            list
        }
        _ => rarer(teller, blocker, way),
    }
}

/// For what does not stop the packet of a first visit. On its own, so that `cargo tasks split` can move it.
#[inline(never)]
fn rarer(teller: &Teller<'_>, blocker: &Blocker, way: &[Step]) -> Vec<Candidate> {
    let packet = &blocker.step.before;
    match blocker.step.what {
        What::Guest(id, Guest::State(state)) => state_change(teller, id, state),
        What::Guest(id, Guest::Boots) => {
            vec![candidate(
                0,
                format!("Let time pass until {} has booted.", teller.name(id)),
                vec![wait()],
            )]
        }
        What::Guest(id, Guest::Impaired) => impaired(teller, id),
        What::Guest(id, Guest::Drops(place)) => guest_firewall(teller, id, place, false, packet),
        What::Guest(id, Guest::Holds(place)) => guest_firewall(teller, id, place, true, packet),
        What::Guest(id, Guest::Discards(number)) => super::guest_ways::without_route(teller, id, number),
        What::Guest(id, Guest::NotListening) => listener(teller, id, packet),
        What::Wire(id, true) => new_host(teller, id),
        What::Interface(id, Check::Foreign) => {
            let mut list = super::guest_ways::own_way(teller, id);
            list.extend(source_dest_check(teller, id));
            list
        }
        What::Acl(id, subnet, egress, entry) => acl_entries(teller, id, subnet, egress, entry, blocker),
        What::Route(id, Routed::Nothing) => {
            let mut list = ways::new_route(teller, id, packet);
            list.extend(super::nat_ways::nat_route(teller, id, None, blocker));
            list
        }
        What::Route(id, Routed::BlackHole(number)) => {
            let mut list = ways::mended_route(teller, id, number, packet);
            list.extend(super::nat_ways::nat_route(teller, id, Some(number), blocker));
            list
        }
        What::Nat(id, Nat::Pending) => {
            let why = format!("Let time pass until {} is available.", teller.name(id));
            vec![candidate(0, why, vec![wait()])]
        }
        What::Nat(id, Nat::Full(..)) => super::nat_ports::another_address(teller, id, packet.source_address),
        What::EgressOnly(_, EgressOnly::Unasked(table, number)) => super::nat_ways::open_ipv6(teller, table, number),
        What::Route(id, Routed::NoPublicAddress(number)) => ways::appliance_address(teller, id, number),
        What::Gateway(_, Door::Internet(_), true, Gateway::NoPublicAddress(Some(id)))
            if blocker.code == super::codes::IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS && teller.is_edge(id) =>
        {
            link_ways::around(teller, blocker, way)
        }
        What::Gateway(_, _, _, Gateway::NoPublicAddress(Some(id))) => ways::public_address(teller, id),
        What::Gateway(vpc, Door::Carrier(_), _, Gateway::Missing) => vec![super::carrier_words::gateway(teller, vpc)],
        What::Gateway(vpc, _, _, Gateway::Missing) => {
            let (calls, why, _) = ways::gateway(teller, vpc);
            vec![candidate(8, why, calls)]
        }
        What::Gateway(vpc, _, _, Gateway::PublicBlocked(subnet, one_way)) => {
            super::public_block::remedies(teller, vpc, subnet, one_way)
        }
        What::EgressOnly(_, EgressOnly::PublicBlocked(subnet)) => match teller.ec2.subnets.get(&subnet) {
            Some(row) => super::public_block::remedies(teller, row.vpc, subnet, true),
            None => Vec::new(),
        },
        What::Transit(id, says) => {
            let mut list = super::transit_ways::remedies(teller, id, says, packet.destination_address);
            if list.is_empty() {
                list.extend(link_ways::around(teller, blocker, way));
            }
            list
        }
        What::Gateway(_, _, true, Gateway::Private | Gateway::Shared | Gateway::Zone(_))
        | What::Nat(_, Nat::Stranger)
        | What::Peering(_, _, Crossing::ForeignDestination) => link_ways::around(teller, blocker, way),
        What::Vpn(id, Vpn::Down) => link_ways::tunnel_up(teller, id, blocker, way),
        What::Disconnected(vpc, _) => link_ways::connect(teller, vpc, packet).into_iter().collect(),
        What::ClassicLink(vpc, id, Link::Missing) => super::classic_words::link(teller, vpc, id),
        What::Unanswerable(Unanswerable::NoSeat(id)) => match teller.instance(id) {
            Some(row) => state_change(teller, id, row.state),
            None => Vec::new(),
        },
        What::Metadata(id, Metadata::Disabled) => metadata(teller, id, packet),
        What::Service(vpc, _, false) if blocker.code == super::codes::STRATUS_DNS_SUPPORT_DISABLED => {
            let on = Structure::new().with(field::VALUE, true);
            let params = Structure::new()
                .with(field::VPC_ID, vpc)
                .with(field::ENABLE_DNS_SUPPORT, on);
            let why = format!("Turn on DNS support of {}.", teller.name(vpc));
            vec![candidate(0, why, vec![call("ModifyVpcAttribute", params)])]
        }
        _ => Vec::new(),
    }
}

// Machines.

fn instances(id: InstanceId) -> Structure {
    Structure::new().with(field::INSTANCE_IDS, vec![id])
}

pub(super) fn wait() -> Draft {
    own_call("AdvanceClock", Structure::new().with(field::SECONDS, A_WHILE as f64))
}

pub(super) fn state_change(teller: &Teller<'_>, id: InstanceId, state: InstanceState) -> Vec<Candidate> {
    let name = teller.name(id);
    let start = || call("StartInstances", instances(id));
    match state {
        InstanceState::Stopped => vec![candidate(
            0,
            format!("Start {name}; it runs within about a minute."),
            vec![start()],
        )],
        InstanceState::Stopping => {
            vec![candidate(
                0,
                format!("Let {name} come to a stop, then start it."),
                vec![wait(), start()],
            )]
        }
        InstanceState::Pending => vec![candidate(0, format!("Let time pass until {name} runs."), vec![wait()])],
        _ => Vec::new(),
    }
}

fn impaired(teller: &Teller<'_>, id: InstanceId) -> Vec<Candidate> {
    let name = teller.name(id);
    let mend = Structure::new()
        .with(field::INSTANCE_ID, id)
        .with(field::CHECK, "instance")
        .with(field::IMPAIRED, false);
    vec![
        candidate(
            0,
            format!("Reboot {name}."),
            vec![call("RebootInstances", instances(id))],
        ),
        candidate(
            0,
            format!("Mend the guest of {name}."),
            vec![own_call("ImpairInstance", mend)],
        ),
    ]
}

fn new_host(teller: &Teller<'_>, id: InstanceId) -> Vec<Candidate> {
    let calls = vec![
        call("StopInstances", instances(id)),
        wait(),
        call("StartInstances", instances(id)),
    ];
    let why = format!(
        "Stop {} and start it again, so that it comes up on another host.",
        teller.name(id)
    );
    vec![candidate(0, why, calls)]
}

fn listener(teller: &Teller<'_>, id: InstanceId, packet: &Packet) -> Vec<Candidate> {
    if !packet.has_ports() || packet.destination_port == 0 {
        return Vec::new();
    }
    let params = Structure::new()
        .with(field::INSTANCE_ID, id)
        .with(field::PROTOCOL, protocol_text(packet.protocol))
        .with(field::PORT, packet.destination_port);
    let why = format!(
        "Start a program on {} that listens on {}.",
        teller.name(id),
        wanted(packet)
    );
    vec![candidate(0, why, vec![own_call("StartListener", params)])]
}

fn guest_firewall(teller: &Teller<'_>, id: InstanceId, place: u16, egress: bool, packet: &Packet) -> Vec<Candidate> {
    let Some(instance) = teller.ec2.instances.get(&id) else {
        return Vec::new();
    };
    let old = firewall_of(instance, egress);
    let put = |rules: Vec<Structure>| vec![put_firewall(id, egress, rules)];
    let name = teller.name(id);
    let port = packet
        .has_ports()
        .then_some((packet.destination_port, packet.destination_port));
    let other = packet.other_side(egress);
    let mut first = vec![firewall_rule(
        true,
        egress,
        Some(packet.protocol),
        port,
        host_block(other),
    )];
    first.extend(old.iter().cloned());
    let without = old
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != usize::from(place))
        .map(|(_, rule)| rule.clone());
    let why = match egress {
        true => format!("Let {} out to {other} in {name}'s own firewall.", wanted(packet)),
        false => format!("Let {other} in on {} in {name}'s own firewall.", wanted(packet)),
    };
    vec![
        candidate(1, why, put(first)),
        candidate(
            if egress { 2 } else { 30 },
            format!("Take rule {} out of {name}'s own firewall.", place + 1),
            put(without.collect()),
        ),
    ]
}

/// A rule of a guest's own firewall, as `PutGuestFirewall` takes it.
pub(super) fn firewall_rule(
    allow: bool,
    egress: bool,
    protocol: Option<u8>,
    ports: Option<(u16, u16)>,
    other: String,
) -> Structure {
    let protocol = match protocol {
        Some(1 | 58) => "icmp".to_owned(),
        Some(number) => protocol_text(number),
        None => "all".to_owned(),
    };
    let rule = Structure::new()
        .with(field::ACTION, if allow { "allow" } else { "deny" })
        .with(field::PROTOCOL, protocol)
        .with(if egress { field::DESTINATION } else { field::SOURCE }, other);
    match ports {
        Some((low, high)) => rule.with(field::FROM_PORT, low).with(field::TO_PORT, high),
        None => rule,
    }
}

/// The rules that a guest's own firewall has for what comes, or for what it sends (`egress`).
pub(super) fn firewall_of(instance: &Instance, egress: bool) -> Vec<Structure> {
    let rules = match egress {
        true => instance.guest.firewall_out.iter(),
        false => instance.guest.firewall.iter(),
    };
    rules
        .map(|old| firewall_rule(old.allow, egress, old.protocol, Some(old.ports), old.source.to_string()))
        .collect()
}

/// All rules of a guest's own firewall for one direction at once; those for the other stay.
pub(super) fn put_firewall(id: InstanceId, egress: bool, rules: Vec<Structure>) -> Draft {
    let list = if egress { field::OUTBOUND_RULES } else { field::RULES };
    let params = Structure::new().with(field::INSTANCE_ID, id).with(list, rules);
    own_call("PutGuestFirewall", params)
}

fn metadata(teller: &Teller<'_>, id: InstanceId, packet: &Packet) -> Vec<Candidate> {
    let mut params = Structure::new()
        .with(field::INSTANCE_ID, id)
        .with(field::HTTP_ENDPOINT, "enabled");
    if packet.destination_address.is_ipv6() {
        params.set(field::HTTP_PROTOCOL_IPV6, "enabled");
    }
    let why = format!("Turn on the instance metadata service of {}.", teller.name(id));
    vec![candidate(0, why, vec![call("ModifyInstanceMetadataOptions", params)])]
}

fn source_dest_check(teller: &Teller<'_>, id: NetworkInterfaceId) -> Vec<Candidate> {
    let off = Structure::new().with(field::VALUE, false);
    let params = Structure::new()
        .with(field::NETWORK_INTERFACE_ID, id)
        .with(field::SOURCE_DEST_CHECK, off);
    let why = format!(
        "Turn off the source/destination check of {}, so that it may pass packets on.",
        teller.behind(id)
    );
    vec![candidate(4, why, vec![call("ModifyNetworkInterfaceAttribute", params)])]
}

// Filters.

/// A rule's protocol and ports, as a security group has them.
fn permission(packet: &Packet) -> Structure {
    let protocol = match packet.protocol {
        known @ (1 | 6 | 17 | 58) => protocol_text(known),
        other => other.to_string(),
    };
    let rule = Structure::new().with(field::IP_PROTOCOL, protocol);
    let port = packet.destination_port;
    match (packet.has_ports(), packet.is_icmp()) {
        (true, _) => rule.with(field::FROM_PORT, port).with(field::TO_PORT, port),
        (_, true) => rule.with(field::FROM_PORT, port).with(field::TO_PORT, -1),
        _ => rule,
    }
}

/// A rule that lets a packet pass to or from one address.
pub(super) fn rule_for(packet: &Packet, address: IpAddr) -> Structure {
    with_block(permission(packet), address, host_block(address))
}

/// A rule for a block of an address's family.
fn with_block(rule: Structure, family: IpAddr, block: String) -> Structure {
    match family {
        IpAddr::V4(_) => rule.with(field::IP_RANGES, vec![Structure::new().with(field::CIDR_IP, block)]),
        IpAddr::V6(_) => rule.with(field::IPV6_RANGES, vec![Structure::new().with(field::CIDR_IPV6, block)]),
    }
}

/// Of the groups that rule a packet at an interface, the one in which a rule opens the least, that with the fewest members; and
/// rules for it.
fn group_rules(
    teller: &Teller<'_>,
    id: NetworkInterfaceId,
    egress: bool,
    packet: &Packet,
) -> Option<(SecurityGroupId, Vec<Candidate>)> {
    let ec2 = &teller.ec2;
    let interface = ec2.interface(id)?;
    let rulers = super::classic::rulers(ec2, interface, packet, egress);
    let group = rulers.groups.iter().copied().min_by_key(|group| members(ec2, *group))?;
    let address = packet.other_side(egress);
    let operation = if egress {
        "AuthorizeSecurityGroupEgress"
    } else {
        "AuthorizeSecurityGroupIngress"
    };
    let authorize = |rule: Structure| {
        let params = Structure::new()
            .with(field::GROUP_ID, group)
            .with(field::IP_PERMISSIONS, vec![rule]);
        vec![call(operation, params)]
    };
    let (name, asked) = (teller.group_name(group), wanted(packet));
    let block = |block: String| with_block(permission(packet), address, block);
    let verb = if egress { "out to" } else { "in from" };
    let mut list = vec![candidate(
        1,
        format!("Let {asked} {verb} {address} in {name}."),
        authorize(rule_for(packet, address)),
    )];
    match super::classic::member_groups(ec2, rulers.vpc, address) {
        Some(groups) => {
            if let Some(peer) = groups.first() {
                let pair = Structure::new().with(field::GROUP_ID, *peer);
                let rule = permission(packet).with(field::USER_ID_GROUP_PAIRS, vec![pair]);
                let why = format!(
                    "Let {asked} {verb} all members of {} in {name}.",
                    teller.group_name(*peer)
                );
                list.push(candidate(8, why, authorize(rule)));
            }
        }
        None if is_across(ec2, interface.vpc, address) => {
            let pair = across(ec2, interface.vpc, address);
            list.extend(pair.map(|(peering, peer)| {
                let pair = Structure::new()
                    .with(field::GROUP_ID, peer)
                    .with(field::VPC_PEERING_CONNECTION_ID, peering);
                let rule = permission(packet).with(field::USER_ID_GROUP_PAIRS, vec![pair]);
                let who = format!("{}, across {}", teller.group_name(peer), teller.name(peering));
                let why = format!("Let {asked} {verb} all members of {who}, in {name}.");
                candidate(8, why, authorize(rule))
            }));
        }
        None => {
            let why = format!("Let {asked} {verb} everybody in {name}.");
            list.push(candidate(32, why, authorize(block(everybody(address).into()))));
        }
    }
    Some((group, list))
}

/// Whether an address lies in a VPC on the other side of a peering connection.
fn is_across(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> bool {
    !ec2.links.peerings.is_empty() && super::links::towards(ec2, vpc, address).is_some()
}

/// The first group of who has an address on the other side of a peering connection.
fn across(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> Option<(VpcPeeringConnectionId, SecurityGroupId)> {
    let (peering, other) = super::links::towards(ec2, vpc, address)?;
    let holder = super::filters::holder(ec2, other.id, address)?;
    Some((peering.id, *holder.groups.first()?))
}

pub(super) fn members(ec2: &Ec2, group: SecurityGroupId) -> usize {
    let key = |interface| (ResourceId::from(group), ResourceId::from(interface));
    let range = key(NetworkInterfaceId(0))..=key(NetworkInterfaceId(u64::MAX));
    ec2.referrers.count(range)
}

fn acl_entries(
    teller: &Teller<'_>,
    id: NetworkAclId,
    subnet: SubnetId,
    egress: bool,
    entry: Option<u16>,
    blocker: &Blocker,
) -> Vec<Candidate> {
    let Some(acl) = teller.ec2.network_acls.get(&id) else {
        return Vec::new();
    };
    let packet = &blocker.step.before;
    let denying = entry.and_then(|place| acl.entries.get(usize::from(place)));
    let address = packet.other_side(egress);
    // The answer goes to whichever port the client chose.
    let ports = match (packet.has_ports(), blocker.back) {
        (false, _) => None,
        (true, false) => Some((packet.destination_port, packet.destination_port)),
        (true, true) => Some(ephemeral(packet.destination_port)),
    };
    let create = |number: u16, block: &str| acl_entry(id, (number, egress, true), packet, ports, block);
    let asked = match ports {
        Some((low, high)) if low != high => {
            format!("{} {low}–{high}", protocol_text(packet.protocol).to_ascii_uppercase())
        }
        _ => wanted(packet),
    };
    let way = if egress { "out of" } else { "into" };
    let (name, place) = (teller.name(id), teller.subnet_name(subnet));
    let mut list = Vec::new();
    if let Some(number) = free_number(acl, egress, denying.map(|entry| entry.number)) {
        let other = if egress {
            format!("to {address}")
        } else {
            format!("from {address}")
        };
        let why = format!("Let {asked} {other} {way} {place}, as rule {number} of {name}.");
        list.push(candidate(1, why, vec![create(number, &host_block(address))]));
        let why = format!("Let {asked} {way} {place} for everybody, as rule {number} of {name}.");
        list.push(candidate(24, why, vec![create(number, everybody(address))]));
    }
    if let Some(entry) = denying {
        let params = Structure::new()
            .with(field::NETWORK_ACL_ID, id)
            .with(field::RULE_NUMBER, entry.number)
            .with(field::EGRESS, egress);
        let why = format!("Delete rule {} of {name}, which denies.", entry.number);
        list.push(candidate(28, why, vec![call("DeleteNetworkAclEntry", params)]));
    }
    list
}

/// A new entry of a network ACL for what a packet is: number, outgoing?, allow?; its ports, where it has some; the other side.
pub(super) fn acl_entry(
    id: NetworkAclId,
    (number, egress, allow): (u16, bool, bool),
    packet: &Packet,
    ports: Option<(u16, u16)>,
    block: &str,
) -> Draft {
    let params = Structure::new()
        .with(field::NETWORK_ACL_ID, id)
        .with(field::RULE_NUMBER, number)
        .with(field::PROTOCOL, packet.protocol.to_string())
        .with(field::RULE_ACTION, if allow { "allow" } else { "deny" })
        .with(field::EGRESS, egress);
    let params = match packet.other_side(egress) {
        IpAddr::V4(_) => params.with(field::CIDR_BLOCK, block),
        IpAddr::V6(_) => params.with(field::IPV6_CIDR_BLOCK, block),
    };
    let range = ports.map(|(from, to)| Structure::new().with(field::FROM, from).with(field::TO, to));
    let kind = packet.is_icmp().then(|| {
        let kind = i64::from(packet.destination_port);
        Structure::new().with(field::TYPE, kind).with(field::CODE, -1)
    });
    call(
        "CreateNetworkAclEntry",
        params
            .with_some(field::PORT_RANGE, range)
            .with_some(field::ICMP_TYPE_CODE, kind),
    )
}

/// A number that no entry of this direction has: before the entry that denies, or after all of them.
pub(super) fn free_number(acl: &NetworkAcl, egress: bool, before: Option<u16>) -> Option<u16> {
    let taken = |number: u16| {
        acl.entries
            .iter()
            .any(|entry| entry.egress == egress && entry.number == number)
    };
    let last = acl
        .entries
        .iter()
        .filter(|entry| entry.egress == egress)
        .map(|entry| entry.number)
        .max();
    match before {
        Some(number) => (1..number).rev().find(|number| !taken(*number)),
        None => {
            let next = last.map_or(100, |last| (last / 10).saturating_add(1).saturating_mul(10));
            (next <= 32_766)
                .then_some(next)
                .or_else(|| (1..=32_766).rev().find(|number| !taken(*number)))
        }
    }
}

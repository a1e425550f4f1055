//! Security groups, network ACLs and the guest's own firewall: whether one rule matches one packet, and why not.
//! The same functions decide and explain, so that the two can never disagree.

use super::Packet;
use super::addresses::{ICMP, ICMPV6, TCP, UDP};
use super::classic::member_groups;
use super::step::Groups;
use crate::base::ids::*;
use crate::catalog::quotas;
use crate::services::ec2::vpc::rules::rules_used;
use crate::world::Ec2;
use crate::world::compute::GuestRule;
use crate::world::links::PeeringState;
use crate::world::vpc::*;
use std::net::IpAddr;

/// Why a rule does not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Miss {
    /// Another protocol.
    Protocol,
    /// Other ports.
    Port,
    /// Another type or code of ICMP.
    IcmpType,
    /// Another side.
    Peer,
    /// The other side would be a member of the group, but an appliance on the way hides that.
    NotPreserved,
    /// The other side is a member of the group, and the transit gateway or an attachment does not support telling.
    Unsupported,
}

/// How well it is known who sent a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// As within a VPC, and across a peering connection.
    Openly,
    /// Through one transit gateway, which tells of members of groups only for rules made for that.
    ByHub,
    /// Through an instance on the way, or more than one transit gateway.
    Hidden,
}

/// Who stands on the other side of a packet, as a security group can know it.
#[derive(Clone, Copy)]
pub(super) struct Other<'w> {
    /// Its address in the packet.
    pub address: IpAddr,
    /// The groups of whoever in the same VPC has this private address: only by it can a member be recognised, never by a
    /// public address.
    /// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html>
    pub groups: Option<&'w [SecurityGroupId]>,
    /// Whether the interface behind the address is known to groups.
    pub seen: Seen,
}

impl<'w> Other<'w> {
    /// The other side of a packet that an interface of this VPC sends (`egress`) or takes.
    pub fn of(ec2: &'w Ec2, vpc: VpcId, packet: &Packet, egress: bool, seen: Seen) -> Other<'w> {
        let address = packet.other_side(egress);
        Other {
            address,
            groups: member_groups(ec2, vpc, address),
            seen,
        }
    }
}

/// Whether a rule of a group, of the right direction, matches.
pub(super) fn group_rule(ec2: &Ec2, rule: &GroupRule, packet: &Packet, other: &Other<'_>) -> Result<(), Miss> {
    traffic(rule, packet.protocol, packet.destination_port)?;
    peer(ec2, &rule.peer, other)
}

/// Whether a rule of a group is for this protocol and port (of ICMP: type).
pub(super) fn traffic(rule: &GroupRule, protocol: u8, port: u16) -> Result<(), Miss> {
    let Some(own) = rule.protocol else { return Ok(()) };
    if own != protocol {
        return Err(Miss::Protocol);
    }
    let ((low, high), asked) = (rule.ports, i32::from(port));
    match protocol {
        // (type, code); a traced message has code 0.
        ICMP | ICMPV6 if !(low == -1 || low == asked && matches!(high, -1 | 0)) => Err(Miss::IcmpType),
        TCP | UDP if low != -1 && !(low..=high).contains(&asked) => Err(Miss::Port),
        _ => Ok(()),
    }
}

/// Whether a rule's other side is this one.
pub(super) fn peer(ec2: &Ec2, peer: &Peer, other: &Other<'_>) -> Result<(), Miss> {
    let member = |groups: Option<&[SecurityGroupId]>, group: SecurityGroupId| match groups {
        Some(groups) if groups.contains(&group) && other.seen != Seen::Openly => Err(Miss::NotPreserved),
        Some(groups) if groups.contains(&group) => Ok(()),
        _ => Err(Miss::Peer),
    };
    match *peer {
        Peer::Cidr(block) if block.contains(&other.address) => Ok(()),
        Peer::Cidr(_) => Err(Miss::Peer),
        Peer::PrefixList(list) => {
            let entries = ec2.prefix_lists.get(&list).map(|list| list.entries.as_slice());
            let mut blocks = entries.unwrap_or_default().iter().map(|(block, _)| block);
            if blocks.any(|block| block.contains(&other.address)) {
                Ok(())
            } else {
                Err(Miss::Peer)
            }
        }
        Peer::Group(group) => member(other.groups, group),
        Peer::PeerGroup(group, vpc, peering) => {
            let active = |row: &crate::world::links::VpcPeering| row.state == PeeringState::Active;
            let known = ec2.links.peerings.get(&peering).is_some_and(active);
            let holder = known.then(|| holder(ec2, vpc, other.address)).flatten();
            member(holder.map(|holder| holder.groups.as_slice()), group)
        }
        Peer::HubGroup(group, vpc, own) => hub_member(ec2, group, (vpc, own), other),
    }
}

/// Whether the other side is a member of a group of a VPC behind a transit gateway.
#[inline(never)]
fn hub_member(ec2: &Ec2, group: SecurityGroupId, (vpc, own): (VpcId, VpcId), other: &Other<'_>) -> Result<(), Miss> {
    let holder = holder(ec2, vpc, other.address);
    if !holder.is_some_and(|holder| holder.groups.contains(&group)) {
        return Err(Miss::Peer);
    }
    match crate::world::leading::references(ec2, own, vpc) {
        _ if other.seen == Seen::Hidden => Err(Miss::NotPreserved),
        Some((_, true)) => Ok(()),
        Some((_, false)) => Err(Miss::Unsupported),
        None => Err(Miss::Peer),
    }
}

/// What all groups that rule an interface say together: there is no order and no deny, any matching rule will do.
/// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html>
pub(super) fn groups(ec2: &Ec2, all: &[SecurityGroupId], egress: bool, packet: &Packet, other: &Other<'_>) -> Groups {
    let mut verdict = Groups::Empty;
    for (place, group) in (0u16..).zip(all) {
        let Some(group) = ec2.security_groups.get(group) else {
            continue;
        };
        if !group.rules.is_empty() && verdict == Groups::Empty {
            verdict = Groups::Mismatch;
        }
        for (number, rule) in (0u16..).zip(&group.rules) {
            if rule.egress != egress {
                continue;
            }
            match group_rule(ec2, rule, packet, other) {
                Ok(()) => {
                    let untracked =
                        packet.has_ports() && open_to_all(rule, packet) && answers_open(ec2, all, !egress, packet);
                    return Groups::Rule {
                        group: place,
                        rule: number,
                        untracked,
                    };
                }
                Err(Miss::NotPreserved) => verdict = Groups::NotPreserved,
                Err(Miss::Unsupported) => verdict = Groups::Unsupported,
                Err(_) => {}
            }
        }
    }
    verdict
}

/// A rule for every address of the packet's family.
fn open_to_all(rule: &GroupRule, packet: &Packet) -> bool {
    let same_family = |address: IpAddr| address.is_ipv4() == packet.source_address.is_ipv4();
    matches!(rule.peer, Peer::Cidr(block) if block.prefix_len() == 0 && same_family(block.addr()))
}

/// Whether the groups let the other direction pass for all addresses and ports: then a flow is not tracked.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html>
fn answers_open(ec2: &Ec2, all: &[SecurityGroupId], egress: bool, packet: &Packet) -> bool {
    let groups = all.iter().filter_map(|group| ec2.security_groups.get(group));
    groups.flat_map(|group| &group.rules).any(|rule| {
        let all_ports = rule.protocol.is_none()
            || rule.protocol == Some(packet.protocol)
                && (rule.ports.0 == -1 || rule.ports.0 == 0 && rule.ports.1 == 65_535);
        rule.egress == egress && all_ports && open_to_all(rule, packet)
    })
}

/// Whether an entry of a network ACL, of the right direction, matches.
/// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>
pub(super) fn acl_entry(entry: &AclEntry, packet: &Packet) -> Result<(), Miss> {
    if let Some(protocol) = entry.protocol {
        if protocol != packet.protocol {
            return Err(Miss::Protocol);
        }
        if packet.is_icmp() {
            let (kind, code) = entry.icmp.unwrap_or((-1, -1));
            let asked = i32::from(packet.destination_port);
            if !(kind == -1 || i32::from(kind) == asked && matches!(code, -1 | 0)) {
                return Err(Miss::IcmpType);
            }
        } else if packet.has_ports() && !(entry.ports.0..=entry.ports.1).contains(&packet.destination_port) {
            return Err(Miss::Port);
        }
    }
    if entry.cidr.contains(&packet.other_side(entry.egress)) {
        Ok(())
    } else {
        Err(Miss::Peer)
    }
}

/// The entry of an ACL that decides: the lowest number that matches; `None` = the last one, `*`, which denies.
pub(super) fn acl(acl: &NetworkAcl, egress: bool, packet: &Packet) -> Option<(u16, bool)> {
    let mut entries = (0u16..).zip(&acl.entries).filter(|(_, entry)| entry.egress == egress);
    let (place, entry) = entries.find(|(_, entry)| acl_entry(entry, packet).is_ok())?;
    Some((place, entry.allow))
}

/// Whether a rule of a guest's own firewall, for what it sends (`egress`) or gets, matches.
pub(super) fn guest_rule(rule: &GuestRule, egress: bool, packet: &Packet) -> Result<(), Miss> {
    let meant = |protocol| protocol == packet.protocol || protocol == ICMP && packet.is_icmp();
    if !rule.protocol.is_none_or(meant) {
        return Err(Miss::Protocol);
    }
    if packet.has_ports() && !(rule.ports.0..=rule.ports.1).contains(&packet.destination_port) {
        return Err(Miss::Port);
    }
    if rule.source.contains(&packet.other_side(egress)) {
        Ok(())
    } else {
        Err(Miss::Peer)
    }
}

/// The rule of a guest's firewall that decides: the first that matches; `None` = none does, which allows.
pub(super) fn guest_firewall(rules: &[GuestRule], egress: bool, packet: &Packet) -> Option<(u16, bool)> {
    let mut rules = (0u16..).zip(rules);
    let (place, rule) = rules.find(|(_, rule)| guest_rule(rule, egress, packet).is_ok())?;
    Some((place, rule.allow))
}

/// The interface of a VPC (`NO_VPC`: of EC2-Classic) that has this private (or IPv6) address.
pub(crate) fn holder(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> Option<&NetworkInterface> {
    let id = match address {
        IpAddr::V4(address) => ec2.ipv4_holder(vpc, address)?,
        IpAddr::V6(address) => ec2.ipv6_holder(address)?,
    };
    ec2.interface(id).filter(|interface| interface.vpc == vpc)
}

/// Whether a group has as many rules of a direction as it may have, of the family of a packet's addresses.
pub(super) fn is_full(ec2: &Ec2, group: SecurityGroupId, egress: bool, packet: &Packet) -> bool {
    ec2.security_groups.get(&group).is_some_and(|group| {
        let (ipv4, ipv6) = rules_used(ec2, &group.rules, egress);
        let used = if packet.source_address.is_ipv4() { ipv4 } else { ipv6 };
        used >= quotas::RULES_PER_SECURITY_GROUP
    })
}

//! Rules as text that one can find again in the console, and what became of each rule that was looked at.

use super::filters::{self, Miss, Other};
use super::step::*;
use super::{Considered, Fate, Packet, Rule, protocol_text};
use crate::base::ids::VpnGatewayId;
use crate::world::Ec2;
use crate::world::classic::NO_VPC;
use crate::world::compute::{GuestRule, Instance};
use crate::world::vpc::*;
use ipnet::IpNet;
use std::fmt::Write;
use std::net::IpAddr;

/// The rule that is in no list: what no rule allows.
fn anything_else() -> Considered {
    let rule = Rule {
        id: Rule::UNLISTED.into(),
        text: "anything else".into(),
    };
    considered(rule, Fate::Decided, "drop")
}

fn considered(rule: Rule, fate: Fate, why: &str) -> Considered {
    Considered {
        rule,
        fate,
        why: why.to_owned(),
    }
}

/// Why a rule did not match, in a word.
fn word(miss: Miss, egress: bool) -> &'static str {
    match miss {
        Miss::Protocol => "protocol",
        Miss::Port => "port",
        Miss::IcmpType => "type",
        Miss::Peer if egress => "destination",
        Miss::Peer => "source",
        Miss::NotPreserved => "membership is hidden by the appliance",
        Miss::Unsupported => "the transit gateway does not tell of members",
    }
}

/// `tcp 443`, `udp 1024–65535`, `icmp 8`, `all`.
pub(super) fn traffic(protocol: Option<u8>, ports: Option<(i32, i32)>) -> String {
    let Some(protocol) = protocol else { return "all".into() };
    let mut text = protocol_text(protocol);
    match (protocol, ports) {
        (1 | 58, Some((kind, _))) if kind != -1 => _ = write!(text, " {kind}"),
        (6 | 17, Some((low, high))) if low != -1 && (low, high) != (0, 65_535) => {
            _ = if low == high {
                write!(text, " {low}")
            } else {
                write!(text, " {low}–{high}")
            };
        }
        _ => {}
    }
    text
}

/// A rule of a security group.
pub(super) fn group_rule(rule: &GroupRule) -> Rule {
    let mut text = traffic(rule.protocol, Some(rule.ports));
    text.push_str(if rule.egress { " to " } else { " from " });
    _ = match rule.peer {
        Peer::Cidr(block) => write!(text, "{block}"),
        Peer::Group(group) => write!(text, "{group}"),
        Peer::PrefixList(list) => write!(text, "{list}"),
        Peer::PeerGroup(group, NO_VPC, _) => write!(text, "{group} of another account"),
        Peer::PeerGroup(group, _, peering) => write!(text, "{group} across {peering}"),
        Peer::HubGroup(group, vpc, _) => write!(text, "{group} of {vpc} behind a transit gateway"),
    };
    Rule {
        id: rule.id.to_string(),
        text,
    }
}

/// Every rule that an interface's groups were asked, in the order of asking.
pub(super) fn groups(
    ec2: &Ec2,
    interface: &NetworkInterface,
    egress: bool,
    packet: &Packet,
    decided: Groups,
) -> Vec<Considered> {
    let rulers = super::classic::rulers(ec2, interface, packet, egress);
    let seen = match decided {
        Groups::NotPreserved => filters::Seen::Hidden,
        _ => filters::Seen::Openly,
    };
    let other = Other::of(ec2, rulers.vpc, packet, egress, seen);
    let several = rulers.groups.len() > 1;
    let mut list = Vec::new();
    for (place, group) in (0u16..).zip(rulers.groups) {
        let Some(group) = ec2.security_groups.get(group) else {
            continue;
        };
        for (number, rule) in (0u16..).zip(&group.rules).filter(|(_, rule)| rule.egress == egress) {
            let decider = matches!(decided, Groups::Rule { group, rule, .. } if (group, rule) == (place, number));
            let (fate, why) = match filters::group_rule(ec2, rule, packet, &other) {
                Ok(()) if decider => (Fate::Decided, "allows"),
                Ok(()) => (Fate::Matched, "allows too"),
                Err(miss) => (Fate::Skipped, word(miss, egress)),
            };
            let mut rule = group_rule(rule);
            if several {
                _ = write!(rule.text, " ({})", group.name);
            }
            list.push(considered(rule, fate, why));
        }
    }
    if !matches!(decided, Groups::Rule { .. }) {
        list.push(anything_else());
    }
    list
}

/// An entry of a network ACL; `None` = the last one.
pub(super) fn acl_entry(entry: Option<&AclEntry>, egress: bool) -> Rule {
    let way = if egress { "to" } else { "from" };
    match entry {
        Some(entry) => {
            let ports = match entry.icmp {
                Some((kind, code)) => (kind.into(), code.into()),
                None => (entry.ports.0.into(), entry.ports.1.into()),
            };
            let verb = if entry.allow { "allow" } else { "deny" };
            let text = format!("{verb} {} {way} {}", traffic(entry.protocol, Some(ports)), entry.cidr);
            Rule {
                id: entry.number.to_string(),
                text,
            }
        }
        None => Rule {
            id: "*".into(),
            text: format!("deny all {way} anywhere"),
        },
    }
}

/// Every entry that an ACL was asked, lowest number first, to the one that decided and those after it.
pub(super) fn acl(acl: &NetworkAcl, egress: bool, packet: &Packet, decided: Option<u16>) -> Vec<Considered> {
    let mut list = Vec::new();
    for (place, entry) in (0u16..).zip(&acl.entries).filter(|(_, entry)| entry.egress == egress) {
        let (fate, why) = match filters::acl_entry(entry, packet) {
            Ok(()) if decided == Some(place) => (Fate::Decided, if entry.allow { "allows" } else { "denies" }),
            Ok(()) => (Fate::Matched, "a lower number decided"),
            Err(miss) => (Fate::Skipped, word(miss, egress)),
        };
        list.push(considered(acl_entry(Some(entry), egress), fate, why));
    }
    let last = match decided {
        None => (Fate::Decided, "denies"),
        Some(_) => (Fate::Matched, "a lower number decided"),
    };
    list.push(considered(acl_entry(None, egress), last.0, last.1));
    list
}

/// Where a route sends.
pub(super) fn target(route: &Route) -> String {
    match route.target {
        RouteTarget::Local => "local".into(),
        RouteTarget::InternetGateway(gateway) => gateway.to_string(),
        RouteTarget::Peering(peering) => peering.to_string(),
        RouteTarget::Endpoint(endpoint) => endpoint.to_string(),
        RouteTarget::Transit(transit) => transit.to_string(),
        RouteTarget::Interface(_, Some(instance)) => instance.to_string(),
        RouteTarget::Interface(interface, None) => interface.to_string(),
        RouteTarget::NatGateway(gateway) => gateway.to_string(),
        RouteTarget::EgressOnlyGateway(gateway) => gateway.to_string(),
        RouteTarget::CarrierGateway(gateway) => gateway.to_string(),
        RouteTarget::VpnGateway(gateway) => gateway.to_string(),
    }
}

/// A route.
pub(super) fn route(route: &Route) -> Rule {
    let id = match route.destination {
        RouteDestination::Cidr(block) => block.to_string(),
        RouteDestination::PrefixList(list) => list.to_string(),
    };
    let text = format!("{id} → {}", target(route));
    Rule { id, text }
}

/// The local route of a block.
pub(super) fn local(block: IpNet) -> Rule {
    Rule {
        id: block.to_string(),
        text: format!("{block} → local"),
    }
}

/// A route that a virtual private gateway propagates.
pub(super) fn propagated(block: IpNet, gateway: VpnGatewayId) -> Rule {
    Rule {
        id: block.to_string(),
        text: format!("{block} → {gateway} (propagated)"),
    }
}

/// Every route of a table, in the order in which it would win.
pub(super) fn routes(ec2: &Ec2, vpc: &Vpc, table: &RouteTable, packet: &Packet, routed: Routed) -> Vec<Considered> {
    let address = packet.destination_address;
    let chosen = match routed {
        Routed::Route(number) | Routed::BlackHole(number) | Routed::NoPublicAddress(number) => {
            table.routes.get(usize::from(number))
        }
        _ => None,
    };
    let mut list = Vec::new();
    for super::routes::Ranked {
        route,
        block,
        covers,
        propagated: from,
        ..
    } in super::routes::ranked(ec2, vpc, table, address)
    {
        let is_local = from.is_none() && route.is_none_or(|route| route.target == RouteTarget::Local);
        let decider = match routed {
            Routed::Local(own) => is_local && own == block,
            Routed::Propagated(gateway, bits) => from == Some(gateway) && covers && block.prefix_len() == bits,
            _ => chosen.is_some() && route == chosen,
        };
        let (fate, why) = match (covers, decider) {
            (true, true) => (Fate::Decided, "the most specific route"),
            (true, false) => (Fate::Matched, "a more specific or static route decided"),
            (false, _) => (Fate::Skipped, "destination"),
        };
        let rule = match (route, from) {
            (Some(route), _) => self::route(route),
            (None, Some(gateway)) => propagated(block, gateway),
            (None, None) => local(block),
        };
        list.push(considered(rule, fate, why));
    }
    if routed == Routed::Nothing {
        list.push(anything_else());
    }
    list
}

/// A rule of a guest's own firewall, which has numbers for names.
pub(super) fn guest_rule(place: u16, rule: &GuestRule, egress: bool) -> Rule {
    let side = if egress { "to" } else { "from" };
    let verb = if rule.allow { "allow" } else { "drop" };
    let ports = (rule.ports.0.into(), rule.ports.1.into());
    let text = format!("{verb} {} {side} {}", traffic(rule.protocol, Some(ports)), rule.source);
    Rule {
        id: (u32::from(place) + 1).to_string(),
        text,
    }
}

/// The rules of a guest's firewall for one direction, and what became of each.
pub(super) fn firewall(rules: &[GuestRule], egress: bool, packet: &Packet, decided: Option<u16>) -> Vec<Considered> {
    let one = |(place, rule): (u16, &GuestRule)| {
        let (fate, why) = match filters::guest_rule(rule, egress, packet) {
            Ok(()) if decided == Some(place) => (Fate::Decided, if rule.allow { "allows" } else { "drops" }),
            Ok(()) => (Fate::Matched, "an earlier rule decided"),
            Err(miss) => (Fate::Skipped, word(miss, egress)),
        };
        considered(guest_rule(place, rule, egress), fate, why)
    };
    (0u16..).zip(rules).map(one).collect()
}

/// Every rule of the guest's firewall, and what listens.
pub(super) fn guest(instance: &Instance, packet: &Packet, does: Guest) -> Vec<Considered> {
    let decided = match does {
        Guest::Takes(rule) => rule,
        Guest::Drops(rule) => Some(rule),
        _ => None,
    };
    let mut list = firewall(&instance.guest.firewall, false, packet, decided);
    for listener in &instance.guest.listeners {
        let takes = (listener.protocol, listener.port) == (packet.protocol, packet.destination_port);
        let (fate, why) = match (takes, does) {
            (true, Guest::Takes(_)) => (Fate::Decided, "takes it"),
            (true, _) => (Fate::Matched, "would take it"),
            (false, _) if listener.protocol == packet.protocol => (Fate::Skipped, "port"),
            (false, _) => (Fate::Skipped, "protocol"),
        };
        list.push(considered(
            self::listener(&listener.program, listener.protocol, listener.port),
            fate,
            why,
        ));
    }
    list
}

/// Something that listens.
pub(super) fn listener(program: &str, protocol: u8, port: u16) -> Rule {
    let id = format!("{} {port}", protocol_text(protocol));
    // A program may be a whole script: its first line names it.
    let name: String = program.lines().next().unwrap_or_default().chars().take(40).collect();
    let text = format!("{} listens on {id}", if name.is_empty() { "a program" } else { &name });
    Rule { id, text }
}

/// `10.0.1.20:443`, `[2001:db8::25]:443`; without the port where the protocol has none.
pub(super) fn socket(address: IpAddr, port: u16, has_port: bool) -> String {
    match (address, has_port) {
        (address, false) => address.to_string(),
        (IpAddr::V4(address), true) => format!("{address}:{port}"),
        (IpAddr::V6(address), true) => format!("[{address}]:{port}"),
    }
}

//! `iptables` and its chains as far as a guest's own firewall is simulated: INPUT judges what comes, OUTPUT what is sent, and
//! both let the answers of connections pass that the other side may begin (ours: as if a rule for ESTABLISHED stood first).

use super::software::{TCP, UDP};
use super::words::port_range;
use crate::world::compute::{Guest, GuestRule};
use ipnet::{IpNet, Ipv4Net};
use std::net::Ipv4Addr;

/// What a command does to a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Puts a rule before this place (from 0 on).
    Insert(usize, GuestRule),
    /// Puts a rule behind all others.
    Append(GuestRule),
    /// Takes out the rule at this place.
    DeleteAt(usize),
    /// Takes out the first rule that says the same.
    Delete(GuestRule),
    /// Takes out all rules.
    Flush,
}

/// The change that a command's words mean, and whether it is to OUTPUT; `None` for what is not simulated.
pub(super) fn read(words: &[&str]) -> Option<(bool, Change)> {
    let after = |flags: &[&str]| {
        let at = words.iter().position(|word| flags.contains(word))?;
        words.get(at + 1).copied()
    };
    let (verb, at) = words.iter().enumerate().find_map(|(at, word)| {
        let verb = match *word {
            "-A" | "--append" => 'A',
            "-I" | "--insert" => 'I',
            "-D" | "--delete" => 'D',
            "-F" | "--flush" => 'F',
            _ => return None,
        };
        Some((verb, at))
    })?;
    let egress = match words.get(at + 1).copied() {
        Some("INPUT") => false,
        Some("OUTPUT") => true,
        _ => return None,
    };
    let number = words.get(at + 2).and_then(|word| word.parse::<usize>().ok());
    let place = number.unwrap_or(1).saturating_sub(1);
    let allow = match after(&["-j", "--jump"]) {
        Some("ACCEPT") => Some(true),
        Some("DROP" | "REJECT") => Some(false),
        _ => None,
    };
    let rule = |allow| {
        let ports = after(&["--dport", "--destination-port"]).and_then(port_range);
        let side = match egress {
            true => after(&["-d", "--destination"]),
            false => after(&["-s", "--source"]),
        };
        rule(
            allow,
            protocol(after(&["-p", "--protocol", "--proto"])),
            ports.unwrap_or((0, u16::MAX)),
            side,
        )
    };
    let change = match (verb, allow) {
        ('F', _) => Change::Flush,
        ('D', None) if number.is_some() => Change::DeleteAt(place),
        ('D', Some(allow)) => Change::Delete(rule(allow)),
        ('I', Some(allow)) => Change::Insert(place, rule(allow)),
        ('A', Some(allow)) => Change::Append(rule(allow)),
        _ => return None,
    };
    Some((egress, change))
}

impl Change {
    /// Makes the change; `false`: there is no such rule.
    pub(super) fn apply(self, rules: &mut Vec<GuestRule>) -> bool {
        match self {
            Change::Insert(place, rule) => rules.insert(place.min(rules.len()), rule),
            Change::Append(rule) => rules.push(rule),
            Change::DeleteAt(place) if place < rules.len() => _ = rules.remove(place),
            Change::DeleteAt(_) => return false,
            Change::Delete(rule) => match rules.iter().position(|has| *has == rule) {
                Some(place) => _ = rules.remove(place),
                None => return false,
            },
            Change::Flush => rules.clear(),
        }
        true
    }
}

/// A chain of a guest's.
pub(super) fn chain(guest: &mut Guest, egress: bool) -> &mut Vec<GuestRule> {
    match egress {
        true => &mut guest.firewall_out,
        false => &mut guest.firewall,
    }
}

/// The number of a protocol; `None` = all.
pub(super) fn protocol(name: Option<&str>) -> Option<u8> {
    match name? {
        "tcp" => Some(TCP),
        "udp" => Some(UDP),
        "icmp" => Some(1),
        _ => None,
    }
}

/// A rule; without a block it is for all addresses.
pub(super) fn rule(allow: bool, protocol: Option<u8>, ports: (u16, u16), other: Option<&str>) -> GuestRule {
    let anywhere = IpNet::V4(Ipv4Net::default());
    let read = |text: &str| {
        text.parse::<IpNet>()
            .ok()
            .or_else(|| text.parse::<Ipv4Addr>().ok().map(|a| IpNet::V4(a.into())))
    };
    GuestRule {
        allow,
        protocol,
        ports,
        source: other.and_then(read).unwrap_or(anywhere),
    }
}

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

/// The conditions and the target of a rule, as far as they have been read.
struct Draft {
    allow: Option<bool>,
    protocol: Option<u8>,
    ports: Option<(u16, u16)>,
    other: Option<Ipv4Net>,
    /// It is about what never leaves the guest, or about answers alone: both pass anyway.
    passes_anyway: bool,
}

/// The changes that a command's words mean, each with whether it is to OUTPUT: of both chains for `-F` alone, and none for a
/// rule that says what is so anyway. `None` for whatever is not simulated: no rule is made that would be wider than what was typed.
pub(super) fn read(words: &[&str]) -> Option<Vec<(bool, Change)>> {
    // `--dport=80` is two words.
    let words = words.iter().flat_map(|word| match word.split_once('=') {
        Some((name, value)) if name.starts_with("--") => vec![name, value],
        _ => vec![*word],
    });
    let words: Vec<&str> = words.collect();
    let Asked {
        verb,
        egress,
        number,
        conditions,
    } = Asked::read(&words)?;
    let egress = match (verb, egress, conditions.as_slice()) {
        ('F', None, []) => return Some(vec![(false, Change::Flush), (true, Change::Flush)]),
        ('F', Some(egress), []) => return Some(vec![(egress, Change::Flush)]),
        (_, egress, _) => egress?,
    };
    if let ('D', Some(number), []) = (verb, number, conditions.as_slice()) {
        return Some(vec![(egress, Change::DeleteAt(number))]);
    }
    let draft = Draft::read(&conditions, egress)?;
    let allow = draft.allow?;
    if draft.passes_anyway {
        return (allow && verb != 'D').then(Vec::new);
    }
    let rule = rule(allow, draft.protocol, draft.ports.unwrap_or((0, u16::MAX)), draft.other);
    let change = match (verb, number) {
        ('D', None) => Change::Delete(rule),
        ('I', number) => Change::Insert(number.unwrap_or(0), rule),
        ('A', None) => Change::Append(rule),
        _ => return None,
    };
    Some(vec![(egress, change)])
}

/// What a command asks for.
struct Asked<'a> {
    /// What it does: `A`, `I`, `D`, `F`.
    verb: char,
    /// To which chain: OUTPUT or INPUT.
    egress: Option<bool>,
    /// At which place, from 0 on.
    number: Option<usize>,
    /// Its other words.
    conditions: Vec<&'a str>,
}

impl<'a> Asked<'a> {
    fn read(words: &[&'a str]) -> Option<Asked<'a>> {
        let (mut found, mut rest) = (None, Vec::new());
        let mut words = words.iter().copied().peekable();
        while let Some(word) = words.next() {
            let verb = match word {
                "-A" | "--append" => 'A',
                "-I" | "--insert" => 'I',
                "-D" | "--delete" => 'D',
                "-F" | "--flush" => 'F',
                // Waits for others who change rules, some seconds if it says so: here there are none.
                "-w" | "--wait" => {
                    words.next_if(|word| word.parse::<u32>().is_ok());
                    continue;
                }
                "-t" | "--table" if words.peek() == Some(&"filter") => {
                    words.next();
                    continue;
                }
                other => {
                    rest.push(other);
                    continue;
                }
            };
            if found.is_some() {
                return None;
            }
            let chain = match words.next_if(|word| !word.starts_with('-')) {
                None => None,
                Some("INPUT") => Some(false),
                Some("OUTPUT") => Some(true),
                Some(_) => return None,
            };
            let number = match words.next_if(|word| verb != 'F' && !word.starts_with(['-', '!'])) {
                Some(word) => Some(word.parse::<usize>().ok()?.checked_sub(1)?),
                None => None,
            };
            found = Some((verb, chain, number));
        }
        let (verb, egress, number) = found?;
        Some(Asked {
            verb,
            egress,
            number,
            conditions: rest,
        })
    }
}

impl Draft {
    fn read(words: &[&str], egress: bool) -> Option<Draft> {
        let mut draft = Draft {
            allow: None,
            protocol: None,
            ports: None,
            other: None,
            passes_anyway: false,
        };
        let mut words = words.iter().copied();
        while let Some(word) = words.next() {
            let value = words.next()?;
            match word {
                "-j" | "--jump" => {
                    draft.allow = match value {
                        "ACCEPT" => Some(true),
                        "DROP" | "REJECT" => Some(false),
                        _ => return None,
                    }
                }
                // A REJECT is a DROP here, whatever it would have said.
                "--reject-with" if draft.allow == Some(false) => {}
                "-p" | "--protocol" | "--proto" => draft.protocol = read_protocol(value)?,
                "--dport" | "--destination-port" => draft.ports = Some(ports(value)?),
                "-s" | "--source" | "-d" | "--destination" => {
                    let block = block(value)?;
                    let own = matches!(word, "-d" | "--destination") == egress;
                    match (own, block.prefix_len()) {
                        (true, _) => draft.other = Some(block),
                        (false, 0) => {}
                        (false, _) => return None,
                    }
                }
                "-m" | "--match" => match value {
                    "tcp" | "udp" | "icmp" | "state" | "conntrack" | "comment" => {}
                    _ => return None,
                },
                "--comment" => {}
                "--state" | "--ctstate" => draft.passes_anyway |= is_of_answers(value)?,
                "-i" | "--in-interface" if !egress && value == "lo" => draft.passes_anyway = true,
                "-o" | "--out-interface" if egress && value == "lo" => draft.passes_anyway = true,
                _ => return None,
            }
        }
        // Only these have ports.
        let has_ports = matches!(draft.protocol, Some(TCP | UDP));
        (draft.ports.is_none() || has_ports).then_some(draft)
    }
}

/// Whether a rule for connections in these states is about answers alone. Rules judge what begins a connection: one that is
/// for `NEW` too is about all of that.
fn is_of_answers(states: &str) -> Option<bool> {
    let known = |state: &str| matches!(state, "NEW" | "ESTABLISHED" | "RELATED");
    let states = || states.split(',');
    states().all(known).then(|| !states().any(|state| state == "NEW"))
}

/// A protocol by name or number: `Some(None)` is all of them.
fn read_protocol(name: &str) -> Option<Option<u8>> {
    match name.to_ascii_lowercase().as_str() {
        "all" | "0" => Some(None),
        "tcp" | "6" => Some(Some(TCP)),
        "udp" | "17" => Some(Some(UDP)),
        "icmp" | "1" => Some(Some(1)),
        _ => None,
    }
}

/// `80`, `8000:8100`.
fn ports(text: &str) -> Option<(u16, u16)> {
    port_range(text).filter(|(low, high)| low <= high && !text.contains('-'))
}

/// `10.0.0.9`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`.
fn block(text: &str) -> Option<Ipv4Net> {
    let (address, mask) = text.split_once('/').unwrap_or((text, "32"));
    let address = address.parse().ok()?;
    let block = match mask.parse::<u8>() {
        Ok(length) => Ipv4Net::new(address, length),
        Err(_) => Ipv4Net::with_netmask(address, mask.parse::<Ipv4Addr>().ok()?),
    };
    block.ok().map(|block| block.trunc())
}

impl Change {
    /// Whether a rule is added.
    pub(super) fn adds(&self) -> bool {
        matches!(self, Change::Insert(..) | Change::Append(_))
    }

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
pub(super) fn rule(allow: bool, protocol: Option<u8>, ports: (u16, u16), other: Option<Ipv4Net>) -> GuestRule {
    GuestRule {
        allow,
        protocol,
        ports,
        source: IpNet::V4(other.unwrap_or_default()),
    }
}

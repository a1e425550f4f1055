//! Sets of traffic: protocols with ports, as ranges. Only arithmetic; no world is known here.

use crate::network::addresses::{ICMP, ICMPV6, TCP, UDP};
use crate::network::protocol_text;
use serde::Serialize;
use std::fmt;
use stratus_model::sort;

/// Protocols, and ports of each of them. A set is a list of these that do not overlap, in the order of their fields, and as
/// few as can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Traffic {
    /// IP protocol numbers, first and last. TCP, UDP and the two ICMPs stand alone.
    pub protocols: (u8, u8),
    /// Destination ports, first and last; for ICMP types; 0 and 65535 where the protocol has neither.
    pub ports: (u16, u16),
}

impl Traffic {
    /// Whether a packet of this protocol to this port (ICMP: of this type) is among it.
    pub fn holds(&self, protocol: u8, port: u16) -> bool {
        (self.protocols.0..=self.protocols.1).contains(&protocol) && (self.ports.0..=self.ports.1).contains(&port)
    }
}

impl fmt::Display for Traffic {
    /// `tcp 443`, `udp 1024–65535`, `icmp 8`, `tcp` for all its ports, `protocols 2–5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = self.protocols;
        if first < last {
            return write!(f, "protocols {first}–{last}");
        }
        if !stands_alone(first) {
            return write!(f, "protocol {first}");
        }
        f.write_str(&protocol_text(first))?;
        match self.ports {
            (0, last) if last == last_port(first) => Ok(()),
            (first, last) if first == last => write!(f, " {first}"),
            (first, last) => write!(f, " {first}–{last}"),
        }
    }
}

/// How many ports traffic is; ICMP types, and protocols without either, count as one.
pub(in super::super) fn width(traffic: &[Traffic]) -> u64 {
    let of = |part: &Traffic| match stands_alone(part.protocols.0) {
        true => u64::from(part.ports.1 - part.ports.0) + 1,
        false => u64::from(part.protocols.1 - part.protocols.0) + 1,
    };
    traffic.iter().map(of).sum()
}

/// Whether a protocol has ports or types, and so is never put together with another.
pub(super) fn stands_alone(protocol: u8) -> bool {
    matches!(protocol, ICMP | ICMPV6 | TCP | UDP)
}

/// The last port of a protocol; of ICMP the last type.
pub(super) fn last_port(protocol: u8) -> u16 {
    match protocol {
        ICMP | ICMPV6 => 255,
        _ => u16::MAX,
    }
}

/// The same set in as few parts as can be. The parts do not overlap.
pub(crate) fn tidy(mut parts: Vec<Traffic>) -> Vec<Traffic> {
    sort::sort(&mut parts);
    let mut tidy: Vec<Traffic> = Vec::with_capacity(parts.len());
    for part in parts {
        if let Some(last) = tidy.last_mut() {
            if last.protocols == part.protocols && last.ports.1.checked_add(1) == Some(part.ports.0) {
                last.ports.1 = part.ports.1;
                continue;
            }
            let alone = stands_alone(last.protocols.0) || stands_alone(part.protocols.0);
            if !alone && last.ports == part.ports && last.protocols.1.checked_add(1) == Some(part.protocols.0) {
                last.protocols.1 = part.protocols.1;
                continue;
            }
        }
        tidy.push(part);
    }
    tidy
}

/// What is in one set and not in another.
pub(crate) fn without(all: &[Traffic], less: &[Traffic]) -> Vec<Traffic> {
    let mut rest = all.to_vec();
    for taken in less {
        rest = rest.iter().flat_map(|part| carve(part, taken)).collect();
    }
    tidy(rest)
}

/// What is left of a part when another is taken out of it: at most two runs of protocols and two of ports.
fn carve(part: &Traffic, taken: &Traffic) -> Vec<Traffic> {
    let protocols = common(part.protocols, taken.protocols);
    let (Some(protocols), Some(ports)) = (protocols, common(part.ports, taken.ports)) else {
        return vec![*part];
    };
    let mut left = Vec::new();
    for (first, last) in [
        (Some(part.protocols.0), protocols.0.checked_sub(1)),
        (protocols.1.checked_add(1), Some(part.protocols.1)),
    ] {
        if let (Some(first), Some(last)) = (first, last)
            && first <= last
        {
            left.push(Traffic {
                protocols: (first, last),
                ports: part.ports,
            });
        }
    }
    for (first, last) in [
        (Some(part.ports.0), ports.0.checked_sub(1)),
        (ports.1.checked_add(1), Some(part.ports.1)),
    ] {
        if let (Some(first), Some(last)) = (first, last)
            && first <= last
        {
            left.push(Traffic {
                protocols,
                ports: (first, last),
            });
        }
    }
    left
}

/// The run that two runs have in common.
fn common<T: Ord + Copy>(one: (T, T), other: (T, T)) -> Option<(T, T)> {
    let both = (one.0.max(other.0), one.1.min(other.1));
    (both.0 <= both.1).then_some(both)
}

//! The space of protocols and ports, cut wherever anything in a Region makes a difference, and its cells put together again
//! that no rule tells apart: one packet of a kind stands for all of it. Whoever lets the walk look at a port in a new place
//! adds it to [`Named`]; a property in tests/network holds the survey to the single flows.

use super::traffic::{Traffic, last_port, stands_alone};
use crate::network::addresses::{ICMP, ICMPV6, TCP, UDP};
use crate::world::Ec2;
use std::collections::{BTreeMap, BTreeSet};

/// What the walk knows by itself: ICMP requests that have answers, and the ports of what is behind an endpoint.
const KNOWN: [(u8, u16); 7] = [
    (ICMP, 8),
    (ICMP, 13),
    (ICMP, 15),
    (ICMP, 17),
    (ICMPV6, 128),
    (TCP, 80),
    (TCP, 443),
];

/// Traffic that nothing tells apart.
pub(super) struct Kind {
    /// Protocol and port that stand for it.
    pub probe: (u8, u16),
    /// All of it.
    pub parts: Vec<Traffic>,
}

/// What the rules of a Region name.
#[derive(Default)]
pub(super) struct Named {
    /// Protocol, first and last port (or ICMP type).
    spans: BTreeSet<(u8, u16, u16)>,
    protocols: BTreeSet<u8>,
}

impl Named {
    /// Goes through security groups, network ACLs, the guests' own firewalls and transit gateways' policy tables.
    pub fn of(ec2: &Ec2) -> Named {
        let mut named = Named::default();
        for (protocol, port) in KNOWN {
            named.span(protocol, port.into(), port.into());
        }
        for rule in ec2.security_groups.rows().flat_map(|group| &group.rules) {
            match rule.protocol {
                Some(protocol @ (ICMP | ICMPV6)) => named.span(protocol, rule.ports.0, rule.ports.0),
                Some(protocol) => named.span(protocol, rule.ports.0, rule.ports.1),
                None => {}
            }
        }
        for entry in ec2.network_acls.rows().flat_map(|acl| &acl.entries) {
            match (entry.protocol, entry.icmp) {
                (Some(protocol @ (ICMP | ICMPV6)), Some((kind, _))) => named.span(protocol, kind.into(), kind.into()),
                (Some(protocol), _) => named.span(protocol, entry.ports.0.into(), entry.ports.1.into()),
                (None, _) => {}
            }
        }
        for rule in ec2.instances.rows().flat_map(|instance| instance.guest.rules()) {
            let (first, last) = (rule.ports.0.into(), rule.ports.1.into());
            match rule.protocol {
                Some(protocol @ (ICMP | ICMPV6)) => named.span(protocol, -1, -1),
                Some(protocol) => named.span(protocol, first, last),
                // Ports count even where the protocol does not.
                None => [TCP, UDP]
                    .into_iter()
                    .for_each(|protocol| named.span(protocol, first, last)),
            }
        }
        // A request's port is the one that its answer comes from.
        for entry in ec2.links.policy_tables.rows().flat_map(|table| &table.entries) {
            named.protocols.extend(entry.protocol);
            for (first, last) in entry.source_ports.into_iter().chain(entry.destination_ports) {
                [TCP, UDP]
                    .into_iter()
                    .for_each(|protocol| named.span(protocol, first.into(), last.into()));
            }
        }
        named
    }

    /// -1 = all, which cuts nothing; nor do ports where there are none.
    pub(super) fn span(&mut self, protocol: u8, first: i32, last: i32) {
        self.protocols.insert(protocol);
        if let (true, Ok(first), Ok(last)) = (stands_alone(protocol), u16::try_from(first), u16::try_from(last)) {
            self.spans.insert((protocol, first, last));
        }
    }

    /// The kinds of traffic, where besides all rules these protocols and ports (of listeners) make a difference.
    pub fn kinds(&self, points: &[(u8, u16)]) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for protocol in [ICMP, TCP, UDP, ICMPV6] {
            let named = self.spans.range((protocol, 0, 0)..=(protocol, u16::MAX, u16::MAX));
            let heard = points.iter().filter(|(own, _)| *own == protocol);
            let spans: Vec<(u16, u16)> = named
                .map(|(_, first, last)| (*first, *last))
                .chain(heard.map(|(_, port)| (*port, *port)))
                .collect();
            kinds.extend(of_protocol(protocol, &spans));
        }
        let portless = |protocol: u8| !stands_alone(protocol);
        let all = |protocol: u8| Traffic {
            protocols: (protocol, protocol),
            ports: (0, u16::MAX),
        };
        let mut kind = |parts: Vec<Traffic>| {
            let first = parts.first().map(|part| (part.protocols.0, 0));
            kinds.extend(first.map(|probe| Kind { probe, parts }));
        };
        for protocol in self.protocols.iter().copied().filter(|protocol| portless(*protocol)) {
            kind(vec![all(protocol)]);
        }
        let nobodys = (0..=u8::MAX).filter(|protocol| portless(*protocol) && !self.protocols.contains(protocol));
        kind(super::traffic::tidy(nobodys.map(all).collect()));
        kinds
    }
}

/// The kinds of one protocol with ports.
fn of_protocol(protocol: u8, spans: &[(u16, u16)]) -> impl Iterator<Item = Kind> {
    let last_port = last_port(protocol);
    let ends = spans.iter().filter_map(|(_, last)| last.checked_add(1));
    let starts: BTreeSet<u16> = spans
        .iter()
        .map(|(first, _)| *first)
        .chain(ends)
        .chain([0])
        .filter(|start| *start <= last_port)
        .collect();
    let lasts = starts.iter().skip(1).map(|next| next - 1).chain([last_port]);
    // By the spans that a cell lies in.
    let mut kinds: BTreeMap<Vec<usize>, Vec<Traffic>> = BTreeMap::new();
    for (start, last) in starts.iter().copied().zip(lasts) {
        let around = spans
            .iter()
            .enumerate()
            .filter(|(_, span)| (span.0..=span.1).contains(&start));
        kinds
            .entry(around.map(|(number, _)| number).collect())
            .or_default()
            .push(Traffic {
                protocols: (protocol, protocol),
                ports: (start, last),
            });
    }
    kinds.into_values().filter_map(move |parts| {
        let port = parts.first()?.ports.0;
        Some(Kind {
            probe: (protocol, port),
            parts,
        })
    })
}

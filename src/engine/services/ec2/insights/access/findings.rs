//! The findings of an analysis. The survey says which traffic gets from one end to another, the walk shows by which
//! components; here only the ways are chosen that fit the scope, and what nothing tells apart becomes one finding.
//! <https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/how-network-access-analyzer-works.html>

use super::conditions::{Pattern, Spot, Way};
use crate::base::ids::*;
use crate::base::limits::{ACCESS_FINDINGS, SCOPE_PACKETS};
use crate::catalog::Region;
use crate::network::balancing::Wanted;
use crate::network::insights::{HEADERS, Viewer, dress, key, look, port_range, widen};
use crate::network::survey::access::Access;
use crate::network::survey::outside::{Parts, Range, behind_parts, blocks, named, number, world_parts};
use crate::network::survey::traffic::{Traffic, tidy};
use crate::network::{Endpoint, Flow, Packet, fronts};
use crate::world::access_scopes::{AccessOutcome, AccessScope};
use crate::world::compute::InstanceState;
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};
use ipnet::IpNet;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;
use stratus_model::{Structure, Value, field, json};

/// An end of ways.
#[derive(Clone)]
struct End<'w> {
    /// For the walk.
    at: Endpoint,
    /// What lies there.
    spot: Spot<'w>,
    /// All addresses that it stands for; empty: its own.
    ranges: Vec<Range>,
}

/// Ways by the same components, by the same rules.
struct Group {
    /// The components, as one of the ways has them.
    shown: Vec<Structure>,
    /// The packet of that way at the first component, and at the last.
    packets: (Packet, Packet),
    /// It goes through a load balancer, behind which another packet to another port goes on: each component has its own ports.
    fronted: bool,
    /// Traffic, by the addresses that it comes from and goes to.
    slices: BTreeMap<(Vec<Range>, Vec<Range>), Vec<Traffic>>,
}

struct Search<'w> {
    viewer: Viewer<'w>,
    access: Access<'w>,
    excludes: Vec<Pattern>,
    groups: Vec<Group>,
    places: BTreeMap<String, usize>,
    looks: usize,
    cut: bool,
}

/// Analyses a scope as the network is now.
pub(super) fn search(world: &World, region: Region, scope: &AccessScope) -> AccessOutcome {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    let outcome = AccessOutcome {
        ended: world.now,
        failed: None,
        interfaces: i64::try_from(ec2.interfaces.len()).unwrap_or(i64::MAX),
        findings: Vec::new(),
        cut: false,
    };
    let patterns = |paths: &[_]| -> Result<Vec<Pattern>, String> {
        let read = paths.iter().map(|path| Pattern::of(world, region, path));
        read.collect()
    };
    let (matches, excludes) = match (patterns(&scope.matches), patterns(&scope.excludes)) {
        (Ok(matches), Ok(excludes)) => (matches, excludes),
        (Err(missing), _) | (_, Err(missing)) => {
            let why = format!("The request failed due to missing component {missing}");
            return AccessOutcome {
                failed: Some(why),
                interfaces: 0,
                ..outcome
            };
        }
    };
    let headers = || matches.iter().chain(&excludes).flat_map(Pattern::headers);
    let spans = headers().flat_map(|header| header.spans());
    let spans = spans.flat_map(|(first, last)| [(6, first, last), (17, first, last)]);
    let spans: Vec<(u8, u16, u16)> = spans.collect();
    let blocks = headers().flat_map(|header| header.blocks()).map(IpNet::V4);
    let named: Vec<IpNet> = blocks.chain(named(ec2)).collect();
    let mut search = Search {
        viewer: Viewer { world, region, ec2 },
        access: Access::new(world, ec2, &spans),
        excludes,
        groups: Vec::new(),
        places: BTreeMap::new(),
        looks: 0,
        cut: false,
    };
    let outside = [
        (Spot::Internet, world_parts(ec2, &named)),
        (Spot::OnPremises, behind_parts(ec2, &named)),
    ];
    let (sources, targets) = ends(ec2, &outside);
    for pattern in &matches {
        let asks = |spot: Spot<'_>| pattern.source.allows(spot) || pattern.destination.allows(spot);
        search.cut |= outside.iter().any(|(spot, parts)| parts.cut && asks(*spot));
        search.go(pattern, &sources, &targets);
    }
    let mut findings: Vec<Rc<str>> = search.groups.into_iter().flat_map(Group::findings).collect();
    let cut = search.cut || findings.len() > ACCESS_FINDINGS;
    findings.truncate(ACCESS_FINDINGS);
    AccessOutcome {
        findings,
        cut,
        ..outcome
    }
}

/// Where ways begin, and where they end. Interfaces by their ids, then what lies outside.
fn ends<'w>(ec2: &'w Ec2, outside: &[(Spot<'w>, Parts)]) -> (Vec<End<'w>>, Vec<End<'w>>) {
    let of = |row: &'w NetworkInterface| End {
        at: Endpoint::Interface(row.id),
        spot: Spot::Interface(row),
        ranges: Vec::new(),
    };
    let runs = |row: &&NetworkInterface| {
        let instance = row.attachment.as_ref().and_then(|at| ec2.instances.get(&at.instance));
        instance.is_some_and(|instance| instance.state != InstanceState::Terminated)
    };
    let endpoints = || ec2.links.endpoints.rows();
    let of_endpoints = endpoints().flat_map(|row| &row.subnets);
    let of_endpoints = of_endpoints.filter_map(|(_, id)| ec2.interfaces.get(id));
    let mut sources: Vec<End<'w>> = ec2.interfaces.rows().filter(runs).map(of).collect();
    let mut targets: Vec<End<'w>> = ec2.interfaces.rows().filter(runs).chain(of_endpoints).map(of).collect();
    for (spot, parts) in outside {
        let ends = parts.parts.iter().map(|part| End {
            at: Endpoint::Address(part.at),
            spot: *spot,
            ranges: part.ranges.clone(),
        });
        sources.extend(ends.clone());
        targets.extend(ends);
    }
    for row in endpoints() {
        let services = super::super::search::of_endpoint(ec2, row).into_iter();
        let services = services.filter(|at| matches!(at, Endpoint::Address(_)));
        targets.extend(services.take(1).map(|at| End {
            at,
            spot: Spot::Service,
            ranges: Vec::new(),
        }));
    }
    (sources, targets)
}

impl<'w> Search<'w> {
    fn go(&mut self, pattern: &Pattern, sources: &[End<'w>], targets: &[End<'w>]) {
        for source in sources.iter().filter(|source| pattern.source.allows(source.spot)) {
            for target in targets.iter().filter(|target| pattern.destination.allows(target.spot)) {
                for at in goals(source, target) {
                    let target = End { at, ..target.clone() };
                    self.pair(pattern, source, &target);
                    if self.is_full() {
                        return;
                    }
                }
                self.fronted(pattern, source, target);
                if self.is_full() {
                    return;
                }
            }
        }
    }

    /// Whether there is no room for more, or no time.
    fn is_full(&mut self) -> bool {
        let full = self.groups.len() > ACCESS_FINDINGS || self.looks + self.access.walks() >= SCOPE_PACKETS;
        self.cut |= full;
        full
    }

    /// All traffic from one end to a machine that goes through a load balancer: for each of its nodes, on the ports of its
    /// listeners, as if it were the machine's turn.
    fn fronted(&mut self, pattern: &Pattern, source: &End<'w>, target: &End<'w>) {
        let ec2 = self.viewer.ec2;
        if ec2.balancing.by_interface.is_empty() {
            return;
        }
        let (Spot::Interface(row), false) = (target.spot, matches!(source.spot, Spot::Service)) else {
            return;
        };
        let Some(instance) = row.attachment.as_ref().map(|at| at.instance) else {
            return;
        };
        let itself = matches!(source.spot, Spot::Interface(from) if from.id == row.id);
        for (node, (protocol, port), wanted) in fronts::ways_to(ec2, instance) {
            // The analyzer knows TCP and UDP.
            if itself || !matches!(protocol, 6 | 17) {
                continue;
            }
            let flow = Flow {
                source: source.at,
                destination: Endpoint::Interface(node),
                protocol,
                port,
            };
            let all = Traffic {
                protocols: (protocol, protocol),
                ports: (port, port),
            };
            self.follow(pattern, (source, target), &flow, Some(wanted), vec![all]);
            if self.is_full() {
                return;
            }
        }
    }

    /// All traffic from one end to another.
    fn pair(&mut self, pattern: &Pattern, source: &End<'w>, target: &End<'w>) {
        let kinds: Vec<((u8, u16), Vec<Traffic>)> = if pattern.destination.is_between() {
            // What stops a packet behind the place that is asked for does not matter.
            let all = self.access.kinds();
            all.map(|(probe, parts)| (probe, parts.to_vec())).collect()
        } else {
            let arriving = self.access.arriving(source.at, target.at);
            let kinds = self.access.kinds().enumerate();
            let kinds = kinds.filter(|(place, _)| arriving.contains(place));
            kinds.map(|(_, (probe, parts))| (probe, parts.to_vec())).collect()
        };
        for ((protocol, port), parts) in kinds {
            if pattern.headers().all(|header| header.takes(protocol, port)) {
                let flow = Flow {
                    source: source.at,
                    destination: target.at,
                    protocol,
                    port,
                };
                self.follow(pattern, (source, target), &flow, None, parts);
            }
        }
    }

    /// One packet, and all that it stands for.
    fn follow(
        &mut self,
        pattern: &Pattern,
        (source, target): (&End<'w>, &End<'w>),
        flow: &Flow,
        wanted: Option<Wanted>,
        parts: Vec<Traffic>,
    ) {
        self.looks += 1;
        let sight = look(self.viewer.world, self.viewer.region, flow, wanted);
        let arrives = sight.reasons.iter().all(|reason| reason.back);
        let passed = sight.forward.into_iter().take_while(|seen| !seen.stops);
        // Findings begin and end at interfaces, not at instances.
        let way = Way {
            stations: passed
                .filter(|seen| !matches!(seen.id, ResourceId::Instance(_)))
                .collect(),
            source: source.spot,
            target: target.spot,
            arrives,
        };
        if !supported(&way) {
            return;
        }
        let Some(end) = way.stations.len().checked_sub(1) else {
            return;
        };
        let Some((first, last)) = pattern.part(&way, (0, end), false) else {
            return;
        };
        let excluded = |other: &Pattern| other.part(&way, (first, last), true).is_some();
        if self.excludes.iter().any(excluded) {
            return;
        }
        let Some(between) = way.stations.get(first..=last) else {
            return;
        };
        let (Some(begin), Some(finish)) = (between.first(), between.last()) else {
            return;
        };
        let packets = (begin.before, finish.after);
        let mut between = between.to_vec();
        dress(&mut between, true);
        let shown: Vec<Structure> = between.into_iter().map(|seen| seen.shown).collect();
        let key = format!("{} {}", flow.protocol, key(&shown));
        let place = *self.places.entry(key).or_insert(self.groups.len());
        if place == self.groups.len() {
            self.groups.push(Group {
                shown,
                packets,
                fronted: wanted.is_some(),
                slices: BTreeMap::new(),
            });
        }
        let own = |ranges: &Vec<Range>, address: IpAddr| match (ranges.is_empty(), address) {
            (true, IpAddr::V4(_)) => vec![(number(address), number(address))],
            _ => ranges.clone(),
        };
        let slice = (
            own(&source.ranges, packets.0.source_address),
            own(&target.ranges, packets.1.destination_address),
        );
        if let Some(group) = self.groups.get_mut(place) {
            group.slices.entry(slice).or_default().extend(parts);
        }
    }
}

/// Whether the analyzer reports such ways: not those through an internet gateway or a virtual private gateway to another
/// machine, nor those through instances that pass packets on.
/// <https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/how-network-access-analyzer-works.html>
fn supported(way: &Way<'_>) -> bool {
    let own = |id: NetworkInterfaceId, spot: Spot<'_>| matches!(spot, Spot::Interface(row) if row.id == id);
    let machines = matches!((way.source, way.target), (Spot::Interface(_), Spot::Interface(_)));
    way.stations.iter().all(|seen| match seen.id {
        ResourceId::NetworkInterface(id) => own(id, way.source) || own(id, way.target),
        ResourceId::InternetGateway(_) | ResourceId::VpnGateway(_) => !machines,
        _ => true,
    })
}

/// What a packet is written to, to get from one end to another. From the Internet an interface has its public addresses.
fn goals(source: &End<'_>, target: &End<'_>) -> Vec<Endpoint> {
    match (source.spot, target.spot) {
        (Spot::Interface(from), Spot::Interface(to)) => {
            let instance = |row: &NetworkInterface| row.attachment.as_ref().map(|at| at.instance);
            let same = from.id == to.id || instance(from).is_some() && instance(from) == instance(to);
            if same { Vec::new() } else { vec![target.at] }
        }
        (Spot::Internet, Spot::Interface(to)) => {
            let public = to.addresses.iter().filter_map(|own| own.public);
            public.map(|public| Endpoint::Address(public.address.into())).collect()
        }
        (Spot::Interface(_), _) | (Spot::OnPremises, Spot::Interface(_)) => vec![target.at],
        _ => Vec::new(),
    }
}

impl Group {
    /// As few findings as say exactly what gets through.
    fn findings(self) -> Vec<Rc<str>> {
        let mut by_source: BTreeMap<(Vec<Range>, Vec<Traffic>), Vec<Range>> = BTreeMap::new();
        for ((sources, targets), parts) in self.slices {
            let mut parts = parts;
            parts.sort_unstable();
            parts.dedup();
            by_source.entry((targets, tidy(parts))).or_default().extend(sources);
        }
        let mut all: BTreeMap<(Vec<Range>, Vec<Traffic>), Vec<Range>> = BTreeMap::new();
        for ((targets, parts), mut sources) in by_source {
            sources.sort_unstable();
            sources.dedup();
            all.entry((sources, parts)).or_default().extend(targets);
        }
        let found = all.into_iter();
        let tell = |((sources, parts), targets): ((Vec<Range>, Vec<Traffic>), Vec<Range>)| {
            // The ways' own ports stand there already.
            let parts = parts.as_slice().get(..if self.fronted { 0 } else { parts.len() });
            tell(
                &self.shown,
                &self.packets,
                &sources,
                &targets,
                parts.unwrap_or_default(),
            )
        };
        found.map(tell).collect()
    }
}

/// One finding: the components with headers that say all that gets through.
fn tell(
    shown: &[Structure],
    (sent, got): &(Packet, Packet),
    sources: &[Range],
    targets: &[Range],
    parts: &[Traffic],
) -> Rc<str> {
    let ports = parts
        .iter()
        .map(|part| Value::from(port_range(part.ports.0, part.ports.1)));
    let ports: Vec<Value> = ports.collect();
    let (from, to) = (blocks(sources), blocks(targets));
    let components = shown.iter().zip(1_i64..).map(|(component, number)| {
        let mut component = component.clone();
        widen(&mut component, sent.source_address, &from);
        widen(&mut component, got.destination_address, &to);
        for name in HEADERS {
            if let Some(Value::Structure(header)) = component.get_mut(name)
                && !parts.is_empty()
                && header.contains(field::DESTINATION_PORT_RANGES)
            {
                header.set(field::DESTINATION_PORT_RANGES, ports.clone());
            }
        }
        Value::from(component.with(field::SEQUENCE_NUMBER, number))
    });
    let components: Vec<Value> = components.collect();
    let finding = Structure::new().with(field::FINDING_COMPONENTS, components);
    json::plain(&Value::Structure(finding)).to_string().into()
}

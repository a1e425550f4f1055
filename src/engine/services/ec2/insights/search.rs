//! What an analysis does: it asks the path engine about every packet that a path could mean, until one gets through. What the
//! path leaves open (a port, an address on the Internet, a machine behind a gateway) is tried at the edges of the rules that
//! there are, since between two edges nothing changes.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html>

use super::filters::misfit;
use super::fronts::{self, has};
use crate::base::ids::*;
use crate::base::limits::PATH_PACKETS;
use crate::catalog::Region;
use crate::network::balancing::Wanted;
use crate::network::insights::{Reason, Seen, Sight, Viewer, dress, key, look, widen};
use crate::network::insights_details::annotate;
use crate::network::insights_routes::unrouted;
use crate::network::survey::outside::{blocks, is_public, named, world_parts};
use crate::network::{Endpoint, Flow, INTERNET, codes, vpn};
use crate::world::insights::*;
use crate::world::links::{EndpointKind, VpcEndpoint};
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};
use ipnet::{IpNet, Ipv4Net};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use stratus_model::{Structure, Value, field, json};

/// The port that is tried first where the path names none.
const FIRST_PORT: u16 = 443;

/// Analyses a path as the network is now.
pub(super) fn analyse(
    world: &World,
    region: Region,
    path: &InsightsPath,
    analysis: &InsightsAnalysis,
) -> InsightsOutcome {
    let Some(ec2) = world.ec2(region) else {
        return outcome(false, Vec::new(), Vec::new(), Vec::new());
    };
    let viewer = Viewer { world, region, ec2 };
    if let Some(why) = impossible(&viewer, path) {
        return outcome(false, Vec::new(), Vec::new(), vec![why]);
    }
    let mut first: Option<Answer> = None;
    let flows = flows(ec2, path);
    let mut tried = 0;
    for (flow, wanted) in flows.all().take(PATH_PACKETS) {
        tried += 1;
        let mut answer = judge(&viewer, path, analysis, look(world, region, &flow, wanted));
        if answer.why.is_empty() {
            dress(&mut answer.forward, true);
            dress(&mut answer.back, true);
            let wide = |flow: &Flow| judge(&viewer, path, analysis, look(world, region, flow, wanted));
            widen_all(&viewer, path, &flow, &mut answer, &wide);
            // Last: what is compared with it to widen it has no details.
            annotate(&viewer, &mut answer.forward, Some(&mut answer.back));
            return outcome(true, answer.forward, answer.back, Vec::new());
        }
        first.get_or_insert(answer);
    }
    match first {
        Some(_) if flows.cut || flows.all().nth(tried).is_some() => undecided(),
        Some(mut answer) => {
            dress(&mut answer.forward, false);
            annotate(&viewer, &mut answer.forward, None);
            outcome(false, answer.forward, Vec::new(), answer.why)
        }
        None => outcome(false, Vec::new(), Vec::new(), vec![explanation(codes::NO_PATH)]),
    }
}

/// Says of a path through an internet gateway from or to which addresses it leads, where the call names none: all those that
/// take the same components by the same rules.
fn widen_all(
    viewer: &Viewer<'_>,
    path: &InsightsPath,
    flow: &Flow,
    answer: &mut Answer,
    judged: &dyn Fn(&Flow) -> Answer,
) {
    let gateway = |end: Option<&PathEnd>| matches!(end.map(|end| end.id), Some(ResourceId::InternetGateway(_)));
    let at_source = path.at_source.unwrap_or_default();
    let from = gateway(Some(&path.source)) && path.source_ip.or(at_source.source).is_none();
    let to = gateway(path.destination.as_ref()) && path.destination_ip.or(at_source.destination).is_none();
    if from == to {
        return;
    }
    let key_of = |answer: &Answer| key(answer.forward.iter().chain(&answer.back).map(|seen| &seen.shown));
    let found = key_of(answer);
    let mut ranges = Vec::new();
    for part in world_parts(viewer.ec2, &named(viewer.ec2)).parts {
        let outside = Endpoint::Address(part.at);
        let other = match from {
            true => Flow {
                source: outside,
                ..*flow
            },
            false => Flow {
                destination: outside,
                ..*flow
            },
        };
        let other = judged(&other);
        if other.why.is_empty() && key_of(&other) == found {
            ranges.extend(part.ranges);
        }
    }
    let ends = (answer.forward.first(), answer.forward.last());
    let (Some(first), Some(last)) = ends else { return };
    let outside = match from {
        true => first.before.source_address,
        false => last.after.destination_address,
    };
    let all = blocks(&ranges);
    if !all.is_empty() {
        for seen in answer.forward.iter_mut().chain(&mut answer.back) {
            widen(&mut seen.shown, outside, &all);
        }
    }
}

/// What became of one packet.
struct Answer {
    forward: Vec<Seen>,
    back: Vec<Seen>,
    /// Why it is no path; empty: it is one.
    why: Vec<Structure>,
}

fn explanation(code: &str) -> Structure {
    Structure::new().with(field::EXPLANATION_CODE, code)
}

fn outcome(found: bool, forward: Vec<Seen>, back: Vec<Seen>, why: Vec<Structure>) -> InsightsOutcome {
    let numbered = |path: Vec<Seen>| -> Vec<Structure> {
        let numbers = 1_i64..;
        path.into_iter()
            .zip(numbers)
            .map(|(seen, number)| seen.shown.with(field::SEQUENCE_NUMBER, number))
            .collect()
    };
    let mut details = Structure::new();
    for (name, list) in [
        (field::FORWARD_PATH_COMPONENTS, numbered(forward)),
        (field::RETURN_PATH_COMPONENTS, numbered(back)),
        (field::EXPLANATIONS, why),
    ] {
        if !list.is_empty() {
            details.set(name, list);
        }
    }
    InsightsOutcome {
        found,
        details: json::plain(&Value::Structure(details)).to_string().into(),
        undecided: false,
    }
}

/// There are more packets than one analysis tries, and none of those that it tried gets through: of the others it knows nothing.
fn undecided() -> InsightsOutcome {
    InsightsOutcome {
        undecided: true,
        ..outcome(false, Vec::new(), Vec::new(), Vec::new())
    }
}

/// The packets that a path could mean.
struct Flows {
    sources: Vec<Endpoint>,
    destinations: Vec<Endpoint>,
    ports: Vec<u16>,
    protocol: u8,
    /// Nodes of load balancers that send to the end, on which port, and whose turn it must be.
    fronts: Vec<(NetworkInterfaceId, u16, Wanted)>,
    /// There are more of them: the Internet has more parts than are told apart.
    cut: bool,
}

impl Flows {
    /// All of them in the order of their trying: with the likeliest port from and to all ends first, through load balancers
    /// last (of several paths the shortest is shown).
    fn all(&self) -> impl Iterator<Item = (Flow, Option<Wanted>)> {
        let flow = |source: Endpoint, destination: Endpoint, port: u16| Flow {
            source,
            destination,
            protocol: self.protocol,
            port,
        };
        let straight = self.ports.iter().flat_map(move |port| {
            self.sources.iter().flat_map(move |source| {
                let destinations = self.destinations.iter();
                destinations.map(move |destination| (flow(*source, *destination, *port), None))
            })
        });
        let fronted = self.fronts.iter().flat_map(move |(node, port, wanted)| {
            let node = Endpoint::Interface(*node);
            let sources = self.sources.iter();
            sources.map(move |source| (flow(*source, node, *port), Some(*wanted)))
        });
        straight.chain(fronted)
    }
}

/// Why a path's ends cannot be ends at all.
fn impossible(viewer: &Viewer<'_>, path: &InsightsPath) -> Option<Structure> {
    let ends = || std::iter::once(&path.source).chain(path.destination.as_ref());
    if let Some(gone) = ends().find(|end| !viewer.world.has(viewer.region, end.id)) {
        let missing = explanation(codes::NO_SOURCE_OR_DESTINATION);
        return Some(missing.with(field::MISSING_COMPONENT, gone.id.to_string()));
    }
    // The Analyzer's networks are VPCs (https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html).
    let is_classic = |id: ResourceId| match id {
        ResourceId::Instance(id) => viewer.ec2.instances.get(&id).is_some_and(|row| row.classic.is_some()),
        _ => false,
    };
    if let Some(seat) = ends().find(|end| is_classic(end.id)) {
        let unsupported = explanation("UNSUPPORTED_COMPONENT");
        return Some(unsupported.with(field::COMPONENT, viewer.component(seat.id)));
    }
    let near = near(viewer.ec2, path);
    let at_source = path.at_source.unwrap_or_default();
    let named = [
        (Some(&path.source), path.source_ip.or(at_source.source)),
        (path.destination.as_ref(), path.destination_ip),
    ];
    for (end, address) in named {
        let gateway = matches!(end.map(|end| end.id), Some(ResourceId::InternetGateway(_)));
        if let Some(address) = address.filter(|address| gateway && !is_public(*address)) {
            let inside = explanation("IGW_EXPECTS_PUBLIC_ADDRESS").with(field::ADDRESS, address.to_string());
            return Some(inside);
        }
    }
    // Nothing on a way changes where a packet goes, but for an internet gateway that knows whose the public address is, and a
    // load balancer.
    if let (Some(end), Some(address)) = (&path.destination, at_source.destination)
        && is_machine(end.id)
        && !viewer
            .ec2
            .interfaces
            .rows()
            .any(|row| is_at(row, end.id) && has(row, address))
        && fronts::ways(viewer.ec2, path).is_empty()
    {
        return Some(explanation("FILTER_AT_SOURCE_DESTINATION_ADDRESS").with(field::ADDRESS, address.to_string()));
    }
    for end in ends() {
        let ResourceId::InternetGateway(id) = end.id else {
            continue;
        };
        let vpc = viewer.ec2.internet_gateways.get(&id).and_then(|row| row.vpc);
        match (vpc, near) {
            (None, _) => {
                let loose = explanation(codes::UNASSOCIATED_COMPONENT);
                return Some(loose.with(field::INTERNET_GATEWAY, viewer.component(id)));
            }
            // What is in another VPC may come through a transit gateway: the walk tells.
            (Some(own), Some(other)) if own != other && end == &path.source => {
                let apart = explanation(codes::DISCONNECTED_VPCS)
                    .with(field::SOURCE_VPC, viewer.component(own))
                    .with(field::DESTINATION_VPC, viewer.component(other));
                return Some(apart);
            }
            _ => {}
        }
    }
    None
}

/// The VPC of the end that is a machine.
fn near(ec2: &Ec2, path: &InsightsPath) -> Option<VpcId> {
    let vpc = |end: &PathEnd| match end.id {
        ResourceId::Instance(id) => {
            let of = |row: &&NetworkInterface| row.attachment.as_ref().is_some_and(|at| at.instance == id);
            ec2.interfaces.rows().find(of).map(|row| row.vpc)
        }
        ResourceId::NetworkInterface(id) => ec2.interfaces.get(&id).map(|row| row.vpc),
        _ => None,
    };
    vpc(&path.source).or_else(|| path.destination.as_ref().and_then(vpc))
}

/// Whether an end is a machine: nothing lies behind it.
fn is_machine(id: ResourceId) -> bool {
    matches!(id, ResourceId::Instance(_) | ResourceId::NetworkInterface(_))
}

/// The packets that a path could mean.
fn flows(ec2: &Ec2, path: &InsightsPath) -> Flows {
    let at_source = path.at_source.unwrap_or_default();
    let mut cut = false;
    let sources = match (path.source_ip.or(at_source.source), is_machine(path.source.id)) {
        (Some(address), false) => vec![Endpoint::Address(address.into())],
        (named, _) => ends(ec2, path, path.source.id, named, &mut cut),
    };
    let named = path.destination_ip.or(at_source.destination);
    let destinations = match (&path.destination, named) {
        (None, None) => Vec::new(),
        (None, Some(address)) => vec![Endpoint::Address(address.into())],
        (Some(_), _) if at_source.destination.is_some() => at_source
            .destination
            .map(|address| Endpoint::Address(address.into()))
            .into_iter()
            .collect(),
        (Some(end), Some(address)) if !is_machine(end.id) => vec![Endpoint::Address(address.into())],
        (Some(end), named) => ends(ec2, path, end.id, named, &mut cut),
    };
    Flows {
        sources,
        destinations,
        ports: ports(ec2, path),
        protocol: path.protocol,
        fronts: fronts::ways(ec2, path),
        cut,
    }
}

/// The first address of a block that a machine can have.
fn first_host(block: Ipv4Net) -> IpAddr {
    block.hosts().next().unwrap_or(block.network()).into()
}

/// Where a packet may begin or end that goes by a thing. `cut`: is set where that is not all.
fn ends(ec2: &Ec2, path: &InsightsPath, id: ResourceId, address: Option<Ipv4Addr>, cut: &mut bool) -> Vec<Endpoint> {
    let near = near(ec2, path);
    let machines = |inside: &dyn Fn(VpcId) -> bool| -> Vec<Endpoint> {
        let rows = ec2.interfaces.rows();
        let rows = rows.filter(|row| row.attachment.is_some() && Some(row.vpc) != near && inside(row.vpc));
        rows.map(|row| Endpoint::Interface(row.id)).collect()
    };
    match id {
        ResourceId::Instance(id) => {
            let holds = address.and_then(|address| {
                let mut rows = ec2.interfaces.rows();
                rows.find(|row| {
                    row.attachment.as_ref().is_some_and(|at| at.instance == id) && row.holds(address.into())
                })
            });
            vec![holds.map_or(Endpoint::Instance(id), |row| Endpoint::Interface(row.id))]
        }
        ResourceId::NetworkInterface(id) => vec![Endpoint::Interface(id)],
        ResourceId::InternetGateway(_) => {
            let outside = world_parts(ec2, &named(ec2));
            *cut |= outside.cut;
            let others = outside.parts.iter().map(|part| part.at).filter(|at| *at != INTERNET);
            let others = others.map(Endpoint::Address);
            std::iter::once(Endpoint::Internet).chain(others).collect()
        }
        ResourceId::VpnGateway(id) => {
            let networks = vpn::announced(ec2, id);
            networks.map(|block| Endpoint::Address(first_host(block))).collect()
        }
        ResourceId::VpcPeering(id) => {
            let row = ec2.links.peerings.get(&id);
            let other = near.and_then(|near| row?.neighbour(near));
            machines(&|vpc| other == Some(vpc))
        }
        ResourceId::TransitGateway(id) => machines(&|vpc| crate::world::leading::attachment(ec2, vpc, id).is_some()),
        ResourceId::TransitAttachment(id) => {
            let row = ec2.links.attachments.get(&id);
            let beyond = row.map(|row| vpn::beyond(ec2, row)).unwrap_or_default();
            if !beyond.is_empty() {
                let first = beyond.into_iter().map(|block| Endpoint::Address(first_host(block)));
                return first.collect();
            }
            machines(&|vpc| row.and_then(|row| row.vpc()) == Some(vpc))
        }
        ResourceId::VpcEndpoint(id) => ec2
            .links
            .endpoints
            .get(&id)
            .map(|row| of_endpoint(ec2, row))
            .unwrap_or_default(),
        ResourceId::EndpointService(id) => {
            let name = id.to_string();
            let rows = ec2.links.endpoints.rows();
            let rows = rows.filter(|row| row.service_part() == name);
            rows.flat_map(|row| of_endpoint(ec2, row)).collect()
        }
        _ => Vec::new(),
    }
}

/// Where a packet may go that goes by an endpoint.
pub(super) fn of_endpoint(ec2: &Ec2, row: &VpcEndpoint) -> Vec<Endpoint> {
    if row.kind != EndpointKind::Gateway {
        return row
            .subnets
            .iter()
            .map(|(_, interface)| Endpoint::Interface(*interface))
            .collect();
    }
    let list = ec2.prefix_lists.rows().find(|list| list.name == row.service);
    let blocks = list.map(|list| list.entries.as_slice()).unwrap_or_default().iter();
    blocks
        .filter_map(|(block, _)| match block {
            IpNet::V4(block) => Some(Endpoint::Address(first_host(*block))),
            IpNet::V6(_) => None,
        })
        .collect()
}

/// The ports that a path could mean: the one it names, or the edges of the rules that there are.
fn ports(ec2: &Ec2, path: &InsightsPath) -> Vec<u16> {
    if let Some(port) = path.port {
        return vec![port];
    }
    let filter = |filter: Option<HeaderFilter>| filter.and_then(|filter| filter.destination_ports);
    let range = filter(path.at_source).or(filter(path.at_destination));
    let (low, high) = range.unwrap_or((0, u16::MAX));
    let groups = ec2.security_groups.rows().flat_map(|group| &group.rules);
    let of_groups =
        groups.filter_map(|rule| Some((u16::try_from(rule.ports.0).ok()?, u16::try_from(rule.ports.1).ok()?)));
    let entries = ec2.network_acls.rows().flat_map(|acl| &acl.entries);
    let of_acls = entries.map(|entry| entry.ports);
    let edges = of_groups
        .chain(of_acls)
        .flat_map(|(from, to)| [from, to.saturating_add(1)]);
    let mut edges: BTreeSet<u16> = edges.collect();
    edges.insert(low);
    let end = path.destination.as_ref().map(|end| end.id);
    if end.is_some_and(|end| leads_on(ec2, end)) {
        edges.extend(ec2.balancing.listeners.rows().map(|row| row.port));
    }
    let first = if (low..=high).contains(&FIRST_PORT) {
        FIRST_PORT
    } else {
        low
    };
    let others = edges
        .into_iter()
        .filter(|port| (low..=high).contains(port) && *port != first);
    std::iter::once(first).chain(others).collect()
}

/// Whether a packet's way is the path that was asked for.
fn judge(viewer: &Viewer<'_>, path: &InsightsPath, analysis: &InsightsAnalysis, sight: Sight) -> Answer {
    let (first, last) = (sight.first, sight.last);
    let mut answer = cut(viewer, path, sight);
    if !answer.why.is_empty() {
        return answer;
    }
    let by = |filter: Option<HeaderFilter>, packet, place: &str| {
        let part = misfit(&filter?, &packet?)?;
        Some(explanation(&format!("FILTER_AT_{place}_{part}")))
    };
    answer.why.extend(by(path.at_source, first, "SOURCE"));
    answer.why.extend(by(path.at_destination, last, "DESTINATION"));
    let reached = last.map(|packet| packet.destination_address);
    answer.why.extend(misnamed(
        viewer,
        &path.source,
        path.source_ip,
        first.map(|packet| packet.source_address),
    ));
    if let Some(end) = &path.destination {
        answer.why.extend(misnamed(viewer, end, path.destination_ip, reached));
    }
    let passes = |arn: &String| {
        let components = answer.forward.iter().chain(&answer.back);
        let mut arns = components.filter_map(|seen| seen.shown.structure(field::COMPONENT)?.text(field::ARN));
        arns.any(|has| has == arn)
    };
    let shut = if analysis.filter_out.iter().any(passes) {
        Some("COMPONENT_FILTER_RESTRICTION_REMOVED_COMPONENT")
    } else if !analysis.filter_in.iter().all(passes) {
        Some("COMPONENT_FILTER_RESTRICTION")
    } else {
        None
    };
    answer.why.extend(shut.map(explanation));
    answer
}

/// Why a packet did not take the way to a gateway or a link: what the last route table that it met says of that; of an
/// attachment, its transit gateway's table.
fn unreached(viewer: &Viewer<'_>, forward: &[Seen], end: ResourceId) -> Option<Structure> {
    let table = |seen: &&Seen| matches!(seen.id, ResourceId::RouteTable(_) | ResourceId::TransitTable(_));
    let told = forward.iter().filter(table);
    let reasons = told.filter_map(|seen| {
        let reason = unrouted(viewer, seen.id, seen.before.destination_address, end)?;
        Some((matches!(seen.id, ResourceId::TransitTable(_)), reason))
    });
    reasons.max_by_key(|(hub, _)| *hub).map(|(_, reason)| reason)
}

/// An end that is a machine sends and takes its own addresses only.
fn misnamed(viewer: &Viewer<'_>, end: &PathEnd, named: Option<Ipv4Addr>, met: Option<IpAddr>) -> Option<Structure> {
    let named = named.filter(|named| is_machine(end.id) && met.is_some_and(|met| met != IpAddr::V4(*named)))?;
    let mut rows = viewer.ec2.interfaces.rows();
    let row = rows.find(|row| is_at(row, end.id))?;
    let why = explanation("ENI_ADDRESS_RESTRICTION")
        .with(field::NETWORK_INTERFACE, viewer.component(row.id))
        .with(field::VPC, viewer.component(row.vpc))
        .with(field::ADDRESS, named.to_string());
    (!has(row, named)).then_some(why)
}

/// Whether an interface is an end of a path, or is attached to one.
fn is_at(row: &NetworkInterface, end: ResourceId) -> bool {
    match end {
        ResourceId::Instance(id) => row.attachment.as_ref().is_some_and(|at| at.instance == id),
        ResourceId::NetworkInterface(id) => row.id == id,
        _ => false,
    }
}

/// Where a way passes an end.
fn at(way: &[Seen], end: ResourceId) -> Option<usize> {
    way.iter()
        .position(|seen| !seen.stops && (seen.id == end || seen.of.contains(&end)))
}

/// An interface that is an end is where the path begins or ends; its instance is beyond it.
fn cut_at_interfaces(path: &InsightsPath, forward: &mut Vec<Seen>, back: &mut Vec<Seen>) {
    if matches!(path.source.id, ResourceId::NetworkInterface(_)) {
        forward.drain(..at(forward, path.source.id).unwrap_or(0));
        let end = at(back, path.source.id).map_or(back.len(), |place| place + 1);
        back.truncate(end);
    }
    if let Some(end @ ResourceId::NetworkInterface(_)) = path.destination.as_ref().map(|end| end.id) {
        let last = forward.iter().rposition(|seen| seen.id == end);
        forward.truncate(last.map_or(forward.len(), |place| place + 1));
        back.drain(..at(back, end).unwrap_or(0));
    }
}

/// Whether an end is an endpoint to a service of the account's own, or that service: the way leads on to the machines behind it.
fn leads_on(ec2: &Ec2, end: ResourceId) -> bool {
    match end {
        ResourceId::VpcEndpoint(id) => {
            let row = ec2.links.endpoints.get(&id);
            row.is_some_and(VpcEndpoint::leads_to_own)
        }
        ResourceId::EndpointService(id) => ec2.links.services.get(&id).is_some_and(|row| !row.gateway),
        _ => false,
    }
}

/// The part of a packet's way that lies between the ends of the path.
fn cut(viewer: &Viewer<'_>, path: &InsightsPath, sight: Sight) -> Answer {
    let Sight {
        mut forward,
        mut back,
        mut reasons,
        ..
    } = sight;
    // <https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html>: considerations.
    let hub = |seen: &Seen| matches!(seen.id, ResourceId::TransitTable(_)) && !seen.stops;
    if path.protocol == 6 && forward.iter().any(hub) {
        back.clear();
        reasons.retain(|reason| !reason.back);
    }
    let mut passed = true;
    if let Some(end) = path.destination.as_ref().map(|end| end.id) {
        match at(&forward, end) {
            None => passed = false,
            Some(place) if !is_machine(end) && !leads_on(viewer.ec2, end) => {
                forward.truncate(place + 1);
                // What stops it behind the end is not asked.
                if reasons.iter().any(|reason| !reason.back) {
                    reasons.clear();
                    back.clear();
                }
                if let Some(place) = at(&back, end) {
                    back.drain(..place);
                }
            }
            Some(_) => {}
        }
    }
    if !is_machine(path.source.id) {
        match at(&forward, path.source.id) {
            None => passed = false,
            Some(place) => _ = forward.drain(..place),
        }
        if let Some(place) = at(&back, path.source.id) {
            back.truncate(place + 1);
        }
    }
    cut_at_interfaces(path, &mut forward, &mut back);
    let mut why: Vec<Structure> = reasons.into_iter().map(|Reason { shown, .. }| shown).collect();
    if !passed {
        let end = path.destination.as_ref().map(|end| end.id);
        let unrouted = end.and_then(|end| unreached(viewer, &forward, end));
        match unrouted {
            Some(reason) => why = vec![reason],
            None if why.is_empty() => why.push(explanation(codes::NO_PATH)),
            None => {}
        }
    }
    // What passes an internet gateway on its way to a machine is out of the analyzer's sight.
    let middle = forward.len().saturating_sub(1);
    let reflects = |seen: &Seen| matches!(seen.id, ResourceId::InternetGateway(_)) && !seen.stops;
    let between = forward.iter().take(middle).skip(1);
    if let Some(gateway) = between.filter(|seen| reflects(seen)).map(|seen| seen.id).next() {
        why.push(explanation("IGW_NAT_REFLECTION").with(field::INTERNET_GATEWAY, viewer.component(gateway)));
    }
    Answer { forward, back, why }
}

//! The findings of a Network Access Scope analysis are what traces say: whatever gets from the Internet or from an instance to
//! an instance is in exactly one finding, by its addresses, its protocol and its port, and nothing else is in any.

use crate::insights::expected;
use crate::insights::{as_configured, is_packed};
use crate::properties::{build, more_instances, topology};
use crate::rows::REGION;
use crate::survey::{ESTATE, estate};
use crate::topology::Topology;
use ipnet::IpNet;
use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr};
use stratus_engine::base::ids::NetworkInterfaceId;
use stratus_engine::base::time::Span;
use stratus_engine::network::{self, Endpoint, Explanation, Flow, Hop, INTERNET};
use stratus_engine::world::vpc::NetworkInterface;
use stratus_engine::{Engine, Options, World, clock};
use stratus_model::{Structure, Value, field};

/// What goes from somewhere to an interface of an instance.
struct Finding {
    protocol: u8,
    sources: Vec<IpNet>,
    ports: Vec<(u16, u16)>,
    from: String,
    to: String,
}

impl Finding {
    fn read(finding: &Structure) -> Finding {
        let components: Vec<&Structure> = finding.structures(field::FINDING_COMPONENTS).collect();
        let (first, last) = (components.first().unwrap(), components.last().unwrap());
        let id = |of: &Structure| {
            of.structure(field::COMPONENT)
                .unwrap()
                .text(field::ID)
                .unwrap()
                .to_owned()
        };
        let header = first
            .structure(field::INBOUND_HEADER)
            .or(first.structure(field::OUTBOUND_HEADER));
        let header = header.unwrap();
        let port = |range: &Structure, name| u16::try_from(range.integer(name).unwrap()).unwrap();
        let ranges = header.structures(field::DESTINATION_PORT_RANGES);
        Finding {
            protocol: header.text(field::PROTOCOL).unwrap().parse().unwrap(),
            sources: header
                .texts(field::SOURCE_ADDRESSES)
                .map(|text| text.parse().unwrap())
                .collect(),
            ports: ranges
                .map(|range| (port(range, field::FROM), port(range, field::TO)))
                .collect(),
            from: id(first),
            to: id(last),
        }
    }

    fn holds(&self, from: &str, address: Ipv4Addr, to: &str, protocol: u8, port: u16) -> bool {
        let came = self.from == from || from.is_empty() && self.from.starts_with("igw-");
        came && self.to == to
            && self.protocol == protocol
            && self.sources.iter().any(|block| block.contains(&IpAddr::V4(address)))
            && self.ports.iter().any(|range| (range.0..=range.1).contains(&port))
    }
}

/// All findings from the Internet and from interfaces to interfaces.
fn findings(world: &World) -> Vec<Finding> {
    let engine = Engine::new(Options::default());
    let call = |world: &World, operation: &str, params: &Structure| {
        engine.try_on(world, REGION, "ec2", operation, params).unwrap()
    };
    let end = |name: &str| {
        let types = Structure::new().with(field::RESOURCE_TYPES, vec![Value::from(name)]);
        Structure::new().with(field::RESOURCE_STATEMENT, types)
    };
    let path = |name: &str| {
        Structure::new()
            .with(field::SOURCE, end(name))
            .with(field::DESTINATION, end("AWS::EC2::NetworkInterface"))
    };
    let paths = ["AWS::EC2::InternetGateway", "AWS::EC2::NetworkInterface"].map(path);
    let params = Structure::new()
        .with(field::CLIENT_TOKEN, "once")
        .with(field::MATCH_PATHS, paths.to_vec());
    let (answer, world) = call(world, "CreateNetworkInsightsAccessScope", &params);
    let scope = answer.structure(field::NETWORK_INSIGHTS_ACCESS_SCOPE).unwrap();
    let params = Structure::new()
        .with(
            field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID,
            scope.text(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID).unwrap(),
        )
        .with(field::CLIENT_TOKEN, "once");
    let (answer, mut world) = call(&world, "StartNetworkInsightsAccessScopeAnalysis", &params);
    let until = world.now + Span::minutes(5);
    clock::advance(&mut world, until, 10_000);
    let started = answer.structure(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS).unwrap();
    let id = started.text(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ID).unwrap();
    let params = Structure::new().with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ID, id);
    let (answer, _) = call(&world, "GetNetworkInsightsAccessScopeAnalysisFindings", &params);
    assert_eq!(answer.text(field::ANALYSIS_STATUS), Some("succeeded"));
    answer.structures(field::ANALYSIS_FINDINGS).map(Finding::read).collect()
}

/// Whether the analyzer would follow a packet's way: not through an internet gateway to another machine, and not through an
/// instance that passes packets on; a route may lead to the destination itself.
fn is_followed(world: &World, forward: &[Hop], from_outside: bool, target: NetworkInterfaceId) -> bool {
    let instance = |via: NetworkInterfaceId| {
        let row = world.ec2(REGION).and_then(|ec2| ec2.interfaces.get(&via));
        via != target && row.is_some_and(|row| row.attachment.is_some())
    };
    let gateway = |hop: &Hop| hop.component().kind == "AWS::EC2::InternetGateway";
    forward
        .iter()
        .all(|hop| !hop.via.is_some_and(instance) && (from_outside || !gateway(hop)))
}

/// Every flow to an instance is in one finding, or in none.
fn agrees(topology: &Topology, ports: &[u16]) -> Result<(), TestCaseError> {
    let found = findings(&topology.world);
    let world = &as_configured(&topology.world);
    let Some(ec2) = world.ec2(REGION) else { return Ok(()) };
    let rows: Vec<&NetworkInterface> = ec2.interfaces.rows().filter(|row| row.attachment.is_some()).collect();
    for target in &rows {
        let outside = (String::new(), INTERNET, Endpoint::Internet);
        let inside = rows.iter().filter(|row| {
            let instance = |row: &NetworkInterface| row.attachment.as_ref().map(|at| at.instance);
            // An address that the sender's own VPC has too is that of the machine there.
            let own = |row: &NetworkInterface| row.primary().map(|own| own.private);
            let double =
                |other: &&NetworkInterface| other.vpc == row.vpc && other.id != target.id && own(other) == own(target);
            instance(row) != instance(target) && !rows.iter().any(double)
        });
        let inside = inside.map(|row| {
            let own = row.primary().unwrap().private;
            (row.id.to_string(), own, Endpoint::Interface(row.id))
        });
        for (from, address, source) in std::iter::once(outside).chain(inside) {
            let public = target.primary().and_then(|own| own.public);
            let destination = match (source, public) {
                (Endpoint::Internet, Some(public)) => Endpoint::Address(public.address.into()),
                (Endpoint::Internet, None) => continue,
                _ => Endpoint::Interface(target.id),
            };
            for (protocol, port) in ports.iter().flat_map(|port| [(6, *port), (17, *port)]) {
                let flow = Flow {
                    source,
                    destination,
                    protocol,
                    port,
                };
                let trace = network::trace(world, REGION, &flow);
                let packed = trace.forward.iter().any(is_packed);
                // Where appliances stand on the way only the target's own groups are asked.
                let groups: Vec<String> = target.groups.iter().map(ToString::to_string).collect();
                let asked = |reason: &&Explanation| {
                    reason.direction == "forward" && (!packed || groups.contains(&reason.component.id))
                };
                let forward = trace.explanations.iter().filter(asked);
                let arrives = forward.filter_map(|reason| expected(world, reason)).count() == 0;
                let followed = is_followed(world, &trace.forward, source == Endpoint::Internet, target.id);
                let wanted = arrives && (packed || followed);
                let to = target.id.to_string();
                let holds = found
                    .iter()
                    .filter(|finding| finding.holds(&from, address, &to, protocol, port));
                prop_assert_eq!(
                    holds.count(),
                    usize::from(wanted),
                    "{} -> {}: {:?}: {:?}",
                    topology.name(&from),
                    topology.name(&to),
                    flow,
                    trace.explanations
                );
            }
        }
    }
    Ok(())
}

#[test]
fn the_estate_has_its_findings() {
    agrees(
        &estate(ESTATE),
        &[0, 1, 22, 80, 443, 5432, 5433, 7999, 8000, 8150, 65_535],
    )
    .unwrap();
}

#[test]
fn the_fixtures_have_their_findings() {
    let topologies = crate::paths::topologies();
    let judged = topologies.iter().filter_map(|(name, topology)| {
        let fault = agrees(topology, &[22, 80, 443]).err()?;
        Some(format!("{name}: {fault}"))
    });
    let wrong: Vec<String> = judged.collect();
    assert!(wrong.is_empty(), "{} topologies:\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn whatever_gets_somewhere_is_a_finding(
        lines in topology(),
        more in more_instances(),
        ports in prop::collection::vec(prop_oneof![0u16..64, any::<u16>(), Just(443), Just(53)], 6),
    ) {
        // Before the tables, which name instances.
        let tables = lines.iter().position(|line| line.starts_with("table")).unwrap();
        let lines = [&lines[..tables], &more, &lines[tables..]].concat();
        agrees(&build(&lines), &ports)?;
    }
}

//! Paths between Regions. By a peering they are followed (`regions.paths`); by public addresses they are not (ours), so what cannot
//! be followed is unknown: never delivered to an address of the account's own as if that were somebody else's.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html>

use crate::rows::{self, REGION};
use crate::topology::Topology;
use std::net::IpAddr;
use stratus_engine::base::ids::NetworkInterfaceId;
use stratus_engine::catalog::Region;
use stratus_engine::network::{self, Endpoint, Flow};
use stratus_engine::world::compute::Instance;
use stratus_engine::world::vpc::NetworkInterface;
use stratus_engine::{Engine, Options, World};

fn ends(world: &World, region: Region) -> (&Instance, &NetworkInterface, IpAddr) {
    let ec2 = world.ec2(region).unwrap();
    let interface = ec2.interfaces.rows().next().unwrap();
    let public = interface.primary().unwrap().public.unwrap().address;
    (ec2.instances.rows().next().unwrap(), interface, public.into())
}

fn check(world: &World, source: Endpoint, destination: Endpoint, code: &str, text: &str) {
    let flow = Flow {
        source,
        destination,
        protocol: 6,
        port: 22,
    };
    let trace = network::trace(world, REGION, &flow);
    assert_eq!(trace.disposition.name(), "unknown");
    assert!(!trace.reachable && trace.forward.is_empty() && trace.back.is_empty());
    let [explanation] = &trace.explanations[..] else {
        panic!("{:?}", trace.explanations)
    };
    assert_eq!((explanation.code, explanation.detail.as_str()), (code, text));
    assert_eq!(network::disposition(world, REGION, &flow), trace.disposition);
}

#[test]
fn what_lies_in_another_region_is_unknown() {
    let far = Region::find("eu-west-1").unwrap();
    let mut engine = Engine::new(Options::default());
    rows::launch(&mut engine, REGION);
    rows::launch(&mut engine, far);
    rows::wait(&mut engine);
    let world = engine.world();
    let (instance, _, _) = ends(world, REGION);
    let (other, interface, address) = ends(world, far);
    let one_region = "a path is followed within one Region (ours).";

    let used = format!("{address} is in use in eu-west-1: {one_region}");
    check(
        world,
        Endpoint::Instance(instance.id),
        Endpoint::Address(address),
        "UNKNOWN_DESTINATION",
        &used,
    );
    check(
        world,
        Endpoint::Address(address),
        Endpoint::Instance(instance.id),
        "NO_PATH",
        &used,
    );
    let text = format!("{} is in eu-west-1, not in us-east-1: {one_region}", other.id);
    let code = "NO_SOURCE_OR_DESTINATION";
    check(
        world,
        Endpoint::Instance(instance.id),
        Endpoint::Instance(other.id),
        code,
        &text,
    );
    let text = format!("{} is in eu-west-1, not in us-east-1: {one_region}", interface.id);
    check(
        world,
        Endpoint::Interface(interface.id),
        Endpoint::Instance(instance.id),
        code,
        &text,
    );
    check(
        world,
        Endpoint::Internet,
        Endpoint::Interface(NetworkInterfaceId::parse("eni-0123456789abcdef0").unwrap()),
        code,
        "There is no interface eni-0123456789abcdef0 in us-east-1.",
    );
}

/// Two VPCs, one in each Region, with routes to each other by what the lines say.
fn linked(lines: &str) -> Topology {
    let near = "vpc one 10.0.0.0/16
group one-sg one
 in all 10.0.0.0/8
 out all 0.0.0.0/0
subnet a one 10.0.1.0/24
instance client a 10.0.1.10 groups one-sg
region eu-west-1
vpc two 10.1.0.0/16
group two-sg two
 in all 10.0.0.0/8
 out all 0.0.0.0/0
subnet b two 10.1.1.0/24 zone eu-west-1a
instance server b 10.1.1.10 groups two-sg listens tcp/443
region us-east-1";
    let mut topology = Topology::new();
    for line in near.lines().chain(lines.trim().lines()) {
        topology.line(line).unwrap();
    }
    topology
}

const PEERED: &str = "peering link one two
table t1 one main
 10.1.0.0/16 link
region eu-west-1
table t2 two main
 10.0.0.0/16 link";

const HUBS: &str = "transit west
attach first west one a 10.0.1.5
region eu-west-1
transit east
attach second east two b 10.1.1.5
peer link west east
hub west-rtb 10.1.0.0/16 link
region eu-west-1
hub east-rtb 10.0.0.0/16 link
table t2 two main
 10.0.0.0/16 east
region us-east-1
table t1 one main
 10.1.0.0/16 west";

/// Between Regions a packet has 8,500 bytes at most: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html>.
#[test]
fn between_regions_packets_are_smaller() {
    for lines in [PEERED, HUBS] {
        let topology = linked(lines);
        let (from, to) = (topology.end("client").unwrap(), topology.end("server").unwrap());
        let ping = network::ping(&topology.world, REGION, from, to);
        assert!(ping.answered, "{}", ping.reason);
        assert_eq!(ping.mtu, 8_500);
    }
}

/// The Reachability Analyzer's API follows a path to the Region's border, and what happened behind it says where it did.
#[test]
fn steps_say_in_which_region_they_happened() {
    let topology = linked(PEERED);
    let flow = Flow {
        source: topology.end("client").unwrap(),
        destination: topology.end("server").unwrap(),
        protocol: 6,
        port: 443,
    };
    let trace = network::trace(&topology.world, REGION, &flow);
    assert_eq!(trace.disposition.name(), "delivered");
    assert_eq!(network::disposition(&topology.world, REGION, &flow), trace.disposition);
    let far = Region::find("eu-west-1");
    assert_eq!(trace.forward.first().unwrap().region(), None);
    assert_eq!(trace.forward.last().unwrap().region(), far);
    assert_eq!(trace.back.first().unwrap().region(), far);
    assert_eq!(trace.back.last().unwrap().region(), None);
    let crossing = trace
        .forward
        .iter()
        .find(|hop| hop.component().kind == "AWS::EC2::VPCPeeringConnection");
    let text = crossing.unwrap().text().to_owned();
    assert!(text.ends_with(" in eu-west-1."), "{text}");
}

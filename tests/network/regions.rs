//! Paths between Regions. A path is followed within one Region (ours, as the Reachability Analyzer's are), so what cannot be
//! followed is unknown: never delivered to an address of the account's own as if that were somebody else's.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html>

use crate::rows::{self, REGION};
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

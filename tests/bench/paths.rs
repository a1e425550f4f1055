//! How fast packets are judged, in a VPC of 1,000 running instances in ten subnets: five public with a network ACL of
//! their own, five private with the default one. Twenty security groups let in from blocks, from a prefix list and from
//! each other; every instance is in two of them.
//!
//! `trace-1000`: microseconds for one `network::trace`, the call that the page makes for a path: both directions judged,
//! every blocker found and put into words, a list of hops made. A hop's words are made when somebody reads them
//! (src/engine/network/hop.rs), so they are not in it. Of three questions, each median printed, the slowest counts: one
//! instance to another in another subnet, the Internet to an instance, and a path that a group stops.
//!
//! `reachability-1000`: seconds for one `network::reachability`, which says of every pair of the instances whether port 443
//! is reached and what ends it if not, from nothing: sorting the instances into classes is in it. Printed beside it, with no
//! budget: the same where no two instances are alike, so that each of a million pairs is judged by a walk of its own.

#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot go on")]
#![allow(clippy::needless_update, reason = "rows grow, and then the update is needed")]

mod measure;
#[path = "../network/rows.rs"]
mod rows;
#[allow(dead_code, reason = "the names of things are for fixtures")]
#[path = "../network/topology/mod.rs"]
mod topology;

use ipnet::IpNet;
use rows::REGION;
use std::net::IpAddr;
use stratus_engine::base::ids::PrefixListId;
use stratus_engine::network::{self, Disposition, Flow};
use stratus_engine::world::World;
use stratus_engine::world::vpc::PrefixList;
use topology::Topology;

const SUBNETS: usize = 10;
const INSTANCES: usize = 1_000;

fn main() {
    let topology = built(INSTANCES);
    let questions = [
        ("across subnets", "i3-6", "i5-41", true),
        ("from the Internet", "internet", "i0-0", true),
        ("stopped by a group", "i3-7", "i4-1", false),
    ];
    let mut slowest = 0.0_f64;
    for (name, source, destination, arrives) in questions {
        let flow = Flow {
            source: topology.end(source).unwrap(),
            destination: topology.end(destination).unwrap(),
            protocol: 6,
            port: 443,
        };
        let trace = network::trace(&topology.world, REGION, &flow);
        assert_eq!(trace.reachable, arrives, "{name}: {:?}", trace.explanations);
        let time = 1e6 * measure::seconds(2_000, || network::trace(&topology.world, REGION, &flow));
        println!("{name}: {time:.2} µs, {} hops", trace.forward.len() + trace.back.len());
        slowest = slowest.max(time);
    }
    measure::print("trace-1000", slowest);

    let all = || network::reachability(&topology.world, REGION, 6, 443);
    let found = all();
    let pairs = (0..INSTANCES).flat_map(|from| (0..INSTANCES).map(move |to| (from, to)));
    let arrive = pairs.filter(|(from, to)| found.between(*from, *to) == Disposition::Delivered);
    println!("{} of {} pairs arrive", arrive.count(), INSTANCES * INSTANCES);
    measure::print("reachability-1000", measure::seconds(1, all));
    let unlike = unlike(&topology);
    let time = measure::seconds(1, || network::reachability(&unlike, REGION, 6, 443));
    println!("no two alike: {time:.3} s");
    survey();
}

/// All ports at once, with no budget yet: the survey of 100 and of 1,000 instances, and one compared with another.
fn survey() {
    for count in [INSTANCES / 10, INSTANCES] {
        let topology = built(count);
        let all = || network::survey::survey(&topology.world, REGION);
        let found = all();
        let (classes, open) = (found.classes().len(), found.open_to_world().len());
        println!(
            "survey of {count}: {:.4} s, {classes} classes, {open} open",
            measure::seconds(1, all)
        );
        let time = measure::seconds(1, || network::what_if::compare(&found, &found));
        println!("compared with another: {time:.4} s");
    }
}

/// The same world with a rule about each instance's address in the list that the groups name.
fn unlike(topology: &Topology) -> World {
    let mut world = topology.world.clone();
    let ec2 = world.ec2(REGION).unwrap();
    let list: PrefixListId = ec2.prefix_lists.iter().map(|(id, _)| *id).next().unwrap();
    let addresses = ec2
        .interfaces
        .rows()
        .map(|interface| interface.primary().unwrap().private);
    let entries: Vec<_> = addresses
        .map(|address| (IpNet::from(IpAddr::V4(address)), String::new()))
        .collect();
    world.update(REGION, list, |list: &mut PrefixList| list.entries.extend(entries));
    world
}

/// The VPC, in the words of the path fixtures (tests/network/README.md).
fn built(instances: usize) -> Topology {
    let mut lines = vec![
        "vpc main 10.0.0.0/16".to_owned(),
        "gateway igw main".into(),
        "list office 198.51.100.0/24 192.0.2.0/24 203.0.113.128/25".into(),
        "acl edge main".into(),
        " in 90 deny tcp 3389 0.0.0.0/0".into(),
        " in 100 allow tcp 0-1023 0.0.0.0/0".into(),
        " in 110 allow tcp 1024-65535 0.0.0.0/0".into(),
        " out 100 allow all 10.0.0.0/16".into(),
        " out 110 allow tcp 443 0.0.0.0/0".into(),
        " out 120 allow tcp 1024-65535 0.0.0.0/0".into(),
    ];
    for group in 0..20 {
        lines.push(format!("group g{group} main"));
        lines.push(" out all 0.0.0.0/0".into());
    }
    for group in 0..20 {
        lines.push(format!("more g{group}"));
        lines.push(" in tcp 22 office".into());
        lines.push(format!(" in tcp 8080 10.0.{group}.0/24"));
        lines.push(format!(" in tcp 443 g{}", (group + 15) % 20));
        // The groups of public subnets are open to the world.
        if group % 4 == 0 {
            lines.push(" in tcp 443 0.0.0.0/0".into());
        }
    }
    for subnet in 0..SUBNETS {
        let acl = if subnet % 2 == 0 { " acl edge" } else { "" };
        lines.push(format!("subnet s{subnet} main 10.0.{subnet}.0/24{acl}"));
    }
    let public: Vec<String> = (0..SUBNETS).step_by(2).map(|subnet| format!("for s{subnet}")).collect();
    lines.push(format!("table public main {}", public.join(" ")));
    lines.push(" 0.0.0.0/0 igw".into());
    for number in 0..instances {
        let (subnet, place) = (number % SUBNETS, number / SUBNETS);
        let address = if subnet % 2 == 0 {
            format!(" public 54.0.{subnet}.{place}")
        } else {
            String::new()
        };
        let groups = format!("g{},g{}", 2 * subnet + place % 2, (2 * subnet + 7) % 20);
        lines.push(format!(
            "instance i{subnet}-{place} s{subnet} 10.0.{subnet}.{}{address} groups {groups} listens tcp/22,tcp/443",
            place + 10
        ));
    }
    let mut topology = Topology::new();
    for line in &lines {
        topology.line(line).unwrap_or_else(|fault| panic!("{line}: {fault}"));
    }
    topology
}

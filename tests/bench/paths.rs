//! How fast packets are judged, in a VPC of 1,000 running instances (and of others) in ten subnets: five public with a network ACL of
//! their own, five private with the default one. Twenty security groups let in from blocks, from a prefix list and from
//! each other; every instance is in two of them.
//!
//! `trace-1000`: microseconds for one `network::trace`, the call that the page makes for a path: both directions judged,
//! every blocker found and put into words, a list of hops made. A hop's words are made when somebody reads them
//! (src/engine/network/hop.rs), so they are not in it. Of three questions, each median printed, the slowest counts: one
//! instance to another in another subnet, the Internet to an instance, and a path that a group stops.
//!
//! `trace-10`, `trace-10000`, and `trace-growth`, the last divided by the first: a trace looks everything up by key, so it must
//! not grow with the number of instances.
//!
//! `reachability-1000`: seconds for one `network::reachability`, which says of every pair of the instances whether port 443
//! is reached and what ends it if not, from nothing: sorting the instances into classes is in it. Printed beside it, with no
//! budget: the same where a rule names every single address, and where each instance is in a group of its own.
//!
//! `survey-100`, `survey-1000`, `survey-3000`: seconds for one `network::survey`, all pairs and all ports at once, from nothing;
//! `survey-own-groups-…`: the worst case, in which each instance is in a group of its own that names its neighbour's, and no
//! two are alike. With `-bytes` behind it: the megabytes that the survey holds. Beside them the milliseconds of comparing two.
//!
//! `fixes-1000` and `close-1000`: milliseconds for what would mend a path that does not work, and for what would block one that
//! works, with what others lose by it; every change tried on a copy of the world. `fixes-growth`: the first at 10,000
//! instances, divided by that. `fixes-ordered-1000`: milliseconds for putting these into the order of how much they open, which
//! the page does after it has shown the path: a survey by parts of the world as it is, and one for each.
//!
//! `trace-bytes`: kilobytes that one trace holds beside the world, which it shares.

#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot go on")]
#![allow(clippy::needless_update, reason = "rows grow, and then the update is needed")]

mod estate;
mod measure;
#[path = "../network/rows.rs"]
mod rows;
#[allow(dead_code, reason = "the names of things are for fixtures")]
#[path = "../network/topology/mod.rs"]
mod topology;

use estate::{Groups, built};
use ipnet::IpNet;
use peak_alloc::PeakAlloc;
use rows::REGION;
use std::net::IpAddr;
use stratus_engine::base::ids::PrefixListId;
use stratus_engine::network::{self, Disposition, Flow, close, fixes, opening};
use stratus_engine::world::World;
use stratus_engine::world::vpc::PrefixList;
use stratus_engine::{Engine, Options};
use topology::Topology;

/// Counts what is allocated.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const INSTANCES: usize = 1_000;

fn main() {
    let topology = built(INSTANCES, Groups::Shared);
    let small = traces(&built(10, Groups::Shared), false);
    let slowest = traces(&topology, true);
    let large = traces(&built(10_000, Groups::Shared), false);
    measure::print("trace-10", small);
    measure::print("trace-1000", slowest);
    measure::print("trace-10000", large);
    measure::print("trace-growth", large / small);

    let all = || network::reachability(&topology.world, REGION, 6, 443);
    let found = all();
    let pairs = (0..INSTANCES).flat_map(|from| (0..INSTANCES).map(move |to| (from, to)));
    let arrive = pairs.filter(|(from, to)| found.between(*from, *to) == Disposition::Delivered);
    println!("{} of {} pairs arrive", arrive.count(), INSTANCES * INSTANCES);
    measure::print("reachability-1000", measure::seconds(1, all));
    let unlike = unlike(&topology);
    let time = measure::seconds(1, || network::reachability(&unlike, REGION, 6, 443));
    println!("every address in a rule: {time:.4} s");
    let own = built(INSTANCES, Groups::Own);
    let time = measure::seconds(1, || network::reachability(&own.world, REGION, 6, 443));
    println!("each instance in a group of its own: {time:.4} s");

    for (name, groups) in [("survey", Groups::Shared), ("survey-own-groups", Groups::Own)] {
        for count in [INSTANCES / 10, INSTANCES, 3 * INSTANCES] {
            survey(&format!("{name}-{count}"), &built(count, groups));
        }
    }
    changes(&topology);
}

/// The slowest of three questions, in microseconds. Instances are asked that the smallest of the worlds has, too.
fn traces(topology: &Topology, told: bool) -> f64 {
    let questions = [
        ("across subnets", "i3-0", "i9-0", true),
        ("from the Internet", "internet", "i0-0", true),
        ("stopped by a group", "i3-0", "i5-0", false),
    ];
    let mut slowest = 0.0_f64;
    for (name, source, destination, arrives) in questions {
        let flow = flow(topology, source, destination, 443);
        let trace = network::trace(&topology.world, REGION, &flow);
        assert_eq!(trace.reachable, arrives, "{name}: {:?}", trace.explanations);
        let time = 1e6 * measure::seconds(2_000, || network::trace(&topology.world, REGION, &flow));
        if told {
            let hops = trace.forward.len() + trace.back.len();
            println!("{name}: {time:.2} µs, {hops} hops, {}", trace.disposition.name());
        }
        slowest = slowest.max(time);
    }
    slowest
}

fn flow(topology: &Topology, source: &str, destination: &str, port: u16) -> Flow {
    Flow {
        source: topology.end(source).unwrap(),
        destination: topology.end(destination).unwrap(),
        protocol: 6,
        port,
    }
}

/// All ports at once: the survey, one compared with another, and what it holds.
fn survey(name: &str, topology: &Topology) {
    let all = || network::survey::survey(&topology.world, REGION);
    let before = MEMORY.current_usage();
    let found = all();
    let bytes = MEMORY.current_usage().saturating_sub(before);
    println!(
        "{name}: {} instances, {} classes, {} open, {:.2} MB",
        found.instances().count(),
        found.classes().len(),
        network::survey::open_to_world(&topology.world, REGION).len(),
        bytes as f64 / 1e6
    );
    measure::print(&format!("{name}-bytes"), bytes as f64 / 1e6);
    measure::print(name, measure::once(all));
    let time = measure::once(|| network::what_if::compare(&found, &found));
    println!("compared with another: {:.3} ms", 1e3 * time);
}

/// What would mend a path, what would block one, and what a trace holds.
fn changes(topology: &Topology) {
    let engine = Engine::new(Options::default());
    let stopped = flow(topology, "i3-7", "i4-1", 443);
    let mend = || fixes::search_with(&engine, &topology.world, REGION, &stopped, fixes::plain_command);
    println!("{} fixes", mend().len());
    let fixes = 1e3 * measure::once(mend);
    measure::print("fixes-1000", fixes);
    let found = mend();
    let order = || opening::least_first(&engine, &topology.world, REGION, found.clone());
    measure::print("fixes-ordered-1000", 1e3 * measure::once(order));
    let large = built(10_000, Groups::Shared);
    let asked = flow(&large, "i3-7", "i4-1", 443);
    let mend = || fixes::search_with(&engine, &large.world, REGION, &asked, fixes::plain_command);
    measure::print("fixes-growth", 1e3 * measure::once(mend) / fixes);
    let open = flow(topology, "internet", "i0-0", 443);
    let block = || close::search(&engine, &topology.world, REGION, &open, fixes::plain_command);
    println!("{} ways to close", block().len());
    measure::print("close-1000", 1e3 * measure::once(block));
    let before = MEMORY.current_usage();
    let trace = network::trace(&topology.world, REGION, &open);
    let hops = trace.forward.iter().chain(&trace.back);
    let words: usize = hops.map(|hop| hop.text().len() + hop.considered().len()).sum();
    let bytes = MEMORY.current_usage().saturating_sub(before);
    assert!(words > 0);
    measure::print("trace-bytes", bytes as f64 / 1e3);
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

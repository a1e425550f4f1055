//! "Ordered by how little they open", held to its word: of two fixes the first never opens all that the second opens and
//! more, and never more than it by the measure; and what a fix is said to open besides the path is opened.

use crate::paths;
use crate::properties::{build, question, topology};
use crate::rows::REGION;
use crate::survey::estate;
use crate::topology::Topology;
use crate::what_if::line;
use ipnet::IpNet;
use proptest::prelude::*;
use std::collections::BTreeSet;
use stratus_engine::network::survey::traffic::Traffic;
use stratus_engine::network::what_if::{self, Change, Part};
use stratus_engine::network::{self, Disposition, Endpoint, disposition, opening};
use stratus_engine::{Engine, Options};

/// Who, to whom, by which address outside, on what: one point of what is opened.
type Point = (Endpoint, Endpoint, Option<u128>, u8, u16);

fn bits(address: std::net::IpAddr) -> u128 {
    match address {
        std::net::IpAddr::V4(address) => address.to_ipv6_mapped().into(),
        std::net::IpAddr::V6(address) => address.into(),
    }
}

/// A change whose blocks have been read.
struct Read<'a> {
    change: &'a Change,
    /// First and last addresses; `None`: the whole Internet, or nobody outside.
    blocks: Option<Vec<(u128, u128)>>,
    but: bool,
}

impl<'a> Read<'a> {
    fn all(changes: &'a [Change]) -> Vec<Read<'a>> {
        let range = |block: &String| {
            let block: IpNet = block.parse().unwrap();
            (bits(block.network()), bits(block.broadcast()))
        };
        let read = changes.iter().map(|change| Read {
            change,
            blocks: match &change.part {
                Part::All => None,
                Part::Blocks(blocks) | Part::AllBut(blocks) => Some(blocks.iter().map(range).collect()),
            },
            but: matches!(change.part, Part::AllBut(_)),
        });
        read.collect()
    }

    fn holds(&self, (source, destination, address, protocol, port): &Point) -> bool {
        let there = || match (&self.blocks, address) {
            (Some(blocks), Some(address)) => {
                self.but != blocks.iter().any(|range| (range.0..=range.1).contains(address))
            }
            _ => true,
        };
        let own = (self.change.source, self.change.destination) == (*source, *destination);
        own && self.change.traffic.iter().any(|part| part.holds(*protocol, *port)) && there()
    }
}

fn say(list: &[Read<'_>], point: &Point) -> bool {
    list.iter().any(|read| read.holds(point))
}

/// The corners of what changes say: between them nothing is told apart.
fn corners<'a>(changes: impl Iterator<Item = &'a Read<'a>> + Clone) -> BTreeSet<Point> {
    let blocks = changes.clone().flat_map(|read| read.blocks.iter().flatten().copied());
    let edges = blocks.flat_map(|(first, last)| [first.saturating_sub(1), first, last, last.saturating_add(1)]);
    let elsewhere = ["8.8.8.8", "203.0.113.25"].map(|text| bits(text.parse().unwrap()));
    let edges: BTreeSet<u128> = edges.chain(elsewhere).collect();
    let mut points = BTreeSet::new();
    for Read { change, .. } in changes {
        let outside = [change.source, change.destination].contains(&Endpoint::Internet);
        let addresses: Vec<Option<u128>> = match outside {
            true => edges.iter().copied().map(Some).collect(),
            false => vec![None],
        };
        for address in addresses {
            let corner = |part: &Traffic| {
                let protocols = [part.protocols.0, part.protocols.1];
                let ports = [part.ports.0, part.ports.1];
                protocols.map(|protocol| ports.map(|port| (change.source, change.destination, address, protocol, port)))
            };
            points.extend(change.traffic.iter().flat_map(corner).flatten());
        }
    }
    points
}

/// Whether all that one list says is said by the other, and more by that.
fn is_less(one: &[Change], other: &[Change]) -> bool {
    let (one, other) = (Read::all(one), Read::all(other));
    let (mut more, mut within) = (false, true);
    for point in corners(one.iter().chain(&other)) {
        let (one, other) = (say(&one, &point), say(&other, &point));
        within &= !one || other;
        more |= other && !one;
    }
    within && more
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn fixes_come_in_the_order_of_how_little_they_open(lines in topology(), questions in prop::collection::vec(question(), 4)) {
        let topology = build(&lines);
        let engine = Engine::new(Options::default());
        for question in &questions {
            let flow = paths::flow(&topology, question).unwrap();
            let fixes = network::explain_and_fix(&engine, &topology.world, REGION, &flow).fixes;
            let measured = opening::measured(&engine, &topology.world, REGION, &fixes);
            prop_assert!(measured.iter().all(Option::is_some), "{question}: {measured:?}");
            prop_assert!(measured.is_sorted(), "{question}: {measured:?}: {fixes:?}");
            let gained: Vec<Vec<Change>> = fixes
                .iter()
                .map(|fix| what_if::of_fix(&engine, &topology.world, REGION, fix).unwrap().gained)
                .collect();
            for (place, later) in gained.iter().enumerate() {
                for earlier in gained.iter().take(place) {
                    prop_assert!(!is_less(later, earlier), "{question}: {later:?} is less than {earlier:?}");
                }
            }
            // Without the path itself, nothing is told that is not a gain.
            for (fix, gained) in fixes.iter().zip(&gained) {
                let beside = opening::beside(&engine, &topology.world, REGION, &flow, fix).unwrap().gained;
                let (beside, gained) = (Read::all(&beside), Read::all(gained));
                for point in corners(beside.iter()).iter().filter(|point| say(&beside, point)) {
                    prop_assert!(say(&gained, point), "{question}: {point:?}");
                }
            }
        }
    }
}

/// Each fix by what it does and what it opens besides the path.
fn told(topology: &Topology, question: &str) -> Vec<String> {
    let engine = Engine::new(Options::default());
    let flow = paths::flow(topology, question).unwrap();
    assert_ne!(disposition(&topology.world, REGION, &flow), Disposition::Delivered);
    let fixes = network::explain_and_fix(&engine, &topology.world, REGION, &flow).fixes;
    let told = fixes.iter().map(|fix| {
        let beside = opening::beside(&engine, &topology.world, REGION, &flow, fix).unwrap();
        let opened: Vec<String> = beside.gained.iter().map(|change| line(topology, change)).collect();
        format!("{} | {}", paths::named(topology, &fix.why), opened.join("; "))
    });
    told.collect()
}

/// Group `many-sg` has two members that listen; the other side's group has three.
const OFFICE: &str = "
vpc main 10.0.0.0/16
gateway igw main
group many-sg main
 out all 0.0.0.0/0
group asks-sg main
 out all 0.0.0.0/0
subnet a main 10.0.1.0/24
table t main main
 0.0.0.0/0 igw
instance one a 10.0.1.10 public 54.1.1.10 groups many-sg listens tcp/22
instance two a 10.0.1.11 public 54.1.1.11 groups many-sg listens tcp/22
instance ask-1 a 10.0.1.20 groups asks-sg listens -
instance ask-2 a 10.0.1.21 groups asks-sg listens -
";

#[test]
fn what_a_fix_opens_besides_the_path_is_told() {
    let topology = estate(OFFICE);
    assert_eq!(
        told(&topology, "internet -> one tcp 22"),
        [
            "Let TCP 22 in from 203.0.113.25 in many-sg. | 203.0.113.25/32 -> two: tcp 22",
            "Let TCP 22 in from everybody in many-sg. | internet -> one: tcp 22; internet -> two: tcp 22; one -> two: tcp 22; \
             two -> one: tcp 22; ask-1 -> one: tcp 22; ask-1 -> two: tcp 22; ask-2 -> one: tcp 22; ask-2 -> two: tcp 22",
        ]
    );
    // From somebody else on the Internet likewise.
    assert_eq!(
        told(&topology, "198.51.100.7 -> one tcp 22")[0],
        "Let TCP 22 in from 198.51.100.7 in many-sg. | 198.51.100.7/32 -> two: tcp 22"
    );
    assert_eq!(
        told(&topology, "ask-1 -> one tcp 22"),
        [
            "Let TCP 22 in from 10.0.1.20 in many-sg. | ask-1 -> two: tcp 22",
            "Let TCP 22 in from all members of asks-sg in many-sg. | ask-1 -> two: tcp 22; ask-2 -> one: tcp 22; ask-2 -> two: tcp 22",
        ]
    );
}

/// The estimate thinks that to delete what denies opens more than a rule for everybody; here it denies few.
#[test]
fn the_measure_corrects_the_estimate() {
    let topology = estate(
        "
vpc main 10.0.0.0/16
gateway igw main
acl edge main
 in 10 deny tcp 443 203.0.113.0/24
 in 20 allow tcp 443 203.0.113.0/24
 in 100 allow tcp 1024-65535 10.0.0.0/8
 out 100 allow all 0.0.0.0/0
group web-sg main
 in tcp 443 0.0.0.0/0
 out all 0.0.0.0/0
subnet a main 10.0.1.0/24 acl edge
table t main main
 0.0.0.0/0 igw
instance web a 10.0.1.10 public 54.1.1.10 groups web-sg listens tcp/443
",
    );
    let told = told(&topology, "internet -> web tcp 443");
    let does: Vec<&str> = told.iter().map(|line| line.split(" | ").next().unwrap()).collect();
    assert_eq!(
        does,
        [
            "Let TCP 443 from 203.0.113.25 into a (10.0.1.0/24), as rule 9 of edge.",
            "Delete rule 10 of edge, which denies.",
            "Let TCP 443 into a (10.0.1.0/24) for everybody, as rule 9 of edge.",
        ]
    );
}

//! The matrix: what its cells count is what the paths of its pairs say, in groups of every kind and since another moment.

use crate::rows::REGION;
use crate::topology::Topology;
use stratus_engine::World;
use stratus_engine::network::matrix::{Cell, Change, Grouping, Matrix, Pair, matrix};
use stratus_engine::network::outsiders::Outsiders;
use stratus_engine::network::{Disposition, Endpoint, Flow, disposition};

/// A web tier that is open to the world, an application tier that only the web tier reaches, and a database that takes
/// nothing but SSH.
const TIERS: &str = "
vpc main 10.0.0.0/16
gateway igw main
group web-sg main
 in tcp 443 0.0.0.0/0
 out all 0.0.0.0/0
group app-sg main
 in tcp 443 web-sg
 out all 0.0.0.0/0
group db-sg main
 in tcp 22 app-sg
 out all 0.0.0.0/0
subnet public main 10.0.1.0/24
subnet private main 10.0.2.0/24
table t main for public
 0.0.0.0/0 igw
instance web-1 public 10.0.1.10 public 54.1.1.10 groups web-sg listens tcp/443
instance web-2 public 10.0.1.11 groups web-sg listens tcp/443
instance app-1 private 10.0.2.10 groups app-sg listens tcp/443
instance app-2 private 10.0.2.11 groups app-sg listens -
instance db private 10.0.2.20 groups db-sg listens tcp/443
instance old private 10.0.2.30 groups db-sg terminated
";

fn topology(text: &str) -> Topology {
    let mut topology = Topology::new();
    for line in text.lines() {
        topology.line(line).unwrap_or_else(|fault| panic!("{line}: {fault}"));
    }
    topology
}

/// A cell in words: `web-sg -> app-sg: 2 of 4`, with what was gained and lost.
fn say(matrix: &Matrix, from: usize, to: usize) -> String {
    let cell = matrix.cell(from, to).unwrap();
    let Cell {
        pairs,
        reached,
        gained,
        lost,
        ..
    } = cell;
    let change = match (gained, lost) {
        (0, 0) => String::new(),
        _ => format!(", +{gained} -{lost}"),
    };
    let label = |at: usize| matrix.groups[at].label.as_str();
    format!("{} -> {}: {reached} of {pairs}{change}", label(from), label(to))
}

pub fn lines(matrix: &Matrix) -> Vec<String> {
    let count = matrix.groups.len();
    let places = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
    let asked = places.filter(|(from, to)| matrix.cell(*from, *to).unwrap().pairs > 0);
    asked.map(|(from, to)| say(matrix, from, to)).collect()
}

/// Every pair of every cell has the disposition of its own path.
pub fn agrees(world: &World, matrix: &Matrix, port: u16) {
    let count = matrix.groups.len();
    for (from, to) in (0..count).flat_map(|from| (0..count).map(move |to| (from, to))) {
        for Pair {
            source,
            destination,
            now,
            ..
        } in matrix.pairs(from, to)
        {
            let flow = Flow {
                source,
                destination,
                protocol: 6,
                port,
            };
            assert_eq!(now, disposition(world, REGION, &flow), "{source:?} -> {destination:?}");
        }
    }
}

// Groups as sources: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
#[test]
fn tiers_by_security_group() {
    let tiers = topology(TIERS);
    let found = matrix(
        &tiers.world,
        REGION,
        (6, 443),
        &Outsiders::Anyone,
        &Grouping::SecurityGroups,
        None,
    );
    agrees(&tiers.world, &found, 443);
    assert_eq!(
        lines(&found),
        [
            // Only web-1 has a public address; nobody has opened the other tiers.
            "The Internet -> app-sg: 0 of 2",
            "The Internet -> db-sg: 0 of 1",
            "The Internet -> web-sg: 1 of 2",
            "app-sg -> The Internet: 0 of 2",
            "app-sg -> app-sg: 0 of 2",
            "app-sg -> db-sg: 0 of 2",
            "app-sg -> web-sg: 4 of 4",
            "db-sg -> The Internet: 0 of 1",
            "db-sg -> app-sg: 0 of 2",
            "db-sg -> web-sg: 2 of 2",
            "web-sg -> The Internet: 1 of 2",
            // Nothing listens on app-2.
            "web-sg -> app-sg: 2 of 4",
            "web-sg -> db-sg: 0 of 2",
            "web-sg -> web-sg: 2 of 2",
        ]
    );
    let to_app = found.cell(3, 1).unwrap();
    assert_eq!(to_app.ends, [(Disposition::NotListening, 2)]);
}

#[test]
fn a_terminated_instance_has_no_row_and_the_internet_the_first() {
    let tiers = topology(TIERS);
    let found = matrix(
        &tiers.world,
        REGION,
        (6, 443),
        &Outsiders::Anyone,
        &Grouping::Instance,
        None,
    );
    agrees(&tiers.world, &found, 443);
    assert_eq!(found.groups.len(), 6);
    assert_eq!(found.groups[0].members, [Endpoint::Internet]);
    // Nobody is asked whether it reaches itself.
    assert!((0..6).all(|at| found.cell(at, at).unwrap().pairs == 0));
    assert!(found.cell(6, 0).is_none() && found.cell(0, 6).is_none());
    for (grouping, groups) in [
        (Grouping::Subnet, 3),
        (Grouping::Vpc, 2),
        (Grouping::Tag("Role".into()), 2),
    ] {
        let found = matrix(&tiers.world, REGION, (6, 443), &Outsiders::Anyone, &grouping, None);
        agrees(&tiers.world, &found, 443);
        assert_eq!(found.groups.len(), groups, "{grouping:?}");
    }
}

#[test]
fn what_has_changed_since() {
    let before = topology(TIERS);
    let opened = TIERS.replace("in tcp 22 app-sg", "in tcp 443 app-sg");
    let closed = opened.replace(" in tcp 443 0.0.0.0/0\n", " in tcp 443 10.0.0.0/16\n");
    let now = topology(&closed);
    let found = matrix(
        &now.world,
        REGION,
        (6, 443),
        &Outsiders::Anyone,
        &Grouping::SecurityGroups,
        Some(&before.world),
    );
    let changed: Vec<String> = lines(&found).into_iter().filter(|line| line.contains('+')).collect();
    assert_eq!(
        changed,
        [
            "The Internet -> web-sg: 0 of 2, +0 -1",
            "app-sg -> db-sg: 2 of 2, +2 -0",
        ]
    );
    assert_eq!(found.gone(), 0);
    let gained = found.pairs(1, 2).filter(|pair| pair.change == Some(Change::Gained));
    assert_eq!(gained.count(), 2);
    // One that is new has reached nobody before; one that is gone is counted, for it has no row.
    let without = topology(&TIERS.replace("instance db private 10.0.2.20 groups db-sg listens tcp/443\n", ""));
    let found = matrix(
        &without.world,
        REGION,
        (6, 443),
        &Outsiders::Anyone,
        &Grouping::Subnet,
        Some(&before.world),
    );
    assert_eq!(found.gone(), 1);
    let found = matrix(
        &before.world,
        REGION,
        (6, 443),
        &Outsiders::Anyone,
        &Grouping::Instance,
        Some(&without.world),
    );
    let named = |at: usize| tiers_name(&before, &found, at);
    let new: Vec<String> = (0..found.groups.len())
        .flat_map(|from| (0..found.groups.len()).map(move |to| (from, to)))
        .filter(|(from, to)| found.pairs(*from, *to).any(|pair| pair.change == Some(Change::Gained)))
        .map(|(from, to)| format!("{} -> {}", named(from), named(to)))
        .collect();
    assert_eq!(new, ["db -> web-1", "db -> web-2"]);
}

/// What the fixture calls the only member of a group.
fn tiers_name(topology: &Topology, matrix: &Matrix, at: usize) -> String {
    match matrix.groups[at].members[0] {
        Endpoint::Instance(id) => topology.name(&id.to_string()),
        _ => "internet".into(),
    }
}

/// A server that takes visitors from two blocks of the Internet, SSH from nobody, and a bastion that takes SSH from everybody.
const VISITORS: &str = "
vpc main 10.0.0.0/16
gateway igw main
group web-sg main
 in tcp 443 198.51.100.0/24
 in tcp 443 8.8.0.0/16
 out all 0.0.0.0/0
group ssh-sg main
 in tcp 22 0.0.0.0/0
 out tcp 443 8.8.0.0/16
subnet public main 10.0.1.0/24
table t main for public
 0.0.0.0/0 igw
instance web public 10.0.1.10 public 54.1.1.10 groups web-sg listens tcp/443
instance bastion public 10.0.1.11 public 54.1.1.11 groups ssh-sg listens tcp/22
";

fn outsiders(text: &str) -> Outsiders {
    Outsiders::parse(text).unwrap()
}

#[test]
fn the_internet_is_anyone_on_it_or_whom_one_names() {
    let found = topology(VISITORS);
    let asked = |port: u16, who: &str| {
        let matrix = matrix(
            &found.world,
            REGION,
            (6, port),
            &outsiders(who),
            &Grouping::Instance,
            None,
        );
        let place = |name: &str| {
            matrix
                .groups
                .iter()
                .position(|group| found.name(&group.key) == name)
                .unwrap()
        };
        let said = |from: usize, to: usize| {
            let pair = matrix.pairs(from, to).next().unwrap();
            let part = if pair.partly { ", a part" } else { "" };
            // Who stands for them is one for whom it is so.
            let flow = Flow {
                source: pair.source,
                destination: pair.destination,
                protocol: 6,
                port,
            };
            assert_eq!(disposition(&found.world, REGION, &flow), pair.now);
            format!("{}{part}", pair.now.name())
        };
        let label = matrix.groups[0].label.clone();
        (
            label,
            said(0, place("web")),
            said(0, place("bastion")),
            said(place("bastion"), 0),
        )
    };
    let expect = |label: &str, web: &str, bastion: &str, out: &str| {
        (label.to_owned(), web.to_owned(), bastion.to_owned(), out.to_owned())
    };
    // Open is what is open to any part of the Internet, though its usual stranger, 203.0.113.25, is refused.
    assert_eq!(
        asked(443, ""),
        expect("The Internet", "delivered, a part", "denied", "delivered, a part")
    );
    assert_eq!(
        asked(22, "anyone"),
        expect("The Internet", "denied", "delivered", "denied")
    );
    assert_eq!(
        asked(443, "203.0.113.25"),
        expect("203.0.113.25", "denied", "denied", "denied")
    );
    assert_eq!(
        asked(443, "198.51.100.7/24"),
        expect("198.51.100.0/24", "delivered", "denied", "denied")
    );
    // Half of this block is let in.
    assert_eq!(
        asked(443, "8.8.0.0/15"),
        expect("8.8.0.0/15", "delivered, a part", "denied", "delivered, a part")
    );
    // Of this block only what is not private can come.
    assert_eq!(
        asked(22, "8.0.0.0/5"),
        expect("8.0.0.0/5", "denied", "delivered", "denied")
    );
    assert_eq!(outsiders("0.0.0.0/0"), Outsiders::Anyone);
    for wrong in ["example.com", "10.0.0.0/40", "2001:db8::/129"] {
        assert!(Outsiders::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_block_of_ipv6_is_asked_part_by_part_too() {
    let found = topology(crate::outside::EGRESS);
    let asked = |who: &str| {
        let matrix = matrix(
            &found.world,
            REGION,
            (6, 443),
            &outsiders(who),
            &Grouping::Instance,
            None,
        );
        let said = |from: usize, to: usize| {
            let pair = matrix.pairs(from, to).next().unwrap();
            let (source, destination) = (pair.source, pair.destination);
            let flow = Flow {
                source,
                destination,
                protocol: 6,
                port: 443,
            };
            assert_eq!(disposition(&found.world, REGION, &flow), pair.now);
            format!("{}{}", pair.now.name(), if pair.partly { ", a part" } else { "" })
        };
        (said(0, 1), said(1, 0))
    };
    let expect = |inward: &str, outward: &str| (inward.to_owned(), outward.to_owned());
    // One block is let in, and to another it may go; both lie in this one.
    assert_eq!(asked("2001:db8::/32"), expect("delivered, a part", "delivered, a part"));
    assert_eq!(asked("::/0"), expect("delivered, a part", "delivered, a part"));
    assert_eq!(asked("2001:db8::/48"), expect("delivered", "denied"));
    assert_eq!(asked("2001:db8::1"), expect("delivered", "denied"));
    assert_eq!(asked("2001:db8:9::/64"), expect("denied", "delivered"));
}

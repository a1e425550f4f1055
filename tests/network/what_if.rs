//! What if: what a call would give and take, told before it is made, and found so once it is.

use crate::outside::{EGRESS, OUTSIDE, is_nobodys};
use crate::properties::{build, more_instances, topology};
use crate::rows::REGION;
use crate::survey::{ESTATE, SEVERAL, estate, words};
use crate::topology::Topology;
use proptest::prelude::*;
use std::net::IpAddr;
use stratus_engine::network::survey::{INTERNET_BY_IPV6, ON_PREMISES, survey};
use stratus_engine::network::what_if::{Change, Difference, Part, compare, difference, of_call};
use stratus_engine::network::{Disposition, Endpoint, Flow, disposition, unasked};
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, field};

/// `web -> db: tcp 443`.
pub fn line(topology: &Topology, change: &Change) -> String {
    let name = |end: Endpoint| match end {
        Endpoint::Instance(id) => topology.name(&id.to_string()),
        Endpoint::Interface(id) => topology.name(&id.to_string()),
        INTERNET_BY_IPV6 => "internet by IPv6".into(),
        Endpoint::Address(address) => address.to_string(),
        Endpoint::Internet => "internet".into(),
    };
    let name = |end: Endpoint| match (end, &change.part) {
        (Endpoint::Internet | INTERNET_BY_IPV6 | ON_PREMISES, Part::Blocks(blocks)) => blocks.join(" and "),
        (Endpoint::Internet | INTERNET_BY_IPV6, Part::AllBut(blocks)) => {
            format!("{} but {}", name(end), blocks.join(" and "))
        }
        _ => name(end),
    };
    let (source, destination) = (name(change.source), name(change.destination));
    format!("{source} -> {destination}: {}", words(&change.traffic))
}

fn tell(topology: &Topology, difference: &Difference) -> Vec<String> {
    let lines = |sign: char, list: &[Change]| -> Vec<String> {
        let lines = list.iter().map(|change| format!("{sign} {}", line(topology, change)));
        lines.collect()
    };
    [lines('+', &difference.gained), lines('-', &difference.lost)].concat()
}

/// The id behind a name.
fn id(topology: &Topology, name: &str) -> String {
    topology.named().find(|(known, _)| *known == name).unwrap().1
}

fn permission(port: u16) -> Structure {
    let range = Structure::new().with(field::CIDR_IP, "0.0.0.0/0");
    Structure::new()
        .with(field::IP_PROTOCOL, "tcp")
        .with(field::FROM_PORT, port)
        .with(field::TO_PORT, port)
        .with(field::IP_RANGES, vec![range])
}

#[test]
fn a_call_tells_what_it_would_change() {
    let topology = estate(ESTATE);
    let engine = Engine::new(Options::default());
    let asked = |operation: &str, params: Structure| {
        let found = of_call(&engine, &topology.world, REGION, ("ec2", operation), &params);
        found.map(|difference| tell(&topology, &difference))
    };
    let group = |name: &str, port: u16| {
        Structure::new()
            .with(field::GROUP_ID, id(&topology, name))
            .with(field::IP_PERMISSIONS, vec![permission(port)])
    };
    // The web tier keeps IPv6; its answers come back as before.
    let revoked = asked("RevokeSecurityGroupIngress", group("web-sg", 443)).unwrap();
    assert_eq!(
        revoked,
        [
            "- internet -> web-1: tcp 443",
            "- internet -> web-2: tcp 443",
            "- web-1 -> web-2: tcp 443",
            "- web-2 -> web-1: tcp 443",
        ]
        .map(str::to_owned)
        .as_slice()
    );
    // A port on which nothing listens is no gain yet.
    let nothing = asked("AuthorizeSecurityGroupIngress", group("web-sg", 9000)).unwrap();
    assert_eq!(nothing, Vec::<String>::new());
    // To the database no route leads from outside: who gains are those who are let out to it.
    let opened = asked("AuthorizeSecurityGroupIngress", group("db-sg", 5432)).unwrap();
    assert_eq!(
        opened,
        Vec::<String>::new(),
        "web-1 has it already, and web-2 is dropped by the guest"
    );
    // A door for one block: that block gains, and nobody else. Wider than one that is there, it is the rest that gains.
    let door = |group: &str, block: &str| {
        let range = Structure::new().with(field::CIDR_IP, block);
        let permission = permission(22).with(field::IP_RANGES, vec![range]);
        let params = Structure::new().with(field::GROUP_ID, id(&topology, group));
        let params = params.with(field::IP_PERMISSIONS, vec![permission]);
        asked("AuthorizeSecurityGroupIngress", params).unwrap()
    };
    assert_eq!(
        door("jump-sg", "198.51.100.0/24"),
        ["+ 198.51.100.0/24 -> jump: tcp 22"]
    );
    assert_eq!(door("jump-sg", "203.0.112.0/23"), ["+ 203.0.112.0/24 -> jump: tcp 22"]);
    // What is stopped loses all, its own outgoing traffic too, once it has stopped.
    let stop = Structure::new().with(field::INSTANCE_IDS, vec![id(&topology, "jump")]);
    let stopped = asked("StopInstances", stop).unwrap();
    assert_eq!(
        stopped,
        ["- 203.0.113.0/24 -> jump: tcp 22", "- jump -> internet: tcp 22"]
            .map(str::to_owned)
            .as_slice()
    );
    // A call that fails says why.
    let missing = Structure::new().with(field::GROUP_ID, "sg-0123456789abcdef0");
    let missing = missing.with(field::IP_PERMISSIONS, vec![permission(1)]);
    let error = asked("AuthorizeSecurityGroupIngress", missing).unwrap_err();
    assert_eq!(error.code, "InvalidGroup.NotFound");
}

/// A second interface's rules, and those for IPv6, are told as its addresses' gains and losses.
#[test]
fn further_addresses_gain_and_lose_too() {
    let topology = estate(SEVERAL);
    let compared = |from: &str, to: &str| {
        let after = estate(&SEVERAL.replace(from, to));
        tell(&topology, &difference(&topology.world, &after.world, REGION))
    };
    let lines = compared("in tcp 443 0.0.0.0/0", "in tcp 443 192.0.2.0/24");
    assert_eq!(
        lines,
        [
            "- internet but 192.0.2.0/24 -> back: tcp 443",
            "- asks -> back: tcp 443"
        ]
    );
    let lines = compared("443 2600:1f18::2/128", "443 ::/0");
    assert_eq!(lines, ["+ internet by IPv6 -> 2600:1f18::5: tcp 443"]);
    let lines = compared("443 2600:1f18::2/128", "443 2600:1f18::9/128");
    assert_eq!(lines, ["- 2600:1f18::2 -> 2600:1f18::5: tcp 443"]);
}

/// An office behind a VPN connection, in two networks that rules tell apart.
const OFFICE: &str = "vpc main 10.0.0.0/16\ngroup web-sg main\n in tcp 443 192.168.0.0/16\n in tcp 22 192.168.10.0/24\n\
     subnet app main 10.0.1.0/24\ntable t main main\nvpn office main for t 192.168.0.0/16\n\
     instance web app 10.0.1.20 groups web-sg listens tcp/443,tcp/22\n";

/// What lies on premises gains and loses by its blocks, either way; the Internet, which does not get in, does not.
#[test]
fn networks_on_premises_gain_and_lose_too() {
    let topology = estate(OFFICE);
    let compared = |from: &str, to: &str| {
        let after = estate(&OFFICE.replace(from, to));
        tell(&topology, &difference(&topology.world, &after.world, REGION))
    };
    assert_eq!(
        compared("in tcp 22 192.168.10.0/24\n", "in tcp 22 192.168.10.0/25\n"),
        ["- 192.168.10.128/25 -> web: tcp 22"]
    );
    assert_eq!(
        compared("in tcp 443 192.168.0.0/16", "in tcp 443 0.0.0.0/0"),
        Vec::<String>::new()
    );
    assert_eq!(
        compared(" in tcp 443 192.168.0.0/16\n", " out tcp 9000 192.168.3.0/24\n"),
        ["+ web -> 192.168.3.0/24: tcp 9000", "- 192.168.0.0/16 -> web: tcp 443"]
    );
    // The connection goes, and all ways with it.
    assert_eq!(
        compared("vpn office main for t 192.168.0.0/16", "vpn office main deleted"),
        [
            "- 192.168.0.0/21 and 192.168.11.0/24 and 192.168.12.0/22 and 192.168.128.0/17 and 192.168.16.0/20 and 192.168.32.0/19 and 192.168.64.0/18 and 192.168.8.0/23 -> web: tcp 443",
            "- 192.168.10.0/24 -> web: tcp 22, tcp 443",
        ]
    );
}

/// Instances of a Region that a link leads to are no ends; where there is such a link, it is said, and else not.
#[test]
fn what_is_not_asked_is_said() {
    let linked = "vpc one 10.0.0.0/16\nsubnet a one 10.0.1.0/24\nregion eu-west-1\nvpc two 10.1.0.0/16\nregion us-east-1\n\
                  peering link one two\n";
    let said = |text: &str| unasked(&estate(text).world, REGION);
    assert_eq!(
        said(linked).as_deref(),
        Some("Not asked: pairs with instances of eu-west-1, which links lead to; each of their paths can be traced.")
    );
    assert_eq!(said(OFFICE), None);
    let within = "vpc one 10.0.0.0/16\nvpc two 10.1.0.0/16\npeering link one two\n";
    assert_eq!(said(within), None);
}

/// The Internet by IPv6, and as who receives, is told by the blocks that rules name, as it is by IPv4 as who sends.
#[test]
fn parts_of_the_internet_gain_and_lose_either_way() {
    let topology = estate(EGRESS);
    let compared = |from: &str, to: &str| {
        let after = estate(&EGRESS.replace(from, to));
        tell(&topology, &difference(&topology.world, &after.world, REGION))
    };
    assert_eq!(
        compared(" out tcp 443 198.51.100.0/24", " out tcp 443 198.51.100.128/25"),
        ["- app -> 198.51.100.0/25: tcp 443"]
    );
    assert_eq!(
        compared(" out tcp 443 198.51.100.0/24", " out tcp 443 0.0.0.0/0"),
        ["+ app -> internet but 198.51.100.0/24: tcp 443"]
    );
    assert_eq!(
        compared(" in tcp 443 2001:db8::/48", " in tcp 443 2001:db8::/47"),
        ["+ 2001:db8:1::/48 -> app: tcp 443"]
    );
    assert_eq!(
        compared(" in tcp 443 2001:db8::/48", " in tcp 443 ::/0"),
        ["+ internet by IPv6 but 2001:db8::/48 -> app: tcp 443"]
    );
    assert_eq!(
        compared(" out tcp 443 2001:db8:9::/48", " out tcp 443 fd00::/8"),
        ["- app -> 2001:db8:9::/48: tcp 443"]
    );
    // Whoever has had no IPv6 address so far gains what its rules have said all along.
    let four = estate(&EGRESS.replace(" ipv6 2600:1f18::1:11", ""));
    let gained = tell(&four, &difference(&four.world, &topology.world, REGION));
    assert_eq!(
        gained,
        [
            "+ 2001:db8::/48 -> 2600:1f18::1:11: tcp 443",
            "+ 2600:1f18::1:11 -> 2001:db8:9::/48: tcp 443"
        ]
    );
}

/// A service that is reached by an interface endpoint only: AWS's own, and one behind a Network Load Balancer of another VPC.
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>,
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html>
const DOORS: &str = "
vpc main 10.0.0.0/16
vpc shop 10.1.0.0/16
group app-sg main
 out all 0.0.0.0/0
group other-sg main
 out tcp 443 0.0.0.0/0
group door-sg main
 in tcp 443 app-sg
group till-sg shop
 in tcp 443 10.1.0.0/16
subnet a main 10.0.1.0/24 zone us-east-1a
subnet s shop 10.1.1.0/24 zone us-east-1a
instance app a 10.0.1.10 groups app-sg
instance other a 10.0.1.11 groups other-sg
instance till s 10.1.1.10 groups till-sg listens tcp/443
balancer nlb network internal in s 10.1.1.5
targets tills shop TCP 443 till
listener own nlb TCP 443 tills
endpoint store main vpce.own behind nlb in a 10.0.1.50 groups door-sg
endpoint ssm main ssm in a 10.0.1.60 groups door-sg
";

/// Who reaches a service through an interface endpoint gains and loses as others do: by the endpoint's groups, by what stands
/// behind it, and with the endpoint.
#[test]
fn who_comes_by_an_endpoint_gains_and_loses_too() {
    let topology = estate(DOORS);
    let compared = |from: &str, to: &str| {
        let after = estate(&DOORS.replace(from, to));
        tell(&topology, &difference(&topology.world, &after.world, REGION))
    };
    assert_eq!(
        compared(" in tcp 443 app-sg", " in tcp 443 10.0.0.0/16"),
        ["+ other -> store-eni: tcp 443", "+ other -> ssm-eni: tcp 443"]
    );
    assert_eq!(
        compared(" in tcp 443 10.1.0.0/16", " in tcp 80 10.1.0.0/16"),
        ["- app -> store-eni: tcp 443"]
    );
    assert_eq!(
        compared("listener own nlb TCP 443", "listener own nlb TCP 8443"),
        ["- app -> store-eni: tcp 443"]
    );
    assert_eq!(
        compared("endpoint ssm main ssm in a 10.0.1.60 groups door-sg\n", ""),
        ["- app -> ssm-eni: tcp 443"]
    );
    // To change the endpoint's groups is a call like any other.
    let engine = Engine::new(Options::default());
    let params = Structure::new()
        .with(field::VPC_ENDPOINT_ID, id(&topology, "ssm"))
        .with(field::REMOVE_SECURITY_GROUP_IDS, vec![id(&topology, "door-sg")])
        .with(field::ADD_SECURITY_GROUP_IDS, vec![id(&topology, "main-default")]);
    let asked = ("ec2", "ModifyVpcEndpoint");
    let found = of_call(&engine, &topology.world, REGION, asked, &params).unwrap();
    assert_eq!(tell(&topology, &found), ["- app -> ssm-eni: tcp 443"]);
    crate::survey::agrees(&topology, &[80, 443, 8443]);
}

/// What is told is what happens: each change's ports are delivered on one side only.
#[test]
fn what_is_told_is_what_happens() {
    let topology = estate(ESTATE);
    let after = estate(&ESTATE.replace(" in 90 deny tcp 8000-8099", " in 90 deny tcp 8100-8199"));
    let found = difference(&topology.world, &after.world, REGION);
    assert_eq!(
        tell(&topology, &found),
        ["+ internet -> web-1: tcp 8050", "- internet -> web-1: tcp 8100"]
            .map(str::to_owned)
            .as_slice()
    );
    for (change, gained) in
        (found.gained.iter().map(|change| (change, true))).chain(found.lost.iter().map(|change| (change, false)))
    {
        for part in &change.traffic {
            let flow = Flow {
                source: change.source,
                destination: change.destination,
                protocol: part.protocols.0,
                port: part.ports.0,
            };
            let delivered = |world| disposition(world, REGION, &flow) == Disposition::Delivered;
            assert_eq!((delivered(&topology.world), delivered(&after.world)), (!gained, gained));
        }
    }
    assert!(difference(&after.world, &after.world, REGION).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    /// Two surveys compared class by class say what they say pair by pair.
    #[test]
    fn every_pair_that_differs_is_told(one in topology(), other in topology(), more in more_instances()) {
        // The same machines under other rules.
        let machines = |line: &&String| line.starts_with("instance i");
        let with = |lines: &[String]| {
            let tables = lines.iter().position(|line| line.starts_with("table")).unwrap();
            let kept: Vec<String> = one.iter().filter(machines).chain(&more).cloned().collect();
            let mut kept = kept.into_iter();
            let first = lines[..tables].iter().map(|line| match line.starts_with("instance i") {
                true => kept.next().unwrap(),
                false => line.clone(),
            });
            let first: Vec<String> = first.collect();
            [first, kept.collect(), lines[tables..].to_vec()].concat()
        };
        let surveys = [&one, &other].map(|lines| survey(&build(&with(lines)).world, REGION));
        let [before, after] = &surveys;
        let found = compare(before, after);
        let outside = [Endpoint::Internet, INTERNET_BY_IPV6];
        let inside: std::collections::BTreeSet<_> = before.instances().chain(after.instances()).collect();
        let ends: Vec<Endpoint> = inside.into_iter().map(Endpoint::Instance).chain(outside).collect();
        for source in &ends {
            for destination in ends.iter().filter(|end| *end != source) {
                let [was, is] = [before, after].map(|survey| &survey.between(*source, *destination).delivered);
                let told = |list: &[Change]| {
                    let mut own = list.iter().filter(|change| (change.source, change.destination) == (*source, *destination));
                    own.next().map(|change| change.traffic.clone()).unwrap_or_default()
                };
                let (gained, lost) = (told(&found.gained), told(&found.lost));
                prop_assert_eq!(was == is, gained.is_empty() && lost.is_empty(), "{:?} -> {:?}", source, destination);
                for part in gained.iter().chain(&lost) {
                    for port in [part.ports.0, part.ports.1] {
                        let holds = |set: &Vec<_>| set.iter().any(|own: &stratus_engine::network::survey::traffic::Traffic| own.holds(part.protocols.0, port));
                        prop_assert_eq!((holds(was), holds(is)), (lost.contains(part), gained.contains(part)));
                    }
                }
            }
        }
    }
}

/// Whether an address is in the part that a change is about.
fn is_in(part: &Part, address: IpAddr) -> bool {
    let within = |blocks: &[String]| {
        let mut blocks = blocks.iter().map(|block| block.parse::<ipnet::IpNet>().unwrap());
        blocks.any(|block| block.contains(&address))
    };
    match part {
        Part::All => true,
        Part::Blocks(blocks) => within(blocks),
        Part::AllBut(blocks) => !within(blocks),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    /// What is told of a part of the Internet, either way and by either family, is what becomes of packets of its addresses.
    #[test]
    fn every_part_that_differs_is_told(one in topology(), other in topology()) {
        // The same machines under other groups' rules.
        let rules = |lines: &[String]| {
            let at = |wanted: &str| lines.iter().position(|line| line == wanted).unwrap();
            at("more sg0")..at("table t0 main main")
        };
        let after = [&one[..rules(&one).start], &other[rules(&other)], &one[rules(&one).end..]].concat();
        let [before, after] = [&one, &after].map(|lines| build(lines));
        let found = difference(&before.world, &after.world, REGION);
        let seats: Vec<_> = survey(&before.world, REGION).seats().collect();
        let by_ipv6 = survey(&before.world, REGION);
        for address in OUTSIDE.map(|address| address.parse::<IpAddr>().unwrap()) {
            if !is_nobodys(&before, address) {
                continue;
            }
            let internet = if address.is_ipv6() { INTERNET_BY_IPV6 } else { Endpoint::Internet };
            for (end, instance) in &seats {
                if matches!(end, Endpoint::Address(IpAddr::V6(_))) != address.is_ipv6() {
                    continue;
                }
                let first = address.is_ipv6() && by_ipv6.by_ipv6(*instance) == Some(*end);
                let told = if first { Endpoint::Instance(*instance) } else { *end };
                let outside = Endpoint::Address(address);
                // Where the Internet meets an instance elsewhere than at its primary address, that end has it.
                let met = by_ipv6.met_at(*instance).filter(|_| *end == Endpoint::Instance(*instance)).unwrap_or(told);
                for (flow, pair) in [((outside, *end), (internet, met)), ((*end, outside), (told, internet))] {
                    for (protocol, port) in [(6, 443), (17, 53)] {
                        let flow = Flow { source: flow.0, destination: flow.1, protocol, port };
                        let [was, is] = [&before, &after]
                            .map(|side| disposition(&side.world, REGION, &flow) == Disposition::Delivered);
                        let said = |list: &[Change]| list.iter().any(|change| {
                            let own = (change.source, change.destination) == pair && is_in(&change.part, address);
                            own && change.traffic.iter().any(|part| part.holds(protocol, port))
                        });
                        prop_assert_eq!((said(&found.gained), said(&found.lost)), (is && !was, was && !is), "{:?}", flow);
                    }
                }
            }
        }
    }
}

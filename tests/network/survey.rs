//! The survey: all ports at once. In a small estate every set is said in words; in random ones each single flow that is
//! asked for ends as the survey says.

use crate::outside::opens_as_traces_say;
use crate::properties::{build, more_instances, topology};
use crate::rows::REGION;
use crate::topology::Topology;
use proptest::prelude::*;
use std::net::IpAddr;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::network::survey::traffic::Traffic;
use stratus_engine::network::survey::{Found, INTERNET_BY_IPV6, Origin, Survey, open_to_world, survey};
use stratus_engine::network::{self, Disposition, Endpoint, Flow};

/// A web tier that the world reaches, with more open than listens; a database for the web tier; a jump host.
pub const ESTATE: &str = "
vpc main 10.0.0.0/16 ipv6 2600:1f18::/56
gateway igw main
acl edge main
 in 90 deny tcp 8000-8099 0.0.0.0/0
 in 100 allow all 0.0.0.0/0
 in 110 allow all ::/0
 out 100 allow all 0.0.0.0/0
 out 110 allow all ::/0
group web-sg main
 in tcp 443 0.0.0.0/0
 in tcp 7990-8200 0.0.0.0/0
 in tcp 443 ::/0
 out all 0.0.0.0/0
 out all ::/0
group db-sg main
 in tcp 5432 web-sg
 in icmp 8 10.0.0.0/16
 out tcp 5432-5433 0.0.0.0/0
group jump-sg main
 in tcp 22 203.0.113.0/24
 out tcp 22 0.0.0.0/0
subnet public main 10.0.1.0/24 ipv6 2600:1f18::1:0/112 acl edge
subnet private main 10.0.2.0/24
instance web-1 public 10.0.1.10 public 54.1.1.10 groups web-sg listens tcp/443,tcp/8100,tcp/8050
instance web-2 public 10.0.1.11 public 54.1.1.11 ipv6 2600:1f18::1:11 groups web-sg listens tcp/443
instance jump public 10.0.1.12 public 54.1.1.12 groups jump-sg listens tcp/22
instance db private 10.0.2.10 groups db-sg listens tcp/5432 firewall drop/tcp/5432/10.0.1.11_32
table t main for public
 0.0.0.0/0 igw
 ::/0 igw
";

pub fn estate(text: &str) -> Topology {
    let mut topology = Topology::new();
    for line in text.lines() {
        topology.line(line).unwrap_or_else(|fault| panic!("{line}: {fault}"));
    }
    topology
}

pub fn words(traffic: &[Traffic]) -> String {
    let words: Vec<String> = traffic.iter().map(ToString::to_string).collect();
    words.join(", ")
}

#[test]
fn what_arrives_is_said_in_ranges() {
    let topology = estate(ESTATE);
    let survey = survey(&topology.world, REGION);
    let between = |source: &str, destination: &str| {
        let end = |name: &str| match name {
            "internet6" => INTERNET_BY_IPV6,
            name => topology.end(name).unwrap(),
        };
        let Found { delivered, unheard } = survey.between(end(source), end(destination));
        (words(delivered), words(unheard))
    };
    let said = |delivered: &str, unheard: &str| (delivered.to_owned(), unheard.to_owned());
    // Rules say 443 and 7990–8200; the network ACL takes 8000–8099 out, also from who listens on 8050.
    assert_eq!(
        between("internet", "web-1"),
        said("tcp 443, tcp 8100", "tcp 7990–7999, tcp 8101–8200")
    );
    assert_eq!(
        between("internet", "web-2"),
        said("tcp 443", "tcp 7990–7999, tcp 8100–8200")
    );
    // By IPv6 there is one rule only, and only one that has such an address.
    assert_eq!(between("internet6", "web-2"), said("tcp 443", ""));
    assert_eq!(between("internet6", "web-1"), said("", ""));
    // Within a subnet no network ACL looks.
    assert_eq!(
        between("jump", "web-1"),
        said("", ""),
        "its group lets out nothing but port 22"
    );
    assert_eq!(
        between("web-2", "web-1"),
        said(
            "tcp 443, tcp 8050, tcp 8100",
            "tcp 7990–8049, tcp 8051–8099, tcp 8101–8200"
        )
    );
    // The database's group knows the web tier, its own firewall drops one of the two.
    assert_eq!(between("web-1", "db"), said("icmp 8, tcp 5432", ""));
    assert_eq!(between("web-2", "db"), said("icmp 8", ""));
    assert_eq!(between("internet", "db"), said("", ""));
    assert_eq!(between("db", "internet"), said("", ""));
    assert_eq!(between("jump", "internet"), said("tcp 22", ""));
    // Out to the world: everything. Of ICMP also what is no request, and so has no answer that could be lost.
    let (out, _) = between("web-1", "internet");
    let all = "protocol 0, icmp, protocols 2–5, tcp, protocols 7–16, udp, protocols 18–57, icmpv6, protocols 59–255";
    assert_eq!(out, all);
    let open: Vec<String> = (open_to_world(&topology.world, REGION).iter())
        .map(|open| {
            let from = match &open.from {
                Origin::Everywhere => String::new(),
                Origin::Blocks(blocks) => format!(" from {}", blocks.join(", ")),
                Origin::Ipv6 => " by IPv6".to_owned(),
            };
            let name = topology.name(&open.instance.to_string());
            format!("{name}{from}: {}", words(&open.found.delivered))
        })
        .collect();
    assert_eq!(
        open,
        [
            "web-1: tcp 443, tcp 8100",
            "web-2: tcp 443",
            "web-2 by IPv6: tcp 443",
            "jump from 203.0.113.0/24: tcp 22"
        ]
    );
}

/// The whole Internet is all of it: what a rule for a block opens is told as open to that block, wherever it lies, and halves
/// make a whole.
#[test]
fn what_is_open_to_a_part_of_the_world_is_told_as_that_part() {
    let text = "
vpc main 10.0.0.0/16
gateway igw main
list partners 198.51.100.0/25 198.51.100.128/25
group far-sg main
 in tcp 443 198.51.100.0/24
 in tcp 22 partners
 out all 0.0.0.0/0
group halves-sg main
 in tcp 443 0.0.0.0/1
 in tcp 443 128.0.0.0/1
 in tcp 22 198.51.100.0/24
 out all 0.0.0.0/0
group inner-sg main
 in tcp 443 10.0.0.0/8
 in tcp 443 192.168.0.0/16
 out all 0.0.0.0/0
group open-sg main
 in tcp 443 0.0.0.0/0
 out all 0.0.0.0/0
subnet a main 10.0.1.0/24
table t main main
 0.0.0.0/0 igw
instance far a 10.0.1.10 public 54.1.1.10 groups far-sg listens tcp/443,tcp/22
instance halves a 10.0.1.11 public 54.1.1.11 groups halves-sg listens tcp/443,tcp/22
instance inner a 10.0.1.12 public 54.1.1.12 groups inner-sg listens tcp/443
instance walled a 10.0.1.13 public 54.1.1.13 groups open-sg listens tcp/443 firewall drop/tcp/443/203.0.113.0_24
instance private a 10.0.1.14 groups open-sg listens tcp/443
";
    let topology = estate(text);
    let open = open_to_world(&topology.world, REGION);
    let said = |name: &str| {
        let own = open
            .iter()
            .filter(|open| topology.end(name) == Ok(Endpoint::Instance(open.instance)));
        own.map(|open| (open.from.clone(), words(&open.found.delivered)))
            .collect::<Vec<_>>()
    };
    let block = |text: &str| Origin::Blocks(vec![text.to_owned()]);
    let both = "tcp 22, tcp 443".to_owned();
    assert_eq!(said("far"), [(block("198.51.100.0/24"), both)]);
    let halves = [
        (Origin::Everywhere, "tcp 443".to_owned()),
        (block("198.51.100.0/24"), "tcp 22".to_owned()),
    ];
    assert_eq!(said("halves"), halves);
    assert_eq!((said("inner"), said("private")), (Vec::new(), Vec::new()));
    // All but one block: told as the blocks that are left.
    let walled = said("walled");
    let [(Origin::Blocks(left), _)] = &walled[..] else {
        panic!("{walled:?}")
    };
    let left: Vec<ipnet::Ipv4Net> = left.iter().map(|block| block.parse().unwrap()).collect();
    let holds = |address: &str| {
        left.iter()
            .any(|block| block.contains(&address.parse::<std::net::Ipv4Addr>().unwrap()))
    };
    assert!(holds("198.51.100.1") && holds("203.0.112.255") && holds("203.0.114.0") && holds("8.8.8.8"));
    assert!(!holds("203.0.113.25") && !holds("10.0.0.1") && !holds("192.168.1.1"));
    opens_as_traces_say(&topology);
}

/// A second interface, further addresses and IPv6 are ends of their own. An elastic address on any of them opens the instance
/// to the world, by the groups of that interface; of two addresses of one instance nothing is asked.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>,
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/MultipleIP.html>
pub const SEVERAL: &str = "
vpc main 10.0.0.0/16 ipv6 2600:1f18::/56
gateway igw main
group closed-sg main
 in tcp 22 10.0.0.0/16
 out all 0.0.0.0/0
 out all ::/0
group open-sg main
 in tcp 443 0.0.0.0/0
 in tcp 443 2600:1f18::2/128
 out all 0.0.0.0/0
 out all ::/0
subnet a main 10.0.1.0/24 ipv6 2600:1f18::/112
table t main main
 0.0.0.0/0 igw
 ::/0 igw
instance web a 10.0.1.10,10.0.1.11 public 54.1.1.10,54.1.1.11 ipv6 2600:1f18::1 groups closed-sg listens tcp/22,tcp/443
instance asks a 10.0.1.20 ipv6 2600:1f18::2 groups closed-sg listens tcp/22
interface back a 10.0.1.50 public 54.1.1.50 ipv6 2600:1f18::5 on web groups open-sg
";

#[test]
fn every_address_of_an_instance_is_an_end() {
    let topology = estate(SEVERAL);
    let open: Vec<String> = (open_to_world(&topology.world, REGION).iter())
        .map(|open| {
            let at = network::address_name(&topology.world, REGION, open.end);
            let at = at.map(|name| name.rsplit(' ').next().unwrap_or_default().to_owned());
            let name = topology.name(&open.instance.to_string());
            format!("{name} at {}: {}", at.unwrap_or_default(), words(&open.found.delivered))
        })
        .collect();
    // The first interface has public addresses too, but its group lets nobody in from there.
    assert_eq!(open, ["web at 10.0.1.50: tcp 443"]);
    let survey = survey(&topology.world, REGION);
    let (web, asks, back) = (
        topology.end("web").unwrap(),
        topology.end("asks").unwrap(),
        topology.end("back").unwrap(),
    );
    let address = |text: &str| Endpoint::Address(text.parse().unwrap());
    let delivered = |source, destination| words(&survey.between(source, destination).delivered);
    assert_eq!(delivered(asks, web), "tcp 22");
    assert_eq!(delivered(asks, back), "tcp 443");
    assert_eq!(delivered(back, asks), "tcp 22");
    assert_eq!(delivered(asks, address("10.0.1.11")), "tcp 22");
    // By its public address it would be out and in again, and who asks has none.
    assert_eq!(delivered(asks, address("54.1.1.11")), "");
    // By IPv6 the groups say something else: nothing at the first interface, one machine at the second.
    assert_eq!(delivered(address("2600:1f18::2"), address("2600:1f18::1")), "");
    assert_eq!(delivered(address("2600:1f18::2"), address("2600:1f18::5")), "tcp 443");
    assert_eq!(delivered(address("2600:1f18::1"), address("2600:1f18::2")), "");
    assert!(!survey.knows(web, back) && survey.knows(web, web));
    assert_eq!(
        survey.by_ipv6(survey.instances().next().unwrap()),
        Some(address("2600:1f18::1"))
    );
    agrees(&topology, &[22, 80, 443]);
    opens_as_traces_say(&topology);
}

/// Who is alike is one class, and says the same.
#[test]
fn alike_instances_are_one_class() {
    let mut text = ESTATE.to_owned();
    for number in 20..40 {
        text.push_str(&format!(
            "instance more-{number} private 10.0.2.{number} groups jump-sg listens tcp/22\n"
        ));
    }
    let topology = estate(&text);
    let survey = survey(&topology.world, REGION);
    assert_eq!(survey.instances().count(), 24);
    assert_eq!(survey.classes().len(), 5);
    assert!(survey.classes().iter().any(|members| members.len() == 20));
}

/// What each kind of rule names cuts the ports: where one alone decides, its ports are said and no others.
#[test]
fn every_rule_that_names_ports_cuts_them() {
    let text = "
vpc main 10.0.0.0/16
gateway igw main
acl edge main
 in 90 deny icmp 8 0.0.0.0/0
 in 91 deny udp 5000-5009 0.0.0.0/0
 in 100 allow all 0.0.0.0/0
 out 100 allow all 0.0.0.0/0
group open-sg main
 in all 0.0.0.0/0
 out all 0.0.0.0/0
group few-sg main
 in 47 0.0.0.0/0
 in icmp 3 0.0.0.0/0
 in udp 5005-5019 0.0.0.0/0
 out all 0.0.0.0/0
subnet a main 10.0.1.0/24
subnet b main 10.0.2.0/24 acl edge
table t main main
 0.0.0.0/0 igw
instance by-protocol a 10.0.1.10 public 54.1.1.10 groups open-sg listens - firewall drop/tcp/8150-8160/0.0.0.0_0
instance by-port a 10.0.1.11 public 54.1.1.11 groups open-sg listens - firewall drop/all/9000-65535/0.0.0.0_0
instance by-acl b 10.0.2.10 public 54.1.2.10 groups open-sg listens -
instance by-group a 10.0.1.12 public 54.1.1.12 groups few-sg listens udp/5018
";
    let topology = estate(text);
    let survey = survey(&topology.world, REGION);
    let found = |name: &str| {
        let Found { delivered, unheard } = survey.between(Endpoint::Internet, topology.end(name).unwrap());
        let of = |set: &[Traffic], protocol: u8| {
            let parts: Vec<Traffic> = set
                .iter()
                .filter(|part| part.protocols == (protocol, protocol))
                .copied()
                .collect();
            words(&parts)
        };
        [of(unheard, 6), of(unheard, 17), of(delivered, 1), of(unheard, 47)]
    };
    assert_eq!(found("by-protocol")[..2], ["tcp 0–8149, tcp 8161–65535", "udp"]);
    assert_eq!(found("by-port")[..2], ["tcp 0–8999", "udp 0–8999"]);
    assert_eq!(
        found("by-acl")[..3],
        ["tcp", "udp 0–4999, udp 5010–65535", "icmp 0–7, icmp 9–255"]
    );
    assert_eq!(
        found("by-group"),
        ["", "udp 5005–5017, udp 5019", "icmp 3", "protocol 47"]
    );
    agrees(&topology, &[0, 3, 8, 5000, 5018, 8149, 8150, 8155, 8161, 9000]);
}

/// Two VPCs of the same block on one transit gateway: a packet for one machine comes down at its double, by the local
/// route; so the two machines of the other VPC, alike in all else, are not alike.
#[test]
fn doubles_in_another_vpc_are_like_no_other() {
    let text = "
vpc one 10.0.0.0/16
vpc two 10.0.0.0/16
transit hub
group one-sg one
 in all 0.0.0.0/0
 out all 0.0.0.0/0
group two-sg two
 in all 0.0.0.0/0
 out all 0.0.0.0/0
subnet a one 10.0.1.0/24
subnet b two 10.0.1.0/24
instance asks a 10.0.1.10 groups one-sg listens tcp/22
instance near a 10.0.1.20 groups one-sg listens tcp/443
instance double b 10.0.1.20 groups two-sg listens tcp/443
instance single b 10.0.1.21 groups two-sg listens tcp/443
attach first hub one a 10.0.1.200
attach second hub two b 10.0.1.201
";
    let topology = estate(text);
    let survey = survey(&topology.world, REGION);
    let between = |destination: &str| {
        let ends = [topology.end("asks").unwrap(), topology.end(destination).unwrap()];
        words(&survey.between(ends[0], ends[1]).delivered)
    };
    assert_ne!(between("double"), between("single"));
    agrees(&topology, &[22, 443]);
    agrees(
        &estate(&text.replace(
            "near a 10.0.1.20 groups one-sg listens tcp/443",
            "near a 10.0.1.20 groups one-sg listens tcp/80",
        )),
        &[80],
    );
}

/// All ends, with the instances that they are.
fn ends(survey: &Survey) -> Vec<(Endpoint, Option<InstanceId>)> {
    let outside = [(Endpoint::Internet, None), (INTERNET_BY_IPV6, None)];
    let inside = survey.seats().map(|(end, instance)| (end, Some(instance)));
    inside.chain(outside).collect()
}

pub fn is_ipv6(end: Endpoint) -> bool {
    matches!(end, Endpoint::Address(IpAddr::V6(_)))
}

/// Whether two ends are such as a survey must have judged: of one family, and not both the Internet. An instance has both
/// families where the other is the Internet, and nodes of load balancers may have both.
fn meet(source: Endpoint, destination: Endpoint, node: bool) -> bool {
    let outside = |end| end == Endpoint::Internet || end == INTERNET_BY_IPV6;
    let named = |end| matches!(end, Endpoint::Instance(_));
    let mixed = !node && is_ipv6(source) != is_ipv6(destination);
    let alone = outside(source) && outside(destination);
    !(mixed || alone || named(source) && source == destination)
}

/// Every pair, on these ports and at the edges of every range that was found, ends as the survey says; the nodes of load
/// balancers and the interfaces of endpoints are destinations too.
pub fn agrees(topology: &Topology, ports: &[u16]) {
    let survey = survey(&topology.world, REGION);
    let nodes: Vec<_> = survey.nodes().map(|node| (Endpoint::Interface(node), None)).collect();
    for (source, sender) in ends(&survey) {
        for (destination, receiver) in ends(&survey).into_iter().chain(nodes.iter().copied()) {
            if !survey.knows(source, destination) {
                let beside = sender.is_some() && sender == receiver;
                assert!(
                    beside
                        || !meet(
                            source,
                            destination,
                            receiver.is_none() && matches!(destination, Endpoint::Interface(_))
                        ),
                    "{source:?} to {destination:?} is not asked"
                );
                continue;
            }
            let Found { delivered, unheard } = survey.between(source, destination);
            let edges = delivered.iter().chain(unheard).flat_map(|part| {
                let (first, last) = part.ports;
                [first.saturating_sub(1), first, last, last.saturating_add(1)]
            });
            let mut ports: Vec<u16> = ports.iter().copied().chain(edges).collect();
            ports.sort_unstable();
            ports.dedup();
            for protocol in [6, 17, 1, 58, 47, 50] {
                for port in ports.iter().copied() {
                    let icmp = matches!(protocol, 1 | 58);
                    let by_ipv6 = is_ipv6(source) || is_ipv6(destination);
                    // A type has eight bits; and what is 1 by IPv4 is 58 by IPv6.
                    if icmp && port > 255 || by_ipv6 && protocol == 1 {
                        continue;
                    }
                    let flow = Flow {
                        source,
                        destination,
                        protocol,
                        port,
                    };
                    let ends = network::disposition(&topology.world, REGION, &flow);
                    // An interface endpoint is asked on the ports of its service only.
                    let refused = || {
                        network::trace(&topology.world, REGION, &flow)
                            .explanations
                            .first()
                            .cloned()
                    };
                    let by_service = ends == Disposition::NotListening
                        && matches!(destination, Endpoint::Interface(_))
                        && refused().is_some_and(|first| first.component.kind == "AWS::EC2::VPCEndpoint");
                    if by_service {
                        continue;
                    }
                    let among = |set: &[Traffic]| set.iter().filter(|part| part.holds(protocol, port)).count();
                    let expected =
                        [Disposition::Delivered, Disposition::NotListening].map(|kind| usize::from(ends == kind));
                    assert_eq!([among(delivered), among(unheard)], expected, "{flow:?} ends {ends:?}");
                }
            }
        }
    }
}

#[test]
fn the_estate_agrees_with_its_traces() {
    agrees(
        &estate(ESTATE),
        &[0, 1, 22, 80, 443, 5432, 5433, 20_514, 40_514, 51_514, 65_535],
    );
}

/// Every topology of the path fixtures, as it is in the end.
#[test]
fn the_fixtures_agree_with_their_traces() {
    let topologies = crate::paths::topologies();
    assert!(topologies.len() >= 150, "there are only {}", topologies.len());
    let mut wrong = Vec::new();
    for (name, topology) in &topologies {
        let fault = |error: Box<dyn std::any::Any + Send>| match error.downcast::<String>() {
            Ok(text) => *text,
            Err(_) => "it panics".to_owned(),
        };
        let judge = std::panic::AssertUnwindSafe(|| {
            agrees(topology, &[0, 8, 22, 53, 80, 443, 65_535]);
            opens_as_traces_say(topology);
        });
        if let Err(error) = std::panic::catch_unwind(judge) {
            wrong.push(format!("{name}: {}", fault(error)));
        }
    }
    assert!(wrong.is_empty(), "{} topologies:\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_flow_ends_as_the_survey_says(
        lines in topology(),
        more in more_instances(),
        ports in prop::collection::vec(prop_oneof![0u16..64, any::<u16>(), Just(443), Just(53)], 6),
    ) {
        // Before the tables, which name instances.
        let tables = lines.iter().position(|line| line.starts_with("table")).unwrap();
        let lines = [&lines[..tables], &more, &lines[tables..]].concat();
        let topology = build(&lines);
        agrees(&topology, &ports);
        opens_as_traces_say(&topology);
    }
}

#[test]
fn pairs_are_of_those_that_count() {
    let topology = estate(ESTATE);
    let found = survey(&topology.world, REGION);
    let all: Vec<_> = found.instances().collect();
    assert_eq!(all.len(), 4);
    let (reached, pairs) = found.reached(|_| true);
    assert_eq!((reached, pairs), (4, 12));
    // Without the database nobody reaches anybody of these.
    let db = *all.iter().find(|id| topology.name(&id.to_string()) == "db").unwrap();
    let others = found.reached(|id| id != db);
    assert_eq!(others.1, 6);
    assert!(others.0 < reached);
}

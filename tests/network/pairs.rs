//! All pairs at once, in a world in which every difference between two instances decides something: who takes unlike
//! instances for alike is found out here. (Random worlds, in `properties`, seldom have two that differ in one thing only.)

use crate::rows::REGION;
use crate::topology::Topology;
use stratus_engine::network::{self, Disposition, Endpoint, Flow};

const WORLD: &str = "
vpc main 10.0.0.0/16
vpc twin 10.0.0.0/16
vpc far 10.9.0.0/16
gateway igw main
gateway igw-far far
acl edge main
 in 90 deny tcp 443 10.0.1.64/26
 in 100 allow all 0.0.0.0/0
 out 100 allow tcp 443 0.0.0.0/0
 out 110 allow tcp 32768-60999 0.0.0.0/0
acl far-edge far
 in 90 deny tcp 443 54.1.1.64/26
 in 100 allow all 0.0.0.0/0
 out 100 allow all 0.0.0.0/0
group open-sg main
 in all 0.0.0.0/0
 out all 0.0.0.0/0
group same-sg main
 in all 0.0.0.0/0
 out all 0.0.0.0/0
group named-sg main
 in all 0.0.0.0/0
 out all 0.0.0.0/0
group picky-sg main
 in tcp 443 named-sg
 out all 0.0.0.0/0
group twin-sg twin
 in all 0.0.0.0/0
 out all 0.0.0.0/0
group far-sg far
 in all 0.0.0.0/0
 out all 0.0.0.0/0
subnet a main 10.0.1.0/24
subnet b main 10.0.2.0/24 acl edge
subnet c main 10.0.3.0/24
subnet ta twin 10.0.1.0/24
subnet f far 10.9.1.0/24 acl far-edge
instance plain a 10.0.1.10 public 54.1.1.10 groups open-sg listens tcp/443
instance alike a 10.0.1.11 public 54.1.1.11 groups same-sg listens tcp/443
instance high a 10.0.1.70 public 54.1.1.12 groups open-sg listens tcp/443
instance known a 10.0.1.13 public 54.1.1.70 groups open-sg listens tcp/443
instance nameless a 10.0.1.14 groups open-sg listens tcp/443
instance windows a 10.0.1.15 public 54.1.1.15 groups open-sg listens tcp/443 windows
instance broken a 10.0.1.16 public 54.1.1.16 groups open-sg listens tcp/443 host-failed
instance ill a 10.0.1.17 public 54.1.1.17 groups open-sg listens tcp/443 impaired
instance walled a 10.0.1.18 public 54.1.1.18 groups open-sg listens tcp/443 firewall drop/tcp/443/0.0.0.0_0
instance held a 10.0.1.28 public 54.1.1.28 groups open-sg listens tcp/443 firewall-out drop/tcp/443/10.0.2.0_24
instance routed a 10.0.1.29 public 54.1.1.29 groups open-sg listens tcp/443
guest routed 10.0.3.0/24 blackhole
instance deaf a 10.0.1.19 public 54.1.1.19 groups open-sg listens -
instance member a 10.0.1.20 public 54.1.1.20 groups named-sg listens tcp/443
instance picky a 10.0.1.21 public 54.1.1.21 groups picky-sg listens tcp/443
instance stopped a 10.0.1.22 public 54.1.1.22 groups open-sg listens tcp/443 stopped
instance booting a 10.0.1.23 public 54.1.1.23 groups open-sg listens tcp/443 booting
instance box a 10.0.1.24 public 54.1.1.24 groups open-sg listens tcp/443
instance gone a 10.0.1.25 terminated
instance server b 10.0.2.10 public 54.1.2.10 groups open-sg listens tcp/443
instance behind c 10.0.3.10 public 54.1.3.10 groups open-sg listens tcp/443
instance other ta 10.0.1.26 groups twin-sg listens tcp/443
nat gate a 10.0.1.200 public 54.1.1.200
subnet n main 10.0.5.0/24
instance hidden n 10.0.5.10 groups open-sg listens tcp/443
instance shown n 10.0.5.11 public 54.1.5.11 groups open-sg listens tcp/443
instance distant f 10.9.1.10 public 54.9.1.10 groups far-sg listens tcp/443
table t main main
 0.0.0.0/0 igw
table tf far main
 0.0.0.0/0 igw-far
table tc main for c
 10.0.1.0/24 box
table tn main for n
 0.0.0.0/0 gate
";

/// Where the groups at the ends decide, by what they see of each other: a private address, a public one, that of a NAT
/// gateway, a group across a peering connection, and a group that a transit gateway hides.
const GROUPS: &str = "
vpc main 10.0.0.0/16
vpc far 10.9.0.0/16
vpc spoke 10.8.0.0/16
vpc peer 10.7.0.0/16
gateway igw main
gateway igw-far far
transit hub
peering pcx main peer
list office 10.0.1.12/32 54.1.1.12/32
group out-sg main
 out all 0.0.0.0/0
group member-sg main
 out all 0.0.0.0/0
group shy-sg main
 out tcp 443 54.9.1.10/32
 out tcp 443 10.7.1.0/24
group none-sg main
group far-one far
 in tcp 443 54.1.1.10/32
 out all 0.0.0.0/0
group far-nat far
 in tcp 443 54.1.1.200/32
 out all 0.0.0.0/0
group far-list far
 in tcp 443 office
 out all 0.0.0.0/0
group spoke-sg spoke
 in tcp 443 10.0.1.10/32
 out all 0.0.0.0/0
group peer-sg peer
 in tcp 443 member-sg@pcx
 in tcp 443 office
 out all 0.0.0.0/0
group inner-sg main
 in tcp 443 member-sg
 in tcp 443 office
subnet a main 10.0.1.0/24
subnet n main 10.0.2.0/24
subnet f far 10.9.1.0/24
subnet s spoke 10.8.1.0/24
subnet p peer 10.7.1.0/24
nat gate a 10.0.1.200 public 54.1.1.200
attach first hub main a 10.0.1.201
attach second hub spoke s 10.8.1.201
instance one a 10.0.1.10 public 54.1.1.10 groups out-sg
instance two a 10.0.1.11 public 54.1.1.11 groups member-sg
instance three a 10.0.1.12 public 54.1.1.12 groups out-sg
instance shy a 10.0.1.13 public 54.1.1.13 groups shy-sg
instance mute a 10.0.1.14 public 54.1.1.14 groups none-sg
instance behind n 10.0.2.10 groups out-sg
instance known n 10.0.2.11 groups member-sg
instance inner a 10.0.1.20 groups inner-sg listens tcp/443
instance many a 10.0.1.21 groups many-sg,inner-sg listens tcp/443
instance far-a f 10.9.1.10 public 54.9.1.10 groups far-one listens tcp/443
instance far-b f 10.9.1.11 public 54.9.1.11 groups far-nat listens tcp/443
instance far-c f 10.9.1.12 public 54.9.1.12 groups far-list listens tcp/443
instance leaf s 10.8.1.10 groups spoke-sg listens tcp/443
instance next p 10.7.1.10 groups peer-sg listens tcp/443
table t main main
 0.0.0.0/0 igw
 10.8.0.0/16 hub
 10.7.0.0/16 pcx
table tn main for n
 0.0.0.0/0 gate
 10.8.0.0/16 hub
 10.7.0.0/16 pcx
table tf far main
 0.0.0.0/0 igw-far
table ts spoke main
 10.0.0.0/16 hub
table tp peer main
 10.0.0.0/16 pcx
";

/// A policy table tells senders apart by their block, receivers by theirs, and traffic by its ports and its protocol.
const POLICY: &str = "
vpc one 10.0.0.0/16
vpc two 10.1.0.0/16
transit west
transit east
group one-sg one
 in all 0.0.0.0/0
 out all 0.0.0.0/0
group two-sg two
 in all 0.0.0.0/0
 out all 0.0.0.0/0
subnet a one 10.0.1.0/24
subnet b two 10.1.1.0/24
attach first west one a 10.0.1.5
attach second east two b 10.1.1.5
peer link west east
hub west-rtb 10.1.0.0/16 link
hub east-rtb 10.0.0.0/16 link
table t1 one main
 10.0.0.0/8 west
table t2 two main
 10.0.0.0/8 east
instance server a 10.0.1.10 groups one-sg listens tcp/443,tcp/8443,udp/443
instance unlike a 10.0.1.200 groups one-sg listens tcp/443,tcp/8443,udp/443
instance client b 10.1.1.10 groups two-sg listens tcp/443,tcp/8443,udp/443
instance stranger b 10.1.1.200 groups two-sg listens tcp/443,tcp/8443,udp/443
policy rules west link ";

fn build(text: &str) -> Topology {
    let mut topology = Topology::new();
    for line in text.lines() {
        topology.line(line).unwrap_or_else(|fault| panic!("{line}: {fault}"));
    }
    topology
}

/// Every pair at once ends as its trace does; how many arrive.
fn agree(topology: &Topology) -> usize {
    let world = &topology.world;
    let all = network::reachability(world, REGION, 6, 443);
    let (mut wrong, mut arrive) = (Vec::new(), 0);
    for (from, source) in all.instances.iter().enumerate() {
        for (to, destination) in all.instances.iter().enumerate() {
            let flow = Flow {
                source: Endpoint::Instance(*source),
                destination: Endpoint::Instance(*destination),
                protocol: 6,
                port: 443,
            };
            let (found, traced) = (all.between(from, to), network::trace(world, REGION, &flow).disposition);
            arrive += usize::from(traced == Disposition::Delivered);
            if found != traced {
                let name = |id: &dyn ToString| topology.name(&id.to_string());
                wrong.push(format!(
                    "{} -> {}: {found:?}, traced {traced:?}",
                    name(source),
                    name(destination)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    arrive
}

#[test]
fn every_difference_counts() {
    let topology = build(WORLD);
    let all = network::reachability(&topology.world, REGION, 6, 443);
    assert_eq!(all.instances.len(), 24);
    agree(&topology);
}

#[test]
fn policy_tables_tell_apart_what_they_name() {
    let policies = [
        // Eight within the VPCs, and across: requests from the second, and its answers to the first.
        ("10.1.1.0/25 west-rtb", 8 + 2 + 2),
        ("to=10.0.1.0/25 west-rtb", 8 + 2 + 2),
        ("port=443 west-rtb source=443 west-rtb", 8 + 4 + 4),
        ("port=8443 west-rtb", 8),
        ("protocol=udp west-rtb", 8),
        (
            "from=10.1.1.0/25,to=10.0.1.0/25,port=400-500,protocol=tcp west-rtb",
            8 + 1,
        ),
    ];
    for (policy, arrive) in policies {
        let topology = build(&format!("{POLICY}{policy}"));
        assert_eq!(agree(&topology), arrive, "{policy}");
        crate::survey::agrees(&topology, &[399, 400, 443, 500, 501, 8443]);
    }
}

#[test]
fn pairs_of_the_fixtures_end_as_their_traces_do() {
    for (name, topology) in crate::paths::topologies() {
        println!("{name}");
        agree(&topology);
    }
}

#[test]
fn groups_see_each_other_as_packets_show_them() {
    // More sides than are kept as bits: those that have such groups are walked pair by pair.
    let mut many = "group many-sg main\n".to_owned();
    for number in 0..130 {
        many.push_str(&format!(" in tcp 443 10.0.2.{number}/32\n"));
    }
    let topology = build(&GROUPS.replace("group inner-sg main\n", &format!("{many}group inner-sg main\n")));
    let arrive = agree(&topology);
    crate::survey::agrees(&topology, &[443]);
    // By their public addresses: one to far-a, three to far-c; through the NAT gateway both private ones to far-b; one by the
    // transit gateway; across the peering connection both members and three; inside both members, three, and to `many` the
    // two private ones besides; shy to far-a never, whose group does not know it. And the seven that listen to themselves.
    assert_eq!(arrive, 1 + 1 + 2 + 1 + 3 + 3 + 4 + 7);
}

//! All pairs at once, in a world in which every difference between two instances decides something: who takes unlike
//! instances for alike is found out here. (Random worlds, in `properties`, seldom have two that differ in one thing only.)

use crate::rows::REGION;
use crate::topology::Topology;
use stratus_engine::network::{self, Endpoint, Flow};

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

#[test]
fn every_difference_counts() {
    let mut topology = Topology::new();
    for line in WORLD.lines() {
        topology.line(line).unwrap_or_else(|fault| panic!("{line}: {fault}"));
    }
    let world = &topology.world;
    let all = network::reachability(world, REGION, 6, 443);
    assert_eq!(all.instances.len(), 22);
    let mut wrong = Vec::new();
    for (from, source) in all.instances.iter().enumerate() {
        for (to, destination) in all.instances.iter().enumerate() {
            let flow = Flow {
                source: Endpoint::Instance(*source),
                destination: Endpoint::Instance(*destination),
                protocol: 6,
                port: 443,
            };
            let (found, traced) = (all.between(from, to), network::trace(world, REGION, &flow).disposition);
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
}

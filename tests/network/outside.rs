//! The Internet in parts: whoever is asked for at an address of it, as a sender or as a receiver, by IPv4 or IPv6, ends as the
//! survey says of the part that holds the address.

use crate::rows::REGION;
use crate::survey::{agrees, estate, is_ipv6, words};
use crate::topology::Topology;
use std::net::IpAddr;
use stratus_engine::base::ids::InstanceId;
use stratus_engine::network::survey::traffic::Traffic;
use stratus_engine::network::survey::{Found, Origin, survey_with_world};
use stratus_engine::network::{self, Disposition, Endpoint, Flow};

/// Who may go where: to a block by IPv4, to another by IPv6, and from one.
pub const EGRESS: &str = "
vpc main 10.0.0.0/16 ipv6 2600:1f18::/56
gateway igw main
group app-sg main
 in tcp 443 2001:db8::/48
 out tcp 443 198.51.100.0/24
 out tcp 443 2001:db8:9::/48
 out udp 53 0.0.0.0/0
subnet public main 10.0.1.0/24 ipv6 2600:1f18::1:0/112
table t main main
 0.0.0.0/0 igw
 ::/0 igw
instance app public 10.0.1.10 public 54.1.1.10 ipv6 2600:1f18::1:11 groups app-sg listens tcp/443
";

/// Egress is told by the blocks that rules name, and so is the Internet by IPv6.
#[test]
fn who_may_reach_which_part_of_the_world_is_told() {
    let topology = estate(EGRESS);
    let (survey, open, _) = survey_with_world(&topology.world, REGION);
    let told = |list: Vec<(Origin, Found)>| -> Vec<(Origin, String)> {
        let told = list
            .into_iter()
            .map(|(origin, found)| (origin, words(&found.delivered)));
        told.collect()
    };
    let blocks = |block: &str| Origin::Blocks(vec![block.to_owned()]);
    let app = topology.end("app").unwrap();
    assert_eq!(
        told(survey.out_to(app)),
        [
            (Origin::Everywhere, "udp 53".to_owned()),
            (blocks("198.51.100.0/24"), "tcp 443".to_owned())
        ]
    );
    let by_ipv6 = Endpoint::Address("2600:1f18::1:11".parse().unwrap());
    assert_eq!(
        told(survey.out_to(by_ipv6)),
        [(blocks("2001:db8:9::/48"), "tcp 443".to_owned())]
    );
    let inward = open.into_iter().map(|open| (open.from, open.found)).collect();
    assert_eq!(told(inward), [(blocks("2001:db8::/48"), "tcp 443".to_owned())]);
    agrees(&topology, &[53, 443]);
    opens_as_traces_say(&topology);
}

/// From addresses all over the Internet each end is reached as the survey says of the parts that hold them, and reaches them so.
pub fn opens_as_traces_say(topology: &Topology) {
    let (surveyed, open, nodes) = survey_with_world(&topology.world, REGION);
    let holds = |from: &Origin, address: IpAddr| match from {
        Origin::Everywhere => address.is_ipv4(),
        Origin::Ipv6 => address.is_ipv6(),
        Origin::Blocks(blocks) => {
            let mut blocks = blocks.iter().map(|block| block.parse::<ipnet::IpNet>().unwrap());
            blocks.any(|block| block.contains(&address))
        }
    };
    // An instance is open as its address is at which it is met.
    let met = |end: Endpoint, instance: InstanceId| match end {
        Endpoint::Instance(_) => surveyed.met_at(instance).unwrap_or(end),
        end => end,
    };
    let named = |end: Endpoint, instance: InstanceId| match surveyed.by_ipv6(instance) == Some(end) {
        true => Endpoint::Instance(instance),
        false => end,
    };
    let gets_in = |source: IpAddr, end: Endpoint| -> Vec<Found> {
        let own = open
            .iter()
            .filter(|open| open.end == end)
            .map(|open| (&open.from, &open.found));
        let own = own.chain(
            (nodes.iter())
                .filter(|open| Endpoint::Interface(open.node) == end)
                .map(|open| (&open.from, &open.found)),
        );
        own.filter(|(from, _)| holds(from, source))
            .map(|(_, found)| found.clone())
            .collect()
    };
    let addresses = OUTSIDE.map(|address| address.parse::<IpAddr>().unwrap());
    for address in addresses.into_iter().filter(|address| is_nobodys(topology, *address)) {
        let by_ipv6 = address.is_ipv6();
        let own = surveyed.seats().filter(|(end, _)| is_ipv6(*end) == by_ipv6);
        let own: Vec<(Endpoint, Option<InstanceId>)> = own.map(|(end, instance)| (end, Some(instance))).collect();
        let nodes = surveyed.nodes().map(|node| (Endpoint::Interface(node), None));
        for (end, instance) in own.into_iter().chain(nodes) {
            let inward = gets_in(
                address,
                instance.map_or(end, |instance| {
                    if by_ipv6 {
                        named(end, instance)
                    } else {
                        met(end, instance)
                    }
                }),
            );
            let outward = surveyed.out_to(end).into_iter().filter(|(to, _)| holds(to, address));
            let outward: Vec<Found> = outward.map(|(_, found)| found).collect();
            for (protocol, port) in [
                (6, 22),
                (6, 443),
                (17, 53),
                (6, 8080),
                (if by_ipv6 { 58 } else { 1 }, 8),
            ] {
                let outside = Endpoint::Address(address);
                let ways = [(outside, end, &inward), (end, outside, &outward)];
                // A load balancer is not asked whom it reaches.
                for (source, destination, said) in ways.into_iter().take(if instance.is_some() { 2 } else { 1 }) {
                    let flow = Flow {
                        source,
                        destination,
                        protocol,
                        port,
                    };
                    let ends = network::disposition(&topology.world, REGION, &flow);
                    let among = |of: fn(&Found) -> &Vec<Traffic>| {
                        said.iter()
                            .any(|found| of(found).iter().any(|part| part.holds(protocol, port)))
                    };
                    let said = [among(|found| &found.delivered), among(|found| &found.unheard)];
                    let expected = [Disposition::Delivered, Disposition::NotListening].map(|kind| ends == kind);
                    assert_eq!(said, expected, "{flow:?} ends {ends:?}");
                }
            }
        }
    }
}

/// Somebody on the Internet, or, by rules of the topologies, in blocks that these name.
pub const OUTSIDE: [&str; 13] = [
    "1.2.3.4",
    "100.63.0.1",
    "198.51.100.7",
    "198.51.100.200",
    "203.0.113.3",
    "203.0.113.77",
    "223.255.1.1",
    "2001:db8::25",
    "2001:db8::26",
    "2001:db8:1::7",
    "2600:1f18::9999",
    "2a00::1",
    "3fff::1",
];

/// Whether an address is one of the Internet: nobody of the account has it, nor a network of the account.
pub fn is_nobodys(topology: &Topology, address: IpAddr) -> bool {
    let ec2 = topology.world.ec2(REGION).unwrap();
    ec2.public_holder(address).is_none()
        && ec2.vpcs.rows().all(|vpc| match address {
            IpAddr::V4(address) => vpc.cidrs.iter().all(|(_, block)| !block.contains(&address)),
            IpAddr::V6(address) => vpc.ipv6_cidrs.iter().all(|(_, block)| !block.contains(&address)),
        })
}

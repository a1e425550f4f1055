//! What ping and traceroute show: who answers on the way, and how large a packet may be.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html>

use crate::rows::REGION;
use crate::topology::Topology;
use stratus_engine::network;

fn world(lines: &str) -> Topology {
    let mut topology = Topology::new();
    for line in lines.trim().lines() {
        assert!(topology.line(line).is_ok(), "{line}");
    }
    topology
}

/// The way as text: a router's address or `*`, then whether the end answered, and the path's MTU.
fn way(topology: &Topology, from: &str, to: &str) -> String {
    let ends = (topology.end(from).unwrap(), topology.end(to).unwrap());
    let route = network::traceroute(&topology.world, REGION, ends.0, ends.1);
    let hops = route
        .hops
        .iter()
        .map(|hop| hop.address.map_or("*".to_owned(), |address| address.to_string()));
    let hops: Vec<String> = hops.collect();
    let ping = network::ping(&topology.world, REGION, ends.0, ends.1);
    assert_eq!((ping.answered, ping.mtu), (route.reached, route.mtu));
    let end = if route.reached { "answered" } else { "silent" };
    format!("{} {end} {}", hops.join(" "), route.mtu)
}

const NAT: &str = "
vpc main 10.0.0.0/16
gateway igw main
ACL
group nat-sg main
 in all 10.0.0.0/16
 out all 0.0.0.0/0
group app-sg main
 in all 10.0.0.0/16
 out all 0.0.0.0/0
subnet public main 10.0.1.0/24
subnet private main 10.0.2.0/24
instance nat public 10.0.1.5 public 54.1.1.5 groups nat-sg no-check
table tp main for public
 0.0.0.0/0 igw
table tq main for private
 0.0.0.0/0 nat
instance app private 10.0.2.10 groups app-sg
";

#[test]
fn within_a_vpc_nobody_stands_between_and_jumbo_frames_pass() {
    let topology = world(&NAT.replace("ACL\n", ""));
    assert_eq!(way(&topology, "app", "nat"), "10.0.1.5 answered 9001");
    assert_eq!(way(&topology, "nat", "app"), "10.0.2.10 answered 9001");
}

#[test]
fn a_nat_instance_answers_the_internet_gateway_does_not() {
    let topology = world(&NAT.replace("ACL\n", ""));
    assert_eq!(
        way(&topology, "app", "198.51.100.7"),
        "10.0.1.5 * 198.51.100.7 answered 1500"
    );
}

#[test]
fn a_nat_gateway_does_not_answer() {
    let lines = NAT.replace("ACL\n", "").replace(
        "instance nat public 10.0.1.5 public 54.1.1.5 groups nat-sg no-check",
        "nat nat public 10.0.1.5 public 54.1.1.5",
    );
    let topology = world(&lines);
    assert_eq!(way(&topology, "app", "198.51.100.7"), "* * 198.51.100.7 answered 1500");
}

const TRANSIT: &str = "
vpc one 10.0.0.0/16
vpc two 10.1.0.0/16
transit hub
group one-sg one
 in all 0.0.0.0/0
 out all 0.0.0.0/0
group two-sg two
 in RULE 10.0.0.0/16
 out all 0.0.0.0/0
subnet a one 10.0.1.0/24
subnet b two 10.1.1.0/24
attach first hub one a 10.0.1.5
attach second hub two b 10.1.1.5
table t1 one main
 10.0.0.0/8 hub
table t2 two main
 10.0.0.0/8 hub
instance client a 10.0.1.10 groups one-sg
instance server b 10.1.1.10 groups two-sg
";

#[test]
fn a_transit_gateway_is_silent_and_carries_8500_bytes() {
    let topology = world(&TRANSIT.replace("RULE", "all"));
    assert_eq!(way(&topology, "client", "server"), "* 10.1.1.10 answered 8500");
}

/// Inside a tunnel a packet may be as large as the configurations for customers' devices say.
/// <https://docs.aws.amazon.com/vpn/latest/s2svpn/CGRequirements.html>
#[test]
fn a_vpn_tunnel_carries_1436_bytes() {
    let lines = NAT
        .replace("ACL\n", "")
        .replace(" 0.0.0.0/0 nat", " 192.168.0.0/16 home");
    let lines = lines.replace("gateway igw main", "gateway igw main\nvpn home main 192.168.0.0/16");
    assert_eq!(way(&world(&lines), "app", "192.168.1.9"), "* 192.168.1.9 answered 1436");
}

#[test]
fn who_refuses_echo_requests_is_silent_at_the_end() {
    let topology = world(&TRANSIT.replace("RULE", "tcp 443"));
    assert_eq!(way(&topology, "client", "server"), "* silent 8500");
    let ends = (topology.end("client").unwrap(), topology.end("server").unwrap());
    let ping = network::ping(&topology.world, REGION, ends.0, ends.1);
    assert!(ping.reason.ends_with('.'), "{}", ping.reason);
}

#[test]
fn an_acl_that_stops_the_message_that_time_is_up_hides_the_router() {
    let acl = "acl main-edge main\n in 90 deny icmp 11 0.0.0.0/0\n in 100 allow all 0.0.0.0/0\n out 100 allow all 0.0.0.0/0\n";
    let lines = NAT.replace("ACL\n", acl).replace(
        "subnet private main 10.0.2.0/24",
        "subnet private main 10.0.2.0/24 acl main-edge",
    );
    let topology = world(&lines);
    assert_eq!(way(&topology, "app", "198.51.100.7"), "* * 198.51.100.7 answered 1500");
}

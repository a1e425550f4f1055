//! What links the networks of the random topologies of `properties.rs` besides: a second transit gateway and a peering with it,
//! policy tables, a VPN connection, a second interface, a guest's own routes, VPC Block Public Access.

use proptest::prelude::*;

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

/// After all else of the topology.
pub fn links() -> impl Strategy<Value = Vec<&'static str>> {
    (
        pick(&[
            "",
            "policy rules hub link 10.7.1.0/25 hub-rtb",
            "policy rules hub link port=443 hub-rtb source=443,protocol=tcp hub-rtb",
            "policy rules hub link to=10.0.3.0/28 hub-rtb protocol=udp hub-rtb",
        ]),
        pick(&[
            "",
            "tunnel site hub 172.31.0.0/16",
            "tunnel site hub 172.31.0.0/16 down",
        ]),
        pick(&[
            "",
            "interface side c 10.0.3.77 on extra groups sg1",
            "interface side c 10.0.3.77 public 54.0.0.77 on extra groups sg1",
            "interface side a 10.0.1.77 on extra no-check groups sg1",
            "interface side a 10.0.1.77 on extra no-check groups sg1\nmore t3\n 203.0.113.0/24 side\n 10.0.2.0/24 side",
            "interface side a 10.0.1.77 public 54.0.0.77 ipv6 2600:1f18::1:4d on extra groups sg0",
        ]),
        pick(&["", "", "block-public bidirectional", "block-public ingress"]),
        pick(&["", "translate third 10.7.1.0/24 10.7.2.0/24"]),
        pick(&[
            "",
            "guest extra one-table",
            "guest extra one-table 0.0.0.0/0 extra-eni 10.0.1.0/24 unreachable",
            "guest i1 10.0.1.0/24 blackhole",
            "guest i2 one-table 0.0.0.0/0 unreachable",
        ]),
    )
        .prop_map(|(policy, tunnel, side, blocked, translated, guest)| {
            let lines = [
                "vpc leaf 10.7.0.0/16",
                "transit beyond",
                "subnet l leaf 10.7.1.0/24",
                "more leaf-default",
                " in all 10.0.0.0/8",
                " out all 0.0.0.0/0",
                "instance low l 10.7.1.10 listens tcp/443,udp/53",
                "instance high l 10.7.1.200 listens tcp/443,udp/53",
                "instance extra c 10.0.3.76 groups sg2 listens tcp/443",
                "attach third beyond leaf l 10.7.1.5",
                "peer link hub beyond",
                "hub hub-rtb 10.7.0.0/16 link",
                "hub beyond-rtb 10.0.0.0/8 link",
                "table tl leaf main",
                " 10.0.0.0/8 beyond",
                "more t3",
                " 10.7.0.0/16 hub",
                " 172.31.0.0/16 hub",
            ];
            let chosen = [policy, tunnel, side, blocked, translated, guest];
            let all = lines.into_iter().chain(chosen.into_iter().flat_map(str::lines));
            all.filter(|line| !line.is_empty()).collect()
        })
}

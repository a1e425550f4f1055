//! Load balancers of the random topologies of `properties.rs`.

use proptest::prelude::*;

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

/// Load balancers of each kind, before the topology's instances.
pub fn balancers() -> impl Strategy<Value = Vec<&'static str>> {
    (
        pick(&[
            "targets webs main HTTP 443 i0 i1 i2",
            "targets webs main HTTP 443 i0/unhealthy i1",
            "targets webs main HTTP 80 i2/draining",
        ]),
        pick(&[
            "targets plain main TCP 443 i1 i3",
            "targets plain main TCP 443 no-keep i1 i3",
            "targets plain main TCP 443 ip 10.0.1.10 10.0.3.77",
            "targets plain main TCP 443 alb alb",
        ]),
        pick(&[
            "listener l443 alb HTTP 443 webs",
            "listener l443 alb HTTP 443 fixed 200",
        ]),
        pick(&[
            "balancer nlb network internal in c 10.0.3.211",
            "balancer nlb network in c 10.0.3.211 public 54.0.0.211 groups sg1 cross-zone",
            "balancer nlb network in c 10.0.3.211 public 54.0.0.211 ipv6 2600:1f18::3:211 groups sg1",
        ]),
        pick(&[
            "elb old in b 10.0.2.212 public 54.0.0.212 groups sg2 listens 443/443,22/22 instances i0,i2",
            "elb old in b 10.0.2.212 public 54.0.0.212 groups sg2 listens 22/443",
        ]),
    )
        .prop_map(|(webs, plain, listener, network, classic)| {
            vec![
                "balancer alb application in a 10.0.1.210 public 54.0.0.210 in b 10.0.2.210 groups sg0",
                network,
                webs,
                plain,
                "targets names main UDP 53 i0 i2",
                listener,
                "listener n443 nlb TCP 443 plain",
                "listener n53 nlb UDP 53 names",
                classic,
            ]
        })
}

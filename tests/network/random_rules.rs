//! Rules of security groups and network ACLs for the random topologies of `properties.rs`.

use proptest::prelude::*;

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

pub fn group_rules() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(
        pick(&[
            "in tcp 443 0.0.0.0/0",
            "in tcp 443 ::/0",
            "in tcp 0-65535 10.0.0.0/8",
            "in all sg0",
            "in tcp 443 far-sg@pcx",
            "in all 203.0.113.0/24",
            "in icmp 8 0.0.0.0/0",
            "in udp 53 sg1",
            "out all 0.0.0.0/0",
            "out all 0.0.0.0/0",
            "out all ::/0",
            "out tcp 443 10.0.0.0/16",
            "in tcp 443 2001:db8::/48",
            "out tcp 443 198.51.100.0/24",
            "out tcp 443 3000::/4",
            "out all office",
        ]),
        0..4,
    )
}

pub fn acl_rules() -> impl Strategy<Value = Vec<String>> {
    let rule = (
        pick(&["in", "out"]),
        1u16..=200,
        pick(&["allow", "allow", "allow", "deny"]),
        pick(&["all", "tcp 443", "tcp 1024-65535", "icmp *", "udp *"]),
        pick(&[
            "0.0.0.0/0",
            "0.0.0.0/0",
            "10.0.0.0/16",
            "203.0.113.0/24",
            "::/0",
            "2001:db8:1::/48",
        ]),
    );
    let rule = rule.prop_map(|(way, number, verb, what, cidr)| format!("{way} {number} {verb} {what} {cidr}"));
    prop::collection::vec(rule, 0..8)
}

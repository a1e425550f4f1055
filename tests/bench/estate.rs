//! A VPC of as many instances as are wanted, in the words of the path fixtures (tests/network/README.md): ten subnets, five
//! public with a network ACL of their own, five private with the default one. For benchmarks, natively and in the browser.

use crate::topology::Topology;

const SUBNETS: usize = 10;

/// Instances that nothing in them tells apart, or each in a group of its own.
#[derive(Clone, Copy, PartialEq)]
pub enum Groups {
    Shared,
    Own,
}

/// The VPC. Twenty groups let in from blocks, from a prefix list and from each other; every instance is in two of them, or in
/// one of its own that lets in its neighbour's.
pub fn built(instances: usize, own: Groups) -> Topology {
    let mut lines = vec![
        "vpc main 10.0.0.0/8".to_owned(),
        "gateway igw main".into(),
        "list office 198.51.100.0/24 192.0.2.0/24 203.0.113.128/25".into(),
        "acl edge main".into(),
        " in 90 deny tcp 3389 0.0.0.0/0".into(),
        " in 100 allow tcp 0-1023 0.0.0.0/0".into(),
        " in 110 allow tcp 1024-65535 0.0.0.0/0".into(),
        " out 100 allow all 10.0.0.0/8".into(),
        " out 110 allow tcp 443 0.0.0.0/0".into(),
        " out 120 allow tcp 1024-65535 0.0.0.0/0".into(),
    ];
    for group in 0..20 {
        lines.push(format!("group g{group} main"));
        lines.push(" out all 0.0.0.0/0".into());
    }
    for group in 0..20 {
        lines.push(format!("more g{group}"));
        lines.push(" in tcp 22 office".into());
        lines.push(format!(" in tcp 8080 10.{}.0.0/16", group % SUBNETS));
        lines.push(format!(" in tcp 443 g{}", (group + 15) % 20));
        // The groups of public subnets are open to the world.
        if group % 4 == 0 {
            lines.push(" in tcp 443 0.0.0.0/0".into());
        }
    }
    for subnet in 0..SUBNETS {
        let acl = if subnet % 2 == 0 { " acl edge" } else { "" };
        lines.push(format!("subnet s{subnet} main 10.{subnet}.0.0/16{acl}"));
    }
    let public: Vec<String> = (0..SUBNETS).step_by(2).map(|subnet| format!("for s{subnet}")).collect();
    lines.push(format!("table public main {}", public.join(" ")));
    lines.push(" 0.0.0.0/0 igw".into());
    if own == Groups::Own {
        for number in 0..instances {
            lines.push(format!("group own{number} main"));
            lines.push(" out all 0.0.0.0/0".into());
        }
        for number in 0..instances {
            lines.push(format!("more own{number}"));
            lines.push(format!(" in tcp 443 own{}", (number + 1) % instances));
            lines.push(" in tcp 22 10.0.0.0/8".into());
        }
    }
    for number in 0..instances {
        let (subnet, place) = (number % SUBNETS, number / SUBNETS);
        let (net, host) = (place / 200, place % 200 + 10);
        let address = if subnet % 2 == 0 {
            format!(" public 54.{net}.{subnet}.{host}")
        } else {
            String::new()
        };
        let groups = match own {
            Groups::Shared => format!("g{},g{}", 2 * subnet + place % 2, (2 * subnet + 7) % 20),
            Groups::Own => format!("own{number}"),
        };
        lines.push(format!(
            "instance i{subnet}-{place} s{subnet} 10.{subnet}.{net}.{host}{address} groups {groups} listens tcp/22,tcp/443"
        ));
    }
    let mut topology = Topology::new();
    for line in &lines {
        topology.line(line).unwrap_or_else(|fault| panic!("{line}: {fault}"));
    }
    topology
}

//! Forms of rules: of security groups, of network ACLs, of route tables.

use super::FormKind;
use super::builder::{Builder, Spec, Values, options, some};
use crate::map::picture::name_of;
use crate::session::ApiCall;
use stratus_engine::World;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::world::Ec2;
use stratus_model::{Structure, field, sort};

/// The form of a kind of this file.
pub fn spec(kind: &FormKind, world: &World, values: &Values) -> Option<Spec> {
    let region = kind.region();
    let ec2 = world.ec2(region)?;
    let b = Builder::new(values);
    match kind {
        FormKind::AddRule(_, group, egress) => add_rule(world, region, ec2, b, *group, *egress),
        FormKind::AddAclEntry(_, acl, egress) => add_entry(region, ec2, b, *acl, *egress),
        FormKind::AddRoute(_, table) => add_route(world, region, ec2, b, *table),
        _ => None,
    }
}

/// Ports that one meets, and who listens there.
const PORTS: [(&str, &str); 9] = [
    ("22", "SSH: log in to Linux"),
    ("80", "HTTP: web pages"),
    ("443", "HTTPS: web pages, encrypted"),
    ("3389", "RDP: log in to Windows"),
    ("53", "DNS"),
    ("3306", "MySQL"),
    ("5432", "PostgreSQL"),
    ("1024-65535", "ephemeral ports: where answers go"),
    ("0-65535", "all ports"),
];

/// Protocols that a rule can be for.
const PROTOCOLS: [(&str, &str); 4] = [
    ("tcp", "TCP"),
    ("udp", "UDP"),
    ("icmp", "ICMP (ping)"),
    ("-1", "All traffic"),
];

/// `443` or `8000-8100`.
fn range(typed: &str) -> Option<(i64, i64)> {
    let (low, high) = typed.split_once(['-', '–']).unwrap_or((typed, typed));
    let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (0..=65_535)
        .contains(&low)
        .then_some((low, high))
        .filter(|_| (0..=65_535).contains(&high))
}

/// Asks for protocol and ports; ports only where the protocol has them.
fn traffic(b: &mut Builder<'_>, protocol_key: &'static str) -> (String, Option<(i64, i64)>) {
    let protocol = b.choose(protocol_key, "Protocol", "tcp", options(&PROTOCOLS));
    let has_ports = matches!(protocol.as_str(), "tcp" | "udp");
    let port = b.suggest("FromPort", "Port", "443", options(&PORTS));
    b.also(&["ToPort", "PortRange", "From", "To"]);
    b.off_when(!has_ports);
    if !has_ports {
        b.hint(if protocol == "icmp" {
            "ICMP has no ports: every type is meant."
        } else {
            "All protocols and ports."
        });
        return (protocol, None);
    }
    b.hint("One port, or a range: 8000-8100.");
    let range = range(&port);
    if range.is_none() {
        b.refuse(
            "FromPort",
            format!("'{port}' is neither a port nor a range: write 443, or 8000-8100."),
        );
    }
    (protocol, range)
}

/// The laptop that stands for oneself on the Internet.
const LAPTOP: &str = "203.0.113.25/32";

fn add_rule(
    world: &World,
    region: Region,
    ec2: &Ec2,
    mut b: Builder<'_>,
    group: SecurityGroupId,
    egress: bool,
) -> Option<Spec> {
    let row = ec2.security_groups.get(&group)?;
    let (protocol, ports) = traffic(&mut b, "IpProtocol");
    let mut peers = vec![
        ("0.0.0.0/0".to_owned(), "anywhere".to_owned()),
        (LAPTOP.to_owned(), "your laptop on the Internet".to_owned()),
    ];
    if let Some(vpc) = ec2.vpcs.get(&row.vpc) {
        peers.extend(
            vpc.cidrs
                .iter()
                .map(|(_, block)| (block.to_string(), "the whole VPC".to_owned())),
        );
    }
    let mut groups: Vec<_> = ec2
        .security_groups
        .rows()
        .filter(|other| other.vpc == row.vpc)
        .collect();
    sort::by_key(&mut groups, |other| other.born);
    peers.extend(
        groups
            .iter()
            .map(|other| (other.id.to_string(), format!("members of {}", other.name))),
    );
    let mut lists: Vec<_> = ec2.prefix_lists.rows().collect();
    sort::by_key(&mut lists, |list| list.born);
    peers.extend(lists.iter().map(|list| (list.id.to_string(), list.name.clone())));
    let peer = b.suggest(
        "CidrIp",
        if egress { "Destination" } else { "Source" },
        "0.0.0.0/0",
        peers,
    );
    b.also(&[
        "CidrIpv6",
        "GroupId",
        "PrefixListId",
        "IpRanges",
        "Ipv6Ranges",
        "UserIdGroupPairs",
    ]);
    b.hint("A block such as 10.0.0.0/16, a security group (sg-…: its members), or a prefix list (pl-…).");
    b.need("Say who is meant.");
    let description = b.text("Description", "Description", "");
    let described = |inner: Structure| vec![inner.with_some(field::DESCRIPTION, some(&description))];
    let mut permission = Structure::new().with(field::IP_PROTOCOL, protocol.as_str());
    match (protocol.as_str(), ports) {
        ("icmp", _) => {
            permission.set(field::FROM_PORT, -1_i64).set(field::TO_PORT, -1_i64);
        }
        (_, Some((low, high))) => {
            permission.set(field::FROM_PORT, low).set(field::TO_PORT, high);
        }
        _ => {}
    }
    if peer.starts_with("sg-") {
        permission.set(
            field::USER_ID_GROUP_PAIRS,
            described(Structure::new().with(field::GROUP_ID, peer)),
        );
    } else if peer.starts_with("pl-") {
        permission.set(
            field::PREFIX_LIST_IDS,
            described(Structure::new().with(field::PREFIX_LIST_ID, peer)),
        );
    } else if peer.contains(':') {
        permission.set(
            field::IPV6_RANGES,
            described(Structure::new().with(field::CIDR_IPV6, peer)),
        );
    } else {
        permission.set(field::IP_RANGES, described(Structure::new().with(field::CIDR_IP, peer)));
    }
    let params = Structure::new()
        .with(field::GROUP_ID, group.to_string())
        .with(field::IP_PERMISSIONS, vec![permission]);
    let (operation, way) = if egress {
        ("AuthorizeSecurityGroupEgress", "out")
    } else {
        ("AuthorizeSecurityGroupIngress", "in")
    };
    let call = ApiCall::ec2(region, operation, params);
    let title = format!(
        "Let something {way}: {}",
        name_or(world, region, group.into(), &row.name)
    );
    let about = "A security group has allow rules only, and all of them count together. Answers to what was let through pass by themselves.";
    Some(
        b.finish(title, about, "Add rule", call)
            .telling("The rule holds at once"),
    )
}

fn name_or(world: &World, region: Region, id: ResourceId, own: &str) -> String {
    let label = world.label(region, id);
    if label == id.to_string() { own.to_owned() } else { label }
}

fn add_entry(region: Region, ec2: &Ec2, mut b: Builder<'_>, acl: NetworkAclId, egress: bool) -> Option<Spec> {
    let row = ec2.network_acls.get(&acl)?;
    let used: Vec<u16> = row
        .entries
        .iter()
        .filter(|e| e.egress == egress)
        .map(|e| e.number)
        .collect();
    let free = (1..=327_u16).map(|n| n * 100).find(|n| !used.contains(n)).unwrap_or(1);
    let number = b.number("RuleNumber", "Number", free.to_string());
    b.need("A rule needs a number from 1 to 32766.");
    b.hint("1 to 32766. The lowest number that matches decides, so a deny must come before the allow.");
    let actions = vec![
        ("allow".to_owned(), "Allow".to_owned()),
        ("deny".to_owned(), "Deny".to_owned()),
    ];
    let action = b.choose("RuleAction", "Action", "allow", actions);
    let (protocol, ports) = traffic(&mut b, "Protocol");
    let blocks = vec![
        ("0.0.0.0/0".to_owned(), "everybody".to_owned()),
        (LAPTOP.to_owned(), "your laptop on the Internet".to_owned()),
    ];
    let cidr = b.suggest(
        "CidrBlock",
        if egress { "Destination" } else { "Source" },
        "0.0.0.0/0",
        blocks,
    );
    b.also(&["Ipv6CidrBlock"]);
    b.need("Say which addresses are meant.");
    let mut params = Structure::new()
        .with(field::NETWORK_ACL_ID, acl.to_string())
        .with_some(field::RULE_NUMBER, number)
        .with(field::PROTOCOL, protocol.as_str())
        .with(field::RULE_ACTION, action)
        .with(field::EGRESS, egress);
    params.set(
        if cidr.contains(':') {
            field::IPV6_CIDR_BLOCK
        } else {
            field::CIDR_BLOCK
        },
        cidr,
    );
    if protocol == "icmp" {
        let all = Structure::new().with(field::TYPE, -1_i64).with(field::CODE, -1_i64);
        params.set(field::ICMP_TYPE_CODE, all);
    }
    if let Some((low, high)) = ports {
        params.set(
            field::PORT_RANGE,
            Structure::new().with(field::FROM, low).with(field::TO, high),
        );
    }
    let call = ApiCall::ec2(region, "CreateNetworkAclEntry", params);
    let title = if egress {
        "Add an outbound entry"
    } else {
        "Add an inbound entry"
    };
    let about = "A network ACL keeps no memory: what comes in and what goes out are judged each by itself. Answers need an entry of their own, to ports 1024-65535.";
    Some(
        b.finish(title, about, "Add entry", call)
            .telling("The entry holds at once"),
    )
}

fn add_route(world: &World, region: Region, ec2: &Ec2, mut b: Builder<'_>, table: RouteTableId) -> Option<Spec> {
    let row = ec2.route_tables.get(&table)?;
    let mut destinations = vec![("0.0.0.0/0".to_owned(), "everything else: the default route".to_owned())];
    let mut lists: Vec<_> = ec2.prefix_lists.rows().collect();
    sort::by_key(&mut lists, |list| list.born);
    destinations.extend(lists.iter().map(|list| (list.id.to_string(), list.name.clone())));
    let destination = b.suggest("DestinationCidrBlock", "Destination", "0.0.0.0/0", destinations);
    b.also(&["DestinationIpv6CidrBlock", "DestinationPrefixListId"]);
    b.hint("Which addresses. The route with the longest matching prefix wins.");
    b.need("Say which addresses the route is for.");
    let mut targets: Vec<(String, String)> = Vec::new();
    let label = |id: ResourceId, kind: &str| (id.to_string(), format!("{} · {kind}", name_of(world, region, id)));
    for gateway in ec2.internet_gateways.rows().filter(|igw| igw.vpc == Some(row.vpc)) {
        targets.push(label(gateway.id.into(), "internet gateway"));
    }
    for interface in ec2.interfaces.rows().filter(|interface| interface.vpc == row.vpc) {
        let holder = interface.attachment.as_ref().map(|attachment| attachment.instance);
        match holder {
            Some(instance) => targets.push((
                interface.id.to_string(),
                format!("{} · interface of an instance", name_of(world, region, instance)),
            )),
            None => targets.push(label(interface.id.into(), "interface")),
        }
    }
    let target = b.choose("GatewayId", "Target", "", targets);
    b.also(&["NetworkInterfaceId", "InstanceId"]);
    b.need("There is nothing to route to: attach an internet gateway to the VPC first.");
    let mut params = Structure::new().with(field::ROUTE_TABLE_ID, table.to_string());
    params.set(
        match &destination {
            list if list.starts_with("pl-") => field::DESTINATION_PREFIX_LIST_ID,
            block if block.contains(':') => field::DESTINATION_IPV6_CIDR_BLOCK,
            _ => field::DESTINATION_CIDR_BLOCK,
        },
        destination,
    );
    params.set(
        if target.starts_with("eni-") {
            field::NETWORK_INTERFACE_ID
        } else {
            field::GATEWAY_ID
        },
        target,
    );
    let call = ApiCall::ec2(region, "CreateRoute", params);
    let about = "Where packets for these addresses go. A default route to an internet gateway makes the subnets of this table public.";
    Some(
        b.finish("Add route", about, "Add route", call)
            .telling("The route holds at once"),
    )
}

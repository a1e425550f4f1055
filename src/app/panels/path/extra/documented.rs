//! One sentence of AWS's documentation for each kind of step; the page that it is from stands beside it.

use stratus_engine::network::{Hop, Layer};

/// What AWS says of such a step, in our words.
#[inline(never)]
pub fn documented(hop: &Hop) -> &'static str {
    let kind = hop.component().kind;
    match hop.layer {
        Layer::SecurityGroup => "A security group has allow rules only; what none of them allows is dropped.",
        Layer::Firewall if kind.contains("NetworkAcl") => {
            "A network ACL judges each direction by itself, at the subnet's edge only."
        }
        // What the VPC lacks is said of the VPC.
        Layer::Network if kind.ends_with("::VPC") && hop.source.ends_with("/vpc-peering.html") => {
            "Two VPCs are apart, until peering, a transit gateway or a VPN joins them."
        }
        Layer::Network => between(kind),
        Layer::CustomerInstance => "Inside the guest: which programs listen, and its own firewall.",
        Layer::Hypervisor if hop.source.contains("metadata") => {
            "Instance metadata answers at 169.254.169.254 on the instance's own host, if the instance's options let it."
        }
        Layer::Hypervisor => "A guest is handed only the frames that are meant for it.",
        Layer::VirtualInterface => {
            "While the source/destination check is on, an interface takes only what comes from or goes to its own addresses."
        }
        Layer::Firewall => "The host lets nothing out that bears another sender's address.",
        Layer::PhysicalInterface => "When a host fails, none of its guests can be reached.",
    }
}

/// What is between hosts, by CloudFormation's name of its type.
fn between(kind: &str) -> &'static str {
    let known = [
        // Its route tables have both words in their type's name.
        (
            "TransitGateway",
            "A transit gateway routes by the table with which the attachment is associated that a packet comes in by.",
        ),
        (
            "RouteTable",
            "Each subnet is routed by one table; the most specific route decides.",
        ),
        (
            "NatGateway",
            "A NAT gateway puts its own address in the place of the sender's, and takes only answers from outside.",
        ),
        (
            "EgressOnly",
            "An egress-only gateway lets IPv6 connections out, and in only what answers them.",
        ),
        (
            "InternetGateway",
            "Only an interface with a public address can pass the internet gateway.",
        ),
        (
            "VPN",
            "A virtual private gateway carries what a route sends there through a VPN connection's tunnels.",
        ),
        (
            "CarrierGateway",
            "A carrier gateway leads from a Wavelength Zone into the carrier's network.",
        ),
        (
            "Peering",
            "Peering joins two VPCs, and no third: whoever is beyond one of them cannot be reached through it.",
        ),
        (
            "VPCEndpoint",
            "An interface endpoint has addresses in your subnets; a gateway endpoint is a target of routes.",
        ),
        (
            "TargetGroup",
            "A load balancer sends to healthy targets of the group; if none is healthy, to all.",
        ),
        (
            "Listener",
            "A listener takes one protocol on one port; what no listener takes is refused.",
        ),
        (
            "LoadBal",
            "A load balancer ends the client's connection at a node and opens one of its own to a target, or passes it on with the client's address.",
        ),
        (
            "NetworkInterface",
            "A route may lead to an interface: whoever has it passes the packet on, if its source/destination check is off.",
        ),
        (
            "Instance",
            "An instance that packets go through must forward them, and its source/destination check must be off.",
        ),
        (
            "SecurityGroup",
            "A group that names another means the private addresses of its members.",
        ),
        (
            "Subnet",
            "The addresses of a subnet that nobody has answer nothing; AWS keeps five of each for itself.",
        ),
        (
            "VPC",
            "Within a VPC everybody is reached by the local route, which no table is without.",
        ),
    ];
    let named = known.into_iter().find(|(part, _)| kind.contains(part));
    named.map_or(
        "Between the hosts: routes, gateways, and nothing else.",
        |(_, words)| words,
    )
}

//! What might mend a way: routes, internet gateways and public addresses. The other half of `remedies`.

use super::Packet;
use super::addresses::{everybody, is_shared};
use super::remedies::{Candidate, Draft, call, candidate, state_change};
use super::routes::{self, Target};
use super::words::Teller;
use super::{carrier_words, filters, link_ways, link_words};
use crate::base::ids::*;
use crate::world::vpc::*;
use stratus_model::{Structure, Value, field};

/// Calls that give a VPC an internet gateway, what they do, and the gateway as it is named afterwards.
pub(super) fn gateway(teller: &Teller<'_>, vpc: VpcId) -> (Vec<Draft>, String, String) {
    let attach = |gateway: String| {
        let params = Structure::new()
            .with(field::INTERNET_GATEWAY_ID, gateway)
            .with(field::VPC_ID, vpc);
        call("AttachInternetGateway", params)
    };
    let name = teller.name(vpc);
    match teller
        .ec2
        .internet_gateways
        .rows()
        .find(|gateway| gateway.vpc.is_none())
    {
        Some(idle) => {
            let id = idle.id.to_string();
            (
                vec![attach(id.clone())],
                format!("Attach {} to {name}.", teller.name(idle.id)),
                id,
            )
        }
        None => {
            let id = "$(0.InternetGateway.InternetGatewayId)".to_owned();
            let create = call("CreateInternetGateway", Structure::new());
            (
                vec![create, attach(id.clone())],
                format!("Give {name} an internet gateway."),
                id,
            )
        }
    }
}

pub(super) fn route_params(table: RouteTableId, block: &str, ipv6: bool) -> Structure {
    let params = Structure::new().with(field::ROUTE_TABLE_ID, table);
    if ipv6 {
        params.with(field::DESTINATION_IPV6_CIDR_BLOCK, block)
    } else {
        params.with(field::DESTINATION_CIDR_BLOCK, block)
    }
}

/// A default route to the VPC's gateway, made or replaced, with the gateway where there is none.
pub(super) fn default_route(
    teller: &Teller<'_>,
    table: &RouteTable,
    operation: &'static str,
    block: &str,
    ipv6: bool,
) -> Candidate {
    let (mut calls, mut why, gateway) = match routes::gateway_of(&teller.ec2, table.vpc) {
        Some(gateway) => (Vec::new(), String::new(), gateway.to_string()),
        None => gateway(teller, table.vpc),
    };
    let params = route_params(table.id, block, ipv6).with(field::GATEWAY_ID, gateway);
    calls.push(call(operation, params));
    if !why.is_empty() {
        why.push(' ');
    }
    why.push_str(&format!(
        "Route {block} of {}{} to the internet gateway.",
        teller.name(table.id),
        whose(table)
    ));
    candidate(16, why, calls)
}

/// Whom a change of a main table concerns besides.
pub(super) fn whose(table: &RouteTable) -> &'static str {
    match table.main {
        Some(_) => ", which every subnet without a table of its own uses,",
        None => "",
    }
}

/// A default route for who sends a packet: from a Wavelength Zone to the carrier gateway, else to the internet gateway.
pub(super) fn way_out(
    teller: &Teller<'_>,
    table: &RouteTable,
    operation: &'static str,
    block: &str,
    packet: &Packet,
) -> Candidate {
    match is_edge(teller, table, packet) {
        true => carrier_words::default_route(teller, table, operation, block),
        false => default_route(teller, table, operation, block, packet.destination_address.is_ipv6()),
    }
}

/// Whether a packet that a table routes comes from a Wavelength Zone, by IPv4.
fn is_edge(teller: &Teller<'_>, table: &RouteTable, packet: &Packet) -> bool {
    let sender = filters::holder(&teller.ec2, table.vpc, packet.source_address);
    packet.source_address.is_ipv4() && sender.is_some_and(|sender| sender.zone.is_wavelength())
}

/// Whether no gateway to the outside leads to where a packet goes: to a carrier's shared addresses a carrier gateway does.
pub(super) fn is_inner(teller: &Teller<'_>, table: &RouteTable, packet: &Packet) -> bool {
    let destination = packet.destination_address;
    link_ways::is_inner(destination) && !(is_shared(destination) && is_edge(teller, table, packet))
}

pub(super) fn new_route(teller: &Teller<'_>, id: RouteTableId, packet: &Packet) -> Vec<Candidate> {
    let destination = packet.destination_address;
    let Some(table) = teller.ec2.route_tables.get(&id) else {
        return Vec::new();
    };
    let inner = is_inner(teller, table, packet);
    let mut list = Vec::new();
    list.extend(link_ways::linking(teller, table, packet));
    list.extend(link_words::gateway_endpoint(teller, table, destination));
    if !inner {
        list.push(way_out(teller, table, "CreateRoute", everybody(destination), packet));
    }
    list
}

pub(super) fn mended_route(teller: &Teller<'_>, id: RouteTableId, number: u16, packet: &Packet) -> Vec<Candidate> {
    let ec2 = &teller.ec2;
    let Some(table) = ec2.route_tables.get(&id) else {
        return Vec::new();
    };
    let Some(route) = table.routes.get(usize::from(number)) else {
        return Vec::new();
    };
    let RouteDestination::Cidr(block) = route.destination else {
        return Vec::new();
    };
    let (text, ipv6) = (block.to_string(), packet.destination_address.is_ipv6());
    let mut list = Vec::new();
    if let Target::BlackHole(Some(interface)) = routes::target(ec2, table.vpc, route)
        && let Some(instance) = super::ends::instance_of(ec2, interface)
    {
        list.extend(state_change(teller, instance.id, instance.state));
    }
    if let RouteTarget::Peering(peering) = route.target {
        return link_words::mended_peering(teller, table, peering, packet);
    }
    let vpc = ec2.vpcs.get(&table.vpc);
    let local = vpc.is_some_and(|vpc| routes::local_block(vpc, packet.destination_address).is_some());
    if local {
        let why = format!(
            "Delete the route {text} of {}, so that the VPC delivers itself.",
            teller.name(id)
        );
        list.push(candidate(
            8,
            why,
            vec![call("DeleteRoute", route_params(id, &text, ipv6))],
        ));
        return list;
    }
    if is_inner(teller, table, packet) {
        list.extend(link_ways::linking(teller, table, packet));
        return list;
    }
    // A gateway that was only detached makes its old routes work again.
    if let RouteTarget::InternetGateway(gateway) = route.target
        && ec2
            .internet_gateways
            .get(&gateway)
            .is_some_and(|gateway| gateway.vpc.is_none())
        && routes::gateway_of(ec2, table.vpc).is_none()
    {
        let params = Structure::new()
            .with(field::INTERNET_GATEWAY_ID, gateway)
            .with(field::VPC_ID, table.vpc);
        let why = format!("Attach {} to {} again.", teller.name(gateway), teller.name(table.vpc));
        list.push(candidate(8, why, vec![call("AttachInternetGateway", params)]));
        return list;
    }
    list.push(way_out(teller, table, "ReplaceRoute", &text, packet));
    list
}

pub(super) fn appliance_address(teller: &Teller<'_>, id: RouteTableId, number: u16) -> Vec<Candidate> {
    let route = teller
        .ec2
        .route_tables
        .get(&id)
        .and_then(|table| table.routes.get(usize::from(number)));
    match route.map(|route| route.target) {
        Some(RouteTarget::Interface(interface, _)) => public_address(teller, interface),
        _ => Vec::new(),
    }
}

pub(super) fn public_address(teller: &Teller<'_>, id: NetworkInterfaceId) -> Vec<Candidate> {
    let ec2 = &teller.ec2;
    let Some(own) = ec2
        .interfaces
        .get(&id)
        .filter(|interface| interface.attachment.is_some())
    else {
        return Vec::new();
    };
    let associate = |allocation: Value| {
        let params = Structure::new()
            .with(field::NETWORK_INTERFACE_ID, id)
            .with(field::ALLOCATION_ID, allocation);
        let private = own.primary().map(|own| own.private.to_string());
        call("AssociateAddress", params.with_some(field::PRIVATE_IP_ADDRESS, private))
    };
    let name = teller.behind(id);
    let edge = own.zone.is_wavelength();
    let kind = if edge {
        "carrier IP address"
    } else {
        "Elastic IP address"
    };
    let idle = |address: &&ElasticAddress| address.association.is_none() && address.serves(own.zone);
    if let Some(idle) = ec2.addresses.rows().find(idle) {
        let why = format!("Put your {kind} {} in front of {name}.", idle.address);
        return vec![candidate(8, why, vec![associate(idle.id.into())])];
    }
    let group = edge.then(|| own.zone.network_border_group());
    let params = Structure::new().with(field::DOMAIN, "vpc");
    let allocate = call("AllocateAddress", params.with_some(field::NETWORK_BORDER_GROUP, group));
    let why = match edge {
        true => format!("Put a new carrier IP address in front of {name}."),
        false => {
            format!("Put a new Elastic IP address in front of {name}; every public IPv4 address costs by the hour.")
        }
    };
    vec![candidate(8, why, vec![allocate, associate("$(0.AllocationId)".into())])]
}

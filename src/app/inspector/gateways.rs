//! The gateways of a VPC besides its internet gateway: NAT, egress-only and carrier gateways, and the ends of a VPN.

use super::parts::*;
use super::told::{self, Told, delete};
use crate::ui::Settled;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::Region;
use stratus_engine::network;
use stratus_engine::world::gateways::*;
use stratus_engine::world::vpc::{RouteTable, RouteTarget};
use stratus_model::{Structure, field};
use yew::prelude::*;

/// A gateway's page; `None` for what is none, or is not there.
pub fn view(ctx: &Settled, region: Region, id: ResourceId) -> Option<Html> {
    let told = match id {
        ResourceId::NatGateway(id) => nat(ctx, region, id)?,
        ResourceId::EgressOnlyGateway(id) => egress_only(ctx, region, id)?,
        ResourceId::CarrierGateway(id) => carrier(ctx, region, id)?,
        ResourceId::CustomerGateway(id) => customer(ctx, region, id)?,
        ResourceId::VpnGateway(id) => vpn_gateway(ctx, region, id)?,
        ResourceId::VpnConnection(id) => connection(ctx, region, id)?,
        _ => return None,
    };
    Some(told::page(ctx, region, id, told))
}

/// The tables with a route to a target.
pub fn tables(ctx: &Settled, region: Region, target: RouteTarget) -> Html {
    let uses = |table: &&RouteTable| table.routes.iter().any(|route| route.target == target);
    let rows = ctx
        .world()
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.route_tables.rows());
    let tables: Vec<RouteTableId> = rows.filter(uses).map(|table| table.id).collect();
    links(ctx, region, tables, "none: no subnet uses it")
}

fn nat(ctx: &Settled, region: Region, id: NatGatewayId) -> Option<Told> {
    let row = ctx.world().row::<NatGateway>(region, id)?;
    let addresses = row.addresses.iter().map(|address| {
        let private = address.private.map(|private| private.to_string()).unwrap_or_default();
        match address.elastic.filter(|_| row.failure.is_none()) {
            Some((_, public, _)) if row.regional.is_some() => public.to_string(),
            Some((_, public, _)) => format!("{private} ⇄ {public}"),
            None => private,
        }
    });
    let mut facts = vec![
        ("Kind", text(if row.public { "public" } else { "private" })),
        match row.regional {
            Some(_) => ("Zones", text("all of the VPC's that have work (regional)")),
            None => ("Subnet", link(ctx, region, row.subnet)),
        },
        ("VPC", link(ctx, region, row.vpc)),
        ("Addresses", mono(addresses.collect::<Vec<_>>().join(", "))),
        ("Routes to it", tables(ctx, region, RouteTarget::NatGateway(id))),
        ("Price", text("by the hour begun, and its public address besides")),
    ];
    if let Some((open, packet)) = network::busiest_destination(ctx.world(), region, id) {
        let [open, ports] = [open, network::NAT_PORTS].map(crate::ui::thousands);
        let to = network::destination_text(&packet);
        let more = match network::has_ports_enough(row) {
            true => ", and AWS adds addresses",
            false => "",
        };
        facts.push((
            "Open",
            text(format!("{open} connections to {to}; {ports} fit on one address{more}")),
        ));
    }
    if let Some(interface) = row.interface().filter(|_| row.state.is_alive()) {
        facts.push(("Interface", link(ctx, region, interface)));
    }
    if let Some((code, why)) = row.failure.as_ref().filter(|_| row.state == GatewayState::Failed) {
        facts.push(("Failed", text(format!("{why} ({code})"))));
    }
    let params = Structure::new().with(field::NAT_GATEWAY_ID, id.to_string());
    let alive = matches!(row.state, GatewayState::Pending | GatewayState::Available);
    Some(Told {
        kind: "NAT gateway",
        layer: "",
        what: "The way out for instances without a public address: it sends their packets on under its own address and another port, and lets nobody begin a connection from outside.",
        state: row.state.name(),
        facts,
        deeds: alive
            .then(|| {
                delete(
                    region,
                    "DeleteNatGateway",
                    params,
                    "NAT gateway",
                    "Its address stays with you; routes to it become black holes.",
                )
            })
            .into_iter()
            .collect(),
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
            "A public one lives in a public subnet; the private subnet's route table sends to it.",
        ),
    })
}

fn egress_only(ctx: &Settled, region: Region, id: EgressOnlyGatewayId) -> Option<Told> {
    let row = ctx.world().row::<EgressOnlyGateway>(region, id)?;
    let params = Structure::new().with(field::EGRESS_ONLY_INTERNET_GATEWAY_ID, id.to_string());
    Some(Told {
        kind: "Egress-only internet gateway",
        layer: "",
        what: "The way out for IPv6, whose addresses are all public: it lets in answers, and nobody begins a connection from outside.",
        state: "attached",
        facts: vec![
            ("Attached to", link(ctx, region, row.vpc)),
            ("Routes to it", tables(ctx, region, RouteTarget::EgressOnlyGateway(id))),
            ("Price", text("none")),
        ],
        deeds: vec![delete(
            region,
            "DeleteEgressOnlyInternetGateway",
            params,
            "gateway",
            "Routes to it become black holes.",
        )],
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html",
            "IPv6 only; for IPv4 it is a NAT gateway that does this.",
        ),
    })
}

fn carrier(ctx: &Settled, region: Region, id: CarrierGatewayId) -> Option<Told> {
    let row = ctx.world().row::<CarrierGateway>(region, id)?;
    let params = Structure::new().with(field::CARRIER_GATEWAY_ID, id.to_string());
    Some(Told {
        kind: "Carrier gateway",
        layer: "",
        what: "The door of subnets in Wavelength Zones: to the devices of a mobile carrier's network both ways, to the Internet only outwards.",
        state: row.state.name(),
        facts: vec![
            ("VPC", link(ctx, region, row.vpc)),
            ("Routes to it", tables(ctx, region, RouteTarget::CarrierGateway(id))),
        ],
        deeds: vec![delete(
            region,
            "DeleteCarrierGateway",
            params,
            "gateway",
            "Routes to it become black holes.",
        )],
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/wavelength/latest/developerguide/how-wavelengths-work.html",
            "One a VPC.",
        ),
    })
}

fn customer(ctx: &Settled, region: Region, id: CustomerGatewayId) -> Option<Told> {
    let row = ctx.world().row::<CustomerGateway>(region, id)?;
    let params = Structure::new().with(field::CUSTOMER_GATEWAY_ID, id.to_string());
    Some(Told {
        kind: "Customer gateway",
        layer: "",
        what: "What AWS knows of the device at your end of a VPN.",
        state: row.state.name(),
        facts: vec![
            (
                "Address",
                mono(row.address.clone().unwrap_or_else(|| "by its certificate".into())),
            ),
            ("BGP number", text(row.asn.to_string())),
        ],
        deeds: row
            .state
            .is_alive()
            .then(|| {
                delete(
                    region,
                    "DeleteCustomerGateway",
                    params,
                    "gateway",
                    "No VPN connection may use it.",
                )
            })
            .into_iter()
            .collect(),
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/vpn/latest/s2svpn/your-cgw.html",
            "The device itself stands in your own building.",
        ),
    })
}

fn vpn_gateway(ctx: &Settled, region: Region, id: VpnGatewayId) -> Option<Told> {
    let row = ctx.world().row::<VpnGateway>(region, id)?;
    let params = Structure::new().with(field::VPN_GATEWAY_ID, id.to_string());
    let state = row
        .attachment
        .as_ref()
        .map_or("attached to nothing", |at| at.state.name());
    Some(Told {
        kind: "Virtual private gateway",
        layer: "",
        what: "AWS's end of a VPN, at a VPC. Route tables may take the routes that it learns.",
        state: row.state.name(),
        facts: vec![
            (
                "VPC",
                row.vpc().map_or_else(|| text("none"), |vpc| link(ctx, region, vpc)),
            ),
            ("Attachment", text(state)),
            ("BGP number", text(row.asn.to_string())),
            ("Routes to it", tables(ctx, region, RouteTarget::VpnGateway(id))),
            (
                "Propagates to",
                links(ctx, region, row.propagates_to.iter().copied(), "no route table"),
            ),
        ],
        deeds: row
            .state
            .is_alive()
            .then(|| {
                delete(
                    region,
                    "DeleteVpnGateway",
                    params,
                    "gateway",
                    "It must be attached to nothing and have no connections.",
                )
            })
            .into_iter()
            .collect(),
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html",
            "One a VPC.",
        ),
    })
}

fn connection(ctx: &Settled, region: Region, id: VpnConnectionId) -> Option<Told> {
    let row = ctx.world().row::<VpnConnection>(region, id)?;
    let params = Structure::new().with(field::VPN_CONNECTION_ID, id.to_string());
    let tunnels: Vec<String> = row.tunnels.iter().map(|tunnel| tunnel.outside.to_string()).collect();
    let routes: Vec<String> = row.routes.iter().map(|(net, _)| net.to_string()).collect();
    let alive = matches!(row.state, GatewayState::Pending | GatewayState::Available);
    Some(Told {
        kind: "VPN connection",
        layer: "",
        what: "Two encrypted tunnels between your own network and a VPC.",
        state: row.state.name(),
        facts: vec![
            ("Your end", link(ctx, region, row.customer)),
            (
                "AWS's end",
                row.gateway.map_or_else(|| text("none"), |id| link(ctx, region, id)),
            ),
            ("Tunnels", mono(tunnels.join(", "))),
            ("Routing", text(if row.static_only { "static routes" } else { "BGP" })),
            (
                "Routes",
                mono(if routes.is_empty() {
                    "none".to_owned()
                } else {
                    routes.join(", ")
                }),
            ),
            ("Price", text("by the hour begun")),
        ],
        deeds: alive
            .then(|| {
                delete(
                    region,
                    "DeleteVpnConnection",
                    params,
                    "connection",
                    "Its routes go with it.",
                )
            })
            .into_iter()
            .collect(),
        parts: Html::default(),
        source: (
            "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html",
            "The device at your end is set up at once (ours).",
        ),
    })
}

//! VPN connections: making, deleting, describing, and their static routes. Their changes are in `connection_changes`, their
//! tunnels in `tunnels`.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html>
//!
//! Ours: the device at the customer's end is set up as soon as a connection is available, so that both tunnels come up then.

use super::super::common::{
    Describing, done, find, need, note, note_clock, read_ipv4_cidr, refuse_unsimulated, tag_list, yes_no,
};
use super::super::links::vpn_attachments;
use super::super::tags;
use super::{concentrators, life, tunnel_life, tunnels, vpn_gateways};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, VpnConnectionId};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::clock::{Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::*;
use crate::world::links::TransitGateway;
use crate::world::transits::VpnConcentrator;
use crate::world::usage::{Measure, Subject};
use ipnet::Ipv4Net;
use stratus_model::{Structure, field, sort};

/// Static routes of a connection (L-7029FAB6 is the gateways'; AWS's default for routes is 100).
const ROUTES: usize = 100;
/// Connections of a concentrator (<https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-concentrator.html>).
const CONCENTRATED: usize = 100;
const STATES: &str = "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html";

/// The connection that a call names; one that is deleted counts as none.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<VpnConnection> {
    let text = need(request.params, field::VPN_CONNECTION_ID)?;
    let row = find::<VpnConnection>(world, request.region, Kind::VpnConnection, text)?;
    if matches!(row.state, GatewayState::Deleting | GatewayState::Deleted) {
        let why = format!("The vpnConnection ID '{text}' does not exist");
        return Err(Error::new("InvalidVpnConnectionID.NotFound", why));
    }
    Ok(row.clone())
}

/// [`named`], which must be available.
pub(super) fn ready(request: &Request<'_>, world: &World) -> Result<VpnConnection> {
    let row = named(request, world)?;
    if row.state != GatewayState::Available {
        let why = format!("The VPN connection '{}' must be in the available state.", row.id);
        return Err(Error::new("InvalidVpnConnection.InvalidState", why).at("VpnConnectionId"));
    }
    Ok(row)
}

fn everywhere() -> Ipv4Net {
    Ipv4Net::default()
}

/// The options that connections of transit gateways alone have.
fn read_transit_options(options: &Structure, row: &mut VpnConnection) -> Result<()> {
    let needs_transit = [
        (
            options.boolean(field::ENABLE_ACCELERATION) == Some(true),
            "EnableAcceleration",
        ),
        (
            options.text(field::TUNNEL_INSIDE_IP_VERSION) == Some("ipv6"),
            "TunnelInsideIpVersion",
        ),
        (
            options.text(field::TUNNEL_BANDWIDTH) == Some("large"),
            "TunnelBandwidth",
        ),
        (
            options
                .text(field::OUTSIDE_IP_ADDRESS_TYPE)
                .is_some_and(|kind| kind != "PublicIpv4"),
            "OutsideIpAddressType",
        ),
    ];
    let mut of_transit = needs_transit.iter().filter(|(given, _)| *given);
    if row.transit.is_some() {
        row.accelerated = options.boolean(field::ENABLE_ACCELERATION) == Some(true);
        if let Some((_, name)) = of_transit.find(|(_, name)| *name != "EnableAcceleration") {
            let why = format!("Stratus does not simulate the option {name}.");
            let error = Error::new("UnsupportedOperation", why).at(format!("Options.{name}"));
            return Err(error.remedy("Leave it out."));
        }
    } else if let Some((_, name)) = of_transit.next() {
        let why = format!("The option {name} is for VPN connections of transit gateways only.");
        return Err(Error::combination(why).at(format!("Options.{name}")));
    }
    Ok(())
}

/// The options of a call, put into a connection in the making.
fn read_options(request: &Request<'_>, world: &World, row: &mut VpnConnection) -> Result<()> {
    let Some(options) = request.params.structure(field::OPTIONS) else {
        return Ok(());
    };
    refuse_unsimulated(
        options,
        &[
            field::LOCAL_IPV6_NETWORK_CIDR,
            field::REMOTE_IPV6_NETWORK_CIDR,
            field::TRANSPORT_TRANSIT_GATEWAY_ATTACHMENT_ID,
        ],
    )?;
    read_transit_options(options, row)?;
    row.static_only = options.boolean(field::STATIC_ROUTES_ONLY) == Some(true);
    if row.concentrator.is_some() && (row.static_only || row.accelerated) {
        let why = "A VPN connection of a VPN concentrator uses BGP, and no acceleration.";
        return Err(Error::combination(why).at("Options"));
    }
    for (name, block) in [
        (field::LOCAL_IPV4_NETWORK_CIDR, &mut row.local),
        (field::REMOTE_IPV4_NETWORK_CIDR, &mut row.remote),
    ] {
        if let Some(text) = options.text(name) {
            *block = read_ipv4_cidr(name.text(), text)?;
        }
    }
    let given: Vec<&Structure> = options.structures(field::TUNNEL_OPTIONS).collect();
    if given.len() > row.tunnels.len() {
        let why = "A VPN connection has two tunnels.";
        return Err(Error::new("InvalidParameterValue", why).at("Options.TunnelOptions"));
    }
    for (options, tunnel) in given.into_iter().zip(&mut row.tunnels) {
        tunnels::read(world, request.region, options, tunnel)?;
    }
    if let [one, other] = row.tunnels.as_slice()
        && one.inside == other.inside
    {
        let why = format!("Both tunnels have the inside CIDR {}.", one.inside);
        return Err(Error::new("InvalidParameterValue", why).at("Options.TunnelOptions"));
    }
    Ok(())
}

fn check_quotas(world: &World, region: Region, gateway: Option<&VpnGateway>) -> Result<()> {
    let rows = || {
        world
            .ec2(region)
            .into_iter()
            .flat_map(|ec2| ec2.gateways.connections.rows())
    };
    let alive = || rows().filter(|row| row.state.is_alive());
    let of_gateway = |row: &&VpnConnection| gateway.is_some_and(|gateway| row.gateway == Some(gateway.id));
    if alive().count() >= quotas::VPN_CONNECTIONS
        || alive().filter(of_gateway).count() >= quotas::VPN_CONNECTIONS_PER_GATEWAY
    {
        let why = "The maximum number of VPN connections has been reached.";
        return Err(Error::new("VpnConnectionLimitExceeded", why));
    }
    Ok(())
}

/// The transit gateway that a call names, by itself or by a concentrator at it.
fn read_transit(
    request: &Request<'_>,
    world: &World,
    other: bool,
) -> Result<(Option<TransitGateway>, Option<VpnConcentrator>)> {
    let (params, region) = (request.params, request.region);
    let (transit, concentrator) = (
        params.text(field::TRANSIT_GATEWAY_ID),
        params.text(field::VPN_CONCENTRATOR_ID),
    );
    if other && transit.is_some() {
        let why = "Specify either VpnGatewayId or TransitGatewayId, not both.";
        return Err(Error::combination(why).at("TransitGatewayId"));
    }
    if concentrator.is_some() && (other || transit.is_some()) {
        let why = "Specify either VpnConcentratorId or a gateway, not both.";
        return Err(Error::combination(why).at("VpnConcentratorId"));
    }
    if let Some(text) = concentrator {
        let row = concentrators::available(world, region, text)?;
        let users = world.referrers(region, row.id.into());
        let connections = users.iter().filter(|user| user.kind() == Kind::VpnConnection);
        if connections.count() >= CONCENTRATED {
            let why = "The maximum number of VPN connections of the VPN concentrator has been reached.";
            return Err(Error::new("VpnConnectionLimitExceeded", why));
        }
        return Ok((world.row::<TransitGateway>(region, row.gateway).cloned(), Some(row)));
    }
    let transit = transit.map(|text| vpn_attachments::gateway(world, region, text));
    Ok((transit.transpose()?, None))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnection.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if params
        .text(field::PRE_SHARED_KEY_STORAGE)
        .is_some_and(|kept| kept != "Standard")
    {
        refuse_unsimulated(params, &[field::PRE_SHARED_KEY_STORAGE])?;
    }
    if need(params, field::TYPE)? != "ipsec.1" {
        let why = "Value for parameter type is invalid. The only type is ipsec.1.";
        return Err(Error::new("InvalidParameterValue", why).at("Type"));
    }
    let text = need(params, field::CUSTOMER_GATEWAY_ID)?;
    let customer = find::<CustomerGateway>(world, region, Kind::CustomerGateway, text)?;
    let (customer, alive) = (customer.id, customer.state.is_alive());
    if !alive {
        let why = format!("The customerGateway ID '{text}' does not exist");
        return Err(Error::new("InvalidCustomerGatewayID.NotFound", why));
    }
    let gateway = params.text(field::VPN_GATEWAY_ID);
    let gateway = gateway
        .map(|text| vpn_gateways::named(world, region, text))
        .transpose()?;
    let (transit, concentrator) = read_transit(request, world, gateway.is_some())?;
    check_quotas(world, region, gateway.as_ref())?;
    let first = tunnels::draw(world, region, &[]);
    let second = tunnels::draw(world, region, std::slice::from_ref(&first));
    let id = VpnConnectionId(world.random.next_u64(Stream::Ids(Kind::VpnConnection)));
    let mut row = VpnConnection {
        id,
        born: world.birth(),
        state: GatewayState::Pending,
        since: world.now,
        customer,
        gateway: gateway.map(|gateway| gateway.id),
        static_only: false,
        routes: Vec::new(),
        local: everywhere(),
        remote: everywhere(),
        tunnels: vec![first, second],
        transit: transit.as_ref().map(|transit| transit.id),
        accelerated: false,
        concentrator: concentrator.as_ref().map(|row| row.id),
    };
    let concentrated = row.concentrator.is_some();
    read_options(request, world, &mut row)?;
    world.put(region, row);
    if let Some(transit) = transit.filter(|_| !concentrated) {
        vpn_attachments::attach(world, region, &transit, id);
    }
    tags::apply_specifications(world, region, params, &[("vpn-connection", &[id.into()])])?;
    note(world, region, id, "pending");
    life::later(world, region, id, "vpn-connection.pending", Step::Settle);
    Ok(shown(world, region, id))
}

/// The answer of a call that makes or changes a connection.
pub(super) fn shown(world: &World, region: Region, id: VpnConnectionId) -> Structure {
    let row = world.row::<VpnConnection>(region, id);
    Structure::new().with_some(field::VPN_CONNECTION, row.map(|row| describe(world, region, row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpnConnection.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::VPN_CONNECTION_ID)?;
    let row = find::<VpnConnection>(world, region, Kind::VpnConnection, text)?;
    let (id, old, now) = (row.id, row.state, world.now);
    if matches!(old, GatewayState::Pending | GatewayState::Available) {
        world.update::<VpnConnection, _>(region, id, |row| {
            (row.state, row.since) = (GatewayState::Deleting, now);
        });
        world
            .usage
            .stop(&Subject::Resource(id.into()), Measure::VpnConnection, now);
        note(world, region, id, format!("{} → deleting", old.name()));
        vpn_attachments::detach(world, region, id);
        life::later(world, region, id, "vpn-connection.deleting", Step::Settle);
    }
    done()
}

/// The end of a passing state.
pub(super) fn settle(world: &mut World, pending: &Pending, id: VpnConnectionId) {
    let (region, now) = (pending.region, world.now);
    let Some(row) = world.row::<VpnConnection>(region, id).cloned() else {
        return;
    };
    if pending.step == Step::Modify {
        return routes_in_use(world, pending, &row);
    }
    if !life::is_about(pending, row.since) {
        return;
    }
    let (text, rule, state) = match row.state {
        GatewayState::Pending => (
            match row.tunnels.iter().all(|tunnel| tunnel.life.is_up()) {
                true => "pending → available: both tunnels are up",
                false => "pending → available: not both tunnels are up",
            },
            "A VPN connection needs some minutes; its customer's device is then set up at once (ours).",
            GatewayState::Available,
        ),
        GatewayState::Deleting => (
            "deleting → deleted",
            "A VPN connection takes a while to go, and stays visible for about an hour.",
            GatewayState::Deleted,
        ),
        _ => return,
    };
    world.update::<VpnConnection, _>(region, id, |row| {
        (row.state, row.since) = (state, now);
        if state == GatewayState::Deleted {
            row.routes.clear();
        }
    });
    note_clock(world, region, id, text, rule, STATES);
    if state == GatewayState::Deleted {
        life::hide(world, region, id);
    } else if !world
        .usage
        .running
        .contains(&(Subject::Resource(id.into()), Measure::VpnConnection))
    {
        life::meter(world, region, id, Measure::VpnConnection);
    }
}

/// Static routes that were asked for then are in use.
fn routes_in_use(world: &mut World, pending: &Pending, row: &VpnConnection) {
    let region = pending.region;
    let due = |asked: &Option<crate::base::time::Time>| *asked == Some(pending.asked);
    for (net, _) in row.routes.iter().filter(|(_, asked)| due(asked)) {
        let rule = "A static route of a VPN connection needs some seconds.";
        note_clock(world, region, row.id, format!("route {net} is in use"), rule, "ours");
    }
    world.update::<VpnConnection, _>(region, row.id, |row| {
        for (_, asked) in row.routes.iter_mut().filter(|(_, asked)| due(asked)) {
            *asked = None;
        }
    });
}

fn read_route(request: &Request<'_>, world: &World) -> Result<(VpnConnection, Ipv4Net)> {
    let row = named(request, world)?;
    let text = need(request.params, field::DESTINATION_CIDR_BLOCK)?;
    Ok((row, read_ipv4_cidr("DestinationCidrBlock", text)?))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnectionRoute.html>: of a connection with static routes.
pub(super) fn create_route(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (row, net) = read_route(request, world)?;
    if let Some(transit) = row.transit {
        let why = format!("The VPN connection '{}' is attached to {transit}.", row.id);
        let error = Error::new("InvalidParameterCombination", why).at("VpnConnectionId");
        return Err(
            error.remedy("Make the route in the transit gateway's route table, with CreateTransitGatewayRoute.")
        );
    }
    if !row.static_only {
        let why = format!("The VPN connection '{}' learns its routes by BGP.", row.id);
        let error = Error::new("InvalidParameterCombination", why).at("VpnConnectionId");
        return Err(error.remedy("Make the connection with the option StaticRoutesOnly."));
    }
    if row.routes.iter().any(|(has, _)| *has == net) {
        return done();
    }
    if row.routes.len() >= ROUTES {
        let why = format!("The maximum number of static routes of {} has been reached.", row.id);
        return Err(Error::new("RouteLimitExceeded", why));
    }
    let now = world.now;
    world.update::<VpnConnection, _>(region, row.id, |row| {
        row.routes.push((net, Some(now)));
        sort::by_key(&mut row.routes, |(net, _)| *net);
    });
    note(world, region, row.id, format!("route {net}"));
    life::later(world, region, row.id, "vpn-connection.route", Step::Modify);
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpnConnectionRoute.html>
pub(super) fn delete_route(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (row, net) = read_route(request, world)?;
    if !row.routes.iter().any(|(has, _)| *has == net) {
        let why = format!(
            "no route with destination-cidr-block {net} in VPN connection {}",
            row.id
        );
        return Err(Error::new("InvalidRoute.NotFound", why));
    }
    world.update::<VpnConnection, _>(region, row.id, |row| row.routes.retain(|(has, _)| *has != net));
    note(world, region, row.id, format!("route {net} deleted"));
    done()
}

fn describe_routes(row: &VpnConnection) -> Vec<Structure> {
    let one = |(net, asked): &(Ipv4Net, Option<crate::base::time::Time>)| {
        Structure::new()
            .with(field::DESTINATION_CIDR_BLOCK, net.to_string())
            .with(field::SOURCE, "Static")
            .with(field::STATE, if asked.is_some() { "pending" } else { "available" })
    };
    row.routes.iter().map(one).collect()
}

/// A connection as the API shows it.
fn describe(world: &World, region: Region, row: &VpnConnection) -> Structure {
    let options = Structure::new()
        .with(field::ENABLE_ACCELERATION, row.accelerated)
        .with(field::STATIC_ROUTES_ONLY, row.static_only)
        .with(field::LOCAL_IPV4_NETWORK_CIDR, row.local.to_string())
        .with(field::REMOTE_IPV4_NETWORK_CIDR, row.remote.to_string())
        .with(field::OUTSIDE_IP_ADDRESS_TYPE, "PublicIpv4")
        .with(field::TUNNEL_INSIDE_IP_VERSION, "ipv4")
        .with(
            field::TUNNEL_OPTIONS,
            row.tunnels.iter().map(tunnels::describe).collect::<Vec<_>>(),
        );
    let associated = if row.gateway.is_some() || row.transit.is_some() {
        "associated"
    } else {
        "not-associated"
    };
    let base = Structure::new()
        .with(field::VPN_CONNECTION_ID, row.id)
        .with(field::STATE, row.state.name())
        .with(field::TYPE, "ipsec.1")
        .with(field::CATEGORY, "VPN")
        .with(field::CUSTOMER_GATEWAY_ID, row.customer)
        .with_some(field::VPN_GATEWAY_ID, row.gateway)
        .with_some(field::TRANSIT_GATEWAY_ID, row.transit)
        .with_some(field::VPN_CONCENTRATOR_ID, row.concentrator)
        .with(field::GATEWAY_ASSOCIATION_STATE, associated)
        .with(field::OPTIONS, options)
        .with(field::TAGS, tag_list(world, region, row.id));
    if row.state == GatewayState::Deleted {
        return base;
    }
    base.with(field::CUSTOMER_GATEWAY_CONFIGURATION, configuration(world, region, row))
        .with(field::ROUTES, describe_routes(row))
        .with(field::VGW_TELEMETRY, tunnel_life::telemetry(row))
}

/// The autonomous system of AWS's end; 0 where there is none yet.
pub(super) fn asn_of(world: &World, region: Region, row: &VpnConnection) -> i64 {
    let aws = row.gateway.and_then(|id| world.row::<VpnGateway>(region, id));
    let transit = row.transit.and_then(|id| world.row::<TransitGateway>(region, id));
    let asn = aws.map(|row| row.asn).or(transit.map(|row| row.asn));
    asn.unwrap_or(0)
}

fn configuration(world: &World, region: Region, row: &VpnConnection) -> String {
    let customer = world.row::<CustomerGateway>(region, row.customer);
    let device = customer.and_then(|row| row.address.clone()).unwrap_or_default();
    let asn = customer.map_or(0, |row| row.asn);
    tunnels::configuration(row, &device, asn, asn_of(world, region, row))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnConnections.html>.
const FILTERS: &[&str] = &[
    "bgp-asn",
    "customer-gateway-configuration",
    "customer-gateway-id",
    "option.static-routes-only",
    "route.destination-cidr-block",
    "state",
    "transit-gateway-id",
    "type",
    "vpn-connection-id",
    "vpn-gateway-id",
];

pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::VpnConnection,
        ids: field::VPN_CONNECTION_IDS,
        answer: field::VPN_CONNECTIONS,
        born: |row: &VpnConnection| row.born,
        filters: FILTERS,
        least: 5,
    };
    let values = |row: &VpnConnection, name: &str| match name {
        "bgp-asn" => {
            let customer = world.row::<CustomerGateway>(region, row.customer);
            customer.map(|customer| customer.asn.to_string()).into_iter().collect()
        }
        "customer-gateway-configuration" => vec![configuration(world, region, row)],
        "customer-gateway-id" => vec![row.customer.to_string()],
        "option.static-routes-only" => yes_no(row.static_only),
        "route.destination-cidr-block" => row.routes.iter().map(|(net, _)| net.to_string()).collect(),
        "state" => vec![row.state.name().to_owned()],
        "transit-gateway-id" => row.transit.map(|id| id.to_string()).into_iter().collect(),
        "type" => vec!["ipsec.1".to_owned()],
        "vpn-gateway-id" => row.gateway.map(|id| id.to_string()).into_iter().collect(),
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| describe(world, region, row))
}

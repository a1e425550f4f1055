//! Changes of VPN connections and their tunnels, and what is asked about one tunnel. A change takes the connection down for a
//! while.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-target.html>,
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-options.html>

use super::super::common::{find, note, read_ipv4_cidr, refuse_unsimulated};
use super::super::links::vpn_attachments;
use super::tunnel_life::place;
use super::{connections, life, tunnels, vpn_gateways};
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::clock::Step;
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::*;
use stratus_model::{Structure, field};

/// Puts a changed connection back, which is down until the change has been made.
fn change(request: &Request<'_>, world: &mut World, row: VpnConnection, text: &str) -> Structure {
    let (region, id) = (request.region, row.id);
    let row = VpnConnection {
        state: GatewayState::Pending,
        since: world.now,
        ..row
    };
    world.put(region, row);
    note(world, region, id, format!("available → pending: {text}"));
    life::later(world, region, id, "vpn-connection.changing", Step::Settle);
    connections::shown(world, region, id)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpnConnection.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut row = connections::ready(request, world)?;
    let (gateway, customer) = (
        params.text(field::VPN_GATEWAY_ID),
        params.text(field::CUSTOMER_GATEWAY_ID),
    );
    let transit = params.text(field::TRANSIT_GATEWAY_ID);
    if gateway.is_some() && transit.is_some() {
        let why = "Specify either VpnGatewayId or TransitGatewayId, not both.";
        return Err(Error::combination(why).at("TransitGatewayId"));
    }
    if gateway.is_none() && customer.is_none() && transit.is_none() {
        let why = "Specify a customer gateway or a target gateway.";
        return Err(Error::new("MissingParameter", why).at("CustomerGatewayId"));
    }
    if let Some(text) = gateway {
        row.gateway = Some(vpn_gateways::named(world, region, text)?.id);
    }
    let transit = transit
        .map(|text| vpn_attachments::gateway(world, region, text))
        .transpose()?;
    if let Some(text) = customer {
        let customer = find::<CustomerGateway>(world, region, Kind::CustomerGateway, text)?;
        if !customer.state.is_alive() {
            let why = format!("The customerGateway ID '{text}' does not exist");
            return Err(Error::new("InvalidCustomerGatewayID.NotFound", why));
        }
        row.customer = customer.id;
    }
    // From one kind of gateway to the other, or between transit gateways, the attachment goes or comes with it.
    let target = transit.as_ref().map(|transit| transit.id);
    // A connection of a concentrator has no attachment of its own, not even to the concentrator's gateway.
    let moves = target.is_some() && (target != row.transit || row.concentrator.is_some());
    if (gateway.is_some() && row.transit.is_some()) || moves {
        vpn_attachments::detach(world, region, row.id);
        if let Some(transit) = transit {
            row.gateway = None;
            // Its static routes are the route table's from now on.
            row.routes.clear();
            vpn_attachments::attach(world, region, &transit, row.id);
        }
        (row.transit, row.concentrator) = (target, None);
    }
    Ok(change(request, world, row, "another gateway"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpnConnectionOptions.html>
pub(super) fn modify_options(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let unsimulated = [
        field::LOCAL_IPV6_NETWORK_CIDR,
        field::REMOTE_IPV6_NETWORK_CIDR,
        field::TUNNEL_BANDWIDTH,
    ];
    refuse_unsimulated(params, &unsimulated)?;
    let mut row = connections::ready(request, world)?;
    for (name, block) in [
        (field::LOCAL_IPV4_NETWORK_CIDR, &mut row.local),
        (field::REMOTE_IPV4_NETWORK_CIDR, &mut row.remote),
    ] {
        if let Some(text) = params.text(name) {
            *block = read_ipv4_cidr(name.text(), text)?;
        }
    }
    Ok(change(request, world, row, "other options"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpnTunnelOptions.html>: one tunnel at a time.
pub(super) fn modify_tunnel(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    if params
        .text(field::PRE_SHARED_KEY_STORAGE)
        .is_some_and(|kept| kept != "Standard")
    {
        refuse_unsimulated(params, &[field::PRE_SHARED_KEY_STORAGE])?;
    }
    let mut row = connections::ready(request, world)?;
    let place = place(request.params, field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS, &row)?;
    let unset = Structure::new();
    let options = params.structure(field::TUNNEL_OPTIONS).unwrap_or(&unset);
    if options.is_empty() {
        return Err(Error::missing("TunnelOptions"));
    }
    // Only turning lifecycle control on or off can do without a new endpoint.
    let skips = params.boolean(field::SKIP_TUNNEL_REPLACEMENT) == Some(true);
    let control = options.contains(field::ENABLE_TUNNEL_LIFECYCLE_CONTROL);
    if skips && !(control && options.len() == 1) {
        let why = "SkipTunnelReplacement is only applicable when turning on or off EnableTunnelLifecycleControl.";
        return Err(Error::combination(why).at("SkipTunnelReplacement"));
    }
    if let Some(tunnel) = row.tunnels.get_mut(place) {
        tunnels::read(world, request.region, options, tunnel)?;
    }
    if skips {
        let (region, id) = (request.region, row.id);
        world.put(region, row);
        let text = format!("lifecycle control of tunnel {}, whose endpoint stays", place + 1);
        note(world, region, id, text);
        return Ok(connections::shown(world, region, id));
    }
    Ok(change(request, world, row, "other options of a tunnel"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpnTunnelCertificate.html>
pub(super) fn modify_certificate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = connections::ready(request, world)?;
    place(request.params, field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS, &row)?;
    let customer = world.row::<CustomerGateway>(request.region, row.customer);
    if customer.is_none_or(|row| row.certificate.is_none()) {
        let why = format!("The VPN connection '{}' does not use certificates", row.id);
        return Err(Error::new("InvalidParameterValue", why).at("VpnConnectionId"));
    }
    Ok(change(request, world, row, "another certificate of a tunnel"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetActiveVpnTunnelStatus.html>
pub(super) fn active_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = connections::named(request, world)?;
    let place = place(request.params, field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS, &row)?;
    let tunnel = row.tunnels.get(place);
    let available = row.state == GatewayState::Available && !tunnel.is_some_and(|tunnel| tunnel.life.replacing);
    let up = available && tunnel.is_some_and(|tunnel| tunnel.life.is_up());
    let agreed = tunnel.filter(|_| up).map(tunnels::agreed).unwrap_or_default();
    let status = agreed.with(
        field::PROVISIONING_STATUS,
        if available { "available" } else { "pending" },
    );
    Ok(Structure::new().with(field::ACTIVE_VPN_TUNNEL_STATUS, status))
}

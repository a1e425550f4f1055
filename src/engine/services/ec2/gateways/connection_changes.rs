//! Changes of VPN connections and their tunnels, and what is asked about one tunnel. A change takes the connection down for a
//! while.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-target.html>,
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/modify-vpn-options.html>

use super::super::common::{find, need, note, read_ipv4_cidr, refuse_unsimulated, returned};
use super::super::links::vpn_attachments;
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

/// Which of a connection's tunnels a call names by its outside address.
fn place(request: &Request<'_>, row: &VpnConnection) -> Result<usize> {
    let text = need(request.params, field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS)?;
    let found = row.tunnels.iter().position(|tunnel| tunnel.outside.to_string() == text);
    found.ok_or_else(|| {
        let why = format!(
            "The VPN connection '{}' has no tunnel with the outside IP address {text}",
            row.id
        );
        Error::new("InvalidParameterValue", why).at("VpnTunnelOutsideIpAddress")
    })
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
    let place = place(request, &row)?;
    let unset = Structure::new();
    let options = params.structure(field::TUNNEL_OPTIONS).unwrap_or(&unset);
    if options.is_empty() {
        return Err(Error::missing("TunnelOptions"));
    }
    if let Some(tunnel) = row.tunnels.get_mut(place) {
        tunnels::read(world, request.region, options, tunnel)?;
    }
    Ok(change(request, world, row, "other options of a tunnel"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpnTunnelCertificate.html>
pub(super) fn modify_certificate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = connections::ready(request, world)?;
    place(request, &row)?;
    let customer = world.row::<CustomerGateway>(request.region, row.customer);
    if customer.is_none_or(|row| row.certificate.is_none()) {
        let why = format!("The VPN connection '{}' does not use certificates", row.id);
        return Err(Error::new("InvalidParameterValue", why).at("VpnConnectionId"));
    }
    Ok(change(request, world, row, "another certificate of a tunnel"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceVpnTunnel.html>: the other tunnel carries on meanwhile.
pub(super) fn replace_tunnel(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = connections::ready(request, world)?;
    let place = place(request, &row)?;
    if row.tunnels.get(place).is_some_and(|tunnel| !tunnel.lifecycle_control) {
        let why = "Tunnel endpoint lifecycle control is not enabled for this tunnel.";
        let error = Error::new("UnsupportedOperation", why).at("VpnTunnelOutsideIpAddress");
        return Err(error.remedy("Set EnableTunnelLifecycleControl with ModifyVpnTunnelOptions first."));
    }
    note(
        world,
        request.region,
        row.id,
        format!("the endpoint of tunnel {} is replaced", place + 1),
    );
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetVpnTunnelReplacementStatus.html>: nothing is ever pending (ours).
pub(super) fn replacement_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = connections::named(request, world)?;
    place(request, &row)?;
    Ok(Structure::new()
        .with(field::VPN_CONNECTION_ID, row.id)
        .with(field::CUSTOMER_GATEWAY_ID, row.customer)
        .with_some(field::VPN_GATEWAY_ID, row.gateway)
        .with_some(field::TRANSIT_GATEWAY_ID, row.transit)
        .with_some(
            field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS,
            request.params.text(field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS),
        )
        .with(field::MAINTENANCE_DETAILS, Structure::new()))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetActiveVpnTunnelStatus.html>
pub(super) fn active_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = connections::named(request, world)?;
    let tunnel = row.tunnels.get(place(request, &row)?);
    let up = row.state == GatewayState::Available;
    let agreed = tunnel.filter(|_| up).map(tunnels::agreed).unwrap_or_default();
    let status = agreed.with(field::PROVISIONING_STATUS, if up { "available" } else { "pending" });
    Ok(Structure::new().with(field::ACTIVE_VPN_TUNNEL_STATUS, status))
}

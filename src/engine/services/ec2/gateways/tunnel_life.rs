//! How the tunnels of a VPN connection stand: the customer's device lets go of one (a call of our own, since AWS has none for what
//! happens at the customer's end), AWS replaces the endpoint of one, and the other carries on.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/endpoint-replacements.html>,
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/tunnel-endpoint-lifecycle.html>
//!
//! Ours: AWS announces maintenance of an endpoint when [`set`] is told so, and applies it by itself two weeks later.

use super::super::common::{need, note, note_clock, returned};
use super::{connections, life};
use crate::base::error::{Error, Result};
use crate::base::ids::VpnConnectionId;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::*;
use stratus_model::{Name, Structure, field};

/// For how long announced maintenance waits for its owner (ours).
const PATIENCE: Span = Span::minutes(14 * 24 * 60);
const REPLACEMENTS: &str = "https://docs.aws.amazon.com/vpn/latest/s2svpn/endpoint-replacements.html";

/// Which of a connection's tunnels a call names by its outside address.
pub(super) fn place(params: &Structure, name: Name, row: &VpnConnection) -> Result<usize> {
    let text = need(params, name)?;
    let found = row.tunnels.iter().position(|tunnel| tunnel.outside.to_string() == text);
    found.ok_or_else(|| {
        let why = format!(
            "The VPN connection '{}' has no tunnel with the outside IP address {text}",
            row.id
        );
        Error::new("InvalidParameterValue", why).at(name.text())
    })
}

/// Changes how a tunnel stands, and says so.
fn change(world: &mut World, region: Region, id: VpnConnectionId, place: usize, change: impl FnOnce(&mut TunnelLife)) {
    world.update::<VpnConnection, _>(region, id, |row| {
        if let Some(tunnel) = row.tunnels.get_mut(place) {
            change(&mut tunnel.life);
        }
    });
}

/// `SetVpnTunnel`, ours: the customer's device lets go of a tunnel or takes it up again, or AWS announces maintenance of its
/// endpoint.
pub(crate) fn set(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region, now) = (request.params, request.region, world.now);
    let row = connections::named(request, world)?;
    let place = place(params, field::OUTSIDE_IP_ADDRESS, &row)?;
    let status = params.text(field::STATUS);
    let announced = params.boolean(field::PENDING_MAINTENANCE);
    if status.is_none() && announced.is_none() {
        let why = "Say what Status the tunnel gets, or whether there is PendingMaintenance.";
        return Err(Error::combination(why).at("Status"));
    }
    let Some(tunnel) = row.tunnels.get(place) else {
        return returned();
    };
    let (number, outside) = (place + 1, tunnel.outside);
    if announced == Some(true) && !tunnel.lifecycle_control {
        let why = "AWS announces maintenance of tunnels with tunnel endpoint lifecycle control only.";
        let error = Error::new("UnsupportedOperation", why).at("PendingMaintenance");
        return Err(error.remedy("Set EnableTunnelLifecycleControl with ModifyVpnTunnelOptions first."));
    }
    if let Some(status) = status {
        let down = status == "DOWN";
        if down != tunnel.life.down {
            change(world, region, row.id, place, |life| {
                life.down = down;
                // While the endpoint is replaced, that began at another time, which its end is known by.
                if !life.replacing {
                    life.changed = Some(now);
                }
            });
            let text = match down {
                true => format!("tunnel {number} ({outside}) is down: IPSEC IS DOWN"),
                false => format!("tunnel {number} ({outside}) is up"),
            };
            note(world, region, row.id, text);
        }
    }
    match announced {
        Some(true) if tunnel.life.maintenance.is_none() => {
            change(world, region, row.id, place, |life| {
                life.maintenance = Some(now + PATIENCE);
            });
            let text = format!("maintenance of the endpoint of tunnel {number} ({outside}) is pending");
            note(world, region, row.id, text);
            clock::schedule(world, PATIENCE, region, row.id, Step::Expire);
        }
        Some(false) => change(world, region, row.id, place, |life| life.maintenance = None),
        _ => {}
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceVpnTunnel.html>: the other tunnel carries on meanwhile.
pub(super) fn replace(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = connections::ready(request, world)?;
    let place = place(params, field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS, &row)?;
    let Some(tunnel) = row.tunnels.get(place) else {
        return returned();
    };
    let refuse = |code: &'static str, why: &str| Error::new(code, why).at("VpnTunnelOutsideIpAddress");
    if !tunnel.lifecycle_control {
        let why = "Tunnel endpoint lifecycle control is not enabled for this tunnel.";
        let error = refuse("UnsupportedOperation", why);
        return Err(error.remedy("Set EnableTunnelLifecycleControl with ModifyVpnTunnelOptions first."));
    }
    if tunnel.life.replacing {
        return Err(refuse(
            "IncorrectState",
            "The endpoint of this tunnel is being replaced.",
        ));
    }
    let maintained = params.boolean(field::APPLY_PENDING_MAINTENANCE) == Some(true);
    if maintained && tunnel.life.maintenance.is_none() {
        let why = "No maintenance of the endpoint of this tunnel is pending.";
        let error = Error::new("IncorrectState", why).at("ApplyPendingMaintenance");
        return Err(error.remedy("GetVpnTunnelReplacementStatus says whether any is."));
    }
    begin(world, region, row.id, place, maintained);
    returned()
}

/// The endpoint of a tunnel is replaced, which is down for as long as that takes.
fn begin(world: &mut World, region: Region, id: VpnConnectionId, place: usize, maintained: bool) {
    let now = world.now;
    change(world, region, id, place, |life| {
        (life.replacing, life.changed) = (true, Some(now));
        if maintained {
            (life.maintenance, life.applied) = (None, Some(now));
        }
    });
    let why = if maintained { ", with pending maintenance" } else { "" };
    let text = format!(
        "the endpoint of tunnel {} is replaced{why}: it is down meanwhile",
        place + 1
    );
    note(world, region, id, text);
    life::later(world, region, id, "vpn-connection.changing", Step::Progress);
}

/// A tunnel's new endpoint is there.
pub(super) fn replaced(world: &mut World, pending: &Pending, id: VpnConnectionId) {
    let (region, now) = (pending.region, world.now);
    let due = |life: &TunnelLife| life.replacing && life.changed.is_some_and(|since| life::is_about(pending, since));
    let row = world
        .row::<VpnConnection>(region, id)
        .filter(|row| row.state.is_alive());
    let place = row.and_then(|row| row.tunnels.iter().position(|tunnel| due(&tunnel.life)));
    let Some(place) = place else { return };
    change(world, region, id, place, |life| {
        (life.replacing, life.changed) = (false, Some(now));
    });
    let text = format!("the endpoint of tunnel {} is replaced", place + 1);
    let rule = "While the endpoint of a tunnel is replaced, connectivity over this tunnel is interrupted.";
    note_clock(world, region, id, text, rule, REPLACEMENTS);
}

/// Maintenance that nobody has accepted is applied.
pub(super) fn maintain(world: &mut World, pending: &Pending, id: VpnConnectionId) {
    let (region, now) = (pending.region, world.now);
    let Some(row) = world.row::<VpnConnection>(region, id) else {
        return;
    };
    let due = |tunnel: &VpnTunnel| tunnel.life.maintenance == Some(now);
    let Some(place) = row.tunnels.iter().position(due).filter(|_| row.state.is_alive()) else {
        return;
    };
    // What is being changed as a whole, or replaced already, gets an endpoint with it.
    let replaced = row.tunnels.get(place).is_some_and(|tunnel| tunnel.life.replacing);
    if row.state == GatewayState::Available && !replaced {
        begin(world, region, id, place, true);
    } else {
        change(world, region, id, place, |life| {
            (life.maintenance, life.applied) = (None, Some(now));
        });
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetVpnTunnelReplacementStatus.html>
pub(super) fn replacement_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = connections::named(request, world)?;
    let place = place(request.params, field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS, &row)?;
    let life = row.tunnels.get(place).map(|tunnel| tunnel.life).unwrap_or_default();
    let maintenance = Structure::new()
        .with_some(field::PENDING_MAINTENANCE, life.maintenance.map(|_| "available"))
        .with_some(field::MAINTENANCE_AUTO_APPLIED_AFTER, life.maintenance)
        .with_some(field::LAST_MAINTENANCE_APPLIED, life.applied);
    Ok(Structure::new()
        .with(field::VPN_CONNECTION_ID, row.id)
        .with(field::CUSTOMER_GATEWAY_ID, row.customer)
        .with_some(field::VPN_GATEWAY_ID, row.gateway)
        .with_some(field::TRANSIT_GATEWAY_ID, row.transit)
        .with_some(
            field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS,
            request.params.text(field::VPN_TUNNEL_OUTSIDE_IP_ADDRESS),
        )
        .with(field::MAINTENANCE_DETAILS, maintenance))
}

/// How the tunnels stand, as the API shows it.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VgwTelemetry.html>
pub(super) fn telemetry(row: &VpnConnection) -> Vec<Structure> {
    let available = row.state == GatewayState::Available;
    let accepted = crate::network::vpn::networks(row).count();
    let one = |tunnel: &VpnTunnel| {
        let up = available && tunnel.life.is_up();
        let accepted = if up { accepted } else { 0 };
        Structure::new()
            .with(field::OUTSIDE_IP_ADDRESS, tunnel.outside.to_string())
            .with(field::STATUS, if up { "UP" } else { "DOWN" })
            .with(field::STATUS_MESSAGE, if up { "" } else { "IPSEC IS DOWN" })
            .with(
                field::LAST_STATUS_CHANGE,
                tunnel.life.changed.map_or(row.since, |changed| changed.max(row.since)),
            )
            .with(field::ACCEPTED_ROUTE_COUNT, i64::try_from(accepted).unwrap_or(0))
    };
    row.tunnels.iter().map(one).collect()
}

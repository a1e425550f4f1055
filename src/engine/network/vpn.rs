//! What lies behind a virtual private gateway, or behind a transit gateway's attachment of a VPN connection: which on-premises
//! networks the connections lead to now.
//!
//! Ours: the device at the customer's end is set up as soon as its connection is available, so that both tunnels are up until it
//! lets go of one (`stratus SetVpnTunnel`); the other then carries all. With
//! BGP it announces the connection's local network, where that is not the default 0.0.0.0/0.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html>

use crate::base::ids::{VpcId, VpnGatewayId};
use crate::world::Ec2;
use crate::world::gateways::{GatewayState, VpnConnection, VpnTunnel};
use crate::world::leading::attachment;
use crate::world::links::{TransitAttachment, TransitEnd};
use crate::world::vpc::{RouteDestination, RouteTable};
use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;

/// The networks that one connection leads to: none where both of its tunnels are down. AWS propagates static routes, too, only
/// when the status of the connection is UP.
/// <https://docs.aws.amazon.com/vpn/latest/s2svpn/SetUpVPNConnections.html>
pub(crate) fn networks(row: &VpnConnection) -> impl Iterator<Item = Ipv4Net> + '_ {
    let up = row.is_up();
    configured(row).filter(move |_| up)
}

/// The same, whether or not it is up.
fn configured(row: &VpnConnection) -> impl Iterator<Item = Ipv4Net> + '_ {
    let routes = row
        .routes
        .iter()
        .filter(|(_, asked)| asked.is_none())
        .map(|(net, _)| *net);
    let learnt = (!row.static_only && row.local.prefix_len() > 0).then_some(row.local);
    routes.chain(learnt)
}

/// The connection of a gateway that would lead to an address if the customer's device had not let go of both of its tunnels, and
/// the first of these.
pub(super) fn let_go(ec2: &Ec2, gateway: VpnGatewayId, address: IpAddr) -> Option<(&VpnConnection, &VpnTunnel)> {
    let IpAddr::V4(address) = address else { return None };
    let mut rows = ec2.gateways.connections.rows();
    rows.find_map(|row| {
        let leads = row.gateway == Some(gateway) && configured(row).any(|net| net.contains(&address));
        let down = leads && row.state == GatewayState::Available && !row.is_up();
        let tunnel = row.tunnels.iter().find(|tunnel| tunnel.life.down);
        Some((row, tunnel?)).filter(|_| down)
    })
}

/// The networks behind a virtual private gateway.
pub(crate) fn announced(ec2: &Ec2, gateway: VpnGatewayId) -> impl Iterator<Item = Ipv4Net> + '_ {
    let rows = ec2.gateways.connections.rows();
    rows.filter(move |row| row.gateway == Some(gateway)).flat_map(networks)
}

/// The gateway of a VPC behind which an address lies.
pub(super) fn behind(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> Option<VpnGatewayId> {
    let IpAddr::V4(address) = address else { return None };
    let mut rows = ec2.gateways.vpn.rows().filter(|row| row.serves(vpc));
    let found = rows.find(|row| announced(ec2, row.id).any(|net| net.contains(&address)));
    found.map(|row| row.id)
}

/// The gateway by which an address of a VPC is asked for from an on-premises network.
#[inline(never)]
pub(super) fn asked_of(ec2: &Ec2, source: IpAddr, destination: IpAddr) -> Option<VpnGatewayId> {
    let mut asked = ec2
        .vpcs
        .rows()
        .filter(|vpc| super::routes::local_block(vpc, destination).is_some());
    asked.find_map(|vpc| behind(ec2, vpc.id, source))
}

/// The networks behind a VPN connection that is attached to a transit gateway: what it announces, and what the gateway's tables
/// send to it.
pub(crate) fn beyond(ec2: &Ec2, row: &TransitAttachment) -> Vec<Ipv4Net> {
    if !is_of_vpn(row) {
        return Vec::new();
    }
    let tables = ec2.links.transit_tables.rows();
    let routes = tables
        .filter(|table| table.gateway == row.gateway)
        .flat_map(|table| &table.routes);
    let fixed = routes.filter_map(|(destination, target)| match destination {
        RouteDestination::Cidr(IpNet::V4(block)) if *target == Some(row.id) => Some(*block),
        _ => None,
    });
    connections_of(ec2, row).flat_map(networks).chain(fixed).collect()
}

/// Whether an attachment is one of a VPN connection, or of a concentrator of them.
pub(super) fn is_of_vpn(row: &TransitAttachment) -> bool {
    matches!(row.end, TransitEnd::Vpn(_) | TransitEnd::Concentrator(_))
}

/// The VPN connections at the other end of an attachment: one, or those of a concentrator.
pub(crate) fn connections_of<'w>(
    ec2: &'w Ec2,
    row: &TransitAttachment,
) -> impl Iterator<Item = &'w VpnConnection> + use<'w> {
    let (own, concentrator) = match row.end {
        TransitEnd::Vpn(id) => (ec2.gateways.connections.get(&id), None),
        TransitEnd::Concentrator(id) => (None, Some(id)),
        _ => (None, None),
    };
    let rows = concentrator.map(|_| ec2.gateways.connections.rows());
    let rows = rows.into_iter().flatten();
    own.into_iter()
        .chain(rows.filter(move |row| row.concentrator == concentrator))
}

/// Whether traffic passes by an attachment of VPN connections.
pub(super) fn is_up(ec2: &Ec2, row: &TransitAttachment) -> bool {
    connections_of(ec2, row).any(VpnConnection::is_up)
}

/// All attachments of VPN connections that are not over.
pub(crate) fn attached(ec2: &Ec2) -> impl Iterator<Item = &TransitAttachment> {
    // Without a VPN connection there is nothing to look for.
    let rows = (!ec2.gateways.connections.is_empty()).then(|| ec2.links.attachments.rows());
    let rows = rows.into_iter().flatten();
    rows.filter(|row| is_of_vpn(row) && !row.state.is_gone())
}

/// The attachment of a VPN connection behind which an address lies, at a transit gateway that the VPC is attached to.
#[inline(never)]
pub(super) fn behind_hub(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> Option<&TransitAttachment> {
    let IpAddr::V4(address) = address else { return None };
    let holds = |row: &TransitAttachment| beyond(ec2, row).iter().any(|net| net.contains(&address));
    attached(ec2).find(|row| is_up(ec2, row) && attachment(ec2, vpc, row.gateway).is_some() && holds(row))
}

/// What virtual private gateways propagate into a table.
#[inline(never)]
pub(crate) fn propagated(ec2: &Ec2, table: &RouteTable) -> Vec<(IpNet, VpnGatewayId)> {
    let rows = ec2.gateways.vpn.rows();
    let rows = rows.filter(|row| row.serves(table.vpc) && row.propagates_to.contains(&table.id));
    rows.flat_map(|row| announced(ec2, row.id).map(|net| (IpNet::V4(net), row.id)))
        .collect()
}

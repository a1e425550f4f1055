//! What lies behind a virtual private gateway: which on-premises networks its connections lead to now.
//!
//! Ours: the device at the customer's end is set up as soon as its connection is available, so that both tunnels are up; with
//! BGP it announces the connection's local network, where that is not the default 0.0.0.0/0.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html>

use crate::base::ids::{VpcId, VpnGatewayId};
use crate::world::Ec2;
use crate::world::gateways::{GatewayState, VpnConnection};
use crate::world::vpc::RouteTable;
use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;

/// The networks that one connection leads to.
pub(crate) fn networks(row: &VpnConnection) -> impl Iterator<Item = Ipv4Net> + '_ {
    let up = row.state == GatewayState::Available;
    let routes = row
        .routes
        .iter()
        .filter(|(_, asked)| asked.is_none())
        .map(|(net, _)| *net);
    let learnt = (!row.static_only && row.local.prefix_len() > 0).then_some(row.local);
    routes.chain(learnt).filter(move |_| up)
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

/// What virtual private gateways propagate into a table.
#[inline(never)]
pub(crate) fn propagated(ec2: &Ec2, table: &RouteTable) -> Vec<(IpNet, VpnGatewayId)> {
    let rows = ec2.gateways.vpn.rows();
    let rows = rows.filter(|row| row.serves(table.vpc) && row.propagates_to.contains(&table.id));
    rows.flat_map(|row| announced(ec2, row.id).map(|net| (IpNet::V4(net), row.id)))
        .collect()
}

//! Routes to the gateways of this folder: which of them a route may name, whether it leads somewhere now, how it is shown, and
//! the routes that virtual private gateways propagate.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html>

use super::super::common::unknown;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::World;
use crate::world::gateways::*;
use crate::world::references::Row;
use crate::world::vpc::*;
use ipnet::IpNet;
use stratus_model::{Name, Structure, field};

/// IPv6 addresses that stand for IPv4 ones: NAT gateways translate them (NAT64).
const NAT64: &str = "64:ff9b::/96";

fn row<'w, R: Row>(world: &'w World, region: Region, kind: Kind, text: &str, code: &'static str) -> Result<&'w R>
where
    R::Id: TryFrom<ResourceId>,
{
    let found = ResourceId::parse(text).and_then(|id| world.row::<R>(region, R::Id::try_from(id).ok()?));
    found.ok_or_else(|| {
        let error = unknown(kind, text);
        if !well_formed(text, kind.prefix()) {
            let why = error.message;
            return Error::new("InvalidParameterValue", why);
        }
        let word = match kind {
            Kind::NatGateway => "natGateway",
            Kind::EgressOnlyGateway => "egressOnlyInternetGateway",
            Kind::CarrierGateway => "carrierGateway",
            _ => "vpnGateway",
        };
        Error::new(code, format!("The {word} ID '{text}' does not exist"))
    })
}

fn gone(word: &str, code: &'static str, text: &str) -> Error {
    Error::new(code, format!("The {word} ID '{text}' does not exist"))
}

/// The target that a route of this table names with this parameter; `None` for parameters that name something else.
pub(in super::super) fn read(
    world: &World,
    region: Region,
    table: &RouteTable,
    destination: RouteDestination,
    (name, text): (Name, &str),
) -> Result<Option<RouteTarget>> {
    let ipv6 = matches!(destination, RouteDestination::Cidr(IpNet::V6(_)));
    let target = if name == field::NAT_GATEWAY_ID {
        let code = "InvalidNatGatewayID.NotFound";
        let gateway = row::<NatGateway>(world, region, Kind::NatGateway, text, code)?;
        if !matches!(gateway.state, GatewayState::Pending | GatewayState::Available) {
            return Err(gone("natGateway", code, text).at(name.text()));
        }
        let nat64 = matches!(destination, RouteDestination::Cidr(net) if net.to_string() == NAT64);
        if ipv6 && !nat64 {
            let why = format!("A NAT gateway takes IPv6 for {NAT64} only");
            return Err(Error::new("InvalidParameterValue", why).at("DestinationIpv6CidrBlock"));
        }
        (RouteTarget::NatGateway(gateway.id), Some(gateway.vpc))
    } else if name == field::EGRESS_ONLY_INTERNET_GATEWAY_ID {
        let code = "InvalidEgressOnlyInternetGatewayId.NotFound";
        let gateway = row::<EgressOnlyGateway>(world, region, Kind::EgressOnlyGateway, text, code)?;
        if matches!(destination, RouteDestination::Cidr(IpNet::V4(_))) {
            let why = "An egress-only internet gateway takes IPv6 only";
            return Err(Error::new("InvalidParameterValue", why).at("DestinationCidrBlock"));
        }
        (RouteTarget::EgressOnlyGateway(gateway.id), Some(gateway.vpc))
    } else if name == field::CARRIER_GATEWAY_ID {
        let code = "InvalidCarrierGatewayID.NotFound";
        let gateway = row::<CarrierGateway>(world, region, Kind::CarrierGateway, text, code)?;
        if matches!(gateway.state, GatewayState::Deleting | GatewayState::Deleted) {
            return Err(gone("carrierGateway", code, text).at(name.text()));
        }
        if matches!(destination, RouteDestination::Cidr(IpNet::V6(_))) {
            let why = "A carrier gateway takes IPv4 only";
            return Err(Error::new("InvalidParameterValue", why).at("DestinationIpv6CidrBlock"));
        }
        (RouteTarget::CarrierGateway(gateway.id), Some(gateway.vpc))
    } else if name == field::GATEWAY_ID && text.starts_with("vgw-") {
        let code = "InvalidVpnGatewayID.NotFound";
        let gateway = row::<VpnGateway>(world, region, Kind::VpnGateway, text, code)?;
        (RouteTarget::VpnGateway(gateway.id), gateway.vpc())
    } else {
        return Ok(None);
    };
    if target.1 != Some(table.vpc) {
        let why = format!(
            "route table {} and network gateway {text} belong to different networks",
            table.id
        );
        return Err(Error::new("InvalidParameterValue", why).at(name.text()));
    }
    Ok(Some(target.0))
}

/// Routes that virtual private gateways propagate into a table, by destination: the on-premises networks behind the gateway's
/// connections.
pub(in super::super) fn propagated(world: &World, region: Region, table: &RouteTable) -> Vec<Route> {
    let Some(ec2) = world.ec2(region).filter(|ec2| !ec2.gateways.vpn.is_empty()) else {
        return Vec::new();
    };
    let mut routes = crate::network::vpn::propagated(ec2, table);
    routes.sort_unstable();
    routes.dedup_by_key(|(net, _)| *net);
    routes
        .into_iter()
        .map(|(net, gateway)| Route {
            destination: RouteDestination::Cidr(net),
            target: RouteTarget::VpnGateway(gateway),
        })
        .collect()
}

/// The virtual private gateways whose routes a table takes, as the API lists them.
pub(in super::super) fn propagating(world: &World, region: Region, table: RouteTableId) -> Vec<Structure> {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.gateways.vpn.rows());
    rows.filter(|row| row.propagates_to.contains(&table))
        .map(|row| Structure::new().with(field::GATEWAY_ID, row.id))
        .collect()
}

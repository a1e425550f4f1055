//! Links as targets of routes: what CreateRoute and ReplaceRoute take for one.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html>

use super::super::common::{find, unknown};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::World;
use crate::world::links::*;
use crate::world::vpc::*;

/// A peering connection of the table's VPC; one that waits for acceptance makes a black hole for now.
pub(crate) fn read_peering(world: &World, region: Region, table: &RouteTable, text: &str) -> Result<RouteTarget> {
    let peering = find::<VpcPeering>(world, region, Kind::VpcPeering, text)?;
    if !peering.state.is_alive() {
        return Err(unknown(Kind::VpcPeering, text).remedy(format!("It is {}.", peering.state.name())));
    }
    if peering.across(table.vpc).is_none() {
        let why = format!(
            "route table {} and vpc peering connection {} belong to different networks",
            table.id, peering.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("VpcPeeringConnectionId"));
    }
    Ok(RouteTarget::Peering(peering.id))
}

/// An endpoint of a gateway load balancer in the table's VPC; gateway endpoints make their routes themselves.
pub(crate) fn read_endpoint(world: &World, region: Region, table: &RouteTable, text: &str) -> Result<RouteTarget> {
    let endpoint = find::<VpcEndpoint>(world, region, Kind::VpcEndpoint, text)?;
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("VpcEndpointId"));
    if endpoint.kind != EndpointKind::GatewayLoadBalancer || endpoint.state.is_gone() {
        return refuse(format!(
            "VPC endpoint {} of type {} cannot be the target of a route.",
            endpoint.id,
            endpoint.kind.name()
        ));
    }
    if endpoint.vpc != table.vpc {
        return refuse(format!(
            "route table {} and VPC endpoint {} belong to different networks",
            table.id, endpoint.id
        ));
    }
    Ok(RouteTarget::Endpoint(endpoint.id))
}

/// A transit gateway that the table's VPC is attached to.
pub(crate) fn read_transit(world: &World, region: Region, table: &RouteTable, text: &str) -> Result<RouteTarget> {
    let missing = || {
        let why = format!("The transitGateway ID '{text}' does not exist");
        Error::new("InvalidTransitGatewayID.NotFound", why).at("TransitGatewayId")
    };
    let gateway = find::<TransitGateway>(world, region, Kind::TransitGateway, text).map_err(|error| {
        if error.code == "InvalidTransitGatewayID.NotFound" {
            missing()
        } else {
            error
        }
    })?;
    let attached =
        |row: &TransitAttachment| row.gateway == gateway.id && row.vpc() == Some(table.vpc) && !row.state.is_gone();
    if world
        .ec2(region)
        .is_some_and(|ec2| ec2.links.attachments.rows().any(attached))
    {
        return Ok(RouteTarget::Transit(gateway.id));
    }
    Err(missing().remedy(format!("Attach {} to it first.", table.vpc)))
}

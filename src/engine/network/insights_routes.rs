//! Why a path does not take a route that is there, in the Reachability Analyzer's shape. The walk has chosen; here it is only
//! said which route would have led to the end that is asked for, and what came before it.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>

use super::insights::{Viewer, route_of};
use super::{codes, routes};
use crate::base::ids::*;
use crate::services::ec2::links::transit_routes;
use crate::world::Ec2;
use crate::world::vpc::RouteTarget;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// Why a route table does not send an address to the gateway or the link that is asked for; `None` where it does, or where
/// routes do not lead to such a thing.
pub(crate) fn unrouted(viewer: &Viewer<'_>, table: ResourceId, address: IpAddr, end: ResourceId) -> Option<Structure> {
    match (table, end) {
        (ResourceId::RouteTable(table), end) => unrouted_in_vpc(viewer, table, address, end),
        (ResourceId::TransitTable(table), ResourceId::TransitAttachment(end)) => {
            unrouted_in_hub(viewer, table, address, end)
        }
        _ => None,
    }
}

fn unrouted_in_vpc(viewer: &Viewer<'_>, id: RouteTableId, address: IpAddr, end: ResourceId) -> Option<Structure> {
    let ec2 = viewer.ec2;
    let table = ec2.route_tables.get(&id)?;
    let vpc = ec2.vpcs.get(&table.vpc)?;
    // An attachment is behind its transit gateway.
    let wanted = match end {
        ResourceId::TransitAttachment(id) => ec2.links.attachments.get(&id)?.gateway.into(),
        ResourceId::InternetGateway(_)
        | ResourceId::VpnGateway(_)
        | ResourceId::VpcPeering(_)
        | ResourceId::TransitGateway(_)
        | ResourceId::VpcEndpoint(_) => end,
        _ => return None,
    };
    let leads = |ranked: &routes::Ranked<'_>| match (ranked.route, ranked.propagated) {
        (Some(route), _) => target_of(route.target) == Some(wanted),
        (None, Some(gateway)) => ResourceId::from(gateway) == wanted,
        (None, None) => false,
    };
    let ranked = routes::ranked(ec2, vpc, table, address);
    let base = Structure::new()
        .with(field::ROUTE_TABLE, viewer.component(id))
        .with(field::VPC, viewer.component(table.vpc))
        .with(field::ADDRESS, address.to_string());
    let winner = ranked.iter().find(|ranked| ranked.covers);
    let Some(own) = ranked
        .iter()
        .find(|ranked| leads(ranked) && ranked.covers)
        .or_else(|| ranked.iter().find(|ranked| leads(ranked)))
    else {
        // Across a peering connection no route leads to what is the other VPC's own: the connection itself says so.
        let target = winner.and_then(|winner| winner.route).map(|route| route.target);
        if matches!(target, Some(RouteTarget::Peering(_)))
            && vpc_of(viewer.ec2, wanted).is_some_and(|its| its != vpc.id)
        {
            return None;
        }
        let code = codes::NO_ROUTE_TO_DESTINATION;
        let base = base.with(field::EXPLANATION_CODE, code);
        return Some(base.with(field::DESTINATION, viewer.component(end)));
    };
    let code = match winner {
        _ if !own.covers => codes::CANNOT_ROUTE,
        Some(winner) if leads(winner) => return None,
        Some(winner) if winner.length() > own.length() => codes::MORE_SPECIFIC_ROUTE,
        _ => codes::HIGHER_PRIORITY_ROUTE,
    };
    let route = match own.route {
        Some(route) => route_of(route, "active"),
        None => Structure::new()
            .with(field::DESTINATION_CIDR, own.block.to_string())
            .with(field::ORIGIN, "enablevgwroutepropagation")
            .with(field::STATE, "active")
            .with_some(field::GATEWAY_ID, own.propagated),
    };
    Some(
        base.with(field::EXPLANATION_CODE, code)
            .with(field::ROUTE_TABLE_ROUTE, route),
    )
}

/// The VPC at whose edge a gateway or an endpoint stands.
fn vpc_of(ec2: &Ec2, id: ResourceId) -> Option<VpcId> {
    match id {
        ResourceId::InternetGateway(id) => ec2.internet_gateways.get(&id)?.vpc,
        ResourceId::VpnGateway(id) => ec2.gateways.vpn.get(&id)?.vpc(),
        ResourceId::VpcEndpoint(id) => Some(ec2.links.endpoints.get(&id)?.vpc),
        _ => None,
    }
}

/// The gateway or link that a route names.
fn target_of(target: RouteTarget) -> Option<ResourceId> {
    Some(match target {
        RouteTarget::InternetGateway(id) => id.into(),
        RouteTarget::VpnGateway(id) => id.into(),
        RouteTarget::Peering(id) => id.into(),
        RouteTarget::Transit(id) => id.into(),
        RouteTarget::Endpoint(id) => id.into(),
        _ => return None,
    })
}

fn unrouted_in_hub(
    viewer: &Viewer<'_>,
    id: TransitTableId,
    address: IpAddr,
    end: TransitAttachmentId,
) -> Option<Structure> {
    let table = viewer.ec2.links.transit_tables.get(&id)?;
    let all = transit_routes::all(viewer.ec2, table);
    let rank = |route: &transit_routes::TransitRoute| (route.block.prefix_len(), route.fixed);
    let covering = || all.iter().filter(|route| route.block.contains(&address));
    let winner = covering().max_by_key(|route| rank(route));
    let leads = |route: &&transit_routes::TransitRoute| route.attachment == Some(end);
    let base = Structure::new()
        .with(field::TRANSIT_GATEWAY, viewer.component(table.gateway))
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE, viewer.component(id))
        .with(field::TRANSIT_GATEWAY_ATTACHMENT, viewer.component(end));
    let (code, own) = match (
        covering().filter(leads).max_by_key(|route| rank(route)),
        all.iter().find(leads),
        winner,
    ) {
        (None, None, _) => (codes::TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT, None),
        (None, Some(own), _) => (codes::TGW_RTB_CANNOT_ROUTE, Some(own)),
        (Some(_), _, Some(winner)) if winner.attachment == Some(end) => return None,
        (Some(own), _, Some(winner)) if winner.block.prefix_len() > own.block.prefix_len() => {
            (codes::TGW_RTB_MORE_SPECIFIC_ROUTE, Some(own))
        }
        (Some(own), ..) => (codes::TGW_RTB_HIGHER_PRIORITY_ROUTE, Some(own)),
    };
    let route = own.map(|route| {
        Structure::new()
            .with(field::DESTINATION_CIDR, route.block.to_string())
            .with(field::STATE, "active")
            .with(field::ATTACHMENT_ID, end)
    });
    let base = base.with(field::EXPLANATION_CODE, code);
    Some(base.with_some(field::TRANSIT_GATEWAY_ROUTE_TABLE_ROUTE, route))
}

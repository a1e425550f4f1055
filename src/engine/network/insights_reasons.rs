//! Why there is no path, in the Reachability Analyzer's shape: one `Explanation` a blocker. The walk has decided; here it is
//! only said. Codes of ours, which AWS does not have, become the nearest of AWS's.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>

use super::insights::{Viewer, acl_rule, route_of};
use super::step::*;
use super::{codes, routes};
use crate::base::ids::*;
use crate::services::ec2::links::transit_routes;
use crate::world::vpc::RouteTarget;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// AWS's code for one of ours.
fn code_of(code: &'static str) -> &'static str {
    match code {
        codes::STRATUS_NO_INTERNET_GATEWAY => codes::UNASSOCIATED_COMPONENT,
        codes::STRATUS_IMPOSSIBLE_SOURCE => "ENI_ADDRESS_RESTRICTION",
        code if code.starts_with("STRATUS_") => codes::NO_PATH,
        code => code,
    }
}

/// `ingress` or `egress`, where the step says so.
fn direction(what: &What) -> Option<&'static str> {
    let egress = match what {
        What::Groups(_, egress, _) | What::Acl(_, _, egress, _) | What::Gateway(_, _, egress, _) => *egress,
        _ => return None,
    };
    Some(if egress { "egress" } else { "ingress" })
}

/// `Explanation`.
pub(super) fn explain(viewer: &Viewer<'_>, blocker: &Blocker) -> Structure {
    let step = &blocker.step;
    let base = Structure::new()
        .with_some(field::DIRECTION, direction(&step.what))
        .with(field::EXPLANATION_CODE, code_of(blocker.code));
    match step.what {
        What::Groups(id, ..) => of_groups(viewer, base, id),
        What::Interface(id, _) => of_interface(viewer, base, id),
        What::Acl(id, subnet, egress, decided) => {
            let acl = viewer.ec2.network_acls.get(&id);
            let entry = decided.and_then(|place| acl?.entries.get(usize::from(place)));
            base.with(field::ACL_, viewer.component(id))
                .with(field::ACL_RULE, acl_rule(entry, egress))
                .with(field::SUBNET, viewer.component(subnet))
                .with_some(field::VPC, acl.map(|acl| viewer.component(acl.vpc)))
        }
        What::Route(id, routed) => {
            let base = base
                .with(field::ROUTE_TABLE, viewer.component(id))
                .with(field::ADDRESS, step.before.destination_address.to_string());
            let Some(table) = viewer.ec2.route_tables.get(&id) else {
                return base;
            };
            let route = viewer.table_route(table, routed, step.before.destination_address);
            base.with(field::VPC, viewer.component(table.vpc))
                .with_some(field::ROUTE_TABLE_ROUTE, route)
        }
        What::Gateway(vpc, id, ..) => base
            .with(field::VPC, viewer.component(vpc))
            .with(field::ADDRESS, step.before.source_address.to_string())
            .with_some(field::INTERNET_GATEWAY, id.map(|id| viewer.component(id))),
        What::Nat(id, _) => base.with(field::NAT_GATEWAY, viewer.component(id)),
        What::Vpn(id, _) => base.with(field::VPN_GATEWAY, viewer.component(id)),
        What::Peering(id, from, _) => base
            .with(field::VPC_PEERING_CONNECTION, viewer.component(id))
            .with(field::SOURCE_VPC, viewer.component(from)),
        What::Endpoint(id, _) => base.with(field::VPC_ENDPOINT, viewer.component(id)),
        What::Transit(id, says) => of_transit(viewer, base, id, says),
        What::Guest(id, does) => {
            let state = match does {
                Guest::State(state) => Some(state.name()),
                _ => None,
            };
            base.with(field::COMPONENT, viewer.component(id))
                .with_some(field::STATE, state)
        }
        What::Disconnected(vpc, target) => {
            let other = viewer.ec2.interfaces.get(&target).map(|row| row.vpc);
            base.with(field::SOURCE_VPC, viewer.component(vpc))
                .with_some(field::DESTINATION_VPC, other.map(|vpc| viewer.component(vpc)))
        }
        What::Nobody(vpc, subnet) => base
            .with(field::VPC, viewer.component(vpc))
            .with(field::ADDRESS, step.before.destination_address.to_string())
            .with_some(field::SUBNET, subnet.map(|id| viewer.component(id))),
        What::Circle(vpc) => base.with(field::VPC, viewer.component(vpc)),
        What::EgressOnly(id, _) => base.with(field::COMPONENT, viewer.component(id)),
        What::Carrier(id) => base.with(field::COMPONENT, viewer.component(id)),
        What::Unanswerable(why) => of_unanswerable(viewer, base, why),
        _ => base,
    }
}

fn of_interface(viewer: &Viewer<'_>, base: Structure, id: NetworkInterfaceId) -> Structure {
    let row = viewer.ec2.interfaces.get(&id);
    base.with(field::NETWORK_INTERFACE, viewer.component(id))
        .with_some(field::VPC, row.map(|row| viewer.component(row.vpc)))
}

fn of_groups(viewer: &Viewer<'_>, base: Structure, id: NetworkInterfaceId) -> Structure {
    let row = viewer.ec2.interfaces.get(&id);
    let groups = row.map(|row| row.groups.as_slice()).unwrap_or_default();
    let groups: Vec<Structure> = groups.iter().map(|group| viewer.component(*group)).collect();
    of_interface(viewer, base, id).with(field::SECURITY_GROUPS, groups)
}

fn of_transit(viewer: &Viewer<'_>, base: Structure, id: TransitGatewayId, says: Hub) -> Structure {
    let base = base.with(field::TRANSIT_GATEWAY, viewer.component(id));
    match says {
        Hub::NoRoute(table) | Hub::BlackHole(table) | Hub::Carries(table, _) => {
            base.with(field::TRANSIT_GATEWAY_ROUTE_TABLE, viewer.component(table))
        }
        Hub::Zone(attachment, subnet) => base
            .with(field::TRANSIT_GATEWAY_ATTACHMENT, viewer.component(attachment))
            .with(field::SUBNET, viewer.component(subnet)),
        Hub::Unassociated(attachment) | Hub::Elsewhere(attachment) => {
            base.with(field::TRANSIT_GATEWAY_ATTACHMENT, viewer.component(attachment))
        }
    }
}

fn of_unanswerable(viewer: &Viewer<'_>, base: Structure, why: Unanswerable) -> Structure {
    match why {
        Unanswerable::NoInstance(id) => base.with(field::MISSING_COMPONENT, id),
        Unanswerable::NoInterface(id) => base.with(field::MISSING_COMPONENT, id),
        Unanswerable::Gone(id) => base.with(field::COMPONENT, viewer.component(id)),
        Unanswerable::Unattached(id) | Unanswerable::Family(id) | Unanswerable::OfEndpoint(id) => {
            base.with(field::NETWORK_INTERFACE, viewer.component(id))
        }
        Unanswerable::NoAddress(address) | Unanswerable::Outside(address) | Unanswerable::Elsewhere(address, _) => {
            base.with(field::ADDRESS, address.to_string())
        }
    }
}

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
    let Some(own) = ranked.iter().find(|ranked| leads(ranked) && ranked.covers).or_else(|| ranked.iter().find(|ranked| leads(ranked))) else {
        let code = codes::NO_ROUTE_TO_DESTINATION;
        let base = base.with(field::EXPLANATION_CODE, code);
        return Some(base.with(field::DESTINATION, viewer.component(end)));
    };
    let code = match winner {
        _ if !own.covers => "CANNOT_ROUTE",
        Some(winner) if leads(winner) => return None,
        Some(winner) if winner.length() > own.length() => "MORE_SPECIFIC_ROUTE",
        _ => "HIGHER_PRIORITY_ROUTE",
    };
    let route = match own.route {
        Some(route) => route_of(route, "active"),
        None => Structure::new()
            .with(field::DESTINATION_CIDR, own.block.to_string())
            .with(field::ORIGIN, "enablevgwroutepropagation")
            .with(field::STATE, "active")
            .with_some(field::GATEWAY_ID, own.propagated),
    };
    Some(base.with(field::EXPLANATION_CODE, code).with(field::ROUTE_TABLE_ROUTE, route))
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
    let (code, own) = match (covering().filter(leads).max_by_key(|route| rank(route)), all.iter().find(leads), winner) {
        (None, None, _) => (codes::TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT, None),
        (None, Some(own), _) => ("TGW_RTB_CANNOT_ROUTE", Some(own)),
        (Some(_), _, Some(winner)) if winner.attachment == Some(end) => return None,
        (Some(own), _, Some(winner)) if winner.block.prefix_len() > own.block.prefix_len() => {
            ("TGW_RTB_MORE_SPECIFIC_ROUTE", Some(own))
        }
        (Some(own), ..) => ("TGW_RTB_HIGHER_PRIORITY_ROUTE", Some(own)),
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

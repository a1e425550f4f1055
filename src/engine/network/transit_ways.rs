//! What might mend a way by a transit gateway: routes to it, and its own tables. The other half of `transit`.

use super::remedies::{Candidate, call, candidate};
use super::step::*;
use super::words::Teller;
use super::{abroad, routes, transit};
use crate::base::ids::*;
use crate::world::leading::attachments_of;
use crate::world::links::*;
use crate::world::vpc::*;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// A route of a VPC's table to the transit gateway that leads to an address.
pub(super) fn vpc_route(teller: &Teller<'_>, table: &RouteTable, address: IpAddr) -> Option<Candidate> {
    let ec2 = &teller.ec2;
    let (own, block) = match transit::towards(ec2, table.vpc, address) {
        Some((own, other)) => (own, routes::local_block(ec2.vpcs.get(&other.vpc()?)?, address)?),
        None => attachments_of(ec2, table.vpc).find_map(|own| {
            let (_, block) = abroad::hub_towards(teller.world, ec2, own.gateway, address)?;
            Some((own, block))
        })?,
    };
    let (operation, block) = super::link_ways::place(ec2, table, address, block)?;
    let params = super::link_words::table_params(table.id, block).with(field::TRANSIT_GATEWAY_ID, own.gateway);
    let why = format!(
        "Route {block} of {} to {}.",
        teller.name(table.id),
        teller.name(own.gateway)
    );
    Some(candidate(6, why, vec![call(operation, params)]))
}

/// What might mend a way that a transit gateway stops.
#[inline(never)]
pub(super) fn remedies(teller: &Teller<'_>, gateway: TransitGatewayId, says: Hub, address: IpAddr) -> Vec<Candidate> {
    let ec2 = &teller.ec2;
    match says {
        Hub::NoIpv6(attachment) => {
            let options = Structure::new().with(field::IPV6_SUPPORT, "enable");
            let params = Structure::new()
                .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment)
                .with(field::OPTIONS, options);
            let why = format!("Let {} carry IPv6.", teller.name(attachment));
            vec![candidate(
                2,
                why,
                vec![call("ModifyTransitGatewayVpcAttachment", params)],
            )]
        }
        Hub::Zone(attachment, subnet) => {
            let params = Structure::new()
                .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment)
                .with(field::ADD_SUBNET_IDS, vec![subnet]);
            let why = format!(
                "Give {} an interface in {}.",
                teller.name(attachment),
                teller.subnet_name(subnet)
            );
            vec![candidate(
                2,
                why,
                vec![call("ModifyTransitGatewayVpcAttachment", params)],
            )]
        }
        Hub::Unassociated(attachment) => {
            let own = ec2.links.transits.get(&gateway).and_then(|row| row.association);
            let first = ec2.links.transit_tables.rows().find(|table| table.gateway == gateway);
            let Some(table) = own.or(first.map(|table| table.id)) else {
                return vec![first_table(teller, gateway, attachment)];
            };
            let why = format!("Associate {} with {}.", teller.name(attachment), teller.name(table));
            let params = relation(table, attachment);
            vec![candidate(
                6,
                why,
                vec![call("AssociateTransitGatewayRouteTable", params)],
            )]
        }
        Hub::NoRoute(table) => {
            let Some(row) = transit::attached(ec2, gateway, address).find(is_available) else {
                // Who has the address may be beyond a peering, which propagates nothing.
                let found = abroad::hub_towards(teller.world, ec2, gateway, address);
                let routed = found.map(|(peer, block)| {
                    let params = relation(table, peer.id).with(field::DESTINATION_CIDR_BLOCK, block.to_string());
                    let (table, peer) = (teller.name(table), teller.name(peer.id));
                    let why = format!("Route {block} of {table} to the peering {peer}.");
                    candidate(6, why, vec![call("CreateTransitGatewayRoute", params)])
                });
                return routed.into_iter().collect();
            };
            let why = format!(
                "Let {} propagate its blocks to {}.",
                teller.name(row.id),
                teller.name(table)
            );
            let params = relation(table, row.id);
            vec![candidate(
                6,
                why,
                vec![call("EnableTransitGatewayRouteTablePropagation", params)],
            )]
        }
        Hub::BlackHole(table) => past_black_hole(teller, table, address).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn is_available(row: &&TransitAttachment) -> bool {
    row.state == TransitState::Available
}

/// A table of a transit gateway and an attachment, as calls name what one has to do with the other.
fn relation(table: TransitTableId, attachment: TransitAttachmentId) -> Structure {
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, table)
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment)
}

/// The first route table of a transit gateway that has none, for what comes by an attachment.
fn first_table(teller: &Teller<'_>, gateway: TransitGatewayId, attachment: TransitAttachmentId) -> Candidate {
    let create = Structure::new().with(field::TRANSIT_GATEWAY_ID, gateway);
    let associate = Structure::new()
        .with(
            field::TRANSIT_GATEWAY_ROUTE_TABLE_ID,
            "$(0.TransitGatewayRouteTable.TransitGatewayRouteTableId)",
        )
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment);
    let why = format!(
        "Give {} a route table, and associate {} with it.",
        teller.name(gateway),
        teller.name(attachment)
    );
    let calls = vec![
        call("CreateTransitGatewayRouteTable", create),
        call("AssociateTransitGatewayRouteTable", associate),
    ];
    candidate(6, why, calls)
}

/// A route to the attachment of the VPC that has an address: in the place of the one that drops it, or, where that is wider, beside
/// it for the VPC's block alone.
fn past_black_hole(teller: &Teller<'_>, id: TransitTableId, address: IpAddr) -> Option<Candidate> {
    let ec2 = &teller.ec2;
    let table = ec2.links.transit_tables.get(&id)?;
    let taken = transit::choose(ec2, table, address)?.block;
    let row = transit::attached(ec2, table.gateway, address).find(is_available)?;
    let block = routes::local_block(ec2.vpcs.get(&row.vpc()?)?, address)?;
    let (operation, block) = match taken.prefix_len() >= block.prefix_len() {
        true => ("ReplaceTransitGatewayRoute", taken),
        false => ("CreateTransitGatewayRoute", block),
    };
    let params = relation(id, row.id).with(field::DESTINATION_CIDR_BLOCK, block.to_string());
    let why = format!("Route {block} of {} to {}.", teller.name(id), teller.name(row.id));
    Some(candidate(8, why, vec![call(operation, params)]))
}

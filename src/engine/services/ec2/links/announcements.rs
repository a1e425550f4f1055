//! Announcements of route tables: by a peering with dynamic routing, a transit gateway tells another the routes of one of its
//! tables, and that one lets them propagate into tables of its own.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-policy-tables.html>,
//! <https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-peerings.html>
//!
//! In AWS the peer that speaks BGP is an edge of a Cloud WAN core network. Stratus has none, and lets two transit gateways do
//! it under the conditions that AWS has for such a peering: one Region, and numbers of autonomous systems that differ (ours).

use super::super::common::{Describing, find, need, note, tag_list};
use super::super::tags;
use super::{transit_tables, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::links::*;
use crate::world::transits::TransitAnnouncement;
use crate::world::{Ec2, World};
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayRouteTableAnnouncement" => Handler::Write(create),
        "DeleteTransitGatewayRouteTableAnnouncement" => Handler::Write(delete),
        "DescribeTransitGatewayRouteTableAnnouncements" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// What is announced to the tables of a transit gateway that learn: the announcement, with the table that it is about.
pub(super) fn heard<'w>(
    ec2: &'w Ec2,
    table: &TransitTable,
) -> impl Iterator<Item = (&'w TransitAnnouncement, &'w TransitTable)> {
    let id = table.id;
    let rows = ec2.links.announcements.rows();
    let rows = rows.filter(move |row| row.incoming && row.learners.contains(&id));
    rows.filter_map(|row| Some((row, ec2.links.transit_tables.get(&row.table)?)))
}

/// The announcement that is heard here, as a call names it, for a table of this transit gateway.
pub(super) fn named(request: &Request<'_>, world: &World, table: &TransitTable) -> Result<TransitAnnouncement> {
    let text = need(request.params, field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENT_ID)?;
    let row = find::<TransitAnnouncement>(world, request.region, Kind::TransitAnnouncement, text)?;
    if row.incoming && row.gateway == table.gateway {
        return Ok(row.clone());
    }
    let why = if row.incoming {
        format!("{} and {} belong to different transit gateways.", table.id, row.id)
    } else {
        format!("{} is an outgoing announcement: only incoming ones propagate.", row.id)
    };
    Err(Error::new("InvalidParameterValue", why).at("TransitGatewayRouteTableAnnouncementId"))
}

/// Whether a table learns from an announcement, from now on.
pub(super) fn learn(world: &mut World, region: Region, id: TransitAnnouncementId, table: TransitTableId, on: bool) {
    world.update::<TransitAnnouncement, _>(region, id, |row| {
        row.learners.retain(|has| *has != table);
        if on {
            row.learners.push(table);
        }
    });
}

/// A table that is gone learns nothing any more.
pub(super) fn forget_learner(world: &mut World, region: Region, table: TransitTableId) {
    let found = chosen(world, region, |row| row.learners.contains(&table));
    for row in found {
        learn(world, region, row.id, table, false);
    }
}

/// With a peering goes all that was announced by it.
pub(super) fn forget_peering(world: &mut World, region: Region, attachment: TransitAttachmentId) {
    for row in chosen(world, region, |row| row.attachment == attachment) {
        world.take::<TransitAnnouncement>(region, row.id);
    }
}

fn chosen(world: &World, region: Region, wanted: impl Fn(&TransitAnnouncement) -> bool) -> Vec<TransitAnnouncement> {
    let rows = world.ec2(region).into_iter();
    let rows = rows.flat_map(|ec2| ec2.links.announcements.rows());
    rows.filter(|row| wanted(row)).cloned().collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRouteTableAnnouncement.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let table = transit_tables::named(request, world)?;
    let text = need(params, field::PEERING_ATTACHMENT_ID)?;
    let row = find::<TransitAttachment>(world, region, Kind::TransitAttachment, text)?.clone();
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("PeeringAttachmentId"));
    if !row.is_peering() {
        return refuse(format!("{} is not a peering attachment.", row.id));
    }
    if !row.is_of(table.gateway) {
        let why = format!("{} and {} belong to different transit gateways.", table.id, row.id);
        return refuse(why);
    }
    if row.state != TransitState::Available {
        return Err(transits::invalid_state(row.id, row.state));
    }
    let Some(peer) = row.beyond(table.gateway).filter(|_| row.peering.dynamic) else {
        let why = format!("Dynamic routing is disabled for {}.", row.id);
        let error = Error::new("IncorrectState", why).at("PeeringAttachmentId");
        return Err(error.remedy("Make the peering with Options.DynamicRouting = enable; it stays as it was made."));
    };
    let same = |row: &TransitAnnouncement| !row.incoming && row.table == table.id && row.peer == peer;
    if let Some(first) = chosen(world, region, same).first() {
        let why = format!("{} is already announced by {}.", table.id, first.id);
        return Err(Error::new("TransitGatewayRouteTableAnnouncement.Duplicate", why));
    }
    let mut draw = || TransitAnnouncementId(world.random.next_u64(Stream::Ids(Kind::TransitAnnouncement)));
    let (told, heard) = (draw(), draw());
    for (id, twin, gateway, peer, incoming) in [
        (told, heard, table.gateway, peer, false),
        (heard, told, peer, table.gateway, true),
    ] {
        let row = TransitAnnouncement {
            id,
            born: world.birth(),
            twin,
            gateway,
            peer,
            attachment: row.id,
            table: table.id,
            incoming,
            created: world.now,
            learners: Vec::new(),
        };
        world.put(region, row);
    }
    let kind = "transit-gateway-route-table-announcement";
    tags::apply_specifications(world, region, params, &[(kind, &[told.into()])])?;
    note(world, region, told, format!("{} announced to {peer}", table.id));
    Ok(shown(world, region, told, "pending"))
}

fn shown(world: &World, region: Region, id: TransitAnnouncementId, state: &str) -> Structure {
    let row = world.row::<TransitAnnouncement>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENT,
        row.map(|row| describe(world, region, row).with(field::STATE, state)),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRouteTableAnnouncement.html>: by who announces; the
/// routes go from the tables that learnt them.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENT_ID)?;
    let row = find::<TransitAnnouncement>(world, region, Kind::TransitAnnouncement, text)?.clone();
    if row.incoming {
        let why = format!("{} is an incoming announcement: {} ends it.", row.id, row.peer);
        return Err(Error::new("OperationNotPermitted", why).at("TransitGatewayRouteTableAnnouncementId"));
    }
    let answer = shown(world, region, row.id, "deleting");
    note(world, region, row.id, "deleted");
    world.take::<TransitAnnouncement>(region, row.id);
    world.take::<TransitAnnouncement>(region, row.twin);
    Ok(answer)
}

fn direction(row: &TransitAnnouncement) -> &'static str {
    if row.incoming { "incoming" } else { "outgoing" }
}

fn describe(world: &World, region: Region, row: &TransitAnnouncement) -> Structure {
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENT_ID, row.id)
        .with(field::TRANSIT_GATEWAY_ID, row.gateway)
        .with(field::PEER_TRANSIT_GATEWAY_ID, row.peer)
        .with(field::PEERING_ATTACHMENT_ID, row.attachment)
        .with(field::ANNOUNCEMENT_DIRECTION, direction(row))
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, row.table)
        .with(field::STATE, "available")
        .with(field::CREATION_TIME, row.created)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayRouteTableAnnouncements.html>. AWS lists no
/// names of filters: these are the fields' (ours).
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::TransitAnnouncement,
        ids: field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENT_IDS,
        answer: field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENTS,
        born: |row: &TransitAnnouncement| row.born,
        filters: &[
            "announcement-direction",
            "peer-transit-gateway-id",
            "peering-attachment-id",
            "state",
            "transit-gateway-id",
            "transit-gateway-route-table-announcement-id",
            "transit-gateway-route-table-id",
        ],
        least: 5,
    };
    let values = |row: &TransitAnnouncement, name: &str| {
        vec![match name {
            "announcement-direction" => direction(row).to_owned(),
            "peer-transit-gateway-id" => row.peer.to_string(),
            "peering-attachment-id" => row.attachment.to_string(),
            "state" => "available".to_owned(),
            "transit-gateway-id" => row.gateway.to_string(),
            "transit-gateway-route-table-id" => row.table.to_string(),
            _ => row.id.to_string(),
        }]
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

/// A table that learns from an announcement, as the calls on propagations show it.
pub(super) fn member(world: &World, region: Region, row: &TransitAnnouncement, state: &str) -> Structure {
    let peering = world.row::<TransitAttachment>(region, row.attachment);
    let shown = peering.map(|peering| transit_tables::member(region, row.gateway, peering, state));
    shown
        .unwrap_or_default()
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENT_ID, row.id)
}

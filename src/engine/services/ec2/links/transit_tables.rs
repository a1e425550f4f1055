//! Route tables of transit gateways, what is associated with them and what propagates to them.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html>
//!
//! Associations and propagations take a moment in AWS; here they are done at once (ours), and only the answer of the call
//! that asked says so.

use super::super::common::{Describing, Filters, dependency, find, need, note, page, tag_list, yes_no};
use super::super::tags;
use super::{announcements, attachments, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use stratus_model::{Name, Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayRouteTable" => Handler::Write(create),
        "DeleteTransitGatewayRouteTable" => Handler::Write(delete),
        "DescribeTransitGatewayRouteTables" => Handler::Read(describe_all),
        "AssociateTransitGatewayRouteTable" => Handler::Write(associate),
        "DisassociateTransitGatewayRouteTable" => Handler::Write(disassociate),
        "GetTransitGatewayRouteTableAssociations" => Handler::Read(associations),
        "EnableTransitGatewayRouteTablePropagation" => Handler::Write(|request, world| propagate(request, world, true)),
        "DisableTransitGatewayRouteTablePropagation" => {
            Handler::Write(|request, world| propagate(request, world, false))
        }
        "GetTransitGatewayAttachmentPropagations" => Handler::Read(propagations_of),
        "GetTransitGatewayRouteTablePropagations" => Handler::Read(propagations),
        _ => return None,
    })
}

/// The table that a call names.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<TransitTable> {
    let text = need(request.params, field::TRANSIT_GATEWAY_ROUTE_TABLE_ID)?;
    find::<TransitTable>(world, request.region, Kind::TransitTable, text).cloned()
}

/// A table of a transit gateway by its id's text.
pub(super) fn of_gateway(
    world: &World,
    region: Region,
    gateway: TransitGatewayId,
    text: &str,
) -> Result<TransitTableId> {
    let table = find::<TransitTable>(world, region, Kind::TransitTable, text)?;
    if table.gateway == gateway {
        return Ok(table.id);
    }
    let why = format!("Transit Gateway Route Table {text} does not belong to {gateway}.");
    Err(Error::new("InvalidRouteTableID.NotFound", why))
}

/// Makes a table.
pub(super) fn make(world: &mut World, region: Region, gateway: TransitGatewayId) -> TransitTableId {
    let id = TransitTableId(world.random.next_u64(Stream::Ids(Kind::TransitTable)));
    let row = TransitTable {
        id,
        born: world.birth(),
        gateway,
        created: world.now,
        propagations: Vec::new(),
        routes: Vec::new(),
    };
    world.put(region, row);
    note(world, region, id, format!("created for {gateway}"));
    id
}

/// A transit gateway takes its tables along.
pub(super) fn forget_all(world: &mut World, region: Region, gateway: TransitGatewayId) {
    let Some(ec2) = world.ec2(region) else { return };
    let tables = ec2.links.transit_tables.rows().filter(|table| table.gateway == gateway);
    let tables: Vec<TransitTableId> = tables.map(|table| table.id).collect();
    for table in tables {
        world.take::<TransitTable>(region, table);
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRouteTable.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let gateway = transits::available(request, world)?.id;
    let held = world.ec2(region).map_or(0, |ec2| {
        ec2.links
            .transit_tables
            .rows()
            .filter(|table| table.gateway == gateway)
            .count()
    });
    if held >= quotas::TRANSIT_TABLES {
        let why = "The maximum number of route tables of the transit gateway has been reached.";
        return Err(Error::new("TransitGatewayRouteTableLimitExceeded", why));
    }
    let id = make(world, region, gateway);
    tags::apply_specifications(
        world,
        region,
        request.params,
        &[("transit-gateway-route-table", &[id.into()])],
    )?;
    Ok(shown(world, region, id, "pending"))
}

fn shown(world: &World, region: Region, id: TransitTableId, state: &str) -> Structure {
    let row = world.row::<TransitTable>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_ROUTE_TABLE,
        row.map(|row| describe(world, region, row).with(field::STATE, state)),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRouteTable.html>: neither a default one nor one
/// with associations.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, table) = (request.region, named(request, world)?);
    let refuse = |why: String| Err(Error::new("IncorrectState", why).at("TransitGatewayRouteTableId"));
    let gateway = world.row::<TransitGateway>(region, table.gateway);
    let is_default = gateway.is_some_and(|row| [row.association, row.propagation].contains(&Some(table.id)));
    if is_default {
        return refuse(format!(
            "Cannot delete {}: it is a default route table of {}.",
            table.id, table.gateway
        ));
    }
    if !associated(world, region, table.id).is_empty() {
        return refuse(format!("{} has non-deleted associations.", table.id));
    }
    let users = world.referrers(region, table.id.into());
    if !users.is_empty() {
        let announced = users.iter().any(|user| user.kind() == Kind::TransitAnnouncement);
        let why = match announced {
            true => format!("{} has non-deleted announcements.", table.id),
            false => format!("{} is the target of a policy table.", table.id),
        };
        let remedy = dependency(String::new(), &users).remedy;
        return Err(Error::new("IncorrectState", why)
            .at("TransitGatewayRouteTableId")
            .remedy(remedy));
    }
    let answer = shown(world, region, table.id, "deleting");
    note(world, region, table.id, "deleted");
    announcements::forget_learner(world, region, table.id);
    world.take::<TransitTable>(region, table.id);
    Ok(answer)
}

/// Attachments that a table is for, eldest first.
fn associated(world: &World, region: Region, table: TransitTableId) -> Vec<&TransitAttachment> {
    let all = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.links.attachments.rows());
    let mut list: Vec<&TransitAttachment> = all.filter(|row| tables_of(row).contains(&Some(table))).collect();
    sort::by_key(&mut list, |row| row.born);
    list
}

/// The tables that an attachment is associated with: one, or one of each transit gateway of a peering.
fn tables_of(row: &TransitAttachment) -> [Option<TransitTableId>; 2] {
    [row.table, row.far.and_then(|far| far.table)]
}

/// A table and an attachment of one transit gateway, as a call names them.
fn pair(request: &Request<'_>, world: &World) -> Result<(TransitTable, TransitAttachment)> {
    let table = named(request, world)?;
    let text = need(request.params, field::TRANSIT_GATEWAY_ATTACHMENT_ID)?;
    let attachment = find::<TransitAttachment>(world, request.region, Kind::TransitAttachment, text)?.clone();
    if !attachment.is_of(table.gateway) {
        let why = format!(
            "{} and {} belong to different transit gateways.",
            table.id, attachment.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("TransitGatewayAttachmentId"));
    }
    if attachment.state.is_gone() || attachment.state == TransitState::PendingAcceptance {
        return Err(transits::invalid_state(attachment.id, attachment.state));
    }
    Ok((table, attachment))
}

fn relation(region: Region, table: &TransitTable, row: &TransitAttachment, state: &str) -> Structure {
    member(region, table.gateway, row, state).with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, table.id)
}

pub(super) fn member(region: Region, gateway: TransitGatewayId, row: &TransitAttachment, state: &str) -> Structure {
    let (kind, id) = attachments::resource_at(row, region, gateway);
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.id)
        .with(field::RESOURCE_ID, id)
        .with(field::RESOURCE_TYPE, kind)
        .with(field::STATE, state)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayRouteTable.html>: one table an attachment.
fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (table, row) = pair(request, world)?;
    if row.table_of(table.gateway).is_some() || row.policy.is_some() {
        let why = format!(
            "Transit Gateway Attachment {} is already associated to a route table.",
            row.id
        );
        return Err(Error::new("Resource.AlreadyAssociated", why).remedy("Disassociate it first."));
    }
    world.update::<TransitAttachment, _>(region, row.id, |row| {
        attachments::associate(row, table.gateway, Some(table.id));
    });
    note(world, region, row.id, format!("associated with {}", table.id));
    let shown = relation(region, &table, &row, "associating");
    Ok(Structure::new().with(field::ASSOCIATION, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateTransitGatewayRouteTable.html>
fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (table, row) = pair(request, world)?;
    if row.table_of(table.gateway) != Some(table.id) {
        let why = format!(
            "Transit Gateway Attachment {} is not associated with {}.",
            row.id, table.id
        );
        return Err(Error::new("InvalidAssociation.NotFound", why).at("TransitGatewayAttachmentId"));
    }
    world.update::<TransitAttachment, _>(region, row.id, |row| attachments::associate(row, table.gateway, None));
    note(world, region, row.id, format!("disassociated from {}", table.id));
    let shown = relation(region, &table, &row, "disassociating");
    Ok(Structure::new().with(field::ASSOCIATION, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableTransitGatewayRouteTablePropagation.html> and its twin. A
/// peering propagates nothing.
fn propagate(request: &Request<'_>, world: &mut World, on: bool) -> Result<Structure> {
    let region = request.region;
    let of_peer = request
        .params
        .contains(field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENT_ID);
    if of_peer == request.params.contains(field::TRANSIT_GATEWAY_ATTACHMENT_ID) {
        let why = "Specify exactly one of TransitGatewayAttachmentId and TransitGatewayRouteTableAnnouncementId.";
        return Err(Error::combination(why).at("TransitGatewayAttachmentId"));
    }
    if of_peer {
        return propagate_announcement(request, world, on);
    }
    let (table, row) = pair(request, world)?;
    check_propagation(on, table.propagations.contains(&row.id), row.id.into(), table.id)?;
    if on && row.is_peering() {
        let why = format!("{} is a peering attachment, which propagates no routes.", row.id);
        return Err(Error::new("InvalidParameterValue", why).at("TransitGatewayAttachmentId"));
    }
    world.update::<TransitTable, _>(region, table.id, |table| {
        table.propagations.retain(|has| *has != row.id);
        if on {
            table.propagations.push(row.id);
        }
    });
    let state = note_propagation(world, region, row.id.into(), table.id, on);
    let shown = relation(region, &table, &row, state);
    Ok(Structure::new().with(field::PROPAGATION, shown))
}

/// Whether a table may learn from somebody, or learn no more.
fn check_propagation(on: bool, has: bool, who: ResourceId, table: TransitTableId) -> Result<()> {
    let (code, why) = match (on, has) {
        (true, true) => (
            "TransitGatewayRouteTablePropagation.Duplicate",
            format!("{who} already propagates to {table}."),
        ),
        (false, false) => (
            "TransitGatewayRouteTablePropagation.NotFound",
            format!("{who} does not propagate to {table}."),
        ),
        _ => return Ok(()),
    };
    Err(Error::new(code, why))
}

/// Notes that a table learns, or no more; the state in which the answer shows it.
fn note_propagation(
    world: &mut World,
    region: Region,
    who: ResourceId,
    table: TransitTableId,
    on: bool,
) -> &'static str {
    let (verb, state) = match on {
        true => ("propagates", "enabled"),
        false => ("propagates no more", "disabled"),
    };
    note(world, region, who, format!("{verb} to {table}"));
    state
}

/// The same of what a peer announces.
fn propagate_announcement(request: &Request<'_>, world: &mut World, on: bool) -> Result<Structure> {
    let region = request.region;
    let table = named(request, world)?;
    let row = announcements::named(request, world, &table)?;
    check_propagation(on, row.learners.contains(&table.id), row.id.into(), table.id)?;
    announcements::learn(world, region, row.id, table.id, on);
    let state = note_propagation(world, region, row.id.into(), table.id, on);
    let shown = announcements::member(world, region, &row, state);
    let shown = shown.with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, table.id);
    Ok(Structure::new().with(field::PROPAGATION, shown))
}

/// Attachments of a table, those that the call's filters let pass, a page of them.
fn members(request: &Request<'_>, lines: Vec<Structure>, answer: Name) -> Result<Structure> {
    let filters = Filters::read(request.params)?;
    filters.check_names(|name| matches!(name, "resource-id" | "resource-type" | "transit-gateway-attachment-id"))?;
    let mut shown = Vec::new();
    for line in lines {
        let values = |name: &str| {
            let name = match name {
                "resource-id" => field::RESOURCE_ID,
                "resource-type" => field::RESOURCE_TYPE,
                _ => field::TRANSIT_GATEWAY_ATTACHMENT_ID,
            };
            Some(vec![line.text(name).unwrap_or_default().to_owned()])
        };
        if filters.pass_tagged(None, values)? {
            shown.push(line);
        }
    }
    let (shown, next) = page(shown, request.params, 5)?;
    Ok(Structure::new().with(answer, shown).with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayRouteTableAssociations.html>
fn associations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let table = named(request, world)?;
    let rows = associated(world, request.region, table.id).into_iter();
    let lines = rows.map(|row| member(request.region, table.gateway, row, "associated"));
    members(request, lines.collect(), field::ASSOCIATIONS)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayRouteTablePropagations.html>
fn propagations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let table = named(request, world)?;
    let region = request.region;
    let rows = table.propagations.iter();
    let rows = rows.filter_map(|id| world.row::<TransitAttachment>(region, *id));
    let mut lines: Vec<Structure> = rows.map(|row| member(region, table.gateway, row, "enabled")).collect();
    let heard = world.ec2(region).into_iter();
    let heard = heard.flat_map(|ec2| announcements::heard(ec2, &table));
    lines.extend(heard.map(|(row, _)| announcements::member(world, region, row, "enabled")));
    members(request, lines, field::TRANSIT_GATEWAY_ROUTE_TABLE_PROPAGATIONS)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayAttachmentPropagations.html>
fn propagations_of(request: &Request<'_>, world: &World) -> Result<Structure> {
    let id = attachments::named(request, world)?.id;
    let filters = Filters::read(request.params)?;
    filters.check_names(|name| name == "transit-gateway-route-table-id")?;
    let all = world
        .ec2(request.region)
        .into_iter()
        .flat_map(|ec2| ec2.links.transit_tables.rows());
    let learns = |table: &TransitTable| {
        let heard = world.ec2(request.region).into_iter();
        let mut heard = heard.flat_map(|ec2| announcements::heard(ec2, table));
        heard.any(|(row, _)| row.attachment == id)
    };
    let mut tables: Vec<&TransitTable> = all
        .filter(|table| table.propagations.contains(&id) || learns(table))
        .collect();
    sort::by_key(&mut tables, |table| table.born);
    let mut shown = Vec::new();
    for table in tables {
        if filters.pass_tagged(None, |_| Some(vec![table.id.to_string()]))? {
            let line = Structure::new()
                .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, table.id)
                .with(field::STATE, "enabled");
            shown.push(line);
        }
    }
    let (shown, next) = page(shown, request.params, 5)?;
    Ok(Structure::new()
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_PROPAGATIONS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// Whether a table is its transit gateway's default for associations, and for propagations.
fn defaults(world: &World, region: Region, row: &TransitTable) -> (bool, bool) {
    let gateway = world.row::<TransitGateway>(region, row.gateway);
    let is = |table: Option<TransitTableId>| table == Some(row.id);
    gateway.map_or((false, false), |gateway| {
        (is(gateway.association), is(gateway.propagation))
    })
}

fn describe(world: &World, region: Region, row: &TransitTable) -> Structure {
    let (association, propagation) = defaults(world, region, row);
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, row.id)
        .with(field::TRANSIT_GATEWAY_ID, row.gateway)
        .with(field::STATE, "available")
        .with(field::DEFAULT_ASSOCIATION_ROUTE_TABLE, association)
        .with(field::DEFAULT_PROPAGATION_ROUTE_TABLE, propagation)
        .with(field::CREATION_TIME, row.created)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayRouteTables.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::TransitTable,
        ids: field::TRANSIT_GATEWAY_ROUTE_TABLE_IDS,
        answer: field::TRANSIT_GATEWAY_ROUTE_TABLES,
        born: |row: &TransitTable| row.born,
        filters: &[
            "default-association-route-table",
            "default-propagation-route-table",
            "state",
            "transit-gateway-id",
            "transit-gateway-route-table-id",
        ],
        least: 5,
    };
    let values = |row: &TransitTable, name: &str| match name {
        "default-association-route-table" => yes_no(defaults(world, region, row).0),
        "default-propagation-route-table" => yes_no(defaults(world, region, row).1),
        "state" => vec!["available".to_owned()],
        "transit-gateway-id" => vec![row.gateway.to_string()],
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| describe(world, region, row))
}

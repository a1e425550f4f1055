//! Prefix lists as destinations in transit gateways' route tables.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/create-prefix-list-reference.html>

use super::super::common::{Filters, find, need, note, page};
use super::{attachments, transit_routes, transit_tables};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::links::*;
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayPrefixListReference" => Handler::Write(|request, world| put(request, world, true)),
        "ModifyTransitGatewayPrefixListReference" => Handler::Write(|request, world| put(request, world, false)),
        "DeleteTransitGatewayPrefixListReference" => Handler::Write(delete),
        "GetTransitGatewayPrefixListReferences" => Handler::Read(references),
        _ => return None,
    })
}

fn list_of(request: &Request<'_>, world: &World) -> Result<PrefixListId> {
    let text = need(request.params, field::PREFIX_LIST_ID)?;
    Ok(find::<PrefixList>(world, request.region, Kind::PrefixList, text)?.id)
}

fn missing(list: PrefixListId, table: TransitTableId) -> Error {
    let why = format!("There is no reference to {list} in {table}.");
    Error::new("InvalidPrefixListReference.NotFound", why).at("PrefixListId")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayPrefixListReference.html> and its twin.
fn put(request: &Request<'_>, world: &mut World, new: bool) -> Result<Structure> {
    let region = request.region;
    let table = transit_tables::named(request, world)?;
    let list = list_of(request, world)?;
    let target = transit_routes::read_target(request, world, &table)?;
    let destination = RouteDestination::PrefixList(list);
    let there = table.routes.iter().any(|(has, _)| *has == destination);
    if new && there {
        let why = format!("A reference to {list} already exists in {}.", table.id);
        return Err(Error::new("PrefixListReferenceAlreadyExists", why).at("PrefixListId"));
    }
    if !new && !there {
        return Err(missing(list, table.id));
    }
    transit_routes::store(world, region, table.id, destination, target);
    note(world, region, table.id, format!("prefix list {list} routed"));
    let state = if new { "pending" } else { "modifying" };
    Ok(answer(world, region, table.id, list, target, state))
}

fn answer(
    world: &World,
    region: Region,
    table: TransitTableId,
    list: PrefixListId,
    target: Option<TransitAttachmentId>,
    state: &str,
) -> Structure {
    let shown = describe(world, region, table, list, target).with(field::STATE, state);
    Structure::new().with(field::TRANSIT_GATEWAY_PREFIX_LIST_REFERENCE, shown)
}

fn owner(world: &World, region: Region, list: PrefixListId) -> String {
    let aws = world.row::<PrefixList>(region, list).is_some_and(|row| row.aws_managed);
    if aws { "AWS".to_owned() } else { world.account() }
}

fn describe(
    world: &World,
    region: Region,
    table: TransitTableId,
    list: PrefixListId,
    target: Option<TransitAttachmentId>,
) -> Structure {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, table)
        .with(field::PREFIX_LIST_ID, list)
        .with(field::PREFIX_LIST_OWNER_ID, owner(world, region, list))
        .with(field::STATE, "available")
        .with(field::BLACKHOLE, target.is_none())
        .with_some(
            field::TRANSIT_GATEWAY_ATTACHMENT,
            target.map(|id| transit_routes::describe_attachment(ec2, region, id)),
        )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayPrefixListReference.html>
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let table = transit_tables::named(request, world)?;
    let list = list_of(request, world)?;
    let destination = RouteDestination::PrefixList(list);
    let Some((_, target)) = table.routes.iter().find(|(has, _)| *has == destination).copied() else {
        return Err(missing(list, table.id));
    };
    world.update::<TransitTable, _>(region, table.id, |row| {
        row.routes.retain(|(has, _)| *has != destination)
    });
    note(world, region, table.id, format!("prefix list {list} routed no more"));
    Ok(answer(world, region, table.id, list, target, "deleting"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayPrefixListReferences.html>: by list.
fn references(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let table = transit_tables::named(request, world)?;
    let filters = Filters::read(request.params)?;
    let known = [
        "attachment.resource-id",
        "attachment.resource-type",
        "attachment.transit-gateway-attachment-id",
        "is-blackhole",
        "prefix-list-id",
        "prefix-list-owner-id",
        "state",
    ];
    filters.check_names(|name| known.contains(&name))?;
    let mut shown = Vec::new();
    for (destination, target) in &table.routes {
        let RouteDestination::PrefixList(list) = *destination else {
            continue;
        };
        let row = target.and_then(|id| world.row::<TransitAttachment>(region, id));
        let resource = row.map(|row| attachments::resource(row, region));
        let values = |name: &str| {
            Some(match name {
                "attachment.resource-id" => resource.iter().map(|(_, id)| id.clone()).collect(),
                "attachment.resource-type" => resource.iter().map(|(kind, _)| (*kind).to_owned()).collect(),
                "attachment.transit-gateway-attachment-id" => target.iter().map(|id| id.to_string()).collect(),
                "is-blackhole" => vec![target.is_none().to_string()],
                "prefix-list-owner-id" => vec![owner(world, region, list)],
                "state" => vec!["available".to_owned()],
                _ => vec![list.to_string()],
            })
        };
        if filters.pass_tagged(None, values)? {
            shown.push(describe(world, region, table.id, list, *target));
        }
    }
    let (shown, next) = page(shown, request.params, 5)?;
    Ok(Structure::new()
        .with(field::TRANSIT_GATEWAY_PREFIX_LIST_REFERENCES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

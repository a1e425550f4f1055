//! Routes of transit gateways' route tables: static ones by calls, propagated ones from the blocks of attached VPCs, from VPN
//! connections, and from what a peer announces.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>

use super::super::common::{Filters, find, note, page, read_cidr};
use super::{announcements, attachments, transit_tables};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::links::*;
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use ipnet::{IpNet, Ipv4Net};
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayRoute" => Handler::Write(|request, world| put(request, world, true)),
        "ReplaceTransitGatewayRoute" => Handler::Write(|request, world| put(request, world, false)),
        "DeleteTransitGatewayRoute" => Handler::Write(delete),
        "SearchTransitGatewayRoutes" => Handler::Read(search),
        "ExportTransitGatewayRoutes" => Handler::Write(export),
        _ => return None,
    })
}

/// One route, as a packet or a reader meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TransitRoute {
    /// Its block.
    pub block: IpNet,
    /// The prefix list that it comes from.
    pub list: Option<PrefixListId>,
    /// Made by a call, and not by propagation.
    pub fixed: bool,
    /// Where it sends; `None` = a black hole by intention.
    pub attachment: Option<TransitAttachmentId>,
    /// The announcement that it was learnt from.
    pub announcement: Option<TransitAnnouncementId>,
}

/// A route by propagation.
fn propagated(block: IpNet, attachment: TransitAttachmentId) -> TransitRoute {
    TransitRoute {
        block,
        list: None,
        fixed: false,
        attachment: Some(attachment),
        announcement: None,
    }
}

/// Every route of a table, by block: static ones first, which win; then what peers announce, which loses against the rest
/// (<https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html#tgw-route-evaluation-overview>).
pub(crate) fn all(ec2: &Ec2, table: &TransitTable) -> Vec<TransitRoute> {
    let mut list = own(ec2, table);
    if !ec2.links.announcements.is_empty() {
        list.splice(0..0, announced(ec2, table, &mut vec![table.gateway]));
    }
    sort::by_key(&mut list, |route| (route.block, !route.fixed));
    list
}

/// What a table learns from announcements: never a route by the peering back to who tells it, nor one that has come through
/// this transit gateway before (`path`, as BGP's path of autonomous systems).
fn announced(ec2: &Ec2, table: &TransitTable, path: &mut Vec<TransitGatewayId>) -> Vec<TransitRoute> {
    let mut list = Vec::new();
    for (announcement, source) in announcements::heard(ec2, table) {
        if path.contains(&source.gateway) {
            continue;
        }
        path.push(source.gateway);
        let told = own(ec2, source).into_iter().chain(announced(ec2, source, path));
        let told = told.filter(|route| is_active(ec2, route) && route.attachment != Some(announcement.attachment));
        list.extend(told.map(|route| TransitRoute {
            announcement: Some(announcement.id),
            ..propagated(route.block, announcement.attachment)
        }));
        path.pop();
    }
    sort::by_key(&mut list, |route| (route.block, route.announcement));
    list.dedup();
    list
}

/// The routes of a table without those that peers announce.
fn own(ec2: &Ec2, table: &TransitTable) -> Vec<TransitRoute> {
    let mut list = Vec::new();
    for (destination, attachment) in &table.routes {
        let mut add = |block: IpNet, of: Option<PrefixListId>| {
            list.push(TransitRoute {
                block,
                list: of,
                fixed: true,
                attachment: *attachment,
                announcement: None,
            });
        };
        match destination {
            RouteDestination::Cidr(block) => add(*block, None),
            RouteDestination::PrefixList(id) => {
                let entries = ec2.prefix_lists.get(id).map(|list| list.entries.as_slice());
                entries
                    .unwrap_or_default()
                    .iter()
                    .for_each(|(block, _)| add(*block, Some(*id)));
            }
        }
    }
    for id in &table.propagations {
        let row = ec2
            .links
            .attachments
            .get(id)
            .filter(|row| row.state == TransitState::Available);
        let Some(row) = row else { continue };
        list.extend(learnt(ec2, row));
        let Some(vpc) = row.vpc().and_then(|vpc| ec2.vpcs.get(&vpc)) else {
            continue;
        };
        let ipv4 = vpc.cidrs.iter().map(|(_, net)| IpNet::V4(seen(row, *net)));
        let blocks = ipv4.chain(vpc.ipv6_cidrs.iter().map(|(_, net)| IpNet::V6(*net)));
        list.extend(blocks.map(|block| propagated(block, *id)));
    }
    list
}

/// A VPC's block as others see it: where a rule of its attachment's translation is for exactly that block, the block in its
/// place is what propagates. <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nat-routing.html>
fn seen(row: &TransitAttachment, block: Ipv4Net) -> Ipv4Net {
    let mut rules = row.nat.rules.iter().filter(|_| row.nat.on);
    rules.find(|rule| rule.own == block).map_or(block, |rule| rule.nat)
}

/// The routes that VPN connections announce by BGP. (A Connect peer announces none: no appliance of Stratus speaks BGP.)
fn learnt<'a>(ec2: &'a Ec2, row: &'a TransitAttachment) -> impl Iterator<Item = TransitRoute> + 'a {
    let connections = crate::network::vpn::connections_of(ec2, row);
    let blocks = connections.flat_map(crate::network::vpn::networks);
    blocks.map(|block| propagated(IpNet::V4(block), row.id))
}

/// Whether a route sends somewhere: to an attachment that is available.
pub(crate) fn is_active(ec2: &Ec2, route: &TransitRoute) -> bool {
    let row = route.attachment.and_then(|id| ec2.links.attachments.get(&id));
    row.is_some_and(|row| row.state == TransitState::Available)
}

/// The attachment that a call's static route sends to, or a black hole.
pub(super) fn read_target(
    request: &Request<'_>,
    world: &World,
    table: &TransitTable,
) -> Result<Option<TransitAttachmentId>> {
    let params = request.params;
    let hole = params.boolean(field::BLACKHOLE).unwrap_or(false);
    match (params.text(field::TRANSIT_GATEWAY_ATTACHMENT_ID), hole) {
        (Some(_), true) | (None, false) => {
            let why = "Specify exactly one of TransitGatewayAttachmentId and Blackhole.";
            Err(Error::combination(why).at("TransitGatewayAttachmentId"))
        }
        (None, true) => Ok(None),
        (Some(text), false) => {
            let row = find::<TransitAttachment>(world, request.region, Kind::TransitAttachment, text)?;
            if !row.is_of(table.gateway) {
                let why = format!("{} and {} belong to different transit gateways.", table.id, row.id);
                return Err(Error::new("InvalidParameterValue", why).at("TransitGatewayAttachmentId"));
            }
            if row.state.is_gone() {
                return Err(super::transits::invalid_state(row.id, row.state));
            }
            if matches!(row.end, TransitEnd::Connect(_)) {
                let why = format!("{} is a Connect attachment, which learns its routes by BGP.", row.id);
                return Err(Error::new("InvalidParameterValue", why).at("TransitGatewayAttachmentId"));
            }
            Ok(Some(row.id))
        }
    }
}

fn read_block(params: &Structure) -> Result<IpNet> {
    let text = super::super::common::need(params, field::DESTINATION_CIDR_BLOCK)?;
    read_cidr("DestinationCidrBlock", text)
}

/// Puts a static route in its place.
pub(super) fn store(
    world: &mut World,
    region: Region,
    table: TransitTableId,
    destination: RouteDestination,
    target: Option<TransitAttachmentId>,
) {
    world.update::<TransitTable, _>(region, table, |row| {
        row.routes.retain(|(has, _)| *has != destination);
        row.routes.push((destination, target));
        sort::by_key(&mut row.routes, |(destination, _)| *destination);
    });
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRoute.html> and its twin that replaces.
fn put(request: &Request<'_>, world: &mut World, new: bool) -> Result<Structure> {
    let region = request.region;
    let table = transit_tables::named(request, world)?;
    let block = read_block(request.params)?;
    let target = read_target(request, world, &table)?;
    let destination = RouteDestination::Cidr(block);
    let there = table.routes.iter().any(|(has, _)| *has == destination);
    if new && there {
        let why = format!("A route with destination {block} already exists in {}.", table.id);
        let error = Error::new("RouteAlreadyExists", why).at("DestinationCidrBlock");
        return Err(error.remedy("Use ReplaceTransitGatewayRoute to send it elsewhere."));
    }
    if !new && !there {
        return Err(no_route(block, table.id));
    }
    let held: usize = world.ec2(region).map_or(0, |ec2| {
        let tables = ec2
            .links
            .transit_tables
            .rows()
            .filter(|other| other.gateway == table.gateway);
        tables.map(|table| table.routes.len()).sum()
    });
    if new && held >= quotas::TRANSIT_ROUTES {
        let why = "The maximum number of static routes of the transit gateway has been reached.";
        return Err(Error::new("RouteLimitExceeded", why));
    }
    store(world, region, table.id, destination, target);
    let words = target.map_or_else(|| "a black hole".to_owned(), |id| id.to_string());
    note(world, region, table.id, format!("route {block} → {words}"));
    Ok(shown(world, region, block, target))
}

fn no_route(block: IpNet, table: TransitTableId) -> Error {
    let why = format!("There is no static route {block} in {table}.");
    Error::new("InvalidRoute.NotFound", why).at("DestinationCidrBlock")
}

fn shown(world: &World, region: Region, block: IpNet, attachment: Option<TransitAttachmentId>) -> Structure {
    let route = TransitRoute {
        block,
        list: None,
        fixed: true,
        attachment,
        announcement: None,
    };
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    Structure::new().with(field::ROUTE, describe(ec2, region, &route))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRoute.html>
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let table = transit_tables::named(request, world)?;
    let block = read_block(request.params)?;
    let destination = RouteDestination::Cidr(block);
    let Some((_, target)) = table.routes.iter().find(|(has, _)| *has == destination).copied() else {
        return Err(no_route(block, table.id));
    };
    world.update::<TransitTable, _>(region, table.id, |row| {
        row.routes.retain(|(has, _)| *has != destination)
    });
    note(world, region, table.id, format!("route {block} deleted"));
    let gone = shown(world, region, block, target);
    let route = gone.structure(field::ROUTE).cloned().unwrap_or_default();
    Ok(Structure::new().with(field::ROUTE, route.with(field::STATE, "deleted")))
}

/// An attachment as routes show it.
pub(super) fn describe_attachment(ec2: &Ec2, region: Region, id: TransitAttachmentId) -> Structure {
    let resource = ec2
        .links
        .attachments
        .get(&id)
        .map(|row| attachments::resource(row, region));
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, id)
        .with_some(field::RESOURCE_ID, resource.as_ref().map(|(_, id)| id.clone()))
        .with_some(field::RESOURCE_TYPE, resource.map(|(kind, _)| kind))
}

fn describe(ec2: &Ec2, region: Region, route: &TransitRoute) -> Structure {
    let attachments: Vec<Structure> = route
        .attachment
        .into_iter()
        .map(|id| describe_attachment(ec2, region, id))
        .collect();
    Structure::new()
        .with(field::DESTINATION_CIDR_BLOCK, route.block.to_string())
        .with_some(field::PREFIX_LIST_ID, route.list)
        .with_some(field::TRANSIT_GATEWAY_ROUTE_TABLE_ANNOUNCEMENT_ID, route.announcement)
        .with(field::TRANSIT_GATEWAY_ATTACHMENTS, attachments)
        .with(field::TYPE, kind(route))
        .with(field::STATE, state(ec2, route))
}

fn kind(route: &TransitRoute) -> &'static str {
    if route.fixed { "static" } else { "propagated" }
}

fn state(ec2: &Ec2, route: &TransitRoute) -> &'static str {
    if is_active(ec2, route) { "active" } else { "blackhole" }
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html>.
const FILTERS: &[&str] = &[
    "attachment.resource-id",
    "attachment.resource-type",
    "attachment.transit-gateway-attachment-id",
    "prefix-list-id",
    "route-search.exact-match",
    "route-search.longest-prefix-match",
    "route-search.subnet-of-match",
    "route-search.supernet-of-match",
    "state",
    "type",
];

/// Whether a route answers one of the searches by block.
fn matches_search(routes: &[TransitRoute], route: &TransitRoute, search: &str, text: &str) -> Result<bool> {
    let full = if text.contains('/') {
        text.to_owned()
    } else {
        format!("{text}/{}", if text.contains(':') { 128 } else { 32 })
    };
    let asked = read_cidr("Filters", &full)?;
    let holds = |outer: IpNet, inner: IpNet| outer.contains(&inner);
    Ok(match search {
        "exact-match" => route.block == asked,
        "subnet-of-match" => holds(asked, route.block),
        "supernet-of-match" => holds(route.block, asked),
        _ => {
            let covering = routes.iter().filter(|other| holds(other.block, asked));
            let longest = covering.map(|other| other.block.prefix_len()).max();
            holds(route.block, asked) && Some(route.block.prefix_len()) == longest
        }
    })
}

/// Searches by block are no comparison of texts, so they are taken out of the filters and asked here.
fn passes_searches(params: &Structure, routes: &[TransitRoute], route: &TransitRoute) -> Result<bool> {
    for filter in params.structures(field::FILTERS) {
        let name = filter.text(field::NAME).unwrap_or_default();
        let Some(search) = name.strip_prefix("route-search.") else {
            continue;
        };
        let mut any = false;
        for text in filter.texts(field::VALUES) {
            any |= matches_search(routes, route, search, text)?;
        }
        if !any {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The routes that a call's filters let pass, by block, static ones first; and their table.
fn chosen(request: &Request<'_>, world: &World) -> Result<(TransitTableId, Vec<Structure>)> {
    let (params, region) = (request.params, request.region);
    let table = transit_tables::named(request, world)?;
    let all_filters = Filters::read(params)?;
    all_filters.check_names(|name| FILTERS.contains(&name))?;
    let mut plain = params.clone();
    let others: Vec<stratus_model::Value> = params
        .structures(field::FILTERS)
        .filter(|filter| {
            !filter
                .text(field::NAME)
                .is_some_and(|name| name.starts_with("route-search."))
        })
        .map(|filter| filter.clone().into())
        .collect();
    plain.set(field::FILTERS, others);
    let filters = Filters::read(&plain)?;
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    let routes = all(ec2, &table);
    let mut chosen = Vec::new();
    for route in &routes {
        let resource = route
            .attachment
            .and_then(|id| ec2.links.attachments.get(&id))
            .map(|row| attachments::resource(row, region));
        let values = |name: &str| {
            Some(match name {
                "attachment.resource-id" => resource.iter().map(|(_, id)| id.clone()).collect(),
                "attachment.resource-type" => resource.iter().map(|(kind, _)| (*kind).to_owned()).collect(),
                "attachment.transit-gateway-attachment-id" => {
                    route.attachment.iter().map(|id| id.to_string()).collect()
                }
                "prefix-list-id" => route.list.iter().map(|id| id.to_string()).collect(),
                "state" => vec![state(ec2, route).to_owned()],
                _ => vec![kind(route).to_owned()],
            })
        };
        if filters.pass_tagged(None, values)? && passes_searches(params, &routes, route)? {
            chosen.push(describe(ec2, region, route));
        }
    }
    Ok((table.id, chosen))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ExportTransitGatewayRoutes.html>: the routes as a file of JSON in a
/// bucket.
fn export(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let bucket = super::super::common::need(request.params, field::S3_BUCKET)?;
    let (table, routes) = chosen(request, world)?;
    if !world.s3.buckets.contains(&bucket.to_owned()) {
        let why = format!("The S3 bucket {bucket} does not exist.");
        return Err(Error::new("InvalidParameterValue", why).at("S3Bucket"));
    }
    let lines: Vec<serde_json::Value> = routes.iter().map(exported).collect();
    let text = serde_json::json!({"routes": lines}).to_string();
    let key = format!(
        "VPCTransitGateway/TransitGatewayRouteTables/{table}_{}.json",
        world.now.0.div_euclid(1_000)
    );
    let cause = crate::world::journal::Cause::Call(world.calls);
    crate::services::s3::deliver(world, bucket, &key, text.as_bytes(), cause)?;
    let location = format!("s3://{bucket}/{key}");
    note(world, region, table, format!("routes exported to {location}"));
    Ok(Structure::new().with(field::S3_LOCATION, location))
}

/// A route in an exported file.
fn exported(route: &Structure) -> serde_json::Value {
    let attachments: Vec<serde_json::Value> = route
        .structures(field::TRANSIT_GATEWAY_ATTACHMENTS)
        .map(|row| {
            serde_json::json!({
                "transitGatewayAttachmentId": row.text(field::TRANSIT_GATEWAY_ATTACHMENT_ID),
                "resourceId": row.text(field::RESOURCE_ID),
                "resourceType": row.text(field::RESOURCE_TYPE),
            })
        })
        .collect();
    serde_json::json!({
        "destinationCidrBlock": route.text(field::DESTINATION_CIDR_BLOCK),
        "prefixListId": route.text(field::PREFIX_LIST_ID),
        "transitGatewayAttachments": attachments,
        "type": route.text(field::TYPE),
        "state": route.text(field::STATE),
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html>
fn search(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (_, chosen) = chosen(request, world)?;
    let (chosen, next) = page(chosen, request.params, 5)?;
    Ok(Structure::new()
        .with(field::ROUTES, chosen)
        .with(field::ADDITIONAL_ROUTES_AVAILABLE, next.is_some())
        .with_some(field::NEXT_TOKEN, next))
}

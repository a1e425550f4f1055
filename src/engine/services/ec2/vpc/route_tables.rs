//! Route tables and what they are associated with. Their routes are in `routes`.

use super::super::common::{
    Describing, dependency, done, find, need, note, read_id, refuse_unsimulated, tag_list, unknown, yes_no,
};
use super::super::gateways::targets;
use super::super::{tags, tokens};
use super::routes;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::*;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateRouteTable" => Handler::Write(create),
        "DeleteRouteTable" => Handler::Write(delete),
        "DescribeRouteTables" => Handler::Read(describe_all),
        "AssociateRouteTable" => Handler::Write(associate),
        "DisassociateRouteTable" => Handler::Write(disassociate),
        "ReplaceRouteTableAssociation" => Handler::Write(replace_association),
        _ => return None,
    })
}

/// The table that a call names in `RouteTableId`.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<RouteTable> {
    find::<RouteTable>(
        world,
        request.region,
        Kind::RouteTable,
        need(request.params, field::ROUTE_TABLE_ID)?,
    )
    .cloned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRouteTable.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = RouteTableId::try_from(made)
        && world.row::<RouteTable>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let count = world.ec2(region).map_or(0, |ec2| {
        ec2.route_tables.rows().filter(|table| table.vpc == vpc).count()
    });
    if count >= quotas::ROUTE_TABLES_PER_VPC {
        return Err(Error::new(
            "RouteTableLimitExceeded",
            format!("The maximum number of route tables for {vpc} has been reached."),
        ));
    }
    let id = RouteTableId(world.random.next_u64(Stream::Ids(Kind::RouteTable)));
    let born = world.birth();
    world.put(
        region,
        RouteTable {
            id,
            born,
            vpc,
            main: None,
            subnets: Vec::new(),
            gateways: Vec::new(),
            routes: Vec::new(),
        },
    );
    tags::apply_specifications(world, region, params, &[("route-table", &[id.into()])])?;
    note(world, region, id, format!("created in {vpc}"));
    tokens::remember(request, world, id);
    Ok(shown(request, world, id))
}

fn shown(request: &Request<'_>, world: &World, id: RouteTableId) -> Structure {
    let row = world.row::<RouteTable>(request.region, id);
    Structure::new()
        .with_some(field::ROUTE_TABLE, row.map(|row| describe(world, request.region, row)))
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html>: neither the main one nor one that is
/// associated.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, table) = (request.region, named(request, world)?);
    let mut dependents: Vec<ResourceId> = table.subnets.iter().map(|(_, subnet)| (*subnet).into()).collect();
    dependents.extend(table.gateways.iter().map(|(_, gateway)| ResourceId::from(*gateway)));
    if table.main.is_some() {
        dependents.push(table.vpc.into());
    }
    // A regional NAT gateway's own one goes with it.
    let users = world.referrers(region, table.id.into());
    dependents.extend(users.into_iter().filter(|user| user.kind() == Kind::NatGateway));
    if !dependents.is_empty() {
        return Err(dependency(
            format!("The routeTable '{}' has dependencies and cannot be deleted.", table.id),
            &dependents,
        ));
    }
    if world.ec2(region).is_some_and(|ec2| !ec2.links.is_empty()) {
        super::super::links::endpoints::let_go_table(world, region, table.id);
    }
    note(world, region, table.id, "deleted");
    world.take::<RouteTable>(region, table.id);
    done()
}

fn new_association(world: &mut World) -> RouteTableAssociationId {
    RouteTableAssociationId(world.random.next_u64(Stream::Ids(Kind::RouteTableAssociation)))
}

fn state() -> Structure {
    Structure::new().with(field::STATE, "associated")
}

fn different_networks(table: RouteTableId, what: &str, id: impl Into<ResourceId>) -> Error {
    Error::new(
        "InvalidParameterValue",
        format!(
            "route table {table} and {what} {} belong to different networks",
            id.into()
        ),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateRouteTable.html>
fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    refuse_unsimulated(params, &[field::PUBLIC_IPV4_POOL])?;
    let table = named(request, world)?;
    let id = match (params.text(field::SUBNET_ID), params.text(field::GATEWAY_ID)) {
        (Some(subnet), None) => associate_subnet(world, request.region, &table, subnet)?,
        (None, Some(gateway)) => associate_gateway(world, request.region, &table, gateway)?,
        (None, None) => {
            return Err(Error::new(
                "MissingParameter",
                "The request must contain either a subnetId or a gatewayId.",
            )
            .at("SubnetId"));
        }
        (Some(_), Some(_)) => {
            return Err(Error::combination(
                "Specify either a subnetId or a gatewayId, not both.",
            ));
        }
    };
    Ok(Structure::new()
        .with(field::ASSOCIATION_ID, id)
        .with(field::ASSOCIATION_STATE, state()))
}

fn associate_subnet(
    world: &mut World,
    region: Region,
    table: &RouteTable,
    text: &str,
) -> Result<RouteTableAssociationId> {
    let subnet = find::<Subnet>(world, region, Kind::Subnet, text)?;
    let (subnet, vpc) = (subnet.id, subnet.vpc);
    if vpc != table.vpc {
        return Err(different_networks(table.id, "subnet", subnet));
    }
    if let Some((id, _)) = table.subnets.iter().find(|(_, has)| *has == subnet) {
        return Ok(*id);
    }
    if let Some(other) = world.ec2(region).and_then(|ec2| ec2.table_of_subnet.get(&subnet)) {
        return Err(conflict(table.id, &other.to_string()));
    }
    let id = new_association(world);
    world.update::<RouteTable, _>(region, table.id, |row| row.subnets.push((id, subnet)));
    note(world, region, table.id, format!("associated with {subnet}"));
    Ok(id)
}

fn conflict(table: RouteTableId, other: &str) -> Error {
    let why = format!("the specified association for route table {table} conflicts with an existing association");
    Error::new("Resource.AlreadyAssociated", why).remedy(format!(
        "It is associated with {other}: use ReplaceRouteTableAssociation."
    ))
}

/// Ingress routing: such a table may send to interfaces only.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>
fn associate_gateway(
    world: &mut World,
    region: Region,
    table: &RouteTable,
    text: &str,
) -> Result<RouteTableAssociationId> {
    let gateway = find::<InternetGateway>(world, region, Kind::InternetGateway, text)?;
    let (gateway, vpc) = (gateway.id, gateway.vpc);
    if vpc != Some(table.vpc) {
        return Err(different_networks(table.id, "network gateway", gateway));
    }
    if let Some((id, _)) = table.gateways.iter().find(|(_, has)| *has == gateway) {
        return Ok(*id);
    }
    if let Some(other) = world.referrers(region, gateway.into()).first() {
        return Err(conflict(table.id, &other.to_string()));
    }
    refuse_gateways(table)?;
    let id = new_association(world);
    world.update::<RouteTable, _>(region, table.id, |row| row.gateways.push((id, gateway)));
    note(world, region, table.id, format!("associated with {gateway}"));
    Ok(id)
}

/// The table that has an association.
fn of_association<'w>(
    world: &'w World,
    region: Region,
    text: &str,
) -> Result<(&'w RouteTable, RouteTableAssociationId)> {
    let id: RouteTableAssociationId = read_id(Kind::RouteTableAssociation, text)?;
    let has = |table: &&RouteTable| {
        table.main == Some(id)
            || table.subnets.iter().any(|(has, _)| *has == id)
            || table.gateways.iter().any(|(has, _)| *has == id)
    };
    let table = world.ec2(region).and_then(|ec2| ec2.route_tables.rows().find(has));
    table
        .map(|table| (table, id))
        .ok_or_else(|| unknown(Kind::RouteTableAssociation, text))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateRouteTable.html>: the subnet then uses the VPC's
/// main table.
fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (table, id) = of_association(world, region, need(request.params, field::ASSOCIATION_ID)?)?;
    let (table, main) = (table.id, table.main == Some(id));
    if main {
        let error = Error::new(
            "InvalidParameterValue",
            format!("cannot disassociate the main route table association {id}"),
        );
        return Err(error
            .at("AssociationId")
            .remedy("Make another table the main one with ReplaceRouteTableAssociation."));
    }
    world.update::<RouteTable, _>(region, table, |row| remove_association(row, id));
    note(world, region, table, format!("{id} taken away"));
    done()
}

fn remove_association(row: &mut RouteTable, id: RouteTableAssociationId) {
    row.subnets.retain(|(has, _)| *has != id);
    row.gateways.retain(|(has, _)| *has != id);
    row.main = row.main.filter(|main| *main != id);
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html>: also what makes another
/// table the main one.
fn replace_association(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (old, id) = of_association(world, region, need(request.params, field::ASSOCIATION_ID)?)?;
    let old = old.clone();
    let new = named(request, world)?;
    if old.vpc != new.vpc {
        return Err(different_networks(new.id, "route table", old.id));
    }
    let fresh = new_association(world);
    let subnet = old
        .subnets
        .iter()
        .find(|(has, _)| *has == id)
        .map(|(_, subnet)| *subnet);
    let gateway = old
        .gateways
        .iter()
        .find(|(has, _)| *has == id)
        .map(|(_, gateway)| *gateway);
    if gateway.is_some() {
        refuse_gateways(&new)?;
    }
    world.update::<RouteTable, _>(region, old.id, |row| remove_association(row, id));
    world.update::<RouteTable, _>(region, new.id, |row| match (subnet, gateway) {
        (Some(subnet), _) => row.subnets.push((fresh, subnet)),
        (None, Some(gateway)) => row.gateways.push((fresh, gateway)),
        (None, None) => row.main = Some(fresh),
    });
    if old.main == Some(id) {
        world.update::<Vpc, _>(region, new.vpc, |vpc| vpc.main_route_table = new.id);
        note(
            world,
            region,
            new.id,
            format!("now the main route table of {}", new.vpc),
        );
    } else {
        note(world, region, new.id, format!("takes the place of {}", old.id));
    }
    Ok(Structure::new()
        .with(field::NEW_ASSOCIATION_ID, fresh)
        .with(field::ASSOCIATION_STATE, state()))
}

/// A route table as the API shows it.
fn describe(world: &World, region: Region, table: &RouteTable) -> Structure {
    let one = |id: RouteTableAssociationId, main: bool| {
        Structure::new()
            .with(field::ROUTE_TABLE_ASSOCIATION_ID, id)
            .with(field::ROUTE_TABLE_ID, table.id)
            .with(field::MAIN, main)
            .with(field::ASSOCIATION_STATE, state())
    };
    let mut associations: Vec<Structure> = table.main.iter().map(|id| one(*id, true)).collect();
    associations.extend(
        table
            .subnets
            .iter()
            .map(|(id, subnet)| one(*id, false).with(field::SUBNET_ID, *subnet)),
    );
    associations.extend(
        table
            .gateways
            .iter()
            .map(|(id, gateway)| one(*id, false).with(field::GATEWAY_ID, *gateway)),
    );
    let mut routes: Vec<Structure> = routes::listed(world, region, table)
        .iter()
        .map(|route| routes::describe(world, region, table, route))
        .collect();
    for route in targets::propagated(world, region, table) {
        routes.push(routes::describe(world, region, table, &route).with(field::ORIGIN, routes::PROPAGATED));
    }
    Structure::new()
        .with(field::ROUTE_TABLE_ID, table.id)
        .with(field::VPC_ID, table.vpc)
        .with(field::OWNER_ID, world.account())
        .with(field::ASSOCIATIONS, associations)
        .with(field::PROPAGATING_VGWS, targets::propagating(world, region, table.id))
        .with(field::ROUTES, routes)
        .with(field::TAGS, tag_list(world, region, table.id))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html>.
const FILTERS: &[&str] = &[
    "association.gateway-id",
    "association.main",
    "association.route-table-association-id",
    "association.route-table-id",
    "association.subnet-id",
    "owner-id",
    "route-table-id",
    "route.destination-cidr-block",
    "route.destination-ipv6-cidr-block",
    "route.destination-prefix-list-id",
    "route.egress-only-internet-gateway-id",
    "route.gateway-id",
    "route.instance-id",
    "route.nat-gateway-id",
    "route.origin",
    "route.state",
    "route.transit-gateway-id",
    "route.vpc-peering-connection-id",
    "vpc-id",
];

fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::RouteTable,
        ids: field::ROUTE_TABLE_IDS,
        answer: field::ROUTE_TABLES,
        born: |table: &RouteTable| table.born,
        filters: FILTERS,
        least: 5,
    };
    let values = |table: &RouteTable, name: &str| filter_values(world, region, table, name);
    describing.answer(request, world, &values, &|table| describe(world, region, table))
}

fn filter_values(world: &World, region: Region, table: &RouteTable, name: &str) -> Vec<String> {
    let associated = table.main.is_some() || !table.subnets.is_empty() || !table.gateways.is_empty();
    if let Some(part) = name.strip_prefix("route.") {
        return routes::filter_values(world, region, table, part);
    }
    match name {
        "association.gateway-id" => table.gateways.iter().map(|(_, id)| id.to_string()).collect(),
        "association.main" if associated => yes_no(table.main.is_some()),
        "association.main" => Vec::new(),
        "association.route-table-association-id" => {
            let subnets = table.subnets.iter().map(|(id, _)| *id);
            let gateways = table.gateways.iter().map(|(id, _)| *id);
            table
                .main
                .into_iter()
                .chain(subnets)
                .chain(gateways)
                .map(|id| id.to_string())
                .collect()
        }
        "association.route-table-id" if !associated => Vec::new(),
        "association.subnet-id" => table.subnets.iter().map(|(_, id)| id.to_string()).collect(),
        "owner-id" => vec![world.account()],
        "vpc-id" => vec![table.vpc.to_string()],
        _ => vec![table.id.to_string()],
    }
}

/// A table that a gateway uses may send to interfaces only.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>
fn refuse_gateways(table: &RouteTable) -> Result<()> {
    let outwards = |route: &Route| !matches!(route.target, RouteTarget::Local | RouteTarget::Interface(..));
    if !table.routes.iter().any(outwards) {
        return Ok(());
    }
    let why = format!(
        "route table {} has a route to a gateway: a table that is associated with a gateway may send to interfaces only",
        table.id
    );
    Err(Error::new("InvalidParameterValue", why).at("RouteTableId"))
}

//! The routes of route tables: CreateRoute, ReplaceRoute, DeleteRoute, and what a route is worth at this moment.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html>
//!
//! `local` is in no row: it follows from the VPC's blocks. A stored route whose destination equals a block of the VPC takes
//! local's place.

use super::super::common::{done, find, note, read_cidr, returned, unknown};
use super::super::gateways::targets;
use super::super::links::targets as linked;
use super::{interfaces, reserved, route_tables};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::classic::RANGE;
use crate::world::compute::{Instance, InstanceState};
use crate::world::leading::led_to;
use crate::world::vpc::*;
use ipnet::IpNet;
use stratus_model::{Name, Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "CreateRoute" => Some(Handler::Write(create)),
        "ReplaceRoute" => Some(Handler::Write(replace)),
        "DeleteRoute" => Some(Handler::Write(delete)),
        _ => None,
    }
}

/// The gateways that EC2 knows and Stratus has none of: parameter, prefix of its ids, code and word of AWS's error.
#[rustfmt::skip]
const OTHER_TARGETS: &[(Name, &str, &str, &str)] = &[
    (field::LOCAL_GATEWAY_ID, "lgw", "InvalidLocalGatewayID.NotFound", "localGateway"),
    (field::CORE_NETWORK_ARN, "arn:aws:networkmanager", "InvalidCoreNetworkArn.NotFound", "coreNetwork"),
    (field::ODB_NETWORK_ARN, "arn:aws:odb", "InvalidOdbNetworkArn.NotFound", "odbNetwork"),
];

/// Where a call's route goes: exactly one destination.
fn read_destination(params: &Structure, world: &World, region: Region) -> Result<RouteDestination> {
    let given = [
        field::DESTINATION_CIDR_BLOCK,
        field::DESTINATION_IPV6_CIDR_BLOCK,
        field::DESTINATION_PREFIX_LIST_ID,
    ];
    let given: Vec<(Name, &str)> = given
        .into_iter()
        .filter_map(|name| Some((name, params.text(name)?)))
        .collect();
    let [(name, text)] = given[..] else {
        let why = "Specify exactly one of destinationCidrBlock, destinationIpv6CidrBlock and destinationPrefixListId.";
        return Err(if given.is_empty() {
            Error::new("MissingParameter", why).at("DestinationCidrBlock")
        } else {
            Error::combination(why)
        });
    };
    if name == field::DESTINATION_PREFIX_LIST_ID {
        return Ok(RouteDestination::PrefixList(
            find::<PrefixList>(world, region, Kind::PrefixList, text)?.id,
        ));
    }
    let wants_ipv6 = name == field::DESTINATION_IPV6_CIDR_BLOCK;
    let invalid = || {
        let why = format!(
            "Value ({text}) for parameter {} is invalid. This is not a valid CIDR block.",
            lower_first(name)
        );
        Error::new("InvalidParameterValue", why).at(name.text())
    };
    let net = read_cidr(name.text(), text).map_err(|_| invalid())?;
    if matches!(net, IpNet::V6(_)) != wants_ipv6 {
        return Err(invalid());
    }
    Ok(RouteDestination::Cidr(net))
}

fn lower_first(name: Name) -> String {
    let text = name.text();
    let (first, rest) = text.split_at(text.len().min(1));
    format!("{}{rest}", first.to_ascii_lowercase())
}

/// A destination as messages name it.
fn words(destination: RouteDestination) -> String {
    match destination {
        RouteDestination::Cidr(net) => net.to_string(),
        RouteDestination::PrefixList(list) => list.to_string(),
    }
}

/// Where a call's route sends: exactly one target.
fn read_target(
    params: &Structure,
    world: &World,
    region: Region,
    table: &RouteTable,
    destination: RouteDestination,
) -> Result<RouteTarget> {
    let own = [
        field::GATEWAY_ID,
        field::INSTANCE_ID,
        field::NETWORK_INTERFACE_ID,
        field::NAT_GATEWAY_ID,
        field::EGRESS_ONLY_INTERNET_GATEWAY_ID,
        field::CARRIER_GATEWAY_ID,
        field::VPC_PEERING_CONNECTION_ID,
        field::VPC_ENDPOINT_ID,
        field::TRANSIT_GATEWAY_ID,
    ];
    let all = own.into_iter().chain(OTHER_TARGETS.iter().map(|(name, ..)| *name));
    let mut given: Vec<(Name, &str)> = all.filter_map(|name| Some((name, params.text(name)?))).collect();
    if params.boolean(field::LOCAL_TARGET) == Some(true) {
        given.push((field::LOCAL_TARGET, "local"));
    }
    let [(name, text)] = given[..] else {
        return Err(if given.is_empty() {
            let why = "The request must contain exactly one target: gatewayId, natGatewayId, networkInterfaceId, instanceId, …";
            Error::new("MissingParameter", why).at("GatewayId")
        } else {
            Error::combination("The request must contain exactly one target.")
        });
    };
    let target = read_named(world, region, table, destination, (name, text))?;
    let inside = matches!(
        target,
        RouteTarget::Local | RouteTarget::Interface(..) | RouteTarget::Endpoint(_)
    );
    if !table.gateways.is_empty() && !inside {
        let why = format!(
            "route table {} is associated with a gateway and may send to interfaces only",
            table.id
        );
        return Err(Error::new("InvalidParameterValue", why).at(name.text()));
    }
    Ok(target)
}

fn read_named(
    world: &World,
    region: Region,
    table: &RouteTable,
    destination: RouteDestination,
    (name, text): (Name, &str),
) -> Result<RouteTarget> {
    if let Some(target) = targets::read(world, region, table, destination, (name, text))? {
        return Ok(target);
    }
    if let Some((_, prefix, code, word)) = OTHER_TARGETS.iter().find(|(other, ..)| *other == name) {
        let error =
            if text.starts_with(&format!("{prefix}-")) || (prefix.starts_with("arn") && text.starts_with(prefix)) {
                Error::new(code, format!("The {word} ID '{text}' does not exist"))
            } else {
                Error::new(
                    "InvalidParameterValue",
                    format!("Invalid id: \"{text}\" (expecting \"{prefix}-...\")"),
                )
            };
        return Err(error
            .at(name.text())
            .remedy("Stratus does not simulate targets of that kind yet."));
    }
    if name == field::VPC_PEERING_CONNECTION_ID {
        return linked::read_peering(world, region, table, text);
    }
    if name == field::TRANSIT_GATEWAY_ID {
        return linked::read_transit(world, region, table, text);
    }
    if name == field::VPC_ENDPOINT_ID || name == field::GATEWAY_ID && text.starts_with("vpce-") {
        return linked::read_endpoint(world, region, table, text);
    }
    if name == field::LOCAL_TARGET || (name == field::GATEWAY_ID && text == "local") {
        return Ok(RouteTarget::Local);
    }
    if name == field::GATEWAY_ID {
        return read_gateway(world, region, table, text);
    }
    let (interface, instance) = if name == field::INSTANCE_ID {
        let instance = find::<Instance>(world, region, Kind::Instance, text)?.id;
        (only_interface(world, region, instance)?, Some(instance))
    } else {
        let interface = find::<NetworkInterface>(world, region, Kind::NetworkInterface, text)?;
        (interface, interface.attachment.as_ref().map(|at| at.instance))
    };
    if interface.vpc != table.vpc {
        let why = format!(
            "route table {} and interface {} belong to different networks",
            table.id, interface.id
        );
        return Err(Error::new("InvalidParameterValue", why).at(name.text()));
    }
    Ok(RouteTarget::Interface(interface.id, instance))
}

fn read_gateway(world: &World, region: Region, table: &RouteTable, text: &str) -> Result<RouteTarget> {
    let gateway = find::<InternetGateway>(world, region, Kind::InternetGateway, text)?;
    if gateway.vpc != Some(table.vpc) {
        let why = format!(
            "route table {} and network gateway {} belong to different networks",
            table.id, gateway.id
        );
        let error = Error::new("InvalidParameterValue", why).at("GatewayId");
        return Err(error.remedy(format!("Attach the internet gateway to {} first.", table.vpc)));
    }
    Ok(RouteTarget::InternetGateway(gateway.id))
}

/// Refuses to touch the route that a gateway endpoint has put there.
fn check_not_endpoints(table: &RouteTable, destination: RouteDestination) -> Result<()> {
    let of_endpoint = |route: &&Route| {
        route.destination == destination
            && matches!(destination, RouteDestination::PrefixList(_))
            && matches!(route.target, RouteTarget::Endpoint(_))
    };
    match table.routes.iter().find(of_endpoint) {
        Some(route) => {
            let why = format!(
                "cannot remove VPC endpoint route {} in route table {}",
                words(destination),
                table.id
            );
            let error = Error::new("InvalidParameterValue", why).at("DestinationPrefixListId");
            Err(error.remedy(format!(
                "Take the table from {} with ModifyVpcEndpoint.",
                target_words(route.target)
            )))
        }
        None => Ok(()),
    }
}

/// The interface of an instance that has exactly one.
pub(super) fn only_interface(world: &World, region: Region, instance: InstanceId) -> Result<&NetworkInterface> {
    match interfaces::of_instance(world, region, instance)[..] {
        [interface] => Ok(interface),
        [] => Err(Error::new(
            "InvalidInstanceID",
            format!("There is no interface attached to instance '{instance}'."),
        )
        .at("InstanceId")),
        _ => {
            let why = format!(
                "There are multiple interfaces attached to instance '{instance}'. Please specify an interface ID for the operation instead."
            );
            Err(Error::new("InvalidInstanceID", why).at("InstanceId"))
        }
    }
}

/// What the VPC's own blocks demand of a route: one that lies inside them must be a whole subnet (or a whole block, which
/// replaces local) and lead to an interface or a NAT gateway.
fn check_against_local(world: &World, region: Region, table: &RouteTable, route: &Route) -> Result<()> {
    let Some(vpc) = world.row::<Vpc>(region, table.vpc) else {
        return Err(unknown(Kind::Vpc, &table.vpc.to_string()));
    };
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("DestinationCidrBlock"));
    let is_local = route.target == RouteTarget::Local;
    let RouteDestination::Cidr(net) = route.destination else {
        return if is_local {
            refuse("Only a block of the VPC can be local".into())
        } else {
            Ok(())
        };
    };
    let blocks = vpc
        .cidrs
        .iter()
        .map(|(_, block)| IpNet::V4(*block))
        .chain(vpc.ipv6_cidrs.iter().map(|(_, block)| IpNet::V6(*block)));
    let Some(block) = blocks.into_iter().find(|block| block.contains(&net)) else {
        return if is_local {
            refuse(format!(
                "The destination CIDR block {net} is not a block of this VPC: it cannot be local."
            ))
        } else {
            Ok(())
        };
    };
    if is_local {
        return if block == net {
            Ok(())
        } else {
            refuse(format!("Only a whole block of the VPC can be local, as {block}"))
        };
    }
    let may = matches!(
        route.target,
        RouteTarget::Interface(..) | RouteTarget::NatGateway(_) | RouteTarget::Endpoint(_)
    );
    if !may {
        return refuse(format!(
            "The destination CIDR block {net} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance."
        ));
    }
    let whole_subnet = world.ec2(region).is_some_and(|ec2| {
        let equals = |subnet: &Subnet| {
            subnet.vpc == vpc.id && (IpNet::V4(subnet.cidr) == net || subnet.ipv6_cidr.map(IpNet::V6) == Some(net))
        };
        ec2.subnets.rows().any(equals)
    });
    // A gateway's table may also replace local as a whole.
    if net != block && !whole_subnet {
        return refuse(format!(
            "The destination CIDR block {net} is more specific than the local route {block}: it must be the whole CIDR block of a subnet of this VPC."
        ));
    }
    Ok(())
}

/// How much of a table's quota a destination takes: a prefix list its maximum, AWS's own one (ours).
fn weight(world: &World, region: Region, destination: RouteDestination) -> usize {
    match destination {
        RouteDestination::Cidr(_) => 1,
        RouteDestination::PrefixList(id) => world
            .row::<PrefixList>(region, id)
            .map_or(1, |list| usize::try_from(list.max_entries).unwrap_or(1).max(1)),
    }
}

/// The table that a call names, and the route that it puts there.
fn read(request: &Request<'_>, world: &World) -> Result<(RouteTable, Route)> {
    let table = route_tables::named(request, world)?;
    let destination = read_destination(request.params, world, request.region)?;
    reserved::check_route(destination)?;
    let target = read_target(request.params, world, request.region, &table, destination)?;
    Ok((table, Route { destination, target }))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (table, route) = read(request, world)?;
    let destination = route.destination;
    let exists = table.routes.iter().any(|has| has.destination == destination)
        || is_local_block(world, region, &table, destination);
    if exists {
        let error = Error::new(
            "RouteAlreadyExists",
            format!("The route identified by {} already exists.", words(destination)),
        );
        return Err(error.remedy("Use ReplaceRoute to send it elsewhere."));
    }
    super::super::classic::link::check_route(world, region, table.vpc, destination)?;
    check_against_local(world, region, &table, &route)?;
    let held: usize = table
        .routes
        .iter()
        .map(|has| weight(world, region, has.destination))
        .sum();
    if held + weight(world, region, destination) > quotas::ROUTES_PER_TABLE {
        return Err(Error::new(
            "RouteLimitExceeded",
            format!("The maximum number of routes in {} has been reached.", table.id),
        ));
    }
    let target = target_words(route.target);
    put(world, region, table.id, route);
    note(
        world,
        region,
        table.id,
        format!("route {} → {target}", words(destination)),
    );
    returned()
}

fn target_words(target: RouteTarget) -> String {
    match target {
        RouteTarget::Interface(id, _) => id.to_string(),
        other => id_of(other).map_or_else(|| "local".into(), |(_, id)| id.to_string()),
    }
}

/// The id of a gateway or link, and the API's field for it; `None` for the route within the VPC and for interfaces.
fn id_of(target: RouteTarget) -> Option<(Name, ResourceId)> {
    Some(match target {
        RouteTarget::InternetGateway(id) => (field::GATEWAY_ID, id.into()),
        RouteTarget::NatGateway(id) => (field::NAT_GATEWAY_ID, id.into()),
        RouteTarget::EgressOnlyGateway(id) => (field::EGRESS_ONLY_INTERNET_GATEWAY_ID, id.into()),
        RouteTarget::CarrierGateway(id) => (field::CARRIER_GATEWAY_ID, id.into()),
        RouteTarget::VpnGateway(id) => (field::GATEWAY_ID, id.into()),
        RouteTarget::Peering(id) => (field::VPC_PEERING_CONNECTION_ID, id.into()),
        RouteTarget::Endpoint(id) => (field::GATEWAY_ID, id.into()),
        RouteTarget::Transit(id) => (field::TRANSIT_GATEWAY_ID, id.into()),
        RouteTarget::Local | RouteTarget::Interface(..) => return None,
    })
}

fn is_local_block(world: &World, region: Region, table: &RouteTable, destination: RouteDestination) -> bool {
    let RouteDestination::Cidr(net) = destination else {
        return false;
    };
    world.row::<Vpc>(region, table.vpc).is_some_and(|vpc| match net {
        IpNet::V4(net) => vpc.cidrs.iter().any(|(_, block)| *block == net),
        IpNet::V6(net) => vpc.ipv6_cidrs.iter().any(|(_, block)| *block == net),
    })
}

fn put(world: &mut World, region: Region, table: RouteTableId, route: Route) {
    world.update::<RouteTable, _>(region, table, |row| {
        row.routes.retain(|has| has.destination != route.destination);
        row.routes.push(route);
        sort::by_key(&mut row.routes, |route| route.destination);
    });
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html>: also of local by an interface, and back.
fn replace(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (table, route) = read(request, world)?;
    let destination = route.destination;
    let local = is_local_block(world, region, &table, destination);
    if !local && !table.routes.iter().any(|has| has.destination == destination) {
        let why = format!(
            "There is no route defined for '{}' in the route table. Use CreateRoute instead.",
            words(destination)
        );
        return Err(Error::new("InvalidParameterValue", why).at("DestinationCidrBlock"));
    }
    check_not_endpoints(&table, destination)?;
    check_against_local(world, region, &table, &route)?;
    let target = route.target;
    if target == RouteTarget::Local {
        world.update::<RouteTable, _>(region, table.id, |row| {
            row.routes.retain(|has| has.destination != destination)
        });
    } else {
        put(world, region, table.id, route);
    }
    note(
        world,
        region,
        table.id,
        format!("route {} now → {}", words(destination), target_words(target)),
    );
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRoute.html>
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let table = route_tables::named(request, world)?;
    let destination = read_destination(request.params, world, region)?;
    if is_local_block(world, region, &table, destination) {
        let why = format!(
            "cannot remove local route {} in route table {}",
            words(destination),
            table.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("DestinationCidrBlock"));
    }
    if !table.routes.iter().any(|has| has.destination == destination) {
        let kind = if matches!(destination, RouteDestination::Cidr(_)) {
            "destination-cidr-block"
        } else {
            "destination-prefix-list-id"
        };
        let why = format!(
            "no route with {kind} {} in route table {}",
            words(destination),
            table.id
        );
        return Err(Error::new("InvalidRoute.NotFound", why));
    }
    check_not_endpoints(&table, destination)?;
    world.update::<RouteTable, _>(region, table.id, |row| {
        row.routes.retain(|has| has.destination != destination)
    });
    note(world, region, table.id, format!("route {} deleted", words(destination)));
    done()
}

/// The routes of a table as the API lists them: local for each block of the VPC, then the others.
pub(crate) fn listed(world: &World, region: Region, table: &RouteTable) -> Vec<Route> {
    let Some(vpc) = world.row::<Vpc>(region, table.vpc) else {
        return table.routes.clone();
    };
    let linked = world.ec2(region).is_some_and(|ec2| ec2.routes_to_links(vpc));
    let blocks = vpc
        .cidrs
        .iter()
        .map(|(_, net)| IpNet::V4(*net))
        .chain(vpc.ipv6_cidrs.iter().map(|(_, net)| IpNet::V6(*net)))
        .chain(linked.then_some(IpNet::V4(RANGE)));
    let mut routes: Vec<Route> = blocks
        .map(|net| Route {
            destination: RouteDestination::Cidr(net),
            target: RouteTarget::Local,
        })
        .filter(|local| table.routes.iter().all(|route| route.destination != local.destination))
        .collect();
    routes.extend(table.routes.iter().cloned());
    routes
}

/// Whether a route leads somewhere at this moment; otherwise it is a black hole: its gateway is gone or detached, its
/// interface is gone or attached to nothing, its instance does not run.
pub(crate) fn is_active(world: &World, region: Region, table: &RouteTable, route: &Route) -> bool {
    match route.target {
        RouteTarget::Local => true,
        RouteTarget::Interface(id, _) => world
            .row::<NetworkInterface>(region, id)
            .and_then(|row| row.attachment.as_ref())
            .is_some_and(|at| {
                let alive =
                    |instance: &Instance| matches!(instance.state, InstanceState::Pending | InstanceState::Running);
                world.row::<Instance>(region, at.instance).is_some_and(alive)
            }),
        other => {
            let led = world.ec2(region).and_then(|ec2| led_to(ec2, table.vpc, other));
            led.is_some_and(|(_, there)| there)
        }
    }
}

/// A route as the API shows it.
pub(super) fn describe(world: &World, region: Region, table: &RouteTable, route: &Route) -> Structure {
    let base = match route.destination {
        RouteDestination::Cidr(IpNet::V4(net)) => Structure::new().with(field::DESTINATION_CIDR_BLOCK, net.to_string()),
        RouteDestination::Cidr(IpNet::V6(net)) => {
            Structure::new().with(field::DESTINATION_IPV6_CIDR_BLOCK, net.to_string())
        }
        RouteDestination::PrefixList(list) => Structure::new().with(field::DESTINATION_PREFIX_LIST_ID, list),
    };
    let active = is_active(world, region, table, route);
    let base = base
        .with(field::ORIGIN, origin(route))
        .with(field::STATE, state(active));
    match route.target {
        RouteTarget::Local => base.with(field::GATEWAY_ID, "local"),
        RouteTarget::Interface(id, named) => {
            let now = world
                .row::<NetworkInterface>(region, id)
                .and_then(|row| row.attachment.as_ref())
                .map(|at| at.instance);
            let instance = now.or(named);
            base.with(field::NETWORK_INTERFACE_ID, id)
                .with_some(field::INSTANCE_ID, instance)
                .with_some(field::INSTANCE_OWNER_ID, instance.map(|_| world.account()))
        }
        other => match id_of(other) {
            Some((name, id)) => base.with(name, id.to_string()),
            None => base,
        },
    }
}

fn origin(route: &Route) -> &'static str {
    if route.target == RouteTarget::Local {
        "CreateRouteTable"
    } else {
        "CreateRoute"
    }
}

/// The origin of a route that a virtual private gateway propagates.
pub(super) const PROPAGATED: &str = "EnableVgwRoutePropagation";

fn state(active: bool) -> &'static str {
    if active { "active" } else { "blackhole" }
}

/// What a table's routes have for the filter `route.…`.
pub(super) fn filter_values(world: &World, region: Region, table: &RouteTable, part: &str) -> Vec<String> {
    let value = |route: &Route, origin: &str| match (part, route.destination, route.target) {
        ("destination-cidr-block", RouteDestination::Cidr(IpNet::V4(net)), _) => Some(net.to_string()),
        ("destination-ipv6-cidr-block", RouteDestination::Cidr(IpNet::V6(net)), _) => Some(net.to_string()),
        ("destination-prefix-list-id", RouteDestination::PrefixList(list), _) => Some(list.to_string()),
        ("gateway-id", _, RouteTarget::Local) => Some("local".into()),
        ("instance-id", _, RouteTarget::Interface(_, instance)) => instance.map(|id| id.to_string()),
        ("origin", ..) => Some(origin.to_owned()),
        ("state", ..) => Some(state(is_active(world, region, table, route)).to_owned()),
        (part, _, target) => id_of(target)
            .filter(|(name, _)| stratus_model::cli_name(name.text()) == part)
            .map(|(_, id)| id.to_string()),
    };
    let own = listed(world, region, table);
    let own = own.iter().filter_map(|route| value(route, origin(route)));
    let propagated = targets::propagated(world, region, table);
    own.chain(propagated.iter().filter_map(|route| value(route, PROPAGATED)))
        .collect()
}

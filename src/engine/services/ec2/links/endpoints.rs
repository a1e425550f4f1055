//! VPC endpoints as they are made, changed and ended: their routes, their interfaces, their states and their bill.
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html>
//!
//! The API's own operations are in `endpoint_calls`. Nothing else puts, changes or takes a `VpcEndpoint` row but this module,
//! `endpoint_calls` and `connections`.

use super::super::common::{note, note_clock};
use super::super::vpc::interfaces::{self, NewInterface};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::world::World;
use crate::world::links::*;
use crate::world::usage::{Measure, Meter, Subject};
use crate::world::vpc::*;
use std::net::Ipv4Addr;
use stratus_model::sort;

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html";
/// How long a deleted endpoint stays visible (ours).
const SHOWN: Span = Span::minutes(60);
/// The account of AWS that manages the interfaces of endpoints.
const MANAGER: &str = "727180483921";

/// AWS's prefix list of a service: `com.amazonaws.us-east-1.s3`.
pub(crate) fn list_of(world: &World, region: Region, service: &str) -> Option<PrefixListId> {
    let mut lists = world.ec2(region)?.prefix_lists.rows();
    lists
        .find(|list| list.aws_managed && list.name == service)
        .map(|list| list.id)
}

/// Puts the prefix-list route of a gateway endpoint into a table.
///
/// # Errors
/// `RouteAlreadyExists` where the table has a route of that list.
pub(super) fn add_route(
    world: &mut World,
    region: Region,
    endpoint: VpcEndpointId,
    list: PrefixListId,
    table: &RouteTable,
) -> Result<()> {
    let destination = RouteDestination::PrefixList(list);
    if table.routes.iter().any(|route| route.destination == destination) {
        let why = format!(
            "route table {} already has a route with destination-prefix-list-id {list}",
            table.id
        );
        return Err(Error::new("RouteAlreadyExists", why).at("RouteTableIds"));
    }
    let target = RouteTarget::Endpoint(endpoint);
    world.update::<RouteTable, _>(region, table.id, |row| {
        row.routes.push(Route { destination, target });
        sort::by_key(&mut row.routes, |route| route.destination);
    });
    note(
        world,
        region,
        table.id,
        format!("route {list} → {endpoint}, put there by the endpoint"),
    );
    Ok(())
}

/// Takes the route of a gateway endpoint out of a table.
pub(super) fn remove_route(world: &mut World, region: Region, endpoint: VpcEndpointId, table: RouteTableId) {
    let taken = world.update::<RouteTable, _>(region, table, |row| {
        let before = row.routes.len();
        row.routes.retain(|route| {
            route.target != RouteTarget::Endpoint(endpoint) || matches!(route.destination, RouteDestination::Cidr(_))
        });
        before != row.routes.len()
    });
    if taken == Some(true) {
        note(world, region, table, format!("route of {endpoint} taken out"));
    }
}

/// A route table is about to go: gateway endpoints that name it do so no more.
pub(crate) fn let_go_table(world: &mut World, region: Region, table: RouteTableId) {
    for by in world.referrers(region, table.into()) {
        if let ResourceId::VpcEndpoint(id) = by {
            world.update::<VpcEndpoint, _>(region, id, |row| row.tables.retain(|has| *has != table));
        }
    }
}

/// Makes an endpoint's interface in a subnet.
///
/// # Errors
/// Those of `interfaces::create`.
pub(super) fn make_interface(
    world: &mut World,
    region: Region,
    endpoint: &VpcEndpoint,
    subnet: SubnetId,
    address: Option<Ipv4Addr>,
) -> Result<NetworkInterfaceId> {
    let balancer = endpoint.kind == EndpointKind::GatewayLoadBalancer;
    let new = NewInterface {
        private: address,
        groups: endpoint.groups.clone(),
        ipv6_count: usize::from(endpoint.address_type != "ipv4"),
        description: format!("VPC Endpoint Interface {}", endpoint.id),
        interface_type: if balancer {
            "gateway_load_balancer_endpoint".into()
        } else {
            "vpc_endpoint".into()
        },
        ..NewInterface::plain(subnet)
    };
    let id = interfaces::create(world, region, new)?;
    world.update::<NetworkInterface, _>(region, id, |row| {
        row.requester = Some(MANAGER.to_owned());
        if balancer {
            row.groups.clear();
        }
    });
    Ok(id)
}

/// Brings the meter of an endpoint to what it has now: an hour costs for each of its zones, as long as it is not refused or
/// gone. <https://aws.amazon.com/privatelink/pricing/>
pub(super) fn meter(world: &mut World, region: Region, id: VpcEndpointId) {
    let now = world.now;
    let Some(row) = world.row::<VpcEndpoint>(region, id) else {
        return;
    };
    let counts = matches!(row.state, EndpointState::Pending | EndpointState::Available);
    let (kind, zones) = (row.kind, row.subnets.len());
    if kind == EndpointKind::Gateway {
        return;
    }
    let meter = Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure: Measure::VpcEndpoint,
        rate: kind.name().to_owned(),
        quantity: if counts { i64::try_from(zones).unwrap_or(0) } else { 0 },
        from: now,
        to: None,
    };
    world.usage.change(meter);
}

/// Puts an endpoint into a state, with the work that ends it.
pub(super) fn enter(world: &mut World, region: Region, id: VpcEndpointId, state: EndpointState) {
    let now = world.now;
    world.update::<VpcEndpoint, _>(region, id, |row| {
        row.state = state;
        row.since = now;
    });
    meter(world, region, id);
    let name = match state {
        EndpointState::Pending => "endpoint.pending",
        EndpointState::Deleting => "endpoint.deleting",
        _ => return,
    };
    let span = world.timings.clone().draw(&mut world.random, name);
    clock::schedule(world, span, region, id, Step::Settle);
}

/// Begins the end of an endpoint: a gateway endpoint's routes go at once, interfaces a little later.
pub(super) fn delete(world: &mut World, region: Region, row: &VpcEndpoint) {
    super::call_off(world, region, row.id);
    if row.kind == EndpointKind::Gateway {
        for table in &row.tables {
            remove_route(world, region, row.id, *table);
        }
        world.update::<VpcEndpoint, _>(region, row.id, |row| row.tables.clear());
        enter(world, region, row.id, EndpointState::Deleted);
        note(world, region, row.id, format!("{} → deleted", row.state.name()));
        clock::schedule(world, SHOWN, region, row.id, Step::Reap);
    } else {
        enter(world, region, row.id, EndpointState::Deleting);
        note(world, region, row.id, format!("{} → deleting", row.state.name()));
    }
}

/// What time does.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::VpcEndpoint(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let Some(row) = world.row::<VpcEndpoint>(region, id).cloned() else {
        return;
    };
    match (pending.step, row.state) {
        (Step::Settle, EndpointState::Pending) if row.since == pending.asked => {
            enter(world, region, id, EndpointState::Available);
            let rule = "An endpoint takes traffic once its interfaces are up.";
            note_clock(world, region, id, "pending → available", rule, SOURCE);
        }
        (Step::Settle, EndpointState::Deleting) => {
            world.update::<VpcEndpoint, _>(region, id, |row| row.subnets.clear());
            for (_, interface) in &row.subnets {
                interfaces::delete(world, region, *interface);
            }
            enter(world, region, id, EndpointState::Deleted);
            let rule = "An endpoint's interfaces go with it.";
            note_clock(world, region, id, "deleting → deleted", rule, SOURCE);
            clock::schedule(world, SHOWN, region, id, Step::Reap);
        }
        (Step::Reap, EndpointState::Deleted) => {
            let rule = "A deleted endpoint stays visible for about an hour.";
            note_clock(world, region, id, "gone from view", rule, "ours");
            super::notifications::forget(world, region, id);
            world.take::<VpcEndpoint>(region, id);
        }
        _ => {}
    }
}

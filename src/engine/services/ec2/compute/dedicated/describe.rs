//! DescribeHosts, DescribeMacHosts: Dedicated Hosts as the API shows them.

use super::{Found, all, free, named, taken};
use crate::base::error::{Error, Result};
use crate::base::ids::HostId;
use crate::catalog::{InstanceType, Region, dedicated_hosts};
use crate::services::Request;
use crate::services::ec2::common::{Filters, page, tag_list};
use crate::services::ec2::compute::filters::{self, PathFilter};
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::rented::HostState;
use stratus_model::{Name, Structure, field};

const FILTERS: &[PathFilter] = &[
    ("auto-placement", &[field::AUTO_PLACEMENT]),
    ("availability-zone", &[field::AVAILABILITY_ZONE]),
    ("client-token", &[field::CLIENT_TOKEN]),
    ("host-reservation-id", &[field::HOST_RESERVATION_ID]),
    ("instance-type", &[field::HOST_PROPERTIES, field::INSTANCE_TYPE]),
    ("state", &[field::STATE]),
];

/// Sizes of a page.
const PAGE: std::ops::RangeInclusive<i64> = 5..=500;

/// Filters of a call whose parameter is called `Filter`.
///
/// # Errors
/// Those of [`Filters::read`].
pub(super) fn read_filters(params: &Structure) -> Result<Filters> {
    let given = params.list(field::FILTER).to_vec();
    Filters::read(&Structure::new().with(field::FILTERS, given))
}

/// The hosts that a call names, or all, by allocation. Names and a page do not go together.
fn chosen<'w>(request: &Request<'_>, world: &'w World) -> Result<Vec<Found<'w>>> {
    let params = request.params;
    let size = params.integer(field::MAX_RESULTS);
    if size.is_some_and(|size| !PAGE.contains(&size)) {
        let why = format!("Expecting a value from {} to {}", PAGE.start(), PAGE.end());
        return Err(Error::invalid("MaxResults", why));
    }
    if params.list(field::HOST_IDS).is_empty() {
        return Ok(all(world, request.region));
    }
    if size.is_some() {
        let why = "The parameter hostIdSet cannot be used with the parameter maxResults";
        return Err(Error::combination(why).at("MaxResults"));
    }
    let mut wanted: Vec<HostId> = Vec::new();
    for text in params.texts(field::HOST_IDS) {
        let (row, _) = named(world, request.region, text).map_err(|error| error.at("HostIds"))?;
        wanted.push(row.id);
    }
    let mut hosts = all(world, request.region);
    hosts.retain(|(row, _)| wanted.contains(&row.id));
    Ok(hosts)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeHosts.html>. Sorted by allocation; released hosts stay listed for a
/// while.
pub(super) fn describe_hosts(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = read_filters(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let mut found = Vec::new();
    for host in chosen(request, world)? {
        let shown = show(world, region, host);
        if filters::pass(&filters, &shown, world.tags(region, host.0.id.into()), FILTERS)? {
            found.push(shown);
        }
    }
    let (found, next) = page(found, params, *PAGE.start())?;
    Ok(Structure::new()
        .with(field::HOSTS, found)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeMacHosts.html>: the catalogue has no Mac, so that no host is one.
pub(super) fn describe_mac_hosts(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let filters = Filters::read(params)?;
    filters.check_names(|name| matches!(name, "availability-zone" | "instance-type"))?;
    chosen(request, world)?;
    let (none, next) = page(Vec::<Structure>::new(), params, *PAGE.start())?;
    Ok(Structure::new()
        .with(field::MAC_HOSTS, none)
        .with_some(field::NEXT_TOKEN, next))
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn show(world: &World, region: Region, found: Found<'_>) -> Structure {
    let (row, rented) = found;
    let tags = tag_list(world, region, row.id);
    let guests = row.guests.iter().filter_map(|id| world.row::<Instance>(region, *id));
    let instances: Vec<Structure> = guests
        .map(|guest| {
            Structure::new()
                .with(field::INSTANCE_ID, guest.id)
                .with(field::INSTANCE_TYPE, guest.instance_type.name())
                .with(field::OWNER_ID, world.account())
        })
        .collect();
    let released = rented.state.is_released();
    let capacity = (!released).then(|| available(world, region, found));
    Structure::new()
        .with(field::HOST_ID, row.id)
        .with(field::AUTO_PLACEMENT, on_off(rented.auto_placement))
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, row.zone.id())
        .with_some(field::AVAILABLE_CAPACITY, capacity)
        .with_some(
            field::CLIENT_TOKEN,
            Some(&rented.client_token).filter(|token| !token.is_empty()),
        )
        .with(field::HOST_PROPERTIES, properties(found))
        .with_some(field::HOST_RESERVATION_ID, rented.reservation)
        .with(field::INSTANCES, instances)
        .with(field::STATE, rented.state.name())
        .with(field::ALLOCATION_TIME, rented.allocated)
        .with_some(field::RELEASE_TIME, rented.released)
        .with(field::TAGS, tags)
        .with(field::HOST_RECOVERY, on_off(rented.recovery))
        .with(
            field::ALLOWS_MULTIPLE_INSTANCE_TYPES,
            on_off(rented.instance_type.is_none()),
        )
        .with(field::OWNER_ID, world.account())
        .with(field::MEMBER_OF_SERVICE_LINKED_RESOURCE_GROUP, false)
        .with(field::HOST_MAINTENANCE, on_off(rented.maintenance))
}

fn properties((row, rented): Found<'_>) -> Structure {
    let shape = dedicated_hosts::shape(&row.family);
    Structure::new()
        .with_some(field::CORES, shape.map(|shape| shape.cores))
        .with_some(field::INSTANCE_TYPE, rented.instance_type.map(InstanceType::name))
        .with(field::INSTANCE_FAMILY, &row.family)
        .with_some(field::SOCKETS, shape.map(|shape| shape.sockets))
        .with(field::TOTAL_V_CPUS, row.vcpus)
}

/// Room for each type that the host takes, and the vCPUs that nobody uses. What does not take instances has none.
fn available(world: &World, region: Region, found: Found<'_>) -> Structure {
    let (row, rented) = found;
    let room = dedicated_hosts::room(&row.family);
    let all = InstanceType::all().filter(|kind| super::accepts(found, *kind));
    let mut kinds: Vec<InstanceType> = all.filter(|kind| dedicated_hosts::takes(*kind) <= room).collect();
    stratus_model::sort::by_key(&mut kinds, |kind| {
        (dedicated_hosts::takes(*kind), kind.vcpus(), kind.memory_mib())
    });
    let lines: Vec<Structure> = kinds
        .into_iter()
        .map(|kind| {
            Structure::new()
                .with(field::INSTANCE_TYPE, kind.name())
                .with(field::AVAILABLE_CAPACITY, free(world, region, found, kind, 0))
                .with(field::TOTAL_CAPACITY, room / dedicated_hosts::takes(kind))
        })
        .collect();
    let left = if rented.state == HostState::Available {
        (room - taken(world, region, row)).max(0)
    } else {
        0
    };
    Structure::new()
        .with(field::AVAILABLE_INSTANCE_CAPACITY, lines)
        .with(field::AVAILABLE_V_CPUS, row.vcpus * left / room.max(1))
}

/// A parameter of a call that lists hosts by another name than `HostIds`.
///
/// # Errors
/// Those of [`named`]; `InvalidHostID.NotFound` for a released host.
pub(super) fn hosts_of<'w>(request: &Request<'_>, world: &'w World, name: Name) -> Result<Vec<Found<'w>>> {
    let mut found: Vec<Found<'w>> = Vec::new();
    for text in request.params.texts(name) {
        let host = named(world, request.region, text).map_err(|error| error.at(name.text()))?;
        if host.1.state.is_released() {
            let why = format!("The host ID '{text}' does not exist");
            return Err(Error::new("InvalidHostID.NotFound", why).at(name.text()));
        }
        if !found.iter().any(|(row, _)| row.id == host.0.id) {
            found.push(host);
        }
    }
    Ok(found)
}

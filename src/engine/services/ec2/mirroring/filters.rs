//! Filters: rules and network services that say which packets are copied. A new one copies nothing.
//! <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-filters.html>

use super::super::common::{Describing, find, need, note, tag_list};
use super::super::{tags, tokens};
use super::{check_room, rules};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::mirroring::{MirrorFilter, MirrorRule};
use stratus_model::{Structure, field};

/// The one network service that there is.
const DNS: &str = "amazon-dns";

pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(row) = tokens::made::<MirrorFilter>(request, world)? {
        return Ok(answer(request, world, row));
    }
    check_room(world, "TrafficMirrorFilterLimitExceeded", "filters", |rows| {
        rows.filters.len()
    })?;
    let id = TrafficMirrorFilterId(world.random.next_u64(Stream::Ids(Kind::TrafficMirrorFilter)));
    let row = MirrorFilter {
        id,
        born: world.birth(),
        description: params.text(field::DESCRIPTION).map(str::to_owned),
        dns: false,
    };
    world.put(region, row.clone());
    tags::apply_specifications(world, region, params, &[("traffic-mirror-filter", &[id.into()])])?;
    note(world, region, id, "created");
    tokens::remember(request, world, id);
    Ok(answer(request, world, &row))
}

fn answer(request: &Request<'_>, world: &World, row: &MirrorFilter) -> Structure {
    Structure::new()
        .with(field::TRAFFIC_MIRROR_FILTER, describe(world, request.region, row))
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

fn describe(world: &World, region: Region, row: &MirrorFilter) -> Structure {
    let shown = |egress: bool| -> Vec<Structure> {
        let rows = rules::of_filter(world, region, row.id);
        let rows = rows.into_iter().filter(|rule| rule.egress == egress);
        rows.map(|rule| rules::describe(world, region, rule)).collect()
    };
    let services: Vec<&str> = if row.dns { vec![DNS] } else { Vec::new() };
    Structure::new()
        .with(field::TRAFFIC_MIRROR_FILTER_ID, row.id)
        .with(field::INGRESS_FILTER_RULES, shown(false))
        .with(field::EGRESS_FILTER_RULES, shown(true))
        .with(field::NETWORK_SERVICES, services)
        .with_some(field::DESCRIPTION, row.description.clone())
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTrafficMirrorFilters.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::TrafficMirrorFilter,
        ids: field::TRAFFIC_MIRROR_FILTER_IDS,
        answer: field::TRAFFIC_MIRROR_FILTERS,
        born: |row: &MirrorFilter| row.born,
        filters: &["description", "traffic-mirror-filter-id"],
        least: 5,
    };
    let values = |row: &MirrorFilter, name: &str| match name {
        "description" => row.description.iter().cloned().collect(),
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTrafficMirrorFilterNetworkServices.html>
pub(super) fn modify_services(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::TRAFFIC_MIRROR_FILTER_ID)?;
    let id = find::<MirrorFilter>(world, region, Kind::TrafficMirrorFilter, text)?.id;
    let names = |name| params.texts(name).any(|service| service == DNS);
    let dns = match (
        names(field::ADD_NETWORK_SERVICES),
        names(field::REMOVE_NETWORK_SERVICES),
    ) {
        (true, true) => {
            let why = format!("{DNS} cannot be added and removed at once.");
            return Err(Error::combination(why));
        }
        (false, false) => return Err(Error::missing("AddNetworkServices")),
        (add, _) => add,
    };
    world.update::<MirrorFilter, _>(region, id, |row| row.dns = dns);
    let text = if dns {
        "covers amazon-dns"
    } else {
        "does not cover amazon-dns any more"
    };
    note(world, region, id, text);
    let shown = world
        .row::<MirrorFilter>(region, id)
        .map(|row| describe(world, region, row));
    Ok(Structure::new().with_some(field::TRAFFIC_MIRROR_FILTER, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTrafficMirrorFilter.html>: not one that sessions use; its
/// rules go with it.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::TRAFFIC_MIRROR_FILTER_ID)?;
    let id = find::<MirrorFilter>(world, region, Kind::TrafficMirrorFilter, text)?.id;
    let (mut rules, mut sessions) = (Vec::new(), Vec::new());
    for referrer in world.referrers(region, id.into()) {
        match referrer {
            ResourceId::TrafficMirrorRule(rule) => rules.push(rule),
            ResourceId::TrafficMirrorSession(session) => sessions.push(session),
            _ => {}
        }
    }
    if let Some(session) = sessions.first() {
        let why = format!("The Traffic Mirror filter {id} is in use by {session}");
        return Err(Error::new("TrafficMirrorFilterInUse", why)
            .at("TrafficMirrorFilterId")
            .remedy("Delete the session, or give it another filter."));
    }
    for rule in rules {
        world.take::<MirrorRule>(region, rule);
    }
    note(world, region, id, "deleted");
    world.take::<MirrorFilter>(region, id);
    Ok(Structure::new().with(field::TRAFFIC_MIRROR_FILTER_ID, id))
}

//! Targets: an interface, or a Gateway Load Balancer endpoint. (There are no load balancers here yet: an ARN names none.)
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTrafficMirrorTarget.html>

use super::super::common::{Describing, find, need, note, tag_list};
use super::super::{tags, tokens};
use super::{check_room, sessions};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::links::{EndpointKind, VpcEndpoint};
use crate::world::mirroring::{MirrorEnd, MirrorTarget};
use crate::world::vpc::NetworkInterface;
use stratus_model::{Structure, field};

const FILTERS: [&str; 5] = [
    "description",
    "network-interface-id",
    "network-load-balancer-arn",
    "owner-id",
    "traffic-mirror-target-id",
];

pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(row) = tokens::made::<MirrorTarget>(request, world)? {
        return Ok(answer(request, world, row));
    }
    let end = read_end(world, region, params)?;
    check_room(world, "TrafficMirrorTargetLimitExceeded", "targets", |rows| {
        rows.targets.len()
    })?;
    let id = TrafficMirrorTargetId(world.random.next_u64(Stream::Ids(Kind::TrafficMirrorTarget)));
    let row = MirrorTarget {
        id,
        born: world.birth(),
        end,
        description: params.text(field::DESCRIPTION).map(str::to_owned),
    };
    world.put(region, row.clone());
    tags::apply_specifications(world, region, params, &[("traffic-mirror-target", &[id.into()])])?;
    note(world, region, id, "created");
    tokens::remember(request, world, id);
    Ok(answer(request, world, &row))
}

fn answer(request: &Request<'_>, world: &World, row: &MirrorTarget) -> Structure {
    Structure::new()
        .with(field::TRAFFIC_MIRROR_TARGET, describe(world, request.region, row))
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

fn read_end(world: &World, region: Region, params: &Structure) -> Result<MirrorEnd> {
    let interface = params.text(field::NETWORK_INTERFACE_ID);
    let balancer = params.text(field::NETWORK_LOAD_BALANCER_ARN);
    let endpoint = params.text(field::GATEWAY_LOAD_BALANCER_ENDPOINT_ID);
    match (interface, balancer, endpoint) {
        (Some(text), None, None) => {
            let id = NetworkInterfaceId::parse(text);
            let row = id.and_then(|id| world.row::<NetworkInterface>(region, id));
            let missing = || {
                let why = format!("The interface ID '{text}' does not exist");
                Error::new("InvalidTrafficMirrorTarget", why).at("NetworkInterfaceId")
            };
            let id = row.ok_or_else(missing)?.id;
            match sessions::of_source(world, region, id).first() {
                Some(session) => Err(sessions::both(id, session.id.into()).at("NetworkInterfaceId")),
                None => Ok(MirrorEnd::Interface(id)),
            }
        }
        (None, Some(arn), None) => {
            let why = format!("The load balancer '{arn}' does not exist");
            Err(Error::new("InvalidTrafficMirrorTarget", why).at("NetworkLoadBalancerArn"))
        }
        (None, None, Some(text)) => {
            let row = find::<VpcEndpoint>(world, region, Kind::VpcEndpoint, text)?;
            if row.kind != EndpointKind::GatewayLoadBalancer || row.state.is_gone() {
                let why = format!("'{text}' is not a Gateway Load Balancer endpoint");
                return Err(Error::new("InvalidTrafficMirrorTarget", why).at("GatewayLoadBalancerEndpointId"));
            }
            Ok(MirrorEnd::Endpoint(row.id))
        }
        (None, None, None) => Err(Error::missing("NetworkInterfaceId")),
        _ => Err(Error::combination(
            "Specify only one of NetworkInterfaceId, NetworkLoadBalancerArn and GatewayLoadBalancerEndpointId.",
        )),
    }
}

fn describe(world: &World, region: Region, row: &MirrorTarget) -> Structure {
    let shown = Structure::new().with(field::TRAFFIC_MIRROR_TARGET_ID, row.id);
    let shown = match row.end {
        MirrorEnd::Interface(id) => shown
            .with(field::NETWORK_INTERFACE_ID, id)
            .with(field::TYPE, "network-interface"),
        MirrorEnd::Endpoint(_) => shown.with(field::TYPE, "gateway-load-balancer-endpoint"),
    };
    let endpoint = match row.end {
        MirrorEnd::Endpoint(id) => Some(id),
        MirrorEnd::Interface(_) => None,
    };
    shown
        .with_some(field::DESCRIPTION, row.description.clone())
        .with(field::OWNER_ID, world.account())
        .with(field::TAGS, tag_list(world, region, row.id))
        .with_some(field::GATEWAY_LOAD_BALANCER_ENDPOINT_ID, endpoint)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTrafficMirrorTargets.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::TrafficMirrorTarget,
        ids: field::TRAFFIC_MIRROR_TARGET_IDS,
        answer: field::TRAFFIC_MIRROR_TARGETS,
        born: |row: &MirrorTarget| row.born,
        filters: &FILTERS,
        least: 5,
    };
    let values = |row: &MirrorTarget, name: &str| {
        let value = match (name, row.end) {
            ("description", _) => row.description.clone(),
            ("network-interface-id", MirrorEnd::Interface(id)) => Some(id.to_string()),
            ("owner-id", _) => Some(world.account()),
            ("traffic-mirror-target-id", _) => Some(row.id.to_string()),
            _ => None,
        };
        value.into_iter().collect()
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTrafficMirrorTarget.html>: not one that sessions use.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::TRAFFIC_MIRROR_TARGET_ID)?;
    let id = find::<MirrorTarget>(world, region, Kind::TrafficMirrorTarget, text)?.id;
    let sessions = world.referrers(region, id.into());
    if !sessions.is_empty() {
        let names: Vec<String> = sessions.iter().map(ResourceId::to_string).collect();
        let why = format!("The Traffic Mirror target {id} is in use by {}", names.join(", "));
        return Err(Error::new("TrafficMirrorTargetInUse", why)
            .at("TrafficMirrorTargetId")
            .remedy("Delete the sessions first."));
    }
    super::copies::forget(world, region, id);
    note(world, region, id, "deleted");
    world.take::<MirrorTarget>(region, id);
    Ok(Structure::new().with(field::TRAFFIC_MIRROR_TARGET_ID, id))
}

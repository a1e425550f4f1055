//! Sessions: a source, a filter, a target, and how much of each packet is copied.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTrafficMirrorSession.html>

use super::super::common::{Describing, find, need, note, tag_list};
use super::super::{tags, tokens};
use super::{check_room, within};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::instance_types::Hypervisor;
use crate::catalog::{InstanceType, Region, quotas};
use crate::services::Request;
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::mirroring::{MirrorEnd, MirrorFilter, MirrorSession, MirrorTarget};
use crate::world::vpc::NetworkInterface;
use stratus_model::{Structure, field};

const FILTERS: [&str; 9] = [
    "description",
    "network-interface-id",
    "owner-id",
    "packet-length",
    "session-number",
    "traffic-mirror-filter-id",
    "traffic-mirror-session-id",
    "traffic-mirror-target-id",
    "virtual-network-id",
];

/// Numbers of sessions. The same page.
const LAST_SESSION: i64 = 32_766;
/// VXLAN network identifiers have 24 bits.
const LAST_VNI: i64 = 16_777_215;
/// Bytes of a packet that can be copied. The same page.
const LONGEST: i64 = 8_500;

pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(row) = tokens::made::<MirrorSession>(request, world)? {
        return Ok(answer(request, world, row));
    }
    check_room(world, "TrafficMirrorSessionLimitExceeded", "sessions", |rows| {
        rows.sessions.len()
    })?;
    let interface = source(world, region, need(params, field::NETWORK_INTERFACE_ID)?)?;
    let target = need(params, field::TRAFFIC_MIRROR_TARGET_ID)?;
    let target = find::<MirrorTarget>(world, region, Kind::TrafficMirrorTarget, target)?.id;
    let filter = need(params, field::TRAFFIC_MIRROR_FILTER_ID)?;
    let filter = find::<MirrorFilter>(world, region, Kind::TrafficMirrorFilter, filter)?.id;
    let mut row = MirrorSession {
        id: TrafficMirrorSessionId(0),
        born: 0,
        interface,
        target,
        filter,
        number: 0,
        length: None,
        vni: 0,
        description: None,
    };
    apply(&mut row, params)?;
    check(world, region, &row)?;
    if of_source(world, region, interface).len() >= quotas::MIRROR_SESSIONS_OF_SOURCE {
        let why = format!("You have reached the limit on the number of Traffic Mirror sessions of {interface}.");
        return Err(Error::new("TrafficMirrorSessionsPerInterfaceLimitExceeded", why));
    }
    row.id = TrafficMirrorSessionId(world.random.next_u64(Stream::Ids(Kind::TrafficMirrorSession)));
    row.born = world.birth();
    if !params.contains(field::VIRTUAL_NETWORK_ID) {
        // AWS draws one that no other session of the account has.
        let drawn = world.random.next_u64(Stream::Ids(Kind::TrafficMirrorSession)) % LAST_VNI as u64;
        row.vni = drawn as i64 + 1;
    }
    let id = row.id;
    world.put(region, row.clone());
    tags::apply_specifications(world, region, params, &[("traffic-mirror-session", &[id.into()])])?;
    note(world, region, id, format!("copies what {interface} sees to {target}"));
    tokens::remember(request, world, id);
    Ok(answer(request, world, &row))
}

fn answer(request: &Request<'_>, world: &World, row: &MirrorSession) -> Structure {
    Structure::new()
        .with(field::TRAFFIC_MIRROR_SESSION, describe(world, request.region, row))
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// An interface whose packets can be copied: one of an instance on the Nitro system. (Some Xen types can too: AWS lists C4, D2,
/// G3, G3s, H1, I3, M4, P2, P3, R4, X1 and X1e.)
/// <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-limits.html>
fn source(world: &World, region: Region, text: &str) -> Result<NetworkInterfaceId> {
    let row = find::<NetworkInterface>(world, region, Kind::NetworkInterface, text)?;
    let at = row.attachment.as_ref().map(|attachment| attachment.instance);
    let instance = at.and_then(|id| world.row::<Instance>(region, id));
    if instance.is_some_and(|instance| can_be_source(instance.instance_type)) {
        return Ok(row.id);
    }
    let why = format!("{text} must be attached to a supported instance");
    Err(Error::new("NetworkInterfaceNotSupported", why).at("NetworkInterfaceId"))
}

fn can_be_source(kind: InstanceType) -> bool {
    const XEN: [&str; 12] = ["c4", "d2", "g3", "g3s", "h1", "i3", "m4", "p2", "p3", "r4", "x1", "x1e"];
    // Of Nitro's, a few small or virtualised ones cannot.
    const NOT: [&str; 2] = ["mac1", "mac2"];
    match kind.hypervisor() {
        Hypervisor::Nitro => !NOT.contains(&kind.family()),
        Hypervisor::Xen => XEN.contains(&kind.family()),
    }
}

/// What a call says of a session; what it does not say stays.
fn apply(row: &mut MirrorSession, params: &Structure) -> Result<()> {
    if let Some(number) = params.integer(field::SESSION_NUMBER) {
        row.number = within("SessionNumber", number, 1, LAST_SESSION)?;
    }
    if let Some(vni) = params.integer(field::VIRTUAL_NETWORK_ID) {
        row.vni = within("VirtualNetworkId", vni, 0, LAST_VNI)?;
    }
    if let Some(length) = params.integer(field::PACKET_LENGTH) {
        row.length = Some(within("PacketLength", length, 1, LONGEST)?);
    }
    if let Some(description) = params.text(field::DESCRIPTION) {
        row.description = Some(description.to_owned());
    }
    Ok(())
}

/// The sessions of a source, in the order in which they are asked.
pub(super) fn of_source(world: &World, region: Region, interface: NetworkInterfaceId) -> Vec<&MirrorSession> {
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.mirroring.sessions.rows());
    let mut rows: Vec<&MirrorSession> = rows.filter(|row| row.interface == interface).collect();
    rows.sort_unstable_by_key(|row| row.number);
    rows
}

/// What must be true of a session among the others.
fn check(world: &World, region: Region, row: &MirrorSession) -> Result<()> {
    let mut others = of_source(world, region, row.interface).into_iter();
    if others.any(|other| other.id != row.id && other.number == row.number) {
        let why = format!(
            "The session number {} is already used by {}.",
            row.number, row.interface
        );
        return Err(Error::new("TrafficMirrorSessionNumberInUse", why).at("SessionNumber"));
    }
    if let Some(target) = target_at(world, region, row.interface) {
        return Err(both(row.interface, target.into()).at("NetworkInterfaceId"));
    }
    let Some(target) = world.row::<MirrorTarget>(region, row.target) else {
        return Ok(());
    };
    let MirrorEnd::Interface(end) = target.end else {
        return Ok(());
    };
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.mirroring.sessions.rows());
    let mut sources: Vec<NetworkInterfaceId> = rows
        .filter(|other| other.target == row.target && other.id != row.id)
        .map(|other| other.interface)
        .collect();
    sources.sort_unstable();
    sources.dedup();
    if !sources.contains(&row.interface) && sources.len() >= room(world, region, end) {
        let why = format!(
            "You have reached the limit on the number of sources of the Traffic Mirror target {}.",
            row.target
        );
        return Err(Error::new("TrafficMirrorSourcesPerTargetLimitExceeded", why));
    }
    Ok(())
}

/// A target that an interface stands for.
fn target_at(world: &World, region: Region, interface: NetworkInterfaceId) -> Option<TrafficMirrorTargetId> {
    let ec2 = world.ec2(region)?;
    let mut targets = ec2.mirroring.targets.rows();
    let row = targets.find(|row| row.end == MirrorEnd::Interface(interface));
    row.map(|row| row.id)
}

/// An interface is a source or a target, and never both.
/// <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-sessions.html>
pub(super) fn both(interface: NetworkInterfaceId, other: ResourceId) -> Error {
    let why = format!("{interface} is in use by {other}: it cannot be both a Traffic Mirror source and a target.");
    Error::new("InvalidParameterValue", why)
}

/// Sources that an interface can be the target of: more on the largest sizes of some types.
/// <https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-quotas.html>
fn room(world: &World, region: Region, interface: NetworkInterfaceId) -> usize {
    let row = world.row::<NetworkInterface>(region, interface);
    let at = row
        .and_then(|row| row.attachment.as_ref())
        .map(|attachment| attachment.instance);
    let kind = at
        .and_then(|id| world.row::<Instance>(region, id))
        .map(|row| row.instance_type);
    let large = kind.is_some_and(|kind| {
        let size = kind.name().rsplit('.').next().unwrap_or_default();
        kind.hypervisor() == Hypervisor::Nitro && matches!(size, "24xlarge" | "32xlarge" | "48xlarge" | "metal")
    });
    if large {
        quotas::MIRROR_SOURCES_OF_LARGE_TARGET
    } else {
        quotas::MIRROR_SOURCES_OF_TARGET
    }
}

fn describe(world: &World, region: Region, row: &MirrorSession) -> Structure {
    Structure::new()
        .with(field::TRAFFIC_MIRROR_SESSION_ID, row.id)
        .with(field::TRAFFIC_MIRROR_TARGET_ID, row.target)
        .with(field::TRAFFIC_MIRROR_FILTER_ID, row.filter)
        .with(field::NETWORK_INTERFACE_ID, row.interface)
        .with(field::OWNER_ID, world.account())
        .with_some(field::PACKET_LENGTH, row.length)
        .with(field::SESSION_NUMBER, row.number)
        .with(field::VIRTUAL_NETWORK_ID, row.vni)
        .with_some(field::DESCRIPTION, row.description.clone())
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTrafficMirrorSession.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::TRAFFIC_MIRROR_SESSION_ID)?;
    let mut row = find::<MirrorSession>(world, region, Kind::TrafficMirrorSession, text)?.clone();
    for name in params.texts(field::REMOVE_FIELDS) {
        match name {
            "packet-length" => row.length = None,
            "description" => row.description = None,
            _ => row.vni = 0,
        }
    }
    if let Some(text) = params.text(field::TRAFFIC_MIRROR_TARGET_ID) {
        row.target = find::<MirrorTarget>(world, region, Kind::TrafficMirrorTarget, text)?.id;
    }
    if let Some(text) = params.text(field::TRAFFIC_MIRROR_FILTER_ID) {
        row.filter = find::<MirrorFilter>(world, region, Kind::TrafficMirrorFilter, text)?.id;
    }
    apply(&mut row, params)?;
    check(world, region, &row)?;
    world.put(region, row.clone());
    note(world, region, row.id, "changed");
    Ok(Structure::new().with(field::TRAFFIC_MIRROR_SESSION, describe(world, region, &row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTrafficMirrorSession.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::TRAFFIC_MIRROR_SESSION_ID)?;
    let id = find::<MirrorSession>(world, region, Kind::TrafficMirrorSession, text)?.id;
    note(world, region, id, "deleted");
    world.take::<MirrorSession>(region, id);
    Ok(Structure::new().with(field::TRAFFIC_MIRROR_SESSION_ID, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTrafficMirrorSessions.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::TrafficMirrorSession,
        ids: field::TRAFFIC_MIRROR_SESSION_IDS,
        answer: field::TRAFFIC_MIRROR_SESSIONS,
        born: |row: &MirrorSession| row.born,
        filters: &FILTERS,
        least: 5,
    };
    let values = |row: &MirrorSession, name: &str| {
        let value = match name {
            "description" => row.description.clone(),
            "network-interface-id" => Some(row.interface.to_string()),
            "owner-id" => Some(world.account()),
            "packet-length" => row.length.map(|length| length.to_string()),
            "session-number" => Some(row.number.to_string()),
            "traffic-mirror-filter-id" => Some(row.filter.to_string()),
            "traffic-mirror-session-id" => Some(row.id.to_string()),
            "traffic-mirror-target-id" => Some(row.target.to_string()),
            _ => Some(row.vni.to_string()),
        };
        value.into_iter().collect()
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

//! AllocateHosts, ModifyHosts, ReleaseHosts.

use super::{all, held, recovery};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostId, Kind, ResourceId};
use crate::base::random::Stream;
use crate::catalog::{InstanceType, Region, Zone, dedicated_hosts, quotas};
use crate::services::Request;
use crate::services::ec2::common::{note, refuse_unsimulated};
use crate::services::ec2::compute::launch::fit;
use crate::services::ec2::{tags, tokens};
use crate::world::World;
use crate::world::compute::{Instance, PhysicalHost};
use crate::world::rented::{HostState, Rented};
use crate::world::usage::{Measure, Meter, Subject};
use stratus_model::{Name, Structure, field};

/// Hosts that one call may ask for; quotas are far below it.
const AT_ONCE: i64 = 100;

/// What a host is to take: a family, and one type of it or all.
type Kinds = (String, Option<InstanceType>);

/// The type or the family of a call; `None` = it says neither.
fn kinds(params: &Structure) -> Result<Option<Kinds>> {
    let text = |name| params.text(name).filter(|text: &&str| !text.is_empty());
    let found = match (text(field::INSTANCE_TYPE), text(field::INSTANCE_FAMILY)) {
        (Some(_), Some(_)) => {
            let why = "The parameters InstanceType and InstanceFamily cannot be used together.";
            return Err(Error::combination(why).at("InstanceFamily"));
        }
        (None, None) => return Ok(None),
        (Some(name), None) => {
            let kind = fit::named_type(name)?;
            if dedicated_hosts::room(kind.family()) < dedicated_hosts::takes(kind) {
                return Err(unsupported("type", name, "InstanceType"));
            }
            (kind.family().to_owned(), Some(kind))
        }
        (None, Some(family)) => {
            if dedicated_hosts::shape(family).is_none() || !dedicated_hosts::takes_several_types(family) {
                return Err(unsupported("family", family, "InstanceFamily"));
            }
            (family.to_owned(), None)
        }
    };
    Ok(Some(found))
}

fn unsupported(what: &str, name: &str, at: &str) -> Error {
    Error::new(
        "InvalidHostConfiguration",
        format!("The instance {what} '{name}' is not supported."),
    )
    .at(at)
}

fn zone(params: &Structure, region: Region) -> Result<Zone> {
    let (name, id) = (
        params.text(field::AVAILABILITY_ZONE),
        params.text(field::AVAILABILITY_ZONE_ID),
    );
    let (text, at) = match (name, id) {
        (Some(name), None) => (name, "AvailabilityZone"),
        (None, Some(id)) => (id, "AvailabilityZoneId"),
        (None, None) => return Err(Error::missing("AvailabilityZone")),
        (Some(_), Some(_)) => {
            let why = "The parameters AvailabilityZone and AvailabilityZoneId cannot be used together.";
            return Err(Error::combination(why).at("AvailabilityZoneId"));
        }
    };
    let mut zones = region.zones();
    let found = zones.find(|zone| zone.name() == text || zone.id() == text);
    found.ok_or_else(|| {
        let why = format!("The specified Availability Zone is not valid: '{text}'");
        Error::new("InvalidAvailabilityZone", why).at(at)
    })
}

/// `on` or `off`; `None` where it is not said.
fn switch(params: &Structure, name: Name) -> Option<bool> {
    params.text(name).map(|text| text == "on")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateHosts.html>
pub(super) fn allocate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::OUTPOST_ARN, field::ASSET_IDS, field::CPU_OPTIONS])?;
    if tokens::earlier(request, world)?.is_some() {
        let token = params.text(field::CLIENT_TOKEN).unwrap_or_default();
        let same = all(world, region)
            .into_iter()
            .filter(|(_, rented)| rented.client_token == token);
        let ids: Vec<String> = same.map(|(row, _)| row.id.to_string()).collect();
        return Ok(Structure::new().with(field::HOST_IDS, ids));
    }
    let zone = zone(params, region)?;
    let Some((family, kind)) = kinds(params)? else {
        let why = "The request must contain the parameter InstanceType or InstanceFamily.";
        return Err(Error::new("MissingParameter", why).at("InstanceType"));
    };
    offered(&family, kind, zone)?;
    let count = params.integer(field::QUANTITY).unwrap_or(1);
    if !(1..=AT_ONCE).contains(&count) {
        let why = format!("{count}. Expecting a value from 1 to {AT_ONCE}");
        return Err(Error::invalid("Quantity", why));
    }
    let own = all(world, region).into_iter();
    let own = own.filter(|(row, rented)| row.family == family && !rented.state.is_released());
    if own.count() as i64 + count > quotas::DEDICATED_HOSTS_PER_FAMILY {
        let why = format!(
            "The maximum number of Dedicated Hosts of the family '{family}', {}, has been reached.",
            quotas::DEDICATED_HOSTS_PER_FAMILY
        );
        return Err(Error::new("HostLimitExceeded", why).remedy("Release one, or take another family or Region."));
    }
    let rented = Rented {
        born: 0,
        instance_type: kind,
        auto_placement: switch(params, field::AUTO_PLACEMENT).unwrap_or(false),
        recovery: switch(params, field::HOST_RECOVERY).unwrap_or(false),
        maintenance: maintenance(params, &family)?.unwrap_or(family != "t3"),
        state: HostState::Available,
        since: world.now,
        allocated: world.now,
        released: None,
        client_token: params.text(field::CLIENT_TOKEN).unwrap_or_default().to_owned(),
        reservation: None,
        degraded: false,
    };
    let made: Vec<ResourceId> = (0..count)
        .map(|_| put(world, region, zone, &family, rented.clone()).into())
        .collect();
    tags::apply_specifications(world, region, params, &[("dedicated-host", &made)])?;
    if let Some(first) = made.first() {
        tokens::remember(request, world, *first);
    }
    let ids: Vec<String> = made.iter().map(ToString::to_string).collect();
    Ok(Structure::new().with(field::HOST_IDS, ids))
}

/// Host maintenance as a call says it; hosts for T3 have none.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-maintenance.html>
fn maintenance(params: &Structure, family: &str) -> Result<Option<bool>> {
    let wanted = switch(params, field::HOST_MAINTENANCE);
    if wanted == Some(true) && family == "t3" {
        let why = "Host maintenance is not supported for the instance family 't3'.";
        return Err(Error::new("InvalidHostConfiguration", why).at("HostMaintenance"));
    }
    Ok(wanted)
}

/// Whether a zone has hosts of a family.
fn offered(family: &str, kind: Option<InstanceType>, zone: Zone) -> Result<()> {
    let kind = kind.or_else(|| InstanceType::all().find(|kind| kind.family() == family));
    kind.map_or(Ok(()), |kind| fit::zone(kind, zone))
}

/// Makes a Dedicated Host, and begins to count what it costs.
pub(super) fn put(world: &mut World, region: Region, zone: Zone, family: &str, rented: Rented) -> HostId {
    let id = HostId(world.random.next_u64(Stream::Ids(Kind::Host)));
    let shape = dedicated_hosts::shape(family);
    let born = world.birth();
    let row = PhysicalHost {
        id,
        zone,
        family: family.to_owned(),
        dedicated: true,
        vcpus: shape.map_or(0, |shape| shape.cores * shape.threads),
        neighbours: 0,
        guests: Vec::new(),
        failed: false,
        rented: Some(Rented { born, ..rented }),
    };
    world.put(region, row);
    meter(world, region, id);
    note(world, region, id, format!("Dedicated Host for {family} allocated"));
    id
}

/// Counts what a host costs on demand, from now on, unless a reservation pays for it.
pub(super) fn meter(world: &mut World, region: Region, id: HostId) {
    let Some(row) = world.row::<PhysicalHost>(region, id) else {
        return;
    };
    if row.rented.as_ref().is_none_or(|rented| rented.reservation.is_some()) {
        return;
    }
    let meter = Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure: Measure::DedicatedHost,
        rate: row.family.clone(),
        quantity: 1,
        from: world.now,
        to: None,
    };
    world.usage.start(meter);
}

/// A line of what could not be done.
fn failure(id: &str, (code, message): (String, String)) -> Structure {
    let error = Structure::new().with(field::CODE, code).with(field::MESSAGE, message);
    Structure::new().with(field::RESOURCE_ID, id).with(field::ERROR, error)
}

/// A refusal as these calls list it.
fn of_error(error: Error) -> (String, String) {
    (format!("Client.{}", error.code), error.message)
}

/// Does something with each host of a call that can have it done; the answer lists the others with the reason.
fn each(
    request: &Request<'_>,
    world: &mut World,
    mut act: impl FnMut(&mut World, HostId) -> std::result::Result<(), (String, String)>,
) -> Structure {
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for text in request.params.texts(field::HOST_IDS) {
        let found = held(world, request.region, text).map(|(row, _)| row.id);
        match found.map_err(of_error).and_then(|id| act(world, id)) {
            Ok(()) => done.push(text.to_owned()),
            Err(why) => failed.push(failure(text, why)),
        }
    }
    Structure::new()
        .with(field::SUCCESSFUL, done)
        .with(field::UNSUCCESSFUL, failed)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyHosts.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let kinds = kinds(params)?;
    let (placement, recovery) = (
        switch(params, field::AUTO_PLACEMENT),
        switch(params, field::HOST_RECOVERY),
    );
    let said = placement.is_some() || recovery.is_some() || params.contains(field::HOST_MAINTENANCE);
    if kinds.is_none() && !said {
        let why = "The request must contain an attribute to modify.";
        return Err(Error::new("MissingParameter", why).at("AutoPlacement"));
    }
    Ok(each(request, world, |world, id| {
        let Some(row) = world.row::<PhysicalHost>(region, id) else {
            return Ok(());
        };
        let maintenance = maintenance(params, &row.family).map_err(of_error)?;
        if let Some((family, kind)) = &kinds {
            may_take(world, region, row, family, *kind)?;
        }
        world.update(region, id, |row: &mut PhysicalHost| {
            if let Some(rented) = &mut row.rented {
                rented.auto_placement = placement.unwrap_or(rented.auto_placement);
                rented.recovery = recovery.unwrap_or(rented.recovery);
                rented.maintenance = maintenance.unwrap_or(rented.maintenance);
                if let Some((_, kind)) = &kinds {
                    rented.instance_type = *kind;
                }
            }
        });
        note(world, region, id, "modified");
        Ok(())
    }))
}

/// Whether a host may be made to take these: of its family, and with no guest of another type.
fn may_take(
    world: &World,
    region: Region,
    row: &PhysicalHost,
    family: &str,
    kind: Option<InstanceType>,
) -> std::result::Result<(), (String, String)> {
    let refuse = |text: String| Err(("Client.InvalidHostConfiguration".to_owned(), text));
    let id = row.id;
    if row.family != family {
        return refuse(format!(
            "The Dedicated Host '{id}' supports the instance family '{}', which cannot be changed.",
            row.family
        ));
    }
    let mut guests = row.guests.iter().filter_map(|id| world.row::<Instance>(region, *id));
    let other = guests.find(|guest| kind.is_some_and(|kind| guest.instance_type != kind));
    match other {
        Some(guest) => refuse(format!(
            "The Dedicated Host '{id}' runs '{}' of the type '{}'.",
            guest.id,
            guest.instance_type.name()
        )),
        None => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseHosts.html>: not while instances are on it, or a reservation pays
/// for it.
pub(super) fn release(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    Ok(each(request, world, |world, id| {
        let Some(row) = world.row::<PhysicalHost>(region, id) else {
            return Ok(());
        };
        if !row.guests.is_empty() {
            let text = format!("Dedicated host '{id}' cannot be released as it is occupied");
            return Err(("Client.InvalidHost.Occupied".to_owned(), text));
        }
        if let Some(reservation) = row.rented.as_ref().and_then(|rented| rented.reservation) {
            let text = format!("Dedicated host '{id}' cannot be released: the reservation '{reservation}' covers it");
            return Err(("Client.OperationNotPermitted".to_owned(), text));
        }
        recovery::give_back(world, region, id, HostState::Released);
        note(world, region, id, "Dedicated Host released");
        Ok(())
    }))
}

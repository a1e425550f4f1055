//! Dedicated Hosts: physical hosts that an account rents whole, and on which it may say where its instances run. A rented
//! host is a row among the physical hosts, with what it is rented as beside it.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-overview.html>. This file routes, and chooses hosts.

mod calls;
mod describe;
mod offerings;
pub(in crate::services) mod recovery;
mod reservations;

pub(crate) use offerings::{recurring, upfront};

use super::hosts;
use crate::base::error::{Error, Result};
use crate::base::ids::{HostId, InstanceId, Kind, ResourceId};
use crate::catalog::{InstanceType, Region, Zone, dedicated_hosts};
use crate::clock::Pending;
use crate::services::Handler;
use crate::services::ec2::common::find;
use crate::world::World;
use crate::world::compute::{Instance, PhysicalHost};
use crate::world::rented::{HostState, Rented};
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "AllocateHosts" => Write(calls::allocate),
        "ModifyHosts" => Write(calls::modify),
        "ReleaseHosts" => Write(calls::release),
        "DescribeHosts" => Read(describe::describe_hosts),
        "DescribeMacHosts" => Read(describe::describe_mac_hosts),
        "DescribeHostReservationOfferings" => Read(offerings::describe),
        "GetHostReservationPurchasePreview" => Read(reservations::preview),
        "PurchaseHostReservation" => Write(reservations::purchase),
        "DescribeHostReservations" => Read(reservations::describe),
        _ => return None,
    })
}

/// Pending work of hosts and of their reservations.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    match pending.resource {
        ResourceId::Host(id) => recovery::due(world, pending, id),
        ResourceId::HostReservation(id) => reservations::end(world, pending, id),
        _ => {}
    }
}

/// A Dedicated Host with its row.
type Found<'w> = (&'w PhysicalHost, &'w Rented);

/// All Dedicated Hosts of a Region, by allocation.
fn all(world: &World, region: Region) -> Vec<Found<'_>> {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.hosts.rows());
    let mut found: Vec<Found<'_>> = rows.filter_map(|row| Some((row, row.rented.as_ref()?))).collect();
    sort::by_key(&mut found, |(row, rented)| (rented.born, row.id));
    found
}

/// The Dedicated Host of this id.
///
/// # Errors
/// `InvalidHostID.NotFound`, `InvalidHostID.Malformed`.
fn named<'w>(world: &'w World, region: Region, text: &str) -> Result<Found<'w>> {
    let row = find::<PhysicalHost>(world, region, Kind::Host, text)?;
    row.rented
        .as_ref()
        .map(|rented| (row, rented))
        .ok_or_else(|| missing(text))
}

fn missing(text: &str) -> Error {
    Error::new("InvalidHostID.NotFound", format!("The host ID '{text}' does not exist"))
}

/// The Dedicated Host of this id, which the account still has: one that is given back is only shown.
///
/// # Errors
/// `InvalidHostID.NotFound`, `InvalidHostID.Malformed`.
fn held<'w>(world: &'w World, region: Region, text: &str) -> Result<Found<'w>> {
    let found = named(world, region, text)?;
    if found.1.state.is_released() {
        return Err(missing(text));
    }
    Ok(found)
}

/// The id of a Dedicated Host that the account has.
///
/// # Errors
/// Those of [`held`].
pub(super) fn held_id(world: &World, region: Region, text: &str) -> Result<HostId> {
    Ok(held(world, region, text)?.0.id)
}

/// Room that is taken on a host, in the units of the catalogue.
fn taken(world: &World, region: Region, host: &PhysicalHost) -> i64 {
    let guests = host.guests.iter().filter_map(|id| world.row::<Instance>(region, *id));
    guests.map(|guest| dedicated_hosts::takes(guest.instance_type)).sum()
}

/// Whether a host takes a type at all.
fn accepts((host, rented): Found<'_>, kind: InstanceType) -> bool {
    let named = rented.instance_type;
    host.family == kind.family() && named.is_none_or(|named| named == kind)
}

/// How many more instances of a type a host takes. `beside`: what else is about to go there.
fn free(world: &World, region: Region, found: Found<'_>, kind: InstanceType, beside: i64) -> i64 {
    let (host, rented) = found;
    if !accepts(found, kind) || rented.state != HostState::Available || host.failed {
        return 0;
    }
    let left = dedicated_hosts::room(&host.family) - taken(world, region, host) - beside;
    left.max(0) / dedicated_hosts::takes(kind)
}

/// The host that placement parameters name; `None` = none.
///
/// # Errors
/// `InvalidHostID.NotFound`, `InvalidHostID.Malformed`, `InvalidParameterCombination` (with another tenancy).
#[inline(never)]
pub(super) fn asked(world: &World, region: Region, placement: &Structure) -> Result<Option<HostId>> {
    let affinity = placement.text(field::AFFINITY);
    let tenancy = placement.text(field::TENANCY);
    let host = placement.text(field::HOST_ID).filter(|text| !text.is_empty());
    if let Some(text) = affinity.filter(|text| !matches!(*text, "default" | "host")) {
        let why = format!("Value ({text}) for parameter affinity is invalid. Expecting default or host.");
        return Err(Error::new("InvalidAffinity", why).at("Placement.Affinity"));
    }
    let other = tenancy.is_some_and(|tenancy| tenancy != "host");
    if host.is_some() && other {
        let text = "A host ID can only be specified with the tenancy 'host'.";
        return Err(Error::combination(text).at("Placement.HostId"));
    }
    if affinity == Some("host") && host.is_none() && tenancy != Some("host") {
        let text = "The affinity 'host' requires the tenancy 'host'.";
        return Err(Error::combination(text).at("Placement.Affinity"));
    }
    host.map(|text| held(world, region, text).map(|(row, _)| row.id))
        .transpose()
        .map_err(|error| error.at("Placement.HostId"))
}

/// The same launch in the zone of the host that it names, or of one that takes it, where it leaves the zone open.
#[inline(never)]
pub(super) fn beside(
    world: &World,
    region: Region,
    params: &Structure,
    kind: InstanceType,
    host: Option<HostId>,
) -> Option<Structure> {
    let placement = params.structure(field::PLACEMENT)?;
    let said = params.text(field::SUBNET_ID).is_some_and(|text| !text.is_empty())
        || !params.list(field::NETWORK_INTERFACES).is_empty()
        || placement.contains(field::AVAILABILITY_ZONE)
        || placement.contains(field::AVAILABILITY_ZONE_ID);
    let on_host = host.is_some() || placement.text(field::TENANCY) == Some("host");
    if said || !on_host {
        return None;
    }
    let hosts = all(world, region);
    let (row, _) = hosts.into_iter().find(|found| match host {
        Some(host) => found.0.id == host,
        None => found.1.auto_placement && free(world, region, *found, kind, 0) > 0,
    })?;
    let placement = placement.clone().with(field::AVAILABILITY_ZONE, row.zone.name());
    Some(params.clone().with(field::PLACEMENT, placement))
}

/// An instance that looks for a Dedicated Host.
pub(super) struct Seeker {
    /// Its type.
    pub kind: InstanceType,
    /// Its zone.
    pub zone: Zone,
    /// The host that it has to be on.
    pub wanted: Option<HostId>,
    /// The host that it was on, which it prefers.
    pub last: Option<HostId>,
}

impl Seeker {
    fn of(row: &Instance) -> Seeker {
        Seeker {
            kind: row.instance_type,
            zone: row.zone,
            wanted: row.more.wanted_host,
            last: row.last_host,
        }
    }

    /// The host that takes it, beside others which have chosen theirs: the one that it wants; else the one that it was on, by best effort;
    /// else the eldest that takes launches that name none.
    /// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-understanding.html>
    ///
    /// # Errors
    /// `InvalidHostState`, `IncompatibleHostRequirements`, `InsufficientCapacityOnHost`, `InvalidParameterCombination` (another zone).
    fn choose(&self, world: &World, region: Region, others: &[(HostId, i64)]) -> Result<HostId> {
        let beside = |id: HostId| {
            others
                .iter()
                .filter(|(host, _)| *host == id)
                .map(|(_, units)| units)
                .sum()
        };
        let fits = |found: &Found<'_>| {
            found.0.zone == self.zone && free(world, region, *found, self.kind, beside(found.0.id)) > 0
        };
        let hosts = all(world, region);
        if let Some(wanted) = self.wanted {
            let found = hosts.iter().find(|(row, _)| row.id == wanted);
            return match found {
                Some(found) if fits(found) => Ok(wanted),
                found => Err(self.refused(wanted, found)),
            };
        }
        let before = hosts.iter().find(|found| Some(found.0.id) == self.last && fits(found));
        let open = || hosts.iter().find(|found| found.1.auto_placement && fits(found));
        if let Some((row, _)) = before.or_else(open) {
            return Ok(row.id);
        }
        let (kind, zone) = (self.kind.name(), self.zone.name());
        let takes =
            |found: &&Found<'_>| found.1.auto_placement && found.0.zone == self.zone && accepts(**found, self.kind);
        Err(if hosts
            .iter()
            .filter(takes)
            .any(|found| found.1.state == HostState::Available)
        {
            let text =
                format!("There is not enough capacity on the Dedicated Hosts in {zone} to launch or start {kind}.");
            Error::new("InsufficientCapacityOnHost", text)
                .remedy("Stop or terminate instances there, or allocate another host.")
        } else {
            let text = format!(
                "There are no available or compatible Dedicated Hosts in {zone} on which to launch or start {kind}."
            );
            Error::new("IncompatibleHostRequirements", text).remedy(format!(
                "Allocate a host for {kind} with auto-placement on, or name a host of the account."
            ))
        }
        .at("Placement.Tenancy"))
    }

    /// Why the host that it wants does not take it.
    fn refused(&self, wanted: HostId, found: Option<&Found<'_>>) -> Error {
        let Some(found) = found.filter(|found| !found.1.state.is_released()) else {
            return missing(&wanted.to_string()).at("Placement.HostId");
        };
        let (kind, state) = (self.kind.name(), found.1.state.name());
        if found.0.zone != self.zone {
            let (host, zone) = (found.0.zone.name(), self.zone.name());
            let text = format!("The Dedicated Host '{wanted}' is in {host}, and the instance in {zone}.");
            return Error::combination(text).at("Placement.HostId");
        }
        let (code, text) = if found.1.state != HostState::Available {
            (
                "InvalidHostState",
                format!("The Dedicated Host '{wanted}' is in the state '{state}' and takes no instances."),
            )
        } else if !accepts(*found, self.kind) {
            (
                "IncompatibleHostRequirements",
                format!("The Dedicated Host '{wanted}' does not support the instance type '{kind}'."),
            )
        } else {
            (
                "InsufficientCapacityOnHost",
                format!("There is not enough capacity on the Dedicated Host '{wanted}' to launch or start {kind}."),
            )
        };
        Error::new(code, text).at("Placement.HostId")
    }
}

/// How many instances of a launch find a Dedicated Host, up to `most`.
///
/// # Errors
/// Those of a [`Seeker`], where fewer than `least` find one.
#[inline(never)]
pub(super) fn room(world: &World, region: Region, seeker: &Seeker, least: i64, most: i64) -> Result<i64> {
    let mut chosen: Vec<(HostId, i64)> = Vec::new();
    let units = dedicated_hosts::takes(seeker.kind);
    for count in 0..most {
        match seeker.choose(world, region, &chosen) {
            Ok(host) => chosen.push((host, units)),
            Err(error) if count < least => return Err(error),
            Err(_) => return Ok(count),
        }
    }
    Ok(most)
}

/// Whether these instances, all of the tenancy `host`, may start together.
///
/// # Errors
/// Those of a [`Seeker`].
pub(super) fn may_start(world: &World, region: Region, instances: &[&Instance]) -> Result<()> {
    let mut chosen: Vec<(HostId, i64)> = Vec::new();
    for row in instances {
        let host = Seeker::of(row).choose(world, region, &chosen)?;
        chosen.push((host, dedicated_hosts::takes(row.instance_type)));
    }
    Ok(())
}

/// Puts an instance of the tenancy `host` on its Dedicated Host. Where there is none any more its launch fails when it would run.
#[inline(never)]
pub(super) fn place(world: &mut World, region: Region, id: InstanceId) {
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    match Seeker::of(row).choose(world, region, &[]) {
        Ok(host) => {
            hosts::settle_on(world, region, id, host);
            world.update(region, id, |row: &mut Instance| {
                // Affinity binds it to its first host; without it a wish counts once.
                row.more.wanted_host = row.more.host_affinity.then_some(host);
            });
        }
        Err(error) => {
            let fault = Some((format!("Server.{}", error.code), error.message));
            world.update(region, id, |row: &mut Instance| row.launch_fault = fault);
        }
    }
}

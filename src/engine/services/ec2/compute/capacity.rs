//! Room for more instances of a type in a zone. AWS tells nobody how much it has: here there is always enough, unless our
//! `SetCapacity` says that room is short. Each launch and start takes some, each stop and termination gives it back.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html#troubleshooting-launch-capacity>

use super::types;
use crate::base::error::{Error, Result};
use crate::base::ids::InstanceId;
use crate::catalog::{InstanceType, Region, Zone};
use crate::services::ec2::common::note;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};

/// The reason of an instance whose launch or start was accepted, but found no room any more.
const LOST: (&str, &str) = (
    "Server.InsufficientInstanceCapacity",
    "There was insufficient instance capacity to satisfy the launch request.",
);

/// How many more instances of a type a zone takes.
pub(super) fn room(world: &World, region: Region, zone: Zone, kind: InstanceType) -> i64 {
    let mut known = world.ec2(region).into_iter().flat_map(|ec2| &ec2.capacity);
    known
        .find(|line| (line.0, line.1) == (zone, kind))
        .map_or(i64::MAX, |line| line.2)
}

/// Takes (-1) or gives back (+1) the room of an instance, where room is short.
pub(super) fn change(world: &mut World, region: Region, zone: Zone, kind: InstanceType, by: i64) {
    if let Some(ec2) = world.regions.get_mut(&region)
        && let Some(line) = ec2.capacity.iter_mut().find(|line| (line.0, line.1) == (zone, kind))
    {
        line.2 = (line.2 + by).max(0);
    }
}

/// Whether these instances, by zone and type, may start together.
///
/// # Errors
/// `InsufficientInstanceCapacity`.
pub(super) fn check(world: &World, region: Region, wanted: &[(Zone, InstanceType)]) -> Result<()> {
    for (zone, kind) in wanted {
        let count = wanted.iter().filter(|other| **other == (*zone, *kind)).count();
        if room(world, region, *zone, *kind) < count as i64 {
            return Err(exceeded(world, region, *zone, *kind));
        }
    }
    Ok(())
}

/// `InsufficientInstanceCapacity` of a zone: a fault of AWS's, and so status 500.
pub(super) fn exceeded(world: &World, region: Region, zone: Zone, kind: InstanceType) -> Error {
    let free = |other: &Zone| types::offered(kind, *other) && room(world, region, *other, kind) > 0;
    let others: Vec<String> = region.zones().filter(free).map(Zone::name).collect();
    let name = kind.name();
    let mut text = format!(
        "We currently do not have sufficient {name} capacity in the Availability Zone you requested ({}). Our system will be working on provisioning additional capacity.",
        zone.name()
    );
    if !others.is_empty() {
        text.push_str(&format!(
            " You can currently get {name} capacity by not specifying an Availability Zone in your request or choosing {}.",
            others.join(", ")
        ));
    }
    Error::new("InsufficientInstanceCapacity", text)
        .with_status(500)
        .at("Placement.AvailabilityZone")
        .remedy("Wait, or take another zone or another instance type.")
}

/// Says how many more instances of a type a zone takes; `None` = enough for any. Where there is none left, whoever is just
/// being launched or started there loses the race.
pub(in crate::services) fn set(world: &mut World, region: Region, zone: Zone, kind: InstanceType, count: Option<i64>) {
    let Some(ec2) = world.regions.get_mut(&region) else {
        return;
    };
    ec2.capacity.retain(|line| (line.0, line.1) != (zone, kind));
    ec2.capacity.extend(count.map(|count| (zone, kind, count)));
    if count != Some(0) {
        return;
    }
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    let losers: Vec<InstanceId> = rows
        .filter(|row| row.state == InstanceState::Pending && row.zone == zone && row.instance_type == kind)
        .map(|row| row.id)
        .collect();
    for id in losers {
        let fault = Some((LOST.0.to_owned(), LOST.1.to_owned()));
        world.update(region, id, |row: &mut Instance| row.launch_fault = fault);
        note(world, region, id, "there is no room for it any more");
    }
}

//! What becomes of a Dedicated Host that fails or degrades, and how one is given back.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-recovery.html>: with host recovery AWS allocates another
//! host like it and restarts the instances there, which keep ids, addresses and volumes; those with disks of the host stay. Without
//! it the host ends as `permanent-failure`, and whoever has it stops the instances and releases it.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-maintenance.html>: with host maintenance the same is done to a host
//! that still works, two weeks later. How long a look at a failure takes is ours.

use super::calls;
use crate::base::ids::{HostId, InstanceId};
use crate::catalog::Region;
use crate::clock::{Pending, Step};
use crate::services::ec2::common::{note, note_clock};
use crate::services::ec2::compute::events::windows;
use crate::services::ec2::compute::{hosts, lifecycle};
use crate::services::ec2::gateways::life::{is_about, later};
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, PhysicalHost};
use crate::world::rented::{HostReservation, HostState, Rented};
use crate::world::usage::{Measure, Subject};

const RECOVERY: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-recovery.html";
const MAINTENANCE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-maintenance.html";

fn enter(world: &mut World, region: Region, id: HostId, state: HostState) {
    let now = world.now;
    world.update(region, id, |row: &mut PhysicalHost| {
        if let Some(rented) = &mut row.rented {
            rented.state = state;
            rented.since = now;
        }
    });
}

/// A host has failed: AWS looks at it. Nothing happens to a host that is no Dedicated Host.
pub(in crate::services) fn failed(world: &mut World, region: Region, id: HostId) {
    let rented = |row: &PhysicalHost| row.rented.as_ref().map(|rented| rented.state);
    if world.row::<PhysicalHost>(region, id).and_then(rented) != Some(HostState::Available) {
        return;
    }
    enter(world, region, id, HostState::UnderAssessment);
    note(world, region, id, "available → under-assessment");
    later(world, region, id, "dedicated-host.assessment", Step::Settle);
}

/// A host has been found degraded: it still works. Whether it was a Dedicated Host that is to be looked after.
pub(in crate::services) fn degraded(world: &mut World, region: Region, id: HostId) -> bool {
    let known = world.update(region, id, |row: &mut PhysicalHost| {
        let rented = row.rented.as_mut()?;
        let new = rented.state == HostState::Available && !rented.degraded;
        rented.degraded = true;
        new.then_some(rented.maintenance)
    });
    let Some(Some(maintained)) = known else { return false };
    note(world, region, id, "the host is degraded");
    if maintained {
        later(world, region, id, "dedicated-host.maintenance", Step::Modify);
    }
    true
}

/// What time does to a host.
pub(super) fn due(world: &mut World, pending: &Pending, id: HostId) {
    let region = pending.region;
    let Some((row, rented)) = world
        .row::<PhysicalHost>(region, id)
        .and_then(|row| Some((row, row.rented.clone()?)))
    else {
        return;
    };
    let empty = row.guests.is_empty();
    match pending.step {
        Step::Reap if rented.state.is_released() && empty => {
            let rule = "A released host is shown for about an hour.";
            note_clock(world, region, id, "no longer shown", rule, "ours");
            world.take::<PhysicalHost>(region, id);
        }
        Step::Settle if rented.state == HostState::UnderAssessment && is_about(pending, rented.since) => {
            assessed(world, region, id, &rented);
        }
        Step::Modify if rented.state == HostState::Available && rented.degraded && rented.maintenance => {
            let rule = "Host maintenance moves the instances of a degraded host to another one two weeks later.";
            replace(world, region, id, &rented, (rule, MAINTENANCE));
        }
        _ => {}
    }
}

/// The end of the look at a failed host.
fn assessed(world: &mut World, region: Region, id: HostId, rented: &Rented) {
    if rented.recovery {
        let rule = "Host recovery restarts the instances of a failed host on another one that is allocated for them.";
        replace(world, region, id, rented, (rule, RECOVERY));
        return;
    }
    enter(world, region, id, HostState::PermanentFailure);
    let rule = "Without host recovery a failed host ends as permanent-failure.";
    note_clock(
        world,
        region,
        id,
        "under-assessment → permanent-failure",
        rule,
        RECOVERY,
    );
}

/// Allocates a host like this one, with its tags and its reservation, and moves there who can move. One that is then empty is
/// given back, another stays until its guests are stopped.
fn replace(
    world: &mut World,
    region: Region,
    id: HostId,
    rented: &Rented,
    (rule, source): (&'static str, &'static str),
) {
    let Some(row) = world.row::<PhysicalHost>(region, id).cloned() else {
        return;
    };
    let now = world.now;
    let like = Rented {
        state: HostState::Available,
        since: now,
        allocated: now,
        client_token: String::new(),
        degraded: false,
        ..rented.clone()
    };
    let new = calls::put(world, region, row.zone, &row.family, like);
    let own = world.tags(region, id.into()).cloned().unwrap_or_default();
    // As many tags as the host had fit onto another.
    let _ = tags::put_tags(world, region, new.into(), &own);
    if let Some(reservation) = rented.reservation {
        world.update(region, reservation, |row: &mut HostReservation| {
            for host in row.hosts.iter_mut().filter(|host| **host == id) {
                *host = new;
            }
        });
        world.update(region, id, |row: &mut PhysicalHost| {
            if let Some(rented) = &mut row.rented {
                rented.reservation = None;
            }
        });
    }
    // From now on the new host is paid for and this one is not, also while something stays on it.
    stop_meter(world, id);
    note_clock(world, region, new, format!("takes the place of {id}"), rule, source);
    for guest in &row.guests {
        moved(world, region, *guest, new, (rule, source));
    }
    let left = world.row::<PhysicalHost>(region, id).map(|row| row.guests.len());
    if left == Some(0) {
        give_back(world, region, id, HostState::ReleasedPermanentFailure);
    } else {
        enter(world, region, id, HostState::PermanentFailure);
    }
    let state = world
        .row::<PhysicalHost>(region, id)
        .and_then(|row| row.rented.as_ref())
        .map_or("", |rented| rented.state.name());
    note_clock(world, region, id, format!("its instances move: {state}"), rule, source);
}

/// Moves an instance to another host, where it starts again. What has disks of its host stays with them.
fn moved(world: &mut World, region: Region, id: InstanceId, to: HostId, (rule, source): (&'static str, &'static str)) {
    let stays = |row: &Instance| !row.ephemeral.is_empty() || row.machine.root_device_type == "instance-store";
    if world.row::<Instance>(region, id).is_none_or(stays) {
        return;
    }
    hosts::leave(world, region, id);
    hosts::settle_on(world, region, id, to);
    world.update(region, id, |row: &mut Instance| {
        row.checks.system_impaired = None;
        if row.more.host_affinity {
            row.more.wanted_host = Some(to);
        }
    });
    note_clock(world, region, id, format!("restarts on {to}"), rule, source);
    // What is on its way down has nothing to start again.
    if world
        .row::<Instance>(region, id)
        .is_some_and(|row| row.state == InstanceState::Running)
    {
        lifecycle::reboot(world, region, id);
    }
}

fn stop_meter(world: &mut World, id: HostId) {
    world
        .usage
        .stop(&Subject::Resource(id.into()), Measure::DedicatedHost, world.now);
}

/// A host goes back to AWS: it costs nothing any more, and stays listed for a while.
pub(super) fn give_back(world: &mut World, region: Region, id: HostId, state: HostState) {
    let now = world.now;
    stop_meter(world, id);
    enter(world, region, id, state);
    world.update(region, id, |row: &mut PhysicalHost| {
        if let Some(rented) = &mut row.rented {
            rented.released = Some(now);
        }
    });
    windows::forget(world, region, id.into());
    later(world, region, id, "dedicated-host.visible-after-release", Step::Reap);
}

//! StartInstances, StopInstances, RebootInstances, TerminateInstances: which requests a state allows.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html>. One bad instance in the list fails the
//! whole call; the one exception is a protected instance in TerminateInstances across zones.

use super::transitions::{self, Why};
use super::{capacity, dedicated, events, guest, placement, quotas, spot};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind};
use crate::base::time::{Span, Time};
use crate::catalog::{InstanceType, Region, Zone};
use crate::services::Request;
use crate::services::ec2::common::{done, find, note};
use crate::services::ec2::storage::volumes::types;
use crate::services::ec2::storage::{files, images};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, Tenancy};
use crate::world::files::Disk;
use crate::world::launching::Strategy;
use crate::world::storage::{AttachState, Volume};
use stratus_model::{Structure, field};

/// The instances that a call lists, each once, in its order.
///
/// # Errors
/// `InvalidInstanceID.NotFound`, `InvalidInstanceID.Malformed`, `MissingParameter`.
pub(super) fn listed<'w>(request: &Request<'_>, world: &'w World) -> Result<Vec<&'w Instance>> {
    let mut found: Vec<&Instance> = Vec::new();
    let mut missing = Vec::new();
    for text in request.params.texts(field::INSTANCE_IDS) {
        match find::<Instance>(world, request.region, Kind::Instance, text) {
            Ok(instance) if found.iter().any(|has| has.id == instance.id) => {}
            Ok(instance) => found.push(instance),
            Err(error) if error.code == "InvalidInstanceID.NotFound" => missing.push(text),
            Err(error) => return Err(error.at("InstanceIds")),
        }
    }
    match missing.as_slice() {
        [] if found.is_empty() => Err(Error::missing("InstanceId")),
        [] => Ok(found),
        [one] => Err(not_found(format!("The instance ID '{one}' does not exist"))),
        many => Err(not_found(format!(
            "The instance IDs '{}' do not exist",
            many.join(", ")
        ))),
    }
}

fn not_found(text: String) -> Error {
    Error::new("InvalidInstanceID.NotFound", text).at("InstanceIds")
}

fn incorrect(id: InstanceId, text: String) -> Error {
    Error::new("IncorrectInstanceState", text)
        .at("InstanceIds")
        .remedy(format!("Wait until {id} has settled, or look at its state first."))
}

/// What changed, as three of these calls answer it.
fn changes(world: &World, region: Region, before: &[(InstanceId, InstanceState)]) -> Vec<Structure> {
    before
        .iter()
        .map(|(id, previous)| {
            let current = world.row::<Instance>(region, *id).map_or(*previous, |row| row.state);
            Structure::new()
                .with(field::INSTANCE_ID, *id)
                .with(field::CURRENT_STATE, state(current))
                .with(field::PREVIOUS_STATE, state(*previous))
        })
        .collect()
}

/// Code and name of a state.
pub(super) fn state(state: InstanceState) -> Structure {
    Structure::new()
        .with(field::CODE, state.code())
        .with(field::NAME, state.name())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html>
pub(super) fn start_instances(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let instances = listed(request, world)?;
    let mut wanted: Vec<(InstanceType, i64)> = Vec::new();
    let mut spot: Vec<(InstanceType, i64)> = Vec::new();
    let mut places: Vec<(Zone, InstanceType)> = Vec::new();
    for instance in &instances {
        match instance.state {
            InstanceState::Stopped => {
                has_root(world, region, instance)?;
                spot::may_start(world, region, instance)?;
                group_room(world, region, instance)?;
                if instance.tenancy == Tenancy::Host {
                    continue;
                }
                let more = if instance.more.spot.is_some() {
                    &mut spot
                } else {
                    &mut wanted
                };
                more.push((instance.instance_type, 1));
                places.push((instance.zone, instance.instance_type));
            }
            InstanceState::Pending | InstanceState::Running => {}
            InstanceState::Stopping | InstanceState::ShuttingDown | InstanceState::Terminated => {
                let text = format!(
                    "The instance '{}' is not in a state from which it can be started.",
                    instance.id
                );
                return Err(incorrect(instance.id, text));
            }
        }
    }
    quotas::check_spot(world, region, &spot)?;
    quotas::check(world, region, &wanted)?;
    capacity::check(world, region, &places)?;
    let on_hosts: Vec<&Instance> = instances
        .iter()
        .filter(|row| row.state == InstanceState::Stopped && row.tenancy == Tenancy::Host)
        .copied()
        .collect();
    if !on_hosts.is_empty() {
        dedicated::may_start(world, region, &on_hosts)?;
    }
    let before: Vec<(InstanceId, InstanceState)> = instances.iter().map(|row| (row.id, row.state)).collect();
    for (id, _) in before.iter().filter(|(_, state)| *state == InstanceState::Stopped) {
        transitions::begin_start(world, region, *id);
    }
    Ok(Structure::new().with(field::STARTING_INSTANCES, changes(world, region, &before)))
}

/// Whether a spread group has room for one more in the zone: what is stopped takes none.
fn group_room(world: &World, region: Region, instance: &Instance) -> Result<()> {
    let name = instance.placement_group.as_deref();
    let group = name.and_then(|name| placement::named(world, region, name));
    match group.filter(|group| group.strategy == Strategy::Spread) {
        Some(group) if placement::spread_room(world, region, &group.name, instance.zone) < 1 => {
            Err(placement::full(&group.name, instance.zone))
        }
        _ => Ok(()),
    }
}

/// Whether there is something to boot from: the root volume may have been taken off while the instance was stopped.
/// <https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html> has AWS's words.
fn has_root(world: &World, region: Region, instance: &Instance) -> Result<()> {
    let root = &instance.machine.root_device_name;
    let there = instance.block_devices.iter().any(|device| {
        let volume = world.row::<Volume>(region, device.volume);
        let leaving = |volume: &Volume| {
            let of = volume.attachments.iter().find(|at| at.instance == instance.id);
            of.is_none_or(|at| at.state == AttachState::Detaching)
        };
        device.device == *root && !volume.is_none_or(leaving)
    });
    if there {
        return boots(world, region, instance);
    }
    let text = format!(
        "Invalid value '{}' for instanceId. Instance does not have a volume attached at root ({root})",
        instance.id
    );
    Err(Error::new("InvalidParameterValue", text)
        .at("InstanceIds")
        .remedy(format!("Attach a volume as {root} first.")))
}

/// Whether the volume at the root is of a type to boot from. The error's words are ours.
fn boots(world: &World, region: Region, instance: &Instance) -> Result<()> {
    let volume = match files::disks::root(instance) {
        Some(Disk::Volume(id)) => world.row::<Volume>(region, id),
        _ => None,
    };
    let Some(volume) = volume.filter(|volume| !types::boots(&volume.volume_type)) else {
        return Ok(());
    };
    let text = format!(
        "The root volume '{}' of instance '{}' is of type {}, which cannot be used as a boot volume.",
        volume.id, instance.id, volume.volume_type
    );
    Err(Error::new("UnsupportedOperation", text)
        .at("InstanceIds")
        .remedy(types::BOOTABLE))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html>
pub(super) fn stop_instances(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let hibernate = request.params.boolean(field::HIBERNATE) == Some(true);
    let instances = listed(request, world)?;
    for instance in &instances {
        may_stop(instance, hibernate, world.now)?;
        spot::may_stop(world, region, instance)?;
    }
    let before: Vec<(InstanceId, InstanceState)> = instances.iter().map(|row| (row.id, row.state)).collect();
    let why = if hibernate {
        Why::user(world, "Client.UserInitiatedHibernate", "User initiated hibernate")
    } else {
        Why::user(world, "Client.UserInitiatedShutdown", "User initiated shutdown")
    };
    for (id, state) in &before {
        if matches!(state, InstanceState::Running | InstanceState::Pending) {
            if let Some(why) = cut_short(request.params) {
                files::crash(world, region, *id, why);
            }
            transitions::begin_stop(world, region, *id, hibernate, &why);
        }
    }
    Ok(Structure::new().with(field::STOPPING_INSTANCES, changes(world, region, &before)))
}

/// Why the guest has no time to write what it holds: it is not asked to shut down.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html> (Force, SkipOsShutdown)
fn cut_short(params: &Structure) -> Option<&'static str> {
    let asked = |name| params.boolean(name) == Some(true);
    match () {
        () if asked(field::FORCE) => Some("it is stopped by force"),
        () if asked(field::SKIP_OS_SHUTDOWN) => Some("its system is not shut down first"),
        () => None,
    }
}

fn may_stop(instance: &Instance, hibernate: bool, now: Time) -> Result<()> {
    let id = instance.id;
    if instance.machine.root_device_type == "instance-store" {
        let text = format!("The instance '{id}' does not have an 'ebs' root device type and cannot be stopped.");
        return Err(Error::new("UnsupportedOperation", text)
            .remedy("Its root lives on the host's disks: it can only be rebooted or terminated."));
    }
    match instance.state {
        InstanceState::Stopping | InstanceState::Stopped => return Ok(()),
        InstanceState::ShuttingDown | InstanceState::Terminated => {
            let text = format!("This instance '{id}' is not in a state from which it can be stopped.");
            return Err(incorrect(id, text));
        }
        InstanceState::Pending if !instance.has_run => {
            let text = format!("Instance '{id}' cannot be stopped as it has never reached the 'running' state.");
            return Err(incorrect(id, text));
        }
        InstanceState::Pending if hibernate => {
            let text = format!("This instance '{id}' is not in a state from which it can be hibernated.");
            return Err(incorrect(id, text));
        }
        InstanceState::Pending | InstanceState::Running => {}
    }
    if instance.disable_api_stop {
        let text = format!(
            "The instance '{id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again."
        );
        return Err(Error::new("OperationNotPermitted", text));
    }
    if hibernate && !instance.hibernation {
        let text =
            format!("The instance can't be hibernated because it was not configured at launch for hibernation: {id}");
        return Err(Error::new("UnsupportedHibernationConfiguration", text)
            .remedy("Launch it with HibernationOptions.Configured = true."));
    }
    if hibernate {
        ready_to_hibernate(instance, now)?;
    }
    Ok(())
}

/// A guest can be frozen only once it has set aside room for its memory: about two minutes after the launch, with Windows
/// five. That it cannot while it boots, or still works on its user data, is ours: there is nothing yet to go on with.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshoot-instance-hibernate.html>
fn ready_to_hibernate(instance: &Instance, now: Time) -> Result<()> {
    let minutes = if instance.machine.is_windows() { 5 } else { 2 };
    if now >= instance.created + Span::minutes(minutes) && instance.guest.boots.is_none() {
        return Ok(());
    }
    let text = format!(
        "Instance '{}' is not ready to hibernate yet, retry in a few minutes",
        instance.id
    );
    Err(Error::new("UnsupportedOperation", text)
        .at("InstanceIds")
        .remedy(format!(
            "Wait until {minutes} minutes have passed since the launch and its boot is over."
        )))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RebootInstances.html>. For what has ended it does nothing.
pub(super) fn reboot_instances(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let instances = listed(request, world)?;
    let mut running = Vec::new();
    for instance in instances {
        match instance.state {
            InstanceState::Running => running.push(instance.id),
            InstanceState::ShuttingDown | InstanceState::Terminated => {}
            InstanceState::Pending | InstanceState::Stopping | InstanceState::Stopped => {
                let text = format!("This instance '{}' is not in the 'running' state.", instance.id);
                return Err(incorrect(instance.id, text));
            }
        }
    }
    for id in running {
        images::interrupt(world, region, id);
        reboot(world, region, id);
        note(world, region, id, "rebooting");
        events::rebooted(world, region, id);
    }
    done()
}

/// Reboots a running instance: host, addresses and disks stay; what hung inside the guest is gone.
pub(crate) fn reboot(world: &mut World, region: Region, id: InstanceId) {
    world.update(region, id, |row: &mut Instance| row.checks.instance_impaired = None);
    guest::reboot(world, region, id);
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html>: a protected instance fails the call
/// and saves what is listed in its own zone; listed instances of zones without a protected one are terminated all the same.
pub(super) fn terminate_instances(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let instances = listed(request, world)?;
    let over = |state| matches!(state, InstanceState::ShuttingDown | InstanceState::Terminated);
    let guarded: Vec<(InstanceId, Zone)> = instances
        .iter()
        .filter(|row| row.disable_api_termination && !over(row.state))
        .map(|row| (row.id, row.zone))
        .collect();
    let chosen: Vec<(InstanceId, InstanceState)> = instances
        .iter()
        .filter(|row| !guarded.iter().any(|(_, zone)| *zone == row.zone))
        .map(|row| (row.id, row.state))
        .collect();
    let why = Why::user(world, "Client.UserInitiatedShutdown", "User initiated shutdown");
    for (id, state) in chosen.iter().filter(|(_, state)| !over(*state)) {
        if let Some(why) = cut_short(request.params).filter(|_| *state == InstanceState::Running) {
            files::crash(world, region, *id, why);
        }
        transitions::begin_termination(world, region, *id, &why);
    }
    let Some((id, _)) = guarded.first() else {
        return Ok(Structure::new().with(field::TERMINATING_INSTANCES, changes(world, region, &chosen)));
    };
    let text = format!(
        "The instance '{id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again."
    );
    let error = Error::new("OperationNotPermitted", text);
    Err(if chosen.iter().all(|(_, state)| over(*state)) {
        error
    } else {
        error.partial()
    })
}

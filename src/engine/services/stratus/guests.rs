//! What goes on inside a guest and under it: programs that listen, its own firewall, a shutdown from within, faults.
//!
//! These are ours: to AWS a guest is a closed box. Instances are found in the Region of the call.

use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{done, find, need, note};
use crate::services::ec2::compute::dedicated::recovery;
use crate::services::ec2::compute::{events, guest, lifecycle, transitions};
use crate::services::ec2::storage::files::{self, disks};
use crate::services::ec2::storage::volumes::calls;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, Listener, PhysicalHost};
use crate::world::journal::Cause;
use stratus_model::{Structure, field};

/// Programs that may listen in one guest.
const LISTENERS: usize = 200;

fn instance<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Instance> {
    let text = need(request.params, field::INSTANCE_ID)?;
    find::<Instance>(world, request.region, Kind::Instance, text).map_err(|error| error.at("InstanceId"))
}

/// An instance that runs: nothing happens inside any other.
pub(super) fn running(request: &Request<'_>, world: &World) -> Result<InstanceId> {
    let row = instance(request, world)?;
    if row.state == InstanceState::Running {
        return Ok(row.id);
    }
    let text = format!(
        "The instance '{}' is '{}': nothing runs inside it.",
        row.id,
        row.state.name()
    );
    Err(Error::new("IncorrectInstanceState", text)
        .at("InstanceId")
        .remedy("Start it, or wait until it runs."))
}

/// An instance whose guest has come up.
pub(super) fn awake(request: &Request<'_>, world: &World) -> Result<InstanceId> {
    let id = running(request, world)?;
    let row = instance(request, world)?;
    let Some(obstacle) = files::boot::stuck(world, request.region, row) else {
        return Ok(id);
    };
    let text = format!("The guest of '{id}' has not started: {}.", obstacle.words());
    Err(Error::new("IncorrectInstanceState", text)
        .at("InstanceId")
        .remedy("Stop the instance, attach a root volume with a system on it, and start it."))
}

fn socket(params: &Structure) -> Result<(u8, u16)> {
    let protocol = if params.text(field::PROTOCOL) == Some("udp") {
        17
    } else {
        6
    };
    let port = params
        .integer(field::PORT)
        .and_then(|port| u16::try_from(port).ok())
        .filter(|port| *port > 0);
    Ok((
        protocol,
        port.ok_or_else(|| Error::invalid("Port", "a number from 1 to 65535"))?,
    ))
}

fn socket_name((protocol, port): (u8, u16)) -> String {
    format!("{} {port}", if protocol == 17 { "udp" } else { "tcp" })
}

/// A program begins to listen. It was started by hand: the next boot does not bring it back.
pub(super) fn start_listener(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = awake(request, world)?;
    let (protocol, port) = socket(request.params)?;
    let taken = |row: &Instance| {
        row.guest
            .listeners
            .iter()
            .any(|has| (has.protocol, has.port) == (protocol, port))
    };
    let name = socket_name((protocol, port));
    if let Some(row) = world.row::<Instance>(request.region, id) {
        if taken(row) {
            return Err(Error::new("InvalidParameterValue", format!("{name} is in use in '{id}'")).at("Port"));
        }
        if row.guest.listeners.len() >= LISTENERS {
            return Err(Error::new(
                "LimitExceeded",
                format!("{LISTENERS} programs listen in '{id}' already"),
            ));
        }
    }
    // A program's first line is its name; more would be its text.
    let program = request
        .params
        .text(field::PROGRAM)
        .and_then(|text| text.lines().next())
        .unwrap_or("nc")
        .trim();
    let listener = Listener {
        protocol,
        port,
        program: program.chars().take(64).collect(),
        service: false,
    };
    world.update(request.region, id, |row: &mut Instance| {
        guest::add(&mut row.guest.listeners, vec![listener])
    });
    note(world, request.region, id, format!("{program} listens on {name}"));
    done()
}

/// Whatever listens there stops, and no boot brings it back.
pub(super) fn stop_listener(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = awake(request, world)?;
    let socket = socket(request.params)?;
    let is = |has: &Listener| (has.protocol, has.port) == socket;
    let stopped = world.update(request.region, id, |row: &mut Instance| {
        let before = row.guest.listeners.len();
        row.guest.listeners.retain(|has| !is(has));
        row.guest.services.retain(|has| !is(has));
        before != row.guest.listeners.len()
    });
    let name = socket_name(socket);
    if stopped != Some(true) {
        return Err(Error::new("InvalidParameterValue", format!("Nothing listens on {name} in '{id}'")).at("Port"));
    }
    note(world, request.region, id, format!("nothing listens on {name} any more"));
    done()
}

/// Writes to a volume, or to a disk of the host, which is named by its instance: `i-…/ephemeral0`.
pub(super) fn write_blocks(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let text = need(request.params, field::VOLUME_ID)?;
    let Some((instance, disk)) = text.split_once('/') else {
        return calls::write_blocks(request, world);
    };
    let row =
        find::<Instance>(world, request.region, Kind::Instance, instance).map_err(|error| error.at("VolumeId"))?;
    if row.state != InstanceState::Running {
        let text = format!(
            "The instance '{}' is '{}': nothing runs inside it.",
            row.id,
            row.state.name()
        );
        return Err(Error::new("IncorrectInstanceState", text).at("VolumeId"));
    }
    let id = row.id;
    let Some(place) = row.ephemeral.iter().position(|has| has.virtual_name == disk) else {
        return Err(Error::new(
            "InvalidParameterValue",
            format!("'{id}' has no instance store '{disk}'"),
        )
        .at("VolumeId"));
    };
    let offset = request.params.integer(field::OFFSET).unwrap_or(0).max(0);
    let length = request.params.integer(field::LENGTH).unwrap_or(0).max(0);
    let fits = world.update(request.region, id, |row: &mut Instance| {
        match row.ephemeral.get_mut(place) {
            // Sizes of disks are decimal.
            Some(disk) if offset.saturating_add(length) <= disk.size_gb.saturating_mul(1_000_000_000) => {
                disks::merge(&mut disk.written, offset, length);
                true
            }
            _ => false,
        }
    });
    if fits != Some(true) {
        return Err(Error::invalid("Length", "it ends beyond the disk"));
    }
    note(
        world,
        request.region,
        id,
        format!("{length} bytes written to its instance store {disk}"),
    );
    done()
}

/// Somebody who is logged in types a command.
pub(super) fn run_command(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = awake(request, world)?;
    guest::commands::run(request, world, id)
}

/// Somebody shuts the guest down, or reboots it, from within. What a shutdown does is the instance's
/// InstanceInitiatedShutdownBehavior; protection against the API does not hold it back.
pub(super) fn shut_down_guest(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = awake(request, world)?;
    if request.params.boolean(field::REBOOT) == Some(true) {
        note(world, request.region, id, "rebooting from within");
        lifecycle::reboot(world, request.region, id);
    } else {
        let cause = Cause::Call(world.calls);
        transitions::guest_shutdown(world, request.region, id, cause);
    }
    done()
}

/// The host of an instance fails: all of our guests on it are impaired, their instance store is lost, and who is just
/// being launched there ends. Stopping and starting brings a guest to another host. A host may also be found degraded: it works
/// on; host maintenance replaces a Dedicated Host, and on another one AWS schedules the retirement of what runs there.
pub(super) fn fail_host(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = instance(request, world)?;
    let region = request.region;
    let Some(host) = row.host else {
        let text = format!("The instance '{}' is '{}': it is on no host.", row.id, row.state.name());
        return Err(Error::new("IncorrectInstanceState", text).at("InstanceId"));
    };
    if request.params.boolean(field::DEGRADED) == Some(true) {
        if recovery::degraded(world, region, host) {
            return done();
        }
        let rented = world
            .row::<PhysicalHost>(region, host)
            .is_some_and(|row| row.rented.is_some());
        if !rented && events::retire_all(world, region, host) {
            note(world, region, host, "the host is degraded");
            return done();
        }
        let text = "The host is known to be degraded already, or nothing runs on it.";
        return Err(Error::new("IncorrectState", text).at("Degraded"));
    }
    let guests = world.update(region, host, |row: &mut PhysicalHost| {
        row.failed = true;
        row.guests.clone()
    });
    note(world, region, host, "the host has failed");
    for id in guests.unwrap_or_default() {
        strike(world, region, id);
    }
    recovery::failed(world, region, host);
    done()
}

fn strike(world: &mut World, region: Region, id: InstanceId) {
    let now = world.now;
    world.update(region, id, |row: &mut Instance| match row.state {
        InstanceState::Pending => {
            let fault = (
                "Server.InternalError",
                "An internal error caused the instance to terminate during launch.",
            );
            row.launch_fault = Some((fault.0.to_owned(), fault.1.to_owned()));
        }
        _ => row.checks.system_impaired = row.checks.system_impaired.or(Some(now)),
    });
    files::crash(world, region, id, "its host has failed");
    transitions::erase_store(world, region, id);
    note(world, region, id, "its host has failed: the system check is impaired");
}

/// A status check fails, or passes again.
pub(super) fn impair_instance(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let system = request.params.text(field::CHECK) == Some("system");
    let impaired = request.params.boolean(field::IMPAIRED) == Some(true);
    // A guest that has not come up does not pass its check for being told so.
    let id = if system || impaired {
        running(request, world)?
    } else {
        awake(request, world)?
    };
    let now = world.now;
    world.update(request.region, id, |row: &mut Instance| {
        let check = if system {
            &mut row.checks.system_impaired
        } else {
            &mut row.checks.instance_impaired
        };
        *check = if impaired { check.or(Some(now)) } else { None };
    });
    let what = if system { "system" } else { "instance" };
    note(
        world,
        request.region,
        id,
        format!("{what} check: {}", if impaired { "impaired" } else { "ok" }),
    );
    done()
}

//! The one place where an instance changes its state: requests begin a passing state, time ends it.
//!
//! What survives what is AWS's (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html>), how long
//! it takes is ours. Nothing else may write `state`, `state_since`, `settles` or `goal`.

use super::{events, guest, hosts, spot};
use crate::base::ids::{InstanceId, NetworkInterfaceId, ResourceId};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::ec2::classic;
use crate::services::ec2::storage::{files, images, volumes};
use crate::services::ec2::vpc::interfaces;
use crate::world::World;
use crate::world::compute::{Goal, Instance, InstanceState, StatusChecks};
use crate::world::journal::{Cause, Event};
use crate::world::usage::{Measure, Meter, Subject};
use std::borrow::Cow;

const LIFECYCLE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html";
const STATUS_CHECKS: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html";

/// Why an instance leaves its state.
#[derive(Clone, Debug)]
pub(super) struct Why {
    /// Code and message of the state's reason.
    pub reason: Option<(String, String)>,
    /// `User initiated (…)`, or empty.
    pub transition: String,
    /// What caused it.
    pub cause: Cause,
}

impl Why {
    /// A call of the user's with this reason: `Client.UserInitiatedShutdown`, `User initiated shutdown`.
    pub(super) fn user(world: &World, code: &str, text: &str) -> Why {
        Why {
            reason: Some((code.to_owned(), format!("{code}: {text}"))),
            transition: format!("User initiated ({})", gmt(world.now)),
            cause: Cause::Call(world.calls),
        }
    }
    /// EC2 itself, with this reason: `Server.SpotInstanceTermination`, `Spot Instance termination`.
    pub(super) fn aws(code: &str, text: &str, rule: &'static str, source: &'static str) -> Why {
        Why {
            reason: Some((code.to_owned(), format!("{code}: {text}"))),
            transition: code.to_owned(),
            cause: Why::clock(rule, source),
        }
    }
    /// The guest shut itself down.
    pub(super) fn guest(cause: Cause) -> Why {
        let code = "Client.InstanceInitiatedShutdown";
        Why {
            reason: Some((code.to_owned(), format!("{code}: Instance initiated shutdown"))),
            transition: String::new(),
            cause,
        }
    }
    fn clock(rule: impl Into<Cow<'static, str>>, source: &'static str) -> Cause {
        Cause::Clock {
            rule: rule.into(),
            source: source.into(),
        }
    }
}

/// `2025-03-03 09:00:00 GMT`.
fn gmt(time: Time) -> String {
    let text = time.iso8601();
    format!(
        "{} {} GMT",
        text.get(..10).unwrap_or_default(),
        text.get(11..19).unwrap_or_default()
    )
}

/// Enters a state and notes it; a passing one ends after a draw from the timing of this name.
fn enter(world: &mut World, region: Region, id: InstanceId, state: InstanceState, timing: Option<&str>, why: &Why) {
    let span = timing.map(|name| world.timings.clone().draw(&mut world.random, name));
    let now = world.now;
    let before = world.update(region, id, |row: &mut Instance| {
        let before = row.state;
        row.state = state;
        row.state_since = now;
        row.settles = span.map(|span| now + span);
        row.state_reason = why.reason.clone();
        row.transition_reason = why.transition.clone();
        before
    });
    let subject = Subject::Resource(id.into());
    match state {
        InstanceState::Terminated => world.usage.gone(&subject, now),
        _ => world.usage.enter(&subject, state.name(), now),
    }
    if let Some(span) = span {
        clock::schedule(world, span, region, id, Step::Settle);
    }
    spot::follow(world, region, id, state);
    if let Some(before) = before.filter(|before| *before != state) {
        note(
            world,
            region,
            id,
            [before.name(), " → ", state.name()].concat(),
            why.cause.clone(),
        );
    }
}

pub(super) fn note(
    world: &mut World,
    region: Region,
    id: impl Into<ResourceId>,
    text: impl Into<Cow<'static, str>>,
    cause: Cause,
) {
    let event = Event {
        at: world.now,
        region: Some(region),
        resource: Some(id.into()),
        text: text.into(),
        cause,
    };
    world.journal.note(event);
}

fn pending_timing(instance: &Instance) -> &'static str {
    if instance.machine.is_windows() {
        "instance.pending.windows"
    } else {
        "instance.pending.linux"
    }
}

/// A row that has just been put begins to run. Its state is already `pending`.
pub(super) fn begin_launch(world: &mut World, region: Region, id: InstanceId) {
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    let timing = pending_timing(instance);
    let pending = ("pending".to_owned(), "pending".to_owned());
    let cause = Cause::Call(world.calls);
    hosts::place(world, region, id);
    let why = Why {
        reason: Some(pending),
        transition: String::new(),
        cause: cause.clone(),
    };
    enter(world, region, id, InstanceState::Pending, Some(timing), &why);
    note(world, region, id, "launched: pending", cause);
}

/// A stopped instance starts: on some host, with a new public address if it is one to get such.
pub(super) fn begin_start(world: &mut World, region: Region, id: InstanceId) {
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    let timing = pending_timing(instance);
    let now = world.now;
    world.update(region, id, |row: &mut Instance| {
        row.goal = Goal::Running;
        row.launched = now;
        // A fault of a start that was taken back is over with it.
        row.launch_fault = None;
    });
    hosts::place(world, region, id);
    if is_classic(world, region, id) {
        classic::seats::give_addresses(world, region, id);
    }
    lend_again(world, region, id);
    let why = Why {
        reason: None,
        transition: String::new(),
        cause: Cause::Call(world.calls),
    };
    enter(world, region, id, InstanceState::Pending, Some(timing), &why);
}

/// A public address is renewed only for an instance with one interface.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html>
fn lend_again(world: &mut World, region: Region, id: InstanceId) {
    let all = interfaces::of_instance(world, region, id);
    let only = match all.as_slice() {
        [only] if only.auto_public => only.id,
        _ => return,
    };
    interfaces::lend_public_address(world, region, only);
}

/// EC2 stops an instance that runs, for a reason of its own ([`Why::aws`]).
pub(in crate::services::ec2) fn stop_by_aws(
    world: &mut World,
    region: Region,
    id: InstanceId,
    (code, text): (&str, &str),
    (rule, source): (&'static str, &'static str),
) {
    let runs = world
        .row::<Instance>(region, id)
        .is_some_and(|row| row.state == InstanceState::Running);
    if runs {
        begin_stop(world, region, id, false, &Why::aws(code, text, rule, source));
    }
}

/// A running instance stops, or a start is taken back.
#[inline(never)]
pub(super) fn begin_stop(world: &mut World, region: Region, id: InstanceId, hibernate: bool, why: &Why) {
    world.update(region, id, |row: &mut Instance| {
        row.goal = if hibernate { Goal::Hibernated } else { Goal::Stopped };
        row.checks = StatusChecks::default();
    });
    // While the memory is written the machine is still used, and billed.
    if !hibernate {
        stop_meter(world, region, id);
        guest::down(world, region, id, "[  OK  ] Reached target System Power Off.");
    }
    enter(
        world,
        region,
        id,
        InstanceState::Stopping,
        Some("instance.stopping"),
        why,
    );
}

/// An instance in any state but the last two begins to end. A stopped one has nothing to shut down.
#[inline(never)]
pub(super) fn begin_termination(world: &mut World, region: Region, id: InstanceId, why: &Why) {
    let Some(state) = world.row::<Instance>(region, id).map(|row| row.state) else {
        return;
    };
    world.update(region, id, |row: &mut Instance| {
        row.goal = Goal::Terminated;
        row.checks = StatusChecks::default();
    });
    images::interrupt(world, region, id);
    stop_meter(world, region, id);
    guest::down(world, region, id, "[  OK  ] Reached target System Power Off.");
    if state == InstanceState::Stopped {
        terminated(world, region, id, why);
    } else {
        enter(
            world,
            region,
            id,
            InstanceState::ShuttingDown,
            Some("instance.shutting-down"),
            why,
        );
    }
}

/// The guest shut itself down: what that does is the instance's choice, but an instance-store root cannot stop.
pub(in crate::services) fn guest_shutdown(world: &mut World, region: Region, id: InstanceId, cause: Cause) {
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    let ends = instance.shutdown_terminates || instance.machine.root_device_type == "instance-store";
    let why = Why::guest(cause);
    if ends {
        begin_termination(world, region, id, &why);
    } else {
        begin_stop(world, region, id, false, &why);
    }
}

/// Work of an instance that is due.
pub(super) fn due(world: &mut World, pending: &Pending, id: InstanceId) {
    let region = pending.region;
    match pending.step {
        Step::Settle => settle(world, region, id),
        Step::Checks => checks(world, region, id),
        Step::Boot => boot(world, region, id),
        Step::Reap => reap(world, region, id),
        Step::Flush => files::written_back(world, pending, id),
        Step::Event => events::due(world, pending, id),
        Step::Modify | Step::Progress | Step::Expire | Step::Tier => {}
    }
}

/// The end of a passing state. An event that a later request has overtaken finds another end foreseen, and does nothing.
fn settle(world: &mut World, region: Region, id: InstanceId) {
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    if instance.settles != Some(world.now) {
        return;
    }
    match instance.state {
        InstanceState::Pending => match instance.launch_fault.clone() {
            Some(fault) => failed(world, region, id, fault),
            None => running(world, region, id),
        },
        InstanceState::Stopping => stopped(world, region, id),
        InstanceState::ShuttingDown => {
            let why = Why {
                reason: instance.state_reason.clone(),
                transition: instance.transition_reason.clone(),
                cause: Why::clock("Shutting down takes 20 to 60 seconds.", "ours"),
            };
            terminated(world, region, id, &why);
        }
        InstanceState::Running | InstanceState::Stopped | InstanceState::Terminated => {}
    }
}

fn running(world: &mut World, region: Region, id: InstanceId) {
    let why = Why {
        reason: None,
        transition: String::new(),
        cause: Why::clock(
            "A launch or start takes 20 to 40 seconds, with Windows 60 to 90.",
            "ours",
        ),
    };
    enter(world, region, id, InstanceState::Running, None, &why);
    let now = world.now;
    let span = world.timings.clone().draw(&mut world.random, "instance.checks");
    let resumed = world.update(region, id, |row: &mut Instance| {
        row.has_run = true;
        row.checks = StatusChecks {
            settled: Some(now + span),
            ..StatusChecks::default()
        };
        std::mem::take(&mut row.hibernated)
    });
    clock::schedule(world, span, region, id, Step::Checks);
    start_meter(world, region, id);
    // A hibernated guest goes on where it was, its programs still run: if the disk is there that has its memory.
    let goes_on = resumed == Some(true)
        && world
            .row::<Instance>(region, id)
            .is_some_and(|row| files::boot::obstacle(world, region, row).is_none());
    if !goes_on {
        guest::boot(world, region, id);
    }
}

/// A launch that fails ends the instance; a start that fails leaves it stopped.
#[inline(never)]
fn failed(world: &mut World, region: Region, id: InstanceId, (code, text): (String, String)) {
    let ran = world.update(region, id, |row: &mut Instance| {
        row.launch_fault = None;
        row.goal = if row.has_run { Goal::Stopped } else { Goal::Terminated };
        row.has_run
    });
    let why = Why {
        reason: Some((code.clone(), format!("{code}: {text}"))),
        transition: code,
        cause: Why::clock(
            text,
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html",
        ),
    };
    if ran == Some(true) {
        enter(world, region, id, InstanceState::Stopped, None, &why);
        power_off(world, region, id);
    } else {
        terminated(world, region, id, &why);
    }
}

#[inline(never)]
fn stopped(world: &mut World, region: Region, id: InstanceId) {
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    let hibernated = instance.goal == Goal::Hibernated;
    let why = Why {
        reason: instance.state_reason.clone(),
        transition: instance.transition_reason.clone(),
        cause: Why::clock("Stopping takes 15 to 40 seconds.", "ours"),
    };
    let memory = i64::from(instance.instance_type.memory_mib()) << 20;
    enter(world, region, id, InstanceState::Stopped, None, &why);
    if hibernated {
        // The kernel writes back what waits before it freezes.
        files::sync(world, region, id);
        stop_meter(world, region, id);
        guest::write_root(world, region, id, i64::MAX, memory);
        world.update(region, id, |row: &mut Instance| row.hibernated = true);
        let rule = Why::clock(
            "Hibernation saves the memory on the root volume.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Hibernate.html",
        );
        note(world, region, id, "its memory is on the root volume", rule);
    }
    power_off(world, region, id);
}

fn is_classic(world: &World, region: Region, id: InstanceId) -> bool {
    world.row::<Instance>(region, id).is_some_and(Instance::is_classic)
}

/// What a machine that is off does not keep: its host, the host's disks, the public address that Amazon lent.
fn power_off(world: &mut World, region: Region, id: InstanceId) {
    let all: Vec<NetworkInterfaceId> = interfaces::of_instance(world, region, id)
        .iter()
        .map(|interface| interface.id)
        .collect();
    for interface in all {
        interfaces::take_back_public_address(world, region, interface);
    }
    if is_classic(world, region, id) {
        classic::seats::stop(world, region, id);
    }
    // What a hibernated guest had mounted is held by nobody now.
    volumes::let_go(world, region, id);
    erase_store(world, region, id);
    hosts::leave(world, region, id);
}

/// The host's disks are blank for the next customer.
pub(in crate::services) fn erase_store(world: &mut World, region: Region, id: InstanceId) {
    let now = world.now;
    let had = world.update(region, id, |row: &mut Instance| {
        for disk in &mut row.ephemeral {
            disk.written.clear();
            disk.contents.clear();
            disk.blank_since = now;
        }
        !row.ephemeral.is_empty()
    });
    if had == Some(true) {
        let rule = Why::clock(
            "Instance store lives on the host's disks and does not outlive a stop, hibernation, termination or failure of the host.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-lifetime.html",
        );
        note(world, region, id, "its instance store is erased", rule);
    }
}

/// The end: nothing is held any more, and the row stays visible for about an hour.
#[inline(never)]
fn terminated(world: &mut World, region: Region, id: InstanceId, why: &Why) {
    interfaces::release(world, region, id);
    if is_classic(world, region, id) {
        classic::seats::leave(world, region, id);
    }
    volumes::release(world, region, id);
    files::boot::ended(world, region, id);
    erase_store(world, region, id);
    hosts::leave(world, region, id);
    events::windows::forget(world, region, id.into());
    enter(world, region, id, InstanceState::Terminated, None, why);
    let span = world
        .timings
        .clone()
        .draw(&mut world.random, "instance.visible-after-termination");
    clock::schedule(world, span, region, id, Step::Reap);
}

fn checks(world: &mut World, region: Region, id: InstanceId) {
    let checks = world.row::<Instance>(region, id).map(|row| row.checks.clone());
    if let Some(checks) = checks.filter(|checks| checks.settled == Some(world.now)) {
        let rule = Why::clock("The first status checks take two to three minutes.", STATUS_CHECKS);
        let text = match checks.instance_impaired {
            Some(_) => "instance status check: initializing → impaired",
            None => "status checks: initializing → ok",
        };
        note(world, region, id, text, rule);
    }
}

fn boot(world: &mut World, region: Region, id: InstanceId) {
    let cause = Why::clock("The guest's own script asked for it.", "ours");
    match guest::booted(world, region, id) {
        guest::After::Stay => {}
        guest::After::Reboot => guest::reboot(world, region, id),
        guest::After::ShutDown => guest_shutdown(world, region, id, cause),
    }
}

#[inline(never)]
fn reap(world: &mut World, region: Region, id: InstanceId) {
    if world
        .row::<Instance>(region, id)
        .is_some_and(|row| row.state == InstanceState::Terminated)
    {
        let rule = Why::clock("A terminated instance is shown for about an hour.", LIFECYCLE);
        note(world, region, id, "no longer shown", rule);
        world.take::<Instance>(region, id);
    }
}

/// Begins to count what a running instance costs.
pub(super) fn start_meter(world: &mut World, region: Region, id: InstanceId) {
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    let parts = [
        row.instance_type.name(),
        &row.machine.platform_details,
        &spot::rate(row),
    ];
    let rate = parts.join("/");
    let meter = Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure: Measure::Instance,
        rate,
        quantity: 1,
        from: world.now,
        to: None,
    };
    world.usage.start(meter);
}

/// Ends what [`start_meter`] began.
pub(super) fn stop_meter(world: &mut World, region: Region, id: InstanceId) {
    let zonal = world
        .ec2(region)
        .is_some_and(|ec2| ec2.reserved.rows().any(|row| row.offering.zone.is_some()));
    if let Some(zone) = world.row::<Instance>(region, id).map(|row| row.zone).filter(|_| zonal) {
        world.usage.was_in(id.into(), zone);
    }
    world
        .usage
        .stop(&Subject::Resource(id.into()), Measure::Instance, world.now);
}

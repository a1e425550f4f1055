//! Events that AWS schedules for instances: when they are planned for, what they do at their time, and what takes them back.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instances-status-check_sched.html>
//!
//! AWS decides of them, and has no API for it: `stratus ScheduleInstanceEvent` and a degraded host stand for that. How far ahead
//! they are planned, how long they may take, and which of them have a deadline is ours.

pub(super) mod targets;
mod times;
pub(super) mod windows;

use super::transitions::{self, Why};
use super::{hosts, lifecycle};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostId, InstanceEventId, InstanceId, Kind, ResourceId};
use crate::base::random::Stream;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::{find, need, note, note_clock};
use crate::services::s3::dates;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, PhysicalHost, Tenancy};
use crate::world::events::{EventCode, EventEnd, ScheduledEvent};
use stratus_model::{Structure, field};

const EVENTS: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instances-status-check_sched.html";
const ACTIONS: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sched-events-actions.html";

/// How far ahead an event is planned.
const AHEAD: Span = Span::minutes(14 * 24 * 60);
/// How far ahead one may be planned by a call (ours).
const FARTHEST: Span = Span::minutes(366 * 24 * 60);
/// How long after its planned start one may begin that can be rescheduled.
const GRACE: Span = Span::minutes(14 * 24 * 60);
/// How long one takes at most: as long as the shortest range of an event window.
const TAKES: Span = Span::minutes(120);
/// How long one is described after its end. <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceStatusEvent.html>
const SHOWN: Span = Span::minutes(7 * 24 * 60);
/// Events that wait for one instance.
const MOST: usize = 10;

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateInstanceEventWindow" => Write(windows::create),
        "ModifyInstanceEventWindow" => Write(windows::modify),
        "DeleteInstanceEventWindow" => Write(windows::delete),
        "DescribeInstanceEventWindows" => Read(windows::describe_all),
        "AssociateInstanceEventWindow" => Write(targets::associate),
        "DisassociateInstanceEventWindow" => Write(targets::disassociate),
        "ModifyInstanceEventStartTime" => Write(modify_start),
        _ => return None,
    })
}

/// The words of an event: as the API describes it, and as the instance's metadata do.
fn words(code: EventCode) -> (&'static str, &'static str) {
    match code {
        EventCode::InstanceReboot | EventCode::SystemReboot => {
            ("The instance is scheduled for a reboot", "scheduled reboot")
        }
        EventCode::SystemMaintenance => (
            "The instance is scheduled for system maintenance",
            "scheduled maintenance",
        ),
        EventCode::InstanceRetirement | EventCode::InstanceStop => {
            let text = "The instance is running on degraded hardware";
            (text, text)
        }
    }
}

fn marked(event: &ScheduledEvent, words: &str) -> String {
    match event.ended {
        None => words.to_owned(),
        Some((EventEnd::Completed, _)) => format!("[Completed] {words}"),
        Some((EventEnd::Canceled, _)) => format!("[Canceled] {words}"),
    }
}

/// An event as the API shows it.
fn show(event: &ScheduledEvent) -> Structure {
    Structure::new()
        .with(field::INSTANCE_EVENT_ID, event.id)
        .with(field::CODE, event.code.name())
        .with(field::DESCRIPTION, marked(event, words(event.code).0))
        .with_some(field::NOT_AFTER, event.not_after)
        .with(field::NOT_BEFORE, event.not_before)
        .with_some(field::NOT_BEFORE_DEADLINE, event.deadline)
}

/// The events of an instance as its status shows them.
#[inline(never)]
pub(super) fn of_status(world: &World, row: &Instance) -> Option<Vec<Structure>> {
    let shown: Vec<Structure> = told(world, row).map(show).collect();
    (!shown.is_empty()).then_some(shown)
}

/// Those that wait, and those that ended a week ago or less.
fn told<'w>(world: &World, row: &'w Instance) -> impl Iterator<Item = &'w ScheduledEvent> {
    let now = world.now;
    let is_told = move |event: &&ScheduledEvent| event.ended.is_none_or(|(_, at)| at + SHOWN > now);
    row.more.events.iter().filter(is_told)
}

/// What `events/maintenance` in the instance's metadata says: what is scheduled, and what was.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_scheduled_events.html>
#[inline(never)]
pub(super) fn of_metadata(world: &World, row: &Instance, over: bool) -> String {
    let events = told(world, row).filter(|event| event.ended.is_some() == over);
    let lines = events.map(|event| {
        let state = match event.ended {
            None => "active",
            Some((EventEnd::Completed, _)) => "completed",
            Some((EventEnd::Canceled, _)) => "canceled",
        };
        let mut facts = vec![
            ("NotBefore", moment(event.not_before)),
            ("Code", event.code.name().to_owned()),
            ("Description", marked(event, words(event.code).1)),
            ("EventId", event.id.to_string()),
            ("State", state.to_owned()),
        ];
        if let Some(after) = event.not_after {
            facts.insert(4, ("NotAfter", moment(after)));
        }
        let facts: Vec<String> = facts
            .iter()
            .map(|(name, value)| format!("  \"{name}\" : \"{value}\""))
            .collect();
        format!("{{\n{}\n}}", facts.join(",\n"))
    });
    match lines.collect::<Vec<String>>() {
        none if none.is_empty() => "[]".to_owned(),
        some => format!("[ {} ]", some.join(", ")),
    }
}

/// `21 Jan 2019 09:00:43 GMT`.
fn moment(time: Time) -> String {
    let text = dates::http(time);
    text.split_once(", ").map_or(text.clone(), |(_, rest)| rest.to_owned())
}

/// Plans an event for an instance: at a time, or two weeks ahead; in its event window, if it has one and what happens stops,
/// reboots or ends it.
///
/// # Errors
/// `LimitExceeded`.
fn plan(
    world: &mut World,
    region: Region,
    id: InstanceId,
    code: EventCode,
    at: Option<Time>,
) -> Result<InstanceEventId> {
    let now = world.now;
    let waiting = |row: &Instance| row.more.events.iter().filter(|event| event.ended.is_none()).count();
    if world.row::<Instance>(region, id).map_or(0, waiting) >= MOST {
        let why = format!("{MOST} events are scheduled for '{id}' already.");
        return Err(Error::new("LimitExceeded", why).at("InstanceId"));
    }
    let planned = at.unwrap_or(now + AHEAD);
    let row = world.row::<Instance>(region, id);
    let window = row
        .filter(|_| code != EventCode::SystemMaintenance)
        .and_then(|row| targets::window_of(world, region, row));
    let within = window.and_then(|window| Some((window.id, window.times.next(planned, TAKES)?)));
    let start = within.map_or(planned, |(_, start)| start);
    let event = ScheduledEvent {
        id: InstanceEventId(world.random.next_u64(Stream::Ids(Kind::InstanceEvent))),
        code,
        not_before: start,
        not_after: (code.reboots() || code == EventCode::SystemMaintenance).then_some(start + TAKES),
        deadline: (code.reboots() || code == EventCode::InstanceStop).then_some(start + GRACE),
        asked: now,
        ended: None,
    };
    let (event_id, name) = (event.id, code.name());
    world.update(region, id, |row: &mut Instance| {
        let known = &mut row.more.events;
        known.retain(|event| event.ended.is_none_or(|(_, at)| at + SHOWN > now));
        known.push(event);
    });
    clock::schedule(world, start - now, region, id, Step::Event);
    let text = match within {
        Some((window, _)) => format!("{name} scheduled for {}, in {window}", start.iso8601()),
        None => format!("{name} scheduled for {}", start.iso8601()),
    };
    note(world, region, id, text);
    Ok(event_id)
}

/// AWS schedules an event for an instance that runs. The call is ours.
pub(in crate::services) fn schedule(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = find::<Instance>(world, region, Kind::Instance, need(params, field::INSTANCE_ID)?)
        .map_err(|error| error.at("InstanceId"))?;
    let id = row.id;
    if row.state != InstanceState::Running {
        let text = format!(
            "The instance '{id}' is '{}': AWS has nothing to do to its host.",
            row.state.name()
        );
        return Err(Error::new("IncorrectInstanceState", text).at("InstanceId"));
    }
    let name = need(params, field::CODE)?;
    let code = EventCode::find(name).ok_or_else(|| Error::invalid("Code", format!("there is no '{name}'")))?;
    if code == EventCode::InstanceStop && row.machine.root_device_type == "instance-store" {
        let why = "An instance-stop applies to instances with an EBS root only.";
        return Err(Error::new("InvalidParameterValue", why)
            .at("Code")
            .remedy("Schedule an instance-retirement."));
    }
    let at = params.timestamp(field::NOT_BEFORE).map(Time);
    if at.is_some_and(|at| at < world.now) {
        return Err(Error::invalid("NotBefore", "it lies in the past"));
    }
    if at.is_some_and(|at| at > world.now + FARTHEST) {
        return Err(Error::invalid("NotBefore", "it lies more than a year ahead"));
    }
    let event = plan(world, region, id, code, at)?;
    let known = world.row::<Instance>(region, id);
    let shown = known.and_then(|row| row.more.events.iter().find(|known| known.id == event));
    Ok(Structure::new().with_some(field::EVENT, shown.map(show)))
}

/// A shared host is found degraded: AWS retires what runs on it. Whether anything was scheduled.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-retirement.html>
pub(in crate::services) fn retire_all(world: &mut World, region: Region, host: HostId) -> bool {
    let guests = world.row::<PhysicalHost>(region, host).map(|row| row.guests.clone());
    let mut scheduled = false;
    for id in guests.unwrap_or_default() {
        let retires = |event: &ScheduledEvent| event.ended.is_none() && event.code == EventCode::InstanceRetirement;
        let due = world
            .row::<Instance>(region, id)
            .is_some_and(|row| row.state == InstanceState::Running && !row.more.events.iter().any(retires));
        scheduled |= due && plan(world, region, id, EventCode::InstanceRetirement, None).is_ok();
    }
    scheduled
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/reschedule-event.html>: only what has a deadline and does not begin within
/// five minutes, to an hour from now or later, up to the deadline.
fn modify_start(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region, now) = (request.params, request.region, world.now);
    let row = super::attributes::instance(request, world)?;
    let (id, text) = (row.id, need(params, field::INSTANCE_EVENT_ID)?);
    let known = row.more.events.iter().find(|event| event.id.to_string() == text);
    let event = known.cloned().ok_or_else(|| {
        let why = format!("The event ID '{text}' does not exist for the instance '{id}'.");
        Error::new("InvalidInstanceEventIDNotFound", why).at("InstanceEventId")
    })?;
    let start = params
        .timestamp(field::NOT_BEFORE)
        .map(Time)
        .ok_or_else(|| Error::missing("NotBefore"))?;
    let refuse = |why: String| Err(Error::new("InvalidInstanceEventStartTime", why).at("NotBefore"));
    let Some(deadline) = event.deadline else {
        return refuse(format!("The event '{text}' has no deadline and cannot be rescheduled."));
    };
    if event.ended.is_some() || event.not_before <= now + Span::minutes(5) {
        return refuse(format!(
            "The event '{text}' has started, or starts within 5 minutes, and cannot be rescheduled."
        ));
    }
    if start < now + Span::minutes(60) {
        return refuse("The new start time must be at least 60 minutes from the current time.".to_owned());
    }
    if start > deadline {
        return refuse(format!("The new start time must not be after {}.", deadline.iso8601()));
    }
    let changed = ScheduledEvent {
        not_before: start,
        not_after: event.not_after.map(|_| start + TAKES),
        asked: now,
        ..event
    };
    let shown = show(&changed);
    change(world, region, id, changed.id, |event| *event = changed);
    clock::schedule(world, start - now, region, id, Step::Event);
    note(
        world,
        region,
        id,
        format!("its event is rescheduled to {}", start.iso8601()),
    );
    Ok(Structure::new().with(field::EVENT, shown))
}

fn change(
    world: &mut World,
    region: Region,
    id: InstanceId,
    which: InstanceEventId,
    act: impl FnOnce(&mut ScheduledEvent),
) {
    world.update(region, id, |row: &mut Instance| {
        if let Some(event) = row.more.events.iter_mut().find(|event| event.id == which) {
            act(event);
        }
    });
}

/// What time does to windows.
pub(super) fn due_window(world: &mut World, pending: &Pending) {
    if let ResourceId::EventWindow(id) = pending.resource {
        windows::due(world, pending, id);
    }
}

/// The moment of an event: of those that begin, or whose maintenance ends, now.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending, id: InstanceId) {
    let (region, now) = (pending.region, world.now);
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    let waiting = row.more.events.iter().filter(|event| event.ended.is_none());
    let begins = |event: &&ScheduledEvent| event.not_before == now && event.asked == pending.asked;
    let ends = |event: &&ScheduledEvent| event.code == EventCode::SystemMaintenance && event.not_after == Some(now);
    let found = waiting.filter(|event| begins(event) || ends(event)).cloned();
    for event in found.collect::<Vec<ScheduledEvent>>() {
        take_place(world, region, id, &event);
    }
}

fn take_place(world: &mut World, region: Region, id: InstanceId, event: &ScheduledEvent) {
    let now = world.now;
    // An event of the same moment may have come first, or the instance be on its way out.
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    let waits = |known: &ScheduledEvent| known.id == event.id && known.ended.is_none();
    if !row.more.events.iter().any(waits) {
        return;
    }
    if row.state != InstanceState::Running {
        let rule = "What does not run is not affected.";
        return cancel(world, region, id, |known| known.id == event.id, rule);
    }
    if event.code == EventCode::SystemMaintenance && event.not_after > Some(now) {
        let rule = "The instance might be temporarily affected by network maintenance or power maintenance.";
        note_clock(world, region, id, "maintenance of its host begins", rule, EVENTS);
        clock::schedule(world, TAKES, region, id, Step::Event);
        return;
    }
    change(world, region, id, event.id, |event| {
        event.ended = Some((EventEnd::Completed, now));
    });
    let store = world
        .row::<Instance>(region, id)
        .is_some_and(|row| row.machine.root_device_type == "instance-store");
    let reason = (
        "Server.ScheduledStop",
        "The instance was stopped due to a scheduled retirement.",
    );
    let (text, rule) = match event.code {
        EventCode::SystemMaintenance => (
            "maintenance of its host is over",
            "Maintenance of a host ends by the end of the event.",
        ),
        EventCode::InstanceReboot | EventCode::SystemReboot => (
            "rebooted by a scheduled event",
            "At the scheduled time the instance, or its host with it, is rebooted.",
        ),
        EventCode::InstanceRetirement if store => (
            "retired",
            "At the scheduled time an instance that is backed by instance store is terminated.",
        ),
        EventCode::InstanceRetirement | EventCode::InstanceStop => (
            "stopped by a scheduled event",
            "At the scheduled time an instance that is backed by Amazon EBS is stopped.",
        ),
    };
    note_clock(world, region, id, text, rule, EVENTS);
    match event.code {
        EventCode::SystemMaintenance => {}
        EventCode::InstanceReboot | EventCode::SystemReboot => lifecycle::reboot(world, region, id),
        EventCode::InstanceRetirement if store => {
            let why = Why::aws(reason.0, reason.1, rule, EVENTS);
            transitions::begin_termination(world, region, id, &why);
        }
        EventCode::InstanceRetirement | EventCode::InstanceStop => {
            transitions::stop_by_aws(world, region, id, reason, (rule, EVENTS));
        }
    }
}

/// An instance leaves its host, or never is to come back: what was scheduled for it there does not take place.
#[inline(never)]
pub(super) fn left_host(world: &mut World, region: Region, id: InstanceId) {
    let rule = "Who has left the host is not affected by what was scheduled for it there.";
    cancel(world, region, id, |_| true, rule);
}

fn cancel(
    world: &mut World,
    region: Region,
    id: InstanceId,
    which: impl Fn(&ScheduledEvent) -> bool,
    rule: &'static str,
) {
    let now = world.now;
    let count = world.update(region, id, |row: &mut Instance| {
        let waiting = row.more.events.iter_mut().filter(|event| event.ended.is_none());
        let mut count = 0;
        for event in waiting.filter(|event| which(event)) {
            event.ended = Some((EventEnd::Canceled, now));
            count += 1;
        }
        count
    });
    if count.is_some_and(|count| count > 0) {
        note_clock(world, region, id, "its scheduled event is canceled", rule, ACTIONS);
    }
}

/// Somebody has rebooted the instance: an instance-reboot is done with. One that waits for a reboot of its host is moved to
/// another one where reboot migration is on; what has disks of its host stays with them.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/schedevents_actions_reboot.html>
#[inline(never)]
pub(super) fn rebooted(world: &mut World, region: Region, id: InstanceId) {
    let waits = |row: &Instance, code: EventCode| {
        let mut events = row.more.events.iter();
        events.any(|event| event.ended.is_none() && event.code == code)
    };
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    let moves = waits(row, EventCode::SystemReboot)
        && !row.more.stays_at_reboot
        && row.ephemeral.is_empty()
        && row.tenancy != Tenancy::Host;
    if waits(row, EventCode::InstanceReboot) {
        let rule = "Who reboots the instance before it is rebooted has done what was scheduled.";
        cancel(world, region, id, |event| event.code == EventCode::InstanceReboot, rule);
    }
    if moves {
        hosts::leave(world, region, id);
        hosts::place(world, region, id);
        note(world, region, id, "moved to another host by reboot migration");
    }
}

//! Instance event windows: when AWS may reboot, stop or retire the instances that a window is for.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/event-windows.html>
//!
//! AWS publishes no codes for most refusals, nor how long a window takes to be made and to go: those are ours.

use super::{targets, times};
use crate::base::error::{Error, Result};
use crate::base::ids::{EventWindowId, Kind, ResourceId};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::clock::{Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{Describing, find, need, note, note_clock, tag_list};
use crate::services::ec2::gateways::life::{is_about, later};
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::events::{EventWindow, WindowState, WindowTimes};
use stratus_model::{Structure, field};

const CHANGING: &str = "event-window.changing";
const RULE: &str = "An event window is made, and goes, within a minute or so.";

/// All windows of a Region.
pub(super) fn all(world: &World, region: Region) -> impl Iterator<Item = &EventWindow> {
    let ec2 = world.ec2(region);
    ec2.into_iter().flat_map(|ec2| ec2.estate.windows.rows())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInstanceEventWindow.html>: without targets yet.
pub(in super::super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let times = times::read(params)?.ok_or_else(|| {
        let why = "The request must contain the parameter TimeRange or CronExpression.";
        Error::new("MissingParameter", why).at("TimeRanges")
    })?;
    if all(world, region).count() >= quotas::EVENT_WINDOWS {
        let why = "The maximum number of instance event windows has been reached.";
        return Err(Error::new("InstanceEventWindowLimitExceeded", why).remedy("Delete one."));
    }
    let id = EventWindowId(world.random.next_u64(Stream::Ids(Kind::EventWindow)));
    let row = EventWindow {
        id,
        born: world.birth(),
        name: params.text(field::NAME).map(str::to_owned),
        times,
        state: WindowState::Creating,
        since: world.now,
        instances: Vec::new(),
        hosts: Vec::new(),
        tags: Vec::new(),
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("instance-event-window", &[id.into()])])?;
    note(world, region, id, "created");
    later(world, region, id, CHANGING, Step::Settle);
    Ok(shown(world, region, id))
}

/// The window that a call names, which is not being deleted.
///
/// # Errors
/// `InvalidInstanceEventWindowID.NotFound` and `.Malformed`, `IncorrectState`.
pub(super) fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w EventWindow> {
    let text = need(request.params, field::INSTANCE_EVENT_WINDOW_ID)?;
    let row = find::<EventWindow>(world, request.region, Kind::EventWindow, text)?;
    if row.state == WindowState::Deleting {
        let why = format!("The instance event window '{}' is being deleted.", row.id);
        return Err(Error::new("IncorrectState", why).at("InstanceEventWindowId"));
    }
    Ok(row)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceEventWindow.html>: what is scheduled already stays
/// where it is.
pub(in super::super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = named(request, world)?.id;
    let (name, times) = (params.text(field::NAME), times::read(params)?);
    if name.is_none() && times.is_none() {
        let why = "The request must contain the parameter Name, TimeRange or CronExpression.";
        return Err(Error::new("MissingParameter", why).at("TimeRanges"));
    }
    world.update(region, id, |row: &mut EventWindow| {
        if let Some(name) = name {
            row.name = Some(name.to_owned());
        }
        if let Some(times) = times {
            row.times = times;
        }
    });
    note(world, region, id, "modified");
    Ok(shown(world, region, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInstanceEventWindow.html>: one with targets by force only.
pub(in super::super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = named(request, world)?;
    let id = row.id;
    if !row.has_no_target() && request.params.boolean(field::FORCE_DELETE) != Some(true) {
        let why = format!("The instance event window '{id}' is associated with targets.");
        return Err(Error::new("DependencyViolation", why)
            .at("InstanceEventWindowId")
            .remedy("Disassociate them first, or delete it with ForceDelete."));
    }
    let now = world.now;
    world.update(region, id, |row: &mut EventWindow| {
        row.state = WindowState::Deleting;
        row.since = now;
    });
    note(world, region, id, "deleting");
    later(world, region, id, CHANGING, Step::Settle);
    let state = Structure::new()
        .with(field::INSTANCE_EVENT_WINDOW_ID, id)
        .with(field::STATE, WindowState::Deleting.name());
    Ok(Structure::new().with(field::INSTANCE_EVENT_WINDOW_STATE, state))
}

/// What time does.
pub(super) fn due(world: &mut World, pending: &Pending, id: EventWindowId) {
    let (region, now) = (pending.region, world.now);
    let row = world.row::<EventWindow>(region, id);
    let Some(state) = row.filter(|row| is_about(pending, row.since)).map(|row| row.state) else {
        return;
    };
    match state {
        WindowState::Creating => {
            world.update(region, id, |row: &mut EventWindow| {
                row.state = WindowState::Active;
                row.since = now;
            });
            note_clock(world, region, id, "creating → active", RULE, "ours");
        }
        WindowState::Deleting => {
            note_clock(world, region, id, "deleting → deleted", RULE, "ours");
            world.take::<EventWindow>(region, id);
        }
        WindowState::Active => {}
    }
}

/// An instance or a Dedicated Host has ended: it is no target any more.
pub(in super::super) fn forget(world: &mut World, region: Region, gone: ResourceId) {
    let has = |row: &&EventWindow| match gone {
        ResourceId::Instance(id) => row.instances.contains(&id),
        ResourceId::Host(id) => row.hosts.contains(&id),
        _ => false,
    };
    let windows: Vec<EventWindowId> = all(world, region).filter(has).map(|row| row.id).collect();
    for id in windows {
        world.update(region, id, |row: &mut EventWindow| {
            row.instances.retain(|id| ResourceId::from(*id) != gone);
            row.hosts.retain(|id| ResourceId::from(*id) != gone);
        });
        note(world, region, id, format!("{gone} has ended, and left it"));
    }
}

/// A window as the answer of a call.
pub(super) fn shown(world: &World, region: Region, id: EventWindowId) -> Structure {
    let row = world.row::<EventWindow>(region, id);
    Structure::new().with_some(
        field::INSTANCE_EVENT_WINDOW,
        row.map(|row| describe(world, region, row)),
    )
}

fn describe(world: &World, region: Region, row: &EventWindow) -> Structure {
    let shown = Structure::new()
        .with(field::INSTANCE_EVENT_WINDOW_ID, row.id)
        .with_some(field::NAME, row.name.as_deref());
    let shown = match &row.times {
        WindowTimes::Ranges(ranges) => {
            let ranges: Vec<Structure> = ranges.iter().map(times::show).collect();
            shown.with(field::TIME_RANGES, ranges)
        }
        WindowTimes::Cron(text, _) => shown.with(field::CRON_EXPRESSION, text.as_str()),
    };
    let target = (!row.has_no_target()).then(|| targets::show(row));
    shown
        .with_some(field::ASSOCIATION_TARGET, target)
        .with(field::STATE, row.state.name())
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceEventWindows.html>. Sorted by their making.
pub(in super::super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if !params.list(field::INSTANCE_EVENT_WINDOW_IDS).is_empty() && params.contains(field::MAX_RESULTS) {
        let why = "The parameter InstanceEventWindowIds cannot be used with the parameter MaxResults.";
        return Err(Error::combination(why).at("MaxResults"));
    }
    let describing = Describing {
        kind: Kind::EventWindow,
        ids: field::INSTANCE_EVENT_WINDOW_IDS,
        answer: field::INSTANCE_EVENT_WINDOWS,
        born: |row: &EventWindow| row.born,
        filters: &[
            "dedicated-host-id",
            "event-window-name",
            "instance-id",
            "instance-tag",
            "instance-tag-key",
            "instance-tag-value",
        ],
        least: 20,
    };
    let values = |row: &EventWindow, name: &str| match name {
        "dedicated-host-id" => row.hosts.iter().map(ToString::to_string).collect(),
        "event-window-name" => row.name.iter().cloned().collect(),
        "instance-id" => row.instances.iter().map(ToString::to_string).collect(),
        "instance-tag" => row.tags.iter().map(|(key, value)| format!("{key}={value}")).collect(),
        "instance-tag-key" => row.tags.iter().map(|(key, _)| key.clone()).collect(),
        _ => row.tags.iter().map(|(_, value)| value.clone()).collect::<Vec<String>>(),
    };
    describing.answer(request, world, &values, &|row| describe(world, region, row))
}

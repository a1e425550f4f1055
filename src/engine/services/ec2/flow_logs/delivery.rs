//! Deliveries: the windows of five minutes become lines, and the lines go where the flow log says.
//!
//! Five minutes in which nothing at all was seen are not delivered: AWS too says that there is no log before there is traffic.
//! An interface that has had traffic once has a `NODATA` line for each window of a delivery that brings nothing of it (ours:
//! AWS has them for every window there is, which would fill an idle month with millions of lines).
//! <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html>

use super::super::common::note_clock;
use super::capture::{self, SLOT};
use super::fields;
use super::files;
use super::lines::{Empty, Subject};
use crate::base::ids::*;
use crate::base::limits::{GROUP_RECORDS, REGION_RECORDS};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::clock::Pending;
use crate::world::World;
use crate::world::flow_logs::*;
use crate::world::vpc::NetworkInterface;

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html";
/// Why lines come when they do.
pub(super) const RULE: &str =
    "What is captured within five minutes is delivered to CloudWatch Logs in about 5 minutes, to S3 in about 10.";
/// What AWS says of a delivery that it may not make.
const ACCESS_ERROR: &str = "Access error";

/// A line, and whose it is.
pub(super) struct Line {
    pub subject: ResourceId,
    pub at: Time,
    pub text: String,
}

/// Delivers what is due.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let region = pending.region;
    let Ok(id) = FlowLogId::try_from(pending.resource) else {
        return;
    };
    let now = world.now;
    let slots = world.update::<FlowLog, _>(region, id, |log| {
        let (due, later): (Vec<_>, Vec<_>) = log.due.iter().copied().partition(|(due, _)| *due <= now);
        log.due = later;
        due
    });
    for (_, slot) in slots.unwrap_or_default() {
        deliver(world, region, id, slot);
    }
}

/// Delivers all that there is, before the flow log goes.
pub(super) fn flush(world: &mut World, region: Region, id: FlowLogId) {
    let slots = world.update::<FlowLog, _>(region, id, |log| std::mem::take(&mut log.due));
    for (_, slot) in slots.unwrap_or_default() {
        deliver(world, region, id, slot);
    }
}

fn deliver(world: &mut World, region: Region, id: FlowLogId, slot: Time) {
    let Some(log) = world.row::<FlowLog>(region, id).cloned() else {
        return;
    };
    let windows = take(world, region, id, slot);
    let streams = streams(world, region, &log, &windows);
    let lines = lines(world, region, &log, &windows, &streams, slot);
    let count = lines.len();
    let delivered = match &log.destination {
        LogDestination::Group(group, _) => to_group(world, region, &log, group, lines),
        LogDestination::Bucket { .. } => files::store(world, region, &log, slot, &lines),
    };
    let text = match &delivered {
        Some(place) => format!("{count} records delivered to {place}"),
        None => format!("{count} records could not be delivered: {ACCESS_ERROR}"),
    };
    note_clock(world, region, id, text, RULE, SOURCE);
    world.update::<FlowLog, _>(region, id, |log| {
        log.failure = delivered.is_none().then(|| ACCESS_ERROR.to_owned());
        log.streams = streams.into_iter().map(|(subject, _)| (subject, slot)).collect();
    });
}

type Windows = Vec<(Time, ResourceId, Window)>;

/// Takes away the windows that end within a delivery.
fn take(world: &mut World, region: Region, id: FlowLogId, slot: Time) -> Windows {
    let Some(ec2) = world.regions.get_mut(&region) else {
        return Vec::new();
    };
    let highest = Kind::ALL.last().copied().unwrap_or(Kind::Instance);
    let from = (id, Time(i64::MIN), ResourceId::Instance(InstanceId(0)));
    let to = (id, slot, ResourceId::of(highest, u64::MAX));
    let found = ec2.flow_logs.windows.range(from..=to);
    let found: Windows = found
        .map(|((_, end, subject), window)| (*end, *subject, window.clone()))
        .collect();
    for (end, subject, _) in &found {
        ec2.flow_logs.windows.remove(&(id, *end, *subject));
    }
    found
}

/// Whose lines a delivery has, and from which moment on: who had some before and is still there, and who has some now.
fn streams(world: &World, region: Region, log: &FlowLog, windows: &Windows) -> Vec<(ResourceId, Time)> {
    let is_there = |subject: &ResourceId| match NetworkInterfaceId::try_from(*subject) {
        Ok(id) => {
            let row = world.row::<NetworkInterface>(region, id);
            row.is_some_and(|row| row.in_use() && capture::covers(log, row))
        }
        Err(()) => world.has(region, *subject),
    };
    let before = log.streams.iter().filter(|(subject, _)| is_there(subject)).copied();
    let mut streams: Vec<(ResourceId, Time)> = before.collect();
    for (_, subject, window) in windows {
        if !streams.iter().any(|(known, _)| known == subject) {
            streams.push((*subject, window.start));
        }
    }
    streams.sort_unstable();
    streams
}

/// The lines of a delivery, by the end of their window and whose they are.
fn lines(
    world: &World,
    region: Region,
    log: &FlowLog,
    windows: &Windows,
    streams: &[(ResourceId, Time)],
    slot: Time,
) -> Vec<Line> {
    let fields = fields::of(log);
    let mut keyed: Vec<(Time, Line)> = Vec::new();
    for (end, subject, window) in windows {
        let about = Subject {
            world,
            region,
            id: *subject,
            place: Some(&window.place),
        };
        for flow in &window.flows {
            keyed.push((*end, line(*subject, flow.first, about.flow(&fields, flow))));
        }
        if window.skipped {
            let text = about.empty(&fields, Empty::SkipData, (window.start, *end));
            keyed.push((*end, line(*subject, window.start, text)));
        }
    }
    let begin = Time(slot.0 - SLOT * 1_000);
    // A flow log that goes delivers before its five minutes are over: of what is to come there is nothing to say.
    let until = slot.0.min(world.now.0);
    for (subject, since) in streams {
        let (place, length) = now_at(world, region, log, *subject);
        let about = Subject {
            world,
            region,
            id: *subject,
            place: place.as_ref(),
        };
        let length = length * 1_000;
        let mut end = begin.0.div_euclid(length) * length + length;
        while end <= until {
            let (start, this) = (end - length, Time(end));
            let known = windows.iter().any(|(other, of, _)| of == subject && *other == this);
            if !known && start >= since.0.max(log.created.0) {
                let text = about.empty(&fields, Empty::NoData, (Time(start), this));
                keyed.push((this, line(*subject, Time(start), text)));
            }
            end += length;
        }
    }
    // Stable: the flows of a window keep their order.
    keyed.sort_by_key(|(end, line)| (*end, line.subject));
    keyed.into_iter().map(|(_, line)| line).collect()
}

fn line(subject: ResourceId, at: Time, text: String) -> Line {
    Line { subject, at, text }
}

/// Where something is now, and the length of its capture windows in seconds.
fn now_at(world: &World, region: Region, log: &FlowLog, subject: ResourceId) -> (Option<LogPlace>, i64) {
    let row = NetworkInterfaceId::try_from(subject).ok();
    let row = row.and_then(|id| world.row::<NetworkInterface>(region, id));
    match (row, world.ec2(region)) {
        (Some(row), Some(ec2)) => {
            let (place, nitro) = capture::place(ec2, row);
            (Some(place), capture::window(log, nitro))
        }
        _ => (None, log.interval),
    }
}

/// Whether the role that delivers to CloudWatch Logs is one of the account's and trusts the service. (What its policies allow
/// is not looked at: nobody is denied for want of a permission here.)
fn role_delivers(world: &World, log: &FlowLog) -> bool {
    let Some(arn) = log.role.as_deref() else { return false };
    let own = format!("arn:aws:iam::{}:role/", world.account());
    let name = arn.strip_prefix(&own).and_then(|path| path.rsplit('/').next());
    let role = name.and_then(|name| world.iam.roles.get(&name.to_owned()));
    role.is_some_and(|role| role.trust.contains("vpc-flow-logs.amazonaws.com"))
}

/// Puts lines into a log group, whose oldest records go when there are too many.
fn to_group(world: &mut World, region: Region, log: &FlowLog, group: &str, lines: Vec<Line>) -> Option<String> {
    if !role_delivers(world, log) {
        return None;
    }
    let delivered = world.now;
    let logs = &mut world.regions.get_mut(&region)?.flow_logs;
    let name = group.to_owned();
    let mut count = logs.groups.get(&name).copied().unwrap_or(0);
    let suffix = log
        .traffic
        .map(|traffic| format!("-{}", traffic.name().to_ascii_lowercase()));
    for line in lines {
        count += 1;
        let record = FlowRecord {
            log: log.id,
            stream: format!("{}{}", line.subject, suffix.as_deref().unwrap_or_default()),
            at: line.at,
            delivered,
            message: line.text,
        };
        logs.records.insert((name.clone(), count), record);
        if let Some(oldest) = count.checked_sub(GROUP_RECORDS as u64) {
            logs.records.remove(&(name.clone(), oldest));
        }
    }
    logs.groups.insert(name, count);
    make_room(logs);
    Some(format!("the log group {group}"))
}

/// Keeps to what all groups of a Region hold: the group that has the oldest record loses its oldest ones.
fn make_room(logs: &mut FlowLogs) {
    while let Some(over) = logs.records.len().checked_sub(REGION_RECORDS).filter(|over| *over > 0) {
        let of = |group: &String| (group.clone(), 0)..=(group.clone(), u64::MAX);
        let oldest = logs.groups.iter().filter_map(|(group, _)| {
            let (_, record) = logs.records.range(of(group)).next()?;
            Some((record.delivered, group))
        });
        let Some((_, group)) = oldest.min() else { return };
        let going: Vec<(String, u64)> = logs
            .records
            .range(of(group))
            .take(over)
            .map(|(key, _)| key.clone())
            .collect();
        for key in &going {
            logs.records.remove(key);
        }
    }
}

//! Rows of instance event windows, and what an instance knows of the events that AWS has scheduled for it. Data, and the one
//! question of when a window is open.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/event-windows.html>

use crate::base::ids::*;
use crate::base::time::{Span, Time};
use serde::Serialize;
use std::collections::BTreeMap;

/// Hours of a week.
pub const WEEK: i64 = 7 * 24;
const HOUR: i64 = 3_600_000;

/// An event window.
#[derive(Clone, Debug, Serialize)]
pub struct EventWindow {
    /// Its id.
    pub id: EventWindowId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, which need not be unique.
    pub name: Option<String>,
    /// When it is open.
    pub times: WindowTimes,
    /// Its state.
    pub state: WindowState,
    /// When the state began.
    pub since: Time,
    /// Instances that it is for. A window has targets of one kind only.
    pub instances: Vec<InstanceId>,
    /// Dedicated Hosts that it is for.
    pub hosts: Vec<HostId>,
    /// Tags of instances that it is for.
    pub tags: Vec<(String, String)>,
}

impl EventWindow {
    /// Whether it is for nothing yet.
    pub fn has_no_target(&self) -> bool {
        self.instances.is_empty() && self.hosts.is_empty() && self.tags.is_empty()
    }
}

/// When a window is open, as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum WindowTimes {
    /// Ranges of a week.
    Ranges(Vec<WeekRange>),
    /// The text of a cron expression, and what it means.
    Cron(String, Vec<WeekRange>),
}

/// A range of a week in UTC, in hours since Sunday 00:00; its end lies after its start, and so perhaps in the next week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct WeekRange {
    /// Its first hour, below [`WEEK`].
    pub start: i64,
    /// The hour at whose beginning it ends.
    pub end: i64,
}

impl WindowTimes {
    /// The ranges of the week.
    pub fn ranges(&self) -> &[WeekRange] {
        match self {
            WindowTimes::Ranges(ranges) | WindowTimes::Cron(_, ranges) => ranges,
        }
    }

    /// Hours of a week in which it is open. What two ranges share counts once.
    pub fn hours(&self) -> usize {
        let open = |hour: &i64| {
            let within = |range: &WeekRange| (hour - range.start).rem_euclid(WEEK) < range.end - range.start;
            self.ranges().iter().any(within)
        };
        (0..WEEK).filter(open).count()
    }

    /// The first moment from `from` on at which something can begin that takes so long. Ranges that follow each other are
    /// not put together (ours).
    pub fn next(&self, from: Time, takes: Span) -> Option<Time> {
        // 1970 began with a Thursday.
        let sunday = (from.0 + 4 * 24 * HOUR).div_euclid(WEEK * HOUR) * WEEK * HOUR - 4 * 24 * HOUR;
        let fits = |range: &WeekRange, week: i64| {
            let begins = sunday + (range.start + week * WEEK) * HOUR;
            let ends = sunday + (range.end + week * WEEK) * HOUR;
            let at = begins.max(from.0);
            (at + takes.0 <= ends).then_some(Time(at))
        };
        let all = self
            .ranges()
            .iter()
            .flat_map(|range| (-1..=1).map(move |week| (range, week)));
        all.filter_map(|(range, week)| fits(range, week)).min()
    }
}

/// The state of an event window.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceEventWindow.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum WindowState {
    /// Being made.
    Creating,
    /// In use.
    Active,
    /// Going.
    Deleting,
}

impl WindowState {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            WindowState::Creating => "creating",
            WindowState::Active => "active",
            WindowState::Deleting => "deleting",
        }
    }
}

/// What an event does to an instance.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instances-status-check_sched.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EventCode {
    /// It reboots.
    InstanceReboot,
    /// Its host reboots, and it with it.
    SystemReboot,
    /// Work on the host's network or power may be felt.
    SystemMaintenance,
    /// It stops, or ends where its root is an instance store.
    InstanceRetirement,
    /// It stops.
    InstanceStop,
}

impl EventCode {
    /// The code of this name.
    pub fn find(name: &str) -> Option<EventCode> {
        use EventCode::*;
        let all = [
            InstanceReboot,
            SystemReboot,
            SystemMaintenance,
            InstanceRetirement,
            InstanceStop,
        ];
        all.into_iter().find(|code| code.name() == name)
    }

    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            EventCode::InstanceReboot => "instance-reboot",
            EventCode::SystemReboot => "system-reboot",
            EventCode::SystemMaintenance => "system-maintenance",
            EventCode::InstanceRetirement => "instance-retirement",
            EventCode::InstanceStop => "instance-stop",
        }
    }

    /// Whether it reboots the instance.
    pub fn reboots(self) -> bool {
        matches!(self, EventCode::InstanceReboot | EventCode::SystemReboot)
    }
}

/// How an event came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EventEnd {
    /// It took place.
    Completed,
    /// The instance was gone from its host, or had done what was to be done, before.
    Canceled,
}

/// An event that AWS has scheduled for an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScheduledEvent {
    /// Its id.
    pub id: InstanceEventId,
    /// What it does.
    pub code: EventCode,
    /// The earliest moment at which it begins; here it begins then.
    pub not_before: Time,
    /// The latest moment at which it ends, where that is known.
    pub not_after: Option<Time>,
    /// Up to when its start may be put off, if it may be.
    pub deadline: Option<Time>,
    /// When its start was decided last: work that is due for another start is overtaken.
    pub asked: Time,
    /// How it ended, and when.
    pub ended: Option<(EventEnd, Time)>,
}

/// Tags as an event window compares them.
pub fn has_tag(tags: Option<&BTreeMap<String, String>>, wanted: &(String, String)) -> bool {
    tags.and_then(|tags| tags.get(&wanted.0)) == Some(&wanted.1)
}

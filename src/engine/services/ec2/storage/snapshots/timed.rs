//! Time-based copies: a copy that is done in the time that its caller names, for a price by the GiB that is copied: that of the
//! shortest duration, whatever was asked for (ours: AWS's list falls with the duration).
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/time-based-copies.html>

use crate::base::error::{Error, Result};
use crate::base::ids::SnapshotId;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Step};
use crate::world::World;
use crate::world::storage::{BLOCK_BYTES, Snapshot, TimedCopy};
use crate::world::usage::{Measure, Subject};
use stratus_model::{Name, Structure};

/// Minutes that can be asked for: a quarter of an hour to two days.
const MINUTES: std::ops::RangeInclusive<i64> = 15..=48 * 60;
/// In steps of so many minutes.
const STEP: i64 = 15;
/// Bytes a second of one copy.
const OF_ONE: i64 = 500 << 20;
/// Bytes a second of all of them together, from one Region to another.
const OF_ALL: i64 = 2_000 << 20;

/// The minutes that a call asks for.
///
/// # Errors
/// `InvalidParameterValue`.
pub(in super::super) fn asked(params: &Structure, name: Name) -> Result<Option<i64>> {
    let Some(minutes) = params.integer(name) else {
        return Ok(None);
    };
    if MINUTES.contains(&minutes) && minutes % STEP == 0 {
        return Ok(Some(minutes));
    }
    let why = format!("The completion duration must be from 15 to 2880 minutes, in steps of 15: {minutes} is not.");
    Err(Error::new("InvalidParameterValue", why).at(name.text()))
}

/// Bytes a second that are left between two Regions.
fn left(world: &World, from: Region, to: Region) -> i64 {
    let rows = world.ec2(to).into_iter().flat_map(|ec2| ec2.snapshots.rows());
    let under_way = rows.filter(|row| !row.completed && row.fault.is_none());
    let of_pair = under_way.filter(|row| row.source.is_some_and(|(source, _)| source == from));
    let used: i64 = of_pair
        .filter_map(|row| row.timed.as_ref())
        .map(|timed| timed.speed)
        .sum();
    OF_ALL - used
}

/// Whether another such copy can begin (AWS names no code: ours).
///
/// # Errors
/// `ResourceLimitExceeded` where all of the throughput is taken.
pub(super) fn room(world: &World, from: Region, to: Region) -> Result<()> {
    if left(world, from, to) > 0 {
        return Ok(());
    }
    let why = format!(
        "The cumulative snapshot copy throughput quota between {} and {}, 2,000 MiB/s, is used up.",
        from.name(),
        to.name()
    );
    Err(Error::new("ResourceLimitExceeded", why)
        .remedy("Wait for a time-based copy to complete, or copy without a completion duration."))
}

/// Makes a copy that has just begun one that is done in so many minutes: no sooner, for it goes as fast as it must. Where the
/// throughput does not suffice it takes as long as that needs.
pub(super) fn promise(world: &mut World, from: Region, to: Region, id: SnapshotId, minutes: i64) {
    let Some(blocks) = world.row::<Snapshot>(to, id).map(|row| row.changed_blocks) else {
        return;
    };
    let (bytes, seconds) = (blocks.saturating_mul(BLOCK_BYTES), minutes * 60);
    let wanted = (bytes + seconds - 1) / seconds;
    let speed = wanted.min(OF_ONE).min(left(world, from, to)).max(1);
    let span = Span::seconds(seconds.max((bytes + speed - 1) / speed));
    let now = world.now;
    world.update(to, id, |row: &mut Snapshot| {
        row.completes = now + span;
        row.timed = Some(TimedCopy { minutes, speed });
    });
    clock::schedule(world, span, to, id, Step::Settle);
    if bytes > 0 {
        let subject = Subject::Resource(id.into());
        world.usage.tally(subject, to, Measure::Data, "timed", bytes, now);
    }
}

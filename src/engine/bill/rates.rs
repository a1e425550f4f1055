//! Two more questions to a bill: what it had come to by an earlier moment, and what goes on costing by the hour.

use super::{months, price, rented, reserved, restores};
use crate::base::time::Time;
use crate::catalog::{Money, Region};
use crate::world::World;
use crate::world::usage::{Measure, Meter, Subject};
use std::collections::BTreeMap;

/// Seconds in an hour.
const HOUR: i128 = 3_600;

/// Something that costs money at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// What.
    pub subject: Subject,
    /// Where.
    pub region: Region,
    /// For what.
    pub measure: Measure,
    /// What it costs in an hour, as long as it goes on like this.
    pub hourly: Money,
}

/// All that costs money at this moment, by subject and measure. Hosted zones are not in it: they cost whole months.
pub fn running(world: &World) -> Vec<Running> {
    let usage = &world.usage;
    let (mut covered, mut beside) = (BTreeMap::new(), Vec::new());
    if super::has_reserved(world) {
        covered = reserved::covered_now(world);
        beside.extend(reserved::running(world).into_iter().map(named(Measure::Instance)));
    }
    if super::has_host_reservations(world) {
        beside.extend(rented::running(world).into_iter().map(named(Measure::DedicatedHost)));
    }
    if super::has_restores(world) {
        beside.extend(restores::running(world).into_iter().map(named(Measure::SnapshotBlocks)));
    }
    let metered = usage
        .running
        .rows()
        .filter_map(|number| usage.meters.get(number))
        .filter_map(|meter| {
            let group = meter.group();
            let paid = match meter.measure {
                Measure::Instance => covered.get(&meter.subject).copied().unwrap_or(0),
                _ => 0,
            };
            Some(Running {
                subject: meter.subject.clone(),
                region: meter.region,
                measure: meter.measure,
                hourly: price::of(&group)?.sum(&group, meter.weight() * HOUR - i128::from(paid)),
            })
        });
    metered.chain(beside).collect()
}

/// Of something without a meter: Region, name, amount.
fn named(measure: Measure) -> impl Fn((Region, String, Money)) -> Running {
    move |(region, name, hourly)| Running {
        subject: Subject::Named(name),
        region,
        measure,
        hourly,
    }
}

/// What everything had cost by an earlier moment, as is known now: a hosted zone that was a trial was never charged.
pub fn total_by(world: &World, at: Time) -> Money {
    let meters = world.usage.meters.rows().filter(|meter| meter.from.0 < at.0);
    let metered: Money = meters
        .filter_map(|meter| {
            let group = meter.group();
            Some(price::of(&group)?.sum(&group, used_by(meter, at)))
        })
        .sum();
    let last = months::month(Time(at.0 - 1));
    let zones: Money = world
        .usage
        .monthly()
        .flat_map(|meter| months::of(world, meter))
        .filter(|(month, _)| *month <= last)
        .map(|(_, price)| price)
        .sum();
    metered + zones + super::beside(world, Time(at.0 - 1))
}

/// What a meter said at a moment: things × seconds, for counters things.
fn used_by(meter: &Meter, at: Time) -> i128 {
    if meter.measure.is_counted() {
        return i128::from(meter.quantity);
    }
    meter.weight() * i128::from(meter.until(at).billed(at))
}

/// The calendar month that it is now, in words ("March 2025"), and when it began (UTC, as AWS's bills have it).
pub fn this_month(world: &World) -> (String, Time) {
    const DAY: i64 = 86_400_000;
    let month = months::month(world.now);
    let mut day = world.now.0.div_euclid(DAY);
    // At most thirty steps back.
    while months::month(Time((day - 1) * DAY)) == month {
        day -= 1;
    }
    (months::name(month), Time(day * DAY))
}

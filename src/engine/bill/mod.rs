//! The bill: what the meters of `world::usage` cost on demand, with the derivation of every line.
//!
//! [`total`] is for every frame of a ticking clock: it adds up the sums by rate, however many meters there are (measured
//! unoptimised: 10 µs with 1,000 meters, 150 µs while 250 instances are in their first minute). [`bill`] is for reading: service by service, resource
//! by resource, line by line. Both say the same, to the rounding of one picodollar a line.
//!
//! Three things have no meter, since all of it follows from their rows: Reserved Instances (`reserved`), which cost what was
//! bought and pay for instances that match, host reservations (`rented`), and fast snapshot restores (`restores`).
//!
//! Nothing here changes a world. Queries to the simulated DNS, reads, and the data that they carry cost nothing (ours): they
//! change no world, so no meter can count them.

mod lines;
mod months;
mod phrases;
mod price;
mod rates;
mod rented;
mod reserved;
mod restores;

pub use lines::{Bill, Line, ResourceBill, ServiceBill, Spell, bill};
pub use price::Price;
pub use rates::{Running, running, this_month, total_by};

use crate::base::time::Time;
use crate::catalog::Money;
use crate::world::World;

/// What everything has cost so far.
pub fn total(world: &World) -> Money {
    let (usage, now) = (&world.usage, world.now);
    let metered: Money = usage
        .sums(now)
        .filter_map(|(group, amount)| Some(price::of(group)?.sum(group, amount)))
        .sum();
    let minimum: Money = usage
        .short_of_minimum(now)
        .filter_map(|(group, seconds)| Some(price::of(group)?.sum(group, seconds)))
        .sum();
    let begun: Money = usage
        .short_of_hours(now)
        .filter_map(|(group, seconds)| Some(price::of(&group)?.sum(&group, seconds)))
        .sum();
    metered + minimum + begun + months::total(world) + beside(world, now)
}

/// What no meter counts by a moment: Reserved Instances, less what they pay for, and fast snapshot restores.
fn beside(world: &World, now: Time) -> Money {
    let mut sum = Money::ZERO;
    if has_restores(world) {
        sum += restores::total(world, now);
    }
    if has_host_reservations(world) {
        sum += rented::total(world, now);
    }
    if has_reserved(world) {
        sum += covered(world, now);
    }
    sum
}

/// What was reserved costs, less what it pays for.
#[inline(never)]
fn covered(world: &World, now: Time) -> Money {
    let cover = reserved::cover(world, now);
    cover.map_or(Money::ZERO, |cover| reserved::total(world, now) - saved(&cover))
}

/// Whether anything was ever reserved: few worlds have, and the others need none of that code.
fn has_reserved(world: &World) -> bool {
    world.regions.iter().any(|(_, ec2)| !ec2.reserved.is_empty())
}

/// The same of host reservations.
fn has_host_reservations(world: &World) -> bool {
    let mut regions = world.regions.iter();
    regions.any(|(_, ec2)| !ec2.estate.host_reservations.is_empty())
}

/// The same of fast snapshot restores.
fn has_restores(world: &World) -> bool {
    let mut regions = world.regions.iter();
    regions.any(|(_, ec2)| !ec2.fast_restores.is_empty() || !ec2.fast_restores_ended.is_empty())
}

/// What the instances that Reserved Instances pay for would cost on demand.
fn saved(cover: &reserved::Cover) -> Money {
    let seconds = cover.seconds.iter();
    seconds
        .filter_map(|((_, group), seconds)| Some(price::of(group)?.sum(group, (*seconds).into())))
        .sum()
}

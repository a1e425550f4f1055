//! What is charged by whole months: hosted zones, when they are made and on the first of every month that they see, unless
//! they are deleted within twelve hours of their making.
//! <https://aws.amazon.com/route53/pricing/>

use crate::base::time::{Span, Time};
use crate::catalog::{Money, prices};
use crate::world::World;
use crate::world::usage::Meter;
use std::collections::BTreeMap;

/// A zone that goes within this time was a trial, and free.
pub(super) const TRIAL: Span = Span::minutes(12 * 60);

/// A month as a number: year × 12 + month, January 0.
pub(super) fn month(time: Time) -> i64 {
    // Days since 0000-03-01, then the civil year and month (the Gregorian calendar repeats every 146,097 days).
    let days = time.0.div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    (year + era * 400) * 12 + march_month + 2
}

/// "March 2025".
pub(super) fn name(month: i64) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = usize::try_from(month.rem_euclid(12)).ok().and_then(|at| NAMES.get(at));
    format!("{} {}", name.copied().unwrap_or_default(), month.div_euclid(12))
}

/// The first and the last month that a meter is charged for; `None` for a trial.
pub(super) fn charged(meter: &Meter, now: Time) -> Option<(i64, i64)> {
    if meter.to.is_some_and(|to| (to - meter.from).0 <= TRIAL.0) {
        return None;
    }
    Some((month(meter.from), month(meter.to.unwrap_or(now))))
}

/// How many zones are charged in which month, by the changes of that number.
fn steps<'a>(meters: impl Iterator<Item = &'a Meter>, now: Time) -> BTreeMap<i64, i64> {
    let mut steps = BTreeMap::new();
    for (first, last) in meters.filter_map(|meter| charged(meter, now)) {
        *steps.entry(first).or_default() += 1;
        *steps.entry(last + 1).or_default() -= 1;
    }
    steps
}

/// What all hosted zones have cost.
pub(super) fn total(world: &World) -> Money {
    let (mut sum, mut count, mut since) = (Money::ZERO, 0, 0);
    for (month, change) in steps(world.usage.monthly(), world.now) {
        let each = prices::HOSTED_ZONE.used(i128::from(count));
        sum += Money::from_units(each.units() * i128::from(month - since));
        count += change;
        since = month;
    }
    sum
}

/// What one meter costs, month by month, with its place among the account's zones: 25 at the first price, the rest at the
/// second. Zones made earlier count first.
pub(super) fn of(world: &World, meter: &Meter) -> Vec<(i64, Money)> {
    let Some((first, last)) = charged(meter, world.now) else {
        return Vec::new();
    };
    let earlier: Vec<(i64, i64)> = world
        .usage
        .monthly()
        .take_while(|other| *other != meter)
        .filter_map(|other| charged(other, world.now))
        .collect();
    (first..=last)
        .map(|month| {
            let before = earlier
                .iter()
                .filter(|(from, to)| (*from..=*to).contains(&month))
                .count() as i128;
            let price = prices::HOSTED_ZONE.used(before + 1) - prices::HOSTED_ZONE.used(before);
            (month, price)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_the_calendar() {
        for (seconds, wanted) in [
            (0, "January 1970"),
            (951_782_399, "February 2000"),
            (951_868_799, "February 2000"),
            (951_868_800, "March 2000"),
            (1_740_992_400, "March 2025"),
            (1_743_465_599, "March 2025"),
            (1_743_465_600, "April 2025"),
            (1_767_225_599, "December 2025"),
            (1_767_225_600, "January 2026"),
        ] {
            assert_eq!(name(month(Time(seconds * 1000))), wanted);
        }
    }
}

//! Host reservations on the bill: what was paid upfront, and the hours of the term, used or not. The hosts that they cover have no
//! meter while they do. <https://aws.amazon.com/ec2/dedicated-hosts/pricing/>; the prices are ours.

use super::lines::{Line, ResourceBill, usd};
use super::phrases::{quantity_of, thousands};
use super::price::Price;
use crate::base::time::Time;
use crate::catalog::money::price_text;
use crate::catalog::prices::Source;
use crate::catalog::{Money, Region};
use crate::services::ec2::compute::dedicated;
use crate::world::World;
use crate::world::rented::HostReservation;
use crate::world::usage::{Subject, second};

/// AWS's page of these prices.
const PAGE: &str = "https://aws.amazon.com/ec2/dedicated-hosts/pricing/";

/// All reservations that have begun by a moment, by Region and purchase.
fn all(world: &World, now: Time) -> Vec<(Region, &HostReservation)> {
    let mut found: Vec<(Region, &HostReservation)> = Vec::new();
    for (region, ec2) in world.regions.iter() {
        let rows = ec2.estate.host_reservations.rows();
        found.extend(rows.filter(|row| row.start.0 <= now.0).map(|row| (*region, row)));
    }
    stratus_model::sort::by_key(&mut found, |(region, row)| (*region, row.born));
    found
}

fn count(row: &HostReservation) -> i128 {
    row.hosts.len() as i128
}

fn upfront(region: Region, row: &HostReservation) -> Money {
    let each = i128::from(dedicated::upfront(&row.offering, region)) * 1_000_000;
    Money::each(each, count(row))
}

/// Picodollars of an hour of one host.
fn recurring(region: Region, row: &HostReservation) -> i128 {
    i128::from(dedicated::recurring(&row.offering, region)) * 1_000_000
}

/// Seconds that have counted by a moment.
fn passed(row: &HostReservation, now: Time) -> i64 {
    (second(row.end).min(second(now)) - second(row.start)).max(0)
}

fn hours(region: Region, row: &HostReservation, now: Time) -> Money {
    Money::hourly(recurring(region, row), count(row) * i128::from(passed(row, now)))
}

/// What they had cost by a moment.
pub(super) fn total(world: &World, now: Time) -> Money {
    let all = all(world, now).into_iter();
    all.map(|(region, row)| upfront(region, row) + hours(region, row, now))
        .sum()
}

/// What goes on costing by the hour: Region, name, amount.
pub(super) fn running(world: &World) -> Vec<(Region, String, Money)> {
    let all = all(world, world.now).into_iter();
    all.filter(|(_, row)| row.end.0 > world.now.0)
        .map(|(region, row)| {
            let hourly = Money::hourly(recurring(region, row), count(row) * 3_600);
            (region, row.id.to_string(), hourly)
        })
        .collect()
}

/// Every reservation, with its lines.
pub(super) fn resources(world: &World) -> Vec<ResourceBill> {
    let now = world.now;
    let all = all(world, now).into_iter();
    all.map(|(region, row)| {
        let (paid, run) = (upfront(region, row), hours(region, row, now));
        let lines = [paid, run].into_iter().zip([true, false]);
        let lines = lines.filter(|(amount, at_once)| !at_once || *amount != Money::ZERO);
        ResourceBill {
            subject: Subject::Resource(row.id.into()),
            label: world.label(region, row.id.into()),
            region: Some(region),
            amount: paid + run,
            lines: lines
                .map(|(amount, at_once)| line(region, row, now, amount, at_once))
                .collect(),
            states: Vec::new(),
        }
    })
    .collect()
}

fn line(region: Region, row: &HostReservation, now: Time, amount: Money, at_once: bool) -> Line {
    let family = &row.offering.family;
    let hosts = quantity_of(count(row), "host");
    let seconds = passed(row, now);
    let each = if at_once {
        i128::from(dedicated::upfront(&row.offering, region)) * 1_000_000
    } else {
        recurring(region, row)
    };
    let price = price_text(each, 2);
    let derivation = if at_once {
        format!("{hosts} × ${price} = {}", usd(amount))
    } else {
        let all = thousands(i128::from(seconds));
        format!("{hosts} × {all} s × ${price}/h ÷ 3600 = {}", usd(amount))
    };
    let what = if at_once { "upfront" } else { "by the hour" };
    Line {
        what: format!("{family} host reservation, {what}"),
        quantity: hosts,
        from: row.start,
        to: Some(row.end).filter(|end| end.0 <= now.0),
        seconds: if at_once { 0 } else { seconds },
        price: Price {
            key: format!("{family} {}", row.offering.payment.name()),
            label: format!(
                "{family} host, reserved for {}",
                quantity_of(row.offering.years, "year")
            ),
            price,
            unit: if at_once { "host" } else { "hour" }.into(),
            source: Source::Ours,
            remark: None,
            url: PAGE,
        },
        derivation,
        amount,
    }
}

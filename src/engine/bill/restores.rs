//! Fast snapshot restores on the bill: by the hour for each snapshot and zone, at least one hour, from the call that enables
//! them to the call that disables them, or to the end of the snapshot.
//! <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-fast-snapshot-restore.html>, <https://aws.amazon.com/ebs/pricing/>. AWS
//! counts minutes; here they are seconds (ours), as everywhere on this bill.

use super::lines::{Line, ResourceBill, usd};
use super::phrases::{quantity_of, thousands};
use super::price::{Price, stands_in};
use crate::base::ids::SnapshotId;
use crate::base::time::Time;
use crate::catalog::money::price_text;
use crate::catalog::prices::FAST_RESTORE;
use crate::catalog::{Money, Region};
use crate::world::World;
use crate::world::usage::{Subject, second};
use std::collections::BTreeMap;

/// The least that is billed, in seconds.
const LEAST: i64 = 3_600;

/// One span in which they were on.
struct Span {
    from: Time,
    to: Option<Time>,
}

/// A snapshot in a zone, by its place in the Region.
type Place = (Region, SnapshotId, u8);

impl Span {
    fn passed(&self, now: Time) -> i64 {
        let end = self.to.filter(|to| to.0 < now.0).unwrap_or(now);
        (second(end) - second(self.from)).max(0)
    }

    fn billed(&self, now: Time) -> i64 {
        self.passed(now).max(LEAST)
    }
}

/// All spans that have begun by a moment, by Region, snapshot and zone, oldest first.
fn spans(world: &World, now: Time) -> BTreeMap<Place, Vec<Span>> {
    let mut all: BTreeMap<Place, Vec<Span>> = BTreeMap::new();
    for (region, ec2) in world.regions.iter() {
        for ((id, zone, from), to) in ec2.fast_restores_ended.iter() {
            let span = Span {
                from: *from,
                to: Some(*to),
            };
            all.entry((*region, *id, *zone)).or_default().push(span);
        }
        for ((id, zone), row) in ec2.fast_restores.iter() {
            let span = Span {
                from: row.enabling,
                to: row.disabling.map(|(since, _)| since),
            };
            all.entry((*region, *id, *zone)).or_default().push(span);
        }
    }
    for spans in all.values_mut() {
        spans.retain(|span| span.from.0 <= now.0);
    }
    all.retain(|_, spans| !spans.is_empty());
    all
}

fn cost(spans: &[Span], now: Time) -> Money {
    let seconds: i64 = spans.iter().map(|span| span.billed(now)).sum();
    FAST_RESTORE.held(1, seconds.into())
}

/// What they had cost by a moment.
pub(super) fn total(world: &World, now: Time) -> Money {
    spans(world, now).values().map(|spans| cost(spans, now)).sum()
}

fn name(place: &Place) -> String {
    let (region, id, zone) = place;
    let zone = region.zone(*zone).map(crate::catalog::Zone::name).unwrap_or_default();
    format!("{id} in {zone}")
}

/// What goes on costing by the hour: Region, name, amount.
pub(super) fn running(world: &World) -> Vec<(Region, String, Money)> {
    let all = spans(world, world.now).into_iter();
    all.filter(|(_, spans)| spans.iter().any(|span| span.to.is_none()))
        .map(|(place, _)| (place.0, name(&place), FAST_RESTORE.held(1, LEAST.into())))
        .collect()
}

/// Every snapshot and zone, with its line.
pub(super) fn resources(world: &World) -> Vec<ResourceBill> {
    let now = world.now;
    let all = spans(world, now).into_iter();
    all.map(|(place, spans)| {
        let amount = cost(&spans, now);
        ResourceBill {
            subject: Subject::Named(name(&place)),
            label: name(&place),
            region: Some(place.0),
            amount,
            lines: vec![line(place.0, &spans, now, amount)],
            states: Vec::new(),
        }
    })
    .collect()
}

fn line(region: Region, spans: &[Span], now: Time, amount: Money) -> Line {
    let seconds: i64 = spans.iter().map(|span| span.billed(now)).sum();
    let passed: i64 = spans.iter().map(|span| span.passed(now)).sum();
    let least = if seconds > passed {
        format!(" (an hour each time at least; {} s passed)", thousands(passed.into()))
    } else {
        String::new()
    };
    let price = price_text(FAST_RESTORE.first_price(), 2);
    let ends: Option<Vec<Time>> = spans.iter().map(|span| span.to).collect();
    Line {
        what: "fast snapshot restores".into(),
        quantity: quantity_of(1, "snapshot and zone"),
        from: spans.first().map_or(now, |span| span.from),
        to: ends.and_then(|ends| ends.into_iter().max()),
        seconds,
        price: Price {
            key: FAST_RESTORE.key.into(),
            label: FAST_RESTORE.label.into(),
            price: price.clone(),
            unit: FAST_RESTORE.unit.text(),
            source: FAST_RESTORE.source(region),
            remark: stands_in(&FAST_RESTORE, region),
            url: FAST_RESTORE.url,
        },
        derivation: format!(
            "{} s{least} × ${price}/h ÷ 3600 = {}",
            thousands(seconds.into()),
            usd(amount)
        ),
        amount,
    }
}

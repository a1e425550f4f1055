//! Reserved Instances on the bill: what they cost, used or not, and which seconds of which instances they pay for.
//!
//! A reservation gives 3,600 seconds of its instance in every clock hour of its term, to whichever instances match it then:
//! zonal ones to their type, platform and zone; regional ones to their type and platform in any zone, and those for Linux
//! to other sizes of the family too, smaller sizes first, by AWS's normalization factors
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html>). Zonal ones apply first, then regional ones, each in
//! the order of purchase (ours). Everything follows from the purchases and the meters; nothing here is kept.

use super::lines::{Line, ResourceBill, usd};
use super::phrases::{quantity_of, thousands};
use super::price::Price;
use crate::base::time::Time;
use crate::catalog::money::price_text;
use crate::catalog::prices::Source;
use crate::catalog::{InstanceType, Money, Region, Zone};
use crate::services::ec2::compute::reserved::{modify, offerings};
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::launching::{Offering, Reserved};
use crate::world::usage::{Group, Measure, Meter, Subject, second};
use std::collections::{BTreeMap, BTreeSet};
use stratus_model::sort;

/// Seconds of a clock hour.
const HOUR: i64 = 3_600;
/// AWS's page of these prices.
const PAGE: &str = "https://aws.amazon.com/ec2/pricing/reserved-instances/pricing/";
/// Families whose regional reservations are for one size only.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html>
const ONE_SIZE: [&str; 11] = [
    "g4ad", "g4dn", "g5", "g5g", "g6", "g6e", "gr6", "hpc7a", "p5", "inf1", "inf2",
];

/// What was bought.
struct Purchase<'w> {
    id: &'w str,
    region: Region,
    row: &'w Reserved,
    /// Seconds of the clock: from when, and until when it counts.
    from: i64,
    to: i64,
}

/// On-demand use that a reservation may pay for: one meter.
struct Use<'w> {
    meter: &'w Meter,
    kind: InstanceType,
    platform: &'w str,
    zone: Option<Zone>,
    from: i64,
    to: i64,
}

/// Who pays for what.
pub(super) struct Cover {
    /// Seconds of instances that reservations pay for, by subject and price.
    pub(super) seconds: BTreeMap<(Subject, Group), i64>,
    /// Seconds of instances that each purchase pays for, by Region and id.
    used: BTreeMap<(Region, String), i64>,
}

impl Purchase<'_> {
    fn is_flexible(&self) -> bool {
        let of = &self.row.offering;
        of.zone.is_none() && of.product == "Linux/UNIX" && !ONE_SIZE.contains(&of.instance_type.family())
    }

    /// What a second of it is worth, in quarters of AWS's factor where other sizes count.
    fn worth(&self) -> i64 {
        let quarters = modify::quarters(self.row.offering.instance_type);
        quarters.filter(|_| self.is_flexible()).unwrap_or(1)
    }

    /// What a second of a use takes of it; `None` = it is not for that.
    fn takes(&self, of: &Use<'_>) -> Option<i64> {
        let bought = &self.row.offering;
        let same_place = bought.zone.is_none() || bought.zone == of.zone;
        if self.region != of.meter.region || bought.product != of.platform || !same_place {
            return None;
        }
        if bought.instance_type == of.kind {
            return Some(self.worth());
        }
        let family = bought.instance_type.family() == of.kind.family();
        // A size without a factor (metal) is for itself only.
        modify::quarters(bought.instance_type)?;
        modify::quarters(of.kind).filter(|_| family && self.is_flexible())
    }

    /// Seconds that it has counted by a moment.
    fn passed(&self, now: i64) -> i64 {
        (self.to.min(now) - self.from).max(0)
    }

    /// What was paid upfront by a moment: nothing for what a modification makes, which was paid for before.
    fn upfront(&self, now: i64) -> Money {
        if self.row.of_change || self.from > now {
            return Money::ZERO;
        }
        let millionths = i128::from(offerings::upfront(&self.row.offering, self.region));
        Money::each(millionths * 1_000_000, self.row.count.into())
    }

    /// Picodollars of an hour of one.
    fn recurring(&self) -> i128 {
        i128::from(offerings::recurring(&self.row.offering, self.region)) * 1_000_000
    }

    fn hours(&self, now: i64) -> Money {
        Money::hourly(
            self.recurring(),
            i128::from(self.passed(now)) * i128::from(self.row.count),
        )
    }
}

/// All purchases that have begun by a moment, in the order in which they apply.
fn purchases(world: &World, now: i64) -> Vec<Purchase<'_>> {
    let mut all: Vec<Purchase<'_>> = Vec::new();
    for (region, ec2) in world.regions.iter() {
        all.extend(ec2.reserved.iter().map(|(id, row)| Purchase {
            id,
            region: *region,
            row,
            from: second(row.start),
            to: second(row.replaced.map_or(
                row.end,
                |replaced| if replaced.0 < row.end.0 { replaced } else { row.end },
            )),
        }));
    }
    all.retain(|purchase| purchase.from <= now);
    sort::by_key(&mut all, |purchase| {
        (purchase.row.offering.zone.is_none(), purchase.row.born)
    });
    all
}

/// The type and the platform of a meter of an On-Demand Instance on shared hardware.
fn on_demand(meter: &Meter) -> Option<(InstanceType, &str)> {
    if meter.measure != Measure::Instance {
        return None;
    }
    let (kind, rest) = meter.rate.split_once('/')?;
    let (platform, tenancy) = rest.rsplit_once('/')?;
    (tenancy == "default").then_some((InstanceType::find(kind)?, platform))
}

/// The uses of a moment's meters that any purchase may pay for, smaller sizes first.
fn uses<'w>(world: &'w World, purchases: &[Purchase<'_>], now: Time) -> Vec<Use<'w>> {
    let mut all = Vec::new();
    for meter in world.usage.meters.rows().filter(|meter| meter.from.0 <= now.0) {
        let Some((kind, platform)) = on_demand(meter) else {
            continue;
        };
        let zone = match &meter.subject {
            Subject::Resource(id) => world.usage.zone_of(id).or_else(|| {
                let id = (*id).try_into().ok()?;
                Some(world.row::<Instance>(meter.region, id)?.zone)
            }),
            Subject::Named(_) => None,
        };
        let from = second(meter.from);
        let one = Use {
            meter,
            kind,
            platform,
            zone,
            from,
            to: from + meter.until(now).billed(now),
        };
        if purchases.iter().any(|purchase| purchase.takes(&one).is_some()) {
            all.push(one);
        }
    }
    sort::by_key(&mut all, |one| (modify::quarters(one.kind), one.from));
    all
}

fn overlap(a: (i64, i64), b: (i64, i64)) -> i64 {
    (a.1.min(b.1) - a.0.max(b.0)).max(0)
}

/// Gives out the seconds of some clock hours that are all alike.
fn apply(hours: (i64, i64), purchases: &[Purchase<'_>], uses: &[Use<'_>], covered: &mut [i64], used: &mut [i64]) {
    let mut left: Vec<i64> = uses.iter().map(|one| overlap(hours, (one.from, one.to))).collect();
    if left.iter().all(|seconds| *seconds == 0) {
        return;
    }
    for (purchase, used) in purchases.iter().zip(used) {
        let active = (hours.0.max(purchase.from), hours.1.min(purchase.to));
        let mut budget = overlap(active, hours).saturating_mul(purchase.row.count.saturating_mul(purchase.worth()));
        for ((one, left), covered) in uses.iter().zip(&mut left).zip(covered.iter_mut()) {
            let Some(each) = purchase.takes(one).filter(|each| *left > 0 && budget >= *each) else {
                continue;
            };
            let seconds = (budget / each.max(1))
                .min(*left)
                .min(overlap(active, (one.from, one.to)));
            budget -= seconds * each;
            *left -= seconds;
            *covered += seconds;
            *used += seconds;
        }
    }
}

/// Where clock hours begin that are not like the one before: those in which something begins or ends stand alone.
fn cuts(purchases: &[Purchase<'_>], uses: &[Use<'_>]) -> Vec<i64> {
    let first = uses.iter().map(|one| one.from).min().unwrap_or(0);
    let last = uses.iter().map(|one| one.to).max().unwrap_or(0);
    let floor = |at: i64| at.div_euclid(HOUR) * HOUR;
    let terms = purchases.iter().map(|purchase| (purchase.from, purchase.to));
    let ends = uses.iter().map(|one| (one.from, one.to)).chain(terms);
    let cuts: BTreeSet<i64> = ends
        .flat_map(|(from, to)| [from, to])
        .filter(|at| (first..=last).contains(at))
        .flat_map(|at| [floor(at), floor(at) + HOUR])
        .collect();
    cuts.into_iter().collect()
}

/// Who pays for what, by a moment; `None` where nothing was bought.
pub(super) fn cover(world: &World, now: Time) -> Option<Cover> {
    if !super::has_reserved(world) {
        return None;
    }
    let purchases = purchases(world, second(now));
    let uses = uses(world, &purchases, now);
    let (mut covered, mut used) = (vec![0; uses.len()], vec![0; purchases.len()]);
    let cuts = cuts(&purchases, &uses);
    for hours in cuts.windows(2) {
        if let [from, to] = *hours {
            apply((from, to), &purchases, &uses, &mut covered, &mut used);
        }
    }
    let mut cover = Cover {
        seconds: BTreeMap::new(),
        used: BTreeMap::new(),
    };
    for (one, seconds) in uses.iter().zip(covered).filter(|(_, seconds)| *seconds > 0) {
        let key = (one.meter.subject.clone(), one.meter.group());
        *cover.seconds.entry(key).or_default() += seconds;
    }
    for (purchase, seconds) in purchases.iter().zip(used) {
        cover.used.insert((purchase.region, purchase.id.to_owned()), seconds);
    }
    Some(cover)
}

/// What a moment's reservations have cost by it, without what they save.
pub(super) fn total(world: &World, now: Time) -> Money {
    let now = second(now);
    let all = purchases(world, now).into_iter();
    all.map(|purchase| purchase.upfront(now) + purchase.hours(now)).sum()
}

/// Of each running instance that a reservation pays for at this moment: the seconds of an hour from now on.
pub(super) fn covered_now(world: &World) -> BTreeMap<Subject, i64> {
    let now = second(world.now);
    let mut purchases = purchases(world, now);
    purchases.retain(|purchase| purchase.to > now);
    if purchases.is_empty() {
        return BTreeMap::new();
    }
    let mut uses = uses(world, &purchases, world.now);
    uses.retain(|one| one.meter.to.is_none());
    for one in &mut uses {
        (one.from, one.to) = (0, HOUR);
    }
    for purchase in &mut purchases {
        (purchase.from, purchase.to) = (0, HOUR);
    }
    let (mut covered, mut used) = (vec![0; uses.len()], vec![0; purchases.len()]);
    apply((0, HOUR), &purchases, &uses, &mut covered, &mut used);
    let seconds = uses.iter().zip(covered).filter(|(_, seconds)| *seconds > 0);
    seconds
        .map(|(one, seconds)| (one.meter.subject.clone(), seconds))
        .collect()
}

/// What goes on costing by the hour: Region, name of the purchase, amount.
pub(super) fn running(world: &World) -> Vec<(Region, String, Money)> {
    let now = second(world.now);
    let all = purchases(world, now).into_iter().filter(|purchase| purchase.to > now);
    all.map(|purchase| {
        let hourly = Money::hourly(purchase.recurring(), i128::from(HOUR) * i128::from(purchase.row.count));
        (purchase.region, purchase.id.to_owned(), hourly)
    })
    .collect()
}

/// Every purchase that has begun, with its lines.
pub(super) fn resources(world: &World, cover: &Cover) -> Vec<ResourceBill> {
    let now = second(world.now);
    let mut all = purchases(world, now);
    sort::by_key(&mut all, |purchase| purchase.row.born);
    let bills = all.into_iter().map(|purchase| {
        let key = (purchase.region, purchase.id.to_owned());
        let used = cover.used.get(&key).copied().unwrap_or(0);
        let lines = lines(&purchase, now, used);
        ResourceBill {
            subject: Subject::Named(purchase.id.to_owned()),
            label: label(&purchase),
            region: Some(purchase.region),
            amount: lines.iter().map(|line| line.amount).sum(),
            lines,
            states: Vec::new(),
        }
    });
    bills.collect()
}

fn label(purchase: &Purchase<'_>) -> String {
    let of = &purchase.row.offering;
    let place = of.zone.map_or_else(|| purchase.region.name().to_owned(), Zone::name);
    format!("{} × {}, {place}", purchase.row.count, of.instance_type.name())
}

fn lines(purchase: &Purchase<'_>, now: i64, used: i64) -> Vec<Line> {
    let (of, count) = (&purchase.row.offering, purchase.row.count);
    let hourly = purchase.recurring();
    let to = (purchase.to <= now).then_some(Time(purchase.to * 1_000));
    let line = |what: &str, seconds, price: String, unit: &str, derivation, amount| Line {
        what: format!("{what}, {} reserved", of.instance_type.name()),
        quantity: quantity_of(count, "instance"),
        from: purchase.row.start,
        to,
        seconds,
        price: price_of(of, purchase.region, price, unit),
        derivation,
        amount,
    };
    let mut all = Vec::new();
    let upfront = purchase.upfront(now);
    if upfront != Money::ZERO {
        let each = price_text(i128::from(offerings::upfront(of, purchase.region)) * 1_000_000, 2);
        let derivation = format!("{count} × ${each} upfront = {}", usd(upfront));
        all.push(line(
            "upfront payment",
            0,
            each,
            "instance and term",
            derivation,
            upfront,
        ));
    }
    let (passed, amount) = (purchase.passed(now), purchase.hours(now));
    let each = price_text(hourly, 2);
    let derivation = format!(
        "{count} × {} s × ${each}/h ÷ 3600 = {}, used or not; it has paid for {} s of instances",
        thousands(passed.into()),
        usd(amount),
        thousands(used.into())
    );
    all.push(line(
        "every hour of the term",
        passed.saturating_mul(count),
        each,
        "hour",
        derivation,
        amount,
    ));
    all
}

fn price_of(of: &Offering, region: Region, price: String, unit: &str) -> Price {
    let years = if of.years == 1 { "1 year" } else { "3 years" };
    let class = if of.convertible { "convertible" } else { "standard" };
    let effective = price_text(i128::from(offerings::hourly(of, region)) * 1_000_000, 2);
    Price {
        key: format!("{}.reserved", of.instance_type.name()),
        label: format!("{}, {class}, {years}, {}", of.instance_type.name(), of.payment),
        price,
        unit: unit.to_owned(),
        source: Source::Ours,
        remark: Some(format!("${effective} an hour with what is paid upfront")),
        url: PAGE,
    }
}

//! The bill to read: services, their resources, and for each the lines with their derivations.

use super::phrases::{quantity, size, thousands, what};
use super::price::{self, Charge, Price};
use super::{months, rented, reserved, restores};
use crate::base::ids::ResourceId;
use crate::base::time::Time;
use crate::catalog::money::price_text;
use crate::catalog::prices::{self, Rate};
use crate::catalog::{Money, Region};
use crate::dns::name;
use crate::world::World;
use crate::world::storage::BLOCK_BYTES;
use crate::world::usage::{Group, Measure, Meter, Subject};
use std::collections::BTreeMap;

/// Terms of a sum that a derivation writes out; more are counted.
const TERMS: usize = 6;
/// Seconds in the month of "GiB-month", as a derivation writes them.
const MONTH: &str = "2,592,000 s";

/// The meters of a line.
type Spans<'w> = (Group, Vec<&'w Meter>);

/// A whole bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// What all of it comes to.
    pub total: Money,
    /// By service, in the order of [`service_of`].
    pub services: Vec<ServiceBill>,
}

/// What one service costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceBill {
    /// Its name.
    pub name: &'static str,
    /// What it comes to.
    pub amount: Money,
    /// By resource, the first that was used first.
    pub resources: Vec<ResourceBill>,
}

/// What one resource costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceBill {
    /// What.
    pub subject: Subject,
    /// Its name, or its id.
    pub label: String,
    /// Where; `None` for what is in no Region.
    pub region: Option<Region>,
    /// What it comes to.
    pub amount: Money,
    /// Line by line.
    pub lines: Vec<Line>,
    /// For an instance: seconds by state, and whether they are billed.
    pub states: Vec<Spell>,
}

/// How long an instance was in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// `running`, `stopped`, …
    pub state: String,
    /// Seconds.
    pub seconds: i64,
    /// Whether that state costs anything.
    pub billed: bool,
}

/// One line: everything of one resource that has one price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub what: String,
    /// How much: "8 GiB", "1 instance".
    pub quantity: String,
    /// From when.
    pub from: Time,
    /// To when; `None` = it goes on.
    pub to: Option<Time>,
    /// Seconds that are billed, over all spans; 0 for what has no duration.
    pub seconds: i64,
    /// What one unit costs.
    pub price: Price,
    /// How the amount comes about: "300 s × $0.0104/h ÷ 3600 = $0.00087".
    pub derivation: String,
    /// The amount.
    pub amount: Money,
}

/// The service that a measure belongs to, with its place on the bill.
fn service_of(measure: Measure) -> (u8, &'static str) {
    match measure {
        Measure::Instance => (0, "EC2 instances"),
        Measure::VolumeStorage | Measure::VolumeIops | Measure::VolumeThroughput => (2, "EBS volumes"),
        Measure::SnapshotBlocks | Measure::RestoredBlocks | Measure::ArchiveRetrieval | Measure::ArchiveRest => {
            (3, "EBS snapshots")
        }
        Measure::PublicAddress => (4, "Public IPv4 addresses"),
        Measure::ObjectStorage
        | Measure::ObjectMonitoring
        | Measure::Requests
        | Measure::Retrieval
        | Measure::EarlyDeletion => (5, "S3"),
        Measure::HostedZone => (6, "Route 53"),
        Measure::NatGateway => (7, "NAT gateways"),
        Measure::VpnConnection => (8, "VPN connections"),
        Measure::VpcEndpoint => (9, "VPC endpoints"),
        Measure::TransitAttachment => (10, "Transit gateways"),
        Measure::DedicatedHost => (11, "Dedicated Hosts"),
        Measure::PathAnalysis => (12, "Reachability Analyzer"),
        Measure::AnalysedInterfaces => (13, "Network Access Analyzer"),
        Measure::Data => (14, "Data transfer"),
        Measure::LoadBalancer => (15, "Load balancers"),
    }
}

/// The service of Reserved Instances, which no meter counts.
const RESERVED: (u8, &str) = (1, "Reserved Instances");

/// Everything that has cost something, or was free and could have cost something.
pub fn bill(world: &World) -> Bill {
    // Service, then resource by its first meter, then price by its first meter.
    let mut first: BTreeMap<(u8, &Subject), u64> = BTreeMap::new();
    let mut spans: BTreeMap<(u8, u64), Vec<Spans<'_>>> = BTreeMap::new();
    for (number, meter) in world.usage.meters.iter() {
        let place = service_of(meter.measure).0;
        let since = *first.entry((place, &meter.subject)).or_insert(*number);
        let lines = spans.entry((place, since)).or_default();
        let group = Group {
            measure: meter.measure,
            region: meter.region,
            rate: meter.rate.clone(),
            // Volumes' prices depend on it; elsewhere one line holds all amounts.
            quantity: match meter.measure {
                Measure::VolumeIops | Measure::VolumeThroughput => meter.quantity,
                _ => 0,
            },
        };
        match lines.iter_mut().find(|(other, _)| *other == group) {
            Some((_, meters)) => meters.push(meter),
            None => lines.push((group, vec![meter])),
        }
    }
    let cover = reserved::cover(world, world.now);
    let mut services: BTreeMap<(u8, &'static str), Vec<ResourceBill>> = BTreeMap::new();
    for lines in spans.into_values() {
        let Some(meter) = lines.first().and_then(|(_, meters)| meters.first().copied()) else {
            continue;
        };
        let resource = resource(world, meter, &lines, cover.as_ref());
        services.entry(service_of(meter.measure)).or_default().push(resource);
    }
    for (service, more) in [
        (
            RESERVED,
            cover.map_or_else(Vec::new, |cover| reserved::resources(world, &cover)),
        ),
        (service_of(Measure::SnapshotBlocks), restores::resources(world)),
        (service_of(Measure::DedicatedHost), rented::resources(world)),
    ] {
        if !more.is_empty() {
            services.entry(service).or_default().extend(more);
        }
    }
    let services: Vec<ServiceBill> = services
        .into_iter()
        .map(|((_, name), resources)| ServiceBill {
            name,
            amount: resources.iter().map(|resource| resource.amount).sum(),
            resources,
        })
        .collect();
    Bill {
        total: services.iter().map(|service| service.amount).sum(),
        services,
    }
}

fn resource(world: &World, first: &Meter, lines: &[Spans<'_>], cover: Option<&reserved::Cover>) -> ResourceBill {
    let all = lines.iter().flat_map(|(_, meters)| meters);
    let metered = all.map(|meter| meter.passed(world.now)).sum();
    let lines: Vec<Line> = lines
        .iter()
        .filter_map(|(group, meters)| match group.measure {
            Measure::HostedZone => Some(zone_line(world, group, meters)),
            _ => line(world, group, meters, covered(cover, &first.subject, group)),
        })
        .collect();
    let states = match first.measure {
        Measure::Instance => spells(world, &first.subject, metered),
        _ => Vec::new(),
    };
    ResourceBill {
        subject: first.subject.clone(),
        label: label(world, first),
        region: (first.measure != Measure::HostedZone).then_some(first.region),
        amount: lines.iter().map(|line| line.amount).sum(),
        lines,
        states,
    }
}

fn label(world: &World, meter: &Meter) -> String {
    match &meter.subject {
        Subject::Named(name) => name.clone(),
        Subject::Resource(ResourceId::HostedZone(id)) => match world.route53.zones.get(id) {
            Some(zone) => name::said(&zone.name),
            None => id.to_string(),
        },
        Subject::Resource(id) => world.label(meter.region, *id),
    }
}

/// Seconds by state. Running is billed, and so is stopping while the memory is being written (hibernation): that part shows
/// in that the meter ran longer than the instance.
fn spells(world: &World, subject: &Subject, metered: i64) -> Vec<Spell> {
    let Some(states) = world.usage.states(subject) else {
        return Vec::new();
    };
    let seconds = states.seconds(world.now);
    let running = seconds.get("running").copied().unwrap_or(0);
    let hibernating = (metered - running).max(0);
    let mut spells = Vec::new();
    let mut add = |state: &str, seconds: i64, billed: bool| {
        spells.push(Spell {
            state: state.to_owned(),
            seconds,
            billed,
        });
    };
    for state in ["pending", "running", "stopping", "stopped", "shutting-down"] {
        match seconds.get(state).copied() {
            Some(all) if state == "stopping" && hibernating > 0 => {
                add("stopping (hibernating)", hibernating, true);
                if all > hibernating {
                    add(state, all - hibernating, false);
                }
            }
            Some(all) => add(state, all, state == "running"),
            None => {}
        }
    }
    spells
}

/// Seconds that Reserved Instances pay for, of a subject at a price.
fn covered(cover: Option<&reserved::Cover>, subject: &Subject, group: &Group) -> i64 {
    let seconds = cover.and_then(|cover| cover.seconds.get(&(subject.clone(), group.clone())));
    seconds.copied().unwrap_or(0)
}

/// `covered`: seconds that Reserved Instances pay for.
fn line(world: &World, group: &Group, meters: &[&Meter], covered: i64) -> Option<Line> {
    let charge = price::of(group)?;
    let now = world.now;
    let weight = |meter: &Meter| match group.measure {
        Measure::VolumeIops | Measure::VolumeThroughput => 1,
        _ => i128::from(meter.quantity),
    };
    let counted = group.measure.is_counted();
    let usage: i128 = match counted {
        true => meters.iter().map(|meter| weight(meter)).sum(),
        false => meters
            .iter()
            .map(|meter| weight(meter) * i128::from(meter.billed(now)))
            .sum::<i128>()
            .saturating_sub(covered.into()),
    };
    let amount = charge.sum(group, usage);
    let newest = meters.last()?;
    Some(Line {
        what: what(group, newest),
        quantity: quantity(group, if counted { usage } else { i128::from(newest.quantity) }),
        from: meters.iter().map(|meter| meter.from).min()?,
        to: ended(meters),
        seconds: if counted {
            0
        } else {
            meters.iter().map(|meter| meter.billed(now)).sum::<i64>() - covered
        },
        price: charge.show(group),
        derivation: derivation(group, charge, meters, (usage, covered), now, amount),
        amount,
    })
}

/// When the last of some spans ended; `None` while one goes on.
fn ended(meters: &[&Meter]) -> Option<Time> {
    let ends: Option<Vec<Time>> = meters.iter().map(|meter| meter.to).collect();
    ends?.into_iter().max()
}

/// The sum of the spans, then what it is multiplied with.
fn derivation(
    group: &Group,
    charge: Charge,
    meters: &[&Meter],
    (usage, covered): (i128, i64),
    now: Time,
    amount: Money,
) -> String {
    let result = usd(amount);
    match (group.measure, charge) {
        (_, Charge::Instance(_, price)) => {
            let rate = if price.licence == 0 {
                format!("${}/h", price_text(price.machine, 2))
            } else {
                let (machine, licence) = (price_text(price.machine, 2), price_text(price.licence, 2));
                format!("(${machine} + ${licence} Windows licence)/h")
            };
            let seconds = match covered {
                0 => seconds_of(meters, usage, now),
                _ => {
                    let all = seconds_of(meters, usage + i128::from(covered), now);
                    let (covered, rest) = (thousands(covered.into()), thousands(usage));
                    format!("({all} − {covered} s of Reserved Instances = {rest} s)")
                }
            };
            format!("{seconds} × {rate} ÷ 3600 = {result}")
        }
        (_, Charge::Host(price)) => {
            let price = price_text(price.hourly(), 2);
            format!("{} × ${price}/h ÷ 3600 = {result}", seconds_of(meters, usage, now))
        }
        (
            Measure::PublicAddress | Measure::NatGateway | Measure::VpnConnection | Measure::TransitAttachment,
            Charge::Rate(rate),
        ) => {
            let price = price_text(rate.first_price(), 2);
            format!("{} × ${price}/h ÷ 3600 = {result}", seconds_of(meters, usage, now))
        }
        (Measure::VpcEndpoint, Charge::Rate(rate)) => {
            let price = price_text(rate.first_price(), 2);
            let amounts = amounts_of(group, meters, usage, now);
            format!("{amounts} × ${price}/h ÷ 3600 = {result}")
        }
        (Measure::Requests, Charge::Rate(rate)) => {
            let price = price_text(rate.first_price(), 2);
            format!("{} requests × ${price} ÷ 1,000 = {result}", thousands(usage))
        }
        (Measure::Data | Measure::Retrieval | Measure::ArchiveRetrieval, Charge::Rate(rate)) => {
            let price = price_text(rate.first_price(), 2);
            format!("{} bytes × ${price}/GB ÷ 1,073,741,824 = {result}", thousands(usage))
        }
        (Measure::EarlyDeletion | Measure::ArchiveRest, Charge::Rate(rate)) => {
            let price = price_text(rate.first_price(), 2);
            let short = quantity(group, usage);
            format!("{short} short × ${price}/GB-month ÷ {MONTH} = {result}")
        }
        (Measure::PathAnalysis | Measure::AnalysedInterfaces, Charge::Rate(rate)) => {
            let price = price_text(rate.first_price(), 2);
            format!("{} × ${price} = {result}", quantity(group, usage))
        }
        (Measure::VolumeIops | Measure::VolumeThroughput, Charge::Rate(rate)) => {
            let seconds = seconds_of(meters, usage, now);
            let tiers = tiers(rate, group.quantity);
            format!("{tiers} a month × {seconds} ÷ {MONTH} = {result}")
        }
        (_, Charge::Rate(rate)) => {
            let price = format!("${}/{}", price_text(rate.first_price(), 2), rate.unit.text());
            format!(
                "{} × {price} ÷ {MONTH} = {result}",
                amounts_of(group, meters, usage, now)
            )
        }
    }
}

/// "300 s", or "(300 + 60) s" for several spans; a start that the minimum has lengthened says so.
fn seconds_of(meters: &[&Meter], usage: i128, now: Time) -> String {
    let short = |meter: &Meter| meter.billed(now) > meter.passed(now);
    if let [only] = meters {
        let billed = thousands(only.billed(now).into());
        return if short(only) {
            format!(
                "{billed} s ({}; {} s passed)",
                if only.measure.is_by_hours() {
                    "hours begun"
                } else {
                    "the minimum"
                },
                thousands(only.passed(now).into())
            )
        } else {
            format!("{billed} s")
        };
    }
    let terms: Vec<String> = meters
        .iter()
        .take(TERMS)
        .map(|meter| thousands(meter.billed(now).into()))
        .collect();
    let more = match meters.len().saturating_sub(TERMS) {
        0 => String::new(),
        more => format!(" + {more} more"),
    };
    let by_hours = meters.iter().any(|meter| meter.measure.is_by_hours());
    let minimum = if by_hours {
        ", hours begun"
    } else if meters.iter().any(|meter| short(meter)) {
        ", 60 s the minimum of a start"
    } else {
        ""
    };
    format!("({}{more} = {} s{minimum})", terms.join(" + "), thousands(usage))
}

/// "8 GiB × 300 s", or the sum of such products.
fn amounts_of(group: &Group, meters: &[&Meter], usage: i128, now: Time) -> String {
    let term = |meter: &Meter| {
        let seconds = thousands(meter.billed(now).into());
        match group.measure {
            Measure::SnapshotBlocks | Measure::RestoredBlocks => {
                let blocks = thousands(meter.quantity.into());
                format!(
                    "{blocks} blocks ({}) × {seconds} s",
                    size(i128::from(meter.quantity) * i128::from(BLOCK_BYTES))
                )
            }
            Measure::ObjectStorage => format!("{} × {seconds} s", size(meter.quantity.into())),
            Measure::VpcEndpoint => format!("{} zones × {seconds} s", thousands(meter.quantity.into())),
            Measure::ObjectMonitoring => format!("{} × {seconds} s", quantity(group, meter.quantity.into())),
            _ => format!("{} GiB × {seconds} s", thousands(meter.quantity.into())),
        }
    };
    if let [only] = meters {
        return term(only);
    }
    let terms: Vec<String> = meters.iter().take(TERMS).map(|meter| term(meter)).collect();
    let more = match meters.len().saturating_sub(TERMS) {
        0 => String::new(),
        more => format!(" + {more} more"),
    };
    let sum = match group.measure {
        Measure::SnapshotBlocks | Measure::RestoredBlocks => format!("{} block-seconds", thousands(usage)),
        Measure::ObjectStorage => format!("{} byte-seconds", thousands(usage)),
        Measure::VpcEndpoint => format!("{} zone-seconds", thousands(usage)),
        Measure::ObjectMonitoring => format!("{} object-seconds", thousands(usage)),
        _ => format!("{} GiB-seconds", thousands(usage)),
    };
    format!("({}{more} = {sum})", terms.join(" + "))
}

/// What one month of so many things costs, tier by tier: "(3,000 included + 1,000 IOPS × $0.005)".
fn tiers(rate: &Rate, quantity: i64) -> String {
    let mut parts = Vec::new();
    for (at, tier) in rate.tiers.iter().enumerate() {
        let from = i64::try_from(tier.from).unwrap_or(i64::MAX);
        let end = rate
            .tiers
            .get(at + 1)
            .and_then(|next| i64::try_from(next.from).ok())
            .unwrap_or(i64::MAX);
        let part = quantity.min(end) - from;
        if part > 0 {
            let number = thousands(part.into());
            parts.push(match tier.price {
                0 => format!("{number} included"),
                price => format!("{number} × ${}", price_text(price, 2)),
            });
        }
    }
    format!("({})", parts.join(" + "))
}

/// A hosted zone: a price for every month that it sees.
fn zone_line(world: &World, group: &Group, meters: &[&Meter]) -> Line {
    let now = world.now;
    let charged: Vec<(i64, Money)> = meters.iter().flat_map(|meter| months::of(world, meter)).collect();
    let amount: Money = charged.iter().map(|(_, price)| *price).sum();
    let from = meters.first().map_or(now, |meter| meter.from);
    let to = meters.last().and_then(|meter| meter.to);
    let derivation = match charged.as_slice() {
        [] => {
            let seconds = meters.iter().map(|meter| meter.passed(now)).sum::<i64>();
            format!(
                "deleted after {} s, within 12 hours of its making: free",
                thousands(seconds.into())
            )
        }
        all => {
            let mut terms: Vec<String> = all
                .iter()
                .take(TERMS)
                .map(|(month, price)| format!("{} {}", months::name(*month), usd(*price)))
                .collect();
            if all.len() > TERMS {
                terms.push(format!("{} more months", all.len() - TERMS));
            }
            format!("{} = {}, never in part", terms.join(" + "), usd(amount))
        }
    };
    let rate = &prices::HOSTED_ZONE;
    Line {
        what: "hosted zone".into(),
        quantity: quantity(group, 1),
        from,
        to,
        seconds: 0,
        price: Price {
            key: rate.key.into(),
            label: rate.label.into(),
            price: price_text(rate.first_price(), 2),
            unit: "zone and month".into(),
            source: rate.source(group.region),
            remark: None,
            url: rate.url,
        },
        derivation,
        amount,
    }
}

/// An amount with as many decimals as it takes to see it: "$12.34", "$0.00087".
pub(super) fn usd(amount: Money) -> String {
    let size = amount.picodollars().abs();
    let decimals = match size {
        0 if amount == Money::ZERO => 2,
        0..500 => return "less than $0.000000001".into(),
        // From a dollar on cents are enough; below it, three digits that are not zero.
        1_000_000_000_000.. => 2,
        10_000_000_000.. => 4,
        10_000_000.. => 5,
        _ => 9,
    };
    format!("${}", amount.display(decimals))
}

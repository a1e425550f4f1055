//! Spot prices, and DescribeSpotPriceHistory.
//!
//! AWS's prices follow supply and demand; ours follow from the world's seed and the time alone (marked *ours*): a price
//! holds for four hours; it is a share of the on-demand price that walks about 30 % and always comes back there, never
//! under 10 % and never above 100 %; now and then a pool is short for a day, and dear. Nothing here may draw from the
//! world's streams, so that looking at prices changes nothing.

use super::super::{regions, types};
use crate::base::error::{Error, Result};
use crate::base::random::{GOLDEN, finalised};
use crate::base::time::Time;
use crate::catalog::images::Platform;
use crate::catalog::instance_types::UsageClass;
use crate::catalog::{InstanceType, Region, Zone, prices};
use crate::services::Request;
use crate::services::ec2::common::{Filters, page};
use crate::services::ec2::compute::filters::{self, PathFilter};
use crate::world::World;
use stratus_model::{Structure, field};

/// How long a price holds, in milliseconds.
const STEP: i64 = 4 * 3_600_000;
/// How far back the history goes: AWS keeps 90 days.
const HISTORY: i64 = 90 * 86_400_000;
/// Entries of a page where nothing is said.
const ENTRIES: i64 = 1_000;
/// A pool may be short for a day out of so many days.
const SHORTAGE_DAYS: u64 = 9;
/// Steps of a day.
const DAY: i64 = 6;

const PRODUCTS: [(&str, Platform); 2] = [("Linux/UNIX", Platform::Linux), ("Windows", Platform::Windows)];

const FILTERS: &[PathFilter] = &[
    ("availability-zone", &[field::AVAILABILITY_ZONE]),
    ("availability-zone-id", &[field::AVAILABILITY_ZONE_ID]),
    ("instance-type", &[field::INSTANCE_TYPE]),
    ("product-description", &[field::PRODUCT_DESCRIPTION]),
    ("spot-price", &[field::SPOT_PRICE]),
    ("timestamp", &[field::TIMESTAMP]),
];

/// Mixes numbers into one.
fn mix(x: u64, with: u64) -> u64 {
    finalised(x ^ with.wrapping_mul(GOLDEN))
}

fn platform(details: &str) -> Platform {
    Platform::find(details).unwrap_or(Platform::Linux)
}

/// The share of the on-demand price at a step, in thousandths.
fn share(pool: u64, step: i64) -> i64 {
    let noise = |step: i64| (mix(pool, step as u64) % 201) as i64 - 100;
    // What moved the price before counts for three quarters each step later.
    let (mut sum, mut weight) = (0, 1_024);
    for back in 0..8 {
        sum += noise(step - back) * weight;
        weight = weight * 3 / 4;
    }
    let day = step.div_euclid(DAY);
    let shortage = mix(pool ^ 0x5f0f, day as u64).is_multiple_of(SHORTAGE_DAYS);
    (300 + sum / 1_024 + if shortage { 500 } else { 0 }).clamp(100, 1_000)
}

/// The Spot price of a type in a zone at a moment, in 10⁻¹² USD an hour; it ends at the sixth decimal, as AWS's do.
pub(in crate::services::ec2::compute) fn at(
    world: &World,
    region: Region,
    zone: Zone,
    kind: InstanceType,
    details: &str,
    time: Time,
) -> i64 {
    let platform = platform(details);
    let place = (u64::from(region.index()) << 8) | u64::from(zone.index);
    let product = u64::from(platform == Platform::Windows);
    let pool = mix(mix(mix(world.random.seed(), place), u64::from(kind.index())), product);
    let price = on_demand(region, kind, details) / 1_000 * share(pool, time.0.div_euclid(STEP));
    (price / 100_000_000 * 100_000_000).max(100_000_000)
}

/// The on-demand price, in 10⁻¹² USD an hour: the highest that a Spot price can be.
pub(in crate::services::ec2::compute) fn on_demand(region: Region, kind: InstanceType, details: &str) -> i64 {
    let hourly = prices::instance_hour(kind, region, platform(details)).hourly();
    i64::try_from(hourly).unwrap_or(i64::MAX / 1_000)
}

/// When the next price begins.
pub(super) fn next_step(now: Time) -> Time {
    Time((now.0.div_euclid(STEP) + 1).saturating_mul(STEP))
}

/// A price as the API writes it: `0.003100`.
pub(in crate::services::ec2::compute) fn text(price: i64) -> String {
    let millionths = price / 1_000_000;
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

/// Reads a price of a call; 10⁻¹² USD an hour.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn read(parameter: &str, text: &str) -> Result<i64> {
    crate::catalog::money::parse_picodollars(text)
        .and_then(|price| i64::try_from(price).ok())
        .filter(|price| *price > 0)
        .ok_or_else(|| Error::invalid(parameter, format!("'{text}' is not a price greater than 0")))
}

/// Whether a type can be had as a Spot Instance.
pub(super) fn offered(kind: InstanceType) -> bool {
    kind.usage_classes().contains(&UsageClass::Spot)
}

/// One line of price history: a pool, without its moment.
type Pool = (InstanceType, Zone, &'static str);

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSpotPriceHistory.html>: newest first, then by type, zone
/// and product; the price that held when the range began is its last entry.
pub(in crate::services::ec2::compute) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let end = params
        .timestamp(field::END_TIME)
        .unwrap_or(world.now.0)
        .min(world.now.0);
    let oldest = world.now.0 - HISTORY;
    let start = params
        .timestamp(field::START_TIME)
        .unwrap_or(oldest)
        .clamp(oldest, world.now.0);
    if end < start {
        return Err(Error::invalid("EndTime", "it is before StartTime"));
    }
    let pools = pools(request)?;
    let (first, last) = (start.div_euclid(STEP), end.div_euclid(STEP));
    let steps = usize::try_from(last - first + 1).unwrap_or(0);
    let entry = |place: usize| {
        let (kind, zone, product) = pools.get(place % pools.len())?;
        let step = last - (place / pools.len()) as i64;
        let price = at(world, request.region, *zone, *kind, product, Time(step * STEP));
        Some(
            Structure::new()
                .with(field::AVAILABILITY_ZONE, zone.name())
                .with(field::AVAILABILITY_ZONE_ID, zone.id())
                .with(field::INSTANCE_TYPE, kind.name())
                .with(field::PRODUCT_DESCRIPTION, *product)
                .with(field::SPOT_PRICE, text(price))
                .with(field::TIMESTAMP, Time(step * STEP)),
        )
    };
    let mut places: Vec<usize> = (0..steps * pools.len()).collect();
    if !params.list(field::FILTERS).is_empty() {
        let mut passed = Vec::new();
        for place in places {
            if let Some(described) = entry(place)
                && filters::pass(&filters, &described, None, FILTERS)?
            {
                passed.push(place);
            }
        }
        places = passed;
    }
    let sized = match params.integer(field::MAX_RESULTS) {
        None | Some(0) => &params.clone().with(field::MAX_RESULTS, ENTRIES),
        Some(_) => params,
    };
    let (places, next) = page(places, sized, 1)?;
    let shown: Vec<Structure> = places.into_iter().filter_map(entry).collect();
    Ok(Structure::new()
        .with(field::SPOT_PRICE_HISTORY, shown)
        .with(field::NEXT_TOKEN, next.unwrap_or_default()))
}

/// The pools that a call asks for, by type, zone, product.
fn pools(request: &Request<'_>) -> Result<Vec<Pool>> {
    let params = request.params;
    let zone = params
        .text(field::AVAILABILITY_ZONE)
        .or(params.text(field::AVAILABILITY_ZONE_ID))
        .filter(|text| !text.is_empty())
        .map(|text| regions::find_zone(request.region, text))
        .transpose()?;
    let named: Vec<&str> = params.texts(field::INSTANCE_TYPES).collect();
    if let Some(unknown) = named.iter().find(|name| InstanceType::find(name).is_none()) {
        return Err(Error::invalid("InstanceType", format!("[{unknown}]")));
    }
    // Both spellings, with and without "(Amazon VPC)", mean the same since EC2-Classic is gone.
    let products: Vec<&str> = params
        .texts(field::PRODUCT_DESCRIPTIONS)
        .map(|text| text.strip_suffix(" (Amazon VPC)").unwrap_or(text))
        .collect();
    let mut pools = Vec::new();
    let kinds = InstanceType::all().filter(|kind| offered(*kind));
    for kind in kinds.filter(|kind| named.is_empty() || named.contains(&kind.name())) {
        for place in request.region.zones().filter(|place| types::offered(kind, *place)) {
            if zone.is_some_and(|zone| zone != place) {
                continue;
            }
            let wanted = PRODUCTS
                .iter()
                .filter(|(name, _)| products.is_empty() || products.contains(name));
            pools.extend(wanted.map(|(name, _)| (kind, place, *name)));
        }
    }
    Ok(pools)
}

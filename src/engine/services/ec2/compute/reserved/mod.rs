//! Reserved Instances: bought, shown, queued purchases deleted. A state follows from the time alone.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-reserved-instances.html>. How long a payment takes is ours.
//! What a purchase costs, and what it pays for, follows from its row (`bill::reserved`).

pub(crate) mod modify;
pub(crate) mod offerings;

use super::filters::{self, PathFilter};
use crate::base::error::{Error, Result};
use crate::base::time::{Span, Time};
use crate::base::uuid;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::Filters;
use crate::world::World;
use crate::world::launching::Reserved;
use sha2::{Digest, Sha256};
use stratus_model::{Structure, field, sort};

/// How long a payment is pending (ours).
const PAYMENT: Span = Span::minutes(1);
/// Purchases that a Region takes in a month (AWS: 20 regional, and 20 for each zone; here together, ours).
const PURCHASES: i64 = 1_000;
/// How far ahead a purchase may be queued: three years.
const QUEUE: Span = Span::minutes(3 * 365 * 24 * 60);

const FILTERS: &[PathFilter] = &[
    ("availability-zone", &[field::AVAILABILITY_ZONE]),
    ("availability-zone-id", &[field::AVAILABILITY_ZONE_ID]),
    ("duration", &[field::DURATION]),
    ("end", &[field::END]),
    ("fixed-price", &[field::FIXED_PRICE]),
    ("instance-type", &[field::INSTANCE_TYPE]),
    ("product-description", &[field::PRODUCT_DESCRIPTION]),
    ("reserved-instances-id", &[field::RESERVED_INSTANCES_ID]),
    ("scope", &[field::SCOPE]),
    ("start", &[field::START]),
    ("state", &[field::STATE]),
    ("usage-price", &[field::USAGE_PRICE]),
];

/// A UUID that follows from some words.
fn uuid_of(words: &str) -> String {
    uuid::text(uuid::of_hash(&Sha256::digest(words.as_bytes())))
}

/// The UUID of the next purchase, or of the next one that a modification makes.
fn new_id(world: &World, region: Region, born: u64) -> String {
    uuid_of(&format!("reserved {} {} {born}", world.random.seed(), region.name()))
}

/// The state at a moment.
fn state(row: &Reserved, now: Time) -> &'static str {
    if row.replaced.is_some_and(|at| at <= now) || row.end <= now {
        "retired"
    } else if row.start > row.bought && row.start > now {
        "queued"
    } else if !row.of_change && row.start == row.bought && row.start + PAYMENT > now {
        "payment-pending"
    } else {
        "active"
    }
}

fn show(id: &str, row: &Reserved, region: Region, now: Time) -> Structure {
    let offering = &row.offering;
    let state = state(row, now);
    let end = row.replaced.filter(|at| *at <= now).unwrap_or(row.end);
    offerings::terms(offering, region)
        .with(field::RESERVED_INSTANCES_ID, id)
        .with(field::INSTANCE_COUNT, row.count)
        .with(field::START, row.start)
        .with(field::END, end)
        .with(field::STATE, state)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PurchaseReservedInstancesOffering.html>
pub(super) fn purchase(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = params.text(field::RESERVED_INSTANCES_OFFERING_ID).unwrap_or_default();
    let offering = offerings::find(region, id).ok_or_else(|| {
        let text = format!("The Reserved Instances offering ID '{id}' does not exist");
        Error::new("InvalidReservedInstancesOfferingId", text).at("ReservedInstancesOfferingId")
    })?;
    let count = params.integer(field::INSTANCE_COUNT).unwrap_or(0);
    if !(1..=PURCHASES).contains(&count) {
        return Err(Error::invalid(
            "InstanceCount",
            format!("{count}. Expecting a value from 1 to {PURCHASES}"),
        ));
    }
    let now = world.now;
    let start = params.timestamp(field::PURCHASE_TIME).map_or(now, Time);
    if start < now || start > now + QUEUE {
        return Err(Error::invalid(
            "PurchaseTime",
            "it must lie in the future, at most three years ahead",
        ));
    }
    if start > now && offering.zone.is_some() {
        let text = "A purchase can only be queued for regional Reserved Instances.";
        return Err(Error::combination(text).at("PurchaseTime"));
    }
    if let Some(limit) = params
        .structure(field::LIMIT_PRICE)
        .and_then(|limit| limit.double(field::AMOUNT))
    {
        let total = offerings::upfront(&offering, region).saturating_mul(count);
        if offerings::dollars(total) > limit {
            let text = format!("The purchase of {count} costs more than the limit price {limit} upfront.");
            return Err(Error::new("InvalidParameterValue", text).at("LimitPrice"));
        }
    }
    let born = world.birth();
    let id = new_id(world, region, born);
    let end = start + Span::seconds(offerings::seconds(offering.years));
    let row = Reserved {
        born,
        offering,
        count,
        bought: now,
        start,
        end,
        replaced: None,
        of_change: false,
    };
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.reserved.insert(id.clone(), row);
    }
    Ok(Structure::new().with(field::RESERVED_INSTANCES_ID, id))
}

/// A purchase by its id.
///
/// # Errors
/// `InvalidReservedInstancesId`.
fn find<'w>(world: &'w World, region: Region, id: &str) -> Result<&'w Reserved> {
    let row = world.ec2(region).and_then(|ec2| ec2.reserved.get(&id.to_owned()));
    row.filter(|row| !row.of_change || row.start <= world.now)
        .ok_or_else(|| {
            let text = format!("The Reserved Instances ID '{id}' does not exist");
            Error::new("InvalidReservedInstancesId", text).at("ReservedInstancesIds")
        })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeReservedInstances.html>. Sorted by purchase.
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let wanted: Vec<&str> = params.texts(field::RESERVED_INSTANCES_IDS).collect();
    for id in &wanted {
        find(world, region, id)?;
    }
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.reserved.iter());
    let mut rows: Vec<(&String, &Reserved)> = rows
        .filter(|(_, row)| !row.of_change || row.start <= world.now)
        .collect();
    sort::by_key(&mut rows, |(_, row)| row.born);
    let mut found = Vec::new();
    for (id, row) in rows {
        let offering = &row.offering;
        let class = if offering.convertible {
            "convertible"
        } else {
            "standard"
        };
        let chosen = (wanted.is_empty() || wanted.contains(&id.as_str()))
            && params.text(field::OFFERING_CLASS).is_none_or(|text| text == class)
            && params
                .text(field::OFFERING_TYPE)
                .is_none_or(|text| text == offering.payment);
        let shown = show(id, row, region, world.now);
        if chosen && filters::pass(&filters, &shown, None, FILTERS)? {
            found.push(shown);
        }
    }
    Ok(Structure::new().with(field::RESERVED_INSTANCES, found))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeReservedInstancesListings.html>: nobody sells any here.
pub(super) fn describe_listings(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let filters = Filters::read(params)?;
    filters.check_names(|name| {
        matches!(
            name,
            "reserved-instances-id" | "reserved-instances-listing-id" | "status" | "status-message"
        )
    })?;
    if let Some(id) = params.text(field::RESERVED_INSTANCES_ID).filter(|id| !id.is_empty()) {
        find(world, request.region, id)?;
    }
    if let Some(id) = params
        .text(field::RESERVED_INSTANCES_LISTING_ID)
        .filter(|id| !id.is_empty())
    {
        let text = format!("The Reserved Instances listing ID '{id}' does not exist");
        return Err(Error::new("InvalidReservedInstancesListingId", text).at("ReservedInstancesListingId"));
    }
    Ok(Structure::new().with(field::RESERVED_INSTANCES_LISTINGS, Vec::<Structure>::new()))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteQueuedReservedInstances.html>: each for itself.
pub(super) fn delete_queued(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (mut deleted, mut failed) = (Vec::new(), Vec::new());
    for id in request.params.texts(field::RESERVED_INSTANCES_IDS) {
        let item = Structure::new().with(field::RESERVED_INSTANCES_ID, id);
        let code = match find(world, region, id).map(|row| state(row, world.now)) {
            Ok("queued") => None,
            Ok(_) => Some(("reserved-instances-not-in-queued-state", "The purchase is not queued.")),
            Err(_) => Some((
                "reserved-instances-id-invalid",
                "The Reserved Instances ID does not exist.",
            )),
        };
        match code {
            None => {
                if let Some(ec2) = world.regions.get_mut(&region) {
                    ec2.reserved.remove(&id.to_owned());
                }
                deleted.push(item);
            }
            Some((code, text)) => {
                let why = Structure::new().with(field::CODE, code).with(field::MESSAGE, text);
                failed.push(item.with(field::ERROR, why));
            }
        }
    }
    Ok(Structure::new()
        .with(field::SUCCESSFUL_QUEUED_PURCHASE_DELETIONS, deleted)
        .with(field::FAILED_QUEUED_PURCHASE_DELETIONS, failed))
}

//! What Reserved Instances are offered, and DescribeReservedInstancesOfferings.
//!
//! Offerings follow from the catalogue: types × products × zones × terms × classes × payments; an id is a hash of these.
//! AWS's prices are not known here, so all are ours: a share of the on-demand price, see [`share`].

use super::uuid_of;
use crate::base::error::{Error, Result};
use crate::catalog::images::Platform;
use crate::catalog::{InstanceType, Region, Zone, prices};
use crate::services::Request;
use crate::services::ec2::common::{Filters, page};
use crate::services::ec2::compute::filters::{self, PathFilter};
use crate::services::ec2::compute::types;
use crate::world::World;
use crate::world::launching::Offering;
use stratus_model::{Structure, field};

/// Hours of a year.
const HOURS: i64 = 365 * 24;
const PAYMENTS: [&str; 3] = ["No Upfront", "Partial Upfront", "All Upfront"];
const PRODUCTS: [(&str, Platform); 2] = [("Linux/UNIX", Platform::Linux), ("Windows", Platform::Windows)];
/// Entries of a page where nothing is said.
const ENTRIES: i64 = 100;

const FILTERS: &[PathFilter] = &[
    ("availability-zone", &[field::AVAILABILITY_ZONE]),
    ("availability-zone-id", &[field::AVAILABILITY_ZONE_ID]),
    ("duration", &[field::DURATION]),
    ("fixed-price", &[field::FIXED_PRICE]),
    ("instance-type", &[field::INSTANCE_TYPE]),
    ("marketplace", &[field::MARKETPLACE]),
    ("product-description", &[field::PRODUCT_DESCRIPTION]),
    (
        "reserved-instances-offering-id",
        &[field::RESERVED_INSTANCES_OFFERING_ID],
    ),
    ("scope", &[field::SCOPE]),
    ("usage-price", &[field::USAGE_PRICE]),
];

/// Seconds of a term.
pub(super) fn seconds(years: i64) -> i64 {
    years * HOURS * 3_600
}

/// What a reserved hour costs of an on-demand one, in thousandths (ours).
pub(crate) fn standard_share(years: i64, payment: &str) -> i64 {
    match (years, payment) {
        (1, "No Upfront") => 630,
        (1, "Partial Upfront") => 600,
        (1, _) => 590,
        (_, "No Upfront") => 430,
        (_, "Partial Upfront") => 400,
        (_, _) => 375,
    }
}

/// [`standard_share`], and more for what may be exchanged (ours).
fn share(offering: &Offering) -> i64 {
    let standard = standard_share(offering.years, &offering.payment);
    if offering.convertible { standard + 80 } else { standard }
}

/// 10⁻⁶ USD an hour, upfront payment included.
pub(crate) fn hourly(offering: &Offering, region: Region) -> i64 {
    let platform = if offering.product == "Windows" {
        Platform::Windows
    } else {
        Platform::Linux
    };
    let demand = prices::instance_hour(offering.instance_type, region, platform).hourly() / 1_000_000;
    i64::try_from(demand).unwrap_or(0) * share(offering) / 1_000
}

/// What is paid at once, in 10⁻⁶ USD: nothing, half, or all; in whole dollars, as AWS's are.
pub(crate) fn upfront(offering: &Offering, region: Region) -> i64 {
    let whole = hourly(offering, region).saturating_mul(offering.years * HOURS);
    let part = match offering.payment.as_str() {
        "No Upfront" => 0,
        "Partial Upfront" => whole / 2,
        _ => whole,
    };
    (part + 500_000) / 1_000_000 * 1_000_000
}

/// What is paid for each hour, used or not, in 10⁻⁶ USD.
pub(crate) fn recurring(offering: &Offering, region: Region) -> i64 {
    let hourly = hourly(offering, region);
    match offering.payment.as_str() {
        "No Upfront" => hourly,
        "Partial Upfront" => hourly / 2,
        _ => 0,
    }
}

/// Millionths as a number.
pub(super) fn dollars(millionths: i64) -> f64 {
    millionths as f64 / 1_000_000.0
}

/// The first eight digits of the ids of a type's offerings: what is looked for is found without hashing all of them.
fn type_digits(kind: InstanceType) -> String {
    uuid_of(kind.name()).get(..8).unwrap_or_default().to_owned()
}

/// The id of an offering.
fn id(offering: &Offering, region: Region) -> String {
    let place = offering.zone.map_or_else(|| region.name().to_owned(), Zone::name);
    let all = uuid_of(&format!(
        "offering {} {} {place} {} {} {}",
        offering.instance_type.name(),
        offering.product,
        offering.years,
        offering.convertible,
        offering.payment
    ));
    format!(
        "{}{}",
        type_digits(offering.instance_type),
        all.get(8..).unwrap_or_default()
    )
}

/// Every offering of a type in a Region: by product, place (the Region first), term, class, payment.
fn of_type(region: Region, kind: InstanceType) -> impl Iterator<Item = Offering> {
    let zones = region.zones().filter(move |zone| types::offered(kind, *zone)).map(Some);
    let places: Vec<Option<Zone>> = std::iter::once(None).chain(zones).collect();
    let each = move |product: &'static str, zone: Option<Zone>| {
        [1, 3].into_iter().flat_map(move |years| {
            [false, true].into_iter().flat_map(move |convertible| {
                PAYMENTS.into_iter().map(move |payment| Offering {
                    instance_type: kind,
                    product: product.to_owned(),
                    zone,
                    years,
                    convertible,
                    payment: payment.to_owned(),
                })
            })
        })
    };
    PRODUCTS
        .into_iter()
        .flat_map(move |(product, _)| places.clone().into_iter().map(move |zone| (product, zone)))
        .flat_map(move |(product, zone)| each(product, zone))
}

/// The offering of an id.
pub(super) fn find(region: Region, wanted: &str) -> Option<Offering> {
    let digits = wanted.get(..8)?;
    let kinds = InstanceType::all().filter(|kind| type_digits(*kind) == digits);
    let mut all = kinds.flat_map(|kind| of_type(region, kind));
    all.find(|offering| id(offering, region) == wanted)
}

/// What an offering and a purchase of it show alike.
pub(super) fn terms(offering: &Offering, region: Region) -> Structure {
    let charge = recurring(offering, region);
    let charges: Vec<Structure> = (charge > 0)
        .then(|| {
            Structure::new()
                .with(field::AMOUNT, dollars(charge))
                .with(field::FREQUENCY, "Hourly")
        })
        .into_iter()
        .collect();
    let class = if offering.convertible {
        "convertible"
    } else {
        "standard"
    };
    let scope = if offering.zone.is_some() {
        "Availability Zone"
    } else {
        "Region"
    };
    Structure::new()
        .with(field::INSTANCE_TYPE, offering.instance_type.name())
        .with(field::PRODUCT_DESCRIPTION, &offering.product)
        .with(field::DURATION, seconds(offering.years))
        .with(field::OFFERING_CLASS, class)
        .with(field::OFFERING_TYPE, &offering.payment)
        .with(field::CURRENCY_CODE, "USD")
        .with(field::INSTANCE_TENANCY, "default")
        .with(field::FIXED_PRICE, dollars(upfront(offering, region)))
        .with(field::USAGE_PRICE, 0.0)
        .with(field::RECURRING_CHARGES, charges)
        .with(field::SCOPE, scope)
        .with_some(field::AVAILABILITY_ZONE, offering.zone.map(Zone::name))
        .with_some(field::AVAILABILITY_ZONE_ID, offering.zone.map(Zone::id))
}

fn show(offering: &Offering, region: Region) -> Structure {
    terms(offering, region)
        .with(field::RESERVED_INSTANCES_OFFERING_ID, id(offering, region))
        .with(field::MARKETPLACE, false)
        .with(field::PRICING_DETAILS, Vec::<Structure>::new())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeReservedInstancesOfferings.html>. Sorted by type, product,
/// place, term, class and payment. Nobody sells in the Marketplace here.
pub(in crate::services::ec2::compute) fn describe(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let mut found: Vec<Offering> = Vec::new();
    let ids: Vec<&str> = params.texts(field::RESERVED_INSTANCES_OFFERING_IDS).collect();
    for wanted in &ids {
        let known = find(region, wanted).ok_or_else(|| {
            let text = format!("The Reserved Instances offering ID '{wanted}' does not exist");
            Error::new("InvalidReservedInstancesOfferingId", text).at("ReservedInstancesOfferingIds")
        })?;
        found.push(known);
    }
    if ids.is_empty() {
        let named = params.text(field::INSTANCE_TYPE);
        let kinds = InstanceType::all().filter(|kind| named.is_none_or(|name| name == kind.name()));
        found.extend(kinds.flat_map(|kind| of_type(region, kind)));
    }
    let product = params
        .text(field::PRODUCT_DESCRIPTION)
        .map(|text| text.strip_suffix(" (Amazon VPC)").unwrap_or(text));
    let class = params.text(field::OFFERING_CLASS).map(|text| text == "convertible");
    let zone = params.text(field::AVAILABILITY_ZONE).filter(|text| !text.is_empty());
    if let Some(unknown) = zone.filter(|text| region.zones().all(|known| known.name() != *text)) {
        let text = format!("Invalid value '{unknown}' for AvailabilityZone.");
        return Err(Error::new("InvalidParameterValue", text).at("AvailabilityZone"));
    }
    let zone_id = params.text(field::AVAILABILITY_ZONE_ID);
    let (least, most) = (params.integer(field::MIN_DURATION), params.integer(field::MAX_DURATION));
    let shared = params
        .text(field::INSTANCE_TENANCY)
        .is_none_or(|tenancy| tenancy == "default");
    found.retain(|offering| {
        let in_zone = |wanted: Option<&str>, name: fn(Zone) -> String| {
            wanted.is_none_or(|wanted| offering.zone.is_some_and(|zone| name(zone) == wanted))
        };
        shared
            && product.is_none_or(|product| product == offering.product)
            && class.is_none_or(|convertible| convertible == offering.convertible)
            && params
                .text(field::OFFERING_TYPE)
                .is_none_or(|text| text == offering.payment)
            && in_zone(zone, Zone::name)
            && in_zone(zone_id, Zone::id)
            && least.is_none_or(|least| seconds(offering.years) >= least)
            && most.is_none_or(|most| seconds(offering.years) <= most)
    });
    if !params.list(field::FILTERS).is_empty() {
        let mut passed = Vec::new();
        for offering in found {
            if filters::pass(&filters, &show(&offering, region), None, FILTERS)? {
                passed.push(offering);
            }
        }
        found = passed;
    }
    let sized = match params.integer(field::MAX_RESULTS) {
        None => &params.clone().with(field::MAX_RESULTS, ENTRIES),
        Some(_) => params,
    };
    let (found, next) = page(found, sized, 1)?;
    let shown: Vec<Structure> = found.iter().map(|offering| show(offering, region)).collect();
    Ok(Structure::new()
        .with(field::RESERVED_INSTANCES_OFFERINGS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

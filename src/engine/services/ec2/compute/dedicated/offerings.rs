//! What host reservations are offered, and DescribeHostReservationOfferings.
//!
//! Offerings follow from the catalogue: families × terms × payments; an id is a hash of these. AWS's prices are not known here, so
//! all are ours: the share of the on-demand price that Reserved Instances have.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-billing.html#dedicated-host-reservations>

use super::describe::read_filters;
use crate::base::error::{Error, Result};
use crate::base::ids::well_formed;
use crate::catalog::{InstanceType, Region, dedicated_hosts};
use crate::services::Request;
use crate::services::ec2::common::page;
use crate::services::ec2::compute::filters::{self, PathFilter};
use crate::services::ec2::compute::reserved::offerings;
use crate::services::ec2::compute::types;
use crate::world::World;
use crate::world::rented::{HostOffering, HostPayment};
use stratus_model::{Structure, field};

const FILTERS: &[PathFilter] = &[
    ("instance-family", &[field::INSTANCE_FAMILY]),
    ("payment-option", &[field::PAYMENT_OPTION]),
];
/// Terms in years.
const TERMS: [i64; 2] = [1, 3];
/// Hours of a year.
const HOURS: i64 = 365 * 24;

/// 10⁻⁶ USD an hour, upfront payment included.
fn hourly(offering: &HostOffering, region: Region) -> i64 {
    let payment = match offering.payment {
        HostPayment::NoUpfront => "No Upfront",
        HostPayment::PartialUpfront => "Partial Upfront",
        HostPayment::AllUpfront => "All Upfront",
    };
    let demand = dedicated_hosts::hour(&offering.family, region).map_or(0, |price| price.machine / 1_000_000);
    i64::try_from(demand).unwrap_or(0) * offerings::standard_share(offering.years, payment) / 1_000
}

/// What is paid at once for one host, in 10⁻⁶ USD: nothing, half, or all; in whole dollars.
pub(crate) fn upfront(offering: &HostOffering, region: Region) -> i64 {
    let whole = hourly(offering, region).saturating_mul(offering.years * HOURS);
    let part = match offering.payment {
        HostPayment::NoUpfront => 0,
        HostPayment::PartialUpfront => whole / 2,
        HostPayment::AllUpfront => whole,
    };
    (part + 500_000) / 1_000_000 * 1_000_000
}

/// What is paid for each hour of one host, used or not, in 10⁻⁶ USD.
pub(crate) fn recurring(offering: &HostOffering, region: Region) -> i64 {
    match offering.payment {
        HostPayment::NoUpfront => hourly(offering, region),
        HostPayment::PartialUpfront => hourly(offering, region) / 2,
        HostPayment::AllUpfront => 0,
    }
}

/// Millionths as the API writes them: `1.519`.
pub(super) fn dollars(millionths: i64) -> String {
    let digits = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    let short = digits.trim_end_matches('0');
    let places = short.split('.').nth(1).map_or(0, str::len);
    // Never fewer than three places.
    match places {
        0..3 => format!("{short}{}", "0".repeat(3 - places)),
        _ => short.to_owned(),
    }
}

/// The id of an offering in a Region.
pub(super) fn id(offering: &HostOffering, region: Region) -> String {
    dedicated_hosts::offering_id(&offering.family, offering.years, offering.payment.name(), region)
}

/// Every offering of a Region: by family, term, payment.
fn every(region: Region) -> Vec<HostOffering> {
    let mut families: Vec<&str> = Vec::new();
    for kind in InstanceType::all() {
        let offered = || region.zones().any(|zone| types::offered(kind, zone));
        if !families.contains(&kind.family()) && dedicated_hosts::shape(kind.family()).is_some() && offered() {
            families.push(kind.family());
        }
    }
    let each = |family: &str| {
        let family = family.to_owned();
        TERMS.into_iter().flat_map(move |years| {
            let family = family.clone();
            HostPayment::ALL.into_iter().map(move |payment| HostOffering {
                family: family.clone(),
                years,
                payment,
            })
        })
    };
    families.into_iter().flat_map(each).collect()
}

/// The offering of this id.
///
/// # Errors
/// `InvalidHostReservationOfferingId.NotFound`, `InvalidHostReservationOfferingId.Malformed`.
pub(super) fn find(region: Region, text: &str) -> Result<HostOffering> {
    let found = every(region).into_iter().find(|offering| id(offering, region) == text);
    found.ok_or_else(|| {
        let (code, why) = if well_formed(text, "hro") {
            (
                "InvalidHostReservationOfferingId.NotFound",
                format!("The host reservation offering ID '{text}' does not exist"),
            )
        } else {
            (
                "InvalidHostReservationOfferingId.Malformed",
                format!("Invalid id: \"{text}\" (expecting \"hro-...\")"),
            )
        };
        Error::new(code, why).at("OfferingId")
    })
}

/// Seconds of a term.
pub(super) fn seconds(offering: &HostOffering) -> i64 {
    offering.years * HOURS * 3_600
}

/// What an offering and what was bought of it have in common.
pub(super) fn terms(offering: &HostOffering, region: Region, count: i64) -> Structure {
    Structure::new()
        .with(field::CURRENCY_CODE, "USD")
        .with(field::DURATION, seconds(offering))
        .with(field::HOURLY_PRICE, dollars(recurring(offering, region) * count))
        .with(field::INSTANCE_FAMILY, &offering.family)
        .with(field::PAYMENT_OPTION, offering.payment.name())
        .with(field::UPFRONT_PRICE, dollars(upfront(offering, region) * count))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeHostReservationOfferings.html>. Sorted by family, term, payment.
pub(super) fn describe(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = read_filters(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let offerings = match params.text(field::OFFERING_ID).filter(|text| !text.is_empty()) {
        Some(text) => vec![find(region, text)?],
        None => every(region),
    };
    let least = params.integer(field::MIN_DURATION).unwrap_or(0);
    let most = params.integer(field::MAX_DURATION).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for offering in offerings {
        let shown = terms(&offering, region, 1).with(field::OFFERING_ID, id(&offering, region));
        if (least..=most).contains(&seconds(&offering)) && filters::pass(&filters, &shown, None, FILTERS)? {
            found.push(shown);
        }
    }
    let (found, next) = page(found, params, 5)?;
    Ok(Structure::new()
        .with(field::OFFERING_SET, found)
        .with_some(field::NEXT_TOKEN, next))
}

//! Quotas as the API tells them, and the addresses that health checkers come from.

use super::common::{zone, zones};
use super::delegation;
use super::health;
use super::traffic;
use super::vpcs;
use crate::base::error::{Error, Result};
use crate::base::limits::{HOSTED_ZONES, ZONE_RECORDS};
use crate::services::Request;
use crate::world::World;
use stratus_model::{Structure, field};

/// Where Route 53's health checkers come from.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-ip-addresses.html> (ip-ranges.json)
const CHECKERS: [&str; 33] = [
    "15.177.0.0/18",
    "54.183.255.128/26",
    "54.228.16.0/26",
    "54.232.40.64/26",
    "54.241.32.64/26",
    "54.243.31.192/26",
    "54.244.52.192/26",
    "54.245.168.0/26",
    "54.248.220.0/26",
    "54.250.253.192/26",
    "54.251.31.128/26",
    "54.252.79.128/26",
    "54.252.254.192/26",
    "54.255.254.192/26",
    "107.23.255.0/26",
    "176.34.159.192/26",
    "177.71.207.128/26",
    "2406:da14:7ff:f800::/56",
    "2406:da14:fff:f800::/56",
    "2406:da18:7ff:f800::/56",
    "2406:da18:fff:f800::/56",
    "2406:da1c:7ff:f800::/56",
    "2406:da1c:fff:f800::/56",
    "2600:1f14:7ff:f800::/56",
    "2600:1f14:fff:f800::/56",
    "2600:1f18:3fff:f800::/56",
    "2600:1f18:7fff:f800::/56",
    "2600:1f1c:7ff:f800::/56",
    "2600:1f1c:fff:f800::/56",
    "2600:1f1e:7ff:f800::/56",
    "2600:1f1e:fff:f800::/56",
    "2a05:d018:7ff:f800::/56",
    "2a05:d018:fff:f800::/56",
];

/// A limit and how much of it is used.
pub(super) fn answer(kind: &str, most: usize, used: usize) -> Structure {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Structure::new()
        .with(
            field::LIMIT,
            Structure::new()
                .with(field::TYPE, kind)
                .with(field::VALUE, number(most)),
        )
        .with(field::COUNT, number(used))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetAccountLimit.html>
pub(super) fn account(request: &Request<'_>, world: &World) -> Result<Structure> {
    let kind = request.params.text(field::TYPE).unwrap_or_default();
    let names = &world.route53;
    let (most, used) = match kind {
        "MAX_HEALTH_CHECKS_BY_OWNER" => (health::CHECKS, names.health_checks.len()),
        "MAX_HOSTED_ZONES_BY_OWNER" => (HOSTED_ZONES, zones(world).len()),
        "MAX_REUSABLE_DELEGATION_SETS_BY_OWNER" => (delegation::SETS, names.delegation_sets.len()),
        "MAX_TRAFFIC_POLICIES_BY_OWNER" => (traffic::POLICIES, traffic::policies(world)),
        _ => (traffic::INSTANCES, names.traffic_instances.len()),
    };
    Ok(answer(kind, most, used))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZoneLimit.html>
pub(super) fn of_zone(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    let kind = params.text(field::TYPE).unwrap_or_default();
    if kind == "MAX_RRSETS_BY_ZONE" {
        return Ok(answer(kind, ZONE_RECORDS, row.records.len()));
    }
    match &row.private {
        Some(associated) => Ok(answer(kind, vpcs::VPCS, associated.len())),
        None => {
            let why = format!(
                "The specified hosted zone is a public hosted zone, not a private hosted zone: {}",
                row.id
            );
            Err(Error::new("HostedZoneNotPrivate", why))
        }
    }
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetCheckerIpRanges.html>
pub(super) fn checkers(_request: &Request<'_>, _world: &World) -> Result<Structure> {
    let ranges: Vec<String> = CHECKERS.iter().map(|range| (*range).to_owned()).collect();
    Ok(Structure::new().with(field::CHECKER_IP_RANGES, ranges))
}

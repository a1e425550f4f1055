//! DescribeAccountLimits: AWS's default quotas of load balancing.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html>

use super::common::page;
use crate::base::error::Result;
use crate::services::Request;
use crate::world::World;
use stratus_model::{Structure, field};

/// Target groups of a Region.
pub(super) const GROUPS: usize = 3_000;
/// Listeners of a load balancer.
pub(super) const LISTENERS: usize = 50;
/// Rules of a load balancer, the default ones not counted.
pub(super) const RULES: usize = 100;
/// Targets of a group.
pub(super) const TARGETS: usize = 1_000;
/// Target groups of one action.
pub(super) const GROUPS_PER_ACTION: usize = 5;

/// Trust stores of a Region.
pub(super) const TRUST_STORES: usize = 20;
/// Certificates of a trust store's bundle.
pub(super) const AUTHORITIES: usize = 25;
/// Revocation files of a trust store.
pub(super) const REVOCATIONS: usize = 30;
/// Certificates that all files of a trust store revoke together.
pub(super) const REVOKED: u32 = 500_000;

const LIMITS: &[(&str, usize)] = &[
    ("target-groups", GROUPS),
    ("targets-per-application-load-balancer", 1_000),
    ("listeners-per-application-load-balancer", LISTENERS),
    ("rules-per-application-load-balancer", RULES),
    ("network-load-balancers", 50),
    ("targets-per-network-load-balancer", 3_000),
    ("targets-per-availability-zone-per-network-load-balancer", 500),
    ("listeners-per-network-load-balancer", LISTENERS),
    ("condition-values-per-alb-rule", 5),
    ("condition-wildcards-per-alb-rule", 6),
    (
        "target-groups-per-action-on-application-load-balancer",
        GROUPS_PER_ACTION,
    ),
    ("target-groups-per-action-on-network-load-balancer", 1),
    ("target-groups-per-application-load-balancer", 100),
    ("certificates-per-application-load-balancer", 25),
    ("certificates-per-network-load-balancer", 25),
    ("targets-per-target-group", TARGETS),
    ("target-id-registrations-per-application-load-balancer", 1_000),
    ("application-load-balancers", 50),
    ("gateway-load-balancers", 100),
    ("gateway-load-balancers-per-vpc", 100),
    ("geneve-target-groups", 100),
    ("targets-per-availability-zone-per-gateway-load-balancer", 300),
];

/// The answer with one page of some limits.
pub(in crate::services) fn answer(request: &Request<'_>, limits: &[(&str, usize)]) -> Result<Structure> {
    let (limits, marker) = page(limits.to_vec(), request.params)?;
    let limits = limits.into_iter().map(|(name, most)| {
        Structure::new()
            .with(field::NAME, name)
            .with(field::MAX, most.to_string())
    });
    Ok(Structure::new()
        .with(field::LIMITS, limits.collect::<Vec<_>>())
        .with_some(field::NEXT_MARKER, marker))
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeAccountLimits.html>
pub(super) fn describe(request: &Request<'_>, _: &World) -> Result<Structure> {
    answer(request, LIMITS)
}

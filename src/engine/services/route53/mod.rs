//! Route 53: hosted zones, records, changes, health checks and what else belongs to them. This file only routes.
//!
//! Messages in AWS's own form where they are known; what has another form says so where it stands.

mod aliases;
mod changes;
pub mod checking;
mod cidr;
mod common;
mod delegation;
mod dnssec;
mod features;
mod geo;
mod health;
mod health_config;
mod limits;
mod listing;
mod logging;
mod policies;
mod protections;
mod rarer;
mod records;
mod tags;
mod traffic;
mod values;
mod vpcs;
mod zones;

use super::{Handler, Request};
use crate::base::error::Result;
use crate::clock::Pending;
use crate::world::World;
use crate::world::names::{AlarmState, HostedZone};
use stratus_model::Structure;

pub(crate) use aliases::balancer_zone;
pub use aliases::{Target, targets, website_zone};
pub use geo::places;
pub use policies::word as policy_word;
pub use records::describe as describe_record;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateHostedZone" => Handler::Write(zones::create),
        "DeleteHostedZone" => Handler::Write(zones::delete),
        "GetHostedZone" => Handler::Read(zones::get),
        "GetHostedZoneCount" => Handler::Read(zones::count),
        "ListHostedZones" => Handler::Read(listing::zones),
        "ListHostedZonesByName" => Handler::Read(listing::zones_by_name),
        "ListResourceRecordSets" => Handler::Read(listing::records),
        "ChangeResourceRecordSets" => Handler::Write(changes::change),
        "GetChange" => Handler::Read(changes::get),
        "TestDNSAnswer" => Handler::Read(listing::test_answer),
        "ChangeTagsForResource" => Handler::Write(tags::change),
        "ListTagsForResource" => Handler::Read(tags::list),
        "ListTagsForResources" => Handler::Read(tags::list_several),
        "UpdateHostedZoneFeatures" => Handler::Write(features::update),
        "CreateResourceRecordSetProtections" => Handler::Write(protections::create),
        "DeleteResourceRecordSetProtections" => Handler::Write(protections::delete),
        "ListResourceRecordSetProtections" => Handler::Read(protections::list),
        "UpdateHostedZoneComment" => Handler::Write(zones::update_comment),
        "AssociateVPCWithHostedZone" => Handler::Write(vpcs::associate),
        "DisassociateVPCFromHostedZone" => Handler::Write(vpcs::disassociate),
        "CreateVPCAssociationAuthorization" => Handler::Write(vpcs::authorize),
        "DeleteVPCAssociationAuthorization" => Handler::Write(vpcs::revoke),
        "ListVPCAssociationAuthorizations" => Handler::Read(vpcs::authorizations),
        "ListHostedZonesByVPC" => Handler::Read(vpcs::zones_by_vpc),
        "CreateReusableDelegationSet" => Handler::Write(delegation::create),
        "GetReusableDelegationSet" => Handler::Read(delegation::get),
        "DeleteReusableDelegationSet" => Handler::Write(delegation::delete),
        "ListReusableDelegationSets" => Handler::Read(delegation::list),
        "GetReusableDelegationSetLimit" => Handler::Read(delegation::limit),
        "GetAccountLimit" => Handler::Read(limits::account),
        "GetHostedZoneLimit" => Handler::Read(limits::of_zone),
        "GetCheckerIpRanges" => Handler::Read(limits::checkers),
        "GetGeoLocation" => Handler::Read(geo::get),
        "ListGeoLocations" => Handler::Read(geo::list),
        "CreateQueryLoggingConfig" => Handler::Write(logging::create),
        "GetQueryLoggingConfig" => Handler::Read(logging::get),
        "DeleteQueryLoggingConfig" => Handler::Write(logging::delete),
        "ListQueryLoggingConfigs" => Handler::Read(logging::list),
        "CreateKeySigningKey" => Handler::Write(dnssec::create),
        "ActivateKeySigningKey" => Handler::Write(dnssec::activate),
        "DeactivateKeySigningKey" => Handler::Write(dnssec::deactivate),
        "DeleteKeySigningKey" => Handler::Write(dnssec::delete),
        "EnableHostedZoneDNSSEC" => Handler::Write(dnssec::enable),
        "DisableHostedZoneDNSSEC" => Handler::Write(dnssec::disable),
        "GetDNSSEC" => Handler::Read(dnssec::get),
        "CreateCidrCollection" => Handler::Write(cidr::create),
        "ChangeCidrCollection" => Handler::Write(cidr::change),
        "DeleteCidrCollection" => Handler::Write(cidr::delete),
        "ListCidrCollections" => Handler::Read(cidr::list),
        "ListCidrLocations" => Handler::Read(cidr::locations),
        "ListCidrBlocks" => Handler::Read(cidr::blocks),
        "CreateHealthCheck" => Handler::Write(health::create),
        "GetHealthCheck" => Handler::Read(health::get),
        "UpdateHealthCheck" => Handler::Write(health::update),
        "DeleteHealthCheck" => Handler::Write(health::delete),
        "ListHealthChecks" => Handler::Read(health::list),
        "GetHealthCheckCount" => Handler::Read(health::count),
        "GetHealthCheckStatus" | "GetHealthCheckLastFailureReason" => Handler::Read(health::observations),
        _ => return traffic::handler(operation),
    })
}

/// Pending work of Route 53's resources.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    changes::due(world, pending);
}

/// A hosted zone by its id.
///
/// # Errors
/// `NoSuchHostedZone`.
pub(super) fn find_zone<'w>(world: &'w World, id: Option<&str>) -> Result<&'w HostedZone> {
    common::zone(world, id)
}

/// What the data of an alarm of a Region come to from now on.
pub(super) fn put_alarm(world: &mut World, region: &str, name: &str, state: AlarmState) {
    world.route53.alarms.insert((region.to_owned(), name.to_owned()), state);
    checking::follow_alarm(world, region, name);
}

/// ChangeResourceRecordSets on behalf of another operation.
///
/// # Errors
/// As ChangeResourceRecordSets.
pub(super) fn change_records(request: &Request<'_>, world: &mut World, params: &Structure) -> Result<Structure> {
    let inner = Request {
        principal: request.principal,
        region: request.region,
        operation: request.operation,
        params,
    };
    changes::change(&inner, world)
}

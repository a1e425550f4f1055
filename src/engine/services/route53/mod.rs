//! Route 53: hosted zones, records, changes, tags. This file only routes.
//!
//! Messages in AWS's own form where they are known; what has another form says so where it stands.

mod changes;
mod common;
mod listing;
mod records;
mod tags;
mod values;
mod zones;

use super::Handler;
use crate::clock::Pending;
use crate::world::World;

pub use records::KEPT_TYPES;

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
        _ => return None,
    })
}

/// Pending work of Route 53's resources.
pub(super) fn due(world: &mut World, pending: &Pending) {
    changes::due(world, pending);
}

//! EC2's storage: volumes, snapshots, images. This file routes, and writes the journal for the others.

#![allow(dead_code, reason = "compute and the handlers come next")]

pub(crate) mod contents;
pub(crate) mod images;
mod keys;
pub(crate) mod snapshots;
mod types;
pub(crate) mod volumes;

use crate::base::ids::ResourceId;
use crate::catalog::Region;
use crate::clock::{Pending, Step};
use crate::services::Handler;
use crate::world::World;
use crate::world::journal::{Cause, Event};

/// The handler of an operation.
pub(super) fn handler(_operation: &str) -> Option<Handler> {
    None
}

/// Pending work of these resources.
pub(super) fn due(world: &mut World, pending: &Pending) {
    if let (ResourceId::Volume(id), Step::Settle) = (pending.resource, pending.step) {
        volumes::settle(world, pending, id);
    }
}

/// Notes what the call under way does to a resource.
fn note_call(world: &mut World, region: Region, id: impl Into<ResourceId>, text: &str) {
    let cause = Cause::Call(world.calls);
    note(world, region, id.into(), text, cause);
}

/// Notes what time has done to a resource, by which rule and where the rule is written.
fn note_clock(world: &mut World, region: Region, id: impl Into<ResourceId>, text: &str, rule: &str, source: &str) {
    let cause = Cause::Clock {
        rule: rule.to_owned(),
        source: source.to_owned(),
    };
    note(world, region, id.into(), text, cause);
}

fn note(world: &mut World, region: Region, resource: ResourceId, text: &str, cause: Cause) {
    let at = world.now;
    world.journal.note(Event {
        at,
        region: Some(region),
        resource: Some(resource),
        text: text.to_owned(),
        cause,
    });
}

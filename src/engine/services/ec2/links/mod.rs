//! EC2's links between networks: VPC peering connections, VPC endpoints, endpoint services, transit gateways, and what more
//! prefix lists can do. This file only routes, and keeps what all of them share.
//!
//! Nothing here is called by a page before somebody links something: all of it is in the page's later part.

mod announcements;
pub(crate) mod attachments;
mod aws_services;
mod connections;
mod connects;
mod endpoint_calls;
pub(crate) mod endpoint_names;
pub(crate) mod endpoint_policy;
mod endpoint_view;
pub(crate) mod endpoints;
mod lists;
mod metering;
mod multicast;
mod multicast_groups;
mod nat_configurations;
mod notifications;
mod options;
mod peer_attachments;
pub(crate) mod peerings;
mod permissions;
mod policies;
mod service_view;
mod services;
mod stale;
pub(crate) mod targets;
mod transit_lists;
pub(crate) mod transit_routes;
mod transit_tables;
mod transits;
mod vpc_attachments;
pub(super) mod vpn_attachments;

use crate::base::ids::{Kind, ResourceId};
use crate::catalog::Region;
use crate::clock::Pending;
use crate::services::Handler;
use crate::world::World;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    peerings::handler(operation)
        .or_else(|| options::handler(operation))
        .or_else(|| stale::handler(operation))
        .or_else(|| lists::handler(operation))
        .or_else(|| endpoint_calls::handler(operation))
        .or_else(|| endpoint_view::handler(operation))
        .or_else(|| aws_services::handler(operation))
        .or_else(|| services::handler(operation))
        .or_else(|| service_view::handler(operation))
        .or_else(|| permissions::handler(operation))
        .or_else(|| connections::handler(operation))
        .or_else(|| notifications::handler(operation))
        .or_else(|| transits::handler(operation))
        .or_else(|| vpc_attachments::handler(operation))
        .or_else(|| peer_attachments::handler(operation))
        .or_else(|| attachments::handler(operation))
        .or_else(|| transit_tables::handler(operation))
        .or_else(|| transit_routes::handler(operation))
        .or_else(|| transit_lists::handler(operation))
        .or_else(|| connects::handler(operation))
        .or_else(|| multicast::handler(operation))
        .or_else(|| policies::handler(operation))
        .or_else(|| announcements::handler(operation))
        .or_else(|| metering::handler(operation))
        .or_else(|| nat_configurations::handler(operation))
}

/// Pending work of these resources.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    match pending.resource.kind() {
        Kind::VpcPeering => peerings::due(world, pending),
        Kind::VpcEndpoint => endpoints::due(world, pending),
        Kind::TransitGateway => transits::due(world, pending),
        Kind::TransitAttachment => attachments::due(world, pending),
        Kind::ConnectPeer => connects::due(world, pending),
        Kind::MulticastDomain => multicast::due(world, pending),
        _ => {}
    }
}

/// Takes back what is pending for a resource: something has overtaken it, and a clock should not wait for it.
fn call_off(world: &mut World, region: Region, id: impl Into<ResourceId>) {
    let id = id.into();
    let moot: Vec<_> = world
        .queue
        .iter()
        .filter(|(_, pending)| pending.region == region && pending.resource == id)
        .map(|(key, _)| *key)
        .collect();
    for key in moot {
        world.queue.remove(&key);
    }
}

/// One line of `Unsuccessful`: what a call on several resources could not do to one of them.
fn unsuccessful(id: &str, error: &crate::base::error::Error) -> Structure {
    let inner = Structure::new()
        .with(field::CODE, error.code)
        .with(field::MESSAGE, error.message.as_str());
    Structure::new().with(field::RESOURCE_ID, id).with(field::ERROR, inner)
}

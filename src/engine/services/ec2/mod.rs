//! EC2: compute, network, storage, tags. This file only routes.

pub(in crate::services) mod classic;
pub mod common;
pub mod compute;
pub mod defaults;
mod estate;
pub(crate) mod flow_logs;
pub(crate) mod gateways;
mod insights;
pub(crate) mod links;
pub(crate) mod mirroring;
mod pages;
pub(crate) mod refusals;
pub mod storage;
pub mod tags;
pub(crate) mod tokens;
pub mod vpc;

pub(crate) use gateways::nat_regional::address_for as regional_address;

use super::Handler;
use crate::base::ids::{Kind, ResourceId};
use crate::clock::{Pending, Step};
use crate::world::World;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    compute::first(operation)
        .or_else(|| vpc::first(operation))
        .or_else(|| rarer(operation))
}

/// Of the operations that the first scenario does not call. On its own, so that `cargo tasks split` can move it.
#[inline(never)]
fn rarer(operation: &str) -> Option<Handler> {
    compute::handler(operation)
        .or_else(|| vpc::handler(operation))
        .or_else(|| storage::handler(operation))
        .or_else(|| tags::handler(operation))
        .or_else(|| compute::rarer(operation))
        .or_else(|| vpc::rarer(operation))
        .or_else(|| storage::rarer(operation))
        .or_else(|| gateways::handler(operation))
        .or_else(|| links::handler(operation))
        .or_else(|| insights::handler(operation))
        .or_else(|| estate::handler(operation))
        .or_else(|| flow_logs::handler(operation))
        .or_else(|| mirroring::handler(operation))
        .or_else(|| classic::handler(operation))
}

/// Something was put into a bucket, for which a conversion task may wait.
#[inline(never)]
pub(in crate::services) fn uploaded(world: &mut World) {
    storage::conversions::uploaded(world);
}

/// Pending work of EC2's resources.
pub(super) fn due(world: &mut World, pending: &Pending) {
    match (pending.resource, pending.step) {
        (ResourceId::Instance(_), _) => compute::due(world, pending),
        (ResourceId::Volume(id), Step::Settle) => storage::settle_volume(world, pending, id),
        _ => due_rarer(world, pending),
    }
}

/// That which a first visit has none of: it is in the later part of the page's program.
#[inline(never)]
fn due_rarer(world: &mut World, pending: &Pending) {
    match pending.resource.kind() {
        Kind::Volume
        | Kind::Snapshot
        | Kind::Image
        | Kind::ReplaceRootVolumeTask
        | Kind::BundleTask
        | Kind::FpgaImage
        | Kind::ImageExport
        | Kind::InstanceExport
        | Kind::InstanceImport
        | Kind::VolumeImport => storage::due(world, pending),
        Kind::NatGateway | Kind::CarrierGateway | Kind::CustomerGateway | Kind::VpnGateway | Kind::VpnConnection => {
            gateways::due(world, pending)
        }
        Kind::PublicBlock | Kind::PublicExclusion => estate::due(world, pending),
        Kind::Address if pending.step == Step::Progress => classic::due(world, pending),
        Kind::Address => vpc::due(world, pending),
        Kind::VpcPeering
        | Kind::VpcEndpoint
        | Kind::TransitGateway
        | Kind::TransitAttachment
        | Kind::ConnectPeer
        | Kind::MulticastDomain => links::due(world, pending),
        Kind::InsightsAnalysis | Kind::AccessAnalysis => insights::due(world, pending),
        Kind::FlowLog => flow_logs::due(world, pending),
        _ => compute::due(world, pending),
    }
}

//! What an account decides for a whole Region: VPC Block Public Access. This file only routes; a first visit calls nothing
//! here.

mod exclusions;
mod public_access;

use crate::base::ids::ResourceId;
use crate::clock::Pending;
use crate::services::Handler;
use crate::world::World;

/// Where VPC Block Public Access is described. AWS publishes no durations but "a few minutes": the ranges are ours.
const PUBLIC_ACCESS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html";

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "DescribeVpcBlockPublicAccessOptions" => Read(public_access::describe_options),
        "ModifyVpcBlockPublicAccessOptions" => Write(public_access::modify_options),
        "CreateVpcBlockPublicAccessExclusion" => Write(exclusions::create),
        "ModifyVpcBlockPublicAccessExclusion" => Write(exclusions::modify),
        "DeleteVpcBlockPublicAccessExclusion" => Write(exclusions::delete),
        "DescribeVpcBlockPublicAccessExclusions" => Read(exclusions::describe_all),
        _ => return None,
    })
}

/// Pending work of these resources.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    match pending.resource {
        ResourceId::PublicBlock(id) => public_access::settle(world, pending, id),
        ResourceId::PublicExclusion(id) => exclusions::due(world, pending, id),
        _ => {}
    }
}

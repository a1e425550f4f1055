//! The mode of VPC Block Public Access in a Region. Only the network judges by it; nothing here looks at traffic.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html>

use super::super::common::{need, note, note_clock};
use super::super::gateways::life::{is_about, later};
use super::PUBLIC_ACCESS;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, PublicBlockId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::clock::{Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::estate::{BlockMode, PublicBlock};
use stratus_model::{Structure, field};

fn row(world: &World, region: Region) -> Option<&PublicBlock> {
    world.ec2(region)?.estate.public_block.rows().next()
}

fn describe(world: &World, region: Region) -> Structure {
    let row = row(world, region);
    let state = match row {
        None => "default-state",
        Some(row) if row.changing => "update-in-progress",
        Some(_) => "update-complete",
    };
    Structure::new()
        .with(field::AWS_ACCOUNT_ID, world.account())
        .with(field::AWS_REGION_, region.name())
        .with(field::STATE, state)
        .with(
            field::INTERNET_GATEWAY_BLOCK_MODE,
            row.map_or(BlockMode::Off, |row| row.mode).name(),
        )
        .with_some(field::LAST_UPDATE_TIMESTAMP, row.map(|row| row.updated))
        .with(field::MANAGED_BY, "account")
        .with(field::EXCLUSIONS_ALLOWED, "allowed")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcBlockPublicAccessOptions.html>
pub(super) fn describe_options(request: &Request<'_>, world: &World) -> Result<Structure> {
    let shown = describe(world, request.region);
    Ok(Structure::new().with(field::VPC_BLOCK_PUBLIC_ACCESS_OPTIONS, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcBlockPublicAccessOptions.html>: traffic meets the new mode
/// when the change is complete. One change at a time (ours).
pub(super) fn modify_options(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mode = match need(request.params, field::INTERNET_GATEWAY_BLOCK_MODE)? {
        "off" => BlockMode::Off,
        "block-ingress" => BlockMode::Ingress,
        "block-bidirectional" => BlockMode::Bidirectional,
        other => return Err(Error::invalid("InternetGatewayBlockMode", other)),
    };
    let old = row(world, region).cloned();
    if old.as_ref().is_some_and(|row| row.changing) {
        let why = "A change of VPC Block Public Access options is in progress.";
        return Err(Error::new("IncorrectState", why).remedy("Wait until it is complete."));
    }
    let id = match &old {
        Some(row) => row.id,
        None => PublicBlockId(world.random.next_u64(Stream::Ids(Kind::PublicBlock))),
    };
    let row = PublicBlock {
        id,
        mode,
        in_force: old.map_or(BlockMode::Off, |row| row.in_force),
        changing: true,
        asked: world.now,
        updated: world.now,
    };
    note(world, region, id, format!("{} → {}", row.in_force.name(), mode.name()));
    world.put(region, row);
    later(world, region, id, "public-access.options", Step::Settle);
    let shown = describe(world, region);
    Ok(Structure::new().with(field::VPC_BLOCK_PUBLIC_ACCESS_OPTIONS, shown))
}

/// The end of a change.
pub(super) fn settle(world: &mut World, pending: &Pending, id: PublicBlockId) {
    let (region, now) = (pending.region, world.now);
    let about = |row: &PublicBlock| row.changing && is_about(pending, row.asked);
    if !world.row::<PublicBlock>(region, id).is_some_and(about) {
        return;
    }
    world.update::<PublicBlock, _>(region, id, |row| {
        row.in_force = row.mode;
        row.changing = false;
        row.updated = now;
    });
    let rule = "A new mode is in force after a few minutes.";
    note_clock(
        world,
        region,
        id,
        "update-in-progress → update-complete",
        rule,
        PUBLIC_ACCESS,
    );
}

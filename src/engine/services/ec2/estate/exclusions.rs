//! Exclusions from VPC Block Public Access: one for a VPC or a subnet, in force or not whatever the mode is.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html>
//!
//! AWS publishes neither the codes of most refusals nor how long what is deleted stays listed: those are ours.

use super::super::common::{Describing, arn, find, need, note, note_clock, tag_list};
use super::super::gateways::life::{is_about, later};
use super::super::tags;
use super::PUBLIC_ACCESS;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::clock::{Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::estate::*;
use crate::world::vpc::{Subnet, Vpc};
use stratus_model::{Structure, field};

const CHANGING: &str = "public-access.exclusion";

fn read_mode(params: &Structure) -> Result<ExclusionMode> {
    match need(params, field::INTERNET_GATEWAY_EXCLUSION_MODE)? {
        "allow-egress" => Ok(ExclusionMode::Egress),
        "allow-bidirectional" => Ok(ExclusionMode::Bidirectional),
        other => Err(Error::invalid("InternetGatewayExclusionMode", other)),
    }
}

/// What a call wants to exclude: a VPC or a subnet, not both.
fn read_target(request: &Request<'_>, world: &World) -> Result<Excluded> {
    let (params, region) = (request.params, request.region);
    match (params.text(field::VPC_ID), params.text(field::SUBNET_ID)) {
        (Some(vpc), None) => Ok(Excluded::Vpc(find::<Vpc>(world, region, Kind::Vpc, vpc)?.id)),
        (None, Some(subnet)) => Ok(Excluded::Subnet(
            find::<Subnet>(world, region, Kind::Subnet, subnet)?.id,
        )),
        (Some(_), Some(_)) => Err(Error::combination(
            "The parameters VpcId and SubnetId cannot be used together.",
        )),
        (None, None) => Err(Error::new(
            "MissingParameter",
            "The request must contain the parameter VpcId or SubnetId.",
        )),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcBlockPublicAccessExclusion.html>: also while nothing is
/// blocked.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mode = read_mode(params)?;
    let of = read_target(request, world)?;
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.estate.exclusions.rows());
    let alive: Vec<&PublicExclusion> = rows.filter(|row| row.state != ExclusionState::Deleted).collect();
    if let Some(other) = alive.iter().find(|row| row.of == of) {
        let why = format!(
            "An exclusion already exists for the resource {}.",
            target_arn(world, region, of)
        );
        let error = Error::new("VpcBlockPublicAccessExclusionAlreadyExists", why);
        return Err(error.remedy(format!("It is {}; change its mode.", other.id)));
    }
    if alive.len() >= quotas::PUBLIC_ACCESS_EXCLUSIONS {
        let why = "The maximum number of VPC Block Public Access exclusions has been reached.";
        return Err(Error::new("VpcBlockPublicAccessExclusionLimitExceeded", why));
    }
    let id = PublicExclusionId(world.random.next_u64(Stream::Ids(Kind::PublicExclusion)));
    let row = PublicExclusion {
        id,
        born: world.birth(),
        of,
        mode,
        in_force: None,
        state: ExclusionState::Creating,
        created: world.now,
        updated: world.now,
        deleted: None,
    };
    world.put(region, row);
    let made = [("vpc-block-public-access-exclusion", &[id.into()][..])];
    tags::apply_specifications(world, region, params, &made)?;
    note(
        world,
        region,
        id,
        format!("{} for {}", mode.name(), target_arn(world, region, of)),
    );
    later(world, region, id, CHANGING, Step::Settle);
    Ok(shown(world, region, id))
}

/// The exclusion that a call wants to change, unless it is changing or gone.
fn changeable(request: &Request<'_>, world: &World) -> Result<PublicExclusionId> {
    let text = need(request.params, field::EXCLUSION_ID)?;
    let row = find::<PublicExclusion>(world, request.region, Kind::PublicExclusion, text)?;
    if row.state.is_passing() || row.state == ExclusionState::Deleted {
        let why = format!("The exclusion {} is in the state {}.", row.id, row.state.name());
        return Err(Error::new("IncorrectState", why).at("ExclusionId"));
    }
    Ok(row.id)
}

fn enter(world: &mut World, region: Region, id: PublicExclusionId, state: ExclusionState, mode: Option<ExclusionMode>) {
    let now = world.now;
    world.update::<PublicExclusion, _>(region, id, |row| {
        row.state = state;
        row.updated = now;
        row.mode = mode.unwrap_or(row.mode);
    });
    note(world, region, id, state.name());
    later(world, region, id, CHANGING, Step::Settle);
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcBlockPublicAccessExclusion.html>
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mode = read_mode(request.params)?;
    let id = changeable(request, world)?;
    enter(world, request.region, id, ExclusionState::Updating, Some(mode));
    Ok(shown(world, request.region, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcBlockPublicAccessExclusion.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = changeable(request, world)?;
    enter(world, request.region, id, ExclusionState::Deleting, None);
    Ok(shown(world, request.region, id))
}

/// What time does.
pub(super) fn due(world: &mut World, pending: &Pending, id: PublicExclusionId) {
    let (region, now) = (pending.region, world.now);
    let Some(row) = world.row::<PublicExclusion>(region, id) else {
        return;
    };
    let (old, current) = (row.state, is_about(pending, row.updated));
    if pending.step == Step::Reap {
        if old == ExclusionState::Deleted {
            let rule = "A deleted exclusion stays listed for an hour.";
            note_clock(world, region, id, "no longer shown", rule, "ours");
            world.take::<PublicExclusion>(region, id);
        }
        return;
    }
    let new = match old {
        ExclusionState::Creating => ExclusionState::Created,
        ExclusionState::Updating => ExclusionState::Updated,
        ExclusionState::Deleting => ExclusionState::Deleted,
        _ => return,
    };
    if !current {
        return;
    }
    let gone = new == ExclusionState::Deleted;
    world.update::<PublicExclusion, _>(region, id, |row| {
        row.state = new;
        row.updated = now;
        row.in_force = (!gone).then_some(row.mode);
        row.deleted = gone.then_some(now);
    });
    let text = format!("{} → {}", old.name(), new.name());
    let rule = "A change of an exclusion is in force after a few minutes.";
    note_clock(world, region, id, text, rule, PUBLIC_ACCESS);
    if gone {
        later(world, region, id, "public-access.visible-after-deletion", Step::Reap);
    }
}

fn target_arn(world: &World, region: Region, of: Excluded) -> String {
    match of {
        Excluded::Vpc(id) => arn(world, region, "vpc", id),
        Excluded::Subnet(id) => arn(world, region, "subnet", id),
    }
}

fn shown(world: &World, region: Region, id: PublicExclusionId) -> Structure {
    let row = world.row::<PublicExclusion>(region, id);
    Structure::new().with_some(
        field::VPC_BLOCK_PUBLIC_ACCESS_EXCLUSION,
        row.map(|row| describe(world, region, row)),
    )
}

fn describe(world: &World, region: Region, row: &PublicExclusion) -> Structure {
    Structure::new()
        .with(field::EXCLUSION_ID, row.id)
        .with(field::INTERNET_GATEWAY_EXCLUSION_MODE, row.mode.name())
        .with(field::RESOURCE_ARN, target_arn(world, region, row.of))
        .with(field::STATE, row.state.name())
        .with(field::CREATION_TIMESTAMP, row.created)
        .with(field::LAST_UPDATE_TIMESTAMP, row.updated)
        .with_some(field::DELETION_TIMESTAMP, row.deleted)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcBlockPublicAccessExclusions.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::PublicExclusion,
        ids: field::EXCLUSION_IDS,
        answer: field::VPC_BLOCK_PUBLIC_ACCESS_EXCLUSIONS,
        born: |row: &PublicExclusion| row.born,
        filters: &["internet-gateway-exclusion-mode", "resource-arn", "state", "tag-value"],
        least: 5,
    };
    let values = |row: &PublicExclusion, name: &str| match name {
        "internet-gateway-exclusion-mode" => vec![row.mode.name().to_owned()],
        "resource-arn" => vec![target_arn(world, region, row.of)],
        "state" => vec![row.state.name().to_owned()],
        _ => {
            let tags = world.ec2(region).and_then(|ec2| ec2.tags.get(&row.id.into()));
            tags.into_iter().flat_map(|tags| tags.values().cloned()).collect()
        }
    };
    describing.answer(request, world, &values, &|row| describe(world, region, row))
}

//! Security groups in further VPCs than their own, and who refers to them from elsewhere.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html>
//!
//! AWS takes a moment to associate; here it is done at once (ours), and only the answer of the call that asked says so.

use super::super::common::{Filters, dependency, find, need, page, tag_list};
use super::groups;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, SecurityGroupId, VpcId};
use crate::catalog::Region;
use crate::services::ec2::common::note;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::classic::NO_VPC;
use crate::world::vpc::{NetworkInterface, SecurityGroup, Vpc};
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "AssociateSecurityGroupVpc" => Handler::Write(associate),
        "DisassociateSecurityGroupVpc" => Handler::Write(disassociate),
        "DescribeSecurityGroupVpcAssociations" => Handler::Read(describe_associations),
        "GetSecurityGroupsForVpc" => Handler::Read(groups_for_vpc),
        _ => return None,
    })
}

fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<(&'w SecurityGroup, VpcId)> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::GROUP_ID)?;
    let group = find::<SecurityGroup>(world, region, Kind::SecurityGroup, text)?;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    Ok((group, vpc))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html>: not the default group.
fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (group, vpc) = named(request, world)?;
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("GroupId"));
    if group.name == "default" {
        return refuse(format!(
            "The default security group {} cannot be associated with another VPC.",
            group.id
        ));
    }
    if group.vpc == NO_VPC {
        return refuse(format!(
            "The security group {} is for EC2-Classic: it cannot be associated with a VPC.",
            group.id
        ));
    }
    if group.vpc == vpc {
        return refuse(format!("The security group {} belongs to {vpc} already.", group.id));
    }
    let same_name = |row: &&SecurityGroup| row.vpc == vpc && row.name == group.name;
    if group.vpcs.contains(&vpc) {
        let why = format!("The security group {} is already associated with {vpc}.", group.id);
        return Err(Error::new("Resource.AlreadyAssociated", why));
    }
    let twin = world
        .ec2(region)
        .and_then(|ec2| ec2.security_groups.rows().find(same_name));
    if let Some(twin) = twin {
        let why = format!("The security group '{}' already exists for VPC '{vpc}'", group.name);
        let error = Error::new("InvalidGroup.Duplicate", why).at("VpcId");
        return Err(error.remedy(format!("{} has that name.", twin.id)));
    }
    let id = group.id;
    world.update::<SecurityGroup, _>(region, id, |row| row.vpcs.push(vpc));
    note(world, region, id, format!("associated with {vpc}"));
    Ok(Structure::new().with(field::STATE, "associating"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSecurityGroupVpc.html>: not while an interface of the VPC
/// has the group.
fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (group, vpc) = named(request, world)?;
    if !group.vpcs.contains(&vpc) {
        let why = format!("The security group {} is not associated with {vpc}.", group.id);
        return Err(Error::new("InvalidSecurityGroupVpcAssociation.NotFound", why).at("VpcId"));
    }
    let id = group.id;
    let users = users(world, region, id, vpc);
    if !users.is_empty() {
        return Err(dependency(format!("resource {id} has a dependent object"), &users));
    }
    world.update::<SecurityGroup, _>(region, id, |row| row.vpcs.retain(|has| *has != vpc));
    note(world, region, id, format!("no longer associated with {vpc}"));
    Ok(Structure::new().with(field::STATE, "disassociating"))
}

/// The interfaces of a VPC that have a group.
fn users(world: &World, region: Region, group: SecurityGroupId, vpc: VpcId) -> Vec<ResourceId> {
    let mut users = world.referrers(region, group.into());
    users.retain(|by| match by {
        ResourceId::NetworkInterface(id) => world
            .row::<NetworkInterface>(region, *id)
            .is_some_and(|row| row.vpc == vpc),
        _ => false,
    });
    users
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupVpcAssociations.html>
fn describe_associations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    const NAMES: &[&str] = &["group-id", "group-owner-id", "state", "vpc-id", "vpc-owner-id"];
    filters.check_names(|name| NAMES.contains(&name))?;
    let mut chosen = Vec::new();
    for group in groups::eldest_first(world, region) {
        for vpc in &group.vpcs {
            let values = |name: &str| {
                Some(vec![match name {
                    "group-id" => group.id.to_string(),
                    "state" => "associated".to_owned(),
                    "vpc-id" => vpc.to_string(),
                    _ => world.account(),
                }])
            };
            if filters.pass(world, region, group.id, values)? {
                chosen.push(
                    Structure::new()
                        .with(field::GROUP_ID, group.id)
                        .with(field::GROUP_OWNER_ID, world.account())
                        .with(field::VPC_ID, *vpc)
                        .with(field::VPC_OWNER_ID, world.account())
                        .with(field::STATE, "associated"),
                );
            }
        }
    }
    let (rows, next) = page(chosen, params, 5)?;
    Ok(Structure::new()
        .with(field::SECURITY_GROUP_VPC_ASSOCIATIONS, rows)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSecurityGroupsForVpc.html>: the groups that interfaces of a VPC
/// may have.
fn groups_for_vpc(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let filters = Filters::read(params)?;
    const NAMES: &[&str] = &["description", "group-id", "group-name", "owner-id", "primary-vpc-id"];
    filters.check_names(|name| NAMES.contains(&name))?;
    let mut chosen = Vec::new();
    for group in groups::eldest_first(world, region) {
        let values = |name: &str| {
            Some(vec![match name {
                "description" => group.description.clone(),
                "group-name" => group.name.clone(),
                "owner-id" => world.account(),
                "primary-vpc-id" => group.vpc.to_string(),
                _ => group.id.to_string(),
            }])
        };
        let usable = group.vpc == vpc || group.vpcs.contains(&vpc);
        if usable && filters.pass(world, region, group.id, values)? {
            chosen.push(
                Structure::new()
                    .with(field::GROUP_ID, group.id)
                    .with(field::GROUP_NAME, group.name.as_str())
                    .with(field::DESCRIPTION, group.description.as_str())
                    .with(field::OWNER_ID, world.account())
                    .with(field::PRIMARY_VPC_ID, group.vpc)
                    .with(field::TAGS, tag_list(world, region, group.id)),
            );
        }
    }
    let (rows, next) = page(chosen, params, 5)?;
    Ok(Structure::new()
        .with(field::SECURITY_GROUP_FOR_VPCS, rows)
        .with_some(field::NEXT_TOKEN, next))
}

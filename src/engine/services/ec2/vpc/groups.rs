//! Security groups: finding, making, deleting, describing them. Their rules are in `rules`.

use super::super::common::{find, unknown};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SecurityGroupId, VpcId};
use crate::catalog::{Region, quotas};
use crate::world::World;
use crate::world::vpc::{SecurityGroup, Vpc};

/// The groups that a call means for an interface in a VPC, by id or by name; none given = the VPC's default group.
///
/// Errors: `InvalidGroup.NotFound`, `InvalidGroupId.Malformed`, `InvalidParameter` for a group of another VPC,
/// `SecurityGroupsPerInterfaceLimitExceeded`.
pub(crate) fn resolve<'a>(
    world: &World,
    region: Region,
    vpc: VpcId,
    ids: impl IntoIterator<Item = &'a str>,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<SecurityGroupId>> {
    let mut groups = Vec::new();
    for text in ids {
        let group = find::<SecurityGroup>(world, region, Kind::SecurityGroup, text)?;
        if group.vpc != vpc {
            let why = format!(
                "Security group {text} belongs to {}, but the network interface is in {vpc}: they belong to different networks.",
                group.vpc
            );
            return Err(Error::new("InvalidParameter", why));
        }
        groups.push(group.id);
    }
    for name in names {
        groups.push(by_name(world, region, vpc, name)?.id);
    }
    groups.sort_unstable();
    groups.dedup();
    if groups.is_empty() {
        let vpc = world
            .row::<Vpc>(region, vpc)
            .ok_or_else(|| unknown(Kind::Vpc, &vpc.to_string()))?;
        groups.push(vpc.default_group);
    }
    if groups.len() > quotas::SECURITY_GROUPS_PER_INTERFACE {
        let why = format!(
            "The maximum number of security groups per interface, {}, has been reached.",
            quotas::SECURITY_GROUPS_PER_INTERFACE
        );
        return Err(Error::new("SecurityGroupsPerInterfaceLimitExceeded", why));
    }
    Ok(groups)
}

/// The group of this name in a VPC.
pub(crate) fn by_name<'w>(world: &'w World, region: Region, vpc: VpcId, name: &str) -> Result<&'w SecurityGroup> {
    world
        .ec2(region)
        .and_then(|ec2| {
            ec2.security_groups
                .rows()
                .find(|group| group.vpc == vpc && group.name == name)
        })
        .ok_or_else(|| {
            Error::new(
                "InvalidGroup.NotFound",
                format!("The security group '{name}' does not exist in VPC '{vpc}'"),
            )
        })
}

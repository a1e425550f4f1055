//! A launch into EC2-Classic: the zone and the groups. There is no subnet, no interface and no address to choose.

use super::groups::GROUPS_OF_INSTANCE;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SecurityGroupId};
use crate::base::random::Stream;
use crate::catalog::{InstanceType, Region, Zone};
use crate::services::ec2::common::find;
use crate::services::ec2::compute::types;
use crate::services::ec2::vpc::groups;
use crate::world::World;
use crate::world::classic::NO_VPC;
use crate::world::vpc::SecurityGroup;
use stratus_model::{Structure, field, sort};

/// Families that EC2-Classic takes.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html#ec2-classic-instance-types>
const FAMILIES: &[&str] = &[
    "m1", "m3", "t1", "c1", "c3", "cc2", "cr1", "m2", "r3", "d2", "hs1", "i2", "g2",
];

/// Refuses a type that is for VPCs only.
///
/// # Errors
/// `VPCResourceNotSpecified`.
pub(in crate::services) fn check_type(kind: InstanceType) -> Result<()> {
    if !FAMILIES.contains(&kind.family()) {
        let why = "The specified instance type can only be used in a VPC. A subnet ID or network interface ID is required to carry out the request.";
        return Err(Error::new("VPCResourceNotSpecified", why).at("InstanceType"));
    }
    Ok(())
}

/// Refuses what a launch can ask for in a VPC only.
fn check(params: &Structure, kind: InstanceType) -> Result<()> {
    check_type(kind)?;
    let placement = params.structure(field::PLACEMENT);
    let says = |name| placement.and_then(|placement| placement.text(name)).unwrap_or_default();
    // A host that is named, or bound to, is a Dedicated Host, whatever is said of the tenancy.
    let dedicated = [
        (
            "Placement.Tenancy",
            matches!(says(field::TENANCY), "dedicated" | "host"),
        ),
        ("Placement.HostId", !says(field::HOST_ID).is_empty()),
        ("Placement.Affinity", says(field::AFFINITY) == "host"),
    ];
    if let Some((parameter, _)) = dedicated.iter().find(|(_, asked)| *asked) {
        let why = "Dedicated tenancy can only be used in a VPC. A subnet ID or network interface ID is required to carry out the request.";
        return Err(Error::new("VPCResourceNotSpecified", why).at(*parameter));
    }
    for name in [
        field::PRIVATE_IP_ADDRESS,
        field::IPV6_ADDRESS_COUNT,
        field::IPV6_ADDRESSES,
        field::ENABLE_PRIMARY_IPV6,
        field::PRIVATE_DNS_NAME_OPTIONS,
    ] {
        let list = params.get(name).and_then(|value| value.as_list());
        if params.contains(name) && !list.is_some_and(<[_]>::is_empty) {
            let why = format!("The parameter {} may only be used for a VPC launch", name.text());
            return Err(Error::combination(why)
                .at(name.text())
                .remedy("In EC2-Classic AWS chooses the address, anew at each start."));
        }
    }
    Ok(())
}

/// The zone and the groups of a launch without a subnet.
///
/// # Errors
/// Besides those of its parameters, `InvalidGroup.NotFound`, `InvalidGroupId.Malformed`,
/// `SecurityGroupsPerInstanceLimitExceeded`.
#[inline(never)]
pub(in crate::services) fn plan(
    world: &mut World,
    region: Region,
    params: &Structure,
    kind: InstanceType,
    zone: Option<Zone>,
) -> Result<(Zone, Vec<SecurityGroupId>)> {
    check(params, kind)?;
    let mut chosen = Vec::new();
    for text in params.texts(field::SECURITY_GROUP_IDS) {
        let group = find::<SecurityGroup>(world, region, Kind::SecurityGroup, text)
            .map_err(|error| error.at("SecurityGroupIds"))?;
        if group.vpc != NO_VPC {
            let why = "VPC security groups may not be used for a non-VPC launch";
            return Err(Error::combination(why).at("SecurityGroupIds"));
        }
        chosen.push(group.id);
    }
    for name in params.texts(field::SECURITY_GROUPS) {
        let group = groups::by_name(world, region, NO_VPC, name).map_err(|error| error.at("SecurityGroups"))?;
        chosen.push(group.id);
    }
    sort::sort(&mut chosen);
    chosen.dedup();
    if chosen.is_empty() {
        chosen.extend(world.ec2(region).and_then(|ec2| ec2.classic.default_group));
    }
    if chosen.len() > GROUPS_OF_INSTANCE {
        let why = "The maximum number of security groups for an instance has been reached.";
        return Err(Error::new("SecurityGroupsPerInstanceLimitExceeded", why).at("SecurityGroups"));
    }
    let zone = match zone {
        Some(zone) => zone,
        None => any_zone(world, region, kind)?,
    };
    Ok((zone, chosen))
}

/// A zone that AWS chooses among those that offer the type.
fn any_zone(world: &mut World, region: Region, kind: InstanceType) -> Result<Zone> {
    let mut zones: Vec<Zone> = region.zones().filter(|zone| types::offered(kind, *zone)).collect();
    if zones.is_empty() {
        let why = format!("The instance type '{}' is not offered here.", kind.name());
        return Err(Error::new("Unsupported", why).at("InstanceType"));
    }
    let pick = world.random.between(Stream::Placement, 0, zones.len() as i64 - 1);
    Ok(zones.swap_remove(pick as usize))
}

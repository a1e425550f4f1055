//! Whether an account supports EC2-Classic in a Region. Nothing else may write `Classic::supported`.

use super::super::common::{dependency, note};
use super::super::{defaults, vpc};
use super::{addresses, groups};
use crate::base::error::{Error, Result};
use crate::base::ids::{AllocationId, ResourceId, VpcId};
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::classic::NO_VPC;
use crate::world::compute::InstanceState;
use crate::world::vpc::{ElasticAddress, InternetGateway, NetworkAcl, RouteTable, Subnet, Vpc};
use stratus_model::{Structure, field};

/// The Regions that were there before EC2-VPC became the only platform.
/// <https://aws.amazon.com/blogs/aws/ec2-classic-is-retiring-heres-how-to-prepare/>
const REGIONS: &[&str] = &[
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "sa-east-1",
];

/// `stratus SetEc2Classic` (ours): a Region's supported platforms become EC2 and VPC, or VPC alone again. A Region that
/// supports EC2-Classic has no default VPC; one that is in use is not taken away.
pub(in crate::services) fn set(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    defaults::ensure(world, region);
    let wanted = request.params.boolean(field::ENABLED) == Some(true);
    if wanted == super::is_supported(world, region) {
        return Ok(Structure::new());
    }
    if wanted {
        enable(world, region)
    } else {
        disable(world, region)
    }
}

fn enable(world: &mut World, region: Region) -> Result<Structure> {
    if !REGIONS.contains(&region.name()) {
        let why = format!("{} came after EC2-Classic: it has always been VPC only.", region.name());
        return Err(Error::new("UnsupportedOperation", why).remedy(format!("Use one of {}.", REGIONS.join(", "))));
    }
    if let Some(id) = vpc::vpcs::default_of(world, region).map(|vpc| vpc.id) {
        take_default_vpc(world, region, id)?;
        note(
            world,
            region,
            id,
            "gone: a Region that supports EC2-Classic has no default VPC",
        );
    }
    let group = groups::create_default(world, region);
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.classic.supported = true;
        ec2.classic.default_group = Some(group);
    }
    note(
        world,
        region,
        group,
        "EC2-Classic is supported here; this is its default group",
    );
    Ok(Structure::new())
}

/// Deletes the default VPC, with all that AWS made it with; anything else in it keeps it.
fn take_default_vpc(world: &mut World, region: Region, id: VpcId) -> Result<()> {
    let Some(vpc) = world.row::<Vpc>(region, id).cloned() else {
        return Ok(());
    };
    let own: [ResourceId; 3] = [
        vpc.main_route_table.into(),
        vpc.default_acl.into(),
        vpc.default_group.into(),
    ];
    let (mut subnets, mut gateways, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for by in world.referrers(region, id.into()) {
        let alone = world.referrers(region, by).is_empty();
        match by {
            ResourceId::Subnet(subnet) if alone => subnets.push(subnet),
            ResourceId::InternetGateway(gateway) if alone => gateways.push(gateway),
            _ if own.contains(&by) => {}
            _ => left.push(by),
        }
    }
    if !left.is_empty() {
        let why = format!("The default VPC '{id}' is in use, and a Region with EC2-Classic has none.");
        return Err(dependency(why, &left));
    }
    for subnet in subnets {
        world.take::<Subnet>(region, subnet);
    }
    world.take::<RouteTable>(region, vpc.main_route_table);
    world.take::<NetworkAcl>(region, vpc.default_acl);
    groups::take(world, region, vpc.default_group);
    for gateway in gateways {
        world.take::<InternetGateway>(region, gateway);
    }
    world.take::<Vpc>(region, id);
    Ok(())
}

/// The addresses that came from EC2-Classic.
fn from_classic(world: &World, region: Region) -> Vec<AllocationId> {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.addresses.rows());
    rows.filter(|row| row.classic.is_some()).map(|row| row.id).collect()
}

fn disable(world: &mut World, region: Region) -> Result<Structure> {
    let Some(ec2) = world.ec2(region) else {
        return Ok(Structure::new());
    };
    let alive = |state| state != InstanceState::Terminated;
    let instance = ec2.instances.rows().find(|row| row.is_classic() && alive(row.state));
    let group = ec2
        .security_groups
        .rows()
        .find(|row| row.vpc == NO_VPC && Some(row.id) != ec2.classic.default_group);
    let moving = ec2.addresses.rows().find(|row| addresses::is_moving(row));
    let address = ec2.addresses.rows().find(|row| row.is_standard());
    let vpc = ec2.vpcs.rows().find(|vpc| vpc.classic_link);
    let left = instance
        .map(|row| format!("terminate {}", row.id))
        .or_else(|| group.map(|row| format!("delete the group {}", row.name)))
        .or_else(|| moving.map(|row| format!("wait until {} has moved", row.address)))
        .or_else(|| address.map(|row| format!("release {}", row.address)))
        .or_else(|| vpc.map(|row| format!("disable ClassicLink of {}", row.id)));
    if let Some(left) = left {
        let why = "EC2-Classic is in use in this Region.";
        return Err(Error::new("DependencyViolation", why).remedy(format!("First {left}.")));
    }
    if let Some(id) = ec2.classic.default_group {
        groups::take(world, region, id);
    }
    // What has moved to the VPC platform stays there: there is nothing to move it back to.
    for id in from_classic(world, region) {
        world.update::<ElasticAddress, _>(region, id, |row| row.classic = None);
    }
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.classic = Default::default();
    }
    Ok(Structure::new())
}

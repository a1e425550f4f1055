//! vCPU quotas: running On-Demand Instances are counted by their vCPUs, a Region and a group of families at a time; Spot
//! Instances apart, together with the requests that are open.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits>

use crate::base::error::{Error, Result};
use crate::catalog::quotas::QuotaFamily;
use crate::catalog::{InstanceType, Region};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};

/// vCPUs of a group that run on demand in a Region.
pub(crate) fn used(world: &World, region: Region, family: QuotaFamily) -> i64 {
    let all = world
        .ec2(region)
        .and_then(|ec2| ec2.running_vcpus.get(&family))
        .copied()
        .unwrap_or(0);
    all - spot_used(world, region, family).0
}

/// vCPUs of a group that run as Spot Instances in a Region, and those that open Spot requests would take.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html>
fn spot_used(world: &World, region: Region, family: QuotaFamily) -> (i64, i64) {
    let (mut running, mut open) = (0, 0);
    let Some(ec2) = world.ec2(region) else {
        return (0, 0);
    };
    for request in ec2.spot_requests.rows() {
        if request.state == "open" && request.pool.0.quota_family() == family {
            open += i64::from(request.pool.0.vcpus());
        }
        let instance = request.instance.and_then(|id| ec2.instances.get(&id));
        let runs = |row: &&Instance| {
            matches!(row.state, InstanceState::Pending | InstanceState::Running) && row.more.spot == Some(request.id)
        };
        if let Some(row) = instance.filter(runs)
            && row.instance_type.quota_family() == family
        {
            running += i64::from(row.instance_type.vcpus());
        }
    }
    (running, open)
}

/// How many more instances of a type the quota leaves room for.
pub(super) fn room(world: &World, region: Region, kind: InstanceType) -> i64 {
    let family = kind.quota_family();
    let left = i64::from(family.granted_vcpus()) - used(world, region, family);
    left.max(0) / i64::from(kind.vcpus()).max(1)
}

/// How many more Spot Instances of a type the quota leaves room for.
pub(super) fn spot_room(world: &World, region: Region, kind: InstanceType) -> i64 {
    let family = kind.quota_family();
    let (running, open) = spot_used(world, region, family);
    let left = i64::from(family.granted_vcpus()) - running - open;
    left.max(0) / i64::from(kind.vcpus()).max(1)
}

/// Whether these many more Spot Instances of these types may be asked for, or start.
///
/// # Errors
/// `MaxSpotInstanceCountExceeded`.
pub(super) fn check_spot(world: &World, region: Region, wanted: &[(InstanceType, i64)]) -> Result<()> {
    let used = |family| {
        let (running, open) = spot_used(world, region, family);
        running + open
    };
    over(wanted, used).map_or(Ok(()), |_| Err(spot_exceeded()))
}

/// The first group of families whose quota these many more would exceed.
fn over(wanted: &[(InstanceType, i64)], used: impl Fn(QuotaFamily) -> i64) -> Option<QuotaFamily> {
    QuotaFamily::ALL.into_iter().find(|family| {
        let more: i64 = wanted
            .iter()
            .filter(|(kind, _)| kind.quota_family() == *family)
            .map(|(kind, count)| i64::from(kind.vcpus()).saturating_mul(*count))
            .sum();
        more > 0 && used(*family).saturating_add(more) > i64::from(family.granted_vcpus())
    })
}

/// `MaxSpotInstanceCountExceeded`.
pub(super) fn spot_exceeded() -> Error {
    Error::new("MaxSpotInstanceCountExceeded", "Max spot instance count exceeded")
        .at("InstanceType")
        .remedy("Cancel Spot requests or terminate Spot Instances of these families, or choose another Region.")
}

/// Whether these many more of these types may run.
///
/// # Errors
/// `VcpuLimitExceeded`.
pub(super) fn check(world: &World, region: Region, wanted: &[(InstanceType, i64)]) -> Result<()> {
    match over(wanted, |family| used(world, region, family)) {
        Some(family) => Err(exceeded(family)),
        None => Ok(()),
    }
}

/// `VcpuLimitExceeded` of a group.
pub(super) fn exceeded(family: QuotaFamily) -> Error {
    let text = format!(
        "You have requested more vCPU capacity than your current vCPU limit of {} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.",
        family.granted_vcpus()
    );
    Error::new("VcpuLimitExceeded", text)
        .at("InstanceType")
        .remedy("Stop or terminate instances of these families, or choose another Region.")
}

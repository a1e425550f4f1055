//! vCPU quotas: running On-Demand Instances are counted by their vCPUs, a Region and a group of families at a time.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits>

use crate::base::error::{Error, Result};
use crate::catalog::quotas::QuotaFamily;
use crate::catalog::{InstanceType, Region};
use crate::world::World;

/// vCPUs of a group that run in a Region.
pub(crate) fn used(world: &World, region: Region, family: QuotaFamily) -> i64 {
    world
        .ec2(region)
        .and_then(|ec2| ec2.running_vcpus.get(&family))
        .copied()
        .unwrap_or(0)
}

/// How many more instances of a type the quota leaves room for.
pub(super) fn room(world: &World, region: Region, kind: InstanceType) -> i64 {
    let family = kind.quota_family();
    let left = i64::from(family.granted_vcpus()) - used(world, region, family);
    left.max(0) / i64::from(kind.vcpus()).max(1)
}

/// Whether these many more of these types may run.
///
/// # Errors
/// `VcpuLimitExceeded`.
pub(super) fn check(world: &World, region: Region, wanted: &[(InstanceType, i64)]) -> Result<()> {
    for family in QuotaFamily::ALL {
        let more: i64 = wanted
            .iter()
            .filter(|(kind, _)| kind.quota_family() == family)
            .map(|(kind, count)| i64::from(kind.vcpus()).saturating_mul(*count))
            .sum();
        if more > 0 && used(world, region, family).saturating_add(more) > i64::from(family.granted_vcpus()) {
            return Err(exceeded(family));
        }
    }
    Ok(())
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

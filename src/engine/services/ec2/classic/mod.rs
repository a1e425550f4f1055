//! EC2-Classic and ClassicLink, for an account that supports them: whether it does is chosen a Region at a time, by
//! `stratus SetEc2Classic`. AWS retired both in August 2023, so that an account has neither unless somebody says so.
//! This file routes, and keeps what all of them share. Nothing here is called before that choice: all of it is in the
//! page's later part.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html> (as of 2022)

pub(in crate::services) mod addresses;
pub(in crate::services) mod groups;
pub(in crate::services) mod launch;
pub(in crate::services) mod link;
pub(in crate::services) mod moving;
pub(in crate::services) mod platform;
pub(in crate::services) mod seats;

use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::clock::Pending;
use crate::services::Handler;
use crate::world::World;

/// Where AWS wrote what EC2-Classic does.
const PLATFORM: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html";

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    link::handler(operation).or_else(|| moving::handler(operation))
}

/// Pending work: addresses on their way between the platforms.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    moving::due(world, pending);
}

/// Whether the account supports EC2-Classic in a Region.
pub(in crate::services) fn is_supported(world: &World, region: Region) -> bool {
    world.ec2(region).is_some_and(|ec2| ec2.classic.supported)
}

/// Refuses what only an account with EC2-Classic can do.
fn need_support(world: &World, region: Region) -> Result<()> {
    if is_supported(world, region) {
        return Ok(());
    }
    let why = "The functionality you requested is not available in this region.";
    Err(Error::new("UnsupportedOperation", why)
        .remedy("EC2-Classic was retired in 2023. `stratus set-ec2-classic --enabled` brings it back here."))
}

//! What every Region has from its first use: the default VPC and what belongs to it.

use crate::catalog::Region;
use crate::world::World;

/// Makes the Region's default VPC if the Region has not been used yet.
pub fn ensure(world: &mut World, region: Region) {
    if world.ec2(region).is_none() {
        world.regions.insert(region, crate::world::Ec2::default());
    }
}

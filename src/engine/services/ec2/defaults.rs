//! What every Region has from its first use: the default VPC and what belongs to it, and AWS's own prefix lists.
//!
//! It may not depend on the order in which Regions are used, so nothing here draws from the world's streams or counts its
//! births: ids follow from the seed and the Region.

use super::vpc::building::{self, Numbers};
use super::vpc::pools;
use crate::base::ids::PrefixListId;
use crate::catalog::Region;
use crate::world::World;
use crate::world::vpc::PrefixList;
use stratus_model::sort;

/// Makes the Region's default VPC if the Region has not been used yet.
pub fn ensure(world: &mut World, region: Region) {
    if world.ec2(region).is_some() {
        return;
    }
    building::default_vpc(world, region, &mut Numbers::fixed());
    for (place, (name, blocks)) in (0..).zip(pools::aws_prefix_lists(region)) {
        let mut entries: Vec<_> = blocks.into_iter().map(|block| (block, String::new())).collect();
        sort::sort(&mut entries);
        let row = PrefixList {
            id: PrefixListId(pools::aws_prefix_list_number(region, place)),
            born: place,
            name,
            max_entries: 0,
            entries,
            ipv6: false,
            version: 0,
            history: Vec::new(),
            aws_managed: true,
        };
        world.put(region, row);
    }
}

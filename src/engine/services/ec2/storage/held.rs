//! Which bytes are still needed: a block's bytes go when no disk and no snapshot has the block any more.

use super::contents::{self, Run};
use crate::world::World;
use crate::world::bytes::stamp_at;
use crate::world::storage::Extents;

/// Contents gave way to others, or to none: forgets the bytes of blocks that nothing holds any more. Call it when the new
/// contents stand in their row, or the row is gone.
pub(crate) fn replaced(world: &mut World, old: &Extents, new: &Extents) {
    if !world.bytes.is_empty() {
        gone(world, contents::without(contents::runs(old), new));
    }
}

/// The same for these runs.
pub(crate) fn gone(world: &mut World, runs: Vec<Run>) {
    for (first, count, stamp) in runs {
        for block in world.bytes.blocks_of(stamp, first, first + count) {
            if !is_held(world, stamp, block) {
                world.bytes.forget_one(stamp, block);
            }
        }
    }
}

fn is_held(world: &World, stamp: u64, block: i64) -> bool {
    let in_runs = |runs: &[(i64, (i64, u64))]| {
        let mut runs = runs.iter();
        runs.any(|(first, (count, of))| *of == stamp && (*first..first + count).contains(&block))
    };
    world.regions.rows().any(|ec2| {
        let at = |contents: &Extents| stamp_at(contents, block) == Some(stamp);
        ec2.volumes.rows().any(|row| at(&row.contents))
            || ec2.snapshots.rows().any(|row| at(&row.contents))
            || ec2.instances.rows().any(|row| {
                in_runs(&row.guest.disks.root) || row.ephemeral.iter().any(|disk| in_runs(&disk.contents))
            })
    })
}

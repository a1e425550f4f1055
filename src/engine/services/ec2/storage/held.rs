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
            || ec2
                .instances
                .rows()
                .any(|row| in_runs(&row.guest.disks.root) || row.ephemeral.iter().any(|disk| in_runs(&disk.contents)))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
    use super::*;
    use crate::base::ids::{SnapshotId, VolumeId};
    use crate::base::time::Span;
    use crate::catalog::Region;
    use crate::clock;
    use crate::services::ec2::storage::snapshots::{self, begin, delete};
    use crate::services::ec2::storage::volumes::{self, NewVolume};
    use crate::world::Options;
    use crate::world::storage::{BLOCK_BYTES, Snapshot, Volume};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const HERE: Region = Region::US_EAST_1;
    /// Blocks that the acts touch, and bytes of each that are looked at.
    const BLOCKS: i64 = 6;
    const LOOKED: usize = 40;

    /// One thing that happens; numbers choose among what there is.
    #[derive(Clone, Debug)]
    enum Act {
        Write(usize, i64, usize, Vec<u8>),
        Fill(usize, i64, i64),
        Snapshot(usize),
        Delete(usize),
        Restore(usize),
        Copy(usize),
        Drop(usize),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let bytes = proptest::collection::vec(any::<u8>(), 1..12);
        let act = prop_oneof![
            3 => (0usize..8, 0..BLOCKS, 0usize..20, bytes).prop_map(|(which, block, at, bytes)| Act::Write(which, block, at, bytes)),
            1 => (0usize..8, 0..BLOCKS, 1i64..3).prop_map(|(which, first, count)| Act::Fill(which, first, count)),
            2 => (0usize..8).prop_map(Act::Snapshot),
            1 => (0usize..8).prop_map(Act::Delete),
            1 => (0usize..8).prop_map(Act::Restore),
            1 => (0usize..8).prop_map(Act::Copy),
            1 => (0usize..8).prop_map(Act::Drop),
        ];
        proptest::collection::vec(act, 0..30)
    }

    /// What is seen of a disk: the first bytes of each block.
    type Seen = BTreeMap<i64, Vec<u8>>;

    fn seen(world: &World, contents: &Extents) -> Seen {
        (0..BLOCKS)
            .map(|block| (block, world.bytes.read(contents, block * BLOCK_BYTES, LOOKED)))
            .collect()
    }

    fn of_volume(world: &World, id: VolumeId) -> Seen {
        seen(world, &world.row::<Volume>(HERE, id).unwrap().contents)
    }

    fn later(world: &mut World) {
        let until = world.now + Span::minutes(30);
        clock::advance(world, until, usize::MAX);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
        /// Content read back is content written, and no bytes are held that nothing needs.
        #[test]
        fn what_was_written_is_read_back(acts in acts()) {
            let mut world = World::new(Options::default());
            let new = NewVolume { size_gib: Some(1), ..NewVolume::new(HERE.zones().next().unwrap()) };
            let first = volumes::create(&mut world, HERE, new.clone()).unwrap();
            later(&mut world);
            let mut disks: Vec<(VolumeId, Seen)> = vec![(first, of_volume(&world, first))];
            let mut kept: Vec<(SnapshotId, Seen)> = Vec::new();
            for act in acts {
                match act {
                    Act::Write(which, block, at, bytes) if !disks.is_empty() => {
                        let place = which % disks.len();
                        let (id, truth) = &mut disks[place];
                        volumes::write_bytes(&mut world, HERE, *id, block * BLOCK_BYTES + at as i64, &bytes).unwrap();
                        truth.get_mut(&block).unwrap()[at..at + bytes.len()].copy_from_slice(&bytes);
                    }
                    Act::Fill(which, first, count) if !disks.is_empty() => {
                        let place = which % disks.len();
                        let (id, truth) = &mut disks[place];
                        volumes::write(&mut world, HERE, *id, first * BLOCK_BYTES, count * BLOCK_BYTES).unwrap();
                        let now = of_volume(&world, *id);
                        let filled = (first..first + count).filter(|block| *block < BLOCKS);
                        truth.extend(filled.map(|block| (block, now[&block].clone())));
                    }
                    Act::Snapshot(which) if !disks.is_empty() => {
                        let (id, truth) = &disks[which % disks.len()];
                        kept.push((begin(&mut world, HERE, *id, "").unwrap(), truth.clone()));
                    }
                    Act::Delete(which) if !kept.is_empty() => {
                        let (id, _) = kept.remove(which % kept.len());
                        delete(&mut world, HERE, id).unwrap();
                    }
                    Act::Restore(which) if !kept.is_empty() && disks.len() < 6 => {
                        let (id, truth) = kept[which % kept.len()].clone();
                        let of = NewVolume { snapshot: Some(id), ..new.clone() };
                        disks.push((volumes::create(&mut world, HERE, of).unwrap(), truth));
                    }
                    Act::Copy(which) if !kept.is_empty() => {
                        let (source, truth) = kept[which % kept.len()].clone();
                        let copy = snapshots::copy::NewCopy { from: HERE, source, description: None, encrypted: None, kms_key: None };
                        kept.push((snapshots::copy::begin(&mut world, HERE, copy).unwrap(), truth));
                    }
                    Act::Drop(which) if disks.len() > 1 => {
                        let (id, _) = disks.remove(which % disks.len());
                        volumes::begin_deletion(&mut world, HERE, id);
                    }
                    _ => {}
                }
                later(&mut world);
                for (id, truth) in &disks {
                    prop_assert_eq!(&of_volume(&world, *id), truth);
                }
                for (id, truth) in &kept {
                    prop_assert_eq!(&seen(&world, &world.row::<Snapshot>(HERE, *id).unwrap().contents), truth);
                }
                for (stamp, block) in world.bytes.places() {
                    prop_assert!(is_held(&world, stamp, block), "block {} of write {} is held for nothing", block, stamp);
                }
            }
        }
    }
}

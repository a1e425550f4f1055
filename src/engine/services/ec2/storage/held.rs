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
                .estate
                .others
                .as_ref()
                .is_some_and(|others| others.holds(stamp, block))
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
    /// Keys that copies are made under; without one they are as their source.
    const KEYS: [Option<&str>; 3] = [None, Some("alias/one"), Some("alias/two")];

    /// Where snapshots lie, and volumes are made of them.
    fn places() -> [Region; 3] {
        [
            HERE,
            Region::find("us-west-2").unwrap(),
            Region::find("eu-west-1").unwrap(),
        ]
    }
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
        Copy(usize, usize, usize),
        Archive(usize),
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
            2 => (0usize..8, 0usize..3, 0..KEYS.len()).prop_map(|(which, place, key)| Act::Copy(which, place, key)),
            1 => (0usize..8).prop_map(Act::Archive),
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

    fn of_volume(world: &World, (region, id): (Region, VolumeId)) -> Seen {
        seen(world, &world.row::<Volume>(region, id).unwrap().contents)
    }

    fn later(world: &mut World) {
        let until = world.now + Span::minutes(30);
        clock::advance(world, until, usize::MAX);
    }

    /// Lets acts happen, and looks at every disk and snapshot after each.
    fn hold(acts: Vec<Act>) -> Result<(), TestCaseError> {
        let mut world = World::new(Options::default());
        let new = NewVolume {
            size_gib: Some(1),
            ..NewVolume::new(HERE.zones().next().unwrap())
        };
        let first = volumes::create(&mut world, HERE, new.clone()).unwrap();
        later(&mut world);
        let mut disks: Vec<((Region, VolumeId), Seen)> = vec![((HERE, first), of_volume(&world, (HERE, first)))];
        let mut kept: Vec<((Region, SnapshotId), Seen)> = Vec::new();
        for act in acts {
            match act {
                Act::Write(which, block, at, bytes) if !disks.is_empty() => {
                    let place = which % disks.len();
                    let ((region, id), truth) = &mut disks[place];
                    volumes::write_bytes(&mut world, *region, *id, block * BLOCK_BYTES + at as i64, &bytes).unwrap();
                    truth.get_mut(&block).unwrap()[at..at + bytes.len()].copy_from_slice(&bytes);
                }
                Act::Fill(which, first, count) if !disks.is_empty() => {
                    let place = which % disks.len();
                    let ((region, id), truth) = &mut disks[place];
                    volumes::write(&mut world, *region, *id, first * BLOCK_BYTES, count * BLOCK_BYTES).unwrap();
                    let now = of_volume(&world, (*region, *id));
                    let filled = (first..first + count).filter(|block| *block < BLOCKS);
                    truth.extend(filled.map(|block| (block, now[&block].clone())));
                }
                Act::Snapshot(which) if !disks.is_empty() => {
                    let ((region, id), truth) = &disks[which % disks.len()];
                    kept.push(((*region, begin(&mut world, *region, *id, "").unwrap()), truth.clone()));
                }
                Act::Delete(which) if !kept.is_empty() => {
                    let ((region, id), _) = kept.remove(which % kept.len());
                    delete(&mut world, region, id).unwrap();
                }
                Act::Restore(which) if !kept.is_empty() && disks.len() < 6 => {
                    let ((region, id), truth) = kept[which % kept.len()].clone();
                    let of = NewVolume {
                        size_gib: Some(1),
                        snapshot: Some(id),
                        ..NewVolume::new(region.zones().next().unwrap())
                    };
                    disks.push(((region, volumes::create(&mut world, region, of).unwrap()), truth));
                }
                Act::Copy(which, place, key) if !kept.is_empty() => {
                    let ((from, source), truth) = kept[which % kept.len()].clone();
                    let kms_key = KEYS[key].map(str::to_owned);
                    let copy = snapshots::copy::NewCopy {
                        from,
                        source,
                        description: None,
                        minutes: None,
                        minutes: None,
                        encrypted: kms_key.is_some().then_some(true),
                        kms_key,
                    };
                    let to = places()[place];
                    kept.push(((to, snapshots::copy::begin(&mut world, to, copy).unwrap()), truth));
                }
                Act::Archive(which) if !kept.is_empty() => {
                    let (region, id) = kept[which % kept.len()].0;
                    snapshots::chain::leave(&mut world, region, id);
                }
                Act::Drop(which) if disks.len() > 1 => {
                    let ((region, id), _) = disks.remove(which % disks.len());
                    volumes::begin_deletion(&mut world, region, id);
                }
                _ => {}
            }
            later(&mut world);
            for (id, truth) in &disks {
                prop_assert_eq!(&of_volume(&world, *id), truth);
            }
            for ((region, id), truth) in &kept {
                prop_assert_eq!(
                    &seen(&world, &world.row::<Snapshot>(*region, *id).unwrap().contents),
                    truth
                );
            }
            for (stamp, block) in world.bytes.places() {
                prop_assert!(
                    is_held(&world, stamp, block),
                    "block {} of write {} is held for nothing",
                    block,
                    stamp
                );
            }
        }
        Ok(())
    }

    #[test]
    fn an_archived_snapshot_keeps_its_bytes_when_others_part_company() {
        let written = |byte| Act::Write(0, 0, 0, vec![byte]);
        let (snapshot, restore) = (Act::Snapshot(0), Act::Restore(0));
        hold(vec![
            written(1),
            snapshot.clone(),
            snapshot,
            Act::Delete(0),
            written(2),
            restore,
            Act::Archive(0),
        ])
        .unwrap();
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
        /// Content read back is content written, and no bytes are held that nothing needs.
        #[test]
        fn what_was_written_is_read_back(acts in acts()) {
            hold(acts)?;
        }
    }
}

//! Who holds which blocks. A snapshot is billed for the blocks that no elder one of its chain holds; when one goes, what
//! later ones need is billed to the eldest of them.
//!
//! A chain is a tree: a volume made of a snapshot continues its chain, beside what others make of it. When a snapshot is
//! removed, all that may share blocks through it line up by age: the eldest takes its place, each of the others comes
//! behind the one before (`adopted`). What one of the line has in common with others is then found along the line and
//! in what stands above its first. The property below holds this to a store that counts every block's holders.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html>

use crate::base::ids::{SnapshotId, VolumeId};
use crate::catalog::Region;
use crate::services::ec2::storage::contents::{self, Run, count, without};
use crate::services::ec2::storage::held;
use crate::world::World;
use crate::world::storage::{Extents, Snapshot, Volume};
use crate::world::usage::{Measure, Meter, Subject};
use std::collections::BTreeMap;
use stratus_model::sort;

/// Blocks that each snapshot of a Region is billed for, eldest first. In MiB: twice as many.
pub fn chain_bill(world: &World, region: Region) -> Vec<(SnapshotId, i64)> {
    let mut rows: Vec<&Snapshot> = world
        .ec2(region)
        .map(|ec2| ec2.snapshots.rows().collect())
        .unwrap_or_default();
    sort::by_key(&mut rows, |row| row.born);
    rows.into_iter()
        .map(|row| (row.id, own_blocks(world, region, row)))
        .collect()
}

/// Blocks of a snapshot that none of its ancestors holds: what had to be copied for it, and what it is billed for.
pub(super) fn own_blocks(world: &World, region: Region, row: &Snapshot) -> i64 {
    count(&beyond(world, region, &row.contents, row.parent, row.adopted))
}

/// What of these contents is not held from `parent` upwards.
fn beyond(
    world: &World,
    region: Region,
    contents: &Extents,
    mut parent: Option<SnapshotId>,
    mut adopted: bool,
) -> Vec<Run> {
    let mut left = contents::runs(contents);
    // A chain is finite and has no cycles: a parent is always elder, or was put there by a removal.
    while let Some(above) = parent.and_then(|id| world.row::<Snapshot>(region, id)) {
        left = without(left, &above.contents);
        if !adopted || left.is_empty() {
            break;
        }
        (parent, adopted) = (above.parent, above.adopted);
    }
    left
}

/// Sets the meter of a snapshot to so many blocks.
pub(super) fn meter(world: &mut World, region: Region, id: SnapshotId, blocks: i64) {
    let meter = Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure: Measure::SnapshotBlocks,
        rate: "standard".to_owned(),
        quantity: blocks,
        from: world.now,
        to: None,
    };
    world.usage.change(meter);
}

/// Sets the meter of a snapshot that stands for itself to all that it holds, at a tier's rate.
pub(super) fn meter_whole(world: &mut World, region: Region, id: SnapshotId, rate: &str) {
    let Some(row) = world.row::<Snapshot>(region, id) else {
        return;
    };
    let quantity = contents::blocks(&row.contents);
    world.usage.change(Meter {
        subject: Subject::Resource(id.into()),
        region,
        measure: Measure::SnapshotBlocks,
        rate: rate.to_owned(),
        quantity,
        from: world.now,
        to: None,
    });
}

/// Takes a snapshot out of its chain, into the archive: it stands for itself from then on, and what others need of it
/// is theirs.
pub(in super::super) fn leave(world: &mut World, region: Region, id: SnapshotId) {
    let Some(row) = world.row::<Snapshot>(region, id).cloned() else {
        return;
    };
    let place = (row.parent, row.adopted);
    // It never goes out of the world meanwhile: its bytes would be forgotten, where others part company.
    world.put(
        region,
        Snapshot {
            parent: None,
            adopted: false,
            ..row
        },
    );
    close_over(world, region, id, place);
    meter_whole(world, region, id, "archive");
}

/// Takes a snapshot away, closes the chain over it and moves its bill to those that need its blocks.
pub(super) fn remove(world: &mut World, region: Region, id: SnapshotId) {
    if let Some(gone) = world.take::<Snapshot>(region, id) {
        super::tiers::left_early(world, region, &gone);
        close_over(world, region, id, (gone.parent, gone.adopted));
        held::replaced(world, &gone.contents, &Extents::default());
    }
}

/// Closes the chain over a snapshot that stood in a place of it: behind this one, which adopted it or not.
fn close_over(world: &mut World, region: Region, id: SnapshotId, (mut above, mut adopted): (Option<SnapshotId>, bool)) {
    let now = world.now;
    super::fast::forget(world, region, id);
    world.usage.stop_all(&Subject::Resource(id.into()), now);
    let heirs = heirs(world, region, id);
    for heir in &heirs {
        world.update(region, *heir, |row: &mut Snapshot| {
            row.parent = above;
            row.adopted = adopted;
        });
        (above, adopted) = (Some(*heir), true);
    }
    // Volumes that were to be compared with the removed one, or with the end of the line, are compared with its end.
    for (place, volume) in orphans(world, region, id, &heirs).into_iter().enumerate() {
        world.update(region, volume, |row: &mut Volume| {
            row.chain = above;
            row.chain_adopted = adopted && above.is_some();
        });
        if place > 0 {
            part_company(world, region, volume);
        }
    }
    for heir in heirs {
        if let Some(blocks) = world
            .row::<Snapshot>(region, heir)
            .map(|row| own_blocks(world, region, row))
        {
            meter(world, region, heir, blocks);
        }
    }
}

/// What volumes had in common through a removed snapshot alone, each has to itself from now on: their next snapshots
/// copy it twice, so its blocks get stamps of their own.
fn part_company(world: &mut World, region: Region, id: VolumeId) {
    let Some(volume) = world.row::<Volume>(region, id) else {
        return;
    };
    let mut contents = volume.contents.clone();
    let lost = beyond(world, region, &volume.contents, volume.chain, volume.chain_adopted);
    let mut stamps: BTreeMap<u64, u64> = BTreeMap::new();
    for (first, count, old) in lost {
        let stamp = *stamps.entry(old).or_insert_with(|| world.birth());
        contents::write(&mut contents, first, count, stamp);
        world.bytes.carry(old, stamp, first, count);
    }
    let old = world.update(region, id, |row: &mut Volume| {
        std::mem::replace(&mut row.contents, contents.clone())
    });
    if let Some(old) = old {
        held::replaced(world, &old, &contents);
    }
}

/// All that may share blocks through a removed snapshot, eldest first: its children, and those that are adopted below
/// them.
fn heirs(world: &World, region: Region, id: SnapshotId) -> Vec<SnapshotId> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let children = |id: SnapshotId| {
        let range = (id, SnapshotId(0))..=(id, SnapshotId(u64::MAX));
        ec2.snapshot_children.range(range).map(|((_, child), ())| *child)
    };
    let mut all: Vec<SnapshotId> = children(id).collect();
    let mut at = 0;
    while let Some(id) = all.get(at).copied() {
        at += 1;
        all.extend(children(id).filter(|child| ec2.snapshots.get(child).is_some_and(|row| row.adopted)));
    }
    sort::by_key(&mut all, |id| ec2.snapshots.get(id).map(|row| row.born));
    all
}

/// The volumes whose next snapshot was to follow a removed one, or stands in line behind its heirs.
fn orphans(world: &World, region: Region, id: SnapshotId, heirs: &[SnapshotId]) -> Vec<VolumeId> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let of = |id: SnapshotId| {
        let range = (id, VolumeId(0))..=(id, VolumeId(u64::MAX));
        ec2.volumes_of_chain.range(range).map(|((_, volume), ())| *volume)
    };
    let in_line = |volume: &VolumeId| ec2.volumes.get(volume).is_some_and(|row| row.chain_adopted);
    let behind = heirs.iter().flat_map(|heir| of(*heir)).filter(in_line);
    let mut all: Vec<VolumeId> = of(id).chain(behind).collect();
    sort::by_key(&mut all, |id| ec2.volumes.get(id).map(|row| row.born));
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
    use super::*;
    use crate::base::time::{Span, Time};
    use crate::clock;
    use crate::services::ec2::storage::snapshots::block_map::{BlockMap, Holder};
    use crate::services::ec2::storage::snapshots::{begin, delete};
    use crate::services::ec2::storage::volumes::{self, NewVolume};
    use crate::world::Options;
    use crate::world::storage::BLOCK_BYTES;
    use proptest::prelude::*;

    const HERE: Region = Region::US_EAST_1;

    /// One thing that happens; numbers choose among what there is.
    #[derive(Clone, Debug)]
    enum Act {
        Write(usize, i64, i64),
        Snapshot(usize),
        Delete(usize),
        Restore(usize),
        Archive(usize),
        /// Within the Region, under a key where that is said.
        Copy(usize, bool),
        /// To another Region.
        Send(usize),
        /// Deletes there.
        Discard(usize),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let act = prop_oneof![
            (0usize..8, 0i64..12, 1i64..5).prop_map(|(which, first, count)| Act::Write(which, first, count)),
            (0usize..8).prop_map(Act::Snapshot),
            (0usize..8).prop_map(Act::Delete),
            (0usize..8).prop_map(Act::Restore),
            (0usize..8).prop_map(Act::Archive),
            (0usize..8, any::<bool>()).prop_map(|(which, under_key)| Act::Copy(which, under_key)),
            (0usize..8).prop_map(Act::Send),
            (0usize..8).prop_map(Act::Discard),
        ];
        proptest::collection::vec(act, 0..40)
    }

    /// The plain truth: every stored block is a thing of its own, with those that hold it, eldest first. A volume
    /// knows of each of its blocks which stored one is the same.
    #[derive(Default)]
    struct Store {
        holders: BTreeMap<u64, Vec<SnapshotId>>,
        volumes: Vec<BTreeMap<i64, Option<u64>>>,
        snapshots: BTreeMap<SnapshotId, BTreeMap<i64, u64>>,
        next: u64,
    }

    impl Store {
        fn snapshot(&mut self, volume: usize, id: SnapshotId) {
            let mut held = BTreeMap::new();
            for (block, known) in &mut self.volumes[volume] {
                let stored = known
                    .filter(|stored| self.holders.contains_key(stored))
                    .unwrap_or(self.next);
                self.next = self.next.max(stored + 1);
                *known = Some(stored);
                self.holders.entry(stored).or_default().push(id);
                held.insert(*block, stored);
            }
            self.snapshots.insert(id, held);
        }
        fn delete(&mut self, id: SnapshotId) {
            self.snapshots.remove(&id);
            self.holders.retain(|_, holders| {
                holders.retain(|holder| *holder != id);
                !holders.is_empty()
            });
        }
        /// It goes whole to where nobody shares a block with it.
        fn archive(&mut self, id: SnapshotId) {
            let blocks: Vec<i64> = self.snapshots[&id].keys().copied().collect();
            self.delete(id);
            let stored = |(place, block): (usize, &i64)| (*block, self.next + place as u64);
            let held: BTreeMap<i64, u64> = blocks.iter().enumerate().map(stored).collect();
            self.next += blocks.len() as u64;
            self.holders.extend(held.values().map(|stored| (*stored, vec![id])));
            self.snapshots.insert(id, held);
        }
        /// A copy: with the key of its source it needs nothing, with another it is whole.
        fn copy(&mut self, source: SnapshotId, id: SnapshotId, same_key: bool) {
            let held = self.snapshots[&source].clone();
            for stored in held.values() {
                self.holders.entry(*stored).or_default().push(id);
            }
            self.snapshots.insert(id, held);
            if !same_key {
                self.archive(id);
            }
        }
        /// A copy out of another Region: what the copy before, of the same volume, has alike is there already.
        fn receive(
            &mut self,
            id: SnapshotId,
            before: Option<&(SnapshotId, BTreeMap<i64, u64>)>,
            seen: &BTreeMap<i64, u64>,
        ) {
            let mut held = BTreeMap::new();
            for (block, print) in seen {
                let known = before.filter(|(_, prints)| prints.get(block) == Some(print));
                let stored = known.map_or(self.next, |(elder, _)| self.snapshots[elder][block]);
                self.next = self.next.max(stored + 1);
                self.holders.entry(stored).or_default().push(id);
                held.insert(*block, stored);
            }
            self.snapshots.insert(id, held);
        }
        fn billed(&self, id: SnapshotId) -> i64 {
            self.holders
                .values()
                .filter(|holders| holders.first() == Some(&id))
                .count() as i64
        }
    }

    /// What a snapshot is of: its volume, how far that had come, its key; whether it went to the archive.
    #[derive(Clone, Copy)]
    struct Of {
        volume: usize,
        age: usize,
        key: Key,
        archived: bool,
    }

    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Key {
        None,
        Named,
        Usual,
    }

    /// A copy, and what its blocks look like.
    type Sent = (SnapshotId, BTreeMap<i64, u64>);

    /// The other Region: copies in the order of their making, each with what its blocks look like.
    #[derive(Default)]
    struct Abroad {
        store: Store,
        kept: Vec<(Of, Sent)>,
    }

    impl Abroad {
        /// Sends a snapshot there, where no later one of its volume was sent before: a block that has changed never looks again
        /// as it did.
        fn send(&mut self, world: &mut World, source: SnapshotId, of: Of, there: Region) {
            let like = |other: &Of| other.volume == of.volume && (other.key == Key::None) == (of.key == Key::None);
            if self
                .kept
                .iter()
                .any(|(other, _)| other.volume == of.volume && other.age > of.age)
            {
                return;
            }
            let contents = world.row::<Snapshot>(HERE, source).unwrap().contents.clone();
            let print = |block: i64| Some((block, crate::world::bytes::stamp_at(&contents, block)?));
            let seen: BTreeMap<i64, u64> = (0..20).filter_map(print).collect();
            let id = copied(world, there, source, None);
            let before = self
                .kept
                .iter()
                .rev()
                .find(|(other, _)| like(other))
                .map(|(_, copy)| copy.clone());
            self.store.receive(id, before.as_ref(), &seen);
            self.kept.push((of, (id, seen)));
        }
    }

    fn copied(world: &mut World, to: Region, source: SnapshotId, key: Option<&str>) -> SnapshotId {
        let copy = super::super::copy::NewCopy {
            from: HERE,
            source,
            description: None,
            minutes: None,
            encrypted: key.map(|_| true),
            kms_key: key.map(str::to_owned),
        };
        super::super::copy::begin(world, to, copy).unwrap()
    }

    /// Every block of the map is kept where the store has its first holder, and would go to the second.
    fn map_is_true(map: &BlockMap, truth: &Store, kept: &[SnapshotId]) -> Result<(), TestCaseError> {
        for id in kept.iter().filter(|id| map.lane(Holder::Snapshot(**id)).is_some()) {
            for (block, stored) in &truth.snapshots[id] {
                let holders = &truth.holders[stored];
                let told = map
                    .at(*block)
                    .into_iter()
                    .find(|told| told.readers.contains(&Holder::Snapshot(*id)))
                    .unwrap();
                prop_assert_eq!(told.keeper, holders.first().copied(), "who keeps block {}", block);
                prop_assert_eq!(
                    told.heir(),
                    holders.get(1).copied(),
                    "who would be next at block {}",
                    block
                );
            }
        }
        Ok(())
    }

    fn later(world: &mut World) {
        let until = world.now + Span::minutes(10);
        clock::advance(world, until, usize::MAX);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        /// What all snapshots are billed for is what is stored, each block once.
        #[test]
        fn every_stored_block_is_billed_once(acts in acts()) {
            let mut world = World::new(Options { start: Time::START, ..Options::default() });
            let mut truth = Store { next: 1, ..Store::default() };
            let new = NewVolume { size_gib: Some(1), ..NewVolume::new(HERE.zones().next().unwrap()) };
            let mut disks = vec![volumes::create(&mut world, HERE, new.clone()).unwrap()];
            truth.volumes.push(BTreeMap::new());
            let mut kept: Vec<SnapshotId> = Vec::new();
            let mut of: BTreeMap<SnapshotId, Of> = BTreeMap::new();
            let (mut keys, there, mut abroad) = (vec![Key::None], Region::find("eu-west-1").unwrap(), Abroad::default());
            later(&mut world);
            for (age, act) in acts.into_iter().enumerate() {
                match act {
                    Act::Write(which, first, count) => {
                        let which = which % disks.len();
                        volumes::write(&mut world, HERE, disks[which], first * BLOCK_BYTES, count * BLOCK_BYTES).unwrap();
                        truth.volumes[which].extend((first..first + count).map(|block| (block, None)));
                    }
                    Act::Snapshot(which) => {
                        let which = which % disks.len();
                        let id = begin(&mut world, HERE, disks[which], "").unwrap();
                        truth.snapshot(which, id);
                        of.insert(id, Of { volume: which, age, key: keys[which], archived: false });
                        kept.push(id);
                    }
                    Act::Delete(which) if !kept.is_empty() => {
                        let id = kept.remove(which % kept.len());
                        delete(&mut world, HERE, id).unwrap();
                        truth.delete(id);
                    }
                    Act::Restore(which) if !kept.is_empty() && disks.len() < 6 => {
                        let id = kept[which % kept.len()];
                        let restored = NewVolume { snapshot: Some(id), ..new.clone() };
                        disks.push(volumes::create(&mut world, HERE, restored).unwrap());
                        keys.push(of[&id].key);
                        truth.volumes.push(truth.snapshots[&id].iter().map(|(block, stored)| (*block, Some(*stored))).collect());
                    }
                    Act::Archive(which) if !kept.is_empty() => {
                        let id = kept[which % kept.len()];
                        leave(&mut world, HERE, id);
                        truth.archive(id);
                        of.get_mut(&id).unwrap().archived = true;
                    }
                    Act::Copy(which, under_key) if kept.get(which).is_some_and(|id| !of[id].archived) => {
                        let source = kept[which];
                        let id = copied(&mut world, HERE, source, under_key.then_some("alias/one"));
                        let old = of[&source].key;
                        let key = match (under_key, old) {
                            (true, _) => Key::Named,
                            (false, Key::None) => Key::None,
                            (false, _) => Key::Usual,
                        };
                        truth.copy(source, id, key == old);
                        of.insert(id, Of { key, ..of[&source] });
                        kept.push(id);
                    }
                    Act::Send(which) if kept.get(which).is_some_and(|id| !of[id].archived) => {
                        abroad.send(&mut world, kept[which], of[&kept[which]], there);
                    }
                    Act::Discard(which) if which < abroad.kept.len() => {
                        let (_, (id, _)) = abroad.kept.remove(which);
                        delete(&mut world, there, id).unwrap();
                        abroad.store.delete(id);
                    }
                    _ => {}
                }
                later(&mut world);
                let bill = chain_bill(&world, there);
                let expected: Vec<(SnapshotId, i64)> = bill.iter().map(|(id, _)| (*id, abroad.store.billed(*id))).collect();
                prop_assert_eq!(bill.iter().map(|(_, blocks)| blocks).sum::<i64>(), abroad.store.holders.len() as i64);
                prop_assert_eq!(bill, expected, "in the other Region");
                let bill = chain_bill(&world, HERE);
                let expected: Vec<(SnapshotId, i64)> = bill.iter().map(|(id, _)| (*id, truth.billed(*id))).collect();
                let total: i64 = bill.iter().map(|(_, blocks)| blocks).sum();
                prop_assert_eq!(total, truth.holders.len() as i64);
                prop_assert_eq!(&bill, &expected);
                for (id, blocks) in &bill {
                    let map = BlockMap::of(&world, HERE, Holder::Snapshot(*id)).unwrap();
                    prop_assert_eq!(map.lane(Holder::Snapshot(*id)).unwrap().own(), *blocks, "what the map says that it keeps");
                    map_is_true(&map, &truth, &kept)?;
                    let key = (Subject::Resource((*id).into()), Measure::SnapshotBlocks);
                    let metered = world.usage.running.get(&key).and_then(|number| world.usage.meters.get(number));
                    prop_assert_eq!(metered.map_or(0, |meter| meter.quantity), *blocks);
                }
            }
        }
    }
}

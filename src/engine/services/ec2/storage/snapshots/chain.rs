//! Who holds which blocks. A snapshot is billed for the blocks that no elder one of its chain holds; when one goes, what
//! later ones need is billed to the eldest of them.
//!
//! A chain is a tree: a volume made of a snapshot continues its chain, beside what others make of it. When a snapshot is
//! removed, its eldest child takes its place and the others line up behind that child (`adopted`): they share with it
//! what they had in common through the removed one, and with the removed one's own ancestors the rest.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html>

use crate::base::ids::{SnapshotId, VolumeId};
use crate::catalog::Region;
use crate::services::ec2::storage::contents::{self, count, without};
use crate::world::World;
use crate::world::storage::{Snapshot, Volume};
use crate::world::usage::{Measure, Meter, Subject};

/// Blocks that each snapshot of a Region is billed for, eldest first. In MiB: twice as many.
pub fn chain_bill(world: &World, region: Region) -> Vec<(SnapshotId, i64)> {
    let mut rows: Vec<&Snapshot> = world
        .ec2(region)
        .map(|ec2| ec2.snapshots.rows().collect())
        .unwrap_or_default();
    rows.sort_by_key(|row| row.born);
    rows.into_iter()
        .map(|row| (row.id, own_blocks(world, region, row)))
        .collect()
}

/// Blocks of a snapshot that none of its ancestors holds: what had to be copied for it, and what it is billed for.
pub(super) fn own_blocks(world: &World, region: Region, row: &Snapshot) -> i64 {
    let mut left = contents::runs(&row.contents);
    let (mut parent, mut adopted) = (row.parent, row.adopted);
    // A chain is finite and has no cycles: a parent is always elder, or was put there by a removal.
    while let Some(above) = parent.and_then(|id| world.row::<Snapshot>(region, id)) {
        left = without(left, &above.contents);
        if !adopted || left.is_empty() {
            break;
        }
        (parent, adopted) = (above.parent, above.adopted);
    }
    count(&left)
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

/// Takes a snapshot away, closes the chain over it and moves its bill to those that need its blocks.
pub(super) fn remove(world: &mut World, region: Region, id: SnapshotId) {
    let Some(gone) = world.take::<Snapshot>(region, id) else {
        return;
    };
    let now = world.now;
    world.usage.stop_all(&Subject::Resource(id.into()), now);
    let heirs = children(world, region, id);
    let (mut above, mut adopted) = (gone.parent, gone.adopted);
    for heir in &heirs {
        world.update(region, *heir, |row: &mut Snapshot| {
            row.parent = above;
            row.adopted = adopted;
        });
        (above, adopted) = (Some(*heir), true);
    }
    // Volumes that were to be compared with the removed one are compared with what is left of it.
    for volume in volumes(world, region, id) {
        world.update(region, volume, |row: &mut Volume| {
            row.chain = above;
            row.chain_adopted = adopted && above.is_some();
        });
    }
    for affected in with_adopted(world, region, heirs) {
        if let Some(blocks) = world
            .row::<Snapshot>(region, affected)
            .map(|row| own_blocks(world, region, row))
        {
            meter(world, region, affected, blocks);
        }
    }
}

/// These and all that are adopted below them: their way up leads past the removed one.
fn with_adopted(world: &World, region: Region, heirs: Vec<SnapshotId>) -> Vec<SnapshotId> {
    let mut all = heirs;
    let mut at = 0;
    while let Some(id) = all.get(at).copied() {
        at += 1;
        for child in children(world, region, id) {
            let adopted = world.row::<Snapshot>(region, child).is_some_and(|row| row.adopted);
            if adopted && !all.contains(&child) {
                all.push(child);
            }
        }
    }
    all
}

/// The snapshots that come next after one in its chain, eldest first.
fn children(world: &World, region: Region, id: SnapshotId) -> Vec<SnapshotId> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let range = (id, SnapshotId(0))..=(id, SnapshotId(u64::MAX));
    let mut children: Vec<SnapshotId> = ec2
        .snapshot_children
        .range(range)
        .map(|((_, child), ())| *child)
        .collect();
    children.sort_by_key(|child| ec2.snapshots.get(child).map(|row| row.born));
    children
}

/// The volumes whose newest snapshot is this one.
fn volumes(world: &World, region: Region, id: SnapshotId) -> Vec<VolumeId> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let range = (id, VolumeId(0))..=(id, VolumeId(u64::MAX));
    ec2.volumes_of_chain
        .range(range)
        .map(|((_, volume), ())| *volume)
        .collect()
}

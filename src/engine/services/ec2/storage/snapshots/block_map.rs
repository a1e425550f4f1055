//! The block map: which block of a volume and its snapshots lies where, who reads it and who is billed for it. It tells of
//! a world what [`chain`](super::chain) bills, block by block; nothing is changed here.

use crate::base::ids::{ResourceId, SnapshotId, VolumeId};
use crate::catalog::Region;
use crate::services::ec2::storage::contents::{self, GIB_BLOCKS, Run, without};
use crate::world::World;
use crate::world::storage::{Extents, Snapshot, Volume};
use std::collections::{BTreeMap, BTreeSet};
use stratus_model::sort;

/// Most lanes of one map; what lies farther from where it began is counted only.
pub const LANES: usize = 64;

/// What has blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A snapshot: its blocks are in S3, in a bucket of AWS's own.
    Snapshot(SnapshotId),
    /// A volume: its blocks are on disks of its zone.
    Volume(VolumeId),
}

impl From<Holder> for ResourceId {
    fn from(holder: Holder) -> ResourceId {
        match holder {
            Holder::Snapshot(id) => id.into(),
            Holder::Volume(id) => id.into(),
        }
    }
}

/// Consecutive blocks that came from one write and are kept in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first block, in blocks of 512 KiB from the volume's beginning.
    pub first: i64,
    /// How many blocks.
    pub count: i64,
    /// The write they came from.
    pub stamp: u64,
    /// The snapshot that keeps them and is billed for them; `None`: they are on a volume alone.
    pub keeper: Option<SnapshotId>,
}

/// A volume or a snapshot, with its blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Whose.
    pub holder: Holder,
    /// Size of the volume, in blocks.
    pub size: i64,
    /// What it would read, by place; never overlapping.
    pub pieces: Vec<Piece>,
    /// When it was made among all.
    born: u64,
}

/// Blocks of one lane that are drawn together: from, to, both in parts of the window; who keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Where it begins, in parts.
    pub from: i64,
    /// Where it ends, in parts.
    pub to: i64,
    /// Who keeps the blocks.
    pub keeper: Option<SnapshotId>,
}

impl Lane {
    /// Blocks that it can read: those that were written.
    pub fn written(&self) -> i64 {
        self.pieces.iter().map(|piece| piece.count).sum()
    }

    /// Blocks that this one keeps: what a snapshot is billed for; of a volume what no snapshot has.
    pub fn own(&self) -> i64 {
        let own = self.pieces.iter().filter(|piece| self.keeps(piece.keeper));
        own.map(|piece| piece.count).sum()
    }

    /// Whether blocks of this keeper are its own.
    pub fn keeps(&self, keeper: Option<SnapshotId>) -> bool {
        match self.holder {
            Holder::Snapshot(id) => keeper == Some(id),
            Holder::Volume(_) => keeper.is_none(),
        }
    }

    /// The piece that a block is in.
    pub fn piece(&self, block: i64) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.first <= block);
        let piece = self.pieces.get(after.checked_sub(1)?)?;
        (block < piece.first + piece.count).then_some(piece)
    }

    /// What to draw of the blocks from `first` on, `count` of them, in so many cells of `part` parts each. Within a cell
    /// each keeper has the share that it has of the cell's blocks; cells that are full of one keeper's are one band. The
    /// work is that of the pieces in the window and the cells, whatever the volume's size.
    pub fn bands(&self, first: i64, count: i64, cells: i64, part: i64) -> Vec<Band> {
        let (count, cells) = (count.max(1), cells.clamp(1, count.max(1)));
        let edge = |cell: i64| first + (i128::from(cell) * i128::from(count) / i128::from(cells)) as i64;
        let mut bands: Vec<Band> = Vec::new();
        let mut at = self.pieces.partition_point(|piece| piece.first + piece.count <= first);
        let mut shares: Vec<(Option<SnapshotId>, i64)> = Vec::new();
        for cell in 0..cells {
            let (start, end) = (edge(cell), edge(cell + 1));
            shares.clear();
            while let Some(piece) = self.pieces.get(at).filter(|piece| piece.first < end) {
                let within = (piece.first + piece.count).min(end) - piece.first.max(start);
                match shares.last_mut() {
                    Some((keeper, blocks)) if *keeper == piece.keeper => *blocks += within,
                    _ => shares.push((piece.keeper, within)),
                }
                if piece.first + piece.count > end {
                    break;
                }
                at += 1;
            }
            draw_cell(&mut bands, cell * part, part, end - start, &mut shares);
        }
        bands
    }
}

/// A cell with more keepers than this shows those that have most of it.
const SHARES: usize = 4;

/// Appends a cell's shares, each as wide as it has blocks, at least one part.
fn draw_cell(bands: &mut Vec<Band>, from: i64, part: i64, blocks: i64, shares: &mut Vec<(Option<SnapshotId>, i64)>) {
    if shares.len() > SHARES {
        let mut sums: BTreeMap<Option<SnapshotId>, i64> = BTreeMap::new();
        for (keeper, blocks) in shares.iter() {
            *sums.entry(*keeper).or_default() += blocks;
        }
        *shares = sums.into_iter().collect();
        sort::by_key(shares, |(_, blocks)| -blocks);
        shares.truncate(SHARES);
    }
    let mut at = from;
    for (keeper, share) in shares.iter() {
        let width = (share * part / blocks.max(1)).max(1);
        let to = (at + width).min(from + part);
        match bands.last_mut() {
            Some(last) if last.to == at && last.keeper == *keeper => last.to = to,
            _ => bands.push(Band {
                from: at,
                to,
                keeper: *keeper,
            }),
        }
        at = to;
    }
}

/// One stored block, of those that lie at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The snapshot that keeps it and is billed for it; `None`: it is on a volume alone.
    pub keeper: Option<SnapshotId>,
    /// All that read it, eldest first, snapshots before volumes.
    pub readers: Vec<Holder>,
}

impl Stored {
    /// The snapshot that would be billed for it if its keeper were deleted; `None`: it would be let go, or is in no snapshot.
    pub fn heir(&self) -> Option<SnapshotId> {
        self.readers.iter().find_map(|reader| match reader {
            Holder::Snapshot(id) if self.keeper.is_some() && Some(*id) != self.keeper => Some(*id),
            _ => None,
        })
    }
}

/// A volume or snapshot with all that shares blocks with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockMap {
    /// Snapshots, eldest first, then volumes, eldest first.
    pub lanes: Vec<Lane>,
    /// The largest size, in blocks.
    pub size: i64,
    /// How many lanes were left out, over [`LANES`].
    pub left_out: usize,
}

impl BlockMap {
    /// The map of all that is of one chain with this; `None` where it is not there.
    pub fn of(world: &World, region: Region, start: Holder) -> Option<BlockMap> {
        let family = family(world, region, start)?;
        let mut snapshots: Vec<&Snapshot> = Vec::new();
        let mut volumes: Vec<&Volume> = Vec::new();
        for holder in &family {
            match holder {
                Holder::Snapshot(id) => snapshots.extend(world.row::<Snapshot>(region, *id)),
                Holder::Volume(id) => volumes.extend(world.row::<Volume>(region, *id)),
            }
        }
        sort::by_key(&mut snapshots, |row| row.born);
        sort::by_key(&mut volumes, |row| row.born);
        let mut kept: BTreeMap<SnapshotId, Vec<Piece>> = BTreeMap::new();
        let mut lanes = Vec::new();
        // A parent may be younger than a child, where it was put there by a removal: so not simply by age.
        for row in in_line(&snapshots) {
            let pieces = keepers(
                world,
                region,
                &row.contents,
                (row.parent, row.adopted),
                &kept,
                Some(row.id),
            );
            kept.insert(row.id, pieces.clone());
            lanes.push(lane(Holder::Snapshot(row.id), row.born, row.size_gib, pieces));
        }
        sort::by_key(&mut lanes, |lane| lane.born);
        for row in volumes {
            let pieces = keepers(
                world,
                region,
                &row.contents,
                (row.chain, row.chain_adopted),
                &kept,
                None,
            );
            lanes.push(lane(Holder::Volume(row.id), row.born, row.size_gib, pieces));
        }
        let left_out = lanes.len().saturating_sub(LANES);
        // The newest stay: what is asked about is most often there.
        lanes.drain(..left_out);
        let size = lanes.iter().map(|lane| lane.size).max().unwrap_or(0);
        Some(BlockMap { lanes, size, left_out })
    }

    /// What lies at one place of the volume, by who keeps it.
    pub fn at(&self, block: i64) -> Vec<Stored> {
        let mut stored: Vec<((u64, Option<SnapshotId>), Stored)> = Vec::new();
        for lane in &self.lanes {
            let Some(piece) = lane.piece(block) else { continue };
            let key = (piece.stamp, piece.keeper);
            match stored.iter_mut().find(|(known, _)| *known == key) {
                // What is on volumes alone is on each by itself.
                Some((_, one)) if piece.keeper.is_some() => one.readers.push(lane.holder),
                _ => stored.push((
                    key,
                    Stored {
                        keeper: piece.keeper,
                        readers: vec![lane.holder],
                    },
                )),
            }
        }
        stored.into_iter().map(|(_, one)| one).collect()
    }

    /// A lane.
    pub fn lane(&self, holder: Holder) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.holder == holder)
    }
}

fn lane(holder: Holder, born: u64, size_gib: i64, pieces: Vec<Piece>) -> Lane {
    Lane {
        holder,
        size: size_gib * GIB_BLOCKS,
        pieces,
        born,
    }
}

/// Each after its parent.
fn in_line<'a>(snapshots: &[&'a Snapshot]) -> Vec<&'a Snapshot> {
    let mut placed: BTreeSet<SnapshotId> = BTreeSet::new();
    let mut out: Vec<&Snapshot> = Vec::new();
    let ids: BTreeSet<SnapshotId> = snapshots.iter().map(|row| row.id).collect();
    let mut left: Vec<&Snapshot> = snapshots.to_vec();
    while !left.is_empty() {
        let before = left.len();
        left.retain(|row| {
            let ready = row
                .parent
                .is_none_or(|parent| placed.contains(&parent) || !ids.contains(&parent));
            if ready {
                placed.insert(row.id);
                out.push(row);
            }
            !ready
        });
        // A chain has no cycle; were there one, its rows would stand for themselves.
        if left.len() == before {
            out.append(&mut left);
        }
    }
    out
}

/// The blocks, each with who keeps it: found in what stands above, as [`chain`](super::chain) does, or its own.
fn keepers(
    world: &World,
    region: Region,
    contents: &Extents,
    (mut parent, mut adopted): (Option<SnapshotId>, bool),
    kept: &BTreeMap<SnapshotId, Vec<Piece>>,
    own: Option<SnapshotId>,
) -> Vec<Piece> {
    let mut left = contents::runs(contents);
    let mut out: Vec<Piece> = Vec::new();
    while let Some(above) = parent.and_then(|id| world.row::<Snapshot>(region, id)) {
        if let Some(pieces) = kept.get(&above.id) {
            in_common(&left, pieces, &mut out);
        }
        left = without(left, &above.contents);
        if !adopted || left.is_empty() {
            break;
        }
        (parent, adopted) = (above.parent, above.adopted);
    }
    out.extend(left.into_iter().map(|(first, count, stamp)| Piece {
        first,
        count,
        stamp,
        keeper: own,
    }));
    sort::by_key(&mut out, |piece| piece.first);
    out
}

/// Appends what of `runs` is the same in `pieces`, with their keepers. Both are sorted and free of overlaps.
fn in_common(runs: &[Run], pieces: &[Piece], out: &mut Vec<Piece>) {
    let mut at = 0;
    for (first, count, stamp) in runs {
        let end = first + count;
        while pieces.get(at).is_some_and(|piece| piece.first + piece.count <= *first) {
            at += 1;
        }
        for piece in pieces.iter().skip(at).take_while(|piece| piece.first < end) {
            if piece.stamp == *stamp {
                let start = piece.first.max(*first);
                out.push(Piece {
                    first: start,
                    count: (piece.first + piece.count).min(end) - start,
                    ..*piece
                });
            }
        }
    }
}

/// All that is of one chain with this, through parents, children and volumes.
fn family(world: &World, region: Region, start: Holder) -> Option<BTreeSet<Holder>> {
    let ec2 = world.ec2(region)?;
    match start {
        Holder::Snapshot(id) => ec2.snapshots.get(&id).map(|_| ())?,
        Holder::Volume(id) => ec2.volumes.get(&id).map(|_| ())?,
    }
    let mut found = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(holder) = open.pop() {
        let mut near: Vec<Holder> = Vec::new();
        match holder {
            Holder::Volume(id) => near.extend(ec2.volumes.get(&id).and_then(|row| row.chain).map(Holder::Snapshot)),
            Holder::Snapshot(id) => {
                near.extend(ec2.snapshots.get(&id).and_then(|row| row.parent).map(Holder::Snapshot));
                let children = (id, SnapshotId(0))..=(id, SnapshotId(u64::MAX));
                near.extend(
                    ec2.snapshot_children
                        .range(children)
                        .map(|((_, child), ())| Holder::Snapshot(*child)),
                );
                let volumes = (id, VolumeId(0))..=(id, VolumeId(u64::MAX));
                near.extend(
                    ec2.volumes_of_chain
                        .range(volumes)
                        .map(|((_, volume), ())| Holder::Volume(*volume)),
                );
            }
        }
        open.extend(near.into_iter().filter(|holder| found.insert(*holder)));
    }
    Some(found)
}

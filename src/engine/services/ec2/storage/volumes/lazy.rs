//! How the blocks of a snapshot come to a volume that was made of it: those that are read at once come one by one from S3 and
//! slowly, the others in the background; with fast restores all are there from the start.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html>
//!
//! In which order the background brings them AWS does not say; here some megabytes at a time, all over the volume (ours).
//! Nothing is kept of it but what was read before it came: all else follows from the time that has passed.

use super::contents::{blocks, runs_within};
use super::types;
use crate::base::ids::VolumeId;
use crate::base::random::{GOLDEN, finalised};
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::ec2::storage::files::disks::merge;
use crate::world::World;
use crate::world::storage::{BLOCK_BYTES, Volume};

/// MiB/s in the background where no rate was asked for (AWS names none; this is ours).
const BACKGROUND: i64 = 50;
/// MiB/s of a first read (ours).
pub const FIRST_READ: i64 = 20;
/// Blocks that come together: 4 MiB (ours).
const CHUNK: i64 = 8;
/// Parts that the whole way is told in.
const PARTS: i64 = 10_000;

/// How far a volume has got.
pub(crate) struct Loading {
    /// `default`, `provisioned-rate`.
    pub kind: &'static str,
    /// Percent.
    pub percent: i64,
    /// Seconds that are left, where a rate was asked for.
    pub left: Option<i64>,
}

/// Milliseconds that the background takes for a volume.
fn whole(row: &Volume) -> i64 {
    match row.initialization_rate {
        // The whole volume at so many MiB/s.
        Some(rate) => (row.size_gib.saturating_mul(1_024_000) / rate.max(1)).max(1),
        None if row.fast_restored => 1,
        None => {
            let mib = (blocks(&row.contents) * BLOCK_BYTES) >> 20;
            (mib.saturating_mul(1_000) / BACKGROUND).max(1)
        }
    }
}

/// How much of the way is over, in so many parts.
fn past(now: Time, row: &Volume, parts: i64) -> i64 {
    let whole = whole(row);
    if row.fast_restored && row.initialization_rate.is_none() {
        return parts;
    }
    (now - row.created).0.clamp(0, whole).saturating_mul(parts) / whole
}

/// How far the blocks of a volume's snapshot have come; `None` for a volume that was not made of one.
pub(crate) fn loading(now: Time, row: &Volume) -> Option<Loading> {
    row.snapshot?;
    let whole = whole(row);
    let gone = (now - row.created).0.clamp(0, whole);
    let rate = row.initialization_rate;
    Some(Loading {
        kind: if rate.is_some() { "provisioned-rate" } else { "default" },
        percent: past(now, row, 100),
        left: rate.map(|_| (whole - gone + 999) / 1_000),
    })
}

/// Blocks of a stretch, by where they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Of the snapshot, and on the volume already.
    pub here: i64,
    /// Of the snapshot, and still in S3 only.
    pub waiting: i64,
    /// Written since the volume was made: nothing of the snapshot is needed for them.
    pub written: i64,
}

impl Share {
    fn add(&mut self, other: Share) {
        self.here += other.here;
        self.waiting += other.waiting;
        self.written += other.written;
    }
}

/// When the background brings a chunk, in parts of its way.
fn turn(volume: VolumeId, chunk: i64) -> i64 {
    let seed = volume.0.wrapping_add((chunk as u64).wrapping_mul(GOLDEN));
    (finalised(seed) % PARTS as u64) as i64
}

/// What is where of the blocks from `first` on. The work is that of the chunks in the stretch.
pub fn share(world: &World, row: &Volume, first: i64, count: i64) -> Share {
    share_at(world, row, past(world.now, row, PARTS), first, count)
}

/// [`share`] when so many parts of the background's way are over.
fn share_at(world: &World, row: &Volume, over: i64, first: i64, count: i64) -> Share {
    let mut out = Share::default();
    let of_snapshot = |stamp: u64| {
        let origin = world.bytes.origin(stamp);
        // The upper half of all stamps is the catalogue's; others are counted up.
        row.snapshot.is_some() && (origin >> 63 == 1 || origin < row.born)
    };
    let read = |chunk: i64| {
        let after = row.fetched.partition_point(|(start, _)| *start <= chunk);
        let range = after.checked_sub(1).and_then(|at| row.fetched.get(at));
        range.is_some_and(|(start, count)| chunk < start + count)
    };
    for (at, length, stamp) in runs_within(&row.contents, first, first.saturating_add(count)) {
        if !of_snapshot(stamp) {
            out.written += length;
            continue;
        }
        if over >= PARTS {
            out.here += length;
            continue;
        }
        let end = at + length;
        let mut place = at;
        while place < end {
            let chunk = place.div_euclid(CHUNK);
            let next = ((chunk + 1) * CHUNK).min(end);
            if turn(row.id, chunk) < over || read(chunk) {
                out.here += next - place;
            } else {
                out.waiting += next - place;
            }
            place = next;
        }
    }
    out
}

/// A volume on the way from its snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restoring {
    /// All its blocks.
    pub all: Share,
    /// The same, cut into equal stretches.
    pub cells: Vec<Share>,
    /// When the background will have brought all.
    pub ends: Time,
    /// Whether fast restores were on for its snapshot, in its zone, when it was made.
    pub fast: bool,
    /// MiB/s that were asked for, and are paid for.
    pub rate: Option<i64>,
    /// Milliseconds that reading the whole volume takes now, and what it takes once all is there.
    pub read_millis: (i64, i64),
}

/// What of a volume is there, in so many cells; `None` for one that was not made of a snapshot.
pub fn restoring(world: &World, region: Region, id: VolumeId, cells: i64) -> Option<Restoring> {
    let row = world.row::<Volume>(region, id)?;
    row.snapshot?;
    let size = (row.size_gib << 30) / BLOCK_BYTES;
    let cells = cells.clamp(1, size.max(1));
    let edge = |cell: i64| (i128::from(cell) * i128::from(size) / i128::from(cells)) as i64;
    let over = past(world.now, row, PARTS);
    let cells: Vec<Share> = (0..cells)
        .map(|cell| share_at(world, row, over, edge(cell), edge(cell + 1) - edge(cell)))
        .collect();
    let mut all = Share::default();
    cells.iter().for_each(|cell| all.add(*cell));
    let bytes = row.size_gib << 30;
    Some(Restoring {
        all,
        cells,
        ends: row.created + Span(whole(row)),
        fast: row.fast_restored,
        rate: row.initialization_rate,
        read_millis: (reading(row, bytes, all.waiting, None), pace(row).millis(bytes, None)),
    })
}

/// How fast a volume is whose blocks are there.
fn pace(row: &Volume) -> types::Pace {
    types::pace(&row.volume_type, row.size_gib, row.iops, row.throughput)
}

/// Milliseconds that so many bytes take at so many a second.
pub(crate) fn millis(bytes: i64, a_second: i64) -> i64 {
    let millis = i128::from(bytes) * 1_000 / i128::from(a_second.max(1));
    i64::try_from(millis).unwrap_or(i64::MAX)
}

/// Milliseconds that reading so many bytes takes when so many of their blocks are still in S3: whole blocks come from there.
fn reading(row: &Volume, bytes: i64, waiting: i64, request: Option<i64>) -> i64 {
    let waiting = waiting * BLOCK_BYTES;
    pace(row).millis((bytes - waiting).max(0), request) + millis(waiting, FIRST_READ << 20)
}

/// A guest reads so many bytes of a volume, from `offset` on, in requests of this size (see [`types::Pace::millis`]): what still lay in
/// S3 of them is there then. The milliseconds that this takes.
pub(crate) fn fetch(
    world: &mut World,
    region: Region,
    id: VolumeId,
    (offset, bytes): (i64, i64),
    request: Option<i64>,
) -> i64 {
    let Some(row) = world.row::<Volume>(region, id).filter(|_| bytes > 0) else {
        return 0;
    };
    let first = offset / BLOCK_BYTES;
    let after = (offset.saturating_add(bytes) - 1) / BLOCK_BYTES + 1;
    let waiting = share(world, row, first, after - first).waiting;
    let takes = reading(row, bytes, waiting, request);
    if waiting > 0 {
        let (first, after) = (first / CHUNK, (after + CHUNK - 1) / CHUNK);
        world.update(region, id, |row: &mut Volume| {
            merge(&mut row.fetched, first, after - first);
        });
    }
    takes
}

/// Milliseconds that a volume takes to write so many bytes, in requests of this size.
pub(crate) fn writing(world: &World, region: Region, id: VolumeId, bytes: i64, request: Option<i64>) -> i64 {
    let row = world.row::<Volume>(region, id);
    row.map_or(0, |row| pace(row).millis(bytes.max(0), request))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
    use super::*;
    use crate::clock;
    use crate::services::ec2::storage::snapshots;
    use crate::services::ec2::storage::volumes::{self, NewVolume};
    use crate::world::Options;

    const HERE: Region = Region::US_EAST_1;

    #[test]
    fn blocks_come_by_time_and_by_reading_and_what_is_written_needs_none() {
        let mut world = World::new(Options::default());
        let later = |world: &mut World, seconds: i64| {
            let until = world.now + Span::seconds(seconds);
            clock::advance(world, until, usize::MAX);
        };
        let zone = HERE.zones().next().unwrap();
        let new = NewVolume {
            size_gib: Some(10),
            ..NewVolume::new(zone)
        };
        let first = volumes::create(&mut world, HERE, new.clone()).unwrap();
        later(&mut world, 60);
        volumes::write(&mut world, HERE, first, 0, 5 << 30).unwrap();
        let snapshot = snapshots::begin(&mut world, HERE, first, "").unwrap();
        later(&mut world, 3_600);
        let again = NewVolume {
            snapshot: Some(snapshot),
            ..new
        };
        let id = volumes::create(&mut world, HERE, again).unwrap();
        let seen = |world: &World| restoring(world, HERE, id, 100).unwrap();
        let at_first = seen(&world);
        assert_eq!((at_first.all.here, at_first.all.waiting), (0, 10_240));
        assert_eq!(at_first.cells.len(), 100);
        // Half of 5 GiB at 50 MiB/s, from all over the volume.
        later(&mut world, 51);
        let half = seen(&world);
        assert!((4_700..5_500).contains(&half.all.here), "{:?}", half.all);
        assert!(half.cells.iter().take(50).all(|cell| cell.here > 0 && cell.waiting > 0));
        // What is read is there, what is written needs nothing.
        // A gp2 volume of this size reads 128 MiB/s.
        let took = fetch(&mut world, HERE, id, (0, 1 << 30), None);
        assert!(took > (1 << 10) * 1_000 / 128, "{took}");
        let again = fetch(&mut world, HERE, id, (1 << 29, 1 << 29), None);
        assert_eq!(again, (1 << 9) * 1_000 / 128);
        volumes::write(&mut world, HERE, id, 2 << 30, 1 << 30).unwrap();
        let read = seen(&world);
        assert_eq!(share(&world, world.row(HERE, id).unwrap(), 0, 2_048).waiting, 0);
        assert_eq!(read.all.written, 2_048);
        assert!(read.read_millis.0 > read.read_millis.1);
        later(&mut world, 60);
        let all = seen(&world);
        assert_eq!((all.all.waiting, all.all.here), (0, 8_192));
        assert_eq!(all.read_millis.0, all.read_millis.1);
    }
}

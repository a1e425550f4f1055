//! Files of guests, on the disks that guests have: which disk a path lies on, what waits in the guest's memory, and when it
//! is written to blocks.
//!
//! A program's write goes into the kernel's memory first, and to the disk at a `sync`, at an unmount, at an orderly end, or
//! half a minute later. What a crash finds in memory is lost, and no snapshot has it: snapshots are crash-consistent.
//! Nothing here is known to EC2: it sees blocks only.

pub mod boot;
pub mod disks;

use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, VolumeId};
use crate::base::limits::HELD_BYTES;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::{note, note_clock};
use crate::services::ec2::storage::contents;
use crate::world::World;
use crate::world::bytes::stamp_at;
use crate::world::compute::Instance;
use crate::world::files::{Cache, Data, Disk, Entry, Tree};
use crate::world::storage::{BLOCK_BYTES, Extents};
use std::rc::Rc;

/// After how long a kernel writes back what waits in memory (`vm.dirty_expire_centisecs`).
/// Source: <https://docs.kernel.org/admin-guide/sysctl/vm.html>
const DIRTY: Span = Span::seconds(30);
/// How a first block of no matter what begins.
const NOISE: [u8; 16] = *b"\xffno file system\xff";
/// Blocks of zeros that one file may have here.
const ZERO_BLOCKS: i64 = 4_096;

/// Puts bytes at a place of contents. Blocks that they fill in part keep the rest of what they had.
///
/// # Errors
/// `LimitExceeded` where the world holds as many bytes as it may.
pub(crate) fn put_bytes(world: &mut World, blocks: &mut Extents, offset: i64, data: &[u8]) -> Result<()> {
    if world.bytes.held().saturating_add(data.len()) > HELD_BYTES {
        let why = format!("All blocks of this world together may hold {HELD_BYTES} bytes of their own.");
        return Err(Error::new("LimitExceeded", why).remedy("Delete volumes and snapshots, or write without bytes."));
    }
    let stamp = world.birth();
    let (mut at, mut rest) = (offset, data);
    while !rest.is_empty() {
        let (block, within) = (at / BLOCK_BYTES, usize::try_from(at % BLOCK_BYTES).unwrap_or(0));
        let (piece, after) = rest.split_at(rest.len().min(BLOCK_BYTES as usize - within));
        let mut whole = world.bytes.read(blocks, block * BLOCK_BYTES, BLOCK_BYTES as usize);
        if let Some(place) = whole.get_mut(within..within + piece.len()) {
            place.copy_from_slice(piece);
        }
        contents::write(blocks, block, 1, stamp);
        world.bytes.put(stamp, block, &whole, true);
        at += piece.len() as i64;
        rest = after;
    }
    Ok(())
}

/// The file system on a disk as its blocks have it: the newer one of the two places where a tree may stand.
pub(crate) fn on_disk(world: &World, blocks: &Extents) -> Option<Tree> {
    let tree = |block: i64| {
        let bytes = world.bytes.get(stamp_at(blocks, block)?, block)?;
        Tree::from_bytes(bytes)
    };
    let first = tree(0)?;
    match first.more.and_then(tree) {
        Some(other) if other.uuid == first.uuid && other.generation > first.generation => Some(other),
        _ => Some(first),
    }
}

/// Whether the tree on a disk may have a path: every boot asks for one that hardly any disk has, and need not read it whole.
fn may_name(world: &World, blocks: &Extents, path: &str) -> bool {
    let block = |block: i64| world.bytes.get(stamp_at(blocks, block)?, block);
    let Some(first) = block(0) else { return false };
    let more = || Tree::more_in(first).and_then(block);
    Tree::may_name(first, path) || more().is_some_and(|more| Tree::may_name(more, path))
}

/// The file system of a disk as programs of a guest see it.
pub(crate) fn tree(world: &World, region: Region, id: InstanceId, disk: &Disk) -> Option<Tree> {
    let row = world.row::<Instance>(region, id)?;
    if let Some(cache) = row.guest.disks.cache.get(disk) {
        return Some(cache.tree.clone());
    }
    let blocks = disks::contents(world, region, row, disk)?;
    on_disk(world, &blocks).or_else(|| {
        let stock = disks::is_root(row, disk) && boot::is_stock(world, disk, &blocks);
        stock.then(|| boot::stock(row, disks::size(world, region, row, disk)))
    })
}

/// What a file holds, as programs of a guest see it: at most so many bytes.
pub(crate) fn content(
    world: &World,
    region: Region,
    id: InstanceId,
    disk: &Disk,
    path: &str,
    most: usize,
) -> Option<Vec<u8>> {
    let row = world.row::<Instance>(region, id)?;
    let cut = |length: i64| usize::try_from(length).unwrap_or(usize::MAX).min(most);
    match row.guest.disks.cache.get(disk).and_then(|cache| cache.data.get(path)) {
        Some(Data::Bytes(bytes)) => return Some(bytes.get(..cut(bytes.len() as i64))?.to_vec()),
        Some(Data::Zeros(length)) => return Some(vec![0; cut(*length)]),
        Some(Data::Noise(length)) => return Some(vec![b'?'; cut(*length)]),
        None => {}
    }
    let blocks = disks::contents(world, region, row, disk)?;
    if !row.guest.disks.cache.contains_key(disk) && !may_name(world, &blocks, path) {
        return None;
    }
    let tree = tree(world, region, id, disk)?;
    let Some(Entry::File(start, length, _)) = tree.entries.get(path) else {
        return None;
    };
    Some(world.bytes.read(&blocks, *start, cut(*length)))
}

/// Changes a file system in the guest's memory; it goes to the disk later.
pub(crate) fn change<T>(
    world: &mut World,
    region: Region,
    id: InstanceId,
    disk: &Disk,
    edit: impl FnOnce(&mut Cache) -> T,
) -> Option<T> {
    let tree = tree(world, region, id, disk)?;
    let now = world.now;
    let fresh = world
        .row::<Instance>(region, id)
        .is_some_and(|row| !row.guest.disks.cache.contains_key(disk));
    let out = world.update(region, id, |row: &mut Instance| {
        let cache = row.guest.disks.cache.get_or_insert_with(disk.clone(), || Cache {
            tree,
            data: Default::default(),
            since: now,
        });
        cache.map(edit)
    });
    if fresh {
        clock::schedule(world, DIRTY, region, id, Step::Flush);
    }
    out.flatten()
}

/// Gives a file its bytes, in the guest's memory; `false` = the file system is full.
pub(crate) fn put_file(cache: &mut Cache, path: &str, data: Data, now: crate::base::time::Time) -> bool {
    let length = data.len();
    // The old bytes stay where they are until the new ones are written: a crash finds one or the other.
    let Some(start) = cache.tree.place(length) else {
        return false;
    };
    cache
        .tree
        .entries
        .insert(path.to_owned(), Entry::File(start, length, now));
    if cache.tree.to_bytes().is_none() {
        cache.tree.entries.remove(path);
        return false;
    }
    cache.data.insert(path.to_owned(), data);
    true
}

/// The kernel's half minute is over.
pub(crate) fn written_back(world: &mut World, pending: &Pending, id: InstanceId) {
    let Some(row) = world.row::<Instance>(pending.region, id) else {
        return;
    };
    let due: Vec<Disk> = row
        .guest
        .disks
        .cache
        .iter()
        .filter(|(_, cache)| cache.since <= pending.asked)
        .map(|(disk, _)| disk.clone())
        .collect();
    for disk in due {
        if flush(world, pending.region, id, &disk).is_ok() {
            let rule = "A Linux kernel writes back what has waited in memory for 30 seconds.";
            let source = "https://docs.kernel.org/admin-guide/sysctl/vm.html";
            let text = format!("what waited in memory is on {}", disks::shown(&disk));
            note_clock(world, pending.region, id, text, rule, source);
        }
    }
}

/// Writes all that waits in a guest's memory to its disks, as `sync` and every orderly end do. What has no disk stays.
pub(crate) fn sync(world: &mut World, region: Region, id: InstanceId) {
    let all: Vec<Disk> = world
        .row::<Instance>(region, id)
        .map(|row| row.guest.disks.cache.keys().cloned().collect())
        .unwrap_or_default();
    for disk in all.into_iter().filter(|disk| *disk != Disk::Memory) {
        // A disk that takes no more keeps what it has, and the guest goes on without.
        let _ = flush(world, region, id, &disk);
    }
}

/// Writes what waits for one disk.
///
/// # Errors
/// `LimitExceeded`; what waited is gone then.
pub(crate) fn flush(world: &mut World, region: Region, id: InstanceId, disk: &Disk) -> Result<()> {
    let cache = world.update(region, id, |row: &mut Instance| row.guest.disks.cache.remove(disk));
    let Some(cache) = cache.flatten() else { return Ok(()) };
    let Some(mut blocks) = world
        .row::<Instance>(region, id)
        .and_then(|row| disks::contents(world, region, row, disk))
    else {
        return Ok(());
    };
    for (path, data) in cache.data.iter() {
        if let Some(Entry::File(start, ..)) = cache.tree.entries.get(path) {
            write_data(world, &mut blocks, *start, data)?;
        }
    }
    let mut tree = cache.tree;
    tree.generation += 1;
    let bytes = tree.to_bytes().unwrap_or_default();
    let mut whole = bytes;
    whole.resize(BLOCK_BYTES as usize, 0);
    put_bytes(world, &mut blocks, 0, &whole)?;
    disks::put(world, region, id, disk, blocks);
    Ok(())
}

/// Writes what a file or a program has, from a byte of a disk on.
///
/// # Errors
/// `LimitExceeded`.
pub(crate) fn write_data(world: &mut World, blocks: &mut Extents, start: i64, data: &Data) -> Result<()> {
    let (first, after) = (
        start / BLOCK_BYTES,
        (start + data.len() + BLOCK_BYTES - 1) / BLOCK_BYTES,
    );
    match data {
        Data::Bytes(bytes) => return put_bytes(world, blocks, start, bytes),
        Data::Zeros(length) if after - first <= ZERO_BLOCKS => {
            let stamp = world.birth();
            // A file begins and ends within blocks that others share; those keep what is not its own.
            for block in first..after {
                let (from, to) = (
                    (start - block * BLOCK_BYTES).max(0),
                    (start + length - block * BLOCK_BYTES).min(BLOCK_BYTES),
                );
                let mut whole = world.bytes.read(blocks, block * BLOCK_BYTES, BLOCK_BYTES as usize);
                let place = usize::try_from(from).ok().zip(usize::try_from(to).ok());
                if let Some(place) = place.and_then(|(from, to)| whole.get_mut(from..to)) {
                    place.fill(0);
                }
                contents::write(blocks, block, 1, stamp);
                world.bytes.put(stamp, block, &whole, true);
            }
        }
        Data::Zeros(_) | Data::Noise(_) => fill(world, blocks, first, after - first),
    }
    Ok(())
}

/// Writes whole blocks of no matter what, over whatever was there.
pub(crate) fn overwrite(world: &mut World, blocks: &mut Extents, offset: i64, length: i64) {
    if length > 0 {
        let (first, last) = (offset / BLOCK_BYTES, (offset + length - 1) / BLOCK_BYTES);
        let stamp = world.birth();
        contents::write(blocks, first, last - first + 1, stamp);
        if first == 0 {
            // A first block without bytes would be an image's own: this one is nobody's system any more.
            world.bytes.put(stamp, 0, &NOISE, true);
        }
    }
}

/// Writes zeros to a device: the blocks of the first two GiB as such, those beyond as blocks of no matter what (ours).
///
/// # Errors
/// `LimitExceeded`.
pub(crate) fn wipe(world: &mut World, blocks: &mut Extents, offset: i64, length: i64) -> Result<()> {
    let end = offset + length;
    let first = (offset + BLOCK_BYTES - 1) / BLOCK_BYTES;
    let after = (end / BLOCK_BYTES).min(first + ZERO_BLOCKS);
    if after <= first {
        return write_data(world, blocks, offset, &Data::Zeros(length));
    }
    // What is zero as a whole is not read before, and an empty entry says it.
    let stamp = world.birth();
    contents::write(blocks, first, after - first, stamp);
    for block in first..after {
        world.bytes.put(stamp, block, &[], true);
    }
    write_data(world, blocks, offset, &Data::Zeros(first * BLOCK_BYTES - offset))?;
    let rest = after * BLOCK_BYTES;
    if end - rest < BLOCK_BYTES {
        return write_data(world, blocks, rest, &Data::Zeros(end - rest));
    }
    overwrite(world, blocks, rest, end - rest);
    Ok(())
}

/// Writes whole blocks of no matter what. Blocks with bytes of files keep them: what fills a disk this way lies beside.
fn fill(world: &mut World, blocks: &mut Extents, first: i64, count: i64) {
    let stamp = world.birth();
    let old = blocks.clone();
    contents::write(blocks, first, count, stamp);
    keep(world, &old, first, count, stamp, true);
}

/// Blocks that had bytes have them under the new stamp as well.
pub(crate) fn keep(world: &mut World, old: &Extents, first: i64, count: i64, stamp: u64, counted: bool) {
    if world.bytes.is_empty() {
        return;
    }
    let end = first + count;
    for (at, length, before) in contents::runs_within(old, first, end) {
        for block in world.bytes.blocks_of(before, at, at + length) {
            let bytes: Option<Rc<[u8]>> = world.bytes.get(before, block).cloned();
            if let Some(bytes) = bytes {
                world.bytes.put(stamp, block, &bytes, counted);
            }
        }
    }
}

/// A machine breaks down: what waited in its memory is lost.
pub(crate) fn crash(world: &mut World, region: Region, id: InstanceId, why: &str) {
    let lost = world.update(region, id, |row: &mut Instance| {
        let disks = std::mem::take(&mut row.guest.disks.cache);
        disks.values().map(|cache| cache.data.len()).sum::<usize>()
    });
    if let Some(lost) = lost.filter(|lost| *lost > 0) {
        let files = if lost == 1 { "a file was" } else { "files were" };
        note(
            world,
            region,
            id,
            format!("{why}: what of {lost} {files} still in memory is lost").replace("1 a file was", "a file was"),
        );
    }
}

/// A volume leaves a machine: what waited for it is lost, and it is mounted no more.
#[inline(never)]
pub(crate) fn detached(world: &mut World, region: Region, id: InstanceId, volume: VolumeId) {
    let disk = Disk::Volume(volume);
    let uses = world.row::<Instance>(region, id).is_some_and(|row| {
        row.guest.disks.cache.contains_key(&disk) || row.guest.disks.mounts.iter().any(|mount| mount.disk == disk)
    });
    if !uses {
        return;
    }
    let lost = world.update(region, id, |row: &mut Instance| {
        row.guest.disks.mounts.retain(|mount| mount.disk != disk);
        row.guest.disks.cache.remove(&disk).map_or(0, |cache| cache.data.len())
    });
    if lost.is_some_and(|lost| lost > 0) {
        let rule = "A volume that is detached while it is mounted loses what its guest had not written to it.";
        let source = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-detaching-volume.html";
        note_clock(
            world,
            region,
            id,
            format!("{volume} left with writes still in memory: they are lost"),
            rule,
            source,
        );
    }
}

//! What a boot does to disks: the first one makes the root's file system known, and every one mounts what `/etc/fstab` says.
//!
//! Before that it looks whether there is something to boot at all ([`obstacle`]): what is not on the root does not start.
//!
//! What a first boot and its user data write to the root stands in blocks that they write anyhow, under the stamps of
//! those writes; nothing here draws a number or makes a row, so that worlds from before there were files stay as they were.

use super::{content, disks, flush, keep, on_disk, tree};
use crate::base::ids::InstanceId;
use crate::base::uuid;
use crate::catalog::Region;
use crate::services::ec2::storage::{bundles, volumes};
use crate::world::World;
use crate::world::bytes::stamp_at;
use crate::world::compute::Instance;
use crate::world::files::{Data, Disk, Entry, HEAD_BLOCKS, Mount, Tree};
use crate::world::storage::{BLOCK_BYTES, Extents, Volume};

/// Where on the root volume a guest writes what it installs: beyond what images bring along.
const INSTALL_OFFSET: i64 = 6 << 30;
/// Lines of `/etc/fstab` that are looked at, and its bytes.
const FSTAB: (usize, usize) = (40, 8 << 10);

/// Folders of a root, in the order of their names. A choice of ours, of the many that images have.
const FOLDERS: [&str; 20] = [
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/media",
    "/mnt",
    "/opt",
    "/proc",
    "/root",
    "/run",
    "/srv",
    "/sys",
    "/tmp",
    "/usr",
    "/usr/bin",
    "/usr/local",
    "/var",
    "/var/lib",
    "/var/log",
    "/var/www",
];

/// Folders without which no system starts, and what is missing then.
const NEEDED: [(&str, Obstacle); 3] = [
    ("/boot", Obstacle::NoLoader),
    ("/etc", Obstacle::NoSystem),
    ("/usr", Obstacle::NoSystem),
];
/// Where the first sector of a disk says that it can be booted, and what stands there.
/// Source: UEFI specification, 5.2.1 Legacy Master Boot Record
const SIGNATURE: (usize, [u8; 2]) = (510, [0x55, 0xAA]);

/// Why a machine does not start from its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The disk is empty, or its beginning is written over.
    Blank,
    /// The kernel and its loader are gone.
    NoLoader,
    /// The loader finds a kernel, and that no program to start.
    NoSystem,
}

impl Obstacle {
    /// What is wrong, as the end of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Obstacle::Blank => "its root volume holds no system",
            Obstacle::NoLoader => "its root volume has no /boot any more",
            Obstacle::NoSystem => "its root volume has lost /etc or /usr",
        }
    }
}

/// What keeps a machine from starting from its root as the disk has it now; `None` = nothing.
///
/// Blocks that nobody in particular wrote are an image's own and hold its system; so does a root on the host's disks until
/// something is written over it. Bytes that came from outside count as a system when they begin with a boot sector (ours).
pub fn obstacle(world: &World, region: Region, row: &Instance) -> Option<Obstacle> {
    let Some(disk) = disks::root(row) else {
        return Some(Obstacle::Blank);
    };
    let blocks = disks::contents(world, region, row, &disk).unwrap_or_default();
    let Some(tree) = on_disk(world, &blocks) else {
        return (!is_stock(world, &disk, &blocks)).then_some(Obstacle::Blank);
    };
    let mut missing = NEEDED.iter().filter(|(folder, _)| !tree.is_folder(folder));
    missing.next().map(|(_, obstacle)| *obstacle)
}

/// What a machine that runs is stuck at: it has not come up.
pub fn stuck(world: &World, region: Region, row: &Instance) -> Option<Obstacle> {
    row.checks.instance_impaired?;
    obstacle(world, region, row)
}

/// Whether a disk without a tree has the files that its image brought along.
pub(super) fn is_stock(world: &World, disk: &Disk, blocks: &Extents) -> bool {
    let Some(stamp) = stamp_at(blocks, 0) else {
        return *disk == Disk::Root;
    };
    let (at, signature) = SIGNATURE;
    let boots = |bytes: &[u8]| bytes.get(at..at + signature.len()) == Some(signature.as_slice());
    world.bytes.get(stamp, 0).is_none_or(|bytes| boots(bytes))
}

/// The file system of a root that nobody has written to.
pub(crate) fn stock(row: &Instance, size: i64) -> Tree {
    let debian = matches!(row.machine.login.as_str(), "ubuntu" | "admin");
    let [a, b, c, d, e, f, g, h] = row.image.0.to_be_bytes();
    let uuid = [a, b, c, d, e, f, 0x40, 0, 0x80, 0, c, d, e, f, g, h];
    let mut tree = Tree::new(if debian { "ext4" } else { "xfs" }, uuid::text(uuid), size);
    tree.label = if debian { "cloudimg-rootfs" } else { "/" }.to_owned();
    let place = install_offset(size) / BLOCK_BYTES;
    tree.floor = (place + 1) * BLOCK_BYTES;
    tree.more = Some(place);
    let home = format!("/home/{}", row.machine.login);
    for folder in FOLDERS.into_iter().chain([home.as_str()]) {
        tree.entries.insert(folder.to_owned(), Entry::Folder);
    }
    tree
}

/// Where on a root of this size a guest installs.
pub(crate) fn install_offset(size: i64) -> i64 {
    INSTALL_OFFSET.min(size / 2)
}

/// The root volume, for guests that have files at all.
fn root_volume(world: &World, region: Region, id: InstanceId) -> Option<crate::base::ids::VolumeId> {
    let row = world.row::<Instance>(region, id)?;
    match disks::root(row) {
        Some(Disk::Volume(volume)) if !row.machine.is_windows() => Some(volume),
        _ => None,
    }
}

/// What a guest writes by itself to its root, files and their places left as they are: so many bytes from an offset on.
pub(crate) fn write_root(world: &mut World, region: Region, id: InstanceId, offset: i64, bytes: i64) {
    let Some(instance) = world.row::<Instance>(region, id) else {
        return;
    };
    let root = instance
        .block_devices
        .iter()
        .find(|device| device.device == instance.machine.root_device_name);
    let Some(volume) = root.map(|root| root.volume) else {
        return;
    };
    let Some(row) = world.row::<Volume>(region, volume) else {
        return;
    };
    let size = row.size_gib << 30;
    let offset = offset.min(size / 2);
    let bytes = bytes.min(size - offset);
    let old = row.contents.clone();
    // A volume that is being deleted takes no writes, and a guest's write has nobody to answer to.
    if volumes::write(world, region, volume, offset, bytes).is_err() || bytes <= 0 {
        return;
    }
    let (first, after) = (offset / BLOCK_BYTES, (offset + bytes - 1) / BLOCK_BYTES + 1);
    let stamp = world
        .row::<Volume>(region, volume)
        .and_then(|row| stamp_at(&row.contents, first));
    if let Some(stamp) = stamp {
        keep(world, &old, first, after - first, stamp, false);
    }
}

/// The first boot has written its head blocks: the root's tree stands in the first of them.
pub(crate) fn first(world: &mut World, region: Region, id: InstanceId) {
    bundles::unpacked(world, region, id);
    let Some(volume) = root_volume(world, region, id) else {
        return;
    };
    let (Some(row), Some(disk)) = (world.row::<Instance>(region, id), world.row::<Volume>(region, volume)) else {
        return;
    };
    let size = disk.size_gib << 30;
    let tree = match on_disk(world, &disk.contents) {
        // A root that has been in use elsewhere brings its files along.
        Some(tree) => Tree {
            more: Some(install_offset(size) / BLOCK_BYTES),
            ..tree
        },
        None => stock(row, size),
    };
    let Some(stamp) = stamp_at(&disk.contents, 0) else {
        return;
    };
    if let Some(bytes) = tree.to_bytes() {
        world.bytes.put(stamp, 0, &bytes, false);
    }
}

/// What user data has put into the root's memory goes into the blocks that the installation has just written, as far as
/// it fits there; else onto the disk like all else.
pub(crate) fn settle(world: &mut World, region: Region, id: InstanceId) {
    let Some(volume) = root_volume(world, region, id) else {
        return;
    };
    let disk = Disk::Volume(volume);
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    let Some(cache) = row.guest.disks.cache.get(&disk).cloned() else {
        return;
    };
    let Some(contents) = world.row::<Volume>(region, volume).map(|row| row.contents.clone()) else {
        return;
    };
    let fits = fits(&cache.tree, &cache.data, &contents);
    let (Some(more), true) = (cache.tree.more, fits) else {
        let _ = flush(world, region, id, &disk);
        return;
    };
    world.update(region, id, |row: &mut Instance| row.guest.disks.cache.remove(&disk));
    for (path, data) in cache.data.iter() {
        let (Some(Entry::File(start, ..)), Data::Bytes(bytes)) = (cache.tree.entries.get(path), data) else {
            continue;
        };
        let (block, within) = (start / BLOCK_BYTES, usize::try_from(start % BLOCK_BYTES).unwrap_or(0));
        let mut whole = world.bytes.read(&contents, block * BLOCK_BYTES, BLOCK_BYTES as usize);
        if let Some(place) = whole.get_mut(within..within + bytes.len()) {
            place.copy_from_slice(bytes);
        }
        if let Some(stamp) = stamp_at(&contents, block) {
            world.bytes.put(stamp, block, &whole, false);
        }
    }
    let tree = Tree {
        generation: cache.tree.generation + 1,
        ..cache.tree
    };
    if let (Some(bytes), Some(stamp)) = (tree.to_bytes(), stamp_at(&contents, more)) {
        world.bytes.put(stamp, more, &bytes, false);
    }
}

/// Whether each file lies in one block that the installation wrote.
fn fits(
    tree: &Tree,
    data: &crate::base::sorted::Sorted<String, Data>,
    contents: &crate::world::storage::Extents,
) -> bool {
    let Some(more) = tree.more else { return false };
    let Some(stamp) = stamp_at(contents, more) else {
        return false;
    };
    data.iter().all(|(path, data)| match (tree.entries.get(path), data) {
        (None, _) => true,
        (Some(Entry::File(start, length, _)), Data::Bytes(_)) => {
            let (first, last) = (start / BLOCK_BYTES, (start + (length - 1).max(0)) / BLOCK_BYTES);
            first == last && first >= HEAD_BLOCKS && stamp_at(contents, first) == Some(stamp)
        }
        _ => false,
    })
}

/// A guest has ended: nothing is mounted, and a root on the host's disks is gone.
pub(crate) fn ended(world: &mut World, region: Region, id: InstanceId) {
    if world
        .row::<Instance>(region, id)
        .is_some_and(|row| !row.guest.disks.is_empty())
    {
        world.update(region, id, |row: &mut Instance| row.guest.disks = Default::default());
    }
}

/// Mounts what `/etc/fstab` of the root says: by device, by UUID or by label.
pub(crate) fn mount(world: &mut World, region: Region, id: InstanceId) {
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    let Some(root) = disks::root(row).filter(|_| !world.bytes.is_empty()) else {
        return;
    };
    let Some(text) = content(world, region, id, &root, "/etc/fstab", FSTAB.1) else {
        return;
    };
    let found = disks::found(world, region, row);
    let mut mounts = Vec::new();
    for line in String::from_utf8_lossy(&text).lines().take(FSTAB.0) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [what, at, ..] = words.as_slice() else { continue };
        if what.starts_with('#') || !at.starts_with('/') || *at == "/" {
            continue;
        }
        let tree_of = |disk: &Disk| tree(world, region, id, disk);
        let is_it = |disk: &&disks::Found| match what.split_once('=') {
            Some(("UUID", uuid)) => tree_of(&disk.disk).is_some_and(|tree| tree.uuid == uuid.trim_matches('"')),
            Some(("LABEL", label)) => tree_of(&disk.disk).is_some_and(|tree| tree.label == label.trim_matches('"')),
            _ => disks::named(&found, what).is_some_and(|named| named.disk == disk.disk),
        };
        let disk = found.iter().filter(|disk| !disk.root).find(is_it);
        if let Some(disk) = disk.filter(|disk| tree_of(&disk.disk).is_some()) {
            mounts.push(Mount {
                disk: disk.disk.clone(),
                at: (*at).to_owned(),
            });
        }
    }
    if !mounts.is_empty() {
        world.update(region, id, |row: &mut Instance| row.guest.disks.mounts = mounts);
    }
}

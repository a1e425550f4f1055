//! Commands that change what is on disks: `mkfs`, `mount`, `umount`, `xfs_growfs`.

use super::{Done, Shell, has, plain};
use crate::base::limits::HELD_BYTES;
use crate::base::time::Time;
use crate::services::ec2::storage::files::{self, disks};
use crate::services::ec2::storage::volumes;
use crate::world::compute::Instance;
use crate::world::files::{Cache, Disk, Mount, Tree};
use sha2::{Digest, Sha256};

impl Shell<'_> {
    fn is_mounted(&self, disk: &Disk) -> bool {
        let mounts = self
            .row()
            .map(|row| row.guest.disks.mounts.as_slice())
            .unwrap_or_default();
        mounts.iter().any(|mount| mount.disk == *disk)
    }

    /// A new file system for a disk.
    fn blank(&self, kind: &str, disk: &Disk, size: i64, label: &str) -> Tree {
        // What makes a UUID new each time is the number of rows that the world has made.
        let text = format!("{} {} {}", disks::shown(disk), self.id, self.world.births);
        let hex: String = Sha256::digest(text)
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
        let uuid = format!(
            "{}-{}-4{}-8{}-{}",
            part(0, 8),
            part(8, 12),
            part(13, 16),
            part(17, 20),
            part(20, 32)
        );
        let mut tree = Tree::new(kind, uuid, size);
        tree.label = label.chars().filter(|c| !c.is_control()).take(16).collect();
        tree
    }

    /// `mkfs -t xfs /dev/nvme1n1`, `mkfs.ext4 -L data /dev/xvdf`.
    pub(super) fn mkfs(&mut self, name: &str, words: &[&str]) -> Done {
        let after = |flag: &str| {
            let at = words.iter().position(|word| *word == flag)?;
            words.get(at + 1).copied()
        };
        let kind = name.strip_prefix("mkfs.").or(after("-t")).unwrap_or("ext2");
        if !matches!(kind, "xfs" | "ext4" | "ext3" | "ext2") {
            return self.fails("mkfs", kind, "No such file or directory");
        }
        let found = self.found();
        let asked = words.last().copied().unwrap_or_default();
        let Some(disk) = disks::named(&found, asked) else {
            return self.fails(name, asked, "No such file or directory");
        };
        if disk.root || self.is_mounted(&disk.disk) {
            let why = if kind == "xfs" {
                "contains a mounted filesystem"
            } else {
                "is mounted; will not make a filesystem here!"
            };
            return self.fails(name, asked, why);
        }
        let there = self.tree_of(&disk.disk);
        if let Some(tree) = there.as_ref().filter(|_| kind == "xfs" && !has(words, 'f')) {
            let why = format!("{asked} appears to contain an existing filesystem ({}).", tree.kind);
            self.show(&format!(
                "mkfs.xfs: {why}\nmkfs.xfs: Use the -f option to force overwrite.\n"
            ));
            return Done::ended(1);
        }
        let tree = self.blank(kind, &disk.disk, disk.size, after("-L").unwrap_or_default());
        let cache = Cache {
            tree,
            data: Default::default(),
            since: self.world.now,
        };
        let disk = disk.disk.clone();
        let size = self
            .row()
            .map(|row| disks::size(self.world, self.region, row, &disk))
            .unwrap_or(0);
        self.world.update(self.region, self.id, |row: &mut Instance| {
            row.guest.disks.cache.insert(disk.clone(), cache);
        });
        // mkfs writes to the device itself: nothing of it waits.
        if files::flush(self.world, self.region, self.id, &disk).is_err() {
            return self.fails(name, asked, "Input/output error");
        }
        if kind == "xfs" {
            return Done::well(format!("meta-data={asked} blocks={} size={size}, {kind}\n", size >> 12));
        }
        let uuid = self.tree_of(&disk).map(|tree| tree.uuid).unwrap_or_default();
        Done::well(mke2fs_lines(kind, &uuid, size))
    }

    /// `mount /dev/nvme1n1 /data`; `mount -a`; without words, what is mounted.
    pub(super) fn mount(&mut self, words: &[&str]) -> Done {
        if has(words, 'a') {
            files::boot::mount(self.world, self.region, self.id);
            return Done::well("");
        }
        let options = ["-t", "-o"];
        let mut asked: Vec<&str> = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let value = place > 0 && words.get(place - 1).is_some_and(|before| options.contains(before));
            if !value && !word.starts_with('-') {
                asked.push(word);
            }
        }
        let [device, at] = asked.as_slice() else {
            return self.list_mounts();
        };
        let at = self.absolute(at);
        if words.windows(2).any(|pair| pair == ["-t", "tmpfs"]) {
            return self.mount_memory(device, at);
        }
        let found = self.found();
        let by_uuid = |uuid: &str| {
            found
                .iter()
                .find(|disk| self.tree_of(&disk.disk).is_some_and(|tree| tree.uuid == uuid))
        };
        let disk = match device.strip_prefix("UUID=") {
            Some(uuid) => by_uuid(uuid.trim_matches('"')),
            None => disks::named(&found, device),
        };
        let Some(disk) = disk.map(|disk| disk.disk.clone()) else {
            let why = format!("special device {device} does not exist.");
            return self.fails("mount", &at, &why);
        };
        let folder = self.place(&at).is_some_and(|(_, within, tree)| tree.is_folder(&within));
        if !folder {
            return self.fails("mount", &at, "mount point does not exist.");
        }
        if self.tree_of(&disk).is_none() {
            let why = format!(
                "wrong fs type, bad option, bad superblock on {device}, missing codepage or helper program, or other error."
            );
            self.complain("mount", &at, &why);
            return Done::ended(32);
        }
        if self.is_mounted(&disk) || self.row().is_some_and(|row| disks::is_root(row, &disk)) {
            self.complain("mount", &at, &format!("{device} already mounted or mount point busy."));
            return Done::ended(32);
        }
        self.world.update(self.region, self.id, |row: &mut Instance| {
            row.guest.disks.mounts.push(Mount { disk, at });
        });
        Done::well("")
    }

    /// `mount -t tmpfs tmpfs /memory`: a file system that lies in memory and is gone with it. One for each guest (ours).
    /// Source: <https://docs.kernel.org/filesystems/tmpfs.html>: half of the memory, unless said otherwise.
    fn mount_memory(&mut self, device: &str, at: String) -> Done {
        let folder = self.place(&at).is_some_and(|(_, within, tree)| tree.is_folder(&within));
        if !folder {
            return self.fails("mount", &at, "mount point does not exist.");
        }
        if self.is_mounted(&Disk::Memory) {
            self.complain("mount", &at, &format!("{device} already mounted or mount point busy."));
            return Done::ended(32);
        }
        let half = self
            .row()
            .map_or(0, |row| i64::from(row.instance_type.memory_mib()) << 19);
        let mut tree = Tree::new("tmpfs", String::new(), half.min(HELD_BYTES as i64));
        // Nothing stands before its files.
        tree.floor = 0;
        let cache = Cache {
            tree,
            data: Default::default(),
            // It never waits to be written back.
            since: Time(i64::MAX),
        };
        self.world.update(self.region, self.id, |row: &mut Instance| {
            row.guest.disks.cache.insert(Disk::Memory, cache);
            row.guest.disks.mounts.push(Mount { disk: Disk::Memory, at });
        });
        Done::well("")
    }

    /// Unmounting writes what waits.
    pub(super) fn umount(&mut self, words: &[&str]) -> Done {
        let asked = plain(words).first().copied().unwrap_or_default();
        let path = self.absolute(asked);
        let found = self.found();
        let by_name = disks::named(&found, asked).map(|disk| disk.disk.clone());
        let Some(mount) = self.row().and_then(|row| {
            let mounts = row.guest.disks.mounts.iter().rev();
            mounts
                .clone()
                .find(|mount| mount.at == path || by_name.as_ref() == Some(&mount.disk))
                .cloned()
        }) else {
            self.complain("umount", asked, "not mounted.");
            return Done::ended(32);
        };
        if self.folder == mount.at || self.folder.starts_with(&format!("{}/", mount.at)) {
            self.complain("umount", &mount.at, "target is busy.");
            return Done::ended(32);
        }
        let flushed = files::flush(self.world, self.region, self.id, &mount.disk);
        self.world.update(self.region, self.id, |row: &mut Instance| {
            row.guest.disks.mounts.retain(|line| *line != mount);
        });
        volumes::let_go(self.world, self.region, self.id);
        match flushed {
            Ok(()) => Done::well(""),
            Err(_) => self.fails("umount", asked, "Input/output error"),
        }
    }

    /// A volume that has grown is larger than its file system until somebody says so.
    /// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/recognize-expanded-volume-linux.html>
    pub(super) fn grow(&mut self, name: &str, words: &[&str]) -> Done {
        if name == "growpart" {
            return Done::well("CHANGED: partition=1\n");
        }
        let asked = plain(words).first().copied().unwrap_or("/");
        let found = self.found();
        let by_path = |shell: &Self| shell.place(&shell.absolute(asked)).map(|(disk, ..)| disk);
        let disk = match disks::named(&found, asked) {
            Some(disk) => Some(disk.disk.clone()),
            None => by_path(self),
        };
        let Some(disk) = disk else {
            return self.fails(name, asked, "No such file or directory");
        };
        let size = self
            .row()
            .map(|row| disks::size(self.world, self.region, row, &disk))
            .unwrap_or(0);
        let before = files::change(self.world, self.region, self.id, &disk, |cache| {
            std::mem::replace(&mut cache.tree.size, size)
        });
        match before {
            Some(before) => Done::well(format!("data blocks changed from {} to {}\n", before >> 12, size >> 12)),
            None => self.fails(name, asked, "is not a mounted filesystem"),
        }
    }
}

/// What `mke2fs` says of a new file system: blocks of 4 KiB, an inode for each 16 KiB, copies of the superblock in the groups
/// 1 and the powers of 3, 5 and 7, and for all but ext2 a journal.
/// Source: <https://man7.org/linux/man-pages/man8/mke2fs.8.html>
fn mke2fs_lines(kind: &str, uuid: &str, size: i64) -> String {
    const GROUP: i64 = 32_768;
    let blocks = size >> 12;
    let mut backups = vec![GROUP];
    for base in [3, 5, 7] {
        let mut group: i64 = base;
        while group * GROUP < blocks {
            backups.push(group * GROUP);
            group *= base;
        }
    }
    backups.retain(|at| *at < blocks);
    stratus_model::sort::sort(&mut backups);
    let backups: Vec<String> = backups.iter().map(ToString::to_string).collect();
    let journal = match blocks {
        ..GROUP => 1_024,
        GROUP..262_144 => 4_096,
        262_144..524_288 => 8_192,
        524_288..4_194_304 => 16_384,
        4_194_304..8_388_608 => 32_768,
        8_388_608..16_777_216 => 65_536,
        16_777_216..33_554_432 => 131_072,
        _ => 262_144,
    };
    let mut out = format!(
        "mke2fs 1.46.5 (30-Dec-2021)\nCreating filesystem with {blocks} 4k blocks and {} inodes\nFilesystem UUID: {uuid}\n",
        size >> 14
    );
    if !backups.is_empty() {
        out.push_str(&format!(
            "Superblock backups stored on blocks:\n\t{}\n",
            backups.join(", ")
        ));
    }
    out.push_str("\nAllocating group tables: done\nWriting inode tables: done\n");
    if kind != "ext2" {
        out.push_str(&format!("Creating journal ({journal} blocks): done\n"));
    }
    out.push_str("Writing superblocks and filesystem accounting information: done\n\n");
    out
}

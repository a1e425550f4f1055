//! Commands that show disks: `lsblk`, `df`, `blkid`, `file -s`, and `mount` without words.

use super::{Done, Shell, has, human, plain};
use crate::services::ec2::storage::files::{self, disks};
use crate::world::files::{Disk, Tree};
use crate::world::storage::BLOCK_BYTES;

impl Shell<'_> {
    pub(super) fn found(&self) -> Vec<disks::Found> {
        let row = self.row();
        row.map(|row| disks::found(self.world, self.region, row))
            .unwrap_or_default()
    }

    pub(super) fn tree_of(&self, disk: &Disk) -> Option<Tree> {
        files::tree(self.world, self.region, self.id, disk)
    }

    /// Where a disk is mounted.
    pub(super) fn mounted(&self, disk: &disks::Found) -> Vec<String> {
        let Some(row) = self.row() else { return Vec::new() };
        let mounts = row.guest.disks.mounts.iter().filter(|mount| mount.disk == disk.disk);
        let root = disk.root.then(|| "/".to_owned());
        root.into_iter().chain(mounts.map(|mount| mount.at.clone())).collect()
    }

    /// <https://man7.org/linux/man-pages/man8/lsblk.8.html>
    pub(super) fn lsblk(&mut self, words: &[&str]) -> Done {
        let found = self.found();
        let output = ["-o", "--output"];
        let read = super::packets::Words::read(words, &output);
        let columns = read.value(&output);
        let shown: Vec<&disks::Found> = match read.plain.first() {
            Some(name) => match disks::named(&found, name) {
                Some(disk) => vec![disk],
                None => return self.fails("lsblk", name, "not a block device"),
            },
            None => found.iter().collect(),
        };
        if let Some(columns) = columns {
            return self.lsblk_columns(columns, &shown);
        }
        if has(words, 'f') {
            return self.lsblk_file_systems(&shown);
        }
        let nvme = found.iter().any(|disk| disk.is_nvme());
        let width = if nvme { 13 } else { 7 };
        let mut out = format!("{:<width$} MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\n", "NAME");
        let mut minor = 0;
        let mut numbers = Vec::new();
        for disk in &found {
            numbers.push((disk.name.clone(), minor));
            minor += if disk.root && nvme {
                4
            } else if disk.root {
                2
            } else {
                1
            };
        }
        let major = if nvme { 259 } else { 202 };
        for disk in shown {
            let number = numbers
                .iter()
                .find(|(name, _)| *name == disk.name)
                .map_or(0, |(_, number)| *number);
            let mut line = |name: &str, number: i64, size: &str, kind: &str, at: &str| {
                let pad = width - name.chars().count().min(width);
                let text = format!("{name}{:pad$} {major:>3}:{number:<4} 0 {size:>5}  0 {kind} {at}", "");
                out.push_str(text.trim_end());
                out.push('\n');
            };
            let (size, at) = (human(disk.size), self.mounted(disk).join(" "));
            if !disk.root {
                line(&disk.name, number, &size, "disk", &at);
                continue;
            }
            line(&disk.name, number, &size, "disk", "");
            if nvme {
                line(&format!("├─{}p1", disk.name), number + 1, &size, "part", &at);
                line(&format!("├─{}p127", disk.name), number + 2, "1M", "part", "");
                line(&format!("└─{}p128", disk.name), number + 3, "10M", "part", "/boot/efi");
            } else {
                line(&format!("└─{}1", disk.name), number + 1, &size, "part", &at);
            }
        }
        Done::well(out)
    }

    fn lsblk_file_systems(&self, shown: &[&disks::Found]) -> Done {
        let mut out = format!(
            "{:<13} {:<6} {:<16} {:<36} MOUNTPOINTS\n",
            "NAME", "FSTYPE", "LABEL", "UUID"
        );
        for disk in shown {
            let tree = self.tree_of(&disk.disk);
            let of = |part: fn(&Tree) -> String| tree.as_ref().map(part).unwrap_or_default();
            let line = format!(
                "{:<13} {:<6} {:<16} {:<36} {}",
                disk.part(),
                of(|tree| tree.kind.clone()),
                of(|tree| tree.label.clone()),
                of(|tree| tree.uuid.clone()),
                self.mounted(disk).join(" ")
            );
            out.push_str(line.trim_end());
            out.push('\n');
        }
        Done::well(out)
    }

    /// <https://man7.org/linux/man-pages/man1/df.1.html>
    pub(super) fn df(&mut self, words: &[&str]) -> Done {
        let people = has(words, 'h');
        let asked = plain(words);
        let wanted = match asked.first() {
            Some(path) => {
                let path = self.absolute(path);
                match self.place(&path) {
                    Some((disk, ..)) => Some(disk),
                    None => return self.fails("df", &path, "No such file or directory"),
                }
            }
            None => None,
        };
        let mut out = if people {
            format!(
                "{:<16} {:>5} {:>5} {:>5} {:>4} Mounted on\n",
                "Filesystem", "Size", "Used", "Avail", "Use%"
            )
        } else {
            format!(
                "{:<16} {:>10} {:>9} {:>9} {:>4} Mounted on\n",
                "Filesystem", "1K-blocks", "Used", "Available", "Use%"
            )
        };
        for disk in self.found() {
            let Some(tree) = self
                .tree_of(&disk.disk)
                .filter(|_| wanted.as_ref().is_none_or(|one| *one == disk.disk))
            else {
                continue;
            };
            for at in self.mounted(&disk) {
                let used = tree.used() + self.stock_bytes(&disk);
                let name = format!("/dev/{}", disk.part());
                out.push_str(&df_line(&name, &tree, used, &at, people));
            }
        }
        if let Some((tree, at)) = self
            .memory()
            .filter(|_| wanted.as_ref().is_none_or(|one| *one == Disk::Memory))
        {
            out.push_str(&df_line("tmpfs", &tree, tree.used(), &at, people));
        }
        Done::well(out)
    }

    /// The file system in memory, and where it is mounted.
    fn memory(&self) -> Option<(Tree, String)> {
        let mut mounts = self.row()?.guest.disks.mounts.iter();
        let mount = mounts.find(|mount| mount.disk == Disk::Memory)?;
        Some((self.tree_of(&Disk::Memory)?, mount.at.clone()))
    }

    /// What an image's own files take, which are nobody's to see.
    fn stock_bytes(&self, disk: &disks::Found) -> i64 {
        let Some(row) = self.row().filter(|_| disk.root) else {
            return 0;
        };
        let Some(blocks) = disks::contents(self.world, self.region, row, &disk.disk) else {
            return 0;
        };
        // The upper half of all stamps is the catalogue's.
        let stock = blocks
            .rows()
            .filter(|(_, stamp)| self.world.bytes.origin(*stamp) >> 63 == 1);
        stock.map(|(count, _)| count * BLOCK_BYTES).sum()
    }

    /// <https://man7.org/linux/man-pages/man8/blkid.8.html>
    pub(super) fn blkid(&mut self, words: &[&str]) -> Done {
        let found = self.found();
        let asked = plain(words);
        let mut out = String::new();
        for disk in &found {
            let wanted = |name: &&str| disks::named(&found, name).is_some_and(|named| named.disk == disk.disk);
            if !asked.is_empty() && !asked.iter().any(wanted) {
                continue;
            }
            if let Some(tree) = self.tree_of(&disk.disk) {
                let label = if tree.label.is_empty() {
                    String::new()
                } else {
                    format!("LABEL=\"{}\" ", tree.label)
                };
                let line = format!(
                    "/dev/{}: {label}UUID=\"{}\" BLOCK_SIZE=\"512\" TYPE=\"{}\"\n",
                    disk.part(),
                    tree.uuid,
                    tree.kind
                );
                out.push_str(&line);
            }
        }
        // Nothing found is status 2.
        let status = if out.is_empty() { 2 } else { 0 };
        Done {
            output: out.into_bytes(),
            status,
        }
    }

    /// `file -s /dev/nvme1n1`: how AWS's guide tells an empty volume from one with a file system.
    pub(super) fn file_command(&mut self, words: &[&str]) -> Done {
        let found = self.found();
        let Some(name) = plain(words).first().copied() else {
            return self.fails("file", "", "missing operand");
        };
        let Some(disk) = disks::named(&found, name) else {
            return self.fails("file", name, "cannot open (No such file or directory)");
        };
        let what = match self.tree_of(&disk.disk).map(|tree| tree.kind) {
            Some(kind) if kind == "xfs" => "SGI XFS filesystem data (blksz 4096, inosz 512, v2 dirs)".to_owned(),
            Some(kind) => format!("Linux rev 1.0 {kind} filesystem data"),
            None => "data".to_owned(),
        };
        Done::well(format!("{name}: {what}\n"))
    }

    pub(super) fn list_mounts(&self) -> Done {
        let mut out = String::new();
        for disk in self.found() {
            let kind = self.tree_of(&disk.disk).map(|tree| tree.kind).unwrap_or_default();
            for at in self.mounted(&disk) {
                out.push_str(&format!("/dev/{} on {at} type {kind} (rw,relatime)\n", disk.part()));
            }
        }
        if let Some((_, at)) = self.memory() {
            out.push_str(&format!("tmpfs on {at} type tmpfs (rw,relatime)\n"));
        }
        Done::well(out)
    }
}

/// A line of `df`.
fn df_line(name: &str, tree: &Tree, used: i64, at: &str, people: bool) -> String {
    let percent = (used * 100 + tree.size - 1) / tree.size.max(1);
    let left = (tree.size - used).max(0);
    if people {
        let (size, used, left) = (human(tree.size), human(used), human(left));
        format!("{name:<16} {size:>5} {used:>5} {left:>5} {percent:>3}% {at}\n")
    } else {
        let (size, used, left) = (tree.size >> 10, used >> 10, left >> 10);
        format!("{name:<16} {size:>10} {used:>9} {left:>9} {percent:>3}% {at}\n")
    }
}

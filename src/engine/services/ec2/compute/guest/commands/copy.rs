//! Commands that move bytes: `dd`, `cp`, `mv`.

use super::{Done, Shell, bytes_of, has, plain};
use crate::services::ec2::storage::files::{self, disks};
use crate::services::ec2::storage::volumes::lazy;
use crate::world::compute::Instance;
use crate::world::files::{Data, Disk, Entry};
use crate::world::storage::BLOCK_BYTES;
use std::rc::Rc;

/// Bytes that one `dd` moves as they are.
const MOVED: usize = 16 << 20;

/// Bytes a second of the host's own disks (ours).
const STORE: i64 = 512 << 20;
/// Bytes a second of a guest's memory (ours).
const MEMORY: i64 = 4 << 30;

/// What `dd` is told in numbers and flags.
struct Order {
    /// Bytes of a block.
    size: i64,
    /// How many; `None`: to the end.
    count: Option<i64>,
    /// Bytes that are left out of what is read.
    skip: i64,
    /// Bytes from which on is written.
    seek: i64,
    /// Whether each block is read by a request of its own.
    direct_in: bool,
    /// Whether each block is written by a request of its own.
    direct_out: bool,
    /// Whether all must be on the disk at the end.
    flushed: bool,
}

impl Order {
    /// Reads the words; the text of what is no number.
    fn read<'t>(words: &[&'t str]) -> Result<Order, &'t str> {
        let value = |name: &str| words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        // A number that is not there is none; one that is no number, or less than it may be, is an error that shows it.
        let number = |name: &str, read: fn(&str) -> Option<i64>, least: i64| {
            let checked = |text| read(text).filter(|number| *number >= least).ok_or(text);
            value(name).map(checked).transpose()
        };
        let size = number("bs", bytes_of, 1)?.unwrap_or(512);
        let place = |name| number(name, bytes_of, 0).map(|blocks| blocks.unwrap_or(0).saturating_mul(size));
        let told = |flags: &[&str]| words.iter().any(|word| flags.contains(word));
        Ok(Order {
            size,
            count: number("count", |text| text.parse().ok(), 0)?,
            skip: place("skip")?,
            seek: place("seek")?,
            direct_in: told(&["iflag=direct"]),
            direct_out: told(&["oflag=direct", "oflag=sync", "oflag=dsync"]),
            flushed: told(&["conv=fsync", "conv=fdatasync"]),
        })
    }
}

/// What `dd` reads.
enum Source {
    Zeros,
    Noise,
    Bytes(Vec<u8>),
}

/// Blocks of `size` bytes that hold so many bytes, the last perhaps not full. Both may be as large as numbers are.
fn records(total: i64, size: i64) -> i64 {
    total / size + i64::from(total % size > 0)
}

/// Milliseconds that one copy takes at most, whatever it is asked for: some thirty years.
const LONGEST: i64 = 1 << 40;

/// Milliseconds that so many bytes take at so many a second.
fn millis_for(bytes: i64, a_second: i64) -> i64 {
    lazy::millis(bytes, a_second).min(LONGEST)
}

impl Shell<'_> {
    /// `dd if=/dev/urandom of=/data/big bs=1M count=100 oflag=direct`.
    pub(super) fn dd(&mut self, words: &[&str]) -> Done {
        let value = |name: &str| words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        let order = match Order::read(words) {
            Ok(order) => order,
            Err(text) => return self.fails("dd", "invalid number", text),
        };
        let wanted = order.count.and_then(|count| count.checked_mul(order.size));
        let found = self.found();
        let device = value("of").filter(|to| to.starts_with("/dev/"));
        let device = device.and_then(|to| disks::named(&found, to));
        let from = value("if").unwrap_or_default();
        if value("of") == Some("/dev/null")
            && from.starts_with("/dev/nvme") | from.starts_with("/dev/xvd") | from.starts_with("/dev/sd")
        {
            return self.dd_reads(from, wanted, &order);
        }
        let before = self.took;
        let source = match (from, wanted) {
            ("/dev/zero" | "/dev/urandom" | "/dev/random", None) if device.is_none() => {
                return self.fails("dd", from, "it never ends: say count=N");
            }
            ("/dev/zero", _) => Source::Zeros,
            ("/dev/urandom" | "/dev/random", _) => Source::Noise,
            (path, _) => match self.dd_read(path, wanted, &order) {
                Ok(bytes) => Source::Bytes(bytes),
                Err(why) => return self.fails("dd", &format!("failed to open '{path}'"), &why),
            },
        };
        let total = match &source {
            Source::Bytes(bytes) => bytes.len() as i64,
            Source::Zeros | Source::Noise => wanted.unwrap_or(0),
        };
        let Some(to) = value("of") else {
            return match source {
                Source::Bytes(bytes) => Done::well(bytes),
                Source::Zeros | Source::Noise => {
                    Done::well(vec![0; usize::try_from(total).unwrap_or(0).min(super::LOOK)])
                }
            };
        };
        // Without a count the end of the device is the end, which `dd` calls an error.
        let endless = device.filter(|_| wanted.is_none() && !matches!(source, Source::Bytes(_)));
        let total = endless.map_or(total, |disk| (disk.size - order.seek).max(0));
        if let Err(why) = self.dd_write(device, to, source, total, &order) {
            return self.fails("dd", &format!("error writing '{to}'"), &why);
        }
        let records = records(total, order.size);
        if endless.is_some() {
            self.complain("dd", &format!("error writing '{to}'"), "No space left on device");
        }
        self.took = self.took.max(before + 1);
        let read = records + i64::from(endless.is_some());
        self.copied((read, records), total, self.took - before);
        Done::ended(i64::from(endless.is_some()))
    }

    /// Writes what `dd` has read to a device or to a file, and lets the time pass that this takes: a file's bytes only go to the guest's
    /// memory where they need not be on the disk at once.
    fn dd_write(
        &mut self,
        device: Option<&disks::Found>,
        to: &str,
        source: Source,
        total: i64,
        order: &Order,
    ) -> Result<(), String> {
        let request = order.direct_out.then_some(order.size);
        if let Some(disk) = device {
            self.dd_device(&disk.disk.clone(), disk.size, order.seek, total, source)?;
            self.took = self.took.saturating_add(self.disk_writes(&disk.disk, total, request));
        } else {
            let path = self.absolute(to);
            let data = match source {
                Source::Bytes(bytes) => Data::Bytes(Rc::new(bytes)),
                Source::Zeros => Data::Zeros(total),
                Source::Noise => Data::Noise(total),
            };
            self.put(&path, data)?;
            let disk = self.place(&path).map(|(disk, ..)| disk);
            let takes = match disk.filter(|_| order.direct_out || order.flushed) {
                Some(disk) => self.disk_writes(&disk, total, request),
                None => millis_for(total, MEMORY),
            };
            self.took = self.took.saturating_add(takes);
        }
        if order.direct_out || order.flushed {
            files::sync(self.world, self.region, self.id);
        }
        Ok(())
    }

    /// Milliseconds that a disk takes to write so many bytes.
    fn disk_writes(&self, disk: &Disk, total: i64, request: Option<i64>) -> i64 {
        match disk {
            Disk::Volume(id) => lazy::writing(self.world, self.region, *id, total, request),
            Disk::Store(_) | Disk::Root => millis_for(total, STORE),
            Disk::Memory => millis_for(total, MEMORY),
        }
    }

    /// `sync`: what waits in memory goes to the disks, which takes their time.
    pub(super) fn flush(&mut self) -> Done {
        let waiting: Vec<(Disk, i64)> = self.row().map_or_else(Vec::new, |row| {
            let caches = row.guest.disks.cache.iter();
            let bytes = caches.map(|(disk, cache)| (disk.clone(), cache.data.values().map(Data::len).sum()));
            bytes.collect()
        });
        for (disk, bytes) in waiting {
            self.took = self.took.saturating_add(self.disk_writes(&disk, bytes, None));
        }
        files::sync(self.world, self.region, self.id);
        Done::well("")
    }

    /// What `dd` says at its end.
    fn copied(&mut self, (read, written): (i64, i64), total: i64, millis: i64) {
        let rate = i128::from(total) / i128::from(millis.max(1)) / 100;
        let (seconds, rest) = (millis / 1_000, millis % 1_000);
        self.show(&format!(
            "{read}+0 records in\n{written}+0 records out\n{total} bytes copied, {seconds}.{rest:03} s, {}.{} MB/s\n",
            rate / 10,
            rate % 10
        ));
    }

    /// Reads a device for nothing: how blocks that still lie in S3 are fetched, and how long that takes.
    fn dd_reads(&mut self, name: &str, wanted: Option<i64>, order: &Order) -> Done {
        let found = self.found();
        let Some(disk) = disks::named(&found, name) else {
            return self.fails("dd", &format!("failed to open '{name}'"), "No such file or directory");
        };
        let total = wanted.unwrap_or(disk.size).clamp(0, disk.size);
        let millis = self.disk_reads(&disk.disk, (0, total), order).max(1);
        self.took = self.took.saturating_add(millis);
        let records = records(total, order.size);
        self.copied((records, records), total, millis);
        Done::well("")
    }

    /// Milliseconds that a disk takes to read so many bytes from a place on.
    fn disk_reads(&mut self, disk: &Disk, (from, total): (i64, i64), order: &Order) -> i64 {
        let request = order.direct_in.then_some(order.size);
        match disk {
            Disk::Volume(id) => lazy::fetch(self.world, self.region, *id, (from, total), request),
            Disk::Store(_) | Disk::Root | Disk::Memory => millis_for(total, STORE),
        }
    }

    fn dd_read(&mut self, path: &str, wanted: Option<i64>, order: &Order) -> Result<Vec<u8>, String> {
        let skip = order.skip;
        let most = wanted
            .and_then(|wanted| usize::try_from(wanted).ok())
            .unwrap_or(MOVED)
            .min(MOVED);
        let found = self.found();
        let Some(disk) = disks::named(&found, path).filter(|_| path.starts_with("/dev/")) else {
            let skip = usize::try_from(skip).unwrap_or(usize::MAX);
            let end = most.saturating_add(skip);
            let bytes = self.read_until(&self.absolute(path), end, i64::try_from(end).unwrap_or(i64::MAX))?;
            return Ok(bytes.get(skip..).unwrap_or_default().to_vec());
        };
        let row = self.row().ok_or("Input/output error")?;
        let blocks = disks::contents(self.world, self.region, row, &disk.disk).ok_or("Input/output error")?;
        let left = usize::try_from(disk.size.saturating_sub(skip).max(0)).unwrap_or(usize::MAX);
        let bytes = self.world.bytes.read(&blocks, skip, most.min(left));
        let (disk, length) = (disk.disk.clone(), bytes.len() as i64);
        self.took = self.took.saturating_add(self.disk_reads(&disk, (skip, length), order));
        Ok(bytes)
    }

    /// Writes to the device itself, past every file system on it.
    fn dd_device(&mut self, disk: &Disk, room: i64, seek: i64, total: i64, source: Source) -> Result<(), String> {
        let row = self.row().ok_or("Input/output error")?;
        let mut blocks = disks::contents(self.world, self.region, row, disk).ok_or("Input/output error")?;
        if seek.checked_add(total).is_none_or(|end| end > room) {
            return Err("No space left on device".to_owned());
        }
        let written = match source {
            Source::Bytes(bytes) => files::put_bytes(self.world, &mut blocks, seek, &bytes),
            Source::Zeros => files::wipe(self.world, &mut blocks, seek, total),
            Source::Noise => {
                files::overwrite(self.world, &mut blocks, seek, total);
                Ok(())
            }
        };
        written.map_err(|_| "Input/output error".to_owned())?;
        disks::put(self.world, self.region, self.id, disk, blocks);
        if seek < BLOCK_BYTES && total > 0 {
            // What the kernel still has in memory of that file system has no place to go to any more.
            self.world.update(self.region, self.id, |row: &mut Instance| {
                row.guest.disks.cache.remove(disk)
            });
        }
        Ok(())
    }

    pub(super) fn copy(&mut self, name: &str, words: &[&str]) -> Done {
        let paths = plain(words);
        let Some((to, from)) = paths.split_last().filter(|(_, from)| !from.is_empty()) else {
            return self.fails(name, "", "missing file operand");
        };
        let to = self.absolute(to);
        let into = self.place(&to).is_some_and(|(_, within, tree)| tree.is_folder(&within));
        for path in from {
            let full = self.absolute(path);
            let Some((disk, within, tree)) = self.place(&full) else {
                return self.fails(name, path, "Input/output error");
            };
            let inside: Vec<String> = match tree.entries.get(&within) {
                Some(Entry::File(..)) => vec![String::new()],
                _ if tree.is_folder(&within) && (has(words, 'r') || has(words, 'a') || name == "mv") => {
                    let below = if within == "/" {
                        "/".to_owned()
                    } else {
                        format!("{within}/")
                    };
                    let all = tree.entries.keys().filter_map(|path| path.strip_prefix(&below));
                    all.map(|rest| format!("/{rest}")).collect()
                }
                Some(Entry::Folder) => {
                    return self.fails(name, &format!("-r not specified; omitting directory '{path}'"), "");
                }
                None => {
                    return self.fails(name, &format!("cannot stat '{path}'"), "No such file or directory");
                }
            };
            let last = full.rsplit('/').next().unwrap_or_default();
            let base = if into {
                format!("{}/{last}", to.trim_end_matches('/'))
            } else {
                to.clone()
            };
            if tree.is_folder(&within) {
                self.mkdir(&["-p", &base]);
            }
            for rest in inside {
                let source = if rest.is_empty() {
                    within.clone()
                } else {
                    format!("{}{rest}", within.trim_end_matches('/'))
                };
                if tree.is_folder(&source) {
                    self.mkdir(&["-p", &format!("{base}{rest}")]);
                    continue;
                }
                let Some(bytes) = files::content(self.world, self.region, self.id, &disk, &source, MOVED) else {
                    continue;
                };
                self.fetch(&disk, &source, &tree, i64::MAX);
                if let Err(why) = self.put(&format!("{base}{rest}"), Data::Bytes(Rc::new(bytes))) {
                    return self.fails(name, &format!("cannot create '{base}{rest}'"), &why);
                }
            }
            if name == "mv" {
                self.rm(&["-rf", &full]);
            }
        }
        Done::well("")
    }
}

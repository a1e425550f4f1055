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

impl Shell<'_> {
    /// `dd if=/dev/urandom of=/data/big bs=1M count=100 oflag=direct`.
    pub(super) fn dd(&mut self, words: &[&str]) -> Done {
        let value = |name: &str| words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        // A number that is not there is none; one that is no number, or less than it may be, is an error that shows it.
        let number = |name: &str, read: fn(&str) -> Option<i64>, least: i64| {
            let checked = |text| read(text).filter(|number| *number >= least).ok_or(text);
            value(name).map(checked).transpose()
        };
        let numbers = || -> Result<_, &str> {
            let size = number("bs", bytes_of, 1)?.unwrap_or(512);
            let count = number("count", |text| text.parse().ok(), 0)?;
            let place = |name| number(name, bytes_of, 0).map(|blocks| blocks.unwrap_or(0).saturating_mul(size));
            Ok((size, count, place("skip")?, place("seek")?))
        };
        let (size, count, skip, seek) = match numbers() {
            Ok(numbers) => numbers,
            Err(text) => return self.fails("dd", "invalid number", text),
        };
        let wanted = count.and_then(|count| count.checked_mul(size));
        let found = self.found();
        let device = value("of").filter(|to| to.starts_with("/dev/"));
        let device = device.and_then(|to| disks::named(&found, to));
        let from = value("if").unwrap_or_default();
        if value("of") == Some("/dev/null")
            && from.starts_with("/dev/nvme") | from.starts_with("/dev/xvd") | from.starts_with("/dev/sd")
        {
            return self.dd_reads(from, wanted, size);
        }
        let source = match (from, wanted) {
            ("/dev/zero" | "/dev/urandom" | "/dev/random", None) if device.is_none() => {
                return self.fails("dd", from, "it never ends: say count=N");
            }
            ("/dev/zero", _) => Source::Zeros,
            ("/dev/urandom" | "/dev/random", _) => Source::Noise,
            (path, _) => match self.dd_read(path, wanted, skip) {
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
        let total = endless.map_or(total, |disk| (disk.size - seek).max(0));
        let done = match device {
            Some(disk) => self.dd_device(&disk.disk.clone(), disk.size, seek, total, source),
            None => {
                let path = self.absolute(to);
                let data = match source {
                    Source::Bytes(bytes) => Data::Bytes(Rc::new(bytes)),
                    Source::Zeros => Data::Zeros(total),
                    Source::Noise => Data::Noise(total),
                };
                self.put(&path, data)
            }
        };
        if let Err(why) = done {
            return self.fails("dd", &format!("error writing '{to}'"), &why);
        }
        let direct = words
            .iter()
            .any(|word| matches!(*word, "oflag=direct" | "oflag=sync" | "conv=fsync" | "oflag=dsync"));
        if direct {
            files::sync(self.world, self.region, self.id);
        }
        let records = records(total, size);
        if endless.is_some() {
            self.complain("dd", &format!("error writing '{to}'"), "No space left on device");
        }
        let read = records + i64::from(endless.is_some());
        self.show(&format!(
            "{read}+0 records in\n{records}+0 records out\n{total} bytes copied\n"
        ));
        Done::ended(i64::from(endless.is_some()))
    }

    /// Reads a device for nothing: how blocks that still lie in S3 are fetched, and how long that takes.
    fn dd_reads(&mut self, name: &str, wanted: Option<i64>, size: i64) -> Done {
        let found = self.found();
        let Some(disk) = disks::named(&found, name) else {
            return self.fails("dd", &format!("failed to open '{name}'"), "No such file or directory");
        };
        let total = wanted.unwrap_or(disk.size).clamp(0, disk.size);
        let millis = match &disk.disk {
            Disk::Volume(id) => lazy::fetch(self.world, self.region, *id, 0, total),
            // The host's own disks: half a GiB a second (ours).
            Disk::Store(_) | Disk::Root | Disk::Memory => total * 1_000 / (512 << 20),
        };
        let millis = millis.max(1);
        self.took += millis;
        let records = records(total, size);
        let rate = i128::from(total) / i128::from(millis) / 100;
        let (seconds, rest) = (millis / 1_000, millis % 1_000);
        self.show(&format!(
            "{records}+0 records in\n{records}+0 records out\n{total} bytes copied, {seconds}.{rest:03} s, {}.{} MB/s\n",
            rate / 10,
            rate % 10
        ));
        Done::well("")
    }

    fn dd_read(&mut self, path: &str, wanted: Option<i64>, skip: i64) -> Result<Vec<u8>, String> {
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
        Ok(self.world.bytes.read(&blocks, skip, most.min(left)))
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

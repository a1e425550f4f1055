//! What a file system looks like to the engine: its tree stands in the first block of its disk, as text, and files' bytes
//! stand in blocks of their own; so whatever copies blocks (a snapshot, an image, a direct call) copies files.
//!
//! The format is ours. Nothing here panics on bytes that are no tree.

use super::storage::BLOCK_BYTES;
use crate::base::ids::VolumeId;
use crate::base::sorted::Sorted;
use crate::base::time::Time;
use serde::Serialize;
use std::fmt::Write as _;
use std::rc::Rc;

/// What the first line of a tree begins with.
const MAGIC: &str = "stratus-fs 1 ";
/// Files begin at such places.
const GRAIN: i64 = 4096;
/// Files and folders of one file system.
pub const ENTRIES: usize = 4_000;
/// Blocks at the beginning of a disk that no file lies in: the tree, and what the first boot writes over.
pub const HEAD_BLOCKS: i64 = 16;

/// A disk as a guest has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Disk {
    /// An attached volume.
    Volume(VolumeId),
    /// A disk of the host: `ephemeral0`.
    Store(String),
    /// The root of an instance whose image is a bundle, on the host's disks.
    Root,
    /// No disk: a file system in the guest's memory (`tmpfs`). It lives in the cache only, and nothing writes it back.
    Memory,
}

/// A file system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tree {
    /// `xfs`, `ext4`.
    pub kind: String,
    /// Its UUID.
    pub uuid: String,
    /// Its label; empty = none.
    pub label: String,
    /// How often it was written: of two trees on a disk the newer one counts.
    pub generation: u64,
    /// Bytes that it spans, which a larger disk does not change by itself.
    pub size: i64,
    /// The first byte that files may lie at.
    pub floor: i64,
    /// A second place of the tree: the block that user data writes.
    pub more: Option<i64>,
    /// By path within it, which begins with `/`.
    pub entries: Sorted<String, Entry>,
}

/// A file or a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Entry {
    /// A folder.
    Folder,
    /// A file: where its bytes lie, how many, when they were written.
    File(i64, i64, Time),
}

/// What a guest holds in memory of a file system and has not yet written to its disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cache {
    /// The tree as programs see it.
    pub tree: Tree,
    /// Bytes of files that were written.
    pub data: Sorted<String, Data>,
    /// Since when something waits.
    pub since: Time,
}

/// Bytes of a written file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Data {
    /// These.
    Bytes(Rc<Vec<u8>>),
    /// So many zeros.
    Zeros(i64),
    /// So many of no matter what.
    Noise(i64),
}

impl Data {
    /// How many.
    pub fn len(&self) -> i64 {
        match self {
            Data::Bytes(bytes) => bytes.len() as i64,
            Data::Zeros(length) | Data::Noise(length) => *length,
        }
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A file system that is mounted beside the root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mount {
    /// Which disk.
    pub disk: Disk,
    /// Where: an absolute path.
    pub at: String,
}

/// The disks of a guest as its kernel has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Disks {
    /// What is mounted, in order.
    pub mounts: Vec<Mount>,
    /// What waits to be written, by disk.
    pub cache: Sorted<Disk, Cache>,
    /// The blocks of a root that lies on the host's disks.
    pub root: Vec<(i64, (i64, u64))>,
}

impl Disks {
    /// Whether nothing is there to say.
    pub fn is_empty(&self) -> bool {
        self.mounts.is_empty() && self.cache.is_empty() && self.root.is_empty()
    }
}

impl Tree {
    /// An empty one.
    pub fn new(kind: &str, uuid: String, size: i64) -> Tree {
        Tree {
            kind: kind.to_owned(),
            uuid,
            label: String::new(),
            generation: 1,
            size,
            floor: HEAD_BLOCKS * BLOCK_BYTES,
            more: None,
            entries: Sorted::default(),
        }
    }

    /// Bytes of all files.
    pub fn used(&self) -> i64 {
        let length = |entry: &Entry| match entry {
            Entry::File(_, length, _) => (length + GRAIN - 1) / GRAIN * GRAIN,
            Entry::Folder => 0,
        };
        self.entries.values().map(length).sum()
    }

    /// Whether a path is a folder.
    pub fn is_folder(&self, path: &str) -> bool {
        path == "/" || self.entries.get(path) == Some(&Entry::Folder)
    }

    /// Finds room for so many bytes that no file lies in; `None` = the file system is full.
    pub fn place(&self, length: i64) -> Option<i64> {
        let mut taken: Vec<(i64, i64)> = self
            .entries
            .values()
            .filter_map(|entry| match entry {
                Entry::File(start, length, _) if *length > 0 => Some((*start, start + length)),
                _ => None,
            })
            .collect();
        stratus_model::sort::sort(&mut taken);
        let up = |at: i64| (at + GRAIN - 1) / GRAIN * GRAIN;
        let mut at = up(self.floor);
        for (start, end) in taken {
            if start - at >= length {
                break;
            }
            at = at.max(up(end));
        }
        (at.checked_add(length)? <= self.size).then_some(at)
    }

    /// As it stands on a disk; `None` = it does not fit into its block.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        // A line for each folder, most of them short: a boot writes a tree, and formats only what are numbers.
        let mut text = String::with_capacity(128 + 24 * self.entries.len());
        let _ = write!(text, "{MAGIC}{}\nuuid {}\n", self.kind, self.uuid);
        let more = self.more.unwrap_or(-1);
        let _ = writeln!(text, "label {}", self.label);
        let _ = writeln!(text, "numbers {} {} {} {more}", self.generation, self.size, self.floor);
        for (path, entry) in self.entries.iter() {
            match entry {
                Entry::Folder => text.push_str("d "),
                Entry::File(start, length, at) => {
                    let _ = write!(text, "f {start} {length} {} ", at.0);
                }
            }
            text.push_str(path);
            text.push('\n');
        }
        (text.len() as i64 <= BLOCK_BYTES && self.entries.len() <= ENTRIES).then(|| text.into_bytes())
    }

    /// Whether a block may hold a tree with this path: a quick no is what most questions get.
    pub fn may_name(bytes: &[u8], path: &str) -> bool {
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        let text = bytes.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok());
        text.is_some_and(|text| text.starts_with(MAGIC) && text.contains(path))
    }

    /// Where the second place of the tree in a block may be, if it has one: [`Tree::from_bytes`] judges the rest.
    pub fn more_in(bytes: &[u8]) -> Option<i64> {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        lines.next()?.strip_prefix(MAGIC.as_bytes())?;
        let numbers = lines.nth(2)?.strip_prefix(b"numbers ")?;
        let more = numbers.split(|byte| *byte == b' ').nth(3)?;
        let more: i64 = std::str::from_utf8(more).ok()?.parse().ok()?;
        (more >= 0).then_some(more)
    }

    /// What a block says of a tree before its entries, and the lines of those.
    fn head(bytes: &[u8]) -> Option<(Tree, std::str::Lines<'_>)> {
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        let text = std::str::from_utf8(bytes.get(..end)?).ok()?;
        let mut lines = text.lines();
        let kind = lines.next()?.strip_prefix(MAGIC)?;
        let uuid = lines.next()?.strip_prefix("uuid ")?;
        let label = lines.next()?.strip_prefix("label ")?;
        let numbers: Vec<i64> = lines
            .next()?
            .strip_prefix("numbers ")?
            .split(' ')
            .map_while(|number| number.parse().ok())
            .collect();
        let [generation, size, floor, more] = numbers.as_slice() else {
            return None;
        };
        let tree = Tree {
            label: label.to_owned(),
            generation: u64::try_from(*generation).ok()?,
            floor: *floor,
            more: Some(*more).filter(|block| *block >= 0),
            ..Tree::new(kind, uuid.to_owned(), *size)
        };
        Some((tree, lines))
    }

    /// Reads a block; `None` = there is no tree in it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Tree> {
        let (mut tree, lines) = Tree::head(bytes)?;
        for line in lines.take(ENTRIES) {
            let (path, entry) = match line.split_once(' ')? {
                ("d", path) => (path, Entry::Folder),
                ("f", rest) => {
                    let mut words = rest.splitn(4, ' ');
                    let mut number = || words.next()?.parse::<i64>().ok();
                    let (start, length, at) = (number()?, number()?, number()?);
                    let inside = start >= 0 && length >= 0 && start.checked_add(length)? <= tree.size;
                    (words.next().filter(|_| inside)?, Entry::File(start, length, Time(at)))
                }
                _ => return None,
            };
            tree.entries.insert(path.to_owned(), entry);
        }
        Some(tree)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
    use super::*;

    #[test]
    fn a_tree_reads_as_it_was_written() {
        let mut tree = Tree::new("xfs", "1b4e28ba".to_owned(), 1 << 30);
        tree.entries.insert("/a b".to_owned(), Entry::Folder);
        let at = tree.place(5).unwrap();
        tree.entries.insert("/a b/c".to_owned(), Entry::File(at, 5, Time(7)));
        assert_eq!(tree.place(1), Some(at + 4096));
        let mut block = tree.to_bytes().unwrap();
        block.resize(4096, 0);
        assert_eq!(Tree::from_bytes(&block), Some(tree));
        assert_eq!(
            Tree::from_bytes(b"stratus-fs 1 xfs\nuuid x\nlabel \nnumbers 1 2\n"),
            None
        );
        assert_eq!(Tree::from_bytes(&[0xff; 64]), None);
    }
}

//! The bytes of written blocks, held once by what they are: volumes, snapshots, images and copies name a block by the stamp
//! of its write and its place, and blocks of equal bytes share one piece of memory. Bytes are never changed in place.
//!
//! A block without an entry here was written by nobody in particular (an image's own files, a write of so many GiB): its
//! bytes follow from its stamp. What a boot writes follows from the calls as well, and stands outside the digest, so that
//! worlds from before there were files end in the digest that they always had.

use super::storage::{BLOCK_BYTES, Extents};
use super::table::Table;
use serde::ser::{Serialize, SerializeSeq, Serializer};
use sha2::{Digest, Sha256};
use std::rc::Rc;

/// The first half of the SHA-256 of a block's bytes.
type Name = (u64, u64);

/// Bytes by stamp and block, and each content once.
#[derive(Clone, Debug, Default)]
pub struct Bytes {
    names: Table<(u64, i64), (Name, bool)>,
    /// The bytes without the zeros at their end, and how many blocks have them.
    pool: Table<Name, (Rc<[u8]>, u64)>,
    /// Stamps that were given to blocks in place of others, and the first of those: what follows from a stamp stays as it was.
    origins: Table<u64, u64>,
    /// Bytes of all contents.
    held: usize,
    /// Entries that the digest counts.
    counted: usize,
    /// What was put last, with its name: guests that boot from one image write the same, and need not hash it again.
    last: Option<(Name, Rc<[u8]>)>,
}

impl Bytes {
    /// Whether the digest has nothing to count.
    pub fn is_uncounted(&self) -> bool {
        self.counted == 0
    }
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
    /// Bytes that are held, each content once.
    pub fn held(&self) -> usize {
        self.held
    }
    /// Blocks that have bytes, and different contents among them.
    pub fn counts(&self) -> (usize, usize) {
        (self.names.len(), self.pool.len())
    }

    /// Every block that has bytes: the stamp of its write, and its place.
    pub fn places(&self) -> impl Iterator<Item = (u64, i64)> + '_ {
        self.names.iter().map(|(place, _)| *place)
    }

    /// The bytes of a block, without the zeros at their end.
    pub fn get(&self, stamp: u64, block: i64) -> Option<&Rc<[u8]>> {
        let (name, _) = self.names.get(&(stamp, block))?;
        self.pool.get(name).map(|(bytes, _)| bytes)
    }

    /// Says what a block's bytes are. `counted`: whether they count in the digest.
    pub fn put(&mut self, stamp: u64, block: i64, bytes: &[u8], counted: bool) {
        let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        let bytes = bytes.get(..end).unwrap_or_default();
        let known = self.last.take().filter(|(_, last)| **last == *bytes);
        let (name, bytes) = known.unwrap_or_else(|| (name_of(bytes), Rc::from(bytes)));
        self.drop_one(stamp, block);
        match self.pool.get_mut(&name) {
            Some((_, blocks)) => *blocks += 1,
            None => {
                self.held += bytes.len();
                self.pool.insert(name, (bytes.clone(), 1));
            }
        }
        self.last = Some((name, bytes));
        self.names.insert((stamp, block), (name, counted));
        self.counted += usize::from(counted);
    }

    /// Blocks in a place that have this stamp get another: their bytes go with them.
    pub fn carry(&mut self, stamp: u64, new: u64, first: i64, count: i64) {
        self.origins.insert(new, self.origin(stamp));
        let found: Vec<(i64, (Name, bool))> = self
            .names
            .range((stamp, first)..(stamp, first.saturating_add(count)))
            .map(|((_, block), entry)| (*block, *entry))
            .collect();
        for (block, (name, counted)) in found {
            self.drop_one(new, block);
            if let Some((_, blocks)) = self.pool.get_mut(&name) {
                *blocks += 1;
                self.names.insert((new, block), (name, counted));
                self.counted += usize::from(counted);
            }
        }
    }

    /// The stamp that blocks of this one had at first.
    pub fn origin(&self, stamp: u64) -> u64 {
        self.origins.get(&stamp).copied().unwrap_or(stamp)
    }

    /// Forgets all blocks of a stamp.
    pub fn forget(&mut self, stamp: u64) {
        let found: Vec<i64> = self
            .names
            .range((stamp, i64::MIN)..=(stamp, i64::MAX))
            .map(|((_, block), _)| *block)
            .collect();
        for block in found {
            self.drop_one(stamp, block);
        }
    }

    /// The blocks in a place that have bytes under this stamp.
    pub fn blocks_of(&self, stamp: u64, first: i64, after: i64) -> Vec<i64> {
        let range = self.names.range((stamp, first)..(stamp, after));
        range.map(|((_, block), _)| *block).collect()
    }

    /// Forgets the bytes of one block.
    pub fn forget_one(&mut self, stamp: u64, block: i64) {
        self.drop_one(stamp, block);
    }

    fn drop_one(&mut self, stamp: u64, block: i64) {
        let Some((name, counted)) = self.names.get(&(stamp, block)).copied() else {
            return;
        };
        self.names.remove(&(stamp, block));
        self.counted -= usize::from(counted);
        let Some((bytes, blocks)) = self.pool.get_mut(&name) else {
            return;
        };
        *blocks -= 1;
        if *blocks == 0 {
            self.held -= bytes.len();
            self.pool.remove(&name);
        }
    }
}

fn name_of(bytes: &[u8]) -> Name {
    let digest = Sha256::digest(bytes);
    let half = |from: usize| {
        let mut eight = [0; 8];
        eight.copy_from_slice(digest.get(from..from + 8).unwrap_or(&[0; 8]));
        u64::from_be_bytes(eight)
    };
    (half(0), half(8))
}

/// What the digest counts: where each content stands. The contents are known by their hash.
impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.counted))?;
        for (place, (name, _)) in self.names.iter().filter(|(_, (_, counted))| *counted) {
            list.serialize_element(&(place, name))?;
        }
        list.end()
    }
}

/// The stamp of a block, if it was ever written.
pub fn stamp_at(contents: &Extents, block: i64) -> Option<u64> {
    let (first, (count, stamp)) = contents.range(..=block).next_back()?;
    (block < first + count).then_some(*stamp)
}

/// Bytes of one line of a block that nobody in particular wrote.
const LINE: usize = 64;

/// The line that such a block consists of.
fn line(stamp: u64, block: i64) -> [u8; LINE] {
    let mut bytes = [b' '; LINE];
    let text = format!("stratus write {stamp:016x} block {block:016x}");
    for (to, from) in bytes.iter_mut().zip(text.bytes()) {
        *to = from;
    }
    if let Some(last) = bytes.last_mut() {
        *last = b'\n';
    }
    bytes
}

impl Bytes {
    /// Reads what contents hold: zeros where nothing was ever written.
    pub fn read(&self, contents: &Extents, offset: i64, length: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(length);
        let mut at = offset;
        while out.len() < length {
            let (block, within) = (at.div_euclid(BLOCK_BYTES), at.rem_euclid(BLOCK_BYTES));
            let within = usize::try_from(within).unwrap_or(0);
            let piece = (length - out.len()).min(BLOCK_BYTES as usize - within);
            self.piece(contents, block, within, piece, &mut out);
            at += piece as i64;
        }
        out
    }

    fn piece(&self, contents: &Extents, block: i64, within: usize, length: usize, out: &mut Vec<u8>) {
        let end = out.len() + length;
        match stamp_at(contents, block) {
            None => {}
            Some(stamp) => match self.get(stamp, block) {
                Some(bytes) => {
                    let known = bytes.get(within..bytes.len().min(within + length));
                    out.extend_from_slice(known.unwrap_or_default());
                }
                None => {
                    let line = line(self.origin(stamp), block);
                    out.extend(line.iter().cycle().skip(within % LINE).take(length));
                }
            },
        }
        out.resize(end, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_are_held_once() {
        let mut bytes = Bytes::default();
        bytes.put(1, 0, b"hello\0\0", true);
        bytes.put(2, 7, b"hello", true);
        bytes.put(3, 7, b"other", false);
        assert_eq!((bytes.counts(), bytes.held()), ((3, 2), 10));
        bytes.carry(2, 9, 0, 100);
        bytes.forget(2);
        bytes.forget(1);
        assert_eq!(bytes.get(9, 7).map(|bytes| bytes.to_vec()), Some(b"hello".to_vec()));
        bytes.forget(9);
        bytes.forget(3);
        assert_eq!((bytes.counts(), bytes.held(), bytes.is_uncounted()), ((0, 0), 0, true));
    }

    #[test]
    fn what_was_never_written_is_zero() {
        let mut contents = Extents::default();
        contents.insert(1, (2, 5));
        let mut bytes = Bytes::default();
        bytes.put(5, 2, b"abc", true);
        assert_eq!(bytes.read(&contents, 2 * BLOCK_BYTES - 1, 5), b"\nabc\0");
        assert_eq!(bytes.read(&contents, BLOCK_BYTES - 2, 4), b"\0\0st");
    }
}

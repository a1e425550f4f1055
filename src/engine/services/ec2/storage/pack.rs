//! Contents as the bytes of an object, and back: how bundles and stored images lie in buckets. The form is ours, and sparse:
//! blocks that nobody in particular wrote are named by the stamp of their write, blocks with bytes carry them.
//!
//! Whatever comes in an object is taken as a text from outside: it may be refused, and nothing panics.

use super::contents;
use crate::world::World;
use crate::world::bytes::stamp_at;
use crate::world::storage::{BLOCK_BYTES, Extents};
use std::fmt::Write as _;

/// What the first line says.
const MAGIC: &str = "stratus-image 1";
/// Lines of one object.
const LINES: usize = 1_000_000;

/// Packs contents: `run FIRST COUNT STAMP` for each run, `bytes BLOCK LENGTH` and as many bytes for each block that has its
/// own, `end` at the end.
pub(super) fn pack(world: &World, blocks: &Extents) -> Vec<u8> {
    let mut out = format!("{MAGIC}\n");
    for (first, count, stamp) in contents::runs(blocks) {
        let _ = writeln!(out, "run {first} {count} {:x}", world.bytes.origin(stamp));
    }
    let mut out = out.into_bytes();
    for (first, count, stamp) in contents::runs(blocks) {
        for block in world.bytes.blocks_of(stamp, first, first + count) {
            if let Some(bytes) = world.bytes.get(stamp, block) {
                out.extend_from_slice(format!("bytes {block} {}\n", bytes.len()).as_bytes());
                out.extend_from_slice(bytes);
            }
        }
    }
    out.extend_from_slice(b"end\n");
    out
}

/// Unpacks what [`pack`] made, as far as a disk of so many blocks goes; `None` for anything else. Blocks with bytes get a
/// stamp of their own.
pub(super) fn unpack(world: &mut World, mut packed: &[u8], size: i64) -> Option<Extents> {
    let mut blocks = Extents::default();
    let mut own: Vec<(i64, &[u8])> = Vec::new();
    if line(&mut packed)? != MAGIC {
        return None;
    }
    for _ in 0..LINES {
        let text = line(&mut packed)?;
        let words: Vec<&str> = text.split(' ').collect();
        match words.as_slice() {
            ["end"] => {
                if !own.is_empty() {
                    let stamp = world.birth();
                    for (block, bytes) in own {
                        contents::write(&mut blocks, block, 1, stamp);
                        world.bytes.put(stamp, block, bytes, true);
                    }
                }
                return Some(blocks);
            }
            ["run", first, count, stamp] => {
                let (first, count) = (first.parse::<i64>().ok()?, count.parse::<i64>().ok()?);
                let stamp = u64::from_str_radix(stamp, 16).ok()?;
                if first < 0 || count < 1 || first.checked_add(count)? > size {
                    return None;
                }
                contents::write(&mut blocks, first, count, stamp);
            }
            ["bytes", block, length] => {
                let (block, length) = (block.parse::<i64>().ok()?, length.parse::<usize>().ok()?);
                let (bytes, rest) = packed.split_at_checked(length)?;
                if length as i64 > BLOCK_BYTES || stamp_at(&blocks, block).is_none() {
                    return None;
                }
                own.push((block, bytes));
                packed = rest;
            }
            _ => return None,
        }
    }
    None
}

/// The next line.
fn line<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let end = bytes.iter().take(200).position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    *bytes = rest.get(1..)?;
    std::str::from_utf8(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Options;

    #[test]
    fn contents_come_back_from_an_object() {
        let mut world = World::new(Options::default());
        let mut blocks = Extents::default();
        contents::write(&mut blocks, 3, 100, 7);
        contents::write(&mut blocks, 5, 1, 8);
        world.bytes.put(8, 5, b"hello", true);
        let packed = pack(&world, &blocks);
        let back = unpack(&mut world, &packed, 1_000);
        let read = |contents: &Extents| world.bytes.read(contents, 3 * BLOCK_BYTES, 3 * BLOCK_BYTES as usize);
        assert_eq!(back.as_ref().map(read), Some(read(&blocks)));
        for end in 0..packed.len() {
            assert!(unpack(&mut world, &packed[..end], 1_000).is_none());
        }
        assert!(unpack(&mut world, &packed, 50).is_none(), "it is larger than the disk");
    }
}

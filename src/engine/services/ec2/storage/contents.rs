//! Contents of volumes and snapshots: arithmetic on extents of stamped 512 KiB blocks. Pure: no world, no clock.
//!
//! A block that was never written is not there. Two blocks at one place are equal exactly if their stamps are.

use crate::world::storage::{BLOCK_BYTES, Extents};

/// Blocks of one GiB.
pub(crate) const GIB_BLOCKS: i64 = (1 << 30) / BLOCK_BYTES;

/// Consecutive blocks of one stamp: first block, how many, stamp.
pub(crate) type Run = (i64, i64, u64);

/// Writes `count` blocks from `first` on with one stamp.
pub(crate) fn write(contents: &mut Extents, first: i64, count: i64, stamp: u64) {
    if count <= 0 {
        return;
    }
    let end = first + count;
    // The run before may reach into the new one; those that begin within it are cut or go.
    let before = contents.range(..first).next_back().map(|(at, run)| (*at, *run));
    let within: Vec<(i64, (i64, u64))> = contents.range(first..end).map(|(at, run)| (*at, *run)).collect();
    for (at, (length, old)) in before.into_iter().chain(within) {
        let old_end = at + length;
        if old_end <= first {
            continue;
        }
        contents.remove(&at);
        if at < first {
            contents.insert(at, (first - at, old));
        }
        if old_end > end {
            contents.insert(end, (old_end - end, old));
        }
    }
    let (mut start, mut length) = (first, count);
    let left = contents.range(..first).next_back().map(|(at, run)| (*at, *run));
    if let Some((at, (left, old))) = left
        && at + left == first
        && old == stamp
    {
        contents.remove(&at);
        (start, length) = (at, length + left);
    }
    if let Some((right, old)) = contents.get(&end).copied()
        && old == stamp
    {
        contents.remove(&end);
        length += right;
    }
    contents.insert(start, (length, stamp));
}

/// The runs between two blocks, cut to them.
pub(crate) fn runs_within(contents: &Extents, first: i64, end: i64) -> Vec<Run> {
    let before = contents.range(..first).next_back();
    let all = before.into_iter().chain(contents.range(first..end.max(first)));
    all.map(|(at, (count, stamp))| {
        let (from, to) = ((*at).max(first), (at + count).min(end));
        (from, to - from, *stamp)
    })
    .filter(|(_, count, _)| *count > 0)
    .collect()
}

/// How many blocks have been written.
pub(crate) fn blocks(contents: &Extents) -> i64 {
    contents.rows().map(|(count, _)| count).sum()
}

/// The contents as runs, by place.
pub(crate) fn runs(contents: &Extents) -> Vec<Run> {
    contents
        .iter()
        .map(|(at, (count, stamp))| (*at, *count, *stamp))
        .collect()
}

/// What of `runs` is not the same in `old`. Both are sorted and free of overlaps; so is the answer.
pub(crate) fn without(runs: Vec<Run>, old: &Extents) -> Vec<Run> {
    minus(runs, old, |stamp, other| stamp == other)
}

/// What of `runs` is at places that `old` has nothing at, whatever the stamps are.
pub(crate) fn beside(runs: Vec<Run>, old: &Extents) -> Vec<Run> {
    minus(runs, old, |_, _| true)
}

/// `runs` without the places where `old` has a block that `covers` the one there (by their stamps).
fn minus(runs: Vec<Run>, old: &Extents, covers: impl Fn(u64, u64) -> bool) -> Vec<Run> {
    let mut out = Vec::new();
    let mut others = old
        .iter()
        .map(|(at, (count, stamp))| (*at, at + count, *stamp))
        .peekable();
    for (first, count, stamp) in runs {
        let end = first + count;
        let mut from = first;
        while let Some((at, to, other)) = others.peek().copied() {
            if to <= from {
                others.next();
                continue;
            }
            if at >= end {
                break;
            }
            if covers(stamp, other) {
                if at > from {
                    out.push((from, at - from, stamp));
                }
                from = to.min(end);
            }
            // A run that reaches beyond this one is looked at again for the next.
            if to > end {
                break;
            }
            others.next();
        }
        if from < end {
            out.push((from, end - from, stamp));
        }
    }
    out
}

/// How many blocks these runs have.
pub(crate) fn count(runs: &[Run]) -> i64 {
    runs.iter().map(|(_, count, _)| count).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The plain truth: one entry a block.
    fn plain(contents: &Extents) -> BTreeMap<i64, u64> {
        runs(contents)
            .into_iter()
            .flat_map(|(first, count, stamp)| (first..first + count).map(move |b| (b, stamp)))
            .collect()
    }

    fn written(writes: &[(i64, i64, u64)]) -> (Extents, BTreeMap<i64, u64>) {
        let (mut contents, mut truth) = (Extents::default(), BTreeMap::new());
        for (first, count, stamp) in writes {
            write(&mut contents, *first, *count, *stamp);
            truth.extend((*first..first + count).map(|block| (block, *stamp)));
        }
        (contents, truth)
    }

    fn writes() -> impl Strategy<Value = Vec<(i64, i64, u64)>> {
        proptest::collection::vec((0i64..40, 1i64..12, 0u64..4), 0..12)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn writing_is_as_writing_block_by_block(writes in writes()) {
            let (contents, truth) = written(&writes);
            prop_assert_eq!(plain(&contents), truth);
            for pair in runs(&contents).windows(2) {
                let ((a, n, s), (b, _, t)) = (pair[0], pair[1]);
                prop_assert!(a + n < b || (a + n == b && s != t), "runs overlap or could be one");
            }
        }

        #[test]
        fn the_difference_is_what_differs(one in writes(), two in writes()) {
            let ((new, new_truth), (old, old_truth)) = (written(&one), written(&two));
            let expected = new_truth.iter().filter(|(block, stamp)| old_truth.get(block) != Some(stamp)).count();
            prop_assert_eq!(count(&without(runs(&new), &old)), expected as i64);
            let alone: BTreeMap<i64, u64> = new_truth
                .iter()
                .filter(|(block, _)| !old_truth.contains_key(block))
                .map(|(block, stamp)| (*block, *stamp))
                .collect();
            let found = beside(runs(&new), &old);
            let found: BTreeMap<i64, u64> = found
                .into_iter()
                .flat_map(|(first, count, stamp)| (first..first + count).map(move |block| (block, stamp)))
                .collect();
            prop_assert_eq!(found, alone);
            prop_assert_eq!(blocks(&new), new_truth.len() as i64);
        }
    }
}

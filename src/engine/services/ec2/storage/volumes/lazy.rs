//! How the blocks of a snapshot come to a volume that was made of it: those that are read at once come one by one from S3 and
//! slowly, the others in the background; with fast restores all are there from the start.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html>

use super::contents::blocks;
use crate::base::time::Time;
use crate::world::storage::{BLOCK_BYTES, Volume};

/// MiB/s in the background where no rate was asked for (AWS names none; this is ours).
const BACKGROUND: i64 = 50;
/// MiB/s of a first read (ours).
const FIRST_READ: i64 = 20;
/// MiB/s of any other, where the type does not say.
const READ: i64 = 125;

/// How far a volume has got.
pub(crate) struct Loading {
    /// `default`, `provisioned-rate`.
    pub kind: &'static str,
    /// Percent.
    pub percent: i64,
    /// Seconds that are left, where a rate was asked for.
    pub left: Option<i64>,
}

/// How far the blocks of a volume's snapshot have come; `None` for a volume that was not made of one.
pub(crate) fn loading(now: Time, row: &Volume) -> Option<Loading> {
    row.snapshot?;
    let past = |whole: i64| (now - row.created).0.clamp(0, whole);
    let Some(rate) = row.initialization_rate else {
        let mib = (blocks(&row.contents) * BLOCK_BYTES) >> 20;
        let whole = if row.fast_restored {
            1
        } else {
            (mib.saturating_mul(1_000) / BACKGROUND).max(1)
        };
        let percent = if row.fast_restored {
            100
        } else {
            past(whole).saturating_mul(100) / whole
        };
        return Some(Loading {
            kind: "default",
            percent,
            left: None,
        });
    };
    // The whole volume at so many MiB/s.
    let whole = (row.size_gib.saturating_mul(1_024_000) / rate.max(1)).max(1);
    Some(Loading {
        kind: "provisioned-rate",
        percent: past(whole).saturating_mul(100) / whole,
        left: Some((whole - past(whole) + 999) / 1_000),
    })
}

/// Milliseconds that reading so many bytes of a volume takes.
pub(crate) fn read_millis(now: Time, row: &Volume, bytes: i64) -> i64 {
    let there = loading(now, row).map_or(100, |loading| loading.percent);
    let millis =
        |percent: i64, rate: i64| (i128::from(bytes) * i128::from(percent) * 10 / i128::from(rate << 20)) as i64;
    millis(there, row.throughput.unwrap_or(READ)) + millis(100 - there, FIRST_READ)
}

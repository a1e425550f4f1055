//! Rows of what other accounts own in a Region, as far as this world knows of it: their snapshots and images. Data only; who may do
//! what with them is in `services::ec2::storage::others`. A world that nobody else has offered anything to has none of it.

use super::bytes::stamp_at;
use super::compute::Image;
use super::storage::Snapshot;
use super::table::Table;
use crate::base::ids::{ImageId, SnapshotId};
use serde::Serialize;

/// What other accounts own in one Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Others {
    /// Their snapshots.
    pub snapshots: Table<SnapshotId, OtherSnapshot>,
    /// Their images; each says who owns it, and who may launch it.
    pub images: Table<ImageId, Image>,
}

/// A snapshot that another account owns, and pays for.
#[derive(Clone, Debug, Serialize)]
pub struct OtherSnapshot {
    /// The account.
    pub owner: String,
    /// What it is; `shared_with` says who may make volumes of it.
    pub row: Snapshot,
    /// Whether this account may use the key that encrypts it.
    pub key_granted: bool,
}

impl Others {
    /// A snapshot, shared or not.
    #[inline(never)]
    pub fn snapshot(&self, id: SnapshotId) -> Option<&OtherSnapshot> {
        self.snapshots.get(&id)
    }

    /// An image, shared or not.
    #[inline(never)]
    pub fn image(&self, id: ImageId) -> Option<&Image> {
        self.images.get(&id)
    }

    /// Whether a snapshot here has this block of this write.
    #[inline(never)]
    pub fn holds(&self, stamp: u64, block: i64) -> bool {
        let mut rows = self.snapshots.rows();
        rows.any(|other| stamp_at(&other.row.contents, block) == Some(stamp))
    }
}

//! Snapshots.

use super::contents::GIB_BLOCKS;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId};
use crate::catalog::images::{DeviceSource, Platform};
use crate::catalog::{self, Region};
use crate::services::ec2::common::unknown;
use crate::world::World;
use crate::world::storage::{Extents, Snapshot};

/// What a volume can be made of: a snapshot of the account's own or the one behind an image of the catalogue.
pub(crate) struct Source {
    /// Size of the volume that it was taken of.
    pub size_gib: i64,
    /// The key that encrypts it.
    pub kms_key: Option<String>,
    /// Its bytes.
    pub contents: Extents,
    /// Whether it is the account's own, so that a volume of it continues its chain.
    pub own: bool,
}

/// The bytes of a snapshot that is complete.
///
/// # Errors
/// `InvalidSnapshot.NotFound`; `IncorrectState` while it is pending.
pub(crate) fn source(world: &World, region: Region, id: SnapshotId) -> Result<Source> {
    if let Some(own) = world.row::<Snapshot>(region, id) {
        if !own.completed {
            return Err(
                Error::new("IncorrectState", format!("Snapshot '{id}' is not 'completed'."))
                    .remedy("Wait until its state is completed."),
            );
        }
        return Ok(Source {
            size_gib: own.size_gib,
            kms_key: own.kms_key.clone(),
            contents: own.contents.clone(),
            own: true,
        });
    }
    let public =
        catalog::images::find_by_snapshot(region, id.0).ok_or_else(|| unknown(Kind::Snapshot, &id.to_string()))?;
    let size_gib = public.devices.iter().find_map(|device| match device.source {
        DeviceSource::Snapshot { size_gib, .. } => Some(i64::from(size_gib)),
        DeviceSource::Ephemeral(_) => None,
    });
    let size_gib = size_gib.unwrap_or(1);
    // How much of an image's root is written is ours: 17 GiB of Windows, one and a half of Linux, three fifths of
    // what is smaller.
    let written = match public.platform {
        Platform::Windows => 17 * GIB_BLOCKS,
        _ => (3 * GIB_BLOCKS / 2).min(size_gib * GIB_BLOCKS * 3 / 5),
    };
    let mut contents = Extents::default();
    // The upper half of all stamps is the catalogue's; what is written in a world has small ones.
    contents.insert(0, (written.min(size_gib * GIB_BLOCKS), id.0 | 1 << 63));
    Ok(Source {
        size_gib,
        kms_key: None,
        contents,
        own: false,
    })
}

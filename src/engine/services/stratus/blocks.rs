//! The bytes of a volume or of a snapshot, as they stand on it: what no guest's memory still holds back. Ours.

use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId};
use crate::services::Request;
use crate::services::ec2::common::{find, need, read_id};
use crate::services::ec2::storage::snapshots;
use crate::world::World;
use crate::world::storage::Volume;
use stratus_model::{Structure, Value, field};

/// Bytes that are read where nothing else is asked.
const READ: i64 = 4096;

/// Reads up to a block from an offset on. `VolumeId` also takes a snapshot's id.
pub(super) fn read(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::VOLUME_ID)?;
    let (contents, size) = if text.starts_with("snap-") {
        let id = read_id::<SnapshotId>(Kind::Snapshot, text)?;
        let source = snapshots::source(world, region, id)?;
        (source.contents, source.size_gib)
    } else {
        let row = find::<Volume>(world, region, Kind::Volume, text)?;
        (row.contents.clone(), row.size_gib)
    };
    let offset = params.integer(field::OFFSET).unwrap_or(0);
    let length = params.integer(field::LENGTH).unwrap_or(READ);
    if offset.checked_add(length).is_none_or(|end| end > size << 30) {
        return Err(Error::invalid("Offset", format!("it lies beyond the {size} GiB")));
    }
    let bytes = world
        .bytes
        .read(&contents, offset, usize::try_from(length).unwrap_or(0));
    Ok(Structure::new().with(field::DATA, Value::Blob(bytes)))
}

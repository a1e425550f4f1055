//! CreateSnapshot and DeleteSnapshot.

use super::{begin, delete, describe};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId, VolumeId};
use crate::services::Request;
use crate::services::ec2::common::{done, find, read_id};
use crate::services::ec2::storage::no_outpost;
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::storage::Snapshot;
use stratus_model::{Name, Structure, field};

/// Characters of a description.
const DESCRIPTION: usize = 255;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html>
pub(in super::super) fn create_snapshot(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    no_outpost(params)?;
    check_location(params, field::LOCATION)?;
    let volume = read_id::<VolumeId>(Kind::Volume, params.text(field::VOLUME_ID).unwrap_or_default())?;
    let description = described(params)?;
    let id = begin(world, region, volume, description)?;
    tags::apply_specifications(world, region, params, &[("snapshot", &[id.into()])])?;
    let row = find::<Snapshot>(world, region, Kind::Snapshot, &id.to_string())?;
    Ok(describe::snapshot(world, region, row))
}

/// Local snapshots are for volumes in Local Zones, which Stratus has none of.
pub(in super::super) fn check_location(params: &Structure, name: Name) -> Result<()> {
    if params.text(name) == Some("local") {
        let why = "Local snapshots are for volumes in Local Zones.";
        return Err(Error::new("InvalidParameterValue", why).at(name.text()));
    }
    Ok(())
}

/// The description that a call gives.
pub(super) fn described(params: &Structure) -> Result<&str> {
    let text = params.text(field::DESCRIPTION).unwrap_or_default();
    if text.chars().count() > DESCRIPTION {
        return Err(Error::invalid(
            "Description",
            format!("it has more than {DESCRIPTION} characters"),
        ));
    }
    Ok(text)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html>
pub(in super::super) fn delete_snapshot(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let text = request.params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let id = read_id::<SnapshotId>(Kind::Snapshot, text)?;
    delete(world, request.region, id)?;
    done()
}

//! CreateSnapshots: of all volumes of an instance at one moment.

use super::calls::{check_location, described};
use super::{begin, describe};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, SnapshotId, VolumeId};
use crate::services::Request;
use crate::services::ec2::common::{find, read_id};
use crate::services::ec2::storage::no_outpost;
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::storage::Snapshot;
use stratus_model::{Structure, field};

/// The volumes of an instance that a call means.
fn chosen(world: &World, request: &Request<'_>) -> Result<Vec<VolumeId>> {
    let wanted = request
        .params
        .structure(field::INSTANCE_SPECIFICATION)
        .ok_or_else(|| Error::missing("InstanceSpecification"))?;
    let text = wanted.text(field::INSTANCE_ID).unwrap_or_default();
    let instance = find::<Instance>(world, request.region, Kind::Instance, text)?;
    if matches!(
        instance.state,
        InstanceState::ShuttingDown | InstanceState::Terminated | InstanceState::Pending
    ) {
        let why = format!("The instance '{}' is '{}'.", instance.id, instance.state.name());
        return Err(Error::new("IncorrectInstanceState", why).at("InstanceSpecification"));
    }
    let root = wanted.boolean(field::EXCLUDE_BOOT_VOLUME) == Some(true);
    let mut left_out: Vec<VolumeId> = Vec::new();
    for text in wanted.texts(field::EXCLUDE_DATA_VOLUME_IDS) {
        let id = read_id::<VolumeId>(Kind::Volume, text)?;
        let line = instance.block_devices.iter().find(|line| line.volume == id);
        let is_data = line.is_some_and(|line| line.device != instance.machine.root_device_name);
        if !is_data {
            let why = format!("The volume '{text}' is not a data volume of '{}'.", instance.id);
            return Err(Error::new("InvalidParameterValue", why).at("ExcludeDataVolumeIds"));
        }
        left_out.push(id);
    }
    let volumes: Vec<VolumeId> = instance
        .block_devices
        .iter()
        .filter(|line| !(root && line.device == instance.machine.root_device_name))
        .map(|line| line.volume)
        .filter(|volume| !left_out.contains(volume))
        .collect();
    if volumes.is_empty() {
        let why = format!(
            "The instance '{}' has no volume left to make a snapshot of.",
            instance.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("InstanceSpecification"));
    }
    Ok(volumes)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html>: all or none.
pub(in super::super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    no_outpost(params)?;
    check_location(params, field::LOCATION)?;
    let description = described(params)?.to_owned();
    let volumes = chosen(world, request)?;
    let copy = params.text(field::COPY_TAGS_FROM_SOURCE) == Some("volume");
    let mut made: Vec<ResourceId> = Vec::new();
    for volume in volumes {
        let id = begin(world, region, volume, &description)?;
        if copy && let Some(of_volume) = world.tags(region, volume.into()).cloned() {
            tags::put_tags(world, region, id.into(), &of_volume)?;
        }
        made.push(id.into());
    }
    tags::apply_specifications(world, region, params, &[("snapshot", &made)])?;
    let shown: Vec<Structure> = made
        .iter()
        .filter_map(|id| SnapshotId::try_from(*id).ok())
        .filter_map(|id| world.row::<Snapshot>(region, id))
        .map(|row| describe::info(world, region, row))
        .collect();
    Ok(Structure::new().with(field::SNAPSHOTS, shown))
}

//! CopyVolumes: a copy of a volume in its own zone, without a snapshot between. Its blocks are there at once and shared until
//! either is written to.
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copying-volume.html>

use super::{NewVolume, create, describe};
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::services::Request;
use crate::services::ec2::common::{find, note};
use crate::services::ec2::{tags, tokens};
use crate::world::World;
use crate::world::storage::{Volume, VolumeState};
use stratus_model::{Structure, field};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyVolumes.html>
pub(in super::super) fn copy_volumes(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)? {
        let row = find::<Volume>(world, region, Kind::Volume, &made.to_string())?;
        return Ok(Structure::new().with(field::VOLUMES, vec![describe::volume(world, region, row)]));
    }
    let text = params.text(field::SOURCE_VOLUME_ID).unwrap_or_default();
    let source = find::<Volume>(world, region, Kind::Volume, text)?.clone();
    if !matches!(source.state, VolumeState::Available | VolumeState::InUse) {
        return Err(super::incorrect_state(source.id, source.state));
    }
    if !source.encrypted() {
        let why = format!("The source volume '{}' is not encrypted.", source.id);
        return Err(Error::new("UnsupportedOperation", why)
            .at("SourceVolumeId")
            .remedy("Only encrypted volumes can be copied directly: make a snapshot of it instead."));
    }
    if params.boolean(field::ENCRYPTED) == Some(false) {
        let why = "A copy of an encrypted volume is encrypted.";
        return Err(Error::new("InvalidParameterValue", why).at("Encrypted"));
    }
    if params
        .text(field::KMS_KEY_ID)
        .is_some_and(|key| Some(key) != source.kms_key.as_deref())
    {
        let why = "A copy has the key of its source.";
        return Err(Error::new("InvalidParameterValue", why).at("KmsKeyId"));
    }
    let size = params.integer(field::SIZE).unwrap_or(source.size_gib);
    if size < source.size_gib {
        let why = format!("Size must be at least the source volume's {} GiB.", source.size_gib);
        return Err(Error::new("InvalidParameterValue", why).at("Size"));
    }
    let same_type = params
        .text(field::VOLUME_TYPE)
        .is_none_or(|kind| kind == source.volume_type);
    let inherits = |value: Option<i64>| {
        value.filter(|_| same_type && matches!(source.volume_type.as_str(), "gp3" | "io1" | "io2"))
    };
    let new = NewVolume {
        size_gib: Some(size),
        volume_type: params
            .text(field::VOLUME_TYPE)
            .map(str::to_owned)
            .or(Some(source.volume_type.clone())),
        iops: params.integer(field::IOPS).or(inherits(source.iops)),
        throughput: params
            .integer(field::THROUGHPUT)
            .or(source.throughput.filter(|_| same_type && source.volume_type == "gp3")),
        encrypted: true,
        kms_key: source.kms_key.clone(),
        multi_attach: params.boolean(field::MULTI_ATTACH_ENABLED) == Some(true),
        ..NewVolume::new(source.zone)
    };
    let id = create(world, region, new)?;
    // What both have is one thing in the store, but the copy begins a line of snapshots of its own.
    world.update(region, id, |row: &mut Volume| row.contents = source.contents.clone());
    tags::apply_specifications(world, region, params, &[("volume", &[id.into()])])?;
    tokens::remember(request, world, id);
    note(world, region, id, format!("a copy of {}", source.id));
    let row = find::<Volume>(world, region, Kind::Volume, &id.to_string())?;
    Ok(Structure::new().with(field::VOLUMES, vec![describe::volume(world, region, row)]))
}

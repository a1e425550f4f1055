//! Block device mappings: as calls give them, and as images keep them.
//! Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html>

use super::super::volumes::types::{self, Wish};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId};
use crate::services::ec2::common::read_id;
use crate::services::ec2::storage::volumes::calls::is_device_name;
use crate::world::compute::{ImageMapping, ImageVolume};
use stratus_model::{Name, Structure, field};

/// One line of `BlockDeviceMappings` as a call gives it.
#[derive(Clone, Debug, Default)]
pub(crate) struct MappingRequest {
    /// `/dev/sdf`.
    pub device: String,
    /// `ephemeral0`.
    pub virtual_name: Option<String>,
    /// Whether the line takes a device of the image away.
    pub no_device: bool,
    /// What is said of a volume.
    pub ebs: Option<VolumeRequest>,
}

/// What a line of `BlockDeviceMappings` says of a volume.
#[derive(Clone, Debug, Default)]
pub(crate) struct VolumeRequest {
    /// What to make it of.
    pub snapshot: Option<SnapshotId>,
    /// Size in GiB.
    pub size_gib: Option<i64>,
    /// `gp3`, …
    pub volume_type: Option<String>,
    /// IOPS.
    pub iops: Option<i64>,
    /// MiB/s.
    pub throughput: Option<i64>,
    /// Encrypted.
    pub encrypted: Option<bool>,
    /// Whether it goes with the instance.
    pub delete_on_termination: Option<bool>,
}

/// Reads the block device mappings of a call.
///
/// # Errors
/// `MissingParameter`, `InvalidBlockDeviceMapping`, `InvalidParameterValue` for a line that cannot be meant;
/// `InvalidSnapshotID.Malformed`; `Unsupported` for a key (what an image is encrypted with, its snapshots say).
pub(crate) fn read(params: &Structure, name: Name) -> Result<Vec<MappingRequest>> {
    let mut lines: Vec<MappingRequest> = Vec::new();
    for (place, line) in params.structures(name).enumerate() {
        let at = |tail: &str| format!("{}[{place}].{tail}", name.text());
        let Some(device) = line.text(field::DEVICE_NAME) else {
            return Err(Error::missing("deviceName").at(at("DeviceName")));
        };
        let malformed = |why: String| Err(Error::new("InvalidBlockDeviceMapping", why).at(at("DeviceName")));
        if !is_device_name(device) {
            return malformed(format!("Invalid device name {device}"));
        }
        if lines.iter().any(|earlier| earlier.device == device) {
            return malformed(format!("{device} is listed more than once"));
        }
        let line = MappingRequest {
            device: device.to_owned(),
            virtual_name: line.text(field::VIRTUAL_NAME).map(str::to_owned),
            no_device: line.contains(field::NO_DEVICE),
            ebs: line.structure(field::EBS).map(volume).transpose()?,
        };
        let says =
            usize::from(line.virtual_name.is_some()) + usize::from(line.no_device) + usize::from(line.ebs.is_some());
        if says > 1 {
            return malformed(format!("{device} must have one of Ebs, VirtualName and NoDevice"));
        }
        let number = line
            .virtual_name
            .as_deref()
            .map(|name| name.strip_prefix("ephemeral").map(str::parse::<u8>));
        if number.is_some_and(|number| !matches!(number, Some(Ok(0..=23)))) {
            let text = format!("Invalid virtual name '{}'", line.virtual_name.unwrap_or_default());
            return Err(Error::new("InvalidParameterValue", text).at(at("VirtualName")));
        }
        lines.push(line);
    }
    Ok(lines)
}

fn volume(ebs: &Structure) -> Result<VolumeRequest> {
    let refused = [field::OUTPOST_ARN, field::VOLUME_INITIALIZATION_RATE, field::KMS_KEY_ID];
    crate::services::ec2::storage::unsupported(ebs, &refused)?;
    crate::services::ec2::storage::volumes::calls::check_card(ebs)?;
    let snapshot = ebs.text(field::SNAPSHOT_ID).filter(|id| !id.is_empty());
    Ok(VolumeRequest {
        snapshot: snapshot.map(|id| read_id(Kind::Snapshot, id)).transpose()?,
        size_gib: ebs.integer(field::VOLUME_SIZE),
        volume_type: ebs.text(field::VOLUME_TYPE).map(str::to_owned),
        iops: ebs.integer(field::IOPS),
        throughput: ebs.integer(field::THROUGHPUT),
        encrypted: ebs.boolean(field::ENCRYPTED),
        delete_on_termination: ebs.boolean(field::DELETE_ON_TERMINATION),
    })
}

/// A volume of an image's mapping, made of what a call says over what is there already. Sizes and performance are
/// checked as for a volume.
pub(super) fn merge(
    request: &VolumeRequest,
    under: Option<&ImageVolume>,
    least_gib: Option<i64>,
) -> Result<ImageVolume> {
    let Some(size_gib) = request.size_gib.or(under.map(|volume| volume.size_gib)).or(least_gib) else {
        return Err(Error::missing("VolumeSize").remedy("A volume that is made of no snapshot needs a size."));
    };
    if let Some(least) = least_gib.filter(|least| size_gib < *least) {
        let text = format!("Volume of size {size_gib}GB is smaller than snapshot, expect size >= {least}GB");
        return Err(Error::new("InvalidBlockDeviceMapping", text));
    }
    let of_snapshot = request.snapshot.or(under.and_then(|volume| volume.snapshot)).is_some();
    if request.encrypted.is_some() && of_snapshot {
        let text = "the encrypted flag cannot be specified since the device has a snapshot specified.";
        return Err(Error::new("InvalidBlockDeviceMapping", text));
    }
    let volume_type = request
        .volume_type
        .as_deref()
        .or(under.map(|volume| volume.volume_type.as_str()));
    let volume_type = volume_type.unwrap_or(types::DEFAULT);
    let kept = under.filter(|volume| volume.volume_type == volume_type);
    let iops = request.iops.or(kept.and_then(|volume| volume.iops));
    let throughput = request.throughput.or(kept.and_then(|volume| volume.throughput));
    types::settle(&Wish {
        size_gib,
        volume_type,
        iops,
        throughput,
        multi_attach: false,
    })?;
    Ok(ImageVolume {
        snapshot: request.snapshot.or(under.and_then(|volume| volume.snapshot)),
        size_gib,
        volume_type: volume_type.to_owned(),
        delete_on_termination: request
            .delete_on_termination
            .unwrap_or_else(|| under.is_none_or(|volume| volume.delete_on_termination)),
        encrypted: request.encrypted == Some(true) || under.is_some_and(|volume| volume.encrypted),
        iops,
        throughput,
    })
}

/// Mappings as the API shows them.
pub(crate) fn shown(mappings: &[ImageMapping]) -> Vec<Structure> {
    mappings
        .iter()
        .map(|line| {
            let ebs = line.ebs.as_ref().map(|volume| {
                Structure::new()
                    .with(field::DELETE_ON_TERMINATION, volume.delete_on_termination)
                    .with_some(field::SNAPSHOT_ID, volume.snapshot)
                    .with(field::VOLUME_SIZE, volume.size_gib)
                    .with(field::VOLUME_TYPE, volume.volume_type.as_str())
                    .with_some(field::IOPS, volume.iops)
                    .with_some(field::THROUGHPUT, volume.throughput)
                    .with(field::ENCRYPTED, volume.encrypted)
            });
            Structure::new()
                .with(field::DEVICE_NAME, line.device.as_str())
                .with_some(field::VIRTUAL_NAME, line.virtual_name.as_deref())
                .with_some(field::EBS, ebs)
        })
        .collect()
}

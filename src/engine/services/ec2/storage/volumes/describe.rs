//! Volumes as the API shows them, and the calls that only look at them or set a flag. Their status is in `status`.

use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, VolumeId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{Describing, done, find, note, tag_list, yes_no};
use crate::services::ec2::storage::{no_page_with_ids, times};
use crate::world::World;
use crate::world::storage::{Volume, VolumeAttachment};
use stratus_model::{Structure, Value, field};

/// A volume.
pub(crate) fn volume(world: &World, region: Region, row: &Volume) -> Structure {
    let tags = tag_list(world, region, row.id);
    let attachments: Vec<Structure> = row.attachments.iter().map(|line| attachment(row.id, line)).collect();
    Structure::new()
        .with(field::VOLUME_ID, row.id)
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, row.zone.id())
        .with(field::SIZE, row.size_gib)
        .with(field::VOLUME_TYPE, row.volume_type.as_str())
        .with_some(field::IOPS, row.iops)
        .with_some(field::THROUGHPUT, row.throughput)
        .with(field::ENCRYPTED, row.encrypted())
        .with_some(field::KMS_KEY_ID, row.kms_key.as_deref())
        .with(
            field::SNAPSHOT_ID,
            row.snapshot.map(|id| id.to_string()).unwrap_or_default(),
        )
        .with(field::CREATE_TIME, row.created)
        .with(field::STATE, row.state.name())
        .with(field::MULTI_ATTACH_ENABLED, row.multi_attach)
        .with(field::ATTACHMENTS, attachments)
        .with_some(field::FAST_RESTORED, row.fast_restored.then_some(true))
        .with_some(field::VOLUME_INITIALIZATION_RATE, row.initialization_rate)
        .with_some(field::TAGS, (!tags.is_empty()).then_some(tags))
}

/// One attachment of a volume.
pub(crate) fn attachment(volume: VolumeId, line: &VolumeAttachment) -> Structure {
    Structure::new()
        .with(field::VOLUME_ID, volume)
        .with(field::INSTANCE_ID, line.instance)
        .with(field::DEVICE, line.device.as_str())
        .with(field::STATE, line.state.name())
        .with(field::ATTACH_TIME, line.attached)
        .with(field::DELETE_ON_TERMINATION, line.delete_on_termination)
}

const FILTERS: &[&str] = &[
    "attachment.attach-time",
    "attachment.delete-on-termination",
    "attachment.device",
    "attachment.instance-id",
    "attachment.status",
    "availability-zone",
    "availability-zone-id",
    "create-time",
    "encrypted",
    "fast-restored",
    "multi-attach-enabled",
    "operator.managed",
    "operator.principal",
    "size",
    "snapshot-id",
    "status",
    "volume-id",
    "volume-type",
];

fn filter_values(row: &Volume, name: &str) -> Vec<String> {
    let lines = row.attachments.iter();
    match name {
        "attachment.attach-time" => lines.flat_map(|line| times(line.attached)).collect(),
        "attachment.delete-on-termination" => lines.map(|line| line.delete_on_termination.to_string()).collect(),
        "attachment.device" => lines.map(|line| line.device.clone()).collect(),
        "attachment.instance-id" => lines.map(|line| line.instance.to_string()).collect(),
        "attachment.status" => lines.map(|line| line.state.name().to_owned()).collect(),
        "availability-zone" => vec![row.zone.name()],
        "availability-zone-id" => vec![row.zone.id()],
        "create-time" => times(row.created),
        "encrypted" => yes_no(row.encrypted()),
        "fast-restored" => yes_no(row.fast_restored),
        "operator.managed" => yes_no(false),
        "multi-attach-enabled" => yes_no(row.multi_attach),
        "size" => vec![row.size_gib.to_string()],
        "snapshot-id" => row.snapshot.iter().map(ToString::to_string).collect(),
        "status" => vec![row.state.name().to_owned()],
        "volume-id" => vec![row.id.to_string()],
        "volume-type" => vec![row.volume_type.clone()],
        _ => Vec::new(),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html>
pub(in super::super) fn describe_volumes(request: &Request<'_>, world: &World) -> Result<Structure> {
    no_page_with_ids(request.params, field::VOLUME_IDS, "volumeIds")?;
    let describing = Describing {
        kind: Kind::Volume,
        ids: field::VOLUME_IDS,
        answer: field::VOLUMES,
        born: |row: &Volume| row.born,
        filters: FILTERS,
        least: 5,
    };
    describing.answer(request, world, &filter_values, &|row| {
        volume(world, request.region, row)
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumeAttribute.html>
pub(in super::super) fn describe_volume_attribute(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let text = params.text(field::VOLUME_ID).unwrap_or_default();
    let row = find::<Volume>(world, request.region, Kind::Volume, text)?;
    let answer = Structure::new().with(field::VOLUME_ID, row.id);
    Ok(match params.text(field::ATTRIBUTE) {
        Some("productCodes") => answer.with(field::PRODUCT_CODES, Vec::<Value>::new()),
        _ => answer.with(
            field::AUTO_ENABLE_IO,
            Structure::new().with(field::VALUE, row.auto_enable_io),
        ),
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolumeAttribute.html>
pub(in super::super) fn modify_volume_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let text = params.text(field::VOLUME_ID).unwrap_or_default();
    let id = find::<Volume>(world, request.region, Kind::Volume, text)?.id;
    let Some(value) = params
        .structure(field::AUTO_ENABLE_IO)
        .and_then(|new| new.boolean(field::VALUE))
    else {
        return Err(Error::combination("No attributes specified.").at("AutoEnableIO"));
    };
    world.update(request.region, id, |row: &mut Volume| row.auto_enable_io = value);
    note(world, request.region, id, format!("AutoEnableIO is {value}"));
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVolumeIO.html>: input and output of a volume whose data may be
/// inconsistent go on. No volume of ours is ever in that state, so that nothing is left to do.
pub(in super::super) fn enable_volume_io(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let text = request.params.text(field::VOLUME_ID).unwrap_or_default();
    let id = find::<Volume>(world, request.region, Kind::Volume, text)?.id;
    note(world, request.region, id, "I/O enabled");
    done()
}

//! Volumes as the API shows them, and the calls that only look at them or set a flag.

use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, VolumeId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{Describing, done, find, note, tag_list, yes_no};
use crate::services::ec2::storage::{no_page_with_ids, times};
use crate::world::World;
use crate::world::storage::{Volume, VolumeAttachment, VolumeState};
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

const STATUS_FILTERS: &[&str] = &[
    "action.code",
    "action.description",
    "action.event-id",
    "availability-zone",
    "availability-zone-id",
    "event.description",
    "event.event-id",
    "event.event-type",
    "event.not-after",
    "event.not-before",
    "volume-status.details-name",
    "volume-status.details-status",
    "volume-status.status",
];

/// Overall status, and what the checks of input/output say. No volume of ours is ever impaired.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/monitoring-volume-checks.html>
fn status(row: &Volume) -> (&'static str, &'static str, &'static str) {
    let performance = match row.volume_type.as_str() {
        "io1" | "io2" if !row.attachments.is_empty() => "normal",
        _ => "not-applicable",
    };
    match row.state {
        VolumeState::Creating => ("insufficient-data", "insufficient-data", performance),
        _ => ("ok", "passed", performance),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumeStatus.html>
pub(in super::super) fn describe_volume_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    no_page_with_ids(request.params, field::VOLUME_IDS, "volumeIds")?;
    let describing = Describing {
        kind: Kind::Volume,
        ids: field::VOLUME_IDS,
        answer: field::VOLUME_STATUSES,
        born: |row: &Volume| row.born,
        filters: STATUS_FILTERS,
        least: 5,
    };
    let values = |row: &Volume, name: &str| {
        let (overall, enabled, performance) = status(row);
        match name {
            "availability-zone" => vec![row.zone.name()],
            "availability-zone-id" => vec![row.zone.id()],
            "volume-status.details-name" => vec!["io-enabled".to_owned(), "io-performance".to_owned()],
            "volume-status.details-status" => vec![enabled.to_owned(), performance.to_owned()],
            "volume-status.status" => vec![overall.to_owned()],
            _ => Vec::new(),
        }
    };
    describing.answer(request, world, &values, &status_item)
}

fn status_item(row: &Volume) -> Structure {
    let (overall, enabled, performance) = status(row);
    let detail = |name: &str, status: &str| Structure::new().with(field::NAME, name).with(field::STATUS, status);
    let details = vec![detail("io-enabled", enabled), detail("io-performance", performance)];
    let info = Structure::new()
        .with(field::STATUS, overall)
        .with(field::DETAILS, details);
    let none: Vec<Value> = Vec::new();
    Structure::new()
        .with(field::VOLUME_ID, row.id)
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, row.zone.id())
        .with(field::VOLUME_STATUS, info)
        .with(field::ACTIONS, none.clone())
        .with(field::EVENTS, none)
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

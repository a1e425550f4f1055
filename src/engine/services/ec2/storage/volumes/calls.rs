//! The calls that make, attach, detach and delete volumes, and write to them.

use super::{NewVolume, begin_deletion, begin_detaching, create, describe, incorrect_state, join};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceId, Kind, SnapshotId, VolumeId};
use crate::catalog::instance_types::Hypervisor;
use crate::catalog::{Region, Zone};
use crate::services::Request;
use crate::services::ec2::common::{done, find, note, read_id};
use crate::services::ec2::compute::regions;
use crate::services::ec2::storage::files::{self, disks};
use crate::services::ec2::storage::{bin, no_outpost, settings, unsupported};
use crate::services::ec2::tags;
use crate::services::ec2::tokens;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::storage::{AttachState, Volume, VolumeAttachment, VolumeState};
use stratus_model::{Structure, field};

/// Instances that a Multi-Attach volume can be attached to at once.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html>
const MULTI_ATTACH: usize = 16;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html>
pub(in super::super) fn create_volume(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)? {
        let row = find::<Volume>(world, region, Kind::Volume, &made.to_string())?;
        return Ok(describe::volume(world, region, row));
    }
    no_outpost(params)?;
    unsupported(params, &[field::OPERATOR])?;
    let snapshot = params.text(field::SNAPSHOT_ID).filter(|id| !id.is_empty());
    let snapshot = snapshot
        .map(|id| read_id::<SnapshotId>(Kind::Snapshot, id))
        .transpose()?;
    let encrypted = params.boolean(field::ENCRYPTED);
    let by_default = settings::encrypts(world, region);
    if params.contains(field::KMS_KEY_ID) && encrypted != Some(true) && !by_default {
        return Err(needs_encrypted());
    }
    let new = NewVolume {
        size_gib: params.integer(field::SIZE),
        volume_type: params.text(field::VOLUME_TYPE).map(str::to_owned),
        iops: params.integer(field::IOPS),
        throughput: params.integer(field::THROUGHPUT),
        encrypted: encrypted == Some(true),
        snapshot,
        kms_key: params.text(field::KMS_KEY_ID).map(str::to_owned),
        multi_attach: params.boolean(field::MULTI_ATTACH_ENABLED) == Some(true),
        initialization_rate: initialization_rate(params, snapshot)?,
        ..NewVolume::new(zone(params, world, region)?)
    };
    let id = create(world, region, new)?;
    let row = find::<Volume>(world, region, Kind::Volume, &id.to_string())?;
    if encrypted == Some(false) && row.encrypted() && !by_default {
        return Err(Error::new(
            "InvalidParameterValue",
            "An unencrypted volume cannot be made of an encrypted snapshot.",
        )
        .at("Encrypted")
        .remedy("Leave Encrypted out, or copy the data to a new volume."));
    }
    tags::apply_specifications(world, region, params, &[("volume", &[id.into()])])?;
    tokens::remember(request, world, id);
    let row = find::<Volume>(world, region, Kind::Volume, &id.to_string())?;
    Ok(describe::volume(world, region, row))
}

/// The rate of a provisioned initialization, which only a volume of a snapshot has.
/// <https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html>
fn initialization_rate(params: &Structure, snapshot: Option<SnapshotId>) -> Result<Option<i64>> {
    let Some(rate) = params.integer(field::VOLUME_INITIALIZATION_RATE) else {
        return Ok(None);
    };
    if snapshot.is_none() {
        let why = "The parameter VolumeInitializationRate requires the parameter SnapshotId to be set.";
        return Err(Error::new("InvalidParameterDependency", why).at("VolumeInitializationRate"));
    }
    if !(100..=300).contains(&rate) {
        return Err(Error::invalid(
            "VolumeInitializationRate",
            format!("{rate}. Expecting a value from 100 to 300 MiB/s"),
        ));
    }
    Ok(Some(rate))
}

/// `InvalidParameterDependency`: a key without Encrypted.
pub(in super::super) fn needs_encrypted() -> Error {
    let text = "The parameter KmsKeyId requires the parameter Encrypted to be set.";
    Error::new("InvalidParameterDependency", text).at("Encrypted")
}

/// The zone that a call names, by name or id.
pub(in super::super) fn zone(params: &Structure, world: &World, region: Region) -> Result<Zone> {
    let (name, id) = (
        params.text(field::AVAILABILITY_ZONE),
        params.text(field::AVAILABILITY_ZONE_ID),
    );
    let text = match (name, id) {
        (Some(_), Some(_)) => {
            return Err(Error::combination(
                "Give either AvailabilityZone or AvailabilityZoneId, not both.",
            ));
        }
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => return Err(Error::missing("AvailabilityZone")),
    };
    let found = regions::open_zones(world, region).find(|zone| match name {
        Some(_) => zone.name() == text,
        None => zone.id() == text,
    });
    found.ok_or_else(|| {
        let zones: Vec<String> = region.zones().map(Zone::name).collect();
        Error::new("InvalidZone.NotFound", format!("The zone '{text}' does not exist."))
            .at("AvailabilityZone")
            .remedy(format!("{} has {}.", region.name(), zones.join(", ")))
    })
}

/// Only few instance types have a second EBS card, and none of those that Stratus knows.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html>
pub(in super::super) fn check_card(params: &Structure) -> Result<()> {
    match params.integer(field::EBS_CARD_INDEX) {
        None | Some(0) => Ok(()),
        Some(index) => {
            let why = format!(
                "Value ({index}) for parameter ebsCardIndex is invalid. The instance type has one EBS card, 0."
            );
            Err(Error::new("InvalidParameterValue", why).at("EbsCardIndex"))
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachVolume.html>
pub(in super::super) fn attach_volume(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    check_card(params)?;
    let device = params.text(field::DEVICE).unwrap_or_default();
    let volume = find::<Volume>(
        world,
        region,
        Kind::Volume,
        params.text(field::VOLUME_ID).unwrap_or_default(),
    )?;
    let text = params.text(field::INSTANCE_ID).unwrap_or_default();
    let instance = find::<Instance>(world, region, Kind::Instance, text)?;
    let (volume_id, instance_id) = (volume.id, instance.id);
    can_attach(volume, instance)?;
    device_is_free(instance, device)?;
    join(world, region, volume_id, instance_id, device, false);
    let row = find::<Volume>(world, region, Kind::Volume, &volume_id.to_string())?;
    let attachment = row.attachments.iter().find(|a| a.instance == instance_id);
    Ok(attachment
        .map(|attachment| describe::attachment(volume_id, attachment))
        .unwrap_or_default())
}

/// Whether this volume can go to this instance.
pub(in super::super) fn can_attach(volume: &Volume, instance: &Instance) -> Result<()> {
    let (id, to) = (volume.id, instance.id);
    if !matches!(instance.state, InstanceState::Running | InstanceState::Stopped) {
        return Err(
            Error::new("IncorrectState", format!("Instance '{to}' is not 'running'."))
                .remedy("Volumes attach to running and to stopped instances."),
        );
    }
    match volume.state {
        VolumeState::Available => {}
        VolumeState::InUse if volume.multi_attach && volume.attachments.iter().all(|a| a.instance != to) => {}
        VolumeState::InUse => {
            return Err(
                Error::new("VolumeInUse", format!("{id} is already attached to an instance"))
                    .remedy("Detach it first, or make a snapshot of it and a volume of that."),
            );
        }
        VolumeState::Creating | VolumeState::Deleting => {
            return Err(Error::new("IncorrectState", format!("{id} is not 'available'.")));
        }
    }
    if volume.zone != instance.zone {
        let text = format!("The volume '{id}' is not in the same availability zone as instance '{to}'");
        let (here, there) = (volume.zone.name(), instance.zone.name());
        return Err(Error::new("InvalidVolume.ZoneMismatch", text).remedy(format!(
            "The volume is in {here}, the instance in {there}: make a snapshot of the volume, and a volume of that in {there}."
        )));
    }
    if volume.multi_attach && instance.instance_type.hypervisor() != Hypervisor::Nitro {
        let text = format!(
            "Multi-Attach needs an instance of the Nitro system, which {} is not.",
            instance.instance_type.name()
        );
        return Err(Error::new("UnsupportedOperation", text));
    }
    if volume.multi_attach && volume.volume_type == "io1" && instance.machine.is_windows() {
        let text = "Windows instances support Multi-Attach of io2 volumes only.";
        return Err(Error::new("UnsupportedOperation", text));
    }
    let most = attachments(instance);
    if volume.attachments.len() >= MULTI_ATTACH || instance.block_devices.len() >= most {
        return Err(Error::new(
            "AttachmentLimitExceeded",
            format!(
                "Attachment limit exceeded: {to} takes at most {most} volumes, a Multi-Attach volume {MULTI_ATTACH} instances."
            ),
        ));
    }
    Ok(())
}

/// How many volumes an instance takes: on Nitro 28 attachments, less the primary interface and the disks of the host;
/// on Xen 40, as more may hinder the boot.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/volume_limits.html>
fn attachments(instance: &Instance) -> usize {
    match instance.instance_type.hypervisor() {
        Hypervisor::Nitro => 27 - instance.ephemeral.len().min(20),
        Hypervisor::Xen => 40,
    }
}

/// Whether an instance has room at this device name.
fn device_is_free(instance: &Instance, device: &str) -> Result<()> {
    if !is_device_name(device) {
        let text =
            format!("Value ({device}) for parameter device is invalid. {device} is not a valid EBS device name.");
        return Err(Error::new("InvalidParameterValue", text)
            .at("Device")
            .remedy("Use /dev/sdf to /dev/sdp on Linux, xvdf to xvdp on Windows."));
    }
    let wanted = attachment_point(device);
    let volumes = instance.block_devices.iter().map(|line| &line.device);
    let disks = instance.ephemeral.iter().map(|disk| &disk.device);
    if volumes.chain(disks).any(|taken| attachment_point(taken) == wanted) {
        let text = format!("Invalid value '{device}' for unixDevice. Attachment point {device} is already in use");
        return Err(Error::new("InvalidParameterValue", text).at("Device"));
    }
    Ok(())
}

/// Whether EC2 takes this as the name of a block device: `/dev/sda` to `/dev/sdz` (also with a partition's number),
/// `/dev/xvda` to `/dev/xvddz`, `/dev/hda`…; the leading `/dev/` may be left out.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>
pub(crate) fn is_device_name(device: &str) -> bool {
    let name = device.strip_prefix("/dev/").unwrap_or(device);
    let (letters, most) = match (
        name.strip_prefix("xvd"),
        name.strip_prefix("sd").or(name.strip_prefix("hd")),
    ) {
        (Some(rest), _) => (rest, 2),
        (None, Some(rest)) => (rest, 1),
        (None, None) => return false,
    };
    let digits = letters.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = letters.strip_suffix(digits).unwrap_or(letters);
    let number_fits = digits.is_empty() || (!digits.starts_with('0') && digits.parse::<u8>().is_ok_and(|n| n <= 15));
    let letters_fit = match letters.as_bytes() {
        [_] => true,
        [first, _] => most == 2 && (b'a'..=b'd').contains(first),
        _ => false,
    };
    letters_fit && number_fits
}

/// What two names have in common when they mean one place: `/dev/sdf`, `xvdf`.
pub(crate) fn attachment_point(device: &str) -> String {
    let name = device.strip_prefix("/dev/").unwrap_or(device);
    let place = name
        .strip_prefix("xvd")
        .or(name.strip_prefix("sd"))
        .or(name.strip_prefix("hd"));
    place.unwrap_or(name).to_owned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachVolume.html>. What a guest has mounted becomes `busy`
/// and leaves once it is unmounted; Force takes it away at once, and what the guest had not written to it is lost.
pub(in super::super) fn detach_volume(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let volume = find::<Volume>(
        world,
        region,
        Kind::Volume,
        params.text(field::VOLUME_ID).unwrap_or_default(),
    )?;
    let id = volume.id;
    let attachment = chosen_attachment(volume, params)?.clone();
    let instance = attachment.instance;
    let leaving = matches!(attachment.state, AttachState::Detaching | AttachState::Busy);
    let force = params.boolean(field::FORCE) == Some(true);
    if attachment.state != AttachState::Attached && !(force && leaving) {
        let text = format!(
            "The attachment of '{id}' to '{instance}' is in the '{}' state.",
            attachment.state.name()
        );
        let held = world
            .row::<Instance>(region, instance)
            .and_then(|row| disks::mounted_at(row, id))
            .filter(|_| leaving);
        let error = Error::new("IncorrectState", text);
        return Err(match held {
            Some(at) => error.remedy(format!(
                "Its guest has it mounted: run `umount {at}` there. Force detaches it all the same, and may lose data."
            )),
            None => error,
        });
    }
    if let Some(row) = world.row::<Instance>(region, instance)
        && row.machine.root_device_name == attachment.device
        && row.state != InstanceState::Stopped
    {
        let text = format!(
            "Unable to detach root volume '{}' from instance '{instance}'",
            attachment.device
        );
        return Err(Error::new("OperationNotPermitted", text).remedy("Stop the instance first."));
    }
    if force {
        files::detached(world, region, instance, id);
    }
    let left = begin_detaching(world, region, id, instance);
    let how = if force { " by force" } else { "" };
    note(world, region, id, format!("detaching from {instance}{how}"));
    Ok(left.map(|line| describe::attachment(id, &line)).unwrap_or_default())
}

/// The attachment that a DetachVolume call means.
fn chosen_attachment<'v>(volume: &'v Volume, params: &Structure) -> Result<&'v VolumeAttachment> {
    let id = volume.id;
    let (instance, device) = (params.text(field::INSTANCE_ID), params.text(field::DEVICE));
    if let Some(text) = instance {
        read_id::<InstanceId>(Kind::Instance, text)?;
    }
    if volume.attachments.is_empty() {
        return Err(incorrect_state(id, volume.state));
    }
    if volume.attachments.len() > 1 && instance.is_none() {
        return Err(Error::missing("InstanceId").remedy("The volume is attached to several instances: say from which."));
    }
    let fits = |line: &&VolumeAttachment| {
        instance.is_none_or(|text| text == line.instance.to_string()) && device.is_none_or(|name| name == line.device)
    };
    volume.attachments.iter().find(fits).ok_or_else(|| {
        let to = instance
            .map(|text| format!(" to instance '{text}'"))
            .unwrap_or_default();
        let at = device.map(|name| format!(" as device '{name}'")).unwrap_or_default();
        Error::new(
            "InvalidAttachment.NotFound",
            format!("The volume '{id}' is not attached{to}{at}."),
        )
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVolume.html>
pub(in super::super) fn delete_volume(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = request.params.text(field::VOLUME_ID).unwrap_or_default();
    let volume = find::<Volume>(world, region, Kind::Volume, text)?;
    let id = volume.id;
    if let Some(attachment) = volume.attachments.first() {
        let text = format!("Volume {id} is currently attached to {}", attachment.instance);
        return Err(Error::new("VolumeInUse", text).remedy("Detach it first."));
    }
    if volume.state != VolumeState::Available {
        return Err(incorrect_state(id, volume.state));
    }
    if bin::take_in(world, region, id.into()) {
        return done();
    }
    begin_deletion(world, region, id);
    note(world, region, id, "available → deleting");
    done()
}

/// Our `WriteBlocks`: a program writes to a volume. Ours: it may write to a volume that is attached to nothing, too,
/// as a machine outside of the story would.
pub(crate) fn write_blocks(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let id = read_id::<VolumeId>(Kind::Volume, params.text(field::VOLUME_ID).unwrap_or_default())?;
    let offset = params.integer(field::OFFSET).unwrap_or(0);
    let data = params.blob(field::DATA);
    let length = match (params.integer(field::LENGTH), data) {
        (Some(_), Some(_)) => return Err(Error::combination("Give either Length or Data.")),
        (None, None) => return Err(Error::missing("Length").remedy("Say how many bytes, or give them as Data.")),
        (Some(length), None) => length,
        (None, Some(data)) => data.len() as i64,
    };
    match data {
        Some(data) => super::write_bytes(world, request.region, id, offset, data)?,
        None => super::write(world, request.region, id, offset, length)?,
    }
    note(world, request.region, id, format!("{length} bytes written at {offset}"));
    done()
}

//! CreateImage: an image of an instance, with a snapshot of each of its volumes.
//!
//! The instance is rebooted for it unless NoReboot is set, so that what its file systems still hold in memory is on the
//! volumes. Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-ebs.html>

use super::mappings::{self, MappingRequest};
use super::{By, REBOOTS, blank, check_name, put_pending};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind, ResourceId, SnapshotId};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{find, note};
use crate::services::ec2::compute;
use crate::services::ec2::storage::snapshots::{self, calls::check_location};
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::compute::{Image, ImageMapping, ImageVolume, Instance, InstanceState, Machine};
use crate::world::storage::Volume;
use std::rc::Rc;
use stratus_model::{Structure, field, sort};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html>
pub(in super::super) fn create_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    check_location(params, field::SNAPSHOT_LOCATION)?;
    let text = params.text(field::INSTANCE_ID).unwrap_or_default();
    let instance = find::<Instance>(world, region, Kind::Instance, text)?.clone();
    let asked = mappings::read(params, field::BLOCK_DEVICE_MAPPINGS)?;
    let wish = Wish {
        name: params.text(field::NAME).unwrap_or_default(),
        description: params.text(field::DESCRIPTION).unwrap_or_default(),
        machine: booting(params, &instance)?,
        asked: &asked,
    };
    let reboots = params.boolean(field::NO_REBOOT) != Some(true) && instance.state == InstanceState::Running;
    let made = make(world, region, &instance, wish, reboots, By::Call)?;
    let id = made.image;
    tag(world, region, params, id, &made.snapshots)?;
    note(world, region, id, format!("pending: an image of {}", instance.id));
    Ok(Structure::new().with(field::IMAGE_ID, id))
}

/// What an image of an instance is to be.
struct Wish<'a> {
    name: &'a str,
    description: &'a str,
    machine: Rc<Machine>,
    asked: &'a [MappingRequest],
}

/// An image that was just begun.
pub(crate) struct Begun {
    /// Which.
    pub image: ImageId,
    /// The snapshots behind it.
    pub snapshots: Vec<ResourceId>,
    /// When it can be launched.
    pub ready: Time,
}

/// Begins an image of an instance for a lifecycle policy, which writes the journal itself.
///
/// # Errors
/// Those of CreateImage.
pub(crate) fn by_policy(
    world: &mut World,
    region: Region,
    instance: &Instance,
    (name, description): (&str, &str),
    reboots: bool,
) -> Result<Begun> {
    let wish = Wish {
        name,
        description,
        machine: instance.machine.clone(),
        asked: &[],
    };
    let reboots = reboots && instance.state == InstanceState::Running;
    make(world, region, instance, wish, reboots, By::Policy)
}

/// Begins an image of an instance, which may reboot for that. By the clock nothing is undone where it fails: all that a policy's image can
/// fail by is asked before anything happens.
fn make(
    world: &mut World,
    region: Region,
    instance: &Instance,
    wish: Wish<'_>,
    reboots: bool,
    by: By,
) -> Result<Begun> {
    check_name(world, region, wish.name)?;
    if instance.machine.root_device_type != "ebs" {
        let text = format!("The instance '{}' does not have an EBS root device.", instance.id);
        return Err(Error::new("UnsupportedOperation", text).at("InstanceId"));
    }
    if !matches!(instance.state, InstanceState::Running | InstanceState::Stopped) {
        let text = format!(
            "Instance '{}' is not in a state from which an image can be created.",
            instance.id
        );
        return Err(Error::new("IncorrectState", text).remedy("It must be running or stopped."));
    }
    let taken = instance.block_devices.iter();
    for line in taken.filter(|line| !is_left_out(said(wish.asked, &line.device))) {
        snapshots::check(world, region, line.volume)?;
    }
    let mut image = blank(world, wish.name, wish.description, wish.machine);
    image.source_instance = Some(instance.id);
    // Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify-source-ami-used-to-create-new-ami.html>
    image.source = Some((region.name().to_owned(), instance.image.to_string()));
    image.services = instance
        .guest
        .listeners
        .iter()
        .filter(|listener| listener.service)
        .cloned()
        .collect();
    inherit(world, region, instance, &mut image);
    if reboots {
        super::interrupt_by(world, region, instance.id, by);
        compute::lifecycle::reboot(world, region, instance.id);
        by.note(world, region, instance.id, "rebooting", REBOOTS);
    }
    let snapshots = capture(world, region, instance, (wish.asked, by), &mut image)?;
    let id = image.id;
    let ready = put_pending(world, region, image);
    Ok(Begun {
        image: id,
        snapshots,
        ready,
    })
}

/// What the image's machine is: the instance's, with the boot mode that the call sets over it. The one that can be set is `uefi`, where
/// the instance runs with it.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-ami-boot-mode.html>
fn booting(params: &Structure, instance: &Instance) -> Result<Rc<Machine>> {
    let Some(mode) = params.text(field::BOOT_MODE_OVERRIDE) else {
        return Ok(instance.machine.clone());
    };
    if !instance.machine.boot_mode.starts_with("uefi") {
        let why = format!(
            "The current boot mode of the instance '{}' is not uefi, and cannot be overridden.",
            instance.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("BootModeOverride"));
    }
    Ok(Rc::new(Machine {
        boot_mode: mode.to_owned(),
        ..(*instance.machine).clone()
    }))
}

/// What an image takes over from the one its instance was launched of.
fn inherit(world: &World, region: Region, instance: &Instance, image: &mut Image) {
    if let Ok(parent) = super::by_id(world, region, &instance.image.to_string()) {
        image.imds_v2 = parent.imds_v2;
        image.product_codes = parent.product_codes;
        image.kernel = parent.kernel;
        image.sriov = parent.sriov;
        image.tpm = parent.tpm;
        image.more.watermarks = parent.more.watermarks;
    }
}

/// What a call says over a device of the instance.
fn said<'a>(asked: &'a [MappingRequest], device: &str) -> Option<&'a MappingRequest> {
    asked.iter().find(|line| line.device == device)
}

fn is_left_out(over: Option<&MappingRequest>) -> bool {
    over.is_some_and(|over| over.no_device || over.virtual_name.is_some())
}

/// Fills an image's mapping from the instance and from what the call says over it; the snapshots that were made.
fn capture(
    world: &mut World,
    region: Region,
    instance: &Instance,
    (asked, by): (&[MappingRequest], By),
    image: &mut Image,
) -> Result<Vec<ResourceId>> {
    let mut made = Vec::new();
    for line in &instance.block_devices {
        let over = said(asked, &line.device);
        let root = line.device == instance.machine.root_device_name;
        if is_left_out(over) {
            if root {
                let text = format!("The root device {} cannot be left out of an image.", line.device);
                return Err(Error::new("InvalidBlockDeviceMapping", text));
            }
            continue;
        }
        let snapshot = snapshots::take(world, region, line.volume, &described(instance, image))?;
        let rule = "An image has a snapshot of each volume of its instance.";
        by.note(world, region, snapshot, snapshots::said(line.volume), rule);
        made.push(snapshot.into());
        let Some(volume) = world.row::<Volume>(region, line.volume) else {
            continue;
        };
        let captured = captured(volume, snapshot, line.delete_on_termination);
        let ebs = match over.and_then(|over| over.ebs.as_ref()) {
            Some(over) if over.snapshot.is_some() => {
                let text = format!(
                    "{} is attached: its snapshot is taken, and none can be named.",
                    line.device
                );
                return Err(Error::new("InvalidBlockDeviceMapping", text));
            }
            Some(over) => mappings::merge(over, Some(&captured), Some(volume.size_gib))?,
            None => captured,
        };
        image.mappings.push(ImageMapping {
            device: line.device.clone(),
            virtual_name: None,
            ebs: Some(ebs),
        });
    }
    for disk in &instance.ephemeral {
        // Disks over NVMe come with the type, whatever the mapping says.
        if said(asked, &disk.device).is_none() && !disk.device.contains("nvme") {
            let virtual_name = Some(disk.virtual_name.clone());
            image.mappings.push(ImageMapping {
                device: disk.device.clone(),
                virtual_name,
                ebs: None,
            });
        }
    }
    for line in asked.iter().filter(|line| !line.no_device) {
        if image.mappings.iter().all(|known| known.device != line.device) {
            image.mappings.push(added(world, region, line)?);
        }
    }
    sort::by_key(&mut image.mappings, |line| {
        (line.device != instance.machine.root_device_name, line.device.clone())
    });
    Ok(made)
}

fn described(instance: &Instance, image: &Image) -> String {
    format!("Created by CreateImage({}) for {}", instance.id, image.id)
}

fn captured(volume: &Volume, snapshot: SnapshotId, delete_on_termination: bool) -> ImageVolume {
    let provisioned = matches!(volume.volume_type.as_str(), "io1" | "io2" | "gp3");
    ImageVolume {
        snapshot: Some(snapshot),
        size_gib: volume.size_gib,
        volume_type: volume.volume_type.clone(),
        delete_on_termination,
        encrypted: volume.encrypted(),
        iops: volume.iops.filter(|_| provisioned),
        throughput: volume.throughput,
    }
}

/// A line that a call adds to an image: a blank volume, one of a snapshot of the account's own, or a disk of the host.
pub(super) fn added(world: &World, region: Region, line: &MappingRequest) -> Result<ImageMapping> {
    let ebs = match &line.ebs {
        None => None,
        Some(asked) => {
            let source = asked
                .snapshot
                .map(|id| snapshots::source(world, region, id).map(|source| (id, source)));
            let source = source.transpose()?;
            if let Some((id, _)) = source.as_ref().filter(|(_, source)| !source.own) {
                return Err(Error::new("AuthFailure", format!("Not authorized for snapshot:{id}"))
                    .remedy("An image can only be made of snapshots of your own: copy it first."));
            }
            let mut volume = mappings::merge(asked, None, source.as_ref().map(|(_, source)| source.size_gib))?;
            volume.encrypted |= source.is_some_and(|(_, source)| source.kms_key.is_some());
            Some(volume)
        }
    };
    Ok(ImageMapping {
        device: line.device.clone(),
        virtual_name: line.virtual_name.clone(),
        ebs,
    })
}

fn tag(world: &mut World, region: Region, params: &Structure, id: ImageId, made: &[ResourceId]) -> Result<()> {
    tags::apply_specifications(world, region, params, &[("image", &[id.into()]), ("snapshot", made)])
}

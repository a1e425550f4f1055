//! Block devices of a launch: the image's mapping, changed by the request's, and the disks that the host brings along.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html>

use super::fit;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId};
use crate::base::time::Time;
use crate::catalog::{InstanceType, Region, Zone};
use crate::services::ec2::common::{read_id, unknown};
use crate::services::ec2::storage::snapshots;
use crate::services::ec2::storage::volumes::{NewVolume, types};
use crate::world::World;
use crate::world::compute::{EphemeralDisk, Image, ImageVolume};
use stratus_model::{Structure, field, sort};

/// A volume that a launch makes.
#[derive(Clone, Debug)]
pub(super) struct WantedVolume {
    /// `/dev/sdf`.
    pub device: String,
    /// How it is to be made, but for its zone.
    pub ebs: ImageVolume,
    /// With which key.
    pub kms_key: Option<String>,
    /// Whether the request left the image's snapshot as it is: a fault of the snapshot is then the image's.
    pub of_image: bool,
    /// Whether a size was given, by the image or the request.
    pub sized: bool,
    /// Whether it was given a type.
    pub typed: bool,
}

impl WantedVolume {
    /// The same as the storage wants it.
    pub(super) fn new_volume(&self, zone: Zone) -> NewVolume {
        NewVolume {
            size_gib: self.sized.then_some(self.ebs.size_gib),
            volume_type: self.typed.then(|| self.ebs.volume_type.clone()),
            iops: self.ebs.iops,
            throughput: self.ebs.throughput,
            encrypted: self.ebs.encrypted,
            snapshot: self.ebs.snapshot,
            kms_key: self.kms_key.clone(),
            at_launch: true,
            ..NewVolume::new(zone)
        }
    }
}

/// What a launch attaches.
#[derive(Clone, Debug, Default)]
pub(super) struct Devices {
    /// Volumes, the root first.
    pub volumes: Vec<WantedVolume>,
    /// Disks of the host by device: `ephemeral0` on `/dev/sdb`.
    pub stores: Vec<(String, String)>,
}

impl Devices {
    /// Size in GiB of the root volume, and whether it will be encrypted.
    pub(super) fn root(&self, world: &World, region: Region, image: &Image) -> Option<(i64, bool)> {
        let root = self
            .volumes
            .iter()
            .find(|volume| volume.device == image.machine.root_device_name)?;
        let of_snapshot = root
            .ebs
            .snapshot
            .and_then(|id| snapshots::source_for(world, region, id, true).ok());
        let encrypted =
            root.ebs.encrypted || root.kms_key.is_some() || of_snapshot.is_some_and(|source| source.kms_key.is_some());
        Some((root.ebs.size_gib, encrypted))
    }
}

fn refuse(text: impl Into<String>, at: &str) -> Error {
    Error::new("InvalidBlockDeviceMapping", text).at(at)
}

/// Merges the request's mapping into the image's.
///
/// # Errors
/// `InvalidBlockDeviceMapping`, `InvalidSnapshot.NotFound`, `InvalidSnapshotID.Malformed`.
pub(super) fn merge(world: &World, region: Region, params: &Structure, image: &Image) -> Result<Devices> {
    let mut devices = Devices::default();
    for mapping in &image.mappings {
        match (&mapping.ebs, &mapping.virtual_name) {
            (Some(ebs), _) => devices.volumes.push(WantedVolume {
                device: mapping.device.clone(),
                ebs: ebs.clone(),
                kms_key: None,
                of_image: true,
                sized: true,
                typed: true,
            }),
            (None, Some(name)) => devices.stores.push((mapping.device.clone(), name.clone())),
            (None, None) => {}
        }
    }
    let root = &image.machine.root_device_name;
    let mut seen: Vec<&str> = Vec::new();
    for (place, wanted) in params.structures(field::BLOCK_DEVICE_MAPPINGS).enumerate() {
        let at = format!("BlockDeviceMappings[{place}]");
        let device = wanted
            .text(field::DEVICE_NAME)
            .filter(|name| !name.is_empty())
            .ok_or_else(|| refuse("Missing device name", &at))?;
        if !valid_name(device, image) {
            return Err(refuse(format!("Invalid device name {device}"), &at));
        }
        if seen.contains(&device) {
            return Err(refuse(format!("Duplicate device name {device}"), &at));
        }
        seen.push(device);
        change(world, region, &mut devices, device, wanted, image, &at)?;
    }
    // The root is the first disk that the machine sees.
    sort::by_key(&mut devices.volumes, |volume| volume.device != *root);
    Ok(devices)
}

#[inline(never)]
fn change(
    world: &World,
    region: Region,
    devices: &mut Devices,
    device: &str,
    wanted: &Structure,
    image: &Image,
    at: &str,
) -> Result<()> {
    let is_root = device == image.machine.root_device_name;
    if wanted.contains(field::NO_DEVICE) {
        if is_root {
            return Err(refuse(format!("The root device {device} cannot be left out"), at));
        }
        devices.volumes.retain(|volume| volume.device != device);
        devices.stores.retain(|(name, _)| name != device);
        return Ok(());
    }
    if let Some(name) = wanted.text(field::VIRTUAL_NAME).filter(|name| !name.is_empty()) {
        if is_root || wanted.contains(field::EBS) || ephemeral_number(name).is_none() {
            return Err(refuse(format!("Invalid virtual name {name} for {device}"), at));
        }
        devices.volumes.retain(|volume| volume.device != device);
        devices.stores.retain(|(has, _)| has != device);
        devices.stores.push((device.to_owned(), name.to_owned()));
        return Ok(());
    }
    let Some(ebs) = wanted.structure(field::EBS) else {
        return Err(refuse(
            format!("Either an EBS volume, a virtual name or NoDevice must be specified for: {device}"),
            at,
        ));
    };
    if is_root && image.machine.root_device_type == "instance-store" {
        return Err(refuse(
            "EBS block device mappings not supported for instance-store AMIs.",
            at,
        ));
    }
    devices.stores.retain(|(has, _)| has != device);
    let snapshot = ebs
        .text(field::SNAPSHOT_ID)
        .filter(|text| !text.is_empty())
        .map(|text| read_snapshot(world, region, text))
        .transpose()?;
    let known = devices.volumes.iter().find(|volume| volume.device == device).cloned();
    if is_root && snapshot.is_some() && known.as_ref().is_some_and(|volume| volume.ebs.snapshot != snapshot) {
        return Err(refuse("snapshotId cannot be modified on root device", at));
    }
    let mut volume = match known {
        Some(volume) => volume,
        None if snapshot.is_none() && !ebs.contains(field::VOLUME_SIZE) => {
            return Err(refuse(
                format!("Either snapshot ID or volume size must be provided for: {device}"),
                at,
            ));
        }
        None => blank(device),
    };
    apply(&mut volume, ebs, snapshot, is_root, at)?;
    devices.volumes.retain(|volume| volume.device != device);
    devices.volumes.push(volume);
    Ok(())
}

/// A data volume of the request's own. Over the API it goes with its instance unless told otherwise.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html>
fn blank(device: &str) -> WantedVolume {
    WantedVolume {
        device: device.to_owned(),
        ebs: ImageVolume {
            snapshot: None,
            size_gib: 0,
            volume_type: String::new(),
            delete_on_termination: true,
            encrypted: false,
            iops: None,
            throughput: None,
        },
        kms_key: None,
        of_image: false,
        sized: false,
        typed: false,
    }
}

fn apply(
    volume: &mut WantedVolume,
    ebs: &Structure,
    snapshot: Option<SnapshotId>,
    is_root: bool,
    at: &str,
) -> Result<()> {
    if let Some(id) = snapshot
        && volume.ebs.snapshot != Some(id)
    {
        // Another source: the image's size and performance do not go with it.
        *volume = WantedVolume {
            ebs: ImageVolume {
                snapshot: Some(id),
                ..blank(&volume.device).ebs
            },
            ..blank(&volume.device)
        };
    }
    if let Some(size) = ebs.integer(field::VOLUME_SIZE) {
        volume.ebs.size_gib = size;
        volume.sized = true;
    }
    if let Some(name) = ebs.text(field::VOLUME_TYPE) {
        if is_root && !types::boots(name) {
            // AWS's own words, whatever was said of IOPS: <https://github.com/aws/aws-sdk/issues/542>.
            let text = format!("The parameter iops is not supported for {name} volumes.");
            return Err(Error::combination(text)
                .at(at)
                .remedy(format!("st1 and sc1 cannot be boot volumes. {}", types::BOOTABLE)));
        }
        if name != volume.ebs.volume_type {
            volume.ebs.iops = None;
            volume.ebs.throughput = None;
        }
        volume.ebs.volume_type = name.to_owned();
        volume.typed = true;
    }
    volume.ebs.iops = ebs.integer(field::IOPS).or(volume.ebs.iops);
    volume.ebs.throughput = ebs.integer(field::THROUGHPUT).or(volume.ebs.throughput);
    if let Some(value) = ebs.boolean(field::DELETE_ON_TERMINATION) {
        volume.ebs.delete_on_termination = value;
    }
    if let Some(value) = ebs.boolean(field::ENCRYPTED) {
        if !value && volume.of_image && volume.ebs.encrypted {
            return Err(refuse(
                "the encrypted flag cannot be specified since device has a snapshot specified that is encrypted",
                at,
            ));
        }
        volume.ebs.encrypted = value;
    }
    if let Some(key) = ebs.text(field::KMS_KEY_ID).filter(|key| !key.is_empty()) {
        if !volume.ebs.encrypted {
            return Err(
                Error::combination("The parameter KmsKeyId requires the parameter Encrypted to be set.").at(at),
            );
        }
        volume.kms_key = Some(key.to_owned());
    }
    Ok(())
}

fn read_snapshot(world: &World, region: Region, text: &str) -> Result<SnapshotId> {
    let id: SnapshotId = read_id(Kind::Snapshot, text)?;
    match snapshots::source(world, region, id) {
        Err(error) if error.code == "InvalidSnapshot.NotFound" => {
            Err(unknown(Kind::Snapshot, text).at("BlockDeviceMappings"))
        }
        _ => Ok(id),
    }
}

/// `/dev/sdf`, `/dev/xvdf`, `xvdf`; digits only for paravirtual machines and for the image's own root.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>
fn valid_name(device: &str, image: &Image) -> bool {
    if device == image.machine.root_device_name || image.mappings.iter().any(|mapping| mapping.device == device) {
        return true;
    }
    let short = device.strip_prefix("/dev/").unwrap_or(device);
    let paravirtual = image.machine.virtualization == "paravirtual";
    let letters = |rest: &str, most: usize| {
        let word = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = rest.get(word.len()..).unwrap_or_default();
        let lower = (1..=most).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
        lower
            && (digits.is_empty()
                || (paravirtual && digits.parse::<u8>().is_ok_and(|number| (1..=15).contains(&number))))
    };
    match (short.strip_prefix("xvd"), short.strip_prefix("sd")) {
        (Some(rest), _) => letters(rest, 2),
        (None, Some(rest)) => device.starts_with("/dev/") && letters(rest, 1) && rest != "a",
        (None, None) => false,
    }
}

fn ephemeral_number(name: &str) -> Option<usize> {
    name.strip_prefix("ephemeral")?
        .parse()
        .ok()
        .filter(|number| *number < 24)
}

/// The host's disks that an instance of this type gets: over NVMe all of them, else those that the mapping names.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/add-instance-store-volumes.html>
pub(super) fn stores(kind: InstanceType, devices: &Devices, now: Time) -> Vec<EphemeralDisk> {
    let Some(store) = kind.instance_store() else {
        return Vec::new();
    };
    let sizes: Vec<i64> = store
        .disks
        .iter()
        .flat_map(|disks| std::iter::repeat_n(i64::from(disks.size_gb), disks.count as usize))
        .collect();
    let disk = |virtual_name: String, device: String, size_gb: i64| EphemeralDisk {
        virtual_name,
        device,
        size_gb,
        written: Vec::new(),
        blank_since: now,
        contents: Vec::new(),
    };
    if fit::nvme(kind) {
        let named = |(index, size): (usize, &i64)| {
            disk(format!("ephemeral{index}"), format!("/dev/nvme{}n1", index + 1), *size)
        };
        return sizes.iter().enumerate().map(named).collect();
    }
    devices
        .stores
        .iter()
        .filter_map(|(device, name)| Some(disk(name.clone(), device.clone(), *sizes.get(ephemeral_number(name)?)?)))
        .collect()
}

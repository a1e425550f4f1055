//! RegisterImage and DeregisterImage.

use super::create::added;
use super::mappings::{self, MappingRequest};
use super::switches::may_deregister;
use super::{blank, check_name, own, snapshots_behind};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind, ResourceId, SnapshotId};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{find, note};
use crate::services::ec2::storage::bundles::{self, Manifest};
use crate::services::ec2::storage::{bin, snapshots, unsupported};
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::compute::{Image, ImageMapping, Machine};
use stratus_model::{Structure, field};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html>
pub(in super::super) fn register_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    unsupported(params, &[field::BILLING_PRODUCTS, field::RAMDISK_ID, field::UEFI_DATA])?;
    let name = params.text(field::NAME).unwrap_or_default();
    check_name(world, region, name)?;
    let asked = mappings::read(params, field::BLOCK_DEVICE_MAPPINGS)?;
    let location = params.text(field::IMAGE_LOCATION);
    let bundle = location.map(|location| bundle(world, location)).transpose()?;
    let root = match &bundle {
        Some(_) => params.text(field::ROOT_DEVICE_NAME).unwrap_or("/dev/sda1").to_owned(),
        None => snapshot_root(params, &asked)?,
    };
    let mappings: Vec<ImageMapping> = asked
        .iter()
        .filter(|line| !line.no_device)
        .map(|line| added(world, region, line))
        .collect::<Result<_>>()?;
    let machine = machine(params, root, bundle.as_ref())?;
    let mut image = blank(
        world,
        name,
        params.text(field::DESCRIPTION).unwrap_or_default(),
        machine.into(),
    );
    if let Some(manifest) = location {
        image.location = manifest.to_owned();
    }
    image.mappings = mappings;
    image.imds_v2 = params.contains(field::IMDS_SUPPORT);
    image.tpm = params.contains(field::TPM_SUPPORT);
    image.sriov = params.text(field::SRIOV_NET_SUPPORT) == Some("simple");
    image.kernel = params.text(field::KERNEL_ID).map(str::to_owned);
    // What the bytes of a snapshot boot into is not known; a stock image's login is a fair guess (ours).
    let sshd = crate::world::compute::Listener {
        protocol: 6,
        port: 22,
        program: "sshd".to_owned(),
        service: true,
    };
    image.services = vec![sshd];
    let id = image.id;
    world.put(region, image);
    tags::apply_specifications(world, region, params, &[("image", &[id.into()])])?;
    note(world, region, id, "registered");
    Ok(Structure::new().with(field::IMAGE_ID, id))
}

/// The root device of an image that lies in snapshots: it must be named, and be made of one.
fn snapshot_root(params: &Structure, asked: &[MappingRequest]) -> Result<String> {
    let root = params
        .text(field::ROOT_DEVICE_NAME)
        .filter(|name| !name.is_empty())
        .ok_or_else(|| {
            Error::missing("rootDeviceName")
                .at("RootDeviceName")
                .remedy("Name the device that the root snapshot is mapped to.")
        })?;
    let line = asked.iter().find(|line| line.device == root);
    if line.and_then(|line| line.ebs.as_ref()?.snapshot).is_none() {
        return Err(Error::new(
            "InvalidBlockDeviceMapping",
            "The root device must be mapped to an EBS snapshot.",
        )
        .at("BlockDeviceMappings")
        .remedy(format!("Map {root} to a SnapshotId.")));
    }
    Ok(root.to_owned())
}

/// The manifest of a bundle, which must lie in a bucket of the account's and be one.
fn bundle(world: &World, location: &str) -> Result<Manifest> {
    let (text, remedy) = match bundles::manifest(world, location) {
        Ok(Some(manifest)) => return Ok(manifest),
        Ok(None) => (
            format!("The manifest '{location}' cannot be parsed"),
            "BundleInstance writes one beside the parts of a bundle.",
        ),
        Err(()) => (
            format!("HTTP 404 (Not Found) response for the manifest '{location}'"),
            "Put the bundle's manifest into a bucket, and give BUCKET/KEY.",
        ),
    };
    Err(Error::new("InvalidManifest", text).at("ImageLocation").remedy(remedy))
}

/// What the machine is. AWS's defaults are those of its early days: 32-bit (of a bundle: what its manifest says) and paravirtual.
fn machine(params: &Structure, root: String, bundle: Option<&Manifest>) -> Result<Machine> {
    let usual = bundle.map_or("i386", |manifest| manifest.architecture.as_str());
    let architecture = params.text(field::ARCHITECTURE).unwrap_or(usual);
    let virtualization = params.text(field::VIRTUALIZATION_TYPE).unwrap_or("paravirtual");
    if !matches!(virtualization, "hvm" | "paravirtual") {
        let text = format!("Invalid virtualization type: '{virtualization}'");
        return Err(Error::new("InvalidParameterValue", text).at("VirtualizationType"));
    }
    if virtualization == "paravirtual" && architecture == "arm64" {
        return Err(Error::combination("arm64 images must have the virtualization type hvm.").at("VirtualizationType"));
    }
    let ena = params.boolean(field::ENA_SUPPORT) == Some(true);
    if virtualization == "paravirtual" && ena {
        return Err(Error::combination("Enhanced networking needs the virtualization type hvm.").at("EnaSupport"));
    }
    Ok(Machine {
        architecture: architecture.to_owned(),
        virtualization: virtualization.to_owned(),
        root_device_type: if bundle.is_some() { "instance-store" } else { "ebs" }.to_owned(),
        root_device_name: root,
        platform: String::new(),
        platform_details: "Linux/UNIX".to_owned(),
        usage_operation: "RunInstances".to_owned(),
        login: "ec2-user".to_owned(),
        ena,
        boot_mode: params.text(field::BOOT_MODE).unwrap_or_default().to_owned(),
    })
}

/// The instances of an image live on without it, and its snapshots stay unless DeleteAssociatedSnapshots is set.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html>
pub(in super::super) fn deregister_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = own(world, region, params.text(field::IMAGE_ID).unwrap_or_default())?;
    let delete = params.boolean(field::DELETE_ASSOCIATED_SNAPSHOTS) == Some(true);
    note(world, region, id, "deregistered");
    let results = deregister(world, region, id, delete)?;
    let answer = Structure::new().with(field::RETURN, true);
    if !delete {
        return Ok(answer);
    }
    let shown = results.into_iter().map(|(snapshot, deleted)| {
        Structure::new()
            .with(field::SNAPSHOT_ID, snapshot)
            .with(field::RETURN_CODE, if deleted { "success" } else { "skipped" })
    });
    Ok(answer.with(field::DELETE_SNAPSHOT_RESULTS, shown.collect::<Vec<_>>()))
}

/// Deregisters an image and, where asked, deletes the snapshots behind it that no other image needs: each of them, and whether it went.
/// Who does it has written the journal.
///
/// # Errors
/// `InvalidAMIID.NotFound`; `OperationNotPermitted` for a protected one.
pub(crate) fn deregister(
    world: &mut World,
    region: Region,
    id: ImageId,
    delete: bool,
) -> Result<Vec<(SnapshotId, bool)>> {
    let row = find::<Image>(world, region, Kind::Image, &id.to_string())?;
    may_deregister(row, world.now)?;
    let behind = snapshots_behind(row);
    if !bin::take_in(world, region, id.into()) {
        world.take::<Image>(region, id);
    }
    let mut results = Vec::new();
    for snapshot in behind.into_iter().filter(|_| delete) {
        // What another image needs is left alone.
        let needed = world
            .referrers(region, snapshot.into())
            .iter()
            .any(|by| matches!(by, ResourceId::Image(_)) && !bin::holds(world, region, *by));
        results.push((snapshot, !needed && snapshots::delete(world, region, snapshot).is_ok()));
    }
    Ok(results)
}

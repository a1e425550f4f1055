//! EC2's storage: volumes, snapshots, images. This file routes, and writes the journal for the others.

pub(crate) mod bin;
pub(crate) mod bundles;
pub(crate) mod contents;
pub(crate) mod conversions;
mod exports;
pub mod files;
mod fpga;
pub(crate) mod held;
pub(crate) mod images;
mod imports;
pub(crate) mod keys;
pub(crate) mod others;
mod pack;
mod root_tasks;
pub(crate) mod settings;
pub mod snapshots;
pub mod survival;
pub(crate) mod volumes;

pub use volumes::lazy::{FIRST_READ, Restoring, Share, restoring};
pub use volumes::modify::may_become;

use super::common::note_clock;
use crate::base::error::{Error, Result};
use crate::base::ids::{ResourceId, VolumeId};
use crate::base::time::Time;
use crate::clock::{Pending, Step};
use crate::services::Handler;
use crate::world::World;
use stratus_model::{Name, Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateVolume" => Write(volumes::calls::create_volume),
        "DeleteVolume" => Write(volumes::calls::delete_volume),
        "AttachVolume" => Write(volumes::calls::attach_volume),
        "DetachVolume" => Write(volumes::calls::detach_volume),
        "DescribeVolumes" => Read(volumes::describe::describe_volumes),
        "DescribeVolumeStatus" => Read(volumes::status::describe_volume_status),
        "DescribeVolumeAttribute" => Read(volumes::describe::describe_volume_attribute),
        "ModifyVolumeAttribute" => Write(volumes::describe::modify_volume_attribute),
        "ModifyVolume" => Write(volumes::modify::modify_volume),
        "DescribeVolumesModifications" => Read(volumes::modify::describe_volumes_modifications),
        "CreateSnapshot" => Write(snapshots::calls::create_snapshot),
        "DeleteSnapshot" => Write(snapshots::calls::delete_snapshot),
        "CopySnapshot" => Write(snapshots::copy::copy_snapshot),
        "DescribeSnapshots" => Read(snapshots::describe::describe_snapshots),
        "DescribeSnapshotAttribute" => Read(snapshots::sharing::describe_snapshot_attribute),
        "ModifySnapshotAttribute" => Write(snapshots::sharing::modify_snapshot_attribute),
        "CreateImage" => Write(images::create::create_image),
        "RegisterImage" => Write(images::register::register_image),
        "DeregisterImage" => Write(images::register::deregister_image),
        "CopyImage" => Write(images::copy::copy_image),
        "DescribeImages" => Read(images::describe::describe_images),
        "DescribeImageAttribute" => Read(images::attributes::describe_image_attribute),
        "ModifyImageAttribute" => Write(images::attributes::modify_image_attribute),
        _ => return None,
    })
}

/// The handler of an operation that a first visit does not call.
pub(super) fn rarer(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "ResetSnapshotAttribute" => Write(snapshots::sharing::reset_snapshot_attribute),
        "CreateSnapshots" => Write(snapshots::several::create),
        "ListSnapshotsInRecycleBin" => Read(bin::list_snapshots),
        "RestoreSnapshotFromRecycleBin" => Write(bin::restore_snapshot),
        "ModifySnapshotTier" => Write(snapshots::tiers::archive),
        "RestoreSnapshotTier" => Write(snapshots::tiers::restore),
        "DescribeSnapshotTierStatus" => Read(snapshots::tiers::describe_status),
        "EnableFastSnapshotRestores" => Write(snapshots::fast::enable),
        "DisableFastSnapshotRestores" => Write(snapshots::fast::disable),
        "DescribeFastSnapshotRestores" => Read(snapshots::fast::describe_all),
        "LockSnapshot" => Write(snapshots::locks::lock),
        "UnlockSnapshot" => Write(snapshots::locks::unlock),
        "DescribeLockedSnapshots" => Read(snapshots::locks::describe_all),
        "CreateReplaceRootVolumeTask" => Write(root_tasks::create),
        "DescribeReplaceRootVolumeTasks" => Read(root_tasks::describe_all),
        "ImportSnapshot" => Write(imports::import_snapshot),
        "ImportImage" => Write(imports::import_image),
        "DescribeImportSnapshotTasks" => Read(imports::describe_snapshots),
        "DescribeImportImageTasks" => Read(imports::describe_images),
        "ImportVolume" => Write(conversions::import_volume),
        "ImportInstance" => Write(conversions::import_instance),
        "DescribeConversionTasks" => Read(conversions::describe),
        "CancelConversionTask" => Write(conversions::cancel),
        "CancelImportTask" => Write(imports::cancel),
        "ExportImage" => Write(exports::export_image),
        "CreateInstanceExportTask" => Write(exports::export_instance),
        "DescribeExportImageTasks" => Read(exports::describe_images),
        "DescribeExportTasks" => Read(exports::describe_instances),
        "CancelExportTask" => Write(exports::cancel),
        "BundleInstance" => Write(bundles::create),
        "CancelBundleTask" => Write(bundles::cancel),
        "DescribeBundleTasks" => Read(bundles::describe),
        "CreateStoreImageTask" => Write(images::stores::store),
        "CreateRestoreImageTask" => Write(images::stores::restore),
        "DescribeStoreImageTasks" => Read(images::stores::describe),
        "DescribeImageReferences" => Read(images::usage::references),
        "CreateImageUsageReport" => Write(images::usage::create),
        "DeleteImageUsageReport" => Write(images::usage::delete),
        "DescribeImageUsageReports" => Read(images::usage::describe),
        "DescribeImageUsageReportEntries" => Read(images::usage::entries),
        "GetImageAncestry" => Read(images::usage::ancestry),
        "GetAllowedImagesSettings" => Read(images::allowed::get),
        "EnableAllowedImagesSettings" => Write(images::allowed::enable),
        "DisableAllowedImagesSettings" => Write(images::allowed::disable),
        "ReplaceImageCriteriaInAllowedImagesSettings" => Write(images::allowed::replace),
        "EnableFastLaunch" => Write(images::fast_launch::enable),
        "DisableFastLaunch" => Write(images::fast_launch::disable),
        "DescribeFastLaunchImages" => Read(images::fast_launch::describe),
        "CancelImageLaunchPermission" => Write(images::attributes::cancel_launch_permission),
        "CopyVolumes" => Write(volumes::copy::copy_volumes),
        "EnableVolumeIO" => Write(volumes::describe::enable_volume_io),
        "AttachImageWatermark" => Write(images::watermarks::attach),
        "ReplaceImageInstanceTypeSpecification" => Write(images::types::replace),
        "GetImageFindings" => Read(images::types::findings),
        "DetachImageWatermark" => Write(images::watermarks::detach),
        "ResetImageAttribute" => Write(images::switches::reset_attribute),
        "EnableImage" => Write(images::switches::enable),
        "DisableImage" => Write(images::switches::disable),
        "EnableImageDeprecation" => Write(images::switches::enable_deprecation),
        "DisableImageDeprecation" => Write(images::switches::disable_deprecation),
        "EnableImageDeregistrationProtection" => Write(images::switches::protect),
        "DisableImageDeregistrationProtection" => Write(images::switches::unprotect),
        "EnableImageBlockPublicAccess" => Write(images::switches::enable_block),
        "DisableImageBlockPublicAccess" => Write(images::switches::disable_block),
        "GetImageBlockPublicAccessState" => Read(images::switches::get_block),
        "ListImagesInRecycleBin" => Read(bin::list_images),
        "RestoreImageFromRecycleBin" => Write(bin::restore_image),
        "ListVolumesInRecycleBin" => Read(bin::list_volumes),
        "RestoreVolumeFromRecycleBin" => Write(bin::restore_volume),
        _ => return settings::handler(operation).or_else(|| fpga::handler(operation)),
    })
}

/// A volume comes to the end of a passing state.
pub(super) fn settle_volume(world: &mut World, pending: &Pending, id: VolumeId) {
    volumes::settle(world, pending, id);
}

/// Pending work of these resources.
pub(super) fn due(world: &mut World, pending: &Pending) {
    match (pending.resource, pending.step) {
        (ResourceId::InstanceImport(_) | ResourceId::VolumeImport(_), _) => conversions::due(world, pending),
        (_, Step::Expire) => bin::expire(world, pending),
        (ResourceId::Volume(id), Step::Settle) => volumes::settle(world, pending, id),
        (ResourceId::Volume(id), Step::Modify) => volumes::modify::settle(world, pending, id),
        (ResourceId::Snapshot(id), Step::Settle) => snapshots::settle(world, pending, id),
        (ResourceId::Snapshot(id), Step::Progress) => crate::services::ebs::timed_out(world, pending, id),
        (ResourceId::Snapshot(id), Step::Modify | Step::Reap) => snapshots::tiers::settle(world, pending, id),
        (ResourceId::ReplaceRootVolumeTask(id), Step::Settle) => root_tasks::settle(world, pending.region, id),
        (ResourceId::Image(id), Step::Progress) => images::stores::stored(world, pending, id),
        (ResourceId::ImageExport(_) | ResourceId::InstanceExport(_), Step::Settle) => exports::settle(world, pending),
        (ResourceId::BundleTask(id), Step::Settle) => bundles::settle(world, pending, id),
        (ResourceId::FpgaImage(id), Step::Settle) => fpga::settle(world, pending, id),
        (ResourceId::Image(id), Step::Settle) => images::settle(world, pending, id),
        _ => {}
    }
}

/// Refuses parameters that ask for what is not simulated, rather than to pass over them silently.
fn unsupported(params: &Structure, names: &[Name]) -> Result<()> {
    match names.iter().find(|name| params.contains(**name)) {
        Some(name) => Err(Error::new(
            "Unsupported",
            format!("The parameter {} is not simulated.", name.text()),
        )
        .at(name.text())
        .remedy("Leave it out.")),
        None => Ok(()),
    }
}

/// Refuses an Outpost: the account has none.
fn no_outpost(params: &Structure) -> Result<()> {
    match params.text(field::OUTPOST_ARN) {
        Some(arn) => {
            let why = format!("Value ({arn}) for parameter outpostArn is invalid. The Outpost does not exist.");
            Err(Error::new("InvalidParameterValue", why).at("OutpostArn"))
        }
        None => Ok(()),
    }
}

/// A call names what it wants to see, or leafs through all: not both.
fn no_page_with_ids(params: &Structure, ids: Name, parameter: &str) -> Result<()> {
    if params.contains(field::MAX_RESULTS) && !params.list(ids).is_empty() {
        let text = format!("The parameter {parameter} cannot be used with the parameter maxResults");
        return Err(Error::combination(text).at("MaxResults"));
    }
    Ok(())
}

/// A moment as filters may write it: with milliseconds, and without where they are zero.
fn times(time: Time) -> Vec<String> {
    let text = time.iso8601();
    let long = match text.strip_suffix('Z') {
        Some(whole) if !whole.contains('.') => format!("{whole}.000Z"),
        _ => text.clone(),
    };
    vec![text, long]
}

/// Account ids as a list of a call names them.
///
/// # Errors
/// `InvalidUserID.Malformed` for what is not twelve digits.
fn accounts(texts: impl Iterator<Item = impl AsRef<str>>) -> Result<Vec<String>> {
    texts
        .map(|text| {
            let text = text.as_ref();
            let plain = text.replace('-', "");
            let digits = plain.len() == 12 && plain.bytes().all(|b| b.is_ascii_digit());
            digits.then_some(plain).ok_or_else(|| {
                Error::new("InvalidUserID.Malformed", format!("Invalid user id: \"{text}\""))
                    .remedy("An account id has twelve digits.")
            })
        })
        .collect()
}

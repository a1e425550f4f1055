//! Disks that come as objects: ImportSnapshot and ImportImage take a raw disk from a bucket. ClientData and Hypervisor change nothing,
//! as at AWS; nor does RoleName (ours: whoever imports may read the bucket). Other forms of disks cannot be
//! read here; their tasks end with the fault that AWS names for a disk that it cannot use.
//! Source: <https://docs.aws.amazon.com/vm-import/latest/userguide/what-is-vmimport.html>

use super::conversions::manifest::location;
use super::images::imported;
use super::volumes::calls::needs_encrypted;
use super::{exports, files, keys, settings, snapshots, unsupported};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, ResourceId, SnapshotId};
use crate::catalog::Region;
use crate::catalog::images::Platform;
use crate::services::Request;
use crate::services::ec2::common::{Filters, note, page, tag_list};
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::compute::Image;
use crate::world::keeping::{Import, ImportedDisk};
use crate::world::storage::{Extents, Snapshot};
use sha2::{Digest, Sha256};
use std::rc::Rc;
use stratus_model::{Structure, field, sort};

/// Bytes of a raw disk that are read here.
pub(super) const DISK: usize = 32 << 20;
/// What AWS says, behind `ClientError: `, of a disk that it cannot use.
pub(super) const UNREADABLE: &str = "Disk validation failed [Unsupported disk format]";

/// Where a disk lies: bucket and key.
fn place(disk: &Structure) -> Result<(String, String)> {
    if let Some(at) = disk.structure(field::USER_BUCKET) {
        let text = |name| at.text(name).unwrap_or_default().to_owned();
        return Ok((text(field::S3_BUCKET), text(field::S3_KEY)));
    }
    location(disk.text(field::URL).unwrap_or_default()).ok_or_else(|| {
        let why = "The disk container needs a UserBucket, or a Url that begins with s3:// or https://.";
        Error::new("InvalidParameter", why).at("DiskContainer")
    })
}

/// The blocks of a disk that came as an object, and its GiB; `None` = it is of a form that cannot be read.
///
/// # Errors
/// `LimitExceeded`.
pub(super) fn contents(world: &mut World, format: &str, body: &[u8]) -> Result<Option<(Extents, i64)>> {
    // What an export made, whatever it was to be called.
    if let Some(exported) = exports::read(world, body) {
        return Ok(Some(exported));
    }
    if format != "RAW" || body.is_empty() || body.len() > DISK {
        return Ok(None);
    }
    let mut blocks = Extents::default();
    files::put_bytes(world, &mut blocks, 0, body)?;
    Ok(Some((blocks, (body.len() as i64 + (1 << 30) - 1) >> 30)))
}

/// The key that a call wants what it imports to be encrypted with.
///
/// # Errors
/// `InvalidParameterCombination`, `InvalidParameterValue`.
fn key(params: &Structure, world: &World, region: Region) -> Result<Option<String>> {
    match (
        params.boolean(field::ENCRYPTED) == Some(true),
        params.text(field::KMS_KEY_ID),
    ) {
        (false, Some(_)) => Err(needs_encrypted()),
        (false, None) => Ok(None),
        (true, Some(named)) => keys::resolve(world, region, named).map(Some),
        (true, None) => Ok(Some(settings::key(world, region))),
    }
}

/// What an imported machine is besides its disks.
struct Wish {
    boot_mode: Option<String>,
    /// PlatformDetails and UsageOperation.
    billed: Option<(&'static str, &'static str)>,
}

/// Reads it. A licence of one's own is known for Windows; the License Manager is not simulated.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportImage.html>
///
/// # Errors
/// `Unsupported`, `InvalidParameterValue`, `InvalidParameterCombination`.
fn wish(params: &Structure, windows: bool) -> Result<Wish> {
    unsupported(params, &[field::LICENSE_SPECIFICATIONS])?;
    let boot_mode = params.text(field::BOOT_MODE).map(str::to_owned);
    if boot_mode.as_deref() == Some("uefi-preferred") {
        let why = "The uefi-preferred boot mode isn't supported for importing images.";
        return Err(Error::new("InvalidParameterValue", why).at("BootMode"));
    }
    let own = ("Windows BYOL", "RunInstances:0800");
    let billed = match (params.text(field::LICENSE_TYPE), params.text(field::USAGE_OPERATION)) {
        (Some(_), Some(_)) => return Err(Error::combination("Give either LicenseType or UsageOperation.")),
        (None, None) | (Some("AWS"), None) => None,
        (Some("BYOL"), None) => windows.then_some(own),
        (Some(other), None) => {
            return Err(Error::invalid(
                "LicenseType",
                format!("'{other}' is neither AWS nor BYOL"),
            ));
        }
        (None, Some(wanted)) if wanted == own.1 => Some(own),
        (None, Some(wanted)) => {
            let known = [Platform::Linux, Platform::RedHat, Platform::Suse, Platform::Windows].into_iter();
            let mut known = known.map(|platform| (platform.details(), platform.usage_operation()));
            let found = known.find(|(_, operation)| *operation == wanted);
            Some(found.ok_or_else(|| Error::invalid("UsageOperation", format!("'{wanted}' is not known")))?)
        }
    };
    Ok(Wish { boot_mode, billed })
}

/// Makes an imported image what was wished for.
fn fulfil(world: &mut World, region: Region, id: ImageId, wish: &Wish) {
    world.update(region, id, |row: &mut Image| {
        let machine = Rc::make_mut(&mut row.machine);
        if let Some(mode) = &wish.boot_mode {
            machine.boot_mode.clone_from(mode);
        }
        if let Some((details, operation)) = wish.billed {
            (machine.platform_details, machine.usage_operation) = (details.to_owned(), operation.to_owned());
        }
    });
}

/// Reads a disk into a snapshot; `None` in its place = it is of a form that cannot be read.
fn disk(
    world: &mut World,
    region: Region,
    container: &Structure,
    described: &str,
    kms_key: Option<&String>,
) -> Result<ImportedDisk> {
    let (bucket, key) = place(container)?;
    let missing = |code, why| Error::new(code, why).at("DiskContainer");
    let row = world
        .s3
        .buckets
        .get(&bucket)
        .ok_or_else(|| missing("InvalidParameter", format!("The bucket {bucket} does not exist.")))?;
    let object = row
        .objects
        .get(&key)
        .ok_or_else(|| missing("InvalidParameter", format!("The key {key} does not exist in {bucket}.")))?;
    let body = object.body.copy(0, object.body.len());
    let format = container.text(field::FORMAT).unwrap_or("RAW").to_ascii_uppercase();
    let snapshot = contents(world, &format, &body)?.map(|(blocks, gib)| {
        snapshots::of_contents(world, region, blocks, gib, described.to_owned(), kms_key.cloned())
    });
    Ok(ImportedDisk {
        bucket,
        key,
        format,
        device: container.text(field::DEVICE_NAME).unwrap_or_default().to_owned(),
        bytes: body.len() as i64,
        snapshot,
    })
}

/// A task of this kind, whose id begins so.
fn task(world: &mut World, region: Region, prefix: &str, description: &str, disks: Vec<ImportedDisk>) -> Import {
    let born = world.birth();
    let digest = Sha256::digest(format!("{prefix} {} {born}", world.options.seed));
    let hex: String = digest.iter().take(9).map(|byte| format!("{byte:02x}")).collect();
    let row = Import {
        id: format!("{prefix}-{}", hex.get(..17).unwrap_or_default()),
        born,
        description: description.to_owned(),
        image: None,
        disks,
        cancelled: false,
    };
    keep(world, region, row.clone());
    row
}

fn keep(world: &mut World, region: Region, row: Import) {
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.imports.insert(row.id.clone(), row);
    }
}

/// `active`, `completed`, `deleted`, and what there is to say.
fn status(world: &World, region: Region, row: &Import) -> (&'static str, String, i64) {
    if row.cancelled {
        return ("deleted", "Task cancelled".to_owned(), 0);
    }
    if row.disks.iter().any(|disk| disk.snapshot.is_none()) {
        return ("deleted", format!("ClientError: {UNREADABLE}"), 0);
    }
    let done = |id: SnapshotId| world.row::<Snapshot>(region, id).is_none_or(|row| row.completed);
    let copied = row.disks.iter().filter_map(|disk| disk.snapshot).all(done);
    let ready = row.image.is_none_or(|id| {
        world
            .row::<Image>(region, id)
            .is_none_or(|image| image.state != "pending")
    });
    match (copied, ready) {
        (true, true) => ("completed", String::new(), 100),
        (true, false) => ("active", "preparing ami".to_owned(), 76),
        _ => ("active", "converting".to_owned(), 19),
    }
}

/// What tasks say of one disk.
fn detail(disk: &ImportedDisk) -> Structure {
    let at = Structure::new()
        .with(field::S3_BUCKET, disk.bucket.as_str())
        .with(field::S3_KEY, disk.key.as_str());
    Structure::new()
        .with(field::DISK_IMAGE_SIZE, disk.bytes as f64)
        .with(field::FORMAT, disk.format.as_str())
        .with_some(field::SNAPSHOT_ID, disk.snapshot)
        .with(field::USER_BUCKET, at)
}

/// A task of ImportSnapshot.
fn snapshot_task(world: &World, region: Region, row: &Import) -> Structure {
    let (status, message, percent) = status(world, region, row);
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let disk = row.disks.first().map(detail).unwrap_or_default();
    let made = row
        .disks
        .first()
        .and_then(|disk| world.row::<Snapshot>(region, disk.snapshot?));
    let key = made.and_then(|made| made.kms_key.as_deref());
    let disk = disk
        .with(field::ENCRYPTED, key.is_some())
        .with_some(field::KMS_KEY_ID, key);
    Structure::new()
        .with(field::IMPORT_TASK_ID, row.id.as_str())
        .with_some(field::DESCRIPTION, some(&row.description))
        .with(
            field::SNAPSHOT_TASK_DETAIL,
            disk.with(field::STATUS, status)
                .with_some(field::STATUS_MESSAGE, some(&message))
                .with_some(field::PROGRESS, (status == "active").then(|| percent.to_string())),
        )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportSnapshot.html>
pub(super) fn import_snapshot(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let container = params
        .structure(field::DISK_CONTAINER)
        .ok_or_else(|| Error::missing("DiskContainer"))?;
    let described = params.text(field::DESCRIPTION).unwrap_or_default();
    let key = key(params, world, region)?;
    let read = disk(world, region, container, described, key.as_ref())?;
    let made: Vec<ResourceId> = read.snapshot.map(ResourceId::from).into_iter().collect();
    let row = task(world, region, "import-snap", described, vec![read]);
    tags::apply_specifications(
        world,
        region,
        params,
        &[("import-snapshot-task", &[]), ("snapshot", &made)],
    )?;
    for id in made {
        note(world, region, id, format!("imported by {}", row.id));
    }
    Ok(snapshot_task(world, region, &row))
}

/// A task of ImportImage.
fn image_task(world: &World, region: Region, row: &Import) -> Structure {
    let (status, message, percent) = status(world, region, row);
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let disks: Vec<Structure> = row
        .disks
        .iter()
        .map(|disk| {
            detail(disk)
                .with_some(field::DEVICE_NAME, some(&disk.device))
                .with(field::STATUS, status)
        })
        .collect();
    Structure::new()
        .with(field::IMPORT_TASK_ID, row.id.as_str())
        .with_some(field::DESCRIPTION, some(&row.description))
        .with_some(field::IMAGE_ID, row.image.map(|id| id.to_string()))
        .with_some(
            field::USAGE_OPERATION,
            row.image
                .and_then(|id| world.row::<Image>(region, id))
                .map(|image| image.machine.usage_operation.as_str()),
        )
        .with(field::SNAPSHOT_DETAILS, disks)
        .with(field::STATUS, status)
        .with_some(field::STATUS_MESSAGE, some(&message))
        .with_some(field::PROGRESS, (status == "active").then(|| percent.to_string()))
        .with_some(
            field::TAGS,
            row.image
                .map(|id| tag_list(world, region, id))
                .filter(|tags| !tags.is_empty()),
        )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportImage.html>
pub(super) fn import_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let containers: Vec<&Structure> = params.structures(field::DISK_CONTAINERS).collect();
    if containers.is_empty() {
        return Err(Error::missing("DiskContainers"));
    }
    let described = params.text(field::DESCRIPTION).unwrap_or_default();
    let windows = params
        .text(field::PLATFORM)
        .is_some_and(|platform| platform.eq_ignore_ascii_case("windows"));
    let (key, wish) = (key(params, world, region)?, wish(params, windows)?);
    let mut disks = Vec::new();
    for container in containers {
        disks.push(disk(world, region, container, described, key.as_ref())?);
    }
    let behind: Vec<SnapshotId> = disks.iter().filter_map(|disk| disk.snapshot).collect();
    let whole = behind.len() == disks.len();
    let mut row = task(world, region, "import-ami", described, disks);
    if whole {
        let architecture = params.text(field::ARCHITECTURE).unwrap_or("x86_64");
        let id: ImageId = imported(world, region, &row.id, described, (architecture, windows), &behind);
        fulfil(world, region, id, &wish);
        row.image = Some(id);
        keep(world, region, row.clone());
        let made: Vec<ResourceId> = behind.into_iter().map(ResourceId::from).collect();
        tags::apply_specifications(world, region, params, &[("image", &[id.into()]), ("snapshot", &made)])?;
        note(world, region, id, format!("pending: imported by {}", row.id));
    }
    Ok(image_task(world, region, &row))
}

/// The tasks whose ids begin so that a call means, shown.
fn described(
    request: &Request<'_>,
    world: &World,
    prefix: &str,
    show: fn(&World, Region, &Import) -> Structure,
) -> Result<(Vec<Structure>, Option<String>)> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| name == "task-state")?;
    let wanted: Vec<&str> = params.texts(field::IMPORT_TASK_IDS).collect();
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.keeping.imports.rows());
    let mut rows: Vec<&Import> = rows.filter(|row| row.id.starts_with(prefix)).collect();
    if let Some(missing) = wanted.iter().find(|id| rows.iter().all(|row| row.id != **id)) {
        let why = format!("The import task ID '{missing}' does not exist.");
        return Err(Error::new("InvalidConversionTaskId.Malformed", why).at("ImportTaskIds"));
    }
    rows.retain(|row| wanted.is_empty() || wanted.contains(&row.id.as_str()));
    sort::by_key(&mut rows, |row| row.born);
    page(
        rows.into_iter().map(|row| show(world, region, row)).collect(),
        params,
        1,
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImportSnapshotTasks.html>
pub(super) fn describe_snapshots(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (tasks, next) = described(request, world, "import-snap-", snapshot_task)?;
    Ok(Structure::new()
        .with(field::IMPORT_SNAPSHOT_TASKS, tasks)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImportImageTasks.html>
pub(super) fn describe_images(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (tasks, next) = described(request, world, "import-ami-", image_task)?;
    Ok(Structure::new()
        .with(field::IMPORT_IMAGE_TASKS, tasks)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelImportTask.html>: what is on its way is deleted.
pub(super) fn cancel(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = request.params.text(field::IMPORT_TASK_ID).unwrap_or_default();
    let row = world
        .ec2(region)
        .and_then(|ec2| ec2.keeping.imports.get(&text.to_owned()).cloned());
    let Some(mut row) = row else {
        let why = format!("The import task ID '{text}' does not exist.");
        return Err(Error::new("InvalidConversionTaskId.Malformed", why).at("ImportTaskId"));
    };
    let (before, ..) = status(world, region, &row);
    if before != "active" {
        let why = format!("The import task '{text}' is '{before}'.");
        return Err(Error::new("IncorrectState", why).at("ImportTaskId"));
    }
    if let Some(image) = row.image.take() {
        world.take::<Image>(region, image);
    }
    for id in row.disks.iter().filter_map(|disk| disk.snapshot) {
        snapshots::delete(world, region, id)?;
    }
    row.cancelled = true;
    keep(world, region, row);
    Ok(Structure::new()
        .with(field::IMPORT_TASK_ID, text)
        .with(field::PREVIOUS_STATE, before)
        .with(field::STATE, "deleted"))
}

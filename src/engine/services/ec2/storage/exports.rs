//! Machines that leave: ExportImage and CreateInstanceExportTask write a disk as an object of a bucket, after a while. The
//! object's form is ours whatever format is asked for (a sparse list of blocks); imports read it, so what left can come back.
//! An export changes nothing of what it is of: it has the blocks of the moment of its call.
//!
//! Sources: <https://docs.aws.amazon.com/vm-import/latest/userguide/vmexport.html>,
//! <https://docs.aws.amazon.com/vm-import/latest/userguide/vmexport_image.html>

use super::files::{self, disks};
use super::{images, pack, snapshots};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageExportId, InstanceExportId, Kind, ResourceId};
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, note_clock, page, tag_list, unknown};
use crate::services::ec2::tags;
use crate::services::s3;
use crate::world::World;
use crate::world::compute::{Image, Instance, InstanceState};
use crate::world::files::Disk;
use crate::world::journal::Cause;
use crate::world::keeping::{Export, ExportState, Exported};
use crate::world::storage::{BLOCK_BYTES, Extents, Volume};
use stratus_model::{Structure, Value, field, sort};

const SOURCE: &str = "https://docs.aws.amazon.com/vm-import/latest/userguide/vmexport.html";
/// Why an export ends when it does.
const RULE: &str = "An export takes the longer the larger its disk is.";
/// What an exported disk begins with, before its GiB.
const MAGIC: &str = "stratus-disk 1 ";
/// Exports under way at once in a Region.
const AT_ONCE: usize = 5;
/// How fast a disk leaves, in seconds a GiB (ours).
const SECONDS_A_GIB: i64 = 10;
/// GiB of a disk that cannot leave any more.
const LARGEST: i64 = 1_024;

/// Where an object is to lie: the bucket, and what its key begins with.
struct Target {
    bucket: String,
    prefix: String,
}

/// The bucket of a call, which has to be the account's, in the Region of the call.
fn target(world: &World, region: Region, given: Option<&Structure>, at: &'static str) -> Result<Target> {
    let given = given.ok_or_else(|| Error::missing(at))?;
    let bucket = given.text(field::S3_BUCKET).unwrap_or_default().to_owned();
    if bucket.is_empty() {
        return Err(Error::missing(&format!("{at}.S3Bucket")));
    }
    let refused = |why: String| Error::new("InvalidParameter", why).at(format!("{at}.S3Bucket"));
    let Some(row) = world.s3.buckets.get(&bucket) else {
        let why = format!("The given S3 bucket {bucket} does not exist or cannot be written to.");
        return Err(refused(why).remedy("Make the bucket first, in the Region of the call."));
    };
    if row.region != region {
        let why = format!("The given S3 bucket {bucket} is not in {}.", region.name());
        return Err(refused(why).remedy("An export goes to a bucket of its own Region."));
    }
    Ok(Target {
        bucket,
        prefix: given.text(field::S3_PREFIX).unwrap_or_default().to_owned(),
    })
}

fn not_exportable(why: &str) -> Error {
    let text = "The specified instance cannot be exported. You can only export certain instances.";
    Error::new("NotExportable", text).remedy(why.to_owned())
}

/// What may not leave AWS: software that AWS licenses, and machines of another architecture.
fn may_leave(details: &str, architecture: &str) -> std::result::Result<(), &'static str> {
    match (details, architecture) {
        ("Linux/UNIX" | "", "x86_64" | "i386") => Ok(()),
        ("Linux/UNIX" | "", _) => Err("An arm64 machine cannot be exported."),
        _ => Err("It contains software that AWS provides the licence of."),
    }
}

fn active(world: &World, region: Region) -> usize {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.keeping.exports.rows());
    rows.filter(|row| row.state == ExportState::Active).count()
}

/// Whether there is room for one more beside so many tasks of a kind (`export`).
///
/// # Errors
/// `ResourceLimitExceeded`.
pub(super) fn room(active: usize, kind: &str) -> Result<()> {
    if active >= AT_ONCE {
        let why = format!("You have {active} {kind} tasks in progress, and can have at most {AT_ONCE}.");
        return Err(Error::new("ResourceLimitExceeded", why).remedy("Wait until one is over, or cancel one."));
    }
    Ok(())
}

/// How long a disk of so many GiB takes to be written in another form.
pub(super) fn takes(gib: i64) -> Span {
    Span::seconds(30 + gib * SECONDS_A_GIB)
}

/// Puts a task into the table and its end into the queue: the task as it begins.
fn begin(world: &mut World, region: Region, row: Export) -> Export {
    let takes = takes(row.gib);
    let row = Export {
        ends: world.now + takes,
        ..row
    };
    keep(world, region, row.clone());
    clock::schedule(world, takes, region, row.id, Step::Settle);
    row
}

fn keep(world: &mut World, region: Region, row: Export) {
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.exports.insert(row.id, row);
    }
}

/// A task as it begins. `ends` is set by [`begin`].
fn fresh(
    world: &mut World,
    id: ResourceId,
    of: Exported,
    (format, target): (&str, Target),
    description: &str,
) -> Export {
    Export {
        id,
        born: world.birth(),
        of,
        format: format.to_owned(),
        description: description.to_owned(),
        bucket: target.bucket,
        prefix: target.prefix,
        started: world.now,
        ends: world.now,
        state: ExportState::Active,
        message: String::new(),
        disk: Extents::default(),
        gib: 0,
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ExportImage.html>
pub(super) fn export_image(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::IMAGE_ID).unwrap_or_default();
    let image = images::by_id(world, region, text)?;
    let refused = |why: &str| {
        Error::new(
            "InvalidParameter",
            format!("The image {text} cannot be exported. {why}"),
        )
        .at("ImageId")
    };
    if image.owner != world.account() {
        return Err(refused("It is not yours.").remedy("Export an image of your own."));
    }
    if image.machine.root_device_type != "ebs" || image.state != "available" {
        return Err(refused("It is not an available EBS-backed image."));
    }
    may_leave(&image.machine.platform_details, &image.machine.architecture).map_err(refused)?;
    if image
        .mappings
        .iter()
        .filter_map(|line| line.ebs.as_ref())
        .any(|ebs| ebs.encrypted)
    {
        return Err(refused("It has encrypted snapshots."));
    }
    let target = target(
        world,
        region,
        params.structure(field::S3_EXPORT_LOCATION),
        "S3ExportLocation",
    )?;
    if let Some(role) = params.text(field::ROLE_NAME)
        && !world.iam.roles.contains(&role.to_ascii_lowercase())
    {
        let why = format!("The service role {role} provided does not exist or does not have sufficient permissions");
        return Err(Error::new("InvalidParameter", why).at("RoleName"));
    }
    room(active(world, region), "export")?;
    let id = ImageExportId(world.random.next_u64(Stream::Ids(Kind::ImageExport)));
    let format = params.text(field::DISK_IMAGE_FORMAT).unwrap_or("VMDK");
    let described = params.text(field::DESCRIPTION).unwrap_or_default();
    let mut row = fresh(world, id.into(), Exported::Image(image.id), (format, target), described);
    (row.disk, row.gib) = root_of(world, region, &image)?;
    let row = begin(world, region, row);
    tags::apply_specifications(world, region, params, &[("export-image-task", &[id.into()])])?;
    note(world, region, image.id, format!("on its way out: {id}"));
    Ok(image_task(world, region, &row).with_some(field::ROLE_NAME, params.text(field::ROLE_NAME)))
}

/// The blocks of an image's root, and its GiB.
fn root_of(world: &World, region: Region, image: &Image) -> Result<(Extents, i64)> {
    let root = image
        .mappings
        .iter()
        .find(|line| line.device == image.machine.root_device_name);
    let Some(ebs) = root.or(image.mappings.first()).and_then(|line| line.ebs.as_ref()) else {
        return Ok((Extents::default(), 1));
    };
    let source = ebs
        .snapshot
        .map(|id| snapshots::source(world, region, id))
        .transpose()?;
    Ok((source.map(|source| source.contents).unwrap_or_default(), ebs.size_gib))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInstanceExportTask.html>
pub(super) fn export_instance(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::INSTANCE_ID).unwrap_or_default();
    let instance = find::<Instance>(world, region, Kind::Instance, text)?;
    let (id, state) = (instance.id, instance.state);
    if !matches!(state, InstanceState::Running | InstanceState::Stopped) {
        let why = format!("The instance '{id}' is '{}'.", state.name());
        return Err(Error::new("IncorrectState", why).remedy("It has to run, or to be stopped."));
    }
    if instance.machine.root_device_type != "ebs" {
        return Err(not_exportable("Its root lies on the host's disks."));
    }
    may_leave(&instance.machine.platform_details, &instance.machine.architecture).map_err(not_exportable)?;
    let root = instance
        .block_devices
        .iter()
        .find(|line| line.device == instance.machine.root_device_name)
        .map(|line| line.volume);
    let volume = root.and_then(|volume| world.row::<Volume>(region, volume));
    let Some(volume) = volume else {
        return Err(not_exportable("Its root volume is not attached."));
    };
    if volume.kms_key.is_some() {
        return Err(not_exportable("Its root volume is encrypted."));
    }
    if volume.size_gib > LARGEST {
        return Err(not_exportable("Its root volume is larger than 1 TiB."));
    }
    let (gib, volume) = (volume.size_gib, volume.id);
    let asked = params.structure(field::EXPORT_TO_S3_TASK);
    let target = target(world, region, asked, "ExportToS3Task")?;
    room(active(world, region), "export")?;
    // What waits in the guest's memory is written first, as a guest does that is asked to.
    files::sync(world, region, id);
    let own = InstanceExportId(world.random.next_u64(Stream::Ids(Kind::InstanceExport)));
    let said = |name| asked.and_then(|asked| asked.text(name));
    let environment = params.text(field::TARGET_ENVIRONMENT).unwrap_or_default();
    let format = said(field::DISK_IMAGE_FORMAT).unwrap_or(if environment == "vmware" { "VMDK" } else { "VHD" });
    let of = Exported::Instance {
        id,
        environment: environment.to_owned(),
        container: said(field::CONTAINER_FORMAT).unwrap_or_default().to_owned(),
    };
    let described = params.text(field::DESCRIPTION).unwrap_or_default();
    let mut row = fresh(world, own.into(), of, (format, target), described);
    let blocks = world
        .row::<Instance>(region, id)
        .and_then(|row| disks::contents(world, region, row, &Disk::Volume(volume)));
    (row.disk, row.gib) = (blocks.unwrap_or_default(), gib);
    let row = begin(world, region, row);
    tags::apply_specifications(world, region, params, &[("export-instance-task", &[own.into()])])?;
    note(world, region, id, format!("on its way out: {own}"));
    Ok(Structure::new().with(field::EXPORT_TASK, instance_task(world, region, &row)))
}

/// The object's key: what the call said it begins with, the task, the form.
fn key(row: &Export) -> String {
    let end = match &row.of {
        Exported::Instance { container, .. } if !container.is_empty() => container.clone(),
        _ => row.format.to_ascii_lowercase(),
    };
    format!("{}{}.{end}", row.prefix, row.id)
}

/// The disk is there: it becomes the object.
pub(super) fn settle(world: &mut World, pending: &Pending) {
    let region = pending.region;
    let row = world
        .ec2(region)
        .and_then(|ec2| ec2.keeping.exports.get(&pending.resource));
    let Some(mut row) = row.filter(|row| row.state == ExportState::Active).cloned() else {
        return;
    };
    let packed = pack::pack(world, &row.disk);
    let bytes = [format!("{MAGIC}{}\n", row.gib).into_bytes(), packed].concat();
    let cause = Cause::Clock {
        rule: RULE.into(),
        source: SOURCE.into(),
    };
    match s3::deliver(world, &row.bucket, &key(&row), &bytes, cause) {
        Ok(()) => row.state = ExportState::Completed,
        Err(error) => {
            row.state = ExportState::Cancelled;
            row.message = format!("ClientError: {}", error.message);
        }
    }
    // The blocks are in the object now.
    row.disk = Extents::default();
    let text = format!("export {}", state(&row));
    let id = row.id;
    keep(world, region, row);
    note_clock(world, region, id, text, RULE, SOURCE);
}

/// The state in the words of its API: image exports are deleted, instance exports cancelled.
fn state(row: &Export) -> &'static str {
    match (row.state, &row.of) {
        (ExportState::Active, _) => "active",
        (ExportState::Completed, _) => "completed",
        (ExportState::Cancelled, Exported::Image(_)) => "deleted",
        (ExportState::Cancelled, Exported::Instance { .. }) => "cancelled",
    }
}

fn percent(world: &World, row: &Export) -> i64 {
    let whole = (row.ends - row.started).0.max(1);
    ((world.now - row.started).0 * 100 / whole).clamp(0, 99)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn tagged(world: &World, region: Region, row: &Export) -> Option<Vec<Value>> {
    Some(tag_list(world, region, row.id)).filter(|tags| !tags.is_empty())
}

/// A task of ExportImage.
fn image_task(world: &World, region: Region, row: &Export) -> Structure {
    let place = Structure::new()
        .with(field::S3_BUCKET, row.bucket.as_str())
        .with_some(field::S3_PREFIX, some(&row.prefix));
    let image = match row.of {
        Exported::Image(id) => Some(id),
        Exported::Instance { .. } => None,
    };
    let active = row.state == ExportState::Active;
    Structure::new()
        .with(field::EXPORT_IMAGE_TASK_ID, row.id.to_string())
        .with_some(field::DESCRIPTION, some(&row.description))
        .with_some(field::IMAGE_ID, image.map(|id| id.to_string()))
        .with(field::S3_EXPORT_LOCATION, place)
        .with(field::STATUS, state(row))
        .with_some(field::PROGRESS, active.then(|| percent(world, row).to_string()))
        .with_some(
            field::STATUS_MESSAGE,
            some(&row.message).or(active.then(|| "validating".to_owned())),
        )
        .with_some(field::TAGS, tagged(world, region, row))
}

/// A task of CreateInstanceExportTask.
fn instance_task(world: &World, region: Region, row: &Export) -> Structure {
    let Exported::Instance {
        id,
        environment,
        container,
    } = &row.of
    else {
        return Structure::new();
    };
    let place = Structure::new()
        .with_some(field::CONTAINER_FORMAT, some(container))
        .with(field::DISK_IMAGE_FORMAT, row.format.as_str())
        .with(field::S3_BUCKET, row.bucket.as_str())
        .with(field::S3_KEY, key(row));
    let details = Structure::new()
        .with(field::INSTANCE_ID, *id)
        .with(field::TARGET_ENVIRONMENT, environment.as_str());
    let message = some(&row.message).or((row.state == ExportState::Active).then(|| "Running".to_owned()));
    Structure::new()
        .with(field::EXPORT_TASK_ID, row.id.to_string())
        .with_some(field::DESCRIPTION, some(&row.description))
        .with(field::EXPORT_TO_S3_TASK, place)
        .with(field::INSTANCE_EXPORT_DETAILS, details)
        .with(field::STATE, state(row))
        .with_some(field::STATUS_MESSAGE, message)
        .with_some(field::TAGS, tagged(world, region, row))
}

/// The task of an id of one of the two kinds.
fn named<'w>(world: &'w World, region: Region, text: &str) -> Result<&'w Export> {
    let id = ResourceId::parse(text).filter(|id| matches!(id.kind(), Kind::ImageExport | Kind::InstanceExport));
    let row = id.and_then(|id| world.ec2(region)?.keeping.exports.get(&id));
    row.ok_or_else(|| unknown(Kind::InstanceExport, text))
}

/// The tasks of a kind that a call means, eldest first.
fn chosen<'w>(world: &'w World, region: Region, kind: Kind, wanted: &[&str]) -> Result<Vec<&'w Export>> {
    let mut rows = Vec::new();
    for text in wanted {
        rows.push(
            named(world, region, text)
                .ok()
                .filter(|row| row.id.kind() == kind)
                .ok_or_else(|| unknown(kind, text))?,
        );
    }
    if wanted.is_empty() {
        let all = world.ec2(region).into_iter().flat_map(|ec2| ec2.keeping.exports.rows());
        rows.extend(all.filter(|row| row.id.kind() == kind));
    }
    sort::by_key(&mut rows, |row| row.born);
    Ok(rows)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeExportImageTasks.html>
pub(super) fn describe_images(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| name == "task-state" || name == "tag-key" || name.starts_with("tag:"))?;
    let wanted: Vec<&str> = params.texts(field::EXPORT_IMAGE_TASK_IDS).collect();
    let mut shown = Vec::new();
    for row in chosen(world, region, Kind::ImageExport, &wanted)? {
        let values = |name: &str| (name == "task-state").then(|| vec![state(row).to_owned()]);
        if filters.pass(world, region, row.id, values)? {
            shown.push(image_task(world, region, row));
        }
    }
    let (items, next) = page(shown, params, 1)?;
    Ok(Structure::new()
        .with(field::EXPORT_IMAGE_TASKS, items)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeExportTasks.html>
pub(super) fn describe_instances(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| name == "tag-key" || name.starts_with("tag:"))?;
    let wanted: Vec<&str> = params.texts(field::EXPORT_TASK_IDS).collect();
    let mut shown = Vec::new();
    for row in chosen(world, region, Kind::InstanceExport, &wanted)? {
        if filters.pass(world, region, row.id, |_| None)? {
            shown.push(instance_task(world, region, row));
        }
    }
    Ok(Structure::new().with(field::EXPORT_TASKS, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelExportTask.html>: only what is still under way.
pub(super) fn cancel(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = request.params.text(field::EXPORT_TASK_ID).unwrap_or_default();
    let mut row = named(world, region, text)?.clone();
    if row.state != ExportState::Active {
        let why = format!("The export task '{text}' is '{}'.", state(&row));
        return Err(Error::new("IncorrectState", why).at("ExportTaskId"));
    }
    row.state = ExportState::Cancelled;
    row.message = "Task cancelled".to_owned();
    row.disk = Extents::default();
    let id = row.id;
    keep(world, region, row);
    note(world, region, id, "cancelled");
    Ok(Structure::new())
}

/// The disk in an object that an export made: its blocks and its GiB; `None` for any other object.
pub(super) fn read(world: &mut World, body: &[u8]) -> Option<(Extents, i64)> {
    let rest = body.strip_prefix(MAGIC.as_bytes())?;
    let end = rest.iter().take(8).position(|byte| *byte == b'\n')?;
    let (gib, packed) = rest.split_at(end);
    let gib: i64 = std::str::from_utf8(gib).ok()?.parse().ok()?;
    let packed = packed.get(1..)?;
    let blocks = (1..=65_536)
        .contains(&gib)
        .then(|| pack::unpack(world, packed, (gib << 30) / BLOCK_BYTES))??;
    Some((blocks, gib))
}

//! Bundles: the root of an instance that lies on the host's disks, packed into a bucket of yours with a manifest, from which
//! an image is registered. AWS bundles Windows so, and leaves Linux to a tool in the guest; here both are bundled by the
//! call (ours).
//! Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BundleInstance.html>

use super::conversions::manifest::element;
use super::pack;
use crate::base::error::{Error, Result};
use crate::base::ids::{BundleTaskId, InstanceId, Kind};
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, note_clock, read_id, unknown};
use crate::services::ec2::storage::files::{self, disks};
use crate::services::s3;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::files::Disk;
use crate::world::journal::Cause;
use crate::world::keeping::Bundle;
use crate::world::storage::BLOCK_BYTES;
use std::fmt::Write as _;
use stratus_model::{Structure, field, sort};

/// Bytes of one part, as AWS's tools cut them.
const PART: usize = 10 << 20;
/// Bytes of a manifest that are read.
const MANIFEST: usize = 4 << 20;
/// How long bundling takes (ours).
const TAKES: Span = Span::minutes(5);

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BundleInstance.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::INSTANCE_ID).unwrap_or_default();
    let instance = find::<Instance>(world, region, Kind::Instance, text)?;
    let id = instance.id;
    if instance.machine.root_device_type != "instance-store" {
        let why = format!("The instance '{id}' does not have an instance store root device.");
        return Err(Error::new("InvalidInstanceID", why).remedy("CreateImage makes an image of it."));
    }
    if instance.state != InstanceState::Running {
        let why = format!("The instance '{id}' is '{}'.", instance.state.name());
        return Err(Error::new("IncorrectState", why));
    }
    let place = params
        .structure(field::STORAGE)
        .and_then(|storage| storage.structure(field::S3));
    let place = place.ok_or_else(|| Error::missing("Storage.S3"))?;
    let bucket = place.text(field::BUCKET).unwrap_or_default().to_owned();
    let prefix = place.text(field::PREFIX).unwrap_or_default().to_owned();
    if prefix.is_empty() {
        return Err(Error::missing("Storage.S3.Prefix"));
    }
    if !world.s3.buckets.contains(&bucket) {
        let why = format!("The specified bucket '{bucket}' does not exist.");
        return Err(Error::new("InvalidS3Bucket.NotFound", why).remedy("Make the bucket first."));
    }
    let busy = world.ec2(region).is_some_and(|ec2| {
        ec2.keeping
            .bundles
            .rows()
            .any(|row| row.instance == id && row.state == "bundling")
    });
    if busy {
        return Err(Error::new(
            "BundlingInProgress",
            format!("'{id}' already has a bundling task in progress."),
        ));
    }
    // Windows is shut down for it, and comes up again.
    files::sync(world, region, id);
    let now = world.now;
    let row = Bundle {
        id: BundleTaskId(world.random.next_u64(Stream::Ids(Kind::BundleTask))),
        born: world.birth(),
        instance: id,
        bucket,
        prefix,
        started: now,
        updated: now,
        ends: now + TAKES,
        state: "bundling".to_owned(),
        error: None,
    };
    let task = row.id;
    let shown = shown(world, &row);
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.bundles.insert(task, row);
    }
    clock::schedule(world, TAKES, region, task, Step::Settle);
    note(world, region, id, format!("{task} bundles it"));
    Ok(Structure::new().with(field::BUNDLE_TASK, shown))
}

fn shown(world: &World, row: &Bundle) -> Structure {
    let s3 = Structure::new()
        .with(field::BUCKET, row.bucket.as_str())
        .with(field::PREFIX, row.prefix.as_str());
    let whole = (row.ends - row.started).0.max(1);
    let percent = ((world.now - row.started).0 * 100 / whole).clamp(0, 99);
    let error = row.error.as_ref().map(|(code, text)| {
        Structure::new()
            .with(field::CODE, code.as_str())
            .with(field::MESSAGE, text.as_str())
    });
    Structure::new()
        .with(field::BUNDLE_ID, row.id)
        .with(field::INSTANCE_ID, row.instance)
        .with(field::STATE, row.state.as_str())
        .with(field::START_TIME, row.started)
        .with(field::UPDATE_TIME, row.updated)
        .with(field::STORAGE, Structure::new().with(field::S3, s3))
        .with_some(
            field::PROGRESS,
            (row.state == "bundling").then(|| format!("{percent}%")),
        )
        .with_some(field::BUNDLE_TASK_ERROR, error)
}

fn row<'w>(world: &'w World, region: Region, text: &str) -> Result<&'w Bundle> {
    let missing = || unknown(Kind::BundleTask, text);
    let id = read_id::<BundleTaskId>(Kind::BundleTask, text).map_err(|_| missing())?;
    world
        .ec2(region)
        .and_then(|ec2| ec2.keeping.bundles.get(&id))
        .ok_or_else(missing)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelBundleTask.html>
pub(super) fn cancel(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, now) = (request.region, world.now);
    let mut task = row(world, region, request.params.text(field::BUNDLE_ID).unwrap_or_default())?.clone();
    if task.state != "bundling" {
        let why = format!("The bundle task '{}' is '{}'.", task.id, task.state);
        return Err(Error::new("IncorrectState", why));
    }
    task.state = "cancelling".to_owned();
    task.updated = now;
    let shown = shown(world, &task);
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.bundles.insert(task.id, task);
    }
    Ok(Structure::new().with(field::BUNDLE_TASK, shown))
}

const FILTERS: [&str; 9] = [
    "bundle-id",
    "error-code",
    "error-message",
    "instance-id",
    "progress",
    "s3-bucket",
    "s3-prefix",
    "start-time",
    "state",
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeBundleTasks.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| FILTERS.contains(&name))?;
    let mut rows: Vec<&Bundle> = Vec::new();
    for text in params.texts(field::BUNDLE_IDS) {
        rows.push(row(world, region, text)?);
    }
    if rows.is_empty() {
        rows.extend(world.ec2(region).into_iter().flat_map(|ec2| ec2.keeping.bundles.rows()));
    }
    sort::by_key(&mut rows, |row| row.born);
    let mut chosen = Vec::new();
    for row in rows {
        let values = |name: &str| {
            Some(match name {
                "bundle-id" => vec![row.id.to_string()],
                "instance-id" => vec![row.instance.to_string()],
                "s3-bucket" => vec![row.bucket.clone()],
                "s3-prefix" => vec![row.prefix.clone()],
                "start-time" => super::times(row.started),
                "state" => vec![row.state.clone()],
                "error-code" => row.error.iter().map(|(code, _)| code.clone()).collect(),
                "error-message" => row.error.iter().map(|(_, text)| text.clone()).collect(),
                _ => Vec::new(),
            })
        };
        if filters.pass(world, region, row.id, values)? {
            chosen.push(shown(world, row));
        }
    }
    Ok(Structure::new().with(field::BUNDLE_TASKS, chosen))
}

/// Bundling is over: parts and manifest are in the bucket.
pub(super) fn settle(world: &mut World, pending: &Pending, id: BundleTaskId) {
    let region = pending.region;
    let Some(mut task) = world.ec2(region).and_then(|ec2| ec2.keeping.bundles.get(&id).cloned()) else {
        return;
    };
    task.updated = world.now;
    if task.state == "cancelling" {
        task.state = "failed".to_owned();
        task.error = Some(("Client.Cancelled".to_owned(), "The task was cancelled.".to_owned()));
    } else {
        match upload(world, region, &task) {
            Ok(()) => task.state = "complete".to_owned(),
            Err(error) => {
                task.state = "failed".to_owned();
                task.error = Some(("Client.S3Error".to_owned(), error.message));
            }
        }
    }
    let text = format!("bundling → {}", task.state);
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.bundles.insert(id, task);
    }
    note_clock(world, region, id, text, "Bundling takes a few minutes.", "ours");
}

/// The bundle of an instance as it is now: its parts, and the manifest that lists them.
fn upload(world: &mut World, region: Region, task: &Bundle) -> Result<()> {
    let gone = || {
        Error::new(
            "IncorrectState",
            format!("The instance {} does not run any more.", task.instance),
        )
    };
    let instance = world.row::<Instance>(region, task.instance).ok_or_else(gone)?;
    if instance.state != InstanceState::Running {
        return Err(gone());
    }
    let blocks = disks::contents(world, region, instance, &Disk::Root).unwrap_or_default();
    let machine = instance.machine.clone();
    let packed = pack::pack(world, &blocks);
    let cause = Cause::Call(world.calls);
    let name = task.prefix.rsplit('/').next().unwrap_or_default();
    let mut parts = String::new();
    for (number, part) in packed.chunks(PART).enumerate() {
        let digest = s3::crc32(part);
        let _ = write!(
            parts,
            "<part index=\"{number}\"><filename>{name}.part.{number:02}</filename><digest algorithm=\"CRC32\">{digest:08x}</digest></part>"
        );
        s3::deliver(
            world,
            &task.bucket,
            &format!("{}.part.{number:02}", task.prefix),
            part,
            cause.clone(),
        )?;
    }
    let manifest = format!(
        "<?xml version=\"1.0\"?><manifest><version>2007-10-10</version><bundler><name>stratus</name></bundler><machine_configuration><architecture>{}</architecture></machine_configuration><image><name>{name}</name><user>{}</user><type>machine</type><size>{}</size><bundled_size>{}</bundled_size><parts count=\"{}\">{parts}</parts></image></manifest>",
        machine.architecture,
        world.account(),
        10i64 << 30,
        packed.len(),
        packed.chunks(PART).count()
    );
    s3::deliver(
        world,
        &task.bucket,
        &format!("{}.manifest.xml", task.prefix),
        manifest.as_bytes(),
        cause,
    )
}

/// What a bundle's manifest says.
pub(super) struct Manifest {
    /// The architecture of the machine that was bundled.
    pub architecture: String,
    /// The bucket of the bundle.
    bucket: String,
    /// Keys of its parts, in their order.
    parts: Vec<String>,
}

/// Reads the manifest at `BUCKET/KEY`, as bundling writes it: one that names the machine's architecture and the parts. `None`: it
/// lies there and is none.
///
/// # Errors
/// Nothing lies there.
pub(super) fn manifest(world: &World, location: &str) -> std::result::Result<Option<Manifest>, ()> {
    let (bucket, key) = location.trim_start_matches('/').split_once('/').ok_or(())?;
    let bytes = s3::stored(world, bucket, key, None).ok_or(())?;
    Ok(described(&bytes, bucket, key))
}

fn described(bytes: &[u8], bucket: &str, key: &str) -> Option<Manifest> {
    let text = std::str::from_utf8(bytes.get(..bytes.len().min(MANIFEST))?).ok()?;
    let manifest = element(text, "manifest")?;
    let machine = element(manifest, "machine_configuration")?;
    let architecture = element(machine, "architecture")?.trim().to_owned();
    if !["i386", "x86_64", "arm64"].contains(&architecture.as_str()) {
        return None;
    }
    let folder = key
        .rsplit_once('/')
        .map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let list = element(element(manifest, "image")?, "parts")?;
    let names = list
        .split("<part ")
        .skip(1)
        .map(|part| Some(format!("{folder}{}", element(part, "filename")?)));
    let parts: Vec<String> = names.collect::<Option<_>>()?;
    (!parts.is_empty()).then(|| Manifest {
        architecture,
        bucket: bucket.to_owned(),
        parts,
    })
}

/// The root that a manifest describes, once an instance is launched of it: nothing where its parts are not there or are
/// none of ours, as with a bundle that was made elsewhere.
pub(crate) fn root_of(world: &mut World, location: &str) -> Option<Vec<(i64, (i64, u64))>> {
    let manifest = manifest(world, location).ok()??;
    let mut packed = Vec::new();
    for part in &manifest.parts {
        packed.extend(s3::stored(world, &manifest.bucket, part, None)?);
    }
    let blocks = pack::unpack(world, &packed, (10i64 << 30) / BLOCK_BYTES)?;
    Some(blocks.iter().map(|(first, run)| (*first, *run)).collect())
}

/// The first boot of an instance whose image is a bundle: its root has what the bundle has.
pub(crate) fn unpacked(world: &mut World, region: Region, id: InstanceId) {
    let Some(row) = world.row::<Instance>(region, id) else {
        return;
    };
    if row.machine.root_device_type != "instance-store" {
        return;
    }
    let image = world.row::<crate::world::compute::Image>(region, row.image);
    let Some(location) = image.map(|image| image.location.clone()) else {
        return;
    };
    if let Some(root) = root_of(world, &location).filter(|root| !root.is_empty()) {
        world.update(region, id, |row: &mut Instance| row.guest.disks.root = root);
    }
}

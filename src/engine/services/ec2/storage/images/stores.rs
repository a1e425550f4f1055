//! Images as objects: CreateStoreImageTask puts one into a bucket, CreateRestoreImageTask makes an image of the object.
//! Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-store-restore.html>

use super::{blank, by_id, check_name, own, put_pending, watermarks};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind, ResourceId, SnapshotId};
use crate::base::time::{Span, Time};
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{Filters, note, note_clock, page, unknown};
use crate::services::ec2::storage::{pack, snapshots};
use crate::services::ec2::tags;
use crate::services::s3;
use crate::world::World;
use crate::world::compute::{Image, ImageMapping, ImageVolume, Machine};
use crate::world::journal::Cause;
use crate::world::keeping::StoreTask;
use crate::world::launching::Watermark;
use crate::world::storage::{BLOCK_BYTES, Snapshot};
use std::fmt::Write as _;
use stratus_model::{Structure, field, sort};

const SOURCE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-store-restore.html";
/// Tasks stay listed for so long.
const SHOWN: Span = Span::minutes(31 * 24 * 60);
/// What the object begins with.
const MAGIC: &str = "stratus-ami 1";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateStoreImageTask.html>
pub(in super::super) fn store(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = own(world, region, params.text(field::IMAGE_ID).unwrap_or_default())?;
    let image = by_id(world, region, &id.to_string())?;
    if image.machine.root_device_type != "ebs" || image.state != "available" {
        let why = format!("The image {id} is not an available EBS-backed image.");
        return Err(Error::new("InvalidAMIID.Unavailable", why));
    }
    let bucket = params.text(field::BUCKET).unwrap_or_default().to_owned();
    let row = world.s3.buckets.get(&bucket);
    let Some(row) = row else {
        let why = format!("The specified bucket '{bucket}' does not exist.");
        return Err(Error::new("NoSuchBucket", why).at("Bucket"));
    };
    if row.region != region {
        let why = format!("The bucket '{bucket}' is not in {}.", region.name());
        return Err(Error::new("InvalidParameterValue", why).at("Bucket"));
    }
    let gib: i64 = image
        .mappings
        .iter()
        .filter_map(|line| line.ebs.as_ref())
        .map(|ebs| ebs.size_gib)
        .sum();
    let span = super::super::exports::takes(gib);
    let tag = |tag: &Structure| {
        Some((
            tag.text(field::KEY)?.to_owned(),
            tag.text(field::VALUE).unwrap_or_default().to_owned(),
        ))
    };
    let task = StoreTask {
        image: id,
        born: world.birth(),
        bucket: bucket.clone(),
        started: world.now,
        ends: world.now + span,
        tags: params.structures(field::S3_OBJECT_TAGS).filter_map(tag).collect(),
        failure: String::new(),
        stored: false,
    };
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.stores.insert(id, task);
    }
    clock::schedule(world, span, region, id, Step::Progress);
    note(world, region, id, format!("on its way to s3://{bucket}/{id}.bin"));
    Ok(Structure::new().with(field::OBJECT_KEY, format!("{id}.bin")))
}

/// The object is there.
pub(in super::super) fn stored(world: &mut World, pending: &Pending, id: ImageId) {
    let region = pending.region;
    let task = world.ec2(region).and_then(|ec2| ec2.keeping.stores.get(&id).cloned());
    let Some(mut task) = task.filter(|task| task.started == pending.asked) else {
        return;
    };
    let image = world.row::<Image>(region, id).cloned();
    let put = match image {
        Some(image) => {
            let bytes = object(world, region, &image);
            let cause = Cause::Call(world.calls);
            s3::deliver(world, &task.bucket, &format!("{id}.bin"), &bytes, cause).map_err(|error| error.message)
        }
        None => Err(format!("The image {id} was deregistered.")),
    };
    task.stored = put.is_ok();
    task.failure = put.err().unwrap_or_default();
    let text = if task.stored {
        "stored in its bucket"
    } else {
        "could not be stored"
    };
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.stores.insert(id, task);
    }
    note_clock(
        world,
        region,
        id,
        text,
        "Storing takes the longer the larger the image is.",
        SOURCE,
    );
}

/// An image as an object: a head of lines, then each volume's contents.
fn object(world: &World, region: crate::catalog::Region, image: &Image) -> Vec<u8> {
    let machine = &image.machine;
    let mut head = format!(
        "{MAGIC}\nname {}\ndescription {}\n",
        image.name,
        image.description.replace('\n', " ")
    );
    for (key, value) in [
        ("architecture", &machine.architecture),
        ("virtualization", &machine.virtualization),
        ("root", &machine.root_device_name),
        ("platform", &machine.platform),
        ("details", &machine.platform_details),
        ("usage", &machine.usage_operation),
        ("login", &machine.login),
        ("boot", &machine.boot_mode),
    ] {
        let _ = writeln!(head, "{key} {value}");
    }
    let _ = writeln!(head, "ena {}", machine.ena);
    for mark in &image.more.watermarks {
        let _ = writeln!(head, "{}", watermarks::line(mark));
    }
    let mut volumes = Vec::new();
    for line in &image.mappings {
        let Some(ebs) = &line.ebs else { continue };
        let contents = ebs
            .snapshot
            .and_then(|id| snapshots::source(world, region, id).ok())
            .map(|source| source.contents);
        let packed = pack::pack(world, &contents.unwrap_or_default());
        let _ = writeln!(
            head,
            "volume {} {} {} {} {}",
            packed.len(),
            ebs.size_gib,
            ebs.volume_type,
            ebs.delete_on_termination,
            line.device
        );
        volumes.push(packed);
    }
    head.push_str("end\n");
    [head.into_bytes(), volumes.concat()].concat()
}

/// What an object says of the image in it.
struct Stored {
    name: String,
    description: String,
    machine: Machine,
    volumes: Vec<(usize, ImageVolume, String)>,
    watermarks: Vec<Watermark>,
}

fn read(text: &str) -> Option<Stored> {
    let mut lines = text.lines();
    if lines.next()? != MAGIC {
        return None;
    }
    let mut values = std::collections::BTreeMap::new();
    let (mut volumes, mut watermarks) = (Vec::new(), Vec::new());
    for line in lines {
        let (key, value) = line.split_once(' ').unwrap_or((line, ""));
        if key == "watermark" {
            watermarks.push(watermarks::read(value)?);
            continue;
        }
        if key != "volume" {
            values.insert(key, value);
            continue;
        }
        let words: Vec<&str> = value.splitn(5, ' ').collect();
        let [length, size, kind, deletes, device] = words.as_slice() else {
            return None;
        };
        let volume = ImageVolume {
            snapshot: None,
            size_gib: size.parse().ok().filter(|size| (1..=65_536).contains(size))?,
            volume_type: (*kind).to_owned(),
            delete_on_termination: *deletes == "true",
            encrypted: false,
            iops: None,
            throughput: None,
        };
        volumes.push((length.parse().ok()?, volume, (*device).to_owned()));
    }
    let value = |key: &str| values.get(key).map(|value| (*value).to_owned()).unwrap_or_default();
    Some(Stored {
        name: value("name"),
        description: value("description"),
        machine: Machine {
            architecture: value("architecture"),
            virtualization: value("virtualization"),
            root_device_type: "ebs".to_owned(),
            root_device_name: value("root"),
            platform: value("platform"),
            platform_details: value("details"),
            usage_operation: value("usage"),
            login: value("login"),
            ena: value("ena") == "true",
            boot_mode: value("boot"),
        },
        volumes,
        watermarks,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRestoreImageTask.html>
pub(in super::super) fn restore(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let (bucket, key) = (
        params.text(field::BUCKET).unwrap_or_default(),
        params.text(field::OBJECT_KEY).unwrap_or_default(),
    );
    let wrong = || {
        let why = format!("The object s3://{bucket}/{key} is not a stored AMI.");
        Error::new("InvalidParameterValue", why).at("ObjectKey")
    };
    let row = world.s3.buckets.get(&bucket.to_owned()).ok_or_else(|| {
        Error::new(
            "NoSuchBucket",
            format!("The specified bucket '{bucket}' does not exist."),
        )
        .at("Bucket")
    })?;
    let object = row
        .objects
        .get(&key.to_owned())
        .ok_or_else(|| Error::new("NoSuchKey", format!("The specified key '{key}' does not exist.")).at("ObjectKey"))?;
    let bytes = object.body.copy(0, object.body.len());
    let end = bytes
        .windows(5)
        .take(64 << 10)
        .position(|five| five == b"\nend\n")
        .ok_or_else(wrong)?;
    let (head, mut rest) = bytes.split_at(end + 5);
    let text = std::str::from_utf8(head).map_err(|_| wrong())?;
    let stored = read(text.trim_end_matches("end\n")).ok_or_else(wrong)?;
    let name = params.text(field::NAME).unwrap_or(&stored.name).to_owned();
    check_name(world, region, &name)?;
    let mut image = blank(world, &name, &stored.description, stored.machine.into());
    image.more.watermarks = stored.watermarks;
    let id = image.id;
    let mut made: Vec<ResourceId> = Vec::new();
    for (length, volume, device) in stored.volumes {
        let (packed, after) = rest.split_at_checked(length).ok_or_else(wrong)?;
        rest = after;
        let contents = pack::unpack(world, packed, (volume.size_gib << 30) / BLOCK_BYTES).ok_or_else(wrong)?;
        let snapshot: SnapshotId = snapshots::of_contents(
            world,
            region,
            contents,
            volume.size_gib,
            format!("Restored for {id}"),
            None,
        );
        made.push(snapshot.into());
        image.mappings.push(ImageMapping {
            device,
            virtual_name: None,
            ebs: Some(ImageVolume {
                snapshot: Some(snapshot),
                encrypted: world
                    .row::<Snapshot>(region, snapshot)
                    .is_some_and(|row| row.kms_key.is_some()),
                ..volume
            }),
        });
    }
    put_pending(world, region, image);
    tags::apply_specifications(world, region, params, &[("image", &[id.into()]), ("snapshot", &made)])?;
    note(world, region, id, format!("pending: restored of s3://{bucket}/{key}"));
    Ok(Structure::new().with(field::IMAGE_ID, id))
}

fn shown(now: Time, task: &StoreTask) -> Structure {
    let state = match (task.stored, task.failure.is_empty()) {
        (true, _) => "Completed",
        (false, false) => "Failed",
        _ => "InProgress",
    };
    let whole = (task.ends - task.started).0.max(1);
    let percent = if task.stored {
        100
    } else {
        ((now - task.started).0 * 100 / whole).clamp(0, 99)
    };
    Structure::new()
        .with(field::AMI_ID, task.image)
        .with(field::BUCKET, task.bucket.as_str())
        .with(field::S3OBJECT_KEY, format!("{}.bin", task.image))
        .with(field::TASK_START_TIME, task.started)
        .with(field::STORE_TASK_STATE, state)
        .with(field::PROGRESS_PERCENTAGE, percent)
        .with_some(
            field::STORE_TASK_FAILURE_REASON,
            Some(task.failure.as_str()).filter(|text| !text.is_empty()),
        )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeStoreImageTasks.html>: those of the last 31 days.
pub(in super::super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| matches!(name, "task-state" | "bucket"))?;
    let wanted: Vec<&str> = params.texts(field::IMAGE_IDS).collect();
    for text in &wanted {
        ImageId::parse(text).ok_or_else(|| unknown(Kind::Image, text))?;
    }
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.keeping.stores.rows());
    let mut rows: Vec<&StoreTask> = rows
        .filter(|task| task.started + SHOWN > world.now)
        .filter(|task| wanted.is_empty() || wanted.contains(&task.image.to_string().as_str()))
        .collect();
    sort::by_key(&mut rows, |task| task.born);
    let mut chosen = Vec::new();
    for task in rows {
        let one = shown(world.now, task);
        let values = |name: &str| {
            Some(match name {
                "bucket" => vec![task.bucket.clone()],
                _ => one
                    .text(field::STORE_TASK_STATE)
                    .iter()
                    .map(|state| (*state).to_owned())
                    .collect(),
            })
        };
        if filters.pass(world, region, task.image, values)? {
            chosen.push(one);
        }
    }
    let (items, next) = page(chosen, params, 1)?;
    Ok(Structure::new()
        .with(field::STORE_IMAGE_TASK_RESULTS, items)
        .with_some(field::NEXT_TOKEN, next))
}

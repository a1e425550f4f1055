//! What becomes of a conversion task in time: it waits for its parts, converts them, and has its volume; an instance is booted
//! once and stopped. Each step happens once, in this order, and a task that has ended changes no more.

use super::super::{exports, held, images, imports, volumes};
use super::manifest::{self, Manifest};
use super::{SOURCE, keep};
use crate::base::ids::{InstanceId, VolumeId};
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::ec2::common::note_clock;
use crate::services::ec2::compute::{launch, transitions};
use crate::services::s3;
use crate::world::World;
use crate::world::compute::{Image, ImageMapping, ImageVolume, Instance};
use crate::world::keeping::{Conversion, ConversionStage, Converted};
use crate::world::storage::{Extents, Volume};
use stratus_model::{Structure, field};

/// Why a conversion goes on when it does.
const RULE: &str = "A conversion takes the longer the larger its volume is.";
/// How long an imported instance runs before it is stopped: the import prepares it for EC2 (ours).
const BOOT: Span = Span::minutes(5);

/// Begins to convert, if all parts of the disk are there.
pub(super) fn begin(world: &mut World, region: Region, mut row: Conversion) -> Conversion {
    if row.stage == ConversionStage::Waiting && is_whole(world, &row) {
        let takes = exports::takes(row.gib);
        row.stage = ConversionStage::Converting(world.now, world.now + takes);
        clock::schedule(world, takes, region, row.id, Step::Settle);
    }
    keep(world, region, row.clone());
    row
}

/// Whether the manifest and all parts that it names are there.
fn is_whole(world: &World, row: &Conversion) -> bool {
    let manifest = manifest::read(world, &row.place);
    manifest.is_some_and(|manifest| manifest.parts.iter().all(|place| manifest::is_there(world, place)))
}

/// Something was put into a bucket: what waits for it goes on.
pub(super) fn uploaded(world: &mut World) {
    let waits = |row: &&Conversion| row.stage == ConversionStage::Waiting && is_whole(world, row);
    let waiting = world.regions.iter().flat_map(|(region, ec2)| {
        let rows = ec2.keeping.conversions.rows().filter(waits);
        rows.map(|row| (*region, row.clone()))
    });
    for (region, row) in waiting.collect::<Vec<_>>() {
        begin(world, region, row);
    }
}

/// The next step of a task.
pub(in super::super) fn due(world: &mut World, pending: &Pending) {
    let region = pending.region;
    let rows = world.ec2(region).map(|ec2| &ec2.keeping.conversions);
    let Some(mut row) = rows.and_then(|rows| rows.get(&pending.resource)).cloned() else {
        return;
    };
    row.stage = match (&row.stage, pending.step) {
        (ConversionStage::Waiting, Step::Expire) => {
            ConversionStage::Cancelled("The upload was not complete before the task expired.".to_owned())
        }
        (ConversionStage::Converting(..), Step::Settle) => match convert(world, region, &row) {
            Ok((volume, None)) => {
                row.volume = Some(volume);
                ConversionStage::Completed
            }
            Ok((volume, instance)) => {
                (row.volume, row.instance) = (Some(volume), instance);
                clock::schedule(world, BOOT, region, row.id, Step::Progress);
                ConversionStage::Booting
            }
            Err(why) => ConversionStage::Cancelled(format!("ClientError: {why}")),
        },
        (ConversionStage::Booting, Step::Progress) => {
            if let Some(id) = row.instance {
                // It is handed over stopped.
                let why = ("Server.ImportComplete", "The import is complete");
                transitions::stop_by_aws(world, region, id, why, (RULE, SOURCE));
            }
            ConversionStage::Completed
        }
        _ => return,
    };
    let (id, text) = (row.id, format!("conversion {}", row.stage.name()));
    keep(world, region, row);
    note_clock(world, region, id, text, RULE, SOURCE);
}

/// The disk as a volume, and the instance whose root it is.
fn convert(world: &mut World, region: Region, row: &Conversion) -> Result<(VolumeId, Option<InstanceId>), String> {
    let (blocks, gib) = read(world, row)?;
    let made = if gib > row.gib {
        Err(format!("The disk has {gib} GiB, and the volume {} GiB.", row.gib))
    } else {
        make(world, region, row)
    };
    match &made {
        Ok((volume, _)) => {
            world.update(region, *volume, |row: &mut Volume| row.contents = blocks);
        }
        // Nobody has the blocks then.
        Err(_) => held::replaced(world, &blocks, &Extents::default()),
    }
    made
}

/// A volume for the disk, and its instance where it is to have one.
fn make(world: &mut World, region: Region, row: &Conversion) -> Result<(VolumeId, Option<InstanceId>), String> {
    match &row.of {
        Converted::Volume => {
            let new = volumes::NewVolume {
                size_gib: Some(row.gib),
                ..volumes::NewVolume::new(row.zone)
            };
            let made = volumes::create(world, region, new);
            Ok((made.map_err(|error| error.message)?, None))
        }
        Converted::Instance(specification) => {
            let (volume, instance) = instance(world, region, row, &specification.0)?;
            Ok((volume, Some(instance)))
        }
    }
}

/// The disk that the parts of a manifest are, and its GiB.
fn read(world: &mut World, row: &Conversion) -> Result<(Extents, i64), String> {
    let gone = || "The manifest or a part of the disk is not there any more.".to_owned();
    let Manifest { size, parts } = manifest::read(world, &row.place).ok_or_else(gone)?;
    let mut body = Vec::new();
    for (bucket, key) in parts {
        body.extend(s3::stored(world, &bucket, &key, None).ok_or_else(gone)?);
        if body.len() > imports::DISK {
            break;
        }
    }
    if body.len() as i64 != size {
        return Err(format!(
            "Disk validation failed [Expected {size} bytes, found {}]",
            body.len()
        ));
    }
    let read = imports::contents(world, &row.format, &body).map_err(|error| error.message)?;
    read.ok_or_else(|| imports::UNREADABLE.to_owned())
}

/// Launches the machine of an image that nobody else sees, and that is gone after it.
fn instance(
    world: &mut World,
    region: Region,
    row: &Conversion,
    specification: &Structure,
) -> Result<(VolumeId, InstanceId), String> {
    let architecture = specification.text(field::ARCHITECTURE).unwrap_or("x86_64");
    let name = row.id.to_string();
    let mut image: Image = images::of_disks(world, region, &name, &row.description, (architecture, true), &[]);
    image.mappings.push(ImageMapping {
        device: image.machine.root_device_name.clone(),
        virtual_name: None,
        ebs: Some(ImageVolume {
            snapshot: None,
            size_gib: row.gib,
            volume_type: volumes::types::DEFAULT.to_owned(),
            delete_on_termination: true,
            encrypted: false,
            iops: None,
            throughput: None,
        }),
    });
    let id = image.id;
    world.put(region, image);
    let params = launch_params(specification, &id.to_string());
    let made = launch::launch_by_aws(world, region, &params);
    world.take::<Image>(region, id);
    let made = made.map_err(|error| error.message)?;
    let row = made.first().and_then(|id| world.row::<Instance>(region, *id));
    let root = row.and_then(|row| Some((row.block_devices.first()?.volume, row.id)));
    root.ok_or_else(|| "The instance has no root volume.".to_owned())
}

/// What RunInstances would be asked for.
fn launch_params(specification: &Structure, image: &str) -> Structure {
    let mut params = Structure::new()
        .with(field::IMAGE_ID, image)
        .with(field::MIN_COUNT, 1)
        .with(field::MAX_COUNT, 1);
    for (from, to) in [
        (field::INSTANCE_TYPE, field::INSTANCE_TYPE),
        (field::SUBNET_ID, field::SUBNET_ID),
        (field::PRIVATE_IP_ADDRESS, field::PRIVATE_IP_ADDRESS),
        (field::PLACEMENT, field::PLACEMENT),
        (field::GROUP_IDS, field::SECURITY_GROUP_IDS),
        (field::GROUP_NAMES, field::SECURITY_GROUPS),
        (
            field::INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR,
            field::INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR,
        ),
    ] {
        if let Some(value) = specification.get(from) {
            params.set(to, value.clone());
        }
    }
    if let Some(on) = specification.boolean(field::MONITORING) {
        params.set(field::MONITORING, Structure::new().with(field::ENABLED, on));
    }
    let data = specification.structure(field::USER_DATA);
    if let Some(data) = data.and_then(|data| data.text(field::DATA)) {
        params.set(field::USER_DATA, data);
    }
    params
}

/// Takes back what an active task has begun.
pub(super) fn cancel(world: &mut World, region: Region, mut row: Conversion, why: &str) {
    row.stage = ConversionStage::Cancelled(why.to_owned());
    keep(world, region, row);
}

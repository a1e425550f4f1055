//! Conversion tasks: ImportVolume and ImportInstance take a disk whose parts a manifest in a bucket lists, and make of it a
//! volume, or a stopped instance of Windows. The elder way: ImportImage and ImportSnapshot do the same better, says AWS.
//! A task waits for what is not yet uploaded, a week long, and only one that has not made anything can be cancelled.
//!
//! Sources: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportInstance.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ConversionTask.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/manifest.html>

pub(super) mod manifest;
mod run;

use super::{exports, volumes};
use crate::base::error::{Error, Result};
use crate::base::ids::{InstanceImportId, Kind, ResourceId, VolumeImportId};
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::{Region, Zone};
use crate::clock::{self, Step};
use crate::services::Request;
use crate::services::ec2::common::{note, unknown};
use crate::world::World;
use crate::world::keeping::{Conversion, ConversionStage, Converted};
use crate::world::objects::Document;
use crate::world::vpc::Subnet;
use stratus_model::{Structure, field, sort};

pub(super) use run::due;

const SOURCE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ConversionTask.html";
/// How long a task waits for its upload (as in AWS's examples).
const WAITS: Span = Span::minutes(7 * 24 * 60);

fn keep(world: &mut World, region: Region, row: Conversion) {
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.conversions.insert(row.id, row);
    }
}

fn rows(world: &World, region: Region) -> impl Iterator<Item = &Conversion> {
    world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.keeping.conversions.rows())
}

/// Something was put into a bucket.
pub(crate) fn uploaded(world: &mut World) {
    if world.regions.iter().any(|(_, ec2)| !ec2.keeping.conversions.is_empty()) {
        run::uploaded(world);
    }
}

/// What a call says of its disk.
struct Asked<'p> {
    /// The URL of the manifest.
    url: &'p str,
    place: (String, String),
    format: &'p str,
    bytes: i64,
    gib: i64,
}

/// Reads `Image` and `Volume` of a call, whose manifest has to be there.
///
/// # Errors
/// `MissingParameter`, `InvalidParameterValue`, `InvalidManifest`.
fn read<'p>(world: &World, image: Option<&'p Structure>, volume: Option<&Structure>) -> Result<Asked<'p>> {
    let image = image.ok_or_else(|| Error::missing("Image"))?;
    let gib = volume.and_then(|volume| volume.integer(field::SIZE));
    let gib = gib.ok_or_else(|| Error::missing("Volume.Size"))?;
    let (least, most) = volumes::types::find(volumes::types::DEFAULT)?.size;
    if !(least..=most).contains(&gib) {
        let why = format!("Value ({gib}) for parameter size is invalid. Volumes have {least} to {most} GiB.");
        return Err(Error::new("InvalidParameterValue", why).at("Volume.Size"));
    }
    let url = image.text(field::IMPORT_MANIFEST_URL).unwrap_or_default();
    let refused = |why: String| Error::new("InvalidManifest", why).at("Image.ImportManifestUrl");
    let Some(place) = manifest::location(url) else {
        let why = format!("The URL '{url}' is not valid.");
        return Err(refused(why).remedy("Give a presigned URL of the manifest in a bucket, or s3://BUCKET/KEY."));
    };
    if !manifest::is_there(world, &place) {
        let why = format!("HTTP 404 (Not Found) response for URL {url}: check your manifest url is correct.");
        return Err(refused(why).remedy("Put the manifest into the bucket first; its parts may come later."));
    }
    if manifest::read(world, &place).is_none() {
        return Err(refused("The manifest has unparsable content.".to_owned())
            .remedy("It needs manifest, import, size, and parts with a byte-range and a key each."));
    }
    Ok(Asked {
        url,
        place,
        format: image.text(field::FORMAT).unwrap_or_default(),
        bytes: image.integer(field::BYTES).unwrap_or_default(),
        gib,
    })
}

/// Puts a task into the table: it waits, or begins at once.
fn begin(
    world: &mut World,
    region: Region,
    id: ResourceId,
    asked: &Asked<'_>,
    (of, zone, description): (Converted, Zone, &str),
) -> Conversion {
    let row = Conversion {
        id,
        born: world.birth(),
        of,
        description: description.to_owned(),
        zone,
        url: asked.url.to_owned(),
        place: asked.place.clone(),
        format: asked.format.to_ascii_uppercase(),
        bytes: asked.bytes,
        gib: asked.gib,
        expires: world.now + WAITS,
        stage: ConversionStage::Waiting,
        volume: None,
        instance: None,
    };
    let row = run::begin(world, region, row);
    if row.stage == ConversionStage::Waiting {
        clock::schedule(world, WAITS, region, id, Step::Expire);
    }
    note(world, region, id, "import begun");
    row
}

fn room(world: &World, region: Region) -> Result<()> {
    let active = rows(world, region).filter(|row| row.stage.name() == "active").count();
    exports::room(active, "conversion")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportVolume.html>
pub(super) fn import_volume(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let zone = volumes::calls::zone(params, world, region)?;
    let asked = read(world, params.structure(field::IMAGE), params.structure(field::VOLUME))?;
    room(world, region)?;
    let id = VolumeImportId(world.random.next_u64(Stream::Ids(Kind::VolumeImport)));
    let described = params.text(field::DESCRIPTION).unwrap_or_default();
    let row = begin(world, region, id.into(), &asked, (Converted::Volume, zone, described));
    Ok(Structure::new().with(field::CONVERSION_TASK, task(world, &row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportInstance.html>: machines of one disk, with Windows.
pub(super) fn import_instance(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let platform = params.text(field::PLATFORM).unwrap_or_default();
    if !platform.eq_ignore_ascii_case("windows") {
        let why = format!("Value ({platform}) for parameter platform is invalid. Only 'Windows' is supported.");
        return Err(Error::new("InvalidParameterValue", why)
            .at("Platform")
            .remedy("ImportImage takes machines with Linux."));
    }
    let disks: Vec<&Structure> = params.structures(field::DISK_IMAGES).collect();
    let disk = match disks.as_slice() {
        [] => return Err(Error::missing("DiskImage")),
        [disk] => disk,
        _ => {
            let why = "ImportInstance supports only single-volume VMs.";
            return Err(Error::new("InvalidParameterValue", why)
                .at("DiskImages")
                .remedy("ImportImage takes machines with several disks."));
        }
    };
    let asked = read(world, disk.structure(field::IMAGE), disk.structure(field::VOLUME))?;
    let empty = Structure::new();
    let specification = params.structure(field::LAUNCH_SPECIFICATION).unwrap_or(&empty);
    let zone = zone(world, region, specification)?;
    room(world, region)?;
    let id = InstanceImportId(world.random.next_u64(Stream::Ids(Kind::InstanceImport)));
    let of = Converted::Instance(Document(specification.clone()));
    let described = params.text(field::DESCRIPTION).unwrap_or_default();
    let row = begin(world, region, id.into(), &asked, (of, zone, described));
    Ok(Structure::new().with(field::CONVERSION_TASK, task(world, &row)))
}

/// The zone of an instance: that of its subnet, the one that is named, or the first.
fn zone(world: &World, region: Region, specification: &Structure) -> Result<Zone> {
    if let Some(text) = specification.text(field::SUBNET_ID) {
        let id = ResourceId::parse(text).and_then(|id| id.try_into().ok());
        let row = id.and_then(|id| world.row::<Subnet>(region, id));
        return row.map(|row| row.zone).ok_or_else(|| unknown(Kind::Subnet, text));
    }
    let placement = specification.structure(field::PLACEMENT);
    match placement.filter(|placement| placement.contains(field::AVAILABILITY_ZONE)) {
        Some(placement) => volumes::calls::zone(placement, world, region),
        None => region.zones().next().ok_or_else(|| Error::missing("AvailabilityZone")),
    }
}

/// What is said of how far a task is.
fn message(world: &World, row: &Conversion) -> String {
    match &row.stage {
        ConversionStage::Waiting => "Pending".to_owned(),
        ConversionStage::Converting(..) => format!("Progress: {}%", percent(world, row)),
        ConversionStage::Booting => "Booting".to_owned(),
        ConversionStage::Completed => String::new(),
        ConversionStage::Cancelled(why) => why.clone(),
    }
}

fn percent(world: &World, row: &Conversion) -> i64 {
    match row.stage {
        ConversionStage::Waiting | ConversionStage::Cancelled(_) => 0,
        ConversionStage::Converting(began, ends) => {
            let whole = (ends - began).0.max(1);
            ((world.now - began).0 * 100 / whole).clamp(0, 99)
        }
        ConversionStage::Booting | ConversionStage::Completed => 100,
    }
}

/// `ConversionTask`.
fn task(world: &World, row: &Conversion) -> Structure {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let message = message(world, row);
    let image = Structure::new()
        .with(field::FORMAT, row.format.as_str())
        .with(field::SIZE, row.bytes)
        .with(field::IMPORT_MANIFEST_URL, row.url.as_str());
    let volume = Structure::new()
        .with(field::SIZE, row.gib)
        .with_some(field::ID, row.volume);
    let disk = Structure::new()
        .with(field::AVAILABILITY_ZONE, row.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, row.zone.id())
        .with(field::BYTES_CONVERTED, share(row.bytes, percent(world, row)))
        .with(field::IMAGE, image)
        .with(field::VOLUME, volume);
    let base = Structure::new()
        .with(field::CONVERSION_TASK_ID, row.id.to_string())
        .with(field::EXPIRATION_TIME, row.expires.iso8601())
        .with(field::STATE, row.stage.name())
        .with_some(field::STATUS_MESSAGE, some(&message));
    match &row.of {
        Converted::Volume => base.with(
            field::IMPORT_VOLUME,
            disk.with_some(field::DESCRIPTION, some(&row.description)),
        ),
        Converted::Instance(_) => {
            let disk = disk
                .with(field::STATUS, row.stage.name())
                .with_some(field::STATUS_MESSAGE, some(&message));
            let instance = Structure::new()
                .with_some(field::DESCRIPTION, some(&row.description))
                .with_some(field::INSTANCE_ID, row.instance)
                .with(field::PLATFORM, "Windows")
                .with(field::VOLUMES, vec![disk]);
            base.with(field::IMPORT_INSTANCE, instance)
        }
    }
}

fn share(bytes: i64, percent: i64) -> i64 {
    (i128::from(bytes) * i128::from(percent) / 100) as i64
}

/// The task of an id of one of the two kinds.
fn named<'w>(world: &'w World, region: Region, text: &str) -> Result<&'w Conversion> {
    let id = ResourceId::parse(text);
    let row = id.and_then(|id| world.ec2(region)?.keeping.conversions.get(&id));
    let kind = if text.starts_with(Kind::VolumeImport.prefix()) {
        Kind::VolumeImport
    } else {
        Kind::InstanceImport
    };
    row.ok_or_else(|| unknown(kind, text))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeConversionTasks.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let mut found = Vec::new();
    for text in request.params.texts(field::CONVERSION_TASK_IDS) {
        found.push(named(world, region, text)?);
    }
    if found.is_empty() {
        found.extend(rows(world, region));
    }
    sort::by_key(&mut found, |row| row.born);
    let shown: Vec<Structure> = found.into_iter().map(|row| task(world, row)).collect();
    Ok(Structure::new().with(field::CONVERSION_TASKS, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelConversionTask.html>: an active task, unless its disk is
/// converted already.
pub(super) fn cancel(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::CONVERSION_TASK_ID).unwrap_or_default();
    let row = named(world, region, text)?.clone();
    let why = match row.stage {
        ConversionStage::Waiting | ConversionStage::Converting(..) => params.text(field::REASON_MESSAGE),
        ConversionStage::Booting => {
            let why = format!("The conversion task '{text}' is transferring its final disk image.");
            return Err(Error::new("IncorrectState", why).remedy("Terminate the instance once the task is completed."));
        }
        ConversionStage::Completed | ConversionStage::Cancelled(_) => {
            let why = format!("The conversion task '{text}' is '{}'.", row.stage.name());
            return Err(Error::new("IncorrectState", why).at("ConversionTaskId"));
        }
    };
    let id = row.id;
    run::cancel(world, region, row, why.unwrap_or("Task cancelled"));
    note(world, region, id, "cancelled");
    Ok(Structure::new())
}

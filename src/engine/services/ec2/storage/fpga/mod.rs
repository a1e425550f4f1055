//! Amazon FPGA Images: made of a design in a bucket, copied, described, deleted.
//! <https://awsdocs-fpga-f2.readthedocs-hosted.com/latest/hdk/docs/AWS-CLI-FPGA-Commands.html>
//!
//! Generating a bitstream takes half an hour to an hour here (AWS says that it takes a while: ours). Only images of the account's own
//! are simulated, and no instance loads one: types with FPGAs are not in the catalogue.

mod attributes;
mod design;

use super::{no_page_with_ids, times};
use crate::base::error::{Error, Result};
use crate::base::ids::{FpgaImageId, Kind, ResourceId, well_formed};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::clock::{Pending, Step};
use crate::services::ec2::common::{Describing, find, need, note, note_clock, tag_list};
use crate::services::ec2::gateways::life::{is_about, later};
use crate::services::ec2::storage::snapshots::copy::source_region;
use crate::services::ec2::{tags, tokens};
use crate::services::{Handler, Request, s3};
use crate::world::World;
use crate::world::fpga::{FpgaDesign, FpgaImage, FpgaState};
use crate::world::journal::Cause;
use stratus_model::{Structure, Value, field};

const CREATING: &str = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFpgaImage.html";
const COPYING: &str = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyFpgaImage.html";

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateFpgaImage" => Write(create),
        "CopyFpgaImage" => Write(copy),
        "DeleteFpgaImage" => Write(delete),
        "DescribeFpgaImages" => Read(describe_all),
        "DescribeFpgaImageAttribute" => Read(attributes::describe),
        "ModifyFpgaImageAttribute" => Write(attributes::modify),
        "ResetFpgaImageAttribute" => Write(attributes::reset),
        _ => return None,
    })
}

/// The id that an image has in all Regions.
fn global_id(row: &FpgaImage) -> String {
    format!("agfi-0{:016x}", row.global)
}

/// The image of this id.
///
/// # Errors
/// `InvalidFpgaImageID.NotFound`, `InvalidFpgaImageID.Malformed`.
fn named<'w>(world: &'w World, region: Region, text: &str) -> Result<&'w FpgaImage> {
    find::<FpgaImage>(world, region, Kind::FpgaImage, text).map_err(|_| unknown(text))
}

/// AWS's words for an id of no image.
fn unknown(text: &str) -> Error {
    match well_formed(text, Kind::FpgaImage.prefix()) {
        true => Error::new("InvalidFpgaImageID.NotFound", format!("Image ID '{text}' not found")),
        false => Error::new("InvalidFpgaImageID.Malformed", format!("Image ID '{text}' is invalid")),
    }
}

/// A bucket and a key.
fn place(params: &Structure, name: stratus_model::Name) -> Result<Option<(String, String)>> {
    let Some(at) = params.structure(name) else {
        return Ok(None);
    };
    let text = |member: stratus_model::Name| {
        let text = at.text(member).filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| Error::missing(&format!("{}.{}", name.text(), member.text())))?;
        Ok(text.to_owned())
    };
    Ok(Some((text(field::BUCKET)?, text(field::KEY)?)))
}

/// Makes a row of an image that is on its way.
fn put(world: &mut World, region: Region, row: FpgaImage) -> FpgaImageId {
    let id = FpgaImageId(world.random.next_u64(Stream::Ids(Kind::FpgaImage)));
    let born = world.birth();
    world.put(region, FpgaImage { id, born, ..row });
    id
}

/// An image that has nothing yet.
fn blank(world: &World) -> FpgaImage {
    FpgaImage {
        id: FpgaImageId(0),
        born: 0,
        global: 0,
        name: String::new(),
        description: String::new(),
        state: FpgaState::Pending,
        fault: None,
        design: None,
        created: world.now,
        updated: world.now,
        public: false,
        shared_with: Vec::new(),
        logs: None,
        copy_of: None,
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFpgaImage.html>: whatever is wrong with the design is found
/// out later, and stands in the image's state.
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::made::<FpgaImage>(request, world)? {
        return Ok(created(made));
    }
    let input = place(params, field::INPUT_STORAGE_LOCATION)?.ok_or_else(|| Error::missing("InputStorageLocation"))?;
    let logs = place(params, field::LOGS_STORAGE_LOCATION)?;
    let (bucket, key) = &input;
    let here = world.s3.buckets.get(bucket).is_some_and(|row| row.region == region);
    let tarball = here.then(|| s3::stored(world, bucket, key, None)).flatten();
    let design = design::read(tarball.as_deref());
    let global = world.random.next_u64(Stream::Ids(Kind::FpgaImage));
    let text = |name| params.text(name).unwrap_or_default().to_owned();
    let (timing, fault, design) = match design {
        Ok(design) => ("fpga-image.generating", None, Some(design)),
        Err(why) => ("fpga-image.checking", Some(why), None),
    };
    let row = FpgaImage {
        global,
        name: text(field::NAME),
        description: text(field::DESCRIPTION),
        fault,
        design,
        logs,
        ..blank(world)
    };
    let id = put(world, region, row);
    tags::apply_specifications(world, region, params, &[("fpga-image", &[id.into()])])?;
    tokens::remember(request, world, id);
    note(world, region, id, format!("to be made of s3://{bucket}/{key}"));
    later(world, region, id, timing, Step::Settle);
    let row = world.row::<FpgaImage>(region, id);
    Ok(row.map(created).unwrap_or_default())
}

fn created(row: &FpgaImage) -> Structure {
    Structure::new()
        .with(field::FPGA_IMAGE_ID, row.id)
        .with(field::FPGA_IMAGE_GLOBAL_ID, global_id(row))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyFpgaImage.html>: within a Region the source is looked at at once,
/// from another one later.
fn copy(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let answer = |id: FpgaImageId| Structure::new().with(field::FPGA_IMAGE_ID, id);
    if let Some(made) = tokens::made::<FpgaImage>(request, world)? {
        return Ok(answer(made.id));
    }
    let from = source_region(params)?;
    let text = need(params, field::SOURCE_FPGA_IMAGE_ID)?;
    let Some(source) = ResourceId::parse(text).and_then(|id| FpgaImageId::try_from(id).ok()) else {
        return Err(unknown(text).at("SourceFpgaImageId"));
    };
    if from == region {
        let row = named(world, from, text).map_err(|error| error.at("SourceFpgaImageId"))?;
        if row.state != FpgaState::Available {
            let why = format!("The image '{text}' is in the state '{}'.", row.state.name());
            return Err(Error::new("IncorrectState", why).at("SourceFpgaImageId"));
        }
    }
    let own = |name| params.text(name).unwrap_or_default().to_owned();
    let row = FpgaImage {
        name: own(field::NAME),
        description: own(field::DESCRIPTION),
        copy_of: Some((from, source)),
        ..blank(world)
    };
    let id = put(world, region, row);
    tokens::remember(request, world, id);
    note(world, region, id, format!("a copy of {source} in {}", from.name()));
    later(world, region, id, "fpga-image.copying", Step::Settle);
    Ok(answer(id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFpgaImage.html>: not while others may load it.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = named(world, region, need(request.params, field::FPGA_IMAGE_ID)?)?;
    let id = row.id;
    let held = match (row.public, row.shared_with.is_empty()) {
        (true, _) => Some("public"),
        (false, false) => Some("shared"),
        (false, true) => None,
    };
    if let Some(held) = held {
        let why = format!("Operation not permitted for {held} AFI");
        return Err(Error::new("OperationNotPermitted", why)
            .at("FpgaImageId")
            .remedy("Take the load permissions away with ResetFpgaImageAttribute."));
    }
    note(world, region, id, "deleted");
    world.take::<FpgaImage>(region, id);
    Ok(Structure::new().with(field::RETURN, true))
}

/// What time does: an image is there, or has failed.
pub(super) fn settle(world: &mut World, pending: &Pending, id: FpgaImageId) {
    let region = pending.region;
    let row = world.row::<FpgaImage>(region, id);
    let Some(mut row) = row.filter(|row| row.state == FpgaState::Pending).cloned() else {
        return;
    };
    if !is_about(pending, row.created) {
        return;
    }
    if let Some((from, source)) = row.copy_of {
        copied(world, from, source, &mut row);
    }
    row.state = match row.fault {
        Some(_) => FpgaState::Failed,
        None => FpgaState::Available,
    };
    row.updated = world.now;
    let (rule, source) = match row.copy_of {
        Some(_) => ("A copy takes some time to be there.", COPYING),
        None => ("Generating the bitstream of a design takes a while.", CREATING),
    };
    note_clock(
        world,
        region,
        id,
        format!("pending → {}", row.state.name()),
        rule,
        source,
    );
    if let Some((bucket, key)) = &row.logs {
        // `logs/` and `logs` are the same place.
        let key = format!("{}/{id}/State", key.trim_end_matches('/'));
        let text = match &row.fault {
            Some(fault) => format!("failed\n{fault}\n"),
            None => "available\n".to_owned(),
        };
        let cause = Cause::Clock {
            rule: rule.into(),
            source: source.into(),
        };
        if let Err(error) = s3::deliver(world, bucket, &key, text.as_bytes(), cause) {
            let text = format!("its logs could not be written: {}", error.message);
            note_clock(world, region, id, text, rule, "ours");
        }
    }
    world.put(region, row);
}

/// Takes over what the source of a copy is by now.
fn copied(world: &World, from: Region, source: FpgaImageId, row: &mut FpgaImage) {
    let Some(source) = world.row::<FpgaImage>(from, source) else {
        row.fault = Some(
            "NOT_FOUND: Source image is not found or the user ID is not authorized to copy source image.".to_owned(),
        );
        return;
    };
    if source.state != FpgaState::Available {
        row.fault = Some("INVALID_STATE: Source image is not in a suitable state to allow copying.".to_owned());
        return;
    }
    row.global = source.global;
    row.design.clone_from(&source.design);
    for (own, other) in [
        (&mut row.name, &source.name),
        (&mut row.description, &source.description),
    ] {
        if own.is_empty() {
            own.clone_from(other);
        }
    }
}

fn pci(design: &FpgaDesign) -> Structure {
    let names = [
        field::VENDOR_ID,
        field::DEVICE_ID,
        field::SUBSYSTEM_ID,
        field::SUBSYSTEM_VENDOR_ID,
    ];
    let all = names.into_iter().zip(design.pci);
    all.fold(Structure::new(), |shown, (name, number)| {
        shown.with(name, format!("0x{number:04x}"))
    })
}

fn show(world: &World, region: Region, row: &FpgaImage) -> Structure {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let fault = row.fault.clone().filter(|_| row.state == FpgaState::Failed);
    let state = Structure::new()
        .with(field::CODE, row.state.name())
        .with_some(field::MESSAGE, fault);
    // What the design says of itself is known once it has been read.
    let design = row.design.as_ref().filter(|_| row.state == FpgaState::Available);
    Structure::new()
        .with(field::FPGA_IMAGE_ID, row.id)
        .with_some(field::FPGA_IMAGE_GLOBAL_ID, (row.global != 0).then(|| global_id(row)))
        .with_some(field::NAME, text(&row.name))
        .with_some(field::DESCRIPTION, text(&row.description))
        .with_some(field::SHELL_VERSION, design.map(|design| design.shell.clone()))
        .with_some(field::PCI_ID, design.map(pci))
        .with(field::STATE, state)
        .with(field::CREATE_TIME, row.created)
        .with(field::UPDATE_TIME, row.updated)
        .with(field::OWNER_ID, world.account())
        .with(field::PRODUCT_CODES, Vec::<Value>::new())
        .with(field::TAGS, tag_list(world, region, row.id))
        .with(field::PUBLIC, row.public)
        .with(field::DATA_RETENTION_SUPPORT, false)
}

/// Whether a call wants to see images of the account.
///
/// # Errors
/// `InvalidUserID.Malformed`.
fn wants_own(params: &Structure, account: &str) -> Result<bool> {
    let mut wants = params.list(field::OWNERS).is_empty();
    for owner in params.texts(field::OWNERS) {
        let is_account = owner.len() == 12 && owner.bytes().all(|byte| byte.is_ascii_digit());
        if !is_account && !["self", "amazon", "aws-marketplace"].contains(&owner) {
            let why = format!("User ID '{owner}' is invalid");
            return Err(Error::new("InvalidUserID.Malformed", why).at("Owners"));
        }
        wants |= owner == "self" || owner == account;
    }
    Ok(wants)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFpgaImages.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    no_page_with_ids(params, field::FPGA_IMAGE_IDS, "fpgaImageIds")?;
    for text in params.texts(field::FPGA_IMAGE_IDS) {
        named(world, region, text)?;
    }
    let describing = Describing {
        kind: Kind::FpgaImage,
        ids: field::FPGA_IMAGE_IDS,
        answer: field::FPGA_IMAGES,
        born: |row: &FpgaImage| row.born,
        filters: &[
            "create-time",
            "fpga-image-global-id",
            "fpga-image-id",
            "name",
            "owner-id",
            "product-code",
            "shell-version",
            "state",
            "update-time",
        ],
        least: 5,
    };
    let own = wants_own(params, &world.account())?;
    let knows: fn(&FpgaImage) -> bool = if own { |_| true } else { |_| false };
    let values = |row: &FpgaImage, name: &str| match name {
        "create-time" => times(row.created),
        "update-time" => times(row.updated),
        "fpga-image-global-id" => vec![global_id(row)],
        "fpga-image-id" => vec![row.id.to_string()],
        "name" => vec![row.name.clone()],
        "owner-id" => vec![world.account()],
        "shell-version" => row.design.iter().map(|design| design.shell.clone()).collect(),
        "state" => vec![row.state.name().to_owned()],
        // Only images of the Marketplace have codes of products.
        _ => Vec::new(),
    };
    describing.answer_where(request, world, knows, &values, &|row| show(world, region, row))
}

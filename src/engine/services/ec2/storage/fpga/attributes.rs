//! What can be changed of an FPGA image: its name, its description, and who may load it.
//! <https://github.com/aws/aws-fpga/blob/master/hdk/docs/fpga_image_attributes.md>

use super::named;
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::services::ec2::common::{need, note};
use crate::services::ec2::storage::snapshots::sharing;
use crate::services::ec2::storage::unsupported;
use crate::world::World;
use crate::world::fpga::{FpgaImage, FpgaState};
use stratus_model::{Structure, Value, field};

/// One attribute as the calls answer it.
fn show(row: &FpgaImage, attribute: &str) -> Structure {
    let shown = Structure::new().with(field::FPGA_IMAGE_ID, row.id);
    let shown = match attribute {
        "name" => shown.with(field::NAME, row.name.as_str()),
        "description" => shown.with(field::DESCRIPTION, row.description.as_str()),
        "loadPermission" => shown.with(
            field::LOAD_PERMISSIONS,
            sharing::permissions(row.public, &row.shared_with),
        ),
        _ => shown.with(field::PRODUCT_CODES, Vec::<Value>::new()),
    };
    Structure::new().with(field::FPGA_IMAGE_ATTRIBUTE, shown)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFpgaImageAttribute.html>
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = named(world, request.region, need(params, field::FPGA_IMAGE_ID)?)?;
    Ok(show(row, need(params, field::ATTRIBUTE)?))
}

/// Who gets permission and who loses it, from either form of the call.
fn change(params: &Structure) -> Result<Option<(Vec<String>, Vec<String>)>> {
    if let Some(change) = params.structure(field::LOAD_PERMISSION) {
        let both = (
            sharing::listed(change, field::ADD)?,
            sharing::listed(change, field::REMOVE)?,
        );
        return Ok(Some(both));
    }
    let named = sharing::named(params.texts(field::USER_IDS), params.texts(field::USER_GROUPS))?;
    match params.text(field::OPERATION_TYPE) {
        _ if named.is_empty() => Ok(None),
        Some("remove") => Ok(Some((Vec::new(), named))),
        Some(_) => Ok(Some((named, Vec::new()))),
        None => Err(Error::missing("OperationType")),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyFpgaImageAttribute.html>: one attribute a call (ours), which it
/// answers.
pub(super) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    unsupported(params, &[field::PRODUCT_CODES])?;
    let mut row = named(world, region, need(params, field::FPGA_IMAGE_ID)?)?.clone();
    let change = change(params)?;
    let said = [
        ("name", params.contains(field::NAME)),
        ("description", params.contains(field::DESCRIPTION)),
        ("loadPermission", change.is_some()),
    ];
    let mut said = said.into_iter().filter(|(_, said)| *said).map(|(name, _)| name);
    let (Some(attribute), None) = (said.next(), said.next()) else {
        let why = "Exactly one of name, description and loadPermission can be modified in a call.";
        return Err(Error::combination(why).at("Attribute"));
    };
    if params.text(field::ATTRIBUTE).is_some_and(|asked| asked != attribute) {
        let why = format!("The call modifies '{attribute}', which is not the attribute that it names.");
        return Err(Error::combination(why).at("Attribute"));
    }
    let text = |name| params.text(name).unwrap_or_default().to_owned();
    match attribute {
        "name" => row.name = text(field::NAME),
        "description" => row.description = text(field::DESCRIPTION),
        _ => permit(&mut row, &change.unwrap_or_default())?,
    }
    row.updated = world.now;
    let (id, shown) = (row.id, show(&row, attribute));
    world.put(region, row);
    note(world, region, id, format!("{attribute} changed"));
    Ok(shown)
}

/// AWS changes load permissions of an available image only.
fn permit(row: &mut FpgaImage, (add, remove): &(Vec<String>, Vec<String>)) -> Result<()> {
    if row.state != FpgaState::Available {
        let why = format!("The image '{}' is in the state '{}'.", row.id, row.state.name());
        return Err(Error::new("IncorrectState", why).at("LoadPermission"));
    }
    sharing::permit((&mut row.public, &mut row.shared_with), add, remove);
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetFpgaImageAttribute.html>: load permissions are all that can be
/// reset, named or not.
pub(super) fn reset(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let id = named(world, region, need(request.params, field::FPGA_IMAGE_ID)?)?.id;
    let now = world.now;
    world.update(region, id, |row: &mut FpgaImage| {
        row.public = false;
        row.shared_with.clear();
        row.updated = now;
    });
    note(world, region, id, "load permissions reset");
    Ok(Structure::new().with(field::RETURN, true))
}

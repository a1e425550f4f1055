//! DescribeImageAttribute and ModifyImageAttribute: description, launch permissions, IMDS support.

use super::switches::{may_publish, protection};
use super::{mappings, own};
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{done, find, note};
use crate::services::ec2::storage::snapshots::sharing::{self, listed, named};
use crate::services::ec2::storage::{others, unsupported};
use crate::world::World;
use crate::world::compute::Image;
use stratus_model::{Structure, field};

/// How long AWS takes to report a launch.
const REPORTED: Span = Span::minutes(24 * 60);

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html>
pub(in super::super) fn describe_image_attribute(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = own(world, region, params.text(field::IMAGE_ID).unwrap_or_default())?;
    let row = find::<Image>(world, region, Kind::Image, &id.to_string())?;
    let answer = Structure::new().with(field::IMAGE_ID, id);
    let value = |text: Option<&str>| Structure::new().with_some(field::VALUE, text);
    let some = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
    Ok(match params.text(field::ATTRIBUTE).unwrap_or_default() {
        "description" => answer.with(field::DESCRIPTION, value(some(&row.description).as_deref())),
        "kernel" => answer.with(field::KERNEL_ID, value(row.kernel.as_deref())),
        "ramdisk" => answer.with(field::RAMDISK_ID, value(None)),
        "launchPermission" => answer.with(
            field::LAUNCH_PERMISSIONS,
            sharing::permissions(row.public, &row.shared_with),
        ),
        "productCodes" => answer.with(field::PRODUCT_CODES, product_codes(row)),
        "blockDeviceMapping" => answer.with(field::BLOCK_DEVICE_MAPPINGS, mappings::shown(&row.mappings)),
        "sriovNetSupport" => answer.with(field::SRIOV_NET_SUPPORT, value(row.sriov.then_some("simple"))),
        "bootMode" => answer.with(field::BOOT_MODE, value(some(&row.machine.boot_mode).as_deref())),
        "tpmSupport" => answer.with(field::TPM_SUPPORT, value(row.tpm.then_some("v2.0"))),
        "imdsSupport" => answer.with(field::IMDS_SUPPORT, value(row.imds_v2.then_some("v2.0"))),
        "deregistrationProtection" => answer.with(
            field::DEREGISTRATION_PROTECTION,
            value(Some(protection(row, world.now))),
        ),
        "uefiData" => answer.with(field::UEFI_DATA, value(None)),
        _ => answer.with(
            field::LAST_LAUNCHED_TIME,
            value(last_launched(world, region, row).as_deref()),
        ),
    })
}

/// When an image was last launched, as far as its instances are still shown. AWS reports it a day later.
pub(super) fn last_launched(world: &World, region: Region, row: &Image) -> Option<String> {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    let launches = rows.filter(|instance| instance.image == row.id);
    let known = launches
        .map(|instance| instance.created)
        .filter(|at| *at + REPORTED <= world.now);
    known.max().map(Time::iso8601)
}

fn product_codes(row: &Image) -> Vec<Structure> {
    let codes = row.product_codes.iter().map(|code| {
        Structure::new()
            .with(field::PRODUCT_CODE_ID, code)
            .with(field::PRODUCT_CODE_TYPE, "marketplace")
    });
    codes.collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html>
pub(in super::super) fn modify_image_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = own(world, region, params.text(field::IMAGE_ID).unwrap_or_default())?;
    unsupported(
        params,
        &[
            field::ORGANIZATION_ARNS,
            field::ORGANIZATIONAL_UNIT_ARNS,
            field::PRODUCT_CODES,
        ],
    )?;
    let mut row = find::<Image>(world, region, Kind::Image, &id.to_string())?.clone();
    let mut changed = false;
    let (attribute, value) = (params.text(field::ATTRIBUTE), params.text(field::VALUE));
    let said = params
        .structure(field::DESCRIPTION)
        .and_then(|new| new.text(field::VALUE));
    if let Some(text) = said.or(value.filter(|_| attribute == Some("description"))) {
        row.description = text.to_owned();
        changed = true;
    }
    let said = params
        .structure(field::IMDS_SUPPORT)
        .and_then(|new| new.text(field::VALUE));
    if let Some(text) = said.or(value.filter(|_| attribute == Some("imdsSupport"))) {
        if text != "v2.0" {
            return Err(Error::invalid(
                "ImdsSupport",
                format!("'{text}'. It can only be set to v2.0, never back"),
            ));
        }
        row.imds_v2 = true;
        changed = true;
    }
    if let Some((add, remove)) = permission_change(params)? {
        if add.iter().any(|with| with == "all") && !row.public {
            may_publish(world, region)?;
        }
        if row.more.disabled && !add.is_empty() {
            let text = format!("The image '{id}' is disabled and cannot be shared.");
            return Err(Error::new("IncorrectState", text).at("LaunchPermission"));
        }
        permit(&mut row, &add, &remove)?;
        changed = true;
    }
    if !changed {
        return Err(
            Error::combination("No attributes specified.").remedy("Give Description, ImdsSupport or LaunchPermission.")
        );
    }
    world.put(region, row);
    note(world, region, id, "attributes changed");
    done()
}

/// Launch permissions to add and to take away, from either form of the call.
fn permission_change(params: &Structure) -> Result<Option<(Vec<String>, Vec<String>)>> {
    if let Some(change) = params.structure(field::LAUNCH_PERMISSION) {
        let foreign = [field::ADD, field::REMOVE]
            .into_iter()
            .flat_map(|name| change.structures(name))
            .any(|line| line.contains(field::ORGANIZATION_ARN) || line.contains(field::ORGANIZATIONAL_UNIT_ARN));
        if foreign {
            return Err(
                Error::new("Unsupported", "Sharing with organizations is not simulated.").at("LaunchPermission"),
            );
        }
        return Ok(Some((listed(change, field::ADD)?, listed(change, field::REMOVE)?)));
    }
    let named = named(params.texts(field::USER_IDS), params.texts(field::USER_GROUPS))?;
    match params.text(field::OPERATION_TYPE) {
        _ if named.is_empty() => Ok(None),
        Some("remove") => Ok(Some((Vec::new(), named))),
        Some(_) => Ok(Some((named, Vec::new()))),
        None => Err(Error::missing("OperationType")),
    }
}

fn permit(row: &mut Image, add: &[String], remove: &[String]) -> Result<()> {
    let encrypted = row
        .mappings
        .iter()
        .any(|line| line.ebs.as_ref().is_some_and(|volume| volume.encrypted));
    if encrypted && add.iter().any(|with| with == "all") {
        return Err(Error::new(
            "InvalidParameterValue",
            "An image with encrypted snapshots cannot be made public.",
        )
        .at("LaunchPermission"));
    }
    sharing::permit((&mut row.public, &mut row.shared_with), add, remove);
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelImageLaunchPermission.html>: takes the account off an image that
/// another account has shared with it. The catalogue's images are public.
pub(in super::super) fn cancel_launch_permission(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let text = request.params.text(field::IMAGE_ID).unwrap_or_default();
    let image = super::by_id(world, request.region, text)?;
    if others::give_up(world, request.region, image.id) {
        return Ok(Structure::new().with(field::RETURN, true));
    }
    let why = if image.owner == world.account() {
        format!("The image {} is your own.", image.id)
    } else {
        format!("The image {} is not shared explicitly with your account.", image.id)
    };
    Err(Error::new("InvalidAMIID.Unavailable", why).at("ImageId"))
}

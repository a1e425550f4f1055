//! Images as the API shows them.

use super::{allowed, by_id, from_catalogue, mappings, reason, switches, types, watermarks};
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::base::time::Time;
use crate::catalog::{self, Region};
use crate::services::Request;
use crate::services::ec2::common::{Filters, page_of_rows, tag_list, unknown, yes_no};
use crate::services::ec2::storage::{bin, no_page_with_ids, others, times};
use crate::world::World;
use crate::world::compute::{Image, ImageVolume};
use stratus_model::{Structure, field, sort};

/// An image.
pub(crate) fn image(world: &World, region: Region, row: &Image) -> Structure {
    let tags = tag_list(world, region, row.id);
    let machine = &row.machine;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let codes: Vec<Structure> = row
        .product_codes
        .iter()
        .map(|code| {
            Structure::new()
                .with(field::PRODUCT_CODE_ID, code)
                .with(field::PRODUCT_CODE_TYPE, "marketplace")
        })
        .collect();
    Structure::new()
        .with(field::IMAGE_ID, row.id)
        .with(field::NAME, row.name.as_str())
        .with_some(field::DESCRIPTION, some(&row.description))
        .with(field::IMAGE_LOCATION, row.location.as_str())
        .with(field::IMAGE_TYPE, "machine")
        .with(field::STATE, row.state.as_str())
        .with_some(field::STATE_REASON, (row.state == "failed").then(|| shown_reason(row)))
        .with(field::PUBLIC, row.public)
        .with(field::OWNER_ID, row.owner.as_str())
        .with_some(field::IMAGE_OWNER_ALIAS, row.owner_alias.as_deref())
        .with(field::CREATION_DATE, long_time(row.created))
        .with_some(field::DEPRECATION_TIME, row.deprecated.map(long_time))
        .with(field::ARCHITECTURE, machine.architecture.as_str())
        .with(field::VIRTUALIZATION_TYPE, machine.virtualization.as_str())
        .with(field::HYPERVISOR, "xen")
        .with(field::ROOT_DEVICE_TYPE, machine.root_device_type.as_str())
        .with_some(field::ROOT_DEVICE_NAME, some(&machine.root_device_name))
        .with_some(field::PLATFORM, some(&machine.platform))
        .with(field::PLATFORM_DETAILS, machine.platform_details.as_str())
        .with(field::USAGE_OPERATION, machine.usage_operation.as_str())
        .with(field::ENA_SUPPORT, machine.ena)
        .with_some(field::BOOT_MODE, some(&machine.boot_mode))
        .with_some(field::SRIOV_NET_SUPPORT, row.sriov.then_some("simple"))
        .with_some(field::IMDS_SUPPORT, row.imds_v2.then_some("v2.0"))
        .with_some(field::TPM_SUPPORT, row.tpm.then_some("v2.0"))
        .with_some(field::KERNEL_ID, row.kernel.as_deref())
        .with(field::BLOCK_DEVICE_MAPPINGS, mappings::shown(&row.mappings))
        .with_some(field::PRODUCT_CODES, (!codes.is_empty()).then_some(codes))
        .with_some(field::SOURCE_INSTANCE_ID, row.source_instance)
        .with_some(
            field::SOURCE_IMAGE_REGION,
            row.source.as_ref().map(|(region, _)| region.as_str()),
        )
        .with_some(field::SOURCE_IMAGE_ID, row.source.as_ref().map(|(_, id)| id.as_str()))
        .with_some(field::DEREGISTRATION_PROTECTION, protected(row, world.now))
        .with_some(field::IMAGE_WATERMARKS, watermarks::shown(row))
        .with_some(field::INSTANCE_TYPE_SPECIFICATION, types::shown(row))
        .with_some(field::IMAGE_ALLOWED, allowed::allows(world, region, row))
        .with_some(field::FREE_TIER_ELIGIBLE, (row.born == 0).then_some(row.free_tier))
        .with_some(field::TAGS, (!tags.is_empty()).then_some(tags))
}

/// Shown only where an image has been protected.
fn protected(row: &Image, now: Time) -> Option<&'static str> {
    Some(switches::protection(row, now)).filter(|state| *state != "disabled")
}

fn shown_reason(row: &Image) -> Structure {
    let (code, message) = reason(row);
    Structure::new().with(field::CODE, code).with(field::MESSAGE, message)
}

/// Images' times are text with milliseconds.
fn long_time(time: Time) -> String {
    times(time).pop().unwrap_or_default()
}

/// What may stand for the number of an owner.
const OWNER_NAMES: [&str; 4] = ["self", "amazon", "aws-marketplace", "aws-backup-vault"];

const FILTERS: &[&str] = &[
    "architecture",
    "block-device-mapping.delete-on-termination",
    "block-device-mapping.device-name",
    "block-device-mapping.encrypted",
    "block-device-mapping.snapshot-id",
    "block-device-mapping.volume-size",
    "block-device-mapping.volume-type",
    "boot-mode",
    "creation-date",
    "description",
    "ena-support",
    "free-tier-eligible",
    "hypervisor",
    "image-allowed",
    "image-id",
    "image-type",
    "image-watermark.source-image-creation-time",
    "image-watermark.source-image-id",
    "image-watermark.source-image-region",
    "image-watermark.watermark-creation-time",
    "image-watermark.watermark-key",
    "instance-type-specification.supported-instance-type",
    "instance-type-specification.unsupported-instance-type",
    "is-public",
    "kernel-id",
    "manifest-location",
    "name",
    "owner-alias",
    "owner-id",
    "platform",
    "product-code",
    "product-code.type",
    "public-ssm-parameter-name",
    "ramdisk-id",
    "root-device-name",
    "root-device-type",
    "scan-result.critical-fix-available-since",
    "scan-result.finding-scan-date",
    "scan-result.high-fix-available-since",
    "scan-result.highest-finding-severity-label",
    "scan-result.informational-fix-available-since",
    "scan-result.low-fix-available-since",
    "scan-result.medium-fix-available-since",
    "source-image-id",
    "source-image-region",
    "source-instance-id",
    "sriov-net-support",
    "state",
    "state-reason-code",
    "state-reason-message",
    "virtualization-type",
];

/// The names of public parameters whose value is an image.
fn public_parameters(region: Region, row: &Image) -> Vec<String> {
    let names = catalog::images::aliases();
    let of_it = |name: &&str| {
        let found = catalog::images::alias(region, name);
        found.is_some_and(|found| found.id(region) == row.id.0)
    };
    names.filter(of_it).map(str::to_owned).collect()
}

/// Nobody has scanned an image.
fn filter_values(world: &World, region: Region, row: &Image, name: &str) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    let if_any = |text: &str| {
        if text.is_empty() {
            Vec::new()
        } else {
            vec![text.to_owned()]
        }
    };
    let volumes = |value: fn(&ImageVolume) -> String| -> Vec<String> {
        row.mappings
            .iter()
            .filter_map(|line| line.ebs.as_ref())
            .map(value)
            .collect()
    };
    match name {
        "architecture" => one(&row.machine.architecture),
        "block-device-mapping.delete-on-termination" => volumes(|volume| volume.delete_on_termination.to_string()),
        "block-device-mapping.device-name" => row.mappings.iter().map(|line| line.device.clone()).collect(),
        "block-device-mapping.encrypted" => volumes(|volume| volume.encrypted.to_string()),
        "block-device-mapping.snapshot-id" => {
            volumes(|volume| volume.snapshot.map(|id| id.to_string()).unwrap_or_default())
        }
        "block-device-mapping.volume-size" => volumes(|volume| volume.size_gib.to_string()),
        "block-device-mapping.volume-type" => volumes(|volume| volume.volume_type.clone()),
        "boot-mode" => if_any(&row.machine.boot_mode),
        "creation-date" => times(row.created),
        "description" => one(&row.description),
        "ena-support" => yes_no(row.machine.ena),
        "free-tier-eligible" => yes_no(row.free_tier),
        "hypervisor" => one("xen"),
        "image-allowed" => yes_no(allowed::may_use(world, region, row)),
        "image-id" => vec![row.id.to_string()],
        "image-type" => one("machine"),
        "is-public" => yes_no(row.public),
        "kernel-id" => row.kernel.clone().into_iter().collect(),
        "manifest-location" => one(&row.location),
        "name" => one(&row.name),
        "owner-alias" => row.owner_alias.clone().into_iter().collect(),
        "owner-id" => one(&row.owner),
        "platform" => if_any(&row.machine.platform),
        "product-code" => row.product_codes.clone(),
        "product-code.type" => row.product_codes.iter().map(|_| "marketplace".to_owned()).collect(),
        "public-ssm-parameter-name" => public_parameters(region, row),
        "root-device-name" => one(&row.machine.root_device_name),
        "root-device-type" => one(&row.machine.root_device_type),
        "source-image-id" => row.source.iter().map(|(_, id)| id.clone()).collect(),
        "source-image-region" => row.source.iter().map(|(region, _)| region.clone()).collect(),
        "source-instance-id" => row.source_instance.iter().map(ToString::to_string).collect(),
        "sriov-net-support" => row.sriov.then(|| "simple".to_owned()).into_iter().collect(),
        "state" => one(&row.state),
        "state-reason-code" if row.state == "failed" => one(reason(row).0),
        "state-reason-message" if row.state == "failed" => one(reason(row).1),
        "instance-type-specification.supported-instance-type" => row.more.types.supported.clone(),
        "instance-type-specification.unsupported-instance-type" => row.more.types.unsupported.clone(),
        "virtualization-type" => one(&row.machine.virtualization),
        name if name.starts_with("image-watermark.") => watermarks::filter_values(row, name),
        _ => Vec::new(),
    }
}

/// What the account's Allowed AMIs keep from it is not there; deprecated ones are left out where they are nobody's own, not named by id, and not asked for.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html>
pub(in super::super) fn describe_images(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    no_page_with_ids(params, field::IMAGE_IDS, "imageIds")?;
    let filters = Filters::read(params)?;
    filters.check_names(|name| FILTERS.contains(&name))?;
    let mut rows = candidates(params, world, region)?;
    let account = world.account();
    let owners: Vec<&str> = params.texts(field::OWNERS).collect();
    for owner in &owners {
        let digits = owner.len() == 12 && owner.bytes().all(|digit| digit.is_ascii_digit());
        if !digits && !OWNER_NAMES.contains(owner) {
            let why = format!("Invalid user id: \"{owner}\"");
            return Err(Error::new("InvalidUserID.Malformed", why).at("Owners"));
        }
    }
    rows.retain(|row| {
        owners.is_empty()
            || owners.iter().any(|owner| {
                row.owner == *owner
                    || (*owner == "self" && row.owner == account)
                    || row.owner_alias.as_deref() == Some(owner)
            })
    });
    let users: Vec<&str> = params.texts(field::EXECUTABLE_USERS).collect();
    rows.retain(|row| users.is_empty() || users.iter().any(|user| may_launch(row, user, &account)));
    let mut chosen = Vec::new();
    for row in &rows {
        if filters.pass(world, region, row.id, |name| {
            Some(filter_values(world, region, row, name))
        })? {
            chosen.push(row);
        }
    }
    let (items, next) = page_of_rows(chosen, params, 1, |row| (None, row.id.into()))?;
    let shown: Vec<Structure> = items.into_iter().map(|row| image(world, region, row)).collect();
    Ok(Structure::new()
        .with(field::IMAGES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// Whether launch permissions name a user: `all` means public ones, `self` those that others have shared with the
/// account by its number, an account id those shared with that account.
fn may_launch(row: &Image, user: &str, account: &str) -> bool {
    match user {
        "all" => row.public,
        "self" => row.owner != account && row.shared_with.iter().any(|with| with == account),
        other => row.shared_with.iter().any(|with| with == other),
    }
}

/// What another account does not share is not there for this one.
fn not_there(error: Error, text: &str) -> Error {
    if error.code == "AuthFailure" {
        unknown(Kind::Image, text)
    } else {
        error
    }
}

/// The images that are named, or all that there are: the catalogue's first, then own ones, eldest first.
fn candidates(params: &Structure, world: &World, region: Region) -> Result<Vec<Image>> {
    if !params.list(field::IMAGE_IDS).is_empty() {
        let mut named: Vec<Image> = params
            .texts(field::IMAGE_IDS)
            .map(|text| match by_id(world, region, text) {
                Ok(row) if allowed::hides(world, region, &row) => Err(unknown(Kind::Image, text)),
                found => found.map_err(|error| not_there(error, text)),
            })
            .collect::<Result<_>>()?;
        sort::by_key(&mut named, |row| (row.born, row.id));
        named.dedup_by_key(|row| row.id);
        return Ok(named);
    }
    let deprecated = params.boolean(field::INCLUDE_DEPRECATED) == Some(true);
    let public = catalog::images::images(region).filter(|image| deprecated || image.deprecated_ms > world.now.0);
    let mut all: Vec<Image> = public.map(|image| from_catalogue(region, image)).collect();
    let mut own: Vec<&Image> = world
        .ec2(region)
        .map(|ec2| {
            let rows = ec2.images.rows();
            rows.filter(|row| !bin::holds(world, region, row.id.into())).collect()
        })
        .unwrap_or_default();
    sort::by_key(&mut own, |row| row.born);
    let disabled = params.boolean(field::INCLUDE_DISABLED) == Some(true);
    own.retain(|row| disabled || !row.more.disabled);
    all.extend(own.into_iter().cloned());
    all.extend(others::launchable_images(world, region));
    all.retain(|row| !allowed::hides(world, region, row));
    Ok(all)
}

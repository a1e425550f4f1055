//! CreateLaunchTemplateVersion, DescribeLaunchTemplateVersions, DeleteLaunchTemplateVersions.

use super::calls::check_page;
use super::{data, named, number, version};
use crate::base::error::{Error, Result};
use crate::base::ids::well_formed;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{Filters, note, page};
use crate::services::ec2::compute::filters::{self, PathFilter};
use crate::world::World;
use crate::world::launching::{Kept, LaunchTemplate, TemplateVersion};
use stratus_model::{Structure, field, sort};

/// Versions that one call deletes, or lists.
const VERSIONS: usize = 200;

const FILTERS: &[PathFilter] = &[
    ("create-time", &[field::CREATE_TIME]),
    ("ebs-optimized", &[field::LAUNCH_TEMPLATE_DATA, field::EBS_OPTIMIZED]),
    (
        "host-resource-group-arn",
        &[
            field::LAUNCH_TEMPLATE_DATA,
            field::PLACEMENT,
            field::HOST_RESOURCE_GROUP_ARN,
        ],
    ),
    (
        "http-endpoint",
        &[
            field::LAUNCH_TEMPLATE_DATA,
            field::METADATA_OPTIONS,
            field::HTTP_ENDPOINT,
        ],
    ),
    (
        "http-protocol-ipv4",
        &[
            field::LAUNCH_TEMPLATE_DATA,
            field::METADATA_OPTIONS,
            field::HTTP_ENDPOINT,
        ],
    ),
    (
        "http-tokens",
        &[field::LAUNCH_TEMPLATE_DATA, field::METADATA_OPTIONS, field::HTTP_TOKENS],
    ),
    (
        "iam-instance-profile",
        &[field::LAUNCH_TEMPLATE_DATA, field::IAM_INSTANCE_PROFILE, field::ARN],
    ),
    ("image-id", &[field::LAUNCH_TEMPLATE_DATA, field::IMAGE_ID]),
    ("instance-type", &[field::LAUNCH_TEMPLATE_DATA, field::INSTANCE_TYPE]),
    ("is-default-version", &[field::DEFAULT_VERSION]),
    ("kernel-id", &[field::LAUNCH_TEMPLATE_DATA, field::KERNEL_ID]),
    (
        "license-configuration-arn",
        &[
            field::LAUNCH_TEMPLATE_DATA,
            field::LICENSE_SPECIFICATIONS,
            field::LICENSE_CONFIGURATION_ARN,
        ],
    ),
    (
        "network-card-index",
        &[
            field::LAUNCH_TEMPLATE_DATA,
            field::NETWORK_INTERFACES,
            field::NETWORK_CARD_INDEX,
        ],
    ),
    ("ram-disk-id", &[field::LAUNCH_TEMPLATE_DATA, field::RAM_DISK_ID]),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplateVersion.html>: what is given stands over
/// what the source version says, parameter by parameter.
pub(in crate::services::ec2::compute) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = named(world, region, params)?;
    let mut kept = data::read(params)?;
    if let Some(text) = params.text(field::SOURCE_VERSION).filter(|text| !text.is_empty()) {
        let mut merged = (*version(row, Some(text))?.1.data.0).clone();
        for (name, value) in kept.0.iter() {
            merged.set(name, value.clone());
        }
        kept = Kept::new(merged);
    }
    let id = row.id;
    let made = TemplateVersion {
        description: params.text(field::VERSION_DESCRIPTION).map(str::to_owned),
        created: world.now,
        created_by: request.principal.arn.clone(),
        data: kept,
    };
    let shown = world.update(region, id, |row: &mut LaunchTemplate| {
        row.last_version += 1;
        row.versions.insert(row.last_version, made.clone());
        show(row, row.last_version, &made)
    });
    note(world, region, id, "a new version");
    Ok(Structure::new().with_some(field::LAUNCH_TEMPLATE_VERSION, shown))
}

fn show(row: &LaunchTemplate, number: i64, version: &TemplateVersion) -> Structure {
    Structure::new()
        .with(field::LAUNCH_TEMPLATE_ID, row.id)
        .with(field::LAUNCH_TEMPLATE_NAME, &row.name)
        .with(field::VERSION_NUMBER, number)
        .with_some(field::VERSION_DESCRIPTION, version.description.as_ref())
        .with(field::CREATE_TIME, version.created)
        .with(field::CREATED_BY, &version.created_by)
        .with(field::DEFAULT_VERSION, number == row.default_version)
        .with(field::LAUNCH_TEMPLATE_DATA, data::shown(&version.data.0))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html>. Of one template, newest
/// first; or `$Latest` and `$Default` of all.
pub(in crate::services::ec2::compute) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    check_page(params)?;
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let one = params.contains(field::LAUNCH_TEMPLATE_ID) || params.contains(field::LAUNCH_TEMPLATE_NAME);
    let found = if one {
        let row = named(world, region, params)?;
        of_one(row, params)?
    } else {
        of_all(world, region, params)?
    };
    let mut chosen = Vec::new();
    for (row, number, version) in found {
        let described = show(row, number, version);
        if filters::pass(&filters, &described, world.tags(region, row.id.into()), FILTERS)? {
            chosen.push(described);
        }
    }
    let (chosen, next) = page(chosen, params, 1)?;
    Ok(Structure::new()
        .with(field::LAUNCH_TEMPLATE_VERSIONS, chosen)
        .with_some(field::NEXT_TOKEN, next))
}

type Found<'w> = Vec<(&'w LaunchTemplate, i64, &'w TemplateVersion)>;

fn of_one<'w>(row: &'w LaunchTemplate, params: &Structure) -> Result<Found<'w>> {
    let bound = |name| {
        let text = params.text(name).filter(|text: &&str| !text.is_empty());
        text.map(|text| number(row, text)).transpose()
    };
    let (least, most) = (bound(field::MIN_VERSION)?, bound(field::MAX_VERSION)?);
    let named: Vec<&str> = params.texts(field::VERSIONS).collect();
    if named.len() > VERSIONS {
        return Err(Error::invalid("Versions", format!("more than {VERSIONS} are listed")));
    }
    if named.is_empty() {
        let range = |number: i64| least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
        let all = row.versions.iter().rev();
        return Ok(all
            .filter(|(number, _)| range(**number))
            .map(|(number, version)| (row, *number, version))
            .collect());
    }
    if least.is_some() || most.is_some() {
        let text = "MinVersion and MaxVersion cannot be specified together with versions.";
        return Err(Error::combination(text).at("Versions"));
    }
    let mut found: Found<'_> = Vec::new();
    for text in named {
        let (number, version) = version(row, Some(text))?;
        if !found.iter().any(|(_, has, _)| *has == number) {
            found.push((row, number, version));
        }
    }
    sort::by_key(&mut found, |(_, number, _)| -*number);
    Ok(found)
}

fn of_all<'w>(world: &'w World, region: Region, params: &Structure) -> Result<Found<'w>> {
    let named: Vec<&str> = params.texts(field::VERSIONS).collect();
    if named.is_empty() || named.iter().any(|text| !matches!(*text, "$Latest" | "$Default")) {
        let text = "Either a launch template ID or a launch template name must be specified in the request, unless the versions are $Latest or $Default.";
        return Err(Error::new("MissingParameter", text).at("LaunchTemplateId"));
    }
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.launch_templates.rows());
    let mut rows: Vec<&LaunchTemplate> = rows.collect();
    sort::by_key(&mut rows, |row| row.born);
    let mut found: Found<'_> = Vec::new();
    for row in rows {
        for text in &named {
            let (number, version) = version(row, Some(text))?;
            if !found.iter().any(|(other, has, _)| other.id == row.id && *has == number) {
                found.push((row, number, version));
            }
        }
    }
    Ok(found)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplateVersions.html>: each version for itself; the
/// default one stays.
pub(in crate::services::ec2::compute) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let listed: Vec<&str> = params.texts(field::VERSIONS).collect();
    if listed.len() > VERSIONS {
        return Err(Error::invalid("Versions", format!("more than {VERSIONS} are listed")));
    }
    let row = match named(world, region, params) {
        Ok(row) => row.clone(),
        Err(error) => return unknown(params, &listed, error),
    };
    let (mut deleted, mut kept) = (Vec::new(), Vec::new());
    for text in listed {
        let number = match text.parse::<i64>() {
            Ok(number) if number > 0 => number,
            _ => {
                return Err(Error::invalid(
                    "LaunchTemplateVersion",
                    format!("'{text}' is not a version's number"),
                ));
            }
        };
        let item = Structure::new()
            .with(field::LAUNCH_TEMPLATE_ID, row.id)
            .with(field::LAUNCH_TEMPLATE_NAME, &row.name)
            .with(field::VERSION_NUMBER, number);
        let refuse = |code: &str, text: String| {
            let error = Structure::new().with(field::CODE, code).with(field::MESSAGE, text);
            item.clone().with(field::RESPONSE_ERROR, error)
        };
        if number == row.default_version {
            // AWS documents that it stays, not with which of its codes.
            let text =
                format!("The version {number} is the default version of the launch template and cannot be deleted.");
            kept.push(refuse("unexpectedError", text));
            continue;
        }
        let gone = world.update(region, row.id, |row: &mut LaunchTemplate| row.versions.remove(&number));
        if gone.flatten().is_some() {
            note(world, region, row.id, format!("version {number} deleted"));
            deleted.push(item);
        } else {
            let text = format!(
                "Could not find the specified version {number} for the launch template with ID {}.",
                row.id
            );
            kept.push(refuse("launchTemplateVersionDoesNotExist", text));
        }
    }
    Ok(Structure::new()
        .with(field::SUCCESSFULLY_DELETED_LAUNCH_TEMPLATE_VERSIONS, deleted)
        .with(field::UNSUCCESSFULLY_DELETED_LAUNCH_TEMPLATE_VERSIONS, kept))
}

/// A template that is not there is each version's failure.
fn unknown(params: &Structure, listed: &[&str], error: Error) -> Result<Structure> {
    let id = params.text(field::LAUNCH_TEMPLATE_ID).filter(|text| !text.is_empty());
    let name = params.text(field::LAUNCH_TEMPLATE_NAME).filter(|text| !text.is_empty());
    let code = match (id, name) {
        (Some(_), Some(_)) | (None, None) => return Err(error),
        (Some(id), None) if !well_formed(id, "lt") => "launchTemplateIdMalformed",
        (Some(_), None) => "launchTemplateIdDoesNotExist",
        (None, Some(_)) => "launchTemplateNameDoesNotExist",
    };
    let items: Vec<Structure> = listed
        .iter()
        .map(|text| {
            let why = Structure::new()
                .with(field::CODE, code)
                .with(field::MESSAGE, error.message.as_str());
            Structure::new()
                .with_some(field::LAUNCH_TEMPLATE_ID, id)
                .with_some(field::LAUNCH_TEMPLATE_NAME, name)
                .with_some(field::VERSION_NUMBER, text.parse::<i64>().ok())
                .with(field::RESPONSE_ERROR, why)
        })
        .collect();
    Ok(Structure::new()
        .with(
            field::SUCCESSFULLY_DELETED_LAUNCH_TEMPLATE_VERSIONS,
            Vec::<Structure>::new(),
        )
        .with(field::UNSUCCESSFULLY_DELETED_LAUNCH_TEMPLATE_VERSIONS, items))
}

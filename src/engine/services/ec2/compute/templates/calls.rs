//! CreateLaunchTemplate, DescribeLaunchTemplates, ModifyLaunchTemplate, DeleteLaunchTemplate.

use super::{by_name, data, missing, named, number};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, LaunchTemplateId, ResourceId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, page, tag_list};
use crate::services::ec2::{tags, tokens};
use crate::world::World;
use crate::world::launching::{LaunchTemplate, TemplateVersion};
use std::collections::BTreeMap;
use stratus_model::{Structure, field, sort};

/// Characters of a template's name.
const NAME: std::ops::RangeInclusive<usize> = 3..=128;
/// Most entries of a page.
const PAGE: i64 = 200;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html>
pub(in crate::services::ec2::compute) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(ResourceId::LaunchTemplate(id)) = tokens::earlier(request, world)?
        && let Some(row) = world.row::<LaunchTemplate>(region, id)
    {
        return Ok(Structure::new().with(field::LAUNCH_TEMPLATE, show(world, region, row)));
    }
    let name = params.text(field::LAUNCH_TEMPLATE_NAME).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || "().-/_".contains(c);
    if !NAME.contains(&name.chars().count()) || !name.chars().all(fits) {
        let text = "A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.";
        return Err(Error::new("InvalidLaunchTemplateName.MalformedException", text).at("LaunchTemplateName"));
    }
    if by_name(world, region, name).is_some() {
        let text = "Launch template name already in use.";
        return Err(Error::new("InvalidLaunchTemplateName.AlreadyExistsException", text).at("LaunchTemplateName"));
    }
    let version = TemplateVersion {
        description: params.text(field::VERSION_DESCRIPTION).map(str::to_owned),
        created: world.now,
        created_by: request.principal.arn.clone(),
        data: data::read(params)?,
    };
    let id = LaunchTemplateId(world.random.next_u64(Stream::Ids(Kind::LaunchTemplate)));
    let row = LaunchTemplate {
        id,
        born: world.birth(),
        name: name.to_owned(),
        created: world.now,
        created_by: request.principal.arn.clone(),
        default_version: 1,
        last_version: 1,
        versions: BTreeMap::from([(1, version)]),
    };
    world.put(region, row.clone());
    tags::apply_specifications(world, region, params, &[("launch-template", &[id.into()])])?;
    tokens::remember(request, world, id);
    note(world, region, id, "created with version 1");
    Ok(Structure::new().with(field::LAUNCH_TEMPLATE, show(world, region, &row)))
}

/// A template as the API shows it.
fn show(world: &World, region: Region, row: &LaunchTemplate) -> Structure {
    let tags = tag_list(world, region, row.id);
    Structure::new()
        .with(field::LAUNCH_TEMPLATE_ID, row.id)
        .with(field::LAUNCH_TEMPLATE_NAME, &row.name)
        .with(field::CREATE_TIME, row.created)
        .with(field::CREATED_BY, &row.created_by)
        .with(field::DEFAULT_VERSION_NUMBER, row.default_version)
        .with(field::LATEST_VERSION_NUMBER, row.latest())
        .with_some(field::TAGS, (!tags.is_empty()).then_some(tags))
}

/// The size of a page of templates or versions.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn check_page(params: &Structure) -> Result<()> {
    match params.integer(field::MAX_RESULTS) {
        Some(size) if !(1..=PAGE).contains(&size) => {
            let text = format!("Maximum results allowed are between 1 and {PAGE}");
            Err(Error::new("InvalidParameterValue", text).at("MaxResults"))
        }
        _ => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplates.html>. Sorted by making.
pub(in crate::services::ec2::compute) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    check_page(params)?;
    let filters = Filters::read(params)?;
    filters.check_names(|name| matches!(name, "create-time" | "launch-template-name"))?;
    let mut wanted: Vec<&LaunchTemplate> = Vec::new();
    for text in params.texts(field::LAUNCH_TEMPLATE_IDS) {
        wanted.push(find(world, region, Kind::LaunchTemplate, text)?);
    }
    for name in params.texts(field::LAUNCH_TEMPLATE_NAMES) {
        let only = Structure::new().with(field::LAUNCH_TEMPLATE_NAME, name);
        wanted.push(named(world, region, &only).map_err(|error| match error.code {
            "MissingParameter" => Error::invalid("LaunchTemplateName", "it is empty"),
            _ => error,
        })?);
    }
    let asked =
        !params.list(field::LAUNCH_TEMPLATE_IDS).is_empty() || !params.list(field::LAUNCH_TEMPLATE_NAMES).is_empty();
    if !asked {
        wanted.extend(
            world
                .ec2(region)
                .into_iter()
                .flat_map(|ec2| ec2.launch_templates.rows()),
        );
    }
    sort::by_key(&mut wanted, |row| row.born);
    wanted.dedup_by_key(|row| row.id);
    let mut chosen = Vec::new();
    for row in wanted {
        let values = |name: &str| {
            Some(vec![match name {
                "create-time" => row.created.iso8601(),
                _ => row.name.clone(),
            }])
        };
        if filters.pass(world, region, row.id, values)? {
            chosen.push(row);
        }
    }
    let (chosen, next) = page(chosen, params, 1)?;
    let shown: Vec<Structure> = chosen.into_iter().map(|row| show(world, region, row)).collect();
    Ok(Structure::new()
        .with(field::LAUNCH_TEMPLATES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyLaunchTemplate.html>: which version is the default.
pub(in crate::services::ec2::compute) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = named(world, region, params)?;
    let text = params
        .text(field::DEFAULT_VERSION)
        .ok_or_else(|| Error::missing("DefaultVersion"))?;
    let wanted = number(row, text)?;
    if !row.versions.contains_key(&wanted) {
        return Err(missing(row, wanted));
    }
    let id = row.id;
    let changed = world.update(region, id, |row: &mut LaunchTemplate| {
        row.default_version = wanted;
        row.clone()
    });
    note(world, region, id, format!("default version {wanted}"));
    Ok(Structure::new().with_some(field::LAUNCH_TEMPLATE, changed.map(|row| show(world, region, &row))))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplate.html>: with all its versions. What was
/// launched from it stays.
pub(in crate::services::ec2::compute) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = named(world, region, request.params)?.clone();
    let shown = show(world, region, &row);
    note(world, region, row.id, "deleted with its versions");
    world.take::<LaunchTemplate>(region, row.id);
    Ok(Structure::new().with(field::LAUNCH_TEMPLATE, shown))
}

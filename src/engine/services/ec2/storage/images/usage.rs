//! Who uses an image, and where it came from: DescribeImageReferences, usage reports, GetImageAncestry.
//! Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/your-ec2-ami-usage.html>

use super::{by_id, own};
use crate::base::error::{Error, Result};
use crate::base::ids::{ImageId, Kind};
use crate::base::time::Span;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{page, unknown};
use crate::world::World;
use crate::world::compute::{Image, InstanceState};
use crate::world::keeping::UsageReport;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use stratus_model::{Structure, Value, field, sort};

/// Reports are kept for so long.
const KEPT: Span = Span::minutes(30 * 24 * 60);
/// What can be looked at for references.
const REFERENCES: [&str; 3] = ["ec2:Instance", "ec2:LaunchTemplate", "ssm:Parameter"];
/// Generations of an image that are followed.
const GENERATIONS: usize = 50;

fn arn(world: &World, region: Region, what: &str) -> String {
    format!("arn:aws:ec2:{}:{}:{what}", region.name(), world.account())
}

/// Launch template versions that are looked at, from the newest, where nothing is said.
const VERSIONS: usize = 20;

/// What the options of a type of resources narrow it to.
struct Scope<'a> {
    /// States of instances; none: all.
    states: Vec<&'a str>,
    /// Versions of a launch template, from the newest.
    versions: usize,
}

impl<'a> Scope<'a> {
    /// Reads the options of one type.
    ///
    /// # Errors
    /// `InvalidParameterValue` for an option that the type has not, or a value out of its bounds.
    fn read(line: &'a Structure) -> Result<Scope<'a>> {
        let mut scope = Scope {
            states: Vec::new(),
            versions: VERSIONS,
        };
        let kind = line.text(field::RESOURCE_TYPE).unwrap_or_default();
        for option in line.structures(field::RESOURCE_TYPE_OPTIONS) {
            let mut values = option.texts(field::OPTION_VALUES);
            match (kind, option.text(field::OPTION_NAME).unwrap_or_default()) {
                ("ec2:Instance", "state-name") => scope.states.extend(values),
                ("ec2:LaunchTemplate", "version-depth") => {
                    let depth = values.next().and_then(|text| text.parse().ok());
                    let within = depth.filter(|depth| (1..=10_000).contains(depth));
                    let why = "version-depth is a whole number from 1 to 10000";
                    scope.versions = within.ok_or_else(|| Error::invalid("OptionValues", why))?;
                }
                (_, name) => {
                    let why = format!("'{name}' is no option of {kind}");
                    return Err(Error::invalid("OptionName", why));
                }
            }
        }
        Ok(scope)
    }
}

/// The account's things of a type that use an image, by their ARNs.
fn uses(world: &World, region: Region, kind: &str, image: ImageId, scope: &Scope<'_>) -> Vec<String> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let text = image.to_string();
    let mut found: Vec<String> = match kind {
        "ec2:Instance" => {
            let rows = ec2
                .instances
                .rows()
                .filter(|row| row.image == image && row.state != InstanceState::Terminated)
                .filter(|row| scope.states.is_empty() || scope.states.contains(&row.state.name()));
            rows.map(|row| arn(world, region, &format!("instance/{}", row.id)))
                .collect()
        }
        "ec2:LaunchTemplate" => {
            let named = |data: &Structure| data.text(field::IMAGE_ID) == Some(text.as_str());
            let rows = ec2.launch_templates.rows().filter(|row| {
                row.versions
                    .values()
                    .rev()
                    .take(scope.versions)
                    .any(|version| named(&version.data.0))
            });
            rows.map(|row| arn(world, region, &format!("launch-template/{}", row.id)))
                .collect()
        }
        _ => {
            let parameters = world.ssm.get(&region);
            let rows = parameters.into_iter().flat_map(|ssm| ssm.parameters.iter());
            rows.filter(|(_, row)| row.versions.last().is_some_and(|version| version.value == text))
                .map(|(name, _)| {
                    let slash = if name.starts_with('/') { "" } else { "/" };
                    format!(
                        "arn:aws:ssm:{}:{}:parameter{slash}{name}",
                        region.name(),
                        world.account()
                    )
                })
                .collect()
        }
    };
    sort::sort(&mut found);
    found
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageReferences.html>
pub(in super::super) fn references(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let all = params.boolean(field::INCLUDE_ALL_RESOURCE_TYPES) == Some(true);
    let asked: Vec<(&str, Scope<'_>)> = params
        .structures(field::RESOURCE_TYPES)
        .map(|line| Ok((line.text(field::RESOURCE_TYPE).unwrap_or_default(), Scope::read(line)?)))
        .collect::<Result<_>>()?;
    let whole = Scope {
        states: Vec::new(),
        versions: VERSIONS,
    };
    if all != asked.is_empty() {
        let why = "Give either IncludeAllResourceTypes or ResourceTypes.";
        return Err(Error::combination(why));
    }
    let mut found = Vec::new();
    for text in params.texts(field::IMAGE_IDS) {
        let image = by_id(world, region, text)?.id;
        for kind in REFERENCES {
            let narrowed = asked.iter().find(|(asked, _)| *asked == kind).map(|(_, scope)| scope);
            let Some(scope) = narrowed.or(all.then_some(&whole)) else {
                continue;
            };
            for arn in uses(world, region, kind, image, scope) {
                found.push(
                    Structure::new()
                        .with(field::IMAGE_ID, image)
                        .with(field::RESOURCE_TYPE, kind)
                        .with(field::ARN, arn),
                );
            }
        }
    }
    let (items, next) = page(found, params, 1)?;
    Ok(Structure::new()
        .with(field::IMAGE_REFERENCES, items)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImageUsageReport.html>: who else uses an image of yours. Other
/// accounts have no resources in this world, so that only this account's are counted.
pub(in super::super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let image = own(world, region, params.text(field::IMAGE_ID).unwrap_or_default())?;
    let account = world.account();
    let accounts: Vec<String> = params.texts(field::ACCOUNT_IDS).map(str::to_owned).collect();
    let counted = accounts.is_empty() || accounts.contains(&account);
    let mut all = Vec::new();
    for line in params.structures(field::RESOURCE_TYPES) {
        let kind = line.text(field::RESOURCE_TYPE).unwrap_or_default();
        if !matches!(kind, "ec2:Instance" | "ec2:LaunchTemplate") {
            return Err(Error::invalid(
                "ResourceType",
                format!("'{kind}' is neither ec2:Instance nor ec2:LaunchTemplate"),
            ));
        }
        let scope = Scope::read(line)?;
        let count = if counted {
            uses(world, region, kind, image, &scope).len() as i64
        } else {
            0
        };
        all.push((kind.to_owned(), count));
    }
    let born = world.birth();
    let digest = Sha256::digest(format!("report {} {born}", world.options.seed));
    let hex: String = digest.iter().take(9).map(|byte| format!("{byte:02x}")).collect();
    let id = format!("amiur-{}", hex.get(..17).unwrap_or_default());
    let tags: BTreeMap<String, String> = params
        .structures(field::TAG_SPECIFICATIONS)
        .flat_map(|specification| specification.structures(field::TAGS))
        .filter_map(|tag| {
            Some((
                tag.text(field::KEY)?.to_owned(),
                tag.text(field::VALUE).unwrap_or_default().to_owned(),
            ))
        })
        .collect();
    let report = UsageReport {
        id: id.clone(),
        born,
        image,
        uses: all,
        accounts,
        created: world.now,
        tags,
    };
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.keeping.reports.insert(id.clone(), report);
    }
    Ok(Structure::new().with(field::REPORT_ID, id))
}

/// The reports that a call means, by their making.
fn reports<'w>(request: &Request<'_>, world: &'w World) -> Result<Vec<&'w UsageReport>> {
    let (params, region) = (request.params, request.region);
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.keeping.reports.rows());
    let mut rows: Vec<&UsageReport> = rows.filter(|row| row.created + KEPT > world.now).collect();
    sort::by_key(&mut rows, |row| row.born);
    let ids: Vec<&str> = params.texts(field::REPORT_IDS).collect();
    if let Some(missing) = ids.iter().find(|id| rows.iter().all(|row| row.id != **id)) {
        return Err(not_found(missing));
    }
    let images: Vec<&str> = params.texts(field::IMAGE_IDS).collect();
    rows.retain(|row| {
        (ids.is_empty() || ids.contains(&row.id.as_str()))
            && (images.is_empty() || images.contains(&row.image.to_string().as_str()))
    });
    Ok(rows)
}

fn not_found(id: &str) -> Error {
    Error::new(
        "InvalidImageUsageReportId.NotFound",
        format!("The image usage report ID '{id}' does not exist"),
    )
    .at("ReportId")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageUsageReports.html>
pub(in super::super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let shown: Vec<Structure> = reports(request, world)?
        .into_iter()
        .map(|row| {
            let kinds: Vec<Structure> = row
                .uses
                .iter()
                .map(|(kind, _)| Structure::new().with(field::RESOURCE_TYPE, kind.as_str()))
                .collect();
            let tags: Vec<Structure> = row
                .tags
                .iter()
                .map(|(key, value)| {
                    Structure::new()
                        .with(field::KEY, key.as_str())
                        .with(field::VALUE, value.as_str())
                })
                .collect();
            let accounts: Vec<Value> = row.accounts.iter().map(|id| Value::from(id.as_str())).collect();
            Structure::new()
                .with(field::REPORT_ID, row.id.as_str())
                .with(field::IMAGE_ID, row.image)
                .with(field::RESOURCE_TYPES, kinds)
                .with(field::ACCOUNT_IDS, accounts)
                .with(field::STATE, "available")
                .with(field::CREATION_TIME, row.created)
                .with(field::EXPIRATION_TIME, row.created + KEPT)
                .with(field::TAGS, tags)
        })
        .collect();
    let (items, next) = page(shown, request.params, 1)?;
    Ok(Structure::new()
        .with(field::IMAGE_USAGE_REPORTS, items)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageUsageReportEntries.html>
pub(in super::super) fn entries(request: &Request<'_>, world: &World) -> Result<Structure> {
    let account = world.account();
    let mut shown = Vec::new();
    for row in reports(request, world)? {
        for (kind, count) in row.uses.iter().filter(|(_, count)| *count > 0) {
            shown.push(
                Structure::new()
                    .with(field::REPORT_ID, row.id.as_str())
                    .with(field::IMAGE_ID, row.image)
                    .with(field::RESOURCE_TYPE, kind.as_str())
                    .with(field::ACCOUNT_ID, account.as_str())
                    .with(field::USAGE_COUNT, *count)
                    .with(field::REPORT_CREATION_TIME, row.created),
            );
        }
    }
    let (items, next) = page(shown, request.params, 1)?;
    Ok(Structure::new()
        .with(field::IMAGE_USAGE_REPORT_ENTRIES, items)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteImageUsageReport.html>
pub(in super::super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = request.params.text(field::REPORT_ID).unwrap_or_default().to_owned();
    let gone = world
        .regions
        .get_mut(&request.region)
        .is_some_and(|ec2| ec2.keeping.reports.remove(&id));
    if !gone {
        return Err(not_found(&id));
    }
    Ok(Structure::new().with(field::RETURN, true))
}

/// What an image was made of: the image that it is a copy of, or that of the instance that it was made of.
fn parent(image: &Image) -> Option<(Region, ImageId)> {
    let (from, id) = image.source.as_ref()?;
    Some((Region::find(from)?, ImageId::parse(id)?))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageAncestry.html>: from the image to the first of its line. An
/// image that was deregistered is named as a source still, and ends the line.
pub(in super::super) fn ancestry(request: &Request<'_>, world: &World) -> Result<Structure> {
    let text = request.params.text(field::IMAGE_ID).unwrap_or_default();
    let mut image = by_id(world, request.region, text).map_err(|_| unknown(Kind::Image, text))?;
    let mut line = Vec::new();
    for _ in 0..GENERATIONS {
        let above = parent(&image);
        line.push(
            Structure::new()
                .with(field::IMAGE_ID, image.id)
                .with(field::CREATION_DATE, image.created)
                .with_some(field::IMAGE_OWNER_ALIAS, image.owner_alias.as_deref())
                .with_some(field::SOURCE_IMAGE_ID, above.map(|(_, id)| id))
                .with_some(field::SOURCE_IMAGE_REGION, above.map(|(region, _)| region.name())),
        );
        let Some((from, id)) = above else { break };
        let Ok(next) = by_id(world, from, &id.to_string()) else {
            break;
        };
        image = next;
    }
    Ok(Structure::new().with(field::IMAGE_ANCESTRY_ENTRIES, line))
}

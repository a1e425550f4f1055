//! ModifyReservedInstances and DescribeReservedInstancesModifications: other zones, scopes and sizes of what is bought.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ri-modifying.html>. How long it takes is ours. What it makes stands in
//! the table at once, with a start that lies ahead.

use super::{find, new_id, state, uuid_of};
use crate::base::error::{Error, Result};
use crate::base::time::{Span, Time};
use crate::catalog::{InstanceType, Region, Zone};
use crate::services::Request;
use crate::services::ec2::common::{Filters, page};
use crate::services::ec2::compute::filters::{self, PathFilter};
use crate::services::ec2::compute::{launch::fit, regions};
use crate::world::World;
use crate::world::launching::{Kept, Offering, Reserved, ReservedChange};
use stratus_model::{Structure, field, sort};

/// How long a modification takes (ours).
const TAKES: Span = Span::minutes(5);
/// Entries of a page.
const ENTRIES: i64 = 1_000;

const FILTERS: &[PathFilter] = &[
    ("client-token", &[field::CLIENT_TOKEN]),
    ("create-date", &[field::CREATE_DATE]),
    ("effective-date", &[field::EFFECTIVE_DATE]),
    (
        "modification-result.reserved-instances-id",
        &[field::MODIFICATION_RESULTS, field::RESERVED_INSTANCES_ID],
    ),
    (
        "modification-result.target-configuration.availability-zone",
        &[
            field::MODIFICATION_RESULTS,
            field::TARGET_CONFIGURATION,
            field::AVAILABILITY_ZONE,
        ],
    ),
    (
        "modification-result.target-configuration.availability-zone-id",
        &[
            field::MODIFICATION_RESULTS,
            field::TARGET_CONFIGURATION,
            field::AVAILABILITY_ZONE_ID,
        ],
    ),
    (
        "modification-result.target-configuration.instance-count",
        &[
            field::MODIFICATION_RESULTS,
            field::TARGET_CONFIGURATION,
            field::INSTANCE_COUNT,
        ],
    ),
    (
        "modification-result.target-configuration.instance-type",
        &[
            field::MODIFICATION_RESULTS,
            field::TARGET_CONFIGURATION,
            field::INSTANCE_TYPE,
        ],
    ),
    (
        "reserved-instances-id",
        &[field::RESERVED_INSTANCES_IDS, field::RESERVED_INSTANCES_ID],
    ),
    (
        "reserved-instances-modification-id",
        &[field::RESERVED_INSTANCES_MODIFICATION_ID],
    ),
    ("status", &[field::STATUS]),
    ("status-message", &[field::STATUS_MESSAGE]),
    ("update-date", &[field::UPDATE_DATE]),
];

/// A size's weight in quarters: nano .25, micro .5, small 1, medium 2, large 4, xlarge 8, Nxlarge 8 × N. `None` for metal.
pub(crate) fn quarters(kind: InstanceType) -> Option<i64> {
    Some(match kind.size() {
        "nano" => 1,
        "micro" => 2,
        "small" => 4,
        "medium" => 8,
        "large" => 16,
        "xlarge" => 32,
        other => 32 * other.strip_suffix("xlarge")?.parse::<i64>().ok()?,
    })
}

fn footprint(kind: InstanceType, count: i64) -> Option<i64> {
    quarters(kind)?.checked_mul(count)
}

fn refuse(text: impl Into<String>) -> Error {
    Error::new("InvalidParameterValue", text).at("TargetConfigurations")
}

/// The change that a call with this token has made before.
fn earlier(world: &World, region: Region, token: &str) -> Option<String> {
    let known = world.ec2(region)?.reserved_changes.iter();
    let mut known = known.filter(|_| !token.is_empty());
    known
        .find(|(_, row)| row.client_token == token)
        .map(|(id, _)| id.clone())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyReservedInstances.html>
pub(in crate::services::ec2::compute) fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let token = params.text(field::CLIENT_TOKEN).unwrap_or_default();
    if let Some(id) = earlier(world, region, token) {
        return Ok(Structure::new().with(field::RESERVED_INSTANCES_MODIFICATION_ID, id));
    }
    let mut of: Vec<String> = params.texts(field::RESERVED_INSTANCES_IDS).map(str::to_owned).collect();
    sort::sort(&mut of);
    of.dedup();
    let first = old(world, region, &of)?;
    let targets: Vec<&Structure> = params.structures(field::TARGET_CONFIGURATIONS).collect();
    if targets.is_empty() {
        return Err(Error::missing("TargetConfigurations"));
    }
    let mut wanted = Vec::new();
    for target in targets {
        wanted.push((target_of(region, &first, target)?, target.clone()));
    }
    same_footprint(world, region, &of, &wanted)?;
    let (now, effective) = (world.now, world.now + TAKES);
    let mut makes = Vec::new();
    for ((offering, count), target) in wanted {
        let born = world.birth();
        let id = new_id(world, region, born);
        let row = Reserved {
            born,
            offering,
            count,
            bought: now,
            start: effective,
            end: first.end,
            replaced: None,
            of_change: true,
        };
        makes.push((id.clone(), Kept::new(target)));
        if let Some(ec2) = world.regions.get_mut(&region) {
            ec2.reserved.insert(id, row);
        }
    }
    let born = world.birth();
    let id = format!(
        "rimod-{}",
        uuid_of(&format!(
            "modification {} {} {born}",
            world.random.seed(),
            region.name()
        ))
    );
    if let Some(ec2) = world.regions.get_mut(&region) {
        for old in &of {
            if let Some(row) = ec2.reserved.get_mut(old) {
                row.replaced = Some(effective);
            }
        }
        let change = ReservedChange {
            born,
            of,
            makes,
            created: now,
            effective,
            client_token: token.to_owned(),
        };
        ec2.reserved_changes.insert(id.clone(), change);
    }
    Ok(Structure::new().with(field::RESERVED_INSTANCES_MODIFICATION_ID, id))
}

/// The purchases that are to be replaced: active, alike, ending together. The first of them.
fn old(world: &World, region: Region, ids: &[String]) -> Result<Reserved> {
    let mut first: Option<&Reserved> = None;
    for id in ids {
        let row = find(world, region, id)?;
        if state(row, world.now) != "active" || row.replaced.is_some() {
            let text = format!("The Reserved Instances '{id}' are not active, or are being modified.");
            return Err(Error::new("IncorrectState", text).at("ReservedInstancesIds"));
        }
        let alike = |other: &Reserved| {
            other.end == row.end
                && other.offering.instance_type.family() == row.offering.instance_type.family()
                && other.offering.product == row.offering.product
                && other.offering.convertible == row.offering.convertible
                && other.offering.payment == row.offering.payment
        };
        if first.is_some_and(|first| !alike(first)) {
            let text = "Reserved Instances that are modified together must be alike and end at the same time.";
            return Err(Error::new("InvalidParameterValue", text).at("ReservedInstancesIds"));
        }
        first = first.or(Some(row));
    }
    first.cloned().ok_or_else(|| Error::missing("ReservedInstancesIds"))
}

/// What one target stands for.
fn target_of(region: Region, first: &Reserved, target: &Structure) -> Result<(Offering, i64)> {
    let kind = match target.text(field::INSTANCE_TYPE) {
        Some(name) => fit::named_type(name)?,
        None => first.offering.instance_type,
    };
    let flexible = first.offering.product == "Linux/UNIX";
    if kind.family() != first.offering.instance_type.family() || (kind != first.offering.instance_type && !flexible) {
        return Err(refuse(
            "The instance size can only change within the family, and for Linux/UNIX only.",
        ));
    }
    let count = target
        .integer(field::INSTANCE_COUNT)
        .filter(|count| *count > 0)
        .ok_or_else(|| refuse("Each target configuration needs an instance count greater than 0."))?;
    let named = target
        .text(field::AVAILABILITY_ZONE)
        .or(target.text(field::AVAILABILITY_ZONE_ID))
        .map(|text| regions::find_zone(region, text))
        .transpose()?;
    let zone: Option<Zone> = match (target.text(field::SCOPE), named) {
        (Some("Region"), Some(_)) => return Err(refuse("A regional scope has no Availability Zone.")),
        (Some("Region"), None) => None,
        (Some(_), None) => return Err(refuse("The scope 'Availability Zone' needs an Availability Zone.")),
        (Some(_), zone @ Some(_)) | (None, zone @ Some(_)) => zone,
        (None, None) => first.offering.zone,
    };
    if let Some(zone) = zone {
        fit::zone(kind, zone)?;
    }
    let offering = Offering {
        instance_type: kind,
        zone,
        ..first.offering.clone()
    };
    Ok((offering, count))
}

/// Both sides must have the same instance size footprint.
fn same_footprint(world: &World, region: Region, of: &[String], wanted: &[((Offering, i64), Structure)]) -> Result<()> {
    let mut before = 0_i64;
    for id in of {
        let row = find(world, region, id)?;
        before += footprint(row.offering.instance_type, row.count).unwrap_or(row.count);
    }
    let after: i64 = wanted
        .iter()
        .map(|((offering, count), _)| footprint(offering.instance_type, *count).unwrap_or(*count))
        .fold(0, i64::saturating_add);
    if before == after {
        return Ok(());
    }
    let text = format!(
        "The target configurations have another instance size footprint ({after} quarters) than the Reserved Instances ({before})."
    );
    Err(refuse(text))
}

fn show(id: &str, row: &ReservedChange, now: Time) -> Structure {
    let done = row.effective <= now;
    let results: Vec<Structure> = row
        .makes
        .iter()
        .map(|(id, target)| {
            Structure::new()
                .with_some(field::RESERVED_INSTANCES_ID, done.then_some(id))
                .with(field::TARGET_CONFIGURATION, (*target.0).clone())
        })
        .collect();
    let of: Vec<Structure> = row
        .of
        .iter()
        .map(|id| Structure::new().with(field::RESERVED_INSTANCES_ID, id))
        .collect();
    Structure::new()
        .with(field::RESERVED_INSTANCES_MODIFICATION_ID, id)
        .with(field::CLIENT_TOKEN, &row.client_token)
        .with(field::CREATE_DATE, row.created)
        .with(field::UPDATE_DATE, if done { row.effective } else { row.created })
        .with_some(field::EFFECTIVE_DATE, done.then_some(row.effective))
        .with(field::STATUS, if done { "fulfilled" } else { "processing" })
        .with(field::MODIFICATION_RESULTS, results)
        .with(field::RESERVED_INSTANCES_IDS, of)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeReservedInstancesModifications.html>. Sorted by making.
pub(in crate::services::ec2::compute) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let wanted: Vec<&str> = params.texts(field::RESERVED_INSTANCES_MODIFICATION_IDS).collect();
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.reserved_changes.iter());
    let mut rows: Vec<(&String, &ReservedChange)> = rows.collect();
    if let Some(unknown) = wanted.iter().find(|id| !rows.iter().any(|(has, _)| has == *id)) {
        let text = format!("The Reserved Instances modification ID '{unknown}' does not exist");
        return Err(Error::new("InvalidReservedInstancesModificationId", text).at("ReservedInstancesModificationIds"));
    }
    sort::by_key(&mut rows, |(_, row)| row.born);
    let mut found = Vec::new();
    for (id, row) in rows
        .into_iter()
        .filter(|(id, _)| wanted.is_empty() || wanted.contains(&id.as_str()))
    {
        let shown = show(id, row, world.now);
        if filters::pass(&filters, &shown, None, FILTERS)? {
            found.push(shown);
        }
    }
    let sized = params.clone().with(field::MAX_RESULTS, ENTRIES);
    let (found, next) = page(found, &sized, 1)?;
    Ok(Structure::new()
        .with(field::RESERVED_INSTANCES_MODIFICATIONS, found)
        .with_some(field::NEXT_TOKEN, next))
}

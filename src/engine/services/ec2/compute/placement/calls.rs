//! CreatePlacementGroup, DescribePlacementGroups, DeletePlacementGroup.

use super::members;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, PlacementGroupId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::services::ec2::common::{Filters, arn, done, find, note, tag_list};
use crate::services::ec2::tags;
use crate::world::World;
use crate::world::launching::{PlacementGroup, Strategy};
use stratus_model::{Structure, field, sort};

/// Groups of an account in a Region. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/limitations-placement-groups.html>
const GROUPS: usize = 500;
/// Characters of a name.
const NAME: usize = 255;
/// Partitions of a group in a zone.
const PARTITIONS: i64 = 7;
/// Partitions where nothing is said.
const PARTITIONS_DEFAULT: i64 = 2;

const FILTERS: &[&str] = &["group-arn", "group-name", "spread-level", "state", "strategy"];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreatePlacementGroup.html>
pub(in crate::services::ec2::compute) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let name = params
        .text(field::GROUP_NAME)
        .filter(|name| !name.is_empty())
        .ok_or_else(|| Error::missing("GroupName"))?;
    let printable = name.bytes().all(|b| (b' '..=b'~').contains(&b));
    if name.len() > NAME || !printable {
        return Err(Error::invalid("GroupName", format!("1 to {NAME} ASCII characters")));
    }
    if super::named(world, region, name).is_some() {
        let text = format!("The Placement Group '{name}' already exists.");
        return Err(Error::new("InvalidPlacementGroup.Duplicate", text).at("GroupName"));
    }
    if world
        .ec2(region)
        .is_some_and(|ec2| ec2.placement_groups.len() >= GROUPS)
    {
        let text = format!("You've reached the limit on the number of placement groups that you can have: {GROUPS}.");
        return Err(Error::new("PlacementGroupLimitExceeded", text));
    }
    let strategy = match params.text(field::STRATEGY) {
        None | Some("cluster") => Strategy::Cluster,
        Some("spread") => Strategy::Spread,
        Some("partition") => Strategy::Partition,
        Some(other) => {
            let text = format!("The strategy '{other}' is not simulated.");
            return Err(Error::new("UnsupportedOperation", text).at("Strategy"));
        }
    };
    for (name, text) in [
        (field::LINKED_GROUP_ID, "Groups that are linked to another"),
        (field::PARENT_GROUP_ID, "Groups that lie in another"),
    ] {
        if params.contains(name) {
            return Err(Error::new("UnsupportedOperation", format!("{text} are not simulated.")).at(name.text()));
        }
    }
    let partitions = partitions(params, strategy)?;
    spread_level(params, strategy)?;
    let id = PlacementGroupId(world.random.next_u64(Stream::Ids(Kind::PlacementGroup)));
    let row = PlacementGroup {
        id,
        born: world.birth(),
        name: name.to_owned(),
        strategy,
        partitions,
    };
    world.put(region, row.clone());
    tags::apply_specifications(world, region, params, &[("placement-group", &[id.into()])])?;
    note(world, region, id, format!("created, strategy {}", strategy.name()));
    Ok(Structure::new().with(field::PLACEMENT_GROUP, show(world, region, &row)))
}

fn partitions(params: &Structure, strategy: Strategy) -> Result<i64> {
    match (params.integer(field::PARTITION_COUNT), strategy) {
        (None, Strategy::Partition) => Ok(PARTITIONS_DEFAULT),
        (None, _) => Ok(0),
        (Some(count), Strategy::Partition) if (1..=PARTITIONS).contains(&count) => Ok(count),
        (Some(count), Strategy::Partition) => Err(Error::invalid(
            "PartitionCount",
            format!("{count}. Expecting a value from 1 to {PARTITIONS}"),
        )),
        (Some(_), _) => Err(Error::combination(
            "PartitionCount can only be specified for placement groups with strategy partition.",
        )
        .at("PartitionCount")),
    }
}

fn spread_level(params: &Structure, strategy: Strategy) -> Result<()> {
    match params.text(field::SPREAD_LEVEL) {
        None => Ok(()),
        Some(_) if strategy != Strategy::Spread => Err(Error::combination(
            "SpreadLevel can only be specified for placement groups with strategy spread.",
        )
        .at("SpreadLevel")),
        Some("host") => {
            let text = "Host level spread placement groups are only available with AWS Outposts.";
            Err(Error::new("UnsupportedOperation", text).at("SpreadLevel"))
        }
        Some(_) => Ok(()),
    }
}

fn show(world: &World, region: Region, row: &PlacementGroup) -> Structure {
    let tags = tag_list(world, region, row.id);
    let partition = row.strategy == Strategy::Partition;
    Structure::new()
        .with(field::GROUP_NAME, &row.name)
        .with(field::GROUP_ID, row.id)
        .with(field::GROUP_ARN, group_arn(world, region, row))
        .with(field::STATE, "available")
        .with(field::STRATEGY, row.strategy.name())
        .with_some(field::PARTITION_COUNT, partition.then_some(row.partitions))
        .with_some(
            field::SPREAD_LEVEL,
            (row.strategy == Strategy::Spread).then_some("rack"),
        )
        .with_some(field::TAGS, (!tags.is_empty()).then_some(tags))
}

/// Its ARN ends with its name, not its id.
fn group_arn(world: &World, region: Region, row: &PlacementGroup) -> String {
    let by_id = arn(world, region, "placement-group", row.id);
    by_id.replace(&row.id.to_string(), &row.name)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribePlacementGroups.html>. Sorted by making.
pub(in crate::services::ec2::compute) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| FILTERS.contains(&name))?;
    let mut rows: Vec<&PlacementGroup> = Vec::new();
    for name in params.texts(field::GROUP_NAMES) {
        let only = Structure::new().with(field::GROUP_NAME, name);
        rows.extend(super::asked(world, region, &only).map_err(|error| error.at("GroupNames"))?);
    }
    for id in params.texts(field::GROUP_IDS) {
        rows.push(find(world, region, Kind::PlacementGroup, id).map_err(|error: Error| error.at("GroupIds"))?);
    }
    if params.list(field::GROUP_NAMES).is_empty() && params.list(field::GROUP_IDS).is_empty() {
        rows.extend(
            world
                .ec2(region)
                .into_iter()
                .flat_map(|ec2| ec2.placement_groups.rows()),
        );
    }
    sort::by_key(&mut rows, |row| row.born);
    rows.dedup_by_key(|row| row.id);
    let mut shown = Vec::new();
    for row in rows {
        let values = |name: &str| {
            Some(match name {
                "group-arn" => vec![group_arn(world, region, row)],
                "group-name" => vec![row.name.clone()],
                "spread-level" if row.strategy == Strategy::Spread => vec!["rack".to_owned()],
                "spread-level" => Vec::new(),
                "state" => vec!["available".to_owned()],
                _ => vec![row.strategy.name().to_owned()],
            })
        };
        if filters.pass(world, region, row.id, values)? {
            shown.push(show(world, region, row));
        }
    }
    Ok(Structure::new().with(field::PLACEMENT_GROUPS, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeletePlacementGroup.html>: only without instances.
pub(in crate::services::ec2::compute) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = request.params.text(field::GROUP_NAME).unwrap_or_default();
    let row = match super::named(world, region, text) {
        Some(row) => row,
        None if text.starts_with("pg-") => find::<PlacementGroup>(world, region, Kind::PlacementGroup, text)?,
        None => {
            let why = format!("The Placement Group '{text}' is unknown.");
            return Err(Error::new("InvalidPlacementGroup.Unknown", why).at("GroupName"));
        }
    };
    let (id, name) = (row.id, row.name.clone());
    let first = members(world, region, &name).map(|row| row.id).next();
    if let Some(first) = first {
        let why = format!("The placement group '{name}' is in use and may not be deleted.");
        return Err(Error::new("InvalidPlacementGroup.InUse", why)
            .at("GroupName")
            .remedy(format!(
                "Terminate its instances first, or move them out of it: {first} and others."
            )));
    }
    note(world, region, id, "deleted");
    world.take::<PlacementGroup>(region, id);
    done()
}

//! Instance types by what they must have, and how well Spot would place them.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirementsRequest.html>. What the catalogue does not
//! know of a type (accelerators, EBS bandwidth in Mbps) is taken as none there: who asks for some gets no type.

use super::spot::price;
use super::types;
use crate::base::error::{Error, Result};
use crate::catalog::instance_types::{DiskType, UsageClass};
use crate::catalog::{InstanceType, Region};
use crate::services::Request;
use crate::services::ec2::common::{page, wildcard};
use crate::world::World;
use stratus_model::{Name, Structure, field, sort};

/// Requirements that only a type with accelerators, or one whose bandwidth is known, can meet.
const UNKNOWN: &[Name] = &[
    field::ACCELERATOR_TYPES,
    field::ACCELERATOR_MANUFACTURERS,
    field::ACCELERATOR_NAMES,
    field::ACCELERATOR_TOTAL_MEMORY_MI_B,
    field::BASELINE_EBS_BANDWIDTH_MBPS,
    field::NETWORK_BANDWIDTH_GBPS,
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetInstanceTypesFromInstanceRequirements.html>. Sorted by name.
pub(super) fn get_types(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let params = request.params;
    let requirements = params
        .structure(field::INSTANCE_REQUIREMENTS)
        .ok_or_else(|| Error::missing("InstanceRequirements"))?;
    check(requirements)?;
    let architectures: Vec<&str> = params.texts(field::ARCHITECTURE_TYPES).collect();
    let virtualizations: Vec<&str> = params.texts(field::VIRTUALIZATION_TYPES).collect();
    let found: Vec<Structure> = InstanceType::all()
        .filter(|kind| {
            kind.architectures()
                .iter()
                .any(|one| architectures.contains(&one.name()))
        })
        .filter(|kind| {
            kind.virtualization()
                .iter()
                .any(|one| virtualizations.contains(&one.name()))
        })
        .filter(|kind| meets(*kind, requirements))
        .map(|kind| Structure::new().with(field::INSTANCE_TYPE, kind.name()))
        .collect();
    let (found, next) = page(found, params, 1)?;
    Ok(Structure::new()
        .with(field::INSTANCE_TYPES, found)
        .with_some(field::NEXT_TOKEN, next))
}

fn check(requirements: &Structure) -> Result<()> {
    let listed = |name| !requirements.list(name).is_empty();
    if listed(field::ALLOWED_INSTANCE_TYPES) && listed(field::EXCLUDED_INSTANCE_TYPES) {
        let text = "AllowedInstanceTypes and ExcludedInstanceTypes cannot be specified together.";
        return Err(Error::combination(text).at("InstanceRequirements"));
    }
    for name in [field::V_CPU_COUNT, field::MEMORY_MI_B] {
        let Some(range) = requirements.structure(name) else {
            return Err(Error::missing(&format!("InstanceRequirements.{}", name.text())));
        };
        let (least, most) = (range.integer(field::MIN), range.integer(field::MAX));
        if least.is_some_and(|least| least < 0 || most.is_some_and(|most| most < least)) {
            return Err(Error::invalid(
                name.text(),
                "Max must not be smaller than Min, nor Min negative",
            ));
        }
    }
    Ok(())
}

fn within(requirements: &Structure, name: Name, value: f64) -> bool {
    let Some(range) = requirements.structure(name) else {
        return true;
    };
    range.double(field::MIN).is_none_or(|least| value >= least)
        && range.double(field::MAX).is_none_or(|most| value <= most)
}

/// `included`, `required`, `excluded`.
fn choice(requirements: &Structure, name: Name, default: &str, has: bool) -> bool {
    match requirements.text(name).unwrap_or(default) {
        "required" => has,
        "excluded" => !has,
        _ => true,
    }
}

fn meets(kind: InstanceType, requirements: &Structure) -> bool {
    let (vcpus, memory) = (f64::from(kind.vcpus()), f64::from(kind.memory_mib()));
    let store = kind.instance_store();
    let texts = |name| requirements.texts(name).collect::<Vec<&str>>();
    let named = |name| requirements.texts(name).any(|pattern| wildcard(pattern, kind.name()));
    let generation = if kind.current_generation() {
        "current"
    } else {
        "previous"
    };
    let manufacturer = match types::manufacturer(kind) {
        "AWS" => "amazon-web-services",
        "AMD" => "amd",
        _ => "intel",
    };
    let any = |wanted: Vec<&str>, has: &str| wanted.is_empty() || wanted.contains(&has);
    let disks = |kind: DiskType| store.is_some_and(|store| store.disks.iter().any(|disks| disks.disk_type == kind));
    let disk_types = texts(field::LOCAL_STORAGE_TYPES);
    let no_accelerator = requirements
        .structure(field::ACCELERATOR_COUNT)
        .is_none_or(|range| range.integer(field::MIN).unwrap_or(0) == 0);
    within(requirements, field::V_CPU_COUNT, vcpus)
        && within(requirements, field::MEMORY_MI_B, memory)
        && within(
            requirements,
            field::MEMORY_GI_B_PER_V_CPU,
            memory / 1024.0 / vcpus.max(1.0),
        )
        && within(
            requirements,
            field::NETWORK_INTERFACE_COUNT,
            f64::from(kind.max_interfaces()),
        )
        && within(
            requirements,
            field::TOTAL_LOCAL_STORAGE_GB,
            store.map_or(0.0, |store| f64::from(store.total_gb)),
        )
        && any(texts(field::CPU_MANUFACTURERS), manufacturer)
        && any(texts(field::INSTANCE_GENERATIONS), generation)
        && !named(field::EXCLUDED_INSTANCE_TYPES)
        && (texts(field::ALLOWED_INSTANCE_TYPES).is_empty() || named(field::ALLOWED_INSTANCE_TYPES))
        && choice(
            requirements,
            field::BARE_METAL,
            "excluded",
            kind.size().starts_with("metal"),
        )
        && choice(requirements, field::BURSTABLE_PERFORMANCE, "excluded", kind.burstable())
        && choice(requirements, field::LOCAL_STORAGE, "included", store.is_some())
        && (disk_types.is_empty()
            || (disk_types.contains(&"hdd") && disks(DiskType::Hdd))
            || (disk_types.contains(&"ssd") && disks(DiskType::Ssd)))
        && (requirements.boolean(field::REQUIRE_HIBERNATE_SUPPORT) != Some(true) || kind.hibernation())
        && no_accelerator
        && !UNKNOWN
            .iter()
            .any(|name| requirements.contains(*name) && !is_empty(requirements, *name))
}

fn is_empty(requirements: &Structure, name: Name) -> bool {
    let value = requirements.get(name);
    let list = value.and_then(|value| value.as_list()).is_some_and(<[_]>::is_empty);
    list || value
        .and_then(|value| value.as_structure())
        .is_some_and(|range| range.integer(field::MIN).unwrap_or(0) == 0)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSpotPlacementScores.html>: from 1 to 10. Ours: the further the
/// Spot prices of the types lie below on demand, the better.
pub(super) fn scores(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let kinds = wanted(params)?;
    let mut regions = Vec::new();
    for name in params.texts(field::REGION_NAMES) {
        let known = Region::find(name).ok_or_else(|| Error::invalid("RegionName", format!("[{name}]")))?;
        regions.push(known);
    }
    if regions.is_empty() {
        regions.extend(Region::all());
    }
    if params
        .integer(field::TARGET_CAPACITY)
        .is_none_or(|capacity| capacity < 1)
    {
        return Err(Error::invalid("TargetCapacity", "it must be at least 1"));
    }
    let by_zone = params.boolean(field::SINGLE_AVAILABILITY_ZONE) == Some(true);
    let mut scores: Vec<(i64, String, Option<String>)> = Vec::new();
    for region in regions {
        let zones: Vec<(i64, String)> = region
            .zones()
            .filter_map(|zone| Some((score(world, region, zone, &kinds)?, zone.id())))
            .collect();
        if by_zone {
            scores.extend(
                zones
                    .into_iter()
                    .map(|(score, id)| (score, region.name().to_owned(), Some(id))),
            );
        } else if let Some((best, _)) = zones.into_iter().max() {
            scores.push((best, region.name().to_owned(), None));
        }
    }
    // AWS answers the ten best.
    sort::by_key(&mut scores, |(score, region, zone)| {
        (-*score, region.clone(), zone.clone())
    });
    scores.truncate(10);
    let shown = scores.into_iter().map(|(score, region, zone)| {
        Structure::new()
            .with(field::REGION, region)
            .with_some(field::AVAILABILITY_ZONE_ID, zone)
            .with(field::SCORE, score)
    });
    let (shown, next) = page(shown.collect::<Vec<_>>(), params, 1)?;
    Ok(Structure::new()
        .with(field::SPOT_PLACEMENT_SCORES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

fn wanted(params: &Structure) -> Result<Vec<InstanceType>> {
    let requirements = params.structure(field::INSTANCE_REQUIREMENTS_WITH_METADATA);
    let names: Vec<&str> = params.texts(field::INSTANCE_TYPES).collect();
    match (names.is_empty(), requirements) {
        (false, Some(_)) => Err(Error::combination(
            "InstanceTypes and InstanceRequirementsWithMetadata cannot be specified together.",
        )),
        (true, None) => Err(Error::missing("InstanceTypes")),
        (false, None) => names
            .into_iter()
            .map(|name| InstanceType::find(name).ok_or_else(|| Error::invalid("InstanceType", format!("[{name}]"))))
            .collect(),
        (true, Some(requirements)) => {
            let nothing = Structure::new();
            let wanted = requirements.structure(field::INSTANCE_REQUIREMENTS).unwrap_or(&nothing);
            check(wanted)?;
            Ok(InstanceType::all().filter(|kind| meets(*kind, wanted)).collect())
        }
    }
}

fn score(world: &World, region: Region, zone: crate::catalog::Zone, kinds: &[InstanceType]) -> Option<i64> {
    let spot = |kind: &&InstanceType| kind.usage_classes().contains(&UsageClass::Spot) && types::offered(**kind, zone);
    let shares = kinds.iter().filter(spot).map(|kind| {
        let price = price::at(world, region, zone, *kind, "Linux/UNIX", world.now);
        price / (price::on_demand(region, *kind, "Linux/UNIX") / 1_000).max(1)
    });
    let best = shares.min()?;
    Some((11 - best / 100).clamp(1, 10))
}

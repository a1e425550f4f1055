//! Placement groups, and whether a launch may go into one.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html>. AWS publishes the rules; for the limit of
//! a spread group in a zone it names no code, so that one is ours.

pub(super) mod calls;

use super::spot::market::Terms;
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::catalog::{InstanceType, Region, Zone};
use crate::services::ec2::common::find;
use crate::world::World;
use crate::world::compute::{Instance, InstanceState, Tenancy};
use crate::world::launching::{Interruption, PlacementGroup, Strategy};
use stratus_model::{Structure, field};

/// Running instances of a spread group in one zone (AWS).
pub(super) const SPREAD_IN_ZONE: i64 = 7;

/// The group that a launch goes into.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// Its name.
    pub name: String,
    strategy: Strategy,
    partitions: i64,
    /// The partition that is asked for.
    asked: Option<i64>,
}

/// The group of this name.
pub(super) fn named<'w>(world: &'w World, region: Region, name: &str) -> Option<&'w PlacementGroup> {
    let mut rows = world.ec2(region)?.placement_groups.rows();
    rows.find(|row| row.name == name)
}

/// The group that placement parameters name, by name or by id; `None` = none.
///
/// # Errors
/// `InvalidPlacementGroup.Unknown`, `InvalidParameterCombination`.
pub(super) fn asked<'w>(world: &'w World, region: Region, placement: &Structure) -> Result<Option<&'w PlacementGroup>> {
    let text = |name| placement.text(name).filter(|text: &&str| !text.is_empty());
    match (text(field::GROUP_NAME), text(field::GROUP_ID)) {
        (Some(_), Some(_)) => Err(
            Error::combination("The parameters GroupName and GroupId cannot be used together.").at("Placement.GroupId"),
        ),
        (Some(name), None) => named(world, region, name).map(Some).ok_or_else(|| {
            let text = format!("The Placement Group '{name}' is unknown.");
            Error::new("InvalidPlacementGroup.Unknown", text).at("Placement.GroupName")
        }),
        (None, Some(id)) => find(world, region, Kind::PlacementGroup, id)
            .map(Some)
            .map_err(|error| error.at("Placement.GroupId")),
        (None, None) => Ok(None),
    }
}

/// The instances of a group that have not ended.
pub(super) fn members<'w>(world: &'w World, region: Region, name: &'w str) -> impl Iterator<Item = &'w Instance> + 'w {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    rows.filter(move |row| row.placement_group.as_deref() == Some(name) && row.state != InstanceState::Terminated)
}

/// Members that need a place: all but those that are stopped or on their way out.
fn placed<'w>(world: &'w World, region: Region, name: &'w str) -> impl Iterator<Item = &'w Instance> + 'w {
    members(world, region, name).filter(|row| matches!(row.state, InstanceState::Pending | InstanceState::Running))
}

/// What a launch says of its group.
///
/// # Errors
/// `InvalidPlacementGroup.Unknown`, `InvalidParameterCombination`, `InvalidParameterValue`.
pub(super) fn read(
    world: &World,
    region: Region,
    params: &Structure,
    kind: InstanceType,
    spot: Option<&Terms>,
) -> Result<Option<Chosen>> {
    let Some(placement) = params.structure(field::PLACEMENT) else {
        return Ok(None);
    };
    let partition = placement.integer(field::PARTITION_NUMBER);
    let Some(group) = asked(world, region, placement)? else {
        return match partition {
            Some(_) => Err(Error::combination(
                "PartitionNumber can only be specified for an instance in a placement group with strategy partition.",
            )
            .at("Placement.PartitionNumber")),
            None => Ok(None),
        };
    };
    if spot.is_some_and(|terms| terms.interruption != Interruption::Terminate) {
        let text =
            "A Spot Instance that is stopped or hibernated on interruption cannot be launched in a placement group.";
        return Err(Error::combination(text).at("Placement.GroupName"));
    }
    fits(group, kind)?;
    check_partition(group, partition)?;
    Ok(Some(Chosen {
        name: group.name.clone(),
        strategy: group.strategy,
        partitions: group.partitions,
        asked: partition,
    }))
}

/// Whether a partition's number is one of the group.
///
/// # Errors
/// `InvalidParameterCombination`, `InvalidParameterValue`.
pub(super) fn check_partition(group: &PlacementGroup, partition: Option<i64>) -> Result<()> {
    let Some(number) = partition else { return Ok(()) };
    if group.strategy != Strategy::Partition {
        let text = format!(
            "PartitionNumber cannot be specified: the placement group '{}' has the strategy {}.",
            group.name,
            group.strategy.name()
        );
        return Err(Error::combination(text).at("Placement.PartitionNumber"));
    }
    if !(1..=group.partitions).contains(&number) {
        let why = format!(
            "{number}. The placement group '{}' has {} partitions",
            group.name, group.partitions
        );
        return Err(Error::invalid("PartitionNumber", why));
    }
    Ok(())
}

/// Whether a type may be in a group: burstable ones in no cluster, as DescribeInstanceTypes shows.
///
/// # Errors
/// `InvalidParameterCombination`.
pub(super) fn fits(group: &PlacementGroup, kind: InstanceType) -> Result<()> {
    if group.strategy == Strategy::Cluster && kind.burstable() {
        let text = format!(
            "Cluster placement groups are not supported by the '{}' instance type. Specify a supported instance type or change the placement group strategy, and try again.",
            kind.name()
        );
        return Err(Error::combination(text).at("Placement.GroupName"));
    }
    Ok(())
}

/// The zone that a cluster group is in, while it has members.
pub(super) fn zone_of(world: &World, region: Region, name: &str) -> Option<Zone> {
    members(world, region, name).map(|row| row.zone).next()
}

/// How many more instances of a spread group a zone takes.
pub(super) fn spread_room(world: &World, region: Region, name: &str, zone: Zone) -> i64 {
    let there = placed(world, region, name).filter(|row| row.zone == zone).count();
    SPREAD_IN_ZONE - there as i64
}

/// The error of a spread group that is full in a zone.
pub(super) fn full(name: &str, zone: Zone) -> Error {
    let text = format!(
        "The placement group '{name}' has the strategy spread and supports at most {SPREAD_IN_ZONE} running instances in the Availability Zone {}.",
        zone.name()
    );
    Error::new("InsufficientInstanceCapacity", text)
        .with_status(500)
        .at("Placement.GroupName")
        .remedy("Launch in another zone, or into another group.")
}

impl Chosen {
    /// The same launch in the zone that a cluster group is in, where it leaves the choice.
    pub(super) fn beside(&self, world: &World, region: Region, params: &Structure) -> Option<Structure> {
        let placement = params.structure(field::PLACEMENT)?;
        let said = params.text(field::SUBNET_ID).is_some_and(|text| !text.is_empty())
            || !params.list(field::NETWORK_INTERFACES).is_empty()
            || placement.contains(field::AVAILABILITY_ZONE)
            || placement.contains(field::AVAILABILITY_ZONE_ID);
        if said || self.strategy != Strategy::Cluster {
            return None;
        }
        let zone = zone_of(world, region, &self.name)?;
        let placement = placement.clone().with(field::AVAILABILITY_ZONE, zone.name());
        Some(params.clone().with(field::PLACEMENT, placement))
    }

    /// How many instances may be launched into the group in a zone.
    ///
    /// # Errors
    /// `InvalidPlacementGroup.InUse` for a cluster in another zone; `InsufficientInstanceCapacity` for a full spread group;
    /// `InvalidParameterCombination` for dedicated instances in a spread group.
    pub(super) fn room(&self, world: &World, region: Region, zone: Zone, tenancy: Tenancy, least: i64) -> Result<i64> {
        if tenancy == Tenancy::Host {
            let text = "Placement groups are not supported for Dedicated Hosts.";
            return Err(Error::combination(text).at("Placement.Tenancy"));
        }
        match self.strategy {
            Strategy::Cluster => match zone_of(world, region, &self.name).filter(|other| *other != zone) {
                Some(other) => {
                    let text = format!(
                        "The placement group '{}' is in use in another availability zone: {}",
                        self.name,
                        other.name()
                    );
                    Err(Error::new("InvalidPlacementGroup.InUse", text).at("Placement.GroupName"))
                }
                None => Ok(i64::MAX),
            },
            Strategy::Spread if tenancy != Tenancy::Default => {
                let text = "Spread placement groups are not supported for Dedicated Instances.";
                Err(Error::combination(text).at("Placement.Tenancy"))
            }
            Strategy::Spread => {
                let room = spread_room(world, region, &self.name, zone);
                if room < least {
                    return Err(full(&self.name, zone));
                }
                Ok(room)
            }
            Strategy::Partition => Ok(i64::MAX),
        }
    }

    /// The partition of the next instance: the one asked for, else the one with the fewest, the first of them.
    pub(super) fn partition(&self, world: &World, region: Region) -> Option<i64> {
        if self.strategy != Strategy::Partition {
            return None;
        }
        if self.asked.is_some() {
            return self.asked;
        }
        let taken = |number: i64| {
            placed(world, region, &self.name)
                .filter(|row| row.more.partition == Some(number))
                .count()
        };
        (1..=self.partitions).min_by_key(|number| (taken(*number), *number))
    }
}

//! DescribeRegions, DescribeAvailabilityZones, DescribeAccountAttributes: what there is before anybody makes anything.

use super::filters::{self, PathFilter};
use crate::base::error::{Error, Result};
use crate::catalog::regions::OptIn;
use crate::catalog::{Region, Zone, quotas};
use crate::services::Request;
use crate::services::ec2::common::{Filters, returned};
use crate::world::World;
use stratus_model::{Structure, field, sort};

const REGION_FILTERS: &[PathFilter] = &[
    ("endpoint", &[field::ENDPOINT]),
    ("opt-in-status", &[field::OPT_IN_STATUS]),
    ("region-name", &[field::REGION_NAME]),
];

const ZONE_FILTERS: &[PathFilter] = &[
    ("group-long-name", &[field::GROUP_LONG_NAME]),
    ("group-name", &[field::GROUP_NAME]),
    ("message", &[field::MESSAGES, field::MESSAGE]),
    ("opt-in-status", &[field::OPT_IN_STATUS]),
    ("parent-zone-id", &[field::PARENT_ZONE_ID]),
    ("parent-zone-name", &[field::PARENT_ZONE_NAME]),
    ("region-name", &[field::REGION_NAME]),
    ("state", &[field::STATE]),
    ("zone-id", &[field::ZONE_ID]),
    ("zone-name", &[field::ZONE_NAME]),
    ("zone-type", &[field::ZONE_TYPE]),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html>. This account has opted in to every
/// Region (ours). Sorted by name.
pub(super) fn describe_regions(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let params = request.params;
    let filters = Filters::read(params)?;
    filters::check(&filters, REGION_FILTERS, &[])?;
    let mut wanted = Vec::new();
    for name in params.texts(field::REGION_NAMES) {
        let why = || Error::new("InvalidParameterValue", format!("Invalid region name: [{name}]")).at("RegionNames");
        wanted.push(Region::find(name).ok_or_else(why)?);
    }
    let mut regions: Vec<Region> = Region::all()
        .filter(|region| wanted.is_empty() || wanted.contains(region))
        .collect();
    sort::by_key(&mut regions, |region| region.name());
    let mut answer = Vec::new();
    for region in regions {
        let described = Structure::new()
            .with(field::REGION_NAME, region.name())
            .with(field::ENDPOINT, region.endpoint())
            .with(field::OPT_IN_STATUS, opt_in_status(region));
        if filters::pass(&filters, &described, None, REGION_FILTERS)? {
            answer.push(described);
        }
    }
    Ok(Structure::new().with(field::REGIONS, answer))
}

fn opt_in_status(region: Region) -> &'static str {
    match region.opt_in() {
        OptIn::NotRequired => "opt-in-not-required",
        OptIn::Required => "opted-in",
    }
}

/// Whether a zone can be used: an Availability Zone always, a Wavelength Zone once its group is opted in to.
/// <https://docs.aws.amazon.com/wavelength/latest/developerguide/get-started-wavelength.html>
pub(in crate::services::ec2) fn is_open(world: &World, zone: Zone) -> bool {
    let opted = |group: String| {
        world
            .ec2(zone.region)
            .is_some_and(|ec2| ec2.estate.zone_groups.contains(&group))
    };
    !zone.is_wavelength() || opted(zone.group_name())
}

/// The zones of a Region that the account can use, Availability Zones first.
pub(in crate::services::ec2) fn open_zones(world: &World, region: Region) -> impl Iterator<Item = Zone> {
    let further = region.wavelength_zones().filter(|zone| is_open(world, *zone));
    region.zones().chain(further)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html>. Availability Zones by letter, then
/// Wavelength Zones by name.
pub(super) fn describe_availability_zones(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let all = params.boolean(field::ALL_AVAILABILITY_ZONES) == Some(true);
    let seen = |zone: &Zone| all || is_open(world, *zone);
    let filters = Filters::read(params)?;
    filters::check(&filters, ZONE_FILTERS, &[])?;
    let mut wanted = Vec::new();
    for text in params.texts(field::ZONE_NAMES).chain(params.texts(field::ZONE_IDS)) {
        let found = find_any_zone(request.region, text)?;
        wanted.push(Some(found).filter(seen).ok_or_else(|| no_zone(request.region, text))?);
    }
    let mut answer = Vec::new();
    for zone in request
        .region
        .zones()
        .chain(request.region.wavelength_zones().filter(seen))
        .filter(|zone| wanted.is_empty() || wanted.contains(zone))
    {
        let (opted, kind) = match (zone.is_wavelength(), is_open(world, zone)) {
            (false, _) => ("opt-in-not-required", "availability-zone"),
            (true, true) => ("opted-in", "wavelength-zone"),
            (true, false) => ("not-opted-in", "wavelength-zone"),
        };
        let described = Structure::new()
            .with(field::OPT_IN_STATUS, opted)
            .with(field::MESSAGES, Vec::<Structure>::new())
            .with(field::REGION_NAME, zone.region.name())
            .with(field::ZONE_NAME, zone.name())
            .with(field::ZONE_ID, zone.id())
            .with(field::GROUP_NAME, zone.group_name())
            .with(field::GROUP_LONG_NAME, zone.group_long_name())
            .with(field::NETWORK_BORDER_GROUP, zone.network_border_group())
            .with(field::ZONE_TYPE, kind)
            .with_some(field::PARENT_ZONE_NAME, zone.parent().map(Zone::name))
            .with_some(field::PARENT_ZONE_ID, zone.parent().map(Zone::id))
            .with(field::STATE, "available");
        if filters::pass(&filters, &described, None, ZONE_FILTERS)? {
            answer.push(described);
        }
    }
    Ok(Structure::new().with(field::AVAILABILITY_ZONES, answer))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyAvailabilityZoneGroup.html>: in to a group of Wavelength Zones;
/// out of one only AWS Support lets an account. There are no Local Zones here, and a Region's Availability Zones are always on.
pub(super) fn modify_availability_zone_group(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let name = request.params.text(field::GROUP_NAME).unwrap_or_default();
    let main = region.zones().any(|zone| zone.group_name() == name);
    let edge = region.wavelength_zones().any(|zone| zone.group_name() == name);
    let text = match (main || edge, request.params.text(field::OPT_IN_STATUS)) {
        (true, Some("opted-in")) => {
            if edge {
                opt_in(world, region, name);
            }
            return returned();
        }
        (true, _) if edge => {
            let why = "Invalid value 'not-opted-in' for OptInStatus. The only valid value is opted-in.";
            let error = Error::new("InvalidParameterValue", why).at("OptInStatus");
            return Err(error.remedy("AWS Support opts an account out of a Wavelength Zone group."));
        }
        (true, _) => format!("Invalid value '{name}' for GroupName. Availability Zones cannot be opted out of."),
        (false, _) => format!("Invalid availability zone-group: '{name}'"),
    };
    Err(Error::new("InvalidParameterValue", text).at("GroupName"))
}

fn opt_in(world: &mut World, region: Region, name: &str) {
    let Some(ec2) = world.regions.get_mut(&region) else {
        return;
    };
    let groups = &mut ec2.estate.zone_groups;
    if let Err(place) = groups.binary_search_by(|own| own.as_str().cmp(name)) {
        groups.insert(place, name.to_owned());
    }
}

/// An Availability Zone of a Region by name or id.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn find_zone(region: Region, text: &str) -> Result<Zone> {
    let found = Zone::find(text).filter(|zone| zone.region == region);
    found.ok_or_else(|| no_zone(region, text))
}

/// [`find_zone`], or a Wavelength Zone.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn find_any_zone(region: Region, text: &str) -> Result<Zone> {
    let found = Zone::find_any(text).filter(|zone| zone.region == region);
    found.ok_or_else(|| no_zone(region, text))
}

fn no_zone(region: Region, text: &str) -> Error {
    let zones: Vec<String> = region.zones().map(Zone::name).collect();
    Error::new("InvalidParameterValue", format!("Invalid availability zone: [{text}]"))
        .at("Placement.AvailabilityZone")
        .remedy(format!("{} has {}.", region.name(), zones.join(", ")))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html>
pub(super) fn describe_account_attributes(request: &Request<'_>, world: &World) -> Result<Structure> {
    let default_vpc = world
        .ec2(request.region)
        .and_then(|ec2| ec2.vpcs.rows().find(|vpc| vpc.is_default))
        .map_or_else(|| "none".to_owned(), |vpc| vpc.id.to_string());
    let platforms = match super::super::classic::is_supported(world, request.region) {
        true => "EC2,VPC",
        false => "VPC",
    };
    let all: [(&str, String); 6] = [
        ("supported-platforms", platforms.into()),
        ("default-vpc", default_vpc),
        // Kept by the API from the time when limits counted instances; vCPU quotas decide today.
        ("max-instances", "20".into()),
        (
            "vpc-max-security-groups-per-interface",
            quotas::SECURITY_GROUPS_PER_INTERFACE.to_string(),
        ),
        ("max-elastic-ips", quotas::ELASTIC_ADDRESSES.to_string()),
        ("vpc-max-elastic-ips", quotas::ELASTIC_ADDRESSES.to_string()),
    ];
    let wanted: Vec<&str> = request.params.texts(field::ATTRIBUTE_NAMES).collect();
    if let Some(unknown) = wanted.iter().find(|name| all.iter().all(|(known, _)| known != *name)) {
        let text = format!("Value ({unknown}) for parameter attributeName is invalid.");
        return Err(Error::new("InvalidParameterValue", text).at("AttributeNames"));
    }
    let attributes: Vec<Structure> = all
        .into_iter()
        .filter(|(name, _)| wanted.is_empty() || wanted.contains(name))
        .map(|(name, value)| {
            let values = value.split(',');
            let values: Vec<Structure> = values
                .map(|value| Structure::new().with(field::ATTRIBUTE_VALUE, value))
                .collect();
            Structure::new()
                .with(field::ATTRIBUTE_NAME, name)
                .with(field::ATTRIBUTE_VALUES, values)
        })
        .collect();
    Ok(Structure::new().with(field::ACCOUNT_ATTRIBUTES, attributes))
}

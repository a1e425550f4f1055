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

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html>. Sorted by letter.
pub(super) fn describe_availability_zones(request: &Request<'_>, _world: &World) -> Result<Structure> {
    let params = request.params;
    let filters = Filters::read(params)?;
    filters::check(&filters, ZONE_FILTERS, &[])?;
    let mut wanted = Vec::new();
    for text in params.texts(field::ZONE_NAMES).chain(params.texts(field::ZONE_IDS)) {
        wanted.push(find_zone(request.region, text)?);
    }
    let mut answer = Vec::new();
    for zone in request
        .region
        .zones()
        .filter(|zone| wanted.is_empty() || wanted.contains(zone))
    {
        let described = Structure::new()
            .with(field::OPT_IN_STATUS, "opt-in-not-required")
            .with(field::MESSAGES, Vec::<Structure>::new())
            .with(field::REGION_NAME, zone.region.name())
            .with(field::ZONE_NAME, zone.name())
            .with(field::ZONE_ID, zone.id())
            .with(field::GROUP_NAME, zone.group_name())
            .with(field::GROUP_LONG_NAME, zone.group_long_name())
            .with(field::NETWORK_BORDER_GROUP, zone.network_border_group())
            .with(field::ZONE_TYPE, "availability-zone")
            .with(field::STATE, "available");
        if filters::pass(&filters, &described, None, ZONE_FILTERS)? {
            answer.push(described);
        }
    }
    Ok(Structure::new().with(field::AVAILABILITY_ZONES, answer))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyAvailabilityZoneGroup.html>. There are no Local Zones
/// here, and the group of a Region's Availability Zones is always on.
pub(super) fn modify_availability_zone_group(request: &Request<'_>, _world: &mut World) -> Result<Structure> {
    let name = request.params.text(field::GROUP_NAME).unwrap_or_default();
    let known = request.region.zones().any(|zone| zone.group_name() == name);
    let text = match (known, request.params.text(field::OPT_IN_STATUS)) {
        (true, Some("opted-in")) => return returned(),
        (true, _) => format!("Invalid value '{name}' for GroupName. Availability Zones cannot be opted out of."),
        (false, _) => format!("Invalid availability zone-group: '{name}'"),
    };
    Err(Error::new("InvalidParameterValue", text).at("GroupName"))
}

/// A zone of a Region by name or id.
///
/// # Errors
/// `InvalidParameterValue`.
pub(super) fn find_zone(region: Region, text: &str) -> Result<Zone> {
    Zone::find(text).filter(|zone| zone.region == region).ok_or_else(|| {
        let zones: Vec<String> = region.zones().map(Zone::name).collect();
        Error::new("InvalidParameterValue", format!("Invalid availability zone: [{text}]"))
            .at("Placement.AvailabilityZone")
            .remedy(format!("{} has {}.", region.name(), zones.join(", ")))
    })
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

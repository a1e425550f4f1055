//! Subnets: making, deleting, describing. Their attributes are in `subnet_attributes`, their further blocks in `subnet_blocks`.

use super::super::common::{
    Describing, arn, dependency, done, find, need, note, read_cidr, read_ipv4_cidr, refuse_unsimulated,
    refuse_wavelength, tag_list, yes_no,
};
use super::super::compute::regions;
use super::super::tags;
use super::building::{self, NewSubnet, Numbers};
use super::{interfaces, subnet_blocks, vpcs};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, SubnetCidrAssociationId, SubnetId};
use crate::catalog::{Region, Zone, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::*;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateSubnet" => Handler::Write(create_subnet),
        "CreateDefaultSubnet" => Handler::Write(create_default_subnet),
        "DeleteSubnet" => Handler::Write(delete_subnet),
        "DescribeSubnets" => Handler::Read(describe_subnets),
        _ => return None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html>
fn create_subnet(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(
        params,
        &[
            field::OUTPOST_ARN,
            field::IPV6_NATIVE,
            field::IPV4_IPAM_POOL_ID,
            field::IPV4_NETMASK_LENGTH,
            field::IPV6_IPAM_POOL_ID,
            field::IPV6_NETMASK_LENGTH,
        ],
    )?;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.clone();
    let text = params.text(field::CIDR_BLOCK).ok_or_else(|| {
        Error::new(
            "MissingParameter",
            "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.",
        )
        .at("CidrBlock")
    })?;
    let cidr = read_ipv4_cidr("CidrBlock", text)?;
    check_ipv4(world, region, &vpc, cidr)?;
    let ipv6_cidr = params
        .text(field::IPV6_CIDR_BLOCK)
        .map(|text| read_ipv6_block(world, region, &vpc, text))
        .transpose()?;
    let zone = read_zone(world, region, params)?
        .or_else(|| region.zone(0))
        .ok_or_else(|| Error::missing("AvailabilityZone"))?;
    if ipv6_cidr.is_some() {
        refuse_ipv6(zone)?;
    }
    let count = world.ec2(region).map_or(0, |ec2| {
        ec2.subnets.rows().filter(|subnet| subnet.vpc == vpc.id).count()
    });
    if count >= quotas::SUBNETS_PER_VPC {
        return Err(Error::new(
            "SubnetLimitExceeded",
            format!("The maximum number of subnets for vpc '{}' has been reached.", vpc.id),
        ));
    }
    let new = NewSubnet {
        vpc: vpc.id,
        zone,
        cidr,
        ipv6_cidr,
        default_for_zone: false,
    };
    let id = building::subnet(world, region, &mut Numbers::Drawn, &new, vpc.default_acl);
    tags::apply_specifications(world, region, params, &[("subnet", &[id.into()])])?;
    note(
        world,
        region,
        id,
        format!("created in {} with {cidr} in {}", vpc.id, zone.name()),
    );
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: SubnetId) -> Structure {
    let subnet = world
        .row::<Subnet>(region, id)
        .map(|subnet| describe(world, region, subnet));
    Structure::new().with_some(field::SUBNET, subnet)
}

fn check_ipv4(world: &World, region: Region, vpc: &Vpc, cidr: Ipv4Net) -> Result<()> {
    let inside = vpc.cidrs.iter().any(|(_, block)| block.contains(&cidr));
    if !(16..=28).contains(&cidr.prefix_len()) || !inside {
        let blocks: Vec<String> = vpc.cidrs.iter().map(|(_, block)| block.to_string()).collect();
        let error = Error::new("InvalidSubnet.Range", format!("The CIDR '{cidr}' is invalid.")).at("CidrBlock");
        return Err(error.remedy(format!(
            "A subnet has between 16 and 28 bits and lies in a block of its VPC: {}.",
            blocks.join(", ")
        )));
    }
    let conflict = world.ec2(region).and_then(|ec2| {
        ec2.subnets
            .rows()
            .find(|subnet| subnet.vpc == vpc.id && (subnet.cidr.contains(&cidr) || cidr.contains(&subnet.cidr)))
    });
    match conflict {
        Some(other) => {
            let error = Error::new(
                "InvalidSubnet.Conflict",
                format!("The CIDR '{cidr}' conflicts with another subnet"),
            )
            .at("CidrBlock");
            Err(error.remedy(format!("{} has {}.", other.id, other.cidr)))
        }
        None => Ok(()),
    }
}

/// An IPv6 block of a subnet: /44 to /64 in steps of four bits, inside a block of the VPC, nobody else's.
pub(super) fn read_ipv6_block(world: &World, region: Region, vpc: &Vpc, text: &str) -> Result<Ipv6Net> {
    let invalid = || Error::new("InvalidSubnet.Range", format!("The CIDR '{text}' is invalid.")).at("Ipv6CidrBlock");
    let IpNet::V6(net) = read_cidr("Ipv6CidrBlock", text)? else {
        return Err(invalid());
    };
    let length = net.prefix_len();
    if !(44..=64).contains(&length) || length % 4 != 0 || !vpc.ipv6_cidrs.iter().any(|(_, block)| block.contains(&net))
    {
        return Err(invalid());
    }
    let overlaps = |has: Ipv6Net| has.contains(&net) || net.contains(&has);
    let taken = world
        .ec2(region)
        .is_some_and(|ec2| ec2.subnets.rows().any(|subnet| subnet.ipv6_cidr.is_some_and(overlaps)));
    if taken {
        return Err(Error::new(
            "InvalidSubnet.Conflict",
            format!("The CIDR '{net}' conflicts with another subnet"),
        )
        .at("Ipv6CidrBlock"));
    }
    Ok(net)
}

/// A Wavelength Zone has no IPv6.
/// <https://docs.aws.amazon.com/wavelength/latest/developerguide/wavelength-quotas.html>
///
/// # Errors
/// `UnsupportedOperation`.
pub(super) fn refuse_ipv6(zone: Zone) -> Result<()> {
    refuse_wavelength(zone, "An IPv6 block").map_err(|error| error.at("Ipv6CidrBlock"))
}

/// The zone that a call names, by name or by id: one that the account can use.
fn read_zone(world: &World, region: Region, params: &Structure) -> Result<Option<Zone>> {
    let (text, parameter) = match (
        params.text(field::AVAILABILITY_ZONE),
        params.text(field::AVAILABILITY_ZONE_ID),
    ) {
        (Some(_), Some(_)) => {
            return Err(Error::combination(
                "Specify either AvailabilityZone or AvailabilityZoneId, not both.",
            ));
        }
        (Some(name), None) => (name, "availabilityZone"),
        (None, Some(id)) => (id, "availabilityZoneId"),
        (None, None) => return Ok(None),
    };
    let by_id = parameter == "availabilityZoneId";
    let named = |zone: &Zone| if by_id { zone.id() == text } else { zone.name() == text };
    let open = || regions::open_zones(world, region);
    open().find(named).map(Some).ok_or_else(|| {
        let names: Vec<String> = open().map(|zone| if by_id { zone.id() } else { zone.name() }).collect();
        let why = format!(
            "Value ({text}) for parameter {parameter} is invalid. Subnets can currently only be created in the following availability zones: {}.",
            names.join(", ")
        );
        Error::new("InvalidParameterValue", why).at(if by_id { "AvailabilityZoneId" } else { "AvailabilityZone" })
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultSubnet.html>
fn create_default_subnet(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::IPV6_NATIVE])?;
    let zone = read_zone(world, region, params)?.ok_or_else(|| Error::missing("AvailabilityZone"))?;
    refuse_wavelength(zone, "A default subnet").map_err(|error| error.at("AvailabilityZone"))?;
    let (vpc, acl) = vpcs::default_of(world, region)
        .map(|vpc| (vpc.id, vpc.default_acl))
        .ok_or_else(|| {
            let error = Error::new(
                "DefaultVpcDoesNotExist",
                "There is no default VPC for this account in this region.",
            );
            error.remedy("Make one with CreateDefaultVpc.")
        })?;
    let existing = world.ec2(region).and_then(|ec2| {
        ec2.subnets
            .rows()
            .find(|subnet| subnet.default_for_zone && subnet.zone == zone)
    });
    if let Some(subnet) = existing {
        let why = format!("'{}' is already the default subnet in {}.", subnet.id, zone.name());
        return Err(Error::new("DefaultSubnetAlreadyExistsInAvailabilityZone", why));
    }
    let cidr = building::free_default_block(world, region, vpc).ok_or_else(|| {
        Error::new(
            "InvalidSubnet.Conflict",
            "The default VPC has no free /20 block left for a default subnet.",
        )
    })?;
    let new = NewSubnet {
        vpc,
        zone,
        cidr,
        ipv6_cidr: None,
        default_for_zone: true,
    };
    let id = building::subnet(world, region, &mut Numbers::Drawn, &new, acl);
    note(
        world,
        region,
        id,
        format!("created as the default subnet of {}", zone.name()),
    );
    Ok(shown(world, region, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html>: its associations with a route table and
/// an ACL and its reservations go with it.
fn delete_subnet(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let id = find::<Subnet>(world, region, Kind::Subnet, need(request.params, field::SUBNET_ID)?)?.id;
    let referrers = world.referrers(region, id.into());
    let dependents: Vec<ResourceId> = referrers
        .iter()
        .copied()
        .filter(|by| !matches!(by.kind(), Kind::RouteTable | Kind::SubnetCidrReservation))
        .collect();
    if !dependents.is_empty() {
        return Err(dependency(
            format!("The subnet '{id}' has dependencies and cannot be deleted."),
            &dependents,
        ));
    }
    for by in referrers {
        match by {
            ResourceId::RouteTable(table) => {
                world.update::<RouteTable, _>(region, table, |row| row.subnets.retain(|(_, subnet)| *subnet != id));
            }
            ResourceId::SubnetCidrReservation(kept) => {
                world.take::<SubnetReservation>(region, kept);
            }
            _ => {}
        }
    }
    note(world, region, id, "deleted");
    world.take::<Subnet>(region, id);
    done()
}

/// The id of a subnet's IPv6 block's association; of a block that it has had from the start, the subnet's own digits (ours).
pub(super) fn ipv6_association(subnet: &Subnet) -> String {
    let own = SubnetCidrAssociationId(subnet.id.0);
    subnet.ipv6_association.unwrap_or(own).to_string()
}

/// A subnet as the API shows it.
pub(super) fn describe(world: &World, region: Region, subnet: &Subnet) -> Structure {
    let ipv6: Vec<Structure> = subnet
        .ipv6_cidr
        .iter()
        .map(|net| subnet_blocks::association(ipv6_association(subnet), *net, "associated"))
        .collect();
    let names = Structure::new()
        .with(field::HOSTNAME_TYPE, subnet.hostname_type.as_str())
        .with(field::ENABLE_RESOURCE_NAME_DNS_A_RECORD, subnet.resource_names.0)
        .with(field::ENABLE_RESOURCE_NAME_DNS_AAAA_RECORD, subnet.resource_names.1);
    Structure::new()
        .with(field::SUBNET_ID, subnet.id)
        .with(field::SUBNET_ARN, arn(world, region, "subnet", subnet.id))
        .with(field::VPC_ID, subnet.vpc)
        .with(field::OWNER_ID, world.account())
        .with(field::STATE, "available")
        .with(field::AVAILABILITY_ZONE, subnet.zone.name())
        .with(field::AVAILABILITY_ZONE_ID, subnet.zone.id())
        .with(field::CIDR_BLOCK, subnet.cidr.to_string())
        .with(
            field::AVAILABLE_IP_ADDRESS_COUNT,
            interfaces::free_addresses(world, region, subnet),
        )
        .with(field::DEFAULT_FOR_AZ, subnet.default_for_zone)
        .with(field::MAP_PUBLIC_IP_ON_LAUNCH, subnet.map_public_ip)
        .with(field::MAP_CUSTOMER_OWNED_IP_ON_LAUNCH, false)
        .with(field::ASSIGN_IPV6_ADDRESS_ON_CREATION, subnet.assign_ipv6)
        .with(field::IPV6_CIDR_BLOCK_ASSOCIATION_SET, ipv6)
        .with(field::ENABLE_DNS64, subnet.dns64)
        .with(field::IPV6_NATIVE, false)
        .with(field::PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH, names)
        .with(
            field::BLOCK_PUBLIC_ACCESS_STATES,
            vpcs::public_access(world, region, subnet.vpc, Some(subnet.id)),
        )
        .with_some(field::ENABLE_LNI_AT_DEVICE_INDEX, subnet.local_interfaces_from)
        .with(field::TAGS, tag_list(world, region, subnet.id))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html>, with their older names.
const FILTERS: &[&str] = &[
    "availability-zone",
    "availabilityZone",
    "availability-zone-id",
    "availabilityZoneId",
    "available-ip-address-count",
    "cidr-block",
    "cidr",
    "cidrBlock",
    "customer-owned-ipv4-pool",
    "default-for-az",
    "defaultForAz",
    "enable-dns64",
    "enable-lni-at-device-index",
    "ipv6-cidr-block-association.ipv6-cidr-block",
    "ipv6-cidr-block-association.association-id",
    "ipv6-cidr-block-association.state",
    "ipv6-native",
    "map-customer-owned-ip-on-launch",
    "map-public-ip-on-launch",
    "outpost-arn",
    "owner-id",
    "private-dns-name-options-on-launch.hostname-type",
    "private-dns-name-options-on-launch.enable-resource-name-dns-a-record",
    "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record",
    "state",
    "subnet-arn",
    "subnet-id",
    "vpc-id",
];

fn describe_subnets(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::Subnet,
        ids: field::SUBNET_IDS,
        answer: field::SUBNETS,
        born: |subnet: &Subnet| subnet.born,
        filters: FILTERS,
        least: 5,
    };
    let values = |subnet: &Subnet, name: &str| filter_values(world, region, subnet, name);
    describing.answer(request, world, &values, &|subnet| describe(world, region, subnet))
}

fn filter_values(world: &World, region: Region, subnet: &Subnet, name: &str) -> Vec<String> {
    let ipv6 = |text: String| subnet.ipv6_cidr.map(|_| text).into_iter().collect();
    match name {
        "availability-zone" | "availabilityZone" => vec![subnet.zone.name()],
        "availability-zone-id" | "availabilityZoneId" => vec![subnet.zone.id()],
        "available-ip-address-count" => vec![interfaces::free_addresses(world, region, subnet).to_string()],
        "cidr-block" | "cidr" | "cidrBlock" => vec![subnet.cidr.to_string()],
        "default-for-az" | "defaultForAz" => yes_no(subnet.default_for_zone),
        "customer-owned-ipv4-pool" | "outpost-arn" => Vec::new(),
        "enable-dns64" => yes_no(subnet.dns64),
        "enable-lni-at-device-index" => subnet.local_interfaces_from.iter().map(i64::to_string).collect(),
        "ipv6-cidr-block-association.ipv6-cidr-block" => {
            subnet.ipv6_cidr.map(|net| net.to_string()).into_iter().collect()
        }
        "ipv6-cidr-block-association.association-id" => ipv6(ipv6_association(subnet)),
        "ipv6-cidr-block-association.state" => ipv6("associated".into()),
        "ipv6-native" | "map-customer-owned-ip-on-launch" => yes_no(false),
        "map-public-ip-on-launch" => yes_no(subnet.map_public_ip),
        "owner-id" => vec![world.account()],
        "private-dns-name-options-on-launch.hostname-type" => vec![subnet.hostname_type.clone()],
        "private-dns-name-options-on-launch.enable-resource-name-dns-a-record" => yes_no(subnet.resource_names.0),
        "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record" => yes_no(subnet.resource_names.1),
        "state" => vec!["available".into()],
        "subnet-arn" => vec![arn(world, region, "subnet", subnet.id)],
        "vpc-id" => vec![subnet.vpc.to_string()],
        _ => vec![subnet.id.to_string()],
    }
}

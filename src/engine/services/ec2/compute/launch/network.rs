//! Where a launch goes: zone, subnet, VPC, and the interfaces it is to have.

use super::{addresses, fit, options};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId};
use crate::base::random::Stream;
use crate::catalog::{InstanceType, Region, Zone};
use crate::services::ec2::classic;
use crate::services::ec2::common::{find, read_ipv4};
use crate::services::ec2::compute::{capacity, regions, types};
use crate::services::ec2::vpc::groups;
use crate::services::ec2::vpc::interfaces::{self, NewInterface};
use crate::world::World;
use crate::world::classic::{NO_SUBNET, NO_VPC};
use crate::world::vpc::{NetworkInterface, SecurityGroup, Subnet, Vpc};
use std::net::Ipv4Addr;
use stratus_model::{Structure, field, sort};

/// An interface of a launch.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// 0 = primary.
    pub device_index: i64,
    /// One that exists, or how to make one.
    pub source: Source,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
    /// Whether Amazon lends it a public address, or in a Wavelength Zone one of the carrier.
    pub public: bool,
}

/// Where an interface comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// It exists.
    Existing(NetworkInterfaceId),
    /// It is made for each instance.
    New(NewInterface),
}

/// The place of a launch.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Zone of all interfaces.
    pub zone: Zone,
    /// Subnet of the primary interface.
    pub subnet: SubnetId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Interfaces by device index; none in EC2-Classic.
    pub interfaces: Vec<Wanted>,
    /// Groups of a launch into EC2-Classic, which then has no subnet.
    pub classic: Option<Vec<SecurityGroupId>>,
}

/// Reads the place and the interfaces of a launch.
///
/// # Errors
/// `InvalidSubnetID.NotFound`, `InvalidGroup.NotFound`, `InvalidNetworkInterfaceID.NotFound`, `InvalidNetworkInterface.InUse`,
/// `InvalidParameterCombination`, `InvalidParameter`, `VPCIdNotSpecified`, `MissingInput`, `AttachmentLimitExceeded`,
/// `PrivateIpAddressLimitExceeded`, `Unsupported`.
pub(super) fn plan(world: &mut World, region: Region, params: &Structure, kind: InstanceType) -> Result<Place> {
    let several = params.integer(field::MAX_COUNT).unwrap_or(1) > 1;
    let place = if params.list(field::NETWORK_INTERFACES).is_empty() {
        single(world, region, params, kind)?
    } else {
        listed(world, region, params, kind)?
    };
    if params.integer(field::MAX_COUNT).is_some() && several {
        let fixed = |wanted: &Wanted| match &wanted.source {
            Source::Existing(_) => true,
            Source::New(new) => new.names_addresses(),
        };
        if place.interfaces.iter().any(fixed) {
            return Err(Error::combination(
                "A network interface or a private IP address may not be specified when launching more than one instance",
            ));
        }
    }
    fit::zone(kind, place.zone)?;
    if place.interfaces.len() > kind.max_interfaces() as usize {
        let text = format!(
            "Interface count {} exceeds the limit for {}",
            place.interfaces.len(),
            kind.name()
        );
        return Err(Error::new("AttachmentLimitExceeded", text).at("NetworkInterfaces"));
    }
    for wanted in &place.interfaces {
        if let Source::New(new) = &wanted.source {
            interfaces::fits(kind, new).map_err(|error| error.at("NetworkInterfaces"))?;
        }
    }
    Ok(place)
}

/// A launch that says nothing of interfaces: one, in the subnet that is named or in a default subnet.
fn single(world: &mut World, region: Region, params: &Structure, kind: InstanceType) -> Result<Place> {
    let named = params.text(field::SUBNET_ID).is_some_and(|text| !text.is_empty());
    if !named && classic::is_supported(world, region) {
        return into_classic(world, region, params, kind);
    }
    let names: Vec<&str> = params.texts(field::SECURITY_GROUPS).collect();
    let subnet = match params.text(field::SUBNET_ID).filter(|text| !text.is_empty()) {
        Some(_) if !names.is_empty() => {
            return Err(
                Error::combination("The parameter groupName cannot be used with the parameter subnet")
                    .at("SecurityGroups"),
            );
        }
        Some(text) => {
            let subnet = find::<Subnet>(world, region, Kind::Subnet, text).map_err(|error| error.at("SubnetId"))?;
            agree(params, region, subnet)?;
            subnet.clone()
        }
        None => default_subnet(world, region, params, kind)?,
    };
    same_network(world, region, &subnet, params.texts(field::SECURITY_GROUP_IDS))
        .map_err(|error| error.at("SecurityGroupIds"))?;
    let groups = groups::resolve(
        world,
        region,
        subnet.vpc,
        params.texts(field::SECURITY_GROUP_IDS),
        names,
    )
    .map_err(|error| error.at("SecurityGroupIds"))?;
    let mut new = NewInterface::plain(subnet.id);
    new.groups = groups;
    new.private = params
        .text(field::PRIVATE_IP_ADDRESS)
        .map(|text| read_ipv4("PrivateIpAddress", text))
        .transpose()?;
    ipv6(&mut new, params, &subnet, kind)?;
    let wanted = Wanted {
        device_index: 0,
        source: Source::New(new),
        delete_on_termination: true,
        public: subnet.map_public_ip,
    };
    Ok(Place {
        zone: subnet.zone,
        subnet: subnet.id,
        vpc: subnet.vpc,
        interfaces: vec![wanted],
        classic: None,
    })
}

/// A launch into EC2-Classic.
#[inline(never)]
fn into_classic(world: &mut World, region: Region, params: &Structure, kind: InstanceType) -> Result<Place> {
    let zone = asked_zone(params, region)?;
    let (zone, groups) = classic::launch::plan(world, region, params, kind, zone)?;
    Ok(Place {
        zone,
        subnet: NO_SUBNET,
        vpc: NO_VPC,
        interfaces: Vec::new(),
        classic: Some(groups),
    })
}

/// The zone that is asked for must be the subnet's.
fn agree(params: &Structure, region: Region, subnet: &Subnet) -> Result<()> {
    match asked_zone(params, region)? {
        Some(zone) if zone != subnet.zone => {
            let text = format!(
                "The subnet '{}' is in {}, not in the Availability Zone {}.",
                subnet.id,
                subnet.zone.name(),
                zone.name()
            );
            Err(Error::combination(text).at("Placement.AvailabilityZone"))
        }
        _ => Ok(()),
    }
}

fn asked_zone(params: &Structure, region: Region) -> Result<Option<Zone>> {
    let placement = params.structure(field::PLACEMENT);
    let text = placement.and_then(|p| {
        p.text(field::AVAILABILITY_ZONE)
            .or_else(|| p.text(field::AVAILABILITY_ZONE_ID))
    });
    text.filter(|text| !text.is_empty())
        .map(|text| regions::find_any_zone(region, text))
        .transpose()
}

/// A default subnet: of the zone that is asked for, or of one that AWS chooses among those that offer the type.
fn default_subnet(world: &mut World, region: Region, params: &Structure, kind: InstanceType) -> Result<Subnet> {
    let zone = asked_zone(params, region)?;
    let Some(vpc) = world
        .ec2(region)
        .and_then(|ec2| ec2.vpcs.rows().find(|vpc| vpc.is_default))
        .map(|vpc| vpc.id)
    else {
        return Err(Error::new("VPCIdNotSpecified", "No default VPC for this user")
            .at("SubnetId")
            .remedy("Name a subnet, or make a default VPC again with CreateDefaultVpc."));
    };
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.subnets.rows());
    let mut subnets: Vec<(Zone, SubnetId)> = rows
        .filter(|subnet| subnet.vpc == vpc && subnet.default_for_zone)
        .map(|subnet| (subnet.zone, subnet.id))
        .collect();
    sort::by_key(&mut subnets, |(zone, _)| *zone);
    let row = |world: &World, id: SubnetId| world.row::<Subnet>(region, id).cloned();
    if let Some(zone) = zone {
        let missing = || {
            Error::new(
                "MissingInput",
                format!("No default subnet for availability zone: '{}'.", zone.name()),
            )
            .at("SubnetId")
        };
        fit::zone(kind, zone)?;
        let found = subnets.into_iter().find(|(of, _)| *of == zone);
        return found.and_then(|(_, id)| row(world, id)).ok_or_else(missing);
    }
    subnets.retain(|(zone, _)| types::offered(kind, *zone));
    let none = || {
        let text = format!("No subnets found for the default VPC '{vpc}'. Please specify a subnet.");
        Error::new("MissingInput", text).at("SubnetId")
    };
    if subnets.is_empty() {
        return Err(none());
    }
    // AWS takes a zone that has room.
    let least = options::counts(params)?.0;
    let has_room = |(zone, _): &(Zone, SubnetId)| capacity::room(world, region, *zone, kind) >= least;
    if subnets.iter().any(has_room) {
        subnets.retain(has_room);
    }
    let pick = world.random.between(Stream::Placement, 0, subnets.len() as i64 - 1);
    let picked = subnets.get(pick as usize).and_then(|(_, id)| row(world, *id));
    picked.ok_or_else(none)
}

/// IPv6 addresses and prefixes of a new interface: those that are asked for, else what the subnet gives by itself.
fn ipv6(new: &mut NewInterface, params: &Structure, subnet: &Subnet, kind: InstanceType) -> Result<()> {
    if addresses::asked(params) {
        addresses::read(new, params)?;
    }
    let further = &new.further;
    let asked = params.contains(field::IPV6_ADDRESS_COUNT) || !further.ipv6.is_empty();
    if !asked {
        new.ipv6_count = usize::from(subnet.assign_ipv6);
    }
    if new.ipv6_count + further.ipv6.len() + further.ipv6_prefixes.len() > 0 && !kind.ipv6() {
        let text = format!("IPv6 is not supported for the instance type '{}'", kind.name());
        return Err(Error::new("Unsupported", text).at("InstanceType"));
    }
    interfaces::check_primary_ipv6(new)
}

/// A launch that lists its interfaces.
#[inline(never)]
fn listed(world: &mut World, region: Region, params: &Structure, kind: InstanceType) -> Result<Place> {
    for (name, what) in [
        (field::SUBNET_ID, "subnet ID"),
        (field::SECURITY_GROUP_IDS, "security groups"),
        (field::SECURITY_GROUPS, "security groups"),
        (field::PRIVATE_IP_ADDRESS, "private address"),
        (field::IPV6_ADDRESS_COUNT, "IPv6 address count"),
        (field::IPV6_ADDRESSES, "IPv6 addresses"),
        (field::ENABLE_PRIMARY_IPV6, "primary IPv6 address"),
    ] {
        let given = params.contains(name)
            && !(params
                .get(name)
                .and_then(|value| value.as_list())
                .is_some_and(<[_]>::is_empty));
        if given {
            let text =
                format!("Network interfaces and an instance-level {what} may not be specified on the same request");
            return Err(Error::combination(text).at(name.text()));
        }
    }
    let specifications: Vec<&Structure> = params.structures(field::NETWORK_INTERFACES).collect();
    let only = specifications.len() == 1;
    let mut all: Vec<(Wanted, Subnet)> = Vec::new();
    for (place, specification) in specifications.into_iter().enumerate() {
        let at = format!("NetworkInterfaces[{place}]");
        let wanted = interface(world, region, params, specification, kind, only).map_err(|error| within(error, &at))?;
        if all.iter().any(|(other, _)| other.device_index == wanted.0.device_index) {
            let text = format!("Device index {} is used more than once.", wanted.0.device_index);
            return Err(Error::combination(text).at(at));
        }
        all.push(wanted);
    }
    sort::by_key(&mut all, |(wanted, _)| wanted.device_index);
    let Some((_, primary)) = all.first().filter(|(wanted, _)| wanted.device_index == 0) else {
        return Err(
            Error::combination("A network interface with device index 0 must be specified").at("NetworkInterfaces"),
        );
    };
    let (zone, subnet, vpc) = (primary.zone, primary.id, primary.vpc);
    agree(params, region, primary)?;
    if let Some((_, other)) = all.iter().find(|(_, other)| other.zone != zone) {
        let text = format!(
            "The network interfaces must be in one Availability Zone: {} is in {}.",
            other.id,
            other.zone.name()
        );
        return Err(Error::combination(text).at("NetworkInterfaces"));
    }
    Ok(Place {
        zone,
        subnet,
        vpc,
        interfaces: all.into_iter().map(|(wanted, _)| wanted).collect(),
        classic: None,
    })
}

fn within(error: Error, at: &str) -> Error {
    let path = if error.parameter.is_empty() {
        at.to_owned()
    } else {
        format!("{at}.{}", error.parameter)
    };
    error.at(path)
}

fn interface(
    world: &mut World,
    region: Region,
    params: &Structure,
    wanted: &Structure,
    kind: InstanceType,
    only: bool,
) -> Result<(Wanted, Subnet)> {
    let device_index = wanted.integer(field::DEVICE_INDEX).ok_or_else(|| {
        Error::new(
            "InvalidParameterValue",
            "Each network interface requires a device index.",
        )
        .at("DeviceIndex")
    })?;
    if addresses::asked(wanted) {
        addresses::unsimulated(wanted)?;
    }
    let public = wanted.boolean(field::ASSOCIATE_PUBLIC_IP_ADDRESS);
    let carrier = wanted.boolean(field::ASSOCIATE_CARRIER_IP_ADDRESS);
    if public == Some(true) && !only {
        return Err(Error::combination(
            "The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.",
        ));
    }
    let delete = wanted.boolean(field::DELETE_ON_TERMINATION);
    if let Some(text) = wanted.text(field::NETWORK_INTERFACE_ID).filter(|text| !text.is_empty()) {
        let (id, subnet) = existing(world, region, text, public.is_some() || carrier.is_some())?;
        let source = Source::Existing(id);
        return Ok((
            Wanted {
                device_index,
                source,
                delete_on_termination: delete.unwrap_or(false),
                public: false,
            },
            subnet,
        ));
    }
    let subnet = match wanted.text(field::SUBNET_ID).filter(|text| !text.is_empty()) {
        Some(text) => find::<Subnet>(world, region, Kind::Subnet, text)
            .map_err(|error| error.at("SubnetId"))?
            .clone(),
        None => default_subnet(world, region, params, kind)?,
    };
    addresses::check_lent(&subnet, public, carrier)?;
    let mut new = NewInterface::plain(subnet.id);
    same_network(world, region, &subnet, wanted.texts(field::GROUPS)).map_err(|error| error.at("Groups"))?;
    new.groups = own_groups(world, region, wanted, subnet.vpc)?;
    new.description = wanted.text(field::DESCRIPTION).unwrap_or_default().to_owned();
    (new.private, new.secondary) = private_addresses(wanted)?;
    new.secondary_count = match wanted.integer(field::SECONDARY_PRIVATE_IP_ADDRESS_COUNT) {
        Some(count) => usize::try_from(count).map_err(|_| Error::invalid("SecondaryPrivateIpAddressCount", count))?,
        None => 0,
    };
    ipv6(&mut new, wanted, &subnet, kind)?;
    let wanted = Wanted {
        device_index,
        source: Source::New(new),
        // What a launch makes goes with the instance, unless the request says otherwise.
        delete_on_termination: delete.unwrap_or(true),
        public: device_index == 0
            && carrier
                .filter(|_| subnet.zone.is_wavelength())
                .or(public)
                .unwrap_or(subnet.map_public_ip && only),
    };
    Ok((wanted, subnet))
}

fn existing(world: &World, region: Region, text: &str, public_given: bool) -> Result<(NetworkInterfaceId, Subnet)> {
    let interface = find::<NetworkInterface>(world, region, Kind::NetworkInterface, text)
        .map_err(|error| error.at("NetworkInterfaceId"))?;
    if public_given {
        return Err(Error::combination(
            "The associatePublicIPAddress parameter cannot be specified for a network interface with an ID.",
        ));
    }
    if interface.attachment.is_some() {
        return Err(Error::new(
            "InvalidNetworkInterface.InUse",
            format!("Interface: [{}] in use.", interface.id),
        )
        .remedy("Detach it first."));
    }
    let subnet = world.row::<Subnet>(region, interface.subnet).cloned();
    subnet
        .map(|subnet| (interface.id, subnet))
        .ok_or_else(|| crate::services::ec2::common::unknown(Kind::Subnet, &interface.subnet.to_string()))
}

/// A launch says of a group of another VPC that it does not fit the subnet. What is no group is for others to say.
fn same_network<'a>(world: &World, region: Region, subnet: &Subnet, ids: impl Iterator<Item = &'a str>) -> Result<()> {
    for text in ids {
        let Ok(group) = find::<SecurityGroup>(world, region, Kind::SecurityGroup, text) else {
            continue;
        };
        if group.vpc != subnet.vpc && !group.vpcs.contains(&subnet.vpc) {
            let why = format!(
                "Security group {text} and subnet {} belong to different networks.",
                subnet.id
            );
            return Err(Error::new("InvalidParameter", why)
                .remedy(format!("The group is of {}, the subnet in {}.", group.vpc, subnet.vpc)));
        }
    }
    Ok(())
}

fn own_groups(world: &World, region: Region, wanted: &Structure, vpc: VpcId) -> Result<Vec<SecurityGroupId>> {
    groups::resolve(world, region, vpc, wanted.texts(field::GROUPS), []).map_err(|error| error.at("Groups"))
}

/// The primary and the secondary private addresses that are asked for.
fn private_addresses(wanted: &Structure) -> Result<(Option<Ipv4Addr>, Vec<Ipv4Addr>)> {
    let mut primary = wanted
        .text(field::PRIVATE_IP_ADDRESS)
        .map(|text| read_ipv4("PrivateIpAddress", text))
        .transpose()?;
    let mut secondary = Vec::new();
    for entry in wanted.structures(field::PRIVATE_IP_ADDRESSES) {
        let text = entry
            .text(field::PRIVATE_IP_ADDRESS)
            .ok_or_else(|| Error::missing("PrivateIpAddresses.PrivateIpAddress"))?;
        let address = read_ipv4("PrivateIpAddresses", text)?;
        if entry.boolean(field::PRIMARY) == Some(true) {
            if primary.is_some_and(|has| has != address) {
                return Err(
                    Error::combination("Only one primary private IP address can be specified.")
                        .at("PrivateIpAddresses"),
                );
            }
            primary = Some(address);
        } else {
            secondary.push(address);
        }
    }
    Ok((primary, secondary))
}

/// How many instances the free addresses of the primary subnet suffice for.
pub(super) fn room(world: &World, region: Region, place: &Place) -> i64 {
    let each: usize = place
        .interfaces
        .iter()
        .filter_map(|wanted| match &wanted.source {
            Source::New(new) if new.subnet == place.subnet => Some(new.ipv4_addresses()),
            _ => None,
        })
        .sum();
    let free = world
        .row::<Subnet>(region, place.subnet)
        .map_or(0, |subnet| interfaces::free_addresses(world, region, subnet));
    i64::from(free).checked_div(each as i64).unwrap_or(i64::MAX)
}

/// The tenancy of instances in a VPC that does not leave the choice.
pub(super) fn vpc_of(world: &World, region: Region, vpc: VpcId) -> Option<&Vpc> {
    world.row::<Vpc>(region, vpc)
}

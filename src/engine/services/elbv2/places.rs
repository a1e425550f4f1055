//! Where a load balancer is: its subnets, one a zone, and its interfaces there.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html>
//!
//! Nothing else makes or deletes the interfaces of load balancers but this module.

use super::common::{configuration, validation};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::ec2::vpc::interfaces::{self, NewInterface};
use crate::world::World;
use crate::world::balancing::BalancerPlace;
use crate::world::vpc::*;
use std::net::Ipv4Addr;
use stratus_model::{Structure, field, sort};

/// Free addresses that a subnet must have (AWS).
const FREE: u32 = 8;

/// A subnet that a call asks for.
#[derive(Clone, Copy)]
pub(in crate::services) struct Asked {
    /// The subnet.
    pub subnet: SubnetId,
    /// The Elastic IP there.
    pub allocation: Option<AllocationId>,
    /// The private address there.
    pub private: Option<Ipv4Addr>,
}

/// What interfaces of a load balancer are made with.
#[derive(Clone)]
pub(in crate::services) struct Making {
    /// What they say of themselves.
    pub description: String,
    /// `interface`, `network_load_balancer`, …
    pub interface_type: &'static str,
    /// Its groups.
    pub groups: Vec<SecurityGroupId>,
    /// Whether each has a public address.
    pub public: bool,
    /// Whether each has an IPv6 address.
    pub ipv6: bool,
}

/// `SubnetNotFound`.
fn no_subnet(text: &str) -> Error {
    let why = format!("The subnet ID '{text}' does not exist");
    Error::new("SubnetNotFound", why).at("Subnets")
}

/// A subnet by its id.
///
/// # Errors
/// `SubnetNotFound`.
pub(in crate::services) fn subnet<'w>(world: &'w World, region: Region, text: &str) -> Result<&'w Subnet> {
    let found = SubnetId::parse(text).and_then(|id| world.row::<Subnet>(region, id));
    found.ok_or_else(|| no_subnet(text))
}

/// `Subnets` or `SubnetMappings` of a call, one of the two.
///
/// # Errors
/// `ValidationError`, `SubnetNotFound`, `AllocationIdNotFound`.
pub(super) fn read(world: &World, region: Region, params: &Structure) -> Result<Vec<Asked>> {
    let plain: Vec<&str> = params.texts(field::SUBNETS).collect();
    let mappings: Vec<&Structure> = params.structures(field::SUBNET_MAPPINGS).collect();
    if !plain.is_empty() && !mappings.is_empty() {
        let why = "You must specify either subnets or subnet mappings";
        return Err(validation(field::SUBNET_MAPPINGS, why));
    }
    let mut asked = Vec::new();
    for text in plain {
        asked.push(Asked {
            subnet: subnet(world, region, text)?.id,
            allocation: None,
            private: None,
        });
    }
    for mapping in mappings {
        let text = mapping.text(field::SUBNET_ID).unwrap_or_default();
        let private = match mapping.text(field::PRIVATE_I_PV4_ADDRESS) {
            None => None,
            Some(address) => Some(address.parse().map_err(|_| {
                let why = format!("The private IPv4 address '{address}' is not valid");
                validation(field::SUBNET_MAPPINGS, why)
            })?),
        };
        asked.push(Asked {
            subnet: subnet(world, region, text)?.id,
            allocation: allocation(world, region, mapping)?,
            private,
        });
    }
    Ok(asked)
}

/// The Elastic IP of a mapping, which must be free.
fn allocation(world: &World, region: Region, mapping: &Structure) -> Result<Option<AllocationId>> {
    let Some(text) = mapping.text(field::ALLOCATION_ID) else {
        return Ok(None);
    };
    let found = AllocationId::parse(text).and_then(|id| world.row::<ElasticAddress>(region, id));
    let Some(row) = found.filter(|row| !row.is_standard() && row.carrier.is_none()) else {
        let why = format!("The allocation IDs '{text}' are not available for use");
        return Err(Error::new("AllocationIdNotFound", why).at("SubnetMappings"));
    };
    if row.association.is_some() {
        let why = format!("The allocation IDs '{text}' are already in use");
        return Err(Error::new("ResourceInUse", why).at("SubnetMappings"));
    }
    Ok(Some(row.id))
}

/// Holds subnets to the rules that are the same for all load balancers: one VPC, one subnet a zone, room. The VPC.
///
/// # Errors
/// `InvalidConfigurationRequest`, `InvalidSubnet`.
pub(in crate::services) fn check(
    world: &World,
    region: Region,
    asked: &[Asked],
    kept: &[BalancerPlace],
) -> Result<VpcId> {
    let rows: Vec<&Subnet> = asked
        .iter()
        .filter_map(|asked| world.row::<Subnet>(region, asked.subnet))
        .collect();
    let Some(first) = rows.first().copied() else {
        let why = "At least one subnet must be specified";
        return Err(validation(field::SUBNETS, why));
    };
    if rows.iter().any(|row| row.vpc != first.vpc) {
        let why = "All subnets must belong to the same VPC";
        return Err(configuration(field::SUBNETS, why));
    }
    let mut zones: Vec<String> = rows.iter().map(|row| row.zone.name()).collect();
    sort::sort(&mut zones);
    zones.dedup();
    if zones.len() < rows.len() {
        let why = "A load balancer cannot be attached to multiple subnets in the same Availability Zone";
        return Err(configuration(field::SUBNETS, why));
    }
    // Application Load Balancers of a Wavelength Zone are not simulated; the others AWS has not there.
    if let Some(row) = rows.iter().find(|row| row.zone.is_wavelength()) {
        let why = format!("Load balancers are not supported in the Wavelength Zone of {}", row.id);
        return Err(Error::new("InvalidSubnet", why).at("Subnets"));
    }
    for row in rows {
        let new = !kept.iter().any(|place| place.subnet == row.id);
        if new && interfaces::free_addresses(world, region, row) < FREE {
            let why = format!(
                "Not enough IP space available in {}. ELB requires at least {FREE} free IP addresses in each subnet.",
                row.id
            );
            return Err(Error::new("InvalidSubnet", why).at("Subnets"));
        }
    }
    Ok(first.vpc)
}

/// What faces the Internet needs a VPC with an internet gateway.
///
/// # Errors
/// `InvalidSubnet`.
pub(in crate::services) fn check_gateway(world: &World, region: Region, vpc: VpcId) -> Result<()> {
    let attached = |ec2: &crate::world::Ec2| ec2.internet_gateways.rows().any(|row| row.vpc == Some(vpc));
    if world.ec2(region).is_some_and(attached) {
        return Ok(());
    }
    Err(Error::new("InvalidSubnet", format!("VPC {vpc} has no internet gateway")).at("Subnets"))
}

/// Makes a load balancer's interface in a subnet.
///
/// # Errors
/// Those of `interfaces::create`: an address that is taken, a subnet without room.
pub(in crate::services) fn make(
    world: &mut World,
    region: Region,
    asked: &Asked,
    making: &Making,
) -> Result<BalancerPlace> {
    let new = NewInterface {
        private: asked.private,
        groups: making.groups.clone(),
        ipv6_count: usize::from(making.ipv6),
        description: making.description.clone(),
        interface_type: making.interface_type.to_owned(),
        ..NewInterface::plain(asked.subnet)
    };
    let interface = interfaces::create(world, region, new)?;
    interfaces::hand_to(world, region, interface, "amazon-elb", !making.groups.is_empty());
    match asked.allocation {
        Some(allocation) => {
            let row = world.row::<NetworkInterface>(region, interface);
            if let Some(private) = row.and_then(|row| row.primary()).map(|own| own.private) {
                interfaces::associate(world, region, allocation, interface, private);
            }
        }
        None if making.public => {
            interfaces::lend_public_address(world, region, interface);
        }
        None => {}
    }
    Ok(BalancerPlace {
        subnet: asked.subnet,
        interface,
        allocation: asked.allocation,
    })
}

/// Makes what is new of some subnets, keeps what is there, and tells what is to go: the places by zone, and those.
///
/// # Errors
/// Those of [`make`].
pub(in crate::services) fn change(
    world: &mut World,
    region: Region,
    asked: &[Asked],
    old: &[BalancerPlace],
    making: &Making,
) -> Result<(Vec<BalancerPlace>, Vec<BalancerPlace>)> {
    let mut places = Vec::new();
    for asked in asked {
        match old.iter().find(|place| place.subnet == asked.subnet) {
            Some(place) => places.push(*place),
            None => places.push(make(world, region, asked, making)?),
        }
    }
    by_zone(world, region, &mut places);
    let gone = old.iter().filter(|place| !places.contains(place)).copied();
    let gone = gone.collect();
    Ok((places, gone))
}

/// Puts places into the order of their zones.
fn by_zone(world: &World, region: Region, places: &mut [BalancerPlace]) {
    sort::by_key(places, |place| {
        let subnet = world.row::<Subnet>(region, place.subnet);
        subnet.map(|subnet| subnet.zone.name())
    });
}

/// Deletes the interfaces of places that no load balancer has any more.
pub(in crate::services) fn leave(world: &mut World, region: Region, places: &[BalancerPlace]) {
    for place in places {
        interfaces::delete(world, region, place.interface);
    }
}

/// The groups that a call asks for; none = `None`.
///
/// # Errors
/// `InvalidSecurityGroup`.
pub(in crate::services) fn read_groups(
    world: &World,
    region: Region,
    vpc: VpcId,
    params: &Structure,
) -> Result<Option<Vec<SecurityGroupId>>> {
    let mut groups = Vec::new();
    for text in params.texts(field::SECURITY_GROUPS) {
        let found = SecurityGroupId::parse(text).and_then(|id| world.row::<SecurityGroup>(region, id));
        let Some(row) = found else {
            let why = format!("One or more security groups are invalid: The security group '{text}' does not exist");
            return Err(Error::new("InvalidSecurityGroup", why).at("SecurityGroups"));
        };
        if row.vpc != vpc && !row.vpcs.contains(&vpc) {
            let why = format!("One or more security groups are invalid: '{text}' is not in {vpc}");
            return Err(Error::new("InvalidSecurityGroup", why).at("SecurityGroups"));
        }
        groups.push(row.id);
    }
    sort::sort(&mut groups);
    groups.dedup();
    if groups.len() > crate::catalog::quotas::SECURITY_GROUPS_PER_INTERFACE {
        let why = "A load balancer can have at most 5 security groups";
        return Err(configuration(field::SECURITY_GROUPS, why));
    }
    Ok((!groups.is_empty()).then_some(groups))
}

//! Elastic IP addresses of EC2-Classic (`standard`): they go by the address itself, belong to an instance and not to an
//! interface, and are dropped when it stops. They stand in the table of all Elastic IPs; here is what differs.

use super::super::common::{find, note, read_ipv4};
use super::super::vpc::{interfaces, pools, transfers};
use super::seats;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::Request;
use crate::services::ec2::common::done;
use crate::world::classic::{ClassicAddress, interface_id};
use crate::world::compute::{Instance, InstanceState};
use crate::world::usage::{Measure, Subject};
use crate::world::vpc::{ElasticAddress, PublicAddress};
use crate::world::{Ec2, World};
use stratus_model::{Structure, field};

/// How many addresses the account has of EC2-Classic (`standard`), or of the VPC platform. One that moves has left neither and
/// counts on both sides.
pub(super) fn count(world: &World, region: Region, standard: bool) -> usize {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.addresses.rows());
    rows.filter(|row| row.is_standard() == standard || is_moving(row))
        .count()
}

/// How many addresses count in EC2-Classic alone.
#[inline(never)]
pub(in crate::services) fn only_standard(ec2: &Ec2) -> usize {
    let rows = ec2.addresses.rows();
    rows.filter(|row| row.is_standard() && !is_moving(row)).count()
}

/// Whether an address is on its way to the other platform.
pub(super) fn is_moving(elastic: &ElasticAddress) -> bool {
    elastic.classic.as_ref().is_some_and(|classic| classic.moving.is_some())
}

/// Refuses one address more than EC2-Classic has room for.
pub(super) fn check_quota(world: &World, region: Region) -> Result<()> {
    if count(world, region, true) < quotas::ELASTIC_ADDRESSES {
        return Ok(());
    }
    let why = "The maximum number of addresses has been reached.";
    Err(Error::new("AddressLimitExceeded", why).remedy(format!(
        "An account may have {} for EC2-Classic in a Region. Release one, or move it to the VPC platform.",
        quotas::ELASTIC_ADDRESSES
    )))
}

/// AllocateAddress for EC2-Classic.
pub(in crate::services) fn allocate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if !params.list(field::TAG_SPECIFICATIONS).is_empty() {
        let why = "Tags cannot be applied to an Elastic IP address of EC2-Classic";
        return Err(Error::combination(why).at("TagSpecifications"));
    }
    if params.text(field::ADDRESS).is_some_and(|text| !text.is_empty()) {
        let why = "The parameter address may only be used for a VPC address";
        return Err(Error::combination(why).at("Address"));
    }
    check_quota(world, region)?;
    let id = AllocationId(world.random.next_u64(Stream::Ids(Kind::Address)));
    let born = world.birth();
    let address = pools::draw_public_address(world, region);
    let classic = ClassicAddress {
        allocated: world.now,
        in_vpc: false,
        moving: None,
    };
    world.put(
        region,
        ElasticAddress {
            id,
            born,
            address,
            association: None,
            reverse_name: None,
            reverse_update: None,
            classic: Some(classic),
            nat: None,
            carrier: None,
        },
    );
    interfaces::meter(world, region, id, "idle");
    note(world, region, id, format!("{address} allocated for EC2-Classic"));
    Ok(Structure::new()
        .with(field::PUBLIC_IP, address.to_string())
        .with(field::PUBLIC_IPV4_POOL, "amazon")
        .with(field::NETWORK_BORDER_GROUP, region.name())
        .with(field::DOMAIN, "standard"))
}

/// The address of EC2-Classic that a call names by `PublicIp`; `None` when it names something else.
pub(in crate::services) fn named(params: &Structure, world: &World, region: Region) -> Result<Option<ElasticAddress>> {
    let Some(text) = params
        .text(field::PUBLIC_IP)
        .filter(|_| super::is_supported(world, region))
    else {
        return Ok(None);
    };
    let address = read_ipv4("PublicIp", text)?;
    let mut rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.addresses.rows());
    Ok(rows.find(|row| row.address == address && row.is_standard()).cloned())
}

/// ReleaseAddress: in EC2-Classic it is taken from its instance first.
pub(in crate::services) fn release(world: &mut World, region: Region, elastic: &ElasticAddress) -> Result<Structure> {
    check_settled(elastic)?;
    disassociate(world, region, elastic);
    world
        .usage
        .stop(&Subject::Resource(elastic.id.into()), Measure::PublicAddress, world.now);
    note(world, region, elastic.id, format!("{} released", elastic.address));
    transfers::forget(world, region, elastic.id);
    world.take::<ElasticAddress>(region, elastic.id);
    done()
}

/// Refuses an address that is on its way to the other platform.
pub(super) fn check_settled(elastic: &ElasticAddress) -> Result<()> {
    if is_moving(elastic) {
        let why = format!("Address {} is being moved.", elastic.address);
        return Err(Error::new("InvalidState", why)
            .at("PublicIp")
            .remedy("Wait until DescribeMovingAddresses does not list it any more."));
    }
    Ok(())
}

/// Refuses an address that is not, or not yet, of the VPC platform: EC2-Classic knows it by itself and not by an allocation.
#[inline(never)]
pub(in crate::services) fn check_vpc(elastic: &ElasticAddress) -> Result<()> {
    check_settled(elastic)?;
    if elastic.is_standard() {
        let why = format!("Address {} is for EC2-Classic", elastic.address);
        return Err(Error::combination(why)
            .at("AllocationId")
            .remedy("Move it to the VPC platform first, or name it by PublicIp where EC2-Classic is meant."));
    }
    Ok(())
}

/// DisassociateAddress: the instance gets another public address. What is associated with nothing stays so, without an error.
pub(in crate::services) fn disassociate(world: &mut World, region: Region, elastic: &ElasticAddress) {
    if let Some(instance) = release_association(world, region, elastic.id) {
        seats::lend_again(world, region, instance);
    }
}

/// Ends an association on both sides. The instance that had the address.
pub(super) fn release_association(world: &mut World, region: Region, allocation: AllocationId) -> Option<InstanceId> {
    let (_, interface, _) = world.update::<ElasticAddress, _>(region, allocation, |row| row.association.take())??;
    let instance = InstanceId(interface.0);
    seats::change(world, region, instance, |interface| {
        if let Some(own) = interface.addresses.first_mut() {
            own.public = None;
        }
    });
    interfaces::meter(world, region, allocation, "idle");
    note(world, region, allocation, format!("disassociated from {instance}"));
    Some(instance)
}

/// AssociateAddress where the address or the instance is of EC2-Classic; `None` where neither is.
///
/// # Errors
/// `InvalidParameterCombination` for an address of the one platform and an instance of the other, `InvalidInstanceID` for an
/// instance that does not run.
pub(in crate::services) fn associate(request: &Request<'_>, world: &mut World) -> Result<Option<Structure>> {
    let (params, region) = (request.params, request.region);
    let elastic = named(params, world, region)?;
    let instance = match params.text(field::INSTANCE_ID) {
        Some(text) => Some(find::<Instance>(world, region, Kind::Instance, text)?.clone()),
        None => None,
    };
    let classic = instance.as_ref().filter(|row| row.is_classic());
    let (elastic, instance) = match (elastic, classic) {
        (None, None) => return Ok(None),
        (Some(_), None) => {
            let why = "You must specify an allocation id when mapping an address to a VPC instance";
            return Err(Error::combination(why)
                .at("PublicIp")
                .remedy("Move the address to the VPC platform, or name an instance of EC2-Classic."));
        }
        (None, Some(row)) => {
            let why = format!(
                "The address is for use in a VPC, and instance '{}' is in EC2-Classic",
                row.id
            );
            return Err(Error::combination(why)
                .at("InstanceId")
                .remedy("Allocate an address with Domain=standard."));
        }
        (Some(elastic), Some(row)) => (elastic, row),
    };
    check_settled(&elastic)?;
    if instance.state != InstanceState::Running {
        let why = format!(
            "The {} instance '{}' is not in a valid state for this operation.",
            instance.state.name(),
            instance.id
        );
        return Err(Error::new("InvalidInstanceID", why).at("InstanceId"));
    }
    put_in_front(world, region, &elastic, instance.id);
    Ok(Some(Structure::new()))
}

/// Moves an address to an instance that runs; what was there before gives way, and who had the address gets another.
fn put_in_front(world: &mut World, region: Region, elastic: &ElasticAddress, instance: InstanceId) {
    if elastic
        .association
        .is_some_and(|(_, held, _)| held == interface_id(instance))
    {
        return;
    }
    disassociate(world, region, elastic);
    if let Some(other) = seats::elastic_of(world, region, instance) {
        release_association(world, region, other);
    }
    let mut private = None;
    let public = PublicAddress {
        address: elastic.address,
        allocation: Some(elastic.id),
    };
    seats::change(world, region, instance, |interface| {
        if let Some(own) = interface.addresses.first_mut() {
            own.public = Some(public);
            private = Some(own.private);
        }
    });
    let Some(private) = private else { return };
    let association = (AssociationId(instance.0), interface_id(instance), private);
    world.update::<ElasticAddress, _>(region, elastic.id, |row| row.association = Some(association));
    interfaces::meter(world, region, elastic.id, "in-use");
    let text = format!("{} associated with {instance}", elastic.address);
    note(world, region, elastic.id, text);
}

/// The instance that an address of EC2-Classic is associated with.
pub(in crate::services) fn instance_of(elastic: &ElasticAddress) -> Option<InstanceId> {
    elastic.association.map(|(_, interface, _)| InstanceId(interface.0))
}

/// An address of EC2-Classic as DescribeAddresses shows it.
pub(in crate::services) fn describe(region: Region, elastic: &ElasticAddress) -> Structure {
    let instance = instance_of(elastic).map_or_else(String::new, |id| id.to_string());
    Structure::new()
        .with(field::INSTANCE_ID, instance)
        .with(field::PUBLIC_IP, elastic.address.to_string())
        .with(field::PUBLIC_IPV4_POOL, "amazon")
        .with(field::NETWORK_BORDER_GROUP, region.name())
        .with(field::DOMAIN, "standard")
}

/// What an address of EC2-Classic has for a filter of DescribeAddresses.
pub(in crate::services) fn filter_values(region: Region, elastic: &ElasticAddress, name: &str) -> Vec<String> {
    let value = match name {
        "domain" => Some("standard".to_owned()),
        "instance-id" => instance_of(elastic).map(|id| id.to_string()),
        "network-border-group" => Some(region.name().to_owned()),
        "public-ip" => Some(elastic.address.to_string()),
        "public-ipv4-pool" => Some("amazon".into()),
        _ => None,
    };
    value.into_iter().collect()
}

//! The API's operations that change network interfaces. What they do to rows is in `interfaces`; the Describe calls are in
//! `interface_describe`.

use super::super::common::{done, find, need, note, read_id, read_ipv4, refuse_unsimulated, unknown};
use super::super::{tags, tokens};
use super::interfaces::{self, Further, NewInterface};
use super::prefixes::{self, Asked};
use super::{groups, interface_attributes, ipv6};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::*;
use ipnet::Ipv4Net;
use std::net::{Ipv4Addr, Ipv6Addr};
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateNetworkInterface" => Handler::Write(create),
        "DeleteNetworkInterface" => Handler::Write(delete),
        "AttachNetworkInterface" => Handler::Write(attach),
        "DetachNetworkInterface" => Handler::Write(detach),
        "AssignPrivateIpAddresses" => Handler::Write(assign),
        "UnassignPrivateIpAddresses" => Handler::Write(unassign),
        _ => return None,
    })
}

/// The interface that a call names.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<NetworkInterface> {
    find::<NetworkInterface>(
        world,
        request.region,
        Kind::NetworkInterface,
        need(request.params, field::NETWORK_INTERFACE_ID)?,
    )
    .cloned()
}

/// [`named`], for a change that only the customer's own interfaces take.
pub(super) fn named_own(request: &Request<'_>, world: &World) -> Result<NetworkInterface> {
    let interface = named(request, world)?;
    interfaces::refuse_managed(&interface, "OperationNotPermitted")?;
    Ok(interface)
}

/// A count that a call gives: 0 or more.
fn read_count(params: &Structure, name: stratus_model::Name) -> Result<usize> {
    let count = params.integer(name).unwrap_or(0);
    usize::try_from(count).map_err(|_| Error::invalid(name.text(), "it is negative"))
}

/// Primary and secondary private addresses as CreateNetworkInterface and RunInstances name them: `PrivateIpAddress`,
/// `PrivateIpAddresses` and `SecondaryPrivateIpAddressCount`.
pub(crate) fn read_addresses(params: &Structure) -> Result<(Option<Ipv4Addr>, Vec<Ipv4Addr>, usize)> {
    let mut primary = params
        .text(field::PRIVATE_IP_ADDRESS)
        .map(|text| read_ipv4("PrivateIpAddress", text))
        .transpose()?;
    let mut secondary = Vec::new();
    for given in params.structures(field::PRIVATE_IP_ADDRESSES) {
        let text = given
            .text(field::PRIVATE_IP_ADDRESS)
            .ok_or_else(|| Error::missing("PrivateIpAddress"))?;
        let address = read_ipv4("PrivateIpAddresses", text)?;
        if given.boolean(field::PRIMARY) != Some(true) {
            secondary.push(address);
        } else if primary.is_some_and(|has| has != address) {
            return Err(
                Error::combination("Only one private IP address can be the primary one.").at("PrivateIpAddresses"),
            );
        } else {
            primary = Some(address);
        }
    }
    let count = read_count(params, field::SECONDARY_PRIVATE_IP_ADDRESS_COUNT)?;
    if count > 0 && !secondary.is_empty() {
        return Err(
            Error::combination("Secondary addresses are given either by name or by number, not both.")
                .at("SecondaryPrivateIpAddressCount"),
        );
    }
    Ok((primary, secondary, count))
}

/// IPv4 prefixes as a call names or counts them.
fn read_ipv4_prefixes(params: &Structure) -> Result<Asked> {
    Asked::read(
        params,
        field::IPV4_PREFIXES,
        field::IPV4_PREFIX,
        field::IPV4_PREFIX_COUNT,
    )
}

/// What few interfaces are asked to have, of CreateNetworkInterface as of a launch, whose interfaces say `PrimaryIpv6`, and
/// whose addresses may say of themselves that they are the primary one.
pub(crate) fn read_further(params: &Structure, mut ipv6: Vec<Ipv6Addr>) -> Result<Further> {
    let flag = |name| params.boolean(name) == Some(true);
    let mut marks = params.structures(field::IPV6_ADDRESSES);
    let marked = marks.position(|one| one.boolean(field::IS_PRIMARY_IPV6) == Some(true));
    if let Some(place) = marked.filter(|place| *place < ipv6.len()) {
        ipv6.swap(0, place);
    }
    Ok(Further {
        ipv6,
        ipv4_prefixes: read_ipv4_prefixes(params)?,
        ipv6_prefixes: Asked::read(
            params,
            field::IPV6_PREFIXES,
            field::IPV6_PREFIX,
            field::IPV6_PREFIX_COUNT,
        )?,
        primary_ipv6: flag(field::ENABLE_PRIMARY_IPV6) || flag(field::PRIMARY_IPV6) || marked.is_some(),
        tracking: params
            .structure(field::CONNECTION_TRACKING_SPECIFICATION)
            .map(|asked| interface_attributes::read_tracking(asked, None))
            .transpose()?,
        express: None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::INTERFACE_TYPE, field::OPERATOR])?;
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = NetworkInterfaceId::try_from(made)
        && world.row::<NetworkInterface>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    let subnet = find::<Subnet>(world, region, Kind::Subnet, need(params, field::SUBNET_ID)?)?;
    let (private, secondary, secondary_count) = read_addresses(params)?;
    let (ipv6, ipv6_count) = ipv6::read_asked(params)?;
    let by_itself = usize::from(ipv6.is_empty() && subnet.assign_ipv6 && subnet.ipv6_cidr.is_some());
    let new = NewInterface {
        private,
        secondary,
        secondary_count,
        ipv6_count: ipv6_count.unwrap_or(by_itself),
        groups: groups::resolve(world, region, subnet.vpc, params.texts(field::GROUPS), [])?,
        description: params.text(field::DESCRIPTION).unwrap_or_default().to_owned(),
        further: Box::new(read_further(params, ipv6)?),
        ..NewInterface::plain(subnet.id)
    };
    interfaces::check_primary_ipv6(&new)?;
    let id = interfaces::create(world, region, new)?;
    tags::apply_specifications(world, region, params, &[("network-interface", &[id.into()])])?;
    tokens::remember(request, world, id);
    Ok(shown(request, world, id))
}

fn shown(request: &Request<'_>, world: &World, id: NetworkInterfaceId) -> Structure {
    let row = world.row::<NetworkInterface>(request.region, id);
    Structure::new()
        .with_some(
            field::NETWORK_INTERFACE,
            row.map(|row| interfaces::describe(world, request.region, row, false)),
        )
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html>: only while attached to nothing. Routes
/// to it become black holes.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let interface = named(request, world)?;
    if let Some(at) = &interface.attachment {
        let error = Error::new(
            "InvalidParameterValue",
            format!("Network interface '{}' is currently in use.", interface.id),
        );
        return Err(error
            .at("NetworkInterfaceId")
            .remedy(format!("Detach it from {} first.", at.instance)));
    }
    if interface.in_use() {
        let why = format!("Network interface '{}' is currently in use.", interface.id);
        let error = Error::new("InvalidParameterValue", why).at("NetworkInterfaceId");
        return Err(error.remedy(format!("AWS manages it: {}.", interface.description)));
    }
    interfaces::delete(world, request.region, interface.id);
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html>
fn attach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::ENA_SRD_SPECIFICATION, field::ENA_QUEUE_COUNT])?;
    if params.integer(field::NETWORK_CARD_INDEX).is_some_and(|card| card != 0) {
        return Err(Error::invalid(
            "NetworkCardIndex",
            "the instance type has one network card, 0",
        ));
    }
    let interface = named_own(request, world)?;
    let instance = find::<Instance>(world, region, Kind::Instance, need(params, field::INSTANCE_ID)?)?.clone();
    let index = params
        .integer(field::DEVICE_INDEX)
        .ok_or_else(|| Error::missing("DeviceIndex"))?;
    if !(0..=i64::from(instance.instance_type.max_interfaces().max(16))).contains(&index) {
        return Err(Error::invalid(
            "DeviceIndex",
            format!("{index} is not a device index of {}", instance.instance_type.name()),
        ));
    }
    if !matches!(
        instance.state,
        InstanceState::Running | InstanceState::Stopped | InstanceState::Pending
    ) {
        let why = format!("Instance '{}' is not 'running' or 'stopped'.", instance.id);
        return Err(Error::new("IncorrectInstanceState", why).at("InstanceId"));
    }
    if instance.is_classic() {
        let why = "You may not attach a network interface to an instance that is not in a VPC";
        return Err(Error::combination(why).at("InstanceId"));
    }
    if interface.zone != instance.zone {
        let why = "You may not attach a network interface to an instance if they are not in the same availability zone";
        let error = Error::combination(why).at("InstanceId");
        return Err(error.remedy(format!(
            "The interface is in {}, the instance in {}.",
            interface.zone.name(),
            instance.zone.name()
        )));
    }
    check_room(world, region, &instance, &interface)?;
    let attachment = interfaces::attach(world, region, interface.id, instance.id, index, false)?;
    Ok(Structure::new()
        .with(field::ATTACHMENT_ID, attachment)
        .with(field::NETWORK_CARD_INDEX, 0))
}

/// The instance type's limits: interfaces, and addresses of each.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html>
fn check_room(world: &World, region: Region, instance: &Instance, interface: &NetworkInterface) -> Result<()> {
    let (kind, count) = (
        instance.instance_type,
        interfaces::of_instance(world, region, instance.id).len(),
    );
    if interface.attachment.is_none() && count >= kind.max_interfaces() as usize {
        let why = format!("Interface count {} exceeds the limit for {}", count + 1, kind.name());
        return Err(Error::new("AttachmentLimitExceeded", why).remedy(format!(
            "{} takes {} interfaces.",
            kind.name(),
            kind.max_interfaces()
        )));
    }
    if !interface.ipv4_prefixes.is_empty() || !interface.ipv6_prefixes.is_empty() {
        prefixes::check_kind(kind)?;
    }
    let six = interface.ipv6.len() + interface.ipv6_prefixes.len();
    if six > 0 && !kind.ipv6() {
        let why = format!("IPv6 is not supported for the instance type '{}'", kind.name());
        return Err(Error::new("Unsupported", why).at("InstanceId"));
    }
    let four = interface.addresses.len() + interface.ipv4_prefixes.len();
    if four.max(six) > kind.ipv4_per_interface() as usize {
        let most = kind.ipv4_per_interface();
        let why = format!(
            "Number of private addresses will exceed limit: {} takes {most} for each network interface.",
            kind.name()
        );
        return Err(Error::new("PrivateIpAddressLimitExceeded", why));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachNetworkInterface.html>: not the primary one.
fn detach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::ATTACHMENT_ID)?;
    let id: AttachmentId = read_id(Kind::Attachment, text)?;
    let has = |interface: &&NetworkInterface| interface.attachment.as_ref().is_some_and(|at| at.id == id);
    let interface = world
        .ec2(region)
        .and_then(|ec2| ec2.interfaces.rows().find(has))
        .ok_or_else(|| unknown(Kind::Attachment, text))?;
    if interface.attachment.as_ref().is_some_and(|at| at.device_index == 0) {
        let why = "The network interface at device index 0 and networkCard index 0 cannot be detached.";
        return Err(Error::new("OperationNotPermitted", why).at("AttachmentId"));
    }
    interfaces::detach(world, region, interface.id);
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html>
fn assign(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let asked = read_ipv4_prefixes(params)?;
    let mut interface = named_own(request, world)?;
    let subnet = interfaces::row::<Subnet>(world, region, interface.subnet, Kind::Subnet)?.clone();
    let addresses: Vec<Ipv4Addr> = params
        .texts(field::PRIVATE_IP_ADDRESSES)
        .map(|text| read_ipv4("PrivateIpAddresses", text))
        .collect::<Result<_>>()?;
    let count = read_count(params, field::SECONDARY_PRIVATE_IP_ADDRESS_COUNT)?;
    let neither = addresses.is_empty() && count == 0;
    if (neither && asked.len() == 0) || (!addresses.is_empty() && count > 0) {
        let why = "Specify either privateIpAddresses or secondaryPrivateIpAddressCount.";
        return Err(if neither {
            Error::new("MissingParameter", why)
        } else {
            Error::combination(why)
        });
    }
    if params.boolean(field::ALLOW_REASSIGNMENT) == Some(true) {
        take_from_others(world, region, &interface, &addresses)?;
    }
    let more = addresses.len().saturating_add(count).saturating_add(asked.len());
    interfaces::check_room(world, region, &interface, more)?;
    let added = interfaces::add_addresses(world, region, &subnet, &mut interface, &addresses, count)?;
    let nets = prefixes::add_ipv4(world, region, &subnet, &mut interface, &asked)?;
    let id = interface.id;
    world.put(region, interface);
    let names: Vec<String> = added.iter().map(Ipv4Addr::to_string).collect();
    if !neither {
        note(
            world,
            region,
            id,
            format!("secondary addresses added: {}", names.join(", ")),
        );
    }
    let nets: Vec<String> = nets.iter().map(Ipv4Net::to_string).collect();
    if !nets.is_empty() {
        note(world, region, id, format!("prefixes added: {}", nets.join(", ")));
    }
    let nets = (!nets.is_empty()).then(|| prefixes::shown(nets.into_iter(), field::IPV4_PREFIX));
    let shown: Vec<Structure> = names
        .iter()
        .map(|address| Structure::new().with(field::PRIVATE_IP_ADDRESS, address))
        .collect();
    Ok(Structure::new()
        .with(field::NETWORK_INTERFACE_ID, id)
        .with(field::ASSIGNED_PRIVATE_IP_ADDRESSES, shown)
        .with_some(field::ASSIGNED_IPV4_PREFIXES, nets))
}

/// Moves secondary addresses here from the interfaces that have them; a primary one stays where it is.
fn take_from_others(
    world: &mut World,
    region: Region,
    interface: &NetworkInterface,
    addresses: &[Ipv4Addr],
) -> Result<()> {
    for address in addresses {
        let holder = world
            .ec2(region)
            .and_then(|ec2| ec2.by_private_address.get(&(interface.vpc, *address)))
            .copied();
        let Some(other) = holder
            .filter(|id| *id != interface.id)
            .and_then(|id| world.row::<NetworkInterface>(region, id))
        else {
            continue;
        };
        let other_id = other.id;
        if other.primary().is_some_and(|primary| primary.private == *address) {
            let why = format!("Address {address} is the primary address of {other_id} and cannot be reassigned.");
            return Err(Error::new("InvalidParameterValue", why).at("PrivateIpAddresses"));
        }
        remove_address(world, region, other_id, *address);
        note(
            world,
            region,
            other_id,
            format!("{address} reassigned to {}", interface.id),
        );
    }
    Ok(())
}

/// Takes a secondary address away; an Elastic IP in front of it is then associated with nothing.
fn remove_address(world: &mut World, region: Region, id: NetworkInterfaceId, address: Ipv4Addr) {
    let elastic = world.row::<NetworkInterface>(region, id).and_then(|row| {
        row.addresses
            .iter()
            .find(|has| has.private == address)?
            .public?
            .allocation
    });
    if let Some(allocation) = elastic {
        interfaces::release_association(world, region, allocation);
    }
    world.update::<NetworkInterface, _>(region, id, |row| row.addresses.retain(|has| has.private != address));
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateIpAddresses.html>
fn unassign(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut interface = named_own(request, world)?;
    let nets = prefixes::remove(&mut interface, params, field::IPV4_PREFIXES)?;
    if !nets.is_empty() {
        let kept = interface.ipv4_prefixes.clone();
        world.update::<NetworkInterface, _>(region, interface.id, |row| row.ipv4_prefixes = kept);
        note(
            world,
            region,
            interface.id,
            format!("prefixes taken away: {}", nets.join(", ")),
        );
    }
    if params.list(field::PRIVATE_IP_ADDRESSES).is_empty() && nets.is_empty() {
        return Err(Error::missing("privateIpAddress").at("PrivateIpAddresses"));
    }
    for text in params.texts(field::PRIVATE_IP_ADDRESSES) {
        let address = read_ipv4("PrivateIpAddresses", text)?;
        let place = interface.addresses.iter().position(|has| has.private == address);
        let why = match place {
            Some(0) => format!("The primary address {address} cannot be unassigned."),
            None => format!(
                "Some of the specified addresses are not assigned to interface {}",
                interface.id
            ),
            Some(_) => {
                remove_address(world, region, interface.id, address);
                note(
                    world,
                    region,
                    interface.id,
                    format!("secondary address {address} taken away"),
                );
                continue;
            }
        };
        return Err(Error::new("InvalidParameterValue", why).at("PrivateIpAddresses"));
    }
    done()
}

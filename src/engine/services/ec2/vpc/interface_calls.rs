//! The API's operations that change network interfaces. What they do to rows is in `interfaces`; the Describe calls are in
//! `interface_describe`.

use super::super::common::{attribute, done, find, need, note, read_id, read_ipv4, refuse_unsimulated, unknown};
use super::super::{tags, tokens};
use super::groups;
use super::interfaces::{self, NewInterface};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::*;
use std::net::Ipv4Addr;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateNetworkInterface" => Handler::Write(create),
        "DeleteNetworkInterface" => Handler::Write(delete),
        "ModifyNetworkInterfaceAttribute" => Handler::Write(modify_attribute),
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

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(
        params,
        &[
            field::IPV4_PREFIXES,
            field::IPV4_PREFIX_COUNT,
            field::IPV6_PREFIXES,
            field::IPV6_PREFIX_COUNT,
            field::IPV6_ADDRESSES,
            field::INTERFACE_TYPE,
            field::ENABLE_PRIMARY_IPV6,
            field::CONNECTION_TRACKING_SPECIFICATION,
            field::OPERATOR,
        ],
    )?;
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = NetworkInterfaceId::try_from(made)
        && world.row::<NetworkInterface>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    let subnet = find::<Subnet>(world, region, Kind::Subnet, need(params, field::SUBNET_ID)?)?;
    let (private, secondary, secondary_count) = read_addresses(params)?;
    let ipv6_count = match params.contains(field::IPV6_ADDRESS_COUNT) {
        true => read_count(params, field::IPV6_ADDRESS_COUNT)?,
        false => usize::from(subnet.assign_ipv6 && subnet.ipv6_cidr.is_some()),
    };
    let new = NewInterface {
        private,
        secondary,
        secondary_count,
        ipv6_count,
        groups: groups::resolve(world, region, subnet.vpc, params.texts(field::GROUPS), [])?,
        description: params.text(field::DESCRIPTION).unwrap_or_default().to_owned(),
        ..NewInterface::plain(subnet.id)
    };
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
    let interface = named(request, world)?;
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
    if interface.addresses.len() > kind.ipv4_per_interface() as usize {
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
    refuse_unsimulated(params, &[field::IPV4_PREFIXES, field::IPV4_PREFIX_COUNT])?;
    let mut interface = named(request, world)?;
    let subnet = interfaces::row::<Subnet>(world, region, interface.subnet, Kind::Subnet)?.clone();
    let addresses: Vec<Ipv4Addr> = params
        .texts(field::PRIVATE_IP_ADDRESSES)
        .map(|text| read_ipv4("PrivateIpAddresses", text))
        .collect::<Result<_>>()?;
    let count = read_count(params, field::SECONDARY_PRIVATE_IP_ADDRESS_COUNT)?;
    if addresses.is_empty() == (count == 0) {
        let why = "Specify either privateIpAddresses or secondaryPrivateIpAddressCount.";
        return Err(if count == 0 {
            Error::new("MissingParameter", why)
        } else {
            Error::combination(why)
        });
    }
    if params.boolean(field::ALLOW_REASSIGNMENT) == Some(true) {
        take_from_others(world, region, &interface, &addresses)?;
    }
    let added = interfaces::add_addresses(world, region, &subnet, &mut interface, &addresses, count)?;
    let id = interface.id;
    world.put(region, interface);
    let names: Vec<String> = added.iter().map(Ipv4Addr::to_string).collect();
    note(
        world,
        region,
        id,
        format!("secondary addresses added: {}", names.join(", ")),
    );
    let shown: Vec<Structure> = names
        .iter()
        .map(|address| Structure::new().with(field::PRIVATE_IP_ADDRESS, address))
        .collect();
    Ok(Structure::new()
        .with(field::NETWORK_INTERFACE_ID, id)
        .with(field::ASSIGNED_PRIVATE_IP_ADDRESSES, shown))
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
    refuse_unsimulated(params, &[field::IPV4_PREFIXES])?;
    let interface = named(request, world)?;
    if params.list(field::PRIVATE_IP_ADDRESSES).is_empty() {
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

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html>: one attribute a call.
fn modify_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(
        params,
        &[
            field::ENA_SRD_SPECIFICATION,
            field::ENABLE_PRIMARY_IPV6,
            field::CONNECTION_TRACKING_SPECIFICATION,
            field::ASSOCIATED_SUBNET_IDS,
            field::ASSOCIATE_PUBLIC_IP_ADDRESS,
        ],
    )?;
    let mut interface = named(request, world)?;
    let names = [
        field::DESCRIPTION,
        field::SOURCE_DEST_CHECK,
        field::GROUPS,
        field::ATTACHMENT,
    ];
    if names.iter().filter(|name| params.contains(**name)).count() != 1 {
        return Err(Error::combination("Specify exactly one attribute to modify."));
    }
    let mut text = String::new();
    if let Some(value) = params.structure(field::DESCRIPTION) {
        interface.description = value.text(field::VALUE).unwrap_or_default().to_owned();
        text = format!("described as '{}'", interface.description);
    }
    if let Some(value) = attribute(params, field::SOURCE_DEST_CHECK) {
        interface.source_dest_check = value;
        text = format!("source/destination check {}", if value { "on" } else { "off" });
    }
    if params.contains(field::GROUPS) {
        if params.list(field::GROUPS).is_empty() {
            return Err(
                Error::new("InvalidParameterValue", "You must specify at least one security group.").at("Groups"),
            );
        }
        interface.groups = groups::resolve(world, region, interface.vpc, params.texts(field::GROUPS), [])?;
        let names: Vec<String> = interface.groups.iter().map(SecurityGroupId::to_string).collect();
        text = format!("security groups now {}", names.join(", "));
    }
    if let Some(changes) = params.structure(field::ATTACHMENT) {
        modify_attachment(&mut interface, changes)?;
        text = "attachment changed".into();
    }
    let id = interface.id;
    world.put(region, interface);
    note(world, region, id, text);
    done()
}

fn modify_attachment(interface: &mut NetworkInterface, changes: &Structure) -> Result<()> {
    refuse_unsimulated(changes, &[field::ENA_QUEUE_COUNT, field::DEFAULT_ENA_QUEUE_COUNT])?;
    let text = changes
        .text(field::ATTACHMENT_ID)
        .ok_or_else(|| Error::missing("attachmentId").at("Attachment"))?;
    let id: AttachmentId = read_id(Kind::Attachment, text)?;
    let attachment = interface
        .attachment
        .as_mut()
        .filter(|at| at.id == id)
        .ok_or_else(|| unknown(Kind::Attachment, text))?;
    if let Some(goes) = changes.boolean(field::DELETE_ON_TERMINATION) {
        attachment.delete_on_termination = goes;
    }
    Ok(())
}

//! The attributes of network interfaces: ModifyNetworkInterfaceAttribute, ResetNetworkInterfaceAttribute,
//! DescribeNetworkInterfaceAttribute.

use super::super::common::{attribute, done, find, note, read_id, refuse_unsimulated, unknown};
use super::{groups, interface_calls, interface_view, interfaces};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::ec2::refusals;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::*;
use stratus_model::{Name, Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "ModifyNetworkInterfaceAttribute" => Some(Handler::Write(modify)),
        "ResetNetworkInterfaceAttribute" => Some(Handler::Write(reset)),
        "DescribeNetworkInterfaceAttribute" => Some(Handler::Read(describe)),
        _ => None,
    }
}

/// What one call may change, one of them at a time.
const ATTRIBUTES: [Name; 8] = [
    field::DESCRIPTION,
    field::SOURCE_DEST_CHECK,
    field::GROUPS,
    field::ATTACHMENT,
    field::ENABLE_PRIMARY_IPV6,
    field::CONNECTION_TRACKING_SPECIFICATION,
    field::ENA_SRD_SPECIFICATION,
    field::ASSOCIATE_PUBLIC_IP_ADDRESS,
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html>: one attribute a call.
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::ASSOCIATED_SUBNET_IDS])?;
    let mut interface = interface_calls::named_own(request, world)?;
    let given = ATTRIBUTES.iter().filter(|name| params.contains(**name));
    let given: Vec<&str> = given.map(|name| name.text()).collect();
    if given.len() != 1 {
        return Err(refusals::one_attribute(&given));
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
            let why = "You must specify at least one security group.";
            return Err(Error::new("InvalidParameterValue", why).at("Groups"));
        }
        interface.groups = groups::resolve(world, region, interface.vpc, params.texts(field::GROUPS), [])?;
        let names: Vec<String> = interface.groups.iter().map(SecurityGroupId::to_string).collect();
        text = format!("security groups now {}", names.join(", "));
    }
    if let Some(changes) = params.structure(field::ATTACHMENT) {
        modify_attachment(&mut interface, changes)?;
        text = "attachment changed".into();
    }
    if let Some(on) = params.boolean(field::ENABLE_PRIMARY_IPV6) {
        make_primary_ipv6(&mut interface, on)?;
        text = "its first IPv6 address is the primary one".into();
    }
    if let Some(asked) = params.structure(field::CONNECTION_TRACKING_SPECIFICATION) {
        interface.tracking = Some(read_tracking(asked, interface.tracking)?);
        text = "connection tracking timeouts set".into();
    }
    if let Some(asked) = params.structure(field::ENA_SRD_SPECIFICATION) {
        interface.ena_express = Some(read_express(world, region, &interface, asked)?);
        text = "ENA Express set".into();
    }
    let id = interface.id;
    world.put(region, interface);
    if let Some(on) = params.boolean(field::ASSOCIATE_PUBLIC_IP_ADDRESS) {
        lend_or_take_back(world, region, id, on)?;
        return done();
    }
    note(world, region, id, text);
    done()
}

/// A public address for the primary interface of an instance, or none; an Elastic IP is in the way of both.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/managing-network-interface-ip-addresses.html>
fn lend_or_take_back(world: &mut World, region: Region, id: NetworkInterfaceId, on: bool) -> Result<()> {
    let row = interfaces::row::<NetworkInterface>(world, region, id, Kind::NetworkInterface)?;
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("AssociatePublicIpAddress"));
    if row.attachment.as_ref().is_none_or(|at| at.device_index != 0) {
        return refuse(format!("{id} is not the primary network interface of an instance."));
    }
    let elastic = row
        .primary()
        .and_then(|primary| primary.public)
        .and_then(|public| public.allocation);
    if elastic.is_some() {
        return refuse(format!("An Elastic IP address is associated with {id}."));
    }
    // An instance that does not run gets its address when it starts.
    let running = row
        .attachment
        .as_ref()
        .and_then(|at| world.row::<Instance>(region, at.instance))
        .is_some_and(|instance| instance.state == InstanceState::Running);
    if on && running {
        interfaces::lend_public_address(world, region, id);
    } else if on {
        world.update::<NetworkInterface, _>(region, id, |row| row.auto_public = true);
    } else {
        interfaces::take_back_public_address(world, region, id);
        world.update::<NetworkInterface, _>(region, id, |row| row.auto_public = false);
    }
    Ok(())
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

/// A primary IPv6 address stays for the interface's life.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html>
fn make_primary_ipv6(interface: &mut NetworkInterface, on: bool) -> Result<()> {
    let refuse = |why: &str| Err(Error::new("InvalidParameterValue", why).at("EnablePrimaryIpv6"));
    match (on, interface.primary_ipv6) {
        (false, true) => refuse("A primary IPv6 address cannot be disabled."),
        (true, _) if interface.ipv6.is_empty() => refuse("The network interface has no IPv6 address."),
        _ => {
            interface.primary_ipv6 |= on;
            Ok(())
        }
    }
}

/// Timeouts within AWS's bounds.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ConnectionTrackingSpecificationRequest.html>
pub(super) fn read_tracking(asked: &Structure, before: Option<Tracking>) -> Result<Tracking> {
    let read = |name: Name, least: i64, most: i64, old: Option<i64>| match asked.integer(name) {
        Some(seconds) if !(least..=most).contains(&seconds) => Err(Error::invalid(
            name.text(),
            format!("{seconds}. Expecting a value from {least} to {most} seconds"),
        )),
        seconds => Ok(seconds.or(old)),
    };
    let old = before.unwrap_or_default();
    Ok(Tracking {
        tcp_established: read(field::TCP_ESTABLISHED_TIMEOUT, 60, 432_000, old.tcp_established)?,
        udp_stream: read(field::UDP_STREAM_TIMEOUT, 60, 180, old.udp_stream)?,
        udp: read(field::UDP_TIMEOUT, 30, 60, old.udp)?,
    })
}

/// ENA Express belongs to an attachment; UDP needs it on.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ena-express.html>
fn read_express(
    world: &World,
    region: Region,
    interface: &NetworkInterface,
    asked: &Structure,
) -> Result<(bool, bool)> {
    let Some(at) = &interface.attachment else {
        let why = format!("Network interface '{}' is not attached to an instance.", interface.id);
        return Err(Error::new("InvalidParameterValue", why).at("EnaSrdSpecification"));
    };
    find::<Instance>(world, region, Kind::Instance, &at.instance.to_string())?;
    express(asked, interface.ena_express.unwrap_or((false, false)))
}

/// ENA Express as it is asked for, on what there was: whether it is on, and for UDP too, which needs it on.
///
/// # Errors
/// `InvalidParameterCombination`.
pub(crate) fn express(asked: &Structure, old: (bool, bool)) -> Result<(bool, bool)> {
    let on = asked.boolean(field::ENA_SRD_ENABLED).unwrap_or(old.0);
    let udp = asked
        .structure(field::ENA_SRD_UDP_SPECIFICATION)
        .and_then(|udp| udp.boolean(field::ENA_SRD_UDP_ENABLED));
    if udp == Some(true) && !on {
        let why = "EnaSrdUdpEnabled requires EnaSrdEnabled.";
        return Err(Error::combination(why).at("EnaSrdSpecification"));
    }
    Ok((on, on && udp.unwrap_or(old.1)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetNetworkInterfaceAttribute.html>: the source/destination
/// check is on again.
fn reset(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let interface = interface_calls::named_own(request, world)?;
    if !request.params.contains(field::SOURCE_DEST_CHECK) {
        return Err(Error::combination("No attributes specified.").at("SourceDestCheck"));
    }
    interfaces::set_source_dest_check(world, request.region, interface.id, true);
    note(world, request.region, interface.id, "source/destination check on again");
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaceAttribute.html>
fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let interface = interface_calls::named(request, world)?;
    let name = request
        .params
        .text(field::ATTRIBUTE)
        .ok_or_else(|| Error::missing("Attribute"))?;
    let answer = Structure::new().with(field::NETWORK_INTERFACE_ID, interface.id);
    Ok(match name {
        "description" => answer.with(
            field::DESCRIPTION,
            Structure::new().with(field::VALUE, interface.description),
        ),
        "groupSet" => answer.with(
            field::GROUPS,
            interfaces::describe_groups(world, request.region, &interface.groups),
        ),
        "sourceDestCheck" => answer.with(
            field::SOURCE_DEST_CHECK,
            Structure::new().with(field::VALUE, interface.source_dest_check),
        ),
        "attachment" => answer.with_some(
            field::ATTACHMENT,
            interface
                .attachment
                .as_ref()
                .map(|at| interface_view::describe_attachment(world, at, interface.ena_express, false)),
        ),
        _ => answer.with(field::ASSOCIATE_PUBLIC_IP_ADDRESS, interface.auto_public),
    })
}

//! The groups of multicast domains: who is a member, who is a source.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/manage-domain.html>

use super::super::common::{Filters, find, need, note, page};
use super::multicast::{available, named, texts};
use super::{attachments, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::quotas;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::transits::{GroupSeat, MulticastDomain};
use crate::world::vpc::NetworkInterface;
use std::net::IpAddr;
use stratus_model::{Name, Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "RegisterTransitGatewayMulticastGroupMembers" => Write(|request, world| register(request, world, &MEMBERS)),
        "RegisterTransitGatewayMulticastGroupSources" => Write(|request, world| register(request, world, &SOURCES)),
        "DeregisterTransitGatewayMulticastGroupMembers" => Write(|request, world| deregister(request, world, &MEMBERS)),
        "DeregisterTransitGatewayMulticastGroupSources" => Write(|request, world| deregister(request, world, &SOURCES)),
        "SearchTransitGatewayMulticastGroups" => Read(search),
        _ => return None,
    })
}

/// What differs between calls about members and calls about sources.
struct Role {
    source: bool,
    registered: Name,
    deregistered: Name,
}

const MEMBERS: Role = Role {
    source: false,
    registered: field::REGISTERED_MULTICAST_GROUP_MEMBERS,
    deregistered: field::DEREGISTERED_MULTICAST_GROUP_MEMBERS,
};
const SOURCES: Role = Role {
    source: true,
    registered: field::REGISTERED_MULTICAST_GROUP_SOURCES,
    deregistered: field::DEREGISTERED_MULTICAST_GROUP_SOURCES,
};

/// The address of a group: of 224.0.0.0/4 or ff00::/8, and not for the link only.
fn read_group(params: &Structure) -> Result<IpAddr> {
    let text = need(params, field::GROUP_IP_ADDRESS)?;
    let address: Option<IpAddr> = text.parse().ok();
    let fits = address.filter(|address| match address {
        IpAddr::V4(address) => address.is_multicast() && !matches!(address.octets(), [224, 0, 0, _]),
        IpAddr::V6(address) => address.is_multicast(),
    });
    fits.ok_or_else(|| {
        let why = format!("The group IP address {text} is not valid.");
        let error = Error::new("InvalidParameterValue", why).at("GroupIpAddress");
        error.remedy("It is of 224.0.0.0/4 without 224.0.0.0/24, or of ff00::/8.")
    })
}

fn read_interfaces(request: &Request<'_>, world: &World) -> Result<Vec<(NetworkInterfaceId, SubnetId)>> {
    let texts = request.params.texts(field::NETWORK_INTERFACE_IDS);
    let rows = texts.map(|text| find::<NetworkInterface>(world, request.region, Kind::NetworkInterface, text));
    let rows: Vec<&NetworkInterface> = rows.collect::<Result<_>>()?;
    Ok(rows.into_iter().map(|row| (row.id, row.subnet)).collect())
}

fn seats(
    row: &MulticastDomain,
    role_answer: Name,
    list: Name,
    group: Option<IpAddr>,
    of: &[NetworkInterfaceId],
) -> Structure {
    let ids: Vec<String> = of.iter().map(|id| id.to_string()).collect();
    let shown = Structure::new()
        .with(field::TRANSIT_GATEWAY_MULTICAST_DOMAIN_ID, row.id)
        .with(list, ids)
        .with_some(field::GROUP_IP_ADDRESS, group.map(|group| group.to_string()));
    Structure::new().with(role_answer, shown)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterTransitGatewayMulticastGroupMembers.html> and its twin for
/// sources.
fn register(request: &Request<'_>, world: &mut World, role: &Role) -> Result<Structure> {
    let region = request.region;
    let mut row = available(request, world)?;
    if role.source && transits::written(&row.on, field::STATIC_SOURCES_SUPPORT) != "enable" {
        let why = format!("Static sources support is not enabled on {}.", row.id);
        let error = Error::new("InvalidParameterValue", why).at("TransitGatewayMulticastDomainId");
        return Err(error.remedy("Who is in an associated subnet may send to a group without being registered."));
    }
    let group = read_group(request.params)?;
    let interfaces = read_interfaces(request, world)?;
    if interfaces.is_empty() {
        return Err(Error::missing("NetworkInterfaceIds"));
    }
    for (interface, subnet) in &interfaces {
        if !row.subnets.iter().any(|(_, own)| own == subnet) {
            let why = format!("The subnet of {interface} is not associated with {}.", row.id);
            return Err(Error::new("InvalidParameterValue", why).at("NetworkInterfaceIds"));
        }
        let seat = GroupSeat {
            group,
            interface: *interface,
            source: role.source,
        };
        if !row.groups.contains(&seat) {
            row.groups.push(seat);
        }
    }
    if row.groups.len() > quotas::MULTICAST_SEATS {
        let why = "The maximum number of members and sources of the multicast domain has been reached.";
        return Err(Error::new("TransitGatewayMulticastGroupLimitExceeded", why));
    }
    sort::sort(&mut row.groups);
    let ids: Vec<NetworkInterfaceId> = interfaces.iter().map(|(id, _)| *id).collect();
    let answer = seats(
        &row,
        role.registered,
        field::REGISTERED_NETWORK_INTERFACE_IDS,
        Some(group),
        &ids,
    );
    let (id, word) = (row.id, if role.source { "sources" } else { "members" });
    world.put(region, row);
    note(world, region, id, format!("{word} of {group}: {}", texts(&ids)));
    Ok(answer)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterTransitGatewayMulticastGroupMembers.html> and its twin:
/// of one group or of all, some interfaces or all.
fn deregister(request: &Request<'_>, world: &mut World, role: &Role) -> Result<Structure> {
    let region = request.region;
    let mut row = named(request, world)?;
    let group = if request.params.contains(field::GROUP_IP_ADDRESS) {
        Some(read_group(request.params)?)
    } else {
        None
    };
    let asked: Vec<NetworkInterfaceId> = read_interfaces(request, world)?.into_iter().map(|(id, _)| id).collect();
    let chosen = |seat: &GroupSeat| {
        seat.source == role.source
            && group.is_none_or(|group| seat.group == group)
            && (asked.is_empty() || asked.contains(&seat.interface))
    };
    let mut gone: Vec<NetworkInterfaceId> = row
        .groups
        .iter()
        .filter(|seat| chosen(seat))
        .map(|seat| seat.interface)
        .collect();
    gone.dedup();
    if let Some(stranger) = asked.iter().find(|id| !gone.contains(id)) {
        let why = format!("{stranger} is not registered in {}.", row.id);
        return Err(Error::new("InvalidParameterValue", why).at("NetworkInterfaceIds"));
    }
    row.groups.retain(|seat| !chosen(seat));
    let answer = seats(
        &row,
        role.deregistered,
        field::DEREGISTERED_NETWORK_INTERFACE_IDS,
        group,
        &gone,
    );
    let (id, word) = (row.id, if role.source { "sources" } else { "members" });
    world.put(region, row);
    note(world, region, id, format!("{word} no more: {}", texts(&gone)));
    Ok(answer)
}

/// An interface in a group: whether it is a member, and whether a source.
fn describe_member(own: &NetworkInterface, group: IpAddr, [member, source]: [bool; 2]) -> Structure {
    let registered = |is: bool| is.then_some("static");
    Structure::new()
        .with(field::GROUP_IP_ADDRESS, group.to_string())
        .with(field::SUBNET_ID, own.subnet)
        .with(field::NETWORK_INTERFACE_ID, own.id)
        .with(field::GROUP_MEMBER, member)
        .with(field::GROUP_SOURCE, source)
        .with_some(field::MEMBER_TYPE, registered(member))
        .with_some(field::SOURCE_TYPE, registered(source))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayMulticastGroups.html>: by group and interface.
fn search(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let row = named(request, world)?;
    let filters = Filters::read(request.params)?;
    let known = [
        "group-ip-address",
        "is-group-member",
        "is-group-source",
        "member-type",
        "resource-id",
        "resource-type",
        "source-type",
        "subnet-id",
        "transit-gateway-attachment-id",
    ];
    filters.check_names(|name| known.contains(&name))?;
    let mut found: Vec<(IpAddr, NetworkInterfaceId)> =
        row.groups.iter().map(|seat| (seat.group, seat.interface)).collect();
    found.dedup();
    let mut shown = Vec::new();
    for (group, interface) in found {
        let Some(own) = world.row::<NetworkInterface>(region, interface) else {
            continue;
        };
        let attachment = row.subnets.iter().find(|(_, subnet)| *subnet == own.subnet);
        let attachment = attachment.and_then(|(id, _)| world.row::<TransitAttachment>(region, *id));
        let Some(attachment) = attachment else { continue };
        let (kind, resource) = attachments::resource(attachment, region);
        let is = |source: bool| {
            row.groups.contains(&GroupSeat {
                group,
                interface,
                source,
            })
        };
        let registered = |source: bool| is(source).then_some("static");
        let values = |name: &str| {
            let kept = |text: Option<&str>| text.map(str::to_owned).into_iter().collect();
            Some(match name {
                "group-ip-address" => vec![group.to_string()],
                "is-group-member" => vec![is(false).to_string()],
                "is-group-source" => vec![is(true).to_string()],
                "member-type" => kept(registered(false)),
                "source-type" => kept(registered(true)),
                "resource-id" => vec![resource.clone()],
                "resource-type" => vec![kind.to_owned()],
                "subnet-id" => vec![own.subnet.to_string()],
                _ => vec![attachment.id.to_string()],
            })
        };
        if filters.pass_tagged(None, values)? {
            let roles = [is(false), is(true)];
            let line = describe_member(own, group, roles).with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment.id);
            shown.push(
                line.with(field::RESOURCE_ID, resource)
                    .with(field::RESOURCE_TYPE, kind)
                    .with(field::RESOURCE_OWNER_ID, world.account()),
            );
        }
    }
    let (shown, next) = page(shown, request.params, 5)?;
    Ok(Structure::new()
        .with(field::MULTICAST_GROUPS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

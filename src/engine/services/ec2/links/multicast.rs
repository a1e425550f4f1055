//! Multicast domains of transit gateways: their subnets, and the members and sources of their groups.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-multicast-overview.html>
//!
//! Associations and registrations take a moment in AWS; here they are done at once (ours), and only the answer of the call that
//! asked says so. There is one account, so that nothing waits for acceptance. No guest of Stratus sends IGMP or multicast.

use super::super::common::{Describing, Filters, arn, dependency, find, need, note, note_clock, page, tag_list};
use super::super::tags;
use super::{attachments, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::clock::{self, Pending, Step};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::transits::{GroupSeat, MulticastDomain};
use crate::world::vpc::{NetworkInterface, Subnet};
use std::net::IpAddr;
use stratus_model::{Name, Structure, field, sort};

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/tgw/manage-domain.html";
const SWITCHES: [Name; 3] = [
    field::IGMPV2_SUPPORT,
    field::STATIC_SOURCES_SUPPORT,
    field::AUTO_ACCEPT_SHARED_ASSOCIATIONS,
];

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateTransitGatewayMulticastDomain" => Write(create),
        "DeleteTransitGatewayMulticastDomain" => Write(delete),
        "DescribeTransitGatewayMulticastDomains" => Read(describe_all),
        "AssociateTransitGatewayMulticastDomain" => Write(associate),
        "DisassociateTransitGatewayMulticastDomain" => Write(disassociate),
        "AcceptTransitGatewayMulticastDomainAssociations" | "RejectTransitGatewayMulticastDomainAssociations" => {
            Write(answer)
        }
        "GetTransitGatewayMulticastDomainAssociations" => Read(associations),
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

fn rows(world: &World, region: Region) -> impl Iterator<Item = &MulticastDomain> {
    let ec2 = world.ec2(region).into_iter();
    ec2.flat_map(|ec2| ec2.links.multicast.rows())
}

/// Refuses the end of a transit gateway that has domains.
///
/// # Errors
/// `IncorrectState`.
pub(super) fn check_none(world: &World, region: Region, gateway: TransitGatewayId) -> Result<()> {
    let of = rows(world, region).filter(|row| row.gateway == gateway && row.state != TransitState::Deleted);
    let names: Vec<String> = of.map(|row| row.id.to_string()).collect();
    if names.is_empty() {
        return Ok(());
    }
    let why = format!("{gateway} has non-deleted Multicast Domains: {}.", names.join(", "));
    Err(Error::new("IncorrectState", why).at("TransitGatewayId"))
}

/// An attachment that is over takes its subnets out of every domain, and who was in a group there.
pub(super) fn forget(world: &mut World, region: Region, attachment: TransitAttachmentId) {
    let touched = rows(world, region).filter(|row| row.subnets.iter().any(|(by, _)| *by == attachment));
    let touched: Vec<MulticastDomain> = touched.cloned().collect();
    for mut row in touched {
        row.subnets.retain(|(by, _)| *by != attachment);
        leave(world, region, &mut row);
        world.put(region, row);
    }
}

/// Who is in no subnet of the domain is in no group of it.
fn leave(world: &World, region: Region, row: &mut MulticastDomain) {
    let MulticastDomain { groups, subnets, .. } = row;
    groups.retain(|seat| {
        let own = world.row::<NetworkInterface>(region, seat.interface);
        own.is_some_and(|own| subnets.iter().any(|(_, subnet)| *subnet == own.subnet))
    });
}

fn named(request: &Request<'_>, world: &World) -> Result<MulticastDomain> {
    let text = need(request.params, field::TRANSIT_GATEWAY_MULTICAST_DOMAIN_ID)?;
    find::<MulticastDomain>(world, request.region, Kind::MulticastDomain, text).cloned()
}

fn available(request: &Request<'_>, world: &World) -> Result<MulticastDomain> {
    let row = named(request, world)?;
    if row.state == TransitState::Available {
        return Ok(row);
    }
    Err(transits::invalid_state(row.id, row.state))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayMulticastDomain.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let gateway = transits::available(request, world)?;
    if transits::written(&gateway.on, field::MULTICAST_SUPPORT) != "enable" {
        let why = format!("Multicast support is not enabled on {}.", gateway.id);
        let error = Error::new("InvalidParameterValue", why).at("TransitGatewayId");
        return Err(error.remedy("Make the transit gateway with the option MulticastSupport."));
    }
    let alive = rows(world, region).filter(|row| row.gateway == gateway.id && !row.state.is_gone());
    if alive.count() >= quotas::MULTICAST_DOMAINS {
        let why = "The maximum number of multicast domains of the transit gateway has been reached.";
        return Err(Error::new("TransitGatewayMulticastDomainLimitExceeded", why));
    }
    let mut on = Vec::new();
    if let Some(options) = params.structure(field::OPTIONS) {
        transits::switch(&mut on, options, &SWITCHES);
    }
    let is_on = |name: Name| transits::written(&on, name) == "enable";
    if is_on(field::IGMPV2_SUPPORT) && is_on(field::STATIC_SOURCES_SUPPORT) {
        let why = "Igmpv2Support and StaticSourcesSupport cannot both be enabled.";
        return Err(Error::combination(why).at("Options"));
    }
    let id = MulticastDomainId(world.random.next_u64(Stream::Ids(Kind::MulticastDomain)));
    let row = MulticastDomain {
        id,
        born: world.birth(),
        gateway: gateway.id,
        created: world.now,
        state: TransitState::Pending,
        on,
        subnets: Vec::new(),
        groups: Vec::new(),
    };
    world.put(region, row);
    tags::apply_specifications(
        world,
        region,
        params,
        &[("transit-gateway-multicast-domain", &[id.into()])],
    )?;
    note(world, region, id, format!("created for {}", gateway.id));
    let span = world.timings.clone().draw(&mut world.random, "transit.attachment");
    clock::schedule(world, span, region, id, Step::Settle);
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: MulticastDomainId) -> Structure {
    let row = world.row::<MulticastDomain>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_MULTICAST_DOMAIN,
        row.map(|row| describe(world, region, row)),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayMulticastDomain.html>: without subnets.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = named(request, world)?;
    if row.state.is_gone() {
        return Err(transits::invalid_state(row.id, row.state));
    }
    if !row.subnets.is_empty() {
        let subnets: Vec<ResourceId> = row.subnets.iter().map(|(_, subnet)| (*subnet).into()).collect();
        let why = format!("{} has non-deleted associations.", row.id);
        let error = Error::new("IncorrectState", why).at("TransitGatewayMulticastDomainId");
        return Err(error.remedy(dependency(String::new(), &subnets).remedy));
    }
    super::call_off(world, region, row.id);
    world.update::<MulticastDomain, _>(region, row.id, |row| row.state = TransitState::Deleting);
    note(world, region, row.id, format!("{} → deleting", row.state.name()));
    let span = world.timings.clone().draw(&mut world.random, "transit.attachment");
    clock::schedule(world, span, region, row.id, Step::Settle);
    Ok(shown(world, region, row.id))
}

/// What time does.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::MulticastDomain(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let state = world.row::<MulticastDomain>(region, id).map(|row| row.state);
    let (next, rule) = match (pending.step, state) {
        (Step::Settle, Some(TransitState::Pending)) => {
            (TransitState::Available, "A multicast domain takes a while to be made.")
        }
        (Step::Settle, Some(TransitState::Deleting)) => {
            (TransitState::Deleted, "A multicast domain takes a while to go.")
        }
        (Step::Reap, Some(TransitState::Deleted)) => {
            world.take::<MulticastDomain>(region, id);
            return;
        }
        _ => return,
    };
    world.update::<MulticastDomain, _>(region, id, |row| row.state = next);
    let before = state.map_or("", TransitState::name);
    note_clock(world, region, id, format!("{before} → {}", next.name()), rule, SOURCE);
    if next == TransitState::Deleted {
        attachments::reap_later(world, region, id.into());
    }
}

fn describe(world: &World, region: Region, row: &MulticastDomain) -> Structure {
    let mut options = Structure::new();
    for name in SWITCHES {
        options.set(name, transits::written(&row.on, name));
    }
    Structure::new()
        .with(field::TRANSIT_GATEWAY_MULTICAST_DOMAIN_ID, row.id)
        .with(field::TRANSIT_GATEWAY_ID, row.gateway)
        .with(
            field::TRANSIT_GATEWAY_MULTICAST_DOMAIN_ARN,
            arn(world, region, "transit-gateway-multicast-domain", row.id),
        )
        .with(field::OWNER_ID, world.account())
        .with(field::OPTIONS, options)
        .with(field::STATE, row.state.name())
        .with(field::CREATION_TIME, row.created)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayMulticastDomains.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::MulticastDomain,
        ids: field::TRANSIT_GATEWAY_MULTICAST_DOMAIN_IDS,
        answer: field::TRANSIT_GATEWAY_MULTICAST_DOMAINS,
        born: |row: &MulticastDomain| row.born,
        filters: &["state", "transit-gateway-id", "transit-gateway-multicast-domain-id"],
        least: 5,
    };
    let values = |row: &MulticastDomain, name: &str| match name {
        "state" => vec![row.state.name().to_owned()],
        "transit-gateway-id" => vec![row.gateway.to_string()],
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

/// The attachment of a VPC to the domain's transit gateway, and subnets of that VPC, as a call names them.
fn members_of(
    request: &Request<'_>,
    world: &World,
    row: &MulticastDomain,
) -> Result<(TransitAttachment, Vec<SubnetId>)> {
    let attachment = attachments::named_of(request, world, "vpc")?;
    if attachment.gateway != row.gateway {
        let why = format!("{} and {} belong to different transit gateways.", row.id, attachment.id);
        return Err(Error::new("InvalidParameterValue", why).at("TransitGatewayAttachmentId"));
    }
    let mut subnets = Vec::new();
    for text in request.params.texts(field::SUBNET_IDS) {
        let subnet = find::<Subnet>(world, request.region, Kind::Subnet, text)?;
        if Some(subnet.vpc) != attachment.vpc() {
            let why = format!(
                "The subnet ID '{text}' does not belong to the VPC of {}.",
                attachment.id
            );
            return Err(Error::new("InvalidSubnetID.NotFound", why).at("SubnetIds"));
        }
        if !subnets.contains(&subnet.id) {
            subnets.push(subnet.id);
        }
    }
    if subnets.is_empty() {
        return Err(Error::missing("SubnetIds"));
    }
    Ok((attachment, subnets))
}

fn related(
    row: &MulticastDomain,
    attachment: &TransitAttachment,
    subnets: &[SubnetId],
    state: &str,
    region: Region,
) -> Structure {
    let (kind, resource) = attachments::resource(attachment, region);
    let one = |subnet: &SubnetId| {
        Structure::new()
            .with(field::SUBNET_ID, *subnet)
            .with(field::STATE, state)
    };
    let subnets: Vec<Structure> = subnets.iter().map(one).collect();
    Structure::new()
        .with(field::TRANSIT_GATEWAY_MULTICAST_DOMAIN_ID, row.id)
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment.id)
        .with(field::RESOURCE_ID, resource)
        .with(field::RESOURCE_TYPE, kind)
        .with(field::SUBNETS, subnets)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayMulticastDomain.html>: a subnet is in one
/// domain.
fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut row = available(request, world)?;
    let (attachment, subnets) = members_of(request, world, &row)?;
    if attachment.state != TransitState::Available {
        return Err(transits::invalid_state(attachment.id, attachment.state));
    }
    for subnet in &subnets {
        let has = |row: &&MulticastDomain| row.subnets.iter().any(|(_, own)| own == subnet);
        if let Some(other) = rows(world, region).find(has) {
            let why = format!("{subnet} is already associated with {}.", other.id);
            return Err(Error::new("Resource.AlreadyAssociated", why).at("SubnetIds"));
        }
    }
    row.subnets
        .extend(subnets.iter().map(|subnet| (attachment.id, *subnet)));
    sort::sort(&mut row.subnets);
    let answer = related(&row, &attachment, &subnets, "associating", region);
    let (id, names) = (row.id, texts(&subnets));
    world.put(region, row);
    note(world, region, id, format!("associated: {names}"));
    let answer = answer.with(field::RESOURCE_OWNER_ID, world.account());
    Ok(Structure::new().with(field::ASSOCIATIONS, answer))
}

fn texts<T: std::fmt::Display>(ids: &[T]) -> String {
    let names: Vec<String> = ids.iter().map(T::to_string).collect();
    names.join(", ")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateTransitGatewayMulticastDomain.html>
fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut row = named(request, world)?;
    let (attachment, subnets) = members_of(request, world, &row)?;
    if let Some(stranger) = subnets
        .iter()
        .find(|subnet| !row.subnets.contains(&(attachment.id, **subnet)))
    {
        let why = format!("{stranger} is not associated with {}.", row.id);
        return Err(Error::new("InvalidAssociation.NotFound", why).at("SubnetIds"));
    }
    row.subnets.retain(|(_, own)| !subnets.contains(own));
    leave(world, region, &mut row);
    let answer = related(&row, &attachment, &subnets, "disassociating", region);
    let (id, names) = (row.id, texts(&subnets));
    world.put(region, row);
    note(world, region, id, format!("disassociated: {names}"));
    let answer = answer.with(field::RESOURCE_OWNER_ID, world.account());
    Ok(Structure::new().with(field::ASSOCIATIONS, answer))
}

/// Accepting and refusing concern subnets of other accounts, of which none is simulated: nothing ever waits.
fn answer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?;
    let (_, subnets) = members_of(request, world, &row)?;
    let why = format!(
        "There is no association of {} with {} that is pending acceptance.",
        texts(&subnets),
        row.id
    );
    Err(Error::new("IncorrectState", why).at("SubnetIds"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayMulticastDomainAssociations.html>: by attachment
/// and subnet.
fn associations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let row = named(request, world)?;
    let filters = Filters::read(request.params)?;
    let known = [
        "resource-id",
        "resource-type",
        "state",
        "subnet-id",
        "transit-gateway-attachment-id",
    ];
    filters.check_names(|name| known.contains(&name))?;
    let mut chosen = Vec::new();
    for (attachment, subnet) in &row.subnets {
        let own = world.row::<TransitAttachment>(region, *attachment);
        let Some((kind, resource)) = own.map(|own| attachments::resource(own, region)) else {
            continue;
        };
        let values = |name: &str| {
            Some(vec![match name {
                "resource-id" => resource.clone(),
                "resource-type" => kind.to_owned(),
                "state" => "associated".to_owned(),
                "subnet-id" => subnet.to_string(),
                _ => attachment.to_string(),
            }])
        };
        if filters.pass_tagged(None, values)? {
            let state = Structure::new()
                .with(field::SUBNET_ID, *subnet)
                .with(field::STATE, "associated");
            chosen.push(
                Structure::new()
                    .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, *attachment)
                    .with(field::RESOURCE_ID, resource)
                    .with(field::RESOURCE_TYPE, kind)
                    .with(field::RESOURCE_OWNER_ID, world.account())
                    .with(field::SUBNET, state),
            );
        }
    }
    let (chosen, next) = page(chosen, request.params, 5)?;
    Ok(Structure::new()
        .with(field::MULTICAST_DOMAIN_ASSOCIATIONS, chosen)
        .with_some(field::NEXT_TOKEN, next))
}

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
            shown.push(
                Structure::new()
                    .with(field::GROUP_IP_ADDRESS, group.to_string())
                    .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment.id)
                    .with(field::SUBNET_ID, own.subnet)
                    .with(field::RESOURCE_ID, resource)
                    .with(field::RESOURCE_TYPE, kind)
                    .with(field::RESOURCE_OWNER_ID, world.account())
                    .with(field::NETWORK_INTERFACE_ID, interface)
                    .with(field::GROUP_MEMBER, is(false))
                    .with(field::GROUP_SOURCE, is(true))
                    .with_some(field::MEMBER_TYPE, registered(false))
                    .with_some(field::SOURCE_TYPE, registered(true)),
            );
        }
    }
    let (shown, next) = page(shown, request.params, 5)?;
    Ok(Structure::new()
        .with(field::MULTICAST_GROUPS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

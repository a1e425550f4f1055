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
use crate::world::transits::MulticastDomain;
use crate::world::vpc::{NetworkInterface, Subnet};
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
        _ => return super::multicast_groups::handler(operation),
    })
}

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

pub(super) fn named(request: &Request<'_>, world: &World) -> Result<MulticastDomain> {
    let text = need(request.params, field::TRANSIT_GATEWAY_MULTICAST_DOMAIN_ID)?;
    find::<MulticastDomain>(world, request.region, Kind::MulticastDomain, text).cloned()
}

pub(super) fn available(request: &Request<'_>, world: &World) -> Result<MulticastDomain> {
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

pub(super) fn texts<T: std::fmt::Display>(ids: &[T]) -> String {
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

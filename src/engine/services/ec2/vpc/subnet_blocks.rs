//! IPv6 blocks of subnets, and parts of subnets that AWS does not give out by itself.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html>

use super::super::common::{Filters, find, need, note, page, read_cidr, refuse_unsimulated, tag_list, unknown};
use super::super::tags;
use super::{subnets, vpc_blocks};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SubnetCidrAssociationId, SubnetCidrReservationId, SubnetId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::{NetworkInterface, Subnet, SubnetReservation, Vpc};
use ipnet::{IpNet, Ipv6Net};
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "AssociateSubnetCidrBlock" => Handler::Write(associate),
        "DisassociateSubnetCidrBlock" => Handler::Write(disassociate),
        "CreateSubnetCidrReservation" => Handler::Write(reserve),
        "DeleteSubnetCidrReservation" => Handler::Write(give_up),
        "GetSubnetCidrReservations" => Handler::Read(reservations),
        _ => return None,
    })
}

/// The association of a subnet's IPv6 block as its calls show it.
pub(super) fn association(id: String, net: Ipv6Net, state: &str) -> Structure {
    vpc_blocks::ipv6_association(id, net, state)
        .with(field::IPV6_ADDRESS_ATTRIBUTE, "public")
        .with(field::IP_SOURCE, "amazon")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSubnetCidrBlock.html>: one block a subnet.
fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::IPV6_IPAM_POOL_ID, field::IPV6_NETMASK_LENGTH])?;
    let subnet = find::<Subnet>(world, region, Kind::Subnet, need(params, field::SUBNET_ID)?)?;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, &subnet.vpc.to_string())?;
    subnets::refuse_ipv6(subnet.zone)?;
    let text = params
        .text(field::IPV6_CIDR_BLOCK)
        .ok_or_else(|| Error::missing("ipv6CidrBlock").at("Ipv6CidrBlock"))?;
    if let Some(has) = subnet.ipv6_cidr {
        let why = "This network has met its maximum number of allowed CIDRs: 1";
        let error = Error::new("SubnetCidrBlockLimitExceeded", why).at("SubnetId");
        return Err(error.remedy(format!("{} has {has}: disassociate it first.", subnet.id)));
    }
    let net = subnets::read_ipv6_block(world, region, vpc, text)?;
    let subnet = subnet.id;
    let id = SubnetCidrAssociationId(world.random.next_u64(Stream::Ids(Kind::SubnetCidrAssociation)));
    world.update::<Subnet, _>(region, subnet, |row| {
        row.ipv6_cidr = Some(net);
        row.ipv6_association = Some(id);
    });
    note(world, region, subnet, format!("block {net} added"));
    Ok(answer(subnet, association(id.to_string(), net, "associating")))
}

fn answer(subnet: SubnetId, association: Structure) -> Structure {
    Structure::new()
        .with(field::SUBNET_ID, subnet)
        .with(field::IPV6_CIDR_BLOCK_ASSOCIATION, association)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSubnetCidrBlock.html>: not while an interface has an
/// address of the block.
fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::ASSOCIATION_ID)?;
    let has = |row: &&Subnet| row.ipv6_cidr.is_some() && subnets::ipv6_association(row) == text;
    let subnet = world
        .ec2(region)
        .and_then(|ec2| ec2.subnets.rows().find(has))
        .ok_or_else(|| unknown(Kind::SubnetCidrAssociation, text))?;
    let (subnet, net) = (subnet.id, subnet.ipv6_cidr.unwrap_or_default());
    let holds = |row: &NetworkInterface| {
        row.subnet == subnet && (row.ipv6.iter().any(|has| net.contains(has)) || !row.ipv6_prefixes.is_empty())
    };
    let user = world
        .ec2(region)
        .and_then(|ec2| ec2.interfaces.rows().find(|row| holds(row)));
    if let Some(user) = user {
        let why = format!("The subnet CIDR block with association ID {text} has IPv6 addresses assigned from it.");
        let error = Error::new("InvalidCidrBlock.InUse", why).at("AssociationId");
        return Err(error.remedy(format!("Unassign the addresses of {} first.", user.id)));
    }
    world.update::<Subnet, _>(region, subnet, |row| {
        row.ipv6_cidr = None;
        row.ipv6_association = None;
        row.assign_ipv6 = false;
    });
    note(world, region, subnet, format!("block {net} taken away"));
    Ok(answer(subnet, association(text.to_owned(), net, "disassociating")))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnetCidrReservation.html>
fn reserve(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let subnet = find::<Subnet>(world, region, Kind::Subnet, need(params, field::SUBNET_ID)?)?.clone();
    let text = need(params, field::CIDR)?;
    let cidr = read_cidr("Cidr", text)?;
    let whole = match cidr {
        IpNet::V4(_) => Some(IpNet::V4(subnet.cidr)),
        IpNet::V6(_) => subnet.ipv6_cidr.map(IpNet::V6),
    };
    if !whole.is_some_and(|whole| whole.contains(&cidr) && whole != cidr) {
        let why = format!("The CIDR '{text}' does not fall within the subnet {}.", subnet.id);
        return Err(Error::new("InvalidParameterValue", why).at("Cidr"));
    }
    let kind = need(params, field::RESERVATION_TYPE)?;
    if !matches!(kind, "prefix" | "explicit") {
        let why = format!("Value ({kind}) for parameter reservationType is invalid. Valid values: prefix, explicit");
        return Err(Error::new("InvalidParameterValue", why).at("ReservationType"));
    }
    let overlaps = |row: &&SubnetReservation| row.cidr.contains(&cidr) || cidr.contains(&row.cidr);
    let other = super::prefixes::reservations(world, region, subnet.id)
        .into_iter()
        .find(overlaps);
    if let Some(other) = other {
        let why = format!("The CIDR '{text}' overlaps with the reservation {}.", other.id);
        return Err(Error::new("InvalidParameterValue", why).at("Cidr"));
    }
    let id = SubnetCidrReservationId(world.random.next_u64(Stream::Ids(Kind::SubnetCidrReservation)));
    let row = SubnetReservation {
        id,
        born: world.birth(),
        subnet: subnet.id,
        cidr,
        for_prefixes: kind == "prefix",
        description: params.text(field::DESCRIPTION).unwrap_or_default().to_owned(),
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("subnet-cidr-reservation", &[id.into()])])?;
    note(world, region, subnet.id, format!("{cidr} reserved ({kind})"));
    let row = find::<SubnetReservation>(world, region, Kind::SubnetCidrReservation, &id.to_string())?;
    Ok(Structure::new().with(field::SUBNET_CIDR_RESERVATION, describe(world, region, row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnetCidrReservation.html>: what was given out stays.
fn give_up(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::SUBNET_CIDR_RESERVATION_ID)?;
    let row = find::<SubnetReservation>(world, region, Kind::SubnetCidrReservation, text)?.clone();
    let shown = describe(world, region, &row);
    world.take::<SubnetReservation>(region, row.id);
    note(world, region, row.subnet, format!("{} no longer reserved", row.cidr));
    Ok(Structure::new().with(field::DELETED_SUBNET_CIDR_RESERVATION, shown))
}

fn describe(world: &World, region: Region, row: &SubnetReservation) -> Structure {
    let description = (!row.description.is_empty()).then_some(row.description.as_str());
    Structure::new()
        .with(field::SUBNET_CIDR_RESERVATION_ID, row.id)
        .with(field::SUBNET_ID, row.subnet)
        .with(field::CIDR, row.cidr.to_string())
        .with(field::RESERVATION_TYPE, kind(row))
        .with(field::OWNER_ID, world.account())
        .with_some(field::DESCRIPTION, description)
        .with(field::TAGS, tag_list(world, region, row.id))
}

fn kind(row: &SubnetReservation) -> &'static str {
    if row.for_prefixes { "prefix" } else { "explicit" }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSubnetCidrReservations.html>
fn reservations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let subnet = find::<Subnet>(world, region, Kind::Subnet, need(params, field::SUBNET_ID)?)?.id;
    let filters = Filters::read(params)?;
    filters.check_names(|name| matches!(name, "reservationType" | "reservation-type" | "subnet-id"))?;
    let mut rows = super::prefixes::reservations(world, region, subnet);
    sort::by_key(&mut rows, |row| row.born);
    let mut chosen = Vec::new();
    for row in rows {
        let values = |name: &str| {
            Some(vec![if name == "subnet-id" {
                row.subnet.to_string()
            } else {
                kind(row).to_owned()
            }])
        };
        if filters.pass(world, region, row.id, values)? {
            chosen.push(row);
        }
    }
    let (rows, next) = page(chosen, params, 5)?;
    let shown = |ipv6: bool| -> Vec<Structure> {
        rows.iter()
            .filter(|row| matches!(row.cidr, IpNet::V6(_)) == ipv6)
            .map(|row| describe(world, region, row))
            .collect()
    };
    Ok(Structure::new()
        .with(field::SUBNET_IPV4_CIDR_RESERVATIONS, shown(false))
        .with(field::SUBNET_IPV6_CIDR_RESERVATIONS, shown(true))
        .with_some(field::NEXT_TOKEN, next))
}

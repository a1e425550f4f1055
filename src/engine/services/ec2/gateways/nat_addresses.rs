//! The secondary addresses of NAT gateways: private ones of a private gateway, Elastic IPs of a public one.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html>

use super::super::common::{note, note_clock, read_id};
use super::super::vpc::interfaces;
use super::{nat, nat_life, nat_regional};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::*;
use crate::world::vpc::{ElasticAddress, Subnet};
use std::net::Ipv4Addr;
use stratus_model::{Structure, field};

const ADDRESSES: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html";
/// Seconds that connections are given to end, unless the call says otherwise.
const DRAIN: i64 = 350;

/// A gateway that is available and of the right connectivity.
fn ready(request: &Request<'_>, world: &World, public: bool) -> Result<NatGateway> {
    let row = nat::named(request, world)?.clone();
    if row.public != public {
        let (is, wanted) = if public {
            ("private", "public")
        } else {
            ("public", "private")
        };
        let why = format!(
            "NAT gateway {} is {is}: this operation is for {wanted} NAT gateways.",
            row.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("NatGatewayId"));
    }
    if row.state != GatewayState::Available {
        let why = format!("NAT gateway {} is in the state '{}'", row.id, row.state.name());
        return Err(Error::new("IncorrectState", why).at("NatGatewayId"));
    }
    Ok(row)
}

/// The gateway's addresses that a call has touched, as its answer.
pub(super) fn answer(
    world: &World,
    region: Region,
    id: NatGatewayId,
    touched: impl Fn(&NatAddress) -> bool,
) -> Structure {
    let row = world.row::<NatGateway>(region, id);
    let addresses = row.map(|row| (row, row.addresses.iter().enumerate()));
    let shown: Vec<Structure> = addresses
        .into_iter()
        .flat_map(|(row, addresses)| addresses.map(move |(place, address)| (row, place, address)))
        .filter(|(.., address)| touched(address))
        .map(|(row, place, address)| nat::describe_address(row, place, address))
        .collect();
    Structure::new()
        .with(field::NAT_GATEWAY_ID, id)
        .with(field::NAT_GATEWAY_ADDRESSES, shown)
}

/// Gives the gateway's interface further private addresses, and puts Elastic IPs in front of them.
fn add(
    world: &mut World,
    region: Region,
    row: &NatGateway,
    named: &[Ipv4Addr],
    drawn: usize,
    elastic: &[AllocationId],
) -> Result<Structure> {
    let (Some(interface), Some(subnet)) = (row.interface(), world.row::<Subnet>(region, row.subnet).cloned()) else {
        return Err(Error::new("InternalError", "The NAT gateway has no interface."));
    };
    let added = interfaces::add_to(world, region, &subnet, interface, named, drawn)?;
    let mut elastic = elastic.iter().copied();
    for private in &added {
        let address = nat::address(world, region, interface, *private, elastic.next());
        world.update::<NatGateway, _>(region, row.id, |row| row.addresses.push(address));
    }
    let texts: Vec<String> = added.iter().map(Ipv4Addr::to_string).collect();
    note(world, region, row.id, format!("{} added", texts.join(", ")));
    nat_life::schedule(world, region, row.id, "nat-gateway.address");
    let new = |address: &NatAddress| address.private.is_some_and(|own| added.contains(&own));
    Ok(answer(world, region, row.id, new))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateNatGatewayAddress.html>
pub(super) fn assign(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = ready(request, world, false)?;
    let named = nat::read_addresses("PrivateIpAddresses", params.texts(field::PRIVATE_IP_ADDRESSES))?;
    let count = params.integer(field::PRIVATE_IP_ADDRESS_COUNT);
    if named.is_empty() == count.is_none() {
        let why = "Specify either PrivateIpAddresses or PrivateIpAddressCount.";
        return Err(if named.is_empty() {
            Error::new("MissingParameter", why).at("PrivateIpAddressCount")
        } else {
            Error::combination(why)
        });
    }
    let drawn = usize::try_from(count.unwrap_or(0)).unwrap_or(0);
    nat::check_addresses(row.addresses.len() + named.len() + drawn, 0)?;
    add(world, region, &row, &named, drawn, &[])
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateNatGatewayAddress.html>
pub(super) fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let row = ready(request, world, true)?;
    if row.regional.is_some() {
        return nat_regional::associate(request, world, &row);
    }
    let texts: Vec<&str> = params.texts(field::ALLOCATION_IDS).collect();
    let elastic = nat::elastic(world, region, &texts)?;
    let named = nat::read_addresses("PrivateIpAddresses", params.texts(field::PRIVATE_IP_ADDRESSES))?;
    if !named.is_empty() && named.len() != elastic.len() {
        let why = "There must be as many private addresses as allocation IDs.";
        return Err(Error::combination(why).at("PrivateIpAddresses"));
    }
    nat::check_addresses(row.addresses.len() + elastic.len(), row.addresses.len() + elastic.len())?;
    for id in &elastic {
        let held = world.row::<ElasticAddress>(region, *id).and_then(|row| row.association);
        if let Some((association, ..)) = held {
            let why = format!("resource {id} is already associated with associate-id {association}");
            return Err(Error::new("Resource.AlreadyAssociated", why).at("AllocationIds"));
        }
    }
    let drawn = elastic.len() - named.len();
    add(world, region, &row, &named, drawn, &elastic)
}

/// Lets connections through some addresses end, and the addresses go afterwards.
fn drain(
    request: &Request<'_>,
    world: &mut World,
    row: &NatGateway,
    status: AddressStatus,
    chosen: &dyn Fn(&NatAddress) -> bool,
) -> Result<Structure> {
    let region = request.region;
    nat_regional::check_drain(row, chosen)?;
    if row.regional.is_none() && row.addresses.first().is_some_and(chosen) {
        let why = format!("The primary address of NAT gateway {} cannot be taken away.", row.id);
        return Err(Error::new("InvalidParameterValue", why));
    }
    let seconds = request
        .params
        .integer(field::MAX_DRAIN_DURATION_SECONDS)
        .unwrap_or(DRAIN);
    let now = world.now;
    world.update::<NatGateway, _>(region, row.id, |row| {
        for address in row.addresses.iter_mut().filter(|address| chosen(address)) {
            (address.status, address.since) = (status, now);
        }
    });
    note(
        world,
        region,
        row.id,
        format!("secondary addresses drain for {seconds} s"),
    );
    clock::schedule(world, Span(seconds * 1000), region, row.id, Step::Settle);
    Ok(answer(world, region, row.id, chosen))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateNatGatewayAddress.html>
pub(super) fn unassign(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = ready(request, world, false)?;
    let named = request.params.texts(field::PRIVATE_IP_ADDRESSES);
    let named = nat::read_addresses("PrivateIpAddresses", named)?;
    let has = |address: &&Ipv4Addr| row.addresses.iter().any(|own| own.private == Some(**address));
    if let Some(address) = named.iter().find(|address| !has(address)) {
        let why = format!("The address {address} is not assigned to NAT gateway {}", row.id);
        return Err(Error::new("InvalidParameterValue", why).at("PrivateIpAddresses"));
    }
    let chosen = |address: &NatAddress| address.private.is_some_and(|own| named.contains(&own));
    drain(request, world, &row, AddressStatus::Unassigning, &chosen)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateNatGatewayAddress.html>
pub(super) fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = ready(request, world, true)?;
    let texts = request.params.texts(field::ASSOCIATION_IDS);
    let ids: Vec<AssociationId> = texts
        .map(|text| read_id(Kind::AddressAssociation, text))
        .collect::<Result<_>>()?;
    let of = |address: &NatAddress| address.elastic.map(|(.., id)| id);
    if let Some(id) = ids
        .iter()
        .find(|id| !row.addresses.iter().any(|own| of(own) == Some(**id)))
    {
        let why = format!("The association ID '{id}' does not exist");
        return Err(Error::new("InvalidAssociationID.NotFound", why).at("AssociationIds"));
    }
    let chosen = |address: &NatAddress| of(address).is_some_and(|id| ids.contains(&id));
    drain(request, world, &row, AddressStatus::Disassociating, &chosen)
}

/// What was being added is in use, what was drained is gone.
pub(super) fn settle(world: &mut World, pending: &Pending, id: NatGatewayId) {
    let region = pending.region;
    let Some(row) = world.row::<NatGateway>(region, id).cloned() else {
        return;
    };
    let due = |address: &&NatAddress| address.since == pending.asked;
    for address in row.addresses.iter().filter(due) {
        let goes = matches!(
            address.status,
            AddressStatus::Unassigning | AddressStatus::Disassociating
        );
        if !goes && address.status == AddressStatus::Succeeded {
            continue;
        }
        let public = address.elastic.map(|(_, public, _)| public);
        let text = address
            .private
            .or(public)
            .map(|address| address.to_string())
            .unwrap_or_default();
        if goes && row.regional.is_some() {
            nat_regional::release(world, region, address);
        }
        if let (true, Some(interface), Some(private)) = (goes, address.interface, address.private) {
            interfaces::remove_from(world, region, interface, private);
        }
        world.update::<NatGateway, _>(region, id, |row| {
            let same = |own: &NatAddress| (own.private, own.elastic) == (address.private, address.elastic);
            if goes {
                row.addresses.retain(|other| !same(other));
            } else if let Some(own) = row.addresses.iter_mut().find(|own| same(own)) {
                own.status = AddressStatus::Succeeded;
            }
        });
        let (text, rule) = if goes {
            (
                format!("{text} is gone"),
                "A secondary address goes once its connections have had time to end.",
            )
        } else {
            (
                format!("{text} is in use"),
                "A secondary address needs a while before it is used.",
            )
        };
        note_clock(world, region, id, text, rule, ADDRESSES);
    }
    if row.regional.is_some() {
        nat_regional::meter(world, region, id);
    }
}

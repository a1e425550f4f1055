//! IPv6 addresses of interfaces: which are free, and the calls AssignIpv6Addresses and UnassignIpv6Addresses.

use super::super::common::note;
use super::prefixes::{self, Asked};
use super::{interface_calls, interfaces};
use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::vpc::{NetworkInterface, Subnet};
use ipnet::Ipv6Net;
use std::net::Ipv6Addr;
use stratus_model::{Structure, field};

/// Most IPv6 addresses and prefixes of an interface that is attached nowhere (ours; attached, the instance type decides).
const UNATTACHED: usize = 50;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "AssignIpv6Addresses" => Some(Handler::Write(assign)),
        "UnassignIpv6Addresses" => Some(Handler::Write(unassign)),
        _ => None,
    }
}

/// The IPv6 block of a subnet.
pub(super) fn block_of(subnet: &Subnet) -> Result<Ipv6Net> {
    subnet.ipv6_cidr.ok_or_else(|| {
        let why = format!("The subnet '{}' has no IPv6 CIDR block.", subnet.id);
        Error::new("InvalidParameterValue", why)
            .at("Ipv6AddressCount")
            .remedy("Give the subnet a block with AssociateSubnetCidrBlock first.")
    })
}

/// An IPv6 address.
fn read(text: &str) -> Result<Ipv6Addr> {
    text.parse().map_err(|_| {
        let why = format!("invalid value for parameter address: {text}");
        Error::new("InvalidParameterValue", why).at("Ipv6Addresses")
    })
}

/// IPv6 addresses that a call names, as texts or as `{Ipv6Address}`, or counts; `None` = it says nothing.
pub(crate) fn read_asked(params: &Structure) -> Result<(Vec<Ipv6Addr>, Option<usize>)> {
    let inner = params
        .structures(field::IPV6_ADDRESSES)
        .filter_map(|one| one.text(field::IPV6_ADDRESS));
    let named: Vec<Ipv6Addr> = params
        .texts(field::IPV6_ADDRESSES)
        .chain(inner)
        .map(read)
        .collect::<Result<_>>()?;
    let count = params
        .integer(field::IPV6_ADDRESS_COUNT)
        .map(|count| usize::try_from(count).map_err(|_| Error::invalid("Ipv6AddressCount", "it is negative")))
        .transpose()?;
    if count.is_some_and(|count| count > 0) && !named.is_empty() {
        let why = "IPv6 addresses and IPv6 address count may not be specified on the same request";
        return Err(Error::combination(why).at("Ipv6AddressCount"));
    }
    Ok((named, count))
}

/// Holds an interface to what its instance's type takes.
pub(super) fn check_room(world: &World, region: Region, interface: &NetworkInterface, more: usize) -> Result<()> {
    let instance = interface
        .attachment
        .as_ref()
        .and_then(|at| world.row::<Instance>(region, at.instance));
    let most = instance.map_or(UNATTACHED, |row| row.instance_type.ipv4_per_interface() as usize);
    if let Some(instance) = instance.filter(|row| more > 0 && !row.instance_type.ipv6()) {
        let why = format!(
            "IPv6 is not supported for the instance type '{}'",
            instance.instance_type.name()
        );
        return Err(Error::new("Unsupported", why));
    }
    let total = (interface.ipv6.len() + interface.ipv6_prefixes.len()).saturating_add(more);
    if total > most {
        let why = format!("Number of IPv6 addresses will exceed limit: {most} for this network interface.");
        return Err(Error::new("PrivateIpAddressLimitExceeded", why));
    }
    Ok(())
}

/// Gives an interface, which the caller puts back, IPv6 addresses of its subnet: these, then so many that AWS chooses.
///
/// # Errors
/// `InvalidParameterValue` (outside the subnet, kept by AWS), `InvalidIPAddress.InUse`, `PrivateIpAddressLimitExceeded`.
pub(super) fn add(
    world: &mut World,
    region: Region,
    subnet: &Subnet,
    interface: &mut NetworkInterface,
    named: &[Ipv6Addr],
    count: usize,
) -> Result<Vec<Ipv6Addr>> {
    check_room(world, region, interface, named.len().saturating_add(count))?;
    let mut added = Vec::new();
    for address in named {
        check(world, region, subnet, interface, *address)?;
        interface.ipv6.push(*address);
        added.push(*address);
    }
    for _ in 0..count {
        let address = draw(world, region, subnet, interface)?;
        interface.ipv6.push(address);
        added.push(address);
    }
    Ok(added)
}

fn is_kept(block: Ipv6Net, address: Ipv6Addr) -> bool {
    // AWS keeps the first four and the last.
    let host = u128::from(address) & u128::from(block.hostmask());
    host < 4 || host == u128::from(block.hostmask())
}

fn is_taken(world: &World, region: Region, pending: &NetworkInterface, address: Ipv6Addr) -> bool {
    let held = |ec2: &crate::world::Ec2| ec2.ipv6_holder(address).is_some();
    pending.holds(address.into()) || world.ec2(region).is_some_and(held)
}

fn check(world: &World, region: Region, subnet: &Subnet, pending: &NetworkInterface, address: Ipv6Addr) -> Result<()> {
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("Ipv6Addresses"));
    let block = block_of(subnet)?;
    if !block.contains(&address) {
        return refuse(format!(
            "Address {address} does not fall within the subnet's address range"
        ));
    }
    if is_kept(block, address) {
        return refuse(format!("Address {address} is in subnet's reserved address range"));
    }
    if is_taken(world, region, pending, address) {
        let why = format!("Address {address} is in use.");
        return Err(Error::new("InvalidIPAddress.InUse", why).at("Ipv6Addresses"));
    }
    Ok(())
}

/// A free IPv6 address of the subnet.
fn draw(world: &mut World, region: Region, subnet: &Subnet, pending: &NetworkInterface) -> Result<Ipv6Addr> {
    let block = block_of(subnet)?;
    let kept: Vec<ipnet::IpNet> = prefixes::reservations(world, region, subnet.id)
        .iter()
        .map(|row| row.cidr)
        .collect();
    loop {
        let host = u128::from(world.random.next_u64(Stream::PrivateAddress)) & u128::from(block.hostmask());
        let address = Ipv6Addr::from(u128::from(block.network()) | host);
        let reserved = kept.iter().any(|net| net.contains(&std::net::IpAddr::V6(address)));
        // A reservation that fills the subnet is refused when it is made, so this ends.
        if !is_kept(block, address) && !reserved && !is_taken(world, region, pending, address) {
            return Ok(address);
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignIpv6Addresses.html>
fn assign(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut interface = interface_calls::named_own(request, world)?;
    let subnet = interfaces::row::<Subnet>(world, region, interface.subnet, Kind::Subnet)?.clone();
    let (named, count) = read_asked(params)?;
    let asked = Asked::read(
        params,
        field::IPV6_PREFIXES,
        field::IPV6_PREFIX,
        field::IPV6_PREFIX_COUNT,
    )?;
    let count = count.unwrap_or(0);
    if named.is_empty() && count == 0 && asked.len() == 0 {
        let why = "The request must contain the parameter ipv6Addresses or ipv6AddressCount";
        return Err(Error::new("MissingParameter", why).at("Ipv6AddressCount"));
    }
    block_of(&subnet)?;
    check_room(
        world,
        region,
        &interface,
        named.len() + count.min(1_000) + asked.len().min(1_000),
    )?;
    let added = add(world, region, &subnet, &mut interface, &named, count)?;
    let nets = prefixes::add_ipv6(world, region, &subnet, &mut interface, &asked)?;
    let id = interface.id;
    world.put(region, interface);
    let added: Vec<String> = added.iter().map(Ipv6Addr::to_string).collect();
    let nets: Vec<String> = nets.iter().map(Ipv6Net::to_string).collect();
    let words: Vec<&str> = added.iter().chain(&nets).map(String::as_str).collect();
    note(world, region, id, format!("IPv6 added: {}", words.join(", ")));
    Ok(Structure::new()
        .with(field::NETWORK_INTERFACE_ID, id)
        .with(field::ASSIGNED_IPV6_ADDRESSES, added)
        .with_some(field::ASSIGNED_IPV6_PREFIXES, (!nets.is_empty()).then_some(nets)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignIpv6Addresses.html>
fn unassign(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut interface = interface_calls::named_own(request, world)?;
    if params.list(field::IPV6_ADDRESSES).is_empty() && params.list(field::IPV6_PREFIXES).is_empty() {
        return Err(Error::missing("ipv6Addresses").at("Ipv6Addresses"));
    }
    let mut gone = Vec::new();
    for text in params.texts(field::IPV6_ADDRESSES) {
        let address = read(text)?;
        let place = interface.ipv6.iter().position(|has| *has == address);
        let why = match place {
            None => format!(
                "Some of the specified addresses are not assigned to interface {}",
                interface.id
            ),
            Some(0) if interface.primary_ipv6 => {
                format!("{address} is the primary IPv6 address and cannot be unassigned.")
            }
            Some(place) => {
                interface.ipv6.remove(place);
                gone.push(address.to_string());
                continue;
            }
        };
        return Err(Error::new("InvalidParameterValue", why).at("Ipv6Addresses"));
    }
    let nets = prefixes::remove(&mut interface, params, field::IPV6_PREFIXES)?;
    let id = interface.id;
    world.put(region, interface);
    let words: Vec<&str> = gone.iter().chain(&nets).map(String::as_str).collect();
    note(world, region, id, format!("IPv6 taken away: {}", words.join(", ")));
    Ok(Structure::new()
        .with(field::NETWORK_INTERFACE_ID, id)
        .with(field::UNASSIGNED_IPV6_ADDRESSES, gone)
        .with_some(field::UNASSIGNED_IPV6_PREFIXES, (!nets.is_empty()).then_some(nets)))
}

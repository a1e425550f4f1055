//! IPv4 prefixes (/28) and IPv6 prefixes (/80) of interfaces: which are free, and giving them out.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html>
//!
//! No two interfaces may ever hold one address, be it alone or in a prefix.

use super::ipv6;
use crate::base::error::{Error, Result};
use crate::base::ids::SubnetId;
use crate::base::random::Stream;
use crate::catalog::instance_types::Hypervisor;
use crate::catalog::{InstanceType, Region};
use crate::services::ec2::common::read_cidr;
use crate::world::World;
use crate::world::compute::Instance;
use crate::world::vpc::{NetworkInterface, Subnet, SubnetReservation};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::Ipv4Addr;
use stratus_model::{Name, Structure, field};

/// Bits of an IPv4 prefix.
const IPV4_BITS: u8 = 28;
/// Bits of an IPv6 prefix.
const IPV6_BITS: u8 = 80;
/// Addresses of an IPv4 prefix.
pub(super) const IPV4_ADDRESSES: u32 = 16;
/// Places that are tried for an IPv6 prefix before the subnet counts as full (ours; a subnet has 65,536).
const IPV6_TRIES: u32 = 65_536;

/// Prefixes that a call asks for: by name, and so many that AWS chooses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// By name.
    pub named: Vec<IpNet>,
    /// By number.
    pub count: usize,
}

impl Asked {
    /// Reads a list of prefixes (texts, or structures with the text in `inner`) and a count.
    ///
    /// # Errors
    /// `InvalidParameterCombination` for both, `InvalidParameterValue` for what is no prefix of the family.
    pub(crate) fn read(params: &Structure, list: Name, inner: Name, count: Name) -> Result<Asked> {
        let texts: Vec<&str> = params
            .texts(list)
            .chain(params.structures(list).filter_map(|one| one.text(inner)))
            .collect();
        let number = params.integer(count).unwrap_or(0);
        let wanted = Asked {
            named: texts
                .into_iter()
                .map(|text| read_prefix(list, text))
                .collect::<Result<_>>()?,
            count: usize::try_from(number).map_err(|_| Error::invalid(count.text(), "it is negative"))?,
        };
        if wanted.count > 0 && !wanted.named.is_empty() {
            let why = format!(
                "{} and {} may not be specified on the same request",
                list.text(),
                count.text()
            );
            return Err(Error::combination(why).at(list.text()));
        }
        Ok(wanted)
    }

    /// Those by name, and those by number.
    pub(super) fn split(self) -> (Asked, Asked) {
        let named = Asked {
            named: self.named,
            count: 0,
        };
        let drawn = Asked {
            named: Vec::new(),
            count: self.count,
        };
        (named, drawn)
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.named.len().saturating_add(self.count)
    }
}

fn read_prefix(list: Name, text: &str) -> Result<IpNet> {
    let net = read_cidr(list.text(), text)?;
    let ipv6 = list == field::IPV6_PREFIXES;
    let fits = match net {
        IpNet::V4(net) => !ipv6 && net.prefix_len() == IPV4_BITS,
        IpNet::V6(net) => ipv6 && net.prefix_len() == IPV6_BITS,
    };
    if fits {
        return Ok(net);
    }
    let bits = if ipv6 { IPV6_BITS } else { IPV4_BITS };
    let why = format!("Value ({text}) for parameter {} is invalid.", list.text());
    Err(Error::new("InvalidParameterValue", why)
        .at(list.text())
        .remedy(format!("A prefix has {bits} bits.")))
}

/// The reservations of a subnet.
pub(super) fn reservations(world: &World, region: Region, subnet: SubnetId) -> Vec<&SubnetReservation> {
    world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.subnet_reservations.rows())
        .filter(|row| row.subnet == subnet)
        .collect()
}

/// Prefixes are for the Nitro system only.
fn check_nitro(world: &World, region: Region, interface: &NetworkInterface) -> Result<()> {
    let instance = interface
        .attachment
        .as_ref()
        .and_then(|at| world.row::<Instance>(region, at.instance));
    instance.map_or(Ok(()), |instance| check_kind(instance.instance_type))
}

/// The same for an instance type.
///
/// # Errors
/// `UnsupportedOperation`.
pub(super) fn check_kind(kind: InstanceType) -> Result<()> {
    if kind.hypervisor() == Hypervisor::Nitro {
        return Ok(());
    }
    let why = format!("Prefixes are not supported for the instance type '{}'.", kind.name());
    Err(Error::new("UnsupportedOperation", why).remedy("Use an instance of the Nitro system."))
}

fn used(prefix: impl std::fmt::Display) -> Error {
    Error::new("InvalidIPAddress.InUse", format!("The prefix {prefix} is in use."))
}

fn outside(prefix: impl std::fmt::Display) -> Error {
    let why = format!("The prefix {prefix} does not fall within the subnet's address range");
    Error::new("InvalidParameterValue", why)
}

fn full() -> Error {
    let why = "The specified subnet does not have enough free cidr blocks to satisfy the request.";
    Error::new("InsufficientCidrBlocks", why)
}

/// Gives an interface, which the caller puts back, IPv4 prefixes of its subnet.
///
/// # Errors
/// `InvalidParameterValue`, `InvalidIPAddress.InUse`, `InsufficientCidrBlocks`, `UnsupportedOperation`.
pub(super) fn add_ipv4(
    world: &mut World,
    region: Region,
    subnet: &Subnet,
    interface: &mut NetworkInterface,
    asked: &Asked,
) -> Result<Vec<Ipv4Net>> {
    if asked.len() == 0 {
        return Ok(Vec::new());
    }
    check_nitro(world, region, interface)?;
    let mut added = Vec::new();
    for net in &asked.named {
        let IpNet::V4(net) = *net else { continue };
        if !subnet.cidr.contains(&net) {
            return Err(outside(net));
        }
        if !is_free_ipv4(world, region, subnet, interface, net) {
            return Err(used(net));
        }
        interface.ipv4_prefixes.push(net);
        added.push(net);
    }
    for _ in 0..asked.count {
        let net = draw_ipv4(world, region, subnet, interface)?;
        interface.ipv4_prefixes.push(net);
        added.push(net);
    }
    Ok(added)
}

/// Whether nobody holds an address of a prefix, and AWS keeps none for itself.
fn is_free_ipv4(world: &World, region: Region, subnet: &Subnet, pending: &NetworkInterface, net: Ipv4Net) -> bool {
    let edge = |address: Ipv4Addr| net.contains(&address);
    let reserved = edge(subnet.cidr.network()) || edge(subnet.cidr.broadcast());
    let range = (subnet.vpc, net.network())..=(subnet.vpc, net.broadcast());
    let held = world.ec2(region).is_some_and(|ec2| {
        ec2.by_private_address.range(range).next().is_some()
            || ec2.by_ipv4_prefix.contains(&(subnet.vpc, net.network()))
    });
    let own = pending.addresses.iter().any(|has| net.contains(&has.private)) || pending.ipv4_prefixes.contains(&net);
    !reserved && !held && !own
}

/// The first free prefix from a drawn place on: of what is reserved for prefixes where there is such, else of the subnet.
fn draw_ipv4(world: &mut World, region: Region, subnet: &Subnet, pending: &NetworkInterface) -> Result<Ipv4Net> {
    let reserved = reservations(world, region, subnet.id);
    let kept: Vec<Ipv4Net> = reserved
        .iter()
        .filter(|row| row.for_prefixes)
        .filter_map(|row| match row.cidr {
            IpNet::V4(net) => Some(net),
            IpNet::V6(_) => None,
        })
        .collect();
    let blocks = if kept.is_empty() { vec![subnet.cidr] } else { kept };
    let closed: Vec<IpNet> = reserved
        .iter()
        .filter(|row| !row.for_prefixes)
        .map(|row| row.cidr)
        .collect();
    let nets: Vec<Ipv4Net> = blocks
        .into_iter()
        .filter_map(|block| block.subnets(IPV4_BITS).ok())
        .flatten()
        .collect();
    let last = i64::try_from(nets.len()).unwrap_or(1) - 1;
    let start = world.random.between(Stream::PrivateAddress, 0, last.max(0));
    let (before, after) = nets.split_at(usize::try_from(start).unwrap_or(0).min(nets.len()));
    let open = |net: &&Ipv4Net| {
        !closed
            .iter()
            .any(|kept| kept.contains(&IpNet::V4(**net)) || IpNet::V4(**net).contains(kept))
            && is_free_ipv4(world, region, subnet, pending, **net)
    };
    after.iter().chain(before).find(open).copied().ok_or_else(full)
}

/// Gives an interface, which the caller puts back, IPv6 prefixes of its subnet.
///
/// # Errors
/// As [`add_ipv4`].
pub(super) fn add_ipv6(
    world: &mut World,
    region: Region,
    subnet: &Subnet,
    interface: &mut NetworkInterface,
    asked: &Asked,
) -> Result<Vec<Ipv6Net>> {
    if asked.len() == 0 {
        return Ok(Vec::new());
    }
    check_nitro(world, region, interface)?;
    let block = ipv6::block_of(subnet)?;
    let mut added = Vec::new();
    for net in &asked.named {
        let IpNet::V6(net) = *net else { continue };
        if !block.contains(&net) {
            return Err(outside(net));
        }
        if !is_free_ipv6(world, region, block, interface, net) {
            return Err(used(net));
        }
        interface.ipv6_prefixes.push(net);
        added.push(net);
    }
    for _ in 0..asked.count {
        let net = draw_ipv6(world, region, block, interface)?;
        interface.ipv6_prefixes.push(net);
        added.push(net);
    }
    Ok(added)
}

fn is_free_ipv6(world: &World, region: Region, block: Ipv6Net, pending: &NetworkInterface, net: Ipv6Net) -> bool {
    let reserved = net.contains(&block.network()) || net.contains(&block.broadcast());
    let held = world.ec2(region).is_some_and(|ec2| {
        ec2.by_ipv6_address
            .range(net.network()..=net.broadcast())
            .next()
            .is_some()
            || ec2.by_ipv6_prefix.contains(&net.network())
    });
    let own = pending.ipv6.iter().any(|has| net.contains(has)) || pending.ipv6_prefixes.contains(&net);
    !reserved && !held && !own
}

fn draw_ipv6(world: &mut World, region: Region, block: Ipv6Net, pending: &NetworkInterface) -> Result<Ipv6Net> {
    let places = 1_u64 << u32::from(IPV6_BITS.saturating_sub(block.prefix_len()).min(32));
    let start = world.random.next_u64(Stream::PrivateAddress) % places;
    for step in 0..u64::from(IPV6_TRIES).min(places) {
        let place = u128::from((start + step) % places);
        let address = u128::from(block.network()) | (place << (128 - u32::from(IPV6_BITS)));
        let net = Ipv6Net::new(address.into(), IPV6_BITS).unwrap_or_default();
        if is_free_ipv6(world, region, block, pending, net) {
            return Ok(net);
        }
    }
    Err(full())
}

/// Takes prefixes of a family from an interface that a call names.
///
/// # Errors
/// `InvalidParameterValue` for one that it does not have.
pub(super) fn remove(interface: &mut NetworkInterface, params: &Structure, list: Name) -> Result<Vec<String>> {
    let mut gone = Vec::new();
    for text in params.texts(list) {
        let has = match read_prefix(list, text)? {
            IpNet::V4(net) => take(&mut interface.ipv4_prefixes, &net),
            IpNet::V6(net) => take(&mut interface.ipv6_prefixes, &net),
        };
        if !has {
            let why = format!(
                "Some of the specified prefixes are not assigned to interface {}",
                interface.id
            );
            return Err(Error::new("InvalidParameterValue", why).at(list.text()));
        }
        gone.push(text.to_owned());
    }
    Ok(gone)
}

fn take<T: PartialEq>(list: &mut Vec<T>, what: &T) -> bool {
    let place = list.iter().position(|has| has == what);
    place.map(|place| list.remove(place)).is_some()
}

/// Prefixes as the API lists them.
pub(super) fn shown(nets: impl Iterator<Item = String>, inner: Name) -> Vec<Structure> {
    nets.map(|net| Structure::new().with(inner, net)).collect()
}

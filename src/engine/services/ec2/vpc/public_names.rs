//! Public hostnames of network interfaces, made of their addresses: ModifyPublicIpDnsNameOptions, and what the DNS reads in such a
//! name. <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hostname-types.html>
//!
//! A name below `ip.aws` holds an IPv6 address, and perhaps an IPv4 address behind it, in base 36. AWS's example of the part for
//! IPv4 is not that address in any order of its bytes: that it is the plain number is ours, as are the codes of the refusals.

use super::super::common::note;
use super::{interface_calls, pools};
use crate::base::error::{Error, Result};
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::{NetworkInterface, PublicName, Vpc};
use std::net::{Ipv4Addr, Ipv6Addr};
use stratus_model::{Structure, field};

/// The domain of the names that hold an IPv6 address.
pub const DOMAIN: &str = "ip.aws";
/// Digits of an IPv6 address in base 36, and of each group of them.
const DIGITS: usize = 25;
const GROUP: usize = 5;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "ModifyPublicIpDnsNameOptions" => Some(Handler::Write(modify)),
        _ => None,
    }
}

fn base36(mut number: u128, least: usize) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < least {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
    }
    digits.iter().rev().collect()
}

/// `f5lnz-0khrm-nt2u3-gyqqt-nbdl5.ap-southeast-2.ip.aws`, with `-` and the IPv4 address behind the digits in one for both.
fn name(region: Region, v6: Ipv6Addr, v4: Option<Ipv4Addr>) -> String {
    let mut text = String::with_capacity(64);
    for (place, digit) in base36(v6.into(), DIGITS).chars().enumerate() {
        if place > 0 && place % GROUP == 0 {
            text.push('-');
        }
        text.push(digit);
    }
    if let Some(v4) = v4 {
        text.push('-');
        text.push_str(&base36(u32::from(v4).into(), 1));
    }
    format!("{text}.{}.{DOMAIN}", region.name())
}

/// What a name below `ip.aws.` stands for; `None` where it is none that this file makes.
pub(crate) fn read(name: &str) -> Option<(Region, Ipv6Addr, Option<Ipv4Addr>)> {
    let (host, region) = name
        .strip_suffix('.')?
        .strip_suffix(DOMAIN)?
        .strip_suffix('.')?
        .split_once('.')?;
    let region = Region::find(region)?;
    let parts: Vec<&str> = host.split('-').collect();
    let (groups, rest) = parts.split_at_checked(DIGITS / GROUP)?;
    let v6 = Ipv6Addr::from(u128::from_str_radix(&groups.concat(), 36).ok()?);
    let v4 = match rest {
        [] => None,
        [digits] => Some(Ipv4Addr::from(u32::from_str_radix(digits, 36).ok()?)),
        _ => return None,
    };
    // Signs and other spellings of a number make no name.
    (self::name(region, v6, v4) == name.trim_end_matches('.')).then_some((region, v6, v4))
}

/// The public IPv4 address of an interface, with the private one that it stands for: that of its first address that has one.
fn public(interface: &NetworkInterface) -> Option<Both> {
    // A carrier's address is none of EC2's public ones.
    if interface.zone.is_wavelength() {
        return None;
    }
    let mut held = interface.addresses.iter();
    held.find_map(|held| Some((held.public?.address, held.private)))
}

/// A public IPv4 address, and the private one behind it.
type Both = (Ipv4Addr, Ipv4Addr);
/// Where an interface is that has a name, and the IPv4 addresses that the name stands for, if it does.
type Holder<'w> = (Region, &'w NetworkInterface, Option<Both>);

/// The interface that has a name below `ip.aws` now.
pub(crate) fn holder<'w>(world: &'w World, name: &str) -> Option<Holder<'w>> {
    let (region, v6, v4) = read(name)?;
    let mut rows = world.ec2(region)?.interfaces.rows();
    let row = rows.find(|row| row.ipv6.first() == Some(&v6))?;
    let both = public(row);
    let is_named = match (row.public_name?, v4) {
        (PublicName::DualStack, Some(v4)) => both.is_some_and(|(public, _)| public == v4),
        (PublicName::DualStack | PublicName::Ipv6, None) => true,
        _ => false,
    };
    is_named.then_some((region, row, both.filter(|_| v4.is_some())))
}

/// The names of an interface whose VPC gives names, as the API shows them: its chosen one, and all by their kinds. One that was
/// never asked has the name of its public IPv4 address alone.
pub(super) fn show(region: Region, interface: &NetworkInterface) -> Option<(String, Structure)> {
    let v4 = public(interface).map(|(address, _)| address);
    let v6 = interface.ipv6.first().copied();
    let kind = interface.public_name.unwrap_or(PublicName::Ipv4);
    let of_v4 = v4.map(|address| pools::public_dns_name(region, address));
    let of_v6 = v6.filter(|_| kind != PublicName::Ipv4).map(|v6| name(region, v6, None));
    let both = v6.zip(v4).filter(|_| kind == PublicName::DualStack);
    let of_both = both.map(|(v6, v4)| name(region, v6, Some(v4)));
    let chosen = match kind {
        PublicName::Ipv4 => of_v4.clone(),
        PublicName::Ipv6 => of_v6.clone(),
        PublicName::DualStack => of_both.clone(),
    };
    if of_v4.is_none() && of_v6.is_none() {
        return None;
    }
    let options = Structure::new()
        .with(field::DNS_HOSTNAME_TYPE, kind.name())
        .with_some(field::PUBLIC_IPV4_DNS_NAME, of_v4)
        .with_some(field::PUBLIC_IPV6_DNS_NAME, of_v6)
        .with_some(field::PUBLIC_DUAL_STACK_DNS_NAME, of_both);
    Some((chosen.unwrap_or_default(), options))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyPublicIpDnsNameOptions.html>: of the addresses that the
/// interface has, in a VPC that gives names.
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut interface = interface_calls::named_own(request, world)?;
    let text = params.text(field::HOSTNAME_TYPE).unwrap_or_default();
    let kind = PublicName::find(text).ok_or_else(|| Error::invalid("HostnameType", format!("there is no '{text}'")))?;
    let vpc = world.row::<Vpc>(region, interface.vpc);
    if !vpc.is_some_and(|vpc| vpc.dns_support && vpc.dns_hostnames) {
        let why = format!(
            "The VPC '{}' must have EnableDnsHostnames and EnableDnsSupport enabled.",
            interface.vpc
        );
        return Err(Error::new("UnsupportedOperation", why)
            .at("NetworkInterfaceId")
            .remedy("Turn both on with ModifyVpcAttribute."));
    }
    let lacks = match (public(&interface), interface.ipv6.first()) {
        (None, _) if kind != PublicName::Ipv6 => Some("a public IPv4 address"),
        (_, None) if kind != PublicName::Ipv4 => Some("an IPv6 address"),
        _ => None,
    };
    if let Some(lacks) = lacks {
        let why = format!(
            "The network interface '{}' has not {lacks}, which the hostname type {text} needs.",
            interface.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("HostnameType"));
    }
    interface.public_name = Some(kind);
    let id = interface.id;
    world.put(region, interface);
    note(world, region, id, format!("its public hostname is a {text}"));
    Ok(Structure::new().with(field::SUCCESSFUL, true))
}

/// Whether an address is the last public one of an interface whose name is made of it: such a one stays.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html>
///
/// # Errors
/// `OperationNotPermitted`.
pub(super) fn may_leave(interface: &NetworkInterface, address: Ipv4Addr) -> Result<()> {
    let mut publics = interface.addresses.iter().filter_map(|held| held.public);
    let last = publics.next().is_some_and(|first| first.address == address) && publics.next().is_none();
    if interface.public_name != Some(PublicName::DualStack) || !last {
        return Ok(());
    }
    let why = format!(
        "The address {address} is the only public IPv4 address of '{}', which has a dual-stack public hostname.",
        interface.id
    );
    Err(Error::new("OperationNotPermitted", why)
        .remedy("Give the interface another kind of hostname first, with ModifyPublicIpDnsNameOptions."))
}

//! Where machines sit in a network: each address at which an instance can be an end of a pair, with what the other end is
//! told of it. The primary address is the one that is meant where a question names the instance; the others are ends of
//! their own (`survey`). Only rows are read here; nothing is judged.

use super::addresses::{INTERNET, is_private};
use super::reach::doubles;
use super::survey::{INTERNET_BY_IPV6, ON_PREMISES, outside as parts};
use super::{Endpoint, Flow};
use super::{ends, fronts};
use crate::base::ids::InstanceId;
use crate::catalog::Region;
use crate::world::compute::Instance;
use crate::world::vpc::NetworkInterface;
use crate::world::{Ec2, World};
use std::net::IpAddr;

/// How a question names an end, which decides the address that is written on the packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// By the instance or the interface: the address that leads there.
    Resource,
    /// By its own address.
    Private,
    /// By its public address.
    Public,
}

/// An instance at one of its addresses.
#[derive(Clone, Copy)]
pub(super) struct Seat<'w> {
    /// How a question names it: [`Endpoint::Instance`] for the primary address, [`Endpoint::Interface`] for the first address
    /// of another interface, [`Endpoint::Address`] for all others.
    pub end: Endpoint,
    /// The instance.
    pub instance: InstanceId,
    /// Its interface; a terminated instance has none.
    pub interface: Option<&'w NetworkInterface>,
    /// The address that it sends from.
    pub private: Option<IpAddr>,
    /// As which it is seen from outside its networks, where that is another.
    pub public: Option<IpAddr>,
}

impl Seat<'_> {
    /// How a question names it.
    pub fn named(&self) -> Named {
        match self.end {
            Endpoint::Address(address) if self.public == Some(address) => Named::Public,
            Endpoint::Address(_) => Named::Private,
            _ => Named::Resource,
        }
    }
}

/// Every instance at its primary address.
pub(super) fn primary(ec2: &Ec2) -> impl Iterator<Item = Seat<'_>> {
    ec2.instances.rows().map(|instance| of_instance(ec2, instance))
}

/// An instance at its primary address.
fn of_instance<'w>(ec2: &'w Ec2, instance: &Instance) -> Seat<'w> {
    let interface = ends::primary(ec2, instance.id);
    let own = interface.and_then(NetworkInterface::primary);
    Seat {
        end: Endpoint::Instance(instance.id),
        instance: instance.id,
        interface,
        private: own.map(|own| own.private.into()),
        public: own.and_then(|own| own.public).map(|public| public.address.into()),
    }
}

/// The other IPv4 addresses of all instances, but those of prefixes, which a guest may use or not. One that another VPC has
/// too is left out: as an end of a question it could be either. A public address is an end beside the private one.
pub(super) fn further(ec2: &Ec2) -> impl Iterator<Item = Seat<'_>> {
    let instances = ec2.instances.rows().filter(|row| row.classic.is_none());
    instances.flat_map(move |instance| further_of(ec2, instance))
}

/// The end at which the Internet meets an instance that has no public address at its primary one: the first of its others that
/// has one. `None`: it is met at the primary address, or nowhere.
pub(super) fn public_end(ec2: &Ec2, id: InstanceId) -> Option<Endpoint> {
    if ends::is_met_at_primary(ends::primary(ec2, id)?) {
        return None;
    }
    let mut seats = further_of(ec2, ec2.instances.get(&id)?);
    let meets = |seat: &Seat<'_>| match seat.end {
        Endpoint::Interface(_) => seat.public.is_some(),
        Endpoint::Address(address) => seat.public == Some(address),
        _ => false,
    };
    Some(seats.find(meets)?.end)
}

/// By which of its further ends a flow's sender, who is outside, meets an instance.
pub(super) fn met_elsewhere(ec2: &Ec2, flow: &Flow, id: InstanceId) -> Option<Endpoint> {
    let address = match flow.source {
        Endpoint::Internet => INTERNET.into(),
        Endpoint::Address(address) if !is_private(address) => address,
        _ => return None,
    };
    let end = public_end(ec2, id)?;
    if flow.source == Endpoint::Internet {
        return Some(end);
    }
    // Whoever has the address in the account, or comes by a VPN, is not on the Internet.
    let vpc = ends::primary(ec2, id)?.vpc;
    let inside = ends::owner(ec2, address, Some(vpc)).is_some()
        || super::vpn::behind(ec2, vpc, address).is_some()
        || super::vpn::behind_hub(ec2, vpc, address).is_some();
    (!inside).then_some(end)
}

fn further_of<'w>(ec2: &'w Ec2, instance: &'w Instance) -> impl Iterator<Item = Seat<'w>> {
    let first = ends::primary(ec2, instance.id).map(|interface| interface.id);
    let interfaces = ends::interfaces(ec2, instance.id);
    interfaces.flat_map(move |interface| {
        let addresses = interface.addresses.iter().enumerate();
        addresses.flat_map(move |(place, own)| {
            let public = own.public.map(|public| IpAddr::V4(public.address));
            let seat = move |end| Seat {
                end,
                instance: instance.id,
                interface: Some(interface),
                private: Some(own.private.into()),
                public,
            };
            let own = match place {
                0 if first == Some(interface.id) => None,
                0 => Some(Endpoint::Interface(interface.id)),
                _ if doubles(ec2, interface, own.private).next().is_some() => None,
                _ => Some(Endpoint::Address(own.private.into())),
            };
            let public = public.filter(|_| place > 0).map(Endpoint::Address);
            own.into_iter().chain(public).map(seat)
        })
    })
}

/// All IPv6 addresses of instances, but those of prefixes, which a guest may use or not.
pub(super) fn ipv6(ec2: &Ec2) -> impl Iterator<Item = Seat<'_>> {
    ec2.instances.rows().flat_map(move |instance| {
        ends::interfaces(ec2, instance.id).flat_map(move |interface| {
            interface.ipv6.iter().map(move |address| Seat {
                end: Endpoint::Address(IpAddr::V6(*address)),
                instance: instance.id,
                interface: Some(interface),
                private: Some(IpAddr::V6(*address)),
                public: None,
            })
        })
    })
}

/// The end as which a survey knows an address of an interface in its pairs with machines, or in those with the Internet;
/// `None` where it is no instance's.
pub(super) fn end_of(ec2: &Ec2, interface: &NetworkInterface, address: IpAddr, internet: bool) -> Option<Endpoint> {
    let instance = ends::instance_of(ec2, interface)?;
    if let IpAddr::V6(own) = address {
        let first = ends::primary(ec2, instance.id).and_then(|primary| primary.ipv6.first());
        return match internet && first == Some(&own) {
            true => Some(Endpoint::Instance(instance.id)),
            false => interface.ipv6.contains(&own).then_some(Endpoint::Address(address)),
        };
    }
    let seats = || std::iter::once(of_instance(ec2, instance)).chain(further_of(ec2, instance));
    let own = |seat: &Seat<'_>| seat.interface.is_some_and(|own| own.id == interface.id);
    let written = seats().find(|seat| own(seat) && seat.end == Endpoint::Address(address));
    let has = |seat: &Seat<'_>| seat.private == Some(address) || seat.public == Some(address);
    let seat = written.or_else(|| seats().find(|seat| own(seat) && has(seat)));
    seat.map(|seat| seat.end)
}

/// A path as a pair of a survey.
pub(super) struct OwnPair {
    /// Who sends.
    pub source: Endpoint,
    /// To whom.
    pub destination: Endpoint,
    /// Which address of the Internet, or on premises, one of them is.
    pub outside: Option<IpAddr>,
}

/// The pair of a survey that a flow is, where it is one: the packet is the same.
pub(super) fn pair_of(world: &World, region: Region, flow: &Flow) -> Option<OwnPair> {
    let ec2 = world.ec2(region)?;
    let question = ends::resolve(world, ec2, flow).ok()?;
    let packet = question.packet;
    let outside = match (&question.start, question.target) {
        (ends::Start::Inside(_), Some(_)) => None,
        (ends::Start::Outside, Some(_)) => Some(packet.source_address),
        (ends::Start::Inside(_), None) => Some(packet.destination_address),
        (ends::Start::Outside, None) => return None,
    };
    let beyond = match (packet.destination_address, outside) {
        (IpAddr::V6(_), _) => INTERNET_BY_IPV6,
        (IpAddr::V4(_), Some(address)) if parts::is_on_premises(ec2, address) => ON_PREMISES,
        (IpAddr::V4(_), _) => Endpoint::Internet,
    };
    let end = |interface: &NetworkInterface, address| match fronts::owner(ec2, interface.id) {
        Some(_) => Some(Endpoint::Interface(interface.id)),
        None => end_of(ec2, interface, address, outside.is_some()),
    };
    let source = match question.start {
        ends::Start::Inside(source) => end(source, packet.source_address)?,
        ends::Start::Outside => beyond,
    };
    let destination = match question.target {
        Some(target) => end(target, packet.destination_address)?,
        None => beyond,
    };
    // What is outside is asked as the address that is meant; by IPv6 an instance is, too.
    let asked = |end: Endpoint| match (end, outside) {
        (Endpoint::Internet | INTERNET_BY_IPV6 | ON_PREMISES, Some(address)) => Endpoint::Address(address),
        (end, _) => end,
    };
    let pair = Flow {
        source: asked(source),
        destination: asked(destination),
        ..*flow
    };
    let same = ends::resolve(world, ec2, &pair).is_ok_and(|pair| pair.packet == packet);
    same.then_some(OwnPair {
        source,
        destination,
        outside,
    })
}

/// What a further address of an instance is called, `web-1 at 10.0.1.50`: the end is the interface whose first it is, or
/// itself. `None` for all other ends.
pub fn address_name(world: &World, region: Region, end: Endpoint) -> Option<String> {
    let ec2 = world.ec2(region)?;
    let (interface, address) = match end {
        Endpoint::Interface(id) => {
            let interface = ec2.interface(id)?;
            (interface, interface.primary()?.private.into())
        }
        Endpoint::Address(address) => (ends::owner(ec2, address, None)?, address),
        Endpoint::Internet | Endpoint::Instance(_) => return None,
    };
    let instance = ends::instance_of(ec2, interface)?;
    Some(format!("{} at {address}", world.label(region, instance.id.into())))
}

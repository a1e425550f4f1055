//! The two ends of a question: which interface sends, from which address, and to which address the packet is written.

use super::addresses::*;
use super::step::Unanswerable;
use super::survey::traffic::Traffic;
use super::{Endpoint, Flow, Packet};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::classic::NO_VPC;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use std::net::IpAddr;

/// Where the request begins.
#[derive(Clone, Copy)]
pub(super) enum Start<'w> {
    /// At an interface of the account.
    Inside(&'w NetworkInterface),
    /// Somewhere on the Internet.
    Outside,
}

/// A question, made definite.
pub(super) struct Question<'w> {
    /// Where the request begins.
    pub start: Start<'w>,
    /// Its first packet.
    pub packet: Packet,
    /// The interface that is meant, where the question names one.
    pub target: Option<&'w NetworkInterface>,
    /// The target lies in another VPC and has no address that leads there.
    pub disconnected: bool,
}

/// The instance that an interface is attached to.
pub(super) fn instance_of<'w>(ec2: &'w Ec2, interface: &NetworkInterface) -> Option<&'w Instance> {
    ec2.instances.get(&interface.attachment.as_ref()?.instance)
}

/// The interfaces of an instance, by id.
pub(super) fn interfaces(ec2: &Ec2, instance: InstanceId) -> impl Iterator<Item = &NetworkInterface> {
    let key = |interface| (ResourceId::from(instance), ResourceId::from(interface));
    let range = key(NetworkInterfaceId(0))..=key(NetworkInterfaceId(u64::MAX));
    ec2.referrers.range(range).filter_map(|((_, interface), ())| {
        let id = NetworkInterfaceId::try_from(*interface).ok()?;
        ec2.interfaces.get(&id)
    })
}

/// The primary interface of an instance.
pub(super) fn primary(ec2: &Ec2, instance: InstanceId) -> Option<&NetworkInterface> {
    let first = interfaces(ec2, instance)
        .min_by_key(|interface| interface.attachment.as_ref().map(|attachment| attachment.device_index));
    first.or_else(|| Some(&ec2.instances.get(&instance)?.classic.as_ref()?.interface))
}

/// The interface that has an address: a public one, or a private one, of the VPC that is preferred if it has it.
pub(super) fn owner(ec2: &Ec2, address: IpAddr, prefer: Option<VpcId>) -> Option<&NetworkInterface> {
    match address {
        IpAddr::V6(address) => ec2.interfaces.get(&ec2.ipv6_holder(address)?),
        IpAddr::V4(address) => {
            let private = |vpc: VpcId| ec2.ipv4_holder(vpc, address);
            let id = prefer
                .and_then(private)
                .or_else(|| ec2.by_public_address.get(&address).copied())
                .or_else(|| ec2.vpcs.iter().find_map(|(vpc, _)| private(*vpc)))
                .or_else(|| private(NO_VPC))?;
            ec2.interface(id)
        }
    }
}

/// The interface that an end names; `None` for the Internet and for addresses that are not the account's.
fn interface(ec2: &Ec2, end: Endpoint, prefer: Option<VpcId>) -> Result<Option<&NetworkInterface>, Unanswerable> {
    match end {
        Endpoint::Internet => Ok(None),
        Endpoint::Interface(id) => match ec2.interface(id) {
            None => Err(Unanswerable::NoInterface(id)),
            found => Ok(found),
        },
        Endpoint::Instance(id) => match ec2.instances.get(&id) {
            None => Err(Unanswerable::NoInstance(id)),
            Some(instance) if instance.state == InstanceState::Terminated => Err(Unanswerable::Gone(id)),
            Some(_) => primary(ec2, id).map(Some).ok_or(Unanswerable::Gone(id)),
        },
        Endpoint::Address(address) => Ok(owner(ec2, address, prefer)),
    }
}

/// The address of an end that is not the account's.
fn outside(end: Endpoint, ipv6: bool) -> Option<IpAddr> {
    match end {
        Endpoint::Internet if ipv6 => Some(INTERNET_IPV6.into()),
        Endpoint::Internet => Some(INTERNET.into()),
        Endpoint::Address(address) => Some(address),
        Endpoint::Instance(_) | Endpoint::Interface(_) => None,
    }
}

/// The private (or IPv6) address that an interface sends from: the one that the question names, or its first.
fn own_address(interface: &NetworkInterface, end: Endpoint, ipv6: bool) -> Option<IpAddr> {
    if let Endpoint::Address(named) = end
        && named.is_ipv6() == ipv6
        && interface.holds(named)
    {
        return Some(named);
    }
    if ipv6 {
        return interface.ipv6.first().map(|own| IpAddr::V6(*own));
    }
    let named = interface.addresses.iter().find(|own| {
        let public = own.public.map(|public| public.address.into());
        public.is_some_and(|public| end == Endpoint::Address(public))
    });
    named.or(interface.primary()).map(|own| IpAddr::V4(own.private))
}

/// The protocol and port (or ICMP type) that a flow asks for, as they are written between addresses of either family.
pub(super) fn traffic(flow: &Flow, ipv6: bool) -> (u8, u16) {
    match (flow.protocol, flow.port) {
        (ICMP, 8) if ipv6 => (ICMPV6, 128),
        (ICMP, port) if ipv6 => (ICMPV6, port),
        same => same,
    }
}

/// A flow's own traffic, as a survey has it: one port, or a protocol that has none.
pub(super) fn as_surveyed(flow: &Flow) -> Traffic {
    let (protocol, port) = traffic(flow, is_ipv6(flow));
    let ports = match protocol {
        ICMP | ICMPV6 | TCP | UDP => (port, port),
        _ => (0, u16::MAX),
    };
    Traffic {
        protocols: (protocol, protocol),
        ports,
    }
}

/// Whether a flow goes by IPv6: where one of its ends is such an address.
pub(super) fn is_ipv6(flow: &Flow) -> bool {
    flow.source.is_ipv6() || flow.destination.is_ipv6()
}

/// Makes a question definite. An instance that is asked from the Internet, and has no public address at its primary one, is
/// asked at the first of its others that has one.
pub(super) fn resolve<'w>(world: &World, ec2: &'w Ec2, flow: &Flow) -> Result<Question<'w>, Unanswerable> {
    match met_at(ec2, flow) {
        Some(destination) => resolve_primary(world, ec2, &Flow { destination, ..*flow }),
        None => resolve_primary(world, ec2, flow),
    }
}

/// By which other end whoever is outside meets the instance that a flow is for; `None`: by its primary address, if by any.
fn met_at(ec2: &Ec2, flow: &Flow) -> Option<Endpoint> {
    let (Endpoint::Instance(id), false) = (flow.destination, is_ipv6(flow)) else {
        return None;
    };
    match is_met_at_primary(primary(ec2, id)?) {
        true => None,
        false => super::seats::met_elsewhere(ec2, flow, id),
    }
}

/// Whether the Internet meets an instance at the primary address of this primary interface.
pub(super) fn is_met_at_primary(first: &NetworkInterface) -> bool {
    first.is_classic() || first.primary().is_some_and(|own| own.public.is_some())
}

/// [`resolve`], in which an instance is its primary address whoever asks.
pub(super) fn resolve_primary<'w>(world: &World, ec2: &'w Ec2, flow: &Flow) -> Result<Question<'w>, Unanswerable> {
    let source = interface(ec2, flow.source, None)?;
    let flow = &super::abroad::addressed(world, ec2, flow, source);
    let target = interface(ec2, flow.destination, source.map(|source| source.vpc))?;
    // A private source address can exist in several VPCs; the other end's is meant.
    let source = match (flow.source, target) {
        (Endpoint::Address(_), Some(target)) => interface(ec2, flow.source, Some(target.vpc))?,
        _ => source,
    };
    for (end, found) in [(flow.source, source), (flow.destination, target)] {
        if let (Endpoint::Address(address), None) = (end, found)
            && let Some(region) = region_that_holds(world, address)
        {
            return Err(Unanswerable::Elsewhere(address, region));
        }
    }
    question(ec2, flow, source, target)
}

/// The Region in which an interface has this public (or IPv6) address.
fn region_that_holds(world: &World, address: IpAddr) -> Option<Region> {
    let holds = |ec2: &Ec2| ec2.public_holder(address).is_some();
    let mut regions = world.regions.iter();
    regions.find_map(|(region, ec2)| holds(ec2).then_some(*region))
}

/// [`resolve_primary`] for ends whose interfaces are known; `None` is the Internet, or an address that is not the account's. A program
/// that names no address sends from the one of the interface that its guest's routes choose.
pub(super) fn question<'w>(
    ec2: &'w Ec2,
    flow: &Flow,
    source: Option<&'w NetworkInterface>,
    target: Option<&'w NetworkInterface>,
) -> Result<Question<'w>, Unanswerable> {
    let question = question_from(ec2, flow, source, target)?;
    if let Endpoint::Instance(id) = flow.source
        && ec2.instances.get(&id).is_some_and(|row| !row.guest.routing.is_plain())
        && let Some(other) = super::guest_ways::sender(ec2, id, question.packet.destination_address)
    {
        return question_from(ec2, flow, Some(other), target);
    }
    Ok(question)
}

fn question_from<'w>(
    ec2: &'w Ec2,
    flow: &Flow,
    source: Option<&'w NetworkInterface>,
    target: Option<&'w NetworkInterface>,
) -> Result<Question<'w>, Unanswerable> {
    let ipv6 = is_ipv6(flow);
    for interface in [source, target].into_iter().flatten() {
        if interface.is_classic() && interface.addresses.is_empty() {
            return Err(Unanswerable::NoSeat(InstanceId(interface.id.0)));
        }
    }
    let (start, source_address, source_port) = match source {
        Some(source) => inside(ec2, flow, source, ipv6)?,
        None => {
            let address = outside(flow.source, ipv6).unwrap_or(INTERNET.into());
            if let Some(target) = target
                && let Some(vpc) = ec2.vpcs.get(&target.vpc)
                && super::routes::local_block(vpc, address).is_some()
            {
                return Err(Unanswerable::NoAddress(address));
            }
            (Start::Outside, address, INTERNET_PORT)
        }
    };
    let (destination_address, disconnected) = match (target, outside(flow.destination, ipv6)) {
        // An address is written on the packet as the question has it.
        (_, Some(address)) => (address, false),
        (None, None) => (INTERNET.into(), false),
        (Some(target), None) => written_to(ec2, flow, (start, source_address), target, ipv6)?,
    };
    if matches!(start, Start::Outside) && target.is_none() {
        let asked = (!ec2.gateways.connections.is_empty())
            .then(|| super::vpn::asked_of(ec2, source_address, destination_address))
            .flatten();
        return Err(match asked {
            Some(gateway) => Unanswerable::NobodyInside(gateway, destination_address),
            None => Unanswerable::Outside(destination_address),
        });
    }
    let (protocol, port) = traffic(flow, ipv6);
    let has_ports = matches!(protocol, TCP | UDP);
    let packet = Packet {
        protocol,
        source_address,
        source_port: if has_ports { source_port } else { 0 },
        destination_address,
        destination_port: port,
    };
    Ok(Question {
        start,
        packet,
        target,
        disconnected,
    })
}

/// The address of an interface that whoever sends from here writes on the packet, and whether none leads there.
fn written_to(
    ec2: &Ec2,
    flow: &Flow,
    (start, source): (Start<'_>, IpAddr),
    target: &NetworkInterface,
    ipv6: bool,
) -> Result<(IpAddr, bool), Unanswerable> {
    let near = matches!(start, Start::Inside(source) if source.vpc == target.vpc);
    let public = target.primary().and_then(|own| own.public);
    let own = own_address(target, flow.destination, ipv6).ok_or(Unanswerable::Family(target.id))?;
    // Who comes by a VPN uses private addresses.
    let vpn = matches!(start, Start::Outside)
        && !ec2.gateways.connections.is_empty()
        && (super::vpn::behind(ec2, target.vpc, source).is_some()
            || super::vpn::behind_hub(ec2, target.vpc, source).is_some());
    // A neighbour in EC2-Classic, and who is linked, use private addresses too.
    let vpn = vpn
        || match start {
            Start::Outside => target.is_classic() && super::classic::is_flat(source),
            Start::Inside(source) => super::classic::are_linked(ec2, source, target),
        };
    let (peers, across) = match start {
        Start::Inside(source) if !near && !ec2.links.is_empty() => (
            super::links::are_peers(ec2, source.vpc, target.vpc)
                || super::transit::are_attached(ec2, source.vpc, target.vpc),
            super::links::crosses(ec2, source, own),
        ),
        _ => (false, false),
    };
    Ok(match public {
        Some(public) if !near && !ipv6 && !vpn && !across => (public.address.into(), false),
        _ => {
            let lost = !near && !ipv6 && !peers && !across && !vpn && matches!(start, Start::Inside(_));
            (own, lost)
        }
    })
}

/// The sending end inside: its interface, address and port.
fn inside<'w>(
    ec2: &'w Ec2,
    flow: &Flow,
    source: &'w NetworkInterface,
    ipv6: bool,
) -> Result<(Start<'w>, IpAddr, u16), Unanswerable> {
    let address = own_address(source, flow.source, ipv6).ok_or(Unanswerable::Family(source.id))?;
    let port = match instance_of(ec2, source) {
        Some(instance) if instance.machine.is_windows() => WINDOWS_PORT,
        Some(_) => LINUX_PORT,
        // A node of a load balancer checks its targets' health.
        None if super::balancing::is_node(ec2, source.id) => LINUX_PORT,
        None if super::links::endpoint_of(ec2, source.id).is_some() => return Err(Unanswerable::OfEndpoint(source.id)),
        None => return Err(Unanswerable::Unattached(source.id)),
    };
    Ok((Start::Inside(source), address, port))
}

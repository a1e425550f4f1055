//! EC2-Classic and ClassicLink, as a packet meets them. In the one flat network there is no subnet, no route table and no
//! network ACL: below the wire the network carries a packet to whoever has its address, be it another customer's machine, and
//! AWS's edge translates to the Internet and back. A link joins one instance to one VPC, and nothing behind that VPC.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/vpc-classiclink.html> (both as of 2022)

use super::addresses::{Service, is_private, is_shared, is_unroutable};
use super::codes;
use super::filters;
use super::step::*;
use super::walk::{Landing, Walk};
use super::{Component, Packet, routes};
use crate::base::ids::*;
use crate::world::Ec2;
use crate::world::classic::{LEFT_TO_VPCS, NO_VPC, RANGE, RESOLVER};
use crate::world::compute::Instance;
use crate::world::links::VpcPeering;
use crate::world::vpc::{NetworkInterface, RouteTarget, Subnet, Vpc};
use std::net::IpAddr;

/// What a component of the flat network is called, which is nobody's resource.
const FLAT_KIND: &str = "AWS::EC2::Classic";
const FLAT_ID: &str = "EC2-Classic";

/// What the flat network does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flat {
    /// Carries it to an instance of the account's.
    Carries(InstanceId),
    /// Carries it to an address that is none of the account's: another customer's machine.
    Neighbour,
    /// Brings it from another customer's machine.
    FromNeighbour,
    /// AWS's edge sends it to the Internet under this instance's public address.
    Out(InstanceId),
    /// AWS's edge brings it in from the Internet.
    In(InstanceId),
    /// Knows no such address: a private one outside its range.
    Nowhere,
    /// From the Internet, for a private address.
    NotFromOutside,
}

/// What ClassicLink does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Carries it from the instance into the VPC.
    In,
    /// Carries it from the VPC to the instance.
    Out,
    /// There is no link between the two.
    Missing,
    /// No instance of the account's has the address.
    Nobody,
}

/// Whether an address is of EC2-Classic's range, and none that is left to VPCs.
pub(super) fn is_flat(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(address) if RANGE.contains(&address) && !LEFT_TO_VPCS.contains(&address))
}

/// Whose groups rule what an interface sends (`egress`) or takes, and in which network their members are.
#[derive(Clone, Copy)]
pub(super) struct Rulers<'w> {
    /// The VPC, or `NO_VPC` for EC2-Classic.
    pub vpc: VpcId,
    /// The groups.
    pub groups: &'w [SecurityGroupId],
}

/// The interface's own groups; between a linked instance and its VPC, those of the link.
pub(super) fn rulers<'w>(ec2: &'w Ec2, interface: &'w NetworkInterface, packet: &Packet, egress: bool) -> Rulers<'w> {
    if interface.is_classic()
        && let Some((vpc, groups)) = link_to(ec2, interface, packet.other_side(egress))
    {
        return Rulers { vpc, groups };
    }
    Rulers {
        vpc: interface.vpc,
        groups: &interface.groups,
    }
}

/// The link of an instance to the VPC that has an address, or to one that reaches that VPC across a peering connection whose
/// options let links take part.
fn link_to<'w>(ec2: &'w Ec2, interface: &NetworkInterface, address: IpAddr) -> Option<(VpcId, &'w [SecurityGroupId])> {
    let IpAddr::V4(address) = address else { return None };
    let link = seat_link(ec2, interface)?;
    let vpc = ec2.vpcs.get(&link.vpc)?;
    let there = vpc.holds(address) || bridge(ec2, link.vpc, |far| far.holds(address)).is_some();
    there.then_some((link.vpc, link.groups.as_slice()))
}

/// The peering connection of a VPC by which what is linked to it and another VPC may meet, in one direction or the other.
fn bridge(ec2: &Ec2, vpc: VpcId, is_far: impl Fn(&Vpc) -> bool) -> Option<(&VpcPeering, &Vpc)> {
    ec2.bridges(vpc).find_map(|(row, own)| {
        let far = ec2.vpcs.get(&row.neighbour(vpc)?)?;
        let open = own.link_to_remote || row.side_of(far.id)?.to_remote_link;
        (open && is_far(far)).then_some((row, far))
    })
}

fn seat_link<'w>(ec2: &'w Ec2, interface: &NetworkInterface) -> Option<&'w crate::world::classic::ClassicLink> {
    let instance = ec2.instances.get(&InstanceId(interface.id.0))?;
    instance.classic.as_ref()?.link.as_ref()
}

/// Whether a link joins the two interfaces' networks, of which one is EC2-Classic.
pub(super) fn are_linked(ec2: &Ec2, one: &NetworkInterface, other: &NetworkInterface) -> bool {
    let (classic, vpc) = match (one.is_classic(), other.is_classic()) {
        (true, false) => (one, other.vpc),
        (false, true) => (other, one.vpc),
        _ => return false,
    };
    seat_link(ec2, classic).is_some_and(|link| link.vpc == vpc || bridge(ec2, link.vpc, |far| far.id == vpc).is_some())
}

/// The service of AWS that a packet of EC2-Classic is for. Its DNS server has an address of its own.
pub(super) fn service(destination: IpAddr) -> Option<Service> {
    match Service::link_local(destination) {
        Some(Service::Resolver) => None,
        None if destination == IpAddr::V4(RESOLVER) => Some(Service::Resolver),
        other => other,
    }
}

/// The component that speaks for the flat network.
pub(super) fn component() -> Component {
    Component {
        kind: FLAT_KIND,
        id: FLAT_ID.into(),
    }
}

impl<'w> Walk<'w> {
    /// From the wire of an instance in EC2-Classic to where the packet comes down.
    pub(super) fn travel_flat(&mut self, from: &'w NetworkInterface) -> Option<Landing<'w>> {
        let ec2 = self.ec2;
        let instance = InstanceId(from.id.0);
        let destination = self.packet.destination_address;
        let what = What::Classic;
        if let Some((vpc, _)) = link_to(ec2, from, destination) {
            return self.enter_by_link(instance, vpc);
        }
        if let Some(holder) = filters::holder(ec2, NO_VPC, destination) {
            self.hand(what(Flat::Carries(InstanceId(holder.id.0))), Place::Between);
            return Some(Landing::Interface(holder));
        }
        if is_flat(destination) {
            self.hand(what(Flat::Neighbour), Place::Between);
            return Some(Landing::Outside);
        }
        // The answer to a VPC's instance whose gateway should have given it a public address, and has been reported.
        if self.nameless.is_some_and(|(_, private)| private == destination) {
            return self.leave_flat(from, instance);
        }
        if is_unroutable(destination) || is_private(destination) || is_shared(destination) || destination.is_ipv6() {
            self.deny(what(Flat::Nowhere), Place::Between, codes::NO_POSSIBLE_DESTINATION);
            return None;
        }
        self.leave_flat(from, instance)
    }

    /// Out by AWS's edge, under the instance's public address.
    fn leave_flat(&mut self, from: &'w NetworkInterface, instance: InstanceId) -> Option<Landing<'w>> {
        let public = from.primary()?.public?.address;
        let after = Packet {
            source_address: public.into(),
            ..self.packet
        };
        self.change(What::Classic(Flat::Out(instance)), Place::Between, after);
        let destination = self.packet.destination_address;
        let ours = self.ec2.public_holder(destination).is_some() || self.nameless.is_some();
        if ours { self.enter(None) } else { Some(Landing::Outside) }
    }

    /// From a linked instance into its VPC: past the ACL of the target's subnet, by no route table.
    fn enter_by_link(&mut self, instance: InstanceId, vpc: VpcId) -> Option<Landing<'w>> {
        let what = |says| What::ClassicLink(vpc, Some(instance), says);
        let destination = self.packet.destination_address;
        let far = bridge(
            self.ec2,
            vpc,
            |far| matches!(destination, IpAddr::V4(address) if far.holds(address)),
        );
        let (network, across) = match far {
            Some((row, far)) => (far.id, Some(row)),
            None => (vpc, None),
        };
        let Some(holder) = filters::holder(self.ec2, network, destination) else {
            let nobody = What::Nobody(network, None);
            self.deny(nobody, Place::Between, codes::NO_POSSIBLE_DESTINATION);
            return None;
        };
        self.hand(what(Link::In), Place::Between);
        if let Some(row) = across {
            self.on_across(vpc, row);
        }
        self.acl_in(holder, self.far(holder));
        Some(Landing::Interface(holder))
    }

    /// On from a linked instance's VPC to its peer: by the main route table, and only if the peering connection lets it.
    fn on_across(&mut self, vpc: VpcId, row: &VpcPeering) {
        let what = |says| What::Peering(row.id, vpc, says);
        let own = self.ec2.vpcs.get(&vpc);
        let table = own.and_then(|own| Some((own, self.ec2.route_tables.get(&own.main_route_table)?)));
        if let Some((own, table)) = table {
            let routed = routes::choose(self.ec2, own, table, self.packet.destination_address);
            let leads = match routed {
                Routed::Route(number) => {
                    let route = table.routes.get(usize::from(number));
                    route.is_some_and(|route| route.target == RouteTarget::Peering(row.id))
                }
                _ => false,
            };
            if leads {
                self.hand(What::Route(table.id, routed), Place::Between);
            } else {
                let what = What::Route(table.id, Routed::Nothing);
                self.deny(what, Place::Between, codes::NO_ROUTE_TO_DESTINATION);
            }
        }
        if row.side_of(vpc).is_some_and(|side| side.link_to_remote) {
            self.hand(what(Crossing::Passes), Place::Between);
        } else {
            self.deny(what(Crossing::NoLinks), Place::Between, codes::STRATUS_CLASSIC_LINK);
        }
    }

    /// From a VPC that is enabled for ClassicLink to an instance that is linked to it, or to its peer.
    pub(super) fn leave_by_link(&mut self, vpc: &Vpc) -> Option<Landing<'w>> {
        let holder = filters::holder(self.ec2, NO_VPC, self.packet.destination_address);
        let what = |says| What::ClassicLink(vpc.id, holder.map(|holder| InstanceId(holder.id.0)), says);
        let Some(holder) = holder else {
            self.deny(what(Link::Nobody), Place::Between, codes::NO_POSSIBLE_DESTINATION);
            return None;
        };
        let link = seat_link(self.ec2, holder).map(|link| link.vpc);
        let across = link.filter(|link| *link != vpc.id);
        let across = across.and_then(|link| bridge(self.ec2, link, |far| far.id == vpc.id));
        if link != Some(vpc.id) && across.is_none() {
            self.deny(what(Link::Missing), Place::Between, codes::STRATUS_CLASSIC_LINK);
            return None;
        }
        if let Some((row, _)) = across {
            let what = |says| What::Peering(row.id, vpc.id, says);
            if row.side_of(vpc.id).is_some_and(|side| side.to_remote_link) {
                self.hand(what(Crossing::Passes), Place::Between);
            } else {
                self.deny(what(Crossing::NoLinks), Place::Between, codes::STRATUS_CLASSIC_LINK);
            }
        }
        let to = What::ClassicLink(link.unwrap_or(vpc.id), Some(InstanceId(holder.id.0)), Link::Out);
        self.hand(to, Place::Between);
        Some(Landing::Interface(holder))
    }

    /// In from the Internet, or from another customer's machine. `None`: the packet is not for EC2-Classic.
    pub(super) fn enter_flat(&mut self, meant: Option<&'w NetworkInterface>) -> Option<Option<Landing<'w>>> {
        let ec2 = self.ec2;
        let Packet {
            source_address: source,
            destination_address: destination,
            ..
        } = self.packet;
        let public = ec2.public_holder(destination).and_then(|id| ec2.interface(id));
        if let Some(holder) = public.filter(|holder| holder.is_classic()) {
            let after = Packet {
                destination_address: holder.primary()?.private.into(),
                ..self.packet
            };
            self.change(What::Classic(Flat::In(InstanceId(holder.id.0))), Place::Between, after);
            return Some(Some(Landing::Interface(holder)));
        }
        let holder = filters::holder(ec2, NO_VPC, destination).or(meant.filter(|meant| meant.is_classic()))?;
        if is_flat(source) {
            self.hand(What::Classic(Flat::FromNeighbour), Place::Between);
            return Some(Some(Landing::Interface(holder)));
        }
        let code = codes::IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS;
        self.deny(What::Classic(Flat::NotFromOutside), Place::Between, code);
        Some(None)
    }
}

/// Whether a packet leaves a subnet for EC2-Classic: no interface of the VPC has the address, and the VPC is enabled.
pub(super) fn leads_there(ec2: &Ec2, vpc: &Vpc, subnet: &Subnet, destination: IpAddr) -> bool {
    let IpAddr::V4(address) = destination else { return false };
    let outside = RANGE.contains(&address) && !vpc.holds(address) && !subnet.cidr.contains(&address);
    outside && ec2.routes_to_links(vpc)
}

/// The groups of whoever has an address in a network, as rules know members: of its interface, or of its link.
pub(super) fn member_groups(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> Option<&[SecurityGroupId]> {
    let holder = filters::holder(ec2, vpc, address).map(|holder| holder.groups.as_slice());
    let linked = || ec2.linked(vpc, address).map(|(_, link)| link.groups.as_slice());
    if vpc == NO_VPC { holder } else { holder.or_else(linked) }
}

/// Whether an instance is walked by itself where many are judged at once: in EC2-Classic other groups may rule each packet.
pub(super) fn is_singular(instance: &Instance) -> bool {
    instance.is_classic()
}

//! Between hosts: the subnet's route table, the network ACLs at subnets' edges, and who has the address.

use super::addresses::*;
use super::routes::{self, Target};
use super::step::*;
use super::walk::{LEGS, Landing, Walk};
use super::{Packet, balancing, classic, codes, filters, links, transit};
use crate::base::ids::*;
use crate::world::Ec2;
use crate::world::links::{EndpointKind, VpcEndpoint};
use crate::world::vpc::*;
use std::net::IpAddr;

/// Where a route table sends.
enum Next<'w> {
    /// To another subnet of the VPC.
    Local,
    /// To what a route names.
    To(Target<'w>),
    /// To the Internet, from a VPC that has no gateway there.
    Ungated,
    Nowhere,
}

impl Next<'_> {
    /// Whether a route's target leads the same way. To the Internet a NAT gateway leads as well, and an egress-only one.
    fn is(&self, other: &Target<'_>) -> bool {
        let Next::To(target) = self else { return false };
        match (target, other) {
            (Target::Gateway(one), Target::Gateway(other)) => one == other,
            (Target::Carrier(one), Target::Carrier(other)) => one == other,
            (Target::Gateway(_), Target::Nat(_) | Target::EgressOnly(_)) => true,
            (Target::Peering(one), Target::Peering(other)) => one.id == other.id,
            (Target::Transit(one), Target::Transit(other)) => one.id == other.id,
            _ => false,
        }
    }
}

/// Through the VPC's gateway to the Internet, if it has one: from a Wavelength Zone its carrier gateway.
fn out<'w>(ec2: &Ec2, vpc: &Vpc, subnet: &Subnet) -> Next<'w> {
    match routes::door_of(ec2, vpc.id, subnet.zone) {
        Door::Internet(Some(gateway)) => Next::To(Target::Gateway(gateway)),
        Door::Carrier(Some(gateway)) => Next::To(Target::Carrier(gateway)),
        Door::Internet(None) | Door::Carrier(None) => Next::Ungated,
    }
}

impl<'w> Walk<'w> {
    /// The answer's way from an interface: to the node that has kept the client's address, though it is written to the client.
    pub(super) fn onwards(&mut self, from: &'w NetworkInterface, place: Place) -> Option<Landing<'w>> {
        let packet = self.packet;
        let kept = |(_, before, after): &&(NetworkInterfaceId, Packet, Packet)| {
            before.source_address == after.source_address && after.answer() == Some(packet)
        };
        let node = self.translated.iter().rev().find(kept).map(|entry| entry.0);
        match node.filter(|node| *node != from.id) {
            Some(node) => self.onwards_to(node, from, place),
            None => self.travel(from, place),
        }
    }

    /// The same to an interface through which the packet has come: if it is a node.
    #[inline(never)]
    fn onwards_to(
        &mut self,
        node: NetworkInterfaceId,
        from: &'w NetworkInterface,
        place: Place,
    ) -> Option<Landing<'w>> {
        let node = Some(node).filter(|node| balancing::is_node(self.ec2, *node));
        let Some(node) = node.and_then(|id| self.ec2.interfaces.get(&id)) else {
            return self.travel(from, place);
        };
        if node.subnet != from.subnet {
            self.acl(self.ec2.subnets.get(&from.subnet)?, true, place);
            self.acl_in(node, Place::Via(node.id));
        }
        Some(Landing::Interface(node))
    }

    /// From the wire of an interface's subnet to where the packet comes down. `None`: it does not.
    pub(super) fn travel(&mut self, from: &'w NetworkInterface, place: Place) -> Option<Landing<'w>> {
        if from.is_classic() {
            return self.travel_flat(from);
        }
        let (mut from, mut place) = (from, place);
        loop {
            self.legs += 1;
            let vpc = self.ec2.vpcs.get(&from.vpc)?;
            let subnet = self.ec2.subnets.get(&from.subnet)?;
            if self.legs > LEGS {
                self.deny(What::Circle(vpc.id), Place::Between, codes::STRATUS_ROUTING_LOOP);
                return None;
            }
            match self.next(vpc, subnet)? {
                Next::To(Target::Interface(appliance)) => {
                    if self.is_for(appliance, (from, subnet), vpc, place)? {
                        return Some(Landing::Interface(appliance));
                    }
                    from = self.pass_through(appliance, vpc)?;
                    place = Place::Via(from.id);
                }
                Next::To(Target::Nat(gateway)) if gateway.regional.is_none() => {
                    let Some(interface) = self.through_nat(gateway, from, place) else {
                        return self.past_nat(vpc, from);
                    };
                    from = interface;
                    place = Place::Via(from.id);
                }
                next => return self.depart(next, from, (vpc, subnet), place),
            }
        }
    }

    /// Where an interface's subnet sends a packet: within itself without asking its route table. `None`: nowhere.
    fn next(&mut self, vpc: &Vpc, subnet: &Subnet) -> Option<Next<'w>> {
        let destination = self.packet.destination_address;
        if is_unroutable(destination) {
            let nobody = What::Nobody(vpc.id, None);
            self.deny(nobody, Place::Between, codes::NO_POSSIBLE_DESTINATION);
            return None;
        }
        if lies_in(subnet, destination) {
            if filters::holder(self.ec2, vpc.id, destination).is_some() {
                self.hand(What::SameSubnet(subnet.id), Place::Between);
            }
            return Some(Next::Local);
        }
        Some(self.route(vpc, subnet))
    }

    /// Out of a subnet by a way that does not come back into the VPC's routing.
    fn depart(
        &mut self,
        next: Next<'w>,
        from: &'w NetworkInterface,
        (vpc, subnet): (&Vpc, &Subnet),
        place: Place,
    ) -> Option<Landing<'w>> {
        let target = match next {
            Next::Local => return self.deliver(vpc, subnet, place),
            Next::Nowhere => return None,
            Next::Ungated => {
                self.acl(subnet, true, place);
                return self.go_out(vpc, routes::door_of(self.ec2, vpc.id, subnet.zone), from);
            }
            Next::To(target) => target,
        };
        match target {
            // These see for themselves whether the packet leaves the subnet.
            Target::Endpoint(endpoint) => return self.go_to_endpoint(endpoint, subnet, place),
            Target::Transit(attachment) => return self.transit(subnet, attachment, place),
            Target::BlackHole(_) => return None,
            _ => self.acl(subnet, true, place),
        }
        match target {
            Target::Gateway(gateway) => self.go_out(vpc, Door::Internet(Some(gateway)), from),
            Target::Carrier(gateway) => self.go_out(vpc, Door::Carrier(Some(gateway)), from),
            Target::Nat(gateway) => self.through_regional(gateway, from),
            Target::EgressOnly(gateway) => self.go_out_ipv6(gateway, from),
            Target::Vpn(gateway) => self.go_on_premises(vpc, gateway, from),
            Target::Peering(peering) => self.cross(peering, vpc),
            _ => None,
        }
    }

    /// To the endpoint that a route of a subnet names.
    fn go_to_endpoint(&mut self, endpoint: &'w VpcEndpoint, subnet: &Subnet, place: Place) -> Option<Landing<'w>> {
        let own = endpoint.subnets.iter().any(|(own, _)| *own == subnet.id);
        if !own {
            self.acl(subnet, true, place);
        }
        match endpoint.kind {
            EndpointKind::GatewayLoadBalancer => self.through_gateway_endpoint(endpoint, own.then_some(subnet.id)),
            _ => self.enter_endpoint(endpoint),
        }
    }

    /// To the interface that a route names: whether the packet is for itself. `None`: it comes from there.
    fn is_for(
        &mut self,
        appliance: &'w NetworkInterface,
        (from, subnet): (&NetworkInterface, &Subnet),
        vpc: &Vpc,
        place: Place,
    ) -> Option<bool> {
        if appliance.id == from.id {
            self.deny(What::Circle(vpc.id), Place::Between, codes::STRATUS_ROUTING_LOOP);
            return None;
        }
        if appliance.subnet != subnet.id {
            self.acl(subnet, true, place);
            self.between_zones(subnet, appliance);
            self.acl_in(appliance, Place::Via(appliance.id));
        }
        let holder = filters::holder(self.ec2, vpc.id, self.packet.destination_address);
        Some(holder.is_some_and(|holder| holder.id == appliance.id))
    }

    /// What the subnet's route table says.
    fn route(&mut self, vpc: &Vpc, subnet: &Subnet) -> Next<'w> {
        let ec2 = self.ec2;
        let destination = self.packet.destination_address;
        let Some(table) = routes::table_of(ec2, vpc, subnet.id) else {
            return Next::Nowhere;
        };
        let what = |routed| What::Route(table.id, routed);
        let routed = routes::choose(ec2, vpc, table, destination);
        match routed {
            Routed::Route(number) => {
                let Some(route) = table.routes.get(usize::from(number)) else {
                    return Next::Nowhere;
                };
                match routes::target(ec2, vpc.id, route) {
                    Target::BlackHole(appliance) => {
                        let code = match route.target {
                            RouteTarget::Local => codes::VPC_LOCAL_ROUTE_CIDR_RESTRICTION,
                            _ => codes::BAD_STATE_ROUTE,
                        };
                        self.deny(what(Routed::BlackHole(number)), Place::Between, code);
                        self.spare(vpc, table, number);
                        match appliance {
                            _ if matches!(
                                route.target,
                                RouteTarget::Peering(_) | RouteTarget::Endpoint(_) | RouteTarget::Transit(_)
                            ) =>
                            {
                                self.beyond(vpc, destination)
                            }
                            // It would go through the appliance if that ran.
                            Some(appliance) if appliance.attachment.is_some() => Next::To(Target::Interface(appliance)),
                            // It would not go through the internet gateway either.
                            _ if !matches!(
                                route.target,
                                RouteTarget::Interface(..) | RouteTarget::InternetGateway(_)
                            ) =>
                            {
                                Next::Nowhere
                            }
                            _ if routes::local_block(vpc, destination).is_some() => Next::Local,
                            _ => self.towards(vpc, subnet, destination),
                        }
                    }
                    there => {
                        self.hand(what(routed), Place::Between);
                        Next::To(there)
                    }
                }
            }
            Routed::Nothing => {
                self.deny(what(routed), Place::Between, codes::NO_ROUTE_TO_DESTINATION);
                let next = self.towards(vpc, subnet, destination);
                self.too_narrow(vpc, table, &next);
                next
            }
            Routed::Propagated(gateway, _) => {
                self.hand(what(routed), Place::Between);
                Next::To(Target::Vpn(gateway))
            }
            _ => {
                self.hand(what(routed), Place::Between);
                Next::Local
            }
        }
    }

    /// Where an address would have to be sent: a public one to the VPC's internet gateway, a private one to what links VPCs, from a
    /// Wavelength Zone all but a private one to the carrier gateway.
    fn towards(&self, vpc: &Vpc, subnet: &Subnet, destination: IpAddr) -> Next<'w> {
        if is_private(destination) || is_shared(destination) && !subnet.zone.is_wavelength() {
            self.beyond(vpc, destination)
        } else {
            out(self.ec2, vpc, subnet)
        }
    }

    /// The route that would be taken if the one that leads nowhere were not there.
    #[inline(never)]
    fn spare(&mut self, vpc: &Vpc, table: &RouteTable, taken: u16) {
        if self.is_decided() {
            return;
        }
        let next = routes::next_best(self.ec2, vpc, table, self.packet.destination_address, taken);
        if let Some((spare, unused)) = next {
            let code = match unused {
                Unused::Lower => codes::HIGHER_PRIORITY_ROUTE,
                _ => codes::MORE_SPECIFIC_ROUTE,
            };
            self.deny(What::Spare(table.id, spare, unused), Place::Between, code);
        }
    }

    /// A route to where the packet would have to go, which does not hold its address.
    #[inline(never)]
    fn too_narrow(&mut self, vpc: &Vpc, table: &RouteTable, next: &Next<'_>) {
        if self.is_decided() {
            return;
        }
        let ipv4 = self.packet.destination_address.is_ipv4();
        let leads = |route: &Route| {
            let family = match route.destination {
                RouteDestination::Cidr(block) => block.addr().is_ipv4() == ipv4,
                RouteDestination::PrefixList(_) => true,
            };
            family && next.is(&routes::target(self.ec2, vpc.id, route))
        };
        let found = (0u16..).zip(&table.routes).find(|(_, route)| leads(route));
        if let Some((number, _)) = found {
            let what = What::Spare(table.id, Spare::Route(number), Unused::Elsewhere);
            self.deny(what, Place::Between, codes::CANNOT_ROUTE);
        }
    }

    /// Across the peering connection, or to the transit gateway, that would lead to an address, if there is one: what else is
    /// in the way is said too.
    fn beyond(&self, vpc: &Vpc, destination: IpAddr) -> Next<'w> {
        let ec2 = self.ec2;
        if ec2.links.is_empty() {
            return Next::Nowhere;
        }
        if let Some((peering, _)) = links::towards(ec2, vpc.id, destination) {
            return Next::To(Target::Peering(peering));
        }
        transit::towards(ec2, vpc.id, destination).map_or(Next::Nowhere, |(own, _)| Next::To(Target::Transit(own)))
    }

    /// To the interface of this VPC that has the address.
    fn deliver(&mut self, vpc: &Vpc, subnet: &Subnet, place: Place) -> Option<Landing<'w>> {
        let destination = self.packet.destination_address;
        let holder = filters::holder(self.ec2, vpc.id, destination);
        if holder.is_none_or(|holder| holder.subnet != subnet.id) && !lies_in(subnet, destination) {
            self.acl(subnet, true, place);
        }
        if holder.is_none() && classic::leads_there(self.ec2, vpc, subnet, destination) {
            return self.leave_by_link(vpc);
        }
        let Some(holder) = holder else {
            let nearest = lies_in(subnet, destination).then_some(subnet.id);
            self.deny(
                What::Nobody(vpc.id, nearest),
                Place::Between,
                codes::NO_POSSIBLE_DESTINATION,
            );
            return None;
        };
        if holder.subnet != subnet.id {
            self.between_zones(subnet, holder);
            self.acl_in(holder, self.far(holder));
        }
        Some(Landing::Interface(holder))
    }

    /// Whose edge an interface stands at, when a packet comes to it.
    pub(super) fn far(&self, interface: &NetworkInterface) -> Place {
        if !self.back {
            return Place::Destination;
        }
        let translator = |entry: &(NetworkInterfaceId, Packet, Packet)| entry.0 == interface.id;
        if self.translated.iter().any(translator) {
            Place::Via(interface.id)
        } else {
            Place::Source
        }
    }

    /// The network ACL of the subnet that a packet comes into.
    pub(super) fn acl_in(&mut self, interface: &NetworkInterface, place: Place) {
        if let Some(subnet) = self.ec2.subnets.get(&interface.subnet) {
            self.acl(subnet, false, place);
        }
    }

    /// The network ACL at a subnet's edge.
    pub(super) fn acl(&mut self, subnet: &Subnet, egress: bool, place: Place) {
        let Some(acl) = self.ec2.network_acls.get(&subnet.acl.1) else {
            return;
        };
        let verdict = filters::acl(acl, egress, &self.packet);
        let what = What::Acl(acl.id, subnet.id, egress, verdict.map(|(entry, _)| entry));
        match verdict {
            Some((_, true)) => self.allow(what, place),
            // AWS has a code of its own for answers that come to the port of a NAT gateway.
            _ if self.back && !egress && self.packet.destination_port == NAT_PORT => {
                self.deny(what, place, codes::REMAP_EPHEMERAL_PORT);
            }
            _ => self.deny(what, place, codes::SUBNET_ACL_RESTRICTION),
        }
    }
}

/// Whether an address lies in a subnet's block of its family.
pub(super) fn lies_in(subnet: &Subnet, address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => subnet.cidr.contains(&address),
        IpAddr::V6(address) => subnet.ipv6_cidr.is_some_and(|block| block.contains(&address)),
    }
}

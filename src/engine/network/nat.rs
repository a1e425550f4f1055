//! NAT gateways, egress-only internet gateways and virtual private gateways on a packet's way.
//! Sources: <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html>,
//! <https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html>
//!
//! A NAT gateway has no security group and no host: the ACLs of its subnet are all that filters it. Connections start outwards
//! only: what it did not translate on the way out it does not know on the way in.

use super::addresses::{ICMP, NAT_PORT, TCP, UDP, is_private};
use super::step::*;
use super::walk::{Landing, Walk};
use super::{Packet, codes, filters, routes, vpn};
use crate::base::ids::*;
use crate::world::estate::BlockMode;
use crate::world::gateways::{GatewayState, NatGateway};
use crate::world::vpc::*;
use std::net::IpAddr;

impl<'w> Walk<'w> {
    /// The NAT gateway that an interface stands for.
    pub(super) fn nat_of(&self, interface: &NetworkInterface) -> Option<&'w NatGateway> {
        let gateways = &self.ec2.gateways;
        gateways.nat.get(gateways.nat_by_interface.get(&interface.id)?)
    }

    /// Out through a NAT gateway, to the wire of its own subnet. `None`: it does not pass.
    pub(super) fn through_nat(
        &mut self,
        gateway: &'w NatGateway,
        from: &'w NetworkInterface,
        place: Place,
    ) -> Option<&'w NetworkInterface> {
        let ec2 = self.ec2;
        let interface = ec2.interfaces.get(&gateway.interface()?)?;
        if interface.id == from.id {
            self.deny(What::Circle(gateway.vpc), Place::Between, codes::STRATUS_ROUTING_LOOP);
            return None;
        }
        if interface.subnet != from.subnet {
            self.acl(ec2.subnets.get(&from.subnet)?, true, place);
            self.acl_in(interface, Place::Via(interface.id));
        }
        self.admitted(gateway)?;
        // What comes from another VPC by a transit gateway passes as well: one VPC may be the way out of many.
        // https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-nat-igw.html
        self.track(from);
        let address = self.nat_address(gateway, from, interface.primary()?.private.into());
        let (before, after) = self.translate(gateway, address);
        self.translated.push((interface.id, before, after));
        Some(interface)
    }

    /// Whether a NAT gateway takes the packet; one in the making is a blocker, and the walk goes on.
    pub(super) fn admitted(&mut self, gateway: &NatGateway) -> Option<()> {
        let what = |says| What::Nat(gateway.id, says);
        if gateway.state != GatewayState::Available {
            self.deny(what(Nat::Pending), Place::Between, codes::BAD_STATE);
        }
        if !matches!(self.packet.protocol, TCP | UDP | ICMP) || self.packet.source_address.is_ipv6() {
            self.deny(what(Nat::Protocol), Place::Between, codes::PROTOCOL_RESTRICTION);
            return None;
        }
        if self.back {
            self.deny(what(Nat::Stranger), Place::Between, codes::NGW_SOURCE_ADDRESS_REASSIGN);
            return None;
        }
        Some(())
    }

    /// Gives the packet a NAT gateway's address and a port of its own: as it was, as it is.
    pub(super) fn translate(&mut self, gateway: &NatGateway, address: IpAddr) -> (Packet, Packet) {
        let before = self.packet;
        let after = Packet {
            source_address: address,
            source_port: if before.has_ports() {
                NAT_PORT
            } else {
                before.source_port
            },
            ..before
        };
        self.change(What::Nat(gateway.id, Nat::Translates), Place::Between, after);
        (before, after)
    }

    /// What comes down at a NAT gateway's own address and is no answer that it waits for.
    pub(super) fn knock(&mut self, gateway: &NatGateway) {
        self.deny(
            What::Nat(gateway.id, Nat::Unasked),
            Place::Between,
            codes::NGW_DEST_ADDRESS_PRESERVATION,
        );
    }

    /// Out through an egress-only internet gateway.
    pub(super) fn go_out_ipv6(&mut self, id: EgressOnlyGatewayId, from: &'w NetworkInterface) -> Option<Landing<'w>> {
        let destination = self.packet.destination_address;
        if is_private(destination) {
            self.deny(
                What::EgressOnly(id, EgressOnly::Private),
                Place::Between,
                codes::NO_POSSIBLE_DESTINATION,
            );
            return None;
        }
        if !self.back {
            self.track(from);
            self.egress_only = Some(id);
        }
        // Out through such a gateway, the ingress mode lets everything pass.
        if self.ec2.estate.in_force(from.vpc, Some(from.subnet)) == BlockMode::Bidirectional {
            let what = What::EgressOnly(id, EgressOnly::PublicBlocked(from.subnet));
            self.deny(what, Place::Between, codes::VPC_BLOCK_PUBLIC_ACCESS_ENABLED);
        }
        self.hand(What::EgressOnly(id, EgressOnly::Passes), Place::Between);
        let ours = matches!(destination, std::net::IpAddr::V6(address) if self.ec2.by_ipv6_address.contains(&address));
        if ours { self.enter(None) } else { Some(Landing::Outside) }
    }

    /// In from outside where the subnet's way out is an egress-only gateway: answers pass, nothing else does. `None`: that
    /// is not so here.
    pub(super) fn enter_egress_only(&mut self, vpc: &Vpc, target: &'w NetworkInterface) -> Option<Landing<'w>> {
        let source = self.packet.source_address;
        if self.ec2.gateways.egress_only.is_empty() || !source.is_ipv6() {
            return None;
        }
        if self.back {
            let id = self.egress_only.filter(|id| {
                let row = self.ec2.gateways.egress_only.get(id);
                row.is_some_and(|row| row.vpc == vpc.id)
            })?;
            self.hand(What::EgressOnly(id, EgressOnly::Answers), Place::Between);
        } else {
            let table = routes::table_of(self.ec2, vpc, target.subnet)?;
            let Routed::Route(number) = routes::choose(self.ec2, vpc, table, source) else {
                return None;
            };
            let route = table.routes.get(usize::from(number))?;
            let RouteTarget::EgressOnlyGateway(id) = route.target else {
                return None;
            };
            self.deny(
                What::EgressOnly(id, EgressOnly::Unasked(table.id, number)),
                Place::Between,
                codes::STRATUS_EGRESS_ONLY,
            );
        }
        self.hand(What::LocalDelivery(vpc.id), Place::Between);
        self.acl_in(target, self.far(target));
        Some(Landing::Interface(target))
    }

    /// Out through a virtual private gateway, to an on-premises network.
    pub(super) fn go_on_premises(
        &mut self,
        vpc: &Vpc,
        id: VpnGatewayId,
        from: &NetworkInterface,
    ) -> Option<Landing<'w>> {
        if vpn::behind(self.ec2, vpc.id, self.packet.destination_address) != Some(id) {
            self.deny(What::Vpn(id, Vpn::Down), Place::Between, codes::BAD_STATE_VPN);
            return self.past_gateway(vpc, from);
        }
        if filters::holder(self.ec2, vpc.id, self.packet.source_address).is_none() {
            let code = codes::VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS;
            self.deny(What::Vpn(id, Vpn::Foreign), Place::Between, code);
            return None;
        }
        self.vpn = Some(id);
        self.hand(What::Vpn(id, Vpn::Leaves), Place::Between);
        Some(Landing::Outside)
    }

    /// In from an on-premises network, to a private address. `None`: it does not come that way.
    pub(super) fn enter_vpn(&mut self, meant: Option<&'w NetworkInterface>) -> Option<Landing<'w>> {
        if self.ec2.gateways.vpn.is_empty() {
            return None;
        }
        let destination = self.packet.destination_address;
        let source = self.packet.source_address;
        let (id, target) = if self.back {
            let id = self.vpn?;
            let vpc = self.ec2.gateways.vpn.get(&id)?.vpc()?;
            (id, filters::holder(self.ec2, vpc, destination)?)
        } else {
            let target = meant?;
            filters::holder(self.ec2, target.vpc, destination)?;
            (vpn::behind(self.ec2, target.vpc, source)?, target)
        };
        self.hand(What::Vpn(id, Vpn::Enters), Place::Between);
        self.hand(What::LocalDelivery(target.vpc), Place::Between);
        self.acl_in(target, self.far(target));
        Some(Landing::Interface(target))
    }
}

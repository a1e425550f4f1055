//! The internet gateway, and for Wavelength Zones the carrier gateway (what only that one does: `carrier`): out with a public
//! address, in to the private one behind it, and what it refuses.
//! Source: <https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>

use super::addresses::{is_private, is_shared};
use super::ends::instance_of;
use super::routes::{self, Target};
use super::step::*;
use super::walk::{Landing, Walk};
use super::{Packet, balancing, codes, filters};
use crate::base::ids::*;
use crate::world::compute::InstanceState;
use crate::world::estate::BlockMode;
use crate::world::links::EndpointKind;
use crate::world::vpc::*;
use std::net::IpAddr;

impl<'w> Walk<'w> {
    /// Out through a VPC's gateway: the source becomes public. `from`: the interface that sent it to the gateway.
    pub(super) fn go_out(&mut self, vpc: &Vpc, door: Door, from: &'w NetworkInterface) -> Option<Landing<'w>> {
        let what = |says| What::Gateway(vpc.id, door, true, says);
        let Packet {
            source_address: source,
            destination_address: destination,
            ..
        } = self.packet;
        if is_private(destination) {
            let code = match door.is_carrier() {
                true => codes::NO_POSSIBLE_DESTINATION,
                false => codes::IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS,
            };
            self.deny(what(Gateway::Private), Place::Between, code);
            return self.past_gateway(vpc, from);
        }
        let sender = filters::holder(self.ec2, vpc.id, source);
        if let Some(other) = self.other_door(door, (from, sender), &what) {
            return self.go_out(vpc, other, from);
        }
        if is_shared(destination) && !door.is_carrier() {
            self.deny(
                what(Gateway::Shared),
                Place::Between,
                codes::IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS,
            );
            return self.past_gateway(vpc, from);
        }
        if !door.is_carrier() {
            self.public_access(what, from);
        }
        let Some(sender) = sender else {
            self.deny(
                what(Gateway::Spoofed),
                Place::Between,
                codes::GATEWAY_REJECTS_SPOOFED_TRAFFIC,
            );
            return None;
        };
        if let Some(gateway) = door.internet()
            && let Some(table) = routes::table_of_gateway(self.ec2, gateway)
            && let Routed::Route(number) = routes::choose(self.ec2, vpc, table, source)
            && let Some(route) = table.routes.get(usize::from(number))
            && matches!(routes::target(self.ec2, vpc.id, route), Target::Interface(appliance) if appliance.id != from.id)
        {
            self.deny(
                what(Gateway::Bypassed),
                Place::Between,
                codes::INGRESS_RTB_TRAFFIC_REDIRECTION,
            );
        }
        if door.is_carrier() {
            self.leave_by_carrier(vpc, sender, &what);
        }
        self.make_public(what, vpc.id, sender);
        if self.knocks_regional() {
            return None;
        }
        let ours = self.ec2.public_holder(destination).is_some() || self.is_regional_answer();
        if ours { self.enter(None) } else { Some(Landing::Outside) }
    }

    /// The sender's private address becomes its public one; of IPv6 each is public.
    fn make_public(&mut self, what: impl Fn(Gateway) -> What, vpc: VpcId, sender: &NetworkInterface) {
        match self.packet.source_address {
            IpAddr::V6(_) => self.hand(what(Gateway::Passes), Place::Between),
            IpAddr::V4(source) => {
                let own = sender.addresses.iter().find(|own| own.private == source);
                match own.and_then(|own| own.public) {
                    Some(public) => {
                        let after = Packet {
                            source_address: public.address.into(),
                            ..self.packet
                        };
                        self.change(what(Gateway::Translates), Place::Between, after);
                    }
                    None => {
                        self.nameless = Some((vpc, source.into()));
                        // A stopped instance that Amazon lends an address at each start would have one.
                        if !(sender.auto_public && self.is_reported(sender)) {
                            let says = what(Gateway::NoPublicAddress(Some(sender.id)));
                            let code = match sender.zone.is_wavelength() {
                                true => codes::STRATUS_NO_CARRIER_ADDRESS,
                                false => codes::IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS,
                            };
                            self.deny(says, Place::Between, code);
                        }
                    }
                }
            }
        }
    }

    /// VPC Block Public Access, for the interface at the VPC's side of its internet gateway: a NAT gateway only lets
    /// connections begin inside, so that the ingress mode lets it be.
    /// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html>
    fn public_access(&mut self, what: impl Fn(Gateway) -> What, at: &NetworkInterface) {
        let one_way = self.nat_of(at).is_some();
        let blocked = match self.ec2.estate.in_force(at.vpc, Some(at.subnet)) {
            BlockMode::Off => false,
            BlockMode::Ingress => !one_way,
            BlockMode::Bidirectional => true,
        };
        if blocked {
            let says = what(Gateway::PublicBlocked(at.subnet, one_way));
            self.deny(says, Place::Between, codes::VPC_BLOCK_PUBLIC_ACCESS_ENABLED);
        }
    }

    fn is_reported(&self, interface: &NetworkInterface) -> bool {
        let instance = interface.attachment.as_ref().map(|attachment| attachment.instance);
        instance.is_some() && self.reported == instance
    }

    /// In from the Internet: the destination becomes private. `meant`: the interface that the question names.
    pub(super) fn enter(&mut self, meant: Option<&'w NetworkInterface>) -> Option<Landing<'w>> {
        if let Some(landing) = self.enter_otherwise(meant) {
            return landing;
        }
        let destination = self.packet.destination_address;
        let public = self.ec2.public_holder(destination);
        let owner = public.and_then(|id| self.ec2.interfaces.get(&id));
        let assumed = self.nameless.filter(|(_, private)| *private == destination);
        let target = owner
            .or(meant)
            .or_else(|| assumed.and_then(|(vpc, private)| filters::holder(self.ec2, vpc, private)))?;
        let vpc = self.ec2.vpcs.get(&target.vpc)?;
        if let Some(landing) = self.enter_egress_only(vpc, target) {
            return Some(landing);
        }
        let instance = instance_of(self.ec2, target);
        let empty = instance.is_none() && self.nat_of(target).is_none() && !balancing::is_node(self.ec2, target.id);
        let promised = target.auto_public && instance.is_some_and(|instance| instance.state != InstanceState::Running);
        if let (true, None, Some(instance), false) = (promised, owner, instance, self.back) {
            self.running(instance, Place::Destination);
        }
        let door = self.door_in(vpc, target);
        let what = |says| What::Gateway(vpc.id, door, false, says);
        // On the way back, the route that should lead to the gateway has said so already.
        if door.id().is_none() && !(self.back && self.is_blocked()) {
            let code = match door.is_carrier() {
                true => codes::STRATUS_NO_CARRIER_GATEWAY,
                false => codes::STRATUS_NO_INTERNET_GATEWAY,
            };
            self.deny(what(Gateway::Missing), Place::Between, code);
        }
        if !door.is_carrier() {
            self.public_access(what, target);
        }
        if self.comes_from_nowhere(&what, door, assumed.is_some()) {
            return None;
        }
        if door.is_carrier() {
            self.come_by_carrier(vpc, target, &what);
        }
        let refused = owner.is_none() && assumed.is_none() && !promised || empty;
        if refused {
            let says = what(Gateway::NoPublicAddress(Some(target.id)));
            let code = match door.is_carrier() {
                true => codes::STRATUS_NO_CARRIER_ADDRESS,
                false => codes::IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS,
            };
            self.deny(says, Place::Between, code);
        } else if destination.is_ipv6() {
            self.hand(what(Gateway::Passes), Place::Between);
        }
        if let (IpAddr::V4(public), false) = (destination, refused) {
            let behind = |own: &&PrivateAddress| own.public.is_some_and(|own| own.address == public);
            let private = target.addresses.iter().find(behind).or(target.primary())?.private;
            let private = if assumed.is_some() { destination } else { private.into() };
            let after = Packet {
                destination_address: private,
                ..self.packet
            };
            self.change(what(Gateway::Translates), Place::Between, after);
        }
        self.carry_in(vpc, door.internet(), target)
    }

    /// Into what is reached otherwise than by an internet gateway; `None`: this packet is not for such a place.
    fn enter_otherwise(&mut self, meant: Option<&'w NetworkInterface>) -> Option<Option<Landing<'w>>> {
        if self.ec2.classic.supported
            && let Some(landing) = self.enter_flat(meant)
        {
            return Some(landing);
        }
        if let Some(landing) = self.enter_vpn(meant) {
            return Some(Some(landing));
        }
        self.enter_by_hub(meant).or_else(|| self.enter_regional())
    }

    /// Whether a packet has a source that no gateway takes from the Internet, which is then said. `assumed`: the walk goes on as
    /// if the private address had a public one.
    fn comes_from_nowhere(&mut self, what: &dyn Fn(Gateway) -> What, door: Door, assumed: bool) -> bool {
        let source = self.packet.source_address;
        let (says, code) = if is_private(source) && !assumed && self.nameless.is_none() {
            let code = match door.is_carrier() {
                true => codes::GATEWAY_REJECTS_SPOOFED_TRAFFIC,
                false => codes::IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS,
            };
            (Gateway::Private, code)
        } else if is_shared(source) && !door.is_carrier() {
            (Gateway::Shared, codes::IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS)
        } else {
            return false;
        };
        self.deny(what(says), Place::Between, code);
        true
    }

    /// From the gateway to the subnet, through the appliance that the gateway's own route table may name.
    fn carry_in(
        &mut self,
        vpc: &Vpc,
        gateway: Option<InternetGatewayId>,
        target: &'w NetworkInterface,
    ) -> Option<Landing<'w>> {
        let table = gateway.and_then(|gateway| routes::table_of_gateway(self.ec2, gateway));
        let Some(table) = table else {
            self.hand(What::LocalDelivery(vpc.id), Place::Between);
            self.acl_in(target, self.far(target));
            return Some(Landing::Interface(target));
        };
        let routed = routes::choose(self.ec2, vpc, table, self.packet.destination_address);
        let what = |routed| What::Route(table.id, routed);
        let route = match routed {
            Routed::Route(number) => table.routes.get(usize::from(number)).map(|route| (number, route)),
            _ => None,
        };
        match route.map(|(number, route)| (number, routes::target(self.ec2, vpc.id, route))) {
            Some((number, Target::Interface(appliance))) => {
                if appliance.primary().is_some_and(|own| own.public.is_none()) {
                    self.deny(
                        what(Routed::NoPublicAddress(number)),
                        Place::Between,
                        codes::INGRESS_RTB_NO_PUBLIC_IP,
                    );
                } else {
                    self.hand(what(routed), Place::Between);
                }
                if appliance.id != target.id {
                    self.acl_in(appliance, Place::Via(appliance.id));
                    self.legs += 1;
                    let way = self.pass_through(appliance, vpc)?;
                    return self.travel(way, Place::Via(way.id));
                }
            }
            Some((_, Target::Endpoint(endpoint))) if endpoint.kind == EndpointKind::GatewayLoadBalancer => {
                self.hand(what(routed), Place::Between);
                self.legs += 1;
                return self.through_gateway_endpoint(endpoint, None);
            }
            Some((_, Target::Endpoint(endpoint))) => {
                let what = What::Endpoint(endpoint.id, Doorway::Unknown);
                self.deny(what, Place::Between, codes::UNKNOWN_DESTINATION);
            }
            Some((number, _)) => self.deny(what(Routed::BlackHole(number)), Place::Between, codes::BAD_STATE_ROUTE),
            None => self.hand(what(routed), Place::Between),
        }
        self.acl_in(target, self.far(target));
        Some(Landing::Interface(target))
    }
}

//! Behind what stops a packet between networks: the walk goes on where something else that is attached would have led, so that
//! all that is to mend is said at once. Nothing here decides whether the packet gets through: that has been said before.

use super::step::*;
use super::walk::{Landing, Walk};
use super::{link_ways, links, routes, transit};
use crate::base::ids::*;
use crate::world::links::*;
use crate::world::vpc::*;

impl<'w> Walk<'w> {
    /// Behind a gateway that leads to no private address: across the peering connection, or through the transit gateway, that
    /// leads to the VPC which has it. `from`: the interface that sent the packet to the gateway.
    #[inline(never)]
    pub(super) fn past_gateway(&mut self, vpc: &Vpc, from: &NetworkInterface) -> Option<Landing<'w>> {
        let (ec2, destination) = (self.ec2, self.packet.destination_address);
        if self.is_decided() || ec2.links.is_empty() || !link_ways::is_inner(destination) {
            return None;
        }
        if let Some((peering, _)) = links::towards(ec2, vpc.id, destination) {
            return self.cross(peering, vpc);
        }
        let (own, _) = transit::towards(ec2, vpc.id, destination)?;
        let subnet = ec2.subnets.get(&from.subnet)?;
        self.transit(subnet, own, Place::Between)
    }

    /// Behind a NAT gateway to which an answer comes that it does not wait for: to where the answer has to go.
    #[inline(never)]
    pub(super) fn past_nat(&mut self, vpc: &Vpc, from: &'w NetworkInterface) -> Option<Landing<'w>> {
        if self.is_decided() || !self.is_blocked() || !self.back {
            return None;
        }
        let destination = self.packet.destination_address;
        match link_ways::is_inner(destination) {
            true => self.past_gateway(vpc, from),
            false => match routes::door_of(self.ec2, vpc.id, from.zone) {
                Door::Internet(None) | Door::Carrier(None) => None,
                door => self.go_out(vpc, door, from),
            },
        }
    }

    /// Behind a zone in which the VPC's attachment has no subnet: as if it had this one.
    #[inline(never)]
    pub(super) fn past_zone(&mut self, subnet: &Subnet, row: &TransitAttachment, place: Place) -> Option<Landing<'w>> {
        if self.is_decided() {
            return None;
        }
        self.takes_family(row, row.gateway);
        self.acl(subnet, true, place);
        self.track_all();
        self.by_hub = true;
        self.switch(row, row.gateway, Some(subnet))
    }

    /// Behind a transit gateway that does not send a packet on: out of its attachment of the VPC that has the address, or across
    /// the peering connection of the VPC that the packet came from (by `row`).
    #[inline(never)]
    pub(super) fn past_hub(
        &mut self,
        row: &TransitAttachment,
        gateway: TransitGatewayId,
        near: Option<&Subnet>,
    ) -> Option<Landing<'w>> {
        if self.is_decided() {
            return None;
        }
        let (ec2, destination) = (self.ec2, self.packet.destination_address);
        if let Some(target) = transit::attached(ec2, gateway, destination).next() {
            let far = self.door_to(target, near)?;
            self.takes_family(target, gateway);
            return self.travel(far, Place::Between);
        }
        let vpc = ec2.vpcs.get(&row.vpc()?)?;
        let (peering, _) = links::towards(ec2, vpc.id, destination)?;
        self.cross(peering, vpc)
    }
}

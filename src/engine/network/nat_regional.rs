//! Regional NAT gateways on a packet's way: in no subnet, so that no network ACL looks but that of the sender's subnet, and with a
//! route table of their own, which leads to the VPC's internet gateway.
//! Source: <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>

use super::addresses::{is_private, is_shared};
use super::step::*;
use super::walk::{Landing, Walk};
use super::{codes, filters, routes};
use crate::services::ec2::regional_address;
use crate::world::estate::BlockMode;
use crate::world::gateways::NatGateway;
use crate::world::vpc::*;
use std::net::IpAddr;

impl<'w> Walk<'w> {
    /// Out through a regional NAT gateway and the VPC's internet gateway.
    #[inline(never)]
    pub(super) fn through_regional(
        &mut self,
        gateway: &'w NatGateway,
        from: &'w NetworkInterface,
    ) -> Option<Landing<'w>> {
        self.admitted(gateway)?;
        self.track(from);
        // One in the making has no address in use yet: the walk goes on as if it had its first.
        let first = || {
            gateway
                .addresses
                .first()
                .and_then(|address| address.elastic)
                .map(|(_, public, _)| public)
        };
        let address = regional_address(gateway, from.zone).or_else(first)?;
        let address = self.nat_address(gateway, from, address.into());
        let (before, after) = self.translate(gateway, address);
        self.regional = Some((gateway.id, before, after));
        self.leave_regional(gateway, from)
    }

    /// From the gateway to the Internet, by its own route table.
    fn leave_regional(&mut self, gateway: &'w NatGateway, from: &'w NetworkInterface) -> Option<Landing<'w>> {
        let (ec2, destination) = (self.ec2, self.packet.destination_address);
        let vpc = ec2.vpcs.get(&gateway.vpc)?;
        let table = gateway
            .regional
            .and_then(|regional| ec2.route_tables.get(&regional.table?));
        let Some(table) = table else {
            self.deny(What::Nat(gateway.id, Nat::Pending), Place::Between, codes::BAD_STATE);
            return None;
        };
        let routed = routes::choose(ec2, vpc, table, destination);
        let leads = match routed {
            Routed::Route(number) => {
                let route = table.routes.get(usize::from(number))?;
                match routes::target(ec2, vpc.id, route) {
                    routes::Target::Gateway(id) => Some(id),
                    _ => {
                        let black = What::Route(table.id, Routed::BlackHole(number));
                        self.deny(black, Place::Between, codes::BAD_STATE_ROUTE);
                        return None;
                    }
                }
            }
            Routed::Nothing => {
                self.deny(
                    What::Route(table.id, routed),
                    Place::Between,
                    codes::NO_ROUTE_TO_DESTINATION,
                );
                return None;
            }
            _ => None,
        };
        self.hand(What::Route(table.id, routed), Place::Between);
        let Some(door) = leads else {
            // Within the VPC it delivers what comes back, and nothing goes out to there by it.
            self.deny(
                What::Nat(gateway.id, Nat::Unasked),
                Place::Between,
                codes::NGW_DEST_ADDRESS_PRESERVATION,
            );
            return None;
        };
        let out = |says| What::Gateway(vpc.id, Door::Internet(Some(door)), true, says);
        if is_private(destination) {
            let code = codes::IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS;
            self.deny(out(Gateway::Private), Place::Between, code);
            return None;
        }
        if is_shared(destination) {
            let code = codes::IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS;
            self.deny(out(Gateway::Shared), Place::Between, code);
            return None;
        }
        // It lets connections begin inside only, as the ingress mode wants it.
        if ec2.estate.in_force(vpc.id, None) == BlockMode::Bidirectional {
            let says = out(Gateway::PublicBlocked(from.subnet, true));
            self.deny(says, Place::Between, codes::VPC_BLOCK_PUBLIC_ACCESS_ENABLED);
        }
        self.hand(out(Gateway::Passes), Place::Between);
        if self.knocks_regional() {
            return None;
        }
        let ours = ec2.public_holder(destination).is_some();
        if ours { self.enter(None) } else { Some(Landing::Outside) }
    }

    /// Whether this is the answer to what went out through a regional NAT gateway.
    pub(super) fn is_regional_answer(&self) -> bool {
        self.back
            && self
                .regional
                .is_some_and(|(_, _, after)| after.answer() == Some(self.packet))
    }

    /// Stops what is for the address of a regional NAT gateway itself, and is no answer to anything.
    pub(super) fn knocks_regional(&mut self) -> bool {
        let gateways = &self.ec2.gateways;
        if gateways.nat.is_empty() || self.is_regional_answer() {
            return false;
        }
        let IpAddr::V4(destination) = self.packet.destination_address else {
            return false;
        };
        let mut rows = gateways
            .nat
            .rows()
            .filter(|row| row.regional.is_some() && row.state.is_alive());
        let has = |row: &&NatGateway| {
            let mut own = row.addresses.iter().filter_map(|address| address.elastic);
            own.any(|(_, public, _)| public == destination)
        };
        let Some(id) = rows.find(has).map(|row| row.id) else {
            return false;
        };
        let what = What::Nat(id, Nat::Unasked);
        self.deny(what, Place::Between, codes::NGW_DEST_ADDRESS_PRESERVATION);
        true
    }

    /// The answer to what went out through a regional NAT gateway. `None`: it is not that.
    #[inline(never)]
    pub(super) fn enter_regional(&mut self) -> Option<Option<Landing<'w>>> {
        let (id, before, _) = self.regional?;
        if !self.is_regional_answer() {
            return None;
        }
        let gateway = self.ec2.gateways.nat.get(&id)?;
        let door = routes::gateway_of(self.ec2, gateway.vpc);
        let what = What::Gateway(gateway.vpc, Door::Internet(door), false, Gateway::Passes);
        self.hand(what, Place::Between);
        self.change(What::Nat(id, Nat::Returns), Place::Between, before.answer()?);
        self.hand(What::LocalDelivery(gateway.vpc), Place::Between);
        let holder = filters::holder(self.ec2, gateway.vpc, self.packet.destination_address)?;
        self.acl_in(holder, self.far(holder));
        Some(Some(Landing::Interface(holder)))
    }
}

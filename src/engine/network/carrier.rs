//! What a carrier gateway does that an internet gateway does not: it stands for Wavelength Zones only, it lets devices of the
//! carrier's network in, and from the Internet nothing but answers.
//! Sources: <https://docs.aws.amazon.com/wavelength/latest/developerguide/how-wavelengths-work.html>,
//! <https://docs.aws.amazon.com/wavelength/latest/developerguide/wavelength-quotas.html>
//!
//! Devices of the carrier's network are those with addresses of 100.64.0.0/10, which carriers share among themselves (RFC 6598),
//! and what has carrier IP addresses itself (ours: AWS does not say how a packet shows whose it is).

use super::addresses::{ICMP, TCP, is_shared};
use super::step::*;
use super::walk::Walk;
use super::{codes, filters, routes};
use crate::catalog::Zone;
use crate::world::vpc::*;
use std::net::IpAddr;

impl<'w> Walk<'w> {
    /// The gateway by which what an interface sends would have to go out instead of this one, which is then said. `None`: it is the
    /// right one.
    pub(super) fn other_door(
        &mut self,
        door: Door,
        (from, sender): (&NetworkInterface, Option<&NetworkInterface>),
        what: &dyn Fn(Gateway) -> What,
    ) -> Option<Door> {
        let sender = sender?;
        let (vpc, edge) = (sender.vpc, sender.zone.is_wavelength());
        let (says, code) = match door.is_carrier() {
            true if self.packet.source_address.is_ipv6() => (Gateway::Protocol, codes::PROTOCOL_RESTRICTION),
            true if !edge => (Gateway::Zone(sender.subnet), codes::STRATUS_CARRIER_ZONE),
            true if !from.zone.is_wavelength() => {
                let says = what(Gateway::Zone(from.subnet));
                self.deny(says, Place::Between, codes::STRATUS_CARRIER_ZONE);
                return None;
            }
            false if edge && self.packet.source_address.is_ipv4() => {
                let says = Gateway::NoPublicAddress(Some(sender.id));
                (says, codes::IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS)
            }
            _ => return None,
        };
        self.deny(what(says), Place::Between, code);
        Some(match door {
            Door::Carrier(_) => Door::Internet(routes::gateway_of(self.ec2, vpc)),
            Door::Internet(_) => Door::Carrier(routes::carrier_of(self.ec2, vpc)),
        })
    }

    /// Out by a carrier gateway.
    pub(super) fn leave_by_carrier(&mut self, vpc: &Vpc, sender: &NetworkInterface, what: &dyn Fn(Gateway) -> What) {
        if self.back {
            return;
        }
        self.carrier = Some(vpc.id);
        self.carrier_controls(sender.zone, self.packet.destination_address, what);
    }

    /// In by a carrier gateway.
    pub(super) fn come_by_carrier(&mut self, vpc: &Vpc, target: &NetworkInterface, what: &dyn Fn(Gateway) -> What) {
        if self.back && self.carrier == Some(vpc.id) {
            return;
        }
        self.carrier_controls(target.zone, self.packet.source_address, what);
    }

    /// The gateway by which what comes from outside comes to an interface; an answer comes as the request went out.
    pub(super) fn door_in(&self, vpc: &Vpc, target: &NetworkInterface) -> Door {
        match self.back && self.carrier != Some(vpc.id) {
            true => Door::Internet(routes::gateway_of(self.ec2, vpc.id)),
            false => routes::door_of(self.ec2, vpc.id, target.zone),
        }
    }

    /// What a carrier gateway refuses between a Wavelength Zone and the Internet: UDP, and what does not begin inside. (Of other
    /// protocols AWS says nothing; they are refused too, which is ours.)
    fn carrier_controls(&mut self, zone: Zone, other: IpAddr, what: &dyn Fn(Gateway) -> What) {
        if zone.is_open_to_internet() || self.is_on_carrier(other) {
            return;
        }
        let out = self.packet.destination_address == other;
        match self.packet.protocol {
            TCP if out => {}
            TCP => self.deny(what(Gateway::Unasked), Place::Between, codes::STRATUS_CARRIER_INBOUND),
            ICMP => {}
            _ => self.deny(what(Gateway::Protocol), Place::Between, codes::PROTOCOL_RESTRICTION),
        }
    }

    /// Whether an address is one of the carrier's network.
    fn is_on_carrier(&self, address: IpAddr) -> bool {
        let nameless = self.nameless.filter(|(_, private)| *private == address);
        let holder = match nameless {
            Some((vpc, private)) => filters::holder(self.ec2, vpc, private),
            None => self
                .ec2
                .public_holder(address)
                .and_then(|id| self.ec2.interfaces.get(&id)),
        };
        is_shared(address) || holder.is_some_and(|holder| holder.zone.is_wavelength())
    }

    /// Between two Wavelength Zones a VPC delivers nothing: the local route leads to its Region only.
    pub(super) fn between_zones(&mut self, from: &Subnet, to: &NetworkInterface) {
        if from.zone.is_wavelength() && to.zone.is_wavelength() && from.zone != to.zone {
            let what = What::Apart(from.id, to.subnet);
            self.deny(what, Place::Between, codes::STRATUS_WAVELENGTH_ZONES);
        }
    }
}

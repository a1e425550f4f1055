//! Services of AWS that a guest asks inside its VPC, or on its own host: the resolver, metadata, time.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html>

use super::addresses::*;
use super::codes;
use super::step::*;
use super::walk::Walk;
use crate::world::compute::Instance;
use crate::world::vpc::*;
use std::net::IpAddr;

impl<'w> Walk<'w> {
    /// The service of AWS that the packet is for.
    pub(super) fn service(&self, source: &NetworkInterface, vpc: &Vpc) -> Option<Service> {
        let destination = self.packet.destination_address;
        if let Some(service) = Service::link_local(destination) {
            return Some(service);
        }
        let IpAddr::V4(destination) = destination else {
            return None;
        };
        if vpc
            .cidrs
            .first()
            .is_some_and(|(_, block)| nth(*block, 2) == destination)
        {
            return Some(Service::Resolver);
        }
        let subnet = self.ec2.subnets.get(&source.subnet)?;
        (nth(subnet.cidr, 1) == destination).then_some(Service::Router)
    }

    /// Asks a service of AWS inside the VPC, and brings its answer back. `silent`: the VPC's resolver is off.
    pub(super) fn ask(&mut self, service: Service, source: &'w NetworkInterface, instance: &'w Instance, silent: bool) {
        let place = Place::Source;
        if service == Service::Metadata {
            self.hand(What::Guest(instance.id, Guest::Sends), place);
            self.way_out(source, instance, place, false);
            self.hand(What::Hypervisor(instance.id), place);
            let metadata = &instance.metadata;
            let by_ipv4 = self.packet.destination_address.is_ipv4();
            let takes = service.takes(&self.packet);
            if !metadata.enabled && by_ipv4 && takes {
                // Turned off, it still says that it is forbidden.
                self.allow(What::Metadata(instance.id, Metadata::Forbids), place);
            } else if !metadata.enabled || !by_ipv4 && !metadata.ipv6 {
                self.deny(
                    What::Metadata(instance.id, Metadata::Disabled),
                    place,
                    codes::STRATUS_METADATA_DISABLED,
                );
            } else if takes {
                self.allow(What::Metadata(instance.id, Metadata::Answers), place);
            } else {
                self.deny(
                    What::Metadata(instance.id, Metadata::NotListening),
                    place,
                    codes::STRATUS_NOT_LISTENING,
                );
            }
        } else {
            self.leave(source, instance, Guest::Sends, place, false);
            let off = service == Service::Resolver && silent;
            let what = |answers| What::Service(source.vpc, service, answers);
            if off {
                self.deny(what(false), Place::Between, codes::STRATUS_DNS_SUPPORT_DISABLED);
            } else if service.takes(&self.packet) {
                self.allow(what(true), Place::Between);
            } else {
                self.deny(what(false), Place::Between, codes::STRATUS_NOT_LISTENING);
            }
        }
        let Some(answer) = self.packet.answer() else { return };
        self.turn(answer);
        if service == Service::Metadata {
            self.hand(What::Hypervisor(instance.id), place);
        } else {
            self.arrive(source, instance, place, false);
        }
        self.hand(What::Guest(instance.id, Guest::Answered), place);
    }
}

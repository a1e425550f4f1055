//! One host: down and up its six layers, and what its guest does.

use super::addresses::{ICMP, ICMPV6, is_unroutable};
use super::ends::{Question, instance_of};
use super::filters::{self, Other, Seen};
use super::step::*;
use super::walk::{Landing, Walk};
use super::{Packet, classic, codes, isolation, links, routes};
use crate::base::ids::*;
use crate::world::classic::NO_VPC;
use crate::world::compute::{Instance, InstanceState, Listener};
use crate::world::vpc::*;
use std::net::IpAddr;

/// What listens in a guest. What is not up yet will have the services that a boot starts.
pub(super) fn listeners(instance: &Instance) -> &[Listener] {
    let up = instance.state == InstanceState::Running && instance.guest.boots.is_none();
    if up {
        &instance.guest.listeners
    } else {
        &instance.guest.services
    }
}

/// Whether a guest takes a packet. The kernel itself takes ICMP; any other protocol but TCP and UDP finds nobody.
pub(super) fn listens(instance: &Instance, protocol: u8, port: u16) -> bool {
    let mut listeners = listeners(instance).iter();
    matches!(protocol, ICMP | ICMPV6)
        || listeners.any(|listener| (listener.protocol, listener.port) == (protocol, port))
}

impl<'w> Walk<'w> {
    /// Whether the machine runs at all.
    pub(super) fn running(&mut self, instance: &Instance, place: Place) {
        if instance.state != InstanceState::Running && self.reported != Some(instance.id) {
            self.reported = Some(instance.id);
            self.deny(
                What::Guest(instance.id, Guest::State(instance.state)),
                place,
                codes::BAD_STATE,
            );
        }
    }

    /// Whether the guest of a machine that runs does anything.
    pub(super) fn awake(&mut self, instance: &Instance, place: Place) {
        if instance.state != InstanceState::Running {
            return;
        }
        if instance.guest.boots.is_some() {
            self.deny(What::Guest(instance.id, Guest::Boots), place, codes::BAD_STATE);
        } else if instance.checks.instance_impaired.is_some() {
            self.deny(
                What::Guest(instance.id, Guest::Impaired),
                place,
                codes::STRATUS_INSTANCE_IMPAIRED,
            );
        }
    }

    /// A request leaves its guest, unless the guest or its host answers it themselves.
    pub(super) fn set_out(
        &mut self,
        source: &'w NetworkInterface,
        instance: &'w Instance,
        question: &Question<'w>,
    ) -> Option<Landing<'w>> {
        self.running(instance, Place::Source);
        self.awake(instance, Place::Source);
        let destination = self.packet.destination_address;
        let own = filters::holder(self.ec2, source.vpc, destination).and_then(|own| instance_of(self.ec2, own));
        if destination.is_loopback() || own.is_some_and(|own| own.id == instance.id) {
            self.hand(What::Guest(instance.id, Guest::Loops), Place::Source);
            self.take(instance, Place::Destination, true);
            if let Some(answer) = self.packet.answer() {
                self.turn(answer);
                self.hand(What::Guest(instance.id, Guest::Answered), Place::Source);
            }
            return None;
        }
        self.let_out(instance);
        let (service, silent) = match self.ec2.vpcs.get(&source.vpc) {
            Some(vpc) => (self.service(source, vpc), !vpc.dns_support),
            None => (classic::service(destination), false),
        };
        if let Some(service) = service {
            self.ask(service, source, instance, silent);
            return None;
        }
        let way = self.leave(source, instance, Guest::Sends, Place::Source, true);
        if self.is_decided() {
            return None;
        }
        if let (true, Some(target)) = (question.disconnected, question.target) {
            let (what, code) = if source.is_classic() {
                let what = What::ClassicLink(target.vpc, Some(instance.id), Link::Missing);
                (what, codes::STRATUS_CLASSIC_LINK)
            } else {
                (What::Disconnected(source.vpc, target.id), codes::DISCONNECTED_VPCS)
            };
            self.deny(what, Place::Between, code);
            return None;
        }
        self.travel(way, Place::Source)
    }

    /// The guest's own firewall for what it sends.
    fn let_out(&mut self, instance: &Instance) {
        let rules = instance.guest.firewall_out.as_slice();
        if let Some((rule, false)) = filters::guest_firewall(rules, true, &self.packet)
            && !self.configured
        {
            let what = What::Guest(instance.id, Guest::Holds(rule));
            self.deny(what, Place::Source, codes::STRATUS_GUEST_FIREWALL);
        }
    }

    /// The interface that a guest sends by what it sends from this one, or passes on that came to it (`forwards`).
    pub(super) fn way_out(
        &mut self,
        interface: &'w NetworkInterface,
        instance: &'w Instance,
        place: Place,
        forwards: bool,
    ) -> &'w NetworkInterface {
        // As its image has them, what it sends goes by the interface that has the address.
        let plain = self.configured || instance.guest.routing.is_plain();
        if plain && !(forwards && is_secondary(interface)) {
            return interface;
        }
        self.ask_guest(interface, instance, place, forwards)
    }

    /// Down the layers of a host, from the guest to the wire, by the interface that is answered. `filtered`: security groups look at it.
    pub(super) fn leave(
        &mut self,
        interface: &'w NetworkInterface,
        instance: &'w Instance,
        does: Guest,
        place: Place,
        filtered: bool,
    ) -> &'w NetworkInterface {
        self.hand(What::Guest(instance.id, does), place);
        let way = self.way_out(interface, instance, place, false);
        self.descend(way, instance, place, filtered);
        way
    }

    /// [`Walk::leave`] for a guest whose own step has been written down.
    pub(super) fn descend(
        &mut self,
        interface: &'w NetworkInterface,
        instance: &'w Instance,
        place: Place,
        filtered: bool,
    ) {
        self.hand(What::Hypervisor(instance.id), place);
        let source = self.packet.source_address;
        let genuine = self.check(interface, source, place);
        self.groups(interface, true, place, filtered);
        let what = |genuine| What::HostFirewall(instance.id, genuine);
        // What its own guest has written, and not what it passes on for others.
        let forgery = self.forgery.filter(|_| place == Place::Source && !self.back);
        if forgery.is_some_and(|forgery| forgery.frame) {
            self.deny(what(Genuine::ForeignFrame), place, codes::STRATUS_SPOOFED_FRAME);
        } else if is_unroutable(source) {
            self.deny(what(Genuine::Impossible), place, codes::STRATUS_IMPOSSIBLE_SOURCE);
        } else if !genuine && forgery.is_some() && !isolation::passes_on(self.ec2, interface) {
            self.deny(what(Genuine::Forged), place, codes::STRATUS_SPOOFED_SOURCE);
        } else {
            let genuine = if genuine { Genuine::Own } else { Genuine::Excused };
            self.allow(what(genuine), place);
        }
        self.wire(instance, place);
    }

    /// Up the layers of a host, from the wire to the guest.
    pub(super) fn arrive(
        &mut self,
        interface: &'w NetworkInterface,
        instance: &'w Instance,
        place: Place,
        filtered: bool,
    ) {
        self.wire(instance, place);
        self.allow(What::HostFirewall(instance.id, Genuine::ForGuest), place);
        self.groups(interface, false, place, filtered);
        self.check(interface, self.packet.destination_address, place);
        self.hand(What::Hypervisor(instance.id), place);
    }

    fn wire(&mut self, instance: &Instance, place: Place) {
        if self.ec2.is_host_failed(instance) {
            self.deny(What::Wire(instance.id, true), place, codes::STRATUS_HOST_FAILED);
        } else {
            self.hand(What::Wire(instance.id, false), place);
        }
    }

    /// The source/destination check on the address that should be the interface's own; whether it is.
    fn check(&mut self, interface: &NetworkInterface, address: IpAddr, place: Place) -> bool {
        let own = interface.holds(address);
        let what = |check| What::Interface(interface.id, check);
        match (own, interface.source_dest_check) {
            (true, _) => self.allow(what(Check::Own), place),
            (false, false) => self.allow(what(Check::Off), place),
            (false, true) => self.deny(what(Check::Foreign), place, codes::ENI_SOURCE_DEST_CHECK_RESTRICTION),
        }
        own
    }

    /// Security groups: an answer passes with its connection, anything else by its own rule.
    pub(super) fn groups(&mut self, interface: &'w NetworkInterface, egress: bool, place: Place, filtered: bool) {
        let what = |groups| What::Groups(interface.id, egress, groups);
        if !filtered {
            return self.allow(what(Groups::Unfiltered), place);
        }
        let packet = self.packet;
        let seen = match self.legs {
            _ if matches!(place, Place::Via(_)) => Seen::Openly,
            0 | 1 => Seen::Openly,
            2 if self.by_hub => Seen::ByHub,
            _ => Seen::Hidden,
        };
        if self.trusted(interface, egress, place, seen) {
            return;
        }
        if self.back {
            let known =
                |(seen, flow): &(NetworkInterfaceId, Packet)| *seen == interface.id && flow.answer() == Some(packet);
            if self.tracked.iter().any(known) {
                return self.allow(what(Groups::Tracked), place);
            }
        } else if self.alive.contains(&(interface.id, packet)) {
            self.tracked.push((interface.id, packet));
            return self.allow(what(Groups::Tracked), place);
        }
        let rulers = classic::rulers(self.ec2, interface, &packet, egress);
        if rulers.vpc == NO_VPC && egress {
            if !self.back {
                self.tracked.push((interface.id, packet));
            }
            return self.allow(what(Groups::Free), place);
        }
        let mut other = Other::of(self.ec2, rulers.vpc, &packet, egress, seen);
        // Behind a load balancer that keeps the client's address, members of the client's groups are not known as such, and those of
        // its own groups are.
        if let (Some(groups), false, false) = (self.fronted, egress, matches!(place, Place::Via(_))) {
            other.groups = Some(groups);
        }
        // Behind an endpoint, whose client may have anybody's address, no member of a group is known.
        if self.by_endpoint && !egress {
            (other.groups, other.seen) = (None, Seen::Hidden);
        }
        let mut verdict = filters::groups(self.ec2, rulers.groups, egress, &packet, &other);
        if let (Groups::Rule { untracked, .. }, true) = (&mut verdict, self.always_tracked) {
            *untracked = false;
        }
        // The answer to what is not tracked passes by a rule of its own, and there is one.
        if !self.back && !matches!(verdict, Groups::Rule { untracked: true, .. }) {
            self.tracked.push((interface.id, packet));
        }
        match verdict {
            Groups::Mismatch => self.deny(what(verdict), place, codes::ENI_SG_RULES_MISMATCH),
            Groups::Empty => self.deny(what(verdict), place, codes::SG_HAS_NO_RULES),
            Groups::NotPreserved => self.deny(what(verdict), place, codes::SG_REFERENCES_NOT_PRESERVED),
            Groups::Unsupported => self.deny(what(verdict), place, codes::SG_REFERENCING_SUPPORT),
            _ => self.allow(what(verdict), place),
        }
    }

    /// Whether the groups of an end are taken to let everything pass: then what they are asked is noted.
    fn trusted(&mut self, interface: &NetworkInterface, egress: bool, place: Place, seen: Seen) -> bool {
        let first = !self.back && !self.is_blocked();
        let Some(ends) = self.ends.as_mut().filter(|_| !matches!(place, Place::Via(_))) else {
            return false;
        };
        match egress {
            true if first => ends.egress = true,
            false if first => ends.ingress = Some((interface.id, self.packet, seen)),
            _ => {}
        }
        if !self.back {
            self.tracked.push((interface.id, self.packet));
        }
        true
    }

    /// Into the guest at an end. False: there is none.
    pub(super) fn come_in(&mut self, interface: &'w NetworkInterface, place: Place) -> bool {
        let Some(instance) = instance_of(self.ec2, interface) else {
            if let Some(gateway) = self.nat_of(interface) {
                self.knock(gateway);
                return false;
            }
            if let Some(endpoint) = links::endpoint_of(self.ec2, interface.id) {
                self.enter_interface(interface, endpoint, place);
                return true;
            }
            // From outside, the gateway has said so already.
            if !self
                .blockers
                .iter()
                .any(|blocker| matches!(blocker.step.what, What::Gateway(..)))
            {
                let what = What::Unanswerable(Unanswerable::Unattached(interface.id));
                self.deny(what, place, codes::BAD_STATE);
            }
            return false;
        };
        self.running(instance, place);
        self.arrive(interface, instance, place, true);
        self.awake(instance, place);
        self.take(instance, place, false);
        true
    }

    /// The guest's own firewall (not asked for what never left the guest), then whoever listens.
    pub(super) fn take(&mut self, instance: &Instance, place: Place, loops: bool) {
        let packet = self.packet;
        let rules = if loops { &[] } else { instance.guest.firewall.as_slice() };
        let rule = filters::guest_firewall(rules, false, &packet);
        if let Some((rule, false)) = rule {
            self.deny(
                What::Guest(instance.id, Guest::Drops(rule)),
                place,
                codes::STRATUS_GUEST_FIREWALL,
            );
        }
        if listens(instance, packet.protocol, packet.destination_port) {
            self.allow(
                What::Guest(instance.id, Guest::Takes(rule.map(|(rule, _)| rule))),
                place,
            );
        } else {
            self.deny(
                What::Guest(instance.id, Guest::NotListening),
                place,
                codes::STRATUS_NOT_LISTENING,
            );
        }
    }

    /// Through an instance that passes packets on, and out by the interface that is answered.
    pub(super) fn pass_through(&mut self, appliance: &'w NetworkInterface, vpc: &Vpc) -> Option<&'w NetworkInterface> {
        let instance = instance_of(self.ec2, appliance)?;
        let place = Place::Via(appliance.id);
        self.arrive(appliance, instance, place, true);
        let way = self.way_out(appliance, instance, place, true);
        // Ours: an appliance translates what leaves the VPC, as a NAT instance does, and passes on all else unchanged.
        let outwards = routes::local_block(vpc, self.packet.destination_address).is_none();
        match way.primary() {
            Some(own) if outwards && !self.back && self.packet.source_address.is_ipv4() => {
                let before = self.packet;
                let after = Packet {
                    source_address: own.private.into(),
                    ..before
                };
                self.translated.push((way.id, before, after));
                self.change(What::Guest(instance.id, Guest::Translates), place, after);
            }
            _ => self.hand(What::Guest(instance.id, Guest::Forwards), place),
        }
        self.descend(way, instance, Place::Via(way.id), true);
        Some(way)
    }
}

fn is_secondary(interface: &NetworkInterface) -> bool {
    interface.attachment.as_ref().is_some_and(|own| own.device_index > 0)
}

/// Programs that speak something else than HTTP; any other is taken for a server of the Web (ours).
const OTHER_TONGUES: [&str; 15] = [
    "sshd",
    "mysqld",
    "postgres",
    "redis-server",
    "memcached",
    "mongod",
    "beam.smp",
    "vsftpd",
    "named",
    "rpcbind",
    "nfsd",
    "master",
    "nc",
    "svchost.exe",
    "TermService",
];

/// Whether a program answers a question in HTTP: health checks ask one.
pub(crate) fn speaks_http(program: &str) -> bool {
    !OTHER_TONGUES.contains(&program)
}

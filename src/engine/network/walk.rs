//! The walk: takes a packet, and the answer to it, through the rows of a world, step by step, and writes down what decided.
//!
//! After the first step that denies, the walk goes on as if that step had let the packet pass, writing down no more steps
//! but every further blocker: so one question gives all there is to mend. Nothing here makes text or scans a table.

use super::addresses::*;
use super::ends::{self, Question, Start, instance_of};
use super::filters::{self, Other};
use super::routes::{self, Target};
use super::step::*;
use super::{Flow, Packet, Verdict, codes};
use crate::base::ids::*;
use crate::base::limits::TRACE_HOPS;
use crate::catalog::Region;
use crate::world::compute::{Instance, InstanceState};
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use std::net::{IpAddr, Ipv4Addr};

/// Instances that pass a packet on, one after the other, before it is called a circle.
const LEGS: usize = TRACE_HOPS / 12;

/// Walks.
pub(super) fn judge(world: &World, region: Region, flow: &Flow) -> Judgement {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    match ends::resolve(ec2, flow) {
        Ok(question) => {
            let mut walk = Walk::new(ec2, question.packet);
            walk.run(&question);
            walk.finish()
        }
        Err(why) => {
            let none = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
            let packet = Packet {
                protocol: flow.protocol,
                source_address: none,
                source_port: 0,
                destination_address: none,
                destination_port: flow.port,
            };
            let mut walk = Walk::new(ec2, packet);
            let code = match why {
                Unanswerable::Gone(_) | Unanswerable::Family(_) => codes::UNASSOCIATED_COMPONENT,
                Unanswerable::Unattached(_) => codes::BAD_STATE,
                Unanswerable::Outside(_) => codes::NO_PATH,
                _ => codes::NO_SOURCE_OR_DESTINATION,
            };
            walk.deny(What::Unanswerable(why), Place::Between, code);
            // There was no path to take a step on.
            walk.steps.clear();
            walk.finish()
        }
    }
}

/// Where a packet comes down.
#[derive(Clone, Copy)]
pub(super) enum Landing<'w> {
    /// At the subnet's side of an interface.
    Interface(&'w NetworkInterface),
    /// Out on the Internet.
    Outside,
}

/// Where a route table sends.
enum Next<'w> {
    Local,
    Gateway(Option<InternetGatewayId>),
    Appliance(&'w NetworkInterface),
    Nowhere,
}

pub(super) struct Walk<'w> {
    pub(super) ec2: &'w Ec2,
    /// The packet as it is now.
    pub(super) packet: Packet,
    /// On the answer's way.
    pub(super) back: bool,
    /// Something has denied: steps are no longer written down.
    lost: bool,
    steps: Vec<Step>,
    forward: Vec<Step>,
    blockers: Vec<Blocker>,
    /// How many stretches of road the packet has behind it.
    pub(super) legs: usize,
    /// Flows that the groups of an interface have let pass, as they saw them.
    tracked: Vec<(NetworkInterfaceId, Packet)>,
    /// Translations by instances that pass packets on under their own address: interface, packet before, packet after.
    translated: Vec<(NetworkInterfaceId, Packet, Packet)>,
    /// The private address that an internet gateway refused to translate: the walk goes on as if it had one.
    pub(super) nameless: Option<(VpcId, IpAddr)>,
    /// Its instance has been reported as not running.
    pub(super) reported: Option<InstanceId>,
}

impl<'w> Walk<'w> {
    fn new(ec2: &'w Ec2, packet: Packet) -> Walk<'w> {
        Walk {
            ec2,
            packet,
            back: false,
            lost: false,
            steps: Vec::with_capacity(24),
            forward: Vec::new(),
            blockers: Vec::new(),
            legs: 0,
            tracked: Vec::with_capacity(4),
            translated: Vec::new(),
            nameless: None,
            reported: None,
        }
    }

    fn finish(self) -> Judgement {
        if self.back {
            Judgement {
                forward: self.forward,
                back: self.steps,
                blockers: self.blockers,
            }
        } else {
            Judgement {
                forward: self.steps,
                back: Vec::new(),
                blockers: self.blockers,
            }
        }
    }

    // Writing down.

    fn write(&mut self, what: What, place: Place, verdict: Verdict, before: Packet) {
        if !self.lost {
            self.steps.push(Step {
                what,
                place,
                verdict,
                before,
                after: self.packet,
            });
        }
    }

    /// A rule let it pass.
    pub(super) fn allow(&mut self, what: What, place: Place) {
        self.write(what, place, Verdict::Allow, self.packet);
    }

    /// Handed on.
    pub(super) fn hand(&mut self, what: What, place: Place) {
        self.write(what, place, Verdict::Forward, self.packet);
    }

    /// Handed on with another header.
    pub(super) fn change(&mut self, what: What, place: Place, after: Packet) {
        let before = std::mem::replace(&mut self.packet, after);
        self.write(what, place, Verdict::Forward, before);
    }

    /// Stopped; the walk goes on as if it were not.
    pub(super) fn deny(&mut self, what: What, place: Place, code: &'static str) {
        let step = Step {
            what,
            place,
            verdict: Verdict::Deny,
            before: self.packet,
            after: self.packet,
        };
        // What concerns a thing and not a direction is said once.
        let said = |blocker: &Blocker| match (blocker.step.what, what) {
            (What::Wire(a, _), What::Wire(b, _)) => a == b,
            (What::Guest(a, x), What::Guest(b, y)) => {
                a == b && x == y && matches!(x, Guest::State(_) | Guest::Boots | Guest::Impaired)
            }
            (What::Interface(a, _), What::Interface(b, _)) => a == b,
            (
                What::Gateway(_, _, _, Gateway::NoPublicAddress(a)),
                What::Gateway(_, _, _, Gateway::NoPublicAddress(b)),
            ) => a == b,
            _ => false,
        };
        if !self.blockers.iter().any(said) {
            if !self.lost {
                self.steps.push(step);
            }
            self.blockers.push(Blocker {
                step,
                code,
                back: self.back,
            });
        }
        self.lost = true;
    }

    /// Whether anything has denied so far.
    pub(super) fn is_blocked(&self) -> bool {
        !self.blockers.is_empty()
    }

    // The way there and back.

    fn run(&mut self, question: &Question<'w>) {
        let landing = match question.start {
            Start::Inside(source) => match instance_of(self.ec2, source) {
                Some(instance) => self.set_out(source, instance, question),
                None => None,
            },
            Start::Outside => self.enter(question.target),
        };
        let Some(landing) = landing else { return };
        if let Landing::Interface(target) = landing
            && !self.come_in(target, Place::Destination)
        {
            return;
        }
        let Some(answer) = self.packet.answer() else { return };
        self.turn(answer);
        let expected = question.packet.answer();
        let landing = match landing {
            Landing::Outside => self.enter(None),
            Landing::Interface(target) => {
                let Some(instance) = instance_of(self.ec2, target) else {
                    return;
                };
                self.leave(target, instance, Guest::Answers, Place::Destination, true);
                self.travel(target, Place::Destination)
            }
        };
        self.come_back(landing, question, expected);
    }

    /// From now on the answer's way.
    fn turn(&mut self, answer: Packet) {
        self.forward = std::mem::take(&mut self.steps);
        self.back = true;
        self.legs = 0;
        self.packet = answer;
    }

    /// The answer on the last part of its way, through the instances that stand between.
    fn come_back(&mut self, landing: Option<Landing<'w>>, question: &Question<'w>, expected: Option<Packet>) {
        let mut landing = landing;
        while let Some(Landing::Interface(interface)) = landing {
            let own = |entry: &&(NetworkInterfaceId, Packet, Packet)| {
                entry.0 == interface.id && entry.2.answer() == Some(self.packet)
            };
            let Some(answer) = self
                .translated
                .iter()
                .rev()
                .find(own)
                .and_then(|entry| entry.1.answer())
            else {
                break;
            };
            let Some(instance) = instance_of(self.ec2, interface) else {
                return;
            };
            let place = Place::Via(interface.id);
            self.arrive(interface, instance, place, true);
            self.change(What::Guest(instance.id, Guest::Translates), place, answer);
            self.leave_again(interface, instance, place);
            landing = self.travel(interface, place);
        }
        let fits = match (landing, question.start) {
            (Some(Landing::Outside), Start::Outside) => true,
            (Some(Landing::Interface(found)), Start::Inside(source)) if found.id == source.id => {
                let Some(instance) = instance_of(self.ec2, source) else {
                    return;
                };
                self.arrive(source, instance, Place::Source, true);
                if Some(self.packet) == expected || self.nameless.is_some() {
                    self.hand(What::Guest(instance.id, Guest::Answered), Place::Source);
                }
                true
            }
            // What has not come anywhere has its blocker already.
            (None, _) => return,
            _ => false,
        };
        let same = Some(self.packet) == expected || self.nameless.is_some();
        if !(fits && same) && self.blockers.is_empty() {
            let asked = question.packet.destination_address;
            let who = match question.start {
                Start::Inside(source) => source.attachment.as_ref().map(|attachment| attachment.instance),
                Start::Outside => question
                    .target
                    .and_then(|target| Some(target.attachment.as_ref()?.instance)),
            };
            let who = who.unwrap_or(InstanceId(0));
            self.deny(What::Misfit(who, asked), Place::Between, codes::STRATUS_REPLY_LOST);
        }
    }

    /// A request leaves its guest, unless the guest or its host answers it themselves.
    fn set_out(
        &mut self,
        source: &'w NetworkInterface,
        instance: &'w Instance,
        question: &Question<'w>,
    ) -> Option<Landing<'w>> {
        self.alive(instance, Place::Source);
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
        let vpc = self.ec2.vpcs.get(&source.vpc)?;
        if let Some(service) = self.service(source, vpc) {
            self.ask(service, source, instance, vpc);
            return None;
        }
        self.leave(source, instance, Guest::Sends, Place::Source, true);
        if let (true, Some(target)) = (question.disconnected, question.target) {
            self.deny(
                What::Disconnected(vpc.id, target.id),
                Place::Between,
                codes::DISCONNECTED_VPCS,
            );
            return None;
        }
        self.travel(source, Place::Source)
    }

    /// The service of AWS that the packet is for.
    fn service(&self, source: &NetworkInterface, vpc: &Vpc) -> Option<Service> {
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

    /// Asks a service of AWS inside the VPC, and brings its answer back.
    fn ask(&mut self, service: Service, source: &'w NetworkInterface, instance: &'w Instance, vpc: &Vpc) {
        let place = Place::Source;
        if service == Service::Metadata {
            self.hand(What::Guest(instance.id, Guest::Sends), place);
            self.hand(What::Hypervisor(instance.id), place);
            let metadata = &instance.metadata;
            if !metadata.enabled || self.packet.destination_address.is_ipv6() && !metadata.ipv6 {
                self.deny(
                    What::Metadata(instance.id, Metadata::Disabled),
                    place,
                    codes::STRATUS_METADATA_DISABLED,
                );
            } else if service.takes(&self.packet) {
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
            let off = service == Service::Resolver && !vpc.dns_support;
            let what = |answers| What::Service(vpc.id, service, answers);
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

    // One host.

    /// Whether a guest can do anything at all.
    pub(super) fn alive(&mut self, instance: &Instance, place: Place) {
        if instance.state != InstanceState::Running {
            self.reported = Some(instance.id);
            self.deny(
                What::Guest(instance.id, Guest::State(instance.state)),
                place,
                codes::BAD_STATE,
            );
        } else if instance.guest.boots.is_some() {
            self.deny(What::Guest(instance.id, Guest::Boots), place, codes::BAD_STATE);
        } else if instance.checks.instance_impaired.is_some() {
            self.deny(
                What::Guest(instance.id, Guest::Impaired),
                place,
                codes::STRATUS_INSTANCE_IMPAIRED,
            );
        }
    }

    /// Down the layers of a host, from the guest to the wire. `filtered`: security groups look at it.
    fn leave(
        &mut self,
        interface: &'w NetworkInterface,
        instance: &'w Instance,
        does: Guest,
        place: Place,
        filtered: bool,
    ) {
        self.hand(What::Guest(instance.id, does), place);
        self.descend(interface, instance, place, filtered);
    }

    /// [`Walk::leave`] for a guest whose own step has been written down.
    fn leave_again(&mut self, interface: &'w NetworkInterface, instance: &'w Instance, place: Place) {
        self.descend(interface, instance, place, true);
    }

    fn descend(&mut self, interface: &'w NetworkInterface, instance: &'w Instance, place: Place, filtered: bool) {
        self.hand(What::Hypervisor(instance.id), place);
        let source = self.packet.source_address;
        let genuine = self.check(interface, source, place);
        self.groups(interface, true, place, filtered);
        if is_unroutable(source) {
            let what = What::HostFirewall(instance.id, Genuine::Impossible);
            self.deny(what, place, codes::STRATUS_IMPOSSIBLE_SOURCE);
        } else {
            let genuine = if genuine { Genuine::Own } else { Genuine::Excused };
            self.allow(What::HostFirewall(instance.id, genuine), place);
        }
        self.wire(instance, place);
    }

    /// Up the layers of a host, from the wire to the guest.
    fn arrive(&mut self, interface: &'w NetworkInterface, instance: &'w Instance, place: Place, filtered: bool) {
        self.wire(instance, place);
        self.allow(What::HostFirewall(instance.id, Genuine::ForGuest), place);
        self.groups(interface, false, place, filtered);
        self.check(interface, self.packet.destination_address, place);
        self.hand(What::Hypervisor(instance.id), place);
    }

    fn wire(&mut self, instance: &Instance, place: Place) {
        let host = instance.host.and_then(|host| self.ec2.hosts.get(&host));
        if host.is_some_and(|host| host.failed) || instance.checks.system_impaired.is_some() {
            self.deny(What::Wire(instance.id, true), place, codes::STRATUS_HOST_FAILED);
        } else {
            self.hand(What::Wire(instance.id, false), place);
        }
    }

    /// The source/destination check on the address that should be the interface's own; whether it is.
    fn check(&mut self, interface: &NetworkInterface, address: IpAddr, place: Place) -> bool {
        let own = match address {
            IpAddr::V4(address) => interface.addresses.iter().any(|own| own.private == address),
            IpAddr::V6(address) => interface.ipv6.contains(&address),
        };
        let what = |check| What::Interface(interface.id, check);
        match (own, interface.source_dest_check) {
            (true, _) => self.allow(what(Check::Own), place),
            (false, false) => self.allow(what(Check::Off), place),
            (false, true) => self.deny(what(Check::Foreign), place, codes::ENI_SOURCE_DEST_CHECK_RESTRICTION),
        }
        own
    }

    /// Security groups: an answer passes with its connection, anything else by its own rule.
    fn groups(&mut self, interface: &'w NetworkInterface, egress: bool, place: Place, filtered: bool) {
        let what = |groups| What::Groups(interface.id, egress, groups);
        if !filtered {
            return self.allow(what(Groups::Unfiltered), place);
        }
        let packet = self.packet;
        if self.back {
            let known =
                |(seen, flow): &(NetworkInterfaceId, Packet)| *seen == interface.id && flow.answer() == Some(packet);
            if self.tracked.iter().any(known) {
                return self.allow(what(Groups::Tracked), place);
            }
        }
        let address = if egress {
            packet.destination_address
        } else {
            packet.source_address
        };
        let other = Other {
            address,
            interface: filters::holder(self.ec2, interface.vpc, address),
            hidden: self.legs > 1 && !matches!(place, Place::Via(_)),
        };
        let verdict = filters::groups(self.ec2, interface, egress, &packet, &other);
        // The answer to what is not tracked passes by a rule of its own, and there is one.
        if !self.back && !matches!(verdict, Groups::Rule { untracked: true, .. }) {
            self.tracked.push((interface.id, packet));
        }
        match verdict {
            Groups::Mismatch => self.deny(what(verdict), place, codes::ENI_SG_RULES_MISMATCH),
            Groups::Empty => self.deny(what(verdict), place, codes::SG_HAS_NO_RULES),
            Groups::NotPreserved => self.deny(what(verdict), place, codes::SG_REFERENCES_NOT_PRESERVED),
            _ => self.allow(what(verdict), place),
        }
    }

    /// Into the guest at an end. False: there is none.
    fn come_in(&mut self, interface: &'w NetworkInterface, place: Place) -> bool {
        let Some(instance) = instance_of(self.ec2, interface) else {
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
        if self.reported != Some(instance.id) {
            self.alive(instance, place);
        }
        self.arrive(interface, instance, place, true);
        self.take(instance, place, false);
        true
    }

    /// The guest's own firewall (not asked for what never left the guest), then whoever listens.
    fn take(&mut self, instance: &Instance, place: Place, loops: bool) {
        let packet = self.packet;
        let rules = if loops { &[] } else { instance.guest.firewall.as_slice() };
        let rule = filters::guest_firewall(rules, &packet);
        if let Some((rule, false)) = rule {
            self.deny(
                What::Guest(instance.id, Guest::Drops(rule)),
                place,
                codes::STRATUS_GUEST_FIREWALL,
            );
        }
        // The kernel itself takes ICMP; any other protocol but TCP and UDP finds nobody. What is not up yet will have
        // the services that a boot starts.
        let up = instance.state == InstanceState::Running && instance.guest.boots.is_none();
        let listeners = if up {
            &instance.guest.listeners
        } else {
            &instance.guest.services
        };
        let wanted = (packet.protocol, packet.destination_port);
        let listens = packet.is_icmp()
            || listeners
                .iter()
                .any(|listener| (listener.protocol, listener.port) == wanted);
        if listens {
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

    // Between hosts.

    /// From the wire of an interface's subnet to where the packet comes down. `None`: it does not.
    pub(super) fn travel(&mut self, from: &'w NetworkInterface, place: Place) -> Option<Landing<'w>> {
        let (mut from, mut place) = (from, place);
        loop {
            self.legs += 1;
            let vpc = self.ec2.vpcs.get(&from.vpc)?;
            let subnet = self.ec2.subnets.get(&from.subnet)?;
            if self.legs > LEGS {
                self.deny(What::Circle(vpc.id), Place::Between, codes::STRATUS_ROUTING_LOOP);
                return None;
            }
            let destination = self.packet.destination_address;
            if is_unroutable(destination) {
                self.deny(
                    What::Nobody(vpc.id, None),
                    Place::Between,
                    codes::NO_POSSIBLE_DESTINATION,
                );
                return None;
            }
            if lies_in(subnet, destination) {
                self.hand(What::SameSubnet(subnet.id), Place::Between);
                return self.deliver(vpc, subnet, place);
            }
            match self.route(vpc, subnet) {
                Next::Local => return self.deliver(vpc, subnet, place),
                Next::Gateway(gateway) => {
                    self.acl(subnet, true, place);
                    return self.go_out(vpc, gateway, from);
                }
                Next::Appliance(appliance) => {
                    if appliance.id == from.id {
                        self.deny(What::Circle(vpc.id), Place::Between, codes::STRATUS_ROUTING_LOOP);
                        return None;
                    }
                    if appliance.subnet != subnet.id {
                        self.acl(subnet, true, place);
                        self.acl_in(appliance, Place::Via(appliance.id));
                    }
                    if filters::holder(self.ec2, vpc.id, destination).is_some_and(|holder| holder.id == appliance.id) {
                        return Some(Landing::Interface(appliance));
                    }
                    self.pass_through(appliance, vpc)?;
                    (from, place) = (appliance, Place::Via(appliance.id));
                }
                Next::Nowhere => return None,
            }
        }
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
                    Target::Gateway(gateway) => {
                        self.hand(what(routed), Place::Between);
                        Next::Gateway(Some(gateway))
                    }
                    Target::Interface(interface) => {
                        self.hand(what(routed), Place::Between);
                        Next::Appliance(interface)
                    }
                    Target::BlackHole(appliance) => {
                        self.deny(what(Routed::BlackHole(number)), Place::Between, codes::BAD_STATE_ROUTE);
                        match appliance {
                            // It would go through the appliance if that ran.
                            Some(appliance) if appliance.attachment.is_some() => Next::Appliance(appliance),
                            _ if routes::local_block(vpc, destination).is_some() => Next::Local,
                            _ => Next::Gateway(routes::gateway_of(ec2, vpc.id)),
                        }
                    }
                }
            }
            Routed::Nothing => {
                self.deny(what(routed), Place::Between, codes::NO_ROUTE_TO_DESTINATION);
                // A public address would be reached through the VPC's internet gateway; a private one by nothing here.
                if is_private(destination) || is_shared(destination) {
                    Next::Nowhere
                } else {
                    Next::Gateway(routes::gateway_of(ec2, vpc.id))
                }
            }
            _ => {
                self.hand(what(routed), Place::Between);
                Next::Local
            }
        }
    }

    /// Through an instance that passes packets on.
    pub(super) fn pass_through(&mut self, appliance: &'w NetworkInterface, vpc: &Vpc) -> Option<()> {
        let instance = instance_of(self.ec2, appliance)?;
        let place = Place::Via(appliance.id);
        self.arrive(appliance, instance, place, true);
        // Ours: an appliance translates what leaves the VPC, as a NAT instance does, and passes on all else unchanged.
        let outwards = routes::local_block(vpc, self.packet.destination_address).is_none();
        match appliance.primary() {
            Some(own) if outwards && !self.back && self.packet.source_address.is_ipv4() => {
                let before = self.packet;
                let after = Packet {
                    source_address: own.private.into(),
                    ..before
                };
                self.translated.push((appliance.id, before, after));
                self.change(What::Guest(instance.id, Guest::Translates), place, after);
            }
            _ => self.hand(What::Guest(instance.id, Guest::Forwards), place),
        }
        self.descend(appliance, instance, place, true);
        Some(())
    }

    /// To the interface of this VPC that has the address.
    fn deliver(&mut self, vpc: &Vpc, subnet: &Subnet, place: Place) -> Option<Landing<'w>> {
        let destination = self.packet.destination_address;
        let holder = filters::holder(self.ec2, vpc.id, destination);
        if holder.is_none_or(|holder| holder.subnet != subnet.id) && !lies_in(subnet, destination) {
            self.acl(subnet, true, place);
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
    fn acl(&mut self, subnet: &Subnet, egress: bool, place: Place) {
        let Some(acl) = self.ec2.network_acls.get(&subnet.acl.1) else {
            return;
        };
        let verdict = filters::acl(acl, egress, &self.packet);
        let what = What::Acl(acl.id, subnet.id, egress, verdict.map(|(entry, _)| entry));
        match verdict {
            Some((_, true)) => self.allow(what, place),
            _ => self.deny(what, place, codes::SUBNET_ACL_RESTRICTION),
        }
    }
}

/// Whether an address lies in a subnet's block of its family.
fn lies_in(subnet: &Subnet, address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => subnet.cidr.contains(&address),
        IpAddr::V6(address) => subnet.ipv6_cidr.is_some_and(|block| block.contains(&address)),
    }
}

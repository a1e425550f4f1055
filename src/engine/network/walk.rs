//! The walk: takes a packet, and the answer to it, through the rows of a world, step by step, and writes down what decided.
//! After the first step that denies, the walk goes on as if that step had let the packet pass, writing down no more steps
//! but every further blocker: so one question gives all there is to mend. Nothing here makes text or scans a table.

use super::abroad::Abroad;
use super::ends::{self, Question, Start, instance_of};
use super::filters;
use super::guest_ways;
use super::isolation::Forgery;
use super::nat_ports::Held;
use super::step::*;
use super::{Disposition, Endpoint, Flow, Packet, Verdict, balancing, codes, private_link};
use crate::base::ids::*;
use crate::base::limits::TRACE_HOPS;
use crate::catalog::Region;
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use std::net::{IpAddr, Ipv4Addr};

/// Instances that pass a packet on, one after the other, before it is called a circle.
pub(super) const LEGS: usize = TRACE_HOPS / 12;

/// Walks, and says everything.
pub(super) fn judge(world: &World, region: Region, flow: &Flow) -> Judgement {
    // A Region without rows is made only where it is needed: it is many tables.
    let unused;
    let ec2 = match world.ec2(region) {
        Some(ec2) => ec2,
        None => {
            unused = Ec2::default();
            &unused
        }
    };
    go(ec2, Some((world, region)), flow, ends::resolve(world, ec2, flow), false)
}

/// Walks as one who knows the configuration and nothing else. `wanted`: whose turn it is at a load balancer.
pub(super) fn judge_configuration(
    world: &World,
    region: Region,
    flow: &Flow,
    wanted: Option<balancing::Wanted>,
) -> Judgement {
    let Some(ec2) = world.ec2(region) else {
        return judge(world, region, flow);
    };
    match ends::resolve(world, ec2, &guest_ways::bound(ec2, flow)) {
        Ok(question) => {
            let mut walk = Walk::new(ec2, question.packet, false);
            (walk.configured, walk.wanted) = (true, wanted);
            walk.run(&question);
            walk.finish()
        }
        unanswerable => go(ec2, None, flow, unanswerable, false),
    }
}

/// Whether the request of a flow arrives, for one who knows the configuration and nothing else.
pub(super) fn arrives(ec2: &Ec2, question: Result<Question<'_>, Unanswerable>) -> bool {
    let Ok(question) = question else { return false };
    let mut walk = Walk::new(ec2, question.packet, true);
    walk.configured = true;
    walk.run(&question);
    walk.blockers.iter().all(|blocker| blocker.back)
}

/// Walks with a packet on which its sender has written what is not so.
pub(super) fn judge_forged(world: &World, region: Region, flow: &Flow, forgery: Forgery) -> Judgement {
    let Some(ec2) = world.ec2(region) else {
        return judge(world, region, flow);
    };
    let question = ends::resolve(world, ec2, flow).and_then(|question| forged(question, forgery));
    match question {
        Ok(question) => {
            let mut walk = Walk::new(ec2, question.packet, false);
            walk.abroad = Some((world, region));
            walk.forgery = Some(forgery);
            walk.run(&question);
            walk.finish()
        }
        unanswerable => go(ec2, None, flow, unanswerable, false),
    }
}

/// A question with the source address that its sender writes. One of the other family does not fit onto the packet.
fn forged(mut question: Question<'_>, forgery: Forgery) -> Result<Question<'_>, Unanswerable> {
    if let Some(address) = forgery.source_address {
        if let (true, Start::Inside(source)) = (
            address.is_ipv4() != question.packet.destination_address.is_ipv4(),
            question.start,
        ) {
            return Err(Unanswerable::Family(source.id));
        }
        question.packet.source_address = address;
    }
    Ok(question)
}

/// Walks to the first blocker, and says how it ends. `question`: the flow, made definite.
pub(super) fn verdict<'w>(
    ec2: &'w Ec2,
    abroad: Abroad<'w>,
    flow: &Flow,
    question: Result<Question<'w>, Unanswerable>,
) -> Disposition {
    go(ec2, abroad, flow, question, true).disposition()
}

/// [`verdict`] if the groups at both ends let everything pass, and what they are asked before that.
pub(super) fn verdict_between<'w>(ec2: &'w Ec2, question: &Question<'w>) -> (Disposition, Ends) {
    let mut walk = Walk::new(ec2, question.packet, true);
    walk.ends = Some(Ends::default());
    walk.run(question);
    let ends = walk.ends.take().unwrap_or_default();
    (walk.finish().disposition(), ends)
}

/// What the groups at the ends of a way are asked, before anything else blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    /// The sender's, whether the packet may leave.
    pub egress: bool,
    /// The receiver's: the interface that asks, the packet as it comes, and how well it is known who sent it.
    pub ingress: Option<(NetworkInterfaceId, Packet, filters::Seen)>,
}

fn go<'w>(
    ec2: &'w Ec2,
    abroad: Abroad<'w>,
    flow: &Flow,
    question: Result<Question<'w>, Unanswerable>,
    brief: bool,
) -> Judgement {
    match question {
        Ok(question) => {
            let mut walk = Walk::new(ec2, question.packet, brief);
            walk.abroad = abroad;
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
            let mut walk = Walk::new(ec2, packet, brief);
            let code = match why {
                Unanswerable::Gone(_) | Unanswerable::Family(_) => codes::UNASSOCIATED_COMPONENT,
                Unanswerable::Unattached(_) | Unanswerable::NoSeat(_) => codes::BAD_STATE,
                Unanswerable::OfEndpoint(_) => codes::VPCE_INTRA_VPC_TRAFFIC,
                Unanswerable::Outside(_) => codes::NO_PATH,
                Unanswerable::NobodyInside(..) => codes::VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS,
                Unanswerable::Elsewhere(address, _) if flow.destination == Endpoint::Address(address) => {
                    codes::UNKNOWN_DESTINATION
                }
                Unanswerable::Elsewhere(..) => codes::NO_PATH,
                _ => codes::NO_SOURCE_OR_DESTINATION,
            };
            walk.deny(What::Unanswerable(why), Place::Between, code);
            // There was no path to take a step on.
            walk.steps.clear();
            walk.finish()
        }
    }
}

/// Walks as [`judge_configuration`] does, for a question that is definite: so the way of an answer is known that says no.
pub(super) fn follow_configuration(ec2: &Ec2, question: &Question<'_>, alive: Vec<Tracked>) -> Judgement {
    let mut walk = Walk::new(ec2, question.packet, false);
    walk.configured = true;
    walk.alive = alive;
    walk.run(question);
    walk.finish()
}

/// Walks for a connection that is there already: `alive` are its entries in the interfaces' connection tracking. With what they
/// track after this packet. `kept`: flows out of nodes of load balancers, which stay with their targets. `held`: what the connection
/// has at NAT gateways; `None` for one that is still to be opened.
pub(super) fn follow<'w>(
    ec2: &'w Ec2,
    abroad: Abroad<'w>,
    question: &Question<'w>,
    alive: Vec<Tracked>,
    kept: Vec<Tracked>,
    held: Option<Held>,
) -> Walked {
    let mut walk = Walk::new(ec2, question.packet, false);
    walk.abroad = abroad;
    (walk.alive, walk.kept, walk.held) = (alive, kept, held);
    walk.run(question);
    let tracked = std::mem::take(&mut walk.tracked);
    (walk.finish(), tracked)
}

/// What came of a walk, and what is tracked after it.
pub(super) type Walked = (Judgement, Vec<Tracked>);
/// A flow that an interface's connection tracking knows, as the interface saw it.
pub(super) type Tracked = (NetworkInterfaceId, Packet);

/// Where a packet comes down.
#[derive(Clone, Copy)]
pub(super) enum Landing<'w> {
    /// At the subnet's side of an interface.
    Interface(&'w NetworkInterface),
    /// Out on the Internet.
    Outside,
    /// At a gateway endpoint.
    Endpoint(VpcEndpointId),
}

pub(super) struct Walk<'w> {
    /// The rows of the Region that the packet is in.
    pub(super) ec2: &'w Ec2,
    /// All Regions, where the way may lead from one to another.
    pub(super) abroad: Abroad<'w>,
    /// The Region that the packet is in, if it is not the one that the question was asked in.
    pub(super) away: Option<Region>,
    /// The packet as it is now.
    pub(super) packet: Packet,
    /// On the answer's way.
    pub(super) back: bool,
    /// Only the end counts: the walk stops soon after the first blocker.
    brief: bool,
    /// What only a packet on its way would find (guests, hosts, listeners) does not count.
    pub(super) configured: bool,
    /// Groups at the ends let everything pass, and what they are asked is noted here.
    pub(super) ends: Option<Ends>,
    /// Something has denied, or only the end counts: steps are not written down.
    lost: bool,
    steps: Vec<Step>,
    forward: Vec<Step>,
    pub(super) blockers: Vec<Blocker>,
    /// How many stretches of road the packet has behind it.
    pub(super) legs: usize,
    /// It has come through a transit gateway.
    pub(super) by_hub: bool,
    /// It has come out of an endpoint, at a node of a load balancer of its service.
    pub(super) by_endpoint: bool,
    /// Flows that the groups of an interface have let pass, as they saw them.
    pub(super) tracked: Vec<Tracked>,
    /// Flows that were tracked before this packet.
    pub(super) alive: Vec<Tracked>,
    /// The flow goes through something that makes every flow a tracked one.
    pub(super) always_tracked: bool,
    /// Translations by instances that pass packets on under their own address: interface, packet before, packet after.
    pub(super) translated: Vec<(NetworkInterfaceId, Packet, Packet)>,
    /// The private address that an internet gateway refused to translate: the walk goes on as if it had one.
    pub(super) nameless: Option<(VpcId, IpAddr)>,
    /// The egress-only gateway that the request went out through: its answer may come in.
    pub(super) egress_only: Option<EgressOnlyGatewayId>,
    /// The VPC whose carrier gateway the request went out through.
    pub(super) carrier: Option<VpcId>,
    /// The virtual private gateway that the request went out through.
    pub(super) vpn: Option<VpnGatewayId>,
    /// The attachment of a VPN connection that the request went out through.
    pub(super) hub: Option<TransitAttachmentId>,
    /// Attachments in appliance mode that the flow has met, each with the interface that it keeps to.
    pub(super) doors: Vec<(TransitAttachmentId, NetworkInterfaceId)>,
    /// The regional NAT gateway that the request went out through: the packet before, and after.
    pub(super) regional: Option<(NatGatewayId, Packet, Packet)>,
    /// Its instance has been reported as not running.
    pub(super) reported: Option<InstanceId>,
    /// What its guest has written on the packet that is not so.
    pub(super) forgery: Option<Forgery>,
    /// The groups of the load balancer that the packet came through under the client's own address.
    pub(super) fronted: Option<&'w [SecurityGroupId]>,
    /// Flows out of nodes of load balancers that were there before this packet.
    pub(super) kept: Vec<Tracked>,
    /// The target that load balancers send to where they may.
    pub(super) wanted: Option<balancing::Wanted>,
    /// What the packet's connection has at NAT gateways; `None`: it is the first of its connection.
    pub(super) held: Option<Held>,
    /// The answer has come back to who asked, whatever would have stopped it.
    whole: bool,
}

impl<'w> Walk<'w> {
    pub(super) fn new(ec2: &'w Ec2, packet: Packet, brief: bool) -> Walk<'w> {
        Walk {
            ec2,
            abroad: None,
            away: None,
            packet,
            back: false,
            brief,
            configured: false,
            ends: None,
            lost: brief,
            steps: Vec::with_capacity(if brief { 0 } else { 24 }),
            forward: Vec::new(),
            blockers: Vec::new(),
            legs: 0,
            by_hub: false,
            by_endpoint: false,
            tracked: Vec::with_capacity(4),
            alive: Vec::new(),
            always_tracked: false,
            translated: Vec::new(),
            nameless: None,
            egress_only: None,
            carrier: None,
            vpn: None,
            hub: None,
            doors: Vec::new(),
            regional: None,
            reported: None,
            forgery: None,
            fronted: None,
            kept: Vec::new(),
            wanted: None,
            held: None,
            whole: false,
        }
    }

    pub(super) fn finish(self) -> Judgement {
        let (forward, back) = if self.back {
            (self.forward, self.steps)
        } else {
            (self.steps, Vec::new())
        };
        Judgement {
            forward,
            back,
            blockers: self.blockers,
            whole: self.whole,
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
                region: self.away,
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
        if self.configured && what.is_beyond_configuration() {
            return self.hand(what, place);
        }
        let step = Step {
            what,
            place,
            verdict: Verdict::Deny,
            before: self.packet,
            after: self.packet,
            region: self.away,
        };
        // What concerns a thing and not a direction is said once.
        let said = |blocker: &Blocker| match (blocker.step.what, what) {
            (What::Wire(a, _), What::Wire(b, _)) => a == b,
            (What::Guest(a, x), What::Guest(b, y)) => {
                a == b && x == y && matches!(x, Guest::State(_) | Guest::Boots | Guest::Impaired)
            }
            (What::Interface(a, _), What::Interface(b, _)) => a == b,
            (What::Transit(_, Hub::NoIpv6(a)), What::Transit(_, Hub::NoIpv6(b))) => a == b,
            (
                What::Gateway(_, one, _, Gateway::NoPublicAddress(a)),
                What::Gateway(_, other, _, Gateway::NoPublicAddress(b)),
            ) => a == b && one.is_carrier() == other.is_carrier(),
            (
                What::Gateway(_, _, _, Gateway::PublicBlocked(a, _)),
                What::Gateway(_, _, _, Gateway::PublicBlocked(b, _)),
            )
            | (What::EgressOnly(_, EgressOnly::PublicBlocked(a)), What::EgressOnly(_, EgressOnly::PublicBlocked(b))) => {
                a == b
            }
            _ => false,
        };
        // On the way behind a blocker a packet may come by the same ACL again.
        let again = |blocker: &Blocker| {
            blocker.back == self.back && blocker.step.what == what && blocker.step.before == self.packet
        };
        if !self.blockers.iter().any(|blocker| said(blocker) || again(blocker)) {
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

    /// What an interface has sent is tracked, whatever its groups say: it goes through a gateway whose flows always are.
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html>
    pub(super) fn track(&mut self, interface: &NetworkInterface) {
        for step in self.steps.iter_mut().rev() {
            if let What::Groups(id, true, Groups::Rule { untracked, .. }) = &mut step.what
                && *id == interface.id
            {
                *untracked = false;
                break;
            }
        }
        let flow = (interface.id, self.packet);
        if !self.tracked.contains(&flow) {
            self.tracked.push(flow);
        }
    }

    /// From here on the flow is tracked, also by the groups that it has passed: endpoints and transit gateways see to that.
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html>
    pub(super) fn track_all(&mut self) {
        if self.back || self.always_tracked {
            return;
        }
        self.always_tracked = true;
        for step in &mut self.steps {
            if let What::Groups(id, _, Groups::Rule { untracked, .. }) = &mut step.what
                && std::mem::take(untracked)
            {
                self.tracked.push((*id, step.before));
            }
        }
    }

    /// Whether anything has denied so far.
    pub(super) fn is_blocked(&self) -> bool {
        !self.blockers.is_empty()
    }

    /// Whether all that is asked for is known.
    pub(super) fn is_decided(&self) -> bool {
        self.brief && self.is_blocked()
    }

    // The way there and back.

    pub(super) fn run(&mut self, question: &Question<'w>) {
        let landing = match question.start {
            Start::Inside(source) => match instance_of(self.ec2, source) {
                Some(instance) => self.set_out(source, instance, question),
                None => self.set_out_from_node(source),
            },
            Start::Outside => self.enter(question.target),
        };
        let Some(landing) = landing else { return };
        if self.is_decided() {
            return;
        }
        let Some(landing) = self.past_balancers(landing, question) else {
            return;
        };
        if let Landing::Interface(target) = landing
            && !self.come_in(target, Place::Destination)
        {
            return;
        }
        if self.is_decided() {
            return;
        }
        let Some(answer) = self.packet.answer() else { return };
        self.turn(answer);
        let expected = question.packet.answer();
        let landing = match landing {
            Landing::Outside => self.enter(None),
            Landing::Endpoint(id) => self.leave_endpoint(id),
            Landing::Interface(target) if target.attachment.is_none() => self.leave_interface(target),
            Landing::Interface(target) => {
                let Some(instance) = instance_of(self.ec2, target) else {
                    return;
                };
                let way = self.leave(target, instance, Guest::Answers, Place::Destination, true);
                self.onwards(way, Place::Destination)
            }
        };
        self.come_back(landing, question, expected);
    }

    /// From now on the answer's way.
    pub(super) fn turn(&mut self, answer: Packet) {
        self.forward = std::mem::take(&mut self.steps);
        self.back = true;
        (self.legs, self.by_hub) = (0, false);
        self.packet = answer;
    }

    /// The answer on the last part of its way, through the instances that stand between.
    pub(super) fn come_back(
        &mut self,
        landing: Option<Landing<'w>>,
        question: &Question<'w>,
        expected: Option<Packet>,
    ) {
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
            let place = Place::Via(interface.id);
            if let Some(gateway) = self.nat_of(interface) {
                self.change(What::Nat(gateway.id, Nat::Returns), Place::Between, answer);
                landing = self.travel(interface, place);
                continue;
            }
            if balancing::is_node(self.ec2, interface.id) {
                landing = self.back_through(interface, answer);
                continue;
            }
            if let Some(endpoint) = private_link::endpoint_at(self.ec2, interface) {
                landing = self.back_through_endpoint(interface, endpoint, answer);
                continue;
            }
            let Some(instance) = instance_of(self.ec2, interface) else {
                return;
            };
            self.arrive(interface, instance, place, true);
            self.change(What::Guest(instance.id, Guest::Translates), place, answer);
            let way = self.way_out(interface, instance, place, true);
            self.descend(way, instance, place, true);
            landing = self.travel(way, place);
        }
        let fits = match (landing, question.start) {
            (Some(Landing::Outside), Start::Outside) => true,
            (Some(Landing::Interface(found)), Start::Inside(source)) if found.id == source.id => {
                let Some(instance) = instance_of(self.ec2, source) else {
                    return self.answered_at_node(source);
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
        self.whole = fits && same;
        if !self.whole && self.blockers.is_empty() {
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
}

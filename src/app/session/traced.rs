//! The answer to the path panel's question, made anew whenever the question or the world changes.

use super::action::PathQuestion;
use super::cheat::Cheat;
use crate::scripting::{region_of_end, region_of_flow};
use std::net::IpAddr;
use stratus_engine::catalog::Region;
use stratus_engine::network::{self, Endpoint, Flow, Hop, Layer, Packet, Trace, Verdict};
use stratus_engine::{Engine, World};

/// A traced question.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced {
    /// The question as it was asked.
    pub question: PathQuestion,
    /// What it means.
    pub flow: Flow,
    /// Where it was asked.
    pub region: Region,
    /// Where the sender and the receiver are: another Region may lie across a peering.
    pub regions: [Region; 2],
    /// The answer.
    pub trace: Trace,
    /// Whether its fixes stand in the order of how much each opens ([`Traced::measure`]); by itself where there is none to order.
    pub measured: bool,
    /// Ends that are addresses of our own interfaces.
    pub(super) ours: Vec<Endpoint>,
    /// Who on the receiver's host gets a packet that a listener there does not, as it is called on the picture.
    pub gets: Option<String>,
}

impl Traced {
    /// Asks the engine. The error names the field that cannot be understood.
    pub fn ask(engine: &Engine, question: &PathQuestion, shown: Region) -> Result<Traced, String> {
        let flow = question.flow()?;
        if let Some(cheat) = &question.cheat {
            return super::cheat::ask(engine, question, cheat, flow, shown);
        }
        let region = region_of_flow(engine.world(), &flow).unwrap_or(shown);
        let world = engine.world_in(region);
        let mut trace = network::trace(&world, region, &flow);
        if !trace.reachable {
            trace.fixes = network::fixes::search_with(engine, &world, region, &flow, stratus_shell::command);
        }
        Ok(Traced {
            question: question.clone(),
            flow,
            region,
            regions: regions(&world, region, &flow, &trace),
            measured: trace.fixes.len() < 2,
            trace,
            ours: ours(&world, region, &flow),
            gets: None,
        })
    }

    /// Puts the fixes into the order of how much each opens, measured in the world in which it was asked: of a large one that
    /// takes longer than to answer. It is in the later part of the program.
    #[inline(never)]
    pub fn measure(&mut self, engine: &Engine) {
        let (world, fixes) = (engine.world_in(self.region), std::mem::take(&mut self.trace.fixes));
        self.trace.fixes = network::opening::least_first(engine, &world, self.region, fixes);
        self.measured = true;
    }

    /// Takes over the order in which the same fixes stood before, until they are measured anew.
    pub(super) fn keep_order(&mut self, old: &Traced) {
        let (own, before) = (&self.trace.fixes, &old.trace.fixes);
        if !self.measured && own.len() == before.len() && before.iter().all(|fix| own.contains(fix)) {
            self.trace.fixes.clone_from(before);
            self.measured = old.measured;
        }
    }

    /// Where the sender is, or the receiver.
    pub fn region_of(&self, source: bool) -> Region {
        self.regions[usize::from(!source)]
    }

    /// Where a step happened.
    pub fn region_at(&self, hop: &Hop) -> Region {
        hop.region().unwrap_or(self.region)
    }

    /// Whether somebody cheats: nothing is to be mended then.
    pub fn is_cheat(&self) -> bool {
        self.question.cheat.is_some()
    }

    /// Whether it is drawn for one who listens, and not for the receiver.
    pub fn listens(&self) -> bool {
        matches!(self.question.cheat.as_deref(), Some(Cheat::Listen(_)))
    }

    /// Steps of both ways.
    pub fn len(&self) -> usize {
        self.trace.forward.len() + self.trace.back.len()
    }
    /// Whether there is no step at all: the question itself has no answer.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// A step, counted over both ways.
    pub fn hop(&self, index: usize) -> Option<&Hop> {
        let forward = self.trace.forward.len();
        if index < forward {
            self.trace.forward.get(index)
        } else {
            self.trace.back.get(index - forward)
        }
    }
    /// Whether a step belongs to the answer's way.
    pub fn is_back(&self, index: usize) -> bool {
        index >= self.trace.forward.len()
    }
    /// The step that stops the packet, else the last one.
    pub fn deciding(&self) -> usize {
        let all = self.trace.forward.iter().chain(&self.trace.back);
        all.clone()
            .position(|hop| hop.verdict == Verdict::Deny)
            .unwrap_or(self.len().saturating_sub(1))
    }
    /// Whether an end is none of our hosts: on the Internet, in another network, or AWS's own.
    pub fn is_outside(&self, source: bool) -> bool {
        match self.end(source) {
            Endpoint::Internet => true,
            Endpoint::Instance(_) | Endpoint::Interface(_) => false,
            Endpoint::Address(_) => {
                let mut forward = self.trace.forward.iter();
                !forward.any(|hop| hop.at_source == source && !is_station(hop))
                    && !self.ours.contains(&self.end(source))
            }
        }
    }

    /// The packet as the request set out.
    pub fn first(&self) -> Option<Packet> {
        self.trace.forward.first().map(|hop| hop.before)
    }

    /// The address of an end, as the request set out with it.
    pub fn address(&self, source: bool) -> Option<IpAddr> {
        self.first().map(|packet| match source {
            true => packet.source_address,
            false => packet.destination_address,
        })
    }

    /// The sender's end of the question, or the receiver's.
    pub fn end(&self, source: bool) -> Endpoint {
        match source {
            true => self.flow.source,
            false => self.flow.destination,
        }
    }
}

/// Steps between hosts: routes, gateways, the subnets' ACLs, and hosts in between.
pub fn is_station(hop: &Hop) -> bool {
    hop.layer == Layer::Network
        || hop.via.is_some()
        || (hop.layer == Layer::Firewall && hop.component().kind.contains("NetworkAcl"))
}

/// Where the ends of a flow are: by their ids, else by the Region in which the packet came to their hosts.
pub(super) fn regions(world: &World, here: Region, flow: &Flow, trace: &Trace) -> [Region; 2] {
    let of = |end: Endpoint, source: bool| match end {
        Endpoint::Address(_) => {
            let mut forward = trace.forward.iter();
            forward
                .find(|hop| hop.at_source == source && !is_station(hop))
                .and_then(Hop::region)
        }
        _ => region_of_end(world, end),
    };
    [(flow.source, true), (flow.destination, false)].map(|(end, source)| of(end, source).unwrap_or(here))
}

/// Ends of a flow that are addresses of our own interfaces.
pub(super) fn ours(world: &World, region: Region, flow: &Flow) -> Vec<Endpoint> {
    let ends = [flow.source, flow.destination];
    ends.into_iter().filter(|end| is_ours(world, region, *end)).collect()
}

/// Whether an interface of this Region has an address.
fn is_ours(world: &World, region: Region, end: Endpoint) -> bool {
    let Some(ec2) = world.ec2(region) else { return false };
    match end {
        Endpoint::Address(IpAddr::V4(address)) => {
            let mut vpcs = ec2.vpcs.rows();
            ec2.by_public_address.get(&address).is_some()
                || vpcs.any(|vpc| ec2.by_private_address.get(&(vpc.id, address)).is_some())
        }
        Endpoint::Address(IpAddr::V6(address)) => ec2.by_ipv6_address.get(&address).is_some(),
        _ => false,
    }
}

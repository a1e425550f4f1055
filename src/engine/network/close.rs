//! "Close this path, harm no other": the smallest changes that block a path which works, and what else each would cost.
//! Every one that is offered has been made on a copy of the world, in exactly the form in which it is offered: the packet
//! has been sent again and has not arrived, and the surveys of before and after have been compared. What would open
//! anything is not offered.
//!
//! Each step of the request's way that lets it pass by a rule is tried in each of its styles (`closings`); where another rule
//! of the same place lets it pass as well, that one is blocked too. What stops only the answer, or only whoever listens,
//! does not close a path.

use super::closings::{self, Style, World as Whole};
use super::fixes::{self, Renderer, calls_of, flatten};
use super::outsiders::Outsiders;
use super::remedies::Candidate;
use super::step::{Step, What};
use super::survey::outside;
use super::survey::traffic::{Traffic, width, without};
use super::survey::{ON_PREMISES, Outside, Survey, survey_by_parts};
use super::what_if::{self, Change, Pairs, Part};
use super::words::Teller;
use super::{Disposition, Endpoint, Fix, Flow, INTERNET, disposition, ends, seats, walk};
use crate::base::limits::FIX_CHANGES;
use crate::catalog::Region;
use crate::engine::Engine;
use crate::world::compute::InstanceState;
use crate::world::{Ec2, World};
use std::net::IpAddr;
use stratus_model::sort;

/// Pairs whose harm is named; the others are counted.
pub const NAMED: usize = 200;

/// A change that blocks a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The calls, as commands and ready to make ([`fixes::apply`] makes them), and what they do.
    pub change: Fix,
    /// What others lose by it, by source, then destination, the first [`NAMED`] pairs that were found: empty = it harms no
    /// other. Pairs of a survey, all ports, the Internet part by part; and who else reaches the same destination, on the path's
    /// own port. Connections that a security group tracks go on until they end: see [`mod@super::connections`].
    pub harm: Vec<Change>,
    /// Pairs that lose what arrives where nothing listens today: nobody is harmed yet, and a change that leaves this open is
    /// the narrower one.
    pub unused: usize,
    /// An end is all of the Internet, and rules tell more parts of it apart than were asked: not for each it has been tried.
    pub cut: bool,
    pairs: usize,
    ports: u64,
}

impl Closing {
    /// How many pairs it harms.
    pub fn pairs(&self) -> usize {
        self.pairs
    }

    /// On how many ports, all pairs together (ICMP types and protocols without ports count as one).
    pub fn ports(&self) -> u64 {
        self.ports
    }
}

/// Changes that block a path, those first that harm the fewest other pairs, then the fewest ports; of equal ones the narrower,
/// then the shorter. None for a path that does not work. An end that is [`Endpoint::Internet`] stands for all of the Internet. `render` writes the
/// commands: the terminal's own writer, where there is one, else [`fixes::plain_command`].
pub fn search(engine: &Engine, world: &World, region: Region, flow: &Flow, render: Renderer) -> Vec<Closing> {
    let mut search = Search {
        engine,
        world,
        region,
        flow,
        whole: Whole {
            source: flow.source == Endpoint::Internet,
            destination: flow.destination == Endpoint::Internet,
        },
        own: None,
    };
    if !search.works(world) {
        return Vec::new();
    }
    let plans = search.plans();
    if plans.is_empty() {
        return Vec::new();
    }
    let survey = survey_by_parts(world, region);
    search.own = search.own_of(&survey);
    let others = search.others(world);
    let before = Reach { survey, others };
    let mut found: Vec<Closing> = (plans.iter())
        .filter_map(|plan| search.offer(plan, &before, render))
        .collect();
    sort::by_key(&mut found, |closing| {
        let calls = closing.change.calls.len();
        (closing.pairs(), closing.ports(), closing.unused, calls)
    });
    undominated(found)
}

/// Without those of which another does the same with no more calls and no other harm.
fn undominated(found: Vec<Closing>) -> Vec<Closing> {
    let mut kept: Vec<Closing> = Vec::new();
    for closing in found {
        let worse = |other: &Closing| {
            let calls = other.change.calls.len() < closing.change.calls.len();
            let same = other.change.calls == closing.change.calls;
            same || calls && !other.harm.is_empty() && other.harm == closing.harm
        };
        if !kept.iter().any(worse) {
            kept.push(closing);
        }
    }
    kept
}

struct Search<'a> {
    engine: &'a Engine,
    world: &'a World,
    region: Region,
    flow: &'a Flow,
    whole: Whole,
    /// The path as a pair of a survey, where it is one.
    own: Option<Own>,
}

/// A path as a pair of a survey.
struct Own {
    pair: (Endpoint, Endpoint),
    /// The address of the Internet that is meant; `None`: there is none at its ends, or all are.
    outside: Option<IpAddr>,
    traffic: Traffic,
}

impl Search<'_> {
    fn works(&self, world: &World) -> bool {
        disposition(world, self.region, self.flow) == Disposition::Delivered
    }

    /// Whether the request does not arrive any more: for all of the Internet, where that is an end.
    fn is_closed(&self, world: &World) -> bool {
        self.still_open(world).is_none()
    }

    /// A request that arrives all the same: the path's own, or where the Internet is an end, that of somebody else on it. Of
    /// all whom no rule tells apart one is asked.
    fn still_open(&self, world: &World) -> Option<Flow> {
        let open = |flow: &Flow| {
            let ends = disposition(world, self.region, flow);
            matches!(
                ends,
                Disposition::Delivered | Disposition::NotListening | Disposition::ReplyLost
            )
        };
        if open(self.flow) {
            return Some(*self.flow);
        }
        let (others, _) = self.outsiders(world)?;
        let mut flows = others.into_iter().map(|other| match self.whole.source {
            true => Flow {
                source: other,
                ..*self.flow
            },
            false => Flow {
                destination: other,
                ..*self.flow
            },
        });
        flows.find(open)
    }

    /// Who stands for the Internet where it is an end, and whether rules tell more parts of it apart.
    fn outsiders(&self, world: &World) -> Option<(Vec<Endpoint>, bool)> {
        if !(self.whole.source || self.whole.destination) {
            return None;
        }
        let anyone = match ends::is_ipv6(self.flow) {
            true => Outsiders::Block(outside::global().into()),
            false => Outsiders::Anyone,
        };
        Some(anyone.ends(world.ec2(self.region)?))
    }

    /// Every plan that closes the path, each without what it does not need.
    fn plans(&self) -> Vec<Vec<Candidate>> {
        let judgement = walk::judge(self.world, self.region, self.flow);
        let mut plans: Vec<Vec<Candidate>> = Vec::new();
        let mut seen: Vec<What> = Vec::new();
        for step in judgement.forward.iter().filter(|step| step.region.is_none()) {
            if seen.iter().any(|what| closings::same_place(what, &step.what)) {
                continue;
            }
            seen.push(step.what);
            for style in closings::styles(&step.what) {
                if let Some(plan) = self.plan(step, *style)
                    && !plans.contains(&plan)
                {
                    plans.push(plan);
                }
            }
        }
        plans
    }

    /// Blocks at one place in one style, rule after rule, until nothing gets through there.
    fn plan(&self, step: &Step, style: Style) -> Option<Vec<Candidate>> {
        let mut plan: Vec<Candidate> = Vec::new();
        let mut world = self.world.clone();
        let mut at = *step;
        while plan.len() < FIX_CHANGES {
            let teller = Teller::of(&world, self.region);
            // A rule that cannot be changed in this style has to go.
            let candidate = closings::at(&teller, self.whole, &at, style).or_else(|| {
                let rest = !plan.is_empty() && matches!(style, Style::Ports | Style::Others);
                rest.then(|| closings::at(&teller, self.whole, &at, Style::Revoke))?
            })?;
            let next = fixes::make(self.engine, self.region, &world, &candidate.calls, &mut Vec::new())?;
            plan.push(candidate);
            let Some(open) = self.still_open(&next) else {
                let (engine, region) = (self.engine, self.region);
                fixes::shorten(engine, region, self.world, &mut plan, |world| self.is_closed(world));
                return Some(plan);
            };
            let judgement = walk::judge(&next, self.region, &open);
            at = *(judgement.forward.iter()).find(|other| closings::same_place(&other.what, &step.what))?;
            world = next;
        }
        None
    }

    /// The plan as it is offered, if it closes the path in that form, and opens nothing.
    fn offer(&self, plan: &[Candidate], before: &Reach, render: Renderer) -> Option<Closing> {
        let mut answers = Vec::with_capacity(calls_of(plan));
        let after = fixes::make(self.engine, self.region, self.world, &flatten(plan), &mut answers)?;
        if !self.is_closed(&after) {
            return None;
        }
        let cost = before.cost(&Reach::of(self, &after), self)?;
        let change = fixes::written(self.region, plan, &answers, render)?;
        Some(Closing {
            change,
            harm: cost.named,
            unused: cost.unused,
            cut: self.outsiders(&after).is_some_and(|(_, cut)| cut),
            pairs: cost.pairs,
            ports: cost.ports,
        })
    }

    /// The path as a pair of this survey, where it is one.
    fn own_of(&self, survey: &Survey) -> Option<Own> {
        let own = seats::pair_of(self.world, self.region, self.flow)?;
        // Where parts are not told apart, an address speaks for all: by IPv6 any, by IPv4 one.
        let on_premises = [own.source, own.destination].contains(&ON_PREMISES);
        let cut = survey.is_cut(match on_premises {
            true => Outside::Premises,
            false => Outside::internet(ends::is_ipv6(self.flow)),
        });
        let speaks = |address| matches!(address, IpAddr::V6(_) | IpAddr::V4(INTERNET));
        let known = !cut || own.outside.is_none_or(speaks);
        known.then(|| Own {
            pair: (own.source, own.destination),
            outside: own
                .outside
                .filter(|_| !cut && !self.whole.source && !self.whole.destination),
            traffic: ends::as_surveyed(self.flow),
        })
    }

    /// Flows of others that a survey does not ask for: to the same destination, where that is no machine of the account, or
    /// from the same source.
    fn others(&self, world: &World) -> Vec<(Flow, bool)> {
        if self.own.is_some() {
            return Vec::new();
        }
        let unused = Ec2::default();
        let ec2 = world.ec2(self.region).unwrap_or(&unused);
        let Ok(question) = ends::resolve(self.world, ec2, self.flow) else {
            return Vec::new();
        };
        let packet = question.packet;
        let known = |interface, address| seats::end_of(ec2, interface, address, true).is_some();
        let sends = match question.start {
            ends::Start::Inside(interface) => known(interface, packet.source_address),
            ends::Start::Outside => self.flow.source == Endpoint::Internet,
        };
        let receives = match question.target {
            Some(interface) => known(interface, packet.destination_address),
            None => self.flow.destination == Endpoint::Internet,
        };
        let running = ec2.instances.rows().filter(|row| row.state == InstanceState::Running);
        let mut flows = Vec::new();
        for id in running.map(|row| row.id) {
            let end = Endpoint::Instance(id);
            if !receives {
                flows.push(Flow {
                    source: end,
                    ..*self.flow
                });
            }
            if !sends {
                flows.push(Flow {
                    destination: end,
                    ..*self.flow
                });
            }
        }
        let arrives = |flow: &Flow| disposition(world, self.region, flow) == Disposition::Delivered;
        let packet = |flow: &Flow| Some(ends::resolve(world, ec2, flow).ok()?.packet);
        let own = packet(self.flow);
        flows.retain(|flow| packet(flow) != own);
        flows.into_iter().map(|flow| (flow, arrives(&flow))).collect()
    }
}

/// What gets through in a world.
struct Reach {
    survey: Survey,
    others: Vec<(Flow, bool)>,
}

impl Reach {
    fn of(search: &Search<'_>, world: &World) -> Reach {
        Reach {
            survey: survey_by_parts(world, search.region),
            others: search.others(world),
        }
    }

    /// What others lose; `None` where anybody gains.
    fn cost(&self, after: &Reach, search: &Search<'_>) -> Option<Cost> {
        let (mut cost, mut gains) = (Cost::default(), false);
        what_if::each(
            &self.survey,
            &after.survey,
            |found| &found.delivered,
            |pairs, (gained, lost)| {
                gains |= !gained.is_empty();
                if !lost.is_empty() {
                    cost.lose(pairs, lost, search.own.as_ref());
                }
            },
        );
        if gains {
            return None;
        }
        for ((flow, was), (_, is)) in self.others.iter().zip(&after.others) {
            match (was, is) {
                (true, false) => {
                    let lost = ends::as_surveyed(flow);
                    cost.tell((flow.source, flow.destination), Part::All, vec![lost]);
                }
                (false, true) => return None,
                _ => {}
            }
        }
        sort::sort(&mut cost.named);
        cost.named.truncate(NAMED);
        what_if::each(
            &self.survey,
            &after.survey,
            |found| &found.unheard,
            |pairs, (_, lost)| {
                cost.unused += if lost.is_empty() { 0 } else { pairs.count() };
            },
        );
        Some(cost)
    }
}

/// What others lose.
#[derive(Default)]
struct Cost {
    pairs: usize,
    ports: u64,
    named: Vec<Change>,
    unused: usize,
}

impl Cost {
    /// What pairs lose that is not the path itself.
    fn lose(&mut self, pairs: &Pairs<'_>, lost: &[Traffic], own: Option<&Own>) {
        let met = |own: &&Own| pairs.holds(own.pair) && own.outside.is_none_or(|address| pairs.part().holds(address));
        let own = own.filter(met);
        let count = pairs.count() - usize::from(own.is_some());
        self.pairs += count;
        self.ports += count as u64 * width(lost);
        let room = NAMED.saturating_sub(self.named.len());
        let others = pairs.iter().filter(|pair| own.is_none_or(|own| *pair != own.pair));
        let others = others.map(|pair| changed(pair, pairs.part().clone(), lost.to_vec()));
        self.named.extend(others.take(room));
        let Some(own) = own else { return };
        let rest = without(lost, &[own.traffic]);
        match own.outside {
            // Of the same part of the Internet others lose as much.
            Some(address) if pairs.addresses() > 1 => {
                let part = pairs.part();
                let part = if rest.is_empty() {
                    part.without(address)
                } else {
                    part.clone()
                };
                self.tell(own.pair, part, lost.to_vec());
            }
            _ if rest.is_empty() => {}
            _ => self.tell(own.pair, pairs.part().clone(), rest),
        }
    }

    /// One more pair.
    fn tell(&mut self, pair: (Endpoint, Endpoint), part: Part, lost: Vec<Traffic>) {
        self.pairs += 1;
        self.ports += width(&lost);
        self.named.push(changed(pair, part, lost));
    }
}

fn changed((source, destination): (Endpoint, Endpoint), part: Part, traffic: Vec<Traffic>) -> Change {
    Change {
        source,
        destination,
        part,
        traffic,
    }
}

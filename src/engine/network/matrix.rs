//! The matrix: who reaches whom on one port, between groups of a Region's instances, the nodes of its load balancers and
//! the Internet, and what has changed since another moment. It counts pairs that [`super::reachability`] and [`super::disposition`] have judged, so
//! that a cell never says anything else than the path that opens from it. The Internet is anyone on it, or whom one names
//! ([`Outsiders`]): open is what is open to any of them. Terminated instances are left out.

use super::fronts::{self, Apart};
use super::outsiders::{Met, Outsiders};
use super::seats;
use super::{Disposition, Endpoint, Flow, Reachability, disposition, ends, reachability};
use crate::base::ids::{InstanceId, NetworkInterfaceId, ResourceId, SubnetId};
use crate::catalog::Region;
use crate::world::compute::{Instance, InstanceState};
use crate::world::{Ec2, World};
use std::collections::{BTreeMap, BTreeSet};
use stratus_model::sort;

/// What stands in a row, and in a column, together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Every instance by itself.
    Instance,
    /// Instances of a subnet.
    Subnet,
    /// Instances whose primary interfaces have the same security groups.
    SecurityGroups,
    /// Instances of a VPC.
    Vpc,
    /// Instances with the same value of this tag.
    Tag(String),
}

/// A row and a column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub label: String,
    /// What makes it this one, also where another is called the same and in the matrix of another moment.
    pub key: String,
    /// The ends in it: instances by name, then id; or the nodes of a load balancer; or the Internet alone.
    pub members: Vec<Endpoint>,
    /// The load balancer whose nodes these are.
    pub balancer: Option<ResourceId>,
    /// The number of its first end: ends are numbered in the order of the groups.
    first: usize,
}

/// From one group to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Ordered pairs of different ends.
    pub pairs: usize,
    /// Of these, how many are delivered and answered.
    pub reached: usize,
    /// Of these, how many are for a part of the outsiders only.
    pub partly: usize,
    /// Pairs that are reached and were not at the other moment.
    pub gained: usize,
    /// Pairs that were reached at the other moment and are not.
    pub lost: usize,
    /// How the pairs that are not reached end: each disposition with its number, the most frequent first.
    pub ends: Vec<(Disposition, usize)>,
}

/// A pair of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Who sends.
    pub source: Endpoint,
    /// To whom.
    pub destination: Endpoint,
    /// How it ends.
    pub now: Disposition,
    /// An end stands for outsiders, and it is delivered for a part of them only.
    pub partly: bool,
    /// What has become of it since the other moment. An end that was not there was not reached.
    pub change: Option<Change>,
}

/// What has become of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is reached, and was not.
    Gained,
    /// It was reached, and is not.
    Lost,
}

impl Pair {
    /// Delivered and answered.
    pub fn is_reached(&self) -> bool {
        self.now == Disposition::Delivered
    }
}

/// Who reaches whom.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// Rows and columns: the Internet, load balancers, then the groups by label.
    pub groups: Vec<Group>,
    /// Instances that the Internet reaches through a load balancer whose listener has this port, with that one.
    pub behind: Vec<(ResourceId, InstanceId)>,
    /// Rules tell more parts of the outsiders apart than were asked for.
    pub cut: bool,
    gone: usize,
    now: Judged,
    then: Option<Judged>,
}

impl Matrix {
    /// The cell from a group to a group, by their places in `groups`. Counted when asked: of a thousand groups nobody
    /// looks at a million cells.
    pub fn cell(&self, from: usize, to: usize) -> Option<Cell> {
        let both = from < self.groups.len() && to < self.groups.len();
        both.then(|| sum(self.pairs(from, to)))
    }

    /// All cells together.
    pub fn total(&self) -> Cell {
        let count = self.groups.len();
        let places = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
        sum(places.flat_map(|(from, to)| self.pairs(from, to)))
    }

    /// What the Internet reaches of the instances.
    pub fn open(&self) -> Cell {
        let places = (1..).zip(self.groups.iter().skip(1));
        let instances = places.filter(|(_, group)| group.balancer.is_none());
        sum(instances.flat_map(|(to, _)| self.pairs(0, to)))
    }

    /// Instances that were there at the other moment, and are not any more.
    pub fn gone(&self) -> usize {
        self.gone
    }

    /// The pairs of a cell, sources first in the groups' order.
    pub fn pairs(&self, from: usize, to: usize) -> impl Iterator<Item = Pair> + '_ {
        let members = |at: usize| {
            let group = self.groups.get(at);
            group.into_iter().flat_map(|group| (group.first..).zip(&group.members))
        };
        members(from).flat_map(move |(source, sends)| {
            let others = members(to).filter(move |(destination, _)| *destination != source);
            others.map(move |(destination, receives)| {
                let now = self.now.between(source, destination);
                let then = self.then.as_ref().map(|then| then.between(source, destination));
                let met = self.now.met(source, destination);
                let stands_for = |own: usize, end: &Endpoint| match (own, met) {
                    (0, Some(met)) => met.end,
                    _ => *end,
                };
                let delivered = Some(Disposition::Delivered);
                Pair {
                    source: stands_for(source, sends),
                    destination: stands_for(destination, receives),
                    now: now.unwrap_or(Disposition::Unknown),
                    partly: met.is_some_and(|met| met.partly),
                    change: match (now == delivered, then.map(|then| then == delivered)) {
                        (true, Some(false)) => Some(Change::Gained),
                        (false, Some(true)) => Some(Change::Lost),
                        _ => None,
                    },
                }
            })
        })
    }
}

fn sum(pairs: impl Iterator<Item = Pair>) -> Cell {
    let mut cell = Cell::default();
    for pair in pairs {
        cell.pairs += 1;
        if pair.is_reached() {
            cell.reached += 1;
            cell.partly += usize::from(pair.partly);
        } else if let Some((_, number)) = cell.ends.iter_mut().find(|(end, _)| *end == pair.now) {
            *number += 1;
        } else {
            cell.ends.push((pair.now, 1));
        }
        cell.gained += usize::from(pair.change == Some(Change::Gained));
        cell.lost += usize::from(pair.change == Some(Change::Lost));
    }
    sort::by_key(&mut cell.ends, |(end, number)| (usize::MAX - number, end.name()));
    cell
}

/// What is judged of one moment, for each end by its number.
#[derive(Clone, Debug)]
struct Judged {
    inside: Reachability,
    /// Of an instance that is there: its place in `inside`, how a flow from the outsiders ends, and one to them.
    there: Vec<Option<(usize, Met, Met)>>,
    /// Of each node of a load balancer that is there, by its number: how a flow from each end to it ends, and one from it.
    nodes: BTreeMap<usize, Vec<(Met, Met)>>,
    /// Who stands for the outsiders.
    outside: Vec<Endpoint>,
    /// Rules tell more parts of the outsiders apart than were asked for.
    cut: bool,
}

impl Judged {
    fn new(
        world: &World,
        region: Region,
        (protocol, port): (u8, u16),
        outsiders: &Outsiders,
        ends: &[Endpoint],
    ) -> Judged {
        let inside = reachability(world, region, protocol, port);
        let unused = Ec2::default();
        let (outside, cut) = outsiders.ends(world.ec2(region).unwrap_or(&unused));
        let judge = |source, destination| {
            let flow = Flow {
                source,
                destination,
                protocol,
                port,
            };
            disposition(world, region, &flow)
        };
        // Of outsiders all are asked.
        let ask = |source, destination| match (source, destination) {
            (Endpoint::Internet, other) => Met::of(&outside, |end| judge(end, other)),
            (other, Endpoint::Internet) => Met::of(&outside, |end| judge(other, end)),
            (source, destination) => Met::of(&[source], |end| judge(end, destination)),
        };
        // Classes know nothing of IPv6 addresses, nor of others than primary ones.
        let ec2 = world.ec2(region);
        let mut known: BTreeMap<usize, (Met, Met)> = BTreeMap::new();
        let mut look = |end: &Endpoint| {
            let Endpoint::Instance(id) = end else { return None };
            let place = inside.instances.binary_search(id).ok()?;
            if !is_there(world, region, *id) {
                return None;
            }
            let both = || (ask(Endpoint::Internet, *end), ask(*end, Endpoint::Internet));
            let of_class = !outsiders.is_ipv6() && ec2.is_none_or(|ec2| seats::public_end(ec2, *id).is_none());
            let (inward, outward) = match inside.class_of(place).filter(|_| of_class) {
                Some(class) => *known.entry(class).or_insert_with(both),
                None => both(),
            };
            Some((place, inward, outward))
        };
        let there = ends.iter().map(&mut look).collect();
        let mut judged = Judged {
            inside,
            there,
            nodes: BTreeMap::new(),
            outside: Vec::new(),
            cut,
        };
        judged.look_at_nodes(world, region, ends, &ask);
        judged.outside = outside;
        judged
    }

    /// Judges the flows to and from nodes of load balancers: one for all instances of a class, but for those that a load
    /// balancer tells apart.
    fn look_at_nodes(
        &mut self,
        world: &World,
        region: Region,
        ends: &[Endpoint],
        ask: &dyn Fn(Endpoint, Endpoint) -> Met,
    ) {
        let Some(ec2) = world.ec2(region).filter(|ec2| !ec2.balancing.by_interface.is_empty()) else {
            return;
        };
        let apart = Apart::of(ec2);
        for (number, node) in ends.iter().enumerate() {
            let is_node = |id: &NetworkInterfaceId| ec2.balancing.by_interface.contains(id);
            if !matches!(node, Endpoint::Interface(id) if is_node(id)) {
                continue;
            }
            let mut known: BTreeMap<usize, (Met, Met)> = BTreeMap::new();
            let mut both = |(number, end): (usize, &Endpoint)| {
                let look = || (ask(*end, *node), ask(*node, *end));
                let place = self.there.get(number).copied().flatten().map(|(place, ..)| place);
                match (*end, place.and_then(|place| self.inside.class_of(place))) {
                    (Endpoint::Instance(id), Some(class)) if !apart.tells(id) => {
                        *known.entry(class).or_insert_with(look)
                    }
                    _ => look(),
                }
            };
            let judged = ends.iter().enumerate().map(&mut both).collect();
            self.nodes.insert(number, judged);
        }
    }

    /// Whether an end is there. The outsiders have number 0.
    fn is_there(&self, end: usize) -> bool {
        end == 0 || self.nodes.contains_key(&end) || self.there.get(end).is_some_and(Option::is_some)
    }

    /// How a pair ends of which one is outside, or a node of a load balancer; `None` for others, and where an end is not
    /// there.
    fn met(&self, source: usize, destination: usize) -> Option<Met> {
        let there = |end: usize| self.there.get(end).copied().flatten();
        if let Some(judged) = self.nodes.get(&destination) {
            return judged.get(source).filter(|_| self.is_there(source)).map(|both| both.0);
        }
        if let Some(judged) = self.nodes.get(&source) {
            return judged
                .get(destination)
                .filter(|_| self.is_there(destination))
                .map(|both| both.1);
        }
        match (source, destination) {
            (0, 0) => None,
            (0, to) => Some(there(to)?.1),
            (from, 0) => Some(there(from)?.2),
            _ => None,
        }
    }

    /// How a pair ends; `None` where an end is not there.
    fn between(&self, source: usize, destination: usize) -> Option<Disposition> {
        if let Some(met) = self.met(source, destination) {
            return Some(met.disposition);
        }
        let place = |end: usize| Some(self.there.get(end).copied().flatten()?.0);
        Some(self.inside.between(place(source)?, place(destination)?))
    }
}

/// Whether there is such an instance, and it is not terminated.
fn is_there(world: &World, region: Region, id: InstanceId) -> bool {
    let instance = world.ec2(region).and_then(|ec2| ec2.instances.get(&id));
    instance.is_some_and(|instance| instance.state != InstanceState::Terminated)
}

/// Asks for every pair of a Region's instances, and for outsiders as either end, whether a flow of this protocol to this
/// port (as in [`Flow`]) arrives and is answered. `then`: the world at another moment, to compare with.
pub fn matrix(
    world: &World,
    region: Region,
    flow: (u8, u16),
    outsiders: &Outsiders,
    grouping: &Grouping,
    then: Option<&World>,
) -> Matrix {
    let mut groups = groups(world, region, grouping);
    let ends: Vec<Endpoint> = groups.iter().flat_map(|group| group.members.iter().copied()).collect();
    if let Some(outside) = groups.first_mut() {
        outside.label = outsiders.to_string();
    }
    let judge = |world: &World| Judged::new(world, region, flow, outsiders, &ends);
    let (now, then_judged) = (judge(world), then.map(judge));
    let gone = then.zip(then_judged.as_ref()).map_or(0, |(then, judged)| {
        let left = |id: &&InstanceId| is_there(then, region, **id) && !is_there(world, region, **id);
        judged.inside.instances.iter().filter(left).count()
    });
    Matrix {
        behind: behind(world, region, flow, &now.outside),
        cut: now.cut,
        groups,
        gone,
        now,
        then: then_judged,
    }
}

/// Instances that outsiders reach through a load balancer, each with that one.
fn behind(world: &World, region: Region, flow: (u8, u16), outside: &[Endpoint]) -> Vec<(ResourceId, InstanceId)> {
    if world.ec2(region).is_none_or(|ec2| ec2.balancing.is_empty()) {
        return Vec::new();
    }
    let all = outside
        .iter()
        .flat_map(|end| fronts::reached(world, region, *end, flow));
    let all: BTreeSet<(ResourceId, InstanceId)> = all.collect();
    all.into_iter().collect()
}

/// The Internet, the nodes of each load balancer, and the instances in their groups.
pub fn groups(world: &World, region: Region, grouping: &Grouping) -> Vec<Group> {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    let name = |id: ResourceId| world.label(region, id);
    // By what makes the group one, with what it is called: two subnets of one name stay two.
    let mut found: BTreeMap<(String, String), Vec<(String, InstanceId)>> = BTreeMap::new();
    for instance in ec2.instances.rows() {
        if instance.state == InstanceState::Terminated {
            continue;
        }
        let key = match grouping {
            Grouping::Instance => (name(instance.id.into()), instance.id.to_string()),
            Grouping::Subnet => (
                subnet_label(world, region, instance.subnet),
                instance.subnet.to_string(),
            ),
            Grouping::Vpc => (name(instance.vpc.into()), instance.vpc.to_string()),
            Grouping::Tag(tag) => {
                let label = tag_label(world, region, instance, tag);
                (label.clone(), label)
            }
            Grouping::SecurityGroups => groups_label(world, region, ec2, instance),
        };
        let members = found.entry(key).or_default();
        members.push((name(instance.id.into()), instance.id));
    }
    let mut next = 1;
    let mut fronts = fronts::fronts(ec2);
    sort::by_key(&mut fronts, |front| front.name.clone());
    let balancers: Vec<Group> = fronts
        .into_iter()
        .map(|front| {
            let first = next;
            next += front.nodes.len();
            Group {
                label: format!("{} · load balancer", front.name),
                key: front.id.to_string(),
                members: front.nodes.into_iter().map(Endpoint::Interface).collect(),
                balancer: Some(front.id),
                first,
            }
        })
        .collect();
    let inside = found.into_iter().map(|((label, key), mut members)| {
        sort::sort(&mut members);
        let first = next;
        next += members.len();
        Group {
            label,
            key,
            members: members.into_iter().map(|(_, id)| Endpoint::Instance(id)).collect(),
            balancer: None,
            first,
        }
    });
    let internet = Group {
        label: "The Internet".into(),
        key: "internet".into(),
        members: vec![Endpoint::Internet],
        balancer: None,
        first: 0,
    };
    std::iter::once(internet).chain(balancers).chain(inside).collect()
}

/// A subnet's name and block; its zone where it has no name.
fn subnet_label(world: &World, region: Region, id: SubnetId) -> String {
    let label = world.label(region, id.into());
    match world.ec2(region).and_then(|ec2| ec2.subnets.get(&id)) {
        Some(subnet) if label == id.to_string() => format!("{} · {}", subnet.zone.name(), subnet.cidr),
        Some(subnet) => format!("{label} · {}", subnet.cidr),
        None => label,
    }
}

fn tag_label(world: &World, region: Region, instance: &Instance, tag: &str) -> String {
    let value = world.tags(region, instance.id.into()).and_then(|tags| tags.get(tag));
    value.map_or_else(|| format!("without the tag {tag}"), |value| format!("{tag} = {value}"))
}

fn groups_label(world: &World, region: Region, ec2: &Ec2, instance: &Instance) -> (String, String) {
    let Some(interface) = ends::primary(ec2, instance.id) else {
        return ("no security group".into(), String::new());
    };
    let mut ids = interface.groups.to_vec();
    sort::sort(&mut ids);
    let names: Vec<String> = ids.iter().map(|id| world.label(region, (*id).into())).collect();
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    (names.join(" + "), ids.join(" "))
}

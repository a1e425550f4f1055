//! The matrix: who reaches whom on one port, between groups of a Region's instances and the Internet, and what has
//! changed since another moment. It counts pairs that [`super::reachability`] and [`super::disposition`] have judged, so
//! that a cell never says anything else than the path that opens from it. Terminated instances are left out.

use super::{Disposition, Endpoint, Flow, Reachability, disposition, ends, reachability};
use crate::base::ids::{InstanceId, ResourceId, SubnetId};
use crate::catalog::Region;
use crate::world::compute::{Instance, InstanceState};
use crate::world::{Ec2, World};
use std::collections::BTreeMap;
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
    /// The ends in it: instances by name, then id; or the Internet alone.
    pub members: Vec<Endpoint>,
}

/// From one group to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Ordered pairs of different ends.
    pub pairs: usize,
    /// Of these, how many are delivered and answered.
    pub reached: usize,
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
    /// How it ended at the other moment; `None` without one, or where an end was not there.
    pub then: Option<Disposition>,
}

impl Pair {
    /// Delivered and answered.
    pub fn is_reached(&self) -> bool {
        self.now == Disposition::Delivered
    }
    /// The same, at the other moment.
    pub fn was_reached(&self) -> bool {
        self.then == Some(Disposition::Delivered)
    }
}

/// Who reaches whom.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// Rows and columns: the Internet, then the groups by label.
    pub groups: Vec<Group>,
    /// Cells, row by row: from the row's group to the column's.
    cells: Vec<Cell>,
    now: Judged,
    then: Option<Judged>,
}

impl Matrix {
    /// The cell from a group to a group, by their places in `groups`.
    pub fn cell(&self, from: usize, to: usize) -> Option<&Cell> {
        (to < self.groups.len()).then(|| self.cells.get(from * self.groups.len() + to))?
    }

    /// The pairs of a cell, sources first in the groups' order.
    pub fn pairs(&self, from: usize, to: usize) -> impl Iterator<Item = Pair> + '_ {
        let members = |at: usize| self.groups.get(at).map_or(&[][..], |group| &group.members[..]);
        let (sources, destinations) = (members(from), members(to));
        let compared = self.then.is_some();
        sources.iter().flat_map(move |source| {
            let others = destinations.iter().filter(move |other| *other != source);
            others.map(move |destination| Pair {
                source: *source,
                destination: *destination,
                now: self.now.between(*source, *destination).unwrap_or(Disposition::Unknown),
                then: match compared {
                    true => self.then.as_ref().and_then(|then| then.between(*source, *destination)),
                    false => None,
                },
            })
        })
    }

    /// Instances that were there at the other moment, and are not any more.
    pub fn gone(&self) -> usize {
        let there = |id: &InstanceId| self.now.place.contains_key(id);
        let then = self.then.as_ref();
        then.map_or(0, |then| then.place.keys().filter(|id| !there(id)).count())
    }
}

/// What is judged of one moment.
#[derive(Clone, Debug)]
struct Judged {
    inside: Reachability,
    /// Places in `inside` of all that are not terminated.
    place: BTreeMap<InstanceId, usize>,
    /// From the Internet, and to it.
    outside: BTreeMap<InstanceId, (Disposition, Disposition)>,
}

impl Judged {
    fn new(world: &World, region: Region, protocol: u8, port: u16) -> Judged {
        let inside = reachability(world, region, protocol, port);
        let there = |id: &InstanceId| {
            let instance = world.ec2(region).and_then(|ec2| ec2.instances.get(id));
            instance.is_some_and(|instance| instance.state != InstanceState::Terminated)
        };
        let places = inside.instances.iter().enumerate();
        let place: BTreeMap<_, _> = places.filter(|(_, id)| there(id)).map(|(at, id)| (*id, at)).collect();
        let ask = |source, destination| {
            let flow = Flow {
                source,
                destination,
                protocol,
                port,
            };
            disposition(world, region, &flow)
        };
        let both = |id: &InstanceId| {
            let own = Endpoint::Instance(*id);
            (*id, (ask(Endpoint::Internet, own), ask(own, Endpoint::Internet)))
        };
        let outside = place.keys().map(both).collect();
        Judged { inside, place, outside }
    }

    /// How a pair ends; `None` where an end is not there.
    fn between(&self, source: Endpoint, destination: Endpoint) -> Option<Disposition> {
        match (source, destination) {
            (Endpoint::Instance(from), Endpoint::Instance(to)) => {
                let (from, to) = (self.place.get(&from)?, self.place.get(&to)?);
                Some(self.inside.between(*from, *to))
            }
            (Endpoint::Internet, Endpoint::Instance(to)) => Some(self.outside.get(&to)?.0),
            (Endpoint::Instance(from), Endpoint::Internet) => Some(self.outside.get(&from)?.1),
            _ => None,
        }
    }
}

/// Asks for every pair of a Region's instances, and for the Internet as either end, whether a flow of this protocol to
/// this port (as in [`Flow`]) arrives and is answered. `then`: the world at another moment, to compare with.
pub fn matrix(
    world: &World,
    region: Region,
    (protocol, port): (u8, u16),
    grouping: &Grouping,
    then: Option<&World>,
) -> Matrix {
    let mut matrix = Matrix {
        groups: groups(world, region, grouping),
        cells: Vec::new(),
        now: Judged::new(world, region, protocol, port),
        then: then.map(|then| Judged::new(then, region, protocol, port)),
    };
    let count = matrix.groups.len();
    let places = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
    matrix.cells = places
        .map(|(from, to)| sum(matrix.pairs(from, to), matrix.then.is_some()))
        .collect();
    matrix
}

fn sum(pairs: impl Iterator<Item = Pair>, compared: bool) -> Cell {
    let mut cell = Cell::default();
    for pair in pairs {
        cell.pairs += 1;
        if pair.is_reached() {
            cell.reached += 1;
        } else if let Some((_, number)) = cell.ends.iter_mut().find(|(end, _)| *end == pair.now) {
            *number += 1;
        } else {
            cell.ends.push((pair.now, 1));
        }
        if compared && pair.is_reached() != pair.was_reached() {
            *(if pair.is_reached() {
                &mut cell.gained
            } else {
                &mut cell.lost
            }) += 1;
        }
    }
    sort::by_key(&mut cell.ends, |(end, number)| (usize::MAX - number, end.name()));
    cell
}

/// The Internet, and the instances in their groups.
fn groups(world: &World, region: Region, grouping: &Grouping) -> Vec<Group> {
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
            Grouping::Tag(tag) => (tag_label(world, region, instance, tag), String::new()),
            Grouping::SecurityGroups => groups_label(world, region, ec2, instance),
        };
        let members = found.entry(key).or_default();
        members.push((name(instance.id.into()), instance.id));
    }
    let inside = found.into_iter().map(|((label, _), mut members)| {
        sort::sort(&mut members);
        let members = members.into_iter().map(|(_, id)| Endpoint::Instance(id)).collect();
        Group { label, members }
    });
    let internet = Group {
        label: "The Internet".into(),
        members: vec![Endpoint::Internet],
    };
    std::iter::once(internet).chain(inside).collect()
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

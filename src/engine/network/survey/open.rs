//! What is open to the world: to the whole Internet, and what besides is open to a part of it, told as that part's blocks.

use super::asker::Asker;
use super::outside::{self, Part, Range, blocks};
use super::traffic::without;
use super::{Found, INTERNET_BY_IPV6, Survey, Ways};
use crate::base::ids::{InstanceId, NetworkInterfaceId};
use crate::network::{Endpoint, INTERNET};
use crate::world::Ec2;
use std::collections::BTreeMap;

/// From where something is open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The whole Internet by IPv4: what is private, a VPC's or on premises is not of it.
    Everywhere,
    /// These blocks of it, the fewest that it takes.
    Blocks(Vec<String>),
    /// The Internet by IPv6: one address of it ([`super::super::INTERNET_IPV6`]) stands for all.
    Ipv6,
}

/// What of an instance is open to the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The instance.
    pub instance: InstanceId,
    /// The end to which packets are sent: the instance by its primary or its first IPv6 address, or another of its addresses.
    pub end: Endpoint,
    /// From where.
    pub from: Origin,
    /// What gets in: from blocks, what does not get in from everywhere.
    pub found: Found,
}

/// The Internet by IPv4, in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct World4 {
    parts: Vec<(Part, Vec<u32>)>,
    /// To nodes of load balancers, part by part.
    nodes: BTreeMap<NetworkInterfaceId, Vec<u32>>,
    /// There are more parts than are asked for, so that nothing can be said of all.
    cut: bool,
}

impl World4 {
    /// The parts, and for each the ways of so many classes, of which nothing is known yet.
    pub fn of(ec2: &Ec2, classes: usize) -> World4 {
        let found = outside::everywhere(ec2, &outside::told_apart(ec2));
        World4 {
            parts: found.parts.into_iter().map(|part| (part, vec![0; classes])).collect(),
            nodes: BTreeMap::new(),
            cut: found.cut,
        }
    }

    /// Ways to a class, part by part.
    fn of_class(&self, class: usize) -> impl Iterator<Item = u32> + Clone + '_ {
        let parts = self.parts.iter();
        parts.map(move |(_, ways)| ways.get(class).copied().unwrap_or_default())
    }

    /// Asks for the classes of one surroundings, whose ways from the Internet's own address are known.
    pub fn ask(&mut self, asker: &mut Asker<'_, '_>, place: &[usize], known: &[Ways]) {
        for (part, ways) in &mut self.parts {
            if part.at != INTERNET {
                asker.come_from(place, part.at, ways);
                continue;
            }
            for class in place {
                if let (Some(way), Some(known)) = (ways.get_mut(*class), known.get(*class)) {
                    *way = known.inward;
                }
            }
        }
    }

    /// Asks for a node of a load balancer that listens on these ports; what gets there from the Internet's own address is
    /// known.
    pub fn ask_node(&mut self, asker: &mut Asker<'_, '_>, node: NetworkInterfaceId, points: &[(u8, u16)], known: u32) {
        let ways = self.parts.iter().map(|(part, _)| match part.at == INTERNET {
            true => known,
            false => asker.towards_node(Endpoint::Address(part.at.into()), node, points),
        });
        self.nodes.insert(node, ways.collect());
    }
}

/// What of a node of a load balancer is open to the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNode {
    /// The node.
    pub node: NetworkInterfaceId,
    /// From where.
    pub from: Origin,
    /// What gets in: from blocks, what does not get in from everywhere.
    pub found: Found,
}

impl Survey {
    /// Whether it has asked for each part of the Internet, and there were not more than are asked for.
    pub(in super::super) fn has_parts(&self) -> bool {
        !self.world.cut && !self.world.parts.is_empty()
    }

    /// Whether rules tell more parts of the Internet apart than were asked for.
    pub(in super::super) fn is_cut(&self) -> bool {
        self.world.cut
    }

    /// What gets to an end by IPv4 from each part of the Internet, sorted by it: places in what is found. Nothing of an end that
    /// it does not know.
    pub(in super::super) fn let_in_by_part(&self, end: Endpoint) -> Vec<(Range, u32)> {
        let node = match end {
            Endpoint::Interface(id) => self.world.nodes.get(&id),
            _ => None,
        };
        let ways: Vec<u32> = match (node, self.class_of(end)) {
            (Some(ways), _) => ways.clone(),
            (None, Some(class)) => self.world.of_class(class).collect(),
            (None, None) => return Vec::new(),
        };
        let parts = self.world.parts.iter();
        let ranges = parts
            .zip(ways)
            .flat_map(|((part, _), way)| part.ranges.iter().map(move |range| (*range, way)));
        let mut ranges: Vec<(Range, u32)> = ranges.collect();
        ranges.sort_unstable();
        ranges
    }

    /// See [`super::open_to_world`]: of a survey that asked for each part.
    pub(super) fn open(&self) -> Vec<Open> {
        let count = self.ipv4.ends.len();
        let classes: Vec<Vec<(Origin, Found)>> = (0..count)
            .map(|class| self.open_by(self.world.of_class(class)))
            .collect();
        let mut open = Vec::new();
        for (end, instance, class) in self.ipv4.seats() {
            let ways = classes.get(class).into_iter().flatten().cloned();
            open.extend(ways.map(|(from, found)| Open {
                instance,
                end,
                from,
                found,
            }));
        }
        for (end, instance, _) in self.ipv6.seats() {
            let found = self.between(INTERNET_BY_IPV6, end).clone();
            if !found.is_empty() {
                open.push(Open {
                    instance,
                    end: self.as_instance(end, instance),
                    from: Origin::Ipv6,
                    found,
                });
            }
        }
        stratus_model::sort::by_key(&mut open, |open| (open.instance, open.end));
        open
    }

    /// Nodes of load balancers at which something arrives from the Internet, likewise: of a survey that asked for each part.
    pub(super) fn open_nodes(&self) -> Vec<OpenNode> {
        let mut open = Vec::new();
        for (node, places) in &self.world.nodes {
            let ipv6 = self.between(INTERNET_BY_IPV6, Endpoint::Interface(*node));
            let ipv6 = (!ipv6.is_empty()).then(|| (Origin::Ipv6, ipv6.clone()));
            let ways = self.open_by(places.iter().copied()).into_iter().chain(ipv6);
            open.extend(ways.map(|(from, found)| OpenNode {
                node: *node,
                from,
                found,
            }));
        }
        open
    }

    /// What is open by IPv4 to an end to which these ways lead, part by part.
    fn open_by(&self, ways: impl Iterator<Item = u32> + Clone) -> Vec<(Origin, Found)> {
        let parts = self.world.parts.iter().zip(ways);
        let parts = parts.map(|((part, _), way)| (part, self.at(way)));
        let whole = match self.world.cut {
            true => None,
            false => parts
                .clone()
                .map(|(_, found)| found.clone())
                .reduce(|all, found| all.common(&found)),
        };
        let whole = whole.unwrap_or_default();
        let mut rest: BTreeMap<Found, Vec<Range>> = BTreeMap::new();
        for (part, found) in parts {
            let found = found.less(&whole);
            if !found.is_empty() {
                rest.entry(found).or_default().extend(&part.ranges);
            }
        }
        let rest = rest
            .into_iter()
            .map(|(found, ranges)| (Origin::Blocks(blocks(&ranges)), found));
        let mut open: Vec<(Origin, Found)> = rest.collect();
        stratus_model::sort::sort(&mut open);
        if !whole.is_empty() {
            open.insert(0, (Origin::Everywhere, whole));
        }
        open
    }
}

impl Found {
    /// What is in this and not in another.
    fn less(&self, other: &Found) -> Found {
        Found {
            delivered: without(&self.delivered, &other.delivered),
            unheard: without(&self.unheard, &other.unheard),
        }
    }

    /// What is in both.
    fn common(&self, other: &Found) -> Found {
        self.less(&self.less(other))
    }
}

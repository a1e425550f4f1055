//! What is open to the world, and what the world is to those inside: the whole Internet, and besides a part of it, told as
//! that part's blocks. What lies on premises is no part of the Internet: it is asked likewise, and open to nobody.

use super::asker::Asker;
use super::outside::{self, Part, Parts, Range, blocks};
use super::traffic::without;
use super::{Found, INTERNET_BY_IPV6, ON_PREMISES, Survey, Way, Ways};
use crate::base::ids::{InstanceId, NetworkInterfaceId};
use crate::network::Endpoint;
use crate::world::Ec2;
use std::collections::BTreeMap;

/// From where something is open, or to where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The whole Internet by IPv4: what is private, a VPC's or on premises is not of it.
    Everywhere,
    /// These blocks of it, the fewest that it takes.
    Blocks(Vec<String>),
    /// The whole Internet by IPv6: all that is globally routable, and not a VPC's.
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

/// The Internet by one family of addresses, or what lies on premises: in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outer {
    /// Each part with the ways of each class.
    parts: Vec<(Part, Vec<Way>)>,
    /// From the Internet to nodes of load balancers, part by part.
    nodes: BTreeMap<NetworkInterfaceId, Vec<u32>>,
    /// There are more parts than are asked for, so that nothing can be said of all.
    cut: bool,
    ipv6: bool,
}

impl Outer {
    /// The parts, and for each the ways of so many classes, of which nothing is known yet.
    pub fn of(ec2: &Ec2, ipv6: bool, classes: usize) -> Outer {
        let named = outside::told_apart(ec2);
        let found = match ipv6 {
            true => outside::everywhere_ipv6(ec2, &named),
            false => outside::everywhere(ec2, &named),
        };
        Outer::of_parts(found, ipv6, classes)
    }

    /// The same of what lies on premises, which IPv4 leads to.
    pub fn of_premises(ec2: &Ec2, classes: usize) -> Outer {
        Outer::of_parts(outside::premises(ec2), false, classes)
    }

    fn of_parts(found: Parts, ipv6: bool, classes: usize) -> Outer {
        let parts = found.parts.into_iter();
        Outer {
            parts: parts.map(|part| (part, vec![Way::default(); classes])).collect(),
            nodes: BTreeMap::new(),
            cut: found.cut,
            ipv6,
        }
    }

    /// Ways to a class and from it, part by part.
    fn of_class(&self, class: usize) -> impl Iterator<Item = Way> + Clone + '_ {
        let parts = self.parts.iter();
        parts.map(move |(_, ways)| ways.get(class).copied().unwrap_or_default())
    }

    /// Asks for the classes of one surroundings, whose ways from and to the Internet's own address are known.
    pub fn ask(&mut self, asker: &mut Asker<'_, '_>, place: &[usize], known: &[Ways]) {
        let own = outside::own_address(self.ipv6);
        for (part, ways) in &mut self.parts {
            let mut set = |class: usize, found: Way| {
                if let Some(way) = ways.get_mut(class) {
                    *way = found;
                }
            };
            if part.at == own {
                let known = place
                    .iter()
                    .filter_map(|class| Some((*class, known.get(*class)?.world)));
                known.for_each(|(class, way)| set(class, way));
                continue;
            }
            let found = asker.meet(place, Endpoint::Address(part.at));
            found.into_iter().for_each(|(class, way)| set(class, way));
        }
    }

    /// Asks for a node of a load balancer that listens on these ports; what gets there from the Internet's own address may be
    /// known.
    pub fn ask_node(
        &mut self,
        asker: &mut Asker<'_, '_>,
        node: NetworkInterfaceId,
        points: &[(u8, u16)],
        known: Option<u32>,
    ) {
        let own = outside::own_address(self.ipv6);
        let ways = self
            .parts
            .iter()
            .map(|(part, _)| match known.filter(|_| part.at == own) {
                Some(known) => known,
                None => asker.towards_node(Endpoint::Address(part.at), node, points),
            });
        self.nodes.insert(node, ways.collect());
    }

    /// Everybody.
    fn whole(&self) -> Origin {
        match self.ipv6 {
            true => Origin::Ipv6,
            false => Origin::Everywhere,
        }
    }
}

/// Who is outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Outside {
    /// The Internet, by IPv4.
    Internet,
    /// The Internet, by IPv6.
    ByIpv6,
    /// What lies on premises, which is met by IPv4.
    Premises,
}

impl Outside {
    /// All there are.
    pub const ALL: [Outside; 3] = [Outside::Internet, Outside::ByIpv6, Outside::Premises];

    /// The end that stands for it.
    pub fn end(self) -> Endpoint {
        match self {
            Outside::Internet => Endpoint::Internet,
            Outside::ByIpv6 => INTERNET_BY_IPV6,
            Outside::Premises => ON_PREMISES,
        }
    }

    /// The Internet by a family of addresses.
    pub fn internet(ipv6: bool) -> Outside {
        if ipv6 { Outside::ByIpv6 } else { Outside::Internet }
    }
}

/// In which direction the Internet is an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Heading {
    /// It sends.
    Inward,
    /// It receives.
    Outward,
}

impl Heading {
    fn of(self, way: Way) -> u32 {
        match self {
            Heading::Inward => way.inward,
            Heading::Outward => way.outward,
        }
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
    /// Whether it has asked for each part of the Internet, by IPv4 and by IPv6 where anybody has such an address.
    pub(in super::super) fn has_parts(&self) -> bool {
        self.by_parts
    }

    /// Whether rules tell more parts of what is outside apart than were asked for.
    pub(in super::super) fn is_cut(&self, outside: Outside) -> bool {
        self.outer(outside).cut
    }

    /// Whether anything lies on premises, of which it has asked for each part.
    pub(in super::super) fn has_premises(&self) -> bool {
        !self.premises.parts.is_empty()
    }

    fn outer(&self, outside: Outside) -> &Outer {
        let [ipv4, by_ipv6] = &self.world;
        match outside {
            Outside::Internet => ipv4,
            Outside::ByIpv6 => by_ipv6,
            Outside::Premises => &self.premises,
        }
    }

    /// Ways between an end and each part of what is outside: to a node of a load balancer, or of a class of ends. Nothing of an
    /// end that is not of the family.
    fn ways_outside(&self, end: Endpoint, outside: Outside, heading: Heading) -> Option<Vec<u32>> {
        let outer = self.outer(outside);
        if let Endpoint::Interface(node) = end
            && let Some(ways) = outer.nodes.get(&node)
        {
            return (heading == Heading::Inward).then(|| ways.clone());
        }
        let family = if outer.ipv6 { &self.ipv6 } else { &self.ipv4 };
        let (class, _) = family.class.get(&end)?;
        Some(outer.of_class(*class).map(|way| heading.of(way)).collect())
    }

    /// What gets from or to each part of what is outside, sorted by it: places in what is found. Nothing of an end that it does
    /// not know.
    pub(in super::super) fn by_part(&self, end: Endpoint, outside: Outside, heading: Heading) -> Vec<(Range, u32)> {
        let ways = self.ways_outside(end, outside, heading).unwrap_or_default();
        let parts = self.outer(outside).parts.iter();
        let ranges = parts
            .zip(ways)
            .flat_map(|((part, _), way)| part.ranges.iter().map(move |range| (*range, way)));
        let mut ranges: Vec<(Range, u32)> = ranges.collect();
        ranges.sort_unstable();
        ranges
    }

    /// Which parts of the Internet an end reaches, by the family of its addresses, the whole of it first: of a survey that asked
    /// for each part ([`super::survey_with_world`]).
    pub fn out_to(&self, end: Endpoint) -> Vec<(Origin, Found)> {
        let internet = Outside::internet(end.is_ipv6());
        let ways = self.ways_outside(end, internet, Heading::Outward);
        self.told(self.outer(internet), ways.unwrap_or_default().into_iter())
    }

    /// See [`super::open_to_world`]: of a survey that asked for each part.
    pub(super) fn open(&self) -> Vec<Open> {
        let mut open = Vec::new();
        for (family, outer) in self.families().into_iter().zip(&self.world) {
            let inward = |class| outer.of_class(class).map(|way| way.inward);
            let classes: Vec<Vec<(Origin, Found)>> = (0..family.ends.len())
                .map(|class| self.told(outer, inward(class)))
                .collect();
            for (end, instance, class) in family.seats() {
                let ways = classes.get(class).into_iter().flatten().cloned();
                let end = if outer.ipv6 {
                    self.as_instance(end, instance)
                } else {
                    end
                };
                open.extend(ways.map(|(from, found)| Open {
                    instance,
                    end,
                    from,
                    found,
                }));
            }
        }
        stratus_model::sort::by_key(&mut open, |open| (open.instance, open.end));
        open
    }

    /// Nodes of load balancers at which something arrives from the Internet, likewise: of a survey that asked for each part.
    pub(super) fn open_nodes(&self) -> Vec<OpenNode> {
        let mut open = Vec::new();
        for node in self.nodes.keys() {
            for outer in &self.world {
                let places = outer.nodes.get(node).into_iter().flatten().copied();
                open.extend(self.told(outer, places).into_iter().map(|(from, found)| OpenNode {
                    node: *node,
                    from,
                    found,
                }));
            }
        }
        open
    }

    /// What there is by these ways, part by part, as what is true of the whole Internet and what of some blocks besides.
    fn told(&self, outer: &Outer, ways: impl Iterator<Item = u32> + Clone) -> Vec<(Origin, Found)> {
        let parts = outer.parts.iter().zip(ways);
        let parts = parts.map(|((part, _), way)| (part, self.at(way)));
        let whole = match outer.cut {
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
        let mut told: Vec<(Origin, Found)> = rest.collect();
        stratus_model::sort::sort(&mut told);
        if !whole.is_empty() {
            told.insert(0, (outer.whole(), whole));
        }
        told
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

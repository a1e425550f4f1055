//! The survey: who reaches whom, on all ports at once, and what is open to the world. Never port by port: `cells` cuts the
//! space of protocols and ports where rules and listeners make a difference, `grid` puts together the instances that
//! nothing tells apart, and one walk, the same that a trace takes, judges each kind of traffic between each two
//! surroundings; groups' rules are asked by the functions that a walk asks (`asker`). So a survey cannot say anything else
//! than a trace. Nothing here changes a world.
//!
//! Ends are instances, by their primary address; each of their further addresses by itself (`seats`); and their IPv6
//! addresses, which meet each other. Between addresses of one instance nothing is asked. As an end of a pair the Internet is
//! one address of it ([`super::INTERNET`], and [`super::INTERNET_IPV6`]). A survey by parts asks besides for each part of it
//! that rules tell apart, as a sender and as a receiver (`outside`, `open`), and likewise for each part of the networks on
//! premises that VPN connections lead to. Not asked: instances of other Regions, which links lead to
//! ([`super::unasked`]).

pub(crate) mod access;
mod asker;
mod cells;
mod open;
pub(crate) mod outside;
mod totals;
pub mod traffic;

use super::fronts::{self, Apart, Taker};
use super::grid::Grid;
use super::host::listeners;
use super::seats::{self, Seat};
use super::{Endpoint, INTERNET_IPV6, ends, reach};
use crate::base::ids::{InstanceId, NetworkInterfaceId};
use crate::catalog::Region;
use crate::world::compute::Instance;
use crate::world::{Ec2, World};
use asker::{Asker, Kept};
use open::Outer;
pub(super) use open::{Heading, Outside};
pub use open::{Open, OpenNode, Origin};
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use stratus_model::sort;
use traffic::Traffic;

/// The Internet, by IPv6: as an end of a survey.
pub const INTERNET_BY_IPV6: Endpoint = Endpoint::Address(IpAddr::V6(INTERNET_IPV6));

/// What lies on premises, behind VPN connections: as an end of what two surveys say of its parts
/// ([`super::what_if::Change`]). It is no address, and no question can be asked about all of it.
pub const ON_PREMISES: Endpoint = Endpoint::Address(IpAddr::V4(Ipv4Addr::UNSPECIFIED));

/// What gets from one end to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Found {
    /// What is delivered, and answered where there is an answer ([`Delivered`](super::Disposition::Delivered)).
    pub delivered: Vec<Traffic>,
    /// What arrives where nothing listens ([`NotListening`](super::Disposition::NotListening)): the rules leave it open.
    pub unheard: Vec<Traffic>,
}

impl Found {
    /// Whether nothing arrives at all.
    pub fn is_empty(&self) -> bool {
        self.delivered.is_empty() && self.unheard.is_empty()
    }
}

static NOTHING: Found = Found {
    delivered: Vec::new(),
    unheard: Vec::new(),
};

/// Who reaches whom, on all ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    ipv4: Family,
    ipv6: Family,
    /// The end that an instance is by IPv6: the first such address of its primary interface.
    first_ipv6: BTreeMap<InstanceId, Endpoint>,
    /// The end at which the Internet meets an instance, where that is not its primary address.
    met_at: BTreeMap<InstanceId, Endpoint>,
    /// From and to the parts of the Internet, by IPv4 and by IPv6.
    world: [Outer; 2],
    /// From and to the parts of what lies on premises.
    premises: Outer,
    /// Whether these were asked for.
    by_parts: bool,
    /// To nodes of load balancers and interfaces of endpoints, by IPv4, and by IPv6 where the node has such an address.
    nodes: BTreeMap<NetworkInterfaceId, [NodeWays; 2]>,
    found: Vec<Found>,
}

/// Ends that meet each other, and the Internet: those of one family of addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Family {
    /// Every end with the number of its class, and its instance.
    class: BTreeMap<Endpoint, (usize, InstanceId)>,
    /// Classes, each with places in `found`.
    ends: Vec<Ways>,
    /// From a class to a class, row by row: places in `found`.
    pairs: Vec<u32>,
}

impl Family {
    fn of(grid: &Grid<'_>) -> Family {
        let classes = grid.classes.iter().enumerate();
        let seats = classes.flat_map(|(number, class)| class.members.iter().map(move |seat| (number, seat)));
        let count = grid.classes.len();
        Family {
            class: seats
                .map(|(number, seat)| (seat.end, (number, seat.instance)))
                .collect(),
            ends: vec![Ways::default(); count],
            pairs: vec![0; count * count],
        }
    }

    /// Every end with its instance and the number of its class.
    pub(super) fn seats(&self) -> impl Iterator<Item = (Endpoint, InstanceId, usize)> + '_ {
        let all = self.class.iter();
        all.map(|(end, (class, instance))| (*end, *instance, *class))
    }

    /// The place of what gets from an end of a class to one of a class.
    pub(super) fn between_classes(&self, source: usize, destination: usize) -> Option<u32> {
        self.pairs.get(source * self.ends.len() + destination).copied()
    }

    fn ways(&self, end: Endpoint) -> Option<&Ways> {
        self.ends.get(self.class.get(&end)?.0)
    }

    fn place(&self, source: Endpoint, destination: Endpoint) -> Option<u32> {
        if source == destination {
            return self.ways(source).map(|ways| ways.own);
        }
        let ((from, sender), (to, receiver)) = (self.class.get(&source)?, self.class.get(&destination)?);
        (sender != receiver).then(|| self.between_classes(*from, *to))?
    }
}

/// Ways to a node of a load balancer by a family of addresses that it has: places in `found`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct NodeWays {
    /// From the Internet.
    inward: u32,
    inside: FromInside,
}

/// Ways to a node of a load balancer from inside: places in `found`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct FromInside {
    /// From each class.
    classes: Vec<u32>,
    /// From ends of instances that the load balancer tells apart.
    own: BTreeMap<Endpoint, u32>,
}

/// Ways of a class that no other class is at the end of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ways {
    /// From an end to itself: a place in `found`.
    own: u32,
    /// From and to the Internet.
    world: Way,
}

/// Between a class and the Internet, or a part of it: places in `found`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Way {
    inward: u32,
    outward: u32,
}

impl Survey {
    /// The Region's instances, by id.
    pub fn instances(&self) -> impl Iterator<Item = InstanceId> + '_ {
        let ends = self.ipv4.class.keys();
        ends.filter_map(|end| match end {
            Endpoint::Instance(id) => Some(*id),
            _ => None,
        })
    }

    /// All ends inside but the nodes of load balancers: instances, further addresses, IPv6 addresses; with their instances.
    pub fn seats(&self) -> impl Iterator<Item = (Endpoint, InstanceId)> + '_ {
        let all = self.ipv4.seats().chain(self.ipv6.seats());
        all.map(|(end, instance, _)| (end, instance))
    }

    /// The end that an instance is by IPv6, where it has such an address.
    pub fn by_ipv6(&self, instance: InstanceId) -> Option<Endpoint> {
        self.first_ipv6.get(&instance).copied()
    }

    /// An IPv6 address as the Internet's pairs name it: the instance, where it is the one that is meant by it there.
    pub(super) fn as_instance(&self, end: Endpoint, instance: InstanceId) -> Endpoint {
        match self.by_ipv6(instance) == Some(end) {
            true => Endpoint::Instance(instance),
            false => end,
        }
    }

    /// The end at which the Internet meets an instance, where that is not its primary address: what is open there is open to
    /// the world, and the survey has it as that end's.
    pub fn met_at(&self, instance: InstanceId) -> Option<Endpoint> {
        self.met_at.get(&instance).copied()
    }

    /// Those that meet each other, by family.
    pub(super) fn families(&self) -> [&Family; 2] {
        [&self.ipv4, &self.ipv6]
    }

    /// The number of an instance's class: of one class, all say the same.
    pub fn class(&self, instance: InstanceId) -> Option<usize> {
        self.class_of(Endpoint::Instance(instance))
    }

    /// The number of an end's class among those of its family: of one class, all say the same.
    pub fn class_of(&self, end: Endpoint) -> Option<usize> {
        let mut families = self.families().into_iter();
        families.find_map(|family| family.class.get(&end).map(|(class, _)| *class))
    }

    /// Instances that nothing tells apart, together, by their primary addresses: each class by id.
    pub fn classes(&self) -> Vec<Vec<InstanceId>> {
        let mut classes = vec![Vec::new(); self.ipv4.ends.len()];
        for instance in self.instances() {
            if let Some(members) = self.class(instance).and_then(|class| classes.get_mut(class)) {
                members.push(instance);
            }
        }
        classes.retain(|members| !members.is_empty());
        classes
    }

    /// The nodes of the Region's load balancers and the interfaces of its interface endpoints, by id.
    pub fn nodes(&self) -> impl Iterator<Item = NetworkInterfaceId> + '_ {
        self.nodes.keys().copied()
    }

    /// Whether two ends are such as a survey asks about.
    pub fn knows(&self, source: Endpoint, destination: Endpoint) -> bool {
        self.place(source, destination).is_some()
    }

    /// What gets from one end to another. Ends are those of [`Survey::seats`], [`Endpoint::Internet`] and
    /// [`INTERNET_BY_IPV6`], and as destinations the nodes of load balancers, on the ports of their listeners, and the interfaces of
    /// interface endpoints, on those of their services; nothing for any other, between two that are the Internet, and between two
    /// addresses of one instance. An instance is its first IPv6 address where the other end is the Internet by IPv6; else it is its primary IPv4 address, and to the Internet as a sender,
    /// where that has no public one, the first of its others that has one. An IPv6 address meets nodes
    /// at their first one.
    /// ICMP between IPv6 addresses is protocol 58.
    pub fn between(&self, source: Endpoint, destination: Endpoint) -> &Found {
        self.place(source, destination).map_or(&NOTHING, |place| self.at(place))
    }

    /// What is found at a place.
    pub(super) fn at(&self, place: u32) -> &Found {
        self.found.get(place as usize).unwrap_or(&NOTHING)
    }

    /// For each place, where another survey has the same set.
    pub(super) fn same_as(&self, other: &Survey, of: fn(&Found) -> &Vec<Traffic>) -> Vec<Option<u32>> {
        let theirs: BTreeMap<&Vec<Traffic>, u32> = (0u32..)
            .zip(&other.found)
            .map(|(place, found)| (of(found), place))
            .collect();
        self.found.iter().map(|found| theirs.get(of(found)).copied()).collect()
    }

    fn place(&self, source: Endpoint, destination: Endpoint) -> Option<u32> {
        let ipv6 = |end: Endpoint| match end {
            Endpoint::Instance(id) => self.ipv6.ways(self.by_ipv6(id)?),
            end => self.ipv6.ways(end),
        };
        match (source, destination) {
            (source, Endpoint::Interface(node)) if self.nodes.contains_key(&node) => {
                let [ipv4, by_ipv6] = self.nodes.get(&node)?;
                let (family, ways) = match source.is_ipv6() {
                    true => (&self.ipv6, by_ipv6),
                    false => (&self.ipv4, ipv4),
                };
                match source {
                    Endpoint::Internet | INTERNET_BY_IPV6 => Some(ways.inward),
                    source => {
                        let (class, _) = family.class.get(&source)?;
                        let inside = &ways.inside;
                        let known = inside.own.get(&source).or_else(|| inside.classes.get(*class));
                        Some(known.copied().unwrap_or_default())
                    }
                }
            }
            (Endpoint::Internet, Endpoint::Instance(id)) if self.met_at.contains_key(&id) => {
                self.place(source, *self.met_at.get(&id)?)
            }
            (Endpoint::Internet, end) => self.ipv4.ways(end).map(|ways| ways.world.inward),
            (end, Endpoint::Internet) => self.ipv4.ways(end).map(|ways| ways.world.outward),
            (INTERNET_BY_IPV6, end) => ipv6(end).map(|ways| ways.world.inward),
            (end, INTERNET_BY_IPV6) => ipv6(end).map(|ways| ways.world.outward),
            _ => {
                let mut families = self.families().into_iter();
                families.find_map(|family| family.place(source, destination))
            }
        }
    }

    /// Nodes of load balancers at which something arrives from the Internet, by id, IPv4 first, with the source:
    /// who stands behind them is [`super::fronts::reached`].
    pub fn nodes_open_to_world(&self) -> Vec<(NetworkInterfaceId, Endpoint, &Found)> {
        let nodes = self.nodes.iter().flat_map(|(node, [ipv4, ipv6])| {
            let sources = [(Endpoint::Internet, ipv4.inward), (INTERNET_BY_IPV6, ipv6.inward)];
            sources.map(|(source, place)| (*node, source, self.at(place)))
        });
        nodes.filter(|(_, _, found)| !found.is_empty()).collect()
    }
}

/// [`survey`] that asks for each part of the Internet besides: [`Survey::by_part`].
pub(super) fn survey_by_parts(world: &World, region: Region) -> Survey {
    surveyed(world, region, true)
}

/// Surveys a Region.
pub fn survey(world: &World, region: Region) -> Survey {
    surveyed(world, region, false)
}

/// Instances at which something arrives from the Internet, by id: from everywhere, from blocks of it, by IPv6. A survey that
/// asks for each part of the Internet besides, which what only compares pairs need not.
pub fn open_to_world(world: &World, region: Region) -> Vec<Open> {
    surveyed(world, region, true).open()
}

/// [`survey`] and [`open_to_world`] in one, and nodes of load balancers that are open to the world, by id.
pub fn survey_with_world(world: &World, region: Region) -> (Survey, Vec<Open>, Vec<OpenNode>) {
    let survey = surveyed(world, region, true);
    let (open, nodes) = (survey.open(), survey.open_nodes());
    (survey, open, nodes)
}

fn surveyed(world: &World, region: Region, parts: bool) -> Survey {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    let mut kept = Kept::default();
    let asked = Asked {
        world,
        ec2,
        parts,
        takers: fronts::takers(ec2),
    };
    let (ipv6, first_ipv6) = match asked.has_ipv6() {
        true => (asked.family(seats::ipv6(ec2), true, &mut kept), first_ipv6(ec2)),
        false => Default::default(),
    };
    let ipv4 = asked.family(seats::primary(ec2).chain(seats::further(ec2)), false, &mut kept);
    let mut nodes: BTreeMap<NetworkInterfaceId, [NodeWays; 2]> = BTreeMap::new();
    for (node, ways) in ipv4.nodes {
        nodes.insert(node, [ways, NodeWays::default()]);
    }
    for (node, ways) in ipv6.nodes {
        if let Some(both) = nodes.get_mut(&node) {
            both[1] = ways;
        }
    }
    Survey {
        ipv4: ipv4.family,
        ipv6: ipv6.family,
        first_ipv6,
        met_at: met_at(ec2),
        world: [ipv4.outer, ipv6.outer],
        premises: ipv4.premises,
        by_parts: parts,
        nodes,
        found: kept.found,
    }
}

/// What is surveyed.
struct Asked<'w> {
    world: &'w World,
    ec2: &'w Ec2,
    /// Whether each part of the Internet is asked for.
    parts: bool,
    takers: Vec<Taker>,
}

/// What is found by one family of addresses.
#[derive(Default)]
struct ByFamily {
    family: Family,
    outer: Outer,
    /// What lies on premises, where that is asked for.
    premises: Outer,
    nodes: Vec<(NetworkInterfaceId, NodeWays)>,
}

impl Asked<'_> {
    /// Whether anybody has an IPv6 address.
    fn has_ipv6(&self) -> bool {
        let mut takers = self.takers.iter();
        seats::ipv6(self.ec2).next().is_some() || takers.any(|taker| self.takes(taker.interface, true))
    }

    /// Whether an interface has an address of a family.
    fn takes(&self, node: NetworkInterfaceId, ipv6: bool) -> bool {
        !ipv6 || self.ec2.interface(node).is_some_and(|node| !node.ipv6.is_empty())
    }

    fn family<'w>(&'w self, seats: impl Iterator<Item = Seat<'w>>, ipv6: bool, kept: &mut Kept) -> ByFamily {
        let ec2 = self.ec2;
        let grid = Grid::new(ec2, seats, |seat, instance| points(ec2, seat, instance));
        let mut family = Family::of(&grid);
        let mut outer = match self.parts {
            true => Outer::of(ec2, ipv6, grid.classes.len()),
            false => Outer::default(),
        };
        let mut premises = match self.parts && !ipv6 {
            true => Outer::of_premises(ec2, grid.classes.len()),
            false => Outer::default(),
        };
        let mut asker = Asker::new(self.world, ec2, &grid, ipv6, kept);
        for place in grid.places() {
            asker.alone(place, &mut family.ends);
            outer.ask(&mut asker, place, &family.ends);
            premises.ask(&mut asker, place, &family.ends);
        }
        asker.pairs(&mut family.pairs);
        let mut nodes = Vec::new();
        if !self.takers.is_empty() {
            let apart = Apart::of(ec2);
            for taker in self.takers.iter().filter(|own| self.takes(own.interface, ipv6)) {
                let (node, points) = (taker.interface, taker.points.as_slice());
                let mut ways = NodeWays {
                    inward: 0,
                    inside: asker.node(node, points, &apart),
                };
                if taker.public {
                    ways.inward = asker.world_to_node(node, points);
                    outer.ask_node(&mut asker, node, points, Some(ways.inward));
                }
                premises.ask_node(&mut asker, node, points, None);
                nodes.push((node, ways));
            }
        }
        ByFamily {
            family,
            outer,
            premises,
            nodes,
        }
    }
}

/// At which other end the Internet meets instances that have no public address at their primary one.
fn met_at(ec2: &Ec2) -> BTreeMap<InstanceId, Endpoint> {
    let found = ec2.instances.rows();
    found
        .filter_map(|row| Some((row.id, seats::public_end(ec2, row.id)?)))
        .collect()
}

/// Which end each instance is by IPv6.
fn first_ipv6(ec2: &Ec2) -> BTreeMap<InstanceId, Endpoint> {
    let first = ec2.instances.rows().filter_map(|instance| {
        let address = ends::primary(ec2, instance.id)?.ipv6.first()?;
        Some((instance.id, Endpoint::Address(IpAddr::V6(*address))))
    });
    first.collect()
}

/// Protocols and ports on which somebody listens at an instance's address: the instance, or its double in another VPC.
fn points(ec2: &Ec2, seat: &Seat<'_>, instance: &Instance) -> Vec<(u8, u16)> {
    let doubles = reach::seat_doubles(ec2, seat).filter_map(|interface| ends::instance_of(ec2, interface));
    let mut points: Vec<(u8, u16)> = std::iter::once(instance)
        .chain(doubles)
        .flat_map(listeners)
        .map(|listener| (listener.protocol, listener.port))
        .collect();
    sort::sort(&mut points);
    points.dedup();
    points
}

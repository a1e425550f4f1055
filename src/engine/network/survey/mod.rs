//! The survey: who reaches whom, on all ports at once, and what is open to the world. Never port by port: `cells` cuts the
//! space of protocols and ports where rules and listeners make a difference, `grid` puts together the instances that
//! nothing tells apart, and one walk, the same that a trace takes, judges each kind of traffic between each two
//! surroundings; groups' rules are asked by the functions that a walk asks (`asker`). So a survey cannot say anything else
//! than a trace. Nothing here changes a world.
//!
//! As an end of a pair the Internet is one address of it ([`super::INTERNET`], and [`super::INTERNET_IPV6`]). What is open to
//! the world is asked for each part of it that rules tell apart (`outside`, `open`).

pub(crate) mod access;
mod asker;
mod cells;
mod open;
pub(crate) mod outside;
mod totals;
pub mod traffic;

use super::fronts::{self, Apart};
use super::grid::Grid;
use super::host::listeners;
use super::{Endpoint, INTERNET_IPV6, ends, reach};
use crate::base::ids::{InstanceId, NetworkInterfaceId};
use crate::catalog::Region;
use crate::world::compute::Instance;
use crate::world::{Ec2, World};
use asker::Asker;
use open::World4;
pub use open::{Open, OpenNode, Origin};
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::IpAddr;
use stratus_model::sort;
use traffic::Traffic;

/// The Internet, by IPv6: as an end of a survey.
pub const INTERNET_BY_IPV6: Endpoint = Endpoint::Address(IpAddr::V6(INTERNET_IPV6));

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
    /// Every instance with the number of its class.
    class: BTreeMap<InstanceId, usize>,
    /// Classes, each with places in `found`.
    ends: Vec<Ways>,
    /// From a class to a class, row by row: places in `found`.
    pairs: Vec<u32>,
    /// From and to the Internet by IPv6, for instances that have such an address: places in `found`.
    ipv6: BTreeMap<InstanceId, (u32, u32)>,
    /// From the parts of the Internet.
    world: World4,
    /// To nodes of load balancers.
    nodes: BTreeMap<NetworkInterfaceId, NodeWays>,
    found: Vec<Found>,
}

/// Ways to a node of a load balancer: places in `found`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct NodeWays {
    /// From the Internet.
    inward: u32,
    /// From the Internet by IPv6, where the node has such an address.
    inward_ipv6: u32,
    /// From each class.
    classes: Vec<u32>,
    /// From instances that the load balancer tells apart.
    own: BTreeMap<InstanceId, u32>,
}

/// Ways of a class that no other class is at the end of: places in `found`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Ways {
    /// From an instance to itself.
    own: u32,
    /// From the Internet.
    inward: u32,
    /// To the Internet.
    outward: u32,
}

impl Survey {
    /// The Region's instances, by id.
    pub fn instances(&self) -> impl Iterator<Item = InstanceId> + '_ {
        self.class.keys().copied()
    }

    /// The number of an instance's class: of one class, all say the same.
    pub fn class(&self, instance: InstanceId) -> Option<usize> {
        self.class.get(&instance).copied()
    }

    /// Instances that nothing tells apart, together: classes by number, instances by id.
    pub fn classes(&self) -> Vec<Vec<InstanceId>> {
        let mut classes = vec![Vec::new(); self.ends.len()];
        for (instance, class) in &self.class {
            if let Some(members) = classes.get_mut(*class) {
                members.push(*instance);
            }
        }
        classes
    }

    /// The nodes of the Region's load balancers, by id.
    pub fn nodes(&self) -> impl Iterator<Item = NetworkInterfaceId> + '_ {
        self.nodes.keys().copied()
    }

    /// Whether two ends are such as a survey asks about.
    pub fn knows(&self, source: Endpoint, destination: Endpoint) -> bool {
        self.place(source, destination).is_some()
    }

    /// What gets from one end to another. Ends are instances, [`Endpoint::Internet`] and [`INTERNET_BY_IPV6`], and as
    /// destinations the nodes of load balancers, on the ports of their listeners; nothing for any other, and
    /// between two that are the Internet. Instances meet by IPv4, each other and nodes. ICMP between IPv6 addresses is
    /// protocol 58.
    pub fn between(&self, source: Endpoint, destination: Endpoint) -> &Found {
        self.place(source, destination).map_or(&NOTHING, |place| self.at(place))
    }

    /// What is found at a place.
    pub(super) fn at(&self, place: u32) -> &Found {
        self.found.get(place as usize).unwrap_or(&NOTHING)
    }

    /// The place of what gets from an instance of a class to another of a class.
    pub(super) fn between_classes(&self, source: usize, destination: usize) -> Option<u32> {
        self.pairs.get(source * self.ends.len() + destination).copied()
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
        match (source, destination) {
            (Endpoint::Instance(source), Endpoint::Instance(destination)) => {
                let (from, to) = (self.class(source)?, self.class(destination)?);
                match source == destination {
                    true => self.ends.get(from).map(|ways| ways.own),
                    false => self.between_classes(from, to),
                }
            }
            (Endpoint::Internet, Endpoint::Instance(id)) => self.ends.get(self.class(id)?).map(|ways| ways.inward),
            (Endpoint::Instance(id), Endpoint::Internet) => self.ends.get(self.class(id)?).map(|ways| ways.outward),
            (Endpoint::Internet, Endpoint::Interface(node)) => self.nodes.get(&node).map(|ways| ways.inward),
            (INTERNET_BY_IPV6, Endpoint::Interface(node)) => self.nodes.get(&node).map(|ways| ways.inward_ipv6),
            (Endpoint::Instance(id), Endpoint::Interface(node)) => {
                let (ways, class) = (self.nodes.get(&node)?, self.class(id)?);
                ways.own.get(&id).or_else(|| ways.classes.get(class)).copied()
            }
            (INTERNET_BY_IPV6, Endpoint::Instance(id)) => self.ipv6.get(&id).map(|ways| ways.0),
            (Endpoint::Instance(id), INTERNET_BY_IPV6) => self.ipv6.get(&id).map(|ways| ways.1),
            _ => None,
        }
    }

    /// Nodes of load balancers at which something arrives from the Internet, by id, IPv4 first, with the source:
    /// who stands behind them is [`super::fronts::reached`].
    pub fn nodes_open_to_world(&self) -> Vec<(NetworkInterfaceId, Endpoint, &Found)> {
        let nodes = self.nodes.iter().flat_map(|(node, ways)| {
            let sources = [(Endpoint::Internet, ways.inward), (INTERNET_BY_IPV6, ways.inward_ipv6)];
            sources.map(|(source, place)| (*node, source, self.at(place)))
        });
        nodes.filter(|(_, _, found)| !found.is_empty()).collect()
    }
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
    let grid = Grid::new(ec2, |instance| points(ec2, instance));
    let count = grid.classes.len();
    let mut asker = Asker::new(world, ec2, &grid);
    let mut survey = Survey {
        class: BTreeMap::new(),
        ends: vec![Ways::default(); count],
        pairs: vec![0; count * count],
        ipv6: BTreeMap::new(),
        world: if parts {
            World4::of(ec2, count)
        } else {
            World4::default()
        },
        nodes: BTreeMap::new(),
        found: Vec::new(),
    };
    for (number, class) in grid.classes.iter().enumerate() {
        survey.class.extend(class.members.iter().map(|(id, _)| (*id, number)));
        // Classes know nothing of IPv6 addresses: each of these is asked for itself.
        for (id, interface) in &class.members {
            if interface.is_some_and(|interface| !interface.ipv6.is_empty()) {
                survey.ipv6.insert(*id, asker.by_ipv6(*id, number));
            }
        }
    }
    for place in grid.places() {
        asker.alone(place, &mut survey.ends);
        survey.world.ask(&mut asker, place, &survey.ends);
    }
    asker.pairs(&mut survey.pairs);
    let fronts = fronts::fronts(ec2);
    if !fronts.is_empty() {
        let apart = Apart::of(ec2);
        for front in &fronts {
            let points = fronts::points(ec2, front.id);
            for node in &front.nodes {
                let ways = asker.node(*node, &points, &apart);
                survey.world.ask_node(&mut asker, *node, &points, ways.inward);
                survey.nodes.insert(*node, ways);
            }
        }
    }
    survey.found = asker.found;
    survey
}

/// Protocols and ports on which somebody listens at an instance's address: the instance, or its double in another VPC.
fn points(ec2: &Ec2, instance: &Instance) -> Vec<(u8, u16)> {
    let doubles = reach::doubles(ec2, ends::primary(ec2, instance.id));
    let doubles = doubles.filter_map(|interface| ends::instance_of(ec2, interface));
    let mut points: Vec<(u8, u16)> = std::iter::once(instance)
        .chain(doubles)
        .flat_map(listeners)
        .map(|listener| (listener.protocol, listener.port))
        .collect();
    sort::sort(&mut points);
    points.dedup();
    points
}

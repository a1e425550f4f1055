//! The survey: who reaches whom, on all ports at once, and what is open to the world. Never port by port: `cells` cuts the
//! space of protocols and ports where rules and listeners make a difference, `reach` puts together the instances that
//! nothing tells apart, and one walk, the same that a trace takes, judges each kind of traffic between each two classes.
//! So a survey cannot say anything else than a trace. Nothing here changes a world.
//!
//! The Internet is one address of it ([`super::INTERNET`], and [`super::INTERNET_IPV6`]): what only some blocks of it may
//! do counts as open when that address is in them.

pub(crate) mod access;
mod cells;
pub mod traffic;

use super::host::listeners;
use super::reach::{self, End};
use super::{Disposition, Endpoint, Flow, INTERNET_IPV6, ends, walk};
use crate::base::ids::InstanceId;
use crate::catalog::Region;
use crate::world::compute::Instance;
use crate::world::{Ec2, World};
use cells::{Kind, Named};
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;
use stratus_model::sort;
use traffic::{Traffic, tidy};

/// The Internet, by IPv6: as an end of a survey.
pub const INTERNET_BY_IPV6: Endpoint = Endpoint::Address(IpAddr::V6(INTERNET_IPV6));

/// What gets from one end to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Found {
    /// What is delivered, and answered where there is an answer ([`Disposition::Delivered`]).
    pub delivered: Vec<Traffic>,
    /// What arrives where nothing listens ([`Disposition::NotListening`]): the rules leave it open.
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

/// What of an instance is open to the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open<'s> {
    /// The instance.
    pub instance: InstanceId,
    /// [`Endpoint::Internet`] or [`INTERNET_BY_IPV6`].
    pub source: Endpoint,
    /// What gets in.
    pub found: &'s Found,
}

/// Who reaches whom, on all ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Every instance with the number of its class.
    class: BTreeMap<InstanceId, usize>,
    /// Classes, each with places in `found`.
    ends: Vec<Ways>,
    /// From a class to a class, row by row: places in `found`.
    pairs: Vec<usize>,
    /// From and to the Internet by IPv6, for instances that have such an address: places in `found`.
    ipv6: BTreeMap<InstanceId, (usize, usize)>,
    found: Vec<Found>,
}

/// Ways of a class that no other class is at the end of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ways {
    /// From an instance to itself.
    own: usize,
    /// From the Internet.
    inward: usize,
    /// To the Internet.
    outward: usize,
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

    /// What gets from one end to another. Ends are instances, [`Endpoint::Internet`] and [`INTERNET_BY_IPV6`]; nothing
    /// for any other, and between two that are the Internet. Instances meet by IPv4. ICMP between IPv6 addresses is
    /// protocol 58.
    pub fn between(&self, source: Endpoint, destination: Endpoint) -> &Found {
        self.place(source, destination)
            .and_then(|place| self.found.get(place))
            .unwrap_or(&NOTHING)
    }

    fn place(&self, source: Endpoint, destination: Endpoint) -> Option<usize> {
        match (source, destination) {
            (Endpoint::Instance(source), Endpoint::Instance(destination)) => {
                let (from, to) = (self.class(source)?, self.class(destination)?);
                match source == destination {
                    true => self.ends.get(from).map(|ways| ways.own),
                    false => self.pairs.get(from * self.ends.len() + to).copied(),
                }
            }
            (Endpoint::Internet, Endpoint::Instance(id)) => self.ends.get(self.class(id)?).map(|ways| ways.inward),
            (Endpoint::Instance(id), Endpoint::Internet) => self.ends.get(self.class(id)?).map(|ways| ways.outward),
            (INTERNET_BY_IPV6, Endpoint::Instance(id)) => self.ipv6.get(&id).map(|ways| ways.0),
            (Endpoint::Instance(id), INTERNET_BY_IPV6) => self.ipv6.get(&id).map(|ways| ways.1),
            _ => None,
        }
    }

    /// Instances at which something arrives from the Internet, by id, IPv4 first.
    pub fn open_to_world(&self) -> Vec<Open<'_>> {
        let sources = [Endpoint::Internet, INTERNET_BY_IPV6];
        let ways = self
            .instances()
            .flat_map(|instance| sources.map(|source| (instance, source)));
        let open = ways.map(|(instance, source)| Open {
            instance,
            source,
            found: self.between(source, Endpoint::Instance(instance)),
        });
        open.filter(|open| !open.found.is_empty()).collect()
    }
}

/// Surveys a Region.
pub fn survey(world: &World, region: Region) -> Survey {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    let mut asker = Asker::new(world, ec2);
    let members = reach::alike(ec2, |instance| points(ec2, instance));
    // What arrives depends on who listens there; out on the Internet all do.
    let to_world = asker.kinds(Vec::new());
    let mut survey = Survey {
        class: BTreeMap::new(),
        ends: Vec::with_capacity(members.len()),
        pairs: Vec::with_capacity(members.len() * members.len()),
        ipv6: BTreeMap::new(),
        found: Vec::new(),
    };
    let heard: Vec<Rc<Vec<Kind>>> = members.iter().map(|class| asker.kinds_at(class)).collect();
    for (number, (sources, kinds)) in members.iter().zip(&heard).enumerate() {
        survey.class.extend(sources.iter().map(|(id, _)| (*id, number)));
        let [source, ..] = sources[..] else { continue };
        let end = Endpoint::Instance(source.0);
        survey.ends.push(Ways {
            own: asker.pair(kinds, source, source),
            inward: asker.flows(kinds, Endpoint::Internet, end),
            outward: asker.flows(&to_world, end, Endpoint::Internet),
        });
        for (destinations, kinds) in members.iter().zip(&heard) {
            let other = reach::other_than(source, destinations);
            survey
                .pairs
                .push(other.map_or(0, |other| asker.pair(kinds, source, other)));
        }
        // Classes know nothing of IPv6 addresses: each of these is asked for itself.
        for (id, interface) in sources {
            if interface.is_some_and(|interface| !interface.ipv6.is_empty()) {
                let end = Endpoint::Instance(*id);
                let inward = asker.flows(kinds, INTERNET_BY_IPV6, end);
                let outward = asker.flows(&to_world, end, INTERNET_BY_IPV6);
                survey.ipv6.insert(*id, (inward, outward));
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

/// Asks for one packet of each kind, and keeps each answer once.
struct Asker<'w> {
    world: &'w World,
    ec2: &'w Ec2,
    named: Named,
    kinds: BTreeMap<Vec<(u8, u16)>, Rc<Vec<Kind>>>,
    found: Vec<Found>,
    places: BTreeMap<Found, usize>,
}

impl<'w> Asker<'w> {
    fn new(world: &'w World, ec2: &'w Ec2) -> Asker<'w> {
        // The first place is for nothing.
        Asker {
            world,
            ec2,
            named: Named::of(ec2),
            kinds: BTreeMap::new(),
            found: vec![Found::default()],
            places: BTreeMap::from([(Found::default(), 0)]),
        }
    }

    fn kinds(&mut self, points: Vec<(u8, u16)>) -> Rc<Vec<Kind>> {
        let named = &self.named;
        let make = |points: &Vec<(u8, u16)>| Rc::new(named.kinds(points));
        Rc::clone(self.kinds.entry(points).or_insert_with_key(make))
    }

    /// The kinds of traffic that make a difference at a class of instances.
    fn kinds_at(&mut self, class: &[End<'_>]) -> Rc<Vec<Kind>> {
        let instance = class.first().and_then(|(id, _)| self.ec2.instances.get(id));
        let points = instance.map(|instance| points(self.ec2, instance));
        self.kinds(points.unwrap_or_default())
    }

    fn pair(&mut self, kinds: &[Kind], source: End<'_>, target: End<'_>) -> usize {
        let (world, ec2) = (self.world, self.ec2);
        self.keep(kinds, |probe| reach::judge(world, ec2, source, target, probe))
    }

    fn flows(&mut self, kinds: &[Kind], source: Endpoint, destination: Endpoint) -> usize {
        let (world, ec2) = (self.world, self.ec2);
        let ipv6 = source == INTERNET_BY_IPV6 || destination == INTERNET_BY_IPV6;
        let judge = |(protocol, port)| {
            let flow = Flow {
                source,
                destination,
                protocol,
                port,
            };
            walk::verdict(ec2, &flow, ends::resolve(world, ec2, &flow))
        };
        // Protocol 1 is read as 58 there, and would be said twice.
        let said = kinds
            .iter()
            .filter(|kind| !ipv6 || kind.probe.0 != super::addresses::ICMP);
        self.keep(said, judge)
    }

    /// The place of what a judge says of every kind.
    fn keep<'k>(
        &mut self,
        kinds: impl IntoIterator<Item = &'k Kind>,
        judge: impl Fn((u8, u16)) -> Disposition,
    ) -> usize {
        let mut found = Found::default();
        for kind in kinds {
            match judge(kind.probe) {
                Disposition::Delivered => found.delivered.extend(&kind.parts),
                Disposition::NotListening => found.unheard.extend(&kind.parts),
                _ => {}
            }
        }
        found.delivered = tidy(found.delivered);
        found.unheard = tidy(found.unheard);
        if let Some(place) = self.places.get(&found) {
            return *place;
        }
        let place = self.found.len();
        self.found.push(found.clone());
        self.places.insert(found, place);
        place
    }
}

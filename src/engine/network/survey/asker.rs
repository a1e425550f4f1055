//! What a survey asks for, and keeps: sets of kinds of traffic, one bit each, put together from what lies between two
//! surroundings and from what the groups at both ends let pass. Each answer is kept once.

use super::cells::{Kind, Named};
use super::traffic::tidy;
use super::{Found, FromInside, INTERNET_BY_IPV6, Way, Ways, points};
use crate::base::ids::NetworkInterfaceId;
use crate::network::fronts::Apart;
use crate::network::grid::{Between, Grid, Sides};
use crate::network::seats::Seat;
use crate::network::{Disposition, Endpoint, Flow, addresses, ends, reach, walk};
use crate::world::{Ec2, World};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Kinds of traffic with a number of their own.
struct Kinds {
    number: usize,
    list: Vec<Kind>,
}

/// A set of kinds, one bit each.
type Bits = Vec<u64>;

pub(super) struct Asker<'g, 'w> {
    world: &'w World,
    ec2: &'w Ec2,
    grid: &'g Grid<'w>,
    /// The kinds that make a difference at each class.
    heard: Vec<Rc<Kinds>>,
    /// What arrives depends on who listens there; out on the Internet all do.
    to_world: Rc<Kinds>,
    masks: Masks,
    named: Named,
    /// Who stands for the Internet.
    internet: Endpoint,
    kept: &'g mut Kept,
}

/// What is found, each once.
pub(super) struct Kept {
    /// It; nothing first.
    pub found: Vec<Found>,
    places: BTreeMap<Found, u32>,
}

impl Default for Kept {
    fn default() -> Kept {
        Kept {
            found: vec![Found::default()],
            places: BTreeMap::from([(Found::default(), 0)]),
        }
    }
}

/// What lists of rules let pass, each set once.
#[derive(Default)]
struct Masks {
    sets: Vec<Bits>,
    numbers: BTreeMap<Bits, usize>,
    /// For each list: sides that match, the kinds' number, the set's number.
    known: Vec<BTreeMap<(Sides, usize), usize>>,
    last: Vec<Option<((Sides, usize), usize)>>,
}

/// What lies between two surroundings as sets of kinds, and what came of each two sets of the ends' groups.
struct Sets {
    delivered: Bits,
    unheard: Bits,
    known: BTreeMap<(usize, usize), u32>,
    last: Option<((usize, usize), u32)>,
}

impl Sets {
    fn of(between: &Between) -> Sets {
        let kind = |wanted: Disposition| {
            let mut bits = vec![0; between.ends.len().div_ceil(64)];
            for (number, ending) in between.ends.iter().enumerate() {
                if ending.disposition == wanted {
                    set(&mut bits, number);
                }
            }
            bits
        };
        Sets {
            delivered: kind(Disposition::Delivered),
            unheard: kind(Disposition::NotListening),
            known: BTreeMap::new(),
            last: None,
        }
    }
}

fn set(bits: &mut Bits, number: usize) {
    if let Some(word) = bits.get_mut(number / 64) {
        *word |= 1 << (number % 64);
    }
}

impl<'g, 'w> Asker<'g, 'w> {
    /// `ipv6`: the grid's machines meet by IPv6.
    pub fn new(world: &'w World, ec2: &'w Ec2, grid: &'g Grid<'w>, ipv6: bool, kept: &'g mut Kept) -> Asker<'g, 'w> {
        let named = Named::of(ec2);
        let mut kinds = BTreeMap::new();
        let mut of = |points: Vec<(u8, u16)>| {
            let number = kinds.len();
            let make = |points: &Vec<(u8, u16)>| {
                let mut list = named.kinds(points);
                // Protocol 1 is read as 58 there, and would be said twice.
                list.retain(|kind| !ipv6 || kind.probe.0 != addresses::ICMP);
                Rc::new(Kinds { number, list })
            };
            Rc::clone(kinds.entry(points).or_insert_with_key(make))
        };
        let at = |class: &crate::network::grid::Class<'_>| {
            let first = class.members.first();
            let found = first.and_then(|seat| Some(points(ec2, seat, ec2.instances.get(&seat.instance)?)));
            found.unwrap_or_default()
        };
        let to_world = of(Vec::new());
        let heard = grid.classes.iter().map(|class| of(at(class))).collect();
        let lists = grid.lists();
        Asker {
            world,
            ec2,
            grid,
            heard,
            to_world,
            masks: Masks {
                known: vec![BTreeMap::new(); lists],
                last: vec![None; lists],
                ..Masks::default()
            },
            named,
            internet: if ipv6 { INTERNET_BY_IPV6 } else { Endpoint::Internet },
            kept,
        }
    }

    fn heard(&self, class: usize) -> Rc<Kinds> {
        Rc::clone(self.heard.get(class).unwrap_or(&self.to_world))
    }

    /// The kinds of traffic that a node of a load balancer takes: on the ports on which that one listens, nothing else.
    fn taken(&self, points: &[(u8, u16)]) -> Kinds {
        let mut list = self.named.kinds(points);
        list.retain(|kind| points.contains(&kind.probe));
        Kinds { number: 0, list }
    }

    /// From one end to a node of a load balancer that listens on these ports.
    pub fn towards_node(&mut self, source: Endpoint, node: NetworkInterfaceId, points: &[(u8, u16)]) -> u32 {
        let kinds = self.taken(points);
        self.flows(&kinds, source, Endpoint::Interface(node))
    }

    /// From the Internet to a node of a load balancer.
    pub fn world_to_node(&mut self, node: NetworkInterfaceId, points: &[(u8, u16)]) -> u32 {
        self.towards_node(self.internet, node, points)
    }

    /// From all ends inside to a node of a load balancer.
    pub fn node(&mut self, id: NetworkInterfaceId, points: &[(u8, u16)], apart: &Apart) -> FromInside {
        let kinds = self.taken(points);
        let end = Endpoint::Interface(id);
        let mut ways = FromInside::default();
        let grid = self.grid;
        for class in &grid.classes {
            let (told, alike): (Vec<&Seat<'_>>, Vec<&Seat<'_>>) =
                class.members.iter().partition(|seat| apart.tells(seat.instance));
            for seat in told {
                let place = self.flows(&kinds, seat.end, end);
                ways.own.insert(seat.end, place);
            }
            let first = alike.first().map(|seat| seat.end);
            ways.classes
                .push(first.map_or(0, |first| self.flows(&kinds, first, end)));
        }
        ways
    }

    /// What no other class is at the end of, for the classes of one surroundings.
    pub fn alone(&mut self, place: &[usize], ends: &mut [Ways]) {
        let Some(kinds) = place.first().map(|class| self.heard(*class)) else {
            return;
        };
        // What a machine sends to itself meets neither groups nor anybody.
        let grid = self.grid;
        let members = |class: &usize| grid.classes.get(*class)?.members.first();
        let own = place.iter().find_map(members);
        let own = own.map_or(0, |seat| self.pair(&kinds, seat, seat));
        for (class, world) in self.meet(place, self.internet) {
            if let Some(ways) = ends.get_mut(class) {
                *ways = Ways { own, world };
            }
        }
    }

    /// What gets from an address of the Internet to the classes of one surroundings, and from these to it.
    pub fn meet(&mut self, place: &[usize], at: Endpoint) -> Vec<(usize, Way)> {
        let Some(kinds) = place.first().map(|class| self.heard(*class)) else {
            return Vec::new();
        };
        let outside = Rc::clone(&self.to_world);
        let [mut inward, mut outward] = [(&kinds, true), (&outside, false)].map(|(kinds, inward)| {
            let between = self.grid.outside(place, &probes(kinds), at, inward)?;
            Some((Sets::of(&between), between))
        });
        let mut found = Vec::with_capacity(place.len());
        for class in place {
            let Some(seat) = self.grid.classes.get(*class).and_then(|class| class.members.first()) else {
                continue;
            };
            let (end, walked) = (seat.end, self.grid.is_walked(*class));
            let inward = match inward.as_mut().filter(|_| !walked) {
                Some((sets, between)) => {
                    let lets = self.grid.inwards(between, *class, *class);
                    let lets = self.lets(lets, &kinds);
                    self.kept(sets, (lets, lets), &kinds)
                }
                None => self.flows(&kinds, at, end),
            };
            let outward = match outward.as_mut().filter(|_| !walked) {
                Some((sets, between)) => {
                    let lets = self.grid.outwards(between, *class, *class);
                    let lets = self.lets(lets, &outside);
                    self.kept(sets, (lets, lets), &outside)
                }
                None => self.flows(&outside, end, at),
            };
            found.push((*class, Way { inward, outward }));
        }
        found
    }

    /// From every class to every class, row by row.
    pub fn pairs(&mut self, pairs: &mut [u32]) {
        let grid = self.grid;
        let count = grid.classes.len();
        let heard = self.heard.clone();
        let asked = |class: usize| heard.get(class).map(|kinds| probes(kinds)).unwrap_or_default();
        grid.each(asked, |between, senders, receivers| {
            let Some(kinds) = receivers.first().map(|class| self.heard(*class)) else {
                return;
            };
            let mut sets = between.map(Sets::of);
            for from in senders {
                for to in receivers {
                    let judged = between.zip(sets.as_mut());
                    let judged = judged.filter(|_| !grid.is_walked(*from) && !grid.is_walked(*to));
                    let place = match (grid.two(*from, *to), judged) {
                        (None, _) => 0,
                        (Some(_), Some((between, sets))) => {
                            let out = self.lets(grid.outwards(between, *from, *to), &kinds);
                            let into = self.lets(grid.inwards(between, *from, *to), &kinds);
                            self.kept(sets, (out, into), &kinds)
                        }
                        (Some((source, target)), None) => self.pair(&kinds, &source, &target),
                    };
                    if let Some(pair) = pairs.get_mut(from * count + to) {
                        *pair = place;
                    }
                }
            }
        });
    }

    /// The number of the set that a list lets pass when these of its sides match.
    fn lets(&mut self, (list, sides): (usize, Sides), kinds: &Kinds) -> usize {
        let key = (sides, kinds.number);
        if let Some(Some((known, number))) = self.masks.last.get(list)
            && *known == key
        {
            return *number;
        }
        let number = match self.masks.known.get(list).and_then(|known| known.get(&key)) {
            Some(number) => *number,
            None => {
                let mut bits = vec![0; kinds.list.len().div_ceil(64)];
                for (number, kind) in kinds.list.iter().enumerate() {
                    if self.grid.passes(list, sides, kind.probe.0, kind.probe.1) {
                        set(&mut bits, number);
                    }
                }
                let next = self.masks.sets.len();
                let number = *self.masks.numbers.entry(bits.clone()).or_insert(next);
                if number == next {
                    self.masks.sets.push(bits);
                }
                if let Some(known) = self.masks.known.get_mut(list) {
                    known.insert(key, number);
                }
                number
            }
        };
        if let Some(last) = self.masks.last.get_mut(list) {
            *last = Some((key, number));
        }
        number
    }

    /// The place of what gets through between, and through both ends' groups.
    fn kept(&mut self, sets: &mut Sets, lets: (usize, usize), kinds: &Kinds) -> u32 {
        if let Some((_, place)) = sets.last.filter(|(last, _)| *last == lets) {
            return place;
        }
        let place = match sets.known.get(&lets) {
            Some(place) => *place,
            None => {
                let both = self.masks.sets.get(lets.0).zip(self.masks.sets.get(lets.1));
                let (out, into) = both
                    .map(|(out, into)| (out.as_slice(), into.as_slice()))
                    .unwrap_or_default();
                let among = |between: &Bits, number: usize| {
                    let word = |bits: &[u64]| bits.get(number / 64).copied().unwrap_or_default();
                    (word(between) & word(out) & word(into)) >> (number % 64) & 1 == 1
                };
                let mut found = Found::default();
                for (number, kind) in kinds.list.iter().enumerate() {
                    if among(&sets.delivered, number) {
                        found.delivered.extend(&kind.parts);
                    } else if among(&sets.unheard, number) {
                        found.unheard.extend(&kind.parts);
                    }
                }
                let place = self.keep(found);
                sets.known.insert(lets, place);
                place
            }
        };
        sets.last = Some((lets, place));
        place
    }

    /// A pair, by a walk for each kind.
    fn pair(&mut self, kinds: &Kinds, source: &Seat<'_>, target: &Seat<'_>) -> u32 {
        let (world, ec2) = (self.world, self.ec2);
        self.judged(kinds.list.iter(), |probe| {
            reach::judge(world, ec2, source, target, probe)
        })
    }

    /// A flow from or to the Internet, by a walk for each kind.
    fn flows(&mut self, kinds: &Kinds, source: Endpoint, destination: Endpoint) -> u32 {
        let (world, ec2) = (self.world, self.ec2);
        let judge = |(protocol, port)| {
            let flow = Flow {
                source,
                destination,
                protocol,
                port,
            };
            walk::verdict(ec2, None, &flow, ends::resolve(world, ec2, &flow))
        };
        self.judged(kinds.list.iter(), judge)
    }

    /// The place of what a judge says of every kind.
    fn judged<'k>(&mut self, kinds: impl Iterator<Item = &'k Kind>, judge: impl Fn((u8, u16)) -> Disposition) -> u32 {
        let mut found = Found::default();
        for kind in kinds {
            match judge(kind.probe) {
                Disposition::Delivered => found.delivered.extend(&kind.parts),
                Disposition::NotListening => found.unheard.extend(&kind.parts),
                _ => {}
            }
        }
        self.keep(found)
    }

    fn keep(&mut self, found: Found) -> u32 {
        let found = Found {
            delivered: tidy(found.delivered),
            unheard: tidy(found.unheard),
        };
        let kept = &mut *self.kept;
        if let Some(place) = kept.places.get(&found) {
            return *place;
        }
        let place = u32::try_from(kept.found.len()).unwrap_or(u32::MAX);
        kept.found.push(found.clone());
        kept.places.insert(found, place);
        place
    }
}

/// One packet of each kind.
fn probes(kinds: &Kinds) -> Vec<(u8, u16)> {
    kinds.list.iter().map(|kind| kind.probe).collect()
}

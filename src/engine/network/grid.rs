//! Many pairs at once, judged by few walks. A walk between two machines depends on their surroundings (`reach`) and on what
//! their own security groups say of each other. So one walk between each two surroundings, in which the groups at both ends
//! let everything pass, tells how it ends for all machines there; and for each pair only the groups' rules are asked
//! besides, by the same functions that a walk asks. Machines are of one class when their surroundings are the same, their
//! groups say the same, and no rule of any group tells them apart.
//!
//! Instances of which this cannot be said (those that routes name, or that have a double in another VPC) are walked pair by
//! pair.

use super::classic::member_groups;
use super::filters::{self, Other, Seen};
use super::reach::{Known, Surroundings};
use super::seats::Seat;
use super::{Disposition, Endpoint, Flow, ends, walk};
use crate::base::ids::*;
use crate::world::Ec2;
use crate::world::compute::Instance;
use crate::world::vpc::*;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Different sides that the rules of one machine may name, for one direction: one bit each of a [`Sides`].
const SIDES: usize = 128;

/// Which sides of a list match, by their places in it.
pub(super) type Sides = u128;

/// The addresses of a Region's instances (`seats`) in classes.
pub(super) struct Grid<'w> {
    ec2: &'w Ec2,
    /// Those that nothing tells apart, together.
    pub classes: Vec<Class<'w>>,
    /// Classes of the same surroundings, together.
    places: Vec<Vec<usize>>,
    /// What groups say.
    lists: Vec<List<'w>>,
}

/// Addresses of instances that nothing tells apart.
pub(super) struct Class<'w> {
    /// They.
    pub members: Vec<Seat<'w>>,
    walked: bool,
    vpc: Option<VpcId>,
    egress: usize,
    ingress: usize,
    /// Which sides, of all that rules name, match their private address, and their public one.
    private: Vec<u64>,
    public: Vec<u64>,
}

/// The rules of a machine's groups for one direction.
struct List<'w> {
    /// Numbers of the sides that they name.
    sides: Vec<usize>,
    /// With the place of its side.
    rules: Vec<(usize, &'w GroupRule)>,
    /// Of the sides, groups of the own VPC.
    groups: Sides,
    /// Of the sides, groups of any VPC.
    members: Sides,
    /// Of the sides, groups behind a transit gateway.
    beyond: Sides,
}

/// What lies between two surroundings.
pub(super) struct Between {
    destination: View,
    source: Option<(View, Seen)>,
    /// For each kind of traffic.
    pub ends: Vec<Ending>,
}

/// How a kind of traffic ends if the groups at both ends let it pass.
#[derive(Clone, Copy)]
pub(super) struct Ending {
    /// The end.
    pub disposition: Disposition,
    /// Before that, the sender's groups are asked.
    egress: bool,
    /// Before that, the receiver's groups are asked.
    ingress: bool,
}

/// As what one end sees the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Private,
    Public,
    /// Somebody in the middle shows this address instead.
    Other(IpAddr),
}

impl View {
    fn of(side: &Side<'_>, address: IpAddr) -> View {
        match side.inside {
            Some(seat) if seat.private == Some(address) => View::Private,
            Some(seat) if seat.public == Some(address) => View::Public,
            _ => View::Other(address),
        }
    }
}

/// An end of a flow.
#[derive(Clone, Copy)]
struct Side<'w> {
    end: Endpoint,
    inside: Option<Seat<'w>>,
}

impl<'w> Side<'w> {
    fn interface(&self) -> Option<&'w NetworkInterface> {
        self.inside?.interface
    }
}

impl<'w> From<Seat<'w>> for Side<'w> {
    fn from(seat: Seat<'w>) -> Side<'w> {
        Side {
            end: seat.end,
            inside: Some(seat),
        }
    }
}

/// Everything by which classes are told apart: surroundings, lists, sides that match.
type Key = (usize, usize, usize, Vec<u64>, Vec<u64>);

impl<'w> Grid<'w> {
    /// Puts machines into classes. `heard`: what of an instance's listeners counts there.
    pub fn new<L: Ord>(
        ec2: &'w Ec2,
        seats: impl Iterator<Item = Seat<'w>>,
        heard: impl Fn(&Seat<'w>, &'w Instance) -> L,
    ) -> Grid<'w> {
        let known = Known::of(ec2);
        let mut lists = Lists::default();
        let sides = sides(ec2);
        let mut surroundings: BTreeMap<Surroundings<'_, L>, usize> = BTreeMap::new();
        let mut classes: BTreeMap<Key, Class<'w>> = BTreeMap::new();
        for seat in seats {
            let Some(instance) = ec2.instances.get(&seat.instance) else {
                continue;
            };
            let interface = seat.interface;
            let around = Surroundings::of(ec2, &known, instance, &seat, heard(&seat, instance));
            let alone = around.is_alone();
            let next = surroundings.len();
            let place = *surroundings.entry(around).or_insert(next);
            let (egress, out_named) = lists.of(ec2, interface, true, &sides);
            let (ingress, in_named) = lists.of(ec2, interface, false, &sides);
            let (private, public) = seen(ec2, &sides, &seat);
            let key = (place, egress, ingress, private.clone(), public.clone());
            let class = classes.entry(key).or_insert_with(|| Class {
                members: Vec::new(),
                walked: alone || out_named > SIDES || in_named > SIDES,
                vpc: interface.map(|own| own.vpc),
                egress,
                ingress,
                private,
                public,
            });
            class.members.push(seat);
        }
        let mut places = vec![Vec::new(); surroundings.len()];
        for (number, (place, ..)) in classes.keys().enumerate() {
            if let Some(there) = places.get_mut(*place) {
                there.push(number);
            }
        }
        Grid {
            ec2,
            classes: classes.into_values().collect(),
            places,
            lists: lists.lists,
        }
    }

    /// How many lists of rules there are.
    pub fn lists(&self) -> usize {
        self.lists.len()
    }

    /// A member of one class, and one of the other that is another instance's.
    pub fn two(&self, from: usize, to: usize) -> Option<(Seat<'w>, Seat<'w>)> {
        let (sources, targets) = (&self.classes.get(from)?.members, &self.classes.get(to)?.members);
        let (first, receiver) = (sources.first()?, targets.first()?);
        // Somebody else sends to the first receiver; or all senders are that instance, and need another receiver.
        match sources.iter().find(|seat| seat.instance != receiver.instance) {
            Some(sender) => Some((*sender, *receiver)),
            None => {
                let other = targets.iter().find(|seat| seat.instance != first.instance);
                other.map(|other| (*first, *other))
            }
        }
    }

    /// Goes through all pairs of classes, those of the same surroundings on both sides together: what lies between them
    /// (`None`: each pair has to be walked), the senders' classes and the receivers'. `kinds`: one packet (protocol, port) of
    /// each kind of traffic that makes a difference at a class; all classes of the same surroundings have the same.
    pub fn each(
        &self,
        kinds: impl Fn(usize) -> Vec<(u8, u16)>,
        mut visit: impl FnMut(Option<&Between>, &[usize], &[usize]),
    ) {
        for to in &self.places {
            let Some(asked) = to.first().map(|class| kinds(*class)) else {
                continue;
            };
            for from in &self.places {
                visit(self.between(from, to, &asked).as_ref(), from, to);
            }
        }
    }

    /// Classes of the same surroundings, together.
    pub fn places(&self) -> &[Vec<usize>] {
        &self.places
    }

    /// Whether what lies between says nothing of this class: its pairs are walked.
    pub fn is_walked(&self, class: usize) -> bool {
        self.classes.get(class).is_none_or(|class| class.walked)
    }

    /// One walk for each kind; `None` where no two machines stand there, or where it is not the machines' own groups that are
    /// asked.
    fn between(&self, from: &[usize], to: &[usize], kinds: &[(u8, u16)]) -> Option<Between> {
        let judged = |class: &&usize| !self.is_walked(**class);
        let two = |one: &usize| to.iter().filter(judged).find_map(|other| self.two(*one, *other));
        let (source, target) = from.iter().filter(judged).find_map(two)?;
        self.walk(kinds, source.into(), target.into())
    }

    /// What lies between the Internet, or an address of it, and the classes of one surroundings: inwards, or outwards.
    pub fn outside(&self, place: &[usize], kinds: &[(u8, u16)], outside: Endpoint, inward: bool) -> Option<Between> {
        let class = place.iter().find(|class| !self.is_walked(**class))?;
        let inside = Side::from(*self.classes.get(*class)?.members.first()?);
        let outside = Side {
            end: outside,
            inside: None,
        };
        match inward {
            true => self.walk(kinds, outside, inside),
            false => self.walk(kinds, inside, outside),
        }
    }

    /// One walk for each kind; `None` where it is not the ends' own groups that are asked.
    fn walk(&self, kinds: &[(u8, u16)], source: Side<'w>, target: Side<'w>) -> Option<Between> {
        let mut found = Between {
            destination: View::Private,
            source: None,
            ends: Vec::with_capacity(kinds.len()),
        };
        for (protocol, port) in kinds {
            let flow = Flow {
                source: source.end,
                destination: target.end,
                protocol: *protocol,
                port: *port,
            };
            let question = ends::question(self.ec2, &flow, source.interface(), target.interface()).ok()?;
            found.destination = View::of(&target, question.packet.destination_address);
            let (disposition, asked) = walk::verdict_between(self.ec2, &question);
            if let Some((id, packet, seen)) = asked.ingress {
                if target.interface().is_none_or(|own| own.id != id) {
                    return None;
                }
                found.source = Some((View::of(&source, packet.source_address), seen));
            }
            found.ends.push(Ending {
                disposition,
                egress: asked.egress,
                ingress: asked.ingress.is_some(),
            });
        }
        Some(found)
    }

    /// How a pair's flow ends, of which `between` has the only kind.
    pub fn settle(&self, between: &Between, from: usize, to: usize, (protocol, port): (u8, u16)) -> Disposition {
        let Some(ending) = between.ends.first() else {
            return Disposition::Unknown;
        };
        let passes = |(list, sides): (usize, Sides)| self.passes(list, sides, protocol, port);
        let refused = ending.egress && !passes(self.outwards(between, from, to))
            || ending.ingress && !passes(self.inwards(between, from, to));
        if refused {
            Disposition::Denied
        } else {
            ending.disposition
        }
    }

    /// The sender's list of rules, and the sides of it that match the receiver.
    pub fn outwards(&self, between: &Between, from: usize, to: usize) -> (usize, Sides) {
        let (Some(own), Some(other)) = (self.classes.get(from), self.classes.get(to)) else {
            return (0, 0);
        };
        (
            own.egress,
            self.matching(own.egress, own, other, (between.destination, Seen::Openly)),
        )
    }

    /// The receiver's list of rules, and the sides of it that match the sender.
    pub fn inwards(&self, between: &Between, from: usize, to: usize) -> (usize, Sides) {
        let (Some(own), Some(other)) = (self.classes.get(to), self.classes.get(from)) else {
            return (0, 0);
        };
        let view = between.source.unwrap_or((View::Private, Seen::Openly));
        (own.ingress, self.matching(own.ingress, own, other, view))
    }

    fn matching(&self, list: usize, own: &Class<'_>, other: &Class<'_>, (view, seen): (View, Seen)) -> Sides {
        let Some(list) = self.lists.get(list) else { return 0 };
        let gather = |bits: &[u64]| {
            let has = |side: &usize| bits.get(side / 64).is_some_and(|word| word >> (side % 64) & 1 == 1);
            let places = (0u32..).zip(&list.sides).filter(|(_, side)| has(side));
            places.fold(0, |sides: Sides, (place, _)| sides | 1 << place)
        };
        let mut sides = match view {
            View::Private => gather(&other.private),
            View::Public => gather(&other.public),
            View::Other(address) => return self.matching_address(list, own, address, seen),
        };
        if own.vpc != other.vpc {
            sides &= !list.groups;
        }
        if seen != Seen::Openly {
            sides &= !list.members;
        }
        if seen == Seen::Hidden {
            sides &= !list.beyond;
        }
        sides
    }

    /// The sides of a list that match an address that is no machine's of the pair.
    fn matching_address(&self, list: &List<'_>, own: &Class<'_>, address: IpAddr, seen: Seen) -> Sides {
        let other = Other {
            address,
            groups: own.vpc.and_then(|vpc| member_groups(self.ec2, vpc, address)),
            seen,
        };
        let matching = list
            .rules
            .iter()
            .filter(|(_, rule)| filters::peer(self.ec2, &rule.peer, &other).is_ok());
        matching.fold(0, |sides, (place, _)| sides | 1 << place)
    }

    /// Whether a list lets traffic pass when these of its sides match.
    pub fn passes(&self, list: usize, sides: Sides, protocol: u8, port: u16) -> bool {
        let rules = self
            .lists
            .get(list)
            .map(|list| list.rules.as_slice())
            .unwrap_or_default();
        let mut matching = rules.iter().filter(|(place, _)| sides >> place & 1 == 1);
        matching.any(|(_, rule)| filters::traffic(rule, protocol, port).is_ok())
    }
}

/// Every side that a rule of the Region names, with its number.
fn sides(ec2: &Ec2) -> BTreeMap<Peer, usize> {
    let mut sides = BTreeMap::new();
    for rule in ec2.security_groups.rows().flat_map(|group| &group.rules) {
        let next = sides.len();
        sides.entry(rule.peer).or_insert(next);
    }
    sides
}

/// Which sides match a machine's private address, and its public one.
fn seen(ec2: &Ec2, sides: &BTreeMap<Peer, usize>, seat: &Seat<'_>) -> (Vec<u64>, Vec<u64>) {
    let matching = |other: Other<'_>| {
        let mut bits = vec![0; sides.len().div_ceil(64)];
        for (peer, number) in sides {
            if filters::peer(ec2, peer, &other).is_ok()
                && let Some(word) = bits.get_mut(number / 64)
            {
                *word |= 1 << (number % 64);
            }
        }
        bits
    };
    let view = |address: IpAddr, groups| Other {
        address,
        groups,
        seen: Seen::Openly,
    };
    let Some((own, private)) = seat.interface.zip(seat.private) else {
        return (Vec::new(), Vec::new());
    };
    let public = seat.public.map(|public| matching(view(public, None)));
    (
        matching(view(private, Some(own.groups.as_slice()))),
        public.unwrap_or_default(),
    )
}

/// What a rule says: the number of its side, its protocol and ports.
type Said = (usize, Option<u8>, (i32, i32));

/// Lists of rules, each once.
#[derive(Default)]
struct Lists<'w> {
    numbers: BTreeMap<Vec<Said>, usize>,
    lists: Vec<List<'w>>,
}

impl<'w> Lists<'w> {
    /// The number of the list of an interface's rules for one direction, and how many sides it names.
    fn of(
        &mut self,
        ec2: &'w Ec2,
        interface: Option<&NetworkInterface>,
        egress: bool,
        sides: &BTreeMap<Peer, usize>,
    ) -> (usize, usize) {
        let groups = interface.map(|own| own.groups.as_slice()).unwrap_or_default();
        let groups = groups.iter().filter_map(|group| ec2.security_groups.get(group));
        let rules = groups
            .flat_map(|group| &group.rules)
            .filter(|rule| rule.egress == egress);
        let mut own: BTreeMap<Said, &'w GroupRule> = BTreeMap::new();
        for rule in rules {
            if let Some(side) = sides.get(&rule.peer) {
                own.insert((*side, rule.protocol, rule.ports), rule);
            }
        }
        let key: Vec<_> = own.keys().copied().collect();
        if let Some(number) = self.numbers.get(&key) {
            let named = self.lists.get(*number).map_or(0, |list| list.sides.len());
            return (*number, named);
        }
        let mut list = List {
            sides: Vec::new(),
            rules: Vec::new(),
            groups: 0,
            members: 0,
            beyond: 0,
        };
        for ((side, ..), rule) in own {
            if list.sides.last() != Some(&side) {
                list.sides.push(side);
            }
            let place = list.sides.len() - 1;
            list.rules.push((place, rule));
            let bit = 1_u128.checked_shl(place as u32).unwrap_or(0);
            match rule.peer {
                Peer::Group(_) => {
                    list.groups |= bit;
                    list.members |= bit;
                }
                Peer::PeerGroup(..) => list.members |= bit,
                Peer::HubGroup(..) => list.beyond |= bit,
                Peer::Cidr(_) | Peer::PrefixList(_) => {}
            }
        }
        let (number, named) = (self.lists.len(), list.sides.len());
        self.lists.push(list);
        self.numbers.insert(key, number);
        (number, named)
    }
}

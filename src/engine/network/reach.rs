//! Who reaches whom: every pair of instances on one port. A pair is judged by the same walk that a trace takes, so that the
//! two cannot disagree; what makes thousands of instances affordable is that most of them are alike (`grid`).
//!
//! Here stands what the walk can look at of an instance at its ends, without the security groups of that instance: its
//! surroundings. Two instances with the same surroundings differ for a walk by their groups only: same subnet, state, guest,
//! and addresses between which no block begins or ends that an ACL, a route, a guest's firewall or a range names. An
//! instance that a route names, or whose private address another VPC has too or a transit gateway translates, is like no other. Whoever lets the walk look
//! at something new adds it to [`Surroundings`]; `tests/network/pairs.rs` has two instances for each of its fields, between
//! which that alone decides (for `named`: `tests/network/survey.rs`).

use super::ends;
use super::grid::{Between, Grid};
use super::host::listens;
use super::seats::{self, Named, Seat};
use super::{Disposition, Endpoint, Flow, walk};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::world::compute::{GuestRule, Instance, InstanceState};
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges that the walk knows by themselves: private, shared and unroutable ones (`addresses`).
pub(crate) const RANGES: [([u8; 4], u8); 8] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 168, 0, 0], 16),
    ([224, 0, 0, 0], 3),
];

/// The same of IPv6: unique local, link-local and multicast ones, by their first 16 bits.
pub(super) const RANGES_IPV6: [(u16, u8); 3] = [(0xfc00, 7), (0xfe80, 10), (0xff00, 8)];

/// How the flow between every two instances ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reachability {
    /// The Region's instances, by id.
    pub instances: Vec<InstanceId>,
    /// The class of each.
    class: Vec<usize>,
    /// From an instance of the class to itself.
    own: Vec<Disposition>,
    /// From a class to a class: row by row.
    pairs: Vec<Disposition>,
}

impl Reachability {
    /// How a flow ends, as [`super::trace`] would have it. The ends are places in `instances`; `Unknown` where there is
    /// no such place.
    pub fn between(&self, source: usize, destination: usize) -> Disposition {
        let (Some(from), Some(to)) = (self.class.get(source), self.class.get(destination)) else {
            return Disposition::Unknown;
        };
        let found = if source == destination {
            self.own.get(*from)
        } else {
            self.pairs.get(from * self.own.len() + to)
        };
        found.copied().unwrap_or(Disposition::Unknown)
    }

    /// The class of an instance, by its place: nothing tells those of one class apart.
    pub(super) fn class_of(&self, place: usize) -> Option<usize> {
        self.class.get(place).copied()
    }
}

/// Asks for every pair of a Region's instances whether a flow of this protocol to this port (as in [`Flow`]) arrives and is
/// answered, and if not, how the first blocker ends it.
pub fn reachability(world: &World, region: Region, protocol: u8, port: u16) -> Reachability {
    let unused = Ec2::default();
    let ec2 = world.ec2(region).unwrap_or(&unused);
    let grid = Grid::new(ec2, seats::primary(ec2), |_, instance| {
        listens(instance, protocol, port)
    });
    let asked = (protocol, port);
    let count = grid.classes.len();
    let mut class_of = BTreeMap::new();
    let mut own = Vec::with_capacity(count);
    for (number, class) in grid.classes.iter().enumerate() {
        class_of.extend(class.members.iter().map(|seat| (seat.instance, number)));
        let first = class.members.first();
        own.push(first.map_or(Disposition::Unknown, |seat| judge(world, ec2, seat, seat, asked)));
    }
    let mut pairs = vec![Disposition::Unknown; count * count];
    let one = |between: Option<&Between>, from, to| match (between, grid.two(from, to)) {
        (_, None) => Disposition::Unknown,
        (Some(between), _) if !grid.is_walked(from) && !grid.is_walked(to) => grid.settle(between, from, to, asked),
        (_, Some((source, target))) => judge(world, ec2, &source, &target, asked),
    };
    grid.each(
        |_| vec![asked],
        |between, senders, receivers| {
            for (from, to) in senders
                .iter()
                .flat_map(|from| receivers.iter().map(move |to| (*from, *to)))
            {
                if let Some(pair) = pairs.get_mut(from * count + to) {
                    *pair = one(between, from, to);
                }
            }
        },
    );
    let (instances, class) = class_of.into_iter().unzip();
    Reachability {
        instances,
        class,
        own,
        pairs,
    }
}

/// How a flow between two instances ends.
pub(super) fn judge(
    world: &World,
    ec2: &Ec2,
    source: &Seat<'_>,
    target: &Seat<'_>,
    (protocol, port): (u8, u16),
) -> Disposition {
    let flow = Flow {
        source: source.end,
        destination: target.end,
        protocol,
        port,
    };
    let question = match (source.interface, target.interface) {
        (Some(_), Some(_)) => ends::question(ec2, &flow, source.interface, target.interface),
        _ => ends::resolve_primary(world, ec2, &flow),
    };
    walk::verdict(ec2, None, &flow, question)
}

/// What is found out once for all instances.
pub(super) struct Known {
    cuts: Cuts,
    /// Groups that a rule of an instance in the middle names.
    groups: BTreeSet<SecurityGroupId>,
    named: BTreeSet<InstanceId>,
    /// Blocks that transit gateways translate, address by address.
    translated: Vec<Ipv4Net>,
}

impl Known {
    pub fn of(ec2: &Ec2) -> Known {
        let named = in_the_middle(ec2).filter_map(|interface| Some(interface.attachment.as_ref()?.instance));
        // Whoever passes packets on judges them by rules of its own.
        let middle = in_the_middle(ec2).flat_map(|interface| interface.groups.iter().copied());
        let middle: BTreeSet<SecurityGroupId> = middle.collect();
        let rules = || {
            let groups = middle.iter().filter_map(|id| ec2.security_groups.get(id));
            groups.flat_map(|group| &group.rules)
        };
        let groups = rules().filter_map(|rule| rule.peer.group());
        // An address behind a rule is rewritten, and so is one that lies where others are seen.
        let rows = ec2.links.attachments.rows().filter(|row| row.nat.on);
        let translated = rows
            .flat_map(|row| &row.nat.rules)
            .flat_map(|rule| [rule.own, rule.nat]);
        Known {
            translated: translated.collect(),
            groups: groups.collect(),
            cuts: cuts(ec2, rules().map(|rule| rule.peer)),
            named: named.collect(),
        }
    }
}

/// All that a walk can look at when an instance is one of its ends, but for its groups.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Surroundings<'w, L> {
    /// Its interface; a terminated instance has none.
    interface: Option<Edge>,
    named: Named,
    state: InstanceState,
    boots: bool,
    impaired: bool,
    host_failed: bool,
    /// Decides the port that it sends from.
    windows: bool,
    /// What of its listeners counts.
    listens: L,
    firewall: &'w [GuestRule],
    firewall_out: &'w [GuestRule],
    /// Set for one whose packets are not the only ones that it sees.
    alone: Option<Endpoint>,
}

/// What an interface stands for, at one of its addresses. VPC Block Public Access looks at the subnet alone.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    subnet: SubnetId,
    /// Those that an instance in the middle knows.
    groups: BTreeSet<SecurityGroupId>,
    /// Places between the cuts.
    private: Option<Place>,
    public: Option<Place>,
}

impl<'w, L> Surroundings<'w, L> {
    /// Whether its packets are not the only ones that it sees, or it has no interface: each of its pairs is walked.
    pub fn is_alone(&self) -> bool {
        self.alone.is_some() || self.interface.is_none()
    }

    pub fn of(ec2: &'w Ec2, known: &Known, instance: &'w Instance, seat: &Seat<'w>, listens: L) -> Surroundings<'w, L> {
        // A packet for a double of one of its addresses may come back to itself, whichever address it left by.
        let interfaces = ends::interfaces(ec2, instance.id);
        let mut addresses = interfaces.flat_map(|own| own.addresses.iter().map(move |address| (own, address.private)));
        let alone = super::classic::is_singular(instance)
            || known.named.contains(&instance.id)
            || addresses.any(|(own, private)| {
                let translated = known.translated.iter().any(|block| block.contains(&private));
                translated || doubles(ec2, own, private).next().is_some()
            });
        let interface = seat.interface.map(|interface| {
            let groups = interface.groups.iter();
            let groups = groups.filter(|group| known.groups.contains(group)).copied().collect();
            Edge {
                subnet: interface.subnet,
                groups,
                private: seat.private.map(|address| known.cuts.place(address)),
                public: seat.public.map(|address| known.cuts.place(address)),
            }
        });
        Surroundings {
            interface,
            named: seat.named(),
            state: instance.state,
            boots: instance.guest.boots.is_some(),
            impaired: instance.checks.instance_impaired.is_some(),
            host_failed: ec2.is_host_failed(instance),
            windows: instance.machine.is_windows(),
            listens,
            firewall: &instance.guest.firewall,
            firewall_out: &instance.guest.firewall_out,
            alone: alone.then_some(seat.end),
        }
    }
}

/// Where the blocks begin, and where they have just ended, that anything here names: two addresses with no cut between
/// them lie in the same blocks. Sorted.
struct Cuts {
    ipv4: Vec<u32>,
    ipv6: Vec<u128>,
}

/// Between which cuts an address lies: by family, how many lie before it.
type Place = (bool, usize);

impl Cuts {
    fn place(&self, address: IpAddr) -> Place {
        match address {
            IpAddr::V4(address) => (false, self.ipv4.partition_point(|cut| *cut <= u32::from(address))),
            IpAddr::V6(address) => (true, self.ipv6.partition_point(|cut| *cut <= u128::from(address))),
        }
    }
}

/// [`Cuts`] while blocks are still found.
#[derive(Default)]
struct Cutting {
    ipv4: BTreeSet<u32>,
    ipv6: BTreeSet<u128>,
}

impl Cutting {
    fn ipv4(&mut self, block: Ipv4Net) {
        self.ipv4.insert(u32::from(block.network()));
        self.ipv4.extend(u32::from(block.broadcast()).checked_add(1));
    }

    fn ipv6(&mut self, block: Ipv6Net) {
        self.ipv6.insert(u128::from(block.network()));
        self.ipv6.extend(u128::from(block.broadcast()).checked_add(1));
    }

    fn block(&mut self, block: IpNet) {
        match block {
            IpNet::V4(block) => self.ipv4(block),
            IpNet::V6(block) => self.ipv6(block),
        }
    }
}

fn cuts(ec2: &Ec2, peers: impl Iterator<Item = Peer>) -> Cuts {
    let mut cuts = Cutting::default();
    for (first, length) in RANGES {
        cuts.ipv4(Ipv4Net::new_assert(first.into(), length));
    }
    for (first, length) in RANGES_IPV6 {
        cuts.ipv6(Ipv6Net::new_assert(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0), length));
    }
    // Of these, the resolver and the router have an address of their own.
    let vpcs = ec2
        .vpcs
        .rows()
        .flat_map(|vpc| vpc.cidrs.iter().map(|(_, block)| (*block, 2)));
    for (block, service) in vpcs.chain(ec2.subnets.rows().map(|subnet| (subnet.cidr, 1))) {
        cuts.ipv4(block);
        cuts.ipv4.insert(super::addresses::nth(block, service).into());
    }
    let vpcs = ec2.vpcs.rows().flat_map(|vpc| &vpc.ipv6_cidrs);
    let subnets = ec2.subnets.rows().filter_map(|subnet| subnet.ipv6_cidr);
    for block in vpcs.map(|(_, block)| *block).chain(subnets) {
        cuts.ipv6(block);
    }
    let mut lists = BTreeSet::new();
    for peer in peers {
        match peer {
            Peer::Cidr(block) => cuts.block(block),
            Peer::PrefixList(list) => _ = lists.insert(list),
            Peer::Group(_) | Peer::PeerGroup(..) | Peer::HubGroup(..) => {}
        }
    }
    let routes = ec2.route_tables.rows().flat_map(|table| &table.routes);
    let transit = ec2.links.transit_tables.rows().flat_map(|table| &table.routes);
    let destinations = routes.map(|route| route.destination);
    for destination in destinations.chain(transit.map(|(destination, _)| *destination)) {
        match destination {
            RouteDestination::Cidr(block) => cuts.block(block),
            RouteDestination::PrefixList(list) => _ = lists.insert(list),
        }
    }
    let lists = lists.iter().filter_map(|list| ec2.prefix_lists.get(list));
    let entries = ec2.network_acls.rows().flat_map(|acl| &acl.entries);
    let firewalls = ec2.instances.rows().flat_map(|instance| instance.guest.blocks());
    let behind = ec2.gateways.connections.rows().flat_map(super::vpn::networks);
    let policies = ec2.links.policy_tables.rows().flat_map(|table| &table.entries);
    let blocks = (lists.flat_map(|list| list.entries.iter().map(|(block, _)| *block)))
        .chain(entries.map(|entry| entry.cidr))
        .chain(behind.map(IpNet::V4))
        .chain(firewalls)
        .chain(policies.flat_map(|entry| entry.source.into_iter().chain(entry.destination)));
    blocks.for_each(|block| cuts.block(block));
    Cuts {
        ipv4: cuts.ipv4.into_iter().collect(),
        ipv6: cuts.ipv6.into_iter().collect(),
    }
}

/// Interfaces of other VPCs that have the same private address as this one: routes may lead a packet for one to the other.
pub(super) fn doubles<'w>(
    ec2: &'w Ec2,
    interface: &NetworkInterface,
    address: Ipv4Addr,
) -> impl Iterator<Item = &'w NetworkInterface> {
    let own = interface.vpc;
    let others = ec2.vpcs.rows().filter(move |other| other.id != own);
    let covering = others.filter(move |other| other.cidrs.iter().any(|(_, block)| block.contains(&address)));
    covering.filter_map(move |other| ec2.interfaces.get(&ec2.ipv4_holder(other.id, address)?))
}

/// [`doubles`] of an end. IPv6 addresses have none.
pub(super) fn seat_doubles<'w>(ec2: &'w Ec2, seat: &Seat<'w>) -> impl Iterator<Item = &'w NetworkInterface> {
    let private = match seat.private {
        Some(IpAddr::V4(private)) => Some(private),
        _ => None,
    };
    let own = seat.interface.zip(private).into_iter();
    own.flat_map(move |(interface, private)| doubles(ec2, interface, private))
}

/// Interfaces that a route sends packets to, and the others of their instances, by which these may pass them on: they may stand
/// on the way of others. And those of guests that have routes of their own: these may send by any of them.
fn in_the_middle(ec2: &Ec2) -> impl Iterator<Item = &NetworkInterface> {
    let routed = ec2.instances.rows().filter(|row| !row.guest.routing.is_plain());
    let routed = routed.flat_map(|row| ends::interfaces(ec2, row.id));
    let routes = ec2.route_tables.rows().flat_map(|table| &table.routes);
    let named = routes.filter_map(|route| match route.target {
        RouteTarget::Interface(interface, _) => ec2.interfaces.get(&interface),
        _ => None,
    });
    let beside = |own: &NetworkInterface| own.attachment.as_ref().map(|attachment| attachment.instance);
    let named = named.flat_map(move |own| {
        let others = beside(own)
            .into_iter()
            .flat_map(|instance| ends::interfaces(ec2, instance));
        std::iter::once(own).chain(others.filter(|other| other.id != own.id))
    });
    named.chain(routed)
}

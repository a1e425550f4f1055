//! A guest's own routes and its firewall for what it sends: which interface it sends by, in words, and what would mend them.
//! The walk comes here only where a guest has something else than its image gave it.
//!
//! As Linux decides: a rule per secondary interface asks that interface's own table for what is sent from its addresses
//! (Amazon Linux installs these rules); all else, and everything where the rules are gone, goes by the main table, in which
//! the longest prefix wins: static routes, then the subnets of the interfaces, then the primary interface for the rest. Where
//! a secondary interface has its own table, its subnet stands in that one only; what is passed on for others has nobody's
//! address here, and so goes by the main table.
//! Sources: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/scenarios-enis.html>,
//! <https://github.com/amazonlinux/amazon-ec2-net-utils> (`lib.sh`: `RouteTable` of all but the first interface),
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/best-practices-for-configuring-network-interfaces.html>

use super::between::lies_in;
use super::remedies::{self, Candidate, candidate, own_call};
use super::rules;
use super::sentences::wanted;
use super::step::*;
use super::walk::Walk;
use super::words::Teller;
use super::{Considered, Endpoint, Flow, Packet, Rule, codes, ends};
use crate::base::ids::*;
use crate::world::Ec2;
use crate::world::compute::{GuestRoute, GuestRouting, GuestWay, Instance};
use crate::world::vpc::*;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// What a guest's tables say.
enum Choice<'w> {
    /// Out by this interface; the static route that says so.
    Out(&'w NetworkInterface, Option<u16>),
    /// Nowhere, by this static route.
    Nowhere(u16),
}

/// What the images of all guests say: a table per interface, and no route besides.
const AS_IMAGED: GuestRouting = GuestRouting {
    one_table: false,
    routes: Vec::new(),
};

/// Where the main table of a guest sends. `from`: the interface that the packet has come to, or has the address of.
fn main_table<'w>(
    ec2: &'w Ec2,
    (instance, routing): (InstanceId, &GuestRouting),
    from: &'w NetworkInterface,
    destination: IpAddr,
) -> Choice<'w> {
    let own = |id: NetworkInterfaceId| ends::interfaces(ec2, instance).find(|interface| interface.id == id);
    let static_routes = (0u16..).zip(&routing.routes).filter_map(|(number, route)| {
        let choice = match route.way {
            GuestWay::Interface(id) => Choice::Out(own(id)?, Some(number)),
            GuestWay::Blackhole | GuestWay::Unreachable => Choice::Nowhere(number),
        };
        let holds = route.destination.contains(&destination);
        holds.then_some((route.destination.prefix_len(), choice))
    });
    let best = static_routes.max_by_key(|(length, _)| *length);
    let first = ends::primary(ec2, instance);
    let is_here = |interface: &&NetworkInterface| routing.one_table || first.is_none_or(|own| own.id == interface.id);
    let here = ends::interfaces(ec2, instance).filter(is_here);
    let near = here.filter(|own| has_address(own, destination)).find_map(|interface| {
        let subnet = ec2.subnets.get(&interface.subnet)?;
        let length = match destination {
            IpAddr::V4(_) => subnet.cidr.prefix_len(),
            IpAddr::V6(_) => subnet.ipv6_cidr?.prefix_len(),
        };
        lies_in(subnet, destination).then_some((length, interface))
    });
    match (best, near) {
        (Some((length, choice)), near) if near.is_none_or(|(own, _)| own <= length) => choice,
        // A neighbour is reached by the interface that is asked, where that is one of its subnet.
        (_, Some((_, near))) if near.subnet == from.subnet => Choice::Out(from, None),
        (_, Some((_, near))) => Choice::Out(near, None),
        _ => Choice::Out(first.unwrap_or(from), None),
    }
}

/// Whether an interface has an address of the family of another.
fn has_address(interface: &NetworkInterface, other: IpAddr) -> bool {
    match other {
        IpAddr::V4(_) => !interface.addresses.is_empty(),
        IpAddr::V6(_) => !interface.ipv6.is_empty(),
    }
}

/// Where a guest sends what it sends from an address of an interface, or passes on.
fn choose<'w>(
    ec2: &'w Ec2,
    (instance, routing): (InstanceId, &GuestRouting),
    from: &'w NetworkInterface,
    destination: IpAddr,
    forwards: bool,
) -> Choice<'w> {
    let is_primary = ends::primary(ec2, instance).is_none_or(|first| first.id == from.id);
    if !forwards && !is_primary && !routing.one_table {
        return Choice::Out(from, None);
    }
    main_table(ec2, (instance, routing), from, destination)
}

/// The interface from whose address a program sends that names none, if it is not the primary one.
pub(super) fn sender(ec2: &Ec2, instance: InstanceId, destination: IpAddr) -> Option<&NetworkInterface> {
    let instance = ec2.instances.get(&instance)?;
    let first = ends::primary(ec2, instance.id)?;
    match main_table(ec2, (instance.id, &instance.guest.routing), first, destination) {
        Choice::Out(interface, _) if interface.id == first.id || interface.vpc != first.vpc => None,
        Choice::Out(interface, _) => Some(interface).filter(|own| has_address(own, destination)),
        Choice::Nowhere(_) => None,
    }
}

/// A flow that begins at an instance's primary interface, whatever its guest would choose: the configuration says no more.
pub(super) fn bound(ec2: &Ec2, flow: &Flow) -> Flow {
    let own = |id: &InstanceId| {
        let instance = ec2.instances.get(id)?;
        let routed = !instance.guest.routing.is_plain();
        routed.then(|| ends::primary(ec2, *id))?
    };
    match &flow.source {
        Endpoint::Instance(id) => Flow {
            source: own(id).map_or(flow.source, |interface| Endpoint::Interface(interface.id)),
            ..*flow
        },
        _ => *flow,
    }
}

impl<'w> Walk<'w> {
    /// See [`Walk::way_out`].
    pub(super) fn ask_guest(
        &mut self,
        interface: &'w NetworkInterface,
        instance: &'w Instance,
        place: Place,
        forwards: bool,
    ) -> &'w NetworkInterface {
        // Of a guest's routes nobody knows from the account's configuration.
        let routing = if self.configured {
            &AS_IMAGED
        } else {
            &instance.guest.routing
        };
        let of = (instance.id, routing);
        let does = match choose(self.ec2, of, interface, self.packet.destination_address, forwards) {
            Choice::Nowhere(route) => {
                let what = What::Guest(instance.id, Guest::Discards(route));
                self.deny(what, place, codes::STRATUS_GUEST_ROUTE);
                return interface;
            }
            Choice::Out(way, None) if way.id == interface.id => return interface,
            Choice::Out(way, route) => (way, Guest::Chooses(way.id, route)),
        };
        self.hand(What::Guest(instance.id, does.1), place);
        does.0
    }
}

// In words.

/// A route as `ip route` shows it: `blackhole 10.0.0.0/8`.
pub(super) fn route_text(route: &GuestRoute) -> String {
    match route.way {
        GuestWay::Interface(id) => format!("{} by {id}", route.destination),
        GuestWay::Blackhole => format!("blackhole {}", route.destination),
        GuestWay::Unreachable => format!("unreachable {}", route.destination),
    }
}

impl Teller<'_> {
    fn guest_route(&self, id: InstanceId, number: u16) -> Option<GuestRoute> {
        let routes = &self.instance(id)?.guest.routing.routes;
        routes.get(usize::from(number)).copied()
    }

    /// One sentence about what a guest's routes, and its firewall for what it sends, do.
    #[inline(never)]
    pub(super) fn guest_way_text(&self, id: InstanceId, does: Guest, packet: &Packet) -> String {
        let name = self.name(id);
        let destination = packet.destination_address;
        match does {
            Guest::Holds(rule) => format!(
                "Rule {} of {name}'s own firewall for what it sends drops {} to {destination}.",
                rule + 1,
                wanted(packet)
            ),
            Guest::Chooses(interface, None) => {
                let one = self.instance(id).is_some_and(|row| row.guest.routing.one_table);
                let table = if one {
                    "one routing table"
                } else {
                    "its main routing table"
                };
                format!(
                    "{name} looks up {destination} in {table}, which sends it by {}, whatever its source address.",
                    self.name(interface)
                )
            }
            Guest::Chooses(interface, Some(route)) => format!(
                "A route of {name}'s own sends {} by {}.",
                self.guest_route(id, route)
                    .map_or_else(|| destination.to_string(), |route| route.destination.to_string()),
                self.name(interface)
            ),
            Guest::Discards(route) => format!(
                "A route of {name}'s own sends {destination} nowhere: {}.",
                self.guest_route(id, route).as_ref().map(route_text).unwrap_or_default()
            ),
            _ => String::new(),
        }
    }

    /// The rule of a guest that decided what it sends, or how.
    #[inline(never)]
    pub(super) fn guest_way_rule(&self, id: InstanceId, does: Guest) -> Option<Rule> {
        let instance = self.instance(id)?;
        match does {
            Guest::Holds(place) => {
                let rule = instance.guest.firewall_out.get(usize::from(place))?;
                Some(rules::guest_rule(place, rule, true))
            }
            Guest::Chooses(_, Some(number)) | Guest::Discards(number) => {
                let route = self.guest_route(id, number)?;
                Some(Rule {
                    id: route.destination.to_string(),
                    text: route_text(&route),
                })
            }
            _ => None,
        }
    }
}

/// Every rule of the guest's firewall for what it sends.
#[inline(never)]
pub(super) fn guest_egress(instance: &Instance, packet: &Packet) -> Vec<Considered> {
    let own = &instance.guest.firewall_out;
    let decided = super::filters::guest_firewall(own, true, packet).map(|(place, _)| place);
    rules::firewall(own, true, packet, decided)
}

// What would mend them.

/// A guest's routes as `PutGuestRoutes` takes them.
pub(crate) fn put_routes(id: InstanceId, routing: &GuestRouting) -> Structure {
    let routes = routing.routes.iter().map(|route| {
        let target = match route.way {
            GuestWay::Interface(id) => id.to_string(),
            GuestWay::Blackhole => "blackhole".to_owned(),
            GuestWay::Unreachable => "unreachable".to_owned(),
        };
        Structure::new()
            .with(field::DESTINATION, route.destination.to_string())
            .with(field::TARGET, target)
    });
    let routes: Vec<Structure> = routes.collect();
    let params = Structure::new()
        .with(field::INSTANCE_ID, id)
        .with(field::POLICY_ROUTING, !routing.one_table);
    if routes.is_empty() {
        params
    } else {
        params.with(field::ROUTES, routes)
    }
}

fn put(id: InstanceId, routing: &GuestRouting) -> Vec<remedies::Draft> {
    vec![own_call("PutGuestRoutes", put_routes(id, routing))]
}

/// Candidates for a route of a guest that leads nowhere.
pub(super) fn without_route(teller: &Teller<'_>, id: InstanceId, number: u16) -> Vec<Candidate> {
    let Some(instance) = teller.instance(id) else {
        return Vec::new();
    };
    let mut routing = instance.guest.routing.clone();
    if usize::from(number) >= routing.routes.len() {
        return Vec::new();
    }
    let route = routing.routes.remove(usize::from(number));
    let why = format!(
        "Delete the route {} of {}'s guest.",
        route_text(&route),
        teller.name(id)
    );
    vec![candidate(0, why, put(id, &routing))]
}

/// The candidate for an interface that gets what another one's address is on: the guest answers by the interface that was
/// asked.
pub(super) fn own_way(teller: &Teller<'_>, id: NetworkInterfaceId) -> Vec<Candidate> {
    let own = teller.ec2.interface(id);
    let Some(instance) = own.and_then(|own| ends::instance_of(&teller.ec2, own)) else {
        return Vec::new();
    };
    let routing = &instance.guest.routing;
    if routing.is_plain() {
        return Vec::new();
    }
    let name = teller.name(instance.id);
    let mut list = Vec::new();
    if routing.one_table {
        let new = GuestRouting {
            one_table: false,
            routes: routing.routes.clone(),
        };
        let why = format!("Let {name}'s guest answer by the interface that was asked: a routing table per interface.");
        list.push(candidate(0, why, put(instance.id, &new)));
    }
    let leads = routing
        .routes
        .iter()
        .filter(|route| route.way != GuestWay::Interface(id));
    let new = GuestRouting {
        one_table: routing.one_table,
        routes: leads.copied().collect(),
    };
    if new.routes != routing.routes {
        let why = format!(
            "Delete the routes of {name}'s guest that lead out by {}.",
            teller.name(id)
        );
        list.push(candidate(0, why, put(instance.id, &new)));
    }
    list
}

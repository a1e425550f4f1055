//! Load balancers and interface endpoints as ends: their interfaces, on which ports these take something, and to which targets a
//! node would send whoever comes.
//! Every answer is a walk, the same that a trace takes; the only liberty is whose turn it is (`balancing::Wanted`), since
//! at AWS that is now the one target and now the other. Nothing here changes a world.

use super::addresses::{TCP, UDP};
use super::balancing::{self, Wanted};
use super::step::{Balance, Listen, Step, What};
use super::walk::{self, Walk};
use super::{Disposition, Endpoint, Flow, Verdict, ends, links, private_link};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::elbv2;
use crate::world::balancing::*;
use crate::world::{Ec2, World};
use std::collections::BTreeSet;
use std::net::IpAddr;
use stratus_model::sort;

/// A load balancer with its nodes: the interfaces that it has in subnets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// The load balancer.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// Its nodes, in the order of its subnets.
    pub nodes: Vec<NetworkInterfaceId>,
}

/// A target behind a node, and what comes of a flow to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// The node that was asked.
    pub node: NetworkInterfaceId,
    /// The target group, or the Classic Load Balancer, that has the target.
    pub group: ResourceId,
    /// The instance that stands there; `None`: an address that is no instance's.
    pub instance: Option<InstanceId>,
    /// What the target is.
    pub point: TargetPoint,
    /// Where it takes traffic.
    pub port: u16,
    /// Where it stands.
    pub state: TargetState,
    /// How a flow through it ends; `None`: nobody is sent there, since others are healthy or nearer by rule.
    pub disposition: Option<Disposition>,
}

/// The load balancers of a Region whose nodes take packets, Classic ones last, each kind as they were made. A Gateway Load
/// Balancer's interfaces take none that is sent to them.
pub fn fronts(ec2: &Ec2) -> Vec<Front> {
    let nodes = |places: &[BalancerPlace]| places.iter().map(|place| place.interface).collect();
    let newer = ec2.balancing.balancers.rows();
    let mut newer: Vec<&LoadBalancer> = newer.filter(|row| row.kind != BalancerKind::Gateway).collect();
    sort::by_key(&mut newer, |row| row.born);
    let mut classic: Vec<&ClassicBalancer> = ec2.balancing.classic.rows().collect();
    sort::by_key(&mut classic, |row| row.born);
    let newer = newer.into_iter().map(|row| Front {
        id: row.id.into(),
        name: row.name.clone(),
        nodes: nodes(&row.places),
    });
    let classic = classic.into_iter().map(|row| Front {
        id: row.id.into(),
        name: row.name.clone(),
        nodes: nodes(&row.places),
    });
    newer.chain(classic).filter(|front| !front.nodes.is_empty()).collect()
}

/// An interface that takes packets for what stands behind it.
pub(super) struct Taker {
    /// A load balancer's node, or the interface of an interface endpoint.
    pub interface: NetworkInterfaceId,
    /// Protocols and ports on which something is taken.
    pub points: Vec<(u8, u16)>,
    /// Whether the Internet may come there: an endpoint has private addresses only.
    pub public: bool,
}

/// All of a Region: nodes of load balancers, then interfaces of endpoints, those to services of the account's own with the ports
/// of the load balancer behind them.
pub(super) fn takers(ec2: &Ec2) -> Vec<Taker> {
    let mut takers = Vec::new();
    for front in fronts(ec2) {
        let points = points(ec2, front.id);
        takers.extend(front.nodes.iter().map(|node| Taker {
            interface: *node,
            points: points.clone(),
            public: true,
        }));
    }
    let rows = ec2.links.endpoints.rows();
    for row in rows.filter(|row| row.is_interface()) {
        let doors = row.subnets.iter().map(|(_, door)| *door);
        takers.extend(
            doors
                .filter(|door| ec2.interfaces.contains(door))
                .map(|interface| Taker {
                    interface,
                    points: match (row.provider, private_link::balancer_at(ec2, interface)) {
                        (None, _) => links::ports(row).iter().map(|port| (TCP, *port)).collect(),
                        (Some(_), Some(id)) => points(ec2, id),
                        (Some(_), None) => Vec::new(),
                    },
                    public: false,
                }),
        );
    }
    takers
}

/// Where packets come to a load balancer: its nodes, then interfaces of endpoints to a service that it stands for.
fn entrances<'a>(ec2: &'a Ec2, front: &'a Front) -> impl Iterator<Item = NetworkInterfaceId> + 'a {
    front.nodes.iter().copied().chain(private_link::doors(ec2, front.id))
}

/// Protocols and ports on which a load balancer listens.
pub(super) fn points(ec2: &Ec2, id: ResourceId) -> Vec<(u8, u16)> {
    let mut points = Vec::new();
    match id {
        ResourceId::LoadBalancer(id) => {
            for listener in balancing::listeners(ec2, id) {
                let taken = [TCP, UDP].into_iter();
                let taken = taken.filter(|protocol| balancing::takes(&listener.protocol, *protocol));
                points.extend(taken.map(|protocol| (protocol, listener.port)));
            }
        }
        ResourceId::ClassicBalancer(id) => {
            let listeners = ec2.balancing.classic.get(&id).map(|row| row.listeners.as_slice());
            points.extend(listeners.unwrap_or_default().iter().map(|own| (TCP, own.port)));
        }
        _ => {}
    }
    sort::sort(&mut points);
    points.dedup();
    points
}

/// Instances that a load balancer tells apart from others of their class: its targets, which it does not send back to
/// themselves, and everybody where a rule of a listener asks who comes.
pub(super) struct Apart {
    targets: BTreeSet<InstanceId>,
    all: bool,
}

impl Apart {
    pub fn of(ec2: &Ec2) -> Apart {
        let groups = ec2.balancing.groups.rows().flat_map(|group| &group.targets);
        let classic = ec2.balancing.classic.rows().flat_map(|row| &row.targets);
        let targets = groups.chain(classic).filter_map(|target| instance(ec2, target.point));
        let mut conditions = ec2.balancing.rules.rows().flat_map(|rule| &rule.conditions);
        Apart {
            targets: targets.collect(),
            all: conditions.any(|condition| condition.field == "source-ip"),
        }
    }

    pub fn tells(&self, id: InstanceId) -> bool {
        self.all || self.targets.contains(&id)
    }
}

/// The instance that a target is, or whose address it is.
fn instance(ec2: &Ec2, point: TargetPoint) -> Option<InstanceId> {
    balancing::instance(ec2, point).map(|row| row.id)
}

/// A target that a load balancer may send to, and how to make it the one whose turn it is.
struct Candidate<'w> {
    wanted: Wanted,
    target: &'w Target,
    port: u16,
}

/// The targets behind a load balancer for what comes to one of its ports; `source`: from where, `None`: from anywhere.
fn candidates<'w>(
    ec2: &'w Ec2,
    id: ResourceId,
    source: Option<IpAddr>,
    (protocol, port): (u8, u16),
) -> Vec<Candidate<'w>> {
    let mut found = Vec::new();
    match id {
        ResourceId::ClassicBalancer(id) => {
            let Some(row) = ec2.balancing.classic.get(&id) else {
                return found;
            };
            let listener = row.listeners.iter().find(|own| protocol == TCP && own.port == port);
            let Some(listener) = listener else { return found };
            for (place, target) in (0u16..).zip(&row.targets) {
                found.push(candidate(None, id.into(), place, target, listener.instance_port));
            }
        }
        ResourceId::LoadBalancer(id) => {
            let fits = |own: &&Listener| own.port == port && balancing::takes(&own.protocol, protocol);
            for listener in balancing::listeners(ec2, id).filter(fits) {
                of_listener(ec2, listener, source, true, &mut found);
            }
        }
        _ => {}
    }
    found
}

fn candidate(rule: Option<ListenerRuleId>, group: ResourceId, place: u16, target: &Target, port: u16) -> Candidate<'_> {
    Candidate {
        wanted: Wanted {
            rule,
            group,
            place,
            taken: false,
        },
        target,
        port: if target.port == 0 { port } else { target.port },
    }
}

/// Those of a listener: of each of its rules under which whoever comes may come. `outer`: of the first load balancer on the way.
fn of_listener<'w>(
    ec2: &'w Ec2,
    listener: &Listener,
    source: Option<IpAddr>,
    outer: bool,
    found: &mut Vec<Candidate<'w>>,
) {
    let mut rules: Vec<&ListenerRule> = balancing::rules(ec2, listener.id).collect();
    sort::by_key(&mut rules, |rule| rule.priority.map_or(u32::MAX, u32::from));
    for rule in rules {
        if !elbv2::let_come(&rule.conditions, source) {
            continue;
        }
        let groups = rule.action.groups().iter().filter(|(_, weight)| *weight > 0);
        for group in groups.filter_map(|(id, _)| ec2.balancing.groups.get(id)) {
            for (place, target) in (0u16..).zip(&group.targets) {
                match target.point {
                    // Whoever comes by a Network Load Balancer meets the Application Load Balancer's own listener.
                    TargetPoint::Alb(id) if outer => {
                        let port = if target.port == 0 { group.port } else { target.port };
                        let behind = balancing::listeners(ec2, id).filter(|own| own.port == port);
                        behind.for_each(|own| of_listener(ec2, own, source, false, found));
                    }
                    TargetPoint::Alb(_) => {}
                    _ => found.push(candidate(Some(rule.id), group.id.into(), place, target, group.port)),
                }
            }
        }
    }
}

/// The targets to which a node sends a flow from here, each with what comes of it, in the order of rules and targets; those
/// that are being deregistered get none. Empty for an interface that is no node, and where no listener takes the flow.
pub fn through(
    world: &World,
    region: Region,
    source: Endpoint,
    node: NetworkInterfaceId,
    (protocol, port): (u8, u16),
) -> Vec<Through> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let flow = Flow {
        source,
        destination: Endpoint::Interface(node),
        protocol,
        port,
    };
    let (Some(id), Ok(question)) = (private_link::balancer_at(ec2, node), ends::resolve(world, ec2, &flow)) else {
        return Vec::new();
    };
    let found = candidates(ec2, id, Some(question.packet.source_address), (protocol, port)).into_iter();
    let live = found.filter(|one| one.target.state != TargetState::Draining);
    let seen = live.map(|one| {
        let mut walk = Walk::new(ec2, question.packet, true);
        walk.abroad = Some((world, region));
        walk.wanted = Some(one.wanted);
        walk.run(&question);
        let taken = walk.wanted.is_some_and(|wanted| wanted.taken);
        let disposition = walk.finish().disposition();
        Through {
            node,
            group: one.wanted.group,
            instance: instance(ec2, one.target.point),
            point: one.target.point,
            port: one.port,
            state: one.target.state,
            disposition: taken.then_some(disposition),
        }
    });
    seen.collect()
}

/// Whether a listener at a node takes a flow before anything has stopped it: whose turn it is among the targets matters only
/// behind that.
fn gets_to(
    world: &World,
    region: Region,
    source: Endpoint,
    node: NetworkInterfaceId,
    (protocol, port): (u8, u16),
) -> bool {
    let flow = Flow {
        source,
        destination: Endpoint::Interface(node),
        protocol,
        port,
    };
    let judgement = walk::judge(world, region, &flow);
    let mut steps = judgement.forward.iter();
    let decides = |step: &&Step| step.verdict == Verdict::Deny || takes(&step.what);
    steps.find(decides).is_some_and(|step| step.verdict != Verdict::Deny)
}

fn takes(what: &What) -> bool {
    matches!(
        what,
        What::Listener(_, Listen::Takes(_)) | What::Balancer(_, Balance::Takes(_))
    )
}

/// Instances that a flow of this kind from here reaches through a load balancer, each with that one: by load balancer, then by
/// instance.
pub fn reached(world: &World, region: Region, source: Endpoint, flow: (u8, u16)) -> Vec<(ResourceId, InstanceId)> {
    let Some(ec2) = world.ec2(region) else {
        return Vec::new();
    };
    let mut found = BTreeSet::new();
    for front in fronts(ec2) {
        if !points(ec2, front.id).contains(&flow) {
            continue;
        }
        for node in entrances(ec2, &front).filter(|node| gets_to(world, region, source, *node, flow)) {
            let through = through(world, region, source, node, flow);
            let delivered = through
                .iter()
                .filter(|one| one.disposition == Some(Disposition::Delivered));
            found.extend(delivered.filter_map(|one| Some((front.id, one.instance?))));
        }
    }
    found.into_iter().collect()
}

/// Wanted targets for an instance, with the node to ask: every way by which a load balancer may send somebody there.
pub(crate) fn ways_to(ec2: &Ec2, wanted: InstanceId) -> Vec<(NetworkInterfaceId, (u8, u16), Wanted)> {
    let mut found = Vec::new();
    for front in fronts(ec2) {
        for point in points(ec2, front.id) {
            let behind = candidates(ec2, front.id, None, point).into_iter();
            let own = behind.filter(|one| instance(ec2, one.target.point) == Some(wanted));
            for one in own.filter(|one| one.target.state != TargetState::Draining) {
                found.extend(entrances(ec2, &front).map(|node| (node, point, one.wanted)));
            }
        }
    }
    found
}

/// The load balancer whose node an interface is, or the interface endpoint that it belongs to; `None`: it is neither's.
pub(super) fn owner(ec2: &Ec2, interface: NetworkInterfaceId) -> Option<ResourceId> {
    let door = || links::endpoint_of(ec2, interface).filter(|row| row.is_interface());
    let own = ec2.balancing.by_interface.get(&interface).copied();
    own.or_else(|| Some(door()?.id.into()))
}

/// What a node is called, or an interface endpoint's interface: `front in us-east-1a`; `None`: the interface is neither.
pub fn node_name(world: &World, region: Region, node: NetworkInterfaceId) -> Option<String> {
    let ec2 = world.ec2(region)?;
    let id = owner(ec2, node)?;
    let subnet = ec2.subnets.get(&ec2.interfaces.get(&node)?.subnet)?;
    Some(format!("{} in {}", world.label(region, id), subnet.zone.name()))
}

/// The DNS name of a load balancer; `None`: it has none, or is gone.
pub fn dns_name(world: &World, region: Region, id: ResourceId) -> Option<String> {
    let ec2 = world.ec2(region)?;
    match id {
        ResourceId::LoadBalancer(id) => elbv2::names::of(region, ec2.balancing.balancers.get(&id)?),
        ResourceId::ClassicBalancer(id) => {
            let row = ec2.balancing.classic.get(&id)?;
            Some(elbv2::names::of_classic(region, row))
        }
        _ => None,
    }
}

/// The ARN by which the API knows a load balancer, a target group, a listener or a rule.
pub fn arn(world: &World, region: Region, id: ResourceId) -> Option<String> {
    elbv2::arn_of(world, region, id)
}

/// The lowest port on which a node's load balancer listens.
pub fn first_port(world: &World, region: Region, node: NetworkInterfaceId) -> Option<u16> {
    let ec2 = world.ec2(region)?;
    let points = points(ec2, *ec2.balancing.by_interface.get(&node)?);
    points.into_iter().map(|(_, port)| port).min()
}

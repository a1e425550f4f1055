//! A path as the Reachability Analyzer tells it: the components that a packet passes, in the API's shapes. Says only what the
//! walk says; what is no component of AWS's model (guests, hosts, wires) is left out.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PathComponent.html>

use super::addresses::ephemeral;
use super::balancing::Wanted;
use super::step::*;
use super::{Flow, Packet, insights_reasons, walk};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::ec2::{common, tags};
use crate::services::elbv2;
use crate::world::links::TransitEnd;
use crate::world::vpc::*;
use crate::world::{Ec2, World, leading};
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_model::{Name, Structure, Value, field, json};

/// What a configuration makes of a flow.
#[derive(Default)]
pub(crate) struct Sight {
    /// What the request passes, up to what stops it.
    pub forward: Vec<Seen>,
    /// What the answer passes.
    pub back: Vec<Seen>,
    /// All that stops it.
    pub reasons: Vec<Reason>,
    /// The packet as it sets out.
    pub first: Option<Packet>,
    /// The packet as it arrives, or as far as it comes.
    pub last: Option<Packet>,
}

/// One component of a path.
#[derive(Clone)]
pub(crate) struct Seen {
    /// What it is.
    pub id: ResourceId,
    /// What else it stands for: of a transit gateway's route table the gateway, and the attachments that the packet comes and
    /// goes by.
    pub of: Vec<ResourceId>,
    /// The packet as it came.
    pub before: Packet,
    /// The packet as it went on.
    pub after: Packet,
    /// `PathComponent`, without its `SequenceNumber`.
    pub shown: Structure,
    /// It stops the packet.
    pub stops: bool,
}

/// Why there is no path.
pub(crate) struct Reason {
    /// On the answer's way.
    pub back: bool,
    /// `Explanation`.
    pub shown: Structure,
}

/// Looks at a flow: IPv4, TCP or UDP. `wanted`: whose turn it is at a load balancer.
pub(crate) fn look(world: &World, region: Region, flow: &Flow, wanted: Option<Wanted>) -> Sight {
    let judgement = walk::judge_configuration(world, region, flow, wanted);
    let Some(ec2) = world.ec2(region) else {
        return Sight::default();
    };
    let viewer = Viewer { world, region, ec2 };
    let reasons = judgement.blockers.iter().map(|blocker| Reason {
        back: blocker.back,
        shown: insights_reasons::explain(&viewer, blocker),
    });
    let reasons: Vec<Reason> = reasons.collect();
    let explained = reasons.first().map(|reason| reason.shown.clone());
    Sight {
        first: judgement.forward.first().map(|step| step.before),
        last: judgement.forward.last().map(|step| step.after),
        forward: viewer.path(&judgement.forward, explained.as_ref(), &[]),
        back: viewer.path(&judgement.back, explained.as_ref(), &judgement.forward),
        reasons,
    }
}

/// One who knows the shapes.
pub(crate) struct Viewer<'w> {
    /// Everything.
    pub world: &'w World,
    /// Where one looks.
    pub region: Region,
    /// What is there.
    pub ec2: &'w Ec2,
}

impl Viewer<'_> {
    /// `AnalysisComponent`.
    pub fn component(&self, id: impl Into<ResourceId>) -> Structure {
        let id = id.into();
        if let Some(arn) = elbv2::arn_of(self.world, self.region, id) {
            return Structure::new()
                .with(field::ID, arn.as_str())
                .with(field::ARN, arn)
                .with(field::NAME, self.world.label(self.region, id));
        }
        let kind = tags::resource_type(id.kind());
        let name = self.world.tags(self.region, id).and_then(|tags| tags.get("Name"));
        Structure::new()
            .with(field::ID, id.to_string())
            .with_some(
                field::ARN,
                kind.map(|kind| common::arn(self.world, self.region, kind, id)),
            )
            .with_some(field::NAME, name.map(String::as_str))
    }

    /// `asked`: of an answer's way, the request's.
    fn path(&self, steps: &[Step], explained: Option<&Structure>, asked: &[Step]) -> Vec<Seen> {
        let mut path: Vec<Seen> = Vec::new();
        let mut vpc = None;
        for step in steps {
            vpc = self.vpc_of(step).or(vpc);
            let Some(mut seen) = self.seen(step, asked) else {
                continue;
            };
            if let (What::Transit(gateway, _), Some(vpc)) = (step.what, vpc) {
                let came = leading::attachment(self.ec2, vpc, gateway);
                seen.of.extend(came.map(|row| ResourceId::from(row.id)));
            }
            let again = path.last().is_some_and(|last| last.id == seen.id);
            let instance = matches!(seen.id, ResourceId::Instance(_));
            if again && instance {
                continue;
            }
            seen.stops = step.verdict == super::Verdict::Deny;
            if let (true, Some(reason)) = (seen.stops, explained) {
                seen.shown.set(field::EXPLANATIONS, vec![reason.clone()]);
            }
            path.push(seen);
        }
        path
    }

    /// The VPC in which a step leaves the packet.
    fn vpc_of(&self, step: &Step) -> Option<VpcId> {
        match step.what {
            What::Interface(id, _) => self.ec2.interfaces.get(&id).map(|row| row.vpc),
            What::Route(id, _) => self.ec2.route_tables.get(&id).map(|table| table.vpc),
            _ => None,
        }
    }

    fn plain(&self, id: impl Into<ResourceId>, step: &Step) -> Seen {
        let id = id.into();
        Seen {
            id,
            of: Vec::new(),
            before: step.before,
            after: step.after,
            shown: Structure::new().with(field::COMPONENT, self.component(id)),
            stops: false,
        }
    }

    fn seen(&self, step: &Step, asked: &[Step]) -> Option<Seen> {
        Some(match step.what {
            What::Guest(id, _) => self.plain(id, step),
            What::Interface(id, _) => self.interface(id, step),
            What::Groups(id, egress, says) => self.group(id, egress, says, step, asked)?,
            What::Acl(id, _, egress, decided) => self.acl(id, egress, decided, step),
            What::Route(id, routed) => self.route(id, routed, step),
            What::Gateway(vpc, door, ..) => {
                let mut seen = self.plain(door.id()?, step);
                seen.shown.set(field::VPC, self.component(vpc));
                seen
            }
            What::Nat(id, _) => self.plain(id, step),
            What::EgressOnly(id, _) => self.plain(id, step),
            What::Vpn(id, _) => self.plain(id, step),
            What::Peering(id, from, _) => {
                let mut seen = self.plain(id, step);
                seen.shown.set(field::SOURCE_VPC, self.component(from));
                let peering = self.ec2.links.peerings.get(&id);
                if let Some(to) = peering.and_then(|row| row.neighbour(from)) {
                    seen.shown.set(field::DESTINATION_VPC, self.component(to));
                }
                seen
            }
            What::Endpoint(id, _) => {
                let mut seen = self.plain(id, step);
                if let Some(row) = self.ec2.links.endpoints.get(&id) {
                    seen.of.extend(ResourceId::parse(row.service_part()));
                    let interfaces = row.subnets.iter().filter_map(|(_, id)| self.ec2.interfaces.get(id));
                    let met = |row: &&NetworkInterface| row.holds(step.before.destination_address);
                    seen.of
                        .extend(interfaces.filter(met).map(|row| ResourceId::from(row.id)));
                    seen.shown.set(field::VPC, self.component(row.vpc));
                    seen.shown.set(field::SERVICE_NAME, row.service.as_str());
                }
                seen
            }
            What::Transit(id, says) => self.transit(id, says, step),
            What::Balancer(id, _) => self.balancer(id, None, step),
            What::Listener(id, _) => {
                let row = self.ec2.balancing.listeners.get(&id);
                let of = row.map_or(ResourceId::from(id), |row| row.balancer.into());
                self.balancer(of, Some(id), step)
            }
            What::Targets(id, _) => self.balancer(id.into(), None, step),
            _ => return None,
        })
    }

    /// Something of a load balancer, which stands for its node too.
    fn balancer(&self, id: ResourceId, listener: Option<ListenerId>, step: &Step) -> Seen {
        let mut seen = self.plain(id, step);
        if let Some(listener) = listener {
            seen.of.push(listener.into());
            let shown = self.component(listener);
            seen.shown.set(field::ELASTIC_LOAD_BALANCER_LISTENER, shown);
        }
        if let Place::Via(node) = step.place {
            seen.of.push(node.into());
        }
        seen
    }

    fn interface(&self, id: NetworkInterfaceId, step: &Step) -> Seen {
        let mut seen = self.plain(id, step);
        let Some(row) = self.ec2.interfaces.get(&id) else {
            return seen;
        };
        if let Some(attachment) = &row.attachment {
            seen.shown.set(field::ATTACHED_TO, self.component(attachment.instance));
        }
        seen.shown.set(field::SUBNET, self.component(row.subnet));
        seen.shown.set(field::VPC, self.component(row.vpc));
        seen
    }

    /// The group that decided. On an answer's way it has no rule to show.
    fn group(&self, id: NetworkInterfaceId, egress: bool, says: Groups, step: &Step, asked: &[Step]) -> Option<Seen> {
        let row = self.ec2.interfaces.get(&id)?;
        match says {
            Groups::Unfiltered => None,
            // The group that has let the request pass.
            Groups::Tracked | Groups::Rule { .. } if says == Groups::Tracked || !asked.is_empty() => {
                let decided = asked.iter().find_map(|step| match step.what {
                    What::Groups(other, _, Groups::Rule { group, .. }) if other == id => Some(usize::from(group)),
                    _ => None,
                });
                Some(self.plain(*row.groups.get(decided.unwrap_or(0))?, step))
            }
            Groups::Rule { group, rule, .. } => {
                let group = self.ec2.security_groups.get(row.groups.get(usize::from(group))?)?;
                let mut seen = self.plain(group.id, step);
                let rule = group.rules.get(usize::from(rule))?;
                seen.shown.set(field::SECURITY_GROUP_RULE, group_rule(rule));
                Some(seen)
            }
            _ => {
                let mut seen = self.plain(*row.groups.first()?, step);
                let direction = if egress { "egress" } else { "ingress" };
                let rule = Structure::new().with(field::DIRECTION, direction);
                seen.shown.set(field::SECURITY_GROUP_RULE, rule);
                Some(seen)
            }
        }
    }

    fn acl(&self, id: NetworkAclId, egress: bool, decided: Option<u16>, step: &Step) -> Seen {
        let mut seen = self.plain(id, step);
        let acl = self.ec2.network_acls.get(&id);
        let entry = decided.and_then(|place| acl?.entries.get(usize::from(place)));
        seen.shown.set(field::ACL_RULE, acl_rule(entry, egress));
        seen
    }

    fn route(&self, id: RouteTableId, routed: Routed, step: &Step) -> Seen {
        let mut seen = self.plain(id, step);
        let Some(table) = self.ec2.route_tables.get(&id) else {
            return seen;
        };
        if let Some(route) = self.table_route(table, routed, step.before.destination_address) {
            seen.shown.set(field::ROUTE_TABLE_ROUTE, route);
        }
        seen.shown.set(field::VPC, self.component(table.vpc));
        seen
    }

    /// `AnalysisRouteTableRoute`.
    pub(super) fn table_route(&self, table: &RouteTable, routed: Routed, address: IpAddr) -> Option<Structure> {
        let base = |block: IpNet, origin: &str, state: &str| {
            Structure::new()
                .with(field::DESTINATION_CIDR, block.to_string())
                .with(field::ORIGIN, origin)
                .with(field::STATE, state)
        };
        match routed {
            Routed::Local(block) => Some(base(block, "createroutetable", "active").with(field::GATEWAY_ID, "local")),
            Routed::Propagated(gateway, bits) => {
                let block = super::routes::block_of(address, bits);
                Some(base(block, "enablevgwroutepropagation", "active").with(field::GATEWAY_ID, gateway))
            }
            Routed::Nothing => None,
            Routed::Route(number) | Routed::BlackHole(number) | Routed::NoPublicAddress(number) => {
                let route = table.routes.get(usize::from(number))?;
                let black = matches!(routed, Routed::BlackHole(_));
                Some(route_of(route, if black { "blackhole" } else { "active" }))
            }
        }
    }

    fn transit(&self, id: TransitGatewayId, says: Hub, step: &Step) -> Seen {
        let Hub::Carries(table, attachment) = says else {
            return self.plain(id, step);
        };
        let mut seen = self.plain(table, step);
        seen.of = vec![id.into(), attachment.into()];
        seen.shown.set(field::TRANSIT_GATEWAY, self.component(id));
        let row = self.ec2.links.attachments.get(&attachment);
        let (kind, resource): (&str, Option<ResourceId>) = match row.map(|row| &row.end) {
            Some(TransitEnd::Vpc { vpc, .. }) => ("vpc", Some((*vpc).into())),
            Some(TransitEnd::Vpn(connection)) => ("vpn", Some((*connection).into())),
            Some(TransitEnd::Concentrator(id)) => ("vpn-concentrator", Some((*id).into())),
            _ => ("peering", None),
        };
        let route = Structure::new()
            .with(field::ATTACHMENT_ID, attachment)
            .with_some(field::RESOURCE_ID, resource.map(|id| id.to_string()))
            .with(field::RESOURCE_TYPE, kind)
            .with(field::STATE, "active");
        seen.shown.set(field::TRANSIT_GATEWAY_ROUTE_TABLE_ROUTE, route);
        seen
    }
}

/// A route that somebody made.
pub(super) fn route_of(route: &Route, state: &str) -> Structure {
    let base = match route.destination {
        RouteDestination::Cidr(block) => Structure::new().with(field::DESTINATION_CIDR, block.to_string()),
        RouteDestination::PrefixList(list) => Structure::new().with(field::DESTINATION_PREFIX_LIST_ID, list),
    };
    let base = base.with(field::STATE, state);
    let made = base.clone().with(field::ORIGIN, "createroute");
    match route.target {
        RouteTarget::Local => base
            .with(field::ORIGIN, "createroutetable")
            .with(field::GATEWAY_ID, "local"),
        RouteTarget::InternetGateway(id) => made.with(field::GATEWAY_ID, id),
        RouteTarget::VpnGateway(id) => made.with(field::GATEWAY_ID, id),
        RouteTarget::Endpoint(id) => made.with(field::GATEWAY_ID, id),
        RouteTarget::NatGateway(id) => made.with(field::NAT_GATEWAY_ID, id),
        RouteTarget::EgressOnlyGateway(id) => made.with(field::EGRESS_ONLY_INTERNET_GATEWAY_ID, id),
        RouteTarget::CarrierGateway(id) => made.with(field::CARRIER_GATEWAY_ID, id),
        RouteTarget::Peering(id) => made.with(field::VPC_PEERING_CONNECTION_ID, id),
        RouteTarget::Transit(id) => made.with(field::TRANSIT_GATEWAY_ID, id),
        RouteTarget::Interface(id, instance) => made
            .with(field::NETWORK_INTERFACE_ID, id)
            .with_some(field::INSTANCE_ID, instance),
    }
}

fn protocol_word(protocol: Option<u8>) -> String {
    protocol.map_or_else(|| "all".to_owned(), super::protocol_text)
}

/// `PortRange`.
pub(crate) fn port_range(from: u16, to: u16) -> Structure {
    Structure::new()
        .with(field::FROM, i64::from(from))
        .with(field::TO, i64::from(to))
}

/// `AnalysisSecurityGroupRule`.
fn group_rule(rule: &GroupRule) -> Structure {
    let ports = match (rule.protocol, rule.ports) {
        (Some(6 | 17), (from, to)) if from >= 0 => {
            let range = Structure::new()
                .with(field::FROM, i64::from(from))
                .with(field::TO, i64::from(to));
            Some(range)
        }
        _ => None,
    };
    let base = Structure::new()
        .with(field::DIRECTION, if rule.egress { "egress" } else { "ingress" })
        .with(field::PROTOCOL, protocol_word(rule.protocol))
        .with_some(field::PORT_RANGE, ports);
    match rule.peer {
        Peer::Cidr(block) => base.with(field::CIDR, block.to_string()),
        Peer::Group(id) | Peer::PeerGroup(id, ..) | Peer::HubGroup(id, ..) => base.with(field::SECURITY_GROUP_ID, id),
        Peer::PrefixList(id) => base.with(field::PREFIX_LIST_ID, id),
    }
}

/// `AnalysisAclRule`; the last rule, `*`, is 32767.
pub(super) fn acl_rule(entry: Option<&AclEntry>, egress: bool) -> Structure {
    let Some(entry) = entry else {
        return Structure::new()
            .with(field::CIDR, "0.0.0.0/0")
            .with(field::EGRESS, egress)
            .with(field::PROTOCOL, "all")
            .with(field::RULE_ACTION, "deny")
            .with(field::RULE_NUMBER, 32_767_i64);
    };
    let ports = matches!(entry.protocol, Some(6 | 17)).then(|| port_range(entry.ports.0, entry.ports.1));
    Structure::new()
        .with(field::CIDR, entry.cidr.to_string())
        .with(field::EGRESS, egress)
        .with_some(field::PORT_RANGE, ports)
        .with(field::PROTOCOL, protocol_word(entry.protocol))
        .with(field::RULE_ACTION, if entry.allow { "allow" } else { "deny" })
        .with(field::RULE_NUMBER, i64::from(entry.number))
}

/// `AnalysisPacketHeader`.
fn header(packet: &Packet) -> Structure {
    Structure::new()
        .with(field::DESTINATION_ADDRESSES, addresses(packet.destination_address))
        .with(field::DESTINATION_PORT_RANGES, ports(packet.destination_port))
        .with(field::PROTOCOL, packet.protocol.to_string())
        .with(field::SOURCE_ADDRESSES, addresses(packet.source_address))
        .with(field::SOURCE_PORT_RANGES, ports(packet.source_port))
}

/// Gives a path its headers: the first component the whole one as the packet comes or sets out, the last the whole one as it
/// arrives or leaves, those between only what they change.
/// <https://docs.aws.amazon.com/vpc/latest/reachability/getting-started-cli.html>
pub(crate) fn dress(path: &mut [Seen], arrives: bool) {
    let last = path.len().saturating_sub(1);
    for (place, seen) in path.iter_mut().enumerate() {
        let machine = matches!(seen.id, ResourceId::Instance(_) | ResourceId::NetworkInterface(_));
        let (came, went) = (header(&seen.before), header(&seen.after));
        let (inbound, outbound) = match (place == 0, place == last && arrives, machine) {
            (true, _, true) => (None, Some(went)),
            (false, true, true) => (Some(came), None),
            (true, _, false) => (Some(came), changes(&seen.before, &seen.after)),
            (false, true, false) => (None, Some(went)),
            (false, false, _) => (None, changes(&seen.before, &seen.after)),
        };
        for (name, header) in [(field::INBOUND_HEADER, inbound), (field::OUTBOUND_HEADER, outbound)] {
            if let Some(header) = header {
                seen.shown.set(name, header);
            }
        }
    }
}

/// Makes a path's headers say more than the packet that it was found with: all addresses in the place of one.
pub(crate) fn widen(shown: &mut Structure, address: IpAddr, all: &[String]) {
    let one = addresses(address);
    for name in HEADERS {
        let Some(Value::Structure(header)) = shown.get_mut(name) else {
            continue;
        };
        for name in [field::SOURCE_ADDRESSES, field::DESTINATION_ADDRESSES] {
            if header.list(name) == one {
                let all: Vec<Value> = all.iter().map(|block| block.as_str().into()).collect();
                header.set(name, all);
            }
        }
    }
}

/// The headers of a component.
pub(crate) const HEADERS: [Name; 2] = [field::INBOUND_HEADER, field::OUTBOUND_HEADER];

/// What makes two ways the same: components and rules, and not what the packets are like.
pub(crate) fn key<'a>(path: impl IntoIterator<Item = &'a Structure>) -> String {
    let bare = path.into_iter().map(|component| {
        let mut component = component.clone();
        for name in HEADERS {
            component.remove(name);
        }
        json::plain(&Value::Structure(component)).to_string()
    });
    let bare: Vec<String> = bare.collect();
    bare.join(" ")
}

/// What a component has changed of a header.
fn changes(before: &Packet, after: &Packet) -> Option<Structure> {
    let (was, mut changed) = (header(before), header(after));
    let same: Vec<Name> = was
        .iter()
        .filter(|(name, part)| changed.get(*name) == Some(*part))
        .map(|(name, _)| name)
        .collect();
    for name in &same {
        changed.remove(*name);
    }
    let any = changed.iter().next().is_some();
    any.then_some(changed)
}

/// One address, as the API's headers have it: `10.0.1.85/32`.
fn addresses(address: IpAddr) -> Vec<Value> {
    vec![IpNet::from(address).to_string().into()]
}

/// A client's port is any, and one that a NAT gateway gives is any of those that it has.
pub(crate) fn port_span(port: u16) -> (u16, u16) {
    match port {
        super::LINUX_PORT | super::WINDOWS_PORT | super::INTERNET_PORT => (0, u16::MAX),
        super::addresses::NAT_PORT => ephemeral(port),
        port => (port, port),
    }
}

fn ports(port: u16) -> Vec<Structure> {
    let (from, to) = port_span(port);
    vec![port_range(from, to)]
}

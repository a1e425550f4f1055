//! Who saw a packet go by: what interfaces and transit gateways noticed of it, read off the walk that every trace takes. Flow
//! logs and traffic mirroring are made of it. Nothing here decides anything of its own, and nothing changes a world.
//! Sources: <https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>,
//! <https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html>

use super::step::*;
use super::{Packet, Verdict, filters, links, transit};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::catalog::instance_types::Hypervisor;
use crate::world::flow_logs::TransitLoss;
use crate::world::leading::attachment;
use crate::world::links::EndpointKind;
use crate::world::vpc::RouteTarget;
use crate::world::{Ec2, World};
use std::net::IpAddr;

/// What was noticed of a packet on its way, in the order of the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// At interfaces.
    pub interfaces: Vec<Sighting>,
    /// At transit gateways.
    pub transits: Vec<TransitSighting>,
    /// Regional NAT gateways, which have no interfaces.
    pub regional: Vec<NatGatewayId>,
    /// Who sent it, and in which Region, if it went from there to another.
    pub abroad: Option<(Region, InstanceId)>,
    /// What was noticed in other Regions, where it went through any.
    pub beyond: Vec<(Region, Passage)>,
}

/// What an interface noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The interface.
    pub interface: NetworkInterfaceId,
    /// The packet leaves it.
    pub egress: bool,
    /// The packet, as it was there.
    pub packet: Packet,
    /// Security groups and network ACLs let it pass, on this side.
    pub accepted: bool,
    /// VPC Block Public Access stopped it.
    pub public_blocked: bool,
    /// To or from a service of AWS inside the VPC: no flow log has it.
    pub of_service: bool,
    /// By which way it leaves, as flow logs number them; `None` = not leaving, or no number.
    pub path: Option<u8>,
}

/// What a transit gateway noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransitSighting {
    /// The gateway.
    pub gateway: TransitGatewayId,
    /// The attachment that it came in by.
    pub from: TransitAttachmentId,
    /// The gateway's interface there.
    pub near: Option<NetworkInterfaceId>,
    /// The attachment that it left by; `None` = it was dropped.
    pub to: Option<TransitAttachmentId>,
    /// The gateway's interface there.
    pub far: Option<NetworkInterfaceId>,
    /// Why it was dropped.
    pub loss: Option<TransitLoss>,
    /// The packet.
    pub packet: Packet,
}

/// Reads one direction of a walk.
pub(super) fn read(world: &World, region: Region, steps: &[Step]) -> Passage {
    let mut found = within(world, region, None, steps);
    found.abroad = abroad(region, steps);
    for far in steps.iter().filter_map(|step| step.region) {
        if !found.beyond.iter().any(|(known, _)| *known == far) {
            let there = within(world, far, Some(far), steps);
            found.beyond.push((far, there));
        }
    }
    found
}

/// What was noticed in one Region. `away`: as the steps there call it.
fn within(world: &World, region: Region, away: Option<Region>, steps: &[Step]) -> Passage {
    let Some(ec2) = world.ec2(region) else {
        return Passage::default();
    };
    let mut reader = Reader {
        ec2,
        region,
        next_hop: None,
        came_by: None,
        found: Passage::default(),
    };
    for (place, step) in steps.iter().enumerate().filter(|(_, step)| step.region == away) {
        reader.step(step, steps.get(place + 1..).unwrap_or_default());
    }
    reader.found
}

/// Who sent what goes from a Region to another, and where that machine is.
fn abroad(region: Region, steps: &[Step]) -> Option<(Region, InstanceId)> {
    let first = steps.first()?;
    steps.iter().find(|step| step.region != first.region)?;
    match first.what {
        What::Guest(id, _) => Some((first.region.unwrap_or(region), id)),
        _ => None,
    }
}

struct Reader<'a> {
    ec2: &'a Ec2,
    region: Region,
    /// The interface that the last route leads to, where it leads to one.
    next_hop: Option<NetworkInterfaceId>,
    /// The attachment, of no VPC, by which it has come to a transit gateway.
    came_by: Option<TransitAttachmentId>,
    found: Passage,
}

impl Reader<'_> {
    fn step(&mut self, step: &Step, rest: &[Step]) {
        let passed = step.verdict != Verdict::Deny;
        match step.what {
            What::Groups(id, egress, groups) => {
                let of_service = groups == Groups::Unfiltered && links::endpoint_of(self.ec2, id).is_none();
                self.see(id, egress, step.before, passed, of_service, rest);
            }
            What::Acl(_, subnet, true, _) if !passed => self.refuse(subnet, false),
            What::Acl(_, subnet, false, _) if !passed => {
                let holder = self.receiver(subnet, &step.before);
                if let Some(id) = holder {
                    self.see(id, false, step.before, false, false, rest);
                }
            }
            What::Gateway(_, _, true, Gateway::PublicBlocked(subnet, _))
            | What::EgressOnly(_, EgressOnly::PublicBlocked(subnet)) => self.refuse(subnet, true),
            What::Gateway(vpc, _, false, Gateway::PublicBlocked(..)) => self.keep_out(vpc, step, rest),
            What::Route(table, routed) => self.next_hop = self.hop(table, routed),
            What::Nat(id, _) => {
                let interface = self.ec2.gateways.nat.get(&id).and_then(|row| row.interface());
                if interface.is_none() && passed {
                    self.found.regional.push(id);
                }
                if let Some(interface) = interface {
                    self.see(interface, false, step.before, true, false, rest);
                    if passed {
                        self.see(interface, true, step.after, true, false, rest);
                    }
                }
            }
            What::Transit(id, hub) => self.transit(id, hub, step, rest),
            What::Targets(_, Aim::Sends(..)) | What::Balancer(_, Balance::Returns | Balance::Sends(..)) => {
                self.pass_node(step, rest);
            }
            _ => {}
        }
    }

    fn see(
        &mut self,
        interface: NetworkInterfaceId,
        egress: bool,
        packet: Packet,
        accepted: bool,
        of_service: bool,
        rest: &[Step],
    ) {
        let path = if egress { self.path(interface, rest) } else { None };
        self.found.interfaces.push(Sighting {
            interface,
            egress,
            packet,
            accepted,
            public_blocked: false,
            of_service,
            path,
        });
    }

    /// Through a node of a load balancer that has no groups, which would have said so.
    fn pass_node(&mut self, step: &Step, rest: &[Step]) {
        let Place::Via(node) = step.place else { return };
        if self.ec2.interfaces.get(&node).is_some_and(|row| row.groups.is_empty()) {
            self.see(node, false, step.before, true, false, rest);
            self.see(node, true, step.after, true, false, rest);
        }
    }

    /// What left an interface of a subnet was stopped at the subnet's edge.
    fn refuse(&mut self, subnet: SubnetId, public: bool) {
        let ec2 = self.ec2;
        let there = |sighting: &&mut Sighting| {
            let row = ec2.interfaces.get(&sighting.interface);
            sighting.egress && row.is_some_and(|row| row.subnet == subnet)
        };
        if let Some(last) = self.found.interfaces.iter_mut().rev().find(there) {
            last.accepted = false;
            last.public_blocked = public;
        }
    }

    /// What came from outside was stopped before it got to its interface.
    fn keep_out(&mut self, vpc: VpcId, step: &Step, rest: &[Step]) {
        let mut packet = step.before;
        let destination = packet.destination_address;
        let public = match destination {
            IpAddr::V4(address) => self.ec2.by_public_address.get(&address),
            IpAddr::V6(_) => None,
        };
        let row = public.and_then(|id| self.ec2.interfaces.get(id));
        let row = row.or_else(|| filters::holder(self.ec2, vpc, destination));
        let Some(row) = row else { return };
        let fronted = row.addresses.iter().find(|own| {
            own.public
                .is_some_and(|public| IpAddr::V4(public.address) == destination)
        });
        if let Some(own) = fronted {
            packet.destination_address = own.private.into();
        }
        self.see(row.id, false, packet, false, false, rest);
        if let Some(last) = self.found.interfaces.last_mut() {
            last.public_blocked = true;
        }
    }

    /// Whose interface in a subnet a packet that comes into it is for.
    fn receiver(&self, subnet: SubnetId, packet: &Packet) -> Option<NetworkInterfaceId> {
        let within = |id: &NetworkInterfaceId| {
            let row = self.ec2.interfaces.get(id);
            row.is_some_and(|row| row.subnet == subnet)
        };
        let vpc = self.ec2.subnets.get(&subnet)?.vpc;
        let holder = filters::holder(self.ec2, vpc, packet.destination_address).map(|row| row.id);
        holder.filter(within).or(self.next_hop.filter(within))
    }

    fn hop(&self, table: RouteTableId, routed: Routed) -> Option<NetworkInterfaceId> {
        let (Routed::Route(number) | Routed::BlackHole(number)) = routed else {
            return None;
        };
        let route = self.ec2.route_tables.get(&table)?.routes.get(usize::from(number))?;
        match route.target {
            RouteTarget::Interface(id, ..) => Some(id),
            RouteTarget::NatGateway(id) => self.ec2.gateways.nat.get(&id)?.interface(),
            RouteTarget::Transit(id) => {
                let vpc = self.ec2.route_tables.get(&table)?.vpc;
                let first = attachment(self.ec2, vpc, id)?.subnets().first();
                first.map(|(_, interface)| *interface)
            }
            _ => None,
        }
    }

    fn transit(&mut self, gateway: TransitGatewayId, hub: Hub, step: &Step, rest: &[Step]) {
        let (to, loss) = match hub {
            Hub::Carries(_, to) => (Some(to), None),
            Hub::NoRoute(_) => (None, Some(TransitLoss::NoRoute)),
            Hub::BlackHole(_) => (None, Some(TransitLoss::BlackHole)),
            Hub::Enters(from) => {
                self.came_by = Some(from);
                return;
            }
            _ => return,
        };
        // It came by another transit gateway or a VPN, or from the VPC and the zone of the interface that saw it last.
        let last = self.found.interfaces.last().map(|sighting| sighting.interface);
        let last = last.and_then(|id| self.ec2.interfaces.get(&id));
        let attachments = &self.ec2.links.attachments;
        let from = match self.came_by.take() {
            Some(id) => attachments.get(&id),
            None => last.and_then(|last| attachment(self.ec2, last.vpc, gateway)),
        };
        let Some(from) = from else { return };
        self.came_by = to.filter(|id| attachments.get(id).is_some_and(|row| row.is_peering()));
        let door = |id: TransitAttachmentId| {
            let row = self.ec2.links.attachments.get(&id)?;
            let near = last
                .and_then(|last| self.ec2.subnets.get(&last.subnet))
                .and_then(|subnet| transit::door(self.ec2, row, subnet));
            let first = row.subnets().first().map(|(_, interface)| *interface);
            near.map(|row| row.id).or(first)
        };
        let (near, far) = (door(from.id), to.and_then(door));
        self.found.transits.push(TransitSighting {
            gateway,
            from: from.id,
            near,
            to,
            far,
            loss,
            packet: step.before,
        });
        for (interface, egress) in [(near, false), (far, true)] {
            if let Some(interface) = interface {
                self.see(interface, egress, step.before, true, false, rest);
            }
        }
    }

    /// The number of the way by which a packet leaves an interface.
    fn path(&self, interface: NetworkInterfaceId, rest: &[Step]) -> Option<u8> {
        let nitro = || {
            let row = self.ec2.interfaces.get(&interface)?;
            let instance = self.ec2.instances.get(&row.attachment.as_ref()?.instance)?;
            Some(instance.instance_type.hypervisor() == Hypervisor::Nitro)
        };
        for step in rest {
            return Some(match step.what {
                What::Gateway(_, Door::Internet(_), true, _) | What::EgressOnly(..) if nitro() == Some(true) => 8,
                What::Gateway(_, Door::Internet(_), true, _) | What::EgressOnly(..) => 2,
                What::Vpn(..) => 3,
                What::Peering(id, ..) => {
                    let row = self.ec2.links.peerings.get(&id);
                    let near = row.is_some_and(|row| row.sides().iter().all(|side| side.region == self.region));
                    if near { 4 } else { 5 }
                }
                What::Endpoint(id, _) => {
                    let kind = self.ec2.links.endpoints.get(&id).map(|row| row.kind);
                    match kind {
                        Some(EndpointKind::Gateway) if nitro() == Some(true) => 7,
                        Some(EndpointKind::Gateway) => 2,
                        _ => 1,
                    }
                }
                What::Groups(_, false, _) | What::Nat(..) | What::Transit(..) => 1,
                _ => continue,
            });
        }
        None
    }
}

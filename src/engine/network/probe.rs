//! What `ping` and `traceroute` show of a path, and how large a packet may be on it. Read off the walk that every trace takes;
//! nothing here decides anything of its own.
//! Sources: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html>,
//! <https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html>

use super::addresses::ICMP;
use super::step::{Groups, Guest, Hub, Judgement, Place, Step, What};
use super::words::Teller;
use super::{Endpoint, Flow, Packet, filters, walk};
use crate::base::ids::{NetworkInterfaceId, VpcPeeringConnectionId};
use crate::catalog::{InstanceType, Region};
use crate::world::links::VpcPeering;
use crate::world::{Ec2, World};
use std::net::IpAddr;

/// An Ethernet frame of ordinary size.
const ORDINARY: u16 = 1_500;
/// Through a transit gateway, an endpoint, a NAT gateway, or a peering connection to another Region.
const REDUCED: u16 = 8_500;
/// Inside a VPN tunnel, as the configurations for customers' devices set their tunnel interfaces: AWS carries 1446 bytes at the
/// most, and 1438 with the AES-CBC and SHA-1 that those configurations use.
/// Source: <https://docs.aws.amazon.com/vpn/latest/s2svpn/CGRequirements.html>
pub(crate) const TUNNEL: u16 = 1_436;
/// A jumbo frame.
const JUMBO: u16 = 9_001;

/// What one echo request comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ping {
    /// Whether the echo reply came back.
    pub answered: bool,
    /// Who answers.
    pub address: Option<IpAddr>,
    /// Why no reply came, in one sentence; empty when it did.
    pub reason: String,
    /// The largest packet in bytes that passes whole.
    pub mtu: u16,
}

/// A way, router by router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traceroute {
    /// Routers in their order, the destination last if it answers.
    pub hops: Vec<RouterHop>,
    /// Whether the destination answered.
    pub reached: bool,
    /// The largest packet in bytes that passes whole.
    pub mtu: u16,
}

/// A router on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouterHop {
    /// Who says that the packet's time was up; `None` = nobody: `* * *`.
    pub address: Option<IpAddr>,
    /// What stands there: an instance's interface, a gateway.
    pub component: String,
}

/// Sends one echo request.
pub fn ping(world: &World, region: Region, source: Endpoint, destination: Endpoint) -> Ping {
    let judgement = walk::judge(world, region, &echo(source, destination));
    let blocker = judgement.blockers.first();
    Ping {
        answered: blocker.is_none(),
        address: judgement.forward.first().map(|step| step.before.destination_address),
        reason: blocker.map_or_else(String::new, |blocker| {
            Teller::of(world, blocker.step.region.unwrap_or(region))
                .explanation(blocker)
                .detail
        }),
        mtu: mtu(world, region, &judgement),
    }
}

/// Asks every router on the way. AWS's own routers, gateways and the router of a VPC do not answer; those of a VPC and of a
/// peering connection do not even count (ours: AWS documents neither).
pub fn traceroute(world: &World, region: Region, source: Endpoint, destination: Endpoint) -> Traceroute {
    let judgement = walk::judge(world, region, &echo(source, destination));
    let reached = judgement.blockers.is_empty();
    let mut hops = Vec::new();
    for step in &judgement.forward {
        hops.extend(router(world, region, &judgement, step));
    }
    if let (true, Some(first)) = (reached, judgement.forward.first()) {
        let last = judgement.forward.last().unwrap_or(first);
        hops.push(RouterHop {
            address: Some(first.before.destination_address),
            component: Teller::of(world, last.region.unwrap_or(region)).component(last).id,
        });
    }
    Traceroute {
        hops,
        reached,
        mtu: mtu(world, region, &judgement),
    }
}

fn echo(source: Endpoint, destination: Endpoint) -> Flow {
    Flow {
        source,
        destination,
        protocol: ICMP,
        port: 8,
    }
}

/// The router that a step is, if it is one at which a packet's time can be up.
fn router(world: &World, region: Region, judgement: &Judgement, step: &Step) -> Option<RouterHop> {
    let address = match (step.what, step.place) {
        (What::Guest(_, Guest::Forwards | Guest::Translates), Place::Via(interface)) => {
            // Nobody hears of it what an appliance in another Region says (ours).
            step.region
                .is_none()
                .then(|| appliance(world.ec2(region)?, judgement, interface))?
        }
        (What::Nat(..) | What::Gateway(..) | What::EgressOnly(..) | What::Transit(..) | What::Vpn(..), _) => None,
        _ => return None,
    };
    Some(RouterHop {
        address,
        component: Teller::of(world, step.region.unwrap_or(region)).component(step).id,
    })
}

/// The address from which an instance that passes packets on says that a packet's time is up; `None` when an ACL between it
/// and the sender does not let that message pass. Security groups do: it belongs to a tracked flow.
fn appliance(ec2: &Ec2, judgement: &Judgement, interface: NetworkInterfaceId) -> Option<IpAddr> {
    let from = ec2.interface(interface)?;
    let own = IpAddr::V4(from.primary()?.private);
    let asked = judgement.forward.first()?;
    let sender = judgement.forward.iter().find_map(|step| match (step.what, step.place) {
        (What::Groups(id, true, groups), Place::Source) if groups != Groups::Unfiltered => ec2.interface(id),
        _ => None,
    });
    let Some(sender) = sender.filter(|sender| sender.subnet != from.subnet) else {
        return Some(own);
    };
    // Time exceeded: type 11.
    let message = Packet {
        protocol: ICMP,
        source_address: own,
        source_port: 0,
        destination_address: asked.before.source_address,
        destination_port: 11,
    };
    let passes = |subnet, egress| {
        let acl = ec2.subnets.get(subnet).map(|subnet| subnet.acl.1);
        let acl = acl.and_then(|acl| ec2.network_acls.get(&acl));
        acl.is_some_and(|acl| filters::acl(acl, egress, &message).is_some_and(|(_, allow)| allow))
    };
    (passes(&from.subnet, true) && passes(&sender.subnet, false)).then_some(own)
}

/// The smallest of all stretches, on the way there and back.
fn mtu(world: &World, region: Region, judgement: &Judgement) -> u16 {
    let steps = judgement.forward.iter().chain(&judgement.back);
    let limits = steps.map(|step| match step.what {
        What::Vpn(..) | What::Transit(_, Hub::Leaves(_) | Hub::Enters(_)) => TUNNEL,
        What::Gateway(..) | What::EgressOnly(..) => ORDINARY,
        What::Peering(id, ..) if leads_away(world, step.region.unwrap_or(region), id) => REDUCED,
        What::Transit(..) | What::Nat(..) | What::Endpoint(..) => REDUCED,
        What::Hypervisor(id) => {
            let ec2 = world.ec2(step.region.unwrap_or(region));
            let instance = ec2.and_then(|ec2| ec2.instances.get(&id));
            instance.map_or(JUMBO, |instance| of_type(instance.instance_type))
        }
        _ => JUMBO,
    });
    limits.min().unwrap_or(ORDINARY)
}

/// Whether a peering connection leads to another Region.
fn leads_away(world: &World, region: Region, id: VpcPeeringConnectionId) -> bool {
    let row = world.row::<VpcPeering>(region, id);
    row.is_some_and(|row| row.sides().iter().any(|side| side.region != region))
}

/// All types have 1500; of the previous generations' some have no more.
pub(crate) fn of_type(kind: InstanceType) -> u16 {
    match kind.family() {
        "t1" | "m1" | "m2" | "c1" => ORDINARY,
        _ => JUMBO,
    }
}

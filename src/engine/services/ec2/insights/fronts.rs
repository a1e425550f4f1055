//! The way to a machine that leads through a load balancer: the packet is for the load balancer's own address, on the port of
//! one of its listeners, and another one comes to the machine.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html>: intermediate components.

use crate::base::ids::*;
use crate::network::balancing::Wanted;
use crate::network::fronts;
use crate::world::Ec2;
use crate::world::insights::InsightsPath;
use crate::world::vpc::NetworkInterface;
use std::net::Ipv4Addr;

/// The ways to an end that is a machine by load balancers: nodes with the port of a listener that the path may mean.
pub(super) fn ways(ec2: &Ec2, path: &InsightsPath) -> Vec<(NetworkInterfaceId, u16, Wanted)> {
    let end = path.destination.as_ref().map(|end| end.id);
    let instance = match end {
        Some(ResourceId::Instance(id)) => Some(id),
        Some(ResourceId::NetworkInterface(id)) => {
            let row = ec2.interfaces.get(&id);
            row.and_then(|row| Some(row.attachment.as_ref()?.instance))
        }
        _ => None,
    };
    let Some(instance) = instance else {
        return Vec::new();
    };
    let at_source = path.at_source.unwrap_or_default();
    let means = |port: u16| {
        let within = at_source
            .destination_ports
            .is_none_or(|(from, to)| (from..=to).contains(&port));
        path.port.is_none_or(|named| named == port) && within
    };
    let is_named = |node: NetworkInterfaceId| {
        let row = ec2.interfaces.get(&node);
        at_source
            .destination
            .is_none_or(|address| row.is_some_and(|row| has(row, address)))
    };
    let ways = fronts::ways_to(ec2, instance).into_iter();
    let ways = ways.filter(|(node, (protocol, port), _)| *protocol == path.protocol && means(*port) && is_named(*node));
    ways.map(|(node, (_, port), wanted)| (node, port, wanted)).collect()
}

/// Whether an address is one of an interface's, private or public.
pub(super) fn has(row: &NetworkInterface, address: Ipv4Addr) -> bool {
    let mut own = row.addresses.iter();
    own.any(|own| own.private == address || own.public.is_some_and(|public| public.address == address))
}

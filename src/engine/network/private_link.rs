//! Interface endpoints to services of the account's own, on a packet's way: from the endpoint's interface to a Network Load
//! Balancer of the service, and back. Nothing of the networks between decides: no route, no network ACL.
//! Sources: <https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html>,
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html>
//!
//! The load balancer's groups are asked about the client's own address, and know nobody's groups; its targets see the load
//! balancer's. Of several load balancers the first in the endpoint's zone gets the packet; one that is in other zones only
//! gets it if it balances across zones, by its first node (ours).

use super::links::endpoint_of;
use super::step::*;
use super::walk::{Landing, Walk};
use super::{Packet, balancing, codes};
use crate::base::ids::*;
use crate::services::elbv2;
use crate::world::Ec2;
use crate::world::balancing::*;
use crate::world::links::{EndpointState, VpcEndpoint};
use crate::world::vpc::NetworkInterface;
use std::net::IpAddr;

/// The load balancers of the service behind an endpoint, of those that are known here.
pub(super) fn behind<'w>(ec2: &'w Ec2, endpoint: &VpcEndpoint) -> impl Iterator<Item = &'w LoadBalancer> {
    let service = endpoint.provider.and_then(|id| ec2.links.services.get(&id));
    let arns = service.map(|row| row.balancers.as_slice()).unwrap_or_default();
    let numbers = arns.iter().filter_map(|arn| arn.rsplit('/').next());
    let ids = numbers.filter_map(|number| u64::from_str_radix(number, 16).ok());
    ids.filter_map(|number| ec2.balancing.balancers.get(&LoadBalancerId(number)))
}

/// The endpoint whose interface this is, if it leads to a service of the account's own.
pub(super) fn endpoint_at<'w>(ec2: &'w Ec2, interface: &NetworkInterface) -> Option<&'w VpcEndpoint> {
    // Most worlds have no such service, and most interfaces are an instance's.
    if ec2.links.services.is_empty() || interface.attachment.is_some() {
        return None;
    }
    endpoint_of(ec2, interface.id).filter(|row| row.leads_to_own())
}

/// The load balancer that gets what comes to an endpoint's interface, its node, and whether that may be.
fn node_of<'w>(
    ec2: &'w Ec2,
    endpoint: &VpcEndpoint,
    door: &NetworkInterface,
) -> Option<(&'w LoadBalancer, &'w NetworkInterface, bool)> {
    let zone = ec2.subnets.get(&door.subnet)?.zone.name();
    let at = |place: &BalancerPlace| ec2.interfaces.get(&place.interface);
    let near = |row: &'w LoadBalancer| Some((row, at(balancing::place_in(ec2, &row.places, &zone)?)?, true));
    let any = |row: &'w LoadBalancer| Some((row, at(row.places.first()?)?, elbv2::crosses_zones(row)));
    let far = || behind(ec2, endpoint).filter_map(any);
    let found = behind(ec2, endpoint).find_map(near);
    let found = found.or_else(|| far().find(|(.., crosses)| *crosses));
    found.or_else(|| far().next())
}

/// The load balancer that gets what comes to an interface: as a node of it, or as an endpoint's before it.
pub(super) fn balancer_at(ec2: &Ec2, interface: NetworkInterfaceId) -> Option<ResourceId> {
    let own = ec2.balancing.by_interface.get(&interface).copied();
    own.or_else(|| {
        let door = ec2.interfaces.get(&interface)?;
        let (row, ..) = node_of(ec2, endpoint_at(ec2, door)?, door)?;
        Some(row.id.into())
    })
}

/// The interfaces of endpoints from which a load balancer gets packets.
pub(super) fn doors(ec2: &Ec2, id: ResourceId) -> impl Iterator<Item = NetworkInterfaceId> {
    let none = ec2.links.services.is_empty();
    let rows = ec2.links.endpoints.rows().filter(move |_| !none);
    let doors = rows.flat_map(|row| row.subnets.iter().map(|(_, door)| *door));
    doors.filter(move |door| balancer_at(ec2, *door) == Some(id))
}

impl<'w> Walk<'w> {
    /// Into an endpoint's interface, and out at a node of a load balancer behind it.
    pub(super) fn through_endpoint(
        &mut self,
        door: &'w NetworkInterface,
        endpoint: &'w VpcEndpoint,
    ) -> Option<Landing<'w>> {
        let place = Place::Via(door.id);
        let what = |says| What::Endpoint(endpoint.id, says);
        self.track_all();
        self.groups(door, false, place, true);
        if endpoint.state != EndpointState::Available {
            self.deny(what(Doorway::NotAvailable), place, codes::BAD_STATE);
        }
        let Some((row, node, fits)) = node_of(self.ec2, endpoint, door) else {
            self.deny(what(Doorway::Unknown), place, codes::UNKNOWN_DESTINATION);
            return None;
        };
        if !fits {
            self.deny(what(Doorway::Zone), place, codes::VPCE_SERVICE_NOT_INSTALLED_IN_AZ);
        }
        let before = self.packet;
        let address = match before.destination_address {
            IpAddr::V4(_) => node.primary().map(|own| IpAddr::V4(own.private)),
            IpAddr::V6(_) => node.ipv6.first().map(|own| IpAddr::V6(*own)),
        };
        let Some(destination_address) = address else {
            let what = What::Balancer(row.id.into(), Balance::NoListener);
            self.deny(what, Place::Via(node.id), codes::ELBV2_LISTENERS_MISMATCH);
            return None;
        };
        let after = Packet {
            destination_address,
            ..before
        };
        self.translated.push((door.id, before, after));
        self.change(what(Doorway::Takes), place, after);
        (self.legs, self.by_hub, self.by_endpoint) = (0, false, true);
        Some(Landing::Interface(node))
    }

    /// The endpoint's interface to which the answer of a node goes that it has got its packet from.
    pub(super) fn door_back(&self) -> Option<Landing<'w>> {
        let ec2 = self.ec2;
        let mut entries = self.translated.iter().rev();
        entries.find_map(|(id, _, after)| {
            let door = ec2.interfaces.get(id).filter(|_| after.answer() == Some(self.packet))?;
            endpoint_at(ec2, door).map(|_| Landing::Interface(door))
        })
    }

    /// An answer, out of an endpoint's interface to the client.
    pub(super) fn back_through_endpoint(
        &mut self,
        door: &'w NetworkInterface,
        endpoint: &VpcEndpoint,
        answer: Packet,
    ) -> Option<Landing<'w>> {
        let place = Place::Via(door.id);
        self.change(What::Endpoint(endpoint.id, Doorway::Answers), place, answer);
        self.groups(door, true, place, true);
        self.travel(door, place)
    }
}

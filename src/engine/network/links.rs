//! What links networks, as a packet meets it: VPC peering connections, gateway endpoints, endpoints' interfaces.
//! Sources: <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>,
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
//!
//! A peering connection carries what goes from an address of the one VPC to an address of the other, and nothing that came
//! from further away or wants to go on.

use super::addresses::{ICMP, TCP};
use super::routes;
use super::step::*;
use super::walk::{Landing, Walk};
use super::{Packet, abroad, codes, filters};
use crate::base::ids::*;
use crate::world::Ec2;
use crate::world::links::*;
use crate::world::vpc::*;
use std::net::IpAddr;

/// The endpoint that an interface belongs to.
pub(super) fn endpoint_of(ec2: &Ec2, interface: NetworkInterfaceId) -> Option<&VpcEndpoint> {
    let key = |endpoint| (ResourceId::from(interface), ResourceId::from(endpoint));
    let range = key(VpcEndpointId(0))..=key(VpcEndpointId(u64::MAX));
    let ((_, endpoint), ()) = ec2.referrers.range(range).next()?;
    ec2.links.endpoints.get(&VpcEndpointId::try_from(*endpoint).ok()?)
}

/// A connection of a VPC that is not over, to a VPC of the same Region that has an address; the active one first.
pub(super) fn towards(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> Option<(&VpcPeering, &Vpc)> {
    let rows = ec2.links.peerings.rows().filter(|row| row.state.is_alive());
    let mut fitting = rows.filter_map(|row| {
        let other = ec2.vpcs.get(&row.neighbour(vpc)?)?;
        routes::local_block(other, address).map(|_| (row, other))
    });
    let first = fitting.next()?;
    if first.0.state == PeeringState::Active {
        return Some(first);
    }
    Some(
        fitting
            .find(|(row, _)| row.state == PeeringState::Active)
            .unwrap_or(first),
    )
}

/// Whether a connection between two VPCs of a Region is there that is not over.
pub(super) fn are_peers(ec2: &Ec2, one: VpcId, other: VpcId) -> bool {
    let mut rows = ec2.links.peerings.rows();
    rows.any(|row| row.state.is_alive() && row.neighbour(one) == Some(other))
}

/// Whether the routes of an interface's subnet send an address across a peering connection or to a transit gateway.
pub(super) fn crosses(ec2: &Ec2, from: &NetworkInterface, address: IpAddr) -> bool {
    let target = routes::target_from(ec2, from, address);
    matches!(target, Some(RouteTarget::Peering(_) | RouteTarget::Transit(_)))
}

/// The TCP ports on which the service of AWS behind an interface endpoint has something: they take HTTPS, some a few ports more.
pub(super) fn ports(endpoint: &VpcEndpoint) -> &'static [u16] {
    match &endpoint.service {
        mail if mail.ends_with(".email-smtp") => &[25, 443, 465, 587, 2465, 2587],
        storage if storage.ends_with(".s3") => &[80, 443],
        _ => &[443],
    }
}

fn takes(endpoint: &VpcEndpoint, packet: &Packet) -> bool {
    packet.protocol == TCP && ports(endpoint).contains(&packet.destination_port)
}

impl<'w> Walk<'w> {
    /// Across a peering connection, from a VPC to the other, and to the interface there that has the address.
    pub(super) fn cross(&mut self, peering: &VpcPeering, vpc: &Vpc) -> Option<Landing<'w>> {
        let what = |says| What::Peering(peering.id, vpc.id, says);
        let near = peering.neighbour(vpc.id).and_then(|other| self.ec2.vpcs.get(&other));
        let far = || abroad::across(self.abroad, peering, vpc.id).map(|(other, region)| (other, Some(region)));
        let Some((other, region)) = near.map(|other| (other, None)).or_else(far) else {
            self.deny(what(Crossing::Elsewhere), Place::Between, codes::UNKNOWN_DESTINATION);
            return None;
        };
        let Packet {
            source_address: source,
            destination_address: destination,
            ..
        } = self.packet;
        let foreign = routes::local_block(vpc, source).is_none();
        if foreign {
            let code = codes::PCX_REQUIRES_ADDRESS_IN_VPC_CIDR;
            self.deny(what(Crossing::ForeignSource), Place::Between, code);
        }
        if routes::local_block(other, destination).is_none() {
            let code = codes::PCX_REQUIRES_ADDRESS_IN_VPC_CIDR;
            self.deny(what(Crossing::ForeignDestination), Place::Between, code);
            return None;
        }
        if !foreign {
            self.hand(what(Crossing::Passes), Place::Between);
        }
        if let Some(region) = region {
            self.go_to(region)?;
        }
        let Some(holder) = filters::holder(self.ec2, other.id, destination) else {
            self.deny(
                What::Nobody(other.id, None),
                Place::Between,
                codes::NO_POSSIBLE_DESTINATION,
            );
            return None;
        };
        self.acl_in(holder, self.far(holder));
        Some(Landing::Interface(holder))
    }

    /// To a gateway endpoint, which stands at the edge of the VPC and takes what its prefix list's routes send.
    pub(super) fn enter_endpoint(&mut self, endpoint: &VpcEndpoint) -> Option<Landing<'w>> {
        let what = |says| What::Endpoint(endpoint.id, says);
        let packet = self.packet;
        if endpoint.kind != EndpointKind::Gateway {
            self.deny(what(Doorway::Unknown), Place::Between, codes::UNKNOWN_DESTINATION);
            return None;
        }
        let echo = packet.protocol == ICMP && packet.destination_port == 8;
        if packet.protocol != TCP && !echo {
            let code = codes::VPCE_GATEWAY_PROTOCOL_RESTRICTION;
            self.deny(what(Doorway::Protocol), Place::Between, code);
            return None;
        }
        if packet.protocol == TCP && !matches!(packet.destination_port, 80 | 443) {
            self.deny(
                what(Doorway::NotListening),
                Place::Between,
                codes::STRATUS_NOT_LISTENING,
            );
            return None;
        }
        self.track_all();
        self.hand(what(Doorway::Takes), Place::Between);
        Some(Landing::Endpoint(endpoint.id))
    }

    /// The answer of the service behind a gateway endpoint, back into the VPC.
    pub(super) fn leave_endpoint(&mut self, id: VpcEndpointId) -> Option<Landing<'w>> {
        let endpoint = self.ec2.links.endpoints.get(&id)?;
        self.hand(What::Endpoint(id, Doorway::Answers), Place::Between);
        let holder = filters::holder(self.ec2, endpoint.vpc, self.packet.destination_address)?;
        self.acl_in(holder, self.far(holder));
        Some(Landing::Interface(holder))
    }

    /// Into an endpoint's interface: its groups, then the service of AWS. No guest and no host of ours is behind it.
    pub(super) fn enter_interface(&mut self, interface: &'w NetworkInterface, endpoint: &VpcEndpoint, place: Place) {
        let what = |says| What::Endpoint(endpoint.id, says);
        self.track_all();
        self.groups(interface, false, place, endpoint.is_interface());
        let verdict = match endpoint.state {
            EndpointState::Available if !endpoint.is_interface() => {
                Some((Doorway::Unknown, codes::UNKNOWN_DESTINATION))
            }
            EndpointState::Available if takes(endpoint, &self.packet) => None,
            EndpointState::Available => Some((Doorway::NotListening, codes::STRATUS_NOT_LISTENING)),
            _ => Some((Doorway::NotAvailable, codes::BAD_STATE)),
        };
        match verdict {
            None => self.hand(what(Doorway::Takes), place),
            Some((says, code)) => self.deny(what(says), place, code),
        }
    }

    /// The answer out of an endpoint's interface.
    pub(super) fn leave_interface(&mut self, interface: &'w NetworkInterface) -> Option<Landing<'w>> {
        let endpoint = endpoint_of(self.ec2, interface.id)?;
        self.hand(What::Endpoint(endpoint.id, Doorway::Answers), Place::Destination);
        self.groups(interface, true, Place::Destination, endpoint.is_interface());
        self.travel(interface, Place::Destination)
    }
}

//! Gateway Load Balancer endpoints on a packet's way: to the load balancer behind the endpoint, by GENEVE to an appliance and back,
//! and on by the routes of the endpoint's own subnet.
//! Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/getting-started.html>
//!
//! What an appliance makes of the packet is ours: it hands it back as it was.

use super::addresses::UDP;
use super::balancing::{self, Choice, GENEVE, NODE_PORT};
use super::ends::instance_of;
use super::private_link::behind;
use super::step::*;
use super::walk::{Landing, Walk};
use super::{Packet, codes};
use crate::base::ids::*;
use crate::services::elbv2;
use crate::world::balancing::*;
use crate::world::links::{EndpointState, VpcEndpoint};
use crate::world::vpc::NetworkInterface;

impl<'w> Walk<'w> {
    /// Through an endpoint and the appliances behind it. `from`: the interface that the packet comes from; `None`: a gateway.
    pub(super) fn through_gateway_endpoint(
        &mut self,
        endpoint: &'w VpcEndpoint,
        from: Option<SubnetId>,
    ) -> Option<Landing<'w>> {
        let ec2 = self.ec2;
        let what = |says| What::Endpoint(endpoint.id, says);
        let door = endpoint.subnets.first().and_then(|(_, id)| ec2.interfaces.get(id));
        let (Some(row), Some(door)) = (behind(ec2, endpoint).next(), door) else {
            self.deny(what(Doorway::Unknown), Place::Between, codes::UNKNOWN_DESTINATION);
            return None;
        };
        if from != Some(door.subnet) {
            self.acl_in(door, Place::Via(door.id));
        }
        self.track_all();
        match endpoint.state {
            EndpointState::Available => self.hand(what(Doorway::Takes), Place::Between),
            _ => self.deny(what(Doorway::NotAvailable), Place::Between, codes::BAD_STATE),
        }
        let inner = self.packet;
        // Who knows the configuration alone does not look behind the endpoint.
        // <https://docs.aws.amazon.com/vpc/latest/reachability/additional-detail-codes.html>
        if !self.configured {
            self.visit_appliance(door, row)?;
        }
        self.change(what(Doorway::Answers), Place::Between, inner);
        self.travel(door, Place::Via(door.id))
    }

    /// To an appliance, packed into GENEVE.
    fn visit_appliance(&mut self, door: &NetworkInterface, row: &'w LoadBalancer) -> Option<()> {
        let ec2 = self.ec2;
        let near = balancing::place_in(ec2, &row.places, &door.zone.name()).or_else(|| row.places.first())?;
        let node = ec2.interfaces.get(&near.interface)?;
        let place = Place::Via(node.id);
        if !row.active {
            self.deny(
                What::Balancer(row.id.into(), Balance::NotActive),
                place,
                codes::BAD_STATE,
            );
        }
        let Some((listener, group)) = balancing::gateway_group(ec2, row.id) else {
            self.deny(
                What::Balancer(row.id.into(), Balance::NoListener),
                place,
                codes::ELBV2_LISTENERS_MISMATCH,
            );
            return None;
        };
        let choice = Choice {
            id: row.id.into(),
            group: group.id.into(),
            places: &row.places,
            targets: &group.targets,
            port: GENEVE,
            ipv6: false,
            cross_zone: elbv2::is_cross_zone(row, group),
            listener: Some(listener),
        };
        let chosen = self.choose(node, &choice, |place| What::Targets(group.id, Aim::NoAddress(place)))?;
        let outer = Packet {
            protocol: UDP,
            source_address: node.primary()?.private.into(),
            source_port: NODE_PORT,
            destination_address: chosen.address,
            destination_port: GENEVE,
        };
        self.change(
            What::Targets(group.id, Aim::Sends(chosen.place, chosen.failing)),
            place,
            outer,
        );
        let Landing::Interface(appliance) = self.travel(node, place)? else {
            return None;
        };
        let instance = instance_of(ec2, appliance)?;
        let place = Place::Via(appliance.id);
        self.running(instance, place);
        self.arrive(appliance, instance, place, true);
        self.awake(instance, place);
        self.take(instance, place, false);
        Some(())
    }
}

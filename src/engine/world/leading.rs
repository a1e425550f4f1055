//! Where routes lead now: said once, for the API, the path, the map and the inspector. Nothing here changes a row.

use super::Ec2;
use super::gateways::GatewayState;
use super::links::{EndpointState, PeeringState, TransitAttachment, TransitState};
use super::vpc::RouteTarget;
use crate::base::ids::*;

/// The gateway or link that a route of a VPC names, and whether the route leads there now (a NAT gateway in the making
/// counts); `None` for the route within the VPC, and for interfaces, whose instance decides.
pub fn led_to(ec2: &Ec2, vpc: VpcId, target: RouteTarget) -> Option<(ResourceId, bool)> {
    let there = |state: GatewayState| matches!(state, GatewayState::Pending | GatewayState::Available);
    let (gateways, links) = (&ec2.gateways, &ec2.links);
    Some(match target {
        RouteTarget::InternetGateway(id) => {
            let row = ec2.internet_gateways.get(&id);
            (id.into(), row.is_some_and(|row| row.vpc == Some(vpc)))
        }
        RouteTarget::NatGateway(id) => (id.into(), gateways.nat.get(&id).is_some_and(|row| there(row.state))),
        RouteTarget::EgressOnlyGateway(id) => {
            let row = gateways.egress_only.get(&id);
            (id.into(), row.is_some_and(|row| row.vpc == vpc))
        }
        RouteTarget::CarrierGateway(id) => (id.into(), gateways.carrier.get(&id).is_some_and(|row| there(row.state))),
        RouteTarget::VpnGateway(id) => (id.into(), gateways.vpn.get(&id).is_some_and(|row| row.serves(vpc))),
        RouteTarget::Peering(id) => {
            let row = links.peerings.get(&id);
            let active = row.is_some_and(|row| row.state == PeeringState::Active && row.across(vpc).is_some());
            (id.into(), active)
        }
        RouteTarget::Endpoint(id) => {
            let row = links.endpoints.get(&id);
            (id.into(), row.is_some_and(|row| row.state == EndpointState::Available))
        }
        RouteTarget::Transit(id) => {
            let row = attachment(ec2, vpc, id);
            (id.into(), row.is_some_and(|row| row.state == TransitState::Available))
        }
        RouteTarget::Local | RouteTarget::Interface(..) => return None,
    })
}

/// A VPC's attachments to transit gateways that are not over.
pub fn attachments_of(ec2: &Ec2, vpc: VpcId) -> impl Iterator<Item = &TransitAttachment> {
    let key = move |attachment| (ResourceId::from(vpc), ResourceId::from(attachment));
    let range = key(TransitAttachmentId(0))..=key(TransitAttachmentId(u64::MAX));
    ec2.referrers.range(range).filter_map(|((_, attachment), ())| {
        let id = TransitAttachmentId::try_from(*attachment).ok()?;
        ec2.links.attachments.get(&id)
    })
}

/// A VPC's attachment to a transit gateway.
pub fn attachment(ec2: &Ec2, vpc: VpcId, gateway: TransitGatewayId) -> Option<&TransitAttachment> {
    attachments_of(ec2, vpc).find(|row| row.gateway == gateway)
}

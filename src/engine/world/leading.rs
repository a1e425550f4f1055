//! Where routes lead now: said once, for the API, the path, the map and the inspector. Nothing here changes a row.

use super::Ec2;
use super::gateways::GatewayState;
use super::links::{EndpointState, PeeringState, TransitAttachment, TransitEnd, TransitState};
use super::vpc::RouteTarget;
use crate::base::ids::*;
use stratus_model::field;

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
        RouteTarget::CarrierGateway(id) => {
            let row = gateways.carrier.get(&id);
            (id.into(), row.is_some_and(|row| row.vpc == vpc && there(row.state)))
        }
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

/// The transit gateway to which two VPCs are attached, and whether it and both attachments support rules that name a group
/// of the other VPC; one that does, if any. `None`: there is none.
/// Source: <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security>
pub fn references(ec2: &Ec2, one: VpcId, other: VpcId) -> Option<(TransitGatewayId, bool)> {
    let wanted = field::SECURITY_GROUP_REFERENCING_SUPPORT.text();
    let on = |row: &TransitAttachment| match &row.end {
        TransitEnd::Vpc { on, .. } => on.iter().any(|has| has == wanted),
        _ => false,
    };
    let both = attachments_of(ec2, one).filter_map(|own| {
        let theirs = attachment(ec2, other, own.gateway)?;
        let gateway = ec2.links.transits.get(&own.gateway)?;
        let supported = on(own) && on(theirs) && gateway.on.iter().any(|has| has == wanted);
        Some((gateway.id, supported))
    });
    both.max_by_key(|(_, supported)| *supported)
}

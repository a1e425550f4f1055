//! What the Reachability Analyzer says of a path besides: the additional details of its components. They change nothing of what
//! was found, and a path that has none has none of the fields.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/additional-detail-codes.html>; of the codes there those about AWS
//! Network Firewall and about what the analyzer was not allowed to read cannot come up here.

use super::addresses::TCP;
use super::insights::{Seen, Viewer};
use super::routes;
use crate::base::ids::*;
use crate::catalog::Zone;
use crate::world::links::EndpointKind;
use crate::world::vpc::{NetworkInterface, RouteTarget};
use stratus_model::{Structure, Value, field};

/// Adds what there is to say of each component of a way there, and of one back; `None`: it is not known yet whether there is one.
pub(crate) fn annotate(viewer: &Viewer<'_>, forward: &mut [Seen], back: Option<&mut Vec<Seen>>) {
    let tcp = |seen: &Seen| seen.before.protocol == TCP;
    let one_way = back.as_ref().is_some_and(|back| back.is_empty()) && forward.first().is_some_and(tcp);
    along(viewer, forward, one_way);
    if let Some(back) = back {
        along(viewer, back, false);
    }
}

/// `one_way`: of the way back nothing is known.
fn along(viewer: &Viewer<'_>, path: &mut [Seen], one_way: bool) {
    let (mut here, mut hub, mut last) = (None, None, None);
    for seen in path {
        // What comes out of an endpoint has been said where it went in.
        let again = last.replace(seen.id) == Some(seen.id);
        let zone = zone(viewer, seen);
        if let (Some(before), Some(zone)) = (here, zone)
            && before != zone
        {
            add(seen, detail("AVAILABILITY_ZONE_CROSSED"));
        }
        here = zone.or(here);
        match seen.id {
            ResourceId::TransitTable(_) => {
                hub = seen.of.iter().find_map(|id| TransitGatewayId::try_from(*id).ok());
                if one_way {
                    add(seen, detail("UNIDIRECTIONAL_PATH_ANALYSIS_ONLY"));
                }
            }
            ResourceId::VpcEndpoint(id) if !again => gateway_endpoint(viewer, seen, id, hub),
            _ => {}
        }
    }
}

fn detail(code: &str) -> Structure {
    Structure::new().with(field::ADDITIONAL_DETAIL_TYPE, code)
}

/// Adds a detail, once.
fn add(seen: &mut Seen, detail: Structure) {
    let mut all = seen.shown.list(field::ADDITIONAL_DETAILS).to_vec();
    let detail = Value::Structure(detail);
    if !all.contains(&detail) {
        all.push(detail);
        seen.shown.set(field::ADDITIONAL_DETAILS, all);
    }
}

/// The zone that a component stands in: that of its interface. Where it has none, it is where the packet was.
fn zone(viewer: &Viewer<'_>, seen: &Seen) -> Option<Zone> {
    let ec2 = viewer.ec2;
    let gateway = match seen.id {
        ResourceId::NatGateway(id) => ec2.gateways.nat.get(&id),
        _ => None,
    };
    let own = gateway.and_then(|row| row.addresses.first()?.interface);
    let all = std::iter::once(&seen.id).chain(&seen.of);
    let interface = own.or_else(|| all.into_iter().find_map(|id| NetworkInterfaceId::try_from(*id).ok()))?;
    ec2.interfaces.get(&interface).map(|row| row.zone)
}

/// An endpoint of a Gateway Load Balancer: what stands behind it is not looked at, and what comes there out of a transit gateway
/// should find its way back.
fn gateway_endpoint(viewer: &Viewer<'_>, seen: &mut Seen, id: VpcEndpointId, hub: Option<TransitGatewayId>) {
    let ec2 = viewer.ec2;
    let row = ec2.links.endpoints.get(&id);
    let Some(row) = row.filter(|row| row.kind == EndpointKind::GatewayLoadBalancer) else {
        return;
    };
    let unchecked = detail("PATH_THROUGH_GWLB_NOT_CHECKED").with(field::SERVICE_NAME, row.service.as_str());
    add(seen, unchecked);
    let door = row.subnets.first().and_then(|(_, door)| ec2.interfaces.get(door));
    let leads_back = |door: &NetworkInterface, hub: TransitGatewayId| {
        let target = routes::target_from(ec2, door, seen.before.source_address);
        target == Some(RouteTarget::Transit(hub))
    };
    if door.zip(hub).is_some_and(|(door, hub)| !leads_back(door, hub)) {
        add(seen, detail("RESPONSE_RTB_HAS_NO_ROUTE_TO_TRANSIT_GATEWAY"));
    }
}

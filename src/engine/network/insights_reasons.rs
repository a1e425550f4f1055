//! Why there is no path, in the Reachability Analyzer's shape: one `Explanation` a blocker. The walk has decided; here it is
//! only said. Codes of ours, which AWS does not have, become the nearest of AWS's.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>

use super::codes;
use super::insights::{Viewer, acl_rule};
use super::step::*;
use crate::base::ids::*;
use stratus_model::{Structure, field};

/// AWS's code for one of ours.
fn code_of(code: &'static str) -> &'static str {
    match code {
        codes::STRATUS_NO_INTERNET_GATEWAY => codes::UNASSOCIATED_COMPONENT,
        codes::STRATUS_IMPOSSIBLE_SOURCE => "ENI_ADDRESS_RESTRICTION",
        code if code.starts_with("STRATUS_") => codes::NO_PATH,
        code => code,
    }
}

/// `ingress` or `egress`, where the step says so.
fn direction(what: &What) -> Option<&'static str> {
    let egress = match what {
        What::Groups(_, egress, _) | What::Acl(_, _, egress, _) | What::Gateway(_, _, egress, _) => *egress,
        _ => return None,
    };
    Some(if egress { "egress" } else { "ingress" })
}

/// `Explanation`.
pub(super) fn explain(viewer: &Viewer<'_>, blocker: &Blocker) -> Structure {
    let step = &blocker.step;
    let base = Structure::new()
        .with_some(field::DIRECTION, direction(&step.what))
        .with(field::EXPLANATION_CODE, code_of(blocker.code));
    match step.what {
        What::Groups(id, ..) => of_groups(viewer, base, id),
        What::Interface(id, _) => of_interface(viewer, base, id),
        What::Acl(id, subnet, egress, decided) => {
            let acl = viewer.ec2.network_acls.get(&id);
            let entry = decided.and_then(|place| acl?.entries.get(usize::from(place)));
            base.with(field::ACL_, viewer.component(id))
                .with(field::ACL_RULE, acl_rule(entry, egress))
                .with(field::SUBNET, viewer.component(subnet))
                .with_some(field::VPC, acl.map(|acl| viewer.component(acl.vpc)))
        }
        What::Route(id, routed) => {
            let base = base
                .with(field::ROUTE_TABLE, viewer.component(id))
                .with(field::ADDRESS, step.before.destination_address.to_string());
            let Some(table) = viewer.ec2.route_tables.get(&id) else {
                return base;
            };
            let route = viewer.table_route(table, routed, step.before.destination_address);
            base.with(field::VPC, viewer.component(table.vpc))
                .with_some(field::ROUTE_TABLE_ROUTE, route)
        }
        What::Gateway(vpc, id, ..) => base
            .with(field::VPC, viewer.component(vpc))
            .with(field::ADDRESS, step.before.source_address.to_string())
            .with_some(field::INTERNET_GATEWAY, id.map(|id| viewer.component(id))),
        What::Nat(id, _) => base.with(field::NAT_GATEWAY, viewer.component(id)),
        What::Vpn(id, _) => base.with(field::VPN_GATEWAY, viewer.component(id)),
        What::Peering(id, from, _) => base
            .with(field::VPC_PEERING_CONNECTION, viewer.component(id))
            .with(field::SOURCE_VPC, viewer.component(from)),
        What::Endpoint(id, _) => base.with(field::VPC_ENDPOINT, viewer.component(id)),
        What::Transit(id, says) => of_transit(viewer, base, id, says),
        What::Guest(id, does) => {
            let state = match does {
                Guest::State(state) => Some(state.name()),
                _ => None,
            };
            base.with(field::COMPONENT, viewer.component(id))
                .with_some(field::STATE, state)
        }
        What::Disconnected(vpc, target) => {
            let other = viewer.ec2.interfaces.get(&target).map(|row| row.vpc);
            base.with(field::SOURCE_VPC, viewer.component(vpc))
                .with_some(field::DESTINATION_VPC, other.map(|vpc| viewer.component(vpc)))
        }
        What::Nobody(vpc, subnet) => base
            .with(field::VPC, viewer.component(vpc))
            .with(field::ADDRESS, step.before.destination_address.to_string())
            .with_some(field::SUBNET, subnet.map(|id| viewer.component(id))),
        What::Circle(vpc) => base.with(field::VPC, viewer.component(vpc)),
        What::EgressOnly(id, _) => base.with(field::COMPONENT, viewer.component(id)),
        What::Carrier(id) => base.with(field::COMPONENT, viewer.component(id)),
        What::Unanswerable(why) => of_unanswerable(viewer, base, why),
        _ => base,
    }
}

fn of_interface(viewer: &Viewer<'_>, base: Structure, id: NetworkInterfaceId) -> Structure {
    let row = viewer.ec2.interfaces.get(&id);
    base.with(field::NETWORK_INTERFACE, viewer.component(id))
        .with_some(field::VPC, row.map(|row| viewer.component(row.vpc)))
}

fn of_groups(viewer: &Viewer<'_>, base: Structure, id: NetworkInterfaceId) -> Structure {
    let row = viewer.ec2.interfaces.get(&id);
    let groups = row.map(|row| row.groups.as_slice()).unwrap_or_default();
    let groups: Vec<Structure> = groups.iter().map(|group| viewer.component(*group)).collect();
    of_interface(viewer, base, id).with(field::SECURITY_GROUPS, groups)
}

fn of_transit(viewer: &Viewer<'_>, base: Structure, id: TransitGatewayId, says: Hub) -> Structure {
    let base = base.with(field::TRANSIT_GATEWAY, viewer.component(id));
    match says {
        Hub::NoRoute(table) | Hub::BlackHole(table) | Hub::Carries(table, _) => {
            base.with(field::TRANSIT_GATEWAY_ROUTE_TABLE, viewer.component(table))
        }
        Hub::Zone(attachment, subnet) => base
            .with(field::TRANSIT_GATEWAY_ATTACHMENT, viewer.component(attachment))
            .with(field::SUBNET, viewer.component(subnet)),
        Hub::Unassociated(attachment) | Hub::Elsewhere(attachment) => {
            base.with(field::TRANSIT_GATEWAY_ATTACHMENT, viewer.component(attachment))
        }
    }
}

fn of_unanswerable(viewer: &Viewer<'_>, base: Structure, why: Unanswerable) -> Structure {
    match why {
        Unanswerable::NoInstance(id) => base.with(field::MISSING_COMPONENT, id),
        Unanswerable::NoInterface(id) => base.with(field::MISSING_COMPONENT, id),
        Unanswerable::Gone(id) => base.with(field::COMPONENT, viewer.component(id)),
        Unanswerable::Unattached(id) | Unanswerable::Family(id) | Unanswerable::OfEndpoint(id) => {
            base.with(field::NETWORK_INTERFACE, viewer.component(id))
        }
        Unanswerable::NoAddress(address) | Unanswerable::Outside(address) | Unanswerable::Elsewhere(address, _) => {
            base.with(field::ADDRESS, address.to_string())
        }
    }
}

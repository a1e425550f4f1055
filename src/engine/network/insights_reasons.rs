//! Why there is no path, in the Reachability Analyzer's shape: one `Explanation` a blocker. The walk has decided; here it is
//! only said. Codes of ours, which AWS does not have, become the nearest of AWS's.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>

use super::insights::{Viewer, acl_rule, port_range};
use super::step::*;
use super::{balancing_words, classic, codes, filters, routes};
use crate::base::ids::*;
use crate::services::ec2::links::transit_routes;
use crate::world::vpc::NetworkInterface;
use stratus_model::{Structure, field};

/// AWS's code for one of ours.
fn code_of(code: &'static str) -> &'static str {
    match code {
        codes::STRATUS_NO_INTERNET_GATEWAY | codes::STRATUS_NO_CARRIER_GATEWAY => codes::UNASSOCIATED_COMPONENT,
        // What the Analyzer says of what it does not follow there.
        codes::STRATUS_CARRIER_ZONE => "UNSUPPORTED_COMPONENT",
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
        What::Groups(id, egress, _) => of_groups(viewer, base, step, (id, egress)),
        What::Interface(id, _) => {
            of_interface(viewer, base, id).with(field::ADDRESS, step.before.destination_address.to_string())
        }
        What::Acl(id, subnet, egress, decided) => {
            let remapped = (blocker.code == codes::REMAP_EPHEMERAL_PORT).then(|| vec![port_range(1_024, u16::MAX)]);
            let base = base.with_some(field::PORT_RANGES, remapped);
            of_acl(viewer, base, (id, subnet), egress, decided)
        }
        What::Route(id, routed) => of_route(viewer, base, id, routed, step),
        What::Spare(id, spare, _) => of_spare(viewer, base, id, spare, step),
        What::Gateway(..) => of_gateway(viewer, base, blocker),
        What::Nat(..) | What::Vpn(..) | What::Peering(..) | What::Endpoint(..) => of_link(viewer, base, step),
        What::Transit(id, says) => of_transit(viewer, base, id, says, step),
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
        What::ClassicLink(vpc, instance, _) => base
            .with(field::VPC, viewer.component(vpc))
            .with(field::ADDRESS, step.before.destination_address.to_string())
            .with_some(field::COMPONENT, instance.map(|id| viewer.component(id))),
        What::Classic(_) => base.with(field::ADDRESS, step.before.destination_address.to_string()),
        What::Circle(vpc) => base.with(field::VPC, viewer.component(vpc)),
        What::EgressOnly(id, _) => base.with(field::COMPONENT, viewer.component(id)),
        What::Apart(one, other) => base
            .with(field::COMPONENT, viewer.component(other))
            .with(field::SUBNET, viewer.component(one)),
        What::Unanswerable(why) => of_unanswerable(viewer, base, why),
        What::Balancer(..) | What::Listener(..) | What::Targets(..) => balancing_words::reason(viewer, base, step),
        _ => base,
    }
}

/// What a network ACL decided.
fn of_acl(
    viewer: &Viewer<'_>,
    base: Structure,
    (id, subnet): (NetworkAclId, SubnetId),
    egress: bool,
    decided: Option<u16>,
) -> Structure {
    let acl = viewer.ec2.network_acls.get(&id);
    let entry = decided.and_then(|place| acl?.entries.get(usize::from(place)));
    base.with(field::ACL_, viewer.component(id))
        .with(field::ACL_RULE, acl_rule(entry, egress))
        .with(field::SUBNET, viewer.component(subnet))
        .with_some(field::VPC, acl.map(|acl| viewer.component(acl.vpc)))
}

/// What a VPC's route table decided.
fn of_route(viewer: &Viewer<'_>, base: Structure, id: RouteTableId, routed: Routed, step: &Step) -> Structure {
    let base = base
        .with(field::ROUTE_TABLE, viewer.component(id))
        .with(field::ADDRESS, step.before.destination_address.to_string());
    let Some(table) = viewer.ec2.route_tables.get(&id) else {
        return base;
    };
    let route = viewer.table_route(table, routed, step.before.destination_address);
    let ingress = matches!(routed, Routed::NoPublicAddress(_)).then(|| viewer.component(id));
    base.with_some(field::INGRESS_ROUTE_TABLE, ingress)
        .with(field::VPC, viewer.component(table.vpc))
        .with_some(field::ROUTE_TABLE_ROUTE, route)
}

/// What links a VPC with another network.
fn of_link(viewer: &Viewer<'_>, base: Structure, step: &Step) -> Structure {
    match step.what {
        What::Nat(id, says) => {
            let row = viewer.ec2.gateways.nat.get(&id).filter(|_| says == Nat::Pending);
            base.with(field::NAT_GATEWAY, viewer.component(id))
                .with(field::ADDRESS, step.before.destination_address.to_string())
                .with_some(field::STATE, row.map(|row| row.state.name()))
        }
        What::Vpn(id, _) => {
            let mut rows = viewer.ec2.gateways.connections.rows();
            let row = rows.find(|row| row.gateway == Some(id));
            base.with(field::VPN_GATEWAY, viewer.component(id))
                .with(field::ADDRESS, step.before.destination_address.to_string())
                .with_some(field::VPN_CONNECTION, row.map(|row| viewer.component(row.id)))
        }
        What::Peering(id, from, says) => {
            let to = viewer.ec2.links.peerings.get(&id).and_then(|row| row.neighbour(from));
            let address = match says {
                Crossing::ForeignSource => step.before.source_address,
                _ => step.before.destination_address,
            };
            base.with(field::VPC_PEERING_CONNECTION, viewer.component(id))
                .with(field::ADDRESS, address.to_string())
                .with(field::SOURCE_VPC, viewer.component(from))
                .with_some(field::DESTINATION_VPC, to.map(|vpc| viewer.component(vpc)))
        }
        What::Endpoint(id, says) => {
            let row = viewer.ec2.links.endpoints.get(&id);
            let state = row
                .filter(|_| says == Doorway::NotAvailable)
                .map(|row| row.state.name());
            base.with(field::VPC_ENDPOINT, viewer.component(id))
                .with_some(field::STATE, state)
                .with_some(field::VPC, row.map(|row| viewer.component(row.vpc)))
        }
        _ => base,
    }
}

/// A route that is not taken, as the table's other routes are told.
fn of_spare(viewer: &Viewer<'_>, base: Structure, id: RouteTableId, spare: Spare, step: &Step) -> Structure {
    let address = step.before.destination_address;
    let base = base
        .with(field::ROUTE_TABLE, viewer.component(id))
        .with(field::ADDRESS, address.to_string());
    let Some(table) = viewer.ec2.route_tables.get(&id) else {
        return base;
    };
    let routed = match spare {
        Spare::Local(block) => Routed::Local(block),
        Spare::Route(number) => Routed::Route(number),
        Spare::Propagated(gateway, bits) => Routed::Propagated(gateway, bits),
    };
    base.with(field::VPC, viewer.component(table.vpc))
        .with_some(field::ROUTE_TABLE_ROUTE, viewer.table_route(table, routed, address))
}

fn of_interface(viewer: &Viewer<'_>, base: Structure, id: NetworkInterfaceId) -> Structure {
    let row = viewer.ec2.interface(id);
    if row.is_some_and(NetworkInterface::is_classic) {
        // The API knows no interfaces in EC2-Classic.
        return base.with(field::COMPONENT, viewer.component(InstanceId(id.0)));
    }
    base.with(field::NETWORK_INTERFACE, viewer.component(id))
        .with_some(field::VPC, row.map(|row| viewer.component(row.vpc)))
}

fn of_groups(viewer: &Viewer<'_>, base: Structure, step: &Step, (id, egress): (NetworkInterfaceId, bool)) -> Structure {
    let row = viewer.ec2.interface(id);
    let rulers = row.map(|row| classic::rulers(viewer.ec2, row, &step.before, egress));
    let groups = rulers.map(|rulers| rulers.groups).unwrap_or_default();
    let groups: Vec<Structure> = groups.iter().map(|group| viewer.component(*group)).collect();
    of_interface(viewer, base, id).with(field::SECURITY_GROUPS, groups)
}

/// What an internet gateway refuses is the source or the destination of the packet.
fn of_gateway(viewer: &Viewer<'_>, base: Structure, blocker: &Blocker) -> Structure {
    let (packet, ec2) = (&blocker.step.before, viewer.ec2);
    let What::Gateway(vpc, door, _, says) = blocker.step.what else {
        return base;
    };
    let id = door.internet();
    let destination = blocker.code.contains("DESTINATION") || blocker.code.ends_with("FOR_INGRESS");
    let address = match destination {
        true => packet.destination_address,
        false => packet.source_address,
    };
    let base = base
        .with(field::VPC, viewer.component(vpc))
        .with(field::ADDRESS, address.to_string())
        .with_some(field::INTERNET_GATEWAY, id.map(|id| viewer.component(id)));
    match says {
        _ if door.is_carrier() => base.with_some(field::COMPONENT, door.id().map(|id| viewer.component(id))),
        Gateway::PublicBlocked(subnet, _) => base.with(field::SUBNET, viewer.component(subnet)),
        Gateway::Bypassed => {
            let ingress = id.and_then(|id| routes::table_of_gateway(ec2, id));
            let sender = filters::holder(ec2, vpc, packet.source_address);
            let own = sender.and_then(|row| routes::table_of(ec2, ec2.vpcs.get(&vpc)?, row.subnet));
            base.with_some(
                field::INGRESS_ROUTE_TABLE,
                ingress.map(|table| viewer.component(table.id)),
            )
            .with_some(field::SUBNET_ROUTE_TABLE, own.map(|table| viewer.component(table.id)))
        }
        _ => base,
    }
}

fn of_transit(viewer: &Viewer<'_>, base: Structure, id: TransitGatewayId, says: Hub, step: &Step) -> Structure {
    let address = step.before.destination_address;
    let base = base
        .with(field::TRANSIT_GATEWAY, viewer.component(id))
        .with(field::ADDRESS, address.to_string());
    match says {
        Hub::BlackHole(table) => {
            let row = viewer.ec2.links.transit_tables.get(&table);
            let all = row.map(|row| transit_routes::all(viewer.ec2, row)).unwrap_or_default();
            let covering = all.into_iter().filter(|route| route.block.contains(&address));
            let route = covering.max_by_key(|route| (route.block.prefix_len(), route.fixed));
            let route = route.map(|route| {
                Structure::new()
                    .with(field::DESTINATION_CIDR, route.block.to_string())
                    .with(field::STATE, "blackhole")
                    .with_some(field::ATTACHMENT_ID, route.attachment)
            });
            base.with(field::TRANSIT_GATEWAY_ROUTE_TABLE, viewer.component(table))
                .with_some(field::TRANSIT_GATEWAY_ROUTE_TABLE_ROUTE, route)
        }
        Hub::NoRoute(table) | Hub::Carries(table, _) | Hub::Circle(table) | Hub::Spare(table, ..) => {
            base.with(field::TRANSIT_GATEWAY_ROUTE_TABLE, viewer.component(table))
        }
        Hub::Zone(attachment, subnet) => base
            .with(field::TRANSIT_GATEWAY_ATTACHMENT, viewer.component(attachment))
            .with(field::SUBNET, viewer.component(subnet)),
        Hub::NoIpv6(attachment)
        | Hub::Unassociated(attachment)
        | Hub::Elsewhere(attachment)
        | Hub::Leaves(attachment)
        | Hub::Enters(attachment)
        | Hub::Down(attachment)
        | Hub::Translates(attachment)
        | Hub::NoPolicy(attachment) => base.with(field::TRANSIT_GATEWAY_ATTACHMENT, viewer.component(attachment)),
    }
}

fn of_unanswerable(viewer: &Viewer<'_>, base: Structure, why: Unanswerable) -> Structure {
    match why {
        Unanswerable::NoInstance(id) => base.with(field::MISSING_COMPONENT, id),
        Unanswerable::NoInterface(id) => base.with(field::MISSING_COMPONENT, id),
        Unanswerable::Gone(id) => base.with(field::COMPONENT, viewer.component(id)),
        Unanswerable::NoSeat(id) => {
            let row = viewer.ec2.instances.get(&id);
            base.with(field::COMPONENT, viewer.component(id))
                .with_some(field::STATE, row.map(|row| row.state.name()))
        }
        Unanswerable::Unattached(id) => of_interface(viewer, base, id).with(field::STATE, "available"),
        Unanswerable::Family(id) | Unanswerable::OfEndpoint(id) => of_interface(viewer, base, id),
        Unanswerable::NobodyInside(id, address) => base
            .with(field::VPN_GATEWAY, viewer.component(id))
            .with(field::ADDRESS, address.to_string()),
        Unanswerable::NoAddress(address) | Unanswerable::Outside(address) | Unanswerable::Elsewhere(address, _) => {
            base.with(field::ADDRESS, address.to_string())
        }
    }
}

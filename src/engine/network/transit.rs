//! Transit gateways as a packet meets them: the door of the VPC's zone, the route table of the attachment that it came by,
//! the door on the other side, and that side's own routes.
//! Sources: <https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>,
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html>

use super::remedies::{Candidate, call, candidate};
use super::step::*;
use super::walk::{Landing, Walk};
use super::words::Teller;
use super::{codes, routes};
use crate::base::ids::*;
use crate::services::ec2::links::transit_routes::{self, TransitRoute};
use crate::world::Ec2;
use crate::world::leading::{attachment, attachments_of};
use crate::world::links::*;
use crate::world::vpc::*;
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// The attachment of a VPC to a transit gateway that a VPC with this address is attached to as well, and that other one.
pub(super) fn towards(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> Option<(&TransitAttachment, &TransitAttachment)> {
    attachments_of(ec2, vpc).find_map(|own| {
        let mut others = ec2.links.attachments.rows();
        let other = others.find(|other| {
            let holds = |vpc: &Vpc| routes::local_block(vpc, address).is_some();
            let theirs = other.vpc().filter(|theirs| *theirs != vpc);
            other.gateway == own.gateway
                && !other.state.is_gone()
                && theirs.and_then(|id| ec2.vpcs.get(&id)).is_some_and(holds)
        })?;
        Some((own, other))
    })
}

/// Whether two VPCs are attached to one transit gateway.
pub(super) fn are_attached(ec2: &Ec2, one: VpcId, other: VpcId) -> bool {
    attachments_of(ec2, one).any(|row| attachment(ec2, other, row.gateway).is_some())
}

/// The route of a table that an address takes: the longest prefix, of equal ones the static one.
fn choose(ec2: &Ec2, table: &TransitTable, address: IpAddr) -> Option<TransitRoute> {
    let covering = transit_routes::all(ec2, table).into_iter();
    covering
        .filter(|route| route.block.contains(&address))
        .max_by_key(|route| (route.block.prefix_len(), route.fixed))
}

/// The interface of an attachment in a zone.
pub(super) fn door<'w>(ec2: &'w Ec2, row: &TransitAttachment, of: &Subnet) -> Option<&'w NetworkInterface> {
    let here = |subnet: &SubnetId| ec2.subnets.get(subnet).is_some_and(|own| own.zone == of.zone);
    let (_, interface) = row.subnets().iter().find(|(subnet, _)| here(subnet))?;
    ec2.interfaces.get(interface)
}

impl<'w> Walk<'w> {
    /// From a subnet through a transit gateway to wherever its route table sends.
    pub(super) fn transit(&mut self, subnet: &Subnet, row: &TransitAttachment, place: Place) -> Option<Landing<'w>> {
        let ec2 = self.ec2;
        let what = |says| What::Transit(row.gateway, says);
        let Some(near) = door(ec2, row, subnet) else {
            let says = what(Hub::Zone(row.id, subnet.id));
            self.deny(says, Place::Between, codes::TGW_ROUTE_AZ_RESTRICTION);
            return None;
        };
        if near.subnet != subnet.id {
            self.acl(subnet, true, place);
            self.acl_in(near, Place::Between);
        }
        self.track_all();
        let Some(table) = row.table.and_then(|table| ec2.links.transit_tables.get(&table)) else {
            let says = what(Hub::Unassociated(row.id));
            self.deny(says, Place::Between, codes::TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION);
            return None;
        };
        let Some(route) = choose(ec2, table, self.packet.destination_address) else {
            let says = what(Hub::NoRoute(table.id));
            self.deny(says, Place::Between, codes::TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT);
            self.spare_hub(row.gateway, table, None);
            return None;
        };
        let target = route.attachment.and_then(|id| ec2.links.attachments.get(&id));
        let Some(target) = target.filter(|_| transit_routes::is_active(ec2, &route)) else {
            let says = what(Hub::BlackHole(table.id));
            self.deny(says, Place::Between, codes::TGW_RTB_BAD_STATE_ROUTE);
            self.spare_hub(row.gateway, table, Some(route));
            return None;
        };
        let first = || {
            target
                .subnets()
                .first()
                .and_then(|(_, interface)| ec2.interfaces.get(interface))
        };
        let Some(far) = door(ec2, target, subnet).or_else(first) else {
            self.deny(
                what(Hub::Elsewhere(target.id)),
                Place::Between,
                codes::UNKNOWN_DESTINATION,
            );
            return None;
        };
        self.hand(what(Hub::Carries(table.id, target.id)), Place::Between);
        self.travel(far, Place::Between)
    }

    /// The route of a transit gateway's table that would lead there and is not taken: because of the one that is, or because
    /// it does not hold the address.
    #[inline(never)]
    fn spare_hub(&mut self, hub: TransitGatewayId, table: &TransitTable, taken: Option<TransitRoute>) {
        if self.is_decided() {
            return;
        }
        let (ec2, address) = (self.ec2, self.packet.destination_address);
        let all = transit_routes::all(ec2, table).into_iter();
        let active = all.filter(|route| transit_routes::is_active(ec2, route));
        let spare = match taken {
            Some(taken) => active
                .filter(|route| route.block.contains(&address))
                .max_by_key(|route| (route.block.prefix_len(), route.fixed))
                .map(|route| match route.block == taken.block {
                    true => (route, Unused::Lower, codes::TGW_RTB_HIGHER_PRIORITY_ROUTE),
                    false => (route, Unused::Shorter, codes::TGW_RTB_MORE_SPECIFIC_ROUTE),
                }),
            None => {
                let leads = |route: &TransitRoute| {
                    let row = route.attachment.and_then(|id| ec2.links.attachments.get(&id));
                    let vpc = row.and_then(|row| ec2.vpcs.get(&row.vpc()?));
                    vpc.is_some_and(|vpc| routes::local_block(vpc, address).is_some())
                };
                let mut leading = active.filter(leads);
                leading
                    .next()
                    .map(|route| (route, Unused::Elsewhere, codes::TGW_RTB_CANNOT_ROUTE))
            }
        };
        if let Some((route, unused, code)) = spare
            && let Some(attachment) = route.attachment
        {
            let what = What::Transit(hub, Hub::Spare(table.id, attachment, unused));
            self.deny(what, Place::Between, code);
        }
    }
}

impl Teller<'_> {
    /// What a transit gateway did.
    #[inline(never)]
    pub fn transit_text(&self, id: TransitGatewayId, says: Hub, address: IpAddr) -> String {
        let name = self.name(id);
        let end = |id: TransitAttachmentId| {
            let row = self.ec2.links.attachments.get(&id);
            row.and_then(TransitAttachment::vpc)
                .map_or_else(|| self.name(id), |vpc| self.name(vpc))
        };
        match says {
            Hub::Carries(table, target) => format!(
                "{name} sends {address} to {}, by its route table {}.",
                end(target),
                self.name(table)
            ),
            Hub::Zone(attachment, subnet) => format!(
                "The attachment of {} to {name} has no subnet in the zone of {}: from there nothing gets to it.",
                end(attachment),
                self.subnet_name(subnet)
            ),
            Hub::Unassociated(attachment) => {
                format!(
                    "The attachment of {} is associated with no route table of {name}.",
                    end(attachment)
                )
            }
            Hub::NoRoute(table) => format!(
                "{}, a route table of {name}, has no route for {address}.",
                self.name(table)
            ),
            Hub::BlackHole(table) => format!(
                "{}, a route table of {name}, drops {address}: a black hole.",
                self.name(table)
            ),
            Hub::Spare(table, target, unused) => {
                let why = unused.why(address);
                format!("{} also has a route to {}, but {why}.", self.name(table), end(target))
            }
            Hub::Elsewhere(_) => {
                format!("{name} sends {address} to another Region: a path is followed within one (ours).")
            }
        }
    }

    /// The thing that a step of a transit gateway is about.
    pub fn transit_component(&self, id: TransitGatewayId, says: Hub) -> ResourceId {
        match says {
            Hub::Carries(..) => id.into(),
            Hub::Zone(attachment, _) | Hub::Unassociated(attachment) | Hub::Elsewhere(attachment) => attachment.into(),
            Hub::NoRoute(table) | Hub::BlackHole(table) | Hub::Spare(table, ..) => table.into(),
        }
    }
}

/// A route of a VPC's table to the transit gateway that leads to an address.
pub(super) fn vpc_route(teller: &Teller<'_>, table: &RouteTable, address: IpAddr) -> Option<Candidate> {
    let (own, other) = towards(&teller.ec2, table.vpc, address)?;
    let block = routes::local_block(teller.ec2.vpcs.get(&other.vpc()?)?, address)?;
    let params = super::link_words::table_params(table.id, block).with(field::TRANSIT_GATEWAY_ID, own.gateway);
    let why = format!(
        "Route {block} of {} to {}.",
        teller.name(table.id),
        teller.name(own.gateway)
    );
    Some(candidate(6, why, vec![call("CreateRoute", params)]))
}

/// What might mend a way that a transit gateway stops.
#[inline(never)]
pub(super) fn remedies(teller: &Teller<'_>, gateway: TransitGatewayId, says: Hub, address: IpAddr) -> Vec<Candidate> {
    let ec2 = &teller.ec2;
    let relation = |table: TransitTableId, attachment: TransitAttachmentId| {
        Structure::new()
            .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, table)
            .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment)
    };
    match says {
        Hub::Zone(attachment, subnet) => {
            let params = Structure::new()
                .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, attachment)
                .with(field::ADD_SUBNET_IDS, vec![subnet]);
            let why = format!(
                "Give {} an interface in {}.",
                teller.name(attachment),
                teller.subnet_name(subnet)
            );
            vec![candidate(
                2,
                why,
                vec![call("ModifyTransitGatewayVpcAttachment", params)],
            )]
        }
        Hub::Unassociated(attachment) => {
            let own = ec2.links.transits.get(&gateway).and_then(|row| row.association);
            let first = ec2.links.transit_tables.rows().find(|table| table.gateway == gateway);
            let Some(table) = own.or(first.map(|table| table.id)) else {
                return Vec::new();
            };
            let why = format!("Associate {} with {}.", teller.name(attachment), teller.name(table));
            let params = relation(table, attachment);
            vec![candidate(
                6,
                why,
                vec![call("AssociateTransitGatewayRouteTable", params)],
            )]
        }
        Hub::NoRoute(table) => {
            let mut rows = ec2.links.attachments.rows();
            let fits = |row: &&TransitAttachment| {
                let vpc = row.vpc().and_then(|vpc| ec2.vpcs.get(&vpc));
                row.gateway == gateway
                    && row.state == TransitState::Available
                    && vpc.is_some_and(|vpc| routes::local_block(vpc, address).is_some())
            };
            let Some(row) = rows.find(fits) else { return Vec::new() };
            let why = format!(
                "Let {} propagate its blocks to {}.",
                teller.name(row.id),
                teller.name(table)
            );
            let params = relation(table, row.id);
            vec![candidate(
                6,
                why,
                vec![call("EnableTransitGatewayRouteTablePropagation", params)],
            )]
        }
        Hub::BlackHole(_) | Hub::Carries(..) | Hub::Elsewhere(_) | Hub::Spare(..) => Vec::new(),
    }
}

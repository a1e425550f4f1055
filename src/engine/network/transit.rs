//! Transit gateways as a packet meets them: the door of the VPC's zone, the route table of the attachment that it came by,
//! the door on the other side, and that side's own routes.
//! Sources: <https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>,
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html>

use super::step::*;
use super::walk::{LEGS, Landing, Walk};
use super::words::Teller;
use super::{Packet, codes, filters, routes, vpn};
use crate::base::ids::*;
use crate::services::ec2::links::transit_routes::{self, TransitRoute};
use crate::world::Ec2;
use crate::world::leading::{attachment, attachments_of};
use crate::world::links::*;
use crate::world::transits::PolicyEntry;
use crate::world::vpc::*;
use ipnet::IpNet;
use std::net::IpAddr;
use stratus_model::field;

/// The attachment of a VPC to a transit gateway that a VPC with this address is attached to as well, and that other one.
pub(super) fn towards(ec2: &Ec2, vpc: VpcId, address: IpAddr) -> Option<(&TransitAttachment, &TransitAttachment)> {
    attachments_of(ec2, vpc).find_map(|own| {
        let other = attached(ec2, own.gateway, address).find(|other| other.vpc() != Some(vpc))?;
        Some((own, other))
    })
}

/// The attachments to a transit gateway that are not over, of VPCs that have an address.
pub(super) fn attached(
    ec2: &Ec2,
    gateway: TransitGatewayId,
    address: IpAddr,
) -> impl Iterator<Item = &TransitAttachment> {
    ec2.links.attachments.rows().filter(move |row| {
        let vpc = row.vpc().and_then(|vpc| ec2.vpcs.get(&vpc));
        row.gateway == gateway
            && !row.state.is_gone()
            && vpc.is_some_and(|vpc| routes::local_block(vpc, address).is_some())
    })
}

/// Whether two VPCs are attached to one transit gateway, or to two that are peers within the Region.
pub(super) fn are_attached(ec2: &Ec2, one: VpcId, other: VpcId) -> bool {
    attachments_of(ec2, one).any(|own| {
        let theirs = |gateway| attachment(ec2, other, gateway).is_some();
        let mut peers = ec2.links.attachments.rows().filter_map(|row| row.beyond(own.gateway));
        theirs(own.gateway) || peers.any(theirs)
    })
}

/// The route of a table that an address takes: the longest prefix, of equal ones the static one.
pub(super) fn choose(ec2: &Ec2, table: &TransitTable, address: IpAddr) -> Option<TransitRoute> {
    let covering = transit_routes::all(ec2, table).into_iter();
    covering
        .filter(|route| route.block.contains(&address))
        .max_by_key(|route| (route.block.prefix_len(), route.fixed))
}

/// The interface of an attachment in a zone.
pub(super) fn door<'w>(ec2: &'w Ec2, row: &TransitAttachment, of: &Subnet) -> Option<&'w NetworkInterface> {
    let here = |subnet: &SubnetId| ec2.subnets.get(subnet).is_some_and(|own| own.zone == of.zone.home());
    let (_, interface) = row.subnets().iter().find(|(subnet, _)| here(subnet))?;
    ec2.interfaces.get(interface)
}

/// Whether an entry of a policy table takes a packet: of one that has no ports, none that names ports. What it looks at,
/// `reach` and `survey::cells` know.
fn takes(entry: &PolicyEntry, packet: &Packet) -> bool {
    let within = |block: Option<IpNet>, address: IpAddr| block.is_none_or(|block| block.contains(&address));
    let among = |ports: Option<(u16, u16)>, port: u16| {
        ports.is_none_or(|(low, high)| packet.has_ports() && (low..=high).contains(&port))
    };
    within(entry.source, packet.source_address)
        && within(entry.destination, packet.destination_address)
        && among(entry.source_ports, packet.source_port)
        && among(entry.destination_ports, packet.destination_port)
        && entry.protocol.is_none_or(|protocol| protocol == packet.protocol)
}

impl<'w> Walk<'w> {
    /// From a subnet through a transit gateway to wherever its route table sends.
    pub(super) fn transit(&mut self, subnet: &Subnet, row: &TransitAttachment, place: Place) -> Option<Landing<'w>> {
        let ec2 = self.ec2;
        let what = |says| What::Transit(row.gateway, says);
        let Some(near) = door(ec2, row, subnet) else {
            let says = what(Hub::Zone(row.id, subnet.id));
            self.deny(says, Place::Between, codes::TGW_ROUTE_AZ_RESTRICTION);
            return self.past_zone(subnet, row, place);
        };
        self.takes_family(row, row.gateway);
        self.keep_door(row, near);
        if near.subnet != subnet.id {
            self.acl(subnet, true, place);
            self.acl_in(near, Place::Between);
        }
        self.track_all();
        self.by_hub = true;
        self.switch(row, row.gateway, Some(subnet))
    }

    /// From an on-premises network by a VPN connection that is attached to a transit gateway, to a private address. `None`: it
    /// does not come that way.
    #[inline(never)]
    pub(super) fn enter_by_hub(&mut self, meant: Option<&'w NetworkInterface>) -> Option<Option<Landing<'w>>> {
        let ec2 = self.ec2;
        let row = if self.back {
            ec2.links.attachments.get(&self.hub?)?
        } else {
            let target = meant?;
            filters::holder(ec2, target.vpc, self.packet.destination_address)?;
            vpn::behind_hub(ec2, target.vpc, self.packet.source_address)?
        };
        self.hand(What::Transit(row.gateway, Hub::Enters(row.id)), Place::Between);
        self.track_all();
        Some(self.switch(row, row.gateway, None))
    }

    /// The table that judges what comes by an attachment: its own, or that which its policy table chooses.
    fn table_for(&self, row: &TransitAttachment, gateway: TransitGatewayId) -> Result<&'w TransitTable, Hub> {
        let ec2 = self.ec2;
        let table = match row.policy.filter(|_| row.gateway == gateway) {
            Some(policy) => {
                let policy = ec2.links.policy_tables.get(&policy).ok_or(Hub::NoPolicy(row.id))?;
                let entry = policy.entries.iter().find(|entry| takes(entry, &self.packet));
                Some(entry.ok_or(Hub::NoPolicy(row.id))?.table)
            }
            None => row.table_of(gateway),
        };
        table
            .and_then(|table| ec2.links.transit_tables.get(&table))
            .ok_or(Hub::Unassociated(row.id))
    }

    /// In a transit gateway: by the table of the attachment that the packet came by, to the next. `near`: the subnet that it came
    /// from, if it came from one.
    pub(super) fn switch(
        &mut self,
        row: &TransitAttachment,
        gateway: TransitGatewayId,
        near: Option<&Subnet>,
    ) -> Option<Landing<'w>> {
        let ec2 = self.ec2;
        let what = |says| What::Transit(gateway, says);
        self.translate_at(row, gateway);
        let table = match self.table_for(row, gateway) {
            Ok(table) => table,
            Err(says) => {
                let code = match says {
                    Hub::NoPolicy(_) => codes::TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT,
                    _ => codes::TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION,
                };
                self.deny(what(says), Place::Between, code);
                return self.past_hub(row, gateway, near);
            }
        };
        let Some(route) = choose(ec2, table, self.packet.destination_address) else {
            let says = what(Hub::NoRoute(table.id));
            self.deny(says, Place::Between, codes::TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT);
            self.spare_hub(gateway, table, None);
            return self.past_hub(row, gateway, near);
        };
        let target = route.attachment.and_then(|id| ec2.links.attachments.get(&id));
        let Some(target) = target.filter(|_| transit_routes::is_active(ec2, &route)) else {
            let says = what(Hub::BlackHole(table.id));
            self.deny(says, Place::Between, codes::TGW_RTB_BAD_STATE_ROUTE);
            self.spare_hub(gateway, table, Some(route));
            return self.past_hub(row, gateway, near);
        };
        if target.vpc().is_none() {
            return self.beyond_hub(gateway, table, target, near);
        }
        let far = self.door_to(target, near)?;
        self.hand(what(Hub::Carries(table.id, target.id)), Place::Between);
        self.takes_family(target, gateway);
        self.untranslate_at(target, gateway);
        self.travel(far, Place::Between)
    }

    /// The interface of a VPC's attachment that a packet comes out of: that which the flow keeps to, one in the zone that it
    /// comes from, or else the first.
    pub(super) fn door_to(
        &mut self,
        target: &TransitAttachment,
        near: Option<&Subnet>,
    ) -> Option<&'w NetworkInterface> {
        let ec2 = self.ec2;
        let kept = self.doors.iter().find(|(id, _)| *id == target.id);
        if let Some(own) = kept.and_then(|(_, interface)| ec2.interfaces.get(interface)) {
            return Some(own);
        }
        let first = || {
            let (_, interface) = target.subnets().first()?;
            ec2.interfaces.get(interface)
        };
        let far = near.and_then(|near| door(ec2, target, near)).or_else(first)?;
        self.keep_door(target, far);
        Some(far)
    }

    /// In appliance mode a flow keeps to one interface of an attachment, both ways. Ours: AWS hashes the flow to choose it; here it
    /// is the one in the zone that the flow's first packet comes from, so that alike machines fare alike.
    /// <https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html>
    #[inline(never)]
    fn keep_door(&mut self, row: &TransitAttachment, door: &NetworkInterface) {
        let known = self.doors.iter().any(|(id, _)| *id == row.id);
        if !known && row.has(field::APPLIANCE_MODE_SUPPORT.text()) {
            self.doors.push((row.id, door.id));
        }
    }

    /// IPv6 passes the attachment of a VPC only where its IPv6 support is on.
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachmentRequestOptions.html>
    pub(super) fn takes_family(&mut self, row: &TransitAttachment, gateway: TransitGatewayId) {
        if self.packet.destination_address.is_ipv6() && !row.has(field::IPV6_SUPPORT.text()) {
            let says = What::Transit(gateway, Hub::NoIpv6(row.id));
            self.deny(says, Place::Between, codes::STRATUS_TGW_IPV6_DISABLED);
        }
    }

    /// What comes by an attachment whose addresses are translated goes on under the address that others see.
    #[inline(never)]
    fn translate_at(&mut self, row: &TransitAttachment, gateway: TransitGatewayId) {
        let seen = row.nat.outward(self.packet.source_address);
        self.translated(
            row,
            gateway,
            seen.map(|source_address| Packet {
                source_address,
                ..self.packet
            }),
        );
    }

    /// What goes to such an attachment arrives at the address behind the one that others see.
    #[inline(never)]
    fn untranslate_at(&mut self, row: &TransitAttachment, gateway: TransitGatewayId) {
        let own = row.nat.inward(self.packet.destination_address);
        self.translated(
            row,
            gateway,
            own.map(|destination_address| Packet {
                destination_address,
                ..self.packet
            }),
        );
    }

    /// A peering's two gateways see its translation once: at the one whose attachment it is.
    fn translated(&mut self, row: &TransitAttachment, gateway: TransitGatewayId, after: Option<Packet>) {
        if let Some(after) = after.filter(|_| row.gateway == gateway) {
            self.change(What::Transit(gateway, Hub::Translates(row.id)), Place::Between, after);
        }
    }

    /// One leg more from one transit gateway to another; `None` = that was one too many.
    fn next_leg(&mut self, gateway: TransitGatewayId, table: &TransitTable) -> Option<()> {
        self.legs += 1;
        if self.legs > LEGS {
            let says = What::Transit(gateway, Hub::Circle(table.id));
            self.deny(says, Place::Between, codes::STRATUS_ROUTING_LOOP);
            return None;
        }
        Some(())
    }

    /// To an attachment that is none of a VPC.
    #[inline(never)]
    fn beyond_hub(
        &mut self,
        gateway: TransitGatewayId,
        table: &TransitTable,
        target: &'w TransitAttachment,
        near: Option<&Subnet>,
    ) -> Option<Landing<'w>> {
        let what = |says| What::Transit(gateway, says);
        match (&target.end, target.far) {
            (TransitEnd::Vpn(_) | TransitEnd::Concentrator(_), _) if vpn::is_up(self.ec2, target) => {
                self.hand(what(Hub::Carries(table.id, target.id)), Place::Between);
                self.untranslate_at(target, gateway);
                self.hub = Some(target.id);
                self.hand(what(Hub::Leaves(target.id)), Place::Between);
                Some(Landing::Outside)
            }
            (TransitEnd::Vpn(_) | TransitEnd::Concentrator(_), _) => {
                self.deny(what(Hub::Down(target.id)), Place::Between, codes::TGW_BAD_STATE_VPN);
                None
            }
            (TransitEnd::Peer { .. }, Some(far)) => {
                let other = if far.gateway == gateway {
                    target.gateway
                } else {
                    far.gateway
                };
                self.next_leg(gateway, table)?;
                self.hand(what(Hub::Carries(table.id, target.id)), Place::Between);
                self.untranslate_at(target, gateway);
                self.switch(target, other, near)
            }
            (TransitEnd::Peer { .. }, None) if self.leads_abroad(target) => {
                self.next_leg(gateway, table)?;
                self.hand(what(Hub::Carries(table.id, target.id)), Place::Between);
                self.untranslate_at(target, gateway);
                let far = self.enter_other(target)?;
                self.switch(far, far.gateway, None)
            }
            _ => {
                let says = what(Hub::Elsewhere(target.id));
                self.deny(says, Place::Between, codes::UNKNOWN_DESTINATION);
                None
            }
        }
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
    pub fn transit_text(&self, gateway: TransitGatewayId, says: Hub, address: IpAddr) -> String {
        let name = self.name(gateway);
        let end = |id: TransitAttachmentId| match self.ec2.links.attachments.get(&id) {
            Some(row) => match (&row.end, row.far) {
                (TransitEnd::Vpc { vpc, .. }, _) => self.name(*vpc),
                (TransitEnd::Vpn(connection), _) => self.name(*connection),
                (TransitEnd::Concentrator(concentrator), _) => self.name(*concentrator),
                (TransitEnd::Peer { .. }, Some(far)) if row.gateway == gateway => self.name(far.gateway),
                (TransitEnd::Peer { .. }, Some(_)) => self.name(row.gateway),
                _ => self.name(id),
            },
            None => self.name(id),
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
            Hub::NoIpv6(attachment) => format!(
                "The attachment of {} to {name} carries no IPv6: its IPv6 support is off.",
                end(attachment)
            ),
            Hub::Unassociated(attachment) => format!(
                "The attachment of {} is associated with no route table of {name}.",
                end(attachment)
            ),
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
            Hub::Leaves(attachment) => format!(
                "The VPN connection {} takes it from {name} to the on-premises network, encrypted.",
                end(attachment)
            ),
            Hub::Enters(attachment) => format!(
                "The VPN connection {} brings it from the on-premises network to {name}.",
                end(attachment)
            ),
            Hub::Down(attachment) => format!(
                "{name} sends {address} to the VPN connection {}, whose tunnels are down.",
                end(attachment)
            ),
            Hub::Circle(table) => format!(
                "{name} sends {address} back by its route table {}: transit gateways send it in a circle.",
                self.name(table)
            ),
            Hub::Translates(attachment) => format!(
                "{name} translates the addresses of its attachment of {}, one to one.",
                end(attachment)
            ),
            Hub::NoPolicy(attachment) => format!(
                "No entry of the policy table of {} takes it to a route table of {name}.",
                end(attachment)
            ),
            Hub::Elsewhere(_) => {
                format!("{name} sends {address} to another Region: a path is followed within one (ours).")
            }
        }
    }

    /// The thing that a step of a transit gateway is about.
    pub fn transit_component(&self, id: TransitGatewayId, says: Hub) -> ResourceId {
        match says {
            Hub::Carries(..) => id.into(),
            Hub::Zone(attachment, _)
            | Hub::NoIpv6(attachment)
            | Hub::Unassociated(attachment)
            | Hub::Elsewhere(attachment)
            | Hub::Leaves(attachment)
            | Hub::Enters(attachment)
            | Hub::Down(attachment)
            | Hub::Translates(attachment)
            | Hub::NoPolicy(attachment) => attachment.into(),
            Hub::NoRoute(table) | Hub::BlackHole(table) | Hub::Circle(table) | Hub::Spare(table, ..) => table.into(),
        }
    }
}

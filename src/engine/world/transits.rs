//! Rows of what transit gateways have besides attachments and route tables: Connect peers, multicast domains, policy tables,
//! announcements, metering policies, VPN concentrators; and the parts of attachments that few have. Data only.

use super::links::TransitState;
use crate::base::ids::*;
use crate::base::time::Time;
use ipnet::{IpNet, Ipv4Net};
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr};

/// An appliance that a Connect attachment has a GRE tunnel to.
#[derive(Clone, Debug, Serialize)]
pub struct ConnectPeer {
    /// Its id.
    pub id: ConnectPeerId,
    /// Sequence number of its making.
    pub born: u64,
    /// The Connect attachment.
    pub attachment: TransitAttachmentId,
    /// When it was made.
    pub created: Time,
    /// Where it stands.
    pub state: TransitState,
    /// The transit gateway's end of the tunnel.
    pub near: IpAddr,
    /// The appliance's end of the tunnel.
    pub peer: IpAddr,
    /// The blocks inside the tunnel: a /29 of IPv4, and a /125 of IPv6 if there is one.
    pub inside: Vec<IpNet>,
    /// The autonomous system of the appliance.
    pub asn: i64,
}

/// A multicast domain of a transit gateway.
#[derive(Clone, Debug, Serialize)]
pub struct MulticastDomain {
    /// Its id.
    pub id: MulticastDomainId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its transit gateway.
    pub gateway: TransitGatewayId,
    /// When it was made.
    pub created: Time,
    /// Where it stands.
    pub state: TransitState,
    /// Options that are on, by the API's names.
    pub on: Vec<String>,
    /// Subnets that take part, each by the attachment of its VPC; sorted.
    pub subnets: Vec<(TransitAttachmentId, SubnetId)>,
    /// Who takes part in which group; sorted.
    pub groups: Vec<GroupSeat>,
}

/// An interface in a multicast group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GroupSeat {
    /// The group's address.
    pub group: IpAddr,
    /// The interface.
    pub interface: NetworkInterfaceId,
    /// It sends to the group; else it is a member.
    pub source: bool,
}

/// A policy table of a transit gateway: for what comes by a peering, it chooses the route table.
#[derive(Clone, Debug, Serialize)]
pub struct TransitPolicyTable {
    /// Its id.
    pub id: TransitPolicyTableId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its transit gateway.
    pub gateway: TransitGatewayId,
    /// When it was made.
    pub created: Time,
    /// Its entries, by number: the lowest that matches decides.
    pub entries: Vec<PolicyEntry>,
}

/// An entry of a policy table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyEntry {
    /// Its number.
    pub number: u32,
    /// From where; `None` = from anywhere.
    pub source: Option<IpNet>,
    /// To where.
    pub destination: Option<IpNet>,
    /// From which ports.
    pub source_ports: Option<(u16, u16)>,
    /// To which ports.
    pub destination_ports: Option<(u16, u16)>,
    /// The IP protocol's number.
    pub protocol: Option<u8>,
    /// The route table that then judges.
    pub table: TransitTableId,
}

/// Options of a peering of transit gateways; of one between two Regions both rows have the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeeringOptions {
    /// The two may announce route tables to each other.
    pub dynamic: bool,
    /// The requester allows multipath resilience.
    pub requester_multipath: bool,
    /// The accepter allows multipath resilience.
    pub accepter_multipath: bool,
}

impl PeeringOptions {
    /// Whether nothing is on.
    pub fn are_off(&self) -> bool {
        *self == PeeringOptions::default()
    }
}

/// The translation of addresses, one to one, that a transit gateway does for an attachment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AttachmentNat {
    /// Whether it does so now.
    pub on: bool,
    /// Its rules, by number: the lowest that matches decides.
    pub rules: Vec<NatRule>,
}

/// A rule of such a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NatRule {
    /// Its number.
    pub number: u16,
    /// What the attachment's own side has.
    pub own: Ipv4Net,
    /// What others see in its place; as long a prefix.
    pub nat: Ipv4Net,
}

impl AttachmentNat {
    /// Whether nobody has asked for any.
    pub fn is_unset(&self) -> bool {
        *self == AttachmentNat::default()
    }

    /// What others see in the place of an address of the attachment's side, where a rule says so.
    pub fn outward(&self, address: IpAddr) -> Option<IpAddr> {
        self.translate(address, |rule| (rule.own, rule.nat))
    }

    /// The address of the attachment's side that others see as this one.
    pub fn inward(&self, address: IpAddr) -> Option<IpAddr> {
        self.translate(address, |rule| (rule.nat, rule.own))
    }

    fn translate(&self, address: IpAddr, way: fn(&NatRule) -> (Ipv4Net, Ipv4Net)) -> Option<IpAddr> {
        let IpAddr::V4(address) = address else { return None };
        let mut rules = self.rules.iter().filter(|_| self.on).map(way);
        let (from, to) = rules.find(|(from, _)| from.contains(&address))?;
        let host = u32::from(address) & u32::from(from.hostmask());
        Some(Ipv4Addr::from(u32::from(to.network()) | host).into())
    }
}

/// A route table of a transit gateway, announced by a dynamic peering; the one who announces and the one who hears have a row
/// each.
#[derive(Clone, Debug, Serialize)]
pub struct TransitAnnouncement {
    /// Its id.
    pub id: TransitAnnouncementId,
    /// Sequence number of its making.
    pub born: u64,
    /// The row of the other transit gateway.
    pub twin: TransitAnnouncementId,
    /// The transit gateway whose row this is.
    pub gateway: TransitGatewayId,
    /// The other.
    pub peer: TransitGatewayId,
    /// The peering.
    pub attachment: TransitAttachmentId,
    /// The table that is announced.
    pub table: TransitTableId,
    /// Whether it is heard here; else it is told.
    pub incoming: bool,
    /// When it was made.
    pub created: Time,
    /// Of one that is heard: tables that learn its routes, in the order of their asking.
    pub learners: Vec<TransitTableId>,
}

/// Who is charged for the traffic of a transit gateway.
#[derive(Clone, Debug, Serialize)]
pub struct MeteringPolicy {
    /// Its id.
    pub id: MeteringPolicyId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its transit gateway.
    pub gateway: TransitGatewayId,
    /// Attachments that only pass traffic on: what goes through them is charged as what it came from.
    pub middleboxes: Vec<TransitAttachmentId>,
    /// When its last change counts.
    pub effective: Time,
    /// Its entries, by number: the lowest that matches decides.
    pub entries: Vec<MeteringEntry>,
}

/// An entry of a metering policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeteringEntry {
    /// Its number.
    pub number: u16,
    /// Who is charged: `source-attachment-owner`, `destination-attachment-owner` or `transit-gateway-owner`.
    pub payer: String,
    /// What it matches, by the API's names in their order: `SourceCidrBlock`, `Protocol`, …
    pub rule: Vec<(String, String)>,
    /// When it was written.
    pub updated: Time,
    /// When it counts.
    pub effective: Time,
}

/// A concentrator of VPN connections: one attachment of a transit gateway for all of them. Where it stands its attachment says.
#[derive(Clone, Debug, Serialize)]
pub struct VpnConcentrator {
    /// Its id.
    pub id: VpnConcentratorId,
    /// Sequence number of its making.
    pub born: u64,
    /// The transit gateway.
    pub gateway: TransitGatewayId,
    /// Its attachment.
    pub attachment: TransitAttachmentId,
}

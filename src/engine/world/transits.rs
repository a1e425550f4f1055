//! Rows of what transit gateways have besides attachments and route tables: Connect peers, multicast domains, policy tables.
//! Data only.

use super::links::TransitState;
use crate::base::ids::*;
use crate::base::time::Time;
use ipnet::IpNet;
use serde::Serialize;
use std::net::IpAddr;

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

//! Rows of traffic mirroring: targets, filters, their rules, sessions, and what has been copied to targets. Data only.
//!
//! All of it is one field of `Ec2`, so that a world which mirrors nothing has the bytes that it had before there was any.

use super::connections::Socket;
use super::table::Table;
use crate::base::ids::*;
use crate::base::time::Time;
use ipnet::IpNet;
use serde::Serialize;
use std::net::IpAddr;

/// The traffic mirroring of a Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Mirroring {
    /// Targets.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub targets: Table<TrafficMirrorTargetId, MirrorTarget>,
    /// Filters.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub filters: Table<TrafficMirrorFilterId, MirrorFilter>,
    /// Their rules.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub rules: Table<TrafficMirrorRuleId, MirrorRule>,
    /// Sessions.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub sessions: Table<TrafficMirrorSessionId, MirrorSession>,
    /// Copies by the target that they were for and their numbers, the newest of each target.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub copies: Table<(TrafficMirrorTargetId, u64), MirrorCopy>,
    /// How many copies were ever made.
    #[serde(skip_serializing_if = "super::is_none_yet")]
    pub copied: u64,
}

impl Mirroring {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
            && self.filters.is_empty()
            && self.rules.is_empty()
            && self.sessions.is_empty()
            && self.copied == 0
    }
}

/// Where copies go.
#[derive(Clone, Debug, Serialize)]
pub struct MirrorTarget {
    /// Its id.
    pub id: TrafficMirrorTargetId,
    /// Sequence number of its making.
    pub born: u64,
    /// What receives them.
    pub end: MirrorEnd,
    /// What it is for, in the account's words.
    pub description: Option<String>,
}

/// What receives copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum MirrorEnd {
    /// An interface.
    Interface(NetworkInterfaceId),
    /// A Gateway Load Balancer endpoint.
    Endpoint(VpcEndpointId),
}

/// Which packets are copied: its rules say.
#[derive(Clone, Debug, Serialize)]
pub struct MirrorFilter {
    /// Its id.
    pub id: TrafficMirrorFilterId,
    /// Sequence number of its making.
    pub born: u64,
    /// What it is for, in the account's words.
    pub description: Option<String>,
    /// Whether it covers questions to the Amazon DNS server, and their answers.
    pub dns: bool,
}

/// A rule of a filter.
#[derive(Clone, Debug, Serialize)]
pub struct MirrorRule {
    /// Its id.
    pub id: TrafficMirrorRuleId,
    /// Sequence number of its making.
    pub born: u64,
    /// The filter that it is of.
    pub filter: TrafficMirrorFilterId,
    /// Of what leaves the source, not of what comes to it.
    pub egress: bool,
    /// Its number: the lowest that matches decides.
    pub number: i64,
    /// Copies, and does not leave out.
    pub accept: bool,
    /// IP protocol; `None` = all.
    pub protocol: Option<u8>,
    /// Destination ports, first and last.
    pub destination_ports: Option<(u16, u16)>,
    /// Source ports, first and last.
    pub source_ports: Option<(u16, u16)>,
    /// Destination addresses.
    pub destination: IpNet,
    /// Source addresses.
    pub source: IpNet,
    /// What it is for, in the account's words.
    pub description: Option<String>,
}

/// A source, what is copied of its packets, and where to.
#[derive(Clone, Debug, Serialize)]
pub struct MirrorSession {
    /// Its id.
    pub id: TrafficMirrorSessionId,
    /// Sequence number of its making.
    pub born: u64,
    /// The source.
    pub interface: NetworkInterfaceId,
    /// Where copies go.
    pub target: TrafficMirrorTargetId,
    /// Which packets.
    pub filter: TrafficMirrorFilterId,
    /// Among the source's sessions: the lowest that takes a packet copies it.
    pub number: i64,
    /// Bytes of each packet that are copied; `None` = all.
    pub length: Option<i64>,
    /// VXLAN network identifier.
    pub vni: i64,
    /// What it is for, in the account's words.
    pub description: Option<String>,
}

/// Packets that were copied together, alike but for their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MirrorCopy {
    /// Its number among all that were made.
    pub number: u64,
    /// When.
    pub at: Time,
    /// The session.
    pub session: TrafficMirrorSessionId,
    /// The source.
    pub interface: NetworkInterfaceId,
    /// VXLAN network identifier.
    pub vni: i64,
    /// Of packets that left the source.
    pub egress: bool,
    /// IP protocol of the packets.
    pub protocol: u8,
    /// From.
    pub from: Socket,
    /// To.
    pub to: Socket,
    /// Addresses of the VXLAN packets.
    pub outer: (IpAddr, IpAddr),
    /// How many.
    pub packets: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Bytes of them that were copied.
    pub copied: u64,
    /// Why they did not come to the target; empty = they did.
    pub lost: String,
}

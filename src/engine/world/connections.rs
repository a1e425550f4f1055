//! Connections that somebody has opened between two ends: what the ends, the interfaces' connection tracking and a NAT gateway
//! remember of them. Data only: whether a connection is alive is found when somebody asks (`network::connections`).

use crate::base::ids::{NatGatewayId, NetworkInterfaceId};
use crate::base::time::Time;
use serde::Serialize;
use std::net::IpAddr;

/// An address and a port (0 where the protocol has none; for ICMP the destination's is the type).
pub type Socket = (IpAddr, u16);

/// One connection or one flow of datagrams, or many alike that were opened at once.
#[derive(Clone, Debug, Serialize)]
pub struct Connection {
    /// Its number in its Region, from 1.
    pub number: u64,
    /// IP protocol: 6, 17, 1 or 58.
    pub protocol: u8,
    /// Who opened it, as its own guest sees it.
    pub source: Socket,
    /// To whom, as written on the first packet.
    pub destination: Socket,
    /// The interface that it was sent from; `None` = from outside.
    pub source_interface: Option<NetworkInterfaceId>,
    /// The interface that it was meant for; `None` = none of the account's.
    pub target_interface: Option<NetworkInterfaceId>,
    /// Where it came from, as who was asked sees it: after all translations.
    pub seen_source: Socket,
    /// To whom, as who was asked sees it.
    pub seen_destination: Socket,
    /// What interfaces track of it.
    pub tracked: Vec<TrackedFlow>,
    /// Interfaces whose groups let it pass without tracking it.
    pub untracked: Vec<NetworkInterfaceId>,
    /// The NAT gateway that translates it.
    pub nat: Option<NatGatewayId>,
    /// When it was opened.
    pub opened: Time,
    /// When its last packet passed.
    pub last: Time,
    /// How many requests had their answers.
    pub exchanges: u32,
    /// When and why it ended for good; `None` = nobody has noticed an end.
    pub ended: Option<(Time, String)>,
    /// How many connections alike it stands for, each from a port of its own: from 1.
    #[serde(skip_serializing_if = "is_one")]
    pub count: u64,
    /// NAT gateways on its way, each with the address of it that the connection has a port of; empty where that is the first
    /// address of `nat`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<(NatGatewayId, IpAddr)>,
}

/// A row for one connection has the bytes that it had before rows for many came.
fn is_one(count: &u64) -> bool {
    *count == 1
}

/// An entry of an interface's connection tracking: the flow as the interface saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TrackedFlow {
    /// The interface.
    pub interface: NetworkInterfaceId,
    /// From.
    pub source: Socket,
    /// To.
    pub destination: Socket,
}

//! Rows of flow logs: what is logged and where to, what has been seen and not been delivered yet, and the records of log
//! groups. Data only. (CloudWatch Logs itself is not simulated: its log groups stand here, with the records that they hold.)
//!
//! All of it is one field of `Ec2`, so that a world which logs nothing has the bytes that it had before there was any.

use super::connections::Socket;
use super::table::Table;
use crate::base::ids::*;
use crate::base::time::Time;
use serde::Serialize;
use std::net::IpAddr;

/// The flow logs of a Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FlowLogs {
    /// Flow logs.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub logs: Table<FlowLogId, FlowLog>,
    /// What was seen and not delivered yet, by flow log, end of the capture window, and whose it is: an interface, or a
    /// transit gateway's attachment.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub windows: Table<(FlowLogId, Time, ResourceId), Window>,
    /// Log groups by name, with how many records they were ever given.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub groups: Table<String, u64>,
    /// Records of log groups, by group and the number of the record.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub records: Table<(String, u64), FlowRecord>,
}

impl FlowLogs {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.logs.is_empty() && self.windows.is_empty() && self.groups.is_empty() && self.records.is_empty()
    }
}

/// A flow log.
#[derive(Clone, Debug, Serialize)]
pub struct FlowLog {
    /// Its id.
    pub id: FlowLogId,
    /// Sequence number of its making.
    pub born: u64,
    /// When it was made.
    pub created: Time,
    /// Whose traffic it logs. What it names may be gone since.
    pub resource: ResourceId,
    /// Which traffic; `None` for transit gateways, which accept and reject nothing.
    pub traffic: Option<TrafficKind>,
    /// Where records go.
    pub destination: LogDestination,
    /// The format that was asked for; `None` = the default one.
    pub format: Option<String>,
    /// The longest capture window in seconds: 60 or 600.
    pub interval: i64,
    /// The role that delivers to CloudWatch Logs.
    pub role: Option<String>,
    /// The role of another account that delivers.
    pub cross_role: Option<String>,
    /// What went wrong with the last delivery, in AWS's words.
    pub failure: Option<String>,
    /// Deliveries to come: (when it is due, the end of the five minutes that it holds).
    pub due: Vec<(Time, Time)>,
    /// Whose records there have been, with the end of the last capture window that was delivered.
    pub streams: Vec<(ResourceId, Time)>,
}

/// Which traffic is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TrafficKind {
    /// What security groups and network ACLs let pass.
    Accept,
    /// What they do not.
    Reject,
    /// Both.
    All,
}

impl TrafficKind {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            TrafficKind::Accept => "ACCEPT",
            TrafficKind::Reject => "REJECT",
            TrafficKind::All => "ALL",
        }
    }

    /// Whether traffic with this verdict is logged.
    pub fn takes(self, accepted: bool) -> bool {
        match self {
            TrafficKind::Accept => accepted,
            TrafficKind::Reject => !accepted,
            TrafficKind::All => true,
        }
    }
}

/// Where records go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum LogDestination {
    /// A log group of CloudWatch Logs; whether the call named it by its ARN.
    Group(String, bool),
    /// A bucket of S3.
    Bucket {
        /// The bucket's name.
        bucket: String,
        /// What stands before `AWSLogs/`, without slashes at its ends; empty for nothing.
        folder: String,
        /// What the call said of files, if it said anything.
        options: Option<FileOptions>,
    },
}

impl LogDestination {
    /// Whether both are one place: a log group is the same by its name and by its ARN.
    pub fn is_same(&self, other: &LogDestination) -> bool {
        match (self, other) {
            (LogDestination::Group(own, _), LogDestination::Group(other, _)) => own == other,
            _ => self == other,
        }
    }
}

/// How files in S3 are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileOptions {
    /// Prefixes of the form `name=value`.
    pub hive: bool,
    /// A prefix for the hour.
    pub per_hour: bool,
}

/// What was seen at one place in one capture window.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
    /// Where the window begins.
    pub start: Time,
    /// The place, as it was then.
    pub place: LogPlace,
    /// Flows in the order of their first packets.
    pub flows: Vec<FlowSum>,
    /// Whether there were more flows than a window holds.
    pub skipped: bool,
}

/// Where traffic was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum LogPlace {
    /// At an interface.
    Interface {
        /// Its VPC.
        vpc: VpcId,
        /// Its subnet.
        subnet: SubnetId,
        /// The instance that it was attached to.
        instance: Option<InstanceId>,
        /// The id of its Availability Zone.
        zone: String,
        /// A service of AWS has made it for a VPC endpoint.
        of_service: bool,
    },
    /// At an attachment of a transit gateway.
    Attachment(TransitGatewayId),
}

/// What makes two packets of one flow: packets of one window that agree in all of it are one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FlowKey {
    /// From, as the record shows it.
    pub source: Socket,
    /// To, as the record shows it.
    pub destination: Socket,
    /// From, as on the packet.
    pub packet_source: IpAddr,
    /// To, as on the packet.
    pub packet_destination: IpAddr,
    /// IP protocol.
    pub protocol: u8,
    /// Leaves the interface (or, at an attachment, the transit gateway).
    pub egress: bool,
    /// Security groups and network ACLs let it pass.
    pub accepted: bool,
    /// VPC Block Public Access stopped it.
    pub public_blocked: bool,
    /// By which way it leaves, as AWS numbers them.
    pub path: Option<u8>,
    /// Both ends of the way through a transit gateway.
    pub transit: Option<TransitWay>,
}

/// The way through a transit gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TransitWay {
    /// The attachment at the other end; `None` = it was dropped.
    pub pair: Option<TransitAttachmentId>,
    /// The gateway's interface where it came in.
    pub source: Option<NetworkInterfaceId>,
    /// The gateway's interface where it goes out.
    pub destination: Option<NetworkInterfaceId>,
    /// Why it was dropped.
    pub loss: Option<TransitLoss>,
}

/// Why a transit gateway drops a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TransitLoss {
    /// Its route table has no route.
    NoRoute,
    /// Its route table drops it.
    BlackHole,
}

/// One flow of a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FlowSum {
    /// Which.
    pub key: FlowKey,
    /// TCP flags of its packets, joined.
    pub flags: u8,
    /// Packets.
    pub packets: u64,
    /// Bytes of whole IP packets.
    pub bytes: u64,
    /// Its first packet.
    pub first: Time,
    /// Its last packet.
    pub last: Time,
}

/// A record of a log group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FlowRecord {
    /// The flow log that it came from.
    pub log: FlowLogId,
    /// The log stream.
    pub stream: String,
    /// The event's time: where the capture of the flow began.
    pub at: Time,
    /// When it was delivered.
    pub delivered: Time,
    /// The line.
    pub message: String,
}

//! Rows of load balancers: those of version 2 with their listeners, rules and target groups, and Classic ones. Data only.
//!
//! All of it is one field of `Ec2`, so that a world which balances nothing has the bytes that it had before there was any.

use super::table::Table;
use super::vpc::is_false;
use crate::base::ids::*;
use crate::base::time::Time;
use serde::Serialize;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// What balances in a Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Balancing {
    /// Application, Network and Gateway Load Balancers.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub balancers: Table<LoadBalancerId, LoadBalancer>,
    /// Target groups.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub groups: Table<TargetGroupId, TargetGroup>,
    /// Listeners.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub listeners: Table<ListenerId, Listener>,
    /// Rules of listeners; each listener has a default one.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub rules: Table<ListenerRuleId, ListenerRule>,
    /// Classic Load Balancers.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub classic: Table<ClassicBalancerId, ClassicBalancer>,
    /// Trust stores.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub trust_stores: Table<TrustStoreId, TrustStore>,
    /// Index: the load balancer by each of its interfaces.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub by_interface: Table<NetworkInterfaceId, ResourceId>,
}

impl Balancing {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.balancers.is_empty()
            && self.groups.is_empty()
            && self.listeners.is_empty()
            && self.rules.is_empty()
            && self.classic.is_empty()
            && self.trust_stores.is_empty()
    }
}

/// An Application, Network or Gateway Load Balancer.
#[derive(Clone, Debug, Serialize)]
pub struct LoadBalancer {
    /// Its number is the end of its ARN.
    pub id: LoadBalancerId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, one in the Region.
    pub name: String,
    /// What it is.
    pub kind: BalancerKind,
    /// Whether its name stands for private addresses.
    pub internal: bool,
    /// Its VPC.
    pub vpc: VpcId,
    /// Where it is, a zone each, by the zones' names.
    pub places: Vec<BalancerPlace>,
    /// Its security groups.
    pub groups: Vec<SecurityGroupId>,
    /// `ipv4` or `dualstack`.
    pub address_type: String,
    /// When it was made.
    pub created: Time,
    /// Whether it is active: until then it is being set up.
    pub active: bool,
    /// Attributes that were set, by name.
    pub attributes: BTreeMap<String, String>,
    /// Whether its groups do not judge what comes by PrivateLink.
    #[serde(skip_serializing_if = "is_false")]
    pub private_link_free: bool,
}

/// What a load balancer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum BalancerKind {
    /// Of HTTP and HTTPS.
    Application,
    /// Of TCP, UDP and TLS.
    Network,
    /// Of all packets, to appliances.
    Gateway,
}

impl BalancerKind {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            BalancerKind::Application => "application",
            BalancerKind::Network => "network",
            BalancerKind::Gateway => "gateway",
        }
    }

    /// As ARNs write it.
    pub fn segment(self) -> &'static str {
        match self {
            BalancerKind::Application => "app",
            BalancerKind::Network => "net",
            BalancerKind::Gateway => "gwy",
        }
    }
}

/// A subnet in which a load balancer is, with its interface there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BalancerPlace {
    /// The subnet.
    pub subnet: SubnetId,
    /// The interface.
    pub interface: NetworkInterfaceId,
    /// The Elastic IP that was asked for.
    pub allocation: Option<AllocationId>,
}

/// A listener.
#[derive(Clone, Debug, Serialize)]
pub struct Listener {
    /// Its number is the end of its ARN.
    pub id: ListenerId,
    /// Sequence number of its making.
    pub born: u64,
    /// Whose.
    pub balancer: LoadBalancerId,
    /// `HTTP`, `TCP`, …; empty for a Gateway Load Balancer's.
    pub protocol: String,
    /// Its port; 0 for a Gateway Load Balancer's.
    pub port: u16,
    /// Its security policy, with TLS.
    pub policy: Option<String>,
    /// ARNs of its certificates, the default first.
    pub certificates: Vec<String>,
    /// Its ALPN policy.
    pub alpn: Vec<String>,
    /// Attributes that were set, by name.
    pub attributes: BTreeMap<String, String>,
    /// How it asks its clients for certificates; `None`: it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mutual: Option<MutualTls>,
}

/// How a listener asks its clients for certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MutualTls {
    /// The store that says whom it trusts; `None`: it passes certificates through, and targets judge them.
    pub store: Option<TrustStoreId>,
    /// Whether certificates that have expired count.
    pub ignores_expiry: bool,
    /// Whether it tells clients the names of the authorities.
    pub advertises: bool,
}

/// Certificates of authorities that listeners trust, and what these have revoked.
#[derive(Clone, Debug, Serialize)]
pub struct TrustStore {
    /// Its number is the end of its ARN.
    pub id: TrustStoreId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, one in the Region.
    pub name: String,
    /// The object that its certificates were read from.
    pub bundle: StoredFile,
    /// How many certificates that held.
    pub authorities: u32,
    /// Revocation files, by number.
    pub revocations: Vec<Revocation>,
    /// The number of the newest revocation file.
    pub numbered: i64,
}

/// An object of S3 as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredFile {
    /// Its bucket.
    pub bucket: String,
    /// Its key.
    pub key: String,
    /// Its version, where the call named one.
    pub version: Option<String>,
}

/// A revocation file of a trust store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revocation {
    /// Its number.
    pub number: i64,
    /// Where it was read from.
    pub file: StoredFile,
    /// How many certificates it revokes.
    pub entries: u32,
}

/// A rule of a listener.
#[derive(Clone, Debug, Serialize)]
pub struct ListenerRule {
    /// Its number is the end of its ARN.
    pub id: ListenerRuleId,
    /// Sequence number of its making.
    pub born: u64,
    /// Whose.
    pub listener: ListenerId,
    /// The lowest comes first; `None`: the default one, which comes last.
    pub priority: Option<u16>,
    /// All must hold.
    pub conditions: Vec<RuleCondition>,
    /// What it does.
    pub action: RuleAction,
}

/// A condition of a rule: any of its values will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleCondition {
    /// `path-pattern`, `host-header`, …
    pub field: String,
    /// The header's name, of `http-header`.
    pub header: Option<String>,
    /// Values; of `query-string` those without a key too.
    pub values: Vec<String>,
    /// Keys of `query-string`, by the places of `values`.
    pub keys: Vec<Option<String>>,
    /// Whether the call gave it in the old form, as `Values` beside `Field`.
    pub plain: bool,
}

/// What a rule does with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum RuleAction {
    /// Passes it on.
    Forward {
        /// Target groups with their weights.
        groups: Vec<(TargetGroupId, u16)>,
        /// For how many seconds a client keeps its group; `None` = not.
        sticky: Option<u32>,
        /// Its place among the actions.
        order: Option<u32>,
    },
    /// Sends the client elsewhere.
    Redirect {
        /// Protocol, port, host, path, query, as the API has them.
        to: [String; 5],
        /// `HTTP_301` or `HTTP_302`.
        status: String,
        /// Its place among the actions.
        order: Option<u32>,
    },
    /// Answers by itself.
    Fixed {
        /// `200`, …
        status: String,
        /// The body.
        body: Option<String>,
        /// Its type.
        content: Option<String>,
        /// Its place among the actions.
        order: Option<u32>,
    },
}

impl RuleAction {
    /// The target groups that it passes requests to, with their weights.
    pub fn groups(&self) -> &[(TargetGroupId, u16)] {
        match self {
            RuleAction::Forward { groups, .. } => groups,
            _ => &[],
        }
    }
}

/// A target group.
#[derive(Clone, Debug, Serialize)]
pub struct TargetGroup {
    /// Its number is the end of its ARN.
    pub id: TargetGroupId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, one in the Region.
    pub name: String,
    /// `HTTP`, `TCP`, `GENEVE`, …
    pub protocol: String,
    /// `HTTP1`, `HTTP2`, `GRPC`; empty where there is none.
    pub version: String,
    /// Where its targets take traffic, unless one says otherwise.
    pub port: u16,
    /// The VPC of its targets.
    pub vpc: VpcId,
    /// What its targets are.
    pub kind: TargetKind,
    /// Whether its targets have IPv6 addresses.
    #[serde(skip_serializing_if = "is_false")]
    pub ipv6: bool,
    /// How its targets' health is checked.
    pub check: HealthSettings,
    /// Attributes that were set, by name.
    pub attributes: BTreeMap<String, String>,
    /// Its targets, by what they are and their ports.
    pub targets: Vec<Target>,
    /// When the next check is due; `None`: nothing can have changed since the last.
    pub next_check: Option<Time>,
}

/// What targets are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TargetKind {
    /// Instances, by their primary interfaces.
    Instance,
    /// Addresses.
    Ip,
    /// An Application Load Balancer.
    Alb,
}

impl TargetKind {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            TargetKind::Instance => "instance",
            TargetKind::Ip => "ip",
            TargetKind::Alb => "alb",
        }
    }
}

/// How health is checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HealthSettings {
    /// Whether it is checked.
    pub enabled: bool,
    /// `HTTP`, `HTTPS`, `TCP` (Classic: `SSL` too).
    pub protocol: String,
    /// Where; `None` = where traffic goes.
    pub port: Option<u16>,
    /// What is asked for.
    pub path: Option<String>,
    /// Seconds between two checks.
    pub interval: i64,
    /// Seconds until one has failed.
    pub timeout: i64,
    /// So many successes in a row make a target healthy.
    pub healthy: i64,
    /// So many failures in a row make it unhealthy.
    pub unhealthy: i64,
    /// Codes that count as success; empty where none are asked for.
    pub matcher: String,
}

/// What a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum TargetPoint {
    /// An instance.
    Instance(InstanceId),
    /// An address.
    Ip(IpAddr),
    /// An Application Load Balancer.
    Alb(LoadBalancerId),
}

/// A target of a group, or an instance of a Classic Load Balancer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// What it is.
    pub point: TargetPoint,
    /// Where it takes traffic; 0: where each listener of a Classic Load Balancer says.
    pub port: u16,
    /// The zone that it was registered for; `None` = all.
    pub zone: Option<String>,
    /// Where it stands.
    pub state: TargetState,
    /// Since when it stands there.
    pub since: Time,
    /// How many checks in a row had the last one's outcome.
    pub streak: i64,
    /// What the last check came to; `None`: none yet.
    pub last: Option<CheckOutcome>,
}

/// Where a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TargetState {
    /// Its first checks go on.
    Initial,
    /// It takes traffic.
    Healthy,
    /// It takes none while others are healthy.
    Unhealthy,
    /// It is being deregistered.
    Draining,
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum CheckOutcome {
    /// The answer was right.
    Passed,
    /// The target said no.
    Refused,
    /// No answer came.
    TimedOut,
    /// The answer had another code.
    Code,
}

/// A Classic Load Balancer.
#[derive(Clone, Debug, Serialize)]
pub struct ClassicBalancer {
    /// AWS knows it by its name alone: the number is ours.
    pub id: ClassicBalancerId,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, one in the Region.
    pub name: String,
    /// Whether its name stands for private addresses.
    pub internal: bool,
    /// Its VPC.
    pub vpc: VpcId,
    /// Where it is, a zone each, by the zones' names.
    pub places: Vec<BalancerPlace>,
    /// Its security groups.
    pub groups: Vec<SecurityGroupId>,
    /// When it was made.
    pub created: Time,
    /// Its listeners, by their ports.
    pub listeners: Vec<ClassicListener>,
    /// How its instances' health is checked.
    pub check: HealthSettings,
    /// Its instances, by id.
    pub targets: Vec<Target>,
    /// When the next check is due; `None`: nothing can have changed since the last.
    pub next_check: Option<Time>,
    /// Whether a node sends to instances of other zones.
    pub cross_zone: bool,
    /// For how many seconds it waits for open connections of an instance that goes; `None` = not at all.
    pub draining: Option<i64>,
    /// For how many seconds a connection may be idle.
    pub idle: i64,
    /// Access logs: bucket, prefix, minutes; `None` = off.
    pub access_log: Option<(String, String, i64)>,
    /// `elb.http.desyncmitigationmode`.
    pub desync: String,
    /// Its policies, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<ClassicPolicy>,
    /// Names of policies before ports of its instances, by port.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<(u16, Vec<String>)>,
}

/// A policy of a Classic Load Balancer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassicPolicy {
    /// Its name, one of the load balancer.
    pub name: String,
    /// The name of its type.
    pub kind: String,
    /// Names and values, as they were given.
    pub attributes: Vec<(String, String)>,
}

/// A listener of a Classic Load Balancer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassicListener {
    /// `HTTP`, `HTTPS`, `TCP`, `SSL`.
    pub protocol: String,
    /// Its port.
    pub port: u16,
    /// The protocol to instances.
    pub instance_protocol: String,
    /// Instances' port.
    pub instance_port: u16,
    /// The ARN of its certificate.
    pub certificate: Option<String>,
    /// Names of the load balancer's policies that it has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
}

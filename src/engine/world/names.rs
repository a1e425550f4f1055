//! Rows of Route 53. Data, and the one way to serve a record set.
//!
//! A zone has its records twice: as they were last asked for (`records`, what the API lists) and as its name servers
//! answer (`served`, what resolvers get). A change carries what it makes of the served ones, and the clock applies it
//! when it is in sync; until then old answers remain.

use super::table::Table;
use crate::base::ids::{ChangeId, HostedZoneId, VpcId};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::dns::name;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// All of Route 53 that belongs to the account.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Route53 {
    /// Zones by id.
    pub zones: Table<HostedZoneId, HostedZone>,
    /// Index: zones by name and order of making. Also those on their way out, which still answer.
    pub by_name: Table<(String, u64), HostedZoneId>,
    /// Changes by id.
    pub changes: Table<ChangeId, Change>,
    /// Health checks by id (a UUID).
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub health_checks: Table<String, HealthCheck>,
    /// Index: health checks by the moment of their next change of mind. It follows from what their checkers have seen, and like
    /// that it is not in the digest.
    #[serde(skip)]
    pub turns: Table<(Time, String), ()>,
    /// Caller references of health checks that are gone: they are never good again.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub spent_references: Table<String, ()>,
    /// Reusable delegation sets by id (without `/delegationset/`).
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub delegation_sets: Table<String, DelegationSet>,
    /// Query logging configurations by id (a UUID).
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub query_logging: Table<String, QueryLogging>,
    /// CIDR collections by id (a UUID).
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub cidr_collections: Table<String, CidrCollection>,
    /// What parents have been told of a name (`stratus:PutDelegation`), by name; they know of all other public zones anyway.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub told: Table<String, Told>,
    /// Traffic policies by id (a UUID) and version.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub traffic_policies: Table<(String, i64), TrafficPolicy>,
    /// Traffic policy instances by id (a UUID).
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub traffic_instances: Table<String, TrafficInstance>,
    /// What the data of CloudWatch alarms come to, by Region and name (`stratus:PutAlarmData`).
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub alarms: Table<(String, String), AlarmState>,
}

/// What the data stream of an alarm comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum AlarmState {
    /// Within the threshold.
    Ok,
    /// Outside.
    Alarm,
    /// Too little data to say. So it is with an alarm that nobody has told anything of.
    #[default]
    Insufficient,
}

/// A version of a traffic policy.
#[derive(Clone, Debug, Serialize)]
pub struct TrafficPolicy {
    /// Its id, a UUID, that of all versions.
    pub id: String,
    /// From 1.
    pub version: i64,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, one in the account.
    pub name: String,
    /// The type of all records that come of it.
    pub record_type: String,
    /// The document, as it was given.
    pub document: String,
    /// Its comment; empty if none.
    pub comment: String,
}

/// A traffic policy at work in a zone.
#[derive(Clone, Debug, Serialize)]
pub struct TrafficInstance {
    /// Its id, a UUID.
    pub id: String,
    /// Sequence number of its making.
    pub born: u64,
    /// Where.
    pub zone: HostedZoneId,
    /// The name that it answers for, in normal form.
    pub name: String,
    /// Seconds.
    pub ttl: i64,
    /// The policy's id.
    pub policy: String,
    /// Its version.
    pub version: i64,
    /// The type of its records.
    pub record_type: String,
    /// When its last change is or was in sync.
    pub in_sync: Time,
    /// Whether that was an update.
    pub updated: bool,
    /// Its records.
    pub keys: Vec<RecordKey>,
}

/// What the parent of a name has been told of who is responsible for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Name servers, in normal form; none = the parent knows nothing of the name.
    pub servers: Vec<String>,
    /// Addresses of those whose names lie in the very zone.
    pub glue: Vec<(String, String)>,
}

/// Where a record set stands in its zone: its name as Route 53 sorts it (labels reversed: `com.example.www.`), its type
/// and its set identifier (empty for simple records).
pub type RecordKey = (String, String, String);

/// A hosted zone.
#[derive(Clone, Debug, Serialize)]
pub struct HostedZone {
    /// Its id.
    pub id: HostedZoneId,
    /// Sequence number of its making: the first of a name is the one delegated to.
    pub born: u64,
    /// With the final dot.
    pub name: String,
    /// The caller's token.
    pub caller_reference: String,
    /// What it says of itself; empty if nothing.
    pub comment: String,
    /// VPCs that a private zone answers in; `None` = public.
    pub private: Option<Vec<(Region, VpcId)>>,
    /// Its four name servers, without final dots as the API has them.
    pub name_servers: Vec<String>,
    /// Record sets as they were last asked for.
    pub records: Table<RecordKey, RecordSet>,
    /// Record sets as the name servers answer; empty before the zone's own making is in sync.
    pub served: Table<RecordKey, RecordSet>,
    /// The names below the apex, as the keys of records have them, that `served` delegates by NS records: an index, so that a
    /// zone without delegations is not searched for them at every question.
    #[serde(skip)]
    pub cuts: Table<String, ()>,
    /// When it was made.
    pub created: Time,
    /// When its newest change is or was in sync: later changes never overtake it.
    pub in_sync: Time,
    /// Deleted: gone for the API, answering until that is in sync.
    pub deleted: bool,
    /// Its tags, by key.
    pub tags: Vec<(String, String)>,
    /// The reusable delegation set that its name servers come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation_set: Option<String>,
    /// VPCs of others (Region and id) that may be associated with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authorized: Vec<(String, String)>,
    /// Its DNSSEC keys, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub signing_keys: BTreeMap<String, SigningKey>,
    /// Whether its answers are signed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
    /// What no change may touch: by reversed name and type.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub protections: BTreeMap<(String, String), Protection>,
    /// Whether accelerated recovery was last turned on or off, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery: Option<(bool, Time)>,
}

/// The protection of the records of a name and type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Protection {
    /// The name, with the final dot.
    pub name: String,
    /// Why; empty = nothing is said.
    pub comment: String,
}

impl HostedZone {
    /// Serves a record set, or no longer (`None`).
    pub fn serve(&mut self, key: RecordKey, set: Option<RecordSet>) {
        if self.is_cut(&key) {
            match set {
                Some(_) => self.cuts.insert(key.0.clone(), ()),
                None => {
                    self.cuts.remove(&key.0);
                }
            }
        }
        match set {
            Some(set) => self.served.insert(key, set),
            None => {
                self.served.remove(&key);
            }
        }
    }

    /// Whether records of this key would delegate a part of the zone.
    pub fn is_cut(&self, (name, record_type, identifier): &RecordKey) -> bool {
        record_type == "NS" && identifier.is_empty() && *name != name::reversed(&self.name)
    }
}

/// A key-signing key of DNSSEC. Nothing is signed with it: its numbers follow from the world's randomness.
#[derive(Clone, Debug, Serialize)]
pub struct SigningKey {
    /// Its name, one in the zone.
    pub name: String,
    /// The caller's token.
    pub caller_reference: String,
    /// The key of KMS that it stands for.
    pub kms_arn: String,
    /// ACTIVE, else INACTIVE.
    pub active: bool,
    /// The public key, 64 bytes in base64.
    pub public_key: String,
    /// The tag of its DNSKEY record.
    pub tag: i64,
    /// The digest in its DS record.
    pub digest: String,
    /// When it was made.
    pub created: Time,
    /// When its status last changed.
    pub modified: Time,
}

/// A resource record set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordSet {
    /// With the final dot, lower case, octal escapes as Route 53 writes them.
    pub name: String,
    /// `A`, `AAAA`, `CNAME`, …
    pub record_type: String,
    /// Seconds; `None` for an alias.
    pub ttl: Option<i64>,
    /// The values as they were given.
    pub values: Vec<String>,
    /// When the change that made it is in effect on all name servers.
    pub in_sync: Time,
    /// What tells it from others of its name and type; `None` for a simple one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// By what rule it is chosen among those; `None` for a simple one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// What it stands for instead of values of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<Alias>,
    /// The health check that it goes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_check: Option<String>,
    /// The traffic policy instance that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<String>,
}

/// What an alias record stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alias {
    /// The hosted zone that the target lies in: one of the account's, or that of an AWS service.
    pub zone: String,
    /// The target, in normal form.
    pub target: String,
    /// Whether the target's health counts for the record.
    pub evaluate_health: bool,
}

/// A routing policy, with what a record set says for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Policy {
    /// Its share is its weight of all weights: 0 to 255.
    Weighted(i64),
    /// Latency: the AWS Region that the record stands in.
    Latency(String),
    /// `PRIMARY`, else `SECONDARY`.
    Failover(bool),
    /// Where the asker is.
    Geolocation(Place),
    /// How near the asker is.
    Geoproximity(Nearness),
    /// One of up to eight values.
    Multivalue,
    /// From which addresses the asker comes: a collection's id, and the name of one of its locations (`*` = any other).
    Cidr(String, String),
}

/// A place of geolocation routing; empty where it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// `EU`, …
    pub continent: String,
    /// `DE`, …; `*` = wherever no other record is for.
    pub country: String,
    /// `CA` of the United States, …
    pub subdivision: String,
}

/// A place of geoproximity routing: one of Region, Local Zone group and coordinates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Nearness {
    /// An AWS Region; empty if none.
    pub region: String,
    /// A Local Zone group; empty if none.
    pub local_zone_group: String,
    /// Latitude and longitude, as they were written.
    pub coordinates: Option<(String, String)>,
    /// −99 to 99.
    pub bias: Option<i64>,
}

/// A health check: its settings, and what its checkers see.
#[derive(Clone, Debug, Serialize)]
pub struct HealthCheck {
    /// Its id, a UUID.
    pub id: String,
    /// Sequence number of its making.
    pub born: u64,
    /// The caller's token.
    pub caller_reference: String,
    /// Its settings.
    pub config: HealthCheckConfig,
    /// Goes up by one with each update.
    pub version: i64,
    /// Its tags, by key.
    pub tags: Vec<(String, String)>,
    /// What its checkers have seen. It follows from the calls and their times as all else does; it is not in the digest, so that
    /// worlds from before there were checkers keep theirs.
    #[serde(skip)]
    pub watch: Watch,
}

/// The checkers of a health check. Only what changes is written down: between two changes of the network every probe sees
/// the same, so that where a checker stands at any moment follows by counting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// When the first of its probes ran.
    pub began: Time,
    /// One after the other.
    pub posts: Vec<Post>,
    /// Whether it was healthy when the journal last heard of it, inversion included.
    pub told: bool,
    /// When it changes its mind, if nothing happens before.
    pub turn: Option<Time>,
    /// Whether its alarm was in order when it last had enough data; `None`: it never had.
    pub known: Option<bool>,
}

/// A checker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The Region that it probes from.
    pub region: Region,
    /// The address that it probes from.
    pub address: IpAddr,
    /// What a probe sees since `since`.
    pub sees: Seen,
    /// Up to here everything is counted.
    pub since: Time,
    /// What the last probes have seen alike (healthy or not), and how many they were.
    pub streak: (bool, i64),
    /// Its vote, as of `since`.
    pub healthy: bool,
    /// When its last probe failed, and what that saw.
    pub failed: Option<(Time, Seen)>,
}

/// What a probe comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The connection was accepted, and no more was asked.
    Connected,
    /// HTTP answered with this status, 2xx or 3xx.
    Status(u16),
    /// It did, and the string was found.
    Found(u16),
    /// It did, and the string was not found in the first 5,120 bytes.
    Missing(u16),
    /// HTTP answered with this status, and it is none of 2xx and 3xx.
    BadStatus(u16),
    /// No connection came about in time.
    TimedOut,
    /// A connection did, and no status in time.
    NoStatus,
    /// A good status came, and not the body in time.
    NoBody(u16),
    /// The connection was refused.
    Refused,
    /// What listens does not speak the protocol.
    NotSpoken,
    /// The name has no address.
    Unresolved,
}

/// Settings of a health check, defaults filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HealthCheckConfig {
    /// `HTTP`, …, `CALCULATED`.
    pub kind: String,
    /// The endpoint's address.
    pub address: Option<String>,
    /// Its port.
    pub port: Option<i64>,
    /// What is asked for.
    pub path: Option<String>,
    /// The endpoint's name.
    pub domain: Option<String>,
    /// What the body must contain.
    pub search: Option<String>,
    /// Seconds between two requests of one checker: 10 or 30.
    pub interval: Option<i64>,
    /// How many results in a row change the state.
    pub threshold: Option<i64>,
    /// Whether latency is measured.
    pub latency: Option<bool>,
    /// Whether healthy counts as unhealthy.
    pub inverted: bool,
    /// Whether it has stopped checking.
    pub disabled: bool,
    /// How many children must be healthy.
    pub health_threshold: Option<i64>,
    /// Children, by id.
    pub children: Vec<String>,
    /// Whether the name is sent in TLS.
    pub sni: Option<bool>,
    /// Where it is checked from; empty = everywhere.
    pub regions: Vec<String>,
    /// The alarm that it follows: Region and name.
    pub alarm: Option<(String, String)>,
    /// What it is while the alarm has too little data.
    pub insufficient: Option<String>,
    /// The routing control that it follows.
    pub routing_control: Option<String>,
}

/// A reusable delegation set.
#[derive(Clone, Debug, Serialize)]
pub struct DelegationSet {
    /// Its id, without `/delegationset/`.
    pub id: String,
    /// Sequence number of its making.
    pub born: u64,
    /// The caller's token.
    pub caller_reference: String,
    /// Its four name servers, without final dots.
    pub name_servers: Vec<String>,
}

/// A query logging configuration. No query is logged yet.
#[derive(Clone, Debug, Serialize)]
pub struct QueryLogging {
    /// Its id, a UUID.
    pub id: String,
    /// Sequence number of its making.
    pub born: u64,
    /// Whose queries.
    pub zone: HostedZoneId,
    /// Where they would go.
    pub log_group: String,
}

/// A CIDR collection.
#[derive(Clone, Debug, Serialize)]
pub struct CidrCollection {
    /// Its id, a UUID.
    pub id: String,
    /// Sequence number of its making.
    pub born: u64,
    /// Its name, one in the account.
    pub name: String,
    /// The caller's token.
    pub caller_reference: String,
    /// Goes up by one with each change.
    pub version: i64,
    /// Blocks by location, in their normal form.
    pub locations: BTreeMap<String, BTreeSet<String>>,
}

/// A submitted change.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Its id.
    pub id: ChangeId,
    /// Whose.
    pub zone: HostedZoneId,
    /// When it was submitted.
    pub submitted: Time,
    /// When it is or was in effect everywhere (PENDING before, INSYNC after).
    pub in_sync: Time,
    /// Its comment; empty if none.
    pub comment: String,
    /// What it makes of the served records: the new record set, or `None` for one that goes. Empty once in sync.
    pub effect: Vec<(RecordKey, Option<RecordSet>)>,
    /// Whether the zone goes with it.
    pub ends_zone: bool,
}

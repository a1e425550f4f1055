//! Rows of Route 53. Data only.
//!
//! A zone has its records twice: as they were last asked for (`records`, what the API lists) and as its name servers
//! answer (`served`, what resolvers get). A change carries what it makes of the served ones, and the clock applies it
//! when it is in sync; until then old answers remain.

use super::table::Table;
use crate::base::ids::{ChangeId, HostedZoneId, VpcId};
use crate::base::time::Time;
use crate::catalog::Region;
use serde::Serialize;

/// All of Route 53 that belongs to the account.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Route53 {
    /// Zones by id.
    pub zones: Table<HostedZoneId, HostedZone>,
    /// Index: zones by name and order of making. Also those on their way out, which still answer.
    pub by_name: Table<(String, u64), HostedZoneId>,
    /// Changes by id.
    pub changes: Table<ChangeId, Change>,
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
    /// When it was made.
    pub created: Time,
    /// When its newest change is or was in sync: later changes never overtake it.
    pub in_sync: Time,
    /// Deleted: gone for the API, answering until that is in sync.
    pub deleted: bool,
    /// Its tags, by key.
    pub tags: Vec<(String, String)>,
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

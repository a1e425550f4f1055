//! Rows of Route 53. Data only.

use super::table::Table;
use crate::base::ids::VpcId;
use crate::base::time::Time;
use crate::catalog::Region;
use serde::{Deserialize, Serialize};

/// All of Route 53 that belongs to the account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Route53 {
    /// Zones by id (`Z…`).
    pub zones: Table<String, HostedZone>,
    /// Changes by id (`C…`).
    pub changes: Table<String, Change>,
}

/// A hosted zone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HostedZone {
    /// `Z…`.
    pub id: String,
    /// Sequence number of its making: the first of a name is the one delegated to.
    pub born: u64,
    /// With the final dot.
    pub name: String,
    /// The caller's token.
    pub caller_reference: String,
    /// What it says of itself.
    pub comment: String,
    /// VPCs that a private zone answers in; `None` = public.
    pub private: Option<Vec<(Region, VpcId)>>,
    /// Its four name servers.
    pub name_servers: Vec<String>,
    /// Record sets by (name as Route 53 sorts it: labels reversed, type, set identifier).
    pub records: Table<(String, String, String), RecordSet>,
    /// When it was made.
    pub created: Time,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

/// A resource record set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSet {
    /// With the final dot, lower case, octal escapes as Route 53 writes them.
    pub name: String,
    /// `A`, `AAAA`, `CNAME`, …
    pub record_type: String,
    /// Seconds; `None` for an alias.
    pub ttl: Option<i64>,
    /// The values.
    pub values: Vec<String>,
    /// When the change that made it is in effect on all name servers.
    pub in_sync: Time,
}

/// A submitted change batch.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// `C…`.
    pub id: String,
    /// When it was submitted.
    pub submitted: Time,
    /// When it is or was in effect everywhere (PENDING before, INSYNC after).
    pub in_sync: Time,
    /// Its comment.
    pub comment: String,
}

//! Rows of what is replicated between buckets, and how far that has come. Data only; what happens with it is in
//! `services::s3::replication`.

use crate::base::time::Time;
use serde::Serialize;

/// Something that is to be replicated to another bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replicating {
    /// The key.
    pub key: String,
    /// The version, which is the same in both buckets.
    pub version: String,
    /// What of it.
    pub what: Replica,
    /// To which bucket.
    pub to: String,
    /// When it is there.
    pub due: Time,
}

impl Replicating {
    /// Whether another one is about the same version of an object, and about all of it.
    pub fn is_same_version(&self, other: &Replicating) -> bool {
        let whole = |one: &Replicating| matches!(one.what, Replica::Object { .. });
        self.key == other.key && self.version == other.version && whole(self) && whole(other)
    }
}

/// What is replicated of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Replica {
    /// The object.
    Object {
        /// The storage class of the replica; the object's own when not said.
        class: Option<String>,
        /// The KMS key of the replica.
        key: Option<String>,
    },
    /// A delete marker.
    Marker,
    /// Tags.
    Tags,
}

/// Where a version stands with replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Replicated {
    /// On its way.
    Pending,
    /// In every destination.
    Completed,
    /// Not in every destination.
    Failed,
    /// It is a replica.
    Replica,
}

impl Replicated {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            Replicated::Pending => "PENDING",
            Replicated::Completed => "COMPLETED",
            Replicated::Failed => "FAILED",
            Replicated::Replica => "REPLICA",
        }
    }
}

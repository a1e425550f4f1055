//! Rows of SSM's Parameter Store, a Region each. Data only.

use super::identity::Tags;
use super::table::Table;
use crate::base::time::Time;
use serde::Serialize;
use std::collections::BTreeMap;

/// SSM in one Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Ssm {
    /// Parameters by name, as it was given but always with the slash that a path has.
    pub parameters: Table<String, Parameter>,
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// As it was given.
    pub name: String,
    /// Versions, oldest first; at most 100, the oldest go.
    pub versions: Vec<ParameterVersion>,
    /// Its tags.
    pub tags: Tags,
}

/// One version of a parameter.
#[derive(Clone, Debug, Serialize)]
pub struct ParameterVersion {
    /// Its number, from 1.
    pub number: i64,
    /// `String`, `StringList`, `SecureString`.
    pub kind: String,
    /// The value; that of a SecureString as it was before encryption (there is no KMS here).
    pub value: String,
    /// What it is for; `None` = never said.
    pub description: Option<String>,
    /// The regular expression that values have to match.
    pub pattern: Option<String>,
    /// The KMS key of a SecureString.
    pub key: Option<String>,
    /// `Standard`, `Advanced`.
    pub tier: String,
    /// `text`, `aws:ec2:image`, `aws:ssm:integration`.
    pub data_type: String,
    /// Parameter policies, JSON; `None` = none.
    pub policies: Option<String>,
    /// Its labels, with when they were put here.
    pub labels: BTreeMap<String, Time>,
    /// When it was made.
    pub modified: Time,
    /// By whom: an ARN.
    pub by: String,
}

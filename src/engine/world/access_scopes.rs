//! Rows of the Network Access Analyzer: scopes, which say which access is looked for, and analyses of them. Data only:
//! statements keep the texts of the call, since the API shows them as they were written.

use crate::base::ids::*;
use crate::base::time::Time;
use serde::Serialize;
use std::rc::Rc;

/// A Network Access Scope.
#[derive(Clone, Debug, Serialize)]
pub struct AccessScope {
    /// Its id.
    pub id: AccessScopeId,
    /// Sequence number of its making.
    pub born: u64,
    /// When it was made.
    pub created: Time,
    /// Paths that are findings.
    pub matches: Vec<ScopePath>,
    /// Paths that are none all the same.
    pub excludes: Vec<ScopePath>,
}

/// One pattern of paths. What is left out does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScopePath {
    /// Where they begin.
    pub source: Option<PathStatement>,
    /// Where they end.
    pub destination: Option<PathStatement>,
    /// What they go through: something of each of these.
    pub through: Vec<ResourceStatement>,
}

/// What an end is, and what packets are like there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathStatement {
    /// The end.
    pub resources: Option<ResourceStatement>,
    /// The packets.
    pub header: Option<HeaderStatement>,
}

/// Things: by ids and ARNs, or by types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResourceStatement {
    /// Ids and ARNs.
    pub resources: Vec<String>,
    /// CloudFormation's names of types.
    pub types: Vec<String>,
}

/// What a packet's header is like; an empty list admits all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeaderStatement {
    /// Addresses and blocks that it comes from.
    pub source_addresses: Vec<String>,
    /// Addresses and blocks that it goes to.
    pub destination_addresses: Vec<String>,
    /// Ports and ranges of ports that it comes from.
    pub source_ports: Vec<String>,
    /// Ports and ranges of ports that it goes to.
    pub destination_ports: Vec<String>,
    /// Prefix lists that it comes from.
    pub source_lists: Vec<String>,
    /// Prefix lists that it goes to.
    pub destination_lists: Vec<String>,
    /// `tcp`, `udp`.
    pub protocols: Vec<String>,
}

/// One analysis of a scope.
#[derive(Clone, Debug, Serialize)]
pub struct AccessAnalysis {
    /// Its id.
    pub id: AccessAnalysisId,
    /// Sequence number of its making.
    pub born: u64,
    /// When it was started.
    pub started: Time,
    /// What it analyses.
    pub scope: AccessScopeId,
    /// What came of it; `None` while it runs.
    pub outcome: Option<AccessOutcome>,
}

/// What came of an analysis. It stays as it was then, whatever becomes of the network.
#[derive(Clone, Debug, Serialize)]
pub struct AccessOutcome {
    /// When it ended.
    pub ended: Time,
    /// Why it failed, in AWS's words.
    pub failed: Option<String>,
    /// Network interfaces that were looked at.
    pub interfaces: i64,
    /// `FindingComponents` of each finding as the API's JSON writes them.
    pub findings: Vec<Rc<str>>,
    /// There would be more findings.
    pub cut: bool,
}

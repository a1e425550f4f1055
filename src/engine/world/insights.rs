//! Rows of the Reachability Analyzer: paths that were asked about, and analyses of them. Data only. Those of the Network
//! Access Analyzer are in `access_scopes`.
//!
//! All of it is one field of `Ec2`, so that a world which asks nothing has the bytes that it had before there was any.

use super::access_scopes::{AccessAnalysis, AccessScope};
use super::table::Table;
use crate::base::ids::*;
use crate::base::time::Time;
use serde::Serialize;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// What was asked about the networks of a Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Insights {
    /// Paths.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub paths: Table<InsightsPathId, InsightsPath>,
    /// Analyses of them.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub analyses: Table<InsightsAnalysisId, InsightsAnalysis>,
    /// Network Access Scopes.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub scopes: Table<AccessScopeId, AccessScope>,
    /// Analyses of them.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub scope_analyses: Table<AccessAnalysisId, AccessAnalysis>,
}

impl Insights {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.analyses.is_empty() && self.scopes.is_empty() && self.scope_analyses.is_empty()
    }
}

/// A path that is asked about: two ends, which may be gone since.
#[derive(Clone, Debug, Serialize)]
pub struct InsightsPath {
    /// Its id.
    pub id: InsightsPathId,
    /// Sequence number of its making.
    pub born: u64,
    /// When it was made.
    pub created: Time,
    /// Where it begins.
    pub source: PathEnd,
    /// Where it ends; `None`: at the address that the filter at the source names.
    pub destination: Option<PathEnd>,
    /// The address at the source.
    pub source_ip: Option<Ipv4Addr>,
    /// The address at the destination.
    pub destination_ip: Option<Ipv4Addr>,
    /// IP protocol number: 6 or 17.
    pub protocol: u8,
    /// The destination's port.
    pub port: Option<u16>,
    /// What the packet must be like where it sets out.
    pub at_source: Option<HeaderFilter>,
    /// What it must be like where it arrives.
    pub at_destination: Option<HeaderFilter>,
}

/// An end of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathEnd {
    /// As the call wrote it: an id or an ARN.
    pub text: String,
    /// What it names.
    pub id: ResourceId,
}

/// What a packet's header must be like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HeaderFilter {
    /// Its source address.
    pub source: Option<Ipv4Addr>,
    /// Its source port: first and last.
    pub source_ports: Option<(u16, u16)>,
    /// Its destination address.
    pub destination: Option<Ipv4Addr>,
    /// Its destination port: first and last.
    pub destination_ports: Option<(u16, u16)>,
}

/// One analysis of a path.
#[derive(Clone, Debug, Serialize)]
pub struct InsightsAnalysis {
    /// Its id.
    pub id: InsightsAnalysisId,
    /// Sequence number of its making.
    pub born: u64,
    /// When it was started.
    pub started: Time,
    /// What it analyses.
    pub path: InsightsPathId,
    /// What the path must go through, as ARNs.
    pub filter_in: Vec<String>,
    /// What the path must not go through, as ARNs.
    pub filter_out: Vec<String>,
    /// What was found; `None` while it runs.
    pub outcome: Option<InsightsOutcome>,
}

/// What an analysis has found. It stays as it was then, whatever becomes of the network.
#[derive(Clone, Debug, Serialize)]
pub struct InsightsOutcome {
    /// Whether there is a path.
    pub found: bool,
    /// `ForwardPathComponents`, `ReturnPathComponents` and `Explanations` as the API's JSON writes them.
    pub details: Rc<str>,
    /// Nothing was found, and not everything was tried.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub undecided: bool,
}

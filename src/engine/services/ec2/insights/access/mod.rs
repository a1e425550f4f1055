//! The Network Access Analyzer: scopes, analyses of them, and their findings. This file only routes.
//! <https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/what-is-network-access-analyzer.html>
//!
//! Nothing here is called by a page before somebody asks for a scope by the API: all of it is in the page's later part.

mod analyses;
mod conditions;
mod findings;
mod kinds;
mod scopes;
mod statements;

use crate::clock::Pending;
use crate::services::Handler;
use crate::world::World;

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateNetworkInsightsAccessScope" => Write(scopes::create),
        "DeleteNetworkInsightsAccessScope" => Write(scopes::delete),
        "DescribeNetworkInsightsAccessScopes" => Read(scopes::describe_all),
        "GetNetworkInsightsAccessScopeContent" => Read(scopes::content),
        "StartNetworkInsightsAccessScopeAnalysis" => Write(analyses::start),
        "DeleteNetworkInsightsAccessScopeAnalysis" => Write(analyses::delete),
        "DescribeNetworkInsightsAccessScopeAnalyses" => Read(analyses::describe_all),
        "GetNetworkInsightsAccessScopeAnalysisFindings" => Read(analyses::findings),
        _ => return None,
    })
}

/// Pending work: an analysis is done.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    analyses::settle(world, pending);
}

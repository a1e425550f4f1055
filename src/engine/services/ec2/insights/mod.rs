//! The Reachability Analyzer: paths and analyses. This file only routes.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html>
//!
//! Nothing here is called by a page before somebody asks for a path by the API: all of it is in the page's later part.

mod analyses;
mod filters;
mod paths;
mod search;

use crate::clock::Pending;
use crate::services::Handler;
use crate::world::World;

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateNetworkInsightsPath" => Write(paths::create),
        "DeleteNetworkInsightsPath" => Write(paths::delete),
        "DescribeNetworkInsightsPaths" => Read(paths::describe_all),
        "StartNetworkInsightsAnalysis" => Write(analyses::start),
        "DeleteNetworkInsightsAnalysis" => Write(analyses::delete),
        "DescribeNetworkInsightsAnalyses" => Read(analyses::describe_all),
        _ => return None,
    })
}

/// Pending work: an analysis is done.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    analyses::settle(world, pending);
}

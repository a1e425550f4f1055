//! The Reachability Analyzer: paths and analyses; `access` is the Network Access Analyzer. This file routes, and has what
//! both share.
//! <https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html>
//!
//! Nothing here is called by a page before somebody asks for a path by the API: all of it is in the page's later part.

mod access;
mod analyses;
mod filters;
mod fronts;
mod paths;
mod search;

use super::common::{Describing, find};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId};
use crate::base::time::Time;
use crate::catalog::Region;
use crate::clock::Pending;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::references::Row;
use stratus_model::{Name, Structure, Value, json, model};

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
        "EnableReachabilityAnalyzerOrganizationSharing" => Write(|_, _| Err(no_organization())),
        _ => return access::handler(operation),
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableReachabilityAnalyzerOrganizationSharing.html>: for the management
/// account of an organization. The account of a world is in none (the error's code is ours).
fn no_organization() -> Error {
    let why = "The account is not the management account of an organization in AWS Organizations.";
    Error::new("OperationNotPermitted", why).remedy("A world has one account: its paths need no sharing.")
}

/// Pending work: an analysis is done.
#[inline(never)]
pub(super) fn due(world: &mut World, pending: &Pending) {
    match pending.resource.kind() {
        Kind::AccessAnalysis => access::due(world, pending),
        _ => analyses::settle(world, pending),
    }
}

/// A structure that was kept as the API's JSON writes it: an entry of a list in the answer of an operation.
fn stored(operation: &str, list: Name, text: &str) -> Option<Structure> {
    let service = model().service("ec2")?;
    let shape = service.operation(operation)?.output?;
    let text = serde_json::from_str(&format!("{{\"{}\":[{text}]}}", list.text())).ok()?;
    let read = json::from_json(service, shape, &text);
    debug_assert!(read.is_ok(), "what was kept is none of {operation}'s: {read:?}");
    let Ok(Value::Structure(answer)) = read else {
        return None;
    };
    answer.structures(list).next().cloned()
}

/// From when, and to when, in milliseconds.
type Times = (Option<i64>, Option<i64>);

/// [`Describing::answer`] for a call that may also ask by what is analysed and by when: `narrowed` has those rows that are
/// of the one, each with its start, and the other in milliseconds.
fn chosen<R: Row>(
    describing: &Describing<'_, R>,
    request: &Request<'_>,
    world: &World,
    narrowed: Option<(impl Iterator<Item = (String, Time)>, Times)>,
    values: &dyn Fn(&R, &str) -> Vec<String>,
    show: &dyn Fn(&R) -> Structure,
) -> Result<Structure>
where
    R::Id: TryFrom<ResourceId>,
{
    let Some((rows, (from, to))) = narrowed else {
        return describing.answer(request, world, values, show);
    };
    let wanted: Vec<&str> = request.params.texts(describing.ids).collect();
    for text in &wanted {
        find::<R>(world, request.region, describing.kind, text)?;
    }
    let in_time = |at: Time| from.is_none_or(|from| at.0 >= from) && to.is_none_or(|to| at.0 <= to);
    let ids = rows.filter(|(id, at)| in_time(*at) && (wanted.is_empty() || wanted.contains(&id.as_str())));
    let ids: Vec<Value> = ids.map(|(id, _)| Value::from(id)).collect();
    if ids.is_empty() {
        return Ok(Structure::new().with(describing.answer, Vec::<Structure>::new()));
    }
    let mut params = request.params.clone();
    params.set(describing.ids, ids);
    let request = Request {
        params: &params,
        ..*request
    };
    describing.answer(&request, world, values, show)
}

/// Refuses to delete what is analysed while there are analyses of it.
fn refuse_dependents(world: &World, region: Region, id: ResourceId, code: &'static str, words: &str) -> Result<()> {
    let analyses = world.referrers(region, id);
    if analyses.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = analyses.iter().map(ResourceId::to_string).collect();
    let why = format!(
        "Analyses exist for the {words} {id}. Delete them, and then delete the {}.",
        words.rsplit(' ').next().unwrap_or(words)
    );
    let parameter = if id.kind() == Kind::AccessScope {
        "NetworkInsightsAccessScopeId"
    } else {
        "NetworkInsightsPathId"
    };
    let error = Error::new(code, why).at(parameter);
    Err(error.remedy(format!("Delete first: {}.", names.join(", "))))
}

//! Analyses of paths: each takes a while, then says what it found, and stays as it was then. Charged one by one.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartNetworkInsightsAnalysis.html>

use super::super::common::{Describing, arn, find, need, note, note_clock, refuse_unsimulated, tag_list};
use super::super::{tags, tokens};
use super::{chosen, search, stored};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::limits::PATH_PACKETS;
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::{Region, quotas};
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::insights::*;
use crate::world::usage::{Measure, Subject};
use stratus_model::{Name, Structure, Value, field};

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html";

/// Days after which an analysis goes by itself.
/// <https://docs.aws.amazon.com/vpc/latest/reachability/getting-started-cli.html>
const KEPT_DAYS: i64 = 120;

pub(super) fn start(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::ADDITIONAL_ACCOUNTS])?;
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = InsightsAnalysisId::try_from(made)
        && let Some(row) = world.row::<InsightsAnalysis>(region, made)
    {
        return Ok(answer(world, region, row));
    }
    let text = need(params, field::NETWORK_INSIGHTS_PATH_ID)?;
    let path = find::<InsightsPath>(world, region, Kind::InsightsPath, text)?.id;
    let (filter_in, filter_out) = (
        read_arns(params, field::FILTER_IN_ARNS)?,
        read_arns(params, field::FILTER_OUT_ARNS)?,
    );
    check_room(world, region)?;
    let id = InsightsAnalysisId(world.random.next_u64(Stream::Ids(Kind::InsightsAnalysis)));
    let row = InsightsAnalysis {
        id,
        born: world.birth(),
        started: world.now,
        path,
        filter_in,
        filter_out,
        outcome: None,
    };
    world.put(region, row.clone());
    tags::apply_specifications(world, region, params, &[("network-insights-analysis", &[id.into()])])?;
    note(world, region, id, format!("analysis of {path} started"));
    let span = world.timings.clone().draw(&mut world.random, "insights.analysis");
    clock::schedule(world, span, region, id, Step::Settle);
    clock::schedule(world, Span::minutes(24 * 60 * KEPT_DAYS), region, id, Step::Reap);
    let (subject, now) = (Subject::Resource(id.into()), world.now);
    world.usage.tally(subject, region, Measure::PathAnalysis, "", 1, now);
    tokens::remember(request, world, id);
    Ok(answer(world, region, &row))
}

fn answer(world: &World, region: Region, row: &InsightsAnalysis) -> Structure {
    Structure::new().with(field::NETWORK_INSIGHTS_ANALYSIS, describe(world, region, row))
}

fn read_arns(params: &Structure, name: Name) -> Result<Vec<String>> {
    let arns: Vec<String> = params.texts(name).map(str::to_owned).collect();
    match arns.iter().find(|arn| !arn.starts_with("arn:")) {
        Some(other) => {
            let why = format!(
                "Value ({other}) for parameter {} is invalid. It is not an ARN.",
                name.text()
            );
            Err(Error::new("InvalidParameterValue", why).at(name.text()))
        }
        None => Ok(arns),
    }
}

/// Quotas. <https://docs.aws.amazon.com/vpc/latest/reachability/reachability-analyzer-limits.html>
fn check_room(world: &World, region: Region) -> Result<()> {
    let Some(ec2) = world.ec2(region) else { return Ok(()) };
    let analyses = &ec2.insights.analyses;
    let running = analyses.rows().filter(|row| row.outcome.is_none()).count();
    if analyses.len() >= quotas::INSIGHTS_ANALYSES || running >= quotas::INSIGHTS_RUNNING {
        let why = "You have reached the limit on the number of network insights analyses.";
        return Err(Error::new("NetworkInsightsAnalysis.LimitExceeded", why));
    }
    Ok(())
}

/// An analysis is done: the network is looked at as it is now; or it goes by itself.
pub(super) fn settle(world: &mut World, pending: &Pending) {
    let region = pending.region;
    let Ok(id) = InsightsAnalysisId::try_from(pending.resource) else {
        return;
    };
    let Some(row) = world.row::<InsightsAnalysis>(region, id).cloned() else {
        return;
    };
    if pending.step == Step::Reap {
        let rule = "An analysis is deleted 120 days after its making.";
        note_clock(world, region, id, "deleted", rule, SOURCE);
        world.take::<InsightsAnalysis>(region, id);
        return;
    }
    let Some(path) = world.row::<InsightsPath>(region, row.path).cloned() else {
        return;
    };
    let outcome = search::analyse(world, region, &path, &row);
    let text = match (outcome.found, outcome.undecided) {
        (true, _) => "running → succeeded: reachable",
        (false, false) => "running → succeeded: not reachable",
        (false, true) => "running → failed: more packets than one analysis tries",
    };
    world.update::<InsightsAnalysis, _>(region, id, |row| row.outcome = Some(outcome));
    let rule = "An analysis builds a model of the configuration and sends no packet.";
    note_clock(world, region, id, text, rule, SOURCE);
}

fn status(row: &InsightsAnalysis) -> &'static str {
    match &row.outcome {
        None => "running",
        Some(outcome) if outcome.undecided => "failed",
        Some(_) => "succeeded",
    }
}

/// What is said of a path that was not decided: neither that there is one nor that there is none (ours: AWS decides all).
fn undecided() -> String {
    format!("None of the first {PATH_PACKETS} packets gets through, and there are more. Name the port, or an address.")
}

/// What was found, as it was told then.
fn details(outcome: &InsightsOutcome) -> Option<Structure> {
    stored(
        "DescribeNetworkInsightsAnalyses",
        field::NETWORK_INSIGHTS_ANALYSES,
        &outcome.details,
    )
}

/// An analysis as the API shows it.
fn describe(world: &World, region: Region, row: &InsightsAnalysis) -> Structure {
    let found = row.outcome.as_ref();
    let mut shown = Structure::new()
        .with(field::NETWORK_INSIGHTS_ANALYSIS_ID, row.id)
        .with(
            field::NETWORK_INSIGHTS_ANALYSIS_ARN,
            arn(world, region, "network-insights-analysis", row.id),
        )
        .with(field::NETWORK_INSIGHTS_PATH_ID, row.path)
        .with(field::START_DATE, row.started)
        .with(field::STATUS, status(row))
        .with_some(
            field::STATUS_MESSAGE,
            found.filter(|outcome| outcome.undecided).map(|_| undecided()),
        )
        .with_some(
            field::NETWORK_PATH_FOUND,
            found.filter(|outcome| !outcome.undecided).map(|outcome| outcome.found),
        )
        .with(field::TAGS, tag_list(world, region, row.id));
    for (name, arns) in [
        (field::FILTER_IN_ARNS, &row.filter_in),
        (field::FILTER_OUT_ARNS, &row.filter_out),
    ] {
        if !arns.is_empty() {
            let arns: Vec<Value> = arns.iter().map(|arn| arn.as_str().into()).collect();
            shown.set(name, arns);
        }
    }
    for (name, value) in found.and_then(details).iter().flat_map(Structure::iter) {
        shown.set(name, value.clone());
    }
    shown
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInsightsAnalyses.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::InsightsAnalysis,
        ids: field::NETWORK_INSIGHTS_ANALYSIS_IDS,
        answer: field::NETWORK_INSIGHTS_ANALYSES,
        born: |row: &InsightsAnalysis| row.born,
        filters: &["path-found", "status"],
        least: 1,
    };
    let values = |row: &InsightsAnalysis, name: &str| match (name, &row.outcome) {
        ("status", _) => vec![status(row).to_owned()],
        (_, Some(outcome)) if !outcome.undecided => vec![outcome.found.to_string()],
        _ => Vec::new(),
    };
    let show = |row: &InsightsAnalysis| describe(world, request.region, row);
    let (params, region) = (request.params, request.region);
    let path = match params.text(field::NETWORK_INSIGHTS_PATH_ID) {
        Some(text) => Some(find::<InsightsPath>(world, region, Kind::InsightsPath, text)?.id),
        None => None,
    };
    let times = (
        params.timestamp(field::ANALYSIS_START_TIME),
        params.timestamp(field::ANALYSIS_END_TIME),
    );
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.insights.analyses.rows());
    let rows = rows
        .filter(|row| path.is_none_or(|path| row.path == path))
        .map(|row| (row.id.to_string(), row.started));
    let narrowed = path.is_some() || times != (None, None);
    chosen(
        &describing,
        request,
        world,
        narrowed.then_some((rows, times)),
        &values,
        &show,
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInsightsAnalysis.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::NETWORK_INSIGHTS_ANALYSIS_ID)?;
    let id = find::<InsightsAnalysis>(world, region, Kind::InsightsAnalysis, text)?.id;
    note(world, region, id, "deleted");
    world.take::<InsightsAnalysis>(region, id);
    Ok(Structure::new().with(field::NETWORK_INSIGHTS_ANALYSIS_ID, id))
}

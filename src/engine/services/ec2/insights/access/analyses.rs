//! Analyses of scopes: each takes a while, then has its findings, and stays as it was then. Charged by the network
//! interfaces that it looked at.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartNetworkInsightsAccessScopeAnalysis.html>

use super::super::super::common::{Describing, arn, find, need, note, note_clock, page, tag_list};
use super::super::super::{tags, tokens};
use super::super::{chosen, stored};
use super::findings::search;
use super::scopes::named;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::limits::FINDING_BYTES;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::access_scopes::*;
use crate::world::usage::{Measure, Subject};
use stratus_model::{Structure, field};

const SOURCE: &str =
    "https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/how-network-access-analyzer-works.html";

pub(super) fn start(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = AccessAnalysisId::try_from(made)
        && let Some(row) = world.row::<AccessAnalysis>(region, made)
    {
        return Ok(answer(world, region, row));
    }
    let scope = named(request, world)?.id;
    check_room(world, region)?;
    let id = AccessAnalysisId(world.random.next_u64(Stream::Ids(Kind::AccessAnalysis)));
    let row = AccessAnalysis {
        id,
        born: world.birth(),
        started: world.now,
        scope,
        outcome: None,
    };
    world.put(region, row.clone());
    let made = [id.into()];
    tags::apply_specifications(
        world,
        region,
        params,
        &[("network-insights-access-scope-analysis", &made)],
    )?;
    note(world, region, id, format!("analysis of {scope} started"));
    let span = world.timings.clone().draw(&mut world.random, "insights.scope-analysis");
    clock::schedule(world, span, region, id, Step::Settle);
    tokens::remember(request, world, id);
    Ok(answer(world, region, &row))
}

fn answer(world: &World, region: Region, row: &AccessAnalysis) -> Structure {
    let mut shown = describe(world, region, row);
    // Nothing is said of findings before one asks again.
    shown.remove(field::FINDINGS_FOUND);
    Structure::new().with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS, shown)
}

fn check_room(world: &World, region: Region) -> Result<()> {
    let Some(ec2) = world.ec2(region) else { return Ok(()) };
    let analyses = &ec2.insights.scope_analyses;
    let running = analyses.rows().filter(|row| row.outcome.is_none()).count();
    if analyses.len() >= quotas::ACCESS_ANALYSES || running >= quotas::ACCESS_RUNNING {
        let why = "You have reached the limit on the number of network insights access scope analyses.";
        return Err(Error::new("NetworkInsightsAccessScopeAnalysis.LimitExceeded", why));
    }
    if kept_bytes(world, region) >= FINDING_BYTES {
        let why = "The findings of earlier analyses take all the room that there is for them.";
        let error = Error::new("NetworkInsightsAccessScopeAnalysis.LimitExceeded", why);
        return Err(error.remedy("Delete analyses whose findings you do not need any more."));
    }
    Ok(())
}

/// Bytes of all findings of a Region.
fn kept_bytes(world: &World, region: Region) -> usize {
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.insights.scope_analyses.rows());
    let outcomes = rows.filter_map(|row| row.outcome.as_ref());
    outcomes
        .flat_map(|outcome| &outcome.findings)
        .map(|text| text.len())
        .sum()
}

/// An analysis is done: the network is looked at as it is now. One that fails costs nothing (ours).
pub(super) fn settle(world: &mut World, pending: &Pending) {
    let region = pending.region;
    let Ok(id) = AccessAnalysisId::try_from(pending.resource) else {
        return;
    };
    let Some(row) = world.row::<AccessAnalysis>(region, id) else {
        return;
    };
    let Some(scope) = world.row::<AccessScope>(region, row.scope).cloned() else {
        return;
    };
    let mut outcome = search(world, region, &scope);
    let mut room = FINDING_BYTES.saturating_sub(kept_bytes(world, region));
    let fits = |text: &std::rc::Rc<str>| {
        let left = room.checked_sub(text.len());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let fitting = outcome.findings.iter().map(fits).take_while(|fits| *fits).count();
    outcome.cut |= fitting < outcome.findings.len();
    outcome.findings.truncate(fitting);
    let text = match (&outcome.failed, outcome.findings.len()) {
        (Some(_), _) => "running → failed".to_owned(),
        (None, 0) => "running → succeeded: no findings".to_owned(),
        (None, 1) => "running → succeeded: 1 finding".to_owned(),
        (None, number) => format!("running → succeeded: {number} findings"),
    };
    if outcome.failed.is_none() {
        let (now, interfaces) = (world.now, outcome.interfaces);
        let subject = Subject::Resource(id.into());
        world
            .usage
            .tally(subject, region, Measure::AnalysedInterfaces, "", interfaces, now);
    }
    world.update::<AccessAnalysis, _>(region, id, |row| row.outcome = Some(outcome));
    let rule = "An analysis builds a model of the configuration and sends no packet.";
    note_clock(world, region, id, text, rule, SOURCE);
}

fn status(row: &AccessAnalysis) -> &'static str {
    match &row.outcome {
        None => "running",
        Some(AccessOutcome { failed: Some(_), .. }) => "failed",
        Some(_) => "succeeded",
    }
}

/// Whether there are findings: what runs, has failed, or has found none in the part that it looked at does not know.
fn found(row: &AccessAnalysis) -> &'static str {
    match &row.outcome {
        Some(AccessOutcome {
            failed: None,
            findings,
            cut,
            ..
        }) => match (findings.is_empty(), cut) {
            (false, _) => "true",
            (true, false) => "false",
            (true, true) => "unknown",
        },
        _ => "unknown",
    }
}

/// An analysis as the API shows it.
fn describe(world: &World, region: Region, row: &AccessAnalysis) -> Structure {
    let outcome = row.outcome.as_ref();
    let warning = outcome.is_some_and(|outcome| outcome.cut).then(|| {
        let shown = outcome.map_or(0, |outcome| outcome.findings.len());
        format!("Not all of the network was analyzed: there may be more findings than the {shown} that are shown.")
    });
    Structure::new()
        .with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ID, row.id)
        .with(
            field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ARN,
            arn(world, region, "network-insights-access-scope-analysis", row.id),
        )
        .with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID, row.scope)
        .with(field::STATUS, status(row))
        .with_some(
            field::STATUS_MESSAGE,
            outcome.and_then(|outcome| outcome.failed.as_deref()),
        )
        .with_some(field::WARNING_MESSAGE, warning)
        .with(field::START_DATE, row.started)
        .with_some(field::END_DATE, outcome.map(|outcome| outcome.ended))
        .with(field::FINDINGS_FOUND, found(row))
        .with(
            field::ANALYZED_ENI_COUNT,
            outcome.map_or(0, |outcome| outcome.interfaces),
        )
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInsightsAccessScopeAnalyses.html>: there are
/// no filters but those by tags.
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let describing = Describing {
        kind: Kind::AccessAnalysis,
        ids: field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_IDS,
        answer: field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSES,
        born: |row: &AccessAnalysis| row.born,
        filters: &[],
        least: 1,
    };
    let scope = match params.contains(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID) {
        true => Some(named(request, world)?.id),
        false => None,
    };
    let of_scope = |row: &AccessAnalysis| scope.is_none_or(|scope| row.scope == scope);
    let times = (
        params.timestamp(field::ANALYSIS_START_TIME_BEGIN),
        params.timestamp(field::ANALYSIS_START_TIME_END),
    );
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.insights.scope_analyses.rows());
    let rows = rows
        .filter(|row| of_scope(row))
        .map(|row| (row.id.to_string(), row.started));
    let narrowed = scope.is_some() || times != (None, None);
    chosen(
        &describing,
        request,
        world,
        narrowed.then_some((rows, times)),
        &|_, _| Vec::new(),
        &|row| describe(world, region, row),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetNetworkInsightsAccessScopeAnalysisFindings.html>
pub(super) fn findings(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named_analysis(request, world)?;
    let findings = row.outcome.as_ref().map(|outcome| outcome.findings.as_slice());
    let numbered: Vec<_> = findings.unwrap_or_default().iter().zip(1..).collect();
    let (shown, next) = page(numbered, request.params, 1)?;
    let finding = |(text, number): (&std::rc::Rc<str>, i32)| {
        let found = stored(
            "GetNetworkInsightsAccessScopeAnalysisFindings",
            field::ANALYSIS_FINDINGS,
            text,
        );
        found
            .unwrap_or_default()
            .with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ID, row.id)
            .with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID, row.scope)
            .with(field::FINDING_ID, format!("AnalysisFinding-{number}"))
    };
    let shown: Vec<Structure> = shown.into_iter().map(finding).collect();
    Ok(Structure::new()
        .with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ID, row.id)
        .with(field::ANALYSIS_STATUS, status(row))
        .with(field::ANALYSIS_FINDINGS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// The analysis that a call names.
fn named_analysis<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w AccessAnalysis> {
    let text = need(request.params, field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ID)?;
    find::<AccessAnalysis>(world, request.region, Kind::AccessAnalysis, text)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInsightsAccessScopeAnalysis.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let id = named_analysis(request, world)?.id;
    note(world, region, id, "deleted");
    world.take::<AccessAnalysis>(region, id);
    Ok(Structure::new().with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ANALYSIS_ID, id))
}

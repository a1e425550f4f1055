//! Network Access Scopes: made, shown, deleted. Nothing about one ever changes.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInsightsAccessScope.html>

use super::super::super::common::{Describing, arn, find, need, note, tag_list};
use super::super::super::{tags, tokens};
use super::super::refuse_dependents;
use super::statements;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::Request;
use crate::world::World;
use crate::world::access_scopes::*;
use stratus_model::{Structure, field};

pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = AccessScopeId::try_from(made)
        && let Some(row) = world.row::<AccessScope>(region, made)
    {
        return Ok(answer(world, region, row));
    }
    let matches = statements::read(params, field::MATCH_PATHS)?;
    let excludes = statements::read(params, field::EXCLUDE_PATHS)?;
    if matches.is_empty() {
        return Err(Error::missing("MatchPaths"));
    }
    if world.ec2(region).map_or(0, |ec2| ec2.insights.scopes.len()) >= quotas::ACCESS_SCOPES {
        let why = "You have reached the limit on the number of network insights access scopes.";
        return Err(Error::new("NetworkInsightsAccessScope.LimitExceeded", why));
    }
    let row = AccessScope {
        id: AccessScopeId(world.random.next_u64(Stream::Ids(Kind::AccessScope))),
        born: world.birth(),
        created: world.now,
        matches,
        excludes,
    };
    let id = row.id;
    let text = format!(
        "made: {} to match, {} to exclude",
        row.matches.len(),
        row.excludes.len()
    );
    world.put(region, row.clone());
    tags::apply_specifications(
        world,
        region,
        params,
        &[("network-insights-access-scope", &[id.into()])],
    )?;
    note(world, region, id, text);
    tokens::remember(request, world, id);
    Ok(answer(world, region, &row))
}

fn answer(world: &World, region: Region, row: &AccessScope) -> Structure {
    Structure::new()
        .with(field::NETWORK_INSIGHTS_ACCESS_SCOPE, describe(world, region, row))
        .with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_CONTENT, describe_content(row))
}

/// A scope as the API shows it.
fn describe(world: &World, region: Region, row: &AccessScope) -> Structure {
    Structure::new()
        .with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID, row.id)
        .with(
            field::NETWORK_INSIGHTS_ACCESS_SCOPE_ARN,
            arn(world, region, "network-insights-access-scope", row.id),
        )
        .with(field::CREATED_DATE, row.created)
        .with(field::UPDATED_DATE, row.created)
        .with(field::TAGS, tag_list(world, region, row.id))
}

fn describe_content(row: &AccessScope) -> Structure {
    let mut shown = Structure::new().with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID, row.id);
    for (name, paths) in [
        (field::MATCH_PATHS, &row.matches),
        (field::EXCLUDE_PATHS, &row.excludes),
    ] {
        if !paths.is_empty() {
            shown.set(name, statements::describe(paths));
        }
    }
    shown
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetNetworkInsightsAccessScopeContent.html>
pub(super) fn content(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named(request, world)?;
    Ok(Structure::new().with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_CONTENT, describe_content(row)))
}

/// The scope that a call names.
pub(super) fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w AccessScope> {
    let text = need(request.params, field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID)?;
    find::<AccessScope>(world, request.region, Kind::AccessScope, text)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInsightsAccessScopes.html>: there are no
/// filters but those by tags.
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::AccessScope,
        ids: field::NETWORK_INSIGHTS_ACCESS_SCOPE_IDS,
        answer: field::NETWORK_INSIGHTS_ACCESS_SCOPES,
        born: |row: &AccessScope| row.born,
        filters: &[],
        least: 1,
    };
    describing.answer(request, world, &|_, _| Vec::new(), &|row| {
        describe(world, request.region, row)
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInsightsAccessScope.html>: its analyses go first.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let id = named(request, world)?.id;
    refuse_dependents(
        world,
        region,
        id.into(),
        "AnalysisExistsForNetworkInsightsAccessScope",
        "network insights access scope",
    )?;
    note(world, region, id, "deleted");
    world.take::<AccessScope>(region, id);
    Ok(Structure::new().with(field::NETWORK_INSIGHTS_ACCESS_SCOPE_ID, id))
}

//! Traffic policies: versions of a document that says how questions are answered. What becomes of one in a zone is an instance
//! (`instances`). Texts are ours in Route 53's form.
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/traffic-flow.html>

mod document;
mod instances;

use super::common::{max_items, uuid};
use crate::base::error::{Error, Result};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::names::TrafficPolicy;
use document::Document;
use stratus_model::{Structure, Value, field};

/// Policies of an account and versions of one (AWS's default quotas).
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html>
pub(super) const POLICIES: usize = 50;
/// See [`POLICIES`].
const VERSIONS: usize = 1_000;
/// Instances of an account.
pub(super) const INSTANCES: usize = 5;
/// Most rows of a page.
const PAGE: usize = 100;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTrafficPolicy" => Handler::Write(create),
        "CreateTrafficPolicyVersion" => Handler::Write(create_version),
        "GetTrafficPolicy" => Handler::Read(get),
        "DeleteTrafficPolicy" => Handler::Write(delete),
        "UpdateTrafficPolicyComment" => Handler::Write(update_comment),
        "ListTrafficPolicies" => Handler::Read(list),
        "ListTrafficPolicyVersions" => Handler::Read(list_versions),
        "CreateTrafficPolicyInstance" => Handler::Write(instances::create),
        "GetTrafficPolicyInstance" => Handler::Read(instances::get),
        "GetTrafficPolicyInstanceCount" => Handler::Read(instances::count),
        "UpdateTrafficPolicyInstance" => Handler::Write(instances::update),
        "DeleteTrafficPolicyInstance" => Handler::Write(instances::delete),
        "ListTrafficPolicyInstances" => Handler::Read(instances::list),
        "ListTrafficPolicyInstancesByHostedZone" => Handler::Read(instances::list_by_zone),
        "ListTrafficPolicyInstancesByPolicy" => Handler::Read(instances::list_by_policy),
        _ => return None,
    })
}

fn no_such(id: &str, version: Option<i64>) -> Error {
    let version = version
        .map(|version| format!(" and version {version}"))
        .unwrap_or_default();
    let why = format!("No traffic policy found with id {id}{version}.");
    Error::new("NoSuchTrafficPolicy", why).with_status(404)
}

/// A version of a policy.
fn find<'w>(world: &'w World, id: &str, version: i64) -> Result<&'w TrafficPolicy> {
    let rows = &world.route53.traffic_policies;
    rows.get(&(id.to_owned(), version))
        .ok_or_else(|| no_such(id, Some(version)))
}

/// All versions of a policy, the first first.
fn versions<'w>(world: &'w World, id: &str) -> Result<Vec<&'w TrafficPolicy>> {
    let range = (id.to_owned(), 0)..=(id.to_owned(), i64::MAX);
    let rows: Vec<&TrafficPolicy> = world
        .route53
        .traffic_policies
        .range(range)
        .map(|(_, row)| row)
        .collect();
    match rows.is_empty() {
        true => Err(no_such(id, None)),
        false => Ok(rows),
    }
}

fn describe(row: &TrafficPolicy) -> Structure {
    let comment = Some(row.comment.as_str()).filter(|comment| !comment.is_empty());
    Structure::new()
        .with(field::ID, row.id.as_str())
        .with(field::VERSION, row.version)
        .with(field::NAME, row.name.as_str())
        .with(field::TYPE, row.record_type.as_str())
        .with(field::DOCUMENT, row.document.as_str())
        .with_some(field::COMMENT, comment)
}

fn made(row: &TrafficPolicy) -> Structure {
    let location = format!(
        "https://route53.amazonaws.com/2013-04-01/trafficpolicy/{}/{}",
        row.id, row.version
    );
    Structure::new()
        .with(field::TRAFFIC_POLICY, describe(row))
        .with(field::LOCATION, location)
}

fn read(params: &Structure) -> Result<(String, Document)> {
    let text = params.text(field::DOCUMENT).unwrap_or_default();
    let document =
        Document::read(text).map_err(|why| Error::new("InvalidTrafficPolicyDocument", why).at("Document"))?;
    Ok((text.to_owned(), document))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateTrafficPolicy.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let name = params.text(field::NAME).unwrap_or_default();
    let (text, document) = read(params)?;
    let rows = &world.route53.traffic_policies;
    if rows.rows().any(|row| row.name == name) {
        let why = format!("Traffic policy with name {name} already exists.");
        return Err(Error::new("TrafficPolicyAlreadyExists", why).with_status(409));
    }
    if policies(world) >= POLICIES {
        let why = format!("Cannot create more than {POLICIES} traffic policies.");
        return Err(Error::new("TooManyTrafficPolicies", why));
    }
    let row = TrafficPolicy {
        id: uuid(world),
        version: 1,
        born: world.birth(),
        name: name.to_owned(),
        record_type: document.record_type,
        document: text,
        comment: params.text(field::COMMENT).unwrap_or_default().to_owned(),
    };
    Ok(put(world, row))
}

fn put(world: &mut World, row: TrafficPolicy) -> Structure {
    let answer = made(&row);
    world
        .route53
        .traffic_policies
        .insert((row.id.clone(), row.version), row);
    answer
}

/// How many policies there are, versions apart.
pub(super) fn policies(world: &World) -> usize {
    let ids = world.route53.traffic_policies.iter().map(|((id, _), _)| id);
    ids.collect::<std::collections::BTreeSet<_>>().len()
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateTrafficPolicyVersion.html>
fn create_version(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let rows = versions(world, params.text(field::ID).unwrap_or_default())?;
    let count = rows.len();
    let Some(last) = rows.last().map(|row| (*row).clone()) else {
        return Err(no_such(params.text(field::ID).unwrap_or_default(), None));
    };
    let (text, document) = read(params)?;
    if document.record_type != last.record_type {
        let why = format!(
            "RecordType must be {}, as in the policy's other versions.",
            last.record_type
        );
        return Err(Error::new("InvalidTrafficPolicyDocument", why).at("Document"));
    }
    if count >= VERSIONS {
        let why = format!("Cannot create more than {VERSIONS} versions of a traffic policy.");
        return Err(Error::new("TooManyTrafficPolicyVersionsForCurrentPolicy", why));
    }
    let row = TrafficPolicy {
        version: last.version + 1,
        born: world.birth(),
        document: text,
        comment: params.text(field::COMMENT).unwrap_or_default().to_owned(),
        ..last
    };
    Ok(put(world, row))
}

/// The version that a call names.
fn named<'w>(world: &'w World, params: &Structure) -> Result<&'w TrafficPolicy> {
    let version = params.integer(field::VERSION).unwrap_or(0);
    find(world, params.text(field::ID).unwrap_or_default(), version)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetTrafficPolicy.html>
fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(Structure::new().with(field::TRAFFIC_POLICY, describe(named(world, request.params)?)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteTrafficPolicy.html>
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(world, request.params)?;
    let (id, version) = (row.id.clone(), row.version);
    let users = &world.route53.traffic_instances;
    if users.rows().any(|user| user.policy == id && user.version == version) {
        let why = format!("Traffic policy {id} version {version} is in use by a traffic policy instance.");
        return Err(Error::new("TrafficPolicyInUse", why));
    }
    world.route53.traffic_policies.remove(&(id, version));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateTrafficPolicyComment.html>
fn update_comment(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(world, request.params)?.clone();
    row.comment = request.params.text(field::COMMENT).unwrap_or_default().to_owned();
    let answer = Structure::new().with(field::TRAFFIC_POLICY, describe(&row));
    put(world, row);
    Ok(answer)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTrafficPolicies.html>
/// In the order of their making; the marker is the next one's id.
fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let size = max_items(params, PAGE)?;
    let mut latest: Vec<(&TrafficPolicy, i64, u64)> = Vec::new();
    for row in world.route53.traffic_policies.rows() {
        match latest.last_mut().filter(|(last, ..)| last.id == row.id) {
            Some(last) => *last = (row, last.1 + 1, last.2),
            None => latest.push((row, 1, row.born)),
        }
    }
    stratus_model::sort::by_key(&mut latest, |(_, _, born)| *born);
    let marker = params.text(field::TRAFFIC_POLICY_ID_MARKER);
    let start = match marker {
        None => 0,
        Some(marker) => {
            let found = latest.iter().position(|(row, ..)| row.id == marker);
            found.ok_or_else(|| no_such(marker, None))?
        }
    };
    let rest = latest.get(start..).unwrap_or_default();
    let rows: Vec<Value> = rest
        .iter()
        .take(size)
        .map(|(row, count, _)| {
            let summary = Structure::new()
                .with(field::ID, row.id.as_str())
                .with(field::NAME, row.name.as_str())
                .with(field::TYPE, row.record_type.as_str())
                .with(field::LATEST_VERSION, row.version)
                .with(field::TRAFFIC_POLICY_COUNT, *count);
            summary.into()
        })
        .collect();
    let next = rest.get(size).map(|(row, ..)| row.id.as_str());
    // The model wants a marker even where no page follows: the last one listed, or a dash (ours).
    let last = rest.last().map_or("-", |(row, ..)| row.id.as_str());
    Ok(Structure::new()
        .with(field::TRAFFIC_POLICY_SUMMARIES, rows)
        .with(field::IS_TRUNCATED, next.is_some())
        .with(field::TRAFFIC_POLICY_ID_MARKER, next.unwrap_or(last))
        .with(field::MAX_ITEMS, size.to_string()))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTrafficPolicyVersions.html>
fn list_versions(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let size = max_items(params, PAGE)?;
    let rows = versions(world, params.text(field::ID).unwrap_or_default())?;
    let from = params
        .text(field::TRAFFIC_POLICY_VERSION_MARKER)
        .and_then(|text| text.parse().ok());
    let from: i64 = from.unwrap_or(0);
    let rest: Vec<&TrafficPolicy> = rows.into_iter().filter(|row| row.version >= from).collect();
    let next = rest.get(size).map(|row| row.version.to_string());
    let page: Vec<Value> = rest.iter().take(size).map(|row| describe(row).into()).collect();
    Ok(Structure::new()
        .with(field::TRAFFIC_POLICIES, page)
        .with(field::IS_TRUNCATED, next.is_some())
        .with(field::TRAFFIC_POLICY_VERSION_MARKER, next.unwrap_or_default())
        .with(field::MAX_ITEMS, size.to_string()))
}

//! What a bucket has several of, each under a name: configurations of analytics, metrics, inventories and Intelligent-Tiering.
//! Kept in the API's own shape once they are checked. Inventories write their reports (`inventory`), analyses observe (`analytics`),
//! configurations of Intelligent-Tiering send to its archives (`tiers`). Those of request metrics have no effect here: they tell
//! CloudWatch which requests to count, and there is none.

use super::errors::{invalid_argument, malformed_xml};
use super::{analytics, bucket, replication, reports, settings, tiers};
use crate::base::error::{Error, Result};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::objects::{Bucket, Document, NamedKind};
use stratus_model::{Name, Structure, field};

/// Configurations of one kind that a bucket has at most.
const MOST: usize = 1_000;
/// Configurations on one page.
const PAGE: usize = 100;

/// The configurations of a bucket that are of this kind, by their names.
pub fn of_kind(row: &Bucket, kind: NamedKind) -> impl Iterator<Item = (&String, &Structure)> {
    let named = row.settings.named.range((kind, String::new())..);
    named
        .take_while(move |((of, _), _)| *of == kind)
        .map(|((_, id), document)| (id, &document.0))
}

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "PutBucketAnalyticsConfiguration" => Write(|request, world| put(request, world, NamedKind::Analytics)),
        "GetBucketAnalyticsConfiguration" => Read(|request, world| get(request, world, NamedKind::Analytics)),
        "DeleteBucketAnalyticsConfiguration" => Write(|request, world| delete(request, world, NamedKind::Analytics)),
        "ListBucketAnalyticsConfigurations" => Read(|request, world| list(request, world, NamedKind::Analytics)),
        // Kept and given back: what it would count, CloudWatch would show.
        "PutBucketMetricsConfiguration" => Write(|request, world| put(request, world, NamedKind::Metrics)),
        "GetBucketMetricsConfiguration" => Read(|request, world| get(request, world, NamedKind::Metrics)),
        "DeleteBucketMetricsConfiguration" => Write(|request, world| delete(request, world, NamedKind::Metrics)),
        "ListBucketMetricsConfigurations" => Read(|request, world| list(request, world, NamedKind::Metrics)),
        "PutBucketInventoryConfiguration" => Write(|request, world| put(request, world, NamedKind::Inventory)),
        "GetBucketInventoryConfiguration" => Read(|request, world| get(request, world, NamedKind::Inventory)),
        "DeleteBucketInventoryConfiguration" => Write(|request, world| delete(request, world, NamedKind::Inventory)),
        "ListBucketInventoryConfigurations" => Read(|request, world| list(request, world, NamedKind::Inventory)),
        "PutBucketIntelligentTieringConfiguration" => Write(|request, world| put(request, world, NamedKind::Tiering)),
        "GetBucketIntelligentTieringConfiguration" => Read(|request, world| get(request, world, NamedKind::Tiering)),
        "DeleteBucketIntelligentTieringConfiguration" => {
            Write(|request, world| delete(request, world, NamedKind::Tiering))
        }
        "ListBucketIntelligentTieringConfigurations" => Read(|request, world| list(request, world, NamedKind::Tiering)),
        "PutBucketReplication" => Write(replication::put),
        "GetBucketReplication" => Read(replication::get),
        "DeleteBucketReplication" => Write(replication::delete),
        _ => return None,
    })
}

/// The member of calls that holds a configuration of this kind, that of the list, and what words call it.
fn words(kind: NamedKind) -> (Name, Name, &'static str) {
    match kind {
        NamedKind::Analytics => (
            field::ANALYTICS_CONFIGURATION,
            field::ANALYTICS_CONFIGURATION_LIST,
            "analytics configuration",
        ),
        NamedKind::Metrics => (
            field::METRICS_CONFIGURATION,
            field::METRICS_CONFIGURATION_LIST,
            "metrics configuration",
        ),
        NamedKind::Inventory => (
            field::INVENTORY_CONFIGURATION,
            field::INVENTORY_CONFIGURATION_LIST,
            "inventory configuration",
        ),
        NamedKind::Tiering => (
            field::INTELLIGENT_TIERING_CONFIGURATION,
            field::INTELLIGENT_TIERING_CONFIGURATION_LIST,
            "Intelligent-Tiering configuration",
        ),
    }
}

fn id<'r>(request: &Request<'r>) -> Result<&'r str> {
    let id = request.params.text(field::ID).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if id.is_empty() || id.len() > 64 || !id.chars().all(fits) {
        return Err(invalid_argument("Invalid configuration id.", "id", id));
    }
    Ok(id)
}

fn put(request: &Request<'_>, world: &mut World, kind: NamedKind) -> Result<Structure> {
    let row = bucket(request, world)?;
    let (member, _, what) = words(kind);
    let id = id(request)?.to_owned();
    let new = request
        .params
        .structure(member)
        .cloned()
        .ok_or_else(|| malformed_xml(member.text()))?;
    if new.text(field::ID).is_some_and(|inner| inner != id) {
        return Err(invalid_argument(
            "The id in the body is not that of the request.",
            "id",
            &id,
        ));
    }
    if kind == NamedKind::Tiering {
        check_tiering(&new)?;
    }
    let count = of_kind(row, kind).count();
    let key = (kind, id);
    if count >= MOST && !row.settings.named.contains_key(&key) {
        let text = format!("A bucket has at most {MOST} of them.");
        return Err(Error::new("TooManyConfigurations", text));
    }
    let name = row.name.clone();
    let before = row.settings.named.get(&key).map(|document| document.0.clone());
    let of = key.1.clone();
    settings(world, &name, what, |settings| {
        settings.named.insert(key, Document(new));
    });
    if kind == NamedKind::Analytics {
        analytics::set(world, &name, &of, before.as_ref());
    }
    reports::plan(world, &name);
    tiers::plan(world, &name);
    Ok(Structure::new())
}

/// Archive Access takes 90 to 730 days, Deep Archive Access 180 to 730.
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html>
fn check_tiering(new: &Structure) -> Result<()> {
    for tier in new.structures(field::TIERINGS) {
        let days = tier.integer(field::DAYS).unwrap_or(0);
        let least = if tier.text(field::ACCESS_TIER) == Some("DEEP_ARCHIVE_ACCESS") {
            180
        } else {
            90
        };
        if !(least..=730).contains(&days) {
            let text = format!("'Days' must be from {least} to 730.");
            return Err(invalid_argument(text, "Days", days.to_string()));
        }
    }
    Ok(())
}

fn missing(id: &str) -> Error {
    Error::new("NoSuchConfiguration", "The specified configuration does not exist.")
        .with_status(404)
        .detail("Id", id)
}

fn get(request: &Request<'_>, world: &World, kind: NamedKind) -> Result<Structure> {
    let row = bucket(request, world)?;
    let id = id(request)?;
    let found = row
        .settings
        .named
        .get(&(kind, id.to_owned()))
        .ok_or_else(|| missing(id))?;
    Ok(Structure::new().with(words(kind).0, found.0.clone()))
}

fn delete(request: &Request<'_>, world: &mut World, kind: NamedKind) -> Result<Structure> {
    let row = bucket(request, world)?;
    let id = id(request)?;
    let key = (kind, id.to_owned());
    if !row.settings.named.contains_key(&key) {
        return Err(missing(id));
    }
    let name = row.name.clone();
    settings(world, &name, words(kind).2, |settings| {
        settings.named.remove(&key);
    });
    if kind == NamedKind::Analytics {
        analytics::forget(world, &name, &key.1);
    }
    Ok(Structure::new())
}

/// By id; a page's token is the id before it.
fn list(request: &Request<'_>, world: &World, kind: NamedKind) -> Result<Structure> {
    let row = bucket(request, world)?;
    let after = request.params.text(field::CONTINUATION_TOKEN);
    let mut found: Vec<(&String, &Structure)> = of_kind(row, kind)
        .filter(|(id, _)| after.is_none_or(|after| id.as_str() > after))
        .collect();
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|(id, _)| id.as_str());
    let shown: Vec<Structure> = found.iter().map(|(_, document)| (*document).clone()).collect();
    Ok(Structure::new()
        .with(field::IS_TRUNCATED, more)
        .with_some(field::CONTINUATION_TOKEN, after)
        .with_some(field::NEXT_CONTINUATION_TOKEN, next)
        .with(words(kind).1, shown))
}

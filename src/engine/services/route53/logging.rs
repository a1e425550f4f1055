//! Query logging configurations: kept and answered. No query is logged, and no log group is looked for (ours).

use super::common::{invalid, max_results, page, uuid, zone};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::names::QueryLogging;
use stratus_model::{Structure, Value, field};

/// Most configurations of a page.
const PAGE: usize = 100;

fn find<'w>(world: &'w World, params: &Structure) -> Result<&'w QueryLogging> {
    let id = params.text(field::ID).unwrap_or_default();
    world.route53.query_logging.get(&id.to_owned()).ok_or_else(|| {
        let why = format!("The query logging configuration with the ID {id} does not exist.");
        Error::new("NoSuchQueryLoggingConfig", why).with_status(404)
    })
}

fn describe(row: &QueryLogging) -> Structure {
    Structure::new()
        .with(field::ID, row.id.as_str())
        .with(field::HOSTED_ZONE_ID, row.zone)
        .with(field::CLOUD_WATCH_LOGS_LOG_GROUP_ARN, row.log_group.as_str())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateQueryLoggingConfig.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    if row.private.is_some() {
        let why = "Query logging is for public hosted zones only.";
        return Err(invalid("HostedZoneId", why));
    }
    let zone = row.id;
    let group = params.text(field::CLOUD_WATCH_LOGS_LOG_GROUP_ARN).unwrap_or_default();
    // Log groups of Route 53 are in us-east-1, and the account's own.
    let prefix = format!("arn:aws:logs:us-east-1:{}:log-group:", world.account());
    if group.strip_prefix(&prefix).is_none_or(str::is_empty) {
        let why = format!("The ARN for the CloudWatch Logs log group is invalid: {group}");
        return Err(invalid("CloudWatchLogsLogGroupArn", why));
    }
    if world.route53.query_logging.rows().any(|row| row.zone == zone) {
        let why = format!("A query logging configuration already exists for hosted zone {zone}.");
        return Err(Error::new("QueryLoggingConfigAlreadyExists", why).with_status(409));
    }
    let row = QueryLogging {
        id: uuid(world),
        born: world.birth(),
        zone,
        log_group: group.to_owned(),
    };
    let answer = Structure::new().with(field::QUERY_LOGGING_CONFIG, describe(&row)).with(
        field::LOCATION,
        format!("https://route53.amazonaws.com/2013-04-01/queryloggingconfig/{}", row.id),
    );
    world.route53.query_logging.insert(row.id.clone(), row);
    Ok(answer)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetQueryLoggingConfig.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(Structure::new().with(field::QUERY_LOGGING_CONFIG, describe(find(world, request.params)?)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteQueryLoggingConfig.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = find(world, request.params)?.id.clone();
    world.route53.query_logging.remove(&id);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListQueryLoggingConfigs.html>
/// By id.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let only = params
        .text(field::HOSTED_ZONE_ID)
        .map(|text| zone(world, Some(text)).map(|zone| zone.id))
        .transpose()?;
    let size = max_results(params, PAGE)?;
    let rows: Vec<&QueryLogging> = world
        .route53
        .query_logging
        .rows()
        .filter(|row| only.is_none_or(|zone| row.zone == zone))
        .collect();
    let (rows, next) = page(&rows, size, params.text(field::NEXT_TOKEN), |row| row.id.clone());
    let rows: Vec<Value> = rows.iter().map(|row| describe(row).into()).collect();
    Ok(Structure::new()
        .with(field::QUERY_LOGGING_CONFIGS, rows)
        .with_some(field::NEXT_TOKEN, next))
}

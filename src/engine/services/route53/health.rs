//! Health checks as records: made, changed, listed, deleted, and what their checkers have seen (`checking`).
//!
//! Texts that begin `Invalid parameter :` are Route 53's where its users report them (health threshold, insufficient data
//! state), and ours in the same form elsewhere.

use super::common::{invalid, max_items, page, uuid};
use super::{checking, health_config as config};
use crate::base::error::{Error, Result};
use crate::services::Request;
use crate::world::World;
use crate::world::names::{HealthCheck, HealthCheckConfig, Watch};
use stratus_model::{Structure, Value, field, sort};

/// Health checks of an account (AWS's default quota), and the most of one page.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html>
pub(super) const CHECKS: usize = 200;
/// See [`CHECKS`].
const PAGE: usize = 100;

/// The health check of an id.
pub(super) fn find<'w>(world: &'w World, id: &str) -> Result<&'w HealthCheck> {
    world.route53.health_checks.get(&id.to_owned()).ok_or_else(|| {
        let why = format!("No health check exists with the specified ID: {id}");
        Error::new("NoSuchHealthCheck", why).with_status(404)
    })
}

fn of<'w>(world: &'w World, params: &Structure) -> Result<&'w HealthCheck> {
    find(world, params.text(field::HEALTH_CHECK_ID).unwrap_or_default())
}

/// A health check as answers have it.
fn describe(row: &HealthCheck) -> Structure {
    Structure::new()
        .with(field::ID, row.id.as_str())
        .with(field::CALLER_REFERENCE, row.caller_reference.as_str())
        .with(field::HEALTH_CHECK_CONFIG, config::describe(&row.config))
        .with(field::HEALTH_CHECK_VERSION, row.version)
}

fn location(id: &str) -> String {
    format!("https://route53.amazonaws.com/2013-04-01/healthcheck/{id}")
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHealthCheck.html>
/// The same caller reference with the same settings answers the health check that is there; with others, or after that one
/// is deleted, it is refused.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let reference = params.text(field::CALLER_REFERENCE).unwrap_or_default();
    let nothing = Structure::new();
    let given = params.structure(field::HEALTH_CHECK_CONFIG).unwrap_or(&nothing);
    let wanted = config::read(given);
    let exists = || {
        let why = "A different health check has already been created with the specified caller reference.";
        Error::new("HealthCheckAlreadyExists", why)
            .with_status(409)
            .at("CallerReference")
    };
    let rows = &world.route53.health_checks;
    if let Some(row) = rows.rows().find(|row| row.caller_reference == reference) {
        if row.config != wanted {
            return Err(exists());
        }
        return Ok(Structure::new()
            .with(field::HEALTH_CHECK, describe(row))
            .with(field::LOCATION, location(&row.id)));
    }
    if world.route53.spent_references.contains(&reference.to_owned()) {
        return Err(exists());
    }
    config::check(world, None, &wanted)?;
    if rows.len() >= CHECKS {
        let why = format!("Cannot create more than {CHECKS} health checks.");
        return Err(Error::new("TooManyHealthChecks", why));
    }
    let row = HealthCheck {
        id: uuid(world),
        born: world.birth(),
        caller_reference: reference.to_owned(),
        config: wanted,
        version: 1,
        tags: Vec::new(),
        watch: Watch::default(),
    };
    let row = HealthCheck {
        watch: checking::begin(world, &row.config),
        ..row
    };
    let answer = Structure::new()
        .with(field::HEALTH_CHECK, describe(&row))
        .with(field::LOCATION, location(&row.id));
    let id = row.id.clone();
    world.route53.health_checks.insert(id.clone(), row);
    checking::look_ahead(world, &id);
    Ok(answer)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheck.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    Ok(Structure::new().with(field::HEALTH_CHECK, describe(of(world, request.params)?)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let mut row = of(world, params)?.clone();
    if row.config.kind == "RECOVERY_CONTROL" {
        let why = "Invalid parameter : Update is not supported for this health check type.";
        return Err(invalid("HealthCheckId", why));
    }
    if let Some(version) = params.integer(field::HEALTH_CHECK_VERSION)
        && version != row.version
    {
        let why = format!(
            "The value of HealthCheckVersion in the request ({version}) doesn't match the value of HealthCheckVersion in the \
             health check ({}).",
            row.version
        );
        return Err(Error::new("HealthCheckVersionMismatch", why).with_status(409));
    }
    let was = row.config.clone();
    config::change(&mut row.config, params);
    config::check(world, Some(&row.id), &row.config)?;
    let wanted = std::mem::replace(&mut row.config, was.clone());
    checking::settle(&mut row, world.now);
    row.config = wanted;
    checking::resume(world, &mut row, &was);
    row.version += 1;
    let answer = Structure::new().with(field::HEALTH_CHECK, describe(&row));
    let id = row.id.clone();
    world.route53.health_checks.insert(id.clone(), row);
    checking::changed(world, &id);
    Ok(answer)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHealthCheck.html>
/// Records may go on naming it, as AWS has it (they then count as healthy: ours). A child of a calculated health check
/// stays, as AWS's users report it (the text is ours).
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = of(world, request.params)?;
    let (id, reference) = (row.id.clone(), row.caller_reference.clone());
    let parent = |config: &HealthCheckConfig| config.children.contains(&id);
    if let Some(parent) = world.route53.health_checks.rows().find(|row| parent(&row.config)) {
        let why = format!(
            "The health check {id} is in use: it is a child of the health check {}.",
            parent.id
        );
        return Err(Error::new("HealthCheckInUse", why));
    }
    checking::forget(world, &id);
    world.route53.health_checks.remove(&id);
    world.route53.spent_references.insert(reference, ());
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHealthChecks.html>
/// By id (ours: AWS names no order).
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let size = max_items(params, PAGE)?;
    let marker = params.text(field::MARKER);
    let mut rows: Vec<&HealthCheck> = world.route53.health_checks.rows().collect();
    sort::by_key(&mut rows, |row| row.id.clone());
    if let Some(marker) = marker
        && !rows.iter().any(|row| row.id == marker)
    {
        return Err(invalid("Marker", format!("Invalid Marker: {marker}")));
    }
    let (rows, next) = page(&rows, size, marker, |row| row.id.clone());
    let rows: Vec<Value> = rows.iter().map(|row| describe(row).into()).collect();
    Ok(Structure::new()
        .with(field::HEALTH_CHECKS, rows)
        .with(field::MARKER, marker.unwrap_or_default())
        .with(field::IS_TRUNCATED, next.is_some())
        .with_some(field::NEXT_MARKER, next)
        .with(field::MAX_ITEMS, size.to_string()))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckCount.html>
pub(super) fn count(_request: &Request<'_>, world: &World) -> Result<Structure> {
    let count = world.route53.health_checks.len();
    Ok(Structure::new().with(field::HEALTH_CHECK_COUNT, i64::try_from(count).unwrap_or(i64::MAX)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckStatus.html> and
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckLastFailureReason.html>
pub(super) fn observations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = of(world, request.params)?;
    if !config::has_endpoint(&row.config.kind) {
        let why = format!(
            "Invalid parameter : The health check {} is of type {}, which no checker observes.",
            row.id, row.config.kind
        );
        return Err(invalid("HealthCheckId", why));
    }
    let found = match request.operation.name {
        "GetHealthCheckStatus" => checking::statuses(row, world.now),
        _ => checking::failures(row, world.now),
    };
    Ok(Structure::new().with(field::HEALTH_CHECK_OBSERVATIONS, found))
}

//! Object Lock: retention and legal holds of versions, and what a bucket gives new ones.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html>

use super::errors::{access_denied, invalid_argument, invalid_request, malformed_xml, not_implemented, not_set};
use super::lifecycle::rules::DAY;
use super::{bucket, put, settings, shelf};
use crate::base::error::{Error, Result};
use crate::base::time::Time;
use crate::services::Request;
use crate::world::World;
use crate::world::objects::{Bucket, DefaultLock, Lock, Object, Versioning};
use stratus_model::{Name, Structure, Value, field};

/// `InvalidRequest` of a bucket without Object Lock.
fn missing() -> Error {
    invalid_request("Bucket is missing Object Lock Configuration")
}

/// Holds that last until an event, which are not simulated.
const HOLDS: [Name; 6] = [
    field::OBJECT_LOCK_EVENT_HOLD,
    field::OBJECT_LOCK_EVENT_HOLD_DURATION_DAYS,
    field::OBJECT_LOCK_EVENT_HOLD_DURATION_YEARS,
    field::EVENT_HOLD,
    field::EVENT_HOLD_DURATION,
    field::DEFAULT_EVENT_HOLD,
];

/// How a new object is locked: as the call says, else as its bucket does.
///
/// # Errors
/// `InvalidRequest`, `InvalidArgument`, `NotImplemented`.
pub(super) fn chosen(params: &Structure, bucket: &Bucket, now: Time) -> Result<Lock> {
    not_implemented(params, &HOLDS)?;
    let (mode, until) = (
        params.text(field::OBJECT_LOCK_MODE),
        params.timestamp(field::OBJECT_LOCK_RETAIN_UNTIL_DATE),
    );
    let hold = params
        .text(field::OBJECT_LOCK_LEGAL_HOLD_STATUS)
        .map(|status| status == "ON");
    let Some(default) = &bucket.settings.lock else {
        if mode.is_some() || until.is_some() || hold.is_some() {
            return Err(missing());
        }
        return Ok(Lock::default());
    };
    let retention = match (mode, until) {
        (Some(mode), Some(until)) => Some((mode.to_owned(), in_future(until, now)?)),
        (None, None) => default.rule.as_ref().map(|(mode, count, years)| {
            let days = if *years { count.saturating_mul(365) } else { *count };
            (mode.clone(), Time(now.0.saturating_add(days.saturating_mul(DAY))))
        }),
        _ => {
            let text = "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied";
            return Err(invalid_argument(
                text,
                "x-amz-object-lock-mode",
                mode.unwrap_or_default(),
            ));
        }
    };
    Ok(Lock {
        retention,
        legal_hold: hold,
    })
}

fn in_future(until: i64, now: Time) -> Result<Time> {
    if until <= now.0 {
        let text = "The retain until date must be in the future!";
        let shown = Time(until).iso8601();
        return Err(invalid_argument(text, "x-amz-object-lock-retain-until-date", shown));
    }
    Ok(Time(until))
}

/// Puts what GET and HEAD say of a lock into an answer.
pub(super) fn show(answer: Structure, lock: &Lock) -> Structure {
    let retention = lock.retention.as_ref();
    answer
        .with_some(field::OBJECT_LOCK_MODE, retention.map(|(mode, _)| mode.as_str()))
        .with_some(field::OBJECT_LOCK_RETAIN_UNTIL_DATE, retention.map(|(_, until)| *until))
        .with_some(field::OBJECT_LOCK_LEGAL_HOLD_STATUS, lock.legal_hold.map(on_or_off))
}

fn on_or_off(on: bool) -> &'static str {
    if on { "ON" } else { "OFF" }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html>
pub(super) fn put_configuration(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let name = row.name.clone();
    let given = request
        .params
        .structure(field::OBJECT_LOCK_CONFIGURATION)
        .filter(|given| given.text(field::OBJECT_LOCK_ENABLED) == Some("Enabled"))
        .ok_or_else(|| malformed_xml("ObjectLockConfiguration"))?;
    if row.versioning != Versioning::Enabled {
        let text = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
        return Err(Error::new("InvalidBucketState", text).with_status(409));
    }
    let rule = match given
        .structure(field::RULE)
        .map(|rule| rule.structure(field::DEFAULT_RETENTION))
    {
        None => None,
        Some(None) => return Err(malformed_xml("ObjectLockConfiguration.Rule")),
        Some(Some(default)) => {
            not_implemented(default, &HOLDS)?;
            let mode = default.text(field::MODE);
            let (days, years) = (default.integer(field::DAYS), default.integer(field::YEARS));
            let (Some(mode), Some(count), true) = (mode, days.or(years), days.is_none() || years.is_none()) else {
                return Err(malformed_xml("ObjectLockConfiguration.Rule.DefaultRetention"));
            };
            if count <= 0 {
                let text = "Default retention period must be a positive integer value.";
                return Err(invalid_argument(text, "DefaultRetention", count));
            }
            Some((mode.to_owned(), count, years.is_some()))
        }
    };
    settings(world, &name, "object lock", |settings| {
        settings.lock = Some(DefaultLock { rule })
    });
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html>
pub(super) fn get_configuration(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = bucket(request, world)?;
    let text = "Object Lock configuration does not exist for this bucket";
    let code = "ObjectLockConfigurationNotFoundError";
    let kept = row
        .settings
        .lock
        .as_ref()
        .ok_or_else(|| not_set(code, text, &row.name))?;
    let rule = kept.rule.as_ref().map(|(mode, count, years)| {
        let unit = if *years { field::YEARS } else { field::DAYS };
        let default = Structure::new().with(field::MODE, mode.as_str()).with(unit, *count);
        Structure::new().with(field::DEFAULT_RETENTION, default)
    });
    let shown = Structure::new()
        .with(field::OBJECT_LOCK_ENABLED, "Enabled")
        .with_some(field::RULE, rule);
    Ok(Structure::new().with(field::OBJECT_LOCK_CONFIGURATION, shown))
}

/// The version that a call about its lock means.
fn locked<'w>(request: &Request<'_>, world: &'w World, method: &str) -> Result<(&'w Bucket, &'w Object)> {
    let params = request.params;
    let row = bucket(request, world)?;
    if row.settings.lock.is_none() {
        return Err(missing());
    }
    let object = shelf::object(row, put::key(params)?, params.text(field::VERSION_ID), method)?;
    Ok((row, object))
}

fn relock(request: &Request<'_>, world: &mut World, edit: impl FnOnce(&mut Lock)) -> Result<Structure> {
    let params = request.params;
    let name = bucket(request, world)?.name.clone();
    let (key, version) = (put::key(params)?, params.text(field::VERSION_ID));
    shelf::amend(world, &name, key, version, |object| edit(&mut object.lock));
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html>
pub(super) fn put_retention(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (_, object) = locked(request, world, "PUT")?;
    let given = params.structure(field::RETENTION);
    given.map_or(Ok(()), |given| not_implemented(given, &HOLDS))?;
    let (mode, until) = (
        given.and_then(|given| given.text(field::MODE)),
        given.and_then(|given| given.timestamp(field::RETAIN_UNTIL_DATE)),
    );
    let new = match (mode, until) {
        (Some(mode), Some(until)) => Some((mode.to_owned(), in_future(until, world.now)?)),
        (None, None) => None,
        _ => return Err(malformed_xml("Retention")),
    };
    let bypass = params.boolean(field::BYPASS_GOVERNANCE_RETENTION) == Some(true);
    if let Some((mode, until)) = object.lock.retention.as_ref().filter(|(_, until)| *until > world.now) {
        let stays = new
            .as_ref()
            .is_some_and(|(other, later)| other == mode && later >= until);
        let may = stays || (bypass && mode == "GOVERNANCE");
        if !may {
            let text = "Access Denied because object protected by object lock.";
            return Err(Error {
                message: text.to_owned(),
                ..access_denied()
            });
        }
    }
    relock(request, world, |lock| lock.retention = new)
}

/// `NoSuchObjectLockConfiguration`.
fn not_locked() -> Error {
    let text = "The specified object does not have a ObjectLock configuration";
    Error::new("NoSuchObjectLockConfiguration", text).with_status(404)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html>
pub(super) fn get_retention(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (_, object) = locked(request, world, "GET")?;
    let (mode, until) = object.lock.retention.as_ref().ok_or_else(not_locked)?;
    let shown = Structure::new()
        .with(field::MODE, mode.as_str())
        .with(field::RETAIN_UNTIL_DATE, Value::Timestamp(until.0));
    Ok(Structure::new().with(field::RETENTION, shown))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html>
pub(super) fn put_legal_hold(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    locked(request, world, "PUT")?;
    let status = request
        .params
        .structure(field::LEGAL_HOLD)
        .and_then(|given| given.text(field::STATUS))
        .ok_or_else(|| malformed_xml("LegalHold"))?;
    let on = status == "ON";
    relock(request, world, |lock| lock.legal_hold = Some(on))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html>
pub(super) fn get_legal_hold(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (_, object) = locked(request, world, "GET")?;
    let on = object.lock.legal_hold.ok_or_else(not_locked)?;
    let shown = Structure::new().with(field::STATUS, on_or_off(on));
    Ok(Structure::new().with(field::LEGAL_HOLD, shown))
}

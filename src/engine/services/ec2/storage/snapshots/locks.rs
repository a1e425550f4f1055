//! Locks on snapshots: a locked one cannot be deleted, in compliance mode not even unlocked.
//! <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshot-lock.html>

use crate::base::error::{Error, Result};
use crate::base::ids::Kind;
use crate::base::time::{Span, Time};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, page};
use crate::world::World;
use crate::world::storage::{Lock, Snapshot};
use stratus_model::{Structure, field, sort};

const DAY: i64 = 24 * 60 * 60 * 1_000;
const HOUR: i64 = 60 * 60 * 1_000;

impl Lock {
    /// The end of the grace in which compliance can be undone.
    fn cool_off_ends(&self) -> Option<Time> {
        self.cool_off.map(|hours| self.created + Span(hours * HOUR))
    }

    /// The state at a moment, as the API names it.
    fn state(&self, now: Time) -> &'static str {
        if now >= self.expires {
            return "expired";
        }
        match (self.compliance, self.cool_off_ends()) {
            (false, _) => "governance",
            (true, Some(end)) if now < end => "compliance-cooloff",
            (true, _) => "compliance",
        }
    }
}

/// Refuses to delete what is locked.
///
/// # Errors
/// `SnapshotLocked`.
pub(super) fn check_deletion(world: &World, row: &Snapshot) -> Result<()> {
    match &row.lock {
        Some(lock) if lock.state(world.now) != "expired" => {
            let why = format!("The snapshot '{}' is locked and cannot be deleted.", row.id);
            Err(Error::new("SnapshotLocked", why).remedy(format!(
                "It is locked in {} mode until {}.",
                lock.state(world.now),
                lock.expires.iso8601()
            )))
        }
        _ => Ok(()),
    }
}

/// The days that a call asks for and the moment of their end, from a beginning on.
fn duration(params: &Structure, from: Time, now: Time) -> Result<(i64, Time)> {
    let (days, date) = (
        params.integer(field::LOCK_DURATION),
        params.timestamp(field::EXPIRATION_DATE),
    );
    match (days, date) {
        (Some(_), Some(_)) => Err(Error::combination(
            "Specify either LockDuration or ExpirationDate, not both.",
        )),
        (None, None) => Err(Error::new(
            "MissingParameter",
            "The request must contain the parameter LockDuration or ExpirationDate",
        )
        .at("LockDuration")),
        (Some(days), None) => Ok((days, from + Span(days.saturating_mul(DAY)))),
        (None, Some(date)) if date - now.0 < DAY => Err(Error::invalid(
            "ExpirationDate",
            "it must be at least one day in the future",
        )),
        (None, Some(date)) => Ok(((date - from.0 + DAY - 1) / DAY, Time(date))),
    }
}

/// What a lock in force allows to be changed.
fn check_change(old: Option<&Lock>, new: &Lock, now: Time) -> Result<()> {
    let Some(old) = old.filter(|old| old.state(now) == "compliance") else {
        return Ok(());
    };
    let refuse = |why: &str, name: &str| Err(Error::new("InvalidParameterValue", why).at(name.to_owned()));
    if !new.compliance {
        return refuse(
            "A lock in compliance mode cannot be changed to governance mode.",
            "LockMode",
        );
    }
    if new.cool_off.is_some() {
        return refuse(
            "A lock in compliance mode has no cooling-off period any more.",
            "CoolOffPeriod",
        );
    }
    if new.expires <= old.expires {
        return refuse("A lock in compliance mode can only be extended.", "LockDuration");
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LockSnapshot.html>
pub(in super::super) fn lock(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region, now) = (request.params, request.region, world.now);
    let text = params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let row = find::<Snapshot>(world, region, Kind::Snapshot, text)?;
    let compliance = params.text(field::LOCK_MODE) == Some("compliance");
    let cool_off = params.integer(field::COOL_OFF_PERIOD);
    if cool_off.is_some() && !compliance {
        let why = "A cooling-off period can be specified in compliance mode only.";
        return Err(Error::combination(why).at("CoolOffPeriod"));
    }
    // The time of a lock on a pending snapshot begins when it is complete.
    let from = if row.completed { now } else { row.completes };
    let (days, expires) = duration(params, from, now)?;
    let old = row.lock.as_ref().filter(|lock| lock.state(now) != "expired");
    let new = Lock {
        compliance,
        created: old.map_or(now, |old| old.created),
        from,
        days,
        cool_off,
        expires,
    };
    check_change(old, &new, now)?;
    let id = row.id;
    // A lock that was compliance's already keeps what is left of its grace: none.
    world.update(region, id, |row: &mut Snapshot| row.lock = Some(new.clone()));
    note(
        world,
        region,
        id,
        format!("locked ({}) until {}", new.state(now), expires.iso8601()),
    );
    Ok(describe(&new, now).with(field::SNAPSHOT_ID, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnlockSnapshot.html>
pub(in super::super) fn unlock(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = request.params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let row = find::<Snapshot>(world, region, Kind::Snapshot, text)?;
    let id = row.id;
    let state = row.lock.as_ref().map(|lock| lock.state(world.now));
    let why = match state {
        None | Some("expired") => format!("The snapshot '{id}' is not locked."),
        Some("compliance") => {
            format!("The snapshot '{id}' is locked in compliance mode and cannot be unlocked.")
        }
        Some(_) => {
            world.update(region, id, |row: &mut Snapshot| row.lock = None);
            note(world, region, id, "unlocked");
            return Ok(Structure::new().with(field::SNAPSHOT_ID, id));
        }
    };
    Err(Error::new("IncorrectState", why).at("SnapshotId"))
}

fn describe(lock: &Lock, now: Time) -> Structure {
    let cool_off = lock.cool_off.filter(|_| lock.compliance);
    Structure::new()
        .with(field::LOCK_STATE, lock.state(now))
        .with(field::LOCK_DURATION, lock.days)
        .with_some(field::COOL_OFF_PERIOD, cool_off)
        .with_some(field::COOL_OFF_PERIOD_EXPIRES_ON, lock.cool_off_ends())
        .with(field::LOCK_CREATED_ON, lock.created)
        .with(field::LOCK_DURATION_START_TIME, lock.from)
        .with(field::LOCK_EXPIRES_ON, lock.expires)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLockedSnapshots.html>: expired locks too.
pub(in super::super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| name == "lock-state")?;
    let mut rows: Vec<&Snapshot> = params
        .texts(field::SNAPSHOT_IDS)
        .map(|text| find::<Snapshot>(world, region, Kind::Snapshot, text))
        .collect::<Result<_>>()?;
    if rows.is_empty() {
        rows.extend(world.ec2(region).into_iter().flat_map(|ec2| ec2.snapshots.rows()));
    }
    sort::by_key(&mut rows, |row| row.born);
    rows.dedup_by_key(|row| row.id);
    let mut chosen = Vec::new();
    for row in rows {
        let Some(lock) = &row.lock else { continue };
        let state = lock.state(world.now);
        if filters.pass(world, region, row.id, |_| Some(vec![state.to_owned()]))? {
            chosen.push(
                describe(lock, world.now)
                    .with(field::SNAPSHOT_ID, row.id)
                    .with(field::OWNER_ID, world.account()),
            );
        }
    }
    let (rows, next) = page(chosen, params, 5)?;
    Ok(Structure::new()
        .with(field::SNAPSHOTS, rows)
        .with_some(field::NEXT_TOKEN, next))
}

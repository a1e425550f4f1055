//! The archive: a snapshot goes there whole, out of its chain, and comes back for some days or for good.
//!
//! What it costs besides its storage: the bytes that a restore brings, the copy of a temporary one while it lasts, and what is left
//! of 90 days where it is deleted or restored for good before. A temporary restore does not take it out of the archive.
//! <https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html>
//!
//! How long it takes is within AWS's bounds (archiving and restoring up to 72 hours), the figures are ours.
//! <https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html>

use super::{chain, fast};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, SnapshotId};
use crate::base::time::{Span, Time};
use crate::catalog::{Region, prices};
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, page, tag_list};
use crate::services::ec2::storage::{contents, note_clock};
use crate::world::World;
use crate::world::storage::{BLOCK_BYTES, Snapshot, Tiering, TieringStep};
use crate::world::usage::{Measure, Meter, Subject, second};
use stratus_model::{Structure, field, sort};

const DAY: i64 = 24 * 60 * 60 * 1_000;
/// Where the rules are written.
const SOURCE: &str = "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotTier.html>: to the archive.
pub(in super::super) fn archive(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let id = find::<Snapshot>(world, region, Kind::Snapshot, text)?.id;
    if params.text(field::STORAGE_TIER).unwrap_or("archive") != "archive" {
        return Err(Error::invalid("StorageTier", "the only value is archive").remedy("Use RestoreSnapshotTier."));
    }
    begin_archiving(world, region, id)?;
    note(world, region, id, "goes to the archive");
    Ok(Structure::new()
        .with(field::SNAPSHOT_ID, id)
        .with(field::TIERING_START_TIME, world.now))
}

/// Sends a snapshot on its way to the archive. Who does it notes why: a call, or the clock.
///
/// # Errors
/// `InvalidSnapshot.NotFound`, `InvalidSnapshot.InUse`, `IncorrectState`.
pub(crate) fn begin_archiving(world: &mut World, region: Region, id: SnapshotId) -> Result<()> {
    let now = world.now;
    let row = find::<Snapshot>(world, region, Kind::Snapshot, &id.to_string())?;
    let refuse = |why: String| Err(Error::new("IncorrectState", why).at("SnapshotId"));
    if !row.completed {
        return refuse(format!("Snapshot '{id}' is not 'completed'."));
    }
    if let Some(tiering) = row.tiering.as_ref().filter(|row| row.step != TieringStep::Restored) {
        return refuse(format!("Snapshot '{id}' is in the state {}.", tiering.step.name()));
    }
    if fast::is_wanted(world, region, id) {
        return refuse(format!("Snapshot '{id}' is enabled for fast snapshot restore."));
    }
    let image = world
        .referrers(region, id.into())
        .into_iter()
        .find(|by| matches!(by, ResourceId::Image(_)));
    if let Some(image) = image {
        let why = format!("The snapshot {id} is currently in use by {image}");
        return Err(Error::new("InvalidSnapshot.InUse", why).remedy(format!("Deregister {image} first.")));
    }
    let span = world.timings.clone().draw(&mut world.random, "snapshot.archiving");
    let tiering = Tiering {
        step: TieringStep::Archiving,
        started: now,
        ends: now + span,
        archived: None,
        days: None,
        expires: None,
    };
    world.update(region, id, |row: &mut Snapshot| row.tiering = Some(tiering));
    clock::schedule(world, span, region, id, Step::Modify);
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RestoreSnapshotTier.html>: for some days or for good; the days of one that
/// is back for some can be changed.
pub(in super::super) fn restore(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region, now) = (request.params, request.region, world.now);
    let text = params.text(field::SNAPSHOT_ID).unwrap_or_default();
    let row = find::<Snapshot>(world, region, Kind::Snapshot, text)?;
    let id = row.id;
    let for_good = params.boolean(field::PERMANENT_RESTORE) == Some(true);
    let days = params.integer(field::TEMPORARY_RESTORE_DAYS);
    if for_good == days.is_some() {
        let why = "Specify either TemporaryRestoreDays or PermanentRestore.";
        return Err(if for_good {
            Error::combination(why)
        } else {
            Error::new("MissingParameter", why).at("TemporaryRestoreDays")
        });
    }
    if days.is_some_and(|days| !(1..=180).contains(&days)) {
        return Err(Error::invalid("TemporaryRestoreDays", "use 1 to 180"));
    }
    let old = row
        .tiering
        .clone()
        .filter(|row| matches!(row.step, TieringStep::Archived | TieringStep::RestoredForDays));
    let Some(old) = old else {
        return Err(Error::new("IncorrectState", format!("Snapshot '{id}' is not archived.")).at("SnapshotId"));
    };
    // What is back for some days has nothing to wait for.
    let span = match old.step {
        TieringStep::Archived => world.timings.clone().draw(&mut world.random, "snapshot.restoring"),
        _ => Span(0),
    };
    let step = if for_good {
        TieringStep::Restoring
    } else {
        TieringStep::RestoringForDays
    };
    let tiering = Tiering {
        step,
        started: now,
        ends: now + span,
        days,
        expires: None,
        ..old
    };
    world.update(region, id, |row: &mut Snapshot| row.tiering = Some(tiering));
    if span.0 == 0 {
        arrive(world, region, id);
    } else {
        clock::schedule(world, span, region, id, Step::Modify);
    }
    note(world, region, id, "comes back from the archive");
    Ok(Structure::new()
        .with(field::SNAPSHOT_ID, id)
        .with(field::RESTORE_START_TIME, now)
        .with_some(field::RESTORE_DURATION, days)
        .with(field::IS_PERMANENT_RESTORE, for_good))
}

/// The end of archiving, of restoring, of a temporary restore.
pub(in super::super) fn settle(world: &mut World, pending: &Pending, id: SnapshotId) {
    let region = pending.region;
    let Some(tiering) = world.row::<Snapshot>(region, id).and_then(|row| row.tiering.clone()) else {
        return;
    };
    if pending.step == Step::Reap {
        if tiering.step == TieringStep::RestoredForDays && tiering.expires == Some(world.now) {
            world.update(region, id, |row: &mut Snapshot| {
                if let Some(tiering) = &mut row.tiering {
                    tiering.step = TieringStep::Archived;
                    tiering.expires = None;
                }
            });
            let now = world.now;
            world
                .usage
                .stop(&Subject::Resource(id.into()), Measure::RestoredBlocks, now);
            note_clock(
                world,
                region,
                id,
                "in the archive only",
                "A temporary restore ends after its days.",
                SOURCE,
            );
        }
    } else if tiering.started == pending.asked {
        if tiering.step != TieringStep::Archiving {
            retrieved(world, region, id);
        }
        arrive(world, region, id);
    }
}

/// Counts the bytes that a restore has brought out of the archive. What is back for some days already brings none again.
fn retrieved(world: &mut World, region: Region, id: SnapshotId) {
    let bytes = whole(world, region, id).saturating_mul(BLOCK_BYTES);
    if bytes > 0 {
        let (subject, now) = (Subject::Resource(id.into()), world.now);
        world
            .usage
            .tally(subject, region, Measure::ArchiveRetrieval, "retrieval", bytes, now);
    }
}

/// All blocks of a snapshot.
fn whole(world: &World, region: Region, id: SnapshotId) -> i64 {
    world
        .row::<Snapshot>(region, id)
        .map_or(0, |row| contents::blocks(&row.contents))
}

/// Charges what is missing to the archive's least time where a snapshot leaves it. By the second, as everything here (ours).
pub(super) fn left_early(world: &mut World, region: Region, row: &Snapshot) {
    let since = row.tiering.as_ref().filter(|tiering| tiering.step.in_archive());
    let Some(since) = since.and_then(|tiering| tiering.archived) else {
        return;
    };
    let now = world.now;
    let missing = prices::ARCHIVE_DAYS * (DAY / 1_000) - (second(now) - second(since)).max(0);
    let usage = contents::blocks(&row.contents).saturating_mul(missing.max(0));
    if usage > 0 {
        let subject = Subject::Resource(row.id.into());
        world
            .usage
            .tally(subject, region, Measure::ArchiveRest, "early", usage, now);
    }
}

/// What is under way is done.
fn arrive(world: &mut World, region: Region, id: SnapshotId) {
    let now = world.now;
    let Some(mut tiering) = world.row::<Snapshot>(region, id).and_then(|row| row.tiering.clone()) else {
        return;
    };
    let text = match tiering.step {
        TieringStep::Archiving => {
            chain::leave(world, region, id);
            tiering.step = TieringStep::Archived;
            tiering.archived = Some(now);
            "in the archive, whole"
        }
        TieringStep::RestoringForDays => {
            let span = Span(tiering.days.unwrap_or(1).saturating_mul(DAY));
            tiering.step = TieringStep::RestoredForDays;
            tiering.expires = Some(now + span);
            clock::schedule(world, span, region, id, Step::Reap);
            let quantity = whole(world, region, id);
            world.usage.change(Meter {
                subject: Subject::Resource(id.into()),
                region,
                measure: Measure::RestoredBlocks,
                rate: "standard".to_owned(),
                quantity,
                from: now,
                to: None,
            });
            "back from the archive for some days"
        }
        TieringStep::Restoring => {
            if let Some(row) = world.row::<Snapshot>(region, id).cloned() {
                left_early(world, region, &row);
            }
            world
                .usage
                .stop(&Subject::Resource(id.into()), Measure::RestoredBlocks, now);
            chain::meter_whole(world, region, id, "standard");
            tiering.step = TieringStep::Restored;
            "back from the archive for good, as a full snapshot"
        }
        _ => return,
    };
    tiering.ends = now;
    world.update(region, id, |row: &mut Snapshot| row.tiering = Some(tiering));
    let rule = "Archiving and restoring take up to 72 hours.";
    note_clock(world, region, id, text, rule, SOURCE);
}

/// The tier's name in the API.
pub(super) fn name(row: &Snapshot) -> &'static str {
    match &row.tiering {
        Some(tiering) if tiering.step.in_archive() => "archive",
        _ => "standard",
    }
}

/// Percent of the last operation.
fn progress(tiering: &Tiering, now: Time) -> i64 {
    let whole = (tiering.ends - tiering.started).0.max(1);
    ((now - tiering.started).0.saturating_mul(100) / whole).clamp(0, 100)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshotTierStatus.html>
pub(in super::super) fn describe_status(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| matches!(name, "snapshot-id" | "volume-id" | "last-tiering-operation"))?;
    let mut rows: Vec<&Snapshot> = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.snapshots.rows())
        .collect();
    sort::by_key(&mut rows, |row| row.born);
    let mut chosen = Vec::new();
    for row in rows {
        let values = |name: &str| {
            Some(match name {
                "snapshot-id" => vec![row.id.to_string()],
                "volume-id" => vec![super::describe::volume_text(row)],
                _ => row.tiering.iter().map(|row| row.step.name().to_owned()).collect(),
            })
        };
        if filters.pass(world, region, row.id, values)? {
            chosen.push(status(world, region, row));
        }
    }
    let (rows, next) = page(chosen, params, 1)?;
    Ok(Structure::new()
        .with(field::SNAPSHOT_TIER_STATUSES, rows)
        .with_some(field::NEXT_TOKEN, next))
}

fn status(world: &World, region: Region, row: &Snapshot) -> Structure {
    let base = Structure::new()
        .with(field::SNAPSHOT_ID, row.id)
        .with(field::VOLUME_ID, super::describe::volume_text(row))
        .with(field::STATUS, if row.completed { "completed" } else { "pending" })
        .with(field::OWNER_ID, world.account())
        .with(field::TAGS, tag_list(world, region, row.id))
        .with(field::STORAGE_TIER, name(row));
    let Some(tiering) = &row.tiering else { return base };
    base.with(field::LAST_TIERING_START_TIME, tiering.started)
        .with(field::LAST_TIERING_PROGRESS, progress(tiering, world.now))
        .with(field::LAST_TIERING_OPERATION_STATUS, tiering.step.name())
        .with_some(field::ARCHIVAL_COMPLETE_TIME, tiering.archived)
        .with_some(field::RESTORE_EXPIRY_TIME, tiering.expires)
}

//! Fast snapshot restores: a snapshot in a zone whose volumes have their full speed from the start. Of own snapshots, and of those that
//! another account shares, until it does no more; whoever switches them on pays, so this account does for all that stand here.
//!
//! enabling → optimizing (an hour a TiB) → enabled; disabling → gone. The states follow from the moments in the row.
//! <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-fast-snapshot-restore.html>

use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, SnapshotId};
use crate::base::time::{Span, Time};
use crate::catalog::{Region, Zone};
use crate::services::Request;
use crate::services::ec2::common::{Filters, find, note, page};
use crate::services::ec2::storage::others;
use crate::world::storage::{FastRestore, Snapshot};
use crate::world::{Ec2, World};
use stratus_model::{Structure, field, sort};

/// Largest snapshot that can have it, in GiB.
const MOST_GIB: i64 = 16_384;
/// How long `enabling` and `disabling` take (ours).
const SWITCHING: Span = Span::seconds(10);
/// How long a GiB takes to optimize: a TiB takes an hour.
const A_GIB: i64 = 60 * 60 * 1_000 / 1_024;
/// Why a state changes, in AWS's words.
const REASON: &str = "Client.UserInitiated";

/// Whether volumes of a snapshot have their full speed from the start in a zone.
pub(crate) fn is_on(world: &World, region: Region, id: SnapshotId, zone: Zone) -> bool {
    world
        .ec2(region)
        .and_then(|ec2| ec2.fast_restores.get(&(id, zone.index)))
        .is_some_and(|row| state(row, world.now) == Some("enabled"))
}

/// Whether any zone has them on, or on the way.
pub(super) fn is_wanted(world: &World, region: Region, id: SnapshotId) -> bool {
    world.ec2(region).is_some_and(|ec2| {
        let rows = ec2.fast_restores.range((id, 0)..=(id, u8::MAX));
        rows.into_iter().any(|(_, row)| row.disabling.is_none())
    })
}

/// Forgets those of a snapshot that goes, or that its owner shares no more.
pub(in super::super) fn forget(world: &mut World, region: Region, id: SnapshotId) {
    if let Some(ec2) = world.regions.get_mut(&region) {
        for place in 0..=u8::MAX {
            if ec2.fast_restores.is_empty() {
                return;
            }
            keep_span(ec2, (id, place), world.now);
            ec2.fast_restores.remove(&(id, place));
        }
    }
}

/// Keeps the span of a row that goes, for the bill.
fn keep_span(ec2: &mut Ec2, key: (SnapshotId, u8), now: Time) {
    if let Some(row) = ec2.fast_restores.get(&key) {
        let (from, to) = (row.enabling, row.disabling.map_or(now, |(since, _)| since));
        ec2.fast_restores_ended.insert((key.0, key.1, from), to);
    }
}

/// The state at a moment; `None` once it is disabled.
fn state(row: &FastRestore, now: Time) -> Option<&'static str> {
    match row.disabling {
        Some((_, disabled)) if now >= disabled => None,
        Some(_) => Some("disabling"),
        None if now >= row.enabled => Some("enabled"),
        None if now >= row.optimizing => Some("optimizing"),
        None => Some("enabling"),
    }
}

/// The zones that a call names, by name or by id.
fn zones(params: &Structure, region: Region) -> Result<Vec<Zone>> {
    let (names, ids) = (field::AVAILABILITY_ZONES, field::AVAILABILITY_ZONE_IDS);
    let by_id = !params.list(ids).is_empty();
    if by_id && !params.list(names).is_empty() {
        return Err(Error::combination(
            "Give either AvailabilityZones or AvailabilityZoneIds, not both.",
        ));
    }
    let texts = params.texts(if by_id { ids } else { names });
    let zones: Vec<Zone> = texts
        .map(|text| {
            let named = |zone: &Zone| if by_id { zone.id() == text } else { zone.name() == text };
            region.zones().find(named).ok_or_else(|| {
                let why = format!("The zone '{text}' does not exist.");
                Error::new("InvalidZone.NotFound", why).at("AvailabilityZones")
            })
        })
        .collect::<Result<_>>()?;
    if zones.is_empty() {
        return Err(Error::missing("AvailabilityZones"));
    }
    Ok(zones)
}

/// What was refused, a snapshot and its zones.
fn refused(id: &str, zones: &[Zone], error: &Error) -> Structure {
    let lines: Vec<Structure> = zones
        .iter()
        .map(|zone| {
            let why = Structure::new()
                .with(field::CODE, error.code)
                .with(field::MESSAGE, error.message.as_str());
            Structure::new()
                .with(field::AVAILABILITY_ZONE, zone.name())
                .with(field::AVAILABILITY_ZONE_ID, zone.id())
                .with(field::ERROR, why)
        })
        .collect();
    Structure::new()
        .with(field::SNAPSHOT_ID, id)
        .with(field::FAST_SNAPSHOT_RESTORE_STATE_ERRORS, lines)
}

/// The snapshot of a text, an own one or one that another account shares.
fn known<'w>(world: &'w World, region: Region, text: &str) -> Result<&'w Snapshot> {
    find::<Snapshot>(world, region, Kind::Snapshot, text).or_else(|error| {
        let id = SnapshotId::parse(text).filter(|_| others::any(world, region));
        let other = id.and_then(|id| others::shared(world, region, id));
        other.map(|other| &other.row).ok_or(error)
    })
}

/// The snapshot of a text, where fast restores can be switched on for it, and its size in GiB.
///
/// # Errors
/// `InvalidSnapshot.NotFound`, `IncorrectState`, `InvalidParameterValue`.
pub(crate) fn can_have(world: &World, region: Region, text: &str) -> Result<(SnapshotId, i64)> {
    let row = known(world, region, text)?;
    if !row.completed || row.tiering.as_ref().is_some_and(|tiering| tiering.step.in_archive()) {
        let why = format!("Snapshot '{text}' is not 'completed' in the standard tier.");
        return Err(Error::new("IncorrectState", why));
    }
    if row.size_gib > MOST_GIB {
        let why = format!("Snapshot '{text}' is larger than {MOST_GIB} GiB.");
        return Err(Error::new("InvalidParameterValue", why));
    }
    Ok((row.id, row.size_gib))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableFastSnapshotRestores.html>: each snapshot and zone for itself.
pub(in super::super) fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let zones = zones(params, region)?;
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for text in params.texts(field::SOURCE_SNAPSHOT_IDS) {
        let (id, size) = match can_have(world, region, text) {
            Ok(found) => found,
            Err(error) => {
                failed.push(refused(text, &zones, &error));
                continue;
            }
        };
        for zone in &zones {
            let row = switch_on(world, region, id, size, *zone);
            done.push(describe(world, id, *zone, &row));
        }
        note(world, region, id, "fast snapshot restores on");
    }
    Ok(answer(done, failed))
}

fn answer(done: Vec<Structure>, failed: Vec<Structure>) -> Structure {
    Structure::new()
        .with(field::SUCCESSFUL, done)
        .with(field::UNSUCCESSFUL, failed)
}

/// Begins, unless it is on or on the way.
pub(crate) fn switch_on(world: &mut World, region: Region, id: SnapshotId, size: i64, zone: Zone) -> FastRestore {
    let key = (id, zone.index);
    let now = world.now;
    let optimizing = now + SWITCHING;
    let fresh = FastRestore {
        enabling: now,
        optimizing,
        enabled: optimizing + Span(size.saturating_mul(A_GIB)),
        disabling: None,
    };
    let Some(ec2) = world.regions.get_mut(&region) else {
        return fresh;
    };
    match ec2.fast_restores.get(&key) {
        Some(row) if row.disabling.is_none() => row.clone(),
        _ => {
            keep_span(ec2, key, now);
            ec2.fast_restores.insert(key, fresh.clone());
            fresh
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableFastSnapshotRestores.html>
pub(in super::super) fn disable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let zones = zones(params, region)?;
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for text in params.texts(field::SOURCE_SNAPSHOT_IDS) {
        let id = match known(world, region, text) {
            Ok(row) => row.id,
            Err(error) => {
                failed.push(refused(text, &zones, &error));
                continue;
            }
        };
        for zone in &zones {
            match switch_off(world, region, id, *zone) {
                Some(row) => done.push(describe(world, id, *zone, &row)),
                None => {
                    let why = format!(
                        "Fast snapshot restore is not enabled for snapshot '{text}' in {}.",
                        zone.name()
                    );
                    failed.push(refused(text, &[*zone], &Error::new("InvalidParameterValue", why)));
                }
            }
        }
        note(world, region, id, "fast snapshot restores off");
    }
    Ok(answer(done, failed))
}

/// Ends it; `None` where it was off.
pub(crate) fn switch_off(world: &mut World, region: Region, id: SnapshotId, zone: Zone) -> Option<FastRestore> {
    let now = world.now;
    let ec2 = world.regions.get_mut(&region)?;
    let row = ec2.fast_restores.get_mut(&(id, zone.index))?;
    if row.disabling.is_some() {
        return None;
    }
    row.disabling = Some((now, now + SWITCHING));
    Some(row.clone())
}

fn describe(world: &World, id: SnapshotId, zone: Zone, row: &FastRestore) -> Structure {
    let now = world.now;
    let past = |time: Time| (time <= now).then_some(time);
    let state = state(row, now).unwrap_or("disabled");
    let reason = match state {
        "enabling" | "disabling" => REASON.to_owned(),
        _ => format!("{REASON} - Lifecycle state transition"),
    };
    Structure::new()
        .with(field::SNAPSHOT_ID, id)
        .with(field::AVAILABILITY_ZONE, zone.name())
        .with(field::AVAILABILITY_ZONE_ID, zone.id())
        .with(field::STATE, state)
        .with(field::STATE_TRANSITION_REASON, reason)
        .with(field::OWNER_ID, world.account())
        .with(field::ENABLING_TIME, row.enabling)
        .with_some(field::OPTIMIZING_TIME, past(row.optimizing))
        .with_some(field::ENABLED_TIME, past(row.enabled))
        .with_some(field::DISABLING_TIME, row.disabling.map(|(since, _)| since))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFastSnapshotRestores.html>: by the making of the snapshot, then zone.
pub(in super::super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    const NAMES: &[&str] = &[
        "availability-zone",
        "availability-zone-id",
        "owner-id",
        "snapshot-id",
        "state",
    ];
    filters.check_names(|name| NAMES.contains(&name))?;
    let Some(ec2) = world.ec2(region) else {
        return Ok(Structure::new());
    };
    let mut rows: Vec<(u64, SnapshotId, Zone, &FastRestore)> = ec2
        .fast_restores
        .iter()
        .filter_map(|((id, place), row)| {
            state(row, world.now)?;
            let shared = || others::shared(world, region, *id).map(|other| other.row.born);
            let born = ec2.snapshots.get(id).map(|row| row.born).or_else(shared)?;
            Some((born, *id, region.zone(*place)?, row))
        })
        .collect();
    sort::by_key(&mut rows, |(born, id, zone, _)| (*born, *id, zone.index));
    let mut chosen = Vec::new();
    for (_, id, zone, row) in rows {
        let values = |name: &str| {
            Some(vec![match name {
                "availability-zone" => zone.name(),
                "availability-zone-id" => zone.id(),
                "owner-id" => world.account(),
                "snapshot-id" => id.to_string(),
                _ => state(row, world.now).unwrap_or_default().to_owned(),
            }])
        };
        if filters.pass(world, region, id, values)? {
            chosen.push(describe(world, id, zone, row));
        }
    }
    let (rows, next) = page(chosen, params, 1)?;
    Ok(Structure::new()
        .with(field::FAST_SNAPSHOT_RESTORES, rows)
        .with_some(field::NEXT_TOKEN, next))
}

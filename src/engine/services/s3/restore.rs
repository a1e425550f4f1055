//! Archives: what lies in one has to be restored before it can be read; the copy is there for some days.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html>

use super::appointments::{bucket_of, identify};
use super::errors::{malformed_xml, not_implemented};
use super::lifecycle::rules::{DAY, midnight};
use super::{bucket, dates, fees, happened, note, notify, put, shelf};
use crate::base::error::{Error, Result};
use crate::base::time::{Span, Time};
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::objects::{Object, Restore};
use crate::world::tiers::{AccessTier, CLASS, Tiering};
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html";

/// The archive that an object lies in: the class, or the tier of Intelligent-Tiering.
pub fn archive_of(object: &Object) -> Option<&'static str> {
    match object.storage_class.as_str() {
        "GLACIER" => Some("GLACIER"),
        "DEEP_ARCHIVE" => Some("DEEP_ARCHIVE"),
        _ => object.access_tier().archive(),
    }
}

/// Whether an object lies in an archive, and no copy of it can be read now.
pub fn is_archived(object: &Object, now: Time) -> bool {
    let readable = |copy: &Restore| copy.ready <= now && now < copy.expires;
    archive_of(object).is_some() && !object.restore.as_ref().is_some_and(readable)
}

/// `x-amz-restore`.
pub(super) fn shown(object: &Object, now: Time) -> Option<String> {
    let copy = object.restore.as_ref().filter(|copy| now < copy.expires)?;
    Some(if now < copy.ready {
        "ongoing-request=\"true\"".to_owned()
    } else {
        format!(
            "ongoing-request=\"false\", expiry-date=\"{}\"",
            dates::http(copy.expires)
        )
    })
}

/// What lists say of it, where a call asks for that.
pub(super) fn status(params: &Structure, object: &Object, now: Time) -> Option<Structure> {
    let asked = params
        .texts(field::OPTIONAL_OBJECT_ATTRIBUTES)
        .any(|name| name == "RestoreStatus");
    let copy = object.restore.as_ref().filter(|copy| asked && now < copy.expires)?;
    let ongoing = now < copy.ready;
    Some(
        Structure::new()
            .with(field::IS_RESTORE_IN_PROGRESS, ongoing)
            .with_some(field::RESTORE_EXPIRY_DATE, (!ongoing).then_some(copy.expires)),
    )
}

/// How long a restoration out of a class, or a tier of Intelligent-Tiering, takes: the middle of what AWS gives; `None` for a way that it
/// does not have.
pub fn span(archive: &str, tier: &str) -> Option<Span> {
    let hours = |hours: i64| Some(Span::minutes(hours * 60));
    match (archive, tier) {
        ("GLACIER" | "ARCHIVE_ACCESS", "Expedited") => Some(Span::minutes(3)),
        ("GLACIER" | "ARCHIVE_ACCESS", "Standard") => hours(4),
        ("GLACIER" | "ARCHIVE_ACCESS", "Bulk") => hours(8),
        ("DEEP_ARCHIVE" | "DEEP_ARCHIVE_ACCESS", "Standard") => hours(12),
        ("DEEP_ARCHIVE" | "DEEP_ARCHIVE_ACCESS", "Bulk") => hours(48),
        _ => None,
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html>
pub(super) fn restore_object(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let (key, version) = (put::key(params)?, params.text(field::VERSION_ID));
    let row = bucket(request, world)?;
    let (name, region, now) = (row.name.clone(), row.region, world.now);
    let object = shelf::object(row, key, version, "POST")?;
    let empty = Structure::new();
    let wanted = params.structure(field::RESTORE_REQUEST).unwrap_or(&empty);
    not_implemented(wanted, &[field::SELECT_PARAMETERS, field::OUTPUT_LOCATION, field::TYPE])?;
    let Some(archive) = archive_of(object) else {
        let text = "Restore is not allowed for the object's current storage class";
        return Err(Error::new("InvalidObjectState", text)
            .with_status(403)
            .detail("StorageClass", &object.storage_class));
    };
    // What comes back from a tier comes back for good.
    let for_good = object.storage_class == CLASS;
    let days = match wanted.integer(field::DAYS).filter(|days| *days > 0) {
        None if !for_good => return Err(malformed_xml("RestoreRequest.Days")),
        days => days.unwrap_or(1),
    };
    let own = wanted
        .structure(field::GLACIER_JOB_PARAMETERS)
        .and_then(|job| job.text(field::TIER));
    let tier = own.or(wanted.text(field::TIER)).unwrap_or("Standard");
    let Some(takes) = span(archive, tier) else {
        let text = format!("{tier} retrievals are not available for the object's storage class");
        return Err(Error::new("InvalidArgument", text).at("RestoreRequest.Tier"));
    };
    let ready = match object.restore.as_ref().filter(|copy| now < copy.expires) {
        Some(copy) if now < copy.ready => {
            let text = "Object restore is already in progress";
            return Err(Error::new("RestoreAlreadyInProgress", text).with_status(409));
        }
        // It is there, and stays longer or less long.
        Some(copy) => copy.ready,
        None => now + takes,
    };
    let bytes = if ready > now { object.body.len() } else { 0 };
    let class = object.storage_class.clone();
    let from = ready.max(now);
    let expires = midnight(Time(from.0.saturating_add(days.saturating_mul(DAY))));
    let copy = Restore { ready, expires };
    shelf::amend(world, &name, key, version, |object| object.restore = Some(copy));
    if ready > now {
        let id = identify(world, &name);
        clock::schedule(world, takes, region, id, Step::Settle);
    }
    match for_good {
        false => fees::restored(world, (&name, region), (&class, bytes), tier),
        // Only Expedited costs anything there, and as much as out of Glacier.
        true if tier == "Expedited" => fees::restored(world, (&name, region), ("GLACIER", bytes), tier),
        true => {}
    }
    note(world, region, format!("s3://{name}/{key} is being restored"));
    happened(request, world, "ObjectRestore:Post", (&name, key, version));
    Ok(Structure::new())
}

/// Copies are ready: the journal says so. Nothing else changes, since a copy knows its time; but what comes out of a tier of
/// Intelligent-Tiering is in Frequent Access from now on.
pub(super) fn ready(world: &mut World, pending: &Pending) {
    let Some(name) = bucket_of(world, pending) else {
        return;
    };
    let Some(row) = world.s3.buckets.get(&name) else {
        return;
    };
    let is_ready = |object: &Object| object.restore.as_ref().is_some_and(|copy| copy.ready == world.now);
    let current = row.objects.iter().filter(|(_, object)| is_ready(object));
    let for_good = |object: &Object| object.storage_class == CLASS;
    let current = current.map(|(key, object)| (key.clone(), None, for_good(object)));
    let older = row.versions.iter().filter_map(|((key, _), version)| {
        let object = version.object.as_ref().filter(|object| is_ready(object))?;
        let id = shelf::shown_id(version.id.as_ref());
        Some((key.clone(), Some(id), for_good(object)))
    });
    let restored: Vec<(String, Option<String>, bool)> = current.chain(older).collect();
    for (key, version, for_good) in restored {
        let event = Event {
            at: world.now,
            region: Some(pending.region),
            resource: Some(pending.resource),
            text: format!("s3://{name}/{key} is restored").into(),
            cause: Cause::Clock {
                rule: "A restoration takes as long as its tier says.".into(),
                source: SOURCE.into(),
            },
        };
        let cause = event.cause.clone();
        world.journal.note(event);
        if for_good {
            let (tier, accessed) = (AccessTier::Frequent, world.now);
            shelf::amend(world, &name, &key, version.as_deref(), |object| {
                (object.restore, object.tiering) = (None, Some(Tiering { tier, accessed }));
            });
        }
        let happening = notify::Happening {
            name: "ObjectRestore:Completed",
            bucket: &name,
            key: &key,
            version: version.as_deref(),
            who: None,
        };
        notify::tell(world, cause, &happening);
    }
}

//! Record set protections, which hold changes of a name and type back, and the features of a hosted zone.
//!
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/rrset-protection.html>,
//! <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html>. AWS lists failing entries in members of
//! their own; here they are listed in the message (ours, as are its words).

use super::common::{invalid, max_results, note, page, sync_time, zone};
use super::records::Wanted;
use crate::base::error::{Error, Result};
use crate::base::limits::{PROTECTION_BATCH, ZONE_PROTECTIONS};
use crate::base::time::Time;
use crate::dns::name;
use crate::services::Request;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::names::{HostedZone, Protection, ProtectionKey, Recovery};
use std::collections::BTreeSet;
use stratus_model::{Structure, field};

/// Most protections that one answer lists.
const PAGE: usize = 300;

/// The key of an entry, and the entry as a protection; `Err`: what is wrong with it.
fn read(row: &HostedZone, entry: &Structure) -> std::result::Result<(ProtectionKey, Protection), String> {
    let given = entry.text(field::RECORD_NAME).unwrap_or_default();
    let record_type = entry.text(field::RECORD_TYPE).unwrap_or_default();
    let shown = format!("[name='{given}', type='{record_type}']");
    let name = name::normal(given).map_err(|fault| format!("{shown}: {fault}"))?;
    if !name::within(&name, &row.name) {
        return Err(format!("{shown}: the name is not permitted in zone {}", row.name));
    }
    let key = (name::reversed(&name), record_type.to_owned());
    let protection = Protection {
        name,
        record_type: record_type.to_owned(),
        comment: entry.text(field::COMMENT).unwrap_or_default().to_owned(),
    };
    Ok((key, protection))
}

/// All entries of a request; invalid ones are an error before anything else is looked at.
fn read_all(request: &Request<'_>, row: &HostedZone) -> Result<Vec<(ProtectionKey, Protection)>> {
    let (mut entries, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for entry in request.params.structures(field::PROTECTIONS) {
        match read(row, entry) {
            Ok((key, one)) if !seen.insert(key.clone()) => {
                faults.push(format!("{}: it is there more than once", shown(&one)));
            }
            Ok(entry) => entries.push(entry),
            Err(fault) => faults.push(fault),
        }
    }
    if request.params.structures(field::PROTECTIONS).count() > PROTECTION_BATCH {
        let why = format!("A request can have up to {PROTECTION_BATCH} protections.");
        return Err(invalid("Protections", why));
    }
    refuse(&faults)?;
    Ok(entries)
}

fn refuse(faults: &[String]) -> Result<()> {
    match faults.is_empty() {
        true => Ok(()),
        false => {
            let why = format!("[{}]", faults.join(", "));
            Err(Error::new("InvalidResourceRecordSetProtectionBatch", why).at("Protections"))
        }
    }
}

fn shown(one: &Protection) -> String {
    format!("[name='{}', type='{}']", one.name, one.record_type)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateResourceRecordSetProtections.html>
/// All of them or none. There need not be such a record set.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = zone(world, request.params.text(field::HOSTED_ZONE_ID))?;
    let id = row.id;
    let entries = read_all(request, row)?;
    let there = entries.iter().filter(|(key, _)| row.protections.contains(key));
    let faults: Vec<String> = there
        .map(|(_, one)| format!("{}: a protection already exists", shown(one)))
        .collect();
    if !faults.is_empty() && faults.len() == entries.len() {
        let why = format!("[{}]", faults.join(", "));
        return Err(Error::new("ProtectionAlreadyExists", why).at("Protections"));
    }
    refuse(&faults)?;
    if row.protections.len() + entries.len() > ZONE_PROTECTIONS {
        let why = format!("A hosted zone can have up to {ZONE_PROTECTIONS} record set protections.");
        return Err(Error::new("LimitsExceeded", why));
    }
    for (key, one) in entries {
        let text = format!("records {} {} are protected", name::shown(&one.name), one.record_type);
        if let Some(row) = world.route53.zones.get_mut(&id) {
            row.protections.insert(key, one);
        }
        let cause = Cause::Call(world.calls);
        note(world, id, text, cause);
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteResourceRecordSetProtections.html>
/// All of them or none.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = zone(world, request.params.text(field::HOSTED_ZONE_ID))?;
    let id = row.id;
    let entries = read_all(request, row)?;
    let missing = entries.iter().filter(|(key, _)| !row.protections.contains(key));
    let faults: Vec<String> = missing
        .map(|(_, one)| format!("{}: no protection exists", shown(one)))
        .collect();
    refuse(&faults)?;
    for (key, one) in entries {
        if let Some(row) = world.route53.zones.get_mut(&id) {
            row.protections.remove(&key);
        }
        let text = format!(
            "records {} {} are protected no longer",
            name::shown(&one.name),
            one.record_type
        );
        let cause = Cause::Call(world.calls);
        note(world, id, text, cause);
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSetProtections.html>
/// In the order of records. With a token the start is ignored (documented).
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    let size = max_results(params, PAGE)?;
    let token = params.text(field::NEXT_TOKEN);
    let start = match (token, params.text(field::START_RECORD_NAME)) {
        (None, Some(given)) => {
            let name = name::normal(given).map_err(|fault| invalid("StartRecordName", fault.to_string()))?;
            let record_type = params.text(field::START_RECORD_TYPE).unwrap_or_default();
            (name::reversed(&name), record_type.to_owned())
        }
        _ => ProtectionKey::default(),
    };
    let rows: Vec<(&ProtectionKey, &Protection)> = row.protections.range(start..).collect();
    let (rows, next) = page(&rows, size, token, |((name, record_type), _)| {
        format!("{name} {record_type}")
    });
    let listed: Vec<Structure> = rows
        .iter()
        .map(|(_, one)| {
            Structure::new()
                .with(field::RECORD_NAME, one.name.as_str())
                .with(field::RECORD_TYPE, one.record_type.as_str())
                .with_some(
                    field::COMMENT,
                    Some(one.comment.as_str()).filter(|text| !text.is_empty()),
                )
        })
        .collect();
    Ok(Structure::new()
        .with(field::RESOURCE_RECORD_SET_PROTECTIONS, listed)
        .with_some(field::NEXT_TOKEN, next))
}

/// What a batch would change although it is protected. The comment is told (documented).
pub(super) fn faults(row: &HostedZone, wanted: &[Wanted]) -> Vec<String> {
    let held = wanted.iter().filter_map(|change| {
        let key = (change.key.0.clone(), change.key.1.clone());
        row.protections.get(&key)
    });
    held.map(|one| {
        let comment = match one.comment.is_empty() {
            true => String::new(),
            false => format!(": {}", one.comment),
        };
        format!(
            "Tried to change resource record set {} but it is protected{comment}",
            shown(one)
        )
    })
    .collect()
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHostedZoneFeatures.html>
/// Only for public zones (documented). It takes as long as a change (ours).
pub(super) fn update_features(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = zone(world, request.params.text(field::HOSTED_ZONE_ID))?;
    let (id, earlier) = (row.id, row.recovery);
    let Some(enabled) = request.params.boolean(field::ENABLE_ACCELERATED_RECOVERY) else {
        return Ok(Structure::new());
    };
    if row.private.is_some() {
        let why = "Accelerated recovery is available only for public hosted zones.";
        return Err(invalid("EnableAcceleratedRecovery", why));
    }
    if earlier.is_some_and(|earlier| world.now < earlier.done) {
        let why = "The request was rejected because Route 53 was still processing a prior request.";
        return Err(Error::new("PriorRequestNotComplete", why));
    }
    if earlier.is_some_and(|earlier| earlier.enabled) == enabled {
        return Ok(Structure::new());
    }
    let done = sync_time(world, world.now);
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.recovery = Some(Recovery { enabled, done });
    }
    let cause = Cause::Call(world.calls);
    let text = if enabled { "on" } else { "off" };
    note(world, id, format!("accelerated recovery is being turned {text}"), cause);
    Ok(Structure::new())
}

/// `Features` of a zone at a moment; `None`: nobody has set any.
pub(super) fn features(row: &HostedZone, now: Time) -> Option<Structure> {
    let recovery = row.recovery?;
    let status = match (recovery.enabled, now < recovery.done) {
        (true, true) => "ENABLING",
        (true, false) => "ENABLED",
        (false, true) => "DISABLING",
        (false, false) => "DISABLED",
    };
    Some(Structure::new().with(field::ACCELERATED_RECOVERY_STATUS, status))
}

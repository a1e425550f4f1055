//! Record set protections: names and types of a zone that no change may touch until the protection is deleted. They are the
//! zone's, cover every set identifier, and may stand before there is a record; no record is changed here.
//! Source: <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/rrset-protection.html>
//!
//! The words of the refusals are ours: AWS documents what they name.

use super::common::{invalid, max_results, needs, note, page, zone};
use super::records::Wanted;
use crate::base::error::{Error, Result};
use crate::base::limits::ZONE_RECORDS;
use crate::dns::name;
use crate::services::Request;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::names::{HostedZone, Protection};
use stratus_model::{Structure, field};

/// Protections of one call, and of one page (AWS).
const CALL: usize = 100;
const PAGE: usize = 300;

/// Where a protection stands: the reversed name, the type.
type Key = (String, String);

/// What each entry of a call names, or why it names nothing.
fn read(zone: &HostedZone, params: &Structure) -> Result<Vec<(Key, Protection)>> {
    let given: Vec<&Structure> = params.structures(field::PROTECTIONS).collect();
    if given.len() > CALL {
        let why = format!("A request can have at most {CALL} protections.");
        return Err(invalid("Protections", why));
    }
    let (mut found, mut faults): (Vec<(Key, Protection)>, Vec<String>) = (Vec::new(), Vec::new());
    for one in given {
        let text = one.text(field::RECORD_NAME).unwrap_or_default();
        let kind = one.text(field::RECORD_TYPE).unwrap_or_default();
        let name = match name::normal(text) {
            Ok(name) if name::within(&name, &zone.name) => name,
            Ok(_) => {
                faults.push(format!("{text} {kind} is not in the zone {}", zone.name));
                continue;
            }
            Err(fault) => {
                faults.push(format!("{text} {kind}: {fault}"));
                continue;
            }
        };
        let key = (name::reversed(&name), kind.to_owned());
        if found.iter().any(|(known, _)| *known == key) {
            faults.push(format!("{text} {kind} is named twice"));
            continue;
        }
        let comment = one.text(field::COMMENT).unwrap_or_default().to_owned();
        found.push((key, Protection { name, comment }));
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(batch(&faults))
    }
}

/// `InvalidResourceRecordSetProtectionBatch`, with what is wrong with each entry.
fn batch(faults: &[String]) -> Error {
    let message = format!("[{}]", faults.join(", "));
    Error::new("InvalidResourceRecordSetProtectionBatch", message).at("Protections")
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateResourceRecordSetProtections.html>: all of them, or none.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = zone(world, request.params.text(field::HOSTED_ZONE_ID))?;
    let (id, wanted) = (row.id, read(row, request.params)?);
    let known: Vec<String> = wanted
        .iter()
        .filter(|(key, _)| row.protections.contains_key(key))
        .map(|((_, kind), own)| format!("{} {kind} has a protection already", name::shown(&own.name)))
        .collect();
    if !known.is_empty() && known.len() == wanted.len() {
        return Err(Error::new("ProtectionAlreadyExists", format!("[{}]", known.join(", ")))
            .with_status(409)
            .remedy("Nothing to do: they are protected."));
    }
    if !known.is_empty() {
        return Err(batch(&known).remedy("Leave out what is protected: a call makes all of its protections, or none."));
    }
    if row.protections.len() + wanted.len() > ZONE_RECORDS {
        let why = format!("A hosted zone can have at most {ZONE_RECORDS} protections here.");
        return Err(Error::new("LimitsExceeded", why));
    }
    for ((_, kind), own) in &wanted {
        let text = format!("record {} {kind} protected", name::shown(&own.name));
        let cause = Cause::Call(world.calls);
        note(world, id, text, cause);
    }
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.protections.extend(wanted);
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteResourceRecordSetProtections.html>: all of them, or none.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = zone(world, request.params.text(field::HOSTED_ZONE_ID))?;
    let (id, wanted) = (row.id, read(row, request.params)?);
    let missing: Vec<String> = wanted
        .iter()
        .filter(|(key, _)| !row.protections.contains_key(key))
        .map(|((_, kind), own)| format!("{} {kind} has no protection", name::shown(&own.name)))
        .collect();
    if !missing.is_empty() {
        return Err(batch(&missing));
    }
    for ((_, kind), own) in &wanted {
        let text = format!("record {} {kind} protected no more", name::shown(&own.name));
        let cause = Cause::Call(world.calls);
        note(world, id, text, cause);
    }
    if let Some(row) = world.route53.zones.get_mut(&id) {
        wanted.iter().for_each(|(key, _)| drop(row.protections.remove(key)));
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSetProtections.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    needs(params, field::START_RECORD_TYPE, field::START_RECORD_NAME)?;
    let start = match params.text(field::START_RECORD_NAME) {
        None => Key::default(),
        Some(text) => {
            let wanted = name::normal(text).map_err(|fault| invalid("StartRecordName", fault.to_string()))?;
            let kind = params.text(field::START_RECORD_TYPE).unwrap_or_default();
            (name::reversed(&wanted), kind.to_owned())
        }
    };
    let rows: Vec<(&Key, &Protection)> = row.protections.range(start..).collect();
    let size = max_results(params, PAGE)?;
    // A blank sorts before all that a name may have.
    let token = |(key, _): &(&Key, &Protection)| format!("{} {}", key.0, key.1);
    let (shown, next) = page(&rows, size, params.text(field::NEXT_TOKEN), token);
    let shown: Vec<Structure> = shown
        .iter()
        .map(|((_, kind), own)| {
            Structure::new()
                .with(field::RECORD_NAME, own.name.as_str())
                .with(field::RECORD_TYPE, kind.as_str())
                .with_some(
                    field::COMMENT,
                    Some(own.comment.as_str()).filter(|comment| !comment.is_empty()),
                )
        })
        .collect();
    Ok(Structure::new()
        .with(field::RESOURCE_RECORD_SET_PROTECTIONS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// What a batch of changes may not touch; a fault names the comment, as AWS's does.
pub(super) fn faults(zone: &HostedZone, wanted: &[Wanted]) -> Vec<String> {
    if zone.protections.is_empty() {
        return Vec::new();
    }
    let of = |change: &Wanted| {
        let key = (name::reversed(&change.set.name), change.set.record_type.clone());
        let own = zone.protections.get(&key)?;
        let why = if own.comment.is_empty() { "" } else { ": " };
        Some(format!(
            "Resource record set [name='{}', type='{}'] is protected from changes{why}{}",
            change.set.name, change.set.record_type, own.comment
        ))
    };
    wanted.iter().filter_map(of).collect()
}

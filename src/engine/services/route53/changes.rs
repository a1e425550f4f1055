//! ChangeResourceRecordSets: a batch is checked as a whole, and either all of it happens or nothing does. GetChange, and
//! what becomes true when a change is in sync.

use super::common::{change_info, note, submit, sync_time, zone};
use super::records::{self, Action, Wanted};
use super::{aliases, policies, protections};
use crate::base::error::{Error, Result};
use crate::base::ids::{ChangeId, ResourceId};
use crate::base::limits::{CHANGE_BATCH_CHARACTERS, CHANGE_BATCH_RECORDS, ZONE_RECORDS};
use crate::clock::Pending;
use crate::dns::{authority, name};
use crate::services::Request;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::names::{HostedZone, RecordKey, RecordSet};
use crate::world::table::Table;
use std::collections::BTreeMap;
use stratus_model::{Structure, field};

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html>
pub(super) fn change(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?.clone();
    let nothing = Structure::new();
    let batch = params.structure(field::CHANGE_BATCH).unwrap_or(&nothing);
    // The moment is drawn after the checks; until then the sets carry this one.
    let (mut wanted, mut faults) = (Vec::new(), Vec::new());
    for change in batch.structures(field::CHANGES) {
        match records::read(world, change, world.now)? {
            Ok(change) => wanted.push(change),
            Err(fault) => faults.push(fault),
        }
    }
    check_size(&wanted)?;
    faults.extend(repeated(&wanted));
    for change in wanted.iter().filter(|change| change.action != Action::Delete) {
        faults.extend(records::faults(&row, &change.set));
    }
    faults.extend(protections::faults(&row, &wanted));
    refuse(faults)?;

    let in_sync = sync_time(world, row.in_sync);
    for change in &mut wanted {
        change.set.in_sync = in_sync;
    }
    let mut records = row.records.clone();
    let mut faults = apply(&mut records, &wanted);
    faults.extend(conflicts(&row, &records, &wanted));
    refuse(faults)?;

    let touched: BTreeMap<RecordKey, Option<RecordSet>> = wanted
        .iter()
        .map(|change| (change.key.clone(), records.get(&change.key).cloned()))
        .collect();
    if let Some(row) = world.route53.zones.get_mut(&row.id) {
        row.records = records;
    }
    let comment = batch.text(field::COMMENT).unwrap_or_default();
    let info = submit(world, row.id, in_sync, comment, touched.into_iter().collect(), false);
    for change in &wanted {
        let what = match change.action {
            Action::Delete => "deleted",
            Action::Create => "created",
            Action::Upsert => "set",
        };
        let text = format!(
            "record {} {} {what}",
            name::shown(&change.set.name),
            change.set.record_type
        );
        let cause = Cause::Call(world.calls);
        note(world, row.id, text, cause);
    }
    Ok(Structure::new().with(field::CHANGE_INFO, info))
}

/// `InvalidChangeBatch` with every fault, as Route 53 lists them.
fn refuse(faults: Vec<String>) -> Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    let message = format!("[{}]", faults.join(", "));
    Err(Error::new("InvalidChangeBatch", message).at("ChangeBatch"))
}

/// The limits of a batch: an UPSERT counts twice.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html>
fn check_size(wanted: &[Wanted]) -> Result<()> {
    let weight = |change: &Wanted| if change.action == Action::Upsert { 2 } else { 1 };
    let values: usize = wanted
        .iter()
        .map(|change| weight(change) * change.set.values.len())
        .sum();
    let characters: usize = wanted
        .iter()
        .map(|change| {
            weight(change)
                * change
                    .set
                    .values
                    .iter()
                    .map(|value| value.chars().count())
                    .sum::<usize>()
        })
        .sum();
    let mut faults = Vec::new();
    if values > CHANGE_BATCH_RECORDS {
        faults.push(format!("Number of records limit of {CHANGE_BATCH_RECORDS} exceeded."));
    }
    if characters > CHANGE_BATCH_CHARACTERS {
        faults.push(format!(
            "Number of characters limit of {CHANGE_BATCH_CHARACTERS} exceeded."
        ));
    }
    refuse(faults)
}

/// Record sets that a batch changes more than once; only a DELETE followed by one more change makes sense.
fn repeated(wanted: &[Wanted]) -> Vec<String> {
    let mut seen: BTreeMap<&RecordKey, Vec<&Wanted>> = BTreeMap::new();
    for change in wanted {
        seen.entry(&change.key).or_default().push(change);
    }
    seen.values()
        .filter(|changes| match changes.as_slice() {
            [_] => false,
            [first, second] => first.action != Action::Delete || second.action == Action::Delete,
            _ => true,
        })
        .filter_map(|changes| changes.first())
        .map(|change| {
            format!(
                "The request contains an invalid set of changes for a resource record set '{} {}'",
                change.set.record_type, change.set.name
            )
        })
        .collect()
}

/// Makes the changes, in their order; the faults of those that cannot be made.
fn apply(records: &mut Table<RecordKey, RecordSet>, wanted: &[Wanted]) -> Vec<String> {
    let mut faults = Vec::new();
    for Wanted { action, key, set } in wanted {
        let there = records.get(key);
        let told_apart = set
            .identifier
            .as_ref()
            .map_or_else(String::new, |identifier| format!(", set-identifier='{identifier}'"));
        let shown = format!("[name='{}', type='{}'{told_apart}]", set.name, set.record_type);
        match (action, there) {
            (Action::Create, Some(_)) => faults.push(format!(
                "Tried to create resource record set {shown} but it already exists"
            )),
            (Action::Delete, None) => {
                faults.push(format!(
                    "Tried to delete resource record set {shown} but it was not found"
                ));
            }
            (Action::Delete, Some(there)) if !records::same(there, set) => faults.push(format!(
                "Tried to delete resource record set {shown} but the values provided do not match the current values"
            )),
            (Action::Delete, Some(_)) => {
                records.remove(key);
            }
            (Action::Create | Action::Upsert, _) => records.insert(key.clone(), set.clone()),
        }
    }
    faults
}

/// What cannot stand together in the zone as it would be.
fn conflicts(zone: &HostedZone, records: &Table<RecordKey, RecordSet>, wanted: &[Wanted]) -> Vec<String> {
    let mut faults = Vec::new();
    let apex = &zone.name;
    if !records.contains(&authority::key(apex, "NS")) {
        faults.push("A HostedZone must contain at least one NS record for the zone itself.".into());
    }
    if !records.contains(&authority::key(apex, "SOA")) {
        faults.push("A HostedZone must contain exactly one SOA record.".into());
    }
    if records.len() > ZONE_RECORDS {
        faults.push(format!("Number of records limit of {ZONE_RECORDS} exceeded."));
    }
    for change in wanted.iter().filter(|change| change.action != Action::Delete) {
        let (name, kind) = (&change.set.name, change.set.record_type.as_str());
        let here = (name::reversed(name), String::new(), String::new());
        let mut others = records
            .range(here.clone()..)
            .take_while(|((first, ..), _)| *first == here.0)
            .filter(|((_, record_type, _), _)| record_type != kind);
        if kind == "CNAME" && others.next().is_some() {
            faults.push(format!(
                "RRSet of type CNAME with DNS name {name} is not permitted as it conflicts with other records with the \
                 same DNS name in zone {apex}"
            ));
        } else if others.any(|((_, record_type, _), _)| record_type == "CNAME") {
            faults.push(format!(
                "RRSet of type {kind} with DNS name {name} is not permitted because a conflicting RRSet of type CNAME \
                 with the same DNS name already exists in zone {apex}"
            ));
        }
        let group: Vec<&RecordSet> = aliases::of(records, name, kind).collect();
        faults.extend(policies::conflict(&change.set, &group));
        faults.extend(aliases::faults(zone, records, &change.set));
    }
    faults
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let text = request.params.text(field::ID).unwrap_or_default();
    let bare = text.strip_prefix("/change/").unwrap_or(text);
    let change = ChangeId::parse(bare)
        .and_then(|id| world.route53.changes.get(&id))
        .ok_or_else(|| {
            Error::new("NoSuchChange", format!("Could not find resource with ID: {bare}")).with_status(404)
        })?;
    Ok(Structure::new().with(field::CHANGE_INFO, change_info(change, world.now)))
}

/// A change is in sync: all name servers answer by it.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::Change(id) = pending.resource else {
        return;
    };
    let Some(change) = world.route53.changes.get_mut(&id) else {
        return;
    };
    let effect = std::mem::take(&mut change.effect);
    let (zone_id, ends_zone) = (change.zone, change.ends_zone);
    let Some(zone) = world.route53.zones.get_mut(&zone_id) else {
        return;
    };
    for (key, set) in effect {
        zone.serve(key, set);
    }
    let index = (zone.name.clone(), zone.born);
    if ends_zone {
        world.route53.by_name.remove(&index);
        world.route53.zones.remove(&zone_id);
    }
    let cause = Cause::Clock {
        rule: "A change reaches all name servers within about a minute.".into(),
        source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html".into(),
    };
    note(world, zone_id, format!("change {id}: PENDING → INSYNC"), cause);
}

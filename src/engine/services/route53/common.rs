//! What Route 53's operations share: finding things by the texts of their ids, pages, submitting changes.

use crate::base::error::{Error, Result};
use crate::base::ids::{ChangeId, HostedZoneId, Kind};
use crate::base::random::Stream;
use crate::base::time::Time;
use crate::catalog::Region;
use crate::clock::{self, Step};
use crate::world::World;
use crate::world::journal::{Cause, Event};
use crate::world::names::{Change, HostedZone, RecordKey, RecordSet};
use rand_chacha::rand_core::RngCore;
use std::borrow::Cow;
use stratus_model::{Name, Structure, field, sort};

/// The Region that stands in the queue and on the bill: Route 53 is in none, and AWS bills it in this one.
pub(super) const HOME: Region = Region::US_EAST_1;

/// `InvalidInput`.
pub(super) fn invalid(parameter: &str, why: impl Into<String>) -> Error {
    Error::new("InvalidInput", why).at(parameter)
}

/// `NoSuchCidrCollectionException`.
pub(super) fn not_found_collection(id: &str) -> Error {
    let why = format!("The CIDR collection with the ID {id} does not exist.");
    Error::new("NoSuchCidrCollectionException", why).with_status(404)
}

/// A new UUID (version 4) of the world's: ids of health checks, CIDR collections and query logging configurations.
pub(super) fn uuid(world: &mut World) -> String {
    let mut rng = world.random.next(Stream::Names);
    let (high, low) = (rng.next_u64(), rng.next_u64());
    let high = high & !0xf000 | 0x4000;
    let low = low & !(0b11 << 62) | 0b10 << 62;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// `MaxResults`, which Route 53 has as text; more than `most` is `most`.
pub(super) fn max_results(params: &Structure, most: usize) -> Result<usize> {
    match params.text(field::MAX_RESULTS) {
        None => Ok(most),
        Some(text) => match text.parse::<usize>() {
            Ok(items) if items > 0 => Ok(items.min(most)),
            _ => Err(invalid("MaxResults", format!("Invalid MaxResults: {text}"))),
        },
    }
}

/// One page of rows that are sorted by a key: from the token's row on (or the first after it, if that is gone). The token
/// is the key of the next page's first row (ours; AWS's are opaque).
pub(super) fn page<'r, T>(
    rows: &'r [T],
    size: usize,
    token: Option<&str>,
    key: impl Fn(&T) -> String,
) -> (&'r [T], Option<String>) {
    let start = token.map_or(0, |token| rows.partition_point(|row| key(row).as_str() < token));
    let rest = rows.get(start..).unwrap_or_default();
    (rest.get(..size).unwrap_or(rest), rest.get(size).map(key))
}

/// Finds a zone by its id, with or without `/hostedzone/`.
pub(super) fn zone<'w>(world: &'w World, text: Option<&str>) -> Result<&'w HostedZone> {
    let text = text.unwrap_or_default();
    let bare = text.strip_prefix("/hostedzone/").unwrap_or(text);
    HostedZoneId::parse(bare)
        .and_then(|id| world.route53.zones.get(&id))
        .filter(|zone| !zone.deleted)
        .ok_or_else(|| Error::new("NoSuchHostedZone", format!("No hosted zone found with ID: {bare}")).with_status(404))
}

/// The zones that are there for the API, oldest first.
pub(super) fn zones(world: &World) -> Vec<&HostedZone> {
    let mut zones: Vec<&HostedZone> = world.route53.zones.rows().filter(|zone| !zone.deleted).collect();
    sort::by_key(&mut zones, |zone| zone.born);
    zones
}

/// `MaxItems`, which Route 53 has as text; more than `most` is `most`.
pub(super) fn max_items(params: &Structure, most: usize) -> Result<usize> {
    match params.text(field::MAX_ITEMS) {
        None => Ok(most),
        Some(text) => match text.parse::<usize>() {
            Ok(items) if items > 0 => Ok(items.min(most)),
            _ => Err(invalid("MaxItems", format!("Invalid MaxItems: {text}"))),
        },
    }
}

/// The parameters that must come with others.
pub(super) fn needs(params: &Structure, name: Name, other: Name) -> Result<()> {
    if params.contains(name) && !params.contains(other) {
        let why = format!("{} can only be given together with {}.", name.text(), other.text());
        return Err(invalid(name.text(), why));
    }
    Ok(())
}

/// A change as answers have it.
pub(super) fn change_info(change: &Change, now: Time) -> Structure {
    let status = if change.in_sync > now { "PENDING" } else { "INSYNC" };
    let comment = Some(change.comment.as_str()).filter(|comment| !comment.is_empty());
    Structure::new()
        .with(field::ID, format!("/change/{}", change.id))
        .with(field::STATUS, status)
        .with(field::SUBMITTED_AT, change.submitted)
        .with_some(field::COMMENT, comment)
}

/// When a change of a zone submitted now will be in sync: 30 to 60 seconds (ours), and never before an earlier one.
pub(super) fn sync_time(world: &mut World, earlier: Time) -> Time {
    let span = world.timings.clone().draw(&mut world.random, "route53.in-sync");
    (world.now + span).max(earlier)
}

/// Submits a change: it becomes true for resolvers when it is in sync.
pub(super) fn submit(
    world: &mut World,
    zone: HostedZoneId,
    in_sync: Time,
    comment: &str,
    effect: Vec<(RecordKey, Option<RecordSet>)>,
    ends_zone: bool,
) -> Structure {
    let id = ChangeId(world.random.next_u64(Stream::Ids(Kind::Change)));
    let change = Change {
        id,
        zone,
        submitted: world.now,
        in_sync,
        comment: comment.to_owned(),
        effect,
        ends_zone,
    };
    let info = change_info(&change, world.now);
    world.route53.changes.insert(id, change);
    if let Some(row) = world.route53.zones.get_mut(&zone) {
        row.in_sync = in_sync;
    }
    clock::schedule(world, in_sync - world.now, HOME, id, Step::Settle);
    info
}

/// Submits a change of a zone itself, which touches no record.
pub(super) fn change_of(world: &mut World, zone: HostedZoneId, comment: &str) -> Structure {
    let earlier = world.route53.zones.get(&zone).map_or(world.now, |zone| zone.in_sync);
    let in_sync = sync_time(world, earlier);
    submit(world, zone, in_sync, comment, Vec::new(), false)
}

/// Notes in the journal what a call did to a zone.
pub(super) fn note(world: &mut World, zone: HostedZoneId, text: impl Into<Cow<'static, str>>, cause: Cause) {
    world.journal.note(Event {
        at: world.now,
        region: None,
        resource: Some(zone.into()),
        text: text.into(),
        cause,
    });
}

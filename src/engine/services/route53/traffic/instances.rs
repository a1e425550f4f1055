//! Traffic policy instances: a policy's document unfolded into records of a zone, under the instance's name. Records of rules
//! that other rules refer to stand below that name, where Route 53 hides them and Stratus shows them (ours).

use super::super::common::{invalid, max_items, submit, sync_time, uuid, zone};
use super::document::{Document, Dry, bare};
use super::{INSTANCES, PAGE, find};
use crate::base::error::{Error, Result};
use crate::base::ids::HostedZoneId;
use crate::dns::name;
use crate::services::Request;
use crate::services::route53::aliases;
use crate::world::World;
use crate::world::names::{RecordKey, RecordSet, TrafficInstance};
use stratus_model::{Structure, Value, field, sort};

fn no_such(id: &str) -> Error {
    let why = format!("No traffic policy instance found with id {id}.");
    Error::new("NoSuchTrafficPolicyInstance", why).with_status(404)
}

fn of<'w>(world: &'w World, params: &Structure) -> Result<&'w TrafficInstance> {
    let id = params.text(field::ID).unwrap_or_default();
    world
        .route53
        .traffic_instances
        .get(&id.to_owned())
        .ok_or_else(|| no_such(id))
}

fn describe(world: &World, row: &TrafficInstance) -> Structure {
    let state = match (row.in_sync > world.now, row.updated) {
        (false, _) => "Applied",
        (true, true) => "Updating",
        (true, false) => "Creating",
    };
    Structure::new()
        .with(field::ID, row.id.as_str())
        .with(field::HOSTED_ZONE_ID, bare(row.zone))
        .with(field::NAME, row.name.as_str())
        .with(field::TTL, row.ttl)
        .with(field::STATE, state)
        .with(field::MESSAGE, "")
        .with(field::TRAFFIC_POLICY_ID, row.policy.as_str())
        .with(field::TRAFFIC_POLICY_VERSION, row.version)
        .with(field::TRAFFIC_POLICY_TYPE, row.record_type.as_str())
}

fn key(set: &RecordSet) -> RecordKey {
    (
        name::reversed(&set.name),
        set.record_type.clone(),
        set.identifier.clone().unwrap_or_default(),
    )
}

/// Puts the records of an instance into its zone, in place of those that it had.
fn apply(world: &mut World, row: &mut TrafficInstance) -> Result<()> {
    let policy = find(world, &row.policy, row.version)?;
    let document = Document::read(&policy.document).map_err(|why| Error::new("InvalidTrafficPolicyDocument", why))?;
    row.record_type = document.record_type.clone();
    let (id, earlier) = match world.route53.zones.get(&row.zone) {
        Some(zone) => (bare(zone.id), zone.in_sync),
        None => return Err(Error::new("NoSuchHostedZone", "The hosted zone is gone.").with_status(404)),
    };
    let in_sync = sync_time(world, earlier);
    let sets = document.sets(&Dry {
        zone: &id,
        name: &row.name,
        ttl: row.ttl,
        instance: &row.id,
        in_sync,
    });
    let sets = sets.map_err(|why| Error::new("InvalidTrafficPolicyDocument", why))?;
    check(world, row, &sets)?;
    let mut effect: Vec<(RecordKey, Option<RecordSet>)> = row.keys.iter().map(|key| (key.clone(), None)).collect();
    row.keys = sets.iter().map(key).collect();
    row.in_sync = in_sync;
    effect.extend(sets.into_iter().map(|set| (key(&set), Some(set))));
    put(world, row.zone, &effect);
    submit(world, row.zone, in_sync, "traffic policy", effect, false);
    Ok(())
}

fn put(world: &mut World, zone: HostedZoneId, effect: &[(RecordKey, Option<RecordSet>)]) {
    if let Some(zone) = world.route53.zones.get_mut(&zone) {
        for (key, set) in effect {
            match set {
                Some(set) => zone.records.insert(key.clone(), set.clone()),
                None => {
                    zone.records.remove(key);
                }
            }
        }
    }
}

/// What cannot stand in the zone beside what is there.
fn check(world: &World, row: &TrafficInstance, sets: &[RecordSet]) -> Result<()> {
    let Some(zone) = world.route53.zones.get(&row.zone) else {
        return Ok(());
    };
    for set in sets {
        let mut there = aliases::of(&zone.records, &set.name, &set.record_type);
        if there.any(|other| other.traffic.as_ref() != Some(&row.id)) {
            let why = format!(
                "A resource record set with the name {} and the type {} already exists.",
                set.name, set.record_type
            );
            return Err(invalid("Name", why));
        }
        if let Some(id) = &set.health_check {
            super::super::health::find(world, id)?;
        }
        if let Some(fault) = super::super::records::faults(zone, set).into_iter().next() {
            return Err(invalid("Document", fault));
        }
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateTrafficPolicyInstance.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let zone = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    let (zone, apex) = (zone.id, zone.name.clone());
    let given = params.text(field::NAME).unwrap_or_default();
    let wanted = name::normal(given).map_err(|fault| invalid("Name", fault.to_string()))?;
    if !name::within(&wanted, &apex) {
        return Err(invalid(
            "Name",
            format!("{wanted} does not lie in the hosted zone {apex}"),
        ));
    }
    let policy = params.text(field::TRAFFIC_POLICY_ID).unwrap_or_default();
    let version = params.integer(field::TRAFFIC_POLICY_VERSION).unwrap_or(0);
    let record_type = find(world, policy, version)?.record_type.clone();
    let rows = &world.route53.traffic_instances;
    let same = |row: &TrafficInstance| row.zone == zone && row.name == wanted && row.record_type == record_type;
    if rows.rows().any(same) {
        let why =
            format!("A traffic policy instance with the name {wanted} and the type {record_type} already exists.");
        return Err(Error::new("TrafficPolicyInstanceAlreadyExists", why).with_status(409));
    }
    if rows.len() >= INSTANCES {
        let why = format!("Cannot create more than {INSTANCES} traffic policy instances.");
        return Err(Error::new("TooManyTrafficPolicyInstances", why));
    }
    let mut row = TrafficInstance {
        id: uuid(world),
        born: world.birth(),
        zone,
        name: wanted,
        ttl: params.integer(field::TTL).unwrap_or(0),
        policy: policy.to_owned(),
        version,
        record_type,
        in_sync: world.now,
        updated: false,
        keys: Vec::new(),
    };
    apply(world, &mut row)?;
    let answer = Structure::new()
        .with(field::TRAFFIC_POLICY_INSTANCE, describe(world, &row))
        .with(
            field::LOCATION,
            format!(
                "https://route53.amazonaws.com/2013-04-01/trafficpolicyinstance/{}",
                row.id
            ),
        );
    world.route53.traffic_instances.insert(row.id.clone(), row);
    Ok(answer)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetTrafficPolicyInstance.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = of(world, request.params)?;
    Ok(Structure::new().with(field::TRAFFIC_POLICY_INSTANCE, describe(world, row)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetTrafficPolicyInstanceCount.html>
pub(super) fn count(_request: &Request<'_>, world: &World) -> Result<Structure> {
    let count = i64::try_from(world.route53.traffic_instances.len()).unwrap_or(i64::MAX);
    Ok(Structure::new().with(field::TRAFFIC_POLICY_INSTANCE_COUNT, count))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateTrafficPolicyInstance.html>
pub(super) fn update(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let mut row = of(world, params)?.clone();
    let policy = params.text(field::TRAFFIC_POLICY_ID).unwrap_or_default();
    let version = params.integer(field::TRAFFIC_POLICY_VERSION).unwrap_or(0);
    if find(world, policy, version)?.record_type != row.record_type {
        let why = format!(
            "The instance has records of the type {}, and the policy of another.",
            row.record_type
        );
        return Err(Error::new("ConflictingTypes", why));
    }
    row.policy = policy.to_owned();
    row.version = version;
    row.ttl = params.integer(field::TTL).unwrap_or(row.ttl);
    row.updated = true;
    apply(world, &mut row)?;
    let answer = Structure::new().with(field::TRAFFIC_POLICY_INSTANCE, describe(world, &row));
    world.route53.traffic_instances.insert(row.id.clone(), row);
    Ok(answer)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteTrafficPolicyInstance.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = of(world, request.params)?.clone();
    let effect: Vec<(RecordKey, Option<RecordSet>)> = row.keys.iter().map(|key| (key.clone(), None)).collect();
    if let Some(zone) = world.route53.zones.get(&row.zone) {
        let earlier = zone.in_sync;
        let in_sync = sync_time(world, earlier);
        put(world, row.zone, &effect);
        submit(world, row.zone, in_sync, "traffic policy", effect, false);
    }
    world.route53.traffic_instances.remove(&row.id);
    Ok(Structure::new())
}

/// A page by zone, name and type; markers are those of the next page's first row.
fn paged(world: &World, params: &Structure, fits: impl Fn(&TrafficInstance) -> bool) -> Result<Structure> {
    let size = max_items(params, PAGE)?;
    let mut rows: Vec<&TrafficInstance> = world.route53.traffic_instances.rows().filter(|row| fits(row)).collect();
    let place = |row: &TrafficInstance| (bare(row.zone), row.name.clone(), row.record_type.clone());
    sort::by_key(&mut rows, |row| place(row));
    let marker = |name| params.text(name).unwrap_or_default().to_owned();
    let from = (
        marker(field::HOSTED_ZONE_ID_MARKER),
        marker(field::TRAFFIC_POLICY_INSTANCE_NAME_MARKER),
        marker(field::TRAFFIC_POLICY_INSTANCE_TYPE_MARKER),
    );
    let start = match from.1.is_empty() {
        true => 0,
        false => rows
            .iter()
            .position(|row| {
                let (zone, name, kind) = place(row);
                (from.0.is_empty() || zone == from.0) && name == from.1 && kind == from.2
            })
            .ok_or_else(|| no_such(&from.1))?,
    };
    let rest = rows.get(start..).unwrap_or_default();
    let page: Vec<Value> = rest.iter().take(size).map(|row| describe(world, row).into()).collect();
    let next = rest.get(size).map(|row| place(row));
    Ok(Structure::new()
        .with(field::TRAFFIC_POLICY_INSTANCES, page)
        .with_some(
            field::TRAFFIC_POLICY_INSTANCE_NAME_MARKER,
            next.as_ref().map(|(_, name, _)| name.clone()),
        )
        .with_some(
            field::TRAFFIC_POLICY_INSTANCE_TYPE_MARKER,
            next.as_ref().map(|(_, _, kind)| kind.clone()),
        )
        .with(field::IS_TRUNCATED, next.is_some())
        .with(field::MAX_ITEMS, size.to_string()))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTrafficPolicyInstances.html>
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    paged(world, request.params, |_| true)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTrafficPolicyInstancesByHostedZone.html>
pub(super) fn list_by_zone(request: &Request<'_>, world: &World) -> Result<Structure> {
    let id = zone(world, request.params.text(field::HOSTED_ZONE_ID))?.id;
    paged(world, request.params, |row| row.zone == id)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListTrafficPolicyInstancesByPolicy.html>
pub(super) fn list_by_policy(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let id = params.text(field::TRAFFIC_POLICY_ID).unwrap_or_default();
    let version = params.integer(field::TRAFFIC_POLICY_VERSION).unwrap_or(0);
    find(world, id, version)?;
    paged(world, params, |row| row.policy == id && row.version == version)
}

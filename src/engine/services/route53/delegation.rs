//! Reusable delegation sets: the same four name servers for several public zones.

use super::common::{invalid, max_items, page, zone, zones};
use super::zones::name_servers;
use crate::base::error::{Error, Result};
use crate::base::random::Stream;
use crate::dns::name;
use crate::services::Request;
use crate::world::World;
use crate::world::names::DelegationSet;
use rand_chacha::rand_core::RngCore;
use stratus_model::{Structure, Value, field, sort};

/// Most sets of an account, most zones of a set (AWS's default quotas), most sets of a page.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html>
pub(super) const SETS: usize = 100;
/// See [`SETS`].
const ZONES: usize = 100;

/// The set of an id, with or without `/delegationset/`.
pub(super) fn find<'w>(world: &'w World, text: &str) -> Result<&'w DelegationSet> {
    let bare = text.strip_prefix("/delegationset/").unwrap_or(text);
    world.route53.delegation_sets.get(&bare.to_owned()).ok_or_else(|| {
        let why = format!("A reusable delegation set with the specified ID does not exist: {bare}");
        Error::new("NoSuchDelegationSet", why).at("DelegationSetId")
    })
}

/// The set that a new zone shall have its name servers from.
pub(super) fn wanted(world: &World, params: &Structure, name: &str, private: bool) -> Result<Option<DelegationSet>> {
    let Some(id) = params.text(field::DELEGATION_SET_ID) else {
        return Ok(None);
    };
    if private {
        let why = "A private hosted zone cannot have a reusable delegation set.";
        return Err(invalid("DelegationSetId", why));
    }
    let set = find(world, id)?;
    if zones_of(world, &set.id) >= ZONES {
        let why = format!(
            "Cannot have more than {ZONES} hosted zones in the delegation set {}.",
            set.id
        );
        return Err(Error::new("DelegationSetNotAvailable", why).at("DelegationSetId"));
    }
    // Documented: zones of one name, or one above the other, can have no server in common.
    let overlaps = |other: &str| name::within(name, other) || name::within(other, name);
    let near = zones(world)
        .into_iter()
        .find(|zone| zone.delegation_set.as_deref() == Some(&set.id) && overlaps(&zone.name));
    if let Some(near) = near {
        let why = format!(
            "The delegation set {} is already used by the hosted zone {} of the name {}, and both names would have the same \
             name servers.",
            set.id, near.id, near.name
        );
        return Err(Error::new("ConflictingDomainExists", why).at("DelegationSetId"));
    }
    Ok(Some(set.clone()))
}

fn zones_of(world: &World, id: &str) -> usize {
    let has = |set: &Option<String>| set.as_deref() == Some(id);
    zones(world).iter().filter(|zone| has(&zone.delegation_set)).count()
}

/// A set as answers have it.
pub(super) fn describe(set: &DelegationSet) -> Structure {
    Structure::new()
        .with(field::ID, format!("/delegationset/{}", set.id))
        .with(field::CALLER_REFERENCE, set.caller_reference.as_str())
        .with(field::NAME_SERVERS, set.name_servers.clone())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateReusableDelegationSet.html>
/// New, or made of the name servers of a zone.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let reference = params.text(field::CALLER_REFERENCE).unwrap_or_default();
    let of = match params.text(field::HOSTED_ZONE_ID) {
        None => None,
        Some(text) => {
            let bare = text.strip_prefix("/hostedzone/").unwrap_or(text);
            let why = format!("The specified HostedZone cannot be found: {bare}");
            let row = zone(world, Some(text)).map_err(|_| Error::new("HostedZoneNotFound", why))?;
            if row.private.is_some() {
                let why = "A private hosted zone has no delegation set that could be reused.";
                return Err(Error::new("InvalidArgument", why).at("HostedZoneId"));
            }
            if row.delegation_set.is_some() {
                let why = "The specified delegation set has already been marked as reusable.";
                return Err(Error::new("DelegationSetAlreadyReusable", why).at("HostedZoneId"));
            }
            Some((row.id, row.name_servers.clone()))
        }
    };
    let sets = &world.route53.delegation_sets;
    if sets.rows().any(|set| set.caller_reference == reference) {
        let why = "A delegation set with the same owner and caller reference combination has already been created.";
        return Err(Error::new("DelegationSetAlreadyCreated", why).at("CallerReference"));
    }
    if sets.len() >= SETS {
        let why = format!("Cannot create more than {SETS} reusable delegation sets.");
        return Err(Error::new("LimitsExceeded", why));
    }
    let name_servers = match &of {
        Some((_, servers)) => servers.clone(),
        None => name_servers(world, false),
    };
    let number = world.random.next(Stream::Names).next_u64();
    let row = DelegationSet {
        id: format!("N{number:016X}"),
        born: world.birth(),
        caller_reference: reference.to_owned(),
        name_servers,
    };
    if let Some((id, _)) = of
        && let Some(zone) = world.route53.zones.get_mut(&id)
    {
        zone.delegation_set = Some(row.id.clone());
    }
    let answer = Structure::new().with(field::DELEGATION_SET, describe(&row)).with(
        field::LOCATION,
        format!("https://route53.amazonaws.com/2013-04-01/delegationset/{}", row.id),
    );
    world.route53.delegation_sets.insert(row.id.clone(), row);
    Ok(answer)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetReusableDelegationSet.html>
pub(super) fn get(request: &Request<'_>, world: &World) -> Result<Structure> {
    let set = find(world, request.params.text(field::ID).unwrap_or_default())?;
    Ok(Structure::new().with(field::DELEGATION_SET, describe(set)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteReusableDelegationSet.html>
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = find(world, request.params.text(field::ID).unwrap_or_default())?
        .id
        .clone();
    if zones_of(world, &id) > 0 {
        let why = "The specified delegation contains associated hosted zones which must be deleted before the reusable \
                   delegation set can be deleted.";
        return Err(Error::new("DelegationSetInUse", why));
    }
    world.route53.delegation_sets.remove(&id);
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListReusableDelegationSets.html>
/// By id (ours: AWS names no order).
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let size = max_items(params, SETS)?;
    let marker = params.text(field::MARKER);
    let mut rows: Vec<&DelegationSet> = world.route53.delegation_sets.rows().collect();
    sort::by_key(&mut rows, |set| set.id.clone());
    let (rows, next) = page(&rows, size, marker, |set| set.id.clone());
    let rows: Vec<Value> = rows.iter().map(|set| describe(set).into()).collect();
    Ok(Structure::new()
        .with(field::DELEGATION_SETS, rows)
        .with(field::MARKER, marker.unwrap_or_default())
        .with(field::IS_TRUNCATED, next.is_some())
        .with_some(field::NEXT_MARKER, next)
        .with(field::MAX_ITEMS, size.to_string()))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetReusableDelegationSetLimit.html>
pub(super) fn limit(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let set = find(world, params.text(field::DELEGATION_SET_ID).unwrap_or_default())?;
    let kind = params.text(field::TYPE).unwrap_or_default();
    Ok(super::limits::answer(kind, ZONES, zones_of(world, &set.id)))
}

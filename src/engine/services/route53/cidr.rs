//! CIDR collections: named locations, each a list of blocks, for IP-based routing.

use super::common::{invalid, max_results, not_found_collection, page, uuid, zones};
use crate::base::error::{Error, Result};
use crate::base::ids::{ChangeId, Kind};
use crate::base::random::Stream;
use crate::services::Request;
use crate::world::World;
use crate::world::names::{CidrCollection, Policy};
use ipnet::IpNet;
use std::collections::BTreeSet;
use stratus_model::{Structure, Value, field};

/// Collections of an account, and blocks of a collection (AWS's default quotas).
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html>
const COLLECTIONS: usize = 5;
/// See [`COLLECTIONS`].
const BLOCKS: usize = 1_000;
/// Most entries of a page.
const PAGE: usize = 100;

fn find<'w>(world: &'w World, id: Option<&str>) -> Result<&'w CidrCollection> {
    let id = id.unwrap_or_default();
    world
        .route53
        .cidr_collections
        .get(&id.to_owned())
        .ok_or_else(|| not_found_collection(id))
}

fn describe(row: &CidrCollection) -> Structure {
    Structure::new()
        .with(field::ARN, format!("arn:aws:route53:::cidrcollection/{}", row.id))
        .with(field::ID, row.id.as_str())
        .with(field::NAME, row.name.as_str())
        .with(field::VERSION, row.version)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateCidrCollection.html>
/// The same name and caller reference again answer the collection that is there.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let text = |name| params.text(name).unwrap_or_default().to_owned();
    let (name, caller_reference) = (text(field::NAME), text(field::CALLER_REFERENCE));
    let rows = &world.route53.cidr_collections;
    if let Some(row) = rows
        .rows()
        .find(|row| row.name == name || row.caller_reference == caller_reference)
    {
        if row.name == name && row.caller_reference == caller_reference {
            return Ok(created(row));
        }
        let why = format!(
            "A CIDR collection with this name or caller reference already exists: {}",
            row.name
        );
        return Err(Error::new("CidrCollectionAlreadyExistsException", why));
    }
    if rows.len() >= COLLECTIONS {
        let why = format!("Cannot create more than {COLLECTIONS} CIDR collections.");
        return Err(Error::new("LimitsExceeded", why));
    }
    let row = CidrCollection {
        id: uuid(world),
        born: world.birth(),
        name,
        caller_reference,
        version: 1,
        locations: Default::default(),
    };
    let answer = created(&row);
    world.route53.cidr_collections.insert(row.id.clone(), row);
    Ok(answer)
}

fn created(row: &CidrCollection) -> Structure {
    Structure::new().with(field::COLLECTION, describe(row)).with(
        field::LOCATION,
        format!("https://route53.amazonaws.com/2013-04-01/cidrcollection/{}", row.id),
    )
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeCidrCollection.html>
/// All changes or none. The answer's id is that of a change which GetChange does not know (ours: it is in effect at once).
pub(super) fn change(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let mut row = find(world, params.text(field::ID))?.clone();
    if let Some(version) = params.integer(field::COLLECTION_VERSION)
        && version != row.version
    {
        let why = format!(
            "The CIDR collection version you provided, {version}, does not match the one in the account, {}.",
            row.version
        );
        return Err(Error::new("CidrCollectionVersionMismatchException", why).with_status(409));
    }
    for change in params.structures(field::CHANGES) {
        let name = change.text(field::LOCATION_NAME).unwrap_or_default();
        let mut blocks = row.locations.remove(name).unwrap_or_default();
        for text in change.texts(field::CIDR_LIST) {
            let block = read_block(text)?;
            if change.text(field::ACTION) == Some("DELETE_IF_EXISTS") {
                blocks.remove(&block);
                continue;
            }
            if let Some((other, _)) = row.locations.iter().find(|(_, blocks)| blocks.contains(&block)) {
                let why = format!("The CIDR block {block} is already in the location {other} of this collection.");
                return Err(Error::new("CidrBlockInUseException", why));
            }
            blocks.insert(block);
        }
        if blocks.is_empty() {
            refuse_used(world, &row.id, Some(name))?;
        } else {
            row.locations.insert(name.to_owned(), blocks);
        }
    }
    if row.locations.values().map(BTreeSet::len).sum::<usize>() > BLOCKS {
        let why = format!("Cannot have more than {BLOCKS} CIDR blocks in a collection.");
        return Err(Error::new("LimitsExceeded", why));
    }
    row.version += 1;
    world.route53.cidr_collections.insert(row.id.clone(), row);
    let id = ChangeId(world.random.next_u64(Stream::Ids(Kind::Change)));
    Ok(Structure::new().with(field::ID, format!("/change/{id}")))
}

/// A block of /1 to /24, or /1 to /48 of IPv6, in its normal form.
fn read_block(text: &str) -> Result<String> {
    let block = text.parse::<IpNet>().ok().filter(|block| {
        let most = if matches!(block, IpNet::V4(_)) { 24 } else { 48 };
        (1..=most).contains(&block.prefix_len()) && block.trunc() == *block
    });
    block
        .map(|block| block.to_string())
        .ok_or_else(|| invalid("Changes.CidrList", format!("Invalid CIDR block: {text}")))
}

/// Refuses to take away what records route by.
fn refuse_used(world: &World, id: &str, location: Option<&str>) -> Result<()> {
    let used = zones(world).into_iter().find_map(|zone| {
        zone.records.rows().find(|set| match &set.policy {
            Some(Policy::Cidr(collection, name)) => {
                collection == id && location.is_none_or(|location| location == name)
            }
            _ => false,
        })
    });
    match used {
        Some(set) => {
            let why = format!(
                "The CIDR collection {id} is in use by the record {} {}.",
                set.name, set.record_type
            );
            Err(Error::new("CidrCollectionInUseException", why))
        }
        None => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteCidrCollection.html>
/// Only an empty one goes.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = find(world, request.params.text(field::ID))?;
    let id = row.id.clone();
    if !row.locations.is_empty() {
        let why = format!("The CIDR collection {id} is not empty.");
        return Err(Error::new("CidrCollectionInUseException", why));
    }
    refuse_used(world, &id, None)?;
    world.route53.cidr_collections.remove(&id);
    Ok(Structure::new())
}

/// A page of an answer whose list and token these are.
fn paged<T>(
    params: &Structure,
    rows: &[T],
    list: stratus_model::Name,
    key: impl Fn(&T) -> String,
    describe: impl Fn(&T) -> Structure,
) -> Result<Structure> {
    let size = max_results(params, PAGE)?;
    let (rows, next) = page(rows, size, params.text(field::NEXT_TOKEN), key);
    let rows: Vec<Value> = rows.iter().map(|row| describe(row).into()).collect();
    Ok(Structure::new().with(list, rows).with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListCidrCollections.html>
/// By id.
pub(super) fn list(request: &Request<'_>, world: &World) -> Result<Structure> {
    let rows: Vec<&CidrCollection> = world.route53.cidr_collections.rows().collect();
    let key = |row: &&CidrCollection| row.id.clone();
    paged(request.params, &rows, field::CIDR_COLLECTIONS, key, |row| describe(row))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListCidrLocations.html>
/// By name.
pub(super) fn locations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = find(world, params.text(field::COLLECTION_ID))?;
    let rows: Vec<&String> = row.locations.keys().collect();
    let key = |name: &&String| (*name).clone();
    paged(params, &rows, field::CIDR_LOCATIONS, key, |name| {
        Structure::new().with(field::LOCATION_NAME, name.as_str())
    })
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListCidrBlocks.html>
/// By location, then by block.
pub(super) fn blocks(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = find(world, params.text(field::COLLECTION_ID))?;
    let only = params.text(field::LOCATION_NAME);
    if let Some(name) = only
        && !row.locations.contains_key(name)
    {
        let why = format!("The CIDR collection location {name} does not exist.");
        return Err(Error::new("NoSuchCidrLocationException", why).with_status(404));
    }
    let rows: Vec<(&String, &String)> = row
        .locations
        .iter()
        .filter(|(name, _)| only.is_none_or(|only| only == name.as_str()))
        .flat_map(|(name, blocks)| blocks.iter().map(move |block| (name, block)))
        .collect();
    let key = |(name, block): &(&String, &String)| format!("{name} {block}");
    paged(params, &rows, field::CIDR_BLOCKS, key, |(name, block)| {
        Structure::new()
            .with(field::CIDR_BLOCK, block.as_str())
            .with(field::LOCATION_NAME, name.as_str())
    })
}

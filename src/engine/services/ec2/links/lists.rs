//! What more managed prefix lists can do: earlier versions restored, and what uses a list.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>

use super::super::common::{find, need, note, page};
use super::super::vpc::prefix_lists;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::PrefixList;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "RestoreManagedPrefixListVersion" => Handler::Write(restore),
        "GetManagedPrefixListAssociations" => Handler::Read(associations),
        _ => return None,
    })
}

fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w PrefixList> {
    let text = need(request.params, field::PREFIX_LIST_ID)?;
    find::<PrefixList>(world, request.region, Kind::PrefixList, text)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RestoreManagedPrefixListVersion.html>: the entries of an earlier
/// version become those of a new one.
fn restore(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut list = named(request, world)?.clone();
    prefix_lists::check_own(&list)?;
    prefix_lists::check_version(&list, params.integer(field::CURRENT_VERSION))?;
    let wanted = params
        .integer(field::PREVIOUS_VERSION)
        .ok_or_else(|| Error::missing("PreviousVersion"))?;
    let earlier = usize::try_from(wanted)
        .ok()
        .and_then(|version| list.history.get(version.checked_sub(1)?));
    let Some(entries) = earlier.cloned() else {
        let why = format!("The prefix list {} has no earlier version {wanted}.", list.id);
        return Err(Error::new("InvalidParameterValue", why).at("PreviousVersion"));
    };
    if entries.len() as i64 > list.max_entries {
        return Err(prefix_lists::too_many(list.max_entries));
    }
    let id = list.id;
    let now = std::mem::replace(&mut list.entries, entries);
    list.history.push(now);
    list.version += 1;
    let text = format!("version {wanted} restored, as version {}", list.version);
    world.put(region, list);
    note(world, region, id, text);
    Ok(prefix_lists::answer(world, region, id, "restore-in-progress"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListAssociations.html>: route tables and security
/// groups, sorted by kind and id.
fn associations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let id = named(request, world)?.id;
    let users = world.referrers(request.region, id.into());
    let (users, next) = page(users, request.params, 5)?;
    let shown: Vec<Structure> = users
        .into_iter()
        .map(|user| {
            Structure::new()
                .with(field::RESOURCE_ID, user.to_string())
                .with(field::RESOURCE_OWNER, world.account())
        })
        .collect();
    Ok(Structure::new()
        .with(field::PREFIX_LIST_ASSOCIATIONS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

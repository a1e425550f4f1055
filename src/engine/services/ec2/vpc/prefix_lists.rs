//! Managed prefix lists: customers' own with versions, and AWS's, which nobody can change.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>
//!
//! AWS works on a list for a moment (`create-in-progress`); here it is done at once (ours), and only the answer of the call
//! that asked says so.

use super::super::common::{Describing, arn, dependency, find, need, note, page, read_cidr, tag_list};
use super::super::{tags, tokens};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, PrefixListId};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::PrefixList;
use ipnet::IpNet;
use stratus_model::{Structure, field, sort};

/// Entries that one call may add or remove.
const ENTRIES_A_CALL: usize = 100;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateManagedPrefixList" => Handler::Write(create),
        "DescribeManagedPrefixLists" => Handler::Read(describe_all),
        "GetManagedPrefixListEntries" => Handler::Read(entries),
        "ModifyManagedPrefixList" => Handler::Write(modify),
        "DeleteManagedPrefixList" => Handler::Write(delete),
        "DescribePrefixLists" => Handler::Read(describe_services),
        _ => return None,
    })
}

fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w PrefixList> {
    find::<PrefixList>(
        world,
        request.region,
        Kind::PrefixList,
        need(request.params, field::PREFIX_LIST_ID)?,
    )
}

fn check_name(name: &str) -> Result<()> {
    let length = name.chars().count();
    if length == 0 || length > 255 || name.starts_with("com.amazonaws") {
        let why = format!(
            "Value ({name}) for parameter prefixListName is invalid. Use up to 255 characters that do not begin with com.amazonaws."
        );
        return Err(Error::new("InvalidParameterValue", why).at("PrefixListName"));
    }
    Ok(())
}

fn check_size(size: i64) -> Result<()> {
    if (1..=quotas::PREFIX_LIST_ENTRIES).contains(&size) {
        return Ok(());
    }
    let why = format!(
        "Value ({size}) for parameter maxEntries is invalid. Must specify a max size between 1 and {}",
        quotas::PREFIX_LIST_ENTRIES
    );
    Err(Error::new("InvalidParameterValue", why).at("MaxEntries"))
}

pub(in super::super) fn too_many(most: i64) -> Error {
    let error = Error::new(
        "PrefixListMaxEntriesExceeded",
        format!("The prefix list can have at most {most} entries."),
    );
    error.remedy("Raise MaxEntries first.")
}

fn read_entries(params: &Structure, name: stratus_model::Name, ipv6: bool) -> Result<Vec<(IpNet, String)>> {
    let mut entries: Vec<(IpNet, String)> = Vec::new();
    for entry in params.structures(name) {
        let text = entry.text(field::CIDR).ok_or_else(|| Error::missing("Cidr"))?;
        let net = read_cidr("Cidr", text)?;
        if matches!(net, IpNet::V6(_)) != ipv6 {
            let family = if ipv6 { "IPv6" } else { "IPv4" };
            let why = format!("The CIDR {text} does not fit the prefix list's address family {family}.");
            return Err(Error::new("InvalidParameterValue", why).at(name.text()));
        }
        if entries.iter().any(|(has, _)| *has == net) {
            let why = format!("The CIDR {net} is given more than once.");
            return Err(Error::new("InvalidParameterValue", why).at(name.text()));
        }
        entries.push((net, entry.text(field::DESCRIPTION).unwrap_or_default().to_owned()));
    }
    if entries.len() > ENTRIES_A_CALL {
        let why = format!("At most {ENTRIES_A_CALL} entries can be given in one request.");
        return Err(Error::new("InvalidParameterValue", why).at(name.text()));
    }
    Ok(entries)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = PrefixListId::try_from(made)
        && world.row::<PrefixList>(region, made).is_some()
    {
        return Ok(answer(world, region, made, "create-complete"));
    }
    let name = need(params, field::PREFIX_LIST_NAME)?;
    check_name(name)?;
    let max_entries = params
        .integer(field::MAX_ENTRIES)
        .ok_or_else(|| Error::missing("MaxEntries"))?;
    check_size(max_entries)?;
    let ipv6 = match need(params, field::ADDRESS_FAMILY)? {
        "IPv4" => false,
        "IPv6" => true,
        other => {
            let why = format!("Value ({other}) for parameter addressFamily is invalid. Valid values: IPv4, IPv6");
            return Err(Error::new("InvalidParameterValue", why).at("AddressFamily"));
        }
    };
    let mut entries = read_entries(params, field::ENTRIES, ipv6)?;
    if entries.len() as i64 > max_entries {
        return Err(too_many(max_entries));
    }
    let own = world.ec2(region).map_or(0, |ec2| {
        ec2.prefix_lists.rows().filter(|list| !list.aws_managed).count()
    });
    if own >= quotas::PREFIX_LISTS {
        return Err(Error::new(
            "PrefixListLimitExceeded",
            "The maximum number of prefix lists has been reached.",
        ));
    }
    sort::sort(&mut entries);
    let id = PrefixListId(world.random.next_u64(Stream::Ids(Kind::PrefixList)));
    let born = world.birth();
    let row = PrefixList {
        id,
        born,
        name: name.to_owned(),
        max_entries,
        entries,
        ipv6,
        version: 1,
        history: Vec::new(),
        aws_managed: false,
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("prefix-list", &[id.into()])])?;
    note(world, region, id, format!("created as '{name}'"));
    tokens::remember(request, world, id);
    Ok(answer(world, region, id, "create-in-progress"))
}

pub(in super::super) fn answer(world: &World, region: Region, id: PrefixListId, state: &str) -> Structure {
    let list = world
        .row::<PrefixList>(region, id)
        .map(|list| describe(world, region, list).with(field::STATE, state));
    Structure::new().with_some(field::PREFIX_LIST, list)
}

/// AWS's own lists cannot be changed.
pub(in super::super) fn check_own(list: &PrefixList) -> Result<()> {
    if !list.aws_managed {
        return Ok(());
    }
    let why = format!("The prefix list {} is managed by AWS and cannot be changed.", list.id);
    Err(Error::new("OperationNotPermitted", why).at("PrefixListId"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyManagedPrefixList.html>: a change of the entries makes a new
/// version and needs the current one's number; removals come before additions.
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let list = named(request, world)?.clone();
    check_own(&list)?;
    super::super::common::refuse_unsimulated(params, &[field::IPAM_PREFIX_LIST_RESOLVER_SYNC_ENABLED])?;
    let added = read_entries(params, field::ADD_ENTRIES, list.ipv6)?;
    let removed = read_entries(params, field::REMOVE_ENTRIES, list.ipv6)?;
    let changes_entries = !added.is_empty() || !removed.is_empty();
    let mut new = list.clone();
    if let Some(name) = params.text(field::PREFIX_LIST_NAME) {
        check_name(name)?;
        new.name = name.to_owned();
    }
    if let Some(size) = params.integer(field::MAX_ENTRIES) {
        check_size(size)?;
        if changes_entries {
            return Err(Error::combination(
                "You cannot modify the entries and the maximum entries for the prefix list in the same request.",
            ));
        }
        if size < list.entries.len() as i64 {
            return Err(too_many(size));
        }
        new.max_entries = size;
    }
    if changes_entries {
        check_version(&list, params.integer(field::CURRENT_VERSION))?;
        change_entries(&mut new, added, &removed)?;
    } else if !params.contains(field::PREFIX_LIST_NAME) && !params.contains(field::MAX_ENTRIES) {
        return Err(Error::new(
            "MissingParameter",
            "The request changes nothing: give a name, a size, or entries to add or remove.",
        ));
    }
    let version = new.version;
    let text = if changes_entries {
        format!("entries changed: version {version}")
    } else {
        "changed".to_owned()
    };
    world.put(region, new);
    note(world, region, list.id, text);
    Ok(answer(world, region, list.id, "modify-in-progress"))
}

pub(in super::super) fn check_version(list: &PrefixList, given: Option<i64>) -> Result<()> {
    match given {
        Some(version) if version == list.version => Ok(()),
        Some(_) => {
            let error = Error::new(
                "PrefixListVersionMismatch",
                "The prefix list has the incorrect version number.",
            )
            .at("CurrentVersion");
            Err(error.remedy(format!("The current version is {}.", list.version)))
        }
        None => Err(Error::new(
            "MissingParameter",
            "The request must contain the parameter CurrentVersion to change entries",
        )
        .at("CurrentVersion")),
    }
}

fn change_entries(list: &mut PrefixList, added: Vec<(IpNet, String)>, removed: &[(IpNet, String)]) -> Result<()> {
    list.history.push(list.entries.clone());
    list.version += 1;
    for (net, _) in removed {
        if !list.entries.iter().any(|(has, _)| has == net) {
            let why = format!("The prefix list has no entry {net} to remove.");
            return Err(Error::new("InvalidParameterValue", why).at("RemoveEntries"));
        }
    }
    list.entries
        .retain(|(has, _)| !removed.iter().any(|(net, _)| net == has));
    for (net, description) in added {
        match list.entries.iter_mut().find(|(has, _)| *has == net) {
            // Adding what is there changes its description.
            Some((_, has)) => *has = description,
            None => list.entries.push((net, description)),
        }
    }
    sort::sort(&mut list.entries);
    if list.entries.len() as i64 > list.max_entries {
        Err(too_many(list.max_entries))
    } else {
        Ok(())
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteManagedPrefixList.html>: not while a route or a rule uses it.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let list = named(request, world)?;
    check_own(list)?;
    let id = list.id;
    let dependents = world.referrers(region, id.into());
    if !dependents.is_empty() {
        return Err(dependency(
            format!("The prefix list '{id}' is referenced by other resources and cannot be deleted."),
            &dependents,
        ));
    }
    let answer = answer(world, region, id, "delete-in-progress");
    note(world, region, id, "deleted");
    world.take::<PrefixList>(region, id);
    Ok(answer)
}

/// A prefix list as the API shows it. AWS's own have neither size nor version.
fn describe(world: &World, region: Region, list: &PrefixList) -> Structure {
    let own = !list.aws_managed;
    let arn = if own {
        arn(world, region, "prefix-list", list.id)
    } else {
        format!("arn:aws:ec2:{}:aws:prefix-list/{}", region.name(), list.id)
    };
    Structure::new()
        .with(field::PREFIX_LIST_ID, list.id)
        .with(field::PREFIX_LIST_NAME, list.name.as_str())
        .with(field::PREFIX_LIST_ARN, arn)
        .with(field::ADDRESS_FAMILY, if list.ipv6 { "IPv6" } else { "IPv4" })
        .with(field::OWNER_ID, if own { world.account() } else { "AWS".into() })
        .with(field::STATE, "create-complete")
        .with_some(field::MAX_ENTRIES, own.then_some(list.max_entries))
        .with_some(field::VERSION, own.then_some(list.version))
        .with(field::TAGS, tag_list(world, region, list.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::PrefixList,
        ids: field::PREFIX_LIST_IDS,
        answer: field::PREFIX_LISTS,
        born: |list: &PrefixList| list.born,
        filters: &["owner-id", "prefix-list-id", "prefix-list-name"],
        least: 1,
    };
    let values = |list: &PrefixList, name: &str| match name {
        "owner-id" => vec![if list.aws_managed {
            "AWS".into()
        } else {
            world.account()
        }],
        "prefix-list-name" => vec![list.name.clone()],
        _ => vec![list.id.to_string()],
    };
    describing.answer(request, world, &values, &|list| describe(world, request.region, list))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListEntries.html>
fn entries(request: &Request<'_>, world: &World) -> Result<Structure> {
    let list = named(request, world)?;
    let entries = match request.params.integer(field::TARGET_VERSION) {
        None => &list.entries,
        Some(version) if version == list.version => &list.entries,
        Some(version) => {
            let past = usize::try_from(version)
                .ok()
                .and_then(|version| list.history.get(version.checked_sub(1)?));
            past.ok_or_else(|| {
                let why = format!("The prefix list has no version {version}.");
                Error::new("InvalidParameterValue", why).at("TargetVersion")
            })?
        }
    };
    let shown = entries
        .iter()
        .map(|(net, description)| {
            let description = (!description.is_empty()).then_some(description.as_str());
            Structure::new()
                .with(field::CIDR, net.to_string())
                .with_some(field::DESCRIPTION, description)
        })
        .collect();
    let (shown, next) = page(shown, request.params, 1)?;
    Ok(Structure::new()
        .with(field::ENTRIES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribePrefixLists.html>: AWS's own lists with their blocks.
fn describe_services(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::PrefixList,
        ids: field::PREFIX_LIST_IDS,
        answer: field::PREFIX_LISTS,
        born: |list: &PrefixList| list.born,
        filters: &["prefix-list-id", "prefix-list-name"],
        least: 1,
    };
    let values = |list: &PrefixList, name: &str| match name {
        "prefix-list-name" => vec![list.name.clone()],
        _ => vec![list.id.to_string()],
    };
    describing.answer_where(request, world, |list| list.aws_managed, &values, &|list| {
        let blocks: Vec<String> = list.entries.iter().map(|(net, _)| net.to_string()).collect();
        Structure::new()
            .with(field::PREFIX_LIST_ID, list.id)
            .with(field::PREFIX_LIST_NAME, list.name.as_str())
            .with(field::CIDRS, blocks)
    })
}

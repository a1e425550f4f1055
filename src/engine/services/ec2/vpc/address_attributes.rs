//! The reverse DNS name of Elastic IPs, and pools of addresses of one's own.
//!
//! A new reverse name is checked after a while, as AWS does it: it must stand for the address, or nothing changes.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Elastic_Addressing_Reverse_DNS.html>

use super::super::common::{Filters, find, note, note_clock, page};
use super::{addresses, pools};
use crate::base::error::{Error, Result};
use crate::base::ids::{AllocationId, Kind, ResourceId, well_formed};
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::dns::{self, Asker};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::{ElasticAddress, ReverseUpdate};
use std::net::Ipv4Addr;
use stratus_model::{Name, Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "DescribeAddressesAttribute" => Handler::Read(describe_attributes),
        "ModifyAddressAttribute" => Handler::Write(modify),
        "ResetAddressAttribute" => Handler::Write(reset),
        "DescribePublicIpv4Pools" => Handler::Read(ipv4_pools),
        "DescribeIpv6Pools" => Handler::Read(ipv6_pools),
        _ => return None,
    })
}

fn named<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w ElasticAddress> {
    let text = request.params.text(field::ALLOCATION_ID).unwrap_or_default();
    let row = find::<ElasticAddress>(world, request.region, Kind::Address, text)?;
    addresses::check_vpc(row).map(|()| row)
}

/// A domain name, with its final dot.
fn read_name(text: &str) -> Result<String> {
    dns::name::normal(text).map_err(|_| {
        let why = format!("Value ({text}) for parameter domainName is invalid. It is not a valid domain name.");
        Error::new("InvalidParameterValue", why).at("DomainName")
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyAddressAttribute.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = named(request, world)?.id;
    let text = request
        .params
        .text(field::DOMAIN_NAME)
        .ok_or_else(|| Error::missing("DomainName"))?;
    let name = read_name(text)?;
    begin(request, world, id, Some(name))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetAddressAttribute.html>
fn reset(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let id = named(request, world)?.id;
    begin(request, world, id, None)
}

/// Asks for a new reverse name; one change at a time.
fn begin(request: &Request<'_>, world: &mut World, id: AllocationId, name: Option<String>) -> Result<Structure> {
    let (region, now) = (request.region, world.now);
    let under_way = world
        .row::<ElasticAddress>(region, id)
        .and_then(|row| row.reverse_update.as_ref())
        .is_some_and(|update| update.failed.is_none());
    if under_way {
        let why = format!("A change of the reverse DNS name of {id} is under way.");
        return Err(Error::new("IncorrectState", why).remedy("Wait until it is done."));
    }
    let words = name.as_deref().map_or_else(
        || "its reverse DNS name goes back to Amazon's".to_owned(),
        |name| format!("its reverse DNS name is to be {name}"),
    );
    world.update::<ElasticAddress, _>(region, id, |row| {
        row.reverse_update = Some(ReverseUpdate {
            name,
            asked: now,
            failed: None,
        });
    });
    let span = world.timings.clone().draw(&mut world.random, "address.reverse-name");
    clock::schedule(world, span, region, id, Step::Settle);
    note(world, region, id, words);
    let row = find::<ElasticAddress>(world, region, Kind::Address, &id.to_string())?;
    Ok(Structure::new().with(field::ADDRESS, describe(row)))
}

/// The end of a change: the name is checked against the DNS of this moment.
pub(super) fn settle(world: &mut World, pending: &Pending) {
    let ResourceId::Address(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let Some(row) = world.row::<ElasticAddress>(region, id) else {
        return;
    };
    let Some(update) = row
        .reverse_update
        .clone()
        .filter(|update| update.asked == pending.asked)
    else {
        return;
    };
    let fits = update
        .name
        .as_deref()
        .is_none_or(|name| stands_for(world, name, row.address));
    let text = match (&update.name, fits) {
        (None, _) => "its reverse DNS name is Amazon's again".to_owned(),
        (Some(name), true) => format!("its reverse DNS name is {name}"),
        (Some(name), false) => format!("refused: {name} has no A record with this address"),
    };
    world.update::<ElasticAddress, _>(region, id, |row| {
        if fits {
            row.reverse_name = update.name;
            row.reverse_update = None;
        } else if let Some(update) = &mut row.reverse_update {
            update.failed = Some("No matching A record was found for the domain name.".to_owned());
        }
    });
    note_clock(
        world,
        region,
        id,
        text,
        "A reverse name takes effect when its own A record has the address.",
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Elastic_Addressing_Reverse_DNS.html",
    );
}

/// Whether somebody on the Internet finds an address under a name.
fn stands_for(world: &World, name: &str, address: Ipv4Addr) -> bool {
    let Some(from) = Asker::read("internet") else {
        return false;
    };
    let query = dns::Query {
        name: name.to_owned(),
        record_type: "A".to_owned(),
        from,
    };
    let found = dns::resolve(world, &mut dns::Caches::default(), &query);
    let wanted = address.to_string();
    found.is_ok_and(|found| found.answers.iter().any(|answer| answer.value == wanted))
}

fn describe(row: &ElasticAddress) -> Structure {
    let update = row.reverse_update.as_ref().map(|update| {
        Structure::new()
            .with(field::VALUE, update.name.clone().unwrap_or_default())
            .with(
                field::STATUS,
                if update.failed.is_some() { "FAILED" } else { "PENDING" },
            )
            .with_some(field::REASON, update.failed.as_deref())
    });
    Structure::new()
        .with(field::PUBLIC_IP, row.address.to_string())
        .with(field::ALLOCATION_ID, row.id)
        .with_some(field::PTR_RECORD, row.reverse_name.as_deref())
        .with_some(field::PTR_RECORD_UPDATE, update)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddressesAttribute.html>
fn describe_attributes(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut rows: Vec<&ElasticAddress> = params
        .texts(field::ALLOCATION_IDS)
        .map(|text| find::<ElasticAddress>(world, region, Kind::Address, text))
        .collect::<Result<_>>()?;
    if rows.is_empty() {
        rows.extend(world.ec2(region).into_iter().flat_map(|ec2| ec2.addresses.rows()));
    }
    sort::by_key(&mut rows, |row| (row.born, row.id));
    rows.dedup_by_key(|row| row.id);
    let (rows, next) = page(rows, params, 1)?;
    let shown: Vec<Structure> = rows.into_iter().map(describe).collect();
    Ok(Structure::new()
        .with(field::ADDRESSES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// An empty list with its page.
fn none(params: &Structure, answer: Name, least: i64) -> Result<Structure> {
    let (none, next) = page(Vec::<Structure>::new(), params, least)?;
    Ok(Structure::new().with(answer, none).with_some(field::NEXT_TOKEN, next))
}

/// Refuses ids of pools: there is none that a call could name.
fn no_pool(request: &Request<'_>, prefix: &str, codes: [&'static str; 2]) -> Result<()> {
    match request.params.texts(field::POOL_IDS).next() {
        None => Ok(()),
        Some(text) if well_formed(text, prefix) => {
            let why = format!("The pool ID '{text}' does not exist");
            Err(Error::new(codes[0], why).at("PoolIds"))
        }
        Some(text) => {
            let why = format!("Invalid id: \"{text}\" (expecting \"{prefix}-...\")");
            Err(Error::new(codes[1], why).at("PoolIds"))
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribePublicIpv4Pools.html>: nobody has brought addresses of their own.
fn ipv4_pools(request: &Request<'_>, _world: &World) -> Result<Structure> {
    no_pool(
        request,
        "ipv4pool-ec2",
        ["InvalidPublicIpv4PoolID.NotFound", "InvalidPublicIpv4PoolID.Malformed"],
    )?;
    Filters::read(request.params)?.check_names(|_| false)?;
    none(request.params, field::PUBLIC_IPV4_POOLS, 1)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIpv6Pools.html>
fn ipv6_pools(request: &Request<'_>, _world: &World) -> Result<Structure> {
    no_pool(
        request,
        "ipv6pool-ec2",
        ["InvalidIpv6PoolID.NotFound", "InvalidIpv6PoolID.Malformed"],
    )?;
    Filters::read(request.params)?.check_names(|_| false)?;
    none(request.params, field::IPV6_POOLS, 1)
}

/// The address that a call wants back: one that this account had in the Region, and that nobody has now.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eip-recovering.html>
///
/// # Errors
/// `InvalidAddress.NotFound`, and `InvalidParameterValue` for what is no address.
pub(super) fn recover(world: &World, region: Region, text: &str) -> Result<Ipv4Addr> {
    let address = super::super::common::read_ipv4("Address", text)?;
    let words = addresses::released_words(address);
    let was_ours = world.journal.iter().any(|(_, event)| {
        event.region == Some(region) && matches!(event.resource, Some(ResourceId::Address(_))) && event.text == words
    });
    if was_ours && !pools::is_held(world, region, address) {
        return Ok(address);
    }
    Err(addresses::not_found(text)
        .at("Address")
        .remedy("Only an address that this account has released in the Region comes back."))
}

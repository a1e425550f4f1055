//! Lists of zones and of records, page by page, and TestDNSAnswer.

use super::common::{HOME, invalid, max_items, needs, zone, zones as all_zones};
use super::{delegation, records as sets, zones};
use crate::base::error::{Error, Result};
use crate::base::ids::HostedZoneId;
use crate::dns::authority::{self, Found};
use crate::dns::{Asking, places};
use crate::dns::{internet, name};
use crate::services::Request;
use crate::world::World;
use crate::world::names::{HostedZone, RecordKey, RecordSet};
use std::net::IpAddr;
use stratus_model::{Structure, Value, field};

/// Most zones of a page.
const ZONES: usize = 100;
/// Most record sets of a page.
const RECORDS: usize = 300;

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html>
/// Oldest first (ours: AWS names no order).
pub(super) fn zones(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let set = params
        .text(field::DELEGATION_SET_ID)
        .map(|id| delegation::find(world, id))
        .transpose()?;
    let size = max_items(params, ZONES)?;
    let private_only = params.contains(field::HOSTED_ZONE_TYPE);
    let rows: Vec<&HostedZone> = all_zones(world)
        .into_iter()
        .filter(|zone| !private_only || zone.private.is_some())
        .filter(|zone| set.is_none_or(|set| zone.delegation_set.as_ref() == Some(&set.id)))
        .collect();
    let marker = params.text(field::MARKER).unwrap_or_default();
    let start = match marker {
        "" => 0,
        _ => rows
            .iter()
            .position(|zone| HostedZoneId::parse(marker) == Some(zone.id))
            .ok_or_else(|| invalid("Marker", format!("Invalid Marker: {marker}")))?,
    };
    let (page, next) = zones_page(world, &rows, start, size);
    let next = next.map(|zone| zone.id.to_string());
    Ok(Structure::new()
        .with(field::HOSTED_ZONES, page)
        .with(field::MARKER, marker)
        .with(field::IS_TRUNCATED, next.is_some())
        .with_some(field::NEXT_MARKER, next)
        .with(field::MAX_ITEMS, size.to_string()))
}

/// So many zones from a place on, as answers have them, and the one after them.
fn zones_page<'w>(
    world: &World,
    rows: &[&'w HostedZone],
    start: usize,
    size: usize,
) -> (Vec<Value>, Option<&'w HostedZone>) {
    let page = rows.iter().skip(start).take(size);
    let page = page.map(|zone| zones::describe(zone, world.now).into()).collect();
    (page, rows.get(start.saturating_add(size)).copied())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html>
/// By name with the labels reversed, then by id.
pub(super) fn zones_by_name(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    needs(params, field::HOSTED_ZONE_ID, field::DNS_NAME)?;
    let size = max_items(params, ZONES)?;
    let mut rows = all_zones(world);
    rows.sort_by_cached_key(|zone| (name::reversed(&zone.name), zone.id.to_string()));
    let from = match params.text(field::DNS_NAME) {
        None => (String::new(), String::new()),
        Some(text) => {
            let wanted =
                name::normal(text).map_err(|fault| Error::new("InvalidDomainName", fault.to_string()).at("DNSName"))?;
            let id = params.text(field::HOSTED_ZONE_ID).unwrap_or_default();
            let id = id.strip_prefix("/hostedzone/").unwrap_or(id);
            (name::reversed(&wanted), id.to_owned())
        }
    };
    let start = rows.partition_point(|zone| (name::reversed(&zone.name), zone.id.to_string()) < from);
    let (page, next) = zones_page(world, &rows, start, size);
    Ok(Structure::new()
        .with(field::HOSTED_ZONES, page)
        .with_some(field::DNS_NAME, params.text(field::DNS_NAME))
        .with_some(field::HOSTED_ZONE_ID, params.text(field::HOSTED_ZONE_ID))
        .with(field::IS_TRUNCATED, next.is_some())
        .with_some(field::NEXT_DNS_NAME, next.map(|zone| zone.name.as_str()))
        .with_some(field::NEXT_HOSTED_ZONE_ID, next.map(|zone| zone.id))
        .with(field::MAX_ITEMS, size.to_string()))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html>
/// As last asked for, whether in sync or not; by name with the labels reversed, then by type.
pub(super) fn records(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    needs(params, field::START_RECORD_TYPE, field::START_RECORD_NAME)?;
    needs(params, field::START_RECORD_IDENTIFIER, field::START_RECORD_TYPE)?;
    let size = max_items(params, RECORDS)?;
    let start: RecordKey = match params.text(field::START_RECORD_NAME) {
        None => (String::new(), String::new(), String::new()),
        Some(text) => {
            let wanted = name::normal(text).map_err(|fault| invalid("StartRecordName", fault.to_string()))?;
            let text = |name| params.text(name).unwrap_or_default().to_owned();
            (
                name::reversed(&wanted),
                text(field::START_RECORD_TYPE),
                text(field::START_RECORD_IDENTIFIER),
            )
        }
    };
    let mut rest = row.records.range(start..);
    let page: Vec<Value> = rest
        .by_ref()
        .take(size)
        .map(|(_, set)| sets::describe(set).into())
        .collect();
    let next: Option<&RecordSet> = rest.next().map(|(_, set)| set);
    Ok(Structure::new()
        .with(field::RESOURCE_RECORD_SETS, page)
        .with(field::IS_TRUNCATED, next.is_some())
        .with_some(field::NEXT_RECORD_NAME, next.map(|set| set.name.as_str()))
        .with_some(field::NEXT_RECORD_TYPE, next.map(|set| set.record_type.as_str()))
        .with_some(
            field::NEXT_RECORD_IDENTIFIER,
            next.and_then(|set| set.identifier.as_deref()),
        )
        .with(field::MAX_ITEMS, size.to_string()))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_TestDNSAnswer.html>
/// What the zone's name servers answer now, without any resolver. Public zones only, as AWS has it.
pub(super) fn test_answer(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    if row.private.is_some() {
        return Err(invalid(
            "HostedZoneId",
            "TestDNSAnswer supports public hosted zones only.",
        ));
    }
    needs(params, field::EDNS0_CLIENT_SUBNET_MASK, field::EDNS0_CLIENT_SUBNET_IP)?;
    let given = params.text(field::RECORD_NAME).unwrap_or_default();
    let wanted = name::normal(given).map_err(|fault| invalid("RecordName", fault.to_string()))?;
    let record_type = params.text(field::RECORD_TYPE).unwrap_or_default();
    let asking = Asking {
        lot: names_lot(world),
        ..asker(params)?
    };
    let (code, mut data) = if !name::within(&wanted, &row.name) || !authority::answers(row) {
        ("REFUSED", Vec::new())
    } else {
        match authority::find(world, row, &wanted, record_type, &asking) {
            Found::Records { values, .. } => ("NOERROR", values),
            Found::Alias { target, .. } => ("NOERROR", vec![target]),
            Found::Referral { servers, .. } => ("NOERROR", servers),
            Found::NoData => ("NOERROR", Vec::new()),
            Found::NoName => ("NXDOMAIN", Vec::new()),
        }
    };
    internet::shuffled(world, 0, &wanted, record_type, &mut data);
    Ok(Structure::new()
        .with(field::NAMESERVER, internet::pick(world, 0, &wanted, &row.name_servers))
        .with(field::RECORD_NAME, wanted.as_str())
        .with(field::RECORD_TYPE, record_type)
        .with(field::RECORD_DATA, data)
        .with(field::RESPONSE_CODE, code)
        .with(field::PROTOCOL, "UDP"))
}

/// Who is meant to ask: the network that EDNS would tell, else the resolver's address, else somebody in the Region of Route
/// 53's API, as AWS has it.
fn asker(params: &Structure) -> Result<Asking> {
    let address = |name: stratus_model::Name| match params.text(name) {
        None => Ok(None),
        Some(text) => text
            .parse::<IpAddr>()
            .map(Some)
            .map_err(|_| invalid(name.text(), format!("Invalid IP address: {text}"))),
    };
    let resolver = address(field::RESOLVER_IP)?;
    let subnet = address(field::EDNS0_CLIENT_SUBNET_IP)?;
    let mask = params.text(field::EDNS0_CLIENT_SUBNET_MASK).map(str::parse::<u8>);
    let widest = if subnet.is_some_and(|subnet| subnet.is_ipv6()) {
        128
    } else {
        32
    };
    if mask.is_some_and(|mask| mask.map_or(true, |mask| mask > widest)) {
        return Err(invalid(
            "EDNS0ClientSubnetMask",
            format!("A mask is a number from 0 to {widest}."),
        ));
    }
    let from = subnet.or(resolver);
    Ok(match from {
        Some(from) => Asking {
            spot: places::of_address(from),
            address: Some(from),
            lot: 0,
        },
        None => Asking {
            spot: Some(places::of_region(HOME)),
            address: None,
            lot: 0,
        },
    })
}

/// The lot of a question that comes to the name servers directly: another each millisecond and after every call.
fn names_lot(world: &World) -> u64 {
    let moment = u64::try_from(world.now.0).unwrap_or(0);
    moment ^ world.calls << 40
}

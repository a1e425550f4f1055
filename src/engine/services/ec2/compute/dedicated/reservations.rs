//! Host reservations: previewed, bought, shown, ended. While one runs the hosts that it covers cost nothing on demand; what it costs
//! itself follows from its row (`bill::rented`). What may be exchanged or cancelled is nothing, as on AWS.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-billing.html#dedicated-host-reservations>

use super::describe::{hosts_of, read_filters};
use super::offerings::{self, dollars};
use super::{Found, calls};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostId, HostReservationId, Kind};
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::Request;
use crate::services::ec2::common::{find, need, note, note_clock, page, tag_list};
use crate::services::ec2::compute::filters::{self, PathFilter};
use crate::services::ec2::{tags, tokens};
use crate::world::World;
use crate::world::compute::PhysicalHost;
use crate::world::rented::{HostOffering, HostReservation, HostState};
use crate::world::usage::{Measure, Subject};
use stratus_model::{Structure, field, sort};

const FILTERS: &[PathFilter] = &[
    ("instance-family", &[field::INSTANCE_FAMILY]),
    ("payment-option", &[field::PAYMENT_OPTION]),
    ("state", &[field::STATE]),
];

/// What a call wants to buy: an offering, and the hosts that it is to cover.
///
/// # Errors
/// `InvalidHostReservationOfferingId…`, `InvalidHostID…`, `InvalidHostState`, `IncompatibleHostRequirements` (another family),
/// `HostAlreadyCoveredByReservation`.
fn wanted<'w>(request: &Request<'_>, world: &'w World) -> Result<(HostOffering, Vec<Found<'w>>)> {
    let offering = offerings::find(request.region, need(request.params, field::OFFERING_ID)?)?;
    let hosts = hosts_of(request, world, field::HOST_ID_SET)?;
    if hosts.is_empty() {
        return Err(Error::missing("HostIdSet"));
    }
    for (row, rented) in &hosts {
        let id = row.id;
        let refused = if rented.state != HostState::Available {
            let text = format!("The Dedicated Host '{id}' is in the state '{}'.", rented.state.name());
            Some(("InvalidHostState", text))
        } else if row.family != offering.family {
            let (has, wants) = (&row.family, &offering.family);
            let text =
                format!("The Dedicated Host '{id}' is of the instance family '{has}', and the offering of '{wants}'.");
            Some(("IncompatibleHostRequirements", text))
        } else {
            let covered = rented.reservation;
            covered.map(|by| {
                let text = format!("The Dedicated Host '{id}' is already covered by the reservation '{by}'.");
                ("HostAlreadyCoveredByReservation", text)
            })
        };
        if let Some((code, text)) = refused {
            return Err(Error::new(code, text).at("HostIdSet"));
        }
    }
    Ok((offering, hosts))
}

/// What a purchase comes to, as both calls answer it.
fn answer(offering: &HostOffering, region: Region, hosts: &[HostId], made: Option<HostReservationId>) -> Structure {
    let count = hosts.len() as i64;
    let ids: Vec<String> = hosts.iter().map(ToString::to_string).collect();
    let purchase = offerings::terms(offering, region, count)
        .with(field::HOST_ID_SET, ids)
        .with_some(field::HOST_RESERVATION_ID, made);
    Structure::new()
        .with(field::CURRENCY_CODE, "USD")
        .with(field::PURCHASE, vec![purchase])
        .with(
            field::TOTAL_HOURLY_PRICE,
            dollars(offerings::recurring(offering, region) * count),
        )
        .with(
            field::TOTAL_UPFRONT_PRICE,
            dollars(offerings::upfront(offering, region) * count),
        )
}

fn ids(hosts: &[Found<'_>]) -> Vec<HostId> {
    hosts.iter().map(|(row, _)| row.id).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetHostReservationPurchasePreview.html>
pub(super) fn preview(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (offering, hosts) = wanted(request, world)?;
    Ok(answer(&offering, request.region, &ids(&hosts), None))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PurchaseHostReservation.html>
pub(super) fn purchase(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let token = params.text(field::CLIENT_TOKEN).unwrap_or_default().to_owned();
    let shown_token = Some(token.clone()).filter(|token| !token.is_empty());
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(id) = HostReservationId::try_from(made)
        && let Some(row) = world.row::<HostReservation>(region, id)
    {
        return Ok(answer(&row.offering, region, &row.hosts, Some(id)).with_some(field::CLIENT_TOKEN, shown_token));
    }
    let (offering, hosts) = wanted(request, world)?;
    let hosts = ids(&hosts);
    within_limit(
        params,
        offerings::upfront(&offering, region).saturating_mul(hosts.len() as i64),
    )?;
    let id = HostReservationId(world.random.next_u64(Stream::Ids(Kind::HostReservation)));
    let span = Span::seconds(offerings::seconds(&offering));
    let row = HostReservation {
        id,
        born: world.birth(),
        offering: offering.clone(),
        hosts: hosts.clone(),
        start: world.now,
        end: world.now + span,
        client_token: token,
    };
    world.put(region, row);
    let now = world.now;
    for host in &hosts {
        world.update(region, *host, |row: &mut PhysicalHost| {
            if let Some(rented) = &mut row.rented {
                rented.reservation = Some(id);
            }
        });
        world
            .usage
            .stop(&Subject::Resource((*host).into()), Measure::DedicatedHost, now);
        note(world, region, *host, format!("{id} pays for it"));
    }
    tags::apply_specifications(world, region, params, &[("host-reservation", &[id.into()])])?;
    tokens::remember(request, world, id);
    clock::schedule(world, span, region, id, Step::Settle);
    note(world, region, id, format!("{} hosts reserved", hosts.len()));
    Ok(answer(&offering, region, &hosts, Some(id)).with_some(field::CLIENT_TOKEN, shown_token))
}

/// Whether the upfront price is within the limit that a call sets, in USD.
fn within_limit(params: &Structure, upfront: i64) -> Result<()> {
    let Some(text) = params.text(field::LIMIT_PRICE).filter(|text| !text.is_empty()) else {
        return Ok(());
    };
    let limit = crate::catalog::money::parse_picodollars(text)
        .ok_or_else(|| Error::invalid("LimitPrice", format!("'{text}' is no amount of USD")))?;
    if i128::from(upfront) * 1_000_000 > limit {
        let why = format!("The upfront price {} exceeds the limit price {text}.", dollars(upfront));
        return Err(Error::new("InvalidParameterValue", why).at("LimitPrice"));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeHostReservations.html>. Sorted by purchase.
pub(super) fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = read_filters(params)?;
    filters::check(&filters, FILTERS, &[])?;
    let mut rows: Vec<&HostReservation> = Vec::new();
    for text in params.texts(field::HOST_RESERVATION_ID_SET) {
        rows.push(find(world, region, Kind::HostReservation, text).map_err(|error| error.at("HostReservationIdSet"))?);
    }
    if params.list(field::HOST_RESERVATION_ID_SET).is_empty() {
        let ec2 = world.ec2(region).into_iter();
        rows.extend(ec2.flat_map(|ec2| ec2.estate.host_reservations.rows()));
    }
    sort::by_key(&mut rows, |row| (row.born, row.id));
    rows.dedup_by_key(|row| row.id);
    let mut found = Vec::new();
    for row in rows {
        let shown = show(world, region, row);
        if filters::pass(&filters, &shown, world.tags(region, row.id.into()), FILTERS)? {
            found.push(shown);
        }
    }
    let (found, next) = page(found, params, 5)?;
    Ok(Structure::new()
        .with(field::HOST_RESERVATION_SET, found)
        .with_some(field::NEXT_TOKEN, next))
}

fn show(world: &World, region: Region, row: &HostReservation) -> Structure {
    let hosts: Vec<String> = row.hosts.iter().map(ToString::to_string).collect();
    let state = if row.end <= world.now { "retired" } else { "active" };
    offerings::terms(&row.offering, region, 1)
        .with(field::COUNT, hosts.len() as i64)
        .with(field::END, row.end)
        .with(field::HOST_ID_SET, hosts)
        .with(field::HOST_RESERVATION_ID, row.id)
        .with(field::OFFERING_ID, offerings::id(&row.offering, region))
        .with(field::START, row.start)
        .with(field::STATE, state)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// The end of a term: its hosts cost the on-demand price again.
pub(super) fn end(world: &mut World, pending: &Pending, id: HostReservationId) {
    let region = pending.region;
    let Some(row) = world
        .row::<HostReservation>(region, id)
        .filter(|row| row.end <= world.now)
    else {
        return;
    };
    for host in row.hosts.clone() {
        let covered = world.update(region, host, |row: &mut PhysicalHost| {
            let rented = row.rented.as_mut()?;
            let covered = rented.reservation == Some(id);
            if covered {
                rented.reservation = None;
            }
            Some(covered)
        });
        if covered.flatten() == Some(true) {
            calls::meter(world, region, host);
        }
    }
    let rule = "After its term a reservation pays for nothing any more: its hosts go on at the on-demand price.";
    let source = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-billing.html";
    note_clock(world, region, id, "active → retired", rule, source);
}

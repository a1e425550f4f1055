//! Elastic IP addresses on their way between EC2-Classic and the VPC platform. A move takes some minutes.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html#migrating-eip>

use super::super::common::{Filters, note, note_clock, page};
use super::super::vpc::addresses::{by_public, not_found};
use super::super::vpc::transfers;
use super::{PLATFORM, addresses};
use crate::base::error::{Error, Result};
use crate::base::ids::AllocationId;
use crate::base::time::Span;
use crate::catalog::{Region, quotas};
use crate::clock::{self, Pending, Step};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::ElasticAddress;
use stratus_model::{Structure, field, sort};

/// How long an address must have been the account's before it can be moved.
const AGE: Span = Span::minutes(24 * 60);

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "DescribeMovingAddresses" => Handler::Read(describe),
        "MoveAddressToVpc" => Handler::Write(to_vpc),
        "RestoreAddressToClassic" => Handler::Write(to_classic),
        _ => return None,
    })
}

/// The address that a call names, and that it is associated with nothing and on no way.
fn idle(request: &Request<'_>, world: &World) -> Result<ElasticAddress> {
    let text = request.params.text(field::PUBLIC_IP).unwrap_or_default();
    let row = by_public(world, request.region, text)?.ok_or_else(|| not_found(text))?;
    addresses::check_settled(&row)?;
    Ok(row)
}

fn unassociated(row: &ElasticAddress) -> Result<()> {
    if row.association.is_some() {
        let why = format!("Address {} is in use.", row.address);
        return Err(Error::new("InvalidIPAddress.InUse", why)
            .at("PublicIp")
            .remedy("Disassociate it first."));
    }
    Ok(())
}

fn refuse(why: String) -> Result<Structure> {
    Err(Error::new("UnsupportedOperation", why).at("PublicIp"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_MoveAddressToVpc.html>: after 24 hours, and not while it is
/// associated. Without EC2-Classic every address is where it must stay.
fn to_vpc(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = idle(request, world)?;
    let Some(classic) = row.classic.as_ref().filter(|classic| !classic.in_vpc) else {
        return refuse(format!(
            "The address {} is already in the EC2-VPC platform.",
            row.address
        ));
    };
    unassociated(&row)?;
    if world.now < classic.allocated + AGE {
        let why = format!("The address {} was allocated less than 24 hours ago.", row.address);
        return Err(Error::new("UnsupportedOperation", why)
            .at("PublicIp")
            .remedy("Wait until it has been yours for 24 hours."));
    }
    if addresses::count(world, region, false) >= quotas::ELASTIC_ADDRESSES {
        let why = "The maximum number of addresses has been reached.";
        return Err(Error::new("AddressLimitExceeded", why).at("PublicIp"));
    }
    begin(world, region, &row, "moves to the VPC platform");
    Ok(Structure::new()
        .with(field::ALLOCATION_ID, row.id)
        .with(field::STATUS, "MoveInProgress"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RestoreAddressToClassic.html>: only what has come from there.
fn to_classic(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = idle(request, world)?;
    if row.classic.is_some() {
        super::need_support(world, region)?;
    }
    match &row.classic {
        None if !super::is_supported(world, region) => {
            return refuse(format!(
                "The address {} cannot be moved to EC2-Classic: it is retired.",
                row.address
            ));
        }
        None => {
            return refuse(format!(
                "The address {} was allocated for use in a VPC: it cannot be moved to EC2-Classic.",
                row.address
            ));
        }
        Some(classic) if !classic.in_vpc => {
            return refuse(format!("The address {} is already in EC2-Classic.", row.address));
        }
        Some(_) => {}
    }
    unassociated(&row)?;
    if transfers::is_offered(world, region, row.id) {
        let why = format!("Address {} is offered to another account.", row.address);
        return Err(Error::new("IncorrectState", why)
            .at("PublicIp")
            .remedy("Disable its transfer first."));
    }
    addresses::check_quota(world, region)?;
    begin(world, region, &row, "goes back to EC2-Classic");
    Ok(Structure::new()
        .with(field::PUBLIC_IP, row.address.to_string())
        .with(field::STATUS, "MoveInProgress"))
}

fn begin(world: &mut World, region: Region, row: &ElasticAddress, does: &str) {
    let now = world.now;
    set(world, region, row.id, Some(now), false);
    let span = world.timings.clone().draw(&mut world.random, "address.moving");
    clock::schedule(world, span, region, row.id, Step::Progress);
    note(world, region, row.id, format!("{} {does}", row.address));
}

fn set(world: &mut World, region: Region, id: AllocationId, moving: Option<crate::base::time::Time>, arrived: bool) {
    world.update::<ElasticAddress, _>(region, id, |row| {
        if let Some(classic) = row.classic.as_mut() {
            classic.moving = moving;
            classic.in_vpc ^= arrived;
        }
    });
}

/// A move is over.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let Ok(id) = AllocationId::try_from(pending.resource) else {
        return;
    };
    let region = pending.region;
    let row = world.row::<ElasticAddress>(region, id);
    let Some(classic) = row.and_then(|row| row.classic.clone()) else {
        return;
    };
    if classic.moving != Some(pending.asked) {
        return;
    }
    set(world, region, id, None, true);
    let text = match classic.in_vpc {
        true => "is in EC2-Classic",
        false => "is in the VPC platform",
    };
    note_clock(
        world,
        region,
        id,
        text,
        "A move takes one to five minutes (ours).",
        PLATFORM,
    );
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeMovingAddresses.html>
fn describe(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| name == "moving-status")?;
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.addresses.rows());
    let on_the_way = rows.filter_map(|row| {
        row.classic
            .as_ref()
            .filter(|it| it.moving.is_some())
            .map(|it| (row, it))
    });
    let mut found: Vec<(&ElasticAddress, &str)> = on_the_way
        .map(|(row, classic)| {
            let status = if classic.in_vpc {
                "restoringToClassic"
            } else {
                "movingToVpc"
            };
            (row, status)
        })
        .collect();
    let mut wanted = Vec::new();
    for text in params.texts(field::PUBLIC_IPS) {
        wanted.push(by_public(world, region, text)?.ok_or_else(|| not_found(text))?.id);
    }
    found.retain(|(row, _)| wanted.is_empty() || wanted.contains(&row.id));
    sort::by_key(&mut found, |(row, _)| (row.born, row.id));
    let mut chosen = Vec::new();
    for (row, status) in found {
        // The filter spells the states in its own way.
        let filtered = if status == "movingToVpc" {
            "MovingToVpc"
        } else {
            "RestoringToClassic"
        };
        if filters.pass_tagged(None, |_| Some(vec![filtered.to_owned()]))? {
            chosen.push(
                Structure::new()
                    .with(field::PUBLIC_IP, row.address.to_string())
                    .with(field::MOVE_STATUS, status),
            );
        }
    }
    let (shown, next) = page(chosen, params, 5)?;
    Ok(Structure::new()
        .with(field::MOVING_ADDRESS_STATUSES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

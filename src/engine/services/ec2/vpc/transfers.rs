//! Transfers of Elastic IP addresses between accounts: offered, withdrawn, accepted, expired.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/transfer-EIPs-intro-ec2.html>. One account is simulated: what another one does
//! (it offers an address, it accepts one) are calls of our own service. AWS names no codes for an offer that is there already
//! or is not there: those are ours.

use super::super::common::{find, need, note, note_clock, page, read_ipv4, unknown};
use super::super::{defaults, tags};
use super::{addresses, interfaces, pools};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::rented::{AddressOffer, AddressTransfer, TransferState};
use crate::world::usage::{Measure, Subject};
use crate::world::vpc::ElasticAddress;
use std::net::Ipv4Addr;
use stratus_model::{Structure, field, sort};

const TRANSFERS: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/transfer-EIPs-intro-ec2.html";
/// How long the other account has to accept.
const OFFERED: Span = Span::minutes(7 * 24 * 60);
/// How long an accepted transfer stays visible.
const VISIBLE: Span = Span::minutes(14 * 24 * 60);
/// Offers of other accounts that a Region remembers (ours).
const OFFERS: usize = 100;

/// The handler of an operation.
#[inline(never)]
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "EnableAddressTransfer" => Handler::Write(enable),
        "DisableAddressTransfer" => Handler::Write(disable),
        "AcceptAddressTransfer" => Handler::Write(accept),
        "DescribeAddressTransfers" => Handler::Read(describe_all),
        _ => return None,
    })
}

fn show(row: &AddressTransfer, state: &str) -> Structure {
    Structure::new()
        .with(field::PUBLIC_IP, row.address.to_string())
        .with(field::ALLOCATION_ID, row.allocation)
        .with(field::TRANSFER_ACCOUNT_ID, &row.to)
        .with(field::TRANSFER_OFFER_EXPIRATION_TIMESTAMP, row.expires)
        .with_some(field::TRANSFER_OFFER_ACCEPTED_TIMESTAMP, row.accepted)
        .with(field::ADDRESS_TRANSFER_STATUS, state)
}

fn transfer(world: &World, region: Region, id: AllocationId) -> Option<&AddressTransfer> {
    world.ec2(region)?.estate.transfers.get(&id)
}

/// An account's twelve digits.
fn account(parameter: &str, text: &str) -> Result<String> {
    if text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    let why = format!("Value ({text}) for parameter {parameter} is invalid. An account has twelve digits.");
    Err(Error::new("InvalidParameterValue", why).at(parameter))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableAddressTransfer.html>: also while the address is associated; it
/// can only not be accepted then.
fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let elastic = find::<ElasticAddress>(world, region, Kind::Address, need(params, field::ALLOCATION_ID)?)?;
    addresses::check_vpc(elastic)?;
    let (id, address) = (elastic.id, elastic.address);
    let to = account("TransferAccountId", need(params, field::TRANSFER_ACCOUNT_ID)?)?;
    if to == world.account() {
        let why = format!("Value ({to}) for parameter transferAccountId is invalid. It is the address's own account.");
        return Err(Error::new("InvalidParameterValue", why).at("TransferAccountId"));
    }
    if let Some(row) = transfer(world, region, id) {
        if row.to == to {
            let shown = show(row, row.state.name());
            return Ok(Structure::new().with(field::ADDRESS_TRANSFER, shown));
        }
        let why = format!("The address {address} is already offered to the account {}.", row.to);
        return Err(Error::new("IncorrectState", why)
            .at("AllocationId")
            .remedy("Disable that transfer first."));
    }
    let row = AddressTransfer {
        allocation: id,
        born: world.birth(),
        address,
        to: to.clone(),
        state: TransferState::Pending,
        offered: world.now,
        expires: world.now + OFFERED,
        accepted: None,
    };
    let shown = show(&row, row.state.name());
    put(world, region, row);
    clock::schedule(world, OFFERED, region, id, Step::Reap);
    note(world, region, id, format!("{address} is offered to the account {to}"));
    Ok(Structure::new().with(field::ADDRESS_TRANSFER, shown))
}

/// Whether an address is offered to another account.
pub(in crate::services::ec2) fn is_offered(world: &World, region: Region, id: AllocationId) -> bool {
    transfer(world, region, id).is_some_and(|row| row.state == TransferState::Pending)
}

fn put(world: &mut World, region: Region, row: AddressTransfer) {
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.estate.transfers.insert(row.allocation, row);
    }
}

/// Takes back the offer of an address that goes, or ends one. Nobody may accept it then.
pub(in crate::services::ec2) fn forget(world: &mut World, region: Region, id: AllocationId) {
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.estate.transfers.remove(&id);
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableAddressTransfer.html>: not once it has been accepted.
fn disable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::ALLOCATION_ID)?;
    let id = find::<ElasticAddress>(world, region, Kind::Address, text)?.id;
    let Some(row) = transfer(world, region, id).cloned() else {
        let why = format!("The address with allocation id {id} is not offered to any account.");
        return Err(Error::new("IncorrectState", why).at("AllocationId"));
    };
    forget(world, region, id);
    note(world, region, id, format!("{} is no longer offered", row.address));
    Ok(Structure::new().with(field::ADDRESS_TRANSFER, show(&row, "disabled")))
}

/// Refuses what stands in the way of a transfer.
fn acceptable(address: Ipv4Addr, associated: bool, named: bool) -> Result<()> {
    let (code, why, remedy) = if named {
        (
            "InvalidTransfer.AddressCustomPtrSet",
            format!("The address {address} has a custom reverse DNS record."),
            "The source account must remove its reverse DNS name first.",
        )
    } else if associated {
        (
            "InvalidTransfer.AddressAssociated",
            format!("The address {address} is associated with an instance or a network interface."),
            "The source account must disassociate it first.",
        )
    } else {
        return Ok(());
    };
    Err(Error::new(code, why).at("Address").remedy(remedy))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptAddressTransfer.html>: an address that another account offers to this one.
/// It gets an allocation of its own here, and none of the tags that it had.
fn accept(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::ADDRESS)?;
    let address = read_ipv4("Address", text)?;
    let offer = world.ec2(region).and_then(|ec2| ec2.estate.offers.get(&address));
    let offer = offer.filter(|offer| offer.expires > world.now).cloned();
    let Some(offer) = offer else {
        return Err(addresses::not_found(text)
            .at("Address")
            .remedy("Only the account to which an address is offered can accept it, within seven days."));
    };
    acceptable(address, offer.associated, offer.named)?;
    addresses::check_quota(world, region)?;
    let id = AllocationId(world.random.next_u64(Stream::Ids(Kind::Address)));
    let row = ElasticAddress {
        id,
        born: world.birth(),
        address,
        association: None,
        reverse_name: None,
        reverse_update: None,
        classic: None,
        nat: None,
        carrier: None,
    };
    world.put(region, row);
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.estate.offers.remove(&address);
    }
    interfaces::meter(world, region, id, "idle");
    tags::apply_specifications(world, region, params, &[("elastic-ip", &[id.into()])])?;
    note(
        world,
        region,
        id,
        format!("{address} accepted from the account {}", offer.from),
    );
    let shown = AddressTransfer {
        allocation: id,
        born: 0,
        address,
        to: world.account(),
        state: TransferState::Accepted,
        offered: world.now,
        expires: offer.expires,
        accepted: Some(world.now),
    };
    Ok(Structure::new().with(field::ADDRESS_TRANSFER, show(&shown, shown.state.name())))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddressTransfers.html>: what this account offers, and what others have
/// accepted of it in the last two weeks. Sorted by offer.
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut wanted: Vec<AllocationId> = Vec::new();
    for text in params.texts(field::ALLOCATION_IDS) {
        let id = AllocationId::parse(text)
            .filter(|id| transfer(world, region, *id).is_some() || world.row::<ElasticAddress>(region, *id).is_some());
        wanted.push(id.ok_or_else(|| unknown(Kind::Address, text).at("AllocationIds"))?);
    }
    let ec2 = world.ec2(region).into_iter();
    let mut rows: Vec<&AddressTransfer> = ec2.flat_map(|ec2| ec2.estate.transfers.rows()).collect();
    rows.retain(|row| wanted.is_empty() || wanted.contains(&row.allocation));
    sort::by_key(&mut rows, |row| (row.born, row.allocation));
    let (rows, next) = page(rows, params, 5)?;
    let shown: Vec<Structure> = rows.into_iter().map(|row| show(row, row.state.name())).collect();
    Ok(Structure::new()
        .with(field::ADDRESS_TRANSFERS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// What time does: an offer that nobody has accepted ends, and an accepted one is shown no more.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::Address(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let Some(row) = transfer(world, region, id) else { return };
    let (rule, text) = match (row.state, row.accepted) {
        (TransferState::Pending, _) if row.expires == world.now => (
            "An offer ends after seven days, and the address stays with its account.",
            format!("the offer of {} has expired", row.address),
        ),
        (TransferState::Accepted, Some(accepted)) if accepted + VISIBLE == world.now => (
            "An accepted transfer is shown for fourteen days.",
            "its transfer is no longer shown".to_owned(),
        ),
        _ => return,
    };
    forget(world, region, id);
    note_clock(world, region, id, text, rule, TRANSFERS);
}

/// Another account offers an address of its own to this one, or changes what it does with one that it offers. Ours.
pub(in crate::services) fn offer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let from = account("AccountId", need(params, field::ACCOUNT_ID)?)?;
    if from == world.account() {
        return Err(Error::invalid("AccountId", "another account than this one"));
    }
    defaults::ensure(world, region);
    let state = params.text(field::STATE).unwrap_or("idle");
    let now = world.now;
    if let Some(ec2) = world.regions.get_mut(&region) {
        let over: Vec<Ipv4Addr> = ec2
            .estate
            .offers
            .rows()
            .filter(|row| row.expires <= now)
            .map(|row| row.address)
            .collect();
        for address in over {
            ec2.estate.offers.remove(&address);
        }
    }
    let known = world.ec2(region).map_or(0, |ec2| ec2.estate.offers.len());
    let (address, expires) = match params.text(field::PUBLIC_IP) {
        Some(text) => {
            let address = read_ipv4("PublicIp", text)?;
            let row = world.ec2(region).and_then(|ec2| ec2.estate.offers.get(&address));
            let row = row
                .filter(|row| row.from == from)
                .ok_or_else(|| addresses::not_found(text))?;
            (address, row.expires)
        }
        None if known >= OFFERS => {
            return Err(Error::new(
                "LimitExceeded",
                format!("{OFFERS} addresses are offered already"),
            ));
        }
        None => (pools::draw_public_address(world, region), now + OFFERED),
    };
    let row = AddressOffer {
        address,
        from,
        expires,
        associated: state == "associated",
        named: state == "named",
    };
    if let Some(ec2) = world.regions.get_mut(&region) {
        ec2.estate.offers.insert(address, row);
    }
    Ok(Structure::new().with(field::PUBLIC_IP, address.to_string()))
}

/// Another account accepts what this one offers to it. Ours.
pub(in crate::services) fn take(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let who = account("AccountId", need(params, field::ACCOUNT_ID)?)?;
    let text = need(params, field::PUBLIC_IP)?;
    let address = read_ipv4("PublicIp", text)?;
    let offered =
        |row: &&AddressTransfer| row.address == address && row.state == TransferState::Pending && row.to == who;
    let row = world
        .ec2(region)
        .and_then(|ec2| ec2.estate.transfers.rows().find(offered))
        .cloned()
        .ok_or_else(|| addresses::not_found(text))?;
    let id = row.allocation;
    let elastic = world
        .row::<ElasticAddress>(region, id)
        .ok_or_else(|| addresses::not_found(text))?;
    acceptable(address, elastic.association.is_some(), elastic.reverse_name.is_some())?;
    world
        .usage
        .stop(&Subject::Resource(id.into()), Measure::PublicAddress, world.now);
    note(world, region, id, format!("{address} handed over to the account {who}"));
    world.take::<ElasticAddress>(region, id);
    let accepted = AddressTransfer {
        state: TransferState::Accepted,
        accepted: Some(world.now),
        ..row
    };
    put(world, region, accepted);
    clock::schedule(world, VISIBLE, region, id, Step::Reap);
    Ok(Structure::new())
}

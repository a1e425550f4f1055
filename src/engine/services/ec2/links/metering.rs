//! Metering policies: whose account is charged for what goes through a transit gateway.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/metering-policy.html>
//!
//! Stratus has one account, which owns every attachment: whoever an entry names, the bill is the same.

use super::super::common::{Describing, Filters, find, need, note, page, read_cidr, tag_list};
use super::super::tags;
use super::{attachments, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::transits::{MeteringEntry, MeteringPolicy};
use stratus_model::{Name, Structure, field, sort};

/// Middlebox attachments of a policy
/// (<https://docs.aws.amazon.com/vpc/latest/tgw/metering-policy-middlebox.html>).
const MIDDLEBOXES: usize = 10;
/// Entries of a policy (ours: AWS publishes no number).
const ENTRIES: usize = 50;
/// The numbers that an entry may have (ours: AWS says only that the lowest is looked at first).
const NUMBERS: std::ops::RangeInclusive<i64> = 1..=32_766;
/// What an entry may match, in the order in which the API lists it.
const RULE: [Name; 9] = [
    field::SOURCE_TRANSIT_GATEWAY_ATTACHMENT_ID,
    field::SOURCE_TRANSIT_GATEWAY_ATTACHMENT_TYPE,
    field::SOURCE_CIDR_BLOCK,
    field::SOURCE_PORT_RANGE,
    field::DESTINATION_TRANSIT_GATEWAY_ATTACHMENT_ID,
    field::DESTINATION_TRANSIT_GATEWAY_ATTACHMENT_TYPE,
    field::DESTINATION_CIDR_BLOCK,
    field::DESTINATION_PORT_RANGE,
    field::PROTOCOL,
];

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayMeteringPolicy" => Handler::Write(create),
        "ModifyTransitGatewayMeteringPolicy" => Handler::Write(modify),
        "DeleteTransitGatewayMeteringPolicy" => Handler::Write(delete),
        "DescribeTransitGatewayMeteringPolicies" => Handler::Read(describe_all),
        "CreateTransitGatewayMeteringPolicyEntry" => Handler::Write(create_entry),
        "DeleteTransitGatewayMeteringPolicyEntry" => Handler::Write(delete_entry),
        "GetTransitGatewayMeteringPolicyEntries" => Handler::Read(entries),
        _ => return None,
    })
}

fn of_gateway(world: &World, region: Region, gateway: TransitGatewayId) -> Option<&MeteringPolicy> {
    let mut rows = world.ec2(region)?.links.metering.rows();
    rows.find(|row| row.gateway == gateway)
}

/// Refuses the end of a transit gateway that has a metering policy.
///
/// # Errors
/// `IncorrectState`.
pub(super) fn check_none(world: &World, region: Region, gateway: TransitGatewayId) -> Result<()> {
    match of_gateway(world, region, gateway) {
        Some(row) => {
            let why = format!("{gateway} has non-deleted Metering Policies: {}.", row.id);
            Err(Error::new("IncorrectState", why).at("TransitGatewayId"))
        }
        None => Ok(()),
    }
}

fn named(request: &Request<'_>, world: &World) -> Result<MeteringPolicy> {
    let text = need(request.params, field::TRANSIT_GATEWAY_METERING_POLICY_ID)?;
    find::<MeteringPolicy>(world, request.region, Kind::MeteringPolicy, text).cloned()
}

/// A change counts from the next full hour on (ours: AWS bills by the hour, and says only that there is such a moment).
fn next_hour(now: Time) -> Time {
    let hour = Span::minutes(60).0;
    Time((now.0.div_euclid(hour) + 1) * hour)
}

/// Attachments that a call names as middleboxes: of VPCs and VPNs of this transit gateway.
fn read_middleboxes(
    request: &Request<'_>,
    world: &World,
    gateway: TransitGatewayId,
    name: Name,
) -> Result<Vec<TransitAttachmentId>> {
    let texts = request.params.texts(name);
    let one = |text: &str| {
        let row = find::<TransitAttachment>(world, request.region, Kind::TransitAttachment, text)?;
        if row.gateway != gateway {
            let why = format!("{} is no attachment of {gateway}.", row.id);
            return Err(Error::new("InvalidParameterValue", why).at(name.text()));
        }
        let kind = attachments::resource(row, request.region).0;
        if !matches!(kind, "vpc" | "vpn") {
            let why = format!("{} is a {kind} attachment, which cannot be a middlebox.", row.id);
            return Err(Error::new("InvalidParameterValue", why).at(name.text()));
        }
        if row.state.is_gone() {
            return Err(transits::invalid_state(row.id, row.state));
        }
        Ok(row.id)
    };
    texts.map(one).collect()
}

fn check_count(middleboxes: &[TransitAttachmentId]) -> Result<()> {
    if middleboxes.len() <= MIDDLEBOXES {
        return Ok(());
    }
    let why = format!("A metering policy can have at most {MIDDLEBOXES} middlebox attachments.");
    Err(Error::new("TransitGatewayMeteringPolicyMiddleboxLimitExceeded", why))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayMeteringPolicy.html>: one a transit gateway.
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let gateway = transits::available(request, world)?.id;
    if let Some(row) = of_gateway(world, region, gateway) {
        let why = format!("{gateway} already has the metering policy {}.", row.id);
        return Err(Error::new("TransitGatewayMeteringPolicyLimitExceeded", why).at("TransitGatewayId"));
    }
    let mut middleboxes = read_middleboxes(request, world, gateway, field::MIDDLEBOX_ATTACHMENT_IDS)?;
    sort::sort(&mut middleboxes);
    middleboxes.dedup();
    check_count(&middleboxes)?;
    let id = MeteringPolicyId(world.random.next_u64(Stream::Ids(Kind::MeteringPolicy)));
    let row = MeteringPolicy {
        id,
        born: world.birth(),
        gateway,
        middleboxes,
        effective: next_hour(world.now),
        entries: Vec::new(),
    };
    world.put(region, row);
    let kind = "transit-gateway-metering-policy";
    tags::apply_specifications(world, region, params, &[(kind, &[id.into()])])?;
    note(world, region, id, format!("created for {gateway}"));
    Ok(shown(world, region, id, "pending"))
}

fn shown(world: &World, region: Region, id: MeteringPolicyId, state: &str) -> Structure {
    let row = world.row::<MeteringPolicy>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_METERING_POLICY,
        row.map(|row| describe(world, region, row).with(field::STATE, state)),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayMeteringPolicy.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let mut row = named(request, world)?;
    let added = read_middleboxes(request, world, row.gateway, field::ADD_MIDDLEBOX_ATTACHMENT_IDS)?;
    for text in request.params.texts(field::REMOVE_MIDDLEBOX_ATTACHMENT_IDS) {
        let place = row.middleboxes.iter().position(|id| id.to_string() == text);
        let Some(place) = place else {
            let why = format!("{text} is no middlebox attachment of {}.", row.id);
            return Err(Error::new("InvalidParameterValue", why).at("RemoveMiddleboxAttachmentIds"));
        };
        row.middleboxes.remove(place);
    }
    row.middleboxes.extend(added);
    sort::sort(&mut row.middleboxes);
    row.middleboxes.dedup();
    check_count(&row.middleboxes)?;
    row.effective = next_hour(world.now);
    let id = row.id;
    world.put(region, row);
    note(world, region, id, "middlebox attachments changed");
    Ok(shown(world, region, id, "modifying"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayMeteringPolicy.html>: with its entries.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, row) = (request.region, named(request, world)?);
    let answer = shown(world, region, row.id, "deleting");
    note(world, region, row.id, "deleted");
    world.take::<MeteringPolicy>(region, row.id);
    Ok(answer)
}

fn describe(world: &World, region: Region, row: &MeteringPolicy) -> Structure {
    let middleboxes: Vec<String> = row.middleboxes.iter().map(|id| id.to_string()).collect();
    Structure::new()
        .with(field::TRANSIT_GATEWAY_METERING_POLICY_ID, row.id)
        .with(field::TRANSIT_GATEWAY_ID, row.gateway)
        .with(field::MIDDLEBOX_ATTACHMENT_IDS, middleboxes)
        .with(field::STATE, "available")
        .with(field::UPDATE_EFFECTIVE_AT, row.effective)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayMeteringPolicies.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::MeteringPolicy,
        ids: field::TRANSIT_GATEWAY_METERING_POLICY_IDS,
        answer: field::TRANSIT_GATEWAY_METERING_POLICIES,
        born: |row: &MeteringPolicy| row.born,
        filters: &[
            "middlebox-attachment-id",
            "state",
            "transit-gateway-id",
            "transit-gateway-metering-policy-id",
        ],
        least: 5,
    };
    let values = |row: &MeteringPolicy, name: &str| match name {
        "middlebox-attachment-id" => row.middleboxes.iter().map(|id| id.to_string()).collect(),
        "state" => vec!["available".to_owned()],
        "transit-gateway-id" => vec![row.gateway.to_string()],
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

fn read_number(params: &Structure) -> Result<u16> {
    let number = params.integer(field::POLICY_RULE_NUMBER).unwrap_or(0);
    let fits = u16::try_from(number).ok().filter(|_| NUMBERS.contains(&number));
    fits.ok_or_else(|| {
        let why = format!("Value ({number}) for parameter PolicyRuleNumber is invalid.");
        let error = Error::new("InvalidParameterValue", why).at("PolicyRuleNumber");
        error.remedy(format!("It is a number from {} to {}.", NUMBERS.start(), NUMBERS.end()))
    })
}

/// Whether a part of a rule can be what it says.
fn check_part(request: &Request<'_>, world: &World, gateway: TransitGatewayId, name: Name, text: &str) -> Result<()> {
    let refuse = || {
        let why = format!("Value ({text}) for parameter {} is invalid.", name.text());
        Error::new("InvalidParameterValue", why).at(name.text())
    };
    match name {
        field::SOURCE_TRANSIT_GATEWAY_ATTACHMENT_ID | field::DESTINATION_TRANSIT_GATEWAY_ATTACHMENT_ID => {
            let row = find::<TransitAttachment>(world, request.region, Kind::TransitAttachment, text)?;
            row.is_of(gateway).then_some(()).ok_or_else(refuse)
        }
        field::SOURCE_CIDR_BLOCK | field::DESTINATION_CIDR_BLOCK => read_cidr(name.text(), text).map(|_| ()),
        field::SOURCE_PORT_RANGE | field::DESTINATION_PORT_RANGE => {
            let (low, high) = text.split_once('-').unwrap_or((text, text));
            match (low.parse::<u16>(), high.parse::<u16>()) {
                (Ok(low), Ok(high)) if low <= high => Ok(()),
                _ => Err(refuse()),
            }
        }
        field::PROTOCOL => {
            let known = matches!(text, "tcp" | "udp" | "icmp" | "-1") || text.parse::<u8>().is_ok();
            known.then_some(()).ok_or_else(refuse)
        }
        _ => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayMeteringPolicyEntry.html>
fn create_entry(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut row = named(request, world)?;
    let number = read_number(params)?;
    if row.entries.iter().any(|entry| entry.number == number) {
        let why = format!("{} already has an entry {number}.", row.id);
        return Err(Error::new("TransitGatewayMeteringPolicyEntry.Duplicate", why).at("PolicyRuleNumber"));
    }
    if row.entries.len() >= ENTRIES {
        let why = "The maximum number of entries of the metering policy has been reached.";
        return Err(Error::new("TransitGatewayMeteringPolicyEntryLimitExceeded", why));
    }
    let mut rule = Vec::new();
    for name in RULE {
        if let Some(text) = params.text(name) {
            check_part(request, world, row.gateway, name, text)?;
            rule.push((name.text().to_owned(), text.to_owned()));
        }
    }
    let entry = MeteringEntry {
        number,
        payer: need(params, field::METERED_ACCOUNT)?.to_owned(),
        rule,
        updated: world.now,
        effective: next_hour(world.now),
    };
    row.entries.push(entry.clone());
    sort::by_key(&mut row.entries, |entry| entry.number);
    let id = row.id;
    world.put(region, row);
    note(world, region, id, format!("entry {number}: {}", entry.payer));
    Ok(Structure::new().with(field::TRANSIT_GATEWAY_METERING_POLICY_ENTRY, describe_entry(&entry)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayMeteringPolicyEntry.html>
fn delete_entry(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?;
    let number = read_number(request.params)?;
    let Some(place) = row.entries.iter().position(|entry| entry.number == number) else {
        let why = format!("There is no entry {number} in {}.", row.id);
        return Err(Error::new("InvalidTransitGatewayMeteringPolicyEntry.NotFound", why).at("PolicyRuleNumber"));
    };
    let entry = row.entries.remove(place);
    let id = row.id;
    world.put(request.region, row);
    note(world, request.region, id, format!("entry {number} deleted"));
    let shown = describe_entry(&entry).with(field::STATE, "deleted");
    Ok(Structure::new().with(field::TRANSIT_GATEWAY_METERING_POLICY_ENTRY, shown))
}

fn describe_entry(entry: &MeteringEntry) -> Structure {
    let mut rule = Structure::new();
    for name in RULE {
        let part = entry.rule.iter().find(|(has, _)| has == name.text());
        if let Some((_, text)) = part {
            rule.set(name, text.as_str());
        }
    }
    Structure::new()
        .with(field::POLICY_RULE_NUMBER, entry.number.to_string())
        .with(field::METERED_ACCOUNT, entry.payer.as_str())
        .with(field::STATE, "available")
        .with(field::UPDATED_AT, entry.updated)
        .with(field::UPDATE_EFFECTIVE_AT, entry.effective)
        .with(field::METERING_POLICY_RULE, rule)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayMeteringPolicyEntries.html>: by number.
fn entries(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named(request, world)?;
    let filters = Filters::read(request.params)?;
    filters.check_names(|name| matches!(name, "metered-account" | "policy-rule-number" | "state"))?;
    let mut shown = Vec::new();
    for entry in &row.entries {
        let values = |name: &str| {
            Some(vec![match name {
                "metered-account" => entry.payer.clone(),
                "policy-rule-number" => entry.number.to_string(),
                _ => "available".to_owned(),
            }])
        };
        if filters.pass_tagged(None, values)? {
            shown.push(describe_entry(entry));
        }
    }
    let (shown, next) = page(shown, request.params, 5)?;
    Ok(Structure::new()
        .with(field::TRANSIT_GATEWAY_METERING_POLICY_ENTRIES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

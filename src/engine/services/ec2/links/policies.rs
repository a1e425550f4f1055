//! Policy tables of transit gateways: what comes by a peering that is associated with one is judged by the route table that the
//! first matching entry names. <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-policy-tables.html>

use super::super::common::{
    Describing, Filters, dependency, find, need, note, page, read_cidr, refuse_unsimulated, tag_list,
};
use super::super::tags;
use super::{attachments, transit_tables, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::transits::{PolicyEntry, TransitPolicyTable};
use stratus_model::{Name, Structure, field, sort};

/// The largest number of an entry.
const NUMBERS: u32 = 65_535;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    use Handler::{Read, Write};
    Some(match operation {
        "CreateTransitGatewayPolicyTable" => Write(create),
        "DeleteTransitGatewayPolicyTable" => Write(delete),
        "DescribeTransitGatewayPolicyTables" => Read(describe_all),
        "AssociateTransitGatewayPolicyTable" => Write(|request, world| associate(request, world, true)),
        "DisassociateTransitGatewayPolicyTable" => Write(|request, world| associate(request, world, false)),
        "GetTransitGatewayPolicyTableAssociations" => Read(associations),
        "CreateTransitGatewayPolicyTableEntry" => Write(create_entry),
        "ModifyTransitGatewayPolicyTableEntry" => Write(modify_entry),
        "DeleteTransitGatewayPolicyTableEntry" => Write(delete_entry),
        "GetTransitGatewayPolicyTableEntries" => Read(entries),
        _ => return None,
    })
}

/// Refuses the end of a transit gateway that has policy tables.
///
/// # Errors
/// `IncorrectState`.
pub(super) fn check_none(world: &World, region: Region, gateway: TransitGatewayId) -> Result<()> {
    let rows = world.ec2(region).into_iter();
    let rows = rows.flat_map(|ec2| ec2.links.policy_tables.rows());
    let names: Vec<String> = rows
        .filter(|row| row.gateway == gateway)
        .map(|row| row.id.to_string())
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let why = format!("{gateway} has non-deleted Policy Tables: {}.", names.join(", "));
    Err(Error::new("IncorrectState", why).at("TransitGatewayId"))
}

fn named(request: &Request<'_>, world: &World) -> Result<TransitPolicyTable> {
    let text = need(request.params, field::TRANSIT_GATEWAY_POLICY_TABLE_ID)?;
    find::<TransitPolicyTable>(world, request.region, Kind::TransitPolicyTable, text).cloned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayPolicyTable.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let gateway = transits::available(request, world)?.id;
    let rows = world.ec2(region).into_iter();
    let rows = rows.flat_map(|ec2| ec2.links.policy_tables.rows());
    if rows.filter(|row| row.gateway == gateway).count() >= quotas::TRANSIT_TABLES {
        let why = "The maximum number of policy tables of the transit gateway has been reached.";
        return Err(Error::new("TransitGatewayPolicyTableLimitExceeded", why));
    }
    let id = TransitPolicyTableId(world.random.next_u64(Stream::Ids(Kind::TransitPolicyTable)));
    let row = TransitPolicyTable {
        id,
        born: world.birth(),
        gateway,
        created: world.now,
        entries: Vec::new(),
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("transit-gateway-policy-table", &[id.into()])])?;
    note(world, region, id, format!("created for {gateway}"));
    Ok(shown(world, region, id, "pending"))
}

fn shown(world: &World, region: Region, id: TransitPolicyTableId, state: &str) -> Structure {
    let row = world.row::<TransitPolicyTable>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_POLICY_TABLE,
        row.map(|row| describe(world, region, row).with(field::STATE, state)),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayPolicyTable.html>: without associations.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, row) = (request.region, named(request, world)?);
    let users = world.referrers(region, row.id.into());
    if !users.is_empty() {
        let why = format!("{} has non-deleted associations.", row.id);
        let error = Error::new("IncorrectState", why).at("TransitGatewayPolicyTableId");
        return Err(error.remedy(dependency(String::new(), &users).remedy));
    }
    let answer = shown(world, region, row.id, "deleting");
    note(world, region, row.id, "deleted");
    world.take::<TransitPolicyTable>(region, row.id);
    Ok(answer)
}

fn describe(world: &World, region: Region, row: &TransitPolicyTable) -> Structure {
    Structure::new()
        .with(field::TRANSIT_GATEWAY_POLICY_TABLE_ID, row.id)
        .with(field::TRANSIT_GATEWAY_ID, row.gateway)
        .with(field::STATE, "available")
        .with(field::CREATION_TIME, row.created)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayPolicyTables.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::TransitPolicyTable,
        ids: field::TRANSIT_GATEWAY_POLICY_TABLE_IDS,
        answer: field::TRANSIT_GATEWAY_POLICY_TABLES,
        born: |row: &TransitPolicyTable| row.born,
        filters: &["state", "transit-gateway-id", "transit-gateway-policy-table-id"],
        least: 5,
    };
    let values = |row: &TransitPolicyTable, name: &str| match name {
        "state" => vec!["available".to_owned()],
        "transit-gateway-id" => vec![row.gateway.to_string()],
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

fn relation(region: Region, table: &TransitPolicyTable, row: &TransitAttachment, state: &str) -> Structure {
    let (kind, id) = attachments::resource_at(row, region, table.gateway);
    Structure::new()
        .with(field::TRANSIT_GATEWAY_POLICY_TABLE_ID, table.id)
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.id)
        .with(field::RESOURCE_ID, id)
        .with(field::RESOURCE_TYPE, kind)
        .with(field::STATE, state)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayPolicyTable.html> and its twin: a peering,
/// which then has no route table of its own. (Within one Region, the peering's requester has it: ours.)
fn associate(request: &Request<'_>, world: &mut World, on: bool) -> Result<Structure> {
    let region = request.region;
    let table = named(request, world)?;
    let row = attachments::named_of(request, world, "peering")?;
    if row.gateway != table.gateway {
        let why = format!("{} and {} belong to different transit gateways.", table.id, row.id);
        return Err(Error::new("InvalidParameterValue", why).at("TransitGatewayAttachmentId"));
    }
    if row.state != TransitState::Available {
        return Err(transits::invalid_state(row.id, row.state));
    }
    if on && (row.table.is_some() || row.policy.is_some()) {
        let why = format!(
            "Transit Gateway Attachment {} is already associated to a route table.",
            row.id
        );
        return Err(Error::new("Resource.AlreadyAssociated", why).remedy("Disassociate it first."));
    }
    if !on && row.policy != Some(table.id) {
        let why = format!(
            "Transit Gateway Attachment {} is not associated with {}.",
            row.id, table.id
        );
        return Err(Error::new("InvalidAssociation.NotFound", why).at("TransitGatewayAttachmentId"));
    }
    world.update::<TransitAttachment, _>(region, row.id, |row| row.policy = on.then_some(table.id));
    let (state, text) = if on {
        ("associating", format!("associated with {}", table.id))
    } else {
        ("disassociating", format!("disassociated from {}", table.id))
    };
    note(world, region, row.id, text);
    Ok(Structure::new().with(field::ASSOCIATION, relation(region, &table, &row, state)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayPolicyTableAssociations.html>
fn associations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let table = named(request, world)?;
    let filters = Filters::read(request.params)?;
    let known = ["resource-id", "resource-type", "transit-gateway-attachment-id"];
    filters.check_names(|name| known.contains(&name))?;
    let all = world.ec2(region).into_iter();
    let all = all.flat_map(|ec2| ec2.links.attachments.rows());
    let mut rows: Vec<&TransitAttachment> = all.filter(|row| row.policy == Some(table.id)).collect();
    sort::by_key(&mut rows, |row| row.born);
    let mut shown = Vec::new();
    for row in rows {
        let (kind, id) = attachments::resource_at(row, region, table.gateway);
        let values = |name: &str| {
            Some(vec![match name {
                "resource-id" => id.clone(),
                "resource-type" => kind.to_owned(),
                _ => row.id.to_string(),
            }])
        };
        if filters.pass_tagged(None, values)? {
            shown.push(relation(region, &table, row, "associated"));
        }
    }
    let (shown, next) = page(shown, request.params, 5)?;
    Ok(Structure::new()
        .with(field::ASSOCIATIONS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

fn refuse(name: Name, text: &str) -> Error {
    let why = format!("Value ({text}) for parameter {} is invalid.", name.text());
    Error::new("InvalidParameterValue", why).at(format!("PolicyRule.{}", name.text()))
}

fn read_number(params: &Structure) -> Result<u32> {
    let text = need(params, field::POLICY_RULE_NUMBER)?;
    let number = text.parse().ok().filter(|number| (1..=NUMBERS).contains(number));
    number.ok_or_else(|| {
        let why = format!("Value ({text}) for parameter PolicyRuleNumber is invalid.");
        let error = Error::new("InvalidParameterValue", why).at("PolicyRuleNumber");
        error.remedy(format!("It is a number from 1 to {NUMBERS}."))
    })
}

/// `443`, `1024-2048`, `*`.
fn read_ports(rule: &Structure, name: Name) -> Result<Option<(u16, u16)>> {
    let Some(text) = rule.text(name).filter(|text| *text != "*") else {
        return Ok(None);
    };
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    match (low.trim().parse(), high.trim().parse()) {
        (Ok(low), Ok(high)) if low <= high => Ok(Some((low, high))),
        _ => Err(refuse(name, text)),
    }
}

/// What a call says of an entry's rule; what it says nothing of stays.
fn read_rule(params: &Structure, entry: &mut PolicyEntry) -> Result<()> {
    let Some(rule) = params.structure(field::POLICY_RULE) else {
        return Ok(());
    };
    refuse_unsimulated(rule, &[field::META_DATA])?;
    for (name, block) in [
        (field::SOURCE_CIDR_BLOCK, &mut entry.source),
        (field::DESTINATION_CIDR_BLOCK, &mut entry.destination),
    ] {
        if let Some(text) = rule.text(name) {
            *block = if text == "*" {
                None
            } else {
                Some(read_cidr(name.text(), text)?)
            };
        }
    }
    for (name, ports) in [
        (field::SOURCE_PORT_RANGE, &mut entry.source_ports),
        (field::DESTINATION_PORT_RANGE, &mut entry.destination_ports),
    ] {
        if rule.contains(name) {
            *ports = read_ports(rule, name)?;
        }
    }
    if let Some(text) = rule.text(field::PROTOCOL) {
        entry.protocol = match text {
            "*" | "-1" => None,
            "tcp" => Some(6),
            "udp" => Some(17),
            "icmp" => Some(1),
            number => Some(number.parse().map_err(|_| refuse(field::PROTOCOL, number))?),
        };
    }
    Ok(())
}

fn read_table(request: &Request<'_>, world: &World, row: &TransitPolicyTable) -> Result<Option<TransitTableId>> {
    let text = request.params.text(field::TARGET_ROUTE_TABLE_ID);
    text.map(|text| transit_tables::of_gateway(world, request.region, row.gateway, text))
        .transpose()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayPolicyTableEntry.html>
fn create_entry(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?;
    let number = read_number(request.params)?;
    if row.entries.iter().any(|entry| entry.number == number) {
        let why = format!("{} already has an entry {number}.", row.id);
        return Err(Error::new("TransitGatewayPolicyTableEntry.Duplicate", why).at("PolicyRuleNumber"));
    }
    let table = read_table(request, world, &row)?.ok_or_else(|| Error::missing("TargetRouteTableId"))?;
    let mut entry = PolicyEntry {
        number,
        source: None,
        destination: None,
        source_ports: None,
        destination_ports: None,
        protocol: None,
        table,
    };
    read_rule(request.params, &mut entry)?;
    row.entries.push(entry.clone());
    sort::by_key(&mut row.entries, |entry| entry.number);
    let text = format!("entry {number} → {table}");
    Ok(store(request, world, row, &entry, "active", text))
}

fn store(
    request: &Request<'_>,
    world: &mut World,
    row: TransitPolicyTable,
    entry: &PolicyEntry,
    state: &str,
    text: String,
) -> Structure {
    let id = row.id;
    world.put(request.region, row);
    note(world, request.region, id, text);
    Structure::new().with(field::TRANSIT_GATEWAY_POLICY_TABLE_ENTRY, describe_entry(entry, state))
}

fn no_entry(row: &TransitPolicyTable, number: u32) -> Error {
    let why = format!("There is no entry {number} in {}.", row.id);
    Error::new("InvalidTransitGatewayPolicyTableEntry.NotFound", why).at("PolicyRuleNumber")
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayPolicyTableEntry.html>
fn modify_entry(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?;
    let number = read_number(request.params)?;
    let table = read_table(request, world, &row)?;
    let found = row.entries.iter_mut().find(|entry| entry.number == number);
    let Some(entry) = found else {
        return Err(no_entry(&row, number));
    };
    read_rule(request.params, entry)?;
    entry.table = table.unwrap_or(entry.table);
    let entry = entry.clone();
    Ok(store(
        request,
        world,
        row,
        &entry,
        "active",
        format!("entry {number} modified"),
    ))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayPolicyTableEntry.html>
fn delete_entry(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let mut row = named(request, world)?;
    let number = read_number(request.params)?;
    let place = row.entries.iter().position(|entry| entry.number == number);
    let Some(place) = place else {
        return Err(no_entry(&row, number));
    };
    let entry = row.entries.remove(place);
    Ok(store(
        request,
        world,
        row,
        &entry,
        "deleted",
        format!("entry {number} deleted"),
    ))
}

fn describe_entry(entry: &PolicyEntry, state: &str) -> Structure {
    let ports = |ports: Option<(u16, u16)>| match ports {
        None => "*".to_owned(),
        Some((low, high)) if low == high => low.to_string(),
        Some((low, high)) => format!("{low}-{high}"),
    };
    let block = |block: Option<ipnet::IpNet>| block.map_or_else(|| "*".to_owned(), |block| block.to_string());
    let rule = Structure::new()
        .with(field::SOURCE_CIDR_BLOCK, block(entry.source))
        .with(field::SOURCE_PORT_RANGE, ports(entry.source_ports))
        .with(field::DESTINATION_CIDR_BLOCK, block(entry.destination))
        .with(field::DESTINATION_PORT_RANGE, ports(entry.destination_ports))
        .with(
            field::PROTOCOL,
            entry
                .protocol
                .map_or_else(|| "*".to_owned(), |number| number.to_string()),
        );
    Structure::new()
        .with(field::POLICY_RULE_NUMBER, entry.number.to_string())
        .with(field::POLICY_RULE, rule)
        .with(field::TARGET_ROUTE_TABLE_ID, entry.table)
        .with(field::STATE, state)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayPolicyTableEntries.html>: by number.
fn entries(request: &Request<'_>, world: &World) -> Result<Structure> {
    let row = named(request, world)?;
    let filters = Filters::read(request.params)?;
    filters.check_names(|name| matches!(name, "policy-rule-number" | "target-route-table-id" | "state"))?;
    let mut shown = Vec::new();
    for entry in &row.entries {
        let values = |name: &str| {
            Some(vec![match name {
                "policy-rule-number" => entry.number.to_string(),
                "state" => "active".to_owned(),
                _ => entry.table.to_string(),
            }])
        };
        if filters.pass_tagged(None, values)? {
            shown.push(describe_entry(entry, "active"));
        }
    }
    let (shown, next) = page(shown, request.params, 5)?;
    Ok(Structure::new()
        .with(field::TRANSIT_GATEWAY_POLICY_TABLE_ENTRIES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

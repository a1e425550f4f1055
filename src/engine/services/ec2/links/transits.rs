//! Transit gateways themselves. <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html>

use super::super::common::{Describing, arn, find, need, note, note_clock, refuse_unsimulated, tag_list};
use super::super::tags;
use super::{attachments, transit_tables};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::{Region, quotas};
use crate::clock::{self, Pending, Step};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use stratus_model::{Name, Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html";
/// How long what is deleted stays visible (ours).
pub(super) const SHOWN: Span = Span::minutes(60);
/// The number of the autonomous system where the call gives none.
const ASN: i64 = 64_512;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGateway" => Handler::Write(create),
        "ModifyTransitGateway" => Handler::Write(modify),
        "DeleteTransitGateway" => Handler::Write(delete),
        "DescribeTransitGateways" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// Options that are `enable` or `disable`, each with what it is when the call says nothing.
const SWITCHES: [(Name, bool); 7] = [
    (field::AUTO_ACCEPT_SHARED_ATTACHMENTS, false),
    (field::DEFAULT_ROUTE_TABLE_ASSOCIATION, true),
    (field::DEFAULT_ROUTE_TABLE_PROPAGATION, true),
    (field::DNS_SUPPORT, true),
    (field::MULTICAST_SUPPORT, false),
    (field::SECURITY_GROUP_REFERENCING_SUPPORT, false),
    (field::VPN_ECMP_SUPPORT, true),
];

/// The transit gateway that a call names.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<TransitGateway> {
    let text = need(request.params, field::TRANSIT_GATEWAY_ID)?;
    let row = find::<TransitGateway>(world, request.region, Kind::TransitGateway, text)?;
    Ok(row.clone())
}

/// The same, which must be available.
pub(in crate::services::ec2) fn available(request: &Request<'_>, world: &World) -> Result<TransitGateway> {
    let row = named(request, world)?;
    if row.state == TransitState::Available {
        Ok(row)
    } else {
        Err(invalid_state(row.id, row.state))
    }
}

/// `IncorrectState` in AWS's words.
pub(super) fn invalid_state(id: impl Into<ResourceId>, state: TransitState) -> Error {
    let why = format!("{} is in invalid state", id.into());
    Error::new("IncorrectState", why).remedy(format!("It is {}.", state.name()))
}

/// Sets the switches that a call gives; the others stay.
pub(super) fn switch(on: &mut Vec<String>, options: &Structure, names: &[Name]) {
    for name in names {
        let Some(value) = options.text(*name) else { continue };
        on.retain(|has| has != name.text());
        if value == "enable" {
            on.push(name.text().to_owned());
        }
    }
    stratus_model::sort::sort(on);
}

/// A switch as the API writes it.
pub(super) fn written(on: &[String], name: Name) -> &'static str {
    if on.iter().any(|has| has == name.text()) {
        "enable"
    } else {
        "disable"
    }
}

fn read_asn(options: &Structure) -> Result<Option<i64>> {
    match options.integer(field::AMAZON_SIDE_ASN) {
        Some(asn) if (64_512..=65_534).contains(&asn) || (4_200_000_000..=4_294_967_294).contains(&asn) => {
            Ok(Some(asn))
        }
        Some(asn) => Err(Error::invalid("AmazonSideAsn", format!("{asn} is not a private ASN"))),
        None => Ok(None),
    }
}

fn read_blocks(options: &Structure, name: Name) -> Result<Vec<String>> {
    let blocks = options.texts(name).map(|text| {
        let net = super::super::common::read_cidr("TransitGatewayCidrBlocks", text)?;
        Ok(net.to_string())
    });
    blocks.collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGateway.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let none = Structure::new();
    let options = params.structure(field::OPTIONS).unwrap_or(&none);
    let alive = world.ec2(region).map_or(0, |ec2| {
        ec2.links.transits.rows().filter(|row| !row.state.is_gone()).count()
    });
    if alive >= quotas::TRANSIT_GATEWAYS {
        let why = "The maximum number of transit gateways has been reached.";
        return Err(Error::new("TransitGatewayLimitExceeded", why));
    }
    let asn = read_asn(options)?.unwrap_or(ASN);
    let blocks = read_blocks(options, field::TRANSIT_GATEWAY_CIDR_BLOCKS)?;
    let mut on: Vec<String> = SWITCHES
        .into_iter()
        .filter(|(_, on)| *on)
        .map(|(name, _)| name.text().to_owned())
        .collect();
    switch(&mut on, options, &SWITCHES.map(|(name, _)| name));
    let id = TransitGatewayId(world.random.next_u64(Stream::Ids(Kind::TransitGateway)));
    let row = TransitGateway {
        id,
        born: world.birth(),
        description: params.text(field::DESCRIPTION).unwrap_or_default().to_owned(),
        created: world.now,
        state: TransitState::Pending,
        asn,
        blocks,
        on,
        association: None,
        propagation: None,
    };
    let association = written(&row.on, field::DEFAULT_ROUTE_TABLE_ASSOCIATION) == "enable";
    let propagation = written(&row.on, field::DEFAULT_ROUTE_TABLE_PROPAGATION) == "enable";
    world.put(region, row);
    if association || propagation {
        // One table serves for both.
        let table = transit_tables::make(world, region, id);
        world.update::<TransitGateway, _>(region, id, |row| {
            row.association = association.then_some(table);
            row.propagation = propagation.then_some(table);
        });
    }
    tags::apply_specifications(world, region, params, &[("transit-gateway", &[id.into()])])?;
    note(world, region, id, "created");
    let span = world.timings.clone().draw(&mut world.random, "transit.gateway");
    clock::schedule(world, span, region, id, Step::Settle);
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: TransitGatewayId) -> Structure {
    let row = world.row::<TransitGateway>(region, id);
    Structure::new().with_some(field::TRANSIT_GATEWAY, row.map(|row| describe(world, region, row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGateway.html>
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let mut row = available(request, world)?;
    if let Some(text) = params.text(field::DESCRIPTION) {
        row.description = text.to_owned();
    }
    if let Some(options) = params.structure(field::OPTIONS) {
        refuse_unsimulated(options, &[field::ENCRYPTION_SUPPORT])?;
        switch(&mut row.on, options, &SWITCHES.map(|(name, _)| name));
        if let Some(asn) = read_asn(options)? {
            row.asn = asn;
        }
        let removed = read_blocks(options, field::REMOVE_TRANSIT_GATEWAY_CIDR_BLOCKS)?;
        row.blocks.retain(|has| !removed.contains(has));
        for block in read_blocks(options, field::ADD_TRANSIT_GATEWAY_CIDR_BLOCKS)? {
            if !row.blocks.contains(&block) {
                row.blocks.push(block);
            }
        }
        let tables = [
            (
                field::ASSOCIATION_DEFAULT_ROUTE_TABLE_ID,
                field::DEFAULT_ROUTE_TABLE_ASSOCIATION,
            ),
            (
                field::PROPAGATION_DEFAULT_ROUTE_TABLE_ID,
                field::DEFAULT_ROUTE_TABLE_PROPAGATION,
            ),
        ];
        for (at, (name, switch)) in tables.into_iter().enumerate() {
            let table = options
                .text(name)
                .map(|text| transit_tables::of_gateway(world, region, row.id, text))
                .transpose()?;
            let own = if at == 0 {
                &mut row.association
            } else {
                &mut row.propagation
            };
            *own = table.or(*own).filter(|_| written(&row.on, switch) == "enable");
        }
    }
    let id = row.id;
    world.put(region, row);
    note(world, region, id, "modified");
    Ok(shown(world, region, id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGateway.html>: not while anything is attached.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = named(request, world)?;
    if !matches!(row.state, TransitState::Available | TransitState::Pending) {
        return Err(invalid_state(row.id, row.state));
    }
    let all = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.links.attachments.rows());
    let attached: Vec<&TransitAttachment> = all
        .filter(|other| other.is_of(row.id) && (!other.state.is_gone() || other.state == TransitState::Deleting))
        .collect();
    if let Some(first) = attached.first() {
        let kind = match first.end {
            TransitEnd::Vpc { .. } => "VPC",
            TransitEnd::Peer { .. } => "Peering",
            TransitEnd::Vpn(_) => "VPN",
            TransitEnd::Connect(_) => "Connect",
            TransitEnd::Concentrator(_) => "VPN Concentrator",
        };
        let names: Vec<String> = attached.iter().map(|other| other.id.to_string()).collect();
        let why = format!("{} has non-deleted {kind} Attachments: {}.", row.id, names.join(", "));
        return Err(Error::new("IncorrectState", why).at("TransitGatewayId"));
    }
    super::multicast::check_none(world, region, row.id)?;
    super::policies::check_none(world, region, row.id)?;
    super::metering::check_none(world, region, row.id)?;
    super::call_off(world, region, row.id);
    world.update::<TransitGateway, _>(region, row.id, |row| {
        row.state = TransitState::Deleting;
        row.association = None;
        row.propagation = None;
    });
    transit_tables::forget_all(world, region, row.id);
    note(world, region, row.id, format!("{} → deleting", row.state.name()));
    let span = world.timings.clone().draw(&mut world.random, "transit.gateway");
    clock::schedule(world, span, region, row.id, Step::Settle);
    Ok(shown(world, region, row.id))
}

/// What time does.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::TransitGateway(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let Some(state) = world.row::<TransitGateway>(region, id).map(|row| row.state) else {
        return;
    };
    let (next, rule) = match (pending.step, state) {
        (Step::Settle, TransitState::Pending) => {
            (TransitState::Available, "A transit gateway takes a while to be made.")
        }
        (Step::Settle, TransitState::Deleting) => (TransitState::Deleted, "A transit gateway takes a while to go."),
        (Step::Reap, _) => {
            world.take::<TransitGateway>(region, id);
            return;
        }
        _ => return,
    };
    world.update::<TransitGateway, _>(region, id, |row| row.state = next);
    note_clock(
        world,
        region,
        id,
        format!("{} → {}", state.name(), next.name()),
        rule,
        SOURCE,
    );
    if next == TransitState::Deleted {
        attachments::reap_later(world, region, id.into());
    }
}

/// A transit gateway as the API shows it.
fn describe(world: &World, region: Region, row: &TransitGateway) -> Structure {
    let mut options = Structure::new()
        .with(field::AMAZON_SIDE_ASN, row.asn)
        .with_some(field::ASSOCIATION_DEFAULT_ROUTE_TABLE_ID, row.association)
        .with_some(field::PROPAGATION_DEFAULT_ROUTE_TABLE_ID, row.propagation)
        .with_some(
            field::TRANSIT_GATEWAY_CIDR_BLOCKS,
            (!row.blocks.is_empty()).then(|| row.blocks.clone()),
        );
    for (name, _) in SWITCHES {
        options.set(name, written(&row.on, name));
    }
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ID, row.id)
        .with(
            field::TRANSIT_GATEWAY_ARN,
            arn(world, region, "transit-gateway", row.id),
        )
        .with(field::STATE, row.state.name())
        .with(field::OWNER_ID, world.account())
        .with(field::DESCRIPTION, row.description.as_str())
        .with(field::CREATION_TIME, row.created)
        .with(field::OPTIONS, options)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGateways.html>, and the options
/// that they compare.
const OPTIONS: [(&str, Name); 6] = [
    (
        "options.auto-accept-shared-attachments",
        field::AUTO_ACCEPT_SHARED_ATTACHMENTS,
    ),
    (
        "options.default-route-table-association",
        field::DEFAULT_ROUTE_TABLE_ASSOCIATION,
    ),
    (
        "options.default-route-table-propagation",
        field::DEFAULT_ROUTE_TABLE_PROPAGATION,
    ),
    ("options.dns-support", field::DNS_SUPPORT),
    ("options.vpn-ecmp-support", field::VPN_ECMP_SUPPORT),
    (
        "options.security-group-referencing-support",
        field::SECURITY_GROUP_REFERENCING_SUPPORT,
    ),
];

fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let mut filters = vec![
        "options.amazon-side-asn",
        "options.association-default-route-table-id",
        "options.propagation-default-route-table-id",
        "owner-id",
        "state",
        "transit-gateway-id",
    ];
    filters.extend(OPTIONS.iter().map(|(name, _)| *name));
    let describing = Describing {
        kind: Kind::TransitGateway,
        ids: field::TRANSIT_GATEWAY_IDS,
        answer: field::TRANSIT_GATEWAYS,
        born: |row: &TransitGateway| row.born,
        filters: &filters,
        least: 5,
    };
    let values = |row: &TransitGateway, name: &str| {
        if let Some((_, option)) = OPTIONS.iter().find(|(known, _)| *known == name) {
            return vec![written(&row.on, *option).to_owned()];
        }
        match name {
            "options.amazon-side-asn" => vec![row.asn.to_string()],
            "options.association-default-route-table-id" => {
                row.association.map(|id| id.to_string()).into_iter().collect()
            }
            "options.propagation-default-route-table-id" => {
                row.propagation.map(|id| id.to_string()).into_iter().collect()
            }
            "owner-id" => vec![world.account()],
            "state" => vec![row.state.name().to_owned()],
            _ => vec![row.id.to_string()],
        }
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

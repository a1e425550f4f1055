//! What all attachments to transit gateways share: states, the bill, and how they are shown together.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/working-with-transit-gateways.html>

use super::super::common::{Describing, find, need, note, note_clock, tag_list};
use super::super::vpc::interfaces;
use super::transits;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::transits::VpnConcentrator;
use crate::world::usage::{Measure, Meter, Subject};
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html";

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    (operation == "DescribeTransitGatewayAttachments").then_some(Handler::Read(describe_all))
}

/// The attachment that a call names.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<TransitAttachment> {
    let text = need(request.params, field::TRANSIT_GATEWAY_ATTACHMENT_ID)?;
    find::<TransitAttachment>(world, request.region, Kind::TransitAttachment, text).cloned()
}

/// [`named`], which must be one of this type: `vpc`, `peering`, `connect`.
pub(super) fn named_of(request: &Request<'_>, world: &World, kind: &str) -> Result<TransitAttachment> {
    let row = named(request, world)?;
    if resource(&row, request.region).0 == kind {
        return Ok(row);
    }
    let what = if kind == "vpc" { "VPC" } else { kind };
    let why = format!("Transit Gateway Attachment {} is not a {what} attachment.", row.id);
    Err(Error::new("InvalidTransitGatewayAttachmentID.NotFound", why).at("TransitGatewayAttachmentId"))
}

/// `vpc`, `peering`, `vpn`, `connect` or `vpn-concentrator`, and the id of what is attached to its transit gateway.
pub(super) fn resource(row: &TransitAttachment, region: Region) -> (&'static str, String) {
    resource_at(row, region, row.gateway)
}

/// [`resource`] as one of the transit gateways sees it that have the attachment.
pub(super) fn resource_at(
    row: &TransitAttachment,
    region: Region,
    gateway: TransitGatewayId,
) -> (&'static str, String) {
    match &row.end {
        TransitEnd::Vpc { vpc, .. } => ("vpc", vpc.to_string()),
        TransitEnd::Peer { requester, accepter } => {
            let near = requester.2 == region && (row.far.is_none() || row.gateway == gateway);
            ("peering", if near { accepter } else { requester }.0.clone())
        }
        TransitEnd::Vpn(connection) => ("vpn", connection.to_string()),
        TransitEnd::Connect(transport) => ("connect", transport.to_string()),
        TransitEnd::Concentrator(concentrator) => ("vpn-concentrator", concentrator.to_string()),
    }
}

/// Associates an attachment with a route table of one of its transit gateways, or with none.
pub(super) fn associate(row: &mut TransitAttachment, gateway: TransitGatewayId, table: Option<TransitTableId>) {
    match &mut row.far {
        Some(far) if far.gateway == gateway => far.table = table,
        _ => row.table = table,
    }
}

/// The Regions that have a row of an attachment.
pub(super) fn regions(world: &World, row: &TransitAttachment, region: Region) -> Vec<Region> {
    match &row.end {
        TransitEnd::Peer { requester, accepter } => {
            let own = world.account();
            let sides = [requester, accepter].into_iter().filter(|side| side.1 == own);
            let mut regions: Vec<Region> = sides.map(|side| side.2).collect();
            regions.dedup();
            regions
        }
        _ => vec![region],
    }
}

/// Puts an attachment into a state, in each Region that has it, with its meter and the work that ends the state.
pub(super) fn enter(world: &mut World, region: Region, row: &TransitAttachment, state: TransitState) {
    for here in regions(world, row, region) {
        world.update::<TransitAttachment, _>(here, row.id, |row| {
            row.state = state;
            if state.is_gone() {
                row.table = None;
                row.policy = None;
                if let Some(far) = &mut row.far {
                    far.table = None;
                }
            }
        });
        if state.is_gone() {
            forget(world, here, row.id);
        }
        let counts = matches!(state, TransitState::Pending | TransitState::Available);
        let meter = Meter {
            subject: Subject::Resource(row.id.into()),
            region: here,
            measure: Measure::TransitAttachment,
            rate: resource(row, here).0.to_owned(),
            quantity: i64::from(counts),
            from: world.now,
            to: None,
        };
        // A peering has one meter: its id is the same in both Regions.
        if here == region {
            world.usage.change(meter);
        }
    }
    if matches!(state, TransitState::Pending | TransitState::Deleting) {
        let span = world.timings.clone().draw(&mut world.random, "transit.attachment");
        clock::schedule(world, span, region, row.id, Step::Settle);
    }
    if state == TransitState::Rejected {
        reap_later(world, region, row.id.into());
    }
}

/// Lets something that is over disappear in a while.
pub(super) fn reap_later(world: &mut World, region: Region, id: ResourceId) {
    clock::schedule(world, transits::SHOWN, region, id, Step::Reap);
}

/// An attachment propagates nowhere any more, and its subnets are in no multicast domain.
fn forget(world: &mut World, region: Region, id: TransitAttachmentId) {
    super::multicast::forget(world, region, id);
    super::announcements::forget_peering(world, region, id);
    let Some(ec2) = world.ec2(region) else { return };
    let tables = ec2.links.transit_tables.rows();
    let tables: Vec<TransitTableId> = tables
        .filter(|table| table.propagations.contains(&id))
        .map(|table| table.id)
        .collect();
    for table in tables {
        world.update::<TransitTable, _>(region, table, |row| row.propagations.retain(|has| *has != id));
    }
}

/// Puts a new attachment, whose state goes on by itself, with what the transit gateway gives to new ones.
pub(super) fn put(
    world: &mut World,
    region: Region,
    id: TransitAttachmentId,
    gateway: &TransitGateway,
    end: TransitEnd,
) -> TransitAttachment {
    let row = TransitAttachment {
        id,
        born: world.birth(),
        gateway: gateway.id,
        created: world.now,
        state: TransitState::Pending,
        end,
        table: None,
        far: None,
        policy: None,
        peering: Default::default(),
        nat: Default::default(),
    };
    world.put(region, row.clone());
    adopt(world, region, id, gateway, true);
    row
}

/// With its making an attachment gets what the transit gateway gives to new ones.
pub(super) fn adopt(
    world: &mut World,
    region: Region,
    id: TransitAttachmentId,
    gateway: &TransitGateway,
    propagates: bool,
) {
    world.update::<TransitAttachment, _>(region, id, |row| associate(row, gateway.id, gateway.association));
    if let Some(table) = gateway.propagation.filter(|_| propagates) {
        world.update::<TransitTable, _>(region, table, |row| row.propagations.push(id));
    }
}

/// What time does.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::TransitAttachment(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let Some(row) = world.row::<TransitAttachment>(region, id).cloned() else {
        return;
    };
    match (pending.step, row.state) {
        (Step::Settle, TransitState::Pending) => {
            enter(world, region, &row, TransitState::Available);
            let rule = "An attachment takes traffic once its interfaces are up.";
            note_clock(world, region, id, "pending → available", rule, SOURCE);
        }
        (Step::Settle, TransitState::Deleting) => {
            world.update::<TransitAttachment, _>(region, id, |row| {
                if let TransitEnd::Vpc { subnets, .. } = &mut row.end {
                    subnets.clear();
                }
            });
            for (_, interface) in row.subnets() {
                interfaces::delete(world, region, *interface);
            }
            enter(world, region, &row, TransitState::Deleted);
            let rule = "An attachment's interfaces go with it.";
            note_clock(world, region, id, "deleting → deleted", rule, SOURCE);
            reap_later(world, region, id.into());
        }
        (Step::Reap, TransitState::Deleted | TransitState::Rejected) => {
            if let TransitEnd::Concentrator(concentrator) = row.end {
                world.take::<VpnConcentrator>(region, concentrator);
            }
            for here in regions(world, &row, region) {
                world.take::<TransitAttachment>(here, id);
            }
        }
        _ => {}
    }
}

/// Begins the end of an attachment.
pub(super) fn delete(world: &mut World, region: Region, row: &TransitAttachment) {
    for here in regions(world, row, region) {
        super::call_off(world, here, row.id);
    }
    enter(world, region, row, TransitState::Deleting);
    note(world, region, row.id, format!("{} → deleting", row.state.name()));
}

/// The association of an attachment as the API shows it.
fn association(row: &TransitAttachment) -> Option<Structure> {
    row.table.map(|table| {
        Structure::new()
            .with(field::TRANSIT_GATEWAY_ROUTE_TABLE_ID, table)
            .with(field::STATE, "associated")
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayAttachments.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::TransitAttachment,
        ids: field::TRANSIT_GATEWAY_ATTACHMENT_IDS,
        answer: field::TRANSIT_GATEWAY_ATTACHMENTS,
        born: |row: &TransitAttachment| row.born,
        filters: &[
            "association.state",
            "association.transit-gateway-route-table-id",
            "resource-id",
            "resource-owner-id",
            "resource-type",
            "state",
            "transit-gateway-attachment-id",
            "transit-gateway-id",
            "transit-gateway-owner-id",
        ],
        least: 5,
    };
    let values = |row: &TransitAttachment, name: &str| match name {
        "association.state" => row.table.map(|_| "associated".to_owned()).into_iter().collect(),
        "association.transit-gateway-route-table-id" => row.table.map(|id| id.to_string()).into_iter().collect(),
        "resource-id" => vec![resource(row, region).1],
        "resource-owner-id" | "transit-gateway-owner-id" => vec![world.account()],
        "resource-type" => vec![resource(row, region).0.to_owned()],
        "state" => vec![row.state.name().to_owned()],
        "transit-gateway-id" => {
            let far = row.far.map(|far| far.gateway.to_string());
            std::iter::once(row.gateway.to_string()).chain(far).collect()
        }
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| {
        let (kind, id) = resource(row, region);
        Structure::new()
            .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.id)
            .with(field::TRANSIT_GATEWAY_ID, row.gateway)
            .with(field::TRANSIT_GATEWAY_OWNER_ID, world.account())
            .with(field::RESOURCE_OWNER_ID, world.account())
            .with(field::RESOURCE_TYPE, kind)
            .with(field::RESOURCE_ID, id)
            .with(field::STATE, row.state.name())
            .with_some(field::ASSOCIATION, association(row))
            .with(field::CREATION_TIME, row.created)
            .with(field::TAGS, tag_list(world, region, row.id))
    })
}

//! Transit gateways attached to each other, in one Region or in two.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html>
//!
//! A peering carries static routes only. Within one Region it is one row, which both transit gateways have; between two it is
//! a row of the same id in each.

use super::super::common::{Describing, find, need, note, refuse_unsimulated, tag_list};
use super::super::tags;
use super::{attachments, call_off, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayPeeringAttachment" => Handler::Write(create),
        "AcceptTransitGatewayPeeringAttachment" => Handler::Write(|request, world| answer(request, world, true)),
        "RejectTransitGatewayPeeringAttachment" => Handler::Write(|request, world| answer(request, world, false)),
        "DeleteTransitGatewayPeeringAttachment" => Handler::Write(delete),
        "DescribeTransitGatewayPeeringAttachments" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayPeeringAttachment.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(options) = params.structure(field::OPTIONS) {
        let names = [field::ALLOW_MULTIPATH_RESILIENCE, field::MULTIPATH_RESILIENCE_MODE];
        refuse_unsimulated(options, &names)?;
    }
    let gateway = transits::available(request, world)?;
    let account = need(params, field::PEER_ACCOUNT_ID)?;
    if account.len() != 12 || !account.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Error::invalid("PeerAccountId", account));
    }
    let name = need(params, field::PEER_REGION)?;
    let peer_region = Region::find(name).ok_or_else(|| Error::invalid("PeerRegion", name))?;
    let peer = need(params, field::PEER_TRANSIT_GATEWAY_ID)?;
    let other = if account == world.account() {
        let row = find::<TransitGateway>(world, peer_region, Kind::TransitGateway, peer)?;
        if row.state != TransitState::Available {
            return Err(transits::invalid_state(row.id, row.state));
        }
        if row.id == gateway.id {
            let why = format!("{peer} cannot be attached to itself.");
            return Err(Error::new("InvalidParameterValue", why).at("PeerTransitGatewayId"));
        }
        check_new(world, region, gateway.id, peer)?;
        Some(row.id)
    } else {
        None
    };
    let id = TransitAttachmentId(world.random.next_u64(Stream::Ids(Kind::TransitAttachment)));
    let row = TransitAttachment {
        id,
        born: world.birth(),
        gateway: gateway.id,
        created: world.now,
        state: TransitState::PendingAcceptance,
        end: TransitEnd::Peer {
            requester: (gateway.id.to_string(), world.account(), region),
            accepter: (peer.to_owned(), account.to_owned(), peer_region),
        },
        table: None,
        far: other
            .filter(|_| peer_region == region)
            .map(|gateway| FarSide { gateway, table: None }),
        policy: None,
    };
    world.put(region, row.clone());
    if let Some(other) = other.filter(|_| peer_region != region) {
        let theirs = TransitAttachment { gateway: other, ..row };
        world.put(peer_region, theirs);
    }
    tags::apply_specifications(world, region, params, &[("transit-gateway-attachment", &[id.into()])])?;
    note(world, region, id, format!("requested: {} with {peer}", gateway.id));
    let answer = shown(world, region, id);
    let asked = answer.structure(field::TRANSIT_GATEWAY_PEERING_ATTACHMENT).cloned();
    Ok(Structure::new().with_some(
        field::TRANSIT_GATEWAY_PEERING_ATTACHMENT,
        asked.map(|asked| asked.with(field::STATE, "initiatingRequest")),
    ))
}

/// Two transit gateways have one peering.
fn check_new(world: &World, region: Region, gateway: TransitGatewayId, peer: &str) -> Result<()> {
    let rows = world.ec2(region).into_iter();
    let mut rows = rows.flat_map(|ec2| ec2.links.attachments.rows());
    let same = |row: &TransitAttachment| {
        let with_peer = sides(row).is_some_and(|both| both.iter().any(|side| side.0 == peer));
        row.is_of(gateway) && with_peer && (!row.state.is_gone() || row.state == TransitState::Deleting)
    };
    if rows.any(same) {
        let why = format!("{gateway} has non-deleted Transit Gateway Attachments with same Peer Transit Gateway ID.");
        return Err(Error::new("DuplicateTransitGatewayAttachment", why).at("PeerTransitGatewayId"));
    }
    Ok(())
}

fn shown(world: &World, region: Region, id: TransitAttachmentId) -> Structure {
    let row = world.row::<TransitAttachment>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_PEERING_ATTACHMENT,
        row.map(|row| describe(world, region, row)),
    )
}

fn sides(row: &TransitAttachment) -> Option<[&(String, String, Region); 2]> {
    match &row.end {
        TransitEnd::Peer { requester, accepter } => Some([requester, accepter]),
        _ => None,
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptTransitGatewayPeeringAttachment.html> and its twin: in the
/// Region of who was asked.
fn answer(request: &Request<'_>, world: &mut World, accept: bool) -> Result<Structure> {
    let region = request.region;
    let row = attachments::named_of(request, world, "peering")?;
    if row.state != TransitState::PendingAcceptance {
        return Err(transits::invalid_state(row.id, row.state));
    }
    if sides(&row).is_some_and(|[_, accepter]| accepter.2 != region) {
        let verb = if accept { "accept" } else { "reject" };
        let why = format!("Cannot {verb} {} as the source of the peering request.", row.id);
        return Err(Error::new("OperationNotPermitted", why).at("TransitGatewayAttachmentId"));
    }
    call_off(world, region, row.id);
    if accept {
        for here in attachments::regions(world, &row, region) {
            let gateways = world.row::<TransitAttachment>(here, row.id).into_iter();
            let gateways = gateways.flat_map(|row| [Some(row.gateway), row.far.map(|far| far.gateway)]);
            let gateways = gateways.filter_map(|id| world.row::<TransitGateway>(here, id?));
            let gateways: Vec<TransitGateway> = gateways.cloned().collect();
            for gateway in gateways {
                attachments::adopt(world, here, row.id, &gateway, false);
            }
        }
    }
    let state = if accept {
        TransitState::Pending
    } else {
        TransitState::Rejected
    };
    attachments::enter(world, region, &row, state);
    note(world, region, row.id, format!("pendingAcceptance → {}", state.name()));
    Ok(shown(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayPeeringAttachment.html>
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = attachments::named_of(request, world, "peering")?;
    if row.state.is_gone() {
        return Err(transits::invalid_state(row.id, row.state));
    }
    attachments::delete(world, request.region, &row);
    Ok(shown(world, request.region, row.id))
}

fn describe(world: &World, region: Region, row: &TransitAttachment) -> Structure {
    let side = |side: &(String, String, Region)| {
        Structure::new()
            .with(field::TRANSIT_GATEWAY_ID, side.0.as_str())
            .with(field::OWNER_ID, side.1.as_str())
            .with(field::REGION, side.2.name())
    };
    let both = sides(row);
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.id)
        .with_some(field::REQUESTER_TGW_INFO, both.map(|[requester, _]| side(requester)))
        .with_some(field::ACCEPTER_TGW_INFO, both.map(|[_, accepter]| side(accepter)))
        .with(field::OPTIONS, Structure::new().with(field::DYNAMIC_ROUTING, "disable"))
        .with(field::STATE, row.state.name())
        .with(field::CREATION_TIME, row.created)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayPeeringAttachments.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::TransitAttachment,
        ids: field::TRANSIT_GATEWAY_ATTACHMENT_IDS,
        answer: field::TRANSIT_GATEWAY_PEERING_ATTACHMENTS,
        born: |row: &TransitAttachment| row.born,
        filters: &[
            "local-owner-id",
            "remote-owner-id",
            "state",
            "transit-gateway-attachment-id",
            "transit-gateway-id",
        ],
        least: 5,
    };
    let values = |row: &TransitAttachment, name: &str| {
        let both = sides(row);
        let side = |here: bool| {
            let is = |side: &(String, String, Region)| row.far.is_some() || (side.2 == region) == here;
            let found = both.and_then(|both| both.into_iter().find(|side| is(side)));
            found.map(|side| side.1.clone()).into_iter().collect()
        };
        match name {
            "local-owner-id" => side(true),
            "remote-owner-id" => side(false),
            "state" => vec![row.state.name().to_owned()],
            "transit-gateway-id" => {
                let far = row.far.map(|far| far.gateway.to_string());
                std::iter::once(row.gateway.to_string()).chain(far).collect()
            }
            _ => vec![row.id.to_string()],
        }
    };
    describing.answer_where(request, world, TransitAttachment::is_peering, &values, &|row| {
        describe(world, region, row)
    })
}

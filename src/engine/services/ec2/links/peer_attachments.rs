//! Transit gateways attached to each other, in one Region or in two.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html>
//!
//! A peering carries static routes, and what is announced by it where its routing is dynamic. Within one Region it is one row, which both transit gateways have; between two it is
//! a row of the same id in each.

use super::super::common::{Describing, find, need, note, tag_list};
use super::super::tags;
use super::{attachments, call_off, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::transits::PeeringOptions;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayPeeringAttachment" => Handler::Write(create),
        "AcceptTransitGatewayPeeringAttachment" => Handler::Write(|request, world| answer(request, world, true)),
        "RejectTransitGatewayPeeringAttachment" => Handler::Write(|request, world| answer(request, world, false)),
        "ModifyTransitGatewayPeeringAttachment" => Handler::Write(modify),
        "DeleteTransitGatewayPeeringAttachment" => Handler::Write(delete),
        "DescribeTransitGatewayPeeringAttachments" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayPeeringAttachment.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
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
    let beside = other.filter(|_| peer_region == region);
    let beside = beside.and_then(|id| world.row::<TransitGateway>(region, id));
    let peering = PeeringOptions {
        dynamic: read_dynamic(params, &gateway, beside)?,
        requester_multipath: read_multipath(params, peer_region == region)?.unwrap_or(false),
        accepter_multipath: false,
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
        peering,
        nat: Default::default(),
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

/// Whether a new peering's two sides may announce route tables to each other: under AWS's conditions for a peering with a
/// core network, which are one Region and two autonomous systems. `peer`: the other, where it is of this Region and account.
/// <https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-peerings.html>
fn read_dynamic(params: &Structure, gateway: &TransitGateway, peer: Option<&TransitGateway>) -> Result<bool> {
    let options = params.structure(field::OPTIONS);
    if options.and_then(|options| options.text(field::DYNAMIC_ROUTING)) != Some("enable") {
        return Ok(false);
    }
    let why = match peer {
        Some(peer) if peer.asn != gateway.asn => return Ok(true),
        Some(_) => format!(
            "Dynamic routing needs two ASNs: both transit gateways have {}.",
            gateway.asn
        ),
        None => "Dynamic routing is supported between transit gateways of one Region and account only.".to_owned(),
    };
    Err(Error::combination(why).at("Options.DynamicRouting"))
}

/// Whether a call allows multipath resilience for its side of a peering; `None` = it says nothing.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayPeeringAttachmentRequestOptions.html>
fn read_multipath(params: &Structure, one_region: bool) -> Result<Option<bool>> {
    let options = params.structure(field::OPTIONS);
    let allow = options.and_then(|options| options.boolean(field::ALLOW_MULTIPATH_RESILIENCE));
    let mode = options.is_some_and(|options| options.contains(field::MULTIPATH_RESILIENCE_MODE));
    if mode && allow != Some(true) {
        let why = "MultipathResilienceMode can be specified only if AllowMultipathResilience is true.";
        return Err(Error::combination(why).at("Options.MultipathResilienceMode"));
    }
    if allow == Some(true) && one_region {
        let why = "Multipath resilience is not supported for peering attachments in the same Region.";
        return Err(Error::combination(why).at("Options.AllowMultipathResilience"));
    }
    Ok(allow)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayPeeringAttachment.html>: of the side whose Region
/// is asked. It counts once both sides allow it; nothing that a packet meets here differs (ours: no path of AWS's network fails).
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = attachments::named_of(request, world, "peering")?;
    if row.state != TransitState::Available {
        return Err(transits::invalid_state(row.id, row.state));
    }
    let [requester, accepter] = sides(&row).map(|both| both.map(|side| side.2)).unwrap_or([region; 2]);
    let Some(allow) = read_multipath(request.params, requester == accepter)? else {
        return Ok(shown(world, region, row.id));
    };
    for here in attachments::regions(world, &row, region) {
        world.update::<TransitAttachment, _>(here, row.id, |row| {
            let side = match requester == region {
                true => &mut row.peering.requester_multipath,
                false => &mut row.peering.accepter_multipath,
            };
            *side = allow;
        });
    }
    let verb = if allow { "allowed" } else { "not allowed" };
    note(world, region, row.id, format!("multipath resilience {verb} here"));
    Ok(shown(world, region, row.id))
}

/// The options of a peering as the API shows them.
fn describe_options(row: &TransitAttachment) -> Structure {
    let options = row.peering;
    let routing = if options.dynamic { "enable" } else { "disable" };
    let shown = Structure::new().with(field::DYNAMIC_ROUTING, routing);
    let across = sides(row).is_some_and(|[requester, accepter]| requester.2 != accepter.2);
    if !across {
        return shown;
    }
    let mode = |allows: bool| allows.then_some("always-on");
    let both = options.requester_multipath && options.accepter_multipath;
    let status = match (both, row.state) {
        (true, TransitState::Available) => "enabled",
        (true, TransitState::Pending | TransitState::PendingAcceptance) => "pending",
        _ => "disabled",
    };
    shown
        .with(field::REQUESTER_ALLOW_MULTIPATH_RESILIENCE, options.requester_multipath)
        .with_some(
            field::REQUESTER_MULTIPATH_RESILIENCE_MODE,
            mode(options.requester_multipath),
        )
        .with(field::ACCEPTER_ALLOW_MULTIPATH_RESILIENCE, options.accepter_multipath)
        .with_some(
            field::ACCEPTER_MULTIPATH_RESILIENCE_MODE,
            mode(options.accepter_multipath),
        )
        .with(field::MULTIPATH_RESILIENCE_STATUS, status)
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
        .with(field::OPTIONS, describe_options(row))
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

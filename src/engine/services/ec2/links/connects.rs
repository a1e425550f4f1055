//! Connect attachments, and the appliances that they have tunnels to.
//! <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-connect.html>
//!
//! No appliance of Stratus speaks GRE or BGP: their sessions stay down, they announce no routes, and no packet goes by them (ours).

use super::super::common::{Describing, dependency, find, need, note, note_clock, tag_list};
use super::super::tags;
use super::{attachments, transits};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::clock::{self, Pending, Step};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::transits::ConnectPeer;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr};
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-connect.html";
/// Peers of one Connect attachment: <https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html>.
const PEERS: usize = 4;
/// Blocks of 169.254.0.0/16 that AWS keeps for itself: the first three numbers, and the last.
const KEPT: [[u8; 4]; 7] = [
    [169, 254, 0, 0],
    [169, 254, 1, 0],
    [169, 254, 2, 0],
    [169, 254, 3, 0],
    [169, 254, 4, 0],
    [169, 254, 5, 0],
    [169, 254, 169, 248],
];

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateTransitGatewayConnect" => Handler::Write(create),
        "DeleteTransitGatewayConnect" => Handler::Write(delete),
        "DescribeTransitGatewayConnects" => Handler::Read(describe_all),
        "CreateTransitGatewayConnectPeer" => Handler::Write(create_peer),
        "DeleteTransitGatewayConnectPeer" => Handler::Write(delete_peer),
        "DescribeTransitGatewayConnectPeers" => Handler::Read(describe_peers),
        _ => return None,
    })
}

/// Refuses the end of an attachment that carries a Connect attachment.
///
/// # Errors
/// `IncorrectState`.
pub(super) fn check_free(world: &World, region: Region, id: TransitAttachmentId) -> Result<()> {
    let mut users = world.referrers(region, id.into());
    users.retain(|user| matches!(user.kind(), Kind::TransitAttachment | Kind::ConnectPeer));
    let Some(first) = users.first() else { return Ok(()) };
    let what = if first.kind() == Kind::ConnectPeer {
        "Connect Peers"
    } else {
        "Connect Attachments"
    };
    let names: Vec<String> = users.iter().map(|user| user.to_string()).collect();
    let why = format!("{id} has non-deleted {what}: {}.", names.join(", "));
    let error = Error::new("IncorrectState", why).at("TransitGatewayAttachmentId");
    Err(error.remedy(dependency(String::new(), &users).remedy))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayConnect.html>: over the attachment of a VPC.
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::TRANSPORT_TRANSIT_GATEWAY_ATTACHMENT_ID)?;
    let transport = find::<TransitAttachment>(world, region, Kind::TransitAttachment, text)?.clone();
    let at = "TransportTransitGatewayAttachmentId";
    if transport.vpc().is_none() {
        let why = format!("{text} is no VPC attachment, and cannot carry a Connect attachment.");
        return Err(Error::new("InvalidParameterValue", why).at(at));
    }
    if transport.state != TransitState::Available {
        return Err(transits::invalid_state(transport.id, transport.state));
    }
    let gateway = world.row::<TransitGateway>(region, transport.gateway).cloned();
    let Some(gateway) = gateway else {
        return Err(transits::invalid_state(transport.id, transport.state));
    };
    let id = TransitAttachmentId(world.random.next_u64(Stream::Ids(Kind::TransitAttachment)));
    let row = attachments::put(world, region, id, &gateway, TransitEnd::Connect(transport.id));
    tags::apply_specifications(world, region, params, &[("transit-gateway-attachment", &[id.into()])])?;
    note(world, region, id, format!("Connect over {}", transport.id));
    attachments::enter(world, region, &row, TransitState::Pending);
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: TransitAttachmentId) -> Structure {
    let row = world.row::<TransitAttachment>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_CONNECT,
        row.map(|row| describe(world, region, row)),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayConnect.html>: without peers.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = attachments::named_of(request, world, "connect")?;
    if row.state.is_gone() {
        return Err(transits::invalid_state(row.id, row.state));
    }
    check_free(world, request.region, row.id)?;
    attachments::delete(world, request.region, &row);
    Ok(shown(world, request.region, row.id))
}

fn transport(row: &TransitAttachment) -> Option<TransitAttachmentId> {
    match row.end {
        TransitEnd::Connect(transport) => Some(transport),
        _ => None,
    }
}

fn describe(world: &World, region: Region, row: &TransitAttachment) -> Structure {
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.id)
        .with_some(field::TRANSPORT_TRANSIT_GATEWAY_ATTACHMENT_ID, transport(row))
        .with(field::TRANSIT_GATEWAY_ID, row.gateway)
        .with(field::STATE, row.state.name())
        .with(field::CREATION_TIME, row.created)
        .with(field::OPTIONS, Structure::new().with(field::PROTOCOL, "gre"))
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayConnects.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::TransitAttachment,
        ids: field::TRANSIT_GATEWAY_ATTACHMENT_IDS,
        answer: field::TRANSIT_GATEWAY_CONNECTS,
        born: |row: &TransitAttachment| row.born,
        filters: &[
            "options.protocol",
            "state",
            "transit-gateway-attachment-id",
            "transit-gateway-id",
            "transport-transit-gateway-attachment-id",
        ],
        least: 5,
    };
    let values = |row: &TransitAttachment, name: &str| match name {
        "options.protocol" => vec!["gre".to_owned()],
        "state" => vec![row.state.name().to_owned()],
        "transit-gateway-id" => vec![row.gateway.to_string()],
        "transport-transit-gateway-attachment-id" => transport(row).map(|id| id.to_string()).into_iter().collect(),
        _ => vec![row.id.to_string()],
    };
    describing.answer_where(request, world, |row| transport(row).is_some(), &values, &|row| {
        describe(world, request.region, row)
    })
}

fn refuse(name: &'static str, why: impl Into<String>) -> Error {
    Error::new("InvalidParameterValue", why).at(name)
}

fn read_address(name: &'static str, text: &str) -> Result<IpAddr> {
    text.parse()
        .map_err(|_| refuse(name, format!("The IP address {text} is not valid.")))
}

/// The blocks inside a tunnel: a /29 of 169.254.0.0/16 that AWS does not keep, and perhaps a /125 of fd00::/8.
fn read_inside(world: &World, region: Region, params: &Structure, of: TransitAttachmentId) -> Result<Vec<IpNet>> {
    const NAME: &str = "InsideCidrBlocks";
    let mut blocks = Vec::new();
    for text in params.texts(field::INSIDE_CIDR_BLOCKS) {
        let block = super::super::common::read_cidr(NAME, text)?;
        let fits = match block {
            IpNet::V4(net) => {
                let first = net.network();
                net.prefix_len() == 29
                    && first.is_link_local()
                    && !KEPT.iter().any(|kept| first == Ipv4Addr::from(*kept))
            }
            IpNet::V6(net) => net.prefix_len() == 125 && net.network().octets().first() == Some(&0xfd),
        };
        if !fits {
            let rule = "It is a /29 of 169.254.0.0/16 that AWS does not keep, or a /125 of fd00::/8.";
            return Err(refuse(NAME, format!("The inside CIDR block {text} is not valid.")).remedy(rule));
        }
        blocks.push(block);
    }
    let of_ipv4 = blocks.iter().filter(|block| matches!(block, IpNet::V4(_))).count();
    if of_ipv4 != 1 || blocks.len() > 2 {
        return Err(refuse(
            NAME,
            "Specify one inside IPv4 CIDR block, and at most one IPv6 CIDR block.",
        ));
    }
    let gateway = world.row::<TransitAttachment>(region, of).map(|row| row.gateway);
    let rows = world.ec2(region).into_iter();
    let mut rows = rows.flat_map(|ec2| ec2.links.connect_peers.rows());
    let taken = |row: &ConnectPeer| {
        let own = world
            .row::<TransitAttachment>(region, row.attachment)
            .map(|row| row.gateway);
        !row.state.is_gone() && own == gateway && row.inside.iter().any(|block| blocks.contains(block))
    };
    if rows.any(taken) {
        return Err(refuse(
            NAME,
            "The inside CIDR block is in use by another peer of the transit gateway.",
        ));
    }
    Ok(blocks)
}

/// The transit gateway's end of a tunnel: the address that the call gives, of the gateway's own blocks, or the first of them that
/// is free.
fn near_end(
    world: &World,
    region: Region,
    gateway: &TransitGateway,
    params: &Structure,
    peer: IpAddr,
) -> Result<IpAddr> {
    const NAME: &str = "TransitGatewayAddress";
    let blocks: Vec<IpNet> = gateway.blocks.iter().filter_map(|text| text.parse().ok()).collect();
    if let Some(text) = params.text(field::TRANSIT_GATEWAY_ADDRESS) {
        let address = read_address(NAME, text)?;
        if !blocks.iter().any(|block| block.contains(&address)) {
            let why = format!("{address} is not in a CIDR block of {}.", gateway.id);
            return Err(refuse(NAME, why).remedy("Give the transit gateway such a block with ModifyTransitGateway."));
        }
        if address.is_ipv4() != peer.is_ipv4() {
            return Err(refuse(NAME, "Both ends of the tunnel must be of one address family."));
        }
        return Ok(address);
    }
    let rows = world.ec2(region).into_iter();
    let rows = rows.flat_map(|ec2| ec2.links.connect_peers.rows());
    let used: Vec<IpAddr> = rows.filter(|row| !row.state.is_gone()).map(|row| row.near).collect();
    let mut fitting = blocks.iter().filter(|block| block.addr().is_ipv4() == peer.is_ipv4());
    let free = fitting.find_map(|block| {
        block
            .hosts()
            .take(used.len() + 1)
            .find(|address| !used.contains(address))
    });
    free.ok_or_else(|| {
        let why = format!("{} has no CIDR block to take an address of.", gateway.id);
        refuse(NAME, why).remedy("Give it one with ModifyTransitGateway, AddTransitGatewayCidrBlocks.")
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayConnectPeer.html>
fn create_peer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let connect = attachments::named_of(request, world, "connect")?;
    if connect.state != TransitState::Available {
        return Err(transits::invalid_state(connect.id, connect.state));
    }
    let Some(gateway) = world.row::<TransitGateway>(region, connect.gateway).cloned() else {
        return Err(transits::invalid_state(connect.id, connect.state));
    };
    let peer = read_address("PeerAddress", need(params, field::PEER_ADDRESS)?)?;
    let rows = world.ec2(region).into_iter();
    let rows = rows.flat_map(|ec2| ec2.links.connect_peers.rows());
    if rows
        .filter(|row| row.attachment == connect.id && !row.state.is_gone())
        .count()
        >= PEERS
    {
        let why = "The maximum number of Connect peers of the attachment has been reached.";
        return Err(Error::new("TransitGatewayConnectPeerLimitExceeded", why));
    }
    let inside = read_inside(world, region, params, connect.id)?;
    let near = near_end(world, region, &gateway, params, peer)?;
    let options = params.structure(field::BGP_OPTIONS);
    let asn = options.and_then(|options| options.integer(field::PEER_ASN));
    let asn = asn.unwrap_or(gateway.asn);
    if !(1..=4_294_967_295).contains(&asn) {
        return Err(refuse(
            "BgpOptions.PeerAsn",
            format!("{asn} is no number of an autonomous system."),
        ));
    }
    let id = ConnectPeerId(world.random.next_u64(Stream::Ids(Kind::ConnectPeer)));
    let row = ConnectPeer {
        id,
        born: world.birth(),
        attachment: connect.id,
        created: world.now,
        state: TransitState::Pending,
        near,
        peer,
        inside,
        asn,
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("transit-gateway-connect-peer", &[id.into()])])?;
    note(world, region, id, format!("GRE from {near} to {peer}"));
    let span = world.timings.clone().draw(&mut world.random, "transit.attachment");
    clock::schedule(world, span, region, id, Step::Settle);
    Ok(peer_shown(world, region, id))
}

fn peer_shown(world: &World, region: Region, id: ConnectPeerId) -> Structure {
    let row = world.row::<ConnectPeer>(region, id);
    Structure::new().with_some(
        field::TRANSIT_GATEWAY_CONNECT_PEER,
        row.map(|row| describe_peer(world, region, row)),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayConnectPeer.html>
fn delete_peer(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::TRANSIT_GATEWAY_CONNECT_PEER_ID)?;
    let row = find::<ConnectPeer>(world, region, Kind::ConnectPeer, text)?.clone();
    if row.state.is_gone() {
        return Err(transits::invalid_state(row.id, row.state));
    }
    super::call_off(world, region, row.id);
    world.update::<ConnectPeer, _>(region, row.id, |row| row.state = TransitState::Deleting);
    note(world, region, row.id, format!("{} → deleting", row.state.name()));
    let span = world.timings.clone().draw(&mut world.random, "transit.attachment");
    clock::schedule(world, span, region, row.id, Step::Settle);
    Ok(peer_shown(world, region, row.id))
}

/// What time does to peers.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::ConnectPeer(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let state = world.row::<ConnectPeer>(region, id).map(|row| row.state);
    let (next, rule) = match (pending.step, state) {
        (Step::Settle, Some(TransitState::Pending)) => {
            (TransitState::Available, "A Connect peer takes a while to be made.")
        }
        (Step::Settle, Some(TransitState::Deleting)) => (TransitState::Deleted, "A Connect peer takes a while to go."),
        (Step::Reap, Some(TransitState::Deleted)) => {
            world.take::<ConnectPeer>(region, id);
            return;
        }
        _ => return,
    };
    world.update::<ConnectPeer, _>(region, id, |row| row.state = next);
    let before = state.map_or("", TransitState::name);
    note_clock(world, region, id, format!("{before} → {}", next.name()), rule, SOURCE);
    if next == TransitState::Deleted {
        attachments::reap_later(world, region, id.into());
    }
}

/// The addresses inside a tunnel: the appliance has the first, the transit gateway the two after it, a BGP session to each.
fn sessions(row: &ConnectPeer, gateway: Option<&TransitGateway>) -> Vec<Structure> {
    let of_block = |block: &IpNet| {
        let mut hosts = block.hosts().take(3);
        let own = hosts.next();
        let one = move |near: IpAddr| {
            Structure::new()
                .with_some(field::TRANSIT_GATEWAY_ASN, gateway.map(|gateway| gateway.asn))
                .with(field::PEER_ASN, row.asn)
                .with(field::TRANSIT_GATEWAY_ADDRESS, near.to_string())
                .with_some(field::PEER_ADDRESS, own.map(|own| own.to_string()))
                .with(field::BGP_STATUS, "down")
        };
        hosts.map(one).collect::<Vec<Structure>>()
    };
    row.inside.iter().flat_map(of_block).collect()
}

fn describe_peer(world: &World, region: Region, row: &ConnectPeer) -> Structure {
    let connect = world.row::<TransitAttachment>(region, row.attachment);
    let gateway = connect.and_then(|connect| world.row::<TransitGateway>(region, connect.gateway));
    let inside: Vec<String> = row.inside.iter().map(|block| block.to_string()).collect();
    let configuration = Structure::new()
        .with(field::TRANSIT_GATEWAY_ADDRESS, row.near.to_string())
        .with(field::PEER_ADDRESS, row.peer.to_string())
        .with(field::INSIDE_CIDR_BLOCKS, inside)
        .with(field::PROTOCOL, "gre")
        .with(field::BGP_CONFIGURATIONS, sessions(row, gateway));
    Structure::new()
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.attachment)
        .with(field::TRANSIT_GATEWAY_CONNECT_PEER_ID, row.id)
        .with(field::STATE, row.state.name())
        .with(field::CREATION_TIME, row.created)
        .with(field::CONNECT_PEER_CONFIGURATION, configuration)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayConnectPeers.html>
fn describe_peers(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::ConnectPeer,
        ids: field::TRANSIT_GATEWAY_CONNECT_PEER_IDS,
        answer: field::TRANSIT_GATEWAY_CONNECT_PEERS,
        born: |row: &ConnectPeer| row.born,
        filters: &[
            "state",
            "transit-gateway-attachment-id",
            "transit-gateway-connect-peer-id",
        ],
        least: 5,
    };
    let values = |row: &ConnectPeer, name: &str| match name {
        "state" => vec![row.state.name().to_owned()],
        "transit-gateway-attachment-id" => vec![row.attachment.to_string()],
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| {
        describe_peer(world, request.region, row)
    })
}

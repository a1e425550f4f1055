//! VPC peering connections: asking, accepting, refusing, ending, and what time does to them.
//! <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>
//!
//! One account is simulated: what is asked of another account waits until it expires. A connection between two Regions has
//! a row of the same id in both, and both are changed together, by [`change`] alone.

use super::super::common::{Describing, find, need, note, note_clock, refuse_unsimulated, returned, tag_list};
use super::super::tags;
use super::call_off;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::base::time::Span;
use crate::catalog::{Region, quotas};
use crate::clock::{self, Pending, Step};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::vpc::Vpc;
use ipnet::IpNet;
use stratus_model::{Structure, field};

const SOURCE: &str = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html";
/// How long a request waits for its answer.
const WAITS: Span = Span::minutes(7 * 24 * 60);
/// How long what has failed, was refused or deleted within one account stays visible.
const SHOWN: Span = Span::minutes(2 * 60);
/// How long an expired request, or one that another account has refused, stays visible.
const SHOWN_LONG: Span = Span::minutes(2 * 24 * 60);

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateVpcPeeringConnection" => Handler::Write(create),
        "AcceptVpcPeeringConnection" => Handler::Write(accept),
        "RejectVpcPeeringConnection" => Handler::Write(reject),
        "DeleteVpcPeeringConnection" => Handler::Write(delete),
        "DescribeVpcPeeringConnections" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// The connection that a call names.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<VpcPeering> {
    let text = need(request.params, field::VPC_PEERING_CONNECTION_ID)?;
    find::<VpcPeering>(world, request.region, Kind::VpcPeering, text).cloned()
}

/// Changes the rows of a connection in both of its Regions.
pub(super) fn change(world: &mut World, row: &VpcPeering, change: impl Fn(&mut VpcPeering)) {
    for region in regions(row) {
        world.update::<VpcPeering, _>(region, row.id, |row| change(row));
    }
}

/// The Regions that have a row of a connection.
fn regions(row: &VpcPeering) -> Vec<Region> {
    let mut regions = vec![row.requester.region];
    if row.accepter.region != row.requester.region && row.accepter.account == row.requester.account {
        regions.push(row.accepter.region);
    }
    regions
}

fn enter(world: &mut World, row: &VpcPeering, state: PeeringState) {
    let now = world.now;
    change(world, row, |row| {
        row.state = state;
        row.since = now;
    });
}

/// All blocks of a VPC.
pub(crate) fn blocks(world: &World, region: Region, vpc: VpcId) -> Vec<IpNet> {
    let Some(vpc) = world.row::<Vpc>(region, vpc) else {
        return Vec::new();
    };
    let ipv4 = vpc.cidrs.iter().map(|(_, net)| IpNet::V4(*net));
    ipv4.chain(vpc.ipv6_cidrs.iter().map(|(_, net)| IpNet::V6(*net)))
        .collect()
}

/// Whether two lists of blocks have an address in common: no peering connection leads from one VPC to the other then.
pub(crate) fn overlap(one: &[IpNet], other: &[IpNet]) -> bool {
    one.iter().any(|a| {
        other
            .iter()
            .any(|b| a.contains(&b.network()) || b.contains(&a.network()))
    })
}

/// Whether a new block of a VPC would overlap the other side of one of its active connections.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>: such an association is refused.
pub(crate) fn overlapped_by(world: &World, region: Region, vpc: VpcId, block: IpNet) -> Option<VpcPeeringConnectionId> {
    let links = &world.ec2(region)?.links;
    let clashes = |row: &&VpcPeering| {
        row.state == PeeringState::Active
            && row
                .across(vpc)
                .and_then(|side| Some(blocks(world, side.region, side.own?)))
                .is_some_and(|theirs| overlap(&[block], &theirs))
    };
    links.peerings.rows().find(clashes).map(|row| row.id)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html>: a request between VPCs that
/// cannot be connected is made, and fails.
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, &[field::REQUESTER_PEERING_CONNECTION_OPTIONS])?;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let accepter = read_accepter(request, world)?;
    let requester = PeeringSide {
        account: world.account(),
        region,
        vpc: vpc.to_string(),
        own: Some(vpc),
        remote_dns: false,
        link_to_remote: false,
        to_remote_link: false,
    };
    check_room(world, region, vpc, &accepter)?;
    let own_account = accepter.account == world.account();
    let theirs = accepter.own.map(|own| blocks(world, accepter.region, own));
    let failed = match &theirs {
        Some(theirs) => overlap(&blocks(world, region, vpc), theirs),
        None => own_account,
    };
    let id = VpcPeeringConnectionId(world.random.next_u64(Stream::Ids(Kind::VpcPeering)));
    let row = VpcPeering {
        id,
        born: world.birth(),
        here: region,
        requester,
        accepter,
        state: if failed {
            PeeringState::Failed
        } else {
            PeeringState::PendingAcceptance
        },
        since: world.now,
        expires: world.now + WAITS,
    };
    // A Region that nobody has used has no VPC that could be meant.
    for here in regions(&row) {
        if world.ec2(here).is_some() {
            world.put(here, VpcPeering { here, ..row.clone() });
        }
    }
    tags::apply_specifications(world, region, params, &[("vpc-peering-connection", &[id.into()])])?;
    let text = format!("requested: {vpc} with {}", row.accepter.vpc);
    note(world, region, id, text);
    if failed {
        let why = "VPCs whose blocks overlap, or that do not exist, cannot be connected.";
        note_clock(world, region, id, "initiating-request → failed", why, SOURCE);
        clock::schedule(world, SHOWN, region, id, Step::Reap);
    } else {
        clock::schedule(world, WAITS, region, id, Step::Settle);
    }
    let status = status(
        "initiating-request",
        format!("Initiating Request to {}", row.accepter.account),
    );
    let shown = describe(world, region, &row).with(field::STATUS, status);
    Ok(Structure::new().with(field::VPC_PEERING_CONNECTION, shown))
}

/// Whom a request is for.
fn read_accepter(request: &Request<'_>, world: &World) -> Result<PeeringSide> {
    let (params, own) = (request.params, world.account());
    let text = params
        .text(field::PEER_VPC_ID)
        .ok_or_else(|| Error::missing("peerVpcId").at("PeerVpcId"))?;
    let account = params.text(field::PEER_OWNER_ID).unwrap_or(&own);
    if account.len() != 12 || !account.bytes().all(|digit| digit.is_ascii_digit()) {
        let why = format!("Value ({account}) for parameter peerOwnerId is invalid. An account has twelve digits.");
        return Err(Error::new("InvalidParameterValue", why).at("PeerOwnerId"));
    }
    let region = match params.text(field::PEER_REGION) {
        None => request.region,
        Some(name) => Region::find(name).ok_or_else(|| {
            let why = format!("Value ({name}) for parameter peerRegion is invalid.");
            Error::new("InvalidParameterValue", why).at("PeerRegion")
        })?,
    };
    let found = || find::<Vpc>(world, region, Kind::Vpc, text).map(|vpc| vpc.id);
    // What cannot be an id is refused at once; of another account or Region nothing is known at once.
    let vpc = match (account == own, region == request.region) {
        (true, true) => Some(found()?),
        (true, false) => match found() {
            Err(error) if error.code != "InvalidVpcID.NotFound" => return Err(error),
            found => found.ok(),
        },
        _ if crate::base::ids::well_formed(text, "vpc") => None,
        _ => return Err(super::super::common::unknown(Kind::Vpc, text)),
    };
    Ok(PeeringSide {
        account: account.to_owned(),
        region,
        vpc: text.to_owned(),
        own: vpc,
        remote_dns: false,
        link_to_remote: false,
        to_remote_link: false,
    })
}

/// Quotas, and that there is one connection between two VPCs.
fn check_room(world: &World, region: Region, vpc: VpcId, accepter: &PeeringSide) -> Result<()> {
    let Some(ec2) = world.ec2(region) else { return Ok(()) };
    let alive = || ec2.links.peerings.rows().filter(|row| row.state.is_alive());
    let same = |row: &&VpcPeering| {
        row.across(vpc)
            .is_some_and(|side| (&side.vpc, side.region) == (&accepter.vpc, accepter.region))
    };
    if let Some(row) = alive().find(same) {
        let why = format!(
            "A VPC peering connection between {vpc} and {} already exists.",
            accepter.vpc
        );
        let error = Error::new("VpcPeeringConnectionAlreadyExists", why);
        return Err(error.remedy(format!("It is {}.", row.id)));
    }
    let waiting = alive().filter(|row| row.state == PeeringState::PendingAcceptance && row.requester.own == Some(vpc));
    if waiting.count() >= quotas::OUTSTANDING_PEERINGS {
        return Err(Error::new(
            "OutstandingVpcPeeringConnectionLimitExceeded",
            "You've reached the limit on the number of VPC peering connection requests that you can create for the specified VPC.",
        ));
    }
    if alive().filter(|row| row.across(vpc).is_some()).count() >= quotas::PEERINGS_PER_VPC {
        return Err(Error::new(
            "VpcPeeringConnectionsPerVpcLimitExceeded",
            "You've reached the limit on the number of VPC peering connections that you can have for the specified VPC.",
        ));
    }
    Ok(())
}

fn wrong_state(row: &VpcPeering, wanted: &str) -> Error {
    let why = format!(
        "Invalid state transition for {}, attempted to transition from {} to {wanted}",
        row.id,
        row.state.name()
    );
    Error::new("InvalidStateTransition", why).at("VpcPeeringConnectionId")
}

/// What accepting and refusing demand: the accepter's account, in the accepter's Region, of a request that waits.
fn check_answerable(request: &Request<'_>, world: &World, verb: &str, wanted: &str) -> Result<VpcPeering> {
    let row = named(request, world)?;
    if row.accepter.account != world.account() {
        let why = format!("User {} cannot {verb} peering {}", world.account(), row.id);
        return Err(Error::new("OperationNotPermitted", why).at("VpcPeeringConnectionId"));
    }
    if row.accepter.region != request.region {
        let why = format!(
            "Incorrect region ( {} ) specified for this request.VPC peering connection {} must be {verb}ed in region {}",
            request.region.name(),
            row.id,
            row.accepter.region.name()
        );
        return Err(Error::new("OperationNotPermitted", why).at("VpcPeeringConnectionId"));
    }
    if row.state != PeeringState::PendingAcceptance {
        return Err(wrong_state(&row, wanted));
    }
    Ok(row)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptVpcPeeringConnection.html>
fn accept(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = check_answerable(request, world, "accept", "provisioning")?;
    let clash = match (row.requester.own, row.accepter.own) {
        (Some(one), Some(other)) => overlap(
            &blocks(world, row.requester.region, one),
            &blocks(world, row.accepter.region, other),
        ),
        _ => false,
    };
    if clash {
        // A block may have been added since.
        return Err(wrong_state(&row, "provisioning").remedy("The blocks of the two VPCs overlap by now."));
    }
    call_off(world, row.requester.region, row.id);
    enter(world, &row, PeeringState::Provisioning);
    let span = world.timings.clone().draw(&mut world.random, "peering.provisioning");
    clock::schedule(world, span, row.requester.region, row.id, Step::Settle);
    note(world, request.region, row.id, "pending-acceptance → provisioning");
    let shown = find::<VpcPeering>(world, request.region, Kind::VpcPeering, &row.id.to_string())?;
    Ok(Structure::new().with(field::VPC_PEERING_CONNECTION, describe(world, request.region, shown)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RejectVpcPeeringConnection.html>
fn reject(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = check_answerable(request, world, "reject", "rejected")?;
    end(world, &row, PeeringState::Rejected, SHOWN);
    note(world, request.region, row.id, "pending-acceptance → rejected");
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcPeeringConnection.html>: by either side while it is
/// active, by who asked while it waits. Routes to it become black holes, rules that name groups across it stale.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = named(request, world)?;
    let asked_here = row.requester.region == request.region;
    let may = match row.state {
        PeeringState::Active | PeeringState::Provisioning => true,
        PeeringState::PendingAcceptance => asked_here,
        _ => false,
    };
    if !may {
        return Err(wrong_state(&row, "deleting"));
    }
    end(world, &row, PeeringState::Deleted, SHOWN);
    note(world, request.region, row.id, format!("{} → deleted", row.state.name()));
    returned()
}

/// It is over, and stays visible for a while.
fn end(world: &mut World, row: &VpcPeering, state: PeeringState, shown: Span) {
    call_off(world, row.requester.region, row.id);
    enter(world, row, state);
    clock::schedule(world, shown, row.requester.region, row.id, Step::Reap);
}

/// What time does.
pub(super) fn due(world: &mut World, pending: &Pending) {
    let ResourceId::VpcPeering(id) = pending.resource else {
        return;
    };
    let region = pending.region;
    let Some(row) = world.row::<VpcPeering>(region, id).cloned() else {
        return;
    };
    match (pending.step, row.state) {
        (Step::Settle, PeeringState::Provisioning) => {
            enter(world, &row, PeeringState::Active);
            let rule = "An accepted connection is active soon after.";
            note_clock(world, region, id, "provisioning → active", rule, SOURCE);
        }
        (Step::Settle, PeeringState::PendingAcceptance) => {
            end(world, &row, PeeringState::Expired, SHOWN_LONG);
            let rule = "A request that nobody answers expires after seven days.";
            note_clock(world, region, id, "pending-acceptance → expired", rule, SOURCE);
        }
        (Step::Reap, _) => {
            let rule = "What has ended stays visible for two hours, an expired request for two days.";
            note_clock(world, region, id, "gone from view", rule, SOURCE);
            for region in regions(&row) {
                world.take::<VpcPeering>(region, id);
            }
        }
        _ => {}
    }
}

fn status(code: &str, message: String) -> Structure {
    Structure::new().with(field::CODE, code).with(field::MESSAGE, message)
}

/// Code and message of a connection's state.
fn state_words(row: &VpcPeering) -> (&'static str, String) {
    let message = match row.state {
        PeeringState::PendingAcceptance => format!("Pending Acceptance by {}", row.accepter.account),
        PeeringState::Provisioning => "Provisioning".to_owned(),
        PeeringState::Active => "Active".to_owned(),
        PeeringState::Rejected => format!("Rejected by {}", row.accepter.account),
        PeeringState::Expired => "Expired".to_owned(),
        PeeringState::Failed => "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range".to_owned(),
        PeeringState::Deleted => format!("Deleted by {}", row.requester.account),
    };
    (row.state.name(), message)
}

/// The options of a side, as the API shows them.
pub(super) fn options(side: &PeeringSide) -> Structure {
    Structure::new()
        .with(field::ALLOW_DNS_RESOLUTION_FROM_REMOTE_VPC, side.remote_dns)
        .with(
            field::ALLOW_EGRESS_FROM_LOCAL_CLASSIC_LINK_TO_REMOTE_VPC,
            side.link_to_remote,
        )
        .with(
            field::ALLOW_EGRESS_FROM_LOCAL_VPC_TO_REMOTE_CLASSIC_LINK,
            side.to_remote_link,
        )
}

/// A side as the API shows it: blocks of the other side are known once the connection is active.
fn describe_side(world: &World, row: &VpcPeering, side: &PeeringSide) -> Structure {
    let known =
        side.region == row.requester.region && side.vpc == row.requester.vpc || row.state == PeeringState::Active;
    let vpc = side
        .own
        .filter(|_| known)
        .and_then(|own| world.row::<Vpc>(side.region, own));
    let blocks: Vec<Structure> = vpc
        .into_iter()
        .flat_map(|vpc| &vpc.cidrs)
        .map(|(_, net)| Structure::new().with(field::CIDR_BLOCK, net.to_string()))
        .collect();
    let ipv6: Vec<Structure> = vpc
        .into_iter()
        .flat_map(|vpc| &vpc.ipv6_cidrs)
        .map(|(_, net)| Structure::new().with(field::IPV6_CIDR_BLOCK, net.to_string()))
        .collect();
    let some = |list: Vec<Structure>| (!list.is_empty()).then_some(list);
    let options = (row.state == PeeringState::Active).then(|| options(side));
    Structure::new()
        .with_some(
            field::CIDR_BLOCK,
            vpc.and_then(|vpc| Some(vpc.cidrs.first()?.1.to_string())),
        )
        .with_some(field::CIDR_BLOCK_SET, some(blocks))
        .with_some(field::IPV6_CIDR_BLOCK_SET, some(ipv6))
        .with(field::OWNER_ID, side.account.as_str())
        .with(field::VPC_ID, side.vpc.as_str())
        .with(field::REGION, side.region.name())
        .with_some(field::PEERING_OPTIONS, options)
}

/// A connection as the API shows it.
fn describe(world: &World, region: Region, row: &VpcPeering) -> Structure {
    let (code, message) = state_words(row);
    let waits = matches!(row.state, PeeringState::PendingAcceptance).then_some(row.expires);
    Structure::new()
        .with(field::VPC_PEERING_CONNECTION_ID, row.id)
        .with(field::REQUESTER_VPC_INFO, describe_side(world, row, &row.requester))
        .with(field::ACCEPTER_VPC_INFO, describe_side(world, row, &row.accepter))
        .with(field::STATUS, status(code, message))
        .with_some(field::EXPIRATION_TIME, waits)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html>.
const FILTERS: &[&str] = &[
    "accepter-vpc-info.cidr-block",
    "accepter-vpc-info.owner-id",
    "accepter-vpc-info.vpc-id",
    "expiration-time",
    "requester-vpc-info.cidr-block",
    "requester-vpc-info.owner-id",
    "requester-vpc-info.vpc-id",
    "status-code",
    "status-message",
    "vpc-peering-connection-id",
];

fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::VpcPeering,
        ids: field::VPC_PEERING_CONNECTION_IDS,
        answer: field::VPC_PEERING_CONNECTIONS,
        born: |row: &VpcPeering| row.born,
        filters: FILTERS,
        least: 5,
    };
    let values = |row: &VpcPeering, name: &str| {
        let (side, part) = match name.split_once("-vpc-info.") {
            Some(("accepter", part)) => (&row.accepter, part),
            Some((_, part)) => (&row.requester, part),
            None => (&row.requester, name),
        };
        match part {
            "cidr-block" => {
                let vpc = side.own.and_then(|own| world.row::<Vpc>(side.region, own));
                let first = vpc.and_then(|vpc| vpc.cidrs.first());
                first.map(|(_, net)| net.to_string()).into_iter().collect()
            }
            "owner-id" => vec![side.account.clone()],
            "vpc-id" => vec![side.vpc.clone()],
            "expiration-time" => vec![row.expires.iso8601()],
            "status-code" => vec![row.state.name().to_owned()],
            "status-message" => vec![state_words(row).1],
            _ => vec![row.id.to_string()],
        }
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

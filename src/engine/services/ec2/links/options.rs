//! ModifyVpcPeeringConnectionOptions: whether names resolve to private addresses across a connection, and whether what is
//! linked to a VPC by ClassicLink takes part in it.
//! <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html>

use super::super::classic;
use super::super::common::note;
use super::peerings;
use crate::base::error::{Error, Result};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::vpc::Vpc;
use stratus_model::{Name, Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    (operation == "ModifyVpcPeeringConnectionOptions").then_some(Handler::Write(modify))
}

/// Of the two sides, the parameter that sets its options.
const SIDES: [(Name, bool); 2] = [
    (field::REQUESTER_PEERING_CONNECTION_OPTIONS, true),
    (field::ACCEPTER_PEERING_CONNECTION_OPTIONS, false),
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html>: each side in its own
/// Region, and only while the connection is active.
fn modify(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let row = peerings::named(request, world)?;
    let given: Vec<(Name, bool, &Structure)> = SIDES
        .into_iter()
        .filter_map(|(name, requester)| Some((name, requester, request.params.structure(name)?)))
        .collect();
    if given.is_empty() {
        let why = "The request must contain the options of the requester or of the accepter.";
        return Err(Error::new("MissingParameter", why).at("RequesterPeeringConnectionOptions"));
    }
    if row.state != PeeringState::Active {
        let why = format!(
            "VPC peering connection {} is not in the active state: it is {}.",
            row.id,
            row.state.name()
        );
        return Err(Error::new("InvalidStateTransition", why).at("VpcPeeringConnectionId"));
    }
    let mut answer = Structure::new();
    for (name, requester, options) in given {
        let side = if requester { &row.requester } else { &row.accepter };
        check_side(request, world, &row, side, name)?;
        let wanted = read(options, side)?;
        if wanted.remote_dns {
            check_names(world, side)?;
        }
        if wanted.link_to_remote || wanted.to_remote_link {
            classic::link::check_peering(world, request.region, &row, side, wanted.to_remote_link)
                .map_err(|error| error.at(name.text()))?;
        }
        peerings::change(world, &row, |row| {
            let side = if requester {
                &mut row.requester
            } else {
                &mut row.accepter
            };
            *side = wanted.clone();
        });
        let text = told(side, &wanted);
        note(world, request.region, row.id, text);
        answer.set(name, peerings::options(&wanted));
    }
    Ok(answer)
}

fn check_side(request: &Request<'_>, world: &World, row: &VpcPeering, side: &PeeringSide, name: Name) -> Result<()> {
    if side.account == world.account() && side.region == request.region {
        return Ok(());
    }
    let why = format!(
        "The {} of {} can be changed by account {} in {} only.",
        name.text(),
        row.id,
        side.account,
        side.region.name()
    );
    Err(Error::new("OperationNotPermitted", why).at(name.text()))
}

/// What the journal says of a change.
fn told(before: &PeeringSide, after: &PeeringSide) -> String {
    let dns = format!(
        "DNS resolution of {} from the other side: {}",
        after.vpc, after.remote_dns
    );
    if (before.link_to_remote, before.to_remote_link) == (after.link_to_remote, after.to_remote_link) {
        return dns;
    }
    format!(
        "what is linked to {} may send to the other VPC: {}; {} may send to what is linked there: {}",
        after.vpc, after.link_to_remote, after.vpc, after.to_remote_link
    )
}

/// A side as it is to be.
fn read(options: &Structure, side: &PeeringSide) -> Result<PeeringSide> {
    super::super::common::refuse_unsimulated(
        options,
        &[field::ALLOW_MULTIPATH_RESILIENCE, field::MULTIPATH_RESILIENCE_MODE],
    )?;
    let on = |name: Name, before: bool| options.boolean(name).unwrap_or(before);
    Ok(PeeringSide {
        remote_dns: on(field::ALLOW_DNS_RESOLUTION_FROM_REMOTE_VPC, side.remote_dns),
        link_to_remote: on(
            field::ALLOW_EGRESS_FROM_LOCAL_CLASSIC_LINK_TO_REMOTE_VPC,
            side.link_to_remote,
        ),
        to_remote_link: on(
            field::ALLOW_EGRESS_FROM_LOCAL_VPC_TO_REMOTE_CLASSIC_LINK,
            side.to_remote_link,
        ),
        ..side.clone()
    })
}

/// Both attributes of the VPC must be on.
fn check_names(world: &World, side: &PeeringSide) -> Result<()> {
    let vpc = side.own.and_then(|own| world.row::<Vpc>(side.region, own));
    if vpc.is_some_and(|vpc| vpc.dns_support && vpc.dns_hostnames) {
        return Ok(());
    }
    let why = format!(
        "DNS resolution from a remote VPC needs enableDnsSupport and enableDnsHostnames of {}.",
        side.vpc
    );
    Err(Error::new("InvalidParameterValue", why)
        .at("AllowDnsResolutionFromRemoteVpc")
        .remedy("Turn both on with ModifyVpcAttribute."))
}

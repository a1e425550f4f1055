//! Virtual private gateways: AWS's end of a VPN, at a VPC, and the propagation of their routes.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html>

use super::super::common::{Describing, dependency, done, find, need, note, note_clock, tag_list};
use super::super::tags;
use super::life;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, RouteTableId, VpcId, VpnGatewayId, well_formed};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::clock::{Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::{GatewayState, VpnAttachment, VpnAttachmentState, VpnGateway};
use crate::world::vpc::{RouteTable, Vpc};
use stratus_model::{Structure, field};

/// The autonomous system of a gateway that was given none.
const ASN: i64 = 64_512;
const ATTACHING: &str = "vpn-gateway.attaching";
const SITES: &str = "https://docs.aws.amazon.com/vpn/latest/s2svpn/SetUpVPNConnections.html";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnGateway.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let asn = params.integer(field::AMAZON_SIDE_ASN).unwrap_or(ASN);
    if !(64_512..=65_534).contains(&asn) && !(4_200_000_000..=4_294_967_294).contains(&asn) {
        let why = format!("Value ({asn}) for parameter amazonSideAsn is invalid.");
        let error = Error::new("InvalidParameterValue", why).at("AmazonSideAsn");
        return Err(error.remedy("Private numbers are 64512 to 65534 and 4200000000 to 4294967294."));
    }
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.gateways.vpn.rows());
    if rows.filter(|row| row.state.is_alive()).count() >= quotas::VPN_GATEWAYS {
        let why = "The maximum number of virtual private gateways has been reached.";
        return Err(Error::new("VpnGatewayLimitExceeded", why));
    }
    let id = VpnGatewayId(world.random.next_u64(Stream::Ids(Kind::VpnGateway)));
    let row = VpnGateway {
        id,
        born: world.birth(),
        state: GatewayState::Available,
        since: world.now,
        asn,
        zone: params.text(field::AVAILABILITY_ZONE).map(str::to_owned),
        attachment: None,
        propagates_to: Vec::new(),
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("vpn-gateway", &[id.into()])])?;
    note(world, region, id, "created");
    let row = world.row::<VpnGateway>(region, id);
    Ok(Structure::new().with_some(field::VPN_GATEWAY, row.map(|row| describe(world, region, row))))
}

/// The gateway of a call; one that is deleted counts as none.
pub(super) fn named(world: &World, region: Region, text: &str) -> Result<VpnGateway> {
    let row = find::<VpnGateway>(world, region, Kind::VpnGateway, text)?;
    if row.state.is_alive() {
        return Ok(row.clone());
    }
    let why = format!("The vpnGateway ID '{text}' does not exist");
    Err(Error::new("InvalidVpnGatewayID.NotFound", why))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpnGateway.html>: attached to nothing, and without connections.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let row = named(world, region, need(request.params, field::VPN_GATEWAY_ID)?)?;
    let mut users = world.referrers(region, row.id.into());
    users.extend(row.vpc().map(ResourceId::from));
    if !users.is_empty() {
        let remedy = dependency(String::new(), &users).remedy;
        return Err(Error::new("IncorrectState", "The VPN gateway is in use.").remedy(remedy));
    }
    world.update::<VpnGateway, _>(region, row.id, |row| {
        row.state = GatewayState::Deleted;
        row.attachment = None;
    });
    note(world, region, row.id, "available → deleted");
    life::hide(world, region, row.id);
    done()
}

fn ends(request: &Request<'_>, world: &World) -> Result<(VpnGateway, VpcId)> {
    let row = named(world, request.region, need(request.params, field::VPN_GATEWAY_ID)?)?;
    let vpc = need(request.params, field::VPC_ID)?;
    Ok((row, find::<Vpc>(world, request.region, Kind::Vpc, vpc)?.id))
}

fn describe_attachment(at: &VpnAttachment) -> Structure {
    Structure::new()
        .with(field::VPC_ID, at.vpc)
        .with(field::STATE, at.state.name())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachVpnGateway.html>: one VPC a gateway, one gateway a VPC.
pub(super) fn attach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (row, vpc) = ends(request, world)?;
    let other = |other: &&VpnGateway| other.vpc() == Some(vpc) && other.id != row.id;
    let taken = {
        let mut rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.gateways.vpn.rows());
        rows.find(other).map(|other| other.id)
    };
    if let Some(held) = row.vpc().filter(|held| *held != vpc) {
        let why = format!(
            "The virtual private gateway '{}' is already attached to {held}.",
            row.id
        );
        return Err(Error::new("VpnGatewayAttachmentLimitExceeded", why).remedy("Detach it first."));
    }
    if let Some(other) = taken {
        let why = format!("The vpc '{vpc}' already has a virtual private gateway attached: {other}.");
        return Err(Error::new("VpnGatewayAttachmentLimitExceeded", why).remedy("Detach that one first."));
    }
    if row.vpc().is_none() {
        let attachment = VpnAttachment {
            vpc,
            state: VpnAttachmentState::Attaching,
            since: world.now,
        };
        world.update::<VpnGateway, _>(region, row.id, |row| row.attachment = Some(attachment));
        note(world, region, row.id, format!("attaching to {vpc}"));
        life::later(world, region, row.id, ATTACHING, Step::Settle);
    }
    let row = world.row::<VpnGateway>(region, row.id);
    let at = row.and_then(|row| row.attachment.as_ref());
    Ok(Structure::new().with_some(field::VPC_ATTACHMENT, at.map(describe_attachment)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachVpnGateway.html>: routes to it become black holes, and it
/// propagates no more.
pub(super) fn detach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (row, vpc) = ends(request, world)?;
    if row.vpc() != Some(vpc) {
        let why = format!(
            "The attachment with vpn gateway ID '{}' and vpc ID '{vpc}' does not exist",
            row.id
        );
        return Err(Error::new("InvalidVpnGatewayAttachment.NotFound", why));
    }
    let now = world.now;
    world.update::<VpnGateway, _>(region, row.id, |row| {
        row.propagates_to.clear();
        if let Some(at) = &mut row.attachment {
            (at.state, at.since) = (VpnAttachmentState::Detaching, now);
        }
    });
    note(world, region, row.id, format!("detaching from {vpc}"));
    life::later(world, region, row.id, ATTACHING, Step::Settle);
    done()
}

/// The end of attaching or detaching.
pub(super) fn settle(world: &mut World, pending: &Pending, id: VpnGatewayId) {
    let (region, now) = (pending.region, world.now);
    let Some(at) = world
        .row::<VpnGateway>(region, id)
        .and_then(|row| row.attachment.clone())
    else {
        return;
    };
    let (text, state) = match at.state {
        VpnAttachmentState::Attaching => ("attached to", VpnAttachmentState::Attached),
        VpnAttachmentState::Detaching => ("detached from", VpnAttachmentState::Detached),
        _ => return,
    };
    if !life::is_about(pending, at.since) {
        return;
    }
    let vpc = at.vpc;
    world.update::<VpnGateway, _>(region, id, |row| {
        row.attachment = Some(VpnAttachment {
            state,
            since: now,
            ..at
        })
    });
    let rule = "A virtual private gateway needs a while to be attached to a VPC or detached from it.";
    note_clock(world, region, id, format!("{text} {vpc}"), rule, SITES);
}

fn describe(world: &World, region: Region, row: &VpnGateway) -> Structure {
    let attachments: Vec<Structure> = row.attachment.iter().map(describe_attachment).collect();
    Structure::new()
        .with(field::VPN_GATEWAY_ID, row.id)
        .with(field::STATE, row.state.name())
        .with(field::TYPE, "ipsec.1")
        .with(field::AMAZON_SIDE_ASN, row.asn)
        .with_some(field::AVAILABILITY_ZONE, row.zone.clone())
        .with(field::VPC_ATTACHMENTS, attachments)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnGateways.html>.
const FILTERS: &[&str] = &[
    "amazon-side-asn",
    "attachment.state",
    "attachment.vpc-id",
    "availability-zone",
    "state",
    "type",
    "vpn-gateway-id",
];

pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::VpnGateway,
        ids: field::VPN_GATEWAY_IDS,
        answer: field::VPN_GATEWAYS,
        born: |row: &VpnGateway| row.born,
        filters: FILTERS,
        least: 5,
    };
    let values = |row: &VpnGateway, name: &str| {
        let at = row.attachment.as_ref();
        match name {
            "amazon-side-asn" => vec![row.asn.to_string()],
            "attachment.state" => at.map(|at| at.state.name().to_owned()).into_iter().collect(),
            "attachment.vpc-id" => at.map(|at| at.vpc.to_string()).into_iter().collect(),
            "availability-zone" => row.zone.clone().into_iter().collect(),
            "state" => vec![row.state.name().to_owned()],
            "type" => vec!["ipsec.1".to_owned()],
            _ => vec![row.id.to_string()],
        }
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

/// The table and the gateway of a call about propagation.
fn pair(request: &Request<'_>, world: &World) -> Result<(RouteTableId, VpcId, VpnGateway)> {
    let text = need(request.params, field::ROUTE_TABLE_ID)?;
    let table = find::<RouteTable>(world, request.region, Kind::RouteTable, text)?;
    let text = need(request.params, field::GATEWAY_ID)?;
    if !well_formed(text, VpnGatewayId::PREFIX) {
        let why = format!("Invalid id: \"{text}\" (expecting \"vgw-...\")");
        return Err(Error::new("InvalidVpnGatewayID.Malformed", why).at("GatewayId"));
    }
    let gateway = named(world, request.region, text).map_err(|error| error.at("GatewayId"))?;
    Ok((table.id, table.vpc, gateway))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVgwRoutePropagation.html>
pub(super) fn propagate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (table, vpc, gateway) = pair(request, world)?;
    if gateway.vpc() != Some(vpc) {
        let why = format!("resource {} is not attached to network {vpc}", gateway.id);
        let error = Error::new("Gateway.NotAttached", why).at("GatewayId");
        return Err(error.remedy(format!("Attach it to {vpc} first.")));
    }
    if !gateway.propagates_to.contains(&table) {
        let region = request.region;
        world.update::<VpnGateway, _>(region, gateway.id, |row| row.propagates_to.push(table));
        note(world, region, table, format!("takes the routes of {}", gateway.id));
    }
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableVgwRoutePropagation.html>
pub(super) fn propagate_no_more(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (table, _, gateway) = pair(request, world)?;
    if gateway.propagates_to.contains(&table) {
        let region = request.region;
        world.update::<VpnGateway, _>(region, gateway.id, |row| row.propagates_to.retain(|has| *has != table));
        note(
            world,
            region,
            table,
            format!("takes the routes of {} no more", gateway.id),
        );
    }
    done()
}

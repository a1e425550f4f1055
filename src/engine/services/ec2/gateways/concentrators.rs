//! VPN concentrators: one attachment of a transit gateway for the VPN connections of many sites.
//! <https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-concentrator.html>
//!
//! Its connections learn their routes by BGP, and have no attachments of their own. Where it stands its attachment says.

use super::super::common::{Describing, dependency, find, need, note, tag_list};
use super::super::links::vpn_attachments;
use super::super::tags;
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, VpnConcentratorId};
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::links::{TransitAttachment, TransitState};
use crate::world::transits::VpnConcentrator;
use stratus_model::{Structure, field};

fn state(world: &World, region: Region, row: &VpnConcentrator) -> TransitState {
    let attachment = world.row::<TransitAttachment>(region, row.attachment);
    attachment.map_or(TransitState::Deleted, |row| row.state)
}

/// The concentrator of this id, which must be available.
///
/// # Errors
/// `InvalidVpnConcentratorID.NotFound`, `IncorrectState`.
pub(super) fn available(world: &World, region: Region, text: &str) -> Result<VpnConcentrator> {
    let row = find::<VpnConcentrator>(world, region, Kind::VpnConcentrator, text)?;
    match state(world, region, row) {
        TransitState::Available => Ok(row.clone()),
        state => {
            let why = format!("{} is in invalid state", row.id);
            Err(Error::new("IncorrectState", why).remedy(format!("It is {}.", state.name())))
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConcentrator.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let gateway = vpn_attachments::gateway(world, region, need(params, field::TRANSIT_GATEWAY_ID)?)?;
    let id = VpnConcentratorId(world.random.next_u64(Stream::Ids(Kind::VpnConcentrator)));
    let attachment = vpn_attachments::draw(world);
    let row = VpnConcentrator {
        id,
        born: world.birth(),
        gateway: gateway.id,
        attachment,
    };
    world.put(region, row);
    vpn_attachments::attach_concentrator(world, region, &gateway, attachment, id);
    tags::apply_specifications(world, region, params, &[("vpn-concentrator", &[id.into()])])?;
    note(world, region, id, format!("created at {}", gateway.id));
    let row = world.row::<VpnConcentrator>(region, id);
    let shown = row.map(|row| describe(world, region, row));
    Ok(Structure::new().with_some(field::VPN_CONCENTRATOR, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpnConcentrator.html>: not while connections go through it.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::VPN_CONCENTRATOR_ID)?;
    let row = available(world, region, text)?;
    let mut users = world.referrers(region, row.id.into());
    users.retain(|user| user.kind() == Kind::VpnConnection);
    if !users.is_empty() {
        let why = format!("The VPN concentrator {} has non-deleted VPN connections.", row.id);
        return Err(dependency(why, &users));
    }
    note(world, region, row.id, "available → deleting");
    vpn_attachments::detach_by_id(world, region, row.attachment);
    Ok(Structure::new().with(field::RETURN, true))
}

fn describe(world: &World, region: Region, row: &VpnConcentrator) -> Structure {
    Structure::new()
        .with(field::VPN_CONCENTRATOR_ID, row.id)
        .with(field::STATE, state(world, region, row).name())
        .with(field::TRANSIT_GATEWAY_ID, row.gateway)
        .with(field::TRANSIT_GATEWAY_ATTACHMENT_ID, row.attachment)
        .with(field::TYPE, "ipsec.1")
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnConcentrators.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::VpnConcentrator,
        ids: field::VPN_CONCENTRATOR_IDS,
        answer: field::VPN_CONCENTRATORS,
        born: |row: &VpnConcentrator| row.born,
        filters: &[
            "state",
            "transit-gateway-attachment-id",
            "transit-gateway-id",
            "type",
            "vpn-concentrator-id",
        ],
        least: 5,
    };
    let values = |row: &VpnConcentrator, name: &str| {
        vec![match name {
            "state" => state(world, region, row).name().to_owned(),
            "transit-gateway-attachment-id" => row.attachment.to_string(),
            "transit-gateway-id" => row.gateway.to_string(),
            "type" => "ipsec.1".to_owned(),
            _ => row.id.to_string(),
        }]
    };
    describing.answer(request, world, &values, &|row| describe(world, region, row))
}

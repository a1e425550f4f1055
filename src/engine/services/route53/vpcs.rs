//! VPCs of private zones: association, and authorisation for those of other accounts.
//!
//! An association shows in answers and in the VPC's resolver at once, though its change is PENDING for a while (ours).

use super::common::{change_of, invalid, max_items, max_results, note, page, zone, zones};
use super::zones::{read_vpc, refuse_conflict, vpc_structure};
use crate::base::error::{Error, Result};
use crate::base::ids::{HostedZoneId, VpcId, well_formed};
use crate::catalog::Region;
use crate::services::Request;
use crate::world::World;
use crate::world::journal::Cause;
use crate::world::names::HostedZone;
use stratus_model::{Structure, Value, field, sort};

/// VPCs of one private zone, and authorisations of one (AWS's default quotas).
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html>
pub(super) const VPCS: usize = 300;
/// See [`VPCS`].
const AUTHORIZATIONS: usize = 1_000;
/// Most zones of a page of ListHostedZonesByVPC.
const ZONES: usize = 100;
/// Most VPCs of a page of ListVPCAssociationAuthorizations.
const PAGE: usize = 50;

/// A private zone and one of the account's VPCs, as a request names them.
fn named(request: &Request<'_>, world: &mut World) -> Result<(HostedZoneId, Region, VpcId)> {
    let params = request.params;
    let id = zone(world, params.text(field::HOSTED_ZONE_ID))?.id;
    let (region, vpc) =
        read_vpc(world, params)?.ok_or_else(|| invalid("VPC", "A VPC is given by both VPCId and VPCRegion."))?;
    Ok((id, region, vpc))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html>
pub(super) fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (id, region, vpc) = named(request, world)?;
    let row = zone(world, Some(&id.to_string()))?;
    let Some(associated) = &row.private else {
        let why = "You're trying to associate a VPC with a public hosted zone. Amazon Route 53 doesn't support associating a \
                   VPC with a public hosted zone.";
        return Err(Error::new("PublicZoneVPCAssociation", why));
    };
    if associated.len() >= VPCS {
        let why = format!("Cannot associate more than {VPCS} VPCs with hosted zone {id}.");
        return Err(Error::new("LimitsExceeded", why));
    }
    refuse_conflict(world, &row.name.clone(), region, vpc)?;
    if let Some(row) = world.route53.zones.get_mut(&id)
        && let Some(associated) = &mut row.private
    {
        associated.push((region, vpc));
    }
    changed(request, world, id, format!("{vpc} associated"))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DisassociateVPCFromHostedZone.html>
pub(super) fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (id, region, vpc) = named(request, world)?;
    let row = zone(world, Some(&id.to_string()))?;
    let associated = row.private.as_deref().unwrap_or_default();
    if !associated.contains(&(region, vpc)) {
        let why = format!("The VPC: {vpc} and hosted zone: {id} are not associated.");
        return Err(Error::new("VPCAssociationNotFound", why).with_status(404));
    }
    if associated.len() == 1 {
        let why = format!(
            "The VPC: {vpc} cannot be disassociated from hosted zone: {id}, as it is the last VPC of the zone."
        );
        return Err(Error::new("LastVPCAssociation", why));
    }
    if let Some(row) = world.route53.zones.get_mut(&id)
        && let Some(associated) = &mut row.private
    {
        associated.retain(|other| *other != (region, vpc));
    }
    changed(request, world, id, format!("{vpc} disassociated"))
}

fn changed(request: &Request<'_>, world: &mut World, id: HostedZoneId, what: String) -> Result<Structure> {
    let comment = request.params.text(field::COMMENT).unwrap_or_default();
    let info = change_of(world, id, comment);
    let cause = Cause::Call(world.calls);
    note(world, id, what, cause);
    Ok(Structure::new().with(field::CHANGE_INFO, info))
}

/// A VPC that may be another account's: only the form of its id can be checked.
fn foreign(params: &Structure) -> Result<(String, String)> {
    let vpc = params.structure(field::VPC_);
    let text = |name| vpc.and_then(|vpc| vpc.text(name)).unwrap_or_default().to_owned();
    let (region, id) = (text(field::VPC_REGION), text(field::VPC_ID_));
    if region.is_empty() || !well_formed(&id, VpcId::PREFIX) {
        let why = format!("The VPC {id} in region {region} is not a valid VPC.");
        return Err(Error::new("InvalidVPCId", why).at("VPC.VPCId"));
    }
    Ok((region, id))
}

fn foreign_structure(region: &str, id: &str) -> Structure {
    Structure::new()
        .with(field::VPC_REGION, region)
        .with(field::VPC_ID_, id)
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateVPCAssociationAuthorization.html>
/// The same again changes nothing.
pub(super) fn authorize(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    let (region, vpc) = foreign(params)?;
    let id = row.id;
    if row.private.is_none() {
        let why = format!("The hosted zone {id} is public: only a private one can be associated with VPCs.");
        return Err(invalid("HostedZoneId", why));
    }
    let mut authorized = row.authorized.clone();
    if !authorized.contains(&(region.clone(), vpc.clone())) {
        if authorized.len() >= AUTHORIZATIONS {
            let why = format!("Cannot create more than {AUTHORIZATIONS} authorizations for hosted zone {id}.");
            return Err(Error::new("TooManyVPCAssociationAuthorizations", why));
        }
        authorized.push((region.clone(), vpc.clone()));
        sort::sort(&mut authorized);
        if let Some(row) = world.route53.zones.get_mut(&id) {
            row.authorized = authorized;
        }
    }
    Ok(Structure::new()
        .with(field::HOSTED_ZONE_ID, id)
        .with(field::VPC_, foreign_structure(&region, &vpc)))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteVPCAssociationAuthorization.html>
pub(super) fn revoke(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    let named = foreign(params)?;
    let id = row.id;
    if !row.authorized.contains(&named) {
        let why = "The VPC that you specified is not authorized to be associated with the hosted zone.";
        return Err(Error::new("VPCAssociationAuthorizationNotFound", why).with_status(404));
    }
    if let Some(row) = world.route53.zones.get_mut(&id) {
        row.authorized.retain(|other| *other != named);
    }
    Ok(Structure::new())
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListVPCAssociationAuthorizations.html>
/// By Region, then by id.
pub(super) fn authorizations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let row = zone(world, params.text(field::HOSTED_ZONE_ID))?;
    let size = max_results(params, PAGE)?;
    let key = |(region, vpc): &(String, String)| format!("{region}/{vpc}");
    let (rows, next) = page(&row.authorized, size, params.text(field::NEXT_TOKEN), key);
    let rows: Vec<Value> = rows
        .iter()
        .map(|(region, vpc)| foreign_structure(region, vpc).into())
        .collect();
    Ok(Structure::new()
        .with(field::HOSTED_ZONE_ID, row.id)
        .with(field::_VPCS, rows)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html>
/// By the zone's id (ours: AWS names no order).
pub(super) fn zones_by_vpc(request: &Request<'_>, world: &World) -> Result<Structure> {
    let params = request.params;
    let text = |name| params.text(name).unwrap_or_default();
    let (region, id) = (text(field::VPC_REGION), text(field::VPC_ID_));
    if !well_formed(id, VpcId::PREFIX) {
        return Err(invalid("VPCId", format!("Invalid VPCId: {id}")));
    }
    let wanted = Region::find(region).zip(VpcId::parse(id));
    let size = max_items(params, ZONES)?;
    let holds =
        |zone: &&HostedZone| wanted.is_some_and(|wanted| zone.private.iter().flatten().any(|vpc| *vpc == wanted));
    let mut rows: Vec<&HostedZone> = zones(world).into_iter().filter(holds).collect();
    sort::by_key(&mut rows, |zone| zone.id.to_string());
    let (rows, next) = page(&rows, size, params.text(field::NEXT_TOKEN), |zone| zone.id.to_string());
    let owner = world.account();
    let rows: Vec<Value> = rows
        .iter()
        .map(|zone| {
            Structure::new()
                .with(field::HOSTED_ZONE_ID, zone.id)
                .with(field::NAME, zone.name.as_str())
                .with(
                    field::OWNER,
                    Structure::new().with(field::OWNING_ACCOUNT, owner.as_str()),
                )
                .into()
        })
        .collect();
    Ok(Structure::new()
        .with(field::HOSTED_ZONE_SUMMARIES, rows)
        .with(field::MAX_ITEMS, size.to_string())
        .with_some(field::NEXT_TOKEN, next))
}

/// The VPCs of a private zone as answers have them.
pub(super) fn describe(associated: &[(Region, VpcId)]) -> Vec<Value> {
    associated
        .iter()
        .map(|(region, vpc)| vpc_structure(*region, *vpc).into())
        .collect()
}

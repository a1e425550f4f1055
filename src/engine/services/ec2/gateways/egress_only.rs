//! Egress-only internet gateways: IPv6 outwards, and the answers in.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html>

use super::super::common::{Describing, find, need, note, tag_list};
use super::super::{tags, tokens};
use crate::base::error::{Error, Result};
use crate::base::ids::{EgressOnlyGatewayId, Kind};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::EgressOnlyGateway;
use crate::world::vpc::Vpc;
use stratus_model::{Structure, field};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateEgressOnlyInternetGateway.html>: one a VPC.
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = EgressOnlyGatewayId::try_from(made)
        && world.row::<EgressOnlyGateway>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let rows = || {
        world
            .ec2(region)
            .into_iter()
            .flat_map(|ec2| ec2.gateways.egress_only.rows())
    };
    if let Some(other) = rows().find(|row| row.vpc == vpc) {
        let why = format!("Network {vpc} already has an egress-only internet gateway attached");
        let error = Error::new("InvalidParameterValue", why).at("VpcId");
        return Err(error.remedy(format!("It is {}.", other.id)));
    }
    if rows().count() >= quotas::EGRESS_ONLY_GATEWAYS {
        let why = "The maximum number of egress-only internet gateways has been reached.";
        return Err(Error::new("EgressOnlyInternetGatewayLimitExceeded", why));
    }
    let id = EgressOnlyGatewayId(world.random.next_u64(Stream::Ids(Kind::EgressOnlyGateway)));
    let born = world.birth();
    world.put(region, EgressOnlyGateway { id, born, vpc });
    let made = [("egress-only-internet-gateway", &[id.into()][..])];
    tags::apply_specifications(world, region, params, &made)?;
    note(world, region, id, format!("created for {vpc}"));
    tokens::remember(request, world, id);
    Ok(shown(request, world, id))
}

fn shown(request: &Request<'_>, world: &World, id: EgressOnlyGatewayId) -> Structure {
    let row = world.row::<EgressOnlyGateway>(request.region, id);
    Structure::new()
        .with_some(
            field::EGRESS_ONLY_INTERNET_GATEWAY,
            row.map(|row| describe(world, request.region, row)),
        )
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteEgressOnlyInternetGateway.html>: routes to it become black
/// holes.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::EGRESS_ONLY_INTERNET_GATEWAY_ID)?;
    let id = find::<EgressOnlyGateway>(world, region, Kind::EgressOnlyGateway, text)?.id;
    note(world, region, id, "deleted");
    world.take::<EgressOnlyGateway>(region, id);
    Ok(Structure::new().with(field::RETURN_CODE, true))
}

/// A gateway as the API shows it.
fn describe(world: &World, region: Region, row: &EgressOnlyGateway) -> Structure {
    let attachment = Structure::new()
        .with(field::STATE, "attached")
        .with(field::VPC_ID, row.vpc);
    Structure::new()
        .with(field::EGRESS_ONLY_INTERNET_GATEWAY_ID, row.id)
        .with(field::ATTACHMENTS, vec![attachment])
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeEgressOnlyInternetGateways.html>: filters by tags only.
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::EgressOnlyGateway,
        ids: field::EGRESS_ONLY_INTERNET_GATEWAY_IDS,
        answer: field::EGRESS_ONLY_INTERNET_GATEWAYS,
        born: |row: &EgressOnlyGateway| row.born,
        filters: &[],
        least: 5,
    };
    describing.answer(request, world, &|_, _| Vec::new(), &|row| {
        describe(world, request.region, row)
    })
}

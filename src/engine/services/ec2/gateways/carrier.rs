//! Carrier gateways, which connect subnets in Wavelength Zones with a carrier's network. What they carry: `network::carrier`.
//! <https://docs.aws.amazon.com/wavelength/latest/developerguide/how-wavelengths-work.html>

use super::super::common::{Describing, find, need, note, note_clock, tag_list};
use super::super::{tags, tokens};
use super::life;
use crate::base::error::{Error, Result};
use crate::base::ids::{CarrierGatewayId, Kind};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::clock::{Pending, Step};
use crate::services::Request;
use crate::world::World;
use crate::world::gateways::{CarrierGateway, GatewayState};
use crate::world::vpc::Vpc;
use stratus_model::{Structure, field};

const CHANGING: &str = "carrier-gateway.changing";

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCarrierGateway.html>
pub(super) fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = CarrierGatewayId::try_from(made)
        && world.row::<CarrierGateway>(region, made).is_some()
    {
        return Ok(shown(world, region, made));
    }
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let rows = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.gateways.carrier.rows());
    if rows.filter(|row| row.vpc == vpc).count() >= quotas::CARRIER_GATEWAYS_PER_VPC {
        let why = format!("The maximum number of carrier gateways for {vpc} has been reached.");
        return Err(Error::new("CarrierGatewayLimitExceeded", why).at("VpcId"));
    }
    let id = CarrierGatewayId(world.random.next_u64(Stream::Ids(Kind::CarrierGateway)));
    let row = CarrierGateway {
        id,
        born: world.birth(),
        vpc,
        state: GatewayState::Pending,
        since: world.now,
    };
    world.put(region, row);
    tags::apply_specifications(world, region, params, &[("carrier-gateway", &[id.into()])])?;
    note(world, region, id, format!("pending for {vpc}"));
    life::later(world, region, id, CHANGING, Step::Settle);
    tokens::remember(request, world, id);
    Ok(shown(world, region, id))
}

fn shown(world: &World, region: Region, id: CarrierGatewayId) -> Structure {
    let row = world.row::<CarrierGateway>(region, id);
    Structure::new().with_some(field::CARRIER_GATEWAY, row.map(|row| describe(world, region, row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteCarrierGateway.html>: routes to it become black holes.
pub(super) fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::CARRIER_GATEWAY_ID)?;
    let row = find::<CarrierGateway>(world, region, Kind::CarrierGateway, text)?;
    let (id, old, now) = (row.id, row.state, world.now);
    if old != GatewayState::Deleting {
        world.update::<CarrierGateway, _>(region, id, |row| {
            (row.state, row.since) = (GatewayState::Deleting, now);
        });
        note(world, region, id, format!("{} → deleting", old.name()));
        life::later(world, region, id, CHANGING, Step::Settle);
    }
    Ok(shown(world, region, id))
}

/// The end of a passing state.
pub(super) fn settle(world: &mut World, pending: &Pending, id: CarrierGatewayId) {
    let (region, now) = (pending.region, world.now);
    let Some(row) = world.row::<CarrierGateway>(region, id) else {
        return;
    };
    if !life::is_about(pending, row.since) {
        return;
    }
    let rule = "A carrier gateway takes some seconds to come and to go.";
    match row.state {
        GatewayState::Pending => {
            world.update::<CarrierGateway, _>(region, id, |row| {
                (row.state, row.since) = (GatewayState::Available, now);
            });
            note_clock(world, region, id, "pending → available", rule, "ours");
        }
        GatewayState::Deleting => {
            note_clock(world, region, id, "deleting → deleted", rule, "ours");
            world.take::<CarrierGateway>(region, id);
        }
        _ => {}
    }
}

fn describe(world: &World, region: Region, row: &CarrierGateway) -> Structure {
    Structure::new()
        .with(field::CARRIER_GATEWAY_ID, row.id)
        .with(field::VPC_ID, row.vpc)
        .with(field::STATE, row.state.name())
        .with(field::OWNER_ID, world.account())
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeCarrierGateways.html>
pub(super) fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::CarrierGateway,
        ids: field::CARRIER_GATEWAY_IDS,
        answer: field::CARRIER_GATEWAYS,
        born: |row: &CarrierGateway| row.born,
        filters: &["carrier-gateway-id", "owner-id", "state", "vpc-id"],
        least: 5,
    };
    let values = |row: &CarrierGateway, name: &str| {
        vec![match name {
            "owner-id" => world.account(),
            "state" => row.state.name().to_owned(),
            "vpc-id" => row.vpc.to_string(),
            _ => row.id.to_string(),
        }]
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

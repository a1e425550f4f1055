//! Connections of endpoints to the account's own services: shown, accepted, refused.
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html>

use super::super::common::{Filters, find, note, page};
use super::{endpoint_view, endpoints, service_view, services, unsuccessful};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "DescribeVpcEndpointConnections" => Handler::Read(describe_all),
        "AcceptVpcEndpointConnections" => Handler::Write(|request, world| answer(request, world, true)),
        "RejectVpcEndpointConnections" => Handler::Write(|request, world| answer(request, world, false)),
        _ => return None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptVpcEndpointConnections.html> and its twin.
fn answer(request: &Request<'_>, world: &mut World, accept: bool) -> Result<Structure> {
    let region = request.region;
    let service = services::named(request, world)?.id;
    super::super::common::refuse_unsimulated(request.params, &[field::TRANSIT_GATEWAY_ATTACHMENT_IDS])?;
    let mut failed = Vec::new();
    for text in request.params.texts(field::VPC_ENDPOINT_IDS) {
        let row = find::<VpcEndpoint>(world, region, Kind::VpcEndpoint, text).cloned();
        match row.and_then(|row| check(&row, service, accept)) {
            Ok((id, before)) => {
                super::call_off(world, region, id);
                let state = if accept {
                    EndpointState::Pending
                } else {
                    EndpointState::Rejected
                };
                endpoints::enter(world, region, id, state);
                note(world, region, id, format!("{} → {}", before.name(), state.name()));
            }
            Err(error) => failed.push(unsuccessful(text, &error)),
        }
    }
    Ok(Structure::new().with(field::UNSUCCESSFUL, failed))
}

fn check(row: &VpcEndpoint, service: EndpointServiceId, accept: bool) -> Result<(VpcEndpointId, EndpointState)> {
    if row.provider != Some(service) {
        let why = format!("The Vpc Endpoint Id '{}' does not exist", row.id);
        return Err(Error::new("InvalidVpcEndpointId.NotFound", why));
    }
    let fits = match row.state {
        EndpointState::PendingAcceptance => true,
        EndpointState::Rejected => accept,
        EndpointState::Pending | EndpointState::Available => !accept,
        _ => false,
    };
    if fits {
        return Ok((row.id, row.state));
    }
    let verb = if accept { "accepted" } else { "rejected" };
    let why = format!("Endpoint {} cannot be {verb}: it is {}.", row.id, row.state.name());
    Err(Error::new("InvalidState", why))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointConnections.html>: eldest first.
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let filters = Filters::read(request.params)?;
    let known = [
        "ip-address-type",
        "service-id",
        "vpc-endpoint-id",
        "vpc-endpoint-owner",
        "vpc-endpoint-region",
        "vpc-endpoint-state",
    ];
    filters.check_names(|name| known.contains(&name))?;
    let endpoints = world.ec2(region).into_iter().flat_map(|ec2| ec2.links.endpoints.rows());
    let mut rows: Vec<(&VpcEndpoint, EndpointServiceId)> =
        endpoints.filter_map(|row| Some((row, row.provider?))).collect();
    sort::by_key(&mut rows, |(row, _)| row.born);
    let mut shown = Vec::new();
    for (row, service) in rows {
        let values = |name: &str| {
            Some(vec![match name {
                "ip-address-type" => row.address_type.clone(),
                "service-id" => service.to_string(),
                "vpc-endpoint-owner" => world.account(),
                "vpc-endpoint-region" => region.name().to_owned(),
                "vpc-endpoint-state" => row.state.name().to_owned(),
                _ => row.id.to_string(),
            }])
        };
        if !filters.pass(world, region, row.id, values)? {
            continue;
        }
        let balancers = world.row::<EndpointService>(region, service);
        let (name, arns) = match balancers {
            Some(service) if service_view::kind(service) == EndpointKind::Interface => {
                (field::NETWORK_LOAD_BALANCER_ARNS, service.balancers.clone())
            }
            Some(service) => (field::GATEWAY_LOAD_BALANCER_ARNS, service.balancers.clone()),
            None => (field::NETWORK_LOAD_BALANCER_ARNS, Vec::new()),
        };
        let connection = Structure::new()
            .with(field::SERVICE_ID, service)
            .with(field::VPC_ENDPOINT_ID, row.id)
            .with(field::VPC_ENDPOINT_OWNER, world.account())
            .with(field::VPC_ENDPOINT_STATE, row.state.name())
            .with(field::VPC_ENDPOINT_REGION, region.name())
            .with(field::CREATION_TIMESTAMP, row.created)
            .with(field::DNS_ENTRIES, endpoint_view::names(world, region, row))
            .with(name, arns)
            .with(field::IP_ADDRESS_TYPE, row.address_type.as_str())
            // Connections have numbers of their own in AWS; here they follow from the endpoint's (ours).
            .with(
                field::VPC_ENDPOINT_CONNECTION_ID,
                format!("vpce-conn-0{:016x}", row.id.0.rotate_left(17)),
            )
            .with(field::TAGS, Vec::<Structure>::new());
        shown.push(connection);
    }
    let (shown, next) = page(shown, request.params, 1)?;
    Ok(Structure::new()
        .with(field::VPC_ENDPOINT_CONNECTIONS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

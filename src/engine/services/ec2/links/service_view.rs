//! Endpoint services as the API shows them: to their owner (DescribeVpcEndpointServiceConfigurations) and to those who may
//! connect.

use super::super::common::Describing;
use super::aws_services;
use crate::base::error::Result;
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use stratus_model::{Structure, field};

/// What stands before the domain in the name of the TXT record that shows whose a private name is (ours; AWS draws one).
pub(super) const PROOF: &str = "_vpce";
/// How many zones a service is in (ours: the zones of its load balancers, of which nothing is known here).
const ZONES: usize = 3;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    (operation == "DescribeVpcEndpointServiceConfigurations").then_some(Handler::Read(describe_all))
}

/// `com.amazonaws.vpce.us-east-1.vpce-svc-…`.
pub(super) fn name(region: Region, id: EndpointServiceId) -> String {
    format!("com.amazonaws.vpce.{}.{id}", region.name())
}

/// What endpoints of a service are.
pub(super) fn kind(service: &EndpointService) -> EndpointKind {
    if service.gateway {
        EndpointKind::GatewayLoadBalancer
    } else {
        EndpointKind::Interface
    }
}

/// ServiceType of a service: one kind.
pub(super) fn kinds(kind: EndpointKind) -> Vec<Structure> {
    vec![Structure::new().with(field::SERVICE_TYPE, kind.name())]
}

fn base_name(region: Region, id: EndpointServiceId) -> Vec<String> {
    vec![format!("{id}.{}.vpce.amazonaws.com", region.name())]
}

fn verification(name: &PrivateName) -> &'static str {
    match name.verified {
        None => "pendingVerification",
        Some(true) => "verified",
        Some(false) => "failed",
    }
}

/// What both views have.
fn common(world: &World, region: Region, row: &EndpointService) -> Structure {
    let zones: Vec<String> = region.zones().take(ZONES).map(|zone| zone.name()).collect();
    let zone_ids: Vec<String> = region.zones().take(ZONES).map(|zone| zone.id()).collect();
    Structure::new()
        .with(field::SERVICE_TYPE, kinds(kind(row)))
        .with(field::SERVICE_ID, row.id)
        .with(field::SERVICE_NAME, name(region, row.id))
        .with(field::AVAILABILITY_ZONES, zones)
        .with(field::AVAILABILITY_ZONE_IDS, zone_ids)
        .with(field::ACCEPTANCE_REQUIRED, row.acceptance)
        .with(field::MANAGES_VPC_ENDPOINTS, false)
        .with(field::BASE_ENDPOINT_DNS_NAMES, base_name(region, row.id))
        .with(field::SUPPORTED_IP_ADDRESS_TYPES, row.address_types.clone())
        .with_some(field::PAYER_RESPONSIBILITY, row.owner_pays.then_some("ServiceOwner"))
        .with(field::TAGS, aws_services::tags_of(world, region, row.id))
}

/// A service as those see it who may connect.
pub(super) fn detail(world: &World, region: Region, row: &EndpointService) -> Structure {
    let private = row.private_dns.as_ref();
    let names = private.map(|own| vec![Structure::new().with(field::PRIVATE_DNS_NAME, own.name.as_str())]);
    common(world, region, row)
        .with(field::OWNER, world.account())
        .with(field::SERVICE_REGION, region.name())
        .with(field::VPC_ENDPOINT_POLICY_SUPPORTED, false)
        .with_some(field::PRIVATE_DNS_NAME, private.map(|own| own.name.as_str()))
        .with_some(field::PRIVATE_DNS_NAMES, names)
        .with_some(field::PRIVATE_DNS_NAME_VERIFICATION_STATE, private.map(verification))
}

/// A service as its owner sees it.
pub(super) fn configuration(world: &World, region: Region, row: &EndpointService) -> Structure {
    let private = row.private_dns.as_ref();
    let proof = private.map(|own| {
        Structure::new()
            .with(field::STATE, verification(own))
            .with(field::TYPE, "TXT")
            .with(field::VALUE, own.proof.as_str())
            .with(field::NAME, PROOF)
    });
    let regions: Vec<Structure> = std::iter::once(region.name())
        .chain(
            row.regions
                .iter()
                .map(String::as_str)
                .filter(|other| *other != region.name()),
        )
        .map(|name| {
            Structure::new()
                .with(field::REGION, name)
                .with(field::SERVICE_STATE, "Available")
        })
        .collect();
    let balancers = if row.gateway {
        field::GATEWAY_LOAD_BALANCER_ARNS
    } else {
        field::NETWORK_LOAD_BALANCER_ARNS
    };
    common(world, region, row)
        .with(field::SERVICE_STATE, "Available")
        .with(balancers, row.balancers.clone())
        .with_some(field::PRIVATE_DNS_NAME, private.map(|own| own.name.as_str()))
        .with_some(field::PRIVATE_DNS_NAME_CONFIGURATION, proof)
        .with(field::SUPPORTED_REGIONS, regions)
        .with(field::REMOTE_ACCESS_ENABLED, !row.regions.is_empty())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServiceConfigurations.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::EndpointService,
        ids: field::SERVICE_IDS,
        answer: field::SERVICE_CONFIGURATIONS,
        born: |row: &EndpointService| row.born,
        filters: &[
            "service-name",
            "service-id",
            "service-state",
            "supported-ip-address-types",
        ],
        least: 1,
    };
    let values = |row: &EndpointService, filter: &str| match filter {
        "service-name" => vec![name(region, row.id)],
        "service-state" => vec!["Available".to_owned()],
        "supported-ip-address-types" => row.address_types.clone(),
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| configuration(world, region, row))
}

//! VPC endpoints as the API shows them: DescribeVpcEndpoints, DescribeVpcEndpointAssociations.

use super::super::common::{Describing, Filters, find, page, tag_list};
use super::super::vpc::interfaces;
use super::{aws_services, endpoint_policy};
use crate::base::error::Result;
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::links::*;
use crate::world::vpc::*;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "DescribeVpcEndpoints" => Handler::Read(describe_all),
        "DescribeVpcEndpointAssociations" => Handler::Read(associations),
        _ => return None,
    })
}

/// The name that leads to an endpoint's service inside the VPC, where the service has one.
pub(super) fn private_name(world: &World, region: Region, row: &VpcEndpoint) -> Option<String> {
    if let Some(provider) = row.provider {
        let service = world.row::<EndpointService>(region, provider)?;
        let name = service.private_dns.as_ref()?;
        return (name.verified == Some(true)).then(|| name.name.clone());
    }
    let services = aws_services::all(region);
    let own =
        |service: &aws_services::AwsService| service.name == row.service && service.kind == EndpointKind::Interface;
    services.into_iter().find(own).map(|service| service.private_name)
}

/// The hosted zone of AWS that names of a Region's endpoints are in (us-east-1's is AWS's, the others are ours).
pub(super) fn zone_of_names(region: Region) -> String {
    if region == Region::US_EAST_1 {
        "Z7HUB22UULQXV".into()
    } else {
        format!("Z7VPCE{:07}", 1_000 + u32::from(region.index()))
    }
}

/// The eight characters that AWS puts into an endpoint's names (ours: they follow from its number).
fn mark(id: VpcEndpointId) -> String {
    let mut rest = id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16;
    let mut text = String::new();
    for _ in 0..8 {
        text.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
        rest /= 36;
    }
    text
}

/// The names of an endpoint, the whole Region's first, then a zone each, then the private ones.
pub(super) fn names(world: &World, region: Region, row: &VpcEndpoint) -> Vec<Structure> {
    if row.kind == EndpointKind::Gateway || row.state.is_gone() {
        return Vec::new();
    }
    let base = match row.provider {
        Some(id) => format!("{id}.{}.vpce.amazonaws.com", region.name()),
        None => {
            let short = row
                .service
                .rsplit_once(&format!("{}.", region.name()))
                .map_or("", |(_, short)| short);
            // Names have their parts the other way round: ecr.dkr is dkr.ecr.
            let turned: Vec<&str> = short.split('.').rev().collect();
            format!("{}.{}.vpce.amazonaws.com", turned.join("."), region.name())
        }
    };
    let zone = zone_of_names(region);
    let entry = |name: String, zone: &str| {
        Structure::new()
            .with(field::DNS_NAME_, name)
            .with(field::HOSTED_ZONE_ID, zone)
    };
    // S3's begin with `bucket`, `accesspoint` or `control`, and maybe a bucket before that.
    // Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
    let kind = if row.is_storage() { "*." } else { "" };
    let start = format!("{kind}{}-{}", row.id, mark(row.id));
    let mut list = vec![entry(format!("{start}.{base}"), &zone)];
    for (subnet, _) in &row.subnets {
        if let Some(subnet) = world.row::<Subnet>(region, *subnet) {
            list.push(entry(format!("{start}-{}.{base}", subnet.zone.name()), &zone));
        }
    }
    if row.private_dns
        && let Some(name) = private_name(world, region, row)
    {
        list.push(entry(name, "ZONEIDPENDING"));
    }
    list
}

/// An endpoint as the API shows it.
pub(super) fn describe(world: &World, region: Region, row: &VpcEndpoint) -> Structure {
    let gateway = row.kind == EndpointKind::Gateway;
    let policy = endpoint_policy::of(row);
    let texts = |ids: Vec<String>| ids;
    let tables = row.tables.iter().map(RouteTableId::to_string).collect();
    let subnets = row.subnets.iter().map(|(subnet, _)| subnet.to_string()).collect();
    let interfaces_ = row.subnets.iter().map(|(_, interface)| interface.to_string()).collect();
    let options = (!gateway).then(|| {
        Structure::new()
            .with(field::DNS_RECORD_IP_TYPE, row.dns_type.as_str())
            .with_some(
                field::PRIVATE_DNS_ONLY_FOR_INBOUND_RESOLVER_ENDPOINT,
                row.inbound_only.then_some(true),
            )
    });
    Structure::new()
        .with(field::VPC_ENDPOINT_ID, row.id)
        .with(field::VPC_ENDPOINT_TYPE, row.kind.name())
        .with(field::VPC_ID, row.vpc)
        .with(field::SERVICE_NAME, row.service.as_str())
        .with(field::SERVICE_REGION, region.name())
        .with(field::STATE, row.state.name())
        .with_some(field::POLICY_DOCUMENT, policy)
        .with(field::ROUTE_TABLE_IDS, texts(tables))
        .with(field::SUBNET_IDS, texts(subnets))
        .with(field::GROUPS, interfaces::describe_groups(world, region, &row.groups))
        .with_some(field::IP_ADDRESS_TYPE, (!gateway).then_some(row.address_type.as_str()))
        .with_some(field::DNS_OPTIONS, options)
        .with(field::PRIVATE_DNS_ENABLED, row.private_dns)
        .with(field::REQUESTER_MANAGED, false)
        .with(field::NETWORK_INTERFACE_IDS, texts(interfaces_))
        .with(field::DNS_ENTRIES, names(world, region, row))
        .with(field::CREATION_TIMESTAMP, row.created)
        .with(field::OWNER_ID, world.account())
        .with_some(field::PAYER_RESPONSIBILITIES, payers(row))
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// Who pays for an endpoint, where a call has said so.
pub(super) fn payers(row: &VpcEndpoint) -> Option<Vec<Structure>> {
    let payer = match row.service_pays? {
        true => "vpc-endpoint-service-account",
        false => "vpc-endpoint-account",
    };
    let entry = Structure::new()
        .with(field::SCOPE, "vpc-endpoint-charges")
        .with(field::PAYER_RESPONSIBILITY_TYPE, payer);
    Some(vec![entry])
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::VpcEndpoint,
        ids: field::VPC_ENDPOINT_IDS,
        answer: field::VPC_ENDPOINTS,
        born: |row: &VpcEndpoint| row.born,
        filters: &[
            "ip-address-type",
            "service-name",
            "service-region",
            "vpc-endpoint-id",
            "vpc-endpoint-state",
            "vpc-endpoint-type",
            "vpc-id",
        ],
        least: 1,
    };
    let region = request.region;
    let values = |row: &VpcEndpoint, name: &str| {
        vec![match name {
            "ip-address-type" => row.address_type.clone(),
            "service-name" => row.service.clone(),
            "service-region" => region.name().to_owned(),
            "vpc-endpoint-state" => row.state.name().to_owned(),
            "vpc-endpoint-type" => row.kind.name().to_owned(),
            "vpc-id" => row.vpc.to_string(),
            _ => row.id.to_string(),
        }]
    };
    describing.answer(request, world, &values, &|row| describe(world, region, row))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointAssociations.html>: resources and service
/// networks behind endpoints, of which endpoints of services have none.
fn associations(request: &Request<'_>, world: &World) -> Result<Structure> {
    let filters = Filters::read(request.params)?;
    let known = [
        "associated-resource-accessibility",
        "associated-resource-id",
        "association-id",
        "resource-configuration-group-arn",
        "service-network-arn",
        "service-network-resource-association-id",
        "vpc-endpoint-id",
    ];
    filters.check_names(|name| known.contains(&name))?;
    for text in request.params.texts(field::VPC_ENDPOINT_IDS) {
        find::<VpcEndpoint>(world, request.region, Kind::VpcEndpoint, text)?;
    }
    let (none, next) = page(Vec::<Structure>::new(), request.params, 1)?;
    Ok(Structure::new()
        .with(field::VPC_ENDPOINT_ASSOCIATIONS, none)
        .with_some(field::NEXT_TOKEN, next))
}

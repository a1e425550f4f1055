//! Internet gateways.

use super::super::common::{Describing, dependency, done, find, need, note, tag_list};
use super::super::tags;
use crate::base::error::{Error, Result};
use crate::base::ids::{InternetGatewayId, Kind, ResourceId, VpcId};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::*;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateInternetGateway" => Handler::Write(create),
        "DeleteInternetGateway" => Handler::Write(delete),
        "AttachInternetGateway" => Handler::Write(attach),
        "DetachInternetGateway" => Handler::Write(detach),
        "DescribeInternetGateways" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// The internet gateway that is attached to a VPC.
pub(crate) fn of_vpc(world: &World, region: Region, vpc: VpcId) -> Option<&InternetGateway> {
    world
        .ec2(region)?
        .internet_gateways
        .rows()
        .find(|gateway| gateway.vpc == Some(vpc))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInternetGateway.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    if world
        .ec2(region)
        .is_some_and(|ec2| ec2.internet_gateways.len() >= quotas::INTERNET_GATEWAYS)
    {
        let error = Error::new(
            "InternetGatewayLimitExceeded",
            "The maximum number of internet gateways has been reached.",
        );
        return Err(error.remedy(format!(
            "An account may have {} in a Region. Delete one.",
            quotas::INTERNET_GATEWAYS
        )));
    }
    let id = InternetGatewayId(world.random.next_u64(Stream::Ids(Kind::InternetGateway)));
    let born = world.birth();
    world.put(region, InternetGateway { id, born, vpc: None });
    tags::apply_specifications(world, region, request.params, &[("internet-gateway", &[id.into()])])?;
    note(world, region, id, "created");
    let gateway = world
        .row::<InternetGateway>(region, id)
        .map(|gateway| describe(world, region, gateway));
    Ok(Structure::new().with_some(field::INTERNET_GATEWAY, gateway))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html>: detached ones only. Routes to it
/// become black holes.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, gateway) = (request.region, read(request, world)?);
    if let Some(vpc) = gateway.vpc {
        let why = format!(
            "The internetGateway '{}' has dependencies and cannot be deleted.",
            gateway.id
        );
        return Err(dependency(why, &[vpc.into()]));
    }
    note(world, region, gateway.id, "deleted");
    world.take::<InternetGateway>(region, gateway.id);
    done()
}

fn read(request: &Request<'_>, world: &World) -> Result<InternetGateway> {
    find::<InternetGateway>(
        world,
        request.region,
        Kind::InternetGateway,
        need(request.params, field::INTERNET_GATEWAY_ID)?,
    )
    .cloned()
}

fn read_vpc(request: &Request<'_>, world: &World) -> Result<VpcId> {
    Ok(find::<Vpc>(world, request.region, Kind::Vpc, need(request.params, field::VPC_ID)?)?.id)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html>: one a VPC, one VPC a gateway.
fn attach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (gateway, vpc) = (read(request, world)?, read_vpc(request, world)?);
    if let Some(other) = gateway.vpc {
        let why = format!("resource {} is already attached to network {other}", gateway.id);
        return Err(Error::new("Resource.AlreadyAssociated", why).remedy("Detach it first."));
    }
    if let Some(other) = of_vpc(world, region, vpc) {
        let why = format!("Network {vpc} already has an internet gateway attached");
        return Err(Error::new("InvalidParameterValue", why)
            .at("VpcId")
            .remedy(format!("It is {}.", other.id)));
    }
    world.update::<InternetGateway, _>(region, gateway.id, |row| row.vpc = Some(vpc));
    note(world, region, gateway.id, format!("attached to {vpc}"));
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html>: not while an interface of the VPC
/// has a public address. Routes to it become black holes.
fn detach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let (gateway, vpc) = (read(request, world)?, read_vpc(request, world)?);
    if gateway.vpc != Some(vpc) {
        return Err(Error::new(
            "Gateway.NotAttached",
            format!("resource {} is not attached to network {vpc}", gateway.id),
        ));
    }
    let mapped: Vec<ResourceId> = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.interfaces.rows())
        .filter(|interface| interface.vpc == vpc && interface.addresses.iter().any(|address| address.public.is_some()))
        .map(|interface| interface.id.into())
        .collect();
    if !mapped.is_empty() {
        let why = format!(
            "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
        );
        return Err(dependency(why, &mapped));
    }
    let tables = world.referrers(region, gateway.id.into());
    if !tables.is_empty() {
        return Err(dependency(
            format!("The internetGateway '{}' is associated with a route table.", gateway.id),
            &tables,
        ));
    }
    world.update::<InternetGateway, _>(region, gateway.id, |row| row.vpc = None);
    note(world, region, gateway.id, format!("detached from {vpc}"));
    done()
}

/// An internet gateway as the API shows it.
fn describe(world: &World, region: Region, gateway: &InternetGateway) -> Structure {
    let attachments: Vec<Structure> = gateway
        .vpc
        .iter()
        .map(|vpc| {
            Structure::new()
                .with(field::STATE, "available")
                .with(field::VPC_ID, *vpc)
        })
        .collect();
    Structure::new()
        .with(field::INTERNET_GATEWAY_ID, gateway.id)
        .with(field::OWNER_ID, world.account())
        .with(field::ATTACHMENTS, attachments)
        .with(field::TAGS, tag_list(world, region, gateway.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::InternetGateway,
        ids: field::INTERNET_GATEWAY_IDS,
        answer: field::INTERNET_GATEWAYS,
        born: |gateway: &InternetGateway| gateway.born,
        filters: &[
            "attachment.state",
            "attachment.vpc-id",
            "internet-gateway-id",
            "owner-id",
        ],
        least: 5,
    };
    let values = |gateway: &InternetGateway, name: &str| match name {
        "attachment.state" => gateway.vpc.map(|_| "available".to_owned()).into_iter().collect(),
        "attachment.vpc-id" => gateway.vpc.map(|vpc| vpc.to_string()).into_iter().collect(),
        "owner-id" => vec![world.account()],
        _ => vec![gateway.id.to_string()],
    };
    describing.answer(request, world, &values, &|gateway| {
        describe(world, request.region, gateway)
    })
}

//! Further blocks of a VPC: AssociateVpcCidrBlock, DisassociateVpcCidrBlock.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>

use super::super::common::{find, need, note, read_id, read_ipv4_cidr, refuse_unsimulated, unknown};
use super::pools;
use super::vpcs::{self, Class, class};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, VpcCidrAssociationId, VpcId};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::*;
use ipnet::{IpNet, Ipv4Net};
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "AssociateVpcCidrBlock" => Some(Handler::Write(associate)),
        "DisassociateVpcCidrBlock" => Some(Handler::Write(disassociate)),
        _ => None,
    }
}

fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(
        params,
        &[
            field::IPV4_IPAM_POOL_ID,
            field::IPV4_NETMASK_LENGTH,
            field::IPV6_IPAM_POOL_ID,
            field::IPV6_NETMASK_LENGTH,
            field::IPV6_POOL,
            field::IPV6_CIDR_BLOCK,
        ],
    )?;
    vpcs::check_border_group(params, region)?;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.clone();
    let ipv6 = params.boolean(field::AMAZON_PROVIDED_IPV6_CIDR_BLOCK) == Some(true);
    match (params.text(field::CIDR_BLOCK), ipv6) {
        (Some(text), false) => associate_ipv4(world, region, &vpc, read_ipv4_cidr("CidrBlock", text)?),
        (None, true) => associate_ipv6(world, region, &vpc),
        (None, false) => {
            Err(Error::new("MissingParameter", "Specify CidrBlock or AmazonProvidedIpv6CidrBlock.").at("CidrBlock"))
        }
        (Some(_), true) => Err(Error::combination(
            "Specify either CidrBlock or AmazonProvidedIpv6CidrBlock, not both.",
        )),
    }
}

fn limit(most: usize) -> Error {
    Error::new(
        "CidrLimitExceeded",
        format!("This network has met its maximum number of allowed CIDRs: {most}"),
    )
}

fn associate_ipv4(world: &mut World, region: Region, vpc: &Vpc, block: Ipv4Net) -> Result<Structure> {
    vpcs::check_block(block)?;
    if vpc.cidrs.len() >= quotas::IPV4_BLOCKS_PER_VPC {
        return Err(limit(quotas::IPV4_BLOCKS_PER_VPC));
    }
    let overlaps = |net: &Ipv4Net| net.contains(&block) || block.contains(net);
    if let Some((_, net)) = vpc.cidrs.iter().find(|(_, net)| overlaps(net)) {
        let why = format!("The CIDR '{block}' conflicts with the block {net} of {}.", vpc.id);
        return Err(Error::new("InvalidVpc.Conflict", why).at("CidrBlock"));
    }
    let primary = vpc.cidrs.first().map_or(Class::Other, |(_, net)| class(*net));
    let new = class(block);
    if new != Class::Other && new != primary {
        let why = format!(
            "The CIDR '{block}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR."
        );
        return Err(Error::new("InvalidVpc.Range", why).at("CidrBlock"));
    }
    check_routes(world, region, vpc.id, block)?;
    let id = VpcCidrAssociationId(world.random.next_u64(Stream::Ids(Kind::VpcCidrAssociation)));
    world.update::<Vpc, _>(region, vpc.id, |vpc| vpc.cidrs.push((id, block)));
    note(world, region, vpc.id, format!("block {block} added"));
    Ok(answer(vpc.id).with(field::CIDR_BLOCK_ASSOCIATION, describe_ipv4(id, block, "associating")))
}

/// A new block may not swallow a destination that a route table of the VPC already sends elsewhere.
fn check_routes(world: &World, region: Region, vpc: VpcId, block: Ipv4Net) -> Result<()> {
    let tables = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.route_tables.rows())
        .filter(|table| table.vpc == vpc);
    for table in tables {
        let swallowed = table.routes.iter().find_map(|route| match route.destination {
            RouteDestination::Cidr(IpNet::V4(net)) if block.contains(&net) => Some(net),
            _ => None,
        });
        if let Some(net) = swallowed {
            let why = format!(
                "The CIDR '{block}' is the same as or larger than the destination {net} of a route in {}.",
                table.id
            );
            return Err(Error::new("InvalidVpc.Conflict", why).at("CidrBlock"));
        }
    }
    Ok(())
}

fn associate_ipv6(world: &mut World, region: Region, vpc: &Vpc) -> Result<Structure> {
    if vpc.ipv6_cidrs.len() >= quotas::IPV6_BLOCKS_PER_VPC {
        return Err(limit(quotas::IPV6_BLOCKS_PER_VPC));
    }
    let block = pools::draw_ipv6_block(world, region);
    let id = VpcCidrAssociationId(world.random.next_u64(Stream::Ids(Kind::VpcCidrAssociation)));
    world.update::<Vpc, _>(region, vpc.id, |vpc| vpc.ipv6_cidrs.push((id, block)));
    note(world, region, vpc.id, format!("block {block} added"));
    let association = Structure::new()
        .with(field::ASSOCIATION_ID, id)
        .with(field::IPV6_CIDR_BLOCK, block.to_string())
        .with(
            field::IPV6_CIDR_BLOCK_STATE,
            Structure::new().with(field::STATE, "associating"),
        )
        .with(field::NETWORK_BORDER_GROUP, region.name())
        .with(field::IPV6_POOL, "Amazon");
    Ok(answer(vpc.id).with(field::IPV6_CIDR_BLOCK_ASSOCIATION, association))
}

fn answer(vpc: VpcId) -> Structure {
    Structure::new().with(field::VPC_ID, vpc)
}

fn describe_ipv4(id: VpcCidrAssociationId, block: Ipv4Net, state: &str) -> Structure {
    Structure::new()
        .with(field::ASSOCIATION_ID, id)
        .with(field::CIDR_BLOCK, block.to_string())
        .with(field::CIDR_BLOCK_STATE, Structure::new().with(field::STATE, state))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateVpcCidrBlock.html>
fn disassociate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::ASSOCIATION_ID)?;
    let id: VpcCidrAssociationId = read_id(Kind::VpcCidrAssociation, text)?;
    let holds =
        |vpc: &&Vpc| vpc.cidrs.iter().any(|(has, _)| *has == id) || vpc.ipv6_cidrs.iter().any(|(has, _)| *has == id);
    let vpc = world
        .ec2(region)
        .and_then(|ec2| ec2.vpcs.rows().find(holds))
        .cloned()
        .ok_or_else(|| unknown(Kind::VpcCidrAssociation, text))?;
    if vpc.cidrs.first().is_some_and(|(has, _)| *has == id) {
        let why = format!(
            "The vpc CIDR block with association ID {id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC"
        );
        return Err(Error::new("OperationNotPermitted", why));
    }
    let in_use = |block: IpNet| {
        let inside = |subnet: &Subnet| match block {
            IpNet::V4(net) => net.contains(&subnet.cidr),
            IpNet::V6(net) => subnet.ipv6_cidr.is_some_and(|cidr| net.contains(&cidr)),
        };
        let used = world
            .ec2(region)
            .is_some_and(|ec2| ec2.subnets.rows().any(|subnet| subnet.vpc == vpc.id && inside(subnet)));
        let why = format!("The vpc {} currently has a subnet within CIDR block {block}", vpc.id);
        if used {
            Err(Error::new("InvalidCidrBlock.InUse", why))
        } else {
            Ok(())
        }
    };
    let answer = match vpc.cidrs.iter().find(|(has, _)| *has == id) {
        Some((_, block)) => {
            in_use(IpNet::V4(*block))?;
            answer(vpc.id).with(
                field::CIDR_BLOCK_ASSOCIATION,
                describe_ipv4(id, *block, "disassociating"),
            )
        }
        None => {
            let block = vpc
                .ipv6_cidrs
                .iter()
                .find(|(has, _)| *has == id)
                .map(|(_, net)| *net)
                .unwrap_or_default();
            in_use(IpNet::V6(block))?;
            let association = Structure::new()
                .with(field::ASSOCIATION_ID, id)
                .with(field::IPV6_CIDR_BLOCK, block.to_string())
                .with(
                    field::IPV6_CIDR_BLOCK_STATE,
                    Structure::new().with(field::STATE, "disassociating"),
                );
            answer(vpc.id).with(field::IPV6_CIDR_BLOCK_ASSOCIATION, association)
        }
    };
    world.update::<Vpc, _>(region, vpc.id, |vpc| {
        vpc.cidrs.retain(|(has, _)| *has != id);
        vpc.ipv6_cidrs.retain(|(has, _)| *has != id);
    });
    note(world, region, vpc.id, format!("block of {id} taken away"));
    Ok(answer)
}

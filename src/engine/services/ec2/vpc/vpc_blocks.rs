//! Further blocks of a VPC: AssociateVpcCidrBlock, DisassociateVpcCidrBlock.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>

use super::super::classic;
use super::super::common::{find, need, note, read_id, read_ipv4_cidr, refuse_unsimulated, unknown};
use super::vpcs::{self, Class, class};
use super::{building, pools, rules};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, VpcCidrAssociationId, VpcId};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::*;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use stratus_model::{Structure, field, sort};

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
    refuse_unsimulated(params, vpcs::UNSIMULATED)?;
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
    if vpc.classic_link {
        classic::link::check_block(vpc, block)?;
    }
    check_routes(world, region, vpc.id, block)?;
    if let Some(peering) = super::super::links::peerings::overlapped_by(world, region, vpc.id, IpNet::V4(block)) {
        let why = format!("The CIDR '{block}' overlaps with a CIDR block of the VPC across {peering}.");
        return Err(Error::new("InvalidVpc.Conflict", why).at("CidrBlock"));
    }
    let id = VpcCidrAssociationId(world.random.next_u64(Stream::Ids(Kind::VpcCidrAssociation)));
    world.update::<Vpc, _>(region, vpc.id, |vpc| vpc.cidrs.push((id, block)));
    note(world, region, vpc.id, format!("block {block} added"));
    Ok(answer(vpc.id).with(
        field::CIDR_BLOCK_ASSOCIATION,
        ipv4_association(id, block, "associating"),
    ))
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
    open_to_ipv6(world, region, vpc);
    let association = ipv6_association(id.to_string(), block, "associating")
        .with(field::NETWORK_BORDER_GROUP, region.name())
        .with(field::IPV6_POOL, "Amazon");
    Ok(answer(vpc.id).with(field::IPV6_CIDR_BLOCK_ASSOCIATION, association))
}

/// With its first IPv6 block a VPC's default ACL and the groups' outgoing rules let IPv6 through as they let IPv4, where
/// nobody has changed them.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html>,
/// <https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html>
fn open_to_ipv6(world: &mut World, region: Region, vpc: &Vpc) {
    if !vpc.ipv6_cidrs.is_empty() {
        return;
    }
    let (ipv4, ipv6) = (building::open_entries(false), building::open_entries(true));
    world.update::<NetworkAcl, _>(region, vpc.default_acl, |acl| {
        for (ipv4, ipv6) in ipv4.iter().zip(ipv6) {
            let untouched = acl
                .entries
                .iter()
                .filter(|entry| entry.egress == ipv4.egress)
                .eq([ipv4]);
            if untouched {
                acl.entries.push(ipv6);
            }
        }
        sort::by_key(&mut acl.entries, |entry| (entry.egress, entry.number));
    });
    let all_out = Peer::Cidr(building::anywhere(false));
    let untouched = |group: &&SecurityGroup| {
        let mut egress = group.rules.iter().filter(|rule| rule.egress);
        let first = egress
            .next()
            .is_some_and(|rule| rule.protocol.is_none() && rule.peer == all_out);
        group.vpc == vpc.id && first && egress.next().is_none()
    };
    let ec2 = world.ec2(region);
    let groups: Vec<_> = ec2
        .into_iter()
        .flat_map(|ec2| ec2.security_groups.rows())
        .filter(untouched)
        .map(|group| group.id)
        .collect();
    for group in groups {
        let id = rules::draw_id(world);
        let rule = building::open_rule(id, true, Peer::Cidr(building::anywhere(true)));
        world.update::<SecurityGroup, _>(region, group, |row| row.rules.push(rule));
        note(
            world,
            region,
            group,
            "egress rule added: all IPv6, with the VPC's first IPv6 block",
        );
    }
}

fn answer(vpc: VpcId) -> Structure {
    Structure::new().with(field::VPC_ID, vpc)
}

/// The association of an IPv4 block as the API shows it.
pub(super) fn ipv4_association(id: VpcCidrAssociationId, block: Ipv4Net, state: &str) -> Structure {
    Structure::new()
        .with(field::ASSOCIATION_ID, id)
        .with(field::CIDR_BLOCK, block.to_string())
        .with(field::CIDR_BLOCK_STATE, Structure::new().with(field::STATE, state))
}

/// The association of an IPv6 block, of a VPC or a subnet, as the API shows it.
pub(super) fn ipv6_association(id: String, block: Ipv6Net, state: &str) -> Structure {
    Structure::new()
        .with(field::ASSOCIATION_ID, id)
        .with(field::IPV6_CIDR_BLOCK, block.to_string())
        .with(field::IPV6_CIDR_BLOCK_STATE, Structure::new().with(field::STATE, state))
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
                ipv4_association(id, *block, "disassociating"),
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
            let association = ipv6_association(id.to_string(), block, "disassociating");
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

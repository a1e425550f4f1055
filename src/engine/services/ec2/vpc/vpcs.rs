//! VPCs: making, deleting, describing, their attributes and their default. Their further blocks are in `vpc_blocks`.

use super::super::common::{
    Describing, attribute, dependency, done, find, need, note, read_ipv4_cidr, refuse_unsimulated, tag_list, yes_no,
};
use super::super::tags;
use super::building::{self, NewVpc, Numbers};
use super::{pools, vpc_blocks};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId, SubnetId, VpcId};
use crate::catalog::{Region, quotas};
use crate::services::ec2::refusals;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::compute::Tenancy;
use crate::world::estate::BlockMode;
use crate::world::vpc::*;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use stratus_model::{Name, Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateVpc" => Handler::Write(create_vpc),
        "DeleteVpc" => Handler::Write(delete_vpc),
        "DescribeVpcs" => Handler::Read(describe_vpcs),
        "DescribeVpcAttribute" => Handler::Read(describe_vpc_attribute),
        "ModifyVpcAttribute" => Handler::Write(modify_vpc_attribute),
        "ModifyVpcTenancy" => Handler::Write(modify_tenancy),
        "CreateDefaultVpc" => Handler::Write(create_default_vpc),
        _ => return None,
    })
}

/// The Region's default VPC.
pub(crate) fn default_of(world: &World, region: Region) -> Option<&Vpc> {
    world.ec2(region)?.vpcs.rows().find(|vpc| vpc.is_default)
}

/// Whether a block is one that a VPC can have: /16 to /28 and none that hosts keep for themselves.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>
pub(super) fn check_block(block: Ipv4Net) -> Result<()> {
    let first = block.network();
    let unusable = first.octets()[0] == 0 || first.is_loopback() || first.is_link_local() || first.octets()[0] >= 224;
    if !(16..=28).contains(&block.prefix_len()) || unusable {
        let error = Error::new("InvalidVpc.Range", format!("The CIDR '{block}' is invalid.")).at("CidrBlock");
        return Err(error.remedy("A VPC's block has between 16 and 28 bits, as in 10.0.0.0/16."));
    }
    Ok(())
}

/// Parameters of CreateVpc and AssociateVpcCidrBlock that Stratus does not simulate.
pub(super) const UNSIMULATED: &[Name] = &[
    field::IPV4_IPAM_POOL_ID,
    field::IPV4_NETMASK_LENGTH,
    field::IPV6_IPAM_POOL_ID,
    field::IPV6_NETMASK_LENGTH,
    field::IPV6_POOL,
    field::IPV6_CIDR_BLOCK,
    field::VPC_ENCRYPTION_CONTROL,
];

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html>
fn create_vpc(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    refuse_unsimulated(params, UNSIMULATED)?;
    let text = params.text(field::CIDR_BLOCK).ok_or_else(|| {
        Error::new(
            "MissingParameter",
            "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.",
        )
        .at("CidrBlock")
    })?;
    let cidr = read_ipv4_cidr("CidrBlock", text)?;
    check_block(cidr)?;
    let tenancy = match params.text(field::INSTANCE_TENANCY) {
        None | Some("default") => Tenancy::Default,
        Some("dedicated") => Tenancy::Dedicated,
        Some(other) => {
            let why = format!("Value ({other}) for parameter instanceTenancy is invalid. Use default or dedicated.");
            return Err(Error::new("InvalidParameterValue", why).at("InstanceTenancy"));
        }
    };
    check_border_group(params, region)?;
    check_quota(world, region)?;
    let ipv6 = (params.boolean(field::AMAZON_PROVIDED_IPV6_CIDR_BLOCK) == Some(true))
        .then(|| pools::draw_ipv6_block(world, region));
    let id = building::vpc(
        world,
        region,
        &mut Numbers::Drawn,
        &NewVpc {
            cidr,
            ipv6,
            tenancy,
            is_default: false,
        },
    );
    tags::apply_specifications(world, region, params, &[("vpc", &[id.into()])])?;
    note(world, region, id, format!("created with {cidr}"));
    let vpc = world
        .row::<Vpc>(region, id)
        .map(|vpc| describe(world, region, vpc).with(field::STATE, "pending"));
    Ok(Structure::new().with_some(field::VPC, vpc))
}

pub(super) fn check_border_group(params: &Structure, region: Region) -> Result<()> {
    match params.text(field::IPV6_CIDR_BLOCK_NETWORK_BORDER_GROUP) {
        Some(group) if group != region.name() => Err(Error::invalid(
            "Ipv6CidrBlockNetworkBorderGroup",
            format!("'{group}' is not a network border group of {region}"),
        )),
        _ => Ok(()),
    }
}

fn check_quota(world: &World, region: Region) -> Result<()> {
    if world.ec2(region).is_some_and(|ec2| ec2.vpcs.len() >= quotas::VPCS) {
        let error = Error::new("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
        return Err(error.remedy(format!(
            "An account may have {} VPCs in a Region, the default one included. Delete one.",
            quotas::VPCS
        )));
    }
    Ok(())
}

/// What keeps a VPC from being deleted: all that it holds but the main route table, the default ACL and the default group.
fn dependents(world: &World, region: Region, vpc: &Vpc) -> Vec<ResourceId> {
    let own: [ResourceId; 3] = [
        vpc.main_route_table.into(),
        vpc.default_acl.into(),
        vpc.default_group.into(),
    ];
    world
        .referrers(region, vpc.id.into())
        .into_iter()
        .filter(|id| !own.contains(id))
        .filter(|id| match id {
            ResourceId::SecurityGroup(group) => world
                .row::<SecurityGroup>(region, *group)
                .is_none_or(|row| row.vpc == vpc.id),
            _ => true,
        })
        .collect()
}

/// Groups of other VPCs that are associated with one that goes are so no more.
fn let_go_groups(world: &mut World, region: Region, vpc: VpcId) {
    for by in world.referrers(region, vpc.into()) {
        if let ResourceId::SecurityGroup(group) = by {
            world.update::<SecurityGroup, _>(region, group, |row| row.vpcs.retain(|has| *has != vpc));
        }
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html>
fn delete_vpc(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(request.params, field::VPC_ID)?)?.clone();
    let dependents = dependents(world, region, &vpc);
    if !dependents.is_empty() {
        return Err(dependency(
            format!("The vpc '{}' has dependencies and cannot be deleted.", vpc.id),
            &dependents,
        ));
    }
    if let Some(group) = world.row::<SecurityGroup>(region, vpc.default_group).cloned() {
        group.rules.iter().for_each(|rule| tags::forget(world, region, rule.id));
    }
    world.take::<RouteTable>(region, vpc.main_route_table);
    world.take::<NetworkAcl>(region, vpc.default_acl);
    world.take::<SecurityGroup>(region, vpc.default_group);
    note(
        world,
        region,
        vpc.id,
        "deleted, with its main route table, default network ACL and default security group",
    );
    let_go_groups(world, region, vpc.id);
    world.take::<Vpc>(region, vpc.id);
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultVpc.html>
fn create_default_vpc(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    if default_of(world, region).is_some() {
        let error = Error::new(
            "DefaultVpcAlreadyExists",
            "A Default VPC already exists for this account in this region.",
        );
        return Err(error);
    }
    if super::super::classic::is_supported(world, region) {
        let why = "A default VPC cannot be created in a region that supports EC2-Classic.";
        return Err(Error::new("OperationNotPermitted", why));
    }
    check_quota(world, region)?;
    if world
        .ec2(region)
        .is_some_and(|ec2| ec2.internet_gateways.len() >= quotas::INTERNET_GATEWAYS)
    {
        return Err(Error::new(
            "InternetGatewayLimitExceeded",
            "The maximum number of internet gateways has been reached.",
        ));
    }
    let id: VpcId = building::default_vpc(world, region, &mut Numbers::Drawn);
    note(world, region, id, "created as the Region's default VPC");
    let vpc = world
        .row::<Vpc>(region, id)
        .map(|vpc| describe(world, region, vpc).with(field::STATE, "pending"));
    Ok(Structure::new().with_some(field::VPC, vpc))
}

/// BlockPublicAccessStates of a VPC, or of one of its subnets: what is in force there, exclusions counted.
pub(super) fn public_access(world: &World, region: Region, vpc: VpcId, subnet: Option<SubnetId>) -> Structure {
    let mode = world.ec2(region).map(|ec2| ec2.estate.in_force(vpc, subnet));
    let mode = mode.unwrap_or(BlockMode::Off);
    Structure::new().with(field::INTERNET_GATEWAY_BLOCK_MODE, mode.name())
}

/// The id of a VPC's DHCP options, or `default` for none.
fn dhcp_options(vpc: &Vpc) -> String {
    if vpc.no_dhcp_options {
        return "default".to_owned();
    }
    vpc.dhcp_options.to_string()
}

/// A VPC as the API shows it.
pub(super) fn describe(world: &World, region: Region, vpc: &Vpc) -> Structure {
    let blocks: Vec<Structure> = vpc
        .cidrs
        .iter()
        .map(|(id, net)| vpc_blocks::ipv4_association(*id, *net, "associated"))
        .collect();
    let ipv6: Vec<Structure> = vpc
        .ipv6_cidrs
        .iter()
        .map(|(id, net)| {
            vpc_blocks::ipv6_association(id.to_string(), *net, "associated")
                .with(field::NETWORK_BORDER_GROUP, region.name())
                .with(field::IPV6_POOL, "Amazon")
                .with(field::IPV6_ADDRESS_ATTRIBUTE, "public")
                .with(field::IP_SOURCE, "amazon")
        })
        .collect();
    let primary = vpc.cidrs.first().map(|(_, net)| net.to_string());
    Structure::new()
        .with(field::VPC_ID, vpc.id)
        .with(field::OWNER_ID, world.account())
        .with(field::STATE, "available")
        .with(field::INSTANCE_TENANCY, vpc.tenancy.name())
        .with(field::IS_DEFAULT, vpc.is_default)
        .with(field::DHCP_OPTIONS_ID, dhcp_options(vpc))
        .with_some(field::CIDR_BLOCK, primary)
        .with(field::CIDR_BLOCK_ASSOCIATION_SET, blocks)
        .with(field::IPV6_CIDR_BLOCK_ASSOCIATION_SET, ipv6)
        .with(
            field::BLOCK_PUBLIC_ACCESS_STATES,
            public_access(world, region, vpc.id, None),
        )
        .with(field::TAGS, tag_list(world, region, vpc.id))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html>.
const FILTERS: &[&str] = &[
    "cidr",
    "cidr-block-association.association-id",
    "cidr-block-association.cidr-block",
    "cidr-block-association.state",
    "dhcp-options-id",
    "ipv6-cidr-block-association.association-id",
    "ipv6-cidr-block-association.ipv6-cidr-block",
    "ipv6-cidr-block-association.ipv6-pool",
    "ipv6-cidr-block-association.state",
    "is-default",
    "isDefault",
    "owner-id",
    "state",
    "vpc-id",
];

fn describe_vpcs(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::Vpc,
        ids: field::VPC_IDS,
        answer: field::VPCS,
        born: |vpc: &Vpc| vpc.born,
        filters: FILTERS,
        least: 5,
    };
    let values = |vpc: &Vpc, name: &str| filter_values(world, vpc, name);
    describing.answer(request, world, &values, &|vpc| describe(world, request.region, vpc))
}

fn filter_values(world: &World, vpc: &Vpc, name: &str) -> Vec<String> {
    let associated = |count: usize| vec!["associated".to_owned(); count];
    match name {
        "cidr" => vpc.cidrs.first().map(|(_, net)| net.to_string()).into_iter().collect(),
        "cidr-block-association.association-id" => vpc.cidrs.iter().map(|(id, _)| id.to_string()).collect(),
        "cidr-block-association.cidr-block" => vpc.cidrs.iter().map(|(_, net)| net.to_string()).collect(),
        "cidr-block-association.state" => associated(vpc.cidrs.len()),
        "dhcp-options-id" => vec![dhcp_options(vpc)],
        "ipv6-cidr-block-association.association-id" => vpc.ipv6_cidrs.iter().map(|(id, _)| id.to_string()).collect(),
        "ipv6-cidr-block-association.ipv6-cidr-block" => {
            vpc.ipv6_cidrs.iter().map(|(_, net)| net.to_string()).collect()
        }
        "ipv6-cidr-block-association.ipv6-pool" => vec!["Amazon".to_owned(); vpc.ipv6_cidrs.len()],
        "ipv6-cidr-block-association.state" => associated(vpc.ipv6_cidrs.len()),
        "is-default" | "isDefault" => yes_no(vpc.is_default),
        "owner-id" => vec![world.account()],
        "state" => vec!["available".into()],
        _ => vec![vpc.id.to_string()],
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html>
fn describe_vpc_attribute(request: &Request<'_>, world: &World) -> Result<Structure> {
    let vpc = find::<Vpc>(world, request.region, Kind::Vpc, need(request.params, field::VPC_ID)?)?;
    let (name, value) = match need(request.params, field::ATTRIBUTE)? {
        "enableDnsSupport" => (field::ENABLE_DNS_SUPPORT, vpc.dns_support),
        "enableDnsHostnames" => (field::ENABLE_DNS_HOSTNAMES, vpc.dns_hostnames),
        _ => (field::ENABLE_NETWORK_ADDRESS_USAGE_METRICS, vpc.address_usage_metrics),
    };
    Ok(Structure::new()
        .with(field::VPC_ID, vpc.id)
        .with(name, Structure::new().with(field::VALUE, value)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html>: one attribute a call; host names
/// need resolution.
fn modify_vpc_attribute(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?;
    let (id, support) = (vpc.id, vpc.dns_support);
    let given: Vec<(Name, bool)> = [
        field::ENABLE_DNS_SUPPORT,
        field::ENABLE_DNS_HOSTNAMES,
        field::ENABLE_NETWORK_ADDRESS_USAGE_METRICS,
    ]
    .into_iter()
    .filter_map(|name| Some((name, attribute(params, name)?)))
    .collect();
    let [(name, value)] = given[..] else {
        let named: Vec<&str> = given.iter().map(|(name, _)| name.text()).collect();
        return Err(refusals::one_attribute(&named));
    };
    if name == field::ENABLE_DNS_HOSTNAMES && value && !support {
        let error = Error::combination("DNS hostnames can be enabled only while DNS support is.");
        return Err(error
            .at("EnableDnsHostnames")
            .remedy("Set enableDnsSupport to true first."));
    }
    world.update::<Vpc, _>(region, id, |vpc| {
        if name == field::ENABLE_DNS_SUPPORT {
            vpc.dns_support = value;
        } else if name == field::ENABLE_DNS_HOSTNAMES {
            vpc.dns_hostnames = value;
        } else {
            vpc.address_usage_metrics = value;
        }
    });
    note(world, region, id, format!("{} = {value}", name.text()));
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcTenancy.html>: from dedicated to default only; instances keep
/// what they have.
fn modify_tenancy(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let id = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let tenancy = need(params, field::INSTANCE_TENANCY)?;
    if tenancy != "default" {
        let why = format!("Value ({tenancy}) for parameter instanceTenancy is invalid. Valid values: default");
        return Err(Error::new("InvalidParameterValue", why).at("InstanceTenancy"));
    }
    world.update::<Vpc, _>(region, id, |vpc| vpc.tenancy = Tenancy::Default);
    note(world, region, id, "tenancy of new instances: default");
    Ok(Structure::new().with(field::RETURN_VALUE, true))
}

/// The classes of addresses that a VPC may not mix.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// 10.0.0.0/8.
    Ten,
    /// 172.16.0.0/12.
    OneSevenTwo,
    /// 192.168.0.0/16.
    OneNineTwo,
    /// 198.19.0.0/16, which AWS uses itself.
    OneNineEight,
    /// 100.64.0.0/10 and what is routed publicly.
    Other,
}

/// Which class a block belongs to.
pub(super) fn class(block: Ipv4Net) -> Class {
    let first: Ipv4Addr = block.network();
    match first.octets() {
        [10, ..] => Class::Ten,
        [172, second, ..] if second & 0xf0 == 16 => Class::OneSevenTwo,
        [192, 168, ..] => Class::OneNineTwo,
        [198, 19, ..] => Class::OneNineEight,
        _ => Class::Other,
    }
}

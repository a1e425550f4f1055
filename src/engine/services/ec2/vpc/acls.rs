//! Network ACLs: making, deleting, describing them and which subnet has which. Their entries are in `acl_entries`.

use super::super::common::{Describing, dependency, done, find, need, note, read_id, tag_list, unknown, yes_no};
use super::super::{tags, tokens};
use super::acl_entries;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::*;
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateNetworkAcl" => Handler::Write(create),
        "DeleteNetworkAcl" => Handler::Write(delete),
        "DescribeNetworkAcls" => Handler::Read(describe_all),
        "ReplaceNetworkAclAssociation" => Handler::Write(replace_association),
        _ => return None,
    })
}

/// The ACL that a call names in `NetworkAclId`.
pub(super) fn named(request: &Request<'_>, world: &World) -> Result<NetworkAcl> {
    find::<NetworkAcl>(
        world,
        request.region,
        Kind::NetworkAcl,
        need(request.params, field::NETWORK_ACL_ID)?,
    )
    .cloned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAcl.html>: a new one denies everything.
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    if let Some(made) = tokens::earlier(request, world)?
        && let Ok(made) = NetworkAclId::try_from(made)
        && world.row::<NetworkAcl>(region, made).is_some()
    {
        return Ok(shown(request, world, made));
    }
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    let count = world
        .ec2(region)
        .map_or(0, |ec2| ec2.network_acls.rows().filter(|acl| acl.vpc == vpc).count());
    if count >= quotas::NETWORK_ACLS_PER_VPC {
        return Err(Error::new(
            "NetworkAclLimitExceeded",
            format!("The maximum number of network ACLs for {vpc} has been reached."),
        ));
    }
    let id = NetworkAclId(world.random.next_u64(Stream::Ids(Kind::NetworkAcl)));
    let born = world.birth();
    world.put(
        region,
        NetworkAcl {
            id,
            born,
            vpc,
            is_default: false,
            entries: Vec::new(),
        },
    );
    tags::apply_specifications(world, region, params, &[("network-acl", &[id.into()])])?;
    note(world, region, id, format!("created in {vpc}: denies everything"));
    tokens::remember(request, world, id);
    Ok(shown(request, world, id))
}

fn shown(request: &Request<'_>, world: &World, id: NetworkAclId) -> Structure {
    let row = world.row::<NetworkAcl>(request.region, id);
    Structure::new()
        .with_some(field::NETWORK_ACL, row.map(|row| describe(world, request.region, row)))
        .with_some(field::CLIENT_TOKEN, request.params.text(field::CLIENT_TOKEN))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAcl.html>: neither the default one nor one that a
/// subnet has.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (region, acl) = (request.region, named(request, world)?);
    if acl.is_default {
        return Err(Error::new(
            "InvalidParameterValue",
            format!("cannot delete default network ACL {}", acl.id),
        )
        .at("NetworkAclId"));
    }
    let dependents = world.referrers(region, acl.id.into());
    if !dependents.is_empty() {
        return Err(dependency(
            format!("The networkAcl '{}' has dependencies and cannot be deleted.", acl.id),
            &dependents,
        ));
    }
    note(world, region, acl.id, "deleted");
    world.take::<NetworkAcl>(region, acl.id);
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html>
fn replace_association(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::ASSOCIATION_ID)?;
    let id: NetworkAclAssociationId = read_id(Kind::NetworkAclAssociation, text)?;
    let acl = named(request, world)?;
    let subnet = world
        .ec2(region)
        .and_then(|ec2| ec2.subnets.rows().find(|subnet| subnet.acl.0 == id));
    let subnet = subnet.ok_or_else(|| unknown(Kind::NetworkAclAssociation, text))?;
    let (subnet, vpc) = (subnet.id, subnet.vpc);
    if vpc != acl.vpc {
        let why = format!(
            "network acl {} and subnet {subnet} belong to different networks",
            acl.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("NetworkAclId"));
    }
    let fresh = NetworkAclAssociationId(world.random.next_u64(Stream::Ids(Kind::NetworkAclAssociation)));
    world.update::<Subnet, _>(region, subnet, |row| row.acl = (fresh, acl.id));
    note(world, region, subnet, format!("now behind {}", acl.id));
    Ok(Structure::new().with(field::NEW_ASSOCIATION_ID, fresh))
}

fn subnets_of(world: &World, region: Region, acl: NetworkAclId) -> Vec<&Subnet> {
    let mut subnets: Vec<&Subnet> = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.subnets.rows())
        .filter(|subnet| subnet.acl.1 == acl)
        .collect();
    sort::by_key(&mut subnets, |subnet| subnet.born);
    subnets
}

/// A network ACL as the API shows it, with the final `*` entries: 32767 for IPv4, 32768 for IPv6 where the VPC has a block.
fn describe(world: &World, region: Region, acl: &NetworkAcl) -> Structure {
    let associations: Vec<Structure> = subnets_of(world, region, acl.id)
        .into_iter()
        .map(|subnet| {
            Structure::new()
                .with(field::NETWORK_ACL_ASSOCIATION_ID, subnet.acl.0)
                .with(field::NETWORK_ACL_ID, acl.id)
                .with(field::SUBNET_ID, subnet.id)
        })
        .collect();
    Structure::new()
        .with(field::NETWORK_ACL_ID, acl.id)
        .with(field::VPC_ID, acl.vpc)
        .with(field::OWNER_ID, world.account())
        .with(field::IS_DEFAULT, acl.is_default)
        .with(field::ASSOCIATIONS, associations)
        .with(field::ENTRIES, acl_entries::describe_all(world, region, acl))
        .with(field::TAGS, tag_list(world, region, acl.id))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkAcls.html>.
const FILTERS: &[&str] = &[
    "association.association-id",
    "association.network-acl-id",
    "association.subnet-id",
    "default",
    "entry.cidr",
    "entry.egress",
    "entry.icmp.code",
    "entry.icmp.type",
    "entry.ipv6-cidr",
    "entry.port-range.from",
    "entry.port-range.to",
    "entry.protocol",
    "entry.rule-action",
    "entry.rule-number",
    "network-acl-id",
    "owner-id",
    "vpc-id",
];

fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let describing = Describing {
        kind: Kind::NetworkAcl,
        ids: field::NETWORK_ACL_IDS,
        answer: field::NETWORK_ACLS,
        born: |acl: &NetworkAcl| acl.born,
        filters: FILTERS,
        least: 5,
    };
    let values = |acl: &NetworkAcl, name: &str| filter_values(world, region, acl, name);
    describing.answer(request, world, &values, &|acl| describe(world, region, acl))
}

fn filter_values(world: &World, region: Region, acl: &NetworkAcl, name: &str) -> Vec<String> {
    let subnets = || subnets_of(world, region, acl.id);
    if let Some(part) = name.strip_prefix("entry.") {
        return acl_entries::filter_values(world, region, acl, part);
    }
    match name {
        "association.association-id" => subnets().iter().map(|subnet| subnet.acl.0.to_string()).collect(),
        "association.network-acl-id" if subnets().is_empty() => Vec::new(),
        "association.subnet-id" => subnets().iter().map(|subnet| subnet.id.to_string()).collect(),
        "default" => yes_no(acl.is_default),
        "owner-id" => vec![world.account()],
        "vpc-id" => vec![acl.vpc.to_string()],
        _ => vec![acl.id.to_string()],
    }
}

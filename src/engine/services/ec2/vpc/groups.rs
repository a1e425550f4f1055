//! Security groups: finding, making, deleting, describing them. Their rules are in `rules`, the calls on them in `rule_calls`.

use super::super::common::{Filters, arn, dependency, done, find, note, page_of_rows, tag_list, unknown};
use super::super::{classic, tags};
use super::building::{anywhere, open_rule};
use super::{protocols, rules, vpcs};
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::classic::NO_VPC;
use crate::world::vpc::*;
use ipnet::IpNet;
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateSecurityGroup" => Handler::Write(create),
        "DeleteSecurityGroup" => Handler::Write(delete),
        "DescribeSecurityGroups" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// The groups that a call means for an interface in a VPC, by id or by name; none given = the VPC's default group.
///
/// Errors: `InvalidGroup.NotFound` (for a group of another VPC too), `InvalidGroupId.Malformed`,
/// `SecurityGroupsPerInterfaceLimitExceeded`.
pub(crate) fn resolve<'a>(
    world: &World,
    region: Region,
    vpc: VpcId,
    ids: impl IntoIterator<Item = &'a str>,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<SecurityGroupId>> {
    let mut groups = Vec::new();
    for text in ids {
        let group = find::<SecurityGroup>(world, region, Kind::SecurityGroup, text)?;
        if group.vpc != vpc && !group.vpcs.contains(&vpc) {
            let why = "You have specified two resources that belong to different networks.";
            return Err(Error::new("InvalidGroup.NotFound", why).remedy(format!(
                "Security group {text} is of {}, the network interface in {vpc}.",
                group.vpc
            )));
        }
        groups.push(group.id);
    }
    for name in names {
        groups.push(by_name(world, region, vpc, name)?.id);
    }
    sort::sort(&mut groups);
    groups.dedup();
    if groups.is_empty() {
        let vpc = world
            .row::<Vpc>(region, vpc)
            .ok_or_else(|| unknown(Kind::Vpc, &vpc.to_string()))?;
        groups.push(vpc.default_group);
    }
    if groups.len() > quotas::SECURITY_GROUPS_PER_INTERFACE {
        let most = quotas::SECURITY_GROUPS_PER_INTERFACE;
        let why = format!("The maximum number of security groups per interface, {most}, has been reached.");
        return Err(Error::new("SecurityGroupsPerInterfaceLimitExceeded", why));
    }
    Ok(groups)
}

/// All groups, eldest first.
pub(super) fn eldest_first(world: &World, region: Region) -> Vec<&SecurityGroup> {
    let mut groups: Vec<&SecurityGroup> = world
        .ec2(region)
        .into_iter()
        .flat_map(|ec2| ec2.security_groups.rows())
        .collect();
    sort::by_key(&mut groups, |group| (group.born, group.id));
    groups
}

/// The group of this name in a VPC.
pub(crate) fn by_name<'w>(world: &'w World, region: Region, vpc: VpcId, name: &str) -> Result<&'w SecurityGroup> {
    world
        .ec2(region)
        .and_then(|ec2| ec2.security_groups.get(ec2.group_of_name.get(&(vpc, name.to_owned()))?))
        .ok_or_else(|| {
            let place = if vpc == NO_VPC {
                String::new()
            } else {
                format!(" in VPC '{vpc}'")
            };
            let why = format!("The security group '{name}' does not exist{place}");
            Error::new("InvalidGroup.NotFound", why)
        })
}

/// The group that a call names by `GroupId`, or by `GroupName`, which reaches the default VPC only.
pub(super) fn named<'w>(params: &Structure, world: &'w World, region: Region) -> Result<&'w SecurityGroup> {
    match (params.text(field::GROUP_ID), params.text(field::GROUP_NAME)) {
        (Some(id), None) => find::<SecurityGroup>(world, region, Kind::SecurityGroup, id),
        (None, Some(name)) => {
            let vpc = home(world, region)?;
            by_name(world, region, vpc, name).map_err(|error| {
                if vpc == NO_VPC {
                    return error.at("GroupName");
                }
                let why = format!("The security group '{name}' does not exist in default VPC '{vpc}'");
                Error::new("InvalidGroup.NotFound", why).at("GroupName")
            })
        }
        (Some(id), Some(name)) => {
            let group = find::<SecurityGroup>(world, region, Kind::SecurityGroup, id)?;
            let why = "The parameter groupName and the parameter groupId name different security groups.";
            if group.name == name {
                Ok(group)
            } else {
                Err(Error::combination(why))
            }
        }
        (None, None) => Err(Error::new(
            "MissingParameter",
            "The request must contain the parameter groupName or groupId",
        )
        .at("GroupId")),
    }
}

/// Where a group is that no VPC is named for: the default VPC, or EC2-Classic.
fn home(world: &World, region: Region) -> Result<VpcId> {
    if classic::is_supported(world, region) {
        return Ok(NO_VPC);
    }
    vpcs::default_of(world, region).map(|vpc| vpc.id).ok_or_else(|| {
        let error = Error::new("VPCIdNotSpecified", "No default VPC for this user").at("VpcId");
        error.remedy("Name the VPC, or make a default one with CreateDefaultVpc.")
    })
}

/// Names and descriptions may have these characters besides letters, digits and spaces.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>
const MARKS: &str = "._-:/()#,@[]+=&;{}!$*";

/// Whether a name or description of a group or a rule is one that EC2 takes: at most 255 of a set of characters.
pub(super) fn is_plain(text: &str) -> bool {
    text.chars().count() <= 255
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == ' ' || MARKS.contains(c))
}

/// What AWS says of a text that [`is_plain`] refuses.
fn not_plain(parameter: &str, text: &str, word: &str) -> String {
    if text.is_ascii() {
        return format!(
            "Invalid security group {word}. Valid {word}s are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*"
        );
    }
    format!("Value ({text}) for parameter {parameter} is invalid. Character sets beyond ASCII are not supported.")
}

fn check_name(name: &str) -> Result<()> {
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("GroupName"));
    if name.starts_with("sg-") {
        return refuse(format!(
            "Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*."
        ));
    }
    if name == "default" {
        return refuse("Cannot use reserved security group name: default".to_owned());
    }
    if name.trim().is_empty() || !is_plain(name) {
        return refuse(not_plain("GroupName", name, "name"));
    }
    Ok(())
}

/// Whether a VPC, or EC2-Classic, can have another group of this name.
fn check_room(world: &World, region: Region, (vpc, classic): (VpcId, bool), name: &str) -> Result<()> {
    if by_name(world, region, vpc, name).is_ok() {
        let place = if classic {
            String::new()
        } else {
            format!(" for VPC '{vpc}'")
        };
        let why = format!("The security group '{name}' already exists{place}");
        return Err(Error::new("InvalidGroup.Duplicate", why).at("GroupName"));
    }
    let ec2 = world.ec2(region);
    if ec2.is_some_and(|ec2| ec2.security_groups.len() >= quotas::SECURITY_GROUPS) {
        let why = "The maximum number of security groups has been reached.";
        return Err(Error::new("SecurityGroupLimitExceeded", why));
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>: nothing in, all out.
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let name = params.text(field::GROUP_NAME).unwrap_or_default().trim();
    let description = params.text(field::DESCRIPTION).unwrap_or_default();
    let classic = classic::is_supported(world, region) && !params.contains(field::VPC_ID);
    if classic {
        classic::groups::check_new(world, region, name)?;
    }
    check_name(name)?;
    if description.is_empty() || !is_plain(description) {
        let why = not_plain("GroupDescription", description, "description");
        return Err(Error::new("InvalidParameterValue", why).at("Description"));
    }
    let vpc = match params.text(field::VPC_ID) {
        Some(text) => find::<Vpc>(world, region, Kind::Vpc, text)?.id,
        None => home(world, region)?,
    };
    check_room(world, region, (vpc, classic), name)?;
    let id = SecurityGroupId(world.random.next_u64(Stream::Ids(Kind::SecurityGroup)));
    let ipv6 = world
        .row::<Vpc>(region, vpc)
        .is_some_and(|vpc| !vpc.ipv6_cidrs.is_empty());
    let families: &[bool] = match (classic, ipv6) {
        // Nothing says what may leave in EC2-Classic: all may.
        (true, _) => &[],
        (false, true) => &[false, true],
        (false, false) => &[false],
    };
    let rules = families
        .iter()
        .map(|ipv6| open_rule(rules::draw_id(world), true, Peer::Cidr(anywhere(*ipv6))))
        .collect();
    let born = world.birth();
    world.put(
        region,
        SecurityGroup {
            id,
            born,
            vpc,
            name: name.to_owned(),
            description: description.to_owned(),
            rules,
            vpcs: Vec::new(),
        },
    );
    tags::apply_specifications(world, region, params, &[("security-group", &[id.into()])])?;
    note(
        world,
        region,
        id,
        match classic {
            true => format!("created as '{name}' in EC2-Classic: nothing in, all out"),
            false => format!("created as '{name}' in {vpc}: nothing in, all out"),
        },
    );
    Ok(Structure::new()
        .with(field::GROUP_ID, id)
        .with(field::SECURITY_GROUP_ARN, arn(world, region, "security-group", id))
        .with(field::TAGS, tag_list(world, region, id)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html>: not the default one, nor one that an
/// interface or another group's rule uses.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let group = named(request.params, world, region)?.clone();
    if group.vpc == NO_VPC {
        classic::groups::check_unused(world, region, &group)?;
    }
    if group.name == "default" {
        let why = format!(
            "the specified group: \"{}\" name: \"default\" cannot be deleted by a user",
            group.id
        );
        return Err(Error::new("CannotDelete", why).at("GroupId"));
    }
    let dependents = world.referrers(region, group.id.into());
    if !dependents.is_empty() {
        return Err(dependency(
            format!("resource {} has a dependent object", group.id),
            &dependents,
        ));
    }
    group.rules.iter().for_each(|rule| tags::forget(world, region, rule.id));
    note(world, region, group.id, format!("'{}' deleted", group.name));
    world.take::<SecurityGroup>(region, group.id);
    Ok(done()?.with(field::RETURN, true).with(field::GROUP_ID, group.id))
}

/// A security group as the API shows it.
fn describe(world: &World, region: Region, group: &SecurityGroup) -> Structure {
    Structure::new()
        .with(field::GROUP_ID, group.id)
        .with(field::GROUP_NAME, group.name.as_str())
        .with(field::DESCRIPTION, group.description.as_str())
        .with_some(field::VPC_ID, (group.vpc != NO_VPC).then_some(group.vpc))
        .with(field::OWNER_ID, world.account())
        .with(
            field::SECURITY_GROUP_ARN,
            arn(world, region, "security-group", group.id),
        )
        .with(
            field::IP_PERMISSIONS,
            rules::permissions(world, group.rules.iter().filter(|rule| !rule.egress)),
        )
        .with(
            field::IP_PERMISSIONS_EGRESS,
            rules::permissions(world, group.rules.iter().filter(|rule| rule.egress)),
        )
        .with(field::TAGS, tag_list(world, region, group.id))
}

/// The filters of <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html>.
const FILTERS: &[&str] = &[
    "description",
    "egress.ip-permission.cidr",
    "egress.ip-permission.from-port",
    "egress.ip-permission.group-id",
    "egress.ip-permission.group-name",
    "egress.ip-permission.ipv6-cidr",
    "egress.ip-permission.prefix-list-id",
    "egress.ip-permission.protocol",
    "egress.ip-permission.to-port",
    "egress.ip-permission.user-id",
    "group-id",
    "group-name",
    "ip-permission.cidr",
    "ip-permission.from-port",
    "ip-permission.group-id",
    "ip-permission.group-name",
    "ip-permission.ipv6-cidr",
    "ip-permission.prefix-list-id",
    "ip-permission.protocol",
    "ip-permission.to-port",
    "ip-permission.user-id",
    "owner-id",
    "vpc-id",
];

/// By ids, by names (of the default VPC) and filters.
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let filters = Filters::read(params)?;
    filters.check_names(|name| FILTERS.contains(&name))?;
    let mut groups: Vec<&SecurityGroup> = Vec::new();
    for id in params.texts(field::GROUP_IDS) {
        groups.push(find::<SecurityGroup>(world, region, Kind::SecurityGroup, id)?);
    }
    for name in params.texts(field::GROUP_NAMES) {
        if classic::is_supported(world, region) {
            groups.push(by_name(world, region, NO_VPC, name).map_err(|error| error.at("GroupNames"))?);
            continue;
        }
        let vpc = vpcs::default_of(world, region);
        let missing = || {
            let place = vpc.map_or_else(String::new, |vpc| format!(" in default VPC '{}'", vpc.id));
            let text = format!("The security group '{name}' does not exist{place}");
            Error::new("InvalidGroup.NotFound", text).at("GroupNames")
        };
        let vpc = vpc.ok_or_else(missing)?;
        groups.push(by_name(world, region, vpc.id, name).map_err(|_| missing())?);
    }
    if params.list(field::GROUP_IDS).is_empty() && params.list(field::GROUP_NAMES).is_empty() {
        groups.extend(world.ec2(region).into_iter().flat_map(|ec2| ec2.security_groups.rows()));
    }
    sort::by_key(&mut groups, |group| (group.born, group.id));
    groups.dedup_by_key(|group| group.id);
    let mut chosen = Vec::new();
    for group in groups {
        if filters.pass(world, region, group.id, |name| {
            Some(filter_values(world, region, group, name))
        })? {
            chosen.push(group);
        }
    }
    let (rows, next) = page_of_rows(chosen, params, 5, |group| (Some(group.born), group.id.into()))?;
    let groups: Vec<Structure> = rows.into_iter().map(|group| describe(world, region, group)).collect();
    Ok(Structure::new()
        .with(field::SECURITY_GROUPS, groups)
        .with_some(field::NEXT_TOKEN, next))
}

fn filter_values(world: &World, region: Region, group: &SecurityGroup, name: &str) -> Vec<String> {
    let (egress, part) = match name.strip_prefix("egress.") {
        Some(rest) => (true, rest.strip_prefix("ip-permission.")),
        None => (false, name.strip_prefix("ip-permission.")),
    };
    let Some(part) = part else {
        return match name {
            "description" => vec![group.description.clone()],
            "group-name" => vec![group.name.clone()],
            "owner-id" => vec![world.account()],
            "vpc-id" if group.vpc == NO_VPC => Vec::new(),
            "vpc-id" => vec![group.vpc.to_string()],
            _ => vec![group.id.to_string()],
        };
    };
    let value = |rule: &GroupRule| match (part, rule.peer) {
        ("cidr", Peer::Cidr(IpNet::V4(net))) => Some(net.to_string()),
        ("ipv6-cidr", Peer::Cidr(IpNet::V6(net))) => Some(net.to_string()),
        ("group-id", peer) => peer.group().map(|id| id.to_string()),
        ("group-name", peer) => {
            let group = world.row::<SecurityGroup>(region, peer.group()?)?;
            Some(group.name.clone())
        }
        ("user-id", Peer::PeerGroup(id, NO_VPC, _)) => classic::groups::describe_foreign(world, id)
            .text(field::USER_ID)
            .map(str::to_owned),
        ("user-id", peer) => peer.group().map(|_| world.account()),
        ("prefix-list-id", Peer::PrefixList(id)) => Some(id.to_string()),
        ("protocol", _) => Some(protocols::name(rule.protocol)),
        ("from-port", _) => Some(rule.ports.0.to_string()),
        ("to-port", _) => Some(rule.ports.1.to_string()),
        _ => None,
    };
    group
        .rules
        .iter()
        .filter(|rule| rule.egress == egress)
        .filter_map(value)
        .collect()
}

//! ClassicLink: VPCs that are enabled for it, instances of EC2-Classic that are linked to one, and the DNS of both.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/vpc-classiclink.html>

use super::super::common::{Filters, find, need, note, note_clock, page, returned, tag_list, unknown, yes_no};
use super::super::vpc::interfaces::describe_groups;
use super::need_support;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::classic::{ClassicLink, LEFT_TO_VPCS, RANGE};
use crate::world::compute::{Instance, InstanceState, Tenancy};
use crate::world::links::{PeeringSide, VpcPeering};
use crate::world::vpc::{RouteDestination, SecurityGroup, Vpc};
use ipnet::{IpNet, Ipv4Net};
use stratus_model::{Structure, field, sort};

const SOURCE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/vpc-classiclink.html";

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "EnableVpcClassicLink" => Handler::Write(enable),
        "DisableVpcClassicLink" => Handler::Write(disable),
        "DescribeVpcClassicLink" => Handler::Read(describe_vpcs),
        "EnableVpcClassicLinkDnsSupport" => Handler::Write(|request, world| set_dns(request, world, true)),
        "DisableVpcClassicLinkDnsSupport" => Handler::Write(|request, world| set_dns(request, world, false)),
        "DescribeVpcClassicLinkDnsSupport" => Handler::Read(describe_dns),
        "AttachClassicLinkVpc" => Handler::Write(attach),
        "DetachClassicLinkVpc" => Handler::Write(detach),
        "DescribeClassicLinkInstances" => Handler::Read(describe_instances),
        _ => return None,
    })
}

/// The VPC that a call names, in a Region that supports EC2-Classic.
fn vpc<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Vpc> {
    need_support(world, request.region)?;
    let text = need(request.params, field::VPC_ID)?;
    find::<Vpc>(world, request.region, Kind::Vpc, text).map_err(|error| error.at("VpcId"))
}

/// Whether a VPC's block has addresses of EC2-Classic.
fn collides(block: Ipv4Net) -> bool {
    (RANGE.contains(&block) || block.contains(&RANGE)) && !LEFT_TO_VPCS.contains(&block)
}

/// The VPC's block or route that EC2-Classic's addresses would collide with.
fn conflict(world: &World, region: Region, vpc: &Vpc) -> Option<String> {
    let blocks = vpc.cidrs.iter().map(|(_, block)| *block);
    let block = blocks
        .filter(|block| collides(*block))
        .map(|block| format!("its block {block}"));
    block.chain(routes_in_range(world, region, vpc.id)).next()
}

/// The routes of a VPC within EC2-Classic's addresses.
fn routes_in_range(world: &World, region: Region, vpc: VpcId) -> impl Iterator<Item = String> {
    let tables = world.ec2(region).into_iter().flat_map(|ec2| ec2.route_tables.rows());
    let routes = tables
        .filter(move |table| table.vpc == vpc)
        .flat_map(|table| table.routes.iter().map(|route| (table.id, route.destination)));
    routes.filter_map(|(table, destination)| match destination {
        RouteDestination::Cidr(IpNet::V4(net)) if RANGE.contains(&net) => Some(format!("the route {net} of {table}")),
        _ => None,
    })
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVpcClassicLink.html>
fn enable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let vpc = vpc(request, world)?.clone();
    if vpc.tenancy == Tenancy::Dedicated {
        let why = format!(
            "The VPC '{}' has dedicated tenancy and cannot be enabled for ClassicLink.",
            vpc.id
        );
        return Err(Error::new("InvalidTenancy", why)
            .at("VpcId")
            .remedy("Instances of EC2-Classic run on shared hardware."));
    }
    if let Some(what) = conflict(world, region, &vpc) {
        let why = format!(
            "The VPC '{}' has routing that conflicts with the EC2-Classic private IP address range.",
            vpc.id
        );
        return Err(Error::new("VpcCidrConflict", why).at("VpcId").remedy(format!(
            "{RANGE} is EC2-Classic's, but for 10.0.0.0/16 and 10.1.0.0/16: {what} is in the way."
        )));
    }
    if !vpc.classic_link {
        world.update::<Vpc, _>(region, vpc.id, |row| row.classic_link = true);
        note(
            world,
            region,
            vpc.id,
            format!("enabled for ClassicLink: all its route tables have {RANGE} → local"),
        );
    }
    returned()
}

/// The instances that are linked to a VPC.
fn linked_to(world: &World, region: Region, vpc: VpcId) -> impl Iterator<Item = &Instance> {
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows());
    rows.filter(move |row| link_of(row).is_some_and(|link| link.vpc == vpc))
}

fn link_of(row: &Instance) -> Option<&ClassicLink> {
    row.classic.as_ref()?.link.as_ref()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableVpcClassicLink.html>: not while an instance is linked to it.
fn disable(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let id = vpc(request, world)?.id;
    if let Some(row) = linked_to(world, region, id).next() {
        let why = format!("The VPC '{id}' has EC2-Classic instances linked to it.");
        return Err(Error::new("DependencyViolation", why)
            .at("VpcId")
            .remedy(format!("Unlink {} first.", row.id)));
    }
    world.update::<Vpc, _>(region, id, |row| {
        row.classic_link = false;
        row.classic_link_dns = false;
    });
    note(world, region, id, "disabled for ClassicLink");
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVpcClassicLinkDnsSupport.html>, and its opposite.
fn set_dns(request: &Request<'_>, world: &mut World, on: bool) -> Result<Structure> {
    let region = request.region;
    let row = vpc(request, world)?.clone();
    if on && !row.classic_link {
        return Err(not_enabled(row.id));
    }
    if on && !(row.dns_support && row.dns_hostnames) {
        let why = format!(
            "DNS hostnames and DNS resolution must be enabled for the VPC '{}' to enable ClassicLink DNS support.",
            row.id
        );
        return Err(Error::new("InvalidParameterValue", why).at("VpcId"));
    }
    world.update::<Vpc, _>(region, row.id, |row| row.classic_link_dns = on);
    let does = if on { "on" } else { "off" };
    note(world, region, row.id, format!("ClassicLink DNS support is {does}"));
    returned()
}

fn not_enabled(vpc: VpcId) -> Error {
    let why = format!("The VPC '{vpc}' is not enabled for ClassicLink.");
    Error::new("InvalidState", why)
        .at("VpcId")
        .remedy("Call EnableVpcClassicLink first.")
}

/// The instance of EC2-Classic that a call names.
fn instance<'w>(request: &Request<'_>, world: &'w World) -> Result<&'w Instance> {
    need_support(world, request.region)?;
    let text = need(request.params, field::INSTANCE_ID)?;
    find::<Instance>(world, request.region, Kind::Instance, text).map_err(|error| error.at("InstanceId"))
}

fn not_linkable(row: &Instance, why: &str) -> Error {
    Error::new(
        "InvalidInstanceID.NotLinkable",
        format!("Instance {} is unlinkable", row.id),
    )
    .at("InstanceId")
    .remedy(why.to_owned())
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachClassicLinkVpc.html>: a running instance of EC2-Classic, to
/// one VPC at a time, with one or more of the VPC's groups.
fn attach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let vpc = vpc(request, world)?.clone();
    let row = instance(request, world)?;
    if !row.is_classic() {
        return Err(not_linkable(row, "Only instances of EC2-Classic can be linked."));
    }
    if row.state != InstanceState::Running {
        return Err(not_linkable(row, "Only a running instance can be linked."));
    }
    if !vpc.classic_link {
        return Err(not_enabled(vpc.id));
    }
    if let Some(link) = link_of(row) {
        let why = format!("Instance {} is already linked to {}", row.id, link.vpc);
        return Err(Error::new("Resource.AlreadyAssociated", why)
            .at("InstanceId")
            .remedy("Unlink it first: the groups of a link cannot be changed either."));
    }
    let (id, mut groups) = (row.id, Vec::new());
    for text in request.params.texts(field::GROUPS) {
        let group = find::<SecurityGroup>(world, region, Kind::SecurityGroup, text)?;
        if group.vpc != vpc.id {
            let why = "You have specified two resources that belong to different networks.";
            return Err(Error::new("InvalidGroup.NotFound", why).at("Groups"));
        }
        groups.push(group.id);
    }
    sort::sort(&mut groups);
    groups.dedup();
    if groups.is_empty() {
        return Err(Error::missing("SecurityGroupId").at("Groups"));
    }
    let most = crate::catalog::quotas::SECURITY_GROUPS_PER_INTERFACE;
    if groups.len() > most {
        let why = format!("The maximum number of security groups per interface, {most}, has been reached.");
        return Err(Error::new("SecurityGroupsPerInterfaceLimitExceeded", why).at("Groups"));
    }
    let link = ClassicLink { vpc: vpc.id, groups };
    world.update(region, id, |row: &mut Instance| {
        if let Some(seat) = row.classic.as_mut() {
            seat.link = Some(link);
        }
    });
    note(world, region, id, format!("linked to {}", vpc.id));
    returned()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachClassicLinkVpc.html>
fn detach(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let vpc = vpc(request, world)?.id;
    let row = instance(request, world)?;
    let id = row.id;
    if link_of(row).is_none_or(|link| link.vpc != vpc) {
        let why = format!("Instance {id} is not linked to {vpc}");
        return Err(Error::new("InvalidState", why).at("InstanceId"));
    }
    take_link(world, region, id);
    note(world, region, id, format!("unlinked from {vpc}"));
    returned()
}

fn take_link(world: &mut World, region: Region, id: InstanceId) -> Option<ClassicLink> {
    world.update(region, id, |row: &mut Instance| row.classic.as_mut()?.link.take())?
}

/// A stop ends the link.
pub(super) fn unlink(world: &mut World, region: Region, id: InstanceId) {
    let is_linked = world
        .row::<Instance>(region, id)
        .is_some_and(|row| link_of(row).is_some());
    if let Some(link) = is_linked.then(|| take_link(world, region, id)).flatten() {
        let rule = "A linked instance is unlinked when it stops.";
        note_clock(world, region, id, format!("unlinked from {}", link.vpc), rule, SOURCE);
    }
}

/// The VPCs that a Describe call lists, or all, eldest first.
fn listed<'w>(request: &Request<'_>, world: &'w World) -> Result<Vec<&'w Vpc>> {
    let region = request.region;
    need_support(world, region)?;
    let mut rows: Vec<&Vpc> = Vec::new();
    for text in request.params.texts(field::VPC_IDS) {
        rows.push(find::<Vpc>(world, region, Kind::Vpc, text)?);
    }
    if rows.is_empty() {
        rows.extend(world.ec2(region).into_iter().flat_map(|ec2| ec2.vpcs.rows()));
    }
    sort::by_key(&mut rows, |row| (row.born, row.id));
    rows.dedup_by_key(|row| row.id);
    Ok(rows)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcClassicLink.html>
fn describe_vpcs(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let filters = Filters::read(request.params)?;
    filters.check_names(|name| name == "is-classic-link-enabled")?;
    let mut shown = Vec::new();
    for row in listed(request, world)? {
        if filters.pass(world, region, row.id, |_| Some(yes_no(row.classic_link)))? {
            shown.push(
                Structure::new()
                    .with(field::VPC_ID, row.id)
                    .with(field::CLASSIC_LINK_ENABLED, row.classic_link)
                    .with(field::TAGS, tag_list(world, region, row.id)),
            );
        }
    }
    Ok(Structure::new().with(field::VPCS, shown))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcClassicLinkDnsSupport.html>
fn describe_dns(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (rows, next) = page(listed(request, world)?, request.params, 5)?;
    let shown: Vec<Structure> = rows
        .into_iter()
        .map(|row| {
            Structure::new()
                .with(field::VPC_ID, row.id)
                .with(field::CLASSIC_LINK_DNS_SUPPORTED, row.classic_link_dns)
        })
        .collect();
    Ok(Structure::new()
        .with(field::VPCS, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeClassicLinkInstances.html>: linked instances only.
fn describe_instances(request: &Request<'_>, world: &World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    need_support(world, region)?;
    let filters = Filters::read(params)?;
    filters.check_names(|name| ["group-id", "instance-id", "vpc-id"].contains(&name))?;
    let mut rows: Vec<&Instance> = Vec::new();
    for text in params.texts(field::INSTANCE_IDS) {
        rows.push(find::<Instance>(world, region, Kind::Instance, text)?);
    }
    if params.list(field::INSTANCE_IDS).is_empty() {
        rows.extend(world.ec2(region).into_iter().flat_map(|ec2| ec2.instances.rows()));
    } else if params.contains(field::MAX_RESULTS) {
        let why = "The parameter instancesSet cannot be used with the parameter maxResults";
        return Err(Error::combination(why).at("MaxResults"));
    }
    sort::by_key(&mut rows, |row| (row.born, row.id));
    rows.dedup_by_key(|row| row.id);
    let mut chosen = Vec::new();
    for row in rows {
        let Some(link) = link_of(row) else { continue };
        let values = |name: &str| {
            Some(match name {
                "group-id" => link.groups.iter().map(ToString::to_string).collect(),
                "vpc-id" => vec![link.vpc.to_string()],
                _ => vec![row.id.to_string()],
            })
        };
        if filters.pass(world, region, row.id, values)? {
            chosen.push(
                Structure::new()
                    .with(field::INSTANCE_ID, row.id)
                    .with(field::VPC_ID, link.vpc)
                    .with(field::GROUPS, describe_groups(world, region, &link.groups))
                    .with(field::TAGS, tag_list(world, region, row.id)),
            );
        }
    }
    let (shown, next) = page(chosen, params, 5)?;
    Ok(Structure::new()
        .with(field::INSTANCES, shown)
        .with_some(field::NEXT_TOKEN, next))
}

/// Refuses a further block of a VPC that is enabled for ClassicLink where EC2-Classic's addresses are.
///
/// # Errors
/// `InvalidVpc.Range`.
#[inline(never)]
pub(in crate::services) fn check_block(vpc: &Vpc, block: Ipv4Net) -> Result<()> {
    if collides(block) {
        let why = format!(
            "The CIDR '{block}' conflicts with the EC2-Classic private IP address range, and {} is enabled for ClassicLink.",
            vpc.id
        );
        return Err(Error::new("InvalidVpc.Range", why).at("CidrBlock").remedy(format!(
            "{RANGE} is EC2-Classic's, but for 10.0.0.0/16 and 10.1.0.0/16."
        )));
    }
    Ok(())
}

/// Refuses a new route of a VPC that is enabled for ClassicLink within EC2-Classic's addresses.
pub(in crate::services) fn check_route(
    world: &World,
    region: Region,
    vpc: VpcId,
    destination: RouteDestination,
) -> Result<()> {
    let row = world
        .row::<Vpc>(region, vpc)
        .ok_or_else(|| unknown(Kind::Vpc, &vpc.to_string()))?;
    let collides = matches!(destination, RouteDestination::Cidr(IpNet::V4(net)) if RANGE.contains(&net));
    if collides && world.ec2(region).is_some_and(|ec2| ec2.routes_to_links(row)) {
        let why = format!("The VPC '{vpc}' reaches instances of EC2-Classic: {RANGE} is local in its route tables.");
        return Err(Error::new("VpcCidrConflict", why)
            .at("DestinationCidrBlock")
            .remedy("Disable ClassicLink for the VPC, or route something else."));
    }
    Ok(())
}

/// Whether a side of a peering connection may take part in ClassicLink. `to_link`: it is to send to what is linked to the
/// other side's VPC, so that its route tables get the local route.
/// <https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-classiclink.html> (as of 2022)
pub(in crate::services) fn check_peering(
    world: &World,
    region: Region,
    row: &VpcPeering,
    side: &PeeringSide,
    to_link: bool,
) -> Result<()> {
    if !super::is_supported(world, region) {
        let why = "ClassicLink has been retired: no VPC peering connection can have it.";
        return Err(Error::new("InvalidParameterValue", why));
    }
    if row.sides().iter().any(|side| side.region != region) {
        let why = "Communication over ClassicLink needs both VPCs of the peering connection in one Region.";
        return Err(Error::new("InvalidParameterValue", why));
    }
    let collides = side
        .own
        .filter(|_| to_link)
        .and_then(|vpc| routes_in_range(world, region, vpc).next());
    match collides {
        Some(what) => {
            let why = format!(
                "The VPC '{}' has routing that conflicts with the EC2-Classic private IP address range.",
                side.vpc
            );
            Err(Error::new("VpcCidrConflict", why).remedy(format!("Delete {what} first.")))
        }
        None => Ok(()),
    }
}

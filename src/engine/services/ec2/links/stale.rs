//! Rules that name groups across a peering connection: DescribeSecurityGroupReferences, DescribeStaleSecurityGroups.
//! <https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html>

use super::super::common::{find, need, page};
use super::super::vpc::protocols;
use crate::base::error::Result;
use crate::base::ids::*;
use crate::catalog::Region;
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::leading;
use crate::world::links::*;
use crate::world::vpc::*;
use stratus_model::{Structure, field, sort};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "DescribeSecurityGroupReferences" => Handler::Read(references),
        "DescribeStaleSecurityGroups" => Handler::Read(stale),
        _ => return None,
    })
}

/// Groups of a Region by (VPC, making).
fn groups(world: &World, region: Region) -> Vec<&SecurityGroup> {
    let mut groups: Vec<&SecurityGroup> = world
        .ec2(region)
        .map(|ec2| ec2.security_groups.rows().collect())
        .unwrap_or_default();
    sort::by_key(&mut groups, |group| (group.vpc, group.born, group.id));
    groups
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupReferences.html>: VPCs on the other side of a
/// connection whose rules name the groups; sorted by group, then VPC.
fn references(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let mut found: Vec<(SecurityGroupId, VpcId, ResourceId)> = Vec::new();
    for text in request.params.texts(field::GROUP_ID) {
        let asked = find::<SecurityGroup>(world, region, Kind::SecurityGroup, text)?.id;
        for group in groups(world, region) {
            found.extend(group.rules.iter().filter_map(|rule| match rule.peer {
                Peer::PeerGroup(named, _, peering) if named == asked => Some((asked, group.vpc, peering.into())),
                Peer::HubGroup(named, vpc, own) if named == asked => {
                    let hub = world.ec2(region).and_then(|ec2| leading::references(ec2, own, vpc))?;
                    Some((asked, group.vpc, hub.0.into()))
                }
                _ => None,
            }));
        }
    }
    sort::sort(&mut found);
    found.dedup();
    let shown: Vec<Structure> = found
        .into_iter()
        .map(|(group, vpc, link)| {
            let name = match link {
                ResourceId::TransitGateway(_) => field::TRANSIT_GATEWAY_ID,
                _ => field::VPC_PEERING_CONNECTION_ID,
            };
            Structure::new()
                .with(field::GROUP_ID, group)
                .with(field::REFERENCING_VPC_ID, vpc)
                .with(name, link.to_string())
        })
        .collect();
    Ok(Structure::new().with(field::SECURITY_GROUP_REFERENCE_SET, shown))
}

/// Whether a rule names a group that is gone, or across a connection that is over.
fn is_stale(world: &World, region: Region, rule: &GroupRule) -> bool {
    if let Peer::HubGroup(group, vpc, own) = rule.peer {
        let linked = world.ec2(region).and_then(|ec2| leading::references(ec2, own, vpc));
        return linked.is_none() || world.row::<SecurityGroup>(region, group).is_none();
    }
    let Peer::PeerGroup(group, _, peering) = rule.peer else {
        return false;
    };
    let active = world
        .row::<VpcPeering>(region, peering)
        .is_some_and(|row| row.state == PeeringState::Active);
    !active || world.row::<SecurityGroup>(region, group).is_none()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeStaleSecurityGroups.html>
fn stale(request: &Request<'_>, world: &World) -> Result<Structure> {
    let region = request.region;
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(request.params, field::VPC_ID)?)?.id;
    let of_vpc = groups(world, region).into_iter().filter(|group| group.vpc == vpc);
    let stale: Vec<&SecurityGroup> = of_vpc
        .filter(|group| group.rules.iter().any(|rule| is_stale(world, region, rule)))
        .collect();
    let (stale, next) = page(stale, request.params, 5)?;
    let shown: Vec<Structure> = stale.into_iter().map(|group| describe(world, region, group)).collect();
    Ok(Structure::new()
        .with(field::STALE_SECURITY_GROUP_SET, shown)
        .with_some(field::NEXT_TOKEN, next))
}

fn describe(world: &World, region: Region, group: &SecurityGroup) -> Structure {
    let permissions = |egress: bool| -> Vec<Structure> {
        let rules = group.rules.iter().filter(|rule| rule.egress == egress);
        rules
            .filter(|rule| is_stale(world, region, rule))
            .map(|rule| permission(world, region, rule))
            .collect()
    };
    Structure::new()
        .with(field::GROUP_ID, group.id)
        .with(field::GROUP_NAME, group.name.as_str())
        .with(field::DESCRIPTION, group.description.as_str())
        .with(field::VPC_ID, group.vpc)
        .with(field::STALE_IP_PERMISSIONS, permissions(false))
        .with(field::STALE_IP_PERMISSIONS_EGRESS, permissions(true))
}

fn permission(world: &World, region: Region, rule: &GroupRule) -> Structure {
    let ports = protocols::has_ports(rule.protocol) || protocols::has_types(rule.protocol);
    let pair = pair(world, region, rule.peer);
    Structure::new()
        .with(field::IP_PROTOCOL, protocols::name(rule.protocol))
        .with_some(field::FROM_PORT, ports.then_some(rule.ports.0))
        .with_some(field::TO_PORT, ports.then_some(rule.ports.1))
        .with(
            field::USER_ID_GROUP_PAIRS,
            vec![pair.with_some(field::DESCRIPTION, rule.description.clone())],
        )
}

/// A group across a connection as rules show it.
fn pair(world: &World, region: Region, peer: Peer) -> Structure {
    if let Peer::HubGroup(group, vpc, _) = peer {
        return Structure::new()
            .with(field::GROUP_ID, group)
            .with(field::USER_ID, world.account())
            .with(field::VPC_ID, vpc);
    }
    let Peer::PeerGroup(group, vpc, peering) = peer else {
        return Structure::new();
    };
    let status = world
        .row::<VpcPeering>(region, peering)
        .map_or("deleted", |row| row.state.name());
    Structure::new()
        .with(field::GROUP_ID, group)
        .with(field::USER_ID, world.account())
        .with(field::VPC_ID, vpc)
        .with(field::VPC_PEERING_CONNECTION_ID, peering)
        .with(field::PEERING_STATUS, status)
}

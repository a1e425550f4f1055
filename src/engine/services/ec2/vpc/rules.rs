//! The rules of security groups as data: reading them from a call, in all the forms that EC2 takes, and showing them.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html>

use super::super::classic;
use super::super::common::{arn, find, read_cidr, tag_list};
use super::groups::{self, is_plain};
use super::protocols;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::world::classic::NO_VPC;
use crate::world::leading::references;
use crate::world::links::*;
use crate::world::vpc::*;
use crate::world::{Ec2, World};
use ipnet::IpNet;
use stratus_model::{Name, Structure, field};

/// What makes two rules of one direction the same rule: all but the id and the description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spec {
    /// IP protocol; `None` = all.
    pub protocol: Option<u8>,
    /// As in `GroupRule`.
    pub ports: (i32, i32),
    /// The other side.
    pub peer: Peer,
    /// What it says of itself.
    pub description: Option<String>,
}

impl Spec {
    /// Whether a rule is this one.
    pub(super) fn is(&self, rule: &GroupRule) -> bool {
        (rule.protocol, rule.ports, rule.peer) == (self.protocol, self.ports, self.peer)
    }

    /// As AWS's messages write a rule.
    pub(super) fn words(&self) -> String {
        let peer = match self.peer {
            Peer::Cidr(net) => net.to_string(),
            Peer::Group(id) => id.to_string(),
            Peer::PrefixList(id) => id.to_string(),
            Peer::PeerGroup(id, ..) | Peer::HubGroup(id, ..) => id.to_string(),
        };
        if self.protocol.is_none() {
            return format!("peer: {peer}, ALL, ALLOW");
        }
        let name = protocols::name(self.protocol).to_ascii_uppercase();
        if protocols::has_types(self.protocol) {
            format!(
                "peer: {peer}, {name}, type: {}, code: {}, ALLOW",
                self.ports.0, self.ports.1
            )
        } else {
            format!(
                "peer: {peer}, {name}, from port: {}, to port: {}, ALLOW",
                self.ports.0, self.ports.1
            )
        }
    }
}

/// A new rule's id.
pub(super) fn draw_id(world: &mut World) -> SecurityGroupRuleId {
    SecurityGroupRuleId(world.random.next_u64(Stream::Ids(Kind::SecurityGroupRule)))
}

fn read_protocol(text: Option<&str>) -> Result<Option<u8>> {
    let text = text.ok_or_else(|| Error::missing("ipProtocol").at("IpProtocol"))?;
    protocols::read(text).ok_or_else(|| {
        let why = format!("Invalid value '{text}' for IP protocol. Unknown protocol.");
        Error::new("InvalidParameterValue", why)
            .at("IpProtocol")
            .remedy("Use tcp, udp, icmp, icmpv6, a protocol number, or -1 for all.")
    })
}

/// Ports, or type and code; -1 where the protocol has neither.
fn read_ports(protocol: Option<u8>, from: Option<i64>, to: Option<i64>) -> Result<(i32, i32)> {
    let refuse = |why: String| Err(Error::new("InvalidParameterValue", why).at("FromPort"));
    if protocols::has_ports(protocol) {
        let (Some(from), Some(to)) = (from, to) else {
            return refuse("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.".into());
        };
        return match (u16::try_from(from), u16::try_from(to)) {
            (Ok(low), Ok(high)) if low <= high => Ok((low.into(), high.into())),
            (Ok(_), Ok(_)) => refuse(format!("Invalid TCP/UDP port range ({from}:{to})")),
            (Err(_), _) => refuse(format!("TCP/UDP (from) port ({from}) out of range")),
            (_, Err(_)) => refuse(format!("TCP/UDP (to) port ({to}) out of range")),
        };
    }
    if protocol == Some(protocols::ICMP) && (from.is_none() || to.is_none()) {
        return refuse("Invalid value 'Must specify both from and to ports with ICMP.' for portRange.".into());
    }
    if !protocols::has_types(protocol) {
        return Ok((-1, -1));
    }
    match (from.unwrap_or(-1), to.unwrap_or(-1)) {
        (-1, code) if code != -1 => refuse(format!("ICMP code ({code}) needs a type: all types have all codes")),
        (kind @ -1..=255, code @ -1..=255) => Ok((kind as i32, code as i32)),
        (kind, code) => refuse(format!("Invalid ICMP type ({kind}) or code ({code})")),
    }
}

/// A rule's description, checked; empty = none.
pub(super) fn read_description(text: Option<&str>) -> Result<Option<String>> {
    match text {
        Some(text) if !is_plain(text) => {
            let why = "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
            Err(Error::new("InvalidParameterValue", why).at("Description"))
        }
        Some("") | None => Ok(None),
        Some(text) => Ok(Some(text.to_owned())),
    }
}

fn read_peer_cidr(parameter: &str, text: &str, ipv6: bool) -> Result<Peer> {
    let net = read_cidr(parameter, text)?;
    if matches!(net, IpNet::V6(_)) == ipv6 {
        Ok(Peer::Cidr(net))
    } else {
        Err(Error::new("InvalidParameterValue", format!("CIDR block {text} is malformed")).at(parameter))
    }
}

/// A group that a rule of `group` names: of the same VPC, by id, or by name; by id also of a VPC across an active peering
/// connection, and behind a transit gateway that supports it ([`check_direction`]). A rule that is there can be named
/// though its connection or its group is gone.
/// <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security>
fn read_peer_group(world: &World, region: Region, group: &SecurityGroup, pair: &Structure) -> Result<Peer> {
    if group.vpc == NO_VPC && pair.text(field::USER_ID).is_some_and(|user| user != world.account()) {
        return classic::groups::foreign(world, region, pair);
    }
    if pair.text(field::USER_ID).is_some_and(|user| user != world.account()) {
        let why = format!(
            "Stratus has one account, {}: it cannot refer to a group of another.",
            world.account()
        );
        return Err(Error::new("InvalidGroup.NotFound", why).at("UserIdGroupPairs"));
    }
    let id = pair.text(field::GROUP_ID);
    let has = group.rules.iter().map(|rule| rule.peer);
    let stands = has
        .into_iter()
        .find(|peer| matches!(peer, Peer::PeerGroup(has, ..) | Peer::HubGroup(has, ..) if id == Some(has.to_string().as_str())));
    if let Some(stands) = stands {
        return Ok(stands);
    }
    let peer = match (pair.text(field::GROUP_ID), pair.text(field::GROUP_NAME)) {
        (Some(id), _) => find::<SecurityGroup>(world, region, Kind::SecurityGroup, id)?,
        (None, Some(name)) => groups::by_name(world, region, group.vpc, name)?,
        (None, None) => return Err(Error::missing("groupId").at("UserIdGroupPairs")),
    };
    if peer.vpc != group.vpc
        && let Some(peering) = peering_between(world, region, group.vpc, peer.vpc, pair)
    {
        return Ok(Peer::PeerGroup(peer.id, peer.vpc, peering));
    }
    let hub = world.ec2(region).and_then(|ec2| references(ec2, group.vpc, peer.vpc));
    if peer.vpc != group.vpc && matches!(hub, Some((_, true))) {
        return Ok(Peer::HubGroup(peer.id, peer.vpc, group.vpc));
    }
    if peer.vpc != group.vpc {
        return Err(different_networks(group.id, peer.id));
    }
    Ok(Peer::Group(peer.id))
}

fn different_networks(group: SecurityGroupId, peer: SecurityGroupId) -> Error {
    let why = format!("You have specified two resources that belong to different networks: {group} and {peer}.");
    Error::new("InvalidGroup.NotFound", why).at("UserIdGroupPairs")
}

/// A group behind a transit gateway is known to rules for what comes in only.
/// <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security>
pub(super) fn check_direction(group: SecurityGroupId, specs: &[Spec], egress: bool) -> Result<()> {
    let beyond = specs.iter().find_map(|spec| match spec.peer {
        Peer::HubGroup(peer, ..) if egress => Some(peer),
        _ => None,
    });
    match beyond {
        Some(peer) => Err(different_networks(group, peer)
            .remedy("Outbound rules cannot name a group behind a transit gateway: name its addresses.")),
        None => Ok(()),
    }
}

/// The active connection between two VPCs of a Region; the one that the call names, if it does.
fn peering_between(
    world: &World,
    region: Region,
    vpc: VpcId,
    other: VpcId,
    pair: &Structure,
) -> Option<VpcPeeringConnectionId> {
    let named = pair.text(field::VPC_PEERING_CONNECTION_ID);
    let mut peerings = world.ec2(region)?.links.peerings.rows();
    let fits = |row: &&VpcPeering| {
        row.state == PeeringState::Active
            && row.neighbour(vpc) == Some(other)
            && named.is_none_or(|named| named == row.id.to_string())
    };
    peerings.find(fits).map(|row| row.id)
}

/// A group as rules show it, with its connection where it is across one.
fn pair(world: &World, peer: Peer) -> Option<Structure> {
    let of = |id: SecurityGroupId| {
        Structure::new()
            .with(field::GROUP_ID, id)
            .with(field::USER_ID, world.account())
    };
    match peer {
        Peer::Group(id) => Some(of(id)),
        Peer::PeerGroup(id, NO_VPC, _) => Some(classic::groups::describe_foreign(world, id)),
        Peer::HubGroup(id, vpc, _) => Some(of(id).with(field::VPC_ID, vpc)),
        Peer::PeerGroup(id, vpc, peering) => {
            let rows = world.regions.iter();
            let row = rows.into_iter().find_map(|(_, ec2)| ec2.links.peerings.get(&peering));
            let base = of(id)
                .with(field::VPC_ID, vpc)
                .with(field::VPC_PEERING_CONNECTION_ID, peering);
            Some(base.with(field::PEERING_STATUS, row.map_or("deleted", |row| row.state.name())))
        }
        _ => None,
    }
}

fn read_peer_list(world: &World, region: Region, id: &str) -> Result<Peer> {
    Ok(Peer::PrefixList(
        find::<PrefixList>(world, region, Kind::PrefixList, id)?.id,
    ))
}

/// The rules that one `IpPermission` means: one for each source.
fn read_permission(world: &World, region: Region, group: &SecurityGroup, permission: &Structure) -> Result<Vec<Spec>> {
    let protocol = read_protocol(permission.text(field::IP_PROTOCOL))?;
    let ports = read_ports(
        protocol,
        permission.integer(field::FROM_PORT),
        permission.integer(field::TO_PORT),
    )?;
    let mut specs = Vec::new();
    let mut add = |peer: Peer, of: &Structure| -> Result<()> {
        specs.push(Spec {
            protocol,
            ports,
            peer,
            description: read_description(of.text(field::DESCRIPTION))?,
        });
        Ok(())
    };
    for range in permission.structures(field::IP_RANGES) {
        let text = range
            .text(field::CIDR_IP)
            .ok_or_else(|| Error::missing("cidrIp").at("IpRanges"))?;
        add(read_peer_cidr("CidrIp", text, false)?, range)?;
    }
    for range in permission.structures(field::IPV6_RANGES) {
        let text = range
            .text(field::CIDR_IPV6)
            .ok_or_else(|| Error::missing("cidrIpv6").at("Ipv6Ranges"))?;
        add(read_peer_cidr("CidrIpv6", text, true)?, range)?;
    }
    for list in permission.structures(field::PREFIX_LIST_IDS) {
        let text = list
            .text(field::PREFIX_LIST_ID)
            .ok_or_else(|| Error::missing("prefixListId").at("PrefixListIds"))?;
        add(read_peer_list(world, region, text)?, list)?;
    }
    for pair in permission.structures(field::USER_ID_GROUP_PAIRS) {
        add(read_peer_group(world, region, group, pair)?, pair)?;
    }
    if specs.is_empty() {
        let error = Error::new(
            "InvalidPermission.Malformed",
            "The rule names no source or destination.",
        )
        .at("IpPermissions");
        return Err(error.remedy("Give an IP range, a prefix list or a security group."));
    }
    Ok(specs)
}

/// The parameters that describe one rule without `IpPermissions`.
const FLAT: &[Name] = &[
    field::IP_PROTOCOL,
    field::FROM_PORT,
    field::TO_PORT,
    field::CIDR_IP,
    field::SOURCE_SECURITY_GROUP_NAME,
    field::SOURCE_SECURITY_GROUP_OWNER_ID,
];

/// The rules that an Authorize, Revoke or Update call names by value: `IpPermissions` or the flat parameters. Empty if none.
pub(super) fn read(world: &World, region: Region, group: &SecurityGroup, params: &Structure) -> Result<Vec<Spec>> {
    let flat = FLAT.iter().find(|name| params.contains(**name));
    let listed = !params.list(field::IP_PERMISSIONS).is_empty();
    let specs = match (listed, flat) {
        (true, Some(name)) => {
            let why = format!(
                "The parameter ipPermissions may not be used in combination with {}",
                name.text()
            );
            return Err(Error::combination(why).at("IpPermissions"));
        }
        (true, None) => {
            let mut specs = Vec::new();
            for permission in params.structures(field::IP_PERMISSIONS) {
                specs.extend(read_permission(world, region, group, permission)?);
            }
            specs
        }
        (false, Some(_)) => read_flat(world, region, group, params)?,
        (false, None) => Vec::new(),
    };
    for (place, spec) in specs.iter().enumerate() {
        let again = |other: &Spec| (other.protocol, other.ports, other.peer) == (spec.protocol, spec.ports, spec.peer);
        if specs.iter().take(place).any(again) {
            let why = "The same permission must not appear multiple times";
            return Err(Error::new("InvalidParameterValue", why).at("IpPermissions"));
        }
    }
    Ok(specs)
}

fn read_flat(world: &World, region: Region, group: &SecurityGroup, params: &Structure) -> Result<Vec<Spec>> {
    if let Some(name) = params.text(field::SOURCE_SECURITY_GROUP_NAME) {
        if [field::CIDR_IP, field::IP_PROTOCOL, field::FROM_PORT, field::TO_PORT]
            .iter()
            .any(|name| params.contains(*name))
        {
            let why =
                "The parameter sourceSecurityGroupName may not be used with cidrIp, ipProtocol, fromPort or toPort";
            return Err(Error::combination(why).at("SourceSecurityGroupName"));
        }
        let pair = Structure::new()
            .with(field::GROUP_NAME, name)
            .with_some(field::USER_ID, params.text(field::SOURCE_SECURITY_GROUP_OWNER_ID));
        let peer = read_peer_group(world, region, group, &pair)?;
        // A group by name means all of TCP, UDP and ICMP from it (API_AuthorizeSecurityGroupIngress).
        let all = [
            (protocols::TCP, (0, 65_535)),
            (protocols::UDP, (0, 65_535)),
            (protocols::ICMP, (-1, -1)),
        ];
        return Ok(all
            .map(|(protocol, ports)| Spec {
                protocol: Some(protocol),
                ports,
                peer,
                description: None,
            })
            .into());
    }
    let protocol = read_protocol(params.text(field::IP_PROTOCOL))?;
    let ports = read_ports(
        protocol,
        params.integer(field::FROM_PORT),
        params.integer(field::TO_PORT),
    )?;
    let text = params
        .text(field::CIDR_IP)
        .ok_or_else(|| Error::missing("cidrIp").at("CidrIp"))?;
    let peer = read_peer_cidr("CidrIp", text, text.contains(':'))?;
    Ok(vec![Spec {
        protocol,
        ports,
        peer,
        description: None,
    }])
}

/// The rule that ModifySecurityGroupRules makes of an existing one: `SecurityGroupRuleRequest`.
pub(super) fn read_request(world: &World, region: Region, group: &SecurityGroup, request: &Structure) -> Result<Spec> {
    let protocol = read_protocol(request.text(field::IP_PROTOCOL))?;
    let ports = read_ports(
        protocol,
        request.integer(field::FROM_PORT),
        request.integer(field::TO_PORT),
    )?;
    let names = [
        field::CIDR_IPV4,
        field::CIDR_IPV6,
        field::PREFIX_LIST_ID,
        field::REFERENCED_GROUP_ID,
    ];
    let given: Vec<(Name, &str)> = names
        .into_iter()
        .filter_map(|name| Some((name, request.text(name)?)))
        .collect();
    let [(name, text)] = given[..] else {
        let why = "Specify exactly one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId.";
        return Err(if given.is_empty() {
            Error::new("MissingParameter", why)
        } else {
            Error::combination(why)
        });
    };
    let peer = if name == field::CIDR_IPV4 {
        read_peer_cidr("CidrIpv4", text, false)?
    } else if name == field::CIDR_IPV6 {
        read_peer_cidr("CidrIpv6", text, true)?
    } else if name == field::PREFIX_LIST_ID {
        read_peer_list(world, region, text)?
    } else {
        read_peer_group(world, region, group, &Structure::new().with(field::GROUP_ID, text))?
    };
    Ok(Spec {
        protocol,
        ports,
        peer,
        description: read_description(request.text(field::DESCRIPTION))?,
    })
}

/// How many rules of one direction count for the quota: of IPv4, and of IPv6. A rule that names a group counts for both, a
/// prefix list as many as it can have entries. <https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html>
pub(crate) fn rules_used(ec2: &Ec2, rules: &[GroupRule], egress: bool) -> (usize, usize) {
    let (mut ipv4, mut ipv6) = (0, 0);
    for rule in rules.iter().filter(|rule| rule.egress == egress) {
        match rule.peer {
            Peer::Cidr(IpNet::V4(_)) => ipv4 += 1,
            Peer::Cidr(IpNet::V6(_)) => ipv6 += 1,
            Peer::Group(_) | Peer::PeerGroup(..) | Peer::HubGroup(..) => {
                ipv4 += 1;
                ipv6 += 1;
            }
            Peer::PrefixList(id) => {
                let list = ec2.prefix_lists.get(&id);
                let weight = list.map_or(1, |list| usize::try_from(list.max_entries).unwrap_or(1).max(1));
                if list.is_some_and(|list| list.ipv6) {
                    ipv6 += weight
                } else {
                    ipv4 += weight
                }
            }
        }
    }
    (ipv4, ipv6)
}

/// Holds a group to the quota of rules, which counts each direction and each address family for itself ([`rules_used`]).
pub(super) fn check_quota(world: &World, region: Region, vpc: VpcId, rules: &[GroupRule], egress: bool) -> Result<()> {
    let most = match vpc {
        NO_VPC => classic::groups::RULES,
        _ => quotas::RULES_PER_SECURITY_GROUP,
    };
    let (ipv4, ipv6) = world.ec2(region).map_or((0, 0), |ec2| rules_used(ec2, rules, egress));
    if ipv4.max(ipv6) > most {
        let error = Error::new(
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached.",
        );
        return Err(error.remedy(format!(
            "A group may have {} rules in each direction and address family.",
            most
        )));
    }
    Ok(())
}

/// Rules grouped as DescribeSecurityGroups shows them: one `IpPermission` for each protocol and ports, with all its sources.
pub(super) fn permissions<'a>(world: &World, rules: impl Iterator<Item = &'a GroupRule>) -> Vec<Structure> {
    let mut grouped: Vec<Vec<&GroupRule>> = Vec::new();
    for rule in rules {
        let alike = |has: &&GroupRule| (has.protocol, has.ports) == (rule.protocol, rule.ports);
        match grouped.iter_mut().find(|rules| rules.first().is_some_and(alike)) {
            Some(rules) => rules.push(rule),
            None => grouped.push(vec![rule]),
        }
    }
    grouped.iter().filter_map(|rules| permission(world, rules)).collect()
}

/// One `IpPermission` of rules that have protocol and ports in common.
fn permission(world: &World, rules: &[&GroupRule]) -> Option<Structure> {
    let GroupRule { protocol, ports, .. } = **rules.first()?;
    let shows_ports = protocols::has_ports(protocol) || protocols::has_types(protocol);
    let mut lists: [Vec<Structure>; 4] = Default::default();
    let [ranges, ipv6_ranges, prefix_lists, groups] = &mut lists;
    for rule in rules {
        let described = Structure::new().with_some(field::DESCRIPTION, rule.description.clone());
        match rule.peer {
            Peer::Cidr(IpNet::V4(net)) => ranges.push(described.with(field::CIDR_IP, net.to_string())),
            Peer::Cidr(IpNet::V6(net)) => ipv6_ranges.push(described.with(field::CIDR_IPV6, net.to_string())),
            Peer::PrefixList(id) => prefix_lists.push(described.with(field::PREFIX_LIST_ID, id)),
            Peer::Group(_) | Peer::PeerGroup(..) | Peer::HubGroup(..) => groups.extend(
                pair(world, rule.peer).map(|pair| pair.with_some(field::DESCRIPTION, rule.description.clone())),
            ),
        }
    }
    let [ranges, ipv6_ranges, prefix_lists, groups] = lists;
    let answer = Structure::new()
        .with(field::IP_PROTOCOL, protocols::name(protocol))
        .with_some(field::FROM_PORT, shows_ports.then_some(ports.0))
        .with_some(field::TO_PORT, shows_ports.then_some(ports.1))
        .with(field::IP_RANGES, ranges)
        .with(field::IPV6_RANGES, ipv6_ranges)
        .with(field::PREFIX_LIST_IDS, prefix_lists)
        .with(field::USER_ID_GROUP_PAIRS, groups);
    Some(answer)
}

/// A rule as DescribeSecurityGroupRules and the Authorize calls show it.
pub(super) fn describe(world: &World, region: Region, group: SecurityGroupId, rule: &GroupRule) -> Structure {
    let referenced = pair(world, rule.peer).map(|mut shown| {
        shown.remove(field::GROUP_NAME);
        shown
    });
    describe_peer(base(group, rule), rule)
        .with(field::GROUP_OWNER_ID, world.account())
        .with_some(field::REFERENCED_GROUP_INFO, referenced)
        .with(
            field::SECURITY_GROUP_RULE_ARN,
            arn(world, region, "security-group-rule", rule.id),
        )
        .with(field::TAGS, tag_list(world, region, rule.id))
}

/// A rule as the Revoke calls show it.
pub(super) fn describe_revoked(group: SecurityGroupId, rule: &GroupRule) -> Structure {
    describe_peer(base(group, rule), rule).with_some(field::REFERENCED_GROUP_ID, rule.peer.group())
}

fn base(group: SecurityGroupId, rule: &GroupRule) -> Structure {
    Structure::new()
        .with(field::SECURITY_GROUP_RULE_ID, rule.id)
        .with(field::GROUP_ID, group)
        .with(field::IS_EGRESS, rule.egress)
        .with(field::IP_PROTOCOL, protocols::name(rule.protocol))
        .with(field::FROM_PORT, rule.ports.0)
        .with(field::TO_PORT, rule.ports.1)
        .with_some(field::DESCRIPTION, rule.description.clone())
}

fn describe_peer(base: Structure, rule: &GroupRule) -> Structure {
    match rule.peer {
        Peer::Cidr(IpNet::V4(net)) => base.with(field::CIDR_IPV4, net.to_string()),
        Peer::Cidr(IpNet::V6(net)) => base.with(field::CIDR_IPV6, net.to_string()),
        Peer::PrefixList(id) => base.with(field::PREFIX_LIST_ID, id),
        Peer::Group(_) | Peer::PeerGroup(..) | Peer::HubGroup(..) => base,
    }
}

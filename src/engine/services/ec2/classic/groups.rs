//! Security groups of EC2-Classic: rules for what comes in only, up to 100 a group; groups of other accounts can be named.
//! They stand in the same table as those of VPCs, and the calls on both are the same: here is only what differs.

use super::super::vpc::protocols;
use crate::base::error::{Error, Result};
use crate::base::ids::*;
use crate::base::random::Stream;
use crate::catalog::Region;
use crate::services::ec2::tags;
use crate::world::classic::{ForeignGroup, NO_PEERING, NO_VPC};
use crate::world::vpc::{GroupRule, Peer, SecurityGroup};
use crate::world::{Ec2, World};
use ipnet::IpNet;
use stratus_model::{Structure, field};

/// Groups of an account in a Region.
pub(in crate::services) const GROUPS: usize = 500;
/// Rules of a group.
pub(in crate::services) const RULES: usize = 100;
/// Groups of other accounts that the rules of a Region may name (ours).
const FOREIGN_GROUPS: usize = 1_000;
/// Groups of an instance.
pub(super) const GROUPS_OF_INSTANCE: usize = 500;

/// The default group: its members may send each other anything.
pub(super) fn create_default(world: &mut World, region: Region) -> SecurityGroupId {
    let id = SecurityGroupId(world.random.next_u64(Stream::Ids(Kind::SecurityGroup)));
    let all = [
        (protocols::TCP, (0, 65_535)),
        (protocols::UDP, (0, 65_535)),
        (protocols::ICMP, (-1, -1)),
    ];
    let rules = all
        .map(|(protocol, ports)| GroupRule {
            id: SecurityGroupRuleId(world.random.next_u64(Stream::Ids(Kind::SecurityGroupRule))),
            egress: false,
            protocol: Some(protocol),
            ports,
            peer: Peer::Group(id),
            description: None,
        })
        .into();
    let born = world.birth();
    world.put(
        region,
        SecurityGroup {
            id,
            born,
            vpc: NO_VPC,
            name: "default".into(),
            description: "default group".into(),
            rules,
            vpcs: Vec::new(),
        },
    );
    id
}

/// Takes a group away, with the tags of its rules.
pub(super) fn take(world: &mut World, region: Region, id: SecurityGroupId) {
    if let Some(group) = world.take::<SecurityGroup>(region, id) {
        group.rules.iter().for_each(|rule| tags::forget(world, region, rule.id));
    }
}

/// Refuses the name of a new group that EC2-Classic keeps, and one group too many.
#[inline(never)]
pub(in crate::services) fn check_new(world: &World, region: Region, name: &str) -> Result<()> {
    if name == "default" {
        return Err(reserved());
    }
    let rows = world.ec2(region).into_iter().flat_map(|ec2| ec2.security_groups.rows());
    if rows.filter(|group| group.vpc == NO_VPC).count() >= GROUPS {
        let why = "The maximum number of security groups has been reached.";
        return Err(Error::new("SecurityGroupLimitExceeded", why)
            .remedy(format!("EC2-Classic has room for {GROUPS} in a Region.")));
    }
    Ok(())
}

/// The default group cannot be made, nor deleted.
pub(in crate::services) fn reserved() -> Error {
    Error::new("InvalidGroup.Reserved", "The security group 'default' is reserved").at("GroupName")
}

/// Refuses to delete a group that an instance or another group's rule uses.
#[inline(never)]
pub(in crate::services) fn check_unused(world: &World, region: Region, group: &SecurityGroup) -> Result<()> {
    if group.name == "default" {
        return Err(reserved());
    }
    let users = world.referrers(region, group.id.into());
    let Some(user) = users.first() else { return Ok(()) };
    let why = match user {
        ResourceId::Instance(_) => format!("There are active instances using security group '{}'", group.name),
        _ => format!("{} is used by another security group", group.name),
    };
    Err(Error::new("InvalidGroup.InUse", why).at("GroupName").remedy(format!(
        "It is used by {user}. Groups of an instance stay until it is terminated."
    )))
}

/// Refuses rules that a group of EC2-Classic cannot have: outgoing ones, other protocols, IPv6, prefix lists.
#[inline(never)]
pub(in crate::services) fn check_rules(
    group: &SecurityGroup,
    egress: bool,
    rules: &[(Option<u8>, Peer)],
) -> Result<()> {
    if egress {
        let why = format!(
            "Invalid value '{}' for groupId. Outbound rules are for security groups of a VPC only.",
            group.id
        );
        return Err(Error::new("InvalidParameterValue", why)
            .at("GroupId")
            .remedy("In EC2-Classic everything may leave an instance."));
    }
    for (protocol, peer) in rules {
        let known = [protocols::TCP, protocols::UDP, protocols::ICMP].map(Some);
        if !known.contains(protocol) {
            let name = protocols::name(*protocol);
            let why = format!("Unsupported IP protocol \"{name}\"  - supported: [tcp, udp, icmp]");
            return Err(Error::new("InvalidPermission.Malformed", why).at("IpPermissions"));
        }
        if matches!(peer, Peer::Cidr(IpNet::V6(_)) | Peer::PrefixList(_)) {
            let why = "EC2-Classic security groups take IPv4 ranges and other groups only.";
            return Err(Error::new("InvalidPermission.Malformed", why).at("IpPermissions"));
        }
    }
    Ok(())
}

/// Makes known the groups of other accounts that a call's rules name, by id or by name. An id belongs to the account that it
/// was first seen with, and one of this account's groups to this account: who names another is told that there is none.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UserIdGroupPair.html>
///
/// # Errors
/// `SecurityGroupLimitExceeded`.
#[inline(never)]
pub(in crate::services) fn introduce(world: &mut World, region: Region, params: &Structure) -> Result<()> {
    let listed = params.structures(field::IP_PERMISSIONS);
    let listed = listed.flat_map(|permission| permission.structures(field::USER_ID_GROUP_PAIRS));
    let mut named: Vec<(Option<&str>, Option<&str>, Option<&str>)> = listed
        .map(|pair| {
            (
                pair.text(field::USER_ID),
                pair.text(field::GROUP_ID),
                pair.text(field::GROUP_NAME),
            )
        })
        .collect();
    named.push((
        params.text(field::SOURCE_SECURITY_GROUP_OWNER_ID),
        None,
        params.text(field::SOURCE_SECURITY_GROUP_NAME),
    ));
    let own = world.account();
    for (account, id, name) in named {
        let Some(account) = account.filter(|account| is_account(account) && **account != *own) else {
            continue;
        };
        let Some(number) = number_of(account, id, name) else {
            continue;
        };
        let known =
            |ec2: &Ec2| ec2.classic.foreign.get(&number).is_some() || ec2.security_groups.get(&number).is_some();
        if world.ec2(region).is_some_and(known) {
            continue;
        }
        if world
            .ec2(region)
            .is_some_and(|ec2| ec2.classic.foreign.len() >= FOREIGN_GROUPS)
        {
            let why = "The maximum number of security groups of other accounts has been reached.";
            return Err(Error::new("SecurityGroupLimitExceeded", why)
                .at("UserIdGroupPairs")
                .remedy(format!("Rules of a Region may name {FOREIGN_GROUPS} of them.")));
        }
        let row = ForeignGroup {
            account: account.to_owned(),
            name: name.filter(|_| id.is_none()).map(str::to_owned),
        };
        if let Some(ec2) = world.regions.get_mut(&region) {
            ec2.classic.foreign.insert(number, row);
        }
    }
    Ok(())
}

/// Twelve digits, or what Amazon's own load balancers go by.
fn is_account(text: &str) -> bool {
    text == "amazon-elb" || text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// The id of another account's group: the one that is given, or for a name one that follows from it (ours: AWS knows it).
fn number_of(account: &str, id: Option<&str>, name: Option<&str>) -> Option<SecurityGroupId> {
    if let Some(id) = id {
        return ResourceId::parse(id).and_then(|id| SecurityGroupId::try_from(id).ok());
    }
    let text = format!("{account}/{}", name?);
    // FNV-1a, within the width of an id.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Some(SecurityGroupId(hash))
}

/// The other side that a rule names in another account.
///
/// # Errors
/// `InvalidUserID.Malformed`, `InvalidGroup.NotFound`.
#[inline(never)]
pub(in crate::services) fn foreign(world: &World, region: Region, pair: &Structure) -> Result<Peer> {
    let account = pair.text(field::USER_ID).unwrap_or_default();
    if !is_account(account) {
        let why = format!("Invalid user id: \"{account}\"");
        return Err(Error::new("InvalidUserID.Malformed", why).at("UserIdGroupPairs"));
    }
    let (id, name) = (pair.text(field::GROUP_ID), pair.text(field::GROUP_NAME));
    let number = number_of(account, id, name);
    let known = number.filter(|number| {
        let ec2 = world.ec2(region);
        let row = ec2.and_then(|ec2| ec2.classic.foreign.get(number));
        row.is_some_and(|row| row.account == account)
    });
    match known {
        Some(number) => Ok(Peer::PeerGroup(number, NO_VPC, NO_PEERING)),
        None => {
            let what = id.or(name).unwrap_or_default();
            let why = format!("The security group '{account}/{what}' does not exist");
            Err(Error::new("InvalidGroup.NotFound", why).at("UserIdGroupPairs"))
        }
    }
}

/// Another account's group as rules show it.
#[inline(never)]
pub(in crate::services) fn describe_foreign(world: &World, id: SecurityGroupId) -> Structure {
    let mut rows = world.regions.iter();
    let row = rows.find_map(|(_, ec2)| ec2.classic.foreign.get(&id));
    Structure::new()
        .with(field::GROUP_ID, id)
        .with_some(field::GROUP_NAME, row.and_then(|row| row.name.clone()))
        .with_some(field::USER_ID, row.map(|row| row.account.clone()))
}

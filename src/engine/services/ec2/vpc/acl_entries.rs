//! The numbered entries of network ACLs.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>

use super::super::common::{done, note, read_cidr};
use super::{acls, building, protocols};
use crate::base::error::{Error, Result};
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::*;
use ipnet::IpNet;
use stratus_model::{Structure, field, sort};

/// The highest number that an entry can have; the `*` entries come after it.
const LAST: i64 = 32_766;

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    match operation {
        "CreateNetworkAclEntry" => Some(Handler::Write(create)),
        "ReplaceNetworkAclEntry" => Some(Handler::Write(replace)),
        "DeleteNetworkAclEntry" => Some(Handler::Write(delete)),
        _ => None,
    }
}

/// The direction and the number that a call names.
fn read_place(params: &Structure) -> Result<(bool, u16)> {
    let egress = params.boolean(field::EGRESS).ok_or_else(|| Error::missing("Egress"))?;
    let number = params
        .integer(field::RULE_NUMBER)
        .ok_or_else(|| Error::missing("RuleNumber"))?;
    match u16::try_from(number) {
        Ok(small) if (1..=LAST).contains(&number) => Ok((egress, small)),
        _ => {
            let why = format!("Invalid value '{number}' for ruleNumber. Must be between 1 and {LAST}");
            Err(Error::new("InvalidParameterValue", why).at("RuleNumber"))
        }
    }
}

fn read_entry(params: &Structure) -> Result<AclEntry> {
    let (egress, number) = read_place(params)?;
    let text = params.text(field::PROTOCOL).ok_or_else(|| Error::missing("Protocol"))?;
    let protocol = protocols::read(text).ok_or_else(|| {
        let why = format!("Invalid value '{text}' for IP protocol. Unknown protocol.");
        Error::new("InvalidParameterValue", why).at("Protocol")
    })?;
    let cidr = match (params.text(field::CIDR_BLOCK), params.text(field::IPV6_CIDR_BLOCK)) {
        (Some(text), None) => read_family("CidrBlock", text, false)?,
        (None, Some(text)) => read_family("Ipv6CidrBlock", text, true)?,
        (None, None) => return Err(Error::missing("cidrBlock").at("CidrBlock")),
        (Some(_), Some(_)) => {
            return Err(Error::combination(
                "Specify either cidrBlock or ipv6CidrBlock, not both.",
            ));
        }
    };
    let ports = if protocols::has_ports(protocol) {
        read_ports(params)?
    } else {
        (0, u16::MAX)
    };
    let icmp = if protocols::has_types(protocol) {
        Some(read_icmp(params)?)
    } else {
        None
    };
    let allow = params.text(field::RULE_ACTION) == Some("allow");
    Ok(AclEntry {
        egress,
        number,
        protocol,
        allow,
        cidr,
        ports,
        icmp,
    })
}

fn read_family(parameter: &str, text: &str, ipv6: bool) -> Result<IpNet> {
    let net = read_cidr(parameter, text)?;
    if matches!(net, IpNet::V6(_)) == ipv6 {
        Ok(net)
    } else {
        Err(Error::new("InvalidParameterValue", format!("CIDR block {text} is malformed")).at(parameter))
    }
}

fn read_ports(params: &Structure) -> Result<(u16, u16)> {
    let Some(range) = params.structure(field::PORT_RANGE) else {
        return Err(Error::missing("portRange").at("PortRange"));
    };
    let (Some(from), Some(to)) = (range.integer(field::FROM), range.integer(field::TO)) else {
        let why = "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.";
        return Err(Error::new("InvalidParameterValue", why).at("PortRange"));
    };
    match (u16::try_from(from), u16::try_from(to)) {
        (Ok(low), Ok(high)) if low <= high => Ok((low, high)),
        _ => Err(Error::new(
            "InvalidParameterValue",
            format!("Invalid TCP/UDP port range ({from}:{to})"),
        )
        .at("PortRange")),
    }
}

fn read_icmp(params: &Structure) -> Result<(i16, i16)> {
    let Some(icmp) = params.structure(field::ICMP_TYPE_CODE) else {
        return Err(Error::missing("icmpTypeCode").at("IcmpTypeCode"));
    };
    let read = |name| icmp.integer(name).unwrap_or(-1);
    match (read(field::TYPE), read(field::CODE)) {
        (kind @ -1..=255, code @ -1..=255) => Ok((kind as i16, code as i16)),
        (kind, code) => Err(Error::new(
            "InvalidParameterValue",
            format!("Invalid ICMP type ({kind}) or code ({code})"),
        )
        .at("IcmpTypeCode")),
    }
}

fn no_entry(number: u16, egress: bool) -> Error {
    let direction = if egress { "egress" } else { "ingress" };
    Error::new(
        "InvalidNetworkAclEntry.NotFound",
        format!("The network acl entry identified by {number} ({direction}) does not exist."),
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html>
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let acl = acls::named(request, world)?;
    let entry = read_entry(request.params)?;
    let same_side = || acl.entries.iter().filter(|has| has.egress == entry.egress);
    if same_side().any(|has| has.number == entry.number) {
        let why = format!("The network acl entry identified by {} already exists.", entry.number);
        return Err(Error::new("NetworkAclEntryAlreadyExists", why)
            .at("RuleNumber")
            .remedy("Use another number, or ReplaceNetworkAclEntry."));
    }
    if same_side().count() >= quotas::RULES_PER_NETWORK_ACL {
        let why = format!(
            "The maximum number of network acl entries, {}, has been reached.",
            quotas::RULES_PER_NETWORK_ACL
        );
        return Err(Error::new("NetworkAclEntryLimitExceeded", why));
    }
    note(world, request.region, acl.id, format!("entry {} added", words(&entry)));
    put(world, request.region, &acl, entry);
    done()
}

fn put(world: &mut World, region: Region, acl: &NetworkAcl, entry: AclEntry) {
    world.update::<NetworkAcl, _>(region, acl.id, |row| {
        row.entries
            .retain(|has| (has.egress, has.number) != (entry.egress, entry.number));
        row.entries.push(entry);
        sort::by_key(&mut row.entries, |entry| (entry.egress, entry.number));
    });
}

fn words(entry: &AclEntry) -> String {
    let direction = if entry.egress { "egress" } else { "ingress" };
    let verb = if entry.allow { "allow" } else { "deny" };
    format!(
        "{direction} {}: {verb} {} {}",
        entry.number,
        protocols::name(entry.protocol),
        entry.cidr
    )
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclEntry.html>
fn replace(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let acl = acls::named(request, world)?;
    let entry = read_entry(request.params)?;
    if !acl
        .entries
        .iter()
        .any(|has| (has.egress, has.number) == (entry.egress, entry.number))
    {
        return Err(no_entry(entry.number, entry.egress));
    }
    note(
        world,
        request.region,
        acl.id,
        format!("entry replaced by {}", words(&entry)),
    );
    put(world, request.region, &acl, entry);
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAclEntry.html>
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let acl = acls::named(request, world)?;
    let (egress, number) = read_place(request.params)?;
    let Some(entry) = acl
        .entries
        .iter()
        .find(|has| (has.egress, has.number) == (egress, number))
    else {
        return Err(no_entry(number, egress));
    };
    note(world, request.region, acl.id, format!("entry {} deleted", words(entry)));
    world.update::<NetworkAcl, _>(request.region, acl.id, |row| {
        row.entries.retain(|has| (has.egress, has.number) != (egress, number))
    });
    done()
}

/// What an ACL's list looks like: the numbered entries, then `*`, outgoing ones first as AWS lists them. The number is an
/// `i64` because `*` of IPv6 is 32768.
fn listed(world: &World, region: Region, acl: &NetworkAcl) -> Vec<(i64, AclEntry)> {
    let ipv6 = world
        .row::<Vpc>(region, acl.vpc)
        .is_some_and(|vpc| !vpc.ipv6_cidrs.is_empty());
    let mut list = Vec::new();
    for egress in [true, false] {
        list.extend(
            acl.entries
                .iter()
                .filter(|entry| entry.egress == egress)
                .map(|entry| (i64::from(entry.number), entry.clone())),
        );
        let last = |ipv6: bool| AclEntry {
            egress,
            number: 32_767,
            protocol: None,
            allow: false,
            cidr: building::anywhere(ipv6),
            ports: (0, u16::MAX),
            icmp: None,
        };
        list.push((LAST + 1, last(false)));
        if ipv6 {
            list.push((LAST + 2, last(true)));
        }
    }
    list
}

/// The entries of an ACL as the API shows them.
pub(super) fn describe_all(world: &World, region: Region, acl: &NetworkAcl) -> Vec<Structure> {
    listed(world, region, acl)
        .iter()
        .map(|(number, entry)| describe(*number, entry))
        .collect()
}

fn describe(number: i64, entry: &AclEntry) -> Structure {
    let cidr = if matches!(entry.cidr, IpNet::V4(_)) {
        field::CIDR_BLOCK
    } else {
        field::IPV6_CIDR_BLOCK
    };
    let ports = protocols::has_ports(entry.protocol).then(|| {
        Structure::new()
            .with(field::FROM, entry.ports.0)
            .with(field::TO, entry.ports.1)
    });
    let icmp = entry.icmp.map(|(kind, code)| {
        Structure::new()
            .with(field::TYPE, i64::from(kind))
            .with(field::CODE, i64::from(code))
    });
    Structure::new()
        .with(cidr, entry.cidr.to_string())
        .with(field::EGRESS, entry.egress)
        .with(field::PROTOCOL, protocols::number(entry.protocol))
        .with(field::RULE_ACTION, if entry.allow { "allow" } else { "deny" })
        .with(field::RULE_NUMBER, number)
        .with_some(field::PORT_RANGE, ports)
        .with_some(field::ICMP_TYPE_CODE, icmp)
}

/// What an ACL's entries have for the filter `entry.…`.
pub(super) fn filter_values(world: &World, region: Region, acl: &NetworkAcl, part: &str) -> Vec<String> {
    let value = |(number, entry): &(i64, AclEntry)| match (part, entry.cidr) {
        ("cidr", IpNet::V4(net)) => Some(net.to_string()),
        ("ipv6-cidr", IpNet::V6(net)) => Some(net.to_string()),
        ("egress", _) => Some(entry.egress.to_string()),
        ("icmp.type", _) => entry.icmp.map(|(kind, _)| kind.to_string()),
        ("icmp.code", _) => entry.icmp.map(|(_, code)| code.to_string()),
        ("port-range.from", _) if protocols::has_ports(entry.protocol) => Some(entry.ports.0.to_string()),
        ("port-range.to", _) if protocols::has_ports(entry.protocol) => Some(entry.ports.1.to_string()),
        ("protocol", _) => Some(protocols::number(entry.protocol)),
        ("rule-action", _) => Some(if entry.allow { "allow" } else { "deny" }.to_owned()),
        ("rule-number", _) => Some(number.to_string()),
        _ => None,
    };
    listed(world, region, acl).iter().filter_map(value).collect()
}

//! DHCP options sets: what the hosts of a VPC are told of name servers, their domain, time servers and NetBIOS. The simulated
//! resolver (`dns::view`) goes by them.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html>

use super::super::common::{Describing, dependency, done, find, need, note, tag_list};
use super::super::tags;
use crate::base::error::{Error, Result};
use crate::base::ids::{DhcpOptionsId, Kind};
use crate::base::random::Stream;
use crate::catalog::{Region, quotas};
use crate::services::{Handler, Request};
use crate::world::World;
use crate::world::vpc::{DhcpOptions, Vpc};
use std::net::IpAddr;
use stratus_model::{Structure, field};

/// The handler of an operation.
pub(super) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateDhcpOptions" => Handler::Write(create),
        "DeleteDhcpOptions" => Handler::Write(delete),
        "AssociateDhcpOptions" => Handler::Write(associate),
        "DescribeDhcpOptions" => Handler::Read(describe_all),
        _ => return None,
    })
}

/// How options name Amazon's resolver.
const AMAZON: &str = "AmazonProvidedDNS";
/// The options that there are, as the API lists them.
const NAMES: &[&str] = &[
    "domain-name",
    "domain-name-servers",
    "ipv6-address-preferred-lease-time",
    "netbios-name-servers",
    "netbios-node-type",
    "ntp-servers",
];
/// Values of an option that lists servers.
const SERVERS: usize = 4;

fn refuse(name: &str, value: &str, remedy: &str) -> Error {
    let why = format!("Value ({value}) for parameter {name} is invalid.");
    Error::new("InvalidParameterValue", why)
        .at("DhcpConfigurations")
        .remedy(remedy)
}

fn check_servers(name: &str, values: &[String], ipv6: bool) -> Result<()> {
    if values.len() > SERVERS {
        let why = format!("Invalid number of values for {name}: at most {SERVERS} are allowed.");
        return Err(Error::new("InvalidParameterValue", why).at("DhcpConfigurations"));
    }
    let fits = |value: &&String| {
        let address = value.parse::<IpAddr>();
        address.is_ok_and(|address| ipv6 || address.is_ipv4())
    };
    match values.iter().find(|value| !fits(value)) {
        Some(bad) => Err(refuse(name, bad, "Give addresses, up to four.")),
        None => Ok(()),
    }
}

fn check(name: &str, values: &[String]) -> Result<()> {
    let first = values.first().map(String::as_str).unwrap_or_default();
    match name {
        "domain-name-servers" if values.iter().any(|value| value == AMAZON) => {
            if values.len() > 1 {
                return Err(refuse(name, &values.join(","), "AmazonProvidedDNS stands alone."));
            }
            Ok(())
        }
        "domain-name-servers" | "ntp-servers" => check_servers(name, values, true),
        "netbios-name-servers" => check_servers(name, values, false),
        "netbios-node-type" if values.len() != 1 || !matches!(first, "1" | "2" | "4" | "8") => {
            Err(refuse(name, &values.join(","), "Give 1, 2, 4 or 8; AWS recommends 2."))
        }
        "ipv6-address-preferred-lease-time" => match first.parse::<i64>() {
            Ok(140..=2_147_483_647) if values.len() == 1 => Ok(()),
            _ => Err(refuse(name, &values.join(","), "Give seconds from 140 to 2147483647.")),
        },
        "domain-name" if values.len() != 1 || first.is_empty() || first.len() > 255 => {
            Err(refuse(name, &values.join(","), "Give one domain name."))
        }
        _ => Ok(()),
    }
}

/// What a call lists: options by name, each once. Values may be given one by one or with commas between.
fn read(params: &Structure) -> Result<Vec<(String, Vec<String>)>> {
    let mut options: Vec<(String, Vec<String>)> = Vec::new();
    for line in params.structures(field::DHCP_CONFIGURATIONS) {
        let name = line
            .text(field::KEY)
            .ok_or_else(|| Error::missing("DhcpConfiguration.Key"))?;
        if !NAMES.contains(&name) {
            let why = format!("Value ({name}) for parameter dhcpConfigurations is invalid. Unknown DHCP option");
            return Err(Error::new("InvalidParameterValue", why)
                .at("DhcpConfigurations")
                .remedy(format!("The options are {}.", NAMES.join(", "))));
        }
        if options.iter().any(|(has, _)| has == name) {
            let why = format!("The DHCP option {name} is given more than once.");
            return Err(Error::new("InvalidParameterValue", why).at("DhcpConfigurations"));
        }
        let values: Vec<String> = line
            .texts(field::VALUES)
            .flat_map(|text| text.split(','))
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        if values.is_empty() {
            return Err(Error::missing("DhcpConfiguration.Value").at("DhcpConfigurations"));
        }
        check(name, &values)?;
        options.push((name.to_owned(), values));
    }
    if options.is_empty() {
        return Err(Error::missing("dhcpConfigurations").at("DhcpConfigurations"));
    }
    Ok(options)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDhcpOptions.html>: a set never changes afterwards.
fn create(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let options = read(params)?;
    if world
        .ec2(region)
        .is_some_and(|ec2| ec2.dhcp_options.len() >= quotas::DHCP_OPTIONS)
    {
        return Err(Error::new(
            "DhcpOptionsLimitExceeded",
            "The maximum number of DHCP options sets has been reached.",
        ));
    }
    let id = DhcpOptionsId(world.random.next_u64(Stream::Ids(Kind::DhcpOptions)));
    let born = world.birth();
    world.put(region, DhcpOptions { id, born, options });
    tags::apply_specifications(world, region, params, &[("dhcp-options", &[id.into()])])?;
    note(world, region, id, "created");
    let row = find::<DhcpOptions>(world, region, Kind::DhcpOptions, &id.to_string())?;
    Ok(Structure::new().with(field::DHCP_OPTIONS, describe(world, region, row)))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteDhcpOptions.html>: not while a VPC has it.
fn delete(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let region = request.region;
    let text = need(request.params, field::DHCP_OPTIONS_ID)?;
    let id = find::<DhcpOptions>(world, region, Kind::DhcpOptions, text)?.id;
    let users = world.referrers(region, id.into());
    if !users.is_empty() {
        let why = format!("The dhcpOptions '{id}' has dependencies and cannot be deleted.");
        return Err(dependency(why, &users));
    }
    note(world, region, id, "deleted");
    world.take::<DhcpOptions>(region, id);
    done()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateDhcpOptions.html>: `default` = none at all.
fn associate(request: &Request<'_>, world: &mut World) -> Result<Structure> {
    let (params, region) = (request.params, request.region);
    let text = need(params, field::DHCP_OPTIONS_ID)?;
    let options = match text {
        "default" => None,
        text => Some(find::<DhcpOptions>(world, region, Kind::DhcpOptions, text)?.id),
    };
    let vpc = find::<Vpc>(world, region, Kind::Vpc, need(params, field::VPC_ID)?)?.id;
    world.update::<Vpc, _>(region, vpc, |row| {
        row.no_dhcp_options = options.is_none();
        row.dhcp_options = options.unwrap_or(row.dhcp_options);
    });
    note(world, region, vpc, format!("DHCP options now {text}"));
    done()
}

fn describe(world: &World, region: Region, row: &DhcpOptions) -> Structure {
    let values = |values: &[String]| -> Vec<Structure> {
        values
            .iter()
            .map(|value| Structure::new().with(field::VALUE, value.as_str()))
            .collect()
    };
    let options: Vec<Structure> = row
        .options
        .iter()
        .map(|(name, list)| {
            Structure::new()
                .with(field::KEY, name.as_str())
                .with(field::VALUES, values(list))
        })
        .collect();
    Structure::new()
        .with(field::DHCP_OPTIONS_ID, row.id)
        .with(field::OWNER_ID, world.account())
        .with(field::DHCP_CONFIGURATIONS, options)
        .with(field::TAGS, tag_list(world, region, row.id))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeDhcpOptions.html>
fn describe_all(request: &Request<'_>, world: &World) -> Result<Structure> {
    let describing = Describing {
        kind: Kind::DhcpOptions,
        ids: field::DHCP_OPTIONS_IDS,
        answer: field::DHCP_OPTIONS,
        born: |row: &DhcpOptions| row.born,
        filters: &["dhcp-options-id", "key", "owner-id", "value"],
        least: 5,
    };
    let values = |row: &DhcpOptions, name: &str| match name {
        "key" => row.options.iter().map(|(name, _)| name.clone()).collect(),
        "owner-id" => vec![world.account()],
        "value" => row.options.iter().flat_map(|(_, values)| values.clone()).collect(),
        _ => vec![row.id.to_string()],
    };
    describing.answer(request, world, &values, &|row| describe(world, request.region, row))
}

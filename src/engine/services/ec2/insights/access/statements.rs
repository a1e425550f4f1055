//! The paths of a scope: reading them from a call, and showing them as they were written.
//! <https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/working-with-network-access-scopes.html>

use super::super::super::common::read_cidr;
use super::kinds::{Role, roles_of, type_of};
use crate::base::error::{Error, Result};
use crate::base::ids::{Kind, ResourceId};
use crate::base::limits::SCOPE_PATHS;
use crate::world::access_scopes::*;
use ipnet::{IpNet, Ipv4Net};
use std::net::Ipv4Addr;
use stratus_model::{Name, Structure, Value, field};

/// Reads a list of paths of a call.
///
/// # Errors
/// What AWS refuses of statements (the codes are AWS's for such parameters; the words are ours).
pub(super) fn read(params: &Structure, name: Name) -> Result<Vec<ScopePath>> {
    if params.list(name).len() > SCOPE_PATHS {
        let why = format!("{} has more than {SCOPE_PATHS} entries.", name.text());
        return Err(Error::new("InvalidParameterValue", why).at(name.text()));
    }
    params.structures(name).map(|path| read_path(name, path)).collect()
}

fn read_path(name: Name, path: &Structure) -> Result<ScopePath> {
    let through = path.structures(field::THROUGH_RESOURCES);
    let through = through.map(|entry| match entry.structure(field::RESOURCE_STATEMENT) {
        Some(statement) => read_resources(statement, Role::Through),
        None => Err(Error::missing("ResourceStatement")),
    });
    if path.list(field::THROUGH_RESOURCES).len() > 1 {
        let why = "A through entry can have exactly one element.";
        return Err(Error::new("InvalidParameterValue", why).at("ThroughResources"));
    }
    let read = ScopePath {
        source: read_statement(path, field::SOURCE, Role::Source)?,
        destination: read_statement(path, field::DESTINATION, Role::Destination)?,
        through: through.collect::<Result<_>>()?,
    };
    if read.source.is_none() && read.destination.is_none() && read.through.is_empty() {
        let why = format!(
            "An entry of {} must have a source, a destination or through resources.",
            name.text()
        );
        return Err(Error::new("MissingParameter", why).at(name.text()));
    }
    Ok(read)
}

fn read_statement(path: &Structure, name: Name, role: Role) -> Result<Option<PathStatement>> {
    let Some(statement) = path.structure(name) else {
        return Ok(None);
    };
    let resources = statement.structure(field::RESOURCE_STATEMENT);
    let header = statement.structure(field::PACKET_HEADER_STATEMENT);
    if resources.is_none() && header.is_none() {
        let why = format!(
            "The {} must have a resource statement or a packet header statement.",
            role.words()
        );
        return Err(Error::new("MissingParameter", why).at(name.text()));
    }
    Ok(Some(PathStatement {
        resources: resources.map(|statement| read_resources(statement, role)).transpose()?,
        header: header.map(read_header).transpose()?,
    }))
}

fn texts(statement: &Structure, name: Name) -> Result<Vec<String>> {
    let texts: Vec<String> = statement.texts(name).map(str::to_owned).collect();
    if texts.len() > SCOPE_PATHS {
        let why = format!("{} has more than {SCOPE_PATHS} entries.", name.text());
        return Err(Error::new("InvalidParameterValue", why).at(name.text()));
    }
    Ok(texts)
}

fn refuse(name: Name, text: &str, why: &str) -> Error {
    let why = format!("Value ({text}) for parameter {} is invalid. {why}", name.text());
    Error::new("InvalidParameterValue", why).at(name.text())
}

fn read_resources(statement: &Structure, role: Role) -> Result<ResourceStatement> {
    let read = ResourceStatement {
        resources: texts(statement, field::RESOURCES)?,
        types: texts(statement, field::RESOURCE_TYPES)?,
    };
    match (read.resources.is_empty(), read.types.is_empty()) {
        (true, true) => return Err(Error::missing("Resources")),
        (false, false) => {
            let why = "A resource statement can have either Resources or ResourceTypes, but not both.";
            return Err(Error::new("InvalidParameterCombination", why).at("ResourceTypes"));
        }
        _ => {}
    }
    for text in &read.resources {
        check_resource(text, role)?;
    }
    for text in &read.types {
        let Some((_, roles)) = type_of(text) else {
            return Err(refuse(
                field::RESOURCE_TYPES,
                text,
                "The resource type is not supported.",
            ));
        };
        check_role(field::RESOURCE_TYPES, text, roles, role)?;
    }
    Ok(read)
}

fn check_role(name: Name, text: &str, roles: &[Role], role: Role) -> Result<()> {
    match roles.contains(&role) {
        true => Ok(()),
        false => {
            let why = format!("The resource type is not supported as a {}.", role.words());
            Err(refuse(name, text, &why))
        }
    }
}

/// Whether a thing exists is asked by the analysis.
fn check_resource(text: &str, role: Role) -> Result<()> {
    let refuse = |why: &str| refuse(field::RESOURCES, text, why);
    if let Some(rest) = text.strip_prefix("arn:") {
        match rest.split(':').nth(1) {
            Some("ec2") => {}
            Some("elasticloadbalancing" | "network-firewall") if role == Role::Through => return Ok(()),
            Some("resource-groups") => return Err(refuse("Stratus does not simulate resource groups.")),
            _ => return Err(refuse("The resource type is not supported.")),
        }
    }
    let kind = ResourceId::parse(id_text(text)).map(ResourceId::kind);
    let Some(kind) = kind else {
        return Err(refuse("It is not the id or the ARN of a resource."));
    };
    let Some(roles) = roles_of(kind) else {
        return Err(refuse("The resource type is not supported."));
    };
    check_role(field::RESOURCES, text, roles, role)
}

/// The id of an id or an ARN.
pub(super) fn id_text(text: &str) -> &str {
    match text.starts_with("arn:") {
        true => text.rsplit_once('/').map_or(text, |(_, id)| id),
        false => text,
    }
}

fn read_header(statement: &Structure) -> Result<HeaderStatement> {
    let read = HeaderStatement {
        source_addresses: texts(statement, field::SOURCE_ADDRESSES)?,
        destination_addresses: texts(statement, field::DESTINATION_ADDRESSES)?,
        source_ports: texts(statement, field::SOURCE_PORTS)?,
        destination_ports: texts(statement, field::DESTINATION_PORTS)?,
        source_lists: texts(statement, field::SOURCE_PREFIX_LISTS)?,
        destination_lists: texts(statement, field::DESTINATION_PREFIX_LISTS)?,
        protocols: texts(statement, field::PROTOCOLS)?,
    };
    if lists_of(&read).all(|(_, list)| list.is_empty()) {
        let why = "A packet header statement must have at least one field.";
        return Err(Error::new("MissingParameter", why).at("PacketHeaderStatement"));
    }
    for (addresses, lists, name) in [
        (&read.source_addresses, &read.source_lists, field::SOURCE_PREFIX_LISTS),
        (
            &read.destination_addresses,
            &read.destination_lists,
            field::DESTINATION_PREFIX_LISTS,
        ),
    ] {
        if !addresses.is_empty() && !lists.is_empty() {
            let why = format!("{} cannot be used together with addresses.", name.text());
            return Err(Error::new("InvalidParameterCombination", why).at(name.text()));
        }
        let list = |text: &&String| ResourceId::parse(id_text(text)).map(ResourceId::kind) != Some(Kind::PrefixList);
        if let Some(text) = lists.iter().find(list) {
            return Err(refuse(name, text, "It is not the id or the ARN of a prefix list."));
        }
    }
    for (name, list) in [
        (field::SOURCE_ADDRESSES, &read.source_addresses),
        (field::DESTINATION_ADDRESSES, &read.destination_addresses),
    ] {
        for text in list {
            if block(text).is_none() {
                read_cidr(name.text(), text)?;
                return Err(refuse(name, text, "The analyzer knows IPv4 only."));
            }
        }
    }
    for (name, list) in [
        (field::SOURCE_PORTS, &read.source_ports),
        (field::DESTINATION_PORTS, &read.destination_ports),
    ] {
        if let Some(text) = list.iter().find(|text| ports(text).is_none()) {
            return Err(refuse(name, text, "It is not a port or a range of ports."));
        }
    }
    Ok(read)
}

/// An address or a block.
pub(super) fn block(text: &str) -> Option<Ipv4Net> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Some(address.into());
    }
    match text.parse().ok()? {
        IpNet::V4(block) => Some(block.trunc()),
        IpNet::V6(_) => None,
    }
}

/// A port or a range of ports: `22`, `1024-65535`.
pub(super) fn ports(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let range = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (range.0 <= range.1).then_some(range)
}

/// The lists of a packet header statement, with their names.
fn lists_of(header: &HeaderStatement) -> impl Iterator<Item = (Name, &Vec<String>)> {
    [
        (field::SOURCE_ADDRESSES, &header.source_addresses),
        (field::DESTINATION_ADDRESSES, &header.destination_addresses),
        (field::SOURCE_PORTS, &header.source_ports),
        (field::DESTINATION_PORTS, &header.destination_ports),
        (field::SOURCE_PREFIX_LISTS, &header.source_lists),
        (field::DESTINATION_PREFIX_LISTS, &header.destination_lists),
        (field::PROTOCOLS, &header.protocols),
    ]
    .into_iter()
}

/// `AccessScopePath`, a list of them.
pub(super) fn describe(paths: &[ScopePath]) -> Vec<Structure> {
    let path = |path: &ScopePath| {
        let through = path.through.iter().map(|statement| {
            let statement = describe_resources(statement);
            Value::from(Structure::new().with(field::RESOURCE_STATEMENT, statement))
        });
        let through: Vec<Value> = through.collect();
        let shown = Structure::new()
            .with_some(field::SOURCE, path.source.as_ref().map(describe_statement))
            .with_some(field::DESTINATION, path.destination.as_ref().map(describe_statement));
        with_list(shown, field::THROUGH_RESOURCES, through)
    };
    paths.iter().map(path).collect()
}

fn with_list(shown: Structure, name: Name, list: Vec<Value>) -> Structure {
    if list.is_empty() { shown } else { shown.with(name, list) }
}

fn values(texts: &[String]) -> Vec<Value> {
    texts.iter().map(|text| text.as_str().into()).collect()
}

fn describe_statement(statement: &PathStatement) -> Structure {
    let header = statement.header.as_ref().map(|header| {
        let lists = lists_of(header);
        lists.fold(Structure::new(), |shown, (name, list)| {
            with_list(shown, name, values(list))
        })
    });
    Structure::new()
        .with_some(field::PACKET_HEADER_STATEMENT, header)
        .with_some(
            field::RESOURCE_STATEMENT,
            statement.resources.as_ref().map(describe_resources),
        )
}

fn describe_resources(statement: &ResourceStatement) -> Structure {
    let shown = with_list(Structure::new(), field::RESOURCES, values(&statement.resources));
    with_list(shown, field::RESOURCE_TYPES, values(&statement.types))
}

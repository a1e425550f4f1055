//! Completion of `--filters`: the names that a read takes, and the values that a filter can have. The names are those that
//! the engine takes, in a table that a test makes by asking it (tests/shell/line/filters.rs).

use super::aws::enumeration;
use super::{Candidate, live};
use crate::cloud::Cloud;
use stratus_engine::catalog::Region;
use stratus_model::{Operation, Service, Shape, ShapeId, Structure, Value, cli_name, field};

/// `DescribeVolumes: attachment.device …`, an operation of EC2 a line.
const NAMES: &str = include_str!("../../data/filters.txt");

/// Structures inside structures that are looked through for an enumeration.
const DEPTH: usize = 6;

/// The names of an operation's filters.
fn names(operation: &str) -> impl Iterator<Item = &'static str> {
    let of = |line: &'static str| line.split_once(": ").filter(|(name, _)| *name == operation);
    let line = NAMES.lines().find_map(of).map(|(_, names)| names);
    line.unwrap_or_default().split(' ').filter(|name| !name.is_empty())
}

/// What could go on after a word of `--filters`; `None` where it is not the shorthand of one.
pub(super) fn complete(
    service: &Service,
    operation: &Operation,
    word: &str,
    region: Region,
    cloud: &dyn Cloud,
) -> Option<Vec<Candidate>> {
    if service.name != "ec2" || names(operation.name).next().is_none() {
        return None;
    }
    let rest = word.strip_prefix("Name=")?;
    let Some((name, values)) = rest.split_once(',') else {
        let whole = |name: &str| Candidate::part(format!("Name={name},Values="), "");
        let mut all: Vec<Candidate> = names(operation.name).map(whole).collect();
        if has_tags(service, operation) {
            all.push(whole("tag-key"));
            if rest.starts_with("tag:") {
                let keys = tags(region, cloud, field::KEY, None);
                all.extend(keys.iter().map(|key| whole(&format!("tag:{}", key.text))));
            } else {
                all.push(Candidate::part("Name=tag:", "by the value of a tag"));
            }
        }
        return Some(all);
    };
    let values = values.strip_prefix("Values=")?;
    let typed = word.len() - values.len() + values.rfind(',').map_or(0, |at| at + 1);
    let before = word.get(..typed)?;
    let known = values_of(service, operation, name, region, cloud);
    Some(
        known
            .into_iter()
            .map(|value| Candidate::part(format!("{before}{}", value.text), value.about))
            .collect(),
    )
}

/// Whether what a read lists has tags.
fn has_tags(service: &Service, operation: &Operation) -> bool {
    let mut found = false;
    members(service, operation.output, 0, &mut |name| found |= name == field::TAGS);
    found
}

fn members(service: &Service, shape: Option<ShapeId>, depth: usize, found: &mut dyn FnMut(stratus_model::Name)) {
    let Some(shape) = shape.filter(|_| depth <= DEPTH) else {
        return;
    };
    match service.shape(shape) {
        Shape::List(list) => members(service, Some(list.member), depth + 1, found),
        Shape::Structure(structure) => {
            for member in &structure.members {
                found(member.name);
                members(service, Some(member.shape), depth + 1, found);
            }
        }
        _ => {}
    }
}

/// What a filter of this name can be asked for.
fn values_of(
    service: &Service,
    operation: &Operation,
    name: &str,
    region: Region,
    cloud: &dyn Cloud,
) -> Vec<Candidate> {
    match name {
        "tag-key" => return tags(region, cloud, field::KEY, None),
        "tag-value" => return tags(region, cloud, field::VALUE, None),
        _ => {}
    }
    if let Some(key) = name.strip_prefix("tag:") {
        return tags(region, cloud, field::VALUE, Some(key));
    }
    if name.starts_with("is-") || name == "default" || name.ends_with("-enabled") || name == "encrypted" {
        return ["true", "false"].map(|value| Candidate::new(value, "")).to_vec();
    }
    let last = name.rsplit('.').next().unwrap_or(name);
    for option in [name, last] {
        let found = live::find("ec2", option, &[], region, cloud);
        if !found.is_empty() {
            return found;
        }
    }
    let mut best: Option<((usize, usize), ShapeId)> = None;
    if let Some(output) = operation.output {
        enumerations(service, output, "", 0, &mut |path, shape| {
            let rank = fits(path, &name.replace('.', "-")).map(|rank| (rank, path.len()));
            if let Some(rank) = rank.filter(|rank| best.is_none_or(|(other, _)| *rank < other)) {
                best = Some((rank, shape));
            }
        });
    }
    best.map(|(_, shape)| enumeration(service, shape)).unwrap_or_default()
}

/// How well a member of the answer (`reservations-instances-state-name`) is what a filter (`instance-state-name`) speaks of:
/// the less the better.
fn fits(path: &str, filter: &str) -> Option<usize> {
    // Volumes and snapshots have a filter `status` for their `State`.
    let own = filter.replace("status", "state");
    let bare = own.split_once('-').map_or(own.as_str(), |(_, rest)| rest);
    [filter, &own, bare].iter().position(|wanted| {
        path.strip_suffix(wanted)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('-'))
    })
}

fn enumerations(service: &Service, shape: ShapeId, path: &str, depth: usize, found: &mut dyn FnMut(&str, ShapeId)) {
    if depth > DEPTH {
        return;
    }
    match service.shape(shape) {
        Shape::String(string) if !string.values.is_empty() => found(path, shape),
        Shape::List(list) => enumerations(service, list.member, path, depth + 1, found),
        Shape::Structure(structure) => {
            for member in &structure.members {
                let gap = if path.is_empty() { "" } else { "-" };
                let path = format!("{path}{gap}{}", cli_name(member.name.text()));
                enumerations(service, member.shape, &path, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// The keys or values of tags that there are; of one key alone where it is given.
fn tags(region: Region, cloud: &dyn Cloud, what: stratus_model::Name, key: Option<&str>) -> Vec<Candidate> {
    let mut params = Structure::new();
    if let Some(key) = key {
        let filter = Structure::new().with(field::NAME, "key").with(field::VALUES, vec![key]);
        params.set(field::FILTERS, vec![Value::Structure(filter)]);
    }
    let answer = cloud.look(region, "ec2", "DescribeTags", &params);
    let rows = answer.iter().flat_map(|answer| answer.structures(field::TAGS));
    rows.filter_map(|row| {
        Some(Candidate::new(
            row.text(what)?,
            row.text(field::RESOURCE_TYPE).unwrap_or_default(),
        ))
    })
    .collect()
}

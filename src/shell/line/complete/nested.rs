//! Completion inside of shorthand: `Name=…,Values=…`, `Ebs={VolumeType=…`.

use super::aws::enumeration;
use super::{Candidate, live};
use crate::cloud::Cloud;
use stratus_engine::catalog::Region;
use stratus_model::{Service, Shape, ShapeId, StructureShape, cli_name};

/// The structure that a shape is, or is a list of.
pub(super) fn structure_of(service: &Service, shape: ShapeId) -> Option<&StructureShape> {
    match service.shape(shape) {
        Shape::Structure(structure) => Some(structure),
        Shape::List(list) => match service.shape(list.member) {
            Shape::Structure(structure) => Some(structure),
            _ => None,
        },
        _ => None,
    }
}

/// What could go on after the shorthand in a word.
pub(super) fn complete(
    service: &Service,
    root: &StructureShape,
    word: &str,
    region: Region,
    cloud: &dyn Cloud,
) -> Vec<Candidate> {
    if word.starts_with(['{', '[']) && word.contains('"') {
        // JSON, which is not shorthand.
        return Vec::new();
    }
    let mut open = vec![root];
    let mut used: Vec<Vec<String>> = vec![Vec::new()];
    let mut key: Option<String> = None;
    let mut from = 0;
    for (at, c) in word.char_indices() {
        let here = word.get(from..at).unwrap_or_default();
        match c {
            '=' if key.is_none() => {
                key = Some(here.to_owned());
                if let Some(used) = used.last_mut() {
                    used.push(here.to_owned());
                }
            }
            ',' => {
                // A list goes on until the next key.
                let rest = word.get(at + 1..).unwrap_or_default();
                let more = rest.split([',', '}', ']']).next().unwrap_or_default();
                let lists = key.as_ref().is_some_and(|key| is_list(service, &open, key));
                if !lists || more.contains('=') {
                    key = None;
                }
            }
            '{' => {
                let inner = key.take().and_then(|key| {
                    let member = open.last()?.member_by_text(&key)?;
                    structure_of(service, member.shape)
                });
                let Some(inner) = inner.or(open.last().copied()) else {
                    return Vec::new();
                };
                open.push(inner);
                used.push(Vec::new());
            }
            '}' => {
                open.pop();
                used.pop();
                key = None;
            }
            '[' | ']' => {}
            _ => continue,
        }
        from = at + 1;
    }
    let before = word.get(..from).unwrap_or_default();
    let Some(structure) = open.last() else {
        return Vec::new();
    };
    match key {
        None => {
            let used = used.pop().unwrap_or_default();
            let free = structure
                .members
                .iter()
                .filter(|member| !used.iter().any(|key| key == member.name.text()));
            free.map(|member| Candidate::part(format!("{before}{}=", member.name.text()), ""))
                .collect()
        }
        Some(key) => {
            let Some(member) = structure.member_by_text(&key) else {
                return Vec::new();
            };
            let mut values = enumeration(service, member.shape);
            values.extend(live::find(service.name, &cli_name(&key), &[], region, cloud));
            values
                .into_iter()
                .map(|value| Candidate::part(format!("{before}{}", value.text), value.about))
                .collect()
        }
    }
}

fn is_list(service: &Service, open: &[&StructureShape], key: &str) -> bool {
    let member = open.last().and_then(|structure| structure.member_by_text(key));
    member.is_some_and(|member| matches!(service.shape(member.shape), Shape::List(_)))
}

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

/// Where a piece of shorthand has come to.
struct Reached<'a> {
    /// The structures that are open, the outermost first, with the keys that each has already.
    open: Vec<(&'a StructureShape, Vec<String>)>,
    /// The key whose value is being written.
    key: Option<String>,
    /// Where what is being written begins.
    from: usize,
}

/// Reads shorthand as far as it goes; `None` where it names what does not exist.
fn reached<'a>(service: &'a Service, root: &'a StructureShape, word: &str) -> Option<Reached<'a>> {
    let mut at_end = Reached {
        open: vec![(root, Vec::new())],
        key: None,
        from: 0,
    };
    for (at, c) in word.char_indices() {
        let here = word.get(at_end.from..at).unwrap_or_default();
        match c {
            '=' if at_end.key.is_none() => {
                at_end.key = Some(here.to_owned());
                if let Some((_, used)) = at_end.open.last_mut() {
                    used.push(here.to_owned());
                }
            }
            ',' => {
                // A list goes on until the next key.
                let rest = word.get(at + 1..).unwrap_or_default();
                let more = rest.split([',', '}', ']']).next().unwrap_or_default();
                let lists = at_end
                    .key
                    .as_ref()
                    .is_some_and(|key| is_list(service, &at_end.open, key));
                if !lists || more.contains('=') {
                    at_end.key = None;
                }
            }
            '{' => {
                let outer = at_end.open.last()?.0;
                let inner = at_end.key.take().and_then(|key| {
                    let member = outer.member_by_text(&key)?;
                    structure_of(service, member.shape)
                });
                at_end.open.push((inner.unwrap_or(outer), Vec::new()));
            }
            '}' => {
                at_end.open.pop();
                at_end.key = None;
            }
            '[' | ']' => {}
            _ => continue,
        }
        at_end.from = at + 1;
    }
    Some(at_end)
}

/// What could go on after the shorthand in a word.
pub(super) fn complete(
    service: &Service,
    root: &StructureShape,
    word: &str,
    region: Region,
    cloud: &dyn Cloud,
) -> Vec<Candidate> {
    // JSON is not shorthand.
    let json = word.starts_with(['{', '[']) && word.contains('"');
    let Some(reached) = reached(service, root, word).filter(|_| !json) else {
        return Vec::new();
    };
    let before = word.get(..reached.from).unwrap_or_default();
    let Some((structure, used)) = reached.open.last() else {
        return Vec::new();
    };
    let Some(key) = reached.key else {
        let names = structure.members.iter().map(|member| member.name.text());
        let free = names.filter(|name| !used.iter().any(|key| key == name));
        return free
            .map(|name| Candidate::part(format!("{before}{name}="), ""))
            .collect();
    };
    let Some(member) = structure.member_by_text(&key) else {
        return Vec::new();
    };
    let mut values = enumeration(service, member.shape);
    values.extend(live::find(service.name, &cli_name(&key), &[], region, cloud));
    let behind = |value: Candidate| Candidate::part(format!("{before}{}", value.text), value.about);
    values.into_iter().map(behind).collect()
}

fn is_list(service: &Service, open: &[(&StructureShape, Vec<String>)], key: &str) -> bool {
    let member = open.last().and_then(|(structure, _)| structure.member_by_text(key));
    member.is_some_and(|member| matches!(service.shape(member.shape), Shape::List(_)))
}

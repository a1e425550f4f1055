//! Parameters of the query protocols as a tree (`Filter.1.Value.2` is four steps), from it to values and from values to it.
//! EC2's form and the other services' differ in names only: [`Names`].
//!
//! May never happen: memory in proportion to a number in a name. `Filter.999999999` is one element, or none.

use crate::error::Error;
use crate::http::{self, Pairs};
use crate::message::Codec;
use crate::scalar::{self, Style};
use crate::{limits, sqs};
use std::borrow::Cow;
use std::collections::BTreeMap;
use stratus_model::{
    ListShape, MapShape, Member, Operation, Service, Shape, ShapeId, Structure, StructureShape, Value,
};

/// How the two forms of the query protocol call things.
#[derive(Clone, Copy)]
pub struct Names {
    pub service: &'static Service,
    pub operation: &'static Operation,
    pub codec: Codec,
}

/// What a list is on the wire.
struct ListNames {
    /// In the place of the member's own name.
    name: WireName,
    /// Between the name and the number: `.member`.
    infix: &'static str,
}

/// A name that is compared far more often than it is written: a launch's structure has sixty members, and a request names
/// four. To make the capitalised text of each cost as much as all the rest of the reading.
#[derive(Clone, Copy)]
struct WireName {
    text: &'static str,
    /// Its first letter is a capital, whatever the text says.
    capital: bool,
}

impl WireName {
    fn is(self, other: &str) -> bool {
        let (mine, others) = (self.text.as_bytes(), other.as_bytes());
        match (mine.split_first(), others.split_first()) {
            (Some((first, rest)), Some((others_first, others_rest))) if mine.len() == others.len() => {
                let first = if self.capital {
                    first.to_ascii_uppercase()
                } else {
                    *first
                };
                first == *others_first && rest == others_rest
            }
            (None, None) => true,
            _ => false,
        }
    }

    fn written(self) -> Cow<'static, str> {
        match self.capital {
            true => capitalised(self.text),
            false => self.text.into(),
        }
    }
}

impl Names {
    fn is_ec2(&self) -> bool {
        self.codec == Codec::Ec2Query
    }

    fn member(&self, member: &Member) -> WireName {
        let (text, capital) = if self.is_ec2() {
            match (member.query_name, member.wire_name) {
                (Some(name), _) => (name, false),
                (None, Some(name)) => (name, true),
                (None, None) => (member.name.text(), false),
            }
        } else {
            let name = self.sqs(member).or(member.wire_name);
            (name.unwrap_or(member.name.text()), false)
        };
        WireName { text, capital }
    }

    fn sqs(&self, member: &Member) -> Option<&'static str> {
        (self.service.name == "sqs")
            .then(|| sqs::name(member, self.operation))
            .flatten()
    }

    fn list(&self, member: &Member, list: &ListShape) -> ListNames {
        let name = self.member(member);
        if self.is_ec2() {
            return ListNames { name, infix: "" };
        }
        if list.flattened || member.flattened {
            let own = |text| WireName { text, capital: false };
            let name = list.wire_name.map_or(name, own);
            return ListNames { name, infix: "" };
        }
        ListNames {
            name,
            infix: list.wire_name.unwrap_or("member"),
        }
    }

    /// What stands between a map's name and the number, and how its keys and values are called.
    fn map(&self, member: &Member, map: &MapShape) -> (&'static str, &'static str, &'static str) {
        let infix = if map.flattened || member.flattened { "" } else { "entry" };
        if self.service.name == "sqs" {
            let (key, value) = sqs::entry(member);
            return (infix, key, value);
        }
        (
            infix,
            map.key_wire_name.unwrap_or("key"),
            map.value_wire_name.unwrap_or("value"),
        )
    }
}

fn capitalised(name: &'static str) -> Cow<'static, str> {
    if name.starts_with(|first: char| first.is_ascii_uppercase()) {
        return name.into();
    }
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect::<String>().into()
}

/// A step of the parameters' names.
#[derive(Default)]
struct Node<'a> {
    value: Option<&'a str>,
    children: BTreeMap<&'a str, Node<'a>>,
}

impl<'a> Node<'a> {
    /// A structure's few children are looked through: its members are many.
    fn child(&self, name: WireName) -> Option<&Node<'a>> {
        match self.children.len() {
            0..=8 => self.children.iter().find(|(key, _)| name.is(key)).map(|(_, node)| node),
            _ => self.children.get(&*name.written()),
        }
    }
}

/// What is not of an operation: of the request, and of its signature in older versions.
const NOT_PARAMETERS: [&str; 9] = [
    "Action",
    "Version",
    "AWSAccessKeyId",
    "Expires",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "Timestamp",
];

fn tree(pairs: &Pairs) -> Result<Node<'_>, Error> {
    let mut root = Node::default();
    for (name, value) in pairs {
        if NOT_PARAMETERS.contains(&name.as_str()) || name.starts_with("X-Amz-") {
            continue;
        }
        if name.len() > limits::NAME_BYTES || name.split('.').count() > limits::DEPTH {
            return Err(Error::new(
                "MalformedQueryString",
                400,
                "A parameter's name is too long.",
            ));
        }
        let mut node = &mut root;
        for step in name.split('.') {
            node = node.children.entry(step).or_default();
        }
        if node.value.replace(value).is_some() {
            let message = format!("The parameter {} is given more than once.", shown(name));
            return Err(Error::new("MalformedQueryString", 400, message));
        }
    }
    Ok(root)
}

fn shown(text: &str) -> String {
    text.chars().take(stratus_model::limits::SHOWN_CHARACTERS).collect()
}

/// Reads a request's parameters.
///
/// # Errors
/// AWS's code for what is not as the model says: `UnknownParameter` (EC2; the others pass over what they do not know),
/// `InvalidParameterValue`, `MalformedQueryString`.
pub fn decode(names: Names, pairs: &Pairs) -> Result<Structure, Error> {
    let root = tree(pairs)?;
    let reader = Reader { names };
    reader.structure(names.service.structure(names.operation.input), &root, "")
}

struct Reader {
    names: Names,
}

impl Reader {
    fn structure(&self, shape: &'static StructureShape, node: &Node<'_>, path: &str) -> Result<Structure, Error> {
        let mut structure = Structure::new();
        if node.children.is_empty() {
            return Ok(structure);
        }
        let mut taken = Vec::with_capacity(node.children.len());
        for member in &shape.members {
            // All that came has been read: no two members of a structure have one name.
            if taken.len() == node.children.len() {
                break;
            }
            let id = member.shape;
            let (name, found) = match self.names.service.shape(id) {
                Shape::List(list) => {
                    let of = self.names.list(member, list);
                    let value = self.list(member, list, &of, node, path)?;
                    (of.name, value)
                }
                Shape::Map(map) => {
                    let name = self.names.member(member);
                    let value = self.map(member, map, name, node, path)?;
                    (name, value)
                }
                _ => {
                    let name = self.names.member(member);
                    let found = node.child(name);
                    let value = found.map(|found| self.value(id, member, found, &join(path, &name.written())));
                    (name, value.transpose()?)
                }
            };
            if let Some(value) = found {
                structure.set(member.name, value);
                taken.push(name);
            }
        }
        if self.names.is_ec2()
            && let Some(unknown) = node
                .children
                .keys()
                .find(|name| !taken.iter().any(|known| known.is(name)))
        {
            let message = format!("The parameter {} is not recognized", shown(&join(path, unknown)));
            return Err(Error::new("UnknownParameter", 400, message));
        }
        Ok(structure)
    }

    fn value(&self, id: ShapeId, member: &'static Member, node: &Node<'_>, path: &str) -> Result<Value, Error> {
        let shape = self.names.service.shape(id);
        match shape {
            Shape::Structure(_) if node.value.is_some_and(|text| !text.is_empty()) => {
                Err(invalid(path, node.value.unwrap_or_default(), shape.kind()))
            }
            Shape::Structure(shape) => self.structure(shape, node, path).map(Value::Structure),
            Shape::List(list) => {
                let infix = if self.names.is_ec2() || list.flattened {
                    ""
                } else {
                    list.wire_name.unwrap_or("member")
                };
                self.items(member, list, infix, node, path)
            }
            Shape::Map(map) => {
                let (infix, key, value) = self.names.map(member, map);
                self.entries(member, map, (infix, key, value), node, path)
            }
            _ => {
                let text = node.value.unwrap_or_default();
                if !node.children.is_empty() || (text.is_empty() && !matches!(shape, Shape::String(_) | Shape::Blob(_)))
                {
                    return Err(invalid(path, text, shape.kind()));
                }
                scalar::read(shape, text).ok_or_else(|| invalid(path, text, shape.kind()))
            }
        }
    }

    /// The list that the children called so are; `None` where there is none.
    fn list(
        &self,
        member: &'static Member,
        list: &'static ListShape,
        of: &ListNames,
        node: &Node<'_>,
        path: &str,
    ) -> Result<Option<Value>, Error> {
        let Some(found) = node.child(of.name) else {
            return Ok(None);
        };
        self.items(member, list, of.infix, found, &join(path, &of.name.written()))
            .map(Some)
    }

    fn items(
        &self,
        member: &'static Member,
        list: &'static ListShape,
        infix: &'static str,
        node: &Node<'_>,
        path: &str,
    ) -> Result<Value, Error> {
        let mut values = Vec::new();
        for (number, item) in numbered(infix, node, path)? {
            let path = if infix.is_empty() {
                path.to_string()
            } else {
                join(path, infix)
            };
            values.push(self.value(list.member, member, item, &join(&path, &number.to_string()))?);
        }
        Ok(Value::List(values))
    }

    fn map(
        &self,
        member: &'static Member,
        map: &'static MapShape,
        name: WireName,
        node: &Node<'_>,
        path: &str,
    ) -> Result<Option<Value>, Error> {
        let Some(found) = node.child(name) else {
            return Ok(None);
        };
        let names = self.names.map(member, map);
        self.entries(member, map, names, found, &join(path, &name.written()))
            .map(Some)
    }

    fn entries(
        &self,
        member: &'static Member,
        map: &'static MapShape,
        (infix, key_name, value_name): (&'static str, &'static str, &'static str),
        node: &Node<'_>,
        path: &str,
    ) -> Result<Value, Error> {
        let mut entries = BTreeMap::new();
        for (number, entry) in numbered(infix, node, path)? {
            let path = join(path, &number.to_string());
            let key = entry.children.get(key_name).and_then(|key| key.value);
            let (Some(key), Some(value)) = (key, entry.children.get(value_name)) else {
                return Err(invalid(&path, "", "a key and a value"));
            };
            entries.insert(key.to_string(), self.value(map.value, member, value, &path)?);
        }
        Ok(Value::Map(entries))
    }
}

/// The numbered children, in the order of their numbers; numbers may be left out. A list with an empty text is empty.
fn numbered<'n, 'a>(infix: &str, node: &'n Node<'a>, path: &str) -> Result<BTreeMap<u32, &'n Node<'a>>, Error> {
    let mut below = node;
    if !infix.is_empty() {
        match node.children.get(infix) {
            Some(inner) => below = inner,
            // Older clients leave the infix out.
            None if node.children.keys().all(|key| key.parse::<u32>().is_ok()) => {}
            None => return Err(invalid(path, "", "a list")),
        }
    }
    if below.value.is_some_and(|text| !text.is_empty()) {
        return Err(invalid(path, below.value.unwrap_or_default(), "a list"));
    }
    let mut items = BTreeMap::new();
    for (key, item) in &below.children {
        let number = key.parse::<u32>().ok().filter(|number| *number <= limits::LIST_INDEX);
        let number = number.ok_or_else(|| invalid(&join(path, key), key, "a number in a list"))?;
        items.insert(number, item);
    }
    Ok(items)
}

fn invalid(path: &str, text: &str, expected: &str) -> Error {
    let message = format!(
        "Value ({}) for parameter {} is invalid. It must be {expected}.",
        shown(text),
        shown(path)
    );
    Error::new("InvalidParameterValue", 400, message)
}

fn join(path: &str, step: &str) -> String {
    let mut joined = String::with_capacity(path.len() + 1 + step.len());
    joined.push_str(path);
    if !path.is_empty() {
        joined.push('.');
    }
    joined.push_str(step);
    joined
}

/// The form of a call, percent-encoded: `Action`, `Version` and the parameters.
pub fn encode(names: Names, input: &Structure) -> Vec<u8> {
    let mut writer = Writer {
        names,
        out: String::new(),
    };
    writer.pair("Action", names.operation.name);
    writer.pair("Version", names.service.api_version);
    writer.structure(names.service.structure(names.operation.input), input, "");
    writer.out.into_bytes()
}

struct Writer {
    names: Names,
    out: String,
}

impl Writer {
    fn pair(&mut self, name: &str, value: &str) {
        if !self.out.is_empty() {
            self.out.push('&');
        }
        http::encode(name, false, &mut self.out);
        self.out.push('=');
        http::encode(value, false, &mut self.out);
    }

    fn structure(&mut self, shape: &'static StructureShape, structure: &Structure, path: &str) {
        for member in &shape.members {
            let Some(value) = structure.get(member.name) else {
                continue;
            };
            match (self.names.service.shape(member.shape), value) {
                (Shape::List(list), Value::List(values)) => {
                    let of = self.names.list(member, list);
                    self.list(member, list, of.infix, values, &join(path, &of.name.written()));
                }
                _ => self.value(
                    member.shape,
                    member,
                    value,
                    &join(path, &self.names.member(member).written()),
                ),
            }
        }
    }

    fn list(&mut self, member: &'static Member, list: &'static ListShape, infix: &str, values: &[Value], path: &str) {
        if values.is_empty() {
            // EC2 has no way to say an empty list.
            if !self.names.is_ec2() {
                self.pair(path, "");
            }
            return;
        }
        let path = if infix.is_empty() {
            path.to_string()
        } else {
            join(path, infix)
        };
        for (number, value) in (1..).zip(values) {
            self.value(list.member, member, value, &format!("{path}.{number}"));
        }
    }

    fn value(&mut self, id: ShapeId, member: &'static Member, value: &Value, path: &str) {
        match (self.names.service.shape(id), value) {
            (Shape::Structure(shape), Value::Structure(structure)) => self.structure(shape, structure, path),
            (Shape::List(list), Value::List(values)) => {
                let infix = if self.names.is_ec2() || list.flattened {
                    ""
                } else {
                    list.wire_name.unwrap_or("member")
                };
                self.list(member, list, infix, values, path);
            }
            (Shape::Map(map), Value::Map(entries)) => {
                let (infix, key_name, value_name) = self.names.map(member, map);
                let path = if infix.is_empty() {
                    path.to_string()
                } else {
                    join(path, infix)
                };
                for (number, (key, value)) in (1..).zip(entries) {
                    self.pair(&format!("{path}.{number}.{key_name}"), key);
                    self.value(map.value, member, value, &format!("{path}.{number}.{value_name}"));
                }
            }
            (shape, value) => {
                let mut text = Vec::new();
                scalar::write(value, crate::xml::write::format(member, shape), Style::ISO, &mut text);
                self.pair(path, &String::from_utf8_lossy(&text));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stratus_model::model;

    #[test]
    fn no_two_members_of_a_structure_have_one_name() {
        let queried = |service: &&'static Service| matches!(Codec::of(service), Codec::Ec2Query | Codec::Query);
        for service in model().services().filter(queried) {
            let names = Names {
                service,
                operation: &service.operations()[0],
                codec: Codec::of(service),
            };
            let ids = (0..service.shape_count()).filter_map(|place| service.shape_id(place));
            for id in ids {
                let Shape::Structure(shape) = service.shape(id) else {
                    continue;
                };
                let name = |member: &Member| match service.shape(member.shape) {
                    Shape::List(list) => names.list(member, list).name.written(),
                    _ => names.member(member).written(),
                };
                let mut all: Vec<Cow<'static, str>> = shape.members.iter().map(name).collect();
                all.sort();
                let twice: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
                assert!(twice.is_empty(), "{}: {twice:?}", service.name);
            }
        }
    }
}

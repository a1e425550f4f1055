//! A service's text → the bytes that `unpack.rs` reads. The two files are one format: change both or neither.
//!
//! Numbers are LEB128. Strings are places in a table at the start, which the compiler of the page compresses better than
//! strings in place. A wire name is 0 for none, 1 for the member's name with a small first letter, 2 for the member's
//! name, and otherwise 3 + its place in the table.

use super::text::{Attributes, MemberText, OperationText, ServiceText, ShapeText};
use std::collections::{BTreeMap, BTreeSet};

/// A service in its two parts.
#[derive(Debug)]
pub struct Packed {
    /// What the service is, the operations that are not `later`, and the shapes that they reach.
    pub first: Vec<u8>,
    /// All operations, the shapes that are not in the first part (their numbers go on from there), and the waiters.
    pub rest: Vec<u8>,
    /// The names of the members of the first part's shapes.
    pub first_names: BTreeSet<String>,
}

/// # Errors
/// Names what refers to something that does not exist, or is not understood.
pub fn service(text: &ServiceText, names: &[String], numbers: &[String]) -> Result<Packed, String> {
    let reached = first_shapes(text);
    let (first_shapes, rest_shapes): (Vec<&ShapeText>, Vec<&ShapeText>) = text
        .shapes
        .iter()
        .partition(|shape| reached.contains(shape.name.as_str()));
    let shapes: BTreeMap<&str, usize> = first_shapes
        .iter()
        .chain(&rest_shapes)
        .enumerate()
        .map(|(at, shape)| (shape.name.as_str(), at))
        .collect();
    let names: BTreeMap<&str, usize> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), at + 1))
        .collect();
    let service = text.fact("service").unwrap_or_default();

    let mut first = Packer::new(&names, &shapes);
    for key in FACTS {
        first.optional(text.fact(key));
    }
    first.number(usize::from(text.fact("global").is_some()));
    let (early, late): (Vec<&OperationText>, Vec<&OperationText>) = text
        .operations
        .iter()
        .partition(|operation| operation.fact("later").is_none());
    first.operations(service, &early, numbers)?;
    first.shapes_of(&first_shapes)?;

    let mut rest = Packer::new(&names, &shapes);
    let all: Vec<&OperationText> = text.operations.iter().collect();
    rest.operations(service, if late.is_empty() { &[] } else { &all }, numbers)?;
    rest.shapes_of(&rest_shapes)?;
    rest.waiters(&text.waiters);
    let members = first_shapes.iter().flat_map(|shape| &shape.members);
    Ok(Packed {
        first_names: members.map(|member| member.name.clone()).collect(),
        first: first.finish(),
        rest: rest.finish(),
    })
}

/// The shapes that the operations of the first part reach, their errors included.
fn first_shapes(text: &ServiceText) -> BTreeSet<&str> {
    let shapes: BTreeMap<&str, &ShapeText> = text.shapes.iter().map(|shape| (shape.name.as_str(), shape)).collect();
    let early = text
        .operations
        .iter()
        .filter(|operation| operation.fact("later").is_none());
    let mut pending: Vec<&str> = early
        .flat_map(|operation| {
            let ends = ["input", "output"].map(|end| operation.fact(end).and_then(|fact| fact.split(' ').next()));
            let errors = operation.fact("errors").unwrap_or_default().split(' ');
            ends.into_iter().flatten().chain(errors)
        })
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = pending.pop() {
        if let Some(shape) = shapes.get(name)
            && reached.insert(name)
        {
            pending.extend(shape.references());
        }
    }
    // A service of which nothing is `later` has all of its shapes in the first part, used or not.
    if text
        .operations
        .iter()
        .all(|operation| operation.fact("later").is_none())
    {
        reached.extend(shapes.keys());
    }
    reached
}

impl<'a> Packer<'a> {
    fn new(names: &'a BTreeMap<&'a str, usize>, shapes: &'a BTreeMap<&'a str, usize>) -> Self {
        Self {
            names,
            shapes,
            strings: Vec::new(),
            places: BTreeMap::new(),
            bytes: Vec::new(),
        }
    }

    fn operations(&mut self, service: &str, operations: &[&OperationText], numbers: &[String]) -> Result<(), String> {
        self.number(operations.len());
        for operation in operations {
            let entry = format!("{service} {}", operation.name);
            let number = numbers
                .iter()
                .position(|number| *number == entry)
                .ok_or_else(|| format!("{entry} has no number"))?
                + 1;
            self.operation(operation, number)
                .map_err(|why| format!("operation {}: {why}", operation.name))?;
        }
        Ok(())
    }

    fn shapes_of(&mut self, shapes: &[&ShapeText]) -> Result<(), String> {
        self.number(shapes.len());
        for shape in shapes {
            self.shape(shape)
                .map_err(|why| format!("{} {}: {why}", shape.kind, shape.name))?;
        }
        Ok(())
    }

    fn waiters(&mut self, waiters: &[OperationText]) {
        self.number(waiters.len());
        for waiter in waiters {
            self.string(&waiter.name);
            for key in ["operation", "delay", "attempts"] {
                self.string(waiter.fact(key).unwrap_or_default());
            }
            self.strings(waiter.all("accept"));
        }
    }
}

const FACTS: [&str; 11] = [
    "service",
    "api-version",
    "protocol",
    "json-version",
    "endpoint-prefix",
    "signing-name",
    "signature",
    "target-prefix",
    "xml-namespace",
    "global-endpoint",
    "service-id",
];
const OPERATION_FLAGS: [&str; 3] = ["read-only", "anonymous", "checksum-required"];
const MEMBER_FLAGS: [&str; 10] = [
    "required",
    "flattened",
    "streaming",
    "idempotency-token",
    "xml-attribute",
    "host-label",
    "event-payload",
    "event-header",
    "json-value",
    "deprecated",
];
/// Follow the flags of a member, each with a bit of its own in the same number when present.
const MEMBER_STRINGS: [&str; 5] = ["query", "at", "xmlns", "xmlns-prefix", "format"];
const STRUCTURE_FLAGS: [&str; 5] = ["sensitive", "union", "event-stream", "event", "exception"];
const STRUCTURE_STRINGS: [&str; 6] = ["wire", "payload", "xmlns", "xmlns-prefix", "code", "status"];
const SCALAR_FLAGS: [&str; 4] = ["sensitive", "flattened", "streaming", "open"];
const SCALAR_STRINGS: [&str; 6] = ["min", "max", "format", "wire", "key-wire", "value-wire"];
const KINDS: [&str; 11] = [
    "structure",
    "list",
    "map",
    "string",
    "integer",
    "long",
    "float",
    "double",
    "boolean",
    "timestamp",
    "blob",
];

struct Packer<'a> {
    names: &'a BTreeMap<&'a str, usize>,
    shapes: &'a BTreeMap<&'a str, usize>,
    strings: Vec<String>,
    places: BTreeMap<String, usize>,
    bytes: Vec<u8>,
}

impl Packer<'_> {
    fn number(&mut self, number: usize) {
        push_number(&mut self.bytes, number);
    }

    fn place(&mut self, text: &str) -> usize {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        self.strings.push(text.to_string());
        self.places.insert(text.to_string(), self.strings.len() - 1);
        self.strings.len() - 1
    }

    fn string(&mut self, text: &str) {
        let place = self.place(text);
        self.number(place);
    }

    fn optional(&mut self, text: Option<&str>) {
        let place = text.map_or(0, |text| self.place(text) + 1);
        self.number(place);
    }

    fn strings<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        let texts: Vec<&str> = texts.collect();
        self.number(texts.len());
        for text in texts {
            self.string(text);
        }
    }

    fn shape_of(&mut self, name: &str) -> Result<(), String> {
        let place = *self.shapes.get(name).ok_or_else(|| format!("no shape {name}"))?;
        self.number(place);
        Ok(())
    }

    /// One number with a bit for every flag and every string that is present, then the strings.
    fn attributes(
        &mut self,
        attributes: &Attributes,
        flags: &[&str],
        strings: &[&str],
        also: &[&str],
    ) -> Result<(), String> {
        for (key, _) in &attributes.0 {
            if ![flags, strings, also].iter().any(|known| known.contains(&key.as_str())) {
                return Err(format!("unknown attribute {key}"));
            }
        }
        let all = flags.iter().chain(strings);
        let bits = all
            .enumerate()
            .filter(|(_, key)| attributes.has(key))
            .fold(0, |bits, (at, _)| bits | 1 << at);
        self.number(bits);
        for key in strings {
            if let Some(value) = attributes.get(key) {
                self.string(value);
            }
        }
        Ok(())
    }

    fn operation(&mut self, operation: &OperationText, number: usize) -> Result<(), String> {
        self.string(&operation.name);
        self.number(number);
        let flags = OPERATION_FLAGS.iter().enumerate();
        let bits = flags
            .filter(|(_, key)| operation.fact(key).is_some())
            .fold(0, |bits, (at, _)| bits | 1 << at);
        self.number(bits);
        let http: Vec<&str> = operation.fact("http").unwrap_or_default().split(' ').collect();
        let [method, uri, code] = http.as_slice() else {
            return Err("http is a method, a path and a status code".into());
        };
        self.string(method);
        self.string(uri);
        self.number(code.parse().map_err(|_| format!("status code {code}"))?);
        self.optional(operation.fact("host-prefix"));
        for direction in ["input", "output"] {
            let mut words = operation
                .fact(direction)
                .unwrap_or_default()
                .split(' ')
                .filter(|word| !word.is_empty());
            let Some(shape) = words.next() else {
                self.number(0);
                continue;
            };
            self.number(1);
            self.shape_of(shape)?;
            let rest: Vec<&str> = words.collect();
            for key in ["wire=", "wrapper=", "xmlns="] {
                self.optional(rest.iter().find_map(|word| word.strip_prefix(key)));
            }
        }
        let errors: Vec<&str> = operation
            .fact("errors")
            .unwrap_or_default()
            .split(' ')
            .filter(|e| !e.is_empty())
            .collect();
        self.number(errors.len());
        for error in errors {
            self.string(error);
            self.shape_of(error)?;
        }
        for key in ["page-input", "page-output", "page-result"] {
            self.strings(operation.all(key));
        }
        self.optional(operation.fact("page-more"));
        self.optional(operation.fact("page-limit"));
        Ok(())
    }

    fn shape(&mut self, shape: &ShapeText) -> Result<(), String> {
        let kind = KINDS
            .iter()
            .position(|kind| *kind == shape.kind)
            .ok_or("unknown kind")?;
        self.number(kind);
        if shape.kind == "structure" {
            self.attributes(&shape.attributes, &STRUCTURE_FLAGS, &STRUCTURE_STRINGS, &[])?;
            self.number(shape.members.len());
            return shape.members.iter().try_for_each(|member| self.member(member));
        }
        self.attributes(&shape.attributes, &SCALAR_FLAGS, &SCALAR_STRINGS, &[])?;
        shape.elements.iter().try_for_each(|element| self.shape_of(element))?;
        if shape.kind == "string" {
            self.optional(shape.pattern.as_deref());
            // An open enumeration refuses nothing: all of its values but the first, which stands in skeletons, would be weight
            // without use.
            let shown = if shape.attributes.has("open") { 1 } else { usize::MAX };
            self.strings(shape.values.iter().take(shown).map(String::as_str));
        }
        Ok(())
    }

    fn member(&mut self, member: &MemberText) -> Result<(), String> {
        let name = *self
            .names
            .get(member.name.as_str())
            .ok_or_else(|| format!("{} has no number", member.name))?;
        self.number(name);
        self.shape_of(&member.shape)?;
        let wire = match member.attributes.get("wire") {
            None => 0,
            Some(wire) if wire == small_first_letter(&member.name) => 1,
            Some(wire) if wire == member.name => 2,
            Some(wire) => self.place(wire) + 3,
        };
        self.number(wire);
        self.attributes(&member.attributes, &MEMBER_FLAGS, &MEMBER_STRINGS, &["wire"])
    }

    fn finish(self) -> Vec<u8> {
        let table = self.strings.join("\n");
        let mut bytes = Vec::new();
        push_number(&mut bytes, table.len());
        bytes.extend(table.into_bytes());
        bytes.extend(self.bytes);
        bytes
    }
}

fn small_first_letter(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_lowercase().to_string() + letters.as_str())
        .unwrap_or_default()
}

fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

//! A service's text → the bytes that `unpack.rs` reads. The two files are one format: change both or neither.
//!
//! Numbers are LEB128. Strings are places in a table at the start, which the compiler of the page compresses better than
//! strings in place. A wire name is 0 for none, 1 for the member's name with a small first letter, 2 for the member's
//! name, and otherwise 3 + its place in the table.

use super::text::{Attributes, MemberText, OperationText, ServiceText, ShapeText};
use std::collections::BTreeMap;

/// # Errors
/// Names what refers to something that does not exist, or is not understood.
pub fn service(text: &ServiceText, names: &[String], numbers: &[String]) -> Result<Vec<u8>, String> {
    let mut packer = Packer {
        names: names
            .iter()
            .enumerate()
            .map(|(at, name)| (name.as_str(), at + 1))
            .collect(),
        shapes: text
            .shapes
            .iter()
            .enumerate()
            .map(|(at, shape)| (shape.name.as_str(), at))
            .collect(),
        strings: Vec::new(),
        places: BTreeMap::new(),
        bytes: Vec::new(),
    };
    let service = text.fact("service").unwrap_or_default();
    for key in FACTS {
        packer.optional(text.fact(key));
    }
    packer.number(usize::from(text.fact("global").is_some()));
    packer.number(text.operations.len());
    for operation in &text.operations {
        let entry = format!("{service} {}", operation.name);
        let number = numbers
            .iter()
            .position(|number| *number == entry)
            .ok_or_else(|| format!("{entry} has no number"))?
            + 1;
        packer
            .operation(operation, number)
            .map_err(|why| format!("operation {}: {why}", operation.name))?;
    }
    packer.number(text.shapes.len());
    for shape in &text.shapes {
        packer
            .shape(shape)
            .map_err(|why| format!("{} {}: {why}", shape.kind, shape.name))?;
    }
    Ok(packer.finish())
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
    names: BTreeMap<&'a str, usize>,
    shapes: BTreeMap<&'a str, usize>,
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
            // An open enumeration refuses nothing: its values would be weight without use.
            let values = if shape.attributes.has("open") {
                &[]
            } else {
                shape.values.as_slice()
            };
            self.strings(values.iter().map(String::as_str));
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

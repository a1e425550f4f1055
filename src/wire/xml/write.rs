//! From values to XML. One pass, one buffer; escapes only where it must. Members come in the order of the model.

use super::Spelling;
use super::plan::{Inner, Plan, Tags};
use crate::scalar::{self, Style};
use std::collections::BTreeMap;
use stratus_model::{
    ListShape, MapShape, Member, Service, Shape, ShapeId, Structure, StructureShape, TimestampFormat, Value,
};

/// What stands before the root.
pub const PROLOGUE: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A document in the making.
pub struct Writer {
    /// `None`: only texts are written, no values.
    service: Option<&'static Service>,
    style: Style,
    spelling: Spelling,
    pub out: Vec<u8>,
}

impl Writer {
    /// `capacity`: the bytes that one expects.
    pub fn new(
        service: impl Into<Option<&'static Service>>,
        style: Style,
        spelling: Spelling,
        capacity: usize,
    ) -> Self {
        Self {
            service: service.into(),
            style,
            spelling,
            out: Vec::with_capacity(capacity),
        }
    }

    fn shape(&self, id: ShapeId) -> &'static Shape {
        const NOTHING: &Shape = &Shape::Boolean;
        self.service.map_or(NOTHING, |service| service.shape(id))
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    pub fn open(&mut self, name: &str) {
        self.out.push(b'<');
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'>');
    }

    /// An opening tag with the namespace that its element is in.
    pub fn open_in(&mut self, name: &str, namespace: Option<&str>) {
        self.out.push(b'<');
        self.out.extend_from_slice(name.as_bytes());
        if let Some(namespace) = namespace {
            attribute("xmlns", namespace, &mut self.out);
        }
        self.out.push(b'>');
    }

    pub fn close(&mut self, name: &str) {
        self.out.extend_from_slice(b"</");
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'>');
    }

    /// An element with text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.open(name);
        escape(text.as_bytes(), &mut self.out);
        self.close(name);
    }

    /// What stands inside a structure's element: its members that are not attributes, headers or the like.
    pub fn members(&mut self, shape: &'static StructureShape, structure: &Structure) {
        match self.service {
            Some(service) if self.spelling.sqs.is_none() => self.planned(Plan::of(service, shape), shape, structure),
            _ => self.members_one_by_one(shape, structure),
        }
    }

    fn planned(&mut self, plan: &'static Plan, shape: &'static StructureShape, structure: &Structure) {
        // The places of the members, in as little memory as will do.
        match plan.members.len() {
            0..=16 => self.in_order::<16>(plan, structure),
            17..=96 => self.in_order::<96>(plan, structure),
            _ => self.members_one_by_one(shape, structure),
        }
    }

    /// The values are sorted by name, and so is the plan: one pass brings each to its place.
    fn in_order<const PLACES: usize>(&mut self, plan: &'static Plan, structure: &Structure) {
        let mut places: [Option<&Value>; PLACES] = [None; PLACES];
        let mut wanted = plan.by_name.iter();
        let mut next = wanted.next();
        for (name, value) in structure.iter() {
            while let Some((member, place)) = next {
                if *member > name {
                    break;
                }
                if *member == name
                    && let Some(slot) = places.get_mut(usize::from(*place))
                {
                    *slot = Some(value);
                }
                next = wanted.next();
            }
        }
        for (planned, value) in plan.members.iter().zip(places) {
            let Some(value) = value else { continue };
            if !self.element(&planned.tags, &planned.inner, value) {
                self.member(planned.member, value);
            }
        }
    }

    /// An element for which there is a plan; false where there is none for this value, and then nothing is written.
    fn element(&mut self, tags: &Tags, inner: &'static Inner, value: &Value) -> bool {
        match (inner, value) {
            (Inner::Scalar(_), Value::String(text)) if !text.is_empty() => {
                self.out.extend_from_slice(&tags.open);
                escape(text.as_bytes(), &mut self.out);
            }
            (Inner::Structure(shape, plan), Value::Structure(structure)) if !structure.is_empty() => {
                let Some(service) = self.service else { return false };
                self.out.extend_from_slice(&tags.open);
                self.planned(plan.get_or_init(|| Plan::of(service, shape)), shape, structure);
            }
            (Inner::List(item), Value::List(values)) if !values.is_empty() => {
                self.out.extend_from_slice(&tags.open);
                self.items(&item.0, &item.1, values);
            }
            (
                Inner::Scalar(format),
                Value::Bool(_) | Value::Integer(_) | Value::Double(_) | Value::Timestamp(_) | Value::Blob(_),
            ) => {
                self.out.extend_from_slice(&tags.open);
                scalar::write(value, *format, self.style, &mut self.out);
            }
            (Inner::Scalar(_), Value::String(_))
            | (Inner::Structure(..), Value::Structure(_))
            | (Inner::List(_), Value::List(_)) => {
                self.empty_element(tags);
                return true;
            }
            _ => return false,
        }
        self.out.extend_from_slice(&tags.close);
        true
    }

    fn items(&mut self, tags: &Tags, inner: &'static Inner, values: &[Value]) {
        let begun = self.out.len();
        for (place, value) in values.iter().enumerate() {
            if !self.element(tags, inner, value) {
                self.empty_element(tags);
            }
            // The others will be about as long.
            if place == 0 && values.len() > 16 {
                let one = self.out.len() - begun;
                self.out.reserve((one + one / 8).saturating_mul(values.len()));
            }
        }
    }

    /// `<name/>`
    fn empty_element(&mut self, tags: &Tags) {
        if let Some((_, open)) = tags.open.split_last() {
            self.out.extend_from_slice(open);
            self.out.extend_from_slice(b"/>");
        }
    }

    fn members_one_by_one(&mut self, shape: &'static StructureShape, structure: &Structure) {
        for member in &shape.members {
            if let Some(value) = structure.get(member.name)
                && !member.xml_attribute
                && member.location == stratus_model::Location::Body
            {
                self.member(member, value);
            }
        }
    }

    /// A member's element, or elements.
    pub fn member(&mut self, member: &'static Member, value: &Value) {
        let shape = self.shape(member.shape);
        match (shape, value) {
            (Shape::List(list), Value::List(values)) if list.flattened || member.flattened => {
                let name = self.spelling.flattened(member, list);
                for value in values {
                    self.value(name, member, list.member, value);
                }
            }
            (Shape::Map(map), Value::Map(entries)) if map.flattened || member.flattened => {
                self.entries(self.spelling.member(member), member, map, entries);
            }
            (Shape::Map(map), Value::Map(entries)) => {
                let name = self.spelling.member(member);
                if entries.is_empty() {
                    return self.empty(name);
                }
                self.open(name);
                self.entries("entry", member, map, entries);
                self.close(name);
            }
            _ => self.value(self.spelling.member(member), member, member.shape, value),
        }
    }

    fn empty(&mut self, name: &str) {
        self.out.push(b'<');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"/>");
    }

    /// An element with one value. `member` is the one that it belongs to: it knows the format and the namespace.
    fn value(&mut self, name: &str, member: &'static Member, id: ShapeId, value: &Value) {
        let shape = self.shape(id);
        match (shape, value) {
            (Shape::Structure(shape), Value::Structure(structure)) => {
                if structure.is_empty() {
                    return self.empty(name);
                }
                self.open_structure(name, member, shape, structure);
                self.members(shape, structure);
                self.close(name);
            }
            (Shape::List(list), Value::List(values)) => self.list(name, member, list, values),
            (Shape::Map(map), Value::Map(entries)) => {
                self.open(name);
                self.entries("entry", member, map, entries);
                self.close(name);
            }
            (_, Value::String(text)) => {
                if text.is_empty() {
                    return self.empty(name);
                }
                self.open(name);
                escape(text.as_bytes(), &mut self.out);
                self.close(name);
            }
            _ => {
                self.open(name);
                scalar::write(value, format(member, shape), self.style, &mut self.out);
                self.close(name);
            }
        }
    }

    fn list(&mut self, name: &str, member: &'static Member, list: &'static ListShape, values: &[Value]) {
        if values.is_empty() {
            return self.empty(name);
        }
        let item = list.wire_name.unwrap_or("member");
        self.open(name);
        for value in values {
            self.value(item, member, list.member, value);
        }
        self.close(name);
    }

    fn entries(
        &mut self,
        name: &str,
        member: &'static Member,
        map: &'static MapShape,
        entries: &BTreeMap<String, Value>,
    ) {
        let (key_name, value_name) = self.spelling.entry(member, map);
        for (key, value) in entries {
            self.open(name);
            self.text(key_name, key);
            self.value(value_name, member, map.value, value);
            self.close(name);
        }
    }

    /// The opening tag of a structure: with a namespace where the model has one, and with its attributes.
    pub fn open_structure(&mut self, name: &str, member: &Member, shape: &StructureShape, structure: &Structure) {
        self.out.push(b'<');
        self.out.extend_from_slice(name.as_bytes());
        let (uri, prefix) = match member.xml_namespace {
            Some(uri) => (Some(uri), member.xml_namespace_prefix),
            None => (shape.xml_namespace, shape.xml_namespace_prefix),
        };
        if let Some(uri) = uri {
            match prefix {
                Some(prefix) => {
                    self.out.extend_from_slice(b" xmlns:");
                    self.out.extend_from_slice(prefix.as_bytes());
                    attribute("", uri, &mut self.out);
                    // Attributes are in use only where a prefix is: the other structures need not be looked through.
                    self.attributes(shape, structure);
                }
                None => attribute("xmlns", uri, &mut self.out),
            }
        }
        self.out.push(b'>');
    }

    fn attributes(&mut self, shape: &StructureShape, structure: &Structure) {
        for member in shape.members.iter().filter(|member| member.xml_attribute) {
            if let Some(value) = structure.get(member.name) {
                let mut text = Vec::new();
                scalar::write(value, member.timestamp_format, self.style, &mut text);
                let name = member.wire_name.unwrap_or(member.name.text());
                attribute(name, &String::from_utf8_lossy(&text), &mut self.out);
            }
        }
    }
}

/// The format that a time has of its own.
pub fn format(member: &Member, shape: &Shape) -> Option<TimestampFormat> {
    let of_shape = match shape {
        Shape::Timestamp(shape) => shape.format,
        _ => None,
    };
    member.timestamp_format.or(of_shape)
}

/// ` name="value"`; without a name, only what follows it.
fn attribute(name: &str, value: &str, out: &mut Vec<u8>) {
    if !name.is_empty() {
        out.push(b' ');
        out.extend_from_slice(name.as_bytes());
    }
    out.extend_from_slice(b"=\"");
    escape(value.as_bytes(), out);
    out.push(b'"');
}

/// Whether one of eight bytes is a control character or one of `&<>"`. Eight at a time: most texts are short and have none.
fn has_special(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
    // `"` and `&` differ in one bit, and so do `<` and `>`.
    let quote_or_ampersand = has_zero((word | (ONES * 0x04)) ^ (ONES * 0x26));
    let less_or_greater = has_zero((word | (ONES * 0x02)) ^ (ONES * 0x3e));
    control | quote_or_ampersand | less_or_greater != 0
}

/// Appends text with what XML does not take as it is as references. Control characters become references too: XML 1.0 has
/// no way to hold them, and AWS writes them so.
pub fn escape(text: &[u8], out: &mut Vec<u8>) {
    let (words, rest) = text.as_chunks::<8>();
    let mut last = [b'a'; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let plain = words
        .iter()
        .chain([&last])
        .all(|word| !has_special(u64::from_le_bytes(*word)));
    if plain {
        out.extend_from_slice(text);
    } else {
        escape_each(text, out);
    }
}

fn escape_each(text: &[u8], out: &mut Vec<u8>) {
    let special =
        |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"') || (*byte < 0x20 && !matches!(byte, b'\n' | b'\t'));
    let mut rest = text;
    while let Some(at) = rest.iter().position(special) {
        let (before, from) = rest.split_at(at);
        out.extend_from_slice(before);
        let Some((byte, after)) = from.split_first() else { break };
        match byte {
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'"' => out.extend_from_slice(b"&quot;"),
            // There is no reference to this one.
            0 => out.extend_from_slice("\u{fffd}".as_bytes()),
            other => {
                out.extend_from_slice(b"&#");
                scalar::integer(i64::from(*other), out);
                out.push(b';');
            }
        }
        rest = after;
    }
    out.extend_from_slice(rest);
}

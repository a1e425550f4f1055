//! AWS's JSON protocols 1.0 and 1.1: the members of the input as an object, the members of the output as another.

use crate::error::Error;
use crate::limits;
use crate::scalar::{self, Style};
use crate::xml::write::format;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use stratus_model::{Member, Service, Shape, ShapeId, Structure, StructureShape, Value};

fn name(member: &Member) -> &'static str {
    member.wire_name.unwrap_or(member.name.text())
}

/// Appends a structure as an object, members in the model's order.
pub fn write(service: &'static Service, shape: &'static StructureShape, structure: &Structure, out: &mut Vec<u8>) {
    Writer { service, out }.structure(shape, structure);
}

struct Writer<'o> {
    service: &'static Service,
    out: &'o mut Vec<u8>,
}

impl Writer<'_> {
    fn structure(&mut self, shape: &'static StructureShape, structure: &Structure) {
        self.out.push(b'{');
        let mut first = true;
        for member in &shape.members {
            if let Some(value) = structure.get(member.name) {
                self.comma(&mut first);
                string(name(member), self.out);
                self.out.push(b':');
                self.value(member.shape, member, value);
            }
        }
        self.out.push(b'}');
    }

    fn comma(&mut self, first: &mut bool) {
        if !std::mem::take(first) {
            self.out.push(b',');
        }
    }

    fn value(&mut self, id: ShapeId, member: &'static Member, value: &Value) {
        let mut first = true;
        match (self.service.shape(id), value) {
            (Shape::Structure(shape), Value::Structure(structure)) => self.structure(shape, structure),
            (Shape::List(list), Value::List(values)) => {
                self.out.push(b'[');
                for value in values {
                    self.comma(&mut first);
                    self.value(list.member, member, value);
                }
                self.out.push(b']');
            }
            (Shape::Map(map), Value::Map(entries)) => {
                self.out.push(b'{');
                for (key, value) in entries {
                    self.comma(&mut first);
                    string(key, self.out);
                    self.out.push(b':');
                    self.value(map.value, member, value);
                }
                self.out.push(b'}');
            }
            (_, Value::String(text)) => string(text, self.out),
            (_, Value::Blob(bytes)) => string(&BASE64.encode(bytes), self.out),
            (shape, Value::Timestamp(at)) => {
                let format = format(member, shape).unwrap_or(Style::SECONDS.time);
                let quoted = format != Style::SECONDS.time;
                self.out.extend(quoted.then_some(b'"'));
                scalar::timestamp(*at, format, false, self.out);
                self.out.extend(quoted.then_some(b'"'));
            }
            (_, Value::Double(number)) if !number.is_finite() => {
                self.out.push(b'"');
                scalar::double(*number, self.out);
                self.out.push(b'"');
            }
            (_, value @ (Value::Bool(_) | Value::Integer(_) | Value::Double(_))) => {
                scalar::write(value, None, Style::SECONDS, self.out);
            }
            _ => self.out.extend_from_slice(b"null"),
        }
    }
}

/// Appends a text in quotation marks.
pub fn string(text: &str, out: &mut Vec<u8>) {
    let special = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(special) {
        let (before, from) = rest.split_at(at);
        out.extend_from_slice(before);
        let Some((byte, after)) = from.split_first() else { break };
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            other => out.extend_from_slice(format!("\\u{other:04x}").as_bytes()),
        }
        rest = after;
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Reads an object as a structure of at most so many values. Members that the model does not have are passed over, as AWS
/// does; `null` is absence.
///
/// # Errors
/// `SerializationException` for what is no JSON or not of the shape's kind.
pub fn read(
    service: &'static Service,
    shape: &'static StructureShape,
    bytes: &[u8],
    most: usize,
) -> Result<Structure, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Structure::new());
    }
    let json: Json = serde_json::from_slice(bytes).map_err(|_| wrong("The body is not well-formed JSON."))?;
    let mut reader = Reader { service, left: most };
    match &json {
        Json::Object(members) => reader.structure(shape, members, 0),
        other => Err(mismatch("", other, "a structure")),
    }
}

fn wrong(message: impl Into<String>) -> Error {
    Error::new("SerializationException", 400, message)
}

fn mismatch(name: &str, json: &Json, expected: &str) -> Error {
    let kind = match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    let name = if name.is_empty() { "The body" } else { name };
    wrong(format!("{name} must be {expected}, not {kind}."))
}

struct Reader {
    service: &'static Service,
    /// Values that may still come.
    left: usize,
}

impl Reader {
    fn structure(
        &mut self,
        shape: &'static StructureShape,
        members: &serde_json::Map<String, Json>,
        depth: usize,
    ) -> Result<Structure, Error> {
        let mut structure = Structure::new();
        for member in &shape.members {
            match members.get(name(member)) {
                None | Some(Json::Null) => {}
                Some(json) => {
                    let value = self.value(member.shape, name(member), json, depth + 1)?;
                    structure.set(member.name, value);
                }
            }
        }
        Ok(structure)
    }

    fn value(&mut self, id: ShapeId, name: &str, json: &Json, depth: usize) -> Result<Value, Error> {
        if depth > limits::DEPTH {
            return Err(wrong("The body is nested too deep."));
        }
        self.left = self
            .left
            .checked_sub(1)
            .ok_or_else(|| wrong("The body has too many values."))?;
        let shape = self.service.shape(id);
        let value = match (shape, json) {
            (Shape::Structure(shape), Json::Object(members)) => {
                return self.structure(shape, members, depth).map(Value::Structure);
            }
            (Shape::List(list), Json::Array(values)) => {
                let values = values
                    .iter()
                    .map(|value| self.value(list.member, name, value, depth + 1));
                return values.collect::<Result<Vec<_>, _>>().map(Value::List);
            }
            (Shape::Map(map), Json::Object(entries)) => {
                let entries = entries.iter().filter(|(_, value)| !value.is_null());
                let read =
                    entries.map(|(key, value)| Ok((key.clone(), self.value(map.value, name, value, depth + 1)?)));
                return read.collect::<Result<BTreeMap<_, _>, Error>>().map(Value::Map);
            }
            (Shape::String(_), Json::String(text)) => Some(Value::String(text.clone())),
            (Shape::Integer(_) | Shape::Long(_), Json::Number(number)) => whole(number).map(Value::Integer),
            (Shape::Float(_) | Shape::Double(_), Json::Number(number)) => number.as_f64().map(Value::Double),
            (Shape::Boolean, Json::Bool(value)) => Some(Value::Bool(*value)),
            (Shape::Timestamp(_), Json::Number(number)) => {
                number.as_f64().and_then(scalar::seconds).map(Value::Timestamp)
            }
            (Shape::Timestamp(_) | Shape::Blob(_), Json::String(text)) => scalar::read(shape, text),
            _ => None,
        };
        value.ok_or_else(|| mismatch(name, json, shape.kind()))
    }
}

/// `3`, and `3.0` as some clients write it.
fn whole(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let number = number.as_f64()?;
        #[allow(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
        (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
    })
}

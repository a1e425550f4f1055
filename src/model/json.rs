//! Trees of values as JSON in the API's spelling, as the AWS CLI prints and takes it. No protocol: wire names play no part.

use crate::check::unknown;
use crate::problem::{Problem, ProblemKind, shortened};
use crate::schema::{Service, Shape, ShapeId, StructureShape};
use crate::{Structure, Value, limits, time};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The value as JSON: members in the model's order, times in ISO 8601, binary data in base64. What the shape does not
/// foresee comes out as the nearest thing that JSON has.
pub fn to_json(service: &Service, shape: ShapeId, value: &Value) -> Json {
    match (service.shape(shape), value) {
        (Shape::Structure(shape), Value::Structure(structure)) => {
            let mut object = Map::new();
            for member in &shape.members {
                if let Some(value) = structure.get(member.name) {
                    object.insert(member.name.text().to_string(), to_json(service, member.shape, value));
                }
            }
            for (name, value) in structure.iter().filter(|(name, _)| shape.member(*name).is_none()) {
                object.insert(name.text().to_string(), plain(value));
            }
            Json::Object(object)
        }
        (Shape::List(shape), Value::List(values)) => values
            .iter()
            .map(|value| to_json(service, shape.member, value))
            .collect(),
        (Shape::Map(shape), Value::Map(entries)) => entries
            .iter()
            .map(|(key, value)| (key.clone(), to_json(service, shape.value, value)))
            .collect(),
        _ => plain(value),
    }
}

/// The value as JSON without a shape: members in the order of their numbers.
pub fn plain(value: &Value) -> Json {
    match value {
        Value::Bool(value) => Json::Bool(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Double(value) => Json::from(*value),
        Value::String(value) => Json::from(value.as_str()),
        Value::Blob(bytes) => Json::from(BASE64.encode(bytes)),
        Value::Timestamp(at) => Json::from(time::iso8601(*at)),
        Value::List(values) => values.iter().map(plain).collect(),
        Value::Map(entries) => entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        Value::Structure(structure) => structure
            .iter()
            .map(|(name, value)| (name.text().to_string(), plain(value)))
            .collect(),
    }
}

/// Reads JSON as the shape foresees. `null` for a structure's member is the same as leaving it out; a time may be ISO 8601
/// or a number of seconds since 1970. Ranges, lengths and required members are [`crate::check`]'s.
///
/// # Errors
/// The first thing that cannot be what the shape says.
pub fn from_json(service: &Service, shape: ShapeId, json: &Json) -> Result<Value, Problem> {
    Reader {
        service,
        path: String::new(),
    }
    .value(shape, json, 0)
}

struct Reader<'a> {
    service: &'a Service,
    path: String,
}

impl Reader<'_> {
    fn problem(&self, kind: ProblemKind, value: String) -> Problem {
        Problem {
            path: self.path.clone(),
            kind,
            value,
        }
    }

    fn inside(&mut self, step: &str, shape: ShapeId, json: &Json, depth: usize) -> Result<Value, Problem> {
        let length = self.path.len();
        if length > 0 && !step.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(step);
        let value = self.value(shape, json, depth + 1);
        self.path.truncate(length);
        value
    }

    fn value(&mut self, id: ShapeId, json: &Json, depth: usize) -> Result<Value, Problem> {
        if depth > limits::DEPTH {
            return Err(self.problem(ProblemKind::TooDeep, String::new()));
        }
        match (self.service.shape(id), json) {
            (Shape::Structure(shape), Json::Object(members)) => self.structure(shape, members, depth),
            (Shape::List(shape), Json::Array(values)) => {
                let mut list = Vec::with_capacity(values.len());
                for (at, value) in values.iter().enumerate() {
                    list.push(self.inside(&format!("[{at}]"), shape.member, value, depth)?);
                }
                Ok(Value::List(list))
            }
            (Shape::Map(shape), Json::Object(entries)) => {
                let mut map = BTreeMap::new();
                for (key, value) in entries {
                    map.insert(key.clone(), self.inside(key, shape.value, value, depth)?);
                }
                Ok(Value::Map(map))
            }
            (shape, json) => scalar(shape, json).ok_or_else(|| {
                let expected = match shape {
                    Shape::Blob(_) => "binary data in base64",
                    Shape::Timestamp(_) => "a time such as 2025-03-03T09:00:00Z",
                    shape => shape.kind(),
                };
                let shown = if shape.is_sensitive() {
                    String::new()
                } else {
                    shown(json)
                };
                self.problem(ProblemKind::WrongType { expected }, shown)
            }),
        }
    }

    fn structure(
        &mut self,
        shape: &StructureShape,
        members: &Map<String, Json>,
        depth: usize,
    ) -> Result<Value, Problem> {
        let mut structure = Structure::new();
        for (key, json) in members {
            let Some(member) = shape.member_by_text(key) else {
                let path = if self.path.is_empty() {
                    key.clone()
                } else {
                    format!("{}.{key}", self.path)
                };
                return Err(Problem {
                    path,
                    kind: unknown(shape, key),
                    value: String::new(),
                });
            };
            if !json.is_null() {
                structure.set(member.name, self.inside(key, member.shape, json, depth)?);
            }
        }
        Ok(Value::Structure(structure))
    }
}

/// What holds nothing else; `None` if it is not what the shape says.
fn scalar(shape: &Shape, json: &Json) -> Option<Value> {
    match (shape, json) {
        (Shape::String(_), Json::String(text)) => Some(Value::String(text.clone())),
        (Shape::Integer(_) | Shape::Long(_), Json::Number(number)) => number.as_i64().map(Value::Integer),
        (Shape::Float(_) | Shape::Double(_), Json::Number(number)) => number.as_f64().map(Value::Double),
        (Shape::Boolean, Json::Bool(value)) => Some(Value::Bool(*value)),
        (Shape::Timestamp(_), Json::String(text)) => time::parse(text).map(Value::Timestamp),
        (Shape::Timestamp(_), Json::Number(seconds)) => milliseconds(seconds).map(Value::Timestamp),
        (Shape::Blob(_), Json::String(text)) => BASE64.decode(text).ok().map(Value::Blob),
        _ => None,
    }
}

fn milliseconds(seconds: &serde_json::Number) -> Option<i64> {
    match seconds.as_i64() {
        Some(seconds) => seconds.checked_mul(1000),
        None => seconds.as_f64().map(|seconds| (seconds * 1000.0).round() as i64),
    }
}

fn shown(json: &Json) -> String {
    match json {
        Json::Null => "null".to_string(),
        Json::Bool(value) => value.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => shortened(text),
        Json::Array(_) => "a list".to_string(),
        Json::Object(_) => "a structure".to_string(),
    }
}

//! Whether parameters are what the model says, in botocore's words and order. What botocore lets through (patterns, most
//! limits, enumerations) is the service's to refuse.

use crate::data::{Data, Dict};
use crate::fault::Fault;
use stratus_model::{Member, Service, Shape, ShapeId};

/// Checks all parameters of an operation: `shape` is its input.
///
/// # Errors
/// Everything that is wrong, a line each.
pub fn validate(service: &Service, shape: Option<ShapeId>, params: &Dict) -> Result<(), Fault> {
    let Some(shape) = shape else { return Ok(()) };
    let mut validator = Validator {
        service,
        lines: Vec::new(),
    };
    validator.structure(shape, params, "");
    if validator.lines.is_empty() {
        return Ok(());
    }
    Err(Fault::parameter(format_args!(
        "Parameter validation failed:\n{}",
        validator.lines.join("\n")
    )))
}

struct Validator<'a> {
    service: &'a Service,
    lines: Vec<String>,
}

fn shown(path: &str) -> &str {
    match path.strip_prefix('.').unwrap_or(path) {
        "" => "input",
        path => path,
    }
}

impl Validator<'_> {
    fn structure(&mut self, shape: ShapeId, params: &Dict, path: &str) {
        let Shape::Structure(known) = self.service.shape(shape) else {
            return;
        };
        let names: Vec<&str> = known.members.iter().map(|member| member.name.text()).collect();
        if known.union && params.is_empty() {
            self.lines.push(format!(
                "Must set one of the following keys for tagged unionstructure {}: {}.",
                shown(path),
                names.join(". ")
            ));
        } else if known.union && params.len() > 1 {
            self.lines.push(format!(
                "Invalid number of parameters set for tagged union structure {}. Can only set one of the following keys: {}.",
                shown(path),
                names.join(". ")
            ));
        }
        for member in known.members.iter().filter(|member| member.required) {
            if !params.contains(member.name.text()) {
                self.lines.push(format!(
                    "Missing required parameter in {}: \"{}\"",
                    shown(path),
                    member.name.text()
                ));
            }
        }
        let mut members: Vec<(&Member, &Data)> = Vec::new();
        for (name, value) in params.iter() {
            match known.member_by_text(name) {
                Some(member) => members.push((member, value)),
                None => self.lines.push(format!(
                    "Unknown parameter in {}: \"{name}\", must be one of: {}",
                    shown(path),
                    names.join(", ")
                )),
            }
        }
        for (member, value) in members {
            let least = member.host_label.then_some(1);
            self.value(member.shape, value, &format!("{path}.{}", member.name.text()), least);
        }
    }

    fn wrong(&mut self, path: &str, value: &Data, valid: &str) {
        self.lines.push(format!(
            "Invalid type for parameter {}, value: {}, type: <class '{}'>, valid types: {valid}",
            shown(path),
            value.text(),
            value.type_name()
        ));
    }

    fn length(&mut self, path: &str, length: usize, min: Option<i64>) {
        if let Some(min) = min.filter(|min| i64::try_from(length).is_ok_and(|length| length < *min)) {
            self.lines.push(format!(
                "Invalid length for parameter {}, value: {length}, valid min length: {min}",
                shown(path)
            ));
        }
    }

    fn value(&mut self, shape: ShapeId, value: &Data, path: &str, least: Option<i64>) {
        match (self.service.shape(shape), value) {
            (Shape::Structure(_), Data::Dict(params)) => self.structure(shape, params, path),
            (Shape::Map(map), Data::Dict(entries)) => {
                for (key, value) in entries.iter() {
                    self.value(map.key, &Data::from(key), &format!("{path} (key: {key})"), None);
                    self.value(map.value, value, &format!("{path}.{key}"), None);
                }
            }
            (Shape::Structure(_) | Shape::Map(_), other) => self.wrong(path, other, "<class 'dict'>"),
            (Shape::List(list), Data::List(items)) => {
                self.length(path, items.len(), list.min);
                for (at, item) in items.iter().enumerate() {
                    self.value(list.member, item, &format!("{path}[{at}]"), None);
                }
            }
            (Shape::List(_), other) => self.wrong(path, other, "<class 'list'>, <class 'tuple'>"),
            (Shape::String(string), Data::Text(text)) => {
                self.length(path, text.chars().count(), string.min.or(least));
            }
            (Shape::String(_), other) => self.wrong(path, other, "<class 'str'>"),
            (Shape::Integer(range) | Shape::Long(range), Data::Int(number)) => {
                self.range(
                    path,
                    value,
                    *number < range.min.unwrap_or(i64::MIN),
                    range.min.map(|min| min.to_string()),
                );
            }
            // A truth value is a number in Python, so that botocore lets it through.
            (Shape::Integer(_) | Shape::Long(_) | Shape::Float(_) | Shape::Double(_), Data::Bool(_)) => {}
            (Shape::Integer(_) | Shape::Long(_), other) => self.wrong(path, other, "<class 'int'>"),
            (Shape::Float(range) | Shape::Double(range), Data::Int(_) | Data::Float(_)) => {
                let number = value.number().unwrap_or_default();
                let min = range.min.map(|min| {
                    if min.fract() == 0.0 {
                        format!("{min:.0}")
                    } else {
                        min.to_string()
                    }
                });
                self.range(path, value, number < range.min.unwrap_or(f64::NEG_INFINITY), min);
            }
            (Shape::Float(_) | Shape::Double(_), other) => {
                self.wrong(path, other, "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>");
            }
            (Shape::Boolean, Data::Bool(_)) | (Shape::Blob(_), Data::Text(_) | Data::Bytes(_)) => {}
            (Shape::Boolean, other) => self.wrong(path, other, "<class 'bool'>"),
            (Shape::Blob(_), other) => {
                self.wrong(path, other, "<class 'bytes'>, <class 'bytearray'>, file-like object");
            }
            (Shape::Timestamp(_), other) => {
                if crate::convert::timestamp(other).is_none() {
                    self.wrong(path, other, "<class 'datetime.datetime'>, timestamp-string");
                }
            }
        }
    }

    fn range(&mut self, path: &str, value: &Data, below: bool, min: Option<String>) {
        if let Some(min) = min.filter(|_| below) {
            self.lines.push(format!(
                "Invalid value for parameter {}, value: {}, valid min value: {min}",
                shown(path),
                value.text()
            ));
        }
    }
}

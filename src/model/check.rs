//! Whether a tree of values is what the model says. Reads both, changes neither.
//!
//! Semantics beyond the model (which ids exist, which parameters exclude each other) are the engine's.

use crate::problem::{Problem, ProblemKind, nearest, shortened};
use crate::schema::{Operation, Service, Shape, ShapeId, StringShape, StructureShape};
use crate::{Structure, Value, limits, pattern};
use std::collections::BTreeMap;

/// Checks what an operation is called with.
///
/// # Errors
/// Everything that is wrong, in the order of the model, at most [`limits::PROBLEMS`].
pub fn input(service: &Service, operation: &Operation, input: &Structure) -> Result<(), Vec<Problem>> {
    check(service, operation.input, input, false)
}

/// Checks what an operation answers.
///
/// A list may be empty where the model wants one item: AWS answers `"InvalidParameters": []` itself. A packet's header may
/// have blocks where the model wants addresses: AWS answers `"DestinationAddresses": ["10.0.1.85/32"]` itself
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-assess-impact-main.html>).
///
/// # Errors
/// As [`input`].
pub fn output(service: &Service, operation: &Operation, output: &Structure) -> Result<(), Vec<Problem>> {
    check(service, operation.output, output, true)
}

fn check(
    service: &Service,
    shape: Option<ShapeId>,
    structure: &Structure,
    is_answer: bool,
) -> Result<(), Vec<Problem>> {
    let mut checker = Checker {
        service,
        path: String::new(),
        problems: Vec::new(),
        values: 0,
        is_answer,
    };
    checker.structure(service.structure(shape), structure, 0);
    if checker.problems.is_empty() {
        Ok(())
    } else {
        Err(checker.problems)
    }
}

struct Checker<'a> {
    service: &'a Service,
    path: String,
    problems: Vec<Problem>,
    values: usize,
    /// Whether it is what AWS says, not what it is told: that may be larger.
    is_answer: bool,
}

impl Checker<'_> {
    /// Values that the tree may have.
    fn most(&self) -> usize {
        if self.is_answer {
            limits::ANSWER_VALUES
        } else {
            limits::VALUES
        }
    }

    /// Bytes that one blob may have.
    fn blob(&self) -> usize {
        if self.is_answer {
            limits::ANSWER_BLOB_BYTES
        } else {
            limits::BLOB_BYTES
        }
    }

    fn report(&mut self, kind: ProblemKind, value: String) {
        if self.problems.len() < limits::PROBLEMS {
            self.problems.push(Problem {
                path: self.path.clone(),
                kind,
                value,
            });
        }
    }

    /// Does `what` with the path one step longer.
    fn inside(&mut self, step: &str, what: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 && !step.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(step);
        what(self);
        self.path.truncate(length);
    }

    /// Counts what is looked at; false once there is nothing more to be looked at.
    fn within_limits(&mut self, depth: usize) -> bool {
        self.values += 1;
        if self.values == self.most() + 1 {
            self.report(ProblemKind::TooMany { limit: self.most() }, String::new());
        } else if depth > limits::DEPTH {
            self.report(ProblemKind::TooDeep, String::new());
        }
        self.values <= self.most() && depth <= limits::DEPTH && self.problems.len() < limits::PROBLEMS
    }

    fn structure(&mut self, shape: &StructureShape, structure: &Structure, depth: usize) {
        for member in &shape.members {
            match structure.get(member.name) {
                Some(value) => {
                    self.inside(member.name.text(), |checker| {
                        checker.value(member.shape, value, depth + 1)
                    });
                }
                None if member.required => {
                    self.inside(member.name.text(), |checker| {
                        checker.report(ProblemKind::Missing, String::new())
                    });
                }
                None => {}
            }
        }
        for (name, _) in structure.iter() {
            if shape.member(name).is_none() {
                let kind = unknown(shape, name.text());
                self.inside(name.text(), |checker| checker.report(kind, String::new()));
            }
        }
        if shape.union && structure.len() != 1 {
            let of = shape.members.iter().map(|member| member.name.text()).collect();
            self.report(ProblemKind::NotOne { of }, String::new());
        }
    }

    fn value(&mut self, id: ShapeId, value: &Value, depth: usize) {
        if !self.within_limits(depth) {
            return;
        }
        let shape = self.service.shape(id);
        match (shape, value) {
            (Shape::Structure(shape), Value::Structure(structure)) => self.structure(shape, structure, depth),
            (Shape::List(shape), Value::List(values)) => {
                self.length(values.len(), shape.min, shape.max, "items");
                for (at, value) in values.iter().enumerate() {
                    self.inside(&format!("[{at}]"), |checker| {
                        checker.value(shape.member, value, depth + 1)
                    });
                }
            }
            (Shape::Map(shape), Value::Map(entries)) => {
                self.length(entries.len(), shape.min, shape.max, "entries");
                self.entries(shape.key, shape.value, entries, depth);
            }
            (Shape::String(shape), Value::String(text)) => self.string(shape, text),
            (Shape::Integer(shape), Value::Integer(number)) => {
                let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
                self.integer(
                    *number,
                    shape.min.unwrap_or(least).max(least),
                    shape.max.unwrap_or(most).min(most),
                );
            }
            (Shape::Long(shape), Value::Integer(number)) => {
                self.integer(*number, shape.min.unwrap_or(i64::MIN), shape.max.unwrap_or(i64::MAX));
            }
            (Shape::Float(range) | Shape::Double(range), Value::Double(_) | Value::Integer(_)) => {
                self.number(value.as_double().unwrap_or(f64::NAN), range.min, range.max);
            }
            (Shape::Boolean, Value::Bool(_)) | (Shape::Timestamp(_), Value::Timestamp(_)) => {}
            (Shape::Blob(shape), Value::Blob(bytes)) => {
                let most = i64::try_from(self.blob()).unwrap_or(i64::MAX);
                self.length(
                    bytes.len(),
                    shape.min,
                    Some(shape.max.unwrap_or(most).min(most)),
                    "bytes",
                );
            }
            _ => {
                let shown = if shape.is_sensitive() {
                    String::new()
                } else {
                    shown(value)
                };
                self.report(ProblemKind::WrongType { expected: shape.kind() }, shown);
            }
        }
    }

    fn entries(&mut self, key_shape: ShapeId, value_shape: ShapeId, entries: &BTreeMap<String, Value>, depth: usize) {
        for (key, value) in entries {
            self.inside(key, |checker| {
                if let Shape::String(shape) = checker.service.shape(key_shape) {
                    checker.string(shape, key);
                }
                checker.value(value_shape, value, depth + 1);
            });
        }
    }

    fn length(&mut self, length: usize, min: Option<i64>, max: Option<i64>, unit: &'static str) {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        match (min, max) {
            (Some(_), _) if length == 0 && unit == "items" && self.is_answer => {}
            (Some(limit), _) if length < limit => {
                self.report(ProblemKind::TooShort { limit, unit }, length.to_string())
            }
            (_, Some(limit)) if length > limit => self.report(ProblemKind::TooLong { limit, unit }, length.to_string()),
            _ => {}
        }
    }

    fn string(&mut self, shape: &StringShape, text: &str) {
        if text.len() > limits::STRING_BYTES {
            let limit = i64::try_from(limits::STRING_BYTES).unwrap_or(i64::MAX);
            self.report(ProblemKind::TooLong { limit, unit: "bytes" }, text.len().to_string());
            return;
        }
        let text = match text.split_once('/') {
            Some((address, _)) if self.is_answer && self.path.contains("Header.") => address,
            _ => text,
        };
        if shape.min.is_some() || shape.max.is_some() {
            self.length(text.chars().count(), shape.min, shape.max, "characters");
        }
        if !shape.values.is_empty() && !shape.values.contains(&text) {
            let near = nearest(text, shape.values.iter().copied());
            self.report(
                ProblemKind::NotInEnum {
                    allowed: shape.values.clone(),
                    near,
                },
                shown_text(shape, text),
            );
        }
        if let Some(pattern) = shape.pattern.filter(|pattern| !pattern::matches(pattern, text)) {
            self.report(ProblemKind::Pattern { pattern }, shown_text(shape, text));
        }
    }

    fn integer(&mut self, number: i64, least: i64, most: i64) {
        if number < least {
            self.report(ProblemKind::TooSmall { limit: least as f64 }, number.to_string());
        } else if number > most {
            self.report(ProblemKind::TooLarge { limit: most as f64 }, number.to_string());
        }
    }

    fn number(&mut self, number: f64, least: Option<f64>, most: Option<f64>) {
        if !number.is_finite() {
            self.report(
                ProblemKind::WrongType {
                    expected: "a finite number",
                },
                number.to_string(),
            );
        } else if let Some(limit) = least.filter(|least| number < *least) {
            self.report(ProblemKind::TooSmall { limit }, number.to_string());
        } else if let Some(limit) = most.filter(|most| number > *most) {
            self.report(ProblemKind::TooLarge { limit }, number.to_string());
        }
    }
}

/// The problem of a name that the structure does not have.
pub(crate) fn unknown(shape: &StructureShape, name: &str) -> ProblemKind {
    let near = nearest(name, shape.members.iter().map(|member| member.name.text()));
    ProblemKind::Unknown {
        near: near.map(str::to_string),
    }
}

fn shown_text(shape: &StringShape, text: &str) -> String {
    if shape.sensitive {
        String::new()
    } else {
        shortened(text)
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::String(value) => shortened(value),
        Value::Blob(_) => "binary data".to_string(),
        Value::Timestamp(value) => crate::time::iso8601(*value),
        Value::List(_) => "a list".to_string(),
        Value::Map(_) => "a map".to_string(),
        Value::Structure(_) => "a structure".to_string(),
    }
}

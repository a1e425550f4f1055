//! The line-oriented text that `data/*.model`, `operations.txt`, `numbers.txt` and `names.txt` are written in, as plain
//! data: parsed, rendered, and nothing else. The generator, the build script and the tests each compile this file
//! for themselves; it may use the standard library only, and it may not know what a service means.
#![allow(dead_code, reason = "each of the three uses its own part of this file")]
//!
//! ```text
//! service ec2                          one `key value` fact a line
//! api-version 2016-11-15
//!
//! operation StopInstances              operations, sorted by name
//!   http POST / 200
//!   input StopInstancesRequest
//!   output StopInstancesResult
//!   later                              not in the part of the model that a page starts with
//!
//! waiter InstanceStopped               after the operations: what `aws ec2 wait instance-stopped` does
//!   operation DescribeInstances
//!   delay 15                           seconds
//!   attempts 40
//!   accept success pathAll "stopped" Reservations[].Instances[].State.Name
//!
//! structure StopInstancesRequest       shapes, sorted by name
//!   InstanceIds InstanceIdStringList wire=InstanceId required
//! string Tenancy
//!   | default                          one value of the enumeration a line
//!   ~ ^[a-z]+$                         the pattern
//! ```
//! Members and enumeration values keep the order of the API, because answers are printed in it.

use std::fmt;

/// A whole `.model` file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceText {
    /// The lines before the first operation, in order: `("service", "ec2")`, `("protocol", "ec2")`…
    pub facts: Vec<(String, String)>,
    pub operations: Vec<OperationText>,
    /// What one waits for: `operation`, `delay`, `attempts`, and an `accept` line for each acceptor.
    pub waiters: Vec<OperationText>,
    pub shapes: Vec<ShapeText>,
}

/// One operation or waiter: its name and its indented `key value` lines; a key may occur more than once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationText {
    pub name: String,
    pub facts: Vec<(String, String)>,
}

/// One shape. `kind` is botocore's type name: structure, list, map, string, integer, long, float, double, boolean, timestamp, blob.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShapeText {
    pub kind: String,
    pub name: String,
    /// The shapes that follow the name: none, a list's member, or a map's key and value.
    pub elements: Vec<String>,
    pub attributes: Attributes,
    pub members: Vec<MemberText>,
    pub values: Vec<String>,
    pub pattern: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemberText {
    pub name: String,
    pub shape: String,
    pub attributes: Attributes,
}

/// `flag` and `key=value` words, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(pub Vec<(String, Option<String>)>);

impl Attributes {
    pub fn flag(&mut self, key: &str) {
        self.0.push((key.to_string(), None));
    }

    pub fn set(&mut self, key: &str, value: impl fmt::Display) {
        self.0.push((key.to_string(), Some(value.to_string())));
    }

    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(name, _)| name == key)
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .and_then(|(_, value)| value.as_deref())
    }

    fn parse<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        Self(
            words
                .map(|word| match word.split_once('=') {
                    Some((key, value)) => (key.to_string(), Some(value.to_string())),
                    None => (word.to_string(), None),
                })
                .collect(),
        )
    }
}

impl fmt::Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (key, value) in &self.0 {
            match value {
                Some(value) => write!(f, " {key}={value}")?,
                None => write!(f, " {key}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for ServiceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (key, value) in &self.facts {
            writeln!(f, "{}", format!("{key} {value}").trim_end())?;
        }
        for (kind, entries) in [("operation", &self.operations), ("waiter", &self.waiters)] {
            for entry in entries {
                writeln!(f, "\n{kind} {}", entry.name)?;
                for (key, value) in &entry.facts {
                    writeln!(f, "  {}", format!("{key} {value}").trim_end())?;
                }
            }
        }
        for shape in &self.shapes {
            write!(f, "\n{} {}", shape.kind, shape.name)?;
            for element in &shape.elements {
                write!(f, " {element}")?;
            }
            writeln!(f, "{}", shape.attributes)?;
            for member in &shape.members {
                writeln!(f, "  {} {}{}", member.name, member.shape, member.attributes)?;
            }
            for value in &shape.values {
                writeln!(f, "  | {value}")?;
            }
            if let Some(pattern) = &shape.pattern {
                writeln!(f, "  ~ {pattern}")?;
            }
        }
        Ok(())
    }
}

impl ServiceText {
    /// Reads a `.model` file. An error names the line and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut service = Self::default();
        for (number, line) in text.lines().enumerate() {
            service
                .line(line)
                .map_err(|why| format!("line {}: {why}: {line}", number + 1))?;
        }
        Ok(service)
    }

    pub fn fact(&self, key: &str) -> Option<&str> {
        self.facts
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if let Some(inner) = line.strip_prefix("  ") {
            let entry = self.waiters.last_mut().or(self.operations.last_mut());
            return match (self.shapes.last_mut(), entry) {
                (Some(shape), _) => shape.line(inner),
                (None, Some(entry)) => {
                    entry.facts.push(key_and_value(inner));
                    Ok(())
                }
                (None, None) => Err("an indented line belongs to an operation or a shape".into()),
            };
        }
        let (key, value) = key_and_value(line);
        match key.as_str() {
            "operation" | "waiter" if !self.shapes.is_empty() => {
                return Err("operations and waiters come before shapes".into());
            }
            "operation" if !self.waiters.is_empty() => return Err("operations come before waiters".into()),
            "operation" | "waiter" => {
                let entry = OperationText {
                    name: value,
                    facts: Vec::new(),
                };
                if key == "waiter" {
                    self.waiters.push(entry);
                } else {
                    self.operations.push(entry);
                }
            }
            "structure" | "list" | "map" | "string" | "integer" | "long" | "float" | "double" | "boolean"
            | "timestamp" | "blob" => self.shapes.push(ShapeText::parse(key, &value)?),
            _ if self.operations.is_empty() && self.shapes.is_empty() => self.facts.push((key, value)),
            _ => return Err("unknown kind of shape".into()),
        }
        Ok(())
    }
}

impl OperationText {
    pub fn fact(&self, key: &str) -> Option<&str> {
        self.facts
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.facts
            .iter()
            .filter(move |(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }
}

impl ShapeText {
    fn parse(kind: String, rest: &str) -> Result<Self, String> {
        let mut words = rest.split(' ');
        let name = words
            .next()
            .filter(|name| !name.is_empty())
            .ok_or("a shape needs a name")?
            .to_string();
        let count = match kind.as_str() {
            "list" => 1,
            "map" => 2,
            _ => 0,
        };
        let elements: Vec<String> = words.by_ref().take(count).map(str::to_string).collect();
        if elements.len() < count {
            return Err("the element's shape is missing".into());
        }
        Ok(Self {
            kind,
            name,
            elements,
            attributes: Attributes::parse(words),
            ..Self::default()
        })
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(value) = line.strip_prefix("| ") {
            self.values.push(value.to_string());
        } else if let Some(pattern) = line.strip_prefix("~ ") {
            self.pattern = Some(pattern.to_string());
        } else if self.kind == "structure" {
            let mut words = line.split(' ');
            let (Some(name), Some(shape)) = (words.next(), words.next()) else {
                return Err("a member is a name and a shape".into());
            };
            let attributes = Attributes::parse(words);
            self.members.push(MemberText {
                name: name.to_string(),
                shape: shape.to_string(),
                attributes,
            });
        } else {
            return Err("only structures have members".into());
        }
        Ok(())
    }

    /// The shapes that this one refers to.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        self.elements
            .iter()
            .map(String::as_str)
            .chain(self.members.iter().map(|member| member.shape.as_str()))
    }
}

/// Reads a numbered list (`names.txt`, `numbers.txt`): `number text` a line, numbers dense from 1. Returns the texts in order.
pub fn parse_numbered(text: &str) -> Result<Vec<String>, String> {
    let mut entries = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (number, entry) = key_and_value(line);
        if number != (entries.len() + 1).to_string() {
            return Err(format!("expected number {}: {line}", entries.len() + 1));
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn key_and_value(line: &str) -> (String, String) {
    let (key, value) = line.split_once(' ').unwrap_or((line, ""));
    (key.to_string(), value.to_string())
}

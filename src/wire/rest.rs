//! What of an operation's values stands outside the body in the REST protocols: in the path, the query and the headers.
//! The body itself is `rest_xml.rs`.

use crate::error::Error;
use crate::http::{self, Headers, Pairs};
use crate::scalar::{self, Style};
use crate::xml::write::format;
use std::collections::BTreeMap;
use stratus_model::{Location, Member, Operation, Service, Shape, Structure, Value};

/// A member's name outside the body.
pub fn name(member: &Member) -> &'static str {
    member.wire_name.unwrap_or(member.name.text())
}

/// Where members outside the body are read from.
pub struct Outside<'r> {
    pub service: &'static Service,
    pub labels: &'r [(&'static str, String)],
    pub pairs: &'r Pairs,
    pub headers: &'r Headers,
    /// Lines after the body, which count as headers.
    pub trailers: &'r Headers,
}

impl Outside<'_> {
    /// A member's value; `None` where it is not there.
    ///
    /// # Errors
    /// `InvalidArgument` (S3) or `InvalidInput` for a text that is no value of the member's kind.
    pub fn read(&self, member: &'static Member) -> Result<Option<Value>, Error> {
        match member.location {
            Location::Uri => {
                let label = self.labels.iter().find(|(label, _)| *label == name(member));
                label.map(|(_, text)| self.scalar(member, text)).transpose()
            }
            Location::Query => self.query(member),
            Location::Header => self.header(member),
            Location::Headers => Ok(self.header_map(member)),
            Location::Body | Location::StatusCode => Ok(None),
        }
    }

    fn scalar(&self, member: &'static Member, text: &str) -> Result<Value, Error> {
        scalar::read(self.service.shape(member.shape), text).ok_or_else(|| self.invalid(member, text))
    }

    fn invalid(&self, member: &'static Member, text: &str) -> Error {
        let text: String = text.chars().take(stratus_model::limits::SHOWN_CHARACTERS).collect();
        let kind = self.service.shape(member.shape).kind();
        let mut message = format!("{} must be {kind}.", name(member));
        if self.service.name == "s3" {
            // `max-keys`, `max-parts`, `max-uploads`.
            if name(member).starts_with("max-") {
                message = format!("Provided {} not an integer or within integer range", name(member));
            }
            let error = Error::new("InvalidArgument", 400, message);
            return error.with("ArgumentName", name(member)).with("ArgumentValue", text);
        }
        Error::new("InvalidInput", 400, message)
    }

    fn query(&self, member: &'static Member) -> Result<Option<Value>, Error> {
        let mut values = self
            .pairs
            .iter()
            .filter(|(key, _)| key == name(member))
            .map(|(_, value)| value);
        if let Shape::List(list) = self.service.shape(member.shape) {
            let item = self.service.shape(list.member);
            let read = values.map(|text| scalar::read(item, text).ok_or_else(|| self.invalid(member, text)));
            let values = read.collect::<Result<Vec<Value>, Error>>()?;
            return Ok((!values.is_empty()).then_some(Value::List(values)));
        }
        values.next().map(|text| self.scalar(member, text)).transpose()
    }

    fn header(&self, member: &'static Member) -> Result<Option<Value>, Error> {
        let key = name(member).to_ascii_lowercase();
        // Presigned addresses may carry what would be a header of S3's in the query.
        let hoisted = || {
            let mut pairs = self.pairs.iter().filter(|_| key.starts_with("x-amz-"));
            pairs
                .find(|(name, _)| name.eq_ignore_ascii_case(&key))
                .map(|(_, value)| value.as_str())
        };
        let text = self
            .headers
            .get(&key)
            .or_else(|| self.trailers.get(&key))
            .or_else(hoisted);
        let Some(text) = text else { return Ok(None) };
        match self.service.shape(member.shape) {
            Shape::List(list) => {
                let item = self.service.shape(list.member);
                // A repeated header is a list as well.
                let all = self.headers.all(&key).flat_map(|line| line.split(','));
                let texts: Vec<&str> = all.map(str::trim).filter(|text| !text.is_empty()).collect();
                let texts = if texts.is_empty() { vec![text] } else { texts };
                let read = texts
                    .into_iter()
                    .map(|text| scalar::read(item, text).ok_or_else(|| self.invalid(member, text)));
                read.collect::<Result<Vec<Value>, Error>>()
                    .map(|values| Some(Value::List(values)))
            }
            // HTTP wants it so: a condition with a date that is none is no condition.
            Shape::Timestamp(_) if key.contains("if-") => Ok(self.scalar(member, text).ok()),
            _ => self.scalar(member, text).map(Some),
        }
    }

    fn header_map(&self, member: &'static Member) -> Option<Value> {
        let prefix = name(member).to_ascii_lowercase();
        let with_prefix = |(key, value): (&str, &str)| {
            let key = key.strip_prefix(prefix.as_str())?;
            Some((key.to_string(), value.trim().to_string()))
        };
        let mut entries: BTreeMap<String, Value> = BTreeMap::new();
        // A presigned address may carry them in its query.
        let hoisted = self
            .pairs
            .iter()
            .filter(|_| prefix.starts_with("x-amz-"))
            .map(|(key, value)| (key.to_ascii_lowercase(), value));
        let hoisted: Vec<(String, &String)> = hoisted.filter(|(key, _)| self.headers.get(key).is_none()).collect();
        let lines = self
            .headers
            .iter()
            .chain(hoisted.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        for (key, value) in lines.filter_map(with_prefix) {
            // Two lines with one name are one value with a comma, as HTTP has it.
            match entries.get_mut(&key) {
                Some(Value::String(text)) => {
                    text.push(',');
                    text.push_str(&value);
                }
                _ => drop(entries.insert(key, Value::String(value))),
            }
        }
        (!entries.is_empty()).then_some(Value::Map(entries))
    }
}

fn text(member: &Member, shape: &Shape, value: &Value, style: Style) -> String {
    let mut bytes = Vec::new();
    scalar::write(value, format(member, shape), style, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Adds the headers of a structure's members to a message.
pub fn write_headers(
    service: &'static Service,
    members: &'static [Member],
    structure: &Structure,
    headers: &mut Headers,
) {
    for member in members {
        let Some(value) = structure.get(member.name) else {
            continue;
        };
        match (member.location, value) {
            (Location::Header, Value::List(values)) => {
                let texts: Vec<&str> = values.iter().filter_map(Value::as_text).collect();
                headers.push(name(member), one_line(&texts.join(",")));
            }
            (Location::Header, value) => {
                let shape = service.shape(member.shape);
                headers.push(name(member), one_line(&text(member, shape, value, Style::HEADER)));
            }
            (Location::Headers, Value::Map(entries)) => write_map(name(member), entries, headers),
            _ => {}
        }
    }
}

/// Metadata. What cannot be a header is counted, as S3 does it for metadata that did not come by HTTP.
fn write_map(prefix: &str, entries: &BTreeMap<String, Value>, headers: &mut Headers) {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let mut missing = 0;
    for (key, value) in entries {
        let text = value.as_text().unwrap_or_default();
        if key.bytes().all(is_token) && !text.chars().any(char::is_control) {
            headers.push(format!("{prefix}{key}"), text);
        } else {
            missing += 1;
        }
    }
    if missing > 0 {
        headers.push("x-amz-missing-meta", missing.to_string());
    }
}

/// A header cannot have a line break, nor any other control character, in it.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A request's path and query, percent-encoded.
pub fn write_uri(service: &'static Service, operation: &Operation, structure: &Structure) -> (String, String) {
    let (template, literals) = operation.http_uri.split_once('?').unwrap_or((operation.http_uri, ""));
    let members = &service.structure(operation.input).members;
    let value = |wanted: &str, location: Location| {
        let member = members
            .iter()
            .find(|member| member.location == location && name(member) == wanted)?;
        let value = structure.get(member.name)?;
        Some(text(member, service.shape(member.shape), value, Style::ISO))
    };
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        let (label, greedy) = (label.trim_end_matches('+'), label.ends_with('+'));
        http::encode(&value(label, Location::Uri).unwrap_or_default(), greedy, &mut path);
        rest = after;
    }
    path.push_str(rest);
    let mut query = literals.to_string();
    let mut pair = |key: &str, value: &str| {
        if !query.is_empty() {
            query.push('&');
        }
        http::encode(key, false, &mut query);
        query.push('=');
        http::encode(value, false, &mut query);
    };
    for member in members.iter().filter(|member| member.location == Location::Query) {
        let shape = service.shape(member.shape);
        match (structure.get(member.name), shape) {
            (Some(Value::List(values)), Shape::List(list)) => {
                for value in values {
                    pair(
                        name(member),
                        &text(member, service.shape(list.member), value, Style::ISO),
                    );
                }
            }
            (Some(value), _) => pair(name(member), &text(member, shape, value, Style::ISO)),
            (None, _) => {}
        }
    }
    (path, query)
}

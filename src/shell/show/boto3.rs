//! A call as a Python program: a client of boto3, and one method with keyword parameters.
//! <https://docs.aws.amazon.com/boto3/latest/guide/clients.html>
//!
//! The text is one program, without comments; credentials come from where boto3 looks for them.

use super::{ShownCall, before_sdk, file_name, is_streaming, known};
use std::fmt::Write as _;
use stratus_model::{Service, Shape, ShapeId, Structure, Value, cli_name, time};

/// Columns of a line that is not broken.
const COLUMNS: usize = 88;
/// Spaces of one step inwards.
const STEP: usize = 4;
/// The most bytes of a streamed body that stand in the text; longer ones are read from the file that the command names.
const BODY_BYTES: usize = 1_024;

/// A Python expression.
enum Python {
    /// As it stands.
    Atom(String),
    List(Vec<Python>),
    /// Keys as they stand.
    Dict(Vec<(String, Python)>),
}

/// The program.
pub(super) fn text(call: ShownCall<'_>) -> String {
    let client = cli_name(call.service).replace('-', "_");
    let method = cli_name(call.operation).replace('-', "_");
    let keywords = keywords(&call);
    let mut lines = String::from("import boto3\n");
    if keywords.iter().any(|(_, value)| has_time(value)) {
        lines.push_str("import datetime\n");
    }
    let _ = write!(
        lines,
        "\n{client} = boto3.client({}, region_name={})\n",
        string(call.service),
        string(call.region.name())
    );
    lines.push_str(&invocation(&format!("response = {client}.{method}"), &keywords));
    lines
}

fn keywords(call: &ShownCall<'_>) -> Vec<(String, Python)> {
    let Some((service, operation)) = known(call) else {
        return Vec::new();
    };
    let members = &service.structure(operation.input).members;
    members
        .iter()
        .filter_map(|member| Some((member, call.params.get(member.name)?)))
        .map(|(member, value)| {
            let name = member.name.text().to_owned();
            if let Value::Blob(bytes) = value
                && is_streaming(service, member)
                && bytes.len() > BODY_BYTES
            {
                let file = string(&file_name(call.params));
                return (name, Python::Atom(format!("open({file}, \"rb\")")));
            }
            let changed = before_sdk(operation, member, value);
            (
                name,
                expression(service, member.shape, changed.as_ref().unwrap_or(value)),
            )
        })
        .collect()
}

fn expression(service: &Service, shape: ShapeId, value: &Value) -> Python {
    match (value, service.shape(shape)) {
        (Value::Structure(structure), Shape::Structure(known)) => {
            let entry = |(name, value): (&stratus_model::Member, &Value)| {
                (string(name.name.text()), expression(service, name.shape, value))
            };
            let given = known
                .members
                .iter()
                .filter_map(|member| Some((member, structure.get(member.name)?)));
            Python::Dict(given.map(entry).collect())
        }
        (Value::Map(entries), Shape::Map(known)) => {
            let entry = |(key, value): (&String, &Value)| (string(key), expression(service, known.value, value));
            Python::Dict(entries.iter().map(entry).collect())
        }
        (Value::List(items), Shape::List(known)) => {
            let item = |item: &Value| expression(service, known.member, item);
            Python::List(items.iter().map(item).collect())
        }
        (value, _) => plain(value),
    }
}

/// A value whose shape says nothing more.
fn plain(value: &Value) -> Python {
    match value {
        Value::String(text) => Python::Atom(string(text)),
        Value::Integer(number) => Python::Atom(number.to_string()),
        Value::Double(number) => Python::Atom(float(*number)),
        Value::Bool(flag) => Python::Atom(if *flag { "True" } else { "False" }.into()),
        Value::Blob(bytes) => Python::Atom(bytes_literal(bytes)),
        Value::Timestamp(at) => Python::Atom(moment(*at)),
        Value::List(items) => Python::List(items.iter().map(plain).collect()),
        Value::Map(entries) => Python::Dict(entries.iter().map(|(key, value)| (string(key), plain(value))).collect()),
        Value::Structure(structure) => {
            let members = |structure: &Structure| -> Vec<(String, Python)> {
                let entry = |(name, value): (stratus_model::Name, &Value)| (string(name.text()), plain(value));
                structure.iter().map(entry).collect()
            };
            Python::Dict(members(structure))
        }
    }
}

/// A string literal.
fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A literal of bytes.
fn bytes_literal(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push_str("b\"");
    for byte in bytes {
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => {
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push('"');
    out
}

/// A float literal: Python tells `1.0` from `1`, and has no word for infinity.
fn float(number: f64) -> String {
    if number.is_finite() {
        format!("{number:?}")
    } else {
        format!("float(\"{number}\")")
    }
}

/// `datetime.datetime(2025, 3, 3, 9, 0, tzinfo=datetime.timezone.utc)`, from milliseconds since 1970.
fn moment(at: i64) -> String {
    let text = time::iso8601(at);
    // 2025-03-03T09:00:00Z, with .123 before the Z where there are milliseconds.
    let numbers: Vec<i64> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let (year, month, day, hour, minute, second) = match numbers.as_slice() {
        [year, month, day, hour, minute, second, ..] => (*year, *month, *day, *hour, *minute, *second),
        _ => return string(&text),
    };
    let mut parts = vec![year, month, day, hour, minute];
    let micros = at.rem_euclid(1_000) * 1_000;
    if second != 0 || micros != 0 {
        parts.push(second);
    }
    if micros != 0 {
        parts.push(micros);
    }
    let parts: Vec<String> = parts.iter().map(i64::to_string).collect();
    format!("datetime.datetime({}, tzinfo=datetime.timezone.utc)", parts.join(", "))
}

fn has_time(value: &Python) -> bool {
    match value {
        Python::Atom(text) => text.starts_with("datetime."),
        Python::List(items) => items.iter().any(has_time),
        Python::Dict(entries) => entries.iter().any(|(_, value)| has_time(value)),
    }
}

/// On one line.
fn flat(value: &Python) -> String {
    match value {
        Python::Atom(text) => text.clone(),
        Python::List(items) => {
            let items: Vec<String> = items.iter().map(flat).collect();
            format!("[{}]", items.join(", "))
        }
        Python::Dict(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{key}: {}", flat(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// On one line if it ends before the last column, else an entry a line. `used`: columns before it and after it.
fn broken(value: &Python, inwards: usize, used: usize) -> String {
    let line = flat(value);
    if used + line.chars().count() <= COLUMNS {
        return line;
    }
    let deeper = inwards + STEP;
    let (open, close, entries) = match value {
        Python::Atom(_) => return line,
        Python::List(items) => (
            '[',
            ']',
            items.iter().map(|item| broken(item, deeper, deeper + 1)).collect(),
        ),
        Python::Dict(entries) => (
            '{',
            '}',
            entries
                .iter()
                .map(|(key, value)| {
                    let before = deeper + key.chars().count() + 2;
                    format!("{key}: {}", broken(value, deeper, before + 1))
                })
                .collect::<Vec<String>>(),
        ),
    };
    bracketed(open, close, &entries, inwards)
}

fn bracketed(open: char, close: char, entries: &[String], inwards: usize) -> String {
    let (outer, inner) = (" ".repeat(inwards), " ".repeat(inwards + STEP));
    let mut out = format!("{open}\n");
    for entry in entries {
        let _ = writeln!(out, "{inner}{entry},");
    }
    out.push_str(&outer);
    out.push(close);
    out
}

fn invocation(head: &str, keywords: &[(String, Python)]) -> String {
    let parts: Vec<String> = keywords
        .iter()
        .map(|(name, value)| format!("{name}={}", flat(value)))
        .collect();
    let line = format!("{head}({})", parts.join(", "));
    if line.chars().count() <= COLUMNS {
        return line;
    }
    let parts: Vec<String> = keywords
        .iter()
        .map(|(name, value)| {
            let before = STEP + name.chars().count() + 1;
            format!("{name}={}", broken(value, STEP, before + 1))
        })
        .collect();
    format!("{head}{}", bracketed('(', ')', &parts, 0))
}

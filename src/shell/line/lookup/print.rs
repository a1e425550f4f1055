//! Records as `dig` prints them: columns at 24, 32, 40 and 48 with tabs (all at 24 with `+multiline`), decimal escapes, values as in zone files.

use stratus_engine::dns::{Answer, zonefile};

/// What of a record is printed, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// Its TTL.
    pub ttl: bool,
    /// `IN`.
    pub class: bool,
    /// TTLs as `1h`.
    pub units: bool,
    /// SOA over several lines.
    pub multiline: bool,
}

/// The columns of the TTL, the class, the type and the data.
const TTL: usize = 24;
const CLASS: usize = 32;
const TYPE: usize = 40;
const DATA: usize = 48;
const TAB: usize = 8;

/// Goes to a column with tabs, at least one blank further (as BIND's printer does).
fn indent(text: &mut String, column: &mut usize, to: usize) {
    let to = to.max(*column + 1);
    let tabs = to / TAB - *column / TAB;
    if tabs > 0 {
        text.extend(std::iter::repeat_n('\t', tabs));
        *column = to / TAB * TAB;
    }
    text.extend(std::iter::repeat_n(' ', to - *column));
    *column = to;
}

/// The line of a record.
pub(super) fn record(answer: &Answer, columns: Columns) -> String {
    let mut text = zonefile::presented(&answer.name);
    let mut column = text.len();
    let mut put = |text: &mut String, part: &str, to: usize| {
        let to = if columns.multiline { TTL } else { to };
        indent(text, &mut column, to);
        text.push_str(part);
        column += part.len();
    };
    if columns.ttl {
        let ttl = match columns.units {
            true => units(answer.ttl),
            false => answer.ttl.to_string(),
        };
        put(&mut text, &ttl, TTL);
    }
    if columns.class {
        put(&mut text, "IN", if columns.ttl { CLASS } else { TTL });
    }
    put(&mut text, &answer.record_type, TYPE);
    let value = value(answer);
    match columns.multiline && answer.record_type == "SOA" {
        true => put(&mut text, &soa(&value), DATA),
        false => put(&mut text, &value, DATA),
    }
    text.push('\n');
    text
}

/// The line of a question.
pub(super) fn question(name: &str, record_type: &str, columns: Columns) -> String {
    let mut text = format!(";{name}");
    let mut column = name.len();
    for (part, to) in [("IN", CLASS), (record_type, TYPE)] {
        let to = if columns.multiline { TTL } else { to };
        indent(&mut text, &mut column, to);
        text.push_str(part);
        column += part.len();
    }
    text.push('\n');
    text
}

/// A value as in a zone file.
pub(super) fn value(answer: &Answer) -> String {
    zonefile::of_value(&answer.record_type, &answer.value)
}

/// `1w2d3h4m5s`, as `+ttlunits` has it.
fn units(seconds: i64) -> String {
    if seconds == 0 {
        return "0s".into();
    }
    let mut rest = seconds;
    let mut text = String::new();
    for (unit, size) in [('w', 604_800), ('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)] {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            text.push_str(&format!("{count}{unit}"));
        }
    }
    text
}

/// A SOA over several lines, with what its numbers mean.
fn soa(value: &str) -> String {
    let fields: Vec<&str> = value.split(' ').collect();
    let [server, mailbox, numbers @ ..] = fields.as_slice() else {
        return value.to_owned();
    };
    let margin = "\t\t\t\t";
    let mut text = format!("{server} {mailbox} (\n");
    let labels = ["serial", "refresh", "retry", "expire", "minimum"];
    for (place, (number, label)) in numbers.iter().zip(labels).enumerate() {
        let spelt = match number.parse::<i64>() {
            Ok(seconds) if place > 0 => format!(" ({})", spelt(seconds)),
            _ => String::new(),
        };
        text.push_str(&format!("{margin}{number:<10} ; {label}{spelt}\n"));
    }
    text.push_str(margin);
    text.push(')');
    text
}

/// `2 hours`, `1 day 3 hours`.
fn spelt(seconds: i64) -> String {
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (unit, size) in [("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)] {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            parts.push(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }));
        }
    }
    match parts.is_empty() {
        true => "0 seconds".into(),
        false => parts.join(" "),
    }
}

//! Records as `dig` prints them: columns at 24, 32, 40 and 48 with tabs (all at 24 with `+multiline`), decimal escapes, values as in zone files.

use super::kinds;
use crate::dns::message::Question;
use crate::dns::{Answer, zonefile};

/// What of a record is said, and how.
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
    /// IPv6 addresses with all their digits.
    pub expanded: bool,
    /// Hexadecimal digits in one piece; 0: all of them.
    pub split: usize,
}

impl Default for Columns {
    fn default() -> Columns {
        Columns {
            ttl: true,
            class: true,
            units: false,
            multiline: false,
            expanded: false,
            split: DIGITS,
        }
    }
}

/// The column of what follows the name; each further part is a tab's width on.
const FIRST: usize = 24;
const TAB: usize = 8;
/// Hexadecimal digits in one piece.
const DIGITS: usize = 56;

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

/// Puts parts behind a name, column by column.
fn line(name: &str, parts: &[String], first: usize, multiline: bool) -> String {
    let mut text = name.to_owned();
    let mut column = text.len();
    let mut to = first;
    for part in parts {
        indent(&mut text, &mut column, to);
        text.push_str(part);
        column += part.len();
        if !multiline {
            to += TAB;
        }
    }
    text.push('\n');
    text
}

/// The line of a record.
pub(super) fn record(answer: &Answer, columns: Columns) -> String {
    let mut parts = Vec::new();
    if columns.ttl {
        parts.push(match columns.units {
            true => units(answer.ttl),
            false => answer.ttl.to_string(),
        });
    }
    if columns.class {
        parts.push("IN".to_owned());
    }
    parts.push(answer.record_type.clone());
    let value = value_in(answer, columns);
    parts.push(match columns.multiline && answer.record_type == "SOA" {
        true => soa(&value),
        false => value,
    });
    line(&zonefile::presented(&answer.name), &parts, FIRST, columns.multiline)
}

/// The line of a question.
pub(super) fn question(name: &str, question: &Question, columns: Columns) -> String {
    let parts = [kinds::class_name(question.class), question.record_type.clone()];
    let first = if columns.multiline { FIRST } else { FIRST + TAB };
    format!(";{}", line(name, &parts, first, columns.multiline))
}

/// A value as in a zone file.
pub(super) fn value(answer: &Answer) -> String {
    value_in(answer, Columns::default())
}

/// A value as it is to be shown.
pub(super) fn value_in(answer: &Answer, columns: Columns) -> String {
    let text = zonefile::of_value(&answer.record_type, &answer.value);
    let numbers = match answer.record_type.as_str() {
        "SSHFP" => 2,
        "DS" | "TLSA" => 3,
        "AAAA" if columns.expanded => return expanded(&text),
        _ => return text,
    };
    // Digests in capitals, in pieces.
    let fields: Vec<&str> = text.split(' ').collect();
    let (numbers, digits) = fields.split_at(numbers.min(fields.len()));
    let digits = digits.concat().to_ascii_uppercase();
    let pieces = digits.as_bytes().chunks(match columns.split {
        0 => usize::MAX,
        split => split,
    });
    let pieces = pieces.map(|piece| String::from_utf8_lossy(piece).into_owned());
    let parts: Vec<String> = numbers.iter().map(|field| (*field).to_owned()).chain(pieces).collect();
    parts.join(" ")
}

/// `2001:0db8:0000:…`
fn expanded(text: &str) -> String {
    let Ok(address) = text.parse::<std::net::Ipv6Addr>() else {
        return text.to_owned();
    };
    let groups: Vec<String> = address.segments().iter().map(|group| format!("{group:04x}")).collect();
    groups.join(":")
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
pub(super) fn spelt(seconds: i64) -> String {
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (unit, size) in [
        ("week", 604_800),
        ("day", 86_400),
        ("hour", 3_600),
        ("minute", 60),
        ("second", 1),
    ] {
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

//! From a zone to text, and from a file's record sets to the changes that make them.

use super::Set;
use crate::dns::name;
use crate::world::names::{HostedZone, RecordSet};
use std::fmt::Write as _;
use stratus_model::{Structure, Value, field};

/// A zone as a file that BIND reads, records in Route 53's order, the SOA first. What BIND cannot say (aliases, routing
/// policies) stands there as a comment.
pub fn write(zone: &HostedZone) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "$ORIGIN {}", presented(&zone.name));
    let soa = |set: &&RecordSet| set.record_type == "SOA";
    let sets = zone.records.rows().filter(soa);
    for set in sets.chain(zone.records.rows().filter(|set| !soa(set))) {
        lines(&mut text, zone, set);
    }
    text
}

fn lines(text: &mut String, zone: &HostedZone, set: &RecordSet) {
    let owner = owner(zone, &set.name);
    if let Some(alias) = &set.alias {
        let target = presented(&alias.target);
        let _ = writeln!(
            text,
            "; {owner} {} is an alias of {target} ({})",
            set.record_type, alias.zone
        );
        return;
    }
    let mut lead = "";
    if let (Some(_), Some(identifier)) = (&set.policy, &set.identifier) {
        let _ = writeln!(
            text,
            "; {owner} {} has a routing policy: '{identifier}'",
            set.record_type
        );
        lead = "; ";
    }
    for value in &set.values {
        let value = of_value(&set.record_type, value);
        let ttl = set.ttl.unwrap_or(0);
        let _ = writeln!(text, "{lead}{owner}\t{ttl}\tIN\t{}\t{value}", set.record_type);
    }
}

/// `@`, a name relative to the zone, or the whole name.
fn owner(zone: &HostedZone, name: &str) -> String {
    if name == zone.name {
        return "@".into();
    }
    let relative = name.strip_suffix(&zone.name).and_then(|rest| rest.strip_suffix('.'));
    let shown = presented(relative.unwrap_or(name));
    // A name of that look would be a directive, or the zone itself.
    match shown.starts_with(['$', '@']) {
        true => format!("\\{shown}"),
        false => shown,
    }
}

/// A name in normal form as BIND and `dig` write it: plain where it can be, decimal escapes else.
pub fn presented(text: &str) -> String {
    name::spelt(text, |byte| Some(of_label(byte)))
}

/// A byte of a label: dig's rules.
fn of_label(byte: u8) -> String {
    match byte {
        b'"' | b'(' | b')' | b'.' | b';' | b'\\' | b'@' | b'$' => format!("\\{}", char::from(byte)),
        0x21..=0x7e => char::from(byte).to_string(),
        other => format!("\\{other:03}"),
    }
}

/// A value as BIND writes it: octal escapes of strings as decimal ones, names complete.
pub fn of_value(record_type: &str, value: &str) -> String {
    match record_type {
        "TXT" | "SPF" | "CAA" | "NAPTR" => decimal_escapes(value),
        "CNAME" | "NS" | "PTR" => named(value),
        "MX" | "SRV" | "SOA" => {
            let fields = value
                .split_ascii_whitespace()
                .map(|field| match field.bytes().all(|b| b.is_ascii_digit()) {
                    true => field.to_owned(),
                    false => named(field),
                });
            fields.collect::<Vec<_>>().join(" ")
        }
        _ => value.to_owned(),
    }
}

fn named(text: &str) -> String {
    name::normal(text).map_or_else(|_| text.to_owned(), |name| presented(&name))
}

fn decimal_escapes(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c != '\\' {
            continue;
        }
        let digits = name::digits(&mut chars);
        match (digits.is_empty(), u8::from_str_radix(&digits, 8)) {
            (true, _) => out.extend(chars.next()),
            (false, Ok(byte)) => out.push_str(&format!("{byte:03}")),
            (false, Err(_)) => out.push_str(&digits),
        }
    }
    out
}

/// The change of a batch that makes a record set.
pub fn change(set: &Set, action: &str) -> Structure {
    let values: Vec<Value> = set
        .values
        .iter()
        .map(|value| Structure::new().with(field::VALUE, value.as_str()).into())
        .collect();
    let record = Structure::new()
        .with(field::NAME, set.owner.as_str())
        .with(field::TYPE, set.record_type.as_str())
        .with(field::TTL, set.ttl)
        .with(field::RESOURCE_RECORDS, values);
    Structure::new()
        .with(field::ACTION, action)
        .with(field::RESOURCE_RECORD_SET, record)
}

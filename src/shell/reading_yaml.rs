//! YAML text as the AWS CLI's library reads it (ruamel.yaml's safe loader: YAML 1.2): `saphyr-parser` cuts the text, and what
//! its pieces mean (numbers, truth values, moments, anchors, `<<`) is decided here. It costs 23 KB of brotli in the part of
//! the page that the terminal loads, measured alone with opt-level "z"; a reader of our own would not know all of YAML.
//!
//! Ours: `%YAML 1.1` changes nothing, `!!set` and `!!omap` are refused, and numbers beyond 64 bits are floats. A text whose
//! anchors would fill the memory is refused.

use crate::data::{Data, Dict, Moment, int, parse_float};
use crate::formats::{is_float, is_int, is_timestamp};
use crate::limits::{YAML_DEPTH, YAML_NODES};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::collections::BTreeMap;
use stratus_engine::base::time::Time;

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no YAML, or none that the library has a value for.
    Invalid,
    /// Python's complaint about a scalar.
    Scalar(String),
}

/// Reads a whole text: one document, nothing for an empty one.
pub fn yaml(text: &str) -> Result<Data, Fault> {
    let mut composer = Composer::default();
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|_| Fault::Invalid)?;
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
        }
        if documents > 1 {
            return Err(Fault::Invalid);
        }
        composer.take(event)?;
    }
    if composer.odd_keys {
        return Err(Fault::Scalar("keywords must be strings".into()));
    }
    Ok(composer.root.unwrap_or(Data::Null))
}

/// A list or mapping whose end has not come.
struct Open {
    anchor: usize,
    kind: Kind,
}

enum Kind {
    List(Vec<Data>),
    Dict {
        dict: Dict,
        /// Its value is the next node.
        key: Option<Key>,
        /// What `<<` brings, in its order.
        merged: Vec<Dict>,
    },
}

enum Key {
    Text(String),
    Merge,
}

#[derive(Default)]
struct Composer {
    open: Vec<Open>,
    anchors: BTreeMap<usize, (Data, usize)>,
    nodes: usize,
    /// The outermost mapping has a key that is no text.
    odd_keys: bool,
    root: Option<Data>,
}

impl Composer {
    fn take(&mut self, event: Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                if plain && tag.is_none() && text == "<<" && self.merges() {
                    return Ok(());
                }
                let data = scalar(&text, plain, tag.as_deref())?;
                self.put(data, anchor, 1)
            }
            Event::SequenceStart(anchor, tag) => self.open(anchor, tag.as_deref(), "seq", Kind::List(Vec::new())),
            Event::MappingStart(anchor, tag) => {
                let (dict, key, merged) = (Dict::new(), None, Vec::new());
                self.open(anchor, tag.as_deref(), "map", Kind::Dict { dict, key, merged })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { anchor, kind }) = self.open.pop() else {
                    return Err(Fault::Invalid);
                };
                let data = match kind {
                    Kind::List(items) => Data::List(items),
                    Kind::Dict { dict, merged, .. } => Data::Dict(with_merged(dict, merged)),
                };
                self.put(data, anchor, 1)
            }
            Event::Alias(anchor) => {
                // Not yet there: inside of itself, which JSON could not carry either.
                let (data, size) = self.anchors.get(&anchor).cloned().ok_or(Fault::Invalid)?;
                self.put(data, 0, size)
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, anchor: usize, tag: Option<&Tag>, kind: &str, empty: Kind) -> Result<(), Fault> {
        let known = tag.is_none_or(|tag| (tag.is_yaml_core_schema() && tag.suffix == kind) || is_bare(tag));
        if !known || self.open.len() >= YAML_DEPTH {
            return Err(Fault::Invalid);
        }
        self.open.push(Open { anchor, kind: empty });
        Ok(())
    }

    /// `<<` where a key is expected.
    fn merges(&mut self) -> bool {
        match self.open.last_mut() {
            Some(Open {
                kind: Kind::Dict { key: key @ None, .. },
                ..
            }) => {
                *key = Some(Key::Merge);
                true
            }
            _ => false,
        }
    }

    /// A whole node goes where it belongs. `size`: the nodes in it that are new.
    fn put(&mut self, data: Data, anchor: usize, size: usize) -> Result<(), Fault> {
        self.nodes = self.nodes.saturating_add(size);
        if self.nodes > YAML_NODES {
            return Err(Fault::Invalid);
        }
        if anchor > 0 {
            let size = count(&data);
            self.anchors.insert(anchor, (data.clone(), size));
        }
        let outermost = self.open.len() == 1;
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(data),
            Some(Kind::List(items)) => items.push(data),
            Some(Kind::Dict { dict, key, merged }) => match (key.take(), data) {
                (Some(Key::Text(name)), data) => dict.set(&name, data),
                (Some(Key::Merge), Data::Dict(more)) => merged.push(more),
                (Some(Key::Merge), Data::List(items)) => {
                    for item in items {
                        match item {
                            Data::Dict(more) => merged.push(more),
                            _ => return Err(Fault::Invalid),
                        }
                    }
                }
                (Some(Key::Merge), _) => return Err(Fault::Invalid),
                (None, name) => {
                    self.odd_keys |= outermost && name.as_text().is_none();
                    let name = if name.is_scalar() { name.text() } else { name.repr() };
                    if dict.contains(&name) {
                        return Err(Fault::Invalid);
                    }
                    *key = Some(Key::Text(name));
                }
            },
        }
        Ok(())
    }
}

/// How many values are in one.
fn count(data: &Data) -> usize {
    match data {
        Data::List(items) => 1 + items.iter().map(count).sum::<usize>(),
        Data::Dict(dict) => 1 + dict.iter().map(|(_, value)| 1 + count(value)).sum::<usize>(),
        _ => 1,
    }
}

/// What `<<` brings stands first; a key of the mapping's own, or of an earlier one, wins.
fn with_merged(own: Dict, merged: Vec<Dict>) -> Dict {
    if merged.is_empty() {
        return own;
    }
    let mut all = Dict::new();
    for (key, value) in merged.iter().flat_map(Dict::iter) {
        if !all.contains(key) {
            all.set(key, value.clone());
        }
    }
    for (key, value) in own.iter() {
        all.set(key, value.clone());
    }
    all
}

/// `!`: a text, whatever it looks like.
fn is_bare(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!"
}

fn scalar(text: &str, plain: bool, tag: Option<&Tag>) -> Result<Data, Fault> {
    let Some(tag) = tag.filter(|tag| !is_bare(tag)) else {
        return if plain && tag.is_none() {
            resolved(text)
        } else {
            Ok(Data::from(text))
        };
    };
    if !tag.is_yaml_core_schema() {
        return Err(Fault::Invalid);
    }
    match tag.suffix.as_str() {
        "str" => Ok(Data::from(text)),
        "null" => Ok(Data::Null),
        "int" => whole(text),
        "float" => fraction(text),
        "bool" => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Ok(Data::Bool(true)),
            "false" | "no" | "off" => Ok(Data::Bool(false)),
            _ => Err(Fault::Invalid),
        },
        "timestamp" if is_timestamp(text) => moment(text),
        "binary" => {
            let letters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            BASE64.decode(letters).map(Data::Bytes).map_err(|_| Fault::Invalid)
        }
        _ => Err(Fault::Invalid),
    }
}

/// A plain scalar, as YAML 1.2 and this library take it.
fn resolved(text: &str) -> Result<Data, Fault> {
    let first = text.chars().next().unwrap_or(' ');
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Ok(Data::Null),
        "true" | "True" | "TRUE" => Ok(Data::Bool(true)),
        "false" | "False" | "FALSE" => Ok(Data::Bool(false)),
        "<<" | "=" => Err(Fault::Invalid),
        _ if !first.is_ascii_digit() && !"+-.".contains(first) => Ok(Data::from(text)),
        _ if is_int(text) => whole(text),
        _ if is_float(text) => fraction(text),
        _ if is_timestamp(text) => moment(text),
        _ => Ok(Data::from(text)),
    }
}

fn whole(text: &str) -> Result<Data, Fault> {
    let plain = text.replace('_', "");
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let radix = |prefix: &str, radix: u32| {
        digits
            .strip_prefix(prefix)
            .and_then(|digits| i64::from_str_radix(&format!("{sign}{digits}"), radix).ok())
    };
    if let Some(number) = radix("0b", 2).or(radix("0x", 16)).or(radix("0o", 8)) {
        return Ok(Data::Int(number));
    }
    match int(&format!("{sign}{digits}")) {
        Ok(number) => Ok(Data::Int(number)),
        Err(_) if is_int(text) => fraction(text),
        Err(_) => Err(Fault::Scalar(format!(
            "invalid literal for int() with base 10: {}",
            crate::data::quoted(digits)
        ))),
    }
}

fn fraction(text: &str) -> Result<Data, Fault> {
    let plain = text.replace('_', "").to_ascii_lowercase();
    let python = plain.replace(".inf", "inf").replace(".nan", "nan");
    parse_float(&python).map(Data::Float).map_err(Fault::Scalar)
}

/// A date, or a moment brought to UTC, where the library leaves its zone away.
fn moment(text: &str) -> Result<Data, Fault> {
    let Some((day, rest)) = text.split_once(['T', 't', ' ', '\t']) else {
        let time = parsed(&format!("{text}T00:00:00Z"), text)?;
        return Ok(Data::Moment(Moment { time, is_date: true }));
    };
    let rest = rest.trim();
    let zone_at = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(zone_at);
    let padded = |text: &str| format!("{text:0>2}");
    let day: Vec<String> = day.split('-').map(padded).collect();
    let clock: Vec<String> = clock.trim().split(':').map(padded).collect();
    let zone = match zone.strip_prefix(['+', '-']) {
        Some(offset) => {
            let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "00"));
            format!("{}{}:{minutes}", zone.get(..1).unwrap_or("+"), padded(hours))
        }
        None => "Z".into(),
    };
    let time = parsed(&format!("{}T{}{zone}", day.join("-"), clock.join(":")), &day.join("-"))?;
    Ok(Data::Moment(Moment { time, is_date: false }))
}

/// The error is Python's for the part of the day that does not exist.
fn parsed(text: &str, day: &str) -> Result<Time, Fault> {
    if let Some(time) = stratus_model::time::parse(text) {
        return Ok(Time(time));
    }
    let month = day.split('-').nth(1).and_then(|month| month.parse::<u8>().ok());
    let why = match month {
        Some(1..=12) => "day is out of range for month",
        _ => "month must be in 1..12",
    };
    Err(Fault::Scalar(why.into()))
}

//! What the AWS CLI holds between a command line and a request, and between an answer and what it prints: Python's plain
//! values, with members in the order in which they came. How Python writes them down is a fact of the CLI's output and
//! error texts, so it stands here. Knows no shape and no service.

use std::fmt::Write as _;
use stratus_engine::base::time::Time;

/// A value without a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    /// A moment, which only skeletons and YAML have: Python prints it differently in each format.
    Moment(Moment),
    List(Vec<Data>),
    Dict(Dict),
}

/// A `datetime` without a zone (it is UTC), or a `date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub time: Time,
    pub is_date: bool,
}

impl Moment {
    /// 1970-01-01 00:00.
    pub const EPOCH: Moment = Moment {
        time: Time(0),
        is_date: false,
    };

    /// `2025-01-01T10:00:00`, with milliseconds where there are any.
    fn iso(self) -> String {
        let text = self.time.iso8601();
        text.trim_end_matches('Z').trim_end_matches(".000").to_owned()
    }

    /// Python's `str(…)`.
    fn text(self) -> String {
        let iso = self.iso();
        match iso.split_once('T') {
            Some((day, _)) if self.is_date => day.to_owned(),
            Some((day, time)) => format!("{day} {time}"),
            None => iso,
        }
    }

    /// Python's `repr(…)`: seconds and what follows only where they are not zero.
    fn repr(self) -> String {
        let iso = self.iso();
        let parts = iso
            .split(['-', 'T', ':', '.'])
            .map(|part| part.parse::<i64>().unwrap_or_default());
        let mut numbers: Vec<i64> = parts.collect();
        if let Some(milliseconds) = numbers.get_mut(6) {
            *milliseconds *= 1000;
        }
        let least = if self.is_date { 3 } else { 5 };
        if self.is_date {
            numbers.truncate(least);
        }
        while numbers.len() > least && numbers.last() == Some(&0) {
            numbers.pop();
        }
        let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
        let kind = if self.is_date { "date" } else { "datetime" };
        format!("datetime.{kind}({})", numbers.join(", "))
    }
}

/// Members by name, in the order of their first setting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dict {
    members: Vec<(String, Data)>,
    /// It comes from an option's JSON, which Python keeps in a type of another name.
    ordered: bool,
}

impl Dict {
    pub fn new() -> Dict {
        Dict::default()
    }

    pub fn get(&self, key: &str) -> Option<&Data> {
        self.members
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Data> {
        self.members
            .iter_mut()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    pub fn set(&mut self, key: &str, value: Data) {
        match self.get_mut(key) {
            Some(place) => *place = value,
            None => self.members.push((key.to_owned(), value)),
        }
    }

    pub fn remove(&mut self, key: &str) -> Option<Data> {
        let place = self.members.iter().position(|(name, _)| name == key)?;
        Some(self.members.remove(place).1)
    }

    pub fn contains(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Data)> {
        self.members.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Data)> {
        self.members.iter_mut().map(|(name, value)| (name.as_str(), value))
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// Its type in Python is `OrderedDict` from now on, and that of every dict in it.
    pub fn mark_ordered(&mut self) {
        self.ordered = true;
        self.iter_mut().for_each(|(_, value)| value.mark_ordered());
    }

    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub fn len(&self) -> usize {
        self.members.len()
    }
}

impl FromIterator<(String, Data)> for Dict {
    fn from_iter<I: IntoIterator<Item = (String, Data)>>(members: I) -> Dict {
        let mut dict = Dict::new();
        for (key, value) in members {
            dict.set(&key, value);
        }
        dict
    }
}

impl From<&str> for Data {
    fn from(text: &str) -> Data {
        Data::Text(text.to_owned())
    }
}

impl Data {
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_dict(&self) -> Option<&Dict> {
        match self {
            Data::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Data]> {
        match self {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// See [`Dict::mark_ordered`].
    pub fn mark_ordered(&mut self) {
        match self {
            Data::List(items) => items.iter_mut().for_each(Data::mark_ordered),
            Data::Dict(dict) => dict.mark_ordered(),
            _ => {}
        }
    }

    /// Neither a list nor a dict.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Data::List(_) | Data::Dict(_))
    }

    /// What Python's `if` makes of it.
    pub fn is_true(&self) -> bool {
        match self {
            Data::Null => false,
            Data::Bool(flag) => *flag,
            Data::Int(number) => *number != 0,
            Data::Float(number) => *number != 0.0,
            Data::Text(text) => !text.is_empty(),
            Data::Bytes(bytes) => !bytes.is_empty(),
            Data::Moment(_) => true,
            Data::List(items) => !items.is_empty(),
            Data::Dict(dict) => !dict.is_empty(),
        }
    }

    /// The name of Python's type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Data::Null => "NoneType",
            Data::Bool(_) => "bool",
            Data::Int(_) => "int",
            Data::Float(_) => "float",
            Data::Text(_) => "str",
            Data::Bytes(_) => "bytes",
            Data::Moment(moment) if moment.is_date => "datetime.date",
            Data::Moment(_) => "datetime.datetime",
            Data::List(_) => "list",
            Data::Dict(dict) if dict.ordered => "collections.OrderedDict",
            Data::Dict(_) => "dict",
        }
    }

    /// Python's `==`: `1 == 1.0 == True`, dicts without regard to order.
    pub fn equals(&self, other: &Data) -> bool {
        match (self, other) {
            (Data::List(ours), Data::List(theirs)) => {
                ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.equals(b))
            }
            (Data::Dict(ours), Data::Dict(theirs)) => {
                ours.len() == theirs.len()
                    && ours
                        .iter()
                        .all(|(key, value)| theirs.get(key).is_some_and(|other| value.equals(other)))
            }
            (Data::Text(a), Data::Text(b)) => a == b,
            (Data::Bytes(a), Data::Bytes(b)) => a == b,
            (Data::Null, Data::Null) => true,
            (Data::Moment(a), Data::Moment(b)) => a == b,
            (Data::Int(a), Data::Int(b)) => a == b,
            _ => matches!((self.number(), other.number()), (Some(a), Some(b)) if a == b),
        }
    }

    /// A number or a truth value, as Python counts with it.
    pub fn number(&self) -> Option<f64> {
        match self {
            Data::Bool(flag) => Some(f64::from(u8::from(*flag))),
            Data::Int(number) => Some(*number as f64),
            Data::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// Python's `str(…)`.
    pub fn text(&self) -> String {
        match self {
            Data::Text(text) => text.clone(),
            Data::Moment(moment) => moment.text(),
            other => other.repr(),
        }
    }

    /// Python's `repr(…)`.
    pub fn repr(&self) -> String {
        match self {
            Data::Null => "None".into(),
            Data::Bool(true) => "True".into(),
            Data::Bool(false) => "False".into(),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => float(*number),
            Data::Text(text) => quoted(text),
            Data::Bytes(bytes) => {
                let text: String = bytes.iter().map(|byte| byte.escape_ascii().to_string()).collect();
                format!("b'{text}'")
            }
            Data::List(items) => {
                let parts: Vec<String> = items.iter().map(Data::repr).collect();
                format!("[{}]", parts.join(", "))
            }
            Data::Moment(moment) => moment.repr(),
            Data::Dict(dict) if dict.ordered => {
                let parts: Vec<String> = dict
                    .iter()
                    .map(|(key, value)| format!("({}, {})", quoted(key), value.repr()))
                    .collect();
                if parts.is_empty() {
                    "OrderedDict()".into()
                } else {
                    format!("OrderedDict([{}])", parts.join(", "))
                }
            }
            Data::Dict(dict) => {
                let parts: Vec<String> = dict
                    .iter()
                    .map(|(key, value)| format!("{}: {}", quoted(key), value.repr()))
                    .collect();
                format!("{{{}}}", parts.join(", "))
            }
        }
    }

    /// On one line, with these signs after items and keys; other letters than ASCII's escaped.
    pub fn compact(&self, item: &str, key: &str) -> String {
        let mut out = String::new();
        self.write_compact(&mut out, item, key);
        out
    }

    fn write_compact(&self, out: &mut String, item: &str, key: &str) {
        match self {
            Data::List(items) => {
                out.push('[');
                for (at, value) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(item);
                    }
                    value.write_compact(out, item, key);
                }
                out.push(']');
            }
            Data::Dict(dict) => {
                out.push('{');
                for (at, (name, value)) in dict.iter().enumerate() {
                    if at > 0 {
                        out.push_str(item);
                    }
                    write_string(out, name, true);
                    out.push_str(key);
                    value.write_compact(out, item, key);
                }
                out.push('}');
            }
            scalar => scalar.write_scalar(out, true),
        }
    }

    /// With four spaces of indentation, as the CLI prints; `ascii`: other letters than ASCII's escaped.
    pub fn indented(&self, ascii: bool) -> String {
        let mut out = String::new();
        self.write_indented(&mut out, 0, ascii);
        out
    }

    fn write_indented(&self, out: &mut String, depth: usize, ascii: bool) {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n("    ", depth));
        };
        match self {
            Data::List(items) if !items.is_empty() => {
                out.push('[');
                for (at, value) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    line(out, depth + 1);
                    value.write_indented(out, depth + 1, ascii);
                }
                line(out, depth);
                out.push(']');
            }
            Data::Dict(dict) if !dict.is_empty() => {
                out.push('{');
                for (at, (name, value)) in dict.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    line(out, depth + 1);
                    write_string(out, name, ascii);
                    out.push_str(": ");
                    value.write_indented(out, depth + 1, ascii);
                }
                line(out, depth);
                out.push('}');
            }
            Data::List(_) => out.push_str("[]"),
            Data::Dict(_) => out.push_str("{}"),
            scalar => scalar.write_scalar(out, ascii),
        }
    }

    fn write_scalar(&self, out: &mut String, ascii: bool) {
        match self {
            Data::Null => out.push_str("null"),
            Data::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Data::Float(number) if number.is_nan() => out.push_str("NaN"),
            Data::Float(number) if number.is_infinite() => {
                out.push_str(if *number > 0.0 { "Infinity" } else { "-Infinity" });
            }
            Data::Text(text) => write_string(out, text, ascii),
            Data::Moment(moment) => write_string(out, &moment.iso(), true),
            other => out.push_str(&other.repr()),
        }
    }
}

fn write_string(out: &mut String, text: &str, ascii: bool) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if u32::from(c) < 0x20 || (ascii && !c.is_ascii()) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Python's `repr` of a text.
pub fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if u32::from(c) < 0x20 || (0x7f..0xa1).contains(&u32::from(c)) => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// Python's `repr` of a float: the shortest digits, an exponent below 1e-4 and from 1e16 on.
pub fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{number}");
        return if plain.contains('.') {
            plain
        } else {
            format!("{plain}.0")
        };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

/// Python's `int(text)`; the error is its text.
pub fn int(text: &str) -> Result<i64, String> {
    let trimmed = text.trim();
    let digits = trimmed.replace('_', "");
    let well_formed = !trimmed.starts_with('_') && !trimmed.ends_with('_') && !trimmed.contains("__");
    match digits.parse::<i64>() {
        Ok(number) if well_formed => Ok(number),
        _ => Err(format!("invalid literal for int() with base 10: {}", quoted(text))),
    }
}

/// Python's `float(text)`; the error is its text.
pub fn parse_float(text: &str) -> Result<f64, String> {
    let trimmed = text.trim();
    let known = !trimmed.is_empty() && !trimmed.starts_with('_') && !trimmed.ends_with('_');
    match trimmed.replace('_', "").parse::<f64>() {
        Ok(number) if known => Ok(number),
        _ => Err(format!("could not convert string to float: {}", quoted(text))),
    }
}

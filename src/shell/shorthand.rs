//! The AWS CLI's shorthand for nested parameters: `Key=a,Value=b`, `Values=x,y`, `Ebs={VolumeSize=8}`, `[a,b]`. Reading knows
//! no shape (what the values become is [`fit`]'s); writing does.
//! Source: <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html>

use crate::data::{Data, Dict, int, parse_float};
use crate::fault::Fault;
use stratus_model::{Service, Shape, ShapeId, Structure, Value};

/// The deepest nesting that is read.
const DEPTH: usize = 64;

/// Reads one word of shorthand. The error is the CLI's, with the place where it stopped.
pub fn read(text: &str) -> Result<Dict, String> {
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
    };
    reader.parameter()
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// The text with a mark under the place, as the CLI shows it.
    fn location(&self, at: usize) -> String {
        let before = self.chars.get(..at).unwrap_or(&self.chars);
        let spaces = before.iter().rposition(|c| *c == '\n').map_or(at, |line| at - line - 1);
        let rest = self.chars.get(at..).unwrap_or_default();
        let cut = rest
            .iter()
            .position(|c| *c == '\n')
            .map_or(self.chars.len(), |line| at + line);
        let consumed: String = self.chars.get(..cut).unwrap_or_default().iter().collect();
        let remaining: String = self.chars.get(cut..).unwrap_or_default().iter().collect();
        format!("{consumed}\n{}^{remaining}", " ".repeat(spaces))
    }

    fn fault(&self, expected: &str, received: &str) -> String {
        format!(
            "Expected: '{expected}', received: '{received}' for input:\n{}",
            self.location(self.at)
        )
    }

    fn space(&mut self) {
        while self
            .peek()
            .is_some_and(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'))
        {
            self.at += 1;
        }
    }

    fn expect(&mut self, c: char) -> Result<(), String> {
        match self.peek() {
            Some(found) if found == c => {
                self.at += 1;
                Ok(())
            }
            Some(found) => Err(self.fault(&c.to_string(), &found.to_string())),
            None => Err(self.fault(&c.to_string(), "EOF")),
        }
    }

    fn spaced(&mut self, c: char) -> Result<(), String> {
        self.space();
        self.expect(c)?;
        self.space();
        Ok(())
    }

    fn parameter(&mut self) -> Result<Dict, String> {
        let mut dict = Dict::new();
        let (key, value) = self.pair()?;
        dict.set(&key, value);
        let mut last = self.at;
        while self.at < self.chars.len() {
            self.spaced(',')?;
            let (key, value) = self.pair()?;
            if dict.contains(&key) {
                return Err(format!(
                    "Second instance of key \"{key}\" encountered for input:\n{}\nThis is often because there is a preceding \",\" instead of a space.",
                    self.location(last + 1)
                ));
            }
            dict.set(&key, value);
            last = self.at;
        }
        Ok(dict)
    }

    fn pair(&mut self) -> Result<(String, Data), String> {
        let key = self.key();
        self.spaced('=')?;
        let value = match self.peek() {
            None => Data::from(""),
            Some('[' | '{') => self.nested(0)?,
            Some(_) => self.commas()?,
        };
        Ok((key, value))
    }

    fn key(&mut self) -> String {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|c| c.is_ascii_alphanumeric() || "-_.#/:".contains(c))
        {
            self.at += 1;
        }
        self.chars.get(start..self.at).unwrap_or_default().iter().collect()
    }

    /// `a`, or `a,b,c` up to the comma before the next key.
    fn commas(&mut self) -> Result<Data, String> {
        let first = self.first_value()?;
        self.space();
        if self.peek() != Some(',') {
            return Ok(Data::Text(first));
        }
        self.spaced(',')?;
        let mut items = vec![first];
        loop {
            match self.second_then_comma() {
                Ok((value, is_last)) => {
                    items.push(value);
                    if is_last {
                        break;
                    }
                }
                Err(error) if self.at >= self.chars.len() => return Err(error),
                Err(_) => {
                    while self.at > 0 && self.peek() != Some(',') {
                        self.at -= 1;
                    }
                    break;
                }
            }
        }
        if items.len() == 1 {
            return Ok(Data::Text(items.swap_remove(0)));
        }
        Ok(Data::List(items.into_iter().map(Data::Text).collect()))
    }

    fn second_then_comma(&mut self) -> Result<(String, bool), String> {
        let value = self.second_value()?;
        self.space();
        if self.at >= self.chars.len() {
            return Ok((value, true));
        }
        self.spaced(',')?;
        Ok((value, false))
    }

    fn nested(&mut self, depth: usize) -> Result<Data, String> {
        if depth > DEPTH {
            return Err("maximum recursion depth exceeded".into());
        }
        match self.peek() {
            Some('[') => {
                self.spaced('[')?;
                let mut items = Vec::new();
                while self.peek() != Some(']') {
                    items.push(self.nested(depth + 1)?);
                    self.separator(']')?;
                }
                self.expect(']')?;
                Ok(Data::List(items))
            }
            Some('{') => {
                self.spaced('{')?;
                let mut dict = Dict::new();
                while self.peek() != Some('}') {
                    let key = self.key();
                    self.spaced('=')?;
                    let value = self.nested(depth + 1)?;
                    self.separator('}')?;
                    dict.set(&key, value);
                }
                self.expect('}')?;
                Ok(Data::Dict(dict))
            }
            _ => self.first_value().map(Data::Text),
        }
    }

    fn separator(&mut self, close: char) -> Result<(), String> {
        self.space();
        if self.peek() != Some(close) {
            self.expect(',')?;
            self.space();
        }
        Ok(())
    }

    fn first_value(&mut self) -> Result<String, String> {
        match self.peek() {
            Some('\'') => self.quoted('\'', "singled quoted"),
            Some('"') => self.quoted('"', "double quoted"),
            _ => Ok(self.bare(|c| !"\"',]}".contains(c)).unwrap_or_default()),
        }
    }

    fn second_value(&mut self) -> Result<String, String> {
        match self.peek() {
            Some('\'') => self.quoted('\'', "singled quoted"),
            Some('"') => self.quoted('"', "double quoted"),
            _ => self
                .bare(|c| !"\"',=".contains(c))
                .ok_or_else(|| self.fault("<second>", "<none>")),
        }
    }

    /// A word without quotes; a comma in it has a backslash before it.
    fn bare(&mut self, follows: impl Fn(char) -> bool) -> Option<String> {
        let known = |c: char| u32::from(c) <= 0xffff && (c.is_whitespace() || !c.is_control());
        let starts = |c: char| known(c) && !c.is_whitespace() && !"\"',=[{".contains(c);
        let mut out = String::new();
        let start = self.at;
        while let Some(c) = self.peek() {
            let escaped = c == '\\' && self.chars.get(self.at + 1) == Some(&',');
            if escaped {
                out.push(',');
                self.at += 2;
            } else if (self.at == start && starts(c)) || (self.at > start && known(c) && follows(c)) {
                out.push(c);
                self.at += 1;
            } else {
                break;
            }
        }
        (self.at > start).then(|| out.trim_end().to_owned())
    }

    fn quoted(&mut self, quote: char, name: &str) -> Result<String, String> {
        let mut at = self.at + 1;
        // Where there is no other end, the last escaped quote is one.
        let mut escaped_end = None;
        let end = loop {
            match (self.chars.get(at), self.chars.get(at + 1)) {
                (Some('\\'), Some('\\')) => at += 2,
                (Some('\\'), Some(next)) if *next == quote => {
                    escaped_end = Some(at + 1);
                    at += 2;
                }
                (Some(c), _) if *c == quote => break Some(at),
                (Some(_), _) => at += 1,
                (None, _) => break escaped_end,
            }
        };
        let Some(end) = end else {
            return Err(self.fault(&format!("<{name}>"), "<none>"));
        };
        let text: String = self.chars.get(self.at + 1..end).unwrap_or_default().iter().collect();
        self.at = end + 1;
        Ok(text
            .replace(&format!("\\{quote}"), &quote.to_string())
            .replace("\\\\", "\\"))
    }
}

/// Makes of shorthand's texts what the shape wants: numbers, truth values, and a list of what stands alone.
pub fn fit(service: &Service, shape: ShapeId, data: &mut Data) -> Result<(), Fault> {
    match service.shape(shape) {
        Shape::Structure(known) => {
            if let Data::Dict(dict) = data {
                for member in &known.members {
                    if let Some(value) = dict.get_mut(member.name.text()) {
                        fit(service, member.shape, value)?;
                    }
                }
            }
        }
        Shape::List(list) => match data {
            Data::List(items) => {
                for item in items {
                    fit(service, list.member, item)?;
                }
            }
            // What stands alone is not looked at again, so that a number in it stays a text: as the CLI has it.
            alone => *alone = Data::List(vec![alone.clone()]),
        },
        Shape::Map(map) => {
            if let Data::Dict(dict) = data {
                for (_, value) in dict.iter_mut() {
                    fit(service, map.value, value)?;
                }
            }
        }
        Shape::Integer(_) | Shape::Long(_) => *data = Data::Int(number(data, "int", int)?),
        Shape::Float(_) | Shape::Double(_) => *data = Data::Float(number(data, "float", parse_float)?),
        Shape::Boolean => {
            let Data::Text(text) = data else {
                return Err(Fault::other(format_args!(
                    "'{}' object has no attribute 'lower'",
                    data.type_name()
                )));
            };
            match text.to_lowercase().as_str() {
                "true" => *data = Data::Bool(true),
                "false" => *data = Data::Bool(false),
                _ => {}
            }
        }
        _ => {}
    }
    Ok(())
}

fn number<T>(data: &Data, kind: &str, read: fn(&str) -> Result<T, String>) -> Result<T, Fault> {
    match data {
        Data::Text(text) => read(text).map_err(Fault::other),
        other if kind == "int" => Err(Fault::other(format_args!(
            "int() argument must be a string, a bytes-like object or a real number, not '{}'",
            other.type_name()
        ))),
        other => Err(Fault::other(format_args!(
            "float() argument must be a string or a real number, not '{}'",
            other.type_name()
        ))),
    }
}

/// Writes a value as shorthand, or `None` where shorthand cannot say it (blobs, odd texts deep inside).
pub fn write(value: &Value, service: &Service, shape: ShapeId) -> Option<String> {
    match (value, service.shape(shape)) {
        (Value::Structure(structure), Shape::Structure(known)) => pairs(structure, known, service),
        (Value::Map(entries), Shape::Map(map)) => {
            let parts: Option<Vec<String>> = entries
                .iter()
                .map(|(key, value)| Some(format!("{key}={}", inner(value, service, map.value)?)))
                .collect();
            Some(parts?.join(","))
        }
        _ => inner(value, service, shape),
    }
}

fn pairs(structure: &Structure, known: &stratus_model::StructureShape, service: &Service) -> Option<String> {
    let parts: Option<Vec<String>> = known
        .members
        .iter()
        .filter_map(|member| Some((member, structure.get(member.name)?)))
        .map(|(member, value)| {
            Some(format!(
                "{}={}",
                member.name.text(),
                inner(value, service, member.shape)?
            ))
        })
        .collect();
    parts.map(|parts| parts.join(",")).filter(|text| !text.is_empty())
}

fn inner(value: &Value, service: &Service, shape: ShapeId) -> Option<String> {
    match (value, service.shape(shape)) {
        (Value::Structure(structure), Shape::Structure(known)) => {
            Some(format!("{{{}}}", pairs(structure, known, service)?))
        }
        (Value::Map(_), _) => Some(format!("{{{}}}", write(value, service, shape)?)),
        (Value::List(items), Shape::List(list)) => {
            let parts: Option<Vec<String>> = items.iter().map(|item| inner(item, service, list.member)).collect();
            Some(format!("[{}]", parts?.join(",")))
        }
        (Value::String(text), _) => Some(plain_or_quoted(text)),
        (Value::Bool(flag), _) => Some(flag.to_string()),
        (Value::Integer(number), _) => Some(number.to_string()),
        (Value::Double(number), _) => Some(number.to_string()),
        (Value::Timestamp(at), _) => Some(stratus_model::time::iso8601(*at)),
        _ => None,
    }
}

fn plain_or_quoted(text: &str) -> String {
    let plain = !text.is_empty() && !text.chars().any(|c| ",=[]{}\"'\\".contains(c) || c.is_whitespace());
    if plain {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

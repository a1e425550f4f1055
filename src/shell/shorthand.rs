//! The AWS CLI's shorthand for nested parameters: `Key=a,Value=b`, `Values=x,y`, `Ebs={VolumeSize=8}`, `[a,b]`.
//! Guided by the shape. Source: <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html>

use serde_json::{Map, Value as Json};
use stratus_model::{Service, Shape, ShapeId, Structure, Value};

/// The deepest nesting that is read.
const DEPTH: usize = 32;

/// Reads shorthand of a structure (or a map) into JSON in the API's spelling.
pub fn read(service: &Service, shape: ShapeId, text: &str) -> Result<Json, String> {
    let mut reader = Reader {
        service,
        text: text.chars().collect(),
        at: 0,
    };
    let json = reader.pairs(shape, None, 0)?;
    if reader.at < reader.text.len() {
        return Err(reader.fault("something follows that does not belong there"));
    }
    Ok(json)
}

/// A scalar as JSON of its shape.
pub fn scalar(service: &Service, shape: ShapeId, text: &str) -> Json {
    match service.shape(shape) {
        Shape::Integer(_) | Shape::Long(_) => text.parse::<i64>().map_or_else(|_| Json::from(text), Json::from),
        Shape::Float(_) | Shape::Double(_) => text.parse::<f64>().map_or_else(|_| Json::from(text), Json::from),
        Shape::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            _ => Json::from(text),
        },
        _ => Json::from(text),
    }
}

struct Reader<'a> {
    service: &'a Service,
    text: Vec<char>,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }
    fn fault(&self, what: &str) -> String {
        let text: String = self.text.iter().collect();
        format!(
            "Error parsing parameter: {what}, at character {} of {text}",
            self.at + 1
        )
    }
    fn space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// `a=…,b=…` until `close`, or the end.
    fn pairs(&mut self, shape: ShapeId, close: Option<char>, depth: usize) -> Result<Json, String> {
        if depth > DEPTH {
            return Err(self.fault("too deep"));
        }
        let mut out = Map::new();
        loop {
            self.space();
            if self.peek() == close {
                break;
            }
            let key = self.key()?;
            let member = self.member(shape, &key)?;
            let value = self.value(member, close, depth)?;
            out.insert(key, value);
            self.space();
            match self.peek() {
                Some(',') => self.at += 1,
                other if other == close => break,
                _ => return Err(self.fault("expected ','")),
            }
        }
        Ok(Json::Object(out))
    }

    fn key(&mut self) -> Result<String, String> {
        let start = self.at;
        while self.peek().is_some_and(|c| !"=,{}[]".contains(c)) {
            self.at += 1;
        }
        if self.peek() != Some('=') || start == self.at {
            return Err(self.fault("expected '='"));
        }
        let key: String = self.text[start..self.at].iter().collect();
        self.at += 1;
        Ok(key.trim().to_owned())
    }

    fn member(&self, shape: ShapeId, key: &str) -> Result<ShapeId, String> {
        match self.service.shape(shape) {
            Shape::Structure(structure) => structure.member_by_text(key).map(|member| member.shape).ok_or_else(|| {
                let known: Vec<&str> = structure.members.iter().map(|member| member.name.text()).collect();
                format!(
                    "Unknown parameter in input: \"{key}\", must be one of: {}",
                    known.join(", ")
                )
            }),
            Shape::Map(map) => Ok(map.value),
            _ => Err(self.fault("a plain value was expected here")),
        }
    }

    fn value(&mut self, shape: ShapeId, close: Option<char>, depth: usize) -> Result<Json, String> {
        match (self.service.shape(shape), self.peek()) {
            (Shape::Structure(_) | Shape::Map(_), Some('{')) => {
                self.at += 1;
                let json = self.pairs(shape, Some('}'), depth + 1)?;
                self.at += 1;
                Ok(json)
            }
            (Shape::List(list), Some('[')) => {
                self.at += 1;
                self.items(list.member, depth + 1)
            }
            (Shape::List(list), _) => self.loose_items(list.member, close, depth),
            _ => {
                let text = self.scalar_text(close)?;
                Ok(scalar(self.service, shape, &text))
            }
        }
    }

    /// `[a,b]` or `[{…},{…}]`, after the bracket.
    fn items(&mut self, member: ShapeId, depth: usize) -> Result<Json, String> {
        if depth > DEPTH {
            return Err(self.fault("too deep"));
        }
        let mut out = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(']') => {
                    self.at += 1;
                    return Ok(Json::Array(out));
                }
                Some(',') => self.at += 1,
                None => return Err(self.fault("expected ']'")),
                _ => out.push(self.value(member, Some(']'), depth)?),
            }
        }
    }

    /// `Values=a,b,c` without brackets: goes on until a word with `=` begins the next pair.
    fn loose_items(&mut self, member: ShapeId, close: Option<char>, depth: usize) -> Result<Json, String> {
        let mut out = vec![self.value(member, close, depth)?];
        while self.peek() == Some(',') && !self.pair_follows(close) {
            self.at += 1;
            if self.peek().is_none() || self.peek() == close {
                break;
            }
            out.push(self.value(member, close, depth)?);
        }
        Ok(Json::Array(out))
    }

    fn pair_follows(&self, close: Option<char>) -> bool {
        let rest = self.text.iter().skip(self.at + 1);
        rest.take_while(|c| !(**c == ',' || Some(**c) == close || "\"'{[".contains(**c)))
            .any(|c| *c == '=')
    }

    fn scalar_text(&mut self, close: Option<char>) -> Result<String, String> {
        let mut out = String::new();
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            self.at += 1;
            loop {
                match self.peek() {
                    Some(c) if c == quote => {
                        self.at += 1;
                        return Ok(out);
                    }
                    Some('\\')
                        if self
                            .text
                            .get(self.at + 1)
                            .is_some_and(|next| *next == quote || *next == '\\') =>
                    {
                        out.extend(self.text.get(self.at + 1));
                        self.at += 2;
                    }
                    Some(c) => {
                        out.push(c);
                        self.at += 1;
                    }
                    None => return Err(self.fault("a quote has no end")),
                }
            }
        }
        while let Some(c) = self.peek().filter(|c| *c != ',' && Some(*c) != close) {
            out.push(c);
            self.at += 1;
        }
        Ok(out)
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

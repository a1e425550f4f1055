//! JSON text as Python's `json.loads` reads it: the same things are taken, and the same words said about the rest.

use crate::data::{Data, Dict, parse_float};

/// Lists and dicts inside each other.
const DEPTH: usize = 200;

/// Reads a whole text. The error: `Expecting value: line 1 column 2 (char 1)`.
pub fn json(text: &str) -> Result<Data, String> {
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
    };
    reader.space();
    let value = reader.value(0)?;
    reader.space();
    if reader.at < reader.chars.len() {
        return Err(reader.fault("Extra data", reader.at));
    }
    Ok(value)
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn fault(&self, what: &str, at: usize) -> String {
        let before = self.chars.get(..at).unwrap_or(&self.chars);
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = at - before.iter().rposition(|c| *c == '\n').map_or(0, |place| place + 1) + 1;
        format!("{what}: line {line} column {column} (char {at})")
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let known = word
            .chars()
            .enumerate()
            .all(|(at, c)| self.chars.get(self.at + at) == Some(&c));
        if known {
            self.at += word.len();
        }
        known
    }

    fn value(&mut self, depth: usize) -> Result<Data, String> {
        if depth > DEPTH {
            return Err("maximum recursion depth exceeded".into());
        }
        match self.peek() {
            Some('"') => self.string().map(Data::Text),
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            _ => {
                for (word, value) in [
                    ("null", Data::Null),
                    ("true", Data::Bool(true)),
                    ("false", Data::Bool(false)),
                    ("NaN", Data::Float(f64::NAN)),
                    ("Infinity", Data::Float(f64::INFINITY)),
                    ("-Infinity", Data::Float(f64::NEG_INFINITY)),
                ] {
                    if self.word(word) {
                        return Ok(value);
                    }
                }
                self.number()
            }
        }
    }

    fn digits(&self, mut at: usize) -> usize {
        while self.chars.get(at).is_some_and(char::is_ascii_digit) {
            at += 1;
        }
        at
    }

    fn number(&mut self) -> Result<Data, String> {
        let start = self.at;
        let first = start + usize::from(self.peek() == Some('-'));
        let mut end = if self.chars.get(first) == Some(&'0') {
            first + 1
        } else {
            self.digits(first)
        };
        if end == first {
            return Err(self.fault("Expecting value", start));
        }
        let mut whole = true;
        if self.chars.get(end) == Some(&'.') && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
            whole = false;
        }
        if matches!(self.chars.get(end), Some('e' | 'E')) {
            let sign = end + 1 + usize::from(matches!(self.chars.get(end + 1), Some('+' | '-')));
            if self.digits(sign) > sign {
                end = self.digits(sign);
                whole = false;
            }
        }
        let text: String = self.chars.get(start..end).unwrap_or_default().iter().collect();
        self.at = end;
        match text.parse::<i64>() {
            Ok(number) if whole => Ok(Data::Int(number)),
            _ => parse_float(&text).map(Data::Float),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Data, String> {
        self.at += 1;
        self.space();
        let mut items = Vec::new();
        if self.peek() == Some(']') {
            self.at += 1;
            return Ok(Data::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(']') => {
                    self.at += 1;
                    return Ok(Data::List(items));
                }
                Some(',') => self.at += 1,
                _ => return Err(self.fault("Expecting ',' delimiter", self.at)),
            }
            self.space();
        }
    }

    fn object(&mut self, depth: usize) -> Result<Data, String> {
        const NAME: &str = "Expecting property name enclosed in double quotes";
        self.at += 1;
        self.space();
        let mut dict = Dict::new();
        if self.peek() == Some('}') {
            self.at += 1;
            return Ok(Data::Dict(dict));
        }
        loop {
            if self.peek() != Some('"') {
                return Err(self.fault(NAME, self.at));
            }
            let key = self.string()?;
            self.space();
            if self.peek() != Some(':') {
                return Err(self.fault("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.space();
            let value = self.value(depth + 1)?;
            dict.set(&key, value);
            self.space();
            match self.peek() {
                Some('}') => {
                    self.at += 1;
                    return Ok(Data::Dict(dict));
                }
                Some(',') => self.at += 1,
                _ => return Err(self.fault("Expecting ',' delimiter", self.at)),
            }
            self.space();
        }
    }

    fn string(&mut self) -> Result<String, String> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(c) = self.peek() else {
                return Err(self.fault("Unterminated string starting at", start));
            };
            let place = self.at;
            self.at += 1;
            match c {
                '"' => return Ok(out),
                '\\' => {
                    let Some(escape) = self.peek() else {
                        return Err(self.fault("Unterminated string starting at", start));
                    };
                    self.at += 1;
                    match escape {
                        '"' | '\\' | '/' => out.push(escape),
                        'b' => out.push('\u{8}'),
                        'f' => out.push('\u{c}'),
                        'n' => out.push('\n'),
                        'r' => out.push('\r'),
                        't' => out.push('\t'),
                        'u' => out.push(self.unicode(place)?),
                        _ => return Err(self.fault("Invalid \\escape", place)),
                    }
                }
                c if u32::from(c) < 0x20 => return Err(self.fault("Invalid control character at", place)),
                c => out.push(c),
            }
        }
    }

    fn four(&mut self, at: usize) -> Option<u32> {
        let text: String = self.chars.get(at..at + 4)?.iter().collect();
        if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(&text, 16).ok()
    }

    fn unicode(&mut self, place: usize) -> Result<char, String> {
        let Some(first) = self.four(self.at) else {
            return Err(self.fault("Invalid \\uXXXX escape", place + 1));
        };
        self.at += 4;
        let pair = (0xd800..0xdc00).contains(&first)
            && self.chars.get(self.at) == Some(&'\\')
            && self.chars.get(self.at + 1) == Some(&'u');
        if let Some(second) = pair.then(|| self.four(self.at + 2)).flatten()
            && (0xdc00..0xe000).contains(&second)
        {
            self.at += 6;
            let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return Ok(char::from_u32(code).unwrap_or('\u{fffd}'));
        }
        Ok(char::from_u32(first).unwrap_or('\u{fffd}'))
    }
}

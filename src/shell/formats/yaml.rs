//! `--output yaml`: members sorted by name, blocks with two spaces, as libyaml writes them (the CLI's YAML library hands
//! the writing to it): its choice of quotes, and its folding of texts beyond 80 columns.

use crate::data::{Data, Dict};

/// Texts are folded at the first space beyond this column.
const WIDTH: usize = 80;
/// The longest text that stands before a colon.
const SIMPLE_KEY: usize = 128;

/// A document, or a scalar's line as JSON.
pub fn yaml(data: &Data) -> String {
    if data.is_scalar() {
        return format!("{}\n", data.indented(false));
    }
    let mut emitter = Emitter::default();
    emitter.node(data, None, false);
    emitter.out.push('\n');
    emitter.out
}

/// A text as a value on one line: how [`yaml`] would write it in a short block.
pub fn yaml_scalar(text: &str) -> String {
    let mut emitter = Emitter::default();
    emitter.text(text, 0, true);
    emitter.out.trim_start().to_owned()
}

struct Emitter {
    out: String,
    column: usize,
    /// The last thing written was a space or the start of a line.
    whitespace: bool,
    /// Only indentation stands on this line so far.
    indention: bool,
}

impl Default for Emitter {
    fn default() -> Emitter {
        Emitter {
            out: String::new(),
            column: 0,
            whitespace: true,
            indention: true,
        }
    }
}

impl Emitter {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn line(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    fn indent(&mut self, indent: usize) {
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.line();
        }
        while self.column < indent {
            self.put(" ");
        }
        self.whitespace = true;
        self.indention = true;
    }

    fn indicator(&mut self, text: &str, after_space: bool, is_space: bool, is_indention: bool) {
        if after_space && !self.whitespace {
            self.put(" ");
        }
        self.put(text);
        self.whitespace = is_space;
        self.indention = self.indention && is_indention;
    }

    /// `indent`: of the block round this; `None` at the root.
    fn node(&mut self, data: &Data, indent: Option<usize>, in_mapping: bool) {
        let deeper = indent.map_or(0, |indent| indent + 2);
        match data {
            Data::List(items) if items.is_empty() => self.indicator("[]", true, false, false),
            Data::Dict(dict) if dict.is_empty() => self.indicator("{}", true, false, false),
            Data::List(items) => {
                let indent = match indent {
                    Some(indent) if in_mapping && !self.indention => indent,
                    _ => deeper,
                };
                for item in items {
                    self.indent(indent);
                    self.indicator("-", true, false, true);
                    self.node(item, Some(indent), false);
                }
            }
            Data::Dict(dict) => self.mapping(dict, deeper),
            Data::Text(text) => self.text(text, deeper, false),
            other => {
                let text = match other {
                    Data::Float(number) if number.is_nan() => ".nan".into(),
                    Data::Float(number) if number.is_infinite() => {
                        if *number > 0.0 {
                            ".inf".into()
                        } else {
                            "-.inf".into()
                        }
                    }
                    Data::Bool(_) | Data::Null => other.compact("", ""),
                    Data::Moment(_) => other.text(),
                    other => other.repr(),
                };
                self.plain(&text, deeper, false);
            }
        }
    }

    fn mapping(&mut self, dict: &Dict, indent: usize) {
        let mut members: Vec<(&str, &Data)> = dict.iter().collect();
        members.sort_by_key(|(key, _)| *key);
        for (key, value) in members {
            self.indent(indent);
            if key.len() <= SIMPLE_KEY && !key.contains(is_break) {
                self.text(key, indent, true);
                self.indicator(":", false, false, false);
            } else {
                self.indicator("?", true, false, true);
                self.text(key, indent + 2, false);
                self.indent(indent);
                self.indicator(":", true, false, true);
            }
            self.node(value, Some(indent), true);
        }
    }

    fn text(&mut self, text: &str, indent: usize, is_key: bool) {
        let looks = Looks::of(text);
        if !looks.plain || resolves(text) {
            if looks.single && !(is_key && text.contains(is_break)) {
                self.single(text, indent, is_key);
            } else {
                self.double(text, indent, is_key);
            }
        } else {
            self.plain(text, indent, is_key);
        }
    }

    fn plain(&mut self, text: &str, indent: usize, is_key: bool) {
        if !self.whitespace && !text.is_empty() {
            self.put(" ");
        }
        self.folded(text, indent, is_key, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn single(&mut self, text: &str, indent: usize, is_key: bool) {
        self.indicator("'", true, false, false);
        self.folded(text, indent, is_key, true);
        self.indicator("'", false, false, false);
    }

    /// The letters of a plain or single-quoted text, with line breaks doubled and long lines cut at spaces.
    fn folded(&mut self, text: &str, indent: usize, is_key: bool, quoted: bool) {
        let chars: Vec<char> = text.chars().collect();
        let last = chars.len().saturating_sub(1);
        let (mut spaces, mut breaks) = (false, false);
        for (at, c) in chars.iter().copied().enumerate() {
            if c == ' ' {
                let inside = !quoted || (at != 0 && at != last);
                if !is_key && !spaces && self.column > WIDTH && inside && chars.get(at + 1) != Some(&' ') {
                    self.indent(indent);
                } else {
                    self.put(" ");
                }
                spaces = true;
            } else if is_break(c) {
                if !breaks && c == '\n' {
                    self.line();
                }
                if c == '\n' {
                    self.line();
                } else {
                    self.out.push(c);
                    self.column = 0;
                }
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.indent(indent);
                }
                if quoted && c == '\'' {
                    self.put("'");
                }
                self.put(c.encode_utf8(&mut [0; 4]));
                self.indention = false;
                (spaces, breaks) = (false, false);
            }
        }
        if quoted && breaks {
            self.indent(indent);
        }
    }

    fn double(&mut self, text: &str, indent: usize, is_key: bool) {
        self.indicator("\"", true, false, false);
        let chars: Vec<char> = text.chars().collect();
        let last = chars.len().saturating_sub(1);
        let mut spaces = false;
        for (at, c) in chars.iter().copied().enumerate() {
            if c == ' ' {
                if !is_key && !spaces && self.column > WIDTH && at != 0 && at != last {
                    self.indent(indent);
                    if chars.get(at + 1) == Some(&' ') {
                        self.put("\\");
                    }
                } else {
                    self.put(" ");
                }
                spaces = true;
                continue;
            }
            spaces = false;
            match escape(c) {
                Some(escaped) => self.put(&escaped),
                None => self.put(c.encode_utf8(&mut [0; 4])),
            }
        }
        self.indicator("\"", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_printable(c: char) -> bool {
    matches!(u32::from(c), 0x0a | 0x20..=0x7e | 0xa0..=0xd7ff | 0xe000..=0xfefe | 0xff00..=0xfffd)
}

/// How a letter stands between double quotes, where it does not stand for itself.
fn escape(c: char) -> Option<String> {
    let short = match c {
        '\0' => "\\0",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{b}' => "\\v",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '\u{1b}' => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{85}' => "\\N",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        c if is_printable(c) => return None,
        c => {
            let code = u32::from(c);
            return Some(match code {
                0..=0xff => format!("\\x{code:02X}"),
                0x100..=0xffff => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            });
        }
    };
    Some(short.to_owned())
}

/// Which ways of writing a text allows.
struct Looks {
    plain: bool,
    single: bool,
}

impl Looks {
    fn of(text: &str) -> Looks {
        let chars: Vec<char> = text.chars().collect();
        let last = chars.len().saturating_sub(1);
        let blank = |at: usize| {
            chars
                .get(at)
                .is_none_or(|c| matches!(c, ' ' | '\t' | '\0') || is_break(*c))
        };
        let mut plain = !(text.starts_with("---") || text.starts_with("..."));
        let mut single = true;
        let (mut was_space, mut was_break) = (false, false);
        for (at, c) in chars.iter().copied().enumerate() {
            let forbidden = if at == 0 {
                "#,[]{}&*!|>'\"%@`".contains(c) || ("?:-".contains(c) && blank(1))
            } else {
                (c == ':' && blank(at + 1)) || (c == '#' && blank(at - 1))
            };
            if forbidden || is_break(c) || (c == ' ' && (at == 0 || at == last)) {
                plain = false;
            }
            if !is_printable(c) || (c == ' ' && was_break) || (is_break(c) && was_space) {
                (plain, single) = (false, false);
            }
            was_space = c == ' ';
            was_break = is_break(c);
        }
        Looks { plain, single }
    }
}

/// Whether the bare text would be read as something else than a text.
fn resolves(text: &str) -> bool {
    if matches!(
        text,
        "" | "~" | "null" | "Null" | "NULL" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE" | "<<" | "="
    ) {
        return true;
    }
    let first = text.chars().next().unwrap_or(' ');
    (first.is_ascii_digit() || "+-.".contains(first)) && (is_int(text) || is_float(text) || is_timestamp(text))
}

fn all(text: &str, known: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(known)
}

/// What the CLI's YAML library takes for a whole number.
pub fn is_int(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number = |byte: u8| byte.is_ascii_digit() || byte == b'_';
    let prefixed = |prefix: &str, known: fn(u8) -> bool| {
        text.strip_prefix(prefix)
            .is_some_and(|rest| all(rest, |byte| known(byte) || byte == b'_'))
    };
    all(text, number)
        || prefixed("0b", |byte| matches!(byte, b'0' | b'1'))
        || prefixed("0o", |byte| matches!(byte, b'0'..=b'7'))
        || prefixed("0x", |byte| byte.is_ascii_hexdigit())
}

/// What the CLI's YAML library takes for a float.
pub fn is_float(text: &str) -> bool {
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(text, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let whole = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && digits(text);
    let fine = exponent.is_none_or(|exponent| {
        all(exponent.strip_prefix(['+', '-']).unwrap_or(exponent), |byte| {
            byte.is_ascii_digit()
        })
    });
    fine && match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && digits(fraction),
        Some((before, fraction)) => whole(before) && digits(fraction),
        None => exponent.is_some() && whole(mantissa),
    }
}

/// `2025-03-03`, or with a time of day.
pub fn is_timestamp(text: &str) -> bool {
    let number = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let date = |text: &str, least: usize| {
        let mut parts = text.splitn(3, '-');
        let mut part = |least: usize, most: usize| parts.next().is_some_and(|part| number(part, least, most));
        part(4, 4) && part(least, 2) && part(least, 2)
    };
    let Some((day, time)) = text.split_once(['T', 't', ' ', '\t']) else {
        return date(text, 2);
    };
    let time = time.trim_start_matches([' ', '\t']);
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, "Z"),
    };
    let zone = match zone.strip_prefix(['+', '-']) {
        Some(offset) => match offset.split_once(':') {
            Some((hours, minutes)) => number(hours, 1, 2) && number(minutes, 2, 2),
            None => number(offset, 1, 2),
        },
        None => zone == "Z",
    };
    let mut parts = clock.trim_end_matches([' ', '\t']).splitn(3, ':');
    let (hour, minute, second) = (parts.next(), parts.next(), parts.next());
    let second = second.map(|second| second.split_once('.').unwrap_or((second, "")));
    date(day, 1)
        && zone
        && hour.is_some_and(|hour| number(hour, 1, 2))
        && minute.is_some_and(|minute| number(minute, 2, 2))
        && second.is_some_and(|(second, fraction)| number(second, 2, 2) && number(fraction, 0, usize::MAX))
}

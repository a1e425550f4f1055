//! From words to fields: variables, substitutions, sums, then splitting and file names where nothing is quoted.

use super::braces;
use super::run::{Halt, Run};
use super::streams::Printed;
use super::syntax::*;
use crate::glob::Glob;
use crate::limits::{WORD_BYTES, WORDS};

#[derive(Default)]
struct Field {
    text: String,
    /// The same with a backslash before what is quoted.
    pattern: String,
    is_pattern: bool,
}

impl Field {
    fn quoted(&mut self, text: &str) {
        self.text.push_str(text);
        for c in text.chars() {
            if "*?[]\\".contains(c) {
                self.pattern.push('\\');
            }
            self.pattern.push(c);
        }
    }

    fn plain(&mut self, text: &str) {
        self.text.push_str(text);
        self.pattern.push_str(text);
        self.is_pattern |= text.contains(['*', '?', '[']);
    }
}

fn too_long() -> Halt {
    Halt::Fault(format!("a word is longer than {WORD_BYTES} bytes"))
}

impl Run<'_> {
    /// The fields of a command's words.
    pub(super) fn fields(&mut self, words: &[Word], printed: &mut Printed) -> Result<Vec<String>, Halt> {
        let mut fields = Vec::new();
        let too_many = || Halt::Fault("Argument list too long".into());
        for word in words {
            for word in braces::expand(word).ok_or_else(too_many)? {
                for field in self.split(&word, printed)? {
                    self.named(field, &mut fields);
                    if fields.len() > WORDS {
                        return Err(too_many());
                    }
                }
            }
        }
        Ok(fields)
    }

    /// The names of files that a field stands for; itself, where it stands for none.
    fn named(&self, field: Field, fields: &mut Vec<String>) {
        if field.is_pattern {
            let glob = Glob::of_names(&field.pattern);
            let before = fields.len();
            let names = self.shell.session.tray.iter().map(|(name, _)| name);
            fields.extend(names.filter(|name| glob.matches(name)).map(str::to_owned));
            if fields.len() > before {
                return;
            }
        }
        fields.push(field.text);
    }

    fn split(&mut self, word: &Word, printed: &mut Printed) -> Result<Vec<Field>, Halt> {
        let mut done: Vec<Field> = Vec::new();
        let mut open: Option<Field> = None;
        let separators = self.shell.variable("IFS").unwrap_or_default();
        for (place, part) in word.iter().enumerate() {
            match part {
                Part::Text { text, quoted: false } if place == 0 && starts_at_home(text) => {
                    open.get_or_insert_default().plain(&at_home(text));
                }
                Part::Text { text, quoted: true } => open.get_or_insert_default().quoted(text),
                Part::Text { text, .. } => open.get_or_insert_default().plain(text),
                Part::Variable {
                    name,
                    change: Change::None,
                    quoted: true,
                } if name == "@" => {
                    // `"$@"`: as many fields as there are arguments, none for none.
                    for (place, argument) in self.shell.arguments.clone().iter().enumerate() {
                        if place > 0 {
                            done.extend(open.take());
                        }
                        open.get_or_insert_default().quoted(argument);
                    }
                }
                part => {
                    let value = self.value(part, printed)?;
                    if is_quoted(part) {
                        open.get_or_insert_default().quoted(&value);
                        continue;
                    }
                    // A blank that ended a field and the sign after it are one end.
                    let mut ended = false;
                    for piece in pieces(&value, &separators) {
                        match piece {
                            Cut::Text(text) => {
                                open.get_or_insert_default().plain(text);
                                ended = false;
                            }
                            Cut::Blank => {
                                ended |= open.is_some();
                                done.extend(open.take());
                            }
                            Cut::Sign if std::mem::take(&mut ended) => {}
                            Cut::Sign => done.push(open.take().unwrap_or_default()),
                        }
                        if done.len() > WORDS {
                            return Err(Halt::Fault("Argument list too long".into()));
                        }
                    }
                }
            }
            if open.as_ref().is_some_and(|field| field.text.len() > WORD_BYTES) {
                return Err(too_long());
            }
        }
        done.extend(open);
        Ok(done)
    }

    /// A word as one text, without splitting: of assignments and redirections.
    pub(super) fn text(&mut self, word: &Word, printed: &mut Printed) -> Result<String, Halt> {
        Ok(self.whole(word, printed)?.text)
    }

    fn whole(&mut self, word: &Word, printed: &mut Printed) -> Result<Field, Halt> {
        let mut field = Field::default();
        for (place, part) in word.iter().enumerate() {
            match part {
                Part::Text { text, quoted: false } if place == 0 && starts_at_home(text) => {
                    field.plain(&at_home(text));
                }
                Part::Text { text, quoted: false } => field.plain(text),
                Part::Text { text, .. } => field.quoted(text),
                part => {
                    let value = self.value(part, printed)?;
                    if is_quoted(part) {
                        field.quoted(&value)
                    } else {
                        field.plain(&value)
                    }
                }
            }
            if field.text.len() > WORD_BYTES {
                return Err(too_long());
            }
        }
        Ok(field)
    }

    fn value(&mut self, part: &Part, printed: &mut Printed) -> Result<String, Halt> {
        match part {
            Part::Text { text, .. } => Ok(text.clone()),
            Part::Output { list, .. } => self.output_of(list, printed),
            Part::Sum { text, .. } => {
                let text = self.text(text, printed)?;
                let sum = super::arithmetic::evaluate(&text, &mut |name| self.shell.variable(name));
                match sum {
                    Ok((value, None)) => Ok(value.to_string()),
                    Ok((value, Some((name, set)))) => {
                        self.shell.set(&name, set.to_string());
                        Ok(value.to_string())
                    }
                    Err(why) => Err(Halt::Fault(format!("{}: {why}", text.trim()))),
                }
            }
            Part::Variable { name, change, .. } => self.variable(name, change, printed),
        }
    }

    /// A word as a pattern: what is quoted in it stands for itself.
    pub(super) fn pattern(&mut self, word: &Word, printed: &mut Printed) -> Result<String, Halt> {
        Ok(self.whole(word, printed)?.pattern)
    }

    /// A word as a number: a sum.
    fn number(&mut self, word: &Word, printed: &mut Printed) -> Result<i64, Halt> {
        let text = self.text(word, printed)?;
        let sum = super::arithmetic::evaluate(&text, &mut |name| self.shell.variable(name));
        sum.map(|(value, _)| value)
            .map_err(|why| Halt::Fault(format!("{}: {why}", text.trim())))
    }

    fn variable(&mut self, name: &str, change: &Change, printed: &mut Printed) -> Result<String, Halt> {
        let value = match name {
            "RANDOM" => Some(self.shell.random(self.cloud.calls()).to_string()),
            _ => self.shell.variable(name),
        };
        if self.shell.options.set
            && value.is_none()
            && !matches!(change, Change::Missing { .. })
            && !"@*".contains(name)
        {
            let sign = if name.starts_with(|c: char| c.is_ascii_digit()) {
                "$"
            } else {
                ""
            };
            return Err(Halt::Unset(format!("{sign}{name}")));
        }
        match change {
            Change::None => Ok(value.unwrap_or_default()),
            Change::Length => Ok(value.unwrap_or_default().chars().count().to_string()),
            Change::Missing { empty_too, deed, word } => {
                let missing = value.as_ref().is_none_or(|value| *empty_too && value.is_empty());
                match (deed, missing) {
                    ('+', true) => Ok(String::new()),
                    ('+', false) | ('-', true) => self.text(word, printed),
                    ('=', true) => {
                        let text = self.text(word, printed)?;
                        self.shell.set(name, text.clone());
                        Ok(text)
                    }
                    ('?', true) => {
                        let text = self.text(word, printed)?;
                        let text = if text.is_empty() {
                            "parameter null or not set".into()
                        } else {
                            text
                        };
                        Err(Halt::Fault(format!("{name}: {text}")))
                    }
                    _ => Ok(value.unwrap_or_default()),
                }
            }
            Change::Letters { large, all } => {
                let value = value.unwrap_or_default();
                let turned = |c: char| {
                    if *large {
                        c.to_uppercase().to_string()
                    } else {
                        c.to_lowercase().to_string()
                    }
                };
                let letters = value.chars().enumerate();
                Ok(letters
                    .map(|(at, c)| if *all || at == 0 { turned(c) } else { c.to_string() })
                    .collect())
            }
            Change::Replace { all, pattern, with } => {
                let pattern = self.pattern(pattern, printed)?;
                let with = self.text(with, printed)?;
                Ok(replaced(&value.unwrap_or_default(), &pattern, &with, *all))
            }
            Change::Slice { offset, length } => {
                let offset = self.number(offset, printed)?;
                let length = match length {
                    Some(length) => Some(self.number(length, printed)?),
                    None => None,
                };
                let chars: Vec<char> = value.unwrap_or_default().chars().collect();
                slice(&chars, offset, length)
                    .ok_or_else(|| Halt::Fault(format!("{}: substring expression < 0", length.unwrap_or_default())))
            }
            Change::Trim { end, longest, word } => {
                let pattern = self.whole(word, printed)?.pattern;
                Ok(trim(
                    &value.unwrap_or_default(),
                    &Glob::of_text(&pattern),
                    *end,
                    *longest,
                ))
            }
        }
    }
}

/// A piece of a value that is split.
enum Cut<'v> {
    Text(&'v str),
    /// A blank among the separators: several are one.
    Blank,
    /// Another separator: each ends a field, an empty one too.
    Sign,
}

fn pieces<'v>(value: &'v str, separators: &str) -> Vec<Cut<'v>> {
    let mut cuts = Vec::new();
    let mut rest = value;
    while !rest.is_empty() {
        let end = rest.find(|c| separators.contains(c)).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        if !text.is_empty() {
            cuts.push(Cut::Text(text));
        }
        let mut chars = after.chars();
        if let Some(c) = chars.next() {
            cuts.push(if matches!(c, ' ' | '\t' | '\n') {
                Cut::Blank
            } else {
                Cut::Sign
            });
        }
        rest = chars.as_str();
    }
    cuts
}

fn starts_at_home(text: &str) -> bool {
    text == "~" || text.starts_with("~/")
}

fn at_home(text: &str) -> String {
    text.replacen('~', "/tray", 1)
}

/// `${NAME:offset:length}`: negative ones count from the end. `None`: it would end before it begins.
fn slice(chars: &[char], offset: i64, length: Option<i64>) -> Option<String> {
    let count = i64::try_from(chars.len()).unwrap_or(i64::MAX);
    let from = if offset < 0 {
        count.saturating_add(offset)
    } else {
        offset.min(count)
    };
    if from < 0 {
        return Some(String::new());
    }
    let to = match length {
        None => count,
        Some(length) if length < 0 => Some(count.saturating_add(length)).filter(|to| *to >= from)?,
        Some(length) => from.saturating_add(length).min(count),
    };
    let place = |at: i64| usize::try_from(at).unwrap_or_default();
    Some(chars.get(place(from)..place(to)).unwrap_or_default().iter().collect())
}

/// `${NAME/pattern/text}`: the longest match at the first place, or at each.
fn replaced(value: &str, pattern: &str, with: &str, all: bool) -> String {
    // `#` and `%` hold the pattern to the beginning or the end.
    let (pattern, start, end) = match (pattern.strip_prefix('#'), pattern.strip_prefix('%')) {
        (Some(pattern), _) if !all => (pattern, true, false),
        (_, Some(pattern)) if !all => (pattern, false, true),
        _ => (pattern, false, false),
    };
    if value.len() > TRIMMED || pattern.is_empty() {
        return value.to_owned();
    }
    let glob = Glob::of_text(pattern);
    let mut out = String::new();
    let mut at = 0;
    while let Some(rest) = value.get(at..).filter(|rest| !rest.is_empty()) {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let mut ends = ends.filter(|length| !end || *length == rest.len());
        let found = ends.find(|length| rest.get(..*length).is_some_and(|text| glob.matches(text)));
        match found {
            Some(length) => {
                out.push_str(with);
                at += length;
                if !all {
                    break;
                }
            }
            None => {
                let c = rest.chars().next().unwrap_or_default();
                out.push(c);
                at += c.len_utf8();
            }
        }
        if start && !all {
            break;
        }
    }
    out.push_str(value.get(at..).unwrap_or_default());
    out
}

fn is_quoted(part: &Part) -> bool {
    match part {
        Part::Text { quoted, .. }
        | Part::Variable { quoted, .. }
        | Part::Output { quoted, .. }
        | Part::Sum { quoted, .. } => *quoted,
    }
}

/// Longest text from whose ends something is cut by a pattern; longer ones stay as they are.
const TRIMMED: usize = 10_000;

fn trim(value: &str, pattern: &Glob, end: bool, longest: bool) -> String {
    if value.len() > TRIMMED {
        return value.to_owned();
    }
    let mut places: Vec<usize> = value.char_indices().map(|(at, _)| at).chain([value.len()]).collect();
    // From the shortest cut to the longest, or the other way round.
    if end != longest {
        places.reverse();
    }
    let cut = places.into_iter().find_map(|at| {
        let (front, back) = value.split_at_checked(at)?;
        let (cut, kept) = if end { (back, front) } else { (front, back) };
        pattern.matches(cut).then_some(kept)
    });
    cut.unwrap_or(value).to_owned()
}

//! From words to fields: variables, substitutions, sums, then splitting and file names where nothing is quoted.

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
        for word in words {
            for field in self.split(word, printed)? {
                self.named(field, &mut fields);
                if fields.len() > WORDS {
                    return Err(Halt::Fault("Argument list too long".into()));
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
        for part in word {
            match part {
                Part::Text { text, quoted: true } => open.get_or_insert_default().quoted(text),
                Part::Text { text, .. } => open.get_or_insert_default().plain(text),
                part => {
                    let value = self.value(part, printed)?;
                    if is_quoted(part) {
                        open.get_or_insert_default().quoted(&value);
                        continue;
                    }
                    for (place, piece) in value.split([' ', '\t', '\n']).enumerate() {
                        if place > 0 {
                            done.extend(open.take());
                        }
                        if !piece.is_empty() {
                            open.get_or_insert_default().plain(piece);
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
        for part in word {
            match part {
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

    fn variable(&mut self, name: &str, change: &Change, printed: &mut Printed) -> Result<String, Halt> {
        let value = self.shell.variable(name);
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

//! Words and their pieces: quotes, `$…`, backticks. Part of the reader of [`super::read`].

use super::read::{Fault, Reader, incomplete, is_name};
use super::syntax::*;

type Read<T> = Result<T, Fault>;

fn no_end(mark: char) -> Fault {
    incomplete(format!("unexpected EOF while looking for matching `{mark}'"))
}

/// Adds text to the last piece where that is of the same kind.
fn push(word: &mut Word, c: char, quoted: bool) {
    match word.last_mut() {
        Some(Part::Text { text, quoted: last }) if *last == quoted => text.push(c),
        _ => word.push(Part::Text { text: c.into(), quoted }),
    }
}

impl Reader {
    /// A word; empty where none stands here.
    pub(super) fn word(&mut self) -> Read<Word> {
        let mut word = Word::new();
        while let Some(c) = self.peek() {
            match c {
                _ if c.is_ascii_whitespace() || ";&|<>()".contains(c) => break,
                '\'' => {
                    self.at += 1;
                    let text = self.raw('\'')?;
                    word.push(Part::Text { text, quoted: true });
                }
                '"' => {
                    self.at += 1;
                    let inside = self.quoted(Some('"'))?;
                    // Empty quotes are a word all the same; `"$@"` is as many as there are.
                    let all = matches!(inside.as_slice(), [Part::Variable { name, .. }] if name == "@");
                    if !all {
                        word.push(Part::Text {
                            text: String::new(),
                            quoted: true,
                        });
                    }
                    word.extend(inside);
                }
                '\\' => {
                    self.at += 1;
                    match self.next() {
                        Some('\n') => {}
                        Some(c) => push(&mut word, c, true),
                        None => return Err(incomplete("unexpected end of file after \\")),
                    }
                }
                '$' if self.skip("$'") => {
                    let text = self.escaped()?;
                    word.push(Part::Text { text, quoted: true });
                }
                '$' => self.dollar(&mut word, false)?,
                '`' => self.backticks(&mut word, false)?,
                c => {
                    self.at += 1;
                    push(&mut word, c, false);
                }
            }
        }
        Ok(word)
    }

    fn raw(&mut self, end: char) -> Read<String> {
        let mut text = String::new();
        loop {
            match self.next() {
                Some(c) if c == end => return Ok(text),
                Some(c) => text.push(c),
                None => return Err(no_end(end)),
            }
        }
    }

    /// `$'…'`.
    fn escaped(&mut self) -> Read<String> {
        let mut text = String::new();
        loop {
            match self.next() {
                Some('\'') => return Ok(text),
                Some('\\') => match self.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some(c @ ('\\' | '\'' | '"')) => text.push(c),
                    Some(c) => text.extend(['\\', c]),
                    None => return Err(no_end('\'')),
                },
                Some(c) => text.push(c),
                None => return Err(no_end('\'')),
            }
        }
    }

    /// Text in which only `$`, backticks and backslashes speak: until a mark, or until the end.
    pub(super) fn quoted(&mut self, end: Option<char>) -> Read<Word> {
        let mut word = Word::new();
        loop {
            match self.peek() {
                None if end.is_none() => return Ok(word),
                None => return Err(no_end(end.unwrap_or('"'))),
                c if c == end => {
                    self.at += 1;
                    return Ok(word);
                }
                Some('\\') => {
                    self.at += 1;
                    match self.next() {
                        Some('\n') => {}
                        Some(c) if "$`\\".contains(c) || Some(c) == end => push(&mut word, c, true),
                        Some(c) => {
                            push(&mut word, '\\', true);
                            push(&mut word, c, true);
                        }
                        None => push(&mut word, '\\', true),
                    }
                }
                Some('$') => self.dollar(&mut word, true)?,
                Some('`') => self.backticks(&mut word, true)?,
                Some(c) => {
                    self.at += 1;
                    push(&mut word, c, true);
                }
            }
        }
    }

    fn backticks(&mut self, word: &mut Word, quoted: bool) -> Read<()> {
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.next() {
                Some('`') => break,
                Some('\\') => match self.next() {
                    Some(c @ ('`' | '\\' | '$')) => text.push(c),
                    Some('"') if quoted => text.push('"'),
                    Some(c) => text.extend(['\\', c]),
                    None => return Err(no_end('`')),
                },
                Some(c) => text.push(c),
                None => return Err(no_end('`')),
            }
        }
        let mut inner = Reader::new(&text, self.depth() + 1);
        let list = inner.list(&[])?;
        word.push(Part::Output { list, quoted });
        Ok(())
    }

    fn dollar(&mut self, word: &mut Word, quoted: bool) -> Read<()> {
        self.at += 1;
        if self.sees("((") {
            let before = self.at;
            self.at += 2;
            if let Some(text) = self.sum()? {
                word.push(Part::Sum { text, quoted });
                return Ok(());
            }
            self.at = before;
        }
        if self.skip("(") {
            let list = self.inner_list()?;
            word.push(Part::Output { list, quoted });
            return Ok(());
        }
        if self.skip("{") {
            let part = self.braces(quoted)?;
            word.push(part);
            return Ok(());
        }
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let length = rest
            .iter()
            .take_while(|c| c.is_ascii_alphanumeric() || **c == '_')
            .count();
        let mut name: String = rest.iter().take(length).collect();
        if !is_name(&name) {
            name = rest
                .iter()
                .take(1)
                .filter(|c| "?$#@*!0123456789".contains(**c))
                .collect();
        }
        if name.is_empty() {
            push(word, '$', true);
            return Ok(());
        }
        self.skip(&name);
        word.push(Part::Variable {
            name,
            change: Change::None,
            quoted,
        });
        Ok(())
    }

    /// After `$((`: the sum, or nothing where it is a command after all.
    fn sum(&mut self) -> Read<Option<Word>> {
        self.enter()?;
        let mut word = Word::new();
        let mut open = 0_usize;
        loop {
            match self.peek() {
                None => return Err(no_end(')')),
                Some(')') if open == 0 => {
                    let closes = self.skip("))");
                    self.leave();
                    return Ok(closes.then_some(word));
                }
                Some('$') => self.dollar(&mut word, true)?,
                Some(c) => {
                    match c {
                        '(' => open += 1,
                        ')' => open -= 1,
                        _ => {}
                    }
                    self.at += 1;
                    push(&mut word, c, true);
                }
            }
        }
    }

    /// After `${`.
    fn braces(&mut self, quoted: bool) -> Read<Part> {
        let start = self.at;
        let is_length = self.sees("#") && !self.sees("#}");
        if is_length {
            self.at += 1;
        }
        let mut name = String::new();
        while let Some(c) = self.peek().filter(|c| c.is_ascii_alphanumeric() || *c == '_') {
            name.push(c);
            self.at += 1;
        }
        if name.is_empty()
            && let Some(c) = self.peek().filter(|c| "?#@*$".contains(*c))
        {
            name.push(c);
            self.at += 1;
        }
        if self.peek().is_none() {
            return Err(no_end('}'));
        }
        let good = !name.is_empty() && (!is_length || self.sees("}"));
        let change = match self.peek() {
            Some('}') if good && is_length => {
                self.at += 1;
                Change::Length
            }
            Some('}') if good => {
                self.at += 1;
                Change::None
            }
            Some(c @ ('^' | ',')) if good => {
                self.at += 1;
                let all = self.skip(&c.to_string());
                if !self.skip("}") {
                    return Err(self.bad_substitution(start));
                }
                Change::Letters { large: c == '^', all }
            }
            Some('/') if good => {
                self.at += 1;
                let all = self.skip("/");
                let (pattern, ended) = self.braced_to("/}")?;
                let with = if ended == '/' { self.braced()? } else { Word::new() };
                Change::Replace { all, pattern, with }
            }
            Some(c @ ('#' | '%')) if good => {
                self.at += 1;
                let longest = self.skip(&c.to_string());
                Change::Trim {
                    end: c == '%',
                    longest,
                    word: self.braced()?,
                }
            }
            Some(c) if good && ":-=+?".contains(c) => {
                let empty_too = self.skip(":");
                if empty_too && self.peek().is_some_and(|c| !"-=+?}".contains(c)) {
                    let (offset, ended) = self.braced_to(":}")?;
                    let length = if ended == ':' { Some(self.braced()?) } else { None };
                    let change = Change::Slice { offset, length };
                    return Ok(Part::Variable { name, change, quoted });
                }
                match self.next() {
                    Some(deed @ ('-' | '=' | '+' | '?')) => Change::Missing {
                        empty_too,
                        deed,
                        word: self.braced()?,
                    },
                    _ => return Err(self.bad_substitution(start)),
                }
            }
            _ => return Err(self.bad_substitution(start)),
        };
        Ok(Part::Variable { name, change, quoted })
    }

    fn bad_substitution(&self, start: usize) -> Fault {
        let rest = self.chars.get(start..).unwrap_or_default();
        let inside: String = rest.iter().take_while(|c| **c != '}').collect();
        Fault {
            text: format!("${{{inside}}}: bad substitution"),
            incomplete: false,
        }
    }

    /// The word in `${NAME:-word}`, up to the brace.
    fn braced(&mut self) -> Read<Word> {
        Ok(self.braced_to("}")?.0)
    }

    /// A word up to one of these signs, and which of them it was.
    fn braced_to(&mut self, ends: &str) -> Read<(Word, char)> {
        self.enter()?;
        let mut word = Word::new();
        loop {
            match self.peek() {
                None => return Err(no_end('}')),
                Some(c) if ends.contains(c) => {
                    self.at += 1;
                    self.leave();
                    return Ok((word, c));
                }
                Some('\'') => {
                    self.at += 1;
                    let text = self.raw('\'')?;
                    word.push(Part::Text { text, quoted: true });
                }
                Some('"') => {
                    self.at += 1;
                    word.extend(self.quoted(Some('"'))?);
                }
                Some('\\') => {
                    self.at += 1;
                    if let Some(c) = self.next() {
                        push(&mut word, c, true);
                    }
                }
                Some('$') => self.dollar(&mut word, false)?,
                Some('`') => self.backticks(&mut word, false)?,
                Some(c) => {
                    self.at += 1;
                    push(&mut word, c, false);
                }
            }
        }
    }
}

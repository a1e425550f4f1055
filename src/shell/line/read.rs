//! From text to commands, as POSIX's shell grammar has it (background jobs apart), with bash's `[[ … ]]`.
//! <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html>. Never panics, whatever is typed.

use super::syntax::*;
use crate::limits::DEPTH;
use std::cell::OnceCell;
use std::rc::Rc;

/// Why a text is no command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// bash's text.
    pub text: String,
    /// Whether more lines could make a command of it: an open quote, `do` without `done`.
    pub incomplete: bool,
}

pub(super) type Read<T> = Result<T, Fault>;

/// Words that only stand at the beginning of a command.
const CLOSING: [&str; 8] = ["do", "done", "then", "elif", "else", "fi", "esac", "}"];

/// Reads a whole text.
pub(super) fn read(text: &str) -> Read<List> {
    let mut reader = Reader::new(text, 0);
    let list = reader.list(&[])?;
    match reader.pending.first() {
        Some((_, end, _)) => Err(incomplete(format!(
            "here-document delimited by end-of-file (wanted `{end}')"
        ))),
        None => Ok(list),
    }
}

pub(super) fn incomplete(text: impl Into<String>) -> Fault {
    Fault {
        text: text.into(),
        incomplete: true,
    }
}

pub(super) fn unexpected(token: &str) -> Fault {
    Fault {
        text: format!("syntax error near unexpected token `{token}'"),
        incomplete: false,
    }
}

/// A here-document that is announced: its place, its last line, and whether it is taken as it stands.
struct Here {
    strip_tabs: bool,
    literal: bool,
}

pub(super) struct Reader {
    pub(super) chars: Vec<char>,
    pub(super) at: usize,
    depth: usize,
    pending: Vec<(Rc<OnceCell<Word>>, String, Here)>,
}

impl Reader {
    pub(super) fn new(text: &str, depth: usize) -> Reader {
        Reader {
            chars: text.chars().collect(),
            at: 0,
            depth,
            pending: Vec::new(),
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    pub(super) fn skip(&mut self, text: &str) -> bool {
        let found = self.sees(text);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    pub(super) fn sees(&self, text: &str) -> bool {
        let mut at = self.at;
        text.chars().all(|c| {
            at += 1;
            self.chars.get(at - 1) == Some(&c)
        })
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Blanks, continued lines and a comment; not the end of the line.
    pub(super) fn blanks(&mut self) {
        loop {
            match self.peek() {
                Some(' ' | '\t' | '\r') => self.at += 1,
                Some('\\') if self.chars.get(self.at + 1) == Some(&'\n') => self.at += 2,
                Some('#') => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.at += 1;
                    }
                }
                _ => return,
            }
        }
    }

    /// Blanks and empty lines.
    pub(super) fn lines(&mut self) -> Read<()> {
        loop {
            self.blanks();
            if self.peek() != Some('\n') {
                return Ok(());
            }
            self.line_end()?;
        }
    }

    /// The end of a line: what `<<` announced follows.
    fn line_end(&mut self) -> Read<()> {
        self.at += 1;
        for (place, end, here) in std::mem::take(&mut self.pending) {
            let word = self.here_document(&end, &here)?;
            let _ = place.set(word);
        }
        Ok(())
    }

    fn here_document(&mut self, end: &str, here: &Here) -> Read<Word> {
        let mut body = String::new();
        loop {
            if self.at >= self.chars.len() {
                return Err(incomplete(format!(
                    "here-document delimited by end-of-file (wanted `{end}')"
                )));
            }
            let rest = self.chars.get(self.at..).unwrap_or_default();
            let mut line: String = rest.iter().take_while(|c| **c != '\n').collect();
            self.at += line.chars().count();
            let is_last = self.peek().is_none();
            if here.strip_tabs {
                line = line.trim_start_matches('\t').to_owned();
            }
            if line == end {
                break;
            }
            if is_last {
                return Err(incomplete(format!(
                    "here-document delimited by end-of-file (wanted `{end}')"
                )));
            }
            self.at += 1;
            body.push_str(&line);
            body.push('\n');
        }
        self.next();
        if here.literal {
            return Ok(vec![Part::Text {
                text: body,
                quoted: true,
            }]);
        }
        let mut inner = Reader::new(&body, self.depth + 1);
        inner.enter()?;
        inner.quoted(None)
    }

    pub(super) fn enter(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Fault {
                text: format!("more than {DEPTH} commands inside each other"),
                incomplete: false,
            });
        }
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// The bare word that stands here, without taking it.
    pub(super) fn ahead(&self) -> String {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let word = rest.iter().take(16);
        word.take_while(|c| !c.is_whitespace() && !";&|<>()".contains(**c))
            .collect()
    }

    /// Commands until one of these words or `)`, which are not taken; until the end if there is none.
    pub(super) fn list(&mut self, ends: &[&str]) -> Read<List> {
        self.enter()?;
        let mut list = Vec::new();
        let mut link = Link::Always;
        loop {
            self.lines()?;
            if self.ends_here(ends)? {
                if link != Link::Always {
                    return Err(self.unexpected_here());
                }
                break;
            }
            let pipeline = self.pipeline()?;
            list.push((link, pipeline));
            self.blanks();
            link = match self.peek() {
                Some('&') if self.skip("&&") => Link::And,
                Some('|') if self.skip("||") => Link::Or,
                Some(';') if self.sees(";;") && ends.contains(&";;") => Link::Always,
                Some(';') if self.sees(";;") => return Err(unexpected(";;")),
                Some(';') => {
                    self.at += 1;
                    Link::Always
                }
                Some('&') => {
                    return Err(Fault {
                        text: "&: there are no background jobs here; write ; or a new line".into(),
                        incomplete: false,
                    });
                }
                None | Some('\n' | ')') => Link::Always,
                Some(_) => return Err(self.unexpected_here()),
            };
        }
        self.leave();
        Ok(list)
    }

    fn ends_here(&self, ends: &[&str]) -> Read<bool> {
        let Some(c) = self.peek() else {
            return if ends.is_empty() {
                Ok(true)
            } else {
                Err(incomplete("syntax error: unexpected end of file"))
            };
        };
        if c == ')' && ends.contains(&")") {
            return Ok(true);
        }
        if ends.contains(&";;") && self.sees(";;") {
            return Ok(true);
        }
        let word = self.ahead();
        if ends.contains(&word.as_str()) {
            return Ok(true);
        }
        if c == ')' || ";&|".contains(c) || CLOSING.contains(&word.as_str()) {
            return Err(self.unexpected_here());
        }
        Ok(false)
    }

    pub(super) fn unexpected_here(&self) -> Fault {
        match self.peek() {
            None => incomplete("syntax error: unexpected end of file"),
            Some('\n') => unexpected("newline"),
            Some(c) if ";&|<>()".contains(c) => {
                let double = self.chars.get(self.at + 1) == Some(&c) && c != '(' && c != ')';
                unexpected(&c.to_string().repeat(if double { 2 } else { 1 }))
            }
            Some(_) => unexpected(&self.ahead()),
        }
    }

    fn pipeline(&mut self) -> Read<Pipeline> {
        let mut negated = false;
        while self.ahead() == "!" {
            self.at += 1;
            negated = !negated;
            self.blanks();
        }
        let mut stages = vec![self.stage()?];
        loop {
            self.blanks();
            if !self.sees("|") || self.sees("||") {
                break;
            }
            self.at += 1;
            if self.skip("&")
                && let Some(stage) = stages.last_mut()
            {
                stage.redirects.push(Redirect {
                    stream: 2,
                    kind: Redirection::Same(1),
                });
            }
            self.lines()?;
            stages.push(self.stage()?);
        }
        Ok(Pipeline { negated, stages })
    }

    pub(super) fn stage(&mut self) -> Read<Stage> {
        let command = match self.ahead().as_str() {
            "for" => self.for_loop()?,
            word @ ("while" | "until") => {
                self.at += 5;
                let condition = self.block(&["do"])?;
                let body = self.block(&["done"])?;
                Command::While {
                    until: word == "until",
                    condition,
                    body,
                }
            }
            "if" => self.condition()?,
            "[[" => self.condition_items()?,
            "{" => {
                self.at += 1;
                Command::Group(self.block(&["}"])?)
            }
            "case" => self.case()?,
            "function" => {
                self.at += "function".len();
                self.blanks();
                let name = self.ahead();
                self.skip(&name);
                self.function(name)?
            }
            "select" | "coproc" => {
                return Err(Fault {
                    text: format!("{}: not in this shell; help lists what is", self.ahead()),
                    incomplete: false,
                });
            }
            name if self.defines(name) => {
                let name = name.to_owned();
                self.skip(&name);
                self.function(name)?
            }
            _ if self.skip("(") => Command::Apart(self.block(&[")"])?),
            _ => return self.simple(),
        };
        let mut redirects = Vec::new();
        loop {
            self.blanks();
            match self.redirect()? {
                Some(redirect) => redirects.push(redirect),
                None => return Ok(Stage { command, redirects }),
            }
        }
    }

    /// A list and the word that ends it.
    pub(super) fn block(&mut self, ends: &[&str]) -> Read<List> {
        let list = self.list(ends)?;
        if list.is_empty() {
            return Err(self.unexpected_here());
        }
        let word = if self.peek() == Some(')') {
            ")".into()
        } else {
            self.ahead()
        };
        self.skip(&word);
        Ok(list)
    }

    fn simple(&mut self) -> Read<Stage> {
        let (mut assignments, mut words, mut redirects) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            self.blanks();
            if let Some(redirect) = self.redirect()? {
                redirects.push(redirect);
                continue;
            }
            match self.peek() {
                None | Some('\n' | ';' | '&' | '|' | ')') => break,
                Some('(') => return Err(unexpected("(")),
                Some(_) => {}
            }
            if words.is_empty()
                && let Some(name) = self.assigned()
            {
                assignments.push((name, self.word()?));
                continue;
            }
            words.push(self.word()?);
        }
        if assignments.is_empty() && words.is_empty() && redirects.is_empty() {
            return Err(self.unexpected_here());
        }
        let command = Command::Simple { assignments, words };
        Ok(Stage { command, redirects })
    }

    /// `NAME=` where it stands here: taken, and the name.
    fn assigned(&mut self) -> Option<String> {
        let rest = self.chars.get(self.at..)?;
        let length = rest.iter().position(|c| !(c.is_ascii_alphanumeric() || *c == '_'))?;
        let name: String = rest.get(..length)?.iter().collect();
        if rest.get(length) != Some(&'=') || !is_name(&name) {
            return None;
        }
        self.at += length + 1;
        Some(name)
    }

    fn redirect(&mut self) -> Read<Option<Redirect>> {
        let start = self.at;
        if self.skip("&>") {
            self.blanks();
            let kind = Redirection::Both(self.target()?);
            return Ok(Some(Redirect { stream: 1, kind }));
        }
        let digit = self.peek().and_then(|c| c.to_digit(10));
        if digit.is_some() {
            self.at += 1;
        }
        if !matches!(self.peek(), Some('<' | '>')) {
            self.at = start;
            return Ok(None);
        }
        let is_output = self.peek() == Some('>');
        let stream = digit.unwrap_or(u32::from(is_output)) as u8;
        let kind = if self.skip("<<<") {
            self.blanks();
            Redirection::Text(self.target()?)
        } else if self.skip("<<") {
            self.here()?
        } else if self.skip(">>") {
            self.blanks();
            Redirection::Append(self.target()?)
        } else if self.skip(">&") || self.skip("<&") {
            match self.next() {
                Some(c @ '0'..='2') => Redirection::Same(c as u8 - b'0'),
                _ => return Err(self.unexpected_here()),
            }
        } else {
            self.at += 1;
            self.skip("|");
            self.blanks();
            let word = self.target()?;
            if is_output {
                Redirection::Write(word)
            } else {
                Redirection::Read(word)
            }
        };
        Ok(Some(Redirect { stream, kind }))
    }

    pub(super) fn target(&mut self) -> Read<Word> {
        let word = self.word()?;
        if word.is_empty() {
            Err(self.unexpected_here())
        } else {
            Ok(word)
        }
    }

    /// After `<<`: which line ends it.
    fn here(&mut self) -> Read<Redirection> {
        let strip_tabs = self.skip("-");
        self.blanks();
        let word = self.target()?;
        let mut end = String::new();
        let mut literal = false;
        for part in &word {
            if let Part::Text { text, quoted } = part {
                end.push_str(text);
                literal |= quoted;
            }
        }
        let place = Rc::new(OnceCell::new());
        self.pending.push((place.clone(), end, Here { strip_tabs, literal }));
        Ok(Redirection::Here(place))
    }

    /// A list in `$(…)`: what `<<` announced before it still waits for its own line.
    pub(super) fn inner_list(&mut self) -> Read<List> {
        let outer = std::mem::take(&mut self.pending);
        let list = self.list(&[")"])?;
        self.at += 1;
        self.pending.splice(..0, outer);
        Ok(list)
    }
}

/// Whether a variable can be called so.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

//! What Tab offers: commands, services, operations, options, their values, live ids, files of the tray, variables.
//! Looks at the world without leaving a line in the timeline, and changes nothing.

mod aws;
mod filtering;
mod live;
mod nested;
mod s3;

use super::{builtins, filters};
use crate::cloud::Cloud;
use crate::limits::CANDIDATES;
use crate::line::Shell;
use crate::words::quote;

/// One thing that could stand where the cursor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What takes the place of the word.
    pub text: String,
    /// A word on it: a name, a state, what kind of value.
    pub about: String,
    /// Whether the word is whole with it, so that a space follows.
    pub whole: bool,
}

impl Candidate {
    fn new(text: impl Into<String>, about: impl Into<String>) -> Candidate {
        Candidate {
            text: text.into(),
            about: about.into(),
            whole: true,
        }
    }

    /// The beginning of a word.
    fn part(text: impl Into<String>, about: impl Into<String>) -> Candidate {
        Candidate {
            whole: false,
            ..Candidate::new(text, about)
        }
    }
}

/// Candidates, and which bytes of the line they take the place of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where the word begins.
    pub from: usize,
    /// Where it ends: the cursor.
    pub to: usize,
    /// What could stand there, best first; at most as many as the limit says.
    pub candidates: Vec<Candidate>,
}

impl Completion {
    /// What all candidates begin with, where that is more than what is there.
    pub fn common(&self, line: &str) -> Option<String> {
        let there = line.get(self.from..self.to)?;
        let (first, rest) = self.candidates.split_first()?;
        let mut common = first.text.as_str();
        for other in rest {
            let length = common
                .chars()
                .zip(other.text.chars())
                .take_while(|(a, b)| a == b)
                .map(|(c, _)| c.len_utf8())
                .sum();
            common = common.get(..length)?;
        }
        (common.len() > there.len()).then(|| common.to_owned())
    }
}

/// The words before the cursor, of the command that it stands in.
#[derive(Debug, Default)]
struct Place {
    words: Vec<String>,
    /// The word at the cursor, as it will be read.
    word: String,
    from: usize,
    /// `>` or `<` stands before it.
    redirected: bool,
}

/// Cuts what stands before the cursor. Quotes count; what is in `$(…)` is a command of its own.
fn place(text: &str) -> Place {
    let mut place = Place::default();
    let mut quote: Option<char> = None;
    let mut started = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        if !started && !c.is_whitespace() {
            place.from = at;
        }
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some('"') | None, '$') if chars.peek().is_some_and(|(_, next)| *next == '(') => {
                chars.next();
                place = Place::default();
                (quote, started) = (None, false);
                continue;
            }
            (None | Some('"'), '\\') => place.word.extend(chars.next().map(|(_, c)| c)),
            (Some(_), c) => place.word.push(c),
            (None, '\'' | '"') => quote = Some(c),
            (None, ';' | '|' | '&' | '\n' | '(' | '`' | ')') => {
                place = Place {
                    from: after,
                    ..Place::default()
                };
                started = false;
                continue;
            }
            (None, '>' | '<') => {
                place.redirected = true;
                place.word.clear();
                started = false;
                continue;
            }
            (None, c) if c.is_whitespace() => {
                if started {
                    let word = std::mem::take(&mut place.word);
                    if !place.redirected {
                        place.words.push(word);
                    }
                    place.redirected = false;
                    started = false;
                }
                continue;
            }
            (None, c) => place.word.push(c),
        }
        started = true;
    }
    if !started {
        place.from = text.len();
    }
    place
}

impl Shell {
    /// What could stand at the cursor (a byte of the line).
    pub fn complete(&self, line: &str, cursor: usize, cloud: &dyn Cloud) -> Completion {
        let cursor = (0..=cursor.min(line.len()))
            .rev()
            .find(|at| line.is_char_boundary(*at))
            .unwrap_or(0);
        let text = line.get(..cursor).unwrap_or_default();
        let mut place = place(text);
        // Words that begin a command and are none.
        while place.words.first().is_some_and(|word| {
            ["do", "then", "else", "elif", "if", "while", "until", "!", "{"].contains(&word.as_str())
                || is_assignment(word)
        }) {
            place.words.remove(0);
        }
        let mut candidates = self.candidates(&place, cloud);
        candidates.retain(|candidate| candidate.text.starts_with(&place.word));
        let mut seen = std::collections::BTreeSet::new();
        candidates.retain(|candidate| seen.insert(candidate.text.clone()));
        candidates.truncate(CANDIDATES);
        // The beginning of a word that the shell would take apart stands in a quote, which is still open.
        for candidate in candidates.iter_mut().filter(|candidate| !candidate.whole) {
            if candidate
                .text
                .contains(['{', '[', '(', ' ', '*', '?', ';', '&', '|', '<', '>', '#', '!'])
            {
                candidate.text.insert(0, '\'');
            }
        }
        for candidate in candidates.iter_mut().filter(|candidate| candidate.whole) {
            candidate.text = if candidate.text.starts_with('$') {
                candidate.text.clone()
            } else {
                quote(&candidate.text)
            };
        }
        Completion {
            from: place.from,
            to: cursor,
            candidates,
        }
    }

    fn candidates(&self, place: &Place, cloud: &dyn Cloud) -> Vec<Candidate> {
        if place.redirected {
            return self.files("");
        }
        if let Some(start) = place
            .word
            .rfind('$')
            .filter(|at| !place.word[*at..].contains(['}', '/', '.']))
        {
            return self.names(&place.word, start);
        }
        let Some((program, words)) = place.words.split_first() else {
            let mut all = commands();
            all.extend(self.functions.keys().map(|name| Candidate::new(name, "a function")));
            return all;
        };
        match program.as_str() {
            "aws" => self.aws(words, &place.word, cloud),
            "stratus" => self.operation("stratus", words, &place.word, cloud),
            "unset" | "export" => {
                let names = self.variables.iter();
                names
                    .map(|(name, variable)| Candidate::new(name, &variable.value))
                    .collect()
            }
            "help" | "type" | "command" => commands(),
            _ => self.files(""),
        }
    }

    /// Files of the tray, behind something like `file://`.
    fn files(&self, before: &str) -> Vec<Candidate> {
        let files = self.session.tray.iter();
        files
            .map(|(name, file)| Candidate::new(format!("{before}{name}"), format!("{} bytes", file.bytes.len())))
            .collect()
    }

    fn names(&self, word: &str, dollar: usize) -> Vec<Candidate> {
        let (before, after) = word.split_at(dollar);
        let (open, close) = if after.starts_with("${") {
            ("${", "}")
        } else {
            ("$", "")
        };
        let names = self.variables.iter();
        names
            .map(|(name, variable)| Candidate::new(format!("{before}{open}{name}{close}"), &variable.value))
            .collect()
    }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| super::read::is_name(name))
}

fn commands() -> Vec<Candidate> {
    let mut all = vec![
        Candidate::new("aws", "the AWS command line"),
        Candidate::new("stratus", "what AWS has no API for"),
    ];
    let own = builtins::ALL.iter().map(|(name, _, about)| (*name, *about));
    let programs = filters::ALL.iter().map(|(name, _, about)| (*name, *about));
    let mut rest: Vec<Candidate> = own
        .chain(programs)
        .filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|(name, about)| Candidate::new(name, about))
        .collect();
    rest.sort_by(|a, b| a.text.cmp(&b.text));
    all.extend(rest);
    all
}

//! Words to named values, as Python's `argparse` does it for the AWS CLI: options may be shortened, an option may be given
//! with `=`, a list takes all words up to the next option, and the complaints are the same.

use crate::data::{Data, int, parse_float};
use std::collections::BTreeMap;

/// What an option takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Takes {
    One,
    /// A list, perhaps an empty one.
    Any,
    /// One word or none; none means this.
    Maybe(Data),
    /// No word: it means this.
    Flag(Data),
}

/// What a word must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
    Float,
}

/// An option or a position, as the parser knows it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Without the hyphens before it.
    pub name: String,
    pub is_position: bool,
    /// The name of its value; several options may share one.
    pub dest: String,
    pub takes: Takes,
    pub kind: Kind,
    pub choices: Vec<String>,
    pub required: bool,
}

impl Rule {
    /// An option with one word.
    pub fn option(name: &str, takes: Takes) -> Rule {
        Rule {
            name: name.to_owned(),
            is_position: false,
            dest: name.replace('-', "_"),
            takes,
            kind: Kind::Text,
            choices: Vec::new(),
            required: false,
        }
    }

    /// A word without an option before it, which must be there.
    pub fn position(name: &str, choices: Vec<String>) -> Rule {
        Rule {
            is_position: true,
            required: true,
            choices,
            ..Rule::option(name, Takes::One)
        }
    }

    fn flag(&self) -> String {
        if self.is_position {
            self.name.clone()
        } else {
            format!("--{}", self.name)
        }
    }

    fn wrong(&self, message: &str) -> String {
        format!("argument {}: {message}", self.flag())
    }
}

/// Values by their rules' `dest`. Absent: not on the command line.
pub type Values = BTreeMap<String, Data>;

enum Word<'a> {
    /// It belongs to an option or a position, or to nobody.
    Plain,
    /// An option, and what stands after its `=`.
    Option(usize, Option<&'a str>),
    /// It looks like an option and is none.
    Unknown,
}

/// Reads the words. What nobody takes comes back in its order.
///
/// # Errors
/// The sentence after `aws: error: `.
pub fn parse(rules: &[Rule], words: &[String]) -> Result<(Values, Vec<String>), String> {
    let mut parser = Parser {
        rules,
        words,
        classes: Vec::with_capacity(words.len()),
        values: Values::new(),
        extras: Vec::new(),
        positions: (0..rules.len())
            .filter(|at| rules.get(*at).is_some_and(|rule| rule.is_position))
            .collect(),
        seen: vec![false; rules.len()],
    };
    let mut only_plain = false;
    for word in words {
        let class = if only_plain { Word::Plain } else { parser.class(word)? };
        only_plain |= word == "--";
        parser.classes.push(class);
    }
    parser.run()?;
    let missing: Vec<String> = rules
        .iter()
        .zip(&parser.seen)
        .filter(|(rule, seen)| rule.required && !**seen)
        .map(|(rule, _)| rule.flag())
        .collect();
    if !missing.is_empty() {
        return Err(format!("the following arguments are required: {}", missing.join(", ")));
    }
    Ok((parser.values, parser.extras))
}

struct Parser<'a> {
    rules: &'a [Rule],
    words: &'a [String],
    classes: Vec<Word<'a>>,
    values: Values,
    extras: Vec<String>,
    /// The positions that are still open.
    positions: Vec<usize>,
    seen: Vec<bool>,
}

impl<'a> Parser<'a> {
    fn named(&self, name: &str) -> Option<usize> {
        self.rules
            .iter()
            .position(|rule| !rule.is_position && rule.name == name)
    }

    fn class(&self, word: &'a str) -> Result<Word<'a>, String> {
        if !word.starts_with('-') || word.len() == 1 {
            return Ok(Word::Plain);
        }
        let Some(name) = word.strip_prefix("--") else {
            let digits = word.trim_start_matches('-');
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                && digits.bytes().filter(|byte| *byte == b'.').count() <= 1
                && digits.ends_with(|c: char| c.is_ascii_digit());
            return Ok(if is_number || word.contains(' ') {
                Word::Plain
            } else {
                Word::Unknown
            });
        };
        if let Some(at) = self.named(name) {
            return Ok(Word::Option(at, None));
        }
        let (start, explicit) = match name.split_once('=') {
            Some((start, value)) => (start, Some(value)),
            None => (name, None),
        };
        if let Some(at) = explicit.and_then(|_| self.named(start)) {
            return Ok(Word::Option(at, explicit));
        }
        if name.is_empty() {
            return Ok(Word::Plain);
        }
        let near: Vec<usize> = (0..self.rules.len())
            .filter(|at| {
                self.rules
                    .get(*at)
                    .is_some_and(|rule| !rule.is_position && rule.name.starts_with(start))
            })
            .collect();
        match near.as_slice() {
            [only] => Ok(Word::Option(*only, explicit)),
            [] if word.contains(' ') => Ok(Word::Plain),
            [] => Ok(Word::Unknown),
            several => {
                let names: Vec<String> = several
                    .iter()
                    .filter_map(|at| self.rules.get(*at))
                    .map(Rule::flag)
                    .collect();
                Err(format!("ambiguous option: {word} could match {}", names.join(", ")))
            }
        }
    }

    fn plain_from(&self, start: usize) -> usize {
        let rest = self.classes.get(start..).unwrap_or_default();
        rest.iter().take_while(|class| matches!(class, Word::Plain)).count()
    }

    fn run(&mut self) -> Result<(), String> {
        let mut at = 0;
        let last = self.classes.iter().rposition(|class| !matches!(class, Word::Plain));
        while last.is_some_and(|last| at <= last) {
            let next = at + self.plain_from(at);
            if at != next {
                let taken = self.take_positions(at)?;
                at += taken;
                if taken > 0 {
                    continue;
                }
                self.give_back(at, next);
                at = next;
            }
            at = self.take_option(at)?;
        }
        at += self.take_positions(at)?;
        self.give_back(at, self.words.len());
        Ok(())
    }

    fn give_back(&mut self, from: usize, to: usize) {
        let words = self.words.get(from..to).unwrap_or_default();
        self.extras.extend(words.iter().filter(|word| *word != "--").cloned());
    }

    fn take_positions(&mut self, start: usize) -> Result<usize, String> {
        let mut taken = 0;
        let available = self.plain_from(start);
        while let Some(place) = self.positions.first().copied() {
            let Some(rule) = self.rules.get(place) else { break };
            let word = (taken < available).then(|| self.words.get(start + taken)).flatten();
            match word {
                Some(word) => {
                    self.store(place, std::slice::from_ref(word))?;
                    taken += 1;
                }
                None if matches!(rule.takes, Takes::Maybe(_)) => {}
                None => break,
            }
            self.positions.remove(0);
        }
        Ok(taken)
    }

    fn take_option(&mut self, at: usize) -> Result<usize, String> {
        let (place, explicit) = match self.classes.get(at) {
            Some(Word::Option(place, explicit)) => (*place, *explicit),
            _ => {
                self.give_back(at, at + 1);
                return Ok(at + 1);
            }
        };
        let Some(rule) = self.rules.get(place) else {
            return Ok(at + 1);
        };
        if let Some(value) = explicit {
            if matches!(rule.takes, Takes::Flag(_)) {
                let value = crate::data::quoted(value);
                return Err(rule.wrong(&format!("ignored explicit argument {value}")));
            }
            self.store(place, &[value.to_owned()])?;
            return Ok(at + 1);
        }
        let available = self.plain_from(at + 1);
        let count = match (&rule.takes, available) {
            (Takes::Flag(_), _) => 0,
            (Takes::Any, count) => count,
            (Takes::Maybe(_), count) => count.min(1),
            (Takes::One, 0) => return Err(rule.wrong("expected one argument")),
            (Takes::One, _) => 1,
        };
        let words = self.words.get(at + 1..at + 1 + count).unwrap_or_default();
        self.store(place, words)?;
        Ok(at + 1 + count)
    }

    fn store(&mut self, place: usize, words: &[String]) -> Result<(), String> {
        let Some(rule) = self.rules.get(place) else {
            return Ok(());
        };
        let mut values = Vec::with_capacity(words.len());
        for word in words {
            values.push(convert(rule, word)?);
        }
        let value = match &rule.takes {
            Takes::Flag(value) => value.clone(),
            Takes::Any => Data::List(values),
            Takes::Maybe(otherwise) => values.pop().unwrap_or_else(|| otherwise.clone()),
            Takes::One => values.pop().unwrap_or(Data::Null),
        };
        self.values.insert(rule.dest.clone(), value);
        if let Some(seen) = self.seen.get_mut(place) {
            *seen = true;
        }
        Ok(())
    }
}

fn convert(rule: &Rule, word: &str) -> Result<Data, String> {
    let value = match rule.kind {
        Kind::Text => Data::from(word),
        Kind::Int => {
            let number = int(word);
            number
                .map(Data::Int)
                .map_err(|_| rule.wrong(&format!("invalid int value: {}", crate::data::quoted(word))))?
        }
        Kind::Float => {
            let number = parse_float(word);
            number
                .map(Data::Float)
                .map_err(|_| rule.wrong(&format!("invalid float value: {}", crate::data::quoted(word))))?
        }
    };
    if rule.choices.is_empty() || rule.choices.iter().any(|choice| choice == word) {
        return Ok(value);
    }
    Err(rule.wrong(&invalid_choice(word, &rule.choices)))
}

/// Two choices a line, and those that are spelled most like the word.
fn invalid_choice(word: &str, choices: &[String]) -> String {
    let mut lines = vec!["Invalid choice, valid choices are:\n".to_owned()];
    for pair in choices.chunks(2) {
        let cells: Vec<String> = pair.iter().map(|choice| format!("{choice:<40}")).collect();
        lines.push(cells.join(" | "));
    }
    let near = close_matches(word, choices);
    if !near.is_empty() {
        lines.push(format!(
            "\n\nInvalid choice: {}, maybe you meant:\n",
            crate::data::quoted(word)
        ));
        lines.extend(near.iter().map(|choice| format!("  * {choice}")));
    }
    lines.join("\n")
}

/// The three choices most like the word, best first, as Python's `difflib` measures with a cutoff of 0.8.
fn close_matches<'a>(word: &str, choices: &'a [String]) -> Vec<&'a str> {
    let wanted: Vec<char> = word.chars().collect();
    let mut near: Vec<(f64, &str)> = Vec::new();
    for choice in choices {
        let letters: Vec<char> = choice.chars().collect();
        let total = wanted.len() + letters.len();
        if total == 0 {
            continue;
        }
        let ratio = 2.0 * same(&letters, &wanted) as f64 / total as f64;
        if ratio >= 0.8 {
            near.push((ratio, choice));
        }
    }
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(one.1)));
    near.into_iter().take(3).map(|(_, choice)| choice).collect()
}

/// Letters in the longest common run, and in the longest on each side of it, and so on.
fn same(one: &[char], other: &[char]) -> usize {
    let (mut best, mut at_one, mut at_other) = (0, 0, 0);
    let mut lengths = vec![0usize; other.len() + 1];
    for (i, c) in one.iter().enumerate() {
        let mut previous = 0;
        for (j, d) in other.iter().enumerate() {
            let here = if c == d { previous + 1 } else { 0 };
            if let Some(place) = lengths.get_mut(j + 1) {
                previous = std::mem::replace(place, here);
            }
            if here > best {
                (best, at_one, at_other) = (here, i + 1 - here, j + 1 - here);
            }
        }
    }
    if best == 0 {
        return 0;
    }
    let part = |letters: &[char], from: usize, to: usize| letters.get(from..to).unwrap_or_default().to_vec();
    let before = same(&part(one, 0, at_one), &part(other, 0, at_other));
    let after = same(
        &part(one, at_one + best, one.len()),
        &part(other, at_other + best, other.len()),
    );
    best + before + after
}

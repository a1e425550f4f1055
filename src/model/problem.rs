//! What is wrong with a parameter, as data and in words. The engine turns it into AWS's code and status.

use crate::limits;
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where: `BlockDeviceMappings[0].Ebs.VolumeSize`. Empty for the whole.
    pub path: String,
    pub kind: ProblemKind,
    /// The wrong value, shortened; empty where there is none or it is not to be shown.
    pub value: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// A required member is not there.
    Missing,
    /// There is no such member; `near` is the one that is spelled most like it.
    Unknown {
        near: Option<String>,
    },
    /// `expected`: `an integer`.
    WrongType {
        expected: &'static str,
    },
    /// Fewer than `limit` of `unit`: characters, items, entries, bytes.
    TooShort {
        limit: i64,
        unit: &'static str,
    },
    /// More than `limit` of `unit`.
    TooLong {
        limit: i64,
        unit: &'static str,
    },
    TooSmall {
        limit: f64,
    },
    TooLarge {
        limit: f64,
    },
    /// Not one of these values.
    NotInEnum {
        allowed: Vec<&'static str>,
        near: Option<&'static str>,
    },
    /// Not as this regular expression wants it.
    Pattern {
        pattern: &'static str,
    },
    /// One of these is to be given, and no more than one.
    NotOne {
        of: Vec<&'static str>,
    },
    /// More structures and lists inside each other than [`limits::DEPTH`].
    TooDeep,
    /// More values than [`limits::VALUES`] or [`limits::ANSWER_VALUES`].
    TooMany {
        limit: usize,
    },
}

/// Characters of a regular expression that a person may be expected to read.
const READABLE_PATTERN: usize = 80;
/// Values that an enumeration's problem lists before it only counts them.
const LISTED: usize = 12;

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "The input" } else { &self.path };
        match &self.kind {
            ProblemKind::Missing => write!(f, "{path} is missing: it is required."),
            ProblemKind::Unknown { near: Some(near) } => {
                write!(f, "There is no parameter {path}. Did you mean {near}?")
            }
            ProblemKind::Unknown { near: None } => write!(f, "There is no parameter {path}. Leave it out."),
            ProblemKind::WrongType { expected } => write!(f, "{path} must be {expected}{}.", self.but_is()),
            ProblemKind::TooShort { limit, unit } => {
                write!(f, "{path} must have at least {}{}.", count(*limit, unit), self.but_is())
            }
            ProblemKind::TooLong { limit, unit } => {
                write!(f, "{path} must have at most {}{}.", count(*limit, unit), self.but_is())
            }
            ProblemKind::TooSmall { limit } => write!(f, "{path} must be {limit} or more{}.", self.but_is()),
            ProblemKind::TooLarge { limit } => write!(f, "{path} must be {limit} or less{}.", self.but_is()),
            ProblemKind::NotInEnum { allowed, near } => {
                if allowed.len() <= LISTED {
                    write!(f, "{path} must be {}{}.", one_of(allowed), self.but_is())?;
                } else {
                    write!(
                        f,
                        "{path} must be one of {} known values{}.",
                        allowed.len(),
                        self.but_is()
                    )?;
                }
                near.map_or(Ok(()), |near| write!(f, " Did you mean {near}?"))
            }
            ProblemKind::Pattern { pattern } if pattern.len() <= READABLE_PATTERN => {
                write!(f, "{path} must match {pattern}{}.", self.but_is())
            }
            ProblemKind::Pattern { .. } => write!(f, "{path} must have the required form{}.", self.but_is()),
            ProblemKind::NotOne { of } => write!(f, "{path} must have exactly one of {}.", of.join(", ")),
            ProblemKind::TooDeep => write!(f, "{path} lies too deep: at most {} levels.", limits::DEPTH),
            ProblemKind::TooMany { limit } => write!(f, "There are too many values: at most {limit}."),
        }
    }
}

impl Problem {
    fn but_is(&self) -> String {
        if self.value.is_empty() {
            String::new()
        } else {
            format!(", not {}", self.value)
        }
    }
}

impl std::error::Error for Problem {}

/// `1 item`, `2 items`
fn count(number: i64, unit: &str) -> String {
    match unit.strip_suffix("ies") {
        Some(stem) if number == 1 => format!("1 {stem}y"),
        _ if number == 1 => format!("1 {}", unit.trim_end_matches('s')),
        _ => format!("{number} {unit}"),
    }
}

/// `a`, `a or b`, `a, b or c`
fn one_of(values: &[&str]) -> String {
    match values {
        [] => "nothing".to_string(),
        [only] => only.to_string(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A text in quotation marks, without line breaks and no longer than is readable.
pub(crate) fn shortened(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(limits::SHOWN_CHARACTERS)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(limits::SHOWN_CHARACTERS).is_some() {
        shown.push('…');
    }
    format!("\"{shown}\"")
}

/// The candidate that is spelled most like `text`, if it is near enough to be meant.
pub(crate) fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > 64 {
        return None;
    }
    let wanted = text.to_ascii_lowercase();
    let allowed = 1 + wanted.len() / 4;
    let near = candidates.map(|candidate| (distance(&wanted, &candidate.to_ascii_lowercase()), candidate));
    near.filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Letters to insert, remove or exchange to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        let mut next = vec![left];
        for (above, d) in row.iter().skip(1).zip(&other) {
            left = (diagonal + usize::from(c != *d)).min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

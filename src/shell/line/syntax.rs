//! What a text is once it has been read: lists of pipelines of commands made of words. Plain data, nothing is run here.

use std::cell::OnceCell;
use std::rc::Rc;

/// A piece of a word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// Characters as they stand. Unquoted ones may be patterns of file names.
    Text { text: String, quoted: bool },
    /// `$NAME`, `${NAME…}`.
    Variable { name: String, change: Change, quoted: bool },
    /// `$(…)` or backticks.
    Output { list: List, quoted: bool },
    /// `$((…))`.
    Sum { text: Word, quoted: bool },
}

/// What `${NAME…}` does to the value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    /// Nothing.
    None,
    /// `${#NAME}`.
    Length,
    /// `${NAME:-word}` and its siblings.
    Missing {
        /// With a colon: empty counts as missing.
        empty_too: bool,
        /// `-`, `=`, `+` or `?`.
        deed: char,
        /// The word.
        word: Word,
    },
    /// `${NAME#pattern}`, `${NAME%pattern}`.
    Trim {
        /// `%`: from the end.
        end: bool,
        /// Doubled: as much as matches.
        longest: bool,
        /// The pattern.
        word: Word,
    },
    /// `${NAME:offset:length}`.
    Slice { offset: Word, length: Option<Word> },
    /// `${NAME^}`, `${NAME,,}`.
    Letters { large: bool, all: bool },
    /// `${NAME/pattern/text}`, `${NAME//pattern/text}`.
    Replace { all: bool, pattern: Word, with: Word },
}

/// A word.
pub(super) type Word = Vec<Part>;

/// How a command is tied to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// `;` or a new line.
    Always,
    /// `&&`.
    And,
    /// `||`.
    Or,
}

/// Commands one after the other.
pub(super) type List = Vec<(Link, Pipeline)>;

/// `a | b | c`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pipeline {
    /// `! a`.
    pub negated: bool,
    /// The commands.
    pub stages: Vec<Stage>,
}

/// A command with its redirections.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stage {
    pub command: Command,
    pub redirects: Vec<Redirect>,
}

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Command {
    /// `NAME=value program words…`.
    Simple {
        assignments: Vec<(String, Word)>,
        words: Vec<Word>,
    },
    /// `for NAME in words; do …; done`.
    For { name: String, words: Vec<Word>, body: List },
    /// `while …; do …; done`, or `until`.
    While { until: bool, condition: List, body: List },
    /// `if …; then …; elif …; else …; fi`.
    If { arms: Vec<(List, List)>, otherwise: List },
    /// `{ …; }`.
    Group(List),
    /// `case word in pattern|pattern) …;; esac`.
    Case { word: Word, arms: Vec<(Vec<Word>, List)> },
    /// `name() …`.
    Function { name: String, body: Rc<Stage> },
    /// `[[ … ]]`.
    Condition(Vec<Item>),
    /// `( … )`: variables set in it do not outlive it.
    Apart(List),
}

/// A piece of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Word(Word),
    And,
    Or,
    Open,
    Close,
    Less,
    Greater,
}

/// A redirection.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Redirect {
    /// Which stream.
    pub stream: u8,
    pub kind: Redirection,
}

/// Where a stream goes or comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Redirection {
    /// `> word`.
    Write(Word),
    /// `>> word`.
    Append(Word),
    /// `&> word`: both output streams.
    Both(Word),
    /// `< word`.
    Read(Word),
    /// `<<< word`.
    Text(Word),
    /// `<<END`: the text follows on the next lines, and is filled in when they are read.
    Here(Rc<OnceCell<Word>>),
    /// `>&n`.
    Same(u8),
}

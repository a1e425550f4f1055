//! The shell's state and its door: a text goes in, what it printed comes out. Holds no engine: each run is given the cloud
//! that it acts on.

use super::read;
use super::run::{Halt, Run};
use super::streams::{Input, Printed};
use crate::cloud::Cloud;
use crate::limits::{HISTORY, TEXT_BYTES, VARIABLES, WORD_BYTES};
use crate::run::{Output, Session};
use std::collections::BTreeMap;

/// A variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variable {
    /// Its value.
    pub value: String,
    /// Whether programs see it.
    pub exported: bool,
}

/// A shell: what outlives one line.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The `aws` command's Region and the file tray.
    pub session: Session,
    /// Variables by name.
    pub variables: BTreeMap<String, Variable>,
    /// What was typed, oldest first.
    pub history: Vec<String>,
    /// The exit status of the last command: `$?`.
    pub status: i32,
    /// `clear` was run: what is on screen may go.
    pub cleared: bool,
}

impl Shell {
    /// A shell with nothing in it.
    pub fn new(session: Session) -> Shell {
        Shell {
            session,
            variables: BTreeMap::new(),
            history: Vec::new(),
            status: 0,
            cleared: false,
        }
    }

    /// Runs what was typed, and remembers it.
    pub fn run(&mut self, text: &str, cloud: &mut dyn Cloud) -> Output {
        self.remember(text);
        self.session.remedy.clear();
        let mut printed = Printed::new();
        self.run_quietly(text, cloud, &mut printed);
        printed.output(self.status)
    }

    /// Runs a text without remembering it, into an open stream.
    pub(super) fn run_quietly(&mut self, text: &str, cloud: &mut dyn Cloud, printed: &mut Printed) {
        if text.len() > TEXT_BYTES {
            printed.err(format!("bash: more than {TEXT_BYTES} bytes at once"));
            self.status = 1;
            return;
        }
        let list = match read::read(text) {
            Ok(list) => list,
            Err(fault) => {
                printed.err(format!("bash: {}", fault.text));
                self.status = 2;
                return;
            }
        };
        let mut run = Run {
            shell: self,
            cloud,
            steps: 0,
            depth: 0,
        };
        let flow = run.list(&list, &mut Input::default(), printed);
        match flow {
            Err(Halt::Fault(text) | Halt::Limit(text)) => {
                printed.err(format!("bash: {text}"));
                self.status = 1;
            }
            Ok(()) | Err(Halt::Interrupted | Halt::Exit | Halt::Break(_) | Halt::Continue(_)) => {}
        }
        if printed.is_cut() {
            // Room for this one line is what was dropped.
            self.status = 1;
        }
    }

    /// Whether a text needs further lines before it can run: an open quote, a loop without its end.
    pub fn is_incomplete(text: &str) -> bool {
        text.len() <= TEXT_BYTES && read::read(text).is_err_and(|fault| fault.incomplete)
    }

    fn remember(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || self.history.last().is_some_and(|last| last == text) {
            return;
        }
        self.history.push(text.to_owned());
        let surplus = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..surplus);
    }

    /// The newest line of the history that holds these words, `skip` hits further back. Its place and its text.
    pub fn search(&self, words: &str, skip: usize) -> Option<(usize, &str)> {
        let lines = self.history.iter().enumerate().rev();
        lines
            .filter(|(_, line)| line.contains(words))
            .nth(skip)
            .map(|(place, line)| (place, line.as_str()))
    }

    /// A variable's value, those of the shell itself included.
    pub fn variable(&self, name: &str) -> Option<String> {
        match name {
            "?" => Some(self.status.to_string()),
            "#" => Some("0".into()),
            "$" => Some("1".into()),
            "0" => Some("bash".into()),
            _ => self.variables.get(name).map(|variable| variable.value.clone()),
        }
    }

    /// Sets a variable. Beyond the limits nothing is set.
    pub fn set(&mut self, name: &str, value: String) {
        let full = self.variables.len() >= VARIABLES && !self.variables.contains_key(name);
        if !full && value.len() <= WORD_BYTES {
            self.variables.entry(name.to_owned()).or_default().value = value;
        }
    }

    /// Shows a variable to programs.
    pub(super) fn export(&mut self, name: &str) {
        if self.variables.len() < VARIABLES || self.variables.contains_key(name) {
            self.variables.entry(name.to_owned()).or_default().exported = true;
        }
    }

    /// The value of an exported variable that is not empty.
    pub(super) fn exported(&self, name: &str) -> Option<&str> {
        let variable = self.variables.get(name).filter(|variable| variable.exported)?;
        Some(variable.value.as_str()).filter(|value| !value.is_empty())
    }
}

//! The shell's state and its door: a text goes in, what it printed comes out. Holds no engine: each run is given the cloud
//! that it acts on.

use super::options::Options;
use super::past;
use super::read;
use super::run::{Halt, Run};
use super::streams::{Input, Printed};
use super::syntax::Stage;
use crate::cloud::Cloud;
use crate::limits::{HISTORY, TEXT_BYTES, VARIABLES, WORD_BYTES};
use crate::run::{Output, Session};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::rc::Rc;

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
    /// Functions by name.
    pub(super) functions: BTreeMap<String, Rc<Stage>>,
    /// `$1` and those after it.
    pub(super) arguments: Vec<String>,
    /// What was typed, oldest first.
    pub history: Vec<String>,
    /// The exit status of the last command: `$?`.
    pub status: i32,
    /// `clear` was run: what is on screen may go.
    pub cleared: bool,
    /// What was run in place of the last text, where that recalled an older one (`!!`): to be shown, as bash does.
    pub recalled: Option<String>,
    /// Somebody types: `!!` recalls what was typed before, which it does in no script.
    pub interactive: bool,
    /// What `set` has turned on.
    pub options: Options,
    /// How many random numbers were drawn.
    drawn: u64,
}

impl Shell {
    /// A shell with nothing in it.
    pub fn new(session: Session) -> Shell {
        Shell {
            session,
            variables: BTreeMap::new(),
            functions: BTreeMap::new(),
            arguments: Vec::new(),
            history: Vec::new(),
            status: 0,
            cleared: false,
            recalled: None,
            interactive: true,
            options: Options::default(),
            drawn: 0,
        }
    }

    /// Runs what was typed, and remembers it.
    pub fn run(&mut self, text: &str, cloud: &mut dyn Cloud) -> Output {
        self.session.remedy.clear();
        let mut printed = Printed::new();
        let recalled = match self.recall(text) {
            Ok(recalled) => recalled,
            Err(word) => {
                self.recalled = None;
                printed.err(format!("bash: {word}: event not found"));
                self.status = 1;
                return printed.output(self.status);
            }
        };
        let text = recalled.as_deref().unwrap_or(text);
        self.remember(text);
        self.recalled.clone_from(&recalled);
        self.run_quietly(text, cloud, &mut printed);
        printed.output(self.status)
    }

    fn recall(&self, text: &str) -> Result<Option<String>, String> {
        if self.interactive {
            past::expand(text, &self.history)
        } else {
            Ok(None)
        }
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
            judging: 0,
            locals: Vec::new(),
            sourced: 0,
        };
        let flow = run.list(&list, &mut Input::default(), printed);
        match flow {
            Err(Halt::Fault(text) | Halt::Limit(text)) => {
                printed.err(format!("bash: {text}"));
                self.status = 1;
            }
            Err(Halt::Unset(name)) => {
                printed.err(format!("bash: {name}: unbound variable"));
                self.status = 1;
            }
            Ok(()) | Err(Halt::Interrupted | Halt::Exit | Halt::Return | Halt::Break(_) | Halt::Continue(_)) => {}
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
            "#" => Some(self.arguments.len().to_string()),
            "@" | "*" => Some(self.arguments.join(" ")),
            "$" => Some("1".into()),
            "0" => Some("bash".into()),
            _ if name.starts_with(|c: char| c.is_ascii_digit()) => {
                let place = name.parse::<usize>().ok()?.checked_sub(1)?;
                self.arguments.get(place).cloned()
            }
            _ => match self.variables.get(name) {
                Some(variable) => Some(variable.value.clone()),
                None => match name {
                    "HOME" | "PWD" => Some("/tray".into()),
                    "USER" | "LOGNAME" => Some("you".into()),
                    "SHELL" => Some("/bin/bash".into()),
                    "IFS" => Some(" \t\n".into()),
                    _ => None,
                },
            },
        }
    }

    /// A number below 32768 for `$RANDOM`: the same typing gives the same numbers.
    pub(super) fn random(&mut self, calls: usize) -> u64 {
        self.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(self.session.keys.secret.as_bytes());
        hash.update((calls as u64).to_le_bytes());
        hash.update(self.drawn.to_le_bytes());
        let bytes = hash.finalize();
        let byte = |place: usize| u64::from(bytes.get(place).copied().unwrap_or_default());
        (byte(0) << 8 | byte(1)) & 0x7fff
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

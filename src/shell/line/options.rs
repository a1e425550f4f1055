//! `set -e`, `-u`, `-x`, `-o pipefail`: how strictly a list is run. They hold until they are taken back with `+`.
//! <https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html>

use super::run::{Halt, Run};
use super::shell::Variable;
use super::streams::{Input, Printed};
use crate::words::quote;

/// What `set` has turned on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `-e`: a list ends with the first command that fails.
    pub stop: bool,
    /// `-u`: a variable that is not set is a fault.
    pub set: bool,
    /// `-x`: commands are shown as they are run.
    pub trace: bool,
    /// `-o pipefail`: a pipe fails with any of its commands.
    pub pipes: bool,
}

impl Options {
    fn turn(&mut self, letter: char, on: bool) -> bool {
        match letter {
            'e' => self.stop = on,
            'u' => self.set = on,
            'x' => self.trace = on,
            // The others that scripts begin with, which change nothing here: hashing, traps, jobs.
            'h' | 'E' | 'T' | 'm' | 'B' => {}
            _ => return false,
        }
        true
    }

    fn turn_named(&mut self, name: &str, on: bool) -> bool {
        match name {
            "errexit" => self.stop = on,
            "nounset" => self.set = on,
            "xtrace" => self.trace = on,
            "pipefail" => self.pipes = on,
            "errtrace" | "functrace" | "monitor" | "braceexpand" | "posix" | "emacs" | "vi" => {}
            _ => return false,
        }
        true
    }
}

/// `set`: all variables, or options.
pub(super) fn set(run: &mut Run<'_>, arguments: &[String], _: &mut Input, printed: &mut Printed) -> Result<i32, Halt> {
    if arguments.is_empty() {
        for (name, Variable { value, .. }) in &run.shell.variables {
            printed.out(format!("{name}={}\n", quote(value)));
        }
    }
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--" || !word.starts_with(['-', '+']) {
            let first = (word != "--").then(|| word.clone());
            run.shell.arguments = first.into_iter().chain(words.cloned()).collect();
            return Ok(0);
        }
        let Some(letters) = word
            .strip_prefix(['-', '+'])
            .filter(|letters| !letters.is_empty() && *letters != "-")
        else {
            printed.err(format!("bash: set: {word}: invalid option"));
            return Ok(2);
        };
        let on = word.starts_with('-');
        for letter in letters.chars() {
            if letter == 'o' {
                let Some(name) = words.next() else {
                    let options = run.shell.options;
                    for (name, on) in [
                        ("errexit", options.stop),
                        ("nounset", options.set),
                        ("pipefail", options.pipes),
                        ("xtrace", options.trace),
                    ] {
                        printed.out(format!("{name:15}\t{}\n", if on { "on" } else { "off" }));
                    }
                    return Ok(0);
                };
                if !run.shell.options.turn_named(name, on) {
                    printed.err(format!("bash: set: {name}: invalid option name"));
                    return Ok(2);
                }
            } else if !run.shell.options.turn(letter, on) {
                let sign = if on { '-' } else { '+' };
                printed.err(format!("bash: set: {sign}{letter}: invalid option"));
                return Ok(2);
            }
        }
    }
    Ok(0)
}

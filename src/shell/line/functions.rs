//! Functions, and what they are called with: `name() { …; }`, `$1`, `"$@"`, `shift`, `local`, `return`.
//! <https://www.gnu.org/software/bash/manual/html_node/Shell-Functions.html>

use super::read::is_name;
use super::run::{Flow, Halt, Run};
use super::shell::Variable;
use super::streams::{Input, Printed};
use super::syntax::Stage;
use crate::limits::{DEPTH, FUNCTIONS};
use std::rc::Rc;

/// A variable's name, and what it was before.
type Before = (String, Option<Variable>);

impl Run<'_> {
    /// Keeps a function. Beyond the limit it is not kept.
    pub(super) fn define(&mut self, name: &str, body: &Rc<Stage>) {
        let functions = &mut self.shell.functions;
        if functions.len() < FUNCTIONS || functions.contains_key(name) {
            functions.insert(name.to_owned(), body.clone());
            self.shell.status = 0;
        } else {
            self.shell.status = 1;
        }
    }

    /// Runs a function.
    pub(super) fn enter(
        &mut self,
        body: &Stage,
        arguments: &[String],
        input: &mut Input,
        printed: &mut Printed,
    ) -> Flow {
        if self.locals.len() >= DEPTH {
            return Err(Halt::Limit(format!("more than {DEPTH} functions inside each other")));
        }
        let outer = std::mem::replace(&mut self.shell.arguments, arguments.to_vec());
        self.locals.push(Vec::new());
        let (depth, judging) = (self.depth, self.judging);
        let flow = self.stage(body, input, printed);
        (self.depth, self.judging) = (depth, judging);
        for (name, before) in self.locals.pop().unwrap_or_default().into_iter().rev() {
            self.restore(name, before);
        }
        self.shell.arguments = outer;
        match flow {
            Err(Halt::Return) => Ok(()),
            other => other,
        }
    }

    /// Gives a variable back what it was.
    pub(super) fn restore(&mut self, name: String, before: Option<Variable>) {
        match before {
            Some(variable) => self.shell.variables.insert(name, variable),
            None => self.shell.variables.remove(&name),
        };
    }

    /// What the function that runs has made its own.
    fn own(&mut self) -> Option<&mut Vec<Before>> {
        self.locals.last_mut()
    }
}

/// `local NAME=value …`.
pub(super) fn local(
    run: &mut Run<'_>,
    arguments: &[String],
    _: &mut Input,
    printed: &mut Printed,
) -> Result<i32, Halt> {
    if run.own().is_none() {
        printed.err("bash: local: can only be used in a function");
        return Ok(1);
    }
    let mut status = 0;
    for word in arguments.iter().filter(|word| !word.starts_with('-')) {
        let (name, value) = word
            .split_once('=')
            .map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
        if !is_name(name) {
            printed.err(format!("bash: local: `{word}': not a valid identifier"));
            status = 1;
            continue;
        }
        let before = run.shell.variables.remove(name);
        if let Some(own) = run.own() {
            own.push((name.to_owned(), before));
        }
        run.shell.set(name, value.unwrap_or_default().to_owned());
    }
    Ok(status)
}

/// `return 3`.
pub(super) fn leave(
    run: &mut Run<'_>,
    arguments: &[String],
    _: &mut Input,
    printed: &mut Printed,
) -> Result<i32, Halt> {
    if run.own().is_none() && run.sourced == 0 {
        printed.err("bash: return: can only `return' from a function or sourced script");
        return Ok(2);
    }
    if let Some(text) = arguments.first() {
        run.shell.status = match text.parse::<i64>() {
            Ok(status) => (status & 255) as i32,
            Err(_) => {
                printed.err(format!("bash: return: {text}: numeric argument required"));
                2
            }
        };
    }
    Err(Halt::Return)
}

/// `shift`, `shift 2`.
pub(super) fn shift(
    run: &mut Run<'_>,
    arguments: &[String],
    _: &mut Input,
    printed: &mut Printed,
) -> Result<i32, Halt> {
    let text = arguments.first().map_or("1", String::as_str);
    let Ok(count) = text.parse::<usize>() else {
        printed.err(format!("bash: shift: {text}: numeric argument required"));
        return Ok(1);
    };
    if count > run.shell.arguments.len() {
        return Ok(1);
    }
    run.shell.arguments.drain(..count);
    Ok(0)
}

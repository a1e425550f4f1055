//! Runs what was read: lists, pipelines, loops, redirections. Everything counts against the limits, so every text ends.

use super::builtins;
use super::filters;
use super::shell::{Shell, Variable};
use super::streams::{Input, Printed};
use super::syntax::*;
use crate::cloud::Cloud;
use crate::glob::Glob;
use crate::limits::{DEPTH, STEPS};

/// Why a list stops before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// A word could not be expanded: bash's text.
    Fault(String),
    /// With `set -u`, a variable that is not set: the text ends.
    Unset(String),
    /// A limit is reached: nothing further of the whole text runs.
    Limit(String),
    /// `exit`.
    Exit,
    /// `return`.
    Return,
    /// The cloud says so: everything ends, without a word.
    Interrupted,
    /// `break n`.
    Break(usize),
    /// `continue n`.
    Continue(usize),
}

pub(super) type Flow = Result<(), Halt>;

/// Where an output stream goes.
#[derive(Clone)]
enum Wire {
    Out,
    Err,
    File(String),
    Nowhere,
}

/// One text being run.
pub(super) struct Run<'a> {
    pub(super) shell: &'a mut Shell,
    pub(super) cloud: &'a mut dyn Cloud,
    pub(super) steps: usize,
    pub(super) depth: usize,
    /// Inside of a condition, where a failure ends nothing.
    pub(super) judging: usize,
    /// What the functions that run have made their own, with what was before.
    pub(super) locals: Vec<Vec<(String, Option<Variable>)>>,
    /// Files inside each other that `source` runs.
    pub(super) sourced: usize,
}

/// Whether the failure of a pipeline is its own. What fails inside of a loop, a condition or a group has ended the text there
/// already, if it was to.
fn fails_itself(pipeline: &Pipeline) -> bool {
    let passes_on = |command: &Command| {
        matches!(
            command,
            Command::For { .. } | Command::While { .. } | Command::If { .. } | Command::Case { .. } | Command::Group(_)
        )
    };
    !matches!(pipeline.stages.as_slice(), [only] if passes_on(&only.command))
}

impl Run<'_> {
    pub(super) fn list(&mut self, list: &List, input: &mut Input, printed: &mut Printed) -> Flow {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Halt::Limit(format!("more than {DEPTH} commands inside each other")));
        }
        for (place, (link, pipeline)) in list.iter().enumerate() {
            let skipped = match link {
                Link::Always => false,
                Link::And => self.shell.status != 0,
                Link::Or => self.shell.status == 0,
            };
            if skipped {
                continue;
            }
            // What `&&` or `||` follows, and what `!` stands before, is a condition as well.
            let follows = list.get(place + 1).is_some_and(|(link, _)| *link != Link::Always);
            let judges = follows || pipeline.negated;
            self.judging += usize::from(judges);
            self.pipeline(pipeline, input, printed)?;
            self.judging -= usize::from(judges);
            let ends = self.shell.options.stop && self.shell.status != 0 && self.judging == 0;
            if ends && !judges && fails_itself(pipeline) {
                return Err(Halt::Exit);
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// A list whose outcome is looked at.
    fn judged(&mut self, list: &List, input: &mut Input, printed: &mut Printed) -> Flow {
        self.judging += 1;
        let flow = self.list(list, input, printed);
        self.judging -= 1;
        flow
    }

    /// Counts a command against the limit.
    pub(super) fn step(&mut self) -> Flow {
        self.steps += 1;
        if self.steps > STEPS {
            return Err(Halt::Limit(format!("stopped after {STEPS} commands")));
        }
        Ok(())
    }

    /// What commands print on standard output, without the line ends that follow it.
    pub(super) fn output_of(&mut self, list: &List, printed: &mut Printed) -> Result<String, Halt> {
        let mut own = Printed::new();
        if let Some(word) = only_reads(list) {
            // `$(< file)`.
            let name = self.text(word, printed)?;
            self.shell.status = 0;
            match self.shell.session.tray.get(&name) {
                Some(bytes) => own.out(bytes),
                None => {
                    own.err(format!("bash: {name}: No such file or directory"));
                    self.shell.status = 1;
                }
            }
        } else {
            let (depth, stop) = (self.depth, self.shell.options.stop);
            // As in bash, `set -e` holds in no substitution.
            self.shell.options.stop = false;
            let flow = self.apart(list, &mut Input::default(), &mut own);
            self.shell.options.stop = stop;
            flow?;
            self.depth = depth;
        }
        printed.push(2, &own.of(2));
        let bytes = own.of(1);
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        text.retain(|c| c != '\0');
        text.truncate(text.trim_end_matches('\n').len());
        Ok(text)
    }

    /// A list whose variables, `exit` and `break` end with it.
    fn apart(&mut self, list: &List, input: &mut Input, printed: &mut Printed) -> Flow {
        let before = self.shell.variables.clone();
        let (functions, arguments) = (self.shell.functions.clone(), self.shell.arguments.clone());
        let (options, judging) = (self.shell.options, self.judging);
        let flow = self.list(list, input, printed);
        self.shell.variables = before;
        self.shell.options = options;
        (self.shell.functions, self.shell.arguments) = (functions, arguments);
        self.judging = judging;
        self.contain(flow, printed)
    }

    /// What ends a part of a text only.
    fn contain(&mut self, flow: Flow, printed: &mut Printed) -> Flow {
        match flow {
            Err(Halt::Fault(text)) => {
                printed.err(format!("bash: {text}"));
                self.shell.status = 1;
                Ok(())
            }
            Err(Halt::Unset(name)) => {
                printed.err(format!("bash: {name}: unbound variable"));
                self.shell.status = 1;
                Ok(())
            }
            Err(Halt::Exit | Halt::Return | Halt::Break(_) | Halt::Continue(_)) => Ok(()),
            other => other,
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline, input: &mut Input, printed: &mut Printed) -> Flow {
        if let [stage] = pipeline.stages.as_slice() {
            self.stage(stage, input, printed)?;
        } else {
            let mut given = std::mem::take(input);
            let last = pipeline.stages.len().saturating_sub(1);
            let mut failed = 0;
            for (place, stage) in pipeline.stages.iter().enumerate() {
                let (variables, depth, judging) = (self.shell.variables.clone(), self.depth, self.judging);
                let mut own = Printed::new();
                let flow = self.stage(stage, &mut given, &mut own);
                let flow = self.contain(flow, &mut own);
                self.shell.variables = variables;
                (self.depth, self.judging) = (depth, judging);
                if self.shell.status != 0 {
                    failed = self.shell.status;
                }
                let is_last = place == last;
                let mut piped = Vec::new();
                for (stream, bytes) in own.chunks() {
                    if stream == 1 && !is_last {
                        piped.extend(bytes)
                    } else {
                        printed.push(stream, &bytes)
                    }
                }
                flow?;
                given = Input::new(piped);
            }
            if self.shell.options.pipes {
                self.shell.status = failed;
            }
        }
        if pipeline.negated {
            self.shell.status = i32::from(self.shell.status == 0);
        }
        Ok(())
    }

    pub(super) fn stage(&mut self, stage: &Stage, input: &mut Input, printed: &mut Printed) -> Flow {
        self.step()?;
        if printed.is_cut() {
            return Err(Halt::Limit("stopped: too much output".into()));
        }
        if stage.redirects.is_empty() {
            return self.command(&stage.command, input, printed);
        }
        let mut wires = [Wire::Nowhere, Wire::Out, Wire::Err];
        let mut given = None;
        for redirect in &stage.redirects {
            if let Err(text) = self.redirect(redirect, &mut wires, &mut given, printed)? {
                printed.err(format!("bash: {text}"));
                self.shell.status = 1;
                return Ok(());
            }
        }
        let mut own = Printed::new();
        let flow = self.command(&stage.command, given.as_mut().unwrap_or(input), &mut own);
        self.deliver(own, &wires, printed);
        flow
    }

    /// Sets one redirection up. The inner error is what the shell complains of.
    fn redirect(
        &mut self,
        redirect: &Redirect,
        wires: &mut [Wire; 3],
        given: &mut Option<Input>,
        printed: &mut Printed,
    ) -> Result<Result<(), String>, Halt> {
        let stream = usize::from(redirect.stream);
        if stream > 2 {
            return Ok(Err(format!("{stream}: Bad file descriptor")));
        }
        let set = |wires: &mut [Wire; 3], stream: usize, wire: Wire| {
            if let Some(place) = wires.get_mut(stream) {
                *place = wire;
            }
        };
        match &redirect.kind {
            Redirection::Write(word) | Redirection::Append(word) | Redirection::Both(word) => {
                let name = self.text(word, printed)?;
                let append = matches!(redirect.kind, Redirection::Append(_));
                match self.open(&name, append) {
                    Ok(wire) => {
                        if matches!(redirect.kind, Redirection::Both(_)) {
                            set(wires, 2, wire.clone());
                        }
                        set(wires, stream, wire);
                    }
                    Err(why) => return Ok(Err(format!("{name}: {why}"))),
                }
            }
            Redirection::Same(other) => {
                if let Some(wire) = wires.get(usize::from(*other)).cloned() {
                    set(wires, stream, wire);
                }
            }
            Redirection::Read(word) => {
                let name = self.text(word, printed)?;
                if name == "/dev/null" {
                    *given = Some(Input::default());
                } else if let Some(bytes) = self.shell.session.tray.get(&name) {
                    *given = Some(Input::of_file(bytes.as_slice()));
                } else if self.shell.session.tray.is_folder(&name) {
                    return Ok(Err(format!("{name}: Is a directory")));
                } else {
                    return Ok(Err(format!("{name}: No such file or directory")));
                }
            }
            Redirection::Text(word) => {
                let text = self.text(word, printed)?;
                *given = Some(Input::new(format!("{text}\n").into_bytes()));
            }
            Redirection::Here(place) => {
                let text = match place.get() {
                    Some(word) => self.text(word, printed)?,
                    None => String::new(),
                };
                *given = Some(Input::new(text.into_bytes()));
            }
        }
        Ok(Ok(()))
    }

    fn open(&mut self, name: &str, append: bool) -> Result<Wire, &'static str> {
        match name {
            "/dev/null" => return Ok(Wire::Nowhere),
            "/dev/stdout" => return Ok(Wire::Out),
            "/dev/stderr" => return Ok(Wire::Err),
            "" => return Err("No such file or directory"),
            _ => {}
        }
        let tray = &mut self.shell.session.tray;
        if append {
            tray.append(name, b"")?
        } else {
            tray.write(name, Vec::new())?
        }
        Ok(Wire::File(name.to_owned()))
    }

    fn deliver(&mut self, own: Printed, wires: &[Wire; 3], printed: &mut Printed) {
        for (stream, bytes) in own.chunks() {
            match wires.get(usize::from(stream)) {
                Some(Wire::Out) => printed.push(1, &bytes),
                Some(Wire::Err) => printed.push(2, &bytes),
                Some(Wire::File(name)) => {
                    if let Err(why) = self.shell.session.tray.append(name, &bytes) {
                        printed.err(format!("bash: {name}: write error: {why}"));
                        self.shell.status = 1;
                    }
                }
                Some(Wire::Nowhere) | None => {}
            }
        }
    }

    fn command(&mut self, command: &Command, input: &mut Input, printed: &mut Printed) -> Flow {
        match command {
            Command::Simple { assignments, words } => self.simple(assignments, words, input, printed),
            Command::Group(list) => self.list(list, input, printed),
            Command::Apart(list) => self.apart(list, input, printed),
            Command::Function { name, body } => {
                self.define(name, body);
                Ok(())
            }
            Command::Case { word, arms } => {
                let text = self.text(word, printed)?;
                self.shell.status = 0;
                for (patterns, body) in arms {
                    for pattern in patterns {
                        let pattern = self.pattern(pattern, printed)?;
                        if Glob::of_text(&pattern).matches(&text) {
                            return self.list(body, input, printed);
                        }
                    }
                }
                Ok(())
            }
            Command::Condition(items) => {
                self.shell.status = super::conditions::judge(self, items, printed)?;
                Ok(())
            }
            Command::If { arms, otherwise } => {
                for (test, body) in arms {
                    self.judged(test, input, printed)?;
                    if self.shell.status == 0 {
                        return self.list(body, input, printed);
                    }
                }
                self.shell.status = 0;
                self.list(otherwise, input, printed)
            }
            Command::For { name, words, body } => {
                let fields = self.fields(words, printed)?;
                self.shell.status = 0;
                for field in fields {
                    self.shell.set(name, field);
                    if self.round(body, input, printed)? {
                        break;
                    }
                }
                Ok(())
            }
            Command::While { until, condition, body } => {
                let mut last = 0;
                loop {
                    self.judged(condition, input, printed)?;
                    if (self.shell.status == 0) == *until {
                        break;
                    }
                    let ends = self.round(body, input, printed)?;
                    last = self.shell.status;
                    if ends {
                        break;
                    }
                }
                self.shell.status = last;
                Ok(())
            }
        }
    }

    /// One round of a loop. Answers whether the loop ends with it.
    fn round(&mut self, body: &List, input: &mut Input, printed: &mut Printed) -> Result<bool, Halt> {
        let (depth, judging) = (self.depth, self.judging);
        let flow = self.list(body, input, printed);
        (self.depth, self.judging) = (depth, judging);
        match flow {
            Ok(()) | Err(Halt::Continue(0 | 1)) => Ok(false),
            Err(Halt::Break(0 | 1)) => Ok(true),
            Err(Halt::Continue(rounds)) => Err(Halt::Continue(rounds - 1)),
            Err(Halt::Break(rounds)) => Err(Halt::Break(rounds - 1)),
            Err(other) => Err(other),
        }
    }

    fn simple(
        &mut self,
        assignments: &[(String, Word)],
        words: &[Word],
        input: &mut Input,
        printed: &mut Printed,
    ) -> Flow {
        let fields = self.fields(words, printed)?;
        let mut set = Vec::new();
        for (name, word) in assignments {
            let value = self.text(word, printed)?;
            set.push((name.clone(), value));
        }
        let Some((name, arguments)) = fields.split_first() else {
            let substitutes = assignments.iter().any(|(_, word)| has_output(word)) || words.iter().any(has_output);
            if !substitutes {
                self.shell.status = 0;
            }
            for (name, value) in set {
                if self.shell.options.trace {
                    printed.err(format!("+ {name}={}", crate::words::quote(&value)));
                }
                self.shell.set(&name, value);
            }
            return Ok(());
        };
        if self.shell.options.trace {
            let words: Vec<String> = fields.iter().map(|word| crate::words::quote(word)).collect();
            printed.err(format!("+ {}", words.join(" ")));
        }
        // `NAME=value program`: for this program alone, which may set others.
        let before = set
            .iter()
            .map(|(name, _)| (name.clone(), self.shell.variables.get(name).cloned()));
        let before: Vec<(String, Option<Variable>)> = before.collect();
        for (name, value) in set {
            self.shell.set(&name, value);
            self.shell.export(&name);
        }
        let flow = self.program(name, arguments, input, printed);
        for (name, variable) in before {
            self.restore(name, variable);
        }
        flow
    }

    pub(super) fn program(
        &mut self,
        name: &str,
        arguments: &[String],
        input: &mut Input,
        printed: &mut Printed,
    ) -> Flow {
        self.shell.session.tray.set_now(self.cloud.now());
        if let Some(body) = self.shell.functions.get(name).cloned() {
            self.enter(&body, arguments, input, printed)?;
        } else if let Some(builtin) = builtins::find(name) {
            self.shell.status = builtin(self, arguments, input, printed)?;
        } else if let Some(filter) = filters::find(name) {
            let mut io = filters::Io {
                name,
                input,
                tray: &mut self.shell.session.tray,
                printed,
            };
            self.shell.status = filter(arguments, &mut io);
        } else if matches!(name, "aws" | "stratus") {
            self.shell.status = super::aws::run(self, name, arguments, input, printed);
        } else {
            let why = if name.contains('/') {
                "No such file or directory"
            } else {
                "command not found"
            };
            printed.err(format!("bash: {name}: {why}"));
            self.shell.session.remedy = filters::absent(name).unwrap_or_default().to_owned();
            self.shell.status = 127;
        }
        if self.cloud.is_interrupted() {
            return Err(Halt::Interrupted);
        }
        Ok(())
    }
}

/// The file of `< file` where nothing else stands there.
fn only_reads(list: &List) -> Option<&Word> {
    let [(Link::Always, pipeline)] = list.as_slice() else {
        return None;
    };
    let [stage] = pipeline.stages.as_slice() else {
        return None;
    };
    match (&stage.command, stage.redirects.as_slice()) {
        (Command::Simple { assignments, words }, [redirect]) if assignments.is_empty() && words.is_empty() => {
            match &redirect.kind {
                Redirection::Read(word) => Some(word),
                _ => None,
            }
        }
        _ => None,
    }
}

fn has_output(word: &Word) -> bool {
    word.iter().any(|part| matches!(part, Part::Output { .. }))
}

//! The terminal's state: one shell, its files, and what was typed with what came of it. Commands go to the engine by the
//! session's own door, so that what they do is saved like anything else.

use super::action::{Toast, ToastKind};
use super::{ApiCall, State};
use crate::session::action::TerminalAction;
use std::rc::Rc;
use stratus_engine::Error;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_model::Structure;
use stratus_shell::{Cloud, Keys, Output, Session, Shell};

/// Commands that the terminal shows; the oldest go first.
const TRANSCRIPT: usize = 200;

/// A command that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Its number.
    pub id: u64,
    /// What was typed.
    pub line: String,
    /// What came of it; `None` where the line was dropped.
    pub output: Option<Output>,
    /// What to do about its failure (ours); empty when the message says it.
    pub remedy: String,
    /// From when to when the clock went, where the command let time pass.
    pub passed: Option<(Time, Time)>,
}

/// The terminal, as the session keeps it.
#[derive(Default)]
pub struct Terminal {
    /// Made when it is first used.
    shell: Option<Rc<Shell>>,
    transcript: Rc<Vec<Rc<Ran>>>,
    next: u64,
    /// How many of the world's calls the tray has been given the objects of.
    seen: usize,
}

/// The terminal, as the panel shows it.
#[derive(Clone)]
pub struct TerminalView {
    /// The shell; `None` before its first command.
    pub shell: Option<Rc<Shell>>,
    /// What was typed, oldest first.
    pub transcript: Rc<Vec<Rc<Ran>>>,
}

impl Terminal {
    /// A snapshot.
    pub fn view(&self) -> TerminalView {
        TerminalView {
            shell: self.shell.clone(),
            transcript: self.transcript.clone(),
        }
    }

    /// Another world was opened: its objects come into the tray too.
    pub fn another_world(&mut self) {
        self.seen = 0;
    }

    fn note(&mut self, line: String, output: Option<Output>, passed: Option<(Time, Time)>) {
        self.next += 1;
        let remedy = std::mem::take(&mut self.shell().session.remedy);
        let transcript = Rc::make_mut(&mut self.transcript);
        transcript.push(Rc::new(Ran {
            id: self.next,
            line,
            output,
            remedy,
            passed,
        }));
        let surplus = transcript.len().saturating_sub(TRANSCRIPT);
        transcript.drain(..surplus);
    }

    fn shell(&mut self) -> &mut Shell {
        let fresh = || Rc::new(Shell::new(Session::new(Region::US_EAST_1)));
        Rc::make_mut(self.shell.get_or_insert_with(fresh))
    }
}

/// The session's door: what is called is saved.
struct Door<'a>(&'a mut State);

impl Cloud for Door<'_> {
    fn call(
        &mut self,
        region: Region,
        service: &'static str,
        operation: &'static str,
        params: Structure,
    ) -> Result<Structure, Error> {
        let call = ApiCall::new(region, service, operation, params);
        self.0.make(&call)
    }

    fn look(&self, region: Region, service: &str, operation: &str, params: &Structure) -> Option<Structure> {
        self.0.engine.borrow().look(region, service, operation, params)
    }

    fn now(&self) -> Time {
        self.0.engine.borrow().world().now
    }

    fn keys(&self) -> Keys {
        self.0.engine.borrow().keys()
    }

    fn calls(&self) -> usize {
        self.0.engine.borrow().calls()
    }
}

impl State {
    /// Runs what was typed in the terminal, and writes it down there.
    pub(super) fn type_command(&mut self, line: String) {
        let before = self.engine.borrow().world().now;
        let output = self.with_shell(|shell, door| shell.run(&line, door));
        let after = self.engine.borrow().world().now;
        let passed = (after != before).then_some((before, after));
        if std::mem::take(&mut self.terminal.shell().cleared) {
            self.terminal.transcript = Rc::default();
            if output.stdout.is_empty() && output.stderr.is_empty() {
                return;
            }
        }
        self.terminal.note(line, Some(output), passed);
    }

    /// Runs one command of a script: without the shell's language, with or without a leading `aws`.
    pub fn run_command(&mut self, line: &str) -> Output {
        let output = self.with_shell(|shell, door| {
            shell.session.ready(door);
            shell.session.run_with(line, &mut |region, service, operation, params| {
                door.call(region, service, operation, params)
            })
        });
        self.touched();
        output
    }

    fn with_shell<T>(&mut self, run: impl FnOnce(&mut Shell, &mut Door<'_>) -> T) -> T {
        self.terminal.shell();
        let mut shell = self.terminal.shell.take();
        let fresh = || Rc::new(Shell::new(Session::new(Region::US_EAST_1)));
        let own = Rc::make_mut(shell.get_or_insert_with(fresh));
        own.session.region = self.region;
        self.add_objects(own);
        let answer = run(own, &mut Door(self));
        self.terminal.shell = shell;
        // What the terminal itself put into buckets was in the tray before.
        self.terminal.seen = self.engine.borrow().history().nodes().len();
        answer
    }

    /// A command that the page shows names the file of its object: the newest of that name that this world has.
    fn add_objects(&mut self, shell: &mut Shell) {
        let engine = self.engine.borrow();
        let nodes = engine.history().nodes();
        let fresh = nodes.iter().skip(self.terminal.seen).rev();
        for call in fresh.filter_map(|node| node.call.as_ref()) {
            if call.service.name == "s3"
                && let Some((name, bytes)) = stratus_shell::tray_file(&call.params)
            {
                // Copied once: what is in the tray already stays.
                shell.session.tray.insert_missing(&name, || bytes.to_vec());
            }
        }
    }

    /// Does what is no command.
    pub(super) fn terminal_act(&mut self, action: TerminalAction) {
        match action {
            TerminalAction::Clear => self.terminal.transcript = Rc::default(),
            TerminalAction::Drop(line) => self.terminal.note(line, None, None),
            TerminalAction::DeleteFile(name) => {
                self.terminal.shell().session.tray.remove(&name);
            }
            TerminalAction::AddFile(name, bytes) => {
                let now = self.engine.borrow().world().now;
                let tray = &mut self.terminal.shell().session.tray;
                tray.set_now(now);
                if let Err(why) = tray.write(&name, Rc::unwrap_or_clone(bytes)) {
                    self.toast(Toast::new(
                        ToastKind::Bad,
                        "The file was not added",
                        format!("{name}: {why}"),
                    ));
                }
            }
        }
    }
}

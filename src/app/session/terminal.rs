//! The terminal's state: one shell, its files, and what was typed with what came of it. Commands go to the engine by the
//! session's own door, so that what they do is saved like anything else.

use super::action::{Toast, ToastKind};
use super::state::SLICE_EVENTS;
use super::{ApiCall, Saving, State};
use crate::session::action::TerminalAction;
use std::net::IpAddr;
use std::rc::Rc;
use stratus_engine::base::time::{Span, Time};
use stratus_engine::catalog::Region;
use stratus_engine::dns::Asker;
use stratus_engine::dns::message::{Outcome, Question};
use stratus_engine::{Error, World};
use stratus_model::Structure;
use stratus_shell::{Cloud, Keys, Output, Reached, Running, Session, Shell};

/// Commands that the terminal shows; the oldest go first.
const TRANSCRIPT: usize = 200;
/// Spans below this one pass at once, whatever happens in them: an hour.
const AT_ONCE: Span = Span::minutes(60);

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
    /// A command that waits for the clock.
    paused: Option<Paused>,
}

/// A command in the middle of which time passes for long.
struct Paused {
    running: Running,
    /// When it began.
    began: Time,
    /// The shell and what was printed, were it stopped here.
    shell: Shell,
    output: Output,
}

/// The terminal, as the panel shows it.
#[derive(Clone)]
pub struct TerminalView {
    /// The shell; `None` before its first command.
    pub shell: Option<Rc<Shell>>,
    /// What was typed, oldest first.
    pub transcript: Rc<Vec<Rc<Ran>>>,
    /// The command that waits for the clock, if one does.
    pub waiting: Option<Rc<str>>,
}

impl Terminal {
    /// A snapshot.
    pub fn view(&self) -> TerminalView {
        TerminalView {
            shell: self.shell.clone(),
            transcript: self.transcript.clone(),
            waiting: self.paused.as_ref().map(|paused| paused.running.line().into()),
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
        Rc::make_mut(self.shell.get_or_insert_with(fresh))
    }
}

fn fresh() -> Rc<Shell> {
    Rc::new(Shell::new(Session::new(Region::US_EAST_1)))
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

    fn ask(&mut self, from: Asker, server: Option<IpAddr>, question: &Question) -> Result<Outcome, Error> {
        self.0.engine.borrow_mut().ask(from, server, question)
    }

    fn server_address(&mut self, from: Asker, name: &str) -> Option<IpAddr> {
        self.0.engine.borrow_mut().server_address(from, name)
    }

    fn world(&self) -> World {
        self.0.engine.borrow().world().clone()
    }

    fn calls(&self) -> usize {
        self.0.engine.borrow().calls()
    }
}

impl State {
    /// Runs what was typed in the terminal, and writes it down there; at once, unless time passes for long in it.
    pub(super) fn type_command(&mut self, line: String) {
        if self.is_command_under_way() {
            return;
        }
        let began = self.engine.borrow().world().now;
        if Running::may_pause(self.terminal.shell.as_deref(), &line) {
            let shell = self.prepared();
            self.terminal.shell = Some(shell.clone());
            return self.go_on(Running::new(Rc::unwrap_or_clone(shell), line), began);
        }
        let output = self.with_shell(|shell, door| shell.run(&line, door));
        self.write_down(line, output, began);
    }

    /// Whether a command waits for the clock; then it says so.
    fn is_command_under_way(&mut self) -> bool {
        let under_way = self.terminal.paused.is_some();
        if under_way {
            let text = "Ctrl+C in the terminal stops it.";
            self.toast(Toast::new(ToastKind::Note, "A command is running", text));
        }
        under_way
    }

    /// Runs a text up to its end, or to where time passes for long; that goes on in slices.
    fn go_on(&mut self, mut running: Running, began: Time) {
        let writes = self.keeper.saving() != Saving::Reader;
        let engine = self.engine.clone();
        let is_long = move |params: &Structure| {
            let engine = engine.borrow();
            let now = engine.world().now;
            let target = stratus_engine::services::stratus::advance_target(params, now);
            let target = target.ok().filter(|until| (*until - now).0 >= AT_ONCE.0);
            writes && target.is_some_and(|until| !engine.start_advance(until).run(SLICE_EVENTS).done)
        };
        match running.go(&mut Door(self), &is_long) {
            Reached::End(shell, output) => {
                self.terminal.shell = Some(Rc::new(shell));
                self.terminal.seen = self.engine.borrow().history().nodes().len();
                self.write_down(running.line().to_owned(), output, began);
            }
            Reached::Pause { params, shell, output } => {
                let now = self.engine.borrow().world().now;
                self.terminal.paused = Some(Paused {
                    running,
                    began,
                    shell,
                    output,
                });
                match stratus_engine::services::stratus::advance_target(&params, now) {
                    Ok(until) => self.start_advance(until),
                    Err(error) => self.advanced(Err(error)),
                }
            }
        }
    }

    /// An advance in slices has ended: the command that waits for it goes on.
    pub(super) fn advanced(&mut self, answer: super::action::Outcome) {
        if let Some(mut paused) = self.terminal.paused.take() {
            paused.running.answered(answer);
            self.go_on(paused.running, paused.began);
        }
    }

    /// Ctrl+C: the command that waits for the clock ends where it is; what it did before stays.
    pub(super) fn stop_command(&mut self) {
        let Some(paused) = self.terminal.paused.take() else {
            return;
        };
        let mut output = paused.output;
        output.stderr.push_str("^C\n");
        self.terminal.shell = Some(Rc::new(paused.shell));
        self.terminal.seen = self.engine.borrow().history().nodes().len();
        self.write_down(paused.running.line().to_owned(), output, paused.began);
    }

    fn write_down(&mut self, line: String, output: Output, began: Time) {
        let line = self.terminal.shell().recalled.take().unwrap_or(line);
        let now = self.engine.borrow().world().now;
        let passed = (now > began).then_some((began, now));
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

    /// Takes the shell out, for the Region on screen and with the world's objects in its tray.
    fn prepared(&mut self) -> Rc<Shell> {
        let mut shell = self.terminal.shell.take().unwrap_or_else(fresh);
        let own = Rc::make_mut(&mut shell);
        own.session.region = self.region;
        self.add_objects(own);
        shell
    }

    fn with_shell<T>(&mut self, run: impl FnOnce(&mut Shell, &mut Door<'_>) -> T) -> T {
        let mut shell = self.prepared();
        let answer = run(Rc::make_mut(&mut shell), &mut Door(self));
        self.terminal.shell = Some(shell);
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
            TerminalAction::DeleteFile(_) | TerminalAction::AddFile(..) if self.is_command_under_way() => {}
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

//! The state of a session and what each action does to it. Owned by the root component; nothing here touches the DOM.

use super::action::*;
use super::{ApiCall, Ctx, Saving, Speed, View};
use crate::later;
use crate::session::arrival::Arrival;
use crate::session::keeper::Keeper;
use crate::session::terminal::Terminal;
use crate::session::traced::Traced;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use stratus_engine::base::time::{Span, Time};
use stratus_engine::catalog::Region;
use stratus_engine::history::NodeId;
use stratus_engine::network::Fix;
use stratus_engine::{Advance, Engine, Options, World, clock};
use yew::Callback;

/// Most events of one slice: a long advance lets the page breathe between slices.
pub(super) const SLICE_EVENTS: usize = 2_000;
/// The preference: whether the tour has been seen.
pub const TOUR_SEEN: &str = "tour-seen";
/// The name of a preference: a workspace of this browser's has been open.
pub const BEEN_HERE: &str = "been-here";
/// The preference: the theme's name.
pub const THEME: &str = "theme";
/// The preference: the name of the language that calls are shown as.
pub const SHOW_AS: &str = "show-as";
/// Most messages on screen; the oldest goes first.
const TOASTS: usize = 4;
/// After how many milliseconds an answer has been painted; more than a tick of the clock, so that it is not measured again and
/// again while things happen.
const PAINTED: u32 = 150;

/// One session.
pub struct State {
    /// The engine.
    pub engine: Rc<RefCell<Engine>>,
    /// What is on screen.
    pub screen: Rc<Screen>,
    /// The Region shown.
    pub region: Region,
    /// How the clock runs.
    pub speed: Speed,
    /// What keeps the calls.
    pub keeper: Keeper,
    stamp: u64,
    /// Goes up when the world may have changed, other than by time alone, or another Region of it is shown.
    world_stamp: u64,
    shown: Option<(u64, i64, Region, Rc<World>)>,
    advance: Option<(Advance, Time)>,
    /// The fixes of the path are put in order when this has passed.
    ordering: Option<Timeout>,
    /// The traced question, and the stamp of the world it was asked of.
    traced: Option<(u64, PathQuestion, Result<Rc<Traced>, String>)>,
    /// Virtual milliseconds that the ticking clock still owes (less than one).
    owed: f64,
    next_toast: u64,
    act: Callback<Action>,
    /// The terminal: its shell, its files, what was typed.
    pub terminal: Terminal,
    /// The saved workspaces, as the dialog lists them.
    pub workspaces: Rc<Vec<stratus_storage::Workspace>>,
    /// Damaged bytes that were set aside, with the name of their workspace, while the dialog of workspaces is open.
    pub aside: Rc<Vec<(String, stratus_storage::SetAside)>>,
    /// What the share dialog or the export dialog hands on, while it is open.
    pub shared: Option<Rc<stratus_classroom::File>>,
    /// Who waits for a world to be open (`stratus.ready`).
    pub ready: Option<Callback<()>>,
    /// `?seed=`: the seed of worlds that this page begins.
    pub seed: Option<u64>,
    /// Why nothing outlives the page; empty where it does.
    pub why_memory: String,
    /// Whether a first visit begins with the tour.
    pub tour_wanted: bool,
    /// What a link or a file holds, waiting for a yes.
    pub arrival: Option<Rc<Arrival>>,
}

impl State {
    /// A session over a new world.
    pub fn new(options: Options, act: Callback<Action>) -> State {
        State {
            engine: Rc::new(RefCell::new(Engine::new(options))),
            screen: Rc::new(Screen::default()),
            region: Region::US_EAST_1,
            speed: Speed::default(),
            keeper: Keeper::in_memory("Not opened yet"),
            stamp: 0,
            world_stamp: 0,
            shown: None,
            advance: None,
            ordering: None,
            traced: None,
            owed: 0.0,
            next_toast: 1,
            act,
            terminal: Terminal::default(),
            workspaces: Rc::default(),
            aside: Rc::default(),
            shared: None,
            ready: None,
            seed: None,
            why_memory: String::new(),
            tour_wanted: false,
            arrival: None,
        }
    }

    /// A world is open: whoever waits hears of it.
    pub fn opened(&mut self) {
        self.edit(|screen| screen.opening = false);
        if let Some(ready) = self.ready.take() {
            ready.emit(());
        }
    }

    /// Shows an engine in the place of this one, with the screen as it is.
    pub fn show_engine(&mut self, engine: Engine) {
        self.stop_advance();
        *self.engine.borrow_mut() = engine;
        self.world_stamp += 1;
    }

    /// Puts another engine in the place of this one: a workspace, a scenario, a link was opened.
    pub fn replace_engine(&mut self, engine: Engine, region: Region) {
        self.stop_advance();
        *self.engine.borrow_mut() = engine;
        self.world_stamp += 1;
        self.terminal.another_world();
        self.region = region;
        self.edit(|screen| {
            screen.opening = false;
            screen.selection = None;
            screen.path = PathQuestion::default();
            screen.dns_name = None;
        });
    }

    /// The snapshot for the components.
    pub fn ctx(&mut self) -> Ctx {
        self.trace();
        let (traced, path_problem) = match self.traced.as_ref().map(|(_, _, traced)| traced) {
            Some(Ok(traced)) => (Some(traced.clone()), None),
            Some(Err(problem)) => (None, Some(problem.clone())),
            None => (None, None),
        };
        let engine = self.engine.borrow();
        let now = engine.world().now.0;
        let world = match &self.shown {
            Some((stamp, at, region, world)) if (*stamp, *at, *region) == (self.stamp, now, self.region) => {
                world.clone()
            }
            _ => Rc::new(engine.world_in(self.region)),
        };
        self.shown = Some((self.stamp, now, self.region, world.clone()));
        let history = engine.history();
        let current = history.node(history.current());
        let view = View {
            stamp: self.stamp,
            world_stamp: self.world_stamp,
            region: self.region,
            screen: self.screen.clone(),
            speed: self.speed,
            running: self.speed.factor(&world) > 0,
            can_undo: history.current() != 0,
            can_redo: current.redo.is_some(),
            saving: self.keeper.saving(),
            workspace: self.keeper.name(),
            arrival: self.arrival.clone(),
            traced,
            path_problem,
            terminal: self.terminal.view(),
            workspaces: self.workspaces.clone(),
            aside: self.aside.clone(),
            workspace_id: self.keeper.id(),
            shared: self.shared.clone(),
            advancing: self
                .advance
                .as_ref()
                .map(|(advance, from)| percent(*from, advance.now(), advance.until())),
            world,
        };
        Ctx::new(view, self.engine.clone(), self.act.clone())
    }

    /// Traces the path panel's question anew where it or the world has changed.
    fn trace(&mut self) {
        let question = &self.screen.path;
        if question.asked == 0 {
            self.traced = None;
            return;
        }
        // Elsewhere nobody sees it: it is asked anew when somebody comes back.
        if self.screen.panel != Panel::Path {
            return;
        }
        if self
            .traced
            .as_ref()
            .is_some_and(|(world, asked, _)| *world == self.world_stamp && asked == question)
        {
            return;
        }
        let fresh = Traced::ask(&self.engine.borrow(), question, self.region);
        let due = fresh.as_ref().is_ok_and(|fresh| !fresh.measured);
        // An answer that is the same stays the same one, so that nothing on screen moves.
        let answer = match (self.traced.take(), fresh) {
            (Some((_, _, Ok(old))), Ok(mut new)) => {
                new.keep_order(&old);
                Ok(if *old == new { old } else { Rc::new(new) })
            }
            (_, fresh) => fresh.map(Rc::new),
        };
        self.traced = Some((self.world_stamp, question.clone(), answer));
        if due {
            self.order_soon();
        }
    }

    /// Puts the fixes of the path in order once it has been painted, and what measures them has come.
    fn order_soon(&mut self) {
        let (act, stamp) = (self.act.clone(), self.world_stamp);
        let measure = async move {
            if later::wait().await.is_ok() {
                super::opening::apply(&act, stamp, |state, stamp| state.measure(stamp));
            }
        };
        // One that waits still is dropped, and measures nothing.
        self.ordering = Some(Timeout::new(PAINTED, || wasm_bindgen_futures::spawn_local(measure)));
    }

    /// `stamp`: of the world of which it was asked; in another it will be asked anew.
    fn measure(&mut self, stamp: u64) {
        if let Some((world, _, Ok(traced))) = &mut self.traced
            && *world == stamp
            && stamp == self.world_stamp
        {
            let mut measured = Traced::clone(traced);
            measured.measure(&self.engine.borrow());
            if measured != **traced {
                *traced = Rc::new(measured);
            }
        }
    }

    /// Does what is asked. Returns whether anything on screen may have changed.
    pub fn apply(&mut self, action: Action) -> bool {
        match action {
            Action::Call { call, done, quiet } => self.call(&call, done, quiet),
            Action::Fix(region, fix, done) => self.fix(region, &fix, &done),
            Action::Undo => self.travel(Engine::undo, "Nothing to undo"),
            Action::Redo => self.travel(Engine::redo, "Nothing to redo"),
            Action::Jump(node) => self.travel(move |engine| engine.jump(node), "That state does not exist"),
            Action::SetSpeed(speed) => self.speed = speed,
            Action::StepClock => self.step(),
            Action::AdvanceTo(until) => self.start_advance(until),
            Action::CancelAdvance => self.stop_advance(),
            Action::Select(selection) => self.edit(|screen| screen.selection = selection),
            Action::Open(panel) => self.edit(|screen| screen.panel = panel),
            Action::ShowRegion(region) => {
                self.region = region;
                // Addresses mean others there: what was asked about them is asked anew.
                self.world_stamp += 1;
            }
            Action::Dialog(dialog) => self.show_dialog(dialog),
            Action::AskPath(question) => self.edit(|screen| {
                screen.panel = Panel::Path;
                screen.path = question;
                screen.path_view = PathView::One;
            }),
            Action::ViewPath(view) => self.edit(|screen| {
                screen.panel = Panel::Path;
                screen.path_view = view;
            }),
            Action::ViewStorage(view) => self.edit(|screen| {
                screen.panel = Panel::Storage;
                screen.storage_view = view;
            }),
            Action::ViewDns(view) => self.edit(|screen| {
                screen.panel = Panel::Dns;
                screen.dns_view = view;
            }),
            Action::Predict(prediction) => self.edit(|screen| screen.prediction = prediction),
            Action::Toast(toast) => self.toast(toast),
            Action::Dismiss(id) => self.edit(|screen| screen.toasts.retain(|toast| toast.id != id)),
            Action::SetTheme(theme) => {
                self.prefer(THEME, theme.name());
                self.edit(|screen| screen.theme = theme);
            }
            Action::ShowAs(language) => {
                self.prefer(SHOW_AS, language.name());
                self.edit(|screen| screen.language = language);
            }
            Action::OpenScenario(name) => crate::session::opening::scenario(self, &name),
            Action::Workspace(action) => crate::session::workspaces::act(self, action),
            Action::Run(line) => self.type_command(line),
            Action::Terminal(action) => self.terminal_act(action),
            Action::Arrived(yes) => crate::session::arrival::answer(self, yes),
            Action::Internal(Internal::Tour(step)) => self.tour(step),
            Action::Internal(Internal::PageHidden) => {
                self.keeper.settle(&self.engine.borrow());
                return false;
            }
            Action::Internal(Internal::Tick(elapsed)) => return self.tick(elapsed),
            Action::Internal(Internal::Slice) => self.slice(),
            Action::Internal(Internal::Incomplete(why)) => self.incomplete(&why),
            Action::Internal(Internal::SavingChanged) => {}
            Action::Internal(Internal::HashChanged) => crate::session::opening::hash_changed(self),
            Action::Internal(Internal::Apply(change)) => change(self),
        }
        self.stamp += 1;
        true
    }

    fn show_dialog(&mut self, dialog: Option<Dialog>) {
        if dialog.is_none() && self.arrival.is_some() {
            // Closing it is a no: something else has to open, if nothing has yet.
            return crate::session::arrival::answer(self, false);
        }
        self.shared =
            matches!(dialog, Some(Dialog::Share)).then(|| Rc::new(crate::session::opening::shared_file(self)));
        let lists = matches!(dialog, Some(Dialog::Workspaces));
        self.edit(|screen| screen.dialog = dialog);
        self.aside = Rc::default();
        if lists {
            crate::session::workspaces::list(self);
        }
    }

    /// Remembers a preference; an embedded page never writes.
    pub(super) fn prefer(&self, name: &str, value: impl serde::Serialize) {
        if !self.screen.embed {
            stratus_storage::Preferences::open().set(name, value);
        }
    }

    /// Goes to a step of the tour; who has seen it once is not asked again.
    fn tour(&mut self, step: Option<usize>) {
        if step.is_none() {
            self.prefer(TOUR_SEEN, true);
        }
        self.edit(|screen| screen.tour = step);
    }

    /// A callback for things that finish later.
    pub fn act(&self) -> Callback<Action> {
        self.act.clone()
    }

    /// Changes what is on screen.
    pub fn edit(&mut self, change: impl FnOnce(&mut Screen)) {
        change(Rc::make_mut(&mut self.screen));
    }

    /// Shows a message.
    pub fn toast(&mut self, mut toast: Toast) {
        toast.id = self.next_toast;
        self.next_toast += 1;
        self.edit(|screen| {
            screen.toasts.push(toast);
            let surplus = screen.toasts.len().saturating_sub(TOASTS);
            screen.toasts.drain(..surplus);
        });
    }

    /// The later part of the program did not arrive: what needed it was not done.
    pub fn incomplete(&mut self, why: &str) {
        self.edit(|screen| screen.opening = false);
        let text = format!("{why}. What you made is safe. Check the connection and try again, or reload.");
        self.toast(Toast::new(ToastKind::Bad, "A part of the page did not arrive", text));
    }

    fn may_write(&mut self) -> bool {
        if self.keeper.saving() == Saving::Reader {
            let text = "Take over in the bar at the top to write here instead.";
            self.toast(Toast::new(
                ToastKind::Note,
                "Another tab writes in this workspace",
                text,
            ));
            return false;
        }
        true
    }

    fn call(&mut self, call: &ApiCall, done: Option<Callback<Outcome>>, quiet: bool) {
        let outcome = self.make(call);
        if let (Err(error), false) = (&outcome, quiet) {
            self.toast(Toast::error(error));
        }
        if let Some(done) = done {
            done.emit(outcome);
        }
    }

    /// Makes a call and hands it to what keeps the calls.
    pub fn make(&mut self, call: &ApiCall) -> Outcome {
        if self.keeper.saving() == Saving::Reader && !is_read(call) {
            self.may_write();
            return Err(
                stratus_engine::Error::new("ReadOnly", "Another tab writes in this workspace.")
                    .remedy("Take over to write here."),
            );
        }
        // The advance ends in a world of its own, which knows nothing of what happens beside it.
        if self.advance.is_some() && !is_read(call) {
            return Err(stratus_engine::Error::new("Busy", "The clock is being advanced.")
                .remedy("Wait until it is there, or cancel it in the clock's bar."));
        }
        self.world_stamp += 1;
        let before = self.engine.borrow().history().current();
        let outcome = self
            .engine
            .borrow_mut()
            .call(call.region, call.service, call.operation, call.params.clone());
        if self.engine.borrow().history().current() != before {
            self.keeper.call_made(&self.engine.borrow());
        }
        outcome
    }

    /// Makes the calls of a fix, one after the other, stopping at the first that fails; what was made stays, and undo takes it back.
    fn fix(&mut self, region: Region, fix: &Fix, done: &Callback<Outcome>) {
        let mut answers = Vec::new();
        let mut outcome = Ok(stratus_model::Structure::new());
        for call in &fix.calls {
            let made = call.params(&answers).and_then(|params| {
                self.make(&ApiCall {
                    region: call.region.unwrap_or(region),
                    service: call.service,
                    operation: call.operation,
                    params,
                })
            });
            match made {
                Ok(answer) => answers.push(answer),
                Err(error) => {
                    self.toast(Toast::error(&error));
                    outcome = Err(error);
                    break;
                }
            }
        }
        done.emit(outcome);
    }

    fn travel(&mut self, go: impl FnOnce(&mut Engine) -> bool, otherwise: &str) {
        if !self.may_write() {
            return;
        }
        self.stop_advance();
        self.world_stamp += 1;
        let gone = go(&mut self.engine.borrow_mut());
        if gone {
            self.keeper.moved(&self.engine.borrow());
        } else {
            self.toast(Toast::new(ToastKind::Note, otherwise, ""));
        }
    }

    fn step(&mut self) {
        let due = clock::next_due(self.engine.borrow().world());
        match due {
            Some(due) => self.start_advance(due),
            None => self.toast(Toast::new(
                ToastKind::Note,
                "Nothing is pending",
                "Advance the clock by a span of time instead.",
            )),
        }
    }

    pub(super) fn start_advance(&mut self, until: Time) {
        if !self.may_write() {
            return;
        }
        let advance = self.engine.borrow().start_advance(until);
        let from = advance.now();
        self.advance = Some((advance, from));
        self.slice();
    }

    fn slice(&mut self) {
        let Some((mut advance, from)) = self.advance.take() else {
            return;
        };
        if advance.run(SLICE_EVENTS).done {
            self.world_stamp += 1;
            let outcome = self.engine.borrow_mut().finish_advance(advance);
            match &outcome {
                Ok(_) => self.keeper.call_made(&self.engine.borrow()),
                Err(error) => self.toast(Toast::error(error)),
            }
            self.advanced(outcome);
        } else {
            self.advance = Some((advance, from));
            let act = self.act.clone();
            gloo::timers::callback::Timeout::new(0, move || act.emit(Action::Internal(Internal::Slice))).forget();
        }
    }

    /// Drops a long advance, and the command that waits for it.
    fn stop_advance(&mut self) {
        self.advance = None;
        self.stop_command();
    }

    /// Whether something happened that is worth drawing.
    fn tick(&mut self, elapsed: f64) -> bool {
        if self.screen.opening || self.advance.is_some() || self.keeper.saving() == Saving::Reader {
            return false;
        }
        let factor = self.speed.factor(self.engine.borrow().world());
        if factor == 0 {
            return false;
        }
        // A tab that slept does not leap: at most one second of real time a tick.
        self.owed += elapsed.clamp(0.0, 1_000.0) * f64::from(factor);
        let whole = self.owed.floor();
        self.owed -= whole;
        let mut engine = self.engine.borrow_mut();
        let mut until = engine.world().now + Span(whole as i64);
        if self.speed == Speed::Auto {
            // Auto stops where the waiting ends, so that a machine that has arrived does not run up a bill unseen.
            until = until.min(last_awaited(engine.world()).unwrap_or(until));
        }
        let progress = engine.tick(until, SLICE_EVENTS);
        drop(engine);
        self.keeper.time_passed(&self.engine.borrow());
        if progress.events > 0 {
            self.stamp += 1;
            self.world_stamp += 1;
        }
        true
    }

    /// Something on screen has changed, apart from the actions.
    pub fn touched(&mut self) {
        self.stamp += 1;
    }

    /// The node we stand at.
    pub fn current(&self) -> NodeId {
        self.engine.borrow().history().current()
    }
}

/// When the clock may rest: what AWS has scheduled for a day to come is not waited for.
fn last_awaited(world: &World) -> Option<Time> {
    let awaited = world.queue.iter().filter(|(_, pending)| pending.step.is_awaited());
    awaited.map(|((due, _), _)| *due).max()
}

fn is_read(call: &ApiCall) -> bool {
    stratus_model::model()
        .service(call.service)
        .and_then(|s| s.operation(call.operation))
        .is_some_and(|o| o.read_only)
}

fn percent(from: Time, now: Time, until: Time) -> u8 {
    let whole = (until.0 - from.0).max(1);
    ((now.0 - from.0).max(0).saturating_mul(100) / whole).clamp(0, 100) as u8
}

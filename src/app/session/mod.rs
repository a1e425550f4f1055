//! The session: the engine, what is on screen, and the only way to change either.
//!
//! Components read through [`Ctx`] (a snapshot that is cheap to clone and to compare) and act by sending an [`Action`].
//! The engine is reached by messages only, so that it can move into a Web Worker without touching a panel.

pub mod action;
pub mod arrival;
pub mod call;
pub mod cheat;
mod clock;
pub mod keeper;
pub mod opening;
pub mod screen;
pub mod state;
pub mod terminal;
pub mod traced;
pub mod workspaces;

pub use action::{Action, Dialog, Panel, Screen, Selection, Toast, ToastKind};
pub use call::{ApiCall, GLOBAL};
pub use clock::Speed;
pub use state::State;

use std::cell::RefCell;
use std::rc::Rc;
use stratus_engine::base::time::Span;
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, World};
use yew::prelude::*;

/// What every component can see and do. Two contexts are equal when nothing has changed between them.
#[derive(Clone)]
pub struct Ctx {
    view: Rc<View>,
    engine: Rc<RefCell<Engine>>,
    act: Callback<Action>,
}

/// A snapshot of all that is shown.
pub struct View {
    /// Goes up with every change but the mere passing of time.
    pub stamp: u64,
    /// Goes up when the world has changed by more than the mere passing of time, or another Region of it is shown.
    pub world_stamp: u64,
    /// The world now, with the shown Region's default VPC in it.
    pub world: Rc<World>,
    /// The Region shown.
    pub region: Region,
    /// What is on screen besides.
    pub screen: Rc<Screen>,
    /// How the clock runs.
    pub speed: Speed,
    /// Whether the clock moves at this moment (with `auto`: only while something is pending).
    pub running: bool,
    /// Whether there is something to undo and to redo.
    pub can_undo: bool,
    /// See `can_undo`.
    pub can_redo: bool,
    /// What the sign beside the name says.
    pub saving: Saving,
    /// Name of the workspace.
    pub workspace: String,
    /// The answer to the path panel's question.
    pub traced: Option<Rc<traced::Traced>>,
    /// The saved workspaces, as the dialog lists them.
    pub workspaces: Rc<Vec<stratus_storage::Workspace>>,
    /// Damaged bytes that were set aside, with the name of their workspace, while the dialog of workspaces is open.
    pub aside: Rc<Vec<(String, stratus_storage::SetAside)>>,
    /// Id of the open workspace.
    pub workspace_id: Option<String>,
    /// What the share dialog or the export dialog hands on, while it is open.
    pub shared: Option<Rc<stratus_classroom::File>>,
    /// What was typed in the terminal and what came of it, and its shell.
    pub terminal: terminal::TerminalView,
    /// Why the question cannot be asked.
    pub path_problem: Option<String>,
    /// What a link or a file holds, waiting for a yes.
    pub arrival: Option<Rc<arrival::Arrival>>,
    /// A long advance of the clock under way: 0–100.
    pub advancing: Option<u8>,
}

/// Whether what was made is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// All calls are on disk.
    Saved,
    /// Some are on their way.
    Pending,
    /// Kept in memory only, and why.
    Memory(String),
    /// Another tab writes; this one looks.
    Reader,
}

impl PartialEq for Ctx {
    fn eq(&self, other: &Ctx) -> bool {
        Rc::ptr_eq(&self.view, &other.view)
    }
}

impl Ctx {
    pub(crate) fn new(view: View, engine: Rc<RefCell<Engine>>, act: Callback<Action>) -> Ctx {
        Ctx {
            view: Rc::new(view),
            engine,
            act,
        }
    }
    /// The snapshot.
    pub fn view(&self) -> &View {
        &self.view
    }
    /// The world shown.
    pub fn world(&self) -> &World {
        &self.view.world
    }
    /// Now, for what is seen anew as time passes: the number of the `least` spans gone by, or of what passes in a second
    /// where the clock runs faster. So nothing dear is done more than once a second.
    pub fn moment(&self, least: Span) -> i64 {
        let second = 1_000 * i64::from(self.view.speed.factor(self.world()));
        self.world().now.0.div_euclid(least.0.max(second).max(1))
    }
    /// The Region shown.
    pub fn region(&self) -> Region {
        self.view.region
    }
    /// What is on screen.
    pub fn screen(&self) -> &Screen {
        &self.view.screen
    }
    /// Sends an action.
    pub fn act(&self, action: Action) {
        self.act.emit(action);
    }
    /// A callback that sends this action.
    pub fn on<E: 'static>(&self, action: impl Fn() -> Action + 'static) -> Callback<E> {
        let act = self.act.clone();
        Callback::from(move |_: E| act.emit(action()))
    }
    /// A callback whose value the action takes.
    pub fn choose<T: 'static>(&self, action: fn(T) -> Action) -> Callback<T> {
        self.act.reform(action)
    }
    /// Reads the engine: history, try-outs, traces. What it returns must be plain data.
    pub fn read<T>(&self, look: impl FnOnce(&Engine) -> T) -> T {
        look(&self.engine.borrow())
    }
}

/// The context of the component that asks. Every component stands under the app's provider.
#[hook]
pub fn use_ctx() -> Ctx {
    use_context::<Ctx>().unwrap_or_else(|| unreachable!("the app provides the context to all its children"))
}

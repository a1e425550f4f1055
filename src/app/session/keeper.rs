//! What keeps the calls: between the engine's history and the browser's storage. Says truthfully what is kept.

use super::Saving;
use stratus_engine::Engine;

/// Keeps one workspace.
pub struct Keeper {
    name: String,
    why_memory: String,
}

impl Keeper {
    /// Keeps nothing beyond this tab, and why.
    pub fn in_memory(why: &str) -> Keeper {
        Keeper {
            name: "Untitled".into(),
            why_memory: why.to_owned(),
        }
    }
    /// Name of the workspace.
    pub fn name(&self) -> String {
        self.name.clone()
    }
    /// Gives it another name.
    pub fn rename(&mut self, name: &str) {
        self.name = name.to_owned();
    }
    /// What the sign says.
    pub fn saving(&self) -> Saving {
        Saving::Memory(self.why_memory.clone())
    }
    /// A call was added to the history.
    pub fn call_made(&mut self, _engine: &Engine) {}
    /// Undo, redo or a jump moved the place in the history.
    pub fn moved(&mut self, _engine: &Engine) {}
    /// The ticking clock let time pass.
    pub fn time_passed(&mut self, _engine: &Engine) {}
}

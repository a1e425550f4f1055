//! Opening things: built-in scenarios, workspaces, links, files. Nothing that is opened ever overwrites what is saved.

use super::State;
use super::action::{Toast, ToastKind, WorkspaceAction};

/// Opens a built-in scenario.
pub fn scenario(state: &mut State, name: &str) {
    state.toast(Toast::new(ToastKind::Note, format!("Scenario {name}"), ""));
}

/// Does something with workspaces.
pub fn workspace(_state: &mut State, _action: WorkspaceAction) {}

/// Decides what a new page opens.
pub fn start(_state: &mut State) {}

/// The address in the address bar changed.
pub fn hash_changed(_state: &mut State) {}

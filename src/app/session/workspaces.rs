//! What can be done with saved workspaces: list, open, rename, duplicate, delete and take back, import and export, take over.

use super::State;
use super::action::{Action, Internal, Toast, ToastKind, ToastOffer, WorkspaceAction};
use super::opening::{apply, export_text, import_text, open_workspace, show_refreshed};
use std::rc::Rc;
use stratus_classroom::file::MAXIMUM_BYTES;
use stratus_model::sort;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Reads the list of workspaces for the dialog.
pub fn list(state: &State) {
    let Some(store) = state.keeper.store.clone() else {
        return;
    };
    let act = state.act();
    spawn_local(async move {
        let mut known = store.workspaces().await.unwrap_or_default();
        sort::by_key(&mut known, |workspace| std::cmp::Reverse(workspace.opened));
        apply(&act, known, |state, known| state.workspaces = Rc::new(known));
    });
}

/// Does something with workspaces.
pub fn act(state: &mut State, action: WorkspaceAction) {
    let Some(store) = state.keeper.store.clone() else {
        return;
    };
    let act = state.act();
    match action {
        WorkspaceAction::Open(id) => {
            state.edit(|screen| screen.dialog = None);
            open_workspace(state, id);
        }
        WorkspaceAction::Export => {
            let name = format!("{}.stratus.json", file_name(&state.keeper.name()));
            let text = export_text(state);
            crate::ui::download::save(&name, "application/json", text.as_bytes());
            if text.len() > MAXIMUM_BYTES {
                let why = format!(
                    "It has {} bytes; the most that is opened is {MAXIMUM_BYTES}.",
                    text.len()
                );
                state.toast(Toast::new(
                    ToastKind::Bad,
                    "This file is too large to be opened again",
                    why,
                ));
            }
        }
        WorkspaceAction::Import(text) => {
            if let Err(problem) = import_text(state, &text) {
                state.toast(Toast::new(ToastKind::Bad, "That file cannot be opened", problem));
            }
        }
        WorkspaceAction::TakeOver => take_over(state),
        WorkspaceAction::Rename(id, name) => {
            if state.keeper.id().as_deref() == Some(id.as_str()) {
                state.keeper.rename(&name);
            }
            spawn_local(async move { report(&act, store.rename(&id, &name).await.map(|_| None)) });
        }
        WorkspaceAction::Duplicate(id) => {
            // The copy is made of what is saved: so all of the open one has to be.
            state.keeper.settle(&state.engine.borrow());
            let saved = state.keeper.flush();
            spawn_local(async move {
                let copy = async {
                    saved.await;
                    let name = format!("{} (copy)", store.workspace(&id).await?.name);
                    store.duplicate(&id, &name).await
                };
                match copy.await {
                    Ok(copy) => act.emit(Action::Workspace(WorkspaceAction::Open(copy.id))),
                    Err(error) => report(&act, Err(error)),
                }
            })
        }
        WorkspaceAction::Delete(id) => spawn_local(async move {
            let deleted = store.delete(&id).await.map(|workspace| {
                let toast = Toast::new(
                    ToastKind::Note,
                    format!("{} was deleted", workspace.name),
                    "It can be taken back for 30 days.",
                );
                Some(toast.offering("Take back", ToastOffer::RestoreWorkspace(workspace.id)))
            });
            report(&act, deleted);
        }),
        WorkspaceAction::Restore(id) => spawn_local(async move {
            let restored = store.restore(&id).await;
            report(
                &act,
                restored.map(|workspace| Some(Toast::new(ToastKind::Good, format!("{} is back", workspace.name), ""))),
            );
        }),
    }
}

fn report(act: &Callback<Action>, outcome: Result<Option<Toast>, stratus_storage::StorageError>) {
    apply(act, (), |state, ()| list(state));
    match outcome {
        Ok(Some(toast)) => act.emit(Action::Toast(toast)),
        Ok(None) => act.emit(Action::Internal(Internal::SavingChanged)),
        Err(error) => act.emit(Action::Toast(Toast::new(
            ToastKind::Bad,
            error.to_string(),
            error.remedy(),
        ))),
    }
}

fn take_over(state: &mut State) {
    let Some(session) = state.keeper.session().cloned() else {
        return;
    };
    let act = state.act();
    spawn_local(async move {
        match session.take_over().await {
            Ok(refreshed) => apply(&act, refreshed, |state, refreshed| {
                show_refreshed(state, refreshed);
                // The calls of this tab's engine may have other numbers than the records: from here on its own count.
                let engine = state.engine.clone();
                state.keeper.checkpoint(&engine.borrow());
                state.toast(Toast::new(ToastKind::Good, "This tab writes now", ""));
            }),
            Err(error) => report(&act, Err(error)),
        }
    });
}

/// A name as a file may have it.
fn file_name(name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let safe = safe.trim_matches('-').to_owned();
    if safe.is_empty() { "world".into() } else { safe }
}

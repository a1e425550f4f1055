//! What can be done with saved workspaces: list, open, rename, duplicate, delete and take back, import and export, take over.

use super::State;
use super::action::{Action, Dialog, Internal, Toast, ToastKind, ToastOffer, WorkspaceAction};
use super::opening::{apply, import_text, open_workspace, show_refreshed};
use crate::ui::download;
use std::rc::Rc;
use stratus_classroom::File;
use stratus_classroom::file::MAXIMUM_BYTES;
use stratus_model::sort;
use stratus_storage::Store;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Reads the list of workspaces for the dialog, and while that is open what of them was set aside as damaged.
pub fn list(state: &State) {
    let Some(store) = state.keeper.store.clone() else {
        return;
    };
    let (act, is_open) = (state.act(), state.screen.dialog == Some(Dialog::Workspaces));
    spawn_local(async move {
        let mut known = store.workspaces().await.unwrap_or_default();
        let mut aside = Vec::new();
        for workspace in known.iter().filter(|_| is_open) {
            let found = store.set_aside(&workspace.id).await.unwrap_or_default();
            aside.extend(found.into_iter().map(|found| (workspace.name.clone(), found)));
        }
        sort::by_key(&mut known, |workspace| std::cmp::Reverse(workspace.opened));
        apply(&act, (known, aside), |state, (known, aside)| {
            state.workspaces = Rc::new(known);
            state.aside = Rc::new(aside);
        });
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
        WorkspaceAction::Export => export(state),
        WorkspaceAction::ExportWithout(items) => {
            if let Some(file) = state.shared.take() {
                save(state, &file.without(&items));
            }
            state.edit(|screen| screen.dialog = None);
        }
        WorkspaceAction::DownloadAside(key) => {
            if let Some((name, bytes)) = aside(state, &key) {
                download::save(&name, "application/octet-stream", &bytes);
            }
        }
        WorkspaceAction::DiscardAside(key) => {
            let last = aside(state, &key).map(|(name, bytes)| {
                let toast = Toast::new(ToastKind::Note, "The damaged bytes were deleted", "");
                toast.offering("Download them", ToastOffer::Download(name, bytes))
            });
            spawn_local(async move { report(&act, store.discard_set_aside(&key).await.map(|()| last)) });
        }
        WorkspaceAction::Import(text) => {
            if let Err(problem) = import_text(state, &text) {
                state.toast(Toast::new(ToastKind::Bad, "That file cannot be opened", problem));
            }
        }
        WorkspaceAction::TakeOver => take_over(state),
        WorkspaceAction::Rename(id, name) => spawn_local(async move {
            let renamed = store.rename(&id, &name).await;
            if let Ok(workspace) = &renamed {
                apply(&act, workspace.clone(), |state, workspace| {
                    if state.keeper.id() == Some(workspace.id) {
                        state.keeper.rename(&workspace.name);
                    }
                });
            }
            report(&act, renamed.map(|_| None));
        }),
        WorkspaceAction::Duplicate(id) => duplicate(state, store, id),
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

/// Hands over the world as a file, after the question what to leave out where something may be private.
fn export(state: &mut State) {
    let file = File::of(&state.engine.borrow(), &state.keeper.name());
    if file.sensitive().is_empty() {
        return save(state, &file);
    }
    state.shared = Some(Rc::new(file));
    state.edit(|screen| screen.dialog = Some(Dialog::Export));
}

/// Copies a workspace and opens the copy.
fn duplicate(state: &mut State, store: Store, id: String) {
    // The copy is made of what is saved: so all of the open one has to be.
    state.keeper.settle(&state.engine.borrow());
    let (act, saved) = (state.act(), state.keeper.flush());
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

/// Bytes that were set aside, by their key, and the name of a file for them.
fn aside(state: &State, key: &str) -> Option<(String, Rc<[u8]>)> {
    let (name, found) = state.aside.iter().find(|(_, aside)| aside.key == key)?;
    let name = format!("{}-damaged.stratus-rows", file_name(name));
    Some((name, Rc::from(found.bytes.as_slice())))
}

/// Hands the person a file.
fn save(state: &mut State, file: &File) {
    let name = format!("{}.stratus.json", file_name(&file.name));
    let text = file.to_text();
    download::save(&name, "application/json", text.as_bytes());
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

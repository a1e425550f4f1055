//! What comes by link, `?src=` or file: summarised first, opened beside what is saved, never over it.

use super::State;
use super::action::{Action, Internal, Toast, ToastKind};
use super::opening::{self, Address};
use std::collections::BTreeMap;
use stratus_classroom::{File, link};
use stratus_storage::BlobId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// What has arrived.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The file that the link holds.
    pub file: File,
    /// A hash of the link's own text, by which a copy that exists is found again.
    pub origin: String,
    /// What it holds, in lines.
    pub summary: Vec<String>,
    /// Id of the workspace that was made from the same link before.
    pub copy: Option<String>,
}

/// The label of a workspace that says which link it came from.
const ORIGIN: &str = "origin";

/// Reads what the address holds and asks.
pub fn arrive(state: &mut State, address: &Address) {
    if let Some(source) = &address.source {
        return fetch(state, source.clone());
    }
    match link::decode(&address.hash) {
        Ok(file) => show(state, file, &address.hash),
        Err(error) => refuse(state, &error.to_string()),
    }
}

fn refuse(state: &mut State, why: &str) {
    state.toast(Toast::new(ToastKind::Bad, "This link cannot be opened", why));
    if state.keeper.session().is_none() {
        opening::newest_or_first(state);
    }
}

fn show(state: &mut State, file: File, origin: &str) {
    let origin = origin_of(origin);
    if state.screen.embed {
        // An embedded page shows what its link holds at once: it has nothing that could be overwritten.
        state.arrival = Some(std::rc::Rc::new(Arrival {
            summary: Vec::new(),
            origin,
            copy: None,
            file,
        }));
        return answer(state, true);
    }
    let arrival = Arrival {
        summary: summary(&file),
        origin: origin.clone(),
        copy: None,
        file,
    };
    state.arrival = Some(std::rc::Rc::new(arrival));
    opening::show_arrival(state);
    state.opened();
    let Some(store) = state.keeper.store.clone() else {
        return;
    };
    let act = state.act();
    spawn_local(async move {
        let known = store.workspaces().await.unwrap_or_default();
        let copy = known
            .into_iter()
            .find(|w| w.deleted.is_none() && w.labels.get(ORIGIN) == Some(&origin))
            .map(|w| w.id);
        act.emit(Action::Internal(Internal::Apply(std::rc::Rc::new(
            move |state: &mut State| {
                if let Some(arrival) = &state.arrival {
                    let with_copy = Arrival {
                        copy: copy.clone(),
                        ..(**arrival).clone()
                    };
                    state.arrival = Some(std::rc::Rc::new(with_copy));
                }
            },
        ))));
    });
}

/// A short name of a link or a file's text, by which the copy that was made of it is found again.
fn origin_of(text: &str) -> String {
    BlobId::of(text.as_bytes()).to_string()
}

fn summary(file: &File) -> Vec<String> {
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    for call in &file.calls {
        if let Some(operation) = call.0.get("operation").and_then(|operation| operation.as_str()) {
            *made.entry(operation).or_default() += 1;
        }
    }
    let mut lines = vec![format!("{} calls in a world of its own", file.calls.len())];
    lines.extend(
        made.into_iter()
            .map(|(operation, count)| format!("{count} × {operation}")),
    );
    lines
}

/// The person said yes or no to what arrived.
pub fn answer(state: &mut State, yes: bool) {
    state.edit(|screen| screen.dialog = None);
    let Some(arrival) = state.arrival.take() else { return };
    if !yes {
        if state.keeper.session().is_none() {
            opening::newest_or_first(state);
        }
        return;
    }
    match arrival.file.open() {
        Ok(opened) => {
            let labels = BTreeMap::from([(ORIGIN.to_owned(), arrival.origin.clone())]);
            opening::open_beside(state, opened.engine, &arrival.file.name, opened.problems, labels);
            if let Some(screen) = opened.screen {
                super::screen::restore(state, &screen);
            }
        }
        Err(error) => refuse(state, &error.to_string()),
    }
}

/// `?src=`: a file of this site.
fn fetch(state: &mut State, source: String) {
    let act = state.act();
    spawn_local(async move {
        let fetched = text_of(&source).await.and_then(|text| {
            let file = File::from_text(&text).map_err(|error| error.to_string())?;
            Ok((file, text))
        });
        act.emit(Action::Internal(Internal::Apply(std::rc::Rc::new(
            move |state: &mut State| match &fetched {
                Ok((file, text)) => show(state, file.clone(), text),
                Err(problem) => refuse(state, problem),
            },
        ))));
    });
}

async fn text_of(source: &str) -> Result<String, String> {
    let window = web_sys::window().ok_or("there is no window")?;
    let location = window.location();
    let base = location.href().map_err(|_| "the page has no address")?;
    let url = web_sys::Url::new_with_base(source, &base).map_err(|_| format!("'{source}' is not an address"))?;
    if url.origin() != location.origin().unwrap_or_default() {
        return Err(format!(
            "'{source}' is on another site; ?src= opens files of this one only"
        ));
    }
    let response = JsFuture::from(window.fetch_with_str(&url.href()))
        .await
        .map_err(|_| format!("'{source}' cannot be reached"))?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| "no response")?;
    if !response.ok() {
        return Err(format!("'{source}' answers {}", response.status()));
    }
    let text = JsFuture::from(response.text().map_err(|_| "the file cannot be read")?)
        .await
        .map_err(|_| "the file cannot be read")?;
    text.as_string().ok_or_else(|| "the file is not text".into())
}

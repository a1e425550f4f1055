//! Opening things: built-in scenarios, workspaces, links, files. Nothing that is opened ever overwrites what is saved.
//!
//! What waits for the store happens in tasks that end in `Internal::Apply`: only there the session changes.

use super::action::{Action, Dialog, Internal, Panel, Theme, Toast, ToastKind, ToastOffer};
use super::state::{BEEN_HERE, SHOW_AS, THEME, TOUR_SEEN};
use super::{State, keeper};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_classroom::kept::Kept;
use stratus_classroom::{File, link, scenarios};
use stratus_engine::Engine;
use stratus_engine::catalog::Region;
use stratus_storage::{Event, NewWorkspace, Opened, Refreshed, Session, Store};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// What a fresh profile opens.
pub const FIRST_SCENARIO: &str = "web-server";
/// What the sign says where the page never writes.
const EMBEDDED: &str = "This page is embedded: it never writes. Export the world to keep it.";

/// What the address asks for.
#[derive(Clone, Debug, Default)]
pub struct Address {
    /// `?embed=1`.
    pub embed: bool,
    /// `?scenario=`.
    pub scenario: Option<String>,
    /// `?seed=`.
    pub seed: Option<u64>,
    /// `?clock=`.
    pub clock: Option<String>,
    /// `?tour=0` says no.
    pub tour: Option<bool>,
    /// `?src=`.
    pub source: Option<String>,
    /// Behind `#`.
    pub hash: String,
}

impl Address {
    /// Reads the address bar.
    pub fn read() -> Address {
        let Some(location) = web_sys::window().map(|window| window.location()) else {
            return Address::default();
        };
        let query = location
            .search()
            .ok()
            .and_then(|search| web_sys::UrlSearchParams::new_with_str(&search).ok());
        let get = |name: &str| query.as_ref().and_then(|query| query.get(name));
        Address {
            embed: get("embed").as_deref() == Some("1"),
            scenario: get("scenario"),
            seed: get("seed").and_then(|seed| seed.parse().ok()),
            clock: get("clock"),
            tour: get("tour").map(|tour| tour != "0"),
            source: get("src"),
            hash: location.hash().unwrap_or_default().trim_start_matches('#').to_owned(),
        }
    }
}

/// Changes the session from a task: `change` runs once, with what the task found.
pub(super) fn apply<T: 'static>(act: &Callback<Action>, found: T, change: impl Fn(&mut State, T) + 'static) {
    let found = RefCell::new(Some(found));
    let task = move |state: &mut State| {
        if let Some(found) = found.borrow_mut().take() {
            change(state, found);
        }
    };
    act.emit(Action::Internal(Internal::Apply(Rc::new(task))));
}

/// Decides what a new page opens; `ready` hears when a world is open.
pub fn start(state: &mut State, ready: Callback<()>) {
    let address = Address::read();
    if let Some(speed) = address.clock.as_deref().and_then(super::Speed::parse) {
        state.speed = speed;
    }
    state.ready = Some(ready);
    let preferences = stratus_storage::Preferences::open();
    let theme = Theme::parse(&preferences.get::<String>(THEME).unwrap_or_default());
    let language = stratus_shell::Language::parse(&preferences.get::<String>(SHOW_AS).unwrap_or_default());
    state.tour_wanted = address
        .tour
        .unwrap_or_else(|| !preferences.get::<bool>(TOUR_SEEN).unwrap_or(false));
    state.seed = address.seed;
    let embed = address.embed;
    // What a fresh profile opens needs nothing of the later part; what others bring may hold any call.
    let brought = !address.hash.is_empty() || address.source.is_some() || address.scenario.is_some();
    // Nor can what is kept be read without it; and an embedded page keeps nothing.
    let waits = brought || embed || preferences.get::<bool>(BEEN_HERE).unwrap_or(false);
    state.edit(|screen| {
        screen.theme = theme;
        screen.language = language;
        screen.embed = embed;
        screen.opening = waits;
    });
    let act = state.act();
    spawn_local(async move {
        let opened = match address.embed {
            true => Err(EMBEDDED.to_owned()),
            false => Store::open()
                .await
                .map_err(|error| format!("{error} {}", error.remedy())),
        };
        if opened.is_err() && !waits {
            apply(&act, (), |state, ()| state.edit(|screen| screen.opening = true));
        }
        let later = match waits || opened.is_err() {
            true => crate::later::wait().await,
            false => Ok(()),
        };
        let (store, why) = match opened {
            Ok(store) => (Some(store), String::new()),
            Err(why) => (later.is_ok().then(Store::in_memory), why),
        };
        apply(
            &act,
            (store, why, address, later),
            |state, (store, why, address, later)| {
                if let Some(store) = &store {
                    let act = state.act();
                    store.on_workspaces_changed(move || apply(&act, (), |state, ()| super::workspaces::list(state)));
                }
                state.keeper.store = store;
                state.why_memory = why;
                match later {
                    Ok(()) => first(state, address),
                    Err(why) => state.incomplete(&why),
                }
            },
        );
    });
}

/// With the store open: what to show first.
fn first(state: &mut State, address: Address) {
    if !state.why_memory.is_empty() && !state.screen.embed {
        tell_memory(state);
    }
    if let Some(name) = &address.scenario {
        return scenario(state, name);
    }
    if let Some(id) = address.hash.strip_prefix("w=") {
        return open_workspace(state, id.to_owned());
    }
    if !address.hash.is_empty() || address.source.is_some() {
        crate::session::arrival::arrive(state, &address);
        return;
    }
    newest_or_first(state);
}

#[inline(never)]
fn tell_memory(state: &mut State) {
    let toast = Toast::new(
        ToastKind::Note,
        "Nothing can be saved in this browser",
        state.why_memory.clone(),
    );
    state.toast(toast.offering("Export", ToastOffer::Export));
}

/// Opens what was open last, and on a first visit the first scenario.
pub(super) fn newest_or_first(state: &mut State) {
    let Some(store) = state.keeper.store.clone() else {
        return;
    };
    let act = state.act();
    spawn_local(async move {
        let known = store.workspaces().await.unwrap_or_default();
        let newest = known
            .into_iter()
            .filter(|workspace| workspace.deleted.is_none())
            .max_by_key(|workspace| workspace.opened);
        apply(&act, newest, |state, newest| match newest {
            Some(workspace) => {
                state.edit(|screen| screen.opening = true);
                open_workspace(state, workspace.id);
            }
            None => {
                scenario(state, FIRST_SCENARIO);
                let begin = (state.tour_wanted && !state.screen.embed).then_some(0);
                state.edit(|screen| screen.tour = begin);
            }
        });
    });
}

/// Opens a built-in scenario in a workspace of its own.
pub fn scenario(state: &mut State, name: &str) {
    let Some(scenario) = scenarios::find(name) else {
        return unknown_scenario(state, name);
    };
    let opened = File::from_text(scenario.text())
        .map_err(|error| error.to_string())
        .and_then(|mut file| {
            match state.seed {
                Some(seed) => file.options.seed = seed,
                None if scenario.fresh_seed => file.options.seed = entropy(),
                None => {}
            }
            file.open().map_err(|error| error.to_string())
        });
    match opened {
        Ok(opened) => {
            open_beside(state, opened.engine, scenario.title, opened.problems, BTreeMap::new());
            state.edit(|screen| screen.dialog = None);
            if let Some(screen) = &opened.screen {
                super::screen::restore(state, screen);
            }
        }
        Err(why) => not_a_scenario(state, &why),
    }
}

/// Only an address names one that there is not, and what an address names waits for the later part.
#[inline(never)]
fn unknown_scenario(state: &mut State, name: &str) {
    let known: Vec<&str> = scenarios::ALL.iter().map(|scenario| scenario.name).collect();
    state.toast(Toast::new(
        ToastKind::Bad,
        format!("There is no scenario '{name}'"),
        format!("There are: {}.", known.join(", ")),
    ));
    if state.keeper.session().is_none() {
        scenario(state, FIRST_SCENARIO);
    }
}

#[inline(never)]
fn not_a_scenario(state: &mut State, why: &str) {
    state.toast(Toast::new(ToastKind::Bad, "The scenario cannot be opened", why));
    state.opened();
}

/// The one read of entropy: the seed of a new world.
fn entropy() -> u64 {
    let mut bytes = [0; 8];
    // Without entropy every new world is the same one, which harms nobody.
    let _ = getrandom::fill(&mut bytes);
    u64::from_le_bytes(bytes) >> 1
}

/// Opens an engine in a new workspace beside those that exist.
pub fn open_beside(
    state: &mut State,
    engine: Engine,
    name: &str,
    problems: Vec<String>,
    labels: BTreeMap<String, String>,
) {
    tell_problems(state, &problems);
    let file = keeper::whole(&engine, name);
    state.replace_engine(engine, Region::US_EAST_1);
    state.keeper.rename(name);
    let Some(store) = state.keeper.store.clone() else {
        return state.opened();
    };
    let (act, name) = (state.act(), name.to_owned());
    spawn_local(async move {
        let new = NewWorkspace {
            name: name.clone(),
            labels,
            checkpoint: Some(keeper::entry(None, Kept::whole(file.clone()))),
        };
        let opened = match store.create(new).await {
            Ok(workspace) => store.open_workspace(&workspace.id).await,
            Err(error) => Err(error),
        };
        match opened {
            Ok((session, _)) => apply(&act, (session, file, name), |state, (session, file, name)| {
                adopt(state, session, &name, file);
                // Calls that were made while the workspace was being written.
                let engine = state.engine.clone();
                state.keeper.checkpoint(&engine.borrow());
                state.opened();
            }),
            Err(error) => apply(&act, error, |state, error| {
                let text = format!("{error} {}", error.remedy());
                state.keeper.forget(&text);
                let toast = Toast::new(ToastKind::Note, "This world is in memory only", text);
                state.toast(toast.offering("Export", ToastOffer::Export));
                state.opened();
            }),
        }
    });
}

fn tell_problems(state: &mut State, problems: &[String]) {
    if let Some(first) = problems.first() {
        let more = problems.len() - 1;
        let text = if more > 0 {
            format!("{first}; and {more} more.")
        } else {
            format!("{first}.")
        };
        state.toast(
            Toast::new(ToastKind::Note, "Opened with differences", text)
                .offering("Timeline", ToastOffer::Open(Panel::Timeline)),
        );
    }
}

/// Opens a saved workspace.
pub fn open_workspace(state: &mut State, id: String) {
    state.arrival = None;
    let Some(store) = state.keeper.store.clone() else {
        return;
    };
    let act = state.act();
    spawn_local(async move {
        if let Err(why) = crate::later::wait().await {
            return apply(&act, why, |state, why| state.incomplete(&why));
        }
        let name = store.workspace(&id).await.map(|workspace| workspace.name);
        let opened = store.open_workspace(&id).await;
        match (name, opened) {
            (Ok(name), Ok((session, opened))) => {
                apply(&act, (session, opened, name), |state, (session, opened, name)| {
                    show_opened(state, session, opened, &name);
                })
            }
            (Err(error), _) | (_, Err(error)) => apply(&act, error, |state, error| {
                let text = format!("{error} {}", error.remedy());
                state.toast(Toast::new(ToastKind::Bad, "That workspace cannot be opened", text));
                match state.keeper.session() {
                    None => scenario(state, FIRST_SCENARIO),
                    // Another is open already.
                    Some(_) => state.opened(),
                }
            }),
        }
    });
}

/// Says what could not be read, call by call where only something of a call is lost, and hands over the damaged bytes.
fn tell_damage(state: &mut State, opened: &Opened, lost: &[String]) {
    let Some(damage) = &opened.damage else {
        return tell_problems(state, lost);
    };
    let mut text = vec![damage.what.as_str()];
    text.extend(lost.iter().map(String::as_str));
    text.push("The last good state is open.");
    let toast = Toast::new(ToastKind::Bad, "Part of this workspace was damaged", text.join(" "));
    state.toast(toast.offering(
        "Download the damaged bytes",
        ToastOffer::Download("damaged.stratus-rows".into(), Rc::from(damage.bytes.as_slice())),
    ));
}

fn show_opened(state: &mut State, session: Session, opened: Opened, name: &str) {
    let found = keeper::found(&opened);
    tell_damage(state, &opened, found.as_ref().map_or(&[], |found| &found.lost));
    let read = found.and_then(|found| {
        let world = found.file.open().map_err(|error| error.to_string())?;
        Ok((found, world))
    });
    match read {
        Ok((found, world)) => {
            tell_problems(state, &world.problems);
            state.replace_engine(world.engine, Region::US_EAST_1);
            adopt(state, session, name, found.file);
            if !world.problems.is_empty() || !found.lost.is_empty() {
                let engine = state.engine.clone();
                state.keeper.checkpoint(&engine.borrow());
            }
            state.opened();
        }
        Err(problem) => {
            let text = format!("{problem}. It is kept as it is; Stratus opens an example instead.");
            state.toast(Toast::new(ToastKind::Bad, "That workspace cannot be read", text));
            scenario(state, FIRST_SCENARIO);
        }
    }
}

fn adopt(state: &mut State, session: Session, name: &str, file: File) {
    state.prefer(BEEN_HERE, true);
    let act = state.act();
    session.on_event(move |event| {
        let act = act.clone();
        match event {
            Event::Save(_) => act.emit(Action::Internal(Internal::SavingChanged)),
            Event::News { .. } => refresh(&act),
            Event::TakenOver { unsaved } => apply(&act, unsaved, |state, unsaved| {
                let text = if unsaved > 0 {
                    format!("{unsaved} calls of this tab came too late and are not part of it.")
                } else {
                    String::new()
                };
                state.toast(Toast::new(
                    ToastKind::Note,
                    "Another tab writes in this workspace now",
                    text,
                ));
            }),
            Event::WriterGone => apply(&act, (), |state, ()| {
                let toast = Toast::new(
                    ToastKind::Note,
                    "The tab that wrote here is gone",
                    "Take over in the bar at the top to write.",
                );
                state.toast(toast);
            }),
            Event::Gone { .. } => apply(&act, (), |state, ()| {
                state
                    .keeper
                    .forget("The saved workspace has vanished: the browser's data was cleared.");
                let toast = Toast::new(
                    ToastKind::Bad,
                    "The saved workspace has vanished",
                    "What you see is still in this tab.",
                );
                state.toast(toast.offering("Export", ToastOffer::Export));
            }),
        }
    });
    let id = session.id().to_owned();
    let why = state.why_memory.clone();
    state.keeper.adopt(session, name, file, &why);
    if !state.screen.embed {
        show_address(&id);
    }
}

/// Fetches what another tab has saved.
fn refresh(act: &Callback<Action>) {
    let act = act.clone();
    apply(&act.clone(), (), move |state, ()| {
        let Some(session) = state.keeper.session().cloned() else {
            return;
        };
        let act = act.clone();
        spawn_local(async move {
            if let Ok(refreshed) = session.refresh().await {
                apply(&act, refreshed, show_refreshed);
            }
        });
    });
}

pub(super) fn show_refreshed(state: &mut State, refreshed: Refreshed) {
    let engine = state.engine.clone();
    let found = match refreshed {
        Refreshed::Records { records, .. } if records.is_empty() => return,
        Refreshed::Records { records, blobs } => {
            let found = state.keeper.news(&engine.borrow(), &records, &blobs);
            tell_problems(state, found.as_ref().map_or(&[], |found| &found.lost));
            found
        }
        Refreshed::Reopened(opened) => {
            let found = state.keeper.reopened(&opened);
            tell_damage(state, &opened, found.as_ref().map_or(&[], |found| &found.lost));
            found
        }
    };
    match found.and_then(|found| found.file.open().map_err(|error| error.to_string())) {
        Ok(world) => state.show_engine(world.engine),
        Err(problem) => state.toast(Toast::new(
            ToastKind::Bad,
            "What the other tab saved cannot be read",
            problem,
        )),
    }
}

/// Puts the workspace's own address into the address bar; what asked for something else goes.
fn show_address(id: &str) {
    let Some(window) = web_sys::window() else { return };
    let location = window.location();
    let kept: Vec<String> = ["clock", "tour"]
        .iter()
        .filter_map(|name| {
            let query = web_sys::UrlSearchParams::new_with_str(&location.search().ok()?).ok()?;
            query.get(name).map(|value| format!("{name}={value}"))
        })
        .collect();
    let query = if kept.is_empty() {
        String::new()
    } else {
        format!("?{}", kept.join("&"))
    };
    let path = location.pathname().unwrap_or_default();
    if let Ok(history) = window.history() {
        // Refused only for another origin's address, which this is not.
        let _ =
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&format!("{path}{query}#w={id}")));
    }
}

/// The address in the address bar changed: a link was pasted, or another workspace asked for.
pub fn hash_changed(state: &mut State) {
    let address = Address::read();
    let open = state.keeper.id().filter(|_| !state.screen.embed);
    match address.hash.strip_prefix("w=") {
        Some(id) if state.keeper.id().as_deref() == Some(id) => {}
        Some(id) => open_workspace(state, id.to_owned()),
        None if link::is_one(&address.hash) => crate::session::arrival::arrive(state, &address),
        // A place in the page, as the skip link's: a reload has to find the workspace all the same.
        None => open.iter().for_each(|id| show_address(id)),
    }
}

/// The whole world as a file's text.
pub fn export_text(state: &State) -> String {
    File::of(&state.engine.borrow(), &state.keeper.name()).to_text()
}

/// The link that holds the way to the present state, with what is on screen: the full URL. As in the dialog "Share", contents
/// that are too large for one stay behind; the browser's console names each.
pub fn share_link(state: &State) -> Result<String, String> {
    let file = shared_file(state);
    let large = file.too_large_for_a_link();
    for item in &large {
        gloo::console::warn!(format!("Not in the link, since it is too large: {}", item.line()));
    }
    let file = file.without(&large);
    let hash = link::encode(&file).map_err(|error| error.to_string())?;
    Ok(format!("{}#{hash}", page_address()))
}

/// What a link holds.
pub fn shared_file(state: &State) -> File {
    let engine = state.engine.borrow();
    File::of_line(&engine, &state.keeper.name()).with_screen(&engine, &super::screen::save(state))
}

/// The page's own address without query and hash.
pub fn page_address() -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, wasm_bindgen::JsValue>| {
        location.as_ref().and_then(|l| read(l).ok()).unwrap_or_default()
    };
    format!(
        "{}{}",
        part(web_sys::Location::origin),
        part(web_sys::Location::pathname)
    )
}

/// Opens a file's text beside what is saved.
pub fn import_text(state: &mut State, text: &str) -> Result<(), String> {
    let file = File::from_text(text).map_err(|error| error.to_string())?;
    let opened = file.open().map_err(|error| error.to_string())?;
    state.edit(|screen| screen.dialog = None);
    open_beside(state, opened.engine, &file.name, opened.problems, BTreeMap::new());
    Ok(())
}

/// Shows the dialog for what has arrived.
pub fn show_arrival(state: &mut State) {
    state.edit(|screen| screen.dialog = Some(Dialog::Arrival));
}

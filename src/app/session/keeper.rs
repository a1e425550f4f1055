//! What keeps the calls: between the engine's history and the browser's storage. Says truthfully what is kept.
//!
//! Every call of the history becomes one record; undo, redo and the passing of time become a record of the place. A record
//! of the whole (a checkpoint) follows now and then, and whenever what was opened did not replay as it was written.

use super::Saving;
use serde_json::Value as Json;
use std::future::Future;
use std::pin::Pin;
use stratus_classroom::log::{Place, Writer};
use stratus_classroom::{File, LoggedCall};
use stratus_engine::Engine;
use stratus_storage::{Entry, Opened, Role, SaveState, Session, Store};

/// Records between two checkpoints.
const CHECKPOINT_EVERY: u64 = 200;
/// Ticks of the clock between two records of nothing but the time.
const TICKS_A_PLACE: u32 = 50;

/// Keeps one workspace.
pub struct Keeper {
    /// The browser's store, once it is open.
    pub store: Option<Store>,
    name: String,
    session: Option<Session>,
    why_memory: String,
    writer: Writer,
    since_checkpoint: u64,
    ticks: u32,
    /// What a reader has been given so far: it is replayed anew with each piece of news.
    given: Opened,
}

impl Keeper {
    /// Keeps nothing beyond this tab, and why.
    pub fn in_memory(why: &str) -> Keeper {
        Keeper {
            store: None,
            name: "Untitled".into(),
            session: None,
            why_memory: why.to_owned(),
            writer: Writer::default(),
            since_checkpoint: 0,
            ticks: 0,
            given: Opened::default(),
        }
    }

    /// Keeps in this workspace from now on. `why_memory` is empty where the store outlives the page.
    pub fn adopt(&mut self, session: Session, name: &str, given: Opened, why_memory: &str) {
        self.session = Some(session);
        self.name = name.to_owned();
        self.why_memory = why_memory.to_owned();
        self.writer = Writer::default();
        self.since_checkpoint = 0;
        self.given = given;
    }

    /// Keeps nothing from now on, and why.
    pub fn forget(&mut self, why: &str) {
        self.session = None;
        self.why_memory = why.to_owned();
    }

    /// The open session of the store.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }
    /// Id of the workspace.
    pub fn id(&self) -> Option<String> {
        self.session.as_ref().map(|session| session.id().to_owned())
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
        let Some(session) = &self.session else {
            return Saving::Memory(self.why_memory.clone());
        };
        if session.role() == Role::Reader {
            return Saving::Reader;
        }
        match session.saving() {
            _ if !self.why_memory.is_empty() => Saving::Memory(self.why_memory.clone()),
            SaveState::Saved => Saving::Saved,
            SaveState::Saving { .. } => Saving::Pending,
            SaveState::Failed { error, .. } => Saving::Memory(format!("{error} {}", error.remedy())),
        }
    }

    /// Resolves when all that was handed over is on disk, or cannot be.
    pub fn flush(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        match &self.session {
            Some(session) => {
                let flushed = session.flush();
                // A failure shows in the sign; the call itself has happened and stays in memory.
                Box::pin(async move { flushed.await.unwrap_or_default() })
            }
            None => Box::pin(async {}),
        }
    }

    /// A call was added to the history.
    pub fn call_made(&mut self, engine: &Engine) {
        let history = engine.history();
        if let Some(call) = self.writer.call(history, history.current(), |node| node) {
            self.append(Json::Object(call.0), engine);
        }
    }

    /// Undo, redo or a jump moved the place in the history.
    pub fn moved(&mut self, engine: &Engine) {
        self.append(place(engine).to_json(), engine);
    }

    /// The ticking clock let time pass.
    pub fn time_passed(&mut self, engine: &Engine) {
        self.ticks += 1;
        if self.ticks >= TICKS_A_PLACE {
            self.moved(engine);
        }
    }

    /// Writes the place if time has passed since the last record: before the page goes.
    pub fn settle(&mut self, engine: &Engine) {
        if self.ticks > 0 {
            self.moved(engine);
        }
    }

    fn append(&mut self, record: Json, engine: &Engine) {
        self.ticks = 0;
        let Some(session) = self.session.clone().filter(|session| session.role() == Role::Writer) else {
            return;
        };
        let written = session.append(Entry::new(record.to_string()));
        wasm_bindgen_futures::spawn_local(async move {
            // A failure is kept by the session, shown by the sign and tried again with the next record.
            let _ = written.await;
        });
        self.since_checkpoint += 1;
        if self.since_checkpoint >= CHECKPOINT_EVERY {
            self.checkpoint(engine);
        }
    }

    /// Saves the whole state, so that earlier records are no longer needed.
    pub fn checkpoint(&mut self, engine: &Engine) {
        let Some(session) = self.session.clone().filter(|session| session.role() == Role::Writer) else {
            return;
        };
        self.since_checkpoint = 0;
        let entry = Entry::new(File::of(engine, &self.name).to_text());
        let written = session.checkpoint(entry, session.position());
        wasm_bindgen_futures::spawn_local(async move {
            let _ = written.await;
        });
    }

    /// More records of the tab that writes: the engine as it is now there.
    pub fn news(&mut self, records: Vec<Vec<u8>>) -> Result<(Engine, Vec<String>), String> {
        self.given.records.extend(records);
        engine_of(&self.given)
    }

    /// The workspace went another way: everything anew.
    pub fn reopened(&mut self, opened: Opened) -> Result<(Engine, Vec<String>), String> {
        self.given = opened;
        engine_of(&self.given)
    }
}

fn place(engine: &Engine) -> Place {
    Place {
        node: engine.history().current(),
        now: engine.world().now,
    }
}

/// The engine that stored rows describe, and what could not be made again.
pub fn engine_of(opened: &Opened) -> Result<(Engine, Vec<String>), String> {
    let checkpoint = opened.checkpoint.as_deref().ok_or("the workspace has no beginning")?;
    let text = std::str::from_utf8(checkpoint).map_err(|_| "the workspace's checkpoint is not text")?;
    let mut file = File::from_text(text).map_err(|error| error.to_string())?;
    for record in &opened.records {
        let record: Json = serde_json::from_slice(record).map_err(|error| format!("a record is not one ({error})"))?;
        match (Place::from_json(&record), record) {
            (Some(place), _) => {
                file.place = Some(place);
                file.digest = None;
            }
            (None, Json::Object(call)) => {
                file.calls.push(LoggedCall(call));
                // After a call one stands behind it, until a place says otherwise.
                file.place = None;
                file.digest = None;
            }
            _ => return Err("a record is neither a call nor a place".into()),
        }
    }
    let opened = file.open().map_err(|error| error.to_string())?;
    Ok((opened.engine, opened.problems))
}

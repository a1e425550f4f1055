//! What keeps the calls: between the engine's history and the browser's storage. Says truthfully what is kept.
//!
//! Every call of the history becomes one record; undo, redo and the passing of time become a record of the place. A record
//! of the whole (a checkpoint) follows now and then, and whenever what was opened did not replay as it was written. Inputs
//! over 1 KiB lie apart from all of them, once each, under their SHA-256.

use super::Saving;
use std::future::Future;
use std::pin::Pin;
use stratus_classroom::File;
use stratus_classroom::kept::{self, Kept};
use stratus_classroom::log::{Place, Writer};
use stratus_engine::Engine;
use stratus_storage::{BlobId, Blobs, Entry, Opened, Role, SaveState, Session, Store};

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
    /// What a reader has been given so far: it is replayed anew with each piece of news. `None` where this tab has written
    /// since: then its engine is what has been saved.
    given: Option<File>,
}

/// What stored rows hold.
pub struct Found {
    /// The whole, with what lay apart in its place.
    pub file: File,
    /// What of it is lost although the call that it belongs to is not: a sentence for each.
    pub lost: Vec<String>,
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
            given: None,
        }
    }

    /// Keeps in this workspace from now on. `why_memory` is empty where the store outlives the page.
    pub fn adopt(&mut self, session: Session, name: &str, given: File, why_memory: &str) {
        self.given = (session.role() == Role::Reader).then_some(given);
        self.session = Some(session);
        self.name = name.to_owned();
        self.why_memory = why_memory.to_owned();
        self.writer = Writer::default();
        self.since_checkpoint = 0;
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
            self.append(Kept::call(call), engine);
        }
    }

    /// Undo, redo or a jump moved the place in the history.
    pub fn moved(&mut self, engine: &Engine) {
        self.append(Kept::place(place(engine)), engine);
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

    fn append(&mut self, record: Kept, engine: &Engine) {
        self.ticks = 0;
        let Some(session) = self.session.clone().filter(|session| session.role() == Role::Writer) else {
            return;
        };
        self.given = None;
        // Writing has begun; a failure is kept by the session, shown by the sign and tried again with the next record.
        drop(session.append(entry(Some(&session), record)));
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
        self.given = None;
        let whole = entry(Some(&session), Kept::whole(whole(engine, &self.name)));
        drop(session.checkpoint(whole, session.position()));
    }

    /// More records of the tab that writes: the world as it is there now. `engine` is the one on screen.
    pub fn news(&mut self, engine: &Engine, records: &[Vec<u8>], blobs: &Blobs) -> Result<Found, String> {
        let given = self.given.take().unwrap_or_else(|| File::of(engine, &self.name));
        let found = followed(given, Vec::new(), records, blobs)?;
        self.given = Some(found.file.clone());
        Ok(found)
    }

    /// The workspace went another way: everything anew.
    pub fn reopened(&mut self, opened: &Opened) -> Result<Found, String> {
        let found = found(opened)?;
        self.given = Some(found.file.clone());
        Ok(found)
    }
}

/// Everything, for a checkpoint. The digest is in the later part of the program, and the first workspace is written before
/// that has come.
pub fn whole(engine: &Engine, name: &str) -> File {
    match crate::later::here() {
        true => File::of(engine, name),
        false => File::undigested(engine, name),
    }
}

fn place(engine: &Engine) -> Place {
    Place {
        node: engine.history().current(),
        now: engine.world().now,
    }
}

/// A record or a checkpoint for the store. What the session has stored already is only referred to.
pub fn entry(session: Option<&Session>, kept: Kept) -> Entry {
    kept.blobs
        .into_iter()
        .fold(Entry::new(kept.text), |entry, (id, bytes)| {
            // Their ids are the SHA-256 of the bytes; one that was none would only cost room.
            let id = BlobId::parse(&id).unwrap_or_else(|| BlobId::of(&bytes));
            match session.is_some_and(|session| session.has_blob(&id)) {
                true => entry.referring_to(id),
                false => entry.with_blob(id, bytes),
            }
        })
}

/// What stored rows hold.
pub fn found(opened: &Opened) -> Result<Found, String> {
    let checkpoint = opened.checkpoint.as_deref().ok_or("the workspace has no beginning")?;
    let (file, lost) = kept::whole(checkpoint, &fetch(&opened.blobs))?;
    followed(file, lost, &opened.records, &opened.blobs)
}

fn followed(mut file: File, mut lost: Vec<String>, records: &[Vec<u8>], blobs: &Blobs) -> Result<Found, String> {
    let fetch = fetch(blobs);
    for record in records {
        lost.extend(file.follow(record, &fetch)?);
    }
    Ok(Found { file, lost })
}

fn fetch<'a>(blobs: &'a Blobs) -> impl Fn(&str) -> Option<&'a [u8]> {
    move |id| blobs.get(&BlobId::parse(id)?).map(AsRef::as_ref)
}

//! One open workspace in one tab: what the page appends, and what it hears about other tabs.
//! No callback runs while anything of the session is borrowed, so a callback may call the session.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::future::ready;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;

use crate::LocalFuture;
use crate::backend::{Backend, Change};
use crate::envelope::{BlobId, Entry, Kind};
use crate::error::StorageError;
use crate::opening::{Blobs, Opened, Reject, Stored, read_blob, records_after};
use crate::platform::{Ask, Channel, Hold, Platform};
use crate::queue::{Item, Queue};
use crate::tabs::{Word, channel_name, lock_name};

/// Whether this tab may write into the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Writer,
    Reader,
}

/// How much of what was handed over is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// All of it.
    Saved,
    /// This many entries are under way.
    Saving { pending: usize },
    /// These entries are not saved, and why. They are kept in memory and tried again with the next entry or by
    /// [`Session::retry`].
    Failed { pending: usize, error: StorageError },
}

/// What a session tells the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// [`Session::saving`] has changed.
    Save(SaveState),
    /// Another tab has saved records up to `position`: [`Session::refresh`] fetches them.
    News { position: u64 },
    /// Another tab writes now; this one is a reader. `unsaved` records of this tab are not part of the workspace: if there
    /// are any, the next refresh opens the workspace anew.
    TakenOver { unsaved: usize },
    /// The tab that wrote is gone. [`Session::take_over`] makes this one the writer without taking it from anybody.
    WriterGone,
    /// The stored workspace has vanished; nothing can be saved into it any more.
    Gone { unsaved: usize },
}

/// What a reader, or somebody who takes over, has not seen yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refreshed {
    /// The records that follow what is on screen, and the blobs that they speak of.
    Records { records: Vec<Vec<u8>>, blobs: Blobs },
    /// The workspace went another way; this is its whole state.
    Reopened(Opened),
}

impl Refreshed {
    fn nothing() -> Self {
        Self::Records {
            records: Vec::new(),
            blobs: Blobs::new(),
        }
    }
}

/// An open workspace. Clones are the same session; dropping the last one lets the workspace go after what waits is saved.
#[derive(Clone)]
pub struct Session {
    inner: Rc<Inner>,
}

type Listener = Rc<dyn Fn(Event)>;

pub(crate) struct Inner {
    pub backend: Rc<dyn Backend>,
    pub platform: Rc<dyn Platform>,
    pub id: String,
    /// Names this session in the stored head.
    pub token: String,
    pub state: RefCell<State>,
    listener: RefCell<Option<Listener>>,
    channel: RefCell<Option<Channel>>,
}

pub(crate) struct State {
    pub role: Role,
    /// The head's bytes as this session believes them to be on disk.
    pub head: Option<Vec<u8>>,
    pub cuts: u64,
    /// Number of the last record on disk (a reader's: of the last one that the page has been given).
    pub saved: u64,
    /// Number of the last record that was handed over.
    pub last: u64,
    pub checkpoints: BTreeSet<u64>,
    /// Blobs that are on disk.
    pub blobs: BTreeSet<BlobId>,
    pub queue: Queue,
    /// A task writes the queue.
    pub writing: bool,
    /// A claim or a reject is under way; nothing may be appended meanwhile.
    pub claiming: bool,
    pub failed: Option<StorageError>,
    /// An entry was refused, so that records after it would be wrong; a checkpoint of the whole state closes the gap.
    pub gap: Option<StorageError>,
    /// Tidying that could not be written when the workspace was opened; goes in front of the first write.
    pub preamble: Vec<Change>,
    /// The page holds records that are not part of the workspace.
    pub diverged: bool,
    pub lock: Option<Hold>,
    pub waiting: bool,
    pub end: Option<StorageError>,
    pub flushers: Vec<oneshot::Sender<Result<(), StorageError>>>,
}

impl State {
    fn new() -> Self {
        Self {
            role: Role::Reader,
            head: None,
            cuts: 0,
            saved: 0,
            last: 0,
            checkpoints: BTreeSet::new(),
            blobs: BTreeSet::new(),
            queue: Queue::default(),
            writing: false,
            claiming: false,
            failed: None,
            gap: None,
            preamble: Vec::new(),
            diverged: false,
            lock: None,
            waiting: false,
            end: None,
            flushers: Vec::new(),
        }
    }

    /// Why nothing may be handed over now, if so.
    fn check_writer(&self) -> Result<(), StorageError> {
        match (&self.end, self.role) {
            (Some(end), _) => Err(end.clone()),
            (None, Role::Reader) => Err(StorageError::NotWriter),
            (None, Role::Writer) if self.claiming => Err(StorageError::Busy),
            (None, Role::Writer) => Ok(()),
        }
    }

    pub fn saving(&self) -> SaveState {
        let pending = self.queue.len();
        let end = self.end.as_ref().filter(|end| **end != StorageError::Closed);
        match end.or(self.failed.as_ref()).or(self.gap.as_ref()) {
            Some(error) => SaveState::Failed {
                pending,
                error: error.clone(),
            },
            None if pending > 0 => SaveState::Saving { pending },
            None => SaveState::Saved,
        }
    }
}

impl Session {
    /// Opens a workspace: as its writer if nobody else writes, else as a reader.
    pub(crate) async fn open(
        backend: Rc<dyn Backend>,
        platform: Rc<dyn Platform>,
        id: &str,
    ) -> Result<(Self, Opened), StorageError> {
        let token = platform.token();
        let inner = Rc::new(Inner {
            backend,
            platform,
            id: id.to_owned(),
            token,
            state: RefCell::new(State::new()),
            listener: RefCell::new(None),
            channel: RefCell::new(None),
        });
        inner.join_channel();
        let lock = inner.lock(Ask::IfFree).await;
        let opened = match lock {
            Some(lock) => {
                inner.state.borrow_mut().lock = Some(lock);
                let opened = inner.claim(None, false).await?;
                // Where there are no locks, another tab may have believed itself the writer.
                inner.say(Word::Taken);
                inner.say_where();
                opened
            }
            None => {
                let opened = inner.load().await?;
                inner.wait_for_turn();
                opened
            }
        };
        Ok((Self { inner }, opened))
    }

    /// The workspace's id.
    pub fn id(&self) -> &str {
        &self.inner.id
    }

    /// Whether this tab may write.
    pub fn role(&self) -> Role {
        self.inner.state.borrow().role
    }

    /// Number of the last record that was handed over, saved or not.
    pub fn position(&self) -> u64 {
        self.inner.state.borrow().last
    }

    /// How much is on disk.
    pub fn saving(&self) -> SaveState {
        self.inner.state.borrow().saving()
    }

    /// How many entries are not on disk yet.
    pub fn pending(&self) -> usize {
        self.inner.state.borrow().queue.len()
    }

    /// Who hears what happens. There is one listener; a new one replaces it.
    pub fn on_event(&self, listener: impl Fn(Event) + 'static) {
        *self.inner.listener.borrow_mut() = Some(Rc::new(listener));
    }

    /// Hands over the next record. Writing starts at once, whether or not the future is awaited; it resolves with the
    /// record's number after the transaction is complete. Records are written in the order of the calls; what waits
    /// shares a transaction.
    ///
    /// If writing fails, the future says why, the record stays in line, and everything in line is tried again with the
    /// next record or by [`Self::retry`]. If the record itself is refused (`TooLarge`, `UnknownBlob`), later ones are
    /// refused too, because they would follow a gap, until [`Self::checkpoint`] saves the whole state.
    pub fn append(&self, entry: Entry) -> LocalFuture<Result<u64, StorageError>> {
        let (promise, result) = oneshot::channel();
        let pushed = {
            let mut state = self.inner.state.borrow_mut();
            let sequence = state.last + 1;
            match state.admit(&entry, true) {
                Err(error) => Err(error),
                Ok(()) => Item::new(Kind::Record, sequence, entry, promise).map(|item| {
                    state.last = sequence;
                    state.queue.push(item);
                }),
            }
            .inspect_err(|error| state.refuse(error))
        };
        self.pushed(pushed, result)
    }

    /// Hands over the state after record `up_to`, so that records up to it are no longer needed. The checkpoint before
    /// this one and its records stay until they in turn have been followed by one that was read back whole.
    pub fn checkpoint(&self, entry: Entry, up_to: u64) -> LocalFuture<Result<u64, StorageError>> {
        let (promise, result) = oneshot::channel();
        let pushed = {
            let mut state = self.inner.state.borrow_mut();
            let closes_gap = up_to == state.last;
            let lowest = state.checkpoints.last().copied().unwrap_or(0);
            let admitted = match state.admit(&entry, !closes_gap) {
                Ok(()) if up_to < lowest || up_to > state.last => Err(StorageError::BadPosition {
                    asked: up_to,
                    last: state.last,
                }),
                other => other,
            };
            admitted
                .and_then(|()| Item::new(Kind::Checkpoint, up_to, entry, promise))
                .map(|item| {
                    state.queue.push(item);
                    if closes_gap {
                        state.gap = None;
                    }
                })
        };
        self.pushed(pushed, result)
    }

    fn pushed(
        &self,
        pushed: Result<(), StorageError>,
        result: oneshot::Receiver<Result<u64, StorageError>>,
    ) -> LocalFuture<Result<u64, StorageError>> {
        self.inner.emit_saving();
        if let Err(error) = pushed {
            return Box::pin(ready(Err(error)));
        }
        self.inner.kick();
        Box::pin(async move { result.await.unwrap_or(Err(StorageError::Closed)) })
    }

    /// Tries again what could not be saved.
    pub fn retry(&self) {
        self.inner.kick();
    }

    /// Resolves when all that was handed over is on disk, or says why it is not.
    pub fn flush(&self) -> LocalFuture<Result<(), StorageError>> {
        let mut state = self.inner.state.borrow_mut();
        if !state.writing {
            return Box::pin(ready(match (&state.failed, state.queue.is_empty()) {
                (Some(error), false) => Err(error.clone()),
                _ => Ok(()),
            }));
        }
        let (sender, receiver) = oneshot::channel();
        state.flushers.push(sender);
        Box::pin(async move { receiver.await.unwrap_or(Err(StorageError::Closed)) })
    }

    /// Whether a blob is on disk or waits to be saved, so that an entry may refer to it without bringing it along.
    pub fn has_blob(&self, id: &BlobId) -> bool {
        self.inner.state.borrow().has_blob(id)
    }

    /// A blob by its hash, from disk or from what waits to be saved.
    pub fn blob(&self, id: BlobId) -> LocalFuture<Result<Vec<u8>, StorageError>> {
        let inner = self.inner.clone();
        Box::pin(async move {
            let waiting = inner.state.borrow().queue.blob(&id);
            if let Some(bytes) = waiting {
                return Ok(bytes.to_vec());
            }
            let what = format!("The content {id}");
            match read_blob(&*inner.backend, &inner.id, &id).await? {
                Stored::Whole(bytes) => Ok(bytes),
                Stored::Damaged(_) => Err(StorageError::Damaged { what }),
                Stored::Missing => Err(StorageError::Missing { what }),
            }
        })
    }

    /// What other tabs have saved since this one last looked.
    pub async fn refresh(&self) -> Result<Refreshed, StorageError> {
        let inner = &self.inner;
        self.last_write().await;
        let (saved, cuts, diverged) = {
            let state = inner.state.borrow();
            if let Some(end) = &state.end {
                return Err(end.clone());
            }
            if state.role == Role::Writer {
                return Ok(Refreshed::nothing());
            }
            (state.saved, state.cuts, state.diverged)
        };
        if !diverged && let Some((records, blobs)) = records_after(&*inner.backend, &inner.id, saved, cuts).await? {
            let mut state = inner.state.borrow_mut();
            if state.saved != saved {
                // Another refresh was faster and has handed these records out.
                return Ok(Refreshed::nothing());
            }
            state.saved = saved + records.len() as u64;
            state.last = state.saved;
            return Ok(Refreshed::Records { records, blobs });
        }
        inner.load().await.map(Refreshed::Reopened)
    }

    /// Makes this tab the writer. The tab that wrote until now is told and becomes a reader. Returns what this tab has
    /// not seen yet: the page applies it before it appends.
    pub async fn take_over(&self) -> Result<Refreshed, StorageError> {
        let inner = &self.inner;
        {
            let mut state = inner.state.borrow_mut();
            if let Some(end) = &state.end {
                return Err(end.clone());
            }
            if state.claiming {
                return Err(StorageError::Busy);
            }
            if state.role == Role::Writer {
                return Ok(Refreshed::nothing());
            }
            state.claiming = true;
        }
        let result = self.take_lock_and_claim().await;
        let end = {
            let mut state = inner.state.borrow_mut();
            state.claiming = false;
            state.end.clone()
        };
        // Closed meanwhile: the place goes back.
        let result = end.map_or(result, Err);
        if result.is_err() {
            inner.step_down(None);
            inner.wait_for_turn();
        } else {
            inner.say(Word::Taken);
            inner.say_where();
        }
        inner.emit_saving();
        result
    }

    /// A tab that has just lost its place may still have a transaction under way, whose outcome comes first.
    async fn last_write(&self) {
        if self.role() == Role::Reader {
            // Whatever became of it, the session's state says so now.
            let _ = self.flush().await;
        }
    }

    async fn take_lock_and_claim(&self) -> Result<Refreshed, StorageError> {
        let inner = &self.inner;
        self.last_write().await;
        let (holds, seen, cuts, diverged) = {
            let state = inner.state.borrow();
            (state.lock.is_some(), state.saved, state.cuts, state.diverged)
        };
        if !holds {
            // Nothing is taken from anybody if it cannot be used.
            inner.check_open().await?;
            let lock = inner.lock(Ask::Steal).await.ok_or(StorageError::NotWriter)?;
            inner.state.borrow_mut().lock = Some(lock);
        }
        let opened = inner.claim(None, true).await?;
        let base = opened.position - opened.records.len() as u64;
        let follows = !diverged && opened.damage.is_none() && inner.state.borrow().cuts == cuts;
        if follows && (base..=opened.position).contains(&seen) {
            let known = usize::try_from(seen - base).unwrap_or(usize::MAX);
            return Ok(Refreshed::Records {
                records: opened.records.into_iter().skip(known).collect(),
                blobs: opened.blobs,
            });
        }
        Ok(Refreshed::Reopened(opened))
    }

    /// Says that intact rows could not be made sense of: they move aside, and the workspace opens without them.
    pub async fn reject(&self, what: Reject) -> Result<Opened, StorageError> {
        self.flush().await?;
        {
            let mut state = self.inner.state.borrow_mut();
            state.check_writer()?;
            let lowest = state.checkpoints.last().copied().unwrap_or(0);
            if let Reject::RecordsAfter(asked) = what
                && (asked < lowest || asked > state.last)
            {
                return Err(StorageError::BadPosition {
                    asked,
                    last: state.last,
                });
            }
            state.claiming = true;
        }
        let opened = self.inner.claim(Some(what), false).await;
        self.inner.state.borrow_mut().claiming = false;
        self.inner.say_where();
        opened
    }

    /// Saves what waits, then lets the workspace go, even if saving fails.
    pub async fn close(&self) -> Result<(), StorageError> {
        let flushed = self.flush().await;
        let lock = {
            let mut state = self.inner.state.borrow_mut();
            state.end.get_or_insert(StorageError::Closed);
            state.role = Role::Reader;
            state.queue.abandon(&StorageError::Closed);
            state.lock.take()
        };
        drop(lock);
        drop(self.inner.channel.borrow_mut().take());
        flushed
    }
}

impl State {
    /// Whether an entry may be handed over.
    fn admit(&self, entry: &Entry, respects_gap: bool) -> Result<(), StorageError> {
        self.check_writer()?;
        if let Some(error) = self.gap.as_ref().filter(|_| respects_gap) {
            return Err(error.clone());
        }
        self.queue.check_room()?;
        let comes_along = |id: &BlobId| entry.blobs.iter().any(|(blob, _)| blob == id);
        let is_known = |id: &BlobId| comes_along(id) || self.has_blob(id);
        match entry.references.iter().find(|id| !is_known(id)) {
            Some(id) => Err(StorageError::UnknownBlob { id: id.to_string() }),
            None => Ok(()),
        }
    }

    fn has_blob(&self, id: &BlobId) -> bool {
        self.blobs.contains(id) || self.queue.blob(id).is_some()
    }

    /// Remembers that a record is missing from here on, if it is refused for what it is.
    fn refuse(&mut self, error: &StorageError) {
        if matches!(error, StorageError::TooLarge { .. } | StorageError::UnknownBlob { .. }) {
            self.gap.get_or_insert_with(|| error.clone());
        }
    }
}

impl Inner {
    /// Asks for the writer's lock.
    pub fn lock(self: &Rc<Self>, ask: Ask) -> LocalFuture<Option<Hold>> {
        let weak = Rc::downgrade(self);
        let lost = move || {
            if let Some(inner) = weak.upgrade() {
                inner.demote();
            }
        };
        self.platform.lock(&lock_name(&self.id), ask, Box::new(lost))
    }

    /// Waits in the background for the writer to leave.
    pub fn wait_for_turn(self: &Rc<Self>) {
        {
            let mut state = self.state.borrow_mut();
            if state.waiting || state.end.is_some() {
                return;
            }
            state.waiting = true;
        }
        let turn = self.lock(Ask::Wait);
        let weak = Rc::downgrade(self);
        self.platform.spawn(Box::pin(async move {
            let lock = turn.await;
            // Nobody is here any more: dropping the lock gives it to the next tab.
            let Some(inner) = weak.upgrade() else { return };
            let is_news = {
                let mut state = inner.state.borrow_mut();
                state.waiting = false;
                let is_news =
                    lock.is_some() && state.end.is_none() && state.role == Role::Reader && state.lock.is_none();
                if is_news {
                    state.lock = lock;
                }
                is_news
            };
            if is_news {
                inner.emit(Event::WriterGone);
            }
        }));
    }

    fn join_channel(self: &Rc<Self>) {
        let weak: Weak<Self> = Rc::downgrade(self);
        let hear = move |text: &str| {
            if let (Some(inner), Some(word)) = (weak.upgrade(), Word::hear(text)) {
                inner.heard(word);
            }
        };
        *self.channel.borrow_mut() = self.platform.channel(&channel_name(&self.id), Rc::new(hear));
    }

    fn heard(self: &Rc<Self>, word: Word) {
        let (role, saved, known_cuts) = {
            let state = self.state.borrow();
            (state.role, state.saved, state.cuts)
        };
        match (word, role) {
            (Word::Wrote { position, cuts }, Role::Reader) if position > saved || cuts != known_cuts => {
                self.emit(Event::News { position });
            }
            (Word::Taken, Role::Writer) => {
                let inner = self.clone();
                self.platform.spawn(Box::pin(async move { inner.check_head().await }));
            }
            _ => {}
        }
    }

    pub fn say(&self, word: Word) {
        let say = self.channel.borrow().as_ref().map(|channel| channel.say.clone());
        if let Some(say) = say {
            say(&word.say());
        }
    }

    pub fn emit(&self, event: Event) {
        let listener = self.listener.borrow().clone();
        if let Some(listener) = listener {
            listener(event);
        }
    }

    pub fn emit_saving(&self) {
        let saving = self.state.borrow().saving();
        self.emit(Event::Save(saving));
    }
}

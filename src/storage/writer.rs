//! How a session becomes the writer, writes its queue, and learns that another one has become it.
//!
//! The stored head names the session that may write. Becoming the writer puts one's own name there; every later write
//! is made on condition that the head still holds the bytes that this session put. So however locks and messages fail,
//! a write of a tab that has lost its place changes nothing.

use std::ops::ControlFlow;
use std::rc::Rc;

use crate::backend::{Change, Guard, Query, Span, Table, Written, sequence_key};
use crate::envelope::{Kind, decode};
use crate::error::StorageError;
use crate::limits;
use crate::opening::{Opened, Plan, Raw, Reject, place};
use crate::session::{Event, Inner, Role};
use crate::tabs::Word;
use crate::workspace::Head;

/// One transaction to come.
struct Batch {
    items: usize,
    changes: Vec<Change>,
    head: Vec<u8>,
    /// Number of the last record once this is written.
    last: u64,
    /// The checkpoint in it and the oldest one that has to stay.
    checkpoint: Option<(u64, u64)>,
}

impl Inner {
    /// Reads the workspace without changing anything.
    pub async fn load(&self) -> Result<Opened, StorageError> {
        let mut raw = Raw::read(&*self.backend, &self.id).await?;
        self.check_not_deleted(&raw)?;
        let mut plan = Plan::make(&self.id, &mut raw, None)?;
        plan.check_blobs(&*self.backend, &self.id).await?;
        self.install(&mut plan, raw.head);
        Ok(plan.opened)
    }

    /// Whether the workspace is there to be written into.
    pub async fn check_open(&self) -> Result<(), StorageError> {
        self.check_not_deleted(&Raw::read(&*self.backend, &self.id).await?)
    }

    fn check_not_deleted(&self, raw: &Raw) -> Result<(), StorageError> {
        match raw.workspace(&self.id)?.deleted {
            Some(_) => Err(StorageError::Deleted { id: self.id.clone() }),
            None => Ok(()),
        }
    }

    /// Reads the workspace, puts aside what is damaged, and makes this session the writer. The caller holds the lock.
    ///
    /// Where reading works and writing fails (a full disk), the workspace opens all the same and the session says so;
    /// unless it has to be `certain`, because the former writer may have a transaction under way.
    pub async fn claim(&self, reject: Option<Reject>, certain: bool) -> Result<Opened, StorageError> {
        for _ in 0..limits::TRIES {
            let mut raw = Raw::read(&*self.backend, &self.id).await?;
            self.check_not_deleted(&raw)?;
            let mut workspace = raw.workspace(&self.id)?;
            let guards = raw.guards(&self.id);
            let mut plan = Plan::make(&self.id, &mut raw, reject)?;
            plan.check_blobs(&*self.backend, &self.id).await?;
            plan.cuts += u64::from(plan.is_cut());

            workspace.opened = self.platform.now();
            let last = plan.opened.position;
            let head = Head {
                token: self.token.clone(),
                last,
                cuts: plan.cuts,
                saved: plan.saved,
            }
            .encode()?;
            let tidying = plan.changes(place(&self.id, self.platform.now(), &self.platform.token()));
            let mut changes = tidying.clone();
            changes.push(Change::Put(
                Table::Workspaces,
                self.id.clone(),
                workspace.encode()?.into(),
            ));
            changes.push(Change::Put(Table::Heads, self.id.clone(), Rc::from(&*head)));
            let (believed, failed) = match self.backend.write(guards, changes).await {
                Ok(Written::Done) => (Some(head), None),
                Ok(Written::Conflict { .. }) => continue,
                Err(error) if certain => return Err(error),
                Err(error) => (raw.head, Some(error)),
            };
            self.install(&mut plan, believed);
            let mut state = self.state.borrow_mut();
            state.role = Role::Writer;
            state.preamble = if failed.is_some() { tidying } else { Vec::new() };
            state.failed = failed;
            return Ok(plan.opened);
        }
        Err(StorageError::Busy)
    }

    /// Makes the plan's state this session's.
    fn install(&self, plan: &mut Plan, head: Option<Vec<u8>>) {
        let mut state = self.state.borrow_mut();
        state.head = head;
        state.cuts = plan.cuts;
        state.saved = plan.opened.position;
        state.last = plan.opened.position;
        state.checkpoints = std::mem::take(&mut plan.checkpoints);
        state.blobs = std::mem::take(&mut plan.blobs);
        state.diverged = false;
        state.gap = None;
        state.failed = None;
        state.preamble.clear();
    }

    /// Starts writing, if there is something to write and nobody writes yet.
    pub fn kick(self: &Rc<Self>) {
        {
            let mut state = self.state.borrow_mut();
            let is_idle = state.queue.is_empty() && state.preamble.is_empty();
            if state.writing || is_idle || state.role != Role::Writer {
                return;
            }
            state.writing = true;
        }
        let inner = self.clone();
        self.platform.spawn(Box::pin(async move { inner.drain().await }));
    }

    async fn drain(self: Rc<Self>) {
        while self.write_next().await.is_continue() {
            self.emit_saving();
        }
        let (flushers, result) = {
            let mut state = self.state.borrow_mut();
            state.writing = false;
            let result = match (&state.failed, state.role) {
                (Some(error), _) => Err(error.clone()),
                (None, Role::Reader) => Err(state.end.clone().unwrap_or(StorageError::NotWriter)),
                (None, Role::Writer) => Ok(()),
            };
            (std::mem::take(&mut state.flushers), result)
        };
        for flusher in flushers {
            // The caller may have stopped waiting.
            let _ = flusher.send(result.clone());
        }
        if self.state.borrow().role == Role::Reader {
            self.abandon();
            self.wait_for_turn();
        }
        self.emit_saving();
    }

    /// One transaction. `Break` when there is nothing more to do, or nothing more can be done.
    async fn write_next(&self) -> ControlFlow<()> {
        let batch = match self.next_batch().await {
            Ok(Some(batch)) => batch,
            Ok(None) => return ControlFlow::Break(()),
            Err(error) => return self.failed(error),
        };
        let guard = Guard {
            table: Table::Heads,
            key: self.id.clone(),
            expected: self.state.borrow().head.clone(),
        };
        match self.backend.write(vec![guard], batch.changes.clone()).await {
            Ok(Written::Done) => {
                self.wrote(batch);
                ControlFlow::Continue(())
            }
            Ok(Written::Conflict { found, .. }) => self.conflict(batch, found),
            Err(error) => self.failed(error),
        }
    }

    async fn next_batch(&self) -> Result<Option<Batch>, StorageError> {
        let (items, checkpoint) = {
            let state = self.state.borrow();
            if state.role != Role::Writer || (state.queue.is_empty() && state.preamble.is_empty()) {
                return Ok(None);
            }
            let checkpoint = state
                .queue
                .front(1)
                .find(|item| item.kind == Kind::Checkpoint)
                .map(|item| item.sequence);
            (state.queue.next_batch(), checkpoint)
        };
        let oldest = match checkpoint {
            Some(sequence) => Some((sequence, self.oldest_to_keep(sequence).await?)),
            None => None,
        };
        let state = self.state.borrow();
        let written = state.queue.front(items).filter(|item| item.kind == Kind::Record).last();
        let last = written.map_or(state.saved, |item| item.sequence);
        let saved = Some(self.platform.now());
        let head = Head {
            token: self.token.clone(),
            last,
            cuts: state.cuts,
            saved,
        }
        .encode()?;
        let mut changes = state.preamble.clone();
        changes.extend(state.queue.changes(&self.id, items, &state.blobs));
        if let Some((_, oldest)) = oldest {
            changes.push(Change::Delete(Table::Checkpoints, Span::sequences(&self.id, 0, oldest)));
            changes.push(Change::Delete(
                Table::Records,
                Span::sequences(&self.id, 0, oldest.saturating_add(1)),
            ));
        }
        changes.push(Change::Put(Table::Heads, self.id.clone(), Rc::from(&*head)));
        Ok(Some(Batch {
            items,
            changes,
            head,
            last,
            checkpoint: oldest,
        }))
    }

    /// Before a checkpoint is written: the newest one before it, if that can be read back whole. Everything from there on
    /// stays, so that the new one may go bad without loss. 0: everything stays.
    async fn oldest_to_keep(&self, sequence: u64) -> Result<u64, StorageError> {
        let previous = self.state.borrow().checkpoints.range(..sequence).next_back().copied();
        let Some(previous) = previous else { return Ok(0) };
        let key = sequence_key(&self.id, previous);
        let answers = self
            .backend
            .read(vec![Query::rows(Table::Checkpoints, Span::one(&key))])
            .await?;
        let row = answers
            .into_iter()
            .flatten()
            .next()
            .and_then(|(_, bytes)| decode(&bytes, Kind::Checkpoint).ok());
        Ok(row.filter(|row| row.sequence == previous).map_or(0, |row| row.sequence))
    }

    /// The batch is on disk.
    fn wrote(&self, batch: Batch) {
        let is_news = {
            let mut state = self.state.borrow_mut();
            let blobs = state.queue.saved(batch.items);
            state.blobs.extend(blobs);
            if let Some((sequence, oldest)) = batch.checkpoint {
                state.checkpoints.retain(|kept| *kept >= oldest);
                state.checkpoints.insert(sequence);
            }
            state.preamble.clear();
            state.failed = None;
            state.head = Some(batch.head);
            let is_news = batch.last > state.saved;
            state.saved = batch.last;
            is_news
        };
        if is_news {
            self.say_where();
        }
    }

    /// Tells readers how far the records reach; those that have them all take no notice.
    pub fn say_where(&self) {
        let word = {
            let state = self.state.borrow();
            Word::Wrote {
                position: state.saved,
                cuts: state.cuts,
            }
        };
        self.say(word);
    }

    /// The head on disk is not the one that this session believes in.
    fn conflict(&self, batch: Batch, found: Option<Vec<u8>>) -> ControlFlow<()> {
        let Some(found) = found else {
            self.step_down(Some(StorageError::Gone));
            return ControlFlow::Break(());
        };
        let head = Head::decode(&found).ok().filter(|head| head.token == self.token);
        let Some(head) = head else {
            self.step_down(None);
            return ControlFlow::Break(());
        };
        // Our own: a write that was reported as failed had reached the disk after all.
        if head.last == batch.last && batch.last > self.state.borrow().saved {
            self.wrote(Batch { head: found, ..batch });
        } else {
            self.state.borrow_mut().head = Some(found);
        }
        ControlFlow::Continue(())
    }

    fn failed(&self, error: StorageError) -> ControlFlow<()> {
        let mut state = self.state.borrow_mut();
        state.queue.fail(&error);
        state.failed = Some(error);
        ControlFlow::Break(())
    }

    /// The lock was stolen.
    pub fn demote(self: &Rc<Self>) {
        let (role, writing) = {
            let state = self.state.borrow();
            (state.role, state.writing)
        };
        self.step_down(None);
        if writing {
            // The task that writes does the rest when its transaction has ended.
            return;
        }
        if role == Role::Writer {
            self.abandon();
            self.emit_saving();
        }
        self.wait_for_turn();
    }

    /// Asks the disk whether this session still is the writer.
    pub async fn check_head(self: &Rc<Self>) {
        let answers = self
            .backend
            .read(vec![Query::rows(Table::Heads, Span::one(&self.id))])
            .await;
        let Ok(answers) = answers else { return };
        let found = answers
            .into_iter()
            .flatten()
            .next()
            .and_then(|(_, bytes)| Head::decode(&bytes).ok());
        let is_writer = self.state.borrow().role == Role::Writer;
        if is_writer && found.is_some_and(|head| head.token != self.token) {
            self.demote();
        }
    }

    /// Stops being the writer and lets the lock go; for ever, if there is an `end`.
    pub fn step_down(&self, end: Option<StorageError>) {
        let lock = {
            let mut state = self.state.borrow_mut();
            state.role = Role::Reader;
            if state.end.is_none() {
                state.end = end;
            }
            state.lock.take()
        };
        drop(lock);
    }

    /// Gives up what waits, because it cannot become part of the workspace any more, and tells the page.
    fn abandon(&self) {
        let event = {
            let mut state = self.state.borrow_mut();
            let error = state.end.clone().unwrap_or(StorageError::NotWriter);
            let unsaved = state.queue.abandon(&error);
            state.last = state.saved;
            state.failed = None;
            state.gap = None;
            state.preamble.clear();
            state.diverged |= unsaved > 0;
            match error {
                StorageError::Gone => Event::Gone { unsaved },
                StorageError::Closed => return,
                _ => Event::TakenOver { unsaved },
            }
        };
        self.emit(event);
    }
}

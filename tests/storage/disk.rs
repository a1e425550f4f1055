//! A disk that can be told to misbehave, over any backend, and a clock that can be set forward.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use stratus_storage::backend::{Backend, Change, Guard, Query, Rows, Usage, Written};
use stratus_storage::platform::{Ask, Channel, Hold, Platform};
use stratus_storage::{LocalFuture, StorageError};

/// A disk that can be told to misbehave.
pub struct Disk {
    backend: Rc<dyn Backend>,
    mood: Cell<Mood>,
    held: RefCell<Vec<oneshot::Sender<()>>>,
    /// Writes since somebody last took the number.
    pub transactions: Cell<usize>,
}

impl Disk {
    pub fn new(backend: Rc<dyn Backend>) -> Self {
        Self {
            backend,
            mood: Cell::new(Mood::Good),
            held: RefCell::default(),
            transactions: Cell::new(0),
        }
    }

    /// From now on. A disk that gets good answers what it has held back.
    pub fn set(&self, mood: Mood) {
        self.mood.set(mood);
        if mood == Mood::Good {
            self.held.borrow_mut().clear();
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mood {
    Good,
    Full,
    /// Writes, and then says that it failed.
    Lies,
    /// Answers no write until it is good again.
    Holds,
}

impl Backend for Disk {
    fn read(&self, queries: Vec<Query>) -> LocalFuture<Result<Vec<Rows>, StorageError>> {
        self.backend.read(queries)
    }

    fn write(&self, guards: Vec<Guard>, changes: Vec<Change>) -> LocalFuture<Result<Written, StorageError>> {
        let backend = self.backend.clone();
        match self.mood.get() {
            Mood::Full => {
                let full = StorageError::Full {
                    detail: "told to be".to_owned(),
                };
                return Box::pin(std::future::ready(Err(full)));
            }
            Mood::Lies => {
                return Box::pin(async move {
                    backend.write(guards, changes).await?;
                    Err(StorageError::Failed {
                        detail: "told to say so".to_owned(),
                    })
                });
            }
            Mood::Good | Mood::Holds => {}
        }
        let (sender, receiver) = oneshot::channel();
        if self.mood.get() == Mood::Holds {
            self.held.borrow_mut().push(sender);
        } else {
            drop(sender);
        }
        self.transactions.set(self.transactions.get() + 1);
        Box::pin(async move {
            let _ = receiver.await;
            backend.write(guards, changes).await
        })
    }

    fn is_lasting(&self) -> bool {
        self.backend.is_lasting()
    }

    fn usage(&self) -> LocalFuture<Option<Usage>> {
        self.backend.usage()
    }

    fn persist(&self) -> LocalFuture<Option<bool>> {
        self.backend.persist()
    }
}

/// A platform whose clock can be set forward.
pub struct Shifted {
    pub platform: Rc<dyn Platform>,
    /// Milliseconds.
    pub shift: Rc<Cell<i64>>,
}

impl Platform for Shifted {
    fn now(&self) -> i64 {
        self.platform.now() + self.shift.get()
    }
    fn token(&self) -> String {
        self.platform.token()
    }
    fn spawn(&self, task: LocalFuture<()>) {
        self.platform.spawn(task);
    }
    fn lock(&self, name: &str, ask: Ask, lost: Box<dyn FnOnce()>) -> LocalFuture<Option<Hold>> {
        self.platform.lock(name, ask, lost)
    }
    fn channel(&self, name: &str, hear: Rc<dyn Fn(&str)>) -> Option<Channel> {
        self.platform.channel(name, hear)
    }
}

//! The twin in memory: rows in a map, and tabs that live in one page. The store of `?embed=1`, the fallback where
//! nothing may be kept, and what the native tests run on. Nothing here outlives the page, and nothing here touches it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::ready;
use std::rc::Rc;

use futures_channel::oneshot;

use crate::LocalFuture;
use crate::backend::{Backend, Change, Guard, Query, Rows, Table, Usage, Written};
use crate::error::StorageError;
use crate::platform::{Ask, Channel, Hold, Platform};

type Cells = BTreeMap<(Table, String), Rc<[u8]>>;

/// Rows in memory. Clones share their rows, as two tabs share an origin's.
#[derive(Clone, Default)]
pub struct MemoryBackend {
    cells: Rc<RefCell<Cells>>,
}

impl MemoryBackend {
    /// No rows yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Backend for MemoryBackend {
    fn read(&self, queries: Vec<Query>) -> LocalFuture<Result<Vec<Rows>, StorageError>> {
        let cells = self.cells.borrow();
        let answer = |query: Query| {
            cells
                .range((query.table, query.span.from)..(query.table, query.span.to))
                .map(|((_, key), value)| (key.clone(), if query.keys_only { Vec::new() } else { value.to_vec() }))
                .collect()
        };
        Box::pin(ready(Ok(queries.into_iter().map(answer).collect())))
    }

    fn write(&self, guards: Vec<Guard>, changes: Vec<Change>) -> LocalFuture<Result<Written, StorageError>> {
        let mut cells = self.cells.borrow_mut();
        for (index, guard) in guards.into_iter().enumerate() {
            let found = cells.get(&(guard.table, guard.key)).map(|value| value.to_vec());
            if found != guard.expected {
                return Box::pin(ready(Ok(Written::Conflict { guard: index, found })));
            }
        }
        for change in changes {
            match change {
                Change::Put(table, key, value) => {
                    cells.insert((table, key), value);
                }
                Change::Delete(table, span) => {
                    cells.retain(|(t, key), _| *t != table || *key < span.from || *key >= span.to);
                }
            }
        }
        Box::pin(ready(Ok(Written::Done)))
    }

    fn is_lasting(&self) -> bool {
        false
    }

    fn usage(&self) -> LocalFuture<Option<Usage>> {
        Box::pin(ready(None))
    }

    fn persist(&self) -> LocalFuture<Option<bool>> {
        Box::pin(ready(None))
    }
}

type Waiter = (u64, Box<dyn FnOnce()>, oneshot::Sender<Hold>);

/// Who has a lock and who waits for it.
#[derive(Default)]
struct Slot {
    holder: Option<(u64, Box<dyn FnOnce()>)>,
    waiters: VecDeque<Waiter>,
}

/// A place on a channel: its number, the channel's name, and who listens.
type Listener = (u64, String, Rc<dyn Fn(&str)>);

#[derive(Default)]
struct State {
    counter: Cell<u64>,
    clock: Cell<i64>,
    locks: RefCell<BTreeMap<String, Slot>>,
    listeners: RefCell<Vec<Listener>>,
    #[cfg_attr(target_arch = "wasm32", allow(dead_code))]
    tasks: RefCell<Vec<LocalFuture<()>>>,
}

/// Tabs in memory. Every clone is one more tab of the same browser. In the page, tasks run on its own loop and the
/// clock is the page's; natively the clock stands still until [`Hub::advance`], and tasks run inside [`Hub::block_on`].
#[derive(Clone, Default)]
pub struct Hub {
    state: Rc<State>,
}

impl Hub {
    /// A browser without tabs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves the wall clock by milliseconds.
    pub fn advance(&self, milliseconds: i64) {
        self.state
            .clock
            .set(self.state.clock.get().saturating_add(milliseconds));
    }

    fn next(&self) -> u64 {
        self.state.counter.set(self.state.counter.get() + 1);
        self.state.counter.get()
    }

    /// Gives the lock to `number` and makes the hold that ends it.
    fn grant(&self, name: &str, number: u64, lost: Box<dyn FnOnce()>) -> Hold {
        self.state.locks.borrow_mut().entry(name.to_owned()).or_default().holder = Some((number, lost));
        let (hub, name) = (self.clone(), name.to_owned());
        Hold::new(move || hub.release(&name, number))
    }

    fn release(&self, name: &str, number: u64) {
        let next = {
            let mut locks = self.state.locks.borrow_mut();
            let Some(slot) = locks.get_mut(name) else { return };
            if slot.holder.as_ref().is_none_or(|(holder, _)| *holder != number) {
                return;
            }
            slot.holder = None;
            slot.waiters.pop_front()
        };
        if let Some((number, lost, sender)) = next {
            // If nobody listens any more, the hold comes back, is dropped, and the next in the row gets the lock.
            drop(sender.send(self.grant(name, number, lost)));
        }
    }
}

impl Platform for Hub {
    fn now(&self) -> i64 {
        #[cfg(target_arch = "wasm32")]
        let page = js_sys::Date::now() as i64;
        #[cfg(not(target_arch = "wasm32"))]
        let page = 0_i64;
        page.saturating_add(self.state.clock.get())
    }

    fn token(&self) -> String {
        format!("{:032x}", self.next())
    }

    fn spawn(&self, task: LocalFuture<()>) {
        #[cfg(target_arch = "wasm32")]
        wasm_bindgen_futures::spawn_local(task);
        #[cfg(not(target_arch = "wasm32"))]
        self.state.tasks.borrow_mut().push(task);
    }

    fn lock(&self, name: &str, ask: Ask, lost: Box<dyn FnOnce()>) -> LocalFuture<Option<Hold>> {
        let number = self.next();
        let mut locks = self.state.locks.borrow_mut();
        let slot = locks.entry(name.to_owned()).or_default();
        let robbed = match (ask, slot.holder.is_some()) {
            (Ask::IfFree, true) => return Box::pin(ready(None)),
            (Ask::Wait, true) => {
                let (sender, receiver) = oneshot::channel();
                slot.waiters.push_back((number, lost, sender));
                return Box::pin(async move { receiver.await.ok() });
            }
            _ => slot.holder.take(),
        };
        drop(locks);
        let hold = self.grant(name, number, lost);
        if let Some((_, told)) = robbed {
            self.spawn(Box::pin(async move { told() }));
        }
        Box::pin(ready(Some(hold)))
    }

    fn channel(&self, name: &str, hear: Rc<dyn Fn(&str)>) -> Option<Channel> {
        let number = self.next();
        self.state.listeners.borrow_mut().push((number, name.to_owned(), hear));
        let (hub, name) = (self.clone(), name.to_owned());
        let say = move |words: &str| {
            let others = hub.state.listeners.borrow();
            for (_, _, hear) in others.iter().filter(|(n, channel, _)| *n != number && *channel == name) {
                let (hear, words) = (hear.clone(), words.to_owned());
                hub.spawn(Box::pin(async move { hear(&words) }));
            }
        };
        let hub = self.clone();
        let leave = move || hub.state.listeners.borrow_mut().retain(|(n, _, _)| *n != number);
        Some(Channel {
            say: Rc::new(say),
            hold: Hold::new(leave),
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::future::Future;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Context, Poll, Wake, Waker};

    use super::Hub;

    #[derive(Default)]
    struct Awake(AtomicBool);

    impl Wake for Awake {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    impl Hub {
        /// Runs a future and all tasks of this browser until nothing moves any more. `None`: the future waits for
        /// something that no task will ever do.
        pub fn block_on<T>(&self, future: impl Future<Output = T>) -> Option<T> {
            let awake = Arc::new(Awake::default());
            let waker = Waker::from(awake.clone());
            let mut context = Context::from_waker(&waker);
            let mut future = std::pin::pin!(future);
            let mut result = None;
            loop {
                awake.0.store(false, Ordering::Relaxed);
                if result.is_none()
                    && let Poll::Ready(value) = future.as_mut().poll(&mut context)
                {
                    result = Some(value);
                }
                let tasks = std::mem::take(&mut *self.state.tasks.borrow_mut());
                let waiting = tasks.into_iter().filter_map(|mut task| {
                    let done = task.as_mut().poll(&mut context).is_ready();
                    (!done).then_some(task)
                });
                let waiting: Vec<_> = waiting.collect();
                let mut tasks = self.state.tasks.borrow_mut();
                let is_new = !tasks.is_empty();
                tasks.splice(0..0, waiting);
                drop(tasks);
                if !is_new && !awake.0.load(Ordering::Relaxed) {
                    return result;
                }
            }
        }
    }
}

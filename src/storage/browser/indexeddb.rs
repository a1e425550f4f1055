//! Rows in IndexedDB: one object store a table, string keys, `Uint8Array` values, strict durability.
//! A write resolves `Done` on the transaction's `complete` event and on nothing else.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use js_sys::{Array, ArrayBuffer, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use super::bindings::DurableDatabase;
use super::{error, of_global, property};
use crate::LocalFuture;
use crate::backend::{Backend, Change, Guard, Query, Rows, Span, Table, Usage, Written};
use crate::error::StorageError;

/// The layout of the database. Raise it when a table is added; tables are never removed.
const VERSION: u32 = 1;

/// Rows in one database of this origin.
#[derive(Clone)]
pub struct IndexedDb {
    connection: Rc<Connection>,
}

struct Connection {
    name: String,
    version: u32,
    link: RefCell<Link>,
    listeners: RefCell<Vec<Listener>>,
}

type Listener = Closure<dyn FnMut(JsValue)>;

enum Link {
    Open(IdbDatabase),
    /// The browser closed it (data cleared, disk trouble): the next call opens it again.
    Closed,
    /// A newer version of the page wants another layout: this one is over.
    Superseded,
}

impl IndexedDb {
    /// Opens the database of this name, or says why the browser does not let us.
    pub async fn open(name: &str) -> Result<Self, StorageError> {
        Self::open_at(name, VERSION).await
    }

    /// Opens a layout of another version, as a future version of this page will.
    pub async fn open_at(name: &str, version: u32) -> Result<Self, StorageError> {
        let connection = Rc::new(Connection {
            name: name.to_owned(),
            version,
            link: RefCell::new(Link::Closed),
            listeners: RefCell::new(Vec::new()),
        });
        connection.database().await?;
        Ok(Self { connection })
    }

    /// Runs an operation on the database in a task of its own, so that it goes on if nobody waits. A connection that
    /// turns out to be closed is opened once more.
    fn run<T, F>(
        &self,
        operation: impl Fn(IdbDatabase) -> Result<F, JsValue> + 'static,
    ) -> LocalFuture<Result<T, StorageError>>
    where
        T: 'static,
        F: Future<Output = Result<T, StorageError>> + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let connection = self.connection.clone();
        spawn_local(async move {
            let result = connection.run(operation).await;
            // The caller may have stopped waiting.
            let _ = sender.send(result);
        });
        Box::pin(async move { receiver.await.unwrap_or(Err(StorageError::Closed)) })
    }
}

impl Backend for IndexedDb {
    fn read(&self, queries: Vec<Query>) -> LocalFuture<Result<Vec<Rows>, StorageError>> {
        self.run(move |database| {
            let tables = queries.iter().map(|query| query.table).collect();
            let transaction = begin(&database, &tables, "readonly")?;
            let mut requests = Vec::new();
            for query in &queries {
                let store = transaction.object_store(query.table.name())?;
                let Some(range) = range(&query.span)? else {
                    requests.push(None);
                    continue;
                };
                let keys = store.get_all_keys_with_key(&range)?;
                let values = if query.keys_only {
                    None
                } else {
                    Some(store.get_all_with_key(&range)?)
                };
                requests.push(Some((keys, values)));
            }
            let end = End::of(&transaction);
            Ok(async move {
                end.reached().await?;
                let answers = requests
                    .iter()
                    .map(|request| request.as_ref().map(|(k, v)| rows(k, v.as_ref())));
                Ok(answers.map(Option::unwrap_or_default).collect())
            })
        })
    }

    fn write(&self, guards: Vec<Guard>, changes: Vec<Change>) -> LocalFuture<Result<Written, StorageError>> {
        let (guards, changes) = (Rc::new(guards), Rc::new(changes));
        self.run(move |database| {
            let tables = guards
                .iter()
                .map(|guard| guard.table)
                .chain(changes.iter().map(Change::table))
                .collect();
            let transaction = begin(&database, &tables, "readwrite")?;
            let mut requests = Vec::new();
            for guard in guards.iter() {
                let store = transaction.object_store(guard.table.name())?;
                requests.push(store.get(&JsValue::from_str(&guard.key))?);
            }
            let outcome: Rc<RefCell<Option<Result<Written, StorageError>>>> = Rc::default();
            let end = End::of(&transaction);
            let (guards, changes, stopper) = (guards.clone(), changes.clone(), outcome.clone());
            let last = requests.last().cloned();
            let finish = move || {
                let stop = check(&guards, &requests)
                    .or_else(|| apply(&transaction, &changes).err().map(|thrown| Err(error(&thrown))));
                if stop.is_some() {
                    *stopper.borrow_mut() = stop;
                    // Fails only if it is aborted already.
                    let _ = transaction.abort();
                }
            };
            let checked = match last {
                None => {
                    finish();
                    None
                }
                // Requests succeed in order, so the last one's event finds the results of all.
                Some(last) => {
                    let check = Closure::once(finish);
                    last.set_onsuccess(Some(check.as_ref().unchecked_ref()));
                    Some(check)
                }
            };
            Ok(async move {
                let ended = end.reached().await;
                drop(checked);
                let outcome = outcome.borrow_mut().take();
                outcome.unwrap_or_else(|| ended.map(|()| Written::Done))
            })
        })
    }

    fn is_lasting(&self) -> bool {
        true
    }

    fn usage(&self) -> LocalFuture<Option<Usage>> {
        Box::pin(async {
            let answer = ask_manager("estimate").await?;
            // Whole bytes, far below 2^53.
            let number = |name| property(&answer, name)?.as_f64().map(|bytes| bytes.max(0.0) as u64);
            Some(Usage {
                used: number("usage")?,
                quota: number("quota")?,
            })
        })
    }

    fn persist(&self) -> LocalFuture<Option<bool>> {
        Box::pin(async { ask_manager("persist").await?.as_bool() })
    }
}

/// The answer of a method of `navigator.storage`, where there is such a thing.
async fn ask_manager(method: &str) -> Option<JsValue> {
    let manager = property(&of_global("navigator")?, "storage")?;
    let function: js_sys::Function = property(&manager, method)?.dyn_into().ok()?;
    let promise: js_sys::Promise = function.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

impl Connection {
    async fn run<T, F>(
        self: &Rc<Self>,
        operation: impl Fn(IdbDatabase) -> Result<F, JsValue>,
    ) -> Result<T, StorageError>
    where
        F: Future<Output = Result<T, StorageError>>,
    {
        let thrown = match operation(self.database().await?) {
            Ok(answer) => return answer.await,
            Err(thrown) => thrown,
        };
        let is_closed = property(&thrown, "name").and_then(|n| n.as_string()).as_deref() == Some("InvalidStateError");
        if !is_closed {
            return Err(error(&thrown));
        }
        self.lose();
        let answer = operation(self.database().await?).map_err(|thrown| error(&thrown))?;
        answer.await
    }

    /// The open database, opened again if it was lost.
    async fn database(self: &Rc<Self>) -> Result<IdbDatabase, StorageError> {
        match &*self.link.borrow() {
            Link::Open(database) => return Ok(database.clone()),
            Link::Superseded => return Err(StorageError::Superseded),
            Link::Closed => {}
        }
        let database = connect(&self.name, self.version).await?;
        if let Link::Open(other) = &*self.link.borrow() {
            // Somebody else was faster.
            database.close();
            return Ok(other.clone());
        }
        self.listen(&database);
        *self.link.borrow_mut() = Link::Open(database.clone());
        Ok(database)
    }

    fn lose(&self) {
        let mut link = self.link.borrow_mut();
        if matches!(*link, Link::Open(_)) {
            *link = Link::Closed;
        }
    }

    fn listen(self: &Rc<Self>, database: &IdbDatabase) {
        let weak: Weak<Self> = Rc::downgrade(self);
        let lost = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            if let Some(connection) = weak.upgrade() {
                connection.lose();
            }
        });
        let (weak, held) = (Rc::downgrade(self), database.clone());
        let changed = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            // Holding on would block the other tab.
            held.close();
            let Some(connection) = weak.upgrade() else { return };
            // Without a new version the database is being deleted, not replaced.
            let is_replaced = property(&event, "newVersion").is_some();
            *connection.link.borrow_mut() = if is_replaced { Link::Superseded } else { Link::Closed };
        });
        database.set_onclose(Some(lost.as_ref().unchecked_ref()));
        database.set_onversionchange(Some(changed.as_ref().unchecked_ref()));
        *self.listeners.borrow_mut() = vec![lost, changed];
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Link::Open(database) = &*self.link.borrow() {
            database.set_onclose(None);
            database.set_onversionchange(None);
            database.close();
        }
    }
}

/// Opens the database and makes its tables.
async fn connect(name: &str, version: u32) -> Result<IdbDatabase, StorageError> {
    let denied = || StorageError::Denied {
        detail: "no IndexedDB".to_owned(),
    };
    let factory: IdbFactory = of_global("indexedDB")
        .ok_or_else(denied)?
        .dyn_into()
        .map_err(|_| denied())?;
    let request = factory
        .open_with_u32(name, version)
        .map_err(|thrown| refused(&thrown))?;
    let (sender, receiver) = oneshot::channel();
    let sender = Rc::new(Cell::new(Some(sender)));

    let upgraded = request.clone();
    let upgrade = Closure::once_into_js(move || make_tables(&upgraded));
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));

    let (opened, answer) = (request.clone(), sender.clone());
    let success = Closure::once_into_js(move || {
        let Some(database) = opened
            .result()
            .ok()
            .and_then(|result| result.dyn_into::<IdbDatabase>().ok())
        else {
            return;
        };
        match answer.take() {
            Some(sender) => drop(sender.send(Ok(database))),
            // It was blocked, and we have said so.
            None => database.close(),
        }
    });
    request.set_onsuccess(Some(success.unchecked_ref()));

    let (failed, answer) = (request.clone(), sender.clone());
    let failure = Closure::once_into_js(move || {
        let thrown = failed.error().ok().flatten();
        let error = thrown.map_or_else(denied, |thrown| refused(&thrown));
        if let Some(sender) = answer.take() {
            drop(sender.send(Err(error)));
        }
    });
    request.set_onerror(Some(failure.unchecked_ref()));

    let blocked = Closure::once_into_js(move || {
        if let Some(sender) = sender.take() {
            drop(sender.send(Err(StorageError::Blocked)));
        }
    });
    request.set_onblocked(Some(blocked.unchecked_ref()));
    receiver.await.unwrap_or(Err(StorageError::Closed))
}

/// An error of opening: a browser that cannot say more than "invalid state" does not want to keep anything.
fn refused(thrown: &JsValue) -> StorageError {
    match error(thrown) {
        StorageError::Failed { detail } if detail.starts_with("InvalidStateError") => StorageError::Denied { detail },
        other => other,
    }
}

fn make_tables(request: &IdbOpenDbRequest) {
    let database = request
        .result()
        .ok()
        .and_then(|result| result.dyn_into::<IdbDatabase>().ok());
    let Some(database) = database else { return };
    let present = database.object_store_names();
    for table in Table::ALL {
        if !present.contains(table.name()) {
            // Fails only outside of an upgrade; then every transaction on the table says so.
            let _ = database.create_object_store(table.name());
        }
    }
}

fn begin(database: &IdbDatabase, tables: &BTreeSet<Table>, mode: &str) -> Result<IdbTransaction, JsValue> {
    let stores: Array = tables.iter().map(|table| JsValue::from_str(table.name())).collect();
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("durability"), &JsValue::from_str("strict"))?;
    database
        .unchecked_ref::<DurableDatabase>()
        .begin(&stores, mode, &options)
}

/// `None` for a span without keys, which IndexedDB refuses to express.
fn range(span: &Span) -> Result<Option<JsValue>, JsValue> {
    if span.from >= span.to {
        return Ok(None);
    }
    let (from, to) = (JsValue::from_str(&span.from), JsValue::from_str(&span.to));
    IdbKeyRange::bound_with_lower_open_and_upper_open(&from, &to, false, true).map(|range| Some(range.into()))
}

/// `Some` if a guard does not hold.
fn check(guards: &[Guard], requests: &[IdbRequest]) -> Option<Result<Written, StorageError>> {
    guards
        .iter()
        .zip(requests)
        .enumerate()
        .find_map(|(index, (guard, request))| {
            let found = request
                .result()
                .ok()
                .filter(|value| !value.is_undefined())
                .map(|value| bytes(&value));
            (found != guard.expected).then_some(Ok(Written::Conflict { guard: index, found }))
        })
}

fn apply(transaction: &IdbTransaction, changes: &[Change]) -> Result<(), JsValue> {
    for change in changes {
        let store: IdbObjectStore = transaction.object_store(change.table().name())?;
        match change {
            Change::Put(_, key, value) => {
                store.put_with_key(&Uint8Array::from(&**value), &JsValue::from_str(key))?;
            }
            Change::Delete(_, span) => {
                if let Some(range) = range(span)? {
                    store.delete(&range)?;
                }
            }
        }
    }
    Ok(())
}

fn rows(keys: &IdbRequest, values: Option<&IdbRequest>) -> Rows {
    let list = |request: &IdbRequest| {
        request
            .result()
            .ok()
            .and_then(|r| r.dyn_into::<Array>().ok())
            .unwrap_or_default()
    };
    let (keys, values) = (list(keys), values.map(list));
    let row = |(index, key): (u32, JsValue)| {
        let value = values
            .as_ref()
            .map(|values| bytes(&values.get(index)))
            .unwrap_or_default();
        key.as_string().map(|key| (key, value))
    };
    (0..).zip(keys.iter()).filter_map(row).collect()
}

/// A stored value as bytes. We store nothing but `Uint8Array`s; whatever else stands there is damage and is shown as
/// well as it can be.
fn bytes(value: &JsValue) -> Vec<u8> {
    if let Some(array) = value.dyn_ref::<Uint8Array>() {
        return array.to_vec();
    }
    if let Some(buffer) = value.dyn_ref::<ArrayBuffer>() {
        return Uint8Array::new(buffer).to_vec();
    }
    if let Some(text) = value.dyn_ref::<JsString>() {
        return String::from(text).into_bytes();
    }
    format!("{value:?}").into_bytes()
}

/// The end of a transaction: its listeners and what they say.
struct End {
    receiver: oneshot::Receiver<Result<(), StorageError>>,
    listeners: [Closure<dyn FnMut()>; 2],
}

impl End {
    fn of(transaction: &IdbTransaction) -> Self {
        let (sender, receiver) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let answer = sender.clone();
        let complete = Closure::<dyn FnMut()>::new(move || {
            if let Some(sender) = answer.take() {
                drop(sender.send(Ok(())));
            }
        });
        let aborted = transaction.clone();
        let abort = Closure::<dyn FnMut()>::new(move || {
            let why = aborted.error().map(|thrown| error(&thrown));
            let why = why.unwrap_or_else(|| StorageError::Failed {
                detail: "the transaction was aborted".to_owned(),
            });
            if let Some(sender) = sender.take() {
                drop(sender.send(Err(why)));
            }
        });
        transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(abort.as_ref().unchecked_ref()));
        Self {
            receiver,
            listeners: [complete, abort],
        }
    }

    async fn reached(self) -> Result<(), StorageError> {
        let result = self.receiver.await.unwrap_or(Err(StorageError::Closed));
        drop(self.listeners);
        result
    }
}

//! What `stratus-storage` promises, held over IndexedDB, Web Locks and BroadcastChannels of a real browser: the scripts
//! that the twin in memory obeys, and what only a browser does.
//!
//! Run with `CHROMEDRIVER=… CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test
//! -p stratus-storage --target wasm32-unknown-unknown --test storage_browser`.
#![allow(clippy::unwrap_used)]
#![cfg(target_arch = "wasm32")]

mod disk;
mod script;
mod scripts;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use gloo::timers::callback::Timeout;
use js_sys::{Function, Reflect, global};
use stratus_storage::backend::{Backend, Change, Query, Span, Table};
use stratus_storage::browser::{DATABASE, IndexedDb, Page};
use stratus_storage::platform::Platform;
use stratus_storage::{
    Blobs, Entry, Event, LocalFuture, NewWorkspace, Preferences, Refreshed, Role, Session, StorageError, Store,
};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbFactory, IdbOpenDbRequest};

wasm_bindgen_test_configure!(run_in_browser);

/// A database of its own; every tab has its own connection and its own locks and channels.
struct Browser {
    database: String,
}

impl script::World for Browser {
    fn tab(&self) -> LocalFuture<(Rc<dyn Backend>, Rc<dyn Platform>)> {
        let database = self.database.clone();
        Box::pin(async move {
            let backend = IndexedDb::open(&database).await.unwrap();
            (Rc::new(backend) as _, Rc::new(Page::new()) as _)
        })
    }

    fn settle(&self) -> LocalFuture<()> {
        Box::pin(pause())
    }
}

/// Lets the browser deliver what it has to deliver.
async fn pause() {
    let (sender, receiver) = oneshot::channel();
    Timeout::new(5, move || sender.send(()).unwrap()).forget();
    receiver.await.unwrap();
}

fn fresh() -> String {
    format!("test-{}", Page::new().token())
}

async fn check(name: &str) {
    let script = scripts::ALL.iter().find(|(n, _)| *n == name).unwrap().1;
    let printed = script::run(script, || Browser { database: fresh() }).await;
    let differs = script
        .lines()
        .zip(printed.lines())
        .enumerate()
        .find(|(_, (a, b))| a != b);
    assert_eq!(differs, None, "{name}: a line differs in the browser");
    assert_eq!(script.len(), printed.len(), "{name}");
}

macro_rules! scripts {
    ($($test:ident),*) => {$(
        #[wasm_bindgen_test]
        async fn $test() {
            check(concat!(stringify!($test), ".txt")).await;
        }
    )*};
}

scripts!(saving, checkpoints, damage, blobs, tabs, failures, versions, workspaces);

async fn store(database: &str, page: Page) -> Store {
    Store::with(Rc::new(IndexedDb::open(database).await.unwrap()), Rc::new(page))
}

async fn workspace(store: &Store) -> String {
    store
        .create(NewWorkspace {
            name: "w".to_owned(),
            ..NewWorkspace::default()
        })
        .await
        .unwrap()
        .id
}

/// Runs JavaScript with one argument.
fn js(body: &str, argument: &JsValue) -> JsValue {
    Function::new_with_args("argument", body)
        .call1(&JsValue::UNDEFINED, argument)
        .unwrap()
}

/// Makes asking for a global throw, as it does where the browser denies storage.
const DENY: &str = "globalThis.allowed = Object.getOwnPropertyDescriptor(globalThis, argument);
    Object.defineProperty(globalThis, argument, { configurable: true,
        get() { throw new DOMException('told to', 'SecurityError'); } });";
const ALLOW: &str = "Object.defineProperty(globalThis, argument, globalThis.allowed);";

/// The next event of this kind.
async fn hears(events: &Rc<RefCell<Vec<Event>>>, is_it: impl Fn(&Event) -> bool) -> Event {
    for _ in 0..1000 {
        let found = events.borrow().iter().position(&is_it);
        if let Some(at) = found {
            return events.borrow_mut().remove(at);
        }
        pause().await;
    }
    panic!("never heard; only {:?}", events.borrow());
}

fn listen(session: &Session) -> Rc<RefCell<Vec<Event>>> {
    let events: Rc<RefCell<Vec<Event>>> = Rc::default();
    let heard = events.clone();
    session.on_event(move |event| heard.borrow_mut().push(event));
    events
}

/// The browser's own way to open a database, for what a page of another version does.
fn raw_open(name: &str, version: u32) -> IdbOpenDbRequest {
    let factory: IdbFactory = Reflect::get(&global(), &"indexedDB".into()).unwrap().unchecked_into();
    factory.open_with_u32(name, version).unwrap()
}

async fn succeeded(request: &IdbOpenDbRequest) -> JsValue {
    let (sender, receiver) = oneshot::channel();
    let sender = Cell::new(Some(sender));
    let done = Closure::<dyn FnMut()>::new(move || sender.take().unwrap().send(()).unwrap());
    request.set_onsuccess(Some(done.as_ref().unchecked_ref()));
    receiver.await.unwrap();
    request.result().unwrap()
}

#[wasm_bindgen_test]
async fn the_store_of_the_page_opens() {
    let store = Store::open().await.unwrap();
    assert!(store.is_lasting());
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    assert_eq!(session.append(Entry::new("one")).await, Ok(1));
    let usage = store.usage().await.expect("Chromium estimates");
    assert!(usage.used > 0 && usage.quota > usage.used, "{usage:?}");
    assert!(store.ask_to_persist().await.is_some());
    session.close().await.unwrap();
    store.delete(&id).await.unwrap();
    store.purge(&id).await.unwrap();
}

#[wasm_bindgen_test]
async fn transactions_are_strictly_durable() {
    js(
        "globalThis.asked = [];
         globalThis.before = IDBDatabase.prototype.transaction;
         IDBDatabase.prototype.transaction = function (...all) {
             const t = globalThis.before.apply(this, all); asked.push(`${t.mode} ${t.durability}`); return t; };",
        &JsValue::UNDEFINED,
    );
    let store = store(&fresh(), Page::new()).await;
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    js("globalThis.asked = [];", &JsValue::UNDEFINED);
    session.append(Entry::new("one")).await.unwrap();
    let asked = js(
        "IDBDatabase.prototype.transaction = globalThis.before; return globalThis.asked.join();",
        &JsValue::UNDEFINED,
    );
    assert_eq!(asked.as_string().unwrap(), "readwrite strict");
}

#[wasm_bindgen_test]
async fn a_full_disk_has_a_name_and_leaves_no_half_written_transaction() {
    let database = fresh();
    let store = store(&database, Page::new()).await;
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    session.append(Entry::new("one")).await.unwrap();
    // The second put of a transaction fails as it does when the quota is reached.
    js(
        "globalThis.put = IDBObjectStore.prototype.put; let count = 0;
         IDBObjectStore.prototype.put = function (...all) {
             if (++count % 2 === 0) throw new DOMException('told to', 'QuotaExceededError');
             return globalThis.put.apply(this, all); };",
        &JsValue::UNDEFINED,
    );
    let full = session.append(Entry::new("two")).await;
    js("IDBObjectStore.prototype.put = globalThis.put;", &JsValue::UNDEFINED);
    assert!(matches!(full, Err(StorageError::Full { .. })), "{full:?}");
    let backend = IndexedDb::open(&database).await.unwrap();
    let keys = backend
        .read(vec![Query::keys(Table::Records, Span::of(&id))])
        .await
        .unwrap();
    assert_eq!(keys[0].len(), 1, "nothing of the second record");
    assert_eq!(session.append(Entry::new("three")).await, Ok(3));
    assert_eq!(session.pending(), 0);
}

#[wasm_bindgen_test]
async fn a_denied_database_has_a_name() {
    // In a private window, asking for it throws.
    js(DENY, &"indexedDB".into());
    let denied = Store::open().await.err();
    js(ALLOW, &"indexedDB".into());
    assert!(matches!(denied, Some(StorageError::Denied { .. })), "{denied:?}");
    assert!(Store::open().await.is_ok(), "and later it is there");
}

#[wasm_bindgen_test]
async fn in_memory_everything_works_and_nothing_is_kept() {
    let store = Store::in_memory();
    assert!(!store.is_lasting());
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    assert_eq!(session.append(Entry::new("one")).await, Ok(1));
    assert_eq!(store.usage().await, None);
    let lasting = Store::open().await.unwrap();
    assert!(lasting.workspace(&id).await.is_err());
}

#[wasm_bindgen_test]
async fn a_newer_page_takes_the_database_over() {
    let database = fresh();
    let store = store(&database, Page::new()).await;
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    // Is not blocked, because our connection gives way.
    let newer = succeeded(&raw_open(&database, 2)).await;
    assert_eq!(session.append(Entry::new("one")).await, Err(StorageError::Superseded));
    assert!(matches!(
        IndexedDb::open(&database).await.err(),
        Some(StorageError::Newer { .. })
    ));
    js("argument.close();", &newer);
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_give_way_blocks_and_that_has_a_name() {
    let database = fresh();
    let stubborn = succeeded(&raw_open(&database, 1)).await;
    assert_eq!(
        IndexedDb::open_at(&database, 2).await.err(),
        Some(StorageError::Blocked)
    );
    js("argument.close();", &stubborn);
    // The tables of the new layout are made once the other has gone.
    let backend = IndexedDb::open_at(&database, 2).await.unwrap();
    assert_eq!(
        backend.read(vec![Query::rows(Table::Records, Span::all())]).await,
        Ok(vec![Vec::new()])
    );
}

#[wasm_bindgen_test]
async fn cleared_data_are_noticed() {
    let database = fresh();
    let store = store(&database, Page::new()).await;
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    session.append(Entry::new("one")).await.unwrap();
    let factory: IdbFactory = Reflect::get(&global(), &"indexedDB".into()).unwrap().unchecked_into();
    succeeded(&factory.delete_database(&database).unwrap()).await;
    assert_eq!(session.append(Entry::new("two")).await, Err(StorageError::Gone));
}

#[wasm_bindgen_test]
async fn values_that_are_not_bytes_are_damage() {
    let database = fresh();
    let store = store(&database, Page::new()).await;
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    session.append(Entry::new("one")).await.unwrap();
    session.append(Entry::new("two")).await.unwrap();
    session.close().await.unwrap();
    let opened = succeeded(&raw_open(&database, 1)).await;
    js("globalThis.database = argument;", &opened);
    let put = js(
        "return new Promise((done) => {
             const t = globalThis.database.transaction('records', 'readwrite');
             t.objectStore('records').put({ some: 'object' }, argument + '/0000000000000002');
             t.oncomplete = () => { globalThis.database.close(); done(); }; });",
        &JsValue::from_str(&id),
    );
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::from(put))
        .await
        .unwrap();
    let (_, opened) = store.open_workspace(&id).await.unwrap();
    assert_eq!(opened.records, [b"one"]);
    assert_eq!(opened.damage.unwrap().lost, 1);
}

#[wasm_bindgen_test]
async fn large_blobs_and_checkpoints_come_back_whole() {
    let store = store(&fresh(), Page::new()).await;
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    let bytes: Vec<u8> = (0..5_000_000u32).map(|n| (n % 251) as u8).collect();
    let blob = stratus_storage::BlobId::of(&bytes);
    session
        .append(Entry::new("one").with_blob(blob, bytes.clone()))
        .await
        .unwrap();
    session
        .checkpoint(Entry::new(bytes.clone()).referring_to(blob), 1)
        .await
        .unwrap();
    session.close().await.unwrap();
    let (session, opened) = store.open_workspace(&id).await.unwrap();
    assert!(opened.damage.is_none() && opened.checkpoint.as_ref() == Some(&bytes));
    assert!(session.blob(blob).await.as_ref() == Ok(&bytes));
}

#[wasm_bindgen_test]
async fn two_hundred_records_at_once_stay_in_order() {
    let store = store(&fresh(), Page::new()).await;
    let id = workspace(&store).await;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    let promised: Vec<_> = (1..=200u32)
        .map(|n| session.append(Entry::new(n.to_le_bytes())))
        .collect();
    for (n, saved) in (1..).zip(promised) {
        assert_eq!(saved.await, Ok(n));
    }
    session.close().await.unwrap();
    let (_, opened) = store.open_workspace(&id).await.unwrap();
    assert!(
        opened
            .records
            .iter()
            .zip(1..=200u32)
            .all(|(record, n)| *record == n.to_le_bytes())
    );
    assert_eq!(opened.position, 200);
}

#[wasm_bindgen_test]
async fn without_web_locks_the_last_tab_writes_and_the_other_is_told() {
    let database = fresh();
    let (one, two) = (
        store(&database, Page::without_locks()).await,
        store(&database, Page::without_locks()).await,
    );
    let id = workspace(&one).await;
    let (first, _) = one.open_workspace(&id).await.unwrap();
    let first_hears = listen(&first);
    first.append(Entry::new("one")).await.unwrap();

    let (second, opened) = two.open_workspace(&id).await.unwrap();
    let second_hears = listen(&second);
    assert_eq!(opened.records, [b"one"]);
    assert_eq!(second.role(), Role::Writer);
    hears(&first_hears, |event| *event == Event::TakenOver { unsaved: 0 }).await;
    assert_eq!(first.role(), Role::Reader);

    second.append(Entry::new("two")).await.unwrap();
    hears(&first_hears, |event| *event == Event::News { position: 2 }).await;
    let two = Refreshed::Records {
        records: vec![b"two".to_vec()],
        blobs: Blobs::new(),
    };
    assert_eq!(first.take_over().await, Ok(two));
    hears(&second_hears, |event| matches!(event, Event::TakenOver { .. })).await;
    assert_eq!(first.append(Entry::new("three")).await, Ok(3));
    assert_eq!(second.append(Entry::new("no")).await, Err(StorageError::NotWriter));
}

#[wasm_bindgen_test]
async fn what_is_under_way_goes_on_when_nobody_waits() {
    let database = fresh();
    let backend = IndexedDb::open(&database).await.unwrap();
    let change = Change::Put(Table::Records, "w/1".to_owned(), Rc::from(&b"x"[..]));
    drop(backend.write(Vec::new(), vec![change]));
    let rows = loop {
        let rows = backend
            .read(vec![Query::rows(Table::Records, Span::all())])
            .await
            .unwrap()
            .remove(0);
        if !rows.is_empty() {
            break rows;
        }
        pause().await;
    };
    assert_eq!(rows, [("w/1".to_owned(), b"x".to_vec())]);
}

#[wasm_bindgen_test]
fn preferences_outlive_the_page_and_two_tabs_do_not_undo_each_other() {
    let (one, two) = (Preferences::open(), Preferences::open());
    assert!(one.is_lasting());
    assert!(one.set("theme", "dark"));
    assert!(two.set("tour", true));
    let three = Preferences::open();
    assert_eq!(three.get::<String>("theme").as_deref(), Some("dark"));
    assert_eq!(three.get::<bool>("tour"), Some(true));
    assert_eq!(three.get::<bool>("theme"), None, "of another type");
    assert!(three.remove("theme"));
    assert_eq!(Preferences::open().get::<String>("theme"), None);
    js(
        "localStorage.setItem('stratus.preferences', '{not JSON');",
        &JsValue::UNDEFINED,
    );
    assert_eq!(Preferences::open().get::<bool>("tour"), None);
}

#[wasm_bindgen_test]
fn denied_preferences_last_as_long_as_the_page() {
    js(DENY, &"localStorage".into());
    let preferences = Preferences::open();
    js(ALLOW, &"localStorage".into());
    assert!(!preferences.is_lasting());
    assert!(!preferences.set("theme", "dark"));
    assert_eq!(preferences.get::<String>("theme").as_deref(), Some("dark"));
}

#[wasm_bindgen_test]
async fn the_database_has_the_documented_name() {
    Store::open().await.unwrap();
    assert_eq!(DATABASE, "stratus");
    let names = js(
        "return indexedDB.databases().then((all) => all.map((d) => d.name).join());",
        &JsValue::UNDEFINED,
    );
    let names = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::from(names))
        .await
        .unwrap();
    assert!(names.as_string().unwrap().split(',').any(|name| name == "stratus"));
}

//! The keeper over a browser in memory: calls go to the store and come back as the same world, large inputs apart from
//! them; a tab that has written follows the one that took over; what is damaged is named, and nothing else is lost.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value as Json, json};
use std::future::Future;
use std::rc::Rc;
use stratus_app::session::Saving;
use stratus_app::session::keeper::{self, Keeper};
use stratus_classroom::kept::Kept;
use stratus_classroom::{File, link};
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options};
use stratus_model::{Structure, Value, field, json as model_json, model};
use stratus_storage::backend::{Backend, Change, Query, Span, Table};
use stratus_storage::{Hub, MemoryBackend, NewWorkspace, Opened, Refreshed, Store};

#[derive(Default)]
struct Browser {
    hub: Hub,
    disk: MemoryBackend,
}

struct Tab {
    keeper: Keeper,
    engine: Engine,
}

impl Browser {
    fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.hub.block_on(work).unwrap()
    }

    fn store(&self) -> Store {
        Store::with(Rc::new(self.disk.clone()), Rc::new(self.hub.clone()))
    }

    /// A workspace with a new world.
    fn workspace(&self) -> String {
        let file = File::of(&Engine::new(Options::default()), "w");
        let new = NewWorkspace {
            name: "w".into(),
            checkpoint: Some(keeper::entry(None, Kept::whole(file))),
            ..NewWorkspace::default()
        };
        self.run(self.store().create(new)).unwrap().id
    }

    /// A tab that opens it, as the page does, and what it tells about damage.
    fn open(&self, id: &str) -> (Tab, Opened, Vec<String>) {
        let (session, opened) = self.run(self.store().open_workspace(id)).unwrap();
        let found = keeper::found(&opened).unwrap();
        let world = found.file.open().unwrap();
        assert_eq!(world.problems, Vec::<String>::new());
        let mut keeper = Keeper::in_memory("not yet");
        keeper.adopt(session, "w", found.file, "");
        let engine = world.engine;
        (Tab { keeper, engine }, opened, found.lost)
    }

    fn rows(&self, table: Table) -> Vec<(String, Vec<u8>)> {
        let answers = self.run(self.disk.read(vec![Query::rows(table, Span::all())]));
        answers.unwrap().remove(0)
    }

    fn spoil(&self, change: Change) {
        self.run(self.disk.write(Vec::new(), vec![change])).unwrap();
    }
}

impl Tab {
    fn call(&mut self, service: &str, operation: &str, params: Json) -> Structure {
        let known = model().service(service).unwrap();
        let shape = known.operation(operation).unwrap().input.unwrap();
        let Value::Structure(params) = model_json::from_json(known, shape, &params).unwrap() else {
            panic!("not an object")
        };
        let before = self.engine.history().current();
        let answer = self.engine.call(Region::US_EAST_1, service, operation, params).unwrap();
        if self.engine.history().current() != before {
            self.keeper.call_made(&self.engine);
        }
        answer
    }

    fn put(&mut self, key: &str, body: &[u8]) {
        let params = json!({"Bucket": "kept-here", "Key": key, "Body": BASE64.encode(body)});
        self.call("s3", "PutObject", params);
    }

    fn object(&mut self, key: &str) -> Vec<u8> {
        let answer = self.call("s3", "GetObject", json!({"Bucket": "kept-here", "Key": key}));
        answer.blob(field::BODY).unwrap_or_default().to_vec()
    }

    /// What the page does with news of another tab.
    fn follow(&mut self, refreshed: Refreshed) {
        let found = match refreshed {
            Refreshed::Records { records, .. } if records.is_empty() => return,
            Refreshed::Records { records, blobs } => self.keeper.news(&self.engine, &records, &blobs),
            Refreshed::Reopened(opened) => self.keeper.reopened(&opened),
        };
        let found = found.unwrap();
        assert_eq!(found.lost, Vec::<String>::new());
        self.engine = found.file.open().unwrap().engine;
    }
}

/// Bytes that do not resemble each other.
fn noise(length: usize, seed: u32) -> Vec<u8> {
    let mut state = seed | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    (0..length).map(|_| next()).collect()
}

/// A browser with a workspace in which a tab has put a large object, a small one, and the large one again.
fn with_objects(browser: &Browser, body: &[u8]) -> (String, Tab) {
    let id = browser.workspace();
    let (mut tab, _, _) = browser.open(&id);
    tab.call("s3", "CreateBucket", json!({"Bucket": "kept-here"}));
    tab.put("report.csv", body);
    tab.put("small", b"little");
    tab.put("copy.csv", body);
    browser.run(tab.keeper.flush());
    assert_eq!(tab.keeper.saving(), Saving::Saved);
    (id, tab)
}

#[test]
fn a_large_input_lies_apart_once_and_comes_back() {
    let (browser, body) = (Browser::default(), noise(40_000, 7));
    let (id, tab) = with_objects(&browser, &body);
    let digest = tab.engine.digest();
    assert_eq!(browser.rows(Table::Blobs).len(), 1, "the same content once");
    assert_eq!(browser.rows(Table::Blobs)[0].1, body);
    for (key, row) in browser.rows(Table::Records) {
        assert!(row.len() < 1_000, "record {key} has {} bytes", row.len());
    }
    drop(tab);
    let (mut tab, opened, lost) = browser.open(&id);
    assert_eq!((opened.damage, lost), (None, Vec::new()));
    assert_eq!(tab.engine.digest(), digest);
    assert_eq!(tab.object("copy.csv"), body);
    // A checkpoint refers to what is there; a later record too.
    tab.keeper.checkpoint(&tab.engine);
    tab.put("third.csv", &body);
    browser.run(tab.keeper.flush());
    let digest = tab.engine.digest();
    assert!(
        browser
            .rows(Table::Checkpoints)
            .iter()
            .all(|(_, row)| row.len() < 4_000)
    );
    drop(tab);
    let (tab, opened, _) = browser.open(&id);
    assert_eq!(tab.engine.digest(), digest);
    assert_eq!(opened.records.len(), 1, "the rest is in the checkpoint");
    assert_eq!(browser.rows(Table::Blobs).len(), 1);
}

#[test]
fn an_object_that_no_record_could_hold_is_kept() {
    let (browser, body) = (Browser::default(), noise(5 << 20, 9));
    let (id, tab) = with_objects(&browser, &body);
    let digest = tab.engine.digest();
    drop(tab);
    assert_eq!(browser.open(&id).0.engine.digest(), digest);
}

#[test]
fn files_and_links_hold_it_themselves() {
    let (browser, body) = (Browser::default(), noise(3_000, 11));
    let (_, tab) = with_objects(&browser, &body);
    let text = File::of(&tab.engine, "w").to_text();
    assert!(text.contains(&BASE64.encode(&body)) && !text.contains("\"blobs\""));
    let from_file = File::from_text(&text).unwrap().open().unwrap();
    assert_eq!(from_file.engine.digest(), tab.engine.digest());
    let hash = link::encode(&File::of_line(&tab.engine, "w")).unwrap();
    let from_link = link::decode(&hash).unwrap().open().unwrap();
    assert_eq!(from_link.engine.digest(), tab.engine.digest());
}

/// After `harm` to the one blob: the calls and objects are all there, the large ones empty; both are named; and what was
/// open then is what opens next time, without another word.
fn harmed(harm: impl Fn(String, Vec<u8>) -> Change, kept_aside: usize) {
    let (browser, body) = (Browser::default(), noise(40_000, 13));
    let (id, mut tab) = with_objects(&browser, &body);
    tab.call("ec2", "CreateVpc", json!({"CidrBlock": "10.9.0.0/16"}));
    browser.run(tab.keeper.flush());
    let calls = tab.engine.history().nodes().len();
    drop(tab);
    let (key, bytes) = browser.rows(Table::Blobs).remove(0);
    browser.spoil(harm(key, bytes));

    let (mut tab, opened, lost) = browser.open(&id);
    let damage = opened.damage.unwrap();
    assert_eq!((damage.lost, damage.blobs.len()), (0, 1), "no call is lost");
    assert!(damage.what.contains("missing or damaged"), "{}", damage.what);
    let expected = [
        "call 2, PutObject of report.csv in kept-here, has lost its object contents (Body). The object is there, but empty.",
        "call 4, PutObject of copy.csv in kept-here, has lost its object contents (Body). The object is there, but empty.",
    ];
    assert_eq!(lost, expected);
    assert_eq!(tab.engine.history().nodes().len(), calls, "every call was made again");
    assert_eq!(tab.object("small"), b"little");
    assert_eq!(tab.object("report.csv"), b"");
    // The damaged bytes can be downloaded now and later.
    let aside = browser.run(browser.store().set_aside(&id)).unwrap();
    assert_eq!(aside.len(), kept_aside);
    for row in aside {
        assert_eq!(row.bytes, damage.bytes);
        assert!(row.bytes.windows(1_000).any(|window| body[1..].starts_with(window)));
    }
    tab.keeper.checkpoint(&tab.engine);
    browser.run(tab.keeper.flush());
    let digest = tab.engine.digest();
    drop(tab);
    let (tab, opened, lost) = browser.open(&id);
    assert_eq!((opened.damage, lost, tab.engine.digest()), (None, Vec::new(), digest));
}

#[test]
fn a_damaged_blob_is_named_and_nothing_else_is_lost() {
    let flip = |key, mut bytes: Vec<u8>| {
        bytes[0] ^= 1;
        Change::Put(Table::Blobs, key, bytes.into())
    };
    harmed(flip, 1);
}

#[test]
fn a_missing_blob_is_named_and_nothing_else_is_lost() {
    harmed(|key, _| Change::Delete(Table::Blobs, Span::one(&key)), 0);
}

#[test]
fn a_tab_that_has_written_follows_the_one_that_took_over() {
    let (browser, body) = (Browser::default(), noise(5_000, 17));
    let (id, mut first) = with_objects(&browser, &body);
    let (mut second, _, _) = browser.open(&id);
    assert_eq!(second.keeper.saving(), Saving::Reader);
    assert_eq!(second.engine.digest(), first.engine.digest());
    first.put("more.csv", &noise(6_000, 19));
    browser.run(first.keeper.flush());
    let session = second.keeper.session().unwrap().clone();
    second.follow(browser.run(session.refresh()).unwrap());
    assert_eq!(second.engine.digest(), first.engine.digest(), "news with a blob");

    second.follow(browser.run(session.take_over()).unwrap());
    browser.run(async {});
    assert_eq!(first.keeper.saving(), Saving::Reader);
    second.put("of-the-second.csv", &body);
    second.engine.undo();
    second.keeper.moved(&second.engine);
    browser.run(second.keeper.flush());
    let session = first.keeper.session().unwrap().clone();
    first.follow(browser.run(session.refresh()).unwrap());
    assert_eq!(
        first.engine.digest(),
        second.engine.digest(),
        "its own calls are still there"
    );
    second.engine.redo();
    second.keeper.moved(&second.engine);
    browser.run(second.keeper.flush());
    first.follow(browser.run(session.refresh()).unwrap());
    assert_eq!(first.engine.digest(), second.engine.digest());
    assert_eq!(first.object("of-the-second.csv"), body);
    assert_eq!(first.object("report.csv"), body);
}

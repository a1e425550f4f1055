//! Random lives of a workspace: several tabs, faults, deaths, damage. What was acknowledged is always there.

use std::collections::BTreeSet;
use std::rc::Rc;

use proptest::prelude::*;
use stratus_storage::backend::{Backend, Change, Query, Span, Table};
use stratus_storage::platform::{Ask, Channel, Hold, Platform};
use stratus_storage::{
    BlobId, Entry, Hub, LocalFuture, MemoryBackend, NewWorkspace, Opened, Refreshed, Role, SaveState, Session,
    StorageError, Store,
};

use crate::disk::{Disk, Mood};

/// What the tab of this index does.
#[derive(Debug, Clone)]
enum Step {
    Open(usize),
    Append(usize),
    AppendMany(usize, u8),
    Checkpoint(usize, prop::sample::Index),
    TakeOver(usize),
    Refresh(usize),
    Disk(usize, Mood),
    Retry(usize),
    Close(usize),
    Die(usize),
}

const TABS: usize = 3;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tab = || 0..TABS;
    let mood = prop_oneof![4 => Just(Mood::Good), 1 => Just(Mood::Full), 1 => Just(Mood::Lies), 2 => Just(Mood::Holds)];
    let step = prop_oneof![
        3 => tab().prop_map(Step::Open),
        8 => tab().prop_map(Step::Append),
        2 => (tab(), 2..6u8).prop_map(|(tab, count)| Step::AppendMany(tab, count)),
        3 => (tab(), any::<prop::sample::Index>()).prop_map(|(tab, at)| Step::Checkpoint(tab, at)),
        3 => tab().prop_map(Step::TakeOver),
        2 => tab().prop_map(Step::Refresh),
        4 => (tab(), mood).prop_map(|(tab, mood)| Step::Disk(tab, mood)),
        1 => tab().prop_map(Step::Retry),
        1 => tab().prop_map(Step::Close),
        1 => tab().prop_map(Step::Die),
    ];
    prop::collection::vec(step, 1..60)
}

struct Tab {
    disk: Rc<Disk>,
    store: Store,
    session: Option<Session>,
    /// What the page of this tab shows: every record so far.
    page: Vec<u64>,
    promised: Vec<(u64, LocalFuture<Result<u64, StorageError>>)>,
}

/// A tab that cannot know of the others: every lock is granted, and nobody hears anything.
struct Lonely(Hub);

impl Platform for Lonely {
    fn now(&self) -> i64 {
        self.0.now()
    }
    fn token(&self) -> String {
        self.0.token()
    }
    fn spawn(&self, task: LocalFuture<()>) {
        self.0.spawn(task);
    }
    fn lock(&self, _: &str, ask: Ask, _: Box<dyn FnOnce()>) -> LocalFuture<Option<Hold>> {
        match ask {
            Ask::Wait => Box::pin(std::future::pending()),
            Ask::IfFree | Ask::Steal => Box::pin(std::future::ready(Some(Hold::new(|| {})))),
        }
    }
    fn channel(&self, _: &str, _: Rc<dyn Fn(&str)>) -> Option<Channel> {
        None
    }
}

/// A browser with some tabs on one workspace. Records are numbers that are never used twice; a checkpoint is the list
/// of all numbers up to it.
struct Life {
    hub: Hub,
    is_lonely: bool,
    backend: MemoryBackend,
    id: String,
    tabs: Vec<Tab>,
    next: u64,
    /// Sequence and number of what was acknowledged.
    acknowledged: BTreeSet<(u64, u64)>,
}

fn list(numbers: &[u64]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn numbers(opened: &Opened) -> Vec<u64> {
    let bytes = opened
        .checkpoint
        .iter()
        .chain(&opened.records)
        .flatten()
        .copied()
        .collect::<Vec<u8>>();
    bytes
        .chunks_exact(8)
        .map(|c| u64::from_le_bytes(c.try_into().unwrap()))
        .collect()
}

impl Life {
    fn new(is_lonely: bool) -> Self {
        let (hub, backend) = (Hub::new(), MemoryBackend::new());
        let platform: Rc<dyn Platform> = if is_lonely {
            Rc::new(Lonely(hub.clone()))
        } else {
            Rc::new(hub.clone())
        };
        let store = Store::with(Rc::new(backend.clone()), Rc::new(hub.clone()));
        let new = NewWorkspace {
            name: "w".to_owned(),
            ..NewWorkspace::default()
        };
        let id = hub.block_on(store.create(new)).unwrap().unwrap().id;
        let tab = |_| {
            let disk = Rc::new(Disk::new(Rc::new(backend.clone())));
            let store = Store::with(disk.clone(), platform.clone());
            Tab {
                disk,
                store,
                session: None,
                page: Vec::new(),
                promised: Vec::new(),
            }
        };
        let tabs = (0..TABS).map(tab).collect();
        Self {
            hub,
            is_lonely,
            backend,
            id,
            tabs,
            next: 0,
            acknowledged: BTreeSet::new(),
        }
    }

    /// `None` while a disk holds back what the step waits for; the step is then given up.
    fn step(&mut self, step: &Step) -> Option<()> {
        match *step {
            Step::Open(tab) => {
                self.die(tab);
                let (store, id) = (self.tabs[tab].store.clone(), self.id.clone());
                let (session, opened) = self.hub.block_on(store.open_workspace(&id))?.expect("it opens");
                assert_eq!(opened.damage, None);
                self.tabs[tab].page = numbers(&opened);
                self.tabs[tab].session = Some(session);
            }
            Step::Append(tab) => self.append(tab, 1),
            Step::AppendMany(tab, count) => self.append(tab, count),
            Step::Checkpoint(tab, at) => {
                let Tab {
                    session: Some(session),
                    page,
                    ..
                } = &self.tabs[tab]
                else {
                    return None;
                };
                if session.role() == Role::Writer {
                    let at = at.index(page.len() + 1);
                    // Behind another checkpoint it is refused; that is all right.
                    drop(session.checkpoint(Entry::new(list(&page[..at])), at as u64));
                    self.hub.block_on(async {});
                }
            }
            Step::TakeOver(tab) => {
                let session = self.tabs[tab].session.clone()?;
                if let Ok(news) = self.hub.block_on(session.take_over())? {
                    self.take(tab, news);
                }
            }
            Step::Refresh(tab) => {
                let session = self.tabs[tab].session.clone()?;
                let was_reader = session.role() == Role::Reader;
                // A closed session says so.
                let Ok(news) = self.hub.block_on(session.refresh())? else {
                    return Some(());
                };
                self.take(tab, news);
                if was_reader {
                    assert_eq!(
                        self.tabs[tab].page,
                        self.observe(),
                        "a refreshed reader sees what is there"
                    );
                }
            }
            Step::Disk(tab, mood) => self.tabs[tab].disk.set(mood),
            Step::Retry(tab) => self.tabs[tab].session.as_ref()?.retry(),
            Step::Close(tab) => {
                let session = self.tabs[tab].session.clone()?;
                // A full disk is said; everything else is checked below.
                let _ = self.hub.block_on(session.close())?;
            }
            Step::Die(tab) => self.die(tab),
        }
        self.hub.block_on(async {})
    }

    fn append(&mut self, tab: usize, count: u8) {
        let tab = &mut self.tabs[tab];
        let Some(session) = tab.session.clone().filter(|session| session.role() == Role::Writer) else {
            return;
        };
        for _ in 0..count {
            self.next += 1;
            tab.page.push(self.next);
            tab.promised
                .push((self.next, session.append(Entry::new(self.next.to_le_bytes()))));
        }
        self.hub.block_on(async {});
    }

    fn take(&mut self, tab: usize, news: Refreshed) {
        let page = &mut self.tabs[tab].page;
        match news {
            Refreshed::Records { records, .. } => page.extend(numbers(&Opened {
                records,
                ..Opened::default()
            })),
            Refreshed::Reopened(opened) => {
                assert_eq!(opened.damage, None);
                *page = numbers(&opened);
            }
        }
    }

    fn die(&mut self, tab: usize) {
        self.collect();
        let tab = &mut self.tabs[tab];
        tab.session = None;
        tab.promised.clear();
        tab.page.clear();
        self.hub.block_on(async {});
    }

    /// Notes what has been acknowledged since.
    fn collect(&mut self) {
        for tab in &mut self.tabs {
            for (number, mut promise) in std::mem::take(&mut tab.promised) {
                let hub = self.hub.clone();
                let polled = hub.block_on(std::future::poll_fn(|context| {
                    std::task::Poll::Ready(promise.as_mut().poll(context))
                }));
                match polled.unwrap() {
                    std::task::Poll::Pending => tab.promised.push((number, promise)),
                    std::task::Poll::Ready(Ok(sequence)) => drop(self.acknowledged.insert((sequence, number))),
                    std::task::Poll::Ready(Err(_)) => {}
                }
            }
        }
    }

    /// What a tab that only reads would see; leaves everything as it is.
    fn observe(&self) -> Vec<u64> {
        let copy = self.copy();
        let store = Store::with(Rc::new(copy), Rc::new(Hub::new()));
        let (_, opened) = Hub::new().block_on(store.open_workspace(&self.id)).unwrap().unwrap();
        assert_eq!(opened.damage, None);
        numbers(&opened)
    }

    fn copy(&self) -> MemoryBackend {
        let copy = MemoryBackend::new();
        for table in Table::ALL {
            let rows = self
                .hub
                .block_on(self.backend.read(vec![Query::rows(table, Span::all())]))
                .unwrap()
                .unwrap();
            let changes = rows
                .into_iter()
                .flatten()
                .map(|(key, row)| Change::Put(table, key, row.into()))
                .collect();
            self.hub.block_on(copy.write(Vec::new(), changes)).unwrap().unwrap();
        }
        copy
    }

    fn check(&mut self) {
        self.collect();
        let there = self.observe();
        for (sequence, number) in &self.acknowledged {
            let found = there.get(*sequence as usize - 1);
            assert_eq!(
                found,
                Some(number),
                "acknowledged record {sequence} is {found:?} in {there:?}"
            );
        }
        let once: BTreeSet<_> = there.iter().collect();
        assert_eq!(once.len(), there.len(), "no record twice: {there:?}");
        assert!(there.iter().all(|number| *number <= self.next));
        if self.is_lonely {
            // Several may believe that they write, until they try.
            return;
        }
        let writers = self
            .tabs
            .iter()
            .filter(|tab| tab.session.as_ref().is_some_and(|s| s.role() == Role::Writer));
        let writers: Vec<&Tab> = writers.collect();
        assert!(writers.len() <= 1, "one writer at most");
        // One that opened on a full disk has not made sure of its place yet, and says that it saves nothing.
        let is_sure = |tab: &&Tab| {
            !matches!(
                tab.session.as_ref().map(Session::saving),
                Some(SaveState::Failed { .. })
            )
        };
        for writer in writers.into_iter().filter(is_sure) {
            assert!(
                writer.page.starts_with(&there),
                "the writer knows all that is there: {there:?} {:?}",
                writer.page
            );
        }
    }
}

fn live(mut life: Life, steps: &[Step]) {
    for step in steps {
        // A step that is given up is checked like any other.
        let _ = life.step(step);
        life.check();
    }
    for tab in 0..TABS {
        life.tabs[tab].disk.set(Mood::Good);
        let _ = life.step(&Step::Retry(tab));
        life.check();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn acknowledged_records_survive_everything(steps in steps()) {
        live(Life::new(false), &steps);
    }

    /// The stored head alone keeps tabs apart that have neither locks nor channels.
    #[test]
    fn acknowledged_records_survive_without_locks(steps in steps()) {
        live(Life::new(true), &steps);
    }

    #[test]
    fn one_damaged_row_never_passes_unnoticed(
        texts in prop::collection::vec(0..4u8, 1..12),
        row: prop::sample::Index,
        byte: prop::sample::Index,
        flip in 1..=255u8,
    ) {
        let (hub, backend) = (Hub::new(), MemoryBackend::new());
        let store = Store::with(Rc::new(backend.clone()), Rc::new(hub.clone()));
        let truth = hub.block_on(write(&store, &texts)).unwrap();
        let id = hub.block_on(store.workspaces()).unwrap().unwrap().remove(0).id;

        let spoiled = hub.block_on(spoil(&backend, row, byte, flip)).unwrap();
        let (session, opened) = hub.block_on(store.open_workspace(&id)).unwrap().unwrap();
        let there = numbers(&opened);
        match &opened.damage {
            None => prop_assert_eq!(&there, &truth, "nothing is said, so nothing may be missing"),
            Some(damage) => {
                prop_assert!(truth.starts_with(&there));
                prop_assert_eq!(there.len() as u64 + damage.lost, truth.len() as u64);
                prop_assert!(damage.bytes.windows(spoiled.len()).any(|window| window == spoiled), "the bytes are kept");
                let asides = hub.block_on(store.set_aside(&id)).unwrap().unwrap();
                prop_assert_eq!(&asides[0].bytes, &damage.bytes);
            }
        }
        hub.block_on(session.append(Entry::new(99u64.to_le_bytes()))).unwrap().unwrap();
        drop(session);
        let (_, again) = hub.block_on(store.open_workspace(&id)).unwrap().unwrap();
        prop_assert_eq!(numbers(&again), [there, vec![99]].concat());
        prop_assert_eq!(again.damage.map_or(0, |damage| damage.lost), 0);
    }
}

/// A workspace with records, some with blobs, and a checkpoint wherever the list says 3.
async fn write(store: &Store, texts: &[u8]) -> Vec<u64> {
    let id = store
        .create(NewWorkspace {
            name: "w".to_owned(),
            ..NewWorkspace::default()
        })
        .await
        .unwrap()
        .id;
    let (session, _) = store.open_workspace(&id).await.unwrap();
    let mut page = Vec::new();
    let mut blobs: BTreeSet<BlobId> = BTreeSet::new();
    for (number, text) in (1u64..).zip(texts) {
        page.push(number);
        let mut entry = Entry::new(number.to_le_bytes());
        if *text == 2 {
            let bytes = vec![number as u8; 1500];
            blobs.insert(BlobId::of(&bytes));
            entry = entry.with_blob(BlobId::of(&bytes), bytes);
        }
        session.append(entry).await.unwrap();
        if *text == 3 {
            let entry = blobs
                .iter()
                .fold(Entry::new(list(&page)), |entry, blob| entry.referring_to(*blob));
            session.checkpoint(entry, number).await.unwrap();
        }
    }
    session.close().await.unwrap();
    page
}

/// Flips bits of one byte of one row; returns the row as it is then.
async fn spoil(backend: &MemoryBackend, row: prop::sample::Index, byte: prop::sample::Index, flip: u8) -> Vec<u8> {
    let queries = Table::ALL.map(|table| Query::rows(table, Span::all())).to_vec();
    let answers = backend.read(queries).await.unwrap();
    let rows = Table::ALL
        .into_iter()
        .zip(answers)
        .flat_map(|(table, rows)| rows.into_iter().map(move |r| (table, r)));
    let rows: Vec<_> = rows.collect();
    let (table, (key, mut bytes)) = rows[row.index(rows.len())].clone();
    let at = byte.index(bytes.len());
    bytes[at] ^= flip;
    backend
        .write(Vec::new(), vec![Change::Put(table, key, bytes.clone().into())])
        .await
        .unwrap();
    bytes
}

//! Scripts: what tabs do to a store and what they see, as text. The same scripts run natively over the twin in memory
//! and in a real browser over IndexedDB, Web Locks and BroadcastChannels, so the two cannot drift apart.
//!
//! `## title` starts a scenario with an empty store; `> words` is a step; the lines below are what it prints. Every
//! scenario has the workspace "w". A tab is named by the first word of a step and is made when it is first named.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write;
use std::rc::Rc;

use sha2::{Digest, Sha256};
use stratus_storage::backend::{Backend, Change, Query, Span, Table, key_sequence, sequence_key};
use stratus_storage::platform::Platform;
use stratus_storage::{Entry, Event, LocalFuture, NewWorkspace, Reject, Role, SaveState, Session, StorageError, Store};

mod words;

use words::*;

use crate::disk::{Disk, Mood, Shifted};

/// Where a script runs.
pub trait World {
    /// One more tab of the same browser.
    fn tab(&self) -> LocalFuture<(Rc<dyn Backend>, Rc<dyn Platform>)>;
    /// Lets other tasks and tabs do something.
    fn settle(&self) -> LocalFuture<()>;
}

/// Runs the scenarios of a script in fresh worlds and returns the script with what was really printed.
pub async fn run<W: World + 'static>(script: &str, world: impl Fn() -> W) -> String {
    let mut out = String::new();
    let mut bench: Option<Bench> = None;
    for line in script.lines() {
        if line.starts_with("## ") {
            let gap = if out.is_empty() || out.ends_with("\n\n") {
                ""
            } else {
                "\n"
            };
            writeln!(out, "{gap}{line}").unwrap();
            bench = Some(Bench::new(Box::new(world())).await);
        } else if let Some(step) = line.strip_prefix("> ") {
            let bench = bench.as_mut().expect("a step before the first title");
            writeln!(out, "{line}").unwrap();
            for said in bench.step(step).await {
                // The browser's ids differ from run to run.
                writeln!(out, "{}", said.replace(&bench.id, "<w>")).unwrap();
            }
        } else if line.starts_with("# ") {
            writeln!(out, "{line}").unwrap();
        }
    }
    out
}

struct Tab {
    disk: Rc<Disk>,
    store: Store,
    session: Option<Session>,
    events: Rc<RefCell<VecDeque<Event>>>,
    unawaited: Vec<LocalFuture<Result<u64, StorageError>>>,
}

struct Bench {
    world: Box<dyn World>,
    raw: Rc<dyn Backend>,
    shift: Rc<Cell<i64>>,
    tabs: BTreeMap<String, Tab>,
    /// The id of the workspace "w".
    id: String,
}

impl Bench {
    async fn new(world: Box<dyn World>) -> Self {
        let (raw, platform) = world.tab().await;
        let store = Store::with(raw.clone(), platform);
        let id = store
            .create(NewWorkspace {
                name: "w".to_owned(),
                ..NewWorkspace::default()
            })
            .await
            .unwrap()
            .id;
        Self {
            world,
            raw,
            shift: Rc::default(),
            tabs: BTreeMap::new(),
            id,
        }
    }

    async fn tab(&mut self, name: &str) -> &mut Tab {
        if !self.tabs.contains_key(name) {
            let (backend, platform) = self.world.tab().await;
            let disk = Rc::new(Disk::new(backend));
            let platform = Rc::new(Shifted {
                platform,
                shift: self.shift.clone(),
            });
            let store = Store::with(disk.clone(), platform);
            let events: Rc<RefCell<VecDeque<Event>>> = Rc::default();
            let heard = events.clone();
            // Stands among the session's events, under a name that they do not use.
            store.on_workspaces_changed(move || heard.borrow_mut().push_back(Event::News { position: u64::MAX }));
            let tab = Tab {
                disk,
                store,
                session: None,
                events,
                unawaited: Vec::new(),
            };
            self.tabs.insert(name.to_owned(), tab);
        }
        self.tabs.get_mut(name).unwrap()
    }

    async fn step(&mut self, step: &str) -> Vec<String> {
        let words: Vec<&str> = step.split_whitespace().collect();
        match *words {
            ["rows"] => vec![self.rows().await],
            ["flip", table, sequence, "at", byte] => {
                self.spoil(table, sequence, Spoil::Flip(byte.parse().unwrap())).await
            }
            ["cut", table, sequence, "to", length] => {
                self.spoil(table, sequence, Spoil::Cut(length.parse().unwrap())).await
            }
            ["age", table, sequence, "to", version] => {
                self.spoil(table, sequence, Spoil::Age(version.parse().unwrap())).await
            }
            ["remove", table, sequence] => self.spoil(table, sequence, Spoil::Remove).await,
            ["copy", table, sequence, "to", other] => self.spoil(table, sequence, Spoil::CopyTo(other)).await,
            ["days", days] => {
                self.shift
                    .set(self.shift.get() + days.parse::<i64>().unwrap() * 86_400_000);
                Vec::new()
            }
            ["ids", "of", list] => self.odd_ids(list).await,
            [tab, "hears", event] => self.hears(tab, event).await,
            [tab, ref rest @ ..] => {
                let id = self.id.clone();
                let tab = self.tab(tab).await;
                match tab.session_step(&id, rest).await {
                    Some(said) => said,
                    None => tab
                        .store_step(rest)
                        .await
                        .unwrap_or_else(|| panic!("not a step: {step}")),
                }
            }
            [] => panic!("an empty step"),
        }
    }

    async fn rows(&self) -> String {
        let mut said = Vec::new();
        for table in Table::ALL {
            let keys = self
                .raw
                .read(vec![Query::keys(table, Span::all())])
                .await
                .unwrap()
                .remove(0);
            let keys = keys
                .into_iter()
                .map(|(key, _)| key_sequence(&key).filter(|_| key.contains('/')));
            let keys: Vec<String> = keys
                .map(|s| s.map_or_else(|| "*".to_owned(), |s| s.to_string()))
                .collect();
            said.push(format!(
                "{}: {}",
                table.name(),
                if keys.is_empty() {
                    "-".to_owned()
                } else {
                    keys.join(" ")
                }
            ));
        }
        said.join("; ")
    }

    /// Changes a stored row behind the store's back. `sequence` "-" means the workspace's one row, a blob's first
    /// digits its row.
    async fn spoil(&self, table: &str, sequence: &str, how: Spoil<'_>) -> Vec<String> {
        let table = Table::ALL.into_iter().find(|t| t.name() == table).unwrap();
        let key = match sequence.parse() {
            _ if table == Table::Blobs => {
                let keys = self
                    .raw
                    .read(vec![Query::keys(table, Span::of(&self.id))])
                    .await
                    .unwrap()
                    .remove(0);
                keys[sequence.parse::<usize>().unwrap()].0.clone()
            }
            Ok(sequence) => sequence_key(&self.id, sequence),
            Err(_) => self.id.clone(),
        };
        let mut bytes = self
            .raw
            .read(vec![Query::rows(table, Span::one(&key))])
            .await
            .unwrap()
            .remove(0)
            .remove(0)
            .1;
        let change = match how {
            Spoil::Age(version) => Change::Put(table, key, aged(&bytes, version).into()),
            Spoil::Remove => Change::Delete(table, Span::one(&key)),
            Spoil::Flip(at) => {
                let at = at % bytes.len();
                bytes[at] ^= 0x10;
                Change::Put(table, key, bytes.into())
            }
            Spoil::Cut(length) => Change::Put(table, key, bytes[..length].into()),
            Spoil::CopyTo(other) => Change::Put(table, sequence_key(&self.id, other.parse().unwrap()), bytes.into()),
        };
        self.raw.write(Vec::new(), vec![change]).await.unwrap();
        Vec::new()
    }

    /// What opening says about ids as they may stand in a URL.
    async fn odd_ids(&mut self, list: &str) -> Vec<String> {
        let tab = self.tab("ids").await;
        let mut said = Vec::new();
        for id in list.split(',') {
            said.push(match tab.store.open_workspace(id).await {
                Ok(_) => "opened".to_owned(),
                Err(error) => error.to_string(),
            });
        }
        said
    }

    async fn hears(&mut self, tab: &str, wanted: &str) -> Vec<String> {
        for _ in 0..1000 {
            let next = self.tab(tab).await.events.borrow_mut().pop_front();
            let Some(event) = next else {
                self.world.settle().await;
                continue;
            };
            let (name, said) = match event {
                Event::News { position: u64::MAX } => ("workspaces", "the workspaces have changed".to_owned()),
                Event::News { position } => ("news", format!("news up to {position}")),
                Event::TakenOver { unsaved } => ("taken", format!("taken over, {unsaved} unsaved")),
                Event::WriterGone => ("gone", "the writer is gone".to_owned()),
                Event::Gone { unsaved } => ("vanished", format!("the workspace is gone, {unsaved} unsaved")),
                Event::Save(SaveState::Failed { pending, error }) => ("failure", format!("{pending} unsaved: {error}")),
                Event::Save(SaveState::Saving { pending }) => ("saving", format!("saving {pending}")),
                Event::Save(SaveState::Saved) => ("saved", "saved".to_owned()),
            };
            if name == wanted {
                return vec![said];
            }
        }
        vec![format!("never hears {wanted}")]
    }
}

enum Spoil<'a> {
    Flip(usize),
    Cut(usize),
    /// As another version writes it.
    Age(u8),
    Remove,
    CopyTo(&'a str),
}

/// A row without references as another version writes it: version 0 does not count references, and all that is known of
/// later versions is where magic, version and checksum stand.
fn aged(row: &[u8], version: u8) -> Vec<u8> {
    let mut body = row[..row.len() - 16].to_vec();
    body[4] = version;
    if version == 0 {
        body.drain(16..20);
    }
    let digest: [u8; 32] = Sha256::digest(&body).into();
    body.extend(&digest[..16]);
    body
}

impl Tab {
    async fn session_step(&mut self, id: &str, words: &[&str]) -> Option<Vec<String>> {
        if *words == ["opens"] {
            return Some(self.open(id).await);
        }
        let session = self.session.clone();
        let session = || session.clone().expect("the tab has opened nothing");
        Some(match *words {
            ["appends", ref texts @ .., "unawaited"] => {
                for text in texts {
                    self.unawaited.push(session().append(entry(text)));
                }
                Vec::new()
            }
            ["appends", text, "referring", "to", blob] => {
                vec![done(session().append(entry(text).referring_to(blob_id(blob))).await)]
            }
            ["appends", text] => vec![done(session().append(entry(text)).await)],
            ["appends", size, "bytes"] => vec![done(
                session().append(Entry::new(vec![b'x'; size.parse().unwrap()])).await,
            )],
            ["awaits"] => {
                let mut said = Vec::new();
                for result in std::mem::take(&mut self.unawaited) {
                    said.push(done(result.await));
                }
                said
            }
            ["reads", "blob", blob] => vec![match session().blob(blob_id(blob)).await {
                Ok(bytes) => format!("{} bytes", bytes.len()),
                Err(error) => error.to_string(),
            }],
            ["checkpoints", text, "at", at] => vec![done(session().checkpoint(entry(text), at.parse().unwrap()).await)],
            ["checkpoints", text, "at", at, "unawaited"] => {
                self.unawaited
                    .push(session().checkpoint(entry(text), at.parse().unwrap()));
                Vec::new()
            }
            ["refreshes"] => refreshed(session().refresh().await),
            ["takes", "over"] => refreshed(session().take_over().await),
            ["rejects", "checkpoint"] => reopened(session().reject(Reject::Checkpoint).await),
            ["rejects", "after", n] => reopened(session().reject(Reject::RecordsAfter(n.parse().unwrap())).await),
            ["flushes"] => vec![
                session()
                    .flush()
                    .await
                    .map_or_else(|error| error.to_string(), |()| "all saved".to_owned()),
            ],
            ["retries"] => {
                session().retry();
                session()
                    .flush()
                    .await
                    .map_or_else(|error| vec![error.to_string()], |()| vec!["all saved".to_owned()])
            }
            ["is"] => vec![format!(
                "{:?} at {}: {}",
                session().role(),
                session().position(),
                saving(&session().saving())
            )],
            ["closes"] => {
                let said = session()
                    .close()
                    .await
                    .map_or_else(|error| error.to_string(), |()| "closed".to_owned());
                vec![said]
            }
            ["dies"] => {
                self.session = None;
                self.unawaited.clear();
                Vec::new()
            }
            _ => return None,
        })
    }

    async fn open(&mut self, id: &str) -> Vec<String> {
        match self.store.open_workspace(id).await {
            Err(error) => vec![format!("{error} {}", error.remedy())],
            Ok((session, opened)) => {
                let heard = self.events.clone();
                session.on_event(move |event| heard.borrow_mut().push_back(event));
                let role = if session.role() == Role::Writer {
                    "writer"
                } else {
                    "reader"
                };
                let mut said = vec![format!("{role}: {}", content(&opened))];
                said.extend(contents(&opened.blobs));
                said.extend(damage(&opened));
                if session.saving() != SaveState::Saved {
                    said.push(saving(&session.saving()));
                }
                self.session = Some(session);
                said
            }
        }
    }

    async fn store_step(&mut self, words: &[&str]) -> Option<Vec<String>> {
        let mood = |mood| {
            self.disk.set(mood);
            Some(Vec::new())
        };
        match *words {
            ["disk", "full"] => return mood(Mood::Full),
            ["disk", "lies"] => return mood(Mood::Lies),
            ["disk", "holds"] => return mood(Mood::Holds),
            ["disk", "good"] => return mood(Mood::Good),
            ["transactions"] => return Some(vec![self.disk.transactions.take().to_string()]),
            ["list"] => return Some(self.list().await),
            ["purges", "expired"] => {
                return Some(vec![format!(
                    "{} purged",
                    self.store.purge_expired().await.unwrap().len()
                )]);
            }
            _ => {}
        }
        let store = self.store.clone();
        let result = match *words {
            ["creates", name] => {
                store
                    .create(NewWorkspace {
                        name: name.to_owned(),
                        ..NewWorkspace::default()
                    })
                    .await
            }
            ["creates", name, "with", text] => {
                let checkpoint = Some(entry(text));
                store
                    .create(NewWorkspace {
                        name: name.to_owned(),
                        checkpoint,
                        ..NewWorkspace::default()
                    })
                    .await
            }
            ["renames", name, "to", ref new @ ..] => store.rename(&self.id(name).await, &new.join(" ")).await,
            ["labels", name, key, value] => store.set_label(&self.id(name).await, key, Some(value)).await,
            ["duplicates", name, "as", new] => store.duplicate(&self.id(name).await, new).await,
            ["deletes", name] => store.delete(&self.id(name).await).await,
            ["restores", name] => store.restore(&self.id(name).await).await,
            ["purges", name] => {
                let purged = store.purge(&self.id(name).await).await;
                return Some(vec![
                    purged.map_or_else(|error| error.to_string(), |()| "purged".to_owned()),
                ]);
            }
            ["opens", name] => return Some(self.open(&self.id(name).await).await),
            ["asides", name] => {
                let asides = store.set_aside(&self.id(name).await).await.unwrap();
                return Some(asides.iter().flat_map(|aside| headings(&aside.bytes)).collect());
            }
            ["discards", "asides", name] => {
                for aside in store.set_aside(&self.id(name).await).await.unwrap() {
                    store.discard_set_aside(&aside.key).await.unwrap();
                }
                return Some(vec!["discarded".to_owned()]);
            }
            _ => return None,
        };
        Some(vec![result.map_or_else(
            |error| error.to_string(),
            |workspace| format!("{:?}", workspace.name),
        )])
    }

    /// The id of the workspace with this name or first word of a name.
    async fn id(&self, name: &str) -> String {
        let list = self.store.workspaces().await.unwrap();
        list.into_iter()
            .find(|w| w.name == name || w.name.split(' ').next() == Some(name))
            .map_or_else(|| "nosuchid".to_owned(), |w| w.id)
    }

    /// By name, because the browser's ids and times differ from run to run.
    async fn list(&self) -> Vec<String> {
        let mut said = Vec::new();
        for w in self.store.workspaces().await.unwrap() {
            let deleted = if w.deleted.is_some() { ", deleted" } else { "" };
            let labels: Vec<String> = w.labels.iter().map(|(k, v)| format!(", {k} {v}")).collect();
            said.push(format!("{} at {}{deleted}{}", w.name, w.position, labels.concat()));
        }
        said.sort();
        said
    }
}

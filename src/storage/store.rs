//! All workspaces of this browser: list, make, name, copy, delete, take back, purge, open.
//! Deleting never removes anything; only purging does, and only what was deleted before.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::backend::{
    Backend, Change, Guard, Query, Rows, Span, Table, Usage, Written, blob_key, key_sequence, sequence_key,
};
use crate::envelope::{Entry, EnvelopeError, Kind};
use crate::error::StorageError;
use crate::limits;
use crate::memory::{Hub, MemoryBackend};
use crate::opening::{Opened, newer};
use crate::platform::{Channel, Platform};
use crate::session::Session;
use crate::tabs::{STORE_CHANNEL, Word};
use crate::workspace::{Head, Workspace, check_labels, check_name, is_id};

/// The tables whose keys start with a workspace's id and a slash.
const OF_WORKSPACE: [Table; 4] = [Table::Records, Table::Checkpoints, Table::Blobs, Table::Quarantine];
/// Of these, the ones that a copy takes along.
const COPIED: [Table; 3] = [Table::Records, Table::Checkpoints, Table::Blobs];
/// Characters of a fresh id.
const FRESH_ID: usize = 16;

/// What a new workspace starts with.
#[derive(Debug, Clone, Default)]
pub struct NewWorkspace {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    /// Its first state, saved together with the workspace.
    pub checkpoint: Option<Entry>,
}

/// Damaged or rejected bytes that were put aside when a workspace was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Under which it lies ([`Store::discard_set_aside`]).
    pub key: String,
    /// Wall time in milliseconds since 1970.
    pub when: i64,
    /// As [`crate::Damage::bytes`].
    pub bytes: Vec<u8>,
}

type Listener = Rc<dyn Fn()>;

/// The store. Clones are the same store.
#[derive(Clone)]
pub struct Store {
    backend: Rc<dyn Backend>,
    platform: Rc<dyn Platform>,
    listener: Rc<RefCell<Option<Listener>>>,
    channel: Rc<Option<Channel>>,
}

impl Store {
    /// The workspaces of this browser. Deleted ones whose time has come are purged on the way. Where this fails, the page
    /// says why and goes on with [`Store::in_memory`].
    pub async fn open() -> Result<Self, StorageError> {
        #[cfg(target_arch = "wasm32")]
        {
            let backend = crate::browser::IndexedDb::open(crate::browser::DATABASE).await?;
            let store = Self::with(Rc::new(backend), Rc::new(crate::browser::Page::new()));
            // A purge that fails now is tried again at the next visit.
            let _ = store.purge_expired().await;
            Ok(store)
        }
        #[cfg(not(target_arch = "wasm32"))]
        Err(StorageError::Denied {
            detail: "this is not a browser".to_owned(),
        })
    }

    /// A store that ends with the page: for `?embed=1`, and where the browser keeps nothing.
    pub fn in_memory() -> Self {
        Self::with(Rc::new(MemoryBackend::new()), Rc::new(Hub::new()))
    }

    /// A store over any backend.
    pub fn with(backend: Rc<dyn Backend>, platform: Rc<dyn Platform>) -> Self {
        let listener: Rc<RefCell<Option<Listener>>> = Rc::default();
        let weak = Rc::downgrade(&listener);
        let hear = move |text: &str| {
            let listener = weak.upgrade().and_then(|listener| listener.borrow().clone());
            if let (Some(listener), Some(Word::Workspaces)) = (listener, Word::hear(text)) {
                listener();
            }
        };
        let channel = Rc::new(platform.channel(STORE_CHANNEL, Rc::new(hear)));
        Self {
            backend,
            platform,
            listener,
            channel,
        }
    }

    /// Whether workspaces outlive the page.
    pub fn is_lasting(&self) -> bool {
        self.backend.is_lasting()
    }

    /// Space used and allowed, where the browser says.
    pub async fn usage(&self) -> Option<Usage> {
        self.backend.usage().await
    }

    /// Asks the browser not to evict this site's data when it runs short of space.
    pub async fn ask_to_persist(&self) -> Option<bool> {
        self.backend.persist().await
    }

    /// Who hears that another tab has changed the list of workspaces. There is one listener.
    pub fn on_workspaces_changed(&self, listener: impl Fn() + 'static) {
        *self.listener.borrow_mut() = Some(Rc::new(listener));
    }

    /// All workspaces, deleted ones too, the last opened first, then by id.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>, StorageError> {
        let queries = vec![
            Query::rows(Table::Workspaces, Span::all()),
            Query::rows(Table::Heads, Span::all()),
        ];
        let mut answers = self.backend.read(queries).await?.into_iter();
        let rows = answers.next().unwrap_or_default();
        let heads: BTreeMap<_, _> = answers.next().unwrap_or_default().into_iter().collect();
        let mut list: Vec<Workspace> = rows
            .into_iter()
            .filter(|(id, _)| is_id(id))
            .map(|(id, bytes)| describe(&id, &bytes, heads.get(&id).map(Vec::as_slice)))
            .collect();
        list.sort_by(|a, b| b.opened.cmp(&a.opened).then_with(|| a.id.cmp(&b.id)));
        Ok(list)
    }

    /// One workspace of the list.
    pub async fn workspace(&self, id: &str) -> Result<Workspace, StorageError> {
        self.read_workspace(id).await.map(|(workspace, _)| workspace)
    }

    /// Makes a workspace.
    pub async fn create(&self, new: NewWorkspace) -> Result<Workspace, StorageError> {
        let name = check_name(&new.name)?;
        check_labels(&new.labels)?;
        let now = self.platform.now();
        let mut workspace = Workspace {
            id: self.fresh_id(),
            name,
            created: now,
            opened: now,
            deleted: None,
            labels: new.labels,
            saved: Some(now),
            position: 0,
        };
        let head = Head {
            token: self.platform.token(),
            last: 0,
            cuts: 0,
            saved: Some(now),
        };
        for _ in 0..limits::TRIES {
            let id = &workspace.id;
            let mut changes = vec![
                Change::Put(Table::Workspaces, id.clone(), workspace.encode()?.into()),
                Change::Put(Table::Heads, id.clone(), head.encode()?.into()),
            ];
            if let Some(entry) = &new.checkpoint {
                let row = entry.encode(Kind::Checkpoint, 0)?;
                changes.push(Change::Put(Table::Checkpoints, sequence_key(id, 0), row.into()));
                let blobs = entry.blobs.iter();
                changes.extend(blobs.map(|(b, bytes)| Change::Put(Table::Blobs, blob_key(id, b), bytes.clone())));
            }
            let guard = Guard {
                table: Table::Workspaces,
                key: id.clone(),
                expected: None,
            };
            if self.backend.write(vec![guard], changes).await? == Written::Done {
                self.say_changed();
                return Ok(workspace);
            }
            workspace.id = self.fresh_id();
        }
        Err(StorageError::Busy)
    }

    /// Gives it another name.
    pub async fn rename(&self, id: &str, name: &str) -> Result<Workspace, StorageError> {
        let name = check_name(name)?;
        self.change(id, |workspace| workspace.name.clone_from(&name)).await
    }

    /// Sets or removes a label.
    pub async fn set_label(&self, id: &str, key: &str, value: Option<&str>) -> Result<Workspace, StorageError> {
        let change = |workspace: &mut Workspace| match value {
            Some(value) => workspace.labels.insert(key.to_owned(), value.to_owned()),
            None => workspace.labels.remove(key),
        };
        self.change(id, |workspace| drop(change(workspace))).await
    }

    /// Puts it into the bin. Its content stays until it is purged.
    pub async fn delete(&self, id: &str) -> Result<Workspace, StorageError> {
        let now = self.platform.now();
        self.change(id, |workspace| workspace.deleted = workspace.deleted.or(Some(now)))
            .await
    }

    /// Takes it back from the bin.
    pub async fn restore(&self, id: &str) -> Result<Workspace, StorageError> {
        self.change(id, |workspace| workspace.deleted = None).await
    }

    /// Makes a workspace with the same saved content and no labels. What a session has not saved yet is not in it:
    /// [`Session::flush`] first.
    pub async fn duplicate(&self, id: &str, name: &str) -> Result<Workspace, StorageError> {
        let name = check_name(name)?;
        let (source, _) = self.read_workspace(id).await?;
        if source.deleted.is_some() {
            return Err(StorageError::Deleted { id: id.to_owned() });
        }
        let mut queries = vec![Query::rows(Table::Heads, Span::one(id))];
        queries.extend(COPIED.map(|table| Query::rows(table, Span::of(id))));
        let mut answers = self.backend.read(queries).await?.into_iter();
        let head = answers.next().and_then(|rows| rows.into_iter().next());

        let now = self.platform.now();
        let copy = self.fresh_id();
        let mut workspace = Workspace {
            id: copy.clone(),
            name,
            created: now,
            opened: now,
            labels: BTreeMap::new(),
            ..source
        };
        let mut changes = vec![Change::Put(Table::Workspaces, copy.clone(), workspace.encode()?.into())];
        if let Some((_, bytes)) = head {
            // A damaged head is copied as it is, and found when the copy is opened.
            let bytes = match Head::decode(&bytes) {
                Ok(head) => {
                    workspace.position = head.last;
                    Head {
                        token: self.platform.token(),
                        saved: Some(now),
                        ..head
                    }
                    .encode()?
                }
                Err(_) => bytes,
            };
            changes.push(Change::Put(Table::Heads, copy.clone(), bytes.into()));
        }
        for (table, rows) in COPIED.into_iter().zip(answers) {
            changes.extend(rows.into_iter().filter_map(|(key, bytes)| {
                let rest = key.strip_prefix(id)?;
                Some(Change::Put(table, format!("{copy}{rest}"), bytes.into()))
            }));
        }
        workspace.saved = Some(now);
        let guard = Guard {
            table: Table::Workspaces,
            key: copy,
            expected: None,
        };
        if self.backend.write(vec![guard], changes).await? != Written::Done {
            return Err(StorageError::Busy);
        }
        self.say_changed();
        Ok(workspace)
    }

    /// Removes a deleted workspace and everything of it for ever.
    pub async fn purge(&self, id: &str) -> Result<(), StorageError> {
        for _ in 0..limits::TRIES {
            let (workspace, row) = self.read_workspace(id).await?;
            if workspace.deleted.is_none() {
                return Err(StorageError::NotDeleted { id: id.to_owned() });
            }
            let mut changes = vec![
                Change::Delete(Table::Workspaces, Span::one(id)),
                Change::Delete(Table::Heads, Span::one(id)),
            ];
            changes.extend(OF_WORKSPACE.map(|table| Change::Delete(table, Span::of(id))));
            let guard = Guard {
                table: Table::Workspaces,
                key: id.to_owned(),
                expected: Some(row),
            };
            if self.backend.write(vec![guard], changes).await? == Written::Done {
                self.say_changed();
                return Ok(());
            }
        }
        Err(StorageError::Busy)
    }

    /// Purges what was deleted more than 30 days ago; returns the ids.
    pub async fn purge_expired(&self) -> Result<Vec<String>, StorageError> {
        let before = self.platform.now().saturating_sub(limits::PURGE_AFTER_MS);
        let mut purged = Vec::new();
        for workspace in self.workspaces().await? {
            if workspace.deleted.is_some_and(|deleted| deleted < before) {
                self.purge(&workspace.id).await?;
                purged.push(workspace.id);
            }
        }
        Ok(purged)
    }

    /// What was put aside when this workspace was opened, oldest first.
    pub async fn set_aside(&self, id: &str) -> Result<Vec<SetAside>, StorageError> {
        self.check_id(id)?;
        let answers = self
            .backend
            .read(vec![Query::rows(Table::Quarantine, Span::of(id))])
            .await?;
        let when = |key: &str| {
            key.split('-')
                .next()
                .and_then(key_sequence)
                .and_then(|w| i64::try_from(w).ok())
        };
        let rows: Rows = answers.into_iter().flatten().collect();
        Ok(rows
            .into_iter()
            .map(|(key, bytes)| SetAside {
                when: when(&key).unwrap_or(0),
                key,
                bytes,
            })
            .collect())
    }

    /// Removes for ever what was put aside under this key; nothing where nothing lies there. For a person who says so.
    pub async fn discard_set_aside(&self, key: &str) -> Result<(), StorageError> {
        let change = Change::Delete(Table::Quarantine, Span::one(key));
        self.backend.write(Vec::new(), vec![change]).await?;
        self.say_changed();
        Ok(())
    }

    /// Opens a workspace in this tab: as its writer if no other tab writes, else as a reader ([`Session::role`]).
    pub async fn open_workspace(&self, id: &str) -> Result<(Session, Opened), StorageError> {
        self.check_id(id)?;
        Session::open(self.backend.clone(), self.platform.clone(), id).await
    }

    fn check_id(&self, id: &str) -> Result<(), StorageError> {
        if is_id(id) { Ok(()) } else { Err(missing(id)) }
    }

    fn fresh_id(&self) -> String {
        let token = self.platform.token();
        token
            .get(token.len().saturating_sub(FRESH_ID)..)
            .unwrap_or(&token)
            .to_owned()
    }

    /// A workspace and the bytes of its row.
    async fn read_workspace(&self, id: &str) -> Result<(Workspace, Vec<u8>), StorageError> {
        self.check_id(id)?;
        let queries = vec![
            Query::rows(Table::Workspaces, Span::one(id)),
            Query::rows(Table::Heads, Span::one(id)),
        ];
        let mut rows = self
            .backend
            .read(queries)
            .await?
            .into_iter()
            .map(|rows| rows.into_iter().next());
        let (row, head) = (rows.next().flatten(), rows.next().flatten());
        let (_, row) = row.ok_or_else(|| missing(id))?;
        if let Err(EnvelopeError::Newer(_)) = Workspace::decode(id, &row) {
            return Err(newer());
        }
        Ok((
            describe(id, &row, head.as_ref().map(|(_, bytes)| bytes.as_slice())),
            row,
        ))
    }

    async fn change(&self, id: &str, change: impl Fn(&mut Workspace)) -> Result<Workspace, StorageError> {
        for _ in 0..limits::TRIES {
            let (mut workspace, row) = self.read_workspace(id).await?;
            change(&mut workspace);
            check_labels(&workspace.labels)?;
            let guard = Guard {
                table: Table::Workspaces,
                key: id.to_owned(),
                expected: Some(row),
            };
            let put = Change::Put(Table::Workspaces, id.to_owned(), workspace.encode()?.into());
            if self.backend.write(vec![guard], vec![put]).await? == Written::Done {
                self.say_changed();
                return Ok(workspace);
            }
        }
        Err(StorageError::Busy)
    }

    fn say_changed(&self) {
        if let Some(channel) = &*self.channel {
            (channel.say)(&Word::Workspaces.say());
        }
    }
}

fn missing(id: &str) -> StorageError {
    StorageError::Missing {
        what: format!("The workspace {id}"),
    }
}

/// A row of the list; rows that cannot be read stand in it too, so that they can be opened or deleted.
fn describe(id: &str, bytes: &[u8], head: Option<&[u8]>) -> Workspace {
    let mut workspace = match Workspace::decode(id, bytes) {
        Ok(workspace) => workspace,
        Err(EnvelopeError::Newer(_)) => Workspace {
            name: "Saved by a newer version".to_owned(),
            ..Workspace::recovered(id)
        },
        Err(EnvelopeError::Damaged(_)) => Workspace::recovered(id),
    };
    if let Some(head) = head.and_then(|bytes| Head::decode(bytes).ok()) {
        (workspace.saved, workspace.position) = (head.saved, head.last);
    }
    workspace
}

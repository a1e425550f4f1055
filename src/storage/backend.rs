//! Rows in tables: what a store needs of the thing that keeps its bytes. IndexedDB implements it
//! (`browser::IndexedDb`, wasm only), and so does its twin in memory ([`crate::MemoryBackend`]).
//! A backend never looks into a row and never splits a write.

use std::rc::Rc;

use crate::LocalFuture;
use crate::envelope::BlobId;
use crate::error::StorageError;

/// The tables. Their names are those of the IndexedDB object stores, so they may never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Key: workspace id. Value: name, times, labels.
    Workspaces,
    /// Key: workspace id. Value: who writes and how far the records reach.
    Heads,
    /// Key: workspace id / sequence. Value: one record.
    Records,
    /// Key: workspace id / sequence. Value: the state after that record.
    Checkpoints,
    /// Key: workspace id / SHA-256. Value: the blob as it is.
    Blobs,
    /// Key: workspace id / wall time - token. Value: damaged or rejected rows, packed.
    Quarantine,
}

impl Table {
    pub const ALL: [Self; 6] = [
        Self::Workspaces,
        Self::Heads,
        Self::Records,
        Self::Checkpoints,
        Self::Blobs,
        Self::Quarantine,
    ];

    /// The name of the object store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workspaces => "workspaces",
            Self::Heads => "heads",
            Self::Records => "records",
            Self::Checkpoints => "checkpoints",
            Self::Blobs => "blobs",
            Self::Quarantine => "quarantine",
        }
    }
}

/// Keys from `from` (included) to `to` (excluded). All keys are ASCII, so that every backend sorts them alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub from: String,
    pub to: String,
}

impl Span {
    /// This key only.
    pub fn one(key: &str) -> Self {
        Self {
            from: key.to_owned(),
            to: format!("{key}\0"),
        }
    }

    /// Every row of a table.
    pub fn all() -> Self {
        Self {
            from: String::new(),
            to: "\u{7f}".to_owned(),
        }
    }

    /// Every row `workspace/…`.
    pub fn of(workspace: &str) -> Self {
        // '0' is the character after '/'.
        Self {
            from: format!("{workspace}/"),
            to: format!("{workspace}0"),
        }
    }

    /// Rows of a workspace with `from <= sequence < to`.
    pub fn sequences(workspace: &str, from: u64, to: u64) -> Self {
        Self {
            from: sequence_key(workspace, from),
            to: sequence_key(workspace, to),
        }
    }
}

/// The key of a record or checkpoint: sorted by sequence.
pub fn sequence_key(workspace: &str, sequence: u64) -> String {
    format!("{workspace}/{sequence:016x}")
}

/// The sequence that [`sequence_key`] wrote into the key.
pub fn key_sequence(key: &str) -> Option<u64> {
    let digits = key.rsplit('/').next()?;
    let sequence = u64::from_str_radix(digits, 16).ok()?;
    // Only the one spelling that is written: neither capitals nor signs nor missing zeros.
    (format!("{sequence:016x}") == digits).then_some(sequence)
}

/// The key of a blob.
pub fn blob_key(workspace: &str, id: &BlobId) -> String {
    format!("{workspace}/{id}")
}

/// One question to the rows.
#[derive(Debug, Clone)]
pub struct Query {
    pub table: Table,
    pub span: Span,
    /// Leave the values empty.
    pub keys_only: bool,
}

impl Query {
    /// Keys and values of a span.
    pub fn rows(table: Table, span: Span) -> Self {
        Self {
            table,
            span,
            keys_only: false,
        }
    }

    /// The keys of a span, each with an empty value.
    pub fn keys(table: Table, span: Span) -> Self {
        Self {
            table,
            span,
            keys_only: true,
        }
    }
}

/// Keys and values, sorted by key.
pub type Rows = Vec<(String, Vec<u8>)>;

/// A condition of a write: the row holds exactly these bytes (`None`: there is no such row).
#[derive(Debug, Clone)]
pub struct Guard {
    pub table: Table,
    pub key: String,
    pub expected: Option<Vec<u8>>,
}

/// One change of the rows.
#[derive(Debug, Clone)]
pub enum Change {
    Put(Table, String, Rc<[u8]>),
    Delete(Table, Span),
}

impl Change {
    /// The table that it changes.
    pub fn table(&self) -> Table {
        match self {
            Self::Put(table, ..) | Self::Delete(table, _) => *table,
        }
    }
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// All of it is on disk.
    Done,
    /// Nothing was written: the guard of this index found other bytes, and these.
    Conflict { guard: usize, found: Option<Vec<u8>> },
}

/// How much this origin keeps and may keep, in bytes, as the browser estimates it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    pub used: u64,
    pub quota: u64,
}

/// A keeper of rows. Calls start at once, whether or not the future is polled.
pub trait Backend {
    /// Answers all queries from one state of the tables.
    fn read(&self, queries: Vec<Query>) -> LocalFuture<Result<Vec<Rows>, StorageError>>;

    /// Makes all changes in order or none, after having checked the guards in the same transaction. `Done` means that
    /// the bytes are on disk as firmly as the browser allows.
    fn write(&self, guards: Vec<Guard>, changes: Vec<Change>) -> LocalFuture<Result<Written, StorageError>>;

    /// Whether rows outlive the page.
    fn is_lasting(&self) -> bool;

    /// Space used and allowed, where the browser says.
    fn usage(&self) -> LocalFuture<Option<Usage>>;

    /// Asks the browser not to evict this origin's data on its own; the answer, where it gives one.
    fn persist(&self) -> LocalFuture<Option<bool>>;
}

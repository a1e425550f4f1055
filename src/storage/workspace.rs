//! A workspace's own row: name, times, labels. Nothing here knows what the workspace holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::envelope::{EnvelopeError, Kind, decode, encode};
use crate::error::StorageError;
use crate::limits;

/// A workspace as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Lower-case letters and digits; stands in the URL as `#w=<id>`.
    pub id: String,
    /// As the person calls it.
    pub name: String,
    /// Wall time in milliseconds since 1970.
    pub created: i64,
    /// When a tab last opened it for writing; wall time.
    pub opened: i64,
    /// When it was deleted; wall time. It can be taken back until it is purged.
    #[serde(default)]
    pub deleted: Option<i64>,
    /// What the page wants to know without opening it, for example which link it came from.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// When something was last saved; wall time, `None` before the first time.
    #[serde(skip)]
    pub saved: Option<i64>,
    /// The number of its last record.
    #[serde(skip)]
    pub position: u64,
}

/// How far the records reach and who may write the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Of the session that may write.
    pub token: String,
    /// Sequence of the last record.
    pub last: u64,
    /// How often records were set aside, so that sequences were used again.
    pub cuts: u64,
    /// Wall time of the last save.
    pub saved: Option<i64>,
}

/// Whether a text may be an id; ids come from URLs too.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=limits::ID_CHARS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// The name without surrounding space, or why it cannot be one.
pub(crate) fn check_name(name: &str) -> Result<String, StorageError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(StorageError::BadName { why: "is empty" });
    }
    if name.chars().any(char::is_control) {
        return Err(StorageError::BadName {
            why: "has control characters",
        });
    }
    let size = name.chars().count();
    if size > limits::NAME_CHARS {
        return Err(StorageError::TooLarge {
            what: "A name",
            size,
            limit: limits::NAME_CHARS,
        });
    }
    Ok(name.to_owned())
}

/// Whether these may be a workspace's labels.
pub(crate) fn check_labels(labels: &BTreeMap<String, String>) -> Result<(), StorageError> {
    let longest = labels
        .iter()
        .flat_map(|(k, v)| [k, v])
        .map(|t| t.chars().count())
        .max()
        .unwrap_or(0);
    if longest > limits::LABEL_CHARS {
        return Err(StorageError::TooLarge {
            what: "A label",
            size: longest,
            limit: limits::LABEL_CHARS,
        });
    }
    if labels.len() > limits::LABELS {
        return Err(StorageError::TooLarge {
            what: "The labels",
            size: labels.len(),
            limit: limits::LABELS,
        });
    }
    Ok(())
}

impl Workspace {
    /// What stands in the list for a workspace whose own row cannot be read.
    pub(crate) fn recovered(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: "Recovered workspace".to_owned(),
            created: 0,
            opened: 0,
            deleted: None,
            labels: BTreeMap::new(),
            saved: None,
            position: 0,
        }
    }

    pub(crate) fn encode(&self) -> Result<Vec<u8>, StorageError> {
        encode_json(Kind::Workspace, self)
    }

    /// Reads the row that stands under this id.
    pub(crate) fn decode(id: &str, bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let workspace: Self = decode_json(Kind::Workspace, bytes)?;
        if workspace.id == id {
            Ok(workspace)
        } else {
            Err(EnvelopeError::Damaged("another workspace's row"))
        }
    }
}

impl Head {
    pub(crate) fn encode(&self) -> Result<Vec<u8>, StorageError> {
        encode_json(Kind::Head, self)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        decode_json(Kind::Head, bytes)
    }
}

fn encode_json<T: Serialize>(kind: Kind, value: &T) -> Result<Vec<u8>, StorageError> {
    let json = serde_json::to_vec(value).map_err(|e| StorageError::Failed { detail: e.to_string() })?;
    encode(kind, 0, &[], &json)
}

fn decode_json<T: for<'a> Deserialize<'a>>(kind: Kind, bytes: &[u8]) -> Result<T, EnvelopeError> {
    let row = decode(bytes, kind)?;
    serde_json::from_slice(&row.payload).map_err(|_| EnvelopeError::Damaged("not the JSON that is expected"))
}

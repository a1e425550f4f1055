//! What can go wrong when something is kept, in words for the person at the screen. Never holds a secret or stored bytes.

use std::fmt;

/// A failure of storage: `Display` says what happened, [`StorageError::remedy`] what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorageError {
    /// The browser has no storage for this page: denied by a setting, a private window, a sandboxed frame.
    Denied { detail: String },
    /// The disk or the origin's quota is full.
    Full { detail: String },
    /// Another tab holds an older layout of the database open.
    Blocked,
    /// A newer version of this page was opened in another tab and has taken the database over.
    Superseded,
    /// What is stored was written by a newer version.
    Newer { what: String },
    /// Stored bytes are not what was written.
    Damaged { what: String },
    /// There is no workspace (or blob) of this name.
    Missing { what: String },
    /// The workspace is in the bin.
    Deleted { id: String },
    /// Only a deleted workspace can be purged.
    NotDeleted { id: String },
    /// This tab reads; another one writes.
    NotWriter,
    /// The stored workspace has vanished: purged elsewhere, or the browser's data was cleared.
    Gone,
    /// The session was closed.
    Closed,
    /// More than a named limit allows.
    TooLarge {
        what: &'static str,
        size: usize,
        limit: usize,
    },
    /// A name or label that cannot be one.
    BadName { why: &'static str },
    /// The record refers to a blob that was never handed over.
    UnknownBlob { id: String },
    /// A position that the session does not have, or that lies behind a checkpoint.
    BadPosition { asked: u64, last: u64 },
    /// Other tabs kept changing the same row.
    Busy,
    /// Anything else that the browser reports.
    Failed { detail: String },
}

impl StorageError {
    /// What a person can do about it, as one or two sentences.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Denied { .. } => {
                "Allow this site to keep data, or leave the private window. Until then Stratus works in memory: download a file before you close the tab."
            }
            Self::Full { .. } => {
                "Free some space or purge deleted workspaces, then try again. Until then download a file: what is not saved is lost when the tab closes."
            }
            Self::Blocked => "Close the other tabs with Stratus and reload this one.",
            Self::Superseded | Self::Newer { .. } => "Reload the page to get the newer version.",
            Self::Damaged { .. } => "Download the damaged bytes; the last good state is open.",
            Self::Missing { .. } => "Choose another workspace from the list.",
            Self::Deleted { .. } => "Take it back from the deleted workspaces.",
            Self::NotDeleted { .. } => "Delete the workspace first.",
            Self::NotWriter => "Take over here, or continue in the other tab.",
            Self::Gone => "Download a file of what is on screen, or save it as a new workspace.",
            Self::Closed => "Open the workspace again.",
            Self::TooLarge { .. } | Self::BadName { .. } => "Make it shorter.",
            Self::UnknownBlob { .. } | Self::BadPosition { .. } => "Report this problem: it is a mistake of the page.",
            Self::Busy => "Try again.",
            Self::Failed { .. } => "Try again; if it stays, download a file and reload the page.",
        }
    }

    /// Whether trying again may help without anybody doing anything first.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Busy | Self::Failed { .. } | Self::Full { .. })
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied { detail } => write!(f, "The browser does not let this page keep anything ({detail})."),
            Self::Full { detail } => write!(f, "The browser's storage is full ({detail})."),
            Self::Blocked => write!(f, "Another tab keeps an older version of the storage open."),
            Self::Superseded => write!(f, "A newer version of Stratus runs in another tab."),
            Self::Newer { what } => write!(f, "{what} was saved by a newer version of Stratus."),
            Self::Damaged { what } => write!(f, "{what} is damaged."),
            Self::Missing { what } => write!(f, "{what} does not exist in this browser."),
            Self::Deleted { id } => write!(f, "The workspace {id} was deleted."),
            Self::NotDeleted { id } => write!(f, "The workspace {id} is not deleted."),
            Self::NotWriter => write!(f, "Another tab writes into this workspace."),
            Self::Gone => write!(
                f,
                "The stored workspace has vanished: it was purged or the site's data was cleared."
            ),
            Self::Closed => write!(f, "The workspace is closed."),
            Self::TooLarge { what, size, limit } => write!(f, "{what} of {size} exceeds the limit of {limit}."),
            Self::BadName { why } => write!(f, "The name {why}."),
            Self::UnknownBlob { id } => write!(f, "The record refers to the blob {id}, which is not stored."),
            Self::BadPosition { asked, last } => write!(f, "Position {asked} cannot be used; the last one is {last}."),
            Self::Busy => write!(f, "Other tabs keep changing the same workspace."),
            Self::Failed { detail } => write!(f, "The browser's storage failed ({detail})."),
        }
    }
}

impl std::error::Error for StorageError {}

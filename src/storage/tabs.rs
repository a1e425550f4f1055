//! The words that tabs say to each other. A word that is not understood is ignored, and no word is believed where the
//! stored head can be asked.

use crate::limits;

/// What one tab tells the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// Records up to `position` are on disk, after so many `cuts` of the log.
    Wrote { position: u64, cuts: u64 },
    /// Another session has become the writer.
    Taken,
    /// The list of workspaces has changed.
    Workspaces,
}

impl Word {
    pub fn say(self) -> String {
        match self {
            Self::Wrote { position, cuts } => format!("wrote {position} {cuts}"),
            Self::Taken => "taken".to_owned(),
            Self::Workspaces => "workspaces".to_owned(),
        }
    }

    pub fn hear(text: &str) -> Option<Self> {
        if text.len() > limits::MESSAGE_CHARS {
            return None;
        }
        match text {
            "taken" => Some(Self::Taken),
            "workspaces" => Some(Self::Workspaces),
            _ => {
                let (position, cuts) = text.strip_prefix("wrote ")?.split_once(' ')?;
                Some(Self::Wrote {
                    position: position.parse().ok()?,
                    cuts: cuts.parse().ok()?,
                })
            }
        }
    }
}

/// The lock of the tab that may write into a workspace.
pub(crate) fn lock_name(id: &str) -> String {
    format!("stratus/writer/{id}")
}

/// The channel of the tabs that have a workspace open.
pub(crate) fn channel_name(id: &str) -> String {
    format!("stratus/workspace/{id}")
}

/// The channel of all tabs.
pub(crate) const STORE_CHANNEL: &str = "stratus/store";

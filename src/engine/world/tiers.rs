//! The access tiers of S3 Intelligent-Tiering: where an object of that class lies, and since when nobody has read it.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html>

use super::objects::Object;
use crate::base::limits::SMALL_OBJECT;
use crate::base::time::Time;
use crate::catalog::prices;
use serde::Serialize;

/// The storage class.
pub const CLASS: &str = "INTELLIGENT_TIERING";
/// The class in which an archive keeps the names of what lies in it.
pub(crate) const LISTED: &str = "STANDARD";

/// An access tier, the dearest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum AccessTier {
    /// What comes new, and what is read.
    #[default]
    Frequent,
    /// After 30 days.
    Infrequent,
    /// After 90 days.
    ArchiveInstant,
    /// Where a configuration of the bucket says so. It has to be restored.
    Archive,
    /// Likewise, and slower.
    DeepArchive,
}

impl AccessTier {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            AccessTier::Frequent => "Frequent Access",
            AccessTier::Infrequent => "Infrequent Access",
            AccessTier::ArchiveInstant => "Archive Instant Access",
            AccessTier::Archive => "Archive Access",
            AccessTier::DeepArchive => "Deep Archive Access",
        }
    }

    /// What the API calls it, if it is one that has to be restored.
    pub fn archive(self) -> Option<&'static str> {
        match self {
            AccessTier::Archive => Some("ARCHIVE_ACCESS"),
            AccessTier::DeepArchive => Some("DEEP_ARCHIVE_ACCESS"),
            _ => None,
        }
    }

    /// What inventory reports call it (AWS does not list the words; these are ours, of the names of its API).
    pub(crate) fn inventory(self) -> &'static str {
        match self {
            AccessTier::Frequent => "FREQUENT_ACCESS",
            AccessTier::Infrequent => "INFREQUENT_ACCESS",
            AccessTier::ArchiveInstant => "ARCHIVE_INSTANT_ACCESS",
            AccessTier::Archive => "ARCHIVE_ACCESS",
            AccessTier::DeepArchive => "DEEP_ARCHIVE_ACCESS",
        }
    }

    /// The name under which its bytes are counted and priced.
    fn counted(self) -> &'static str {
        match self {
            AccessTier::Frequent => CLASS,
            AccessTier::Infrequent => "INTELLIGENT_TIERING/INFREQUENT",
            AccessTier::ArchiveInstant => "INTELLIGENT_TIERING/ARCHIVE_INSTANT",
            AccessTier::Archive => "INTELLIGENT_TIERING/ARCHIVE",
            AccessTier::DeepArchive => "INTELLIGENT_TIERING/DEEP_ARCHIVE",
        }
    }
}

/// Where Intelligent-Tiering has an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tiering {
    /// In which tier.
    pub tier: AccessTier,
    /// When it was read last, or came.
    pub accessed: Time,
}

/// What an object adds to the sums of its bucket.
pub(crate) struct Weight {
    /// The class or tier that its bytes are counted in.
    pub class: String,
    /// Bytes that it is billed for there.
    pub bytes: i64,
    /// Bytes that it is billed for besides, as [`LISTED`].
    pub listed: i64,
    /// 1 if Intelligent-Tiering watches it.
    pub watched: i64,
}

impl Object {
    /// Whether Intelligent-Tiering watches it, for a fee; a smaller one always stays in Frequent Access.
    pub fn is_watched(&self) -> bool {
        self.storage_class == CLASS && self.size() >= SMALL_OBJECT
    }

    /// The access tier that it lies in, of an object in Intelligent-Tiering.
    pub fn access_tier(&self) -> AccessTier {
        self.tiering.map(|row| row.tier).unwrap_or_default()
    }

    /// Its class, and the tier where Intelligent-Tiering has moved it: `INTELLIGENT_TIERING, Infrequent Access`.
    #[inline(never)]
    pub fn kept_in(&self) -> String {
        match self.tiering {
            Some(row) => format!("{}, {}", self.storage_class, row.tier.words()),
            None => self.storage_class.clone(),
        }
    }

    /// Since when nobody has read it.
    pub fn accessed(&self) -> Time {
        let came = self.moved.unwrap_or(self.modified);
        self.tiering.map_or(came, |row| row.accessed)
    }

    /// What it adds to the sums of its bucket.
    pub(crate) fn weight(&self) -> Weight {
        let class = match self.tiering {
            Some(row) => row.tier.counted(),
            None => self.storage_class.as_str(),
        };
        Weight {
            class: class.to_owned(),
            bytes: prices::billed_bytes(class, self.size()),
            listed: prices::listed_bytes(class),
            watched: i64::from(self.is_watched()),
        }
    }
}

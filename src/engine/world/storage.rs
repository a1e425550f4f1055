//! Rows of what keeps blocks: volumes and snapshots (buckets are in [`objects`](super::objects)). Contents are extents with a stamp that names the write
//! they came from, so that a 1 TiB volume costs what was written, and equal blocks are known to be equal.

use super::table::Table;
use crate::base::ids::*;
use crate::base::time::{Span, Time};
use crate::catalog::{Region, Zone};
use serde::Serialize;

/// Bytes of one block: the unit of snapshots.
/// Source: <https://docs.aws.amazon.com/ebs/latest/userguide/ebs-accessing-snapshot.html>
pub const BLOCK_BYTES: i64 = 512 * 1024;

/// Written blocks: first block → (number of blocks, stamp of the write). Never overlapping, never touching with one stamp.
pub type Extents = Table<i64, (i64, u64)>;

/// An EBS volume.
#[derive(Clone, Debug, Serialize)]
pub struct Volume {
    /// Its id.
    pub id: VolumeId,
    /// Sequence number of its making: Describe answers are sorted by it.
    pub born: u64,
    /// Its zone.
    pub zone: Zone,
    /// Size in GiB.
    pub size_gib: i64,
    /// `gp3`, …
    pub volume_type: String,
    /// IOPS, where the type has them.
    pub iops: Option<i64>,
    /// Throughput in MiB/s (gp3).
    pub throughput: Option<i64>,
    /// ARN of the KMS key that encrypts it; `None` = not encrypted.
    pub kms_key: Option<String>,
    /// The snapshot it was made from (which may be gone).
    pub snapshot: Option<SnapshotId>,
    /// When it was made.
    pub created: Time,
    /// `creating`, `available`, `in-use`, `deleting`.
    pub state: VolumeState,
    /// When that state began.
    pub state_since: Time,
    /// Where it is attached: at most one, but with Multi-Attach.
    pub attachments: Vec<VolumeAttachment>,
    /// Multi-Attach.
    pub multi_attach: bool,
    /// Auto-enabled I/O.
    pub auto_enable_io: bool,
    /// What has been written, as it would be read now.
    pub contents: Extents,
    /// The newest snapshot of its chain: what the next one is compared with. A volume made of a snapshot continues
    /// that snapshot's chain; `None` = the next snapshot is a full one.
    pub chain: Option<SnapshotId>,
    /// Whether `chain` is the end of the line of those that shared a deleted snapshot with this volume: see
    /// [`Snapshot::adopted`].
    pub chain_adopted: bool,
    /// The last modification.
    pub modification: Option<Modification>,
    /// Starts of modifications within the last day.
    pub modified: Vec<Time>,
    /// MiB/s at which its snapshot's blocks are fetched, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initialization_rate: Option<i64>,
    /// Whether its snapshot had fast restores on in its zone when it was made.
    #[serde(skip_serializing_if = "super::vpc::is_false")]
    pub fast_restored: bool,
    /// What was read before the background had brought it: first and number, in the pieces that blocks come in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fetched: Vec<(i64, i64)>,
}

impl Volume {
    /// What it is, as a modification would set it.
    pub fn shape(&self) -> VolumeShape {
        VolumeShape {
            size_gib: self.size_gib,
            volume_type: self.volume_type.clone(),
            iops: self.iops,
            throughput: self.throughput,
            multi_attach: self.multi_attach,
        }
    }
    /// Whether it is encrypted.
    pub fn encrypted(&self) -> bool {
        self.kms_key.is_some()
    }
}

/// What a volume is made like: the part of it that ModifyVolume can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VolumeShape {
    /// Size in GiB.
    pub size_gib: i64,
    /// `gp3`, …
    pub volume_type: String,
    /// IOPS, where the type has them.
    pub iops: Option<i64>,
    /// Throughput in MiB/s (gp3).
    pub throughput: Option<i64>,
    /// Multi-Attach.
    pub multi_attach: bool,
}

/// State of a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum VolumeState {
    /// Being made.
    Creating,
    /// Ready, attached to nothing.
    Available,
    /// Attached.
    InUse,
    /// Going.
    Deleting,
}

impl VolumeState {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            VolumeState::Creating => "creating",
            VolumeState::Available => "available",
            VolumeState::InUse => "in-use",
            VolumeState::Deleting => "deleting",
        }
    }
}

/// Attachment of a volume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VolumeAttachment {
    /// To whom.
    pub instance: InstanceId,
    /// As which device.
    pub device: String,
    /// Since when.
    pub attached: Time,
    /// `attaching`, `attached`, `detaching`.
    pub state: AttachState,
    /// When that state began.
    pub state_since: Time,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
}

/// State of an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum AttachState {
    /// On its way.
    Attaching,
    /// There.
    Attached,
    /// On its way out.
    Detaching,
    /// To leave, and held: the guest has it mounted.
    Busy,
}

impl AttachState {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            AttachState::Attaching => "attaching",
            AttachState::Attached => "attached",
            AttachState::Detaching => "detaching",
            AttachState::Busy => "busy",
        }
    }
}

/// A modification of a volume under way or done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Modification {
    /// How far it is.
    pub state: ModificationState,
    /// When that state began.
    pub state_since: Time,
    /// Start.
    pub started: Time,
    /// When it will be or was complete; foreseen from the start, so that progress can be told at any moment.
    pub ends: Time,
    /// What the volume was before.
    pub original: VolumeShape,
    /// And what it is after.
    pub target: VolumeShape,
}

/// State of a modification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ModificationState {
    /// Taking effect.
    Modifying,
    /// In effect; performance still moves from the old figures to the new.
    Optimizing,
    /// Done.
    Completed,
}

impl ModificationState {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            ModificationState::Modifying => "modifying",
            ModificationState::Optimizing => "optimizing",
            ModificationState::Completed => "completed",
        }
    }
}

/// A snapshot, kept in S3 in the volume's Region, in a bucket of AWS's own.
#[derive(Clone, Debug, Serialize)]
pub struct Snapshot {
    /// Its id.
    pub id: SnapshotId,
    /// Sequence number of its making.
    pub born: u64,
    /// The volume it was taken of (which may be gone); `None` for a copy.
    pub volume: Option<VolumeId>,
    /// The one before it in the chain; the chain closes over deleted ones.
    pub parent: Option<SnapshotId>,
    /// Whether it stands in line behind `parent`, with whom it shared a deleted snapshot: what it has in common with
    /// elder ones may then stand further up.
    pub adopted: bool,
    /// Size of the volume.
    pub size_gib: i64,
    /// What it says of itself.
    pub description: String,
    /// When it was asked for: the content is of this moment.
    pub started: Time,
    /// When it is or was complete.
    pub completes: Time,
    /// Complete?
    pub completed: bool,
    /// Deleted while pending: gone once complete.
    pub doomed: bool,
    /// ARN of the KMS key that encrypts it; `None` = not encrypted.
    pub kms_key: Option<String>,
    /// All that it can restore.
    pub contents: Extents,
    /// Blocks that had to be copied for it (changed since the parent).
    pub changed_blocks: i64,
    /// Where it was copied from.
    pub source: Option<(Region, SnapshotId)>,
    /// The volume that its bytes go back to, through all copies: what makes a further copy an incremental one.
    pub origin: Option<(Region, VolumeId)>,
    /// Accounts that may make volumes of it; `all` = everybody.
    pub shared_with: Vec<String>,
    /// Its way to and from the archive, once it has gone it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tiering: Option<Tiering>,
    /// What keeps it from being deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<Lock>,
    /// How far it is written, where that is done block by block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writing: Option<Writing>,
    /// Why nothing comes of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<SnapshotFault>,
    /// The time that was asked for its copying.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timed: Option<TimedCopy>,
}

/// A copy that is to be done in a certain time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimedCopy {
    /// Minutes that were asked for.
    pub minutes: i64,
    /// Bytes a second that it takes up.
    pub speed: i64,
}

/// Why nothing comes of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SnapshotFault {
    /// What its `StateMessage` says.
    pub message: String,
    /// Whether that has been found out: its state is `error` then, and `pending` before.
    pub struck: bool,
}

/// A snapshot that is written through the EBS direct APIs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Writing {
    /// The checksums of the blocks that were written: SHA-256 in base64.
    pub checksums: Table<i64, String>,
    /// How long it waits for the next request.
    pub timeout: Span,
    /// When the last request came.
    pub touched: Time,
    /// Percent, as its writer says.
    pub progress: i64,
    /// When it was completed by its writer.
    pub sealed: Option<Time>,
    /// Whether nobody wrote for too long.
    pub failed: bool,
}

/// Where a snapshot stands between the standard tier and the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tiering {
    /// The last operation, and how it stands.
    pub step: TieringStep,
    /// When that operation was asked for.
    pub started: Time,
    /// When it is or was done.
    pub ends: Time,
    /// When the archive had it.
    pub archived: Option<Time>,
    /// Days that a temporary restore lasts; `None` = for good, or no restore.
    pub days: Option<i64>,
    /// When a temporary restore is over.
    pub expires: Option<Time>,
}

/// The steps of archiving and restoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TieringStep {
    /// On the way to the archive.
    Archiving,
    /// In the archive.
    Archived,
    /// On the way back for some days.
    RestoringForDays,
    /// Back for some days; the archive keeps it.
    RestoredForDays,
    /// On the way back for good.
    Restoring,
    /// Back for good.
    Restored,
}

impl TieringStep {
    /// The API's name of the operation and its state.
    pub fn name(self) -> &'static str {
        match self {
            TieringStep::Archiving => "archival-in-progress",
            TieringStep::Archived => "archival-completed",
            TieringStep::RestoringForDays => "temporary-restore-in-progress",
            TieringStep::RestoredForDays => "temporary-restore-completed",
            TieringStep::Restoring => "permanent-restore-in-progress",
            TieringStep::Restored => "permanent-restore-completed",
        }
    }
    /// Whether the snapshot is in the archive's tier.
    pub fn in_archive(self) -> bool {
        !matches!(self, TieringStep::Archiving | TieringStep::Restored)
    }
    /// Whether volumes can be made of it.
    pub fn is_readable(self) -> bool {
        matches!(
            self,
            TieringStep::Archiving | TieringStep::RestoredForDays | TieringStep::Restored
        )
    }
}

/// A lock on a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lock {
    /// Compliance mode (nobody may unlock it), else governance.
    pub compliance: bool,
    /// When it was locked.
    pub created: Time,
    /// When the lock's time began: at first, or with the last change of its duration.
    pub from: Time,
    /// Days that it lasts.
    pub days: i64,
    /// Hours of grace in which compliance can still be undone.
    pub cool_off: Option<i64>,
    /// When it ends.
    pub expires: Time,
}

/// Fast restores of a snapshot in a zone: when each state began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FastRestore {
    /// `enabling` since.
    pub enabling: Time,
    /// `optimizing` since (or from then on).
    pub optimizing: Time,
    /// `enabled` since (or from then on).
    pub enabled: Time,
    /// `disabling` since, and `disabled` from then on.
    pub disabling: Option<(Time, Time)>,
}

/// A replacement of the root volume of a running instance.
#[derive(Clone, Debug, Serialize)]
pub struct RootTask {
    /// Its id.
    pub id: ReplaceRootVolumeTaskId,
    /// Sequence number of its making.
    pub born: u64,
    /// Whose root volume.
    pub instance: InstanceId,
    /// The volume that goes.
    pub old: VolumeId,
    /// The volume that comes.
    pub new: VolumeId,
    /// When it was asked for.
    pub started: Time,
    /// When it was over.
    pub completed: Option<Time>,
    /// Whether nothing came of it.
    pub failed: bool,
    /// The snapshot that was named.
    pub snapshot: Option<String>,
    /// The image that was named.
    pub image: Option<String>,
    /// Whether the volume that comes was there before.
    #[serde(skip_serializing_if = "super::vpc::is_false")]
    pub given: bool,
    /// Whether the volume that goes is deleted.
    pub deletes_old: bool,
}

/// What an account has decided for EBS in a Region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EbsSettings {
    /// Whether everything new is encrypted.
    pub encrypt: bool,
    /// ARN of the key that is used when none is named; `None` = AWS's own.
    pub key: Option<String>,
    /// What of public sharing of snapshots is blocked.
    pub sharing: Sharing,
}

impl EbsSettings {
    /// Whether nothing has been decided.
    pub fn is_default(&self) -> bool {
        *self == EbsSettings::default()
    }
}

/// Whether snapshots can be public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Sharing {
    /// They can.
    #[default]
    Unblocked,
    /// No further ones.
    BlockNew,
    /// None; those that are public are not seen as such.
    BlockAll,
}

impl Sharing {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            Sharing::Unblocked => "unblocked",
            Sharing::BlockNew => "block-new-sharing",
            Sharing::BlockAll => "block-all-sharing",
        }
    }
}

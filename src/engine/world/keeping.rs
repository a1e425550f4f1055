//! Rows of what keeps, packs and expires: the recycle bin and its rules, lifecycle policies, bundles, images stored as
//! objects, and what an account decides of images.

use super::fpga::FpgaImage;
use super::objects::Document;
use super::storage::Extents;
use super::table::Table;
use crate::base::ids::*;
use crate::base::time::{Span, Time};
use crate::catalog::Region;
use crate::catalog::Zone;
use serde::Serialize;
use std::collections::BTreeMap;

/// All of it in one Region.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Keeping {
    /// Retention rules by their identifiers.
    pub rules: Table<String, BinRule>,
    /// What lies in the recycle bin: when it came and when it goes. Its row stays in its own table, and nothing finds it.
    pub bin: Table<ResourceId, (Time, Time)>,
    /// Lifecycle policies.
    pub policies: Table<LifecyclePolicyId, Policy>,
    /// Default policies that were deleted, and go on deleting what they have made.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub ended: Table<LifecyclePolicyId, Policy>,
    /// Bundles of instances.
    pub bundles: Table<BundleTaskId, Bundle>,
    /// Images that were stored as objects, by image.
    pub stores: Table<ImageId, StoreTask>,
    /// Images of Windows that launch from snapshots made in advance.
    pub fast_launch: Table<ImageId, FastLaunch>,
    /// Reports on who uses images, by their ids.
    pub reports: Table<String, UsageReport>,
    /// Which images may be used at all.
    pub allowed: AllowedImages,
    /// Disks that came as objects, by their tasks' ids.
    pub imports: Table<String, Import>,
    /// Images and instances that leave as objects, by their tasks' ids.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub exports: Table<ResourceId, Export>,
    /// Volumes and instances that are made of disks in buckets, by their tasks' ids.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub conversions: Table<ResourceId, Conversion>,
    /// Amazon FPGA Images.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub fpga_images: Table<FpgaImageId, FpgaImage>,
}

/// A task that writes a disk into a bucket.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
    /// `export-ami-…`, `export-i-…`.
    pub id: ResourceId,
    /// Sequence number of its making.
    pub born: u64,
    /// What leaves.
    pub of: Exported,
    /// `VMDK`, `VHD`, `RAW`.
    pub format: String,
    /// What it says of itself.
    pub description: String,
    /// The bucket.
    pub bucket: String,
    /// What the object's key begins with.
    pub prefix: String,
    /// When it began.
    pub started: Time,
    /// When the object is there.
    pub ends: Time,
    /// How far it is.
    pub state: ExportState,
    /// Why it ended; empty where there is nothing to say.
    pub message: String,
    /// The blocks of the moment of the call, until they are in the object.
    pub disk: Extents,
    /// The disk's size.
    pub gib: i64,
}

/// What leaves.
#[derive(Clone, Debug, Serialize)]
pub enum Exported {
    /// An image.
    Image(ImageId),
    /// An instance.
    Instance {
        /// Which.
        id: InstanceId,
        /// `citrix`, `vmware`, `microsoft`.
        environment: String,
        /// `ova`, or empty.
        container: String,
    },
}

/// How far an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ExportState {
    /// Under way.
    Active,
    /// Its object is there.
    Completed,
    /// It was cancelled, or its bucket was gone.
    Cancelled,
}

/// A task that takes disks from a bucket.
#[derive(Clone, Debug, Serialize)]
pub struct Import {
    /// `import-snap-…`, `import-ami-…`.
    pub id: String,
    /// Sequence number of its making.
    pub born: u64,
    /// What it says of itself.
    pub description: String,
    /// The image that it makes.
    pub image: Option<ImageId>,
    /// Its disks.
    pub disks: Vec<ImportedDisk>,
    /// Whether it was cancelled.
    pub cancelled: bool,
}

/// A disk that came as an object.
#[derive(Clone, Debug, Serialize)]
pub struct ImportedDisk {
    /// The bucket.
    pub bucket: String,
    /// The object.
    pub key: String,
    /// `RAW`, …
    pub format: String,
    /// `/dev/sda1`, if said.
    pub device: String,
    /// Its bytes.
    pub bytes: i64,
    /// The snapshot of it; `None` = it could not be read.
    pub snapshot: Option<SnapshotId>,
}

/// A task that makes a volume, or an instance, of a disk whose parts lie in a bucket.
#[derive(Clone, Debug, Serialize)]
pub struct Conversion {
    /// `import-i-…`, `import-vol-…`.
    pub id: ResourceId,
    /// Sequence number of its making.
    pub born: u64,
    /// What it makes.
    pub of: Converted,
    /// What it says of itself.
    pub description: String,
    /// Where the volume is to be.
    pub zone: Zone,
    /// The URL of the manifest, as it was given.
    pub url: String,
    /// Bucket and key of the manifest.
    pub place: (String, String),
    /// `RAW`, `VHD`, `VMDK`.
    pub format: String,
    /// The size of the disk's file, as the call has it.
    pub bytes: i64,
    /// The volume's size.
    pub gib: i64,
    /// When it no longer waits for its parts.
    pub expires: Time,
    /// How far it is.
    pub stage: ConversionStage,
    /// The volume, once it is made.
    pub volume: Option<VolumeId>,
    /// The instance, once it is made.
    pub instance: Option<InstanceId>,
}

/// What a conversion makes.
#[derive(Clone, Debug, Serialize)]
pub enum Converted {
    /// A volume.
    Volume,
    /// An instance with this launch specification.
    Instance(Document),
}

/// How far a conversion is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum ConversionStage {
    /// Parts are missing yet.
    Waiting,
    /// Under way, from when to when.
    Converting(Time, Time),
    /// The instance boots for the first time.
    Booting,
    /// What it makes is there.
    Completed,
    /// It has ended without that, and why.
    Cancelled(String),
}

impl ConversionStage {
    /// The state in the API's words.
    pub fn name(&self) -> &'static str {
        match self {
            ConversionStage::Waiting | ConversionStage::Converting(..) | ConversionStage::Booting => "active",
            ConversionStage::Completed => "completed",
            ConversionStage::Cancelled(_) => "cancelled",
        }
    }
}

impl Keeping {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
            && self.bin.is_empty()
            && self.policies.is_empty()
            && self.ended.is_empty()
            && self.bundles.is_empty()
            && self.stores.is_empty()
            && self.fast_launch.is_empty()
            && self.reports.is_empty()
            && self.imports.is_empty()
            && self.exports.is_empty()
            && self.conversions.is_empty()
            && self.allowed == AllowedImages::default()
    }
}

/// A retention rule of the recycle bin.
#[derive(Clone, Debug, Serialize)]
pub struct BinRule {
    /// Eleven letters and digits.
    pub id: String,
    /// Sequence number of its making.
    pub born: u64,
    /// What it says of itself.
    pub description: String,
    /// `EBS_SNAPSHOT`, `EC2_IMAGE`, `EBS_VOLUME`.
    pub kind: String,
    /// Days that it keeps.
    pub days: i64,
    /// Tags that it keeps; none = everything.
    pub only: Vec<(String, Option<String>)>,
    /// Tags that it does not keep.
    pub never: Vec<(String, Option<String>)>,
    /// Days between unlocking it and being able to change it; `None` = it is not locked.
    pub delay: Option<i64>,
    /// When it is no longer locked, once that was asked for.
    pub unlocks: Option<Time>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// A lifecycle policy for snapshots or images.
#[derive(Clone, Debug, Serialize)]
pub struct Policy {
    /// Its id.
    pub id: LifecyclePolicyId,
    /// Sequence number of its making.
    pub born: u64,
    /// What it says of itself.
    pub description: String,
    /// The role that it acts as.
    pub role: String,
    /// Whether it acts.
    pub enabled: bool,
    /// When it was made.
    pub created: Time,
    /// When it was changed.
    pub modified: Time,
    /// What it does, as it was given.
    pub details: Document,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// When its schedules act next, in their order.
    pub next: Vec<Option<Time>>,
    /// What its schedules have made and still keep: schedule, snapshot, when, volume.
    pub made: Vec<(usize, SnapshotId, Time, VolumeId)>,
    /// When snapshots go that were made, or archived, before their schedule's age was changed: the new age is for new ones only.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub until: BTreeMap<SnapshotId, Time>,
    /// What it does with them besides.
    #[serde(skip_serializing_if = "PolicyMore::is_empty")]
    pub more: PolicyMore,
}

/// What a lifecycle policy does besides taking and deleting snapshots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PolicyMore {
    /// Snapshots that wait for their completion, to be copied and made fast: schedule, snapshot, volume.
    pub waiting: Vec<(usize, SnapshotId, VolumeId)>,
    /// Copies in other Regions, and when they go, if ever.
    pub copies: Vec<(Region, SnapshotId, Option<Time>)>,
    /// What it has sent to the archive: schedule, snapshot, when, volume.
    pub archived: Vec<(usize, SnapshotId, Time, VolumeId)>,
    /// What it has switched fast restores on for: schedule, snapshot, when, volume.
    pub fast: Vec<(usize, SnapshotId, Time, VolumeId)>,
    /// What is shared for a while, and until when.
    pub shared: Vec<(SnapshotId, Time)>,
    /// Copies that the limit of copies at a time has put off: schedule, its rule, snapshot.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<(usize, usize, SnapshotId)>,
    /// Images that it has made and still keeps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<PolicyImage>,
    /// Images that are still to be copied: schedule, its rule, image.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image_waiting: Vec<(usize, usize, ImageId)>,
    /// Copies of images in other Regions, and when they go, if ever.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image_copies: Vec<(Region, ImageId, Option<Time>)>,
}

/// An image that a lifecycle policy has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyImage {
    /// The place of its schedule.
    pub schedule: usize,
    /// Which.
    pub image: ImageId,
    /// When it was made.
    pub made: Time,
    /// Of which instance.
    pub instance: InstanceId,
    /// When it goes by its age; another age in the policy is for new ones only.
    pub until: Option<Time>,
    /// Whether its schedule has deprecated it, which it does once: what the account says of that later stands.
    pub deprecated: bool,
}

impl PolicyMore {
    /// Whether it has nothing to do.
    pub fn is_empty(&self) -> bool {
        *self == PolicyMore::default()
    }
}

/// A bundle of an instance whose root lies on the host's disks, on its way to a bucket.
#[derive(Clone, Debug, Serialize)]
pub struct Bundle {
    /// Its id.
    pub id: BundleTaskId,
    /// Sequence number of its making.
    pub born: u64,
    /// Of which instance.
    pub instance: InstanceId,
    /// To which bucket.
    pub bucket: String,
    /// Under which names.
    pub prefix: String,
    /// When it began.
    pub started: Time,
    /// When it changed last.
    pub updated: Time,
    /// When it is or was done.
    pub ends: Time,
    /// `bundling`, `complete`, `cancelling`, `failed`.
    pub state: String,
    /// Code and message of a failure.
    pub error: Option<(String, String)>,
}

/// An image on its way to a bucket.
#[derive(Clone, Debug, Serialize)]
pub struct StoreTask {
    /// Which image.
    pub image: ImageId,
    /// Sequence number of its making.
    pub born: u64,
    /// To which bucket.
    pub bucket: String,
    /// When it began.
    pub started: Time,
    /// When it is or was done.
    pub ends: Time,
    /// Tags of the object.
    pub tags: Vec<(String, String)>,
    /// Why it failed; empty = it did not.
    pub failure: String,
    /// Whether the object is there.
    pub stored: bool,
}

/// Fast launching of an image of Windows.
#[derive(Clone, Debug, Serialize)]
pub struct FastLaunch {
    /// Which image.
    pub image: ImageId,
    /// Sequence number of its making.
    pub born: u64,
    /// Snapshots that are kept in advance.
    pub snapshots: i64,
    /// Instances that are launched at once for it.
    pub parallel: i64,
    /// The launch template: id, name, version.
    pub template: Option<(String, String, String)>,
    /// When its state began.
    pub since: Time,
    /// How long it takes to be there, or to go.
    pub span: Span,
    /// Whether it is going.
    pub ending: bool,
}

/// A report on who uses an image.
#[derive(Clone, Debug, Serialize)]
pub struct UsageReport {
    /// Its id.
    pub id: String,
    /// Sequence number of its making.
    pub born: u64,
    /// Which image.
    pub image: ImageId,
    /// What was looked at: type, and how many of it use the image.
    pub uses: Vec<(String, i64)>,
    /// Accounts that were asked for.
    pub accounts: Vec<String>,
    /// When it was made.
    pub created: Time,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// Which images may be used.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AllowedImages {
    /// `enabled`, `audit-mode`; empty = `disabled`.
    pub state: String,
    /// The criteria, as they were given.
    pub criteria: Vec<Document>,
}

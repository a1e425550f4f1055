//! Rows of S3: buckets, objects, their versions, uploads under way, and what a bucket is set to. Bytes are shared, never
//! copied, by the past worlds, by versions, and by an object that was put together of parts.
//!
//! What a world that uses none of the later fields has is written to the digest as before they were there: every field
//! that was added later is skipped while it says nothing.

use super::analyses::Analysis;
use super::replicas::{Replicated, Replicating};
use super::table::Table;
use super::tiers::Tiering;
use crate::base::ids::BucketId;
use crate::base::time::Time;
use crate::catalog::Region;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::rc::Rc;
use stratus_model::{Structure, Value, json};

/// All of S3 that belongs to the account.
#[derive(Clone, Debug, Default, Serialize)]
pub struct S3 {
    /// Buckets by name.
    pub buckets: Table<String, Bucket>,
    /// Names of the buckets that had to have an id, because something of theirs is or was pending.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub by_id: Table<BucketId, String>,
}

/// A bucket.
#[derive(Clone, Debug, Serialize)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Its Region.
    pub region: Region,
    /// When it was made.
    pub created: Time,
    /// What a GET without a version finds, by key (S3 lists keys in the order of their UTF-8 bytes).
    pub objects: Table<String, Object>,
    /// Bytes by storage class, of all versions and parts: what is billed.
    pub stored: BTreeMap<String, i64>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Whether versions are kept.
    #[serde(skip_serializing_if = "Versioning::is_off")]
    pub versioning: Versioning,
    /// The number of the newest version or upload.
    #[serde(skip_serializing_if = "is_zero")]
    pub sequence: u64,
    /// Versions that are not in `objects`: noncurrent ones, and all delete markers. By key, the newest first: the second
    /// part of the key is [`newest_first`].
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub versions: Table<(String, u64), Version>,
    /// Uploads in parts, by key and number, the oldest first.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub uploads: Table<(String, u64), Upload>,
    /// What it is set to.
    #[serde(skip_serializing_if = "Settings::is_default")]
    pub settings: Rc<Settings>,
    /// Its id, once something is pending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<BucketId>,
    /// When its lifecycle is looked at next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<Time>,
    /// What is to be replicated, by when it is there and the order in which it came.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub replicating: Table<(Time, u64), Replicating>,
    /// When its inventories and analyses are looked at next.
    #[serde(rename = "inventory", skip_serializing_if = "Option::is_none")]
    pub reports: Option<Time>,
    /// When Intelligent-Tiering looks at it next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tiering: Option<Time>,
    /// Objects that Intelligent-Tiering watches.
    #[serde(skip_serializing_if = "is_zero")]
    pub watched: i64,
    /// What its storage class analyses have seen, by the names of their configurations.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub analyses: Table<String, Analysis>,
}

/// The second part of a version's key: the newest comes first.
pub fn newest_first(order: u64) -> u64 {
    u64::MAX - order
}

/// Whether a bucket keeps versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Versioning {
    /// Never turned on.
    #[default]
    Off,
    /// Every write makes a version.
    Enabled,
    /// Writes replace the version `null`; older ones stay.
    Suspended,
}

impl Versioning {
    /// Whether it was never turned on.
    pub fn is_off(&self) -> bool {
        *self == Versioning::Off
    }
}

/// An object.
#[derive(Clone, Debug, Serialize)]
pub struct Object {
    /// Its bytes.
    pub body: Body,
    /// MD5 of the bytes, in quotes when shown; of the parts' MD5s and their number where it was put in parts.
    pub etag: String,
    /// When it was put.
    pub modified: Time,
    /// `Content-Type`.
    pub content_type: String,
    /// `Cache-Control`, `Content-Disposition`, `Content-Encoding`, `Content-Language`, `Expires` and
    /// `x-amz-website-redirect-location`, by the API's member names.
    pub headers: BTreeMap<String, String>,
    /// `x-amz-meta-…`, names in lower case.
    pub metadata: BTreeMap<String, String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Checksum algorithm (`CRC64NVME`) and the checksum in base64; one of the parts' checksums ends in their number.
    pub checksum: (String, String),
    /// `STANDARD`, …
    pub storage_class: String,
    /// When a lifecycle rule moved it there; `None` = it was put there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Time>,
    /// Its version; `None` = `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The number of its version in the bucket; 0 = put before versions were kept.
    #[serde(skip_serializing_if = "is_zero")]
    pub order: u64,
    /// The parts it was put in; none where it was put in one piece.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// How it is encrypted.
    #[serde(skip_serializing_if = "Encryption::is_default")]
    pub encryption: Encryption,
    /// Whom its ACL grants what; none = the owner everything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub acl: Vec<Grant>,
    /// The copy that was restored from an archive, or is being restored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restore: Option<Restore>,
    /// What keeps this version from being deleted.
    #[serde(skip_serializing_if = "Lock::is_default")]
    pub lock: Lock,
    /// Texts that hang on it, by their names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, Annotation>,
    /// Where it stands with replication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replication: Option<Replicated>,
    /// Where Intelligent-Tiering has moved it; `None`: it has not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tiering: Option<Tiering>,
}

/// A text that hangs on a version of an object.
#[derive(Clone, Debug, Serialize)]
pub struct Annotation {
    /// Its bytes.
    pub body: Body,
    /// MD5 of them.
    pub etag: String,
    /// When it was put.
    pub modified: Time,
    /// Checksum algorithm, and the checksum in base64.
    pub checksum: (String, String),
}

impl Object {
    /// Its bytes, counted.
    pub fn size(&self) -> i64 {
        self.body.len() as i64
    }
}

/// Bytes in pieces that are shared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pieces: Vec<Rc<[u8]>>,
    length: usize,
}

impl Body {
    /// How many bytes.
    pub fn len(&self) -> usize {
        self.length
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
    /// The pieces, in order.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.pieces.iter().map(|piece| &**piece)
    }
    /// Puts another one behind, sharing its bytes.
    pub fn append(&mut self, other: &Body) {
        self.pieces.extend(other.pieces.iter().cloned());
        self.length += other.length;
    }
    /// A copy of the bytes from `first` up to `after`, or to the end.
    pub fn copy(&self, first: usize, after: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(after.min(self.length).saturating_sub(first));
        let mut start = 0;
        for piece in self.pieces() {
            let (from, to) = (first.max(start) - start, after.saturating_sub(start).min(piece.len()));
            out.extend_from_slice(piece.get(from..to).unwrap_or_default());
            start += piece.len();
        }
        out
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Body {
        Body {
            pieces: vec![Rc::from(bytes)],
            length: bytes.len(),
        }
    }
}

/// Bytes in one stroke; what is in several pieces is written as a list of them.
impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.pieces[..] {
            [] => serializer.serialize_bytes(&[]),
            [one] => serializer.serialize_bytes(one),
            several => serializer.collect_seq(several.iter().map(|piece| Bytes(piece))),
        }
    }
}

struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

/// A part that an object was put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its number, from 1.
    pub number: i64,
    /// Its bytes, counted.
    pub size: usize,
    /// Its checksum, where the upload asked for checksums.
    pub checksum: Option<(String, String)>,
}

/// A version that a GET without a version does not find.
#[derive(Clone, Debug, Serialize)]
pub struct Version {
    /// The object; `None` = a delete marker.
    pub object: Option<Object>,
    /// Its id; `None` = `null`.
    pub id: Option<String>,
    /// When it was put.
    pub modified: Time,
    /// When a newer one took its place; `None` = it is a delete marker that is the newest.
    pub superseded: Option<Time>,
}

/// An upload in parts.
#[derive(Clone, Debug, Serialize)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// When it began.
    pub initiated: Time,
    /// The object that it will be, without its bytes.
    pub object: Object,
    /// The checksum algorithm that was asked for.
    pub algorithm: Option<String>,
    /// Whether its checksum will be one of the whole object; else of the parts' checksums.
    pub full: bool,
    /// Parts by number.
    pub parts: Table<i64, Uploaded>,
}

impl Upload {
    /// The class in which its parts wait, and are counted: those for an archive do so in S3 Standard.
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>
    pub fn class(&self) -> &str {
        match self.object.storage_class.as_str() {
            "GLACIER" | "DEEP_ARCHIVE" => "STANDARD",
            class => class,
        }
    }
}

/// A part that is there.
#[derive(Clone, Debug, Serialize)]
pub struct Uploaded {
    /// Its bytes.
    pub body: Body,
    /// Their MD5.
    pub etag: String,
    /// When it was put.
    pub modified: Time,
    /// Its checksum.
    pub checksum: (String, String),
}

/// How an object is encrypted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Encryption {
    /// With whose keys.
    pub algorithm: Algorithm,
    /// ARN of the KMS key; in a bucket's setting `None` = AWS's own key for S3.
    pub key: Option<String>,
    /// Whether a key of the bucket's spares calls to KMS.
    pub bucket_key: bool,
}

impl Encryption {
    fn is_default(&self) -> bool {
        *self == Encryption::default()
    }
}

/// Whose keys encrypt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Algorithm {
    /// S3's.
    #[default]
    S3,
    /// KMS's.
    Kms,
    /// KMS's, in two layers.
    Dual,
    /// The customer's, which S3 does not keep: `key` is the MD5 of it.
    Customer,
}

impl Algorithm {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::S3 | Algorithm::Customer => "AES256",
            Algorithm::Kms => "aws:kms",
            Algorithm::Dual => "aws:kms:dsse",
        }
    }
}

/// One grant of an ACL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Grant {
    /// To whom.
    pub grantee: Grantee,
    /// `FULL_CONTROL`, `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`.
    pub permission: String,
}

/// Who is granted something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Grantee {
    /// An account, by its canonical id.
    Account(String),
    /// A group of AWS's, by its URI.
    Group(String),
}

/// A copy of an archived object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restore {
    /// From when it can be read.
    pub ready: Time,
    /// To when.
    pub expires: Time,
}

/// What keeps a version from being deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lock {
    /// `GOVERNANCE` or `COMPLIANCE`, and to when.
    pub retention: Option<(String, Time)>,
    /// A hold without an end; `None` = nobody said.
    pub legal_hold: Option<bool>,
}

impl Lock {
    fn is_default(&self) -> bool {
        *self == Lock::default()
    }
}

/// What a bucket is set to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// Who owns its objects, and whether ACLs count; `None` = that was taken away, and ACLs count.
    pub ownership: Option<Ownership>,
    /// What of public access is blocked; `None` = nothing, and nothing is said.
    pub public_access: Option<PublicAccess>,
    /// Whom its ACL grants what; none = the owner everything.
    pub acl: Vec<Grant>,
    /// Its policy, as JSON.
    pub policy: Option<String>,
    /// How new objects are encrypted.
    pub encryption: Encryption,
    /// Whether its objects can be locked, and how new ones are: `GOVERNANCE` or `COMPLIANCE` and days.
    pub lock: Option<DefaultLock>,
    /// What else it was given and gives back.
    pub documents: BTreeMap<DocumentKind, Document>,
    /// What it was given under names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub named: BTreeMap<(NamedKind, String), Document>,
    /// MFA delete; `None` = it was never spoken of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfa_delete: Option<bool>,
}

/// What a bucket has several of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum NamedKind {
    /// AnalyticsConfiguration.
    Analytics,
    /// MetricsConfiguration.
    Metrics,
    /// InventoryConfiguration.
    Inventory,
    /// IntelligentTieringConfiguration.
    Tiering,
}

impl Default for Settings {
    /// Of a new bucket: ACLs off, public access blocked, encrypted with S3's keys.
    fn default() -> Settings {
        Settings {
            ownership: Some(Ownership::BucketOwnerEnforced),
            public_access: Some(PublicAccess::ALL),
            acl: Vec::new(),
            policy: None,
            encryption: Encryption::default(),
            lock: None,
            documents: BTreeMap::new(),
            named: BTreeMap::new(),
            mfa_delete: None,
        }
    }
}

impl Settings {
    fn is_default(&self) -> bool {
        *self == Settings::default()
    }
}

/// How new objects of a bucket with Object Lock are locked; `None` = not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DefaultLock {
    /// `GOVERNANCE` or `COMPLIANCE`, the number, whether it counts years.
    pub rule: Option<(String, i64, bool)>,
}

/// Who owns a bucket's objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Ownership {
    /// The bucket's owner; ACLs do not count.
    BucketOwnerEnforced,
    /// The bucket's owner, where the ACL gives it to them.
    BucketOwnerPreferred,
    /// Who put them.
    ObjectWriter,
}

impl Ownership {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            Ownership::BucketOwnerEnforced => "BucketOwnerEnforced",
            Ownership::BucketOwnerPreferred => "BucketOwnerPreferred",
            Ownership::ObjectWriter => "ObjectWriter",
        }
    }
}

/// What of public access is blocked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PublicAccess {
    /// Public ACLs cannot be set.
    pub block_acls: bool,
    /// Public ACLs do not count.
    pub ignore_acls: bool,
    /// Public policies cannot be set.
    pub block_policy: bool,
    /// A public policy lets only the account and AWS's services in.
    pub restrict: bool,
}

impl PublicAccess {
    /// Everything blocked, as in new buckets.
    pub const ALL: PublicAccess = PublicAccess {
        block_acls: true,
        ignore_acls: true,
        block_policy: true,
        restrict: true,
    };
}

/// What a bucket keeps as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum DocumentKind {
    /// CORSConfiguration.
    Cors,
    /// LifecycleConfiguration, with what `TransitionDefaultMinimumObjectSize` was.
    Lifecycle,
    /// WebsiteConfiguration.
    Website,
    /// BucketLoggingStatus.
    Logging,
    /// NotificationConfiguration.
    Notification,
    /// AccelerateConfiguration.
    Accelerate,
    /// RequestPaymentConfiguration.
    RequestPayment,
    /// ReplicationConfiguration.
    Replication,
    /// AbacStatus.
    Abac,
}

/// Something of the API's own shape that is kept as it was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Document(pub Structure);

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&json::plain(&Value::Structure(self.0.clone())).to_string())
    }
}

fn is_zero<N: Default + PartialEq>(number: &N) -> bool {
    *number == N::default()
}

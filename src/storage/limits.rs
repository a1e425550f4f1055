//! Every limit of this crate, named. All are ours. Nothing here may depend on the browser or on what is stored.

/// Bytes of one record's payload. Larger inputs belong into blobs.
pub const RECORD_BYTES: usize = 4 << 20;
/// Bytes of one checkpoint's payload.
pub const CHECKPOINT_BYTES: usize = 64 << 20;
/// Bytes of a workspace's own row, and of its head.
pub const META_BYTES: usize = 64 << 10;
/// Bytes of one blob.
pub const BLOB_BYTES: usize = 16 << 20;
/// Parts of a call that are longer than this many bytes are worth a blob of their own.
pub const INLINE_BYTES: usize = 1 << 10;
/// Blobs that one record or checkpoint may refer to.
pub const REFERENCES: usize = 1 << 16;

/// Records that one transaction may hold when many are waiting.
pub const BATCH_RECORDS: usize = 256;
/// Bytes after which a transaction takes no further record (one record is always taken, however long).
pub const BATCH_BYTES: usize = 8 << 20;
/// Records that may wait unsaved, for example while the disk is full.
pub const BACKLOG_RECORDS: usize = 100_000;
/// Bytes that may wait unsaved.
pub const BACKLOG_BYTES: usize = 256 << 20;

/// How often a change is tried again when another tab changed the same row in between.
pub const TRIES: usize = 16;

/// Characters of a workspace's name.
pub const NAME_CHARS: usize = 120;
/// Characters of a workspace's id.
pub const ID_CHARS: usize = 32;
/// Labels of one workspace, and characters of a label's key and value.
pub const LABELS: usize = 16;
/// Characters of a label's key or value.
pub const LABEL_CHARS: usize = 1024;
/// Wall-clock milliseconds after which a deleted workspace is purged: 30 days.
pub const PURGE_AFTER_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Bytes of all preferences together, as JSON.
pub const PREFERENCES_BYTES: usize = 64 << 10;

/// Characters of a message between tabs that is read at all.
pub const MESSAGE_CHARS: usize = 256;

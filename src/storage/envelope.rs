//! The bytes of one stored row: magic, version, kind, sequence number, references to blobs, payload, checksum.
//! Pure. Decoding never panics, allocates no more than the input's length a few times over, and never returns `Ok` for
//! bytes that differ from what [`encode`] wrote.
//!
//! ```text
//! version 1: magic "STRA" · version u16 · kind u8 · zero u8 · sequence u64 · references u32 · payload u32
//!            · references × 32 bytes · payload · checksum (first 16 bytes of SHA-256 of all before it)
//! version 0: as 1, without the count and the list of references
//! ```
//! Numbers are little-endian. In every version the magic and version come first and the checksum last, so that damage
//! and "from a newer version" can be told apart for ever.

use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::error::StorageError;
use crate::limits;

const MAGIC: [u8; 4] = *b"STRA";
/// The version that [`encode`] writes.
pub const VERSION: u16 = 1;
const CHECKSUM: usize = 16;
const REFERENCE: usize = 32;
/// magic, version, kind, zero, sequence: the same in versions 0 and 1.
const PREFIX: usize = 4 + 2 + 1 + 1 + 8;
/// The longest row that is looked at.
const LONGEST: usize = limits::CHECKPOINT_BYTES + limits::REFERENCES * REFERENCE + PREFIX + 8 + CHECKSUM;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A workspace's name, times and labels.
    Workspace = 1,
    /// Who writes and how far the records reach.
    Head = 2,
    /// One call.
    Record = 3,
    /// The state after a record.
    Checkpoint = 4,
}

impl Kind {
    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Workspace, Self::Head, Self::Record, Self::Checkpoint]
            .into_iter()
            .find(|k| *k as u8 == byte)
    }

    /// What the limit speaks of, and the limit in bytes.
    fn limit(self) -> (&'static str, usize) {
        match self {
            Self::Workspace | Self::Head => ("A workspace's description", limits::META_BYTES),
            Self::Record => ("A record", limits::RECORD_BYTES),
            Self::Checkpoint => ("A checkpoint", limits::CHECKPOINT_BYTES),
        }
    }
}

/// The SHA-256 of a blob: its name in the store, and what the log holds in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub [u8; 32]);

impl BlobId {
    /// The id of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 2 * REFERENCE || digits.iter().any(|d| !matches!(d, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut id = [0; REFERENCE];
        for (byte, pair) in id.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(id))
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// What the page hands over for a record or a checkpoint: bytes of its own making and the blobs that they speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    pub(crate) payload: Vec<u8>,
    pub(crate) references: BTreeSet<BlobId>,
    pub(crate) blobs: Vec<(BlobId, Rc<[u8]>)>,
}

impl Entry {
    /// An entry without blobs.
    pub fn new(payload: impl Into<Vec<u8>>) -> Self {
        Self {
            payload: payload.into(),
            ..Self::default()
        }
    }

    /// Adds a blob that is stored in the same transaction. `id` is [`BlobId::of`] its bytes, which the caller has
    /// computed already for the payload.
    #[must_use]
    pub fn with_blob(mut self, id: BlobId, bytes: impl Into<Rc<[u8]>>) -> Self {
        let bytes = bytes.into();
        debug_assert_eq!(id, BlobId::of(&bytes), "a blob under a name that is not its hash");
        self.blobs.push((id, bytes));
        self.referring_to(id)
    }

    /// Says that the payload speaks of a blob that is stored already, so that it is kept.
    #[must_use]
    pub fn referring_to(mut self, id: BlobId) -> Self {
        self.references.insert(id);
        self
    }

    /// The row of this entry.
    pub(crate) fn encode(&self, kind: Kind, sequence: u64) -> Result<Vec<u8>, StorageError> {
        let references: Vec<BlobId> = self.references.iter().copied().collect();
        encode(kind, sequence, &references, &self.payload)
    }
}

/// A decoded row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub kind: Kind,
    /// Which record this is, counted from 1; for a checkpoint, the record after which it was taken.
    pub sequence: u64,
    pub references: Vec<BlobId>,
    pub payload: Vec<u8>,
}

/// Why a row cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvelopeError {
    /// The bytes are not what was written; says which check failed.
    Damaged(&'static str),
    /// Intact, but of a version that this code does not know.
    Newer(u16),
}

/// The row's bytes, or which limit the parts exceed.
pub fn encode(kind: Kind, sequence: u64, references: &[BlobId], payload: &[u8]) -> Result<Vec<u8>, StorageError> {
    let (what, limit) = kind.limit();
    if payload.len() > limit {
        return Err(StorageError::TooLarge {
            what,
            size: payload.len(),
            limit,
        });
    }
    if references.len() > limits::REFERENCES {
        return Err(StorageError::TooLarge {
            what: "A list of blobs",
            size: references.len(),
            limit: limits::REFERENCES,
        });
    }
    let mut row = Vec::with_capacity(PREFIX + 8 + references.len() * REFERENCE + payload.len() + CHECKSUM);
    row.extend(MAGIC);
    row.extend(VERSION.to_le_bytes());
    row.extend([kind as u8, 0]);
    row.extend(sequence.to_le_bytes());
    // Both lengths are under their limits, far below u32::MAX.
    row.extend((references.len() as u32).to_le_bytes());
    row.extend((payload.len() as u32).to_le_bytes());
    references.iter().for_each(|id| row.extend(id.0));
    row.extend(payload);
    let sum = checksum(&row);
    row.extend(sum);
    Ok(row)
}

/// Reads a row of the wanted kind; rows of older versions are brought forward first.
pub fn decode(row: &[u8], kind: Kind) -> Result<Envelope, EnvelopeError> {
    if row.len() > LONGEST {
        return Err(EnvelopeError::Damaged("longer than any row"));
    }
    let (body, sum) = row
        .split_last_chunk::<CHECKSUM>()
        .ok_or(EnvelopeError::Damaged("too short"))?;
    if checksum(body) != *sum {
        return Err(EnvelopeError::Damaged("checksum"));
    }
    if body.first_chunk() != Some(&MAGIC) {
        return Err(EnvelopeError::Damaged("not a row of Stratus"));
    }
    let version = Reader {
        rest: body.get(MAGIC.len()..).unwrap_or_default(),
    }
    .u16()?;
    let steps = MIGRATIONS
        .get(usize::from(version)..)
        .ok_or(EnvelopeError::Newer(version))?;
    match steps.split_first() {
        None => parse(body, kind),
        Some((first, others)) => {
            let mut current = first(body)?;
            for step in others {
                current = step(&current)?;
            }
            parse(&current, kind)
        }
    }
}

/// Brings a body (a row without its checksum) from the version of its index to the next one.
type Migration = fn(&[u8]) -> Result<Vec<u8>, EnvelopeError>;

/// One step a version: entry `n` turns version `n` into `n + 1`. Append only; rows on people's disks need every step.
const MIGRATIONS: [Migration; VERSION as usize] = [count_references];

/// 0 → 1: rows learnt to name the blobs that they speak of; those of version 0 had none.
fn count_references(body: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    let (prefix, rest) = body
        .split_at_checked(PREFIX)
        .ok_or(EnvelopeError::Damaged("too short"))?;
    let mut next = prefix.to_vec();
    if let Some(version) = next.get_mut(MAGIC.len()..MAGIC.len() + 2) {
        version.copy_from_slice(&1u16.to_le_bytes());
    }
    next.extend(0u32.to_le_bytes());
    next.extend(rest);
    Ok(next)
}

fn parse(body: &[u8], kind: Kind) -> Result<Envelope, EnvelopeError> {
    let mut reader = Reader {
        rest: body.get(MAGIC.len() + 2..).unwrap_or_default(),
    };
    if Kind::from_byte(reader.u8()?) != Some(kind) {
        return Err(EnvelopeError::Damaged("another kind of row"));
    }
    if reader.u8()? != 0 {
        return Err(EnvelopeError::Damaged("unknown flags"));
    }
    let sequence = reader.u64()?;
    let (references, length) = (reader.length()?, reader.length()?);
    if references > limits::REFERENCES || length > kind.limit().1 {
        return Err(EnvelopeError::Damaged("longer than its limit"));
    }
    let references = reader.take(references * REFERENCE)?;
    let references = references
        .chunks_exact(REFERENCE)
        .filter_map(|c| c.try_into().ok())
        .map(BlobId)
        .collect();
    let payload = reader.take(length)?.to_vec();
    if !reader.rest.is_empty() {
        return Err(EnvelopeError::Damaged("bytes after the end"));
    }
    Ok(Envelope {
        kind,
        sequence,
        references,
        payload,
    })
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM] {
    let digest: [u8; 32] = Sha256::digest(body).into();
    let mut sum = [0; CHECKSUM];
    sum.iter_mut().zip(digest).for_each(|(s, d)| *s = d);
    sum
}

/// Takes numbers off the front of a slice.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], EnvelopeError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(EnvelopeError::Damaged("too short"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], EnvelopeError> {
        self.take(N)?
            .try_into()
            .map_err(|_| EnvelopeError::Damaged("too short"))
    }

    fn u8(&mut self) -> Result<u8, EnvelopeError> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    fn u16(&mut self) -> Result<u16, EnvelopeError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, EnvelopeError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn length(&mut self) -> Result<usize, EnvelopeError> {
        usize::try_from(u32::from_le_bytes(self.array()?)).map_err(|_| EnvelopeError::Damaged("longer than its limit"))
    }
}

//! From rows to a state: which checkpoint and which records can be opened, what is damaged, and what has to move aside.
//! Pure apart from one read. Nothing here deletes: it plans changes in which every byte that leaves a table arrives in
//! the quarantine.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::backend::{Backend, Change, Guard, Query, Rows, Span, Table, blob_key, key_sequence, sequence_key};
use crate::envelope::{BlobId, Envelope, EnvelopeError, Kind, decode};
use crate::error::StorageError;
use crate::workspace::{Head, Workspace};

/// Blobs by the name under which they are stored.
pub type Blobs = BTreeMap<BlobId, Rc<[u8]>>;

/// What the page gets when it opens a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// The newest checkpoint that is intact.
    pub checkpoint: Option<Vec<u8>>,
    /// The records after it, in order.
    pub records: Vec<Vec<u8>>,
    /// The number of the last record; the next one is `position + 1`.
    pub position: u64,
    /// The blobs that the checkpoint and the records speak of, as far as they are there and whole.
    pub blobs: Blobs,
    /// What could not be opened.
    pub damage: Option<Damage>,
}

/// What is damaged. The bytes stay in the browser too ([`crate::Store::set_aside`]) until they are discarded or the
/// workspace is purged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Damage {
    /// What happened, for the person at the screen.
    pub what: String,
    /// The damaged rows and those that cannot be reached without them, for download; see [`pack`].
    pub bytes: Vec<u8>,
    /// How many records are not in the opened state.
    pub lost: u64,
    /// Blobs that the opened state speaks of and that are missing or damaged.
    pub blobs: Vec<BlobId>,
}

/// What the page could not make sense of although the bytes are as they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reject {
    /// The newest checkpoint: fall back to the one before and its records.
    Checkpoint,
    /// Everything after this record.
    RecordsAfter(u64),
}

/// The rows of one workspace, from one state of the tables.
pub(crate) struct Raw {
    pub workspace: Option<Vec<u8>>,
    pub head: Option<Vec<u8>>,
    checkpoints: Rows,
    records: Rows,
    blobs: BTreeSet<String>,
}

/// A row that has to leave its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aside {
    table: Table,
    key: String,
    bytes: Vec<u8>,
}

/// What can be opened, and what has to change before somebody may write on.
#[derive(Default)]
pub(crate) struct Plan {
    pub opened: Opened,
    /// Sequences of the checkpoints that stay.
    pub checkpoints: BTreeSet<u64>,
    /// Blobs that are present.
    pub blobs: BTreeSet<BlobId>,
    /// Of the head that was found.
    pub cuts: u64,
    pub saved: Option<i64>,
    pub aside: Vec<Aside>,
    /// Blobs that nothing speaks of any more.
    unused: Vec<String>,
    /// Blobs that the opened state needs.
    needed: BTreeSet<BlobId>,
    whats: Vec<String>,
}

impl Raw {
    /// Reads all rows of a workspace.
    pub async fn read(backend: &dyn Backend, id: &str) -> Result<Self, StorageError> {
        let queries = vec![
            Query::rows(Table::Workspaces, Span::one(id)),
            Query::rows(Table::Heads, Span::one(id)),
            Query::rows(Table::Checkpoints, Span::of(id)),
            Query::rows(Table::Records, Span::of(id)),
            Query::keys(Table::Blobs, Span::of(id)),
        ];
        let mut answers = backend.read(queries).await?.into_iter();
        let mut next = || answers.next().unwrap_or_default();
        let one = |rows: Rows| rows.into_iter().next().map(|(_, bytes)| bytes);
        Ok(Self {
            workspace: one(next()),
            head: one(next()),
            checkpoints: next(),
            records: next(),
            blobs: next().into_iter().map(|(key, _)| key).collect(),
        })
    }

    /// The conditions under which a plan from these rows may be carried out.
    pub fn guards(&self, id: &str) -> Vec<Guard> {
        vec![
            Guard {
                table: Table::Heads,
                key: id.to_owned(),
                expected: self.head.clone(),
            },
            Guard {
                table: Table::Workspaces,
                key: id.to_owned(),
                expected: self.workspace.clone(),
            },
        ]
    }

    /// The workspace's own row; a stand-in where it is damaged.
    pub fn workspace(&self, id: &str) -> Result<Workspace, StorageError> {
        let missing = || StorageError::Missing {
            what: format!("The workspace {id}"),
        };
        match Workspace::decode(id, self.workspace.as_ref().ok_or_else(missing)?) {
            Ok(workspace) => Ok(workspace),
            Err(EnvelopeError::Newer(_)) => Err(newer()),
            Err(EnvelopeError::Damaged(_)) => Ok(Workspace::recovered(id)),
        }
    }
}

pub(crate) fn newer() -> StorageError {
    StorageError::Newer {
        what: "This workspace".to_owned(),
    }
}

/// A row that can be read, or why it cannot.
type Decoded = (String, Vec<u8>, Result<Envelope, &'static str>);

/// Decodes rows and holds each to its key. Fails if one of them is from a newer version: then nothing may be touched.
fn decode_rows(rows: Rows, kind: Kind) -> Result<Vec<Decoded>, StorageError> {
    let decode_row = |(key, bytes): (String, Vec<u8>)| {
        let result = match decode(&bytes, kind) {
            Err(EnvelopeError::Newer(_)) => return Err(newer()),
            Err(EnvelopeError::Damaged(why)) => Err(why),
            Ok(row) if Some(row.sequence) == key_sequence(&key) => Ok(row),
            Ok(_) => Err("stands in another row's place"),
        };
        Ok((key, bytes, result))
    };
    rows.into_iter().map(decode_row).collect()
}

impl Plan {
    /// Decides what can be opened. `reject` treats intact rows as damaged.
    pub fn make(id: &str, raw: &mut Raw, reject: Option<Reject>) -> Result<Self, StorageError> {
        let mut plan = Self::default();
        plan.read_workspace(id, raw)?;
        let head = plan.read_head(id, raw)?;
        let checkpoints = decode_rows(std::mem::take(&mut raw.checkpoints), Kind::Checkpoint)?;
        let records = decode_rows(std::mem::take(&mut raw.records), Kind::Record)?;
        let rows = checkpoints.iter().chain(&records);
        let highest = rows
            .clone()
            .filter_map(|(key, _, _)| key_sequence(key))
            .max()
            .unwrap_or(0);
        if raw.head.is_none() && rows.clone().next().is_some() {
            plan.whats
                .push("The index of the records is missing; it was made anew.".to_owned());
        }
        let known = head.map_or(highest, |h| h.last);
        plan.find_blobs(id, raw, rows);
        plan.choose_checkpoint(checkpoints, reject == Some(Reject::Checkpoint));
        plan.follow_records(records, known, reject);
        plan.opened.damage = plan.damage(known);
        Ok(plan)
    }

    fn read_workspace(&mut self, id: &str, raw: &Raw) -> Result<(), StorageError> {
        raw.workspace(id)?;
        if let Some(bytes) = &raw.workspace
            && Workspace::decode(id, bytes).is_err()
        {
            self.whats
                .push("The workspace's name and times are damaged.".to_owned());
            self.aside.push(Aside {
                table: Table::Workspaces,
                key: id.to_owned(),
                bytes: bytes.clone(),
            });
        }
        Ok(())
    }

    fn read_head(&mut self, id: &str, raw: &Raw) -> Result<Option<Head>, StorageError> {
        let Some(bytes) = &raw.head else { return Ok(None) };
        match Head::decode(bytes) {
            Ok(head) => {
                (self.cuts, self.saved) = (head.cuts, head.saved);
                Ok(Some(head))
            }
            Err(EnvelopeError::Newer(_)) => Err(newer()),
            Err(EnvelopeError::Damaged(_)) => {
                self.whats
                    .push("The index of the records is damaged; it was made anew.".to_owned());
                self.aside.push(Aside {
                    table: Table::Heads,
                    key: id.to_owned(),
                    bytes: bytes.clone(),
                });
                Ok(None)
            }
        }
    }

    /// Which blobs are there, and which of them no row speaks of. While a row cannot be read, none counts as unused.
    fn find_blobs<'a>(&mut self, id: &str, raw: &Raw, rows: impl Iterator<Item = &'a Decoded> + Clone) {
        self.blobs = raw
            .blobs
            .iter()
            .filter_map(|key| BlobId::parse(key.rsplit('/').next()?))
            .collect();
        if rows.clone().all(|(_, _, row)| row.is_ok()) {
            let read = rows.filter_map(|(_, _, row)| row.as_ref().ok());
            let used: BTreeSet<String> = read
                .flat_map(|row| &row.references)
                .map(|blob| blob_key(id, blob))
                .collect();
            self.unused = raw.blobs.iter().filter(|key| !used.contains(*key)).cloned().collect();
            // What is about to go must be written again when a later record speaks of it.
            self.blobs.retain(|blob| used.contains(&blob_key(id, blob)));
        }
    }

    fn choose_checkpoint(&mut self, checkpoints: Vec<Decoded>, mut reject: bool) {
        for (key, bytes, row) in checkpoints.into_iter().rev() {
            let base_found = self.opened.checkpoint.is_some();
            match row {
                Ok(row) if !reject || base_found => {
                    self.checkpoints.insert(row.sequence);
                    if !base_found {
                        self.opened.position = row.sequence;
                        self.needed.extend(&row.references);
                        self.opened.checkpoint = Some(row.payload);
                    }
                    continue;
                }
                Ok(_) => {
                    reject = false;
                    self.whats.push("The newest checkpoint could not be opened.".to_owned());
                }
                Err(why) => {
                    let at = key_sequence(&key).unwrap_or_default();
                    self.whats
                        .push(format!("The checkpoint after record {at} is damaged ({why})."));
                }
            }
            self.aside.push(Aside {
                table: Table::Checkpoints,
                key,
                bytes,
            });
        }
    }

    /// Takes the records after the checkpoint as far as they follow each other.
    fn follow_records(&mut self, records: Vec<Decoded>, known: u64, reject: Option<Reject>) {
        let base = self.opened.position;
        let mut broken = false;
        for (key, bytes, row) in records {
            let sequence = key_sequence(&key);
            match sequence {
                // Behind the checkpoint: kept as they are for the case that the checkpoint goes bad.
                Some(1..) if sequence <= Some(base) => continue,
                Some(1..) => {}
                // Under a key that is never written.
                _ => {
                    self.whats.push("A record stands where none belongs.".to_owned());
                    self.aside.push(Aside {
                        table: Table::Records,
                        key,
                        bytes,
                    });
                    continue;
                }
            }
            let next = self.opened.position + 1;
            let why = match row {
                _ if broken => None,
                Ok(row) if row.sequence == next => {
                    if reject != Some(Reject::RecordsAfter(next - 1)) {
                        self.needed.extend(&row.references);
                        self.opened.records.push(row.payload);
                        self.opened.position = next;
                        continue;
                    }
                    Some(format!("Record {next} could not be opened."))
                }
                Ok(_) => Some(format!("Record {next} is missing.")),
                Err(why) => Some(format!("Record {} is damaged ({why}).", sequence.unwrap_or(next))),
            };
            broken = true;
            self.whats.extend(why);
            self.aside.push(Aside {
                table: Table::Records,
                key,
                bytes,
            });
        }
        if !broken && self.opened.position < known {
            self.whats
                .push(format!("Record {} is missing.", self.opened.position + 1));
        }
        // A checkpoint beyond the last good record can only be a damaged one, which is aside already.
    }

    fn damage(&self, known: u64) -> Option<Damage> {
        let is_record = |row: &&Aside| row.table == Table::Records && key_sequence(&row.key) > Some(0);
        let aside = self.aside.iter().filter(is_record).count() as u64;
        let lost = known.saturating_sub(self.opened.position).max(aside);
        let mut what = self.whats.join(" ");
        match lost {
            0 if what.is_empty() => return None,
            0 => what.push_str(" No change was lost."),
            1 => what.push_str(" 1 change was lost."),
            _ => what.push_str(&format!(" {lost} changes were lost.")),
        }
        Some(Damage {
            what,
            bytes: pack(&self.aside),
            lost,
            blobs: Vec::new(),
        })
    }

    /// Reads every blob that the opened state needs and adds those that are missing or damaged to the damage.
    pub async fn check_blobs(&mut self, backend: &dyn Backend, id: &str) -> Result<(), StorageError> {
        let mut bad = Vec::new();
        for blob in std::mem::take(&mut self.needed) {
            match read_blob(backend, id, &blob).await? {
                Stored::Whole(bytes) => {
                    self.opened.blobs.insert(blob, bytes.into());
                    continue;
                }
                Stored::Damaged(bytes) => self.aside.push(Aside {
                    table: Table::Blobs,
                    key: blob_key(id, &blob),
                    bytes,
                }),
                Stored::Missing => {}
            }
            self.blobs.remove(&blob);
            bad.push(blob);
        }
        if !bad.is_empty() {
            let damage = self.opened.damage.get_or_insert_default();
            let space = if damage.what.is_empty() { "" } else { " " };
            damage.what.push_str(&format!(
                "{space}Contents stored apart are missing or damaged: {}.",
                bad.len()
            ));
            damage.bytes = pack(&self.aside);
            damage.blobs = bad;
        }
        Ok(())
    }

    /// The changes that put everything aside which has to go, and delete what nobody needs. `place` is the key of the
    /// quarantined bytes.
    pub fn changes(&self, place: String) -> Vec<Change> {
        let mut changes = Vec::new();
        if !self.aside.is_empty() {
            changes.push(Change::Put(Table::Quarantine, place, Rc::from(pack(&self.aside))));
            let rows = self
                .aside
                .iter()
                .map(|row| Change::Delete(row.table, Span::one(&row.key)));
            changes.extend(rows);
        }
        changes.extend(
            self.unused
                .iter()
                .map(|key| Change::Delete(Table::Blobs, Span::one(key))),
        );
        changes
    }

    /// Whether records were lost, so that their sequences will be used again.
    pub fn is_cut(&self) -> bool {
        self.opened.damage.as_ref().is_some_and(|d| d.lost > 0)
    }
}

/// Rows as one download: a line `stratus set aside 1`, then for each row a line `table key length`, its bytes as they
/// are, and a line end.
pub(crate) fn pack(rows: &[Aside]) -> Vec<u8> {
    let mut out = b"stratus set aside 1\n".to_vec();
    for row in rows {
        out.extend(format!("{} {} {}\n", row.table.name(), row.key, row.bytes.len()).bytes());
        out.extend(&row.bytes);
        out.push(b'\n');
    }
    out
}

/// How a blob was found.
pub(crate) enum Stored {
    /// As it was written.
    Whole(Vec<u8>),
    /// With other bytes than its name says.
    Damaged(Vec<u8>),
    /// Not at all.
    Missing,
}

/// Reads one blob of a workspace and holds it to its name.
pub(crate) async fn read_blob(backend: &dyn Backend, id: &str, blob: &BlobId) -> Result<Stored, StorageError> {
    let query = Query::rows(Table::Blobs, Span::one(&blob_key(id, blob)));
    let answers = backend.read(vec![query]).await?;
    Ok(match answers.into_iter().flatten().next() {
        Some((_, bytes)) if BlobId::of(&bytes) == *blob => Stored::Whole(bytes),
        Some((_, bytes)) => Stored::Damaged(bytes),
        None => Stored::Missing,
    })
}

/// The records after `seen` with their blobs, if the rows still tell the same story up to there: same cuts, no gap,
/// nothing damaged. A blob that is missing or damaged is left out.
pub(crate) async fn records_after(
    backend: &dyn Backend,
    id: &str,
    seen: u64,
    cuts: u64,
) -> Result<Option<(Vec<Vec<u8>>, Blobs)>, StorageError> {
    let queries = vec![
        Query::rows(Table::Heads, Span::one(id)),
        Query::rows(Table::Records, Span::sequences(id, seen.saturating_add(1), u64::MAX)),
    ];
    let mut answers = backend.read(queries).await?.into_iter();
    let head = answers.next().and_then(|rows| rows.into_iter().next());
    let head = head.and_then(|(_, bytes)| Head::decode(&bytes).ok());
    let Some(head) = head.filter(|h| h.cuts == cuts && h.last >= seen) else {
        return Ok(None);
    };
    let decoded = decode_rows(answers.next().unwrap_or_default(), Kind::Record)?;
    let (mut records, mut needed) = (Vec::new(), BTreeSet::new());
    for (_, _, row) in decoded {
        match row {
            Ok(row) if row.sequence == seen + 1 + records.len() as u64 => {
                needed.extend(row.references);
                records.push(row.payload);
            }
            _ => return Ok(None),
        }
    }
    if seen + records.len() as u64 != head.last {
        return Ok(None);
    }
    let mut blobs = Blobs::new();
    for blob in needed {
        if let Stored::Whole(bytes) = read_blob(backend, id, &blob).await? {
            blobs.insert(blob, bytes.into());
        }
    }
    Ok(Some((records, blobs)))
}

/// The key under which something is put aside: by time.
pub(crate) fn place(id: &str, now: i64, token: &str) -> String {
    format!("{}-{token}", sequence_key(id, now.max(0).unsigned_abs()))
}

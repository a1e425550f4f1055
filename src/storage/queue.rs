//! What waits to be written, in the order in which it was handed over. Pure bookkeeping: nothing here writes.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use futures_channel::oneshot;

use crate::backend::{Change, Table, blob_key, sequence_key};
use crate::envelope::{BlobId, Entry, Kind};
use crate::error::StorageError;
use crate::limits;

/// The promise behind a future that `append` or `checkpoint` gave out.
pub(crate) type Promise = oneshot::Sender<Result<u64, StorageError>>;

/// A record or checkpoint that is not on disk yet.
pub(crate) struct Item {
    pub kind: Kind,
    /// A record's own number; for a checkpoint, that of the record after which it was taken.
    pub sequence: u64,
    row: Rc<[u8]>,
    blobs: Vec<(BlobId, Rc<[u8]>)>,
    weight: usize,
    promise: Option<Promise>,
}

impl Item {
    /// Encodes an entry, or says which limit it exceeds.
    pub fn new(kind: Kind, sequence: u64, entry: Entry, promise: Promise) -> Result<Self, StorageError> {
        let longest = entry.blobs.iter().map(|(_, bytes)| bytes.len()).max().unwrap_or(0);
        if longest > limits::BLOB_BYTES {
            return Err(StorageError::TooLarge {
                what: "A blob",
                size: longest,
                limit: limits::BLOB_BYTES,
            });
        }
        let row: Rc<[u8]> = entry.encode(kind, sequence)?.into();
        let weight = row.len() + entry.blobs.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
        Ok(Self {
            kind,
            sequence,
            row,
            blobs: entry.blobs,
            weight,
            promise: Some(promise),
        })
    }

    /// Answers whoever waits for this item; nobody, if it has failed before.
    fn settle(&mut self, result: Result<u64, StorageError>) {
        if let Some(promise) = self.promise.take() {
            // The caller may have stopped waiting.
            let _ = promise.send(result);
        }
    }
}

#[derive(Default)]
pub(crate) struct Queue {
    items: VecDeque<Item>,
    weight: usize,
}

impl Queue {
    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether there is room for one more.
    pub fn check_room(&self) -> Result<(), StorageError> {
        let what = "What waits to be saved";
        if self.items.len() >= limits::BACKLOG_RECORDS {
            return Err(StorageError::TooLarge {
                what,
                size: self.items.len() + 1,
                limit: limits::BACKLOG_RECORDS,
            });
        }
        if self.weight >= limits::BACKLOG_BYTES {
            return Err(StorageError::TooLarge {
                what,
                size: self.weight,
                limit: limits::BACKLOG_BYTES,
            });
        }
        Ok(())
    }

    pub fn push(&mut self, item: Item) {
        self.weight += item.weight;
        self.items.push_back(item);
    }

    pub fn blob(&self, id: &BlobId) -> Option<Rc<[u8]>> {
        self.items
            .iter()
            .flat_map(|item| &item.blobs)
            .find(|(blob, _)| blob == id)
            .map(|(_, bytes)| bytes.clone())
    }

    /// How many items the next transaction takes: one checkpoint, or records up to the limits.
    pub fn next_batch(&self) -> usize {
        let Some(first) = self.items.front() else { return 0 };
        if first.kind == Kind::Checkpoint {
            return 1;
        }
        let mut bytes = 0;
        let fits = |item: &&Item| {
            let fits = bytes == 0 || bytes + item.weight <= limits::BATCH_BYTES;
            bytes += item.weight;
            item.kind == Kind::Record && fits
        };
        self.items.iter().take(limits::BATCH_RECORDS).take_while(fits).count()
    }

    /// The first items.
    pub fn front(&self, count: usize) -> impl Iterator<Item = &Item> {
        self.items.iter().take(count)
    }

    /// The changes that write the first items; blobs that are `stored` already are left out.
    pub fn changes(&self, workspace: &str, count: usize, stored: &BTreeSet<BlobId>) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut put = BTreeSet::new();
        for item in self.items.iter().take(count) {
            for (id, bytes) in &item.blobs {
                if !stored.contains(id) && put.insert(*id) {
                    changes.push(Change::Put(Table::Blobs, blob_key(workspace, id), bytes.clone()));
                }
            }
            let table = if item.kind == Kind::Checkpoint {
                Table::Checkpoints
            } else {
                Table::Records
            };
            changes.push(Change::Put(
                table,
                sequence_key(workspace, item.sequence),
                item.row.clone(),
            ));
        }
        changes
    }

    /// Takes the first items off, which are on disk now, and tells their callers. Returns the blobs that came with them.
    pub fn saved(&mut self, count: usize) -> Vec<BlobId> {
        let mut blobs = Vec::new();
        for mut item in self.items.drain(..count.min(self.items.len())) {
            self.weight -= item.weight;
            blobs.extend(item.blobs.iter().map(|(id, _)| *id));
            item.settle(Ok(item.sequence));
        }
        blobs
    }

    /// Tells every caller that waits. The items stay, to be tried again.
    pub fn fail(&mut self, error: &StorageError) {
        self.items.iter_mut().for_each(|item| item.settle(Err(error.clone())));
    }

    /// Gives all up and tells every caller that waits. Returns how many records there were.
    pub fn abandon(&mut self, error: &StorageError) -> usize {
        self.fail(error);
        self.weight = 0;
        self.items.drain(..).filter(|item| item.kind == Kind::Record).count()
    }
}

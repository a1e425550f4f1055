//! What a script's steps mean and print: payloads and blobs from a word, results as lines.

use stratus_storage::backend::key_sequence;
use stratus_storage::{BlobId, Blobs, Entry, Opened, Refreshed, SaveState, StorageError};

/// `text` is the payload; `text+2000` comes with a blob of 2000 bytes.
pub(super) fn entry(text: &str) -> Entry {
    match text.split_once('+') {
        None => Entry::new(text),
        Some((_, size)) => {
            let bytes = blob(size);
            Entry::new(text).with_blob(BlobId::of(&bytes), bytes)
        }
    }
}

pub(super) fn blob(size: &str) -> Vec<u8> {
    vec![b'b'; size.parse().unwrap()]
}

pub(super) fn blob_id(size: &str) -> BlobId {
    BlobId::of(&blob(size))
}

pub(super) fn done(result: Result<u64, StorageError>) -> String {
    result.map_or_else(|error| error.to_string(), |sequence| format!("saved {sequence}"))
}

pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn content(opened: &Opened) -> String {
    let checkpoint = opened.checkpoint.iter().map(|c| format!("[{}]", text(c)));
    let records = opened.records.iter().map(|r| text(r));
    let parts: Vec<String> = checkpoint.chain(records).collect();
    format!(
        "{} at {}",
        if parts.is_empty() {
            "nothing".to_owned()
        } else {
            parts.join(" ")
        },
        opened.position
    )
}

/// The sizes of the contents that come along, which are all of the letter b.
pub(super) fn contents(blobs: &Blobs) -> Option<String> {
    let sizes: Vec<String> = blobs
        .iter()
        .map(|(id, bytes)| {
            assert_eq!(*id, BlobId::of(bytes));
            bytes.len().to_string()
        })
        .collect();
    (!sizes.is_empty()).then(|| format!("  contents: {}", sizes.join(" ")))
}

pub(super) fn damage(opened: &Opened) -> Vec<String> {
    let Some(damage) = &opened.damage else {
        return Vec::new();
    };
    let mut said = vec![format!(
        "damage: {} lost {}, contents {}",
        damage.what,
        damage.lost,
        damage.blobs.len()
    )];
    said.extend(headings(&damage.bytes));
    said
}

/// The headings of a download of damaged rows, without the id; reads the rows as a person's tool would.
pub fn headings(mut packed: &[u8]) -> Vec<String> {
    let mut line = || {
        let end = packed.iter().position(|b| *b == b'\n')?;
        let heading = text(&packed[..end]);
        packed = &packed[end + 1..];
        // "table key length": the row and a line end follow.
        if let [_, _, length] = *heading.split(' ').collect::<Vec<_>>() {
            packed = &packed[length.parse::<usize>().unwrap() + 1..];
        }
        Some(heading)
    };
    assert_eq!(line().as_deref(), Some("stratus set aside 1"));
    let mut said = Vec::new();
    while let Some(heading) = line() {
        let (table, key) = heading.split_once(' ').unwrap();
        let key = key.split(' ').next().unwrap();
        said.push(format!(
            "  aside: {table} {}",
            key_sequence(key)
                .filter(|_| key.contains('/'))
                .map_or("*".to_owned(), |s| s.to_string())
        ));
    }
    said
}

pub(super) fn refreshed(result: Result<Refreshed, StorageError>) -> Vec<String> {
    match result {
        Err(error) => vec![error.to_string()],
        Ok(Refreshed::Records { records, .. }) if records.is_empty() => vec!["nothing new".to_owned()],
        Ok(Refreshed::Records { records, blobs }) => {
            let mut said = vec![format!(
                "new: {}",
                records.iter().map(|r| text(r)).collect::<Vec<_>>().join(" ")
            )];
            said.extend(contents(&blobs));
            said
        }
        Ok(Refreshed::Reopened(opened)) => reopened(Ok(opened)),
    }
}

pub(super) fn reopened(result: Result<Opened, StorageError>) -> Vec<String> {
    match result {
        Err(error) => vec![error.to_string()],
        Ok(opened) => {
            let mut said = vec![format!("reopened: {}", content(&opened))];
            said.extend(contents(&opened.blobs));
            said.extend(damage(&opened));
            said
        }
    }
}

pub(super) fn saving(state: &SaveState) -> String {
    match state {
        SaveState::Saved => "saved".to_owned(),
        SaveState::Saving { pending } => format!("saving {pending}"),
        SaveState::Failed { pending, error } => format!("{pending} not saved: {error}"),
    }
}

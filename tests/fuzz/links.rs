//! Whatever somebody may open, read as the page reads it: a link, a file, or what a link holds under a checksum that fits.
//! One function with two drivers: libFuzzer (`target.rs`), and on every machine a bounded number of mutations (`main.rs`).
//!
//! What may never happen: a panic; a refusal that says neither why nor what to do; a file that is read and cannot be
//! written again; a world that does not hold together.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use miniz_oxide::deflate::compress_to_vec;
use sha2::{Digest, Sha256};
use stratus_classroom::{File, FileError, LinkError, link};
use stratus_engine::base::limits::HISTORY_CALLS;
use stratus_engine::world::integrity;
use stratus_model::binary::write_varint;

/// What a refusal offers to do: one of these stands in each.
const REMEDIES: [&str; 6] = [
    "Ask for",
    "ask for",
    "Copy all of it again",
    "newer",
    "come from Export",
    "This file",
];
/// Longer logs are only read: making their calls again is the engine's business, and takes its time.
const OPENED_CALLS: usize = 100;

/// How an input was taken: what the drivers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    /// Read, and opened if it is not long.
    Read,
    /// Nothing of ours.
    NotOurs,
    /// Its end is missing.
    CutShort,
    /// Changed on its way.
    Tampered,
    /// Of a newer version.
    Newer,
    /// Larger than is read.
    TooLarge,
    /// Whole, but not a world.
    Broken,
}

/// What an input is taken for.
pub enum Input {
    /// A link, as one copies it.
    Link(String),
    /// A file's text.
    File(String),
}

/// `{…` is a file; `v1.…`, `#…` and `json=…` are links, of which the first line counts, so that the golden
/// links can be seeds as they are; anything else is a byte that does not matter, and then what a link holds.
pub fn input(data: &[u8]) -> Input {
    let text = String::from_utf8_lossy(data);
    match data.first() {
        Some(b'{') => Input::File(text.into_owned()),
        None | Some(b'v' | b'#' | b'j') => Input::Link(text.lines().next().unwrap_or_default().to_owned()),
        Some(_) => Input::Link(crafted(data.get(1..).unwrap_or_default())),
    }
}

/// Reads one input, and holds what it says to what is promised.
pub fn read(data: &[u8]) -> Taken {
    match input(data) {
        Input::Link(text) => linked(&text),
        Input::File(text) => file(&text),
    }
}

/// The link that holds these bytes, with the length and the checksum that they have.
pub fn crafted(packed: &[u8]) -> String {
    let mut bytes = vec![0];
    write_varint(packed.len() as u64, &mut bytes);
    bytes.extend(Sha256::digest(packed).iter().take(8));
    // What does without the dictionary is as good, and little effort is enough.
    bytes.extend(compress_to_vec(packed, 1));
    format!("v1.{}", BASE64.encode(bytes))
}

fn linked(text: &str) -> Taken {
    match link::decode(text) {
        Ok(file) => {
            assert!(
                link::is_one(text.trim().trim_start_matches('#')),
                "read, but not known as a link"
            );
            world(&file)
        }
        Err(error) => {
            refused(&error.to_string());
            match error {
                LinkError::NotOurs => Taken::NotOurs,
                LinkError::CutShort => Taken::CutShort,
                LinkError::Tampered | LinkError::Character(_) => Taken::Tampered,
                LinkError::Newer(_) | LinkError::File(FileError::Newer(_)) => Taken::Newer,
                LinkError::TooLong(_) | LinkError::UnpacksTooLarge(_) => Taken::TooLarge,
                LinkError::Broken(_) | LinkError::File(_) => Taken::Broken,
                LinkError::TooLarge(_) | LinkError::Unwritable(_) => panic!("only writing fails so: {error}"),
            }
        }
    }
}

fn file(text: &str) -> Taken {
    match File::from_text(text) {
        Ok(file) => world(&file),
        Err(error) => {
            refused(&error.to_string());
            match error {
                FileError::NotOurs(_) => Taken::NotOurs,
                FileError::Newer(_) => Taken::Newer,
                FileError::TooLarge(_) => Taken::TooLarge,
                FileError::Broken(_) => Taken::Broken,
            }
        }
    }
}

fn refused(text: &str) {
    assert!(REMEDIES.iter().any(|remedy| text.contains(remedy)), "no remedy: {text}");
}

/// What was read is written and read again, and opened.
fn world(file: &File) -> Taken {
    assert_eq!(
        File::from_text(&file.to_text()).as_ref(),
        Ok(file),
        "its file is another one"
    );
    match link::encode(file) {
        Ok(hash) => {
            assert!(hash.len() <= link::MAXIMUM_CHARACTERS);
            let again = link::decode(&hash).unwrap_or_else(|error| panic!("its own link is refused: {error}"));
            assert_eq!(link::encode(&again), Ok(hash), "its link's link is another one");
        }
        Err(LinkError::TooLarge(_) | LinkError::Unwritable(_)) => {}
        Err(error) => panic!("writing fails as reading does: {error}"),
    }
    let _ = file.sensitive();
    if file.calls.len() > OPENED_CALLS.min(HISTORY_CALLS) {
        return Taken::Read;
    }
    match file.open() {
        Ok(opened) => {
            assert_eq!(integrity::check(opened.engine.world()), Vec::<String>::new());
            assert!(
                opened.faithful || !opened.problems.is_empty(),
                "it differs and does not say so"
            );
            Taken::Read
        }
        Err(error) => {
            refused(&error.to_string());
            Taken::Broken
        }
    }
}

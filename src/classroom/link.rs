//! Share links: `v1.` (short) and `json=` (readable). Both hold a file: what it begins with, its calls, what is on screen.
//!
//! ```text
//! v1.  base64url( flags: 0 | varint length of the packed file | first 8 bytes of its SHA-256 | deflate(packed file) )
//! json=  percent-encoded( the file's text, without spaces )
//! ```
//! Old links open for ever: whatever changes gets a new flag or a new `v`, and this reader refuses what it does not know.
//! What may never happen: a link makes the reader panic, makes it take more memory than the limits here allow, or opens
//! as something else than what was shared.

use crate::file::{File, FileError};
use crate::pack;
use crate::squeeze::{Unsqueezable, squeeze, unsqueeze};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};
use std::fmt;
use stratus_model::binary::{BinaryError, Reader, write_varint};

/// Contents with more bytes than this do not travel in a link: whoever shares one is told by name what it leaves out
/// ([`File::too_large_for_a_link`]). A few such fill a link; the file carries them all.
pub const CONTENT: usize = 16 * 1024;
/// The longest `v1.` link, in characters.
pub const MAXIMUM_CHARACTERS: usize = 64 * 1024;
/// The most bytes that a link may unpack to, and the longest readable link.
pub const MAXIMUM_UNPACKED: usize = 4 * 1024 * 1024;

const SHORT: &str = "v1.";
const READABLE: &str = "json=";
const CHECKSUM: usize = 8;

/// Why a link is refused, or cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Neither `v1.…` nor `json=…`.
    NotOurs,
    /// It ends too early.
    CutShort,
    /// It has a character that no link has.
    Character(char),
    /// Its content is not what its checksum says.
    Tampered,
    /// From a newer version; says what is unknown here.
    Newer(String),
    /// It has more characters than are read.
    TooLong(usize),
    /// It unpacks to more bytes than are allowed.
    UnpacksTooLarge(u64),
    /// It is whole, but does not describe a world; says why.
    Broken(String),
    /// The file that it holds is refused.
    File(FileError),
    /// There is too much to share for a link; says what and how much.
    TooLarge(String),
    /// What should be shared cannot be written as a link; says why.
    Unwritable(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::NotOurs => write!(
                f,
                "This is not a Stratus link: links go on with '#{SHORT}' or '#{READABLE}'. Ask for the link or the file again."
            ),
            LinkError::CutShort => write!(
                f,
                "This link is not complete: its end is missing. Copy all of it again, or ask for the file."
            ),
            LinkError::Character(found) => write!(
                f,
                "This link is damaged: '{found}' cannot occur in one. Copy all of it again, or ask for the file."
            ),
            LinkError::Tampered => write!(
                f,
                "This link is damaged: its checksum does not fit, so it was changed on its way. Copy all of it again, or ask for the file."
            ),
            LinkError::Newer(what) => write!(
                f,
                "This link is from a newer version of Stratus ({what} is unknown here). Open it where it was made, or reload this page to get the newest version."
            ),
            LinkError::TooLong(characters) => write!(
                f,
                "This link has {characters} characters; at most {MAXIMUM_CHARACTERS} are read. Ask for the file instead."
            ),
            LinkError::UnpacksTooLarge(bytes) => write!(
                f,
                "This link would unpack to {bytes} bytes; at most {MAXIMUM_UNPACKED} are allowed. Ask for the file instead."
            ),
            LinkError::Broken(why) => write!(
                f,
                "This link does not describe a world: {why}. Ask for the file instead."
            ),
            LinkError::File(error) => error.fmt(f),
            LinkError::TooLarge(what) => write!(f, "This is too much for a link: {what}. Share the file instead."),
            LinkError::Unwritable(why) => write!(f, "This cannot be written as a link: {why}. Share the file instead."),
        }
    }
}

impl std::error::Error for LinkError {}

impl From<BinaryError> for LinkError {
    /// Of bytes whose checksum fits, so that what is unknown was written by somebody who knows it.
    fn from(error: BinaryError) -> LinkError {
        match error {
            BinaryError::UnknownName(_) | BinaryError::UnknownKind(_) => LinkError::Newer(error.to_string()),
            other => LinkError::Broken(other.to_string()),
        }
    }
}

/// The short link of a file, without `#`. The file's calls are numbered as [`File::of_line`] numbers them.
///
/// # Errors
/// [`LinkError::TooLarge`] where only the file will do, [`LinkError::Unwritable`] for a file that is not in order.
pub fn encode(file: &File) -> Result<String, LinkError> {
    let packed = pack::pack(file)?;
    if packed.len() > MAXIMUM_UNPACKED {
        let (bytes, most) = (packed.len(), MAXIMUM_UNPACKED);
        return Err(LinkError::TooLarge(format!("{bytes} bytes, {most} are allowed")));
    }
    // Whoever gets the link must be able to read it.
    pack::unpack(&packed).map_err(|error| match error {
        LinkError::Broken(why) => LinkError::TooLarge(why),
        other => other,
    })?;
    let mut bytes = vec![0];
    write_varint(packed.len() as u64, &mut bytes);
    bytes.extend(checksum(&packed));
    let squeezed = squeeze(&packed).ok_or_else(|| LinkError::Unwritable("it cannot be compressed".into()))?;
    bytes.extend(squeezed);
    let link = format!("{SHORT}{}", BASE64.encode(bytes));
    if link.len() > MAXIMUM_CHARACTERS {
        let (characters, most) = (link.len(), MAXIMUM_CHARACTERS);
        return Err(LinkError::TooLarge(format!(
            "{characters} characters, {most} are allowed"
        )));
    }
    Ok(link)
}

/// The readable link of a file, without `#`.
///
/// # Errors
/// [`LinkError::TooLarge`] where only the file will do.
pub fn encode_json(file: &File) -> Result<String, LinkError> {
    let mut out = String::from(READABLE);
    let text = file.to_json().to_string();
    if text.len() > MAXIMUM_UNPACKED {
        let (bytes, most) = (text.len(), MAXIMUM_UNPACKED);
        return Err(LinkError::TooLarge(format!("{bytes} bytes, {most} are allowed")));
    }
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'()*,;:@/?".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Ok(out)
}

/// The file that a link holds. `link` is what follows the `#`.
pub fn decode(link: &str) -> Result<File, LinkError> {
    let link = link.trim();
    let link = link.strip_prefix('#').unwrap_or(link);
    if let Some(short) = link.strip_prefix(SHORT) {
        if link.len() > MAXIMUM_CHARACTERS {
            return Err(LinkError::TooLong(link.chars().count()));
        }
        return decode_short(short);
    }
    if let Some(text) = link.strip_prefix(READABLE) {
        if text.len() > 3 * MAXIMUM_UNPACKED {
            return Err(LinkError::UnpacksTooLarge(text.len() as u64));
        }
        return decode_json(text);
    }
    match version(link) {
        Some(version) => Err(LinkError::Newer(version.to_owned())),
        None => Err(LinkError::NotOurs),
    }
}

/// Whether this means to be a link: also one that is damaged, or from a newer version.
pub fn is_one(link: &str) -> bool {
    link.starts_with(SHORT) || link.starts_with(READABLE) || version(link).is_some()
}

/// `v2` of `v2.…`.
fn version(link: &str) -> Option<&str> {
    let (version, _) = link.split_once('.')?;
    let number: u32 = version.strip_prefix('v')?.parse().ok()?;
    (number > 1).then_some(version)
}

fn decode_short(text: &str) -> Result<File, LinkError> {
    let bytes = BASE64.decode(text).map_err(|error| match error {
        base64::DecodeError::InvalidByte(at, _) => {
            let found = text.get(at..).and_then(|rest| rest.chars().next());
            LinkError::Character(found.unwrap_or(char::REPLACEMENT_CHARACTER))
        }
        // The length is one that base64 cannot have, or the last character holds bits of one that is missing.
        _ => LinkError::CutShort,
    })?;
    let mut reader = Reader::new(&bytes, 0);
    let flags = reader.byte().map_err(|_| LinkError::CutShort)?;
    if flags != 0 {
        return Err(LinkError::Newer(format!("flag {flags:#04x}")));
    }
    let length = reader.varint().map_err(|error| match error {
        BinaryError::CutShort => LinkError::CutShort,
        _ => LinkError::Tampered,
    })?;
    let allowed = usize::try_from(length)
        .ok()
        .filter(|length| *length <= MAXIMUM_UNPACKED);
    let allowed = allowed.ok_or(LinkError::UnpacksTooLarge(length))?;
    let sum = reader.bytes(CHECKSUM).map_err(|_| LinkError::CutShort)?;
    let squeezed = reader.bytes(reader.left()).map_err(|_| LinkError::CutShort)?;
    let packed = unsqueeze(squeezed, allowed).map_err(|error| match error {
        Unsqueezable::CutShort => LinkError::CutShort,
        Unsqueezable::Damaged => LinkError::Tampered,
    })?;
    if checksum(&packed) != sum {
        return Err(LinkError::Tampered);
    }
    pack::unpack(&packed)
}

fn checksum(packed: &[u8]) -> Vec<u8> {
    Sha256::digest(packed).into_iter().take(CHECKSUM).collect()
}

/// Reads the readable form as it is, or percent-encoded, wholly or in part: browsers encode some characters on their own.
fn decode_json(text: &str) -> Result<File, LinkError> {
    let decoded = match text.starts_with('{') {
        true if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() => text.to_owned(),
        _ => percent_decoded(text),
    };
    if decoded.len() > MAXIMUM_UNPACKED {
        return Err(LinkError::UnpacksTooLarge(decoded.len() as u64));
    }
    File::from_text(&decoded).map_err(LinkError::File)
}

/// `%41` is `A`; a `%` that two hexadecimal digits do not follow stands for itself.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = text
            .get(at + 1..at + 3)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) if *byte == b'%' => {
                out.push(decoded);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

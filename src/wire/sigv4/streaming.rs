//! The signatures of S3's chunked bodies: each chunk signs the one before it, the lines at the end sign the last one.

use super::hash::{EMPTY, hex, hmac, sha256};
use crate::chunks::Chunks;
use crate::scope::Scope;

/// What the chain of signatures starts from.
pub struct Seed<'s> {
    pub key: &'s [u8],
    /// `20250303T090000Z`
    pub at: &'s str,
    pub scope: &'s Scope,
    /// The request's own.
    pub signature: &'s str,
}

impl Seed<'_> {
    /// The signature of a chunk after one with the signature `before`.
    pub fn chunk(&self, before: &str, data: &[u8]) -> String {
        let text = self.chunk_text(before, data);
        hex(&hmac(self.key, &text))
    }

    fn chunk_text(&self, before: &str, data: &[u8]) -> String {
        let (at, scope, hash) = (self.at, self.scope.text(), sha256(data));
        format!("AWS4-HMAC-SHA256-PAYLOAD\n{at}\n{scope}\n{before}\n{EMPTY}\n{hash}")
    }

    /// The signature of the lines after the last chunk.
    pub fn trailer<'t>(&self, before: &str, lines: impl Iterator<Item = (&'t str, &'t str)>) -> String {
        let text: String = lines.map(|(name, value)| format!("{name}:{value}\n")).collect();
        let (at, scope, hash) = (self.at, self.scope.text(), sha256(text.as_bytes()));
        hex(&hmac(
            self.key,
            &format!("AWS4-HMAC-SHA256-TRAILER\n{at}\n{scope}\n{before}\n{hash}"),
        ))
    }

    /// Follows the chain. The first signature that is not right, with what should have been signed.
    pub fn verify<'b>(&self, chunks: &Chunks<'b>, with_trailer: bool) -> Result<(), (&'b str, String)> {
        let mut before = self.signature.to_string();
        for chunk in &chunks.chunks {
            let right = self.chunk(&before, chunk.data);
            if chunk.signature != Some(right.as_str()) {
                let text = self.chunk_text(&before, chunk.data);
                return Err((chunk.signature.unwrap_or_default(), text));
            }
            before = right;
        }
        if with_trailer {
            let lines = chunks.trailers.iter().map(|(name, value)| (name.as_str(), *value));
            let right = self.trailer(&before, lines);
            if chunks.trailer_signature != Some(right.as_str()) {
                return Err((chunks.trailer_signature.unwrap_or_default(), before));
            }
        }
        Ok(())
    }
}

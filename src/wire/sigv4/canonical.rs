//! A request in the one form that both sides sign.

use super::hash::sha256;
use crate::http::{self, Request};
use crate::scope::Scope;

/// What is signed, and how.
pub struct Canonical<'r> {
    pub request: &'r Request,
    /// In small letters, sorted.
    pub signed_headers: &'r [String],
    pub payload_hash: &'r str,
    /// S3's rules: the path as it is, encoded once.
    pub s3: bool,
}

impl Canonical<'_> {
    /// The canonical request.
    pub fn text(&self) -> String {
        // Written into one piece of memory: a text a header cost more than the hash of them all.
        let mut text = String::with_capacity(512);
        text.push_str(&self.request.method);
        text.push('\n');
        self.path(&mut text);
        text.push('\n');
        self.query(&mut text);
        text.push('\n');
        for name in self.signed_headers {
            text.push_str(name);
            text.push(':');
            for (at, value) in self.request.headers.all(name).enumerate() {
                if at > 0 {
                    text.push(',');
                }
                collapsed(value, &mut text);
            }
            text.push('\n');
        }
        text.push('\n');
        for (at, name) in self.signed_headers.iter().enumerate() {
            if at > 0 {
                text.push(';');
            }
            text.push_str(name);
        }
        text.push('\n');
        text.push_str(self.payload_hash);
        text
    }

    fn path(&self, out: &mut String) {
        let path = self.request.path.as_str();
        if matches!(path, "" | "/") {
            out.push('/');
        } else if self.s3 {
            match http::decode_path(path) {
                Ok(decoded) => http::encode(&decoded, true, out),
                Err(_) => out.push_str(path),
            }
        } else {
            http::encode(&normal(path), true, out);
        }
    }

    fn query(&self, out: &mut String) {
        let pieces = self.request.query.split('&').filter(|piece| !piece.is_empty());
        let mut pairs: Vec<(String, String)> = pieces
            .map(|piece| {
                let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
                (again(name), again(value))
            })
            .filter(|(name, _)| name != "X-Amz-Signature")
            .collect();
        pairs.sort();
        for (at, (name, value)) in pairs.iter().enumerate() {
            if at > 0 {
                out.push('&');
            }
            out.push_str(name);
            out.push('=');
            out.push_str(value);
        }
    }
}

/// Decodes and encodes anew, so that `%2f` and `%2F` are the same. What cannot be decoded stays.
fn again(text: &str) -> String {
    match http::pairs(text.as_bytes()).as_deref() {
        Ok([(decoded, rest)]) if rest.is_empty() => http::encoded(decoded),
        _ => text.to_string(),
    }
}

/// Blanks at the ends are gone already; several inside are one.
fn collapsed(value: &str, out: &mut String) {
    for (at, word) in value.split_ascii_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Without `.`, `..` and empty steps.
fn normal(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let slash = if path.ends_with('/') && !steps.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{slash}", steps.join("/"))
}

/// What the signature is of. `at`: `20250303T090000Z`.
pub fn string_to_sign(at: &str, scope: &Scope, canonical_request: &str) -> String {
    let hash = sha256(canonical_request.as_bytes());
    format!("AWS4-HMAC-SHA256\n{at}\n{}\n{hash}", scope.text())
}

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
        let mut text = format!("{}\n{}\n{}\n", self.request.method, self.path(), self.query());
        for name in self.signed_headers {
            let values: Vec<String> = self.request.headers.all(name).map(collapsed).collect();
            text.push_str(name);
            text.push(':');
            text.push_str(&values.join(","));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.signed_headers.join(";"));
        text.push('\n');
        text.push_str(self.payload_hash);
        text
    }

    fn path(&self) -> String {
        let path = if self.request.path.is_empty() {
            "/"
        } else {
            &self.request.path
        };
        let mut out = String::with_capacity(path.len());
        if self.s3 {
            match http::decode_path(path) {
                Ok(decoded) => http::encode(&decoded, true, &mut out),
                Err(_) => out.push_str(path),
            }
        } else {
            http::encode(&normal(path), true, &mut out);
        }
        out
    }

    fn query(&self) -> String {
        let pieces = self.request.query.split('&').filter(|piece| !piece.is_empty());
        let mut pairs: Vec<(String, String)> = pieces
            .map(|piece| {
                let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
                (again(name), again(value))
            })
            .filter(|(name, _)| name != "X-Amz-Signature")
            .collect();
        pairs.sort();
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
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
fn collapsed(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
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

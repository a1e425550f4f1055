//! Large inputs apart from the log: a saved record holds the SHA-256 of what is larger than 1 KiB, the bytes lie beside it.
//!
//! ```json
//! {"n": 4, …, "params": {"Bucket": "b", "Key": "k", "Body": null}, "blobs": {"Body": "9f86d081…"}}
//! ```

use crate::file::File;
use crate::inputs;
use crate::log::LoggedCall;
use crate::sensitive::{self, What};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Inputs with more bytes than this lie apart.
pub const APART_FROM: usize = 1024;

const BLOBS: &str = "blobs";

impl LoggedCall {
    /// Takes the large inputs out of the call: (SHA-256 in hexadecimal, bytes), in the order of the parameters.
    pub fn detach_blobs(&mut self) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        if let Ok(said) = self.said()
            && let (Ok((service, operation)), Some(params)) = (said.operation(), said.params)
        {
            for input in inputs::inputs(service, operation.input, params) {
                let bytes = match input.is_blob() {
                    true if input.text.len() > APART_FROM => BASE64.decode(input.text).ok(),
                    false => Some(input.text.as_bytes().to_vec()),
                    true => None,
                };
                if let Some(bytes) = bytes.filter(|bytes| bytes.len() > APART_FROM) {
                    found.push((input.path, bytes));
                }
            }
        }
        let mut marks = Map::new();
        let mut blobs = Vec::new();
        for (path, bytes) in found {
            if let Some(value) = self.0.get_mut("params").and_then(|params| inputs::at(params, &path)) {
                *value = Json::Null;
                let id: String = Sha256::digest(&bytes)
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                marks.insert(path, json!(id));
                blobs.push((id, bytes));
            }
        }
        if !marks.is_empty() {
            self.0.insert(BLOBS.into(), Json::Object(marks));
        }
        blobs
    }

    /// The blobs that lie apart from this call: SHA-256 in hexadecimal.
    pub fn blobs(&self) -> impl Iterator<Item = &str> {
        let marks = self.0.get(BLOBS).and_then(Json::as_object);
        marks
            .into_iter()
            .flat_map(|marks| marks.values())
            .filter_map(Json::as_str)
    }

    /// Puts the large inputs back. What `fetch` does not find is left out, so that the call can be made all the same.
    ///
    /// # Errors
    /// What is lost, in a sentence for each.
    pub fn attach_blobs<'a>(&mut self, fetch: impl Fn(&str) -> Option<&'a [u8]>) -> Result<(), Vec<String>> {
        let Some(Json::Object(marks)) = self.0.remove(BLOBS) else {
            return Ok(());
        };
        let mut lost = Vec::new();
        for (path, id) in &marks {
            let Some((is_blob, what)) = self.input_at(path) else {
                continue;
            };
            let Some(params) = self.0.get_mut("params") else {
                continue;
            };
            if let Some(bytes) = id.as_str().and_then(&fetch) {
                if let Some(value) = inputs::at(params, path) {
                    *value = match is_blob {
                        true => json!(BASE64.encode(bytes)),
                        false => json!(String::from_utf8_lossy(bytes)),
                    };
                }
            } else {
                sensitive::leave_out(params, path, what);
                lost.push(self.lost(path, what));
            }
        }
        if lost.is_empty() {
            return Ok(());
        }
        // What the call makes may differ without it.
        self.0.remove("check");
        Err(lost)
    }

    /// Whether the input at a path is binary data, and what else it is. What lies apart is `null` as yet, and only texts and
    /// binary data are found: so something stands there for a moment.
    fn input_at(&mut self, path: &str) -> Option<(bool, What)> {
        *inputs::at(self.0.get_mut("params")?, path)? = json!("?");
        let found = self.said().ok().and_then(|said| {
            let (service, operation) = said.operation().ok()?;
            let inputs = inputs::inputs(service, operation.input, said.params?);
            let input = inputs.iter().find(|input| input.path == path)?;
            Some((input.is_blob(), sensitive::what(&said, input).unwrap_or(What::Text)))
        });
        if let Some(value) = self.0.get_mut("params").and_then(|params| inputs::at(params, path)) {
            *value = Json::Null;
        }
        found
    }

    /// `call 4, PutObject of report.csv in diary, has lost its object contents (Body). The object is there, but empty.`
    fn lost(&self, path: &str, what: What) -> String {
        let text = |name: &str| self.0.get(name).and_then(Json::as_str).unwrap_or_default();
        let of = match self.0.get("params").map(sensitive::object) {
            Some(of) if !of.is_empty() => format!(" of {of}"),
            _ => String::new(),
        };
        let number = self.0.get("n").and_then(Json::as_u64).unwrap_or(0);
        let path = inputs::spelled(path);
        format!(
            "call {number}, {}{of}, has lost its {} ({path}). {}",
            text("operation"),
            what.words(),
            what.lost()
        )
    }
}

impl File {
    /// [`LoggedCall::detach_blobs`] of all calls; each blob once.
    pub fn detach_blobs(&mut self) -> Vec<(String, Vec<u8>)> {
        let mut seen = BTreeSet::new();
        let blobs = self.calls.iter_mut().flat_map(LoggedCall::detach_blobs);
        blobs.filter(|(id, _)| seen.insert(id.clone())).collect()
    }

    /// [`LoggedCall::attach_blobs`] of all calls; what is lost, a sentence for each. A file that has lost something no longer
    /// says which digest to expect.
    pub fn attach_blobs<'a>(&mut self, fetch: impl Fn(&str) -> Option<&'a [u8]>) -> Vec<String> {
        let attached = self.calls.iter_mut().map(|call| call.attach_blobs(&fetch));
        let lost: Vec<String> = attached.filter_map(Result::err).flatten().collect();
        if !lost.is_empty() {
            self.digest = None;
        }
        lost
    }

    /// The blobs that lie apart from the calls, each once.
    pub fn blobs(&self) -> BTreeSet<String> {
        self.calls
            .iter()
            .flat_map(LoggedCall::blobs)
            .map(str::to_owned)
            .collect()
    }
}

//! Large inputs apart from the log: a saved record holds the SHA-256 of what is larger than 1 KiB, the bytes lie beside it.
//!
//! ```json
//! {"n": 4, …, "params": {"Bucket": "b", "Key": "k", "Body": null}, "blobs": {"Body": "9f86d081…"}}
//! ```

use crate::file::File;
use crate::inputs;
use crate::log::LoggedCall;
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

    /// Puts the large inputs back. What `fetch` does not find stays absent, and is named.
    pub fn attach_blobs(&mut self, fetch: impl Fn(&str) -> Option<Vec<u8>>) -> Result<(), String> {
        let Some(Json::Object(marks)) = self.0.remove(BLOBS) else {
            return Ok(());
        };
        let number = self.0.get("n").and_then(Json::as_u64).unwrap_or(0);
        let mut missing = Vec::new();
        for (path, id) in &marks {
            let Some(bytes) = id.as_str().and_then(&fetch) else {
                missing.push(path.replace('/', "."));
                continue;
            };
            let text = match self.is_blob(path) {
                true => BASE64.encode(&bytes),
                false => String::from_utf8_lossy(&bytes).into_owned(),
            };
            if let Some(value) = self.0.get_mut("params").and_then(|params| inputs::at(params, path)) {
                *value = Json::String(text);
            }
        }
        match missing.is_empty() {
            true => Ok(()),
            false => Err(format!("call {number} has lost its {}", missing.join(" and "))),
        }
    }

    /// Whether the input at a path is binary data.
    fn is_blob(&mut self, path: &str) -> bool {
        // Only texts and binary data are found, and what lies apart is `null` as yet: so something stands there for a moment.
        let Some(value) = self.0.get_mut("params").and_then(|params| inputs::at(params, path)) else {
            return false;
        };
        *value = json!("");
        let Ok(said) = self.said() else { return false };
        let (Ok((service, operation)), Some(params)) = (said.operation(), said.params) else {
            return false;
        };
        let found = inputs::inputs(service, operation.input, params);
        found.iter().any(|input| input.path == path && input.is_blob())
    }
}

impl File {
    /// [`LoggedCall::detach_blobs`] of all calls; each blob once.
    pub fn detach_blobs(&mut self) -> Vec<(String, Vec<u8>)> {
        let mut seen = BTreeSet::new();
        let blobs = self.calls.iter_mut().flat_map(LoggedCall::detach_blobs);
        blobs.filter(|(id, _)| seen.insert(id.clone())).collect()
    }

    /// [`LoggedCall::attach_blobs`] of all calls; what is missing, in words.
    pub fn attach_blobs(&mut self, fetch: impl Fn(&str) -> Option<Vec<u8>>) -> Vec<String> {
        let attached = self.calls.iter_mut().map(|call| call.attach_blobs(&fetch));
        attached.filter_map(Result::err).collect()
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

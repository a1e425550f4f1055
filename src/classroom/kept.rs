//! What a saved workspace holds: a record for each call, a record of the place where one went without a call, and now and
//! then the whole as a checkpoint. Large inputs lie apart from all three ([`crate::blobs`]).
//!
//! What may never happen here: a call is lost because something beside it is.

use crate::file::File;
use crate::log::{LoggedCall, Place};
use serde_json::Value as Json;
use stratus_model::sort;

/// A record or a checkpoint as it is stored: its text, and what lies apart as (SHA-256 in hexadecimal, bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What the row holds.
    pub text: String,
    /// What lies apart from it, each once.
    pub blobs: Vec<(String, Vec<u8>)>,
}

impl Kept {
    /// A call.
    pub fn call(mut call: LoggedCall) -> Kept {
        let mut blobs = call.detach_blobs();
        sort::sort(&mut blobs);
        blobs.dedup();
        Kept {
            text: Json::Object(call.0).to_string(),
            blobs,
        }
    }

    /// Where one stands now.
    pub fn place(place: Place) -> Kept {
        Kept {
            text: place.to_json().to_string(),
            blobs: Vec::new(),
        }
    }

    /// Everything.
    pub fn whole(mut file: File) -> Kept {
        let blobs = file.detach_blobs();
        Kept {
            text: file.to_text(),
            blobs,
        }
    }
}

/// The file that a checkpoint holds, and what of it is lost, a sentence for each. `fetch` finds what lies apart.
///
/// # Errors
/// Why the bytes are no checkpoint.
pub fn whole<'a>(checkpoint: &[u8], fetch: &impl Fn(&str) -> Option<&'a [u8]>) -> Result<(File, Vec<String>), String> {
    let text = std::str::from_utf8(checkpoint).map_err(|_| "the workspace's checkpoint is not text")?;
    let mut file = File::from_text(text).map_err(|error| error.to_string())?;
    let lost = file.attach_blobs(fetch);
    Ok((file, lost))
}

impl File {
    /// Goes on by one record; says what of it is lost, a sentence for each.
    ///
    /// # Errors
    /// Why the bytes are no record. The file is as before then.
    pub fn follow<'a>(
        &mut self,
        record: &[u8],
        fetch: &impl Fn(&str) -> Option<&'a [u8]>,
    ) -> Result<Vec<String>, String> {
        let record: Json = serde_json::from_slice(record).map_err(|error| format!("a record is not one ({error})"))?;
        let mut lost = Vec::new();
        match (Place::from_json(&record), record) {
            (Some(place), _) => self.place = Some(place),
            (None, Json::Object(call)) => {
                let mut call = LoggedCall(call);
                lost = call.attach_blobs(fetch).err().unwrap_or_default();
                self.calls.push(call);
                // After a call one stands behind it, until a place says otherwise.
                self.place = None;
            }
            _ => return Err("a record is neither a call nor a place".into()),
        }
        self.digest = None;
        Ok(lost)
    }
}

//! What one may not want to hand on: inputs that the model marks sensitive, user data, object bodies, public keys. Share and
//! Export list them and offer to leave them out.

use crate::file::File;
use crate::inputs::{self, Input};
use crate::link;
use crate::log::Said;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value as Json, json};
use stratus_model::{Name, field};

/// One such input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Number of the call.
    pub call: usize,
    /// Its operation.
    pub operation: String,
    /// Of which object: `report.csv in diary`; empty where it is of none.
    pub of: String,
    /// Where among its parameters: `UserData`, `UserData/Value`.
    pub path: String,
    /// What it is.
    pub what: What,
    /// How many bytes it has.
    pub bytes: usize,
}

/// What a sensitive input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// What an instance is told at launch.
    UserData,
    /// What an S3 object holds.
    ObjectBody,
    /// A public key: no secret, but its comment often names a person.
    PublicKey,
    /// Anything else that the model marks.
    Secret,
    /// Anything else. Only of inputs that lie apart: they may get lost.
    Text,
}

impl What {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            What::UserData => "user data",
            What::ObjectBody => "object contents",
            What::PublicKey => "public key",
            What::Secret => "secret",
            What::Text => "text",
        }
    }

    /// What is lost without it, as a sentence.
    pub fn lost(self) -> &'static str {
        match self {
            What::UserData => "The instance starts without it: what it would have installed and started is missing.",
            What::ObjectBody => "The object is there, but empty.",
            What::PublicKey => "The key pair is there, with a public key that belongs to nobody.",
            What::Secret | What::Text => "The call is made without it, and may be refused.",
        }
    }
}

impl Item {
    /// Whether it is a content that is too large to travel in a link ([`link::CONTENT`]): of an object or of a block that was put.
    pub fn is_too_large_for_a_link(&self) -> bool {
        self.what == What::ObjectBody && self.bytes > link::CONTENT
    }

    /// One line for a list: `call 4, RunInstances: user data (UserData), 213 bytes`, `call 9, PutObject of report.csv in
    /// diary: object contents (Body), 10 bytes`.
    pub fn line(&self) -> String {
        let (call, operation, path) = (self.call, &self.operation, inputs::spelled(&self.path));
        let of = match self.of.as_str() {
            "" => String::new(),
            of => format!(" of {of}"),
        };
        format!(
            "call {call}, {operation}{of}: {} ({path}), {} bytes",
            self.what.words(),
            self.bytes
        )
    }
}

/// The public key that stands in for one that was left out. Nobody has its private half: it was never made.
const NOBODYS_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB left-out";

impl File {
    /// Inputs that one may not want to hand on, in the order of the calls. Calls that the model does not know have none.
    pub fn sensitive(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for call in &self.calls {
            let Ok(said) = call.said() else { continue };
            let (Ok((service, operation)), Some(params)) = (said.operation(), said.params) else {
                continue;
            };
            for input in inputs::inputs(service, operation.input, params) {
                if let Some(what) = what(&said, &input) {
                    items.push(Item {
                        call: said.number,
                        operation: operation.name.to_owned(),
                        of: object(params),
                        what,
                        bytes: bytes(&input),
                        path: input.path,
                    });
                }
            }
        }
        items
    }

    /// Contents that are too large to travel in a link ([`link::CONTENT`]): of objects and of blocks that were put.
    pub fn too_large_for_a_link(&self) -> Vec<Item> {
        let mut items = self.sensitive();
        items.retain(Item::is_too_large_for_a_link);
        items
    }

    /// The file without these inputs. The world that it makes differs, so that it no longer says which digest to expect.
    #[must_use]
    pub fn without(&self, items: &[Item]) -> File {
        let mut file = self.clone();
        if !items.is_empty() {
            file.digest = None;
        }
        for call in &mut file.calls {
            let number = call.said().map(|said| said.number).ok();
            for item in items.iter().filter(|item| Some(item.call) == number) {
                if let Some(params) = call.0.get_mut("params") {
                    leave_out(params, &item.path, item.what);
                }
                // What the call makes may differ without it.
                call.0.remove("check");
            }
        }
        file
    }
}

pub(crate) fn what(said: &Said<'_>, input: &Input<'_>) -> Option<What> {
    if input.text.is_empty() {
        return None;
    }
    if said.operation == "ModifyInstanceAttribute" && input.path == "Value" {
        // The model marks the value of any attribute, because one of them is the user data.
        let attribute = said.params.and_then(|params| params.get("Attribute"));
        return (attribute == Some(&json!("userData"))).then_some(What::UserData);
    }
    let last = input.members.last()?;
    if input.is_in("UserData") {
        Some(What::UserData)
    } else if input.is_blob() && last.streaming {
        Some(What::ObjectBody)
    } else if last.name.text() == "PublicKeyMaterial" {
        Some(What::PublicKey)
    } else {
        (input.shape.is_sensitive() || input.members.iter().any(|member| member.sensitive)).then_some(What::Secret)
    }
}

/// Which object a call is about: `report.csv in diary`, `block 7 of snap-…`; empty where it is about none.
pub(crate) fn object(params: &Json) -> String {
    let text = |name: Name| params.get(name.text()).and_then(Json::as_str);
    let block = params.get(field::BLOCK_INDEX.text()).and_then(Json::as_i64);
    match (text(field::KEY), text(field::BUCKET), block, text(field::SNAPSHOT_ID)) {
        (Some(key), Some(bucket), ..) => format!("{key} in {bucket}"),
        (.., Some(block), Some(snapshot)) => format!("block {block} of {snapshot}"),
        _ => String::new(),
    }
}

fn bytes(input: &Input<'_>) -> usize {
    // User data is base64 in both spellings of the API.
    let decoded = if input.is_blob() || input.is_in("UserData") {
        BASE64.decode(input.text).ok()
    } else {
        None
    };
    decoded.map_or(input.text.len(), |decoded| decoded.len())
}

/// What a caller says about a body beside it: without the body it would be wrong.
const OF_A_BODY: [Name; 7] = [
    field::CONTENT_LENGTH,
    field::CONTENT_MD5,
    field::CHECKSUM_CRC32,
    field::CHECKSUM_CRC32_C,
    field::CHECKSUM_CRC64_NVME,
    field::CHECKSUM_SHA1,
    field::CHECKSUM_SHA256,
];

/// Takes an input out of the parameters, so that the call can be made without it where that is possible at all.
pub(crate) fn leave_out(params: &mut Json, path: &str, what: What) {
    if what == What::ObjectBody
        && let Some(params) = params.as_object_mut()
    {
        params.retain(|key, _| !OF_A_BODY.iter().any(|name| name.text() == key));
    }
    // A structure around it stays, and ModifyInstanceAttribute's Value with it, as an empty one: the call still is one.
    let is_value = path == field::VALUE.text();
    let stand_in = match what {
        What::PublicKey => BASE64.encode(NOBODYS_KEY),
        _ => String::new(),
    };
    match params.as_object_mut() {
        Some(params) if what != What::PublicKey && !is_value && !path.contains('/') => {
            params.remove(path);
        }
        _ => {
            if let Some(value) = inputs::at(params, path) {
                *value = json!(stand_in);
            }
        }
    }
}

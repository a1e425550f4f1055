//! The scenario file, `*.stratus.json`: options, every call of every branch, where one stands. Its schema is
//! `static/stratus.schema.json`.

use crate::log::{LoggedCall, Place, Replay, Replayed, Writer, moment};
use crate::references::Births;
use serde_json::{Map, Value as Json, json};
use std::fmt;
use stratus_engine::history::NodeId;
use stratus_engine::{Engine, Options};
use stratus_model::time;

/// What the first line of a file says it is.
pub const FORMAT: &str = "stratus";
/// The newest version of the format: calls may name who made them. Older ones are read for ever.
pub const VERSION: u64 = 2;
/// The version of a file in which the administrator made every call; it is written wherever it will do.
const PLAIN: u64 = 1;
/// The largest file that is opened, in bytes.
pub const MAXIMUM_BYTES: usize = 64 * 1024 * 1024;

/// A file, as data.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// What the person calls it.
    pub name: String,
    /// What the world begins with.
    pub options: Options,
    /// Calls, each after its parent.
    pub calls: Vec<LoggedCall>,
    /// Where one stands; `None` = after the last call.
    pub place: Option<Place>,
    /// The digest of the world at that place, by the engine that wrote the file; links hold its first 16 digits.
    pub digest: Option<String>,
    /// What is on screen (the page's business), with back-references.
    pub screen: Option<Json>,
}

/// An opened file: the engine, and what did not go as it was written.
#[derive(Debug)]
pub struct Opened {
    /// The world with its history.
    pub engine: Engine,
    /// Calls that could not be made again, in words.
    pub problems: Vec<String>,
    /// Whether the world ended as the file says (true where it does not say).
    pub faithful: bool,
    /// What is on screen, with ids.
    pub screen: Option<Json>,
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// Not JSON, or not ours.
    NotOurs(String),
    /// From a newer version of Stratus.
    Newer(u64),
    /// Ours, but broken.
    Broken(String),
    /// Too large to open.
    TooLarge(usize),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileError::NotOurs(why) => write!(
                f,
                "This is not a Stratus file: {why}. Stratus files end in .stratus.json and come from Export."
            ),
            FileError::Newer(version) => write!(
                f,
                "This file has format version {version}; this Stratus reads up to {VERSION}. Open it with a newer Stratus."
            ),
            FileError::Broken(why) => write!(f, "This file is damaged: {why}."),
            FileError::TooLarge(bytes) => write!(
                f,
                "This file has {bytes} bytes; the most that is opened is {MAXIMUM_BYTES}."
            ),
        }
    }
}

impl std::error::Error for FileError {}

impl File {
    /// Everything of an engine: all branches.
    pub fn of(engine: &Engine, name: &str) -> File {
        File {
            digest: Some(engine.digest()),
            ..File::undigested(engine, name)
        }
    }

    /// The same without the digest of the world: whether it opens as it was is then held by what each call made alone.
    pub fn undigested(engine: &Engine, name: &str) -> File {
        let history = engine.history();
        let all: Vec<NodeId> = (1..history.nodes().len()).collect();
        File::with_calls(engine, name, &all)
    }

    /// The way from the root to the present state only: what a link holds.
    pub fn of_line(engine: &Engine, name: &str) -> File {
        let history = engine.history();
        File {
            digest: Some(engine.digest()),
            ..File::with_calls(engine, name, &history.path(history.current()))
        }
    }

    /// Adds what is on screen, of the engine that this file was made of.
    #[must_use]
    pub fn with_screen(mut self, engine: &Engine, screen: &Json) -> File {
        let history = engine.history();
        let mut births = Births::default();
        births.follow(history, history.current());
        let line = history.path(history.current());
        let whole = self.calls.len() + 1 == history.nodes().len();
        let number = |node: NodeId| match whole {
            true => node,
            false => line.partition_point(|known| *known < node) + 1,
        };
        self.screen = Some(map_texts(screen, &|text| births.write(text, number)));
        self
    }

    fn with_calls(engine: &Engine, name: &str, nodes: &[NodeId]) -> File {
        let history = engine.history();
        // Nodes are sorted, so a node's number in the file is its place among those that are written.
        let number = |node: NodeId| {
            if node == 0 {
                0
            } else {
                nodes.partition_point(|known| *known < node) + 1
            }
        };
        let mut writer = Writer::default();
        File {
            name: name.to_owned(),
            options: engine.world().options.clone(),
            calls: nodes
                .iter()
                .filter_map(|node| writer.call(history, *node, number))
                .collect(),
            place: Some(Place {
                node: number(history.current()),
                now: engine.world().now,
            }),
            digest: None,
            screen: None,
        }
    }

    /// As JSON.
    pub fn to_json(&self) -> Json {
        let mut out = self.head();
        let calls = self.calls.iter().map(|call| Json::Object(call.0.clone()));
        out.insert("calls".into(), calls.collect());
        Json::Object(out)
    }

    /// As text: one call a line, so that files diff well.
    pub fn to_text(&self) -> String {
        let mut out = String::from("{\n");
        for (key, value) in self.head() {
            out.push_str(&format!("  {}: {value},\n", json!(key)));
        }
        out.push_str("  \"calls\": [");
        for (index, call) in self.calls.iter().enumerate() {
            out.push_str(if index == 0 { "\n    " } else { ",\n    " });
            out.push_str(&Json::Object(call.0.clone()).to_string());
        }
        out.push_str(if self.calls.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        out
    }

    /// All but the calls.
    fn head(&self) -> Map<String, Json> {
        let mut out = Map::new();
        out.insert("format".into(), json!(FORMAT));
        let plain = self.calls.iter().all(|call| call.caller().is_none());
        out.insert("version".into(), json!(if plain { PLAIN } else { VERSION }));
        out.insert("name".into(), json!(self.name));
        out.insert("options".into(), options_to_json(&self.options));
        if let Some(place) = self.place {
            out.insert("place".into(), place.to_json());
        }
        if let Some(digest) = &self.digest {
            out.insert("digest".into(), json!(digest));
        }
        if let Some(screen) = &self.screen {
            out.insert("screen".into(), screen.clone());
        }
        out
    }

    /// From text.
    pub fn from_text(text: &str) -> Result<File, FileError> {
        if text.len() > MAXIMUM_BYTES {
            return Err(FileError::TooLarge(text.len()));
        }
        let json: Json =
            serde_json::from_str(text).map_err(|error| FileError::NotOurs(format!("it is not JSON ({error})")))?;
        File::from_json(&json)
    }

    /// From JSON.
    pub fn from_json(json: &Json) -> Result<File, FileError> {
        if json.get("format").and_then(Json::as_str) != Some(FORMAT) {
            return Err(FileError::NotOurs(format!("it lacks \"format\": \"{FORMAT}\"")));
        }
        match json.get("version").and_then(Json::as_u64) {
            Some(PLAIN..=VERSION) => {}
            Some(newer) if newer > VERSION => return Err(FileError::Newer(newer)),
            _ => return Err(FileError::Broken("it has no version".into())),
        }
        let options = json
            .get("options")
            .ok_or_else(|| FileError::Broken("it has no options".into()))?;
        let calls = match json.get("calls") {
            None => Vec::new(),
            Some(Json::Array(calls)) => calls
                .iter()
                .map(|call| match call {
                    Json::Object(call) => Ok(LoggedCall(call.clone())),
                    _ => Err(FileError::Broken("one of its calls is not an object".into())),
                })
                .collect::<Result<_, _>>()?,
            Some(_) => return Err(FileError::Broken("its calls are not a list".into())),
        };
        let place = match json.get("place") {
            None => None,
            Some(place) => {
                Some(Place::from_json(place).ok_or_else(|| FileError::Broken("its place is not one".into()))?)
            }
        };
        Ok(File {
            name: json
                .get("name")
                .and_then(Json::as_str)
                .unwrap_or("Untitled")
                .chars()
                .take(80)
                .collect(),
            options: options_from_json(options)?,
            calls,
            place,
            digest: json.get("digest").and_then(Json::as_str).map(str::to_owned),
            screen: json.get("screen").cloned(),
        })
    }

    /// Makes the world again.
    pub fn open(&self) -> Result<Opened, FileError> {
        if !self.blobs().is_empty() {
            // A checkpoint of a saved workspace, handed on without what lay beside it.
            let mut file = self.clone();
            let lost = file.attach_blobs(|_| None);
            let mut opened = file.open()?;
            opened.problems.splice(0..0, lost);
            return Ok(opened);
        }
        let mut replay = Replay::new(self.options.clone());
        for call in &self.calls {
            replay.call(call).map_err(FileError::Broken)?;
        }
        let screen = self.screen.as_ref().map(|screen| {
            // A reference that leads nowhere shows nothing, which is what the page makes of an unknown id.
            map_texts(screen, &|text| replay.resolve(text).unwrap_or_default())
        });
        let Replayed {
            engine,
            mut problems,
            differing,
        } = replay.finish(self.place);
        let faithful = match &self.digest {
            Some(digest) => is_digest(digest) && engine.digest().starts_with(digest.as_str()),
            None => differing.is_empty(),
        };
        if !faithful {
            problems.extend(
                differing
                    .iter()
                    .map(|call| format!("{call}: it made other ids than when it was saved")),
            );
            if problems.is_empty() {
                problems.push(
                    "every call was made again, but the world differs in detail from the one that was saved".into(),
                );
            }
        }
        Ok(Opened {
            engine,
            problems,
            faithful,
            screen,
        })
    }
}

/// Whether a text is a digest, or enough of one's beginning.
fn is_digest(text: &str) -> bool {
    (16..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// JSON with each of its texts changed; keys stay.
fn map_texts(json: &Json, change: &impl Fn(&str) -> String) -> Json {
    match json {
        Json::String(text) => Json::String(change(text)),
        Json::Array(items) => items.iter().map(|item| map_texts(item, change)).collect(),
        Json::Object(members) => members
            .iter()
            .map(|(key, item)| (key.clone(), map_texts(item, change)))
            .collect(),
        other => other.clone(),
    }
}

/// Options as JSON: the seed as text, because it may be above 2^53.
pub fn options_to_json(options: &Options) -> Json {
    let mut out = Map::new();
    out.insert("seed".into(), json!(options.seed.to_string()));
    out.insert("start".into(), json!(time::iso8601(options.start.0)));
    out.insert("account".into(), json!(format!("{:012}", options.account)));
    Json::Object(out)
}

/// Options from JSON; what is absent is the default.
pub fn options_from_json(json: &Json) -> Result<Options, FileError> {
    let broken = |what: &str| FileError::Broken(format!("its {what} cannot be read"));
    if !json.is_object() {
        return Err(broken("options"));
    }
    let digits = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| text.parse().ok())?
    };
    let mut options = Options::default();
    if let Some(seed) = json.get("seed") {
        let seed = seed.as_u64().or_else(|| digits(seed.as_str()?));
        options.seed = seed.ok_or_else(|| broken("seed"))?;
    }
    if let Some(start) = json.get("start") {
        options.start = start.as_str().and_then(moment).ok_or_else(|| broken("start"))?;
    }
    if let Some(account) = json.get("account") {
        let account = account.as_str().filter(|text| text.len() == 12).and_then(digits);
        options.account = account.ok_or_else(|| broken("account"))?;
    }
    Ok(options)
}

//! The stories as a store of calls that mean something: played line by line between other calls, and the values that
//! they give to members of each name.
//!
//! Nothing is expected of their answers: in a world that others have touched, any of them may be refused.

use crate::runner::{self, places};
use base64::Engine as _;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use stratus_engine::Engine;
use stratus_engine::base::time::Span;
use stratus_engine::catalog::Region;
use stratus_engine::principal::{KeyStatus, Principal};
use stratus_model::{Structure, Value, model};

/// What a line of a story does here; what it expects is left out.
enum Line {
    Region(Region),
    Call(&'static str, &'static str, String),
    /// The name, and the path in the last answer.
    Save(String, String),
    /// The name, and the text.
    Base64(String, String),
    /// Seconds.
    Advance(i64),
    As(String),
}

/// The stories, by folder.
pub struct Stories {
    folders: Vec<Vec<Vec<Line>>>,
    /// Texts by service and member.
    texts: BTreeMap<String, Vec<String>>,
    /// Numbers by service and member.
    numbers: BTreeMap<String, Vec<i64>>,
    /// Parameters of calls that succeed, by service and operation; `$name` stands in them for what another call answered.
    calls: BTreeMap<(&'static str, &'static str), Vec<Structure>>,
}

/// All stories of this folder's subjects, read once.
pub static STORIES: LazyLock<Stories> = LazyLock::new(Stories::read);

impl Stories {
    fn read() -> Stories {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/engine");
        let mut stories = Stories {
            folders: Vec::new(),
            texts: BTreeMap::new(),
            numbers: BTreeMap::new(),
            calls: BTreeMap::new(),
        };
        for folder in sorted(&root).into_iter().filter(|path| path.is_dir()) {
            let mut all = Vec::new();
            for file in sorted(&folder) {
                if file.extension().is_some_and(|extension| extension == "story") {
                    let text = std::fs::read_to_string(&file).unwrap();
                    all.extend(
                        runner::sections(&text)
                            .iter()
                            .map(|section| stories.section(section.text)),
                    );
                }
            }
            all.retain(|story| !story.is_empty());
            if !all.is_empty() {
                stories.folders.push(all);
            }
        }
        stories
    }

    fn section(&mut self, text: &str) -> Vec<Line> {
        let mut out = Vec::new();
        let mut lines = text.lines().filter(|line| !line.starts_with('#')).peekable();
        while let Some(line) = lines.next() {
            let mut whole = line.to_owned();
            while whole.starts_with('>')
                && runner::open_brackets(&whole) > 0
                && let Some(more) = lines.next()
            {
                whole.push('\n');
                whole.push_str(more);
            }
            let (word, rest) = whole.split_once(' ').unwrap_or((&whole, ""));
            let pair = || {
                rest.split_once(" = ")
                    .map(|(name, what)| (name.trim().to_owned(), what.to_owned()))
            };
            out.extend(match word {
                "region" => Region::find(rest).map(Line::Region),
                ">" => self.call(rest, lines.peek().is_some_and(|line| line.starts_with('!'))),
                "save" => pair().map(|(name, path)| Line::Save(name, path)),
                "base64" => pair().map(|(name, text)| Line::Base64(name, text.replace("\\n", "\n"))),
                "advance" => rest.parse().ok().map(Line::Advance),
                "as" => Some(Line::As(rest.to_owned())),
                _ => None,
            });
        }
        out
    }

    fn call(&mut self, text: &str, refused: bool) -> Option<Line> {
        let mut words = text.splitn(3, char::is_whitespace);
        let service = model().service(words.next()?)?;
        let operation = service.operation(words.next()?)?;
        let params = words.next().unwrap_or("{}").trim().to_owned();
        if !refused && let Ok(parsed) = serde_json::from_str(&params) {
            self.hear(service.name, "", &parsed);
            if let Ok(params) = runner::read(service.name, operation.name, &params) {
                let all = self.calls.entry((service.name, operation.name)).or_default();
                keep(all, params);
            }
        }
        Some(Line::Call(service.name, operation.name, params))
    }

    /// Takes note of the values that members have.
    fn hear(&mut self, service: &str, name: &str, value: &serde_json::Value) {
        use serde_json::Value::{Array, Number, Object, String};
        let key = || format!("{service}.{name}");
        match value {
            Object(members) => members
                .iter()
                .for_each(|(name, member)| self.hear(service, name, member)),
            Array(items) => items.iter().for_each(|item| self.hear(service, name, item)),
            String(text) if !text.contains('$') => keep(self.texts.entry(key()).or_default(), text.clone()),
            Number(number) => keep(
                self.numbers.entry(key()).or_default(),
                number.as_i64().unwrap_or_default(),
            ),
            _ => {}
        }
    }

    /// The texts that stories give to a member of this name.
    pub fn texts(&self, service: &str, name: &str) -> &[String] {
        self.texts.get(&format!("{service}.{name}")).map_or(&[], Vec::as_slice)
    }

    /// The parameters with which stories make this call.
    pub fn calls(&self, service: &'static str, operation: &'static str) -> &[Structure] {
        self.calls.get(&(service, operation)).map_or(&[], Vec::as_slice)
    }

    /// The numbers that stories give to a member of this name.
    pub fn numbers(&self, service: &str, name: &str) -> &[i64] {
        self.numbers
            .get(&format!("{service}.{name}"))
            .map_or(&[], Vec::as_slice)
    }
}

fn keep<T: PartialEq>(all: &mut Vec<T>, value: T) {
    if !all.contains(&value) {
        all.push(value);
    }
}

fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

/// A story that is being played, from its first line on.
pub struct Play {
    lines: std::slice::Iter<'static, Line>,
    names: BTreeMap<String, String>,
    region: Region,
    /// Who calls: an access key and its token, or `root`.
    who: String,
    last: Value,
}

/// A call that got through.
pub struct Made {
    /// Its service's name.
    pub service: &'static str,
    /// Its own.
    pub operation: &'static str,
    /// Where it was made.
    pub region: Region,
    /// What was asked.
    pub params: Structure,
    /// What was answered, or why not.
    pub answer: Result<Structure, String>,
}

impl Play {
    /// The story that the numbers choose: first the folder, so that small subjects come up as often as large ones.
    pub fn new(folder: usize, story: usize) -> Option<Play> {
        let folders = &STORIES.folders;
        let folder = folders.get(folder % folders.len().max(1))?;
        let lines = folder.get(story % folder.len().max(1))?.iter();
        Some(Play {
            lines,
            names: BTreeMap::new(),
            region: Region::US_EAST_1,
            who: String::new(),
            last: Value::Structure(Structure::new()),
        })
    }

    /// Whether it is at its end.
    pub fn over(&self) -> bool {
        self.lines.len() == 0
    }

    /// Goes on to its next call, which is made. `None` = there is none, or what it speaks of was never made.
    pub fn step(&mut self, engine: &mut Engine) -> Option<Made> {
        loop {
            match self.lines.next()? {
                Line::Region(region) => self.region = *region,
                Line::Advance(seconds) => {
                    engine.tick(engine.world().now + Span(seconds * 1000), usize::MAX);
                }
                Line::Save(name, path) => {
                    let found = self.last.at_path(path).and_then(Value::as_text);
                    if let Some(found) = found {
                        self.names.insert(name.clone(), found.to_owned());
                    }
                }
                Line::Base64(name, text) => {
                    let encoded = base64::engine::general_purpose::STANDARD.encode(text);
                    self.names.insert(name.clone(), encoded);
                }
                Line::As(who) => self.who = places::filled(who, &self.names, self.region).ok()?,
                Line::Call(service, operation, params) => {
                    let params = places::filled(params, &self.names, self.region).ok()?;
                    let params = runner::read(service, operation, &params).ok()?;
                    let principal = self.caller(engine);
                    let answer = engine.call_as(&principal, self.region, service, operation, params.clone());
                    if let Ok(answer) = &answer {
                        self.last = Value::Structure(answer.clone());
                    }
                    return Some(Made {
                        service,
                        operation,
                        region: self.region,
                        params,
                        answer: answer.map_err(|error| error.to_string()),
                    });
                }
            }
        }
    }

    /// Whoever has the key as the world is now; the administrator when it is no key any more.
    fn caller(&self, engine: &Engine) -> Principal {
        if self.who == "root" {
            return Principal::root(&engine.world().options);
        }
        let (key, token) = match self.who.split_once(' ') {
            Some((key, token)) => (key, Some(token)),
            None => (self.who.as_str(), None),
        };
        let known = engine.credentials(key, token);
        let active = known.filter(|known| known.status == KeyStatus::Active);
        active.map_or_else(|| engine.principal().clone(), |known| known.principal)
    }
}

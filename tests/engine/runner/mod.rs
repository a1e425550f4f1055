//! The story runner: a story is a text fixture of calls, what they answer and how time passes.
//!
//! It knows no file system and no clock, so that the same story runs natively and in the browser. After every call it
//! walks the integrity check, and at the end it replays the log, which must give the same digest. What the lines mean
//! stands in `README.md`, one folder up.

mod buckets;
mod callers;
mod dns;
mod guests;
pub mod places;
pub mod sights;
mod web;

use base64::Engine as _;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, VecDeque};
use stratus_engine::base::error::Error;
use stratus_engine::base::time::Time;
use stratus_engine::catalog::Region;
use stratus_engine::principal::Principal;
use stratus_engine::services::s3::public::Visit;
use stratus_engine::world::integrity;
use stratus_engine::{Engine, Options};
use stratus_model::{Service, Shape, Structure, Value, json, model};

/// What came of a story.
pub struct Outcome {
    /// What was not as told, in words; empty when all was.
    pub failures: Vec<String>,
    /// The story with its expectations replaced by what was found.
    pub updated: String,
    /// The engine at its end.
    #[allow(dead_code, reason = "only digest.rs asks for it")]
    pub engine: Engine,
    /// SHA-256 of all that the story was answered, bills and resolutions included.
    #[allow(dead_code, reason = "only digest.rs asks for it")]
    pub heard: String,
}

/// One story of a file.
#[allow(dead_code, reason = "digest.rs has a file of one")]
pub struct Section<'a> {
    /// What stands after `==`; empty for a file of one story.
    pub title: &'a str,
    /// Its lines, the title's included.
    pub text: &'a str,
    /// Lines of the file before it.
    pub before: usize,
}

/// The stories of a file: each line that begins with `== ` begins another, in a new world.
#[allow(dead_code, reason = "digest.rs has a file of one")]
pub fn sections(text: &str) -> Vec<Section<'_>> {
    let mut starts: Vec<usize> = text.match_indices("\n== ").map(|(at, _)| at + 1).collect();
    if !starts.first().is_some_and(|first| {
        text[..*first]
            .lines()
            .all(|line| line.is_empty() || line.starts_with('#'))
    }) {
        starts.insert(0, 0);
    } else {
        // Comments before the first title belong to it.
        starts[0] = 0;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let part = |(start, end): (usize, usize)| {
        let part = &text[start..end];
        let title = part
            .lines()
            .find_map(|line| line.strip_prefix("== "))
            .unwrap_or_default();
        Section {
            title,
            text: part,
            before: text[..start].lines().count(),
        }
    };
    starts.iter().copied().zip(ends).map(part).collect()
}

/// Runs a story; its first line has the number `before + 1`.
pub fn run(text: &str, before: usize) -> Outcome {
    let mut story = Story::new();
    let mut lines = text.lines().enumerate().map(|(number, line)| (number + before, line));
    while let Some((number, line)) = lines.next() {
        let mut whole = line.to_owned();
        // A call's JSON goes on until its brackets close.
        while whole.starts_with('>')
            && open_brackets(&whole) > 0
            && let Some((_, more)) = lines.next()
        {
            whole.push('\n');
            whole.push_str(more);
        }
        story.line(number + 1, &whole);
    }
    story.settle();
    story.replay();
    let heard = story
        .heard
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Outcome {
        failures: story.failures,
        updated: story.updated,
        engine: story.engine,
        heard,
    }
}

/// How many brackets are still open; those in strings do not count.
pub fn open_brackets(text: &str) -> i32 {
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '{' | '[' if !in_string => depth += 1,
            '}' | ']' if !in_string => depth -= 1,
            _ => {}
        }
    }
    depth
}

struct Story {
    engine: Engine,
    /// Another that keeps no past worlds and hears the same, those that fail included, until a story goes back.
    #[cfg(not(target_arch = "wasm32"))]
    beside: Option<Engine>,
    /// Who makes the calls; `None` = the administrator.
    principal: Option<Principal>,
    /// How the calls come that nobody signs.
    visit: Option<Visit>,
    region: Region,
    names: BTreeMap<String, String>,
    /// The last answer, or why there was none.
    last: Result<Value, Error>,
    /// A failure that no `!` line has asked for yet: the line of its call.
    unexpected: Option<usize>,
    number: usize,
    /// Lines of a guest's screen that no `|` line has looked at.
    screen: VecDeque<String>,
    /// All that it was answered so far.
    heard: Sha256,
    failures: Vec<String>,
    updated: String,
}

impl Story {
    fn new() -> Story {
        Story {
            engine: Engine::new(Options::default()),
            #[cfg(not(target_arch = "wasm32"))]
            beside: Some({
                let mut beside = Engine::new(Options::default());
                beside.keep_log_only();
                beside
            }),
            principal: None,
            visit: None,
            region: Region::US_EAST_1,
            names: BTreeMap::new(),
            last: Ok(Value::Structure(Structure::new())),
            unexpected: None,
            number: 0,
            screen: VecDeque::new(),
            heard: Sha256::new(),
            failures: Vec::new(),
            updated: String::new(),
        }
    }

    fn fail(&mut self, what: impl std::fmt::Display) {
        self.failures.push(format!("line {}: {what}", self.number));
    }

    /// An error that the story did not ask for is a failure.
    fn settle(&mut self) {
        if let (Some(line), Err(error)) = (self.unexpected.take(), &self.last) {
            self.failures.push(format!("line {line}: the call failed: {error}"));
        }
    }

    fn line(&mut self, number: usize, line: &str) {
        self.number = number;
        let (word, rest) = line
            .split_once(' ')
            .map_or((line, ""), |(word, rest)| (word, rest.trim()));
        if !matches!(word, "!" | "#" | "") {
            self.settle();
        }
        let mut kept = line.to_owned();
        match word {
            "" | "#" | "==" => {}
            ">" => self.call(rest),
            "=" => kept = self.expect(rest).unwrap_or(kept),
            "!" => kept = self.refused(rest),
            "said" => self.said(rest),
            "save" => self.save(rest),
            "base64" => self.base64(rest),
            "region" => match Region::find(rest) {
                Some(region) => self.region = region,
                None => self.fail(format!("there is no Region {rest}")),
            },
            "advance" => self.made("stratus", "AdvanceClock", &format!("{{\"Seconds\":{rest}}}")),
            #[cfg(not(target_arch = "wasm32"))]
            "undo" if self.beside.take().is_some() => return self.line(number, line),
            "undo" if !self.engine.undo() => self.fail("there is nothing to undo"),
            "redo" if !self.engine.redo() => self.fail("there is nothing to redo"),
            "undo" | "redo" => self.sound(),
            "now" => self.compare("now", rest, Time::iso8601(self.engine.world().now)),
            "event" => self.event(rest),
            "meter" => kept = self.meter(rest),
            "bill" => kept = self.bill(rest),
            "?" => self.resolve(rest),
            "~" => kept = self.resolved(rest),
            "decoded" => kept = self.decoded(rest),
            "billed" => kept = self.billed(rest),
            "see" => kept = self.see(rest),
            "as" => self.caller(rest),
            "key" => kept = self.key(rest),
            "sums" => self.sums(rest),
            "block" => self.block(rest),
            "%" => self.typed(rest),
            "|" => kept = self.shows(rest),
            "differ" => self.differ(rest),
            "slash64" => self.slash64(rest),
            _ => self.fail(format!("'{word}' is no word of a story")),
        }
        self.updated.push_str(&kept);
        self.updated.push('\n');
    }

    /// The engine beside hears a call as well.
    #[cfg(not(target_arch = "wasm32"))]
    fn tell_other(&mut self, principal: &Principal, service: &str, operation: &str, params: &Structure) {
        if let Some(beside) = &mut self.beside {
            // What comes of it shows in the digest.
            let _ = beside.call_as(principal, self.region, service, operation, params.clone());
        }
    }

    #[cfg(target_arch = "wasm32")]
    fn tell_other(&mut self, _: &Principal, _: &str, _: &str, _: &Structure) {}

    fn sound(&mut self) {
        for fault in integrity::check(self.engine.world()) {
            self.fail(format!("the world is unsound: {fault}"));
        }
        for fault in sights::unmetered(self.engine.world()) {
            self.fail(fault);
        }
    }

    /// `service Operation {json}`.
    fn call(&mut self, text: &str) {
        let mut parts = text.splitn(3, char::is_whitespace);
        let (service, operation) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let params = parts.next().unwrap_or("{}").trim();
        match self.substitute(params) {
            Ok(params) => self.made(service, operation, if params.is_empty() { "{}" } else { &params }),
            Err(problem) => self.fail(problem),
        }
    }

    fn made(&mut self, service: &str, operation: &str, params: &str) {
        match read(service, operation, params) {
            Ok(params) => {
                let principal = self.principal.as_ref().unwrap_or(self.engine.principal()).clone();
                let answer = match self.unsigned(service, operation, &params) {
                    Some(refusal) => Err(refusal),
                    None => {
                        self.tell_other(&principal, service, operation, &params);
                        self.engine.call_as(&principal, self.region, service, operation, params)
                    }
                };
                self.last = answer.map(Value::Structure);
                self.unexpected = self.last.is_err().then_some(self.number);
                self.hear();
                self.sound();
            }
            Err(problem) => self.fail(problem),
        }
    }

    /// Takes note of the last answer.
    fn hear(&mut self) {
        let text = match &self.last {
            Ok(answer) => json::plain(answer).to_string(),
            Err(error) => error.to_string(),
        };
        self.heard.update(text);
    }

    /// Replaces `$name` by what was saved under it.
    fn substitute(&self, text: &str) -> Result<String, String> {
        places::filled(text, &self.names, self.region)
    }

    /// The value at a path of the last answer as text: `-` when absent, JSON for what is no scalar, the number of items
    /// for a path that ends in `#`.
    fn at(&self, path: &str) -> Result<String, String> {
        let answer = self
            .last
            .as_ref()
            .map_err(|error| format!("there is no answer: {error}"))?;
        let (path, count) = path
            .strip_suffix('#')
            .map_or((path, false), |path| (path.trim_end_matches('.'), true));
        Ok(match answer.at_path(path) {
            None if count => "0".into(),
            None => "-".into(),
            Some(value) if count => value
                .as_list()
                .map_or("not a list".into(), |list| list.len().to_string()),
            Some(Value::String(text)) => text.clone(),
            Some(value) => match json::plain(value) {
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            },
        })
    }

    fn compare(&mut self, what: &str, wanted: &str, found: String) {
        match self.substitute(wanted) {
            Err(problem) => self.fail(problem),
            Ok(wanted) if same(&wanted, &found) => {}
            Ok(wanted) => self.fail(format!("{what}\n      expected {wanted}\n      found    {found}")),
        }
    }

    /// `path: value`; the line with what was found in place of the value.
    fn expect(&mut self, rest: &str) -> Option<String> {
        let Some((path, wanted)) = rest
            .split_once(": ")
            .or_else(|| rest.strip_suffix(':').map(|path| (path, "")))
        else {
            self.fail("an expectation is `= path: value`");
            return None;
        };
        match self.at(path) {
            Ok(found) => {
                self.compare(path, wanted, found.clone());
                let held = self.substitute(wanted).is_ok_and(|wanted| same(&wanted, &found));
                (!held).then(|| format!("= {path}: {}", self.named(&found)))
            }
            Err(problem) => {
                self.fail(problem);
                None
            }
        }
    }

    /// `path: text`: the base64 there stands for this text; the line as it was found.
    fn decoded(&mut self, rest: &str) -> String {
        let (path, wanted) = rest.split_once(": ").unwrap_or((rest, ""));
        let encoded = match self.at(path) {
            Ok(encoded) => encoded,
            Err(problem) => {
                self.fail(problem);
                return format!("decoded {rest}");
            }
        };
        let bytes = base64::engine::general_purpose::STANDARD.decode(&encoded);
        let found = bytes.map_or(encoded, |bytes| String::from_utf8_lossy(&bytes).into_owned());
        self.compare(path, wanted, found);
        format!("decoded {rest}")
    }

    /// `Code` or `Code: a part of the message`; the line as it was found.
    fn refused(&mut self, rest: &str) -> String {
        let (code, part) = rest.split_once(": ").unwrap_or((rest, ""));
        self.unexpected = None;
        match &self.last {
            Ok(_) => {
                self.fail(format!("expected {code}, but the call succeeded"));
                format!("! {rest}")
            }
            Err(error) => {
                let (found, message) = (error.code, error.message.clone());
                let wanted = self.substitute(part).unwrap_or_default();
                if found != code || !message.contains(&wanted) {
                    self.fail(format!(
                        "expected {code}: …{wanted}…\n      found    {found}: {message}"
                    ));
                    return format!("! {found}: {}", self.named(&message));
                }
                format!("! {rest}")
            }
        }
    }

    /// `Name: value`: the refusal says this besides its code and text.
    fn said(&mut self, rest: &str) {
        let (name, wanted) = rest.split_once(": ").unwrap_or((rest, ""));
        let details = match &self.last {
            Ok(_) => return self.fail("the call succeeded"),
            Err(error) => error.details.clone(),
        };
        let found = details.into_iter().find(|(known, _)| *known == name);
        self.compare(name, wanted, found.map_or("-".into(), |(_, value)| value));
    }

    /// `name = path` of the last answer.
    fn save(&mut self, rest: &str) {
        let (name, path) = rest.split_once(" = ").unwrap_or((rest, ""));
        match self.at(path) {
            Ok(value) if value != "-" => {
                let value = value.trim_start_matches("*.").to_owned();
                self.names.insert(name.trim().to_owned(), value);
            }
            Ok(_) => self.fail(format!("there is nothing at {path} to save")),
            Err(problem) => self.fail(problem),
        }
    }

    /// `name = text`, with `\n` for a new line: saved as base64, as user data wants it.
    fn base64(&mut self, rest: &str) {
        let (name, text) = rest.split_once(" = ").unwrap_or((rest, ""));
        let text = text.replace("\\n", "\n");
        let encoded = base64::engine::general_purpose::STANDARD.encode(text);
        self.names.insert(name.trim().to_owned(), encoded);
    }

    /// `$one $other`: not the same.
    fn differ(&mut self, rest: &str) {
        match self.substitute(rest) {
            Ok(values) if values.split_once(' ').is_some_and(|(one, other)| one != other) => {}
            Ok(values) => self.fail(format!("{rest} are the same: {values}")),
            Err(problem) => self.fail(problem),
        }
    }

    /// `name = block`: the first /64 of an IPv6 block.
    fn slash64(&mut self, rest: &str) {
        let (name, block) = rest.split_once(" = ").unwrap_or((rest, ""));
        match self.substitute(block) {
            Ok(block) => {
                let address = block.split('/').next().unwrap_or_default();
                self.names.insert(name.to_owned(), format!("{address}/64"));
            }
            Err(problem) => self.fail(problem),
        }
    }

    /// Text with saved values written as their names again.
    fn named(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for (name, value) in self.names.iter().filter(|(_, value)| value.len() > 8) {
            out = out.replace(value.as_str(), &format!("${name}"));
        }
        out
    }

    /// The log alone, from the beginning, must end in the same world.
    fn replay(&mut self) {
        #[cfg(not(target_arch = "wasm32"))]
        if self
            .beside
            .as_ref()
            .is_some_and(|beside| beside.digest() != self.engine.digest())
        {
            self.failures
                .push("an engine that keeps the log alone ends in another world".into());
        }
        match replay(&self.engine) {
            Ok(digest) if digest == self.engine.digest() => {}
            Ok(_) => self.failures.push("the replayed log ends in another world".into()),
            Err(problem) => self.failures.push(format!("replay: {problem}")),
        }
    }
}

/// Replays the log that led to the present state, in a new world; its digest.
pub fn replay(engine: &Engine) -> Result<String, String> {
    let mut again = Engine::new(engine.world().options.clone());
    let history = engine.history();
    for id in history.path(history.current()) {
        let node = history.node(id);
        let Some(call) = &node.call else { continue };
        again.tick(node.time, usize::MAX);
        let principal = Principal::named(again.world(), &call.principal, &call.access_key);
        let (service, operation) = (call.service.name, call.operation.name);
        let outcome = again.call_as(&principal, call.region, service, operation, call.params.clone());
        if let Err(error) = outcome
            && !error.partial
        {
            return Err(format!("{} fails now: {error}", call.operation.name));
        }
    }
    again.tick(engine.world().now, usize::MAX);
    Ok(again.digest())
}

/// Parameters from JSON, as the operation's input wants them.
pub fn read(service: &str, operation: &str, params: &str) -> Result<Structure, String> {
    let known: &Service = model()
        .service(service)
        .ok_or_else(|| format!("there is no service {service}"))?;
    let operation = known
        .operation(operation)
        .ok_or_else(|| format!("there is no operation {service} {operation}"))?;
    let parsed: serde_json::Value =
        serde_json::from_str(params).map_err(|error| format!("not JSON: {error}: {params}"))?;
    let Some(input) = operation.input else {
        return Ok(Structure::new());
    };
    debug_assert!(matches!(known.shape(input), Shape::Structure(_)));
    match json::from_json(known, input, &parsed) {
        Ok(Value::Structure(params)) => Ok(params),
        Ok(_) => Err("the parameters are not an object".into()),
        Err(problem) => Err(problem.to_string()),
    }
}

/// Equal as texts, or as JSON where the expectation is a list or a structure, or by `*` for any characters.
fn same(wanted: &str, found: &str) -> bool {
    if wanted == found {
        return true;
    }
    if wanted.starts_with(['{', '[']) {
        let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        return parse(wanted).is_some() && parse(wanted) == parse(found);
    }
    wanted.contains('*') && stratus_engine::services::ec2::common::wildcard(wanted, found)
}

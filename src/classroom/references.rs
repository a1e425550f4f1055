//! Back-references: in files, links and records an id that an earlier call made is written as that call and the path in
//! its answer, `${3.Instances[0].InstanceId}`, so that replay survives a changed draw. A literal `${` is written `$${`. A `~`
//! after the path means only what follows the last slash: Route 53 answers `/hostedzone/Z…` and is asked for `Z…`.

use std::collections::BTreeMap;
use stratus_engine::history::{History, NodeId};

/// After a path: only what follows the last slash.
pub const SHORT: char = '~';

/// Where ids of one line of history were made: id → (call, path).
#[derive(Clone, Debug, Default)]
pub struct Births {
    ids: BTreeMap<String, (NodeId, String)>,
    /// The node up to which this is known.
    at: NodeId,
}

impl Births {
    /// Knows all ids that were made on the way to `node`.
    pub fn follow(&mut self, history: &History, node: NodeId) {
        if node == self.at {
            return;
        }
        if history.node(node).parent == self.at && node != 0 {
            self.add(history, node);
        } else {
            self.ids.clear();
            for step in history.path(node) {
                self.add(history, step);
            }
        }
        self.at = node;
    }

    fn add(&mut self, history: &History, node: NodeId) {
        for (path, id) in history.node(node).made.iter() {
            if let Some((_, short)) = id.rsplit_once('/') {
                let entry = self.ids.entry(short.to_owned());
                entry.or_insert_with(|| (node, format!("{path}{SHORT}")));
            }
            self.ids.entry(id.clone()).or_insert_with(|| (node, path.clone()));
        }
    }

    /// Writes a text with its ids as back-references. `number` gives the call's number in what is written.
    pub fn write(&self, text: &str, number: impl Fn(NodeId) -> usize) -> String {
        if let Some((node, path)) = self.ids.get(text) {
            return format!("${{{}.{path}}}", number(*node));
        }
        let mut out = String::with_capacity(text.len());
        for (word, is_word) in words(text) {
            match self.ids.get(word).filter(|_| is_word) {
                // After a `$` a reference would read as a literal: then the id stands for itself.
                Some((node, path)) if !out.ends_with('$') => out.push_str(&format!("${{{}.{path}}}", number(*node))),
                _ => out.push_str(&word.replace("${", "$${")),
            }
        }
        out
    }
}

/// Cuts a text into words that could be ids (letters, digits, `-`, `.` and `/` inside addresses) and what is between.
fn words(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let inside = is_inside(first);
        let end = rest.find(|c| is_inside(c) != inside).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some((word, inside))
    })
}

/// A piece of a text with back-references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Stands for itself.
    Literal(String),
    /// Stands for an id that a call made: the call's number, the path in its answer.
    Reference(usize, &'a str),
}

/// The parts of a text. The error names what is neither a reference nor an escaped `${`.
pub fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let mut out = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        if let Some(before) = before.strip_suffix('$') {
            literal.push_str(before);
            literal.push_str("${");
            rest = after;
            continue;
        }
        literal.push_str(before);
        let (reference, after) = after
            .split_once('}')
            .ok_or_else(|| format!("the reference in '{text}' has no end"))?;
        let (call, path) = reference
            .split_once('.')
            .and_then(|(call, path)| Some((call.parse().ok()?, path)))
            .ok_or_else(|| format!("'{reference}' is not a reference to what an earlier call made"))?;
        if !literal.is_empty() {
            out.push(Part::Literal(std::mem::take(&mut literal)));
        }
        out.push(Part::Reference(call, path));
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        out.push(Part::Literal(literal));
    }
    Ok(out)
}

/// The text that parts are of: [`parts`] the other way round.
pub fn text_of(parts: &[Part<'_>]) -> String {
    let write = |part: &Part<'_>| match part {
        Part::Literal(text) => text.replace("${", "$${"),
        Part::Reference(call, path) => format!("${{{call}.{path}}}"),
    };
    parts.iter().map(write).collect()
}

/// Reads a text with back-references. `find` gives the id of (call, path); the error names the reference.
pub fn read(text: &str, find: impl Fn(usize, &str) -> Option<String>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    for part in parts(text)? {
        match part {
            Part::Literal(text) => out.push_str(&text),
            Part::Reference(call, path) => {
                let id = find(call, path);
                out.push_str(
                    &id.ok_or_else(|| format!("'{call}.{path}' refers to nothing that an earlier call made"))?,
                );
            }
        }
    }
    Ok(out)
}

/// The id at a path of what a call made.
pub fn made_at(made: &[(String, String)], path: &str) -> Option<String> {
    let (plain, short) = match path.strip_suffix(SHORT) {
        Some(plain) => (plain, true),
        None => (path, false),
    };
    let (_, id) = made.iter().find(|(known, _)| known == plain)?;
    Some(if short {
        id.rsplit('/').next()?.to_owned()
    } else {
        id.clone()
    })
}

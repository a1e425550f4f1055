//! Back-references: in files, links and records an id that an earlier call made is written as that call and the path in
//! its answer, `${3.Instances[0].InstanceId}`, so that replay survives a changed draw. A literal `${` is written `$${`.

use std::collections::BTreeMap;
use stratus_engine::history::looks_made;
use stratus_engine::history::{History, NodeId};

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
            self.ids.entry(id.clone()).or_insert_with(|| (node, path.clone()));
        }
    }

    /// Writes a text with its ids as back-references. `number` gives the call's number in what is written.
    pub fn write(&self, text: &str, number: impl Fn(NodeId) -> usize) -> String {
        let mut out = String::with_capacity(text.len());
        for (word, is_word) in words(text) {
            match self.ids.get(word).filter(|_| is_word && looks_made(word)) {
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

/// Reads a text with back-references. `find` gives the id of (call, path); the error names the reference.
pub fn read(text: &str, find: impl Fn(usize, &str) -> Option<String>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, after) = rest.split_at(at);
        if let Some(before) = before.strip_suffix('$') {
            out.push_str(before);
            out.push_str("${");
            rest = &after[2..];
            continue;
        }
        out.push_str(before);
        let end = after
            .find('}')
            .ok_or_else(|| format!("the reference in '{text}' has no end"))?;
        let reference = &after[2..end];
        let made = reference
            .split_once('.')
            .and_then(|(call, path)| find(call.parse().ok()?, path));
        out.push_str(&made.ok_or_else(|| format!("'{reference}' refers to nothing that an earlier call made"))?);
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

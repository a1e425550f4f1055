//! Questions to the simulated DNS and what a story expects of the answers.

use super::{Story, same};
use stratus_engine::dns::{Asker, Query};
use stratus_model::Value;

impl Story {
    /// `name type from`, and the address of a resolver if not the asker's own is meant: asks the DNS; the resolution is the answer that the next lines look at.
    pub(super) fn resolve(&mut self, rest: &str) {
        let asked = match self.substitute(rest) {
            Ok(asked) => asked,
            Err(problem) => return self.fail(problem),
        };
        let words: Vec<&str> = asked.split_whitespace().collect();
        let ([name, record_type, from] | [name, record_type, from, _]) = words.as_slice() else {
            return self.fail("a question is `? name type from [resolver]`");
        };
        let server = words.get(3).and_then(|text| text.parse().ok());
        let Some(from) = Asker::read(from) else {
            return self.fail(format!("{from} is nobody who could ask"));
        };
        let query = Query {
            name: (*name).to_owned(),
            record_type: (*record_type).to_owned(),
            from,
        };
        let outcome = match server {
            None => self.engine.resolve(&query),
            Some(server) => match self.engine.resolve_at(&query, server) {
                Ok(None) => return self.fail(format!("no resolver is at {server} for {:?}", query.from)),
                Ok(Some(found)) => Ok(found),
                Err(error) => Err(error),
            },
        };
        self.unexpected = outcome.is_err().then_some(self.number);
        self.last = outcome.map(|resolution| as_value(serde_json::to_value(resolution).unwrap_or_default()));
        self.hear();
    }

    /// `RCODE: name ttl type value; …`, the values of one name and type in the order of their texts; `cached RCODE: …` when
    /// the resolver knew it.
    pub(super) fn resolved(&mut self, wanted: &str) -> String {
        let text = |path: &str| self.at(path).unwrap_or_default();
        let mut records: Vec<(usize, String)> = Vec::new();
        let mut hop = (0, String::new());
        for at in 0..text("answers#").parse().unwrap_or(0) {
            let field = |name: &str| text(&format!("answers[{at}].{name}"));
            let owner = field("name");
            if owner != hop.1 {
                hop = (hop.0 + 1, owner.clone());
            }
            let record = format!("{owner} {} {} {}", field("ttl"), field("type"), field("value"));
            records.push((hop.0, record));
        }
        records.sort();
        let records: Vec<String> = records.into_iter().map(|(_, record)| record).collect();
        let cached = if text("cached") == "true" { "cached " } else { "" };
        let found = format!("{cached}{}: {}", text("rcode"), records.join("; "));
        self.compare("the resolution", wanted, found.trim_end().to_owned());
        let held = self
            .substitute(wanted)
            .is_ok_and(|wanted| same(&wanted, found.trim_end()));
        if held {
            format!("~ {wanted}")
        } else {
            format!("~ {}", self.named(found.trim_end()))
        }
    }
}

/// JSON as the tree that paths lead through.
fn as_value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Bool(flag) => Value::Bool(flag),
        serde_json::Value::Number(number) => Value::Integer(number.as_i64().unwrap_or_default()),
        serde_json::Value::String(text) => Value::String(text),
        serde_json::Value::Array(items) => Value::List(items.into_iter().map(as_value).collect()),
        serde_json::Value::Object(members) => Value::Map(
            members
                .into_iter()
                .map(|(name, member)| (name, as_value(member)))
                .collect(),
        ),
        serde_json::Value::Null => Value::String(String::new()),
    }
}

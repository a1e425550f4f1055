//! "Show as": each call of `show.txt` is shown in every language as written there, and any call that the model foresees can
//! be shown.
//!
//! `UPDATE_EXPECT=1 cargo test -p stratus-shell --test show` writes what was found into the fixture, to be read before it is
//! believed. `SHOW_DUMP=FILE` writes calls made up from the model with their texts, a JSON object a line, for whoever runs
//! them by other tools.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops where it cannot go on, and knows the machine"
)]

use std::fmt::Write as _;
use stratus_engine::catalog::Region;
use stratus_model::{Service, Shape, ShapeId, Structure, Value, json, model};
use stratus_shell::{ShownCall, read, show_all, split};

const FIXTURE: &str = include_str!("show.txt");

#[test]
fn calls_are_shown_as_written() {
    let mut found = String::new();
    for line in FIXTURE.lines() {
        if line.starts_with('#') || line.is_empty() {
            let _ = writeln!(found, "{line}");
        } else if let Some(call) = line.strip_prefix("> ") {
            let _ = writeln!(found, "{line}");
            for (language, text) in show_all(read(call).unwrap().call()) {
                let _ = writeln!(found, "-- {}", language.name());
                for line in text.lines() {
                    // An empty line of a program is kept apart from those between calls.
                    let _ = writeln!(found, "{}", format!("| {line}").trim_end());
                }
            }
        }
    }
    if std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/shell/show.txt");
        std::fs::write(path, found).unwrap();
        return;
    }
    for (place, (found, wanted)) in found.lines().zip(FIXTURE.lines()).enumerate() {
        assert_eq!(found, wanted, "line {} of show.txt", place + 1);
    }
    assert_eq!(found, FIXTURE);
}

/// Texts that tools like to misread.
const TEXTS: [&str; 12] = [
    "plain",
    "two words",
    "it's",
    "a \"quote\"",
    "back\\slash",
    "-dash",
    "a=b,c",
    "[x]",
    "{\"Version\":\"2012-10-17\"}",
    "line\nbreak",
    "straße ✓",
    "$HOME `x` $(y)",
];

/// Makes up values, each a little different from the one before.
struct Maker {
    service: &'static Service,
    count: usize,
}

impl Maker {
    fn next(&mut self, below: usize) -> usize {
        self.count += 1;
        // Knuth's multiplier: the same course on every machine.
        (self.count.wrapping_mul(2_654_435_761) >> 7) % below
    }

    fn value(&mut self, shape: ShapeId, depth: usize) -> Value {
        match self.service.shape(shape) {
            Shape::Structure(known) => {
                let mut out = Structure::new();
                for member in &known.members {
                    if depth < 5 && (member.required || (depth < 3 && self.next(3) == 0)) {
                        out.set(member.name, self.value(member.shape, depth + 1));
                    }
                }
                Value::Structure(out)
            }
            Shape::List(known) => {
                let length = self.next(3);
                let items = (0..length).map(|_| self.value(known.member, depth + 1));
                Value::List(items.collect())
            }
            Shape::Map(known) => {
                let entry = |maker: &mut Self| {
                    let key = ["Key", "a-b", "two words"][maker.next(3)].to_owned();
                    (key, maker.value(known.value, depth + 1))
                };
                Value::Map((0..1 + self.next(2)).map(|_| entry(self)).collect())
            }
            Shape::String(known) => match known.values.first() {
                Some(first) => Value::String((*first).to_owned()),
                None => Value::String(TEXTS[self.next(TEXTS.len())].to_owned()),
            },
            Shape::Integer(_) | Shape::Long(_) => Value::Integer(self.next(9) as i64 - 1),
            Shape::Float(_) | Shape::Double(_) => Value::Double(self.next(9) as f64 / 2.0),
            Shape::Boolean => Value::Bool(self.next(2) == 0),
            Shape::Timestamp(_) => Value::Timestamp(1_740_992_400_000 + self.next(2_000) as i64),
            Shape::Blob(_) => Value::Blob(vec![b'a', 0, 255, b'"']),
        }
    }
}

#[test]
fn any_call_can_be_shown() {
    let mut dump = String::new();
    for service in model().services() {
        for operation in service.operations() {
            let mut maker = Maker {
                service,
                count: usize::from(operation.number) * 1_000,
            };
            for _ in 0..3 {
                let params = match operation.input.map(|shape| maker.value(shape, 0)) {
                    Some(Value::Structure(params)) => params,
                    _ => Structure::new(),
                };
                let call = ShownCall {
                    region: Region::US_EAST_1,
                    service: service.name,
                    operation: operation.name,
                    params: &params,
                };
                let texts = show_all(call);
                let command = &texts[0].1;
                let words = split(command).unwrap();
                assert!(words.len() > 1, "{command}");
                let program = texts[1].1.lines().next();
                assert!(
                    program == Some("import boto3") || service.name == "stratus",
                    "{program:?}"
                );
                let given = operation
                    .input
                    .map(|shape| json::to_json(service, shape, &Value::Structure(params.clone())));
                let line = serde_json::json!({
                    "service": service.name, "operation": operation.name, "params": given,
                    "texts": texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(),
                });
                let _ = writeln!(dump, "{line}");
            }
        }
    }
    if let Ok(path) = std::env::var("SHOW_DUMP") {
        std::fs::write(path, dump).unwrap();
    }
}

//! The terminal's `aws` on a world of its own, which hears the same calls as the endpoint's.

use crate::pruned;
use crate::real::{Printed, Real};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options};
use stratus_model::Structure;
use stratus_serve::pace::{self, Meeting, Pace};
use stratus_shell::Session;

/// The file that stands for standard input.
const STDIN: &str = "/dev/stdin";

/// The terminal.
#[derive(Debug)]
pub struct Terminal {
    engine: Engine,
    session: Session,
    known: BTreeMap<(String, String), Json>,
}

impl Terminal {
    /// On a new world.
    pub fn new() -> Terminal {
        Terminal {
            engine: Engine::new(Options::default()),
            session: Session::new(Region::US_EAST_1),
            known: BTreeMap::new(),
        }
    }

    /// A new world, the files stay.
    pub fn reset(&mut self) {
        self.engine = Engine::new(Options::default());
    }

    /// The engine behind it.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The world's time, in seconds of the epoch.
    pub fn seconds(&self) -> i64 {
        self.engine.world().now.0.div_euclid(1000)
    }

    /// Puts a file into the tray.
    pub fn file(&mut self, name: &str, content: &str) {
        self.session.tray.insert(name.to_owned(), content.as_bytes().to_vec());
    }

    /// Runs a command: the words after `aws`, and its standard input. What the real one's models do not know is left out of
    /// answers.
    pub fn run(&mut self, words: &[String], input: &str, real: &mut Real) -> Printed {
        let mut known = std::mem::take(&mut self.known);
        let printed = self.run_and(words, input, &mut |service, operation, answer| {
            let key = (service.to_owned(), operation.to_owned());
            let known = known.entry(key).or_insert_with(|| real.known(service, operation));
            let model = stratus_model::model().service(service);
            let found = model.and_then(|model| Some((model, model.operation(operation)?.output)));
            match found {
                Some((service, shape)) if !known.is_null() => pruned::structure(service, shape, &answer, known),
                _ => answer,
            }
        });
        self.known = known;
        printed
    }

    /// Runs a command: the words after `aws`, and its standard input.
    pub fn run_alone(&mut self, words: &[String], input: &str) -> Printed {
        self.run_and(words, input, &mut |_, _, answer| answer)
    }

    /// The same, with what an operation's answer is to be seen as.
    fn run_and(
        &mut self,
        words: &[String],
        input: &str,
        seen: &mut dyn FnMut(&str, &str, Structure) -> Structure,
    ) -> Printed {
        self.file(STDIN, input);
        let quoted: Vec<String> = words.iter().map(|word| stratus_shell::quote(word)).collect();
        let line = format!("aws {}", quoted.join(" "));
        self.session.ready(&self.engine);
        let engine = &mut self.engine;
        let output = self.session.run_with(&line, &mut |region, service, operation, params| {
            let met = Meeting {
                wall: 0,
                world: engine.world().now,
            };
            pace::pass(engine, Pace::Instant, met, 0);
            let answer = engine.call(region, service, operation, params)?;
            Ok(seen(service, operation, answer))
        });
        Printed {
            status: output.status.into(),
            stdout: output.stdout,
            stderr: output.stderr,
        }
    }
}

impl Default for Terminal {
    fn default() -> Self {
        Self::new()
    }
}

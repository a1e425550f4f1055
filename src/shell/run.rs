//! One line of the terminal: parsed, called, printed as the AWS CLI prints it.

use crate::parse::{self, Tray};
use crate::words;
use serde_json::Value as Json;
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Error};
use stratus_model::{Structure, Value, field, json};

/// What a command gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// 0 done; 252 the command is not one; 254 the service refused. As the AWS CLI exits.
    pub status: i32,
    /// What it printed.
    pub stdout: String,
    /// What it complained of.
    pub stderr: String,
}

/// A terminal's own state: its Region and its files.
#[derive(Clone, Debug)]
pub struct Session {
    /// The Region where no `--region` is given.
    pub region: Region,
    /// Files that commands can name.
    pub tray: Tray,
    /// Keys that addresses are signed with.
    pub keys: crate::cloud::Keys,
}

/// The call that a line asks for.
pub type Call<'a> = &'a mut dyn FnMut(Region, &'static str, &'static str, Structure) -> Result<Structure, Error>;

impl Session {
    /// A session in a Region, without files.
    pub fn new(region: Region) -> Session {
        Session {
            region,
            tray: Tray::new(),
            keys: Default::default(),
        }
    }

    /// Runs a line on an engine.
    pub fn run(&mut self, engine: &mut Engine, line: &str) -> Output {
        self.ready(engine);
        self.run_with(line, &mut |region, service, operation, params| {
            engine.call(region, service, operation, params)
        })
    }

    /// Runs a line through any door: the page's goes by its own, so that what is done is saved.
    pub fn run_with(&mut self, line: &str, call: Call<'_>) -> Output {
        let words = match words::split(line) {
            Ok(words) => words,
            Err(error) => return Output::fault(252, error),
        };
        let words = match words.first().map(String::as_str) {
            None => return Output::default(),
            Some("aws") => &words[1..],
            _ => &words[..],
        };
        if let Some(place) = crate::s3::place(words) {
            let rest: Vec<String> = words
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != place)
                .map(|(_, word)| word.clone())
                .collect();
            return crate::s3::run(&rest, self, call);
        }
        let parsed = match parse::parse(words, &self.tray) {
            Ok(parsed) => parsed,
            Err(error) => return Output::fault(252, format!("\n{error}\n")),
        };
        let region = parsed.region.unwrap_or(self.region);
        match call(region, parsed.service.name, parsed.operation.name, parsed.params) {
            Ok(answer) => self.print(parsed.service.name, parsed.operation, parsed.outfile, answer),
            Err(error) => {
                let operation = parsed.operation.name;
                let mut text = format!(
                    "\nAn error occurred ({}) when calling the {operation} operation: {}\n",
                    error.code, error.message
                );
                if !error.remedy.is_empty() {
                    text.push_str(&format!("{}\n", error.remedy));
                }
                Output::fault(254, text)
            }
        }
    }

    fn print(
        &mut self,
        service: &str,
        operation: &stratus_model::Operation,
        outfile: Option<String>,
        mut answer: Structure,
    ) -> Output {
        if let (Some(name), Some(Value::Blob(bytes))) = (outfile, answer.remove_if_streaming(operation)) {
            self.tray.insert(name, bytes);
        }
        let shape = stratus_model::model().service(service).zip(operation.output);
        let Some((service, shape)) = shape.filter(|_| !answer.is_empty()) else {
            return Output::default();
        };
        let text = pretty(&json::to_json(service, shape, &Value::Structure(answer)));
        Output {
            status: 0,
            stdout: format!("{text}\n"),
            stderr: String::new(),
        }
    }
}

impl Output {
    fn fault(status: i32, stderr: impl Into<String>) -> Output {
        Output {
            status,
            stdout: String::new(),
            stderr: stderr.into(),
        }
    }
}

trait Streaming {
    fn remove_if_streaming(&mut self, operation: &stratus_model::Operation) -> Option<Value>;
}

impl Streaming for Structure {
    /// GetObject's bytes go to the file that the command names, never into the printed answer.
    fn remove_if_streaming(&mut self, operation: &stratus_model::Operation) -> Option<Value> {
        if operation.name == "GetObject" {
            self.remove(field::BODY)
        } else {
            None
        }
    }
}

/// JSON with four spaces of indentation, as the AWS CLI prints it.
fn pretty(json: &Json) -> String {
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, formatter);
    match serde::Serialize::serialize(json, &mut serializer) {
        Ok(()) => String::from_utf8(out).unwrap_or_default(),
        Err(error) => error.to_string(),
    }
}

//! A terminal's session, and one line of it: cut into words, run, printed as the AWS CLI prints it.

use crate::command;
use crate::configure::Config;
use crate::words;
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Error, World};
use stratus_model::Structure;

pub use crate::tray::Tray;

/// What a command gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// 0 done; 252 the command is not one; 253 the configuration; 254 the service refused; 255 anything else. As the AWS CLI
    /// exits.
    pub status: i32,
    /// What it printed.
    pub stdout: String,
    /// What it complained of.
    pub stderr: String,
}

/// A world, which nobody prints.
#[derive(Clone, Default)]
pub(crate) struct Seen(pub(crate) Option<World>);

impl std::fmt::Debug for Seen {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Seen")
    }
}

/// A terminal's own state.
#[derive(Clone, Debug)]
pub struct Session {
    /// The Region where neither `--region` nor the configuration says one.
    pub region: Region,
    /// Files that commands can name.
    pub tray: Tray,
    /// What `aws configure` has set.
    pub config: Config,
    /// What to do about the last command's failure (ours); empty when the message says it.
    pub remedy: String,
    /// Keys that addresses are signed with.
    pub keys: crate::cloud::Keys,
    /// The world before the next command: what of it is open to everybody.
    pub(crate) seen: Seen,
    /// Where the idempotency tokens of its calls come from.
    pub(crate) tokens: crate::tokens::Tokens,
}

/// The door that calls go through.
pub type Call<'a> = &'a mut dyn FnMut(Region, &'static str, &'static str, Structure) -> Result<Structure, Error>;

impl Session {
    /// A session in a Region, without files.
    pub fn new(region: Region) -> Session {
        Session {
            region,
            tray: Tray::new(),
            config: Config::default(),
            remedy: String::new(),
            keys: Default::default(),
            seen: Seen::default(),
            tokens: Default::default(),
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
        match words.as_slice() {
            [] => Output::default(),
            [first, rest @ ..] if first == "aws" => command::aws(rest, self, call),
            words => command::aws(words, self, call),
        }
    }
}

impl Output {
    /// Only a complaint.
    pub(crate) fn fault(status: i32, stderr: impl Into<String>) -> Output {
        Output {
            status,
            stdout: String::new(),
            stderr: stderr.into(),
        }
    }
}

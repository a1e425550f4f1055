//! `cargo serve`'s arguments, read and checked. Nothing is done here.

use crate::pace::Pace;
use lexopt::prelude::*;
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use stratus_engine::Options as WorldOptions;

/// What `--help` prints.
pub const HELP: &str = "\
usage: cargo serve [OPTION…]              answer AWS tools over HTTP
       cargo serve -- run FILE            replay a scenario; print its digest and what went wrong
       cargo serve -- shell [FILE]        the terminal of the page on standard input

  --port N       the port (4566)
  --dns-port N   answer DNS there as well, over UDP and TCP (off unless it is given)
  --dns-from WHO who asks there: internet (the default), a Region, an instance, a city, an address
  --host ADDR    the address to listen on (127.0.0.1: this machine only)
  --time HOW     instant: every pending change is done before the next call (the default)
                 real: the virtual clock is the machine's;  xN: N virtual seconds a second;
                 manual: only POST /_stratus/advance?seconds=N moves it
                 But under real, the world is in March 2025: `aws s3 sync` finds this machine's files newer than
                 the objects, and sends them each time
  --seed N       the seed of the world's randomness (1)
  --account N    the account's twelve digits (123456789012)
  --lenient      accept what AWS refuses but other emulators take: unknown access keys, unsigned requests,
                 names outside their patterns

  POST /_stratus/reset   POST /_stratus/advance?seconds=N   GET /_stratus/log
  GET /_stratus/digest   GET /_stratus/operations

Exit codes: 0 done, 1 failed, 2 usage.
";

/// What was asked for.
#[derive(Debug)]
pub enum Command {
    /// The text above.
    Help,
    /// The endpoint.
    Serve(Options),
    /// A scenario.
    Run {
        /// Its file.
        file: PathBuf,
    },
    /// The terminal.
    Shell {
        /// The scenario it begins with.
        file: Option<PathBuf>,
        /// Seed and account where there is no file.
        options: Options,
    },
}

/// Where to listen, and what the world is like.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address.
    pub host: IpAddr,
    /// The port.
    pub port: u16,
    /// How virtual time passes.
    pub pace: Pace,
    /// What the world begins with; its start is the machine's clock under `--time real`.
    pub world: WorldOptions,
    /// Accept what AWS refuses but other emulators take.
    pub lenient: bool,
    /// The port that answers DNS; `None` = none does.
    pub dns_port: Option<u16>,
    /// Who asks there, as `dns::Asker::read` has it; an instance may be launched later.
    pub dns_from: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 4566,
            pace: Pace::Instant,
            world: WorldOptions::default(),
            lenient: false,
            dns_port: None,
            dns_from: "internet".into(),
        }
    }
}

/// Why it did not work.
#[derive(Debug)]
pub enum Failure {
    /// The command is not one.
    Usage(String),
    /// It was tried.
    Failed(String),
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Failure::Usage(format!("{error}; `cargo serve -- --help` lists the options"))
    }
}

/// Reads them. Leading `--` are the alias and the habit of typing one.
///
/// # Errors
/// `Usage`, naming the argument.
pub fn read(arguments: Vec<OsString>) -> Result<Command, Failure> {
    let arguments = arguments.into_iter().skip_while(|argument| argument == "--");
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut options = Options::default();
    let mut words: Vec<OsString> = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("dns-port") => options.dns_port = Some(parser.value()?.parse()?),
            Long("dns-from") => options.dns_from = parser.value()?.parse_with(asker)?,
            Long("host") => options.host = parser.value()?.parse()?,
            Long("time") => options.pace = parser.value()?.parse_with(Pace::parse)?,
            Long("seed") => options.world.seed = parser.value()?.parse()?,
            Long("account") => options.world.account = parser.value()?.parse_with(account)?,
            Long("lenient") => options.lenient = true,
            Long("help") | Short('h') => return Ok(Command::Help),
            Value(word) => words.push(word),
            other => return Err(other.unexpected().into()),
        }
    }
    let text: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    match (text.as_slice(), words.len()) {
        ([], 0) => Ok(Command::Serve(options)),
        (["help"], 1) => Ok(Command::Help),
        (["run", ..], 2) => Ok(Command::Run {
            file: PathBuf::from(&words[1]),
        }),
        (["run"], _) => Err(Failure::Usage("run takes one file: cargo serve -- run FILE".into())),
        (["shell"], 1) => Ok(Command::Shell { file: None, options }),
        (["shell", ..], 2) => Ok(Command::Shell {
            file: Some(PathBuf::from(&words[1])),
            options,
        }),
        _ => Err(Failure::Usage(format!(
            "there is no command {:?}; `cargo serve -- --help` lists them",
            words.first().map(|word| word.to_string_lossy()).unwrap_or_default()
        ))),
    }
}

fn asker(text: &str) -> Result<String, String> {
    match stratus_engine::dns::Asker::read(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err(format!(
            "'{text}' is neither internet, a Region, an instance, a city nor an address"
        )),
    }
}

fn account(text: &str) -> Result<u64, String> {
    let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits => Ok(number),
        _ => Err(format!("an account is twelve digits, not '{text}'")),
    }
}

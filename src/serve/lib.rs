//! Stratus without a page: `cargo serve` answers real AWS tools on 127.0.0.1, `cargo serve -- run FILE` replays a scenario,
//! `cargo serve -- shell` is the page's terminal on standard input. Native only: this crate knows the machine (its clock, its
//! network, its files), and hands the engine nothing but verified calls and the moment at which they are made.
//!
//! How a request travels: socket ([`http`]) → [`cloud::Cloud`] → `stratus-wire` (which operation, who signed, which
//! parameters) → `Engine::call_as` → `stratus-wire` → socket. What may never happen here: a request that ends the program.

mod ages;
mod answers;
pub mod arguments;
mod browser;
pub mod cloud;
mod control;
mod dns;
mod headless;
mod http;
pub mod pace;
mod quiet;
mod reply;
mod socket;
mod upload;
mod visit;
mod website;

pub use dns::wire::answer as dns_reply;
pub use quiet::{Quiet, start_quietly, start_with};

use arguments::{Command, Failure};
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs what the arguments say. Exit codes: 0 done, 1 failed, 2 usage.
#[must_use]
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let done = arguments::read(arguments).and_then(|command| match command {
        Command::Help => {
            print!("{}", arguments::HELP);
            Ok(())
        }
        Command::Serve(options) => http::serve(&options),
        Command::Run { file } => headless::run(&file),
        Command::Shell { file, options } => headless::shell(file.as_deref(), &options),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(why)) => {
            eprintln!("usage: {why}");
            ExitCode::from(2)
        }
        Err(Failure::Failed(why)) => {
            eprintln!("failed: {why}");
            ExitCode::FAILURE
        }
    }
}

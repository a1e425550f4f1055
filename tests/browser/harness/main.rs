//! The command line of `stratus-browser`: turns what the harness did into an exit code. `cargo tasks` calls it.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(stratus_browser::commands::run(std::env::args_os().skip(1).collect()))
}

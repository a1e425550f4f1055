//! The command line of `stratus-tasks`: turns what the library did into an exit code. No task lives here.

use std::process::ExitCode;

fn main() -> ExitCode {
    stratus_tasks::run(std::env::args_os().skip(1).collect())
}

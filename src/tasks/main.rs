//! What `cargo play`, `cargo verify` and the generators run.
mod model;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--").collect();
    let done = match arguments.split_first() {
        Some((command, rest)) if command == "model" => model::run(rest),
        _ => Err("usage: cargo tasks model [--botocore DIR] [--check]".to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

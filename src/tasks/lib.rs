//! The tasks behind `cargo play`, `cargo verify` and `cargo tasks`. Native only: it knows the machine, runs other
//! programs and reads the repository; nothing of it may ever be in the page.

mod bench;
pub mod bundle;
pub mod chromium;
pub mod failure;
pub mod machine;
mod model;
pub mod npm;
mod peers;
mod play;
pub mod python;
pub mod site;
pub mod split;
pub mod tools;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use failure::{Failure, Outcome};

const HELP: &str = "\
usage: cargo tasks COMMAND [OPTION…]

  play        build the page and serve it on 127.0.0.1 (also `cargo play`)
  model       generate the API's data files from botocore, or --check that they are current
  verify      run every check (also `cargo verify`)
  split       cut a release build's program in two, and make its sheets of style one (Trunk runs it)
  bundle      weigh dist/ and hold it to its budget
  bench       print the budget table: measured, budget, ratio
  peers       measure `cargo serve` beside two other emulators (fetched from PyPI)
  screenshot  take a picture of the page in dist/ (builds nothing)
  first-load  time the first load of dist/ in Chromium
  lighthouse  let Lighthouse judge dist/ (fetched from npm)

`cargo tasks COMMAND --help` tells more. Exit codes: 0 done, 1 failed, 2 usage.
";

/// Runs the task that `arguments` name and says on stderr why it failed, if it did.
/// Exit codes: 0 done, 1 failed, 2 usage.
#[must_use]
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    match dispatch(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!(
                "{}: {failure}",
                if matches!(failure, Failure::Usage(_)) {
                    "usage"
                } else {
                    "failed"
                }
            );
            ExitCode::from(failure.exit_code())
        }
    }
}

fn dispatch(mut arguments: Vec<OsString>) -> Outcome {
    drop_leading_dashes(&mut arguments);
    let command = if arguments.is_empty() {
        OsString::from("help")
    } else {
        arguments.remove(0)
    };
    drop_leading_dashes(&mut arguments);
    match command.to_str() {
        Some("play") => play::run(arguments),
        Some("model") => model::run(&texts(arguments)?).map_err(Failure::Failed),
        Some("verify") => verify::run(arguments),
        Some("bundle") => bundle::check().map(|told| println!("{told}")),
        Some("split") => split::run(arguments),
        Some("bench") => bench::run(arguments),
        Some("peers") => peers::run(arguments),
        Some(task @ ("screenshot" | "first-load" | "lighthouse")) => tools::run_browser_tool(task, arguments),
        Some("help" | "--help" | "-h") => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(Failure::Usage(format!(
            "there is no task {command:?}; `cargo tasks help` lists them"
        ))),
    }
}

fn texts(arguments: Vec<OsString>) -> Outcome<Vec<String>> {
    let text = |argument: OsString| {
        argument
            .into_string()
            .map_err(|odd| Failure::Usage(format!("{odd:?} is no text")))
    };
    arguments.into_iter().map(text).collect()
}

/// The aliases in `.cargo/config.toml` end in `--`, so that `cargo play --port 9000` reaches the program and not cargo;
/// who types `cargo play -- --port 9000` sends one `--` too many.
fn drop_leading_dashes(arguments: &mut Vec<OsString>) {
    while arguments.first().is_some_and(|first| first == "--") {
        arguments.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<OsString> {
        text.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn leading_dashes_are_the_alias_and_the_habit_of_typing_them() {
        for typed in ["--port 1", "-- --port 1", "-- -- --port 1"] {
            let mut arguments = words(typed);
            drop_leading_dashes(&mut arguments);
            assert_eq!(arguments, words("--port 1"), "{typed}");
        }
    }

    #[test]
    fn an_unknown_task_is_a_usage_error_that_names_the_next_step() {
        let failure = dispatch(words("-- paly")).err();
        assert!(
            matches!(&failure, Some(Failure::Usage(text)) if text.contains("cargo tasks help")),
            "{failure:?}"
        );
    }

    #[test]
    fn help_is_no_failure() {
        assert_eq!(dispatch(words("help")), Ok(()));
        assert_eq!(dispatch(Vec::new()), Ok(()));
    }
}

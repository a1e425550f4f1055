//! `cargo verify`: every check there is, one after the other, each in a section of its own, and a summary at the end.
//! A check that cannot run has failed: nothing is ever skipped in silence.

mod checks;
mod requirements;
mod tidy;

use std::ffi::OsString;
use std::time::Instant;

use crate::failure::{Failure, Outcome, failed};
use crate::tools;

const HELP: &str = "\
usage: cargo verify [--quick]

Runs every check: format, tidiness, lints for both targets, tests, documentation, generated files, the release build and
its size, the page in a real Chromium, and the benchmarks. Installs what is missing (Trunk, wasm-bindgen; on Debian, as
root, Chromium, chromedriver, npm and pip) or names the one command that does.

  --quick   only what needs no browser and no Python
";

/// What a check stands on beside cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// Nothing that `cargo play` would not need too.
    Nothing,
    /// A browser, its driver, or the accessibility checker.
    Browser,
    /// Python, for the service models in botocore.
    Python,
}

/// One check. `run` answers with a line for the summary.
struct Check {
    name: &'static str,
    needs: Needs,
    /// The check whose result this one looks at.
    after: Option<&'static str>,
    run: fn() -> Outcome<String>,
}

/// How a check ended.
struct Result {
    name: &'static str,
    passed: bool,
    time: String,
    detail: String,
}

/// None: help was asked for; else whether it is to be quick.
fn parse(arguments: Vec<OsString>) -> Outcome<Option<bool>> {
    use lexopt::prelude::*;
    let mut quick = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("quick") => quick = true,
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(quick))
}

/// Runs the checks; fails where one of them does.
pub fn run(arguments: Vec<OsString>) -> Outcome {
    let Some(quick) = parse(arguments)? else {
        print!("{HELP}");
        return Ok(());
    };
    let began = Instant::now();
    let checks: Vec<&Check> = checks::ALL
        .iter()
        .filter(|check| !quick || check.needs == Needs::Nothing)
        .collect();
    let mut results: Vec<Result> = Vec::new();
    for (number, check) in checks.iter().enumerate() {
        println!(
            "\n━━ {} of {}: {} {}",
            number + 1,
            checks.len(),
            check.name,
            "━".repeat(60_usize.saturating_sub(check.name.len()))
        );
        let began = Instant::now();
        let outcome = match check
            .after
            .filter(|name| results.iter().any(|r| r.name == *name && !r.passed))
        {
            Some(name) => failed(format!("not run, because {name} failed")),
            None => (check.run)(),
        };
        let passed = outcome.is_ok();
        let detail = outcome.unwrap_or_else(|failure| failure.to_string());
        let time = tools::minutes(began);
        println!(
            "{} {} ({time}){}{detail}",
            sign(passed),
            check.name,
            if detail.is_empty() { "" } else { ": " }
        );
        results.push(Result {
            name: check.name,
            passed,
            time,
            detail,
        });
    }
    conclude(&results, &tools::minutes(began), quick)
}

fn sign(passed: bool) -> &'static str {
    if passed { "ok    " } else { "FAILED" }
}

fn conclude(results: &[Result], time: &str, quick: bool) -> Outcome {
    println!("\n━━ summary {}", "━".repeat(60));
    for Result {
        name,
        passed,
        time,
        detail,
    } in results
    {
        let first = detail.lines().next().unwrap_or_default();
        println!("{} {name:<24} {time:>12}  {first}", sign(*passed));
    }
    let bad: Vec<&str> = results
        .iter()
        .filter(|result| !result.passed)
        .map(|result| result.name)
        .collect();
    let kind = if quick { "quick checks" } else { "checks" };
    if bad.is_empty() {
        println!("\nAll {} {kind} passed in {time}.", results.len());
        return Ok(());
    }
    Err(Failure::Failed(format!(
        "{} of {} {kind}, in {time}: {}",
        bad.len(),
        results.len(),
        bad.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(name: &'static str, passed: bool) -> Result {
        Result {
            name,
            passed,
            time: "1 s".into(),
            detail: String::new(),
        }
    }

    #[test]
    fn one_failed_check_fails_the_whole_and_is_named() {
        assert_eq!(conclude(&[result("format", true)], "1 s", true), Ok(()));
        let failure = conclude(&[result("format", true), result("lints", false)], "2 s", false).err();
        let text = failure.map(|failure| failure.to_string()).unwrap_or_default();
        assert!(
            text.contains("1 of 2") && text.contains("lints") && !text.contains("format"),
            "{text}"
        );
    }

    #[test]
    fn what_a_check_comes_after_is_a_check_before_it() {
        for (place, check) in checks::ALL.iter().enumerate() {
            if let Some(name) = check.after {
                let earlier = checks::ALL.iter().take(place).find(|other| other.name == name);
                assert!(
                    earlier.is_some_and(|other| other.needs == Needs::Nothing || check.needs != Needs::Nothing),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn only_quick_is_understood() {
        let parsed = |text: &str| parse(text.split_whitespace().map(OsString::from).collect());
        assert_eq!(parsed(""), Ok(Some(false)));
        assert_eq!(parsed("--quick"), Ok(Some(true)));
        assert_eq!(parsed("--help"), Ok(None));
        assert!(matches!(parsed("--fast"), Err(Failure::Usage(_))));
    }
}

//! `cargo verify`: every check there is, one after the other, each in a section of its own, and a summary at the end.
//! A check that cannot run has failed: nothing is ever skipped in silence.

mod checks;
mod requirements;
mod styles;
mod tidy;

use std::ffi::OsString;
use std::time::Instant;

use crate::failure::{Failure, Outcome, failed};
use crate::tools;

const HELP: &str = "\
usage: cargo verify [--quick] [--only NAME…]

Runs every check: format, tidiness, lints for both targets, tests, documentation, generated files, the release build and
its size, the page in a real Chromium, and the benchmarks. Installs what is missing (Trunk, wasm-bindgen; on Debian, as
root, Chromium, chromedriver, npm and pip) or names the one command that does.

  --quick       only what needs no browser and no Python
  --only NAME   only the check of this name; may be given several times
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

/// Which checks to run.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    quick: bool,
    only: Vec<String>,
}

/// None: help was asked for.
fn parse(arguments: Vec<OsString>) -> Outcome<Option<Options>> {
    use lexopt::prelude::*;
    let mut options = Options::default();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("quick") => options.quick = true,
            Long("only") => {
                let name = parser.value()?.string()?;
                if !checks::ALL.iter().any(|check| check.name == name) {
                    let names = checks::ALL.map(|check| check.name).join("; ");
                    return Err(Failure::Usage(format!(
                        "there is no check {name:?}. There are: {names}"
                    )));
                }
                options.only.push(name);
            }
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}

impl Options {
    fn want(&self, check: &Check) -> bool {
        (!self.quick || check.needs == Needs::Nothing)
            && (self.only.is_empty() || self.only.iter().any(|name| name == check.name))
    }

    /// The checks in words, for the summary.
    fn kind(&self) -> &'static str {
        match self {
            Self { only, .. } if !only.is_empty() => "chosen checks",
            Self { quick: true, .. } => "quick checks",
            Self { .. } => "checks",
        }
    }
}

/// Runs the checks; fails where one of them does.
pub fn run(arguments: Vec<OsString>) -> Outcome {
    let Some(options) = parse(arguments)? else {
        print!("{HELP}");
        return Ok(());
    };
    let began = Instant::now();
    let checks: Vec<&Check> = checks::ALL.iter().filter(|check| options.want(check)).collect();
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
    conclude(&results, &tools::minutes(began), options.kind())
}

fn sign(passed: bool) -> &'static str {
    if passed { "ok    " } else { "FAILED" }
}

fn conclude(results: &[Result], time: &str, kind: &str) -> Outcome {
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
        assert_eq!(conclude(&[result("format", true)], "1 s", "checks"), Ok(()));
        let failure = conclude(&[result("format", true), result("lints", false)], "2 s", "checks").err();
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
    fn checks_are_chosen_by_need_and_by_name() {
        let names = |text: &str| {
            let options = parse(text.split_whitespace().map(OsString::from).collect());
            let options = options.ok().flatten().unwrap_or_default();
            checks::ALL
                .iter()
                .filter(|check| options.want(check))
                .map(|check| check.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names("").len(), checks::ALL.len());
        assert!(names("--quick").contains(&"tests, native") && !names("--quick").contains(&"tests, browser"));
        assert_eq!(names("--only format --only=tidiness"), ["format", "tidiness"]);
    }

    #[test]
    fn what_cannot_be_understood_is_a_usage_error() {
        for words in [&["--fast"][..], &["--only"], &["--only", "nothing"], &["format"]] {
            let parsed = parse(words.iter().map(OsString::from).collect());
            assert!(matches!(parsed, Err(Failure::Usage(_))), "{words:?}");
        }
        assert_eq!(parse(vec!["--help".into()]), Ok(None));
    }
}

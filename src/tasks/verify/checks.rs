//! The list of checks. Each is a command that one could type, or a look at files; what they promise stands in the README.

use std::process::Command;

use super::{Check, Needs, requirements, tidy};
use crate::failure::Outcome;
use crate::{bench, bundle, chromium, machine, model, npm, python, tools};

/// All of them, cheap ones first.
pub const ALL: [Check; 15] = [
    check("format", Needs::Nothing, format),
    check("tidiness", Needs::Nothing, tidy::check),
    check("machine", Needs::Browser, machine_is_ready),
    check("lints, native", Needs::Nothing, lints_native),
    check("lints, wasm", Needs::Nothing, lints_wasm),
    check("tests, native", Needs::Nothing, tests_native),
    check("documentation", Needs::Nothing, documentation),
    Check {
        after: Some("machine"),
        ..check("tests, wasm", Needs::Browser, tests_wasm)
    },
    check("generated files", Needs::Python, generated),
    check("tests, AWS's own tools", Needs::Python, tests_aws),
    check("release build", Needs::Nothing, release),
    Check {
        after: Some("release build"),
        ..check("bundle size", Needs::Nothing, bundle::check)
    },
    Check {
        after: Some("release build"),
        ..check("tests, browser", Needs::Browser, tests_browser)
    },
    Check {
        after: Some("release build"),
        ..check("first load", Needs::Browser, bench::browser_table)
    },
    Check {
        after: Some("release build"),
        ..check("benchmarks", Needs::Nothing, bench::native_table)
    },
];

const fn check(name: &'static str, needs: Needs, run: fn() -> Outcome<String>) -> Check {
    Check {
        name,
        needs,
        after: None,
        run,
    }
}

/// The crates that only run natively.
const NATIVE_ONLY: [&str; 8] = [
    "--exclude",
    "stratus-tasks",
    "--exclude",
    "stratus-browser",
    "--exclude",
    "stratus-serve",
    "--exclude",
    "stratus-aws",
];

/// The crates whose tests need more than cargo: they have checks of their own.
const NEEDY: [&str; 4] = ["--exclude", "stratus-browser", "--exclude", "stratus-aws"];

fn cargo(arguments: &[&str]) -> Command {
    let mut command = machine::cargo();
    command.args(arguments);
    command
}

fn done(command: &mut Command) -> Outcome<String> {
    machine::run(command).map(|()| String::new())
}

fn format() -> Outcome<String> {
    done(&mut cargo(&["fmt", "--all", "--check"]))
}

fn machine_is_ready() -> Outcome<String> {
    requirements::browser()?;
    tools::ensure()?;
    npm::axe()?;
    let version = |program| {
        machine::answer(Command::new(program).arg("--version"))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    Ok(version(chromium::find_chromium()?))
}

// Warnings are errors by the lints of Cargo.toml, for every cargo command and both targets.
fn lints_native() -> Outcome<String> {
    done(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked"]))
}

fn lints_wasm() -> Outcome<String> {
    tools::ensure_target()?;
    let mut page = cargo(&["clippy", "--workspace", "--locked", "--target", tools::WASM]);
    machine::run(page.args(NATIVE_ONLY))?;
    for (package, test, _) in requirements::wasm_tests() {
        machine::run(&mut cargo(&[
            "clippy",
            "--locked",
            "--target",
            tools::WASM,
            "--package",
            package,
            "--test",
            test,
        ]))?;
    }
    Ok(String::new())
}

fn has_nextest() -> bool {
    machine::answer(&mut cargo(&["nextest", "--version"])).is_some()
}

fn tests_native() -> Outcome<String> {
    if has_nextest() {
        machine::run(cargo(&["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]).args(NEEDY))?;
        return done(cargo(&["test", "--workspace", "--locked", "--doc", "--quiet"]).args(NEEDY));
    }
    done(cargo(&["test", "--workspace", "--locked", "--no-fail-fast", "--quiet"]).args(NEEDY))
}

fn documentation() -> Outcome<String> {
    let mut doc = cargo(&[
        "doc",
        "--workspace",
        "--no-deps",
        "--locked",
        "--quiet",
        "--document-private-items",
    ]);
    done(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

fn tests_wasm() -> Outcome<String> {
    for (package, test, _) in requirements::wasm_tests() {
        let mut command = cargo(&[
            "test",
            "--locked",
            "--target",
            tools::WASM,
            "--package",
            package,
            "--test",
            test,
        ]);
        chromium::runs_wasm(&mut command)?;
        machine::run(&mut command)?;
    }
    Ok(String::new())
}

fn generated() -> Outcome<String> {
    requirements::python()?;
    model::run(&["--check".to_owned()]).map_err(crate::failure::Failure::Failed)?;
    Ok(String::new())
}

fn release() -> Outcome<String> {
    tools::build_page(true)?;
    Ok(String::new())
}

fn tests_aws() -> Outcome<String> {
    requirements::aws_tools()?;
    python::ensure()?;
    tests_of("stratus-aws")
}

fn tests_browser() -> Outcome<String> {
    tests_of("stratus-browser")
}

fn tests_of(package: &str) -> Outcome<String> {
    let arguments: &[&str] = if has_nextest() {
        &["nextest", "run", "--no-fail-fast"]
    } else {
        &["test", "--no-fail-fast"]
    };
    done(cargo(arguments).args(["--locked", "--package", package]))
}

//! The programs that building the page needs beside cargo: found where they are in the right version, else built into
//! a folder of the project's own. Never overwrites or removes anything that the machine's owner installed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde::Deserialize;

use crate::failure::{Context, Outcome, failed};
use crate::machine;

/// The Trunk that Trunk.toml was written for.
pub const TRUNK: &str = "0.21.14";

/// What the page is compiled to.
pub const WASM: &str = "wasm32-unknown-unknown";

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// The version of `package` in the text of a Cargo.lock. Fails where the package is absent or there twice, since the
/// page can be made by one wasm-bindgen only.
pub fn locked_version(lock: &str, package: &str) -> Outcome<String> {
    let lock: Lock = toml::from_str(lock).context("Cargo.lock cannot be read")?;
    let mut versions = lock
        .package
        .into_iter()
        .filter(|p| p.name == package)
        .map(|p| p.version);
    match (versions.next(), versions.next()) {
        (Some(version), None) => Ok(version),
        (Some(one), Some(other)) => failed(format!("Cargo.lock has {package} {one} and {other}: one is needed")),
        (None, _) => failed(format!("Cargo.lock has no {package}")),
    }
}

/// A program, the crate that it is built from, and the version that is wanted.
struct Tool {
    program: &'static str,
    package: &'static str,
    version: String,
    /// Trunk builds with the dependencies that it was released with; wasm-bindgen-cli's old ones need not compile.
    locked: bool,
    minutes: u32,
}

/// The folder that tools are built into: `bin/` below it is put in front of PATH.
fn folder() -> PathBuf {
    machine::target().join("tools")
}

/// Makes sure of the wasm target, Trunk and wasm-bindgen, building what is missing and saying so.
pub fn ensure() -> Outcome {
    ensure_target()?;
    let wasm_bindgen = locked_version(&machine::read("Cargo.lock")?, "wasm-bindgen")?;
    let tools = [
        Tool {
            program: "wasm-bindgen",
            package: "wasm-bindgen-cli",
            version: wasm_bindgen,
            locked: false,
            minutes: 4,
        },
        Tool {
            program: "trunk",
            package: "trunk",
            version: TRUNK.into(),
            locked: true,
            minutes: 11,
        },
    ];
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !tool.is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = missing
        .iter()
        .map(|tool| format!("{} {}", tool.program, tool.version))
        .collect();
    println!(
        "This machine lacks {}. Building from source into {} (nothing else on the machine changes).\n\
         This happens once and takes about {} minutes on two cores.",
        names.join(" and "),
        folder().display(),
        missing.iter().map(|tool| tool.minutes).sum::<u32>(),
    );
    for tool in missing {
        let began = Instant::now();
        tool.install()?;
        println!("{} {} is built ({}).", tool.program, tool.version, minutes(began));
    }
    remove_build_folder(&build_folder())
}

/// Elapsed time as people say it: "42 s", "3 min 5 s".
#[must_use]
pub fn minutes(began: Instant) -> String {
    match began.elapsed().as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// Makes sure of the wasm target.
pub fn ensure_target() -> Outcome {
    let mut rustc = Command::new("rustc");
    rustc
        .current_dir(machine::root())
        .args(["--print", "target-libdir", "--target", WASM]);
    if machine::answer(&mut rustc).is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    println!("Adding the Rust target {WASM} (a few seconds).");
    machine::run(
        Command::new("rustup")
            .current_dir(machine::root())
            .args(["target", "add", WASM]),
    )
    .context("the wasm target is missing and rustup cannot add it; see https://rustup.rs")
}

impl Tool {
    /// In the right version. The project's own one counts where there is one, since it comes first in PATH.
    fn is_there(&self) -> bool {
        machine::answer(Command::new(program(self.program)).arg("--version"))
            .is_some_and(|text| reported_version(&text) == Some(self.version.as_str()))
    }

    fn install(&self) -> Outcome {
        let mut command = machine::cargo();
        command.args([
            "install",
            self.package,
            "--version",
            &format!("={}", self.version),
            "--force",
        ]);
        command
            .arg("--root")
            .arg(folder())
            .arg("--target-dir")
            .arg(build_folder());
        if self.locked {
            command.arg("--locked");
        }
        machine::run(&mut command)
    }
}

/// Apart from the project's own builds, and removed when done: it holds about a gigabyte.
fn build_folder() -> PathBuf {
    folder().join("build")
}

fn remove_build_folder(build: &Path) -> Outcome {
    match std::fs::remove_dir_all(build) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            failed(format!("cannot remove {}: {error}", build.display()))
        }
        _ => Ok(()),
    }
}

/// The version in what a program answers to `--version`: "trunk 0.21.14", "wasm-bindgen 0.2.130 (a1b2c3)".
fn reported_version(text: &str) -> Option<&str> {
    text.split_whitespace().nth(1)
}

/// One of the project's own tools, else the machine's.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let own = folder()
        .join("bin")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if own.is_file() { own } else { PathBuf::from(name) }
}

/// A command that finds the project's own tools before the machine's.
pub fn command(name: &str) -> Outcome<Command> {
    let path = machine::path_with(&folder().join("bin"))?;
    let mut command = Command::new(program(name));
    command.current_dir(machine::root()).env("PATH", path);
    Ok(command)
}

/// Builds `dist/` with Trunk, after making sure that there is one.
pub fn build_page(release: bool) -> Outcome {
    ensure()?;
    let mut trunk = command("trunk")?;
    trunk.args(["build", "--locked"]);
    if release {
        trunk.arg("--release");
    }
    // Trunk takes NO_COLOR=1, which other programs understand, for a value that it cannot read.
    trunk.env_remove("NO_COLOR");
    machine::run(&mut trunk)
}

/// Runs a task that drives a browser. It lives in its own crate, so that `cargo play` need not compile it.
pub fn run_browser_tool(task: &str, arguments: Vec<OsString>) -> Outcome {
    let mut command = machine::cargo();
    command
        .args(["run", "--quiet", "--package", "stratus-browser", "--", task])
        .args(arguments);
    let status = command.status().context("cannot run cargo")?;
    match status.code() {
        Some(0) => Ok(()),
        code => std::process::exit(code.unwrap_or(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;

    const LOCK: &str = r#"
        version = 4
        [[package]]
        name = "wasm-bindgen"
        version = "0.2.130"
        source = "registry"
        [[package]]
        name = "wasm-bindgen-futures"
        version = "0.4.80"
        [[package]]
        name = "twice"
        version = "1.0.0"
        [[package]]
        name = "twice"
        version = "2.0.0"
    "#;

    #[test]
    fn the_exact_package_is_read_from_the_lock_file() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Ok("0.2.130".into()));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-futures"), Ok("0.4.80".into()));
    }

    #[test]
    fn an_absent_or_doubled_package_and_a_broken_file_are_failures() {
        for (lock, package) in [(LOCK, "trunk"), (LOCK, "twice"), ("[[package", "wasm-bindgen")] {
            assert!(
                matches!(locked_version(lock, package), Err(Failure::Failed(_))),
                "{package}"
            );
        }
    }

    #[test]
    fn this_repositorys_lock_file_names_one_wasm_bindgen() {
        let lock = machine::read("Cargo.lock");
        assert!(lock.and_then(|text| locked_version(&text, "wasm-bindgen")).is_ok());
    }

    #[test]
    fn versions_are_read_from_what_programs_say() {
        assert_eq!(reported_version("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(reported_version("wasm-bindgen 0.2.130 (abc)"), Some("0.2.130"));
        assert_eq!(reported_version(""), None);
    }
}

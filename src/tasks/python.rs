//! Python for the tests with AWS's own tools: an environment of its own in the target folder, with exact versions, and Debian's
//! package of the AWS CLI. Nothing of either is committed, and nothing here is asked for unless those tests run.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Outcome;
use crate::machine;

/// What boto3's programs need.
const BOTO3: [&str; 2] = ["boto3==1.44.8", "botocore==1.44.8"];
/// The servers that the benchmark runs beside ours.
const PEERS: [&str; 2] = ["moto[server]==5.2.5", "ministack==1.4.21"];
/// What stands in the environment's list of what it has.
const LIST: &str = "stratus.txt";

fn folder() -> PathBuf {
    machine::target().join("python")
}

/// The environment's Python. It is there after [`ensure`].
#[must_use]
pub fn interpreter() -> PathBuf {
    folder().join("bin/python")
}

/// The folder of the service models that boto3 reads.
///
/// # Panics
/// Where there is none: the environment was not made by [`ensure`].
#[must_use]
pub fn models() -> PathBuf {
    let library = folder().join("lib");
    let versions = std::fs::read_dir(&library).into_iter().flatten().flatten();
    let found = versions
        .map(|version| version.path().join("site-packages/botocore/data"))
        .find(|models| models.is_dir());
    found.unwrap_or_else(|| panic!("{}: no botocore; `cargo verify` installs it", library.display()))
}

/// A program that a package of the environment brought: `moto_server`.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    folder().join("bin").join(name)
}

/// The environment with boto3.
///
/// # Errors
/// Where Python or the package index cannot do it.
pub fn ensure() -> Outcome {
    install(&BOTO3)
}

/// The environment with boto3 and the servers that ours is measured beside.
///
/// # Errors
/// As [`ensure`].
pub fn ensure_peers() -> Outcome {
    install(&[BOTO3, PEERS].concat())
}

fn install(packages: &[&str]) -> Outcome {
    let list = folder().join(LIST);
    let there = std::fs::read_to_string(&list).unwrap_or_default();
    if packages
        .iter()
        .all(|package| there.lines().any(|line| line == *package))
    {
        return Ok(());
    }
    if !interpreter().is_file() {
        machine::run(Command::new("python3").args(["-m", "venv"]).arg(folder()))?;
    }
    println!(
        "installing {} with pip into {}",
        packages.join(", "),
        folder().display()
    );
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    machine::run(Command::new(interpreter()).args(pip).args(packages))?;
    let text: Vec<&str> = there
        .lines()
        .filter(|line| !packages.contains(line))
        .chain(packages.iter().copied())
        .collect();
    std::fs::write(&list, text.join("\n"))
        .map_err(|error| crate::failure::Failure::Failed(format!("{}: {error}", list.display())))
}

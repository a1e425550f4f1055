//! What the checks need beside cargo, and how it comes onto the machine: by apt where that is there and allowed, else by
//! the one command that the failure names.

use std::process::Command;

use crate::failure::{Outcome, failed};
use crate::{chromium, machine};

/// The tests that run in a browser as wasm: the package, the test target, and its source.
#[must_use]
pub fn wasm_tests() -> [(&'static str, &'static str, &'static str); 4] {
    [
        ("stratus-engine", "names_browser", "tests/dns/browser.rs"),
        ("stratus-engine", "digest", "tests/engine/digest.rs"),
        ("stratus-engine", "survey_browser", "tests/network/browser.rs"),
        ("stratus-storage", "storage_browser", "tests/storage/browser.rs"),
    ]
}

/// Something that is there or not, and the Debian packages that bring it.
struct Requirement {
    name: &'static str,
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

const BROWSER: [Requirement; 3] = [
    Requirement {
        name: "Chromium",
        packages: &["chromium"],
        is_there: || chromium::find_chromium().is_ok(),
    },
    Requirement {
        name: "chromedriver",
        packages: &["chromium-driver"],
        is_there: || chromium::find_chromedriver().is_ok(),
    },
    Requirement {
        name: "npm",
        packages: &["npm"],
        is_there: || machine::which("npm").is_some(),
    },
];

const PYTHON: [Requirement; 1] = [Requirement {
    name: "Python with pip",
    packages: &["python3", "python3-pip"],
    is_there: || machine::answer(Command::new("python3").args(["-m", "pip", "--version"])).is_some(),
}];

const AWS_TOOLS: [Requirement; 3] = [
    Requirement {
        // Texts and models change with each version: what the terminal is compared with is this one's.
        name: "the AWS CLI 2.9.19, as Debian 12 has it",
        packages: &["awscli"],
        // Another `aws` may stand before it on the path: it is Debian's that the tests drive.
        is_there: || {
            let version = machine::answer(Command::new("/usr/bin/aws").arg("--version"));
            version.is_some_and(|version| version.starts_with("aws-cli/2.9.19 "))
        },
    },
    Requirement {
        name: "dig, nslookup and host",
        packages: &["bind9-dnsutils", "bind9-host"],
        is_there: || machine::which("dig").is_some() && machine::which("host").is_some(),
    },
    Requirement {
        name: "Python's venv",
        packages: &["python3", "python3-venv", "python3-pip"],
        is_there: || machine::answer(Command::new("python3").args(["-m", "venv", "--help"])).is_some(),
    },
];

/// The real AWS CLI, the real `dig`, and a Python that can make environments.
pub fn aws_tools() -> Outcome<String> {
    ensure(&AWS_TOOLS)
}

/// Chromium, chromedriver and npm.
pub fn browser() -> Outcome<String> {
    ensure(&BROWSER)
}

/// Python and pip.
pub fn python() -> Outcome<String> {
    ensure(&PYTHON)
}

fn ensure(all: &[Requirement]) -> Outcome<String> {
    let missing: Vec<&Requirement> = all.iter().filter(|requirement| !(requirement.is_there)()).collect();
    if missing.is_empty() {
        return Ok(String::new());
    }
    let names = missing
        .iter()
        .map(|requirement| requirement.name)
        .collect::<Vec<_>>()
        .join(", ");
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|requirement| requirement.packages)
        .copied()
        .collect();
    let next = format!("apt-get install --yes {}", packages.join(" "));
    if machine::which("apt-get").is_none() {
        return failed(format!(
            "this machine lacks {names}; install it with the machine's package manager (Debian: {next})"
        ));
    }
    if !is_root() {
        return failed(format!("this machine lacks {names}: sudo {next}"));
    }
    println!("This machine lacks {names}. Installing with apt (a minute or two).");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    machine::run(apt().args(["update", "--quiet=2"]))?;
    machine::run(
        apt()
            .args(["install", "--yes", "--quiet=2", "--no-install-recommends"])
            .args(&packages),
    )?;
    match missing.iter().find(|requirement| !(requirement.is_there)()) {
        Some(requirement) => failed(format!("{} is still missing after `{next}`", requirement.name)),
        None => Ok(format!("installed {names}")),
    }
}

fn is_root() -> bool {
    machine::answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Whether it has a test, with the attribute alone or within another.
    fn is_for_wasm(text: &str) -> bool {
        ["wasm_bindgen_test]", "wasm_bindgen_test)]"]
            .iter()
            .any(|attribute| text.contains(attribute))
    }

    #[test]
    fn every_test_for_wasm_is_in_the_list() {
        let files = machine::answer(
            Command::new("git")
                .current_dir(machine::root())
                .args(["ls-files", "src", "tests"]),
        );
        let mut found: Vec<String> = files
            .unwrap()
            .lines()
            .filter(|name| name.ends_with(".rs") && !name.starts_with("src/tasks/"))
            .filter(|name| machine::read(name).is_ok_and(|text| is_for_wasm(&text)))
            .map(str::to_owned)
            .collect();
        found.sort();
        assert_eq!(found, wasm_tests().map(|(_, _, source)| source));
    }

    #[test]
    fn what_is_there_is_not_installed() {
        let there = Requirement {
            name: "sh",
            packages: &[],
            is_there: || true,
        };
        assert_eq!(ensure(&[there]), Ok(String::new()));
    }
}

//! What the checks take from npm, where it is used as a program and not as a part of the page: fetched into `target/`
//! when first needed, in a fixed version. Nothing of it is committed, and nothing of it is in the page.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context, Outcome, failed};
use crate::machine;

/// The accessibility checker (<https://github.com/dequelabs/axe-core>).
const AXE: &str = "4.14.1";

/// The judge of pages (<https://github.com/GoogleChrome/lighthouse>); the newest that Node 20 runs.
const LIGHTHOUSE: &str = "12.8.2";

/// What installs npm on Debian and its kin.
pub const INSTALL: &str = "apt-get install --yes npm";

/// The script of axe-core, fetched where it is not there yet.
pub fn axe() -> Outcome<PathBuf> {
    let folder = machine::target().join(format!("axe-core-{AXE}"));
    let script = folder.join("package").join("axe.min.js");
    if !script.is_file() {
        unpack(&format!("axe-core@{AXE}"), &folder)?;
    }
    if script.is_file() {
        Ok(script)
    } else {
        failed(format!("axe-core {AXE} holds no {}", script.display()))
    }
}

/// The program of Lighthouse, fetched with what it needs where it is not there yet.
pub fn lighthouse() -> Outcome<PathBuf> {
    let folder = machine::target().join(format!("lighthouse-{LIGHTHOUSE}"));
    let script = folder.join("node_modules/lighthouse/cli/index.js");
    if !script.is_file() {
        let npm = find("lighthouse")?;
        std::fs::create_dir_all(&folder).context(format_args!("cannot create {}", folder.display()))?;
        let mut install = Command::new(npm);
        install
            .args([
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--prefix",
            ])
            .arg(&folder);
        machine::run(install.arg(format!("lighthouse@{LIGHTHOUSE}")).current_dir(&folder))?;
    }
    if script.is_file() {
        Ok(script)
    } else {
        failed(format!("Lighthouse {LIGHTHOUSE} holds no {}", script.display()))
    }
}

fn find(package: &str) -> Outcome<PathBuf> {
    match machine::which("npm") {
        Some(npm) => Ok(npm),
        None => failed(format!(
            "there is no npm on this machine, which fetches {package}. Debian: sudo {INSTALL}"
        )),
    }
}

/// Fetches a package and unpacks it into `folder`, which appears only when it is complete: several tests may come here
/// at the same time.
fn unpack(package: &str, folder: &Path) -> Outcome {
    let npm = find(package)?;
    let part = folder.with_extension(format!("part-{}", std::process::id()));
    std::fs::create_dir_all(&part).context(format_args!("cannot create {}", part.display()))?;
    let mut pack = Command::new(npm);
    pack.args(["pack", "--silent", "--pack-destination"])
        .arg(&part)
        .arg(package)
        .current_dir(&part);
    let name = machine::answer(&mut pack).unwrap_or_default();
    let Some(archive) = name.lines().last().map(|name| part.join(name.trim())) else {
        return failed(format!("`npm pack {package}` failed; is there a network?"));
    };
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(&archive).current_dir(&part);
    if machine::answer(&mut tar).is_none() {
        return failed(format!("cannot unpack {}", archive.display()));
    }
    match std::fs::rename(&part, folder) {
        // Another was faster.
        Err(_) if folder.is_dir() => std::fs::remove_dir_all(&part).context("cannot tidy up"),
        done => done.context(format_args!("cannot create {}", folder.display())),
    }
}

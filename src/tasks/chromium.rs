//! Where Chromium and chromedriver are on this machine. Finds; what installs them is `verify`.

use std::path::PathBuf;

use crate::failure::{Outcome, failed};
use crate::machine;

/// What installs both on Debian and its kin.
pub const INSTALL: &str = "apt-get install --yes chromium chromium-driver";

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser: `CHROMIUM` where that is set, else the first of its usual names on PATH.
pub fn find_chromium() -> Outcome<PathBuf> {
    find("CHROMIUM", &CHROMIUM)
}

/// Its driver: `CHROMEDRIVER` where that is set, else the one on PATH.
pub fn find_chromedriver() -> Outcome<PathBuf> {
    find("CHROMEDRIVER", &["chromedriver"])
}

fn find(variable: &str, names: &[&str]) -> Outcome<PathBuf> {
    if let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) {
        return Ok(PathBuf::from(path));
    }
    let found = names.iter().find_map(|name| machine::which(name));
    match (found, names.first()) {
        (Some(path), _) => Ok(path),
        (None, name) => failed(format!(
            "there is no {} on this machine. Install it (Debian: sudo {INSTALL}) or name it in {variable}",
            name.unwrap_or(&"such program")
        )),
    }
}

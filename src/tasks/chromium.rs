//! Where Chromium and chromedriver are on this machine, and how wasm tests run there. Finds; what installs them is `verify`.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Context, Outcome, failed};
use crate::{machine, tools};

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

/// Lets a `cargo test` for wasm32 run its tests in a headless Chromium.
pub fn runs_wasm(command: &mut Command) -> Outcome {
    let browser = serde_json::json!({ "goog:chromeOptions": {
        "binary": find_chromium()?,
        "args": ["headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "no-first-run", "disable-background-networking"],
    }});
    let capabilities = machine::target().join("webdriver.json");
    std::fs::write(&capabilities, browser.to_string()).context("cannot write the browser's capabilities")?;
    command
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            tools::program("wasm-bindgen-test-runner"),
        )
        .env("CHROMEDRIVER", find_chromedriver()?)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities);
    Ok(())
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

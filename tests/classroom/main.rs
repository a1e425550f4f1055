//! What the classroom promises: files and links open as what was shared, or say why not; scenarios hold what they claim.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod dictionary;
mod files;
mod golden;
mod handing_on;
mod links;
mod references;
mod replay;
#[path = "../scenarios/mod.rs"]
mod scenarios;
mod schema;

//! Resolution of names: every `*.story` and every `*.dns` (see `fixtures.rs`) of this folder. What its lines mean stands in `tests/engine/README.md`.
//!
//! `STORY=text cargo test -p stratus-engine --test dns` runs those whose path contains the text;
//! `UPDATE_EXPECT=1` writes what was found into the stories, to be read before it is believed.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod fixtures;
#[path = "../engine/folder.rs"]
mod folder;
mod past;
mod properties;
mod rollouts;
#[path = "../engine/runner/mod.rs"]
mod runner;

#[test]
fn stories() {
    folder::stories("dns");
}

#[test]
fn fixtures() {
    fixtures::run();
}

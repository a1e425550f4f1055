//! The bill: every `*.story` of this folder. What its lines mean stands in `tests/engine/README.md`.
//!
//! `STORY=text cargo test -p stratus-engine --test bill` runs those whose path contains the text;
//! `UPDATE_EXPECT=1` writes what was found into the stories, to be read before it is believed.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

#[path = "../engine/folder.rs"]
mod folder;
#[path = "../engine/runner/mod.rs"]
mod runner;

#[test]
fn stories() {
    folder::stories("bill");
}

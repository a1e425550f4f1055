//! Stories of the engine: every `*.story` below this folder, whatever subject's folder it lies in.
//!
//! `STORY=text cargo test -p stratus-engine --test engine` runs those whose path contains the text;
//! `UPDATE_EXPECT=1` writes what was found into the stories, to be read before it is believed.

#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod folder;
mod runner;

#[test]
fn stories() {
    folder::stories("engine");
}

//! The same log gives the same digest natively and in the browser: one fixed story, one recorded digest, run on both
//! (`cargo test -p stratus-engine --test digest`, with and without `--target wasm32-unknown-unknown`).
//!
//! Natively, `UPDATE_EXPECT=1` records the digest anew, after a change that is meant to change worlds.

#[allow(dead_code, reason = "the story's updated text is for main.rs")]
mod runner;

/// Calls of every kind, with waiting in between.
const STORY: &str = include_str!("digest.story");
/// Where they lead.
const DIGEST: &str = include_str!("digest.txt");

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_same_log_gives_the_same_digest() {
    let outcome = runner::run(STORY, 0);
    assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n"));
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/engine/digest.txt");
        assert!(
            std::fs::write(path, format!("{}\n", outcome.digest)).is_ok(),
            "cannot write {path}"
        );
        return;
    }
    assert_eq!(
        outcome.digest,
        DIGEST.trim(),
        "worlds differ from the recorded one. If that is meant: UPDATE_EXPECT=1 cargo test -p stratus-engine --test digest"
    );
}

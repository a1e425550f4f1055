//! The same log gives the same digest, and the same answers, natively and in the browser: one fixed story, recorded once,
//! run on both (`cargo test -p stratus-engine --test digest`, with and without `--target wasm32-unknown-unknown`).
//!
//! Natively, `UPDATE_EXPECT=1` records it anew, after a change that is meant to change worlds.

#[allow(dead_code, reason = "the story's updated text is for main.rs")]
mod runner;

use sha2::{Digest, Sha256};
use stratus_engine::base::ids::Kind;
use stratus_engine::base::random::{Random, Stream};

/// Calls of every kind, with waiting in between.
const STORY: &str = include_str!("digest.story");
/// Where they lead, and what they were answered.
const RECORDED: &str = include_str!("digest.txt");

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_same_log_gives_the_same_digest() {
    let outcome = runner::run(STORY, 0);
    assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n"));
    let untouched = untouched(&outcome.engine.world().random);
    assert!(untouched.is_empty(), "the story draws nothing from {untouched:?}");
    let bytes = postcard::to_allocvec(outcome.engine.world()).expect("a world can be written");
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(outcome.engine.digest(), hash, "it hashes what postcard would write");
    let found = format!("world   {}\nanswers {}\n", outcome.engine.digest(), outcome.heard);
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/engine/digest.txt");
        assert!(std::fs::write(path, found).is_ok(), "cannot write {path}");
        return;
    }
    assert_eq!(
        found, RECORDED,
        "not as recorded. If that is meant: UPDATE_EXPECT=1 cargo test -p stratus-engine --test digest"
    );
}

/// The streams that nothing has been drawn from, of those that anything draws from.
fn untouched(random: &Random) -> Vec<Stream> {
    // A Region's DHCP options are made with its default VPC, which follows from the seed alone; answers and requests draw
    // from no stream of the world.
    let ids = Kind::ALL.iter().filter(|kind| **kind != Kind::DhcpOptions);
    let others = [
        Stream::Timing,
        Stream::Placement,
        Stream::PublicAddress,
        Stream::PrivateAddress,
        Stream::Mac,
        Stream::Keys,
        Stream::Names,
        Stream::Versions,
        Stream::Uploads,
        Stream::Identities,
        Stream::AccessKeys,
        Stream::Sessions,
        Stream::Secrets,
    ];
    let all = ids.map(|kind| Stream::Ids(*kind)).chain(others);
    all.filter(|stream| random.drawn(*stream) == 0).collect()
}

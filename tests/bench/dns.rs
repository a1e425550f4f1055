//! A DNS question in the bytes of a datagram, and the bytes of its reply: what `cargo serve` does between the two.
//! `cargo bench -p stratus-serve --bench dns`.

#![allow(clippy::unwrap_used, reason = "a benchmark stops where it cannot go on")]

mod measure;
mod zone;

use stratus_engine::catalog::Region;
use stratus_engine::dns::Asker;
use stratus_serve::dns_reply;

/// A question for the address of a name: id, recursion desired, one question.
fn question(name: &str) -> Vec<u8> {
    let mut bytes = vec![0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.trim_end_matches('.').split('.') {
        bytes.push(u8::try_from(label.len()).unwrap());
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.extend_from_slice(&[0, 0, 1, 0, 1]);
    bytes
}

fn main() {
    let mut engine = zone::built();
    let bytes = question(zone::ONE);
    let mut ask = || {
        dns_reply(&bytes, false, &mut |_, question| {
            let from = Asker::Region(Region::US_EAST_1);
            engine.ask(from, None, question).ok()?.message
        })
    };
    // An answer: the address stands at its end.
    let reply = ask().unwrap();
    assert!(reply.len() > bytes.len(), "no answer: {reply:?}");
    measure::microseconds("dns-wire", 2_000, ask);
}

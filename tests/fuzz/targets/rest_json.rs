//! The libFuzzer driver of one codec: `README.md` says how to run it.
#![no_main]

#[path = "../wire.rs"]
#[allow(dead_code, reason = "each target uses its own part of this file")]
mod wire;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    wire::read(wire::Target::RestJson, data);
});

//! The libFuzzer driver. What it found so far stands in `README.md`.
#![no_main]

#[path = "links.rs"]
mod links;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    links::read(data);
});

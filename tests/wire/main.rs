//! What the protocols promise: what is written is read as the same, in each of them, for every operation; what AWS documents
//! is read and written as documented; whatever comes is answered or refused.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../model/example.rs"]
mod example;
mod forms;
mod messages;
mod old_signatures;
mod roundtrip;
mod signatures;
mod whatever;

//! What the protocols promise.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

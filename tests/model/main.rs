//! What the model promises: consistent numbers, checks that name the culprit, JSON that comes back as it went.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod numbers;

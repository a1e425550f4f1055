//! What the app promises without a browser: that what it keeps comes back, and what it says of connections.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(not(target_arch = "wasm32"))]

mod account;
mod keeping;
mod live;
mod survey;

//! What the model promises: consistent data and numbers, checks that name the culprit, JSON that comes back as it went.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod binary;
mod check;
mod data;
mod everything;
mod example;
mod json;
mod numbers;
mod operations;
mod pattern;
mod shapes;
mod spelling;
mod time;
mod value;

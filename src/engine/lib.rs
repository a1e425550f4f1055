//! The cloud itself: World = fold(seed, calls). No browser, clock, entropy or machine is known here; nothing iterates in
//! hash order; no platform float decides anything. `clippy.toml` beside this file holds it to that.

pub mod base;
pub mod bill;
pub mod catalog;
pub mod clock;
pub mod dns;
mod engine;
#[cfg(not(target_arch = "wasm32"))]
mod ground;
pub mod history;
pub mod keys;
pub mod network;
pub mod principal;
pub mod services;
pub mod web;
pub mod world;

pub use base::error::{Error, Result};
pub use engine::{Advance, Engine};
pub use world::{Options, World};

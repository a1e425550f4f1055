//! The program of the page. It begins when `static/boot.js` calls `stratus_app::start`, once it holds all that the program
//! may ask it for; everything it shows lives in the crates beside this file.

#[cfg(target_arch = "wasm32")]
use stratus_app as _;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Stratus runs in a browser: `cargo play` builds it and serves it.");
}

//! Mounts the app. Everything it shows lives in the crates beside this file.

#[cfg(target_arch = "wasm32")]
fn main() {
    stratus_app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Stratus runs in a browser: `cargo play` builds it and serves it.");
}

//! What `cargo play`, `cargo verify` and the generators run.
fn main() {}

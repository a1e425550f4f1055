//! What a wasm test says of its speed, for `cargo tasks bench`: figures, never tests. Natively the benchmarks measure.

/// Runs, and prints how long it took in seconds × `per`: 1e6 for microseconds, less where `work` does it many times. The figure
/// comes back, too; natively it is 0.
pub fn timed<T>(name: &str, per: f64, work: impl FnOnce() -> T) -> (T, f64) {
    let began = now();
    let done = work();
    let took = (now() - began) / 1e3 * per;
    tell(&format!("measured {name} {took}"));
    (done, took)
}

#[cfg(target_arch = "wasm32")]
fn now() -> f64 {
    js_sys::Date::now()
}

/// Prints a line beside the figures.
#[cfg(target_arch = "wasm32")]
pub fn tell(line: &str) {
    wasm_bindgen_test::console_log!("{line}");
}

#[cfg(not(target_arch = "wasm32"))]
fn now() -> f64 {
    0.0
}

/// Prints nothing.
#[cfg(not(target_arch = "wasm32"))]
pub fn tell(_: &str) {}

//! What a wasm test says of its speed, for `cargo tasks bench`: figures, never tests. Natively the benchmarks measure.

/// Runs, and prints how long it took in seconds × `per`: 1e6 for microseconds, less where `work` does it many times.
pub fn timed<T>(name: &str, per: f64, work: impl FnOnce() -> T) -> T {
    let began = now();
    let done = work();
    let took = (now() - began) / 1e3 * per;
    tell(&format!("measured {name} {took}"));
    done
}

#[cfg(target_arch = "wasm32")]
fn now() -> f64 {
    js_sys::Date::now()
}

#[cfg(target_arch = "wasm32")]
fn tell(line: &str) {
    wasm_bindgen_test::console_log!("{line}");
}

#[cfg(not(target_arch = "wasm32"))]
fn now() -> f64 {
    0.0
}

#[cfg(not(target_arch = "wasm32"))]
fn tell(_: &str) {}

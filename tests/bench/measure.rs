//! What the benchmarks share: run something often enough, take the median, print it for `cargo tasks bench`. Included by
//! each benchmark as a module. It prints and never judges: no test may depend on how fast the machine is.

#![allow(
    clippy::disallowed_methods,
    dead_code,
    reason = "benchmarks read the clock, which the engine may not; each uses a part of this"
)]

use std::hint::black_box;
use std::time::Instant;

/// Times taken of each measurement; the median counts.
const SAMPLES: usize = 15;

/// Prints a number under a name of the budget table (src/tasks/bench.rs), in the table's unit.
pub fn print(name: &str, value: f64) {
    println!("measured {name} {value}");
}

/// Seconds that one run of `work` takes: the median of samples of `runs` runs each.
pub fn seconds<T>(runs: u32, work: impl FnMut() -> T) -> f64 {
    seconds_between(runs, work, || ())
}

/// Seconds of work that takes long: the median of fewer samples, of one run each.
pub fn once<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut samples: Vec<f64> = (0..3)
        .map(|_| {
            let began = Instant::now();
            black_box(work());
            began.elapsed().as_secs_f64()
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples.get(1).copied().unwrap_or_default()
}

/// The same with something to put right after every sample, whose time does not count.
pub fn seconds_between<T>(runs: u32, mut work: impl FnMut() -> T, mut between: impl FnMut()) -> f64 {
    let mut samples: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let began = Instant::now();
            for _ in 0..runs {
                black_box(work());
            }
            let took = began.elapsed().as_secs_f64() / f64::from(runs);
            between();
            took
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples.get(SAMPLES / 2).copied().unwrap_or_default()
}

/// Prints how many microseconds one run takes.
pub fn microseconds<T>(name: &str, runs: u32, work: impl FnMut() -> T) {
    print(name, seconds(runs, work) * 1e6);
}

/// Prints how many milliseconds one run takes.
pub fn milliseconds<T>(name: &str, runs: u32, work: impl FnMut() -> T) {
    print(name, seconds(runs, work) * 1e3);
}

//! The command line of `stratus-serve` (`cargo serve`): turns what the library did into an exit code, and tells the allocator
//! how an endpoint uses memory. Nothing else lives here.

use std::ffi::{c_int, c_long};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay`, by its place in `mimalloc.h` of version 2.
const PURGE_DELAY: c_int = 15;
/// Milliseconds for which freed pages stay with the program. Ours: with mimalloc's own 10, pages that the next call wants
/// again go back to the kernel meanwhile; fetching them anew made a RunInstances cost 114 to 175 microseconds in place of 86.
const KEPT: c_long = 1_000;

#[allow(
    unsafe_code,
    reason = "the crate offers the option to programs that link its library themselves only"
)]
mod option {
    use super::{c_int, c_long};
    // SAFETY: the declaration is mimalloc's own (`void mi_option_set(mi_option_t option, long value)`); any two numbers are
    // allowed, an option that is not there is ignored. It wants a program of one thread, which one is that has just begun.
    unsafe extern "C" {
        pub safe fn mi_option_set(option: c_int, value: c_long);
    }
}

fn main() -> ExitCode {
    option::mi_option_set(PURGE_DELAY, KEPT);
    stratus_serve::run(std::env::args_os().skip(1).collect())
}

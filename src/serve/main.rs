//! The command line of `stratus-serve` (`cargo serve`): turns what the library did into an exit code. Nothing lives here.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    stratus_serve::run(std::env::args_os().skip(1).collect())
}

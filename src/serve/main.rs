//! The command line of `stratus-serve` (`cargo serve`): turns what the library did into an exit code. Nothing else lives here.

mod allocator;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator;

fn main() -> ExitCode {
    allocator::keep_freed();
    stratus_serve::run(std::env::args_os().skip(1).collect())
}

//! Keeps the machine's cores awake while servers are measured. A core with nothing to do sleeps between two calls, and waking
//! it is put down to the server that wakes: on the machine that this was written on that made 0.25 ms out of a call of 0.07 ms,
//! and hid all that a server does. A server that has work to do does not sleep either.

use crate::failure::{Context, Outcome};
use std::process::{Child, Command, Stdio};

/// A program on each core that does nothing, and gives way to all others; they end with the value.
#[derive(Debug)]
pub struct Awake(Vec<Child>);

impl Awake {
    pub fn start() -> Outcome<Awake> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let mut awake = Awake(Vec::with_capacity(cores));
        for _ in 0..cores {
            let mut command = Command::new("nice");
            command.args(["-n", "19", "sh", "-c", "while :; do :; done"]);
            let child = command.stdin(Stdio::null()).spawn();
            awake
                .0
                .push(child.context("cannot start `nice`, which keeps the cores awake")?);
        }
        Ok(awake)
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

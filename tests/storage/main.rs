//! What `stratus-storage` promises, held over the twin in memory. The scripts run in a real browser too: `browser.rs`.
#![allow(clippy::unwrap_used)]
#![cfg(not(target_arch = "wasm32"))]

mod disk;
mod envelope;
mod properties;
mod script;
mod scripts;

use std::path::Path;
use std::rc::Rc;

use stratus_storage::backend::Backend;
use stratus_storage::platform::Platform;
use stratus_storage::{Hub, LocalFuture, MemoryBackend};

/// A browser in memory.
#[derive(Default)]
struct Memory {
    backend: MemoryBackend,
    hub: Hub,
}

impl script::World for Memory {
    fn tab(&self) -> LocalFuture<(Rc<dyn Backend>, Rc<dyn Platform>)> {
        let (backend, hub) = (self.backend.clone(), self.hub.clone());
        Box::pin(async move { (Rc::new(backend) as _, Rc::new(hub) as _) })
    }

    fn settle(&self) -> LocalFuture<()> {
        let mut is_second = false;
        Box::pin(std::future::poll_fn(move |context| {
            if std::mem::replace(&mut is_second, true) {
                return std::task::Poll::Ready(());
            }
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        }))
    }
}

/// Runs a script and compares; `UPDATE_EXPECT=1` writes what was printed into the file.
fn check(name: &str, script: &str) {
    let runner = Hub::new();
    // Every scenario's hub runs its tasks on the one executor of the test.
    let world = || Memory {
        backend: MemoryBackend::new(),
        hub: runner.clone(),
    };
    let printed = runner
        .block_on(script::run(script, world))
        .expect("the script waits for something that never happens");
    if printed == script {
        return;
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/storage/scripts")
            .join(name);
        std::fs::write(file, &printed).unwrap();
        return;
    }
    panic!(
        "{name} prints something else (UPDATE_EXPECT=1 takes it over):\n{}",
        difference(script, &printed)
    );
}

/// The first lines that differ, with those before them.
fn difference(expected: &str, printed: &str) -> String {
    let same = expected
        .lines()
        .zip(printed.lines())
        .take_while(|(a, b)| a == b)
        .count();
    let from = same.saturating_sub(6);
    let part = |text: &str| text.lines().skip(from).take(12).collect::<Vec<_>>().join("\n");
    format!(
        "--- expected from line {}\n{}\n--- printed\n{}",
        from + 1,
        part(expected),
        part(printed)
    )
}

macro_rules! scripts {
    ($($test:ident),*) => {$(
        #[test]
        fn $test() {
            let name = concat!(stringify!($test), ".txt");
            check(name, scripts::ALL.iter().find(|(n, _)| *n == name).expect("a script of this name").1);
        }
    )*};
}

scripts!(saving, checkpoints, damage, blobs, tabs, failures, versions, workspaces);

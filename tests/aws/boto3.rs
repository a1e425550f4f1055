//! The boto3 programs of `programs/` against `cargo serve`. They run in the Python environment that `cargo verify` makes
//! (target/python); `STRATUS_PROGRAMS=word` runs those whose names hold the word.

use std::process::Command;

/// The promise.
const PROGRAMS: usize = 80;

#[test]
fn programs_run() {
    let server = stratus_serve::start_quietly();
    let (key, secret) = server.administrator();
    let word = std::env::var("STRATUS_PROGRAMS").unwrap_or_default();
    let python = stratus_tasks::python::interpreter();
    let output = Command::new(&python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/programs/run.py"))
        .arg(server.endpoint())
        .arg(&word)
        .env_remove("AWS_PROFILE")
        .envs([
            ("AWS_ACCESS_KEY_ID", key.as_str()),
            ("AWS_SECRET_ACCESS_KEY", secret.as_str()),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_CONFIG_FILE", "/nowhere"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
        ])
        .output()
        .unwrap_or_else(|error| {
            panic!(
                "{}: {error}; `cargo verify` installs what this test needs",
                python.display()
            )
        });
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{told}");
    let last = told.lines().last().unwrap_or_default();
    let count: usize = last
        .split(' ')
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or_default();
    assert!(
        !word.is_empty() || count >= PROGRAMS,
        "the promise is {PROGRAMS} programs: {last}"
    );
}

//! What the `aws` command prints before anything reaches a service: command lines in `*.cmd`, each with what the AWS CLI
//! 2.9.19 itself printed for it. So an expectation is never re-recorded from our own output.
//!
//! `$ aws …` is a command; what follows is its standard output, its standard error behind `! `, its exit code behind `= `.
//! `@file NAME CONTENT` puts a file into the tray (`\n` is a line's end). `#` begins a remark.

use std::path::{Path, PathBuf};
use stratus_engine::catalog::Region;
use stratus_engine::{Engine, Options};
use stratus_shell::{Output, Session};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/shell");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "cmd"));
    paths.sort();
    paths
}

/// As it stands in a script.
fn written(line: &str, output: &Output) -> String {
    let mut text = format!("{line}\n{}", output.stdout);
    if !output.stderr.is_empty() {
        for line in output.stderr.split('\n') {
            text.push_str(format!("! {line}").trim_end_matches(' '));
            text.push('\n');
        }
    }
    text.push_str(&format!("= {}\n", output.status));
    text
}

fn check(path: &Path) -> Vec<String> {
    let script = std::fs::read_to_string(path).expect("a script");
    let mut engine = Engine::new(Options::default());
    let mut session = Session::new(Region::US_EAST_1);
    let mut wrong = Vec::new();
    let mut lines = script.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some((name, content)) = line.strip_prefix("@file ").and_then(|rest| rest.split_once(' ')) {
            session
                .tray
                .insert(name.to_owned(), content.replace("\\n", "\n").into_bytes());
        }
        let Some(command) = line.strip_prefix("$ ") else {
            continue;
        };
        let mut expected = format!("{line}\n");
        for line in lines.by_ref() {
            expected.push_str(&format!("{line}\n"));
            if line.starts_with("= ") {
                break;
            }
        }
        let found = written(line, &session.run(&mut engine, command));
        if found != expected {
            wrong.push(format!("--- expected\n{expected}--- found\n{found}"));
        }
    }
    wrong
}

#[test]
fn prints_what_the_aws_cli_prints() {
    let wrong: Vec<String> = scripts().iter().flat_map(|path| check(path)).collect();
    assert!(
        wrong.is_empty(),
        "{} commands differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
